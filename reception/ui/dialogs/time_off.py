"""When somebody doesn't work though their shift says so: time off, and blocks that are drawn on the diary."""

from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import clock, rota
from reception.domain.errors import Invalid
from reception.domain.span import Span
from reception.domain.staff import Person
from reception.ui.dialogs.editing import Editing, Fact, needed
from reception.ui.dialogs.shifts import misfit_words
from reception.ui.widgets import DateEdit, LineEdit, Segmented, TimeEdit
from reception.ui.workbench import Undo, Workbench

_DAY = timedelta(days=1)


class TimeOffSheet(Editing):
    """Time off or a block of one person; visits that are booked in it stay and show as conflicts (R20)."""

    def __init__(self, bench: Workbench, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(bench, "time_off", person.id, parent)
        formats, today = bench.formats, bench.today()
        self._staff = person
        self._kind = Segmented([self.tr("Time off"), self.tr("Block")])
        self._words = LineEdit()
        self._length = Segmented([self.tr("Whole days"), self.tr("From–to")])
        self._first, self._last = DateEdit(formats, today=today), DateEdit(formats, today=today)
        self._from, self._to = TimeEdit(formats), TimeEdit(formats)
        self._fact = Fact(name="time_off.fact")
        self._build()
        self.look()

    def _build(self) -> None:
        self.title.show_words(self.tr("Time off for {}").format(self._staff.name))
        self.subtitle.show_words(self.tr("Nobody is booked with them then"))
        self.row(self.field("kind", self.tr("What it is"), self._kind, hint=" "))
        self.row(self.field("words", self.tr("In words"), self._words))
        self.row(self.field("length", self.tr("How long"), self._length))
        self.row(
            self.field("first", self.tr("First day"), self._first, required=True),
            self.field("last", self.tr("Last day"), self._last),
        )
        self.row(self.field("start", self.tr("From"), self._from), self.field("end", self.tr("To"), self._to))
        self.form.add_row(self._fact)

    @override
    def draft_title(self) -> str:
        return self._staff.name

    @override
    def look(self) -> None:
        block, hours = self._kind.index() == 1, self._length.index() == 1
        hint = self.tr("A break, a meeting, cleaning: drawn on the diary with its words")
        self.form.fields["kind"].show_hint(hint if block else self.tr("A holiday, an illness: shown as time off"))
        self._words.setPlaceholderText(self.tr("Lunch") if block else self.tr("Holiday"))
        for name in ("start", "end"):
            self.form.fields[name].setVisible(hours)
        self._fact.show_words("")
        if self._first.day() is not None:
            self._fact.show_words(self._length_words(self._span()))

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        backend, block = self.bench.backend, self._kind.index() == 1
        words = self._words.text()
        off = await backend.write(rota.add_off, self._staff.id, self._span(), block=block, words=words, id=id)
        done = self.tr("Added a block for {}") if block else self.tr("Added time off for {}")
        misfits = await misfit_words(self.bench, self._staff.id)
        return done.format(self._staff.name) + misfits, partial(backend.write, rota.remove_off, off)

    def _span(self) -> Span:
        """The time that is meant; raises Invalid beside the field that can't be so."""
        first = needed(self._first.day(), "first", self.tr("There is no first day yet. Type when it begins."))
        last = self._last.day() or first
        if self._length.index() == 0:
            if last < first:
                sentence = "The last day, {last}, is before the first, {first}. Type a later one."
                raise Invalid(sentence, field="last", first=first, last=last)
            return rota.between(self._at(first, 0), self._at(last + _DAY, 0))
        start = needed(self._from.minutes(), "start", self.tr("There is no time yet. Type when it begins."))
        end = needed(self._to.minutes(), "end", self.tr("There is no time yet. Type when it ends."))
        return rota.between(self._at(first, start), self._at(last, end))

    def _at(self, day: date, minutes: int) -> datetime:
        return clock.at_local(day, minutes, self.bench.formats.zone)

    def _length_words(self, span: Span) -> str:
        formats, today = self.bench.formats, self.bench.today()
        words = self.tr("From {} to {}").format(formats.when(span.start, today), formats.when(span.end, today))
        return f"{words}, {formats.duration(timedelta(minutes=span.minutes))}."
