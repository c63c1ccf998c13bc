"""Add-ons in the whole window: two keys add one, the queues list what a visit still wants (A.4, R24–R34)."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from reception.domain import catalogue, diary, forms, screening, staff
from reception.domain.forms import Answering
from reception.domain.money import Money
from reception.domain.tables.ids import AppointmentId, FormId, ServiceId
from reception.domain.tables.words import AnsweredBy, Bookable, PaymentPolicy
from reception.ui.panels.queue.groups import Waiting
from reception.ui.widgets import IconLabel
from reception.ui.workbench import Page, Where
from tests.clinic import question
from tests.ui.desk import OpenDesk
from tests.ui.extras import extra
from tests.ui.papers import publish, rule


def as_owner(desk: OpenDesk, command: Any, *args: Any) -> Any:
    """Carries out what only the owner may."""
    return desk.store.write(command, *args, actor=desk.clinic.owner).answer


@pytest.fixture
def tape(desk: OpenDesk) -> ServiceId:
    """An extra that physio is offered with; Ines performs it."""
    return extra(desk, "Tape 15", desk.clinic.physio)


@pytest.fixture
def form(desk: OpenDesk) -> FormId:
    """A form that massages require; a yes blocks them."""
    made = publish(desk, "Massage check", items=(question("clots", "Have you ever had a blood clot?"),))
    as_owner(desk, screening.set_requirements, desk.clinic.massage, [(made, 180)])
    rule(desk, made, desk.clinic.massage, "clots", told="No massage after a clot.")
    return made


def chain(desk: OpenDesk, visit: AppointmentId) -> list[str]:
    return [line.entry.service_name for line in desk.store.read(diary.coming_in, visit).lines]


def queued(desk: OpenDesk, key: str) -> tuple[Waiting, ...]:
    return next((group.rows for group in desk.window.queue.groups() if group.key == key), ())


def test_plus_and_a_digit_add_to_the_chosen_visit(desk: OpenDesk, tape: ServiceId) -> None:  # A.4 task 11
    visit = desk.book(desk.clinic.beatrix, desk.clinic.ines, desk.clinic.physio, "10:00")
    desk.until(lambda: desk.window.places.diary.entry(visit) is not None)
    desk.window.places.diary.grid.choose(visit)
    desk.window.places.diary.setFocus()
    with desk.qtbot.waitSignal(desk.bench.said):
        desk.key(Qt.Key.Key_Plus)
        desk.key(Qt.Key.Key_1)
    assert chain(desk, visit) == ["Physio", "Tape 15"]
    desk.until(desk.window.places.diary.grid.hasFocus)
    desk.until(lambda: bool(desk.window.places.diary.grid.scene.blocks[visit].addons))
    desk.ctrl(Qt.Key.Key_Z)
    desk.until(lambda: chain(desk, visit) == ["Physio"])


def test_what_must_be_paid_now_joins_as_the_sale_settles(desk: OpenDesk, tape: ServiceId) -> None:  # R28
    draft = catalogue.ServiceDraft(
        "Tape 15",
        "",
        "Extras",
        15,
        0,
        Money(12_00),
        0,
        bookable=Bookable.ADD_ON,
        payment=PaymentPolicy.UPFRONT,
    )
    as_owner(desk, catalogue.change_service, tape, draft)
    visit = desk.book(desk.clinic.beatrix, desk.clinic.ines, desk.clinic.physio, "10:00")
    desk.until(lambda: desk.window.places.diary.entry(visit) is not None)
    desk.window.places.diary.grid.choose(visit)
    desk.window.places.diary.setFocus()
    desk.key(Qt.Key.Key_Plus)
    desk.key(Qt.Key.Key_1)
    desk.until(lambda: desk.window.places.page is Page.CHECKOUT)
    checkout = desk.window.places.checkout
    desk.until(lambda: checkout.quote is not None and checkout.quote.to_pay == Money(12_00))
    assert chain(desk, visit) == ["Physio"]
    desk.key(Qt.Key.Key_2)
    desk.until(lambda: checkout.quote is not None and checkout.quote.remaining == Money(0))
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: chain(desk, visit) == ["Physio", "Tape 15"])


def test_plus_brings_the_folded_column_back(desk: OpenDesk, tape: ServiceId) -> None:
    visit = desk.book(desk.clinic.beatrix, desk.clinic.ines, desk.clinic.physio, "10:00")
    desk.until(lambda: desk.window.places.diary.entry(visit) is not None)
    desk.window.fold_right()
    desk.until(lambda: not desk.window.places.client.isVisible())
    desk.window.places.diary.grid.choose(visit)
    desk.window.places.diary.setFocus()
    desk.key(Qt.Key.Key_Plus)
    desk.until(desk.window.places.client.isVisible)
    desk.key(Qt.Key.Key_1)
    desk.until(lambda: chain(desk, visit) == ["Physio", "Tape 15"])


def test_b_opens_the_booking_and_escape_leads_back(desk: OpenDesk) -> None:
    visit = desk.book(desk.clinic.beatrix, desk.clinic.ines, desk.clinic.physio, "10:00")
    desk.until(lambda: desk.window.places.diary.entry(visit) is not None)
    desk.window.places.diary.grid.choose(visit)
    desk.window.places.diary.setFocus()
    desk.type("b")
    desk.until(lambda: desk.window.places.page is Page.COMING)
    desk.until(lambda: desk.window.places.coming.booking is not None)
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.places.page is Page.DIARY)
    desk.until(lambda: desk.window.places.diary.grid.block() == visit)


def test_the_queues_list_forms_that_are_due_and_answers_that_block(desk: OpenDesk, form: FormId) -> None:  # R31, R34
    clinic = desk.clinic
    visit = desk.book(clinic.priya, clinic.tomas, clinic.massage, "10:00")
    desk.until(lambda: bool(queued(desk, "forms")))
    (row,) = queued(desk, "forms")
    assert (row.name, row.line, row.right) == ("Priya Nair", "Massage check", "10:00")
    version = desk.store.read(forms.newest, form).id
    item = {"linkId": "clots", "answer": [{"valueBoolean": True}]}
    answers = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [item]}
    desk.do(screening.answer, Answering(version, clinic.priya, answers, AnsweredBy.CLIENT))
    desk.until(lambda: bool(queued(desk, "tasks")))
    (row,) = queued(desk, "tasks")
    assert (row.name, row.line, row.right) == ("Priya Nair", "Massage: No massage after a clot.", "10:00")
    assert row.where.page == Page.COMING
    assert queued(desk, "forms") == ()
    desk.press(f"queue.task.{visit}")
    desk.until(lambda: desk.window.places.page is Page.COMING)


def test_deposits_that_are_owing_are_listed_until_they_are_paid(desk: OpenDesk) -> None:  # R28
    clinic = desk.clinic
    draft = catalogue.ServiceDraft(
        "Peel 30", "", "Skin", 30, 0, Money(90_00), 0, payment=PaymentPolicy.DEPOSIT, deposit=Money(20_00)
    )
    peel = ServiceId(as_owner(desk, catalogue.add_service, draft))
    ines = next(one for one in desk.store.read(staff.people) if one.id == clinic.ines)
    skills = ines.skills | {peel}
    as_owner(desk, staff.change, ines.id, staff.PersonDraft(ines.name, ines.line, ines.role, False, True, skills))
    visit = desk.book(clinic.hugh, clinic.ines, peel, "11:00")
    desk.until(lambda: bool(queued(desk, "owing")))
    (row,) = queued(desk, "owing")
    assert (row.name, row.right, row.where.appointment) == ("Hugh Mallory", "20.00", visit)
    desk.bench.goto.emit(Where(Page.DIARY, client=clinic.hugh, appointment=visit, day=row.where.day))
    desk.until(lambda: "due before the visit" in words(desk))


def words(desk: OpenDesk) -> str:
    """What the column says about money ahead."""
    return " ".join(one.text() for one in desk.window.places.client.findChildren(IconLabel) if one.isVisible())
