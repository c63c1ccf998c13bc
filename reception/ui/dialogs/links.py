"""Which add-ons are offered with a service, in their order, at what price there (R24)."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue
from reception.domain.catalogue import Link, Service, checks
from reception.domain.errors import Invalid
from reception.domain.money import Money
from reception.domain.tables.ids import ServiceId
from reception.ui.dialogs.editing import Editing, Fact, counted
from reception.ui.dialogs.order import Order
from reception.ui.text import Formats
from reception.ui.widgets import Button, MoneyEdit, Select, hbox, vbox
from reception.ui.workbench import Undo, Workbench

_PRICE = 92


class AddOnsSheet(Editing):
    """What is offered with one service; what is attached already stays as it was agreed."""

    def __init__(
        self,
        bench: Workbench,
        service: Service,
        links: Sequence[Link],
        services: Sequence[Service],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(bench, "links", service.id, parent)
        self._service, self._old = service, tuple((link.add_on, link.price) for link in links)
        able = [one for one in services if one.bookable in catalogue.AS_ADD_ON and one.id != service.id]
        self._links = Links([one for one in able if not one.retired], bench.formats, name="links.links")
        self._links.show_links(self._old)
        self._fact = Fact(name="links.fact")
        self.title.show_words(self.tr("Add-ons offered with it"))
        self.subtitle.show_words(service.name)
        hint = self.tr("They are offered from the top down. A price that is left empty is the add-on's own.")
        self.row(self.field("links", self.tr("In this order"), self._links, hint=hint))
        self.form.add_row(self._fact)
        self.look()

    @override
    def draft_title(self) -> str:
        return self._service.name

    @override
    def look(self) -> None:
        self._fact.show_words(self._facts())
        self._links.links()

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        service, write = self._service.id, self.bench.backend.write
        await write(catalogue.set_links, service, self._links.links(), id=id)
        undo = partial(write, catalogue.set_links, service, self._old)
        return self.tr("Changed what is offered with {}").format(self._service.name), undo

    def _facts(self) -> str:
        if not self._links.any():
            return self.tr(
                "No service can be booked as an add-on yet. Change how one is booked, and it is listed here."
            )
        count = len(self._links.raw())
        if not count:
            return self.tr("Nothing is offered with {}.").format(self._service.name)
        offered = counted(count, self.tr("1 add-on is offered"), self.tr("{} add-ons are offered"))
        words = self.tr("{} with {}, where somebody is free and no answer speaks against it.")
        return words.format(offered, self._service.name)


class Links(QWidget):
    """The add-ons in their order, each with a field for its price there, and a way to add another."""

    edited = Signal()

    def __init__(self, able: Sequence[Service], formats: Formats, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._able, self._formats = {one.id: one for one in able}, formats
        self._order = Order(name=name)
        self._more: Select[ServiceId] = Select(name=f"{name}.more")
        self._more.setAccessibleName(self.tr("Another add-on"))
        self._add = Button(self.tr("Add"), icon="plus", name=f"{name}.add")
        self.setFocusProxy(self._more)
        self.setLayout(vbox(self._order, hbox((self._more, 1), self._add, gap=8), gap=8))
        self._order.edited.connect(self._say_edited)
        self._add.clicked.connect(self._add_chosen)

    def any(self) -> bool:
        """Whether anything can be offered at all."""
        return bool(self._able)

    def links(self) -> tuple[tuple[ServiceId, Money | None], ...]:
        """What is offered; raises Invalid for a price that can't be."""
        return tuple((ServiceId(key), self._price(key)) for key in self._order.entries())

    def show_links(self, links: Sequence[tuple[ServiceId, Money | None]]) -> None:
        """Shows other add-ons."""
        self.put([[id, "" if price is None else self._formats.amount(price)] for id, price in links])

    def raw(self) -> list[list[int | str]]:
        """The add-ons with the prices as they are typed."""
        return [[key, self._edit(key).text()] for key in self._order.entries()]

    def put(self, typed: Sequence[Sequence[int | str]]) -> None:
        """Shows again what was typed; what can't be offered any more is left out."""
        self._order.clear()
        for id, price in typed:
            if id in self._able:
                self._put_in(ServiceId(int(id)), str(price))
        self._show_rest()

    def _price(self, key: int) -> Money | None:
        try:
            price = self._edit(key).amount()
        except Invalid as error:
            raise Invalid(error.template, field="links", **error.values) from None
        if price is not None:
            checks.check_price("links", price)
        return price

    def _edit(self, key: int) -> MoneyEdit:
        edit = self._order.side(key)
        assert isinstance(edit, MoneyEdit)
        return edit

    def _put_in(self, id: ServiceId, price: str) -> None:
        service, edit = self._able[id], MoneyEdit(self._formats, name=f"{self.objectName()}.price.{id}")
        edit.setText(price)
        edit.setPlaceholderText(self._formats.amount(service.price))
        edit.setFixedWidth(_PRICE)
        edit.setAccessibleName(self.tr("Price of {} there").format(service.name))
        edit.edited.connect(self.edited)
        self._order.add(id, service.name, edit)

    def _add_chosen(self) -> None:
        chosen = self._more.value()
        if chosen is None:
            return
        self._put_in(chosen, "")
        self._say_edited()
        self._edit(chosen).setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_edited(self) -> None:
        self._show_rest()
        self.edited.emit()

    def _show_rest(self) -> None:
        """Offers to add what isn't in the list yet."""
        rest = [(one.id, one.name) for one in self._able.values() if one.id not in self._order.entries()]
        self._more.fill(rest)
        for part in (self._more, self._add):
            part.setEnabled(bool(rest))
        self._more.setPlaceholderText(self.tr("All are in the list") if self._able else self.tr("None yet"))
