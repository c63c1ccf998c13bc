"""What the desk does with what clients handed in: accept it or give it back, attach what was wished for or not."""

from sqlalchemy.orm import Session

from reception.domain import access, addons, screening, tables
from reception.domain.access import Act
from reception.domain.addons import Attaching
from reception.domain.errors import Invalid, Refused
from reception.domain.forms import Answering
from reception.domain.inbox import reading
from reception.domain.tables.ids import AppointmentId, ResponseId, SubmissionId, WishId


def accept(session: Session, submission: SubmissionId) -> ResponseId:
    """Takes a client's answers into their record, where they count from today, as if handed in at the desk (R35)."""
    turn = access.require(session, Act.ANSWER)
    found = reading.submission(session, submission)
    response = screening.answer(
        session,
        Answering(
            version=found.version.id,
            client=found.handed.client,
            answers=found.answers,
            answered_by=found.answered_by,
            answerer=found.answerer,
            relation=found.relation,
            group=found.group,
            signature=found.signature,
        ),
    )
    session.add(tables.SubmissionDecision(**turn.stamp(), submission_id=submission, response_id=response))
    return response


def give_back(session: Session, submission: SubmissionId, words: str) -> None:
    """Takes a client's answers out of the inbox without using them, and keeps why."""
    turn = access.require(session, Act.ANSWER)
    if not words.strip():
        raise Invalid("Type why the answers are given back; it is kept with them.", field="words")
    found = reading.submission(session, submission).handed.id
    session.add(tables.SubmissionDecision(**turn.stamp(), submission_id=found, words=words.strip()))


def confirm(session: Session, wish: WishId, wanted: Attaching) -> AppointmentId:
    """Attaches what a client wished for; what must be paid for it now goes through the checkout instead (R27, R28).

    An add-on that joins the visit there takes its wish out of the inbox by itself.
    """
    turn = access.require(session, Act.ATTACH)
    found = reading.wished(session, wish)
    if (wanted.group, wanted.service) != (found.group, found.service):
        raise Refused("That isn't what was wished for. Open the wish again.")
    appointment = addons.attach(session, wanted)
    session.add(tables.WishDecision(**turn.stamp(), wish_id=wish, appointment_id=appointment))
    return appointment


def decline(session: Session, wish: WishId, words: str) -> None:
    """Takes a wish out of the inbox without attaching anything, and keeps why."""
    turn = access.require(session, Act.ANSWER)
    if not words.strip():
        raise Invalid("Type why it isn't added; it is kept with the wish.", field="words")
    found = reading.wished(session, wish).id
    session.add(tables.WishDecision(**turn.stamp(), wish_id=found, words=words.strip()))
