"""What expressions walk over: elements of FHIR resources, each knowing its type by its path, and the values in them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from reception.domain.questionnaire.fhirpath.amounts import Amount
from reception.domain.questionnaire.fhirpath.stamps import DATE, DATE_TIME, TIME, Stamp, read

Found = list[Any]
"""What an expression gives: elements, and values that it made itself."""

_STAMPS = {"date": DATE, "dateTime": DATE_TIME, "instant": DATE_TIME, "time": TIME}
_AMOUNTS = frozenset({"Quantity", "SimpleQuantity", "Age", "Count", "Distance", "Duration", "MoneyQuantity"})
_SYSTEM = "System."


class Node:
    """An element of a resource: its JSON, what its path says it is, and what FHIR keeps beside a bare value."""

    __slots__ = ("data", "path", "twin")

    def __init__(self, data: Any, path: str, twin: Any = None) -> None:
        self.data = data
        self.path = str(data["resourceType"]) if isinstance(data, dict) and "resourceType" in data else path
        self.twin = twin

    @property
    def type(self) -> str:
        """Its FHIR type: "Coding", "integer", "QuestionnaireResponse"; of a part of a resource, BackboneElement."""
        return "BackboneElement" if "." in self.path and not self.path.startswith(_SYSTEM) else self.path

    def below(self, name: str) -> Iterator["Node"]:
        """The elements of that name, whichever type a choice like value[x] was made with."""
        if not isinstance(self.data, dict):
            if isinstance(self.twin, Mapping) and name in self.twin:
                yield from _nodes(self.twin[name], None, _child(self.path, name).path)
            return
        child = _child(self.path, name)
        for ending in child.endings:
            held, twin = self.data.get(name + ending), self.data.get(f"_{name}{ending}")
            if held is not None or twin is not None:
                yield from _nodes(held, twin, _type(ending))
                return
        if not child.endings:
            yield from _nodes(self.data.get(name), self.data.get("_" + name), child.path)

    def all_below(self) -> Iterator["Node"]:
        """Every element in it."""
        if isinstance(self.data, dict):
            for name, held in self.data.items():
                if not name.startswith("_"):
                    yield from _nodes(held, self.data.get("_" + name), _child(self.path, name).path)


class _Child(NamedTuple):
    path: str
    endings: tuple[str, ...] = ()


def wrapped(held: Any) -> Found:
    """What is handed to an expression under a name, or as what it starts from."""
    if held is None:
        return []
    if isinstance(held, Mapping):
        return [Node(held, "")]
    if isinstance(held, Sequence) and not isinstance(held, str | Stamp | Amount):
        return [one for each in held for one in wrapped(each)]
    return [Decimal(str(held)) if isinstance(held, float) else held]


def worth(held: Any) -> Any:
    """The value that an element stands for; one that stands for none, a Coding or a group, is itself."""
    if not isinstance(held, Node):
        return held
    data = held.data
    if isinstance(data, str):
        kind = _STAMPS.get(held.path)
        return (read(data, kind) if kind else None) or data
    if isinstance(data, dict):
        return (Amount.of(data) if held.path in _AMOUNTS else None) or held
    if data is None:
        return held
    return Decimal(str(data)) if isinstance(data, float) else data


def type_of(held: Any) -> tuple[str, str]:
    """The namespace and the name of a type: FHIR's Coding, System's Integer."""
    if isinstance(held, Node):
        if held.path.startswith(_SYSTEM):
            return "System", held.path.removeprefix(_SYSTEM)
        return ("FHIR", held.type) if held.path else ("System", "Object")
    if isinstance(held, Stamp):
        return "System", held.kind
    for kind, name in (
        (bool, "Boolean"),
        (int, "Integer"),
        (Decimal, "Decimal"),
        (str, "String"),
        (Amount, "Quantity"),
    ):
        if isinstance(held, kind):
            return "System", name
    return "System", "Object"


def is_a(held: Any, wanted: str) -> bool:
    """Tell whether something is of a type, named with or without its namespace, or of one that is made from it."""
    namespace, _, name = wanted.rpartition(".")
    here, actual = type_of(held)
    if namespace and namespace != here:
        return False
    return actual == name if here == "System" else name in _kinds(actual)


def counts_as(held: Any, wanted: str) -> bool:
    """The same, where a value of FHIR also counts as the one of System that it stands for."""
    if is_a(held, wanted):
        return True
    name = wanted.rpartition(".")[2]
    return not wanted.startswith("FHIR.") and type_of(worth(held)) == ("System", name)


@lru_cache(maxsize=1)
def _model() -> Mapping[str, Mapping[str, Any]]:
    from fhirpathpy.models import models  # noqa: PLC0415

    model: Mapping[str, Mapping[str, Any]] = models["r4"]
    return model


@lru_cache(maxsize=4096)
def _child(path: str, name: str) -> _Child:
    if name == "extension":
        return _Child("Extension")
    if not path:
        return _Child("")
    model = _model()
    for kind in (path, *_kinds(path)):
        below = model["pathsDefinedElsewhere"].get(f"{kind}.{name}", f"{kind}.{name}")
        if below in model["choiceTypePaths"]:
            return _Child(below, tuple(model["choiceTypePaths"][below]))
        if below in model["path2Type"]:
            told = model["path2Type"][below]
            return _Child(below if told in ("BackboneElement", "Element") else told)
    return _Child(model["pathsDefinedElsewhere"].get(f"{path}.{name}", f"{path}.{name}"))


@lru_cache(maxsize=256)
def _kinds(name: str) -> tuple[str, ...]:
    """A type, and those that it is made from."""
    parents = _model()["type2Parent"]
    found = [name]
    while found[-1] in parents:
        found.append(parents[found[-1]])
    return tuple(found)


@lru_cache(maxsize=64)
def _type(ending: str) -> str:
    return ending if ending in _model()["type2Parent"] else ending[0].lower() + ending[1:]


def _nodes(held: Any, twin: Any, path: str) -> Iterator[Node]:
    if isinstance(held, list | tuple):
        twins = twin if isinstance(twin, list | tuple) else ()
        for index, one in enumerate(held):
            beside = twins[index] if index < len(twins) else None
            if one is not None or beside is not None:
                yield Node(one, path, beside)
    elif held is not None or twin is not None:
        yield Node(held, path, twin)
