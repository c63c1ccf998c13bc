"""A practitioner at the desk sees their own column and the ledgers, and takes their own visits through."""

from functools import partial

import pytest
from PySide6.QtCore import Qt

from reception.domain.outcomes import Status
from reception.domain.tables.ids import AppointmentId
from tests.journeys.visitor import Visitor


@pytest.fixture
def ines(visitor: Visitor) -> Visitor:
    """Ines has taken the desk with F2 and a digit."""
    visitor.key(Qt.Key.Key_F2)
    visitor.see("Ines Lund", at="person.sheet")
    visitor.type("ines")
    visitor.until("others are offered", lambda: "Tomas Brandt" not in visitor.read("person.sheet"))
    visitor.enter()
    visitor.see("Ines Lund", at="top.person")
    return visitor


def stands(visitor: Visitor, visit: AppointmentId, status: Status) -> bool:
    """Whether a visit is so far."""
    return visitor.status(visit) is status


def test_their_own_column_is_the_day_and_their_own_visits_are_taken_through(visitor: Visitor, ines: Visitor) -> None:
    clinic = ines.clinic
    ines.desk.sit_down(clinic.anna)
    other = ines.booked(clinic.hugh, clinic.tomas, clinic.massage, "09:00")
    own = ines.booked(clinic.priya, clinic.ines, clinic.physio, "09:30")
    ines.desk.sit_down(clinic.ines)
    ines.until("others' columns", lambda: [one.key for one in ines.grid.scene.picture.columns] == [clinic.ines])
    assert other not in ines.grid.scene.blocks
    ines.block(own)
    for key, status in (("a", Status.ARRIVED), ("s", Status.IN_TREATMENT), ("c", Status.COMPLETED)):
        ines.type(key)
        ines.until(f"not {status}", partial(stands, visitor, own, status))


def test_no_page_for_money_or_setup_is_offered(ines: Visitor) -> None:
    places = ("diary", "clients", "catalogue", "staff", "settings")
    own = ["diary", "clients"]
    ines.until("more is offered", lambda: [name for name in places if ines.offers(f"top.{name}")] == own)


def test_the_checkout_is_refused_with_whom_to_ask(ines: Visitor) -> None:
    ines.ctrl(Qt.Key.Key_F)
    ines.type("bea")
    ines.see("Beatrix Hale", at="find.sheet")
    ines.enter()
    ines.see("Beatrix Hale", at="ledger")
    ines.key(Qt.Key.Key_F12)
    ines.see("Ines Lund sees their own column and the ledgers here. Press F2", at="banner")
    assert not ines.offers("checkout.settle")


def test_a_free_cell_opens_no_booking(ines: Visitor) -> None:
    ines.slot(ines.clinic.ines, "11:00", double=True)
    ines.see("You can't book visits", "F2", at="banner")
    assert not ines.offers("booking.save")


def test_the_ledger_is_read_and_nothing_in_it_is_changed(visitor: Visitor, ines: Visitor) -> None:
    visitor.desk.sit_down(visitor.clinic.anna)
    visitor.sold(visitor.clinic.beatrix, visitor.clinic.physio_course)
    visitor.desk.sit_down(visitor.clinic.ines)
    ines.ctrl(Qt.Key.Key_F)
    ines.type("bea")
    ines.see("Beatrix Hale", at="find.sheet")
    ines.enter()
    ines.see("Physio, course of 6", "6 left", at="ledger")
    assert not any(ines.offers(name) for name in ("ledger.sell", "ledger.book", "ledger.extend.1"))
