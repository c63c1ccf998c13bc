"""A cart as the plain data of a draft, and back: what survives a crash is what was on screen."""

from collections.abc import Mapping
from typing import Any

from reception.domain.addons import Attaching
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.money import Money
from reception.domain.packages import AUTO, Choice
from reception.domain.tables.ids import ClientId, CreditId, GroupId, ServiceId, StaffId


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
        "credit": _credit_body(line.credit),
        "attach": None if line.attach is None else _attach_body(line.attach),
    }


def _attach_body(attach: Attaching) -> dict[str, Any]:
    return {
        "group": int(attach.group),
        "service": int(attach.service),
        "staff": attach.staff,
        "credit": _credit_body(attach.credit),
    }


def _credit_body(choice: Choice) -> str | int | None:
    return "auto" if choice.auto else choice.credit


def _line(kept: Mapping[str, Any]) -> CartLine:
    attach = kept.get("attach")
    return CartLine(
        kind=LineKind(kept["kind"]),
        key=kept.get("key", 0),
        words=kept.get("words", ""),
        price=Money(kept.get("price", 0)),
        discount=Money(kept.get("discount", 0)),
        credit=_choice(kept.get("credit", "auto")),
        attach=None if attach is None else _attach(attach),
    )


def _attach(kept: Mapping[str, Any]) -> Attaching:
    staff = kept["staff"]
    return Attaching(
        group=GroupId(kept["group"]),
        service=ServiceId(kept["service"]),
        staff=None if staff is None else StaffId(staff),
        credit=_choice(kept["credit"]),
    )


def _choice(credit: str | int | None) -> Choice:
    if credit == "auto":
        return AUTO
    return Choice(None if credit is None else CreditId(int(credit)))


def _paying_body(paying: Paying) -> dict[str, Any]:
    given = None if paying.given is None else int(paying.given)
    return {"tender": paying.tender.value, "amount": int(paying.amount), "given": given}


def _paying(kept: Mapping[str, Any]) -> Paying:
    given = kept.get("given")
    return Paying(Tender(kept["tender"]), Money(kept["amount"]), None if given is None else Money(given))
