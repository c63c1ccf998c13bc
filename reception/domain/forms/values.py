"""What is told of forms, their versions, and what was answered."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from reception.domain.questionnaire.values import Form, Repair
from reception.domain.tables.ids import ClientId, FormId, GroupId, ResponseId, ServiceId, VersionId
from reception.domain.tables.words import AnsweredBy


class FormRow(NamedTuple):
    """A form in the clinic's list, with its newest version and the services that require it."""

    id: FormId
    url: str
    title: str
    retired: bool
    version: VersionId
    number: int
    published: date
    questions: int
    services: tuple[str, ...]
    responses: int


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of a form, ready to be asked."""

    id: VersionId
    form: FormId
    number: int
    title: str
    published: date
    questionnaire: Form
    report: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A drawn name: the picture as PNG bytes, who signed in what role, when, and the hash of what was signed."""

    png: bytes
    signer: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answering:
    """One completed set of answers as it is handed in (R35).

    `answers` is the FHIR QuestionnaireResponse; `group` the coming-in that it is recorded for, if for one; `amends` the
    response that it corrects.
    """

    version: VersionId
    client: ClientId
    answers: dict[str, Any]
    answered_by: AnsweredBy
    answerer: str = ""
    relation: str = ""
    group: GroupId | None = None
    signature: Signature | None = None
    amends: ResponseId | None = None


class ResponseRow(NamedTuple):
    """A response in a client's list, the newest first."""

    id: ResponseId
    form: FormId
    title: str
    number: int
    at: datetime
    day: date
    answered_by: AnsweredBy
    answerer: str
    signed: bool
    amends: ResponseId | None


@dataclass(frozen=True, slots=True)
class Response:
    """One response with the version that was asked; prints as it was, whatever has become of the form."""

    row: ResponseRow
    client: ClientId
    client_name: str
    version: Version
    answers: dict[str, Any]
    signature: Signature | None
    services: tuple[ServiceId, ...]
