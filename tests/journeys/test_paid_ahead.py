"""Money before the visit: an add-on that is paid now joins, its deposit pays its part, or goes back."""

import pytest
from PySide6.QtCore import Qt

from reception.domain import catalogue, diary, staff
from reception.domain.catalogue import Bookable, PaymentPolicy, ServiceDraft
from reception.domain.money import Money
from reception.domain.outcomes import Who
from reception.domain.staff import PersonDraft
from reception.domain.tables.ids import AppointmentId, ServiceId
from tests.journeys.visitor import Visitor


@pytest.fixture
def cupping(visitor: Visitor) -> ServiceId:
    """An extra of 18.00 that Ines does after physio; 5.00 of it is paid when it is added."""
    clinic, write = visitor.clinic, visitor.desk.store.write
    draft = ServiceDraft(
        "Cupping 15",
        "Cupping",
        "Extras",
        15,
        0,
        Money(18_00),
        0,
        bookable=Bookable.ADD_ON,
        payment=PaymentPolicy.DEPOSIT,
        deposit=Money(5_00),
    )
    service = ServiceId(write(catalogue.add_service, draft, actor=clinic.owner).answer)
    write(catalogue.set_links, clinic.physio, ((service, None),), actor=clinic.owner)
    ines = next(one for one in visitor.desk.store.read(staff.people) if one.id == clinic.ines)
    taught = PersonDraft(ines.name, ines.line, ines.role, ines.clinical, True, ines.skills | {service})
    write(staff.change, clinic.ines, taught, actor=clinic.owner)
    return service


def added(visitor: Visitor) -> AppointmentId:
    """Hugh's visit at ten, with the extra that was paid for with four keys."""
    clinic = visitor.clinic
    visit = visitor.booked(clinic.hugh, clinic.ines, clinic.physio, "10:00")
    visitor.block(visit)
    visitor.see("Cupping 15", "5.00 deposit now", at="client")
    before = visitor.keys
    visitor.type("+1")
    visitor.see("Cupping 15, paid ahead", "10:30 – 10:45, Ines Lund", "13.00 at the visit", at="checkout")
    visitor.type("1")
    visitor.enter()
    assert visitor.keys - before == 4
    visitor.see("Receipt 1 settled", "Cupping 15 added, 10:30 with Ines", at="checkout")
    return visit


@pytest.mark.usefixtures("cupping")
def test_an_add_on_is_paid_ahead_and_pays_its_part_at_the_visit(visitor: Visitor) -> None:  # R24, R28
    added(visitor)
    visitor.press("checkout.done.visit")
    visitor.see("Hugh Mallory’s visit", "5.00 paid ahead", at="coming")
    visitor.key(Qt.Key.Key_Escape)
    visitor.type("a")
    visitor.see("Hugh Mallory has arrived", at="undo.words")
    visitor.key(Qt.Key.Key_F12)
    visitor.see("Paid ahead", "−5.00", "£61.00", at="checkout")
    visitor.type("1")
    visitor.enter()
    visitor.see("Receipt 2 settled", "nothing owed", at="checkout")


@pytest.mark.usefixtures("cupping")
def test_a_deposit_that_went_back_is_paid_out_from_the_ledger(visitor: Visitor) -> None:  # R14, R40
    visit = added(visitor)
    extra = next(
        line.entry.id for line in visitor.desk.store.read(diary.coming_in, visit).lines if line.entry.id != visit
    )
    reason = next(one for one in visitor.desk.store.read(catalogue.reasons) if one.who is Who.CLINIC)
    visitor.desk.do(diary.cancel, extra, diary.Cancelling(reason.id))
    visitor.press("checkout.done.close")
    visitor.ctrl(Qt.Key.Key_K)
    visitor.type("hugh ledg")
    visitor.see("Open the ledger", at="find.sheet")
    visitor.enter()
    visitor.see("in credit", "Deposit back, Cupping 15", at="ledger")
    visitor.press("ledger.pay_out")
    visitor.see("£5.00 goes back to the card", at="pay_out")
    visitor.enter()
    visitor.see("Paid back £5.00 to Hugh Mallory", at="undo.words")
    visitor.see("Receipt 2", at="receipt")
    visitor.see("nothing owed", at="ledger")
