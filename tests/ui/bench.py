"""A desk for tests of single pages: a real clinic, a real backend, and somebody at the desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from reception.domain import catalogue, staff
from reception.domain.tables.ids import StaffId
from reception.store import Store
from reception.ui.backend import Backend, Desk
from reception.ui.widgets import LineEdit, Select, Spin
from reception.ui.workbench import Workbench

W = TypeVar("W", bound=QWidget)


@contextmanager
def workbench(store: Store, folder: Path, person: StaffId, qtbot: QtBot) -> Iterator[Workbench]:
    """A workbench over a clinic, with one of its people at the desk; what it began has ended when it goes."""
    backend = Backend(store, Desk(folder / "desk.db"))
    people = store.read(staff.people)
    bench = Workbench(backend, store.read(catalogue.clinic), next(one for one in people if one.id == person))
    yield bench
    bench.tasks.start(bench.drafts.flush(), key="the end")
    qtbot.waitUntil(lambda: not bench.tasks.busy("the end"))
    backend.close()


def shown(page: QWidget, qtbot: QtBot) -> None:
    """Shows a page as large as it is on a small screen."""
    qtbot.addWidget(page)
    page.resize(1318, 660)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()


def child(page: QWidget, kind: type[W], name: str) -> W:
    """The control of that name; fails where there is none."""
    found = page.findChild(kind, name)
    assert found is not None, f"there is no {name}"
    return found


def in_sight(page: QWidget, kind: type[W], name: str) -> W:
    """The control of that name that can be seen."""
    return next(one for one in page.findChildren(kind, name) if one.isVisible())


def press(page: QWidget, name: str, qtbot: QtBot) -> None:
    """Presses the button of that name with the mouse."""
    qtbot.mouseClick(child(page, QAbstractButton, name), Qt.MouseButton.LeftButton)


def typed(page: QWidget, kind: type[LineEdit], name: str, words: str, qtbot: QtBot) -> None:
    """Types words over what stands in a field."""
    field = child(page, kind, name)
    field.selectAll()
    qtbot.keyClicks(field, words)


def counted(page: QWidget, name: str, number: str, qtbot: QtBot) -> None:
    """Types a number over what stands in a field for counts."""
    field = child(page, Spin, name)
    field.selectAll()
    qtbot.keyClicks(field, number)


def pick(page: QWidget, name: str, words: str) -> None:
    """Chooses what is called so in a list that opens."""
    select = child(page, Select, name)
    select.setCurrentText(words)
    assert select.currentText() == words
    select.activated.emit(select.currentIndex())
