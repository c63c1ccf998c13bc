"""Who waits for the desk at one moment: here, late, left open on earlier days, and no longer fitting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from reception.domain.diary import Conflict, Day, Entry, Queue
from reception.domain.outcomes import Status
from reception.ui import text
from reception.ui.text import Formats
from reception.ui.workbench import Page, Where

_UPCOMING = frozenset({Status.BOOKED, Status.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row: who, what is due, and how long it has been; an urgent one stands out."""

    name: str
    line: str
    where: Where
    status: Status
    right: str = ""
    urgent: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one head; `none` is said where there are none."""

    key: str
    title: str
    none: str
    rows: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """The instant at which is counted, for whom (None is everybody), and how the clinic writes."""

    now: datetime
    today: date
    formats: Formats
    wait_minutes: int
    own: int | None

    def minutes(self, since: datetime) -> int:
        """Whole minutes that have passed."""
        return max(0, int((self.now - since).total_seconds() // 60))

    def sees(self, entry: Entry) -> bool:
        """Whether the visit is one of theirs."""
        return self.own in {None, int(entry.staff)}


def groups(day: Day, queue: Queue, watch: Watch) -> tuple[Group, ...]:
    """The queues of a moment; a practitioner sees their own visits only."""
    names = {int(column.staff): column.name for column in day.columns}
    entries = [entry for entry in day.entries if watch.sees(entry)]
    here = sorted((entry for entry in entries if entry.status is Status.ARRIVED), key=_since)
    late = sorted((entry for entry in entries if entry.status in _UPCOMING and entry.start < watch.now), key=_start)
    left = [entry for entry in queue.left_open if watch.sees(entry)]
    conflicts = [one for one in queue.conflicts if watch.sees(one.entry)]
    return (
        Group("here", _tr("Here now"), _tr("Nobody is waiting"), tuple(_here(e, names, watch) for e in here)),
        Group("late", _tr("Late"), _tr("Nobody is late"), tuple(_late(e, names, watch) for e in late)),
        Group("open", _tr("Left open"), _tr("Every day is complete"), tuple(_left_open(e, watch) for e in left)),
        Group("conflicts", _tr("Conflicts"), _tr("None"), tuple(_conflict(one, watch) for one in conflicts)),
    )


def _here(entry: Entry, names: Mapping[int, str], watch: Watch) -> Waiting:
    minutes = watch.minutes(entry.since)
    return Waiting(
        entry.client_name,
        _due(entry, names, watch),
        _where(entry, watch),
        entry.status,
        right=watch.formats.minutes(minutes),
        urgent=minutes >= watch.wait_minutes,
    )


def _late(entry: Entry, names: Mapping[int, str], watch: Watch) -> Waiting:
    late = "+" + watch.formats.minutes(watch.minutes(entry.start))
    line = _due(entry, names, watch)
    return Waiting(entry.client_name, line, _where(entry, watch), entry.status, right=late, late=True)


def _left_open(entry: Entry, watch: Watch) -> Waiting:
    line = f"{watch.formats.when(entry.start, watch.today)}, {entry.service_short or entry.service_name}"
    return Waiting(entry.client_name, line, _where(entry, watch), entry.status)


def _conflict(conflict: Conflict, watch: Watch) -> Waiting:
    entry = conflict.entry
    line = watch.formats.sentence(conflict.words)
    when = watch.formats.when(entry.start, watch.today)
    return Waiting(entry.client_name, f"{when}: {line}", _where(entry, watch), entry.status, late=True)


def _due(entry: Entry, names: Mapping[int, str], watch: Watch) -> str:
    name = names.get(int(entry.staff), "")
    who = text.short_name(name).rpartition(" ")[0] or name
    return f"{watch.formats.time(entry.start)} {who}, {entry.service_short or entry.service_name}"


def _where(entry: Entry, watch: Watch) -> Where:
    day = entry.start.astimezone(watch.formats.zone).date()
    return Where(Page.DIARY, client=entry.client, appointment=entry.id, day=day)


def _since(entry: Entry) -> datetime:
    return entry.since


def _start(entry: Entry) -> datetime:
    return entry.start


def _tr(words: str) -> str:
    return QCoreApplication.translate("queue", words)
