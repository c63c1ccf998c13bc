"""Sales, payments and the money journal: they add up, and owe what is open (R36–R40)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter

from sqlalchemy import Connection, func, select

from reception.domain.ledger import State
from reception.domain.money import Money
from reception.domain.outcomes import LIVE, Status
from reception.domain.tables import Appointment, Credit, JournalEntry, Payment, ReceiptNumber, Sale, SaleLine
from reception.domain.tables.words import Account
from reception.store.verify.credits import CreditRow
from reception.store.verify.rows import rows

_OPEN = frozenset({State.AVAILABLE, State.RESERVED})


@dataclass(frozen=True, slots=True)
class SaleRow:
    """A settled sale."""

    id: int
    n: int
    number: int
    total: Money
    tax: Money


def receipts_counted(sales: Iterable[SaleRow], last: int) -> Iterator[str]:
    """Receipts are numbered without gaps, in the order in which they were settled (R40)."""
    numbers = [sale.number for sale in sorted(sales, key=attrgetter("n", "number"))]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"receipts aren't numbered 1 to {len(numbers)} in the order of their sales"
    if last != len(numbers):
        yield f"the last receipt is kept as {last}, there are {len(numbers)}"


def sales_add_up(
    sales: Iterable[SaleRow], lines: Mapping[int, tuple[Money, Money]], payments: Mapping[int, Money]
) -> Iterator[str]:
    """Each sale is what its lines (their sums and tax) come to, and is paid to the penny (R36, R38)."""
    for sale in sales:
        gross, tax = lines.get(sale.id, (Money(0), Money(0)))
        if (gross, tax) != (sale.total, sale.tax):
            yield f"sale {sale.number}: its lines come to {gross} with {tax} tax, it says {sale.total} with {sale.tax}"
        paid = payments.get(sale.id, Money(0))
        if paid != sale.total:
            yield f"sale {sale.number}: {paid} was paid for {sale.total}"


def journal_balances(by_command: Mapping[int, Money]) -> Iterator[str]:
    """What one command posts adds up to nothing (R37)."""
    yield from (f"command {n}: its postings leave {rest} over" for n, rest in sorted(by_command.items()) if rest)


def liability_is_open_value(deferred: Money, credits: Iterable[CreditRow]) -> Iterator[str]:
    """What the clinic owes in sessions is the value of the credits that are left or booked, to the penny (R37)."""
    open_value = sum((credit.value for credit in credits if credit.state in _OPEN), Money(0))
    if -deferred != open_value:
        yield f"the journal's deferred income is {-deferred}, the open credits are worth {open_value}"


def deposits_held(held: Mapping[int | None, tuple[Money, Status | None]]) -> Iterator[str]:
    """What was paid ahead is held for a visit, never below nothing, and not for one that has ended (R14, R28).

    `held` gives what the journal owes for each visit, and how that visit stands.
    """
    for visit, (owed, status) in held.items():
        if status is None:
            yield f"the journal holds {owed} paid ahead for visit {visit or 'none'}, which isn't there"
        elif owed < 0:
            yield f"visit {visit}: {-owed} more was given back or used than was paid ahead"
        elif owed and status not in LIVE:
            yield f"visit {visit}: it is {status}, and {owed} paid ahead is still held for it"


def check_sales(connection: Connection) -> tuple[int, list[str]]:
    """Every sale with its lines and payments."""
    sales = rows(connection, Sale, SaleRow)
    last = connection.execute(select(ReceiptNumber.last)).scalar_one()
    sums = select(SaleLine.sale_id, func.sum(SaleLine.gross), func.sum(SaleLine.tax)).group_by(SaleLine.sale_id)
    lines = {sale: (Money(gross), Money(tax)) for sale, gross, tax in connection.execute(sums)}
    paid = select(Payment.sale_id, func.sum(Payment.amount)).group_by(Payment.sale_id)
    payments = {sale: Money(amount) for sale, amount in connection.execute(paid)}
    return len(sales), [*receipts_counted(sales, last), *sales_add_up(sales, lines, payments)]


def check_journal(connection: Connection) -> tuple[int, list[str]]:
    """Every posting, and what is owed in sessions."""
    count = connection.execute(select(func.count()).select_from(JournalEntry)).scalar_one()
    total = func.sum(JournalEntry.amount)
    by_command = {
        n: Money(rest) for n, rest in connection.execute(select(JournalEntry.n, total).group_by(JournalEntry.n))
    }
    deferred = connection.execute(select(total).where(JournalEntry.account == Account.DEFERRED)).scalar() or 0
    credits = rows(connection, Credit, CreditRow)
    return count, [*journal_balances(by_command), *liability_is_open_value(Money(deferred), credits)]


def check_deposits(connection: Connection) -> tuple[int, list[str]]:
    """Everything that was paid ahead, by visit."""
    j, a = JournalEntry, Appointment
    found = connection.execute(
        select(j.appointment_id, a.status, func.sum(j.amount))
        .outerjoin(a, a.id == j.appointment_id)
        .where(j.account == Account.DEPOSITS)
        .group_by(j.appointment_id, a.status)
        .order_by(j.appointment_id)
    ).all()
    held = {visit: (Money(-total), status) for visit, status, total in found}
    return len(held), list(deposits_held(held))
