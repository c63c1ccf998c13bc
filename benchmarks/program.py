"""The program as it is run, watched from inside: its first paint, its first day, and days gone to by clicks."""

import json
import statistics
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from benchmarks.bare import resident
from benchmarks.still import now
from reception import app, paths
from reception.ui.frame import Frame

if TYPE_CHECKING:
    # What it needs is loaded by the program when the window shows already.
    from reception.ui.daygrid import Picture

_CLICKS = 20
_LOOK_AGAIN = 2  # milliseconds


class _Watched(Frame):
    """The program's own window, which remembers when it was painted first."""

    painted = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.painted:
            self.painted = time.monotonic()
            QTimer.singleShot(0, self._watch)

    def _watch(self) -> None:
        _Watch(self)


class _Watch(QObject):
    """Waits for the day, then goes from day to day, then tells and ends the program."""

    def __init__(self, frame: _Watched) -> None:
        super().__init__(frame)
        self._frame = frame
        self._taken: list[float] = []
        self._told: dict[str, float] = {"painted": frame.painted}
        self._begun = 0.0
        self._shown: datetime | None = None
        self._timer = QTimer(self, interval=_LOOK_AGAIN)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        grid = self._frame.findChild(QWidget, "diary.grid")
        if grid is None or not grid.isVisible() or not _picture(grid).blocks:
            return
        self._timer.stop()
        grid.repaint()
        self._told["usable"] = time.monotonic()
        grid.installEventFilter(self)
        QTimer.singleShot(300, self._settled)

    def _settled(self) -> None:
        self._told["memory"] = resident()
        self._click()

    def _click(self) -> None:
        button, grid = (self._frame.findChild(QWidget, name) for name in ("top.on", "diary.grid"))
        assert button is not None
        assert grid is not None
        self._shown = _picture(grid).midnight
        self._begun = time.monotonic()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._begun and event.type() is QEvent.Type.Paint:
            picture = _picture(watched)
            if picture.midnight != self._shown and picture.blocks:
                QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        if not self._begun:
            return
        self._taken.append((time.monotonic() - self._begun) * 1000)
        self._begun = 0.0
        if len(self._taken) < _CLICKS:
            QTimer.singleShot(50, self._click)
            return
        self._told["day"] = statistics.median(self._taken)
        sys.stdout.write(json.dumps(self._told))
        self._frame.close()


def _picture(grid: Any) -> "Picture":
    """What the day's grid shows."""
    picture: Picture = grid.scene.picture
    return picture


if __name__ == "__main__":
    # The program makes its window by this name.
    setattr(app, "Frame", _Watched)  # noqa: B010 - it isn't handed on for others to use
    sys.exit(app.run(app.Start(paths.under(Path(sys.argv[1])), url=sys.argv[2], clock=now)))
