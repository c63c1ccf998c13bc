"""What other programs write to the same clinic, told as it happens (Decision 5)."""

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from reception.domain.errors import Trouble
from reception.store.engine import SQLITE, libpq_address, sqlite_connection
from reception.store.log import Changes
from reception.store.work import CHANNEL, Store

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.1
_LISTEN_SECONDS = 0.5
_ASK_SECONDS = 5.0
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 5.0


class Watcher:
    """Tells, from a thread of its own, of each command that another program wrote, in order and once."""

    def __init__(self, store: Store, tell: Callable[[Changes], None]) -> None:
        self._store = store
        self._tell = tell
        self._told = store.head()
        self._stopping = threading.Event()
        watch = self._watch_file if store.name == SQLITE else self._watch_server
        self._thread = threading.Thread(target=self._keep_watching, args=(watch,), name="watcher", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; nothing is told once this has returned."""
        self._stopping.set()
        self._thread.join()

    def _keep_watching(self, watch: Callable[[Callable[[], None]], None]) -> None:
        """Watch, and begin again after trouble, ever more patiently while it lasts."""
        wait = _FIRST_WAIT

        def all_is_well() -> None:
            nonlocal wait
            wait = _FIRST_WAIT

        while not self._stopping.is_set():
            try:
                watch(all_is_well)
            except Trouble as trouble:
                _log.info("watching was interrupted: %s", trouble)
                self._stopping.wait(wait)
                wait = min(wait * 2, _LONGEST_WAIT)

    def _watch_file(self, well: Callable[[], None]) -> None:
        """SQLite counts, for a connection that only looks, how often another one wrote."""
        try:
            with closing(sqlite_connection(Path(self._store.url), "ro")) as looking:
                seen = None
                while not self._stopping.wait(_LOOK_SECONDS):
                    version = looking.execute("PRAGMA data_version").fetchone()[0]
                    if version != seen:
                        seen = version
                        self._catch_up()
                        well()
        except dbapi2.DatabaseError as error:
            raise Trouble(str(error), retry=True) from error

    def _watch_server(self, well: Callable[[], None]) -> None:
        """Postgres tells of a number; numbers told while nobody listened are asked for."""
        import psycopg  # noqa: PLC0415 - only where there is a server

        try:
            with psycopg.connect(libpq_address(self._store.url), autocommit=True, connect_timeout=5) as listening:
                listening.execute(f"LISTEN {CHANNEL}")
                while not self._stopping.is_set():
                    self._catch_up()
                    well()
                    self._listen(listening)
        except psycopg.Error as error:
            raise Trouble(str(error), retry=True) from error

    def _listen(self, listening: Any) -> None:
        """Wait for a number, a little while at a time so that stopping is quick, and for 5 seconds at most."""
        for _ in range(round(_ASK_SECONDS / _LISTEN_SECONDS)):
            heard = any(True for _ in listening.notifies(timeout=_LISTEN_SECONDS, stop_after=1))
            if heard or self._stopping.is_set():
                return

    def _catch_up(self) -> None:
        for changes in self._store.changes_since(self._told):
            self._told = changes.n
            if not self._store.is_own(changes.n):
                self._tell(changes)
