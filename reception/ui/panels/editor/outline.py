"""The list of a form's questions: chosen, dragged or moved by keys into another place, put in, copied, taken out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter
from PySide6.QtWidgets import QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from reception.domain.questionnaire.editing import SIGNATURE, Entry, Sort, Weight
from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.panels.editor.words import ICONS, OFFERED, line_words, sort_words
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Hair, Kind, ListColumn, OrderedTable, hbox, pane, section, vbox

FORM = ""
"""The key of the line for the form itself: its name, and what belongs to the whole of it."""

_ROW, _INDENT, _PAD = 34, 16, 12
_Index = QModelIndex | QPersistentModelIndex


class Line(NamedTuple):
    """One line: an entry, or the form itself; whether answers to it decide about services, and what is wrong."""

    entry: Entry | None
    title: str = ""
    rules: int = 0
    wrong: Weight | None = None

    @property
    def key(self) -> str:
        """What it is known by."""
        return self.entry.link_id if self.entry is not None else FORM


def lines_of(
    title: str, entries: Sequence[Entry], rules: Mapping[str, int], wrong: Mapping[str, Weight]
) -> tuple[Line, ...]:
    """The form itself and then all that it asks and says."""
    found = [Line(None, title, wrong=wrong.get(FORM))]
    found += [Line(one, "", rules.get(one.link_id, 0), wrong.get(one.link_id)) for one in entries]
    return tuple(found)


class Outline(QWidget):
    """The list with what can be done to it. It tells what somebody wants; what comes of it is for the page."""

    chosen = Signal(str)
    add_asked = Signal(object)
    dropped = Signal(str, int)
    stepped = Signal(str, int)
    copy_asked = Signal(str)
    remove_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("editor.outline")
        self.table = _Table(name="editor.questions")
        self.add = Button(self.tr("Add"), icon="plus", key="Ins", height=28, name="editor.add")
        self._up = self._tool("up", self.tr("Move it up (Ctrl and the arrow)"), "editor.up")
        self._down = self._tool("down", self.tr("Move it down (Ctrl and the arrow)"), "editor.down")
        self._copy = self._tool("copy", self.tr("Copy it (Ctrl D)"), "editor.copy")
        self._remove = self._tool("x", self.tr("Take it out (Del)"), "editor.remove")
        self.menu = self._menu()
        tools = hbox(self._up, self._down, self._copy, self._remove, STRETCH, gap=2, margins=(8, 6, 8, 6))
        head = pane(hbox(pane(section(self.tr("What it asks"))), STRETCH, self.add, margins=(16, 8, 8, 8)))
        self.setLayout(vbox(head, Hair(), (self.table, 1), Hair(strong=True), pane(tools, height=40), gap=0))
        self._connect()

    def show_lines(self, lines: Sequence[Line], chosen: str) -> None:
        """Shows these lines, one of them chosen."""
        self.table.show_lines(lines, chosen)
        line = self.table.current()
        movable = line is not None and line.entry is not None and line.entry.sort is not Sort.SIGNATURE
        for tool in (self._up, self._down, self._copy):
            tool.setEnabled(movable)
        self._remove.setEnabled(line is not None and line.entry is not None)
        signed = any(one.key == SIGNATURE for one in lines)
        for act in self.menu.actions():
            if act.data() == Sort.SIGNATURE:
                act.setEnabled(not signed)

    def offer(self) -> None:
        """Opens the list of what can be put in."""
        self.menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _tool(self, icon: str, tip: str, name: str) -> Button:
        return Button(kind=Kind.GHOST, icon=icon, height=28, tip=tip, name=name)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("editor.kinds")
        for sort in OFFERED:
            if sort is Sort.SECTION:
                menu.addSeparator()
            act = QAction(sort_words(sort), menu)
            act.setData(sort)
            act.setObjectName(f"editor.add.{sort.name.lower()}")
            act.triggered.connect(self._say_add)
            menu.addAction(act)
        return menu

    def _connect(self) -> None:
        self.table.chosen.connect(self._say_chosen)
        self.table.moved.connect(self._say_moved)
        self.table.stepped.connect(self._step)
        self.table.copy_asked.connect(self._say_copy)
        self.table.remove_asked.connect(self._say_remove)
        self.table.add_asked.connect(self.offer)
        self.add.clicked.connect(self.offer)
        self._up.clicked.connect(self._go_up)
        self._down.clicked.connect(self._go_down)
        self._copy.clicked.connect(self._say_copy)
        self._remove.clicked.connect(self._say_remove)

    def _say_add(self) -> None:
        act = self.sender()
        if isinstance(act, QAction):
            self.add_asked.emit(Sort(act.data()))  # Qt keeps a word of it

    def _say_chosen(self, line: Line | None) -> None:
        if line is not None and not self.table.settling:
            self.chosen.emit(line.key)

    def _say_moved(self, line: Line, place: int) -> None:
        """A line was dropped: the place counts the others, the gap lies between all of them."""
        if line.entry is None:
            return
        old = self.table.rows().index(line)
        gap = place + 1 if place > old else place
        self.dropped.emit(line.key, max(0, gap - 1))

    def _go_up(self) -> None:
        self._step(-1)

    def _go_down(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        line = self.table.current()
        if line is not None and line.entry is not None:
            self.stepped.emit(line.key, by)

    def _say_copy(self) -> None:
        line = self.table.current()
        if line is not None and line.entry is not None and line.entry.sort is not Sort.SIGNATURE:
            self.copy_asked.emit(line.key)

    def _say_remove(self) -> None:
        line = self.table.current()
        if line is not None and line.entry is not None:
            self.remove_asked.emit(line.key)


class _Table(OrderedTable[Line]):
    stepped = Signal(int)
    copy_asked = Signal()
    remove_asked = Signal()
    add_asked = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__([ListColumn("", self._spoken)], row=_ROW, margin=_PAD, name=name)
        self.settling = False
        self.horizontalHeader().hide()
        self.setItemDelegate(_Painted(self))
        self.setAccessibleName(self.tr("Questions of the form"))

    def show_lines(self, lines: Sequence[Line], chosen: str) -> None:
        """Shows lines, and chooses one without saying so."""
        self.settling = True
        top = self.verticalScrollBar().value()
        if self.rows() != tuple(lines):
            self.show_rows(lines)
            self.verticalScrollBar().setValue(top)
        line = next((one for one in lines if one.key == chosen), None)
        if line is not None and (self.current() is None or self.current() != line):
            self.choose(line)
        self.settling = False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if ctrl and key in steps:
            self.stepped.emit(steps[key])
        elif ctrl and key == Qt.Key.Key_D:
            self.copy_asked.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_asked.emit()
        elif key == Qt.Key.Key_Insert:
            self.add_asked.emit()
        else:
            super().keyPressEvent(event)

    def _spoken(self, line: Line) -> str:
        """What a screen reader says of a line."""
        if line.entry is None:
            return self.tr("The form: {}").format(line.title)
        parts = [line_words(line.entry), sort_words(line.entry.sort)]
        if line.entry.required:
            parts.append(self.tr("must be answered"))
        if line.entry.show is not None or line.entry.kept:
            parts.append(self.tr("asked only sometimes"))
        if line.rules:
            parts.append(self.tr("decides about services"))
        if line.wrong is not None:
            parts.append(self.tr("to be corrected") if line.wrong is Weight.ERROR else self.tr("to be looked at"))
        return ", ".join(parts)


class _Painted(QStyledItemDelegate):
    """Paints a line: how deep it stands, its kind, its words, and at the right what is special about it."""

    def __init__(self, table: _Table) -> None:
        super().__init__(table)
        self._table = table

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        p, t, rect = painter, theme.t, option.rect
        line = self._table.rows()[index.row()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            p.fillRect(rect, colour(t.tint))
        entry = line.entry
        x = rect.left() + _PAD + (_INDENT * min(entry.depth, 4) if entry is not None else 0)
        icon = ICONS[entry.sort] if entry is not None else "form"
        icons.draw(p, icon, x, rect.center().y() - 6, t.accent if chosen else t.ink3, 14)
        right = self._paint_signs(p, line, rect.right() - 8, rect.center().y())
        heading = entry is None or entry.sort is Sort.SECTION
        ink = t.ink if entry is None or entry.words or entry.sort is Sort.SIGNATURE else t.ink3
        if entry is not None and entry.sort is Sort.WORDS and entry.words:
            ink = t.ink2
        words = line.title or self._table.tr("A form without a name") if entry is None else line_words(entry)
        box = QRectF(x + 22, rect.top(), right - x - 28, rect.height())
        glyphs.text(p, box, words, weight=k.SEMIBOLD if heading else k.REGULAR, ink=ink)
        if self._table.hasFocus() and chosen:
            p.fillRect(rect.left(), rect.top(), 3, rect.height(), colour(t.accent))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, _ROW)

    def _paint_signs(self, p: QPainter, line: Line, right: float, middle: float) -> float:
        """The signs at the right, from the edge on; gives where they begin."""
        t, entry = theme.t, line.entry
        signs: list[tuple[str, str]] = []
        if line.wrong is not None:
            signs.append(("alert", t.of(Tone.DANGER if line.wrong is Weight.ERROR else Tone.WARN)))
        if line.rules:
            signs.append(("shield", t.ink2))
        if entry is not None and (entry.show is not None or entry.kept):
            signs.append(("filter", t.ink3))
        for icon, ink in signs:
            right -= 14
            icons.draw(p, icon, right, middle - 6, ink, 14)
            right -= 5
        if entry is not None and entry.required:
            right -= 9
            glyphs.text(p, QRectF(right, middle - 10, 10, 20), "*", weight=k.SEMIBOLD, ink=t.ink2)
        return right
