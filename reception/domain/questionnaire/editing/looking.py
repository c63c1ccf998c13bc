"""When an entry is asked, as FHIR's conditions say it and as a clinic would."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from reception.domain.errors import Refused
from reception.domain.questionnaire import vocabulary as names
from reception.domain.questionnaire.editing.tree import Json
from reception.domain.questionnaire.elements import json_of, value_of
from reception.domain.questionnaire.extensions import Extensions
from reception.domain.questionnaire.values import Value


class How(StrEnum):
    """How the answer to another question is looked at, before a question is asked."""

    IS = "="
    IS_NOT = "!="
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="
    ANSWERED = "answered"
    EMPTY = "empty"


class Look(NamedTuple):
    """One look at another question: what its answer has to be."""

    question: str
    how: How
    answer: Value | None = None


class ShowIf(NamedTuple):
    """When an entry is asked: where all of these looks hold, or, with `any`, where one of them does."""

    looks: tuple[Look, ...]
    any: bool = False


def show_if(item: Json) -> ShowIf | None:
    """When it is asked; None where it always is, or where that can't be told as looks at other questions."""
    conditions = item.get("enableWhen") or ()
    if not conditions or Extensions(item).has(names.ENABLED):
        return None
    one_is_enough = len(conditions) > 1 and item.get("enableBehavior") != "all"
    looks = tuple(_looks(conditions, together=not one_is_enough))
    told = tuple(look for look in looks if look is not None)
    return ShowIf(told, one_is_enough) if len(told) == len(looks) else None


def conditions(show: ShowIf) -> dict[str, Any]:
    """The same as FHIR says it. "Is not" asks for an answer besides, since programs differ on it without one; so it
    takes two conditions that both hold, and is refused where any one is to be enough.
    """
    one_is_enough = show.any and len(show.looks) > 1
    if one_is_enough and any(look.how is How.IS_NOT for look in show.looks):
        raise Refused("“Is not” can only stand among conditions that all have to hold. Choose all of these.")
    when = [one for look in show.looks for one in _written(look)]
    made: dict[str, Any] = {"enableWhen": when}
    if len(when) > 1:
        made["enableBehavior"] = "any" if one_is_enough else "all"
    return made


def _looks(conditions: Sequence[Json], *, together: bool) -> Iterator[Look | None]:
    """Each condition as a look, an "is not" with the answer that it asks for as one; None where it can't be told."""
    answered = {one["question"] for one in conditions if together and _asks_for_an_answer(one)}
    for n, one in enumerate(conditions):
        following = conditions[n + 1] if n + 1 < len(conditions) else None
        if together and _asks_for_an_answer(one) and following is not None and _is_not(following, one["question"]):
            continue
        yield _look(one, answered)


def _look(condition: Json, answered: set[str]) -> Look | None:
    question, operator, answer = condition["question"], condition["operator"], value_of(condition, "answer")
    if operator == "exists":
        return Look(question, How.EMPTY if answer is not None and answer.value is False else How.ANSWERED)
    # "Is not" alone also holds where nothing was answered, which isn't what somebody means by it.
    if answer is None or (operator == "!=" and question not in answered):
        return None
    return Look(question, How(operator), answer)


def _asks_for_an_answer(condition: Json) -> bool:
    answer = value_of(condition, "answer")
    return condition["operator"] == "exists" and answer is not None and answer.value is True


def _is_not(condition: Json, question: str) -> bool:
    return bool(condition["operator"] == "!=" and condition["question"] == question)


def _written(look: Look) -> Iterator[dict[str, Any]]:
    question = {"question": look.question}
    given = json_of(look.answer, "answer") if look.answer is not None else {}
    match look.how:
        case How.ANSWERED | How.EMPTY:
            yield {**question, "operator": "exists", "answerBoolean": look.how is How.ANSWERED}
        case How.IS_NOT:
            yield {**question, "operator": "exists", "answerBoolean": True}
            yield {**question, "operator": "!=", **given}
        case _:
            yield {**question, "operator": look.how.value, **given}
