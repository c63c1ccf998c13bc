"""The rows of a queue, its head, and what it says when nobody is in it."""

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.panels.queue.groups import Group, Waiting
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, caption, hbox, label, pane
from reception.ui.widgets.press_row import PressRow

_LEFT = 16.0
_MIDDLE = 12.0
_ICONS = {"form": "form", "task": "shield", "denied": "block", "deposit": "cash", "answers": "form", "wish": "plus"}


def head(group: Group) -> QWidget:
    """The name of a queue, how many are in it, and how many of them wait for whoever is at the desk."""
    name = label(group.title, k.CAPTION, k.SEMIBOLD, Tone.INK2)
    number = label(str(len(group.rows)), k.CAPTION, k.SEMIBOLD, Tone.INK3)
    mine = caption(_tr("{count} for you").format(count=group.mine), Tone.ACCENT, k.SEMIBOLD) if group.mine else None
    return pane(
        hbox(name, number, STRETCH, mine, gap=6, margins=(16, 0, 16, 0)), height=24, name=f"queue.head.{group.key}"
    )


def none(words: str) -> QWidget:
    """What an empty queue says."""
    return pane(hbox(caption(words), margins=(35, 0, 16, 0)), height=20)


class Row(PressRow):
    """Someone in a queue: glyph, name, what is due, and how long. Pressed, it shows the visit or what to decide."""

    def __init__(self, waiting: Waiting) -> None:
        words = [part for part in (waiting.name, waiting.line, waiting.right) if part]
        super().__init__(38, ", ".join(words), name=f"queue.{waiting.what}.{waiting.key}")
        self.waiting = waiting
        self.setCheckable(True)
        self.setToolTip("\n".join(words))

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
        ink = t.accent if self.waiting.mine else t.warn if self.waiting.late else t.ink2
        glyphs.text(p, box, words, size=k.CAPTION, weight=k.SEMIBOLD, ink=ink, right=True)
        return edge - width - 8


def _tr(words: str) -> str:
    return QCoreApplication.translate("queue", words)
