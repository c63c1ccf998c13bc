"""Services: what is performed on clients, and for how much."""

from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import access, tables
from reception.domain.access import Act
from reception.domain.catalogue.checks import check_count, check_name, check_price, one_line
from reception.domain.errors import Invalid, NotFound
from reception.domain.money import BASIS_POINTS, NOTHING, Money
from reception.domain.outcomes import UPCOMING, OwnPolicy
from reception.domain.tables.ids import ServiceId

SHORTEST, LONGEST = 5, 720
"""Minutes that a service may take."""

LONGEST_TURNAROUND = 240
"""Minutes that cleaning up after it may take."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """A service as it is typed; without a short name it goes by its name."""

    name: str
    short: str
    category: str
    minutes: int
    turnaround: int
    price: Money
    tax_rate: int
    own: OwnPolicy = field(default_factory=OwnPolicy)


@dataclass(frozen=True, slots=True)
class Service:
    """A service, with how many products on sale and how many visits to come a change of it would touch."""

    id: ServiceId
    name: str
    short: str
    category: str
    minutes: int
    turnaround: int
    price: Money
    tax_rate: int
    own: OwnPolicy
    retired: bool
    products_on_sale: int
    upcoming: int


def services(session: Session, *, retired: bool = False) -> tuple[Service, ...]:
    """The services by category and name, in one statement; with `retired` the retired ones too."""
    table = tables.Service
    products = select(func.count()).where(tables.Product.service_id == table.id, tables.Product.retired == 0)
    # The day comes first in the index; a day of slack covers every time zone.
    visits = select(func.count()).where(
        tables.Appointment.service_id == table.id,
        tables.Appointment.day >= (access.now(session) - _DAY).date(),
        tables.Appointment.starts >= access.now(session),
        tables.Appointment.status.in_(UPCOMING),
    )
    query = select(
        *table.__table__.columns,
        products.scalar_subquery().label("products_on_sale"),
        visits.scalar_subquery().label("upcoming"),
    )
    if not retired:
        query = query.where(table.retired == 0)
    return tuple(sorted((_service(row) for row in session.execute(query)), key=_place))


def add_service(session: Session, draft: ServiceDraft) -> ServiceId:
    """Put a service into the catalogue."""
    access.require(session, Act.CATALOGUE)
    _check_service(session, draft)
    row = tables.Service()
    _write_service(row, draft)
    session.add(row)
    session.flush()
    return ServiceId(row.id)


def change_service(session: Session, service: ServiceId, draft: ServiceDraft) -> None:
    """Change a service for what is booked and sold from now on; visits and packages keep what was agreed (R3, R11)."""
    access.require(session, Act.CATALOGUE)
    row = service_row(session, service)
    _check_service(session, draft, besides=service)
    _write_service(row, draft)


def retire_service(session: Session, service: ServiceId) -> None:
    """Book this service no more; visits, packages and products that name it stay."""
    access.require(session, Act.CATALOGUE)
    service_row(session, service).retired = True


def restore_service(session: Session, service: ServiceId) -> None:
    """Take a retired service back into the catalogue; Invalid where another has its name by now."""
    access.require(session, Act.CATALOGUE)
    row = service_row(session, service)
    check_name(session, tables.Service, row.name, service)
    row.retired = False


def check_times(minutes: int, turnaround: int) -> None:
    """Invalid for minutes that no service and no clean-up can take."""
    if not SHORTEST <= minutes <= LONGEST:
        sentence = "A service can't take {minutes} minutes. Type {least} to {most}."
        raise Invalid(sentence, field="minutes", minutes=minutes, least=SHORTEST, most=LONGEST)
    if not 0 <= turnaround <= LONGEST_TURNAROUND:
        sentence = "The turnaround can't take {minutes} minutes. Type 0 to {most}."
        raise Invalid(sentence, field="turnaround", minutes=turnaround, most=LONGEST_TURNAROUND)


def service_row(session: Session, service: ServiceId) -> tables.Service:
    """A service as it is stored; NotFound where there is none."""
    row = session.get(tables.Service, service)
    if row is None:
        raise NotFound("This service isn't in the catalogue. Pick another.")
    return row


def _service(row: Any) -> Service:
    return Service(
        id=ServiceId(row.id),
        name=row.name,
        short=row.short,
        category=row.category,
        minutes=row.minutes,
        turnaround=row.turnaround,
        price=row.price,
        tax_rate=row.tax_rate,
        own=OwnPolicy(**{part.name: getattr(row, f"own_{part.name}") for part in fields(OwnPolicy)}),
        retired=row.retired,
        products_on_sale=row.products_on_sale,
        upcoming=row.upcoming,
    )


def _place(service: Service) -> tuple[str, str, int]:
    # Sorted here, since databases disagree on capital letters.
    return service.category.casefold(), service.name.casefold(), service.id


def _check_service(session: Session, draft: ServiceDraft, besides: ServiceId | None = None) -> None:
    table = tables.Service
    check_name(session, table, draft.name, besides)
    check_times(draft.minutes, draft.turnaround)
    check_price("price", draft.price)
    if not 0 <= draft.tax_rate <= BASIS_POINTS:
        raise Invalid("A tax rate lies between 0 and 100 %. Change it.", field="tax_rate")
    check_count("free_hours", draft.own.free_hours or 0)
    check_price("late_fee", draft.own.late_fee or NOTHING)
    check_price("no_show_fee", draft.own.no_show_fee or NOTHING)


def _write_service(row: tables.Service, draft: ServiceDraft) -> None:
    row.name = one_line(draft.name)
    row.short = one_line(draft.short) or row.name
    row.category = one_line(draft.category)
    row.minutes = draft.minutes
    row.turnaround = draft.turnaround
    row.price = draft.price
    row.tax_rate = draft.tax_rate
    for part in fields(OwnPolicy):
        setattr(row, f"own_{part.name}", getattr(draft.own, part.name))
