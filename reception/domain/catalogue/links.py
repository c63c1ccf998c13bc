"""Add-on links: which services are offered with which, in what order, at what price there."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from reception.domain import access, tables
from reception.domain.access import Act
from reception.domain.catalogue.checks import check_price
from reception.domain.catalogue.service import service_row
from reception.domain.errors import Invalid
from reception.domain.money import Money
from reception.domain.tables.ids import ServiceId
from reception.domain.tables.words import Bookable

AS_ADD_ON = (Bookable.ADD_ON, Bookable.BOTH)
"""How a service is booked that can be offered with another."""


class Link(NamedTuple):
    """An add-on that is offered with a base; without a price there it costs what it costs anywhere."""

    add_on: ServiceId
    name: str
    price: Money | None
    minutes: int
    own_price: Money

    @property
    def charged(self) -> Money:
        """What it costs with this base (R24)."""
        return self.own_price if self.price is None else self.price


def links(session: Session, base: ServiceId) -> tuple[Link, ...]:
    """What is offered with a service, in the order of its list (R24).

    A link sleeps while its add-on is retired or booked alone, and while its base is an add-on only: it isn't told, and
    counts again by itself.
    """
    link, add_on, own = tables.AddOnLink, tables.Service, aliased(tables.Service)
    query = (
        select(link.add_on_id, add_on.name, link.price, add_on.minutes, add_on.price.label("own_price"))
        .join(add_on, add_on.id == link.add_on_id)
        .join(own, own.id == link.base_id)
        .where(link.base_id == base, own.bookable != Bookable.ADD_ON)
        .where(add_on.retired == 0, add_on.bookable.in_(AS_ADD_ON))
        .order_by(link.place, link.id)
    )
    return tuple(
        Link(ServiceId(row.add_on_id), row.name, row.price, row.minutes, row.own_price)
        for row in session.execute(query)
    )


def offered_with(session: Session, add_on: ServiceId) -> tuple[str, ...]:
    """The names of the services that an add-on is offered with; links that sleep aren't told."""
    link, base, own = tables.AddOnLink, tables.Service, aliased(tables.Service)
    query = (
        select(base.name)
        .join(link, link.base_id == base.id)
        .join(own, own.id == link.add_on_id)
        .where(own.id == add_on, own.bookable.in_(AS_ADD_ON), base.retired == 0, base.bookable != Bookable.ADD_ON)
    )
    return tuple(sorted(session.scalars(query), key=str.casefold))


def set_links(session: Session, base: ServiceId, wanted: Sequence[tuple[ServiceId, Money | None]]) -> None:
    """Offer these add-ons with a service, in this order; what is attached already stays as it was agreed.

    Links that sleep stay as they are, after these.
    """
    access.require(session, Act.CATALOGUE)
    _check_links(session, service_row(session, base), wanted)
    held = _held(session, base)
    awake = {link.add_on for link in links(session, base)}
    order = [add_on for add_on, _ in wanted]
    sleeping = [add_on for add_on in held if add_on not in awake and add_on not in order]
    for add_on in awake - set(order):
        session.delete(held[add_on])
    for place, (add_on, price) in enumerate(wanted):
        row = held.get(add_on) or tables.AddOnLink(base_id=base, add_on_id=add_on)
        row.place, row.price = place, price
        session.add(row)
    for place, add_on in enumerate(sleeping, len(order)):
        held[add_on].place = place


def _held(session: Session, base: ServiceId) -> dict[ServiceId, tables.AddOnLink]:
    """Every link of a base, sleeping ones too, in their order."""
    link = tables.AddOnLink
    query = select(link).where(link.base_id == base).order_by(link.place, link.id)
    return {ServiceId(row.add_on_id): row for row in session.scalars(query)}


def _check_links(session: Session, base: tables.Service, wanted: Sequence[tuple[ServiceId, Money | None]]) -> None:
    if wanted and base.bookable is Bookable.ADD_ON:
        sentence = "{service} is an add-on only, so nothing is offered with it. Let it be booked alone too."
        raise Invalid(sentence, field="links", service=base.name)
    seen = set[ServiceId]()
    for add_on, price in wanted:
        row = service_row(session, add_on)
        _check_add_on(base, row)
        if add_on in seen:
            raise Invalid("{service} stands twice in the list. Take one of them away.", field="links", service=row.name)
        seen.add(add_on)
        if price is not None:
            check_price("links", price)


def _check_add_on(base: tables.Service, row: tables.Service) -> None:
    if row.id == base.id:
        sentence = "{service} can't be offered with itself. Take it off the list."
        raise Invalid(sentence, field="links", service=row.name)
    if row.retired:
        sentence = "{service} is retired. Bring it back, or take it off the list."
        raise Invalid(sentence, field="links", service=row.name)
    if row.bookable not in AS_ADD_ON:
        sentence = "{service} is booked alone. Let it be booked as an add-on first, or take it off the list."
        raise Invalid(sentence, field="links", service=row.name)
