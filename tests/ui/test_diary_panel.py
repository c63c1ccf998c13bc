"""The diary as the desk uses it: real keys, clicks and drops on a real clinic."""

from collections.abc import Callable, Coroutine
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from reception.domain import access, diary, rota, staff
from reception.domain.errors import DomainError
from reception.domain.outcomes import Status
from reception.domain.span import Span
from reception.domain.tables.ids import AppointmentId, StaffId
from reception.store import open_store
from reception.ui.ask import TextQuestion
from reception.ui.daygrid import Pay
from reception.ui.dialogs.acts import Step
from reception.ui.dialogs.booking import Wish
from reception.ui.dialogs.ending import EndingSheet
from reception.ui.dialogs.free import FreeSheet
from reception.ui.dialogs.moving import MovingSheet
from reception.ui.dialogs.visit import VisitSheet
from reception.ui.panels.diary import DiaryPanel
from reception.ui.widgets import Answers, Banner, Button, Empty, LineEdit, Notice
from reception.ui.workbench import Where, Workbench
from tests.clinic import TODAY, Clinic

CTRL = Qt.KeyboardModifier.ControlModifier


class Heard:
    """What a desk was told while a test ran."""

    def __init__(self, bench: Workbench, panel: DiaryPanel) -> None:
        self.said: list[str] = []
        self.undo: Callable[[], Coroutine[Any, Any, object]] | None = None
        self.refused: list[str] = []
        self.places: list[Where] = []
        self.sheets: list[Any] = []
        self._formats = bench.formats
        bench.said.connect(self._say)
        bench.refused.connect(self._refuse)
        bench.goto.connect(self.places.append)
        panel.sheet_asked.connect(self.sheets.append)

    def _say(self, words: str, undo: Any) -> None:
        self.said.append(words)
        self.undo = undo

    def _refuse(self, error: DomainError) -> None:
        self.refused.append(self._formats.sentence(error))


@pytest.fixture
def panel(bench: Workbench, qtbot: QtBot) -> DiaryPanel:
    made = DiaryPanel(bench)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    return made


@pytest.fixture
def heard(bench: Workbench, panel: DiaryPanel) -> Heard:
    return Heard(bench, panel)


def opened(panel: DiaryPanel, qtbot: QtBot, visit: AppointmentId | None = None) -> None:
    """Shows the panel and chooses a visit."""
    panel.show()
    qtbot.waitUntil(lambda: panel.chosen_entry() is None and bool(panel.grid.scene.picture.columns))
    panel.grid.setFocus()
    if visit is not None:
        qtbot.waitUntil(lambda: visit in panel.grid.scene.blocks)
        panel.grid.choose(visit)


def press(panel: DiaryPanel, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(panel.grid, key, modifiers)


def shown(sheet: QWidget, qtbot: QtBot) -> None:
    qtbot.addWidget(sheet)
    sheet.resize(412, 700)
    sheet.show()


def take_back(bench: Workbench, heard: Heard, qtbot: QtBot) -> None:
    """Undoes what was said last, as Ctrl+Z does."""
    assert heard.undo is not None
    undo = heard.undo

    async def run() -> None:
        await undo()

    bench.tasks.start(run(), key="undo")
    qtbot.waitUntil(lambda: not bench.tasks.busy("undo"))


def test_an_arrival_counts_its_minutes_and_stands_out_after_the_set_wait(
    clinic: Clinic, panel: DiaryPanel, qtbot: QtBot
) -> None:
    visit = clinic.book(clinic.at("09:00"))
    clinic.do(diary.arrive, visit)
    clinic.clock.forward(minutes=9)
    opened(panel, qtbot, visit)
    early = panel.grid.scene.blocks[visit]
    clinic.clock.forward(minutes=3)
    panel.hide()
    panel.show()
    late = panel.grid.scene.blocks[visit]
    assert (early.word, early.overdue) == ("9 min", False)
    assert (late.word, late.overdue) == ("12 min", True)


def test_a_visit_whose_time_has_come_is_late(clinic: Clinic, panel: DiaryPanel, qtbot: QtBot) -> None:
    visit = clinic.book(clinic.at("09:00"))
    clinic.clock.forward(hours=1, minutes=4)
    opened(panel, qtbot, visit)
    assert panel.grid.scene.blocks[visit].word == "Late 4 min"
    assert panel.grid.scene.picture.now == 9 * 60 + 4


def test_a_block_says_what_its_visit_holds_and_owes(clinic: Clinic, panel: DiaryPanel, qtbot: QtBot) -> None:
    clinic.sell()
    with_credit = clinic.book(clinic.at("09:00"))
    paid_for = clinic.book(clinic.at("10:00"), service=clinic.massage)
    clinic.complete(with_credit)
    clinic.complete(paid_for)
    opened(panel, qtbot, with_credit)
    credit, money = panel.grid.scene.blocks[with_credit], panel.grid.scene.blocks[paid_for]
    assert (credit.left, credit.pay, credit.clean) == (5, Pay.PAID, 10)
    assert (money.left, money.pay, money.clean) == (None, Pay.OWES, 0)


def test_a_and_its_undo(clinic: Clinic, bench: Workbench, panel: DiaryPanel, heard: Heard, qtbot: QtBot) -> None:  # R23
    visit = clinic.book(clinic.at("09:00"))
    opened(panel, qtbot, visit)
    press(panel, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: clinic.status(visit) is Status.ARRIVED)
    qtbot.waitUntil(lambda: heard.said == ["Bea Jones has arrived"])
    take_back(bench, heard, qtbot)
    assert clinic.status(visit) is Status.BOOKED


def test_completing_says_which_credit_was_used_and_can_be_undone(
    clinic: Clinic, bench: Workbench, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:  # R6, R19
    clinic.sell()
    visit = clinic.book(clinic.at("09:00"))
    clinic.do(diary.arrive, visit)
    opened(panel, qtbot, visit)
    press(panel, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: heard.said == ["Completed Bea Jones’s visit, credit 1 of 6 used"])
    take_back(bench, heard, qtbot)
    assert clinic.status(visit) is Status.ARRIVED


def test_the_menu_offers_the_moves_that_the_status_allows(
    clinic: Clinic, panel: DiaryPanel, qtbot: QtBot
) -> None:  # R23
    visit = clinic.book(clinic.at("09:00"))
    clinic.do(diary.arrive, visit)
    opened(panel, qtbot, visit)
    press(panel, Qt.Key.Key_Period)
    menu = panel.findChild(QMenu, "diary.menu")
    assert menu is not None
    names = [made.objectName() for made in menu.actions() if not made.isSeparator()]
    menu.close()
    always = [Step.ADD, Step.COMING, Step.REBOOK, Step.DETAILS, Step.LEDGER, Step.CHECKOUT]
    steps = [Step.START, Step.COMPLETE, Step.TAKE_BACK, *always]
    assert names == [f"diary.menu.{step}" for step in steps]


def test_ctrl_and_an_arrow_moves_by_a_quarter_and_says_so(
    clinic: Clinic, bench: Workbench, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:  # R18
    visit = clinic.book(clinic.at("09:00", clinic.days(2)))
    opened(panel, qtbot)
    panel.show_appointment(clinic.days(2), visit)
    qtbot.waitUntil(lambda: panel.grid.block() == visit)
    press(panel, Qt.Key.Key_Down, CTRL)
    qtbot.waitUntil(lambda: bool(heard.said))
    assert heard.said == ["Moved Bea Jones from 09:00 to 09:15"]
    assert clinic.ask(diary.entry, visit).start == clinic.at("09:15", clinic.days(2))
    take_back(bench, heard, qtbot)
    assert clinic.ask(diary.entry, visit).start == clinic.at("09:00", clinic.days(2))


def test_inside_the_late_window_moving_says_that_it_takes_nothing(
    clinic: Clinic, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:  # R18
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("12:00"))
    opened(panel, qtbot, visit)
    press(panel, Qt.Key.Key_Down, CTRL)
    qtbot.waitUntil(lambda: bool(heard.said))
    assert heard.said == [
        "Moved Bea Jones from 12:00 to 12:15, inside the late window: neither credit nor fee is taken"
    ]
    assert clinic.ask(diary.entry, visit).number == 1


def test_a_visit_is_dragged_to_another_column(
    clinic: Clinic, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:  # R18
    visit = clinic.book(clinic.at("12:00", clinic.days(2)))
    opened(panel, qtbot)
    panel.show_appointment(clinic.days(2), visit)
    qtbot.waitUntil(lambda: panel.grid.block() == visit)
    grid, box = panel.grid, panel.grid.box_of(visit)
    there = grid.slot_box(clinic.ben, 13 * 60)
    grab = QPoint(12, 8)
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=box.topLeft().toPoint() + grab)
    for pos in (box.center().toPoint() + QPoint(40, 20), there.topLeft().toPoint() + grab):
        QTest.mouseMove(grid, pos)
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=there.topLeft().toPoint() + grab)
    qtbot.waitUntil(lambda: bool(heard.said))
    entry = clinic.ask(diary.entry, visit)
    assert (entry.staff, entry.start) == (clinic.ben, clinic.at("13:00", clinic.days(2)))


def test_a_refused_drop_comes_back_and_says_why_on_the_block(
    clinic: Clinic, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:  # R20
    visit = clinic.book(clinic.at("09:00"))
    clinic.book(clinic.at("09:45"), client=clinic.client("Ed Ray"))
    opened(panel, qtbot, visit)
    press(panel, Qt.Key.Key_Down, CTRL)
    qtbot.waitUntil(lambda: bool(heard.refused))
    assert panel.grid.refusal()[0] == "Not moved to 09:15"
    assert "Ed Ray" in heard.refused[0]
    assert clinic.ask(diary.entry, visit).start == clinic.at("09:00")


def test_a_move_outside_the_shift_asks_for_a_reason_first(
    clinic: Clinic, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:  # R20
    visit = clinic.book(clinic.at("17:15"))
    opened(panel, qtbot, visit)
    press(panel, Qt.Key.Key_Down, CTRL)
    qtbot.waitUntil(lambda: bool(heard.sheets))
    sheet = heard.sheets[0]
    assert isinstance(sheet, MovingSheet)
    shown(sheet, qtbot)
    assert not sheet.go.isEnabled()
    qtbot.keyClicks(sheet.findChild(LineEdit, "move.reason"), "She asked for it")
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert clinic.ask(diary.entry, visit).start == clinic.at("17:30")
    assert clinic.ask(diary.visit, visit).events[-1].words == "She asked for it"


def test_a_receptionist_is_told_who_may_move_outside_a_shift(
    clinic: Clinic, bench: Workbench, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:
    at_desk(bench, clinic, clinic.desk)
    visit = clinic.book(clinic.at("17:15"))
    opened(panel, qtbot, visit)
    press(panel, Qt.Key.Key_Down, CTRL)
    qtbot.waitUntil(lambda: bool(heard.sheets))
    shown(heard.sheets[0], qtbot)
    notice = heard.sheets[0].findChild(Notice, "move.notice")
    assert notice.text().startswith("Only a manager can book outside a shift.")
    assert not heard.sheets[0].go.isEnabled()


def test_the_pinboard_carries_a_visit_to_another_day(
    clinic: Clinic, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:
    visit = clinic.book(clinic.at("11:00", clinic.days(2)))
    opened(panel, qtbot)
    panel.show_appointment(clinic.days(2), visit)
    qtbot.waitUntil(lambda: panel.grid.block() == visit)
    press(panel, Qt.Key.Key_X)
    pin = panel.findChild(Banner, "diary.pin")
    assert pin is not None
    assert pin.text().startswith("Bea Jones is in your hand.")
    press(panel, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: panel.entry(visit) is None and bool(panel.grid.scene.picture.columns))
    panel.grid.choose_slot(clinic.ben, 10 * 60)
    press(panel, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: bool(heard.said))
    assert clinic.ask(diary.entry, visit).start == clinic.at("10:00", clinic.days(3))
    assert pin.text() == ""


def test_typing_on_a_free_cell_begins_a_booking_there(
    clinic: Clinic, bench: Workbench, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:
    opened(panel, qtbot)
    panel.grid.choose_slot(clinic.ben, 10 * 60 + 15)
    QTest.keyClicks(panel.grid, "b")
    assert heard.places[-1].page == "booking"
    draft = bench.drafts.get(heard.places[-1].draft or "")
    assert draft is not None
    assert draft.body["typed"] == "b"
    assert Wish.of(draft.body) == Wish(staff=clinic.ben, day=TODAY, minute=10 * 60 + 15)


def test_the_same_is_booked_again_some_weeks_on(clinic: Clinic, panel: DiaryPanel, heard: Heard, qtbot: QtBot) -> None:
    visit = clinic.book(clinic.at("09:00"))
    opened(panel, qtbot, visit)
    press(panel, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: panel.findChild(TextQuestion) is not None)
    question = panel.findChild(TextQuestion)
    assert question is not None
    qtbot.keyClicks(question.line, "2")
    QTest.keyClick(question.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard.said))
    assert heard.said == ["Booked Bea Jones, Laser 30, Tue 8 Dec 09:00"]
    assert [one.start for one in clinic.ask(diary.day, clinic.days(14)).entries] == [
        clinic.at("09:00", clinic.days(14))
    ]


def test_the_next_free_slot_becomes_a_booking(
    clinic: Clinic, bench: Workbench, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:
    opened(panel, qtbot)
    press(panel, Qt.Key.Key_F)
    sheet = heard.sheets[0]
    assert isinstance(sheet, FreeSheet)
    shown(sheet, qtbot)
    qtbot.waitUntil(lambda: sheet.findChild(Answers, "free.service") is not None)
    QTest.keyClick(sheet, Qt.Key.Key_2)
    qtbot.waitUntil(sheet.go.isEnabled)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    draft = bench.drafts.get(heard.places[-1].draft or "")
    assert draft is not None
    wish = Wish.of(draft.body)
    assert (wish.staff, wish.service, wish.day, wish.minute) == (clinic.ana, clinic.laser, TODAY, 8 * 60)


def test_n_opens_the_sheet_for_a_visit_to_come_and_refuses_another(
    clinic: Clinic, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:  # R14
    coming = clinic.book(clinic.at("12:00"))
    here = clinic.book(clinic.at("09:00"))
    clinic.do(diary.arrive, here)
    opened(panel, qtbot, coming)
    press(panel, Qt.Key.Key_N)
    panel.grid.choose(here)
    press(panel, Qt.Key.Key_N)
    assert [type(sheet) for sheet in heard.sheets] == [EndingSheet]
    assert heard.refused[0].startswith("Bea Jones’s visit is no longer to come")
    shown(heard.sheets[0], qtbot)


def test_a_visit_is_opened_with_its_history_and_another_credit_is_chosen(
    clinic: Clinic, bench: Workbench, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:  # R8, R9
    clinic.sell()
    visit = clinic.book(clinic.at("12:00"))
    opened(panel, qtbot, visit)
    press(panel, Qt.Key.Key_Return)
    sheet = heard.sheets[0]
    assert isinstance(sheet, VisitSheet)
    shown(sheet, qtbot)
    credit = sheet._credit
    qtbot.waitUntil(lambda: credit.count() == 7)
    assert credit.currentText().startswith("Credit 1 of 6, until 24 May 2027")
    credit.setFocus()
    QTest.keyClick(credit, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: heard.said == ["Bea Jones uses credit 2 of 6"])
    take_back(bench, heard, qtbot)
    entry = clinic.ask(diary.entry, visit)
    assert entry.number == 1


def test_undoing_a_completion_asks_for_a_reason(
    clinic: Clinic, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:  # R19
    visit = clinic.book(clinic.at("09:00"))
    clinic.complete(visit)
    opened(panel, qtbot, visit)
    entry = panel.chosen_entry()
    assert entry is not None
    panel.do(Step.UNDO_COMPLETION, entry)
    qtbot.waitUntil(lambda: panel.findChild(TextQuestion) is not None)
    question = panel.findChild(TextQuestion)
    assert question is not None
    qtbot.keyClicks(question.line, "Wrong client")
    QTest.keyClick(question.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard.said))
    assert clinic.status(visit) is Status.ARRIVED
    assert clinic.ask(diary.visit, visit).events[-1].words == "Wrong client"


def test_a_day_without_shifts_says_so_and_leads_to_the_next(panel: DiaryPanel, qtbot: QtBot) -> None:
    opened(panel, qtbot)
    panel.show_day(date(2026, 1, 2))
    qtbot.waitUntil(lambda: panel.findChild(Empty, "diary.empty") is not None)
    empty = panel.findChild(Empty, "diary.empty")
    assert empty is not None
    assert empty.accessibleName().startswith("No one works on Fri 2 Jan. The clinic works again on Mon 5 Jan.")
    go = panel.findChild(Button, "diary.next_open")
    assert go is not None
    with qtbot.waitSignal(panel.day_changed):
        QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    assert panel.day() == date(2026, 1, 5)
    qtbot.waitUntil(lambda: bool(panel.grid.scene.picture.columns))


@pytest.mark.parametrize(("key", "days"), [(Qt.Key.Key_PageDown, 1), (Qt.Key.Key_PageUp, -1)])
def test_pages_turn_days_and_with_shift_weeks(panel: DiaryPanel, qtbot: QtBot, key: Qt.Key, days: int) -> None:
    opened(panel, qtbot)
    press(panel, key)
    once = panel.day()
    press(panel, key, Qt.KeyboardModifier.ShiftModifier)
    twice = panel.day()
    press(panel, Qt.Key.Key_T)
    assert (once, twice, panel.day()) == (
        TODAY + timedelta(days=days),
        TODAY + timedelta(days=days * 8),
        TODAY,
    )
    qtbot.waitUntil(lambda: bool(panel.grid.scene.picture.columns))


def test_what_another_desk_books_appears(clinic: Clinic, panel: DiaryPanel, qtbot: QtBot) -> None:
    opened(panel, qtbot)
    with closing(open_store(clinic.store.url, clock=clinic.clock)) as other:
        visit = other.write(diary.book, clinic.request(clinic.at("15:00")), actor=clinic.desk).answer
    qtbot.waitUntil(lambda: visit in panel.grid.scene.blocks)
    assert panel.grid.scene.blocks[visit].name == "Bea Jones"


def test_time_off_stands_in_its_column(clinic: Clinic, panel: DiaryPanel, qtbot: QtBot) -> None:
    clinic.do(rota.add_off, clinic.ana, Span(clinic.at("12:00"), clinic.at("13:00")), block=True, words="Lunch")
    clinic.do(rota.add_closure, TODAY, 16 * 60, 18 * 60, "Boiler")
    opened(panel, qtbot)
    offs = [(off.column, off.start, off.end, off.word) for off in panel.grid.scene.picture.offs]
    assert offs == [
        (clinic.ana, 720, 780, "Lunch"),
        (clinic.ana, 960, 1080, "Boiler"),
        (clinic.ben, 960, 1080, "Boiler"),
    ]


def test_a_practitioner_sees_their_own_column_and_books_nothing(
    clinic: Clinic, bench: Workbench, panel: DiaryPanel, heard: Heard, qtbot: QtBot
) -> None:
    at_desk(bench, clinic, clinic.ben)
    opened(panel, qtbot)
    panel.grid.choose_slot(clinic.ben, 10 * 60)
    press(panel, Qt.Key.Key_Return)
    assert [column.key for column in panel.grid.scene.picture.columns] == [clinic.ben]
    assert heard.places == []
    assert heard.refused == ["You can't book visits. Ask somebody at the desk, or change who is at the desk with F2."]
    assert not bench.may(access.Act.BOOK)


def at_desk(bench: Workbench, clinic: Clinic, person: StaffId) -> None:
    """Somebody else comes to the desk (F2)."""
    bench.take_desk(next(one for one in clinic.ask(staff.people) if one.id == person))
