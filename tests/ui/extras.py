"""Words for tests of add-ons at the desk."""

from reception.domain import catalogue, staff
from reception.domain.catalogue import ServiceDraft
from reception.domain.money import Money
from reception.domain.staff import PersonDraft
from reception.domain.tables.ids import ServiceId
from reception.domain.tables.words import Bookable, PaymentPolicy
from tests.ui.desk import OpenDesk


def extra(
    desk: OpenDesk, name: str, base: ServiceId, payment: PaymentPolicy = PaymentPolicy.AT_VISIT, *, short: str = ""
) -> ServiceId:
    """An add-on of a quarter of an hour and £12.00 that a service is offered with; Ines performs it."""
    owner = desk.clinic.owner
    draft = ServiceDraft(name, short, "Extras", 15, 0, Money(12_00), 0, bookable=Bookable.ADD_ON, payment=payment)
    made = ServiceId(desk.store.write(catalogue.add_service, draft, actor=owner).answer)
    ines = next(one for one in desk.store.read(staff.people) if one.id == desk.clinic.ines)
    person = PersonDraft(ines.name, ines.line, ines.role, ines.clinical, works=True, skills=ines.skills | {made})
    desk.store.write(staff.change, ines.id, person, actor=owner)
    desk.store.write(catalogue.set_links, base, [(made, None)], actor=owner)
    return made
