"""The rows of the inbox: who handed in what, and when."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from reception.domain.inbox import Handed, Item
from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.theme import colour

_HEIGHT = 44


class ItemRow(QAbstractButton):
    """Answers or a wish of a client; pressed, they are looked over."""

    def __init__(self, item: Item, line: str, when: str) -> None:
        super().__init__()
        self.item = item
        self._line, self._when = line, when
        self._icon = "form" if isinstance(item, Handed) else "plus"
        what = "answers" if isinstance(item, Handed) else "wish"
        self.setObjectName(f"inbox.{what}.{item.id}")
        self.setText(item.client_name)
        self.setAccessibleName(f"{item.client_name}, {line}, {when}")
        self.setToolTip(f"{item.client_name}\n{line}")
        self.setCheckable(True)
        self.setFixedHeight(_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p, on = theme.t, QPainter(self), self.isChecked()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(8, 1, -8, -1)
        if on or self.underMouse():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(colour(t.tint if on else t.hover))
            p.drawRoundedRect(box, k.RADIUS, k.RADIUS)
        icons.draw(p, self._icon, 20, 8, t.ink2, 14)
        taken = theme.metrics(k.CAPTION).horizontalAdvance(self._when) + 8
        right = self.width() - 20.0
        glyphs.text(p, QRectF(44, 5, right - 44 - taken, 18), self.text(), weight=k.MEDIUM)
        glyphs.text(p, QRectF(right - taken, 5, taken, 18), self._when, size=k.CAPTION, ink=t.ink2, right=True)
        glyphs.text(p, QRectF(44, 23, right - 44, 15), self._line, size=k.CAPTION, ink=t.ink2 if on else t.ink3)
        if self.hasFocus():
            glyphs.focus_ring(p, box, k.RADIUS)
