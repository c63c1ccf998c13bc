"""Looking at the diary: a day in three statements, one visit, a whole coming-in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import access, catalogue, clock, packages, screening, tables
from reception.domain.diary import drawn, laying
from reception.domain.diary.framing import Frame, frame
from reception.domain.diary.values import ChainLine, Column, ComingIn, Day, Entry, Event, Placed, Visit
from reception.domain.errors import NotFound
from reception.domain.outcomes import LIVE
from reception.domain.tables.ids import AppointmentId, ClientId, GroupId, ResourceId, StaffId


@dataclass(frozen=True, slots=True)
class Setting:
    """The clinic's clock and the settings that decide about visits."""

    clinic: tables.Clinic
    zone: ZoneInfo
    now: datetime
    today: date


def setting(session: Session) -> Setting:
    """The clinic's clock and settings as this session finds them."""
    clinic = session.get(tables.Clinic, 1)
    if clinic is None:
        raise NotFound("The clinic isn't set up yet.")
    zone = ZoneInfo(clinic.zone)
    now = access.now(session)
    return Setting(clinic, zone, now, clock.local_date(now, zone))


def day(session: Session, day: date) -> Day:
    """A whole day of the diary, in three statements."""
    connection = session.connection()
    around = frame(connection, day)
    today = clock.local_date(access.now(session), around.zone)
    asked = {"day": day.isoformat(), "today": today.isoformat()}
    left = drawn.left_of(connection.execute(drawn.left_on_day(), asked).all())
    soon = today + timedelta(days=around.near_days)
    entries = tuple(drawn.entry_of(row, left, soon) for row in connection.execute(drawn.on_day(), asked).all())
    return Day(
        day=day,
        zone=around.zone,
        open=around.open,
        closed=around.closed,
        columns=_columns(around, entries),
        offs=around.offs,
        entries=entries,
    )


def entry(session: Session, appointment: AppointmentId) -> Entry:
    """One appointment as the diary draws it; NotFound where it is none."""
    row = session.execute(drawn.asked().where(tables.Appointment.id == appointment)).one_or_none()
    if row is None:
        raise NotFound("That visit is no longer there.")
    own = setting(session)
    asked = {"client": row[2], "today": own.today.isoformat()}
    left = drawn.left_of(session.execute(drawn.left_to_client(), asked))
    return drawn.entry_of(row, left, own.today + timedelta(days=own.clinic.near_days))


def visit(session: Session, appointment: AppointmentId) -> Visit:
    """One appointment with its history and the credits that could pay for it (R8)."""
    own = setting(session)
    found = entry(session, appointment)
    on = clock.local_date(found.start, own.zone)
    held = packages.held_by(session, found.client, found.service)
    used = next((one for one in held if one.credit.id == found.credit), None)
    near = own.clinic.near_days
    return Visit(
        entry=found,
        staff_name=session.get_one(tables.Staff, found.staff).name,
        day=on,
        events=_events(session, appointment),
        credit=packages.option(used.credit, used.package_name, on, own.today, near) if used else None,
        options=packages.options(held, on, own.today, near),
    )


def coming_in(session: Session, appointment: AppointmentId) -> ComingIn:
    """The whole coming-in that an appointment belongs to, with credits, rooms, and what the gate says of each (R24)."""
    own = setting(session)
    row = laying.appointment_of(session, appointment)
    group, client = GroupId(row.group_id), ClientId(row.client_id)
    a = tables.Appointment
    rows = session.execute(drawn.asked().where(a.group_id == group).order_by(a.starts, a.id)).all()
    asked = {"client": client, "today": own.today.isoformat()}
    left = drawn.left_of(session.execute(drawn.left_to_client(), asked))
    entries = [drawn.entry_of(one, left, own.today + timedelta(days=own.clinic.near_days)) for one in rows]
    live = [one for one in entries if one.status in LIVE]
    verdicts = screening.verdicts(session, client, [one.service for one in live], row.starts, group=group)
    held = {one.credit.visit: one for one in packages.held_by(session, client) if one.credit.visit is not None}
    names = dict(session.execute(select(tables.Staff.id, tables.Staff.name)).all())
    placed = _placed(session, live)
    lines = []
    for one in live:
        used = held.get(one.id)
        near = own.clinic.near_days
        credit = packages.option(used.credit, used.package_name, row.day, own.today, near) if used else None
        lines.append(ChainLine(one, names[one.staff], credit, placed.get(one.id, ()), verdicts[one.service]))
    name = session.get_one(tables.Client, client).name
    ended = tuple(one for one in entries if one.status not in LIVE)
    return ComingIn(group, client, name, row.day, tuple(lines), ended)


def _placed(session: Session, entries: Sequence[Entry]) -> dict[AppointmentId, tuple[Placed, ...]]:
    """The rooms and devices of some visits, each with what else would do for its need."""
    given = laying.given(session, [one.id for one in entries])
    if not given:
        return {}
    named = {one.id: one.name for one in catalogue.resources(session, retired=True)}
    found = {}
    for one in entries:
        needs = dict(enumerate(catalogue.needs(session, one.service), 1))
        found[one.id] = tuple(
            Placed(number, resource, named[resource], _others(needs.get(number, ()), resource, named))
            for number, resource in given.get(one.id, ())
        )
    return found


def _others(
    need: Iterable[ResourceId], own: ResourceId, named: dict[ResourceId, str]
) -> tuple[tuple[ResourceId, str], ...]:
    return tuple((one, named[one]) for one in need if one != own)


def _columns(around: Frame, entries: Sequence[Entry]) -> tuple[Column, ...]:
    """Who works that day or has a visit then, in the order of the staff list."""
    own = clock.day_span(around.day, around.zone)
    booked = {one.staff for one in entries}
    return tuple(
        Column(StaffId(id_), name, line, around.shifts.get(id_, ()))
        for id_, name, line, works in around.staff
        if id_ in booked or (works and any(span.overlaps(own) for span in around.shifts.get(id_, ())))
    )


def _events(session: Session, appointment: AppointmentId) -> tuple[Event, ...]:
    e = tables.AppointmentEvent
    query = (
        select(
            e.at,
            func.coalesce(tables.Staff.name, ""),
            e.kind,
            e.status,
            e.starts,
            e.words,
            func.coalesce(tables.CancelReason.words, ""),
            e.override,
        )
        .join(tables.LogRow, tables.LogRow.n == e.n)
        .outerjoin(tables.Staff, tables.Staff.id == tables.LogRow.actor)
        .outerjoin(tables.CancelReason, tables.CancelReason.id == e.reason_id)
        .where(e.appointment_id == appointment)
        .order_by(e.seq)
    )
    return tuple(Event(*row) for row in session.execute(query))
