"""A form on screen for tests: how its items are written down, and how it is found, pressed and typed into."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reception.domain.questionnaire import Filling
from reception.domain.questionnaire.values import Value
from reception.ui.form import Desk, FormDialog
from reception.ui.form.place import Path as Place
from reception.ui.form.rows import QuestionRow
from reception.ui.text import Formats
from reception.ui.widgets import pane, vbox
from tests.domain.sheets import HL7, SDC, concept, extended, form, question

TODAY = date(2026, 11, 24)
UK_NOW = datetime(2026, 11, 24, 10, 9, tzinfo=UTC)
UK = Formats("en_GB", "GBP", ZoneInfo("Europe/London"))
W = TypeVar("W", bound=QWidget)

YES, NO = Value("boolean", True), Value("boolean", False)
CONTROL = f"{HL7}questionnaire-itemControl"
CALCULATED = f"{SDC}calculatedExpression"


def control(code: str) -> dict[str, Any]:
    return extended(CONTROL, valueCodeableConcept=concept(code))


def group(link: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return question(link, "group", text=f"Part {link}", item=list(items), **more)


def when(link: str, **answer: Any) -> dict[str, Any]:
    return {"enableWhen": [{"question": link, "operator": "=", **answer}]}


def at(link: str, *above: str) -> Place:
    return (*((one, 0) for one in above), (link, 0))


def opener(qtbot: QtBot) -> Callable[..., FormDialog]:
    """What opens a form of some items in a window of its own."""
    windows: list[QWidget] = []

    def opened(*items: dict[str, Any], answers: dict[str, Any] | None = None, **head: Any) -> FormDialog:
        dialog = FormDialog(Filling(form(*items, **head), answers, today=TODAY), Desk(UK, TODAY))
        window = pane(vbox(dialog))
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(770, 640)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return dialog

    return opened


Ask = Callable[..., FormDialog]


def find(dialog: QWidget, kind: type[W], name: str) -> W:
    found = dialog.findChild(kind, name)
    assert found is not None, name
    return found


def row(dialog: FormDialog, *path: str) -> QuestionRow:
    found = dialog.row(at(path[-1], *path[:-1]))
    assert found is not None, path
    return found


def type_in(dialog: FormDialog, name: str, words: str) -> None:
    line = find(dialog, QLineEdit, name)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, words)


def press(dialog: QWidget, name: str) -> None:
    QTest.mouseClick(find(dialog, QAbstractButton, name), Qt.MouseButton.LeftButton)


def key(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)


def settle(dialog: FormDialog) -> None:
    """Has all that was answered worked out and judged."""
    spy = QSignalSpy(dialog.reckoning.done)
    dialog.reckoning.begin()
    assert spy.count() or spy.wait(5000)


def told(dialog: FormDialog, *path: str) -> list[Any]:
    """What the form holds for a question."""
    found = dialog.filling.row(at(path[-1], *path[:-1]))
    assert found is not None, path
    return [value.value for value in found.values]


def pages(dialog: FormDialog) -> list[str]:
    return [step.title for step in dialog.steps()]


def links(dialog: FormDialog) -> list[str]:
    """The questions that are in sight on the page."""
    return [one.item.link_id for one in dialog.findChildren(QuestionRow) if one.isVisible()]


def top(dialog: FormDialog, widget: QWidget) -> int:
    return widget.mapTo(dialog, QPoint()).y()


def worked_out(text: str) -> dict[str, Any]:
    """The extension by which a question is answered by an expression."""
    return extended(CALCULATED, valueExpression={"language": "text/fhirpath", "expression": text})
