"""One answer of FHIR at a time: read, written and told in words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from reception.domain.questionnaire.values import Value

_TEXTS = frozenset({
    "date", "dateTime", "time", "instant", "string", "markdown", "code", "id", "uri", "url", "canonical", "oid", "uuid",
    "base64Binary",
})  # fmt: skip
_WHOLES = frozenset({"integer", "positiveInt", "unsignedInt"})
_PRIMITIVES = _TEXTS | _WHOLES | {"boolean", "decimal"}


def value_of(json: Mapping[str, Any], stem: str = "value") -> Value | None:
    """What {"valueBoolean": true} says; None where there is no value[x], or one that its type can't hold."""
    for name, held in json.items():
        if name.startswith(stem) and name[len(stem) : len(stem) + 1].isupper():
            found = _fitted(name[len(stem) :], held)
            if found is not None:
                return found
    return None


def json_of(value: Value, stem: str = "value") -> dict[str, Any]:
    """The answer as FHIR writes it: {"valueBoolean": true}."""
    return {stem + value.type[0].upper() + value.type[1:]: value.value}


def words_of(value: Value) -> str:
    """An answer in plain words, as FHIR holds it: "Yes", "2024-09", "72.5 kg", what the option shows."""
    held = value.value
    match value.type:
        case "boolean":
            return "Yes" if held else "No"
        case "decimal":
            return format(held, "f")
        case "Coding":
            return str(held.get("display") or held.get("code") or held.get("system") or "")
        case "CodeableConcept":
            return str(held.get("text") or words_of(Value("Coding", _first(held.get("coding")))))
        case "Quantity":
            return _amount(held)
        case "Attachment":
            return str(held.get("title") or held.get("url") or held.get("contentType") or "File")
        case "Reference":
            identifier = held.get("identifier")
            known = identifier.get("value") if isinstance(identifier, Mapping) else ""
            return str(held.get("display") or held.get("reference") or known or "")
        case _:
            return str(held)


def _fitted(ending: str, held: Any) -> Value | None:
    name = ending[0].lower() + ending[1:]
    if name not in _PRIMITIVES:
        return Value(ending, held) if isinstance(held, Mapping) else None
    if name == "boolean":
        return Value(name, held) if isinstance(held, bool) else None
    if isinstance(held, bool):
        return None
    if name in _WHOLES:
        return _whole(name, held)
    if name == "decimal":
        return Value(name, Decimal(held)) if isinstance(held, int | Decimal) else None
    return Value(name, held) if isinstance(held, str) else None


def _first(held: Any) -> Mapping[str, Any]:
    return held[0] if isinstance(held, list) and held and isinstance(held[0], Mapping) else {}


def _whole(name: str, held: Any) -> Value | None:
    if isinstance(held, Decimal) and held == held.to_integral_value():
        return Value(name, int(held))
    return Value(name, held) if isinstance(held, int) else None


def _amount(quantity: Mapping[str, Any]) -> str:
    number = quantity.get("value")
    parts = (
        str(quantity.get("comparator") or ""),
        format(number, "f") if isinstance(number, Decimal) else "" if number is None else str(number),
        str(quantity.get("unit") or quantity.get("code") or ""),
    )
    return " ".join(part for part in parts if part)
