"""A used or forfeited credit given back out of goodwill (R6, R16)."""

from PySide6.QtWidgets import QWidget

from reception.domain import ledger, packages
from reception.domain.errors import DomainError
from reception.domain.packages import CreditLine, PackageCard
from reception.ui.actions import action
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.tokens import Tone
from reception.ui.widgets import Form, LineEdit, Notice, pane, section, vbox
from reception.ui.workbench import Workbench


class GoodwillSheet(Sheet):
    """Asks for the reason, and says when the credit can be used again."""

    def __init__(
        self, bench: Workbench, package: PackageCard, credit: CreditLine, parent: QWidget | None = None
    ) -> None:
        super().__init__("goodwill", parent)
        self.bench, self._package, self._credit = bench, package, credit
        words = self.tr("Give back credit {number} of {of}")
        self.title.show_words(words.format(number=credit.number, of=credit.of))
        self.subtitle.show_words(package.name)
        self._reason = LineEdit(hint=self.tr("Kept in the ledger with your name"))
        self.form = Form()
        self.form.add("goodwill.reason", self.tr("Reason"), self._reason, required=True)
        self._will = Notice(name="goodwill.will")
        will = pane(vbox(section(self.tr("What will happen")), self._will))
        body = pane(vbox(part(self.form, bottom=14), (rest(will), 1), gap=0))
        self.go.setObjectName("goodwill.save")
        self.go.show_words(self.tr("Give back"))
        self.put_together(None, body)
        self.go.clicked.connect(self.save)
        self._show_what_happens()
        self._reason.setFocus()

    def show_error(self, field: str, error: DomainError) -> None:
        """Says beside the field what is wrong with it."""
        self.form.show_error("goodwill.reason" if field == "words" else "", self.bench.formats.sentence(error))

    @action
    async def save(self) -> None:
        """Gives the credit back, and closes."""
        self.form.clear_errors()
        await self.bench.backend.write(packages.goodwill, self._credit.id, self._reason.text())
        words = self.tr("Credit {number} of {of} of {package} was given back")
        said = words.format(number=self._credit.number, of=self._credit.of, package=self._package.name)
        self.bench.said.emit(said, None)
        self.closed.emit()

    def _show_what_happens(self) -> None:
        formats, today = self.bench.formats, self.bench.today()
        came = ledger.returned(self._credit.last_day, today, grace=self.bench.clinic.grace_days, by_clinic=False)
        number, of = self._credit.number, self._credit.of
        end = came.new_last_day or self._credit.last_day
        if came.expired and came.new_last_day is None:
            title = self.tr("Credit {number} of {of} comes back, but its last day has passed: it is expired")
        elif end is None:
            title = self.tr("Credit {number} of {of} can be used again")
        else:
            title = self.tr("Credit {number} of {of} can be used again until {day}")
        day = formats.full(end) if end else ""
        stays = self.tr("Its visit stays as it is, without a credit.")
        self._will.say(title.format(number=number, of=of, day=day), stays, Tone.ACCENT)
