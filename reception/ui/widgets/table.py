"""Tables: heads on sunken ground, figures at the right, rows by hairlines; no zebra, no vertical lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets.layouts import Hair, hbox, pane, vbox

R = TypeVar("R")
_Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_PAD = 8


@dataclass(frozen=True, slots=True)
class Column:
    """A column of rows that are laid out by hand: its title and its width; without one it takes what is left."""

    title: str
    width: int = 0
    right: bool = False


@dataclass(frozen=True)
class ListColumn(Generic[R]):
    """A column of a list: its title, what it says of a row, and how."""

    title: str
    words: Callable[[R], str]
    width: int = 0
    right: bool = False
    strong: bool = False
    tone: Callable[[R], Tone] | None = None


class TableHead(QWidget):
    """The names of the columns over rows of controls."""

    def __init__(self, columns: Sequence[Column], *, margins: tuple[int, int] = (16, 16), height: int = 28) -> None:
        super().__init__()
        self._columns, self._margins = tuple(columns), margins
        self.setFixedHeight(height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), colour(theme.t.sunken))
        left, right = self._margins
        rest = self.width() - left - right - sum(column.width for column in self._columns)
        x = float(left)
        for column in self._columns:
            width = column.width or rest
            box = QRectF(x, 0, width, self.height())
            glyphs.text(p, box, column.title, size=k.CAPTION, weight=k.MEDIUM, ink=theme.t.ink3, right=column.right)
            x += width


def table_row(
    columns: Sequence[Column], *cells: QWidget, margins: tuple[int, int] = (16, 16), height: int | None = None
) -> QWidget:
    """A row of controls under such a head, with its hairline."""
    for column, cell in zip(columns, cells, strict=True):
        if column.width:
            cell.setFixedWidth(column.width)
    items = [(cell, 0 if column.width else 1) for column, cell in zip(columns, cells, strict=True)]
    row = pane(hbox(*items, gap=0, margins=(margins[0], 6, margins[1], 6)), height=height)
    return pane(vbox(row, Hair(), gap=0))


class ListModel(QAbstractTableModel, Generic[R]):
    """Rows of frozen values under their columns; it looks up, never asks."""

    def __init__(self, columns: Sequence[ListColumn[R]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[R, ...] = ()

    def rows(self) -> tuple[R, ...]:
        """All that is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[R]) -> None:
        """Shows these instead."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.words(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        inside = orientation == Qt.Orientation.Horizontal and section < len(self._columns)
        return self._columns[section].title if inside and role == Qt.ItemDataRole.DisplayRole else None


class ListTable(QTableView, Generic[R]):
    """A list to choose from: arrows go along it, Enter or a double click opens a row."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, columns: Sequence[ListColumn[R]], *, row: int = 34, margin: int = 16, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._model: ListModel[R] = ListModel(columns, self)
        self.setModel(self._model)
        self.setItemDelegate(_Cell(columns, margin, self))
        self.setHorizontalHeader(_Head(columns, margin, self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._size_columns(columns, margin)
        self.selectionModel().currentRowChanged.connect(self._say_chosen)
        self.doubleClicked.connect(self._say_opened)

    def rows(self) -> tuple[R, ...]:
        """All that is shown."""
        return self._model.rows()

    def show_rows(self, rows: Sequence[R]) -> None:
        """Shows these instead; the chosen row stays chosen where it is still there."""
        old = self.current()
        self._model.show_rows(rows)
        if old is not None and old in self._model.rows():
            self.choose(old)

    def current(self) -> R | None:
        """The row that is chosen."""
        index = self.currentIndex()
        return self._model.rows()[index.row()] if index.isValid() else None

    def choose(self, row: R) -> None:
        """Chooses a row that is shown."""
        self.selectRow(self._model.rows().index(row))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._say_opened(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _size_columns(self, columns: Sequence[ListColumn[R]], margin: int) -> None:
        head = self.horizontalHeader()
        for n, column in enumerate(columns):
            edges = (margin - _PAD) * ((n == 0) + (n == len(columns) - 1))
            if column.width:
                head.setSectionResizeMode(n, QHeaderView.ResizeMode.Fixed)
                head.resizeSection(n, column.width + edges)
            else:
                head.setSectionResizeMode(n, QHeaderView.ResizeMode.Stretch)

    def _say_chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self._model.rows()[current.row()] if current.isValid() else None)

    def _say_opened(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.rows()[index.row()])


def _inner(rect: QRect, n: int, count: int, margin: int) -> QRectF:
    """The place for words in a cell: the first and the last keep the page's margin."""
    left, right = margin if n == 0 else _PAD, margin if n == count - 1 else _PAD
    return QRectF(rect).adjusted(left, 0, -right, 0)


class _Cell(QStyledItemDelegate, Generic[R]):
    def __init__(self, columns: Sequence[ListColumn[R]], margin: int, parent: ListTable[R]) -> None:
        super().__init__(parent)
        self._columns, self._margin, self._table = tuple(columns), margin, parent

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        t, column, rect = theme.t, self._columns[index.column()], option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour(t.tint))
        row = self._table.rows()[index.row()]
        ink = t.of(column.tone(row)) if column.tone else t.ink if column.strong or index.column() == 0 else t.ink2
        weight = k.MEDIUM if column.strong or index.column() == 0 else k.REGULAR
        box = _inner(rect, index.column(), len(self._columns), self._margin)
        glyphs.text(painter, box, column.words(row), weight=weight, ink=ink, right=column.right)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour(t.hair))
        if self._table.hasFocus() and state & QStyle.StateFlag.State_Selected and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), colour(t.accent))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self._columns[index.column()].width or 80, 34)


class _Head(QHeaderView, Generic[R]):
    def __init__(self, columns: Sequence[ListColumn[R]], margin: int, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns, self._margin = tuple(columns), margin
        self.setFixedHeight(28)
        self.setSectionsClickable(False)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        column = self._columns[logicalIndex]
        painter.fillRect(rect, colour(theme.t.sunken))
        box = _inner(rect, logicalIndex, len(self._columns), self._margin)
        glyphs.text(painter, box, column.title, size=k.CAPTION, weight=k.MEDIUM, ink=theme.t.ink3, right=column.right)
