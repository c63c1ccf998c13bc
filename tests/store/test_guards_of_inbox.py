"""What clients handed in on their own screen is decided once, and becomes what it was and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from reception.domain import access, tables
from reception.store import Store
from reception.store.verify import inbox
from tests.store import plain
from tests.store.breaking import unsaved

TEN = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def _stranger(session: Session) -> int:
    return plain.added(session, tables.Client(name="Al", folded="al", born=None, changed=access.now(session)))


@pytest.fixture
def stranger(store: Store, house: plain.House) -> int:
    """Another client."""
    other: int = store.write(_stranger, actor=None).answer
    return other


@pytest.fixture
def visit(store: Store, house: plain.House) -> int:
    """A visit of the client of the house."""
    booked: int = store.write(plain.book, house, TEN, actor=None).answer
    return booked


def test_answers_are_for_their_own_clients_visit(
    store: Store, house: plain.House, annex: plain.Annex, visit: int, stranger: int
) -> None:  # R35
    group = store.read(lambda session: session.get_one(tables.Appointment, visit).group_id)
    other = plain.House(house.owner, house.other, house.service, house.product, stranger)
    assert unsaved(store, plain.hand_in, other, annex.version, group=group) == "submission_of_visit"
    assert store.write(plain.hand_in, house, annex.version, group=group, actor=None).answer


def test_what_answers_become_is_a_response_of_their_client_and_version(
    store: Store, house: plain.House, annex: plain.Annex, stranger: int
) -> None:  # R35
    handed = store.write(plain.hand_in, house, annex.version, actor=None).answer
    newer = store.write(plain.publish, annex.form, number=2, actor=None).answer
    for client, version in ((stranger, annex.version), (house.client, newer)):
        assert unsaved(store, plain.accept, handed, client, version) == "submission_decision_response"
    assert store.write(plain.accept, handed, house.client, annex.version, actor=None).answer


def _accept_earlier(session: Session, submission: int, response: int) -> None:
    stamp = access.turn(session).stamp()
    plain.added(session, tables.SubmissionDecision(**stamp, submission_id=submission, response_id=response))


def test_answers_that_were_there_before_are_not_what_a_submission_became(
    store: Store, house: plain.House, annex: plain.Annex
) -> None:  # R35
    response = store.write(plain.answer, house.client, annex.version, actor=None).answer
    handed = store.write(plain.hand_in, house, annex.version, actor=None).answer
    assert unsaved(store, _accept_earlier, handed, response) == "submission_decision_response"


def test_a_submission_is_decided_once(store: Store, house: plain.House, annex: plain.Annex) -> None:  # R35
    handed = store.write(plain.hand_in, house, annex.version, actor=None).answer
    store.write(plain.accept, handed, house.client, annex.version, actor=None)
    assert "submission_decision" in unsaved(store, plain.accept, handed, house.client, annex.version)


def test_what_a_wish_becomes_is_that_add_on_in_that_coming_in(
    store: Store, house: plain.House, annex: plain.Annex, visit: int
) -> None:  # R27
    wish = store.write(plain.wish, visit, annex.add_on, actor=None).answer
    later = TEN + timedelta(hours=3)
    other = store.write(plain.book, house, later, actor=None).answer
    after = later + timedelta(hours=1)
    elsewhere = store.write(plain.book, annex.of(house), after, base=other, actor=None).answer
    for not_it in (visit, elsewhere):
        assert unsaved(store, plain.grant, wish, not_it) == "wish_decision_appointment"
    joined = store.write(plain.book, annex.of(house), TEN + timedelta(hours=1), base=visit, actor=None).answer
    assert store.write(plain.grant, wish, joined, actor=None).answer


def test_verify_names_what_was_decided_as_something_else() -> None:  # R27, R35
    handed = [inbox.SubmissionRow(1, 7, 3)]
    accepted = [inbox.AcceptedRow(1, 1, 9), inbox.AcceptedRow(2, 1, None)]
    assert list(inbox.responses_are_theirs(accepted, handed, {9: (7, 3)})) == []
    assert list(inbox.responses_are_theirs(accepted, handed, {9: (8, 3)})) == [
        "submission 1: response 9 isn't made of it"
    ]
    wishes, granted = [inbox.WishRow(1, 4, 2)], [inbox.GrantedRow(1, 1, 6), inbox.GrantedRow(2, 1, None)]
    assert list(inbox.visits_are_wished(granted, wishes, {6: (4, 2)})) == []
    assert list(inbox.visits_are_wished(granted, wishes, {6: (4, 5)})) == ["wish 1: visit 6 isn't what was wished for"]
