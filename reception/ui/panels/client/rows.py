"""Rows that are pressed as a whole: something one can do now, and a visit to go to."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QSizePolicy
from typing_extensions import override

from reception.domain.outcomes import Status
from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Elided, Glyph, Icon, KeyCap, caption, hbox, label, vbox

_REACH = 8  # the ground under the pointer goes a little beyond the words


class Row(QAbstractButton):
    """A layout that is one button."""

    def __init__(self, layout: QLayout, height: int, words: str, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setLayout(layout)
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

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p, t = QPainter(self), theme.t
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(_REACH, 0, -_REACH, 0)
        if self.underMouse() or self.isDown():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(colour(t.press if self.isDown() else t.hover))
            p.drawRoundedRect(box, k.RADIUS, k.RADIUS)
        if self.hasFocus():
            glyphs.focus_ring(p, box, k.RADIUS)


def shortcut(icon: str, words: str, note: str, key: str, *, name: str) -> Row:
    """Something one can do now, with its key."""
    said = vbox(STRETCH, label(words, weight=k.MEDIUM), caption(note), STRETCH, gap=1)
    layout = hbox(Icon(icon, Tone.INK2), said, STRETCH, KeyCap(key), gap=10, margins=(16, 0, 16, 0))
    return Row(layout, 48, words, name=name)


def visit(status: Status, when: str, what: str, paid: str, *, name: str) -> Row:
    """One of the client's other visits."""
    line = hbox(
        Glyph(status),
        label(when, weight=k.MEDIUM),
        (Elided(what, k.CAPTION, tone=Tone.INK3), 1),
        caption(paid, Tone.INK2),
        gap=8,
        margins=(16, 0, 16, 0),
    )
    return Row(line, 26, f"{when}, {what}, {glyphs.word(status)}, {paid}", name=name)
