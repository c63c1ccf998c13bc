"""The clinic's clock on the tour: it stands until the story goes on, so that every run tells the same days."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")


class Clock:
    """Says what time it is, as often as it is asked, until it is told another time."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self) -> datetime:
        """The instant it is."""
        return self._now.astimezone(UTC)

    def forward(self, *, minutes: int) -> None:
        """So many minutes pass."""
        self._now = (self._now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZONE)

    def go_to(self, month: int, day: int, hour: int, minute: int = 0) -> None:
        """It is now that wall time of the same year, later than before."""
        then = datetime(self._now.year, month, day, hour, minute, tzinfo=ZONE)
        assert then.astimezone(UTC) >= self._now.astimezone(UTC), "the story never goes back"
        self._now = then
