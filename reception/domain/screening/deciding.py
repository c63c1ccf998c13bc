"""What people decide: a clinician clears, the desk asks one to; and the visits that somebody must see to (R33, R34)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import access, clock, tables
from reception.domain.access import Act
from reception.domain.errors import Invalid, NotFound, Refused
from reception.domain.gates import Effect
from reception.domain.outcomes import LIVE
from reception.domain.screening.gate import UNTREATED, dues, verdict
from reception.domain.screening.values import Hit, Task, Verdict, Wanting
from reception.domain.tables.ids import AppointmentId, ClientId, GroupId, ResponseId, ServiceId, StaffId
from reception.domain.tables.words import TaskKind


def clear(
    session: Session,
    client: ClientId,
    service: ServiceId,
    words: str,
    *,
    group: GroupId | None = None,
    through: date | None = None,
) -> None:
    """Lets a service go ahead in spite of the answers so far, for one coming-in or for visits through a day (R33).

    Only the clinical role may. Refused where a form is due, since what isn't known can't be cleared, and where nothing
    stands.
    """
    turn = access.require(session, Act.CLEAR)
    if not words.strip():
        raise Invalid("Type a reason; it is kept with your name.", field="words")
    if (group is None) == (through is None):
        raise Invalid("Clear it for this visit, or for visits through a day.", field="through")
    if through is not None and through < turn.today:
        raise Invalid("{day} has passed. Choose today or a later day.", field="through", day=through)
    name = _service_name(session, service)
    at = turn.now if group is None else _start(session, client, group)
    _check_clearable(verdict(session, client, service, at, group=group), name, whole=group is None)
    session.add(
        tables.Clearance(
            **turn.stamp(),
            client_id=client,
            service_id=service,
            group_id=group,
            through=through,
            words=words.strip(),
        )
    )
    session.info["days"].update(_days(session, client, turn.today))


def ask(session: Session, appointment: AppointmentId, response: ResponseId, staff: StaffId) -> None:
    """Asks a clinician to decide about a visit that answers block or flag (R34)."""
    turn = access.require(session, Act.ANSWER)
    visit = session.get(tables.Appointment, appointment)
    given = session.get(tables.FormResponse, response)
    if visit is None or given is None or visit.client_id != given.client_id:
        raise NotFound("That visit, or its answers, are no longer there.")
    person = session.get(tables.Staff, staff)
    if person is None or person.retired or not person.clinical:
        raise Refused("Choose somebody who works here and may clear a screening.", field="staff")
    session.add(
        tables.ScreeningTask(
            **turn.stamp(),
            kind=TaskKind.ASKED,
            appointment_id=appointment,
            response_id=response,
            asked_id=staff,
        )
    )


def tasks(session: Session) -> tuple[Task, ...]:
    """The visits to come, or whose client waits, that answers still block or flag, the earliest first: one task a
    visit, whoever was asked last named on it (R34).
    """
    newest = {row.appointment: row for row in _raised(session)}
    verdicts = dues(session, tuple(newest))
    return tuple(
        _task(row, hit) for appointment, row in newest.items() if (hit := _stopping(verdicts[appointment])) is not None
    )


def _raised(session: Session) -> Sequence[Any]:
    """The tasks of visits to come, oldest first for each visit, those that somebody was asked about last."""
    task, visit = tables.ScreeningTask, tables.Appointment
    client, service, asked = tables.Client, tables.Service, tables.Staff
    clinic = session.get(tables.Clinic, 1)
    if clinic is None:
        return ()
    today = clock.local_date(access.now(session), clock.zone(clinic.zone))
    query = (
        select(
            visit.id.label("appointment"),
            visit.group_id,
            visit.client_id,
            client.name.label("client_name"),
            visit.service_id,
            service.name.label("service_name"),
            visit.staff_id,
            visit.starts,
            asked.name.label("asked"),
            task.at,
        )
        .join_from(task, visit, visit.id == task.appointment_id)
        .join(client, client.id == visit.client_id)
        .join(service, service.id == visit.service_id)
        .outerjoin(asked, asked.id == task.asked_id)
        .where(visit.status.in_(UNTREATED), visit.day >= today)
        .order_by(visit.starts, visit.id, task.asked_id.is_not(None), task.n, task.id)
    )
    return session.execute(query).all()


def _stopping(verdict: Verdict) -> Hit | None:
    """The answer that stops a visit; None where it may go ahead, or only a form is due."""
    return next((hit for hit in verdict.hits if not hit.cleared), None) if verdict.refuses else None


def _task(row: Any, hit: Hit) -> Task:
    found = TaskKind.BLOCKED if hit.effect is Effect.BLOCK else TaskKind.REVIEW
    return Task(
        kind=TaskKind.ASKED if row.asked else found,
        appointment=row.appointment,
        group=row.group_id,
        client=row.client_id,
        client_name=row.client_name,
        service=row.service_id,
        service_name=row.service_name,
        staff=row.staff_id,
        start=row.starts,
        response=hit.response,
        words=hit.staff_message,
        asked=row.asked or "",
        asked_at=row.at if row.asked else None,
    )


def _service_name(session: Session, service: ServiceId) -> str:
    row = session.get(tables.Service, service)
    if row is None:
        raise NotFound("This service isn't in the catalogue. Pick another.")
    return row.name


def _start(session: Session, client: ClientId, group: GroupId) -> datetime:
    """When a client's coming-in begins."""
    visit = tables.Appointment
    query = select(visit.starts).where(visit.group_id == group, visit.client_id == client, visit.status.in_(LIVE))
    found = session.scalar(query.order_by(visit.starts).limit(1))
    if found is None:
        raise NotFound("That visit is no longer there. Open the client's next visit.")
    return found


def _check_clearable(verdict: Verdict, service: str, *, whole: bool) -> None:
    """Refuses what can't be cleared; a form that is asked at every visit isn't due where no visit is named."""
    due = next((one for one in verdict.due if not (whole and one.why is Wanting.THIS_VISIT)), None)
    if due is not None:
        raise Refused(
            "“{form}” is due first: what isn't answered can't be cleared. Fill it in, then clear {service}.",
            field="form",
            form=due.title,
            service=service,
        )
    if all(hit.cleared or hit.effect is Effect.NOTE for hit in verdict.hits):
        raise Refused("Nothing stands against {service}, so there is nothing to clear.", service=service)


def _days(session: Session, client: ClientId, today: date) -> Sequence[date]:
    """The days of a client's visits that a decision concerns."""
    visit = tables.Appointment
    query = select(visit.day).where(visit.client_id == client, visit.status.in_(LIVE), visit.day >= today)
    return session.scalars(query).all()
