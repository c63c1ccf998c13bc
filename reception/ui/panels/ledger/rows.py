"""Visits with their credits, and the client's money with what is owed after each line (R8)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from reception.domain.ledger import State
from reception.domain.money import Money
from reception.domain.outcomes import UPCOMING, Status
from reception.domain.packages import MoneyLine, VisitLine
from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.text import Formats
from reception.ui.theme import colour

V = TypeVar("V", VisitLine, MoneyLine)
_Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_READ = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
VISIT_HEIGHT, MONEY_HEIGHT = 44, 24
_FIGURES = 70.0


class Model(QAbstractListModel, Generic[V]):
    """The lines in their order, each with its words for those who can't see it."""

    def __init__(self, rows: "Rows[V]") -> None:
        super().__init__(rows)
        self._rows: Rows[V] = rows
        self._lines: tuple[V, ...] = ()

    def lines(self) -> tuple[V, ...]:
        """All that is shown."""
        return self._lines

    def show_lines(self, lines: Sequence[V]) -> None:
        """Shows these instead."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role in _READ:
            return self._rows.words(line)
        return line if role == _ROW else None


class Rows(QListView, Generic[V]):
    """Painted lines, no more than are in sight; a click or Enter chooses one, a double click opens it."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, formats: Formats, height: int, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.formats = formats
        self.today = formats.today()
        self._height = height
        self._model: Model[V] = Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._choose)
        self.doubleClicked.connect(self._open)

    def lines(self) -> tuple[V, ...]:
        """All that is shown."""
        return self._model.lines()

    def show_lines(self, lines: Sequence[V], formats: Formats, today: date) -> None:
        """Shows these lines, written the clinic's way."""
        self.formats, self.today = formats, today
        self._model.show_lines(lines)
        self.setFixedHeight(max(1, len(lines) * self._height))

    def words(self, line: V) -> str:
        """What a line says, read aloud."""
        raise NotImplementedError

    def paint_line(self, p: QPainter, line: V, box: QRectF) -> None:
        """Draws a line in its place."""
        raise NotImplementedError

    def height_of_line(self) -> int:
        """How tall each line is."""
        return self._height

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.lines()[index.row()])

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.lines()[index.row()])


class _Painter(QStyledItemDelegate):
    def __init__(self, rows: "Rows[Any]") -> None:
        super().__init__(rows)
        self._rows = rows

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, self._rows.height_of_line())

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        box = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colour(theme.t.hover, 0.5))
        self._rows.paint_line(painter, index.data(_ROW), box)
        if self._rows.hasFocus() and index == self._rows.currentIndex():
            glyphs.focus_ring(painter, box.adjusted(1, 0, -1, -1), k.RADIUS_S)
        painter.restore()


class VisitRows(Rows[VisitLine]):
    """Visits, each with the credit that it holds or used, or what was paid for it."""

    def __init__(self, formats: Formats) -> None:
        super().__init__(formats, VISIT_HEIGHT, name="ledger.visits")
        self._marked: frozenset[int] = frozenset()
        self.setAccessibleName(self.tr("Visits"))

    def mark(self, visits: frozenset[int]) -> None:
        """Tints the visits of the credit that is chosen."""
        self._marked = visits
        self.viewport().update()

    def marked(self) -> frozenset[int]:
        """The visits of the credit that is chosen."""
        return self._marked

    @override
    def words(self, line: VisitLine) -> str:
        marked = self.tr("of the chosen credit") if line.id in self._marked else ""
        parts = (self._when(line), self._detail(line), glyphs.word(line.status), self.credit_words(line), marked)
        return ", ".join(part for part in parts if part)

    def credit_words(self, line: VisitLine) -> str:
        """What paid, or has to pay, for a visit: "booked 3 of 6", "62.00 paid"."""
        if line.credit is not None:
            words = {
                State.RESERVED: self.tr("booked {number} of {of}"),
                State.FORFEITED: self.tr("forfeited {number} of {of}"),
            }.get(line.credit_state or State.REDEEMED, self.tr("used {number} of {of}"))
            return words.format(number=line.number, of=line.of)
        if line.paid:
            return self.tr("{amount} paid").format(amount=self.formats.amount(line.paid))
        if line.paid_ahead:
            return self.tr("{amount} paid ahead").format(amount=self.formats.amount(line.paid_ahead))
        if line.status in glyphs.LOST or line.returned:
            return self.tr("no credit")
        if not line.price:
            return self.tr("free")
        return self.tr("{amount} to pay").format(amount=self.formats.amount(line.price))

    @override
    def paint_line(self, p: QPainter, line: VisitLine, box: QRectF) -> None:
        t, on, lost = theme.t, line.id in self._marked, line.status in glyphs.LOST
        if on:
            p.fillRect(box.adjusted(0, 0, 0, -1), colour(t.tint))
            p.fillRect(QRectF(box.left(), box.top(), 3, box.height() - 1), colour(t.accent))
        p.fillRect(QRectF(box.left() + 16, box.bottom() - 1, box.width() - 32, 1), colour(t.hair))
        glyphs.status(p, line.status, box.left() + 17, box.top() + 9, 11)
        right = box.right() - 16
        if line.credit is not None and line.number is not None and line.credit_state is not None:
            glyphs.pip(p, line.credit_state, line.number, right - 20, box.top() + 11, 20)
            right -= 28
        right = self._paint_credit(p, line, QRectF(box.left(), box.top() + 12, right - box.left(), 18))
        room = right - box.left() - 38 - 8
        first = QRectF(box.left() + 38, box.top() + 5, room, 18)
        glyphs.text(p, first, self._when(line), weight=k.MEDIUM, ink=t.ink2 if lost else t.ink, strike=lost)
        second = QRectF(box.left() + 38, box.top() + 23, room, 15)
        glyphs.text(p, second, self._detail(line), size=k.CAPTION, ink=t.ink2 if on else t.ink3)

    def _paint_credit(self, p: QPainter, line: VisitLine, room: QRectF) -> float:
        """Says what paid for it, at the right; returns where that begins."""
        words = self.credit_words(line)
        t, owing = theme.t, self._owing(line)
        ink = t.accent if line.credit is not None else t.warn if owing else t.ink2
        left = room.right() - theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(words) - 2
        box = QRectF(left, room.top(), room.right() - left, room.height())
        glyphs.text(p, box, words, size=k.CAPTION, weight=k.MEDIUM, ink=ink, right=True)
        return left

    def _owing(self, line: VisitLine) -> bool:
        unpaid = line.credit is None and not line.paid and line.price > 0
        return unpaid and line.status is Status.COMPLETED and not line.returned

    def _when(self, line: VisitLine) -> str:
        return self.formats.when(line.start, self.today)

    def _detail(self, line: VisitLine) -> str:
        if line.status not in glyphs.LOST:
            late = line.status in UPCOMING and line.returned
            end = self.tr("another credit came back") if late else ""
            return " · ".join(part for part in (line.service_name, line.staff_name, end) if part)
        word = glyphs.word(line.status).lower()
        if line.returned:
            word = self.tr("{status}, credit came back").format(status=word)
        return f"{line.service_name} · {word}"


class MoneyRows(Rows[MoneyLine]):
    """What was charged and paid, and what was owed then."""

    def __init__(self, formats: Formats, *, name: str) -> None:
        super().__init__(formats, MONEY_HEIGHT, name=name)
        self.setAccessibleName(self.tr("Money"))

    @override
    def words(self, line: MoneyLine) -> str:
        owed = self.tr("owed {amount}") if line.owed >= 0 else self.tr("in credit {amount}")
        owed = owed.format(amount=self.formats.amount(Money(abs(line.owed))))
        return ", ".join((self._day(line), line.words, self.formats.amount(line.amount), owed))

    @override
    def paint_line(self, p: QPainter, line: MoneyLine, box: QRectF) -> None:
        t, top, height = theme.t, box.top(), box.height()
        right = box.right() - 16
        owed = QRectF(right - _FIGURES, top, _FIGURES, height)
        glyphs.text(p, owed, self.formats.amount(line.owed), ink=t.ink2, right=True)
        amount = owed.translated(-_FIGURES, 0)
        glyphs.text(p, amount, self.formats.amount(line.amount), right=True)
        glyphs.text(p, QRectF(box.left() + 16, top, 74, height), self._day(line), ink=t.ink3)
        x = box.left() + 94
        glyphs.text(p, QRectF(x, top, amount.left() - x - 6, height), line.words)

    def _day(self, line: MoneyLine) -> str:
        return self.formats.short(line.day, self.today)


class MoneyHead(QWidget):
    """The names of the money's columns."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(22)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p, height = QPainter(self), self.height()
        right = self.width() - 16.0
        cells = (
            (self.tr("Date"), QRectF(16, 0, 74, height), False),
            (self.tr("Entry"), QRectF(94, 0, 120, height), False),
            (self.tr("Amount"), QRectF(right - 2 * _FIGURES, 0, _FIGURES, height), True),
            (self.tr("Owed"), QRectF(right - _FIGURES, 0, _FIGURES, height), True),
        )
        for words, box, at_right in cells:
            glyphs.text(p, box, words, size=k.CAPTION, weight=k.MEDIUM, ink=theme.t.ink3, right=at_right)
