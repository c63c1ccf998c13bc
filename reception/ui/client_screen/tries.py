"""How often a PIN may be tried: after five wrong ones nobody's counts for five minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from reception.client_view.messages import PinWrong

MOST = 5
PAUSE = timedelta(minutes=5)


class Tries:
    """Counts PINs at this desk, whichever screen they were typed on."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Begin with none."""
        self._now = now
        self._made = 0
        self._until: datetime | None = None

    def begin(self) -> bool:
        """Whether one more may be judged. It counts as wrong meanwhile, so that many at once are as many tries."""
        if self._until is not None and self._now() >= self._until:
            self._made, self._until = 0, None
        if self._made >= MOST:
            return False
        self._made += 1
        if self._made == MOST:
            self._until = self._now() + PAUSE
        return True

    def wrong(self) -> PinWrong:
        """What is told of a wrong one: how many are left, or in how many minutes it can be tried again."""
        left = self._until - self._now() if self._until is not None else timedelta()
        return PinWrong(MOST - self._made, ceil(left.total_seconds() / 60))

    def right(self) -> None:
        """One was right: the others are forgotten."""
        self._made, self._until = 0, None
