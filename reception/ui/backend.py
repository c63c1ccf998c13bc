"""The only bridge from the window to the threads of the database: read, write, and what has changed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar
from uuid import uuid4
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from reception.domain import clock
from reception.domain.errors import Trouble
from reception.domain.tables.ids import ClientId, StaffId
from reception.store import Changes, ClockDoubt, Store
from reception.store.drafts import Desk, Draft
from reception.store.watch import Watcher

__all__ = ["Backend", "Changes", "ClockDoubt", "Desk", "Draft", "Store"]

P = ParamSpec("P")
T = TypeVar("T")

_READERS = 3
_SECOND_TRY = 0.3  # seconds before a command that met with trouble is sent once more by itself
_log = logging.getLogger(__name__)


class _Sent(NamedTuple):
    """A command as it was sent."""

    command: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class Backend(QObject):
    """Runs queries and commands of the domain in the database's threads, for whoever is at the desk."""

    changed = Signal(object)
    saved = Signal(object)
    lost = Signal(object)
    _heard = Signal(object)

    def __init__(self, store: Store, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.actor: StaffId | None = None
        self.zone = ZoneInfo("UTC")
        self.confirm_clock: Callable[[ClockDoubt], Awaitable[bool]] | None = None
        self._store, self._desk = store, desk
        self._readers = ThreadPoolExecutor(_READERS, "read")
        self._writer = ThreadPoolExecutor(1, "write")
        self._drawer = ThreadPoolExecutor(1, "desk")
        self._unfinished: set[asyncio.Task[Any]] = set()
        self._unsure: list[tuple[_Sent, str]] = []
        self._doubting: asyncio.Future[bool] | None = None
        self._closed = False
        self._heard.connect(self._tell)
        self._watcher = Watcher(store, self._heard.emit)

    @property
    def url(self) -> str:
        """Where the clinic's database is."""
        return self._store.url

    def now(self) -> datetime:
        """The instant it is for the clinic."""
        return self._store.now().astimezone(UTC)

    def today(self) -> date:
        """The date on the clinic's wall."""
        return clock.local_date(self.now(), self.zone)

    async def read(self, query: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a query finds, in one consistent view; raises DomainError or Trouble."""

        def run() -> T:
            return self._store.read(query, *args, **kwargs)

        return await self._in(self._readers, run)

    async def write(self, command: Callable[..., T], *args: Any, id: str | None = None, **kwargs: Any) -> T:
        """Carries a command out once, however often it is sent under its id; raises DomainError or Trouble.

        Once begun it is carried through and announced, also where whoever waits for it goes away.
        """
        task = asyncio.get_running_loop().create_task(self._write(_Sent(command, args, kwargs), id))
        self._unfinished.add(task)
        task.add_done_callback(self._unfinished.discard)
        answer: T = await asyncio.shield(task)
        return answer

    async def at_desk(self, act: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Does something with the desk's own file: `at_desk(Desk.keep, draft)`."""

        def run() -> T:
            return act(self._desk, *args, **kwargs)

        return await self._in(self._drawer, run)

    def looked(self, client: ClientId) -> None:
        """Notes that whoever is at the desk has looked at a client's card."""
        if self.actor is not None:
            self._store.looked(self.actor, ClientId(client))

    async def drain(self) -> None:
        """Waits for the commands that are on their way."""
        if self._unfinished:
            await asyncio.wait(self._unfinished)

    def close(self) -> None:
        """Lets go of the threads and the database; what is on its way is finished first."""
        self._closed = True
        self._watcher.stop()
        for pool in (self._writer, self._drawer, self._readers):
            pool.shutdown(wait=True, cancel_futures=True)
        self._store.close()
        self._desk.close()

    async def _write(self, sent: _Sent, id: str | None) -> Any:
        # A command whose answer was lost keeps its id: sent again by hand, it still acts once.
        own = id or next((known for other, known in self._unsure if other == sent), None) or uuid4().hex
        try:
            done = await self._sent(sent, own)
        except Trouble as trouble:
            if id is None and not any(known == own for _, known in self._unsure):
                self._unsure.append((sent, own))
            self.lost.emit(trouble)
            raise
        self._unsure = [(other, known) for other, known in self._unsure if known != own]
        self._tell(done.changes)
        self.saved.emit(self.now())
        return done.answer

    async def _sent(self, sent: _Sent, id: str) -> Any:
        try:
            return await self._once(sent, id)
        except ClockDoubt as doubt:
            if not await self._clock_is_right(doubt):
                raise
        except Trouble as trouble:
            if not trouble.retry:
                raise
            _log.info("trying once more: %s", trouble.sentence)
            await asyncio.sleep(_SECOND_TRY)
        return await self._once(sent, id)

    async def _once(self, sent: _Sent, id: str) -> Any:
        actor = self.actor

        def run() -> Any:
            return self._store.write(sent.command, *sent.args, actor=actor, id=id, **sent.kwargs)

        return await self._in(self._writer, run)

    async def _clock_is_right(self, doubt: ClockDoubt) -> bool:
        """Asks once, however many commands are waiting for the answer."""
        if self.confirm_clock is None:
            return False
        if self._doubting is None:
            self._doubting = asyncio.ensure_future(self.confirm_clock(doubt))
        try:
            right = await asyncio.shield(self._doubting)
        finally:
            self._doubting = None
        if right:
            self._store.confirm_clock()
        return right

    async def _in(self, pool: ThreadPoolExecutor, run: Callable[[], T]) -> T:
        if self._closed:
            raise Trouble("The clinic's database is closed.")
        return await asyncio.get_running_loop().run_in_executor(pool, run)

    def _tell(self, changes: Changes) -> None:
        if changes.topics:
            self.changed.emit(changes)
