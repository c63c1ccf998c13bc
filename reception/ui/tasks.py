"""The one owner of the coroutines that the window starts: it holds them, hears of failures and waits for their end."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Hashable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

_log = logging.getLogger(__name__)


class Tasks(QObject):
    """Runs coroutines for slots. One with a key that is still running is not started a second time."""

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: dict[asyncio.Task[None], Hashable] = {}
        self._closing = False

    def busy(self, key: Hashable) -> bool:
        """Whether a coroutine of that key is still running."""
        return key in self._running.values()

    def start(
        self, coroutine: Coroutine[Any, Any, None], *, key: Hashable = None, ended: Callable[[], None] | None = None
    ) -> bool:
        """Starts a coroutine, and calls `ended` when it is over; False where it is dropped."""
        if self._closing or (key is not None and self.busy(key)):
            coroutine.close()
            return False
        task = asyncio.get_running_loop().create_task(coroutine)
        self._running[task] = key
        task.add_done_callback(self._forget)
        if ended is not None:
            task.add_done_callback(lambda _: ended())
        return True

    async def drain(self, seconds: float) -> None:
        """Takes no more, and waits for what is running; what isn't over by then is cancelled."""
        self._closing = True
        own = asyncio.current_task()
        rest = [task for task in self._running if task is not own]
        if not rest:
            return
        _, late = await asyncio.wait(rest, timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=1)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task)
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        if shiboken6.isValid(self):
            self.failed.emit(error)
        else:
            _log.error("something failed after the window had gone", exc_info=error)
