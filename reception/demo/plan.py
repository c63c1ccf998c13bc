"""Who comes to the demo clinic when, and how it ends: planned on paper, before anything is booked."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

from reception.demo.extras import LINKS
from reception.demo.offer import COURSES, SERVICE, WORKER, WORKERS, Course, Worker
from reception.demo.times import QUARTER, Calendar, Gap, up, without
from reception.demo.today import Paper, shown


class End(StrEnum):
    """How a visit ends."""

    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"
    BY_CLINIC = "by_clinic"
    FORGOTTEN = "forgotten"
    """It took place, but nobody said so."""


class Role(StrEnum):
    """What a visit shows of the present: a treatment, a client who is late, a client who waits."""

    TREATED = "treated"
    AWAITED = "awaited"
    WAITING = "waiting"


@dataclass(slots=True)
class Coming:
    """One coming-in: who, with whom, for what, when; when it is booked, and how it ends.

    `extra` is the add-on that the client takes if it is offered. `was` is the start that it was first booked for, where
    it is moved; `said` when it is moved or cancelled; `role` its part in what goes on now, `paper` what is known of the
    client's forms where it shows an add-on, `wish`, that can or can't be had.
    """

    client: int
    worker: str
    services: tuple[str, ...]
    start: datetime
    booked: datetime
    end: End = End.DONE
    was: datetime | None = None
    said: datetime | None = None
    role: Role | None = None
    extra: str = ""
    paper: Paper | None = None
    wish: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """Everything that is done, the add-on too."""
        return (*self.services, self.extra) if self.extra else self.services

    @property
    def minutes(self) -> int:
        """How long the treatments take together."""
        return sum(SERVICE[name].minutes for name in self.parts)


@dataclass(frozen=True, slots=True)
class Taste:
    """A client who takes courses: which, and whether they buy another when it is used up."""

    course: Course
    renews: bool


@dataclass(slots=True)
class Plan:
    """Everybody's visits, in the order in which they are booked, and who takes courses."""

    calendar: Calendar
    comings: list[Coming]
    tastes: dict[int, Taste]


@dataclass(slots=True)
class _Regular:
    """A client who comes again and again, as long as `left` lasts."""

    client: int
    service: str
    gap: int
    left: int
    due: date


_ROLES = (Role.TREATED, Role.AWAITED, Role.WAITING, Role.TREATED)
"""What is going on now, column by column."""

_GAPS = {"Laser 30": (28,), "Laser 60": (35,), "Skin peel 45": (21, 28), "Facial 60": (28, 42)}
_USUAL_GAPS = (7, 7, 14, 14, 21)
_DROPS_OUT = timedelta(days=45)
_SERIES = timedelta(days=35)
"""So far ahead the next visits are booked when one is over."""
_AFTER = timedelta(minutes=6)
_MINUTE = timedelta(minutes=1)
_NOTICE = timedelta(hours=24)


def plan(chance: Random, calendar: Calendar) -> Plan:
    """A year of visits; the same chance and the same calendar give the same."""
    planner = _Planner(chance, calendar)
    planner.add_cases()
    for day in calendar.days:
        planner.plan_day(day)
    planner.date_bookings()
    planner.forget_some()
    planner.cancel_before_others()
    planner.comings.sort(key=lambda coming: (coming.booked, coming.start, coming.client))
    return Plan(calendar, planner.comings, planner.tastes)


@dataclass(slots=True)
class _Planner:
    chance: Random
    calendar: Calendar
    comings: list[Coming] = field(default_factory=list)
    tastes: dict[int, Taste] = field(default_factory=dict)
    _regulars: dict[str, list[_Regular]] = field(default_factory=lambda: defaultdict(list))
    _fixed: dict[tuple[str, date], list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    _known: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _last: dict[int, date] = field(default_factory=dict)
    _spare: list[tuple[str, date, int, int]] = field(default_factory=list)
    _met: int = 0

    def add_cases(self) -> None:
        """Two clients of today: one with credits that soon expire, one who uses the last of a course."""
        today = self.calendar.today
        here = [worker for worker in WORKERS if self.calendar.gaps(worker, today)]
        near = next((course for course in COURSES if course.validity.count == 90), COURSES[0])
        masseur = next((worker for worker in here if near.service in worker.usual), None)
        if masseur is not None:
            self._case(masseur, near, gap=26, visits=4)
        for worker in here:
            course = next((one for one in COURSES if one.service in worker.usual and one.sessions in (5, 6)), None)
            if worker is not masseur and course is not None:
                self._case(worker, course, gap=10, visits=course.sessions)
                return

    def plan_day(self, day: date) -> None:
        """Fill everybody's columns of one day, today around what is going on now and what is to be shown."""
        gaps = {worker.name: self.calendar.gaps(worker, day) for worker in WORKERS}
        if day == self.calendar.today:
            self._place_now(day, gaps)
            gaps = self._place_shown(day, gaps)
        for worker in WORKERS:
            for gap in gaps[worker.name]:
                self._fill(worker, day, gap)

    def date_bookings(self) -> None:
        """Say when each visit is booked, and how it ends: regulars at the end of an earlier visit, others by phone."""
        earlier: dict[int, list[Coming]] = defaultdict(list)
        for coming in sorted(self.comings, key=lambda one: one.start):
            before = [one for one in earlier[coming.client] if one.end is End.DONE and one.was is None]
            series = [one for one in before if coming.start - one.start <= _SERIES]
            if coming.paper:
                coming.booked = self._lately()
            elif series:
                coming.booked = series[0].start + timedelta(minutes=series[0].minutes) + _AFTER
            else:
                coming.booked = self._called(coming)
            self._decide(coming)
            earlier[coming.client].append(coming)

    def forget_some(self) -> None:
        """Leave two visits of the last day open."""
        past = [one for one in self.comings if one.end is End.DONE and self._day(one) < self.calendar.today]
        if past:
            last = max(map(self._day, past))
            for coming in [one for one in past if self._day(one) == last and len(one.parts) == 1][:2]:
                coming.end = End.FORGOTTEN

    def cancel_before_others(self) -> None:
        """Let somebody have booked a time earlier and cancelled it before whoever comes then called."""
        for coming in list(self.comings):
            begun = self.calendar.at(self.calendar.founded, 12 * 60)
            early = coming.booked - timedelta(days=self.chance.randint(4, 20), minutes=self.chance.randrange(200))
            known = self._known[coming.worker]
            if coming.was or coming.paper or coming.start - coming.booked < _NOTICE or early < begun or not known:
                continue
            if self.chance.random() > 0.08:
                continue
            other = self.chance.choice(known)
            if other != coming.client and self._last.get(other):
                said = coming.booked - timedelta(minutes=self.chance.randint(20, 1800))
                ghost = Coming(other, coming.worker, coming.services, coming.start, early, End.CANCELLED, said=said)
                self.comings.append(ghost)

    def _case(self, worker: Worker, course: Course, *, gap: int, visits: int) -> None:
        client = self._meet()
        self.tastes[client] = Taste(course, renews=False)
        day, left = self.calendar.today, visits
        while left and day > self.calendar.founded:
            if self.calendar.gaps(worker, day) and (worker.name, day) not in self.calendar.ill:
                self._fixed[worker.name, day].append((client, course.service))
                day -= timedelta(days=gap)
                left -= 1
            else:
                day -= timedelta(days=1)

    def _place_now(self, day: date, gaps: dict[str, tuple[Gap, ...]]) -> None:
        """Place the visits that are going on now, column by column."""
        roles = list(_ROLES)
        for worker in WORKERS:
            own = gaps[worker.name]
            role = next((one for one in dict.fromkeys(roles) if self._anchor(worker, day, one, own)), None)
            if role is not None:
                roles.remove(role)
                gaps[worker.name] = without(own, self._taken(self.comings[-1]))

    def _place_shown(self, day: date, gaps: dict[str, tuple[Gap, ...]]) -> dict[str, tuple[Gap, ...]]:
        """Place the visits of clients who are new, that show what can be added and what can't; gives the time left."""
        visits, left = shown(self.calendar.minute, gaps)
        for one in visits:
            self._place(WORKER[one.worker], day, one.at, self._meet(), (one.service,))
            self.comings[-1].paper = one.paper
            self.comings[-1].wish = one.extra
            self.comings[-1].extra = one.extra if one.taken else ""
        return left

    def _anchor(self, worker: Worker, day: date, role: Role, gaps: tuple[Gap, ...]) -> bool:
        """Place the visit that is going on in somebody's column now; False where it doesn't fit."""
        now = self.calendar.minute
        fixed = self._fixed[worker.name, day]
        name = fixed[0][1] if fixed else worker.usual[0]
        length = SERVICE[name].minutes + SERVICE[name].turnaround
        quarter = now // QUARTER * QUARTER
        start = {
            Role.TREATED: quarter - (QUARTER if now - quarter < 6 else 0),
            Role.AWAITED: quarter - (QUARTER if now - quarter < 4 else 0),
            Role.WAITING: up(now + 2),
        }[role]
        if not any(first <= start and start + length <= end for first, end in gaps):
            return False
        client = fixed.pop(0)[0] if fixed else self._chosen(worker, day, name)
        self._place(worker, day, start, client, (name,))
        self.comings[-1].role = role
        return True

    def _fill(self, worker: Worker, day: date, gap: Gap) -> None:
        at, end = up(gap[0]), gap[1]
        full = self.calendar.today - timedelta(days=self.calendar.size.full) <= day
        while at < end:
            fixed = bool(self._fixed[worker.name, day])
            step = self._next(worker, day, at, end) if fixed or self.chance.random() < (0.9 if full else 0.03) else 0
            if not step:
                step = 3 * QUARTER if full else 2 * QUARTER
                self._spare.append((worker.name, day, at, min(at + step, end)))
            at = up(at + step)

    def _next(self, worker: Worker, day: date, at: int, end: int) -> int:
        """Place whoever comes next, and say how long that takes; 0 where nobody fits."""
        room = end - at
        fixed = self._fixed[worker.name, day]
        if fixed and _length((fixed[0][1],)) <= room:
            client, name = fixed.pop(0)
            services: tuple[str, ...] = (name,)
        elif (regular := self._due(worker, day, room)) is not None:
            client, services = regular.client, (regular.service,)
            regular.left -= 1
            regular.due = day + timedelta(days=regular.gap + self.chance.choice((-1, 0, 0, 0, 1)))
        else:
            fitting = [name for name in (*worker.first, *worker.usual) if _length((name,)) <= room]
            if not fitting:
                return 0
            client = self._anybody(worker, day)
            first = client not in self._last
            services = (fitting[0] if first else self.chance.choice(fitting),)
            self._win(worker, client, day)
        services = self._with_another(worker, services, room)
        if _length(services) > room:
            return 0
        self._place(worker, day, at, client, services)
        self.comings[-1].extra = self._extra(worker, day, services, room)
        return _length(self.comings[-1].parts)

    def _with_another(self, worker: Worker, services: tuple[str, ...], room: int) -> tuple[str, ...]:
        """Now and then somebody has a service of another kind straight after the first."""
        more = self.chance.choice(worker.usual)
        other = SERVICE[more].category != SERVICE[services[0]].category
        fits = other and _length((*services, more)) <= room
        return (*services, more) if fits and self.chance.random() < 0.15 else services

    def _extra(self, worker: Worker, day: date, services: tuple[str, ...], room: int) -> str:
        """Now and then somebody takes an add-on, once there are any."""
        if day <= self.calendar.since or self.chance.random() > 0.2:
            return ""
        linked = [one for one in LINKS.get(services[0], ()) if one in worker.extras]
        fitting = [one for one in linked if _length((*services, one)) <= room]
        return self.chance.choice(fitting) if fitting else ""

    def _place(self, worker: Worker, day: date, at: int, client: int, services: tuple[str, ...]) -> None:
        start = self.calendar.at(day, at)
        self.comings.append(Coming(client, worker.name, services, start, start))
        self._last[client] = day
        if client not in self._known[worker.name]:
            self._known[worker.name].append(client)

    def _due(self, worker: Worker, day: date, room: int) -> _Regular | None:
        """The regular who has waited longest; one who waited too long has dropped out."""
        regulars = self._regulars[worker.name] = [
            one for one in self._regulars[worker.name] if one.left and day - one.due < _DROPS_OUT
        ]
        if self.chance.random() < 0.15:
            return None
        due = [one for one in regulars if one.due <= day and self._last[one.client] < day]
        fitting = [one for one in due if _length((one.service,)) <= room]
        return min(fitting, key=lambda one: one.due, default=None)

    def _chosen(self, worker: Worker, day: date, name: str) -> int:
        regular = next(
            (one for one in self._regulars[worker.name] if one.service == name and self._last[one.client] < day), None
        )
        return self._anybody(worker, day) if regular is None else regular.client

    def _anybody(self, worker: Worker, day: date) -> int:
        """Somebody new, as long as there are any, or somebody who was here before."""
        newcomers = self.calendar.size.clients * 3 // 4
        resting = [client for client in self._known[worker.name] if day - self._last[client] > timedelta(days=20)]
        if self._met < newcomers and (not resting or self.chance.random() < 0.7):
            return self._meet()
        return self.chance.choice(resting) if resting else self._meet()

    def _meet(self) -> int:
        self._met += 1
        return (self._met - 1) % self.calendar.size.clients

    def _win(self, worker: Worker, client: int, day: date) -> None:
        """Let a client come again, on a course or without one."""
        service = self.chance.choices(worker.usual, weights=(6, 3, 1)[: len(worker.usual)])[0]
        gap = self.chance.choice(_GAPS.get(service, _USUAL_GAPS))
        courses = [course for course in COURSES if course.service == service]
        left = self.chance.choice((0, 0, 1, 2, 3))
        if courses and client not in self.tastes and self.chance.random() < 0.5:
            course = self.chance.choice(courses)
            self.tastes[client] = Taste(course, renews=self.chance.random() < 0.4)
            left = self.chance.randint(2, course.sessions + 3)
        self._regulars[worker.name].append(_Regular(client, service, gap, left, day + timedelta(days=gap)))

    def _called(self, coming: Coming) -> datetime:
        """When somebody called to book a visit: while the desk was there, and before the visit."""
        low, high = self.chance.choices(((0, 3), (4, 14), (15, 28)), weights=(4, 4, 3))[0]
        day = self._day(coming) - timedelta(days=self.chance.randint(low, high))
        at = self.calendar.at(day, self.chance.randint(8 * 60 + 10, 18 * 60))
        if at > coming.start - timedelta(minutes=40):
            at = coming.start - timedelta(days=1, minutes=self.chance.randint(0, 90))
        begun = self.calendar.at(self.calendar.founded, 13 * 60)
        return max(at, begun + timedelta(minutes=self.chance.randint(0, 120)))

    def _lately(self) -> datetime:
        """Some moment of the last days, when there were forms already."""
        days = min(5, (self.calendar.today - self.calendar.since).days)
        day = self.calendar.today - timedelta(days=self.chance.randint(1, days))
        return self.calendar.at(day, self.chance.randint(9 * 60 + 30, 17 * 60))

    def _decide(self, coming: Coming) -> None:
        """Say how a visit ends, and whether it is moved before."""
        if (coming.worker, self._day(coming)) in self.calendar.ill:
            coming.end, coming.said = End.BY_CLINIC, self.calendar.at(self._day(coming), 7 * 60 + 40)
            coming.booked = min(coming.booked, coming.said - timedelta(hours=12))
        if (
            coming.end is not End.DONE
            or coming.role
            or coming.paper
            or len(coming.services) > 1
            or self._is_now(coming)
        ):
            return
        roll = self.chance.random()
        if roll < 0.035:
            coming.end = End.MISSED
        elif roll < 0.085:
            self._cancel_late(coming)
        elif roll < 0.145:
            self._move(coming)

    def _cancel_late(self, coming: Coming) -> None:
        said = coming.start - timedelta(minutes=self.chance.randint(50, 22 * 60))
        local = said.astimezone(self.calendar.zone)
        if not 8 <= local.hour < 20:
            said = self.calendar.at(self._day(coming) - timedelta(days=1), 18 * 60 + self.chance.randrange(90))
        if coming.booked < said < coming.start:
            coming.end, coming.said = End.CANCELLED, said

    def _move(self, coming: Coming) -> None:
        """Let it have been booked for a time that is free, and moved to its own some days before."""
        need, day = _length(coming.parts), self._day(coming)
        for place, (worker, spare, at, end) in enumerate(self._spare):
            if worker == coming.worker and end - at >= need and timedelta(0) < day - spare < timedelta(days=9):
                was = self.calendar.at(spare, at)
                said = was - timedelta(hours=self.chance.randint(3, 60))
                if coming.booked + timedelta(minutes=30) < said and spare != self.calendar.today:
                    del self._spare[place]
                    coming.was, coming.said = was, said
                return

    def _is_now(self, coming: Coming) -> bool:
        """Whether it may be going on at present."""
        ends = coming.start + timedelta(minutes=coming.minutes + 10)
        return coming.start - timedelta(minutes=30) < self.calendar.now < ends

    def _day(self, coming: Coming) -> date:
        return coming.start.astimezone(self.calendar.zone).date()

    def _taken(self, coming: Coming) -> Gap:
        local = coming.start.astimezone(self.calendar.zone)
        start = local.hour * 60 + local.minute
        return start, start + _length(coming.parts)


def _length(services: tuple[str, ...]) -> int:
    """How long somebody's column is taken: all treatments, and the longest turnaround after the last (R20)."""
    return sum(SERVICE[name].minutes for name in services) + max(SERVICE[name].turnaround for name in services)
