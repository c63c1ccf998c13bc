"""JSON of FHIR as it should have been written: nothing empty, every member of the type that its name asks for."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from reception.domain.errors import Refused
from reception.domain.questionnaire.values import Repair

REPAIRED = "repaired"
MOST_LETTERS = 20_000

_TRUTHS = frozenset({
    "required", "repeats", "readOnly", "experimental", "initialSelected", "valueBoolean", "answerBoolean", "abstract",
    "inactive", "userSelected",
})  # fmt: skip
_WHOLES = frozenset({"maxLength", "valueInteger", "answerInteger", "valuePositiveInt", "valueUnsignedInt"})
_NUMBERS = frozenset({"valueDecimal", "answerDecimal"})
_WORDS = frozenset({
    "linkId", "text", "prefix", "title", "name", "display", "system", "code", "unit", "valueString", "answerString",
    "valueCode", "version", "type", "operator", "question", "publisher", "copyright", "description", "url", "status",
    "id", "answerConstraint", "disabledDisplay", "copyrightLabel", "versionAlgorithmString",
})  # fmt: skip
_LISTS = frozenset(
    {"extension", "modifierExtension", "item", "answerOption", "enableWhen", "initial", "contained", "answer", "option"}
)
_SHOWN = frozenset({"text", "prefix", "title", "display", "linkId"})
_SAID = {"true": True, "false": False}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DIGITS = re.compile(r"-?\d{1,18}", re.ASCII)
_AMOUNT = re.compile(r"-?\d{1,18}(\.\d{1,18})?", re.ASCII)

# What an element is, by the name that it stands under or by how that ends, and which of its members are one text each.
# The same names mean other things elsewhere, as in a person's name.
_KINDS = {
    "item": "item",
    "enableWhen": "condition",
    "coding": "coding",
    "code": "coding",
    "contains": "coding",
    "concept": "coding",
    "include": "coding",
    "exclude": "coding",
    "extension": "extension",
    "modifierExtension": "extension",
}
_ENDINGS = {"Coding": "coding", "Expression": "expression", "Quantity": "quantity"}
_SINGLE = {
    "form": frozenset({
        "resourceType", "id", "url", "version", "name", "title", "status", "date", "publisher", "copyright",
        "description", "copyrightLabel",
    }),
    "list": frozenset({"resourceType", "id", "url"}),
    "item": frozenset({
        "linkId", "prefix", "text", "type", "answerValueSet", "enableBehavior", "answerConstraint", "disabledDisplay",
    }),
    "condition": frozenset({"question", "operator"}),
    "coding": frozenset({"system", "version", "code", "display"}),
    "expression": frozenset({"language", "expression", "name"}),
    "extension": frozenset({"url"}),
}  # fmt: skip
_OWN_LISTS = frozenset({"ValueSet", "CodeSystem"})


class _Place(NamedTuple):
    """Where in a form an element stands: what it is, and the question that it belongs to."""

    kind: str
    link_id: str


def tidied(json: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Repair, ...]]:
    """A form of any FHIR, tidied, and what was repaired; resources within it stay as they are."""
    tidying = _Tidying()
    return tidying.element(json, _Place("form", "")), tuple(tidying.report)


def tidied_answers(json: Mapping[str, Any]) -> dict[str, Any]:
    """A response of any FHIR, tidied; what stands where an item or an answer belongs and is none stays, to be told."""
    return _Tidying(keeps=frozenset({"item", "answer"})).element(json, _Place("form", ""))


def too_long(text: str) -> Refused:
    """What is said of a text that nobody could be asked to read."""
    return Refused(
        'A text of this form ("{start}…") is longer than {most} characters; nobody could read it.',
        start=text[:40],
        most=MOST_LETTERS,
    )


class _Tidying:
    """One form or response being tidied, and what was repaired; the lists of some names keep what doesn't belong."""

    def __init__(self, keeps: frozenset[str] = frozenset()) -> None:
        self.report: list[Repair] = []
        self._keeps = keeps

    def element(self, json: Mapping[str, Any], place: _Place) -> dict[str, Any]:
        """An element without what is empty or can't be what it stands for."""
        made: dict[str, Any] = {}
        for name, held in json.items():
            if held is None or held in ("", [], {}):
                self._say(place, f'"{name}" was empty and was left out.')
            elif name not in self._keeps and not _fits(name, held, place.kind):
                self._say(place, f'"{name}" held something else than it should and was left out.')
            elif (value := self._member(name, held, place)) is not None:
                made[name] = value
        return made

    def _say(self, place: _Place, words: str) -> None:
        self.report.append(Repair(REPAIRED, place.link_id, words))

    def _member(self, name: str, held: Any, place: _Place) -> Any:
        if name in _LISTS and not isinstance(held, list):
            self._say(place, f'"{name}" held one thing where a list belongs.')
            return self._list(name, [held], place)
        if isinstance(held, dict):
            return self._below(name, held, place)
        return self._list(name, held, place) if isinstance(held, list) else self._plain(name, held, place)

    def _below(self, name: str, json: dict[str, Any], place: _Place) -> dict[str, Any] | None:
        kind = _kind(name)
        if name == "contained":
            kind = "list" if str(json.get("resourceType")) in _OWN_LISTS else ""
            if not kind:
                return json
        if kind == "quantity":
            json = self._quantity(json, place)
        named = json.get("linkId") if kind == "item" else None
        made = self.element(json, _Place(kind, named if isinstance(named, str) else place.link_id))
        if made and kind == "extension" and "url" not in made:
            self._say(place, "An extension without a url says nothing; it was left out.")
            return None
        return made or None

    def _quantity(self, json: dict[str, Any], place: _Place) -> dict[str, Any]:
        number = json.get("value")
        if not isinstance(number, str) or not _AMOUNT.fullmatch(number.strip()):
            return json
        self._say(place, f'A quantity was the text "{number}"; it is read as a number.')
        return {**json, "value": Decimal(number.strip())}

    def _list(self, name: str, held: list[Any], place: _Place) -> list[Any] | None:
        made = []
        for member in held:
            if isinstance(member, dict):
                value: Any = self._below(name, member, place)
            elif name in self._keeps:
                value = member
            elif isinstance(member, list) or name in _LISTS:
                self._say(place, f'A part of "{name}" that isn\'t an object was left out.')
                continue
            else:
                value = self._plain(name, member, place)
            # The nulls of a list of texts keep its places beside those of its "_" twin.
            if value is not None or (member is None and name not in _LISTS):
                made.append(value)
        if any(member is not None for member in made):
            return made
        self._say(place, f'"{name}" held nothing and was left out.')
        return None

    def _plain(self, name: str, held: Any, place: _Place) -> Any:
        value = _as_asked(name, held)
        if isinstance(value, str):
            if _CONTROLS.search(value):
                value = _CONTROLS.sub("", value)
                self._say(place, f'Control characters in "{name}" were left out.')
            if name in _SHOWN and len(value) > MOST_LETTERS:
                raise too_long(value)
        if isinstance(held, str) and not isinstance(value, str):
            self._say(place, f'"{name}" was the text "{held}"; it is read as {_told(value)}.')
        elif isinstance(value, str) and not isinstance(held, str):
            self._say(place, f'"{name}" was no text; it is read as "{value}".')
        return value if value != "" else None


@lru_cache(maxsize=1024)
def _kind(name: str) -> str:
    """What an element of this name is."""
    return _KINDS.get(name) or next((_ENDINGS[end] for end in _ENDINGS if name.endswith(end)), "")


def _fits(name: str, held: Any, kind: str) -> bool:
    """Whether a member can be what its name says, where another shape would be something else altogether."""
    if isinstance(held, dict | list):
        return name not in _SINGLE.get(kind, ())
    return name not in _LISTS and not name.startswith("_")


def _as_asked(name: str, held: Any) -> Any:
    """What a member of this name should hold, where it was meant so."""
    if isinstance(held, str):
        if name in _TRUTHS:
            return _SAID.get(held.strip().lower(), held)
        if name in _WHOLES and _DIGITS.fullmatch(held.strip()):
            return int(held)
        if name in _NUMBERS and _AMOUNT.fullmatch(held.strip()):
            return Decimal(held.strip())
        return held
    return _told(held) if held is not None and name in _WORDS else held


def _told(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
