"""What a client's ledger shows: packages, credits, entries, visits and money, both ways round (R8, R12)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from reception.domain import access, clock, ledger, tables
from reception.domain.errors import NotFound
from reception.domain.ledger import Kind, State
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import Override, Status
from reception.domain.packages.choosing import as_held, held_by, held_columns
from reception.domain.tables.ids import AppointmentId, ClientId, CreditId, PackageId, SaleId, ServiceId
from reception.domain.tables.words import Account, SaleKind


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
    """One visit and the credit that it holds or used: "4 of 6, course bought 12 May" (R8)."""

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


class MoneyLine(NamedTuple):
    """One line of the client's money: what was charged or paid, by which sale, and what is owed after it."""

    day: date
    words: str
    amount: Money
    owed: Money
    sale: SaleId | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that a client bought, used and paid."""

    client: ClientId
    balances: tuple[Balanced, ...]
    packages: tuple[PackageCard, ...]
    visits: tuple[VisitLine, ...]
    money: tuple[MoneyLine, ...]
    account: Money
    open_value: Money
    open_count: int


_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def ledger_of(session: Session, client: ClientId) -> Ledger:
    """A client's whole ledger, in six statements."""
    clinic = session.execute(select(tables.Clinic.zone, tables.Clinic.near_days)).one_or_none()
    if clinic is None:
        raise NotFound("The clinic isn't set up yet.")
    today = clock.local_date(access.now(session), ZoneInfo(clinic.zone))
    entries = _entries(session, client)
    cards = _cards(session, client, today, clinic.near_days, entries)
    money = _money(session, client)
    open_ = [c for card in cards for c in card.credits if c.state in (State.AVAILABLE, State.RESERVED)]
    return Ledger(
        client=client,
        balances=_balances_of(cards, today, clinic.near_days),
        packages=cards,
        visits=_visits(session, client, entries, cards),
        money=money,
        account=money[-1].owed if money else NOTHING,
        open_value=sum((credit.value for credit in open_), NOTHING),
        open_count=len(open_),
    )


def balances(session: Session, client: ClientId) -> tuple[Balanced, ...]:
    """A client's balances, one per service."""
    clinic = session.execute(select(tables.Clinic.zone, tables.Clinic.near_days)).one()
    today = clock.local_date(access.now(session), ZoneInfo(clinic.zone))
    held = [one.credit for one in held_by(session, client)]
    return balances_of(session, held, {}, today, clinic.near_days)


def balances_of(
    session: Session, held: Sequence[ledger.Credit], names: dict[int, str], today: date, near_days: int
) -> tuple[Balanced, ...]:
    """The balances that these credits add up to; names of services that aren't given are looked up."""
    missing = {credit.service for credit in held} - set(names)
    if missing:
        query = select(tables.Service.id, tables.Service.name).where(tables.Service.id.in_(missing))
        names = names | dict(session.execute(query).all())
    return _balances(held, names, today, near_days)


def _balances(
    held: Sequence[ledger.Credit], names: dict[int, str], today: date, near_days: int
) -> tuple[Balanced, ...]:
    found = []
    for one in ledger.balance(held, today, near_days):
        own = sorted((c for c in held if c.service == one.service), key=lambda c: (c.sold_at, c.package, c.number))
        pips = tuple(
            Pip(state, credit.number)
            for credit in own
            if (state := ledger.effective(credit, today)) not in (State.REFUNDED, State.TRANSFERRED)
        )
        found.append(
            Balanced(
                service=ServiceId(one.service),
                service_name=names[one.service],
                available=one.available,
                reserved=one.reserved,
                used=one.used,
                expired=one.expired,
                next_last_day=one.next_last_day,
                near=one.near,
                pips=pips,
            )
        )
    return tuple(found)


def _balances_of(cards: Sequence[PackageCard], today: date, near_days: int) -> tuple[Balanced, ...]:
    """The balances of credits that have been read already."""
    held = [
        ledger.Credit(
            credit.id,
            card.id,
            credit.number,
            credit.of,
            credit.service,
            credit.value,
            credit.state,
            credit.last_day,
            credit.visit,
            _LONG_AGO,
        )
        for card in reversed(cards)
        for credit in card.credits
    ]
    return _balances(held, {card.service: card.service_name for card in cards}, today, near_days)


def _entries(session: Session, client: ClientId) -> dict[int, list[Entry]]:
    e, visit, sale, log = tables.CreditEntry, tables.Appointment, tables.Sale, tables.LogRow
    receiver, owner = aliased(tables.Package), aliased(tables.Client)
    query = (
        select(
            e.credit_id,
            e.n,
            e.kind,
            e.state,
            e.at,
            func.coalesce(tables.Staff.name, ""),
            e.words,
            e.last_day,
            e.appointment_id,
            visit.starts,
            e.sale_id,
            sale.number,
            func.coalesce(owner.name, ""),
            e.override,
        )
        .join(tables.Credit, tables.Credit.id == e.credit_id)
        .join(tables.Package, tables.Package.id == tables.Credit.package_id)
        .join(log, log.n == e.n)
        .outerjoin(tables.Staff, tables.Staff.id == log.actor)
        .outerjoin(visit, visit.id == e.appointment_id)
        .outerjoin(sale, sale.id == e.sale_id)
        .outerjoin(receiver, receiver.id == e.package_id)
        .outerjoin(owner, owner.id == receiver.client_id)
        .where(tables.Package.client_id == client)
        .order_by(e.credit_id, e.seq)
    )
    found: dict[int, list[Entry]] = defaultdict(list)
    for credit, *fields in session.execute(query):
        found[credit].append(Entry(*fields))
    return found


def _cards(
    session: Session, client: ClientId, today: date, near_days: int, entries: dict[int, list[Entry]]
) -> tuple[PackageCard, ...]:
    package, sale = tables.Package, tables.Sale
    origin, giver = aliased(package), aliased(tables.Client)
    query = (
        select(package, tables.Service.name, sale.number, func.coalesce(giver.name, ""))
        .join(tables.Service, tables.Service.id == package.service_id)
        .outerjoin(sale, sale.id == package.sale_id)
        .outerjoin(origin, origin.id == package.origin_id)
        .outerjoin(giver, giver.id == origin.client_id)
        .where(package.client_id == client)
        .order_by(package.sold_at.desc(), package.id.desc())
    )
    sold = session.execute(query).all()
    credits: dict[int, list[CreditLine]] = defaultdict(list)
    for row in session.execute(
        select(*held_columns()).join(package, package.id == tables.Credit.package_id).where(package.client_id == client)
    ):
        credit = as_held(row).credit
        credits[credit.package].append(_line(credit, today, near_days, entries.get(credit.id, ())))
    return tuple(
        PackageCard(
            id=PackageId(row.id),
            name=row.name,
            service=ServiceId(row.service_id),
            service_name=service_name,
            sessions=row.sessions,
            price=row.price,
            list_price=row.list_price,
            last_day=row.last_day,
            floating=row.validity_unit is not None and row.last_day is None,
            sold_day=row.sold_day,
            sale=None if row.sale_id is None else SaleId(row.sale_id),
            sale_number=number,
            from_client_name=from_name,
            terms=row.terms,
            credits=tuple(sorted(credits[row.id], key=_number)),
        )
        for row, service_name, number, from_name in sold
    )


def _number(line: CreditLine) -> int:
    return line.number


def _line(credit: ledger.Credit, today: date, near_days: int, entries: Iterable[Entry]) -> CreditLine:
    state = ledger.effective(credit, today)
    near = (
        state is State.AVAILABLE
        and credit.last_day is not None
        and credit.last_day - today <= timedelta(days=near_days)
    )
    return CreditLine(
        CreditId(credit.id),
        credit.number,
        credit.of,
        ServiceId(credit.service),
        credit.value,
        state,
        credit.last_day,
        None if credit.visit is None else AppointmentId(credit.visit),
        near,
        tuple(entries),
    )


def _visits(
    session: Session, client: ClientId, entries: dict[int, list[Entry]], cards: Sequence[PackageCard]
) -> tuple[VisitLine, ...]:
    a, line = tables.Appointment, tables.SaleLine
    paid = (
        select(func.coalesce(func.sum(line.gross), 0)).where(line.appointment_id == a.id).correlate(a).scalar_subquery()
    )
    rows = session.execute(
        select(a.id, a.starts, tables.Service.name, tables.Staff.name, a.status, a.price, paid)
        .join(tables.Service, tables.Service.id == a.service_id)
        .join(tables.Staff, tables.Staff.id == a.staff_id)
        .where(a.client_id == client)
        .order_by(a.starts.desc(), a.id.desc())
    )
    used = {c.visit: (c, card) for card in cards for c in card.credits if c.visit is not None}
    gave_back = {entry.visit for own in entries.values() for entry in own if entry.visit is not None} - set(used)
    lines = []
    for id_, starts, service, staff, status, price, amount in rows:
        credit, card = used.get(id_, (None, None))
        lines.append(
            VisitLine(
                id_,
                starts,
                service,
                staff,
                status,
                price,
                Money(amount),
                credit.id if credit else None,
                credit.number if credit else None,
                credit.of if credit else None,
                card.name if card else "",
                card.sold_day if card else None,
                credit.state if credit else None,
                id_ in gave_back,
            )
        )
    return tuple(lines)


def _money(session: Session, client: ClientId) -> tuple[MoneyLine, ...]:
    """Charges and payments by day, with what is owed after each; a visit paid by a credit moves no money."""
    j, sale = tables.JournalEntry, tables.Sale
    query = (
        select(j.n, j.business_day, j.account, j.amount, j.sale_id, sale.number, sale.kind, tables.Service.name)
        .outerjoin(sale, sale.id == j.sale_id)
        .outerjoin(tables.Appointment, tables.Appointment.id == j.appointment_id)
        .outerjoin(tables.Service, tables.Service.id == tables.Appointment.service_id)
        .where(
            j.client_id == client,
            j.account.in_((Account.CASH, Account.CARD, Account.TRANSFER, Account.CLIENT)),
        )
        .order_by(j.n, j.id)
    )
    return tuple(_money_lines(session.execute(query).all()))


_TENDER_WORDS = {Account.CASH: "Cash", Account.CARD: "Card", Account.TRANSFER: "Transfer"}


def _money_lines(rows: Sequence[Any]) -> list[MoneyLine]:
    lines: list[MoneyLine] = []
    owed = NOTHING
    charged: set[int] = set()
    totals: dict[int, Money] = defaultdict(lambda: NOTHING)
    for row in rows:
        totals[row.n] += row.amount
    for n, day, account, amount, of_sale, number, kind, service in rows:
        if number is not None and n not in charged:
            charged.add(n)
            owed += totals[n]
            if totals[n]:
                word = "Reversal" if kind is SaleKind.REVERSAL else "Sale"
                lines.append(MoneyLine(day, f"{word} {number}", totals[n], owed, of_sale))
        if account is not Account.CLIENT:
            owed -= amount
            lines.append(MoneyLine(day, _TENDER_WORDS[account], -amount, owed, of_sale))
        elif number is None:
            owed += amount
            words = f"Fee, {service}" if amount > 0 else f"Fee taken back, {service}"
            lines.append(MoneyLine(day, words, amount, owed, None))
    return lines
