"""Lists of answers: those that a form carries, and the common ones of HL7 that come with the program."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reception.domain.errors import Refused
from reception.domain.questionnaire.extensions import Extensions
from reception.domain.questionnaire.jsontext import parse_json
from reception.domain.questionnaire.mending import MOST_OPTIONS
from reception.domain.questionnaire.values import Option, Value

SCORES = (
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/valueset-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/codesystem-ordinalValue",
    "http://fhir.org/guides/argonaut-questionnaire/StructureDefinition/extension-score",
)
_LABEL = "http://hl7.org/fhir/StructureDefinition/valueset-label"
_MOST_THROUGH = 32
_FOLDER = Path(__file__).parents[3] / "resources" / "valuesets"


class _Code(NamedTuple):
    """A code in its system: what makes two options one."""

    system: str
    code: str


def list_of(url: str) -> tuple[Option, ...] | None:
    """The answers of a list that comes with the program, by its canonical URL; None where it isn't among them."""
    return shipped().get(url.partition("|")[0])


@cache
def shipped() -> Mapping[str, tuple[Option, ...]]:
    """The lists that come with the program, by their canonical URLs."""
    resources = [parse_json(path.read_bytes()) for path in sorted(_FOLDER.glob("*.json"))]
    lists = Lists(resources, {})
    return {resource["url"]: lists.options(resource["url"]) or () for resource in resources}


class Lists:
    """The lists that one form can ask from: its own, then those of the program."""

    def __init__(self, resources: Iterable[Mapping[str, Any]], others: Mapping[str, tuple[Option, ...]]) -> None:
        """Take the ValueSets and CodeSystems among a form's contained resources, and lists from elsewhere."""
        self._others = others
        self._sets: dict[str, Mapping[str, Any]] = {}
        self._systems: dict[str, Mapping[str, Any]] = {}
        self._found: dict[str, tuple[Option, ...] | None] = {}
        self._through = 0
        for resource in resources:
            self._take(resource)

    def options(self, reference: str) -> tuple[Option, ...] | None:
        """The answers of the list that an answerValueSet names; None where it isn't here, or not whole."""
        name = reference.partition("|")[0]
        if name not in self._found:
            # A list that takes itself in on the way gives nothing there, and no file makes the way endless.
            self._found[name] = ()
            self._through += 1
            self._found[name] = self._options(name) if self._through <= _MOST_THROUGH else None
            self._through -= 1
        return self._found[name]

    def _take(self, resource: Mapping[str, Any]) -> None:
        kind = resource.get("resourceType")
        kept = self._sets if kind == "ValueSet" else self._systems if kind == "CodeSystem" else None
        if kept is None:
            return
        if isinstance(resource.get("id"), str):
            kept["#" + resource["id"].lstrip("#")] = resource
            kept.setdefault("ValueSet/" + resource["id"], resource)
        if isinstance(resource.get("url"), str):
            kept[resource["url"]] = resource

    def _options(self, name: str) -> tuple[Option, ...] | None:
        found = self._sets.get(name)
        if found is None:
            return self._others.get(name)
        expansion = found.get("expansion")
        if isinstance(expansion, Mapping) and expansion.get("contains"):
            return _several(_expanded(expansion))
        compose = found.get("compose")
        return self._composed(compose) if isinstance(compose, Mapping) else None

    def _composed(self, compose: Mapping[str, Any]) -> tuple[Option, ...] | None:
        taken: list[Option] = []
        for include in _objects(compose.get("include")):
            part = self._included(include)
            if part is None:
                return None
            taken += part
            if len(taken) > MOST_OPTIONS:
                raise _too_many()
        left_out: set[_Code] = set()
        for exclude in _objects(compose.get("exclude")):
            part = self._included(exclude)
            if part is None:
                return None
            left_out.update(_code(option) for option in part)
        return _several(option for option in taken if _code(option) not in left_out) or None

    def _included(self, include: Mapping[str, Any]) -> tuple[Option, ...] | None:
        """What one include takes in; None where that needs a terminology server."""
        if include.get("filter"):
            return None
        parts = []
        if isinstance(include.get("system"), str):
            parts.append(self._coded(include["system"], include))
        references = include.get("valueSet")
        if isinstance(references, list):
            parts += [self.options(reference) if isinstance(reference, str) else None for reference in references]
        known = [part for part in parts if part is not None]
        if not parts or len(known) < len(parts):
            return None
        common = set.intersection(*({_code(option) for option in part} for part in known))
        return tuple(option for option in known[0] if _code(option) in common)

    def _coded(self, system: str, include: Mapping[str, Any]) -> tuple[Option, ...] | None:
        whole = self._systems.get(system, {})
        told = {option.value.value["code"]: option for option in _concepts(system, _objects(whole.get("concept")), {})}
        if not include.get("concept"):
            return tuple(told.values()) or None
        return tuple(_concepts(system, _objects(include["concept"]), told))


def score_of(*elements: Mapping[str, Any]) -> Decimal | None:
    """What an answer counts, from the first of the elements that says so (itemWeight, ordinalValue)."""
    return next((score for element in elements if (score := Extensions(element).number(*SCORES)) is not None), None)


def _expanded(expansion: Mapping[str, Any]) -> Iterator[Option]:
    for entry in _objects(expansion.get("contains")):
        if isinstance(entry.get("code"), str) and not entry.get("abstract") and not entry.get("inactive"):
            yield _option(entry.get("system", ""), entry, "")
        yield from _expanded(entry)


def _concepts(system: str, concepts: Iterable[Mapping[str, Any]], told: Mapping[str, Option]) -> Iterator[Option]:
    for concept in concepts:
        if isinstance(concept.get("code"), str):
            known = told.get(concept["code"])
            option = _option(system, concept, known.words if known else "")
            yield option._replace(score=known.score) if known and option.score is None else option
        yield from _concepts(system, _objects(concept.get("concept")), told)


def _option(system: str, concept: Mapping[str, Any], words: str) -> Option:
    shown = concept.get("display") or words or concept["code"]
    coding = {"system": system, "code": concept["code"], "display": shown}
    return Option(
        Value("Coding", {name: held for name, held in coding.items() if held}),
        shown,
        prefix=Extensions(concept).text(_LABEL),
        score=score_of(concept),
    )


def _several(options: Iterable[Option]) -> tuple[Option, ...]:
    """Each of them once."""
    kept: dict[_Code, Option] = {}
    for option in options:
        kept.setdefault(_code(option), option)
        if len(kept) > MOST_OPTIONS:
            raise _too_many()
    return tuple(kept.values())


def _too_many() -> Refused:
    return Refused("A list of this form holds more than {most} answers. The form wasn't opened.", most=MOST_OPTIONS)


def _code(option: Option) -> _Code:
    return _Code(option.value.value.get("system", ""), option.value.value["code"])


def _objects(held: Any) -> tuple[Mapping[str, Any], ...]:
    return tuple(member for member in held if isinstance(member, Mapping)) if isinstance(held, list) else ()
