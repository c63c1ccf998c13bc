"""Scores of options put on the answers that chose them, where a form's expressions look for them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from reception.domain.questionnaire import fhirpath
from reception.domain.questionnaire.conditions import equal, number
from reception.domain.questionnaire.elements import json_of, value_of
from reception.domain.questionnaire.outline import outline
from reception.domain.questionnaire.sheet import Node
from reception.domain.questionnaire.values import Form, Item, Value
from reception.domain.questionnaire.valuesets import SCORES, score_of

_WITHIN = frozenset({"item", "answer"})
_PROPERTY = "http://hl7.org/fhir/concept-properties#itemWeight"
_USUAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


class _Lent(dict[str, Any]):
    """A score that was put on an answer: expressions find it there, and it goes no further."""


def plain(found: Sequence[Any]) -> tuple[tuple[str, Any], ...]:
    """What an expression gave, without the scores that were put on answers for it."""
    return tuple((kind, _without(held)) for kind, held in fhirpath.plain(found))


def scored(form: Form, node: Node, value: Value) -> Mapping[str, Any]:
    """One answer as FHIR writes it, with the score of its option."""
    answer: Mapping[str, Any] = _with_score(form, node.place.item, json_of(value), value)
    return answer


def with_scores(form: Form, response: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a response with the score of every option that was chosen."""
    items = {place.item.link_id: place.item for place in outline(form).places}

    def copied(json: Any) -> Any:
        if isinstance(json, list | tuple):
            return [copied(one) for one in json]
        if not isinstance(json, Mapping):
            return json
        found = {name: copied(held) if name in _WITHIN else held for name, held in json.items()}
        item, answers = items.get(str(json.get("linkId"))), found.get("answer")
        if item is not None and isinstance(answers, list):
            found["answer"] = [_with_score(form, item, answer, None) for answer in answers]
        return found

    return {**response, "item": copied(response.get("item") or [])}


def _with_score(form: Form, item: Item, answer: Any, value: Value | None) -> Any:
    chosen = value or (value_of(answer) if isinstance(answer, Mapping) else None)
    if chosen is None:
        return answer
    name = next(iter(json_of(chosen)))
    held, twin = answer.get(name), answer.get("_" + name)
    # What FHIR says of a bare value stands beside it.
    place, told = (name, held) if isinstance(held, Mapping) else ("_" + name, twin if isinstance(twin, Mapping) else {})
    if any(_scores(told)):
        return answer
    score = _score(form, item, chosen)
    if score is None:
        return answer
    url, key = _usual(form)
    extension = _Lent({"url": url, key: int(score) if key == "valueInteger" else score})
    return {**answer, place: {**told, "extension": [*_extensions(told), extension]}}


def _without(held: Any) -> Any:
    if not isinstance(held, Mapping) or not any(isinstance(one, _Lent) for one in _extensions(held)):
        return held
    kept = [one for one in _extensions(held) if not isinstance(one, _Lent)]
    bare = {name: told for name, told in held.items() if name != "extension"}
    return {**bare, "extension": kept} if kept else bare


def _score(form: Form, item: Item, chosen: Value) -> Decimal | None:
    """What an answer counts: as its option says, else as the lists that the form brings along say of its code."""
    score = next(
        (option.score for option in item.options if option.score is not None and equal(option.value, chosen)), None
    )
    if score is not None or chosen.type != "Coding":
        return score
    return _listed(form).get((chosen.value.get("system"), chosen.value.get("code")))


@lru_cache(maxsize=64)
def _listed(form: Form) -> Mapping[tuple[Any, Any], Decimal]:
    """What codes count by the code systems and value sets in a form."""
    found: dict[tuple[Any, Any], Decimal] = {}
    contained = form.json.get("contained")
    for resource in _objects(contained):
        system = resource.get("url") if resource.get("resourceType") == "CodeSystem" else None
        expansion = resource.get("expansion")
        properties = _objects(expansion.get("property") if isinstance(expansion, Mapping) else resource.get("property"))
        weights = {told.get("code") for told in properties if told.get("uri") == _PROPERTY} or {"itemWeight"}
        for within, concept in _concepts(resource, system):
            score = score_of(concept)
            if score is None:
                score = next(
                    (_worth(one) for one in _objects(concept.get("property")) if one.get("code") in weights), None
                )
            if score is not None:
                found.setdefault((within, concept.get("code")), score)
    return found


def _worth(json: Mapping[str, Any]) -> Decimal | None:
    value = value_of(json)
    return number(value.value) if value is not None else None


def _concepts(json: Any, system: Any) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    if isinstance(json, Mapping):
        system = json.get("system", system)
        if isinstance(json.get("code"), str):
            yield system, json
        for name in ("compose", "include", "expansion", "contains", "concept"):
            yield from _concepts(json.get(name), system)
    elif isinstance(json, list | tuple):
        for one in json:
            yield from _concepts(one, system)


@lru_cache(maxsize=64)
def _usual(form: Form) -> tuple[str, str]:
    """The name under which this form keeps its scores, and their kind: its expressions ask for that one."""
    for extension in _within(form.json):
        return extension["url"], "valueInteger" if "valueInteger" in extension else "valueDecimal"
    return _USUAL, "valueDecimal"


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
    return _objects(json.get("extension"))


def _objects(held: Any) -> list[Mapping[str, Any]]:
    return [one for one in held if isinstance(one, Mapping)] if isinstance(held, list | tuple) else []
