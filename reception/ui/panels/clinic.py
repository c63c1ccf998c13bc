"""The clinic's own settings, section by section: itself, its policy, reasons, plan, closures."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.domain import catalogue, rota
from reception.domain.access import Act
from reception.domain.catalogue import Clinic as Own
from reception.domain.catalogue import Opening, Reason
from reception.domain.errors import DomainError, Trouble
from reception.domain.outcomes import Who
from reception.domain.rota import Closure
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.dialogs.clinic import ClinicSheet
from reception.ui.dialogs.closure import ClosureSheet
from reception.ui.dialogs.editing import Editing, Place, counted
from reception.ui.dialogs.plan import PlanSheet, add_ons_words, packages_words
from reception.ui.dialogs.policy import PolicySheet, policy_words
from reception.ui.dialogs.reason import ReasonSheet
from reception.ui.dialogs.shifts import misfit_words
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Banner,
    Button,
    Elided,
    Hair,
    Kind,
    Prose,
    Scroller,
    caption,
    clear,
    hbox,
    heading,
    label,
    pane,
    vbox,
)
from reception.ui.workbench import Draft, Workbench

_SHEETS: dict[str, Callable[[Workbench], Editing]] = {
    "clinic": ClinicSheet,
    "policy": PolicySheet,
    "plan": PlanSheet,
    "reason": ReasonSheet,
    "closure": ClosureSheet,
}
_ACTS = {"closure": Act.ROTA}
_MARGIN, _TITLES, _WIDE = 20, 150, 760


class Clinic(QWidget):
    """What holds for the whole clinic; those who may, change it section by section."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.setObjectName("clinic_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._reasons: tuple[Reason, ...] = ()
        self._closures: tuple[Closure, ...] = ()
        self._readonly, self._trouble = (
            Banner(square=True, name=f"clinic_page.{what}") for what in ("readonly", "trouble")
        )
        self._itself, self._plan, self._list_of_reasons, self._list_of_closures = (vbox(gap=0) for _ in range(4))
        self._policy = Prose(name="clinic_page.policy")
        self._buttons: dict[str, Button] = {}
        self._place = Place()
        self._build()
        self._place.emptied.connect(self.setFocus)
        bench.clinic_changed.connect(self._show_clinic)
        bench.person_changed.connect(self._show_rights)
        topics = frozenset({"clinic", "rota"})
        self._refresher = Refresher(self, self._load, topics, None, bench.backend)
        self._refresher.failed.connect(self._show_trouble)
        self._show_clinic()
        self._show_rights()
        self._refresher.request()

    def show_lists(self, reasons: tuple[Reason, ...], closures: tuple[Closure, ...]) -> None:
        """Shows the reasons for cancelling, and the closures to come."""
        self._reasons, self._closures = reasons, closures
        self._trouble.clear()
        self._show_reasons()
        self._show_closures()

    def show_draft(self, draft: Draft) -> None:
        """Goes on with settings that were parked."""
        self._open(draft.kind, draft)

    # Building

    def _build(self) -> None:
        sections = (
            self._section(self.tr("The clinic"), self._button("clinic", self.tr("Change")), self._itself),
            self._section(self.tr("Cancellation policy"), self._button("policy", self.tr("Change")), self._policy),
            self._section(
                self.tr("Reasons for cancelling"),
                self._button("reason", self.tr("New reason"), icon="plus"),
                self._list_of_reasons,
            ),
            self._section(self.tr("Plan"), self._button("plan", self.tr("Change")), self._plan),
            self._section(
                self.tr("Closures to come"),
                self._button("closure", self.tr("New closure"), icon="plus"),
                self._list_of_closures,
            ),
        )
        column = pane(vbox(*sections, STRETCH, gap=0))
        column.setMaximumWidth(_WIDE)
        # The column takes what there is up to its widest; what is left stays at its right.
        body = pane(hbox((column, _WIDE), (QWidget(), 1), gap=0))
        self.setLayout(
            hbox(
                (pane(vbox(self._readonly, self._trouble, (Scroller(body), 1), gap=0), "surface"), 1),
                self._place,
                gap=0,
            )
        )

    def _section(self, title: str, button: Button, content: QWidget | QVBoxLayout) -> QWidget:
        head = hbox(heading(title), STRETCH, button)
        return pane(vbox(pane(vbox(head, content, gap=6, margins=(_MARGIN, 12, _MARGIN, 14))), Hair(), gap=0))

    def _button(self, kind: str, words: str, *, icon: str = "") -> Button:
        self._buttons[kind] = button = Button(words, icon=icon, height=28, name=f"clinic_page.{kind}")
        button.clicked.connect(partial(self._open, kind, None))
        return button

    # Showing

    async def _load(self) -> None:
        reasons = await self.bench.backend.read(catalogue.reasons)
        closures = await self.bench.backend.read(rota.closures, self.bench.today())
        self.show_lists(reasons, closures)

    def _show_trouble(self, error: DomainError | Trouble) -> None:
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._trouble.say(self.tr("The settings could not be read."), words, Tone.DANGER)

    def _show_clinic(self) -> None:
        own, formats = self.bench.clinic, self.bench.formats
        self._policy.show_words(policy_words(own.policy, own.grace_days, formats))
        near = counted(own.near_days, self.tr("1 day before"), self.tr("{} days before"))
        rows = [
            (self.tr("Name"), own.name),
            (self.tr("Address"), ", ".join(own.address.splitlines())),
            (self.tr("Time zone"), own.zone),
            (self.tr("Money and dates"), f"{own.currency}, {own.locale}"),
            (self.tr("Door open"), self._opening(own)),
            (self.tr("Last days stand out"), near),
            (self.tr("Waiting stands out"), self.tr("after {}").format(formats.minutes(own.wait_minutes))),
        ]
        _fill(self._itself, [_fact(title, words) for title, words in rows if words])
        on, off = self.tr("On"), self.tr("Off")
        plan = [
            (self.tr("Packages"), f"{on if own.packages else off}. {packages_words(self, on=own.packages)}"),
            (self.tr("Add-ons"), f"{on if own.add_ons else off}. {add_ons_words(self, on=own.add_ons)}"),
        ]
        _fill(self._plan, [_fact(title, words, wrap=True) for title, words in plan])

    def _opening(self, own: Own) -> str:
        """The opening hours, days that are alike together: Mon–Fri 08:00 – 20:00."""
        formats = self.bench.formats
        days = [(n, _hours_on(own.opening, n)) for n in range(7)]
        parts = []
        for hours, group in groupby(days, key=_second):
            numbers = [n for n, _ in group]
            names = [formats.weekday(n, short=True) for n in (numbers[0], numbers[-1])]
            when = names[0] if len(numbers) == 1 else "–".join(names)
            spans = ", ".join(f"{formats.clock(start)} – {formats.clock(end)}" for start, end in hours)
            if spans:
                parts.append(f"{when} {spans}")
        return "; ".join(parts) or self.tr("No hours are set")

    def _show_reasons(self) -> None:
        mine = self.bench.may(Act.CLINIC)
        _fill(self._list_of_reasons, [self._reason_row(reason, mine=mine) for reason in self._reasons])

    def _reason_row(self, reason: Reason, *, mine: bool) -> QWidget:
        who = self.tr("The clinic") if reason.who is Who.CLINIC else self.tr("The client")
        policy = self.tr("the policy applies") if reason.applies else self.tr("the credit always comes back")
        button = Button(self.tr("Retire"), Kind.LINK, height=24, name=f"clinic_page.reason.{reason.id}")
        button.clicked.connect(partial(self._retire, reason))
        if not mine:
            button.hide()
        return _row(reason.words, f"{who}, {policy}", button)

    def _show_closures(self) -> None:
        mine = self.bench.may(Act.ROTA)
        rows = [self._closure_row(closure, mine=mine) for closure in self._closures]
        _fill(self._list_of_closures, rows or [caption(self.tr("None"))])

    def _closure_row(self, closure: Closure, *, mine: bool) -> QWidget:
        formats = self.bench.formats
        hours = self.tr("the whole day")
        if closure.start is not None and closure.end is not None:
            hours = f"{formats.clock(closure.start)} – {formats.clock(closure.end)}"
        button = Button(self.tr("Open again"), Kind.LINK, height=24, name=f"clinic_page.closure.{closure.id}")
        button.clicked.connect(partial(self._remove, closure))
        if not mine:
            button.hide()
        second = ", ".join(words for words in (hours, closure.words) if words)
        return _row(f"{formats.day(closure.day)} {closure.day.year}", second, button)

    def _show_rights(self) -> None:
        mine = self.bench.may(Act.CLINIC)
        for kind, button in self._buttons.items():
            button.setVisible(self.bench.may(_ACTS.get(kind, Act.CLINIC)))
        self._show_reasons()
        self._show_closures()
        if mine:
            self._readonly.clear()
            return
        words = self.tr("A manager or an owner changes them.")
        self._readonly.say(self.tr("You can read the clinic’s settings."), words, Tone.ACCENT)
        if (sheet := self._place.sheet()) is not None:
            sheet.leave()

    # Changing

    def _open(self, kind: str, draft: Draft | None, *_: object) -> None:
        if not self.bench.may(_ACTS.get(kind, Act.CLINIC)):
            return
        begun = draft or next((one for one in self.bench.drafts.all() if one.kind == kind), None)
        if not self._place.goes_on_with(begun):
            self._place.show_sheet(_SHEETS[kind](self.bench), begun)

    @action
    async def _retire(self, reason: Reason) -> None:
        write = self.bench.backend.write
        await write(catalogue.retire_reason, reason.id)
        undo = partial(write, catalogue.add_reason, reason.words, reason.who, reason.applies)
        self.bench.said.emit(self.tr("Retired the reason “{}”").format(reason.words), undo)

    @action
    async def _remove(self, closure: Closure) -> None:
        write = self.bench.backend.write
        await write(rota.remove_closure, closure.id)
        words = self.tr("Open again on {}").format(self.bench.formats.day(closure.day)) + await misfit_words(self.bench)
        undo = partial(write, rota.add_closure, closure.day, closure.start, closure.end, closure.words)
        self.bench.said.emit(words, undo)


def _fill(box: QVBoxLayout, rows: Sequence[QWidget]) -> None:
    clear(box)
    for row in rows:
        box.addWidget(row)


def _fact(title: str, words: str, *, wrap: bool = False) -> QWidget:
    name = label(title, tone=Tone.INK2)
    name.setFixedWidth(_TITLES)
    said: QWidget = Prose(words, Tone.INK) if wrap else Elided(words)
    return pane(hbox(vbox(name, STRETCH, gap=0), (said, 1), gap=12, margins=(0, 4, 0, 4)))


def _row(words: str, second: str, button: Button) -> QWidget:
    first = Elided(words, weight=k.MEDIUM)
    first.setFixedWidth(220)
    line = hbox(first, (Elided(second, tone=Tone.INK2), 1), button, gap=12, margins=(0, 4, 0, 4))
    return pane(vbox(pane(line), Hair(), gap=0))


def _hours_on(opening: Sequence[Opening], weekday: int) -> tuple[tuple[int, int], ...]:
    return tuple((one.start, one.end) for one in opening if one.weekday == weekday)


def _second(pair: tuple[int, tuple[tuple[int, int], ...]]) -> tuple[tuple[int, int], ...]:
    return pair[1]
