"""The whole window at a small clinic: what somebody presses, types and reads there."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from reception.domain import catalogue, diary, staff
from reception.domain.tables.ids import AppointmentId, ClientId, ServiceId, StaffId
from reception.settings import Settings, Theme
from reception.store import Store
from reception.ui.backend import Backend, Desk
from reception.ui.frame import Frame
from reception.ui.main_window import MainWindow
from reception.ui.workbench import Workbench
from tests.clock import Clock
from tests.factories import SmallClinic, at

TODAY = date(2026, 11, 24)
_CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class OpenDesk:
    """A window with somebody at it."""

    window: MainWindow
    frame: Frame
    store: Store
    clinic: SmallClinic
    clock: Clock
    qtbot: QtBot

    @property
    def bench(self) -> Workbench:
        """What the window's panels share."""
        return self.window.bench

    def press(self, name: str) -> None:
        """Presses the button of that name with the mouse."""
        found = self.frame.findChild(QAbstractButton, name)
        assert found is not None, f"there is no {name}"
        assert found.isVisible(), f"{name} isn't in sight"
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key, wherever the keyboard is."""
        self.qtbot.keyClick(self._focus(), key, modifiers)

    def ctrl(self, key: Qt.Key) -> None:
        """Presses a key with Ctrl."""
        self.key(key, _CTRL)

    def type(self, words: str) -> None:
        """Types words, wherever the keyboard is."""
        self.qtbot.keyClicks(self._focus(), words)

    def until(self, true: Callable[[], bool]) -> None:
        """Waits until something holds."""
        self.qtbot.waitUntil(true, timeout=10_000)

    def do(self, command: Callable[..., Any], *args: Any) -> Any:
        """Carries out a command as the window's panels do, and gives its answer."""
        answers: list[Any] = []

        async def carry_out() -> None:
            answers.append(await self.bench.backend.write(command, *args))

        self.bench.tasks.start(carry_out())
        self.until(lambda: bool(answers))
        return answers[0]

    def book(
        self, client: ClientId, person: StaffId, service: ServiceId, wall: str, day: date = TODAY
    ) -> AppointmentId:
        """A visit that whoever is at the desk has booked."""
        request = diary.Request(client, person, service, at(day, wall))
        return AppointmentId(self.do(diary.book, request))

    def sit_down(self, person: StaffId) -> None:
        """Somebody else is at the desk."""
        people = self.store.read(staff.people)
        self.bench.take_desk(next(one for one in people if one.id == person))

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.frame


async def _put_away(bench: Workbench) -> None:
    await bench.drafts.flush()
    await bench.tasks.drain(5)


@contextmanager
def open_desk(store: Store, clinic: SmallClinic, clock: Clock, file: Path, qtbot: QtBot) -> Iterator[OpenDesk]:
    """Opens the window with the receptionist at the desk; what it began has ended when it goes."""
    backend = Backend(store, desk := Desk(file))
    person = next(one for one in store.read(staff.people) if one.id == clinic.anna)
    bench = Workbench(backend, store.read(catalogue.clinic), person, desk.drafts())
    window = MainWindow(bench, Settings(theme=Theme.LIGHT))
    bench.setParent(window)
    frame = Frame()
    frame.show_page(window)
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    window.begin()
    yield OpenDesk(window, frame, store, clinic, clock, qtbot)
    end = asyncio.ensure_future(_put_away(bench))
    qtbot.waitUntil(end.done)
    frame.end()
    frame.deleteLater()
    backend.close()
