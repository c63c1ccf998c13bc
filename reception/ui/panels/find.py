"""Find or do (Ctrl+K): clients by what is typed, then what can be done with the one that is marked, or at all.

A number of sessions, or the name of a package, sells it: to the client that is typed before it, or who is in hand.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from reception.domain import catalogue, clients
from reception.domain.catalogue import Product
from reception.domain.clients import Found
from reception.domain.tables.ids import ClientId
from reception.ui import text
from reception.ui.actions import action
from reception.ui.tokens import Tone
from reception.ui.widgets import Pick, PickList, caption, vbox
from reception.ui.widgets.floating import Floating
from reception.ui.workbench import Workbench

_WIDTH, _TOP = 640, 57
_END = 58  # where the key that closes it begins, from the right
_PAUSE = 40  # milliseconds between keys before the clients are looked for
_MOST, _FEW = 8, 5
_KEYS = 9


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done: its words, its key, and what does it; with a client it is done for them.

    What stands at the `right` isn't searched.
    """

    words: str
    icon: str
    run: Callable[[int | None], None]
    key: str = ""
    note: str = ""
    for_client: bool = False
    right: str = ""


@dataclass(frozen=True, slots=True)
class InHand:
    """What the desk can do at once: whom it has in front of it, and how a package is sold, to them or to anybody."""

    client: int | None = None
    sell: Callable[[int, int | None], None] | None = None


class Find(Floating):
    """The one box: three letters and Enter open a client, the first letters of a deed do it."""

    client_chosen = Signal(int)

    def __init__(
        self,
        bench: Workbench,
        window: QWidget,
        deeds: Sequence[Deed],
        in_hand: InHand | None = None,
        *,
        clients_only: bool = False,
    ) -> None:
        self.bench = bench
        self._in_hand = in_hand or InHand()
        self._deeds = () if clients_only else tuple(deeds)
        self._own_name = ""
        self._products: tuple[Product, ...] | None = None
        self._found: tuple[Found, ...] = ()
        self._marked: int | None = None
        self._what = ""
        self._answered: str | None = None
        self._hurry = False
        hint = bench.tr("Find a client") if clients_only else bench.tr("Find a client or do something")
        self._list = PickList(hint, large=True, name="find")
        self._count = caption("", Tone.INK3)
        super().__init__(window, vbox(self._list, 8, gap=0), width=_WIDTH, top=_TOP, name="find.sheet")
        self.setAccessibleName(hint)
        self._count.setParent(self._list.line)
        self.setFocusProxy(self._list.line)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._look)
        self._list.query_changed.connect(self._ask)
        self._list.chosen.connect(self._choose)
        self._list.line.pressed.connect(self._hear_key)
        self._list.marked.connect(self._mark)
        self._list.left.connect(self.reject)
        self._show()
        self._look()

    def picks(self) -> tuple[Pick, ...]:
        """All that is offered."""
        return self._list.picks()

    def _ask(self, _query: str) -> None:
        self._hurry = False
        self._pause.start()

    @action
    async def _look(self) -> None:
        await self._learn()
        query = self._list.query()
        whom, what = query, ""
        found = () if self._is_count(query) else await self.bench.backend.read(clients.search, whom, _MOST)
        if not found and (parts := parted(query, [*self._deeds, *self._on_sale(self._products or ())])):
            whom, what = parts
            found = await self.bench.backend.read(clients.search, whom, _MOST)
        if query != self._list.query():
            self._pause.start()
            return
        self._found, self._what = found if query.strip() else found[:_FEW], what if found else ""
        self._marked = int(self._found[0].id) if self._found else self._in_hand.client
        self._show()
        self._answered = query
        if self._hurry and (current := self._list.current()) is not None:
            self._choose(current.value)

    async def _learn(self) -> None:
        """Looks up, once, what is on sale and who is in hand."""
        if self._products is not None:
            return
        read, own = self.bench.backend.read, self._in_hand
        sells = own.sell is not None and self.bench.clinic.packages
        products = await read(catalogue.products) if sells else ()
        if own.client is not None:
            self._own_name = (await read(clients.card, ClientId(own.client))).name
        self._products = products

    def _is_count(self, query: str) -> bool:
        """With somebody in hand, a number of sessions that is on sale is no part of a phone number."""
        return self._in_hand.client is not None and any(
            str(product.sessions) == query.strip() for product in self._products or ()
        )

    def _wares(self, query: str) -> list[Deed]:
        """The packages that a query names; a number names those of so many sessions."""
        counted = [product for product in self._products or () if str(product.sessions) == query.strip()]
        if counted:
            return self._on_sale(counted)
        return [deed for deed in self._on_sale(self._products or ()) if fits(deed, query, alone=True)]

    def _on_sale(self, products: Sequence[Product]) -> list[Deed]:
        sell = self._in_hand.sell
        return [self._ware(product, sell) for product in products] if sell is not None else []

    def _ware(self, product: Product, sell: Callable[[int, int | None], None]) -> Deed:
        sessions = (
            self.tr("1 session of {}") if product.sessions == 1 else self.tr("%n sessions of {}", "", product.sessions)
        )
        return Deed(
            self.tr("Sell {}").format(product.name),
            "ticket",
            partial(sell, int(product.id)),
            note=sessions.format(product.service_name),
            for_client=True,
            right=self.bench.formats.money(product.price),
        )

    def _show(self) -> None:
        query = self._what or self._list.query()
        people = [self._client(found, n) for n, found in enumerate(self._found, 1)]
        title = self.tr("Clients") if query.strip() else self.tr("Changed last")
        whom = [Pick(title), *people] if people else []
        alone = bool(self._what) or not people
        fitting = [deed for deed in self._deeds if fits(deed, query, alone=alone)]
        wares = self._wares(query) if alone and query.strip() else []
        for_client = [*(deed for deed in fitting if deed.for_client), *wares] if self._marked is not None else []
        at_all = [deed for deed in fitting if not deed.for_client and not self._what]
        # Who buys it is asked for then.
        at_all += wares if self._marked is None else []
        done = [Pick(self.tr("Do, for %1").replace("%1", self._name())), *map(_pick, for_client)] if for_client else []
        # Where a client and a deed were typed, Enter does it.
        rows = [*done, *whom] if self._what else [*whom, *done]
        if at_all:
            rows += [Pick(self.tr("Do")), *map(_pick, at_all)]
        if not rows:
            rows = [Pick(self.tr("Nobody and nothing of that name. Try fewer letters, or part of the phone number."))]
        self._list.blockSignals(True)
        self._list.show_rows(rows)
        self._list.blockSignals(False)
        self._show_count(len(people), len(for_client) + len(at_all))
        self._fit()

    def _client(self, found: Found, n: int) -> Pick:
        born = self.bench.formats.full(found.born) if found.born else ""
        note = " · ".join(part for part in (born, found.phone) if part) or self.tr("no date of birth, no phone")
        # First of all a digit begins a telephone number, or counts sessions.
        key = str(n) if n <= _KEYS and self._list.query() else ""
        return Pick(found.name, found, note=note, right=found.note[:40], key=key)

    def _name(self) -> str:
        return next((found.name for found in self._found if found.id == self._marked), self._own_name)

    def _mark(self, value: object) -> None:
        """The deeds follow the client who is marked; the mark stays where it was put."""
        if isinstance(value, Found) and value.id != self._marked:
            self._marked = int(value.id)
            row = self._list.list.currentIndex().row()
            self._show()
            self._list.blockSignals(True)
            self._list.list.setCurrentIndex(self._list.list.model().index(row, 0))
            self._list.blockSignals(False)

    def _hear_key(self, event: QKeyEvent) -> None:
        """Enter that comes before what fits waits, and takes the first of that."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._answered != self._list.query():
            self._hurry = True

    def _choose(self, value: object) -> None:
        current = self._list.current()
        if self._answered != self._list.query() and current is not None and value == current.value:
            self._hurry = True
            return
        self.accept()
        if isinstance(value, Found):
            self.client_chosen.emit(int(value.id))
        elif isinstance(value, Deed):
            value.run(self._marked if value.for_client else None)

    def _show_count(self, people: int, deeds: int) -> None:
        clients = self.tr("1 client") if people == 1 else self.tr("%n clients", "", people)
        things = self.tr("1 thing to do") if deeds == 1 else self.tr("%n things to do", "", deeds)
        parts = [words for words, count in ((clients, people), (things, deeds)) if count]
        self._count.setText(", ".join(parts))
        self._count.adjustSize()
        line = self._list.line
        self._count.move(_WIDTH - _END - self._count.width(), (line.height() - self._count.height()) // 2)
        self._count.show()

    def _fit(self) -> None:
        room = self.over.height() - 2 * _TOP - 20
        self._list.setFixedHeight(min(self._list.height_of() + 8, max(200, room)))
        self.place()


def parted(query: str, deeds: Sequence[Deed]) -> tuple[str, str] | None:
    """What names a client and, after it, what names a deed for them: "bea sell"; None where nothing does."""
    words = query.split()
    for n in range(1, len(words)):
        what = " ".join(words[n:])
        if any(deed.for_client and fits(deed, what, alone=True) for deed in deeds):
            return " ".join(words[:n]), what
    return None


def fits(deed: Deed, query: str, *, alone: bool) -> bool:
    """Whether a deed is offered: it begins words that were typed; one for a client also while only clients fit."""
    asked = text.folded(query).split()
    words = text.folded(f"{deed.words} {deed.note}").split()
    named = all(any(word.startswith(part) for word in words) for part in asked)
    return named or (deed.for_client and not alone)


def _pick(deed: Deed) -> Pick:
    return Pick(deed.words, deed, note=deed.note, right=deed.right, key=deed.key, icon=deed.icon)
