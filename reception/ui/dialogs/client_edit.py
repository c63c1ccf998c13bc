"""A client's record as it is typed; a second record of the same person is pointed out (R42)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import clients
from reception.domain.clients import Alert, Card, ClientDraft, Found
from reception.domain.errors import Invalid
from reception.domain.tables.ids import ClientId
from reception.ui.dialogs.editing import Editing
from reception.ui.refresh import Refresher
from reception.ui.widgets import Button, DateEdit, Kind, LineEdit, Notice, Pick, PickList, TextArea, hbox, vbox
from reception.ui.workbench import Page, Undo, Where, Workbench

_ROWS = 4


class ClientSheet(Editing):
    """A new client, or the record of a known one. `saved` tells whose it is."""

    saved = Signal(int)

    def __init__(
        self, bench: Workbench, card: Card | None = None, parent: QWidget | None = None, *, name: str = ""
    ) -> None:
        super().__init__(bench, "client", card.id if card else None, parent)
        self._card = card
        self._twin: Found | None = None
        self._name = LineEdit(card.name if card else name)
        self._born = DateEdit(bench.formats, card.born if card else None, today=bench.today())
        self._pronouns = LineEdit(card.pronouns if card else "", self.tr("she/her, he/him, they/them"))
        self._phones = LineEdit(", ".join(card.phones) if card else "")
        self._email = LineEdit(card.email if card else "")
        self._address = TextArea(card.address if card else "", lines=2)
        self._notes = TextArea(card.notes if card else "", lines=3)
        self._serious = TextArea(_lines(card, serious=True), lines=2)
        self._facts = TextArea(_lines(card, serious=False), lines=2)
        self._payer = PayerEdit(bench, card.payer if card else None, card.payer_name if card else "")
        self._there = Button(self.tr("Open that one"), height=28, name="client.open_twin")
        self._warning = Notice(self._there, name="client.twin")
        self._build()
        topics = frozenset({"clients"})
        self._looking = Refresher(self, self._look_for_twins, topics, None, bench.backend)
        self._there.clicked.connect(self._open_twin)

    def _build(self) -> None:
        card = self._card
        self.title.show_words(card.name if card else self.tr("New client"))
        self.subtitle.show_words(self.tr("Client’s record") if card else self.tr("Name and phone are enough"))
        self.form.add_row((self._warning, 1))
        self.row(self.field("name", self.tr("Name"), self._name, required=True))
        self.row(
            self.field("born", self.tr("Date of birth"), self._born),
            self.field("pronouns", self.tr("Pronouns"), self._pronouns),
        )
        self.row(self.field("phones", self.tr("Phones"), self._phones, hint=self.tr("Several are set apart by commas")))
        self.row(self.field("email", self.tr("E-mail"), self._email))
        self.row(self.field("address", self.tr("Address"), self._address))
        self.row(self.field("serious", self.tr("Alerts shown on every visit, one a line"), self._serious))
        self.row(self.field("facts", self.tr("Good to know, one a line"), self._facts))
        self.row(self.field("notes", self.tr("Notes"), self._notes))
        self.row(self.field("payer", self.tr("Who pays, if it is somebody else"), self._payer))

    @override
    def draft_title(self) -> str:
        return self._name.text().strip() or self.tr("New client")

    @override
    def look(self) -> None:
        self._looking.request()

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        draft, write, card = self._typed(), self.bench.backend.write, self._card
        if card is None:
            added: ClientId = await write(clients.add, draft, id=id)
            self.saved.emit(added)
            return self.tr("Entered {name}").format(name=draft.name), None
        await write(clients.change, card.id, draft, id=id)
        self.saved.emit(card.id)
        back = partial(write, clients.change, card.id, _as_draft(card))
        return self.tr("Changed {name}’s record").format(name=draft.name), back

    def show_twins(self, twins: Sequence[Found]) -> None:
        """Points out who may be the same person; nobody where there is none."""
        self._twin = twins[0] if twins else None
        if self._twin is None:
            self._warning.clear()
            return
        formats, twin = self.bench.formats, self._twin
        born = formats.full(twin.born) if twin.born else ""
        known = ", ".join(part for part in (twin.name, born, twin.phone) if part)
        words = self.tr("{known}. Two records of one person split their credits.").format(known=known)
        self._warning.say(self.tr("This may be somebody you know"), words)

    async def _look_for_twins(self) -> None:
        about = self._card.id if self._card else None
        try:
            draft = self._typed()
        except Invalid:
            return
        self.show_twins(await self.bench.backend.read(clients.twins, draft, about) if draft.name.strip() else ())

    def _open_twin(self) -> None:
        if self._twin is not None:
            twin = self._twin
            self.leave()
            self.bench.goto.emit(Where(Page.LEDGER, client=twin.id))

    def _typed(self) -> ClientDraft:
        payer = self._payer.value()
        alerts = [
            Alert(words, serious)
            for edit, serious in ((self._serious, True), (self._facts, False))
            for words in _rows(edit)
        ]
        return ClientDraft(
            name=self._name.text(),
            born=self._born.day(),
            pronouns=self._pronouns.text(),
            phones=tuple(part.strip() for part in self._phones.text().split(",") if part.strip()),
            email=self._email.text(),
            address=self._address.toPlainText(),
            notes=self._notes.toPlainText(),
            alerts=tuple(alerts),
            payer=ClientId(payer) if payer is not None else None,
        )


class PayerEdit(QWidget):
    """Another client, found by name or phone; empty is the client themselves."""

    edited = Signal()

    def __init__(self, bench: Workbench, payer: int | None = None, name: str = "") -> None:
        super().__init__()
        self._bench = bench
        self._payer, self._name = payer, name
        self._picker = PickList(self.tr("Name or phone"), name="client.payer_search")
        self._chosen = Button(icon="user", wide=True, name="client.payer_chosen")
        self._change = Button(self.tr("Change"), Kind.LINK, height=24, name="client.payer_change")
        self.setLayout(vbox(self._picker, hbox((self._chosen, 1), self._change), gap=0))
        self._searching = Refresher(self, self._find, frozenset({"clients"}), None, bench.backend)
        self._picker.query_changed.connect(self._search)
        self._picker.chosen.connect(self._choose)
        self._change.clicked.connect(self._forget)
        self._chosen.clicked.connect(self._forget)
        self._show()

    def value(self) -> int | None:
        """The client who pays."""
        return self._payer

    def raw(self) -> Any:
        """What stands in it, as plain data."""
        return [self._payer, self._name]

    def put(self, value: Any) -> None:
        """Puts plain data back."""
        self._payer, self._name = value
        self._show()

    def _search(self, _query: str) -> None:
        self._searching.request()

    async def _find(self) -> None:
        query = self._picker.query().strip()
        found = await self._bench.backend.read(clients.search, query, _ROWS) if query else ()
        self._picker.show_rows([Pick(one.name, one, note=one.phone) for one in found])
        self._picker.setFixedHeight(self._picker.height_of() if found else 36)

    def _choose(self, found: object) -> None:
        assert isinstance(found, Found)
        self._payer, self._name = found.id, found.name
        self._picker.clear()
        self._show()
        self.edited.emit()

    def _forget(self) -> None:
        self._payer, self._name = None, ""
        self._show()
        self._picker.setFocus()
        self.edited.emit()

    def _show(self) -> None:
        known = self._payer is not None
        self._picker.setVisible(not known)
        self._picker.setFixedHeight(36)
        self._chosen.setVisible(known)
        self._change.setVisible(known)
        self._chosen.show_words(self._name)


def _lines(card: Card | None, *, serious: bool) -> str:
    return "\n".join(alert.words for alert in card.alerts if alert.serious is serious) if card else ""


def _rows(edit: TextArea) -> list[str]:
    return [line.strip() for line in edit.toPlainText().splitlines() if line.strip()]


def _as_draft(card: Card) -> ClientDraft:
    names = ("name", "born", "pronouns", "phones", "email", "address", "notes", "alerts", "payer")
    return ClientDraft(**{name: getattr(card, name) for name in names})
