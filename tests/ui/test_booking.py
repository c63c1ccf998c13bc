"""Booking as the desk types it: a draft beside the diary, checked while it is typed (R9, R10, R20, R21)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from reception.domain import catalogue, clients, diary, rota, staff
from reception.domain.access import Role
from reception.domain.money import Money
from reception.domain.span import Span
from reception.domain.tables.words import Bookable, PaymentPolicy
from reception.ui.dialogs.booking import BookingSheet, Wish
from reception.ui.widgets import Button, Elided, LineEdit, Notice, PickList, Select
from reception.ui.workbench import Where, Workbench
from tests.clinic import TODAY, Clinic
from tests.domain.extras import add_on, room

Open = Callable[..., BookingSheet]


@pytest.fixture
def book(bench: Workbench, clinic: Clinic, qtbot: QtBot) -> Open:
    """Opens the sheet of a booking with Ana at noon today, unless said otherwise."""

    def opened(typed: str = "", **wish: Any) -> BookingSheet:
        wanted = replace(Wish(staff=clinic.ana, day=TODAY, minute=12 * 60), **wish)
        draft = bench.drafts.open("booking", title="New booking", body=wanted.body() | {"typed": typed})
        sheet = BookingSheet(bench, draft)
        qtbot.addWidget(sheet)
        sheet.resize(412, 700)
        sheet.show()
        sheet.activateWindow()
        sheet.setFocus()
        qtbot.waitUntil(lambda: bool(sheet._services) and bool(sheet._people))
        return sheet

    return opened


def picker(sheet: BookingSheet) -> PickList:
    found = sheet.findChild(PickList, "booking.client")
    assert found is not None
    return found


def pick(sheet: BookingSheet, typed: str, qtbot: QtBot) -> None:
    """Finds a client by what is typed, and takes the first with Enter."""
    qtbot.keyClicks(picker(sheet).line, typed)
    qtbot.waitUntil(lambda: len(picker(sheet).picks()) > 1)
    QTest.keyClick(picker(sheet).line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet._card is not None and not sheet._reading_client)


def error(sheet: BookingSheet, field: str) -> str:
    return sheet.fields[field].error()


def said(sheet: BookingSheet, name: str) -> str:
    """What a line of that name says now."""
    found = [one for one in sheet.findChildren(Elided, name) if one.isVisible()]
    return found[-1].text() if found else ""


def click(sheet: BookingSheet, name: str, qtbot: QtBot) -> None:
    """Presses the button of that name, once it is in sight."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in sheet.findChildren(QAbstractButton, name)))
    QTest.mouseClick(sheet.findChildren(QAbstractButton, name)[-1], Qt.MouseButton.LeftButton)


def saved(sheet: BookingSheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Return)


def test_three_letters_enter_enter_books_the_usual_service_on_the_credit_that_ends_first(
    clinic: Clinic, bench: Workbench, book: Open, qtbot: QtBot
) -> None:  # R9
    clinic.sell()
    said: list[str] = []
    places: list[Where] = []

    def hear(words: str, _undo: Any) -> None:
        said.append(words)

    bench.said.connect(hear)
    bench.goto.connect(places.append)
    sheet = book()
    pick(sheet, "bea", qtbot)
    assert sheet._wish.service == clinic.laser
    saved(sheet, qtbot)
    qtbot.waitUntil(lambda: bool(places))
    entry = clinic.ask(diary.day, TODAY).entries[0]
    assert (entry.client, entry.staff, entry.start, entry.number) == (clinic.bea, clinic.ana, clinic.at("12:00"), 1)
    assert said == ["Booked Bea Jones, Laser 30, Today 12:00, credit 1 of 6"]
    assert places[-1] == Where("diary", client=clinic.bea, appointment=entry.id, day=TODAY)
    assert bench.drafts.all() == ()


def test_enter_that_comes_before_the_client_is_read_books_all_the_same(
    clinic: Clinic, bench: Workbench, book: Open, qtbot: QtBot
) -> None:
    clinic.sell()
    sheet = book()
    qtbot.keyClicks(picker(sheet).line, "bea")
    qtbot.waitUntil(lambda: len(picker(sheet).picks()) > 1)
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(picker(sheet).line, Qt.Key.Key_Return)
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert [one.client for one in clinic.ask(diary.day, TODAY).entries] == [clinic.bea]


def test_the_credit_is_preselected_and_can_be_paid_instead(clinic: Clinic, book: Open, qtbot: QtBot) -> None:  # R9, R11
    clinic.sell()
    sheet = book()
    pick(sheet, "bea", qtbot)
    credit = sheet.findChild(Select, "booking.credit")
    assert credit is not None
    qtbot.waitUntil(lambda: credit.count() == 7)
    assert credit.currentText() == "Credit 1 of 6, until 24 May 2027 · Laser 30, course of 6"
    credit.setFocus()
    QTest.keyClick(credit, Qt.Key.Key_End)
    assert credit.currentText() == "Pay £100.00 at the visit"
    saved(sheet, qtbot)
    entry = clinic.ask(diary.day, TODAY).entries[0]
    assert (entry.credit, entry.price) == (None, Money(100_00))


def test_a_taken_time_is_refused_beside_the_time(clinic: Clinic, book: Open, qtbot: QtBot) -> None:  # R20
    clinic.book(clinic.at("12:00"), client=clinic.client("Ed Ray"))
    sheet = book(service=clinic.laser)
    pick(sheet, "bea", qtbot)
    qtbot.waitUntil(lambda: error(sheet, "time").startswith("Ana Lund is busy with Ed Ray"))
    sheet._time.selectAll()
    qtbot.keyClicks(sheet._time, "13:00")
    qtbot.waitUntil(lambda: error(sheet, "time") == "" and sheet._sum.text() == "£100.00")


def test_time_off_is_never_booked_over(clinic: Clinic, book: Open, qtbot: QtBot) -> None:  # R20
    clinic.do(rota.add_off, clinic.ana, Span(clinic.at("11:30"), clinic.at("12:30")), block=True, words="Lunch")
    sheet = book(service=clinic.laser)
    pick(sheet, "bea", qtbot)
    qtbot.waitUntil(lambda: "Lunch" in error(sheet, "time"))
    assert clinic.ask(diary.day, TODAY).entries == ()


def test_outside_a_shift_a_reason_is_asked_and_kept(clinic: Clinic, book: Open, qtbot: QtBot) -> None:  # R20
    sheet = book(service=clinic.laser, minute=18 * 60 + 30)
    pick(sheet, "bea", qtbot)
    reason = sheet.findChild(LineEdit, "booking.reason")
    assert reason is not None
    qtbot.waitUntil(reason.isVisible)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: error(sheet, "reason").startswith("Type a reason"))
    qtbot.keyClicks(reason, "She asked for it")
    saved(sheet, qtbot)
    visit = clinic.ask(diary.day, TODAY).entries[0].id
    assert clinic.ask(diary.visit, visit).events[0].words == "She asked for it"


def test_who_may_not_is_told_who_may(clinic: Clinic, bench: Workbench, book: Open, qtbot: QtBot) -> None:
    bench.take_desk(next(one for one in clinic.ask(staff.people) if one.id == clinic.desk))
    sheet = book(service=clinic.laser, minute=18 * 60 + 30)
    pick(sheet, "bea", qtbot)
    qtbot.waitUntil(lambda: error(sheet, "time").startswith("Only a manager can book outside a shift."))
    assert not sheet._reason.isVisible()


def test_a_new_client_is_entered_with_the_booking(clinic: Clinic, book: Open, qtbot: QtBot) -> None:
    sheet = book("Edith Rowe")
    qtbot.waitUntil(lambda: len(picker(sheet).picks()) == 1)
    QTest.keyClick(picker(sheet).line, Qt.Key.Key_Return)
    phone = sheet.findChild(LineEdit, "booking.phone")
    assert phone is not None
    assert QApplication.focusWidget() is phone
    qtbot.keyClicks(phone, "07700 900199")
    QTest.keyClick(phone, Qt.Key.Key_Return)
    assert sheet._wish.service is not None
    saved(sheet, qtbot)
    found = clinic.ask(clients.search, "Edith")[0]
    assert (found.name, found.phone) == ("Edith Rowe", "07700 900199")
    assert clinic.ask(diary.day, TODAY).entries[0].client == found.id


def test_a_second_record_of_the_same_person_is_pointed_out(clinic: Clinic, book: Open, qtbot: QtBot) -> None:  # R42
    sheet = book("Bea Jones")
    qtbot.waitUntil(lambda: len(picker(sheet).picks()) == 2)
    QTest.keyClick(picker(sheet).line, Qt.Key.Key_Down)
    QTest.keyClick(picker(sheet).line, Qt.Key.Key_Return)
    notice = sheet.findChild(Notice, "booking.twins")
    assert notice is not None
    qtbot.waitUntil(notice.isVisible)
    assert notice.text().startswith("Already a client: Bea Jones")
    button = sheet.findChild(Button, "booking.pick_twin")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sheet._card is not None)
    assert sheet._wish.client == clinic.bea


@pytest.mark.parametrize(
    ("wish", "field", "sentence"),
    [
        ({}, "client", "Choose a client first."),
        ({"client": 1, "client_name": "Bea Jones", "staff": None}, "service", "Choose a service first."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    book: Open, qtbot: QtBot, wish: dict[str, Any], field: str, sentence: str
) -> None:
    sheet = book(**wish)
    qtbot.waitUntil(lambda: not sheet._reading_client)
    QTest.mouseClick(sheet.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: error(sheet, field).startswith(sentence))
    qtbot.waitUntil(sheet.go.isEnabled)


def test_leaving_parks_what_was_typed_and_it_is_taken_up_again(
    clinic: Clinic, bench: Workbench, book: Open, qtbot: QtBot
) -> None:
    sheet = book(service=clinic.laser)
    pick(sheet, "bea", qtbot)
    qtbot.keyClicks(sheet._note, "brings her mother")
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
    (draft,) = bench.drafts.parked()
    assert draft.title == "Bea Jones 12:00"
    again = BookingSheet(bench, draft)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: again._card is not None and not again._reading_client)
    assert again._note.text() == "brings her mother"
    assert again._wish == Wish(
        clinic.bea, "Bea Jones", "", clinic.ana, clinic.laser, TODAY, 720, note="brings her mother"
    )


def test_leaving_without_a_client_keeps_nothing(bench: Workbench, book: Open, qtbot: QtBot) -> None:
    sheet = book()
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert bench.drafts.all() == ()


def test_a_service_is_offered_only_with_whom_performs_it(clinic: Clinic, book: Open, qtbot: QtBot) -> None:  # R21
    peel = clinic.service("Skin peel 45", 45, 15, 80_00)
    cara = clinic.person("Cara Voss", Role.PRACTITIONER, frozenset({peel}))
    sheet = book()
    sheet._staff.choose(cara)
    sheet._choose_staff(cara)
    assert [one.id for one in sheet._fitting()] == [peel]
    assert sheet._wish.service == peel


def test_a_booking_beyond_the_last_day_says_so(clinic: Clinic, book: Open, qtbot: QtBot) -> None:  # R10
    clinic.sell()
    sheet = book(service=clinic.laser, day=date(2027, 6, 1))
    pick(sheet, "bea", qtbot)
    qtbot.waitUntil(lambda: any("only until" in line.text() for line in sheet.findChildren(Notice)))
    assert sheet._credit.value() == "pay"


def test_a_draft_survives_as_plain_data() -> None:
    wish = Wish(3, "Bea Jones", "", 2, 1, TODAY, 600, "7", "note", "reason")
    assert Wish.of(wish.body()) == wish
    assert Wish.of(wish.body() | {"unknown": 1}) == wish
    assert Wish.of({}) == Wish()


def test_another_service_follows_at_the_same_coming_in(
    book: Open, clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R20, R24
    sheet = book(service=clinic.laser, client=clinic.bea, client_name="Bea Jones")
    click(sheet, "booking.add", qtbot)
    service = sheet.findChild(Select, "booking.also.0.service")
    assert service is not None
    service.chosen.emit(clinic.massage)
    qtbot.waitUntil(lambda: said(sheet, "booking.also.0.said") == "until 13:30 · £60.00")
    assert said(sheet, "booking.sum") == "£160.00"
    heard: list[str] = []
    bench.said.connect(lambda words, _undo: heard.append(words))
    with qtbot.waitSignal(sheet.closed):
        sheet.go.click()
    assert heard == ["Booked Bea Jones, Laser 30, Today 12:00, then Massage 60"]
    visits = clinic.ledger().visits
    chain = clinic.ask(diary.coming_in, visits[0].id)
    assert [(one.entry.service_name, one.entry.start) for one in chain.lines] == [
        ("Laser 30", clinic.at("12:00")),
        ("Massage 60", clinic.at("12:30")),
    ]


def test_what_else_is_wanted_survives_in_the_draft(book: Open, clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:
    sheet = book(service=clinic.laser, client=clinic.bea, client_name="Bea Jones")
    click(sheet, "booking.add", qtbot)
    kept = bench.drafts.get(sheet.draft.id)
    assert kept is not None
    assert len(Wish.of(kept.body).also) == 1
    click(sheet, "booking.also.0.remove", qtbot)
    assert Wish.of(bench.drafts.all()[0].body).also == ()


def test_a_room_is_chosen_for_the_visit(book: Open, clinic: Clinic, qtbot: QtBot) -> None:  # R20
    one, two = room(clinic, "Room 1"), room(clinic, "Room 2")
    clinic.do(catalogue.set_needs, clinic.laser, ((one, two),))
    sheet = book(service=clinic.laser, client=clinic.bea, client_name="Bea Jones")
    qtbot.waitUntil(lambda: sheet.findChild(Select, "booking.room.1") is not None)
    choice = sheet.findChild(Select, "booking.room.1")
    assert choice is not None
    assert choice.currentText() == "Room 1"
    choice.chosen.emit(two)
    with qtbot.waitSignal(sheet.closed):
        sheet.go.click()
    assert clinic.ask(diary.entry, clinic.ledger().visits[0].id).resources == "Room 2"


def test_a_deposit_is_said_and_can_be_taken_in_the_same_go(
    book: Open, clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R28
    peel = add_on(
        clinic,
        "Peel 30",
        30,
        price=90_00,
        payment=PaymentPolicy.DEPOSIT,
        deposit=20_00,
        bookable=Bookable.ALONE,
    )
    sheet = book(service=peel, client=clinic.bea, client_name="Bea Jones")
    qtbot.waitUntil(lambda: said(sheet, "booking.sum") == "£90.00, £20.00 due before the visit")
    places: list[Where] = []
    bench.goto.connect(places.append)
    with qtbot.waitSignal(sheet.closed):
        click(sheet, "booking.pay", qtbot)
    qtbot.waitUntil(lambda: [place.page for place in places] == ["diary", "checkout"])
    assert clinic.ask(diary.entry, clinic.ledger().visits[0].id).owing_ahead == Money(20_00)


def test_a_form_that_is_due_is_a_notice_and_an_answer_that_blocks_refuses(
    book: Open, clinic: Clinic, qtbot: QtBot
) -> None:  # R31, R33
    form = clinic.form()
    clinic.require(form)
    clinic.rule(form, staff_message="No laser in pregnancy.")
    sheet = book(service=clinic.laser, client=clinic.bea, client_name="Bea Jones")
    words = "Laser and light is to be filled in before Laser 30."
    qtbot.waitUntil(lambda: any(one.text() == words for one in sheet.findChildren(Notice)))
    clinic.answer(form, pregnant=True)
    sheet._checking.request()
    qtbot.waitUntil(lambda: "No laser in pregnancy." in error(sheet, "service"))


def test_an_add_on_isnt_booked_alone(book: Open, clinic: Clinic) -> None:  # R24
    tape = add_on(clinic, "Tape 15")
    sheet = book()
    assert tape not in [one.id for one in sheet._services]
