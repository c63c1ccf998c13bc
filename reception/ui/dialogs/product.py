"""A package on sale as it is typed (R1), and retiring one."""

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue, ledger
from reception.domain.catalogue import Product, ProductDraft, Service, checks
from reception.domain.ledger import Starts, Unit, Validity
from reception.domain.money import BASIS_POINTS, Money, equal, half_up
from reception.ui.dialogs.editing import Editing, Fact, Retiring, counted, needed
from reception.ui.text import Formats
from reception.ui.widgets import LineEdit, MoneyEdit, Segmented, Select, Spin, TextArea
from reception.ui.workbench import Undo, Workbench

_SESSIONS, _MONTHS = 6, 12
_MOST = 99_999
_UNITS = (None, Unit.DAYS, Unit.MONTHS)


class ProductSheet(Editing):
    """A package on sale: new, or changed for the next sale; what was sold stays as it is (R3)."""

    def __init__(
        self, bench: Workbench, product: Product | None, services: tuple[Service, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(bench, "product", product.id if product else None, parent)
        self._product = product
        self._services = {service.id: service for service in services}
        validity = product.validity if product else Validity(Unit.MONTHS, _MONTHS, Starts.PURCHASE)
        self._name = LineEdit(product.name if product else "")
        self._service = Select([(service.id, service.name) for service in services])
        if product is not None:
            self._service.choose(product.service)
        self._sessions = Spin(product.sessions if product else _SESSIONS, 0, _MOST)
        self._price = MoneyEdit(bench.formats, product.price if product else None)
        self._unit = Segmented(
            [self.tr("Never expires"), self.tr("Days"), self.tr("Months")], _UNITS.index(validity.unit)
        )
        self._count = Spin(validity.count or _MONTHS, 0, _MOST)
        self._starts = Select(
            [(Starts.PURCHASE, self.tr("From the purchase")), (Starts.FIRST_VISIT, self.tr("From the first visit"))]
        )
        self._starts.choose(validity.starts)
        self._terms = TextArea(product.terms if product else "")
        self._each, self._lasts = Fact(name="product.each"), Fact(name="product.lasts")
        self._build()
        self.look()

    def _build(self) -> None:
        product = self._product
        self.title.show_words(product.name if product else self.tr("New package"))
        self.subtitle.show_words(self._about_sold())
        self.row(self.field("name", self.tr("Name"), self._name, required=True))
        self.row(self.field("service", self.tr("Sessions of"), self._service))
        self.row(
            self.field("sessions", self.tr("How many"), self._sessions),
            self.field("price", self.tr("Price, tax included"), self._price, required=True),
        )
        self.form.add_row(self._each)
        self.row(self.field("validity", self.tr("How long it is good for"), self._unit))
        self.row(
            self.field("count", self.tr("Number"), self._count), self.field("starts", self.tr("Counted"), self._starts)
        )
        self.form.add_row(self._lasts)
        self.row(
            self.field("terms", self.tr("Terms"), self._terms, hint=self.tr("What the client agrees to by buying it"))
        )
        if product is not None:
            self.offer_retiring(_retiring(product))

    @override
    def draft_title(self) -> str:
        return self._name.text().strip() or self.tr("New package")

    @override
    def look(self) -> None:
        expires = self._unit.index() > 0
        self._count.setEnabled(expires)
        self._starts.setEnabled(expires)
        self._suggest_name()
        self._lasts.show_words(self._last())
        self._each.show_words("")
        catalogue.check_sessions(self._sessions.value())
        if (price := self._price.amount()) is not None:
            checks.check_price("price", price)
            self._each.show_words(self._comes_to(price))
        catalogue.check_validity(self._validity())

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        draft, write = self._typed(), self.bench.backend.write
        old = self._product
        if old is None:
            product = await write(catalogue.add_product, draft, id=id)
            return self.tr("Put {} on sale").format(draft.name), partial(write, catalogue.retire_product, product)
        await write(catalogue.change_product, old.id, draft, id=id)
        return self.tr("Changed {}").format(draft.name), partial(write, catalogue.change_product, old.id, _draft(old))

    def _about_sold(self) -> str:
        product = self._product
        if product is None:
            return self.tr("Package on sale")
        sold = counted(product.sold, self.tr("Sold once"), self.tr("Sold {} times"))
        state = self.tr("Retired") if product.retired else self.tr("On sale")
        if not product.sold:
            return self.tr("{}, not sold yet").format(state)
        return self.tr("{} · {}; what was sold stays as it is").format(state, sold)

    def _chosen(self) -> Service | None:
        id = self._service.value()
        return None if id is None else self._services.get(id)

    def _suggest_name(self) -> None:
        service = self._chosen()
        suggestion = self.tr("{}, course of {}").format(service.name, self._sessions.value()) if service else ""
        self._name.setPlaceholderText(suggestion)

    def _comes_to(self, price: Money) -> str:
        """What a session comes to beside its list price (R4 divides the net price in the same way)."""
        formats, sessions, service = self.bench.formats, self._sessions.value(), self._chosen()
        parts = equal(price, sessions)
        each = formats.money(parts[0])
        if parts[0] != parts[-1]:
            each = self.tr("{} or {}").format(formats.money(parts[-1]), each)
        words = self.tr("Each session comes to {}").format(each)
        if service is None or not service.price:
            return f"{words}."
        return f"{words}, {_beside(price, service.price * sessions, service.price, formats)}."

    def _last(self) -> str:
        validity = self._validity()
        if validity.unit is None:
            return self.tr("Its credits never expire.")
        if validity.starts is Starts.FIRST_VISIT:
            return self.tr("The last day is set by the first visit that is booked on it, and moves with that visit.")
        try:
            last = ledger.last_day(validity, self.bench.today())
        except (OverflowError, ValueError):  # a number of days beyond any calendar; its field says so
            return ""
        return self.tr("Sold today, its last day would be {}.").format(self.bench.formats.full(last)) if last else ""

    def _validity(self) -> Validity:
        unit = _UNITS[self._unit.index()]
        return Validity(unit, self._count.value() if unit else 0, self._starts.value() or Starts.PURCHASE)

    def _typed(self) -> ProductDraft:
        service = needed(self._chosen(), "service", self.tr("No service is chosen. Pick the one that it holds."))
        return ProductDraft(
            name=self._name.text(),
            service=service.id,
            sessions=self._sessions.value(),
            price=needed(self._price.amount(), "price", self.tr("There is no price yet. Type 0 or more.")),
            validity=self._validity(),
            terms=self._terms.toPlainText(),
        )


def validity_words(validity: Validity) -> str:
    """How long a package is good for: "12 months from the first visit"."""
    if validity.unit is None:
        return _tr("Never expires")
    length = {
        Unit.DAYS: counted(validity.count, _tr("1 day"), _tr("{} days")),
        Unit.MONTHS: counted(validity.count, _tr("1 month"), _tr("{} months")),
    }[validity.unit]
    if validity.starts is Starts.FIRST_VISIT:
        return _tr("{} from the first visit").format(length)
    return _tr("{} from the purchase").format(length)


def _draft(product: Product) -> ProductDraft:
    return ProductDraft(
        name=product.name,
        service=product.service,
        sessions=product.sessions,
        price=product.price,
        validity=product.validity,
        terms=product.terms,
    )


def _beside(price: Money, list_price: Money, one: Money, formats: Formats) -> str:
    off = half_up((int(list_price) - int(price)) * 100, int(list_price)) * BASIS_POINTS // 100
    listed = formats.money(one)
    if off == 0:
        return _tr("as the list price")
    if off > 0:
        return _tr("list price {} ({} less)").format(listed, formats.percent(off))
    return _tr("list price {} ({} more)").format(listed, formats.percent(-off))


def _retiring(product: Product) -> Retiring:
    if product.retired:
        words = _tr("Brought back, it can be sold again as it stands above.")
    elif product.sold:
        sold = counted(product.sold, _tr("Sold once"), _tr("Sold {} times"))
        words = _tr("{}. What was sold stays, with its credits and its last day; it is sold no more.").format(sold)
    else:
        words = _tr("It was never sold. It goes off the list of what the checkout sells.")
    return Retiring(product.name, words, product.retired, catalogue.retire_product, catalogue.restore_product)


def _tr(words: str) -> str:
    return QCoreApplication.translate("product", words)
