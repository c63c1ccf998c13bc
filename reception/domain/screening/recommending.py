"""What the forms that ship recommend: what goes well with their answers, for one kind of treatment after another."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from reception.domain import questionnaire
from reception.domain.gates import Effect, Lasting, Operator
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Draft, Entry
from reception.domain.screening.issuing import Consequence


class Template(NamedTuple):
    """What services of one kind ask: the form, for how many days an answer holds (none: at every visit), the rules.

    The rules stand beside no service: which of a clinic's are of that kind is for the clinic to say.
    """

    name: str
    title: str
    form: str
    days: int | None
    rules: tuple[Consequence, ...]


def templates(source: bytes) -> tuple[Template, ...]:
    """Every template of a file of them, in its order."""
    return tuple(map(_template, questionnaire.parse_json(source)["templates"]))


def recommended(draft: Draft, offered: Iterable[Template]) -> tuple[Template, ...]:
    """The templates for a form that ships, or that was made from one; of their rules those that can be asked of it."""
    sources = (draft.url, *(str(one).partition("|")[0] for one in draft.json.get("derivedFrom") or ()))
    lines = {line.link_id: line for line in editing.entries(draft)}
    found = (
        one._replace(rules=tuple(rule for rule in one.rules if _fits(rule, lines)))
        for one in offered
        if one.form in sources
    )
    return tuple(one for one in found if one.rules)


def _fits(rule: Consequence, lines: dict[str, Entry]) -> bool:
    line = lines.get(rule.link_id)
    if line is None or (rule.until_link and rule.until_link not in lines):
        return False
    return not line.choices or any(questionnaire.equal(choice.value, rule.answer) for choice in line.choices)


def _template(json: dict[str, Any]) -> Template:
    rules = (replace(_rule(one), kind=json["title"]) for one in json["rules"])
    return Template(json["name"], json["title"], json["form"], json["days"], tuple(rules))


def _rule(json: dict[str, Any]) -> Consequence:
    answer = questionnaire.value_of(json["answer"])
    assert answer is not None, f"a rule on {json['question']} compares with nothing"
    return Consequence(
        json["question"],
        answer,
        Effect(json["effect"]),
        operator=Operator(json["operator"]),
        lasting=Lasting(json.get("lasting", Lasting.CLINICIAN)),
        until_days=json.get("until_days"),
        until_link=json.get("until_link", ""),
        staff_message=json["staff_message"],
        client_message=json.get("client_message", ""),
    )
