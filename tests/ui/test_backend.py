"""The bridge to the database's threads, over a real clinic."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import qasync
from pytestqt.qtbot import QtBot

from reception.domain import clients
from reception.domain.clients import ClientDraft
from reception.domain.errors import Invalid, NotFound, Trouble
from reception.domain.tables.ids import ClientId
from reception.store import ClockDoubt, Store, open_store
from reception.ui.backend import Backend, Changes, Desk
from tests.factories import SmallClinic


@pytest.fixture
def backend(sqlite_store: Store, small: SmallClinic, tmp_path: Path, loop: qasync.QEventLoop) -> Iterator[Backend]:
    backend = Backend(sqlite_store, Desk(tmp_path / "desk.db"))
    backend.actor = small.anna
    yield backend
    backend.close()


async def test_what_was_written_is_announced_and_can_be_read(
    backend: Backend, small: SmallClinic, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(backend.lost):
        heard: list[Changes] = []
        backend.changed.connect(heard.append)
        client = await backend.write(clients.add, ClientDraft("Noor Aziz"))
    assert [changes.topics for changes in heard] == [frozenset({"clients"})]
    assert (await backend.read(clients.card, client)).name == "Noor Aziz"


async def test_a_command_sent_twice_under_its_id_acts_once(backend: Backend) -> None:
    first = await backend.write(clients.add, ClientDraft("Noor Aziz"), id="a draft's id")
    again = await backend.write(clients.add, ClientDraft("Noor Aziz"), id="a draft's id")
    assert first == again
    assert len(await backend.read(clients.search, "noor")) == 1


async def test_a_write_whose_waiter_goes_away_is_carried_out_and_announced(backend: Backend) -> None:
    told: asyncio.Queue[Changes] = asyncio.Queue()
    backend.changed.connect(told.put_nowait)
    task = asyncio.ensure_future(backend.write(clients.add, ClientDraft("Noor Aziz")))
    await asyncio.sleep(0)
    task.cancel()
    assert (await told.get()).topics == {"clients"}
    assert len(await backend.read(clients.search, "noor")) == 1


async def test_refusals_come_through_as_they_are(backend: Backend) -> None:
    with pytest.raises(Invalid, match="no name"):
        await backend.write(clients.add, ClientDraft("  "))
    with pytest.raises(NotFound):
        await backend.read(clients.card, ClientId(999))


async def test_trouble_is_tried_once_more_by_itself_under_the_same_id(backend: Backend) -> None:
    stumbling = _Stumbling(times=1)
    client = await backend.write(stumbling, ClientDraft("Noor Aziz"))
    assert stumbling.tries == 2
    assert (await backend.read(clients.card, client)).name == "Noor Aziz"


async def test_after_a_lost_answer_the_same_command_keeps_its_id(backend: Backend, qtbot: QtBot) -> None:
    """What was carried out though nobody heard of it isn't done again when somebody presses Try again."""
    sent: list[str] = []
    write = backend._store.write

    def losing(command: Any, *args: Any, actor: Any, id: str | None = None, **kwargs: Any) -> Any:
        assert id is not None
        sent.append(id)
        done = write(command, *args, actor=actor, id=id, **kwargs)
        if len(sent) <= 2:
            raise Trouble("The answer was lost.", retry=True)
        return done

    backend._store.write = losing  # type: ignore[method-assign]
    with qtbot.waitSignal(backend.lost), pytest.raises(Trouble):
        await backend.write(clients.add, ClientDraft("Noor Aziz"))
    await backend.write(clients.add, ClientDraft("Noor Aziz"))
    assert len(set(sent)) == 1
    assert len(await backend.read(clients.search, "noor")) == 1


async def test_another_programs_writes_are_announced_here(
    backend: Backend, sqlite_url: str, small: SmallClinic, clock: object
) -> None:
    told: asyncio.Queue[Changes] = asyncio.Queue()
    backend.changed.connect(told.put_nowait)
    with closing(open_store(sqlite_url)) as other:
        other.confirm_clock()
        other.write(clients.add, ClientDraft("Noor Aziz"), actor=small.manager)
    changes = await asyncio.wait_for(told.get(), 5)
    assert changes.topics >= {"clients"}


@pytest.mark.parametrize("answer", [True, False])
async def test_a_doubtful_clock_is_asked_about_once(backend: Backend, answer: bool) -> None:  # R41
    asked: list[ClockDoubt] = []
    doubt = ClockDoubt(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC))
    confirmed: list[bool] = []
    backend._store.confirm_clock = lambda: confirmed.append(True)  # type: ignore[method-assign]

    async def confirm(doubt: ClockDoubt) -> bool:
        asked.append(doubt)
        return answer

    backend.confirm_clock = confirm
    doubting = _Stumbling(times=1, error=doubt)
    writing = backend.write(doubting, ClientDraft("Noor Aziz"))
    if answer:
        await writing
    else:
        with pytest.raises(ClockDoubt):
            await writing
    assert asked == [doubt]
    assert bool(confirmed) is answer


class _Stumbling:
    """The command that adds a client, which meets with trouble the first times."""

    __module__ = clients.__name__
    __qualname__ = __name__ = "add"

    def __init__(self, times: int, error: Trouble | None = None) -> None:
        self._times, self._error = times, error or Trouble("The disk gave an error.", retry=True)
        self.tries = 0

    def __call__(self, session: Any, draft: ClientDraft) -> ClientId:
        self.tries += 1
        if self.tries <= self._times:
            raise self._error
        return clients.add(session, draft)
