"""The place under the cart where one short question at a time is asked: which package, how much off."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.domain.catalogue import Product
from reception.domain.checkout import Cart, CartLine, LineKind, Quote
from reception.domain.money import NOTHING, Money
from reception.domain.packages import Choice
from reception.ui.panels.checkout.editors import AmountEditor, DiscountEditor, Picker
from reception.ui.panels.checkout.reading import Due
from reception.ui.widgets import Pick, clear, vbox
from reception.ui.workbench import Workbench

_ICONS = {LineKind.VISIT: "diary", LineKind.DEPOSIT: "calendar-plus", LineKind.ACCOUNT: "wallet"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the questions are asked about: the cart as it is priced, what else is due, and what the clinic sells."""

    cart: Cart
    quote: Quote
    due: tuple[Due, ...]
    products: tuple[Product, ...]


class Asking(QWidget):
    """Asks, and tells the answer."""

    added = Signal(object)
    credit_chosen = Signal(int, object)
    line_discounted = Signal(int, object)
    all_discounted = Signal(object)
    left = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self._facts: Facts | None = None
        self._editor: QWidget | None = None
        self._line = 0
        self._place: QVBoxLayout = vbox(gap=0)
        self.setLayout(self._place)

    def show_facts(self, facts: Facts) -> None:
        """Takes what the next question is about."""
        self._facts = facts

    def is_open(self) -> bool:
        """Whether a question waits for its answer."""
        return self._editor is not None

    def nothing(self) -> None:
        """Takes the question away."""
        clear(self._place)
        self._editor = None
        self.left.emit()

    def package(self) -> None:
        """Which package is sold."""
        products = self._facts.products if self._facts is not None else ()
        picks = [
            Pick(
                product.name,
                CartLine(LineKind.PACKAGE, int(product.id)),
                note=product.service_name,
                right=self.bench.formats.amount(product.price),
                key=_key(n),
                icon="ticket",
            )
            for n, product in enumerate(products)
        ]
        none = self.tr("No package is on sale. Put one on sale in the catalogue.")
        picker = Picker(self.tr("Which package"), self.tr("Package"), picks, none, name="checkout.packages")
        picker.chosen.connect(self._add)
        self._ask(picker)

    def visit(self) -> None:
        """Which visit is paid, which deposit or fee, or what else is owed on account."""
        formats, today = self.bench.formats, self.bench.today()
        picks = []
        for n, (line, priced) in enumerate(self._facts.due if self._facts is not None else ()):
            when = formats.when(priced.start, today) if priced.start is not None else ""
            note = ", ".join(part for part in (when, priced.detail) if part)
            right = formats.amount(priced.gross)
            picks.append(Pick(priced.words, line, note=note, right=right, key=_key(n), icon=_ICONS[line.kind]))
        none = self.tr("No visit, deposit or fee is waiting to be paid.")
        title, hint = self.tr("Which visit, deposit or fee"), self.tr("Visit, deposit or fee")
        picker = Picker(title, hint, picks, none, name="checkout.visits")
        picker.chosen.connect(self._add)
        self._ask(picker)

    def credit(self, n: int) -> None:
        """Which other credit pays for the visit of a line (R9)."""
        if self._facts is None or n >= len(self._facts.quote.lines):
            return
        self._line = n
        formats = self.bench.formats
        picks = []
        for place, option in enumerate(self._facts.quote.lines[n].options):
            words = self.tr("Credit {number} of {of}").format(number=option.number, of=option.of)
            last = formats.full(option.last_day) if option.last_day is not None else self.tr("no last day")
            choice, note = Choice(option.credit), option.package_name
            picks.append(Pick(words, choice, note=note, right=last, key=_key(place), icon="ticket"))
        none = self.tr("No other credit can pay for this visit.")
        picker = Picker(self.tr("Which credit pays"), self.tr("Credit"), picks, none, name="checkout.credits")
        picker.chosen.connect(self._choose_credit)
        self._ask(picker)

    def fee(self) -> None:
        """What a fee is for, and how much."""
        self._ask_amount(LineKind.FEE)

    def adjustment(self) -> None:
        """What an adjustment is for, and how much."""
        self._ask_amount(LineKind.ADJUSTMENT)

    def discount(self, n: int) -> None:
        """What comes off one line."""
        facts = self._facts
        if facts is None or n >= len(facts.quote.lines):
            return
        self._line = n
        priced = facts.quote.lines[n]
        title = self.tr("Discount on {what}").format(what=priced.words)
        editor = DiscountEditor(self.bench.formats, title, priced.price, facts.cart.lines[n].discount)
        editor.applied.connect(self._discount_line)
        self._ask(editor)

    def discount_on_all(self) -> None:
        """What comes off the whole sale, spread over its lines (R36)."""
        facts = self._facts
        if facts is None:
            return
        own = (line for line in facts.quote.lines if line.kind is not LineKind.DEPOSIT)
        rest = sum((line.price - line.discount for line in own), NOTHING)
        editor = DiscountEditor(self.bench.formats, self.tr("Discount on all"), rest, facts.cart.discount)
        editor.applied.connect(self.all_discounted)
        self._ask(editor)

    def _ask(self, editor: Picker | AmountEditor | DiscountEditor) -> None:
        clear(self._place)
        self._editor = editor
        editor.left.connect(self.nothing)
        self._place.addWidget(editor)
        editor.setFocus()

    def _ask_amount(self, kind: LineKind) -> None:
        editor = AmountEditor(self.bench.formats, kind)
        editor.applied.connect(self._add)
        self._ask(editor)

    def _add(self, line: CartLine) -> None:
        self.added.emit(line)

    def _choose_credit(self, choice: Choice) -> None:
        self.credit_chosen.emit(self._line, choice)

    def _discount_line(self, discount: Money) -> None:
        self.line_discounted.emit(self._line, discount)


def _key(n: int) -> str:
    return str(n + 1) if n < 9 else ""  # noqa: PLR2004 - one key, one digit
