"""What a sale comes to: prices, discounts, and the tax inside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from reception.domain.errors import Invalid
from reception.domain.money import BASIS_POINTS, NOTHING, Money, equal, share, spread, tax_within

_NEGATIVE_DISCOUNT = "The discount {discount} is below zero. Type 0 or more."


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a cart: price of one, how many, the line's own discount, the tax rate in basis points.

    Of a fixed line nothing is taken off: a deposit is what it is, the discount comes with the visit.
    """

    price: Money
    quantity: int = 1
    discount: Money = NOTHING
    tax_rate: int = 0
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Priced:
    """What one line comes to: its price, both discounts, what is paid for it, and the tax and the net within that."""

    price: Money
    discount: Money
    sale_discount: Money
    gross: Money
    tax: Money
    net: Money


def price_sale(items: Sequence[Item], sale_discount: Money = NOTHING) -> tuple[Priced, ...]:
    """Price the lines of a sale, its own discount spread over them (R36, R38); Invalid for what can't be."""
    for item in items:
        _check(item)
    rests = [NOTHING if item.fixed else item.price * item.quantity - item.discount for item in items]
    rest = sum(rests, NOTHING)
    if sale_discount < 0:
        raise Invalid(_NEGATIVE_DISCOUNT, field="sale_discount", discount=sale_discount)
    if sale_discount > rest:
        sentence = "The discount {discount} is more than the sale, which comes to {rest}. Type {rest} or less."
        raise Invalid(sentence, field="sale_discount", discount=sale_discount, rest=rest)
    return tuple(map(_priced, items, spread(sale_discount, rests)))


def percent(amount: Money, rate: int) -> Money:
    """Give a discount of a rate in basis points (1000 = 10 %) of an amount, rounded half up."""
    if not 0 <= rate <= BASIS_POINTS:
        raise Invalid("A discount is between 0 and 100 per cent.", field="discount")
    return share(amount, rate, BASIS_POINTS)


def credit_values(net: Money, sessions: int) -> tuple[Money, ...]:
    """Divide what a package was sold for, without tax, over its credits 1, 2, … (R4)."""
    if sessions < 1:
        raise Invalid("A package needs at least one session.", field="sessions")
    return equal(net, sessions)


def _check(item: Item) -> None:
    if item.price < 0:
        raise Invalid("The price {price} is below zero. Type 0 or more.", field="price", price=item.price)
    if item.quantity < 1:
        raise Invalid("The quantity {quantity} is too small. Type 1 or more.", field="quantity", quantity=item.quantity)
    if item.discount < 0:
        raise Invalid(_NEGATIVE_DISCOUNT, field="discount", discount=item.discount)
    price = item.price * item.quantity
    if item.discount > price:
        sentence = "The discount {discount} is more than the price {price}. Type {price} or less."
        raise Invalid(sentence, field="discount", discount=item.discount, price=price)
    if item.fixed and item.discount:
        raise Invalid("Nothing is taken off this line. Give the discount at the visit itself.", field="discount")
    if item.tax_rate < 0:
        raise Invalid("A tax rate can't be below zero. Type 0 or more.", field="tax_rate")


def _priced(item: Item, sale_discount: Money) -> Priced:
    price = item.price * item.quantity
    gross = price - item.discount - sale_discount
    tax = tax_within(gross, item.tax_rate)
    return Priced(price, item.discount, sale_discount, gross, tax, gross - tax)
