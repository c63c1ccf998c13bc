"""The client's own booking: their visit, and what could be added to it, to be wished for and confirmed at the desk."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.client_view.messages import Extra, VisitLine
from reception.ui import tokens as k
from reception.ui.form import Bar
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Answer,
    Button,
    Hair,
    Kind,
    Prose,
    Scroller,
    caption,
    clear,
    heading,
    label,
    pane,
    vbox,
)


class VisitPage(QWidget):
    """What the client comes for, and the add-ons that fit with their length and price; `changed` tells of a wish."""

    changed = Signal()
    back = Signal()
    next = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("client.visit")
        self._extras: tuple[Extra, ...] = ()
        self._wishes: set[int] = set()
        self._lines, self._rows = vbox(gap=0), vbox(gap=6)
        self._offer = label(self.tr("You could add"), k.BODY, k.SEMIBOLD)
        self._words = Prose(self.tr("The desk confirms what you choose. Nothing is booked or charged by it."))
        back = Button(self.tr("Back"), name="client.visit.back")
        self.next_button = Button(self.tr("Next: Review"), Kind.PRIMARY, key="Enter", name="client.visit.next")
        body = pane(
            vbox(
                label(self.tr("Your visit"), k.TITLE, k.SEMIBOLD),
                4,
                pane(self._lines),
                14,
                self._offer,
                self._words,
                pane(self._rows),
                STRETCH,
                gap=8,
                margins=(20, 14, 20, 16),
            ),
            "surface",
        )
        self.setLayout(vbox((Scroller(body), 1), Bar(STRETCH, back, self.next_button), gap=0))
        back.clicked.connect(self.back)
        self.next_button.clicked.connect(self.next)

    def show_visit(self, lines: Sequence[VisitLine], wishes: Iterable[int]) -> None:
        """Shows the visit, and what was wished for before."""
        self._wishes = set(wishes)
        clear(self._lines)
        for line in lines:
            words = vbox(heading(line.title), caption(line.words, Tone.INK2), gap=2, margins=(0, 8, 0, 8))
            self._lines.addWidget(pane(vbox(pane(words), Hair(), gap=0)))

    def show_extras(self, extras: Sequence[Extra]) -> None:
        """Shows what could be added by the answers so far."""
        if tuple(extras) == self._extras and self._rows.count():
            return
        self._extras = tuple(extras)
        clear(self._rows)
        for extra in extras:
            row = Answer(
                f"{extra.name}   {extra.words}", many=True, height=k.CONTROL_L, name=f"client.extra.{extra.service}"
            )
            row.setChecked(extra.service in self._wishes)
            row.setProperty("service", extra.service)
            row.clicked.connect(self._wish)
            self._rows.addWidget(row)
        self._offer.setVisible(bool(extras))
        self._words.setVisible(bool(extras))

    def show_next(self, words: str) -> None:
        """Says what comes after this page."""
        self.next_button.show_words(words)

    def wishes(self) -> tuple[int, ...]:
        """What is wished for, of what fits."""
        return tuple(extra.service for extra in self._extras if extra.service in self._wishes)

    def _wish(self) -> None:
        row = self.sender()
        if isinstance(row, Answer):
            self._wishes ^= {row.property("service")}
            self.changed.emit()
