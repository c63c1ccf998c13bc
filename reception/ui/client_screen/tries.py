"""How often a PIN may be tried: after five wrong ones nobody's counts for five minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from reception.client_view.messages import PinWrong

MOST = 5
PAUSE = timedelta(minutes=5)


class Tries:
    """Counts wrong PINs at this desk, whichever screen they were typed on."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Begin with none."""
        self._now = now
        self._wrong = 0
        self._until: datetime | None = None

    def stopped(self) -> PinWrong | None:
        """Whether it is too early to try again, and for how long still."""
        if self._until is None:
            return None
        left = self._until - self._now()
        if left > timedelta():
            return PinWrong(0, ceil(left.total_seconds() / 60))
        self._until, self._wrong = None, 0
        return None

    def wrong(self) -> PinWrong:
        """One more was wrong."""
        self._wrong += 1
        if self._wrong >= MOST:
            self._until = self._now() + PAUSE
        return self.stopped() or PinWrong(MOST - self._wrong)

    def right(self) -> None:
        """One was right: the others are forgotten."""
        self._wrong, self._until = 0, None
