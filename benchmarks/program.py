"""The program as it is run, watched from inside: its first paint, its first day, an add-on by a key, days by clicks."""

import json
import statistics
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPaintEvent
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
_PAUSE = 300  # milliseconds in which what goes on behind the day comes to an end
_ADD_ON = "3"  # the key of an add-on that asks for neither a device nor a form


class _Watched(Frame):
    """The program's own window, which remembers when it was painted first."""

    first = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.first:
            self.first = time.monotonic()
            QTimer.singleShot(0, self._watch)

    def _watch(self) -> None:
        _Watch(self)


class _Watch(QObject):
    """Waits for the day, then goes from day to day, then tells and ends the program."""

    def __init__(self, frame: _Watched) -> None:
        super().__init__(frame)
        self._frame = frame
        self._taken: list[float] = []
        self._told: dict[str, float] = {"painted": frame.first}
        self._begun = 0.0
        self._shown: datetime | None = None
        self._timer = QTimer(self, interval=_LOOK_AGAIN)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._adding_to: int | None = None
        self._beat, self._last_beat = QTimer(self, interval=_LOOK_AGAIN), 0.0
        self._beat.timeout.connect(self._feel)

    def _look(self) -> None:
        grid = self._frame.findChild(QWidget, "diary.grid")
        if grid is None or not grid.isVisible() or not _picture(grid).blocks:
            return
        self._timer.stop()
        grid.repaint()
        self._told["usable"] = time.monotonic()
        grid.installEventFilter(self)
        QTimer.singleShot(_PAUSE, self._settled)

    def _settled(self) -> None:
        self._told["memory"] = resident()
        self._told["stall"] = 0.0
        self._last_beat = time.monotonic()
        self._beat.start()
        self._choose()

    def _feel(self) -> None:
        """How long the window was deaf to everything, at the longest."""
        now = time.monotonic()
        self._told["stall"] = max(self._told["stall"], (now - self._last_beat) * 1000)
        self._last_beat = now

    def _choose(self) -> None:
        """Chooses one of the last visits of the day, after which somebody is free."""
        grid: Any = self._frame.findChild(QWidget, "diary.grid")
        last = max(_picture(grid).blocks, key=lambda block: (not block.addons, block.start))
        self._adding_to = last.key
        grid.choose(last.key)
        QTimer.singleShot(_PAUSE, self._add)

    def _add(self) -> None:
        from PySide6.QtTest import QTest  # noqa: PLC0415 - the program itself doesn't load it

        grid: Any = self._frame.findChild(QWidget, "diary.grid")
        QTest.keyClicks(grid, "+")
        self._begun = time.monotonic()
        QTest.keyClicks(self._frame.focusWidget(), _ADD_ON)

    def _click(self) -> None:
        button, grid = (self._frame.findChild(QWidget, name) for name in ("top.on", "diary.grid"))
        assert button is not None
        assert grid is not None
        self._shown = _picture(grid).midnight
        self._begun = time.monotonic()
        from PySide6.QtTest import QTest  # noqa: PLC0415 - the program itself doesn't load it

        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._begun and event.type() is QEvent.Type.Paint:
            picture = _picture(watched)
            if self._adding_to is not None:
                if any(block.key == self._adding_to and block.addons for block in picture.blocks):
                    QTimer.singleShot(0, self._added)
            elif picture.midnight != self._shown and picture.blocks:
                QTimer.singleShot(0, self._painted)
        return False

    def _added(self) -> None:
        if self._adding_to is None:
            return
        self._told["added"] = (time.monotonic() - self._begun) * 1000
        self._adding_to, self._begun = None, 0.0
        QTimer.singleShot(_PAUSE, self._click)

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
