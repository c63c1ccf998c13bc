"""Quantities in expressions: compared and reckoned with where their units allow."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from reception.domain.questionnaire.conditions import UNITS, number

UCUM = "http://unitsofmeasure.org"
ONE = "1"

# A year of the calendar is no year of UCUM's: these compare with each other only.
_CALENDAR = {
    **{word: ("months", Decimal(count)) for word, count in {"year": 12, "month": 1}.items()},
    **{word: ("time", Decimal(count)) for word, count in {"week": 604_800, "day": 86_400}.items()},
    **{word: ("time", Decimal(count)) for word, count in {"hour": 3_600, "minute": 60, "second": 1}.items()},
    "millisecond": ("time", Decimal("0.001")),
}
_CODES = {
    "year": "a", "month": "mo", "week": "wk", "day": "d", "hour": "h", "minute": "min", "second": "s",
    "millisecond": "ms",
}  # fmt: skip


class Amount(NamedTuple):
    """So much of a unit; the unit is UCUM's, or a word of the calendar."""

    value: Decimal
    unit: str = ONE

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> "Amount | None":
        """Read a FHIR Quantity; None where it doesn't say how much."""
        value = number(json.get("value"))
        if value is None or json.get("comparator"):
            return None
        code = json.get("code") if json.get("system") in (None, UCUM) else None
        return cls(value, str(code or json.get("unit") or ONE))

    def __str__(self) -> str:
        """As FHIRPath writes it."""
        told = format(self.value, "f")
        return f"{told} {self.unit}" if of_calendar(self) else f"{told} '{self.unit}'"

    @property
    def json(self) -> dict[str, Any]:
        """As FHIR writes it."""
        code = _CODES.get(_singular(self.unit), self.unit)
        return {"value": self.value, "unit": self.unit, "system": UCUM, "code": code}


def alike(one: Amount, other: Amount) -> tuple[Amount, Amount] | None:
    """Two in the finer unit of both; None where one can't be said in the unit of the other."""
    if one.unit == other.unit:
        return one, other
    here, there = _measure(one.unit), _measure(other.unit)
    if here is None or there is None or here[0] != there[0]:
        return None
    if here[1] <= there[1]:
        return one, Amount(other.value * there[1] / here[1], one.unit)
    return Amount(one.value * here[1] / there[1], other.unit), other


def of_calendar(amount: Amount) -> bool:
    """Whether it is said in years, months, days, rather than in UCUM's units."""
    return _singular(amount.unit) in _CALENDAR


def in_base(amount: Amount) -> tuple[str, Decimal]:
    """What two that are the same have in common."""
    dimension, factor = _measure(amount.unit) or (amount.unit, Decimal(1))
    return dimension, amount.value * factor


def times(one: Amount, other: Amount) -> Amount:
    """The product of two, a square of the same."""
    if ONE in (one.unit, other.unit):
        return Amount(one.value * other.value, one.unit if other.unit == ONE else other.unit)
    pair = alike(one, other)
    if pair is not None:
        return Amount(pair[0].value * pair[1].value, f"{pair[0].unit}2")
    return Amount(one.value * other.value, f"{one.unit}.{other.unit}")


def per(one: Amount, other: Amount) -> Amount:
    """One of them for each of the other; what is of a kind becomes a bare number."""
    pair = alike(one, other)
    if pair is not None:
        return Amount(pair[0].value / pair[1].value)
    unit = one.unit if other.unit == ONE else f"{one.unit}/{other.unit}"
    return Amount(one.value / other.value, unit)


def _measure(unit: str) -> tuple[str, Decimal] | None:
    word = _singular(unit)
    dimension, factor = _CALENDAR.get(word) or UNITS.get(unit) or ("", Decimal(0))
    if dimension == "months" and word not in _CALENDAR:
        dimension = "months of UCUM"
    return (dimension, factor) if dimension else None


def _singular(unit: str) -> str:
    return unit.removesuffix("s") if len(unit) > 3 else unit  # noqa: PLR2004 - "ms" is no word
