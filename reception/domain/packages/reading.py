"""What a client's ledger shows: packages, credits, entries, visits and money, both ways round (R8, R12)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, bindparam, func, literal, select
from sqlalchemy.orm import Session

from reception.domain import access, clock, ledger, tables
from reception.domain.errors import NotFound
from reception.domain.ledger import Kind, State
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import Override, Status
from reception.domain.packages.choosing import held_by
from reception.domain.packages.owing import money_of
from reception.domain.packages.values import (
    Balanced,
    CreditLine,
    Entry,
    Ledger,
    PackageCard,
    Pip,
    VisitLine,
)
from reception.domain.tables.base import raw
from reception.domain.tables.ids import AppointmentId, ClientId, CreditId, PackageId, SaleId, ServiceId
from reception.domain.tables.words import Account, LineKind


def ledger_of(session: Session, client: ClientId) -> Ledger:
    """A client's whole ledger, in six statements."""
    connection = session.connection()
    clinic = connection.execute(_settings()).one_or_none()
    if clinic is None:
        raise NotFound("The clinic isn't set up yet.")
    zone, near_days = clinic
    today = clock.local_date(access.now(session), ZoneInfo(zone))
    entries = _entries(connection, client)
    packages = connection.execute(_packages(), {"client": client}).all()
    held = _held(connection, client)
    cards = _cards(packages, held, entries, today, near_days)
    names: dict[int, str] = {card.service: card.service_name for card in cards}
    money = money_of(session, client)
    visits = _visits(connection, client, entries, cards)
    open_ = [c for card in cards for c in card.credits if c.state in (State.AVAILABLE, State.RESERVED)]
    return Ledger(
        client=client,
        balances=_balances(held, names, today, near_days),
        packages=cards,
        visits=visits,
        money=money,
        account=money[-1].owed if money else NOTHING,
        open_value=sum((credit.value for credit in open_), NOTHING),
        open_count=len(open_),
        held=sum((visit.paid_ahead for visit in visits), NOTHING),
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


_KINDS = {kind.value: kind for kind in Kind}
_STATES = {state.value: state for state in State}
_STATUSES = {status.value: status for status in Status}
_OVERRIDES = {override.value: override for override in Override}


@cache
def _settings() -> Select[*tuple[Any, ...]]:
    own = raw(tables.Clinic)
    return select(own.zone, own.near_days)


@cache
def _entries_of() -> Select[*tuple[Any, ...]]:
    """What _entries asks; these statements are put together once, since that takes longer than running them."""
    e, c, p, visit, sale = map(
        raw, (tables.CreditEntry, tables.Credit, tables.Package, tables.Appointment, tables.Sale)
    )
    log, person = raw(tables.LogRow), raw(tables.Staff)
    receiver, owner = tables.Package.__table__.alias("receiver"), tables.Client.__table__.alias("owner")
    return (
        select(
            e.credit_id,
            e.n,
            e.kind,
            e.state,
            e.at,
            func.coalesce(person.name, ""),
            e.words,
            e.last_day,
            e.appointment_id,
            visit.starts,
            e.sale_id,
            sale.number,
            func.coalesce(owner.c.name, ""),
            e.override,
        )
        .select_from(e.table)
        .join(c.table, c.id == e.credit_id)
        .join(p.table, p.id == c.package_id)
        .join(log.table, log.n == e.n)
        .outerjoin(person.table, person.id == log.actor)
        .outerjoin(visit.table, visit.id == e.appointment_id)
        .outerjoin(sale.table, sale.id == e.sale_id)
        .outerjoin(receiver, receiver.c.id == e.package_id)
        .outerjoin(owner, owner.c.id == receiver.c.client_id)
        .where(p.client_id == bindparam("client"))
        .order_by(e.credit_id, e.seq)
    )


def _entries(connection: Connection, client: ClientId) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    # Entries of one command share their time, those of one credit their last day and their visit.
    instant, day = cache(clock.from_ms), cache(_day)
    for row in connection.execute(_entries_of(), {"client": client}).all():
        credit, n, kind, state, at, who, words, last, visit, starts, sale, number, to, override = row
        found[credit].append(
            Entry(
                n,
                _KINDS[kind],
                _STATES[state],
                instant(at),
                who,
                words,
                day(last),
                visit,
                None if starts is None else instant(starts),
                sale,
                number,
                to,
                _OVERRIDES[override],
            )
        )
    return found


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@cache
def _packages() -> Select[*tuple[Any, ...]]:
    p, service, sale = raw(tables.Package), raw(tables.Service), raw(tables.Sale)
    origin, giver = tables.Package.__table__.alias("origin"), tables.Client.__table__.alias("giver")
    return (
        select(
            p.id,
            p.name,
            p.service_id,
            service.name.label("service_name"),
            p.sessions,
            p.price,
            p.list_price,
            p.last_day,
            p.validity_unit,
            p.sold_day,
            p.sale_id,
            sale.number,
            func.coalesce(giver.c.name, "").label("giver"),
            p.terms,
        )
        .select_from(p.table)
        .join(service.table, service.id == p.service_id)
        .outerjoin(sale.table, sale.id == p.sale_id)
        .outerjoin(origin, origin.c.id == p.origin_id)
        .outerjoin(giver, giver.c.id == origin.c.client_id)
        .where(p.client_id == bindparam("client"))
        .order_by(p.sold_at.desc(), p.id.desc())
    )


@cache
def _credits_of() -> Select[*tuple[Any, ...]]:
    c, p = raw(tables.Credit), raw(tables.Package)
    return (
        select(
            c.id,
            c.package_id,
            c.number,
            p.sessions,
            c.service_id,
            c.value,
            c.state,
            func.coalesce(c.last_day, p.last_day),
            c.appointment_id,
            p.sold_at,
        )
        .join_from(p.table, c.table, p.id == c.package_id)
        .where(p.client_id == bindparam("client"))
        .order_by(c.package_id, c.number)
    )


def _held(connection: Connection, client: ClientId) -> list[ledger.Credit]:
    """The client's credits; which visit a package starts with doesn't matter for looking at them."""
    return [
        ledger.Credit(
            id_,
            package,
            number,
            of,
            service,
            Money(value),
            _STATES[state],
            _day(last),
            visit,
            clock.from_ms(sold_at),
        )
        for id_, package, number, of, service, value, state, last, visit, sold_at in connection.execute(
            _credits_of(), {"client": client}
        ).all()
    ]


def _cards(
    packages: Sequence[Any],
    held: Iterable[ledger.Credit],
    entries: dict[int, list[Entry]],
    today: date,
    near_days: int,
) -> tuple[PackageCard, ...]:
    credits: dict[int, list[CreditLine]] = defaultdict(list)
    for credit in held:
        credits[credit.package].append(_line(credit, today, near_days, entries.get(credit.id, ())))
    return tuple(
        PackageCard(
            id=PackageId(row.id),
            name=row.name,
            service=ServiceId(row.service_id),
            service_name=row.service_name,
            sessions=row.sessions,
            price=Money(row.price),
            list_price=Money(row.list_price),
            last_day=_day(row.last_day),
            floating=row.validity_unit is not None and row.last_day is None,
            sold_day=date.fromisoformat(row.sold_day),
            sale=None if row.sale_id is None else SaleId(row.sale_id),
            sale_number=row.number,
            from_client_name=row.giver,
            terms=row.terms,
            credits=tuple(credits[row.id]),
        )
        for row in packages
    )


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


@cache
def _visits_of() -> Select[*tuple[Any, ...]]:
    a, line, service, person = map(raw, (tables.Appointment, tables.SaleLine, tables.Service, tables.Staff))
    j = raw(tables.JournalEntry)
    paid = select(func.coalesce(func.sum(line.gross), 0)).where(
        line.appointment_id == a.id, line.kind == literal(LineKind.VISIT.value)
    )
    ahead = select(func.coalesce(-func.sum(j.amount), 0)).where(
        j.appointment_id == a.id, j.account == literal(Account.DEPOSITS.value)
    )
    return (
        select(
            a.id,
            a.starts,
            service.name,
            person.name,
            a.status,
            a.price,
            paid.correlate(a.table).scalar_subquery(),
            ahead.correlate(a.table).scalar_subquery(),
        )
        .select_from(a.table)
        .join(service.table, service.id == a.service_id)
        .join(person.table, person.id == a.staff_id)
        .where(a.client_id == bindparam("client"))
        .order_by(a.starts.desc(), a.id.desc())
    )


def _visits(
    connection: Connection, client: ClientId, entries: dict[int, list[Entry]], cards: Sequence[PackageCard]
) -> tuple[VisitLine, ...]:
    used = {c.visit: (c, card) for card in cards for c in card.credits if c.visit is not None}
    gave_back = {entry.visit for own in entries.values() for entry in own if entry.visit is not None} - set(used)
    lines = []
    for id_, starts, service, staff, status, price, amount, ahead in connection.execute(
        _visits_of(), {"client": client}
    ).all():
        credit, card = used.get(id_, (None, None))
        lines.append(
            VisitLine(
                id_,
                clock.from_ms(starts),
                service,
                staff,
                _STATUSES[status],
                Money(price),
                Money(amount),
                credit.id if credit else None,
                credit.number if credit else None,
                credit.of if credit else None,
                card.name if card else "",
                card.sold_day if card else None,
                credit.state if credit else None,
                id_ in gave_back,
                Money(ahead),
            )
        )
    return tuple(lines)
