"""Services and packages on sale, and beside them the service that is chosen."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reception.domain import catalogue, forms, screening
from reception.domain.access import Act
from reception.domain.catalogue import Bookable, Product, Resource, Service
from reception.domain.forms import FormRow
from reception.domain.money import half_up
from reception.domain.outcomes import OwnPolicy
from reception.domain.screening import RuleRow
from reception.domain.tables.ids import ServiceId
from reception.ui.actions import action
from reception.ui.dialogs.editing import Editing, Place, begun
from reception.ui.dialogs.links import AddOnsSheet
from reception.ui.dialogs.needs import NeedsSheet
from reception.ui.dialogs.product import ProductSheet, validity_words
from reception.ui.dialogs.required_forms import RequiredFormsSheet
from reception.ui.dialogs.rule import RuleSheet
from reception.ui.dialogs.service import ServiceSheet, ahead_words, service_touches
from reception.ui.panels.catalogue.parts import MARGIN, Sieve, row_tone, second_tone, section_head
from reception.ui.panels.catalogue.service_card import Detail, ServiceCard
from reception.ui.tokens import Tone
from reception.ui.widgets import Button, Empty, Hair, ListColumn, ListTable, hbox, pane, vbox
from reception.ui.workbench import Draft, Workbench

KINDS = frozenset({"service", "product", "links", "needs", "required_forms", "rule"})
"""The drafts that are gone on with here."""


@dataclass(frozen=True, slots=True)
class Goods:
    """All that this section shows, retired things too."""

    services: tuple[Service, ...] = ()
    products: tuple[Product, ...] = ()
    resources: tuple[Resource, ...] = ()
    forms: tuple[FormRow, ...] = ()


class Offer(QWidget):
    """Two lists, one above the other; those who may, change them in a sheet in the card's place."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self._goods = Goods()
        self._detail: Detail | None = None
        self._sieve = Sieve("", retired=False)
        self._added: ServiceId | None = None
        self._build()
        self._connect()

    def show_goods(self, goods: Goods, detail: Detail | None) -> None:
        """Shows all services and packages, and what hangs on the service that is chosen."""
        self._goods, self._detail = goods, detail
        self.show_rows(self._sieve)

    def show_rows(self, sieve: Sieve) -> None:
        """Shows the rows that are wanted."""
        self._sieve = sieve
        services = [one for one in self._goods.services if self._wanted(one, one.category)]
        products = [one for one in self._goods.products if self._wanted(one, one.service_name)]
        self._keep_chosen(services)
        self._product_table.show_rows(products)
        self._show_nothing(
            self._no_services, self._service_table, none=not services, any_at_all=bool(self._goods.services)
        )
        self._show_nothing(
            self._no_products, self._product_table, none=not products, any_at_all=bool(self._goods.products)
        )
        self._show_card()

    def show_rights(self) -> None:
        """Shows what whoever is at the desk may change."""
        mine = self.bench.may(Act.CATALOGUE)
        self._new_service.setVisible(mine)
        self._new_product.setVisible(mine)
        self._show_card()

    def show_draft(self, draft: Draft) -> None:
        """Goes on with something that was parked."""
        about = draft.body.get("about")
        match draft.kind:
            case "service":
                self._open_service(self._service(about), draft)
            case "product":
                self._open_product(next((one for one in self._goods.products if one.id == about), None), draft)
            case "rule":
                self._go_on(ServiceId(draft.body["fields"]["service"]), draft)
            case _:
                self._go_on(ServiceId(about or 0), draft)

    def chosen(self) -> ServiceId | None:
        """The service that the card shows."""
        service = self._service_table.current()
        return service.id if service is not None else None

    async def read_detail(self, service: ServiceId) -> Detail:
        """All that hangs on a service."""
        read = self.bench.backend.read
        return Detail(
            service,
            links=await read(catalogue.links, service),
            offered_with=await read(catalogue.offered_with, service),
            needs=await read(catalogue.needs, service),
            requirements=await read(screening.requirements, service),
            rules=await read(screening.rules, service),
        )

    # Building

    def _build(self) -> None:
        self._new_service = Button(self.tr("New service"), icon="plus", name="catalogue.new_service")
        self._new_product = Button(self.tr("New package"), icon="plus", name="catalogue.new_product")
        self._service_table = ListTable(self._service_columns(), margin=MARGIN, name="catalogue.services")
        self._product_table = ListTable(self._product_columns(), margin=MARGIN, name="catalogue.products")
        self._no_services = Empty("tag", "", "", name="catalogue.no_services")
        self._no_products = Empty("ticket", "", "", name="catalogue.no_products")
        self._card = ServiceCard(self.bench)
        self.place = Place(self._card)
        services = self._section(self.tr("Services"), self._new_service, self._service_table, self._no_services)
        products = self._section(self.tr("Packages on sale"), self._new_product, self._product_table, self._no_products)
        lists = vbox((services, 3), Hair(), (products, 2), gap=0)
        self.setLayout(hbox((pane(lists), 1), self.place, gap=0))

    def _connect(self) -> None:
        self._new_service.clicked.connect(self._add_service)
        self._new_product.clicked.connect(self._add_product)
        self._service_table.chosen.connect(self._choose)
        self._service_table.opened.connect(self._edit_service)
        self._product_table.opened.connect(self._edit_product)
        self.place.emptied.connect(self._go_back)
        self._card.edit_asked.connect(self._edit_chosen)
        self._card.needs_asked.connect(self._change_needs)
        self._card.links_asked.connect(self._change_links)
        self._card.forms_asked.connect(self._change_forms)
        self._card.rule_asked.connect(self._change_rule)

    def _section(self, title: str, button: Button, table: QWidget, nothing: QWidget) -> QWidget:
        return pane(vbox(section_head(title, button), (table, 1), (nothing, 1), gap=0))

    def _service_columns(self) -> list[ListColumn[Service]]:
        return [
            ListColumn(self.tr("Name"), _named, tone=_tone),
            ListColumn(self.tr("Category"), _category, 104, tone=_second),
            ListColumn(self.tr("Takes"), self._minutes, 62, right=True, tone=_second),
            ListColumn(self.tr("Clean-up"), self._turnaround, 66, right=True, tone=_second),
            ListColumn(self.tr("Price"), self._price, 72, right=True, tone=_tone),
            ListColumn(self.tr("Booked"), self._booked, 84, tone=_second),
            ListColumn(self.tr("Paid"), self._paid, 96, tone=_second),
            ListColumn(self.tr("Used by"), self._used_by, 164, tone=_second),
        ]

    def _product_columns(self) -> list[ListColumn[Product]]:
        return [
            ListColumn(self.tr("Name"), _named, tone=_tone),
            ListColumn(self.tr("Service"), _of_service, 130, tone=_second),
            ListColumn(self.tr("Sessions"), _sessions, 70, right=True, tone=_second),
            ListColumn(self.tr("Price"), self._price, 80, right=True, tone=_tone),
            ListColumn(self.tr("Each"), self._each, 66, right=True, tone=_second),
            ListColumn(self.tr("Good for"), _good_for, 196, tone=_second),
            ListColumn(self.tr("Sold"), _sold, 44, right=True, tone=_second),
        ]

    # Words of the columns

    def _minutes(self, service: Service) -> str:
        return self.bench.formats.minutes(service.minutes)

    def _turnaround(self, service: Service) -> str:
        return self.bench.formats.minutes(service.turnaround) if service.turnaround else ""

    def _price(self, row: Service | Product) -> str:
        return self.bench.formats.amount(row.price)

    def _booked(self, service: Service) -> str:
        return {
            Bookable.ALONE: self.tr("Alone"),
            Bookable.ADD_ON: self.tr("As add-on"),
            Bookable.BOTH: self.tr("Both ways"),
        }[service.bookable]

    def _paid(self, service: Service) -> str:
        return ahead_words(service, self.bench.formats) or self.tr("At the visit")

    def _used_by(self, service: Service) -> str:
        own = self.tr("own policy") if service.own != OwnPolicy() else ""
        return " · ".join(words for words in (service_touches(service), own) if words)

    def _each(self, product: Product) -> str:
        return self.bench.formats.amount(type(product.price)(half_up(int(product.price), product.sessions)))

    # Showing

    def _wanted(self, row: Service | Product, beside: str) -> bool:
        return self._sieve.lets(f"{row.name} {beside}", retired=row.retired)

    def _keep_chosen(self, services: list[Service]) -> None:
        """A service that was changed stays chosen, one that was added becomes so; without one, the first is."""
        chosen = self._added or self.chosen()
        self._service_table.show_rows(services)
        again = next((one for one in services if one.id == chosen), None) or next(iter(services), None)
        if again is not None and again.id == self._added:
            self._added = None
        if again is not None and self._service_table.current() != again:
            self._service_table.choose(again)

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

    def _show_card(self) -> None:
        service, detail = self._service_table.current(), self._detail
        if service is None:
            self._card.show_none()
        elif detail is not None and detail.service == service.id:
            mine, rules = self.bench.may(Act.CATALOGUE), self.bench.may(Act.SCREENING_RULES)
            self._card.show_service(service, detail, self._goods.resources, mine=mine, rules=rules)

    def _choose(self, service: Service | None) -> None:
        if service is not None and (self._detail is None or self._detail.service != service.id):
            self._read_chosen(service)

    @action
    async def _read_chosen(self, service: Service) -> None:
        detail = await self.read_detail(service.id)
        if self.chosen() == service.id:
            self._detail = detail
            self._show_card()

    # Changing

    def _add_service(self) -> None:
        self._open_service(None)

    def _add_product(self) -> None:
        self._open_product(None)

    def _edit_service(self, service: Service) -> None:
        self._open_service(service, begun(self.bench, "service", service.id))

    def _edit_chosen(self) -> None:
        if (service := self._service_table.current()) is not None:
            self._edit_service(service)

    def _edit_product(self, product: Product) -> None:
        self._open_product(product, begun(self.bench, "product", product.id))

    def _open_service(self, service: Service | None, draft: Draft | None = None) -> None:
        categories = tuple(dict.fromkeys(one.category for one in self._goods.services if one.category))
        if self.bench.may(Act.CATALOGUE):
            sheet = ServiceSheet(self.bench, service, categories)
            sheet.added.connect(self._take_note)
            self.place.show_sheet(sheet, draft)

    def _open_product(self, product: Product | None, draft: Draft | None = None) -> None:
        own = product.service if product else None
        services = tuple(one for one in self._goods.services if not one.retired or one.id == own)
        if self.bench.may(Act.CATALOGUE):
            self.place.show_sheet(ProductSheet(self.bench, product, services), draft)

    def _change_needs(self) -> None:
        self._change("needs")

    def _change_links(self) -> None:
        self._change("links")

    def _change_forms(self) -> None:
        self._change("required_forms")

    def _change(self, kind: str) -> None:
        service = self.chosen()
        if service is not None:
            self._open_part(kind, service, begun(self.bench, kind, service))

    def _change_rule(self, rule: RuleRow | None) -> None:
        service = self.chosen()
        if service is not None:
            self._open_rule(service, rule.id if rule else None, self._begun_rule(service, rule))

    def _begun_rule(self, service: ServiceId, rule: RuleRow | None) -> Draft | None:
        """A parked rule of the same service, to go on with instead of a second one."""
        about = rule.id if rule else None
        drafts = (draft for draft in self.bench.drafts.all() if draft.kind == "rule")
        same = (one for one in drafts if (one.body["about"], one.body["fields"]["service"]) == (about, service))
        return next(same, None)

    def _go_on(self, service: ServiceId, draft: Draft) -> None:
        if draft.kind == "rule":
            self._open_rule(service, draft.body["about"], draft)
        else:
            self._open_part(draft.kind, service, draft)

    @action
    async def _open_part(self, kind: str, id: ServiceId, draft: Draft | None) -> None:
        """Opens the sheet of one part of a service, as it stands by now."""
        service, detail, goods = self._service(id), await self.read_detail(id), self._goods
        if service is None or not self.bench.may(_ACTS[kind]):
            return
        sheet: Editing
        match kind:
            case "links":
                sheet = AddOnsSheet(self.bench, service, detail.links, goods.services)
            case "needs":
                sheet = NeedsSheet(self.bench, service, detail.needs, goods.resources)
            case _:
                sheet = RequiredFormsSheet(self.bench, service, detail.requirements, goods.forms)
        self.place.show_sheet(sheet, draft)

    @action
    async def _open_rule(self, id: ServiceId, about: int | None, draft: Draft | None) -> None:
        """Opens a rule, or a new one, over the questions of the forms that the service requires."""
        service, detail = self._service(id), await self.read_detail(id)
        rule = next((one for one in detail.rules if one.id == about), None)
        asked = [one.form for one in detail.requirements]
        if rule is not None and rule.draft.form not in asked:
            asked.append(rule.draft.form)
        versions = [await self.bench.backend.read(forms.newest, form) for form in asked]
        if service is not None and self.bench.may(Act.SCREENING_RULES):
            self.place.show_sheet(RuleSheet(self.bench, service, rule, versions), draft)

    def _take_note(self, service: int) -> None:
        """A service was added: it is the one whose needs and forms are set next."""
        self._added = ServiceId(service)

    def _service(self, id: int | None) -> Service | None:
        return next((one for one in self._goods.services if one.id == id), None)

    def _go_back(self) -> None:
        table = self._product_table if self._product_table.current() else self._service_table
        table.setFocus(Qt.FocusReason.OtherFocusReason)


_ACTS = {"links": Act.CATALOGUE, "needs": Act.CATALOGUE, "required_forms": Act.SCREENING_RULES}


def _named(row: Service | Product) -> str:
    return f"{row.name}, retired" if row.retired else row.name


def _tone(row: Service | Product) -> Tone:
    return row_tone(retired=row.retired)


def _second(row: Service | Product) -> Tone:
    return second_tone(retired=row.retired)


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
