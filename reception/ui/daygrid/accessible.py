"""The day for screen readers: a list whose every block is an item with a name, a place and a state."""

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from typing_extensions import override

from reception.ui import glyphs
from reception.ui.daygrid.scene import Scene
from reception.ui.daygrid.values import Block, Pay

if TYPE_CHECKING:
    from reception.ui.daygrid.cursor import Cell
    from reception.ui.daygrid.grid import DayGrid

# Qt calls into these for as long as it likes and keeps no reference of its own on Python's side.
_alive: list[QAccessibleInterface] = []


@cache
def install() -> None:
    """Makes every day grid readable; once for the program."""
    QAccessible.installFactory(_make)


def words(scene: Scene, block: Block) -> str:
    """A block as one reads it aloud: 10:00 to 10:30, Bea Jones, Physio 30, arrived, 2 left."""
    start, end = scene.clock(block.start), scene.clock(block.end)
    parts = [_tr("{start} to {end}").format(start=start, end=end), block.name, block.lines[0]]
    parts += [addon.line for addon in block.addons]
    parts += [glyphs.word(block.status).lower(), block.word]
    if block.left is not None and block.status not in glyphs.LOST:
        parts.append(QCoreApplication.translate("daygrid", "%n left", None, block.left))
    parts.append(_tr("form still open") if block.form else "")
    parts.append(_tr("an answer stands against it") if block.stopped else "")
    parts.append(_money(block.pay))
    parts.append(block.note)
    parts.append(scene.picture.columns[scene.column_of(block)].name)
    return ", ".join(part for part in parts if part)


def cell_words(scene: Scene, cell: "Cell") -> str:
    """A free cell as one reads it aloud."""
    column = scene.picture.columns[cell.column]
    return _tr("{time}, {name}, free").format(time=scene.clock(cell.minute), name=column.name)


def announce(grid: "DayGrid", said: str) -> None:
    """Has screen readers say something that no item stands for."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(grid, said))


def reordered(grid: "DayGrid") -> None:
    """Tells screen readers that the items are others now."""
    QAccessible.updateAccessibility(QAccessibleEvent(grid, QAccessible.Event.ObjectReorder))


def _make(_name: str, found: QObject) -> QAccessibleInterface | None:
    from reception.ui.daygrid.grid import DayGrid  # noqa: PLC0415 - the grid installs this factory

    if not isinstance(found, DayGrid):
        return None
    made = _GridItem(found)
    _alive.append(made)
    return made


class _GridItem(QAccessibleWidget):
    """The list. Never override interface_cast here: from Python it crashes."""

    def __init__(self, grid: "DayGrid") -> None:
        super().__init__(grid, QAccessible.Role.List, grid.accessibleName())
        self._grid = grid
        self._items: dict[int, _BlockItem] = {}

    @override
    def childCount(self) -> int:
        return len(self._grid.scene.order)

    @override
    def child(self, index: int) -> Any:
        if not 0 <= index < self.childCount():
            return None
        if index not in self._items:
            self._items[index] = made = _BlockItem(self._grid, index)
            QAccessible.registerAccessibleInterface(made)
        return self._items[index]

    @override
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.index if isinstance(child, _BlockItem) else -1

    @override
    def childAt(self, x: int, y: int) -> Any:
        block = self._grid.scene.block_at(QPointF(self._grid.mapFromGlobal(QPoint(x, y))))
        return None if block is None else self.child(self._grid.scene.order.index(block.key))

    @override
    def focusChild(self) -> Any:
        key = self._grid.block()
        return None if key is None else self.child(self._grid.scene.order.index(key))


class _BlockItem(QAccessibleInterface):
    """The block at a place of the list, whichever that is now."""

    def __init__(self, grid: "DayGrid", index: int) -> None:
        super().__init__()
        self._grid, self.index = grid, index

    @override
    def isValid(self) -> bool:
        return self.index < len(self._grid.scene.order)

    @override
    def object(self) -> Any:
        return None

    @override
    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._grid)

    @override
    def child(self, index: int) -> Any:
        return None

    @override
    def childAt(self, x: int, y: int) -> Any:
        return None

    @override
    def childCount(self) -> int:
        return 0

    @override
    def indexOfChild(self, arg__1: QAccessibleInterface) -> int:
        return -1

    @override
    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    @override
    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = state.selectable = True
        state.focused = state.selected = self._block().key == self._grid.block()
        return state

    @override
    def rect(self) -> QRect:
        box = self._grid.box_of(self._block().key).toAlignedRect()
        return QRect(self._grid.mapToGlobal(box.topLeft()), box.size())

    @override
    def text(self, t: QAccessible.Text) -> str:
        return words(self._grid.scene, self._block()) if t == QAccessible.Text.Name else ""

    @override
    def setText(self, t: QAccessible.Text, text: str) -> None:
        """Names are the diary's; nobody gives them from outside."""

    def _block(self) -> Block:
        scene = self._grid.scene
        return scene.blocks[scene.order[self.index]]


def _money(pay: Pay) -> str:
    words = {Pay.PAID: _tr("paid"), Pay.OWES: _tr("owing"), Pay.AHEAD: _tr("deposit owing")}
    return words.get(pay, "")


def _tr(said: str) -> str:
    return QCoreApplication.translate("daygrid", said)
