"""The keyboard's way through the day: from block to block and over the free cells between them."""

from dataclasses import dataclass

from reception.ui.daygrid.layout import STEP
from reception.ui.daygrid.scene import Scene
from reception.ui.daygrid.values import Block
from reception.ui.glyphs import LOST


@dataclass(frozen=True, slots=True)
class Cell:
    """A free quarter of an hour; columns are counted from the left."""

    column: int
    minute: int


Cursor = int | Cell | None
"""Where the keyboard is: on the block of that key, on a cell, or nowhere yet."""


def start(scene: Scene) -> Cursor:
    """Where the keyboard begins: at the live block nearest to now, else at the first cell of a shift."""
    live = [b for b in scene.blocks.values() if b.status not in LOST]
    now = scene.picture.first if scene.picture.now is None else scene.picture.now
    if live:
        return min(live, key=lambda b: (not b.start <= now < b.end, abs(b.start - now), scene.column_of(b))).key
    for n, column in enumerate(scene.picture.columns):
        if column.shifts:
            return Cell(n, max(scene.layout.first, column.shifts[0][0]))
    return Cell(0, scene.layout.first) if scene.picture.columns else None


def down(scene: Scene, cursor: int | Cell) -> Cursor:
    """On to what comes next in the column."""
    if isinstance(cursor, Cell):
        return _land(scene, cursor.column, (cursor.minute // STEP + 1) * STEP, since=cursor.minute) or cursor
    block, stack = _found(scene, cursor)
    place = stack.index(block)
    reached = max(b.end for b in stack[: place + 1])
    if place + 1 < len(stack) and stack[place + 1].start < reached:
        return stack[place + 1].key
    return _land(scene, scene.column_of(block), reached) or cursor


def up(scene: Scene, cursor: int | Cell) -> Cursor:
    """Back to what is before it in the column."""
    if isinstance(cursor, Cell):
        return _land_before(scene, cursor.column, cursor.minute) or cursor
    block, stack = _found(scene, cursor)
    place = stack.index(block)
    if place and max(b.end for b in stack[:place]) > block.start:
        return stack[place - 1].key
    return _land_before(scene, scene.column_of(block), block.start) or cursor


def sideways(scene: Scene, cursor: int | Cell, step: int) -> Cursor:
    """Over to the same time in the column beside it."""
    if isinstance(cursor, Cell):
        column, minute = cursor.column, cursor.minute
    else:
        block = scene.blocks[cursor]
        column, minute = scene.column_of(block), block.start
    column += step
    if not 0 <= column < len(scene.stacks):
        return cursor
    return _at(scene, column, minute)


def _found(scene: Scene, key: int) -> tuple[Block, tuple[Block, ...]]:
    block = scene.blocks[key]
    return block, scene.stacks[scene.column_of(block)]


def _land(scene: Scene, column: int, minute: int, *, since: int | None = None) -> Cursor:
    """The block that begins on the way to a minute or takes it, else the cell there; None beyond the day's end."""
    if since is not None:
        starting = [b for b in scene.stacks[column] if since < b.start <= minute]
        if starting:
            return starting[0].key
    if minute >= scene.layout.last:
        return None
    block = scene.covering(column, minute)
    return Cell(column, minute) if block is None else block.key


def _land_before(scene: Scene, column: int, minute: int) -> Cursor:
    if minute <= scene.layout.first:
        return None
    block = scene.covering(column, minute - 1)
    if block is not None:
        return block.key
    return Cell(column, max(scene.layout.first, scene.free_from(column, minute - 1)))


def _at(scene: Scene, column: int, minute: int) -> int | Cell:
    block = scene.covering(column, minute)
    return Cell(column, scene.free_from(column, minute)) if block is None else block.key
