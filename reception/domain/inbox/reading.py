"""Looking into the inbox: what nobody has decided yet, the oldest first, and what it would mean."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from reception.domain import access, addons, forms, questionnaire, screening, tables
from reception.domain.addons import Attaching
from reception.domain.errors import NotFound
from reception.domain.forms import AnsweredBy, Signature
from reception.domain.inbox.values import Handed, Item, Submission, Wished
from reception.domain.outcomes import UPCOMING, Status
from reception.domain.tables.ids import (
    AppointmentId,
    ClientId,
    GroupId,
    ServiceId,
    SubmissionId,
    VersionId,
    WishId,
)
from reception.domain.tables.words import Happening

_TO_COME = UPCOMING | {Status.ARRIVED}


def inbox(session: Session) -> tuple[Item, ...]:
    """All that waits for the desk, the oldest first; wishes with what they would come to, or what is in their way."""
    items: list[Item] = [_handed(row) for row in session.execute(_submissions())]
    items += [_wished(session, row) for row in session.execute(_wishes()).all()]
    return tuple(sorted(items, key=lambda item: item.at))


def submission(session: Session, submission: SubmissionId) -> Submission:
    """Answers that wait, with what they would mean for all that heeds their form; NotFound once they are decided."""
    given = tables.Submission
    query = (
        _submissions()
        .add_columns(given.form_version_id, given.group_id, given.answers, given.answered_by, given.answerer)
        .add_columns(given.relation, given.signature, given.signer, given.signed_at)
    )
    row: Any = session.execute(query.where(given.id == submission)).one_or_none()
    if row is None:
        raise NotFound("These answers were decided in the meantime. They are no longer in the inbox.")
    handed = _handed(row)
    version = forms.version(session, VersionId(row.form_version_id))
    answers = questionnaire.parse_json(row.answers)
    group = None if row.group_id is None else GroupId(row.group_id)
    verdicts = _meaning(session, handed, version.id, answers, group)
    return Submission(
        handed=handed,
        version=version,
        group=group,
        answers=answers,
        answered_by=row.answered_by,
        answerer=row.answerer,
        relation=row.relation,
        signature=_signature(row),
        verdicts=verdicts,
        names=_names(session, verdicts),
    )


def wished(session: Session, wish: WishId) -> Wished:
    """One wish that waits; NotFound once it is decided or its add-on is in the visit."""
    row = session.execute(_wishes().where(tables.Wish.id == wish)).one_or_none()
    if row is None:
        raise NotFound("This wish was decided in the meantime. It is no longer in the inbox.")
    return _wished(session, row)


def open_submissions() -> Select[int]:
    """The submissions that nobody has decided."""
    given, decided = tables.Submission, tables.SubmissionDecision
    told = select(decided.id).where(decided.submission_id == given.id).exists()
    return select(given.id).where(~told)


def open_wishes() -> Select[int]:
    """The wishes that nobody has decided, and whose add-on hasn't joined the visit some other way since."""
    wish, decided = tables.Wish, tables.WishDecision
    visit, event = tables.Appointment, tables.AppointmentEvent
    told = select(decided.id).where(decided.wish_id == wish.id).exists()
    joined = (
        select(visit.id)
        .join(event, event.appointment_id == visit.id)
        .where(visit.group_id == wish.group_id, visit.service_id == wish.service_id)
        .where(event.kind == Happening.BOOKED, event.n > wish.n)
        .exists()
    )
    return select(wish.id).where(~told, ~joined)


def _submissions() -> Select[*tuple[Any, ...]]:
    given, client, visit = tables.Submission, tables.Client, tables.Appointment
    day = select(func.min(visit.day)).where(visit.group_id == given.group_id).correlate(given).scalar_subquery()
    return (
        select(given.id, given.at, given.client_id, client.name, tables.FormVersion.title, day.label("day"))
        .join(client, client.id == given.client_id)
        .join(tables.FormVersion, tables.FormVersion.id == given.form_version_id)
        .where(given.id.in_(open_submissions()))
        .order_by(given.n, given.id)
    )


def _handed(row: Any) -> Handed:
    return Handed(SubmissionId(row.id), row.at, ClientId(row.client_id), row.name, row.title, row.day)


def _wishes() -> Select[*tuple[Any, ...]]:
    """Wishes for visits to come, each with the first appointment of its coming-in that is still to come."""
    wish, group, client, service = tables.Wish, tables.Group, tables.Client, tables.Service
    visit = tables.Appointment
    first = (
        select(visit.id)
        .where(visit.group_id == wish.group_id, visit.status.in_(_TO_COME))
        .order_by(visit.starts, visit.id)
        .limit(1)
        .correlate(wish)
        .scalar_subquery()
    )
    return (
        select(wish.id, wish.at, wish.group_id, wish.service_id, service.name.label("service_name"))
        .add_columns(client.id.label("client_id"), client.name, visit.id.label("visit"), visit.starts)
        .join(group, group.id == wish.group_id)
        .join(client, client.id == group.client_id)
        .join(service, service.id == wish.service_id)
        .join(visit, visit.id == first)
        .where(wish.id.in_(open_wishes()))
        .order_by(wish.n, wish.id)
    )


def _wished(session: Session, row: Any) -> Wished:
    group, service = GroupId(row.group_id), ServiceId(row.service_id)
    return Wished(
        id=WishId(row.id),
        at=row.at,
        client=ClientId(row.client_id),
        client_name=row.name,
        group=group,
        appointment=AppointmentId(row.visit),
        service=service,
        service_name=row.service_name,
        start=row.starts,
        told=addons.look(session, Attaching(group, service)),
    )


def _meaning(
    session: Session, handed: Handed, version: VersionId, answers: dict[str, Any], group: GroupId | None
) -> Mapping[ServiceId, screening.Verdict]:
    """What the answers would mean on the day of the visit that they are for, today where they are for none."""
    visit = tables.Appointment
    query = select(visit.service_id, visit.starts).where(visit.group_id == group, visit.status.in_(_TO_COME))
    rows = session.execute(query.order_by(visit.starts, visit.id)).all() if group is not None else []
    at = rows[0].starts if rows else access.now(session)
    services = tuple(ServiceId(row.service_id) for row in rows)
    return screening.preview(session, version, handed.client, answers, services, at, group)


def _names(session: Session, verdicts: Mapping[ServiceId, screening.Verdict]) -> dict[ServiceId, str]:
    service = tables.Service
    query = select(service.id, service.name).where(service.id.in_(verdicts))
    return {ServiceId(id): name for id, name in session.execute(query)}


def _signature(row: Any) -> Signature | None:
    if not row.signature:
        return None
    role = AnsweredBy.GUARDIAN if row.answered_by is AnsweredBy.GUARDIAN else AnsweredBy.CLIENT
    return Signature(b64decode(row.signature), row.signer, role.value, row.signed_at)
