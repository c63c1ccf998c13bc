"""The program as a process of its own, with somebody at its keys who tells in lines of JSON what stands on the screen.

`python -m tests.journeys.typist STORY FOLDER CLINIC`: the stories are half, save, go_on.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from reception import app
from reception.paths import under
from reception.store.drafts import Desk
from reception.ui.daygrid import DayGrid
from reception.ui.main_window import MainWindow
from tests.clock import Clock
from tests.journeys import sight

_LOOK = 10  # milliseconds between two looks
_PATIENCE = 15_000  # milliseconds in which what a story waits for must come
NOTE = "Her left knee"
"""What is typed last into the booking."""
_INES, _TEN = "Ines Lund", 10 * 60
_ENTER = Qt.Key.Key_Return

Story = Iterator[Callable[[], bool]]


def half(_folder: Path) -> Story:
    """Half a booking is typed; then nothing more is done."""
    yield from _begin_booking()
    _tell("typed")
    yield _never


def save(folder: Path) -> Story:
    """A booking is typed and saved, and the power fails once it is on disk, before the answer is heard."""
    yield lambda: bool(sight.named("diary.grid"))
    window = sight.named("main")[0]
    assert isinstance(window, MainWindow)
    window.bench.backend.saved.connect(lambda _at: os.kill(os.getpid(), signal.SIGKILL))
    yield from _begin_booking()
    _tell("typed")
    yield lambda: kept(folder) == [NOTE]
    _key(_ENTER)
    yield _never


def _never() -> bool:
    return False


def go_on(_folder: Path) -> Story:
    """What was parked is taken up, read, and saved with two presses of Enter."""
    yield lambda: bool(sight.named("parked.1"))
    _tell("parked", sight.words(sight.named("parked.1")[0]))
    _click("parked.1")
    yield lambda: "Priya Nair" in sight.said("booking") and bool(sight.said("booking.credit"))
    _tell("booking", sight.said("booking"))
    _click("booking.save")
    _click("booking.save")
    yield lambda: "Booked" in sight.said("undo.words")
    _tell("done", sight.said("undo.words"))
    yield lambda: not sight.named("booking") and not sight.named("parked.1")
    _tell("left", str(len(sight.named("parked.1"))))
    sight.named("reception")[0].close()


def kept(folder: Path) -> list[str]:
    """The notes of the bookings that lie half done on the disk of a desk."""
    path = under(folder).desk
    if not path.exists():
        return []
    with closing(Desk(path)) as desk:
        return [str(draft.body.get("note")) for draft in desk.drafts()]


def _begin_booking() -> Story:
    yield lambda: bool(sight.named("diary.grid")) and _INES in [one.name for one in _grid().scene.picture.columns]
    grid = _grid()
    key = next(one.key for one in grid.scene.picture.columns if one.name == _INES)
    for click in (QTest.mouseClick, QTest.mouseDClick):
        click(grid, Qt.MouseButton.LeftButton, pos=grid.slot_box(key, _TEN).center().toPoint())
    yield lambda: bool(sight.named("booking.client"))
    for letter in "pri":
        QTest.keyClicks(_focus(), letter)
    yield lambda: "Priya Nair" in sight.said("booking.client")
    _key(_ENTER)
    yield lambda: "Physio" in sight.said("booking.service")
    physio = next(
        one
        for one in sight.named("booking.service")[0].findChildren(QAbstractButton)
        if one.text().startswith("Physio")
    )
    QTest.mouseClick(physio, Qt.MouseButton.LeftButton)
    yield lambda: "at the visit" in sight.said("booking.credit")
    note = sight.named("booking.note")[0]
    QTest.mouseClick(note, Qt.MouseButton.LeftButton, pos=QPoint(8, note.height() // 2))
    for letter in NOTE:
        QTest.keyClicks(_focus(), letter)


def _grid() -> DayGrid:
    found = sight.named("diary.grid")[0]
    assert isinstance(found, DayGrid)
    return found


def _click(name: str) -> None:
    for one in sight.named(name):
        QTest.mouseClick(one, Qt.MouseButton.LeftButton)


def _key(key: Qt.Key) -> None:
    QTest.keyClick(_focus(), key)


def _focus() -> QWidget:
    return QApplication.focusWidget() or QApplication.activeWindow() or sight.tops()[0]


def _tell(what: str, words: str = "") -> None:
    sys.stdout.write(json.dumps([what, words]) + "\n")
    sys.stdout.flush()


class Teller:
    """Goes through a story, a step whenever what it waits for has come."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._until: Callable[[], bool] = lambda: True
        self._timer = QTimer(interval=_LOOK)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._patience = QTimer(singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self._despair)
        self._patience.start()

    def _despair(self) -> None:
        _tell("stuck", "\n".join(sight.words(one) for one in sight.tops()))
        os._exit(3)

    def _look(self) -> None:
        if not self._until():
            return
        self._patience.start()
        try:
            self._until = next(self._story)
        except StopIteration:
            self._timer.stop()


def main(story: str, folder: str, clinic: str) -> int:
    """Runs the real program on a clinic, its own files in a folder."""
    stories = {"half": half, "save": save, "go_on": go_on}
    places = under(Path(folder))
    application = QApplication(sys.argv[:1])
    teller = Teller(stories[story](Path(folder)))
    status = app.run(app.Start(places, clinic, Clock()))
    del teller, application
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
