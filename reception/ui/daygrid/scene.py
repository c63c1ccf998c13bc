"""A picture laid out: which block lies where, what its times are called, and what is at a point. No widget yet."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF

from reception.ui.daygrid.block import Words
from reception.ui.daygrid.layout import STEP, Layout, pack
from reception.ui.daygrid.values import Block, Picture
from reception.ui.text import Formats


@dataclass(frozen=True)
class Scene:
    """The day, ready to be painted, pointed at and walked through; columns are counted from the left."""

    picture: Picture
    layout: Layout
    formats: Formats
    columns: dict[int, int]
    blocks: dict[int, Block]
    stacks: tuple[tuple[Block, ...], ...]
    order: tuple[int, ...]
    boxes: dict[int, QRectF]
    words: dict[int, Words]
    hours: tuple[tuple[int, str], ...]

    def column_of(self, block: Block) -> int:
        """Which column a block stands in."""
        return self.columns[block.column]

    def block_at(self, point: QPointF) -> Block | None:
        """The block under a point; what lies beside another is told apart."""
        column = self.layout.column_at(point.x())
        if column is None:
            return None
        return next((b for b in self.stacks[column] if self.boxes[b.key].contains(point)), None)

    def covering(self, column: int, minute: int) -> Block | None:
        """The block that takes a minute of a column, if any."""
        return next((b for b in self.stacks[column] if b.start <= minute < b.end), None)

    def free_from(self, column: int, minute: int) -> int:
        """Where the free cell around a minute begins: its quarter of an hour, or the end of what is before it there."""
        start = max(self.layout.first, minute // STEP * STEP)
        ends = (b.end + b.clean for b in self.stacks[column])
        return max([start, *(end for end in ends if start < end <= minute)])

    def chain(self, block: Block) -> frozenset[int]:
        """The blocks that are one coming-in with this one, in whichever columns."""
        same = {b.key for b in self.blocks.values() if b.group == block.group} if block.group is not None else set()
        return frozenset({block.key, *same})

    def clock(self, minute: int) -> str:
        """A minute of the day as the clinic's clock shows it."""
        return self.formats.time(self.picture.at(minute))


def build(picture: Picture, layout: Layout, formats: Formats) -> Scene:
    """Lays a picture out."""
    columns = {column.key: n for n, column in enumerate(picture.columns)}
    shown = [b for b in picture.blocks if b.column in columns]
    stacks: list[list[Block]] = [[] for _ in columns]
    for block in sorted(shown, key=_by_time):
        stacks[columns[block.column]].append(block)
    order = tuple(b.key for stack in stacks for b in stack)
    blocks = {b.key: b for b in shown}
    words = {b.key: _words(picture, b, formats) for b in shown}
    scene = Scene(
        picture, layout, formats, columns, blocks, tuple(map(tuple, stacks)), order, {}, words, _hours(picture, formats)
    )
    return laid(scene, layout)


def laid(scene: Scene, layout: Layout) -> Scene:
    """The same day in other coordinates."""
    boxes: dict[int, QRectF] = {}
    for column, stack in enumerate(scene.stacks):
        places = pack(stack)
        boxes |= {b.key: layout.box(column, b.start, b.minutes, places[b.key]) for b in stack}
    return replace(scene, layout=layout, boxes=boxes)


def _by_time(block: Block) -> tuple[int, int]:
    return block.start, block.key


def _words(picture: Picture, block: Block, formats: Formats) -> Words:
    start = picture.at(block.start)
    return Words(formats.time(start), formats.span(start, picture.at(block.start + block.base_minutes)))


def _hours(picture: Picture, formats: Formats) -> tuple[tuple[int, str], ...]:
    """The whole hours of the wall clock: on a day on which clocks change they are no multiples of sixty minutes."""
    found = []
    for minute in range(-(-picture.first // STEP) * STEP, picture.last + 1, STEP):
        at = picture.at(minute)
        if at.astimezone(formats.zone).minute == 0:
            found.append((minute, formats.time(at)))
    return tuple(found)
