"""The checkout page: cart, payments, receipt. What is typed is a draft; its id is the id of the one settling (R36)."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from reception.domain import catalogue, checkout, clients, diary
from reception.domain.access import Act
from reception.domain.catalogue import Product
from reception.domain.checkout import Cart, CartLine, Paying, Quote, Receipt, Tender
from reception.domain.clients import Card, ClientDraft, Found
from reception.domain.diary import Entry
from reception.domain.errors import DomainError, Taken, Trouble
from reception.domain.money import NOTHING, Money
from reception.domain.packages import Choice
from reception.domain.tables.ids import StaffId
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.panels.checkout import reading
from reception.ui.panels.checkout.asking import Asking, Facts
from reception.ui.panels.checkout.body import as_body, as_cart
from reception.ui.panels.checkout.cart import AddBar, CartTable, Sums
from reception.ui.panels.checkout.done import Done
from reception.ui.panels.checkout.paper import Paper
from reception.ui.panels.checkout.paying import METHODS, PayColumn
from reception.ui.panels.checkout.reading import Due, Instead
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Avatar,
    Button,
    Elided,
    Empty,
    ErrorState,
    Hair,
    Kind,
    Notice,
    Scroller,
    hbox,
    pane,
    vbox,
)
from reception.ui.workbench import Draft, Page, Where, Workbench

TOPICS = frozenset({"diary", "packages", "money", "catalogue", "clients", "clinic"})
T = TypeVar("T")
_PAY = 404
_ROOM_FOR_PAPER = 1120  # in a narrower window the receipt gives way
_SECOND_PRESS = 600  # milliseconds in which a press of Enter is the second of two


class CheckoutPanel(QWidget):
    """One client's checkout."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checkout")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bench = bench
        self._draft: str | None = None
        self._cart: Cart | None = None
        self._fresh = self._settling = False
        self._since_settled = QElapsedTimer()
        self._picking = ""
        self._quote: Quote | None = None
        self._quoted: tuple[tuple[CartLine, ...], Money] | None = None
        # A digit and Enter may follow each other faster than the cart is read: they act in the order of the keys.
        self._turn = asyncio.Lock()
        self._receipt: Receipt | None = None
        self._added: tuple[Entry, ...] = ()
        self._card: Card | None = None
        self._due: tuple[Due, ...] | None = None
        self._products: tuple[Product, ...] = ()
        self._build()
        self._connect()
        self._refresher = Refresher(self, self._load, TOPICS, None, bench.backend)
        self._refresher.failed.connect(self._show_failure)

    # where it is

    def show_checkout(self, client: int | None, draft: Draft | None = None, line: CartLine | None = None) -> None:
        """Opens a client's checkout: the draft that is given, the one that lies half done, or a new one.

        A line that is given joins the cart; a new cart then holds nothing else.
        """
        drafts = self.bench.drafts
        draft = draft or self._begun(client)
        if draft is None and client is not None:
            draft = drafts.open("checkout", client=client)
        if draft is None or draft.client is None:
            self._pages.setCurrentWidget(self._nobody)
            return
        if self._draft not in (None, draft.id):
            self._put_away()
        drafts.take(draft.id)
        if draft.id != self._draft:
            self._open(draft)
        if line is not None and self._cart is not None:
            self._fresh = False
            self._asking.nothing()
            self._cart = replace(self._cart, lines=_joined(self._cart.lines, line))
            self._keep()
        self._refresher.request()
        self.setFocus()

    @property
    def cart(self) -> Cart | None:
        """What is in the cart now."""
        return self._cart

    @property
    def quote(self) -> Quote | None:
        """What the cart comes to, as shown."""
        return self._quote

    def is_settled(self) -> bool:
        """Whether the sale that is shown is settled."""
        return self._receipt is not None

    def _is_open(self) -> bool:
        """Whether there is a cart that may still change: while it is being settled, nothing is read anew."""
        return self._draft is not None and not self._settling and not self.is_settled()

    def _begun(self, client: int | None) -> Draft | None:
        own = (draft for draft in self.bench.drafts.all() if draft.kind == "checkout" and draft.client == client)
        return next(own, None) if client is not None else None

    def _open(self, draft: Draft) -> None:
        assert draft.client is not None
        self._draft, self._receipt, self._quote = draft.id, None, None
        self._card, self._due = None, None
        self._cart = as_cart(draft.client, draft.body)
        self._picking = str(draft.body.get("picking", ""))
        self._fresh = "lines" not in draft.body and not self._picking
        self._asking.nothing()
        self._middle.setCurrentWidget(self._pay)
        self._tools.show()
        self._bar.show()
        # What can be added is known once this client is read; until then it would be the last client's.
        self._bar.setEnabled(False)

    def _put_away(self) -> None:
        """Parks what is half done; an empty cart isn't worth a card."""
        if self._draft is None:
            return
        if self._cart is not None and not self._cart.lines and not self._cart.payments:
            self.bench.drafts.close(self._draft)
        else:
            self.bench.drafts.park(self._draft)
        self._draft = None

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._put_away()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._paper.setVisible(self.width() >= _ROOM_FOR_PAPER)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._press_enter()
        elif event.key() == Qt.Key.Key_Escape and self._asking.is_open():
            self._asking.nothing()
        elif digit.isdigit() and 1 <= int(digit) <= len(METHODS) and not self.is_settled():
            self._pay.methods[int(digit) - 1].click()
        else:
            super().keyPressEvent(event)

    def _press_enter(self) -> None:
        """Settles; what was settled is closed, but not by the second of two quick presses."""
        if not self.is_settled():
            self._pay.settle.click()
        elif self._since_settled.elapsed() > _SECOND_PRESS:
            self._done.close_button.click()

    # build

    def _build(self) -> None:
        self._avatar = Avatar(size=34)
        self._title = Elided("", k.HEADING, k.SEMIBOLD, name="checkout.title")
        self._facts = Elided("", k.CAPTION, tone=Tone.INK2, name="checkout.facts")
        self._park = Button(self.tr("Park"), icon="park", height=28, name="checkout.park")
        self._drop = Button(kind=Kind.GHOST, icon="x", height=28, tip=self.tr("Throw this checkout away"))
        self._drop.setObjectName("checkout.drop")
        self._tools = pane(hbox(self._park, self._drop, gap=10))
        words = vbox(self._title, self._facts, gap=1)
        head = pane(hbox(self._avatar, (words, 1), self._tools, gap=10, margins=(20, 12, 12, 12)))
        self._table, self._bar, self._sums = CartTable(self.bench), AddBar(), Sums(self.bench.formats)
        self._asking = Asking(self.bench)
        lines = pane(vbox(self._table, self._bar, self._asking, STRETCH, gap=0))
        self._twins = Notice(name="checkout.twins")
        twins = pane(hbox((self._twins, 1), margins=(20, 0, 20, 0)))
        left = pane(vbox(head, twins, (Scroller(lines), 1), self._sums, gap=0), "surface")
        self._pay, self._done = PayColumn(self.bench), Done(self.bench)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._pay)
        self._middle.addWidget(self._done)
        middle = pane(vbox((self._middle, 1), gap=0), "surface", width=_PAY)
        self._paper = Paper(self.bench)
        self._page = pane(hbox((left, 1), Hair(vertical=True, strong=True), middle, self._paper, gap=0))
        self._retry = Button(self.tr("Try again"), name="checkout.retry")
        self._failure = ErrorState(self.tr("The checkout could not be read"), "", self._retry)
        self._nobody = Empty(
            "user", self.tr("Nobody is chosen"), self.tr("Choose a visit or a client, then check out with F12.")
        )
        self._pages = QStackedWidget()
        for page in (self._page, self._failure, self._nobody):
            self._pages.addWidget(page)
        self.setLayout(vbox(self._pages, gap=0))

    def _connect(self) -> None:
        table, bar, pay = self._table, self._bar, self._pay
        asking = self._asking
        table.removed.connect(self._remove)
        table.discount_asked.connect(asking.discount)
        table.credit_chosen.connect(self._choose_credit)
        table.other_asked.connect(asking.credit)
        bar.visit_asked.connect(asking.visit)
        bar.package_asked.connect(asking.package)
        bar.fee_asked.connect(asking.fee)
        bar.adjustment_asked.connect(asking.adjustment)
        bar.discount_asked.connect(asking.discount_on_all)
        asking.added.connect(self._add)
        asking.credit_chosen.connect(self._choose_credit)
        asking.line_discounted.connect(self._discount_line)
        asking.all_discounted.connect(self._discount_all)
        asking.left.connect(self.setFocus)
        pay.pressed.connect(self._pay_with)
        pay.changed.connect(self._change_payment)
        pay.removed.connect(self._remove_payment)
        pay.staff_chosen.connect(self._choose_staff)
        pay.settle.clicked.connect(self._settle)
        self._done.book_asked.connect(self._book)
        self._done.visit_asked.connect(self._go_to_visit)
        self._done.close_asked.connect(self._leave)
        self._park.clicked.connect(self._leave)
        self._drop.clicked.connect(self._throw_away)
        self._retry.clicked.connect(self._try_again)
        self.bench.person_changed.connect(self._show_permissions)

    # load and show

    async def _load(self) -> None:
        cart = self._cart
        if cart is None or not self._is_open():
            return
        read = self.bench.backend.read
        card = await read(clients.card, cart.client)
        products = await read(catalogue.products)
        twins = await read(clients.twins, ClientDraft(card.name, card.born, phones=card.phones), cart.client)
        suggested = await read(checkout.suggest, cart.client) if self._fresh else ()
        if self._cart is not None and self._cart.client == cart.client and self._is_open():
            self._begin(card, products, suggested)
            self._show_twins(twins)
        if self._cart is not None:
            asked = self._cart
            due = await read(reading.due, asked)
            quote = await read(checkout.quote, asked)
            other = await read(reading.instead, asked) if isinstance(quote.refusal, Taken) else None
            if asked == self._cart and self._is_open():
                self._due = due
                self.show_quote(quote, other)

    def _begin(self, card: Card, products: tuple[Product, ...], suggested: tuple[CartLine, ...]) -> None:
        """Takes what was read; a new cart begins with what there is to settle."""
        self._card, self._products = card, products
        formats = self.bench.formats
        self._avatar.show_name(card.name)
        self._title.show_words(self.tr("Checkout for {name}").format(name=card.name))
        born = formats.full(card.born) if card.born else ""
        payer = self.tr("{name} pays").format(name=card.payer_name) if card.payer_name else ""
        self._facts.show_words(" · ".join(part for part in (born, *card.phones[:1], payer) if part))
        if self._fresh and self._cart is not None:
            self._fresh = False
            self._cart = replace(self._cart, lines=suggested)
            self._keep()
        self._show_permissions()

    def _show_twins(self, twins: tuple[Found, ...]) -> None:
        """A second record of the same person may hold the credits that are about to be sold anew (R42)."""
        if not twins:
            self._twins.clear()
            return
        born = self.bench.formats.full(twins[0].born) if twins[0].born else self.tr("no birth date")
        title = self.tr("There is a second record: {name}, {born}").format(name=twins[0].name, born=born)
        words = self.tr("If it is the same person, look at its ledger before you sell or use a credit.")
        self._twins.say(title, words, Tone.WARN)

    def show_quote(self, quote: Quote, other: Instead | None = None) -> None:
        """Shows the cart as it is priced now; `other` could do an add-on whose staff member was taken (R27)."""
        assert self._cart is not None
        self._quote, self._quoted = quote, (self._cart.lines, self._cart.discount)
        self._pages.setCurrentWidget(self._page)
        products = {int(product.id): product for product in self._products}
        self._table.show_cart(self._cart, quote, products, settled=False)
        self._sums.show_quote(quote, self.bench.formats)
        self._asking.show_facts(Facts(self._cart, quote, self._due or (), self._products))
        self._bar.setEnabled(True)
        self._pay.show_cart(self._cart, quote, other)
        self._paper.show_quote(self._cart, quote)
        if self._picking == "package":
            self._picking = ""
            if self.bench.clinic.packages:
                self._asking.package()

    def _show_permissions(self) -> None:
        self._bar.allow(packages=self.bench.clinic.packages, discount=self.bench.may(Act.DISCOUNT))
        may = self.bench.may(Act.SETTLE)
        self._pay.settle.setEnabled(may)
        self._pay.settle.setToolTip("" if may else self.tr("Ask a receptionist or a manager to settle this."))

    def _show_failure(self, error: DomainError | Trouble) -> None:
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._failure.show_words(self.tr("The checkout could not be read"), words)
        self._pages.setCurrentWidget(self._failure)

    def _try_again(self) -> None:
        self._refresher.request()

    # changing the cart

    def _change(self, cart: Cart) -> None:
        """The cart is now this: it is kept, and priced anew."""
        self._cart = cart
        self._keep()
        self._refresher.request()

    def _keep(self) -> None:
        if self._draft is not None and self._cart is not None:
            title = self._card.name if self._card is not None else None
            self.bench.drafts.keep(self._draft, as_body(self._cart), title)

    def _add(self, line: CartLine) -> None:
        if self._cart is not None:
            self._asking.nothing()
            self._change(replace(self._cart, lines=(*self._cart.lines, line)))

    def _remove(self, n: int) -> None:
        if self._cart is not None:
            self._asking.nothing()
            self._change(replace(self._cart, lines=_without(self._cart.lines, n)))

    def _change_line(self, n: int, line: CartLine) -> None:
        if self._cart is not None:
            self._asking.nothing()
            lines = (*self._cart.lines[:n], line, *self._cart.lines[n + 1 :])
            self._change(replace(self._cart, lines=lines))

    def _choose_credit(self, n: int, choice: Choice) -> None:
        if self._cart is not None:
            self._change_line(n, replace(self._cart.lines[n], credit=choice))

    def _choose_staff(self, n: int, staff: int) -> None:
        """Somebody else does the add-on of a line."""
        attach = self._cart.lines[n].attach if self._cart is not None and n < len(self._cart.lines) else None
        if self._cart is not None and attach is not None:
            line = replace(self._cart.lines[n], attach=replace(attach, staff=StaffId(staff)))
            self._change_line(n, line)
        self.setFocus()

    def _discount_line(self, n: int, discount: Money) -> None:
        if self._cart is not None:
            self._change_line(n, replace(self._cart.lines[n], discount=discount))

    def _discount_all(self, discount: Money) -> None:
        if self._cart is not None:
            self._asking.nothing()
            self._change(replace(self._cart, discount=discount))

    # paying

    @action
    async def _pay_with(self, tender: Tender) -> None:
        """Fills what remains with a tender; where nothing remains, that tender goes or takes the other's place."""
        self.setFocus()
        async with self._turn:
            quote = await self._priced()
            if self._cart is not None and quote is not None and self._is_open():
                payments = self._cart.payments
                rest = quote.to_pay - sum((paying.amount for paying in payments), NOTHING)
                if tender is Tender.ACCOUNT and quote.account < 0 and not _uses(payments, tender):
                    # What the account holds pays first; pressed again, the rest is owed.
                    rest = min(rest, Money(-quote.account))
                self._change(replace(self._cart, payments=_with_tender(payments, tender, rest)))

    async def _priced(self) -> Quote | None:
        """What the cart comes to: keys may be quicker than the reading that shows it."""
        if self._due is None:
            await self._load()
        cart = self._cart
        if cart is None:
            return None
        if self._quote is not None and self._quoted == (cart.lines, cart.discount):
            return self._quote
        return await self.bench.backend.read(checkout.quote, cart)

    def _change_payment(self, n: int, paying: Paying) -> None:
        if self._cart is not None:
            payments = (*self._cart.payments[:n], paying, *self._cart.payments[n + 1 :])
            self._change(replace(self._cart, payments=payments))

    def _remove_payment(self, n: int) -> None:
        if self._cart is not None:
            self._change(replace(self._cart, payments=_without(self._cart.payments, n)))

    @action
    async def _settle(self) -> None:
        """Settles once: the draft's id is the command's, so that a second press changes nothing."""
        async with self._turn:
            await self._priced()
            await self._settle_cart()

    async def _settle_cart(self) -> None:
        cart, draft = self._cart, self._draft
        if cart is None or draft is None or self.is_settled():
            return
        quote = await self.bench.backend.read(checkout.quote, cart)
        if quote.refusal is not None:
            self._refresher.request()
            raise quote.refusal
        self._settling = True
        try:
            sale = await self.bench.backend.write(checkout.settle, cart, id=draft)
            receipt = await self.bench.backend.read(checkout.receipt, sale)
            added = await self._read_added(cart, receipt)
        finally:
            self._settling = False
            self._refresher.request()
        self.bench.drafts.close(draft)
        words = self.tr("Receipt {number} settled, {amount}, {name}")
        amount = self.bench.formats.money(receipt.total)
        self.bench.said.emit(words.format(number=receipt.number, amount=amount, name=receipt.client_name), None)
        if self._draft == draft:
            self._added = added
            self._show_settled(cart, quote, receipt)

    async def _read_added(self, cart: Cart, receipt: Receipt) -> tuple[Entry, ...]:
        """The add-ons that joined a visit with this sale, as they stand in the diary now."""
        pairs = zip(cart.lines, receipt.lines, strict=True)
        joined = [line.appointment for asked, line in pairs if asked.attach is not None]
        read = self.bench.backend.read
        return tuple([await read(diary.entry, visit) for visit in joined if visit is not None])

    def _show_settled(self, cart: Cart, quote: Quote, receipt: Receipt) -> None:
        self._receipt, self._draft = receipt, None
        self._pages.setCurrentWidget(self._page)
        self._asking.nothing()
        self._tools.hide()
        self._bar.hide()
        products = {int(product.id): product for product in self._products}
        self._table.show_cart(cart, quote, products, settled=True)
        self._sums.show_quote(quote, self.bench.formats, settled=True)
        self._paper.show_receipt(receipt)
        self._done.show_receipt(receipt, quote.account_after, self._added)
        self._middle.setCurrentWidget(self._done)
        self._since_settled.start()
        self.setFocus()

    # leaving

    def _book(self) -> None:
        if self._cart is not None:
            self.bench.goto.emit(Where(Page.BOOKING, client=int(self._cart.client)))

    def _go_to_visit(self) -> None:
        """Back to the coming-in that an add-on has joined."""
        if self._added:
            first = self._added[0]
            self.bench.goto.emit(Where(Page.COMING, client=int(first.client), appointment=int(first.base or first.id)))

    def _leave(self) -> None:
        client = None if self._cart is None else int(self._cart.client)
        self.bench.goto.emit(Where(Page.DIARY, client=client))

    def _throw_away(self) -> None:
        """Closes the draft; the undo line brings it back."""
        draft = self.bench.drafts.get(self._draft) if self._draft is not None else None
        self._draft = None
        if draft is not None:
            self.bench.drafts.close(draft.id)
            if draft.body.get("lines"):

                async def bring_back() -> None:
                    self.bench.drafts.restore(draft)

                self.bench.said.emit(self.tr("Threw away the checkout of {name}").format(name=draft.title), bring_back)
        self._leave()


def _without(items: Sequence[T], n: int) -> tuple[T, ...]:
    return (*items[:n], *items[n + 1 :])


def _joined(lines: tuple[CartLine, ...], line: CartLine) -> tuple[CartLine, ...]:
    """The cart with one more line; an add-on stands in it once, and whoever is free does one that follows another."""
    attach = line.attach
    if attach is None:
        return (*lines, line)
    kept = tuple(
        one
        for one in lines
        if one.attach is None or (one.attach.group, one.attach.service) != (attach.group, attach.service)
    )
    if any(one.attach is not None and one.attach.group == attach.group for one in kept):
        line = replace(line, attach=replace(attach, staff=None))
    return (*kept, line)


def _uses(payments: tuple[Paying, ...], tender: Tender) -> bool:
    return any(paying.tender is tender for paying in payments)


def _with_tender(payments: tuple[Paying, ...], tender: Tender, remaining: Money) -> tuple[Paying, ...]:
    """The payments after a tender was pressed."""
    own = next((n for n, paying in enumerate(payments) if paying.tender is tender), None)
    if remaining > 0:
        if own is None:
            return (*payments, Paying(tender, remaining))
        paying = payments[own]
        return (*payments[:own], replace(paying, amount=paying.amount + remaining), *payments[own + 1 :])
    if own is not None:
        return _without(payments, own)
    return (Paying(tender, payments[0].amount),) if len(payments) == 1 else payments
