"""A sound clinic has no faults; every planted one is found."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from reception.domain.money import Money
from reception.domain.outcomes import Status
from reception.store import Store, guards, verify
from reception.store.engine import SQLITE
from reception.store.verify import visits
from tests.clock import Clock
from tests.store import plain

TEN = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@pytest.fixture
def busy(store: Store, house: plain.House) -> Store:
    """Two courses sold; visits booked on a credit, moved, completed on a credit, cancelled."""
    _, first, second = store.write(plain.sell, house, actor=None).answer
    store.write(plain.sell, house, actor=None)
    booked = store.write(plain.book, house, TEN, credit=first, actor=None).answer
    store.write(plain.move, booked, TEN + timedelta(days=1), actor=None)
    done = store.write(plain.book, house, TEN + timedelta(hours=2), credit=second, actor=None).answer
    store.write(plain.complete, done, second, actor=None)
    cancelled = store.write(plain.book, house, TEN + timedelta(hours=4), actor=None).answer
    store.write(plain.cancel, cancelled, actor=None)
    return store


@pytest.fixture
def grown(busy: Store, house: plain.House, annex: plain.Annex) -> Store:
    """The same with an add-on in a room after the visit that was moved, screened, asked about, paid ahead, its answers
    amended.
    """
    after = TEN + timedelta(days=1, hours=1)
    add_on = busy.write(plain.book, annex.of(house), after, base=1, resource=annex.room, actor=None).answer
    response = busy.write(plain.screen, house, annex, add_on, actor=None).answer
    busy.write(plain.ask_about, add_on, annex.add_on, response, house.owner, actor=None)
    busy.write(plain.answer, house.client, annex.version, amends=response, actor=None)
    busy.write(plain.pay_ahead, add_on, Money(50_00), actor=None)
    return busy


def test_sound_clinic_has_no_faults_and_is_counted(busy: Store) -> None:
    heard: list[str] = []
    report = verify.verify(busy, heard.append)
    assert report.faults == ()
    counts = dict(report.checked)
    expected = {"commands": 9, "credits": 4, "packages": 2, "visits": 3, "times": 2, "sales": 2, "journal entries": 6}
    assert {what: counts[what] for what in expected} == expected
    assert counts["guards"] == len(guards.expected(busy.name))
    assert heard == list(counts)


def test_sound_clinic_with_add_ons_and_forms_has_no_faults_and_is_counted(grown: Store) -> None:
    report = verify.verify(grown)
    assert report.faults == ()
    counts = dict(report.checked)
    expected = {"visits": 4, "add-ons": 1, "times": 4, "deposits": 1, "form versions": 1, "findings": 1, "tasks": 2}
    assert {what: counts[what] for what in expected} == expected


def test_clinic_whose_days_were_ended_has_no_faults(busy: Store, clock: Clock) -> None:
    clock.forward(days=2)
    busy.write(plain.hire, actor=None)
    assert verify.verify(busy).faults == ()


PLANTED = {
    "UPDATE credit_entry SET words = 'x' WHERE id = 1": "its facts aren't those that it wrote",
    "UPDATE sale SET at = at + 1 WHERE id = 1": "its facts aren't those that it wrote",
    "DELETE FROM journal_entry WHERE id = 1": "its postings leave -180.00 over",
    "UPDATE log SET actor = 1 WHERE n = 3": "command 3 (tests.sell): its row in the log was changed",
    "UPDATE log SET hash = 'x' WHERE n = 9": "the log's head stands at command 9",
    "UPDATE log_head SET n = 11": "the log's head stands at command 11",
    "UPDATE credit SET state = 'available', appointment_id = NULL WHERE id = 1": "credit 1: it is kept as available",
    "UPDATE credit SET last_day = '2030-01-01' WHERE id = 3": "until 2030-01-01",
    "UPDATE credit SET appointment_id = 3 WHERE id = 2": "credit 2 is redeemed, its visit 3 is cancelled",
    "UPDATE credit SET value = value + 1 WHERE id = 3": "the open credits are worth 270.01",
    "UPDATE package SET net = net - 1 WHERE id = 1": "package 1: its credits aren't worth the 179.99 that was paid",
    "UPDATE package SET last_day = '2030-01-01' WHERE id = 1": "package 1: its last day is kept as 2030-01-01",
    "UPDATE package SET client_id = 2 WHERE id = 1": "of another service or another client",
    "UPDATE appointment SET status = 'completed' WHERE id = 1": "visit 1: it is kept as completed",
    "UPDATE appointment SET since = since + 1 WHERE id = 1": "visit 1: it is kept as booked",
    "UPDATE appointment_event SET status = 'arrived' WHERE id = 1": "step 1, nothing to arrived by booked",
    "DELETE FROM appointment_event WHERE id = 1": "visit 1: its events aren't numbered",
    "DELETE FROM occupancy WHERE appointment_id = 1": "visit 1: the time of staff:1",
    "UPDATE occupancy SET ends = ends - 60000 WHERE appointment_id = 1": "visit 1: the time of staff:1",
    "UPDATE occupancy SET appointment_id = 3 WHERE appointment_id = 1": "visit 3: the time of staff:1 is",
    "UPDATE occupancy SET starts = starts - 79200000 WHERE appointment_id = 1": "staff:1: visits",
    "UPDATE sale SET number = 5 WHERE id = 2": "receipts aren't numbered 1 to 2",
    "UPDATE receipt_number SET last = 3": "the last receipt is kept as 3, there are 2",
    "UPDATE payment SET amount = amount + 1 WHERE id = 1": "sale 1: 180.01 was paid for 180.00",
    "UPDATE sale_line SET gross = gross + 1, net = net + 1, price = price + 1 WHERE id = 1": "its lines come to 180.01",
    "UPDATE journal_entry SET account = 'income' WHERE id = 2": "the journal's deferred income is",
}


PLANTED_BESIDE = {
    "DELETE FROM occupancy WHERE holder = 'resource:1'": "visit 4: the time of resource:1 should be taken",
    "UPDATE occupancy SET ends = ends - 660000 WHERE holder = 'resource:1'": "visit 4: the time of resource:1 should",
    "UPDATE appointment_resource SET resource_id = 2": "visit 4: the time of resource:1 is taken for nothing",
    "UPDATE appointment SET base_id = 2 WHERE id = 4": "visit 4: visit 2, which it hangs on, isn't a base of its",
    "UPDATE appointment SET base_id = 4 WHERE id = 4": "visit 4: visit 4, which it hangs on, isn't a base of its",
    "UPDATE journal_entry SET appointment_id = 3 WHERE account = 'deposits'": "it is cancelled, and 50.00 paid",
    "UPDATE journal_entry SET amount = -amount WHERE account = 'deposits'": "visit 4: 50.00 more was given back or",
    "UPDATE journal_entry SET appointment_id = NULL WHERE account = 'deposits'": "50.00 paid ahead for visit none",
    "UPDATE form_version SET number = 3": "form 1: its versions aren't numbered 1 to 1",
    "UPDATE form_version SET source = 'e30='": "form 1: version 1 hasn't the bytes that came",
    "UPDATE form_response SET client_id = 9 WHERE id = 1": "response 2: it amends response 1 of another client",
    "UPDATE finding SET link_id = '2'": "finding 1: it doesn't say what rule 1 says",
    "UPDATE finding SET client_id = 9": "finding 1: it wasn't made of response 1",
    "UPDATE finding SET response_id = 2": "finding 1: it wasn't made of response 2",
    "UPDATE screening_rule SET staff_message = 'x'": "finding 1: it doesn't say what rule 1 says",
    "UPDATE screening_rule SET form_id = 2": "finding 1: rule 1 asks about another form",
    "UPDATE screening_task SET response_id = 9": "task 1: response 9 isn't of the client of visit 4",
    "UPDATE add_on_task SET response_id = 9": "add-on task 1: response 9 isn't of the client of that visit",
    "UPDATE add_on_task SET service_id = 1": "add-on task 1: no rule of service 1 asks about response 1",
}


def test_every_planted_fault_is_found(busy: Store) -> None:
    _disarm(busy)
    missed = {planted: _missed(busy, planted, sentence) for planted, sentence in PLANTED.items()}
    assert missed == dict.fromkeys(PLANTED)


def test_every_fault_planted_in_add_ons_and_forms_is_found(grown: Store) -> None:
    _disarm(grown)
    missed = {planted: _missed(grown, planted, sentence) for planted, sentence in PLANTED_BESIDE.items()}
    assert missed == dict.fromkeys(PLANTED_BESIDE)


def _missed(store: Store, planted: str, sentence: str) -> list[str] | None:
    """What is said of a fault instead of the sentence; nothing where that is among it."""
    with Session(store._engines.writing) as session:
        session.execute(text(planted))
        faults = verify._verify(session, store.name, lambda _: None).faults
        session.rollback()
    if any(sentence in fault for fault in faults):
        return None
    return [fault for fault in faults if not fault.startswith("guard ")]


def test_add_on_that_stands_twice_is_found() -> None:  # R24
    add_on = visits.VisitRow(2, 1, 1, 2, 1, Status.BOOKED, TEN, 1, TEN.date(), TEN, 30, 0, base_id=1)
    base = replace(add_on, id=1, service_id=1, base_id=None)
    others = (replace(add_on, id=3, status=Status.CANCELLED), replace(add_on, id=4, status=Status.ARRIVED))
    assert list(visits.add_ons_hang([base, add_on, *others])) == [
        "visit 4: its add-on stands in coming-in 1 a second time"
    ]


def test_guard_that_was_dropped_is_found(busy: Store) -> None:
    _disarm(busy)
    faults = verify.verify(busy).faults
    assert "guard credit_entry_move is missing or was changed" in faults
    assert all(fault.startswith("guard ") for fault in faults)


def test_two_visits_at_once_are_found() -> None:
    at = [
        visits.TimeRow(visit, "staff:1", TEN + timedelta(minutes=visit * 20), TEN + timedelta(minutes=visit * 20 + 30))
        for visit in (1, 2, 5)
    ]
    assert list(visits.overlaps(at)) == ["staff:1: visits 1 and 2 overlap"]


def test_clinic_of_three_thousand_visits_is_checked_in_time(sqlite_store: Store) -> None:
    house = plain.House(**sqlite_store.write(plain.furnish, actor=None).answer)

    def book_all(session: Session) -> None:
        for number in range(3000):
            plain.book(session, house, TEN + timedelta(minutes=40 * number))

    sqlite_store.write(book_all, actor=None)
    before = datetime.now(UTC)
    report = verify.verify(sqlite_store)
    assert report.faults == ()
    assert dict(report.checked)["visits"] == 3000
    assert datetime.now(UTC) - before < timedelta(seconds=4)


def _disarm(store: Store) -> None:
    """Take away what would stop a fault from being planted."""
    if store.name == SQLITE:
        drops = [f"DROP TRIGGER {each.name}" for each in (*guards.everywhere(), *guards.overlaps_on_sqlite())]
    else:
        drops = [f"DROP TRIGGER {each.name} ON {each.table}" for each in guards.everywhere()]
        drops.append("ALTER TABLE occupancy DROP CONSTRAINT occupancy_overlap")
    with store._engines.writing.begin() as connection:
        for statement in drops:
            connection.execute(text(statement))
    if store.name == SQLITE:
        with closing(store._engines.writing.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA foreign_keys = OFF")
    else:
        _without_foreign_keys(store)


def _without_foreign_keys(store: Store) -> None:
    @event.listens_for(store._engines.writing, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
