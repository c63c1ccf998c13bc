"""What ends together, and which ways of ending it differ."""

from collections.abc import Iterable
from typing import NamedTuple

from reception.domain import diary
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import OnCredit, Override


class Whole(NamedTuple):
    """How a visit ends with all that ends with it: its add-ons, and what else of the coming-in is cancelled (R17)."""

    first: diary.Ending
    more: tuple[tuple[str, diary.Ending], ...] = ()

    @property
    def all(self) -> tuple[diary.Ending, ...]:
        """Every ending."""
        return (self.first, *(one for _, one in self.more))

    @property
    def takes(self) -> bool:
        """Whether a credit is taken."""
        return any(one.outcome.credit is OnCredit.FORFEIT for one in self.all)

    @property
    def returns(self) -> bool:
        """Whether a credit comes back."""
        return any(one.outcome.credit is OnCredit.RETURN for one in self.all)

    @property
    def late(self) -> bool:
        """Whether any of it is inside its late window."""
        return any(one.outcome.late for one in self.all)

    @property
    def fee(self) -> Money:
        """What is charged in all."""
        return sum((one.outcome.fee for one in self.all), NOTHING)

    @property
    def kept(self) -> Money:
        """What is kept of the deposits."""
        return sum((one.deposit for one in self.all if one.outcome.keep_deposit), NOTHING)

    @property
    def deposit(self) -> Money:
        """What was paid ahead in all."""
        return sum((one.deposit for one in self.all), NOTHING)


def takes(ending: diary.Ending) -> bool:
    """Whether an ending takes the visit's credit."""
    return ending.outcome.credit is OnCredit.FORFEIT


def different(endings: dict[Override, Whole]) -> tuple[Override, ...]:
    """The ways that do something different from each other, the policy's own first."""
    found: dict[object, Override] = {}
    for way, whole in endings.items():
        found.setdefault(tuple(_does(whole.all)), way)
    return tuple(found.values())


def _does(endings: Iterable[diary.Ending]) -> Iterable[object]:
    for one in endings:
        yield one.outcome.credit, one.outcome.fee, bool(one.deposit) and one.outcome.keep_deposit
