"""What the sections of the catalogue have in common: which rows are wanted, and the lines of the cards beside them."""

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from reception.ui import text
from reception.ui import tokens as k
from reception.ui.dialogs.sheet import PAD
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Hair, Icon, Kind, caption, hbox, label, pane, vbox
from reception.ui.widgets.layouts import Item

MARGIN = 20


class Sieve(NamedTuple):
    """Which rows are wanted: those that hold all these words, and the retired ones too where asked for."""

    words: str
    retired: bool

    def lets(self, name: str, *, retired: bool) -> bool:
        """Whether a row is wanted."""
        if retired and not self.retired:
            return False
        plain = text.folded(name)
        return all(word in plain for word in text.folded(self.words).split())


def section_head(title: str, *buttons: QWidget) -> QWidget:
    """The head over a list, its buttons at the right."""
    return pane(hbox(label(title, k.HEADING, k.SEMIBOLD), STRETCH, *buttons, margins=(MARGIN, 6, MARGIN, 6)))


def part(*items: Item, last: bool = False) -> QWidget:
    """One part of a card, with the line below it."""
    return pane(vbox(pane(vbox(*items, gap=6, margins=(PAD, 10, PAD, 10))), None if last else Hair(), gap=0))


def line(icon: tuple[str, Tone], words: str, second: str = "", *beside: QWidget, tone: Tone = Tone.INK2) -> QWidget:
    """One line of a card: its sign, what it says, below that what more there is to know, and what can be done."""
    below = caption(second, tone, wrap=True) if second else None
    sign = vbox(1, Icon(*icon), STRETCH, gap=0)
    return pane(hbox(sign, (vbox(label(words, wrap=True), below, gap=1), 1), *beside, gap=8, margins=(0, 3, 0, 3)))


def changer(words: str, name: str) -> Button:
    """The way to change a part of a card."""
    return Button(words, Kind.LINK, height=24, name=name)


def row_tone(*, retired: bool) -> Tone:
    """The first words of a row; a retired one is quiet."""
    return Tone.INK3 if retired else Tone.INK


def second_tone(*, retired: bool) -> Tone:
    """The other words of a row."""
    return Tone.INK3 if retired else Tone.INK2
