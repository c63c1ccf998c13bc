"""Packages are switched off while a course lies in a cart: it isn't sold, nothing is lost, what was sold holds."""

import pytest
from PySide6.QtCore import Qt

from reception.domain.ledger import State
from tests.journeys.visitor import Visitor


@pytest.fixture
def manager(visitor: Visitor) -> Visitor:
    """The manager is at the desk."""
    visitor.desk.sit_down(visitor.clinic.manager)
    visitor.see("Mira Sorel", at="top.person")
    return visitor


def switch_packages(visitor: Visitor) -> None:
    """Turns the plan's switch for packages in the settings."""
    visitor.press("top.settings")
    visitor.press("settings.section.1")
    visitor.press("clinic_page.plan")
    visitor.press("plan.packages")
    visitor.press("plan.save")
    visitor.see("Changed the plan", at="undo.words")


def open_client(visitor: Visitor, letters: str, name: str) -> None:
    """Finds a client with Ctrl+F."""
    visitor.ctrl(Qt.Key.Key_F)
    visitor.type(letters)
    visitor.see(name, at="find.sheet")
    visitor.enter()
    visitor.see(name, at="client")


def test_a_course_in_the_cart_is_refused_with_the_reason_and_stays_in_the_cart(manager: Visitor) -> None:  # R13
    open_client(manager, "pri", "Priya Nair")
    manager.key(Qt.Key.Key_F12)
    manager.press("checkout.add.package")
    manager.row("checkout.packages.list_list", "Laser, course of 6")
    manager.type("2")
    manager.see("Laser, course of 6", "Card", at="checkout")
    switch_packages(manager)

    manager.ctrl(Qt.Key.Key_1)
    manager.see("Laser, course of 6", "Packages are switched off in the plan", at="checkout")
    manager.enter()
    manager.see("switched off", at="banner")
    manager.see("Laser, course of 6", "£480.00", at="checkout")
    assert not manager.offers("checkout.add.package")
    assert not manager.offers("checkout.done.close")

    switch_packages(manager)
    manager.ctrl(Qt.Key.Key_1)
    manager.see("Laser, course of 6", at="checkout.line.0")
    manager.enter()
    manager.see("Receipt 1 settled", "£480.00", at="checkout")


def test_a_credit_that_was_sold_before_still_pays(manager: Visitor) -> None:  # R13
    clinic = manager.clinic
    manager.sold(clinic.beatrix, clinic.physio_course)
    visit = manager.booked(clinic.beatrix, clinic.ines, clinic.physio, "09:00")
    switch_packages(manager)
    manager.press("top.diary")
    manager.block(visit)
    manager.type("a")
    manager.see("Beatrix Hale has arrived", at="undo.words")
    manager.key(Qt.Key.Key_F12)
    manager.enter()
    manager.see("Receipt 2 settled", "5 left", at="checkout")
    assert manager.states(clinic.beatrix)[0] is State.REDEEMED
