"""A date on which the clinic is shut, whole or for some hours."""

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import rota
from reception.ui.dialogs.editing import Editing, Fact, needed
from reception.ui.dialogs.shifts import misfit_words
from reception.ui.widgets import DateEdit, LineEdit, Segmented, TimeEdit
from reception.ui.workbench import Undo, Workbench


class ClosureSheet(Editing):
    """A closure; visits that are booked then stay and show as conflicts (R20)."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(bench, "closure", parent=parent)
        self._date = DateEdit(bench.formats, today=bench.today())
        self._length = Segmented([self.tr("The whole day"), self.tr("From–to")])
        self._from, self._to = TimeEdit(bench.formats), TimeEdit(bench.formats)
        self._words, self._fact = LineEdit(hint=self.tr("Christmas Day")), Fact(name="closure.fact")
        self.title.show_words(self.tr("New closure"))
        self.subtitle.show_words(self.tr("Nothing is offered then; what is booked stays, as a conflict"))
        self.row(self.field("day", self.tr("Date"), self._date, required=True))
        self.row(self.field("length", self.tr("How long"), self._length))
        self.row(self.field("start", self.tr("From"), self._from), self.field("end", self.tr("To"), self._to))
        self.row(self.field("words", self.tr("In words"), self._words))
        self.form.add_row(self._fact)
        self.look()

    @override
    def draft_title(self) -> str:
        return self._words.text().strip() or self.tr("New closure")

    @override
    def look(self) -> None:
        for name in ("start", "end"):
            self.form.fields[name].setVisible(self._length.index() == 1)
        self._fact.show_words("")
        if (day := self._date.day()) is not None:
            past = self.tr(" That day has passed.") if day < self.bench.today() else ""
            self._fact.show_words(self.bench.formats.long_day(day) + "." + past)

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        day = needed(self._date.day(), "day", self.tr("There is no date yet. Type the day on which it is shut."))
        start, end = (None, None) if self._length.index() == 0 else self._hours()
        write = self.bench.backend.write
        closure = await write(rota.add_closure, day, start, end, self._words.text(), id=id)
        words = self.tr("Closed on {}").format(self.bench.formats.day(day))
        return words + await misfit_words(self.bench), partial(write, rota.remove_closure, closure)

    def _hours(self) -> tuple[int, int]:
        start = needed(self._from.minutes(), "start", self.tr("There is no time yet. Type when it begins."))
        return start, needed(self._to.minutes(), "end", self.tr("There is no time yet. Type when it ends."))
