"""A later last day for a package, or for one of its credits (R6)."""

from datetime import date

from PySide6.QtWidgets import QWidget

from reception.domain import clock, packages
from reception.domain.errors import DomainError, Invalid
from reception.domain.ledger import State
from reception.domain.packages import CreditLine, PackageCard
from reception.ui.actions import action
from reception.ui.dialogs.editing import counted
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, DateEdit, Form, LineEdit, Notice, hbox, pane, section, vbox
from reception.ui.workbench import Workbench

_CAN_EXTEND = (State.AVAILABLE, State.RESERVED, State.EXPIRED)


class ExtendSheet(Sheet):
    """Asks for the new last day and the reason, and says which credits it touches."""

    def __init__(
        self, bench: Workbench, package: PackageCard, credit: CreditLine | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("extend", parent)
        self.bench, self._package, self._credit = bench, package, credit
        self._old = (credit.last_day if credit else package.last_day) or bench.today()
        one = self.tr("Extend credit {number} of {of}") if credit else self.tr("Extend {package}")
        number, of = (credit.number, credit.of) if credit else (0, 0)
        self.title.show_words(one.format(number=number, of=of, package=package.name))
        self.subtitle.show_words(self._last_day_words())
        self._day = DateEdit(bench.formats, self._later(1), today=bench.today())
        self._reason = LineEdit(hint=self.tr("Kept in the ledger with your name"))
        self._will = Notice(name="extend.will")
        self._build()
        self._show_what_happens()
        self._reason.setFocus()

    def _build(self) -> None:
        self.form = Form()
        day = self.form.field("extend.last_day", self.tr("New last day"), self._day)
        self._month = Button(self.tr("+1 month"), name="extend.month")
        self._quarter = Button(self.tr("+3 months"), name="extend.quarter")
        quick = vbox(18, hbox(self._month, self._quarter, gap=6), STRETCH, gap=0)
        self.form.add_row((day, 1), quick)
        self.form.add("extend.reason", self.tr("Reason"), self._reason, required=True)
        will = pane(vbox(section(self.tr("What will happen")), self._will))
        body = pane(vbox(part(self.form, bottom=14), (rest(will), 1), gap=0))
        self.go.setObjectName("extend.save")
        self.put_together(None, body)
        self._day.edited.connect(self._show_what_happens)
        self._month.clicked.connect(self._add_month)
        self._quarter.clicked.connect(self._add_quarter)
        self.go.clicked.connect(self.save)

    def show_error(self, field: str, error: DomainError) -> None:
        """Says beside the field what is wrong with it."""
        name = {"last_day": "extend.last_day", "words": "extend.reason"}.get(field, "")
        self.form.show_error(name, self.bench.formats.sentence(error))

    @action
    async def save(self) -> None:
        """Extends, and closes."""
        self.form.clear_errors()
        day = self._day.day()
        if day is None:
            raise Invalid("Type the new last day.", field="last_day")
        words = self._reason.text()
        if self._credit is not None:
            await self.bench.backend.write(packages.extend_credit, self._credit.id, day, words)
        else:
            await self.bench.backend.write(packages.extend_package, self._package.id, day, words)
        said = self.tr("{what} now ends {day}").format(what=self._what(), day=self.bench.formats.full(day))
        self.bench.said.emit(said, None)
        self.closed.emit()

    def _what(self) -> str:
        if self._credit is None:
            return self._package.name
        words = self.tr("Credit {number} of {of}, {package},")
        return words.format(number=self._credit.number, of=self._credit.of, package=self._package.name)

    def _touched(self) -> tuple[CreditLine, ...]:
        own = (self._credit,) if self._credit else self._package.credits
        return tuple(credit for credit in own if credit.state in _CAN_EXTEND)

    def _show_what_happens(self) -> None:
        try:
            day = self._day.day()
        except Invalid:
            day = None
        if day is None or day < self.bench.today():
            self.go.show_words(self.tr("Extend"))
            self._will.clear()
            return
        shown = self.bench.formats.full(day)
        self.go.show_words(self.tr("Extend to {day}").format(day=shown))
        back = sum(credit.state is State.EXPIRED for credit in self._touched())
        alone = len(self._touched()) == 1
        words = self.tr("It can be used until {day}.") if alone else self.tr("They can be used until {day}.")
        words = words.format(day=shown)
        if back:
            words += " " + counted(
                back, self.tr("One had expired and comes back."), self.tr("{} had expired and come back.")
            )
        self._will.say(self._touched_words(), words, Tone.ACCENT)

    def _touched_words(self) -> str:
        numbers = [str(credit.number) for credit in self._touched()]
        if len(numbers) == 1:
            return self.tr("Credit {number} of {of}").format(number=numbers[0], of=self._package.sessions)
        return self.tr("Credits {numbers} of {of}").format(numbers=", ".join(numbers), of=self._package.sessions)

    def _last_day_words(self) -> str:
        passed = self._old < self.bench.today()
        words = self.tr("Last day was {day}") if passed else self.tr("Last day {day}")
        return words.format(day=self.bench.formats.full(self._old))

    def _later(self, months: int) -> date:
        return clock.add_months(max(self._old, self.bench.today()), months)

    def _add_month(self) -> None:
        self._pick(self._later(1))

    def _add_quarter(self) -> None:
        self._pick(self._later(3))

    def _pick(self, day: date) -> None:
        self._day.show_day(day)
        self._show_what_happens()
