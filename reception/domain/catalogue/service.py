"""Services: what is performed on clients, and for how much."""

from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from reception.domain import access, tables
from reception.domain.access import Act
from reception.domain.catalogue.checks import check_count, check_name, check_price, one_line
from reception.domain.errors import Invalid, NotFound, Refused
from reception.domain.money import BASIS_POINTS, NOTHING, Money, share
from reception.domain.outcomes import UPCOMING, OwnPolicy
from reception.domain.tables.ids import ServiceId
from reception.domain.tables.words import Bookable, PaymentPolicy

SHORTEST, LONGEST = 5, 720
"""Minutes that a service may take."""

LONGEST_TURNAROUND = 240
"""Minutes that cleaning up after it may take."""

SMALLEST_SHARE = 100
"""The least share of the price that is a deposit, in basis points: 1 %."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """A service as it is typed; without a short name it goes by its name.

    A deposit is an amount or a share of the price in basis points, and counts only where `payment` asks for one (R28).
    """

    name: str
    short: str
    category: str
    minutes: int
    turnaround: int
    price: Money
    tax_rate: int
    own: OwnPolicy = field(default_factory=OwnPolicy)
    bookable: Bookable = Bookable.ALONE
    payment: PaymentPolicy = PaymentPolicy.AT_VISIT
    deposit: Money = NOTHING
    deposit_share: int = 0


@dataclass(frozen=True, slots=True)
class Service:
    """A service, with what a change of it would touch: products on sale, visits to come, services it is offered with.

    `add_ons` counts what is offered with it (R24); both counts leave out what is retired.
    """

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
    bookable: Bookable
    payment: PaymentPolicy
    deposit: Money
    deposit_share: int
    offered_with: int
    add_ons: int


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
        _linked(tables.AddOnLink.add_on_id, tables.AddOnLink.base_id).label("offered_with"),
        _linked(tables.AddOnLink.base_id, tables.AddOnLink.add_on_id).label("add_ons"),
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
    """Take a retired service back into the catalogue.

    Invalid where another has its name by now; Refused where all that one of its needs names was retired meanwhile.
    """
    access.require(session, Act.CATALOGUE)
    row = service_row(session, service)
    check_name(session, tables.Service, row.name, service)
    _check_needs(session, row)
    row.retired = False


def ahead(price: Money, payment: PaymentPolicy, deposit: Money, deposit_share: int) -> Money:
    """Tell what of a price is due before the visit: nothing, the deposit, at most the price, or all of it (R28)."""
    match payment:
        case PaymentPolicy.AT_VISIT:
            return NOTHING
        case PaymentPolicy.UPFRONT:
            return price
        case PaymentPolicy.DEPOSIT:
            return min(price, deposit or share(price, deposit_share, BASIS_POINTS))


def check_times(minutes: int, turnaround: int) -> None:
    """Invalid for minutes that no service and no clean-up can take."""
    if not SHORTEST <= minutes <= LONGEST:
        sentence = "A service can't take {minutes} minutes. Type {least} to {most}."
        raise Invalid(sentence, field="minutes", minutes=minutes, least=SHORTEST, most=LONGEST)
    if not 0 <= turnaround <= LONGEST_TURNAROUND:
        sentence = "The turnaround can't take {minutes} minutes. Type 0 to {most}."
        raise Invalid(sentence, field="turnaround", minutes=turnaround, most=LONGEST_TURNAROUND)


def check_payment(payment: PaymentPolicy, deposit: Money, deposit_share: int) -> None:
    """Invalid for a deposit that is none, that can't be, or that is said in two ways (R28)."""
    if payment is not PaymentPolicy.DEPOSIT:
        return
    if deposit and deposit_share:
        raise Invalid("A deposit is an amount or a share of the price. Take one of them away.", field="deposit")
    if deposit_share and not SMALLEST_SHARE <= deposit_share <= BASIS_POINTS:
        raise Invalid("A deposit is 1 to 100 % of the price. Change the share.", field="deposit_share")
    if deposit < 0:
        sentence = "The deposit {deposit} is below zero. Type more than 0."
        raise Invalid(sentence, field="deposit", deposit=deposit)
    if not deposit and not deposit_share:
        sentence = "There is no deposit yet. Type an amount or a share of the price."
        raise Invalid(sentence, field="deposit")
    check_price("deposit", deposit)


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
        bookable=row.bookable,
        payment=row.payment,
        deposit=row.deposit,
        deposit_share=row.deposit_share,
        offered_with=row.offered_with,
        add_ons=row.add_ons,
    )


def _linked(own: Any, other: Any) -> Any:
    """How many services that aren't retired a service is linked with, on one side of the links."""
    partner = aliased(tables.Service)
    count = select(func.count()).select_from(tables.AddOnLink).join(partner, partner.id == other)
    return count.where(own == tables.Service.id, partner.retired == 0).correlate(tables.Service).scalar_subquery()


def _check_needs(session: Session, row: tables.Service) -> None:
    """Refused where a need of the service has nothing left that isn't retired."""
    need, resource = tables.ResourceNeed, tables.Resource
    query = (
        select(func.min(resource.name).label("name"))
        .join(need, need.resource_id == resource.id)
        .where(need.service_id == row.id)
        .group_by(need.number)
        .having(func.min(resource.retired) == 1)
    )
    if (name := session.scalar(query)) is not None:
        sentence = "{service} needs {resource}, which is retired. Bring that back, or change what {service} needs."
        raise Refused(sentence, service=row.name, resource=name)


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
    check_payment(draft.payment, draft.deposit, draft.deposit_share)
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
    row.bookable = draft.bookable
    row.payment = draft.payment
    asked = draft.payment is PaymentPolicy.DEPOSIT
    row.deposit = draft.deposit if asked else NOTHING
    row.deposit_share = draft.deposit_share if asked else 0
    for part in fields(OwnPolicy):
        setattr(row, f"own_{part.name}", getattr(draft.own, part.name))
