"""A scale to set a place on, painted like the other controls."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle
from typing_extensions import override

from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.theme import colour

_KNOB = 18
_MOST_TICKS = 21


class Scale(QSlider):
    """A slider that stands nowhere until somebody has touched it; a click sets it where it falls."""

    def __init__(self, *, name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName(name)
        self._set = False

    def show_set(self, *, is_set: bool) -> None:
        """Shows whether it stands anywhere."""
        self._set = is_set
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, k.CONTROL)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, k.CONTROL)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(True)
        self._move_to(event.position().x())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._move_to(event.position().x())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p, t = QPainter(self), theme.t
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right, middle = _KNOB / 2, self.width() - _KNOB / 2, self.height() / 2
        x = self._x()
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour(t.press))
        p.drawRoundedRect(QRectF(left, middle - 2, right - left, 4), 2, 2)
        self._paint_ticks(p, middle)
        if self._set:
            p.setBrush(colour(t.accent))
            p.drawRoundedRect(QRectF(left, middle - 2, x - left, 4), 2, 2)
        focused = self.hasFocus()
        p.setPen(QPen(colour(t.accent if self._set or focused else t.edge), 2 if focused else 1.5))
        p.setBrush(colour(t.accent if self._set else t.surface))
        p.drawEllipse(QPointF(x, middle), _KNOB / 2 - 2, _KNOB / 2 - 2)
        if focused:
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawEllipse(QPointF(x, middle), _KNOB / 2 - 1, _KNOB / 2 - 1)

    def _paint_ticks(self, p: QPainter, middle: float) -> None:
        count = self.maximum() - self.minimum() + 1
        if not 1 < count <= _MOST_TICKS:
            return
        p.setPen(QPen(colour(theme.t.edge), 1))
        for n in range(count):
            x = round(_KNOB / 2 + (self.width() - _KNOB) * n / (count - 1)) + 0.5
            p.drawLine(QPointF(x, middle + 9), QPointF(x, middle + 12))
        p.setPen(Qt.PenStyle.NoPen)

    def _x(self) -> float:
        at = QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), self.value(), self.width() - _KNOB)
        return _KNOB / 2 + at

    def _move_to(self, x: float) -> None:
        span = self.width() - _KNOB
        at = QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), round(x - _KNOB / 2), span)
        self.setSliderPosition(at)
