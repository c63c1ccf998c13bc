"""Keeps what a widget shows fresh: many changes are one reading, the newest wins, a hidden widget waits."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.errors import DomainError, Trouble
from reception.ui.backend import Backend, Changes

Load = Callable[[], Coroutine[Any, Any, None]]
Days = Callable[[], set[date] | frozenset[date]]
_DATED = frozenset({"diary", "rota"})


class Refresher(QObject):
    """Calls a widget's `load` when it is asked to and when something of its topics and days has changed.

    Asked for, a reading under way gives way to the new one; on a change it is finished first and followed by another.
    Where the reading is refused or meets trouble, `failed` says so and the widget shows it.
    """

    failed = Signal(object)
    loaded = Signal()

    def __init__(
        self, widget: QWidget, load: Load, topics: frozenset[str], days: Days | None, backend: Backend
    ) -> None:
        super().__init__(widget)
        self._widget, self._load, self._topics, self._days = widget, load, topics, days
        self._stale = True
        self._again = False
        self._task: asyncio.Task[None] | None = None
        # Changes that come in one turn of the event loop are one reading.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._start)
        widget.installEventFilter(self)
        backend.changed.connect(self._hear)
        running = self._running = set[asyncio.Task[None]]()
        widget.destroyed.connect(lambda: [task.cancel() for task in tuple(running)])

    def request(self) -> None:
        """Reads anew: at once where the widget is seen, else as soon as it is."""
        self._stale = True
        if self._widget.isVisible():
            self._stop()
            self._turn.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._stale:
            self._turn.start()
        return False

    def _hear(self, changes: Changes) -> None:
        if self._meets(changes):
            self._stale = True
            if self._task is not None:
                self._again = True
            elif self._widget.isVisible():
                self._turn.start()

    def _meets(self, changes: Changes) -> bool:
        met = changes.topics & self._topics
        if not met:
            return False
        # A client's name, or how many credits are left, is shown on other days than that of the visit that changed it.
        if self._days is None or not changes.days or not met <= _DATED:
            return True
        return not changes.days.isdisjoint(self._days())

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _start(self) -> None:
        self._stop()
        self._stale = self._again = False
        self._task = task = asyncio.get_running_loop().create_task(self._load())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        # The reading may have ended in the very turn in which its widget was deleted.
        if not shiboken6.isValid(self) or task is not self._task:
            return
        self._task = None
        if task.cancelled():
            return
        error = task.exception()
        if isinstance(error, (DomainError, Trouble)):
            self._stale = True
            self.failed.emit(error)
        elif error is not None:
            raise error
        else:
            self.loaded.emit()
        if self._again and self._widget.isVisible():
            self._turn.start()
