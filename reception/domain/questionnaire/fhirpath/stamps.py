"""Dates, times of day, and both together, as far as they were told: compared and moved as FHIRPath has it."""

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

_DATE = r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?"
_CLOCK = r"(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?"
_DAY = re.compile(_DATE, re.ASCII)
_BOTH = re.compile(rf"{_DATE}(?:T(?:{_CLOCK})?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_TIME = re.compile(rf"T?{_CLOCK}", re.ASCII)

DATE, DATE_TIME, TIME = "Date", "DateTime", "Time"
_HOURS = 4
_MINUTES = 60
_MIDNIGHT = 86_400
_LEAST = (0, 1, 1, 0, 0, Decimal(0))

# How many of a unit make one of a coarser one, where less was told than is moved by.
_COARSER = (
    ("second", "minute", 60),
    ("minute", "hour", 60),
    ("hour", "day", 24),
    ("day", "month", 30),
    ("month", "year", 12),
)
_DAYS_OF_YEAR = 365
_RANKS = {"year": 1, "month": 2, "day": 3, "hour": 4, "minute": 5, "second": 6}
_WORDS = {f"{unit}{s}": unit for unit in (*_RANKS, "week", "millisecond") for s in ("", "s")}
_CODES = {"wk": "week", "d": "day", "h": "hour", "min": "minute", "s": "second", "ms": "millisecond"}

Parts = tuple[int | Decimal, ...]


class Stamp(NamedTuple):
    """A date, a time of day or both: "2024-09" is (2024, 9), seconds are with their fraction.

    `zone` is what was written of it ("Z", "+02:00"), "" for the clock of whoever wrote it.
    """

    kind: str
    parts: Parts
    zone: str = ""

    def __str__(self) -> str:
        """As FHIR writes it."""
        if self.kind == TIME:
            return _clock(self.parts)
        year, *day = self.parts[:3]
        text = "-".join((f"{year:04}", *(f"{part:02}" for part in day)))
        if len(self.parts) < _HOURS:
            return text
        return f"{text}T{_clock(self.parts[3:])}{self.zone}"


def read(text: str, kind: str) -> Stamp | None:
    """Read a text as a date, a time of day or both; None where it is none that a calendar knows."""
    found = {DATE: _DAY, DATE_TIME: _BOTH, TIME: _TIME}[kind].fullmatch(text)
    if found is None:
        return None
    told = found.groups()
    if kind == TIME:
        parts = _parts(told)
        return Stamp(kind, parts) if _is_clock(parts) else None
    parts = _parts(told[:6])
    return Stamp(kind, parts, told[6] or "" if kind == DATE_TIME else "") if _is_known(parts) else None


def compare(one: Stamp, other: Stamp) -> int | None:
    """Tell which comes first, -1, 0 or 1; None where one was told too vaguely for that, or they don't compare."""
    if (one.kind == TIME) is not (other.kind == TIME):
        return None
    here, there = one.parts, other.parts
    if one.zone and other.zone:
        here, there = _in_utc(one), _in_utc(other)
    for mine, yours in zip(here, there, strict=False):
        if mine != yours:
            return -1 if mine < yours else 1
    return 0 if len(here) == len(there) else None


def same(one: Stamp, other: Stamp) -> bool | None:
    """Tell whether two are the same; None where one of them was told too vaguely for that."""
    if (one.kind == TIME) is not (other.kind == TIME):
        return False
    order = compare(one, other)
    return None if order is None else order == 0


def moved(stamp: Stamp, value: Decimal, unit: str) -> Stamp | None:
    """A date or time so much later; None where the unit is none of time, or the calendar ends."""
    measure = _WORDS.get(unit) or _CODES.get(unit)
    if measure is None:
        return None
    if measure == "millisecond":
        value, measure = value / 1000, "second"
    if measure == "week":
        value, measure = Decimal(int(value) * 7), "day"
    if measure != "second":
        value = Decimal(int(value))
    try:
        return _clock_moved(stamp, value, measure) if stamp.kind == TIME else _date_moved(stamp, value, measure)
    except (OverflowError, ValueError):
        return None


def _date_moved(stamp: Stamp, value: Decimal, measure: str) -> Stamp:
    value, measure = _coarser(value, measure, len(stamp.parts))
    year, month, day, hour, minute, second = (*stamp.parts, *_LEAST[len(stamp.parts) :])
    if measure in ("year", "month"):
        months = int(year) * 12 + int(month) - 1 + int(value) * (12 if measure == "year" else 1)
        year, month = divmod(months, 12)
        month += 1
        if not MINYEAR <= year <= MAXYEAR:
            raise ValueError(year)
        day = min(int(day), monthrange(year, month)[1])
        return Stamp(stamp.kind, (year, month, day, hour, minute, second)[: len(stamp.parts)], stamp.zone)
    start = datetime(int(year), int(month), int(day), int(hour), int(minute))  # noqa: DTZ001
    whole, second = divmod(Decimal(second) + value * _seconds(measure), _MINUTES)
    if second < 0:
        whole, second = whole - 1, second + _MINUTES
    then = start + timedelta(minutes=int(whole))
    parts = (then.year, then.month, then.day, then.hour, then.minute, _second(second))
    return Stamp(stamp.kind, parts[: len(stamp.parts)], stamp.zone)


def _clock_moved(stamp: Stamp, value: Decimal, measure: str) -> Stamp | None:
    if measure not in ("hour", "minute", "second"):
        return None
    value, measure = _coarser(value, measure, len(stamp.parts) + 3)
    hour, minute, second = (*stamp.parts, *_LEAST[3 + len(stamp.parts) :])
    moment = (int(hour) * 60 + int(minute)) * 60 + Decimal(second) + value * _seconds(measure)
    moment -= _MIDNIGHT * (moment / _MIDNIGHT).to_integral_value("ROUND_FLOOR")
    minutes, second = divmod(moment, _MINUTES)
    parts = (int(minutes) // 60, int(minutes) % 60, _second(second))
    return Stamp(stamp.kind, parts[: len(stamp.parts)])


def _coarser(value: Decimal, measure: str, rank: int) -> tuple[Decimal, str]:
    """How far to move in a unit that was told."""
    for finer, coarser, count in _COARSER:
        if measure == finer and _RANKS[measure] > rank:
            year = rank == 1 and finer == "day"
            value = Decimal(int(value / (_DAYS_OF_YEAR if year else count)))
            measure = "year" if year else coarser
    return value, measure


def _seconds(measure: str) -> int:
    return {"day": _MIDNIGHT, "hour": 3_600, "minute": 60, "second": 1}[measure]


def _second(second: Decimal) -> int | Decimal:
    """Whole where nothing was told of a fraction."""
    exponent = second.as_tuple().exponent
    return second if isinstance(exponent, int) and exponent < 0 else int(second)


def _parts(told: tuple[str | None, ...]) -> Parts:
    return tuple(Decimal(part) if "." in part else int(part) for part in told if part is not None)


def _is_known(parts: Parts) -> bool:
    year, month, day = (int(part) for part in (*parts, *_LEAST[len(parts) :])[:3])
    return bool(year) and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] and _is_clock(parts[3:])  # noqa: PLR2004


def _is_clock(parts: Parts) -> bool:
    return all(part < most for part, most in zip(parts, (24, 60, 60), strict=False))


def _clock(parts: Parts) -> str:
    return ":".join(f"{int(part):02}{str(part % 1)[1:] if isinstance(part, Decimal) else ''}" for part in parts)


def _in_utc(stamp: Stamp) -> Parts:
    if len(stamp.parts) < _HOURS or stamp.zone == "Z":
        return stamp.parts
    ahead = timedelta(hours=int(stamp.zone[1:3]), minutes=int(stamp.zone[4:]))
    year, month, day, hour, minute, second = (*stamp.parts, *_LEAST[len(stamp.parts) :])
    here = datetime(int(year), int(month), int(day), int(hour), int(minute))  # noqa: DTZ001
    try:
        there = here + ahead if stamp.zone[0] == "-" else here - ahead
    except OverflowError:
        return stamp.parts
    parts = (there.year, there.month, there.day, there.hour, there.minute, second)
    return parts[: len(stamp.parts)]
