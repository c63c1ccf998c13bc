"""A group with an outline, for one thing that has parts; sections never get cards."""

from enum import StrEnum

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.tokens import Tone


class Look(StrEnum):
    """How a card stands out: not at all, chosen, quiet on the canvas, or as a place that something may come to."""

    PLAIN = "plain"
    CHOSEN = "chosen"
    QUIET = "quiet"
    OPEN = "open"


class Card(QWidget):
    """A card; in a tone where the whole of it says so."""

    def __init__(self, layout: QLayout, look: Look = Look.PLAIN, tone: Tone = Tone.INK, *, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._look, self._tone = look, tone
        self.setLayout(layout)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, line, width = self._colours()
        pen = QPen(colour(line), width)
        if self._look is Look.OPEN:
            pen.setDashPattern([4, 3])
        p.setPen(pen)
        p.setBrush(colour(fill))
        half = width / 2
        p.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), k.RADIUS_L, k.RADIUS_L)

    def _colours(self) -> tuple[str, str, float]:
        t = theme.t
        if self._look is Look.CHOSEN:
            return t.tint, t.accent, 1.5
        if self._tone is not Tone.INK:
            return (*t.ground(self._tone), 1.0)
        return (t.canvas if self._look is Look.QUIET else t.surface), t.hair, 1.0
