"""The foot of a form: what is left to do here, and the ways on and back."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from reception.ui import tokens as k
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Elided, Hair, Kind, hbox, pane, vbox
from reception.ui.widgets.layouts import Item

WIDEST = 940
"""Pixels that a page takes at most: in a wider window the answers stay beside their questions."""

_LONGEST = 32  # letters of a section's name that the button says


class Bar(QWidget):
    """A row at the foot of a form, no wider than its page."""

    def __init__(self, *items: Item) -> None:
        super().__init__()
        row = pane(hbox(*items, gap=8, margins=(20, 10, 20, 10)))
        row.setMaximumWidth(WIDEST)
        self.setFixedHeight(53)
        self.setLayout(vbox(Hair(strong=True), pane(hbox((row, 1_000), STRETCH, gap=0), "surface"), gap=0))


class Foot(Bar):
    """Back and on; on the last page the way on is to finish."""

    back = Signal()
    next = Signal()
    finish = Signal()

    def __init__(self, *, signs: bool) -> None:
        self._words = Elided("", k.CAPTION, k.MEDIUM, Tone.INK2, name="form.left")
        self.back_button = Button(_tr("Back"), key="Alt \N{LEFTWARDS ARROW}", name="form.back")
        self.next_button = Button("", Kind.PRIMARY, key="Enter", name="form.next")
        self.finish_button = Button("", Kind.PRIMARY, key="Ctrl Enter", name="form.finish")
        self.finish_button.show_words(_tr("Sign and finish") if signs else _tr("Finish"))
        super().__init__((self._words, 1), self.back_button, self.next_button, self.finish_button)
        self.back_button.clicked.connect(self.back)
        self.next_button.clicked.connect(self.next)
        self.finish_button.clicked.connect(self.finish)

    def buttons(self) -> tuple[Button, ...]:
        """In the order in which Tab goes through them."""
        return (self.back_button, self.next_button, self.finish_button)

    def text(self) -> str:
        """What is left to do, as it says."""
        return self._words.text()

    def show_waiting(self) -> None:
        """Says that what the answers come to is still being worked out."""
        self._words.show_words(_tr("What the form works out isn't there yet; then it goes on by itself."))

    def show_words(self, words: str, following: str | None, *, first: bool) -> None:
        """Says what is left here, and what comes next: the name of a page, or None where this is the last one."""
        self._words.show_words(words)
        self.back_button.setEnabled(not first)
        self.next_button.setVisible(following is not None)
        self.finish_button.setVisible(following is None)
        if following is not None:
            self.next_button.show_words(_tr("Next: %1").replace("%1", _short(following)))


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"


def _tr(words: str) -> str:
    return QCoreApplication.translate("form", words)
