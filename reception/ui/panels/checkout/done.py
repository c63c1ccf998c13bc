"""What the desk sees when a sale is settled: what to hand back, the balances, and what comes next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from reception.domain.checkout import Receipt
from reception.domain.money import NOTHING, Money
from reception.ui import tokens as k
from reception.ui.panels.checkout.paying import After
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Disc, Kind, hbox, label, vbox
from reception.ui.workbench import Workbench


class Done(QWidget):
    """The middle of a settled checkout."""

    book_asked = Signal()
    close_asked = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        centre = Qt.AlignmentFlag.AlignHCenter
        self._title = label("", k.TITLE, k.SEMIBOLD, align=centre, name="checkout.done")
        self._paid = label("", tone=Tone.INK2, align=centre)
        self._change = label("", k.HEADING, k.SEMIBOLD, Tone.WARN, align=centre, name="checkout.done.change")
        self._after = After()
        self.book = Button(self.tr("Book a visit on a credit"), icon="calendar-plus", height=36, wide=True)
        self.book.setObjectName("checkout.done.book")
        self.close_button = Button(self.tr("Close"), Kind.PRIMARY, key="Enter", height=k.CONTROL_L, wide=True)
        self.close_button.setObjectName("checkout.done.close")
        self.setLayout(
            vbox(
                24,
                hbox(STRETCH, Disc("done", Tone.GOOD), STRETCH),
                4,
                self._title,
                self._paid,
                self._change,
                16,
                self._after,
                STRETCH,
                self.book,
                self.close_button,
                gap=6,
                margins=(20, 14, 20, 12),
            )
        )
        self.book.clicked.connect(self.book_asked)
        self.close_button.clicked.connect(self.close_asked)

    def show_receipt(self, receipt: Receipt, account: Money) -> None:
        """Shows what was settled; `account` is what the client owes now."""
        formats, today = self.bench.formats, self.bench.today()
        self._title.setText(self.tr("Receipt {number} settled").format(number=receipt.number))
        self._paid.setText(f"{formats.money(receipt.total)} · {receipt.client_name}")
        change = sum((one.change for one in receipt.payments), NOTHING)
        self._change.setText(self.tr("Give back {amount}").format(amount=formats.money(change)))
        self._change.setVisible(change > NOTHING)
        self.book.setVisible(any(balance.available for balance in receipt.balances))
        self._after.show_settled(receipt.balances, account, formats, today)
