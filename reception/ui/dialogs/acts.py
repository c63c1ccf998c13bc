"""What the desk does with one visit: a step forward, a step back, an undo. Each says what it did and how to undo it."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from reception.domain import diary, packages
from reception.domain.access import Act
from reception.domain.outcomes import Status
from reception.ui import glyphs
from reception.ui.actions import action
from reception.ui.ask import ask_text
from reception.ui.text import Formats
from reception.ui.workbench import Workbench

_AT_ONCE = "Undone at the desk"


class Step(StrEnum):
    """Something that can be done with a visit."""

    CONFIRM = "confirm"
    ARRIVE = "arrive"
    START = "start"
    COMPLETE = "complete"
    TAKE_BACK = "take_back"
    UNDO_COMPLETION = "undo_completion"
    UNDO_NO_SHOW = "undo_no_show"
    NOT_COMING = "not_coming"
    MOVE = "move"
    ADD = "add"
    COMING = "coming"
    REBOOK = "rebook"
    DETAILS = "details"
    LEDGER = "ledger"
    CHECKOUT = "checkout"


KEYS = {
    Step.ARRIVE: "A",
    Step.START: "S",
    Step.COMPLETE: "C",
    Step.NOT_COMING: "N",
    Step.MOVE: "X",
    Step.ADD: "+",
    Step.COMING: "B",
    Step.REBOOK: "R",
    Step.DETAILS: "Enter",
    Step.LEDGER: "Ctrl+Shift+L",
    Step.CHECKOUT: "F12",
}
"""The keys that do it while the diary has the keyboard (A.5)."""

_STEPS = {
    Status.BOOKED: (Step.ARRIVE, Step.MOVE, Step.NOT_COMING, Step.CONFIRM),
    Status.CONFIRMED: (Step.ARRIVE, Step.MOVE, Step.NOT_COMING, Step.TAKE_BACK),
    Status.ARRIVED: (Step.START, Step.COMPLETE, Step.TAKE_BACK),
    Status.IN_TREATMENT: (Step.COMPLETE, Step.TAKE_BACK),
    Status.COMPLETED: (Step.UNDO_COMPLETION,),
    Status.NO_SHOW: (Step.UNDO_NO_SHOW,),
}


def steps(status: Status) -> tuple[Step, ...]:
    """The moves that a visit of this status can make now, the usual one first (R23)."""
    return _STEPS.get(status, ())


_NEEDS = {
    Step.NOT_COMING: Act.CANCEL,
    Step.MOVE: Act.MOVE,
    Step.UNDO_COMPLETION: Act.UNDO,
    Step.UNDO_NO_SHOW: Act.UNDO,
    Step.ADD: Act.ATTACH,
    Step.COMING: None,
    Step.REBOOK: Act.BOOK,
    Step.CHECKOUT: Act.SETTLE,
    Step.DETAILS: None,
    Step.LEDGER: None,
}


def offered(bench: Workbench, status: Status) -> tuple[Step, ...]:
    """The moves that whoever is at the desk may make with a visit of this status."""
    return tuple(step for step in steps(status) if allowed(bench, step))


def allowed(bench: Workbench, step: Step) -> bool:
    """Whether whoever is at the desk may take such a step at all."""
    act = _NEEDS.get(step, Act.STATUS)
    return act is None or bench.may(act)


def words(step: Step, status: Status) -> str:
    """The verb on its button."""
    verbs = {
        Step.CONFIRM: tr("Confirm"),
        Step.ARRIVE: tr("Arrive"),
        Step.START: tr("Start"),
        Step.COMPLETE: tr("Complete"),
        Step.TAKE_BACK: _taken_back(status),
        Step.UNDO_COMPLETION: tr("Undo completion"),
        Step.UNDO_NO_SHOW: tr("Undo no-show"),
        Step.NOT_COMING: tr("Not coming"),
        Step.MOVE: tr("Move"),
        Step.ADD: tr("Add to the visit"),
        Step.COMING: tr("Whole booking"),
        Step.REBOOK: tr("Book again"),
        Step.DETAILS: tr("Details and credit"),
        Step.LEDGER: tr("Open ledger"),
        Step.CHECKOUT: tr("Check out"),
    }
    return verbs[step]


def status_words(entry: diary.Entry, formats: Formats, now: datetime) -> str:
    """How far a visit is: "Arrived 09:52, 12 min", "Booked, late 4 min"."""
    word, since = glyphs.word(entry.status), formats.time(entry.since)
    match entry.status:
        case Status.ARRIVED:
            return f"{word} {since}, {formats.minutes(int((now - entry.since).total_seconds()) // 60)}"
        case Status.IN_TREATMENT | Status.COMPLETED:
            return f"{word} {since}"
        case Status.BOOKED | Status.CONFIRMED if now - entry.start >= timedelta(minutes=1):
            return tr("{status}, late {length}").format(status=word, length=formats.duration(now - entry.start))
        case _:
            return word


def booked_words(entry: diary.Entry, formats: Formats, today: date) -> str:
    """A booking in words: "Booked Bea Jones, Physio 30, Tue 24 Nov 10:00, credit 4 of 6"."""
    words = [tr("Booked {name}").format(name=entry.client_name), entry.service_name, formats.when(entry.start, today)]
    if entry.number is not None:
        words.append(tr("credit {number} of {of}").format(number=entry.number, of=entry.of))
    return ", ".join(words)


def credit_words(one: packages.Option, formats: Formats, today: date) -> str:
    """A credit in a list: "Credit 4 of 6, until 12 May · Course of 6"."""
    words = tr("Credit {number} of {of}").format(number=one.number, of=one.of)
    if one.last_day is not None:
        words = tr("{words}, until {day}").format(words=words, day=formats.short(one.last_day, today))
    return f"{words} · {one.package_name}"


def _taken_back(status: Status) -> str:
    found = {
        Status.ARRIVED: tr("Take arrival back"),
        Status.IN_TREATMENT: tr("Take start back"),
        Status.CONFIRMED: tr("Take confirmation back"),
    }
    return found.get(status, tr("Take back"))


class Acts(QObject):
    """Does the steps that need no sheet, for the widget that shows the visit."""

    def __init__(self, bench: Workbench, widget: QWidget) -> None:
        super().__init__(widget)
        self.bench = bench
        self._widget = widget

    def take(self, step: Step, entry: diary.Entry) -> bool:
        """Does a step; False where it needs more than this: a sheet, another page."""
        match step:
            case Step.CONFIRM:
                self.confirm(entry)
            case Step.ARRIVE:
                self.arrive(entry)
            case Step.START:
                self.start(entry)
            case Step.COMPLETE:
                self.complete(entry)
            case Step.TAKE_BACK:
                self.take_back(entry)
            case Step.UNDO_COMPLETION:
                self.undo_completion(entry)
            case Step.UNDO_NO_SHOW:
                self.undo_no_show(entry)
            case _:
                return False
        return True

    @action
    async def confirm(self, entry: diary.Entry) -> None:
        """The client has confirmed."""
        write = self.bench.backend.write
        await write(diary.confirm, entry.id)
        self._say(self.tr("Confirmed {name}"), entry, partial(write, diary.take_back, entry.id))

    @action
    async def arrive(self, entry: diary.Entry) -> None:
        """The client is here."""
        write = self.bench.backend.write
        await write(diary.arrive, entry.id)
        self._say(self.tr("{name} has arrived"), entry, partial(write, diary.take_back, entry.id))

    @action
    async def start(self, entry: diary.Entry) -> None:
        """The treatment begins."""
        write = self.bench.backend.write
        await write(diary.start, entry.id)
        self._say(self.tr("{name} is in treatment"), entry, partial(write, diary.take_back, entry.id))

    @action
    async def complete(self, entry: diary.Entry) -> None:
        """The visit has taken place; its credit is used (R6)."""
        write = self.bench.backend.write
        await write(diary.complete, entry.id)
        said = self.tr("Completed {name}’s visit")
        if entry.number is not None:
            credit = self.tr("credit {number} of {of} used").format(number=entry.number, of=entry.of)
            said = f"{said}, {credit}"
        self._say(said, entry, partial(write, diary.undo_completion, entry.id, _AT_ONCE))

    @action
    async def take_back(self, entry: diary.Entry) -> None:
        """One step back, as if it had not been pressed (R23)."""
        write = self.bench.backend.write
        await write(diary.take_back, entry.id)
        again = {Status.CONFIRMED: diary.confirm, Status.ARRIVED: diary.arrive, Status.IN_TREATMENT: diary.start}
        back = again.get(entry.status)
        self._say(self.tr("Took {name} a step back"), entry, partial(write, back, entry.id) if back else None)

    @action
    async def undo_completion(self, entry: diary.Entry) -> None:
        """The visit did not take place after all; the reason is kept in the ledger (R19)."""
        title = self.tr("Undo the completion of {name}’s visit?").format(name=entry.client_name)
        reason = await self._reason(
            title, self.tr("Its credit is held for the visit again."), self.tr("Undo completion")
        )
        if reason is None:
            return
        write = self.bench.backend.write
        await write(diary.undo_completion, entry.id, reason)
        self._say(self.tr("{name}’s visit is open again"), entry, partial(write, diary.complete, entry.id))

    @action
    async def undo_no_show(self, entry: diary.Entry) -> None:
        """The client came after all; the credit is held again where that can be (R19)."""
        title = self.tr("Undo {name}’s no-show?").format(name=entry.client_name)
        about = self.tr("The visit stands again, and holds its credit where that is still there.")
        reason = await self._reason(title, about, self.tr("Undo no-show"))
        if reason is None:
            return
        answer = await self.bench.backend.write(diary.undo_no_show, entry.id, reason)
        said = self.tr("{name}’s visit stands again")
        if answer["had_credit"] and not answer["has_credit"]:
            said = self.tr("{name}’s visit stands again, without a credit: the one it had can’t cover it any more")
        self._say(said, entry, None)

    @action
    async def pay_with(self, entry: diary.Entry, choice: packages.Choice) -> None:
        """Another credit for the visit, its first one, or none (R9)."""
        write = self.bench.backend.write
        before = packages.Choice(entry.credit) if entry.credit is not None else packages.NONE
        await write(diary.set_credit, entry.id, choice)
        now = await self.bench.backend.read(diary.entry, entry.id)
        said = self.tr("{name} pays at the visit")
        if now.number is not None:
            said = self.tr("{name} uses credit {number} of {of}")
            said = said.format(name=entry.client_name, number=now.number, of=now.of)
        self._say(said, entry, partial(write, diary.set_credit, entry.id, before))

    async def _reason(self, title: str, about: str, button: str) -> str | None:
        return await ask_text(
            self._widget, title, words=about, field=self.tr("Reason, kept in the ledger"), button=button
        )

    def _say(self, said: str, entry: diary.Entry, undo: object) -> None:
        self.bench.said.emit(said.format(name=entry.client_name), undo)


def tr(words: str) -> str:
    """Words for people about a visit."""
    return QCoreApplication.translate("acts", words)
