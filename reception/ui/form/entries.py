"""What stands in a page of a form, one below the other: rows, tables, notices, and the foot of what repeats."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reception.domain.questionnaire import Row
from reception.domain.questionnaire.values import Control, Kind
from reception.ui.form import place
from reception.ui.tokens import Tone

_MOST_COLUMNS = 6  # more don't fit beside each other: such a table is shown as rows below each other
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
    """A line of a table: a repeat of a group, or a group of its own with its name."""

    group: Row
    cells: tuple[Row, ...]


class Entry(NamedTuple):
    """Something that stands in the page, known by its key: a row, a table's lines, an alarm, or a foot."""

    key: Key
    row: Row
    level: int = 0
    lines: tuple[Line, ...] = ()
    alarm: Alarm | None = None

    def holds(self, path: place.Path) -> bool:
        """Whether the question at a path stands there."""
        return self.key == ("row", path) or any(cell.path == path for line in self.lines for cell in line.cells)


def entries(rows: Sequence[Row], alarms: Sequence[Alarm] = ()) -> Iterator[Entry]:
    """What stands in a page that has these rows: an alarm comes under its question, a foot under the last repeat."""
    under = {alarm.link_id: alarm for alarm in alarms}
    open_groups: list[Row] = []
    n = 0
    while n < len(rows):
        row = rows[n]
        while open_groups and not _is_below(row, open_groups[-1]):
            yield from _foot(open_groups.pop())
        held = _table(rows, n)
        level = max(0, row.depth - (1 if open_groups else 0))
        if held:
            yield Entry((f"table {hash(tuple(one.path for one in held))}", row.path), row, level, _lines(held, row))
        else:
            yield Entry(("row", row.path), row, level)
        shown = held or (row,)
        for one in shown:
            alarm = under.pop(one.item.link_id, None)
            if alarm is not None:
                yield Entry((f"alarm {hash(alarm)}", one.path), one, alarm=alarm)
        if held:
            yield from _foot(next(one for one in reversed(held) if one.item is row.item))
        elif row.item.kind is Kind.GROUP:
            open_groups.append(row)
        n += len(shown)
    while open_groups:
        yield from _foot(open_groups.pop())


def _is_below(row: Row, group: Row) -> bool:
    return row.path[: len(group.path)] == group.path


def _table(rows: Sequence[Row], n: int) -> tuple[Row, ...]:
    """The rows of a table that begins here; () where none does, or it doesn't fit."""
    first = rows[n]
    if first.item.kind is not Kind.GROUP or first.item.control not in (Control.GRID_TABLE, Control.GRID):
        return ()
    above, link = first.path[:-1], first.path[-1][0]
    held = []
    for row in rows[n:]:
        if row.path[: len(above)] != above or len(row.path) <= len(above) or row.path[len(above)][0] != link:
            break
        held.append(row)
    lines = _lines(held, first)
    flat = all(len(row.path) <= len(first.path) + (1 if first.item.repeats else 2) for row in held)
    fits = bool(lines) and all(0 < len(line.cells) <= _MOST_COLUMNS for line in lines)
    return tuple(held) if flat and fits else ()


def _lines(held: Sequence[Row], first: Row) -> tuple[Line, ...]:
    """The lines of a table: its repeats, or the groups in it."""
    depth = len(first.path) if first.item.repeats else len(first.path) + 1
    groups = [row for row in held if row.item.kind is Kind.GROUP and len(row.path) == depth]
    asked = [row for row in held if row.item.asks]
    return tuple(Line(group, tuple(row for row in asked if _is_below(row, group))) for group in groups)


def _foot(group: Row) -> Iterator[Entry]:
    if group.item.repeats and group.path[-1][1] == group.instances - 1:
        (link, _), above = group.path[-1], group.path[:-1]
        yield Entry(("foot", (*above, (link, 0))), group, max(0, group.depth - 1))
