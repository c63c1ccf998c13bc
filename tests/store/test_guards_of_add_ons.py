"""The database keeps add-ons with their bases, visits in the rooms that they were given, and deposits whole."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from reception.domain import access, tables
from reception.domain.errors import Taken
from reception.domain.money import Money
from reception.domain.outcomes import Status
from reception.domain.tables.words import Account, Happening, ResourceKind
from reception.store import Store
from reception.store.engine import SQLITE
from tests.store import plain
from tests.store.breaking import refused, unsaved

TEN = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
AFTER = TEN + timedelta(hours=1)
LATER = TEN + timedelta(hours=2)


@pytest.fixture
def base(store: Store, house: plain.House) -> int:
    """A visit that add-ons hang on."""
    return book(store, house)


@pytest.fixture
def add_on(store: Store, house: plain.House, annex: plain.Annex, base: int) -> int:
    """An add-on to it, in the room."""
    return book(store, annex.of(house), AFTER, base=base, resource=annex.room)


def book(
    store: Store, house: plain.House, starts: datetime = TEN, *, base: int | None = None, resource: int | None = None
) -> int:
    visit: int = store.write(plain.book, house, starts, base=base, resource=resource, actor=None).answer
    return visit


def end(session: Session, visit: int, status: Status) -> None:
    """Cancel a visit or mark it as missed."""
    kind = Happening.MISSED if status is Status.NO_SHOW else Happening.CANCELLED
    plain.happen(session, visit, kind, status)
    plain.vacate(session, visit)


# An add-on and its base


def test_add_on_hangs_on_a_base_and_not_on_an_add_on(
    store: Store, house: plain.House, annex: plain.Annex, add_on: int
) -> None:  # R24
    other = store.write(plain.added, tables.Service(name="Oil", short="Oil", minutes=30, price=plain.PRICE), actor=None)
    oil = replace(house, service=other.answer)
    assert unsaved(store, plain.book, oil, LATER, base=add_on) == "appointment_of_base"


def test_add_on_hangs_on_a_live_base(store: Store, house: plain.House, annex: plain.Annex, base: int) -> None:  # R24
    store.write(plain.cancel, base, actor=None)
    assert unsaved(store, plain.book, annex.of(house), AFTER, base=base) == "appointment_of_base"


@pytest.mark.parametrize("another", ["group_id", "client_id"])
def test_add_on_is_of_its_bases_coming_in_and_client(
    store: Store, house: plain.House, annex: plain.Annex, base: int, another: str
) -> None:  # R24
    store.write(plain.book, house, LATER, actor=None)
    store.write(_another_client, actor=None)
    kept = "staff_id, day, starts, minutes, turnaround, since, status, price, tax_rate, note"
    values = {"group_id": "group_id", "client_id": "client_id"} | {another: "2"}
    statement = (
        f"INSERT INTO appointment (group_id, client_id, service_id, base_id, seq, {kept}) "
        f"SELECT {', '.join(values.values())}, {annex.add_on}, {base}, 0, {kept} FROM appointment WHERE id = {base}"
    )
    assert refused(store, statement) == "appointment_of_base"


def _another_client(session: Session) -> int:
    return plain.added(session, tables.Client(name="Al", folded="al", born=None, changed=access.now(session)))


def test_add_on_stands_in_a_coming_in_once(
    store: Store, house: plain.House, annex: plain.Annex, base: int, add_on: int
) -> None:  # R24
    assert unsaved(store, plain.book, annex.of(house), LATER, base=base) == "appointment_once"


def test_add_on_is_not_hung_beside_a_base_of_its_service(store: Store, house: plain.House, base: int) -> None:  # R24
    assert unsaved(store, plain.book, house, LATER, base=base) == "appointment_once"


def test_key_alone_keeps_an_add_on_from_standing_twice(
    store: Store, house: plain.House, annex: plain.Annex, base: int, add_on: int
) -> None:  # R24
    with store._engines.writing.begin() as connection:
        connection.execute(text("DROP TRIGGER appointment_once" + ("" if store.name == SQLITE else " ON appointment")))
    who = unsaved(store, plain.book, annex.of(house), LATER, base=base)
    assert who in {"uq_appointment_add_on", "UNIQUE constraint failed: appointment.group_id, appointment.service_id"}


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.LATE_CANCELLED, Status.NO_SHOW])
def test_add_on_that_ended_is_attached_again(
    store: Store, house: plain.House, annex: plain.Annex, base: int, add_on: int, status: Status
) -> None:  # R24
    store.write(end, add_on, status, actor=None)
    again = book(store, annex.of(house), LATER, base=base)
    assert store.read(lambda session: session.get_one(tables.Appointment, again).base_id) == base


def test_missed_add_on_does_not_come_back_beside_the_same(
    store: Store, house: plain.House, annex: plain.Annex, base: int, add_on: int
) -> None:  # R19, R24
    store.write(end, add_on, Status.NO_SHOW, actor=None)
    book(store, annex.of(house), LATER, base=base)
    assert unsaved(store, plain.happen, add_on, Happening.UNDONE, Status.BOOKED) == "appointment_back_once"


def test_base_does_not_end_without_its_upcoming_add_on(store: Store, base: int, add_on: int) -> None:  # R17, R19
    for status in (Status.CANCELLED, Status.LATE_CANCELLED, Status.NO_SHOW):
        assert unsaved(store, end, base, status) == "log_add_ons_end_with_base"


def test_base_ends_together_with_its_add_on(store: Store, base: int, add_on: int) -> None:  # R17
    def cancel(session: Session) -> None:
        for visit in (base, add_on):
            plain.cancel(session, visit)

    store.write(cancel, actor=None)
    assert store.read(lambda session: session.get_one(tables.Appointment, add_on).status) is Status.CANCELLED


# Rooms and devices


def test_room_is_never_given_twice_at_once(store: Store, house: plain.House, annex: plain.Annex) -> None:  # R20
    book(store, house, resource=annex.room)
    elsewhere = replace(house, owner=house.other)
    with pytest.raises(Taken, match="That time has been taken"):
        store.write(plain.book, elsewhere, TEN + timedelta(minutes=20), resource=annex.room, actor=None)


def test_visit_in_a_room_takes_the_rooms_time(store: Store, house: plain.House, annex: plain.Annex) -> None:  # R20
    def book_nowhere(session: Session) -> None:
        plain.give(session, plain.book(session, house, TEN), annex.room)

    assert unsaved(store, book_nowhere) == "log_visits_hold_resources"


@pytest.mark.parametrize(("start", "end"), [(1, 40), (-1, 40), (0, 29)])
def test_visit_takes_its_rooms_time_from_its_start_to_its_end(
    store: Store, house: plain.House, annex: plain.Annex, start: int, end: int
) -> None:  # R20
    def book_beside(session: Session) -> None:
        visit = plain.book(session, house, TEN)
        plain.give(session, visit, annex.room)
        starts, ends = TEN + timedelta(minutes=start), TEN + timedelta(minutes=end)
        holder = f"resource:{annex.room}"
        session.add(tables.Occupancy(holder=holder, starts=starts, ends=ends, appointment_id=visit))

    assert unsaved(store, book_beside) == "log_visits_hold_resources"


def test_visit_takes_no_room_that_it_was_not_given(store: Store, house: plain.House, annex: plain.Annex) -> None:  # R20
    def book_too_much(session: Session) -> None:
        visit = plain.book(session, house, TEN)
        plain.occupy(session, visit, TEN, holder=f"resource:{annex.room}")

    assert unsaved(store, book_too_much) == "log_visits_hold_resources"


def test_moved_visit_is_in_the_room_of_its_newest_time(
    store: Store, house: plain.House, annex: plain.Annex
) -> None:  # R18, R20
    visit = book(store, house, resource=annex.room)
    other = store.write(plain.added, tables.Resource(name="Room 3", kind=ResourceKind.ROOM), actor=None).answer

    def move(session: Session, holder: int) -> None:
        plain.move(session, visit, LATER)
        plain.give(session, visit, other)
        plain.occupy(session, visit, LATER, holder=f"resource:{holder}")

    assert unsaved(store, move, annex.room) == "log_visits_hold_resources"
    store.write(move, other, actor=None)
    holders = store.read(lambda session: {row.holder for row in session.query(tables.Occupancy)})
    assert holders == {f"staff:{house.owner}", f"resource:{other}"}


@pytest.mark.parametrize("step", [0, 1])
def test_room_is_given_by_booking_or_moving(store: Store, annex: plain.Annex, base: int, step: int) -> None:  # R20
    def arrive(session: Session) -> None:
        plain.happen(session, base, Happening.ARRIVED, Status.ARRIVED)
        plain.give(session, base, annex.room, step=step)

    assert unsaved(store, arrive) == "log_resources_given"


def test_room_is_not_given_afterwards(store: Store, annex: plain.Annex, base: int) -> None:  # R20
    assert unsaved(store, plain.give, base, annex.room) == "log_resources_given"


# Money ahead


def test_no_more_is_given_back_than_was_paid_ahead(store: Store, add_on: int) -> None:  # R28
    store.write(plain.pay_ahead, add_on, Money(20_00), actor=None)
    assert unsaved(store, plain.pay_ahead, add_on, Money(-20_01)) == "log_deposits_held"
    store.write(plain.pay_ahead, add_on, Money(-20_00), actor=None)


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.LATE_CANCELLED, Status.NO_SHOW])
def test_visit_that_ended_holds_no_deposit(store: Store, add_on: int, status: Status) -> None:  # R14
    store.write(plain.pay_ahead, add_on, Money(20_00), actor=None)

    def end_and_give_back(session: Session, amount: Money) -> None:
        end(session, add_on, status)
        plain.pay_ahead(session, add_on, Money(-amount))

    assert unsaved(store, end, add_on, status) == "log_deposits_held"
    assert unsaved(store, end_and_give_back, Money(19_99)) == "log_deposits_held"
    store.write(end_and_give_back, Money(20_00), actor=None)
    assert unsaved(store, plain.pay_ahead, add_on, Money(1)) == "log_deposits_held"


def test_deposit_is_held_for_a_visit(store: Store) -> None:  # R28
    def take(session: Session) -> None:
        stamp = access.turn(session).stamp()
        session.add(tables.JournalEntry(**stamp, account=Account.DEPOSITS, amount=Money(-1)))

    assert unsaved(store, take) == "journal_entry_deposit_of_visit"
