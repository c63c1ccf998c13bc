"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

# A Tuesday in winter, an hour before the first visits.
OPENING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


class Clock:
    """What the clinic's clock shows: call it to read it."""

    def __init__(self, now: datetime = OPENING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The instant it is now."""
        return self.now

    def forward(self, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0) -> datetime:
        """Let time pass, and say what it is then."""
        self.now += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self.now
