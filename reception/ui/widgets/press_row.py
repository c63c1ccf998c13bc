"""A row that is pressed anywhere, with the mouse or the keyboard."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.theme import colour

REACH = 8
"""How far the ground under the pointer goes beyond the words."""


class PressRow(QAbstractButton):
    """One row that is one button; what stands in it is each row's own."""

    def __init__(self, height: int, words: str, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paint_ground(self, p: QPainter, ground: QRectF, ring: QRectF) -> None:
        """Paints what the pointer and the keyboard do to it: a ground, a ring."""
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(colour(theme.t.press if self.isDown() else theme.t.hover))
            p.drawRoundedRect(ground, k.RADIUS, k.RADIUS)
        if self.hasFocus():
            glyphs.focus_ring(p, ring, k.RADIUS)
