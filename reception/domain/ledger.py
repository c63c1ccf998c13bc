"""The ledger of credits: what may happen to a session that was paid for, and what it adds up to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from reception.domain.clock import add_months
from reception.domain.errors import Refused
from reception.domain.money import Money

GRACE_BY_CLINIC = 14
"""Days that a credit is good for at least when it was the clinic that cancelled (R16)."""


class State(StrEnum):
    """What a credit is at this moment (R6)."""

    AVAILABLE = "available"
    RESERVED = "reserved"
    REDEEMED = "redeemed"
    FORFEITED = "forfeited"
    EXPIRED = "expired"
    REFUNDED = "refunded"
    TRANSFERRED = "transferred"


class Kind(StrEnum):
    """What an entry of the ledger does to its credit (R6)."""

    ISSUED = "issued"
    RESERVED = "reserved"
    RELEASED = "released"
    REDEEMED = "redeemed"
    FORFEITED = "forfeited"
    REVERSED = "reversed"
    EXPIRED = "expired"
    EXTENDED = "extended"
    REFUNDED = "refunded"
    TRANSFERRED = "transferred"


MOVES: frozenset[tuple[State | None, Kind, State]] = frozenset(
    {
        (None, Kind.ISSUED, State.AVAILABLE),
        (State.AVAILABLE, Kind.RESERVED, State.RESERVED),
        (State.RESERVED, Kind.RELEASED, State.AVAILABLE),
        (State.RESERVED, Kind.REDEEMED, State.REDEEMED),
        (State.RESERVED, Kind.FORFEITED, State.FORFEITED),
        (State.REDEEMED, Kind.REVERSED, State.RESERVED),
        (State.FORFEITED, Kind.REVERSED, State.RESERVED),
        (State.REDEEMED, Kind.REVERSED, State.AVAILABLE),
        (State.FORFEITED, Kind.REVERSED, State.AVAILABLE),
        (State.AVAILABLE, Kind.EXPIRED, State.EXPIRED),
        (State.AVAILABLE, Kind.EXTENDED, State.AVAILABLE),
        (State.RESERVED, Kind.EXTENDED, State.RESERVED),
        (State.EXPIRED, Kind.EXTENDED, State.EXPIRED),
        (State.EXPIRED, Kind.EXTENDED, State.AVAILABLE),
        (State.AVAILABLE, Kind.REFUNDED, State.REFUNDED),
        (State.EXPIRED, Kind.REFUNDED, State.REFUNDED),
        (State.AVAILABLE, Kind.TRANSFERRED, State.TRANSFERRED),
    }
)
"""The only moves of a credit: from, by which entry, to (R6)."""


class IllegalMove(Exception):
    """A credit's entries hold a step that R6 doesn't know: the ledger is damaged."""

    def __init__(self, index: int, move: str) -> None:
        """Keep which step it is, counted from 0, and what it tried."""
        super().__init__(f"step {index}: {move}")
        self.index = index
        self.move = move


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a credit's ledger: what it does, the state and the last day after it, the visit that it names."""

    kind: Kind
    state: State
    last_day: date | None
    visit: int | None


def fold(steps: Iterable[Step]) -> tuple[State, date | None, int | None]:
    """Add up a credit's entries to its state, its last day and the visit that holds or used it (R5).

    IllegalMove for a step that isn't among the moves, that names the wrong visit, or where there is no step at all.
    """
    state: State | None = None
    last_day: date | None = None
    visit: int | None = None
    for index, step in enumerate(steps):
        if (state, step.kind, step.state) not in MOVES:
            raise IllegalMove(index, f"{state or 'nothing'} to {step.state} by {step.kind}")
        visit = _visit_after(index, step, visit)
        state, last_day = step.state, step.last_day
    if state is None:
        raise IllegalMove(0, "no entry at all")
    return state, last_day, visit


class Unit(StrEnum):
    """What a validity is counted in."""

    DAYS = "days"
    MONTHS = "months"


class Starts(StrEnum):
    """From when a validity is counted."""

    PURCHASE = "purchase"
    FIRST_VISIT = "first_visit"


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a package is good for; without a unit it is good for ever."""

    unit: Unit | None
    count: int
    starts: Starts


def last_day(validity: Validity, start: date) -> date | None:
    """Tell the last day of a package that counts from `start`; None for one that never ends (R10)."""
    if validity.unit is None:
        return None
    if validity.unit is Unit.DAYS:
        return start + timedelta(days=validity.count)
    return add_months(start, validity.count)


@dataclass(frozen=True, slots=True)
class Credit:
    """One session of a package: "3 of 6", its frozen value, its state and last day, the visit that holds or used it.

    `floating` is the validity of a package that starts with its first visit and has had none yet.
    """

    id: int
    package: int
    number: int
    of: int
    service: int
    value: Money
    state: State
    last_day: date | None
    visit: int | None
    sold_at: datetime
    floating: Validity | None = None


def effective(credit: Credit, today: date) -> State:
    """Tell a credit's state as any reader sees it: available after its last day is expired, written or not (R6)."""
    if credit.state is State.AVAILABLE and credit.last_day is not None and credit.last_day < today:
        return State.EXPIRED
    return credit.state


def last_day_for(credit: Credit, day: date) -> date | None:
    """Tell the last day of a credit if a visit on `day` used it: a floating one starts with that visit (R9)."""
    return last_day(credit.floating, day) if credit.floating else credit.last_day


def order(held: Iterable[Credit], day: date, today: date) -> tuple[Credit, ...]:
    """Give the credits that can pay for a visit on `day`, the one to use first leading (R9)."""
    return tuple(sorted((credit for credit in held if _fits(credit, day, today)), key=lambda one: _turn(one, day)))


def choose(held: Iterable[Credit], day: date, today: date) -> Credit | None:
    """Pick the credit for a visit on `day`: nearest last day, earlier sale, lower number; None if none fits (R9)."""
    return next(iter(order(held, day, today)), None)


@dataclass(frozen=True, slots=True)
class Balance:
    """What a client has of one service; `near` tells that the next last day is close (R12)."""

    service: int
    available: int
    reserved: int
    used: int
    expired: int
    next_last_day: date | None
    near: bool


def balance(held: Iterable[Credit], today: date, near_days: int = 30) -> tuple[Balance, ...]:
    """Count a client's credits per service; refunded and transferred ones aren't counted (R12)."""
    by_service: dict[int, list[tuple[State, Credit]]] = {}
    for credit in held:
        state = effective(credit, today)
        if state not in (State.REFUNDED, State.TRANSFERRED):
            by_service.setdefault(credit.service, []).append((state, credit))
    return tuple(_balance(service, counted, today, near_days) for service, counted in sorted(by_service.items()))


def extension(state: State, old: date | None, new: date, today: date) -> State:
    """Tell what a credit is after its last day has been moved from `old` to `new`; Refused where R6 forbids it."""
    if state not in (State.AVAILABLE, State.RESERVED, State.EXPIRED):
        raise Refused(
            "A credit that was {state} can't be extended. Extend one that is left, booked or expired.", state=state
        )
    if old is None:
        raise Refused("This credit has no last day, so there is nothing to extend.")
    if new < today:
        raise Refused("{new} has passed. Pick a last day from {today} on.", field="last_day", new=new, today=today)
    if new <= old:
        sentence = "The last day is {old} already. Pick a later one than that."
        raise Refused(sentence, field="last_day", old=old)
    return State.AVAILABLE if state is State.EXPIRED else state


@dataclass(frozen=True, slots=True)
class Returned:
    """What happens to a credit that comes back: whether it expires, and its new last day if it gets one (R16)."""

    expired: bool
    new_last_day: date | None


def returned(last_day: date | None, today: date, *, grace: int, by_clinic: bool) -> Returned:
    """Tell what a release on `today` does to a credit, with the clinic's grace in days (R16)."""
    if last_day is None:
        return Returned(expired=False, new_last_day=None)
    passed = last_day < today
    if by_clinic:
        promised = today + timedelta(days=max(grace, GRACE_BY_CLINIC))
        return Returned(passed, promised if promised > last_day else None)
    return Returned(passed, today + timedelta(days=grace) if passed and grace else None)


def _visit_after(index: int, step: Step, held: int | None) -> int | None:
    if step.kind is Kind.RESERVED:
        if step.visit is None:
            raise IllegalMove(index, "reserved without a visit")
        return step.visit
    names_it = step.kind in (Kind.RELEASED, Kind.REDEEMED, Kind.FORFEITED) or (
        step.kind is Kind.REVERSED and step.state is State.RESERVED
    )
    if step.visit != (held if names_it else None):
        raise IllegalMove(index, f"{step.kind} names visit {step.visit} where visit {held} has the credit")
    return None if step.state is State.AVAILABLE else held


def _fits(credit: Credit, day: date, today: date) -> bool:
    if effective(credit, today) is not State.AVAILABLE:
        return False
    last = last_day_for(credit, day)
    return last is None or day <= last


def _turn(credit: Credit, day: date) -> tuple[bool, date, datetime, int, int]:
    last = last_day_for(credit, day)
    return last is None, last or date.max, credit.sold_at, credit.number, credit.id


def _balance(service: int, counted: Sequence[tuple[State, Credit]], today: date, near_days: int) -> Balance:
    states = [state for state, _ in counted]
    ends = [credit.last_day for state, credit in counted if state is State.AVAILABLE and credit.last_day is not None]
    next_last_day = min(ends, default=None)
    return Balance(
        service=service,
        available=states.count(State.AVAILABLE),
        reserved=states.count(State.RESERVED),
        used=states.count(State.REDEEMED) + states.count(State.FORFEITED),
        expired=states.count(State.EXPIRED),
        next_last_day=next_last_day,
        near=next_last_day is not None and next_last_day - today <= timedelta(days=near_days),
    )
