"""The day as one widget: it paints the scene, answers to mouse and keyboard, and asks for what the desk wants done."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from reception.ui import theme
from reception.ui.daygrid import accessible, cursor, drag, painting
from reception.ui.daygrid import block as blocks
from reception.ui.daygrid import scene as scenes
from reception.ui.daygrid.cursor import Cell, Cursor
from reception.ui.daygrid.layout import GUTTER, NARROWEST, STEP, Layout
from reception.ui.daygrid.values import Age, Block, Picture
from reception.ui.glyphs import LOST
from reception.ui.text import Formats
from reception.ui.theme import colour

REFUSAL_MS: Final = 6000
LETTERS: Final = frozenset("ABSCNRFXVTU")
_TAKEN = 0.42  # how much of a block is left where it was taken from
_LEFT = Qt.MouseButton.LeftButton
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_PLAIN = Qt.KeyboardModifier.NoModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
_NAMED = {
    Qt.Key.Key_PageUp: "PgUp",
    Qt.Key.Key_PageDown: "PgDown",
    Qt.Key.Key_Insert: "+",
    Qt.Key.Key_Plus: "+",
    Qt.Key.Key_Period: ".",
}


class DayGrid(QWidget):
    """A day of columns and blocks.

    Blocks are known by their keys, columns by theirs, times by minutes after local midnight. `slot_opened` carries what
    was typed on the cell, so that the booking's search begins with it. `key_asked` names one of the diary's keys.
    """

    chosen = Signal(object)
    opened = Signal(int)
    slot_opened = Signal(int, int, str)
    move_asked = Signal(int, int, int)
    key_asked = Signal(str)
    menu_asked = Signal(object, QPoint)
    reached = Signal(QRectF)
    focus_moved = Signal()

    def __init__(self, picture: Picture, formats: Formats, *, name: str = "day_grid") -> None:
        super().__init__()
        accessible.install()
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Day diary"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._formats, self._age = formats, Age.FRESH
        self._cursor: Cursor = None
        self._drag: drag.Drag | None = None
        self._press: tuple[Block, QPointF] | None = None
        # The block, column and minute that keys have asked for: the next key goes on from there, before it is shown.
        self._aim: tuple[int, int, int] | None = None
        self._refusal: painting.Refusal | None = None
        self._kept: frozenset[str] = frozenset()
        self._pictures: dict[int, tuple[tuple[object, ...], QPixmap]] = {}
        self._feet: dict[tuple[float, ...], QPixmap] = {}
        self._sight = 0.0
        self._forgetting = QTimer(self, singleShot=True, interval=REFUSAL_MS)
        self._forgetting.timeout.connect(self.forget_refusal)
        self.scene = scenes.build(picture, self._layout(picture), formats)
        self._fit()

    def show_picture(self, picture: Picture) -> None:
        """Shows a day wholly; what was chosen stays so where it is still there, and nothing is in the hand."""
        self._drag = self._press = None
        self.scene = scenes.build(picture, self._layout(picture), self._formats)
        if self._aim is not None and self._aim[1:] == self._place_of(self._aim[0]):
            self._aim = None
        self._pictures = {key: kept for key, kept in self._pictures.items() if key in self.scene.blocks}
        if self._refusal and self._refusal.block not in self.scene.blocks:
            self.forget_refusal()
        self._fit()
        if not self._stands(self._cursor):
            self._cursor = None
            self.chosen.emit(None)
        accessible.reordered(self)
        self.update()

    def show_now(self, now: int | None) -> None:
        """Moves the now-line; None where the day isn't today."""
        self.scene = replace(self.scene, picture=replace(self.scene.picture, now=now))
        self.update()

    def show_age(self, age: Age) -> None:
        """Dims a picture that is being read anew, and hatches the edge of one that may be old."""
        self._age = age
        self.update()

    def show_refusal(self, block: int, lines: tuple[str, ...]) -> None:
        """Brings a block back and says why, on it, for six seconds."""
        self.let_go()
        if block not in self.scene.blocks or not lines:
            return
        self._refusal = painting.Refusal(block, lines)
        self._forgetting.start()
        self.reached.emit(self.scene.boxes[block].united(painting.refusal_box(self.scene, self._refusal)))
        self.update()

    def forget_refusal(self) -> None:
        """Takes the refusal away again."""
        self._refusal = None
        self.update()

    def refusal(self) -> tuple[str, ...]:
        """What is being said about a block that came back."""
        return self._refusal.lines if self._refusal else ()

    def let_go(self) -> None:
        """Nothing is in the hand any more: the move was taken back or is over."""
        self._drag = self._press = self._aim = None
        self.update()

    def keep_keys(self, letters: frozenset[str]) -> None:
        """Letters that stay keys of the diary on a free cell too, as V does while something waits to be put down."""
        self._kept = letters

    def block(self) -> int | None:
        """The key of the chosen block."""
        return self._cursor if isinstance(self._cursor, int) else None

    def slot(self) -> tuple[int, int] | None:
        """The chosen cell: the key of its column and its minute."""
        if not isinstance(self._cursor, Cell):
            return None
        return self.scene.picture.columns[self._cursor.column].key, self._cursor.minute

    def choose(self, key: int | None) -> None:
        """Chooses a block, or nothing, and says so."""
        self._go(key)

    def choose_slot(self, column: int, minute: int) -> None:
        """Chooses the cell around a minute in the column of that key."""
        place = self.scene.columns[column]
        self._go(Cell(place, self.scene.free_from(place, minute)))

    def is_waiting(self) -> bool:
        """Whether it has the keyboard and nothing is chosen yet: its head shows the focus then."""
        return self.hasFocus() and self._cursor is None

    def box_of(self, key: int) -> QRectF:
        """Where a block lies in the widget."""
        return self.scene.boxes[key]

    def slot_box(self, column: int, minute: int) -> QRectF:
        """Where the cell at a minute lies in the widget."""
        return self.scene.layout.box(self.scene.columns[column], minute, STEP)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p, scene, region = QPainter(self), self.scene, QRectF(event.rect())
        p.fillRect(event.rect(), colour(theme.t.surface))
        painting.ground(p, scene)
        if scene.picture.now is not None:
            painting.now_line(p, scene.layout, scene.picture.now)
        for off in scene.picture.offs:
            if off.column in scene.columns:
                painting.off(p, scene.layout, scene.columns[off.column], off)
        if self._drag:
            painting.guides(p, scene.layout, self._drag)
        if isinstance(self._cursor, Cell):
            painting.cell(p, scene, self._cursor, focused=self.hasFocus())
        self._paint_blocks(p, region)
        if self._drag and self._drag.moved:
            was = self.tr("was {time}").format(time=scene.clock(self._drag.block.start))
            painting.ghost(p, scene, self._drag, was)
        self._paint_over(p)

    def _paint_blocks(self, p: QPainter, region: QRectF) -> None:
        scene = self.scene
        taken = self._drag.block.key if self._drag and self._drag.moved else None
        for key, box in scene.boxes.items():
            block = scene.blocks[key]
            reach = box.adjusted(-2, -2, 2, 2 + block.clean * 2)
            if reach.intersects(region):
                self._paint_block(p, block, box, _TAKEN if key == taken else 1)
        for block in scene.blocks.values():
            if block.after is not None and block.after in scene.blocks:
                painting.bridge(p, scene, scene.blocks[block.after], block)
        if isinstance(self._cursor, int):
            for key in scene.chain(scene.blocks[self._cursor]):
                if key in scene.boxes:
                    painting.selection(p, scene.boxes[key])

    def _paint_block(self, p: QPainter, block: Block, box: QRectF, opacity: float) -> None:
        """A block and its turnaround, from a picture that is kept until what it shows changes."""
        hidden = self._sight - box.top()
        hidden = hidden if 0 < hidden < box.height() else 0.0
        ratio = self.devicePixelRatioF()
        shown = (block, self.scene.words[block.key], box.width(), box.height(), hidden, ratio, theme.t.dark)
        kept = self._pictures.get(block.key)
        if kept is None or kept[0] != shown:
            kept = self._pictures[block.key] = (shown, self._pictured(block, box, hidden, ratio))
        p.setOpacity(opacity)
        p.drawPixmap(QPointF(box.left() - 1, box.top() - 1), kept[1])
        p.setOpacity(1)

    def _pictured(self, block: Block, box: QRectF, hidden: float, ratio: float) -> QPixmap:
        foot = 0.0
        if block.clean and block.status not in LOST:
            layout = self.scene.layout
            foot = layout.y(block.end + block.clean) - 1 - box.bottom()
        made = QPixmap(round((box.width() + 2) * ratio), round((box.height() + foot + 2) * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        p = QPainter(made)
        own = QRectF(1, 1, box.width(), box.height())
        if foot:
            p.drawPixmap(QPointF(own.left(), own.bottom()), self._foot(own.width(), foot, ratio))
        blocks.paint(p, own, block, self.scene.words[block.key], hidden)
        p.end()
        return made

    def _foot(self, width: float, height: float, ratio: float) -> QPixmap:
        """The turnaround behind a block: those of one size look the same, and hatching takes longer than the rest."""
        key = (width, height, ratio, theme.t.dark)
        if key not in self._feet:
            made = self._feet[key] = QPixmap(round(width * ratio), round(height * ratio) + 1)
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            p = QPainter(made)
            blocks.turnaround(p, QRectF(0, 0, width, height))
            p.end()
        return self._feet[key]

    def _paint_over(self, p: QPainter) -> None:
        left = float(max(0, -self.x()))
        if self._age is Age.LOADING:
            p.fillRect(self.rect(), colour(theme.t.surface, 0.42))
        painting.gutter(p, self.scene, left, self._drag)
        if self._age is Age.STALE:
            painting.stale_edge(p, left, self.height())
        if self._refusal:
            painting.refusal(p, self.scene, self._refusal)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drag = self._aim = None
        self.forget_refusal()
        point = event.position()
        block = self.scene.block_at(point)
        if block is not None:
            self._press = (block, point) if event.button() == _LEFT else None
            self._go(block.key)
        elif (column := self.scene.layout.column_at(point.x())) is not None:
            minute = int(self.scene.layout.minute(point.y()))
            if self.scene.layout.first <= minute < self.scene.layout.last:
                self._go(Cell(column, self.scene.free_from(column, minute)))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None or not event.buttons() & _LEFT:
            return
        block, taken_at = self._press
        if self._drag is None:
            if (event.position() - taken_at).manhattanLength() < QApplication.startDragDistance():
                return
            self._drag = drag.begin(
                block, self.scene.column_of(block), taken_at - self.scene.boxes[block.key].topLeft()
            )
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._drag = drag.follow(self._drag, self.scene.layout, event.position())
        self.reached.emit(QRectF(event.position() - QPointF(24, 24), event.position() + QPointF(24, 24)))
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press = None
        self.unsetCursor()
        if self._drag is None:
            return
        if not self._drag.moved:
            self.let_go()
            return
        self._drag = replace(self._drag, dropped=True)
        self._ask_move(self._drag.block, self._drag.column, self._drag.minute)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == _LEFT:
            self._open("")

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            block = self.scene.block_at(QPointF(event.pos()))
            self.menu_asked.emit(None if block is None else block.key, event.globalPos())
            return
        box = self._cursor_box()
        point = box.center().toPoint() if box else self.rect().center()
        self.menu_asked.emit(self.block(), self.mapToGlobal(point))

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            block = self.scene.block_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), accessible.words(self.scene, block) if block else "", self)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            self._step_back(event)
        elif key in _ARROWS and modifiers == _PLAIN:
            self._walk(key)
        elif key in _ARROWS and modifiers == _CTRL:
            self._nudge(key)
        elif key in _ENTER and modifiers == _PLAIN:
            self._open("")
        elif key in _NAMED and modifiers in (_PLAIN, _SHIFT):
            paged = key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and modifiers == _SHIFT
            self.key_asked.emit(f"Shift+{_NAMED[Qt.Key(key)]}" if paged else _NAMED[Qt.Key(key)])
        elif event.text().isalpha() and modifiers in (_PLAIN, _SHIFT):
            self._letter(event)
        else:
            super().keyPressEvent(event)

    def _letter(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        if isinstance(self._cursor, Cell) and letter not in self._kept:
            self._open(event.text())
        elif letter in LETTERS:
            self.key_asked.emit(letter)
        else:
            super().keyPressEvent(event)

    def _step_back(self, event: QKeyEvent) -> None:
        """Esc: what is in the hand goes back; then nothing is chosen any more; then it is for others."""
        if self._drag is not None:
            self.unsetCursor()
            self.let_go()
        elif self._refusal is not None:
            self.forget_refusal()
        elif self._cursor is not None:
            self._go(None)
        else:
            super().keyPressEvent(event)

    def _walk(self, key: int) -> None:
        if self._cursor is None:
            self._go(cursor.start(self.scene))
        elif key == Qt.Key.Key_Down:
            self._go(cursor.down(self.scene, self._cursor))
        elif key == Qt.Key.Key_Up:
            self._go(cursor.up(self.scene, self._cursor))
        else:
            self._go(cursor.sideways(self.scene, self._cursor, 1 if key == Qt.Key.Key_Right else -1))

    def _nudge(self, key: int) -> None:
        """Ctrl and an arrow: a quarter of an hour, or a column, without a mouse."""
        if not isinstance(self._cursor, int):
            return
        block, layout = self.scene.blocks[self._cursor], self.scene.layout
        aimed = self._aim is not None and self._aim[0] == block.key
        column, minute = self._aim[1:] if self._aim and aimed else (self.scene.column_of(block), block.start)
        column += {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        minute += {Qt.Key.Key_Up: -STEP, Qt.Key.Key_Down: STEP}.get(Qt.Key(key), 0)
        inside = layout.first <= minute <= layout.last - block.minutes
        if 0 <= column < layout.columns and inside:
            self._aim = (block.key, column, minute)
            self._ask_move(block, column, minute)

    def _place_of(self, key: int) -> tuple[int, int] | None:
        block = self.scene.blocks.get(key)
        return None if block is None else (self.scene.column_of(block), block.start)

    def _open(self, typed: str) -> None:
        if isinstance(self._cursor, int):
            self.opened.emit(self._cursor)
        elif (slot := self.slot()) is not None:
            self.slot_opened.emit(*slot, typed)

    def _ask_move(self, block: Block, column: int, minute: int) -> None:
        self.update()
        self.move_asked.emit(block.key, self.scene.picture.columns[column].key, minute)

    def _go(self, to: Cursor) -> None:
        if to == self._cursor:
            return
        if self._drag and self._drag.dropped:
            self._drag = None
        before, self._cursor = self.block(), to
        if (box := self._cursor_box()) is not None:
            self.reached.emit(box)
        self.update()
        if self.block() != before:
            self.chosen.emit(self.block())
        self.focus_moved.emit()
        self._announce()

    def _announce(self) -> None:
        """Tells screen readers where the keyboard is."""
        if isinstance(self._cursor, int):
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(self.scene.order.index(self._cursor))
            QAccessible.updateAccessibility(event)
        elif isinstance(self._cursor, Cell):
            accessible.announce(self, accessible.cell_words(self.scene, self._cursor))

    def _stands(self, at: Cursor) -> bool:
        if isinstance(at, Cell):
            layout = self.scene.layout
            free = at.column < layout.columns and layout.first <= at.minute < layout.last
            return free and self.scene.covering(at.column, at.minute) is None
        return at is None or at in self.scene.blocks

    def _cursor_box(self) -> QRectF | None:
        if isinstance(self._cursor, int):
            return self.scene.boxes[self._cursor]
        if isinstance(self._cursor, Cell):
            return self.scene.layout.box(self._cursor.column, self._cursor.minute, STEP)
        return None

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_moved.emit()
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_moved.emit()
        self.update()

    @override
    def moveEvent(self, event: QMoveEvent) -> None:
        """Scrolled: names stay at the upper edge, the gutter at the left one."""
        before, self._sight = self._sight, float(max(0, -self.y()))
        if event.pos().x() != event.oldPos().x():
            self.update()
            return
        for box in self.scene.boxes.values():
            if box.top() < self._sight < box.bottom() or box.top() < before < box.bottom():
                self.update(box.toAlignedRect())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        layout = self._layout(self.scene.picture)
        # A new picture brings its own height: only another width lays it anew.
        if layout != self.scene.layout:
            self._feet.clear()
            self.scene = scenes.laid(self.scene, layout)

    def _layout(self, picture: Picture) -> Layout:
        # A new picture makes the grid as wide as its columns need: it is laid out for that at once.
        width = max(self.width(), _least(picture))
        return Layout(width, len(picture.columns), picture.first, picture.last, self.devicePixelRatioF())

    def _fit(self) -> None:
        self.setFixedHeight(self.scene.layout.height)
        self.setMinimumWidth(_least(self.scene.picture))


def _least(picture: Picture) -> int:
    """The width below which its columns couldn't be read."""
    return GUTTER + NARROWEST * len(picture.columns)
