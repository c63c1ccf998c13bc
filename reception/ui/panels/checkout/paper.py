"""The right of the checkout: the receipt as it will be, and as it is once the sale is settled (R40)."""

from PySide6.QtWidgets import QWidget

from reception.domain.checkout import Cart, Quote, Receipt, Tender
from reception.domain.money import NOTHING, Money
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Chip, Hair, Scroller, hbox, heading, pane, vbox
from reception.ui.widgets.slip import Slip, heading_of, of_quote, of_receipt, tender_words
from reception.ui.workbench import Workbench

_WIDTH = 326


class Paper(QWidget):
    """The slip, live."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.slip = Slip(name="checkout.slip")
        self._title = heading(self.tr("Receipt"), name="checkout.receipt.title")
        self._chip = Chip("", Tone.GOOD, "done", name="checkout.receipt.state")
        self._chip.hide()
        head = pane(hbox(self._title, STRETCH, self._chip, gap=8, margins=(16, 14, 16, 6)))
        body = pane(vbox(hbox(STRETCH, self.slip, STRETCH), STRETCH, gap=0, margins=(0, 0, 0, 12)))
        inner = pane(vbox(head, (Scroller(body), 1), gap=4), "canvas")
        self.setLayout(hbox(Hair(vertical=True, strong=True), (inner, 1), gap=0))
        self.setFixedWidth(_WIDTH)

    def show_quote(self, cart: Cart, quote: Quote) -> None:
        """Shows the receipt that the cart will become."""
        bench = self.bench
        clinic, formats = bench.clinic, bench.formats
        place = heading_of(clinic.name, clinic.address, bench.now(), bench.person.name, formats)
        self._title.setText(self.tr("Receipt"))
        self._chip.hide()
        self.slip.show_slip(*of_quote(quote, self._payments(cart, quote), place, formats, bench.today()))

    def show_receipt(self, receipt: Receipt) -> None:
        """Shows the receipt of the settled sale, with its number."""
        self._title.setText(self.tr("Receipt {number}").format(number=receipt.number))
        self._chip.show_fact(self.tr("Settled"), Tone.GOOD, "done")
        self._chip.show()
        self.slip.show_slip(*of_receipt(receipt, self.bench.formats, self.bench.today()))

    def _payments(self, cart: Cart, quote: Quote) -> list[tuple[str, Money]]:
        paid: list[tuple[str, Money]] = []
        for line in quote.lines:
            if line.credit is not None:
                words = self.tr("Credit {number} of {of}").format(number=line.credit.number, of=line.credit.of)
                paid.append((words, line.gross))
        if quote.by_deposit:
            paid.append((tender_words(Tender.DEPOSIT), quote.by_deposit))
        for paying in cart.payments:
            paid.append((tender_words(paying.tender), paying.given or paying.amount))
            if quote.change > NOTHING and paying.given is not None:
                paid.append((self.tr("Change"), paying.amount - paying.given))
        return paid
