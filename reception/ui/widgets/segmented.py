"""One of a few, side by side: a well with the choice lifted out of it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget
from typing_extensions import override

from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.widgets.layouts import hbox


class Segmented(QWidget):
    """A choice among two to five words; arrows move it, and it says when the desk has chosen."""

    chosen = Signal(int)

    def __init__(self, options: Sequence[str], index: int = 0, *, height: int = 30, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._group = QButtonGroup(self)
        for n, words in enumerate(options):
            self._group.addButton(_Segment(words, height - 4), n)
        self.setLayout(hbox(*self._group.buttons(), gap=0, margins=(2, 2, 2, 2)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.choose(index)
        self._group.idClicked.connect(self.chosen)

    def index(self) -> int:
        """Which one is chosen."""
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Chooses one without saying so."""
        self._group.button(index).setChecked(True)

    def button(self, index: int) -> QAbstractButton:
        """The part of the control that stands for one option."""
        return self._group.button(index)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(colour(theme.t.hair), 1))
        p.setBrush(colour(theme.t.well))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), k.RADIUS, k.RADIUS)


class _Segment(QAbstractButton):
    def __init__(self, words: str, height: int) -> None:
        super().__init__()
        self.setText(words)
        self.setCheckable(True)
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(theme.metrics(k.BODY, k.MEDIUM).horizontalAdvance(self.text())) + 24, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p = theme.t, QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            p.setPen(QPen(colour(t.line), 1))
            p.setBrush(colour(t.press if t.dark else t.surface))
            p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), k.RADIUS_S, k.RADIUS_S)
        lively = self.isChecked() or self.underMouse()
        p.setFont(theme.font(k.BODY, k.MEDIUM))
        p.setPen(colour(t.faint if not self.isEnabled() else t.ink if lively else t.ink2))
        p.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            glyphs.focus_ring(p, QRectF(self.rect()), k.RADIUS_S)
