"""A form as pages of rows: what shows by now, where it lies, and how deep."""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from typing import NamedTuple

from reception.domain.questionnaire.outline import Outline
from reception.domain.questionnaire.sheet import Node, Path, Sheet
from reception.domain.questionnaire.values import Control, Item, Kind, Value

# What is told beside the question above it, not in a row of its own.
_ASIDE = frozenset({Control.HELP, Control.FLYOVER, Control.UNIT})
TABLES = frozenset({Control.GRID_TABLE, Control.TABLE, Control.GRID})
"""How a group asks to be laid out as a table."""


class Row(NamedTuple):
    """One line of the form as it shows: a question, a repeat of a group, or words to read.

    `instances` are the repeats that its group has by now; `calculated` where the form works out the answer itself.
    """

    path: Path
    item: Item
    depth: int
    values: tuple[Value, ...]
    instances: int
    calculated: bool


class Page(NamedTuple):
    """One page of the form: a section with its title, or loose questions under none.

    `table` is the section itself where the page is a table as a whole.
    """

    key: str
    title: str
    rows: tuple[Row, ...]
    table: Row | None = None


class _Leaf(NamedTuple):
    """What a page is made of: the items that lie on it, and the section that it is, if it is one."""

    key: str
    title: str
    numbers: tuple[int, ...]
    group: int | None = None


class Paging:
    """The pages of one sheet, laid out once; what shows on them is looked up whenever it is asked for."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._leaves = tuple(_leaves(sheet.outline, sheet.outline.top, ""))
        self._depths = _depths(sheet.outline, self._leaves)

    def of(self, sheet: Sheet) -> "Paging":
        """The same pages of a copy of the sheet."""
        twin = copy(self)
        twin.sheet = sheet
        return twin

    def pages(self) -> tuple[Page, ...]:
        """The pages that have something to show, with their rows."""
        pages = (Page(leaf.key, leaf.title, tuple(self._rows_of(leaf)), self._table_of(leaf)) for leaf in self._leaves)
        return tuple(page for page in pages if page.rows)

    def row(self, path: Path) -> Row | None:
        """One row as it shows now; None where it doesn't."""
        found = self.sheet.at(path)
        if found is None or not is_row(found[0].place.item) or not found[0].shown:
            return None
        return self._row(found[0], path)

    def shown(self, page: str | None) -> Iterator[Node]:
        """What shows, of the whole form or of one page, in its order."""
        if page is None:
            yield from (node for node in self.sheet.walk() if node.shown)
            return
        for leaf in self._leaves:
            if leaf.key == page:
                yield from self._shown_on(leaf)

    def _shown_on(self, leaf: _Leaf) -> Iterator[Node]:
        for node in self._tops(leaf.numbers if leaf.group is None else (leaf.group,)):
            yield node
            for branch in node.branches:
                yield from (below for below in self.sheet.walk(branch) if below.shown)

    def _tops(self, numbers: Iterable[int]) -> Iterator[Node]:
        return (node for number in numbers for node in self.sheet.nodes[number] if node.shown)

    def _rows_of(self, leaf: _Leaf) -> Iterator[Row]:
        for node in self._tops(leaf.numbers):
            yield from self._rows(node, node.branch.path)

    def _table_of(self, leaf: _Leaf) -> Row | None:
        if leaf.group is None or leaf.group in leaf.numbers:
            return None
        (node,) = self.sheet.nodes[leaf.group]
        return self._row(node, node.path) if node.place.item.control in TABLES else None

    def _rows(self, node: Node, above: Path) -> Iterator[Row]:
        if not node.on or node.place.item.hidden:
            return
        link_id, group = node.place.item.link_id, node.place.item.kind is Kind.GROUP
        if is_row(node.place.item) and not (group and node.branches):
            yield self._row(node, (*above, (link_id, 0)))
        for repeat, branch in enumerate(node.branches):
            path = (*above, (link_id, repeat))
            if group:
                yield self._row(node, path)
            for below in branch.nodes:
                yield from self._rows(below, path)

    def _row(self, node: Node, path: Path) -> Row:
        item = node.place.item
        if node.words != item.words:
            item = replace(item, words=node.words)
        depth = self._depths.get(node.place.number, 0)
        return Row(path, item, depth, node.values, max(1, len(node.branches)), item.calculated is not None)


def is_row(item: Item) -> bool:
    """Whether an item has a row where it is asked."""
    return not item.hidden and not (item.kind is Kind.DISPLAY and item.control in _ASIDE)


def paths(node: Node) -> Iterator[Path]:
    """The rows that an item has: one, or of a group one for each repeat."""
    above = node.branch.path
    repeats = max(1, len(node.branches)) if node.place.item.kind is Kind.GROUP else 1
    return ((*above, (node.place.item.link_id, repeat)) for repeat in range(repeats))


def _leaves(outline: Outline, numbers: Sequence[int], title: str) -> Iterator[_Leaf]:
    """The pages of a form: each section is one; a section that only holds pages, or all the others, is looked into."""
    loose: list[int] = []
    alone = sum(1 for number in numbers if outline.places[number].item.kind is not Kind.DISPLAY) == 1
    for number in numbers:
        place = outline.places[number]
        if place.item.kind is not Kind.GROUP or place.item.control in (Control.HEADER, Control.FOOTER):
            loose.append(number)
            continue
        if loose:
            yield _Leaf(outline.places[loose[0]].item.link_id, title, tuple(loose))
            loose = []
        if _holds_pages(place.item, alone=alone):
            yield from _leaves(outline, place.below, place.item.words)
        else:
            within = (number,) if place.item.repeats else tuple(place.below)
            yield _Leaf(place.item.link_id, place.item.words, within, number)
    if loose:
        yield _Leaf(outline.places[loose[0]].item.link_id, title, tuple(loose))


def _holds_pages(item: Item, *, alone: bool) -> bool:
    if item.repeats or item.control in TABLES:
        return False  # its groups are lines
    groups = sum(1 for below in item.items if below.kind is Kind.GROUP)
    paged = item.control is Control.TABS or any(below.control is Control.PAGE for below in item.items)
    return groups > 0 and (paged or (alone and groups > 1))


def _depths(outline: Outline, leaves: Iterable[_Leaf]) -> dict[int, int]:
    """How deep each item lies on its page."""
    depths: dict[int, int] = dict.fromkeys((number for leaf in leaves for number in leaf.numbers), 0)
    for place in outline.places:
        if place.number not in depths and place.parent in depths:
            depths[place.number] = depths[place.parent] + 1
    return depths
