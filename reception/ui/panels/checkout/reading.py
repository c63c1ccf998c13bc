"""What the checkout looks up beside the cart: what else there is to settle, and who else could do an add-on."""

from dataclasses import replace
from typing import Any, NamedTuple

from reception.domain import addons, checkout
from reception.domain.addons import Offer
from reception.domain.checkout import Cart, CartLine, QuoteLine
from reception.domain.errors import Taken


class Due(NamedTuple):
    """Something that could be put into the cart: the line, and how it would be priced."""

    line: CartLine
    priced: QuoteLine


class Instead(NamedTuple):
    """A line whose add-on has lost its staff member, and the offer of somebody else at that very minute (R27)."""

    n: int
    offer: Offer


def due(session: Any, cart: Cart) -> tuple[Due, ...]:
    """What there is to settle and isn't in the cart: visits, deposits, fees, what is owed on account."""
    taken = {(line.kind, line.key) for line in cart.lines}
    lines = tuple(line for line in checkout.suggest(session, cart.client) if (line.kind, line.key) not in taken)
    quote = checkout.quote(session, Cart(cart.client, lines, payer=cart.payer))
    return tuple(Due(line, priced) for line, priced in zip(lines, quote.lines, strict=False))


def instead(session: Any, cart: Cart) -> Instead | None:
    """Who else could do an add-on of the cart whose own staff member isn't free any more; None where nobody could."""
    for n, line in enumerate(cart.lines):
        if line.attach is None or not isinstance(addons.look(session, line.attach), Taken):
            continue
        other = addons.look(session, replace(line.attach, staff=None))
        if isinstance(other, Offer):
            return Instead(n, other)
    return None
