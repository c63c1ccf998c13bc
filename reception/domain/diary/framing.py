"""What surrounds a day of the diary: who works when, time off, closures, opening hours, in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Select,
    Text,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)

from reception.domain import clock, shifts, tables
from reception.domain.diary.values import Off
from reception.domain.errors import NotFound
from reception.domain.span import Span
from reception.domain.tables.base import Whole, raw
from reception.domain.tables.ids import StaffId


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
