"""Who the client is, and what they have in one line of figures."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget
from typing_extensions import override

from reception.domain.clients import Alert, Card
from reception.domain.ledger import State
from reception.domain.packages import Balanced, Ledger
from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.dialogs.editing import counted
from reception.ui.text import Formats
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Avatar, Button, Chip, Elided, Hair, Kind, Pips, clear, hbox, label, pane, vbox

_MOST_ALERTS = 3
_MOST_SERVICES = 4
_MOST_PIPS = 12


class ClientHead(QWidget):
    """Name, birth date, how to reach them, alerts; and what one does for a client from here."""

    def __init__(self) -> None:
        super().__init__()
        self._avatar = Avatar(size=40)
        self._name = Elided("", k.TITLE, k.SEMIBOLD, name="ledger.name")
        self._facts = Elided("", k.CAPTION, tone=Tone.INK2, name="ledger.facts")
        self._chips = hbox(gap=6)
        self.edit = Button(self.tr("Edit"), Kind.GHOST, icon="pen", name="ledger.edit")
        self.sell = Button(self.tr("Sell a package"), icon="ticket", name="ledger.sell")
        self.book = Button(self.tr("Book"), Kind.PRIMARY, icon="plus", key="B", name="ledger.book")
        row = hbox(
            self._avatar,
            vbox(self._name, self._facts, gap=0),
            8,
            self._chips,
            STRETCH,
            self.edit,
            self.sell,
            self.book,
            gap=10,
            margins=(20, 10, 16, 10),
        )
        self.setLayout(vbox(pane(row, "canvas"), Hair(strong=True), gap=0))

    def show_client(self, card: Card, formats: Formats) -> None:
        """Shows a client's identity and alerts."""
        self._avatar.show_name(card.name)
        self._name.show_words(card.name)
        born = formats.full(card.born) if card.born else self.tr("no birth date")
        parts = (born, card.pronouns, *card.phones[:2], card.email)
        self._facts.show_words(" · ".join(part for part in parts if part))
        self._show_alerts(sorted(card.alerts, key=_quiet))

    def _show_alerts(self, alerts: list[Alert]) -> None:
        clear(self._chips)
        for alert in alerts[:_MOST_ALERTS]:
            serious = alert.serious
            self._chips.addWidget(Chip(alert.words, Tone.DANGER if serious else Tone.INK2, "alert" if serious else ""))
        rest = alerts[_MOST_ALERTS:]
        if rest:
            more = Chip(self.tr("{count} more").format(count=len(rest)))
            more.setToolTip("\n".join(alert.words for alert in rest))
            self._chips.addWidget(more)


class Stats(QWidget):
    """Per service what is left, booked and used; the worth of what is open; what the client owes (R12)."""

    chosen = Signal(int)
    pay_out_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._may_pay_out = False
        self._row: QHBoxLayout = hbox(gap=16, margins=(20, 9, 20, 9))
        self.setLayout(vbox(pane(self._row, "surface"), Hair(strong=True), gap=0))

    def allow_paying_out(self, *, may: bool) -> None:
        """Money goes back only by whoever may pay it."""
        self._may_pay_out = may
        for button in self.findChildren(Button, "ledger.pay_out"):
            self._allow(button)

    def show_ledger(self, ledger: Ledger, formats: Formats, today: date) -> None:
        """Shows the balances of a client."""
        clear(self._row)
        for balance in _foremost(ledger.balances):
            stat = _Stat(balance.service_name, f"ledger.stat.{balance.service}")
            left = self.tr("{count} left").format(count=balance.available)
            stat.fill(left, balance_words(balance, formats, today), pips=_shown(balance), quiet=not balance.available)
            stat.warn(balance.near)
            stat.setProperty("service", int(balance.service))
            stat.clicked.connect(self._choose)
            self._row.addWidget(stat, 5)
            self._row.addWidget(Hair(vertical=True))
        self._row.addWidget(self._open(ledger, formats), 4)
        self._row.addWidget(Hair(vertical=True))
        self._row.addWidget(self._account(ledger, formats), 4)

    def _open(self, ledger: Ledger, formats: Formats) -> QWidget:
        stat = _Stat(self.tr("Value of open credits"), "ledger.stat.open", pressable=False)
        one, many = self.tr("1 open credit"), self.tr("{} open credits")
        note = counted(ledger.open_count, one, many) if ledger.open_count else self.tr("nothing open")
        stat.fill(formats.amount(ledger.open_value), note)
        return stat

    def _account(self, ledger: Ledger, formats: Formats) -> QWidget:
        stat = _Stat(self.tr("Account"), "ledger.stat.account", pressable=False)
        stat.fill(formats.amount(abs(ledger.account)), account_words(ledger, formats))
        stat.warn(ledger.account > 0)
        if ledger.account >= 0:
            return stat
        pay = Button(self.tr("Pay back…"), height=28, name="ledger.pay_out")
        pay.clicked.connect(self.pay_out_asked)
        self._allow(pay)
        return pane(hbox((stat, 1), pay, gap=8))

    def _allow(self, button: Button) -> None:
        button.setEnabled(self._may_pay_out)
        words = self.tr("Ask a receptionist or a manager; F2 changes who is at the desk.")
        button.setToolTip("" if self._may_pay_out else words)

    def _choose(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(sender.property("service"))


def balance_words(balance: Balanced, formats: Formats, today: date) -> str:
    """A balance without what is left: "2 booked · 2 used · last day 12 Jan"."""
    parts = [
        f"{count} {glyphs.credit_word(state)}"
        for count, state in (
            (balance.reserved, State.RESERVED),
            (balance.used, State.REDEEMED),
            (balance.expired, State.EXPIRED),
        )
        if count
    ]
    if balance.available and balance.next_last_day is not None:
        parts.append(_tr("last day {day}").format(day=formats.short(balance.next_last_day, today)))
    return " · ".join(parts)


def account_words(ledger: Ledger, formats: Formats) -> str:
    """Whether the client owes the clinic, or the clinic the client, and what is held for visits to come (R28)."""
    words = _tr("nothing owed") if not ledger.account else _tr("in credit")
    if ledger.account > 0:
        words = _tr("owed by the client")
    held = _tr("{amount} held for visits").format(amount=formats.amount(ledger.held)) if ledger.held else ""
    return " · ".join(part for part in (words, held) if part)


class _Stat(QAbstractButton):
    """One figure with its title and note; that of a service, pressed, has the ledger show only that service."""

    def __init__(self, title: str, name: str, *, pressable: bool = True) -> None:
        super().__init__()
        self.setObjectName(name)
        self._title, self._pressable = title, pressable
        self._figure, self._note = label("", k.TITLE, k.SEMIBOLD), Elided("", k.CAPTION, tone=Tone.INK3)
        self._pips = Pips(size=12)
        words = Elided(title, k.CAPTION, k.MEDIUM, Tone.INK2)
        row = hbox(self._figure, 6, self._pips, STRETCH, gap=6)
        self.setLayout(vbox(words, row, self._note, gap=1))
        self.setFixedHeight(58)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if pressable else Qt.FocusPolicy.NoFocus)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def fill(self, figure: str, note: str, *, pips: tuple[State, ...] = (), quiet: bool = False) -> None:
        """Says how much, and what belongs to it."""
        self._figure.setText(figure)
        theme.mark(self._figure, "tone", Tone.INK2 if quiet else Tone.INK)
        self._note.show_words(note)
        self._pips.show_states(pips)
        self.setAccessibleName(f"{self._title}: {figure}, {note}")

    def warn(self, soon: bool) -> None:
        """Makes what runs out, or is owed, stand out."""
        self._note.show_words(self._note.text(), Tone.WARN if soon else Tone.INK3)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(-6, 0, 6, 0)
        if self.hasFocus():
            glyphs.focus_ring(p, QRectF(self.rect()), k.RADIUS_S)
        elif self.underMouse() and self._pressable:
            p.fillRect(box, colour(theme.t.hover, 0.5))


def _foremost(balances: tuple[Balanced, ...]) -> tuple[Balanced, ...]:
    """The balances that fit into the line, those with something open first."""
    return tuple(sorted(balances, key=_spent)[:_MOST_SERVICES])


def _spent(balance: Balanced) -> bool:
    return not (balance.available or balance.reserved)


def _shown(balance: Balanced) -> tuple[State, ...]:
    return tuple(pip.state for pip in balance.pips[-_MOST_PIPS:])


def _quiet(alert: Alert) -> bool:
    return not alert.serious


def _tr(words: str) -> str:
    return QCoreApplication.translate("ledger", words)
