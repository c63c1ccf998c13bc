"""The inbox: what was decided is what clients handed in (R27, R35)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from reception.domain.tables import Appointment, FormResponse, Submission, SubmissionDecision, Wish, WishDecision
from reception.store.verify.rows import rows, stream

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """Whose answers to which version a client handed in."""

    id: int
    client_id: int
    form_version_id: int


@dataclass(frozen=True, slots=True)
class AcceptedRow:
    """What the desk made of answers; no response where it gave them back."""

    id: int
    submission_id: int
    response_id: int | None


@dataclass(frozen=True, slots=True)
class WishRow:
    """Which service a client would like with which coming-in."""

    id: int
    group_id: int
    service_id: int


@dataclass(frozen=True, slots=True)
class GrantedRow:
    """What the desk made of a wish; no appointment where it declined it."""

    id: int
    wish_id: int
    appointment_id: int | None


def responses_are_theirs(
    decisions: Iterable[AcceptedRow], submissions: Iterable[SubmissionRow], responses: Mapping[int, Pair]
) -> Iterator[str]:
    """What answers became is a response of the same client to the same version (R35)."""
    told = {one.id: (one.client_id, one.form_version_id) for one in submissions}
    for decision in decisions:
        if decision.response_id is not None and responses.get(decision.response_id) != told[decision.submission_id]:
            yield f"submission {decision.submission_id}: response {decision.response_id} isn't made of it"


def visits_are_wished(
    decisions: Iterable[GrantedRow], wishes: Iterable[WishRow], visits: Mapping[int, Pair]
) -> Iterator[str]:
    """What a wish became is an appointment of that service in that coming-in (R27)."""
    told = {one.id: (one.group_id, one.service_id) for one in wishes}
    for decision in decisions:
        if decision.appointment_id is not None and visits.get(decision.appointment_id) != told[decision.wish_id]:
            yield f"wish {decision.wish_id}: visit {decision.appointment_id} isn't what was wished for"


def check(connection: Connection) -> tuple[int, list[str]]:
    """Everything that clients handed in and wished for."""
    submissions, wishes = rows(connection, Submission, SubmissionRow), rows(connection, Wish, WishRow)
    accepted, granted = rows(connection, SubmissionDecision, AcceptedRow), rows(connection, WishDecision, GrantedRow)
    given = select(FormResponse.id, FormResponse.client_id, FormResponse.form_version_id)
    responses = {id: (client, version) for id, client, version in stream(connection, given)}
    booked = select(Appointment.id, Appointment.group_id, Appointment.service_id)
    booked = booked.where(Appointment.id.in_([one.appointment_id for one in granted]))
    visits = {id: (group, service) for id, group, service in stream(connection, booked)}
    faults = [*responses_are_theirs(accepted, submissions, responses), *visits_are_wished(granted, wishes, visits)]
    return len(submissions) + len(wishes), faults
