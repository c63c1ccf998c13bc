"""The last line of the window: what was just done and the way back; at the right the desk, and whether all is saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.ui import tokens as k
from reception.ui.tokens import Tone
from reception.ui.widgets.button import Button, Kind
from reception.ui.widgets.layouts import Hair, hbox, pane, vbox
from reception.ui.widgets.signs import KeyCap
from reception.ui.widgets.words import Elided, Icon, IconLabel, caption

HEIGHT = 28


class UndoLine(QWidget):
    """Says one finished act at a time; the window keeps the ways back of those before it."""

    undo_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self._sign = Icon("done", Tone.GOOD, 14)
        self._words = Elided("", k.CAPTION, k.MEDIUM, Tone.INK2, name="undo.words")
        self._undo = Button(self.tr("Undo"), Kind.LINK, height=24, name="undo.undo")
        self._key = KeyCap("Ctrl Z")
        self._parked_words = caption("", Tone.INK2, k.MEDIUM)
        self._parked_key = caption("")
        self._desk = caption("", name="undo.desk")
        self._saved = IconLabel("done", "", Tone.INK3, weight=k.REGULAR, name="undo.saved")
        self._dot = caption("·")
        parked = hbox(Icon("park", Tone.INK3, 14), self._parked_words, self._parked_key, 8, gap=6)
        self._parked = pane(parked)
        row = hbox(
            self._sign,
            self._words,
            4,
            self._undo,
            self._key,
            (pane(hbox()), 1),
            self._parked,
            self._desk,
            self._dot,
            self._saved,
            gap=6,
            margins=(16, 0, 16, 0),
        )
        self.setLayout(vbox(Hair(strong=True), (pane(row, "canvas"), 1), gap=0))
        self._undo.clicked.connect(self.undo_asked)
        self.say("")
        self.show_parked(0)
        self._dot.hide()
        self._saved.hide()

    def say(self, words: str, *, undoable: bool = False) -> None:
        """What was just done, and whether it can be undone."""
        self._words.show_words(words)
        self._sign.setVisible(bool(words))
        self._words.setVisible(bool(words))
        self._undo.setVisible(undoable)
        self._key.setVisible(undoable)

    def text(self) -> str:
        """What it says was done."""
        return self._words.text()

    def show_parked(self, count: int) -> None:
        """How much is parked, on pages on which the strip of cards is folded away."""
        self._parked.setVisible(count > 0)
        self._parked_words.setText(self.tr("%n parked", "", count))
        self._parked_key.setText(f"Ctrl 1–{min(count, 9)}" if count > 1 else "Ctrl 1")

    def show_desk(self, name: str) -> None:
        """Which desk this is."""
        self._desk.setText(name)

    def show_saved(self, words: str, *, safe: bool) -> None:
        """When the last change was safely stored, or since when none could be."""
        self._saved.show_words(words, "done" if safe else "alert", Tone.INK3 if safe else Tone.DANGER)
        self._dot.show()
        self._saved.show()
