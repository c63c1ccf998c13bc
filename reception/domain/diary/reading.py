"""Looking at the diary: a day in three statements, one visit, free slots, and what waits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from reception.domain import access, catalogue, clock, conflicts, packages, rota, screening, shifts, tables
from reception.domain.diary import laying
from reception.domain.diary.values import (
    ChainLine,
    Column,
    ComingIn,
    Conflict,
    Day,
    Entry,
    Event,
    Off,
    Placed,
    Queue,
    Slot,
    Visit,
)
from reception.domain.errors import NotFound, Refused
from reception.domain.ledger import State
from reception.domain.money import Money
from reception.domain.outcomes import LIVE, UPCOMING, Status
from reception.domain.span import Span
from reception.domain.tables.base import Whole, raw
from reception.domain.tables.ids import AppointmentId, ClientId, GroupId, ResourceId, ServiceId, StaffId
from reception.domain.tables.words import Account, LineKind


@dataclass(frozen=True, slots=True)
class Setting:
    """The clinic's clock and the settings that decide about visits."""

    clinic: tables.Clinic
    zone: ZoneInfo
    now: datetime
    today: date


def setting(session: Session) -> Setting:
    """The clinic's clock and settings as this session finds them."""
    clinic = session.get(tables.Clinic, 1)
    if clinic is None:
        raise NotFound("The clinic isn't set up yet.")
    zone = ZoneInfo(clinic.zone)
    now = access.now(session)
    return Setting(clinic, zone, now, clock.local_date(now, zone))


def day(session: Session, day: date) -> Day:
    """A whole day of the diary, in three statements."""
    connection = session.connection()
    around = frame(connection, day)
    today = clock.local_date(access.now(session), around.zone)
    asked = {"day": day.isoformat(), "today": today.isoformat()}
    left = _left(connection.execute(_day_left(), asked).all())
    soon = today + timedelta(days=around.near_days)
    entries = tuple(_entry(row, left, soon) for row in connection.execute(_day_entries(), asked).all())
    return Day(
        day=day,
        zone=around.zone,
        open=around.open,
        closed=around.closed,
        columns=_columns(around, entries),
        offs=around.offs,
        entries=entries,
    )


def entry(session: Session, appointment: AppointmentId) -> Entry:
    """One appointment as the diary draws it; NotFound where it is none."""
    row = session.execute(_entries().where(tables.Appointment.id == appointment)).one_or_none()
    if row is None:
        raise NotFound("That visit is no longer there.")
    own = setting(session)
    left = _left(session.execute(_client_left(), {"client": row[2], "today": own.today.isoformat()}))
    return _entry(row, left, own.today + timedelta(days=own.clinic.near_days))


def visit(session: Session, appointment: AppointmentId) -> Visit:
    """One appointment with its history and the credits that could pay for it (R8)."""
    own = setting(session)
    found = entry(session, appointment)
    on = clock.local_date(found.start, own.zone)
    held = packages.held_by(session, found.client, found.service)
    used = next((one for one in held if one.credit.id == found.credit), None)
    near = own.clinic.near_days
    return Visit(
        entry=found,
        staff_name=session.get_one(tables.Staff, found.staff).name,
        day=on,
        events=_events(session, appointment),
        credit=packages.option(used.credit, used.package_name, on, own.today, near) if used else None,
        options=packages.options(held, on, own.today, near),
    )


def coming_in(session: Session, appointment: AppointmentId) -> ComingIn:
    """The whole coming-in that an appointment belongs to, with credits, rooms, and what the gate says of each (R24)."""
    own = setting(session)
    row = laying.appointment_of(session, appointment)
    group, client = GroupId(row.group_id), ClientId(row.client_id)
    a = tables.Appointment
    rows = session.execute(_entries().where(a.group_id == group).order_by(a.starts, a.id)).all()
    left = _left(session.execute(_client_left(), {"client": client, "today": own.today.isoformat()}))
    entries = [_entry(one, left, own.today + timedelta(days=own.clinic.near_days)) for one in rows]
    live = [one for one in entries if one.status in LIVE]
    verdicts = screening.verdicts(session, client, [one.service for one in live], row.starts, group=group)
    held = {one.credit.visit: one for one in packages.held_by(session, client) if one.credit.visit is not None}
    names = dict(session.execute(select(tables.Staff.id, tables.Staff.name)).all())
    placed = _placed(session, live)
    lines = []
    for one in live:
        used = held.get(one.id)
        near = own.clinic.near_days
        credit = packages.option(used.credit, used.package_name, row.day, own.today, near) if used else None
        lines.append(ChainLine(one, names[one.staff], credit, placed.get(one.id, ()), verdicts[one.service]))
    name = session.get_one(tables.Client, client).name
    ended = tuple(one for one in entries if one.status not in LIVE)
    return ComingIn(group, client, name, row.day, tuple(lines), ended)


def _placed(session: Session, entries: Sequence[Entry]) -> dict[AppointmentId, tuple[Placed, ...]]:
    """The rooms and devices of some visits, each with what else would do for its need."""
    given = laying.given(session, [one.id for one in entries])
    if not given:
        return {}
    named = {one.id: one.name for one in catalogue.resources(session, retired=True)}
    found = {}
    for one in entries:
        needs = dict(enumerate(catalogue.needs(session, one.service), 1))
        found[one.id] = tuple(
            Placed(number, resource, named[resource], _others(needs.get(number, ()), resource, named))
            for number, resource in given.get(one.id, ())
        )
    return found


def _others(
    need: Iterable[ResourceId], own: ResourceId, named: dict[ResourceId, str]
) -> tuple[tuple[ResourceId, str], ...]:
    return tuple((one, named[one]) for one in need if one != own)


def free(
    session: Session, service: ServiceId, since: date, days: int, staff: StaffId | None = None, limit: int = 30
) -> tuple[Slot, ...]:
    """Free starts for a service from a day on, the earliest first; with one person or with any who has the skill."""
    own = setting(session)
    offered = session.get_one(tables.Service, service)
    people = _skilled(session, service, staff)
    last = since + timedelta(days=days - 1)
    search = Span(
        max(clock.at_local(since, 0, own.zone), _quarter(own.now)), clock.at_local(last, clock.MIDNIGHT, own.zone)
    )
    need = timedelta(minutes=offered.minutes + offered.turnaround)
    working = rota.spans(session, list(people), since, last, own.zone)
    busy = busy_times(session, list(people), Span(search.start, search.end + conflicts.MAX), own.zone)
    found = [
        Slot(person, name, start)
        for person, name in people.items()
        for start in conflicts.free(
            search, working.get(person, ()), busy.get(person, ()), need=need, step=timedelta(minutes=15)
        )
    ]
    order = {person: place for place, person in enumerate(people)}
    return tuple(sorted(found, key=lambda slot: (slot.start, order[slot.staff]))[:limit])


def busy_times(
    session: Session, staff: Sequence[StaffId], span: Span, zone: ZoneInfo
) -> dict[StaffId, list[conflicts.Busy]]:
    """What is in the way of each of these people: visits, time off, blocks, closures."""
    visits = laying.taken(session, [laying.staff_holder(one) for one in staff], span)
    found = {one: visits.get(laying.staff_holder(one), []) for one in staff}
    for off in rota.offs(session, staff, span):
        found[off.staff].append(conflicts.Busy(off.span, off.words))
    first, last = clock.local_date(span.start, zone), clock.local_date(span.end, zone)
    for shut, words in rota.closed(session, first, last, zone):
        for person in staff:
            found[person].append(conflicts.Busy(shut, words))
    return found


def queue(session: Session) -> Queue:
    """Visits of earlier days left open, booked ones that no longer fit, and deposits owing (R20, R28, R41)."""
    own = setting(session)
    a = tables.Appointment
    open_ = a.status.in_((Status.BOOKED, Status.CONFIRMED, Status.ARRIVED, Status.IN_TREATMENT))
    earlier = _entries().where(open_, a.day < own.today).order_by(a.starts.desc()).limit(50)
    ahead = _entries().where(a.status.in_(tuple(UPCOMING)), a.day >= own.today).order_by(a.starts)
    soon = own.today + timedelta(days=own.clinic.near_days)
    left_open = tuple(_entry(row, {}, soon) for row in session.execute(earlier))
    upcoming = [_entry(row, {}, soon) for row in session.execute(ahead)]
    owing = tuple(one for one in upcoming if one.owing_ahead)
    return Queue(left_open, _conflicts(session, upcoming, own), owing)


def _conflicts(session: Session, entries: Sequence[Entry], own: Setting) -> tuple[Conflict, ...]:
    """Upcoming visits whose staff member lost the skill, the shift, or the day (R20)."""
    if not entries:
        return ()
    people = sorted({one.staff for one in entries})
    last = clock.local_date(max(one.busy_until for one in entries), own.zone)
    working = rota.spans(session, people, own.today, last, own.zone)
    whole = Span(min(one.start for one in entries), max(one.busy_until for one in entries))
    offs: dict[int, list[conflicts.Busy]] = defaultdict(list)
    for off in rota.offs(session, people, whole):
        offs[off.staff].append(conflicts.Busy(off.span, off.words))
    shut = [conflicts.Busy(span, words) for span, words in rota.closed(session, own.today, last, own.zone)]
    skills = set(session.execute(select(tables.Skill.staff_id, tables.Skill.service_id)).all())
    names = dict(session.execute(select(tables.Staff.id, tables.Staff.name)).all())
    found = []
    for one in entries:
        time = Span(one.start, one.busy_until)
        if (one.staff, one.service) not in skills:
            words = Refused("{who} no longer performs {service}.", who=names[one.staff], service=one.service_name)
        elif away := conflicts.first_clash(time, offs[one.staff]):
            words = Refused("{who}: {words}.", who=names[one.staff], words=away.word)
        elif closed := conflicts.first_clash(time, shut):
            words = Refused("The clinic is closed: {words}.", words=closed.word)
        elif not conflicts.covered(time, working.get(one.staff, ())):
            words = Refused("{who} doesn't work then.", who=names[one.staff])
        else:
            continue
        found.append(Conflict(one, words))
    return tuple(found)


@dataclass(slots=True)
class Frame:
    """What surrounds a day's appointments: who works when, time off, closures, the clinic's settings."""

    zone: ZoneInfo
    near_days: int
    add_ons: bool
    day: date
    staff: list[tuple[int, str, str, bool]]
    shifts: dict[int, tuple[Span, ...]]
    offs: tuple[Off, ...]
    open: tuple[Span, ...]
    closed: tuple[tuple[Span, str], ...]


def frame(connection: Connection, day: date) -> Frame:
    """Everything that surrounds a day's appointments, in one statement of tagged rows."""
    before = day - timedelta(days=1)
    start = clock.to_ms(datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15))
    asked = {
        "day": day.isoformat(),
        "before": before.isoformat(),
        "weekday": day.weekday(),
        "weekday_before": before.weekday(),
        "start": start,
        "end": start + 54 * 3_600_000,
    }
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(_around(), asked).all():
        rows[row[0]].append(row[1:])
    if not rows["clinic"]:
        raise NotFound("The clinic isn't set up yet.")
    clinic = rows["clinic"][0]
    zone = ZoneInfo(clinic[6])
    return Frame(
        zone=zone,
        near_days=clinic[0],
        add_ons=bool(clinic[1]),
        day=day,
        staff=[(r[0], r[6], r[7], bool(r[2]) and not r[3]) for r in sorted(rows["staff"], key=lambda r: (r[1], r[0]))],
        shifts=_shifts(rows["shift"], rows["exception"], day, zone),
        offs=tuple(
            Off(StaffId(r[0]), Span(clock.from_ms(r[1]), clock.from_ms(r[2])), r[6], bool(r[3])) for r in rows["off"]
        ),
        open=tuple(_wall(day, r[0], r[1], zone) for r in sorted(rows["open"])),
        closed=tuple((_wall(day, r[0] or 0, 1440 if r[1] is None else r[1], zone), r[6]) for r in rows["closure"]),
    )


@cache
def _around() -> CompoundSelect[*tuple[Any, ...]]:
    """What a frame asks, put together once: that takes longer than running it."""
    c, s, off = raw(tables.Clinic), raw(tables.Staff), raw(tables.TimeOff)
    sh, ex = raw(tables.Shift), raw(tables.ShiftException)
    clo, op = raw(tables.Closure), raw(tables.Opening)
    day, before = bindparam("day", type_=Text), bindparam("before", type_=Text)
    weekdays = (bindparam("weekday", type_=Whole), bindparam("weekday_before", type_=Whole))
    return union_all(
        _tagged("clinic", [c.near_days, c.add_ons], c.zone),
        _tagged("staff", [s.id, s.sort, s.works, s.retired], s.name, s.line),
        _tagged(
            "shift", [sh.staff_id, sh.weeks, sh.week, sh.weekday, sh.start_minute, sh.end_minute], sh.since, sh.until
        ).where(sh.weekday.in_(weekdays), sh.since <= day, or_(sh.until.is_(None), sh.until >= before)),
        _tagged("exception", [ex.staff_id, ex.start_minute, ex.end_minute], ex.day).where(ex.day.in_((day, before))),
        _tagged("off", [off.staff_id, off.starts, off.ends, off.block], off.words).where(
            off.ends > bindparam("start", type_=Whole), off.starts < bindparam("end", type_=Whole)
        ),
        _tagged("closure", [clo.start_minute, clo.end_minute], clo.words).where(clo.day == day),
        _tagged("open", [op.start_minute, op.end_minute]).where(op.weekday == weekdays[0]),
    )


def _tagged(word: str, numbers: Sequence[Any], *texts: Any) -> Select[*tuple[Any, ...]]:
    """A question whose rows say what they are, all of the same width: six numbers, two texts."""
    padded = [*numbers, *[cast(null(), Whole)] * (6 - len(numbers))]
    return select(literal(word).label("tag"), *padded, *texts, *[cast(null(), Text)] * (2 - len(texts)))


def _wall(day: date, start: int, end: int, zone: ZoneInfo) -> Span:
    return Span(clock.at_local(day, start, zone), clock.at_local(day, end, zone))


def _shifts(weekly: Iterable[Any], special: Iterable[Any], day: date, zone: ZoneInfo) -> dict[int, tuple[Span, ...]]:
    repeating: dict[int, list[shifts.Weekly]] = defaultdict(list)
    exceptions: dict[int, list[shifts.Exceptional]] = defaultdict(list)
    for staff, weeks, week, weekday, start, end, since, until in weekly:
        until_day = date.fromisoformat(until) if until else None
        repeating[staff].append(shifts.Weekly(weeks, week, weekday, start, end, date.fromisoformat(since), until_day))
    for staff, start, end, *_, on, _none in special:
        exceptions[staff].append(shifts.Exceptional(date.fromisoformat(on), start, end))
    return {
        staff: shifts.spans(day, day, repeating[staff], exceptions[staff], zone) for staff in {*repeating, *exceptions}
    }


def _columns(around: Frame, entries: Sequence[Entry]) -> tuple[Column, ...]:
    """Who works that day or has a visit then, in the order of the staff list."""
    own = clock.day_span(around.day, around.zone)
    booked = {one.staff for one in entries}
    return tuple(
        Column(StaffId(id_), name, line, around.shifts.get(id_, ()))
        for id_, name, line, works in around.staff
        if id_ in booked or (works and any(span.overlaps(own) for span in around.shifts.get(id_, ())))
    )


@cache
def _entries() -> Select[*tuple[Any, ...]]:
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
def _day_entries() -> Select[*tuple[Any, ...]]:
    a = raw(tables.Appointment)
    return _entries().where(_drawn(a)).order_by(a.starts, a.id)


def _drawn(a: Any) -> ColumnElement[bool]:
    """What stands in the grid on a day; a visit cancelled in time leaves no trace there (A.6)."""
    return and_(a.day == bindparam("day"), a.status != literal(Status.CANCELLED.value))


@cache
def _day_left() -> Select[*tuple[Any, ...]]:
    a = raw(tables.Appointment)
    return _credits_left(select(a.client_id).where(_drawn(a)))


@cache
def _client_left() -> Select[*tuple[Any, ...]]:
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


_Left = dict[tuple[int, int], tuple[int, date | None]]


def _left(rows: Iterable[Any]) -> _Left:
    return {(client, service): (count, last and date.fromisoformat(last)) for client, service, count, last in rows}


_STATUSES = {status.value: status for status in Status}


def _entry(row: Any, left: _Left, soon: date) -> Entry:
    *base, starts, minutes, ends, status, since, price, credit, number, of, alert, note, paid, on, rooms, due, got = row
    count, nearest = left.get((row[2], row[5]), (0, None))
    near = nearest is not None and nearest <= soon
    start = clock.from_ms(starts)
    end = start + timedelta(minutes=minutes) if ends is None else clock.from_ms(ends)
    more = (_STATUSES[status], clock.from_ms(since), Money(price), credit, number, of, count, near)
    last = (alert or "", note, bool(paid), on, _in_words(rooms), Money(due), Money(got or 0))
    return Entry._make((*base, start, minutes, end, *more, *last))


def _in_words(rooms: str | None) -> str:
    """Rooms and devices as they are read; a database gathers them in any order."""
    return ", ".join(sorted(rooms.split("\n"))) if rooms else ""


def _events(session: Session, appointment: AppointmentId) -> tuple[Event, ...]:
    e = tables.AppointmentEvent
    query = (
        select(
            e.at,
            func.coalesce(tables.Staff.name, ""),
            e.kind,
            e.status,
            e.starts,
            e.words,
            func.coalesce(tables.CancelReason.words, ""),
            e.override,
        )
        .join(tables.LogRow, tables.LogRow.n == e.n)
        .outerjoin(tables.Staff, tables.Staff.id == tables.LogRow.actor)
        .outerjoin(tables.CancelReason, tables.CancelReason.id == e.reason_id)
        .where(e.appointment_id == appointment)
        .order_by(e.seq)
    )
    return tuple(Event(*row) for row in session.execute(query))


def _skilled(session: Session, service: ServiceId, staff: StaffId | None) -> dict[StaffId, str]:
    s = tables.Staff
    query = (
        select(s.id, s.name)
        .join(tables.Skill, tables.Skill.staff_id == s.id)
        .where(tables.Skill.service_id == service, s.works == 1, s.retired == 0)
        .order_by(s.sort, s.id)
    )
    if staff is not None:
        query = query.where(s.id == staff)
    return {StaffId(id_): name for id_, name in session.execute(query)}


def _quarter(at: datetime) -> datetime:
    """The next full quarter of an hour."""
    quarter = timedelta(minutes=15)
    return datetime.min.replace(tzinfo=UTC) + -((datetime.min.replace(tzinfo=UTC) - at) // quarter) * quarter
