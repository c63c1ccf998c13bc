"""What tests stand on: real databases on both engines, one event loop for every window, and a quiet log."""

import asyncio
import gc
import inspect
import logging
import os
import shutil
import tempfile
import uuid
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tests.clock import Clock
from tests.postgres import CannotStartError, Cluster, Keeper

if TYPE_CHECKING:
    from reception.store import Store

# Before there is an application: no screen, and one locale everywhere.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"

# Seconds that a coroutine test, or what a test left running, may take on a slow machine.
PATIENCE = 20
ENGINES = {"sqlite": "SQLite", "postgres": "Postgres"}
ADDRESS = "RECEPTION_TEST_POSTGRES"
TEMPLATE = "template_of_clinics"

hypothesis.settings.register_profile("here", deadline=None)
# The same examples in every run: what fails there fails here.
hypothesis.settings.register_profile("ci", parent=hypothesis.settings.get_profile("here"), derandomize=True)
# For a night: with --hypothesis-profile=deep.
hypothesis.settings.register_profile("deep", parent=hypothesis.settings.get_profile("here"), max_examples=2000)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


# Engines


@pytest.fixture(params=[pytest.param(engine, id=engine) for engine in ENGINES])
def engine_name(request: pytest.FixtureRequest) -> str:
    """A test that asks for this runs once on each engine."""
    name: str = request.param
    return name


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Where a new clinic's file may be made."""
    return str(tmp_path / "clinic.db")


@pytest.fixture
def postgres_url(cluster: Cluster) -> Iterator[str]:
    """A new, empty database on the server."""
    with _database(cluster, template="template0") as url:
        yield url


@pytest.fixture
def clinic_url(request: pytest.FixtureRequest, engine_name: str) -> str:
    """A place for a new clinic on either engine: nothing is in it yet."""
    url: str = request.getfixturevalue(f"{engine_name}_url")
    return url


@pytest.fixture
def clock() -> Clock:
    """The clock of the clinic under test."""
    return Clock()


@pytest.fixture
def sqlite_store(sqlite_url: str, sqlite_template: Path, clock: Clock) -> Iterator["Store"]:
    """An open clinic in a file, with nothing in it."""
    shutil.copyfile(sqlite_template, sqlite_url)
    with _opened(sqlite_url, clock) as store:
        yield store


@pytest.fixture
def postgres_store(cluster: Cluster, postgres_template: str, clock: Clock) -> Iterator["Store"]:
    """An open clinic on the server, with nothing in it."""
    with _database(cluster, template=postgres_template) as url, _opened(url, clock) as store:
        yield store


@pytest.fixture
def store(request: pytest.FixtureRequest, engine_name: str) -> "Store":
    """An open clinic on either engine, with nothing in it."""
    opened: Store = request.getfixturevalue(f"{engine_name}_store")
    return opened


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that every new clinic of this run is copied from."""
    path = tmp_path_factory.mktemp("template") / "clinic.db"
    with _opened(str(path), Clock(), create=True):
        pass
    assert not path.with_name("clinic.db-wal").exists(), "a copy of the file alone would miss what is in the log"
    return path


@pytest.fixture(scope="session")
def postgres_template(cluster: Cluster) -> str:
    """The database that every new clinic of this run is copied from; made by whichever process comes first."""
    with cluster.connection() as connection:
        connection.execute("SELECT pg_advisory_lock(1)")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            making = f"{TEMPLATE}_in_the_making"
            cluster.run(f"CREATE DATABASE {making} TEMPLATE template0")
            with _opened(cluster.url(making), Clock(), create=True):
                pass
            cluster.run(f"ALTER DATABASE {making} RENAME TO {TEMPLATE}")
    return TEMPLATE


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The Postgres server of this run: the one that is already held, or one of its own for a single process."""
    if address := os.environ.get(ADDRESS):
        yield Cluster.at(address)
        return
    with _server() as keeper:
        yield keeper.cluster


@contextmanager
def _database(cluster: Cluster, *, template: str) -> Iterator[str]:
    name = f"clinic_{uuid.uuid4().hex}"
    cluster.run(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield cluster.url(name)
    cluster.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _opened(url: str, clock: Clock, *, create: bool = False) -> Iterator["Store"]:
    # Tests of pure rules load no database.
    from reception.store import open_store  # noqa: PLC0415

    with closing(open_store(url, clock=clock, create=create)) as store:
        yield store


@contextmanager
def _server() -> Iterator[Keeper]:
    try:
        keeper = Keeper()
    except CannotStartError as trouble:
        pytest.exit(f"Postgres could not be started, so nothing was tested on it.\n{trouble}", returncode=3)
    try:
        yield keeper
    finally:
        keeper.stop()


# The event loop, for tests of windows


@pytest.fixture(scope="session")
def loop(qapp: QApplication) -> Iterator[qasync.QEventLoop]:
    """The one loop of this process: Qt's own runs it, so waiting for a signal also runs coroutines."""
    loop = qasync.QEventLoop(qapp, already_running=True)
    loop.troubles = []
    loop.set_exception_handler(lambda _, context: loop.troubles.append(context))
    # What is loaded by now stays; looking through it after each test would be for nothing.
    gc.collect()
    gc.freeze()
    yield loop
    # Never loop.stop(): it leaves the application, and every later wait in this process would return at once.
    qapp.aboutToQuit.disconnect(loop._after_run_forever)
    loop._QEventLoop__is_running = False
    asyncio.events._set_running_loop(None)
    loop.close()


@pytest.fixture(autouse=True)
def _quiet_desk(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test of a window leaves no task behind, and none has died unheard."""
    if not _has_window(request):
        yield
        return
    loop = request.getfixturevalue("loop")
    # PySide6 can crash when the cyclic collector frees a window to which Qt is just speaking: collect between tests.
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = _cancel_tasks(loop)
    gc.collect()
    # A program that ran in the test has let go of what was frozen: without this every later search takes a second.
    gc.freeze()
    gc.enable()
    troubles, loop.troubles = loop.troubles, []
    assert not left, f"tasks were left running: {left}"
    assert not troubles, f"the event loop met with errors: {troubles}"


def _has_window(request: pytest.FixtureRequest) -> bool:
    return not {"qapp", "loop"}.isdisjoint(request.fixturenames) or inspect.iscoroutinefunction(request.function)


def _cancel_tasks(loop: qasync.QEventLoop) -> list[str]:
    """Ask every task to end, as a closing window does; the names of those that had to be asked."""
    tasks = asyncio.all_tasks(loop)
    if not tasks or _run(loop, asyncio.wait(tasks, timeout=1)) == (tasks, set()):
        return []
    left = [task for task in tasks if not task.done()]
    for task in left:
        task.cancel()
    _run(loop, asyncio.wait(left, timeout=PATIENCE))
    return [repr(task.get_coro()) for task in left]


def _run(loop: qasync.QEventLoop, coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine gives, while Qt's loop runs; fails the test that waits too long."""
    task = loop.create_task(coroutine)
    turn = QEventLoop()
    task.add_done_callback(lambda _: turn.quit())
    QTimer.singleShot(PATIENCE * 1000, turn, turn.quit)
    turn.exec()
    if not task.done():
        task.cancel()
        pytest.fail(f"{coroutine!r} did not end within {PATIENCE} s")
    return task.result()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an "async def test_…" on the one loop."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    _run(pyfuncitem._request.getfixturevalue("loop"), pyfuncitem.obj(**arguments))
    return True


# The log and the account


class _Ear(logging.Handler):
    """Keeps what the program complains of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log fails the test, unless it is marked as being about that."""
    ear = _Ear()
    log = logging.getLogger("reception")
    log.addHandler(ear)
    yield
    log.removeHandler(ear)
    expected = request.node.get_closest_marker("logs_expected")
    assert expected or not ear.heard, f"the log complains: {ear.heard}"


@pytest.fixture(autouse=True, scope="session")
def _own_account() -> Iterator[None]:
    """Nothing a test does reaches the settings, files or sockets of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="reception-home-") as home:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
            folder = Path(home) / name.lower()
            folder.mkdir(mode=0o700)
            patch.setenv(name, str(folder))
        yield


# Counting


class _Counts:
    """How many tests ran on which engine; in the process that hears of all of them."""

    def __init__(self) -> None:
        self._ran: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test once, when it has run."""
        if report.when == "call" and not report.skipped:
            self._ran.update([engine for engine in ENGINES if engine in report.keywords] or ["none"])

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say it, above pytest's own closing line."""
        counts = [f"{self._ran[engine]} tests on {name}" for engine, name in ENGINES.items()]
        terminalreporter.write_line(f"{', '.join(counts)}, {self._ran['none']} without a database")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with the engine it runs on, so that it can be chosen ("-m sqlite") and counted."""
    for item in items:
        assert isinstance(item, pytest.Function)
        chosen = item.callspec.params.get("engine_name") if hasattr(item, "callspec") else None
        for engine in ENGINES:
            if engine == chosen or not {f"{engine}_url", f"{engine}_store"}.isdisjoint(item.fixturenames):
                item.add_marker(engine)


def pytest_configure(config: pytest.Config) -> None:
    """Count in the process that reports; hold one server for all where a run has several processes."""
    if hasattr(config, "workerinput"):
        return
    config.pluginmanager.register(_Counts())
    if config.getoption("numprocesses", None):
        held = ExitStack()
        os.environ[ADDRESS] = held.enter_context(_server()).cluster.address()
        config.add_cleanup(held.close)
