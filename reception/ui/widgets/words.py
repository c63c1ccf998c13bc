"""Words on screen, in one of the four sizes, and how they give way when there is no room."""

from html import escape

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.tokens import Tone
from reception.ui.widgets.layouts import STRETCH, hbox

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def label(
    words: str = "",
    size: int = k.BODY,
    weight: int = k.REGULAR,
    tone: Tone = Tone.INK,
    *,
    wrap: bool = False,
    align: Qt.AlignmentFlag = _LEFT,
    name: str = "",
) -> QLabel:
    """Words that are known when the program is written; data goes into Elided, since a label never gives way."""
    made = QLabel(words)
    made.setObjectName(name)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.font(size, weight))
    made.setAlignment(align)
    made.setWordWrap(wrap)
    made.setProperty("tone", tone.value)
    return made


def caption(
    words: str = "", tone: Tone = Tone.INK3, weight: int = k.REGULAR, *, wrap: bool = False, name: str = ""
) -> QLabel:
    """Eleven pixels, quiet."""
    return label(words, k.CAPTION, weight, tone, wrap=wrap, name=name)


def heading(words: str = "", *, name: str = "") -> QLabel:
    """The name of a page or a panel."""
    return label(words, k.HEADING, k.SEMIBOLD, name=name)


def figure(
    words: str = "", size: int = k.BODY, weight: int = k.REGULAR, tone: Tone = Tone.INK, *, name: str = ""
) -> QLabel:
    """An amount or a count, right-aligned; digits are tabular everywhere, so columns line up."""
    return label(words, size, weight, tone, align=_RIGHT, name=name)


class Prose(QLabel):
    """Running text with air between its lines; a plain label has no line height."""

    def __init__(self, words: str = "", tone: Tone = Tone.INK2, size: int = k.BODY, *, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFont(theme.font(size))
        self.setWordWrap(True)
        self.setProperty("tone", tone.value)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.show_words(words)

    def show_words(self, words: str) -> None:
        """Shows other words; they are plain text, whatever signs they hold."""
        lines = escape(words).replace("\n", "<br>")
        self.setText(f'<p style="line-height:135%; margin:0">{lines}</p>')
        self.setAccessibleName(words)


class Elided(QWidget):
    """One line that ends in … when there is no room; the whole of it is then in its tool tip."""

    def __init__(
        self, words: str = "", size: int = k.BODY, weight: int = k.REGULAR, tone: Tone = Tone.INK, *, name: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._words, self._size, self._weight, self._tone = "", size, weight, tone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.line_height(size, weight))
        self.show_words(words)

    def text(self) -> str:
        """The whole of what is said."""
        return self._words

    def show_words(self, words: str, tone: Tone | None = None) -> None:
        """Shows other words, perhaps in another tone."""
        self._words, self._tone = words, tone or self._tone
        self._show_tip()
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(theme.metrics(self._size, self._weight).horizontalAdvance(self._words)) + 2, self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(20, self.sizeHint().width()), self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_tip()

    def _show_tip(self) -> None:
        self.setToolTip(self._words if self.sizeHint().width() > self.width() else "")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        tone = self._tone if self.isEnabled() else Tone.FAINT
        ink = theme.t.of(tone)
        glyphs.text(p, QRectF(self.rect()), self._words, size=self._size, weight=self._weight, ink=ink)


class Icon(QWidget):
    """One icon of the set in a tone; it says nothing that words beside it don't say."""

    def __init__(self, name: str, tone: Tone = Tone.INK3, size: int = 16) -> None:
        super().__init__()
        self._name, self._tone = name, tone
        self.setFixedSize(size, size)

    def show_icon(self, name: str, tone: Tone) -> None:
        """Shows another icon in its place."""
        self._name, self._tone = name, tone
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), self._name, 0, 0, theme.t.of(self._tone), self.width())


class IconLabel(QWidget):
    """A sign and what it says: 14 px in captions, 16 beside body text."""

    def __init__(
        self,
        icon: str,
        words: str = "",
        tone: Tone = Tone.INK2,
        *,
        size: int = k.CAPTION,
        weight: int = k.MEDIUM,
        name: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._icon = Icon(icon, tone, 14 if size == k.CAPTION else 16)
        self._words = Elided(words, size, weight, tone)
        self.setLayout(hbox(self._icon, (self._words, 1), gap=6))
        self.setAccessibleName(words)

    def text(self) -> str:
        """What is said."""
        return self._words.text()

    def show_words(self, words: str, icon: str, tone: Tone) -> None:
        """Says something else."""
        self._icon.show_icon(icon, tone)
        self._words.show_words(words, tone)
        self.setAccessibleName(words)


def section(title: str, *trail: QWidget, count: str = "") -> QHBoxLayout:
    """The head of a section: title, count, and at the right what belongs to the whole of it."""
    number = caption(count, weight=k.MEDIUM) if count else None
    return hbox(label(title, k.CAPTION, k.SEMIBOLD, Tone.INK2), number, STRETCH, *trail, gap=6)
