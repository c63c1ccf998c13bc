"""When staff work: shifts that repeat in cycles of weeks, and the dates that are different."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import combinations
from math import lcm
from zoneinfo import ZoneInfo

from reception.domain.clock import MIDNIGHT, at_local
from reception.domain.errors import Invalid
from reception.domain.span import Span, merge

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Weekly:
    """A shift that repeats: in which week of a cycle of 1 to 4, on which weekday (Monday is 0), from when until when.

    Start and end are minutes of the wall clock; an end at or before the start is on the next day. `until` is included.
    """

    weeks: int
    week: int
    weekday: int
    start: int
    end: int
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Hours on one date that replace the repeating ones; without hours it is a day off."""

    day: date
    start: int | None = None
    end: int | None = None


def on(day: date, weekly: Iterable[Weekly], exceptions: Iterable[Exceptional]) -> tuple[tuple[int, int], ...]:
    """Give the shifts that start on a date, in minutes of its clock, past 1440 where they end on the next (R22)."""
    replaced = [one for one in exceptions if one.day == day]
    if replaced:
        hours = [(one.start, one.end) for one in replaced if one.start is not None and one.end is not None]
    else:
        hours = [(one.start, one.end) for one in weekly if _starts(one, day)]
    return tuple(sorted((start, _later(start, end)) for start, end in hours))


def spans(
    first: date, last: date, weekly: Sequence[Weekly], exceptions: Sequence[Exceptional], zone: ZoneInfo
) -> tuple[Span, ...]:
    """Give the shifts of some dates as spans of time, those that touch as one (R22).

    A shift of the day before that runs into the first date is among them.
    """
    found: list[Span] = []
    day = first - _DAY
    while day <= last:
        hours = on(day, weekly, exceptions)
        found += _real(day, [pair for pair in hours if day >= first or pair[1] > MIDNIGHT], zone)
        day += _DAY
    return merge(found)


def check(weekly: Sequence[Weekly]) -> None:
    """Look through one person's repeating shifts; Invalid names the first two that overlap, over midnight too (R22)."""
    for one in weekly:
        if one.until is not None and one.until < one.since:
            sentence = "The shift ends on {until}, before it begins on {since}. Pick a later last date."
            raise Invalid(sentence, field="until", until=one.until, since=one.since)
    for one, other in combinations(weekly, 2):
        _check_pair(one, other)


def _starts(shift: Weekly, day: date) -> bool:
    if day < shift.since or (shift.until is not None and day > shift.until) or day.weekday() != shift.weekday:
        return False
    weeks_on = (day - _monday(shift.since)).days // 7
    return weeks_on % shift.weeks == shift.week - 1


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


def _later(start: int, end: int) -> int:
    return end if end > start else end + MIDNIGHT


def _real(day: date, hours: Iterable[tuple[int, int]], zone: ZoneInfo) -> Iterator[Span]:
    for start, end in hours:
        begins, ends = at_local(day, start, zone), at_local(day, end, zone)
        if begins < ends:  # a shift can lie wholly in the hour that the clocks skip
            yield Span(begins, ends)


def _check_pair(one: Weekly, other: Weekly) -> None:
    first = max(one.since, other.since) - _DAY
    for count in range(lcm(one.weeks, other.weeks) * 7 + 2):
        day = first + count * _DAY
        if not _starts(one, day):
            continue
        for shift in (-1, 0, 1):
            other_day = day + shift * _DAY
            if _starts(other, other_day) and _overlap(one, other, shift * MIDNIGHT):
                raise _overlapping(one, day, other, other_day)


def _overlap(one: Weekly, other: Weekly, offset: int) -> bool:
    return one.start < offset + _later(other.start, other.end) and offset + other.start < _later(one.start, one.end)


def _overlapping(one: Weekly, day: date, other: Weekly, other_day: date) -> Invalid:
    return Invalid(
        "The shift on {day}, {start} to {end}, overlaps the one on {other_day}, {other_start} to {other_end}. "
        "Change the hours of one of them.",
        field="shifts",
        day=day,
        start=_wall(one.start),
        end=_wall(one.end),
        other_day=other_day,
        other_start=_wall(other.start),
        other_end=_wall(other.end),
    )


def _wall(minutes: int) -> time:
    return time(*divmod(minutes % MIDNIGHT, 60))
