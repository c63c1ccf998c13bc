"""Expressions in FHIRPath: fhirpathpy works them out, put right where it errs, loaded only where a form has one."""

import re
import time
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from reception.domain.questionnaire import patterns
from reception.domain.questionnaire.conditions import number
from reception.domain.questionnaire.valuesets import SCORES

PATIENCE = 2.0
"""Seconds after which an expression is given up."""

_LONGEST = 20_000
_LETTERS = re.compile(r"'((?:[^'\\]|\\.)*)'")
_STEPS = re.compile(r"\b(?:item|answer|descendants|children|repeat)\b")
_NAMES = re.compile(r"%`?([A-Za-z_][\w-]*)`?")
# What `repeat` may walk along; with anything else it could make new things for ever.
_WALKS = frozenset({"where", "ofType", "as", "children", "descendants", "first", "last", "exists", "not", "extension"})
_MAKES = frozenset({"AdditiveExpression", "MultiplicativeExpression", "PolarityExpression"})

Data = Sequence[Any]


class NotComputed(Exception):
    """An expression that can't be worked out: malformed, naming what isn't known here, or too long in the doing."""


def parses(text: str) -> bool:
    """Tell whether an expression is one, so that a form's report can say what won't be worked out."""
    try:
        _parsed(text)
    except NotComputed:
        return False
    return True


def literals(text: str) -> frozenset[str]:
    """The texts in quotes that an expression holds, the linkIds it asks about among them."""
    return frozenset(found.replace("\\'", "'") for found in _LETTERS.findall(text))


def walks(text: str) -> bool:
    """Tell whether an expression looks about in the response at all."""
    return _STEPS.search(text) is not None


def variables(text: str) -> frozenset[str]:
    """The names after a % in an expression."""
    return frozenset(_NAMES.findall(text))


def evaluate(text: str, base: Any, given: Mapping[str, Any], today: date | None = None) -> list[Any]:
    """Work out an expression on an element of a response; raises NotComputed where that can't be done.

    What comes out may go into another evaluation; `plain` makes it into JSON.
    """
    parsed = _parsed(text)
    from fhirpathpy import apply_parsed_path  # noqa: PLC0415

    options = {"userInvocationTable": _table(today), "returnRawData": True, "traceFn": _say_nothing}
    try:
        found = apply_parsed_path(base, parsed, dict(given), _Model(), options)
    except NotComputed:
        raise
    except Exception as trouble:
        # It raises bare exceptions for whatever an expression gets wrong.
        raise NotComputed(text) from trouble
    return found if isinstance(found, list) else [found]


def element(json: Mapping[str, Any], path: str) -> Any:
    """An element as a place to start from: its type is known by its path, as in QuestionnaireResponse.item."""
    from fhirpathpy.engine.nodes import ResourceNode  # noqa: PLC0415

    return ResourceNode.create_node(json, path)


def plain(found: Sequence[Any]) -> tuple[tuple[str, Any], ...]:
    """What an expression gave, each with its FHIR type where that is known ("" for an object of some other type)."""
    return tuple(_plain(one) for one in found if one is not None)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Mapping[str, Any]:
    if len(text) > _LONGEST:
        raise NotComputed(text)
    # The parser mends what it can't read and says so on the console; here that is an expression that isn't one.
    from antlr4 import CommonTokenStream, InputStream, Token  # noqa: PLC0415
    from antlr4.error.ErrorListener import ErrorListener  # noqa: PLC0415
    from antlr4.tree.Tree import ParseTreeWalker  # noqa: PLC0415
    from fhirpathpy.parser.ASTPathListener import ASTPathListener  # noqa: PLC0415
    from fhirpathpy.parser.generated.FHIRPathLexer import FHIRPathLexer  # noqa: PLC0415
    from fhirpathpy.parser.generated.FHIRPathParser import FHIRPathParser  # noqa: PLC0415

    class Strict(ErrorListener):  # type: ignore[misc]
        def syntaxError(self, *_: object) -> None:  # noqa: N802
            raise NotComputed(text)

    try:
        lexer = FHIRPathLexer(InputStream(text))
        lexer.removeErrorListeners()
        lexer.addErrorListener(Strict())
        parser = FHIRPathParser(CommonTokenStream(lexer))
        parser.removeErrorListeners()
        parser.addErrorListener(Strict())
        tree = parser.expression()
        if parser.getCurrentToken().type != Token.EOF:
            raise NotComputed(text)
        listener = ASTPathListener()
        ParseTreeWalker().walk(listener, tree)
        parsed: Mapping[str, Any] = listener.parentStack[0]
        if _runs_away(parsed):
            raise NotComputed(text)
    except (RecursionError, LookupError, AttributeError) as trouble:
        raise NotComputed(text) from trouble
    return parsed


def _runs_away(node: Mapping[str, Any], *, repeating: bool = False) -> bool:
    """Whether a `repeat` in the expression could go on for ever."""
    kind = node.get("type")
    if repeating and kind in _MAKES:
        return True
    if kind == "Functn":
        name = str(node["children"][0].get("text"))
        if repeating and name not in _WALKS:
            return True
        within = name == "repeat" or (repeating and name not in ("where", "exists"))
        return any(_runs_away(below, repeating=within) for below in node["children"])
    return any(_runs_away(below, repeating=repeating) for below in node.get("children") or ())


class _Model(dict[str, Any]):
    """FHIR R4 as fhirpathpy knows it; asked at every step, so it is here that one taking too long is stopped."""

    def __init__(self) -> None:
        from fhirpathpy.models import models  # noqa: PLC0415

        super().__init__(models["r4"])
        self._until = time.monotonic() + PATIENCE

    def __getitem__(self, name: str) -> Any:
        if time.monotonic() > self._until:
            raise NotComputed("This takes too long.")
        return super().__getitem__(name)


@lru_cache(maxsize=8)
def _table(today: date | None) -> Mapping[str, Mapping[str, Any]]:
    table: dict[str, dict[str, Any]] = {
        "sum": {"fn": _sum},
        "avg": {"fn": lambda found: Decimal(_sum(found)) / len(found) if found else []},
        "min": {"fn": lambda found: min(map(_comparable, found)) if found else []},
        "max": {"fn": lambda found: max(map(_comparable, found)) if found else []},
        "round": {"fn": _round, "arity": {0: [], 1: ["Number"]}, "nullable_input": True},
        "weight": {"fn": _weights},
        "ordinal": {"fn": _weights},
        "matches": {"fn": _matches, "arity": {1: ["String"]}, "nullable_input": True},
        "replaceMatches": {"fn": _replaced, "arity": {2: ["String", "String"]}, "nullable_input": True},
    }
    if today is not None:
        table["today"] = {"fn": lambda _: today.isoformat()}
    return table


def _say_nothing(*_: object) -> None:
    """A form may ask for a trace; nobody here reads one."""


def _comparable(held: Any) -> Any:
    counted = number(held) if not isinstance(held, float) else Decimal(str(held))
    return held if counted is None else counted


def _sum(found: Data) -> Any:
    if not found:
        return []
    numbers = [_comparable(one) for one in found]
    if all(isinstance(one, str) for one in numbers):
        return "".join(numbers)
    if not all(isinstance(one, Decimal) for one in numbers):
        raise TypeError("only numbers add up")
    total = sum(numbers, Decimal(0))
    return int(total) if all(isinstance(one, int) for one in found) else total


def _round(found: Data, digits: Any = 0) -> Any:
    """Half up, as fhirpath.js does: 0.5 becomes 1, and -0.5 becomes 0."""
    (held,) = found
    shift = Decimal(1).scaleb(int(digits or 0))
    counted = _comparable(held)
    return (counted * shift + Decimal("0.5")).to_integral_value(ROUND_FLOOR) / shift


def _weights(found: Data) -> list[Any]:
    """The score of each answer, coding or option that has one."""
    return [score for one in found if (score := _weight(one)) is not None]


def _weight(held: Any) -> Any:
    if not isinstance(held, Mapping):
        return None
    for extension in held.get("extension") or ():
        if isinstance(extension, Mapping) and extension.get("url") in SCORES:
            return extension.get("valueDecimal", extension.get("valueInteger"))
    return _weight(held.get("valueCoding") or held.get("value"))


def _matches(found: Data, wanted: Any) -> Any:
    (text,) = found
    if not isinstance(wanted, str) or not wanted:
        return []
    return _ready(wanted, text).search(text) is not None


def _replaced(found: Data, wanted: Any, instead: Any) -> Any:
    (text,) = found
    if not isinstance(wanted, str) or not isinstance(instead, str):
        return []
    return _ready(wanted, text).sub(re.sub(r"\$(\d+)", r"\\\1", instead), text)


def _ready(wanted: str, text: str) -> re.Pattern[str]:
    found = patterns.ready(f"(?s:.*?(?:{wanted}))")
    if found is None or len(text) > found.longest:
        raise NotComputed(wanted)
    return re.compile(wanted, re.DOTALL)


def _plain(found: Any) -> tuple[str, Any]:
    from fhirpathpy.engine.nodes import FP_Quantity, FP_Type, ResourceNode  # noqa: PLC0415

    kind = ""
    if isinstance(found, ResourceNode):
        kind, found = (found.path or "").rpartition(".")[2], found.data
    if isinstance(found, FP_Quantity):
        return "Quantity", _quantity(found)
    if isinstance(found, FP_Type):
        return _moment_type(str(found)), str(found)
    if isinstance(found, bool):
        return "boolean", found
    if isinstance(found, int):
        return "integer", found
    if isinstance(found, float | Decimal):
        return "decimal", _tidy(found)
    if isinstance(found, str):
        return kind if kind in _TEXT_TYPES else "string", found
    return kind if kind in ("Coding", "Quantity", "Attachment", "Reference") else _shape(found), found


_TEXT_TYPES = frozenset({"date", "dateTime", "time", "uri", "url"})


def _tidy(held: float | Decimal) -> Decimal:
    exact = Decimal(str(held)) if isinstance(held, float) else held
    try:
        whole = exact.to_integral_value()
    except InvalidOperation:
        return exact
    # 4.0 and 4E+1 are told as 4 and 40.
    return whole.quantize(Decimal(1)) if whole == exact and abs(whole) < Decimal(10) ** 20 else exact


def _quantity(found: Any) -> dict[str, Any]:
    unit = (found.unit or "").strip("'")
    return {"value": Decimal(str(found.value)), "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}


def _moment_type(text: str) -> str:
    if re.match(r"\d{4}", text) is None or ":" in text[:3]:
        return "time"
    return "dateTime" if "T" in text else "date"


def _shape(found: Any) -> str:
    if not isinstance(found, Mapping):
        return ""
    if "value" in found:
        return "Quantity"
    return "Coding" if "code" in found or "display" in found else ""
