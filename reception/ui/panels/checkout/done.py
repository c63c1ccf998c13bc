"""What the desk sees when a sale is settled: what to hand back, the balances, and what comes next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from reception.domain.checkout import Receipt
from reception.domain.diary import Entry
from reception.domain.money import NOTHING, Money
from reception.ui import tokens as k
from reception.ui.dialogs.offers import first_name
from reception.ui.panels.checkout.paying import After
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Disc, Kind, hbox, label, vbox
from reception.ui.workbench import Workbench


class Done(QWidget):
    """The middle of a settled checkout."""

    book_asked = Signal()
    visit_asked = Signal()
    close_asked = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        centre = Qt.AlignmentFlag.AlignHCenter
        self._title = label("", k.TITLE, k.SEMIBOLD, align=centre, name="checkout.done")
        self._paid = label("", tone=Tone.INK2, align=centre)
        self._added = label("", weight=k.MEDIUM, align=centre, wrap=True, name="checkout.done.added")
        self._change = label("", k.HEADING, k.SEMIBOLD, Tone.WARN, align=centre, name="checkout.done.change")
        self._after = After()
        self.book = Button(self.tr("Book a visit on a credit"), icon="calendar-plus", height=36, wide=True)
        self.book.setObjectName("checkout.done.book")
        self.visit = Button(self.tr("Back to the visit"), icon="diary", height=36, wide=True)
        self.visit.setObjectName("checkout.done.visit")
        self.close_button = Button(self.tr("Close"), Kind.PRIMARY, key="Enter", height=k.CONTROL_L, wide=True)
        self.close_button.setObjectName("checkout.done.close")
        self.setLayout(
            vbox(
                24,
                hbox(STRETCH, Disc("done", Tone.GOOD), STRETCH),
                4,
                self._title,
                self._paid,
                self._added,
                self._change,
                16,
                self._after,
                STRETCH,
                self.visit,
                self.book,
                self.close_button,
                gap=6,
                margins=(20, 14, 20, 12),
            )
        )
        self.visit.clicked.connect(self.visit_asked)
        self.book.clicked.connect(self.book_asked)
        self.close_button.clicked.connect(self.close_asked)

    def show_receipt(self, receipt: Receipt, account: Money, added: Sequence[Entry]) -> None:
        """Shows what was settled; `account` is what the payer owes now, `added` the add-ons that joined a visit."""
        formats, today = self.bench.formats, self.bench.today()
        self._title.setText(self.tr("Receipt {number} settled").format(number=receipt.number))
        self._paid.setText(f"{formats.money(receipt.total)} · {receipt.client_name}")
        self._show_added(receipt, added)
        change = sum((one.change for one in receipt.payments), NOTHING)
        self._change.setText(self.tr("Give back {amount}").format(amount=formats.money(change)))
        self._change.setVisible(change > NOTHING)
        self.book.setVisible(any(balance.available for balance in receipt.balances))
        self._after.show_settled(receipt.balances, account, formats, today)

    def _show_added(self, receipt: Receipt, added: Sequence[Entry]) -> None:
        words = self.tr("{service} added, {time} with {who}")
        who = {line.appointment: first_name(line.detail) for line in receipt.lines}
        said = [
            words.format(service=one.service_name, time=self.bench.formats.time(one.start), who=who[one.id])
            for one in added
        ]
        self._added.setText("\n".join(said))
        self._added.setVisible(bool(said))
        self.visit.setVisible(bool(said))
