"""A sold package as a card: what was bought, when, for how much; opened, a lane for each credit (R3, R8)."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QMenu, QVBoxLayout, QWidget

from reception.domain import access, pricing
from reception.domain.access import Act
from reception.domain.ledger import State
from reception.domain.money import NOTHING
from reception.domain.packages import CreditLine, PackageCard
from reception.ui import tokens as k
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Card, Chip, Elided, Hair, Kind, Pips, hbox, pane, vbox
from reception.ui.widgets.lane import Lane
from reception.ui.workbench import Workbench

_USED = (State.REDEEMED, State.FORFEITED)
_CAN_EXTEND = (State.AVAILABLE, State.RESERVED, State.EXPIRED)
_MOST_PIPS = 12


class PackageBox(Card):
    """One package. Its lanes are built when it is first opened."""

    chosen = Signal(object)
    toggled = Signal(int, bool)
    extend_asked = Signal(object, object)
    transfer_asked = Signal(object)
    goodwill_asked = Signal(object, object)
    receipt_asked = Signal(int)
    visit_asked = Signal(int)

    def __init__(self, bench: Workbench, package: PackageCard) -> None:
        self._body: QVBoxLayout = vbox(gap=0)
        super().__init__(self._body, name=f"ledger.package.{package.id}")
        self.bench, self.package = bench, package
        self.lanes: dict[int, Lane] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._toggle = Button(kind=Kind.GHOST, icon="right", height=24, tip=self.tr("Show each credit"))
        self._toggle.setObjectName(f"ledger.toggle.{package.id}")
        self._pips = Pips([credit.state for credit in package.credits][:_MOST_PIPS])
        self._extend = Button(self.tr("Extend…"), height=28, name=f"ledger.extend.{package.id}")
        self._more = Button(kind=Kind.GHOST, icon="more", height=28, tip=self.tr("More for this package"))
        self._more.setObjectName(f"ledger.more.{package.id}")
        self._lanes_pane: QWidget | None = None
        self._build()
        self._toggle.clicked.connect(self._press)
        self._extend.clicked.connect(self._ask_extend)
        self._more.clicked.connect(self.open_menu)

    def is_open(self) -> bool:
        """Whether its lanes are in sight."""
        return self._lanes_pane is not None and not self._lanes_pane.isHidden()

    def set_open(self, open_: bool) -> None:
        """Shows or hides a lane for each credit."""
        if open_ and self._lanes_pane is None:
            self._lanes_pane = self._built_lanes()
            self._body.addWidget(self._lanes_pane)
        if self._lanes_pane is not None:
            self._lanes_pane.setVisible(open_)
        self._pips.setVisible(not open_)
        self._toggle.show_icon("down" if open_ else "right")
        self._toggle.setToolTip(self.tr("Hide the credits") if open_ else self.tr("Show each credit"))

    def mark(self, credit: int | None) -> None:
        """Tints the lane of a credit, and of no other."""
        for id, lane in self.lanes.items():
            lane.setChecked(id == credit)

    def open_menu(self) -> None:
        """What can be done with the whole package."""
        menu = self._menu()
        left = any(credit.state is State.AVAILABLE for credit in self.package.credits)
        self._offer(menu, self.tr("Extend…"), Act.EXTEND, self._ask_extend, self._cannot_extend())
        gone = "" if left else self.tr("No credit is left to move to another client.")
        self._offer(menu, self.tr("Transfer…"), Act.TRANSFER, self._ask_transfer, gone)
        if self.package.sale is not None:
            menu.addAction(self.tr("Receipt {number}").format(number=self.package.sale_number), self._ask_receipt)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def _build(self) -> None:
        package, formats, today = self.package, self.bench.formats, self.bench.today()
        title = Elided(package.name, k.HEADING, k.SEMIBOLD)
        chip = Chip(*_chip(package, formats, today))
        facts = Elided(facts_of(package, formats, today), k.CAPTION, tone=Tone.INK2, name=f"ledger.facts.{package.id}")
        words = vbox(hbox(title, chip, STRETCH, gap=8), facts, gap=2)
        self._refuse(self._extend, Act.EXTEND, self._cannot_extend())
        row = hbox(self._toggle, (words, 1), self._pips, self._extend, self._more, gap=10, margins=(10, 10, 14, 10))
        self._body.addWidget(pane(row))

    def _built_lanes(self) -> QWidget:
        formats, today, credits = self.bench.formats, self.bench.today(), self.package.credits
        for n, credit in enumerate(credits, 1):
            origin = self.package.from_client_name
            lane = Lane(credit, formats, today, origin=origin, last=n == len(credits))
            lane.clicked.connect(self._choose)
            lane.menu_asked.connect(self._open_lane_menu)
            self._group.addButton(lane)
            self.lanes[credit.id] = lane
        return pane(vbox(Hair(), *self.lanes.values(), 4, gap=0))

    def _press(self) -> None:
        self.set_open(not self.is_open())
        self.toggled.emit(int(self.package.id), self.is_open())

    def _choose(self, on: bool) -> None:
        lane = self.sender()
        if isinstance(lane, Lane):
            self.chosen.emit(lane.credit if on else None)

    def _open_lane_menu(self, lane: Lane) -> None:
        credit, menu = lane.credit, self._menu()
        menu.setProperty("credit", int(credit.id))
        extendable = credit.state in _CAN_EXTEND and credit.last_day is not None
        why = (
            ""
            if extendable
            else self.tr("Only a credit that is left, booked or expired, and has a last day, can be extended.")
        )
        self._offer(menu, self.tr("Extend this credit…"), Act.EXTEND, self._ask_extend_one, why)
        why = "" if credit.state in _USED else self.tr("Only a credit that was used or forfeited can be given back.")
        self._offer(menu, self.tr("Give back…"), Act.GOODWILL, self._ask_goodwill, why)
        if credit.visit is not None:
            menu.addAction(self.tr("Show its visit in the diary"), self._ask_visit)
        menu.popup(lane.mapToGlobal(QPoint(128, 40)))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("ledger.menu")
        menu.setToolTipsVisible(True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _offer(self, menu: QMenu, words: str, act: Act, slot: object, why: str = "") -> None:
        """An act in a menu; one that can't be done now says why in its tool tip."""
        entry = menu.addAction(words)
        why = why or self._not_allowed(act)
        entry.setEnabled(not why)
        entry.setToolTip(why)
        entry.triggered.connect(slot)

    def _refuse(self, button: Button, act: Act, why: str) -> None:
        why = why or self._not_allowed(act)
        button.setEnabled(not why)
        button.setToolTip(why)

    def _not_allowed(self, act: Act) -> str:
        if self.bench.may(act):
            return ""
        words = self.tr("{role}s can't {what}. Ask a manager, or change who is at the desk with F2.")
        return words.format(role=self.bench.person.role.capitalize(), what=access.WORDS[act])

    def _cannot_extend(self) -> str:
        if self.package.last_day is None:
            return self.tr("This package has no last day, so there is nothing to extend.")
        if not self.package.count(*_CAN_EXTEND):
            return self.tr("No credit of this package is left, booked or expired.")
        return ""

    def _credit_of_menu(self) -> CreditLine | None:
        entry = self.sender()
        menu = entry.parent()
        id = menu.property("credit") if menu is not None else None
        return next((credit for credit in self.package.credits if credit.id == id), None)

    def _ask_extend(self) -> None:
        self.extend_asked.emit(self.package, None)

    def _ask_extend_one(self) -> None:
        self.extend_asked.emit(self.package, self._credit_of_menu())

    def _ask_transfer(self) -> None:
        self.transfer_asked.emit(self.package)

    def _ask_goodwill(self) -> None:
        self.goodwill_asked.emit(self.package, self._credit_of_menu())

    def _ask_receipt(self) -> None:
        if self.package.sale is not None:
            self.receipt_asked.emit(int(self.package.sale))

    def _ask_visit(self) -> None:
        credit = self._credit_of_menu()
        if credit is not None and credit.visit is not None:
            self.visit_asked.emit(int(credit.visit))


def facts_of(package: PackageCard, formats: Formats, today: date) -> str:
    """What was bought, when, for how much, until when, in one line."""
    bought = _tr("Received from {name} {day}") if package.from_client_name else _tr("Bought {day}")
    sold = formats.day(package.sold_day) + (f" {package.sold_day.year}" if package.sold_day.year != today.year else "")
    each = pricing.credit_values(package.price, package.sessions)[0]
    price = _tr("{price}, {each} each").format(price=formats.amount(package.price), each=formats.amount(each))
    if sum((credit.value for credit in package.credits), NOTHING) != package.price and package.credits:
        price += _tr(", {value} before tax").format(value=formats.amount(package.credits[0].value))
    if package.list_price != each:
        price += _tr(", list {price}").format(price=formats.amount(package.list_price))
    parts = [bought.format(name=package.from_client_name, day=sold), price, _last_day(package, formats, today)]
    return " · ".join(parts)


def _last_day(package: PackageCard, formats: Formats, today: date) -> str:
    if package.floating:
        return _tr("starts with the first visit")
    if package.last_day is None:
        return _tr("no last day")
    words = _tr("last day was {day}") if package.last_day < today else _tr("last day {day}")
    year = f" {package.last_day.year}" if package.last_day.year != today.year else ""
    return words.format(day=formats.day(package.last_day) + year)


def _chip(package: PackageCard, formats: Formats, today: date) -> tuple[str, Tone, str]:
    """What matters most about a package now."""
    left = package.count(State.AVAILABLE)
    near = [c.last_day for c in package.credits if c.near and c.last_day is not None]
    if near:
        words = _tr("{count} left, {soon} until {day}")
        return words.format(count=left, soon=len(near), day=formats.short(min(near), today)), Tone.WARN, "clock"
    if left:
        return _tr("{count} left").format(count=left), Tone.ACCENT, ""
    if expired := package.count(State.EXPIRED):
        return _tr("{count} expired").format(count=expired), Tone.WARN, "clock"
    if booked := package.count(State.RESERVED):
        return _tr("{count} booked").format(count=booked), Tone.ACCENT, ""
    if package.count(*_USED):
        return _tr("all used"), Tone.INK2, ""
    return (_tr("moved") if package.count(State.TRANSFERRED) else _tr("refunded")), Tone.INK2, ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("ledger", words)
