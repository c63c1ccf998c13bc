"""Groups of the same questions as a table: a line for each, the questions above the columns."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout
from typing_extensions import override

from reception.domain.questionnaire import Row
from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.form import place
from reception.ui.form.entries import Line
from reception.ui.form.rows import PAD, FormRow, QuestionRow
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import Button, Kind, caption, label, vbox

_INDENT = 34


class TableRow(FormRow):
    """A table of answers; a line that repeats can be taken away."""

    removed = Signal(object)

    def __init__(self, group: Row, lines: Sequence[Line], cells: Sequence[Sequence[QuestionRow]], level: int) -> None:
        super().__init__(group.path, level)
        self._cells = [list(line) for line in cells]
        words = f"{group.item.prefix} {group.item.words}".strip()
        self.setAccessibleName(words)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        title = label(words, weight=k.SEMIBOLD, wrap=True) if words else None
        self.setLayout(vbox(title, self._grid, gap=8, margins=(PAD + _INDENT * level, 12, PAD, 12)))
        self._heads(lines[0])
        for n, (line, made) in enumerate(zip(lines, self._cells, strict=True), 1):
            self._line(n, line, made, alone=len(lines) == 1)

    def cells(self) -> Iterator[QuestionRow]:
        """The questions, line by line."""
        for line in self._cells:
            yield from line

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        if not self.last:
            p.fillRect(PAD, self.height() - 1, self.width() - 2 * PAD, 1, colour(theme.t.hair))

    def _heads(self, line: Line) -> None:
        for n, cell in enumerate(line.cells, 1):
            words = f"{cell.item.short or cell.item.words}{' *' if cell.item.required else ''}"
            self._grid.addWidget(caption(words, Tone.INK2, k.MEDIUM, wrap=True), 0, n)
            self._grid.setColumnStretch(n, 1)

    def _line(self, n: int, line: Line, made: Sequence[QuestionRow], *, alone: bool) -> None:
        repeats = line.group.item.repeats
        name = str(n) if repeats else f"{line.group.item.prefix} {line.group.item.words}".strip()
        self._grid.addWidget(label(name, weight=k.MEDIUM, wrap=True), n, 0)
        for column, cell in enumerate(made, 1):
            cell.setAccessibleName(f"{cell.accessibleName()}, {name}")
            self._grid.addWidget(cell, n, column)
        if repeats and not alone:
            away = Button(kind=Kind.GHOST, icon="x", tip=self.tr("Take this line away"))
            away.setObjectName(f"{place.name(line.group.path)}.away")
            away.clicked.connect(self._remove)
            away.setProperty("path", place.key(line.group.path))
            self._grid.addWidget(away, n, len(made) + 1)

    def _remove(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.removed.emit(place.of(button.property("path")))
