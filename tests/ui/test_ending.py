"""Cancelling and missing a visit: what the sheet says before, and what it does (R14–R16)."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from reception.domain import catalogue, diary, staff
from reception.domain.ledger import State
from reception.domain.outcomes import OnMoney, Status, Who
from reception.domain.tables.ids import AppointmentId
from reception.domain.tables.words import Bookable, PaymentPolicy
from reception.ui.dialogs.ending import EndingSheet
from reception.ui.widgets import Answers, Button, Elided, LineEdit, Notice, Prose, Segmented, Select
from reception.ui.workbench import Workbench
from tests.clinic import FORFEITS, Clinic
from tests.domain.extras import add_on, attach, link, pay_ahead


def opened(bench: Workbench, clinic: Clinic, visit: AppointmentId, qtbot: QtBot) -> EndingSheet:
    sheet = EndingSheet(bench, clinic.ask(diary.entry, visit))
    qtbot.addWidget(sheet)
    sheet.resize(412, 700)
    sheet.show()
    qtbot.waitUntil(lambda: bool(sheet._endings))
    return sheet


def words(sheet: QWidget) -> list[str]:
    """What stands on the sheet."""
    return [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]


def prose(sheet: QWidget) -> str:
    """The running text of the sheet."""
    return "\n".join(one.accessibleName() for one in sheet.findChildren(Prose) if one.isVisible())


def said(bench: Workbench) -> list[str]:
    heard: list[str] = []

    def hear(sentence: str, _undo: Any) -> None:
        heard.append(sentence)

    bench.said.connect(hear)
    return heard


def test_in_time_the_credit_goes_back_and_nothing_is_asked(
    clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R14, R15
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("09:00", clinic.days(2)))
    sheet = opened(bench, clinic, visit, qtbot)
    heard = said(bench)
    qtbot.waitUntil(lambda: "Credit 1 of 6 goes back" in words(sheet))
    assert sheet.findChild(Answers, "cancel.choice") is None
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert heard == ["Cancelled Bea Jones’s visit, credit 1 of 6 went back"]
    assert clinic.status(visit) is Status.CANCELLED
    assert clinic.states()[0] is State.AVAILABLE


def test_late_the_policy_takes_the_credit_unless_overridden(
    clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R14, R15
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("12:00"))
    sheet = opened(bench, clinic, visit, qtbot)
    answers = sheet.findChild(Answers, "cancel.choice")
    assert answers is not None
    assert [answers.answer(n).text() for n in range(3)] == [
        "Take it, as the policy says",
        "Give it back, charge the fee of 20.00",
        "Give it back, no fee",
    ]
    qtbot.waitUntil(lambda: "Credit 1 of 6 is taken" in words(sheet))
    assert sheet.go.text() == "Cancel and take it"
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert clinic.status(visit) is Status.LATE_CANCELLED
    assert clinic.states()[0] is State.FORFEITED


def test_an_override_needs_a_reason_and_stands_in_the_ledger(
    clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R15
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("12:00"))
    sheet = opened(bench, clinic, visit, qtbot)
    QTest.keyClick(sheet, Qt.Key.Key_3)
    assert not sheet.go.isEnabled()
    line = sheet.findChild(LineEdit, "cancel.words")
    assert line is not None
    qtbot.keyClicks(line, "First time")
    assert sheet.go.isEnabled()
    qtbot.waitUntil(lambda: "Credit 1 of 6 goes back" in words(sheet))
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(line, Qt.Key.Key_Return)
    entry = clinic.credits()[0].entries[-1]
    assert (entry.state, entry.words) == (State.AVAILABLE, "First time")


def test_the_clinics_own_reason_is_never_late(clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:  # R14
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("12:00"))
    sheet = opened(bench, clinic, visit, qtbot)
    who = sheet.findChild(Segmented, "cancel.who")
    assert who is not None
    QTest.mouseClick(who.button(1), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Credit 1 of 6 goes back" in words(sheet))
    reason = sheet.findChild(Select, "cancel.reason")
    assert reason is not None
    clinics = [one.id for one in clinic.ask(catalogue.reasons) if one.who is Who.CLINIC]
    assert reason.value() in clinics
    assert sheet.go.text() == "Cancel and give it back"


def test_from_its_start_a_visit_can_be_marked_as_missed(clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:  # R14
    clinic.policy()
    visit = clinic.book(clinic.at("09:00"), service=clinic.massage)
    clinic.clock.forward(hours=1, minutes=20)
    sheet = opened(bench, clinic, visit, qtbot)
    title = sheet.findChild(Elided, "cancel.title")
    assert title is not None
    assert title.text() == "Bea Jones did not come?"
    qtbot.waitUntil(lambda: "A fee of £30.00 is charged" in words(sheet))
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert clinic.status(visit) is Status.NO_SHOW


def test_a_receptionist_sees_that_only_a_manager_may_override(
    clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R15
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("12:00"))
    bench.take_desk(next(one for one in clinic.ask(staff.people) if one.id == clinic.desk))
    sheet = opened(bench, clinic, visit, qtbot)
    assert sheet.findChild(Answers, "cancel.choice") is None
    assert sheet._may_not.isVisible()
    assert sheet.go.text() == "Cancel and take it"


def test_a_visit_that_began_meanwhile_is_not_cancelled(clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:
    visit = clinic.book(clinic.at("12:00"))
    entry = clinic.ask(diary.entry, visit)
    clinic.do(diary.arrive, visit)
    sheet = EndingSheet(bench, entry)
    qtbot.addWidget(sheet)
    sheet.show()
    notice = sheet.findChild(Notice, "cancel.notice")
    assert notice is not None
    qtbot.waitUntil(notice.isVisible)
    assert notice.text() == "This visit is no longer to come: arrived."
    assert not sheet.go.isEnabled()


def test_esc_keeps_the_visit(clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:
    visit = clinic.book(clinic.at("12:00"))
    sheet = opened(bench, clinic, visit, qtbot)
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert clinic.status(visit) is Status.BOOKED
    keep = sheet.findChild(Button, "cancel.keep")
    assert keep is not None
    assert keep.text() == "Keep the visit"


def test_exactly_so_many_hours_before_is_in_time_and_a_minute_later_late(
    clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R14
    clinic.policy()
    visit = clinic.book(clinic.at("08:00", clinic.days(1)))
    sheet = opened(bench, clinic, visit, qtbot)
    assert sheet.go.text() == "Cancel the visit"
    clinic.clock.forward(minutes=1)
    sheet._refresher.request()
    qtbot.waitUntil(lambda: sheet.go.text() == "Cancel, charge 20.00")
    assert sheet._window.isVisible()


def test_the_add_ons_that_end_with_it_are_said_each_under_its_own_rule(
    clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R14, R17
    clinic.policy()
    clinic.sell()
    tape = add_on(clinic, "Tape 15")
    link(clinic, clinic.laser, tape)
    clinic.sell(clinic.product("Tape, course of 3", tape, 3, 30_00))
    visit = clinic.book(clinic.at("12:00"))
    attach(clinic, visit, tape)
    sheet = opened(bench, clinic, visit, qtbot)
    heard = said(bench)
    qtbot.waitUntil(lambda: "Tape 15 ends with it" in words(sheet))
    assert "Its credit 1 of 3 is taken." in prose(sheet)
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert heard == ["Cancelled Bea Jones’s visit, with Tape 15, credit 1 of 6 taken"]


@pytest.mark.parametrize(
    ("day", "title"), [(0, "The deposit of £20.00 is kept"), (3, "The deposit of £20.00 goes back")]
)
def test_what_becomes_of_the_deposit_is_said(
    clinic: Clinic, bench: Workbench, day: int, title: str, qtbot: QtBot
) -> None:  # R14
    clinic.policy(replace(FORFEITS, late_money=OnMoney.DEPOSIT))
    peel = add_on(
        clinic,
        "Peel 30",
        30,
        price=90_00,
        payment=PaymentPolicy.DEPOSIT,
        deposit=20_00,
        bookable=Bookable.ALONE,
    )
    visit = clinic.book(clinic.at("12:00", clinic.days(day)), service=peel)
    pay_ahead(clinic, visit)
    sheet = opened(bench, clinic, visit, qtbot)
    heard = said(bench)
    qtbot.waitUntil(lambda: title in words(sheet))
    assert sheet.go.text() == ("Cancel the visit" if day else "Cancel, keep 20.00")
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    kept = "given back" if day else "kept"
    assert heard == [f"Cancelled Bea Jones’s visit, deposit of £20.00 {kept}"]


def test_while_an_answer_blocks_it_the_cancellation_counts_as_the_clinics(
    clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R34
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("12:00"))
    form = clinic.form()
    clinic.require(form)
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    sheet = opened(bench, clinic, visit, qtbot)
    qtbot.waitUntil(lambda: "This counts as the clinic’s" in words(sheet))
    assert "Credit 1 of 6 goes back" in words(sheet)
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert clinic.states()[0] is State.AVAILABLE
