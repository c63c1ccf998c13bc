"""A day of the diary as the grid paints it: times become minutes of the day, statuses become words (A.6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from reception.domain import clock, diary
from reception.domain.outcomes import UPCOMING, Status
from reception.domain.screening import Verdict
from reception.domain.span import Span
from reception.domain.tables.ids import AppointmentId
from reception.ui import glyphs, text
from reception.ui.daygrid import AddOn, Block, Column, Off, Pay, Picture
from reception.ui.text import Formats

_HOUR = 60
_FIRST, _LAST = 7 * _HOUR, 20 * _HOUR  # what a day shows at least; a tall window has no bare ground below it
_LEFT_OPEN = 2 * _HOUR  # nobody waits for a client that long


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks and when: the clinic's formats, what time it is, after how many minutes a wait stands out, and for a
    practitioner the one column that is theirs. `verdicts` are what the gate says of visits that are still to come.
    """

    formats: Formats
    now: datetime
    wait_minutes: int
    only: int | None = None
    verdicts: Mapping[AppointmentId, Verdict] = field(default_factory=dict)


def picture(day: diary.Day, sight: Sight) -> Picture:
    """The whole day, from its first shift, opening or visit to its last."""
    frame = _Frame(clock.day_span(day.day, day.zone))
    columns = tuple(_column(one, frame) for one in day.columns if sight.only in (None, one.staff))
    shown = {column.key for column in columns}
    entries = [one for one in day.entries if one.staff in shown]
    offs = [_off(one, frame) for one in day.offs if one.staff in shown and one.span.overlaps(frame.span)]
    shut = [_shut(column, span, words, frame) for span, words in day.closed for column in columns]
    first, last = _range(day, entries, frame)
    return Picture(
        midnight=frame.span.start,
        first=first,
        last=last,
        columns=columns,
        offs=(*offs, *shut),
        blocks=_blocks(entries, sight, frame),
        now=frame.minute(sight.now) if frame.span.contains(sight.now) else None,
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """One local day: instants in it as elapsed minutes since its midnight, whatever the clocks do (R22)."""

    span: Span

    def minute(self, at: datetime) -> int:
        return round((at - self.span.start).total_seconds()) // 60

    def within(self, span: Span) -> tuple[int, int]:
        return max(0, self.minute(span.start)), min(self.span.minutes, self.minute(span.end))


def _column(column: diary.Column, frame: _Frame) -> Column:
    shifts = tuple(frame.within(span) for span in column.shifts if span.overlaps(frame.span))
    return Column(column.staff, column.name, text.initials(column.name), column.line, shifts)


def _off(off: diary.Off, frame: _Frame) -> Off:
    start, end = frame.within(off.span)
    word = off.words or (_tr("Break") if off.block else _tr("Away"))
    return Off(off.staff, start, end, word, "coffee" if off.block else "calendar-x")


def _shut(column: Column, span: Span, words: str, frame: _Frame) -> Off:
    start, end = frame.within(span)
    return Off(column.key, start, end, words or _tr("Closed"), "calendar-x")


def _range(day: diary.Day, entries: list[diary.Entry], frame: _Frame) -> tuple[int, int]:
    spans = [span for column in day.columns for span in column.shifts if span.overlaps(frame.span)]
    spans += [span for span in day.open if span.overlaps(frame.span)]
    spans += [Span(one.start, one.busy_until) for one in entries]
    minutes = [frame.within(span) for span in spans]
    first = min([_FIRST, *(start for start, _ in minutes)])
    last = max([_LAST, *(end for _, end in minutes)])
    return first // _HOUR * _HOUR, -(-last // _HOUR) * _HOUR


def _blocks(entries: list[diary.Entry], sight: Sight, frame: _Frame) -> tuple[Block, ...]:
    """A block for each run of one staff member that is in one status: a base with the add-ons that follow it (R26)."""
    groups: dict[int, list[diary.Entry]] = {}
    for one in entries:
        groups.setdefault(one.group, []).append(one)
    blocks = []
    for own in groups.values():
        before: Block | None = None
        for run in _runs(sorted(own, key=lambda one: (one.start, one.id))):
            straight = before is not None and before.end == frame.minute(run[0].start)
            after = before.key if before is not None and straight and before.column != run[0].staff else None
            block = _block(run, after, sight, frame)
            blocks.append(block)
            before = None if run[0].status in glyphs.LOST else block
    return tuple(sorted(blocks, key=lambda block: (block.start, block.key)))


def _runs(entries: list[diary.Entry]) -> list[list[diary.Entry]]:
    """The appointments of a coming-in, those that are drawn as one block together."""
    runs: list[list[diary.Entry]] = []
    for one in entries:
        last = runs[-1][-1] if runs else None
        if last is not None and one.base is not None and _joins(one, last):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _joins(one: diary.Entry, last: diary.Entry) -> bool:
    """Whether an add-on is drawn as a line of what is before it; a confirmation is the base's, and counts for both."""
    same = one.status is last.status or {one.status, last.status} <= UPCOMING
    return same and one.staff == last.staff and one.start == last.end and one.status not in glyphs.LOST


def _block(run: list[diary.Entry], after: int | None, sight: Sight, frame: _Frame) -> Block:
    entry, last = run[0], run[-1]
    word, overdue = _word(entry, sight)
    verdicts = [sight.verdicts[one.id] for one in run if one.id in sight.verdicts]
    return Block(
        key=entry.id,
        column=entry.staff,
        start=frame.minute(entry.start),
        minutes=sum(one.minutes for one in run),
        status=entry.status,
        name=entry.client_name,
        lines=tuple(dict.fromkeys((entry.service_name, entry.service_short))),
        clean=max(0, round((last.busy_until - last.end).total_seconds() / 60)),
        addons=tuple(AddOn(one.service_name, one.minutes) for one in run[1:]),
        after=after,
        add_on=entry.base is not None,
        group=entry.group,
        word=word,
        overdue=overdue,
        left=entry.left if entry.left or entry.credit is not None else None,
        soon=entry.near,
        form=any(verdict.due for verdict in verdicts),
        stopped=any(verdict.refuses for verdict in verdicts),
        alert=bool(entry.alert),
        pay=_pay(run),
        note=entry.alert or entry.note,
    )


def _pay(run: list[diary.Entry]) -> Pay:
    if any(one.owes for one in run):
        return Pay.OWES
    if any(one.owing_ahead for one in run):
        return Pay.AHEAD
    return Pay.PAID if all(map(_covered, run)) else Pay.NONE


def _covered(entry: diary.Entry) -> bool:
    return entry.paid or (entry.credit is not None and entry.status is Status.COMPLETED)


def _word(entry: diary.Entry, sight: Sight) -> tuple[str, bool]:
    """What the block says about its status beside the glyph, and whether somebody should do something about it."""
    formats = sight.formats
    match entry.status:
        case Status.ARRIVED:
            waited = elapsed(entry.since, sight.now)
            return formats.minutes(waited), waited >= sight.wait_minutes
        case Status.IN_TREATMENT:
            return _tr("since {time}").format(time=formats.time(entry.since)), False
        case Status.COMPLETED:
            return _tr("out {time}").format(time=formats.time(entry.since)), False
        case Status.NO_SHOW | Status.LATE_CANCELLED:
            return (_tr("credit taken") if entry.credit is not None else ""), False
        case _:
            return _late(entry, sight)


def _late(entry: diary.Entry, sight: Sight) -> tuple[str, bool]:
    behind = elapsed(entry.start, sight.now)
    if entry.status not in UPCOMING or behind <= 0:
        return "", False
    if behind > _LEFT_OPEN:
        return _tr("Left open"), True
    return _tr("Late {minutes}").format(minutes=sight.formats.minutes(behind)), True


def elapsed(since: datetime, now: datetime) -> int:
    """Whole minutes from one instant to another."""
    return int((now - since).total_seconds()) // 60


def _tr(words: str) -> str:
    return QCoreApplication.translate("picture", words)
