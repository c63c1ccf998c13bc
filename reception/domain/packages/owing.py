"""A client's money, line by line: what was charged, what was paid, and what was owed then (R28, R37)."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from reception.domain import tables
from reception.domain.money import NOTHING, Money
from reception.domain.packages.values import MoneyLine
from reception.domain.tables.ids import ClientId
from reception.domain.tables.words import Account, SaleKind


def money_of(session: Session, client: ClientId) -> tuple[MoneyLine, ...]:
    """Charges and payments by day, with what is owed after each; a visit paid by a credit moves no money.

    What becomes of a deposit has lines of its own: given back to the account, or kept as a fee, which moves nothing.
    """
    return tuple(_money_lines(session.execute(_postings(), {"client": client}).all()))


@cache
def _postings() -> Select[*tuple[Any, ...]]:
    j, sale = tables.JournalEntry, tables.Sale
    held, owed = aliased(tables.JournalEntry), aliased(tables.JournalEntry)
    # A fee that is charged while a deposit goes back has the deposit's sign, what became of the deposit the other one.
    deposit = exists().where(
        held.n == j.n,
        held.appointment_id == j.appointment_id,
        held.account == Account.DEPOSITS,
        (held.amount > 0) != (j.amount > 0),
    )
    on_account = exists().where(owed.n == j.n, owed.appointment_id == j.appointment_id, owed.account == Account.CLIENT)
    return (
        select(
            j.n,
            j.business_day,
            j.account,
            j.amount,
            j.sale_id,
            sale.number,
            sale.kind,
            tables.Service.name,
            deposit.label("deposit"),
        )
        .outerjoin(sale, sale.id == j.sale_id)
        .outerjoin(tables.Appointment, tables.Appointment.id == j.appointment_id)
        .outerjoin(tables.Service, tables.Service.id == tables.Appointment.service_id)
        .where(
            j.client_id == bindparam("client"),
            or_(
                j.account.in_((Account.CASH, Account.CARD, Account.TRANSFER, Account.CLIENT)),
                and_(j.account == Account.FEES, deposit, ~on_account),
            ),
        )
        .order_by(j.n, j.id)
    )


_TENDER_WORDS = {Account.CASH: "Cash", Account.CARD: "Card", Account.TRANSFER: "Transfer"}


def _money_lines(rows: Sequence[Any]) -> list[MoneyLine]:
    lines: list[MoneyLine] = []
    owed = NOTHING
    charged: set[int] = set()
    totals: dict[int, Money] = defaultdict(lambda: NOTHING)
    for row in rows:
        totals[row.n] += NOTHING if row.deposit else row.amount
    for n, day, account, amount, of_sale, number, kind, service, deposit in rows:
        if number is not None and n not in charged:
            charged.add(n)
            owed += totals[n]
            if totals[n]:
                word = "Reversal" if kind is SaleKind.REVERSAL else "Sale"
                lines.append(MoneyLine(day, f"{word} {number}", totals[n], owed, of_sale))
        if account in _TENDER_WORDS:
            owed -= amount
            lines.append(MoneyLine(day, _tendered(account, amount), -amount, owed, of_sale))
        elif account is Account.FEES:
            words = "Deposit kept" if amount < 0 else "Deposit held again"
            lines.append(MoneyLine(day, f"{words}, {service}", NOTHING, owed, None))
        elif deposit or number is None:
            owed += amount
            lines.append(MoneyLine(day, f"{_charged(amount, deposit=deposit)}, {service}", amount, owed, of_sale))
    return lines


def _tendered(account: Account, amount: Money) -> str:
    """Money that came, by its tender, or that was paid back."""
    word = _TENDER_WORDS[account]
    return word if amount > 0 else f"Paid back, {word.lower()}"


def _charged(amount: Money, *, deposit: bool) -> str:
    """What a visit did to the account: a fee, or its deposit that came back."""
    if deposit:
        return "Deposit held again" if amount > 0 else "Deposit back"
    return "Fee" if amount > 0 else "Fee taken back"
