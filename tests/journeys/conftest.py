"""What journeys begin with: a small clinic, the whole window on it, and somebody at the desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from reception.store import Store
from reception.ui.frame import Frame
from tests.clock import Clock
from tests.factories import SmallClinic, small_clinic
from tests.journeys.visitor import Visitor
from tests.ui.desk import open_desk
from tests.ui.looks import in_light


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    """Every journey begins with the light theme."""
    with in_light(qapp):
        yield


class _Stray(QObject):
    """Hears of windows that nobody meant to open: a part that shows itself too early takes the keyboard away."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and _is_stray(watched):
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def _is_stray(widget: QWidget) -> bool:
    meant = widget.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip) or isinstance(widget, Frame | QDialog)
    return widget.isWindow() and not meant


@pytest.fixture(autouse=True)
def _one_window(qapp: QApplication) -> Iterator[None]:
    """The desk is one window: a journey that meets another one fails."""
    stray = _Stray()
    qapp.installEventFilter(stray)
    yield
    qapp.removeEventFilter(stray)
    assert not stray.seen, f"windows of their own: {stray.seen}"


@pytest.fixture
def small(sqlite_store: Store) -> SmallClinic:
    """A small clinic with three columns, in a file."""
    return small_clinic(sqlite_store)


@pytest.fixture
def visitor(
    sqlite_store: Store, small: SmallClinic, clock: Clock, tmp_path: Path, loop: qasync.QEventLoop, qtbot: QtBot
) -> Iterator[Visitor]:
    """The receptionist at the whole window."""
    with open_desk(sqlite_store, small, clock, tmp_path / "desk.db", qtbot) as desk:
        yield Visitor(desk)
