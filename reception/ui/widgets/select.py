"""A choice from a list that opens."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyledItemDelegate
from typing_extensions import override

from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.theme import colour

V = TypeVar("V")


class Select(QComboBox, Generic[V]):
    """One of several values, each with its words; `chosen` tells of the desk's choice, not of the program's."""

    chosen = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[V, str]] = (),
        *,
        icon: str = "",
        height: int = k.CONTROL,
        quiet: bool = False,
        name: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._values: list[V] = []
        self._icon, self._quiet = icon, quiet
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Only this delegate lets the style sheet give the rows of the list their height and colours.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.fill(options)
        self.activated.connect(self._choose)

    def fill(self, options: Sequence[tuple[V, str]]) -> None:
        """Offers other values; the one that was chosen stays so where it is still offered."""
        old = self.value()
        self._values = [value for value, _ in options]
        self.clear()
        self.addItems([words for _, words in options])
        self.choose(old if old in self._values else next(iter(self._values), None))

    def value(self) -> V | None:
        """What is chosen; None where nothing is."""
        return self._values[self.currentIndex()] if 0 <= self.currentIndex() < len(self._values) else None

    def choose(self, value: V | None) -> None:
        """Chooses a value without saying so; one that isn't offered leaves nothing chosen."""
        self.setCurrentIndex(self._values.index(value) if value is not None and value in self._values else -1)

    @override
    def sizeHint(self) -> QSize:
        words = max((self.itemText(n) for n in range(self.count())), key=len, default="")
        width = theme.metrics().horizontalAdvance(words) + 46 + (21 if self._icon else 0)
        return QSize(round(width), self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(90, self.sizeHint().width()), self.height())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel over a form scrolls the form; it must not change a choice in passing.
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p, enabled = theme.t, QPainter(self), self.isEnabled()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, width = self._outline()
        p.setPen(QPen(colour(line), width))
        p.setBrush(colour(t.surface if enabled else t.sunken))
        inset = width / 2
        p.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), k.RADIUS, k.RADIUS)
        x = 10.0
        if self._icon:
            icons.draw(p, self._icon, x - 1, self.height() / 2 - 8, t.ink3)
            x += 21
        words, ink = self.currentText(), t.ink if enabled else t.faint
        if self.currentIndex() < 0:
            words, ink = self.placeholderText(), t.ink3
        glyphs.text(p, QRectF(x, 0, self.width() - x - 28, self.height()), words, ink=ink)
        icons.draw(p, "down", self.width() - 24, self.height() / 2 - 8, t.ink3 if enabled else t.faint)

    def _outline(self) -> tuple[str, float]:
        t = theme.t
        if self.property("wrong") == "true":
            return t.danger, 2
        if self.hasFocus():
            return t.accent, 2
        if not self.isEnabled() or self._quiet:
            return t.line, 1
        return (t.ink3 if self.underMouse() else t.edge), 1

    def _choose(self, index: int) -> None:
        self.chosen.emit(self._values[index])
