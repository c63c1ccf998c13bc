"""Reckoning in expressions: what stands between two numbers, quantities, texts or dates, and what is done to one."""

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Context, Decimal
from functools import reduce
from typing import Any

from reception.domain.questionnaire.fhirpath import amounts, stamps
from reception.domain.questionnaire.fhirpath.amounts import ONE, Amount
from reception.domain.questionnaire.fhirpath.comparing import Mismatch, amount, ordered
from reception.domain.questionnaire.fhirpath.nodes import Found, worth
from reception.domain.questionnaire.fhirpath.stamps import Stamp

# A third has no end: it is kept so exactly that three of them, rounded as all the rest, are one again.
_SHORT = Context(prec=28)
_LONG = Context(prec=40)
MOST_DIGITS = 60
TOLD = 16


def told(value: Decimal) -> Decimal:
    """A number as it is told: one without an end with sixteen digits, 4.0 and 4E+1 as 4 and 40."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent >= TOLD:
        value = Context(prec=TOLD).plus(value)
    return trimmed(value)


def trimmed(value: Decimal) -> Decimal:
    """A number without the zeros that say nothing."""
    if not value:
        return Decimal(0)
    if not value.is_finite() or value.adjusted() > MOST_DIGITS:
        raise Mismatch("This is too large.")
    whole = value.to_integral_value()
    if whole == value:
        return whole.quantize(Decimal(1)) if whole.adjusted() < _LONG.prec - 1 else whole
    return value.normalize(_LONG)


def plus(one: Any, other: Any) -> Found:
    """`+`: numbers, quantities, texts; a date and how much later."""
    if isinstance(one, str) and isinstance(other, str):
        return [one + other]
    if isinstance(other, Amount) and isinstance(one, str | Stamp):
        return _later(one, other.value, other)
    if isinstance(one, Amount) or isinstance(other, Amount):
        return _added(one, other, 1)
    return [_number(one, other, lambda mine, yours: mine + yours, _SHORT.add)]


def minus(one: Any, other: Any) -> Found:
    """`-`: numbers, quantities; a date and how much earlier."""
    if isinstance(other, Amount) and isinstance(one, str | Stamp):
        return _later(one, -other.value, other)
    if isinstance(one, Amount) or isinstance(other, Amount):
        return _added(one, other, -1)
    return [_number(one, other, lambda mine, yours: mine - yours, _SHORT.subtract)]


def times(one: Any, other: Any) -> Found:
    """`*`: numbers and quantities."""
    if isinstance(one, Amount) or isinstance(other, Amount):
        return [amounts.times(amount(one), amount(other))]
    return [_number(one, other, lambda mine, yours: mine * yours, _SHORT.multiply)]


def per(one: Any, other: Any) -> Found:
    """`/`: numbers and quantities; nothing where it is by zero."""
    if isinstance(one, Amount) or isinstance(other, Amount):
        return [amounts.per(amount(one), amount(other))] if amount(other).value else []
    mine, yours = _decimal(one), _decimal(other)
    return [trimmed(_LONG.divide(mine, yours))] if yours else []


def whole_times(one: Any, other: Any) -> Found:
    """`div`: how often it goes into it."""
    mine, yours = _decimal(one), _decimal(other)
    return [int(_LONG.divide_int(mine, yours))] if yours else []


def left_over(one: Any, other: Any) -> Found:
    """`mod`: what is left then."""
    mine, yours = _decimal(one), _decimal(other)
    if not yours:
        return []
    left = _LONG.remainder(mine, yours)
    return [int(left) if isinstance(one, int) and isinstance(other, int) else trimmed(left)]


def negative(held: Any) -> Any:
    """`-` before a number or a quantity."""
    if isinstance(held, Amount):
        return held._replace(value=-held.value)
    if not _is_number(held):
        raise Mismatch("Only a number has a negative.")
    return -held


BETWEEN: Mapping[str, Callable[[Any, Any], Found]] = {
    "+": plus,
    "-": minus,
    "*": times,
    "/": per,
    "div": whole_times,
    "mod": left_over,
}
"""What the signs between two things do."""


def total(found: Found) -> Found:
    """All together; of nothing it is nothing."""
    values = list(map(worth, found))
    return values if len(values) == 1 else [reduce(lambda one, other: plus(one, other)[0], values)] if values else []


def mean(found: Found) -> Found:
    """The mean of all."""
    return per(total(found)[0], len(found)) if found else []


def least(found: Found) -> Found:
    """The first of all in their order."""
    return [reduce(lambda one, other: other if (ordered(other, one) or 0) < 0 else one, found)] if found else []


def most(found: Found) -> Found:
    """The last of all in their order."""
    return [reduce(lambda one, other: other if (ordered(other, one) or 0) > 0 else one, found)] if found else []


def size(held: Any) -> Any:
    """What is left without its sign."""
    return held._replace(value=abs(held.value)) if isinstance(held, Amount) else abs(_given(held))


def rounded(held: Any, digits: int = 0) -> Any:
    """Half up, as other programs that reckon scores do it: 0.5 becomes 1, and -0.5 becomes 0."""
    if (isinstance(_given(held), int) and digits >= 0) or digits > MOST_DIGITS:
        return held
    if digits < -MOST_DIGITS:
        return 0
    shift = Decimal(1).scaleb(digits)
    # What has no end is a half too where it is told as one.
    exact = _SHORT.plus(Decimal(held))
    return trimmed((exact * shift + Decimal("0.5")).to_integral_value(ROUND_FLOOR) / shift)


def ceiling(held: Any) -> int:
    """The next whole number above."""
    return _whole(held, ROUND_CEILING)


def floor(held: Any) -> int:
    """The next whole number below."""
    return _whole(held, ROUND_FLOOR)


def cut(held: Any) -> int:
    """The whole number in it."""
    return _whole(held, ROUND_DOWN)


def root(held: Any) -> Found:
    """The square root."""
    value = Decimal(_given(held))
    return [trimmed(_LONG.sqrt(value))] if value >= 0 else []


def power(held: Any, exponent: Any) -> Found:
    """One to the power of another; nothing where that is no number."""
    base, degree = _given(held), _given(exponent)
    if (base < 0 and Decimal(degree) % 1) or (base == 0 and degree < 0):
        return []
    if base == degree == 0:
        return [1]
    raised = trimmed(_LONG.power(Decimal(base), Decimal(degree)))
    return [int(raised) if isinstance(base, int) and isinstance(degree, int) and degree >= 0 else raised]


def exponential(held: Any) -> Decimal:
    """The exponential."""
    return trimmed(_LONG.exp(Decimal(_given(held))))


def logarithm(held: Any, base: Any = None) -> Found:
    """The logarithm, natural or to a base."""
    value = Decimal(_given(held))
    if value <= 0 or (base is not None and (_given(base) <= 0 or base == 1)):
        return []
    found = _LONG.ln(value) if base is None else _LONG.divide(_LONG.ln(value), _LONG.ln(Decimal(base)))
    return [trimmed(_SHORT.plus(found))]


def _added(one: Any, other: Any, sign: int) -> Found:
    pair = amounts.alike(amount(one), amount(other))
    if pair is None:
        return []
    return [Amount(pair[0].value + sign * pair[1].value, pair[0].unit)]


def _later(one: str | Stamp, value: Decimal, measure: Amount) -> Found:
    kinds = (stamps.DATE, stamps.DATE_TIME, stamps.TIME)
    start = one if isinstance(one, Stamp) else next((s for kind in kinds if (s := stamps.read(one, kind))), None)
    found = stamps.moved(start, value, measure.unit) if start is not None and measure.unit != ONE else None
    if found is None:
        raise Mismatch("A date is moved by years, months, days or hours.")
    return [found]


def _number(
    one: Any, other: Any, whole: Callable[[int, int], int], exact: Callable[[Decimal, Decimal], Decimal]
) -> int | Decimal:
    if type(one) is int and type(other) is int:
        found = whole(one, other)
        if abs(found) >= 10**MOST_DIGITS:
            raise Mismatch("This is too large.")
        return found
    return trimmed(exact(_decimal(one), _decimal(other)))


def _decimal(held: Any) -> Decimal:
    """A number, or a text that is one: some forms ask for numbers in a text."""
    if isinstance(held, str):
        try:
            return Decimal(held.strip())
        except ArithmeticError as trouble:
            raise Mismatch("This is no number.") from trouble
    return Decimal(_given(held))


def _given(held: Any) -> Any:
    if not _is_number(held):
        raise Mismatch("This is no number.")
    return held


def _is_number(held: Any) -> bool:
    return isinstance(held, int | Decimal) and not isinstance(held, bool)


def _whole(held: Any, way: str) -> int:
    return int(_SHORT.plus(Decimal(_given(held))).to_integral_value(way))
