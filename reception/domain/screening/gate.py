"""The one gate: every path that books, attaches or starts a treatment asks it (R31–R33)."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import access, clock, forms, questionnaire, tables
from reception.domain.access import Turn
from reception.domain.errors import DomainError, Refused
from reception.domain.gates import Effect, Lasting, Screened
from reception.domain.outcomes import UPCOMING, Status
from reception.domain.screening.books import Given, open_books
from reception.domain.screening.values import Due, Hit, Verdict, Wanting
from reception.domain.screening.weighing import Wish, weigh
from reception.domain.tables.ids import AppointmentId, ClientId, GroupId, ResponseId, ServiceId, VersionId

UNSAVED = ResponseId(0)
"""What answers that aren't handed in yet go by in a preview."""

UNTREATED = UPCOMING | {Status.ARRIVED}
"""Where a visit stands while the gate still decides about it."""

_LAST = 2**62  # a number that no command has yet


def verdict(
    session: Session, client: ClientId, service: ServiceId, at: datetime, *, group: GroupId | None = None
) -> Verdict:
    """What the gate says of a client and a service at a time, in two statements at most.

    `group` is the coming-in that the visit belongs to, if there is one yet.
    """
    return verdicts(session, client, [service], at, group=group)[service]


def verdicts(
    session: Session, client: ClientId, services: Sequence[ServiceId], at: datetime, *, group: GroupId | None = None
) -> dict[ServiceId, Verdict]:
    """What the gate says of a client and several services at a time, in two statements at most."""
    if not services:
        return {}
    books = open_books(session, [client], services)
    day = clock.local_date(at, books.zone)
    return {service: weigh(books, Wish(client, service, day, group)) for service in services}


def dues(session: Session, appointments: Sequence[AppointmentId]) -> dict[AppointmentId, Verdict]:
    """What the gate says of many visits, each on its own day, in three statements at most."""
    if not appointments:
        return {}
    visit = tables.Appointment
    query = select(visit.id, visit.client_id, visit.service_id, visit.day, visit.group_id)
    rows = session.execute(query.where(visit.id.in_(appointments))).all()
    if not rows:
        return {}
    books = open_books(session, {row.client_id for row in rows}, {row.service_id for row in rows})
    return {
        AppointmentId(id): weigh(books, Wish(client, ServiceId(service), day, GroupId(group)))
        for id, client, service, day, group in rows
    }


def preview(
    session: Session,
    version: VersionId,
    client: ClientId,
    answers: Mapping[str, Any],
    services: Sequence[ServiceId] = (),
    at: datetime | None = None,
    group: GroupId | None = None,
) -> dict[ServiceId, Verdict]:
    """What answers that aren't handed in yet would mean, for these services and all that heed the form."""
    asked = forms.version(session, version)
    wanted = tuple(dict.fromkeys((*services, *heeding(session, asked.form))))
    if not wanted:
        return {}
    books = open_books(session, [client], wanted)
    day = clock.local_date(at or access.now(session), books.zone)
    if version in books.editions:  # it isn't where none of these services heeds the form
        books.forms[version] = asked.questionnaire
        today = clock.local_date(access.now(session), books.zone)
        books.take(client, Given(UNSAVED, _LAST, version, group, today))
        books.answers[UNSAVED] = questionnaire.answered(
            asked.questionnaire, answers, patient=questionnaire.patient(books.born[client])
        )
    return {service: weigh(books, Wish(client, service, day, group)) for service in wanted}


def heeding(session: Session, form: int) -> tuple[ServiceId, ...]:
    """The services in use that require a form or have rules on it."""
    service, need, rule = tables.Service, tables.FormRequirement, tables.ScreeningRule
    required = select(need.service_id).where(need.form_id == form)
    ruled = select(rule.service_id).where(rule.form_id == form, rule.retired == 0)
    query = select(service.id).where(service.id.in_(required.union(ruled)), service.retired == 0).order_by(service.id)
    return tuple(ServiceId(id) for id in session.scalars(query))


def demand(verdict: Verdict, service_name: str, *, due_ok: bool) -> None:
    """Raises Refused unless the service may go ahead; with `due_ok` a form may still be filled in later (R33)."""
    why = refusal(verdict, service_name, due_ok=due_ok)
    if why is not None:
        raise why


def refusal(verdict: Verdict, service_name: str, *, due_ok: bool) -> DomainError | None:
    """Why the service may not go ahead, and what to do next; None where it may."""
    if verdict.passes:
        return None
    if verdict.outcome is Screened.UNKNOWN:
        return None if due_ok else _not_there(verdict.due[0], service_name)
    return _stopped(next(hit for hit in verdict.hits if not hit.cleared), service_name)


def record(session: Session, turn: Turn, appointment: AppointmentId, verdict: Verdict) -> None:
    """Keeps what the gate said of a visit, and what that rested on (R33)."""
    session.add(
        tables.ScreeningCheck(
            **turn.stamp(),
            appointment_id=appointment,
            outcome=verdict.outcome,
            responses=json.dumps(verdict.responses),
            rules=json.dumps(verdict.rules),
        )
    )


_DUE = {
    Wanting.MISSING: "“{form}” isn't filled in yet. Fill it in before {service}.",
    Wanting.OUTDATED: "The answers to “{form}” are too old for that day. Fill it in again before {service}.",
    Wanting.THIS_VISIT: "“{form}” is asked at every visit. Fill it in for this one before {service}.",
    Wanting.NEW_VERSION: "“{form}” has changed since it was answered. Fill it in again before {service}.",
    Wanting.UNANSWERED: "A question of “{form}” that matters has no answer. Answer it before {service}.",
}


def _not_there(due: Due, service: str) -> Refused:
    return Refused(_DUE[due.why], field="form", form=due.title, service=service)


def _stopped(hit: Hit, service: str) -> Refused:
    if hit.effect is Effect.FLAG:
        sentence = "{service} needs a clinician's review: {message} Ask a clinician to decide."
    elif hit.until is not None:
        sentence = (
            "{service} isn't possible before {until}: {message} Choose a later day, or ask a clinician to decide."
        )
    elif hit.lasting is Lasting.PERMANENT:
        sentence = "{service} is ruled out: {message} Choose another service, or ask a clinician to decide."
    else:
        sentence = "{service} is blocked by an answer: {message} Ask a clinician to decide."
    values = {"service": service, "message": _sentence(hit.staff_message)}
    until = {"until": hit.until} if hit.until is not None else {}
    return Refused(sentence, field="service", **values, **until)


def _sentence(words: str) -> str:
    """A message as a sentence of its own, whoever typed it without a full stop."""
    return words if words.endswith((".", "?", "!")) else f"{words}."
