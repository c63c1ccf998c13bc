"""The demo's office: the owner sets the clinic up, the manager keeps the rota and sees to special cases."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import cycle

from reception.demo.desk import Desk
from reception.demo.extras import NEEDS, THINGS
from reception.demo.offer import (
    ADD_ONS,
    CLINIC,
    COURSES,
    GRACE_DAYS,
    LUNCH_MINUTES,
    MANAGER,
    MASKS,
    OWNER,
    POLICY,
    SERVICES,
    STAFF,
    WORKERS,
)
from reception.demo.times import Calendar
from reception.demo.visits import STOPPED, Visits
from reception.domain import catalogue, clock, diary, packages, rota, staff
from reception.domain.catalogue import ProductDraft
from reception.domain.ledger import State
from reception.domain.outcomes import Status, Who
from reception.domain.packages import PackageCard
from reception.domain.span import Span
from reception.domain.staff import PersonDraft
from reception.domain.tables.ids import ClientId, ProductId, ReasonId, ResourceId, ServiceId
from reception.domain.tables.words import Role

_WEEK = timedelta(days=7)
_AHEAD = timedelta(days=35)
_LOOKED_THROUGH = 15
"""Clients whom the manager looks through for one that a special case fits."""


@dataclass(frozen=True, slots=True)
class Books:
    """What the clinic's things are known by, once they are entered."""

    services: dict[str, ServiceId]
    products: dict[str, ProductId]
    things: dict[str, ResourceId]
    reasons: dict[str, ReasonId]


def set_up(desk: Desk) -> Books:
    """Enter the clinic, its services, courses, rooms, devices and staff, on the day it began."""
    desk.staff[OWNER] = desk.do(catalogue.found, CLINIC, OWNER, by=None)
    desk.do(catalogue.set_policy, POLICY, GRACE_DAYS, by=OWNER)
    services = {draft.name: desk.do(catalogue.add_service, draft, by=OWNER) for draft in (*SERVICES, *ADD_ONS)}
    products = {
        one.name: desk.do(
            catalogue.add_product,
            ProductDraft(one.name, services[one.service], one.sessions, one.price, one.validity, one.terms),
            by=OWNER,
        )
        for one in (*COURSES, MASKS)
    }
    things = {name: desk.do(catalogue.add_resource, name, kind, by=OWNER) for name, kind in THINGS}
    for name, needs in NEEDS.items():
        wanted = [tuple(things[one] for one in need) for need in needs]
        desk.do(catalogue.set_needs, services[name], wanted, by=OWNER)
    desk.do(catalogue.add_reason, STOPPED, Who.CLINIC, applies=False, by=OWNER)
    for worker in WORKERS:
        skills = frozenset(services[name] for name in worker.skills)
        draft = PersonDraft(worker.name, worker.line, Role.PRACTITIONER, clinical=True, works=True, skills=skills)
        desk.staff[worker.name] = desk.do(staff.add, draft, by=OWNER)
    for name, line, role in STAFF:
        draft = PersonDraft(name, line, role, clinical=False, works=False, skills=frozenset())
        desk.staff[name] = desk.do(staff.add, draft, by=OWNER)
    for worker in WORKERS:
        weekly = worker.weekly(desk.calendar.founded)
        desk.do(rota.set_weekly, desk.staff[worker.name], weekly, by=MANAGER)
    reasons = {reason.words: reason.id for reason in desk.ask(catalogue.reasons)}
    return Books(services, products, things, reasons)


@dataclass(slots=True)
class Office:
    """The manager's part of the agenda."""

    desk: Desk
    visits: Visits

    def begin(self) -> None:
        """Put the rota and the special cases on the agenda."""
        self._plan_closures()
        self._plan_absences()
        self._plan_lunches()
        self._plan_cases()
        self.desk.later(self.desk.calendar.now - timedelta(minutes=2), self._call_away)

    def _plan_closures(self) -> None:
        for shut in self._calendar.shut:
            start, end = shut.hours or (None, None)
            self._on(shut.day - timedelta(days=60), 16 * 60, rota.add_closure, shut.day, start, end, shut.words)

    def _plan_absences(self) -> None:
        calendar, people = self._calendar, self.desk.staff
        for extra in calendar.extras:
            asked = extra.day - timedelta(days=60)
            self._on(asked, 16 * 60, rota.set_exception, people[extra.worker], extra.day, (extra.hours,))
        for away in calendar.away:
            span = Span(calendar.at(away.first, 0), calendar.at(away.last, clock.MIDNIGHT))
            asked = away.first - timedelta(days=60)
            self._on(asked, 15 * 60, rota.add_off, people[away.worker], span, block=False, words="Holiday")
        for worker, day in sorted(calendar.ill):
            span = Span(calendar.at(day, 0), calendar.at(day, clock.MIDNIGHT))
            self._on(day, 7 * 60 + 50, rota.add_off, people[worker], span, block=False, words="Ill")

    def _plan_lunches(self) -> None:
        """Enter the lunches of a week some weeks ahead; those of the thin months are left out."""
        first = self._calendar.today - timedelta(days=self._calendar.size.full)
        for (worker, day), minute in sorted(self._calendar.lunches.items(), key=lambda one: (one[0][1], one[0][0])):
            if day < first:
                continue
            start = self._calendar.at(day, minute)
            span = Span(start, start + timedelta(minutes=LUNCH_MINUTES))
            monday = day - timedelta(days=day.weekday()) - _AHEAD
            staff_id = self.desk.staff[worker]
            self._on(monday, 8 * 60 + 15, rota.add_off, staff_id, span, block=True, words="Lunch")

    def _on(self, day: date, minute: int, command: Callable[..., object], *args: object, **kwargs: object) -> None:
        act = partial(self.desk.do, command, *args, by=MANAGER, **kwargs)
        self.desk.later(self._calendar.at(day, minute), act)

    def _plan_cases(self) -> None:
        """Every other Friday afternoon the manager sees to one special case of each kind in turn."""
        cases = cycle((self._extend, self._give_back, self._pass_on, self._extend_one))
        day = self._calendar.founded + 4 * _WEEK
        day += timedelta(days=(4 - day.weekday()) % 7)
        while day <= self._calendar.today:
            self.desk.later(self._calendar.at(day, 16 * 60 + 30), next(cases))
            day += _WEEK

    def _extend(self) -> None:
        today = self._calendar.today_of(self.desk.clock.now)
        for _, card in self._cards():
            open_ = card.count(State.AVAILABLE, State.RESERVED, State.EXPIRED)
            if open_ and card.last_day is not None and card.last_day - today < timedelta(days=30):
                last = max(card.last_day, today) + timedelta(days=60)
                self.desk.do(packages.extend_package, card.id, last, "In hospital for six weeks", by=MANAGER)
                return

    def _extend_one(self) -> None:
        today = self._calendar.today_of(self.desk.clock.now)
        for _, card in self._cards():
            ready = next((one for one in card.credits if one.state is State.AVAILABLE and one.last_day), None)
            if ready is not None and ready.last_day is not None and ready.last_day - today < timedelta(days=25):
                last = ready.last_day + timedelta(days=30)
                self.desk.do(packages.extend_credit, ready.id, last, "Away for work", by=MANAGER)
                return

    def _give_back(self) -> None:
        for _, card in self._cards():
            taken = next((one for one in card.credits if one.state is State.FORFEITED), None)
            if taken is not None:
                self.desk.do(packages.goodwill, taken.id, "Was taken ill on the way, letter seen", by=MANAGER)
                return

    def _pass_on(self) -> None:
        for client, card in self._cards():
            left = [one.id for one in card.credits if one.state is State.AVAILABLE]
            other = self.desk.chance.choice(sorted(self.visits.known.values()))
            if len(left) > 1 and other != client:
                self.desk.do(packages.transfer, tuple(left[:2]), other, "A gift to a relative", by=MANAGER)
                return

    def _cards(self) -> Iterator[tuple[ClientId, PackageCard]]:
        bought = list(self.visits.till.bought)
        for client in self.desk.chance.sample(bought, min(len(bought), _LOOKED_THROUGH)):
            for card in self.desk.ask(packages.ledger, client).packages:
                yield client, card

    def _call_away(self) -> None:
        """Send somebody to a conference on a day for which they are booked: those visits show as conflicts."""
        for days in range(4, 12):
            day = self._calendar.today + timedelta(days=days)
            entries = [one for one in self.desk.ask(diary.day, day).entries if one.status is Status.BOOKED]
            if entries:
                span = Span(entries[-1].start, entries[-1].busy_until)
                self.desk.do(rota.add_off, entries[-1].staff, span, block=False, words="Conference", by=MANAGER)
                return

    @property
    def _calendar(self) -> Calendar:
        return self.desk.calendar
