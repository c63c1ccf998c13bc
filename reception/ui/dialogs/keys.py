"""All keys on one sheet (Ctrl+/)."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from reception.ui import tokens as k
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Hair, KeyCap, Scroller, hbox, heading, label, pane, vbox
from reception.ui.widgets.floating import Floating

Section = tuple[str, Sequence[tuple[str, str]]]
_COLUMN, _COLUMNS, _AIR = 320, 3, 40


class Keys(Floating):
    """What each key does, in columns as there is room for them; Esc closes it."""

    def __init__(self, window: QWidget, sections: Sequence[Section]) -> None:
        title = heading(window.tr("Keys"))
        head = pane(hbox(title, STRETCH, KeyCap("Esc"), margins=(20, 14, 16, 10)))
        count = min(_COLUMNS, (window.width() - _AIR) // _COLUMN)
        width = count * _COLUMN
        body = pane(hbox(*((_column(part), 1) for part in spread(sections, count)), gap=28, margins=(20, 12, 20, 18)))
        scroller = Scroller(body)
        scroller.setFixedHeight(min(body.sizeHint().height(), window.height() - 3 * _AIR))
        super().__init__(window, vbox(head, Hair(), scroller, gap=0), width=width, name="keys")
        self.setAccessibleName(title.text())


def spread(sections: Sequence[Section], count: int) -> list[list[Section]]:
    """The sections in their order over so many columns, about as tall as each other."""
    columns: list[list[Section]] = [[]]
    whole = sum(len(keys) + 2 for _, keys in sections)
    for section in sections:
        filled = sum(len(keys) + 2 for _, keys in columns[-1])
        if columns[-1] and filled + len(section[1]) / 2 > whole / count and len(columns) < count:
            columns.append([])
        columns[-1].append(section)
    return columns


def _column(sections: Sequence[Section]) -> QWidget:
    column = vbox(gap=3)
    for title, keys in sections:
        column.addWidget(label(title, k.CAPTION, k.SEMIBOLD, Tone.INK2))
        for key, words in keys:
            caps = [KeyCap(part) for part in key.split(" / ")]
            column.addWidget(pane(hbox(label(words), STRETCH, *caps, gap=4), height=24))
        column.addSpacing(8)
    column.addStretch(1)
    return pane(column)
