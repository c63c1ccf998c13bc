"""A wrong sale that another one reverses; nothing is edited (R40)."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from reception.domain import checkout
from reception.domain.checkout import LineKind, Receipt, Tender
from reception.domain.errors import DomainError
from reception.domain.money import Money
from reception.domain.tables.ids import SaleId
from reception.ui.actions import action
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.refresh import Refresher
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import Form, LineEdit, Notice, pane, section, vbox
from reception.ui.widgets.slip import tender_words
from reception.ui.workbench import Workbench

_MONEY = (Tender.CARD, Tender.CASH, Tender.TRANSFER)


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
        title = _back_words(receipt, formats) or self.tr("No money goes back")
        words = [self.tr("Another receipt with the signs turned is written."), *_kinds_words(receipt)]
        self._will.say(title, " ".join(words), Tone.WARN)


def _back_words(receipt: Receipt, formats: Formats) -> str:
    """What is handed back, or by the reversal of money paid back handed over again, tender by tender."""
    moved = [one for one in receipt.payments if one.tender in _MONEY]
    words = _tr("{payments} goes back") if receipt.total >= 0 else _tr("{payments} is taken again")
    paid = (f"{formats.money(Money(abs(one.amount)))} ({tender_words(one.tender).lower()})" for one in moved)
    return words.format(payments=", ".join(paid)) if moved else ""


def _kinds_words(receipt: Receipt) -> list[str]:
    """What becomes of what was sold, and of what wasn't paid with money."""
    kinds, tenders = {line.kind for line in receipt.lines}, {one.tender for one in receipt.payments}
    said = [
        (LineKind.PACKAGE in kinds, _tr("The package and all its credits go back; none may be booked or used.")),
        (LineKind.VISIT in kinds, _tr("The visits stay as they are, and have to be settled anew.")),
        (LineKind.DEPOSIT in kinds, _tr("What was paid ahead is due again; the visit stays.")),
        (LineKind.ACCOUNT in kinds and receipt.total >= 0, _tr("What was paid off on account is owed again.")),
        (LineKind.ACCOUNT in kinds and receipt.total < 0, _tr("The account holds it again.")),
        (Tender.DEPOSIT in tenders, _tr("The deposit is held for its visit again.")),
        (Tender.ACCOUNT in tenders, _tr("The account is as it was before.")),
    ]
    return [words for holds, words in said if holds]


def _tr(words: str) -> str:
    return QCoreApplication.translate("reverse", words)
