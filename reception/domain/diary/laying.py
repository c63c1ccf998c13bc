"""How a coming-in lies in the diary: its events, and the time of people, rooms and devices that it takes (R20, R26)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from reception.domain import clock, conflicts, tables
from reception.domain.access import Turn
from reception.domain.errors import NotFound
from reception.domain.outcomes import LIVE, Override, Status
from reception.domain.span import Span
from reception.domain.tables.base import raw
from reception.domain.tables.ids import ResourceId
from reception.domain.tables.words import Happening

Given = tuple[tuple[int, ResourceId], ...]
"""The rooms and devices of an appointment, each with the number of the need that it serves."""

Holds = dict[tuple[int, str], Span]
"""The time that each appointment takes of each holder."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One appointment of a chain, booked or wanted, with a key of its own; lengths are elapsed minutes."""

    key: int
    staff: int
    start: datetime
    minutes: int
    turnaround: int
    given: Given = ()

    @property
    def end(self) -> datetime:
        """When the treatment itself is over."""
        return self.start + timedelta(minutes=self.minutes)

    @property
    def holders(self) -> tuple[str, ...]:
        """Whose time it takes: the person's, the rooms' and devices'."""
        return (staff_holder(self.staff), *(resource_holder(resource) for _, resource in self.given))


def staff_holder(staff: int) -> str:
    """A person, as occupancy names whose time it is."""
    return f"staff:{staff}"


def resource_holder(resource: int) -> str:
    """A room or device, as occupancy names whose time it is."""
    return f"resource:{resource}"


def holds(legs: Sequence[Leg]) -> Holds:
    """The time that a chain takes of everybody and everything in it; turnarounds stand at the ends of runs (R26)."""
    pairs = [(leg, holder) for leg in legs for holder in leg.holders]
    times = conflicts.occupied(
        [
            conflicts.Part(number, holder, leg.start, leg.minutes, leg.turnaround)
            for number, (leg, holder) in enumerate(pairs)
        ]
    )
    return {(leg.key, holder): times[number] for number, (leg, holder) in enumerate(pairs)}


@dataclass(frozen=True, slots=True)
class Place:
    """With whom and when an appointment is, on which local date, in which rooms."""

    staff: int
    start: datetime
    day: date
    given: Given = ()


def happen(
    session: Session,
    turn: Turn,
    row: tables.Appointment,
    kind: Happening,
    status: Status,
    *,
    words: str = "",
    reason: int | None = None,
    override: Override = Override.NONE,
    to: Place | None = None,
) -> None:
    """Appends what happened. The database then sets the appointment's cached columns; the row here is told the same."""
    place = to or Place(row.staff_id, row.starts, row.day)
    session.add(
        tables.AppointmentEvent(
            **turn.stamp(),
            appointment_id=row.id,
            seq=row.seq + 1,
            kind=kind,
            status=status,
            staff_id=place.staff,
            day=place.day,
            starts=place.start,
            minutes=row.minutes,
            turnaround=row.turnaround,
            reason_id=reason,
            override=override,
            words=words,
        )
    )
    touch(session, row.day)
    session.flush()
    if status is not row.status or row.seq == 0:
        set_committed_value(row, "since", turn.now)
    told = {"seq": row.seq + 1, "status": status, "staff_id": place.staff, "day": place.day, "starts": place.start}
    for name, value in told.items():
        set_committed_value(row, name, value)
    session.add_all(
        tables.AppointmentResource(
            **turn.stamp(), appointment_id=row.id, seq=row.seq, number=number, resource_id=resource
        )
        for number, resource in place.given
    )


def touch(session: Session, day: date) -> None:
    """Announces a day whose picture changes though no row of it is written: the one that a visit leaves."""
    session.info.setdefault("days", set()).add(day)


def chain(session: Session, group: int) -> list[tables.Appointment]:
    """The live appointments of a coming-in, in their order."""
    a = tables.Appointment
    query = select(a).where(a.group_id == group, a.status.in_(tuple(LIVE))).order_by(a.starts, a.id)
    return list(session.scalars(query))


def appointment_of(session: Session, appointment: int) -> tables.Appointment:
    """The stored appointment; NotFound where it is none."""
    row = session.get(tables.Appointment, appointment)
    if row is None:
        raise NotFound("That visit is no longer there.")
    return row


def given(session: Session, appointments: Collection[int]) -> dict[int, Given]:
    """The rooms and devices that appointments were given when they were last booked or moved, in one statement."""
    if not appointments:
        return {}
    r, e = tables.AppointmentResource, tables.AppointmentEvent
    newest = select(func.max(e.seq)).where(
        e.appointment_id == r.appointment_id, e.kind.in_((Happening.BOOKED, Happening.MOVED))
    )
    query = (
        select(r.appointment_id, r.number, r.resource_id)
        .where(r.appointment_id.in_(appointments), r.seq == newest.correlate(r).scalar_subquery())
        .order_by(r.appointment_id, r.number)
    )
    found: dict[int, Given] = defaultdict(tuple)
    for appointment, number, resource in session.execute(query):
        found[appointment] += ((number, ResourceId(resource)),)
    return dict(found)


def legs(session: Session, rows: Sequence[tables.Appointment]) -> list[Leg]:
    """Appointments as the legs of a chain, with what they were given."""
    own = given(session, [row.id for row in rows])
    return [Leg(row.id, row.staff_id, row.starts, row.minutes, row.turnaround, own.get(row.id, ())) for row in rows]


def vacate(session: Session, rows: Sequence[tables.Appointment]) -> None:
    """Removes whom a chain occupies before it is laid anew, since it would collide with itself."""
    ids = [row.id for row in rows]
    session.execute(delete(tables.Occupancy).where(tables.Occupancy.appointment_id.in_(ids)))


def occupy(session: Session, times: Holds) -> None:
    """Takes the time that appointments hold; the database refuses what overlaps (R20)."""
    session.add_all(
        tables.Occupancy(holder=holder, starts=span.start, ends=span.end, appointment_id=appointment)
        for (appointment, holder), span in times.items()
    )
    session.flush()


def lay_again(session: Session, group: int) -> None:
    """Counts a coming-in's runs and turnarounds anew after one of it has ended, come back, or joined (R17, R26).

    A turnaround that comes back is cut where somebody else's visit starts, so that it never blocks more than is free.
    """
    old = session.scalars(
        select(tables.Occupancy).join(tables.Appointment).where(tables.Appointment.group_id == group)
    ).all()
    new = holds(legs(session, chain(session, group)))
    before = {(one.appointment_id, one.holder): Span(one.starts, one.ends) for one in old}
    if before == new:
        return
    longer = [key for key, span in new.items() if key in before and span.end > before[key].end]
    for key, span in _cut(session, {key: new[key] for key in longer}, group).items():
        new[key] = span
    session.execute(delete(tables.Occupancy).where(tables.Occupancy.id.in_([one.id for one in old])))
    occupy(session, new)


def _cut(session: Session, times: Mapping[tuple[int, str], Span], group: int) -> Holds:
    """Ends each time where somebody else's begins."""
    if not times:
        return {}
    whole = Span(min(span.start for span in times.values()), max(span.end for span in times.values()))
    busy = taken(session, {holder for _, holder in times}, whole, besides=group)
    cut: Holds = {}
    for (appointment, holder), span in times.items():
        clash = conflicts.first_clash(span, busy.get(holder, ()))
        cut[appointment, holder] = Span(span.start, clash.span.start) if clash else span
    return cut


def taken(
    session: Session, holders: Collection[str], span: Span, *, besides: int | None = None
) -> dict[str, list[conflicts.Busy]]:
    """The times that visits take of each of these holders, those of one coming-in left out, in one statement."""
    asked = {
        "holders": sorted(holders),
        "start": clock.to_ms(span.start),
        "longest": clock.to_ms(span.start - conflicts.MAX),
        "end": clock.to_ms(span.end),
        "besides": besides or 0,
    }
    found: dict[str, list[conflicts.Busy]] = defaultdict(list)
    for holder, starts, ends, name in session.execute(_taken(), asked).all():
        found[holder].append(conflicts.Busy(Span(clock.from_ms(starts), clock.from_ms(ends)), name))
    return found


@cache
def _taken() -> Select[*tuple[Any, ...]]:
    """What taken asks; the longest time that a visit may take keeps the search short."""
    o, a, c = raw(tables.Occupancy), raw(tables.Appointment), raw(tables.Client)
    return (
        select(o.holder, o.starts, o.ends, c.name)
        .select_from(o.table)
        .join(a.table, a.id == o.appointment_id)
        .join(c.table, c.id == a.client_id)
        .where(
            o.holder.in_(bindparam("holders", expanding=True)),
            o.starts < bindparam("end"),
            o.starts > bindparam("longest"),
            o.ends > bindparam("start"),
            a.group_id != bindparam("besides"),
        )
    )
