"""Appointments as the diary draws them: what is asked of the database, and what a row says."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, cast, func, literal, or_, select

from reception.domain import clock, tables
from reception.domain.diary.values import Entry
from reception.domain.ledger import State
from reception.domain.money import Money
from reception.domain.outcomes import Status
from reception.domain.tables.base import Whole, raw
from reception.domain.tables.words import Account, LineKind


@cache
def asked() -> Select[*tuple[Any, ...]]:
    """All that is drawn of an appointment; put together once, since that takes longer than running it."""
    a, c, s, o = raw(tables.Appointment), raw(tables.Client), raw(tables.Service), raw(tables.Occupancy)
    cr, p, line, own = raw(tables.Credit), raw(tables.Package), raw(tables.SaleLine), raw(tables.ClientAlert)
    r, j, taken = raw(tables.Resource), raw(tables.JournalEntry), raw(tables.Occupancy, "room")
    alert = select(func.min(own.words)).where(own.client_id == a.client_id, own.serious == 1)
    paid = select(func.sum(line.gross)).where(line.appointment_id == a.id, line.kind == literal(LineKind.VISIT.value))
    rooms = (
        select(func.aggregate_strings(r.name, "\n"))
        .join_from(taken.table, r.table, taken.holder == literal("resource:") + cast(r.id, Text))
        .where(taken.appointment_id == a.id)
    )
    ahead = select(-func.sum(j.amount)).where(j.appointment_id == a.id, j.account == literal(Account.DEPOSITS.value))
    return (
        select(
            a.id,
            a.group_id,
            a.client_id,
            c.name,
            a.staff_id,
            a.service_id,
            s.name,
            s.short,
            a.starts,
            a.minutes,
            o.ends,
            a.status,
            a.since,
            a.price,
            cr.id,
            cr.number,
            p.sessions,
            alert.correlate(a.table).scalar_subquery(),
            a.note,
            paid.correlate(a.table).scalar_subquery(),
            a.base_id,
            rooms.correlate(a.table).scalar_subquery(),
            a.ahead,
            ahead.correlate(a.table).scalar_subquery(),
        )
        .select_from(a.table)
        .join(c.table, c.id == a.client_id)
        .join(s.table, s.id == a.service_id)
        .outerjoin(o.table, and_(o.appointment_id == a.id, o.holder == literal("staff:") + cast(a.staff_id, Text)))
        .outerjoin(cr.table, cr.appointment_id == a.id)
        .outerjoin(p.table, p.id == cr.package_id)
    )


@cache
def on_day() -> Select[*tuple[Any, ...]]:
    """The appointments that stand in the grid on a `day`."""
    a = raw(tables.Appointment)
    return asked().where(_drawn(a)).order_by(a.starts, a.id)


def _drawn(a: Any) -> ColumnElement[bool]:
    """What stands in the grid on a day; a visit cancelled in time leaves no trace there (A.6)."""
    return and_(a.day == bindparam("day"), a.status != literal(Status.CANCELLED.value))


@cache
def left_on_day() -> Select[*tuple[Any, ...]]:
    """The credits left, as of `today`, to those who come on a `day`."""
    a = raw(tables.Appointment)
    return _credits_left(select(a.client_id).where(_drawn(a)))


@cache
def left_to_client() -> Select[*tuple[Any, ...]]:
    """The credits left to a `client`, as of `today`."""
    return _credits_left([bindparam("client", type_=Whole)])


def _credits_left(clients: Any) -> Select[*tuple[Any, ...]]:
    """How many credits of each service are left to these clients, and the nearest last day among them."""
    c, p = raw(tables.Credit), raw(tables.Package)
    last = func.coalesce(c.last_day, p.last_day)
    return (
        select(p.client_id, c.service_id, func.count(), func.min(last))
        .join_from(p.table, c.table, c.package_id == p.id)
        .where(
            p.client_id.in_(clients),
            c.state == literal(State.AVAILABLE.value),
            or_(last.is_(None), last >= bindparam("today")),
        )
        .group_by(p.client_id, c.service_id)
    )


Left = dict[tuple[int, int], tuple[int, date | None]]
"""How many credits of a service are left to a client, and the nearest last day among them."""


def left_of(rows: Iterable[Any]) -> Left:
    """What is left to whom, of the rows of `left_on_day` or `left_to_client`."""
    return {(client, service): (count, last and date.fromisoformat(last)) for client, service, count, last in rows}


_STATUSES = {status.value: status for status in Status}
_NOTHING_LEFT = (0, None)


def entry_of(row: Any, left: Left, soon: date) -> Entry:
    """An appointment as the diary draws it, of a row of `asked`; credits that end by `soon` stand out."""
    (
        id_,
        group,
        client,
        client_name,
        staff,
        service,
        service_name,
        service_short,
        starts,
        minutes,
        ends,
        status,
        since,
        price,
        credit,
        number,
        of,
        alert,
        note,
        paid,
        base,
        rooms,
        ahead,
        paid_ahead,
    ) = row
    count, nearest = left.get((client, service), _NOTHING_LEFT)
    start = clock.from_ms(starts)
    return Entry(
        id_,
        group,
        client,
        client_name,
        staff,
        service,
        service_name,
        service_short,
        start,
        minutes,
        start + timedelta(minutes=minutes) if ends is None else clock.from_ms(ends),
        _STATUSES[status],
        clock.from_ms(since),
        Money(price),
        credit,
        number,
        of,
        count,
        nearest is not None and nearest <= soon,
        alert or "",
        note,
        bool(paid),
        base,
        _in_words(rooms),
        Money(ahead),
        Money(paid_ahead or 0),
    )


def _in_words(rooms: str | None) -> str:
    """Rooms and devices as they are read; a database gathers them in any order."""
    return ", ".join(sorted(rooms.split("\n"))) if rooms else ""
