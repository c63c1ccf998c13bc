"""The first start on an empty database: which clinic this is, and who runs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies, list_currencies
from PySide6.QtCore import QLocale, QTimeZone, Signal
from PySide6.QtWidgets import QWidget

from reception.domain.catalogue import ClinicDraft
from reception.domain.errors import DomainError, Trouble
from reception.ui import tokens as k
from reception.ui.widgets import STRETCH, Button, Form, Kind, LineEdit, Prose, Scroller, Select, hbox, label, pane, vbox

_WIDTH = 460
_LOCALES = (
    "cs_CZ", "da_DK", "de_AT", "de_CH", "de_DE", "el_GR", "en_AU", "en_CA", "en_GB", "en_IE", "en_NZ", "en_US", "es_ES",
    "es_MX", "fi_FI", "fr_BE", "fr_CA", "fr_CH", "fr_FR", "hu_HU", "it_CH", "it_IT", "lt_LT", "lv_LV", "nb_NO", "nl_BE",
    "nl_NL", "pl_PL", "pt_BR", "pt_PT", "ro_RO", "sk_SK", "sl_SI", "sv_SE", "tr_TR",
)  # fmt: skip
_NO_PLACE = ("Etc/", "posix/", "right/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")


@dataclass(frozen=True, slots=True)
class Founding:
    """The clinic to set up, and the name of its owner."""

    draft: ClinicDraft
    owner: str


class Welcome(QWidget):
    """Asks what can't be guessed, and shows what can be changed later."""

    founded = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        locale = _own_locale()
        self._name = LineEdit()
        self._owner = LineEdit()
        self._address = LineEdit()
        self._locale: Select[str] = Select(_locales())
        self._currency: Select[str] = Select(_currencies(locale))
        self._zone: Select[str] = Select([(name, name.replace("_", " ")) for name in _zones()])
        self._locale.choose(locale)
        self._currency.choose(_currency_of(locale))
        self._zone.choose(_own_zone())
        self._go = Button(self.tr("Set up the clinic"), Kind.PRIMARY, key="Enter", height=36, name="welcome.go")
        self._build()
        self._locale.chosen.connect(self._follow_locale)
        self._go.clicked.connect(self._found)
        for line in (self._name, self._owner, self._address):
            line.returnPressed.connect(self._found)
        self.setFocusProxy(self._name)

    def show_refusal(self, error: DomainError | Trouble) -> None:
        """Says beside its field why the clinic could not be set up, or above them all."""
        field = error.field if isinstance(error, DomainError) else ""
        self._form.show_error(_FIELDS.get(field, field), str(error))

    def _build(self) -> None:
        self._form = form = Form(name="welcome.form")
        form.add(
            "welcome.name",
            self.tr("Name of the clinic"),
            self._name,
            required=True,
            hint=self.tr("As it stands on receipts"),
        )
        form.add(
            "welcome.owner",
            self.tr("Your name"),
            self._owner,
            required=True,
            hint=self.tr("You become its owner and may do everything"),
        )
        form.add("welcome.address", self.tr("Address"), self._address)
        zone = form.field("welcome.zone", self.tr("Time zone"), self._zone)
        locale = form.field("welcome.locale", self.tr("Figures and dates as in"), self._locale)
        form.add_row((locale, 1), (zone, 1))
        form.add("welcome.currency", self.tr("Currency"), self._currency, hint=self.tr("Stays once something was sold"))
        words = Prose(
            self.tr(
                "This database holds no clinic yet. A few words, and the diary opens. All of it can be changed later, "
                "in the settings."
            )
        )
        title = label(self.tr("Set up your clinic"), k.TITLE, k.SEMIBOLD)
        column = vbox(
            STRETCH, title, words, 8, form, 4, hbox(STRETCH, self._go), STRETCH, gap=8, margins=(20, 24, 20, 24)
        )
        inner = pane(column, width=_WIDTH)
        self.setLayout(vbox((Scroller(pane(hbox(STRETCH, inner, STRETCH), "surface")), 1), gap=0))

    def _found(self) -> None:
        self._form.clear_errors()
        draft = ClinicDraft(
            name=self._name.text(),
            address=self._address.text(),
            zone=self._zone.value() or "",
            currency=self._currency.value() or "",
            locale=self._locale.value() or "",
        )
        self.founded.emit(Founding(draft, self._owner.text()))

    def _follow_locale(self, locale: str) -> None:
        self._currency.choose(_currency_of(locale))


_FIELDS = {name: f"welcome.{name}" for name in ("name", "owner", "address", "zone", "locale", "currency")}


@lru_cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith(_NO_PLACE)))


def _locales() -> Sequence[tuple[str, str]]:
    return sorted(((name, _locale_words(name)) for name in _LOCALES), key=lambda pair: pair[1])


def _locale_words(name: str) -> str:
    return Locale.parse(name).get_display_name("en") or name


def _currencies(locale: str) -> Sequence[tuple[str, str]]:
    own = {_currency_of(name) for name in _LOCALES}
    named = [(code, f"{code} {get_currency_name(code, locale='en')}") for code in sorted(own & list_currencies())]
    return sorted(named, key=lambda pair: pair[0] != _currency_of(locale))


def _currency_of(locale: str) -> str:
    return str(get_territory_currencies(Locale.parse(locale).territory or "GB")[-1])


def _own_locale() -> str:
    name = QLocale.system().name()
    return name if name in _LOCALES else "en_GB"


def _own_zone() -> str:
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    return name if name in _zones() else "Europe/London"
