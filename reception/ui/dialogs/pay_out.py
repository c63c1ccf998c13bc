"""Money that the clinic holds on a client's account, paid back to them with a receipt (R14, R40)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import checkout
from reception.domain.checkout import Tender
from reception.domain.errors import DomainError, Invalid
from reception.domain.money import NOTHING, Money
from reception.domain.tables.ids import ClientId, SaleId
from reception.ui.actions import action
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.tokens import Tone
from reception.ui.widgets import Form, LineEdit, MoneyEdit, Notice, Segmented, pane, section, vbox
from reception.ui.widgets.slip import tender_words
from reception.ui.workbench import Workbench

_TENDERS = (Tender.CARD, Tender.CASH, Tender.TRANSFER)
_FIELDS = {"amount": "pay_out.amount", "tender": "pay_out.tender"}


class PayOutSheet(Sheet):
    """Asks how much goes back and how, all of it unless less is typed; `paid` tells of the receipt."""

    paid = Signal(int)

    def __init__(
        self, bench: Workbench, client: ClientId, name: str, held: Money, parent: QWidget | None = None
    ) -> None:
        super().__init__("pay_out", parent)
        self.bench, self._client, self._name, self._held = bench, client, name, held
        formats = bench.formats
        self.title.show_words(self.tr("Pay back {name}").format(name=name))
        self.subtitle.show_words(self.tr("The account holds {amount}").format(amount=formats.money(held)))
        self._amount = MoneyEdit(formats, held)
        self._tender = Segmented([tender_words(tender) for tender in _TENDERS])
        self._words = LineEdit(hint=self.tr("Stands on the receipt"))
        self._will = Notice(name="pay_out.will")
        self.form = Form()
        self.form.add("pay_out.amount", self.tr("Amount"), self._amount, required=True)
        self.form.add("pay_out.tender", self.tr("Paid back by"), self._tender)
        self.form.add("pay_out.words", self.tr("What for"), self._words)
        will = pane(vbox(section(self.tr("What will happen")), self._will))
        body = pane(vbox(part(self.form, bottom=14), (rest(will), 1), gap=0))
        self.go.setObjectName("pay_out.save")
        self.put_together(None, body)
        self._amount.edited.connect(self._show_what_happens)
        self._tender.chosen.connect(self._show_what_happens)
        self.go.clicked.connect(self.save)
        self._show_what_happens()
        self._amount.selectAll()

    @override
    def begin(self) -> QWidget:
        return self._amount

    def show_error(self, field: str, error: DomainError) -> None:
        """Says beside the field what is wrong with it."""
        self.form.show_error(_FIELDS.get(field, ""), self.bench.formats.sentence(error))

    @action
    async def save(self) -> None:
        """Pays it back, and closes."""
        self.form.clear_errors()
        amount = self._typed()
        tender = _TENDERS[self._tender.index()]
        words = self._words.text()
        sale: SaleId = await self.bench.backend.write(checkout.pay_out, self._client, amount, tender, words)
        said = self.tr("Paid back {amount} to {name}").format(amount=self.bench.formats.money(amount), name=self._name)
        self.bench.said.emit(said, None)
        self.closed.emit()
        self.paid.emit(int(sale))

    def _typed(self) -> Money:
        try:
            return self._amount.amount() or NOTHING
        except Invalid as error:
            raise Invalid(error.template, field="amount", **error.values) from None

    def _show_what_happens(self) -> None:
        formats = self.bench.formats
        try:
            amount = self._typed()
        except Invalid:
            amount = NOTHING
        self.go.show_words(self.tr("Pay back"))
        if not NOTHING < amount <= self._held:
            self._will.clear()
            return
        self.go.show_words(self.tr("Pay back {amount}").format(amount=formats.amount(amount)))
        left = Money(self._held - amount)
        after = self.tr("The account then holds {amount}.").format(amount=formats.money(left))
        if not left:
            after = self.tr("The account is then empty.")
        words = {
            Tender.CARD: self.tr("{amount} goes back to the card"),
            Tender.CASH: self.tr("{amount} is handed over in cash"),
            Tender.TRANSFER: self.tr("{amount} is transferred back"),
        }[_TENDERS[self._tender.index()]]
        receipt = self.tr("A receipt with its own number is written.")
        self._will.say(words.format(amount=formats.money(amount)), f"{receipt} {after}", Tone.ACCENT)
