"""Whether two things are the same, alike, or one before the other, as FHIRPath has it: None where nobody can tell."""

import re
from collections.abc import Hashable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from reception.domain.questionnaire.fhirpath import amounts, stamps
from reception.domain.questionnaire.fhirpath.amounts import Amount
from reception.domain.questionnaire.fhirpath.nodes import Found, Node, worth
from reception.domain.questionnaire.fhirpath.stamps import Stamp

# A score that was put on an answer doesn't make it another answer.
_BESIDE = frozenset({"extension", "id"})


class Mismatch(Exception):
    """Two things that have nothing to do with each other, which an expression wants compared or reckoned with."""


def single(found: Found) -> Found:
    """The only one there is, or nothing; raises Mismatch where there are several."""
    if len(found) > 1:
        raise Mismatch("One was expected here, not several.")
    return found


def equal(one: Found, other: Found) -> bool | None:
    """`=`: the same things in the same order; None where one of the two is nothing."""
    if not one or not other:
        return None
    if len(one) != len(other):
        return False
    told = [same(mine, yours) for mine, yours in zip(one, other, strict=True)]
    return False if False in told else None if None in told else True


def equivalent(one: Found, other: Found) -> bool:
    """`~`: alike things in any order; nothing is like nothing."""
    if len(one) != len(other):
        return False
    left = list(other)
    for mine in one:
        index = next((index for index, yours in enumerate(left) if alike(mine, yours)), None)
        if index is None:
            return False
        del left[index]
    return True


def same(one: Any, other: Any) -> bool | None:
    """Whether two things are the same."""
    here, there = _paired(worth(one), worth(other))
    if isinstance(here, Stamp) and isinstance(there, Stamp):
        return stamps.same(here, there)
    if isinstance(here, Amount) and isinstance(there, Amount):
        pair = amounts.alike(here, there)
        if pair is not None:
            return pair[0].value == pair[1].value
        return None if amounts.of_calendar(here) or amounts.of_calendar(there) else False
    if isinstance(here, Node) and isinstance(there, Node):
        return bool(_bare(here) == _bare(there))
    return _kind(here) == _kind(there) and bool(here == there)


def alike(one: Any, other: Any) -> bool:
    """Whether two things are as good as the same: texts whatever their case, numbers as exact as the less exact one."""
    here, there = worth(one), worth(other)
    if isinstance(here, str) and isinstance(there, str):
        return _plain(here) == _plain(there)
    if _is_number(here) and _is_number(there):
        digits = min(_digits(here), _digits(there))
        step = Decimal(1).scaleb(-digits)
        return Decimal(here).quantize(step, ROUND_HALF_UP) == Decimal(there).quantize(step, ROUND_HALF_UP)
    if isinstance(here, Node) and isinstance(there, Node) and "Coding" in (here.path, there.path):
        return _coding(here.data) == _coding(there.data)
    return same(one, other) is True


def ordered(one: Any, other: Any) -> int | None:
    """Which of two comes first: -1, 0 or 1; raises Mismatch where they are of different kinds."""
    here, there = _paired(worth(one), worth(other))
    if isinstance(here, Stamp) and isinstance(there, Stamp):
        return stamps.compare(here, there)
    if isinstance(here, Amount) or isinstance(there, Amount):
        pair = amounts.alike(amount(here), amount(there))
        return None if pair is None else _order(pair[0].value, pair[1].value)
    if isinstance(here, Node) or _kind(here) != _kind(there) or isinstance(here, Stamp):
        raise Mismatch("These can't be compared.")
    return _order(here, there)


def amount(held: Any) -> Amount:
    """A quantity, or a number as one without a unit; raises Mismatch for anything else."""
    if isinstance(held, Amount):
        return held
    if not _is_number(held):
        raise Mismatch("This is no quantity.")
    return Amount(Decimal(held))


def holds(found: Found, wanted: Any) -> bool:
    """Whether something is among others."""
    return any(same(one, wanted) for one in found)


class Kept:
    """Things of which each is kept once."""

    def __init__(self, found: Iterable[Any] = ()) -> None:
        """Keep some to begin with."""
        self.found: Found = []
        self._near: dict[Hashable, list[Any]] = {}
        for one in found:
            self.add(one)

    def add(self, held: Any) -> bool:
        """Keep one more; says whether it is new."""
        value = _bare(held)
        near = self._near.setdefault(_near(value), [])
        if value in near:
            return False
        near.append(value)
        self.found.append(held)
        return True

    def __contains__(self, held: object) -> bool:
        """Whether it is among them."""
        value = _bare(held)
        return value in self._near.get(_near(value), ())


def _bare(held: Any) -> Any:
    """What is the same of things that are the same; a number isn't yes, and a text is no date."""
    value = worth(held)
    if isinstance(value, Node):
        json = value.data
        return {name: told for name, told in json.items() if name not in _BESIDE} if value.path == "Coding" else json
    return (_kind(value), amounts.in_base(value) if isinstance(value, Amount) else value)


def _near(value: Any, depth: int = 2) -> Hashable:
    """Something quickly told that things which are the same have in common."""
    if isinstance(value, dict):
        return frozenset((name, _near(held, depth - 1)) for name, held in value.items()) if depth else len(value)
    return len(value) if isinstance(value, list) else value


def _paired(here: Any, there: Any) -> tuple[Any, Any]:
    """Two values; a text beside a date is the date that it writes."""
    if isinstance(here, Stamp) and isinstance(there, str):
        return here, _as_stamp(there) or there
    if isinstance(there, Stamp) and isinstance(here, str):
        return _as_stamp(here) or here, there
    return here, there


def _as_stamp(text: str) -> Stamp | None:
    kinds = (stamps.DATE, stamps.DATE_TIME, stamps.TIME)
    return next((found for kind in kinds if (found := stamps.read(text, kind))), None)


def _kind(held: Any) -> str:
    if isinstance(held, bool):
        return "boolean"
    return "number" if isinstance(held, int | Decimal) else type(held).__name__


def _is_number(held: Any) -> bool:
    return _kind(held) == "number"


def _order(here: Any, there: Any) -> int:
    return int(here > there) - int(here < there)


def _plain(text: str) -> str:
    return re.sub(r"\s", " ", text.casefold())


def _digits(held: int | Decimal) -> int:
    exponent = Decimal(held).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _coding(json: Mapping[str, Any]) -> tuple[Any, Any]:
    return json.get("system"), json.get("code")
