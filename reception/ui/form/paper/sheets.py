"""Sheets of paper: what goes on which, and on each of them whose form it is, which, and which sheet of how many."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QMarginsF, Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from reception.domain.errors import Refused, Trouble
from reception.ui import tokens as k
from reception.ui.form.paper.strips import PEN, Block, Strip, air, beside, face, pen, rule, width_of, words

MARGINS = QMarginsF(16, 14, 16, 12)
"""Millimetres that a form leaves free, unless the printer needs more."""

_UNIT = 96  # to the inch
_DOTS = 1200
_LOOSE = 1 / 3  # of a page: a block that no page holds begins where at least so much is left
_BELOW_HEAD, _ABOVE_FOOT = 14.0, 12.0
_LIFTED = 6.0  # a line to write on stands beside the title, and reaches into the margin
_SPLIT = 0.46  # of the head: the form at its left, whose it is at its right


class Paper(NamedTuple):
    """A form as it goes on paper; `write` gives what stands on it, for a width.

    `client` is empty where the name is written by hand, `born` is the client's year of birth; `state` says of a form
    that it isn't handed in.
    """

    title: str
    version: str
    write: Callable[[float], Iterable[Block]]
    client: str = ""
    born: str = ""
    clinic: str = ""
    state: str = ""


class Spot(NamedTuple):
    """Where on its sheet a strip stands."""

    y: float
    strip: Strip


def draw(paper: Paper, device: QPagedPaintDevice) -> int:
    """Puts the sheets that were asked for on a printer or into a PDF; gives how many. Raises Refused, Trouble."""
    scale = device.logicalDpiX() / _UNIT
    width, height = device.width() / scale, device.height() / scale
    sheets = tuple(laid_out(paper, width, height))
    ranges = device.pageRanges()
    wanted = [n for n in range(1, len(sheets) + 1) if ranges.isEmpty() or ranges.contains(n)]
    if not wanted:
        raise Refused("“{form}” has {count} pages. Choose among those.", form=paper.title, count=len(sheets))
    painter = QPainter()
    if not painter.begin(device):
        raise Trouble(_tr("The printer takes nothing. See whether it is switched on, then print again."))
    try:
        painter.scale(scale, scale)
        for n in wanted:
            if n != wanted[0]:
                device.newPage()
            for spot in sheets[n - 1]:
                painter.setPen(Qt.GlobalColor.black)
                spot.strip.paint(painter, spot.y)
    finally:
        painter.end()
    return len(wanted)


def write_pdf(paper: Paper, path: Path) -> None:
    """Writes a form as a PDF on A4; raises OSError where the file can't be written."""
    with path.open("wb"):
        pass  # QPdfWriter keeps to itself that it can't write
    writer = QPdfWriter(str(path))
    writer.setResolution(_DOTS)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, MARGINS, QPageLayout.Unit.Millimeter))
    writer.setTitle(f"{paper.title}, {paper.version}")
    draw(paper, writer)


def laid_out(paper: Paper, width: float, height: float) -> Iterator[tuple[Spot, ...]]:
    """The sheets, head and foot included."""
    head = tuple(_head(paper, width))
    top = sum(strip.height for strip in head) + _BELOW_HEAD
    foot_height = _foot(paper, width, 1, 1).height
    pages = packed(paper.write(width), height - top - foot_height - _ABOVE_FOOT)
    for n, page in enumerate(pages, 1):
        foot = Spot(height - foot_height, _foot(paper, width, n, len(pages)))
        yield (*_stacked(head, 0), *(Spot(top + spot.y, spot.strip) for spot in page), foot)


def packed(blocks: Iterable[Block], room: float) -> list[list[Spot]]:
    """Pages of so much room: a block goes to the next page whole rather than being cut, with what keeps to it."""
    pages: list[list[Spot]] = [[]]
    y = 0.0
    for chain in _chains(blocks):
        strips = [strip for block in chain for strip in (air(block.above), *block.strips)]
        height, left = sum(strip.height for strip in strips), room - y
        if y and height > left and (height <= room or left < room * _LOOSE):
            pages.append([])
            y = 0.0
        if not y:
            strips[:1] = chain[0].again  # the top of a page needs no air
        for strip in strips:
            if y and y + strip.height > room:
                pages.append([])
                y = 0.0
            pages[-1].append(Spot(y, strip))
            y += strip.height
    return pages


def _chains(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks that keep to each other, together."""
    chain: list[Block] = []
    for block in blocks:
        chain.append(block)
        if not block.keeps:
            yield chain
            chain = []
    if chain:
        yield chain


def _stacked(strips: Iterable[Strip], y: float) -> Iterator[Spot]:
    for strip in strips:
        yield Spot(y, strip)
        y += strip.height


def _head(paper: Paper, width: float) -> Iterator[Strip]:
    bold, small = face(k.HEADING, k.SEMIBOLD), face(k.CAPTION)
    split = width * _SPLIT
    title = words(paper.title, 0, split - 12, bold)
    if paper.client:
        whose = ", ".join(part for part in (paper.client, paper.born) if part)
        yield from beside(title, words(whose, split, width - split, face(k.BODY, k.SEMIBOLD), right=True))
    else:
        yield from beside(title, (_names(split, width),))
    state = words(paper.state, split, width - split, face(k.CAPTION, k.SEMIBOLD), right=True)
    yield from beside(words(paper.version, 0, split - 12, small), state)
    yield air(5)
    yield rule(width, strong=True)


def _names(x: float, width: float) -> Strip:
    """Where the name and the year of birth are written by hand."""
    name, born = _tr("Name"), _tr("Born")
    small = face(k.CAPTION)
    first, second = width_of(name, small) + 6, width_of(born, small) + 6
    middle = width - second - 84
    lines = (pen(x + first, middle - x - first - 10), pen(middle + second, 84))
    said = (*words(name, x, 200, small), *words(born, middle, 200, small))

    def paint(p: QPainter, y: float) -> None:
        for strip in lines:
            strip.paint(p, y - _LIFTED)
        for strip in said:
            strip.paint(p, y - _LIFTED + PEN - strip.height - 3)

    return Strip(PEN - _LIFTED, paint)


def _foot(paper: Paper, width: float, n: int, count: int) -> Strip:
    small = face(k.CAPTION)
    number = _tr("{n} of {count}").format(n=n, count=count)
    clinic = words(paper.clinic, 0, width - 90, small)[:1]
    (strip,) = beside(clinic, words(number, width - 80, 80, small, right=True))
    return strip


def _tr(words: str) -> str:
    return QCoreApplication.translate("form_paper", words)
