"""Who waits for the desk at one moment: here, late, with a form, an answer, a deposit, left open, no longer fitting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from reception.domain.diary import BEFORE_TREATMENT, Conflict, Day, Entry, Queue
from reception.domain.inbox import Handed, Item
from reception.domain.outcomes import Status
from reception.domain.screening import Task, Verdict
from reception.domain.tables.ids import AppointmentId
from reception.ui import text
from reception.ui.text import Formats
from reception.ui.workbench import Page, Where

_UPCOMING = frozenset({Status.BOOKED, Status.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row: who, what is due, and how long it has been; an urgent one stands out. `what` is waited for.

    `task` is what a clinician may decide, `mine` says that whoever is at the desk was asked to.
    """

    name: str
    line: str
    where: Where
    status: Status
    right: str = ""
    urgent: bool = False
    late: bool = False
    what: str = "visit"
    task: Task | None = None
    mine: bool = False

    @property
    def key(self) -> str:
        """What tells it from the others; an add-on that is asked about has no visit of its own yet."""
        if self.task is not None and self.task.add_on:
            return f"{self.where.appointment}.{self.task.service}"
        return str(self.where.appointment or self.where.submission or self.where.wish)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one head; `none` is said where there are none."""

    key: str
    title: str
    none: str
    rows: tuple[Waiting, ...]

    @property
    def mine(self) -> int:
        """How many of them whoever is at the desk was asked about."""
        return sum(row.mine for row in self.rows)


@dataclass(frozen=True, slots=True)
class Watch:
    """The instant at which is counted, who is at the desk, and how the clinic writes; `own` is whose visits they see,
    None is everybody's.
    """

    now: datetime
    today: date
    formats: Formats
    wait_minutes: int
    own: int | None
    person: int | None = None
    clinical: bool = False

    def minutes(self, since: datetime) -> int:
        """Whole minutes that have passed."""
        return max(0, int((self.now - since).total_seconds() // 60))

    def sees(self, entry: Entry) -> bool:
        """Whether the visit is one of theirs."""
        return self.own in {None, int(entry.staff)}

    def sees_task(self, task: Task) -> bool:
        """Whether the task is for them: their visit is stopped, or they may decide and nobody did yet (R34)."""
        return self.own in {None, int(task.staff)} or self.asks(task) or (self.clinical and task.denied is None)

    def asks(self, task: Task) -> bool:
        """Whether they were asked to decide, and nobody did yet."""
        return task.asked_id is not None and task.asked_id == self.person and task.denied is None

    def sees_item(self, item: Item) -> bool:
        """Whether it is for them: answers are for everybody, a wish is for the desk."""
        return self.own is None or isinstance(item, Handed)


@dataclass(frozen=True, slots=True)
class Waits:
    """All that may wait: today's visits and what the gate says of them, what the diary lists, what is to be decided,
    and what clients handed in.
    """

    day: Day
    queue: Queue
    verdicts: Mapping[AppointmentId, Verdict] = field(default_factory=dict)
    tasks: tuple[Task, ...] = ()
    handed: tuple[Item, ...] = ()


def groups(waits: Waits, watch: Watch) -> tuple[Group, ...]:
    """The queues of a moment; a practitioner sees their own visits, and who may decide all that waits for it."""
    day, queue = waits.day, waits.queue
    names = {int(column.staff): column.name for column in day.columns}
    entries = [entry for entry in day.entries if watch.sees(entry)]
    here = sorted((entry for entry in entries if entry.status is Status.ARRIVED), key=_since)
    late = sorted((entry for entry in entries if entry.status in _UPCOMING and entry.start < watch.now), key=_start)
    unsigned = [(entry, waits.verdicts[entry.id]) for entry in entries if _lacks_form(entry, waits.verdicts)]
    tasks = sorted(filter(watch.sees_task, waits.tasks), key=lambda one: (not watch.asks(one), one.denied is not None))
    owing = [entry for entry in queue.owing if watch.sees(entry)]
    left = [entry for entry in queue.left_open if watch.sees(entry)]
    conflicts = [one for one in queue.conflicts if watch.sees(one.entry)]
    handed = [one for one in waits.handed if watch.sees_item(one)]
    return (
        Group("here", _tr("Here now"), _tr("Nobody is waiting"), tuple(_here(e, names, watch) for e in here)),
        Group("late", _tr("Late"), _tr("Nobody is late"), tuple(_late(e, names, watch) for e in late)),
        Group("forms", _tr("Unsigned forms"), _tr("None for today"), tuple(_form(e, v, watch) for e, v in unsigned)),
        Group("clients", _tr("From clients"), _tr("Nothing new"), tuple(_item(one, watch) for one in handed)),
        Group("tasks", _tr("Screening"), _tr("Nothing to decide"), tuple(_task(one, watch) for one in tasks)),
        Group("open", _tr("Left open"), _tr("Every day is complete"), tuple(_left_open(e, watch) for e in left)),
        Group("conflicts", _tr("Conflicts"), _tr("None"), tuple(_conflict(one, watch) for one in conflicts)),
        Group("owing", _tr("Deposits owing"), _tr("None"), tuple(_owing(e, watch) for e in owing)),
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


def _lacks_form(entry: Entry, verdicts: Mapping[AppointmentId, Verdict]) -> bool:
    """Whether a form is due before a visit that hasn't begun (R31)."""
    verdict = verdicts.get(entry.id)
    return entry.status in BEFORE_TREATMENT and verdict is not None and bool(verdict.due)


def _form(entry: Entry, verdict: Verdict, watch: Watch) -> Waiting:
    line = ", ".join(due.title for due in verdict.due)
    at = watch.formats.time(entry.start)
    return Waiting(entry.client_name, line, _where(entry, watch), entry.status, right=at, what="form")


def _task(task: Task, watch: Watch) -> Waiting:
    """A visit that an answer stops, or an add-on that it keeps from one; who was asked to decide, or said no (R34)."""
    day = task.start.astimezone(watch.formats.zone).date()
    when = watch.formats.time(task.start) if day == watch.today else watch.formats.short(day, watch.today)
    mine = watch.asks(task)
    return Waiting(
        task.client_name,
        _state(task, watch),
        Where(Page.COMING, client=task.client, appointment=task.appointment, day=day),
        Status.BOOKED,
        right=_tr("you, {when}").format(when=when) if mine else when,
        what="denied" if task.denied is not None else "task",
        task=task,
        mine=mine,
    )


def _state(task: Task, watch: Watch) -> str:
    """How far the deciding has come, in few words; who has it comes first, since the column is narrow."""
    if task.denied is not None:
        return _tr("{who} said no: {service}").format(who=_first(task.denied.who), service=task.service_name)
    if task.asked and not watch.asks(task):
        return _tr("{who} was asked: {service}").format(who=_first(task.asked), service=task.service_name)
    return f"{task.service_name}: {task.words}"


def _item(item: Item, watch: Watch) -> Waiting:
    """What a client handed in on their own screen, until somebody has looked at it."""
    at = item.at.astimezone(watch.formats.zone).date()
    right = watch.formats.time(item.at) if at == watch.today else watch.formats.short(at, watch.today)
    if isinstance(item, Handed):
        where = Where(Page.INBOX, submission=int(item.id))
        return Waiting(item.client_name, item.title, where, Status.BOOKED, right=right, what="answers")
    where = Where(Page.INBOX, wish=int(item.id))
    line = _tr("would like {service}").format(service=item.service_name)
    return Waiting(item.client_name, line, where, Status.BOOKED, right=right, what="wish")


def _owing(entry: Entry, watch: Watch) -> Waiting:
    """A deposit that wasn't paid when the visit was booked (R28)."""
    line = f"{watch.formats.when(entry.start, watch.today)}, {entry.service_short or entry.service_name}"
    right = watch.formats.amount(entry.owing_ahead)
    return Waiting(entry.client_name, line, _where(entry, watch), entry.status, right=right, late=True, what="deposit")


def _left_open(entry: Entry, watch: Watch) -> Waiting:
    line = f"{watch.formats.when(entry.start, watch.today)}, {entry.service_short or entry.service_name}"
    return Waiting(entry.client_name, line, _where(entry, watch), entry.status)


def _conflict(conflict: Conflict, watch: Watch) -> Waiting:
    entry = conflict.entry
    line = watch.formats.sentence(conflict.words)
    when = watch.formats.when(entry.start, watch.today)
    return Waiting(entry.client_name, f"{when}: {line}", _where(entry, watch), entry.status, late=True)


def _due(entry: Entry, names: Mapping[int, str], watch: Watch) -> str:
    who = _first(names.get(int(entry.staff), ""))
    return f"{watch.formats.time(entry.start)} {who}, {entry.service_short or entry.service_name}"


def _first(name: str) -> str:
    """A colleague by first name alone."""
    return text.short_name(name).rpartition(" ")[0] or name


def _where(entry: Entry, watch: Watch) -> Where:
    day = entry.start.astimezone(watch.formats.zone).date()
    return Where(Page.DIARY, client=entry.client, appointment=entry.id, day=day)


def _since(entry: Entry) -> datetime:
    return entry.since


def _start(entry: Entry) -> datetime:
    return entry.start


def _tr(words: str) -> str:
    return QCoreApplication.translate("queue", words)
