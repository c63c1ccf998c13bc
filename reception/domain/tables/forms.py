"""Intake and screening forms: their versions, who answered what, what that means for a service, and who cleared it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reception.domain.gates import Effect, Lasting, Operator, Screened
from reception.domain.tables.base import Base, Day, Fact, Flag, Instant, Whole, Word, flag, one_of, rules
from reception.domain.tables.words import AnsweredBy, TaskKind


class Form(Base):
    """A form of the clinic; what is asked stands in its versions."""

    __tablename__ = "form"
    __table_args__ = rules(UniqueConstraint("url"), flag("retired"))
    topic = "forms"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    url: Mapped[str] = mapped_column(Text, doc="the Questionnaire's canonical URL; one is made where it has none")
    title: Mapped[str] = mapped_column(Text)
    retired: Mapped[bool] = mapped_column(Flag, default=False)


class FormVersion(Fact):
    """One published version of a form: the bytes as they came, and the Questionnaire that the program made of them."""

    __tablename__ = "form_version"
    __table_args__ = rules(
        UniqueConstraint("form_id", "number"),
        UniqueConstraint("sha256"),
        flag("material"),
        CheckConstraint("number >= 1", name="number"),
    )
    topic = "forms"

    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"))
    number: Mapped[int] = mapped_column(Whole)
    version: Mapped[str] = mapped_column(Text, default="", doc="what the author calls it")
    title: Mapped[str] = mapped_column(Text)
    fhir: Mapped[str] = mapped_column(Text, doc="R4 or R5, as it came")
    source: Mapped[str] = mapped_column(Text, doc="the bytes as they came, in base64")
    sha256: Mapped[str] = mapped_column(Text, doc="of those bytes")
    questionnaire: Mapped[str] = mapped_column(Text, doc="the R4 Questionnaire that is asked, as JSON")
    report: Mapped[str] = mapped_column(Text, default="[]", doc="what was repaired and what can't be done, as JSON")
    licence: Mapped[str] = mapped_column(Text, default="")
    copyright: Mapped[str] = mapped_column(Text, default="")
    material: Mapped[bool] = mapped_column(
        Flag, default=False, doc="answers to earlier versions no longer count (R31); their blocks still do"
    )


class FormRequirement(Base):
    """A form that a service requires, and for how many days an answer holds; none: for every visit anew (R31)."""

    __tablename__ = "form_requirement"
    __table_args__ = rules(
        UniqueConstraint("service_id", "form_id"), CheckConstraint("days IS NULL OR days >= 0", name="days")
    )
    topic = "forms"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"), index=True)
    days: Mapped[int | None] = mapped_column(Whole)


class ScreeningRule(Base):
    """What one answer to one question means for a service; changed, it is a new row and the old one retired (R32)."""

    __tablename__ = "screening_rule"
    __table_args__ = rules(
        one_of("operator", Operator),
        one_of("effect", Effect),
        one_of("lasting", Lasting),
        flag("retired"),
        CheckConstraint(
            "(lasting = 'until') = (until_days IS NOT NULL) AND coalesce(until_days, 0) >= 0", name="until"
        ),
        CheckConstraint("effect = 'note' OR (staff_message <> '' AND client_message <> '')", name="messages"),
        Index("ix_screening_rule_service_id", "service_id"),
        Index("ix_screening_rule_form_id", "form_id"),
    )
    topic = "forms"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"))
    link_id: Mapped[str] = mapped_column(Text, doc="the question that it asks about")
    operator: Mapped[Operator] = mapped_column(Word(Operator))
    answer: Mapped[str] = mapped_column(Text, doc="what the answer is compared with, as JSON of a FHIR value[x]")
    effect: Mapped[Effect] = mapped_column(Word(Effect))
    lasting: Mapped[Lasting] = mapped_column(Word(Lasting), default=Lasting.CLINICIAN)
    until_days: Mapped[int | None] = mapped_column(Whole, doc="until: so many days after the answer, or after…")
    until_link: Mapped[str] = mapped_column(Text, default="", doc="…the date that this question was answered with")
    staff_message: Mapped[str] = mapped_column(Text, default="")
    client_message: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[date] = mapped_column(Day)
    retired: Mapped[bool] = mapped_column(Flag, default=False)


class FormResponse(Fact):
    """One set of answers to one version of a form, immutable; a correction is a new one that amends it (R35)."""

    __tablename__ = "form_response"
    __table_args__ = rules(
        one_of("answered_by", AnsweredBy),
        CheckConstraint("(answered_by = 'guardian') = (relation <> '')", name="relation"),
        CheckConstraint(
            "(signature = '') = (signed_at IS NULL) AND (signature = '') = (signed_sha256 = '')", name="signature"
        ),
        Index("ix_form_response_client_id", "client_id"),
        Index("ix_form_response_form_version_id", "form_version_id"),
    )
    topic = "forms"

    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointment_group.id"), index=True, doc="the coming-in that it was recorded for"
    )
    answers: Mapped[str] = mapped_column(Text, doc="the QuestionnaireResponse, as JSON, question texts included")
    answered_by: Mapped[AnsweredBy] = mapped_column(Word(AnsweredBy))
    answerer: Mapped[str] = mapped_column(Text, default="", doc="the name of whoever answered")
    relation: Mapped[str] = mapped_column(Text, default="", doc="of a guardian to the client")
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("form_response.id"))
    signature: Mapped[str] = mapped_column(Text, default="", doc="the drawn name as PNG in base64")
    signer: Mapped[str] = mapped_column(Text, default="")
    signer_role: Mapped[str] = mapped_column(Text, default="")
    signed_at: Mapped[datetime | None] = mapped_column(Instant)
    signed_sha256: Mapped[str] = mapped_column(Text, default="", doc="of the answers that were signed")
    scores: Mapped[str] = mapped_column(Text, default="{}", doc="calculated values by linkId, as JSON")


class Finding(Fact):
    """What an answer meant for a service when it was given: the rule that it met, frozen (R32, R33)."""

    __tablename__ = "finding"
    __table_args__ = rules(
        UniqueConstraint("response_id", "rule_id"),
        one_of("effect", Effect),
        one_of("lasting", Lasting),
        Index("ix_finding_client_id_service_id", "client_id", "service_id"),
    )
    topic = "forms"

    response_id: Mapped[int] = mapped_column(ForeignKey("form_response.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    rule_id: Mapped[int] = mapped_column(ForeignKey("screening_rule.id"))
    link_id: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, doc="in words")
    effect: Mapped[Effect] = mapped_column(Word(Effect))
    lasting: Mapped[Lasting] = mapped_column(Word(Lasting))
    until: Mapped[date | None] = mapped_column(Day, doc="blocks visits that start before it")
    staff_message: Mapped[str] = mapped_column(Text)
    client_message: Mapped[str] = mapped_column(Text)


class Clearance(Fact):
    """The clinical role lets a service go ahead in spite of answers, for one coming-in or up to a date (R33)."""

    __tablename__ = "clearance"
    __table_args__ = rules(
        CheckConstraint("(group_id IS NULL) <> (through IS NULL)", name="reach"),
        CheckConstraint("words <> ''", name="words"),
        Index("ix_clearance_client_id_service_id", "client_id", "service_id"),
    )
    topic = "forms"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("appointment_group.id"))
    through: Mapped[date | None] = mapped_column(Day, doc="visits up to and including this day")
    words: Mapped[str] = mapped_column(Text, doc="the reason")


class ScreeningCheck(Fact):
    """What the gate said when an add-on was attached or a treatment began, and on which responses it rested (R33)."""

    __tablename__ = "screening_check"
    __table_args__ = rules(one_of("outcome", Screened), Index("ix_screening_check_appointment_id", "appointment_id"))
    topic = "forms"

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    outcome: Mapped[Screened] = mapped_column(Word(Screened))
    responses: Mapped[str] = mapped_column(Text, doc="their ids, as JSON")
    rules: Mapped[str] = mapped_column(Text, doc="the ids of the rules that were asked, as JSON")


class ScreeningTask(Fact):
    """A visit that answers block or flag, for somebody to see to; it is open while the visit is to come (R34)."""

    __tablename__ = "screening_task"
    __table_args__ = rules(
        one_of("kind", TaskKind),
        CheckConstraint("(kind = 'asked') = (asked_id IS NOT NULL)", name="asked"),
        Index("ix_screening_task_appointment_id", "appointment_id"),
    )
    topic = "forms"

    kind: Mapped[TaskKind] = mapped_column(Word(TaskKind))
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    response_id: Mapped[int] = mapped_column(ForeignKey("form_response.id"))
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), doc="who was asked to decide")


class AddOnTask(Fact):
    """An add-on that answers keep from a coming-in, put before a clinician; it is open while it could join (R34)."""

    __tablename__ = "add_on_task"
    __table_args__ = rules(Index("ix_add_on_task_group_id", "group_id"))
    topic = "forms"

    group_id: Mapped[int] = mapped_column(ForeignKey("appointment_group.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    response_id: Mapped[int] = mapped_column(ForeignKey("form_response.id"))
    asked_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), doc="who was asked to decide")


class Denial(Fact):
    """The clinical role says no to a service at one coming-in, with the reason; whoever is asked again decides anew."""

    __tablename__ = "denial"
    __table_args__ = rules(CheckConstraint("words <> ''", name="words"), Index("ix_denial_group_id", "group_id"))
    topic = "forms"

    group_id: Mapped[int] = mapped_column(ForeignKey("appointment_group.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    words: Mapped[str] = mapped_column(Text, doc="the reason")
