"""Statuses, and what cancelling or missing a visit does."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from reception.domain.errors import Refused
from reception.domain.money import Money
from reception.domain.outcomes import (
    LIVE,
    MOVES_OF_STATUS,
    UPCOMING,
    OnCredit,
    OnMoney,
    Outcome,
    Override,
    OwnPolicy,
    Policy,
    Status,
    Who,
    cancel,
    is_late,
    merged,
    no_show,
)

START = datetime(2026, 11, 24, 10, tzinfo=UTC)
EARLY, LATE = START - timedelta(hours=48), START - timedelta(hours=1)
RETURN, FORFEIT = OnCredit
NOTHING, FEE, DEPOSIT = OnMoney
STRICT = Policy(24, FORFEIT, FORFEIT, FEE, FEE, Money(25_00), Money(40_00))
MILD = replace(STRICT, late_credit=RETURN, no_show_credit=RETURN)

# R23: to what each status may go.
AFTER: dict[Status | None, str] = {
    None: "booked",
    Status.BOOKED: "confirmed arrived cancelled late_cancelled no_show",
    Status.CONFIRMED: "booked arrived cancelled late_cancelled no_show",
    Status.ARRIVED: "in_treatment completed booked confirmed",
    Status.IN_TREATMENT: "completed arrived",
    Status.COMPLETED: "arrived in_treatment",
    Status.CANCELLED: "",
    Status.LATE_CANCELLED: "",
    Status.NO_SHOW: "booked confirmed",
}


@pytest.mark.parametrize(("before", "after"), sorted(product([None, *Status], Status), key=str))
def test_a_visit_makes_just_these_moves(before: Status | None, after: Status) -> None:  # R23
    assert ((before, after) in MOVES_OF_STATUS) == (after in AFTER[before].split())


def test_upcoming_and_live_visits() -> None:  # R23
    assert set(UPCOMING) == {"booked", "confirmed"}
    assert set(LIVE) == {"booked", "confirmed", "arrived", "in_treatment", "completed"}


@pytest.mark.parametrize(
    ("hours", "before", "late"),
    [
        (24, timedelta(hours=24), False),
        (24, timedelta(hours=24) - timedelta(seconds=1), True),
        (24, timedelta(days=3), False),
        (24, -timedelta(hours=1), True),
        (0, timedelta(seconds=1), False),
        (0, timedelta(0), False),
        (0, -timedelta(seconds=1), True),
    ],
)
def test_exactly_so_many_hours_before_is_in_time(hours: int, before: timedelta, late: bool) -> None:  # R14
    assert is_late(START, START - before, hours) is late


@pytest.mark.parametrize(
    ("name", "day"), [("Europe/London", date(2026, 10, 25)), ("America/New_York", date(2026, 11, 1))]
)
def test_notice_is_elapsed_time_where_the_clocks_go_back(name: str, day: date) -> None:  # R14
    start = datetime.combine(day, time(10), ZoneInfo(name))
    day_before = datetime.combine(day - timedelta(days=1), time(11), ZoneInfo(name))
    assert [is_late(start, day_before, 24), is_late(start, day_before + timedelta(seconds=1), 24)] == [False, True]


@pytest.mark.parametrize(
    ("own", "changed"),
    [
        (OwnPolicy(), {}),
        (OwnPolicy(free_hours=0), {"free_hours": 0}),
        (OwnPolicy(late_credit=RETURN, late_fee=Money(0)), {"late_credit": RETURN, "late_fee": Money(0)}),
        (OwnPolicy(no_show_credit=RETURN, no_show_money=DEPOSIT), {"no_show_credit": RETURN, "no_show_money": DEPOSIT}),
        (OwnPolicy(late_money=NOTHING, no_show_fee=Money(5)), {"late_money": NOTHING, "no_show_fee": Money(5)}),
    ],
)
def test_a_services_policy_replaces_the_clinics_field_by_field(own: OwnPolicy, changed: dict[str, object]) -> None:
    assert merged(STRICT, own) == replace(STRICT, **changed)  # type: ignore[arg-type]  # R14


def cancelled(
    policy: Policy = STRICT,
    now: datetime = LATE,
    *,
    who: Who = Who.CLIENT,
    applies: bool = True,
    has_credit: bool = True,
    override: Override = Override.NONE,
) -> Outcome:
    return cancel(
        policy, start=START, now=now, who=who, reason_applies=applies, has_credit=has_credit, override=override
    )


def money_of(outcome: Outcome) -> tuple[OnCredit | None, Money, bool]:
    return outcome.credit, outcome.fee, outcome.keep_deposit


FREE = {
    "in time": (EARLY, Who.CLIENT, True),
    "by the clinic": (LATE, Who.CLINIC, True),
    "for a reason that the policy spares": (LATE, Who.CLIENT, False),
    "by the clinic after the start": (START + timedelta(hours=1), Who.CLINIC, True),
}


@pytest.mark.parametrize(("now", "who", "applies"), FREE.values(), ids=FREE.keys())
@pytest.mark.parametrize(("has_credit", "credit"), [(True, RETURN), (False, None)])
def test_a_free_cancellation_returns_the_credit_and_costs_nothing(
    now: datetime, who: Who, applies: bool, has_credit: bool, credit: OnCredit | None
) -> None:  # R14
    outcome = cancelled(now=now, who=who, applies=applies, has_credit=has_credit)
    assert (outcome.status, outcome.late, outcome.overridden) == (Status.CANCELLED, False, False)
    assert money_of(outcome) == (credit, 0, False)
    assert outcome.applies == (who is Who.CLIENT and applies)


@pytest.mark.parametrize(
    ("late_credit", "late_money", "has_credit", "expected"),
    [
        (FORFEIT, FEE, True, (FORFEIT, 0, False)),
        (FORFEIT, DEPOSIT, True, (FORFEIT, 0, False)),
        (FORFEIT, FEE, False, (None, 25_00, False)),
        (FORFEIT, DEPOSIT, False, (None, 0, True)),
        (FORFEIT, NOTHING, False, (None, 0, False)),
        (RETURN, FEE, True, (RETURN, 25_00, False)),
        (RETURN, DEPOSIT, True, (RETURN, 0, True)),
        (RETURN, NOTHING, True, (RETURN, 0, False)),
    ],
)
def test_a_late_cancellation_takes_the_credit_or_the_money_never_both(
    late_credit: OnCredit, late_money: OnMoney, has_credit: bool, expected: tuple[OnCredit | None, int, bool]
) -> None:  # R14
    policy = replace(STRICT, late_credit=late_credit, late_money=late_money)
    outcome = cancelled(policy, has_credit=has_credit)
    assert (outcome.status, outcome.late, outcome.overridden) == (Status.LATE_CANCELLED, True, False)
    assert money_of(outcome) == expected


@pytest.mark.parametrize(
    ("policy", "has_credit", "override", "expected", "overridden"),
    [
        (STRICT, True, Override.RETURN, (RETURN, 25_00, False), True),
        (replace(STRICT, late_money=NOTHING), True, Override.RETURN, (RETURN, 0, False), True),
        (MILD, True, Override.RETURN, (RETURN, 25_00, False), False),
        (MILD, True, Override.WAIVE, (RETURN, 0, False), True),
        (STRICT, False, Override.WAIVE, (None, 0, False), True),
        (replace(STRICT, late_money=DEPOSIT), False, Override.WAIVE, (None, 0, False), True),
        (STRICT, True, Override.WAIVE, (RETURN, 0, False), True),
        (MILD, True, Override.FORFEIT, (FORFEIT, 0, False), True),
        (STRICT, True, Override.FORFEIT, (FORFEIT, 0, False), False),
        (STRICT, False, Override.RETURN, (None, 25_00, False), False),
    ],
)
def test_the_desk_can_override_the_policy(
    policy: Policy, has_credit: bool, override: Override, expected: tuple[OnCredit | None, int, bool], overridden: bool
) -> None:  # R15
    outcome = cancelled(policy, has_credit=has_credit, override=override)
    assert money_of(outcome) == expected
    assert (outcome.status, outcome.overridden) == (Status.LATE_CANCELLED, overridden)  # R23


@pytest.mark.parametrize(("now", "who", "applies"), FREE.values(), ids=FREE.keys())
def test_a_free_cancellation_takes_no_credit_by_override(now: datetime, who: Who, applies: bool) -> None:  # R15
    with pytest.raises(Refused, match="is free"):
        cancelled(now=now, who=who, applies=applies, override=Override.FORFEIT)


def test_no_credit_is_taken_where_none_was_used() -> None:  # R15
    with pytest.raises(Refused, match="uses no credit"):
        cancelled(has_credit=False, override=Override.FORFEIT)


@pytest.mark.parametrize("override", [Override.RETURN, Override.WAIVE])
def test_a_free_cancellation_has_nothing_to_override(override: Override) -> None:  # R15
    assert not cancelled(now=EARLY, override=override).overridden


@pytest.mark.parametrize(
    ("policy", "has_credit", "override", "expected"),
    [
        (STRICT, True, Override.NONE, (FORFEIT, 0, False)),
        (STRICT, False, Override.NONE, (None, 40_00, False)),
        (MILD, True, Override.NONE, (RETURN, 40_00, False)),
        (replace(MILD, no_show_money=DEPOSIT), True, Override.NONE, (RETURN, 0, True)),
        (STRICT, True, Override.RETURN, (RETURN, 40_00, False)),
        (STRICT, False, Override.WAIVE, (None, 0, False)),
        (MILD, True, Override.FORFEIT, (FORFEIT, 0, False)),
    ],
)
def test_a_no_show_follows_its_own_rule(
    policy: Policy, has_credit: bool, override: Override, expected: tuple[OnCredit | None, int, bool]
) -> None:  # R14
    outcome = no_show(policy, start=START, now=START, has_credit=has_credit, override=override)
    assert outcome.status is Status.NO_SHOW
    assert money_of(outcome) == expected


def test_a_no_show_is_refused_before_the_start() -> None:  # R14
    with pytest.raises(Refused) as refusal:
        no_show(STRICT, start=START, now=START - timedelta(seconds=1), has_credit=True)
    assert refusal.value.values == {"start": START}
