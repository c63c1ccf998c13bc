"""The rows of a queue, its head, and what it says when nobody is in it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.panels.queue.groups import Waiting
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, caption, hbox, label, pane

_LEFT = 16.0
_MIDDLE = 12.0
_ICONS = {"form": "form", "task": "shield", "deposit": "cash", "answers": "form", "wish": "plus"}


def head(title: str, count: int) -> QWidget:
    """The name of a queue, and how many are in it."""
    name = label(title, k.CAPTION, k.SEMIBOLD, Tone.INK2)
    number = label(str(count), k.CAPTION, k.SEMIBOLD, Tone.INK3)
    return pane(hbox(name, number, STRETCH, gap=6, margins=(16, 0, 16, 0)), height=24)


def none(words: str) -> QWidget:
    """What an empty queue says."""
    return pane(hbox(caption(words), margins=(35, 0, 16, 0)), height=20)


class Row(QAbstractButton):
    """Someone in a queue: glyph, name, what is due, and how long. Pressed, it shows the visit in the diary."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__()
        self.waiting = waiting
        where = waiting.where
        self.setObjectName(f"queue.{waiting.what}.{where.appointment or where.submission or where.wish}")
        self.setCheckable(True)
        self.setFixedHeight(38)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = (waiting.name, waiting.line, waiting.right)
        self.setAccessibleName(", ".join(part for part in words if part))
        self.setToolTip("\n".join(part for part in words if part))

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, 38)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p, waiting, on = theme.t, QPainter(self), self.waiting, self.isChecked()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(8, 0, -8, 0)
        if on or self.underMouse():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(colour(t.tint if on else t.hover))
            p.drawRoundedRect(box, k.RADIUS, k.RADIUS)
        if (icon := _ICONS.get(waiting.what)) is not None:
            icons.draw(p, icon, _LEFT - 2, _MIDDLE - 7, t.ink2, 14)
        else:
            glyphs.status(p, waiting.status, _LEFT, _MIDDLE - 5.5, 11)
        right = self._paint_right(p)
        x = _LEFT + 19
        glyphs.text(p, QRectF(x, _MIDDLE - 9, right - x, 18), waiting.name, weight=k.MEDIUM)
        under = QRectF(x, _MIDDLE + 8, self.width() - x - 16, 15)
        glyphs.text(p, under, waiting.line, size=k.CAPTION, ink=t.ink2 if on else t.ink3)
        if self.hasFocus():
            glyphs.focus_ring(p, box, k.RADIUS)

    def _paint_right(self, p: QPainter) -> float:
        """How long it has been; returns where the name has to end."""
        t, words, edge = theme.t, self.waiting.right, self.width() - 16.0
        if not words:
            return edge
        width = theme.metrics(k.CAPTION, k.SEMIBOLD).horizontalAdvance(words)
        if self.waiting.urgent:
            box = QRectF(edge - width - 29, _MIDDLE - 9, width + 30, 18)
            p.setPen(QPen(colour(t.warn_line), 1))
            p.setBrush(colour(t.warn_tint))
            p.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)
            icons.draw(p, "alert", box.left() + 6, box.top() + 3, t.warn, 12)
            inner = box.adjusted(18, 0, -8, 0)
            glyphs.text(p, inner, words, size=k.CAPTION, weight=k.SEMIBOLD, ink=t.warn, right=True)
            return box.left() - 4
        box = QRectF(edge - width - 2, _MIDDLE - 9, width + 2, 18)
        ink = t.warn if self.waiting.late else t.ink2
        glyphs.text(p, box, words, size=k.CAPTION, weight=k.SEMIBOLD, ink=ink, right=True)
        return edge - width - 8
