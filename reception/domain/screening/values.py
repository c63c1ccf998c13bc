"""What the gate tells, and what it is told."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from reception.domain.gates import Effect, Lasting, Operator, Screened
from reception.domain.questionnaire.values import Value
from reception.domain.tables.ids import (
    AppointmentId,
    ClientId,
    FormId,
    GroupId,
    ResponseId,
    RuleId,
    ServiceId,
    StaffId,
    VersionId,
)
from reception.domain.tables.words import TaskKind


class Wanting(StrEnum):
    """Why a required form gives no answer: nobody filled it in, its answers are too old by the visit, it asks for new
    answers at every visit, a version changed what is asked, or a question that a rule asks about has no answer.
    """

    MISSING = "missing"
    OUTDATED = "outdated"
    THIS_VISIT = "this_visit"
    NEW_VERSION = "new_version"
    UNANSWERED = "unanswered"


class Due(NamedTuple):
    """A required form that has to be filled in before the service, and why."""

    form: FormId
    version: VersionId
    title: str
    why: Wanting


class Hit(NamedTuple):
    """An answer that blocks, flags, or is worth noting: the question's words, the answer, the messages (R32)."""

    effect: Effect
    lasting: Lasting
    until: date | None
    response: ResponseId
    rule: RuleId
    form: FormId
    link_id: str
    question: str
    answer: str
    staff_message: str
    client_message: str
    cleared: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of one client and one service at one time (R32, R33).

    `hits` are blocks first, then flags, then notes; `due` the forms that are wanting; `responses` and `rules` what it
    rested on. The outcome is CLEARED where a clearance covers every block and flag and no form is due.
    """

    service: ServiceId
    outcome: Screened
    hits: tuple[Hit, ...] = ()
    due: tuple[Due, ...] = ()
    responses: tuple[ResponseId, ...] = ()
    rules: tuple[RuleId, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether the service may go ahead: clear, or cleared."""
        return self.outcome in (Screened.CLEAR, Screened.CLEARED)

    @property
    def refuses(self) -> bool:
        """Whether not even booking is possible: blocked or flagged, and not cleared (R33)."""
        return self.outcome in (Screened.BLOCKED, Screened.FLAGGED)


class Requirement(NamedTuple):
    """A form that a service requires; `days` that an answer holds, None for every visit anew (R31)."""

    form: FormId
    title: str
    days: int | None


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as it is typed."""

    service: ServiceId
    form: FormId
    link_id: str
    operator: Operator
    answer: Value
    effect: Effect
    lasting: Lasting = Lasting.CLINICIAN
    until_days: int | None = None
    until_link: str = ""
    staff_message: str = ""
    client_message: str = ""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as it stands, with the words of its question; `attention` says what is wrong with it by now."""

    id: RuleId
    draft: RuleDraft
    service_name: str
    form_title: str
    question: str
    answer: str
    since: date
    attention: str


class Denied(NamedTuple):
    """A clinician's no to a service at one coming-in: who, when, why (R33)."""

    who: str
    at: datetime
    words: str


class Task(NamedTuple):
    """A visit to come that answers block or flag, or an add-on that they keep from one, for somebody to see to (R34).

    An add-on isn't there yet: `appointment` is the first of its coming-in, `start` when it could begin. With `denied` a
    clinician has decided, and it is for the desk to see to.
    """

    kind: TaskKind
    appointment: AppointmentId
    group: GroupId
    client: ClientId
    client_name: str
    service: ServiceId
    service_name: str
    staff: StaffId
    start: datetime
    response: ResponseId
    words: str
    asked: str
    asked_id: StaffId | None
    asked_at: datetime | None
    add_on: bool
    denied: Denied | None


class Told(NamedTuple):
    """How a question that matters for a service was answered on some day."""

    day: date
    response: ResponseId
    question: str
    answer: str


class Decided(NamedTuple):
    """What a clinician decided about a service: who, when, why; `through` which day, `here` for this very coming-in."""

    who: str
    at: datetime
    words: str
    cleared: bool
    through: date | None
    here: bool


class Past(NamedTuple):
    """What was answered and decided about a client and a service before, the newest first."""

    told: tuple[Told, ...]
    decided: tuple[Decided, ...]


class Held(NamedTuple):
    """A form that a client has answered: when, and until which visit day it is good (None: for its own visit only)."""

    form: FormId
    response: ResponseId
    title: str
    number: int
    day: date
    good_until: date | None
    signed: bool
