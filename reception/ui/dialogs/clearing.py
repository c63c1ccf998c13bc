"""Answers that stand against a service: said beside the visit, cleared by a clinician or put before one (R33, R34)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import clock, screening, staff
from reception.domain.access import Act
from reception.domain.errors import DomainError, Invalid, Trouble
from reception.domain.screening import Effect, Hit, Lasting, Screened, Verdict
from reception.domain.tables.ids import AppointmentId, ClientId, GroupId, ServiceId, StaffId
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.refresh import Refresher
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Answers,
    Avatar,
    Button,
    DateEdit,
    Field,
    Icon,
    LineEdit,
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
_VISIT, _THROUGH = range(2)


class Stop(NamedTuple):
    """A service that an answer may stop: whose, when, in which coming-in; `appointment` where it is booked already."""

    client: ClientId
    client_name: str
    service: ServiceId
    service_name: str
    start: datetime
    group: GroupId
    appointment: AppointmentId | None


class _AboutStop(Sheet):
    """Shows first which answers stand against a service; what becomes of them is each sheet's own."""

    def __init__(self, name: str, bench: Workbench, stop: Stop, parent: QWidget | None) -> None:
        super().__init__(name, parent)
        self.bench, self._stop = bench, stop
        self._verdict: Verdict | None = None
        self._hits = vbox(gap=8)
        self._notice = Notice(name=f"{name}.notice")
        self._keep = Button(self.tr("Leave it"), key="Esc", height=36, name=f"{name}.keep")
        when = bench.formats.when(stop.start, bench.today())
        self.subtitle.show_words(f"{stop.client_name} · {when}")
        self._keep.clicked.connect(self.leave)
        self._refresher = Refresher(self, self._load, _TOPICS, None, bench.backend)
        self._refresher.failed.connect(self._show_failure)
        self._refresher.request()

    def _lay_out(self, *fields: QWidget) -> None:
        answers = part(self._notice, pane(section(self.tr("What was answered"))), pane(self._hits), gap=6)
        body = pane(vbox(answers, (rest(*fields, gap=10), 1), gap=0))
        self.put_together(Avatar(self._stop.client_name), body, self._keep)

    async def _load(self) -> None:
        stop = self._stop
        read = self.bench.backend.read
        self.show_verdict(await read(screening.verdict, stop.client, stop.service, stop.start, group=stop.group))

    def show_verdict(self, verdict: Verdict) -> None:
        """Shows the answers that stand against the service now."""
        self._verdict = verdict
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
    """Lets a service go ahead in spite of an answer: for one visit, or until a date, with the reason (R33)."""

    def __init__(self, bench: Workbench, stop: Stop, parent: QWidget | None = None) -> None:
        super().__init__("clear", bench, stop, parent)
        self.title.show_words(self.tr("Clear {service}?").format(service=stop.service_name))
        self.go.show_words(self.tr("Clear it"))
        words = (self.tr("For this visit only"), self.tr("For visits up to and including a day"))
        self._how = Answers(words, name="clear.how")
        self._how.choose(_VISIT)
        self._day = DateEdit(bench.formats, today=bench.today(), name="clear.through")
        self._day.show_day(clock.local_date(stop.start, bench.formats.zone))
        self._through = Field(self.tr("The last day"), self._day)
        self._words = LineEdit()
        self._reason = Field(self.tr("Reason, kept with your name"), self._words, name="clear.words")
        self._through.hide()
        self._lay_out(self._how, self._through, self._reason)
        self._how.changed.connect(self._show_how)
        self._words.edited.connect(self._show_go)
        self.go.clicked.connect(self._clear)
        self._show_go()

    @override
    def begin(self) -> QWidget:
        return self._words

    def _show_how(self) -> None:
        self._through.setVisible(self._how.index() == _THROUGH)

    @override
    def _ready(self) -> bool:
        return bool(self._words.text().strip())

    @override
    def show_error(self, field: str, error: DomainError) -> None:
        place = {"words": self._reason, "through": self._through}.get(field)
        if place is None:
            super().show_error(field, error)
        else:
            place.show_error(self.bench.formats.sentence(error))

    @action
    async def _clear(self) -> None:
        stop, words = self._stop, self._words.text()
        for field in (self._reason, self._through):
            field.clear_error()
        write = self.bench.backend.write
        if self._how.index() == _VISIT:
            await write(screening.clear, stop.client, stop.service, words, group=stop.group)
            said = self.tr("Cleared {service} for {name}, for this visit")
        else:
            day = self._last_day()
            await write(screening.clear, stop.client, stop.service, words, through=day)
            said = self.tr("Cleared {service} for {name}, until {day}").replace("{day}", self.bench.formats.full(day))
        self.bench.said.emit(said.format(service=stop.service_name, name=stop.client_name), None)
        self.closed.emit()

    def _last_day(self) -> date:
        try:
            day = self._day.day()
        except Invalid as error:
            raise Invalid(error.template, field="through", **error.values) from error
        if day is None:
            raise Invalid("Type the last day that it is cleared for.", field="through")
        return day


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
        assert self._stop.appointment is not None
        response = standing(self._verdict)[0].response
        await self.bench.backend.write(screening.ask, self._stop.appointment, response, StaffId(who))
        said = self.tr("Asked {who} about {name}’s {service}")
        said = said.format(who=self._who.currentText(), name=self._stop.client_name, service=self._stop.service_name)
        self.bench.said.emit(said, None)
        self.closed.emit()


def standing(verdict: Verdict) -> Sequence[Hit]:
    """The answers that block or flag and that nobody has cleared, the blocking ones first."""
    return [hit for hit in verdict.hits if not hit.cleared and hit.effect is not Effect.NOTE]


def say_stop(notice: Notice, verdict: Verdict, service: str, formats: Formats) -> None:
    """Has a notice say which answer stands against a service, and for how long."""
    blocked = verdict.outcome is Screened.BLOCKED
    title = _tr("{service} is blocked by an answer") if blocked else _tr("{service} needs a clinician’s review")
    lines = [f"{hit.staff_message} {_lasts(hit, formats)}".strip() for hit in standing(verdict)]
    tone = Tone.DANGER if blocked else Tone.WARN
    notice.say(title.format(service=service), "\n".join(lines), tone, "block" if blocked else "alert")


def stop_buttons(bench: Workbench, stop: Stop, show: Callable[[Sheet], object], *, name: str) -> list[Button]:
    """What whoever is at the desk can do about a stop: clear it, or ask a clinician to decide."""
    if bench.may(Act.CLEAR):
        button = Button(_tr("Clear…"), height=k.CONTROL_S, name=f"{name}.clear")
        button.clicked.connect(lambda: show(ClearingSheet(bench, stop)))
        return [button]
    if stop.appointment is not None and bench.may(Act.ANSWER):
        button = Button(_tr("Ask a clinician…"), height=k.CONTROL_S, name=f"{name}.ask")
        button.clicked.connect(lambda: show(AskingSheet(bench, stop)))
        return [button]
    return []


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
