"""Amounts, and how they are divided."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.money import Money, equal, half_up, share, spread, tax_within

amounts = st.integers(-10_000_000, 10_000_000).map(Money)
weights = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (Money(480_00) + Money(20_00), 500_00),
        (Money(480_00) - Money(500_00), -20_00),
        (Money(80_00) * 6, 480_00),
        (6 * Money(80_00), 480_00),
        (-Money(5), -5),
        (+Money(5), 5),
        (abs(Money(-5)), 5),
        (sum([Money(1), Money(2)]), 3),
        (0 - Money(7), -7),
    ],
)
def test_reckoning_with_money_gives_money(result: Money, expected: int) -> None:
    assert (type(result), int(result)) == (Money, expected)


@pytest.mark.parametrize("amount", [Money(480_00), Money(-480_05), Money(100), Money(5), Money(-5), Money(0)])
def test_money_is_written_as_code_would(amount: Money) -> None:
    assert eval(repr(amount)) == amount  # noqa: S307


@pytest.mark.parametrize(
    ("amount", "written"), [(480_00, "480.00"), (5, "0.05"), (-5, "-0.05"), (-120_50, "-120.50"), (0, "0.00")]
)
def test_money_is_plain_in_logs(amount: int, written: str) -> None:
    assert f"{Money(amount)}" == written


def test_money_is_stored_as_a_whole_number() -> None:
    assert json.dumps([Money(480_00)]) == "[48000]"


def test_no_money_is_false() -> None:
    assert not Money(0)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [
        (5, 2, 3),
        (-5, 2, -3),
        (5, -2, -3),
        (-5, -2, 3),
        (7, 3, 2),
        (8, 3, 3),
        (4, 2, 2),
        (0, 7, 0),
        (1, 2, 1),
        (1, 3, 0),
    ],
)
def test_a_half_is_rounded_up(numerator: int, denominator: int, rounded: int) -> None:
    assert half_up(numerator, denominator) == rounded


def test_a_deposit_share_is_rounded_half_up() -> None:  # R28
    assert share(Money(45_05), 5000, 10_000) == Money(22_53)


@pytest.mark.parametrize(
    ("total", "over", "parts"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (10, [100, 50, 50], [6, 2, 2]),
        (11, [100, 50, 50], [6, 3, 2]),
        (2, [0, 1, 1, 1], [0, 1, 1, 0]),
        (0, [5, 5], [0, 0]),
        (5, [0, 0, 0], [2, 2, 1]),
        (0, [0, 0], [0, 0]),
        (0, [], []),
        (-10, [1, 1, 1], [-4, -3, -3]),
        (7, [9], [7]),
    ],
)
def test_a_discount_is_spread_with_the_rest_on_the_first_lines(total: int, over: list[int], parts: list[int]) -> None:
    assert list(spread(Money(total), over)) == parts  # R36


@pytest.mark.parametrize(("total", "over"), [(1, []), (1, [2, -1])])
def test_an_amount_needs_something_to_lie_on(total: int, over: list[int]) -> None:
    with pytest.raises(ValueError, match=r"nothing to divide|negative"):
        spread(Money(total), over)


@given(amounts, weights)
def test_what_is_spread_sums_to_the_total(total: Money, over: list[int]) -> None:  # R36
    assert sum(spread(total, over)) == total


@given(weights, st.data())
def test_no_line_gets_more_discount_than_it_costs(over: list[int], data: st.DataObject) -> None:  # R36
    total = Money(data.draw(st.integers(0, sum(over))))
    assert all(0 <= part <= weight for part, weight in zip(spread(total, over), over, strict=True))


@given(amounts, weights)
def test_a_reversal_spreads_to_the_opposite(total: Money, over: list[int]) -> None:
    assert spread(-total, over) == tuple(-part for part in spread(total, over))


@pytest.mark.parametrize(
    ("total", "parts", "values"),
    [
        (480_00, 6, [80_00] * 6),
        (100, 3, [34, 33, 33]),
        (101, 3, [34, 34, 33]),
        (2, 3, [1, 1, 0]),
        (0, 2, [0, 0]),
        (-100, 3, [-34, -33, -33]),
    ],
)
def test_values_are_equal_with_the_rest_on_the_first(total: int, parts: int, values: list[int]) -> None:
    assert list(equal(Money(total), parts)) == values  # R4


@given(amounts, st.integers(1, 60))
def test_equal_parts_sum_and_differ_by_a_unit_at_most(total: Money, parts: int) -> None:  # R4
    values = equal(total, parts)
    assert (len(values), sum(values)) == (parts, total)
    assert max(values) - min(values) <= 1


def test_nothing_is_divided_over_nobody() -> None:
    with pytest.raises(ValueError, match="nothing to divide"):
        equal(Money(1), 0)


@pytest.mark.parametrize(
    ("gross", "rate", "tax"),
    [(120_00, 2000, 20_00), (100_00, 0, 0), (99_99, 2000, 16_67), (1, 2000, 0), (3, 2000, 1), (119_00, 1900, 19_00)],
)
def test_a_price_holds_its_tax(gross: int, rate: int, tax: int) -> None:  # R38
    assert tax_within(Money(gross), rate) == tax
