"""The database refuses what must never be, whoever asks and however it is asked."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from reception.domain import access, tables
from reception.domain.errors import Trouble
from reception.domain.ledger import MOVES, Kind, State
from reception.domain.money import Money
from reception.domain.outcomes import LIVE, MOVES_OF_STATUS, Status
from reception.domain.tables.words import Account, Happening
from reception.store import Store, guards, log, open_store
from reception.store.engine import POSTGRES, SQLITE
from reception.store.trouble import who_refused
from tests.store import plain
from tests.store.breaking import NOW, allowed, refusal_of, refused

TEN = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
FACTS = [kind.__tablename__ for kind in log.fact_classes()]
KEPT = [*FACTS, "log"]

CREDIT = (
    "n, at, business_day, credit_id, seq, kind, state, last_day, appointment_id, sale_id, package_id, "
    "override, whole, words"
)
EVENT = (
    "n, at, business_day, appointment_id, seq, kind, status, staff_id, day, starts, minutes, turnaround, "
    "reason_id, override, words"
)


@pytest.fixture
def busy(store: Store, house: plain.House, annex: plain.Annex) -> Store:
    """A clinic with a course sold, visit 1 booked on its first credit, and visit 2 completed without one.

    An add-on was attached to visit 2 in a room, as its client had wished; it was screened, asked about, denied, cleared
    and paid ahead.
    """
    credit = store.write(plain.sell, house, actor=None).answer[1]
    store.write(plain.book, house, TEN, credit=credit, actor=None)
    second = store.write(plain.book, house, TEN + timedelta(hours=2), actor=None).answer
    after = TEN + timedelta(hours=3)
    add_on = store.write(plain.book, annex.of(house), after, base=second, resource=annex.room, actor=None).answer
    response = store.write(plain.screen, house, annex, add_on, actor=None).answer
    store.write(plain.ask_about, second, annex.add_on, response, house.owner, actor=None)
    store.write(plain.deny, second, annex.add_on, actor=house.owner)
    store.write(plain.clear, house, annex.add_on, actor=house.owner)
    store.write(plain.check, add_on, actor=None)
    handed = store.write(plain.hand_in, house, annex.version, actor=None).answer
    store.write(plain.accept, handed, house.client, annex.version, actor=None)
    wish = store.write(plain.wish, second, annex.add_on, actor=None).answer
    store.write(plain.grant, wish, add_on, actor=None)
    store.write(plain.pay_ahead, add_on, Money(50_00), actor=None)
    store.write(plain.complete, second, actor=None)
    return store


# What was written stays (R5)


def test_fact_is_never_changed(busy: Store) -> None:  # R5
    ways = ["UPDATE", *(["UPDATE OR REPLACE"] if busy.name == SQLITE else [])]
    for way in ways:
        refusals = {table: refused(busy, NOW, f"{way} {table} SET n = n + 1") for table in KEPT}
        assert refusals == {table: f"{table}_unchanged" for table in KEPT}


def test_fact_is_never_removed(busy: Store) -> None:  # R5
    refusals = {table: refused(busy, NOW, f"DELETE FROM {table}") for table in KEPT}
    assert refusals == {table: f"{table}_undeleted" for table in KEPT}


@pytest.mark.parametrize(
    ("way", "ending"),
    [
        ("INSERT OR REPLACE", ""),
        ("REPLACE", ""),
        ("INSERT", "ON CONFLICT (id) DO UPDATE SET n = excluded.n"),
        ("INSERT", "ON CONFLICT DO NOTHING"),
    ],
)
def test_fact_is_never_replaced(busy: Store, way: str, ending: str) -> None:  # R5
    if busy.name == POSTGRES:
        way = "INSERT"
    refusals = {}
    for table in FACTS:
        columns = [column.name for column in tables.Base.metadata.tables[table].columns]
        values = ", ".join("(SELECT n FROM log_head)" if name == "n" else name for name in columns)
        again = f"{way} INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE true {ending}"
        refusals[table] = refused(busy, NOW, *_only(busy, f"{table}_not_replaced", table), again)
    assert refusals == {table: f"{table}_not_replaced" for table in FACTS}


def _only(store: Store, name: str, table: str) -> list[str]:
    """Drop what else guards the adding of rows to a table, so that this guard is asked."""
    others = [each for each in guards.everywhere() if isinstance(each, guards.Guard) and each.table == table]
    where = "" if store.name == SQLITE else f" ON {table}"
    return [f"DROP TRIGGER {each.name}{where}" for each in others if each.on == "INSERT" and each.name != name]


@pytest.mark.parametrize("n", ["(SELECT n FROM log_head) + 1", "1", "0"])
def test_fact_belongs_to_the_command_that_runs(busy: Store, n: str) -> None:
    values = CREDIT.replace("n,", f"{n},", 1).replace("seq,", "seq + 9,", 1)
    statement = f"INSERT INTO credit_entry ({CREDIT}) SELECT {values} FROM credit_entry WHERE id = 1"
    name = "credit_entry_in_turn"
    assert refused(busy, NOW, *_only(busy, name, "credit_entry"), statement) == name


def test_fact_is_not_added_to_a_command_that_has_ended(busy: Store) -> None:
    columns = "n, at, business_day, account, amount"
    values = "(SELECT n FROM log_head), at, business_day, account, 5"
    statement = f"INSERT INTO journal_entry ({columns}) SELECT {values} FROM journal_entry"
    assert refused(busy, statement) == "journal_entry_in_turn"


def test_table_is_never_emptied(postgres_store: Store) -> None:  # R5
    for table in (*KEPT, "log_head", "package", "credit", "appointment", "receipt_number", "screening_rule"):
        assert refused(postgres_store, f"TRUNCATE {table} CASCADE").endswith("_unemptied")


REFUSED = {
    "UPDATE log_head SET n = n + 2": "log_head_step",
    "UPDATE log_head SET n = n - 1": "log_head_step",
    "UPDATE log_head SET schema = 0": "log_head_step",
    "DELETE FROM log_head": "log_head_undeleted",
    "INSERT INTO log_head (id, n, hash, schema) VALUES (1, 0, '', 1)": "log_head_only",
    "UPDATE receipt_number SET last = last + 2": "receipt_number_step",
    "UPDATE receipt_number SET last = 0": "receipt_number_step",
    "DELETE FROM receipt_number": "receipt_number_undeleted",
    "INSERT INTO receipt_number (id, last) VALUES (1, 0)": "receipt_number_only",
    "UPDATE package SET price = 1": "package_snapshot",  # R3
    "UPDATE package SET client_id = client_id + 1": "package_snapshot",
    "DELETE FROM package": "package_undeleted",
    "UPDATE credit SET value = value + 1": "credit_frozen",  # R4
    "UPDATE credit SET number = number + 1": "credit_frozen",
    "UPDATE credit SET service_id = service_id + 1": "credit_frozen",
    "DELETE FROM credit": "credit_undeleted",
    "UPDATE credit SET state = 'available'": "credit_follows_entries",  # R5
    "UPDATE credit SET state = 'redeemed' WHERE number = 2": "credit_follows_entries",
    "UPDATE credit SET last_day = '2030-01-01'": "credit_follows_entries",
    "UPDATE credit SET seq = 1": "credit_follows_entries",
    "UPDATE credit SET appointment_id = NULL": "credit_follows_entries",  # R7
    "UPDATE credit SET appointment_id = 2 WHERE number = 2": "credit_follows_entries",
    "UPDATE appointment SET price = 0": "appointment_frozen",  # R11
    "UPDATE appointment SET service_id = service_id + 1": "appointment_frozen",
    "UPDATE appointment SET client_id = client_id + 1": "appointment_frozen",
    "UPDATE appointment SET base_id = 1": "appointment_frozen",  # R24
    "UPDATE appointment SET ahead = 1": "appointment_frozen",  # R28
    "UPDATE appointment SET status = 'cancelled'": "appointment_follows_events",  # R23
    "UPDATE appointment SET starts = starts + 1": "appointment_follows_events",
    "UPDATE appointment SET day = '2026-11-26'": "appointment_follows_events",
    "UPDATE appointment SET staff_id = 2": "appointment_follows_events",
    "UPDATE appointment SET minutes = 5": "appointment_follows_events",
    "UPDATE appointment SET since = since - 1": "appointment_follows_events",
    "UPDATE appointment SET seq = 1 WHERE id = 2": "appointment_follows_events",
    "DELETE FROM appointment": "appointment_undeleted",
    "UPDATE screening_rule SET effect = 'note'": "screening_rule_frozen",  # R32
    "UPDATE screening_rule SET answer = '{}'": "screening_rule_frozen",
    "UPDATE screening_rule SET staff_message = 'x'": "screening_rule_frozen",
    "DELETE FROM screening_rule": "screening_rule_undeleted",
}


def test_caches_and_heads_change_by_their_rules_only(busy: Store) -> None:
    assert {statement: refused(busy, statement) for statement in REFUSED} == REFUSED


def test_cache_is_never_replaced(busy: Store) -> None:
    way = "INSERT OR REPLACE" if busy.name == SQLITE else "INSERT"
    empty = {"seq": "0", "state": "NULL", "last_day": "NULL", "appointment_id": "NULL"}
    begun = {"package": {}, "credit": empty, "appointment": {"seq": "0", "status": "'booked'"}, "screening_rule": {}}
    refusals = {}
    for table, own in begun.items():
        columns = [column.name for column in tables.Base.metadata.tables[table].columns]
        values = ", ".join(own.get(name, name) for name in columns)
        refusals[table] = refused(busy, f"{way} INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}")
    assert refusals == {table: f"{table}_not_replaced" for table in begun}


def test_note_of_a_visit_may_be_changed(busy: Store) -> None:
    allowed(busy, "UPDATE appointment SET note = 'left knee'")
    assert busy.read(lambda session: session.get_one(tables.Appointment, 1).note) == "left knee"


# The credit ledger


def credit_in(store: Store, house: plain.House, state: State | None) -> tuple[int, int]:
    """A credit in that state, and the visit that it is or would be for."""

    def bring(session: Session) -> tuple[int, int]:
        package, _, credit = plain.sell(session, house)
        if state is None:
            credit = plain.added(
                session,
                tables.Credit(package_id=package, number=3, service_id=house.service, value=Money(0)),
            )
            return credit, plain.book(session, house, TEN)
        visit = plain.book(session, house, TEN)
        for kind, after in _way_to(state):
            names = kind in {Kind.RESERVED, Kind.REDEEMED, Kind.FORFEITED}
            plain.enter(session, credit, kind, after, visit=visit if names else None)
        _leave(session, visit, state)
        return credit, visit

    credit, visit = store.write(bring, actor=None).answer
    return credit, visit


def _way_to(state: State) -> list[tuple[Kind, State]]:
    kinds = {
        State.EXPIRED: Kind.EXPIRED,
        State.REFUNDED: Kind.REFUNDED,
        State.TRANSFERRED: Kind.TRANSFERRED,
        State.RESERVED: Kind.RESERVED,
    }
    if state in kinds:
        return [(kinds[state], state)]
    if state is State.AVAILABLE:
        return []
    return [(Kind.RESERVED, State.RESERVED), (Kind(state.value), state)]


def _leave(session: Session, visit: int, state: State) -> None:
    """Bring the visit to where its credit is."""
    if state is State.REDEEMED:
        plain.complete(session, visit)
    if state is State.FORFEITED:
        plain.happen(session, visit, Happening.MISSED, Status.NO_SHOW)
        plain.vacate(session, visit)


@pytest.mark.parametrize("before", [None, *State])
def test_credit_makes_the_moves_of_the_rule_and_no_other(
    store: Store, house: plain.House, before: State | None
) -> None:  # R6
    credit, visit = credit_in(store, house, before)
    done = {(kind, after) for kind in Kind for after in State if _entered(store, credit, visit, kind, after)}
    assert done == {(kind, after) for start, kind, after in MOVES if start == before}


def _entered(store: Store, credit: int, visit: int, kind: Kind, after: State) -> bool:
    """Whether an entry is let in that names the visit where it should."""
    names = kind in {Kind.RESERVED, Kind.RELEASED, Kind.REDEEMED, Kind.FORFEITED} or (
        kind is Kind.REVERSED and after is State.RESERVED
    )
    return not refusal_of(store, _entry(credit, kind, after, str(visit) if names else "NULL"))


def _entry(credit: int, kind: Kind, after: State, visit: str, *, step: int = 1) -> str:
    return (
        f"INSERT INTO credit_entry ({CREDIT}) SELECT (SELECT n FROM log_head), 0, '2026-11-25', id, seq + {step}, "
        f"'{kind}', '{after}', last_day, {visit}, NULL, NULL, 'none', 0, '' FROM credit WHERE id = {credit}"
    )


def test_entry_names_the_visit_that_it_is_about(busy: Store, house: plain.House) -> None:  # R1, R7
    other = busy.write(_other_service, house, actor=None).answer
    cancelled = busy.write(plain.book, house, TEN + timedelta(hours=6), actor=None).answer
    busy.write(plain.cancel, cancelled, actor=None)
    wrong = [
        (2, Kind.RESERVED, State.RESERVED, ("NULL", other, cancelled)),
        (1, Kind.REDEEMED, State.REDEEMED, ("NULL", 2)),
        (1, Kind.RELEASED, State.AVAILABLE, ("NULL", 2)),
        (1, Kind.FORFEITED, State.FORFEITED, ("NULL", 2)),
        (1, Kind.EXTENDED, State.RESERVED, (1,)),
        (2, Kind.EXPIRED, State.EXPIRED, (1,)),
    ]
    for credit, kind, after, visits in wrong:
        refusals = [refusal_of(busy, _entry(credit, kind, after, str(visit))) for visit in visits]
        assert refusals == ["credit_entry_visit"] * len(visits)


def _other_service(session: Session, house: plain.House) -> int:
    service = plain.added(session, tables.Service(name="Massage", short="Massage", minutes=30, price=plain.PRICE))
    other = plain.House(house.owner, house.other, service, house.product, house.client)
    return plain.book(session, other, TEN + timedelta(hours=4))


def test_entries_of_a_credit_are_counted_without_gaps(busy: Store) -> None:  # R5
    refusals = [refusal_of(busy, _entry(2, Kind.EXPIRED, State.EXPIRED, "NULL", step=step)) for step in (2, -1)]
    assert refusals == ["credit_entry_move"] * 2


def test_credit_begins_empty(busy: Store) -> None:
    columns = "package_id, number, service_id, value, seq, state"
    statement = f"INSERT INTO credit ({columns}) VALUES (1, 3, 1, 0, 0, 'available')"
    assert refused(busy, statement) == "credit_begins_empty"


def test_credit_is_of_its_packages_service(busy: Store, house: plain.House) -> None:  # R1
    busy.write(_other_service, house, actor=None)
    statement = "INSERT INTO credit (package_id, number, service_id, value, seq) VALUES (1, 3, 2, 0, 0)"
    assert refused(busy, statement) == "credit_of_service"


def test_two_credits_never_pay_for_one_visit(busy: Store) -> None:  # R7
    refusal = refusal_of(busy, _entry(2, Kind.RESERVED, State.RESERVED, "1"))
    assert refusal in {"uq_credit_appointment_id", "UNIQUE constraint failed: credit.appointment_id"}


# The statuses and times of visits


STEPS: dict[Status, tuple[tuple[Happening, Status], ...]] = {
    Status.BOOKED: (),
    Status.CONFIRMED: ((Happening.CONFIRMED, Status.CONFIRMED),),
    Status.ARRIVED: ((Happening.ARRIVED, Status.ARRIVED),),
    Status.IN_TREATMENT: ((Happening.ARRIVED, Status.ARRIVED), (Happening.STARTED, Status.IN_TREATMENT)),
    Status.CANCELLED: ((Happening.CANCELLED, Status.CANCELLED),),
    Status.LATE_CANCELLED: ((Happening.CANCELLED, Status.LATE_CANCELLED),),
}


def visit_in(store: Store, house: plain.House, steps: tuple[tuple[Happening, Status], ...]) -> int:
    def bring(session: Session) -> int:
        visit = plain.book(session, house, TEN)
        for kind, status in steps:
            plain.happen(session, visit, kind, status)
            if status not in LIVE:
                plain.vacate(session, visit)
        return visit

    id: int = store.write(bring, actor=None).answer
    return id


def _event(visit: int, kind: Happening, status: Status, **changed: str) -> str:
    where = {"staff_id": "staff_id", "day": "day", "starts": "starts", "minutes": "minutes", "turnaround": "turnaround"}
    values = ", ".join((where | changed).values())
    return (
        f"INSERT INTO appointment_event ({EVENT}) SELECT (SELECT n FROM log_head), 0, '2026-11-25', id, seq + 1, "
        f"'{kind}', '{status}', {values}, NULL, 'none', '' FROM appointment WHERE id = {visit}"
    )


@pytest.mark.parametrize("before", STEPS)
def test_visit_makes_the_moves_of_the_rule_and_no_other(
    store: Store, house: plain.House, before: Status
) -> None:  # R23
    visit = visit_in(store, house, STEPS[before])
    done = {after for after in Status if not refusal_of(store, _event(visit, Happening.TAKEN_BACK, after))}
    assert done == {after for start, after in MOVES_OF_STATUS if start is before}


@pytest.mark.parametrize("before", [Status.ARRIVED, Status.IN_TREATMENT])
def test_completed_visit_goes_back_to_where_it_was(
    store: Store, house: plain.House, before: Status
) -> None:  # R19, R23
    visit = visit_in(store, house, (*STEPS[before], (Happening.COMPLETED, Status.COMPLETED)))
    assert {after for after in Status if not refusal_of(store, _event(visit, Happening.UNDONE, after))} == {before}


@pytest.mark.parametrize("before", [Status.BOOKED, Status.CONFIRMED])
def test_missed_visit_goes_back_to_where_it_was(store: Store, house: plain.House, before: Status) -> None:  # R19, R23
    visit = visit_in(store, house, (*STEPS[before], (Happening.MISSED, Status.NO_SHOW)))
    assert {after for after in Status if not refusal_of(store, _event(visit, Happening.UNDONE, after))} == {before}


@pytest.mark.parametrize("before", STEPS)
def test_only_upcoming_visits_are_moved(store: Store, house: plain.House, before: Status) -> None:  # R18
    visit = visit_in(store, house, STEPS[before])
    refusal = refusal_of(store, _event(visit, Happening.MOVED, before, starts="starts + 1"))
    assert refusal == ("" if before in {Status.BOOKED, Status.CONFIRMED} else "appointment_event_move")


def test_only_a_move_changes_the_time(store: Store, house: plain.House) -> None:
    visit = visit_in(store, house, ())
    for changed in ("staff_id", "starts", "minutes", "turnaround"):
        statement = _event(visit, Happening.ARRIVED, Status.ARRIVED, **{changed: f"{changed} + 1"})
        assert refusal_of(store, statement) == "appointment_event_move"


def test_visit_begins_booked(busy: Store) -> None:
    columns = "group_id, client_id, service_id, price, tax_rate, note, seq, staff_id, day, starts, minutes, turnaround"
    columns, values = f"{columns}, since, status", f"{columns}, since, 'arrived'"
    statement = f"INSERT INTO appointment ({columns}) SELECT {values} FROM appointment"
    assert refused(busy, statement) == "appointment_begins_booked"


def test_visit_and_its_since_follow_its_events(store: Store, house: plain.House) -> None:
    visit = store.write(plain.book, house, TEN, actor=None).answer
    booked = store.read(lambda session: session.get_one(tables.Appointment, visit))
    store.write(plain.move, visit, TEN + timedelta(days=1), actor=None)
    moved = store.read(lambda session: session.get_one(tables.Appointment, visit))
    assert (moved.seq, moved.starts, moved.since) == (2, TEN + timedelta(days=1), booked.since)


# The time of people (R20)

OVERLAPS = {"occupancy_overlap", "occupancy_overlap_added", "occupancy_overlap_moved"}
MINUTE = 60_000


def test_nobody_is_in_two_places_at_once(busy: Store) -> None:  # R20
    ways = ["INSERT", *(["INSERT OR REPLACE"] if busy.name == SQLITE else [])]
    for way, (start, end) in product(ways, [(-30, 1), (0, 40), (39, 60), (-60, 100), (10, 20)]):
        statement = (
            f"{way} INTO occupancy (holder, starts, ends, appointment_id) SELECT holder, starts + {start * MINUTE}, "
            f"starts + {end * MINUTE}, 2 FROM occupancy WHERE appointment_id = 1"
        )
        assert refused(busy, "DELETE FROM occupancy WHERE appointment_id = 2", statement) in OVERLAPS


def test_nobody_is_moved_into_anothers_time(busy: Store) -> None:  # R20
    for way in ["UPDATE", *(["UPDATE OR REPLACE"] if busy.name == SQLITE else [])]:
        statement = f"{way} occupancy SET starts = starts - {90 * MINUTE} WHERE appointment_id = 2"
        assert refused(busy, statement) in OVERLAPS


def test_times_that_touch_are_fine(busy: Store) -> None:  # R20
    for start, end in ((40, 80), (-10, 0)):
        change = f"UPDATE occupancy SET starts = {_ms(TEN)} + {start * MINUTE}, ends = {_ms(TEN)} + {end * MINUTE}"
        allowed(busy, f"{change} WHERE appointment_id = 2")
    assert len(busy.read(lambda session: session.query(tables.Occupancy).filter_by(appointment_id=2).all())) == 1


def _ms(at: datetime) -> int:
    return int(at.timestamp()) * 1000


def test_time_is_at_most_a_day(busy: Store) -> None:
    statement = f"UPDATE occupancy SET ends = starts + {24 * 60 * MINUTE + 1} WHERE appointment_id = 2"
    assert "ck_occupancy_span" in refused(busy, "DELETE FROM occupancy WHERE appointment_id <> 2", statement)


def test_visit_that_is_over_takes_no_time(store: Store, house: plain.House) -> None:  # R23
    visit = visit_in(store, house, STEPS[Status.CANCELLED])
    statement = f"INSERT INTO occupancy (holder, starts, ends, appointment_id) VALUES ('staff:1', 0, 1, {visit})"
    assert refused(store, statement) == "occupancy_live_added"


# What a command must be as a whole


@pytest.mark.parametrize("missing", [1, -1])
def test_sale_that_is_not_paid_is_not_saved(store: Store, house: plain.House, missing: int) -> None:  # R36
    with pytest.raises(IntegrityError) as caught:
        store.write(plain.sell, house, kept=missing, actor=None)
    assert who_refused(caught.value) == "log_sales_paid"


def test_journal_that_does_not_balance_is_not_saved(store: Store, house: plain.House) -> None:  # R37
    with pytest.raises(IntegrityError) as caught:
        store.write(_post, Money(1), actor=None)
    assert who_refused(caught.value) == "log_journal_balanced"


def _post(session: Session, amount: Money) -> None:
    stamp = access.turn(session).stamp()
    session.add(tables.JournalEntry(**stamp, account=Account.CASH, amount=amount))


def test_line_is_not_added_to_a_settled_sale(busy: Store) -> None:  # R40
    columns = "sale_id, position, kind, words, price, discount, sale_discount, gross, tax_rate, tax, net"
    stamp = "n, at, business_day"
    values = columns.replace("position", "position + 1")
    stamped = "(SELECT n FROM log_head), at, business_day"
    statement = f"INSERT INTO sale_line ({stamp}, {columns}) SELECT {stamped}, {values} FROM sale_line"
    assert refused(busy, NOW, statement) == "sale_line_of_sale"


def test_receipts_are_numbered_without_gaps(busy: Store) -> None:  # R40
    columns = "n, at, business_day, number, kind, client_id, payer_id, total, tax, words"
    for number in ("number + 2", "number + 9", "0"):
        values = columns.replace("number", number).replace("n,", "(SELECT n FROM log_head),", 1)
        assert refused(busy, NOW, f"INSERT INTO sale ({columns}) SELECT {values} FROM sale") == "sale_number"


def test_live_visit_without_its_time_is_not_saved(store: Store, house: plain.House) -> None:  # R20
    def book_nowhere(session: Session) -> None:
        plain.vacate(session, plain.book(session, house, TEN))

    with pytest.raises(IntegrityError) as caught:
        store.write(book_nowhere, actor=None)
    assert who_refused(caught.value) == "log_visits_hold_time"


def test_cancelled_visit_that_keeps_its_time_is_not_saved(store: Store, house: plain.House) -> None:  # R23
    visit = store.write(plain.book, house, TEN, actor=None).answer
    with pytest.raises(IntegrityError) as caught:
        store.write(plain.happen, visit, Happening.CANCELLED, Status.CANCELLED, actor=None)
    assert who_refused(caught.value) == "log_visits_hold_time"


def test_completed_visit_whose_credit_is_not_redeemed_is_not_saved(busy: Store) -> None:  # R6, R8
    with pytest.raises(IntegrityError) as caught:
        busy.write(plain.complete, 1, actor=None)
    assert who_refused(caught.value) == "log_credits_meet_visits"


def test_credit_redeemed_for_a_visit_to_come_is_not_saved(busy: Store) -> None:  # R6, R8
    with pytest.raises(IntegrityError) as caught:
        busy.write(plain.enter, 1, Kind.REDEEMED, State.REDEEMED, visit=1, actor=None)
    assert who_refused(caught.value) == "log_credits_meet_visits"


# The guards themselves


def test_new_clinic_has_every_guard(store: Store) -> None:
    with store._engines.reading.connect() as connection:
        assert not guards.lost(connection)


@pytest.mark.parametrize(
    ("name", "table"),
    [("credit_entry_unchanged", "credit_entry"), ("log_unchanged", "log"), ("credit_kept", "credit_entry")],
)
def test_clinic_that_lost_a_guard_is_not_opened(store: Store, name: str, table: str) -> None:
    allowed(store, f"DROP TRIGGER {name}" + ("" if store.name == SQLITE else f" ON {table}"))
    with pytest.raises(Trouble, match=name):
        open_store(store.url)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE credit_entry DISABLE TRIGGER credit_entry_unchanged",
        "CREATE OR REPLACE FUNCTION log_unchanged() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "ALTER TABLE occupancy DROP CONSTRAINT occupancy_overlap",
        "DROP INDEX uq_credit_appointment_id",
    ],
)
def test_clinic_with_a_guard_put_to_sleep_is_not_opened(postgres_store: Store, statement: str) -> None:
    allowed(postgres_store, statement)
    with pytest.raises(Trouble, match="safeguards"):
        open_store(postgres_store.url)


def test_clinic_with_a_guard_made_harmless_is_not_opened(sqlite_store: Store) -> None:
    allowed(
        sqlite_store,
        "DROP TRIGGER credit_entry_unchanged",
        "CREATE TRIGGER credit_entry_unchanged BEFORE UPDATE ON credit_entry BEGIN SELECT 1; END",
    )
    with pytest.raises(Trouble, match="credit_entry_unchanged"):
        open_store(sqlite_store.url)
