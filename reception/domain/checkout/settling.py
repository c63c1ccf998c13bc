"""Settling a cart and reversing a sale: everything in one transaction, or nothing (R2, R36, R37, R40)."""

from collections import defaultdict
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import access, addons, diary, journal, packages, tables
from reception.domain.access import Act, Turn
from reception.domain.checkout.cart import Priced, price, refused
from reception.domain.checkout.lines import Line
from reception.domain.checkout.values import Cart, Paying
from reception.domain.errors import Invalid, NotFound, Refused
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import Status
from reception.domain.pricing import Priced as LinePrice
from reception.domain.tables.ids import AppointmentId, ClientId, PackageId, SaleId
from reception.domain.tables.words import Account, LineKind, SaleKind, Tender

_TENDERS = {
    Tender.CASH: Account.CASH,
    Tender.CARD: Account.CARD,
    Tender.TRANSFER: Account.TRANSFER,
    Tender.ACCOUNT: Account.CLIENT,
}


def settle(session: Session, cart: Cart) -> SaleId:
    """Settles a cart: records money, creates packages, uses credits, completes visits (R2, R36)."""
    turn = access.require(session, Act.SETTLE)
    if cart.discount or any(line.discount for line in cart.lines):
        access.require(session, Act.DISCOUNT)
    _give_credits(session, cart)
    cart = _attach(session, cart)
    priced = price(session, cart)
    if (refusal := refused(cart, priced)) is not None:
        raise refusal
    sale = _sale(session, turn, priced)
    for position, (line, one) in enumerate(zip(priced.lines, priced.prices, strict=True), 1):
        session.add(_sale_line(turn, sale, position, line, one))
    _payments(session, turn, sale, cart, priced)
    session.flush()
    journal.post_all(session, turn.stamp(), _sides(session, cart, priced, sale.id))
    for line, one in zip(priced.lines, priced.prices, strict=True):
        _deliver(session, line, one, sale, ClientId(priced.client.id))
    session.flush()
    return SaleId(sale.id)


def reverse(session: Session, sale: SaleId, words: str) -> SaleId:
    """Reverses a wrong sale by another one with the signs turned; refused once a package of it has been used (R40)."""
    turn = access.require(session, Act.REVERSE)
    if not words.strip():
        raise Invalid("Type a reason; it is kept with the sale.", field="words")
    row = _reversible(session, sale)
    other = tables.Sale(
        **turn.stamp(),
        number=_next_number(session),
        kind=SaleKind.REVERSAL,
        client_id=row.client_id,
        payer_id=row.payer_id,
        reverses_id=row.id,
        total=-row.total,
        tax=-row.tax,
        words=words.strip(),
    )
    session.add(other)
    session.flush()
    _turn_around(session, turn, row, other)
    for package in session.scalars(select(tables.Package.id).where(tables.Package.sale_id == row.id)):
        packages.refund_unused(session, PackageId(package), sale=other.id, words=words.strip())
    session.flush()
    return SaleId(other.id)


def pay_out(session: Session, client: ClientId, amount: Money, tender: Tender, words: str) -> SaleId:
    """Pays back what the clinic holds on a client's account, as a receipt of its own (R14, R40)."""
    turn = access.require(session, Act.PAY_OUT)
    if tender not in (Tender.CASH, Tender.CARD, Tender.TRANSFER):
        raise Invalid("Choose cash, card or transfer.", field="tender")
    if amount <= 0:
        raise Invalid("Type an amount above zero.", field="amount")
    held = -journal.owed(session, client)
    if amount > held:
        raise Refused("The account holds {held}. Type that or less.", field="amount", held=Money(max(NOTHING, held)))
    sale = tables.Sale(
        **turn.stamp(),
        number=_next_number(session),
        kind=SaleKind.SALE,
        client_id=client,
        payer_id=client,
        total=-amount,
        tax=NOTHING,
        words=words.strip(),
    )
    session.add(sale)
    session.flush()
    own = {"sale_id": sale.id, "position": 1}
    session.add_all(
        [
            tables.SaleLine(
                **turn.stamp(),
                **own,
                kind=LineKind.ACCOUNT,
                words="Paid back from the account",
                price=-amount,
                discount=NOTHING,
                sale_discount=NOTHING,
                gross=-amount,
                tax_rate=0,
                tax=NOTHING,
                net=-amount,
            ),
            tables.Payment(**turn.stamp(), **own, tender=tender, amount=-amount, change=NOTHING),
        ]
    )
    sides = {Account.CLIENT: amount, _TENDERS[tender]: -amount}
    journal.post(session, turn.stamp(), journal.Cause(client=client, sale=sale.id), sides)
    return SaleId(sale.id)


def _give_credits(session: Session, cart: Cart) -> None:
    """Gives visits the credits that were chosen at the checkout, or takes off those that aren't to pay."""
    for line in cart.lines:
        if line.kind is not LineKind.VISIT or line.credit.auto:
            continue
        current = packages.of_visit(session, line.key)
        if (current.id if current is not None else None) != line.credit.credit:
            diary.set_credit(session, AppointmentId(line.key), line.credit)


def _attach(session: Session, cart: Cart) -> Cart:
    """Attaches the add-ons whose deposit is paid with this sale; their lines then name the visits they became (R27)."""
    lines = []
    for line in cart.lines:
        if line.attach is None:
            lines.append(line)
            continue
        appointment, _ = addons.join(session, line.attach)
        lines.append(replace(line, key=appointment, attach=None))
    return replace(cart, lines=tuple(lines))


def _sale(session: Session, turn: Turn, priced: Priced) -> tables.Sale:
    sale = tables.Sale(
        **turn.stamp(),
        number=_next_number(session),
        kind=SaleKind.SALE,
        client_id=priced.client.id,
        payer_id=priced.payer,
        total=priced.total,
        tax=priced.tax,
    )
    session.add(sale)
    session.flush()
    return sale


def _next_number(session: Session) -> int:
    row = session.get_one(tables.ReceiptNumber, 1)
    row.last += 1
    session.flush()
    return row.last


def _sale_line(turn: Turn, sale: tables.Sale, position: int, line: Line, one: LinePrice) -> tables.SaleLine:
    return tables.SaleLine(
        **turn.stamp(),
        sale_id=sale.id,
        position=position,
        kind=line.asked.kind,
        words=line.words,
        service_id=line.service.id if line.service is not None else None,
        product_id=line.product.id if line.product is not None else None,
        appointment_id=line.appointment.id if line.appointment is not None else None,
        price=one.price,
        discount=one.discount,
        sale_discount=one.sale_discount,
        gross=one.gross,
        tax_rate=line.tax_rate,
        tax=one.tax,
        net=one.net,
    )


def _payments(session: Session, turn: Turn, sale: tables.Sale, cart: Cart, priced: Priced) -> None:
    """One row a tender; a credit's or a deposit's row carries what it pays of its visit (R11, R28)."""
    paid: list[tuple[Paying, int | None]] = [(one, None) for one in cart.payments]
    for line, one in zip(priced.lines, priced.prices, strict=True):
        if line.credit is not None:
            paid.append((Paying(Tender.CREDIT, one.gross), line.credit.id))
        elif held := line.by_deposit(one.gross):
            paid.append((Paying(Tender.DEPOSIT, held), None))
    for position, (paying, credit) in enumerate(paid, 1):
        session.add(
            tables.Payment(
                **turn.stamp(),
                sale_id=sale.id,
                position=position,
                tender=paying.tender,
                amount=paying.amount,
                change=NOTHING if paying.given is None else paying.given - paying.amount,
                credit_id=credit,
            )
        )


def _sides(session: Session, cart: Cart, priced: Priced, sale: int) -> list[tuple[journal.Cause, Account, Money]]:
    """What the sale posts; a visit that a credit pays for posts when it is completed (R37).

    Deposits and fees are posted under their visits; of a deposit that is more than its visit came to, the rest goes to
    the account of whoever paid it.
    """
    own = journal.Cause(client=priced.payer, sale=sale)
    sums: dict[Account, Money] = defaultdict(lambda: NOTHING)
    sides = []
    for one in cart.payments:
        sums[_TENDERS[one.tender]] += one.amount
    for line, priced_line in zip(priced.lines, priced.prices, strict=True):
        kind, row = line.asked.kind, line.appointment
        if row is not None and kind in (LineKind.DEPOSIT, LineKind.ACCOUNT):
            sides.append((replace(own, appointment=row.id), _account(kind), -priced_line.gross))
        elif line.credit is None:
            sums[_account(kind)] -= priced_line.net
            sums[Account.TAX] -= priced_line.tax
            if row is not None and line.held_ahead:
                sides.extend(_from_deposit(session, sale, row.id, line.by_deposit(priced_line.gross)))
    return [*((own, account, amount) for account, amount in sums.items()), *sides]


def _from_deposit(
    session: Session, sale: int, appointment: int, used: Money
) -> list[tuple[journal.Cause, Account, Money]]:
    """Takes all that is held for a visit: what pays for it, and the rest, which goes back to the account."""
    sides = []
    for payer, held in journal.paid_ahead(session, appointment).items():
        cause = journal.Cause(client=payer, sale=sale, appointment=appointment)
        pays = min(used, held)
        used -= pays
        sides += [(cause, Account.DEPOSITS, held), (cause, Account.CLIENT, pays - held)]
    return sides


def _account(kind: LineKind) -> Account:
    return {
        LineKind.VISIT: Account.INCOME,
        LineKind.PACKAGE: Account.DEFERRED,
        LineKind.FEE: Account.FEES,
        LineKind.ADJUSTMENT: Account.INCOME,
        LineKind.ACCOUNT: Account.CLIENT,
        LineKind.DEPOSIT: Account.DEPOSITS,
    }[kind]


def _deliver(session: Session, line: Line, one: LinePrice, sale: tables.Sale, client: ClientId) -> None:
    """Hands over what was bought: a package with its credits; a visit that is under way is completed."""
    if line.product is not None and line.service is not None:
        packages.issue(session, packages.Sold(client, line.product, line.service, one.gross, one.net, sale.id))
    row = line.appointment if line.asked.kind is LineKind.VISIT else None
    if row is not None and row.status in (Status.ARRIVED, Status.IN_TREATMENT):
        diary.complete(session, AppointmentId(row.id))


def _reversible(session: Session, sale: SaleId) -> tables.Sale:
    row = session.get(tables.Sale, sale)
    if row is None:
        raise NotFound("That sale is no longer there.")
    if row.kind is SaleKind.REVERSAL:
        raise Refused("Receipt {number} is itself a reversal. Settle the sale anew instead.", number=row.number)
    done = session.scalar(select(tables.Sale.number).where(tables.Sale.reverses_id == row.id))
    if done is not None:
        raise Refused("Receipt {number} was reversed by receipt {done} already.", number=row.number, done=done)
    _refuse_spent_deposit(session, row)
    return row


def _refuse_spent_deposit(session: Session, sale: tables.Sale) -> None:
    """A deposit that has paid for its visit, or gone back, can't be taken out of the books a second time (R37)."""
    line = tables.SaleLine
    query = select(line).where(line.sale_id == sale.id, line.kind == LineKind.DEPOSIT)
    for one in session.scalars(query):
        held = journal.paid_ahead(session, one.appointment_id or 0)
        if held.get(sale.payer_id, NOTHING) < one.gross:
            raise Refused(
                "“{words}” of receipt {number} has been used or given back by now, so the receipt stays.",
                words=one.words,
                number=sale.number,
            )


def _turn_around(session: Session, turn: Turn, row: tables.Sale, other: tables.Sale) -> None:
    """Repeats lines, payments and postings with the signs turned."""
    stamp = turn.stamp()
    for line in session.scalars(select(tables.SaleLine).where(tables.SaleLine.sale_id == row.id)):
        session.add(
            tables.SaleLine(
                **stamp,
                sale_id=other.id,
                position=line.position,
                kind=line.kind,
                words=line.words,
                service_id=line.service_id,
                product_id=line.product_id,
                appointment_id=line.appointment_id,
                price=-line.price,
                discount=-line.discount,
                sale_discount=-line.sale_discount,
                gross=-line.gross,
                tax_rate=line.tax_rate,
                tax=-line.tax,
                net=-line.net,
            )
        )
    for one in session.scalars(select(tables.Payment).where(tables.Payment.sale_id == row.id)):
        session.add(
            tables.Payment(
                **stamp,
                sale_id=other.id,
                position=one.position,
                tender=one.tender,
                amount=-one.amount,
                change=NOTHING,
                credit_id=one.credit_id,
            )
        )
    for entry in session.scalars(select(tables.JournalEntry).where(tables.JournalEntry.sale_id == row.id)):
        session.add(
            tables.JournalEntry(
                **stamp,
                account=entry.account,
                amount=-entry.amount,
                client_id=entry.client_id,
                sale_id=other.id,
                appointment_id=entry.appointment_id,
            )
        )
    session.flush()
