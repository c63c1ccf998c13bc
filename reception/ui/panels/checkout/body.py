"""A cart as the plain data of a draft, and back: what survives a crash is what was on screen."""

from collections.abc import Mapping
from typing import Any

from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.money import Money
from reception.domain.packages import AUTO, Choice
from reception.domain.tables.ids import ClientId, CreditId


def as_body(cart: Cart) -> dict[str, Any]:
    """What the draft keeps of a cart."""
    return {
        "payer": cart.payer,
        "discount": int(cart.discount),
        "lines": [_line_body(line) for line in cart.lines],
        "payments": [_paying_body(paying) for paying in cart.payments],
    }


def as_cart(client: int, body: Mapping[str, Any]) -> Cart:
    """The cart that a draft has kept."""
    payer = body.get("payer")
    return Cart(
        client=ClientId(client),
        lines=tuple(_line(line) for line in body.get("lines", ())),
        payments=tuple(_paying(paying) for paying in body.get("payments", ())),
        discount=Money(body.get("discount", 0)),
        payer=None if payer is None else ClientId(payer),
    )


def _line_body(line: CartLine) -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "key": int(line.key),
        "words": line.words,
        "price": int(line.price),
        "discount": int(line.discount),
        "credit": "auto" if line.credit.auto else line.credit.credit,
    }


def _line(kept: Mapping[str, Any]) -> CartLine:
    credit = kept.get("credit", "auto")
    chosen = AUTO if credit == "auto" else Choice(None if credit is None else CreditId(credit))
    return CartLine(
        kind=LineKind(kept["kind"]),
        key=kept.get("key", 0),
        words=kept.get("words", ""),
        price=Money(kept.get("price", 0)),
        discount=Money(kept.get("discount", 0)),
        credit=chosen,
    )


def _paying_body(paying: Paying) -> dict[str, Any]:
    given = None if paying.given is None else int(paying.given)
    return {"tender": paying.tender.value, "amount": int(paying.amount), "given": given}


def _paying(kept: Mapping[str, Any]) -> Paying:
    given = kept.get("given")
    return Paying(Tender(kept["tender"]), Money(kept["amount"]), None if given is None else Money(given))
