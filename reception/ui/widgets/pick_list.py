"""A list that is searched by typing: clients, services, and everything that can be done (Ctrl+K)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from reception.ui import glyphs, icons, text, theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.widgets.edits import LineEdit
from reception.ui.widgets.layouts import Hair, vbox

_Index = QModelIndex | QPersistentModelIndex
_PICK = Qt.ItemDataRole.UserRole
_TALL, _LOW, _HEAD = 44, 36, 28


@dataclass(frozen=True, slots=True)
class Pick:
    """Something to choose: its words, a second line or note, what helps at the right, and the key that chooses it.

    With an `icon` it is one line; without one it is a person, with initials and a second line. A pick without a `value`
    is the name of the part of the list that it begins.
    """

    words: str
    value: object = None
    note: str = ""
    right: str = ""
    key: str = ""
    icon: str = ""


class PickModel(QAbstractListModel):
    """What can be chosen, in its order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picks: tuple[Pick, ...] = ()

    def picks(self) -> tuple[Pick, ...]:
        """All that is offered."""
        return self._picks

    def show_picks(self, picks: Sequence[Pick]) -> None:
        """Offers these instead."""
        self.beginResetModel()
        self._picks = tuple(picks)
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._picks)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        pick = self._picks[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return pick.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (pick.words, pick.note, pick.right) if part)
        return pick if role == _PICK else None

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or self._picks[index.row()].value is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class PickList(QWidget):
    """A line to type in above a list of what fits. Arrows go along it; Enter, a click or its digit chooses a pick.

    What fits comes from outside: on `query_changed`, ask and `show_rows`.
    """

    query_changed = Signal(str)
    chosen = Signal(object)
    marked = Signal(object)
    left = Signal()

    def __init__(self, hint: str = "", *, large: bool = False, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._model = PickModel(self)
        self.line = _Line(hint, large=large, name=f"{name}_line" if name else "")
        self.list = _List(self._model, self, name=f"{name}_list" if name else "")
        self.setFocusProxy(self.line)
        self.setLayout(vbox(self.line, Hair() if large else 4, 6 if large else None, (self.list, 1), gap=0))
        self.line.textChanged.connect(self.query_changed)
        self.line.pressed.connect(self._press)
        self.list.clicked.connect(self._choose)
        self.list.selectionModel().currentChanged.connect(self._mark)

    def query(self) -> str:
        """What has been typed."""
        return self.line.text()

    def picks(self) -> tuple[Pick, ...]:
        """All that is offered."""
        return self._model.picks()

    def show_rows(self, picks: Sequence[Pick]) -> None:
        """Offers these; the first is marked."""
        self._model.show_picks(picks)
        self._step(0, 1)
        self.list.updateGeometry()

    def current(self) -> Pick | None:
        """The pick that is marked."""
        index = self.list.currentIndex()
        return self._model.picks()[index.row()] if index.isValid() else None

    def show_note(self, note: str) -> None:
        """Says at the end of the line what the list holds, as in 4 clients, 4 things to do."""
        self.line.show_note(note)

    def clear(self) -> None:
        """Begins anew: nothing typed."""
        self.line.clear()

    def height_of(self, count: int | None = None) -> int:
        """How tall the whole is with its first `count` rows, or with all."""
        picks = self._model.picks()[:count]
        return self.line.height() + 12 + sum(_height(pick, n) for n, pick in enumerate(picks))

    def _press(self, event: QKeyEvent) -> None:
        """The line's keys that are meant for the list; the rest are typed."""
        row = self.list.currentIndex().row()
        page = max(1, self.list.viewport().height() // _TALL - 1)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        key = event.key()
        if key in steps:
            self._step(row + steps[Qt.Key(key)], 1 if steps[Qt.Key(key)] > 0 else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif (hit := self._of_digit(event)) is not None:
            self._choose(self._model.index(hit))
        else:
            return
        event.accept()

    def _of_digit(self, event: QKeyEvent) -> int | None:
        """The row whose key is the digit. A digit after another one, or first of all where people are searched by
        telephone, is typed.
        """
        digit = event.text()
        if not digit.isdigit() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return None
        if any(sign.isdigit() for sign in self.query()):
            return None
        return next((n for n, pick in enumerate(self._model.picks()) if pick.key == digit), None)

    def _step(self, row: int, towards: int) -> None:
        """Marks the row, or the next one in that direction that can be chosen."""
        picks = self._model.picks()
        if not picks:
            return
        row = min(max(row, 0), len(picks) - 1)
        for n in range(row, len(picks) if towards > 0 else -1, towards):
            if picks[n].value is not None:
                self.list.setCurrentIndex(self._model.index(n))
                return

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and (value := self._model.picks()[index.row()].value) is not None:
            self.chosen.emit(value)

    def _mark(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.marked.emit(self._model.picks()[current.row()].value if current.isValid() else None)


class _Line(LineEdit):
    pressed = Signal(QKeyEvent)

    def __init__(self, hint: str, *, large: bool, name: str) -> None:
        super().__init__("", hint, icon="" if large else "search", name=name)
        self._large, self._note = large, ""
        self.setAccessibleName(hint)
        if large:
            self.setProperty("bare", "true")
            self.setFont(theme.font(k.HEADING, k.MEDIUM))
            self.setTextMargins(54, 0, 60, 0)
            self.setMinimumHeight(48)

    def show_note(self, note: str) -> None:
        self._note = note
        width = theme.metrics(k.CAPTION).horizontalAdvance(note)
        self.setTextMargins(54 if self._large else 22, 0, round(width) + (64 if self._large else 14), 0)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        p, middle, right = QPainter(self), self.height() / 2, self.width() - 10.0
        if self._large:
            icons.draw(p, "search", 22, middle - 8, theme.t.accent)
            right = glyphs.keycap(p, self.tr("Esc"), self.width() - 18, middle) - 8
        box = QRectF(self.width() / 2, 0, right - self.width() / 2, self.height())
        glyphs.text(p, box, self._note, size=k.CAPTION, ink=theme.t.ink3, right=True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.pressed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)


class _List(QListView):
    def __init__(self, model: PickModel, owner: PickList, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setModel(model)
        self.setItemDelegate(_Row(owner))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.setCurrentIndex(index)
        super().mouseMoveEvent(event)


class _Row(QStyledItemDelegate):
    def __init__(self, owner: PickList) -> None:
        super().__init__(owner)
        self._owner = owner

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, _height(index.data(_PICK), index.row()))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        pick: Pick = index.data(_PICK)
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if pick.value is None:
            _paint_head(painter, rect, pick, first=index.row() == 0)
        else:
            on = bool(option.state & QStyle.StateFlag.State_Selected)
            _paint_pick(painter, rect, pick, self._owner.query(), on=on)
        painter.restore()


def _height(pick: Pick, row: int) -> int:
    if pick.value is None:
        return _HEAD if row == 0 else _HEAD + 9
    return _LOW if pick.icon else _TALL


def _paint_head(p: QPainter, rect: QRect, pick: Pick, *, first: bool) -> None:
    if not first:
        p.fillRect(QRect(rect.left(), rect.top() + 4, rect.width(), 1), colour(theme.t.hair))
    box = QRectF(rect.left() + 18, rect.bottom() - 25, rect.width() - 36, 24)
    glyphs.text(p, box, pick.words, size=k.CAPTION, weight=k.MEDIUM, ink=theme.t.ink3)


def _paint_pick(p: QPainter, rect: QRect, pick: Pick, query: str, *, on: bool) -> None:
    t, middle = theme.t, rect.center().y() + 0.5
    if on:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour(t.tint))
        p.drawRoundedRect(QRectF(rect).adjusted(8, 0, -8, 0), k.RADIUS, k.RADIUS)
    if pick.icon:
        icons.draw(p, pick.icon, rect.left() + 23, middle - 8, t.ink2)
    else:
        glyphs.avatar(p, text.initials(pick.words), rect.left() + 18, middle - 13, 26)
    right = rect.right() - 18.0
    if pick.key:
        right = glyphs.keycap(p, pick.key, right, middle) - 10
    if pick.right:
        width = min(theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(pick.right) + 2, rect.width() * 0.45)
        box = QRectF(right - width, middle - 9, width, 18)
        glyphs.text(p, box, pick.right, size=k.CAPTION, weight=k.MEDIUM, ink=t.ink2, right=True)
        right -= width + 10
    x = rect.left() + 56.0
    ink = t.ink2 if on else t.ink3
    if pick.icon or not pick.note:
        end = _paint_found(p, QRectF(x, middle - 9, right - x, 18), pick.words, query)
        box = QRectF(end + 8, middle - 9, right - end - 8, 18)
        if box.width() > 20:  # noqa: PLR2004 - less holds no word
            glyphs.text(p, box, pick.note, size=k.CAPTION, ink=ink)
    else:
        _paint_found(p, QRectF(x, middle - 18, right - x, 18), pick.words, query)
        glyphs.text(p, QRectF(x, middle, right - x, 16), pick.note, size=k.CAPTION, ink=ink)


def _paint_found(p: QPainter, box: QRectF, words: str, query: str) -> float:
    """Words with what was typed in bold; returns where they end."""
    x = box.left()
    for part, strong in found_parts(words, query):
        weight = k.SEMIBOLD if strong else k.REGULAR
        glyphs.text(p, QRectF(x, box.top(), box.right() - x, box.height()), part, weight=weight)
        x = min(box.right(), x + theme.metrics(k.BODY, weight).horizontalAdvance(part))
    return x


def found_parts(words: str, query: str) -> list[tuple[str, bool]]:
    """Words cut where a word of the query begins one of them; True marks what was found."""
    asked = [part for part in text.folded(query).split() if part]
    parts: list[tuple[str, bool]] = []
    for n, word in enumerate(words.split(" ")):
        lead = " " if n else ""
        hit = max((len(a) for a in asked if text.folded(word).startswith(a)), default=0)
        if hit:
            parts += [(lead, False), (word[:hit], True), (word[hit:], False)]
        else:
            parts.append((lead + word, False))
    return [part for part in parts if part[0]]
