"""The door from a click to a coroutine."""

import asyncio
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reception.domain.errors import DomainError, Invalid, Refused, Trouble
from reception.ui.actions import action
from reception.ui.ask import ask, ask_choice, ask_text
from reception.ui.widgets import Button
from reception.ui.workbench import Workbench


class Sheet(QWidget):
    """Something with a button whose act waits until it is let go."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.button = Button("Save")
        self.other = Button("Other")
        box = QVBoxLayout(self)
        box.addWidget(self.button)
        box.addWidget(self.other)
        self.gate = asyncio.Event()
        self.error: BaseException | None = None
        self.begun: list[int] = []
        self.beside: list[tuple[str, str]] = []
        self.button.clicked.connect(self.save)

    @action
    async def save(self) -> None:
        self.begun.append(0)
        await self.gate.wait()
        if self.error is not None:
            raise self.error

    @action
    async def arrive(self, visit: int) -> None:
        self.begun.append(visit)
        await self.gate.wait()

    @action
    async def touch_after(self) -> None:
        await self.gate.wait()
        self.button.setText("Saved")

    def show_error(self, field: str, error: DomainError) -> None:
        self.beside.append((field, str(error)))


@pytest.fixture
def sheet(bench: Workbench, qtbot: QtBot) -> Iterator[Sheet]:
    sheet = Sheet(bench)
    qtbot.addWidget(sheet)
    with qtbot.waitActive(sheet):
        sheet.show()
        sheet.activateWindow()
    yield sheet
    qtbot.waitUntil(lambda: not bench.tasks._running)


def test_a_double_click_acts_once(sheet: Sheet, qtbot: QtBot) -> None:
    qtbot.mouseClick(sheet.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.button, Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(sheet.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(sheet.begun))
    assert sheet.begun == [0]
    sheet.gate.set()


def test_the_button_is_off_while_its_act_runs_and_keeps_the_focus(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.button.setFocus()
    qtbot.keyClick(sheet.button, Qt.Key.Key_Return)
    assert not sheet.button.isEnabled()
    sheet.gate.set()
    qtbot.waitUntil(sheet.button.isEnabled)
    assert sheet.button.hasFocus()


def test_the_same_act_on_two_subjects_runs_twice(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.arrive(1)
    sheet.arrive(2)
    sheet.arrive(1)
    qtbot.waitUntil(lambda: len(sheet.begun) == 2)
    assert sheet.begun == [1, 2]
    sheet.gate.set()


def test_a_refusal_goes_to_the_banner(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.error = Refused("Ana is away then. Choose another time.")
    sheet.gate.set()
    with qtbot.waitSignal(sheet.bench.refused) as said:
        sheet.save()
    assert said.args == [sheet.error]
    assert not sheet.beside


def test_what_was_typed_wrong_is_said_beside_its_field(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.error = Invalid("The price is below nothing.", field="price")
    sheet.gate.set()
    with qtbot.assertNotEmitted(sheet.bench.refused):
        sheet.save()
        qtbot.waitUntil(lambda: bool(sheet.beside))
    assert sheet.beside == [("price", "The price is below nothing.")]


def test_trouble_can_be_tried_again(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.error = Trouble("The clinic's server doesn't answer.", retry=True)
    sheet.gate.set()
    with qtbot.waitSignal(sheet.bench.troubled) as said:
        sheet.save()
    assert said.args is not None
    again = said.args[1]
    sheet.error = None
    qtbot.waitUntil(lambda: not sheet.bench.tasks._running)
    again()
    qtbot.waitUntil(lambda: sheet.begun == [0, 0])


def test_a_bug_is_told_apart_from_a_refusal(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.error = ZeroDivisionError("a bug")
    sheet.gate.set()
    with qtbot.assertNotEmitted(sheet.bench.refused), qtbot.waitSignal(sheet.bench.failed) as said:
        sheet.save()
    assert said.args == [sheet.error]


def test_an_answer_that_comes_after_its_dialog_has_gone_is_no_bug(bench: Workbench, qtbot: QtBot) -> None:
    sheet = Sheet(bench)
    gate = sheet.gate
    sheet.touch_after()
    gone: list[bool] = []
    sheet.destroyed.connect(lambda: gone.append(True))
    sheet.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))
    with qtbot.assertNotEmitted(bench.failed):
        gate.set()
        qtbot.waitUntil(lambda: not bench.tasks._running)


async def test_a_question_is_answered_when_its_dialog_finishes(qtbot: QtBot) -> None:
    dialog = QDialog()
    asyncio.get_running_loop().call_soon(dialog.done, 7)
    assert await ask(dialog) == 7


async def test_a_question_whose_dialog_is_deleted_is_answered_with_no(qtbot: QtBot) -> None:
    dialog = QDialog()
    asyncio.get_running_loop().call_soon(dialog.deleteLater)
    assert await ask(dialog) == 0


def test_a_reason_is_typed_and_entered(sheet: Sheet, qtbot: QtBot) -> None:
    answers: list[str | None] = []
    sheet.bench.tasks.start(_ask_reason(sheet, answers))
    qtbot.waitUntil(lambda: sheet.findChild(QDialog, "ask") is not None)
    question = sheet.findChild(QDialog, "ask")
    assert question is not None
    line = question.focusProxy()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert not answers, "a reason that is required can't be left out"
    qtbot.keyClicks(line, "first time in two years")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["first time in two years"]


def test_a_digit_answers_a_choice_and_esc_leaves_it(sheet: Sheet, qtbot: QtBot) -> None:
    answers: list[int | None] = []
    for key in (Qt.Key.Key_2, Qt.Key.Key_Escape):
        count = len(answers)
        sheet.bench.tasks.start(_ask_which(sheet, answers))
        qtbot.waitUntil(lambda: sheet.findChild(QDialog, "ask") is not None)
        question = sheet.findChild(QDialog, "ask")
        assert question is not None
        qtbot.keyClick(question, key)
        qtbot.waitUntil(partial(_longer, answers, count))
        qtbot.waitUntil(lambda: sheet.findChild(QDialog, "ask") is None)
    assert answers == [1, None]


async def _ask_reason(sheet: Sheet, answers: list[str | None]) -> None:
    answers.append(await ask_text(sheet, "Give the credit back?", field="Reason", button="Give back"))


async def _ask_which(sheet: Sheet, answers: list[int | None]) -> None:
    answers.append(await ask_choice(sheet, "Which one?", ("This", "That")))


def _longer(answers: list[int | None], count: int) -> bool:
    return len(answers) > count
