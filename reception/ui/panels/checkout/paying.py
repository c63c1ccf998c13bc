"""The middle of the checkout: how it is paid, what remains, what the balances will be, and Settle (R36)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from reception.domain.checkout import Cart, Paying, Quote, Tender, Unpaid
from reception.domain.errors import Invalid
from reception.domain.ledger import State
from reception.domain.money import NOTHING, Money
from reception.domain.packages import Balanced, Pip
from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.dialogs.offers import first_name
from reception.ui.panels.checkout.reading import Instead
from reception.ui.text import Formats
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    Card,
    Elided,
    Hair,
    Icon,
    IconLabel,
    Kind,
    Look,
    MoneyEdit,
    Notice,
    Pips,
    caption,
    clear,
    figure,
    hbox,
    label,
    pane,
    section,
    vbox,
)
from reception.ui.widgets.slip import balance_words, tender_words
from reception.ui.workbench import Workbench

METHODS = (Tender.CARD, Tender.CASH, Tender.TRANSFER, Tender.ACCOUNT)
_ICONS = {Tender.CASH: "cash", Tender.CARD: "card", Tender.TRANSFER: "transfer", Tender.ACCOUNT: "wallet"}
_MOST_PIPS, _NUMBERED = 10, 6
_SPENT = (State.REDEEMED, State.FORFEITED, State.EXPIRED)


class Method(QAbstractButton):
    """A way to pay: its digit, sign and name; in use it carries the tint."""

    def __init__(self, tender: Tender, key: str) -> None:
        super().__init__()
        self.setObjectName(f"checkout.pay.{tender.value}")
        self.tender = tender
        self._key = key
        self.setText(tender_words(tender))
        self.setCheckable(True)
        self.setFixedHeight(52)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def nextCheckState(self) -> None:
        """It is in use once a payment of it stands below, not because it was pressed."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(68, 52)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p, on = theme.t, QPainter(self), self.isChecked()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        enabled = self.isEnabled()
        p.setPen(QPen(colour(t.accent if on else t.line if enabled else t.hair), 1.5 if on else 1))
        p.setBrush(colour(t.tint if on else t.hover if self.underMouse() and enabled else t.surface))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), k.RADIUS, k.RADIUS)
        icons.draw(
            p, _ICONS[self.tender], (self.width() - 16) / 2, 9, t.faint if not enabled else t.accent if on else t.ink
        )
        p.setFont(theme.font(k.CAPTION, k.MEDIUM))
        p.setPen(colour(t.ink if enabled else t.faint))
        p.drawText(QRectF(0, 29, self.width(), 16), Qt.AlignmentFlag.AlignCenter, self.text())
        glyphs.text(
            p, QRectF(6, 4, 12, 14), self._key, size=k.CAPTION, weight=k.MEDIUM, ink=t.ink3 if enabled else t.faint
        )
        if self.hasFocus():
            glyphs.focus_ring(p, QRectF(self.rect()), k.RADIUS)


class PaymentRow(QWidget):
    """One payment of a split: its amount, and for cash what was handed over."""

    changed = Signal(int, object)
    removed = Signal(int)

    def __init__(self, n: int, paying: Paying, formats: Formats) -> None:
        super().__init__()
        self._n, self._paying, self._formats = n, paying, formats
        self._account = NOTHING
        name = f"checkout.payment.{n}"
        self.setObjectName(name)
        self._note = Elided("", k.CAPTION, tone=Tone.INK3, name=f"{name}.note")
        self._given = MoneyEdit(formats, name=f"{name}.given")
        self._given.setPlaceholderText(self.tr("Given"))
        self._given.setAccessibleName(self.tr("Cash handed over"))
        self._given.setFixedWidth(92)
        if paying.tender is not Tender.CASH:
            self._given.hide()
        self._amount = MoneyEdit(formats, name=f"{name}.amount")
        self._amount.setAccessibleName(tender_words(paying.tender))
        self._amount.setFixedWidth(104)
        remove = Button(kind=Kind.GHOST, icon="x", height=24, tip=self.tr("Take it out"), name=f"{name}.remove")
        words = vbox(STRETCH, label(tender_words(paying.tender), weight=k.MEDIUM), self._note, STRETCH, gap=0)
        icon = Icon(_ICONS[paying.tender], Tone.INK2)
        self.setLayout(hbox(icon, (words, 1), self._given, self._amount, remove, gap=8))
        self.setFixedHeight(44)
        self._amount.edited.connect(self._say_amount)
        self._given.edited.connect(self._say_given)
        remove.clicked.connect(self._say_removed)

    def show_paying(self, paying: Paying, account: Money) -> None:
        """Shows a payment; a field that is being typed in keeps what was typed. `account` is what is owed by now."""
        self._paying, self._account = paying, account
        if not self._amount.hasFocus():
            self._amount.show_amount(paying.amount)
        if not self._given.hasFocus():
            self._given.show_amount(paying.given)
        self._show_note()

    def _show_note(self) -> None:
        paying, formats = self._paying, self._formats
        self._note.setVisible(paying.tender is Tender.ACCOUNT or paying.given is not None)
        if paying.tender is Tender.ACCOUNT:
            self._note.show_words(*self._on_account())
        elif paying.given is None:
            return
        elif paying.given < paying.amount:
            short = formats.amount(paying.amount - paying.given)
            self._note.show_words(self.tr("{amount} short").format(amount=short), Tone.WARN)
        else:
            change = formats.amount(paying.given - paying.amount)
            self._note.show_words(self.tr("change {amount}").format(amount=change), Tone.INK3)

    def _on_account(self) -> tuple[str, Tone]:
        """Whether it comes from what the account holds, or is owed from now on."""
        held, formats = -self._account, self._formats
        if held <= 0:
            return self.tr("the client owes it"), Tone.INK3
        if self._paying.amount <= held:
            return self.tr("from the account, holds {held}").format(held=formats.amount(Money(held))), Tone.INK3
        owed = Money(self._paying.amount - held)
        words = self.tr("holds {held}, {owed} is owed then")
        return words.format(held=formats.amount(Money(held)), owed=formats.amount(owed)), Tone.WARN

    def _say_amount(self) -> None:
        amount = self._read(self._amount)
        if amount is not None:
            self.changed.emit(self._n, replace(self._paying, amount=amount))

    def _say_given(self) -> None:
        given = self._read(self._given)
        if given is not None or not self._given.text().strip():
            self.changed.emit(self._n, replace(self._paying, given=given))

    def _read(self, edit: MoneyEdit) -> Money | None:
        """What was typed; until it is an amount the field says that it isn't, and nothing changes."""
        try:
            amount = edit.amount()
        except Invalid as error:
            theme.mark(edit, "wrong", "true")
            edit.setToolTip(self._formats.sentence(error))
            return None
        theme.mark(edit, "wrong", "false")
        edit.setToolTip("")
        return amount

    def _say_removed(self) -> None:
        self.removed.emit(self._n)


class PayColumn(QWidget):
    """How a cart is paid."""

    pressed = Signal(object)
    changed = Signal(int, object)
    removed = Signal(int)
    staff_chosen = Signal(int, int)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self._other: Instead | None = None
        self.methods = tuple(Method(tender, str(n)) for n, tender in enumerate(METHODS, 1))
        self._rows: list[PaymentRow] = []
        self._tenders: tuple[Tender, ...] = ()
        self._paid: QVBoxLayout = vbox(gap=0)
        self._payments: QVBoxLayout = vbox(gap=2)
        self._sign = Icon("done", Tone.GOOD)
        self._remaining = figure("", k.BODY, k.SEMIBOLD, name="checkout.remaining")
        self._instead = Button(height=28, name="checkout.instead_with")
        self._instead.hide()
        self._notice = Notice(self._instead, name="checkout.notice")
        self._told = Notice(name="checkout.told")
        self._holds = IconLabel("wallet", name="checkout.holds")
        self._after = After()
        self.settle = Button(self.tr("Settle"), Kind.PRIMARY, key="Enter", height=k.CONTROL_L, wide=True)
        self.settle.setObjectName("checkout.settle")
        self._note = caption("", name="checkout.note")
        self._note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(self._built())
        self._instead.clicked.connect(self._choose_other)
        for method in self.methods:
            method.clicked.connect(self._press)

    def show_cart(self, cart: Cart, quote: Quote, other: Instead | None) -> None:
        """Shows the payments of a cart and what remains; `other` could do an add-on whose staff member is taken."""
        self._other = other
        self._show_holds(quote)
        self._show_paid(quote)
        self._show_payments(cart, quote)
        self._show_remaining(cart, quote)
        self._after.show_quote(quote, self.bench.formats, self.bench.today())

    def _built(self) -> QVBoxLayout:
        methods = hbox(*((method, 1) for method in self.methods), gap=6)
        amount = pane(hbox(STRETCH, self._sign, self._remaining, gap=6, margins=(0, 0, 23, 0)), width=180)
        rest = pane(hbox(label(self.tr("Remaining"), weight=k.MEDIUM), STRETCH, amount, 24, gap=8), height=30)
        return vbox(
            section(self.tr("Pay with"), caption(self.tr("press the digit"))),
            methods,
            self._holds,
            4,
            self._paid,
            self._payments,
            Hair(),
            rest,
            self._notice,
            self._told,
            6,
            self._after,
            STRETCH,
            self.settle,
            self._note,
            gap=6,
            margins=(20, 14, 20, 12),
        )

    def _show_holds(self, quote: Quote) -> None:
        """Says that the clinic holds money on the payer's account."""
        words = self.tr("The account holds {amount}").format(amount=self.bench.formats.money(Money(-quote.account)))
        self._holds.show_words(words, "wallet", Tone.ACCENT)
        self._holds.setVisible(quote.account < 0)

    def _show_paid(self, quote: Quote) -> None:
        """What credits and deposits pay: fixed, since a credit pays a whole visit, and a deposit its own one."""
        clear(self._paid)
        for line in quote.lines:
            if line.credit is not None:
                name = self.tr("Credit {number} of {of}").format(number=line.credit.number, of=line.credit.of)
                pays = self.tr("pays {service}").format(service=line.words)
                self._paid.addWidget(self._fixed("ticket", name, pays, line.gross))
            elif line.deposit:
                pays = self.tr("pays part of {service}") if line.deposit < line.gross else self.tr("pays {service}")
                words = pays.format(service=line.words)
                self._paid.addWidget(self._fixed("calendar-plus", self.tr("Paid ahead"), words, line.deposit))

    def _fixed(self, icon: str, name: str, pays: str, amount: Money) -> QWidget:
        said = Elided(pays, k.CAPTION, tone=Tone.INK3)
        words = vbox(STRETCH, label(name, weight=k.MEDIUM), said, STRETCH, gap=0)
        lock = pane(hbox(STRETCH, Icon("lock", Tone.INK3, 14), STRETCH, gap=0), width=24)
        shown = figure(self.bench.formats.amount(amount), weight=k.SEMIBOLD)
        return pane(hbox(Icon(icon, Tone.INK2), (words, 1), shown, 7, lock, gap=8), height=44)

    def _show_payments(self, cart: Cart, quote: Quote) -> None:
        tenders = tuple(paying.tender for paying in cart.payments)
        if tenders != self._tenders:
            self._tenders = tenders
            clear(self._payments)
            self._rows = [PaymentRow(n, paying, self.bench.formats) for n, paying in enumerate(cart.payments)]
            for row in self._rows:
                row.changed.connect(self.changed)
                row.removed.connect(self.removed)
                self._payments.addWidget(row)
        for row, paying in zip(self._rows, cart.payments, strict=True):
            row.show_paying(paying, quote.account)
        for method in self.methods:
            method.setChecked(method.tender in tenders)

    def _show_remaining(self, cart: Cart, quote: Quote) -> None:
        formats, rest = self.bench.formats, quote.remaining
        done = bool(quote.lines) and quote.refusal is None
        self._sign.setVisible(done)
        self._remaining.setText(formats.amount(rest))
        theme.mark(self._remaining, "tone", Tone.GOOD if done else Tone.WARN if rest else Tone.INK)
        words = self.tr("Settle {amount}").format(amount=formats.amount(quote.total))
        self.settle.show_words(words if cart.lines else self.tr("Settle"))
        self._show_refusal(cart, quote)
        words = self.tr("Recorded once, even if pressed twice.")
        if not cart.lines:
            words = self.tr("Nothing is in the cart yet.")
        elif quote.lines and rest > 0:
            words = self.tr("{amount} remains to be paid.").format(amount=formats.money(rest))
        self._note.setText(words)

    def _show_refusal(self, cart: Cart, quote: Quote) -> None:
        """Says why the cart can't be settled, where it isn't simply that something remains to be paid."""
        formats = self.bench.formats
        if quote.refusal is None or isinstance(quote.refusal, Unpaid) or not cart.lines:
            self._notice.clear()
        else:
            self._notice.say(formats.sentence(quote.refusal), tone=Tone.DANGER)
        if self._other is not None:
            words = self.tr("Add it with {name} instead").format(name=first_name(self._other.offer.staff_name))
            self._instead.show_words(words)
        self._instead.setVisible(self._other is not None)
        if quote.notices:
            self._told.say(" ".join(formats.sentence(notice) for notice in quote.notices), tone=Tone.WARN)
        else:
            self._told.clear()

    def _choose_other(self) -> None:
        if self._other is not None:
            self.staff_chosen.emit(self._other.n, int(self._other.offer.staff))

    def _press(self) -> None:
        method = self.sender()
        if isinstance(method, Method):
            self.pressed.emit(method.tender)


class After(Card):
    """What the client will have, and owe, once it is settled."""

    def __init__(self) -> None:
        self._rows: QVBoxLayout = vbox(gap=2)
        head = label("", k.CAPTION, k.SEMIBOLD, Tone.INK2)
        super().__init__(vbox(head, 2, self._rows, gap=2, margins=(14, 10, 14, 6)), Look.QUIET, name="checkout.after")
        self._head = head

    def show_quote(self, quote: Quote, formats: Formats, today: date) -> None:
        """Shows the balances after a cart is settled."""
        self._show(self.tr("Balances after this"), quote.after, quote.account_after, formats, today)

    def show_settled(self, balances: Sequence[Balanced], account: Money, formats: Formats, today: date) -> None:
        """Shows the balances as they are now."""
        self._show(self.tr("Balances now"), balances, account, formats, today)

    def _show(self, head: str, balances: Sequence[Balanced], account: Money, formats: Formats, today: date) -> None:
        self._head.setText(head)
        clear(self._rows)
        for balance in balances:
            if not (balance.available or balance.reserved or balance.used):
                continue
            self._rows.addWidget(self._row(balance, formats, today))
            self._rows.addWidget(Hair())
        words = self.tr("nothing owed") if not account else self.tr("owed") if account > 0 else self.tr("in credit")
        amount = label(formats.amount(abs(account)), name="checkout.after.account")
        note = caption(words, Tone.WARN if account > NOTHING else Tone.INK2)
        self._rows.addWidget(pane(hbox(label(self.tr("Account"), weight=k.MEDIUM), STRETCH, amount, note), height=32))

    def _row(self, balance: Balanced, formats: Formats, today: date) -> QWidget:
        words = balance_words(balance)
        if balance.next_last_day is not None:
            words += self.tr(", until {day}").format(day=formats.short(balance.next_last_day, today))
        name = Elided(balance.service_name, weight=k.MEDIUM)
        text = vbox(STRETCH, name, Elided(words, k.CAPTION, tone=Tone.INK2), STRETCH, gap=1)
        return pane(hbox((text, 1), _pips(balance.pips)), height=42)


def _pips(pips: Sequence[Pip]) -> Pips:
    """The newest credits, with their numbers where they are those of one package; spent ones make room first."""
    shown = list(pips)
    while len(shown) > _NUMBERED and shown[0].state in _SPENT:
        shown.pop(0)
    shown = shown[-_MOST_PIPS:]
    first = shown[0].number if shown else 1
    one = len(shown) <= _NUMBERED and [pip.number for pip in shown] == list(range(first, first + len(shown)))
    return Pips([pip.state for pip in shown], size=20 if one else 12, first=first)
