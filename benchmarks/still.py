"""The clock of what is measured: it stands still, and reading it loads nothing."""

from datetime import UTC, datetime

NOW = datetime(2026, 11, 24, 10, 2, tzinfo=UTC)


def now() -> datetime:
    """What the clinic's clock shows."""
    return NOW
