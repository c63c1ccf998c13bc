"""The version of the clinic's tables: made, brought forward, or refused with a sentence (Decision 10)."""

from collections.abc import Collection
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from reception.domain import clock
from reception.domain.errors import NoClinic, Refused, Trouble
from reception.domain.tables import Clinic, LogHead
from reception.store import guards, place
from reception.store.engine import SQLITE, Engines, engines, is_postgres, sqlite_connection
from reception.store.trouble import raw, rethrow

SCHEMA = 3
"""What this program reads and writes; a database says in its log's head which one it has."""

MIGRATIONS = Path(__file__).parents[2] / "migrations"

_OURS = int.from_bytes(b"RCPT")
"""SQLite keeps a number in a file's header that tells whose file it is."""

_MAKING = 5_726_481
"""The advisory lock under which two programs don't make one Postgres database at once."""


def opened(url: str, *, create: bool, careful: bool, now: datetime) -> Engines:
    """Both ways to a clinic's database whose tables this program knows; with `create` a missing one is made.

    Raises Refused where there is no clinic, somebody else's, or one that only another program can open, and Trouble
    where the database can't be reached or has lost some of its guards.
    """
    if not is_postgres(url):
        _check_file(Path(url), create=create)
    both = engines(url, careful=careful)
    try:
        with both.writing.begin() as connection:
            if both.name != SQLITE:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MAKING})"))
            _bring_up(connection, url, create=create, now=now)
            _check_guards(guards.lost(connection))
    except DBAPIError as error:
        both.dispose()
        rethrow(error)
    except BaseException:
        both.dispose()
        raise
    return both


def of(connection: Connection) -> int | None:
    """The version that a database says it has, None where it holds no clinic."""
    if not inspect(connection).has_table(LogHead.__tablename__):
        return None
    return connection.execute(select(LogHead.schema)).scalar()


def _check_file(path: Path, *, create: bool) -> None:
    place.check(path)
    if not path.exists():
        if not create:
            raise NoClinic("There is no clinic at {path}. Choose another file, or make a new clinic.", path=str(path))
        path.touch()
    try:
        with closing(sqlite_connection(path, "ro")) as file:
            ours = file.execute("PRAGMA application_id").fetchone()[0] == _OURS
            empty = not file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except dbapi2.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise _not_ours(str(path)) from None
        if known := raw(error):
            raise known from error
        raise
    if not ours and not empty:
        raise _not_ours(str(path))
    if not ours and not create:
        raise _empty(str(path))


def _not_ours(where: str) -> Refused:
    return Refused("{where} isn't a clinic of this program. Choose the clinic's own database.", where=where)


def _empty(where: str) -> NoClinic:
    return NoClinic("{where} is empty. Make a new clinic there, or choose another one.", where=where)


def _bring_up(connection: Connection, url: str, *, create: bool, now: datetime) -> None:
    found = of(connection)
    if found == SCHEMA:
        return
    if found is None:
        where = _without_password(connection, url)
        if inspect(connection).get_table_names():
            raise _not_ours(where)
        if not create:
            raise _empty(where)
        _migrate(connection)
        _begin_clinic(connection, now)
        return
    if found > SCHEMA:
        raise Refused(
            "This clinic's database was made by a newer version of the program. Install that version on this computer."
        )
    if connection.dialect.name != SQLITE and not create:
        raise Refused(
            "This clinic's database is of an older version. Ask whoever looks after the server to bring it up to date."
        )
    # What an older version guarded is tested as that version would have done: the migration installs everything anew.
    _check_guards(guards.lost_of(connection, _guards_of(found, connection.dialect.name)))
    if connection.dialect.name == SQLITE:
        _back_up(Path(url), found, now)
    _migrate(connection)


def _without_password(connection: Connection, url: str) -> str:
    if connection.dialect.name == SQLITE:
        return url
    return connection.engine.url.set(drivername="postgresql").render_as_string(hide_password=True)


def _migrate(connection: Connection) -> None:
    """Carry out every migration that is missing, in the transaction that the connection is in."""
    # Starting is quicker without it, and it is needed once in a version's life.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _begin_clinic(connection: Connection, now: datetime) -> None:
    """Give a new database its one row of settings; the day before it began counts as ended (R41)."""
    if connection.dialect.name == SQLITE:
        connection.execute(text(f"PRAGMA application_id = {_OURS}"))
    zone = "Europe/London"
    yesterday = clock.local_date(now, clock.zone(zone)) - timedelta(days=1)
    with Session(connection, join_transaction_mode="rollback_only") as session:
        session.add(Clinic(id=1, name="", zone=zone, currency="GBP", locale="en_GB", closed_through=yesterday))
        session.flush()


def _back_up(path: Path, found: int, now: datetime) -> None:
    """Keep the file as it was, beside it, before its tables change."""
    copy = path.with_name(f"{path.stem}.version-{found}.{now.astimezone(UTC):%Y%m%d-%H%M%S}{path.suffix}")
    with closing(sqlite_connection(path, "ro")) as file, closing(sqlite_connection(copy, "rwc")) as target:
        file.backup(target)


def _guards_of(version: int, engine: str) -> list[str]:
    """What made the guards of a version."""
    frozen = MIGRATIONS / "versions" / f"{version:04}_guards_{engine}.sql"
    return frozen.read_text(encoding="utf-8").removesuffix(";\n").split(";\n\n")


def _check_guards(missing: Collection[str]) -> None:
    if missing:
        raise Trouble(
            "The clinic's database has lost some of its safeguards, so it isn't opened. Restore the newest backup. "
            f"Missing: {', '.join(sorted(missing))}."
        )
