"""What expressions do to one value, by its name in FHIRPath: what it takes, and what it takes beside."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from reception.domain.questionnaire.fhirpath import stamps, sums, texts
from reception.domain.questionnaire.fhirpath.amounts import Amount
from reception.domain.questionnaire.fhirpath.comparing import Mismatch, single
from reception.domain.questionnaire.fhirpath.nodes import Found, Node, worth
from reception.domain.questionnaire.fhirpath.stamps import Stamp

_NUMBERS = frozenset({int, Decimal})
_TEXT = frozenset({str})
_WHOLE = frozenset({int})
_ANY: frozenset[type] = frozenset()


class Act(NamedTuple):
    """A function of one value: of which types it is, of which the others, and how many of those it needs."""

    do: Callable[..., Any]
    takes: frozenset[type] = _ANY
    beside: tuple[frozenset[type], ...] = ()
    needs: int = 0


def acted(act: Act, found: Found, others: list[Found]) -> Found:
    """What a function makes of a value; nothing of nothing, and nothing where what it takes beside is nothing."""
    if not act.needs <= len(others) <= len(act.beside):
        raise Mismatch("It takes more or less than that.")
    if not single(found) or not all(map(single, others)):
        return []
    held = _as(act.takes, found[0])
    made = act.do(held, *(_as(kinds, other[0]) for kinds, other in zip(act.beside, others, strict=False)))
    return made if isinstance(made, list) else [] if made is None else [made]


def _as(kinds: frozenset[type], held: Any) -> Any:
    """One value of the types that are taken; raises Mismatch for another."""
    if str in kinds and isinstance(held, Node) and isinstance(held.data, str):
        return held.data
    value = worth(held)
    if str in kinds and isinstance(value, Stamp):
        return str(value)
    if kinds and type(value) not in kinds:
        raise Mismatch("It isn't for that.")
    return value


def _of_text(do: Callable[..., Any], *beside: frozenset[type], needs: int | None = None) -> Act:
    return Act(do, _TEXT, beside, len(beside) if needs is None else needs)


def _part(kind: str) -> Act:
    names = ("year", "month", "day", "hour", "minute", "second")
    index = names.index(kind)

    def part(held: Any) -> int | None:
        at = index - 3 if isinstance(held, Stamp) and held.kind == stamps.TIME else index
        if not isinstance(held, Stamp):
            raise Mismatch("Only a date has that.")
        return int(held.parts[at]) if 0 <= at < len(held.parts) else None

    return Act(part)


def _stamp(kind: str) -> Callable[[Any], Stamp | None]:
    return lambda held: texts.to_stamp(held, kind)


_CONVERSIONS: Mapping[str, Callable[..., Any]] = {
    "Integer": texts.to_whole,
    "Decimal": texts.to_number,
    "String": texts.to_text,
    "Boolean": texts.to_truth,
    "Date": _stamp(stamps.DATE),
    "DateTime": _stamp(stamps.DATE_TIME),
    "Time": _stamp(stamps.TIME),
    "Quantity": texts.to_amount,
}


def _converts(do: Callable[..., Any]) -> Callable[..., bool]:
    return lambda held, *unit: do(held, *unit) is not None


def _beside(name: str) -> tuple[frozenset[type], ...]:
    return (_TEXT,) if name == "Quantity" else ()


FUNCTIONS: Mapping[str, Act] = {
    "indexOf": _of_text(str.find, _TEXT),
    "lastIndexOf": _of_text(str.rfind, _TEXT),
    "substring": _of_text(texts.substring, _WHOLE, _WHOLE, needs=1),
    "startsWith": _of_text(str.startswith, _TEXT),
    "endsWith": _of_text(str.endswith, _TEXT),
    "contains": _of_text(lambda text, part: part in text, _TEXT),
    "upper": _of_text(str.upper),
    "lower": _of_text(str.lower),
    "trim": _of_text(str.strip),
    "length": _of_text(len),
    "toChars": _of_text(list),
    "replace": _of_text(texts.replaced, _TEXT, _TEXT),
    "matches": _of_text(texts.matches, _TEXT),
    "matchesFull": _of_text(texts.matches_whole, _TEXT),
    "replaceMatches": _of_text(texts.replaced_matches, _TEXT, _TEXT),
    "split": _of_text(texts.split, _TEXT),
    "encode": _of_text(texts.encoded, _TEXT),
    "decode": _of_text(texts.decoded, _TEXT),
    "escape": _of_text(texts.escaped, _TEXT),
    "unescape": _of_text(texts.unescaped, _TEXT),
    "abs": Act(sums.size, _NUMBERS | {Amount}),
    "ceiling": Act(sums.ceiling, _NUMBERS),
    "floor": Act(sums.floor, _NUMBERS),
    "truncate": Act(sums.cut, _NUMBERS),
    "round": Act(sums.rounded, _NUMBERS, (_WHOLE,)),
    "sqrt": Act(sums.root, _NUMBERS),
    "exp": Act(sums.exponential, _NUMBERS),
    "ln": Act(sums.logarithm, _NUMBERS),
    "log": Act(sums.logarithm, _NUMBERS, (_NUMBERS,), 1),
    "power": Act(sums.power, _NUMBERS, (_NUMBERS,), 1),
    **{f"{part}Of": _part(part) for part in ("year", "month", "day", "hour", "minute", "second")},
    **{f"to{name}": Act(do, _ANY, _beside(name)) for name, do in _CONVERSIONS.items()},
    **{f"convertsTo{name}": Act(_converts(do), _ANY, _beside(name)) for name, do in _CONVERSIONS.items()},
}
"""The functions of one value."""
