"""The forms that ship with the program, and the rules that a clinic can put beside its services."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reception.domain import questionnaire
from reception.domain.gates import Effect, Lasting, Operator
from reception.domain.questionnaire.values import Value
from reception.domain.screening import RuleDraft
from reception.domain.tables.ids import FormId, ServiceId

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "forms"


class Ruling(NamedTuple):
    """A rule of a template: what an answer means for whichever service it is put beside (R32)."""

    question: str
    operator: Operator
    answer: Value
    effect: Effect
    lasting: Lasting
    until_days: int | None
    until_link: str
    staff_message: str
    client_message: str

    def beside(self, service: ServiceId, form: FormId) -> RuleDraft:
        """The rule as it is typed for a service."""
        return RuleDraft(
            service=service,
            form=form,
            link_id=self.question,
            operator=self.operator,
            answer=self.answer,
            effect=self.effect,
            lasting=self.lasting,
            until_days=self.until_days,
            until_link=self.until_link,
            staff_message=self.staff_message,
            client_message=self.client_message,
        )


class Template(NamedTuple):
    """What services of one kind ask: the form, for how many days an answer holds (none: at every visit), the rules."""

    name: str
    title: str
    form: str
    days: int | None
    rules: tuple[Ruling, ...]


def url(name: str) -> str:
    """What a form that ships is known by."""
    return f"urn:reception:form:{name}"


def source(name: str) -> bytes:
    """A form that ships, as it is published."""
    return (FOLDER / f"{name}.json").read_bytes()


@cache
def templates() -> tuple[Template, ...]:
    """Every template, in the order of the file."""
    found = questionnaire.parse_json((FOLDER / "rules" / "templates.json").read_bytes())
    return tuple(
        Template(one["name"], one["title"], one["form"], one["days"], tuple(map(_ruling, one["rules"])))
        for one in found["templates"]
    )


def _ruling(json: dict[str, Any]) -> Ruling:
    answer = questionnaire.value_of(json["answer"])
    assert answer is not None, f"a rule on {json['question']} compares with nothing"
    return Ruling(
        question=json["question"],
        operator=Operator(json["operator"]),
        answer=answer,
        effect=Effect(json["effect"]),
        lasting=Lasting(json.get("lasting", Lasting.CLINICIAN)),
        until_days=json.get("until_days"),
        until_link=json.get("until_link", ""),
        staff_message=json["staff_message"],
        client_message=json.get("client_message", ""),
    )
