"""Scores of options put on the answers that chose them, where a form's expressions look for them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from reception.domain.questionnaire.conditions import equal
from reception.domain.questionnaire.elements import json_of, value_of
from reception.domain.questionnaire.outline import outline
from reception.domain.questionnaire.sheet import Node
from reception.domain.questionnaire.values import Form, Item, Value
from reception.domain.questionnaire.valuesets import SCORES

_USUAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def scored(form: Form, node: Node, value: Value) -> Mapping[str, Any]:
    """One answer as FHIR writes it, with the score of its option."""
    answer: Mapping[str, Any] = _with_score(form, node.place.item, json_of(value), value)
    return answer


def with_scores(form: Form, json: Any) -> Any:
    """A copy of a response, or of a part of it, with the score of every option that was chosen."""
    if isinstance(json, Mapping):
        copied = {name: with_scores(form, held) for name, held in json.items()}
        laid = outline(form)
        number = laid.numbers.get(str(copied.get("linkId")))
        answers = copied.get("answer")
        if number is not None and isinstance(answers, list):
            item = laid.places[number].item
            copied["answer"] = [_with_score(form, item, answer, None) for answer in answers]
        return copied
    return [with_scores(form, held) for held in json] if isinstance(json, list | tuple) else json


def _with_score(form: Form, item: Item, answer: Any, value: Value | None) -> Any:
    if not isinstance(answer, Mapping) or not isinstance(answer.get("valueCoding"), Mapping):
        return answer
    chosen = value or value_of(answer)
    coding = answer["valueCoding"]
    if chosen is None or any(_scores(coding)):
        return answer
    for option in item.options:
        if option.score is not None and equal(option.value, chosen):
            score = {"url": _url(form), "valueDecimal": option.score}
            return {**answer, "valueCoding": {**coding, "extension": [*_extensions(coding), score]}}
    return answer


@lru_cache(maxsize=64)
def _url(form: Form) -> str:
    """The name under which this form keeps its scores: its expressions ask for that one."""
    return next((extension["url"] for extension in _within(form.json)), _USUAL)


def _within(json: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(json, Mapping):
        yield from _scores(json)
        for held in json.values():
            yield from _within(held)
    elif isinstance(json, list | tuple):
        for held in json:
            yield from _within(held)


def _scores(json: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (extension for extension in _extensions(json) if extension.get("url") in SCORES)


def _extensions(json: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    held = json.get("extension")
    return [one for one in held if isinstance(one, Mapping)] if isinstance(held, list) else []
