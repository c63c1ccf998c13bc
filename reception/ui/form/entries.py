"""What stands in a page of a form, one below the other: rows, tables, notices, and the foot of what repeats."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from reception.domain.questionnaire import Row
from reception.domain.questionnaire.paging import TABLES, is_row
from reception.domain.questionnaire.values import Control, Item, Kind
from reception.ui.form import place
from reception.ui.form.matrix import Columns, shared
from reception.ui.tokens import Tone

_CELL = 104  # pixels of a cell, at least
_WIDER = {Kind.DATE_TIME: 250, Kind.DATE: 198, Kind.QUANTITY: 190}
_NAME, _CROSS = 130, 34  # of the names of its lines; of what takes a line away
_WORDS = 300  # of the words of a question beside the answers that it shares
Key = tuple[str, place.Path]


class Act(NamedTuple):
    """Something that can be done about an answer, by its name."""

    name: str
    words: str
    primary: bool = False


class Alarm(NamedTuple):
    """What an answer means that somebody has to know at once; it stands under the question."""

    link_id: str
    title: str
    words: str
    tone: Tone
    acts: tuple[Act, ...] = ()


class Line(NamedTuple):
    """A line of a table: a repeat of a group, or a group of its own; None where a question isn't asked now."""

    group: Row
    cells: tuple[Row | None, ...]


class Entry(NamedTuple):
    """Something that stands in the page, known by its key: a row, a table, the heads of a matrix, an alarm, a foot.

    `lines` are those of a table, `columns` the answers that a question shares with those about it.
    """

    key: Key
    row: Row
    level: int = 0
    lines: tuple[Line, ...] = ()
    columns: Columns | None = None
    alarm: Alarm | None = None

    def rows(self) -> Iterator[Row]:
        """The rows that it shows."""
        if self.key[0] in ("row", "marks"):
            yield self.row
        for line in self.lines:
            yield from (row for row in (line.group, *line.cells) if row is not None)


def entries(
    rows: Sequence[Row], alarms: Sequence[Alarm] = (), *, width: int, table: Row | None = None
) -> Iterator[Entry]:
    """What stands in a page of these rows, as far as its width allows; `table` is what the page is as a whole."""
    under = {alarm.link_id: alarm for alarm in alarms}
    for entry in _entries(rows, width, table):
        yield entry
        for row in entry.rows():
            alarm = under.pop(row.item.link_id, None)
            if alarm is not None:
                yield Entry((f"alarm {hash(alarm)}", row.path), row, alarm=alarm)


def _entries(rows: Sequence[Row], width: int, table: Row | None) -> Iterator[Entry]:
    """A table or a matrix as one, all else row by row; a foot comes under the last repeat of a group."""
    lines = _lines(table, rows, width) if table is not None else ()
    if table is not None and lines:
        yield Entry(("table", table.path), table, lines=lines)
        return
    within = [_Group(table)] if table is not None else []
    n = 0
    while n < len(rows):
        row = rows[n]
        while within and not _is_below(row, within[-1].row):
            yield from _foot(within.pop().row)
        level = max(0, row.depth - (1 if within else 0))
        held = _held(rows, n)
        lines = _lines(row, held, width)
        run = within[-1].run(rows, n, width) if within else ()
        if lines:
            yield Entry(("table", row.path), row, level, lines)
            yield from _foot(lines[-1].group)
        elif run:
            columns = within[-1].shared[row.item.link_id]
            yield Entry(("heads", row.path), row, level, columns=columns)
            yield from (Entry(("marks", one.path), one, level, columns=columns) for one in run)
        else:
            yield Entry(("row", row.path), row, level)
            if row.item.kind is Kind.GROUP:
                within.append(_Group(row))
        n += len(held) if lines else len(run) or 1
    while within:
        yield from _foot(within.pop().row)


def _is_below(row: Row, group: Row) -> bool:
    return row.path[: len(group.path)] == group.path


def _foot(group: Row) -> Iterator[Entry]:
    if group.item.repeats and group.path[-1][1] == group.instances - 1:
        (link, _), above = group.path[-1], group.path[:-1]
        yield Entry(("foot", (*above, (link, 0))), group, max(0, group.depth - 1))


class _Group:
    """A group that is being gone through, and which of its questions share their answers."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.shared = shared(row.item.items) if row.item.control in TABLES else {}

    def run(self, rows: Sequence[Row], n: int, width: int) -> tuple[Row, ...]:
        """The questions from here on that share their answers; () where none does, or there is no room for it."""
        columns = self.shared.get(rows[n].item.link_id)
        if columns is None or _WORDS + columns.room > width:
            return ()
        return tuple(takewhile(lambda row: self.shared.get(row.item.link_id) is columns, rows[n:]))


def _held(rows: Sequence[Row], n: int) -> tuple[Row, ...]:
    """The rows of a group that begins here and asks to be a table, in all its repeats."""
    first = rows[n]
    if first.item.control not in TABLES or first.item.kind is not Kind.GROUP:
        return ()
    above, (link, _) = first.path[:-1], first.path[-1]
    depth = len(above)
    return tuple(takewhile(lambda row: row.path[:depth] == above and row.path[depth][0] == link, rows[n:]))


def _lines(group: Row, held: Sequence[Row], width: int) -> tuple[Line, ...]:
    """The lines of a table: its repeats, the groups in it, or itself; () where it isn't one, or there is no room."""
    item, depth = group.item, len(group.path)
    if item.control not in (Control.GRID, Control.GRID_TABLE):
        return ()
    below = [one for one in item.items if is_row(one)]
    if item.repeats:
        groups = [row for row in held if len(row.path) == depth]
    elif any(one.kind is Kind.GROUP for one in below):
        groups = [row for row in held if len(row.path) == depth + 1 and row.item.kind is Kind.GROUP]
        if not all(one.kind is Kind.GROUP for one in below):
            return ()
    else:
        groups = [] if shared(below) else [group]
    questions = [[one for one in line.item.items if is_row(one)] for line in groups]
    widest = max((sum(_WIDER.get(one.kind, _CELL) for one in line) for line in questions), default=0)
    taken = widest + (_CROSS if item.repeats else _NAME)
    if not widest or taken > width or not all(_is_cell(one) for line in questions for one in line):
        return ()
    rows = {row.path: row for row in held}
    return tuple(
        Line(line, tuple(rows.get((*line.path, (one.link_id, 0))) for one in asked))
        for line, asked in zip(groups, questions, strict=True)
    )


def _is_cell(item: Item) -> bool:
    """Whether a question is its answer alone: nothing hangs below it."""
    return item.asks and not any(map(is_row, item.items))
