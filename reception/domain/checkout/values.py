"""What the checkout is asked and what it tells."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from reception.domain.addons import Attaching
from reception.domain.errors import DomainError, Notice
from reception.domain.money import NOTHING, Money
from reception.domain.packages import AUTO, Balanced, Choice, Option
from reception.domain.tables.ids import AppointmentId, ClientId, SaleId
from reception.domain.tables.words import LineKind, SaleKind, Tender


@dataclass(frozen=True, slots=True)
class CartLine:
    """One thing in the cart; `key` is the visit or the product, words and price are those of a fee or an adjustment.

    For a visit, AUTO is the credit that it holds, if it holds one; NONE means that it is paid instead. A deposit names
    the visit that it is for, or the add-on that is attached when it is paid. What is owed on account may name the visit
    whose fee it is.
    """

    kind: LineKind
    key: int = 0
    words: str = ""
    price: Money = NOTHING
    discount: Money = NOTHING
    credit: Choice = AUTO
    attach: Attaching | None = None


@dataclass(frozen=True, slots=True)
class Paying:
    """Money of one tender; `given` is the cash handed over, from which change is given."""

    tender: Tender
    amount: Money
    given: Money | None = None


@dataclass(frozen=True, slots=True)
class Cart:
    """What is to be settled, for whom, by whom, and how (R36)."""

    client: ClientId
    lines: tuple[CartLine, ...]
    payments: tuple[Paying, ...] = ()
    discount: Money = NOTHING
    payer: ClientId | None = None


class QuoteLine(NamedTuple):
    """One line of the cart, priced; `options` are the credits that could pay for a visit.

    `deposit` is what of it was paid ahead, `attach` the add-on that this sale would attach, `end` when that would be
    over, `rest` what a visit or an add-on that is paid ahead leaves to be paid at the visit, and `refusal` why the line
    can't be settled.
    """

    kind: LineKind
    key: int
    words: str
    detail: str
    start: datetime | None
    price: Money
    discount: Money
    sale_discount: Money
    gross: Money
    tax_rate: int
    tax: Money
    credit: Option | None
    options: tuple[Option, ...]
    deposit: Money
    attach: Attaching | None
    end: datetime | None
    rest: Money
    refusal: DomainError | None


@dataclass(frozen=True, slots=True)
class Quote:
    """What the cart comes to, before anything is recorded; with a refusal it can't be settled.

    `account` is what the payer owes by now, below zero what the clinic holds for them.
    """

    lines: tuple[QuoteLine, ...]
    price: Money
    discount: Money
    total: Money
    tax: Money
    by_credit: Money
    by_deposit: Money
    to_pay: Money
    paid: Money
    remaining: Money
    change: Money
    account: Money
    account_after: Money
    after: tuple[Balanced, ...]
    refusal: DomainError | None
    notices: tuple[Notice, ...]


class ReceiptLine(NamedTuple):
    """One line of a receipt; `appointment` is the visit that it is about."""

    kind: LineKind
    words: str
    detail: str
    start: datetime | None
    price: Money
    discount: Money
    gross: Money
    tax_rate: int
    tax: Money
    appointment: AppointmentId | None


class ReceiptPayment(NamedTuple):
    """How a part was paid; of a credit, which one."""

    tender: Tender
    amount: Money
    change: Money
    number: int | None
    of: int | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A settled sale as the client gets it, with the balances as they are now (R40)."""

    sale: SaleId
    number: int
    kind: SaleKind
    reverses: int | None
    reversed_by: int | None
    at: datetime
    who: str
    clinic: str
    address: str
    client: ClientId
    client_name: str
    payer_name: str
    lines: tuple[ReceiptLine, ...]
    total: Money
    tax: Money
    payments: tuple[ReceiptPayment, ...]
    balances: tuple[Balanced, ...]
    words: str


class SaleRow(NamedTuple):
    """One sale in a list."""

    sale: SaleId
    number: int
    kind: SaleKind
    day: date
    at: datetime
    client_name: str
    total: Money
