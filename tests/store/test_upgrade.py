"""A clinic of an older version is brought forward with all that it holds, on both engines."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, inspect, select, text
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from reception.demo import clinic
from reception.demo.times import Size
from reception.domain import addons, diary, screening, staff, tables
from reception.domain.addons import Why
from reception.domain.errors import Refused, Trouble
from reception.domain.money import Money
from reception.domain.tables.ids import GroupId, ServiceId
from reception.store import Store, engine, open_store, schema
from reception.store.dump import dump
from reception.store.engine import SQLITE
from reception.store.verify import verify
from tests.clock import Clock
from tests.store import plain

TEN = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Past:
    """A clinic that did nothing yet that version 1 didn't know: courses, visits and sales."""

    store: Store
    house: plain.House


@pytest.fixture
def past(sqlite_store: Store) -> Past:
    house = plain.House(**sqlite_store.write(plain.furnish, actor=None).answer)
    _, first, second = sqlite_store.write(plain.sell, house, actor=None).answer
    booked = sqlite_store.write(plain.book, house, TEN, credit=first, actor=house.owner).answer
    sqlite_store.write(plain.move, booked, TEN + timedelta(days=1), actor=house.owner)
    done = sqlite_store.write(plain.book, house, TEN + timedelta(hours=2), credit=second, actor=None).answer
    sqlite_store.write(plain.complete, done, second, actor=None)
    cancelled = sqlite_store.write(plain.book, house, TEN + timedelta(hours=4), actor=None).answer
    sqlite_store.write(plain.cancel, cancelled, actor=house.owner)
    return Past(sqlite_store, house)


@pytest.fixture
def empty(request: pytest.FixtureRequest, engine_name: str, tmp_path: Path) -> str:
    """A place for an old clinic on either engine."""
    return str(tmp_path / "old.db") if engine_name == SQLITE else request.getfixturevalue("postgres_url")


@pytest.fixture
def old(empty: str, past: Past) -> str:
    """The same clinic as version 1 kept it, on either engine: its tables, its guards, its rows."""
    _make(empty, past.store, 1)
    return empty


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A small demo clinic, in which nobody was asked about an add-on yet, nor said no."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    clinic.make(path, now=TEN, size=Size(clients=40, history=4, full=2, ahead=2))
    with closing(open_store(str(path), clock=lambda: TEN)) as store:
        yield store


@pytest.fixture
def demo_of_2(empty: str, demo: Store) -> str:
    """The demo clinic as version 2 kept it, on either engine."""
    _make(empty, demo, 2)
    return empty


def test_clinic_of_version_1_keeps_its_history(old: str, past: Past, clock: Clock) -> None:
    with closing(open_store(old, clock=clock, create=True)) as store:
        assert dump(store) == dump(past.store)
        assert verify(store).faults == ()
        assert store.read(lambda session: schema.of(session.connection())) == schema.SCHEMA


def test_clinic_of_version_1_goes_on_with_add_ons_and_forms(old: str, past: Past, clock: Clock) -> None:
    house, after = past.house, TEN + timedelta(days=1, hours=1)
    with closing(open_store(old, clock=clock, create=True)) as store:
        annex = plain.Annex(**store.write(plain.enlarge, house, actor=None).answer)
        add_on = store.write(plain.book, annex.of(house), after, base=1, resource=annex.room, actor=None).answer
        store.write(plain.screen, house, annex, add_on, actor=None)
        store.write(plain.pay_ahead, add_on, Money(50_00), actor=None)
        store.write(plain.sell, house, actor=None)
        assert verify(store).faults == ()


def test_clinic_of_version_2_keeps_its_history(demo_of_2: str, demo: Store) -> None:
    with closing(open_store(demo_of_2, clock=lambda: TEN, create=True)) as store:
        assert dump(store) == dump(demo)
        assert verify(store).faults == ()
        assert store.read(lambda session: schema.of(session.connection())) == schema.SCHEMA
        assert store.read(screening.tasks) == demo.read(screening.tasks)


def test_clinic_of_version_2_goes_on_with_asking_a_clinician(demo_of_2: str) -> None:  # R34
    with closing(open_store(demo_of_2, clock=lambda: TEN, create=True)) as store:
        stopped = store.read(_stopped)
        doctor = next(one.id for one in store.read(staff.people) if one.clinical)
        store.write(screening.ask_about, *stopped, doctor, actor=doctor)
        assert (stopped, doctor) in [((one.group, one.service), one.asked_id) for one in store.read(screening.tasks)]
        store.write(screening.decline, *stopped, "Not on that skin.", actor=doctor)
        assert verify(store).faults == ()


def _stopped(session: Session) -> tuple[GroupId, ServiceId]:
    """A coming-in of the demo's own day, and an add-on that an answer keeps from it."""
    offers = (addons.offers(session, one.id) for one in diary.day(session, TEN.date()).entries if one.start > TEN)
    reviewed = ((one.group, no) for one in offers for no in one.refused)
    return next((group, no.service) for group, no in reviewed if no.first.why is Why.REVIEW)


def test_services_of_version_1_are_booked_alone_and_paid_at_the_visit(old: str, clock: Clock) -> None:
    s = tables.Service
    with closing(open_store(old, clock=clock, create=True)) as store:
        kept = store.read(
            lambda session: session.execute(select(s.bookable, s.payment, s.deposit, s.deposit_share)).all()
        )
    assert kept == [("alone", "at_visit", 0, 0)]


@pytest.mark.parametrize("version", [1, 2])
def test_file_of_an_older_version_is_kept_beside_the_new_one(
    past: Past, tmp_path: Path, clock: Clock, version: int
) -> None:
    url = str(tmp_path / "old.db")
    _make(url, past.store, version)
    with closing(open_store(url, clock=clock)):
        [backup] = tmp_path.glob(f"old.version-{version}.*.db")
        assert _version(str(backup)) == version


@pytest.mark.parametrize("version", [1, 2])
def test_desk_does_not_bring_a_servers_clinic_of_an_older_version_forward(
    past: Past, postgres_url: str, version: int
) -> None:
    _make(postgres_url, past.store, version)
    with pytest.raises(Refused, match="looks after the server"):
        open_store(postgres_url)
    assert _version(postgres_url) == version


@pytest.mark.parametrize(("guard", "table"), [("credit_entry_unchanged", "credit_entry"), ("log_in_turn", "log")])
def test_clinic_of_version_1_that_lost_a_guard_is_not_brought_forward(old: str, guard: str, table: str) -> None:
    where = f" ON {table}" if engine.is_postgres(old) else ""
    with _connected(old) as connection:
        connection.execute(text(f"DROP TRIGGER {guard}{where}"))
    with pytest.raises(Trouble, match=f"Missing: {guard}"):
        open_store(old, create=True)
    assert _version(old) == 1


def _make(url: str, past: Store, version: int) -> None:
    """Make a clinic of an older version that holds the rows of another one."""
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with _connected(url) as connection, past._engines.reading.connect() as source:
        config.attributes["connection"] = connection
        command.upgrade(config, f"{version:04}")
        with _unguarded(connection):
            for table in sorted(set(inspect(connection).get_table_names()) - {"alembic_version"}):
                _copy(source, connection, table)
            connection.execute(text(f"UPDATE log_head SET schema = {version}"))


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    """Let rows in as they are; the guards stand again afterwards."""
    if connection.dialect.name != SQLITE:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield
        return
    connection.execute(text(f"PRAGMA application_id = {schema._OURS}"))
    guards = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in guards:
        connection.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, sql in guards:
        connection.exec_driver_sql(sql)


def _copy(source: Connection, target: Connection, table: str) -> None:
    """Every row of a table, in the columns that the older version knew."""
    columns = [column["name"] for column in inspect(target).get_columns(table)]
    rows = source.execute(text(f"SELECT {', '.join(columns)} FROM {table}")).mappings().all()
    target.execute(text(f"DELETE FROM {table}"))
    if rows:
        values = ", ".join(f":{name}" for name in columns)
        target.execute(
            text(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})"), [dict(row) for row in rows]
        )
    if target.dialect.name != SQLITE and "id" in columns:
        counter = f"pg_get_serial_sequence('{table}', 'id')"
        target.execute(text(f"SELECT setval({counter}, max(id)) FROM {table} HAVING {counter} IS NOT NULL"))


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    """A transaction of its own, without what the program sets up for its connections."""
    if engine.is_postgres(url):
        own = create_engine(engine.postgres_url(url))
    else:
        own = create_engine(f"sqlite:///{url}", module=dbapi2)
    try:
        with own.begin() as connection:
            yield connection
    finally:
        own.dispose()


def _version(url: str) -> int | None:
    with _connected(url) as connection:
        return schema.of(connection)
