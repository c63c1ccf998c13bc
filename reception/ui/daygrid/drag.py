"""A block in the hand: where it was taken, and where it would come down."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF

from reception.ui.daygrid.layout import DROP_STEP, Layout
from reception.ui.daygrid.values import Block


@dataclass(frozen=True, slots=True)
class Drag:
    """One drag, from a press on a block to its drop; `column` counts from the left."""

    block: Block
    home: int
    grip: QPointF
    column: int
    minute: int
    dropped: bool = False

    @property
    def moved(self) -> bool:
        """Whether it would come down elsewhere than where it was taken."""
        return (self.column, self.minute) != (self.home, self.block.start)


def begin(block: Block, column: int, grip: QPointF) -> Drag:
    """Takes a block, held at a point counted from its top left."""
    return Drag(block, column, grip, column, block.start)


def follow(drag: Drag, layout: Layout, point: QPointF) -> Drag:
    """Where the block would come down with the pointer there: in steps of five minutes, never outside the day."""
    column = layout.column_at(min(max(point.x(), layout.left(0)), layout.width - 1))
    minute = layout.snapped(point.y() - drag.grip.y(), DROP_STEP)
    minute = max(layout.first, min(minute, layout.last - drag.block.minutes))
    return replace(drag, column=drag.column if column is None else column, minute=minute)
