"""What clients hand in on their own screen, until somebody at the desk has looked at it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reception.domain.tables.base import Fact, Instant, Word, one_of, rules
from reception.domain.tables.words import AnsweredBy


class Submission(Fact):
    """Answers that a client typed on their own; they count for nothing before the desk has accepted them."""

    __tablename__ = "submission"
    __table_args__ = rules(
        one_of("answered_by", AnsweredBy),
        CheckConstraint("(answered_by = 'guardian') = (relation <> '')", name="relation"),
        CheckConstraint("(signature = '') = (signed_at IS NULL)", name="signature"),
        Index("ix_submission_client_id", "client_id"),
    )
    topic = "inbox"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("appointment_group.id"))
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    answers: Mapped[str] = mapped_column(Text, doc="the QuestionnaireResponse, as JSON")
    answered_by: Mapped[AnsweredBy] = mapped_column(Word(AnsweredBy))
    answerer: Mapped[str] = mapped_column(Text, default="")
    relation: Mapped[str] = mapped_column(Text, default="")
    signature: Mapped[str] = mapped_column(Text, default="", doc="the drawn name as PNG in base64")
    signer: Mapped[str] = mapped_column(Text, default="")
    signed_at: Mapped[datetime | None] = mapped_column(Instant)


class SubmissionDecision(Fact):
    """What the desk did with a submission: accepted it, which made a response of it, or gave it back, and why."""

    __tablename__ = "submission_decision"
    __table_args__ = rules(
        UniqueConstraint("submission_id"),
        UniqueConstraint("response_id"),
        CheckConstraint("(response_id IS NULL) = (words <> '')", name="either"),
    )
    topic = "inbox"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    response_id: Mapped[int | None] = mapped_column(ForeignKey("form_response.id"))
    words: Mapped[str] = mapped_column(Text, default="", doc="why it was given back")


class Wish(Fact):
    """An add-on that a client would like with their visit, for the desk to confirm."""

    __tablename__ = "wish"
    __table_args__ = rules(Index("ix_wish_group_id", "group_id"))
    topic = "inbox"

    group_id: Mapped[int] = mapped_column(ForeignKey("appointment_group.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))


class WishDecision(Fact):
    """What became of a wish: the appointment that was attached, or why it could not be."""

    __tablename__ = "wish_decision"
    __table_args__ = rules(
        UniqueConstraint("wish_id"), CheckConstraint("(appointment_id IS NULL) = (words <> '')", name="either")
    )
    topic = "inbox"

    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    words: Mapped[str] = mapped_column(Text, default="", doc="why it was not attached")
