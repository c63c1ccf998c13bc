"""The ledger page: packages and their credits at the left, visits and money beside them, marked both ways (R8, R12)."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from reception.domain import clients, packages
from reception.domain.access import Act
from reception.domain.clients import Card as Record
from reception.domain.errors import DomainError, Trouble
from reception.domain.money import Money
from reception.domain.packages import CreditLine, Ledger, MoneyLine, PackageCard, VisitLine
from reception.domain.tables.ids import ClientId
from reception.ui import tokens as k
from reception.ui.dialogs.client_edit import ClientSheet
from reception.ui.dialogs.editing import counted
from reception.ui.dialogs.extend import ExtendSheet
from reception.ui.dialogs.goodwill import GoodwillSheet
from reception.ui.dialogs.pay_out import PayOutSheet
from reception.ui.dialogs.receipt import ReceiptSheet
from reception.ui.dialogs.reverse import ReverseSheet
from reception.ui.dialogs.sheet import Sheet
from reception.ui.dialogs.transfer import TransferSheet
from reception.ui.panels.ledger.card import PackageBox
from reception.ui.panels.ledger.head import ClientHead, Stats
from reception.ui.panels.ledger.rows import MoneyHead, MoneyRows, VisitRows
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    Card,
    Empty,
    ErrorState,
    Hair,
    Kind,
    Scroller,
    Segmented,
    Select,
    Skeleton,
    clear,
    hbox,
    heading,
    label,
    pane,
    vbox,
)
from reception.ui.widgets.side import Side
from reception.ui.workbench import Page, Where, Workbench

TOPICS = frozenset({"packages", "money", "diary", "clients", "catalogue", "clinic"})
_ALL, _CREDITS, _MONEY = range(3)
_SIDE = 384
_FEW_VISITS, _FEW_LINES, _FEW_CARDS = 8, 12, 20


class LedgerPanel(QWidget):
    """One client's ledger."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ledger")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bench = bench
        self._client: ClientId | None = None
        self._record: Record | None = None
        self._ledger: Ledger | None = None
        self._credit: int | None = None
        self._visit: int | None = None
        self._opened: dict[int, bool] = {}
        self._every_visit = self._every_card = False
        self._boxes: dict[int, PackageBox] = {}
        self._build()
        self._connect()
        self._refresher = Refresher(self, self._load, TOPICS, None, bench.backend)
        self._refresher.failed.connect(self._show_failure)

    def show_client(self, client: int, appointment: int | None = None) -> None:
        """Shows a client's ledger, perhaps with the credit of one visit marked."""
        if client != self._client:
            self._client = ClientId(client)
            self._ledger, self._credit, self._opened = None, None, {}
            self._every_visit = self._every_card = False
            self._service.fill([(0, self.tr("All services"))])
            self._side.take_sheet_away()
            self._pages.setCurrentWidget(self._loading)
        self._visit = appointment
        self._refresher.request()
        self.setFocus()

    def boxes(self) -> tuple[PackageBox, ...]:
        """The packages that are in sight, in their order."""
        return tuple(self._boxes.values())

    def choose_credit(self, credit: CreditLine | None) -> None:
        """Marks a credit and the visits that it was ever booked for."""
        self._credit = None if credit is None else int(credit.id)
        self._visit = None
        self._mark(_visits_of(credit))

    def choose_visit(self, visit: VisitLine) -> None:
        """Marks a visit and the credit that it holds, used, or once held."""
        found = self._credit_of(visit)
        if found is None:
            self.choose_credit(None)
            self._visits.mark(frozenset({int(visit.id)}))
            return
        package, credit = found
        self._credit = int(credit.id)
        box = self._boxes.get(int(package.id))
        if box is not None:
            self._opened[int(package.id)] = True
            box.set_open(True)
            QTimer.singleShot(0, box, partial(self._reveal, box, int(credit.id)))
        self._mark(frozenset({int(visit.id)}))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._side.take_sheet_away()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_B and not event.modifiers():
            self._head.book.click()
        else:
            super().keyPressEvent(event)

    # build

    def _build(self) -> None:
        self._head, self._stats = ClientHead(), Stats()
        self._filter = Segmented([self.tr("All"), self.tr("Credits"), self.tr("Money")], name="ledger.filter")
        self._service: Select[int] = Select(
            [(0, self.tr("All services"))], height=30, quiet=True, name="ledger.service"
        )
        self._cards: QVBoxLayout = vbox(gap=10, margins=(20, 0, 20, 12))
        self._scroller = Scroller(pane(self._cards))
        self._none = Empty(
            "ticket",
            self.tr("Nothing bought yet"),
            self.tr("Packages that this client buys stand here, each credit with all that happened to it."),
            self._sell_button(),
            name="ledger.none",
        )
        self._left = QStackedWidget()
        self._all_money = MoneyRows(self.bench.formats, name="ledger.money.all")
        lists: tuple[QWidget, ...] = (self._scroller, self._none, Scroller(self._money_page()))
        for widget in lists:
            self._left.addWidget(widget)
        filters = hbox(self._filter, self._service, STRETCH, gap=8, margins=(20, 10, 20, 10))
        left = pane(vbox(filters, (self._left, 1), gap=0), "canvas")
        body = hbox((left, 1), self._built_side(), gap=0)
        self._page = pane(vbox(self._stats, (body, 1), gap=0))
        self._pages = QStackedWidget()
        self._retry = Button(self.tr("Try again"), name="ledger.retry")
        self._failure = ErrorState(self.tr("The ledger could not be read"), "", self._retry, name="ledger.failure")
        self._loading = _skeleton()
        for page in (self._loading, self._page, self._failure):
            self._pages.addWidget(page)
        self.setLayout(vbox(self._head, (self._pages, 1), gap=0))

    def _sell_button(self) -> Button:
        button = Button(self.tr("Sell a package"), Kind.PRIMARY, icon="ticket", name="ledger.none.sell")
        button.clicked.connect(self._sell)
        return button

    def _built_side(self) -> QWidget:
        self._visits = VisitRows(self.bench.formats)
        self._all_visits = Button("", Kind.LINK, height=20, name="ledger.visits.all")
        self._no_visits = label(self.tr("No visits yet."), tone=Tone.INK3)
        visits_head = hbox(heading(self.tr("Visits")), STRETCH, self._all_visits, gap=8, margins=(16, 10, 12, 6))
        none = hbox(self._no_visits, STRETCH, margins=(16, 0, 16, 6))
        self._owed = label("", weight=k.MEDIUM, name="ledger.owed")
        self._money = MoneyRows(self.bench.formats, name="ledger.money")
        self._no_money = label(self.tr("No money has changed hands yet."), tone=Tone.INK3)
        money_head = hbox(heading(self.tr("Money")), STRETCH, self._owed, gap=8, margins=(16, 14, 16, 6))
        no_money = hbox(self._no_money, STRETCH, margins=(16, 0, 16, 6))
        self._money_part = pane(vbox(money_head, MoneyHead(), self._money, no_money, gap=0))
        content = pane(vbox(visits_head, self._visits, none, self._money_part, STRETCH, gap=0), "surface")
        lists = pane(hbox(Hair(vertical=True, strong=True), (Scroller(content), 1), gap=0), "surface", width=_SIDE)
        self._side = Side(lists, _SIDE)
        return self._side

    def _money_page(self) -> QWidget:
        body = Card(vbox(4, MoneyHead(), self._all_money, 8, gap=0))
        return pane(vbox(body, STRETCH, margins=(20, 0, 20, 12)))

    def _connect(self) -> None:
        self._head.sell.clicked.connect(self._sell)
        self._head.book.clicked.connect(self._book)
        self._head.edit.clicked.connect(self._edit)
        self._stats.chosen.connect(self._choose_service)
        self._stats.pay_out_asked.connect(self._pay_out)
        self._filter.chosen.connect(self._show_filtered)
        self._service.chosen.connect(self._show_filtered)
        self._visits.chosen.connect(self.choose_visit)
        self._visits.opened.connect(self._open_visit)
        self._all_visits.clicked.connect(self._show_every_visit)
        self._money.chosen.connect(self._open_line)
        self._all_money.chosen.connect(self._open_line)
        self._retry.clicked.connect(self._try_again)
        self._side.emptied.connect(self.setFocus)
        self.bench.person_changed.connect(self._show_permissions)
        self.bench.clinic_changed.connect(self._show_again)

    # load and show

    async def _load(self) -> None:
        if self._client is None:
            return
        client = self._client
        card = await self.bench.backend.read(clients.card, client)
        ledger = await self.bench.backend.read(packages.ledger, client)
        self.show_ledger(card, ledger)

    def show_ledger(self, card: Record, ledger: Ledger) -> None:
        """Shows a client's record and ledger, wholly."""
        if self._ledger is None:
            self.bench.backend.looked(ledger.client)
        self._record, self._ledger = card, ledger
        self._head.show_client(card, self.bench.formats)
        self._stats.show_ledger(ledger, self.bench.formats, self.bench.today())
        names = dict.fromkeys((int(package.service), package.service_name) for package in ledger.packages)
        self._service.fill([(0, self.tr("All services")), *names])
        self._show_permissions()
        self._pages.setCurrentWidget(self._page)
        self._show_filtered()

    def _show_again(self) -> None:
        self._refresher.request()

    def _show_failure(self, error: DomainError | Trouble) -> None:
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._failure.show_words(self.tr("The ledger could not be read"), words)
        self._pages.setCurrentWidget(self._failure)

    def _show_permissions(self) -> None:
        for button, act in ((self._head.sell, Act.SETTLE), (self._head.book, Act.BOOK), (self._head.edit, Act.CLIENTS)):
            may = self.bench.may(act)
            button.setEnabled(may)
            button.setToolTip("" if may else self.tr("Ask a receptionist or a manager; F2 changes who is at the desk."))
        self._stats.allow_paying_out(may=self.bench.may(Act.PAY_OUT))

    def _show_filtered(self) -> None:
        ledger = self._ledger
        if ledger is None:
            return
        shown, service = self._filter.index(), self._service.value() or 0
        cards = [package for package in ledger.packages if service in (0, package.service)]
        self._show_cards(cards)
        self._show_visits(ledger, service)
        self._show_money(ledger)
        self._money_part.setVisible(shown == _ALL)
        self._service.setEnabled(shown != _MONEY)
        if shown == _MONEY:
            self._left.setCurrentIndex(2)
        else:
            self._left.setCurrentWidget(self._scroller if cards else self._none)
        self._mark_again()

    def _show_cards(self, cards: Sequence[PackageCard]) -> None:
        clear(self._cards)
        self._boxes = {}
        shown = cards if self._every_card else cards[:_FEW_CARDS]
        for n, package in enumerate(shown):
            box = self._built_box(package)
            box.set_open(self._opened.get(int(package.id), n == 0))
            self._boxes[int(package.id)] = box
            self._cards.addWidget(box)
        if len(shown) < len(cards):
            more = Button(self._earlier(len(cards) - len(shown)), name="ledger.more_cards")
            more.clicked.connect(self._show_every_card)
            self._cards.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._cards.addStretch(1)

    def _earlier(self, count: int) -> str:
        return counted(count, self.tr("Show 1 earlier package"), self.tr("Show {} earlier packages"))

    def _built_box(self, package: PackageCard) -> PackageBox:
        box = PackageBox(self.bench, package)
        box.chosen.connect(self.choose_credit)
        box.toggled.connect(self._remember_open)
        box.extend_asked.connect(self._extend)
        box.transfer_asked.connect(self._transfer)
        box.goodwill_asked.connect(self._give_back)
        box.receipt_asked.connect(self.open_receipt)
        box.visit_asked.connect(self._go_to_visit)
        return box

    def _show_visits(self, ledger: Ledger, service: int) -> None:
        name = next((package.service_name for package in ledger.packages if package.service == service), "")
        visits = [visit for visit in ledger.visits if not service or visit.service_name == name]
        shown = visits if self._every_visit else visits[:_FEW_VISITS]
        self._visits.show_lines(shown, self.bench.formats, self.bench.today())
        self._no_visits.setVisible(not visits)
        self._all_visits.setVisible(len(visits) > _FEW_VISITS)
        words = self.tr("Fewer") if self._every_visit else self.tr("All {count}").format(count=len(visits))
        self._all_visits.show_words(words)

    def _show_money(self, ledger: Ledger) -> None:
        formats, today = self.bench.formats, self.bench.today()
        self._money.show_lines(ledger.money[-_FEW_LINES:], formats, today)
        self._all_money.show_lines(ledger.money, formats, today)
        self._no_money.setVisible(not ledger.money)
        owing = ledger.account > 0
        words = self.tr("{amount} owed") if owing else self.tr("{amount} in credit")
        amount = formats.money(Money(abs(ledger.account)))
        self._owed.setText(words.format(amount=amount) if ledger.account else self.tr("Nothing owed"))
        self._owed.setProperty("tone", Tone.WARN if owing else Tone.GOOD)
        self._owed.style().polish(self._owed)

    # marking both ways

    def _mark_again(self) -> None:
        """Marks after a reading what was marked before it, or the visit that was asked for."""
        ledger, visit = self._ledger, self._visit
        if ledger is None:
            return
        asked = next((line for line in ledger.visits if line.id == visit), None)
        if asked is not None:
            self._visit = None
            self.choose_visit(asked)
            return
        credits = (credit for package in ledger.packages for credit in package.credits)
        self.choose_credit(next((credit for credit in credits if credit.id == self._credit), None))

    def _mark(self, visits: frozenset[int]) -> None:
        for box in self._boxes.values():
            box.mark(self._credit)
        self._visits.mark(visits)

    def _credit_of(self, visit: VisitLine) -> tuple[PackageCard, CreditLine] | None:
        if self._ledger is None:
            return None
        own = [(package, credit) for package in self._ledger.packages for credit in package.credits]
        held = next((pair for pair in own if pair[1].id == visit.credit), None) if visit.credit else None
        return held or next((pair for pair in own if any(e.visit == visit.id for e in pair[1].entries)), None)

    def _reveal(self, box: PackageBox, credit: int) -> None:
        lane = box.lanes.get(credit)
        if lane is not None:
            self._scroller.ensureWidgetVisible(lane, 0, 20)

    # acts

    def _remember_open(self, package: int, open_: bool) -> None:
        self._opened[package] = open_

    def _show_every_visit(self) -> None:
        self._every_visit = not self._every_visit
        self._show_filtered()

    def _show_every_card(self) -> None:
        self._every_card = True
        self._show_filtered()

    def _choose_service(self, service: int) -> None:
        self._service.choose(0 if self._service.value() == service else service)
        self._show_filtered()

    def _try_again(self) -> None:
        self._refresher.request()

    def _sell(self) -> None:
        """A new sale with an empty cart and the list of packages open."""
        if self._client is None:
            return
        draft = self.bench.drafts.open("checkout", client=self._client, body={"picking": "package"})
        self.bench.goto.emit(Where(Page.CHECKOUT, client=self._client, draft=draft.id))

    def _book(self) -> None:
        self.bench.goto.emit(Where(Page.BOOKING, client=self._client))

    def _edit(self) -> None:
        if self._record is not None:
            self._open(ClientSheet(self.bench, self._record))

    def _go_to_visit(self, appointment: int) -> None:
        line = next((v for v in self._ledger.visits if v.id == appointment), None) if self._ledger else None
        if line is not None:
            self._open_visit(line)

    def _open_visit(self, visit: VisitLine) -> None:
        """Shows a visit where it stands in the diary."""
        day = visit.start.astimezone(self.bench.formats.zone).date()
        self.bench.goto.emit(Where(Page.DIARY, client=self._client, appointment=int(visit.id), day=day))

    def _extend(self, package: PackageCard, credit: CreditLine | None) -> None:
        self._open(ExtendSheet(self.bench, package, credit))

    def _transfer(self, package: PackageCard) -> None:
        if self._client is not None:
            self._open(TransferSheet(self.bench, package, self._client))

    def _give_back(self, package: PackageCard, credit: CreditLine) -> None:
        self._open(GoodwillSheet(self.bench, package, credit))

    def _open_line(self, line: MoneyLine) -> None:
        if line.sale is not None:
            self.open_receipt(int(line.sale))

    def _pay_out(self) -> None:
        ledger, record = self._ledger, self._record
        if ledger is None or record is None:
            return
        sheet = PayOutSheet(self.bench, ledger.client, record.name, Money(-ledger.account))
        sheet.paid.connect(self.open_receipt)
        self._open(sheet)

    def open_receipt(self, sale: int) -> None:
        """Shows the receipt of a sale beside the ledger."""
        sheet = ReceiptSheet(self.bench, sale)
        sheet.reverse_asked.connect(self._reverse)
        self._open(sheet)

    def _reverse(self, sale: int) -> None:
        self._open(ReverseSheet(self.bench, sale))

    def _open(self, sheet: Sheet) -> None:
        """Puts a sheet in the place of visits and money."""
        self._side.show_sheet(sheet)


def _visits_of(credit: CreditLine | None) -> frozenset[int]:
    """The visit that a credit serves, or else those that it was once booked for."""
    if credit is None:
        return frozenset()
    if credit.visit is not None:
        return frozenset({int(credit.visit)})
    return frozenset(int(entry.visit) for entry in credit.entries if entry.visit is not None)


def _skeleton() -> QWidget:
    rows = [hbox(Skeleton(20, 20, 10), Skeleton(90), Skeleton(360), STRETCH, gap=16) for _ in range(6)]
    return pane(vbox(Skeleton(220, 16), 12, *rows, STRETCH, gap=24, margins=(20, 20, 20, 20)), "canvas")
