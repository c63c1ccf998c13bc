"""Questions that share their answers, as a table: a row for each question, a column for each answer."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from typing_extensions import override

from reception.domain.questionnaire.paging import is_row
from reception.domain.questionnaire.values import Item
from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.form.builder import is_statement, offered
from reception.ui.form.choices import Choice, Choices, Pick
from reception.ui.theme import colour

_NARROWEST, _AIR = 66, 12  # pixels of a column, and between two heads
_LINES, _UNEVEN = 3, 1.3  # lines that a head may take; they are never equally long


class Columns(NamedTuple):
    """The answers that the questions of a table share, and how wide each column is."""

    picks: tuple[Pick, ...]
    width: int

    @property
    def room(self) -> int:
        """How wide all of them are."""
        return self.width * len(self.picks)


def shared(items: Sequence[Item]) -> dict[str, Columns]:
    """The columns that questions of a group share with those next to them, by linkId."""
    runs = (list(run) for _, run in groupby((one for one in items if is_row(one)), _offered))
    found: dict[str, Columns] = {}
    for run in runs:
        picks = _offered(run[0])
        if picks and len(run) > 1:
            found |= dict.fromkeys((one.link_id for one in run), _columns(picks))
    return found


def _offered(item: Item) -> tuple[Pick, ...]:
    """What a person chooses from in a question that has nothing below it."""
    if item.read_only or item.calculated is not None or is_statement(item) or any(map(is_row, item.items)):
        return ()
    return offered(item)


def _columns(picks: tuple[Pick, ...]) -> Columns:
    """Columns for these answers, wide enough for the longest word of a head, and for each head in a few lines."""
    measures = theme.metrics(k.CAPTION, k.MEDIUM)
    heads = [pick.words for pick in picks]
    word = max(measures.horizontalAdvance(word) for head in heads for word in head.split() or [""])
    head = max(measures.horizontalAdvance(head) for head in heads)
    return Columns(picks, round(max(_NARROWEST, word + _AIR, head / _LINES * _UNEVEN + _AIR)))


class Mark(Choice):
    """One cell: pressed anywhere, it is chosen. Up and Down are for the rows."""

    @override
    def hasHeightForWidth(self) -> bool:
        return False

    @override
    def shows_key(self) -> bool:
        parent = self.parent()
        return isinstance(parent, Marks) and parent.has_keyboard()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p, on = theme.t, QPainter(self), self.isChecked()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, middle = QRectF(self.rect()).adjusted(2.75, 0.75, -2.75, -0.75), self.height() / 2
        if on or (self.underMouse() and self.isEnabled()):
            p.setPen(QPen(colour(t.accent if on else t.line), 1.5 if on else 1))
            p.setBrush(colour(t.tint if on else t.hover))
            p.drawRoundedRect(box, k.RADIUS, k.RADIUS)
        glyphs.choice_mark(p, self.width() / 2 - 8, middle - 8, on=on, many=self.many, enabled=self.isEnabled())
        if self.key() and self.shows_key():
            glyphs.keycap(p, self.key(), self.width() - 3, middle)
        if self.hasFocus():
            glyphs.focus_ring(p, box.adjusted(-0.75, -0.75, 0.75, 0.75), k.RADIUS)


class Marks(Choices):
    """The answers to one question of the table, a mark in each column."""

    shape = Mark
    gap = 0

    def __init__(self, name: str, held: Columns, *, many: bool) -> None:
        super().__init__(name, held.picks, many=many)
        self.arrange(len(held.picks))
        self.setFixedWidth(held.room)

    @override
    def show_title(self, title: str) -> None:
        super().show_title(title)
        for answer in self.answers:
            answer.setAccessibleName(f"{title}, {answer.pick.words}")

    def column(self) -> int | None:
        """The column that has the keyboard."""
        return next((n for n, answer in enumerate(self.answers) if answer.hasFocus()), None)
