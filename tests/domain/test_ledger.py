"""The ledger of credits: moves, last days, and which credit is used first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.clock import at_local, local_date
from reception.domain.errors import Refused
from reception.domain.ledger import (
    MOVES,
    Balance,
    Credit,
    IllegalMove,
    Kind,
    Returned,
    Starts,
    State,
    Step,
    Unit,
    Validity,
    balance,
    choose,
    effective,
    extension,
    fold,
    last_day,
    last_day_for,
    order,
    returned,
)
from reception.domain.money import Money

TODAY = date(2026, 11, 22)
SOLD = datetime(2026, 5, 12, 10, tzinfo=UTC)
LAST = date(2027, 5, 12)
AVAILABLE, RESERVED, REDEEMED, FORFEITED, EXPIRED, REFUNDED, TRANSFERRED = State

# R6, line by line: from, to, entry.
LEGAL = {
    (None, "available", "issued"),
    ("available", "reserved", "reserved"),
    ("reserved", "available", "released"),
    ("reserved", "redeemed", "redeemed"),
    ("reserved", "forfeited", "forfeited"),
    ("redeemed", "reserved", "reversed"),
    ("forfeited", "reserved", "reversed"),
    ("redeemed", "available", "reversed"),
    ("forfeited", "available", "reversed"),
    ("available", "expired", "expired"),
    ("available", "available", "extended"),
    ("reserved", "reserved", "extended"),
    ("expired", "expired", "extended"),
    ("expired", "available", "extended"),
    ("available", "refunded", "refunded"),
    ("expired", "refunded", "refunded"),
    ("available", "transferred", "transferred"),
}

# The shortest way from nothing into each state, by visit 7 where it takes one.
WAY_TO: dict[State | None, tuple[Step, ...]] = {None: ()}
WAY_TO[AVAILABLE] = (Step(Kind.ISSUED, AVAILABLE, LAST, None),)
WAY_TO[RESERVED] = (*WAY_TO[AVAILABLE], Step(Kind.RESERVED, RESERVED, LAST, 7))
WAY_TO[REDEEMED] = (*WAY_TO[RESERVED], Step(Kind.REDEEMED, REDEEMED, LAST, 7))
WAY_TO[FORFEITED] = (*WAY_TO[RESERVED], Step(Kind.FORFEITED, FORFEITED, LAST, 7))
WAY_TO[EXPIRED] = (*WAY_TO[AVAILABLE], Step(Kind.EXPIRED, EXPIRED, LAST, None))
WAY_TO[REFUNDED] = (*WAY_TO[AVAILABLE], Step(Kind.REFUNDED, REFUNDED, LAST, None))
WAY_TO[TRANSFERRED] = (*WAY_TO[AVAILABLE], Step(Kind.TRANSFERRED, TRANSFERRED, LAST, None))

EVERY_MOVE = sorted(product([None, *State], Kind, State), key=str)


def credit(number: int = 1, **changes: object) -> Credit:
    plain = Credit(number, 1, number, 6, 3, Money(80_00), AVAILABLE, LAST, None, SOLD)
    return replace(plain, **changes)  # type: ignore[arg-type]


def visit_of(kind: Kind, after: State) -> int | None:
    names = {Kind.RESERVED, Kind.RELEASED, Kind.REDEEMED, Kind.FORFEITED}
    return 7 if kind in names or (kind, after) == (Kind.REVERSED, RESERVED) else None


def test_the_moves_are_those_of_the_table() -> None:  # R6
    assert {(before, str(after), str(kind)) for before, kind, after in MOVES} == LEGAL


@pytest.mark.parametrize(("before", "kind", "after"), EVERY_MOVE)
def test_a_credit_makes_just_the_moves_of_the_table(before: State | None, kind: Kind, after: State) -> None:  # R6
    steps = (*WAY_TO[before], Step(kind, after, LAST, visit_of(kind, after)))
    if (before, after, kind) in LEGAL:
        assert fold(steps)[0] is after
        return
    with pytest.raises(IllegalMove) as fault:
        fold(steps)
    assert fault.value.index == len(steps) - 1


@pytest.mark.parametrize(
    ("state", "visit"),
    [
        (AVAILABLE, None),
        (RESERVED, 7),
        (REDEEMED, 7),
        (FORFEITED, 7),
        (EXPIRED, None),
        (REFUNDED, None),
        (TRANSFERRED, None),
    ],
)
def test_the_fold_tells_the_visit_that_has_the_credit(state: State, visit: int | None) -> None:  # R5, R8
    assert fold(WAY_TO[state]) == (state, LAST, visit)


def test_a_reversed_credit_is_held_by_the_same_visit() -> None:  # R6
    assert fold([*WAY_TO[REDEEMED], Step(Kind.REVERSED, RESERVED, LAST, 7)]) == (RESERVED, LAST, 7)


def test_goodwill_leaves_the_visit_without_a_credit() -> None:  # R6
    assert fold([*WAY_TO[FORFEITED], Step(Kind.REVERSED, AVAILABLE, LAST, None)]) == (AVAILABLE, LAST, None)


def test_a_returned_credit_can_be_used_by_another_visit() -> None:  # R7
    returned_once = [*WAY_TO[RESERVED], Step(Kind.RELEASED, AVAILABLE, LAST, 7)]
    assert fold([*returned_once, Step(Kind.RESERVED, RESERVED, LAST, 8)]) == (RESERVED, LAST, 8)


def test_an_extension_moves_the_last_day_and_leaves_the_visit() -> None:  # R6
    later = LAST + timedelta(days=30)
    assert fold([*WAY_TO[RESERVED], Step(Kind.EXTENDED, RESERVED, later, None)]) == (RESERVED, later, 7)


@pytest.mark.parametrize(
    ("way", "step"),
    [
        (AVAILABLE, Step(Kind.RESERVED, RESERVED, LAST, None)),
        (RESERVED, Step(Kind.RELEASED, AVAILABLE, LAST, 8)),
        (RESERVED, Step(Kind.RELEASED, AVAILABLE, LAST, None)),
        (RESERVED, Step(Kind.REDEEMED, REDEEMED, LAST, 8)),
        (RESERVED, Step(Kind.FORFEITED, FORFEITED, LAST, None)),
        (RESERVED, Step(Kind.EXTENDED, RESERVED, LAST, 7)),
        (REDEEMED, Step(Kind.REVERSED, RESERVED, LAST, 8)),
        (REDEEMED, Step(Kind.REVERSED, AVAILABLE, LAST, 7)),
        (AVAILABLE, Step(Kind.EXPIRED, EXPIRED, LAST, 7)),
        (None, Step(Kind.ISSUED, AVAILABLE, LAST, 7)),
    ],
)
def test_a_step_names_the_visit_that_has_the_credit_and_no_other(way: State | None, step: Step) -> None:  # R6, R7
    with pytest.raises(IllegalMove, match=rf"step {len(WAY_TO[way])}"):
        fold([*WAY_TO[way], step])


def test_a_credit_without_entries_is_a_fault() -> None:  # R5
    with pytest.raises(IllegalMove, match="no entry"):
        fold([])


@pytest.mark.parametrize(
    ("unit", "count", "start", "last"),
    [
        (Unit.DAYS, 90, date(2026, 11, 22), date(2027, 2, 20)),
        (Unit.DAYS, 1, date(2026, 12, 31), date(2027, 1, 1)),
        (Unit.MONTHS, 1, date(2027, 1, 31), date(2027, 2, 28)),
        (Unit.MONTHS, 6, date(2026, 5, 12), date(2026, 11, 12)),
        (None, 0, date(2026, 11, 22), None),
    ],
)
def test_a_validity_ends_so_many_days_or_months_on(
    unit: Unit | None, count: int, start: date, last: date | None
) -> None:  # R10
    assert last_day(Validity(unit, count, Starts.PURCHASE), start) == last


@pytest.mark.parametrize(
    ("state", "last", "seen"),
    [
        (AVAILABLE, TODAY, AVAILABLE),
        (AVAILABLE, TODAY - timedelta(days=1), EXPIRED),
        (AVAILABLE, None, AVAILABLE),
        (RESERVED, TODAY - timedelta(days=1), RESERVED),
        (REDEEMED, TODAY - timedelta(days=1), REDEEMED),
        (EXPIRED, TODAY - timedelta(days=1), EXPIRED),
    ],
)
def test_an_available_credit_is_expired_after_its_last_day(state: State, last: date | None, seen: State) -> None:  # R6
    assert effective(credit(state=state, last_day=last), TODAY) is seen


@pytest.mark.parametrize("name", ["Europe/London", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe"])
@pytest.mark.parametrize("last", [date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 4)])
def test_a_credit_lasts_to_the_midnight_that_ends_its_last_day(name: str, last: date) -> None:  # R6, R10
    clinic = ZoneInfo(name)
    midnight = at_local(last + timedelta(days=1), 0, clinic)
    before = local_date(midnight - timedelta(milliseconds=1), clinic)
    one = credit(last_day=last)
    assert [effective(one, before), effective(one, local_date(midnight, clinic))] == [AVAILABLE, EXPIRED]


def test_the_credit_nearest_its_last_day_goes_first_and_never_goes_last() -> None:  # R9
    never = credit(1, last_day=None)
    later = credit(2, last_day=LAST)
    sooner = credit(3, last_day=LAST - timedelta(days=1), sold_at=SOLD + timedelta(days=1))
    assert order([never, later, sooner], TODAY, TODAY) == (sooner, later, never)


def test_the_earlier_sale_goes_before_the_lower_number() -> None:  # R9
    earlier = credit(6, id=6)
    later = credit(1, id=9, package=2, sold_at=SOLD + timedelta(minutes=1))
    assert choose([later, earlier], TODAY, TODAY) == earlier


def test_the_lower_number_goes_first_within_a_sale() -> None:  # R9
    assert choose([credit(5), credit(4)], TODAY, TODAY) == credit(4)


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"state": RESERVED, "visit": 7}, TODAY),
        ({"state": REDEEMED, "visit": 7}, TODAY),
        ({"state": EXPIRED}, TODAY),
        ({}, LAST + timedelta(days=1)),
        ({"last_day": TODAY - timedelta(days=1)}, TODAY - timedelta(days=1)),
    ],
)
def test_a_credit_that_is_not_left_or_does_not_last_is_not_chosen(changes: dict[str, object], day: date) -> None:
    assert choose([credit(1, **changes)], day, TODAY) is None  # R9


def test_a_credit_pays_on_its_last_day() -> None:  # R10
    assert choose([credit()], LAST, TODAY) == credit()


def test_no_credits_give_no_choice() -> None:  # R9
    assert choose([], TODAY, TODAY) is None


def test_a_package_that_starts_with_its_first_visit_counts_as_if_it_were_this_one() -> None:  # R9
    floating = credit(1, last_day=None, floating=Validity(Unit.DAYS, 30, Starts.FIRST_VISIT))
    day = date(2026, 12, 1)
    assert last_day_for(floating, day) == date(2026, 12, 31)
    assert order([credit(2), floating], day, TODAY) == (floating, credit(2))
    sooner = credit(3, last_day=date(2026, 12, 30))
    assert choose([floating, sooner], day, TODAY) == sooner


lasts = st.none() | st.dates(date(2026, 11, 1), date(2027, 1, 31))
held = st.lists(st.builds(credit, st.integers(1, 6), last_day=lasts, state=st.sampled_from(State)), max_size=10)


@given(held, st.dates(date(2026, 11, 1), date(2027, 1, 31)))
def test_what_is_offered_is_left_and_lasts(several: list[Credit], day: date) -> None:  # R9
    offered = order(several, day, TODAY)
    assert all(one.state is AVAILABLE for one in offered)
    assert all(one.last_day is None or one.last_day >= max(day, TODAY) for one in offered)
    assert list(offered) == sorted(offered, key=lambda one: (one.last_day or date.max, one.number))


def test_a_balance_counts_what_is_left_booked_used_and_expired() -> None:  # R12
    states = [AVAILABLE, AVAILABLE, RESERVED, REDEEMED, FORFEITED, EXPIRED, REFUNDED, TRANSFERRED]
    several = [credit(number, state=state) for number, state in enumerate(states, 1)]
    assert balance(several, TODAY) == (Balance(3, 2, 1, 2, 1, LAST, near=False),)


def test_a_balance_counts_an_unwritten_expiry() -> None:  # R6, R12
    several = [credit(1, last_day=TODAY - timedelta(days=1)), credit(2)]
    assert balance(several, TODAY) == (Balance(3, 1, 0, 0, 1, LAST, near=False),)


def test_balances_are_per_service() -> None:  # R12
    assert [(one.service, one.available) for one in balance([credit(1, service=5), credit(2)], TODAY)] == [
        (3, 1),
        (5, 1),
    ]


@pytest.mark.parametrize(("days", "near"), [(0, True), (30, True), (31, False)])
def test_a_near_last_day_stands_out(days: int, near: bool) -> None:  # R12
    assert balance([credit(last_day=TODAY + timedelta(days=days))], TODAY)[0].near is near


def test_a_balance_without_a_last_day_has_none_next() -> None:  # R12
    assert balance([credit(last_day=None)], TODAY) == (Balance(3, 1, 0, 0, 0, None, near=False),)


def test_what_was_given_away_leaves_no_balance() -> None:  # R12
    assert balance([credit(state=REFUNDED), credit(2, state=TRANSFERRED)], TODAY) == ()


@pytest.mark.parametrize(("before", "after"), [(AVAILABLE, AVAILABLE), (RESERVED, RESERVED), (EXPIRED, AVAILABLE)])
def test_a_credit_can_be_extended(before: State, after: State) -> None:  # R6
    assert extension(before, TODAY - timedelta(days=3), TODAY, TODAY) is after


@pytest.mark.parametrize("state", [REDEEMED, FORFEITED, REFUNDED, TRANSFERRED])
def test_a_spent_credit_is_never_extended(state: State) -> None:  # R6
    with pytest.raises(Refused, match=f"was {state}"):
        extension(state, LAST, LAST + timedelta(days=1), TODAY)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (LAST, LAST, "already"),
        (LAST, LAST - timedelta(days=1), "already"),
        (TODAY - timedelta(days=5), TODAY - timedelta(days=1), "has passed"),
        (None, LAST, "no last day"),
    ],
)
def test_an_extension_is_never_earlier_and_never_before_today(old: date | None, new: date, said: str) -> None:  # R6
    with pytest.raises(Refused, match=said):
        extension(AVAILABLE, old, new, TODAY)


PASSED = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("last", "grace", "by_clinic", "outcome"),
    [
        (LAST, 7, False, Returned(expired=False, new_last_day=None)),
        (TODAY, 7, False, Returned(expired=False, new_last_day=None)),
        (PASSED, 7, False, Returned(expired=True, new_last_day=TODAY + timedelta(days=7))),
        (PASSED, 0, False, Returned(expired=True, new_last_day=None)),
        (None, 7, False, Returned(expired=False, new_last_day=None)),
        (LAST, 7, True, Returned(expired=False, new_last_day=None)),
        (TODAY + timedelta(days=3), 7, True, Returned(expired=False, new_last_day=TODAY + timedelta(days=14))),
        (TODAY + timedelta(days=14), 0, True, Returned(expired=False, new_last_day=None)),
        (TODAY + timedelta(days=14), 20, True, Returned(expired=False, new_last_day=TODAY + timedelta(days=20))),
        (PASSED, 0, True, Returned(expired=True, new_last_day=TODAY + timedelta(days=14))),
        (PASSED, 20, True, Returned(expired=True, new_last_day=TODAY + timedelta(days=20))),
        (None, 20, True, Returned(expired=False, new_last_day=None)),
    ],
)
def test_a_credit_that_comes_back_gets_the_clinics_grace(
    last: date | None, grace: int, by_clinic: bool, outcome: Returned
) -> None:  # R16
    assert returned(last, TODAY, grace=grace, by_clinic=by_clinic) == outcome
