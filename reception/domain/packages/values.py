"""What a client's ledger tells: packages, credits, entries, visits, money (R8, R12)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from reception.domain.ledger import Kind, State
from reception.domain.money import Money
from reception.domain.outcomes import Override, Status
from reception.domain.tables.ids import AppointmentId, ClientId, CreditId, PackageId, SaleId, ServiceId


class Entry(NamedTuple):
    """One entry of a credit's ledger: what, when, who, why, and the visit, sale or client that it names."""

    n: int
    kind: Kind
    state: State
    at: datetime
    who: str
    words: str
    last_day: date | None
    visit: AppointmentId | None
    visit_start: datetime | None
    sale: SaleId | None
    sale_number: int | None
    to_client_name: str
    override: Override


class CreditLine(NamedTuple):
    """One credit with all that happened to it."""

    id: CreditId
    number: int
    of: int
    service: ServiceId
    value: Money
    state: State
    last_day: date | None
    visit: AppointmentId | None
    near: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PackageCard:
    """One package: what was bought, when, for how much, until when, and its credits."""

    id: PackageId
    name: str
    service: ServiceId
    service_name: str
    sessions: int
    price: Money
    list_price: Money
    last_day: date | None
    floating: bool
    sold_day: date
    sale: SaleId | None
    sale_number: int | None
    from_client_name: str
    terms: str
    credits: tuple[CreditLine, ...]

    def count(self, *states: State) -> int:
        """How many of its credits are in one of these states."""
        return sum(credit.state in states for credit in self.credits)


class Pip(NamedTuple):
    """One credit as a sign: its state and its number."""

    state: State
    number: int


@dataclass(frozen=True, slots=True)
class Balanced:
    """A client's balance of one service, in figures and in signs (R12)."""

    service: ServiceId
    service_name: str
    available: int
    reserved: int
    used: int
    expired: int
    next_last_day: date | None
    near: bool
    pips: tuple[Pip, ...]


class VisitLine(NamedTuple):
    """One visit and the credit that it holds or used: "4 of 6, course bought 12 May" (R8).

    `paid` is what was paid for it when it was checked out, `paid_ahead` the deposit that is held for it (R28).
    """

    id: AppointmentId
    start: datetime
    service_name: str
    staff_name: str
    status: Status
    price: Money
    paid: Money
    credit: CreditId | None
    number: int | None
    of: int | None
    package_name: str
    sold_day: date | None
    credit_state: State | None
    returned: bool
    paid_ahead: Money


class MoneyLine(NamedTuple):
    """One line of the client's money: what was charged or paid, by which sale, and what is owed after it."""

    day: date
    words: str
    amount: Money
    owed: Money
    sale: SaleId | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that a client bought, used and paid; `held` is what was paid ahead for their visits to come (R28)."""

    client: ClientId
    balances: tuple[Balanced, ...]
    packages: tuple[PackageCard, ...]
    visits: tuple[VisitLine, ...]
    money: tuple[MoneyLine, ...]
    account: Money
    open_value: Money
    open_count: int
    held: Money
