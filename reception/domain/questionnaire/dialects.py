"""Which FHIR a form is written in: R4 is taken as it is, R5 rewritten as R4, and what is older is refused."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reception.domain.errors import Refused

R4 = "R4"
R5 = "R5"

# Where HL7 has R5's own elements live in an R4 resource: nothing of them is lost, and another program finds them.
_BACKPORT = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Questionnaire."
ANSWER_CONSTRAINT = _BACKPORT + "item.answerConstraint"
DISABLED_DISPLAY = _BACKPORT + "item.disabledDisplay"

_NEW_TYPES = frozenset({"coding", "question"})
_NEW_ITEM = frozenset({"answerConstraint", "disabledDisplay"})
_NEW_FORM = {
    "copyrightLabel": (_BACKPORT + "copyrightLabel", "valueString"),
    "versionAlgorithmString": (_BACKPORT + "versionAlgorithm", "valueString"),
    "versionAlgorithmCoding": (_BACKPORT + "versionAlgorithm", "valueCoding"),
}
_OLD_ITEM = frozenset({
    "options", "initialBoolean", "initialDecimal", "initialInteger", "initialDate", "initialDateTime", "initialTime",
    "initialString", "initialUri", "initialAttachment", "initialCoding", "initialQuantity", "initialReference",
})  # fmt: skip
_OLD_PROFILE = re.compile(r"stu3|/3\.0/", re.IGNORECASE)
_OLD_CONDITION = "hasAnswer"
_CHOSEN = frozenset(
    {"string", "text", "integer", "date", "dateTime", "time", "decimal", "quantity", "url", "reference"}
)
_OPEN = {"optionsOrString": "open-choice", "optionsOrType": "open-choice"}


def dialect(json: Mapping[str, Any]) -> str:
    """R4 or R5; raises Refused for a form of an older FHIR, naming which one and what to do."""
    if isinstance(json.get("group"), Mapping):
        raise Refused(
            "This form is written in FHIR DSTU2, of 2015, which isn't read here. Ask its author for it in FHIR R4."
        )
    items = list(_items(json))
    if any(name in json for name in _NEW_FORM) or any(map(_is_new, items)):
        return R5
    if any(map(_is_old, items)) or _is_profiled_old(json):
        raise Refused(
            "This form is written in FHIR STU3, of 2017, which isn't read here. Ask its author for it in FHIR R4."
        )
    return R4


def as_r4(json: dict[str, Any]) -> dict[str, Any]:
    """An R5 form as an R4 one that means the same; R4 has no place for some of it, that goes into extensions."""
    converted = dict(json)
    for name, (url, key) in _NEW_FORM.items():
        _move(converted, name, url, key)
    if isinstance(json.get("item"), list):
        converted["item"] = [_item(item) for item in json["item"]]
    return converted


def _items(json: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    below = json.get("item")
    for item in below if isinstance(below, list) else ():
        if isinstance(item, Mapping):
            yield item
            yield from _items(item)


def _is_new(item: Mapping[str, Any]) -> bool:
    return item.get("type") in _NEW_TYPES or not _NEW_ITEM.isdisjoint(item)


def _is_profiled_old(json: Mapping[str, Any]) -> bool:
    meta = json.get("meta")
    profiles = meta.get("profile") if isinstance(meta, Mapping) else None
    if not isinstance(profiles, list):
        return False
    return any(isinstance(profile, str) and _OLD_PROFILE.search(profile) for profile in profiles)


def _is_old(item: Mapping[str, Any]) -> bool:
    if not _OLD_ITEM.isdisjoint(item):
        return True
    conditions = item.get("enableWhen")
    return isinstance(conditions, list) and any(
        isinstance(condition, Mapping) and _OLD_CONDITION in condition for condition in conditions
    )


def _item(json: Any) -> Any:
    if not isinstance(json, Mapping):
        return json
    item = dict(json)
    constraint = item.get("answerConstraint")
    if "type" in item:
        item["type"] = _type(item, constraint)
    _move(item, "answerConstraint", ANSWER_CONSTRAINT, "valueCode")
    _move(item, "disabledDisplay", DISABLED_DISPLAY, "valueCode")
    if isinstance(item.get("item"), list):
        item["item"] = [_item(below) for below in item["item"]]
    return item


def _type(item: Mapping[str, Any], constraint: Any) -> Any:
    """R5 says apart what R4 says in one word: what the answer is, and whether it must be one of a list."""
    listed = bool(item.get("answerOption") or item.get("answerValueSet"))
    kind = item["type"]
    if kind == "coding":
        return _OPEN.get(constraint, "choice") if isinstance(constraint, str) else "choice"
    if kind == "question":
        return "choice" if listed else "string"
    if kind in _CHOSEN and listed and constraint != "optionsOrType":
        return "open-choice" if constraint == "optionsOrString" else "choice"
    return kind


def _move(element: dict[str, Any], name: str, url: str, key: str) -> None:
    if name not in element:
        return
    before = element.get("extension")
    element["extension"] = [*(before if isinstance(before, list) else ()), {"url": url, key: element.pop(name)}]
