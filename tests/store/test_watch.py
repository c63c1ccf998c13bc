"""Another program's commands are told; one's own aren't."""

from collections.abc import Iterator
from contextlib import closing
from queue import Empty, Queue

import pytest
from sqlalchemy import text

from reception.store import Changes, Store, open_store
from reception.store.engine import POSTGRES
from reception.store.watch import Watcher
from tests.clock import Clock
from tests.store import plain

PATIENCE = 10
HANG_UP = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
)


@pytest.fixture
def told(store: Store) -> Iterator[Queue[Changes]]:
    """What the watcher of the first program tells."""
    queue: Queue[Changes] = Queue()
    watcher = Watcher(store, queue.put)
    yield queue
    watcher.stop()


@pytest.fixture
def other(store: Store, clock: Clock) -> Iterator[Store]:
    """A second program on the same clinic."""
    with closing(open_store(store.url, desk="desk-2", clock=clock)) as second:
        yield second


def test_tells_what_another_program_wrote(other: Store, told: Queue[Changes]) -> None:
    hired = other.write(plain.hire, actor=None)
    assert told.get(timeout=PATIENCE) == hired.changes


def test_tells_each_command_once_and_in_order(other: Store, told: Queue[Changes]) -> None:
    wrote = [other.write(plain.hire, actor=None).changes for _ in range(20)]
    assert [told.get(timeout=PATIENCE) for _ in wrote] == wrote
    assert told.empty()


def test_keeps_quiet_about_its_own_commands(store: Store, other: Store, told: Queue[Changes]) -> None:
    store.write(plain.hire, actor=None)
    hired = other.write(plain.hire, actor=None)
    assert told.get(timeout=PATIENCE) == hired.changes


def test_keeps_quiet_about_what_was_there_before(store: Store, other: Store) -> None:
    other.write(plain.hire, actor=None)
    queue: Queue[Changes] = Queue()
    watcher = Watcher(store, queue.put)
    hired = other.write(plain.hire, actor=None)
    assert queue.get(timeout=PATIENCE) == hired.changes
    watcher.stop()
    other.write(plain.hire, actor=None)
    with pytest.raises(Empty):
        queue.get_nowait()


def test_server_that_went_away_and_came_back_is_heard_again(postgres_store: Store, clock: Clock) -> None:
    queue: Queue[Changes] = Queue()
    watcher = Watcher(postgres_store, queue.put)
    with closing(open_store(postgres_store.url, desk="desk-2", clock=clock)) as other:
        first = other.write(plain.hire, actor=None)
        assert queue.get(timeout=PATIENCE) == first.changes
        with other._engines.writing.begin() as connection:
            connection.execute(text(HANG_UP))
        second = other.write(plain.hire, actor=None)
        assert queue.get(timeout=PATIENCE) == second.changes
    watcher.stop()
    assert postgres_store.name == POSTGRES
