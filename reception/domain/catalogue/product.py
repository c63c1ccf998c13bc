"""Package products: so many sessions of one service for one price (R1)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import access, tables
from reception.domain.access import Act
from reception.domain.catalogue.checks import check_name, check_price, one_line
from reception.domain.catalogue.service import service_row
from reception.domain.errors import Invalid, NotFound
from reception.domain.ledger import Unit, Validity
from reception.domain.money import Money
from reception.domain.tables.ids import ProductId, ServiceId

MOST_SESSIONS = 1000
"""Sessions that one package may hold."""

LONGEST_VALIDITY = {Unit.DAYS: 36_500, Unit.MONTHS: 1_200}
"""A hundred years."""


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A package product as it is typed (R1)."""

    name: str
    service: ServiceId
    sessions: int
    price: Money
    validity: Validity
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """A package product, with how often it was sold; what was sold stays as it is (R3)."""

    id: ProductId
    name: str
    service: ServiceId
    service_name: str
    sessions: int
    price: Money
    validity: Validity
    terms: str
    retired: bool
    sold: int


def products(session: Session, *, retired: bool = False) -> tuple[Product, ...]:
    """The package products by service and sessions, in one statement; with `retired` the retired ones too."""
    table = tables.Product
    sold = select(func.count()).where(tables.Package.product_id == table.id, tables.Package.origin_id.is_(None))
    query = select(
        *table.__table__.columns,
        tables.Service.name.label("service_name"),
        sold.scalar_subquery().label("sold"),
    ).join(tables.Service, tables.Service.id == table.service_id)
    if not retired:
        query = query.where(table.retired == 0)
    return tuple(sorted((_product(row) for row in session.execute(query)), key=_place))


def add_product(session: Session, draft: ProductDraft) -> ProductId:
    """Put a package on sale (R1)."""
    access.require(session, Act.CATALOGUE)
    _check_product(session, draft)
    _check_on_sale(session, draft.service)
    row = tables.Product()
    _write_product(row, draft)
    session.add(row)
    session.flush()
    return ProductId(row.id)


def change_product(session: Session, product: ProductId, draft: ProductDraft) -> None:
    """Change a package product for the next sale; what was sold stays as it is (R3)."""
    access.require(session, Act.CATALOGUE)
    row = _product_row(session, product)
    _check_product(session, draft, besides=product)
    if draft.service != row.service_id:
        _check_on_sale(session, draft.service)
    _write_product(row, draft)


def retire_product(session: Session, product: ProductId) -> None:
    """Sell this package no more; what was sold stays (R3)."""
    access.require(session, Act.CATALOGUE)
    _product_row(session, product).retired = True


def restore_product(session: Session, product: ProductId) -> None:
    """Put a retired package on sale again; Invalid where its service is retired or another has its name by now."""
    access.require(session, Act.CATALOGUE)
    row = _product_row(session, product)
    _check_on_sale(session, ServiceId(row.service_id))
    check_name(session, tables.Product, row.name, product)
    row.retired = False


def check_sessions(sessions: int) -> None:
    """Invalid for a number of sessions that no package can hold."""
    if not 1 <= sessions <= MOST_SESSIONS:
        sentence = "A package can't hold {sessions} sessions. Type 1 to {most}."
        raise Invalid(sentence, field="sessions", sessions=sessions, most=MOST_SESSIONS)


def check_validity(validity: Validity) -> None:
    """Invalid for a validity that ends at once, or after a hundred years."""
    unit, count = validity.unit, validity.count
    if unit is not None and not 1 <= count <= LONGEST_VALIDITY[unit]:
        sentence = "A package can't be valid for {count} {unit}. Type 1 to {most}, or let it never expire."
        raise Invalid(sentence, field="validity", count=count, unit=unit, most=LONGEST_VALIDITY[unit])


def _product(row: Any) -> Product:
    return Product(
        id=ProductId(row.id),
        name=row.name,
        service=ServiceId(row.service_id),
        service_name=row.service_name,
        sessions=row.sessions,
        price=row.price,
        validity=Validity(row.validity_unit, row.validity_count, row.validity_starts),
        terms=row.terms,
        retired=row.retired,
        sold=row.sold,
    )


def _place(product: Product) -> tuple[str, int, str, int]:
    return product.service_name.casefold(), product.sessions, product.name.casefold(), product.id


def _product_row(session: Session, product: ProductId) -> tables.Product:
    row = session.get(tables.Product, product)
    if row is None:
        raise NotFound("This package isn't in the catalogue. Pick another.")
    return row


def _check_product(session: Session, draft: ProductDraft, besides: ProductId | None = None) -> None:
    table = tables.Product
    check_name(session, table, draft.name, besides)
    check_sessions(draft.sessions)
    check_price("price", draft.price)
    check_validity(draft.validity)


def _check_on_sale(session: Session, service: ServiceId) -> None:
    row = service_row(session, service)
    if row.retired:
        sentence = "{service} is retired, so no package of it is sold. Restore the service or pick another."
        raise Invalid(sentence, field="service", service=row.name)


def _write_product(row: tables.Product, draft: ProductDraft) -> None:
    row.name = one_line(draft.name)
    row.service_id = draft.service
    row.sessions = draft.sessions
    row.price = draft.price
    row.validity_unit = draft.validity.unit
    row.validity_count = draft.validity.count if draft.validity.unit else 0
    row.validity_starts = draft.validity.starts
    row.terms = draft.terms.strip()
