"""Who and what is in the way: the time that appointments take, clashes, and free starts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from reception.domain.span import Span, merge, subtract

MAX = timedelta(hours=24)
"""The longest time that one appointment may take, its turnaround included."""


@dataclass(frozen=True, slots=True)
class Part:
    """One appointment of a group and whom or what it holds, with a key of its own; lengths are elapsed minutes."""

    key: int
    holder: str
    start: datetime
    minutes: int
    turnaround: int

    @property
    def end(self) -> datetime:
        """When the treatment itself is over."""
        return self.start.astimezone(UTC) + timedelta(minutes=self.minutes)


def occupied(parts: Sequence[Part]) -> dict[int, Span]:
    """Tell the time of each appointment of one group (R20, R26).

    Of a run only the last carries a turnaround, the longest of the run; it is cut where the same holder's next
    appointment of the group starts (R17).
    """
    by_holder: dict[str, list[Part]] = {}
    for part in sorted(parts, key=lambda one: one.start):
        by_holder.setdefault(part.holder, []).append(part)
    times: dict[int, Span] = {}
    for held in by_holder.values():
        times |= _times(held)
    if len(times) != len(parts):
        raise ValueError("two appointments have one key")
    return times


def lay(start: datetime, minutes: Sequence[int]) -> tuple[datetime, ...]:
    """Give the starts, in UTC, of appointments of such lengths laid one after another without a gap (R18)."""
    starts: list[datetime] = []
    at = start.astimezone(UTC)
    for length in minutes:
        starts.append(at)
        at += timedelta(minutes=length)
    return tuple(starts)


@dataclass(frozen=True, slots=True)
class Busy:
    """Something in the way, and the word for it: a client's name, "Lunch"."""

    span: Span
    word: str


def first_clash(span: Span, busy: Iterable[Busy]) -> Busy | None:
    """Name the earliest thing in the way of a time, None where it is free (R20)."""
    return min((one for one in busy if one.span.overlaps(span)), key=lambda one: one.span.start, default=None)


def covered(span: Span, shifts: Sequence[Span]) -> bool:
    """Tell whether a time lies wholly inside a shift, shifts that touch counting as one (R20, R22)."""
    return any(shift.covers(span) for shift in merge(shifts))


def free(
    search: Span, shifts: Iterable[Span], busy: Iterable[Busy], *, need: timedelta, step: timedelta
) -> Iterator[datetime]:
    """Give the starts, a step apart from the search's own start, from which the needed time is free in a shift.

    Each start lies in the search; what is needed may run on past its end, as far as the shift does.
    """
    for gap in subtract(shifts, (one.span for one in busy)):
        at = _on_grid(max(gap.start, search.start), search.start, step)
        while at < search.end and at + need <= gap.end:
            yield at
            at += step


def _times(held: Sequence[Part]) -> dict[int, Span]:
    times: dict[int, Span] = {}
    longest = 0
    for part, following in zip(held, (*held[1:], None), strict=True):
        longest = max(longest, part.turnaround)
        if following is not None and following.start == part.end:
            times[part.key] = Span(part.start, part.end)
            continue
        free_again = part.end + timedelta(minutes=longest)
        if following is not None:
            free_again = max(part.end, min(free_again, following.start))
        times[part.key] = Span(part.start, free_again)
        longest = 0
    return times


def _on_grid(at: datetime, origin: datetime, step: timedelta) -> datetime:
    return origin - (origin - at) // step * step
