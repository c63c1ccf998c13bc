"""What stands on the screen: the words that a person could read in the window, whoever paints them."""

from collections.abc import Iterator
from itertools import count, groupby

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
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


def tops() -> list[QWidget]:
    """Every window that is open, the newest last; an open list or menu is one of its own."""
    # The list of a combo box is Qt's own and is read at its box. Its wrappers outlive it: asked for again, they are dead.
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and type(one) is not QFrame]


def seen(widget: QWidget) -> bool:
    """Whether any of it is in sight: not hidden, and not scrolled away."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def named(name: str) -> list[QWidget]:
    """What is open under that name, also where one would have to scroll to it."""
    found = [one for top in tops() for one in (top, *top.findChildren(QWidget, name)) if one.objectName() == name]
    return [one for one in found if one.isVisible()]


def words(widget: QWidget) -> str:
    """All that a widget and what lies in it say, a line for each thing that says something."""
    lines: list[str] = []
    for one in (widget, *widget.findChildren(QWidget)):
        if seen(one):
            lines += [line for line in _own(one) if line]
    return "\n".join(dict.fromkeys(lines))


def screen() -> str:
    """All that stands on the screen."""
    return "\n".join(words(top) for top in tops())


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
            yield from _rows(widget)
        case DayGrid():
            yield from _blocks(widget)
            yield from widget.refusal()
        case _:
            said = getattr(widget, "text", None)
            yield str(said()) if callable(said) else ""
            yield widget.accessibleName()


def cells(view: QAbstractItemView) -> Iterator[tuple[QModelIndex, str]]:
    """What a list says, cell by cell, row after row."""
    model = view.model()
    for row in range(model.rowCount() if model is not None else 0):
        # A list doesn't tell how many columns it has: the first one that isn't there ends the row.
        for column in count():
            index = model.index(row, column)
            if not index.isValid():
                break
            spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
            yield index, str(spoken or "")


def _rows(view: QAbstractItemView) -> Iterator[str]:
    for _, row in groupby(cells(view), key=lambda cell: cell[0].row()):
        yield " | ".join(words for _, words in row if words)


def _blocks(grid: DayGrid) -> Iterator[str]:
    """The day as a screen reader reads it: a painted grid has no other words."""
    yield grid.accessibleName()
    item = QAccessible.queryAccessibleInterface(grid)
    for n in range(item.childCount()):
        yield item.child(n).text(QAccessible.Text.Name)


def place(widget: QWidget, point: QPoint | None = None) -> tuple[QWidget, QPoint]:
    """The window that a widget is in, and where a point of it (its middle) lies there."""
    top = widget.window()
    return top, widget.mapTo(top, QRect(QPoint(), widget.size()).center() if point is None else point)
