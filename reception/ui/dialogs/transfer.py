"""Credits that move to another client, who gets a package of their own (R6)."""

from PySide6.QtWidgets import QWidget

from reception.domain import clients, packages
from reception.domain.clients import Found
from reception.domain.errors import DomainError, Invalid
from reception.domain.ledger import State
from reception.domain.money import NOTHING
from reception.domain.packages import CreditLine, PackageCard
from reception.domain.tables.ids import ClientId
from reception.ui.actions import action
from reception.ui.dialogs.editing import counted
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import Answers, Button, Form, Kind, LineEdit, Notice, Pick, PickList, hbox, pane, vbox
from reception.ui.workbench import Workbench

_ROWS = 4


class TransferSheet(Sheet):
    """Asks which credits go to whom and why, and says what both will have."""

    def __init__(self, bench: Workbench, package: PackageCard, owner: ClientId, parent: QWidget | None = None) -> None:
        super().__init__("transfer", parent)
        self.bench, self._package, self._owner = bench, package, owner
        self._left = tuple(credit for credit in package.credits if credit.state is State.AVAILABLE)
        self._to: Found | None = None
        self.title.show_words(self.tr("Transfer credits of {package}").format(package=package.name))
        self.subtitle.show_words(self.tr("{count} left").format(count=len(self._left)))
        self._build()
        self._refresher = Refresher(self, self._search, frozenset({"clients"}), None, bench.backend)
        self._refresher.request()
        self._show_what_happens()
        self._picker.setFocus()

    def show_error(self, field: str, error: DomainError) -> None:
        """Says beside the field what is wrong with it."""
        name = {"credits": "transfer.credits", "to": "transfer.to", "words": "transfer.reason"}.get(field, "")
        self.form.show_error(name, self.bench.formats.sentence(error))

    @action
    async def save(self) -> None:
        """Moves the credits, and closes."""
        self.form.clear_errors()
        if self._to is None:
            raise Invalid("Choose the client who gets the credits.", field="to")
        chosen = tuple(credit.id for credit in self._chosen())
        to = self._to
        await self.bench.backend.write(packages.transfer, chosen, to.id, self._reason.text())
        credits = counted(len(chosen), self.tr("1 credit"), self.tr("{} credits"))
        words = self.tr("{credits} of {package} moved to {name}")
        self.bench.said.emit(words.format(credits=credits, package=self._package.name, name=to.name), None)
        self.closed.emit()

    def _build(self) -> None:
        self.form = Form()
        self._picker = PickList(self.tr("Name or phone"), name="transfer.search")
        self._found = Button("", icon="user", name="transfer.found", wide=True)
        self._change = Button(self.tr("Change"), Kind.LINK, height=24, name="transfer.change")
        self._chosen_row = pane(hbox((self._found, 1), self._change))
        self._chosen_row.hide()
        self.form.add(
            "transfer.to", self.tr("To whom"), pane(vbox(self._picker, self._chosen_row, gap=0)), required=True
        )
        self._credits = Answers([self._words(credit) for credit in self._left], many=True)
        self._credits.choose(*range(len(self._left)))
        self.form.add("transfer.credits", self.tr("Which credits"), self._credits)
        self._reason = LineEdit(hint=self.tr("Kept in the ledger with your name"))
        self.form.add("transfer.reason", self.tr("Reason"), self._reason, required=True)
        self._will = Notice(name="transfer.will")
        self.go.setObjectName("transfer.save")
        self.put_together(None, pane(vbox(part(self.form, bottom=14), (rest(self._will), 1), gap=0)))
        self._picker.query_changed.connect(self._ask)
        self._picker.chosen.connect(self._choose)
        self._change.clicked.connect(self._choose_again)
        self._credits.changed.connect(self._show_what_happens)
        self.go.clicked.connect(self.save)

    def _words(self, credit: CreditLine) -> str:
        formats = self.bench.formats
        words = self.tr("Credit {number} of {of}, {value}")
        if credit.last_day is not None:
            words += self.tr(", last day {day}").format(day=formats.short(credit.last_day, self.bench.today()))
        return words.format(number=credit.number, of=credit.of, value=formats.amount(credit.value))

    async def _search(self) -> None:
        query = self._picker.query()
        found = await self.bench.backend.read(clients.search, query, _ROWS + 1)
        others = [one for one in found if one.id != self._owner][:_ROWS]
        self._picker.show_rows([Pick(one.name, one, note=self._note(one)) for one in others])
        self._picker.setFixedHeight(self._picker.height_of(_ROWS))

    def _note(self, one: Found) -> str:
        born = self.bench.formats.full(one.born) if one.born else ""
        return " · ".join(part for part in (born, one.phone) if part)

    def _ask(self, _query: str) -> None:
        self._refresher.request()

    def _choose(self, found: Found) -> None:
        self._to = found
        self._found.show_words(found.name)
        self._picker.hide()
        self._chosen_row.show()
        self._reason.setFocus()
        self._show_what_happens()

    def _choose_again(self) -> None:
        self._to = None
        self._chosen_row.hide()
        self._picker.show()
        self._picker.setFocus()
        self._show_what_happens()

    def _chosen(self) -> tuple[CreditLine, ...]:
        return tuple(self._left[n] for n in self._credits.indexes())

    def _show_what_happens(self) -> None:
        chosen = self._chosen()
        self.go.show_words(counted(len(chosen), self.tr("Transfer 1 credit"), self.tr("Transfer {} credits")))
        self.go.setEnabled(bool(chosen))
        if not chosen or self._to is None:
            self._will.clear()
            return
        worth = self.bench.formats.money(sum((credit.value for credit in chosen), NOTHING))
        credits = counted(len(chosen), self.tr("1 credit"), self.tr("{} credits"))
        title = self.tr("{name} gets a package of {credits}, worth {worth}")
        here = len(self._left) - len(chosen)
        stays = counted(here, self.tr("1 stays here."), self.tr("{} stay here.")) if here else ""
        stays = f"{stays} {self.tr('Values and last days are unchanged.')}".strip()
        self._will.say(title.format(name=self._to.name, credits=credits, worth=worth), stays, Tone.ACCENT)
