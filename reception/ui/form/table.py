"""Answers as tables: groups as lines with their questions above the columns, or shared answers above their marks."""

from collections.abc import Callable, Container, Iterator, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from reception.domain.questionnaire import Row
from reception.domain.questionnaire.paging import is_row
from reception.domain.questionnaire.values import Item
from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.form import place
from reception.ui.form.entries import Entry, Line
from reception.ui.form.matrix import Columns
from reception.ui.form.rows import INDENT, PAD, FormRow, Mark, QuestionRow
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import Button, Kind, caption, label, vbox

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom


class TableRow(FormRow):
    """A table of answers: its cells come and go in their places; a line that repeats can be taken away."""

    removed = Signal(object)

    def __init__(self, entry: Entry, title: str, mark: Mark, make: Callable[[Row, str], QuestionRow]) -> None:
        group, level = entry.row, entry.level
        super().__init__(group.path, level)
        self._item, self._mark, self._make = group.item, mark, make
        self._lines: list[list[QuestionRow | None]] = []
        self._cells: dict[place.Path, QuestionRow] = {}
        self._edges: list[QWidget] = []  # the heads, the names of the lines, what takes them away
        self._order: list[QWidget] = []
        self._shape: tuple[tuple[place.Path | None, ...], ...] = ()
        self.setAccessibleName(f"{group.item.prefix} {group.item.words}".strip())
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        told = label(title, weight=k.SEMIBOLD, wrap=True) if title else None
        self.setLayout(vbox(told, self._grid, gap=8, margins=(PAD + INDENT * level, 12, PAD, 12)))
        self.show_lines(entry.lines)

    def cells(self) -> Iterator[QuestionRow]:
        """The questions, line by line."""
        return (cell for line in self._lines for cell in line if cell is not None)

    def parts(self) -> Sequence[QWidget]:
        """What stands in it, in the order in which Tab goes through it."""
        return self._order

    def beside(self, cell: QuestionRow, step: int) -> QuestionRow | None:
        """The next question above or below one, in its column."""
        for n, line in enumerate(self._lines):
            if cell in line:
                column = line.index(cell)
                rest = self._lines[n + 1 :] if step > 0 else self._lines[:n][::-1]
                return next((found for one in rest if (found := one[column]) is not None), None)
        return None

    def show_lines(self, lines: Sequence[Line]) -> bool:
        """Shows these lines: cells that were there stay as they are. False where nothing came or went."""
        shape = tuple((line.group.path, *(cell and cell.path for cell in line.cells)) for line in lines)
        if shape == self._shape:
            return False
        self._shape = shape
        rows = {cell.path: cell for line in lines for cell in line.cells if cell is not None}
        self._clear(rows.keys())
        self._show_heads(lines)
        for n, line in enumerate(lines, 1):
            self._show_line(n, line, alone=len(lines) == 1)
        for part in (*self._edges, *self._cells.values()):
            part.show()  # at once, as the page does with its rows
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        if not self.last:
            p.fillRect(PAD, self.height() - 1, self.width() - 2 * PAD, 1, colour(theme.t.hair))

    def _clear(self, kept: Container[place.Path]) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        for path in [path for path in self._cells if path not in kept]:
            self._edges.append(self._cells.pop(path))
        for gone in self._edges:
            gone.hide()
            gone.deleteLater()
        self._edges, self._lines, self._order = [], [], []

    def _show_heads(self, lines: Sequence[Line]) -> None:
        widest = max(lines, key=lambda line: len(line.cells))
        for n, item in enumerate(_questions(widest), 1):
            self._put(caption(self._head(item), Tone.INK2, k.MEDIUM, wrap=True), 0, n)
            self._grid.setColumnStretch(n, 1)

    def _head(self, item: Item) -> str:
        words = item.short or item.words
        if item.read_only or item.calculated is not None or item.required is (self._mark is Mark.OPTIONAL):
            return words
        return f"{words} *" if item.required else self.tr("%1 (optional)").replace("%1", words)

    def _show_line(self, n: int, line: Line, *, alone: bool) -> None:
        repeats, words = self._item.repeats, f"{line.group.item.prefix} {line.group.item.words}".strip()
        if line.group.path != self.path or repeats:
            name = label(str(n) if repeats else words, weight=k.MEDIUM, wrap=True)
            name.setContentsMargins(0, 8, 0, 0)  # beside what is written in the cells
            self._put(name, n, 0)
        made: list[QuestionRow | None] = []
        for column, row in enumerate(line.cells, 1):
            cell = self._cell(row, f"{words} {n}".strip() if repeats else words) if row is not None else None
            made.append(cell)
            if cell is not None:
                self._grid.addWidget(cell, n, column)
                self._order.append(cell)
        self._lines.append(made)
        if repeats and not alone:
            self._put(self._away(line, n), n, len(made) + 1)

    def _cell(self, row: Row, line: str) -> QuestionRow:
        if row.path not in self._cells:
            self._cells[row.path] = self._make(row, line)
        return self._cells[row.path]

    def _away(self, line: Line, n: int) -> Button:
        away = Button(kind=Kind.GHOST, icon="x", tip=self.tr("Take line %1 away").replace("%1", str(n)))
        away.setObjectName(f"{place.name(line.group.path)}.away")
        away.clicked.connect(self._remove)
        away.setProperty("path", place.key(line.group.path))
        self._order.append(away)
        return away

    def _put(self, edge: QWidget, line: int, column: int) -> None:
        self._grid.addWidget(edge, line, column, Qt.AlignmentFlag.AlignTop if line else Qt.AlignmentFlag.AlignBottom)
        self._edges.append(edge)

    def _remove(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.removed.emit(place.of(button.property("path")))


class Heads(FormRow):
    """What stands above the columns of a matrix: the answers that its questions share."""

    def __init__(self, path: place.Path, columns: Columns, *, air: int = 0) -> None:
        super().__init__(path, 0)
        self.columns, self._air = columns, air
        self.last = True
        self.setAccessibleName(", ".join(pick.words for pick in columns.picks))
        self.setFixedHeight(self._height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p, t = QPainter(self), theme.t
        p.fillRect(self.rect(), colour(t.surface))
        p.fillRect(PAD, self._air, self.width() - 2 * PAD, self.height() - self._air, colour(t.sunken))
        p.setFont(theme.font(k.CAPTION, k.MEDIUM))
        p.setPen(colour(t.ink2))
        left, width = self.width() - PAD - self.columns.room, self.columns.width
        for n, pick in enumerate(self.columns.picks):
            p.drawText(QRectF(left + n * width + 4, 0, width - 8, self.height() - 6), _WRAP, pick.words)

    def _height(self) -> int:
        measures, room = theme.metrics(k.CAPTION, k.MEDIUM), QRectF(0, 0, self.columns.width - 8, 10_000)
        tallest = max(measures.boundingRect(room, _WRAP, pick.words).height() for pick in self.columns.picks)
        return round(tallest) + 12 + self._air


def _questions(line: Line) -> list[Item]:
    """What is asked in the columns of a line, whether it shows now or not."""
    return [one for one in line.group.item.items if is_row(one)]
