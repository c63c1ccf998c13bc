"""Forms by real clicks and keys: what an answer blocks or flags, who clears it, and when it is asked again."""

import pytest
from PySide6.QtCore import Qt

from reception.domain import diary
from reception.domain.outcomes import Status
from reception.domain.tables.ids import AppointmentId
from tests.journeys.extras import MEDICINE, TANNED, TITLE, Extras, extras
from tests.journeys.visitor import Visitor
from tests.ui.desk import TODAY


@pytest.fixture
def desk(visitor: Visitor) -> Extras:
    """The receptionist at a clinic that asks before the lamp is added."""
    return extras(visitor)


@pytest.fixture
def visit(desk: Extras) -> AppointmentId:
    """Beatrix has physio with Ines at ten; it is chosen in the diary."""
    return desk.physio_at_ten()


def is_clear(desk: Extras) -> bool:
    """Whether the lamp can be added to the chosen visit."""
    return desk.offered(desk.lamp)


def test_an_answer_that_blocks_is_told_with_its_reason_and_nothing_is_offered(
    desk: Extras, visit: AppointmentId
) -> None:  # R33
    desk.begin_form()
    desk.answer(medicine="Yes")
    desk.visitor.see("Lamp can't be given for now", at="form")
    desk.hand_in()
    desk.visitor.see("Blocked", at="form")
    desk.back_to(visit)
    desk.sees_refused(desk.lamp, MEDICINE)
    assert not is_clear(desk)


def test_newer_answers_never_lift_a_block(desk: Extras, visit: AppointmentId) -> None:  # R33
    desk.fill_in(medicine="Yes")
    desk.visitor.press("form.amend")
    desk.visitor.answer("form.q.medicine", "No")
    desk.hand_in()
    desk.visitor.see("Blocked", at="form")
    desk.back_to(visit)
    desk.sees_refused(desk.lamp, MEDICINE)


def test_a_flag_waits_for_a_clinician_who_clears_it_for_this_visit(desk: Extras, visit: AppointmentId) -> None:  # R33
    visitor = desk.visitor
    desk.fill_in(tanned="Yes")
    visitor.see("Flagged", at="form")
    desk.back_to(visit)
    desk.sees_refused(desk.lamp, TANNED)

    desk.sit_down("Ines Lund", "ines")
    visitor.block(visit)
    desk.sees_refused(desk.lamp, TANNED)
    visitor.press(f"refused.{desk.lamp}")
    visitor.see("Clear Lamp?", "Were you in strong sun lately?", at="clear")
    visitor.fill("clear.words", "Looked at the skin, it is fine")
    visitor.press("clear.go")
    visitor.see("Cleared Lamp for Beatrix Hale, for this visit", at="undo.words")

    desk.sit_down("Anna Rivers", "anna")
    visitor.block(visit)
    visitor.until("it isn't offered", lambda: is_clear(desk))


def test_whoever_is_asked_finds_the_visit_among_their_tasks_and_clears_it(
    desk: Extras, visit: AppointmentId
) -> None:  # R34
    visitor = desk.visitor
    desk.flag(desk.clinic.physio)
    desk.fill_in(tanned="Yes")
    visitor.press("form.decide.ask")
    visitor.see("Asked Ines Lund to decide", at="undo.words")

    desk.sit_down("Ines Lund", "ines")
    visitor.press(f"queue.task.{visit}")
    visitor.see("Clear Physio?", TANNED, at="clear")
    visitor.fill("clear.words", "A mild treatment will do")
    visitor.press("clear.go")
    visitor.see("Cleared Physio for Beatrix Hale, for this visit", at="undo.words")

    desk.sit_down("Anna Rivers", "anna")
    visitor.until("the task is still open", lambda: not visitor.offers(f"queue.task.{visit}"))


def test_a_blocked_treatment_is_not_booked_again(desk: Extras, visit: AppointmentId) -> None:  # R33
    visitor, clinic = desk.visitor, desk.clinic
    desk.block(clinic.physio)
    desk.fill_in(medicine="Yes")
    visitor.press("top.diary")
    visitor.slot(clinic.ines, "14:00")
    visitor.type("bea")
    visitor.see("Beatrix Hale", at="booking.client")
    visitor.enter()
    visitor.answer("booking.service", "Physio")
    visitor.see(MEDICINE, at="booking")
    visitor.press("booking.save")
    visitor.see(MEDICINE, at="booking")
    assert [entry.id for entry in visitor.desk.store.read(diary.day, TODAY).entries] == [visit]


def test_a_deposit_goes_back_late_too_while_a_block_stands(desk: Extras, visit: AppointmentId) -> None:  # R34
    visitor = desk.visitor
    desk.fill_in()
    desk.back_to(visit)
    visitor.until("it isn't offered", lambda: is_clear(desk))
    desk.pay_for_lamp()
    visitor.block(visit)
    visitor.press("client.response.1")
    visitor.press("form.amend")
    visitor.answer("form.q.medicine", "Yes")
    desk.hand_in()
    desk.back_to(visit)
    visitor.see("Lamp is blocked by an answer", MEDICINE, at="client")
    visitor.key(Qt.Key.Key_N)
    visitor.see("Lamp ends with it", "Its deposit of £10.00 goes back", at="cancel")
    visitor.press("cancel.confirm")
    visitor.see("Cancelled Beatrix Hale’s visit, with Lamp, deposit of £10.00 given back", at="undo.words")


def test_only_who_is_clinical_is_offered_to_clear(desk: Extras, visit: AppointmentId) -> None:  # R33
    desk.fill_in(tanned="Yes")
    desk.back_to(visit)
    desk.sees_refused(desk.lamp, TANNED)
    desk.visitor.press(f"refused.{desk.lamp}")
    desk.visitor.see("Ask a clinician about Lamp", TANNED, at="ask_clinician")
    assert not desk.visitor.offers("clear.go")
    desk.visitor.key(Qt.Key.Key_Escape)
    desk.visitor.type("b")
    desk.visitor.see("Beatrix Hale’s visit", TANNED, at="coming")
    assert not desk.visitor.offers(f"coming.clear.{desk.lamp}")


def test_a_material_change_asks_again(desk: Extras, visit: AppointmentId) -> None:  # R31
    visitor = desk.visitor
    desk.fill_in()
    desk.back_to(visit)
    visitor.until("it isn't offered", lambda: is_clear(desk))
    desk.publish()
    desk.sees_refused(desk.lamp, f"{TITLE} not filled in")
    desk.fill_in()
    desk.back_to(visit)
    visitor.until("it isn't offered again", lambda: is_clear(desk))


def test_answers_that_are_too_old_on_the_day_of_the_visit_are_asked_again(desk: Extras, visit: AppointmentId) -> None:
    clinic, visitor = desk.clinic, desk.visitor  # R31
    desk.ask_days(0)
    desk.fill_in()
    desk.back_to(visit)
    visitor.until("it isn't offered today", lambda: is_clear(desk))
    visitor.press("top.on")
    visitor.see("Wed 25 Nov", at="top.date")
    visitor.slot(clinic.ines, "10:00")
    visitor.type("bea")
    visitor.see("Beatrix Hale", at="booking.client")
    visitor.enter()
    visitor.answer("booking.service", "Physio")
    visitor.press("booking.save")
    visitor.see("Booked Beatrix Hale", at="undo.words")
    desk.sees_refused(desk.lamp, TITLE)
    assert not is_clear(desk)


def test_a_form_that_is_parked_goes_on_where_it_was(desk: Extras, visit: AppointmentId) -> None:  # A.2
    visitor = desk.visitor
    desk.begin_form()
    visitor.answer("form.q.medicine", "No")
    visitor.key(Qt.Key.Key_Escape)
    visitor.see("Beatrix Hale", at="parked.1")
    visitor.see(f"{TITLE} not filled in: 1 left", at="client.addons")
    visitor.ctrl(Qt.Key.Key_1)
    visitor.see(TITLE, at="form.title")
    visitor.see("1 of 2 answered", at="form.progress.words")
    visitor.answer("form.q.tanned", "No")
    desk.hand_in()
    desk.back_to(visit)
    visitor.until("it isn't offered", lambda: is_clear(desk))


def test_treatment_begins_once_the_form_is_there(desk: Extras, visit: AppointmentId) -> None:  # R31, R33
    visitor, clinic = desk.visitor, desk.clinic
    desk.ask_days(180, clinic.physio)
    visitor.type("a")
    visitor.until("she can't arrive", lambda: visitor.status(visit) is Status.ARRIVED)
    visitor.type("s")
    visitor.see(TITLE, "Physio", at="banner")
    assert visitor.status(visit) is Status.ARRIVED
    visitor.press(f"client.form.{desk.form}")
    visitor.see(TITLE, at="form.title")
    desk.answer()
    desk.hand_in()
    desk.back_to(visit)
    visitor.type("s")
    visitor.until("it doesn't begin", lambda: visitor.status(visit) is Status.IN_TREATMENT)
