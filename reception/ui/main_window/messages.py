"""What the window says: refusals and trouble in its banner, finished acts and whether all is saved in its last line."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from reception.domain.errors import DomainError, Trouble
from reception.ui.main_window.undo import UndoStack
from reception.ui.tokens import Tone
from reception.ui.widgets import Banner, Button, Kind
from reception.ui.widgets.undo_line import UndoLine
from reception.ui.workbench import Workbench


class Messages(QObject):
    """A refusal stays until it is dismissed, something is done, or one goes elsewhere."""

    def __init__(self, bench: Workbench, undo: UndoStack, parent: QObject) -> None:
        super().__init__(parent)
        self.bench = bench
        self.line = UndoLine()
        self._try_again = Button(self.tr("Try again"), height=24, name="banner.again")
        dismiss = Button(kind=Kind.GHOST, icon="x", height=24, tip=self.tr("Dismiss"), name="banner.dismiss")
        self.banner = Banner(self._try_again, dismiss, square=True, name="banner")
        self._again: Callable[[], None] | None = None
        bench.refused.connect(self.refuse)
        bench.troubled.connect(self._show)
        bench.backend.saved.connect(self._show_saved)
        bench.backend.lost.connect(self._show_lost)
        undo.said.connect(self._say)
        self.line.undo_asked.connect(undo.undo)
        self._try_again.clicked.connect(self._do_again)
        dismiss.clicked.connect(self.banner.clear)

    def refuse(self, error: DomainError | Trouble) -> None:
        """Says why something can't be."""
        self._show(error, None)

    def clear(self) -> None:
        """One goes elsewhere: what was refused here is over."""
        self.banner.clear()

    def _show(self, error: DomainError | Trouble, again: Callable[[], None] | None) -> None:
        sentence = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._again = again
        self._try_again.setVisible(again is not None)
        first, stop, rest = sentence.partition(". ")
        self.banner.say(first + stop.strip(), rest, Tone.DANGER if isinstance(error, Trouble) else Tone.WARN)

    def _do_again(self) -> None:
        self.banner.clear()
        if self._again is not None:
            self._again()

    def _say(self, words: str, undoable: bool) -> None:
        self.banner.clear()
        self.line.say(words, undoable=undoable)

    def _show_saved(self, at: datetime) -> None:
        self.line.show_saved(self.tr("Saved %1").replace("%1", self.bench.formats.time(at)), safe=True)

    def _show_lost(self) -> None:
        now = self.bench.formats.time(self.bench.now())
        self.line.show_saved(self.tr("Not saved since %1").replace("%1", now), safe=False)
