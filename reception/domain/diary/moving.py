"""Moving a coming-in as a whole, and giving a visit another room (R10, R18, R20)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import access, clock, conflicts, packages, screening, tables
from reception.domain.access import Act
from reception.domain.diary import fitting, laying
from reception.domain.diary.fitting import Fit, Needing
from reception.domain.diary.laying import Holds, Leg, Place, appointment_of, chain, happen, lay_again, occupy, vacate
from reception.domain.diary.reading import Setting, setting
from reception.domain.diary.values import Moving, Shifted
from reception.domain.errors import DomainError, Notice, Refused
from reception.domain.outcomes import UPCOMING, Status
from reception.domain.span import Span
from reception.domain.tables.ids import AppointmentId, ClientId, GroupId, ResourceId, ServiceId, StaffId
from reception.domain.tables.words import Happening


@dataclass(slots=True)
class _Plan:
    """Where a chain would go: its appointments and legs, whom they would hold, and whether that fits."""

    rows: list[tables.Appointment]
    parts: tuple[Shifted, ...]
    legs: list[Leg]
    times: Holds
    fit: Fit


def preview_move(session: Session, appointment: AppointmentId, start: datetime, staff: StaffId | None = None) -> Moving:
    """What moving a visit, with its whole chain, would do and meet (R18)."""
    try:
        plan = _plan(session, appointment, start, staff)
    except DomainError as refusal:
        return Moving(refusal, (), frozenset(), ())
    return Moving(plan.fit.refusal, tuple(plan.fit.notices), frozenset(plan.fit.needs), plan.parts)


def move(
    session: Session, appointment: AppointmentId, start: datetime, staff: StaffId | None = None, reason: str = ""
) -> tuple[AppointmentId, ...]:
    """Moves a visit with its whole chain, credits and all, or nothing; returns what moved (R18)."""
    turn = access.require(session, Act.MOVE)
    plan = _plan(session, appointment, start, staff)
    fitting.allow(session, plan.fit, reason)
    vacate(session, plan.rows)
    for row, leg in zip(plan.rows, plan.legs, strict=True):
        to = Place(leg.staff, leg.start, clock.local_date(leg.start, turn.zone), leg.given)
        happen(session, turn, row, Happening.MOVED, row.status, words=reason.strip(), to=to)
    occupy(session, plan.times)
    for row in plan.rows:
        packages.follow_moved_visit(session, row.id)
    return tuple(part.appointment for part in plan.parts)


def place(session: Session, appointment: AppointmentId, number: int, resource: ResourceId) -> None:
    """Gives a visit to come another room or device for one of its needs; Taken where that isn't free (R20)."""
    turn = access.require(session, Act.MOVE)
    row = appointment_of(session, appointment)
    if row.status not in UPCOMING:
        raise Refused("Only a visit that is booked or confirmed can be given another room or device.")
    rows = chain(session, row.group_id)
    wished = {row.id: (*(r for n, r in _kept(session, rows)[row.id] if n != number), resource)}
    fit = Fit()
    legs = _placed(session, rows, [_leg(one, one.staff_id, one.starts) for one in rows], wished, fit)
    if fit.refusal is not None:
        raise fit.refusal
    given = next(leg.given for leg in legs if leg.key == row.id)
    if (number, resource) not in given:
        raise Refused("That room or device can't serve this visit. Choose another one of the list.", field="resource")
    before = laying.given(session, [one.id for one in rows])
    changed = [leg for leg in legs if leg.given != before.get(leg.key, ())]
    for one in rows:
        leg = next((leg for leg in changed if leg.key == one.id), None)
        if leg is not None:
            to = Place(one.staff_id, one.starts, one.day, leg.given)
            happen(session, turn, one, Happening.MOVED, one.status, to=to)
    lay_again(session, row.group_id)


def _plan(session: Session, appointment: AppointmentId, start: datetime, staff: StaffId | None) -> _Plan:
    own = setting(session)
    rows = _movable(session, appointment)
    before = [row.minutes for row in rows[: [row.id for row in rows].index(appointment)]]
    starts = conflicts.lay(start - timedelta(minutes=sum(before)), [row.minutes for row in rows])
    lead = rows[0].staff_id
    people = [StaffId(staff if staff is not None and row.staff_id == lead else row.staff_id) for row in rows]
    names = fitting.names_of(session, people)
    services = {row.service_id: session.get_one(tables.Service, row.service_id) for row in rows}
    parts = tuple(
        Shifted(AppointmentId(row.id), services[row.service_id].name, row.starts, at, StaffId(row.staff_id), person)
        for row, at, person in zip(rows, starts, people, strict=True)
    )
    group = rows[0].group_id
    fit = Fit()
    for row, person in zip(rows, people, strict=True):
        if person != row.staff_id:
            fitting.skilled(session, person, services[row.service_id], names[person], fit)
    bare = [_leg(row, person, at) for row, at, person in zip(rows, starts, people, strict=True)]
    fitting.in_time(session, own, bare, names, fit, group=group)
    legs = _placed(session, rows, bare, {}, fit)
    _screen(session, rows, services, starts[0], fit)
    fitting.past(own, starts[0], fit)
    client = session.get_one(tables.Client, rows[0].client_id)
    fitting.client_busy(session, client, Span(starts[0], bare[-1].end), fit, group)
    days = {row.id: clock.local_date(at, own.zone) for row, at in zip(rows, starts, strict=True)}
    for row in rows:
        _expiry(session, own, row, days, fit)
    return _Plan(rows, parts, legs, laying.holds(legs), fit)


def _leg(row: tables.Appointment, staff: int, start: datetime) -> Leg:
    return Leg(row.id, staff, start, row.minutes, row.turnaround)


def _kept(session: Session, rows: Sequence[tables.Appointment]) -> dict[int, laying.Given]:
    given = laying.given(session, [row.id for row in rows])
    return {row.id: given.get(row.id, ()) for row in rows}


def _placed(
    session: Session,
    rows: Sequence[tables.Appointment],
    legs: Sequence[Leg],
    wished: Mapping[int, tuple[ResourceId, ...]],
    fit: Fit,
) -> list[Leg]:
    """Rooms and devices at the new time: the ones that were given, if they are free then, else what else will do."""
    kept = _kept(session, rows)
    first = [
        Needing(leg, ServiceId(row.service_id), wished.get(row.id) or tuple(resource for _, resource in kept[row.id]))
        for leg, row in zip(legs, rows, strict=True)
    ]
    group = rows[0].group_id
    trial = Fit()
    placed, _ = fitting.place(session, first, trial, group=group)
    if trial.refusal is None or wished:
        fit.refuse(trial.refusal)
        return placed
    open_ = [Needing(one.leg, one.service) for one in first]
    placed, _ = fitting.place(session, open_, fit, group=group)
    return placed


def _movable(session: Session, appointment: AppointmentId) -> list[tables.Appointment]:
    row = appointment_of(session, appointment)
    rows = chain(session, row.group_id)
    for one in rows:
        if one.status not in UPCOMING:
            raise Refused(
                "A visit that has {status} can't be moved. Take that back first, or book it again.",
                status=_SINCE.get(one.status, "ended"),
            )
    if row not in rows:
        raise Refused("This visit was cancelled or missed, so it can't be moved. Book it again.")
    return rows


_SINCE = {Status.ARRIVED: "arrived", Status.IN_TREATMENT: "begun", Status.COMPLETED: "been completed"}


def _screen(
    session: Session,
    rows: Sequence[tables.Appointment],
    services: Mapping[int, tables.Service],
    start: datetime,
    fit: Fit,
) -> None:
    """Asks the gate for the new time; a base may be left with a form due, an add-on may not (R18, R31)."""
    client, group = ClientId(rows[0].client_id), GroupId(rows[0].group_id)
    asked = [ServiceId(service) for service in services]
    verdicts = screening.verdicts(session, client, asked, start, group=group)
    for row in rows:
        service = services[row.service_id]
        verdict = verdicts[ServiceId(service.id)]
        fit.refuse(screening.refusal(verdict, service.name, due_ok=row.base_id is None))
        if row.base_id is None:
            fit.notices.extend(
                Notice("{form} is to be filled in before {service}.", form=due.title, service=service.name)
                for due in verdict.due
            )


def _expiry(session: Session, own: Setting, row: tables.Appointment, days: Mapping[int, date], fit: Fit) -> None:
    """Tests the credit's last day on the chain's new days; a first visit takes the package's last day along (R10)."""
    found = packages.last_day_if(session, row.id, days, own.today)
    if found is None:
        return
    credit, last = found
    if last is not None and last < days[row.id]:
        fit.refuse(
            Refused(
                "Credit {number} of {of} can be used until {last_day} only. "
                "Choose an earlier date, extend the credit, or take it off the visit.",
                field="time",
                number=credit.number,
                of=credit.of,
                last_day=last,
            )
        )
    if last is not None and credit.last_day is not None and last < credit.last_day:
        _others(session, credit.package, days, last, fit)


def _others(session: Session, package: int, besides: Collection[int], last: date, fit: Fit) -> None:
    """Lists other visits of the package that would no longer fit; they stay (R10)."""
    a = tables.Appointment
    later = session.scalars(
        select(a.starts)
        .join(tables.Credit, tables.Credit.appointment_id == a.id)
        .where(
            tables.Credit.package_id == package, tables.Credit.state == "reserved", a.day > last, a.id.not_in(besides)
        )
        .order_by(a.starts)
    )
    fit.notices.extend(
        Notice(
            "The visit on {start} of the same course would lie beyond its last day, {last_day}.",
            start=start,
            last_day=last,
        )
        for start in later
    )
