from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from reception.domain import rota, staff, tables
from reception.domain.errors import Invalid, NotFound
from reception.domain.shifts import Exceptional, Weekly
from reception.domain.span import Span
from reception.domain.tables.ids import StaffId
from reception.store import Store
from tests.domain.registers import INES, found

LONDON = ZoneInfo("Europe/London")
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
NINE, NOON, SIX = 9 * 60, 12 * 60, 18 * 60
TUESDAYS = Weekly(1, 1, 1, NINE, SIX, since=date(2026, 1, 1))


@pytest.fixture
def owner(store: Store) -> StaffId:
    return found(store)


@pytest.fixture
def ines(store: Store, owner: StaffId) -> StaffId:
    return StaffId(store.write(staff.add, INES, actor=owner).answer)


def hours(day: date, start: int, end: int) -> Span:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)  # London's in winter
    return Span(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


def shifts(store: Store, person: StaffId, first: date, last: date) -> tuple[Span, ...]:
    return store.read(rota.spans, (person,), first, last, LONDON)[person]


def test_weekly_shifts_replace_those_before(store: Store, owner: StaffId, ines: StaffId) -> None:  # R22
    store.write(rota.set_weekly, ines, (TUESDAYS,), actor=owner)
    cycle = (Weekly(2, 1, 0, NINE, NOON, MONDAY), Weekly(2, 2, 4, NOON, 1440, MONDAY, until=date(2027, 1, 31)))
    store.write(rota.set_weekly, ines, cycle, actor=owner)
    assert store.read(rota.of, ines, TUESDAY).weekly == cycle
    assert shifts(store, ines, MONDAY, MONDAY) == (hours(MONDAY, 9, 12),)
    assert shifts(store, ines, TUESDAY, TUESDAY) == ()


def test_overlapping_shifts_are_refused_and_nothing_changes(store: Store, owner: StaffId, ines: StaffId) -> None:  # R22
    store.write(rota.set_weekly, ines, (TUESDAYS,), actor=owner)
    late = Weekly(1, 1, 0, SIX, NINE + 1, since=MONDAY)  # Monday night, until a minute into Tuesday's shift
    with pytest.raises(Invalid, match="overlaps") as refusal:
        store.write(rota.set_weekly, ines, (TUESDAYS, late), actor=owner)
    assert refusal.value.field == "shifts"
    assert store.read(rota.of, ines, TUESDAY).weekly == (TUESDAYS,)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (Weekly(5, 1, 0, NINE, SIX, MONDAY), "shifts"),
        (Weekly(2, 3, 0, NINE, SIX, MONDAY), "shifts"),
        (Weekly(1, 0, 0, NINE, SIX, MONDAY), "shifts"),
        (Weekly(1, 1, 7, NINE, SIX, MONDAY), "shifts"),
        (Weekly(1, 1, 0, -1, SIX, MONDAY), "shifts"),
        (Weekly(1, 1, 0, 1440, SIX, MONDAY), "shifts"),
        (Weekly(1, 1, 0, NINE, 1441, MONDAY), "shifts"),
        (Weekly(1, 1, 0, NINE, SIX, MONDAY, until=date(2026, 11, 22)), "until"),
    ],
)
def test_a_shift_that_cant_be_is_refused(sqlite_store: Store, row: Weekly, field: str) -> None:  # R22
    owner = found(sqlite_store)
    with pytest.raises(Invalid) as refusal:
        sqlite_store.write(rota.set_weekly, owner, (row,), actor=owner)
    assert refusal.value.field == field


def test_a_night_shift_reaches_into_the_next_date(store: Store, owner: StaffId, ines: StaffId) -> None:  # R22
    night = Weekly(1, 1, 0, 22 * 60, 6 * 60, since=MONDAY, until=MONDAY)
    store.write(rota.set_weekly, ines, (night,), actor=owner)
    assert shifts(store, ines, TUESDAY, TUESDAY) == (hours(MONDAY, 22, 30),)
    assert shifts(store, ines, WEDNESDAY, WEDNESDAY) == ()


def test_shifts_are_asked_for_several_people_at_once(store: Store, owner: StaffId, ines: StaffId) -> None:
    store.write(rota.set_weekly, ines, (TUESDAYS,), actor=owner)
    found_spans = store.read(rota.spans, (ines, owner), TUESDAY, TUESDAY, LONDON)
    assert found_spans == {ines: (hours(TUESDAY, 9, 18),), owner: ()}


def test_an_exception_replaces_the_shifts_of_its_date(store: Store, owner: StaffId, ines: StaffId) -> None:  # R22
    store.write(rota.set_weekly, ines, (TUESDAYS,), actor=owner)
    store.write(rota.set_exception, ines, TUESDAY, ((NOON, SIX), (NINE, NINE + 60)), actor=owner)
    assert shifts(store, ines, TUESDAY, TUESDAY) == (hours(TUESDAY, 9, 10), hours(TUESDAY, 12, 18))
    store.write(rota.set_exception, ines, TUESDAY, ((NOON, SIX),), actor=owner)
    assert store.read(rota.of, ines, TUESDAY).exceptions == (Exceptional(TUESDAY, NOON, SIX),)
    store.write(rota.clear_exception, ines, TUESDAY, actor=owner)
    assert shifts(store, ines, TUESDAY, TUESDAY) == (hours(TUESDAY, 9, 18),)


def test_an_exception_without_hours_is_a_day_off(store: Store, owner: StaffId, ines: StaffId) -> None:  # R22
    store.write(rota.set_weekly, ines, (TUESDAYS,), actor=owner)
    store.write(rota.set_exception, ines, TUESDAY, (), actor=owner)
    assert shifts(store, ines, TUESDAY, TUESDAY) == ()
    assert store.read(rota.of, ines, TUESDAY).exceptions == (Exceptional(TUESDAY),)


@pytest.mark.parametrize(
    "times", [((NINE, NOON), (NOON - 1, SIX)), ((NINE, 1441),), ((NINE, SIX), (SIX - 60, NINE - 60))]
)
def test_hours_of_one_date_neither_overlap_nor_leave_the_day(
    sqlite_store: Store, times: tuple[tuple[int, int], ...]
) -> None:  # R22
    owner = found(sqlite_store)
    with pytest.raises(Invalid):
        sqlite_store.write(rota.set_exception, owner, TUESDAY, times, actor=owner)
    assert sqlite_store.read(rota.of, owner, TUESDAY).exceptions == ()


def test_time_off_and_blocks_are_found_where_they_reach_in(store: Store, owner: StaffId, ines: StaffId) -> None:
    holiday = Span(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    lunch = hours(TUESDAY, 12, 13)
    away = store.write(rota.add_off, ines, holiday, block=False, words="Holiday", actor=owner).answer
    pause = store.write(rota.add_off, ines, lunch, block=True, words=" Lunch ", actor=owner).answer
    both = (rota.Off(away, ines, holiday, block=False, words="Holiday"), rota.Off(pause, ines, lunch, True, "Lunch"))
    assert store.read(rota.offs, (ines,), hours(TUESDAY, 9, 18)) == both
    assert store.read(rota.offs, (ines,), hours(TUESDAY, 13, 18)) == both[:1]
    assert store.read(rota.offs, (owner,), hours(TUESDAY, 9, 18)) == ()
    assert store.read(rota.of, ines, TUESDAY).off == both
    assert store.read(rota.of, ines, date(2026, 12, 1)).off == ()


def test_time_off_can_be_taken_back_once(store: Store, owner: StaffId, ines: StaffId) -> None:
    lunch = store.write(rota.add_off, ines, hours(TUESDAY, 12, 13), block=True, words="Lunch", actor=owner).answer
    store.write(rota.remove_off, lunch, actor=owner)
    assert store.read(rota.of, ines, TUESDAY).off == ()
    with pytest.raises(NotFound, match="removed already"):
        store.write(rota.remove_off, lunch, actor=owner)


def test_time_off_ends_after_it_starts() -> None:
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    with pytest.raises(Invalid, match="Pick a later end") as refusal:
        rota.between(noon, noon)
    assert refusal.value.field == "end"
    assert rota.between(noon, noon + timedelta(minutes=5)).minutes == 5


def test_closures_shut_whole_dates_and_hours(store: Store, owner: StaffId) -> None:
    whole = store.write(rota.add_closure, WEDNESDAY, None, None, " Christmas party ", actor=owner).answer
    late = store.write(rota.add_closure, TUESDAY, 16 * 60, 1440, "Fire drill", actor=owner).answer
    early = store.write(rota.add_closure, TUESDAY, 0, NINE, "Painters", actor=owner).answer
    assert [one.id for one in store.read(rota.closures, TUESDAY)] == [early, late, whole]
    assert store.read(rota.closures, WEDNESDAY) == (rota.Closure(whole, WEDNESDAY, None, None, "Christmas party"),)
    assert store.read(rota.closed, TUESDAY, TUESDAY, LONDON) == (
        (hours(TUESDAY, 0, 9), "Painters"),
        (hours(TUESDAY, 16, 24), "Fire drill"),
    )
    store.write(rota.remove_closure, whole, actor=owner)
    assert store.read(rota.closed, WEDNESDAY, WEDNESDAY, LONDON) == ()
    with pytest.raises(NotFound, match="removed already"):
        store.write(rota.remove_closure, whole, actor=owner)


@pytest.mark.parametrize(
    ("day", "minutes"), [(date(2026, 3, 29), 23 * 60), (date(2026, 10, 25), 25 * 60), (date(2026, 6, 1), 24 * 60)]
)
def test_a_whole_closure_is_as_long_as_its_day(sqlite_store: Store, day: date, minutes: int) -> None:
    sqlite_store.write(rota.add_closure, day, None, None, "", actor=found(sqlite_store))
    ((span, _),) = sqlite_store.read(rota.closed, day, day, LONDON)
    assert span.minutes == minutes


def test_a_closure_in_the_hour_that_the_clocks_skip_shuts_nothing(sqlite_store: Store) -> None:
    spring = date(2026, 3, 29)
    sqlite_store.write(rota.add_closure, spring, 75, 120, "Check", actor=found(sqlite_store))
    assert sqlite_store.read(rota.closed, spring, spring, LONDON) == ()


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [(NINE, None, "end"), (None, NINE, "end"), (SIX, NINE, "end"), (NINE, NINE, "end"), (NINE, 1441, "start")],
)
def test_a_closure_that_cant_be_is_said_beside_its_field(
    sqlite_store: Store, start: int | None, end: int | None, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        sqlite_store.write(rota.add_closure, TUESDAY, start, end, "", actor=found(sqlite_store))
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("command", "rest"),
    [
        (rota.set_weekly, ((),)),
        (rota.set_exception, (TUESDAY, ())),
    ],
)
def test_only_staff_have_a_rota(sqlite_store: Store, command: Any, rest: tuple[Any, ...]) -> None:
    with pytest.raises(NotFound, match="staff list"):
        sqlite_store.write(command, StaffId(99), *rest, actor=found(sqlite_store))


def test_the_diary_makes_shifts_of_rows_it_has_loaded(store: Store, owner: StaffId, ines: StaffId) -> None:
    store.write(rota.set_weekly, ines, (TUESDAYS,), actor=owner)
    store.write(rota.set_exception, owner, TUESDAY, ((NOON, SIX),), actor=owner)
    rows = store.read(
        lambda session: (
            session.execute(select(*tables.Shift.__table__.columns)).all(),
            session.execute(select(*tables.ShiftException.__table__.columns)).all(),
        )
    )
    assert rota.shift_spans(*rows, TUESDAY, TUESDAY, LONDON) == {
        ines: (hours(TUESDAY, 9, 18),),
        owner: (hours(TUESDAY, 12, 18),),
    }
