"""Whom a booking is for: a client found by name or phone, or somebody new who is entered with it (R42)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain import clients
from reception.domain.clients import Card, ClientDraft, Found
from reception.ui import tokens as k
from reception.ui.dialogs.booking.wish import Wish
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Avatar,
    Button,
    Chip,
    Elided,
    Field,
    Kind,
    LineEdit,
    Notice,
    Pick,
    PickList,
    clear,
    hbox,
    pane,
    vbox,
)
from reception.ui.workbench import Workbench

_CLIENTS = frozenset({"clients"})
_SHOWN = 5
_LINE = 36
_SHORT_NOTE = 24


@dataclass(frozen=True, slots=True)
class _New:
    """Somebody who isn't among the clients yet, by the name that was typed."""

    name: str


class Whom(QWidget):
    """The client of a booking; `picked` hands over somebody known, `entered` a new name, `forgotten` neither."""

    picked = Signal(object)
    entered = Signal(str)
    forgotten = Signal()
    edited = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._wish = Wish()
        self._twin: Found | None = None
        self._build()
        self._search = Refresher(self, self._find, _CLIENTS, None, bench.backend)
        self._looking = Refresher(self, self._look_for_twins, _CLIENTS, None, bench.backend)
        self._connect()

    def _build(self) -> None:
        self.picker = PickList(self.tr("Name or phone"), name="booking.client")
        self.picker.setFixedHeight(_LINE)
        self._who = _Chosen(self._bench)
        self.name, self.phone = LineEdit(), LineEdit()
        self._take = Button(self.tr("Pick that one"), height=28, name="booking.pick_twin")
        self._warning = Notice(self._take, name="booking.twins")
        self.fields = {
            "client": Field(self.tr("Client"), pane(vbox(self.picker, self._who, gap=0))),
            "name": Field(self.tr("Name of the new client"), self.name, name="booking.name"),
            "phones": Field(self.tr("Phone"), self.phone, name="booking.phone"),
        }
        self._new = pane(hbox((self.fields["name"], 1), (self.fields["phones"], 1)))
        self.setLayout(vbox(self.fields["client"], self._new, self._warning, gap=6))

    def _connect(self) -> None:
        self.picker.query_changed.connect(self._ask)
        self.picker.chosen.connect(self._choose)
        self.name.edited.connect(self.edited)
        self.phone.edited.connect(self.edited)
        self._who.change.clicked.connect(self._forget)
        self._take.clicked.connect(self._choose_twin)

    def begin(self) -> QWidget:
        """Where the keyboard begins while nobody is known."""
        return self.phone if self._wish.new else self.picker

    def show_wish(self, wish: Wish, card: Card | None) -> None:
        """Shows whom a booking is for: nobody yet, somebody new, or a client with their card once it is read."""
        self._wish = wish
        known = wish.client is not None
        self.picker.setVisible(not known and not wish.new)
        self._who.setVisible(known or wish.new)
        self._new.setVisible(wish.new)
        self._who.show_client(wish.client_name, card if known else None, new=wish.new)
        if not wish.new:
            self._warning.clear()
            return
        if not self.name.hasFocus():
            self.name.setText(wish.client_name)
        if not self.phone.hasFocus():
            self.phone.setText(wish.new_phone)
        self._looking.request()

    def new_client(self) -> ClientDraft:
        """The new client as typed."""
        phone = self._wish.new_phone.strip()
        return ClientDraft(self._wish.client_name, phones=(phone,) if phone else ())

    def show_found(self, found: Sequence[Found]) -> None:
        """Offers these clients, and to enter a new one of the name that was typed."""
        query = self.picker.query().strip()
        picks = [Pick(one.name, one, self._second(one), _short(one.note)) for one in found]
        if query:
            picks.append(Pick(self.tr("New client “{name}”").format(name=query), _New(query), icon="user-plus"))
        self.picker.show_rows(picks)
        self.picker.setFixedHeight(self.picker.height_of() if picks else _LINE)

    def show_twins(self, twins: Sequence[Found]) -> None:
        """Points out who may be the same person; nobody where there is none."""
        self._twin = twins[0] if twins else None
        if self._twin is None:
            self._warning.clear()
            return
        known = ", ".join(part for part in (self._twin.name, self._second(self._twin)) if part)
        words = self.tr("Two records of one person split their credits.")
        self._warning.say(self.tr("Already a client: {known}").format(known=known), words)

    def _ask(self, _query: str) -> None:
        self._search.request()

    async def _find(self) -> None:
        query = self.picker.query().strip()
        self.show_found(await self._bench.backend.read(clients.search, query, _SHOWN) if query else ())

    async def _look_for_twins(self) -> None:
        if self._wish.new:
            self.show_twins(await self._bench.backend.read(clients.twins, self.new_client()))

    def _second(self, one: Found) -> str:
        born = self._bench.formats.full(one.born) if one.born else ""
        return " · ".join(part for part in (born, one.phone) if part)

    def _choose(self, chosen: object) -> None:
        if isinstance(chosen, _New):
            self.entered.emit(chosen.name)
            self.phone.setFocus()
        else:
            self.picked.emit(chosen)

    def _choose_twin(self) -> None:
        if self._twin is not None:
            self.picked.emit(self._twin)

    def _forget(self) -> None:
        self.forgotten.emit()
        self.picker.clear()
        self.picker.setFocus()


class _Chosen(QWidget):
    """The client that was chosen, with two factors of identity and the alerts."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._avatar = Avatar("", 28)
        self._name = Elided("", k.BODY, k.SEMIBOLD, name="booking.client_name")
        self._second = Elided("", k.CAPTION, tone=Tone.INK2)
        self._alerts = hbox(gap=6)
        self.change = Button(self.tr("Change"), Kind.LINK, height=24, name="booking.change_client")
        words = vbox(STRETCH, self._name, self._second, STRETCH, gap=1)
        self.setLayout(vbox(hbox(self._avatar, (words, 1), self.change, gap=10), self._alerts, gap=6))

    def show_client(self, name: str, card: Card | None, *, new: bool) -> None:
        """Shows somebody; what isn't read yet stays empty."""
        self._avatar.show_name(name)
        self._name.show_words(name)
        clear(self._alerts)
        second = self.tr("New client") if new else ""
        if card is not None:
            born = self._bench.formats.full(card.born) if card.born else ""
            second = " · ".join(part for part in (born, card.pronouns, *card.phones[:1]) if part)
        self._second.show_words(second)
        self._second.setVisible(bool(second))
        for alert in card.alerts[:2] if card is not None else ():
            tone = Tone.DANGER if alert.serious else Tone.INK2
            self._alerts.addWidget(Chip(alert.words, tone, "alert" if alert.serious else ""))
        self._alerts.addStretch(1)


def _short(note: str) -> str:
    """A note that leaves the name its room."""
    return note if len(note) <= _SHORT_NOTE else ""
