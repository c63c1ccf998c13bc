"""The left column of the checkout: what is sold, line by line, what comes off, and what it comes to (R36)."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.domain import ledger, pricing
from reception.domain.access import Act
from reception.domain.catalogue import Product
from reception.domain.checkout import Cart, CartLine, LineKind, Quote, QuoteLine
from reception.domain.ledger import Starts
from reception.domain.money import Money
from reception.domain.packages import NONE, Choice, Option
from reception.ui import tokens as k
from reception.ui.dialogs.editing import counted
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    Chip,
    Column,
    Elided,
    Hair,
    Kind,
    TableHead,
    caption,
    clear,
    figure,
    hbox,
    label,
    pane,
    vbox,
)
from reception.ui.workbench import Workbench

_PRICE, _DISCOUNT, _TAX, _AMOUNT = 70, 78, 56, 78
_UNTAXED = (LineKind.DEPOSIT, LineKind.ACCOUNT)  # money for a visit, not a sale: neither taxed nor discounted


class CartTable(QWidget):
    """The lines of the cart under their heads."""

    removed = Signal(int)
    discount_asked = Signal(int)
    credit_chosen = Signal(int, object)
    other_asked = Signal(int)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.rows: list[CartRow] = []
        self._known: dict[CartLine, QuoteLine] = {}
        columns = (
            Column(self.tr("Item")),
            Column(self.tr("Price"), _PRICE, right=True),
            Column(self.tr("Discount"), _DISCOUNT, right=True),
            Column(self.tr("Tax"), _TAX, right=True),
            Column(self.tr("Amount"), _AMOUNT, right=True),
            Column("", 28),
        )
        self._rows: QVBoxLayout = vbox(gap=0)
        self._empty = label(self.tr("The cart is empty. Add a visit or a package."), tone=Tone.INK3)
        self._none = pane(vbox(hbox(self._empty, STRETCH, margins=(20, 16, 20, 16)), Hair(), gap=0))
        self.setLayout(vbox(TableHead(columns, margins=(20, 8)), self._rows, self._none, gap=0))

    def show_cart(self, cart: Cart, quote: Quote, products: Mapping[int, Product], *, settled: bool) -> None:
        """Shows the lines as they are priced; one that can't be priced now keeps its last price."""
        if len(quote.lines) == len(cart.lines):
            self._known = dict(zip(cart.lines, quote.lines, strict=True))
        clear(self._rows)
        self.rows = []
        for n, line in enumerate(cart.lines):
            row = CartRow(self.bench, n, line, self._known.get(line), products.get(line.key), settled=settled)
            row.removed.connect(self.removed)
            row.discount_asked.connect(self.discount_asked)
            row.credit_chosen.connect(self.credit_chosen)
            row.other_asked.connect(self.other_asked)
            self.rows.append(row)
            self._rows.addWidget(row)
        self._none.setVisible(not cart.lines)


class CartRow(QWidget):
    """One line: its words, price, discount, tax and amount; for a visit, the credit that pays it."""

    removed = Signal(int)
    discount_asked = Signal(int)
    credit_chosen = Signal(int, object)
    other_asked = Signal(int)

    def __init__(
        self,
        bench: Workbench,
        n: int,
        line: CartLine,
        priced: QuoteLine | None,
        product: Product | None,
        *,
        settled: bool,
    ) -> None:
        super().__init__()
        self.setObjectName(f"checkout.line.{n}")
        self.bench, self._n, self._line, self._priced, self._product = bench, n, line, priced, product
        self._settled = settled
        detail = self._detail()
        second = Elided(detail, k.CAPTION, tone=Tone.INK3) if detail else None
        words = vbox(Elided(self._words(), weight=k.MEDIUM), second, gap=1)
        remove = Button(kind=Kind.GHOST, icon="x", height=24, tip=self.tr("Take it out"), name=f"checkout.remove.{n}")
        remove.clicked.connect(self._remove)
        end = vbox(remove if not settled else 24, STRETCH, gap=0)
        top = hbox((words, 1), vbox(self._cells(), STRETCH, gap=0), pane(end, width=24), gap=4)
        below = self._below()
        rows = vbox(top, hbox(*below, STRETCH, gap=6) if below else None, gap=5, margins=(20, 10, 8, 10))
        self.setLayout(vbox(pane(rows), Hair(), gap=0))

    def _words(self) -> str:
        if self._priced is not None:
            return self._priced.words
        return self._line.words or (self._product.name if self._product is not None else self.tr("Visit"))

    def _detail(self) -> str:
        priced, formats = self._priced, self.bench.formats
        if priced is None:
            return ""
        if priced.kind is LineKind.PACKAGE and self._product is not None:
            return package_words(self._product, priced.gross, formats, self.bench.today())
        if priced.attach is not None and priced.start is None and priced.refusal is None:
            return self.tr("Right after the add-on above")
        start = formats.when(priced.start, self.bench.today()) if priced.start is not None else ""
        if priced.end is not None:
            start += f" – {formats.time(priced.end)}"
        return ", ".join(part for part in (start, priced.detail) if part)

    def _cells(self) -> QWidget:
        priced, formats = self._priced, self.bench.formats
        price = priced.price if priced is not None else self._line.price
        untaxed = priced is None or priced.kind in _UNTAXED
        rate = "" if untaxed or priced is None else formats.percent(priced.tax_rate)
        amount = priced.gross + priced.sale_discount if priced is not None else price
        cells = (
            (figure(formats.amount(price), tone=Tone.INK2), _PRICE),
            (self._discount(), _DISCOUNT),
            (figure(rate, tone=Tone.INK3), _TAX),
            (figure(formats.amount(amount), weight=k.SEMIBOLD, name=f"checkout.amount.{self._n}"), _AMOUNT),
        )
        for cell, width in cells:
            cell.setFixedWidth(width)
        return pane(hbox(*(cell for cell, _ in cells), gap=0))

    def _discount(self) -> QWidget:
        """What comes off this line; pressed, it is changed."""
        off, may = self._line.discount, self.bench.may(Act.DISCOUNT)
        if self._settled:
            return figure(self.bench.formats.amount(-off) if off else "", tone=Tone.INK2)
        if self._line.kind in _UNTAXED:
            return figure("")
        tip = self.tr("Discount this line") if may else self.tr("Ask a manager to give a discount.")
        name = f"checkout.discount.{self._n}"
        if off:
            button = Button(self.bench.formats.amount(-off), Kind.LINK, height=18, tip=tip, name=name)
        else:
            button = Button(kind=Kind.GHOST, icon="tag", height=24, tip=tip, name=name)
        button.setEnabled(may)
        button.clicked.connect(self._ask_discount)
        return pane(hbox(STRETCH, button, gap=0), height=18)

    def _below(self) -> tuple[QWidget, ...]:
        if self._priced is None:
            return ()
        if self._priced.refusal is not None and not self._settled:
            words = self.tr("Stands in the way")
            return (Chip(words, Tone.DANGER, "alert", name=f"checkout.refused.{self._n}"),)
        if self._line.kind is LineKind.DEPOSIT:
            return self._ahead(self._priced)
        return self._paid_by(self._priced) if self._line.kind is LineKind.VISIT else ()

    def _ahead(self, priced: QuoteLine) -> tuple[QWidget, ...]:
        """What paying ahead does: the add-on joins the visit, and what is left is paid there (R28)."""
        parts: list[QWidget] = []
        if priced.attach is not None:
            words = self.tr("Added to the visit") if self._settled else self.tr("Joins the visit when settled")
            parts.append(Chip(words, Tone.ACCENT, "plus", name=f"checkout.joins.{self._n}"))
        if priced.rest:
            words = self.tr("{amount} at the visit").format(amount=self.bench.formats.amount(priced.rest))
            parts.append(caption(words, name=f"checkout.rest.{self._n}"))
        return tuple(parts)

    def _paid_by(self, priced: QuoteLine) -> tuple[QWidget, ...]:
        """The credit that pays for a visit, and how else it could be paid (R9)."""
        credit, options = priced.credit, priced.options
        if credit is not None:
            chip = Chip(self._credit_words(credit), Tone.ACCENT, "ticket", name=f"checkout.credit.{self._n}")
            if self._settled:
                return (chip,)
            other = self._link(self.tr("Other credit"), "other", self._ask_other) if options else None
            dot = caption("·") if other is not None else None
            instead = self._link(self.tr("Pay instead"), "instead", self._pay_instead)
            return tuple(part for part in (chip, other, dot, instead) if part is not None)
        if not options or self._settled:
            return ()
        words = self.tr("Use credit {number} of {of}").format(number=options[0].number, of=options[0].of)
        use = self._link(words, "use", self._use_credit)
        more = self._link(self.tr("Other credit"), "other", self._ask_other) if len(options) > 1 else None
        return (use,) if more is None else (use, caption("·"), more)

    def _credit_words(self, credit: Option) -> str:
        words = (
            self.tr("Credit {number} of {of} paid this")
            if self._settled
            else self.tr("Credit {number} of {of} pays this")
        )
        return words.format(number=credit.number, of=credit.of)

    def _link(self, words: str, name: str, slot: object) -> Button:
        button = Button(words, Kind.LINK, height=22, name=f"checkout.{name}.{self._n}")
        button.clicked.connect(slot)
        return button

    def _remove(self) -> None:
        self.removed.emit(self._n)

    def _ask_discount(self) -> None:
        self.discount_asked.emit(self._n)

    def _ask_other(self) -> None:
        self.other_asked.emit(self._n)

    def _pay_instead(self) -> None:
        self.credit_chosen.emit(self._n, NONE)

    def _use_credit(self) -> None:
        if self._priced is not None and self._priced.options:
            self.credit_chosen.emit(self._n, Choice(self._priced.options[0].credit))


class AddBar(QWidget):
    """What can be put into the cart."""

    visit_asked = Signal()
    package_asked = Signal()
    fee_asked = Signal()
    adjustment_asked = Signal()
    discount_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._visit = self._button(self.tr("Visit"), "visit", self.visit_asked)
        self._package = self._button(self.tr("Package"), "package", self.package_asked)
        self._fee = self._button(self.tr("Fee"), "fee", self.fee_asked)
        self._adjustment = self._button(self.tr("Adjustment"), "adjustment", self.adjustment_asked)
        self._discount = self._button(self.tr("Discount on all…"), "discount_all", self.discount_asked, icon="tag")
        self._why = caption(self.tr("Packages are switched off in the plan"), name="checkout.no_packages")
        why = pane(hbox(self._why, STRETCH, margins=(20, 0, 12, 8)))
        self._why_row = why
        row = hbox(
            self._visit,
            self._package,
            self._fee,
            self._adjustment,
            STRETCH,
            self._discount,
            gap=2,
            margins=(12, 6, 12, 6),
        )
        self.setLayout(vbox(pane(row), why, Hair(), gap=0))

    def allow(self, *, packages: bool, discount: bool) -> None:
        """Offers packages only where the plan has them, and discounts to whom they are allowed."""
        self._package.setVisible(packages)
        self._why_row.setVisible(not packages)
        self._discount.setEnabled(discount)
        self._discount.setToolTip("" if discount else self.tr("Ask a manager to give a discount."))

    def _button(self, words: str, name: str, asked: object, *, icon: str = "plus") -> Button:
        button = Button(words, Kind.GHOST, icon=icon, height=28, name=f"checkout.add.{name}")
        button.clicked.connect(asked)
        return button


class Sums(QWidget):
    """What the lines come to, what comes off, the tax within, what credits pay, and what is left to pay."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._rows: QVBoxLayout = vbox(gap=4, margins=(20, 12, 36, 14))
        self.setLayout(vbox(Hair(), pane(self._rows), gap=0))

    def show_quote(self, quote: Quote, formats: Formats, *, settled: bool = False) -> None:
        """Shows what a cart comes to."""
        self._formats = formats
        clear(self._rows)
        lines = counted(len(quote.lines), self.tr("One line"), self.tr("{} lines"))
        self._add(lines, formats.amount(quote.price))
        if quote.discount:
            self._add(self.tr("Discount"), formats.amount(-quote.discount))
        words = (
            self.tr("Total, {tax} tax included").format(tax=formats.amount(quote.tax))
            if quote.tax
            else self.tr("Total")
        )
        self._add(words, formats.amount(quote.total), k.SEMIBOLD, Tone.INK)
        for line in quote.lines:
            if line.credit is not None:
                name = self.tr("Credit {number} of {of}").format(number=line.credit.number, of=line.credit.of)
                self._add(name, formats.amount(-line.gross), k.REGULAR, Tone.ACCENT)
        if quote.by_deposit:
            self._add(self.tr("Paid ahead"), formats.amount(-quote.by_deposit), k.REGULAR, Tone.ACCENT)
        self._rows.addLayout(hbox(STRETCH, pane(vbox(4, Hair(strong=True), 4, gap=0), width=300)))
        to_pay = label(self.tr("Paid") if settled else self.tr("To pay"), k.TITLE, k.SEMIBOLD)
        amount = figure(formats.money(quote.to_pay), k.TITLE, k.SEMIBOLD, name="checkout.to_pay")
        amount.setMinimumWidth(110)
        self._rows.addLayout(hbox(STRETCH, to_pay, amount))

    def _add(self, words: str, amount: str, weight: int = k.REGULAR, tone: Tone = Tone.INK2) -> None:
        right = figure(amount, weight=weight, tone=Tone.INK if tone is Tone.INK2 else tone)
        right.setFixedWidth(110)
        self._rows.addLayout(hbox(STRETCH, label(words, weight=weight, tone=tone), right))


def package_words(product: Product, gross: Money, formats: Formats, today: date) -> str:
    """What a package in the cart will give: "6 credits of 52.25, last day 24 May 2027"."""
    each = formats.amount(pricing.credit_values(gross, product.sessions)[0])
    credits = counted(product.sessions, _tr("1 credit of"), _tr("{} credits of"))
    validity = product.validity
    if validity.starts is Starts.FIRST_VISIT and validity.unit is not None:
        return _tr("{credits} {each}, starts with the first visit").format(credits=credits, each=each)
    last = ledger.last_day(validity, today)
    if last is None:
        return f"{credits} {each}"
    return _tr("{credits} {each}, last day {day}").format(credits=credits, each=each, day=formats.full(last))


def _tr(words: str) -> str:
    return QCoreApplication.translate("checkout", words)
