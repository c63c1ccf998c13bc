"""Short questions in the middle of an action, awaited and never executed."""

import asyncio
from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from reception.ui.widgets.answer import Answers
from reception.ui.widgets.button import Button, Kind
from reception.ui.widgets.edits import LineEdit
from reception.ui.widgets.field import Field
from reception.ui.widgets.floating import Floating
from reception.ui.widgets.layouts import STRETCH, hbox, vbox
from reception.ui.widgets.words import Prose, heading

_WIDTH = 400


async def ask(dialog: QDialog) -> int:
    """What somebody answered, 0 also where the dialog goes away without an answer; the dialog is deleted then."""
    done: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def settle(result: object) -> None:
        if not done.done():
            done.set_result(result if isinstance(result, int) else 0)

    dialog.finished.connect(settle)
    dialog.destroyed.connect(settle)
    if isinstance(dialog, Floating):
        dialog.show_over()
    else:
        # Some systems' own dialogs turn an event loop of their own while they show: never inside a coroutine.
        QTimer.singleShot(0, dialog, dialog.show)
    try:
        return await done
    finally:
        if shiboken6.isValid(dialog):
            dialog.hide()
            dialog.deleteLater()


async def ask_text(
    parent: QWidget,
    title: str,
    *,
    words: str = "",
    field: str = "",
    button: str = "",
    text: str = "",
    required: bool = True,
) -> str | None:
    """A line of words, such as a reason; None where somebody thought better of it."""
    sheet = TextQuestion(parent.window(), title, words=words, field=field, button=button, text=text, required=required)
    if not await ask(sheet):
        return None
    return sheet.line.text().strip()


async def ask_choice(parent: QWidget, title: str, options: Sequence[str], *, words: str = "") -> int | None:
    """Which of a few; digits choose. None where somebody thought better of it."""
    sheet = ChoiceQuestion(parent.window(), title, options, words=words)
    result = await ask(sheet)
    return result - 1 if result else None


class TextQuestion(Floating):
    """Asks for a line of words."""

    def __init__(
        self, window: QWidget, title: str, *, words: str, field: str, button: str, text: str, required: bool
    ) -> None:
        self.line = LineEdit(text)
        self._required = required
        self._field = Field(field, self.line, name="ask.text")
        self._ok = Button(button or _tr("Continue"), Kind.PRIMARY, key="Enter", name="ask.ok")
        back = Button(_tr("Not now"), Kind.GHOST, name="ask.back")
        name, prose = heading(title), Prose(words) if words else None
        name.setWordWrap(True)
        foot = hbox(STRETCH, back, self._ok)
        super().__init__(
            window, vbox(name, prose, self._field, foot, gap=12, margins=(20, 18, 20, 16)), width=_WIDTH, name="ask"
        )
        self.setAccessibleName(title)
        self.setFocusProxy(self.line)
        self._ok.clicked.connect(self._answer)
        back.clicked.connect(self.reject)
        self.line.edited.connect(self._show)
        self._show()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer()
            return
        super().keyPressEvent(event)

    def _answer(self) -> None:
        if self._ok.isEnabled():
            self.accept()

    def _show(self) -> None:
        self._ok.setEnabled(not self._required or bool(self.line.text().strip()))


class ChoiceQuestion(Floating):
    """Asks which of a few."""

    def __init__(self, window: QWidget, title: str, options: Sequence[str], *, words: str) -> None:
        self._answers = Answers(options, name="ask.choice")
        back = Button(_tr("Not now"), Kind.GHOST, key="Esc", name="ask.back")
        name, prose = heading(title), Prose(words) if words else None
        name.setWordWrap(True)
        column = vbox(name, prose, self._answers, hbox(STRETCH, back), gap=12, margins=(20, 18, 20, 16))
        super().__init__(window, column, width=_WIDTH, name="ask")
        self.setAccessibleName(title)
        self._answers.changed.connect(self._answer)
        back.clicked.connect(self.reject)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.modifiers() and self._answers.press(event.text()):
            return
        super().keyPressEvent(event)

    def _answer(self) -> None:
        index = self._answers.index()
        if index is not None:
            self.done(index + 1)


def _tr(words: str) -> str:
    return QCoreApplication.translate("ask", words)
