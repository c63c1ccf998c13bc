"""The client's screen as a process: it is given a pipe, and nothing that leads to the clinic's data."""

import logging
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from reception.client_view.messages import LONGEST, Message, read, written

_ROOT = Path(__file__).resolve().parents[3]
_PATIENCE = 3000  # milliseconds in which it may end by itself
# What a window needs of its surroundings. A database's address or password may stand in what isn't named here.
_PASSED_ON = (
    "APPDATA",
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "LOCALAPPDATA",
    "PATH",
    "PYTHONUTF8",
    "QT_QPA_PLATFORM",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "USERPROFILE",
    "WAYLAND_DISPLAY",
    "WINDIR",
    "XAUTHORITY",
    "XDG_CACHE_HOME",
    "XDG_CURRENT_DESKTOP",
    "XDG_DATA_DIRS",
    "XDG_RUNTIME_DIR",
    "XDG_SESSION_TYPE",
)
_log = logging.getLogger(__name__)


class Process(QObject):
    """One run of the client's screen; `came` brings what it says, `told` what it was told, and `ended` tells that it is
    gone, however that came.
    """

    came = Signal(object)
    told = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rest = bytearray()
        self._gone = False
        self._process = QProcess(self)
        self._process.setWorkingDirectory(str(_ROOT))
        self._process.setProcessEnvironment(surroundings())
        self._process.readyReadStandardOutput.connect(self._hear)
        self._process.readyReadStandardError.connect(self._note)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._fail)

    def start(self) -> None:
        """Starts it."""
        program, *arguments = command()
        self._process.start(program, arguments)

    def id(self) -> int:
        """Its number in the system; 0 while it doesn't run."""
        return self._process.processId()

    def send(self, message: Message) -> None:
        """Says something to it, while it runs."""
        if not self._gone and self._process.state() is QProcess.ProcessState.Running:
            self._process.write(written(message))
            self.told.emit(message)

    def end(self) -> None:
        """Has it end: its pipe closes, which it takes for good-bye; else it is stopped."""
        if self._process.state() is QProcess.ProcessState.NotRunning:
            return
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(_PATIENCE):
            self._process.kill()
            self._process.waitForFinished(_PATIENCE)

    def _hear(self) -> None:
        self._rest += self._process.readAllStandardOutput().data()
        while (n := self._rest.find(b"\n")) >= 0:
            line = bytes(self._rest[:n])
            del self._rest[: n + 1]
            try:
                self.came.emit(read(line))
            except ValueError as error:
                _log.info("a line from the client's screen could not be read: %s", error)
        if len(self._rest) > LONGEST:
            self._process.kill()

    def _note(self) -> None:
        for line in bytes(self._process.readAllStandardError().data()).decode(errors="replace").splitlines():
            _log.info("the client's screen: %s", line)

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end()

    def _end(self) -> None:
        if not self._gone:
            self._gone = True
            self._hear()
            self.ended.emit()


def command() -> list[str]:
    """The same program, told to be the client's screen; a bundle is a program by itself."""
    bundled = bool(getattr(sys, "frozen", False))
    return [sys.executable, *([] if bundled else ["-m", "reception"]), "client-view"]


def surroundings() -> QProcessEnvironment:
    """The environment of the client's screen: a display, a language, and nothing of ours."""
    own, given = QProcessEnvironment.systemEnvironment(), QProcessEnvironment()
    for name in _PASSED_ON:
        if own.contains(name):
            given.insert(name, own.value(name))
    return given
