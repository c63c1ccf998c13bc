"""A service of the clinic as it is typed, and retiring one."""

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue
from reception.domain.catalogue import Service, ServiceDraft, checks
from reception.domain.money import NOTHING
from reception.domain.outcomes import OwnPolicy
from reception.ui.dialogs.editing import Editing, Fact, Fold, Retiring, counted, needed, suggest
from reception.ui.dialogs.percent_edit import PercentEdit
from reception.ui.dialogs.policy import OwnPolicyFields
from reception.ui.widgets import LineEdit, MoneyEdit, Spin, hbox, pane, vbox
from reception.ui.workbench import Undo, Workbench

_MINUTES, _STEP = 60, 5
_MOST = 999


class ServiceSheet(Editing):
    """A service: new, or changed for what is booked and sold from now on (R3)."""

    def __init__(
        self,
        bench: Workbench,
        service: Service | None,
        categories: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(bench, "service", service.id if service else None, parent)
        self._service = service
        draft = _draft(service) if service else ServiceDraft("", "", "", _MINUTES, 0, NOTHING, 0)
        self._name, self._short = LineEdit(draft.name), LineEdit(draft.short)
        self._category = LineEdit(draft.category)
        suggest(self._category, categories)
        self._minutes = Spin(draft.minutes, 0, _MOST, step=_STEP, unit=self.tr("min"))
        self._turnaround = Spin(draft.turnaround, 0, _MOST, step=_STEP, unit=self.tr("min"))
        self._price = MoneyEdit(bench.formats, draft.price if service else None)
        self._tax = PercentEdit(bench.formats, draft.tax_rate)
        self._own = OwnPolicyFields(self, draft.own)
        self._fact = Fact(name="service.fact")
        self._build()
        if draft.own != OwnPolicy():
            self._fold.show_content(wide=True)
        self.look()

    def _build(self) -> None:
        service = self._service
        self.title.show_words(service.name if service else self.tr("New service"))
        self.subtitle.show_words(self.tr("Service, retired") if service and service.retired else self.tr("Service"))
        self.row(self.field("name", self.tr("Name"), self._name, required=True))
        self.row(
            self.field("short", self.tr("Short name"), self._short, hint=self.tr("For small blocks of the diary")),
            self.field("category", self.tr("Category"), self._category, hint=self.tr("Laser, skin, massage…")),
        )
        self.row(
            self.field("minutes", self.tr("Takes"), self._minutes),
            self.field("turnaround", self.tr("Then clean-up"), self._turnaround),
        )
        self.row(
            self.field("price", self.tr("Price"), self._price, required=True),
            self.field("tax_rate", self.tr("Tax in it"), self._tax),
        )
        self.form.add_row(self._fact)
        rows = [hbox((row[0], 2), *((field, 1) for field in row[1:]), gap=12) for row in self._own.rows()]
        title = self.tr("Cancellation policy of its own")
        self._fold = Fold(title, pane(vbox(*rows, gap=12)), name="service.own")
        self.add_below(self._fold)
        if service is not None:
            self.offer_retiring(_retiring(service))

    @override
    def draft_title(self) -> str:
        return self._name.text().strip() or self.tr("New service")

    @override
    def look(self) -> None:
        if self._service is None:
            self._short.setPlaceholderText(self._name.text())
        self._fact.show_words(self._facts())
        catalogue.check_times(self._minutes.value(), self._turnaround.value())
        if (price := self._price.amount()) is not None:
            checks.check_price("price", price)
        self._own.own()

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        draft, backend = self._typed(), self.bench.backend
        if self._service is None:
            service = await backend.write(catalogue.add_service, draft, id=id)
            return self.tr("Added {}").format(draft.name), partial(backend.write, catalogue.retire_service, service)
        old = self._service
        await backend.write(catalogue.change_service, old.id, draft, id=id)
        return self.tr("Changed {}").format(draft.name), partial(
            backend.write, catalogue.change_service, old.id, _draft(old)
        )

    def _facts(self) -> str:
        minutes, turnaround = self._minutes.value(), self._turnaround.value()
        facts = self.bench.formats.minutes(minutes)
        blocks = self.tr("Takes {} in the diary.").format(facts)
        if turnaround:
            total = self.bench.formats.minutes(minutes + turnaround)
            blocks = self.tr("Takes {} in the diary: {} and {} to clean up.").format(
                total, facts, self.bench.formats.minutes(turnaround)
            )
        if self._service is None:
            return blocks
        stays = self.tr("A change counts from now on: what is booked or sold keeps what was agreed.")
        return f"{blocks} {stays}"

    def _typed(self) -> ServiceDraft:
        return ServiceDraft(
            name=self._name.text(),
            short=self._short.text(),
            category=self._category.text(),
            minutes=self._minutes.value(),
            turnaround=self._turnaround.value(),
            price=needed(self._price.amount(), "price", self.tr("There is no price yet. Type 0 or more.")),
            tax_rate=self._tax.rate(),
            own=self._own.own(),
        )


def service_touches(service: Service) -> str:
    """What in the clinic rests on a service: "3 packages on sale, 12 coming visits"; "" where nothing does."""
    parts = []
    if service.products_on_sale:
        parts.append(counted(service.products_on_sale, _tr("1 package on sale"), _tr("{} packages on sale")))
    if service.upcoming:
        parts.append(counted(service.upcoming, _tr("1 coming visit"), _tr("{} coming visits")))
    return ", ".join(parts)


def _draft(service: Service) -> ServiceDraft:
    return ServiceDraft(
        name=service.name,
        short=service.short,
        category=service.category,
        minutes=service.minutes,
        turnaround=service.turnaround,
        price=service.price,
        tax_rate=service.tax_rate,
        own=service.own,
    )


def _retiring(service: Service) -> Retiring:
    if service.retired:
        words = _tr("Brought back, it can be booked and put into packages again.")
    elif touched := service_touches(service):
        single = service.products_on_sale + service.upcoming == 1
        stays = _tr("It stays as it is") if single else _tr("They stay as they are")
        words = _tr("Used by {}. {}; nothing new is booked.").format(touched.replace(", ", _tr(" and ")), stays)
    else:
        words = _tr("Nothing rests on it. What was sold and booked earlier keeps its name.")
    return Retiring(service.name, words, service.retired, catalogue.retire_service, catalogue.restore_service)


def _tr(words: str) -> str:
    return QCoreApplication.translate("service", words)
