"""What the desk does all day takes no more keys than it should: each task is counted, from the diary of today."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt

from reception.domain import catalogue
from reception.domain.catalogue import ProductDraft
from reception.domain.ledger import Starts, State, Validity
from reception.domain.money import Money
from reception.domain.outcomes import Status
from tests.journeys.extras import extras
from tests.journeys.visitor import Visitor

Key = Qt.Key


@contextmanager
def within(visitor: Visitor, keys: int) -> Iterator[None]:
    """Fails where more keys were pressed in between."""
    before = visitor.keys
    yield
    assert visitor.keys - before <= keys


def test_balance_and_alert_of_a_booked_client_take_one_arrow(visitor: Visitor) -> None:
    clinic = visitor.clinic
    visitor.sold(clinic.beatrix, clinic.physio_course)
    visitor.booked(clinic.beatrix, clinic.ines, clinic.physio, "10:00")
    with within(visitor, 1):
        visitor.slot(clinic.ines, "09:45")
        visitor.key(Key.Key_Down)
    visitor.see("Latex allergy", "5 left", "1 booked", at="client")


def test_the_next_due_client_arrives_with_one_key(visitor: Visitor) -> None:
    clinic = visitor.clinic
    later = visitor.booked(clinic.hugh, clinic.tomas, clinic.massage, "09:30")
    due = visitor.booked(clinic.beatrix, clinic.ines, clinic.physio, "09:00")
    with within(visitor, 1):
        visitor.key(Key.Key_A)
    visitor.see("Beatrix Hale has arrived", at="undo.words")
    visitor.until("nobody arrives", lambda: visitor.status(due) is Status.ARRIVED)
    assert visitor.status(later) is Status.BOOKED


def test_of_two_who_are_due_at_once_none_arrives_unasked(visitor: Visitor) -> None:
    clinic = visitor.clinic
    visits = [
        visitor.booked(clinic.hugh, clinic.tomas, clinic.massage, "09:00"),
        visitor.booked(clinic.beatrix, clinic.ines, clinic.physio, "09:00"),
    ]
    visitor.key(Key.Key_A)
    visitor.see("Hugh Mallory", "Beatrix Hale", "Choose", at="banner")
    assert {visitor.status(visit) for visit in visits} == {Status.BOOKED}


def test_a_known_client_is_booked_into_a_slot_with_five_keys(visitor: Visitor) -> None:  # R9
    clinic = visitor.clinic
    visitor.sold(clinic.priya, clinic.physio_course)
    visitor.slot(clinic.ines, "11:00")
    with within(visitor, 5):
        visitor.type("pri")
        visitor.see("Priya Nair", at="booking.client")
        visitor.enter()
        visitor.enter()
    visitor.see("Booked Priya Nair, Physio", "11:00, credit 1 of 6", at="undo.words")


def test_the_next_free_slot_of_a_service_takes_eight_keys(visitor: Visitor) -> None:
    with within(visitor, 8):
        visitor.key(Key.Key_F)
        visitor.see("Next free slot")
        visitor.type("1")
        visitor.see("08:00", at="free.slots")
        visitor.enter()
        visitor.see("New booking")
        visitor.type("hug")
        visitor.see("Hugh Mallory", at="booking.client")
        visitor.enter()
        visitor.enter()
    visitor.see("Booked Hugh Mallory", at="undo.words")


def test_a_new_client_is_booked_with_three_keys_beside_what_is_typed(visitor: Visitor) -> None:
    name, phone = "Noor Amin", "07700 900456"
    visitor.slot(visitor.clinic.ines, "12:00")
    with within(visitor, len(name) + len(phone) + 3):
        visitor.type(name)
        visitor.see("New client “Noor Amin”", at="booking.client")
        visitor.enter()
        visitor.type(phone)
        visitor.enter()
        visitor.see("Pay £100.00 at the visit", at="booking")
        visitor.enter()
    visitor.see("Booked Noor Amin", at="undo.words")


def test_the_same_again_in_two_weeks_takes_three_keys(visitor: Visitor) -> None:
    clinic = visitor.clinic
    visitor.block(visitor.booked(clinic.hugh, clinic.ines, clinic.physio, "10:00"))
    with within(visitor, 3):
        visitor.key(Key.Key_R)
        visitor.see("Book Hugh Mallory again")
        visitor.type("2")
        visitor.enter()
    visitor.see("Booked Hugh Mallory, Physio, Tue 8 Dec 10:00", at="undo.words")


def test_a_visit_moves_by_a_quarter_of_an_hour_with_each_key(visitor: Visitor) -> None:  # R18
    clinic = visitor.clinic
    visit = visitor.booked(clinic.hugh, clinic.ines, clinic.physio, "10:00")
    visitor.block(visit)
    with within(visitor, 4):
        for _ in range(4):
            visitor.ctrl(Key.Key_Down)
    visitor.until("it doesn't move", lambda: visitor.starts(visit) == "11:00")
    visitor.see("Moved Hugh Mallory from 10:45 to 11:00", at="undo.words")


def test_a_visit_goes_to_another_day_with_three_keys(visitor: Visitor) -> None:  # R18
    clinic = visitor.clinic
    visit = visitor.booked(clinic.hugh, clinic.ines, clinic.physio, "10:00")
    visitor.block(visit)
    with within(visitor, 3):
        visitor.key(Key.Key_X)
        visitor.see("Hugh Mallory is in your hand.")
        visitor.key(Key.Key_PageDown)
        visitor.see("Wed 25 Nov", at="top.date")
        visitor.slot(clinic.tomas, "14:00")
        visitor.key(Key.Key_V)
    visitor.until("it isn't there", lambda: visitor.starts(visit) == "14:00")


def test_a_late_cancellation_takes_two_keys(visitor: Visitor) -> None:  # R14
    clinic = visitor.clinic
    visitor.sold(clinic.priya, clinic.physio_course)
    visitor.block(visitor.booked(clinic.priya, clinic.ines, clinic.physio, "10:00"))
    with within(visitor, 2):
        visitor.key(Key.Key_N)
        visitor.see("Credit 1 of 6", at="cancel")
        visitor.enter()
    visitor.see("Cancelled Priya Nair’s visit, credit 1 of 6", at="undo.words")


def test_a_no_show_takes_two_keys(visitor: Visitor) -> None:  # R14
    clinic = visitor.clinic
    visitor.sold(clinic.priya, clinic.physio_course)
    visit = visitor.booked(clinic.priya, clinic.ines, clinic.physio, "09:00")
    visitor.desk.clock.forward(hours=1, minutes=20)
    visitor.block(visit)
    with within(visitor, 2):
        visitor.key(Key.Key_N)
        visitor.see("Priya Nair did not come?", "Credit 1 of 6", at="cancel")
        visitor.enter()
    visitor.see("Priya Nair did not come, credit 1 of 6", at="undo.words")


def test_a_credit_pays_at_the_checkout_with_two_keys(visitor: Visitor) -> None:  # R9, R36
    clinic = visitor.clinic
    visitor.sold(clinic.priya, clinic.physio_course)
    visitor.block(visitor.booked(clinic.priya, clinic.ines, clinic.physio, "09:00"))
    visitor.type("a")
    visitor.see("Priya Nair has arrived", at="undo.words")
    with within(visitor, 2):
        visitor.key(Key.Key_F12)
        visitor.enter()
    visitor.see("Receipt 2 settled", "5 left", at="checkout")
    assert visitor.states(clinic.priya)[0] is State.REDEEMED


def test_money_pays_at_the_checkout_with_three_keys(visitor: Visitor) -> None:  # R36
    clinic = visitor.clinic
    visitor.block(visitor.booked(clinic.hugh, clinic.tomas, clinic.massage, "09:00"))
    visitor.type("a")
    visitor.see("Hugh Mallory has arrived", at="undo.words")
    with within(visitor, 3):
        visitor.key(Key.Key_F12)
        visitor.type("2")
        visitor.enter()
    visitor.see("Receipt 1 settled", "£60.00", at="checkout")


def test_an_add_on_joins_the_chosen_visit_with_two_keys(visitor: Visitor) -> None:  # R24
    clinic, made = visitor.clinic, extras(visitor)
    visit = visitor.booked(clinic.beatrix, clinic.ines, clinic.physio, "10:00")
    visitor.block(visit)
    with within(visitor, 2):
        visitor.key(Key.Key_Plus)
        visitor.type("1")
    visitor.see("Added Tape to Beatrix Hale’s visit, 10:30 – 10:45 with Ines Lund", at="undo.words")
    assert made.chain(visit) == ["Physio", "Tape"]


def test_a_course_of_ten_is_sold_to_whoever_is_in_hand_with_six_keys(visitor: Visitor) -> None:  # R2
    clinic = visitor.clinic
    draft = ProductDraft("Physio, course of 10", clinic.physio, 10, Money(400_00), Validity(None, 0, Starts.PURCHASE))
    visitor.desk.store.write(catalogue.add_product, draft, actor=clinic.owner)
    visitor.block(visitor.booked(clinic.hugh, clinic.ines, clinic.physio, "10:00"))
    with within(visitor, 6):
        visitor.ctrl(Key.Key_K)
        visitor.type("10")
        visitor.see("Do, for Hugh Mallory", "Sell Physio, course of 10", at="find.sheet")
        visitor.enter()
        visitor.see("Checkout for Hugh Mallory", "Physio, course of 10", at="checkout")
        visitor.type("1")
        visitor.enter()
    visitor.see("Receipt 1 settled", "£400.00", "10 left", at="checkout")


def test_a_course_is_sold_with_eleven_keys_from_the_one_box(visitor: Visitor) -> None:  # R2
    with within(visitor, 11):
        visitor.ctrl(Key.Key_K)
        visitor.type("bea")
        visitor.see("Sell a package", "Do, for Beatrix Hale", at="find.sheet")
        for _ in range(3):
            visitor.key(Key.Key_Down)
        visitor.enter()
        visitor.see("Which package", "Physio, course of 6", at="checkout")
        visitor.type("11")
        visitor.enter()
    visitor.see("Receipt 1 settled", at="checkout")
