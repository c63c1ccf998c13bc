"""The time that the demo's practitioners have, in minutes of a day's wall clock, and what stands in its way."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from reception.demo.offer import LUNCH_MINUTES, WORKERS, Worker, closures
from reception.domain import clock, shifts

QUARTER = 15

_LONG_ENOUGH_FOR_LUNCH = 6 * 60
_BEFORE_NOW, _AFTER_NOW = 45, 90
"""Minutes of a shift around the present in which a treatment, somebody late and somebody waiting find room."""

Gap = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a life the clinic has: clients, days of history, and how many of the latest and next days are full.

    `ahead` are the days to come that the diary is being filled for.
    """

    clients: int = 1200
    history: int = 365
    full: int = 35
    ahead: int = 21


@dataclass(frozen=True, slots=True)
class Extra:
    """Other hours on one day for one worker."""

    worker: str
    day: date
    hours: Gap


@dataclass(frozen=True, slots=True)
class Shut:
    """A closure, of the whole day or of some minutes of it."""

    day: date
    hours: Gap | None
    words: str


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody's holiday, both days included."""

    worker: str
    first: date
    last: date


@dataclass(slots=True)
class Calendar:
    """The year that is lived: from the day the clinic began with the program to the last day that is planned."""

    now: datetime
    zone: ZoneInfo
    size: Size
    extras: tuple[Extra, ...] = ()
    shut: tuple[Shut, ...] = ()
    away: tuple[Away, ...] = ()
    ill: frozenset[tuple[str, date]] = frozenset()
    lunches: dict[tuple[str, date], int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day on which the demo is made."""
        return self.today_of(self.now)

    @property
    def founded(self) -> date:
        """The day on which the clinic began with the program."""
        return self.today - timedelta(days=self.size.history)

    @property
    def since(self) -> date:
        """The day from which the clinic has add-ons, and forms that come before some services."""
        return self.today - timedelta(days=min(self.size.full, self.size.history - 1))

    @property
    def last(self) -> date:
        """The last day that is planned."""
        return self.today + timedelta(days=self.size.ahead)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day on which somebody may come: all after the founding."""
        return tuple(self.founded + timedelta(days=count) for count in range(1, (self.last - self.founded).days + 1))

    @property
    def minute(self) -> int:
        """How far today is, in minutes of the wall clock."""
        local = self.now.astimezone(self.zone)
        return local.hour * 60 + local.minute

    def today_of(self, now: datetime) -> date:
        """The clinic's date at an instant."""
        return clock.local_date(now, self.zone)

    def at(self, day: date, minute: int) -> datetime:
        """The instant at which the clock shows so many minutes of a day."""
        return clock.at_local(day, minute, self.zone)

    def gaps(self, worker: Worker, day: date) -> tuple[Gap, ...]:
        """When somebody could see clients that day: in their shifts, without holidays, closures and lunch."""
        if any(one.worker == worker.name and one.first <= day <= one.last for one in self.away):
            return ()
        found = self._shifts(worker, day)
        for shut in self.shut:
            if shut.day == day:
                found = without(found, shut.hours or (0, clock.MIDNIGHT))
        lunch = self.lunches.get((worker.name, day))
        return found if lunch is None else without(found, (lunch, lunch + LUNCH_MINUTES))

    def lay_lunches(self) -> None:
        """Give everybody their lunch on every day that is long enough for one."""
        for worker in WORKERS:
            for day in self.days:
                for start, end in self.gaps(worker, day):
                    fits = start < worker.lunch and worker.lunch + LUNCH_MINUTES < end
                    if fits and end - start >= _LONG_ENOUGH_FOR_LUNCH:
                        self.lunches[worker.name, day] = worker.lunch

    def _shifts(self, worker: Worker, day: date) -> tuple[Gap, ...]:
        special = [
            shifts.Exceptional(one.day, *one.hours)
            for one in self.extras
            if one.worker == worker.name and one.day == day
        ]
        return shifts.on(day, worker.weekly(self.founded), special)


def calendar(now: datetime, zone: ZoneInfo, size: Size) -> Calendar:
    """The year around an instant, with its holidays, closures, other hours and days of illness."""
    found = Calendar(now, zone, size)
    today = found.today
    whole = [Shut(day, None, words) for day, words in closures(found.founded, found.last)]
    training = [Shut(today + timedelta(days=days), (13 * 60, 15 * 60), "Staff training") for days in (-50, 9)]
    found.shut = tuple(whole + [one for one in training if found.founded < one.day <= found.last])
    found.extras = tuple(
        Extra("Freya Holt", _friday(today + timedelta(days=days)), (10 * 60, 15 * 60)) for days in (-16, 3)
    )
    found.away = (
        Away("Tomas Brandt", today - timedelta(days=30), today - timedelta(days=24)),
        Away("Ines Lund", today + timedelta(days=13), today + timedelta(days=19)),
    )
    found.extras += _late_clinic(found)
    found.lay_lunches()
    _clear_now_of_lunches(found)
    found.ill = frozenset(
        (_at_work(found, day).name, day) for day in (today - timedelta(days=days) for days in (37, 9, 3))
    )
    return found


def without(gaps: Iterable[Gap], taken: Gap) -> tuple[Gap, ...]:
    """What is left of some gaps once something takes a part of them."""
    start, end = taken
    parts = (part for gap in gaps for part in ((gap[0], min(gap[1], start)), (max(gap[0], end), gap[1])))
    return tuple(part for part in parts if part[0] < part[1])


def up(minute: int) -> int:
    """The next full quarter of an hour."""
    return -(-minute // QUARTER) * QUARTER


def _late_clinic(found: Calendar) -> tuple[Extra, ...]:
    """Longer hours today for some who work, so that the demo is busy whenever it is made, but for the night."""
    now = found.minute
    if not 7 * 60 <= now <= 22 * 60:
        return ()
    shifts_ = {worker.name: gaps[0] for worker in WORKERS if (gaps := found.gaps(worker, found.today))}
    busy = [name for name, (start, end) in shifts_.items() if start + _BEFORE_NOW <= now <= end - _AFTER_NOW]
    others = [name for name in shifts_ if name not in busy][: max(0, 3 - len(busy))]
    return tuple(
        Extra(
            name,
            found.today,
            (min(shifts_[name][0], up(now) - 2 * 60), min(max(shifts_[name][1], up(now) + 2 * 60), clock.MIDNIGHT)),
        )
        for name in others
    )


def _clear_now_of_lunches(found: Calendar) -> None:
    """Let nobody be at lunch just when the demo is made."""
    for worker in WORKERS:
        lunch = found.lunches.get((worker.name, found.today))
        if lunch is not None and -_BEFORE_NOW < lunch + LUNCH_MINUTES - found.minute < _AFTER_NOW + 2 * LUNCH_MINUTES:
            del found.lunches[worker.name, found.today]


def _friday(day: date) -> date:
    return day + timedelta(days=(4 - day.weekday()) % 7)


def _at_work(found: Calendar, day: date) -> Worker:
    """Somebody whose illness is felt that day."""
    return max(WORKERS, key=lambda worker: sum(end - start for start, end in found.gaps(worker, day)))
