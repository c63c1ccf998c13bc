from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.errors import Invalid, Refused
from reception.domain.money import Money
from reception.ui import text
from reception.ui.text import Formats

LONDON = ZoneInfo("Europe/London")
UK = Formats("en_GB", "GBP", LONDON)
GERMAN = Formats("de_DE", "EUR", ZoneInfo("Europe/Berlin"))
JAPANESE = Formats("ja_JP", "JPY", ZoneInfo("Asia/Tokyo"))
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("formats", "amount", "money", "plain"),
    [
        (UK, 1400, "£14.00", "14.00"),
        (UK, -4800, "\u2212£48.00", "\u221248.00"),
        (UK, 140_000, "£1,400.00", "1,400.00"),
        (GERMAN, 140_000, "1.400,00\xa0€", "1.400,00"),
        (JAPANESE, 1400, "￥1,400", "1,400"),
    ],
)
def test_money_is_written_as_the_clinic_writes_it(formats: Formats, amount: int, money: str, plain: str) -> None:
    assert (formats.money(Money(amount)), formats.amount(Money(amount))) == (money, plain)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("14", 1400), ("14.5", 1450), ("£14.00", 1400), ("1,400.00", 140_000), ("1400", 140_000), ("\u22125", -500)],
)
def test_amounts_are_read_as_people_type_them(typed: str, amount: int) -> None:
    assert UK.parse_money(typed) == Money(amount)


@pytest.mark.parametrize("typed", ["", "abc", "14,50", "14.005", "1.2.3"])
def test_what_is_no_amount_is_told_with_an_example(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        UK.parse_money(typed)
    assert UK.sentence(refused.value).endswith("Write it like 12.50.")


@given(st.integers(-(10**9), 10**9).map(Money), st.sampled_from([UK, GERMAN, JAPANESE]))
def test_amounts_are_read_as_they_are_written(amount: Money, formats: Formats) -> None:
    assert formats.parse_money(formats.amount(amount)) == amount
    assert formats.parse_money(formats.money(amount).replace("￥", "")) == amount


def test_days_have_one_form_for_each_place() -> None:
    day = date(2026, 11, 24)
    assert UK.day(day) == "Tue 24 Nov"
    assert UK.long_day(day) == "Tuesday 24 November 2026"
    assert UK.full(day) == "24 Nov 2026"
    assert UK.month(day) == "November 2026"


def test_the_year_is_said_only_when_it_is_another_one() -> None:
    assert UK.short(date(2026, 12, 3), TODAY) == "3 Dec"
    assert UK.short(date(2027, 1, 12), TODAY) == "12 Jan 2027"


def test_today_is_said_in_words() -> None:
    at = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    assert UK.when(at, TODAY) == "Today 10:00"
    assert UK.when(at, date(2026, 11, 3)) == "Sun 22 Nov 10:00"
    assert UK.when(at, date(2027, 1, 1)) == "Sun 22 Nov 2026 10:00"


def test_instants_are_shown_in_the_clinics_zone() -> None:
    summer = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    assert UK.time(summer) == "10:00"
    assert UK.span(summer, summer + timedelta(minutes=45)) == "10:00 – 10:45"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(minutes=45), "45 min"),
        (timedelta(minutes=90), "1 h 30 min"),
        (timedelta(hours=24), "24 h"),
        (timedelta(days=14), "14 days"),
    ],
)
def test_lengths_are_said_in_their_natural_units(length: timedelta, words: str) -> None:
    assert UK.duration(length) == words


@pytest.mark.parametrize(("points", "words"), [(2000, "20\xa0%"), (1750, "17.5\xa0%"), (0, "0\xa0%")])
def test_rates_are_read_as_they_are_written(points: int, words: str) -> None:
    assert UK.percent(points) == words
    assert UK.parse_percent(words) == points


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("24/11/2026", date(2026, 11, 24)),
        ("24 11 2026", date(2026, 11, 24)),
        ("24.11.", date(2026, 11, 24)),
        ("Tue 24 Nov 2026", date(2026, 11, 24)),
        ("24112026", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("12 jan", date(2027, 1, 12)),
        ("3 Sept", date(2026, 9, 3)),
        ("14 mar 1988", date(1988, 3, 14)),
        ("1/2/88", date(1988, 2, 1)),
        ("tomorrow", date(2026, 11, 23)),
    ],
)
def test_dates_are_read_as_people_type_them(typed: str, day: date) -> None:
    assert UK.parse_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/11/2026", "November has 30 days."),
        ("29/2/2027", "February 2027 has 28 days."),
        ("5/13", "There is no month 13."),
        ("soon", "soon is not a date. Write it like 22/11/2026."),
        ("24", "24 is not a date. Write it like 22/11/2026."),
    ],
)
def test_what_is_no_date_is_told_why(typed: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        UK.parse_day(typed, TODAY)
    assert UK.sentence(refused.value) == sentence


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from([UK, GERMAN, Formats("en_US", "USD", LONDON)]))
def test_dates_are_read_as_they_are_written(day: date, formats: Formats) -> None:
    assert formats.parse_day(formats.full(day), TODAY) == day


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("10", 600),
        ("10:30", 630),
        ("1030", 630),
        ("930", 570),
        ("9.30", 570),
        ("9h30", 570),
        ("2pm", 840),
        ("2:30 p.m.", 870),
        ("12 am", 0),
        ("24:00", 1440),
    ],
)
def test_times_are_read_as_people_type_them(typed: str, minutes: int) -> None:
    assert UK.parse_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["", "25", "10:75", "24:01", "13pm", "x"])
def test_what_is_no_time_is_told_with_an_example(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        UK.parse_minutes(typed)
    assert UK.sentence(refused.value).endswith("Write it like 9:30.")


@given(st.integers(0, 1440))
def test_times_are_read_as_they_are_written(minutes: int) -> None:  # R22
    assert UK.parse_minutes(UK.clock(minutes)) == minutes


def test_the_end_of_a_day_is_no_time_on_it() -> None:  # R22
    assert UK.clock(1440) == "24:00"
    with pytest.raises(Invalid):
        UK.parse_time("24:00")
    assert UK.parse_time("0:00") == time(0)


def test_refusals_are_written_the_clinics_way() -> None:
    refused = Refused(
        "{who} is busy until {at}; {count} credits of {price} end on {day}, {notice} before.",
        who="Ines Lund",
        at=time(11, 30),
        count=1200,
        price=Money(8000),
        day=date(1999, 1, 12),
        notice=timedelta(hours=24),
    )
    assert UK.sentence(refused) == (
        "Ines Lund is busy until 11:30; 1,200 credits of £80.00 end on 12 Jan 1999, 24 h before."
    )


def test_today_is_written_small_within_a_sentence() -> None:
    start = datetime.combine(UK.today(), time(10, 45), UK.zone)
    assert UK.sentence(Refused("Ines is no longer free at {start}.", start=start)) == (
        "Ines is no longer free at today 10:45."
    )


@pytest.mark.parametrize(
    ("name", "initials", "short"),
    [
        ("Anna Rivers", "AR", "Anna R."),
        ("Dr Amara Obi", "AO", "Amara O."),
        ("Mary Ann Lee", "ML", "Mary L."),
        ("Cher", "C", "Cher"),
        ("", "", ""),
    ],
)
def test_names_have_short_forms(name: str, initials: str, short: str) -> None:
    assert (text.initials(name), text.short_name(name)) == (initials, short)


def test_searching_knows_no_accents() -> None:
    assert text.folded("Zoë ÁLVAREZ") == "zoe alvarez"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2024", "2024"),
        ("09/2024", "2024-09"),
        ("9 / 2024", "2024-09"),
        ("sep 2024", "2024-09"),
        ("2024-09", "2024-09"),
        ("21/11/2026", "2026-11-21"),
        ("21 / 11 / 2026", "2026-11-21"),
        ("21/11", "2026-11-21"),
        ("15/03/88", "1988-03-15"),
        ("today", "2026-11-22"),
    ],
)
def test_a_date_may_be_known_in_part(typed: str, day: str) -> None:
    assert UK.parse_partial(typed, TODAY) == day
    assert UK.parse_partial(UK.typed_partial(day), TODAY) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/11/2026", "November has 30 days."),
        ("13/2024", "There is no month 13."),
        ("some day", "some day is not a date. Write it like 22/11/2026."),
    ],
)
def test_what_is_no_part_of_a_date_is_told(typed: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        UK.parse_partial(typed, TODAY)
    assert UK.sentence(refused.value) == sentence


def test_a_part_of_a_date_is_written_in_words_and_in_figures() -> None:
    told = [UK.partial(day) for day in ("2024", "2024-09", "2026-11-21")]
    assert told == ["2024", "September 2024", "Sat 21 Nov 2026"]
    assert [UK.typed_partial(day) for day in ("2024", "2024-09", "2026-11-21")] == [
        "2024",
        "09 / 2024",
        "21 / 11 / 2026",
    ]
    assert (UK.date_hint(), JAPANESE.date_hint()) == ("dd / mm / yyyy", "yyyy / mm / dd")


@pytest.mark.parametrize(("formats", "words"), [(UK, "72.50"), (GERMAN, "72,50")])
def test_numbers_keep_their_places(formats: Formats, words: str) -> None:
    assert formats.decimal(formats.parse_decimal(words)) in (words, words[:-1])
    assert formats.decimal(Decimal(-3)) == "\u22123"
    with pytest.raises(Invalid):
        formats.parse_decimal("much")
