"""What stands on the screen: the words that a person could read in the window, whoever paints them."""

import asyncio
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, groupby
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from reception.ui.daygrid import DayGrid
from reception.ui.widgets import Prose

CHOSEN = "[chosen]"
"""What the eyes say after the words of a button that is on."""
PATIENCE = 20.0
"""Seconds in which what is told must stand on the screen."""

_WINDOW = "reception"
_LOOK = 0.012  # seconds between two looks
_STILL = 0.15  # seconds in which a window must not change to be called still

T = TypeVar("T")


class Misfit(Exception):
    """The screen isn't as the story tells it."""


class Eyes:
    """Looks, and waits until what is told can be seen; raises Misfit where it doesn't come in time."""

    async def until(self, what: str, found: Callable[[], T | None]) -> T:
        """Waits for something to be there or to be true; `what` says that it isn't."""
        end = time.monotonic() + PATIENCE
        while (answer := found()) is None or answer is False:
            if time.monotonic() > end:
                raise Misfit(what)
            await asyncio.sleep(_LOOK)
        return answer

    async def see(self, *told: str, at: str = "") -> None:
        """Waits until each of these can be read, anywhere or in the part of that name."""
        where = f" in {at}" if at else ""
        for said in told:
            await self.until(f"“{said}” can’t be read{where}", partial(_reads, said, at))

    async def miss(self, *told: str) -> None:
        """Waits until none of these can be read any more."""
        for said in told:
            await self.until(f"“{said}” still stands there", partial(_lacks, said))

    async def says(self, name: str, said: str) -> None:
        """Waits until the thing of that name says exactly this."""
        await self.until(f"{name} doesn’t say “{said}”", partial(_says, name, said))

    async def find(self, name: str) -> QWidget:
        """The thing of that name, once it is there and can be used."""
        return await self.until(f"there is no {name} to be used", partial(_usable, name))

    def window(self) -> QWidget:
        """The program's own window."""
        found = next((one for one in tops() if one.objectName() == _WINDOW), None)
        if found is None:
            raise Misfit("the program’s window is gone")
        return found

    async def look(self) -> QImage:
        """The window, once it has looked the same for a while: what is read in the background has come by then."""
        window = self.window()
        seen, since = window.grab().toImage(), time.monotonic()
        end = since + PATIENCE
        while time.monotonic() < min(end, since + _STILL):
            await asyncio.sleep(_STILL / 3)
            now = window.grab().toImage()
            if now != seen:
                seen, since = now, time.monotonic()
        return seen


def tops() -> list[QWidget]:
    """Every window that is open at the desk where one sits; a menu is one of its own."""
    front = _root(QApplication.activeWindow())
    others = [one for one in frames() if front is not None and one is not front]
    # The list of a combo box is Qt's own and is read at its box; what Python holds of it would outlive it.
    shown = (one for one in QApplication.topLevelWidgets() if one.isVisible() and type(one) is not QFrame)
    return [one for one in shown if _root(one) not in others]


def frames() -> list[QWidget]:
    """The program's window of every desk that is open."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.objectName() == _WINDOW]


def named(name: str) -> list[QWidget]:
    """What is open under that name, also where one would have to scroll to it."""
    found = [one for top in tops() for one in (top, *top.findChildren(QWidget, name)) if one.objectName() == name]
    return [one for one in found if one.isVisible()]


def words(widget: QWidget) -> list[str]:
    """All that a widget and what lies in it say, thing by thing; what is scrolled away says nothing."""
    found: dict[str, None] = {}
    for one in (widget, *widget.findChildren(QWidget)):
        if one.isVisible() and not one.visibleRegion().isEmpty():
            found.update(dict.fromkeys(line for line in _own(one) if line))
    return list(found)


def cells(view: QAbstractItemView) -> Iterator[tuple[QModelIndex, str]]:
    """What a list says, cell by cell, row after row."""
    model = view.model()
    for row in range(model.rowCount()):
        # A list doesn't tell how many columns it has: the first one that isn't there ends the row.
        for column in count():
            index = model.index(row, column)
            if not index.isValid():
                break
            said = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
            yield index, str(said or "")


def place(widget: QWidget, point: QPoint | None = None) -> tuple[QWidget, QPoint]:
    """The window that a widget is in, and where a point of it, or its middle, lies there."""
    return widget.window(), widget.mapTo(widget.window(), point or widget.rect().center())


def _root(widget: QWidget | None) -> QWidget | None:
    """The window that a window of its own belongs to, in the end."""
    while widget is not None and (parent := widget.parentWidget()) is not None:
        widget = parent
    return widget


def _reads(said: str, at: str) -> bool:
    places = named(at) if at else tops()
    return any(said in line for one in places for line in words(one))


def _lacks(said: str) -> bool:
    return not _reads(said, "")


def _says(name: str, said: str) -> bool:
    return any(said in words(one) for one in named(name))


def _usable(name: str) -> QWidget | None:
    return next((one for one in named(name) if one.isEnabled()), None)


def _own(widget: QWidget) -> Iterator[str]:
    """What a widget says by itself, without what lies in it."""
    match widget:
        case Prose():
            yield widget.accessibleName()
        case QAbstractButton():
            mark = f" {CHOSEN}" if widget.isCheckable() and widget.isChecked() else ""
            yield from (f"{said}{mark}" for said in (widget.text(), widget.accessibleName()) if said)
        case QLabel() | QLineEdit():
            yield widget.text()
        case QPlainTextEdit():
            yield widget.toPlainText()
        case QComboBox():
            yield widget.currentText()
        case QAbstractItemView():
            rows = groupby(cells(widget), key=_row)
            yield from (" | ".join(said for _, said in row if said) for _, row in rows)
        case DayGrid():
            yield from _blocks(widget)
            yield from widget.refusal()
        case _:
            said = getattr(widget, "text", None)
            yield str(said()) if callable(said) else ""
            yield widget.accessibleName()


def _row(cell: tuple[QModelIndex, str]) -> int:
    return cell[0].row()


def _blocks(grid: DayGrid) -> Iterator[str]:
    """The day as a screen reader reads it: a painted grid has no other words."""
    day = QAccessible.queryAccessibleInterface(grid)
    for n in range(day.childCount()):
        yield day.child(n).text(QAccessible.Text.Name)
