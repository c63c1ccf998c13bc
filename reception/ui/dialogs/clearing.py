"""Answers that stand against a service: said beside the visit, cleared by a clinician or put before one (R33, R34)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import clock, screening, staff
from reception.domain.access import Act
from reception.domain.addons import Refusal
from reception.domain.diary import ComingIn
from reception.domain.errors import DomainError, Trouble
from reception.domain.screening import Effect, Hit, Lasting, Past, Screened, Task, Verdict
from reception.domain.tables.ids import AppointmentId, ClientId, GroupId, ServiceId, StaffId
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.dialogs.clearance import Clearance, Whom
from reception.ui.dialogs.past import PastView
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.refresh import Refresher
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Avatar,
    Button,
    Field,
    Icon,
    Kind,
    Notice,
    Prose,
    Select,
    clear,
    hbox,
    label,
    pane,
    section,
    vbox,
)
from reception.ui.workbench import Workbench

_TOPICS = frozenset({"forms", "diary", "clients"})


class Stop(NamedTuple):
    """A service that an answer may stop: whose, when, in which coming-in; `appointment` where it is booked already."""

    client: ClientId
    client_name: str
    service: ServiceId
    service_name: str
    start: datetime
    group: GroupId
    appointment: AppointmentId | None


def stop_of(task: Task) -> Stop:
    """What somebody was asked to decide about, or was told of (R34)."""
    visit = None if task.add_on else task.appointment
    return Stop(task.client, task.client_name, task.service, task.service_name, task.start, task.group, visit)


def stop_of_add_on(coming: ComingIn, refusal: Refusal) -> Stop:
    """An add-on that an answer keeps from a coming-in, at whose end it would join."""
    end = coming.lines[-1].entry.end
    return Stop(coming.client, coming.client_name, refusal.service, refusal.name, end, coming.group, None)


class _AboutStop(Sheet):
    """Shows first which answers stand against a service; what becomes of them is each sheet's own."""

    def __init__(self, name: str, bench: Workbench, stop: Stop, parent: QWidget | None) -> None:
        super().__init__(name, parent)
        self.bench, self._stop = bench, stop
        self._verdict: Verdict | None = None
        self._hits = vbox(gap=8)
        self._past = PastView(bench.formats)
        self._notice = Notice(name=f"{name}.notice")
        self._keep = Button(self.tr("Leave it"), key="Esc", height=36, name=f"{name}.keep")
        when = bench.formats.when(stop.start, bench.today())
        self.subtitle.show_words(f"{stop.client_name} · {when}")
        self._keep.clicked.connect(self.leave)
        self._refresher = Refresher(self, self._load, _TOPICS, None, bench.backend)
        self._refresher.failed.connect(self._show_failure)
        self._refresher.request()

    def _lay_out(self, *fields: QWidget, besides: tuple[Button, ...] = ()) -> None:
        """`besides` are the buttons before the one that ends the task."""
        head, answers = pane(section(self.tr("What was answered"))), pane(self._hits)
        body = pane(vbox(part(self._notice, head, answers, self._past, gap=6), (rest(*fields, gap=10), 1), gap=0))
        self.put_together(Avatar(self._stop.client_name), body, self._keep, *besides)

    async def _load(self) -> None:
        stop = self._stop
        read = self.bench.backend.read
        verdict = await read(screening.verdict, stop.client, stop.service, stop.start, group=stop.group)
        self.show_verdict(verdict, await read(screening.past, stop.client, stop.service, stop.group))

    def show_verdict(self, verdict: Verdict, past: Past) -> None:
        """Shows the answers that stand against the service now, and what was answered and decided before."""
        self._verdict = verdict
        self._past.show_past(past, standing(verdict))
        clear(self._hits)
        for hit in standing(verdict):
            self._hits.addWidget(_answer(hit, self.bench.formats))
        if not standing(verdict):
            self._notice.say(self.tr("Nothing stands against it any more."), tone=Tone.GOOD)
        self._show_go()

    def _ready(self) -> bool:
        """Whether all that the sheet asks for is given."""
        return True

    def _show_go(self) -> None:
        stands = self._verdict is not None and bool(standing(self._verdict))
        self.go.setEnabled(stands and self._ready())

    def show_error(self, field: str, error: DomainError) -> None:
        """Says a refusal above the answers."""
        self._notice.say(self.bench.formats.sentence(error), tone=Tone.DANGER)

    def _show_failure(self, error: DomainError | Trouble) -> None:
        said = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._notice.say(said, tone=Tone.DANGER)


class ClearingSheet(_AboutStop):
    """A clinician decides: the service goes ahead in spite of an answer, for one visit or until a date, or it doesn't;
    always with the reason (R33).
    """

    def __init__(self, bench: Workbench, stop: Stop, parent: QWidget | None = None) -> None:
        super().__init__("clear", bench, stop, parent)
        self.title.show_words(self.tr("Clear {service}?").format(service=stop.service_name))
        self.go.show_words(self.tr("Clear it"))
        whom = Whom(stop.client, stop.client_name, stop.group)
        day = clock.local_date(stop.start, bench.formats.zone)
        self._clearance = Clearance(bench, whom, [(stop.service, stop.service_name)], day)
        self._no = Button(self.tr("Decline"), Kind.DANGER, height=36, name="clear.decline")
        self._lay_out(self._clearance, besides=(self._no,))
        self._clearance.changed.connect(self._show_go)
        self._no.clicked.connect(self._decline)
        self.go.clicked.connect(self._clear)
        self._show_go()

    @override
    def begin(self) -> QWidget:
        return self._clearance.reason

    @override
    def _ready(self) -> bool:
        return self._clearance.is_ready()

    @override
    def _show_go(self) -> None:
        super()._show_go()
        self._no.setEnabled(self.go.isEnabled())

    @override
    def show_error(self, field: str, error: DomainError) -> None:
        if not self._clearance.show_error(field, error):
            super().show_error(field, error)

    @action
    async def _clear(self) -> None:
        self._clearance.clear_errors()
        await self._clearance.clear()
        self.closed.emit()

    @action
    async def _decline(self) -> None:
        stop = self._stop
        self._clearance.clear_errors()
        await self.bench.backend.write(screening.decline, stop.group, stop.service, self._clearance.reason.text())
        said = self.tr("Declined {service} for {name}; the desk reads why")
        self.bench.said.emit(said.format(service=stop.service_name, name=stop.client_name), None)
        self.closed.emit()


class AskingSheet(_AboutStop):
    """Puts a stopped visit before a clinician, who finds it among their tasks (R34)."""

    def __init__(self, bench: Workbench, stop: Stop, parent: QWidget | None = None) -> None:
        super().__init__("ask_clinician", bench, stop, parent)
        self.title.show_words(self.tr("Ask a clinician about {service}").format(service=stop.service_name))
        self.go.show_words(self.tr("Ask"))
        self._who: Select[int] = Select(icon="user", name="ask_clinician.who")
        self._field = Field(self.tr("Who shall decide"), self._who)
        self._lay_out(self._field)
        self.go.clicked.connect(self._ask)
        self._show_go()

    @override
    async def _load(self) -> None:
        people = await self.bench.backend.read(staff.people)
        self._who.fill([(int(one.id), one.name) for one in people if one.clinical])
        self._field.show_hint("" if self._who.count() else self.tr("Nobody here may clear a screening yet: see Staff."))
        await super()._load()

    @override
    def _ready(self) -> bool:
        return self._who.value() is not None

    @action
    async def _ask(self) -> None:
        who = self._who.value()
        assert who is not None
        assert self._verdict is not None
        stop, write = self._stop, self.bench.backend.write
        if stop.appointment is None:
            await write(screening.ask_about, stop.group, stop.service, StaffId(who))
        else:
            await write(screening.ask, stop.appointment, standing(self._verdict)[0].response, StaffId(who))
        said = self.tr("Asked {who} about {name}’s {service}")
        said = said.format(who=self._who.currentText(), name=self._stop.client_name, service=self._stop.service_name)
        self.bench.said.emit(said, None)
        self.closed.emit()


def standing(verdict: Verdict) -> Sequence[Hit]:
    """The answers that block or flag and that nobody has cleared, the blocking ones first."""
    return [hit for hit in verdict.hits if not hit.cleared and hit.effect is not Effect.NOTE]


def say_stop(notice: Notice, verdict: Verdict, service: str, formats: Formats, asked: str = "") -> None:
    """Has a notice say which answer stands against a service, for how long, and who was asked about it."""
    blocked = verdict.outcome is Screened.BLOCKED
    title = _tr("{service} is blocked by an answer") if blocked else _tr("{service} needs a clinician’s review")
    lines = [f"{hit.staff_message} {_lasts(hit, formats)}".strip() for hit in standing(verdict)]
    lines += [f"{asked}."] if asked else []
    tone = Tone.DANGER if blocked else Tone.WARN
    notice.say(title.format(service=service), "\n".join(lines), tone, "block" if blocked else "alert")


def sheet_about(bench: Workbench, stop: Stop) -> Sheet:
    """What whoever is at the desk can do about a stop: a clinician decides, everybody else asks one."""
    return ClearingSheet(bench, stop) if bench.may(Act.CLEAR) else AskingSheet(bench, stop)


def stop_buttons(bench: Workbench, stop: Stop, show: Callable[[Sheet], object], *, name: str) -> list[Button]:
    """The way to that sheet."""
    clears = bench.may(Act.CLEAR)
    if not clears and not bench.may(Act.ANSWER):
        return []
    words, what = (_tr("Clear…"), "clear") if clears else (_tr("Ask a clinician…"), "ask")
    button = Button(words, height=k.CONTROL_S, name=f"{name}.{what}")
    button.clicked.connect(lambda: show(sheet_about(bench, stop)))
    return [button]


def _lasts(hit: Hit, formats: Formats) -> str:
    if hit.until is not None:
        return _tr("Until {day}.").format(day=formats.full(hit.until))
    return _tr("For good.") if hit.lasting is Lasting.PERMANENT else ""


def _answer(hit: Hit, formats: Formats) -> QWidget:
    """One answer: the question, what was answered, what it means."""
    icon, tone = ("block", Tone.DANGER) if hit.effect is Effect.BLOCK else ("alert", Tone.WARN)
    means = " ".join(word for word in (hit.staff_message, _lasts(hit, formats)) if word)
    said = vbox(
        Prose(hit.question, Tone.INK2, k.CAPTION),
        label(hit.answer, weight=k.SEMIBOLD, wrap=True),
        Prose(means, Tone.INK, k.CAPTION),
        gap=1,
    )
    return pane(hbox(vbox(2, Icon(icon, tone), STRETCH, gap=0), (said, 1), gap=10))


def _tr(words: str) -> str:
    return QCoreApplication.translate("clearing", words)
