"""What the catalogue's forms check alike: names, prices and counts, each said beside its field."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import tables
from reception.domain.errors import Invalid
from reception.domain.money import Money

DEAREST = Money(100_000_000_00)
"""More than anything at a clinic costs."""

MOST = 10_000
"""More days, hours or minutes than any setting means."""


def one_line(text: str) -> str:
    """What was typed, without blanks around it and with single ones in it."""
    return " ".join(text.split())


def check_name(
    session: Session,
    kind: type[tables.Service | tables.Product | tables.Resource],
    name: str,
    besides: int | None = None,
) -> None:
    """Invalid for an empty name, and for one that something else in use has; case doesn't count."""
    wanted = one_line(name)
    if not wanted:
        raise Invalid("There is no name yet. Type what it is called.", field="name")
    for other, taken in session.execute(select(kind.id, kind.name).where(kind.retired == 0)):
        if other != besides and taken.casefold() == wanted.casefold():
            raise Invalid("There is “{name}” already. Choose another name.", field="name", name=taken)


def check_price(field: str, price: Money) -> None:
    """Invalid for a price that nothing can have."""
    if price < 0:
        raise Invalid("The price {price} is below zero. Type 0 or more.", field=field, price=price)
    if price > DEAREST:
        raise Invalid("The price {price} is too high. Type {most} or less.", field=field, price=price, most=DEAREST)


def check_count(field: str, count: int) -> None:
    """Invalid for a number of days, hours or minutes that nothing can have."""
    if not 0 <= count <= MOST:
        raise Invalid("{count} can't be. Type 0 to {most}.", field=field, count=count, most=MOST)
