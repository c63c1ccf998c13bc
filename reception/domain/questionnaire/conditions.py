"""Whether answers are what a condition asks for: enableWhen as FHIR's fifth release words it."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from reception.domain.questionnaire.values import Value

NUMBERS = frozenset({"integer", "decimal", "positiveInt", "unsignedInt"})
TEXTS = frozenset({"string", "markdown", "code", "id", "uri", "url", "canonical", "oid", "uuid"})
MOMENTS = frozenset({"date", "dateTime", "instant"})

_MOMENT = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::([0-5]\d|60)(?:\.(\d+))?)?"
    r"(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?)?)?)?",
    re.ASCII,
)
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60))?(?:\.(\d+))?", re.ASCII)

# What the units that clinics measure in have in common: the dimension, and how many of its base one of them is.
UNITS: dict[str, tuple[str, Decimal]] = {
    unit: (dimension, Decimal(factor))
    for dimension, units in {
        "mass": {
            "ug": "0.000001",
            "mg": "0.001",
            "g": "1",
            "kg": "1000",
            "[lb_av]": "453.59237",
            "[oz_av]": "28.349523125",
        },
        "length": {"mm": "0.001", "cm": "0.01", "m": "1", "[in_i]": "0.0254", "[ft_i]": "0.3048"},
        "volume": {"uL": "0.000001", "mL": "0.001", "dL": "0.1", "L": "1", "l": "1"},
        "time": {"s": "1", "min": "60", "h": "3600", "d": "86400", "wk": "604800"},
        "months": {"mo": "1", "a": "12"},
    }.items()
    for unit, factor in units.items()
}
_UCUM = "http://unitsofmeasure.org"


class Moment(NamedTuple):
    """A date or a time of day as far as it was told: "2024-09" runs from the first of September to the end of the 30th.

    The clock is that of whoever wrote it; `ahead` is by how much it is ahead of UTC, None where that isn't told.
    """

    first: datetime
    last: datetime
    ahead: timedelta | None


def moment(text: str) -> Moment | None:
    """Read a date, whole or partial, or a date with a time; None where it is none that a calendar knows."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        first = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0))  # noqa: DTZ001
        first += timedelta(seconds=int(second or 0))
        ahead = _ahead(zone)
        # At the ends of the calendar another clock would fall off it.
        _ = first - (ahead or timedelta(0))
    except (ValueError, OverflowError):
        return None
    if second is not None:
        first += timedelta(microseconds=int((fraction or "0")[:6].ljust(6, "0")))
        return Moment(first, first, ahead)
    return Moment(first, _last(first, month, day, hour), ahead)


def clock(text: str) -> tuple[int, int, int, str] | None:
    """Read a time of day; None where it is none."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, second, fraction = found.groups()
    return int(hour), int(minute), int(second or 0), (fraction or "").rstrip("0")


def equal(one: Value, other: Value) -> bool:
    """Tell whether two answers are the same: numbers by their worth, codings by code and system, units converted."""
    return _same(one, other) is True


def compare(operator: str, answers: Sequence[Value], wanted: Value) -> bool:
    """Tell whether the answers to a question meet a condition: `!=` where none is equal, others where one meets it.

    No answer at all meets `!=`, and `exists` where that asks for none.
    """
    told = judge(operator, answers, wanted)
    return told is not False if operator == "!=" else told is True


def judge(operator: str, answers: Sequence[Value], wanted: Value) -> bool | None:
    """The same, None where it can't be told: a date too vague, a unit that doesn't convert, a type without an order."""
    match operator:
        case "exists":
            return bool(answers) is (wanted.value is not False)
        case "=":
            return _any(_same(answer, wanted) for answer in answers)
        case "!=":
            return _not(_any(_same(answer, wanted) for answer in answers))
        case ">":
            return _any(_after(answer, wanted) for answer in answers)
        case "<":
            return _any(_after(wanted, answer) for answer in answers)
        case ">=":
            return _any(_at_least(answer, wanted) for answer in answers)
        case "<=":
            return _any(_at_least(wanted, answer) for answer in answers)
        case _:
            return None


def number(value: Any) -> Decimal | None:
    """A number as it counts; None for anything else, yes and no among it."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)


def _same(one: Value, other: Value) -> bool | None:
    if one.type in NUMBERS and other.type in NUMBERS:
        return number(one.value) == number(other.value)
    if one.type in TEXTS and other.type in TEXTS:
        return bool(one.value == other.value)
    if one.type in MOMENTS and other.type in MOMENTS:
        return _same_moment(one, other)
    if one.type != other.type:
        return False
    match one.type:
        case "time":
            return clock(one.value) == clock(other.value)
        case "Coding":
            return _coding(one.value) == _coding(other.value)
        case "Quantity":
            pair = _amounts(one.value, other.value)
            return None if pair is None else pair[0] == pair[1]
        case "Reference":
            return bool(one.value.get("reference") == other.value.get("reference"))
        case _:
            return bool(one.value == other.value)


def _after(one: Value, other: Value) -> bool | None:
    pair = _ordered(one, other)
    if pair is not None:
        return bool(pair[0] > pair[1])
    spans = _moments(one, other)
    if spans is None:
        return None
    (first, last), (other_first, other_last) = spans
    if first > other_last:
        return True
    return False if last <= other_first or (first, last) == (other_first, other_last) else None


def _at_least(one: Value, other: Value) -> bool | None:
    return True if _same(one, other) else _not(_after(other, one))


def _ordered(one: Value, other: Value) -> tuple[Any, Any] | None:
    if one.type in NUMBERS and other.type in NUMBERS:
        return number(one.value), number(other.value)
    if one.type == other.type == "Quantity":
        return _amounts(one.value, other.value)
    if one.type == other.type == "time":
        pair = clock(one.value), clock(other.value)
        return None if None in pair else pair
    return None


def _moments(one: Value, other: Value) -> tuple[tuple[datetime, datetime], tuple[datetime, datetime]] | None:
    if one.type not in MOMENTS or other.type not in MOMENTS:
        return None
    here, there = moment(one.value), moment(other.value)
    if here is None or there is None:
        return None
    if here.ahead is None or there.ahead is None:
        return (here.first, here.last), (there.first, there.last)
    return (here.first - here.ahead, here.last - here.ahead), (there.first - there.ahead, there.last - there.ahead)


def _same_moment(one: Value, other: Value) -> bool | None:
    spans = _moments(one, other)
    if spans is None:
        return bool(one.value == other.value)
    if spans[0] == spans[1]:
        return True
    (first, last), (other_first, other_last) = spans
    return False if last < other_first or other_last < first else None


def _coding(coding: Mapping[str, Any]) -> tuple[Any, Any]:
    code = coding.get("code")
    return coding.get("system"), code if code is not None else ("", coding.get("display"))


def _amounts(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[Decimal, Decimal] | None:
    """The two numbers in one unit, where there is one; a number without a unit is taken in the other's."""
    here, there = number(one.get("value")), number(other.get("value"))
    if here is None or there is None:
        return None
    unit, other_unit = _unit(one), _unit(other)
    if not unit or not other_unit or unit == other_unit:
        return here, there
    measure, other_measure = UNITS.get(unit), UNITS.get(other_unit)
    if measure is None or other_measure is None or measure[0] != other_measure[0]:
        return None
    return here * measure[1], there * other_measure[1]


def _unit(quantity: Mapping[str, Any]) -> str:
    code = quantity.get("code") if quantity.get("system") in (None, _UCUM) else None
    return str(code or quantity.get("unit") or quantity.get("code") or "")


def _ahead(zone: str | None) -> timedelta | None:
    if zone is None:
        return None
    if zone == "Z":
        return timedelta(0)
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:]))
    return -ahead if zone[0] == "-" else ahead


def _last(first: datetime, month: str | None, day: str | None, hour: str | None) -> datetime:
    last = first.replace(second=59, microsecond=999_999)
    if hour is None:
        last = last.replace(hour=23, minute=59)
    if month is None:
        last = last.replace(month=12)
    if day is None:
        last = last.replace(day=monthrange(last.year, last.month)[1])
    return last


def _any(told: Iterable[bool | None]) -> bool | None:
    open_ = False
    for one in told:
        if one:
            return True
        open_ = open_ or one is None
    return None if open_ else False


def _not(told: bool | None) -> bool | None:
    return None if told is None else not told
