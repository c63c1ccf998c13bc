"""A message that stays until its cause has gone: what happened, and what to do."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets.layouts import STRETCH, hbox, vbox
from reception.ui.widgets.words import Elided, Icon, Prose, label

_SIGNS = {Tone.ACCENT: "info", Tone.WARN: "alert", Tone.DANGER: "octagon", Tone.GOOD: "done"}


class Banner(QWidget):
    """One line, in a region or, `square`, in the frame of the window; hidden until it has something to say."""

    def __init__(self, *actions: QWidget, square: bool = False, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._square, self._tone = square, Tone.ACCENT
        self._icon = Icon("info", Tone.ACCENT)
        self._title, self._words = Elided("", k.BODY, k.SEMIBOLD), Elided("", tone=Tone.INK2)
        left = 16 if square else 12
        self.setLayout(hbox(self._icon, self._title, (self._words, 1), *actions, gap=8, margins=(left, 0, 8, 0)))
        self.setFixedHeight(34)
        self.hide()

    def text(self) -> str:
        """All that it says now."""
        return f"{self._title.text()} {self._words.text()}".strip()

    def say(self, title: str, words: str = "", tone: Tone = Tone.WARN, icon: str = "") -> None:
        """Says what happened and what to do about it, and shows itself."""
        self._tone = tone
        self._icon.show_icon(icon or _SIGNS.get(tone, "info"), tone)
        self._title.show_words(title)
        self._words.show_words(words)
        self.setAccessibleName(self.text())
        self.show()
        self.update()

    def clear(self) -> None:
        """The cause has gone: says nothing and hides."""
        self._title.show_words("")
        self._words.show_words("")
        self.hide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        _paint(self, self._tone, square=self._square)


class Notice(QWidget):
    """A paragraph in a page or a form, with what can be done about it; hidden until it has something to say."""

    def __init__(self, *actions: QWidget, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._tone = Tone.WARN
        self._icon = Icon("alert", Tone.WARN)
        self._title: QLabel = label("", k.BODY, k.SEMIBOLD, wrap=True)
        self._words = Prose()
        row = hbox(*actions, STRETCH, margins=(0, 6, 0, 0)) if actions else None
        column = vbox(self._title, self._words, row, gap=2)
        sign = vbox(1, self._icon, STRETCH, gap=0)
        self.setLayout(hbox(sign, (column, 1), gap=10, margins=(12, 10, 12, 10)))
        self.hide()

    def text(self) -> str:
        """All that it says now."""
        return f"{self._title.text()} {self._words.accessibleName()}".strip()

    def say(self, title: str, words: str = "", tone: Tone = Tone.WARN, icon: str = "") -> None:
        """Says what happened and what to do about it, and shows itself."""
        self._tone = tone
        self._icon.show_icon(icon or _SIGNS.get(tone, "info"), tone)
        self._title.setText(title)
        self._words.show_words(words)
        self._words.setVisible(bool(words))
        self.setAccessibleName(self.text())
        self.show()
        self.update()

    def clear(self) -> None:
        """The cause has gone: says nothing and hides."""
        self._title.clear()
        self._words.show_words("")
        self.hide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        _paint(self, self._tone, square=False)


def _paint(widget: QWidget, tone: Tone, *, square: bool) -> None:
    p = QPainter(widget)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill, line = theme.t.ground(tone)
    if square:
        p.fillRect(widget.rect(), colour(fill))
        p.fillRect(0, 0, widget.width(), 1, colour(line))
        p.fillRect(0, widget.height() - 1, widget.width(), 1, colour(line))
        return
    p.setPen(QPen(colour(line), 1))
    p.setBrush(colour(fill))
    p.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), k.RADIUS, k.RADIUS)
