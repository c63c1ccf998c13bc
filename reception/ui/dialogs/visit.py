"""A visit in full: what happened to it, which credit pays for it, and what can be done with it (R8)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain import diary, packages
from reception.domain.access import Act
from reception.domain.errors import DomainError, Trouble
from reception.domain.outcomes import UPCOMING, Override, Status
from reception.domain.tables.ids import CreditId
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.dialogs import acts
from reception.ui.dialogs.acts import Acts, Step
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Avatar,
    Button,
    Chip,
    Elided,
    Field,
    Glyph,
    Kind,
    LineEdit,
    Notice,
    Prose,
    Select,
    caption,
    clear,
    hbox,
    label,
    pane,
    section,
    vbox,
)
from reception.ui.workbench import Workbench

_PAY = 0  # no credit has this number
_CHANGEABLE = UPCOMING | {Status.ARRIVED, Status.IN_TREATMENT}


class VisitSheet(Sheet):
    """Shows one visit; `asked` hands over the steps that need the diary: not coming, move, book again, check out."""

    asked = Signal(object, object)

    def __init__(self, bench: Workbench, entry: diary.Entry, parent: QWidget | None = None) -> None:
        super().__init__(
            "visit",
            parent,
            go=Button(
                acts.words(Step.LEDGER, entry.status),
                Kind.PRIMARY,
                key="Enter",
                height=36,
                wide=True,
                name="visit.next",
            ),
        )
        self.bench = bench
        self.entry = entry
        self._visit: diary.Visit | None = None
        self._acts = Acts(bench, self)
        self._build()
        topics = frozenset({"diary", "packages", "money", "clients"})
        self._refresher = Refresher(self, self._load, topics, None, bench.backend)
        self._refresher.failed.connect(self._show_failure)
        self._refresher.request()

    def _build(self) -> None:
        self._chip = Chip(name="visit.status")
        self._service = Elided("", k.BODY, k.MEDIUM, name="visit.service")
        self._price = label("", name="visit.price")
        self._steps = hbox(gap=6)
        self._credit: Select[int] = Select(icon="ticket", name="visit.credit")
        self._credit_field = Field(self.tr("Paid with"), self._credit)
        self._note = LineEdit()
        self._note_field = Field(self.tr("Note"), self._note, name="visit.note")
        self._keep_note = Button(self.tr("Keep note"), height=k.CONTROL_S, name="visit.keep_note")
        self._events = vbox(gap=8)
        self._notice = Notice(name="visit.notice")
        head = part(
            self._notice,
            pane(hbox((self._service, 1), self._price)),
            pane(hbox(self._chip, STRETCH)),
            pane(self._steps),
            gap=8,
        )
        money = part(self._credit_field, self._note_field, pane(hbox(STRETCH, self._keep_note)), gap=8)
        history = rest(pane(section(self.tr("What happened"))), pane(self._events), gap=6)
        again = Button(acts.words(Step.REBOOK, self.entry.status), key="R", height=36, name="visit.rebook")
        again.clicked.connect(self._rebook)
        again.setEnabled(acts.allowed(self.bench, Step.REBOOK))
        self._keep_note.hide()
        self.put_together(Avatar(self.entry.client_name), pane(vbox(head, money, (history, 1), gap=0)), again)
        self._credit.chosen.connect(self._choose_credit)
        self._note.edited.connect(self._keep_note.show)
        self._keep_note.clicked.connect(self._write_note)
        self.go.clicked.connect(self._take_next)
        self._show_entry()

    async def _load(self) -> None:
        self.show_visit(await self.bench.backend.read(diary.visit, self.entry.id))

    # show

    def show_visit(self, visit: diary.Visit) -> None:
        """Shows a visit wholly."""
        self._visit, self.entry = visit, visit.entry
        self._notice.clear()
        self._show_entry()
        self.subtitle.show_words(f"{self._when()} · {visit.staff_name}")
        self._show_credits(visit)
        if not self._keep_note.isVisible():
            self._note.setText(visit.entry.note)
        clear(self._events)
        for event in reversed(visit.events):
            self._events.addWidget(self._event(event))

    def _show_entry(self) -> None:
        entry, formats = self.entry, self.bench.formats
        self.title.show_words(entry.client_name)
        self.subtitle.show_words(self._when())
        self._service.show_words(f"{entry.service_name} · {formats.minutes(entry.minutes)}")
        self._price.setText(formats.money(entry.price))
        self._chip.show_fact(acts.status_words(entry, formats, self.bench.now()), status=entry.status)
        self._show_steps()

    def _show_steps(self) -> None:
        clear(self._steps)
        first, *others = acts.offered(self.bench, self.entry.status) or (Step.LEDGER,)
        self.go.show_words(acts.words(first, self.entry.status))
        for step in (*others, Step.COMING):
            button = Button(acts.words(step, self.entry.status), height=k.CONTROL_S, name=f"visit.{step}")
            button.setProperty("step", str(step))
            button.clicked.connect(self._press)
            self._steps.addWidget(button)
        self._steps.addStretch(1)

    def _show_credits(self, visit: diary.Visit) -> None:
        entry = visit.entry
        options = [*((visit.credit,) if visit.credit else ()), *visit.options]
        price = self.bench.formats.money(entry.price)
        words = [(int(one.credit), acts.credit_words(one, self.bench.formats, self.bench.today())) for one in options]
        pay = self.tr("{price} at the visit").format(price=price) if entry.price else self.tr("Free of charge")
        self._credit.fill([*words, (_PAY, pay)])
        self._credit.choose(int(visit.credit.credit) if visit.credit else _PAY)
        changeable = entry.status in _CHANGEABLE and self.bench.may(Act.SWAP) and entry.price > 0
        self._credit.setEnabled(changeable)
        self._credit_field.show_hint("" if changeable else self._why_fixed())

    def _why_fixed(self) -> str:
        if self.entry.status is Status.COMPLETED:
            return self.tr("Undo the completion to choose another credit.")
        return self.tr("This visit is free of charge.") if not self.entry.price else ""

    def _event(self, event: diary.Event) -> QWidget:
        formats = self.bench.formats
        what = _happened(event, formats.when(event.start, self.bench.today()))
        who = " · ".join(part for part in (formats.when(event.at, self.bench.today()), event.who) if part)
        why = ", ".join(part for part in (event.reason, event.words) if part)
        if event.override is not Override.NONE:
            why = self.tr("{why} (policy overridden)").format(why=why)
        lines = vbox(
            label(what, weight=k.MEDIUM), caption(who), Prose(why, Tone.INK2, k.CAPTION) if why else None, gap=1
        )
        return pane(hbox(vbox(3, Glyph(event.status), STRETCH, gap=0), (lines, 1), gap=8))

    def _when(self) -> str:
        formats = self.bench.formats
        return f"{formats.when(self.entry.start, self.bench.today())} – {formats.time(self.entry.end)}"

    def _show_failure(self, error: DomainError | Trouble) -> None:
        said = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._notice.say(said, tone=Tone.DANGER)

    def show_error(self, field: str, error: DomainError) -> None:
        """Says a refusal beside the credit, or above everything."""
        sentence = self.bench.formats.sentence(error)
        if field == "credit":
            self._credit_field.show_error(sentence)
        else:
            self._notice.say(sentence, tone=Tone.DANGER)

    # act

    def _press(self) -> None:
        self._take(Step(self.sender().property("step")))

    def _take_next(self) -> None:
        self._take((acts.offered(self.bench, self.entry.status) or (Step.LEDGER,))[0])

    def _rebook(self) -> None:
        self._take(Step.REBOOK)

    def _take(self, step: Step) -> None:
        if not self._acts.take(step, self.entry):
            self.closed.emit()
            self.asked.emit(step, self.entry)

    def _choose_credit(self, credit: object) -> None:
        number = int(str(credit))
        choice = packages.NONE if number == _PAY else packages.Choice(CreditId(number))
        self._acts.pay_with(self.entry, choice)

    @action
    async def _write_note(self) -> None:
        await self.bench.backend.write(diary.note, self.entry.id, self._note.text())
        self._keep_note.hide()
        self.bench.said.emit(self.tr("Kept the note on {name}’s visit").format(name=self.entry.client_name), None)


def _happened(event: diary.Event, start: str) -> str:
    """What happened, as the desk would say it."""
    words = {
        "booked": acts.tr("Booked for {start}"),
        "moved": acts.tr("Moved to {start}"),
        "confirmed": acts.tr("Confirmed"),
        "arrived": acts.tr("Arrived"),
        "started": acts.tr("Treatment began"),
        "completed": acts.tr("Completed"),
        "cancelled": acts.tr("Cancelled"),
        "missed": acts.tr("Did not come"),
        "taken_back": acts.tr("Taken a step back"),
        "undone": acts.tr("Undone"),
    }
    return words[event.kind].format(start=start)
