"""Rows that are pressed as a whole: something one can do now, and a visit to go to."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout
from typing_extensions import override

from reception.domain.outcomes import Status
from reception.ui import glyphs
from reception.ui import tokens as k
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Elided, Glyph, Icon, KeyCap, caption, hbox, label, vbox
from reception.ui.widgets.press_row import REACH, PressRow


class Row(PressRow):
    """A layout that is one button."""

    def __init__(self, layout: QLayout, height: int, words: str, *, name: str) -> None:
        super().__init__(height, words, name=name)
        self.setLayout(layout)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect()).adjusted(REACH, 0, -REACH, 0)
        self.paint_ground(QPainter(self), box, box)


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
