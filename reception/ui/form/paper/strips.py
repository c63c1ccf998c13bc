"""What stands on paper: lines of words, boxes to tick and lines to write on, in strips that no page cuts in two.

Lengths are in 1/96 inch, as the desk's font is measured; whoever paints scales them to the printer's dots. Everything
is black on white, whatever the desk's theme.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import zip_longest
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QTextLayout, QTextOption

from reception.domain.questionnaire.values import Item
from reception.ui import tokens as k

BOX = 11.0
"""The side of a box to tick."""
PEN = 26.0
"""The height that a line to write on takes."""

_AFTER_BOX = 8.0
_THIN, _HAIR = 0.9, 0.5
_FOOT = 6.0  # between a line to write on and the end of its strip


class Strip(NamedTuple):
    """A piece that is never cut: its height, and how it is painted with its upper edge at so much of the page."""

    height: float
    paint: Callable[[QPainter, float], None]


class Block(NamedTuple):
    """Strips that stay on one page where they fit on one.

    `above` is its air, `keeps` stays with the block below it; `again` is said once more where it begins a page, as
    the head of a table is.
    """

    strips: tuple[Strip, ...]
    above: float = 0.0
    keeps: bool = False
    again: tuple[Strip, ...] = ()


@lru_cache
def face(size: int = k.BODY, weight: int = k.REGULAR) -> QFont:
    """The desk's font for paper, with plain figures and signs: others could neither be searched nor copied in a PDF."""
    made = QFont(list(k.FAMILIES))
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setVariableAxis(QFont.Tag("wght"), weight)
    made.setFeature(QFont.Tag("calt"), 0)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def words(text: str, x: float, width: float, font: QFont | None = None, *, right: bool = False) -> tuple[Strip, ...]:
    """Words from x on, in as many lines as they need; none for no words."""
    if not text:
        return ()
    layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font or face())
    option = QTextOption(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setUseDesignMetrics(True)
    layout.setTextOption(option)
    heights = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        heights.append(line.height())
    layout.endLayout()
    return tuple(Strip(height, partial(_paint_line, layout, n, x)) for n, height in enumerate(heights))


def named(item: Item) -> str:
    """An item's number and words."""
    return f"{item.prefix} {item.words or item.short}".strip()


def starred(item: Item) -> str:
    """The same, with a star where it must be answered."""
    return f"{named(item)} *" if item.required else named(item)


def width_of(text: str, font: QFont | None = None) -> float:
    """How wide words are in one line."""
    layout = QTextLayout(text, font or face())
    option = QTextOption()
    option.setUseDesignMetrics(True)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return float(line.naturalTextWidth())


def tick(text: str, x: float, width: float) -> tuple[Strip, ...]:
    """A box to tick, and what it means."""
    left = BOX + _AFTER_BOX
    return beside((box(x),), words(text, x + left, width - left))


def box(x: float) -> Strip:
    """A box to tick."""
    return Strip(BOX, partial(_paint_box, x))


def tick_width(text: str) -> float:
    """How wide a box with its words is in one line."""
    return BOX + _AFTER_BOX + width_of(text) + 1


def pen(x: float, width: float, after: str = "") -> Strip:
    """A line to write on; `after` it a unit, or how to write it."""
    said = words(after, x + width + 6, 10_000, face(k.CAPTION))
    return Strip(PEN, partial(_paint_pen, x, width, said[:1]))


def rule(width: float, *, strong: bool = False) -> Strip:
    """A line across the page."""
    return Strip(1, partial(_paint_rule, width, strong))


def air(height: float) -> Strip:
    """Nothing, so much of it."""
    return Strip(height, _paint_nothing)


def beside(*columns: Sequence[Strip]) -> tuple[Strip, ...]:
    """Columns side by side, line by line."""
    return tuple(_joined([strip for strip in line if strip is not None]) for line in zip_longest(*columns))


def _joined(strips: Sequence[Strip]) -> Strip:
    def paint(p: QPainter, y: float) -> None:
        for strip in strips:
            strip.paint(p, y)

    return Strip(max(strip.height for strip in strips), paint)


def _paint_line(layout: QTextLayout, n: int, x: float, p: QPainter, y: float) -> None:
    line = layout.lineAt(n)
    line.setPosition(QPointF(0, 0))
    line.draw(p, QPointF(x, y))


def _paint_box(x: float, p: QPainter, y: float) -> None:
    p.setPen(QPen(Qt.GlobalColor.black, _THIN))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawRect(QRectF(x + 0.5, y + 2.5, BOX - 1, BOX - 1))


def _paint_pen(x: float, width: float, after: Sequence[Strip], p: QPainter, y: float) -> None:
    p.setPen(QPen(Qt.GlobalColor.black, _HAIR))
    p.drawLine(QPointF(x, y + PEN - _FOOT), QPointF(x + width, y + PEN - _FOOT))
    for strip in after:
        strip.paint(p, y + PEN - _FOOT - strip.height + 3)


def _paint_rule(width: float, strong: bool, p: QPainter, y: float) -> None:
    p.setPen(QPen(Qt.GlobalColor.black, _THIN if strong else _HAIR / 2))
    p.drawLine(QPointF(0, y + 0.5), QPointF(width, y + 0.5))


def _paint_nothing(_p: QPainter, _y: float) -> None:
    """Leaves the paper white."""
