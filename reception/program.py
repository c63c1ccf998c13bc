"""The program behind its window: everything is built here, once, and put away here at the end."""

import asyncio
import contextlib
import gc
import logging
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import qasync
from PySide6.QtCore import QProcess, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from reception import settings as choices
from reception.app import Neighbour, Start, dress
from reception.domain.errors import DomainError, NoClinic, Trouble
from reception.settings import Settings, Theme
from reception.ui.ask import ask
from reception.ui.frame import Frame
from reception.ui.opening import Opening, Problem, Way

if TYPE_CHECKING:
    # Mapping the clinic's tables takes half a second: the window is on the screen before it begins.
    from reception.domain.catalogue import Clinic
    from reception.domain.staff import Person
    from reception.store import Store
    from reception.store.drafts import Desk, Draft
    from reception.ui.backend import Backend
    from reception.ui.main_window import MainWindow

_log = logging.getLogger(__name__)
_DRAIN = 10  # seconds in which what is running may end by itself
_PERSON = "person"
_SIGNS = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class _Opened:
    """An open clinic, and what is read of it before its desk is shown; no clinic in a new database."""

    store: "Store"
    desk: "Desk"
    clinic: "Clinic | None"
    people: "tuple[Person, ...]"
    drafts: "tuple[Draft, ...]"
    last: int | None


def live(app: QApplication, start: Start, log: Path, neighbour: Neighbour, frame: Frame) -> int:
    """The program's life in a window that shows already; gives its exit status."""
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        return runner.run(_main(app, start, log, neighbour, frame))


async def _main(app: QApplication, start: Start, log: Path, neighbour: Neighbour, frame: Frame) -> int:
    return await Program(app, start, log, neighbour, frame).main()


class Program:
    """One run: the frame first, the clinic into it, and everything put away in order at the end."""

    def __init__(self, app: QApplication, start: Start, log: Path, neighbour: Neighbour, frame: Frame) -> None:
        self._app, self._start, self._log, self._neighbour = app, start, log, neighbour
        self.frame = frame
        self._settings = choices.load(start.places.settings)
        self._url = start.url or self._settings.database or str(start.places.clinic)
        # The file in the user's own folder is made when it is missing; any other place only when somebody says so.
        self._create = not (start.url or self._settings.database)
        self._opener = ThreadPoolExecutor(1, "open")
        self._opened: _Opened | None = None
        self._backend: Backend | None = None
        self._ended: asyncio.Future[bool] = asyncio.Future()
        self._crashing = self._fatal = False
        self.window: MainWindow | None = None

    async def main(self) -> int:
        """The whole run; gives the program's exit status."""
        self._listen()
        self._dress()
        # All that is loaded now stays to the end: looking for garbage in it would only take time.
        gc.disable()
        self.frame.show_page(Opening())
        self.frame.show()
        self.frame.activateWindow()
        life = asyncio.ensure_future(self._live())
        life.add_done_callback(self._end_with)
        await self._ended
        await self._put_away(life)
        if self._ended.done() and self._ended.result():
            QProcess.startDetached(sys.executable, sys.orig_argv[1:])
        return 0

    def end(self, *, again: bool = False) -> None:
        """Ends the run, perhaps to begin another one."""
        if not self._ended.done():
            self._ended.set_result(again)

    def _end_with(self, life: asyncio.Future[None]) -> None:
        """Without a desk there is nothing to go on with: a bug on the way there ends the run once it was told."""
        error = None if life.cancelled() else life.exception()
        if error is None:
            self.end()
        else:
            self._fatal = True
            self.crash(error)

    async def _live(self) -> None:
        while not await self._open():
            pass
        assert self._opened is not None
        await self._furnish(self._opened)
        await self._ended

    # opening

    async def _open(self) -> bool:
        """Opens the clinic in a thread while the window shows; trouble stays on the screen until there is a way on."""
        loop = asyncio.get_running_loop()
        try:
            self._opened = await loop.run_in_executor(
                self._opener, _open, self._start, self._url, self._settings.desk, self._create
            )
        except (DomainError, Trouble) as error:
            _log.info("the clinic could not be opened: %s", error)
            await self._find_way(error)
            return False
        if self._url != (self._start.url or self._settings.database or str(self._start.places.clinic)):
            self._take_settings(replace(self._settings, database=self._url))
        return True

    async def _find_way(self, error: DomainError | Trouble) -> None:
        sentence = error.sentence if isinstance(error, Trouble) else str(error)
        new = isinstance(error, NoClinic)
        ways = (Way.NEW, Way.OTHER, Way.CLOSE) if new else (Way.AGAIN, Way.OTHER, Way.CLOSE)
        problem = Problem(self.frame.tr("The clinic can’t be opened"), sentence, ways)
        self.frame.show_page(problem)
        chosen: asyncio.Future[Way] = asyncio.get_running_loop().create_future()
        problem.chosen.connect(lambda way: None if chosen.done() else chosen.set_result(way))
        way = await chosen
        if way is Way.CLOSE:
            self.end()
        elif way is Way.OTHER:
            self._url = await self._pick_file() or self._url
        self._create = self._create or way is Way.NEW
        self.frame.show_page(Opening())

    async def _pick_file(self) -> str:
        folder = str(Path(self._url).parent) if "://" not in self._url else str(Path.home())
        picker = QFileDialog(self.frame, self.frame.tr("The clinic’s database"), folder)
        picker.setNameFilter(self.frame.tr("Clinics (*.db);;All files (*)"))
        picker.setFileMode(QFileDialog.FileMode.ExistingFile)
        chosen = await ask(picker)
        return picker.selectedFiles()[0] if chosen and picker.selectedFiles() else ""

    # furnishing

    async def _furnish(self, opened: _Opened) -> None:
        from reception.ui.backend import Backend  # noqa: PLC0415 - see above: the window shows first
        from reception.ui.main_window import MainWindow  # noqa: PLC0415
        from reception.ui.workbench import Workbench  # noqa: PLC0415

        backend = self._backend = Backend(opened.store, opened.desk)
        if opened.clinic is None:
            await self._found(backend)
            opened = self._opened = await backend.at_desk(_look, opened.store)
        assert opened.clinic is not None
        person = next((one for one in opened.people if one.id == opened.last), opened.people[0])
        bench = Workbench(backend, opened.clinic, person, opened.drafts)
        window = self.window = MainWindow(bench, self._settings)
        bench.setParent(window)
        backend.confirm_clock = window.acts.confirm_clock
        bench.failed.connect(self.crash)
        bench.person_changed.connect(self._remember_person)
        window.settings_changed.connect(self._take_settings)
        window.restart_asked.connect(partial(self.end, again=True))
        self.frame.show_page(window)
        window.begin()
        # Nor is it looked through later: each time that would hold up the window for a tenth of a second.
        gc.freeze()
        gc.enable()

    async def _found(self, backend: "Backend") -> None:
        """Asks which clinic this is, until the domain takes it."""
        from reception.domain import catalogue  # noqa: PLC0415
        from reception.ui.dialogs.welcome import Founding, Welcome  # noqa: PLC0415

        welcome = Welcome()
        self.frame.show_page(welcome)
        while True:
            answer: asyncio.Future[Founding] = asyncio.get_running_loop().create_future()
            welcome.founded.connect(answer.set_result, Qt.ConnectionType.SingleShotConnection)
            founding = await answer
            try:
                await backend.write(catalogue.found, founding.draft, founding.owner)
            except (DomainError, Trouble) as error:
                welcome.show_refusal(error)
            else:
                return

    def _remember_person(self) -> None:
        if self.window is not None and self._backend is not None:
            bench = self.window.bench
            bench.tasks.start(self._backend.at_desk(_remember, int(bench.person.id)))

    def _take_settings(self, settings: Settings) -> None:
        self._settings = settings
        self._dress()
        try:
            choices.save(self._start.places.settings, settings)
        except OSError as error:
            trouble = Trouble(f"The settings can't be kept: {error}. They hold until the program is closed.")
            if self.window is not None:
                self.window.bench.refused.emit(trouble)

    # how it looks

    def _dress(self) -> None:
        dress(self._app, self._settings)

    def _follow_system(self) -> None:
        if self._settings.theme is Theme.SYSTEM:
            QTimer.singleShot(0, self._app, self._dress)

    # what may go wrong

    def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._hear)
        sys.excepthook = self._hook
        # Windows has no such handlers; there the window is closed by the system instead.
        with contextlib.suppress(NotImplementedError, AttributeError):
            for sign in _SIGNS:
                loop.add_signal_handler(sign, self.end)
        self.frame.closing.connect(self.end)
        self._neighbour.knocked.connect(self._raise)
        self._app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def _raise(self) -> None:
        self.frame.setWindowState(self.frame.windowState() & ~Qt.WindowState.WindowMinimized)
        self.frame.raise_()
        self.frame.activateWindow()

    def _hear(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.crash(error)
        else:
            _log.error("the event loop complains: %s", context.get("message"))

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self.end()
        else:
            self.crash(error)

    def crash(self, error: BaseException) -> None:
        """Notes a bug and tells of it once; what was typed is kept, and one may go on."""
        _log.error("a mistake in the program", exc_info=error)
        if self._crashing:
            return
        from reception.ui.dialogs.crash import Crash  # noqa: PLC0415 - hardly ever needed

        self._crashing = True
        dialog = Crash(error, str(self._log), self.frame)
        dialog.finished.connect(self._go_on)
        dialog.show()

    def _go_on(self, result: int) -> None:
        from reception.ui.dialogs.crash import CLOSE  # noqa: PLC0415

        self._crashing = False
        if result == CLOSE or self._fatal:
            self.end()

    # the end

    async def _put_away(self, life: asyncio.Future[None]) -> None:
        """Keeps what is half done, lets commands end, and closes the clinic; the window goes last."""
        gc.unfreeze()
        gc.enable()
        self._neighbour.close()
        if self.window is not None:
            self.window.end()
            await self.window.bench.drafts.flush()
            await self.window.bench.tasks.drain(_DRAIN)
            await self._take_down(self.window)
        if not life.done():
            life.cancel()
        await asyncio.wait({life})
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._opener, self._close)
        self._opener.shutdown()
        self.frame.end()
        sys.excepthook = sys.__excepthook__
        with contextlib.suppress(NotImplementedError, AttributeError):
            for sign in _SIGNS:
                loop.remove_signal_handler(sign)

    async def _take_down(self, window: "MainWindow") -> None:
        """Hides the window and deletes what is in it, so that nothing is read any more."""
        gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        window.destroyed.connect(lambda: gone.set_result(None))
        self.frame.hide()
        window.deleteLater()
        await gone

    def _close(self) -> None:
        if self._backend is not None:
            self._backend.close()
        elif self._opened is not None:
            self._opened.store.close()
            self._opened.desk.close()


def _open(start: Start, url: str, desk_name: str, create: bool) -> _Opened:
    """Open the clinic and this desk's own file; raises DomainError and Trouble."""
    # All that takes time to import is imported in this thread, while the window shows already.
    from reception.store import open_store  # noqa: PLC0415
    from reception.store.drafts import Desk  # noqa: PLC0415

    store = open_store(url, desk=desk_name, clock=start.clock, create=create)
    try:
        return _look(Desk(start.places.desk), store)
    except BaseException:
        store.close()
        raise


def _look(desk: "Desk", store: "Store") -> _Opened:
    from reception.domain import catalogue, staff  # noqa: PLC0415
    from reception.domain.errors import NotFound  # noqa: PLC0415

    try:
        clinic = store.read(catalogue.clinic)
    except NotFound:
        return _Opened(store, desk, None, (), desk.drafts(), None)
    return _Opened(store, desk, clinic, store.read(staff.people), desk.drafts(), desk.get(_PERSON))


def _remember(desk: "Desk", person: int) -> None:
    desk.set(_PERSON, person)
