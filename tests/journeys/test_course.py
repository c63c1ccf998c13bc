"""A walk-in becomes a client, buys a course at the checkout, and books the first visit on its first credit."""

from PySide6.QtCore import Qt

from reception.domain import clients
from reception.domain.ledger import State
from tests.journeys.visitor import Visitor


def test_a_walk_in_is_entered_buys_a_course_and_books_on_its_first_credit(visitor: Visitor) -> None:  # R2, R9
    enter_by_keyboard(visitor, "Dora Quill", "07700 900999")
    visitor.see("Dora Quill", "Nothing to settle", at="client")

    visitor.key(Qt.Key.Key_F12)
    visitor.see("Checkout for Dora Quill")
    visitor.press("checkout.add.package")
    visitor.row("checkout.packages.list_list", "Physio, course of 6")
    visitor.see("6 credits of 42.00, last day 24 May 2027", "£252.00", at="checkout")
    visitor.type("2")
    visitor.enter()
    visitor.see("Receipt 1 settled", "6 left", at="checkout")
    visitor.see("Receipt 1 settled, £252.00, Dora Quill", at="undo.words")

    visitor.press("top.diary")
    visitor.slot(visitor.clinic.ines, "10:00")
    visitor.type("dor")
    visitor.see("Dora Quill", at="booking.client")
    visitor.enter()
    visitor.see("Credit 1 of 6", "10:00 – 10:30", at="booking")
    visitor.enter()
    visitor.see("Booked Dora Quill, Physio", "credit 1 of 6", at="undo.words")
    dora = visitor.desk.store.read(clients.search, "dora")[0].id
    assert visitor.states(dora) == [State.RESERVED, *[State.AVAILABLE] * 5]


def enter_by_keyboard(visitor: Visitor, name: str, phone: str) -> None:
    """Enters a client with Ctrl+N and nothing but keys."""
    visitor.ctrl(Qt.Key.Key_N)
    visitor.see("New client", "Name and phone are enough")
    visitor.type(name)
    for _ in range(3):
        visitor.key(Qt.Key.Key_Tab)
    visitor.type(phone)
    visitor.enter()
    visitor.see(f"Entered {name}", at="undo.words")
