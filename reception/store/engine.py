"""Connections to the clinic's database, SQLite or Postgres, and the settings that make Saved mean on disk (Decision 6).

Writing and reading go over separate connections: SQLite's writing one begins IMMEDIATE even for a question.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import make_url
from sqlcipher3 import dbapi2

SQLITE = "sqlite"
POSTGRES = "postgres"

BUSY_SECONDS = 10
_READERS = 4

_READING = (
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "temp_store=MEMORY",
    "cache_size=-16000",
)
# Without recursive_triggers an INSERT OR REPLACE removes rows behind the guards' backs; fullfsync counts on macOS only.
_WRITING = ("journal_mode=WAL", "synchronous=FULL", "fullfsync=ON", "recursive_triggers=ON", *_READING)
_HASTY = (*_WRITING, "synchronous=OFF")

_POSTGRES_SETTINGS = {
    "synchronous_commit": "on",
    "lock_timeout": "2s",
    "statement_timeout": "5s",
    "idle_in_transaction_session_timeout": "10s",
    "timezone": "UTC",
}
_POSTGRES_CONNECTION = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "application_name": "reception",
    "options": " ".join(f"-c {name}={value}" for name, value in _POSTGRES_SETTINGS.items()),
}


@dataclass(frozen=True, slots=True)
class Engines:
    """The two ways to one clinic's database."""

    name: str
    writing: Engine
    reading: Engine

    def dispose(self) -> None:
        """Let go of every connection; SQLite's writer goes last, so that it can tidy the file."""
        self.reading.dispose()
        self.writing.dispose()


def is_postgres(url: str) -> bool:
    """Whether a clinic's address names a Postgres server rather than a file."""
    return url.startswith(("postgresql:", "postgresql+psycopg:", "postgres:"))


def engines(url: str, *, careful: bool = True) -> Engines:
    """Both ways to the database at a path or a Postgres address; nothing is connected yet.

    Without care a commit on SQLite doesn't wait for the disk: for filling a file that nobody works with yet.
    """
    if is_postgres(url):
        address = postgres_url(url)
        return Engines(POSTGRES, _postgres(address, reading=False), _postgres(address, reading=True))
    path = Path(url).absolute()
    return Engines(SQLITE, _sqlite(path, _WRITING if careful else _HASTY), _sqlite(path, None))


def postgres_url(url: str) -> URL:
    """A Postgres address as SQLAlchemy wants it."""
    return make_url(url).set(drivername="postgresql+psycopg")


def libpq_address(url: str) -> str:
    """A Postgres address as the driver itself wants it."""
    return postgres_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def file_uri(path: Path, mode: str) -> str:
    """A database file as SQLite wants it named to open it `ro`, `rw` or `rwc`: any other character is quoted."""
    return f"{path.absolute().as_uri()}?mode={mode}"


def sqlite_connection(path: Path, mode: str) -> dbapi2.Connection:
    """A bare connection to a SQLite file; the driver begins no transaction by itself."""
    return dbapi2.connect(
        file_uri(path, mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


def _sqlite(path: Path, writing: tuple[str, ...] | None) -> Engine:
    def connect() -> dbapi2.Connection:
        connection = sqlite_connection(path, "rw" if writing else "ro")
        for pragma in writing or _READING:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=1 if writing else _READERS,
        max_overflow=0 if writing else _READERS,
    )
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgres(url: URL, *, reading: bool) -> Engine:
    engine = create_engine(
        url,
        connect_args=_POSTGRES_CONNECTION,
        isolation_level="REPEATABLE READ" if reading else "READ COMMITTED",
        pool_size=_READERS if reading else 1,
        max_overflow=_READERS if reading else 0,
        pool_pre_ping=True,
    )
    if reading:

        @event.listens_for(engine, "connect")
        def _read_only(connection: Any, _record: Any) -> None:
            connection.read_only = True

    return engine
