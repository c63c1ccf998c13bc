"""The database keeps what was asked, answered and found, and lets nobody be treated past an open screening."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import access, tables
from reception.domain.gates import Effect, Lasting, Screened
from reception.domain.outcomes import Status
from reception.domain.tables.words import Happening
from reception.store import Store
from tests.store import plain
from tests.store.breaking import allowed, refused, unsaved

TEN = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
AFTER = TEN + timedelta(hours=1)


@pytest.fixture
def base(store: Store, house: plain.House) -> int:
    """A visit that add-ons hang on."""
    visit: int = store.write(plain.book, house, TEN, actor=None).answer
    return visit


# Versions and rules


@pytest.mark.parametrize("number", [0, 3])
def test_versions_of_a_form_are_numbered_without_gaps(store: Store, annex: plain.Annex, number: int) -> None:
    assert unsaved(store, plain.publish, annex.form, number=number) == "form_version_number"


def test_each_form_is_numbered_on_its_own(store: Store, annex: plain.Annex) -> None:
    other = store.write(plain.added, tables.Form(url="urn:peel", title="Peel"), actor=None).answer
    store.write(plain.publish, annex.form, number=2, actor=None)
    assert store.write(plain.publish, other, actor=None).answer > annex.version


def test_rule_that_was_retired_stays_so(store: Store, annex: plain.Annex) -> None:  # R32
    allowed(store, "UPDATE screening_rule SET retired = 1")
    assert refused(store, "UPDATE screening_rule SET retired = 0") == "screening_rule_stays_retired"


# Responses and findings


def test_response_amends_one_of_its_own_client_and_form(
    store: Store, house: plain.House, annex: plain.Annex
) -> None:  # R35
    first = store.write(plain.answer, house.client, annex.version, actor=None).answer
    client, version = store.write(_others, actor=None).answer
    for whose, to in ((client, annex.version), (house.client, version)):
        assert unsaved(store, plain.answer, whose, to, amends=first) == "form_response_amends"
    newer = store.write(plain.publish, annex.form, number=2, actor=None).answer
    assert store.write(plain.answer, house.client, newer, amends=first, actor=None).answer > first


def _others(session: Session) -> list[int]:
    """Another client, and a version of another form."""
    client = tables.Client(name="Al", folded="al", born=None, changed=access.now(session))
    form = plain.added(session, tables.Form(url="urn:peel", title="Peel"))
    return [plain.added(session, client), plain.publish(session, form)]


def test_block_may_be_found_in_answers_that_are_older_than_its_rule(
    store: Store, house: plain.House, annex: plain.Annex
) -> None:  # R33
    response = store.write(plain.answer, house.client, annex.version, actor=None).answer
    store.write(plain.find, response, annex.rule, actor=None)
    assert store.read(lambda session: session.scalars(select(tables.Finding.response_id)).all()) == [response]


@pytest.mark.parametrize(
    ("changed", "guard"),
    [
        ({"client_id": 2}, "finding_of_response"),
        ({"service_id": 1}, "finding_of_rule"),
        ({"link_id": "2"}, "finding_of_rule"),
        ({"effect": Effect.NOTE}, "finding_of_rule"),
        ({"lasting": Lasting.PERMANENT}, "finding_of_rule"),
        ({"staff_message": ""}, "finding_of_rule"),
        ({"client_message": "Fine"}, "finding_of_rule"),
    ],
)
def test_finding_says_what_its_rule_says(
    store: Store, house: plain.House, annex: plain.Annex, changed: dict[str, Any], guard: str
) -> None:  # R32
    store.write(_others, actor=None)
    assert unsaved(store, _answer_and_find, house, annex.version, annex.rule, **changed) == guard


def test_rule_finds_in_answers_to_its_own_form_only(
    store: Store, house: plain.House, annex: plain.Annex
) -> None:  # R32
    version = store.write(_others, actor=None).answer[1]
    assert unsaved(store, _answer_and_find, house, version, annex.rule) == "finding_of_rule"


def test_retired_rule_finds_nothing(store: Store, house: plain.House, annex: plain.Annex) -> None:  # R32
    allowed(store, "UPDATE screening_rule SET retired = 1")
    assert unsaved(store, _answer_and_find, house, annex.version, annex.rule) == "finding_of_rule"


def _answer_and_find(session: Session, house: plain.House, version: int, rule: int, **changed: Any) -> None:
    plain.find(session, plain.answer(session, house.client, version), rule, **changed)


# Clearing and the gate (R33)


def test_only_the_clinical_role_clears(store: Store, house: plain.House, annex: plain.Annex) -> None:  # R33
    refusals = [unsaved(store, plain.clear, house, annex.add_on, actor=actor) for actor in (house.other, None)]
    assert refusals == ["log_clearances_clinical"] * 2
    assert store.write(plain.clear, house, annex.add_on, actor=house.owner).answer


def test_only_the_clinical_role_says_no(store: Store, annex: plain.Annex, house: plain.House, base: int) -> None:  # R33
    refusals = [unsaved(store, plain.deny, base, annex.add_on, actor=actor) for actor in (house.other, None)]
    assert refusals == ["log_denials_clinical"] * 2
    assert store.write(plain.deny, base, annex.add_on, actor=house.owner).answer


# Asking a clinician (R34)


@pytest.fixture
def response(store: Store, house: plain.House, annex: plain.Annex) -> int:
    """The client's answers to the form that the add-on heeds."""
    given: int = store.write(plain.answer, house.client, annex.version, actor=None).answer
    return given


def test_who_is_asked_is_clinical(
    store: Store, house: plain.House, annex: plain.Annex, base: int, response: int
) -> None:  # R34
    assert unsaved(store, plain.ask_about, base, annex.add_on, response, house.other) == "add_on_task_asked"
    assert unsaved(store, plain.ask_about_visit, base, response, house.other) == "screening_task_asked"
    assert store.write(plain.ask_about, base, annex.add_on, response, house.owner, actor=None).answer
    assert store.write(plain.ask_about_visit, base, response, house.owner, actor=None).answer


def test_a_clinician_is_asked_about_the_clients_own_answers(
    store: Store, house: plain.House, annex: plain.Annex, base: int
) -> None:  # R34
    client, version = store.write(_others, actor=None).answer
    of_another = store.write(plain.answer, client, annex.version, actor=None).answer
    to_another = store.write(plain.answer, house.client, version, actor=None).answer
    assert unsaved(store, plain.ask_about_visit, base, of_another, house.owner) == "screening_task_of_client"
    for given in (of_another, to_another):
        assert unsaved(store, plain.ask_about, base, annex.add_on, given, house.owner) == "add_on_task_of_client"


def test_a_clinician_is_asked_about_what_could_join(
    store: Store, house: plain.House, annex: plain.Annex, base: int, response: int
) -> None:  # R24, R34
    allowed(store, "DELETE FROM add_on_link")
    assert unsaved(store, plain.ask_about, base, annex.add_on, response, house.owner) == "add_on_task_linked"


OPEN = [None, *(outcome for outcome in Screened if outcome not in {Screened.CLEAR, Screened.CLEARED})]
"""What doesn't let anybody through: nobody asked, or the gate didn't say clear."""


def attach(session: Session, house: plain.House, base: int, outcome: Screened | None) -> int:
    visit = plain.book(session, house, AFTER, base=base)
    note(session, visit, outcome)
    return visit


def note(session: Session, visit: int, outcome: Screened | None) -> None:
    if outcome is not None:
        plain.check(session, visit, outcome)


@pytest.mark.parametrize("outcome", OPEN)
def test_add_on_that_requires_a_form_is_not_attached_unscreened(
    store: Store, house: plain.House, annex: plain.Annex, base: int, outcome: Screened | None
) -> None:  # R31, R33
    store.write(plain.require, annex.add_on, annex.form, actor=None)
    assert unsaved(store, attach, annex.of(house), base, outcome) == "log_screened"


@pytest.mark.parametrize("outcome", [Screened.CLEAR, Screened.CLEARED])
def test_add_on_is_attached_once_it_is_clear(
    store: Store, house: plain.House, annex: plain.Annex, base: int, outcome: Screened
) -> None:  # R33
    store.write(plain.require, annex.add_on, annex.form, actor=None)
    assert store.write(attach, annex.of(house), base, outcome, actor=None).answer


def test_base_is_booked_with_its_form_due(store: Store, house: plain.House, annex: plain.Annex) -> None:  # R31
    store.write(plain.require, house.service, annex.form, actor=None)
    assert store.write(plain.book, house, TEN, actor=None).answer


def happen(session: Session, visit: int, kind: Happening, status: Status, outcome: Screened | None) -> None:
    plain.happen(session, visit, kind, status)
    note(session, visit, outcome)


BEGINNINGS = [(Happening.STARTED, Status.IN_TREATMENT), (Happening.COMPLETED, Status.COMPLETED)]


@pytest.mark.parametrize(("kind", "status"), BEGINNINGS)
@pytest.mark.parametrize("outcome", OPEN)
def test_nobody_is_treated_past_an_open_screening(
    store: Store,
    house: plain.House,
    annex: plain.Annex,
    base: int,
    kind: Happening,
    status: Status,
    outcome: Screened | None,
) -> None:  # R33
    store.write(plain.require, house.service, annex.form, actor=None)
    store.write(plain.happen, base, Happening.ARRIVED, Status.ARRIVED, actor=None)
    # What the gate said on another day doesn't count.
    store.write(plain.check, base, actor=None)
    assert unsaved(store, happen, base, kind, status, outcome) == "log_screened"


@pytest.mark.parametrize(("kind", "status"), BEGINNINGS)
def test_treatment_begins_once_it_is_clear(
    store: Store, house: plain.House, annex: plain.Annex, base: int, kind: Happening, status: Status
) -> None:  # R33
    store.write(plain.require, house.service, annex.form, actor=None)
    store.write(plain.happen, base, Happening.ARRIVED, Status.ARRIVED, actor=None)
    store.write(happen, base, kind, status, Screened.CLEARED, actor=None)
    assert store.read(lambda session: session.get_one(tables.Appointment, base).status) is status


def test_treatment_that_began_clear_is_completed_unasked(
    store: Store, house: plain.House, annex: plain.Annex, base: int
) -> None:  # R33
    store.write(plain.happen, base, Happening.ARRIVED, Status.ARRIVED, actor=None)
    store.write(plain.happen, base, Happening.STARTED, Status.IN_TREATMENT, actor=None)
    store.write(plain.require, house.service, annex.form, actor=None)
    store.write(plain.happen, base, Happening.COMPLETED, Status.COMPLETED, actor=None)
    assert store.read(lambda session: session.get_one(tables.Appointment, base).status) is Status.COMPLETED
