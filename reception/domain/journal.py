"""The money journal: balanced postings that say what every sale, visit and lost credit did to the books (R37)."""

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
    if sum(sides.values()):
        raise ValueError(f"a posting that doesn't balance: {sides}")
    for account, amount in sides.items():
        if amount:
            session.add(
                tables.JournalEntry(
                    **stamp,
                    account=account,
                    amount=amount,
                    client_id=cause.client,
                    sale_id=cause.sale,
                    credit_id=cause.credit,
                    appointment_id=cause.appointment,
                )
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


def balance(session: Session, account: Account, *, through: date | None = None) -> Money:
    """The balance of an account at the end of a business day, debits positive; all of it without a day."""
    query = select(func.sum(tables.JournalEntry.amount)).where(tables.JournalEntry.account == account)
    if through is not None:
        query = query.where(tables.JournalEntry.business_day <= through)
    return Money(session.scalar(query) or 0)


def liability(session: Session, *, through: date | None = None) -> Money:
    """What the clinic still owes in sessions: the value of all credits that are left or booked (R37)."""
    return NOTHING - balance(session, Account.DEFERRED, through=through)
