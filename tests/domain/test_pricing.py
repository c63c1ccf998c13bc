"""What a sale comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.errors import Invalid
from reception.domain.money import Money
from reception.domain.pricing import Item, Priced, credit_values, percent, price_sale

prices = st.integers(0, 500_00).map(Money)
items = st.builds(Item, price=prices, quantity=st.integers(1, 5), tax_rate=st.sampled_from([0, 500, 2000]))


def test_a_course_of_six_for_480() -> None:  # R4, R36
    (line,) = price_sale([Item(Money(480_00))])
    assert line == Priced(Money(480_00), Money(0), Money(0), Money(480_00), Money(0), Money(480_00))
    assert credit_values(line.net, 6) == (Money(80_00),) * 6


def test_discounts_come_off_before_tax_and_values() -> None:  # R4, R36, R38
    (line,) = price_sale([Item(Money(600_00), discount=Money(100_00), tax_rate=2000)], Money(20_00))
    assert (line.gross, line.tax, line.net) == (480_00, 80_00, 400_00)
    assert credit_values(line.net, 6) == (66_67, 66_67, 66_67, 66_67, 66_66, 66_66)


def test_a_sale_discount_goes_by_prices_after_their_own_discounts() -> None:  # R36
    lines = price_sale([Item(Money(100_00), discount=Money(50_00)), Item(Money(25_00), quantity=2)], Money(10_01))
    assert [(line.sale_discount, line.gross) for line in lines] == [(5_01, 44_99), (5_00, 45_00)]


@pytest.mark.parametrize(
    ("item", "sale_discount", "field"),
    [
        (Item(Money(-1)), 0, "price"),
        (Item(Money(10), quantity=0), 0, "quantity"),
        (Item(Money(10), discount=Money(-1)), 0, "discount"),
        (Item(Money(10), quantity=2, discount=Money(21)), 0, "discount"),
        (Item(Money(10), tax_rate=-1), 0, "tax_rate"),
        (Item(Money(10)), -1, "sale_discount"),
        (Item(Money(10), discount=Money(4)), 7, "sale_discount"),
    ],
)
def test_a_price_or_discount_that_can_not_be_is_refused_beside_its_field(
    item: Item, sale_discount: int, field: str
) -> None:  # R36
    with pytest.raises(Invalid) as refusal:
        price_sale([item], Money(sale_discount))
    assert refusal.value.field == field


def test_an_empty_sale_comes_to_nothing() -> None:
    assert price_sale([]) == ()


def test_a_sale_can_be_given_away() -> None:  # R36
    assert [line.gross for line in price_sale([Item(Money(10_00)), Item(Money(5))], Money(10_05))] == [0, 0]


@given(st.lists(items, min_size=1, max_size=8), st.data())
def test_a_sale_sums_to_the_penny(cart: list[Item], data: st.DataObject) -> None:  # R36, R38
    rest = sum(item.price * item.quantity for item in cart)
    discount = data.draw(st.integers(0, rest))
    lines = price_sale(cart, Money(discount))
    assert sum(line.gross for line in lines) == rest - discount
    assert all(line.gross >= 0 and line.tax + line.net == line.gross for line in lines)


@pytest.mark.parametrize(
    ("amount", "rate", "discount"), [(480_00, 1000, 48_00), (99, 5000, 50), (10, 0, 0), (10, 10_000, 10)]
)
def test_a_percentage_is_rounded_half_up(amount: int, rate: int, discount: int) -> None:
    assert percent(Money(amount), rate) == discount


@pytest.mark.parametrize("rate", [-1, 10_001])
def test_a_percentage_is_at_most_all_of_it(rate: int) -> None:
    with pytest.raises(Invalid, match="between 0 and 100"):
        percent(Money(100), rate)


def test_a_package_has_at_least_one_session() -> None:  # R1
    with pytest.raises(Invalid, match="at least one session"):
        credit_values(Money(480_00), 0)
