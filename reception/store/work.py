"""Reading and writing: a read is one consistent view, a command one transaction and one row of the log (Decision 1)."""

import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import uuid4

from sqlalchemy import BigInteger, Connection, Row, Select, bindparam, cast, extract, func, insert, null, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, aliased, sessionmaker

from reception.domain import clock, diary
from reception.domain.access import Turn
from reception.domain.errors import Refused, Trouble
from reception.domain.tables import Clinic, LogHead, LogRow, Staff, ViewRow
from reception.domain.tables.ids import ClientId, StaffId
from reception.domain.tables.words import Role
from reception.store import log, schema, touched
from reception.store.engine import POSTGRES, Engines
from reception.store.log import Changes
from reception.store.trouble import MOVED_ON, gives_way, rethrow

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)

_TRIES = 3
_BEHIND = timedelta(minutes=2)
_AHEAD = timedelta(days=1)
_CLOSING = "day.close"
_DAY = timedelta(days=1)
_SERVERS_CLOCK = cast(extract("epoch", func.clock_timestamp()) * 1000, BigInteger).label("clock")
# Put together once: that takes longer than running them.
_STEP = (
    update(LogHead).where(LogHead.schema == schema.SCHEMA).values(n=LogHead.n + 1).returning(LogHead.n, LogHead.hash)
)
_WRITE_ROW = insert(LogRow)
_WRITE_HEAD = update(LogHead).values(hash=bindparam("hash"))
CHANNEL = "reception"
"""Where Postgres tells the other desks the number of each command."""


class ClockDoubt(Trouble):
    """The clock is earlier than the newest command, or far ahead of it; a person has to say that it is right (R41)."""

    def __init__(self, now: datetime, newest: datetime) -> None:
        """Keep what the clock shows and when the last command was."""
        super().__init__(
            f"The clock shows {now:%Y-%m-%d %H:%M} UTC, but the last change was made at {newest:%Y-%m-%d %H:%M} UTC. "
            "Check the date and the time of this computer, then confirm them.",
            retry=True,
        )
        self.now = now
        self.newest = newest


@dataclass(frozen=True, slots=True)
class Done:
    """A command that is saved: what it answered and what it changed."""

    answer: Any
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Order:
    """A command with all that it is called with; kept, so that it can be run once more."""

    name: str
    id: str
    actor: StaffId | None
    run: Callable[[Session], Any]


@dataclass(slots=True)
class _Confirmed:
    """A clock that somebody confirmed counts as right for as long as it runs evenly."""

    now: datetime
    ticks: float = field(default_factory=time.monotonic)

    def holds(self, now: datetime) -> bool:
        elapsed = timedelta(seconds=time.monotonic() - self.ticks)
        return abs(now - self.now - elapsed) <= _BEHIND


class Store:
    """A clinic's database, open; any thread may read, and writes follow each other.

    Every call raises a `DomainError` where a rule refuses and `Trouble` where the database does.
    """

    def __init__(self, engines: Engines, *, url: str, desk: str, clock: Callable[[], datetime] | None) -> None:
        self.name = engines.name
        self.url = url
        self._engines = engines
        self._desk = desk
        self._clock = clock or _wall_clock
        self._injected = clock is not None
        self._ahead = timedelta(0)
        self._confirmed: _Confirmed | None = None
        self._confirming = False
        self._standing = _standing(engines.name)
        self._turn = threading.Lock()
        self._own: set[int] = set()
        self._looks: deque[dict[str, Any]] = deque()
        self._readers = sessionmaker(engines.reading, autoflush=False, expire_on_commit=False)
        self._writers = sessionmaker(engines.writing, expire_on_commit=False)
        touched.listen(self._writers)
        if self.name == POSTGRES and not self._injected:
            self._writing_now(self._read(lambda session: session.execute(select(_SERVERS_CLOCK)).scalar_one()))

    def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a query finds, in one consistent view of the clinic."""
        return self._read(query, *args, **kwargs)

    def write(
        self,
        command: Callable[..., Any],
        *args: Any,
        actor: StaffId | None,
        id: str | None = None,
        **kwargs: Any,
    ) -> Done:
        """Carry out a command for somebody (None is the system), wholly or not at all.

        Sent again under the same id it acts once and gives the same answer. A day that has passed is ended first (R41).
        Raises ClockDoubt until the clock is confirmed.
        """
        order = _Order(_name(command), id or uuid4().hex, actor, lambda session: command(session, *args, **kwargs))
        with self._turn:
            while isinstance(done := self._carried_out(order), date):
                self._close_day(done)
            self._note_looks()
            return done

    def confirm_clock(self) -> None:
        """Somebody looked: the clock is right, whatever the newest command says (R41)."""
        self._confirming = True

    def now(self) -> datetime:
        """The instant that readings take as now: the server's on Postgres, this computer's on SQLite."""
        return _to_the_millisecond(self._clock() + self._ahead)

    def head(self) -> int:
        """The number of the newest command."""
        return self._read(lambda session: session.execute(select(LogHead.n)).scalar_one())

    def changes_since(self, n: int) -> tuple[Changes, ...]:
        """What the commands after a number changed, in their order."""
        return self._read(lambda session: log.since(session.connection(), n))

    def is_own(self, n: int) -> bool:
        """Whether a command was written by this program, which knows of it already."""
        return n in self._own

    def looked(self, staff: StaffId, client: ClientId) -> None:
        """Somebody looks at a client's card; kept with the next command or at the end, outside the log (Decision 3)."""
        self._looks.append({"at": self.now(), "staff_id": staff, "desk": self._desk, "client_id": client})

    def close(self) -> None:
        """Let go of the database."""
        with self._turn:
            self._note_looks()
            self._engines.dispose()

    def _read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            with self._readers(info={"now": self.now()}) as session:
                return query(session, *args, **kwargs)
        except DBAPIError as error:
            rethrow(error)

    def _carried_out(self, order: _Order) -> Done | date:
        """The command done, or the day that has to be ended before it."""
        for last in (*(False,) * (_TRIES - 1), True):
            try:
                return self._once(order)
            except DBAPIError as error:
                if last or not gives_way(error):
                    rethrow(error)
        raise AssertionError("the last try returns or raises")

    def _once(self, order: _Order) -> Done | date:
        n: int | None = None
        try:
            with self._writers() as session, session.begin() as transaction:
                head = _next(session.connection())
                asked = {"newest": head.n - 1, "id": order.id, "actor": order.actor}
                before = session.connection().execute(self._standing, asked).one()
                if before.answer is not None:
                    transaction.rollback()
                    return Done(json.loads(before.answer), log.changes(before.known, before.topics, before.days))
                turn = self._turn_for(order, head.n, before)
                closed: date = before.closed_through
                if closed < turn.today - _DAY and order.name != _CLOSING:
                    transaction.rollback()
                    return closed + _DAY
                row = self._run(session, order, turn, head.hash)
                # Before the commit: a watcher may hear of it at once.
                self._own.add(n := turn.n)
        except BaseException:
            self._own.discard(n or 0)
            raise
        return Done(json.loads(row.answer), row.changes())

    def _run(self, session: Session, order: _Order, turn: Turn, previous: str) -> log.Row:
        """Run the command, and write its row and the head's new hash."""
        found = touched.Touched()
        session.info.update(turn=turn, touched=found, days=found.days)
        answer = log.canonical(order.run(session))
        session.flush()
        connection = session.connection()
        row = log.Row(
            n=turn.n,
            at=clock.to_ms(turn.now),
            actor=order.actor,
            desk=self._desk,
            command=order.name,
            command_id=order.id,
            answer=answer,
            topics=log.canonical(sorted(found.topics)),
            days=log.canonical(sorted(day.isoformat() for day in found.days)),
            facts=log.facts_of(connection, turn.n, found.facts),
        )
        hashed = row.hash(previous)
        connection.execute(_WRITE_ROW, {**asdict(row), "at": turn.now, "hash": hashed})
        connection.execute(_WRITE_HEAD, {"hash": hashed})
        if self.name == POSTGRES:
            connection.execute(select(func.pg_notify(CHANNEL, str(turn.n))))
        return row

    def _turn_for(self, order: _Order, n: int, before: Row[Any]) -> Turn:
        now = self._writing_now(before.clock)
        self._check_clock(now, before.newest)
        if order.actor is not None and (before.role is None or before.retired):
            raise Refused("Whoever was at the desk isn't on the staff list any more. Press F2 and say who is here.")
        return Turn(
            n=n,
            now=now,
            zone=clock.zone(before.zone),
            actor=order.actor,
            role=before.role or Role.OWNER,
            desk=self._desk,
            clinical=bool(before.clinical),
        )

    def _writing_now(self, servers_clock: int | None) -> datetime:
        if servers_clock is None or self._injected:
            return self.now()
        now = clock.from_ms(servers_clock)
        self._ahead = now - _wall_clock()
        return now

    def _check_clock(self, now: datetime, newest: datetime | None) -> None:
        if self._injected or newest is None or newest - _BEHIND <= now <= newest + _AHEAD:
            return
        if self._confirming:
            self._confirming, self._confirmed = False, _Confirmed(now)
        if self._confirmed is None or not self._confirmed.holds(now):
            raise ClockDoubt(now, newest)

    def _note_looks(self) -> None:
        """Write down who looked at whom; a saved command doesn't fail for it, and what failed is tried again."""
        looks = list(self._looks)
        if not looks:
            return
        try:
            with self._engines.writing.begin() as connection:
                connection.execute(insert(ViewRow), looks)
        except DBAPIError:
            _log.warning("who looked at a client could not be written down", exc_info=True)
            return
        for _ in looks:
            self._looks.popleft()

    def _close_day(self, day: date) -> None:
        def close(session: Session) -> Any:
            answer = diary.close_day(session, day)
            session.get_one(Clinic, 1).closed_through = day
            return answer

        order = _Order(_CLOSING, f"{_CLOSING}:{day.isoformat()}", None, close)
        self._carried_out(order)


def _next(connection: Connection) -> Row[int, str]:
    """Take the next number; every other program that wants one waits until this command has ended."""
    head = connection.execute(_STEP).one_or_none()
    if head is None:
        raise Trouble(MOVED_ON)
    return head


def _standing(name: str) -> Select[Any]:
    """What a command has to know of the clinic before it runs, in one question."""
    newest, known = aliased(LogRow), aliased(LogRow)
    return (
        select(Clinic.zone, Clinic.closed_through, newest.at.label("newest"), Staff.role, Staff.retired, Staff.clinical)
        .add_columns(known.n.label("known"), known.answer, known.topics, known.days)
        .add_columns(_SERVERS_CLOCK if name == POSTGRES else null().label("clock"))
        .select_from(Clinic)
        .outerjoin(newest, newest.n == bindparam("newest"))
        .outerjoin(known, known.command_id == bindparam("id"))
        .outerjoin(Staff, Staff.id == bindparam("actor"))
    )


def _name(command: Callable[..., Any]) -> str:
    """What the log calls a command: `diary.book`."""
    subject = command.__module__.removeprefix("reception.domain.").partition(".")[0]
    return f"{subject}.{command.__name__}"


def _wall_clock() -> datetime:
    return datetime.now(UTC)


def _to_the_millisecond(at: datetime) -> datetime:
    """An instant as it comes back from the database."""
    return clock.from_ms(clock.to_ms(at))
