"""Answers of a question: radio buttons and check boxes whose whole row is the target, and plain check boxes."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget
from typing_extensions import override

from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.widgets.layouts import vbox


class Answer(QAbstractButton):
    """One answer: a row of at least 32 px that is pressed anywhere, with the key that chooses it."""

    def __init__(self, words: str, *, many: bool = False, key: str = "", height: int = 34, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setText(words)
        self.setCheckable(True)
        self._many, self._key = many, key
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)

    def key(self) -> str:
        """The key that chooses it among its fellows."""
        return self._key

    @override
    def sizeHint(self) -> QSize:
        words = round(theme.metrics(k.BODY, k.MEDIUM).horizontalAdvance(self.text()))
        return QSize(38 + words + 12 + (26 if self._key else 0), self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 120), self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p, on = theme.t, QPainter(self), self.isChecked()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        enabled, hover = self.isEnabled(), self.underMouse()
        p.setPen(QPen(colour(t.hair if not enabled else t.accent if on else t.line), 1.5 if on else 1))
        p.setBrush(colour(t.tint if on else t.hover if hover and enabled else t.surface))
        inset = 0.75 if on else 0.5
        p.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), k.RADIUS, k.RADIUS)
        glyphs.choice_mark(p, 11, (self.height() - 16) / 2, on=on, many=self._many, enabled=enabled)
        keyed = bool(self._key) and self.shows_key()
        self.paint_words(p, QRectF(36, 0, self.width() - 44 - (24 if keyed else 0), self.height()))
        if keyed:
            cap = (None, None) if enabled else (colour(t.faint), colour(t.hair))
            glyphs.keycap(p, self._key, self.width() - 8, self.height() / 2, ink=cap[0], line=cap[1])
        if self.hasFocus():
            glyphs.focus_ring(p, QRectF(self.rect()), k.RADIUS)

    def paint_words(self, p: QPainter, room: QRectF) -> None:
        """Writes what it says, where there is room for it."""
        ink = theme.t.ink if self.isEnabled() else theme.t.faint
        glyphs.text(p, room, self.text(), weight=k.MEDIUM if self.isChecked() else k.REGULAR, ink=ink)

    def shows_key(self) -> bool:
        """Whether its key is written on it now."""
        return True


class Answers(QWidget):
    """A question's answers below each other; digits choose, arrows move. With `many`, several may hold."""

    changed = Signal()

    def __init__(self, options: Sequence[str], *, many: bool = False, height: int = 34, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(not many)
        for n, words in enumerate(options):
            key = str(n + 1) if n < 9 else ""  # noqa: PLR2004 - one key, one digit
            self._group.addButton(Answer(words, many=many, key=key, height=height), n)
        self.setLayout(vbox(*self._group.buttons(), gap=4))
        self._group.idClicked.connect(self._say_changed)

    def indexes(self) -> tuple[int, ...]:
        """Which answers hold."""
        return tuple(n for n, button in enumerate(self._group.buttons()) if button.isChecked())

    def index(self) -> int | None:
        """Which answer holds, of those where one does."""
        return next(iter(self.indexes()), None)

    def choose(self, *indexes: int) -> None:
        """Chooses without saying so; none given takes every choice back."""
        exclusive = self._group.exclusive()
        self._group.setExclusive(False)
        for n, button in enumerate(self._group.buttons()):
            button.setChecked(n in indexes)
        self._group.setExclusive(exclusive)

    def answer(self, index: int) -> QAbstractButton:
        """The row of one answer."""
        return self._group.button(index)

    def press(self, key: str) -> bool:
        """Presses the answer of that key; False where there is none."""
        for button in self._group.buttons():
            if isinstance(button, Answer) and button.key() == key != "" and button.isEnabled():
                button.click()
                return True
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.modifiers() and self.press(event.text()):
            return
        super().keyPressEvent(event)

    def _say_changed(self, _index: int) -> None:
        self.changed.emit()


class Check(QAbstractButton):
    """A check box with its words, without a frame."""

    def __init__(self, words: str, *, on: bool = False, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setText(words)
        self.setCheckable(True)
        self.setChecked(on)
        self.setFixedHeight(24)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(theme.metrics().horizontalAdvance(self.text())) + 34, 24)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(80, self.sizeHint().width()), 24)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p = theme.t, QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        glyphs.choice_mark(p, 4, 4, on=self.isChecked(), many=True, enabled=self.isEnabled())
        glyphs.text(p, QRectF(27, 0, self.width() - 29, 24), self.text(), ink=t.ink if self.isEnabled() else t.faint)
        if self.hasFocus():
            glyphs.focus_ring(p, QRectF(self.rect()), k.RADIUS_S)
