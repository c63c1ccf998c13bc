"""What arrives from the client's screen: answers and wishes, none of which count before the desk has said so."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import access, addons, catalogue, questionnaire, screening, tables
from reception.domain.access import Act
from reception.domain.addons import Offers, Why
from reception.domain.catalogue import Link
from reception.domain.errors import NotFound, Refused
from reception.domain.forms import AnsweredBy, Answering, Signature
from reception.domain.inbox import reading
from reception.domain.inbox.values import Fitting, Submitting
from reception.domain.outcomes import LIVE
from reception.domain.tables.ids import AppointmentId, ClientId, GroupId, ServiceId, SubmissionId, VersionId, WishId

_OWN = frozenset({AnsweredBy.CLIENT, AnsweredBy.GUARDIAN})


def submit(session: Session, submitting: Submitting) -> SubmissionId:
    """Takes answers and wishes from a client's screen; whose desk handed the screen over is who submits them.

    Refused where the answers couldn't be handed in at the desk either, naming the question (R35).
    """
    turn = access.require(session, Act.ANSWER)
    if submitting.answered_by not in _OWN:
        raise Refused("On their own screen the client answers, or a guardian. Hand it in at the desk instead.")
    answers = screening.check(session, as_answering(submitting))
    guardian = submitting.answered_by is AnsweredBy.GUARDIAN
    row = tables.Submission(
        **turn.stamp(),
        client_id=submitting.client,
        group_id=submitting.group,
        form_version_id=submitting.version,
        answers=questionnaire.dump_json(answers),
        answered_by=submitting.answered_by,
        answerer=submitting.answerer.strip(),
        relation=submitting.relation.strip() if guardian else "",
        **_signed(submitting.signature),
    )
    session.add(row)
    session.flush()
    if submitting.group is not None:
        for service in dict.fromkeys(submitting.wishes):
            wish(session, submitting.group, service)
    return SubmissionId(row.id)


def wish(session: Session, group: GroupId, service: ServiceId) -> WishId:
    """Notes an add-on that a client would like with a coming-in; the same wish twice is one."""
    turn = access.require(session, Act.ANSWER)
    visit = tables.Appointment
    if session.scalar(select(visit.id).where(visit.group_id == group, visit.status.in_(LIVE)).limit(1)) is None:
        raise NotFound("That visit is no longer there. Open the form from the client's visit again.", field="group")
    if session.get(tables.Service, service) is None:
        raise NotFound("That add-on is no longer there. Choose another.", field="service")
    same = reading.open_wishes().where(tables.Wish.group_id == group, tables.Wish.service_id == service)
    if (known := session.scalar(same)) is not None:
        return WishId(known)
    row = tables.Wish(**turn.stamp(), group_id=group, service_id=service)
    session.add(row)
    session.flush()
    return WishId(row.id)


def fitting(
    session: Session, appointment: AppointmentId, version: VersionId, answers: dict[str, Any]
) -> tuple[Fitting, ...]:
    """The add-ons that fit a client's visit by these answers, which aren't handed in yet, to be wished for.

    What is offered by now is told, and what only waits for this form, unless the answers speak against it.
    """
    offers = addons.offers(session, appointment)
    open_ = {one.service for one in offers.offered} | set(_only_a_form(offers))
    if not open_:
        return ()
    visit = session.get_one(tables.Appointment, appointment)
    client = ClientId(visit.client_id)
    verdicts = screening.preview(session, version, client, answers, tuple(open_), visit.starts, offers.group)
    found: dict[ServiceId, Fitting] = {}
    for link in _linked(session, offers.group):
        if link.add_on in open_ and link.add_on not in found and verdicts[link.add_on].passes:
            found[link.add_on] = Fitting(link.add_on, link.name, link.minutes, link.charged)
    return tuple(found.values())


def as_answering(submitting: Submitting) -> Answering:
    """The same answers as they are handed in at the desk."""
    return Answering(
        version=submitting.version,
        client=submitting.client,
        answers=submitting.answers,
        answered_by=submitting.answered_by,
        answerer=submitting.answerer,
        relation=submitting.relation,
        group=submitting.group,
        signature=submitting.signature,
    )


def _signed(signature: Signature | None) -> dict[str, Any]:
    if signature is None:
        return {}
    picture = b64encode(signature.png).decode("ascii")
    return {"signature": picture, "signer": signature.signer.strip(), "signed_at": signature.at}


def _only_a_form(offers: Offers) -> Iterator[ServiceId]:
    """What nothing but an unanswered form stands against."""
    for refusal in offers.refused:
        if all(reason.why is Why.FORM for reason in refusal.reasons):
            yield refusal.service


def _linked(session: Session, group: GroupId) -> Iterator[Link]:
    """What is linked to the live bases of a coming-in, the first base's list first (R24)."""
    visit = tables.Appointment
    bases = select(visit.service_id).where(visit.group_id == group, visit.base_id.is_(None), visit.status.in_(LIVE))
    for base in dict.fromkeys(session.scalars(bases.order_by(visit.starts, visit.id))):
        yield from catalogue.links(session, ServiceId(base))
