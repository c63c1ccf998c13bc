from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from reception.domain import clients, tables
from reception.domain.clients import Alert, ClientDraft
from reception.domain.errors import Invalid, NotFound
from reception.domain.tables.ids import ClientId, StaffId
from reception.store import Store
from tests.clock import Clock
from tests.domain.registers import found

BEA = ClientDraft(
    name="Beatrix Hale",
    born=date(1988, 3, 14),
    pronouns="she/her",
    phones=("07700 900142", "+1 202 555 0143"),
    email="bea@example.org",
    address="2 Quay Street",
    notes="Left knee, surgery 2024\nPrefers mornings",
    alerts=(Alert("Latex allergy", serious=True), Alert("Takes the stairs slowly", serious=False)),
)


@pytest.fixture
def owner(store: Store) -> StaffId:
    return found(store)


@pytest.fixture
def bea(store: Store, owner: StaffId) -> ClientId:
    return ClientId(store.write(clients.add, BEA, actor=owner).answer)


def names(store: Store, text: str, **how: int) -> list[str]:
    return [one.name for one in store.read(clients.search, text, **how)]


def test_a_card_reads_back_as_it_was_typed(store: Store, bea: ClientId) -> None:
    card = store.read(clients.card, bea)
    assert (card.id, card.name, card.born, card.pronouns) == (bea, BEA.name, BEA.born, BEA.pronouns)
    assert (card.email, card.address, card.notes, card.alerts) == (BEA.email, BEA.address, BEA.notes, BEA.alerts)
    assert (card.payer, card.payer_name) == (None, "")


def test_phones_are_kept_internationally_and_shown_as_they_are_dialled(store: Store, bea: ClientId) -> None:
    kept = store.read(lambda session: session.scalars(select(tables.ClientPhone.number)).all())
    assert set(kept) == {"+447700900142", "+12025550143"}
    assert store.read(clients.card, bea).phones == ("07700 900142", "+1 202-555-0143")


def test_a_change_replaces_the_whole_record(store: Store, owner: StaffId, bea: ClientId) -> None:
    changed = ClientDraft("Bea Hale-Jones", phones=("020 7946 0018",), alerts=(Alert("Faints", serious=True),))
    store.write(clients.change, bea, changed, actor=owner)
    card = store.read(clients.card, bea)
    assert (card.name, card.born, card.email) == ("Bea Hale-Jones", None, "")
    assert (card.phones, card.alerts) == (("020 7946 0018",), changed.alerts)


def test_after_a_change_the_old_name_and_phone_find_nobody(store: Store, owner: StaffId, bea: ClientId) -> None:
    store.write(clients.change, bea, ClientDraft("Maud Ellery", phones=("020 7946 0018",)), actor=owner)
    assert [names(store, text) for text in ("beatrix", "0142", "maud", "0018")] == [
        [],
        [],
        ["Maud Ellery"],
        ["Maud Ellery"],
    ]


def test_a_payer_is_another_client(store: Store, owner: StaffId, bea: ClientId) -> None:
    child = store.write(clients.add, ClientDraft("Tim Hale", payer=bea), actor=owner).answer
    card = store.read(clients.card, child)
    assert (card.payer, card.payer_name) == (bea, "Beatrix Hale")
    with pytest.raises(Invalid, match="pays for themselves") as refusal:
        store.write(clients.change, bea, replace(BEA, payer=bea), actor=owner)
    assert refusal.value.field == "payer"


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name": " "}, "name", "no name"),
        ({"born": date(2026, 11, 25)}, "born", "2026-11-25 is still to come"),
        ({"born": date(1849, 12, 31)}, "born", "Nobody here was born"),
        ({"email": "bea.example.org"}, "email", "“bea.example.org” is no e-mail address"),
        ({"email": "bea hale@example.org"}, "email", "no e-mail address"),
        ({"phones": ("123",)}, "phones", "“123” is no phone number"),
        ({"phones": ("07700 900142", "call me")}, "phones", "“call me” is no phone number"),
        ({"phones": ("+999 123456789",)}, "phones", "no phone number"),
        ({"phones": ("020 7946 0018 ext 5",)}, "phones", "has an extension"),
        ({"payer": ClientId(99)}, "payer", "isn't among the clients"),
    ],
)
def test_a_record_that_cant_be_is_said_beside_its_field(
    sqlite_store: Store, changed: dict[str, Any], field: str, sentence: str
) -> None:
    owner = found(sqlite_store)
    with pytest.raises(Invalid, match=sentence) as refusal:
        sqlite_store.write(clients.add, replace(BEA, **changed), actor=owner)
    assert refusal.value.field == field
    assert sqlite_store.read(clients.search, "") == ()


def test_the_same_number_twice_is_kept_once_and_empty_lines_are_left_out(store: Store, owner: StaffId) -> None:
    draft = ClientDraft("Bea Hale", phones=("07700 900142", " ", "+44 7700 900142"), alerts=(Alert(" ", serious=True),))
    card = store.read(clients.card, store.write(clients.add, draft, actor=owner).answer)
    assert (card.phones, card.alerts) == (("07700 900142",), ())


def test_somebody_born_today_can_be_entered(store: Store, owner: StaffId) -> None:
    client = store.write(clients.add, ClientDraft("Baby Hale", born=date(2026, 11, 24)), actor=owner).answer
    assert store.read(clients.card, client).born == date(2026, 11, 24)


def test_somebody_who_isnt_there_is_said(sqlite_store: Store) -> None:
    owner = found(sqlite_store)
    with pytest.raises(NotFound, match="Look for them"):
        sqlite_store.read(clients.card, ClientId(9))
    with pytest.raises(NotFound, match="Look for them"):
        sqlite_store.write(clients.change, ClientId(9), BEA, actor=owner)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łukasz Żółć", "lukasz zolc"),
        ("Søren Ærø", "soren aero"),
        ("Strauß", "strauss"),
        ("Đorđe Œuvre", "dorde oeuvre"),
        ("\u0130pek I\u015f\u0131k", "ipek isik"),
        ("Þóra", "thora"),
        ("ÉLODIE", "elodie"),
        ("Ελένη", "ελενη"),
    ],
)
def test_folding_takes_case_accents_and_special_letters_off(text: str, folded: str) -> None:
    assert clients.fold(text) == folded


@given(st.text(max_size=20))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    once = clients.fold(text)
    assert clients.fold(once) == once


PEOPLE = (
    BEA,
    ClientDraft("Beatriz Mancini", phones=("07700 900318",)),
    ClientDraft("Lorna Beaton", phones=("07700 900655",)),
    ClientDraft("Łukasz O'Brien"),
    ClientDraft("Anne-Marie van der Berg", phones=("+49 30 901820",)),
    ClientDraft("Zoë Straße"),
)


FINDS = [
    ("bea", ["Beatrix Hale", "Beatriz Mancini", "Lorna Beaton"]),
    ("b", ["Anne-Marie van der Berg", "Beatrix Hale", "Beatriz Mancini", "Lorna Beaton", "Łukasz O'Brien"]),
    ("be", ["Anne-Marie van der Berg", "Beatrix Hale", "Beatriz Mancini", "Lorna Beaton"]),
    ("  HA  bea ", ["Beatrix Hale"]),
    ("hale mancini", []),
    ("luk", ["Łukasz O'Brien"]),
    ("Łuk", ["Łukasz O'Brien"]),
    ("o'brien", ["Łukasz O'Brien"]),
    ("obri", ["Łukasz O'Brien"]),
    ("brien", ["Łukasz O'Brien"]),
    ("annemarie", ["Anne-Marie van der Berg"]),
    ("anne-m", ["Anne-Marie van der Berg"]),
    ("zoe strass", ["Zoë Straße"]),
    ("ean", []),
    ("07700 900", ["Beatrix Hale", "Beatriz Mancini", "Lorna Beaton"]),
    ("7700900318", ["Beatriz Mancini"]),
    ("+44 7700 900655", ["Lorna Beaton"]),
    ("0044 7700 900655", ["Lorna Beaton"]),
    ("0655", ["Lorna Beaton"]),
    ("00655", ["Lorna Beaton"]),
    ("900655", ["Lorna Beaton"]),
    ("(202) 555-0143", ["Beatrix Hale"]),
    ("bea 0318", ["Beatriz Mancini"]),
    ("+49 30", ["Anne-Marie van der Berg"]),
    ("030 9018", ["Anne-Marie van der Berg"]),
    ("4711", []),
    ("%", ["Zoë Straße", "Anne-Marie van der Berg", "Łukasz O'Brien", "Lorna Beaton", "Beatriz Mancini", BEA.name]),
]


@pytest.mark.parametrize(("text", "expected"), FINDS)
def test_clients_are_found_by_the_beginnings_of_names_and_by_phone_digits(
    sqlite_store: Store, text: str, expected: list[str]
) -> None:
    enter_all(sqlite_store)
    assert names(sqlite_store, text) == expected


def test_a_server_finds_the_same(postgres_store: Store) -> None:
    enter_all(postgres_store)
    assert [(text, names(postgres_store, text)) for text, _ in FINDS] == FINDS


def enter_all(store: Store) -> None:
    owner = found(store)
    for draft in PEOPLE:
        store.write(clients.add, draft, actor=owner)


def test_who_is_found_can_be_told_apart(store: Store, bea: ClientId) -> None:
    (one,) = store.read(clients.search, "bea")
    assert (one.id, one.born, one.phone, one.note) == (bea, BEA.born, "07700 900142", "Left knee, surgery 2024")


def test_without_a_text_the_clients_changed_last_come_first(store: Store, owner: StaffId, clock: Clock) -> None:
    ids = []
    for name in ("Ann", "Ben", "Cy"):
        ids.append(store.write(clients.add, ClientDraft(name), actor=owner).answer)
        clock.forward(minutes=1)
    store.write(clients.change, ids[0], ClientDraft("Ann"), actor=owner)
    assert names(store, " ") == ["Ann", "Cy", "Ben"]
    assert names(store, "", limit=1) == ["Ann"]


def test_no_more_are_listed_than_asked_for(store: Store, owner: StaffId) -> None:
    for number in range(14):
        store.write(clients.add, ClientDraft(f"Bea {chr(97 + number)}"), actor=owner)
    assert len(names(store, "bea")) == 12
    assert names(store, "bea", limit=2) == ["Bea a", "Bea b"]


def test_a_long_pasted_text_is_looked_for_by_its_first_words(store: Store, bea: ClientId) -> None:
    assert names(store, "bea hale " * 500) == ["Beatrix Hale"]


@pytest.mark.parametrize(
    ("draft", "alike"),
    [
        (ClientDraft("BEATRIX  hale", born=date(1988, 3, 14)), True),
        (ClientDraft("Béatrix Hale"), True),
        (ClientDraft("Beatrix Hale", born=date(1990, 1, 1)), False),
        (ClientDraft("Beatrix Hall", born=date(1988, 3, 14)), False),
        (ClientDraft("Tim Hale", phones=("+44 (0)7700 900142",)), True),
        (ClientDraft("Tim Hale", phones=("12", "020 7946 0018")), False),
        (ClientDraft("", phones=("2025550143",)), False),
        (ClientDraft("", phones=("+12025550143",)), True),
        (ClientDraft(""), False),
    ],
)
def test_a_second_record_of_the_same_person_is_pointed_out(
    sqlite_store: Store, draft: ClientDraft, alike: bool
) -> None:  # R42
    bea = sqlite_store.write(clients.add, BEA, actor=found(sqlite_store)).answer
    assert [one.id for one in sqlite_store.read(clients.twins, draft)] == ([bea] if alike else [])


def test_nobody_is_their_own_second_record(store: Store, bea: ClientId) -> None:  # R42
    assert store.read(clients.twins, BEA, besides=bea) == ()


def test_a_record_without_a_birth_date_may_be_the_same_person(store: Store, owner: StaffId) -> None:  # R42
    other = store.write(clients.add, ClientDraft("Beatrix Hale"), actor=owner).answer
    assert [one.id for one in store.read(clients.twins, BEA)] == [other]
