"""Words for add-ons: a clinic whose laser is offered with extras, some of them in a room or with a device."""

from collections.abc import Sequence
from datetime import datetime

from reception.domain import addons, catalogue, checkout, diary, staff
from reception.domain.addons import Attaching, Offers, Why
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.errors import DomainError
from reception.domain.money import NOTHING, Money
from reception.domain.packages import AUTO, Choice
from reception.domain.tables.ids import AppointmentId, ResourceId, SaleId, ServiceId, StaffId
from reception.domain.tables.words import Bookable, PaymentPolicy, ResourceKind, Role
from tests.clinic import LONDON, Clinic


def add_on(
    clinic: Clinic,
    name: str,
    minutes: int = 15,
    *,
    turnaround: int = 0,
    price: int = 12_00,
    payment: PaymentPolicy = PaymentPolicy.AT_VISIT,
    deposit: int = 0,
    share: int = 0,
    by: Sequence[StaffId] | None = None,
    bookable: Bookable = Bookable.ADD_ON,
) -> ServiceId:
    """Adds a service that joins a visit; Ana and Ben perform it unless others are named."""
    draft = catalogue.ServiceDraft(
        name,
        name,
        "Extras",
        minutes,
        turnaround,
        Money(price),
        0,
        bookable=bookable,
        payment=payment,
        deposit=Money(deposit),
        deposit_share=share,
    )
    service = ServiceId(clinic.do(catalogue.add_service, draft))
    for person in by if by is not None else (clinic.ana, clinic.ben):
        teach(clinic, person, service)
    return service


def teach(clinic: Clinic, person: StaffId, service: ServiceId) -> None:
    """Lets somebody perform a service."""
    one = next(one for one in clinic.ask(staff.people) if one.id == person)
    skills = one.skills | {service}
    clinic.do(staff.change, person, staff.PersonDraft(one.name, one.line, one.role, one.clinical, True, skills))


def clinician(clinic: Clinic) -> StaffId:
    """Somebody with the clinical right."""
    draft = staff.PersonDraft("Dr Obi", "", Role.PRACTITIONER, clinical=True, works=False, skills=frozenset())
    return StaffId(clinic.do(staff.add, draft))


def said(words: DomainError) -> str:
    """A sentence as the desk reads it, with times of the clinic's wall clock."""

    def plain(value: object) -> object:
        return f"{value.astimezone(LONDON):%H:%M}" if isinstance(value, datetime) else value

    return words.template.format(**{name: plain(value) for name, value in words.values.items()})


def tape_with_laser(clinic: Clinic) -> ServiceId:
    """Adds an extra of 15 minutes that the laser is offered with, paid at the visit."""
    service = add_on(clinic, "Tape 15")
    link(clinic, clinic.laser, service)
    return service


def link(clinic: Clinic, base: ServiceId, *extras: ServiceId | tuple[ServiceId, int]) -> None:
    """Offers extras with a base, in this order; a pair names the price there."""
    wanted = tuple((one[0], Money(one[1])) if isinstance(one, tuple) else (one, None) for one in extras)
    clinic.do(catalogue.set_links, base, wanted)


def room(clinic: Clinic, name: str, kind: ResourceKind = ResourceKind.ROOM) -> ResourceId:
    """Adds a room or a device."""
    return ResourceId(clinic.do(catalogue.add_resource, name, kind))


def offers(clinic: Clinic, visit: AppointmentId) -> Offers:
    """What a coming-in can be given."""
    return clinic.ask(addons.offers, visit)


def why(clinic: Clinic, visit: AppointmentId, service: ServiceId) -> list[Why]:
    """Why an add-on isn't offered, in order; empty where it is."""
    found = offers(clinic, visit)
    if any(one.service == service for one in found.offered):
        return []
    return [reason.why for one in found.refused if one.service == service for reason in one.reasons]


def attach(
    clinic: Clinic,
    visit: AppointmentId,
    service: ServiceId,
    *,
    staff: StaffId | None = None,
    credit: Choice = AUTO,
) -> AppointmentId:
    """Adds an extra to a visit at once."""
    group = clinic.ask(diary.entry, visit).group
    wanted = Attaching(group, service, staff, credit)
    return AppointmentId(clinic.do(addons.attach, wanted, by=clinic.desk))


def pay(clinic: Clinic, *lines: CartLine, tender: Tender = Tender.CARD, discount: Money = NOTHING) -> SaleId:
    """Settles lines for Bea, paying what is to pay."""
    price = clinic.ask(checkout.quote, Cart(clinic.bea, lines, discount=discount)).to_pay
    payments = (Paying(tender, price),) if price else ()
    return SaleId(clinic.do(checkout.settle, Cart(clinic.bea, lines, payments, discount), by=clinic.desk))


def pay_ahead(clinic: Clinic, visit: AppointmentId) -> SaleId:
    """Pays what is due before a visit."""
    return pay(clinic, CartLine(LineKind.DEPOSIT, visit))


def held(clinic: Clinic, visit: AppointmentId) -> Money:
    """What is held for a visit that was paid ahead."""
    return clinic.ask(diary.entry, visit).paid_ahead
