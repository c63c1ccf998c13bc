"""All clients: found by name or phone, looked at in passing, opened as a ledger."""

from datetime import date

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from reception.domain import clients, packages
from reception.domain.access import Act
from reception.domain.clients import Card, Found
from reception.domain.errors import DomainError, Trouble
from reception.domain.packages import Balanced
from reception.ui import tokens as k
from reception.ui.dialogs.client_edit import ClientSheet
from reception.ui.refresh import Refresher
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Avatar,
    Button,
    Chip,
    Elided,
    Empty,
    Hair,
    Kind,
    Notice,
    Pick,
    PickList,
    Pips,
    Prose,
    Scroller,
    clear,
    hbox,
    heading,
    label,
    pane,
    section,
    vbox,
)
from reception.ui.widgets.side import Side
from reception.ui.widgets.slip import balance_words
from reception.ui.workbench import Page, Where, Workbench

_LIST, _MOST = 400, 30
_MOST_PIPS = 12


class ClientsPanel(QWidget):
    """The list of clients at the left, whoever is marked beside it."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clients")
        self.bench = bench
        self._marked: Found | None = None
        self._list = PickList(self.tr("Name or phone"), name="clients.search")
        self._new = Button(self.tr("New client"), icon="user-plus", key="Ctrl N", name="clients.new")
        self._notice = Notice(name="clients.notice")
        self._preview = Preview()
        self._nobody = Empty(
            "clients", self.tr("Nobody found"), self.tr("Look for fewer letters, or enter a new client.")
        )
        self._build()
        self._found = Refresher(self, self._search, frozenset({"clients"}), None, bench.backend)
        self._seen = Refresher(self, self._look, frozenset({"clients", "packages"}), None, bench.backend)
        self._connect()
        self._show_permissions()
        self._found.request()

    def _build(self) -> None:
        head = hbox(heading(self.tr("Clients")), STRETCH, self._new, margins=(20, 12, 16, 8))
        body = pane(vbox(self._notice, (self._list, 1), gap=8, margins=(20, 0, 16, 8)))
        left = pane(vbox(head, (body, 1), gap=0), "surface", width=_LIST)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._nobody)
        self._pages.addWidget(Scroller(self._preview))
        right = pane(vbox((self._pages, 1), gap=0), "canvas")
        self._side = Side(pane(vbox()), 0)
        self.setLayout(hbox(left, Hair(vertical=True, strong=True), (right, 1), self._side, gap=0))
        self.setFocusProxy(self._list)

    def _connect(self) -> None:
        self._list.query_changed.connect(self._ask)
        self._list.marked.connect(self._mark)
        self._list.chosen.connect(self._open)
        self._new.clicked.connect(self._enter_new)
        self._found.failed.connect(self._show_failure)
        self._seen.failed.connect(self._show_failure)
        self._preview.open.clicked.connect(self._open_marked)
        self._preview.book.clicked.connect(self._book)
        self._preview.pay.clicked.connect(self._check_out)
        self.bench.person_changed.connect(self._show_permissions)

    async def _search(self) -> None:
        query = self._list.query()
        self.show_found(await self.bench.backend.read(clients.search, query, _MOST))

    def show_found(self, found: tuple[Found, ...]) -> None:
        """Shows whom the search has found; without a query those changed last."""
        self._notice.clear()
        picks = [Pick(one.name, one, note=self._note(one)) for one in found]
        if found and not self._list.query().strip():
            picks.insert(0, Pick(self.tr("Changed last")))
        self._list.show_rows(picks)
        if not found:
            self._marked = None
            self._pages.setCurrentWidget(self._nobody)

    async def _look(self) -> None:
        marked = self._marked
        if marked is None:
            return
        card = await self.bench.backend.read(clients.card, marked.id)
        balances = await self.bench.backend.read(packages.balances, marked.id)
        if marked == self._marked:
            self._preview.show_client(card, balances, self.bench.formats, self.bench.today())
            self._pages.setCurrentIndex(1)

    def _note(self, one: Found) -> str:
        born = self.bench.formats.full(one.born) if one.born else ""
        return " · ".join(part for part in (born, one.phone) if part)

    def _ask(self, _query: str) -> None:
        self._found.request()

    def _mark(self, found: Found | None) -> None:
        if found is not None and found != self._marked:
            self._marked = found
            self._seen.request()

    def _show_failure(self, error: DomainError | Trouble) -> None:
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._notice.say(words, tone=Tone.DANGER)

    def _show_permissions(self) -> None:
        self._new.setEnabled(self.bench.may(Act.CLIENTS))
        self._preview.book.setEnabled(self.bench.may(Act.BOOK))
        self._preview.pay.setEnabled(self.bench.may(Act.SETTLE))

    def _open(self, found: Found) -> None:
        self.bench.goto.emit(Where(Page.LEDGER, client=int(found.id)))

    def _open_marked(self) -> None:
        if self._marked is not None:
            self._open(self._marked)

    def _book(self) -> None:
        if self._marked is not None:
            self.bench.goto.emit(Where(Page.BOOKING, client=int(self._marked.id)))

    def _check_out(self) -> None:
        if self._marked is not None:
            self.bench.goto.emit(Where(Page.CHECKOUT, client=int(self._marked.id)))

    def _enter_new(self) -> None:
        sheet = ClientSheet(self.bench, name=self._list.query())
        sheet.saved.connect(self._show_new)
        self._side.show_sheet(sheet)

    def _show_new(self, client: int) -> None:
        self.bench.goto.emit(Where(Page.LEDGER, client=client))


class Preview(QWidget):
    """A client in passing: identity, alerts, what is left, and where one goes from here."""

    def __init__(self) -> None:
        super().__init__()
        self._avatar = Avatar(size=40)
        self._name = Elided("", k.TITLE, k.SEMIBOLD, name="clients.name")
        self._facts = Elided("", k.CAPTION, tone=Tone.INK2)
        self._chips: QVBoxLayout = vbox(gap=6)
        self._balances: QVBoxLayout = vbox(gap=0)
        self._details = Prose(name="clients.details")
        self.open = Button(self.tr("Open the ledger"), Kind.PRIMARY, icon="ledger", key="Enter", name="clients.open")
        self.book = Button(self.tr("Book"), icon="calendar-plus", name="clients.book")
        self.pay = Button(self.tr("Check out"), icon="card", name="clients.checkout")
        who = hbox(self._avatar, (vbox(self._name, self._facts, gap=0), 1), gap=12)
        acts = hbox(self.open, self.book, self.pay, STRETCH)
        body = vbox(
            who,
            self._chips,
            acts,
            8,
            section(self.tr("Balance")),
            self._balances,
            8,
            self._details,
            gap=10,
        )
        column = pane(body)
        column.setMaximumWidth(640)
        self.setLayout(vbox(hbox((column, 9), STRETCH, gap=0), STRETCH, gap=0, margins=(24, 20, 24, 20)))

    def show_client(self, card: Card, balances: tuple[Balanced, ...], formats: Formats, today: date) -> None:
        """Shows a client."""
        self._avatar.show_name(card.name)
        self._name.show_words(card.name)
        born = formats.full(card.born) if card.born else self.tr("no birth date")
        self._facts.show_words(" · ".join(part for part in (born, card.pronouns, *card.phones, card.email) if part))
        clear(self._chips)
        chips = [
            Chip(a.words, Tone.DANGER if a.serious else Tone.INK2, "alert" if a.serious else "") for a in card.alerts
        ]
        if chips:
            self._chips.addLayout(hbox(*chips, STRETCH, gap=6))
        self._show_balances(balances, formats, today)
        payer = self.tr("{name} pays").format(name=card.payer_name) if card.payer_name else ""
        self._details.show_words("\n".join(part for part in (card.address, card.notes, payer) if part))

    def _show_balances(self, balances: tuple[Balanced, ...], formats: Formats, today: date) -> None:
        clear(self._balances)
        if not balances:
            self._balances.addWidget(label(self.tr("Nothing bought yet"), tone=Tone.INK3))
        for balance in balances:
            words = balance_words(balance)
            if balance.next_last_day is not None:
                words += self.tr(", until {day}").format(day=formats.short(balance.next_last_day, today))
            name = Elided(balance.service_name, weight=k.MEDIUM)
            text = vbox(name, Elided(words, k.CAPTION, tone=Tone.WARN if balance.near else Tone.INK2), gap=1)
            pips = Pips([pip.state for pip in balance.pips[-_MOST_PIPS:]], size=12)
            self._balances.addWidget(pane(hbox((text, 1), pips, margins=(0, 6, 0, 6))))
            self._balances.addWidget(Hair())
