"""Where everything lies: named coordinates both ways, and overlapping blocks packed side by side. Knows no widget."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from reception.ui.daygrid.values import Block
from reception.ui.glyphs import LOST

GUTTER, HEADER, NARROWEST = 56, 48, 134
QUARTER = 20  # height of fifteen minutes
FOOT = 8
STEP, DROP_STEP = 15, 5
_LEFT, _RIGHT = 3, 5  # air between a block and the lines of its column
_LOST_SHARE = 0.34


@dataclass(frozen=True, slots=True)
class Place:
    """The part of a column's width that a block takes: where it begins and how much of it, out of 1."""

    left: float = 0.0
    share: float = 1.0


WHOLE = Place()


@dataclass(frozen=True, slots=True)
class Layout:
    """The day's coordinates for one width, one range of minutes and one device pixel ratio."""

    width: int
    columns: int
    first: int
    last: int
    ratio: float = 1.0

    @property
    def height(self) -> int:
        """How tall the whole day is."""
        return round((self.last - self.first) / 15 * QUARTER) + FOOT

    def y(self, minute: float) -> float:
        """Where a minute lies, on a whole device pixel: five minutes are no whole number of pixels, and blur."""
        return round((minute - self.first) / 15 * QUARTER * self.ratio) / self.ratio

    def minute(self, y: float) -> float:
        """Which minute lies there."""
        return self.first + y / QUARTER * 15

    def snapped(self, y: float, step: int) -> int:
        """The nearest multiple of a step of minutes, inside the day."""
        return min(self.last, max(self.first, round(self.minute(y) / step) * step))

    def left(self, column: int) -> int:
        """Where a column begins; one after the last is the right edge."""
        return round(GUTTER + column * (self.width - GUTTER) / max(1, self.columns))

    def column_width(self, column: int) -> int:
        """How wide a column is."""
        return self.left(column + 1) - self.left(column)

    def column_at(self, x: float) -> int | None:
        """Which column lies there; None in the gutter and beyond the last."""
        if not self.columns or not GUTTER <= x < self.width:
            return None
        guess = min(self.columns - 1, int((x - GUTTER) * self.columns / (self.width - GUTTER)))
        if x < self.left(guess):
            return guess - 1
        return guess + 1 if x >= self.left(guess + 1) else guess

    def box(self, column: int, start: float, minutes: float, place: Place = WHOLE) -> QRectF:
        """The frame of a block, with a pixel of air above and below."""
        room = self.column_width(column) - _LEFT - _RIGHT
        left = self.left(column) + _LEFT + round(room * place.left)
        gap = 2 if place.left + place.share < 1 else 0
        width = round(room * (place.left + place.share)) - round(room * place.left) - gap
        top = self.y(start) + 1
        return QRectF(left, top, width, max(3.0, self.y(start + minutes) - 1 - top))

    def band(self, column: int, start: float, end: float) -> QRectF:
        """A column's whole width from one minute to another."""
        top = self.y(start)
        return QRectF(self.left(column), top, self.column_width(column), self.y(end) - top)


def pack(blocks: Iterable[Block]) -> dict[int, Place]:
    """Blocks of one column side by side where they overlap: what was lost stands narrow beside what has taken its time.

    Live blocks never overlap (R20); cancelled and missed ones may, both live ones and each other.
    """
    places: dict[int, Place] = {}
    for cluster in _clusters(sorted(blocks, key=_by_time)):
        if len(cluster) == 1:
            places[cluster[0].key] = WHOLE
        else:
            places |= _shares(cluster)
    return places


def _by_time(block: Block) -> tuple[int, bool, int]:
    return block.start, block.status in LOST, block.key


def _clusters(blocks: Sequence[Block]) -> Iterable[list[Block]]:
    cluster: list[Block] = []
    end = 0
    for block in blocks:
        if cluster and block.start >= end:
            yield cluster
            cluster = []
        end = max(end, block.end) if cluster else block.end
        cluster.append(block)
    if cluster:
        yield cluster


def _shares(cluster: Sequence[Block]) -> dict[int, Place]:
    lanes = _lanes([b for b in cluster if b.status not in LOST]) + _lanes([b for b in cluster if b.status in LOST])
    live = sum(1 for lane in lanes if lane[0].status not in LOST)
    lost = len(lanes) - live
    narrow = 0.0 if not lost else min(_LOST_SHARE, 0.5 / lost) if live else 1 / lost
    wide = (1 - narrow * lost) / live if live else 0.0
    places: dict[int, Place] = {}
    left = 0.0
    for n, lane in enumerate(lanes):
        share = wide if n < live else narrow
        places |= {block.key: Place(left, share) for block in lane}
        left += share
    return places


def _lanes(blocks: Sequence[Block]) -> list[list[Block]]:
    """The fewest lanes in which no two blocks overlap."""
    lanes: list[list[Block]] = []
    for block in blocks:
        lane = next((lane for lane in lanes if lane[-1].end <= block.start), None)
        if lane is None:
            lanes.append([block])
        else:
            lane.append(block)
    return lanes
