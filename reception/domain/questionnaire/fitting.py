"""What an expression gave, made into answers of the type that its question takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from reception.domain.questionnaire import fhirpath
from reception.domain.questionnaire.conditions import clock, equal, moment, number
from reception.domain.questionnaire.elements import words_of
from reception.domain.questionnaire.scoring import plain
from reception.domain.questionnaire.values import Item, Kind, Value


def fitted(item: Item, found: Sequence[Any]) -> tuple[Value, ...]:
    """What an expression gave as answers to a question; what its type can't hold is left out."""
    values = (_fitted(item, kind, held) for kind, held in plain(found))
    told = tuple(value for value in values if value is not None)
    return told if item.repeats else told[:1]


def spoken(found: Sequence[Any]) -> str:
    """What an expression gave, in words."""
    return " ".join(words_of(Value(kind or "string", held)) for kind, held in fhirpath.plain(found))


def _fitted(item: Item, kind: str, held: Any) -> Value | None:
    counted = number(_bare(item, held) if kind == "Quantity" else held)
    match item.kind:
        case Kind.BOOLEAN:
            return Value("boolean", held) if isinstance(held, bool) else None
        case Kind.INTEGER:
            return Value("integer", int(counted)) if counted is not None and counted == int(counted) else None
        case Kind.DECIMAL:
            return Value("decimal", counted) if counted is not None else None
        case Kind.QUANTITY:
            if kind == "Quantity":
                return Value(kind, held)
            return Value("Quantity", {"value": counted, **_unit(item)}) if counted is not None else None
        case Kind.DATE | Kind.DATE_TIME | Kind.TIME:
            return _fitted_moment(item, held)
        case Kind.CHOICE | Kind.OPEN_CHOICE:
            return _fitted_option(item, kind, held)
        case Kind.STRING | Kind.TEXT | Kind.URL:
            words = words_of(Value(kind or "string", held)) if not isinstance(held, Mapping) or kind else ""
            return Value("uri" if item.kind is Kind.URL else "string", words) if words else None
        case _:
            return Value(kind, held) if kind.lower() == item.kind.value else None


def _fitted_moment(item: Item, held: Any) -> Value | None:
    if not isinstance(held, str):
        return None
    if item.kind is Kind.TIME:
        return Value("time", held) if clock(held) is not None else None
    if moment(held) is None:
        return None
    return Value("date", held[:10]) if item.kind is Kind.DATE else Value("dateTime", held)


def _fitted_option(item: Item, kind: str, held: Any) -> Value | None:
    given = Value(kind, held)
    for option in item.options:
        if equal(option.value, given) or (option.value.type == "Coding" and option.value.value.get("code") == held):
            return option.value
    if kind == "Coding" and not item.options:
        return given
    return given if kind == "string" and held and item.kind is Kind.OPEN_CHOICE else None


def _bare(item: Item, quantity: Mapping[str, Any]) -> Any:
    """The number of a quantity, for a question about a number in that unit, or in none."""
    wanted = _unit(item).get("code")
    return quantity.get("value") if wanted is None or quantity.get("code") in (wanted, "1") else None


def _unit(item: Item) -> dict[str, Any]:
    if item.unit is None:
        return {}
    coding = item.unit.value
    named = {
        "unit": coding.get("display") or coding.get("code"),
        "system": coding.get("system"),
        "code": coding.get("code"),
    }
    return {name: told for name, told in named.items() if told is not None}
