"""What becomes of a visit: its statuses, and what cancelling or missing it does to credits and money."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from reception.domain.errors import Refused
from reception.domain.money import NOTHING, Money


class Status(StrEnum):
    """Where a visit stands (R23)."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_TREATMENT = "in_treatment"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    LATE_CANCELLED = "late_cancelled"
    NO_SHOW = "no_show"


UPCOMING = frozenset({Status.BOOKED, Status.CONFIRMED})
"""Visits still to come, whatever the clock says (R23)."""

LIVE = UPCOMING | {Status.ARRIVED, Status.IN_TREATMENT, Status.COMPLETED}
"""Visits that hold their time (R23)."""

_OVER = frozenset({Status.CANCELLED, Status.LATE_CANCELLED, Status.NO_SHOW})

_FROM: dict[Status | None, frozenset[Status]] = {
    None: frozenset({Status.BOOKED}),
    Status.BOOKED: _OVER | {Status.CONFIRMED, Status.ARRIVED},
    Status.CONFIRMED: _OVER | {Status.BOOKED, Status.ARRIVED},
    Status.ARRIVED: UPCOMING | {Status.IN_TREATMENT, Status.COMPLETED},
    Status.IN_TREATMENT: frozenset({Status.COMPLETED, Status.ARRIVED}),
    Status.COMPLETED: frozenset({Status.ARRIVED, Status.IN_TREATMENT}),
    Status.NO_SHOW: UPCOMING,
}

MOVES_OF_STATUS: frozenset[tuple[Status | None, Status]] = frozenset(
    (before, after) for before, afters in _FROM.items() for after in afters
)
"""The only moves of a visit, taking back and undoing included (R23)."""


class Who(StrEnum):
    """Who cancelled."""

    CLIENT = "client"
    CLINIC = "clinic"


class OnCredit(StrEnum):
    """What happens to the credit of a visit that doesn't take place."""

    RETURN = "return"
    FORFEIT = "forfeit"


class OnMoney(StrEnum):
    """What a visit that doesn't take place costs, where it took no credit."""

    NOTHING = "nothing"
    FEE = "fee"
    DEPOSIT = "deposit"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the clinic does when a visit is cancelled late or missed; free until so many hours before (R14)."""

    free_hours: int
    late_credit: OnCredit
    no_show_credit: OnCredit
    late_money: OnMoney
    no_show_money: OnMoney
    late_fee: Money
    no_show_fee: Money


@dataclass(frozen=True, slots=True)
class OwnPolicy:
    """Where a service departs from the clinic's policy; None is the clinic's (R14)."""

    free_hours: int | None = None
    late_credit: OnCredit | None = None
    no_show_credit: OnCredit | None = None
    late_money: OnMoney | None = None
    no_show_money: OnMoney | None = None
    late_fee: Money | None = None
    no_show_fee: Money | None = None


def merged(policy: Policy, own: OwnPolicy) -> Policy:
    """Give the policy of a service: its own where it has one, field by field, else the clinic's (R14)."""
    pairs = {field.name: (getattr(own, field.name), getattr(policy, field.name)) for field in fields(Policy)}
    return Policy(**{name: ours if ours is not None else clinics for name, (ours, clinics) in pairs.items()})


def is_late(start: datetime, now: datetime, free_hours: int) -> bool:
    """Tell whether it is too late to cancel freely: exactly so many elapsed hours before is still in time (R14)."""
    return now > start.astimezone(UTC) - timedelta(hours=free_hours)


class Override(StrEnum):
    """How the desk, with permission and a reason, departs from the policy (R15).

    Return gives the credit back and lets the money rule apply; waive gives it back and charges nothing.
    """

    NONE = "none"
    RETURN = "return"
    WAIVE = "waive"
    FORFEIT = "forfeit"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What cancelling or missing a visit does, shown before it is done (R15).

    `late` tells that the free time was over and the policy counts, `applies` that the reason lets the policy count;
    `credit` is None where the visit used none; `overridden` tells that the policy alone would have done otherwise.
    """

    status: Status
    late: bool
    applies: bool
    credit: OnCredit | None
    fee: Money
    keep_deposit: bool
    overridden: bool


@dataclass(frozen=True, slots=True)
class _Terms:
    credit: OnCredit | None
    money: OnMoney
    fee: Money


def cancel(
    policy: Policy,
    *,
    start: datetime,
    now: datetime,
    who: Who,
    reason_applies: bool,
    has_credit: bool,
    override: Override = Override.NONE,
) -> Outcome:
    """Tell what cancelling an upcoming visit does; Refused for a forfeit where the policy takes nothing (R14, R15)."""
    applies = who is Who.CLIENT and reason_applies
    if applies and is_late(start, now, policy.free_hours):
        terms = _Terms(policy.late_credit if has_credit else None, policy.late_money, policy.late_fee)
        return _outcome(Status.LATE_CANCELLED, terms, override)
    if override is Override.FORFEIT:
        raise Refused("This cancellation is free, so the credit can't be taken. Cancel without taking it.")
    return Outcome(
        status=Status.CANCELLED,
        late=False,
        applies=applies,
        credit=OnCredit.RETURN if has_credit else None,
        fee=NOTHING,
        keep_deposit=False,
        overridden=False,
    )


def no_show(
    policy: Policy, *, start: datetime, now: datetime, has_credit: bool, override: Override = Override.NONE
) -> Outcome:
    """Tell what marking a visit as missed does; Refused before it was to start (R14)."""
    if now < start:
        sentence = "This visit starts at {start}. It can be marked as a no-show from then on; until then, cancel it."
        raise Refused(sentence, start=start)
    terms = _Terms(policy.no_show_credit if has_credit else None, policy.no_show_money, policy.no_show_fee)
    return _outcome(Status.NO_SHOW, terms, override)


def _outcome(status: Status, terms: _Terms, override: Override) -> Outcome:
    credit, money = _overridden(terms, override)
    fee, keep_deposit = _cost(credit, money, terms.fee)
    ruled = (terms.credit, *_cost(terms.credit, terms.money, terms.fee))
    return Outcome(
        status=status,
        late=True,
        applies=True,
        credit=credit,
        fee=fee,
        keep_deposit=keep_deposit,
        overridden=(credit, fee, keep_deposit) != ruled,
    )


def _overridden(terms: _Terms, override: Override) -> tuple[OnCredit | None, OnMoney]:
    if override is Override.WAIVE:
        return (OnCredit.RETURN if terms.credit else None), OnMoney.NOTHING
    if override is Override.FORFEIT:
        if terms.credit is None:
            raise Refused("This visit uses no credit, so none can be taken. Cancel without taking one.")
        return OnCredit.FORFEIT, terms.money
    if override is Override.RETURN and terms.credit is not None:
        return OnCredit.RETURN, terms.money
    return terms.credit, terms.money


def _cost(credit: OnCredit | None, money: OnMoney, fee: Money) -> tuple[Money, bool]:
    """Where the credit is taken no fee is charged and no deposit kept (R14)."""
    if credit is OnCredit.FORFEIT:
        return NOTHING, False
    return (fee if money is OnMoney.FEE else NOTHING), money is OnMoney.DEPOSIT
