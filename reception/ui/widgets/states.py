"""Nothing here, gone wrong, and how old: the states that a panel is judged by."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets.layouts import STRETCH, hbox, vbox
from reception.ui.widgets.words import Prose, label

_CENTER = Qt.AlignmentFlag.AlignHCenter


class Disc(QWidget):
    """An icon on a round ground."""

    def __init__(self, icon: str, tone: Tone = Tone.INK3, size: int = 48) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self.setFixedSize(size, size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p = theme.t, QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(colour(t.hair), 1))
        p.setBrush(colour(t.hover if self._tone is Tone.INK3 else t.ground(self._tone)[0]))
        p.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        icons.draw(p, self._icon, (self.width() - 22) / 2, (self.height() - 22) / 2, t.of(self._tone), 22)


class Empty(QWidget):
    """A designed nothing: a sign, what there isn't, and what can be done now (at most one primary button)."""

    def __init__(
        self,
        icon: str,
        title: str,
        words: str,
        *actions: QWidget,
        width: int = 320,
        tone: Tone = Tone.INK3,
        name: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._title = label(title, k.HEADING, k.SEMIBOLD, align=_CENTER, wrap=True)
        self._words = Prose(words)
        self._words.setAlignment(_CENTER)
        self._words.setFixedWidth(width)
        self.setLayout(
            vbox(
                STRETCH,
                hbox(STRETCH, Disc(icon, tone), STRETCH),
                8,
                self._title,
                hbox(STRETCH, self._words, STRETCH),
                8,
                hbox(STRETCH, *actions, STRETCH),
                STRETCH,
                gap=4,
            )
        )
        self.setAccessibleName(f"{title}. {words}")

    def show_words(self, title: str, words: str) -> None:
        """Says another nothing."""
        self._title.setText(title)
        self._words.show_words(words)
        self.setAccessibleName(f"{title}. {words}")


class ErrorState(Empty):
    """A panel that could not be read: what is safe, and the way to try again. The other panels go on."""

    def __init__(self, title: str, words: str, *actions: QWidget, width: int = 380, name: str = "") -> None:
        super().__init__("octagon", title, words, *actions, width=width, tone=Tone.DANGER, name=name)


class Stamp(QWidget):
    """How old the picture is; floats over it."""

    def __init__(self, *, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._words, self._icon, self._tone = "", "clock", Tone.INK2
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._words

    def say(self, words: str, icon: str = "clock", tone: Tone = Tone.INK2) -> None:
        """Says how old, and shows itself; without words it goes."""
        self._words, self._icon, self._tone = words, icon, tone
        self.setAccessibleName(words)
        self.resize(self.sizeHint())
        self.setVisible(bool(words))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(self._words)) + 54, 42)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p = theme.t, QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(8, 6, self.width() - 16, 28)
        glyphs.shadow(p, box, 14, 8, 0.16)
        p.setPen(QPen(colour(t.line), 1))
        p.setBrush(colour(t.raised))
        p.drawRoundedRect(box, 14, 14)
        icons.draw(p, self._icon, 18, 13, t.of(self._tone), 14)
        glyphs.text(p, QRectF(38, 6, self.width() - 46, 28), self._words, size=k.CAPTION, weight=k.MEDIUM)
