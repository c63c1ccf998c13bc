"""The receipt of a settled sale, as it was, with the way to reverse it (R40)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain import checkout
from reception.domain.access import Act
from reception.domain.checkout import Receipt, SaleKind
from reception.domain.errors import DomainError, Trouble
from reception.domain.tables.ids import SaleId
from reception.ui.dialogs.sheet import Sheet
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Kind, Notice, hbox, pane, vbox
from reception.ui.widgets.slip import Slip, of_receipt
from reception.ui.workbench import Workbench


class ReceiptSheet(Sheet):
    """Shows one receipt."""

    reverse_asked = Signal(int)

    def __init__(self, bench: Workbench, sale: int, parent: QWidget | None = None) -> None:
        super().__init__("receipt", parent)
        self.bench, self._sale = bench, SaleId(sale)
        self.slip = Slip(name="receipt.slip")
        self._notice = Notice(name="receipt.notice")
        self._reverse = Button(self.tr("Reverse this sale…"), Kind.DANGER, height=36, name="receipt.reverse")
        self._reverse.setEnabled(False)
        body = pane(
            vbox(self._notice, hbox(STRETCH, self.slip, STRETCH), STRETCH, gap=8, margins=(16, 12, 16, 12)), "canvas"
        )
        self.go.show_words(self.tr("Close"))
        self.go.setObjectName("receipt.done")
        self.put_together(None, body, self._reverse)
        self.go.clicked.connect(self.leave)
        self._reverse.clicked.connect(self._ask_reverse)
        self._refresher = Refresher(self, self._load, frozenset({"money", "packages"}), None, bench.backend)
        self._refresher.failed.connect(self._show_failure)
        self._refresher.request()

    def show_receipt(self, receipt: Receipt) -> None:
        """Shows it, and whether it can be reversed."""
        formats, today = self.bench.formats, self.bench.today()
        self.title.show_words(self.tr("Receipt {number}").format(number=receipt.number))
        self.subtitle.show_words(f"{receipt.client_name} · {formats.when(receipt.at, today)}")
        self.slip.show_slip(*of_receipt(receipt, formats, today))
        why = self._not_reversible(receipt)
        self._reverse.setEnabled(not why)
        self._reverse.setToolTip(why)
        if receipt.kind is SaleKind.REVERSAL:
            self._notice.say(self.tr("Reversed because: {words}").format(words=receipt.words), tone=Tone.ACCENT)

    async def _load(self) -> None:
        self.show_receipt(await self.bench.backend.read(checkout.receipt, self._sale))

    def _not_reversible(self, receipt: Receipt) -> str:
        if receipt.kind is SaleKind.REVERSAL:
            return self.tr("This receipt is itself a reversal.")
        if receipt.reversed_by is not None:
            return self.tr("Receipt {number} has reversed it already.").format(number=receipt.reversed_by)
        if not self.bench.may(Act.REVERSE):
            return self.tr("Only a manager can reverse a sale; F2 changes who is at the desk.")
        return ""

    def _show_failure(self, error: DomainError | Trouble) -> None:
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._notice.say(words, tone=Tone.DANGER)

    def _ask_reverse(self) -> None:
        self.reverse_asked.emit(int(self._sale))
