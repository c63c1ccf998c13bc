"""The tour's two hands: mouse and keyboard, as events of the window, as a person's would be."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QScrollArea, QWidget
from shiboken6 import isValid

from reception.demo.tour import eyes
from reception.demo.tour.eyes import Eyes, Misfit

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Place = QPoint | Callable[[], QPoint | None] | None
"""Where in something to click: a point of it, or what finds the point when asked; None is its middle."""

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_NOTCH = 120  # what a mouse wheel turns by
_MOST_NOTCHES = 60
_STEPS = 8  # in which something is carried from one place to another


class Hands(Eyes):
    """Clicks, drags, types and chooses; each thing is waited for, and found by its name or by what it says."""

    async def do(self, act: Callable[[], object]) -> None:
        """Does something in a turn of the event loop of its own, and looks that the program keeps the keyboard."""
        await self._do(act)
        if QApplication.activeWindow() is None:
            raise Misfit("something came up as a window of its own, and took the keyboard with it")

    async def _do(self, act: Callable[[], object]) -> None:
        """Does something in a turn of the event loop of its own, never inside somebody's coroutine."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def run() -> None:
            try:
                act()
            except Exception as error:  # noqa: BLE001 - whoever waits for it is to hear of it
                done.set_exception(error)
            else:
                done.set_result(None)

        QTimer.singleShot(0, run)
        await done

    # mouse

    async def go(self, page: str) -> None:
        """Goes to a page by its tab, and looks until it stands still."""
        await self.click(f"top.{page}")
        await self.look()

    async def click(self, target: str | QWidget, at: Place = None, *, double: bool = False) -> None:
        """Clicks on something, in its middle or at a place in it; turns the wheel first where it is out of sight."""
        widget = await self.find(target) if isinstance(target, str) else target
        await self._bring(widget, at)
        before: list[QPoint] = []
        window, point = await self.until(f"{_called(widget)} can’t be clicked", partial(_aim, widget, at, before))
        press = QTest.mouseDClick if double else QTest.mouseClick
        # What is read in the background may have moved it between the look and the click.
        await self.do(lambda: press(window, _LEFT, _NONE, _spot(widget, at) or point))

    async def press(self, name: str, said: str) -> None:
        """Presses the button in the part of that name whose words begin so."""
        await self.click(await self.until(f"{name} has no “{said}” to press", partial(_button, name, said)))

    async def press_row(self, name: str, said: str) -> None:
        """Clicks on the row of a list that says these words."""
        rows = await self.find(name)
        assert isinstance(rows, QAbstractItemView)
        hit = partial(_row_at, rows, said)
        await self.until(f"no row of {name} says “{said}”", hit)
        await self.click(rows.viewport(), hit)

    async def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Takes something with the mouse, carries it in small steps and lets go of it."""
        top, begin = eyes.place(widget, start)
        stop, window = eyes.place(widget, end)[1], _handle(top)
        await self.do(partial(QTest.mousePress, window, _LEFT, _NONE, begin))
        for n in range(1, _STEPS + 1):
            await self.do(partial(QTest.mouseMove, window, begin + (stop - begin) * n / _STEPS))
        await self.do(partial(QTest.mouseRelease, window, _LEFT, _NONE, stop))

    async def put_mouse_away(self) -> None:
        """Moves the mouse to where nothing changes under it."""
        window = self.window()
        await self.do(partial(QTest.mouseMove, _handle(window), QPoint(window.width() - 2, window.height() - 2)))

    async def _bring(self, widget: QWidget, at: Place) -> None:
        """Turns the wheel until a place in something is in sight."""
        area = _area(widget)
        for _ in range(_MOST_NOTCHES if area is not None else 0):
            point = _point(widget, at)
            if area is None or point is None or widget.visibleRegion().contains(point):
                return
            turn = _NOTCH if widget.mapTo(area, point).y() < area.height() / 2 else -_NOTCH
            top, middle = eyes.place(area.viewport())
            await self.do(partial(QTest.wheelEvent, _handle(top), middle, QPoint(0, turn)))

    # keyboard

    async def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE, times: int = 1) -> None:
        """Presses a key so many times."""
        for _ in range(times):
            # Pressed, a key may close the list that it was pressed in; it is let go of wherever the keyboard is then.
            await self.do(lambda: QTest.keyPress(_focus(), key, modifiers))
            await self.do(lambda: QTest.keyRelease(_focus(), key, modifiers))

    async def type(self, letters: str) -> None:
        """Types letters wherever the keyboard is."""
        for letter in letters:
            await self.do(partial(_type, letter))

    async def fill(self, name: str, letters: str) -> None:
        """Types into a field in place of what stands there."""
        widget = await self.find(name)
        await self.click(widget, QPoint(20, widget.height() // 2))
        await self.key(Qt.Key.Key_A, CTRL)
        await self.key(Qt.Key.Key_Delete)
        await self.type(letters)

    async def choose(self, name: str, said: str) -> None:
        """Opens a list of choices and takes the one that begins with these words."""
        box = await self.find(name)
        assert isinstance(box, QComboBox)
        row = await self.until(f"{name} doesn’t offer “{said}”", partial(_choice, box, said))
        await self.click(box)
        await self.until(f"the list of {name} doesn’t open", _list_is_open)
        steps = row - max(0, box.currentIndex())
        await self.key(Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up, times=abs(steps))
        await self.key(Qt.Key.Key_Return)
        await self.until(f"{name} doesn’t take “{said}”", lambda: box.currentIndex() == row)

    async def choose_file(self, file: Path) -> None:
        """Pastes the name of a file into the dialog that asks for one."""
        window = self.window()
        asks = await self.until("nothing asks for a file", _asks)
        # Typed, each letter would have the dialog list files in a window of its own.
        QApplication.clipboard().setText(str(file))
        await self.key(Qt.Key.Key_V, CTRL)
        await self._do(lambda: QTest.keyClick(_focus(), Qt.Key.Key_Return))
        await self.until(f"{file} isn’t taken", lambda: not isValid(asks))
        # A desktop gives the keyboard back to the window below; without one, somebody has to.
        while QApplication.activeWindow() is not window:
            await self._do(window.activateWindow)
            await self.look()

    async def pick(self, name: str, letters: str, said: str) -> None:
        """Types into a list that is searched, and clicks on the row that says these words."""
        await self.fill(f"{name}_line", letters)
        await self.press_row(f"{name}_list", said)


def _aim(widget: QWidget, at: Place, before: list[QPoint]) -> tuple[QWindow, QPoint] | None:
    """Where to click, once it has lain still since the look before and nothing lies over it."""
    inner = _point(widget, at)
    if inner is None:
        return None
    top, point = eyes.place(widget, inner)
    under = top.childAt(point)
    if under is not widget and not (under is not None and widget.isAncestorOf(under)):
        return None
    still = before[-1:] == [point]
    before.append(point)
    return (_handle(top), point) if still else None


def _spot(widget: QWidget, at: Place) -> QPoint | None:
    """Where it lies in its window."""
    inner = _point(widget, at)
    return None if inner is None else eyes.place(widget, inner)[1]


def _point(widget: QWidget, at: Place) -> QPoint | None:
    return widget.rect().center() if at is None else at() if callable(at) else at


def _button(name: str, said: str) -> QAbstractButton | None:
    inside = (one for part in eyes.named(name) for one in part.findChildren(QAbstractButton))
    return next((one for one in inside if one.text().startswith(said) and one.isVisible()), None)


def _row_at(rows: QAbstractItemView, said: str) -> QPoint | None:
    index = next((index for index, words in eyes.cells(rows) if said in words), None)
    return None if index is None else rows.visualRect(index).center()


def _choice(box: QComboBox, said: str) -> int | None:
    return next((n for n in range(box.count()) if box.itemText(n).startswith(said)), None)


def _asks() -> QWidget | None:
    """The dialog that asks for a file, once it has the keyboard."""
    asks = QApplication.activeModalWidget()
    return asks if asks is not None and QApplication.activeWindow() is asks else None


def _list_is_open() -> bool:
    return QApplication.activePopupWidget() is not None


def _area(widget: QWidget) -> QScrollArea | None:
    """What scrolls it, if anything does."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _type(letter: str) -> None:
    QTest.keyClicks(_focus(), letter)


def _focus() -> QWidget:
    """What has the keyboard."""
    widget = QApplication.focusWidget() or QApplication.activePopupWidget() or QApplication.activeWindow()
    if widget is None:
        raise Misfit("nothing has the keyboard")
    return widget


def _handle(widget: QWidget) -> QWindow:
    handle = widget.windowHandle()
    assert handle is not None
    return handle


def _called(widget: QWidget | None) -> str:
    if widget is None:
        return "the window"
    return widget.objectName() or f"a {type(widget).__name__} in {_called(widget.parentWidget())}"
