"""Whether somebody is still in front of the client's screen."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from typing_extensions import override

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
        QEvent.Type.Wheel,
    }
)


class Idle(NamedTuple):
    """Milliseconds without a touch until it is asked whether somebody is there, and from then until it locks."""

    asks: int = 150_000
    locks: int = 30_000


PATIENCE = Idle()
"""Three minutes in all."""


class Watch(QObject):
    """Filters all that a program hears. `doubted` comes once nobody has touched it for a while, `alone` if nobody says
    that they are there.
    """

    doubted = Signal()
    alone = Signal()

    def __init__(self, idle: Idle, parent: QObject) -> None:
        super().__init__(parent)
        self._asking = QTimer(self, singleShot=True, interval=idle.asks)
        self._locking = QTimer(self, singleShot=True, interval=idle.locks)
        self._asking.timeout.connect(self.doubted)
        self._locking.timeout.connect(self.alone)

    def begin(self) -> None:
        """Somebody is there now, as far as is known."""
        self._locking.stop()
        self._asking.start()

    def wait(self) -> None:
        """It is asked whether somebody is there."""
        self._asking.stop()
        self._locking.start()

    def rest(self) -> None:
        """Nobody needs to be there."""
        self._asking.stop()
        self._locking.stop()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE and self._asking.isActive():
            self._asking.start()
        return False
