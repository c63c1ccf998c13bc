"""A service of the clinic as it is typed: what it is, how it is booked and paid; and retiring one."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue
from reception.domain.catalogue import Bookable, PaymentPolicy, Service, ServiceDraft, checks
from reception.domain.errors import Invalid
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import OwnPolicy
from reception.ui.dialogs.editing import Editing, Fact, Fold, Retiring, counted, needed, suggest
from reception.ui.dialogs.percent_edit import PercentEdit
from reception.ui.dialogs.policy import OwnPolicyFields
from reception.ui.text import Formats
from reception.ui.widgets import LineEdit, MoneyEdit, Segmented, Spin, hbox, pane, vbox
from reception.ui.workbench import Undo, Workbench

_MINUTES, _STEP = 60, 5
_MOST = 999
_BOOKABLE, _PAYMENTS = tuple(Bookable), tuple(PaymentPolicy)
_AMOUNT, _SHARE = range(2)


class ServiceSheet(Editing):
    """A service: new, or changed for what is booked and sold from now on (R3); `added` gives the id of a new one."""

    added = Signal(int)

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
        self._bookable = Segmented(list(map(bookable_words, _BOOKABLE)), _BOOKABLE.index(draft.bookable))
        self._payment = Segmented(list(map(payment_words, _PAYMENTS)), _PAYMENTS.index(draft.payment))
        how = _SHARE if draft.deposit_share else _AMOUNT
        self._deposit_how = Segmented([self.tr("An amount"), self.tr("A share")], how)
        self._deposit = MoneyEdit(bench.formats, draft.deposit or None)
        self._share = PercentEdit(bench.formats, draft.deposit_share)
        self._sleeps, self._due = Fact(name="service.sleeps"), Fact(name="service.due")
        self._own = OwnPolicyFields(self, draft.own)
        self._fact = Fact(name="service.fact")
        self._build()
        self._payment.chosen.connect(self._show_deposit)
        self._deposit_how.chosen.connect(self._show_deposit)
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
        self.row(self.field("bookable", self.tr("Booked"), self._bookable))
        self.form.add_row(self._sleeps)
        self.row(self.field("payment", self.tr("Paid"), self._payment))
        self._how = self.field("deposit_how", self.tr("Deposit"), self._deposit_how)
        self._amount = self.field("deposit", self.tr("Amount"), self._deposit, required=True)
        self._part = self.field("deposit_share", self.tr("Share of the price"), self._share, required=True)
        self.form.add_row(self._how, (self._amount, 1), (self._part, 1))
        self.form.add_row(self._due)
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
        self._sleeps.show_words(self._sleeping())
        self._show_deposit()
        catalogue.check_times(self._minutes.value(), self._turnaround.value())
        if (price := self._price.amount()) is not None:
            checks.check_price("price", price)
            self._due.show_words(self._ahead(price))
        self._check_deposit()
        self._own.own()

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        draft, backend = self._typed(), self.bench.backend
        if self._service is None:
            service = await backend.write(catalogue.add_service, draft, id=id)
            self.added.emit(service)
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

    def _sleeping(self) -> str:
        """What becomes of its links while it is booked in another way; "" where nothing does."""
        service, bookable = self._service, _BOOKABLE[self._bookable.index()]
        if service is not None and bookable is Bookable.ALONE and service.offered_with:
            return counted(
                service.offered_with,
                self.tr("Booked alone, it isn’t offered with the 1 service that lists it. That list keeps it."),
                self.tr("Booked alone, it isn’t offered with the {} services that list it. Their lists keep it."),
            )
        if service is not None and bookable is Bookable.ADD_ON and service.add_ons:
            return counted(
                service.add_ons,
                self.tr("As an add-on only, it has nothing offered with it. Its 1 add-on stays on its list."),
                self.tr("As an add-on only, it has nothing offered with it. Its {} add-ons stay on its list."),
            )
        return ""

    def _show_deposit(self) -> None:
        """Asks for the deposit where one is paid, and for one way of saying it."""
        asked, part = self._policy() is PaymentPolicy.DEPOSIT, self._deposit_how.index() == _SHARE
        self._how.setVisible(asked)
        self._amount.setVisible(asked and not part)
        self._part.setVisible(asked and part)
        self._due.show_words("")

    def _check_deposit(self) -> None:
        """Invalid for a deposit that can't be; one that isn't typed yet is only missed on saving."""
        if self._deposit.text().strip() or self._share.rate():
            catalogue.check_payment(self._policy(), *self._asked())

    def _ahead(self, price: Money) -> str:
        """What is due before the visit, in a sentence; "" where nothing is (R28)."""
        policy = self._policy()
        due = catalogue.ahead(price, policy, *self._asked())
        if not due:
            return ""
        if due == price and policy is PaymentPolicy.DEPOSIT:
            words = self.tr("All of it, {}, is due before the visit.")
        else:
            words = self.tr("{} is due before the visit.")
        return words.format(self.bench.formats.money(due))

    def _policy(self) -> PaymentPolicy:
        return _PAYMENTS[self._payment.index()]

    def _asked(self) -> tuple[Money, int]:
        """The deposit as an amount or as a share, whichever is chosen (R28)."""
        if self._policy() is not PaymentPolicy.DEPOSIT:
            return NOTHING, 0
        if self._deposit_how.index() == _SHARE:
            return NOTHING, self._share.rate()
        return self._deposit.amount() or NOTHING, 0

    def _typed(self) -> ServiceDraft:
        deposit, share = self._asked()
        if self._policy() is PaymentPolicy.DEPOSIT and not deposit and not share:
            field = "deposit" if self._deposit_how.index() == _AMOUNT else "deposit_share"
            raise Invalid("There is no deposit yet. Type it, or let it be paid in another way.", field=field)
        return ServiceDraft(
            name=self._name.text(),
            short=self._short.text(),
            category=self._category.text(),
            minutes=self._minutes.value(),
            turnaround=self._turnaround.value(),
            price=needed(self._price.amount(), "price", self.tr("There is no price yet. Type 0 or more.")),
            tax_rate=self._tax.rate(),
            own=self._own.own(),
            bookable=_BOOKABLE[self._bookable.index()],
            payment=self._policy(),
            deposit=deposit,
            deposit_share=share,
        )


def bookable_words(bookable: Bookable) -> str:
    """How a service is booked."""
    return {
        Bookable.ALONE: _tr("Alone"),
        Bookable.ADD_ON: _tr("Only as an add-on"),
        Bookable.BOTH: _tr("Both"),
    }[bookable]


def payment_words(payment: PaymentPolicy) -> str:
    """When a service is paid."""
    return {
        PaymentPolicy.AT_VISIT: _tr("At the visit"),
        PaymentPolicy.DEPOSIT: _tr("A deposit before"),
        PaymentPolicy.UPFRONT: _tr("All before"),
    }[payment]


def ahead_words(service: Service, formats: Formats) -> str:
    """What is paid before the visit: "£20.00 before", "25 % before", "All before"; "" where nothing is."""
    match service.payment:
        case PaymentPolicy.AT_VISIT:
            return ""
        case PaymentPolicy.UPFRONT:
            return payment_words(service.payment)
        case PaymentPolicy.DEPOSIT:
            part = formats.money(service.deposit) if service.deposit else formats.percent(service.deposit_share)
            return _tr("{} before").format(part)


def service_touches(service: Service) -> str:
    """What in the clinic rests on a service: "3 packages on sale, 12 coming visits"; "" where nothing does."""
    parts = []
    if service.products_on_sale:
        parts.append(counted(service.products_on_sale, _tr("1 package on sale"), _tr("{} packages on sale")))
    if service.upcoming:
        parts.append(counted(service.upcoming, _tr("1 coming visit"), _tr("{} coming visits")))
    if service.offered_with:
        parts.append(counted(service.offered_with, _tr("1 service"), _tr("{} services")))
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
        bookable=service.bookable,
        payment=service.payment,
        deposit=service.deposit,
        deposit_share=service.deposit_share,
    )


def _retiring(service: Service) -> Retiring:
    if service.retired:
        words = _tr("Brought back, it can be booked and put into packages again.")
    elif touched := service_touches(service):
        single = service.products_on_sale + service.upcoming + service.offered_with == 1
        stays = _tr("It stays as it is") if single else _tr("They stay as they are")
        words = _tr("Used by {}. {}; nothing new is booked.").format(_listed(touched), stays)
    else:
        words = _tr("Nothing rests on it. What was sold and booked earlier keeps its name.")
    return Retiring(service.name, words, service.retired, catalogue.retire_service, catalogue.restore_service)


def _listed(touched: str) -> str:
    """The last of several joined by and."""
    first, comma, last = touched.rpartition(", ")
    return _tr("{} and {}").format(first, last) if comma else touched


def _tr(words: str) -> str:
    return QCoreApplication.translate("service", words)
