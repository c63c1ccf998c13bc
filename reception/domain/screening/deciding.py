"""What people decide: the desk asks a clinician, who clears or says no (R33, R34)."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import access, tables
from reception.domain.access import Act
from reception.domain.errors import Invalid, NotFound, Refused
from reception.domain.gates import Effect
from reception.domain.outcomes import LIVE
from reception.domain.screening.gate import refusal, verdict
from reception.domain.screening.values import Hit, Verdict, Wanting
from reception.domain.screening.waiting import Part, begins, chain, linked, to_come
from reception.domain.tables.ids import AppointmentId, ClientId, GroupId, ResponseId, ServiceId, StaffId
from reception.domain.tables.words import TaskKind

_GONE = "That visit is no longer there. Open the client's next visit."


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
    at = turn.now if group is None else _start(session, client, service, group)
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


def decline(session: Session, group: GroupId, service: ServiceId, words: str) -> None:
    """Says no to a service at one coming-in, with a reason; it stays refused, and the desk reads why (R33).

    Only the clinical role may. Refused where nothing stands that would have to be decided.
    """
    turn = access.require(session, Act.CLEAR)
    if not words.strip():
        raise Invalid("Type a reason; it is kept with your name.", field="words")
    parts = _stands(session, group)
    found = verdict(session, parts[0].client, service, begins(parts, service), group=group)
    _check_stopped(found, _service_name(session, service))
    session.add(tables.Denial(**turn.stamp(), group_id=group, service_id=service, words=words.strip()))


def ask(session: Session, appointment: AppointmentId, response: ResponseId, staff: StaffId) -> None:
    """Asks a clinician to decide about a visit that answers block or flag (R34)."""
    turn = access.require(session, Act.ANSWER)
    visit = session.get(tables.Appointment, appointment)
    given = session.get(tables.FormResponse, response)
    if visit is None or given is None or visit.client_id != given.client_id:
        raise NotFound("That visit, or its answers, are no longer there.")
    _check_clinician(session, staff)
    session.add(
        tables.ScreeningTask(
            **turn.stamp(),
            kind=TaskKind.ASKED,
            appointment_id=appointment,
            response_id=response,
            asked_id=staff,
        )
    )


def ask_about(session: Session, group: GroupId, service: ServiceId, staff: StaffId) -> None:
    """Asks a clinician whether an add-on that answers block or flag may join a coming-in (R25, R34).

    Refused where it couldn't join anyway: add-ons are switched off, it isn't linked, is there already, or the visit has
    started.
    """
    turn = access.require(session, Act.ANSWER)
    name = _service_name(session, service)
    parts = _stands(session, group)
    if not session.get_one(tables.Clinic, 1).add_ons:
        raise Refused("Add-ons are switched off in the clinic's plan.")
    if any(one.service == service for one in parts):
        raise Refused("{service} is already in this visit.", service=name)
    if not to_come(parts, turn.now):
        raise Refused("The visit has started: {start}. Add-ons are added before that.", start=parts[0].start)
    if session.execute(linked(service, group).limit(1)).first() is None:
        raise Refused("This add-on isn't offered with this visit. Choose one of the list.")
    _check_clinician(session, staff)
    found = verdict(session, parts[0].client, service, parts[-1].end, group=group)
    hit = _check_stopped(found, name)
    session.add(
        tables.AddOnTask(**turn.stamp(), group_id=group, service_id=service, response_id=hit.response, asked_id=staff)
    )


def _start(session: Session, client: ClientId, service: ServiceId, group: GroupId) -> datetime:
    """When a service begins in a client's coming-in, or could."""
    parts = _stands(session, group)
    if parts[0].client != client:
        raise NotFound(_GONE)
    return begins(parts, service)


def _stands(session: Session, group: GroupId) -> tuple[Part, ...]:
    """The live appointments of a coming-in; refused where nothing of it stands."""
    parts = chain(session, group)
    if not parts:
        raise NotFound(_GONE)
    return parts


def _check_clinician(session: Session, staff: StaffId) -> None:
    person = session.get(tables.Staff, staff)
    if person is None or person.retired or not person.clinical:
        raise Refused("Choose somebody who works here and may clear a screening.", field="staff")


def _check_stopped(verdict: Verdict, service: str) -> Hit:
    """The answer that stops a service; refused where none does, or only a form is due."""
    if not verdict.refuses:
        due = refusal(verdict, service, due_ok=False)
        raise due or Refused("Nothing stands against {service}, so there is nothing to decide.", service=service)
    return next(hit for hit in verdict.hits if not hit.cleared)


def _service_name(session: Session, service: ServiceId) -> str:
    row = session.get(tables.Service, service)
    if row is None:
        raise NotFound("This service isn't in the catalogue. Pick another.")
    return row.name


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
