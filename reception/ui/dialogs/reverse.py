"""A wrong sale that another one reverses; nothing is edited (R40)."""

from PySide6.QtWidgets import QWidget

from reception.domain import checkout
from reception.domain.checkout import LineKind, Receipt
from reception.domain.errors import DomainError
from reception.domain.tables.ids import SaleId
from reception.ui.actions import action
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import Form, LineEdit, Notice, pane, section, vbox
from reception.ui.widgets.slip import tender_words
from reception.ui.workbench import Workbench


class ReverseSheet(Sheet):
    """Asks why, and says what goes back."""

    def __init__(self, bench: Workbench, sale: int, parent: QWidget | None = None) -> None:
        super().__init__("reverse", parent)
        self.bench, self._sale = bench, SaleId(sale)
        self._number = 0
        self._reason = LineEdit(hint=self.tr("Kept with the sale and your name"))
        self.form = Form()
        self.form.add("reverse.reason", self.tr("Reason"), self._reason, required=True)
        self._will = Notice(name="reverse.will")
        will = pane(vbox(section(self.tr("What will happen")), self._will))
        body = pane(vbox(part(self.form, bottom=14), (rest(will), 1), gap=0))
        self.go.setObjectName("reverse.save")
        self.go.show_words(self.tr("Reverse the sale"))
        self.put_together(None, body)
        self.go.clicked.connect(self.save)
        self._refresher = Refresher(self, self._load, frozenset({"money"}), None, bench.backend)
        self._refresher.request()
        self._reason.setFocus()

    def show_error(self, field: str, error: DomainError) -> None:
        """Says beside the field what is wrong with it."""
        self.form.show_error("reverse.reason" if field == "words" else "", self.bench.formats.sentence(error))

    @action
    async def save(self) -> None:
        """Reverses the sale, and closes."""
        self.form.clear_errors()
        other = await self.bench.backend.write(checkout.reverse, self._sale, self._reason.text())
        receipt = await self.bench.backend.read(checkout.receipt, other)
        words = self.tr("Receipt {number} was reversed by receipt {other}")
        self.bench.said.emit(words.format(number=self._number, other=receipt.number), None)
        self.closed.emit()

    async def _load(self) -> None:
        self._show(await self.bench.backend.read(checkout.receipt, self._sale))

    def _show(self, receipt: Receipt) -> None:
        formats = self.bench.formats
        self._number = receipt.number
        self.title.show_words(self.tr("Reverse receipt {number}").format(number=receipt.number))
        self.subtitle.show_words(f"{receipt.client_name} · {formats.money(receipt.total)}")
        paid = [one for one in receipt.payments if one.number is None]
        back = ", ".join(f"{formats.money(one.amount)} ({tender_words(one.tender).lower()})" for one in paid)
        title = self.tr("{payments} goes back").format(payments=back) if back else self.tr("No money goes back")
        words = [self.tr("Another receipt with the signs turned is written.")]
        if any(line.kind is LineKind.PACKAGE for line in receipt.lines):
            words.append(self.tr("The package and all its credits go back; none may be booked or used."))
        if any(line.kind is LineKind.VISIT for line in receipt.lines):
            words.append(self.tr("The visits stay as they are, and have to be settled anew."))
        self._will.say(title, " ".join(words), Tone.WARN)
