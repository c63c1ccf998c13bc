"""Half-open spans of time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.span import Span, merge, subtract

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def span(start: int, end: int) -> Span:
    return Span(at(start), at(end))


def minutes_of(spans: tuple[Span, ...]) -> set[int]:
    return {minute for minute in range(-10, 220) if any(one.contains(at(minute)) for one in spans)}


some_spans = st.lists(
    st.tuples(st.integers(0, 150), st.integers(1, 50)).map(lambda pair: span(pair[0], pair[0] + pair[1])), max_size=8
)


@pytest.mark.parametrize("end", [0, -1])
def test_a_span_is_never_empty(end: int) -> None:
    with pytest.raises(ValueError, match="end after it starts"):
        span(0, end)


def test_a_span_has_a_time_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Span(NINE.replace(tzinfo=None), at(5))


def test_a_span_measures_elapsed_time_where_the_clocks_change() -> None:
    london = ZoneInfo("Europe/London")
    night = Span(datetime(2026, 10, 25, 0, 30, tzinfo=london), datetime(2026, 10, 25, 2, 30, tzinfo=london))
    assert night.minutes == 180


@pytest.mark.parametrize(
    ("other", "overlaps", "touches", "covers"),
    [
        (span(0, 60), True, False, True),
        (span(10, 50), True, False, True),
        (span(60, 70), False, True, False),
        (span(-10, 0), False, True, False),
        (span(59, 70), True, False, False),
        (span(-5, 65), True, False, False),
        (span(61, 70), False, False, False),
    ],
)
def test_an_hour_and_another_span(other: Span, overlaps: bool, touches: bool, covers: bool) -> None:
    hour = span(0, 60)
    assert (hour.overlaps(other), hour.touches(other), hour.covers(other)) == (overlaps, touches, covers)


@pytest.mark.parametrize(("minute", "held"), [(-1, False), (0, True), (59, True), (60, False)])
def test_a_span_holds_its_start_and_not_its_end(minute: int, held: bool) -> None:
    assert span(0, 60).contains(at(minute)) is held


@pytest.mark.parametrize(
    ("other", "shared"), [(span(30, 90), span(30, 60)), (span(10, 20), span(10, 20)), (span(60, 90), None)]
)
def test_two_spans_share_a_span_or_nothing(other: Span, shared: Span | None) -> None:
    assert span(0, 60).intersection(other) == shared


@pytest.mark.parametrize(
    ("spans", "joined"),
    [
        ([span(60, 120), span(0, 60)], (span(0, 120),)),
        ([span(0, 60), span(61, 120)], (span(0, 60), span(61, 120))),
        ([span(0, 120), span(10, 20)], (span(0, 120),)),
        ([], ()),
    ],
)
def test_spans_that_touch_count_as_one(spans: list[Span], joined: tuple[Span, ...]) -> None:  # R22
    assert merge(spans) == joined


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        (span(20, 40), (span(0, 20), span(40, 60))),
        (span(0, 20), (span(20, 60),)),
        (span(-5, 65), ()),
        (span(60, 70), (span(0, 60),)),
    ],
)
def test_a_cut_leaves_what_is_outside_it(cut: Span, left: tuple[Span, ...]) -> None:
    assert subtract([span(0, 60)], [cut]) == left


@given(some_spans)
def test_merging_changes_no_minute_and_leaves_gaps(spans: list[Span]) -> None:  # R22
    joined = merge(spans)
    assert minutes_of(joined) == minutes_of(tuple(spans))
    assert all(one.end < following.start for one, following in pairwise(joined))


@given(some_spans, some_spans)
def test_subtracting_takes_just_the_minutes_of_the_cuts(spans: list[Span], cuts: list[Span]) -> None:
    assert minutes_of(subtract(spans, cuts)) == minutes_of(tuple(spans)) - minutes_of(tuple(cuts))
