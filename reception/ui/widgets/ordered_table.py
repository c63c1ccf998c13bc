"""A table whose rows are put into another order: dragged, or moved with Ctrl and an arrow."""

from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from reception.ui import theme
from reception.ui.theme import colour
from reception.ui.widgets.table import ListTable

R = TypeVar("R")
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class OrderedTable(ListTable[R], Generic[R]):
    """A list in an order that counts; `moved` gives a row and the place that it should take."""

    moved = Signal(object, int)

    movable = True
    """Whether somebody may change the order."""

    _pressed: QPoint | None = None
    _gap: int | None = None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        row = self.current()
        if step is None or row is None or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        place = self.rows().index(row) + step
        if self.movable and 0 <= place < len(self.rows()):
            self.moved.emit(row, place)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        self._pressed = at if self.movable and event.button() == Qt.MouseButton.LeftButton else None

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far or self._gap is not None:
            self._gap = self._gap_at(at.y())
            self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        gap, pressed, self._gap, self._pressed = self._gap, self._pressed, None, None
        if gap is None or pressed is None:
            return
        self.viewport().update()
        row = self.rowAt(pressed.y())
        place = gap - 1 if gap > row else gap
        if row >= 0 and place != row:
            self.moved.emit(self.rows()[row], place)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap is None:
            return
        y = self.rowViewportPosition(self._gap) if self._gap < len(self.rows()) else self._bottom()
        QPainter(self.viewport()).fillRect(0, y - 1, self.viewport().width(), 2, colour(theme.t.accent))

    def _gap_at(self, y: int) -> int:
        """The gap between two rows that a height is nearest to."""
        middles = (self.rowViewportPosition(n) + self.rowHeight(n) // 2 for n in range(len(self.rows())))
        return sum(middle < y for middle in middles)

    def _bottom(self) -> int:
        last = len(self.rows()) - 1
        return self.rowViewportPosition(last) + self.rowHeight(last)
