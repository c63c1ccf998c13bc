"""Money in whole minor units, and the few ways in which a clinic may divide it."""

from collections.abc import Sequence
from typing import Self

from typing_extensions import override

BASIS_POINTS = 10_000


class Money(int):
    """An amount in minor units of the clinic's currency, such as pence.

    It writes itself plainly, as `480.00`, for logs; the window writes it by the clinic's currency and locale.
    """

    __slots__ = ()

    @override
    def __repr__(self) -> str:
        units, rest = divmod(abs(int(self)), 100)
        return f"Money({_sign(self)}{units}_{rest:02})" if units else f"Money({_sign(self)}{rest})"

    @override
    def __str__(self) -> str:
        units, rest = divmod(abs(int(self)), 100)
        return f"{_sign(self)}{units}.{rest:02}"

    @override
    def __add__(self, other: int, /) -> Self:
        return type(self)(int(self) + int(other))

    __radd__ = __add__

    @override
    def __sub__(self, other: int, /) -> Self:
        return type(self)(int(self) - int(other))

    @override
    def __rsub__(self, other: int, /) -> Self:
        return type(self)(int(other) - int(self))

    @override
    def __mul__(self, times: int, /) -> Self:
        return type(self)(int(self) * int(times))

    __rmul__ = __mul__

    @override
    def __neg__(self) -> Self:
        return type(self)(-int(self))

    @override
    def __pos__(self) -> Self:
        return self

    @override
    def __abs__(self) -> Self:
        return type(self)(abs(int(self)))


NOTHING = Money(0)


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round a half away from nought, so that a reversal rounds to the exact opposite."""
    whole = (2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator))
    return whole if (numerator < 0) == (denominator < 0) else -whole


def share(amount: Money, part: int, whole: int) -> Money:
    """Give `part` of `whole` of an amount, rounded half up."""
    return Money(half_up(int(amount) * part, whole))


def spread(total: Money, weights: Sequence[int]) -> tuple[Money, ...]:
    """Spread a total in proportion to weights, rounded down, the units left over one each on the first lines (R36).

    A line without weight gets nothing, unless none has any: then all weigh the same. The parts sum to the total.
    ValueError for a negative weight and for an amount with nothing to lay it on.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight is negative")
    if not any(weights):
        return equal(total, len(weights)) if total or weights else ()
    if total < 0:
        return tuple(-part for part in spread(-total, weights))
    whole = sum(map(int, weights))
    parts = [int(total) * int(weight) // whole for weight in weights]
    left = int(total) - sum(parts)
    heavy = [index for index, weight in enumerate(weights) if weight]
    for index in heavy[:left]:
        parts[index] += 1
    return tuple(map(Money, parts))


def equal(total: Money, parts: int) -> tuple[Money, ...]:
    """Divide a total into equal parts, rounded down, the units left over one each on the first ones (R4)."""
    if parts < 1:
        raise ValueError("nothing to divide the amount over")
    if total < 0:
        return tuple(-part for part in equal(-total, parts))
    each, left = divmod(int(total), parts)
    return tuple(Money(each + (index < left)) for index in range(parts))


def tax_within(gross: Money, rate: int) -> Money:
    """Tell the tax that a price holds at a rate in basis points (2000 = 20 %), rounded half up (R38)."""
    return share(gross, rate, BASIS_POINTS + rate)


def _sign(amount: int) -> str:
    return "-" if amount < 0 else ""
