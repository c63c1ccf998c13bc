"""Short questions in the cart: what comes off, what a fee is for, which visit, package or credit."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from reception.domain import pricing
from reception.domain.checkout import CartLine, LineKind
from reception.domain.errors import Invalid
from reception.domain.money import NOTHING, Money
from reception.ui import tokens as k
from reception.ui.text import Formats
from reception.ui.widgets import (
    STRETCH,
    Button,
    Field,
    Hair,
    Kind,
    LineEdit,
    MoneyEdit,
    Pick,
    PickList,
    Prose,
    hbox,
    label,
    pane,
    vbox,
)

_MOST_ROWS = 7


class Picker(QWidget):
    """A short list to choose from in the middle of the cart; digits choose, Esc leaves it."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, title: str, hint: str, picks: Sequence[Pick], none: str, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._all = tuple(picks)
        self._list = PickList(hint, name=f"{name}.list")
        self._close = Button(kind=Kind.GHOST, icon="x", height=24, tip=self.tr("Close"), name=f"{name}.close")
        head = hbox(label(title, k.CAPTION, k.SEMIBOLD), STRETCH, self._close, margins=(20, 8, 12, 4))
        self._none = pane(vbox(Prose(none), margins=(0, 0, 0, 8)))
        # Only hidden: what shows itself before it has a place would open a window of its own and take the keyboard.
        (self._none if picks else self._list).hide()
        body = pane(vbox(self._list, self._none, gap=0, margins=(20, 0, 20, 8)))
        self.setLayout(vbox(head, body, Hair(), gap=0))
        self._list.show_rows(self._all)
        self._list.setFixedHeight(self._list.height_of(_MOST_ROWS))
        self._list.query_changed.connect(self._narrow)
        self._list.chosen.connect(self.chosen)
        self._list.left.connect(self.left)
        self._close.clicked.connect(self.left)
        self.setFocusProxy(self._list if picks else self._close)

    def _narrow(self, query: str) -> None:
        words = query.casefold().split()
        self._list.show_rows([pick for pick in self._all if all(word in pick.words.casefold() for word in words)])


class DiscountEditor(QWidget):
    """Asks what comes off: an amount, or a share with its percent sign. Enter applies it, Esc leaves it as it was."""

    applied = Signal(object)
    left = Signal()

    def __init__(self, formats: Formats, title: str, price: Money, discount: Money) -> None:
        super().__init__()
        self.setObjectName("checkout.discount")
        self._formats, self._price = formats, price
        self._edit = LineEdit(formats.amount(discount) if discount else "", name="checkout.discount.edit")
        self._field = Field(title, self._edit, hint=self.tr("An amount, or a share such as 10 %. 0 takes it away."))
        self._apply = Button(self.tr("Apply"), name="checkout.discount.apply")
        self.setLayout(_strip(self._field, self._apply))
        self._apply.clicked.connect(self._say_applied)
        self.setFocusProxy(self._edit)
        self._edit.selectAll()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        _keys(event, self._say_applied, self.left.emit)

    def _say_applied(self) -> None:
        typed = self._edit.text().strip()
        try:
            if "%" in typed:
                discount = pricing.percent(self._price, self._formats.parse_percent(typed))
            else:
                discount = self._formats.parse_money(typed) if typed else NOTHING
        except Invalid as error:
            self._field.show_error(self._formats.sentence(error))
            return
        self.applied.emit(discount)


class AmountEditor(QWidget):
    """Asks what a fee or an adjustment is for and how much. Enter adds it, Esc leaves it."""

    applied = Signal(object)
    left = Signal()

    def __init__(self, formats: Formats, kind: LineKind) -> None:
        super().__init__()
        self.setObjectName(f"checkout.{kind.value}")
        self._formats, self._kind = formats, kind
        self._words = LineEdit(name=f"checkout.{kind.value}.words")
        self._amount = MoneyEdit(formats, name=f"checkout.{kind.value}.amount")
        self._amount.setFixedWidth(110)
        title = self.tr("What the fee is for") if kind is LineKind.FEE else self.tr("What the adjustment is for")
        self._field = Field(title, self._words, hint=self.tr("Stands on the receipt"))
        self._sum = Field(self.tr("Amount"), self._amount)
        self._add = Button(self.tr("Add"), name=f"checkout.{kind.value}.add")
        self.setLayout(_strip(self._field, self._add, self._sum))
        self._add.clicked.connect(self._say_applied)
        self.setFocusProxy(self._words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        _keys(event, self._say_applied, self.left.emit)

    def _say_applied(self) -> None:
        self._field.clear_error()
        self._sum.clear_error()
        if not self._words.text().strip():
            self._field.show_error(self.tr("Type what it is for."))
            self._words.setFocus()
            return
        try:
            amount = self._amount.amount()
        except Invalid as error:
            self._sum.show_error(self._formats.sentence(error))
            return
        if not amount or amount < 0:
            self._sum.show_error(self.tr("Type an amount above zero."))
            self._amount.setFocus()
            return
        self.applied.emit(CartLine(self._kind, words=self._words.text().strip(), price=amount))


def _strip(field: Field, button: Button, *others: Field) -> QBoxLayout:
    """Fields and their button in one row; the button stands beside the field, not beside its title."""
    beside = vbox(18, button, STRETCH, gap=0)
    row = hbox((field, 1), *others, beside, gap=8, margins=(20, 8, 20, 8))
    return vbox(row, Hair(), gap=0)


def _keys(event: QKeyEvent, apply: Callable[[], None], leave: Callable[[], None]) -> None:
    """Enter and Esc answer the question and go no further: Enter must not settle the sale behind it."""
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        apply()
    elif event.key() == Qt.Key.Key_Escape:
        leave()
