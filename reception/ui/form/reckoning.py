"""What a form works out, beside the typing: in a thread of its own, so that no key waits for a sum."""

from collections.abc import Callable
from threading import Thread

from PySide6.QtCore import QObject, QTimer, Signal

from reception.domain.questionnaire import Filling
from reception.ui.form.place import Path

_SETTLE = 150  # milliseconds after the last key


class Reckoning(QObject):
    """Works out, a moment after the last key, what hangs on the answers; only what the newest ones give is taken.

    `done` tells which rows it changed. A form that works nothing out is done at once.
    """

    done = Signal(object)

    def __init__(self, filling: Filling, parent: QObject) -> None:
        super().__init__(parent)
        self._filling = filling
        self._errand: _Errand | None = None
        self._newest = True
        self._then: Callable[[], None] | None = None
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self.begin)

    def soon(self) -> None:
        """Begins when nobody has typed for a moment."""
        self._settle.start()

    def answered(self) -> None:
        """Notes that an answer is another: what is under way is of older ones, and what waited for it waits no more."""
        self._newest, self._then = not self._filling.works, None
        if self._errand is not None:
            self._errand.outdated = True
        self._settle.start()

    def begin(self) -> None:
        """Works it out now; what is under way is ended first."""
        self._settle.stop()
        if self._newest:
            self._end(frozenset())
        elif self._errand is None:
            self._errand = _Errand(self._filling.copy())
            self._errand.came.connect(self._take)
            self._errand.start()

    def then(self, act: Callable[[], None]) -> bool:
        """Does something as soon as the newest answers are worked out: at once where they are, else False."""
        if self._newest:
            act()
            return True
        self._then = act
        self.begin()
        return False

    def stay(self) -> None:
        """Lets go of what waited for the newest answers: somebody went elsewhere meanwhile."""
        self._then = None

    def _take(self) -> None:
        errand, self._errand = self._errand, None
        if errand is None:
            return
        if errand.outdated:
            if not self._settle.isActive():
                self.begin()
            return
        self._newest = True
        changed = errand.changed()
        self._filling.take(errand.filling)
        self._end(changed)

    def _end(self, changed: frozenset[Path]) -> None:
        self.done.emit(changed)
        act, self._then = self._then, None
        if act is not None:
            act()


class _Errand(QObject):
    """One reckoning in its thread, of a copy; it ends there also where the form was closed meanwhile."""

    came = Signal()

    def __init__(self, filling: Filling) -> None:
        super().__init__()
        self.filling = filling
        self.outdated = False
        self._changed: frozenset[Path] = frozenset()
        self._bug: Exception | None = None

    def start(self) -> None:
        """Goes."""
        Thread(target=self._run, name="reckon", daemon=True).start()

    def changed(self) -> frozenset[Path]:
        """The rows that it changed; a bug that it met with is raised here, in the window's own thread."""
        if self._bug is not None:
            raise self._bug
        return self._changed

    def _run(self) -> None:
        try:
            self._changed = self.filling.reckon()
        except Exception as bug:  # noqa: BLE001 - raised again where bugs are told
            self._bug = bug
        self.came.emit()
