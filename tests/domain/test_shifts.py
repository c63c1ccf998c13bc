"""Shifts in cycles of weeks, their exceptions, and what they are in time."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.errors import Invalid
from reception.domain.shifts import Exceptional, Weekly, check, on, spans
from reception.domain.span import Span

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2026, 11, 2)
WEDNESDAY = date(2026, 11, 4)
NINE, NOON, FIVE, TEN_AT_NIGHT, MIDNIGHT = 540, 720, 1020, 1320, 1440


def weekly(weekday: int = 0, start: int = NINE, end: int = FIVE, **more: object) -> Weekly:
    cycle = {"weeks": 1, "week": 1, "since": MONDAY, "until": None} | more
    return Weekly(weekday=weekday, start=start, end=end, **cycle)  # type: ignore[arg-type]


def worked(rows: list[Weekly], first: date, days: int) -> list[date]:
    dates = [first + timedelta(days=count) for count in range(days)]
    return [day for day in dates if on(day, rows, [])]


@pytest.mark.parametrize(
    ("weeks", "week", "dates"),
    [
        (1, 1, [2, 9, 16, 23, 30]),
        (2, 1, [2, 16, 30]),
        (2, 2, [9, 23]),
        (3, 1, [2, 23]),
        (3, 3, [16]),
        (4, 1, [2, 30]),
        (4, 4, [23]),
    ],
)
def test_a_shift_comes_once_in_its_cycle(weeks: int, week: int, dates: list[int]) -> None:  # R22
    row = weekly(weeks=weeks, week=week)
    assert [day.day for day in worked([row], date(2026, 11, 1), 30)] == dates


def test_the_first_week_is_the_one_that_holds_the_first_date() -> None:  # R22
    monday, friday = weekly(0, weeks=2, since=WEDNESDAY), weekly(4, weeks=2, since=WEDNESDAY)
    assert [day.day for day in worked([monday, friday], date(2026, 11, 1), 30)] == [6, 16, 20, 30]


def test_a_shift_runs_from_its_first_date_to_its_last_inclusive() -> None:  # R22
    row = weekly(since=date(2026, 11, 9), until=date(2026, 11, 23))
    assert [day.day for day in worked([row], date(2026, 11, 1), 30)] == [9, 16, 23]


def test_two_shifts_of_a_day_come_in_order() -> None:  # R22
    rows = [weekly(start=780, end=FIVE), weekly(start=NINE, end=NOON)]
    assert on(MONDAY, rows, []) == ((NINE, NOON), (780, FIVE))


@pytest.mark.parametrize(
    ("start", "end", "runs"),
    [
        (TEN_AT_NIGHT, 360, (TEN_AT_NIGHT, MIDNIGHT + 360)),
        (TEN_AT_NIGHT, MIDNIGHT, (TEN_AT_NIGHT, MIDNIGHT)),
        (TEN_AT_NIGHT, 0, (TEN_AT_NIGHT, MIDNIGHT)),
        (NINE, NINE, (NINE, MIDNIGHT + NINE)),
    ],
)
def test_an_end_at_or_before_the_start_is_on_the_next_day(start: int, end: int, runs: tuple[int, int]) -> None:  # R22
    assert on(MONDAY, [weekly(start=start, end=end)], []) == (runs,)
    assert on(MONDAY, [], [Exceptional(MONDAY, start, end)]) == (runs,)


@pytest.mark.parametrize(
    ("exceptions", "hours"),
    [
        ([Exceptional(MONDAY)], ()),
        ([Exceptional(MONDAY, 600, 660)], ((600, 660),)),
        ([Exceptional(MONDAY, 780, 840), Exceptional(MONDAY, 600, 660)], ((600, 660), (780, 840))),
        ([Exceptional(WEDNESDAY)], ((NINE, FIVE),)),
    ],
)
def test_an_exception_replaces_the_shifts_of_its_date(
    exceptions: list[Exceptional], hours: tuple[tuple[int, int], ...]
) -> None:  # R22
    assert on(MONDAY, [weekly()], exceptions) == hours


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_a_shift_of_the_day_before_reaches_into_the_morning() -> None:  # R22
    night = [weekly(start=TEN_AT_NIGHT, end=360)]
    tuesday = MONDAY + timedelta(days=1)
    assert spans(tuesday, tuesday, night, [], LONDON) == (Span(utc(2, 22), utc(3, 6)),)


def test_a_shift_that_ended_the_day_before_is_not_there() -> None:  # R22
    tuesday = MONDAY + timedelta(days=1)
    assert spans(tuesday, tuesday, [weekly(start=TEN_AT_NIGHT, end=MIDNIGHT)], [], LONDON) == ()


def test_a_day_off_leaves_the_night_shift_that_started_before_it() -> None:  # R22
    tuesday = MONDAY + timedelta(days=1)
    rows = [weekly(start=TEN_AT_NIGHT, end=360), weekly(1)]
    assert spans(tuesday, tuesday, rows, [Exceptional(tuesday)], LONDON) == (Span(utc(2, 22), utc(3, 6)),)


def test_shifts_that_touch_count_as_one_over_midnight_too() -> None:  # R22
    rows = [weekly(start=NINE, end=NOON), weekly(start=NOON, end=MIDNIGHT), weekly(1, start=0, end=60)]
    assert spans(MONDAY, MONDAY + timedelta(days=1), rows, [], LONDON) == (Span(utc(2, 9), utc(3, 1)),)


@pytest.mark.parametrize(
    ("day", "start", "end", "expected"),
    [
        (date(2026, 3, 29), 60, 180, Span(utc(29, 1, month=3), utc(29, 2, month=3))),
        (date(2026, 3, 29), 90, 240, Span(utc(29, 1, 30, month=3), utc(29, 3, month=3))),
        (date(2026, 10, 25), 90, 180, Span(utc(25, 0, 30, month=10), utc(25, 3, month=10))),
        (date(2026, 10, 25), 0, MIDNIGHT, Span(utc(24, 23, month=10), utc(26, 0, month=10))),
    ],
)
def test_a_shift_follows_the_wall_clock_where_the_clocks_change(
    day: date, start: int, end: int, expected: Span
) -> None:  # R22
    assert spans(day, day, [], [Exceptional(day, start, end)], LONDON) == (expected,)


def test_a_shift_within_the_skipped_hour_is_no_time_at_all() -> None:  # R22
    day = date(2026, 3, 29)
    assert spans(day, day, [], [Exceptional(day, 90, 120)], LONDON) == ()


hours = st.tuples(st.integers(0, 1439), st.integers(0, 1440))
rows = st.lists(st.tuples(st.integers(0, 6), hours).map(lambda row: weekly(row[0], *row[1])), max_size=6)


@given(rows, st.integers(0, 40), st.integers(0, 10))
def test_a_range_of_days_holds_what_its_days_hold(several: list[Weekly], offset: int, days: int) -> None:  # R22
    first = date(2026, 3, 20) + timedelta(days=offset)
    since = [Weekly(1, 1, row.weekday, row.start, row.end, date(2026, 1, 5)) for row in several]
    whole = spans(first, first + timedelta(days=days), since, [], LONDON)
    single = [spans(first + timedelta(days=n), first + timedelta(days=n), since, [], LONDON) for n in range(days + 1)]
    assert all(any(one.covers(part) for one in whole) for parts in single for part in parts)
    assert all(one.end < other.start for one, other in pairwise(whole))


OVERLAPPING = {
    "on one day": [weekly(), weekly(start=NOON, end=1080)],
    "the same twice": [weekly(), weekly()],
    "over midnight": [weekly(start=TEN_AT_NIGHT, end=360), weekly(1, start=300, end=NOON)],
    "over midnight, the other way round": [weekly(1, start=300, end=NOON), weekly(start=TEN_AT_NIGHT, end=360)],
    "from one week into the next": [
        weekly(6, weeks=2, week=1, start=TEN_AT_NIGHT, end=360),
        weekly(0, weeks=2, week=2, start=300, end=NOON),
    ],
    "from the last week into the first": [
        weekly(6, weeks=4, week=4, start=TEN_AT_NIGHT, end=360),
        weekly(0, weeks=4, week=1, start=300, end=NOON),
    ],
    "of cycles of different length": [weekly(weeks=2, week=2), weekly(weeks=3, week=3)],
    "on the last common date": [weekly(until=date(2026, 11, 30)), weekly(since=date(2026, 11, 24))],
}


@pytest.mark.parametrize("several", OVERLAPPING.values(), ids=OVERLAPPING.keys())
def test_shifts_that_overlap_are_refused(several: list[Weekly]) -> None:  # R22
    with pytest.raises(Invalid, match="overlaps the one on"):
        check(several)


APART = {
    "touching": [weekly(start=NINE, end=NOON), weekly(start=NOON, end=FIVE)],
    "touching at midnight": [weekly(start=TEN_AT_NIGHT, end=MIDNIGHT), weekly(1, start=0, end=360)],
    "in other weeks": [weekly(weeks=2, week=1), weekly(weeks=2, week=2)],
    "on other days": [weekly(0), weekly(1)],
    "one after the other": [weekly(until=date(2026, 11, 29)), weekly(since=date(2026, 11, 30))],
    "cycles that never meet": [weekly(weeks=2, week=1), weekly(weeks=4, week=2)],
    "none": [],
}


@pytest.mark.parametrize("several", APART.values(), ids=APART.keys())
def test_shifts_that_keep_apart_are_fine(several: list[Weekly]) -> None:  # R22
    check(several)
    month = (MONDAY, MONDAY + timedelta(days=27))
    alone = sum(one.minutes for row in several for one in spans(*month, [row], [], LONDON))
    assert sum(one.minutes for one in spans(*month, several, [], LONDON)) == alone


def test_both_overlapping_shifts_are_named() -> None:  # R22
    with pytest.raises(Invalid) as refusal:
        check([weekly(start=TEN_AT_NIGHT, end=360), weekly(1, start=300, end=NOON)])
    assert refusal.value.values == {
        "day": date(2026, 11, 2),
        "start": time(22),
        "end": time(6),
        "other_day": date(2026, 11, 3),
        "other_start": time(5),
        "other_end": time(12),
    }


def test_a_shift_ends_no_earlier_than_it_begins() -> None:  # R22
    with pytest.raises(Invalid, match="before it begins") as refusal:
        check([weekly(until=date(2026, 11, 1))])
    assert refusal.value.field == "until"
