"""Instants, dates and the wall clock, where the clocks change too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.clock import add_months, at_local, day_span, from_ms, local_date, to_ms, zone
from reception.domain.errors import Invalid

ZONES = ["Europe/London", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("name", "day", "wall", "instant"),
    [
        ("Europe/London", date(2026, 1, 5), time(9, 30), utc(2026, 1, 5, 9, 30)),
        ("Europe/London", date(2026, 7, 6), time(9, 30), utc(2026, 7, 6, 8, 30)),
        ("Europe/London", date(2026, 3, 29), time(1, 30), utc(2026, 3, 29, 1, 30)),  # skipped: shown as 02:30
        ("Europe/London", date(2026, 10, 25), time(1, 30), utc(2026, 10, 25, 0, 30)),  # twice: the first
        ("America/New_York", date(2026, 3, 8), time(2, 15), utc(2026, 3, 8, 7, 15)),
        ("America/New_York", date(2026, 11, 1), time(1, 15), utc(2026, 11, 1, 5, 15)),
        ("Australia/Sydney", date(2026, 10, 4), time(2, 0), utc(2026, 10, 3, 16, 0)),
        ("Australia/Sydney", date(2026, 4, 5), time(2, 59), utc(2026, 4, 4, 15, 59)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), utc(2026, 10, 3, 15, 45)),  # half an hour is skipped
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), utc(2026, 4, 4, 14, 45)),
    ],
)
def test_a_skipped_time_keeps_the_old_offset_and_a_double_one_is_the_first(
    name: str, day: date, wall: time, instant: datetime
) -> None:  # R22
    assert at_local(day, wall, ZoneInfo(name)) == instant


@pytest.mark.parametrize(
    ("minutes", "instant"),
    [
        (0, utc(2026, 10, 23, 23)),
        (570, utc(2026, 10, 24, 8, 30)),
        (1440, utc(2026, 10, 24, 23)),
        (1440 + 90, utc(2026, 10, 25, 0, 30)),  # 01:30 comes twice: the first
        (1440 + 180, utc(2026, 10, 25, 3)),
    ],
)
def test_minutes_of_the_wall_clock_run_on_into_the_next_day(minutes: int, instant: datetime) -> None:  # R22
    assert at_local(date(2026, 10, 24), minutes, ZoneInfo("Europe/London")) == instant


@pytest.mark.parametrize(
    ("name", "day", "minutes"),
    [
        ("Europe/London", date(2026, 3, 29), 23 * 60),
        ("Europe/London", date(2026, 10, 25), 25 * 60),
        ("America/New_York", date(2026, 3, 8), 23 * 60),
        ("America/New_York", date(2026, 11, 1), 25 * 60),
        ("Australia/Sydney", date(2026, 10, 4), 23 * 60),
        ("Australia/Sydney", date(2026, 4, 5), 25 * 60),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23 * 60 + 30),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24 * 60 + 30),
        ("America/Santiago", date(2026, 9, 6), 23 * 60),  # there midnight itself is skipped
        ("Asia/Kathmandu", date(2026, 6, 1), 24 * 60),
    ],
)
def test_a_day_is_as_long_as_its_clock(name: str, day: date, minutes: int) -> None:
    assert day_span(day, ZoneInfo(name)).minutes == minutes


@pytest.mark.parametrize(
    ("name", "instant", "day"),
    [
        ("Europe/London", utc(2026, 7, 5, 22, 59, 59), date(2026, 7, 5)),
        ("Europe/London", utc(2026, 7, 5, 23, 0), date(2026, 7, 6)),
        ("America/New_York", utc(2026, 11, 2, 4, 59), date(2026, 11, 1)),
        ("America/New_York", utc(2026, 11, 2, 5, 0), date(2026, 11, 2)),
        ("Australia/Sydney", utc(2026, 10, 4, 12, 59), date(2026, 10, 4)),
        ("Australia/Sydney", utc(2026, 10, 4, 13, 0), date(2026, 10, 5)),
        ("Australia/Lord_Howe", utc(2026, 4, 5, 13, 29), date(2026, 4, 5)),
        ("Australia/Lord_Howe", utc(2026, 4, 5, 13, 30), date(2026, 4, 6)),
    ],
)
def test_a_last_day_ends_at_local_midnight(name: str, instant: datetime, day: date) -> None:  # R6, R10
    assert local_date(instant, ZoneInfo(name)) == day


@given(days, zones)
def test_a_day_holds_just_the_instants_of_its_date(day: date, zone: ZoneInfo) -> None:
    span = day_span(day, zone)
    second = timedelta(seconds=1)
    assert [local_date(at, zone) for at in (span.start, span.end - second)] == [day, day]
    assert [local_date(at, zone) for at in (span.start - second, span.end)] != [day, day]
    assert day_span(day + timedelta(days=1), zone).start == span.end


@given(days, st.integers(0, 1439), zones)
def test_a_wall_time_comes_back_unless_it_is_skipped(day: date, minutes: int, zone: ZoneInfo) -> None:  # R22
    shown = at_local(day, minutes, zone).astimezone(zone).replace(tzinfo=None)
    asked = datetime.combine(day, time()) + timedelta(minutes=minutes)
    assert shown - asked in {timedelta(0), timedelta(minutes=30), timedelta(hours=1)}
    if shown != asked:
        assert local_date(day_span(day, zone).start, zone) == day
        assert day_span(day, zone).minutes < 24 * 60


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), zones)  # noqa: DTZ001
def test_an_instant_is_stored_to_the_millisecond(shown: datetime, zone: ZoneInfo) -> None:
    at = shown.replace(tzinfo=zone)
    assert timedelta(0) <= at - from_ms(to_ms(at)) < timedelta(milliseconds=1)
    assert to_ms(from_ms(to_ms(at))) == to_ms(at)


def test_a_naive_instant_is_a_bug() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        local_date(datetime(2026, 1, 1), ZoneInfo("UTC"))  # noqa: DTZ001


@pytest.mark.parametrize("name", ["Europe/Londn", "", "Europe", "../etc/passwd", "/etc/localtime", "a\0b", "9 o'clock"])
def test_an_unknown_time_zone_is_named(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        zone(name)
    assert (refusal.value.field, refusal.value.values["zone"]) == ("zone", name)


def test_a_known_time_zone_is_found() -> None:
    assert zone("Europe/London").key == "Europe/London"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 5, 12), 12, date(2027, 5, 12)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 5), 0, date(2026, 12, 5)),
        (date(2026, 1, 15), 25, date(2028, 2, 15)),
    ],
)
def test_months_on_is_the_same_day_or_the_last_of_that_month(day: date, months: int, later: date) -> None:  # R10
    assert add_months(day, months) == later
