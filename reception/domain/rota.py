"""The rota: when staff work, when they don't, and when the clinic is shut."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, bindparam, func, or_, select
from sqlalchemy.orm import Session

from reception.domain import access, clock, shifts, tables
from reception.domain.access import Act
from reception.domain.errors import Invalid, NotFound
from reception.domain.shifts import Exceptional, Weekly
from reception.domain.span import Span
from reception.domain.tables.ids import StaffId

LONGEST_CYCLE = 4
"""Weeks after which shifts repeat at the latest (R22)."""

_DAY = timedelta(days=1)
_DAY_OFF: tuple[tuple[None, None]] = ((None, None),)


@dataclass(frozen=True, slots=True)
class Off:
    """When somebody doesn't work; a block is drawn on the diary as a break, a meeting, cleaning."""

    id: int
    staff: StaffId
    span: Span
    block: bool
    words: str


@dataclass(frozen=True, slots=True)
class Closure:
    """A date on which the clinic is shut, whole or from–to in minutes of the wall clock."""

    id: int
    day: date
    start: int | None
    end: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Rota:
    """One person's repeating shifts, and their exceptions and time off from some date on."""

    staff: StaffId
    weekly: tuple[Weekly, ...]
    exceptions: tuple[Exceptional, ...]
    off: tuple[Off, ...]


def of(session: Session, staff: StaffId, since: date) -> Rota:
    """When one person works: all their repeating shifts, and what is different on or after a date."""
    weekly = _shifts().where(tables.Shift.staff_id == staff)
    exceptions = _exceptions().where(tables.ShiftException.staff_id == staff, tables.ShiftException.day >= since)
    begin = clock.at_local(since, 0, _zone(session))
    off = _offs().where(tables.TimeOff.staff_id == staff, tables.TimeOff.ends > begin)
    return Rota(
        staff=staff,
        weekly=tuple(map(_weekly, session.execute(weekly))),
        exceptions=tuple(map(_exceptional, session.execute(exceptions))),
        off=tuple(map(_off, session.execute(off))),
    )


def closures(session: Session, since: date) -> tuple[Closure, ...]:
    """The closures on or after a date."""
    query = _closures().where(tables.Closure.day >= since)
    return tuple(
        Closure(row.id, row.day, row.start_minute, row.end_minute, row.words) for row in session.execute(query)
    )


def spans(
    session: Session, staff: Collection[StaffId], first: date, last: date, zone: ZoneInfo
) -> dict[StaffId, tuple[Span, ...]]:
    """The shifts of several people on some dates, in two statements; nobody asked for is left out (R22)."""
    asked = {"staff": list(staff), "before": first - _DAY, "last": last}
    weekly, exceptions = (session.execute(statement, asked) for statement in _working())
    found = shift_spans(weekly, exceptions, first, last, zone)
    return {one: found.get(one, ()) for one in staff}


def offs(session: Session, staff: Collection[StaffId], span: Span) -> tuple[Off, ...]:
    """The time off and the blocks of several people that reach into a span."""
    asked = {"staff": list(staff), "start": span.start, "end": span.end}
    return tuple(map(_off, session.execute(_away(), asked)))


def closed(session: Session, first: date, last: date, zone: ZoneInfo) -> tuple[tuple[Span, str], ...]:
    """When the clinic is shut on some dates, each with its words."""
    return closure_spans(session.execute(_shut_days(), {"first": first, "last": last}), zone)


def shift_spans(
    weekly: Iterable[Any], exceptions: Iterable[Any], first: date, last: date, zone: ZoneInfo
) -> dict[StaffId, tuple[Span, ...]]:
    """The shifts that rows of `shift` and `shift_exception` make on some dates, for each person they name (R22).

    The rows need reach back to those that count on the day before: a shift may run past midnight.
    """
    repeating: dict[StaffId, list[Weekly]] = {}
    for row in weekly:
        repeating.setdefault(StaffId(row.staff_id), []).append(_weekly(row))
    different: dict[StaffId, list[Exceptional]] = {}
    for row in exceptions:
        different.setdefault(StaffId(row.staff_id), []).append(_exceptional(row))
    return {
        staff: shifts.spans(first, last, repeating.get(staff, ()), different.get(staff, ()), zone)
        for staff in repeating.keys() | different.keys()
    }


def closure_spans(rows: Iterable[Any], zone: ZoneInfo) -> tuple[tuple[Span, str], ...]:
    """When rows of `closure` shut the clinic, each with its words."""
    found = ((_shut(row.day, row.start_minute, row.end_minute, zone), row.words) for row in rows)
    return tuple((span, words) for span, words in found if span)


def between(start: datetime, end: datetime) -> Span:
    """The span of a time off as it is typed; Invalid where it would end before it starts."""
    if end <= start:
        raise Invalid(
            "This ends at {end}, before it starts at {start}. Pick a later end.", field="end", start=start, end=end
        )
    return Span(start, end)


def set_weekly(session: Session, staff: StaffId, rows: Sequence[Weekly]) -> None:
    """Replace somebody's repeating shifts; Invalid names two that overlap (R22). What is booked stays (R20)."""
    access.require(session, Act.ROTA)
    _check_staff(session, staff)
    for row in rows:
        _check_weekly(row)
    shifts.check(rows)
    _remove_all(session, tables.Shift, tables.Shift.staff_id == staff)
    session.add_all(_shift(staff, row) for row in rows)


def set_exception(session: Session, staff: StaffId, day: date, hours: Sequence[tuple[int, int]]) -> None:
    """Let somebody work other hours on one date, or not at all; this replaces that date's repeating shifts (R22)."""
    access.require(session, Act.ROTA)
    _check_staff(session, staff)
    once = [Weekly(1, 1, day.weekday(), start, end, since=day, until=day) for start, end in hours]
    for row in once:
        _check_weekly(row)
    shifts.check(once)
    _remove_exception(session, staff, day)
    session.add_all(
        tables.ShiftException(staff_id=staff, day=day, start_minute=start, end_minute=end)
        for start, end in (hours or _DAY_OFF)
    )


def clear_exception(session: Session, staff: StaffId, day: date) -> None:
    """Let somebody's repeating shifts count again on one date."""
    access.require(session, Act.ROTA)
    _remove_exception(session, staff, day)


def add_off(session: Session, staff: StaffId, span: Span, *, block: bool, words: str) -> int:
    """Enter time off or a block; visits booked in it stay and show as conflicts (R20)."""
    access.require(session, Act.ROTA)
    _check_staff(session, staff)
    row = tables.TimeOff(staff_id=staff, starts=span.start, ends=span.end, block=block, words=words.strip())
    session.add(row)
    session.flush()
    return row.id


def remove_off(session: Session, off: int) -> None:
    """Take a time off or a block back."""
    access.require(session, Act.ROTA)
    row = session.get(tables.TimeOff, off)
    if row is None:
        raise NotFound("This time off was removed already.")
    session.delete(row)


def add_closure(session: Session, day: date, start: int | None, end: int | None, words: str) -> int:
    """Shut the clinic on a date, whole or from–to; visits booked then stay and show as conflicts (R20)."""
    access.require(session, Act.ROTA)
    _check_closure(start, end)
    row = tables.Closure(day=day, start_minute=start, end_minute=end, words=words.strip())
    session.add(row)
    session.flush()
    return row.id


def remove_closure(session: Session, closure: int) -> None:
    """Open the clinic again on a date."""
    access.require(session, Act.ROTA)
    row = session.get(tables.Closure, closure)
    if row is None:
        raise NotFound("This closure was removed already.")
    session.delete(row)


def _zone(session: Session) -> ZoneInfo:
    return clock.zone(session.scalars(select(tables.Clinic.zone)).one())


def _shifts() -> Any:
    row = tables.Shift
    columns = (row.staff_id, row.weeks, row.week, row.weekday, row.start_minute, row.end_minute, row.since, row.until)
    return select(*columns).order_by(row.since, row.week, row.weekday, row.start_minute, row.id)


def _exceptions() -> Any:
    row = tables.ShiftException
    return select(row.staff_id, row.day, row.start_minute, row.end_minute).order_by(row.day, row.start_minute)


def _offs() -> Any:
    row = tables.TimeOff
    return select(row.id, row.staff_id, row.starts, row.ends, row.block, row.words).order_by(row.starts, row.id)


def _closures() -> Any:
    row = tables.Closure
    return select(row.id, row.day, row.start_minute, row.end_minute, row.words).order_by(
        row.day, func.coalesce(row.start_minute, 0), row.id
    )


@cache
def _working() -> tuple[Any, Any]:
    """The questions of every booking are put together once: that takes longer than running them."""
    shift, exception = tables.Shift, tables.ShiftException
    staff: BindParameter[Any] = bindparam("staff", expanding=True)
    last: BindParameter[Any] = bindparam("last")
    return (
        _shifts().where(
            shift.staff_id.in_(staff),
            shift.since <= last,
            or_(shift.until.is_(None), shift.until >= bindparam("before")),
        ),
        _exceptions().where(exception.staff_id.in_(staff), exception.day >= bindparam("before"), exception.day <= last),
    )


@cache
def _away() -> Any:
    off = tables.TimeOff
    staff: BindParameter[Any] = bindparam("staff", expanding=True)
    return _offs().where(off.staff_id.in_(staff), off.ends > bindparam("start"), off.starts < bindparam("end"))


@cache
def _shut_days() -> Any:
    return _closures().where(tables.Closure.day >= bindparam("first"), tables.Closure.day <= bindparam("last"))


def _weekly(row: Any) -> Weekly:
    return Weekly(row.weeks, row.week, row.weekday, row.start_minute, row.end_minute, row.since, row.until)


def _exceptional(row: Any) -> Exceptional:
    return Exceptional(row.day, row.start_minute, row.end_minute)


def _off(row: Any) -> Off:
    return Off(row.id, StaffId(row.staff_id), Span(row.starts, row.ends), row.block, row.words)


def _shift(staff: StaffId, row: Weekly) -> tables.Shift:
    return tables.Shift(
        staff_id=staff,
        weeks=row.weeks,
        week=row.week,
        weekday=row.weekday,
        start_minute=row.start,
        end_minute=row.end,
        since=row.since,
        until=row.until,
    )


def _shut(day: date, start: int | None, end: int | None, zone: ZoneInfo) -> Span | None:
    begins = clock.at_local(day, start or 0, zone)
    ends = clock.at_local(day, clock.MIDNIGHT if end is None else end, zone)
    return Span(begins, ends) if begins < ends else None  # a closure can lie wholly in the hour that the clocks skip


def _check_staff(session: Session, staff: StaffId) -> None:
    if session.get(tables.Staff, staff) is None:
        raise NotFound("This person isn't on the staff list. Pick another.")


def _check_weekly(row: Weekly) -> None:
    if not 1 <= row.week <= row.weeks <= LONGEST_CYCLE or row.weekday not in range(7):
        sentence = "A cycle has 1 to {most} weeks of seven days. Pick one of them for each shift."
        raise Invalid(sentence, field="shifts", most=LONGEST_CYCLE)
    if not 0 <= row.start < clock.MIDNIGHT or not 0 <= row.end <= clock.MIDNIGHT:
        raise Invalid("A shift starts before 24:00 and ends by 24:00. Change its hours.", field="shifts")


def _check_closure(start: int | None, end: int | None) -> None:
    if start is None and end is None:
        return
    if start is None or end is None:
        raise Invalid("A closure of some hours needs both, from and to. Type the missing one.", field="end")
    if not 0 <= start < clock.MIDNIGHT or not 0 <= end <= clock.MIDNIGHT:
        raise Invalid("A closure lies between 00:00 and 24:00 of its date. Change its hours.", field="start")
    if end <= start:
        sentence = "This ends at {end}, before it starts at {start}. Pick a later end."
        raise Invalid(sentence, field="end", start=_wall(start), end=_wall(end))


def _wall(minutes: int) -> time:
    return time(*divmod(minutes % clock.MIDNIGHT, 60))


def _remove_all(session: Session, kind: type[Any], condition: Any) -> None:
    for row in session.scalars(select(kind).where(condition)):
        session.delete(row)


def _remove_exception(session: Session, staff: StaffId, day: date) -> None:
    row = tables.ShiftException
    for old in session.scalars(select(row).where(row.staff_id == staff, row.day == day)):
        session.delete(old)
