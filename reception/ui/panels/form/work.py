"""A form that is half filled in, as a draft keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from reception.domain import questionnaire
from reception.domain.tables.ids import AppointmentId, FormId, ResponseId, StaffId, VersionId


@dataclass(frozen=True, slots=True)
class Work:
    """Which form is filled in for which visit, what was answered by now, who answers, and who is to be asked.

    `answers` is the QuestionnaireResponse so far; `unread` what was typed and can't be read yet, `copied` what was
    taken over from earlier answers and isn't confirmed, both by the paths of their questions; `wishes` the add-ons that
    a client would like by now.
    """

    form: FormId
    version: VersionId | None = None
    appointment: AppointmentId | None = None
    amends: ResponseId | None = None
    answers: Mapping[str, Any] | None = None
    page: str = ""
    unread: Mapping[str, Any] = field(default_factory=dict)
    copied: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    answerer: str = ""
    relation: str = ""
    asked: StaffId | None = None
    signature: Mapping[str, Any] | None = None
    answered: int = 0
    questions: int = 0
    wishes: tuple[int, ...] = ()

    def is_begun(self) -> bool:
        """Whether there is anything that would be lost."""
        return self.answered > 0 or bool(self.unread)


def as_body(work: Work) -> dict[str, Any]:
    """Plain data for the desk's file. The answers stand in it as their own text, which keeps every digit."""
    body = {each.name: getattr(work, each.name) for each in fields(work)}
    answers = work.answers
    return body | {"answers": None if answers is None else questionnaire.dump_json(answers)}


def as_work(body: Mapping[str, Any]) -> Work:
    """What a draft holds; what an older program didn't keep begins anew."""
    known = {each.name for each in fields(Work)}
    held = {name: value for name, value in body.items() if name in known}
    answers = held.get("answers")
    return Work(**(held | {"answers": None if answers is None else questionnaire.parse_json(answers.encode())}))
