"""The catalogue: services and packages on sale, each with what rests on it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reception.domain import catalogue
from reception.domain.access import Act
from reception.domain.catalogue import Product, Service
from reception.domain.errors import DomainError, Trouble
from reception.domain.money import half_up
from reception.domain.outcomes import OwnPolicy
from reception.ui import text
from reception.ui import tokens as k
from reception.ui.dialogs.editing import Place, begun
from reception.ui.dialogs.product import ProductSheet, validity_words
from reception.ui.dialogs.service import ServiceSheet, service_touches
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Banner,
    Button,
    Check,
    Empty,
    Hair,
    LineEdit,
    ListColumn,
    ListTable,
    hbox,
    label,
    pane,
    vbox,
)
from reception.ui.workbench import Draft, Workbench

_MARGIN = 20


class Catalogue(QWidget):
    """What the clinic performs and sells; those who may, change it in a sheet beside the lists."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self._services: tuple[Service, ...] = ()
        self._products: tuple[Product, ...] = ()
        self._waiting: Draft | None = None
        self._build()
        self._connect()
        topics = frozenset({"catalogue", "diary", "packages"})
        self._refresher = Refresher(self, self._load, topics, None, bench.backend)
        self._refresher.failed.connect(self._show_trouble)
        self._show_rights()
        self._refresher.request()

    def show_catalogue(self, services: tuple[Service, ...], products: tuple[Product, ...]) -> None:
        """Shows all services and packages, the retired ones where they are asked for."""
        self._services, self._products = services, products
        self._trouble.clear()
        self._show_rows()
        if self._waiting is not None:
            draft, self._waiting = self._waiting, None
            self.show_draft(draft)

    def show_draft(self, draft: Draft) -> None:
        """Goes on with a service or a package that was parked."""
        if not self._services and not self._products:
            self._waiting = draft
            return
        if self._place.goes_on_with(draft):
            return
        about = draft.body.get("about")
        if draft.kind == "service":
            self._open_service(next((one for one in self._services if one.id == about), None), draft)
        else:
            self._open_product(next((one for one in self._products if one.id == about), None), draft)

    # Building

    def _build(self) -> None:
        self._filter = LineEdit(hint=self.tr("Filter"), icon="search", name="catalogue.filter")
        self._filter.setFixedWidth(220)
        self._filter.setClearButtonEnabled(True)
        self._retired = Check(self.tr("Show retired"), name="catalogue.show_retired")
        self._new_service = Button(self.tr("New service"), icon="plus", name="catalogue.new_service")
        self._new_product = Button(self.tr("New package"), icon="plus", name="catalogue.new_product")
        self._readonly = Banner(square=True, name="catalogue.readonly")
        self._trouble = Banner(square=True, name="catalogue.trouble")
        self._service_table = ListTable(self._service_columns(), margin=_MARGIN, name="catalogue.services")
        self._product_table = ListTable(self._product_columns(), margin=_MARGIN, name="catalogue.products")
        self._no_services = self._nothing("tag", self.tr("No services yet"), "services")
        self._no_products = self._nothing("ticket", self.tr("No packages on sale yet"), "products")
        self._place = Place()
        title = label(self.tr("Catalogue"), k.TITLE, k.SEMIBOLD)
        top = hbox(title, STRETCH, self._filter, 4, self._retired, gap=12, margins=(_MARGIN, 0, _MARGIN, 0))
        banners = vbox(self._readonly, self._trouble, gap=0)
        services = self._section(self.tr("Services"), self._new_service, self._service_table, self._no_services)
        products = self._section(self.tr("Packages on sale"), self._new_product, self._product_table, self._no_products)
        lists = vbox(pane(top, height=56), banners, (services, 3), (products, 2), gap=0)
        self.setLayout(hbox((pane(lists, "surface"), 1), self._place, gap=0))

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._show_rows)
        self._retired.toggled.connect(self._show_rows)
        self._new_service.clicked.connect(self._add_service)
        self._new_product.clicked.connect(self._add_product)
        self._service_table.opened.connect(self._edit_service)
        self._product_table.opened.connect(self._edit_product)
        self._place.emptied.connect(self._go_back)
        self.bench.person_changed.connect(self._show_rights)
        self.bench.clinic_changed.connect(self._show_rows)

    def _section(self, title: str, button: Button, table: QWidget, nothing: QWidget) -> QWidget:
        head = hbox(label(title, k.HEADING, k.SEMIBOLD), STRETCH, button, margins=(_MARGIN, 6, _MARGIN, 6))
        return pane(vbox(Hair(), head, (table, 1), (nothing, 1), gap=0))

    def _nothing(self, icon: str, title: str, name: str) -> Empty:
        return Empty(icon, title, "", name=f"catalogue.no_{name}")

    def _service_columns(self) -> list[ListColumn[Service]]:
        return [
            ListColumn(self.tr("Name"), _named, tone=_tone),
            ListColumn(self.tr("Category"), _category, 120, tone=_second),
            ListColumn(self.tr("Takes"), self._minutes, 70, right=True, tone=_second),
            ListColumn(self.tr("Clean-up"), self._turnaround, 70, right=True, tone=_second),
            ListColumn(self.tr("Price"), self._price, 84, right=True, tone=_tone),
            ListColumn(self.tr("Tax"), self._tax, 58, right=True, tone=_second),
            ListColumn(self.tr("Used by"), self._used_by, 250, tone=_second),
        ]

    def _product_columns(self) -> list[ListColumn[Product]]:
        return [
            ListColumn(self.tr("Name"), _named, tone=_tone),
            ListColumn(self.tr("Service"), _of_service, 140, tone=_second),
            ListColumn(self.tr("Sessions"), _sessions, 66, right=True, tone=_second),
            ListColumn(self.tr("Price"), self._price, 84, right=True, tone=_tone),
            ListColumn(self.tr("Each"), self._each, 70, right=True, tone=_second),
            ListColumn(self.tr("Good for"), _good_for, 212, tone=_second),
            ListColumn(self.tr("Sold"), _sold, 52, right=True, tone=_second),
        ]

    # Words of the columns

    def _minutes(self, service: Service) -> str:
        return self.bench.formats.minutes(service.minutes)

    def _turnaround(self, service: Service) -> str:
        return self.bench.formats.minutes(service.turnaround) if service.turnaround else ""

    def _price(self, row: Service | Product) -> str:
        return self.bench.formats.amount(row.price)

    def _tax(self, service: Service) -> str:
        return self.bench.formats.percent(service.tax_rate) if service.tax_rate else ""

    def _used_by(self, service: Service) -> str:
        own = self.tr("own policy") if service.own != OwnPolicy() else ""
        return " · ".join(words for words in (service_touches(service), own) if words)

    def _each(self, product: Product) -> str:
        return self.bench.formats.amount(type(product.price)(half_up(int(product.price), product.sessions)))

    # Reading and showing

    async def _load(self) -> None:
        services = await self.bench.backend.read(catalogue.services, retired=True)
        products = await self.bench.backend.read(catalogue.products, retired=True)
        self.show_catalogue(services, products)

    def _show_trouble(self, error: DomainError | Trouble) -> None:
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._trouble.say(self.tr("The catalogue could not be read."), words, Tone.DANGER)

    def _show_rows(self) -> None:
        services = [one for one in self._services if self._wanted(one, one.category)]
        products = [one for one in self._products if self._wanted(one, one.service_name)]
        self._service_table.show_rows(services)
        self._product_table.show_rows(products)
        self._show_nothing(self._no_services, self._service_table, none=not services, any_at_all=bool(self._services))
        self._show_nothing(self._no_products, self._product_table, none=not products, any_at_all=bool(self._products))

    def _show_nothing(self, nothing: Empty, table: QWidget, *, none: bool, any_at_all: bool) -> None:
        table.setVisible(not none)
        nothing.setVisible(none)
        if any_at_all:
            nothing.show_words(self.tr("Nothing matches"), self.tr("Type other words, or show the retired ones too."))
        elif nothing is self._no_services:
            words = self.tr("A service is what is performed on a client: its length, its price, its tax.")
            nothing.show_words(self.tr("No services yet"), words)
        else:
            words = self.tr("A package holds several sessions of one service for one price.")
            nothing.show_words(self.tr("No packages on sale yet"), words)

    def _wanted(self, row: Service | Product, beside: str) -> bool:
        if row.retired and not self._retired.isChecked():
            return False
        name = text.folded(f"{row.name} {beside}")
        return all(word in name for word in text.folded(self._filter.text()).split())

    def _show_rights(self) -> None:
        mine = self.bench.may(Act.CATALOGUE)
        self._new_service.setVisible(mine)
        self._new_product.setVisible(mine)
        if mine:
            self._readonly.clear()
            return
        words = self.tr("A manager or an owner changes it.")
        self._readonly.say(self.tr("You can read the catalogue."), words, Tone.ACCENT)
        if (sheet := self._place.sheet()) is not None:
            sheet.leave()

    # Editing

    def _add_service(self) -> None:
        self._open_service(None)

    def _add_product(self) -> None:
        self._open_product(None)

    def _edit_service(self, service: Service) -> None:
        self._open_service(service, begun(self.bench, "service", service.id))

    def _edit_product(self, product: Product) -> None:
        self._open_product(product, begun(self.bench, "product", product.id))

    def _open_service(self, service: Service | None, draft: Draft | None = None) -> None:
        categories = tuple(dict.fromkeys(one.category for one in self._services if one.category))
        if self.bench.may(Act.CATALOGUE):
            self._place.show_sheet(ServiceSheet(self.bench, service, categories), draft)

    def _open_product(self, product: Product | None, draft: Draft | None = None) -> None:
        own = product.service if product else None
        services = tuple(one for one in self._services if not one.retired or one.id == own)
        if self.bench.may(Act.CATALOGUE):
            self._place.show_sheet(ProductSheet(self.bench, product, services), draft)

    def _go_back(self) -> None:
        table = self._product_table if self._product_table.current() else self._service_table
        table.setFocus(Qt.FocusReason.OtherFocusReason)


def _named(row: Service | Product) -> str:
    return f"{row.name}, retired" if row.retired else row.name


def _tone(row: Service | Product) -> Tone:
    return Tone.INK3 if row.retired else Tone.INK


def _second(row: Service | Product) -> Tone:
    return Tone.INK3 if row.retired else Tone.INK2


def _category(service: Service) -> str:
    return service.category


def _of_service(product: Product) -> str:
    return product.service_name


def _sessions(product: Product) -> str:
    return str(product.sessions)


def _good_for(product: Product) -> str:
    return validity_words(product.validity)


def _sold(product: Product) -> str:
    return str(product.sold) if product.sold else ""
