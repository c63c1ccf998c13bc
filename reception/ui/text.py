"""All formatting: how the clinic's locale writes money, days and times, and how what was typed is read."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, localedata
from babel.dates import format_date, format_skeleton, format_time, get_date_format, get_day_names, get_month_names
from babel.numbers import (
    NumberFormatError,
    format_currency,
    format_decimal,
    get_currency_precision,
    get_currency_symbol,
    list_currencies,
    parse_decimal,
)
from PySide6.QtCore import QCoreApplication

from reception.domain.errors import DomainError, Invalid
from reception.domain.money import Money

MINUS = "\N{MINUS SIGN}"
_DASH = "\N{EN DASH}"
_GAP = "\N{NO-BREAK SPACE}"
_DAY_MINUTES = 24 * 60
_FEBRUARY = 2
WallTime = time
_TITLES = {"dr", "prof", "mr", "mrs", "ms", "mx"}


@dataclass(frozen=True)
class Formats:
    """How one clinic writes: its locale, its currency, its time zone."""

    locale: str
    currency: str
    zone: ZoneInfo

    def money(self, amount: Money) -> str:
        """An amount with its currency: £14.00."""
        return _money(self.locale, self.currency, int(amount))

    def amount(self, amount: Money) -> str:
        """An amount in a column of amounts: 14.00."""
        return _amount(self.locale, self.currency, int(amount))

    def number(self, count: int) -> str:
        """A count with its thousands apart: 1,200."""
        return format_decimal(count, locale=self.locale).replace("-", MINUS)

    def decimal(self, value: Decimal) -> str:
        """A number that was measured or reckoned, with all its places: 72.5."""
        return _decimal(self.locale, value)

    def percent(self, basis_points: int) -> str:
        """A rate given in basis points: 17.5 %."""
        return _percent(self.locale, basis_points)

    def symbol(self) -> str:
        """The sign of the currency."""
        return get_currency_symbol(self.currency, self.locale)

    def day(self, day: date) -> str:
        """A day of the diary: Tue 24 Nov."""
        return _day(self.locale, day)

    def long_day(self, day: date) -> str:
        """A day in full: Tuesday 24 November 2026."""
        return _long_day(self.locale, day)

    def short(self, day: date, today: date | None = None) -> str:
        """A date with its year only when that isn't this one: 12 Jan."""
        return _date(self.locale, day, year=day.year != (today or self.today()).year)

    def full(self, day: date) -> str:
        """A date with its year: 12 Jan 2027."""
        return _date(self.locale, day, year=True)

    def month(self, day: date) -> str:
        """The month of a day: November 2026."""
        return _month(self.locale, day.replace(day=1))

    def partial(self, day: str) -> str:
        """A date of which perhaps only the month or the year is known, as 2024-09: September 2024."""
        known = _known(day)
        if len(known) == 1:
            return str(known[0])
        if len(known) == 2:  # noqa: PLR2004 - year and month
            return self.month(date(*known, 1))
        return f"{format_date(date(*known), 'EEE', locale=self.locale)} {self.full(date(*known))}"

    def typed_partial(self, day: str) -> str:
        """The same as it stands in a field, in the order of the locale: 09 / 2024."""
        digits = dict(zip("yMd", day.split("-"), strict=False))
        return " / ".join(digits[letter] for letter in _order(self.locale) if letter in digits)

    def weekdays(self) -> tuple[str, ...]:
        """The letters over a month's columns, in the locale's order of the week."""
        names = get_day_names("narrow", "stand-alone", self.locale)
        return tuple(names[(self.first_weekday() + n) % 7] for n in range(7))

    def weekday(self, number: int, *, short: bool = False) -> str:
        """The name of a weekday, Monday being 0: Monday, or Mon."""
        return str(get_day_names("abbreviated" if short else "wide", "stand-alone", self.locale)[number])

    def first_weekday(self) -> int:
        """The day that a week begins with here; Monday is 0."""
        return Locale.parse(self.locale).first_week_day

    def time(self, at: datetime) -> str:
        """When something is on the clinic's clock: 10:00."""
        return _time(self.locale, at.astimezone(self.zone).time().replace(second=0, microsecond=0))

    def clock(self, minutes: int) -> str:
        """Minutes after midnight as wall time; the end of a day is 24:00 (R22)."""
        if minutes == _DAY_MINUTES:
            return "24:00"
        hours, rest = divmod(minutes % _DAY_MINUTES, 60)
        return _time(self.locale, time(hours, rest))

    def span(self, start: datetime, end: datetime) -> str:
        """From when to when: 10:00 to 10:45, with a dash."""
        return f"{self.time(start)} {_DASH} {self.time(end)}"

    def when(self, at: datetime, today: date | None = None) -> str:
        """A day and a time; today is said in words."""
        local, now = at.astimezone(self.zone).date(), today or self.today()
        if local == now:
            return f"{_tr('Today')} {self.time(at)}"
        year = "" if local.year == now.year else f" {local.year}"
        return f"{self.day(local)}{year} {self.time(at)}"

    def minutes(self, count: int) -> str:
        """How long in minutes: 12 min."""
        return QCoreApplication.translate("text", "%n min", None, count)

    def duration(self, length: timedelta) -> str:
        """How long in its natural units: 45 min, 24 h, 3 days."""
        minutes = round(length.total_seconds() / 60)
        if minutes and minutes % _DAY_MINUTES == 0 and minutes > _DAY_MINUTES:
            return QCoreApplication.translate("text", "%n days", None, minutes // _DAY_MINUTES)
        hours, rest = divmod(minutes, 60)
        if not hours:
            return self.minutes(rest)
        words = QCoreApplication.translate("text", "%n h", None, hours)
        return f"{words} {self.minutes(rest)}" if rest else words

    def today(self) -> date:
        """The date on the clinic's wall."""
        return datetime.now(UTC).astimezone(self.zone).date()

    def sentence(self, error: DomainError) -> str:
        """A refusal as the desk reads it, its values written the clinic's way."""
        template = QCoreApplication.translate("errors", error.template)
        values = {name: self._value(value) for name, value in error.values.items()}
        start, end = error.values.get("start"), error.values.get("end")
        if isinstance(start, datetime) and isinstance(end, datetime) and self._same_day(start, end):
            values["end"] = self.time(end)  # the same day is said once
        return template.format(**values)

    def parse_money(self, typed: str) -> Money:
        """Reads an amount; raises Invalid for what is none."""
        places = get_currency_precision(self.currency)
        plain = typed.replace(self.symbol(), "").replace(self.currency, "").replace(MINUS, "-")
        try:
            value = parse_decimal("".join(plain.split()), locale=self.locale, strict=True)
        except NumberFormatError:
            value = Decimal("NaN")
        minor = value.scaleb(places)
        if not minor.is_finite() or minor != minor.to_integral_value():
            example = self.amount(Money(1250))
            raise Invalid("{typed} is not an amount. Write it like {example}.", typed=typed.strip(), example=example)
        return Money(int(minor))

    def parse_percent(self, typed: str) -> int:
        """Reads a rate as basis points; raises Invalid for what is none."""
        try:
            points = parse_decimal("".join(typed.replace("%", "").split()), locale=self.locale, strict=True) * 100
        except NumberFormatError:
            points = Decimal("NaN")
        if not points.is_finite() or points != points.to_integral_value():
            raise Invalid("{typed} is not a rate. Write it like {example}.", typed=typed.strip(), example="17.5")
        return int(points)

    def date_hint(self) -> str:
        """How a date is typed, in the order of the locale: dd / mm / yyyy."""
        letters = {"d": _tr("dd"), "M": _tr("mm"), "y": _tr("yyyy")}
        return " / ".join(letters[letter] for letter in _order(self.locale))

    def parse_decimal(self, typed: str) -> Decimal:
        """Reads a number with any places; raises Invalid for what is none."""
        try:
            return parse_decimal("".join(typed.replace(MINUS, "-").split()), locale=self.locale, strict=True)
        except NumberFormatError:
            example = self.decimal(Decimal("72.5"))
            raise Invalid(
                "{typed} is not a number. Write it like {example}.", typed=typed.strip(), example=example
            ) from None

    def parse_partial(self, typed: str, today: date | None = None) -> str:
        """Reads a date, or only a month or a year, as 2024-11-30, 2024-09 or 2024; raises Invalid for what is none."""
        plain = typed.strip().casefold()
        numbers = re.findall(r"\d+", plain)
        year = next((n for n in numbers if len(n) == 4), "")  # noqa: PLR2004 - a whole year
        months = [m for w in re.findall(r"[^\W\d]+", plain) if (m := _month_of(self.locale, w))]
        rest = [int(n) for n in numbers if n is not year] + months
        if not year or len(rest) > 1 or int(year) < 1:
            return self.parse_day(typed, today).isoformat()
        if not rest:
            return year
        if not 1 <= rest[0] <= 12:  # noqa: PLR2004 - the months of a year
            raise Invalid("There is no month {month}.", month=str(rest[0]))
        return f"{year}-{rest[0]:02}"

    def parse_day(self, typed: str, today: date | None = None) -> date:
        """Reads a date as people type them; without a year the nearest to come, half a year back at most."""
        now = today or self.today()
        named = {_tr("today"): 0, _tr("tomorrow"): 1, _tr("yesterday"): -1}
        plain = typed.strip().casefold()
        if plain in named:
            return now + timedelta(days=named[plain])
        parts = _date_parts(self.locale, plain)
        if parts is None:
            example = _numeric_day(self.locale, now)
            raise Invalid("{typed} is not a date. Write it like {example}.", typed=typed.strip(), example=example)
        return _as_date(self.locale, parts, now)

    def parse_minutes(self, typed: str) -> int:
        """Reads a time of the day as minutes after midnight, 24:00 included; raises Invalid for what is none."""
        found = re.fullmatch(r"(\d{1,2})(?:\s*[:.h,]?\s*(\d{2}))?\s*(?:h|(a|p)\.?m?\.?)?", typed.strip().casefold())
        minutes = _wall_minutes(int(found[1]), int(found[2] or 0), found[3] or "") if found else None
        if minutes is None:
            raise Invalid("{typed} is not a time. Write it like {example}.", typed=typed.strip(), example="9:30")
        return minutes

    def parse_time(self, typed: str) -> WallTime:
        """Reads a wall time; raises Invalid for what is none."""
        minutes = self.parse_minutes(typed)
        if minutes == _DAY_MINUTES:
            raise Invalid("24:00 is the end of a day, not a time on it. Write 0:00 for midnight.")
        return WallTime(*divmod(minutes, 60))

    def _same_day(self, one: datetime, other: datetime) -> bool:
        return one.astimezone(self.zone).date() == other.astimezone(self.zone).date()

    def _value(self, value: object) -> object:
        match value:
            case Money():
                return self.money(value)
            case datetime() if value.astimezone(self.zone).date() == self.today():
                return f"{_tr('today')} {self.time(value)}"
            case datetime():
                return self.when(value)
            case date():
                return self.short(value)
            case time():
                return _time(self.locale, value)
            case timedelta():
                return self.duration(value)
            case int():
                return self.number(value)
            case _:
                return value


def currencies() -> list[str]:
    """The currencies in use, by their three letters."""
    return sorted(list_currencies())


def locales() -> list[str]:
    """The ways of writing figures and dates that are known: en_GB and others."""
    return sorted(localedata.locale_identifiers())


def initials(name: str) -> str:
    """The two letters that stand for a person: AR of Anna Rivers."""
    words = [w for w in name.replace("-", " ").split() if w.casefold().rstrip(".") not in _TITLES]
    return "".join(w[0] for w in (words[:1] + words[1:][-1:])).upper()


def short_name(name: str) -> str:
    """A colleague as everyone calls them: Anna R. of Anna Rivers."""
    words = [w for w in name.split() if w.casefold().rstrip(".") not in _TITLES]
    return " ".join([*words[:1], *(f"{w[0]}." for w in words[1:][-1:])])


def folded(words: str) -> str:
    """Words as they are compared when people search: no capitals, no accents."""
    return "".join(c for c in unicodedata.normalize("NFD", words.casefold()) if not unicodedata.combining(c))


def _tr(words: str) -> str:
    return QCoreApplication.translate("text", words)


@lru_cache(maxsize=4096)
def _money(locale: str, currency: str, minor: int) -> str:
    value = Decimal(minor).scaleb(-get_currency_precision(currency))
    return format_currency(value, currency, locale=locale).replace("-", MINUS)


@lru_cache(maxsize=4096)
def _amount(locale: str, currency: str, minor: int) -> str:
    places = get_currency_precision(currency)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(Decimal(minor).scaleb(-places), pattern, locale=locale).replace("-", MINUS)


def _decimal(locale: str, value: Decimal) -> str:
    words = format_decimal(value, locale=locale, decimal_quantization=False, group_separator=False)
    return words.replace("-", MINUS)


def _known(day: str) -> tuple[int, ...]:
    """Year, month and day of a date as FHIR writes it, as far as they are known."""
    return tuple(int(part) for part in day.split("-"))


@lru_cache(maxsize=256)
def _percent(locale: str, basis_points: int) -> str:
    value = Decimal(basis_points).scaleb(-2).normalize()
    return format_decimal(value, "#,##0.##", locale=locale).replace("-", MINUS) + _GAP + "%"


@lru_cache(maxsize=2048)
def _day(locale: str, day: date) -> str:
    return f"{format_date(day, 'EEE', locale=locale)} {format_skeleton('MMMd', day, locale=locale)}"


@lru_cache(maxsize=512)
def _long_day(locale: str, day: date) -> str:
    return f"{format_date(day, 'EEEE', locale=locale)} {format_date(day, 'long', locale=locale)}"


@lru_cache(maxsize=4096)
def _date(locale: str, day: date, *, year: bool) -> str:
    return format_skeleton("yMMMd" if year else "MMMd", day, locale=locale)


@lru_cache(maxsize=128)
def _month(locale: str, day: date) -> str:
    return format_skeleton("yMMMM", day, locale=locale)


@lru_cache(maxsize=2048)
def _time(locale: str, wall: time) -> str:
    return format_time(wall, "short", locale=locale)


def _numeric_day(locale: str, day: date) -> str:
    return format_date(day, "short", locale=locale)


@lru_cache(maxsize=16)
def _order(locale: str) -> str:
    """The letters of day, month and year as the locale's short date has them."""
    letters = [c for c in str(get_date_format("short", locale).pattern) if c in "dMy"]
    return "".join(dict.fromkeys(letters))


@lru_cache(maxsize=16)
def _month_words(locale: str) -> tuple[tuple[str, int], ...]:
    found = []
    for width in ("wide", "abbreviated"):
        for number, word in get_month_names(width, "format", locale).items():
            found.append((folded(word).rstrip("."), number))
    return tuple(found)


def _month_of(locale: str, word: str) -> int | None:
    plain = folded(word).rstrip(".")
    if len(plain) < 3:  # noqa: PLR2004 - two letters of a month name more than one
        return None
    return next((n for name, n in _month_words(locale) if name.startswith(plain)), None)


def _date_parts(locale: str, plain: str) -> dict[str, int] | None:
    """Day, month and perhaps year out of what was typed, by their letters in the locale's order."""
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain):
        return {"y": int(iso[1]), "M": int(iso[2]), "d": int(iso[3])}
    order = _order(locale)
    months = [m for w in re.findall(r"[^\W\d]+", plain) if (m := _month_of(locale, w))]
    if packed := re.fullmatch(r"(\d{2})(\d{2})(\d{2}|\d{4})", plain):
        numbers = [int(n) for n in packed.groups()]
        order = order.replace("y", "") + "y"
    else:
        numbers = [int(n) for n in re.findall(r"\d+", plain)]
    letters = order.replace("M", "") if months else order
    if letters.startswith("y") and len(numbers) == len(letters) and max(numbers[1:]) > max(31, numbers[0]):
        letters = letters[::-1]
    if len(numbers) == len(letters) - 1:
        letters = letters.replace("y", "")
    if len(numbers) != len(letters):
        return None
    parts = dict(zip(letters, numbers, strict=True))
    return parts | ({"M": months[0]} if months else {})


def _as_date(locale: str, parts: dict[str, int], now: date) -> date:
    day, month = parts["d"], parts["M"]
    if not 1 <= month <= 12:  # noqa: PLR2004 - the months of a year
        raise Invalid("There is no month {month}.", month=str(month))
    year = _whole_year(parts["y"], now) if "y" in parts else _nearest_year(month, now)
    last = _last_of(year, month)
    if 1 <= day <= last and 1 <= year <= 9999:  # noqa: PLR2004 - the years that a calendar can hold
        return date(year, month, day)
    name = get_month_names("wide", "stand-alone", locale)[month]
    if month == _FEBRUARY:
        raise Invalid("{month} {year} has {days} days.", month=name, year=str(year), days=last)
    raise Invalid("{month} has {days} days.", month=name, days=last)


def _last_of(year: int, month: int) -> int:
    following = date(year if 1 <= year < 9999 else 2000, month, 28) + timedelta(days=4)  # noqa: PLR2004 - as above
    return (following - timedelta(days=following.day)).day


def _whole_year(year: int, now: date) -> int:
    """Two digits mean a year at most 20 ahead, else one of the last century: birth dates are typed so."""
    if year > 99:  # noqa: PLR2004 - what two digits can say
        return year
    century = now.year // 100 * 100
    return century + year if century + year <= now.year + 20 else century - 100 + year


def _nearest_year(month: int, now: date) -> int:
    return now.year + 1 if now.month - month > 6 else now.year  # noqa: PLR2004 - half a year


def _wall_minutes(hours: int, rest: int, half: str) -> int | None:
    if half:
        hours = hours % 12 + (12 if half == "p" else 0) if 1 <= hours <= 12 else 99  # noqa: PLR2004 - a clock's face
    minutes = hours * 60 + rest
    return minutes if rest < 60 and minutes <= _DAY_MINUTES else None  # noqa: PLR2004 - an hour's minutes
