"""The ways back: each finished act that can be undone, the newest first, thirty deep."""

from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from reception.ui.actions import action
from reception.ui.workbench import Undo, Workbench

_DEPTH = 30


@dataclass(frozen=True)
class _Act:
    words: str
    undo: Undo


class UndoStack(QObject):
    """Hears what was done and takes it back by its own compensating command (Ctrl+Z).

    What another desk has built upon is refused with the reason, and that act can't be undone any more.
    """

    said = Signal(str, bool)

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self._acts: deque[_Act] = deque(maxlen=_DEPTH)
        self._pending: _Act | None = None
        bench.said.connect(self.note)

    def note(self, words: str, undo: Undo) -> None:
        """Something was done, and perhaps there is a way back."""
        if self._pending is not None:
            # The way back speaks for itself: what it says replaces our own words, and undoing it does the act again.
            self._pending = None
        if undo is not None:
            self._acts.append(_Act(words, undo))
        self.said.emit(words, undo is not None)

    def forget(self) -> None:
        """Somebody else is at the desk: what the one before did is theirs."""
        self._acts.clear()
        self.said.emit("", False)

    @action
    async def undo(self) -> None:
        """Takes the newest act back."""
        if not self._acts:
            return
        act = self._pending = self._acts.pop()
        assert act.undo is not None
        try:
            await act.undo()
        except BaseException:
            self._pending = None
            self._tell_next()
            raise
        if self._pending is act:
            self._pending = None
            self.said.emit(self.tr("Undone: %1").replace("%1", act.words), bool(self._acts))

    def _tell_next(self) -> None:
        newest = self._acts[-1] if self._acts else None
        self.said.emit(newest.words if newest else "", newest is not None)
