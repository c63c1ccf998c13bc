"""Instants and the wall clock: stored in UTC, meant in the clinic's time zone."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reception.domain.errors import Invalid
from reception.domain.span import Span

MIDNIGHT = 24 * 60

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def zone(name: str) -> ZoneInfo:
    """Find a time zone by its IANA name; Invalid names the one that isn't known."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: a name such as "Europe" is a folder
        sentence = "There is no time zone called “{zone}”. Pick one from the list, such as Europe/London."
        raise Invalid(sentence, field="zone", zone=name) from None


def local_date(at: datetime, zone: ZoneInfo) -> date:
    """Tell on which date of the clinic an instant falls."""
    if at.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {at}")
    return at.astimezone(zone).date()


def at_local(day: date, wall: time | int, zone: ZoneInfo) -> datetime:
    """Give the instant, in UTC, at which the clinic's clock shows a time (R22).

    The time is a wall time or the minutes of the wall clock since 00:00 of that day; 1440 and more fall on later days.
    A time that the clock skips is reckoned with the offset before the change; of one that comes twice it is the first.
    """
    if isinstance(wall, int):
        shown = datetime.combine(day, time()) + timedelta(minutes=wall)
    else:
        shown = datetime.combine(day, wall.replace(tzinfo=None))
    return shown.replace(tzinfo=zone, fold=0).astimezone(UTC)


def day_span(day: date, zone: ZoneInfo) -> Span:
    """Give a whole day of the clinic, 23 to 25 hours long where the clocks change."""
    return Span(at_local(day, 0, zone), at_local(day, MIDNIGHT, zone))


def to_ms(at: datetime) -> int:
    """Give an instant as it is stored: whole milliseconds since 1970 in UTC."""
    return (at - _EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """Give back a stored instant, in UTC."""
    return _EPOCH + milliseconds * _MILLISECOND


def add_months(day: date, months: int) -> date:
    """Give the same day of the month some months on, or that month's last day where it has no such day (R10)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
