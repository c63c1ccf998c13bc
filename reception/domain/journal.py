"""The money journal: balanced postings that say what every sale, visit and lost credit did to the books (R37)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import tables
from reception.domain.access import Stamp
from reception.domain.money import NOTHING, Money
from reception.domain.tables.ids import ClientId
from reception.domain.tables.words import Account


@dataclass(frozen=True, slots=True)
class Cause:
    """What a posting is about: whose, and which sale, credit or visit."""

    client: int | None = None
    sale: int | None = None
    credit: int | None = None
    appointment: int | None = None


def post(session: Session, stamp: Stamp, cause: Cause, sides: dict[Account, Money]) -> None:
    """Writes the sides of one posting, debits positive; ValueError where they don't balance."""
    post_all(session, stamp, [(cause, account, amount) for account, amount in sides.items()])


def post_all(session: Session, stamp: Stamp, sides: Sequence[tuple[Cause, Account, Money]]) -> None:
    """Writes one posting whose sides have causes of their own; ValueError where they don't balance."""
    if sum(amount for _, _, amount in sides):
        raise ValueError(f"a posting that doesn't balance: {sides}")
    session.add_all(entry(stamp, cause, account, amount) for cause, account, amount in sides if amount)


def entry(stamp: Stamp, cause: Cause, account: Account, amount: Money) -> tables.JournalEntry:
    """One side of a posting, ready to be added."""
    return tables.JournalEntry(
        **stamp,
        account=account,
        amount=amount,
        client_id=cause.client,
        sale_id=cause.sale,
        credit_id=cause.credit,
        appointment_id=cause.appointment,
    )


def transfer(session: Session, stamp: Stamp, cause: Cause, amount: Money, *, source: Account, to: Account) -> None:
    """Moves an amount from one account to another: what leaves is debited, what gains is credited."""
    post(session, stamp, cause, {source: amount, to: -amount})


def owed(session: Session, client: ClientId) -> Money:
    """What the client owes on account; below zero the clinic owes them."""
    query = select(func.sum(tables.JournalEntry.amount)).where(
        tables.JournalEntry.client_id == client, tables.JournalEntry.account == Account.CLIENT
    )
    return Money(session.scalar(query) or 0)


def paid_ahead(session: Session, appointment: int) -> dict[int, Money]:
    """What is held for a visit that is still to come, by who paid it: its deposit (R14, R28)."""
    j = tables.JournalEntry
    query = (
        select(j.client_id, func.sum(j.amount))
        .where(j.appointment_id == appointment, j.account == Account.DEPOSITS)
        .group_by(j.client_id)
        .order_by(j.client_id)
    )
    return {client: Money(-amount) for client, amount in session.execute(query).all() if client and amount}


def fees(session: Session, client: int) -> dict[int, Money]:
    """What a client still owes of each fee, by the visit that it was charged for, the oldest first (R14)."""
    j = tables.JournalEntry
    query = (
        select(j.appointment_id, func.sum(j.amount))
        .where(j.client_id == client, j.account == Account.CLIENT, j.appointment_id.is_not(None))
        .group_by(j.appointment_id)
        .having(func.sum(j.amount) > 0)
        .order_by(func.min(j.n))
    )
    return {appointment: Money(owed) for appointment, owed in session.execute(query).all() if appointment}


def balance(session: Session, account: Account, *, through: date | None = None) -> Money:
    """The balance of an account at the end of a business day, debits positive; all of it without a day."""
    query = select(func.sum(tables.JournalEntry.amount)).where(tables.JournalEntry.account == account)
    if through is not None:
        query = query.where(tables.JournalEntry.business_day <= through)
    return Money(session.scalar(query) or 0)


def liability(session: Session, *, through: date | None = None) -> Money:
    """What the clinic still owes in sessions: the value of all credits that are left or booked (R37)."""
    return NOTHING - balance(session, Account.DEFERRED, through=through)
