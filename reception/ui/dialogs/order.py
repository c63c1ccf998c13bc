"""Things in an order that counts, as they are arranged in a sheet: dragged, moved by buttons or by keys, taken away."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.ui.tokens import Tone
from reception.ui.widgets import Button, Elided, Icon, Kind, caption, hbox, pane, vbox

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Order(QWidget):
    """Rows by their keys, the first one first; each may carry a control of its own at the right.

    A row is dragged by its grip, moved by its arrows or by Ctrl and an arrow key from anywhere in it, and taken away by
    its cross. `edited` tells of each such change.
    """

    edited = Signal()

    def __init__(self, nothing: str = "", *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._rows: list[_Row] = []
        self._nothing = caption(nothing, wrap=True)
        self._box = vbox(gap=4)
        self.setLayout(vbox(self._nothing, self._box, gap=0))
        self._nothing.setVisible(bool(nothing))

    def entries(self) -> tuple[int, ...]:
        """What stands in it, in order."""
        return tuple(row.key for row in self._rows)

    def side(self, key: int) -> QWidget | None:
        """The control that a row carries."""
        return next(row.side for row in self._rows if row.key == key)

    def add(self, key: int, words: str, side: QWidget | None = None) -> None:
        """Puts a row at the end."""
        row = _Row(key, words, side, name=self.objectName())
        row.moved.connect(self._move)
        row.dragged.connect(self._drag)
        row.gone.connect(self._take_away)
        self._rows.append(row)
        self._box.addWidget(row)
        self._show_ends()

    def clear(self) -> None:
        """Takes every row away, without saying so."""
        for row in self._rows:
            self._remove(row)
        self._rows = []
        self._show_ends()

    def _move(self, key: int, step: int) -> None:
        old = self.entries().index(key)
        self._put(old, old + step)

    def _drag(self, key: int, at: QPoint) -> None:
        """A row follows the pointer as soon as that has passed the middle of another."""
        old, y = self.entries().index(key), self.mapFromGlobal(at).y()
        others = (row for row in self._rows if row.key != key)
        self._put(old, sum(row.geometry().center().y() < y for row in others))

    def _put(self, old: int, new: int) -> None:
        if new == old or not 0 <= new < len(self._rows):
            return
        row = self._rows.pop(old)
        self._rows.insert(new, row)
        self._box.removeWidget(row)
        self._box.insertWidget(new, row)
        self._show_ends()
        self.edited.emit()

    def _take_away(self, key: int) -> None:
        place = self.entries().index(key)
        self._remove(self._rows.pop(place))
        self._show_ends()
        if self._rows:
            self._rows[min(place, len(self._rows) - 1)].take.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _remove(self, row: "_Row") -> None:
        self._box.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _show_ends(self) -> None:
        for n, row in enumerate(self._rows):
            row.show_place(n, len(self._rows))
        self._nothing.setVisible(not self._rows and bool(self._nothing.text()))


class _Row(QWidget):
    moved = Signal(int, int)
    dragged = Signal(int, QPoint)
    gone = Signal(int)

    def __init__(self, key: int, words: str, side: QWidget | None, *, name: str) -> None:
        super().__init__()
        self.key, self.side = key, side
        self._grip = _Grip(f"{name}.grip.{key}")
        self._up = self._button("up", self.tr("Move {} up").format(words), f"{name}.up.{key}")
        self._down = self._button("down", self.tr("Move {} down").format(words), f"{name}.down.{key}")
        self.take = self._button("x", self.tr("Take {} away").format(words), f"{name}.remove.{key}")
        buttons = pane(hbox(self._up, self._down, self.take, gap=0))
        self.setLayout(hbox(self._grip, (Elided(words), 1), side, buttons, gap=6))
        self._grip.dragged.connect(self._say_dragged)
        self._up.clicked.connect(self._go_up)
        self._down.clicked.connect(self._go_down)
        self.take.clicked.connect(self._go)
        for part in (self._up, self._down, self.take, side):
            if part is not None:
                part.installEventFilter(self)

    def show_place(self, n: int, count: int) -> None:
        """Says where it stands; alone it can't be moved."""
        self._grip.setEnabled(count > 1)
        self._up.setEnabled(n > 0)
        self._down.setEnabled(n < count - 1)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.moved.emit(self.key, step)
                return True
        return super().eventFilter(watched, event)

    def _button(self, icon: str, tip: str, name: str) -> Button:
        return Button(kind=Kind.GHOST, icon=icon, height=28, tip=tip, name=name)

    def _say_dragged(self, at: QPoint) -> None:
        self.dragged.emit(self.key, at)

    def _go_up(self) -> None:
        self.moved.emit(self.key, -1)

    def _go_down(self) -> None:
        self.moved.emit(self.key, 1)

    def _go(self) -> None:
        self.gone.emit(self.key)


class _Grip(Icon):
    """Where a row is taken by the mouse; the keyboard has the arrows beside it."""

    dragged = Signal(QPoint)

    def __init__(self, name: str) -> None:
        super().__init__("grip", Tone.INK3)
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.dragged.emit(event.globalPosition().toPoint())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setCursor(Qt.CursorShape.OpenHandCursor)
