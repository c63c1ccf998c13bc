"""A sound clinic has no faults; every planted one is found."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from reception.store import Store, guards, verify
from reception.store.engine import SQLITE
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


def test_sound_clinic_has_no_faults_and_is_counted(busy: Store) -> None:
    heard: list[str] = []
    report = verify.verify(busy, heard.append)
    assert report.faults == ()
    counts = dict(report.checked)
    expected = {"commands": 9, "credits": 4, "packages": 2, "visits": 3, "times": 2, "sales": 2, "journal entries": 6}
    assert {what: counts[what] for what in expected} == expected
    assert counts["guards"] == len(guards.expected(busy.name))
    assert heard == list(counts)


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


def test_every_planted_fault_is_found(busy: Store) -> None:
    _disarm(busy)
    missed = {}
    for planted, sentence in PLANTED.items():
        with Session(busy._engines.writing) as session:
            session.execute(text(planted))
            faults = verify._verify(session, busy.name, lambda _: None).faults
            session.rollback()
        if not [fault for fault in faults if sentence in fault]:
            missed[planted] = [fault for fault in faults if not fault.startswith("guard ")]
    assert missed == {}


def test_guard_that_was_dropped_is_found(busy: Store) -> None:
    _disarm(busy)
    faults = verify.verify(busy).faults
    assert "guard credit_entry_move is missing or was changed" in faults
    assert all(fault.startswith("guard ") for fault in faults)


def test_two_visits_at_once_are_found() -> None:
    at = [
        verify.TimeRow(visit, "staff:1", TEN + timedelta(minutes=visit * 20), TEN + timedelta(minutes=visit * 20 + 30))
        for visit in (1, 2, 5)
    ]
    assert list(verify.overlaps(at)) == ["staff:1: visits 1 and 2 overlap"]


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
        drops = [f"DROP TRIGGER {each.name}" for each in (*guards._everywhere(), *guards._overlaps_on_sqlite())]
    else:
        drops = [f"DROP TRIGGER {each.name} ON {each.table}" for each in guards._everywhere()]
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
