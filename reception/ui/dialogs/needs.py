"""Which rooms and devices a service needs, with those that will do for each (R20)."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue
from reception.domain.catalogue import Need, Resource, ResourceKind, Service
from reception.domain.errors import Invalid
from reception.domain.tables.ids import ResourceId
from reception.ui.dialogs.editing import Editing, Fact
from reception.ui.dialogs.order import Order
from reception.ui.widgets import STRETCH, Button, Card, Kind, Look, Select, caption, clear, hbox, vbox
from reception.ui.workbench import Undo, Workbench


class NeedsSheet(Editing):
    """What a service needs beside a person; visits that are booked keep what they were given."""

    def __init__(
        self,
        bench: Workbench,
        service: Service,
        needs: Sequence[Need],
        resources: Sequence[Resource],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(bench, "needs", service.id, parent)
        self._service, self._old = service, tuple(needs)
        self._resources = {one.id: one for one in resources}
        self._needs = Needs(resources, name="needs.needs")
        self._needs.put([list(need) for need in needs])
        self._fact = Fact(name="needs.fact")
        self.title.show_words(self.tr("Rooms and devices"))
        self.subtitle.show_words(service.name)
        hint = self.tr("Where several will do, the one that the visit is in already comes first, then this order.")
        self.row(self.field("needs", self.tr("It needs"), self._needs, hint=hint))
        self.form.add_row(self._fact)
        self.look()

    @override
    def draft_title(self) -> str:
        return self._service.name

    @override
    def look(self) -> None:
        names = {one.id: one.name for one in self._resources.values()}
        self._fact.show_words(needs_words(self._needs.needs(), names))

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        service, write = self._service.id, self.bench.backend.write
        await write(catalogue.set_needs, service, self._needs.needs(), id=id)
        undo = partial(write, catalogue.set_needs, service, self._old)
        return self.tr("Changed what {} needs").format(self._service.name), undo


class Needs(QWidget):
    """One card a need, with those that will do in their order."""

    edited = Signal()

    def __init__(self, resources: Sequence[Resource], *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._resources = {one.id: one for one in resources}
        self._cards: list[_Need] = []
        self._box = vbox(gap=8)
        self._more = Button(self.tr("Another need"), icon="plus", height=28, name=f"{name}.add")
        self.setFocusProxy(self._more)
        self.setLayout(vbox(self._box, hbox(self._more, STRETCH), gap=8))
        self._more.clicked.connect(self._add)

    def needs(self) -> tuple[Need, ...]:
        """What is needed; raises Invalid for a need that nothing meets."""
        found = tuple(card.need() for card in self._cards)
        if not all(found):
            raise Invalid("One need names nothing yet. Add what will do, or take the need away.", field="needs")
        return found

    def raw(self) -> list[list[int]]:
        """The needs, each as the ids of what will do."""
        return [list(card.need()) for card in self._cards]

    def put(self, typed: Sequence[Sequence[int]]) -> None:
        """Shows again what was kept; what is no longer there is left out."""
        clear(self._box)
        self._cards = []
        for ids in typed:
            self._put_in([ResourceId(id) for id in ids if id in self._resources])
        self._show_rest()

    def _put_in(self, ids: Sequence[ResourceId]) -> None:
        card = _Need(self._resources, name=f"{self.objectName()}.{len(self._cards)}")
        for id in ids:
            card.add(id)
        card.edited.connect(self._say_edited)
        card.gone.connect(self._take_away)
        self._cards.append(card)
        self._box.addWidget(card)

    def _add(self) -> None:
        self._put_in(())
        self._say_edited()
        self._cards[-1].more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_away(self) -> None:
        left = [list(card.need()) for card in self._cards if card is not self.sender()]
        self.put(left)
        self._more.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _say_edited(self) -> None:
        self._show_rest()
        self.edited.emit()

    def _show_rest(self) -> None:
        """What stands in one need isn't offered for another; one can do but one thing at a time."""
        taken = {id for card in self._cards for id in card.need()}
        rest = [(one.id, one.name) for one in self._resources.values() if not one.retired and one.id not in taken]
        for n, card in enumerate(self._cards):
            card.show_rest(n, rest)
        self._more.setEnabled(bool(rest))


class _Need(Card):
    edited = Signal()
    gone = Signal()

    def __init__(self, resources: dict[ResourceId, Resource], *, name: str) -> None:
        self._resources = resources
        self._title = caption("")
        self._order = Order(name=name)
        self.more: Select[ResourceId] = Select(name=f"{name}.more")
        self._add = Button(self.tr("Add"), icon="plus", name=f"{name}.add")
        away = Button(kind=Kind.GHOST, icon="x", height=24, tip=self.tr("Take this need away"), name=f"{name}.remove")
        head = hbox(self._title, STRETCH, away)
        layout = vbox(head, self._order, hbox((self.more, 1), self._add, gap=8), gap=6, margins=(10, 6, 8, 10))
        super().__init__(layout, Look.QUIET, name=name)
        self._order.edited.connect(self.edited)
        self._add.clicked.connect(self._add_chosen)
        away.clicked.connect(self.gone)

    def need(self) -> Need:
        """What will do."""
        return tuple(ResourceId(key) for key in self._order.entries())

    def add(self, id: ResourceId) -> None:
        """Puts one more below the others."""
        one = self._resources[id]
        self._order.add(id, self.tr("{}, retired").format(one.name) if one.retired else one.name)

    def show_rest(self, n: int, rest: Sequence[tuple[ResourceId, str]]) -> None:
        """Says which need it is, and offers what is in none yet."""
        title = self.tr("One of these") if len(self.need()) > 1 else self.tr("This")
        self._title.setText(title if n == 0 else self.tr("and {}").format(title.lower()))
        self.more.fill(rest)
        self.more.setAccessibleName(self.tr("What will do for need {}").format(n + 1))
        self.more.setPlaceholderText(self.tr("No other is left"))
        for part in (self.more, self._add):
            part.setEnabled(bool(rest))

    def _add_chosen(self) -> None:
        chosen = self.more.value()
        if chosen is not None:
            self.add(chosen)
            self.edited.emit()
            self.more.setFocus(Qt.FocusReason.OtherFocusReason)


def needs_words(needs: Sequence[Need], names: dict[ResourceId, str]) -> str:
    """What is needed, in a sentence: "Needs Room 1 or Room 2, and Laser."."""
    if not needs:
        return _tr("Needs neither a room nor a device.")
    return _tr("Needs {}.").format(_tr(", and ").join(need_words(need, names) for need in needs))


def need_words(need: Need, names: dict[ResourceId, str]) -> str:
    """Those that will do for one need: "Room 1, Room 2 or Room 3"."""
    *others, last = [names[id] for id in need if id in names] or [""]
    return _tr("{} or {}").format(", ".join(others), last) if others else last


def kind_words(kind: ResourceKind) -> str:
    """A room, or a device."""
    return {ResourceKind.ROOM: _tr("Room"), ResourceKind.DEVICE: _tr("Device")}[kind]


def _tr(words: str) -> str:
    return QCoreApplication.translate("needs", words)
