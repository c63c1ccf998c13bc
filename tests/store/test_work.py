"""Commands: one transaction, one row of the log, exactly once, in the order of their days."""

import json
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from reception.domain import access, tables
from reception.domain.errors import Refused, Taken, Trouble
from reception.domain.tables.ids import StaffId
from reception.store import ClockDoubt, Store, log, open_store
from tests.clinic import Clinic
from tests.clock import OPENING, Clock
from tests.store import plain

TEN = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def test_command_answers_and_is_numbered(store: Store) -> None:
    first = store.write(plain.hire, actor=None)
    second = store.write(plain.hire, "Dee", actor=None)
    assert [first.changes.n, second.changes.n, store.head()] == [1, 2, 2]
    assert first.answer != second.answer


def test_same_command_id_acts_once(store: Store) -> None:
    first = store.write(plain.hire, actor=None, id="one")
    again = store.write(plain.hire, actor=None, id="one")
    assert again == first
    assert _staff(store) == 1


def test_refused_command_leaves_nothing_and_may_be_sent_again(store: Store) -> None:
    with pytest.raises(Refused):
        store.write(_hire_and_refuse, actor=None, id="one")
    assert (store.head(), _staff(store)) == (0, 0)
    assert store.write(plain.hire, actor=None, id="one").changes.n == 1


def test_bug_in_a_command_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        store.write(_hire_and_stumble, actor=None)
    assert (store.head(), _staff(store)) == (0, 0)


def test_answer_is_the_same_whether_new_or_repeated(store: Store) -> None:
    def pair(_: Session) -> tuple[int, int]:
        return 3, 4

    assert store.write(pair, actor=None, id="one").answer == [3, 4]
    assert store.write(pair, actor=None, id="one").answer == [3, 4]


def test_turn_says_who_when_and_where(store: Store, clock: Clock) -> None:
    ana = StaffId(store.write(plain.hire, actor=None).answer)
    seen: list[access.Turn] = []
    store.write(lambda session: seen.append(access.turn(session)), actor=ana)
    [turn] = seen
    assert (turn.n, turn.now, turn.actor, turn.role, turn.desk) == (2, clock(), ana, "receptionist", "desk-1")
    assert turn.today == date(2026, 11, 24)


def test_nobody_who_left_can_act(store: Store) -> None:
    ana = StaffId(store.write(plain.hire, actor=None).answer)
    store.write(_retire, ana, actor=ana)
    with pytest.raises(Refused, match="isn't on the staff list"):
        store.write(plain.hire, actor=ana)


def test_changes_name_topics_and_both_days_of_a_move(store: Store, house: plain.House) -> None:
    booked = store.write(plain.book, house, TEN, actor=None)
    assert booked.changes.topics == {"diary"}
    assert booked.changes.days == {date(2026, 11, 25)}
    moved = store.write(plain.move, booked.answer, TEN + timedelta(days=2), actor=None)
    assert moved.changes.days == {date(2026, 11, 25), date(2026, 11, 27)}


def test_changes_in_bulk_are_announced_too(store: Store) -> None:
    store.write(plain.hire, actor=None)
    done = store.write(_rename_everybody, actor=None)
    assert done.changes.topics == {"staff"}


def test_changes_since_tells_every_command_in_order(store: Store, house: plain.House) -> None:
    booked = store.write(plain.book, house, TEN, actor=None)
    hired = store.write(plain.hire, actor=None)
    assert store.changes_since(1) == (booked.changes, hired.changes)


def test_two_stores_on_one_clinic_see_each_other(store: Store, clock: Clock) -> None:
    with closing(open_store(store.url, desk="desk-2", clock=clock)) as other:
        hired = other.write(plain.hire, actor=None, id="one")
        assert store.changes_since(0) == (hired.changes,)
        assert store.write(plain.hire, actor=None, id="one") == hired
        assert not store.is_own(hired.changes.n)
        assert other.is_own(hired.changes.n)


def test_database_brought_to_another_version_is_not_written(store: Store) -> None:
    _by_hand(store, "UPDATE log_head SET schema = schema + 1")
    with pytest.raises(Trouble, match="another version"):
        store.write(plain.hire, actor=None)
    assert store.head() == 0


def test_log_row_chains_to_the_one_before(store: Store, house: plain.House) -> None:
    store.write(plain.book, house, TEN, actor=None, id="booking")
    rows = store.read(_log)
    previous = log.BEGINNING
    for row in rows:
        hashed = row.pop("hash")
        assert hashed == log.Row(**row).hash(previous)
        previous = hashed
    assert store.read(lambda session: session.scalar(select(tables.LogHead.hash))) == previous
    assert rows[-1]["command"] == "tests.book"
    assert rows[-1]["command_id"] == "booking"
    assert json.loads(rows[-1]["days"]) == ["2026-11-25"]


def test_hashes_are_equal_on_both_engines(sqlite_store: Store, postgres_store: Store) -> None:
    hashes = []
    for store in (sqlite_store, postgres_store):
        house = plain.House(**store.write(plain.furnish, actor=None, id="a").answer)
        sold = store.write(plain.sell, house, actor=StaffId(house.owner), id="b").answer
        store.write(plain.book, house, TEN, credit=sold[1], actor=StaffId(house.owner), id="c")
        hashes.append(store.read(lambda session: session.scalar(select(tables.LogHead.hash))))
    assert hashes[0] == hashes[1] != log.BEGINNING


def test_slot_that_was_taken_is_refused_with_a_sentence(store: Store, house: plain.House) -> None:  # R20
    store.write(plain.book, house, TEN, actor=None)
    with pytest.raises(Taken, match="time has been taken"):
        store.write(plain.book, house, TEN + timedelta(minutes=39), actor=None)


def test_credit_that_was_used_is_refused_with_a_sentence(store: Store, house: plain.House) -> None:  # R7
    credit = store.write(plain.sell, house, actor=None).answer[1]
    store.write(plain.book, house, TEN, credit=credit, actor=None)
    with pytest.raises(Taken, match="credit has been used"):
        store.write(plain.book, house, TEN + timedelta(hours=1), credit=credit, actor=None)


def test_read_is_one_consistent_view(store: Store) -> None:
    def twice(session: Session) -> tuple[int, int]:
        before = session.execute(select(func.count()).select_from(tables.Staff)).scalar_one()
        store.write(plain.hire, actor=None)
        return before, session.execute(select(func.count()).select_from(tables.Staff)).scalar_one()

    assert store.read(twice) == (0, 0)
    assert _staff(store) == 1


def test_reading_can_not_write(store: Store) -> None:
    with pytest.raises(Trouble):
        store.read(plain.hire)
    assert _staff(store) == 0


def test_readings_take_the_stores_clock_as_now(store: Store, clock: Clock) -> None:
    assert store.read(access.now) == clock()


# R41: the clock


def test_injected_clock_is_never_doubted(store: Store, clock: Clock) -> None:
    store.write(plain.hire, actor=None)
    clock.forward(days=-3)
    assert store.write(plain.hire, actor=None).changes.n == 2


@pytest.mark.parametrize(("off", "doubted"), [(-119, False), (-121, True), (86_399, False), (86_401, True)])
def test_clock_far_from_the_newest_command_is_doubted(store: Store, off: int, doubted: bool) -> None:
    now = datetime.now(UTC)
    store.write(plain.hire, actor=None)
    store._injected = False
    if doubted:
        with pytest.raises(ClockDoubt):
            store._check_clock(now + timedelta(seconds=off), now)
    else:
        store._check_clock(now + timedelta(seconds=off), now)
    assert store.head() == 1


def test_doubted_clock_writes_once_it_is_confirmed(store: Store, clock: Clock) -> None:
    _newest_is(store, clock, datetime.now(UTC) + timedelta(days=400))
    with closing(open_store(store.url)) as desk:
        with pytest.raises(ClockDoubt):
            desk.write(plain.hire, actor=None)
        desk.confirm_clock()
        assert desk.write(plain.hire, actor=None).changes.n == 3
        assert desk.write(plain.hire, actor=None).changes.n == 4


def test_confirmed_clock_that_jumps_is_doubted_again(store: Store, clock: Clock) -> None:
    _newest_is(store, clock, datetime.now(UTC) + timedelta(days=400))
    with closing(open_store(store.url)) as desk:
        desk.confirm_clock()
        newest = datetime.now(UTC) + timedelta(days=400)
        desk._check_clock(datetime.now(UTC), newest)
        with pytest.raises(ClockDoubt):
            desk._check_clock(datetime.now(UTC) - timedelta(hours=1), newest)


# R41: the end of a day


def test_days_that_passed_are_ended_in_order_before_the_command(store: Store, clock: Clock) -> None:
    clock.forward(days=3)
    done = store.write(plain.hire, actor=None)
    rows = store.read(_log)
    assert [row["command_id"] for row in rows[:-1]] == [f"day.close:2026-11-{day}" for day in (24, 25, 26)]
    assert [row["actor"] for row in rows[:-1]] == [None] * 3
    assert (rows[-1]["n"], done.changes.n) == (4, 4)


def test_day_is_ended_by_the_clinics_clock(store: Store, clock: Clock) -> None:
    store.write(_move_to, "Australia/Lord_Howe", actor=None)
    clock.now = OPENING.replace(hour=13, minute=1)
    store.write(plain.hire, actor=None)
    assert [row["command"] for row in store.read(_log)][-2:] == ["day.close", "tests.hire"]


def test_day_is_ended_once_by_whoever_comes_first(store: Store, clock: Clock) -> None:
    with closing(open_store(store.url, desk="desk-2", clock=clock)) as other:
        clock.forward(days=1)
        other.write(plain.hire, actor=None)
        store.write(plain.hire, actor=None)
    assert [row["command"] for row in store.read(_log)] == ["day.close", "tests.hire", "tests.hire"]


def test_refused_command_leaves_the_day_ended(store: Store, clock: Clock) -> None:
    clock.forward(days=1)
    with pytest.raises(Refused):
        store.write(_hire_and_refuse, actor=None)
    assert [row["command"] for row in store.read(_log)] == ["day.close"]


def _hire_and_refuse(session: Session) -> None:
    plain.hire(session)
    raise Refused("No.")


def _hire_and_stumble(session: Session) -> int:
    return plain.hire(session) // 0


def _retire(session: Session, staff: int) -> None:
    session.get_one(tables.Staff, staff).retired = True


def _rename_everybody(session: Session) -> None:
    session.query(tables.Staff).update({"name": "Eve"})


def _move_to(session: Session, zone: str) -> None:
    session.get_one(tables.Clinic, 1).zone = zone


def _newest_is(store: Store, clock: Clock, at: datetime) -> None:
    """Let the newest command be one that was made at that instant, with no day left to end."""
    store.write(_end_days_to, at.date(), actor=None)
    clock.now = at
    store.write(plain.hire, actor=None)


def _end_days_to(session: Session, day: date) -> None:
    session.get_one(tables.Clinic, 1).closed_through = day


def _by_hand(store: Store, statement: str) -> None:
    with store._engines.writing.begin() as connection:
        connection.execute(text(statement))


def _staff(store: Store) -> int:
    return store.read(lambda session: session.query(tables.Staff).count())


def _log(session: Session) -> list[dict[str, Any]]:
    rows = session.execute(
        text("SELECT n, at, actor, desk, command, command_id, answer, topics, days, facts, hash FROM log ORDER BY n")
    )
    return [dict(row) for row in rows.mappings()]


def test_who_looked_at_a_client_is_kept_outside_the_log(store: Store, clock: Clock) -> None:  # Decision 3
    clinic = Clinic(store, clock)
    head = store.head()
    store.looked(clinic.ana, clinic.bea)
    store.looked(clinic.ana, clinic.bea)
    clinic.client("Somebody else")
    looks = store.read(lambda session: session.execute(select(tables.ViewRow.staff_id, tables.ViewRow.client_id)).all())
    assert looks == [(clinic.ana, clinic.bea)] * 2
    assert store.head() == head + 1
