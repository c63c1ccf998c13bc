"""The clinic itself as it is typed: name, address, where it is, when its door is open."""

from functools import partial
from zoneinfo import available_timezones

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue
from reception.domain.catalogue import Clinic, ClinicDraft, Opening
from reception.domain.errors import Invalid
from reception.ui.dialogs.editing import Editing, Fact, suggest
from reception.ui.dialogs.hours import WeekHours
from reception.ui.text import currencies, locales
from reception.ui.widgets import LineEdit, Spin, TextArea
from reception.ui.workbench import Undo, Workbench

_MOST = 99_999


class ClinicSheet(Editing):
    """The clinic's settings; once visits were booked and sales made, its time zone and currency stay."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(bench, "clinic", parent=parent)
        own = bench.clinic
        self._name, self._address = LineEdit(own.name), TextArea(own.address)
        self._zone, self._currency, self._locale = LineEdit(own.zone), LineEdit(own.currency), LineEdit(own.locale)
        suggest(self._zone, sorted(available_timezones()))
        suggest(self._currency, currencies())
        suggest(self._locale, locales())
        self._near = Spin(own.near_days, 0, _MOST, unit=self.tr("days"))
        self._wait = Spin(own.wait_minutes, 0, _MOST, unit=self.tr("min"))
        self._opening = WeekHours(bench.formats, name="clinic.opening_hours")
        self._opening.show_hours([(one.weekday, one.start, one.end) for one in own.opening])
        self._fact = Fact(name="clinic.fact")
        self._build()
        self.look()

    def _build(self) -> None:
        self.title.show_words(self.tr("The clinic"))
        self.subtitle.show_words(self.tr("Name and address stand on its receipts"))
        self.row(self.field("name", self.tr("Name"), self._name, required=True))
        self.row(self.field("address", self.tr("Address"), self._address))
        self.row(
            self.field("zone", self.tr("Time zone"), self._zone, hint=self.tr("As in Europe/London"), required=True)
        )
        self.row(
            self.field("currency", self.tr("Currency"), self._currency, hint=self.tr("As in GBP"), required=True),
            self.field(
                "locale", self.tr("Figures and dates"), self._locale, hint=self.tr("As in en_GB"), required=True
            ),
        )
        self.row(
            self.field("near_days", self.tr("Credits near their last day"), self._near),
            self.field("wait_minutes", self.tr("Waiting stands out after"), self._wait),
        )
        self.row(self.field("opening", self.tr("The door is open"), self._opening))
        self.form.add_row(self._fact)

    @override
    def look(self) -> None:
        self._opening.show_unread(self.bench.formats)
        self._fact.show_words(
            self.tr("Opening hours are shown and warned about. What can be booked is decided by shifts.")
        )

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        draft, write, old = self._typed(), self.bench.backend.write, _draft(self.bench.clinic)
        await write(catalogue.set_clinic, draft, id=id)
        return self.tr("Changed the clinic’s settings"), partial(write, catalogue.set_clinic, old)

    def _typed(self) -> ClinicDraft:
        try:
            opening = tuple(Opening(*hours) for hours in self._opening.hours())
        except Invalid as error:
            raise Invalid(error.template, field="opening", **error.values) from None
        return ClinicDraft(
            name=self._name.text(),
            address=self._address.toPlainText(),
            zone=self._zone.text().strip(),
            currency=self._currency.text().strip().upper(),
            locale=self._locale.text().strip(),
            near_days=self._near.value(),
            wait_minutes=self._wait.value(),
            opening=opening,
        )


def _draft(own: Clinic) -> ClinicDraft:
    return ClinicDraft(
        name=own.name,
        address=own.address,
        zone=own.zone,
        currency=own.currency,
        locale=own.locale,
        near_days=own.near_days,
        wait_minutes=own.wait_minutes,
        opening=own.opening,
    )
