"""The clinic's database: the only place that knows SQLite from Postgres."""

from collections.abc import Callable
from datetime import UTC, datetime

from reception.store import schema
from reception.store.log import Changes
from reception.store.work import ClockDoubt, Done, Store

__all__ = ["Changes", "ClockDoubt", "Done", "Store", "open_store"]


def open_store(
    url: str,
    *,
    desk: str = "desk-1",
    clock: Callable[[], datetime] | None = None,
    create: bool = False,
    careful: bool = True,
) -> Store:
    """Open the clinic at a path or a `postgresql://` address; with `create` it is made where there is none.

    Without a clock it is the server's on Postgres and this computer's on SQLite. Without care SQLite doesn't wait for
    the disk, which is for filling a file that nobody works with yet. Raises Refused and Trouble.
    """
    now = clock() if clock else datetime.now(UTC)
    return Store(schema.opened(url, create=create, careful=careful, now=now), url=url, desk=desk, clock=clock)
