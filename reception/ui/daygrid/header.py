"""The heads of the columns; they stay while the day scrolls, and take their widths from it."""

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.daygrid.grid import DayGrid
from reception.ui.daygrid.layout import GUTTER, HEADER
from reception.ui.daygrid.values import Column
from reception.ui.theme import colour


class Header(QWidget):
    """Who works today and as what, above their columns."""

    def __init__(self, grid: DayGrid) -> None:
        super().__init__()
        self._grid = grid
        self.setFixedHeight(HEADER)
        grid.focus_moved.connect(self.update)
        self.show_columns()

    def show_columns(self) -> None:
        """Shows who works on the day that the grid shows."""
        self.setAccessibleName(", ".join(column.name for column in self._grid.scene.picture.columns))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p = theme.t, QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.fillRect(self.rect(), colour(t.surface))
        for n, column in enumerate(self._grid.scene.picture.columns):
            self._paint_column(p, column, self._box(n))
        p.fillRect(QRectF(0, 0, GUTTER - 1, HEADER), colour(t.surface))
        if self._grid.x() < 0:
            p.fillRect(QRectF(GUTTER - 1, 0, 1, HEADER), colour(t.line))
        if self._grid.is_waiting():
            p.fillRect(QRectF(0, HEADER - 2, self.width(), 2), colour(t.accent))
        else:
            p.fillRect(QRectF(0, HEADER - 1, self.width(), 1), colour(t.line))

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            column = self._grid.scene.layout.column_at(event.pos().x() - self._grid.x())
            at = None if column is None else self._grid.scene.picture.columns[column]
            QToolTip.showText(event.globalPos(), f"{at.name}\n{at.line}".strip() if at else "", self)
            return True
        return super().event(event)

    def _box(self, n: int) -> QRectF:
        layout = self._grid.scene.layout
        return QRectF(layout.left(n) + self._grid.x(), 0, layout.column_width(n), HEADER)

    def _paint_column(self, p: QPainter, column: Column, box: QRectF) -> None:
        glyphs.avatar(p, column.initials, box.left() + 6, 11, 26)
        room = box.width() - 42
        name = QRectF(box.left() + 38, 7, room, 18)
        glyphs.text(p, name, column.name, weight=k.SEMIBOLD)
        line = glyphs.fit((column.line, column.line.split(" · ")[0]), room)
        glyphs.text(p, QRectF(box.left() + 38, 24, room, 15), line, size=k.CAPTION, ink=theme.t.ink3)
        p.fillRect(QRectF(box.left() - 1, 10, 1, HEADER - 10), colour(theme.t.hair))
