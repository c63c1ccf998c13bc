"""What the tour does: it moves the mouse, types, waits, reads the screen and takes pictures; nothing but the window is touched."""

import asyncio
import re
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QImage, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QAbstractItemView, QComboBox, QScrollArea, QWidget

from reception.demo.tour import eyes
from reception.demo.tour.clock import Clock
from reception.ui.daygrid import DayGrid

_WINDOW = "reception"
_PATIENCE = 8.0  # seconds in which what is told must stand on the screen
_LOOK = 0.012  # seconds between two looks
_STILL = 0.15  # seconds in which a picture must not change to be taken
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

T = TypeVar("T")
Place = QPoint | Callable[[], QPoint | None] | None
"""Where in something to click: a point of it, or what finds the point when asked; None is its middle."""


class Misfit(Exception):
    """The screen isn't as the story tells it."""


class Hands:
    """One visitor at the desk: two hands, two eyes, a camera and a watch."""

    def __init__(self, out: Path, clock: Clock) -> None:
        self.clock = clock
        self._out = out
        self._step = 0

    # steps

    async def tell(self, story: Callable[["Hands"], Awaitable[None]]) -> bool:
        """Tells a story to its end; False where a step isn't as told."""
        begun = time.monotonic()
        try:
            await story(self)
        except Misfit:
            return False
        _say(f"{self._step} steps as told in {time.monotonic() - begun:.0f} s.")
        return True

    def leave(self) -> None:
        """Closes the program's window, if it is still there."""
        for one in eyes.tops():
            if one.objectName() == _WINDOW:
                one.close()

    @asynccontextmanager
    async def step(self, words: str) -> AsyncIterator[None]:
        """One step of the story: what is done and looked for in it, then its picture and its line."""
        self._step += 1
        self.clock.forward(minutes=1)
        try:
            yield
            await self._picture(self._slug(words))
        except Exception as error:
            _say(f"{self._step:>2} {words} … not as told: {error or type(error).__name__}")
            await self._picture("not-as-told")
            raise Misfit(words) from error
        _say(f"{self._step:>2} {words} … ok")

    def _slug(self, words: str) -> str:
        return "-".join(re.findall(r"[a-z0-9]+", words.lower())[:9])

    async def _picture(self, slug: str) -> None:
        """Puts the window on disk once it stands still, with the mouse out of the way."""
        window = self.window()
        await self.do(lambda: QTest.mouseMove(_handle(window), QPoint(window.width() - 2, window.height() - 2)))
        picture = await self._still(window)
        if not picture.save(str(self._out / f"{self._step:02}-{slug}.png"), "PNG"):
            raise Misfit(f"no picture could be put into {self._out}")

    async def _still(self, window: QWidget) -> QImage:
        """The window as soon as it has looked the same for a while: what is read in the background has come by then."""
        end, before, since = time.monotonic() + _PATIENCE, _grab(window), time.monotonic()
        while time.monotonic() < min(end, since + _STILL):
            await asyncio.sleep(_STILL / 3)
            now = _grab(window)
            if now != before:
                before, since = now, time.monotonic()
        return before

    # eyes

    def window(self) -> QWidget:
        """The program's own window; raises Misfit where it has gone."""
        for one in eyes.tops():
            if one.objectName() == _WINDOW:
                return one
        raise Misfit("the program’s window is gone")

    async def until(self, what: str, found: Callable[[], T | None], within: float = _PATIENCE) -> T:
        """Waits for something to be so; raises Misfit where it isn't in time."""
        end = time.monotonic() + within
        while (answer := found()) is None or answer is False:
            if time.monotonic() > end:
                raise Misfit(what)
            await asyncio.sleep(_LOOK)
        return answer

    async def see(self, *told: str, at: str = "") -> None:
        """Waits until each of these can be read, anywhere or in the part of that name."""
        for words in told:
            await self.until(f"“{words}” can’t be read{f' in {at}' if at else ''}", lambda words=words: self._reads(words, at))

    async def miss(self, *told: str, at: str = "") -> None:
        """Waits until none of these can be read any more."""
        for words in told:
            await self.until(f"“{words}” still stands there", lambda words=words: not self._reads(words, at))

    def _reads(self, words: str, at: str) -> bool:
        places = [one for one in eyes.named(at) if eyes.seen(one)] if at else eyes.tops()
        return any(words in eyes.words(one) for one in places)

    async def says(self, name: str, words: str) -> None:
        """Waits until the thing of that name says exactly this."""
        await self.until(f"{name} doesn’t say “{words}”", lambda: words in self._said(name))

    def _said(self, name: str) -> list[str]:
        return [line for one in eyes.named(name) for line in eyes.words(one).splitlines()]

    async def find(self, name: str) -> QWidget:
        """The one thing of that name, once it is there and can be pressed."""

        def ready() -> QWidget | None:
            return next((one for one in eyes.named(name) if one.isEnabled()), None)

        return await self.until(f"there is no {name} to be used", ready)

    def shows(self, name: str) -> bool:
        """Whether something of that name is in sight."""
        return any(eyes.seen(one) for one in eyes.named(name))

    # hands

    async def do(self, act: Callable[[], object]) -> None:
        """Does something as an event of its own, as a person's would be; never inside somebody's coroutine."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def run() -> None:
            try:
                act()
            except BaseException as error:  # noqa: BLE001 - whoever waits for it is to hear of it
                done.set_exception(error)
            else:
                done.set_result(None)

        QTimer.singleShot(0, run)
        await done
        if QApplication.activeWindow() is None:
            raise Misfit("something came up as a window of its own, and took the keyboard with it")

    async def go(self, page: str) -> None:
        """Goes to a page by its tab, and looks until it stands still."""
        await self.click(f"top.{page}")
        await self._still(self.window())

    async def click(self, target: str | QWidget, at: Place = None, *, double: bool = False) -> None:
        """Clicks on something, in its middle or at a place in it; scrolls to it first where it is out of sight."""
        widget = await self.find(target) if isinstance(target, str) else target
        await self._bring(widget)
        top, point = await self._aim(widget, at)
        press = QTest.mouseDClick if double else QTest.mouseClick
        await self.do(lambda: press(_handle(top), _LEFT, _NONE, point))

    async def _aim(self, widget: QWidget, at: Place) -> tuple[QWidget, QPoint]:
        """Where to click, once it lies still and nothing lies over it."""
        before: list[QPoint] = []

        def still() -> tuple[QWidget, QPoint] | None:
            point = at() if callable(at) else at
            if point is None and at is not None:
                return None
            top, point = eyes.place(widget, point)
            under = top.childAt(point)
            if under is not widget and not (under and widget.isAncestorOf(under)):
                point = QPoint(-1, -1)
            before.append(point)
            return (top, point) if before[-2:] == [point, point] and point.x() >= 0 else None

        return await self.until(f"{_called(widget)} can’t be reached with the mouse", still)

    async def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Takes something with the mouse, carries it in small steps and lets go of it."""
        top, begin = eyes.place(widget, start)
        _, stop = eyes.place(widget, end)
        window = _handle(top)
        await self.do(lambda: QTest.mousePress(window, _LEFT, _NONE, begin))
        for n in range(1, 9):
            point = begin + (stop - begin) * n / 8
            await self.do(lambda point=point: QTest.mouseMove(window, point))
        await self.do(lambda: QTest.mouseRelease(window, _LEFT, _NONE, stop))

    async def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE, times: int = 1) -> None:
        """Presses a key so many times."""
        for _ in range(times):
            # Pressed, a key may close the list that it was pressed in; it is let go of wherever the keyboard is then.
            await self.do(lambda: QTest.keyPress(_focus(), key, modifiers))
            await self.do(lambda: QTest.keyRelease(_focus(), key, modifiers))

    async def type(self, words: str) -> None:
        """Types words wherever the keyboard is."""
        for letter in words:
            await self.do(lambda letter=letter: QTest.keyClick(_focus(), letter))

    async def fill(self, name: str, words: str) -> None:
        """Types into a field in place of what stands there."""
        widget = await self.find(name)
        await self.click(widget, QPoint(20, widget.height() // 2))
        await self.key(Qt.Key.Key_A, CTRL)
        await self.key(Qt.Key.Key_Delete)
        await self.type(words)

    async def choose(self, name: str, words: str) -> None:
        """Opens a list and takes the row that begins with these words."""
        box = await self.find(name)
        assert isinstance(box, QComboBox)
        row = await self.until(f"{name} doesn’t offer “{words}”", lambda: _row_of(box, words))
        await self.click(box)
        await self.until(f"the list of {name} doesn’t open", lambda: QApplication.activePopupWidget() is not None)
        steps = row - max(0, box.currentIndex())
        await self.key(Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up, times=abs(steps))
        await self.key(Qt.Key.Key_Return)
        await self.until(f"{name} doesn’t take “{words}”", lambda: box.currentIndex() == row)

    async def press(self, name: str, words: str) -> None:
        """Presses the button in the part of that name that says these words."""

        def hit() -> QAbstractButton | None:
            inside = [one for part in eyes.named(name) for one in part.findChildren(QAbstractButton)]
            return next((one for one in inside if one.text().startswith(words) and one.isVisible()), None)

        await self.click(await self.until(f"{name} has no “{words}” to press", hit))

    async def pick(self, name: str, query: str, words: str = "") -> None:
        """Types into a list that is searched, and clicks on the row that says these words."""
        await self.fill(f"{name}_line", query)
        await self.press_row(f"{name}_list", words or query)

    async def press_row(self, name: str, words: str, *, double: bool = False) -> None:
        """Clicks on the row of a list that says these words."""
        rows = await self.find(name)
        assert isinstance(rows, QAbstractItemView)

        def hit() -> QPoint | None:
            index = next((index for index, said in eyes.cells(rows) if words in said), None)
            return None if index is None else rows.visualRect(index).center()

        await self.until(f"no row of {name} says “{words}”", hit)
        await self.click(rows.viewport(), hit, double=double)

    # the painted day, by the places that it tells

    async def slot(self, name: str, at: str, *, double: bool = False) -> None:
        """Clicks on a free time of somebody's column."""
        grid = await self._grid()
        key = await self.until(f"{name} has no column", lambda: _column(grid, name))
        await self._click_in(grid, grid.slot_box(key, _minute(at)), double=double)

    async def block(self, name: str, at: str) -> None:
        """Clicks on a client's visit that begins at a time."""
        grid = await self._grid()
        await self._click_in(grid, grid.box_of(await self._block(grid, name, at)))

    async def carry(self, name: str, at: str, staff: str, to: str) -> None:
        """Drags a client's visit to another time, perhaps of another column."""
        grid = await self._grid()
        box = grid.box_of(await self._block(grid, name, at))
        column = await self.until(f"{staff} has no column", lambda: _column(grid, staff))
        aim = grid.slot_box(column, _minute(to))
        grip = QPointF(box.width() / 2, 12)
        await self.drag(grid, (box.topLeft() + grip).toPoint(), (aim.topLeft() + grip).toPoint())

    async def stands(self, name: str, at: str, *said: str) -> None:
        """Waits until a client's visit stands in the day at that time, and says these words."""
        lead = f"{at} to "

        def line() -> bool:
            lines = [one for one in eyes.screen().splitlines() if one.startswith(lead) and name in one]
            return any(all(words in one for words in said) for one in lines)

        await self.until(f"{name} doesn’t stand at {at} with “{', '.join(said)}”", line)

    async def _grid(self) -> DayGrid:
        grid = await self.find("diary.grid")
        assert isinstance(grid, DayGrid)
        return grid

    async def _block(self, grid: DayGrid, name: str, at: str) -> int:
        def hit() -> int | None:
            blocks = grid.scene.blocks.items()
            return next((key for key, one in blocks if one.name == name and one.start == _minute(at)), None)

        return await self.until(f"{name} has no visit at {at}", hit)

    async def _click_in(self, grid: DayGrid, box: QRectF, *, double: bool = False) -> None:
        point = (box.topLeft() + QPointF(box.width() / 2, min(12, box.height() / 2))).toPoint()
        for _ in range(40):
            if grid.visibleRegion().contains(point):
                break
            inside = grid.visibleRegion().boundingRect()
            top, middle = eyes.place(grid, inside.center())
            turn = QPoint(0, 120 if point.y() < inside.top() else -120)
            await self.do(lambda: QTest.wheelEvent(_handle(top), middle, turn))
        await self.click(grid, point, double=double)

    async def _bring(self, widget: QWidget) -> None:
        """Scrolls until something can be reached."""
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea) and parent.widget() and parent.widget().isAncestorOf(widget):
                if not isinstance(widget, DayGrid):
                    parent.ensureWidgetVisible(widget, 0, 24)
                    await asyncio.sleep(0)
                return
            parent = parent.parentWidget()


def _minute(at: str) -> int:
    hour, minute = at.split(":")
    return int(hour) * 60 + int(minute)


def _column(grid: DayGrid, name: str) -> int | None:
    return next((one.key for one in grid.scene.picture.columns if one.name == name), None)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _grab(window: QWidget) -> QImage:
    return window.grab().toImage()


def _handle(widget: QWidget) -> QWindow:
    handle = widget.windowHandle()
    assert handle is not None
    return handle


def _focus() -> QWidget:
    """What has the keyboard: an open list before the window that it belongs to."""
    widget = QApplication.focusWidget() or QApplication.activePopupWidget() or QApplication.activeWindow()
    if widget is None:
        raise Misfit("nothing has the keyboard")
    return widget


def _row_of(box: QComboBox, words: str) -> int | None:
    return next((n for n in range(box.count()) if box.itemText(n).startswith(words)), None)


def _called(widget: QWidget | None) -> str:
    if widget is None:
        return "nothing"
    return widget.objectName() or f"a {type(widget).__name__} in {_called(widget.parentWidget())}"
