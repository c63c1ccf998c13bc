"""The time that appointments take, clashes, and free starts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.conflicts import Busy, Part, covered, first_clash, free, lay, occupied
from reception.domain.span import Span

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def span(start: int, end: int) -> Span:
    return Span(at(start), at(end))


def chain(*rows: tuple[str, int, int, int]) -> list[Part]:
    """Appointments as (whom, from minute, minutes, turnaround), with keys 0, 1, …."""
    return [Part(key, who, at(start), minutes, after) for key, (who, start, minutes, after) in enumerate(rows)]


CHAINS = {
    "an appointment takes its turnaround": ([("ana", 0, 60, 10)], [(0, 70)]),
    "an appointment without one ends with the treatment": ([("ana", 0, 60, 0)], [(0, 60)]),
    "only the last of a run carries one": ([("ana", 0, 60, 10), ("ana", 60, 15, 10)], [(0, 60), (60, 85)]),
    "it is the longest of the run": (
        [("ana", 0, 60, 20), ("ana", 60, 15, 5), ("ana", 75, 15, 10)],
        [(0, 60), (60, 75), (75, 110)],
    ),
    "another staff member leaves each their own": ([("ana", 0, 60, 20), ("ben", 60, 15, 5)], [(0, 80), (60, 80)]),
    "coming back makes a new run": (
        [("ana", 0, 60, 10), ("ben", 60, 30, 5), ("ana", 90, 30, 0)],
        [(0, 70), (60, 95), (90, 120)],
    ),
    "a turnaround is cut where the same one is next": (
        [("ana", 0, 60, 45), ("ben", 60, 30, 5), ("ana", 90, 30, 0)],
        [(0, 90), (60, 95), (90, 120)],
    ),
    "what comes back when the middle of a run is cancelled is cut where the next starts": (
        [("ana", 0, 60, 20), ("ana", 75, 15, 5)],
        [(0, 75), (75, 95)],
    ),
    "a long gap cuts nothing": ([("ana", 0, 60, 10), ("ana", 90, 15, 5)], [(0, 70), (90, 110)]),
    "a gap doesn't carry the longest over": ([("ana", 0, 60, 30), ("ana", 120, 15, 5)], [(0, 90), (120, 140)]),
}


@pytest.mark.parametrize(("rows", "times"), CHAINS.values(), ids=CHAINS.keys())
def test_turnarounds_and_runs(rows: list[tuple[str, int, int, int]], times: list[tuple[int, int]]) -> None:
    assert occupied(chain(*rows)) == {key: span(*time) for key, time in enumerate(times)}  # R17, R26


def test_runs_are_found_in_any_order() -> None:  # R26
    parts = chain(("ana", 0, 60, 10), ("ana", 60, 15, 0))
    assert occupied(parts[::-1]) == occupied(parts)


def test_two_appointments_of_one_key_are_a_bug() -> None:
    part = Part(1, "ana", NINE, 60, 0)
    with pytest.raises(ValueError, match="one key"):
        occupied([part, part])


rows = st.lists(
    st.tuples(
        st.sampled_from(["ana", "ben"]),
        st.integers(5, 60),
        st.sampled_from([0, 5, 20, 45]),
        st.sampled_from([0, 0, 10]),
    ),
    min_size=1,
    max_size=6,
)


@given(rows)
def test_nobodys_times_in_a_group_overlap(several: list[tuple[str, int, int, int]]) -> None:  # R17, R20
    parts, minute = [], 0
    for key, (who, minutes, after, gap) in enumerate(several):
        parts.append(Part(key, who, at(minute), minutes, after))
        minute += minutes + gap
    times = occupied(parts)
    assert all(times[part.key].covers(Span(part.start, part.end)) for part in parts)
    pairs = [(one, other) for one in parts for other in parts if one.key < other.key and one.holder == other.holder]
    assert not any(times[one.key].overlaps(times[other.key]) for one, other in pairs)


def test_a_chain_has_no_gaps() -> None:  # R18
    assert lay(NINE, [60, 15, 30]) == (at(0), at(60), at(75))


def test_a_chain_runs_by_elapsed_time_where_the_clocks_change() -> None:  # R18
    start = datetime(2026, 10, 25, 0, 30, tzinfo=ZoneInfo("Europe/London"))
    assert lay(start, [60, 60])[1] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


LUNCH = Busy(span(180, 240), "Lunch")
BEA = Busy(span(60, 120), "Bea Jones")


@pytest.mark.parametrize(
    ("time", "clash"),
    [(span(0, 60), None), (span(120, 180), None), (span(0, 61), BEA), (span(119, 240), BEA), (span(130, 181), LUNCH)],
)
def test_the_first_thing_in_the_way_is_named(time: Span, clash: Busy | None) -> None:  # R20
    assert first_clash(time, [LUNCH, BEA]) == clash


@pytest.mark.parametrize(
    ("time", "inside"),
    [(span(0, 480), True), (span(200, 280), True), (span(-1, 10), False), (span(470, 481), False)],
)
def test_a_time_lies_inside_shifts_that_touch(time: Span, inside: bool) -> None:  # R20, R22
    assert covered(time, [span(240, 480), span(0, 240)]) is inside


def test_a_time_does_not_bridge_two_shifts() -> None:  # R20
    assert not covered(span(200, 280), [span(0, 240), span(250, 480)])


@pytest.mark.parametrize(
    ("search", "need", "minutes"),
    [
        (span(0, 240), 60, [0, 120]),
        (span(0, 240), 45, [0, 15, 120, 135]),
        (span(100, 240), 45, [130]),
        (span(0, 240), 90, []),
        (span(-60, 10), 60, [0]),
        (span(230, 300), 30, [245, 260, 275, 290]),
    ],
)
def test_free_starts_stand_a_step_apart(search: Span, need: int, minutes: list[int]) -> None:  # R20
    starts = free(search, [span(0, 480)], [BEA, LUNCH], need=timedelta(minutes=need), step=QUARTER)
    assert [int((start - NINE).total_seconds()) // 60 for start in starts] == minutes
