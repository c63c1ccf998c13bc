"""What clients hand in on their own screen, and what the desk reads of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from reception.domain.addons import Offer
from reception.domain.errors import DomainError
from reception.domain.forms import AnsweredBy, Signature, Version
from reception.domain.money import Money
from reception.domain.screening import Verdict
from reception.domain.tables.ids import (
    AppointmentId,
    ClientId,
    GroupId,
    ServiceId,
    SubmissionId,
    VersionId,
    WishId,
)


@dataclass(frozen=True, slots=True)
class Submitting:
    """Answers as a client hands them over on their own screen, with the add-ons that they would like (R35).

    `group` is the coming-in that both are for; without one there is nothing to wish for.
    """

    version: VersionId
    client: ClientId
    answers: dict[str, Any]
    answered_by: AnsweredBy = AnsweredBy.CLIENT
    answerer: str = ""
    relation: str = ""
    group: GroupId | None = None
    signature: Signature | None = None
    wishes: tuple[ServiceId, ...] = ()


class Handed(NamedTuple):
    """Answers that wait for somebody at the desk: whose, to which form, and for which day if for a visit."""

    id: SubmissionId
    at: datetime
    client: ClientId
    client_name: str
    title: str
    day: date | None


class Wished(NamedTuple):
    """An add-on that a client would like: with which visit, and what it would come to or what is in its way."""

    id: WishId
    at: datetime
    client: ClientId
    client_name: str
    group: GroupId
    appointment: AppointmentId
    service: ServiceId
    service_name: str
    start: datetime
    told: Offer | DomainError


Item = Handed | Wished
"""What lies in the inbox."""


@dataclass(frozen=True, slots=True)
class Submission:
    """Answers that wait, as they are looked over: with the version that was asked, and what they would mean."""

    handed: Handed
    version: Version
    group: GroupId | None
    answers: dict[str, Any]
    answered_by: AnsweredBy
    answerer: str
    relation: str
    signature: Signature | None
    verdicts: Mapping[ServiceId, Verdict]
    names: Mapping[ServiceId, str]


class Fitting(NamedTuple):
    """An add-on that a client can wish for: how long it takes and what it costs with their visit."""

    service: ServiceId
    name: str
    minutes: int
    price: Money
