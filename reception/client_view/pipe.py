"""The pipe to the desk: lines in, lines out, and nothing else goes through it."""

import logging
import os
import sys
from threading import Thread
from typing import BinaryIO

from PySide6.QtCore import QObject, Signal

from reception.client_view.messages import LONGEST, Message, read, written

_log = logging.getLogger(__name__)


class Pipe(QObject):
    """Speaks with the desk; `came` brings each of its messages, `ended` says that it is gone."""

    came = Signal(object)
    ended = Signal()

    def __init__(self, source: BinaryIO, target: BinaryIO) -> None:
        super().__init__()
        self._source, self._target = source, target
        # A thread, since Qt can't wait for a pipe on every system; it ends with the pipe or with the program.
        self._thread = Thread(target=self._listen, name="desk", daemon=True)

    def start(self) -> None:
        """Begins to listen."""
        self._thread.start()

    def send(self, message: Message) -> None:
        """Says something to the desk; if it is gone, nobody hears it and `ended` follows."""
        try:
            self._target.write(written(message))
            self._target.flush()
        except (OSError, ValueError):
            _log.info("the desk is gone")

    def _listen(self) -> None:
        while line := self._source.readline(LONGEST + 1):
            try:
                self.came.emit(read(line))
            except ValueError as error:
                _log.info("a line from the desk could not be read: %s", error)
        self.ended.emit()


def standard() -> Pipe:
    """The pipe through standard input and output, which nothing else may write to from now on."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return Pipe(source, target)
