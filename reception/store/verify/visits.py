"""Visits: what their events brought them to, whose time they take, what hangs on them, and the credits they used."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter

from sqlalchemy import Connection

from reception.domain import conflicts
from reception.domain.ledger import State
from reception.domain.outcomes import LIVE, MOVES_OF_STATUS, UPCOMING, Status
from reception.domain.span import Span
from reception.domain.tables import Appointment, AppointmentEvent, AppointmentResource, Credit, Occupancy, Package
from reception.domain.tables.words import Happening
from reception.store import guards
from reception.store.verify.credits import CreditRow, PackageRow
from reception.store.verify.rows import grouped, rows


@dataclass(frozen=True, slots=True)
class EventRow:
    """One thing that happened to a visit."""

    appointment_id: int
    seq: int
    kind: Happening
    status: Status
    at: datetime
    staff_id: int
    day: date
    starts: datetime
    minutes: int
    turnaround: int


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as the database keeps it."""

    id: int
    group_id: int
    client_id: int
    service_id: int
    seq: int
    status: Status
    since: datetime
    staff_id: int
    day: date
    starts: datetime
    minutes: int
    turnaround: int
    base_id: int | None


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A room or device that a visit was given by one of its events."""

    appointment_id: int
    seq: int
    resource_id: int


@dataclass(frozen=True, slots=True)
class TimeRow:
    """Whose time a visit takes."""

    appointment_id: int
    holder: str
    starts: datetime
    ends: datetime


def visits_follow(visits: Iterable[VisitRow], events: Iterable[EventRow]) -> Iterator[str]:
    """Each visit stands and lies where its events brought it, by moves that the rules know (R23)."""
    by_visit = grouped(events, "appointment_id")
    for visit in visits:
        own = sorted(by_visit.get(visit.id, ()), key=attrgetter("seq"))
        if not own or [event.seq for event in own] != list(range(1, len(own) + 1)):
            yield f"visit {visit.id}: its events aren't numbered from 1 without gaps"
            continue
        yield from (f"visit {visit.id}: {fault}" for fault in _illegal(own))
        newest = own[-1]
        kept = (visit.seq, visit.status, visit.staff_id, visit.day, visit.starts, visit.minutes, visit.turnaround)
        if kept != (len(own), newest.status, *_where(newest)) or visit.since != _since(own):
            yield (
                f"visit {visit.id}: it is kept as {visit.status} at {visit.starts}, "
                f"its events say {newest.status} at {newest.starts}"
            )


def _illegal(events: Sequence[EventRow]) -> Iterator[str]:
    """The steps that no rule knows."""
    for index, event in enumerate(events):
        before = events[index - 1] if index else None
        if not _legal(event, before, events[index - 2] if index > 1 else None):
            came_from = before.status if before else "nothing"
            yield f"step {event.seq}, {came_from} to {event.status} by {event.kind}, isn't among the moves"


def _legal(event: EventRow, before: EventRow | None, earlier: EventRow | None) -> bool:
    if before is None:
        return (None, event.status) in MOVES_OF_STATUS
    if event.kind is Happening.MOVED:
        return event.status is before.status and before.status in UPCOMING
    if _where(event) != _where(before) or (before.status, event.status) not in MOVES_OF_STATUS:
        return False
    undone = before.status in {Status.COMPLETED, Status.NO_SHOW}
    return not undone or (earlier is not None and event.status is earlier.status)


def _where(event: EventRow) -> tuple[int, date, datetime, int, int]:
    return event.staff_id, event.day, event.starts, event.minutes, event.turnaround


def _since(events: Sequence[EventRow]) -> datetime:
    """When the last event came that changed the status."""
    statuses = [None, *(event.status for event in events)]
    return next(
        event.at for event, before in zip(events[::-1], statuses[-2::-1], strict=True) if event.status != before
    )


def add_ons_hang(visits: Iterable[VisitRow]) -> Iterator[str]:
    """Each add-on hangs on a base of its own coming-in and client, and stands in it once (R24)."""
    by_id = {visit.id: visit for visit in visits}
    for group, own in grouped(by_id.values(), "group_id").items():
        live: set[int] = set()
        for add_on in (visit for visit in own if visit.base_id is not None):
            base = by_id.get(add_on.base_id or 0)
            if base is None or base.base_id is not None or (base.group_id, base.client_id) != (group, add_on.client_id):
                yield f"visit {add_on.id}: visit {add_on.base_id}, which it hangs on, isn't a base of its coming-in"
            if add_on.status not in LIVE:
                continue
            if add_on.service_id in live:
                yield f"visit {add_on.id}: its add-on stands in coming-in {group} a second time"
            live.add(add_on.service_id)


def times_held(
    visits: Iterable[VisitRow], times: Iterable[TimeRow], events: Iterable[EventRow], given: Iterable[GivenRow] = ()
) -> Iterator[str]:
    """Each live visit takes the time that its chain gives it of its person, rooms and devices (R20, R26).

    The other visits take none, and nobody and nothing is in two places. A turnaround that comes back may be cut where
    another visit of that holder starts, or once did (R17).
    """
    times = list(times)
    by_event = grouped(events, "appointment_id")
    rooms = grouped(given, "appointment_id")
    begun = {
        (holder, event.starts)
        for visit, own in by_event.items()
        for event in own
        for holder in (f"staff:{event.staff_id}", *_rooms(event.seq, own, rooms.get(visit, ())))
    }
    taken = {(time.appointment_id, time.holder): time for time in times}
    for visit, holder, span in _due(visits, by_event, rooms):
        time = taken.pop((visit.id, holder), None)
        done = visit.starts + timedelta(minutes=visit.minutes)
        cut = time is not None and done <= time.ends < span.end and (holder, time.ends) in begun
        if time is None or time.starts != span.start or not (cut or time.ends == span.end):
            yield f"visit {visit.id}: the time of {holder} should be taken from {span.start} to {span.end}"
    yield from (f"visit {visit}: the time of {holder} is taken for nothing" for visit, holder in taken)
    yield from overlaps(times)


def _rooms(seq: int, events: Iterable[EventRow], given: Iterable[GivenRow]) -> Iterator[str]:
    """The rooms and devices that a visit is in after one of its events: those of its newest booking or moving."""
    newest = max((one.seq for one in events if one.kind in guards.GIVING and one.seq <= seq), default=0)
    return (f"resource:{row.resource_id}" for row in given if row.seq == newest)


def _due(
    visits: Iterable[VisitRow], events: Mapping[int, Sequence[EventRow]], given: Mapping[int, Sequence[GivenRow]]
) -> Iterator[tuple[VisitRow, str, Span]]:
    """Whose time each live visit takes, by the rule of its chain."""
    for group in grouped((visit for visit in visits if visit.status in LIVE), "group_id").values():
        held = [(visit, holder) for visit in group for holder in _holders(visit, events, given)]
        spans = conflicts.occupied(
            [
                conflicts.Part(number, holder, visit.starts, visit.minutes, visit.turnaround)
                for number, (visit, holder) in enumerate(held)
            ]
        )
        yield from ((visit, holder, spans[number]) for number, (visit, holder) in enumerate(held))


def _holders(
    visit: VisitRow, events: Mapping[int, Sequence[EventRow]], given: Mapping[int, Sequence[GivenRow]]
) -> tuple[str, ...]:
    rooms = _rooms(visit.seq, events.get(visit.id, ()), given.get(visit.id, ()))
    return f"staff:{visit.staff_id}", *rooms


def overlaps(times: Iterable[TimeRow]) -> Iterator[str]:
    """Nobody is in two places at once (R20)."""
    for holder, own in grouped(times, "holder").items():
        latest: TimeRow | None = None
        for time in sorted(own, key=attrgetter("starts")):
            if latest is not None and time.starts < latest.ends:
                yield f"{holder}: visits {latest.appointment_id} and {time.appointment_id} overlap"
            if latest is None or time.ends > latest.ends:
                latest = time


def credits_meet_visits(
    credits: Iterable[CreditRow], visits: Iterable[VisitRow], packages: Iterable[PackageRow]
) -> Iterator[str]:
    """A visit has one credit at most, of its service and client, in the state that goes with its own (R1, R7, R8)."""
    by_id = {visit.id: visit for visit in visits}
    owners = {package.id: package.client_id for package in packages}
    paid: dict[int, int] = {}
    for credit in credits:
        if credit.appointment_id is None:
            if credit.state in {State.RESERVED, State.REDEEMED, State.FORFEITED}:
                yield f"credit {credit.id}: it is {credit.state} for no visit"
            continue
        visit = by_id.get(credit.appointment_id)
        if visit is None:
            yield f"credit {credit.id}: it names visit {credit.appointment_id}, which isn't there"
            continue
        if (credit.state, visit.status) not in guards.MEETINGS:
            yield f"credit {credit.id} is {credit.state}, its visit {visit.id} is {visit.status}"
        if credit.service_id != visit.service_id or owners.get(credit.package_id) != visit.client_id:
            yield f"credit {credit.id}: visit {visit.id} is of another service or another client"
        if visit.id in paid:
            yield f"visit {visit.id}: credits {paid[visit.id]} and {credit.id} both pay for it"
        paid[visit.id] = credit.id


def check(connection: Connection) -> tuple[int, list[str]]:
    """Every visit with its events."""
    visits, events = rows(connection, Appointment, VisitRow), rows(connection, AppointmentEvent, EventRow)
    return len(visits), list(visits_follow(visits, events))


def check_add_ons(connection: Connection) -> tuple[int, list[str]]:
    """Every add-on with its base."""
    visits = rows(connection, Appointment, VisitRow)
    return sum(visit.base_id is not None for visit in visits), list(add_ons_hang(visits))


def check_times(connection: Connection) -> tuple[int, list[str]]:
    """The time of everybody, every room and every device."""
    visits, times = rows(connection, Appointment, VisitRow), rows(connection, Occupancy, TimeRow)
    events, given = rows(connection, AppointmentEvent, EventRow), rows(connection, AppointmentResource, GivenRow)
    return len(times), list(times_held(visits, times, events, given))


def check_meetings(connection: Connection) -> tuple[int, list[str]]:
    """Every credit that a visit holds or used."""
    credits = rows(connection, Credit, CreditRow)
    visits, packages = rows(connection, Appointment, VisitRow), rows(connection, Package, PackageRow)
    used = sum(credit.appointment_id is not None for credit in credits)
    return used, list(credits_meet_visits(credits, visits, packages))
