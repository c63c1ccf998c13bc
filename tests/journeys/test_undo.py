"""Ctrl+Z takes back what was just done: an arrival, a completion, a move; newest first."""

from PySide6.QtCore import Qt

from reception.domain.ledger import State
from reception.domain.outcomes import Status
from tests.journeys.visitor import Visitor


def test_a_completion_and_an_arrival_are_taken_back_newest_first(visitor: Visitor) -> None:  # R19, R23
    clinic = visitor.clinic
    visitor.sold(clinic.priya, clinic.physio_course)
    visit = visitor.booked(clinic.priya, clinic.ines, clinic.physio, "09:00")
    visitor.block(visit)
    visitor.type("a")
    visitor.until("she didn't arrive", lambda: visitor.status(visit) is Status.ARRIVED)
    visitor.type("c")
    visitor.see("Completed Priya Nair’s visit, credit 1 of 6 used", at="undo.words")
    visitor.until("not completed", lambda: visitor.status(visit) is Status.COMPLETED)
    assert visitor.states(clinic.priya)[0] is State.REDEEMED

    visitor.ctrl(Qt.Key.Key_Z)
    visitor.until("not open again", lambda: visitor.status(visit) is Status.ARRIVED)
    visitor.see("Undone: Completed Priya Nair’s visit", at="undo.words")
    assert visitor.states(clinic.priya)[0] is State.RESERVED
    visitor.ctrl(Qt.Key.Key_Z)
    visitor.until("not taken back", lambda: visitor.status(visit) is Status.BOOKED)


def test_a_drop_is_taken_back(visitor: Visitor) -> None:  # R18
    clinic = visitor.clinic
    visit = visitor.booked(clinic.priya, clinic.ines, clinic.physio, "09:00")
    visitor.drag(visit, clinic.tomas, "11:30")
    visitor.see("Moved Priya Nair", at="undo.words")
    visitor.until("it isn't there", lambda: visitor.starts(visit) == "11:30")
    visitor.ctrl(Qt.Key.Key_Z)
    visitor.until("it isn't back", lambda: visitor.starts(visit) == "09:00")
    assert visitor.grid.scene.blocks[visit].column == clinic.ines


def test_what_another_has_built_upon_is_not_taken_back(visitor: Visitor) -> None:  # R20
    clinic = visitor.clinic
    visit = visitor.booked(clinic.priya, clinic.ines, clinic.physio, "09:00")
    visitor.block(visit)
    for _ in range(3):
        visitor.ctrl(Qt.Key.Key_Down)
    visitor.until("it doesn't move", lambda: visitor.starts(visit) == "09:45")
    visitor.booked(clinic.hugh, clinic.ines, clinic.physio, "08:50")
    visitor.ctrl(Qt.Key.Key_Z)
    visitor.see("Undone: Moved Priya Nair from 09:30 to 09:45", at="undo.words")
    visitor.ctrl(Qt.Key.Key_Z)
    visitor.see("Ines Lund is busy", at="banner")
    visitor.until("it doesn't stay", lambda: visitor.starts(visit) == "09:30")
