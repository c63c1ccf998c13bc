"""What a widget shows is kept fresh, and no more than that."""

import asyncio
from datetime import date

import pytest
import qasync
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reception.domain.errors import Trouble
from reception.ui.backend import Changes
from reception.ui.refresh import Refresher

TODAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 25)


class Announcer(QObject):
    """Announces changes, as the backend does; nothing else of it is needed here."""

    changed = Signal(object)

    def say(self, *topics: str, days: frozenset[date] = frozenset()) -> None:
        self.changed.emit(Changes(1, frozenset(topics), days))


class Panel(QWidget):
    """Reads a number, and shows it when the reading is let through."""

    def __init__(self, backend: Announcer) -> None:
        super().__init__()
        self.begun = 0
        self.shown: list[int] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.error: Exception | None = None
        self.refresher = Refresher(self, self._load, frozenset({"diary"}), lambda: {TODAY}, backend)  # type: ignore[arg-type]

    async def _load(self) -> None:
        self.begun += 1
        own = self.begun
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        self.shown.append(own)


@pytest.fixture
def backend(loop: qasync.QEventLoop) -> Announcer:
    return Announcer()


@pytest.fixture
def panel(backend: Announcer, qtbot: QtBot) -> Panel:
    panel = Panel(backend)
    qtbot.addWidget(panel)
    return panel


def show(panel: Panel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.refresher.loaded):
        panel.show()


def test_it_reads_when_it_is_first_seen(panel: Panel, qtbot: QtBot) -> None:
    show(panel, qtbot)
    assert panel.shown == [1]


def test_many_changes_are_one_reading(panel: Panel, backend: Announcer, qtbot: QtBot) -> None:
    show(panel, qtbot)
    with qtbot.waitSignal(panel.refresher.loaded):
        for _ in range(20):
            backend.say("diary")
    assert panel.begun == 2


def test_changes_while_it_reads_are_followed_by_one_more(panel: Panel, backend: Announcer, qtbot: QtBot) -> None:
    show(panel, qtbot)
    panel.gate.clear()
    backend.say("diary")
    qtbot.waitUntil(lambda: panel.begun == 2)
    backend.say("diary")
    backend.say("diary")
    panel.gate.set()
    qtbot.waitUntil(lambda: panel.shown == [1, 2, 3])
    assert panel.begun == 3


def test_asked_for_anew_the_older_reading_shows_nothing(panel: Panel, qtbot: QtBot) -> None:
    show(panel, qtbot)
    panel.gate.clear()
    panel.refresher.request()
    qtbot.waitUntil(lambda: panel.begun == 2)
    panel.refresher.request()
    qtbot.waitUntil(lambda: panel.begun == 3)
    panel.gate.set()
    qtbot.waitUntil(lambda: len(panel.shown) == 2)
    assert panel.shown == [1, 3]


def test_hidden_it_waits_until_it_is_seen(panel: Panel, backend: Announcer, qtbot: QtBot) -> None:
    show(panel, qtbot)
    panel.hide()
    backend.say("diary")
    panel.refresher.request()
    assert panel.begun == 1
    show(panel, qtbot)
    assert panel.begun == 2


@pytest.mark.parametrize(
    ("topics", "days"),
    [(("money",), frozenset[date]()), (("diary",), frozenset({TOMORROW}))],
    ids=["another topic", "another day"],
)
def test_what_it_does_not_show_is_not_read(
    panel: Panel, backend: Announcer, qtbot: QtBot, topics: tuple[str, ...], days: frozenset[date]
) -> None:
    show(panel, qtbot)
    backend.say(*topics, days=days)
    with qtbot.waitSignal(panel.refresher.loaded):
        backend.say("diary", days=frozenset({TODAY}))
    assert panel.begun == 2


def test_trouble_is_said_and_the_next_change_reads_again(panel: Panel, backend: Announcer, qtbot: QtBot) -> None:
    show(panel, qtbot)
    panel.error = Trouble("The clinic's server doesn't answer.")
    with qtbot.waitSignal(panel.refresher.failed) as said:
        backend.say("diary")
    assert said.args == [panel.error]
    panel.error = None
    with qtbot.waitSignal(panel.refresher.loaded):
        backend.say("diary")
    assert panel.shown == [1, 3]


def test_a_reading_dies_with_its_widget(backend: Announcer, qtbot: QtBot) -> None:
    panel = Panel(backend)
    show(panel, qtbot)
    panel.gate.clear()
    panel.refresher.request()
    qtbot.waitUntil(lambda: panel.begun == 2)
    shown = panel.shown
    gate = panel.gate
    gone: list[bool] = []
    panel.destroyed.connect(lambda: gone.append(True))
    panel.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))
    gate.set()
    assert shown == [1]
