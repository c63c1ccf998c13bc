"""What a cart comes to: its lines from the books, priced, with the credits that pay for visits (R36, R38)."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import diary, journal, ledger, packages, pricing, screening, tables
from reception.domain.checkout.lines import TAKEN_PLACE, Line, line_of, owing_ahead
from reception.domain.checkout.values import Cart, CartLine, Quote, QuoteLine
from reception.domain.errors import DomainError, Invalid, NotFound, Notice, Refused
from reception.domain.gates import Screened
from reception.domain.ledger import State
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import UPCOMING, Status
from reception.domain.packages import Balanced, Option
from reception.domain.tables.ids import ClientId, ServiceId
from reception.domain.tables.words import LineKind, Tender

_FIXED = (LineKind.DEPOSIT, LineKind.ACCOUNT)  # nothing comes off money for a visit to come, or off a debt


@dataclass(frozen=True, slots=True)
class Priced:
    """The whole cart, priced."""

    own: diary.Setting
    client: tables.Client
    payer: int
    lines: tuple[Line, ...]
    prices: tuple[pricing.Priced, ...]

    @property
    def total(self) -> Money:
        """What all lines come to, tax included."""
        return sum((price.gross for price in self.prices), NOTHING)

    @property
    def tax(self) -> Money:
        """The tax within the total."""
        return sum((price.tax for price in self.prices), NOTHING)

    @property
    def by_credit(self) -> Money:
        """What credits pay of it, at the visits' prices (R11)."""
        pairs = zip(self.lines, self.prices, strict=True)
        return sum((price.gross for line, price in pairs if line.credit is not None), NOTHING)

    @property
    def by_deposit(self) -> Money:
        """What deposits pay of it: money that came before the visits."""
        pairs = zip(self.lines, self.prices, strict=True)
        return sum((line.by_deposit(price.gross) for line, price in pairs), NOTHING)

    @property
    def to_pay(self) -> Money:
        """What remains for cash, card, transfer or account."""
        return self.total - self.by_credit - self.by_deposit


def price(session: Session, cart: Cart) -> Priced:
    """Prices a cart from the books; a line that can't be sold is priced too and says why (R13)."""
    own = diary.setting(session)
    client = session.get(tables.Client, cart.client)
    if client is None:
        raise NotFound("That client is no longer there. Choose the client again.", field="client")
    taken: set[int] = set()
    lines = tuple(line_of(session, own, cart, asked, taken) for asked in cart.lines)
    items = [
        pricing.Item(line.price, 1, line.asked.discount, line.tax_rate, fixed=line.asked.kind in _FIXED)
        for line in lines
    ]
    prices = pricing.price_sale(items, cart.discount)
    payer = cart.payer or client.payer_id or client.id
    return Priced(own, client, payer, lines, prices)


def quote(session: Session, cart: Cart) -> Quote:
    """What a cart comes to, what remains, and the balances afterwards; nothing is recorded."""
    try:
        priced = price(session, cart)
    except DomainError as refusal:
        return _nothing(session, cart, refusal)
    paid = sum((one.amount for one in cart.payments), NOTHING)
    to_pay, account = priced.to_pay, journal.owed(session, ClientId(priced.payer))
    return Quote(
        lines=tuple(_quoted(priced, line, one) for line, one in zip(priced.lines, priced.prices, strict=True)),
        price=sum((one.price for one in priced.prices), NOTHING),
        discount=sum((one.discount + one.sale_discount for one in priced.prices), NOTHING),
        total=priced.total,
        tax=priced.tax,
        by_credit=priced.by_credit,
        by_deposit=priced.by_deposit,
        to_pay=to_pay,
        paid=paid,
        remaining=to_pay - paid,
        change=change(cart),
        account=account,
        account_after=_account_after(account, cart, priced),
        after=_after(session, priced),
        refusal=refused(cart, priced),
        notices=(*_notices(priced), *_warned(session, priced)),
    )


def change(cart: Cart) -> Money:
    """What is given back of the cash that was handed over."""
    return sum((one.given - one.amount for one in cart.payments if one.given is not None), NOTHING)


def suggest(session: Session, client: ClientId) -> tuple[CartLine, ...]:
    """What there is to settle: visits that took place and aren't paid, deposits that are due, fees and other debts."""
    own = diary.setting(session)
    a, line = tables.Appointment, tables.SaleLine
    paid = select(func.sum(line.gross)).where(line.appointment_id == a.id, line.kind == LineKind.VISIT)
    visits = session.scalars(
        select(a.id)
        .where(
            a.client_id == client,
            a.status.in_(TAKEN_PLACE),
            a.day <= own.today,
            a.price > 0,
            func.coalesce(paid.correlate(a).scalar_subquery(), 0) == 0,
        )
        .order_by(a.starts)
    )
    lines = [CartLine(LineKind.VISIT, key) for key in visits if not _settled_by_credit(session, key, own.today)]
    return (*lines, *_deposits_due(session, own, client), *_debts(session, client))


def _deposits_due(session: Session, own: diary.Setting, client: ClientId) -> list[CartLine]:
    """What is to be paid ahead for visits to come, one line each (R28)."""
    a = tables.Appointment
    coming = session.scalars(
        select(a)
        .where(a.client_id == client, a.status.in_(tuple(UPCOMING)), a.day >= own.today, a.ahead > 0)
        .order_by(a.starts)
    )
    return [CartLine(LineKind.DEPOSIT, row.id) for row in coming if owing_ahead(session, row)]


def _debts(session: Session, client: ClientId) -> list[CartLine]:
    """What is owed on account: each fee that isn't paid, then the rest; never more than is owed in all (R14)."""
    owed = journal.owed(session, client)
    lines = []
    for appointment, fee in journal.fees(session, client).items():
        if (due := min(fee, owed)) > 0:
            lines.append(CartLine(LineKind.ACCOUNT, appointment, price=due))
            owed -= due
    if owed > 0:
        lines.append(CartLine(LineKind.ACCOUNT, price=owed))
    return lines


def _settled_by_credit(session: Session, appointment: int, today: date) -> bool:
    """A visit of an earlier day that a credit has paid for needs no checkout any more."""
    row = session.get_one(tables.Appointment, appointment)
    credit = packages.of_visit(session, appointment)
    return row.day < today and credit is not None and credit.state is State.REDEEMED


def refused(cart: Cart, priced: Priced) -> DomainError | None:
    """Why a cart can't be settled, None where it can: a line that isn't sold comes first, then the payments."""
    if not cart.lines:
        return Refused("The cart is empty. Add a visit or a package.")
    lines = next((line.refusal for line in priced.lines if line.refusal is not None), None)
    return lines or _payments_refused(cart, priced)


class Unpaid(Refused):
    """Nothing is wrong with the cart; something remains to be paid."""


def _payments_refused(cart: Cart, priced: Priced) -> DomainError | None:
    to_pay = priced.to_pay
    for one in cart.payments:
        if one.tender in (Tender.CREDIT, Tender.DEPOSIT) or one.amount <= 0:
            return Invalid("Type an amount above zero, or take the payment out.", field="amount")
        if one.given is not None and one.given < one.amount:
            return Invalid(
                "{given} is less than the {amount} to be paid in cash.",
                field="given",
                given=one.given,
                amount=one.amount,
            )
    paid = sum((one.amount for one in cart.payments), NOTHING)
    if paid < to_pay:
        return Unpaid("{rest} remains to be paid. Choose how it is paid.", rest=to_pay - paid)
    if paid > to_pay:
        return Refused("The payments are {rest} more than is to be paid. Lower one of them.", rest=paid - to_pay)
    pays_account = any(line.asked.kind is LineKind.ACCOUNT for line in priced.lines)
    if pays_account and any(one.tender is Tender.ACCOUNT for one in cart.payments):
        return Refused("What is owed on account can't be paid from the account. Choose cash, card or transfer.")
    return None


def _quoted(priced: Priced, line: Line, one: pricing.Priced) -> QuoteLine:
    own, row = priced.own, line.appointment
    options: tuple[Option, ...] = ()
    credit = None
    if row is not None and line.asked.kind is LineKind.VISIT and row.status is not Status.COMPLETED:
        options = packages.options(line.held, row.day, own.today, own.clinic.near_days)
    if row is not None and line.credit is not None:
        name = next(held.package_name for held in line.held if held.credit.id == line.credit.id)
        credit = packages.option(line.credit, name, row.day, own.today, own.clinic.near_days)
    return QuoteLine(
        line.asked.kind,
        line.asked.key,
        line.words,
        line.detail,
        line.start,
        one.price,
        one.discount,
        one.sale_discount,
        one.gross,
        line.tax_rate,
        one.tax,
        credit,
        options,
        line.by_deposit(one.gross),
        line.asked.attach,
        line.offer.end if line.offer is not None else None,
        line.rest,
        line.refusal,
    )


def _notices(priced: Priced) -> list[Notice]:
    """What was paid ahead and isn't needed for its visit doesn't disappear (R28)."""
    return [
        Notice("{amount} that was paid ahead goes to the account.", amount=rest)
        for line, one in zip(priced.lines, priced.prices, strict=True)
        if (rest := line.held_ahead - line.by_deposit(one.gross))
    ]


def _warned(session: Session, priced: Priced) -> tuple[Notice, ...]:
    """A course of a service that an answer blocks is sold, but not unseen (R33)."""
    sold = {ServiceId(line.service.id): line for line in priced.lines if line.product is not None and line.service}
    verdicts = screening.verdicts(session, ClientId(priced.client.id), list(sold), priced.own.now)
    return tuple(
        Notice(
            "{service} is blocked for {client} by an answer: {message}",
            service=sold[service].detail,
            client=priced.client.name,
            message=verdict.hits[0].staff_message,
        )
        for service, verdict in verdicts.items()
        if verdict.outcome is Screened.BLOCKED
    )


def _account_after(owed: Money, cart: Cart, priced: Priced) -> Money:
    owed += sum((one.amount for one in cart.payments if one.tender is Tender.ACCOUNT), NOTHING)
    pairs = zip(priced.lines, priced.prices, strict=True)
    for line, one in pairs:
        owed -= one.gross if line.asked.kind is LineKind.ACCOUNT else line.held_ahead - line.by_deposit(one.gross)
    return owed


def _after(session: Session, priced: Priced) -> tuple[Balanced, ...]:
    """The client's balances once this is settled: visits' credits used, new packages' credits left."""
    used = {line.credit.id for line in priced.lines if line.credit is not None}
    freed = {
        one.credit.id
        for line in priced.lines
        for one in line.held
        if line.appointment is not None and one.credit.visit == line.appointment.id and one.credit.id not in used
    }
    credits = [_as_after(one.credit, used, freed) for one in packages.held_by(session, ClientId(priced.client.id))]
    names = {line.service.id: line.service.name for line in priced.lines if line.service is not None}
    sold = list(zip(priced.lines, priced.prices, strict=True))
    for place, (line, _) in enumerate(sold):
        if line.product is not None:
            credits.extend(_new_credits(priced, line.product, -1 - place))
    return packages.balances_of(session, credits, names, priced.own.today, priced.own.clinic.near_days)


def _as_after(credit: ledger.Credit, used: set[int], freed: set[int]) -> ledger.Credit:
    if credit.id in used:
        return replace(credit, state=State.REDEEMED)
    return replace(credit, state=State.AVAILABLE, visit=None) if credit.id in freed else credit


def _new_credits(priced: Priced, product: tables.Product, package: int) -> list[ledger.Credit]:
    validity = ledger.Validity(product.validity_unit, product.validity_count, product.validity_starts)
    floats = validity.unit is not None and validity.starts is ledger.Starts.FIRST_VISIT
    last = None if floats else ledger.last_day(validity, priced.own.today)
    return [
        ledger.Credit(
            0,
            package,
            number,
            product.sessions,
            product.service_id,
            NOTHING,
            State.AVAILABLE,
            last,
            None,
            datetime.max.replace(tzinfo=UTC),
        )
        for number in range(1, product.sessions + 1)
    ]


def _nothing(session: Session, cart: Cart, refusal: DomainError) -> Quote:
    """A cart that can't be priced says why and keeps what was typed."""
    own = diary.setting(session)
    held = [one.credit for one in packages.held_by(session, cart.client)]
    owed = journal.owed(session, cart.client)
    return Quote(
        lines=(),
        price=NOTHING,
        discount=NOTHING,
        total=NOTHING,
        tax=NOTHING,
        by_credit=NOTHING,
        by_deposit=NOTHING,
        to_pay=NOTHING,
        paid=NOTHING,
        remaining=NOTHING,
        change=NOTHING,
        account=owed,
        account_after=owed,
        after=packages.balances_of(session, held, {}, own.today, own.clinic.near_days),
        refusal=refusal,
        notices=(),
    )
