"""What can be read in the windows that are open, whoever paints it."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
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


def tops() -> list[QWidget]:
    """Every window that is open; the list of a combo box is read at its box."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and type(one) is not QFrame]


def named(name: str) -> list[QWidget]:
    """What is open under that name."""
    found = [one for top in tops() for one in (top, *top.findChildren(QWidget, name)) if one.objectName() == name]
    return [one for one in found if one.isVisible()]


def words(widget: QWidget) -> str:
    """All that a widget and what lies in it say, a line for each thing; what is scrolled away says nothing."""
    found: dict[str, None] = {}
    for one in (widget, *widget.findChildren(QWidget)):
        if one.isVisible() and not one.visibleRegion().isEmpty():
            found.update(dict.fromkeys(line for line in _own(one) if line))
    return "\n".join(found)


def said(name: str) -> str:
    """All that the parts of that name say."""
    return "\n".join(words(one) for one in named(name))


def _own(widget: QWidget) -> Iterator[str]:
    match widget:
        case QAbstractButton():
            yield from (widget.text(), widget.accessibleName())
        case QLabel() | QLineEdit():
            yield widget.text()
        case QPlainTextEdit():
            yield widget.toPlainText()
        case QComboBox():
            yield widget.currentText()
        case QAbstractItemView():
            yield from _rows(widget)
        case DayGrid():
            day = QAccessible.queryAccessibleInterface(widget)
            yield from (day.child(n).text(QAccessible.Text.Name) for n in range(day.childCount()))
            yield from widget.refusal()
        case _:
            text = getattr(widget, "text", None)
            yield from (str(text()) if callable(text) else "", widget.accessibleName())


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(model.rowCount()):
        cells = [model.index(row, column) for column in range(_columns(view))]
        told = (one.data(Qt.ItemDataRole.AccessibleTextRole) or one.data() for one in cells if one.isValid())
        yield " | ".join(str(one) for one in told if one)


def _columns(view: QAbstractItemView) -> int:
    # A model for lists keeps its number of columns to itself.
    return 1 if not hasattr(view, "columnWidth") else view.model().columnCount()
