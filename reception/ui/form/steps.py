"""The pages of a form in a column: which are done, how far each is, and where something is to be corrected."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.widgets import vbox

_HEIGHT = 48


class Stage(StrEnum):
    """Where a page stands."""

    OPEN = "open"
    CURRENT = "current"
    DONE = "done"


class Step(NamedTuple):
    """A page of the form: its name, how far it is in words, and whether something in it is wrong."""

    key: str
    title: str
    progress: str
    stage: Stage
    wrong: bool


class StepButton(QAbstractButton):
    """One page; pressed, it is gone to."""

    def __init__(self, number: int, step: Step) -> None:
        super().__init__()
        self._number = number
        self.step = step
        self.setObjectName(f"form.step.{number}")
        self.setFixedHeight(_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(step)

    def show_step(self, step: Step) -> None:
        """Shows where the page stands now."""
        self.step = step
        self.setText(step.title)
        self.setToolTip(step.title)
        self.setAccessibleName(f"{self._number}. {step.title}, {step.progress}")
        self.setAccessibleDescription(self._stage_words())
        self.update()

    def _stage_words(self) -> str:
        match self.step.stage:
            case Stage.CURRENT:
                return self.tr("This page is shown")
            case Stage.DONE:
                return self.tr("Done")
            case Stage.OPEN:
                return ""

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p, t, step = QPainter(self), theme.t, self.step
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = step.stage is Stage.CURRENT
        box = QRectF(self.rect()).adjusted(8, 1, -8, -1)
        if here or self.underMouse():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(colour(t.tint if here else t.hover))
            p.drawRoundedRect(box, k.RADIUS, k.RADIUS)
        self._paint_number(p)
        room = QRectF(54, 6, self.width() - 54 - 14, 18)
        ink = t.ink2 if step.stage is Stage.OPEN else t.ink
        glyphs.text(p, room, step.title, weight=k.SEMIBOLD if here else k.MEDIUM, ink=ink)
        x = 54.0
        if step.wrong:
            icons.draw(p, "alert", x - 1, 25, t.danger, 13)
            x += 17
        ink = t.danger if step.wrong else t.ink2 if here else t.ink3
        glyphs.text(p, QRectF(x, 24, self.width() - x - 14, 15), step.progress, size=k.CAPTION, ink=ink)
        if self.hasFocus():
            glyphs.focus_ring(p, box, k.RADIUS)

    def _paint_number(self, p: QPainter) -> None:
        t, here = theme.t, self.step.stage is Stage.CURRENT
        disc = QRectF(20, 12, 24, 24)
        if self.step.stage is Stage.DONE:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(colour(t.good_tint))
            p.drawEllipse(disc)
            icons.draw(p, "check", 25, 17, t.good, 14)
            return
        p.setPen(QPen(colour(t.accent if here else t.line), 1.5))
        p.setBrush(colour(t.surface))
        p.drawEllipse(disc.adjusted(0.75, 0.75, -0.75, -0.75))
        p.setFont(theme.font(k.CAPTION, k.SEMIBOLD))
        p.setPen(colour(t.accent if here else t.ink3))
        p.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))


class Steps(QWidget):
    """All pages below each other."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("form.steps")
        self._buttons: list[StepButton] = []
        self._column = vbox(gap=0)
        self.setLayout(self._column)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Shows the pages as they stand now."""
        while len(self._buttons) > len(steps):
            gone = self._buttons.pop()
            gone.hide()
            gone.deleteLater()
        for n, step in enumerate(steps):
            if n < len(self._buttons):
                self._buttons[n].show_step(step)
            else:
                self._add(n + 1, step)

    def buttons(self) -> tuple[StepButton, ...]:
        """The pages, in their order."""
        return tuple(self._buttons)

    def _add(self, number: int, step: Step) -> None:
        button = StepButton(number, step)
        button.clicked.connect(self._choose)
        self._buttons.append(button)
        self._column.addWidget(button)

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, StepButton):
            self.chosen.emit(button.step.key)


class Progress(QWidget):
    """How much of the form is answered, as a line."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._share = 0.0
        self.setFixedHeight(4)

    def show_share(self, share: float) -> None:
        """Shows a share from 0 to 1."""
        self._share = share
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour(theme.t.press))
        p.drawRoundedRect(QRectF(self.rect()), 2, 2)
        p.setBrush(colour(theme.t.accent))
        p.drawRoundedRect(QRectF(0, 0, self.width() * self._share, 4), 2, 2)
