"""Receipts are numbered without gaps, sales are whole, and what is posted adds up (R14, R28, R36, R37, R40)."""

from collections.abc import Iterator

from reception.domain.outcomes import LIVE
from reception.domain.tables import LogRow, ReceiptNumber, Sale
from reception.domain.tables.words import Account
from reception.store.guards.triggers import Guard, listed


def of_sales() -> Iterator[Guard]:
    """Receipts are numbered without gaps, and a sale is whole when it is settled (R36, R40)."""
    number = ReceiptNumber.__tablename__
    yield Guard("receipt_number_only", number, "INSERT", "EXISTS (SELECT 1 FROM receipt_number)")
    yield Guard("receipt_number_step", number, "UPDATE", "NEW.id <> OLD.id OR NEW.last NOT IN (OLD.last, OLD.last + 1)")
    yield Guard("receipt_number_undeleted", number, "DELETE", "TRUE")
    next_one = "NEW.number <> 1 + (SELECT coalesce(max(s.number), 0) FROM sale s)"
    yield Guard("sale_number", Sale.__tablename__, "INSERT", next_one)
    own = "NOT EXISTS (SELECT 1 FROM sale s WHERE s.id = NEW.sale_id AND s.n = NEW.n)"
    yield Guard("sale_line_of_sale", "sale_line", "INSERT", own)
    yield Guard("payment_of_sale", "payment", "INSERT", own)
    nobodys = f"NEW.account = '{Account.DEPOSITS}' AND NEW.appointment_id IS NULL"
    yield Guard("journal_entry_deposit_of_visit", "journal_entry", "INSERT", nobodys)


def of_sums() -> Iterator[Guard]:
    """After each command, its sales are paid, its postings balance, and deposits are held for visits to come."""
    row = LogRow.__tablename__
    unbalanced = "(SELECT coalesce(sum(j.amount), 0) FROM journal_entry j WHERE j.n = NEW.n) <> 0"
    yield Guard("log_journal_balanced", row, "INSERT", unbalanced)
    unpaid = (
        "EXISTS (SELECT 1 FROM sale s WHERE s.n = NEW.n AND ("
        "s.total <> (SELECT coalesce(sum(l.gross), 0) FROM sale_line l WHERE l.sale_id = s.id) "
        "OR s.total <> (SELECT coalesce(sum(p.amount), 0) FROM payment p WHERE p.sale_id = s.id)))"
    )
    yield Guard("log_sales_paid", row, "INSERT", unpaid)
    held = (
        "(SELECT coalesce(sum(d.amount), 0) FROM journal_entry d "
        f"WHERE d.appointment_id = a.id AND d.account = '{Account.DEPOSITS}')"
    )
    misheld = (
        "EXISTS (SELECT 1 FROM appointment a WHERE a.id IN (SELECT j.appointment_id FROM journal_entry j "
        f"WHERE j.n = NEW.n AND j.account = '{Account.DEPOSITS}' UNION SELECT e.appointment_id "
        f"FROM appointment_event e WHERE e.n = NEW.n) AND ({held} > 0 OR ({held} <> 0 "
        f"AND a.status NOT IN ({listed(LIVE)}))))"
    )
    yield Guard("log_deposits_held", row, "INSERT", misheld)
