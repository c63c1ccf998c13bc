"""The booking page: a coming-in as a chain, its offers, and what is decided there (R15–R18, R20, R24–R33)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from reception.domain import catalogue, diary, packages, staff
from reception.domain.access import Role
from reception.domain.outcomes import Status
from reception.domain.tables.ids import AppointmentId, ServiceId
from reception.ui.dialogs.clearing import AskingSheet, ClearingSheet
from reception.ui.dialogs.ending import EndingSheet
from reception.ui.dialogs.moving import MovingSheet
from reception.ui.panels.coming import ComingPage
from reception.ui.panels.coming.line import LineView
from reception.ui.widgets import Button, Elided, LineEdit, Notice, Prose, Select, TimeEdit
from reception.ui.workbench import Page, Where, Workbench
from tests.clinic import TODAY, Clinic
from tests.domain.extras import attach, room
from tests.ui.bench import in_sight


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> ComingPage:
    made = ComingPage(bench)
    qtbot.addWidget(made)
    made.resize(1318, 660)
    made.show()
    return made


@pytest.fixture
def visit(clinic: Clinic) -> AppointmentId:
    """Bea's laser at eleven with Ana."""
    return clinic.book(clinic.at("11:00"))


def shown(page: ComingPage, visit: AppointmentId, qtbot: QtBot) -> None:
    page.show_visit(visit)
    qtbot.waitUntil(lambda: page.booking is not None)
    qtbot.waitUntil(lambda: any(line.isVisible() for line in page.findChildren(LineView)))


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def lines(page: ComingPage) -> list[str]:
    return [line.accessibleName() for line in page.findChildren(LineView) if line.isVisible()]


def words(page: QWidget) -> str:
    """All that stands on the page."""
    labels = [one.text() for one in page.findChildren(QLabel) if one.isVisible() and not isinstance(one, Prose)]
    prose = [one.accessibleName() for one in page.findChildren(Prose) if one.isVisible()]
    return "\n".join([*labels, *prose, *(one.text() for one in page.findChildren(Elided) if one.isVisible())])


def test_the_chain_stands_in_its_order_with_all_of_its_money(
    clinic: Clinic, page: ComingPage, visit: AppointmentId, tape: ServiceId, qtbot: QtBot
) -> None:  # R24, R26
    clinic.sell()
    clinic.do(diary.set_credit, visit, packages.AUTO)
    attach(clinic, visit, tape, staff=clinic.ben)
    shown(page, visit, qtbot)
    assert lines(page) == ["11:00 – 11:30, Laser 30", "11:30 – 11:45, Tape 15"]
    assert in_sight(page, Elided, "coming.facts").text() == "Today 11:00 – 11:45 · 2 appointments"
    assert in_sight(page, Elided, "coming.sums").text() == "112.00 in all · 100.00 by credits"
    assert in_sight(page, Elided, "coming.to_pay").text() == "£12.00 to pay"


def test_a_digit_adds_what_is_offered(
    clinic: Clinic, bench: Workbench, page: ComingPage, visit: AppointmentId, tape: ServiceId, qtbot: QtBot
) -> None:  # R24
    shown(page, visit, qtbot)
    with qtbot.waitSignal(bench.said):
        QTest.keyClick(page, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(lines(page)) == 2)
    assert "Tape 15 is already in this visit." in words(page)


def test_money_can_pay_though_a_credit_could(
    clinic: Clinic, bench: Workbench, page: ComingPage, visit: AppointmentId, tape: ServiceId, qtbot: QtBot
) -> None:  # R30
    clinic.sell(clinic.product("Tape, course of 3", tape, 3, 30_00))
    shown(page, visit, qtbot)
    with qtbot.waitSignal(bench.said):
        click(in_sight(page, Button, f"coming.pay.{tape}"))
    assert clinic.ask(diary.coming_in, visit).lines[1].credit is None


def test_every_reason_against_an_add_on_is_said(
    clinic: Clinic, page: ComingPage, tape: ServiceId, qtbot: QtBot
) -> None:  # R25
    clinic.require(clinic.form(), service=tape)
    clinic.do(catalogue.set_needs, tape, ((room(clinic, "Room 9"),),))
    visit = clinic.book(clinic.at("11:00"))
    for person in (clinic.ana, clinic.ben):
        free = clinic.at("11:40") if person == clinic.ana else clinic.at("11:30")
        clinic.book(free, staff=person, client=clinic.client(f"Client of {person}"))
    shown(page, visit, qtbot)
    assert "Laser and light is not filled in for Tape 15." in words(page)
    assert "Ana is busy from 11:40 to 12:20, Ben is busy until 12:10." in words(page)


def test_another_room_is_given_and_one_that_is_taken_refused(
    clinic: Clinic, bench: Workbench, page: ComingPage, qtbot: QtBot
) -> None:  # R20
    one, two = room(clinic, "Room 1"), room(clinic, "Room 2")
    clinic.do(catalogue.set_needs, clinic.laser, ((one, two),))
    visit = clinic.book(clinic.at("11:00"))
    shown(page, visit, qtbot)
    choice = in_sight(page, Select, f"coming.room.{visit}.1")
    assert choice.currentText() == "Room 1"
    with qtbot.waitSignal(bench.said):
        choice.chosen.emit(two)
    assert clinic.ask(diary.entry, visit).resources == "Room 2"
    clinic.book(clinic.at("11:00"), staff=clinic.ben, client=clinic.client("Cara Lim"))  # has room 1 now
    with qtbot.waitSignal(bench.refused) as refused:
        in_sight(page, Select, f"coming.room.{visit}.1").chosen.emit(one)
    assert "Room 1 is taken until" in bench.formats.sentence(refused.args[0])
    qtbot.waitUntil(lambda: in_sight(page, Select, f"coming.room.{visit}.1").currentText() == "Room 2")


def test_another_credit_or_money_pays(clinic: Clinic, bench: Workbench, page: ComingPage, qtbot: QtBot) -> None:  # R9
    clinic.sell()
    visit = clinic.book(clinic.at("11:00"))
    shown(page, visit, qtbot)
    with qtbot.waitSignal(bench.said) as said:
        in_sight(page, Select, f"coming.credit.{visit}").chosen.emit(0)
    assert said.args[0] == "Bea Jones pays at the visit"
    qtbot.waitUntil(lambda: in_sight(page, Elided, "coming.to_pay").text() == "£100.00 to pay")


def test_an_add_on_is_cancelled_alone_and_its_base_with_it(
    clinic: Clinic, page: ComingPage, visit: AppointmentId, tape: ServiceId, qtbot: QtBot
) -> None:  # R17
    added = attach(clinic, visit, tape)
    shown(page, visit, qtbot)
    click(in_sight(page, Button, f"coming.cancel.{added}"))
    sheet = page.findChild(EndingSheet)
    assert sheet is not None
    assert sheet.subtitle.text() == "Today 11:30 · Tape 15"
    sheet.leave()
    click(in_sight(page, Button, f"coming.cancel.{visit}"))
    sheet = page.findChildren(EndingSheet)[-1]
    qtbot.waitUntil(lambda: sheet.subtitle.text() == "Today 11:00 · Laser 30 + Tape 15")
    assert "Tape 15 ends with it" in words(sheet)
    with qtbot.waitSignal(sheet.closed):
        click(sheet.go)
    assert [clinic.status(one) for one in (visit, added)] == [Status.LATE_CANCELLED] * 2
    qtbot.waitUntil(lambda: "nothing of it stands" in in_sight(page, Elided, "coming.facts").text())
    assert "Came to nothing" in words(page)


def test_several_bases_are_cancelled_together(clinic: Clinic, page: ComingPage, qtbot: QtBot) -> None:
    requests = [clinic.request(clinic.at("11:00")), clinic.request(clinic.at("11:00"), service=clinic.massage)]
    first, second = clinic.do(diary.book_chain, requests, by=clinic.desk)
    shown(page, first, qtbot)
    QTest.keyClick(page, Qt.Key.Key_N)
    sheet = page.findChild(EndingSheet)
    assert sheet is not None
    qtbot.waitUntil(sheet.go.isEnabled)
    assert sheet.title.text() == "Cancel Bea Jones’s whole visit?"
    with qtbot.waitSignal(sheet.closed):
        click(sheet.go)
    assert [clinic.status(one) for one in (first, second)] == [Status.LATE_CANCELLED] * 2


def test_a_move_says_what_it_meets_before_it_is_made(
    clinic: Clinic, bench: Workbench, page: ComingPage, visit: AppointmentId, tape: ServiceId, qtbot: QtBot
) -> None:  # R18
    attach(clinic, visit, tape)
    clinic.book(clinic.at("15:00"), client=clinic.client("Cara Lim"))
    shown(page, visit, qtbot)
    time = in_sight(page, TimeEdit, "coming.time")
    time.selectAll()
    QTest.keyClicks(time, "14:30")
    qtbot.waitUntil(lambda: "Ana Lund is busy" in words(page))
    assert not in_sight(page, Button, "coming.move").isEnabled()
    time.selectAll()
    QTest.keyClicks(time, "13:00")
    qtbot.waitUntil(lambda: "It fits there as it is." in words(page))
    click(in_sight(page, Button, "coming.move"))
    qtbot.waitUntil(lambda: page.findChild(MovingSheet) is not None)
    sheet = page.findChild(MovingSheet)
    assert sheet is not None
    with qtbot.waitSignal(bench.said):
        click(sheet.go)
    qtbot.waitUntil(lambda: lines(page) == ["13:00 – 13:30, Laser 30", "13:30 – 13:45, Tape 15"])


def test_a_blocked_visit_says_why_and_the_desk_asks_a_clinician(
    clinic: Clinic, bench: Workbench, page: ComingPage, visit: AppointmentId, qtbot: QtBot
) -> None:  # R33, R34
    clinician = clinic.person("Cleo Marsh", Role.MANAGER, clinical=True)
    form = clinic.form()
    clinic.require(form)
    clinic.rule(form, staff_message="No laser in pregnancy.")
    clinic.answer(form, pregnant=True)
    shown(page, visit, qtbot)
    notice = in_sight(page, Notice, f"coming.stop.{visit}")
    assert notice.text() == "Laser 30 is blocked by an answer No laser in pregnancy."
    click(in_sight(page, Button, f"coming.stop.{visit}.ask"))
    asking = page.findChild(AskingSheet)
    assert asking is not None
    qtbot.waitUntil(asking.go.isEnabled)
    with qtbot.waitSignal(bench.said) as said:
        click(asking.go)
    assert said.args[0] == "Asked Cleo Marsh about Bea Jones’s Laser 30"
    bench.take_desk(next(one for one in clinic.ask(staff.people) if one.id == clinician))
    qtbot.waitUntil(lambda: page.findChild(Button, f"coming.stop.{visit}.clear") is not None)
    click(page.findChildren(Button, f"coming.stop.{visit}.clear")[-1])
    clearing = page.findChild(ClearingSheet)
    assert clearing is not None
    qtbot.waitUntil(lambda: clearing._verdict is not None)
    QTest.keyClicks(in_sight(clearing, LineEdit, "clear.words"), "Seen and discussed")
    with qtbot.waitSignal(bench.said):
        click(clearing.go)
    qtbot.waitUntil(lambda: "Cleared by a clinician" in words(page))


def test_a_form_that_is_due_is_opened_from_its_line(
    clinic: Clinic, bench: Workbench, page: ComingPage, visit: AppointmentId, qtbot: QtBot
) -> None:  # R31
    form = clinic.form()
    clinic.require(form)
    shown(page, visit, qtbot)
    with qtbot.waitSignal(bench.goto) as asked:
        click(in_sight(page, Button, f"coming.form.{visit}.{form}"))
    assert asked.args == [Where(Page.FORM, client=clinic.bea, appointment=visit, form=form)]


def test_escape_leads_back_to_the_visit_in_the_diary(
    clinic: Clinic, bench: Workbench, page: ComingPage, visit: AppointmentId, qtbot: QtBot
) -> None:
    shown(page, visit, qtbot)
    with qtbot.waitSignal(bench.goto) as asked:
        QTest.keyClick(page, Qt.Key.Key_Escape)
    assert asked.args == [Where(Page.DIARY, client=clinic.bea, appointment=visit, day=TODAY)]
