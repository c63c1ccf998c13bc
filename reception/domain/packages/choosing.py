"""Which credit pays for a visit (R9, R10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from reception.domain import ledger, tables
from reception.domain.errors import Refused
from reception.domain.ledger import Starts, State, Validity
from reception.domain.tables.ids import CreditId


@dataclass(frozen=True, slots=True)
class Option:
    """A credit that can pay for a visit: "4 of 6" of a named package, until its last day for that visit."""

    credit: CreditId
    number: int
    of: int
    package_name: str
    last_day: date | None
    near: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Which credit pays for a visit: a certain one, none, or the one that R9 picks."""

    credit: CreditId | None = None
    auto: bool = False


AUTO = Choice(auto=True)
NONE = Choice()


class Held(NamedTuple):
    """A credit as the rules see it, with the name of its package."""

    credit: ledger.Credit
    package_name: str


STATE_WORDS = {
    State.AVAILABLE: "left",
    State.RESERVED: "booked",
    State.REDEEMED: "used",
    State.FORFEITED: "forfeited",
    State.EXPIRED: "expired",
    State.REFUNDED: "refunded",
    State.TRANSFERRED: "transferred",
}
"""A credit's states as the desk calls them."""


def held_by(session: Session, client: int, service: int | None = None) -> tuple[Held, ...]:
    """Every credit of a client, as the rules see it, of one service or of all."""
    query = held().where(tables.Package.client_id == client)
    if service is not None:
        query = query.where(tables.Credit.service_id == service)
    return tuple(as_held(row) for row in session.execute(query))


def options(held: Sequence[Held], day: date, today: date, near_days: int) -> tuple[Option, ...]:
    """The credits that can pay for a visit on `day`, the one to use first leading (R9)."""
    names = {one.credit.id: one.package_name for one in held}
    fitting = ledger.order([one.credit for one in held], day, today)
    return tuple(option(credit, names[credit.id], day, today, near_days) for credit in fitting)


def option(credit: ledger.Credit, name: str, day: date, today: date, near_days: int) -> Option:
    """A credit as it is offered for a visit on `day`."""
    last = ledger.last_day_for(credit, day)
    near = last is not None and last - today <= timedelta(days=near_days)
    return Option(CreditId(credit.id), credit.number, credit.of, name, last, near)


def pick(held: Sequence[Held], choice: Choice, day: date, today: date) -> CreditId | None:
    """The credit that a choice means for a visit on `day`; Refused where a certain one can't pay (R9, R10)."""
    if choice.auto:
        chosen = ledger.choose([one.credit for one in held], day, today)
        return CreditId(chosen.id) if chosen else None
    if choice.credit is None:
        return None
    found = next((one.credit for one in held if one.credit.id == choice.credit), None)
    if found is None:
        raise Refused("That credit is for another service or another client, so it can't pay for this visit.")
    last = ledger.last_day_for(found, day)
    state = ledger.effective(found, today)
    if state is not State.AVAILABLE:
        raise Refused(
            "Credit {number} of {of} is {state}. Choose one that is left, or pay instead.",
            number=found.number,
            of=found.of,
            state=STATE_WORDS[state],
        )
    if last is not None and last < day:
        raise Refused(
            "Credit {number} of {of} can be used until {last_day} only. "
            "Choose another credit, pay instead, or extend it.",
            number=found.number,
            of=found.of,
            last_day=last,
        )
    return choice.credit


_COLUMNS = (
    tables.Credit.id,
    tables.Credit.package_id,
    tables.Credit.number,
    tables.Package.sessions,
    tables.Credit.service_id,
    tables.Credit.value,
    tables.Credit.state,
    func.coalesce(tables.Credit.last_day, tables.Package.last_day, type_=tables.Credit.last_day.type).label("last_day"),
    tables.Credit.appointment_id,
    tables.Package.sold_at,
    tables.Package.validity_unit,
    tables.Package.validity_count,
    tables.Package.validity_starts,
    tables.Package.name,
)


def held() -> Select[*tuple[Any, ...]]:
    """Every credit with its package, as as_held takes it."""
    return select(*_COLUMNS).join(tables.Package, tables.Package.id == tables.Credit.package_id)


def as_held(row: Sequence[Any]) -> Held:
    """A selected row as the rules see it; a package that starts with its first visit floats until it has one (R9)."""
    id_, package, number, of, service, value, state, last_day, visit, sold_at, unit, count, starts, name = row
    floats = unit is not None and starts is Starts.FIRST_VISIT and last_day is None
    floating = Validity(unit, count, starts) if floats else None
    credit = ledger.Credit(id_, package, number, of, service, value, state, last_day, visit, sold_at, floating)
    return Held(credit, name)
