"""A late cancellation: what the policy takes is said before, who may depart from it too, and the ledger remembers."""

import pytest
from PySide6.QtCore import Qt

from reception.domain import catalogue
from reception.domain.ledger import State
from reception.domain.tables.ids import AppointmentId
from tests.clinic import FORFEITS
from tests.journeys.visitor import Visitor


@pytest.fixture
def late(visitor: Visitor) -> AppointmentId:
    """Priya's visit in two hours, on a credit, where the policy is free until a day before and takes the credit."""
    clinic = visitor.clinic
    visitor.desk.store.write(catalogue.set_policy, FORFEITS, 0, actor=clinic.owner)
    visitor.sold(clinic.priya, clinic.physio_course)
    return visitor.booked(clinic.priya, clinic.ines, clinic.physio, "10:00")


def test_a_receptionist_reads_what_the_policy_takes_and_who_may_depart_from_it(  # R14, R15
    visitor: Visitor, late: AppointmentId
) -> None:
    visitor.block(late)
    visitor.key(Qt.Key.Key_N)
    visitor.see("Credit 1 of 6 is taken", "Then 5 left", "As the policy says: late by 22 h", at="cancel")
    visitor.see("Only a manager can depart from the policy.", "Cancel and take it", at="cancel")
    assert not visitor.offers("cancel.choice")
    visitor.key(Qt.Key.Key_Escape)
    visitor.until("the visit is gone", lambda: late in visitor.grid.scene.blocks)
    assert visitor.states(visitor.clinic.priya)[0] is State.RESERVED


def test_a_manager_departs_from_the_policy_with_a_reason_that_the_ledger_shows(  # R15
    visitor: Visitor, late: AppointmentId
) -> None:
    visitor.key(Qt.Key.Key_F2)
    visitor.see("Mira Sorel", at="person.sheet")
    visitor.type("2")
    visitor.see("Mira Sorel", at="top.person")
    visitor.block(late)
    visitor.key(Qt.Key.Key_N)
    visitor.see("Take it, as the policy says", "Give it back, no fee", at="cancel")
    visitor.type("3")
    visitor.see("Credit 1 of 6 goes back", "The policy would take it", at="cancel")
    assert not visitor.offers("cancel.confirm"), "without a reason nothing is overridden"
    visitor.type("Her father is in hospital")
    visitor.enter()
    visitor.see("Cancelled Priya Nair’s visit, credit 1 of 6 went back", at="undo.words")
    assert visitor.states(visitor.clinic.priya) == [State.AVAILABLE] * 6

    visitor.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    visitor.see("Priya Nair", "6 left", at="ledger")
    visitor.see("Mira S. · policy overridden · Her father is in hospital", at="ledger")


def test_the_policy_takes_the_credit_and_the_ledger_says_so(visitor: Visitor, late: AppointmentId) -> None:  # R14
    visitor.block(late)
    visitor.key(Qt.Key.Key_N)
    visitor.see("Credit 1 of 6 is taken", at="cancel")
    visitor.press("cancel.confirm")
    visitor.see("Cancelled Priya Nair’s visit, credit 1 of 6 taken", at="undo.words")
    assert visitor.states(visitor.clinic.priya)[0] is State.FORFEITED
    visitor.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    visitor.see("5 left", "1 used", at="ledger")
