"""Spans of time, half-open: they hold their start and not their end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self


@dataclass(frozen=True, slots=True)
class Span:
    """The time from one instant up to a later one; ValueError where it would be empty or has no time zone."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Keep both ends in UTC: Python compares and subtracts two times of one local zone by the wall clock."""
        for name in ("start", "end"):
            instant: datetime = getattr(self, name)
            if instant.tzinfo is None:
                raise ValueError(f"the {name} of a span has no time zone")
            if instant.tzinfo is not UTC:
                object.__setattr__(self, name, instant.astimezone(UTC))
        if self.end <= self.start:
            raise ValueError(f"a span must end after it starts: {self.start} to {self.end}")

    @property
    def minutes(self) -> int:
        """Its length in elapsed minutes, begun ones left out."""
        return int((self.end - self.start).total_seconds()) // 60

    def overlaps(self, other: Self) -> bool:
        """Tell whether the two share an instant; touching isn't sharing."""
        return self.start < other.end and other.start < self.end

    def touches(self, other: Self) -> bool:
        """Tell whether one starts just where the other ends."""
        return self.end == other.start or other.end == self.start

    def contains(self, instant: datetime) -> bool:
        """Tell whether an instant lies in it: its start does, its end doesn't."""
        return self.start <= instant < self.end

    def covers(self, other: Self) -> bool:
        """Tell whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def intersection(self, other: Self) -> "Span | None":
        """Give the time that the two share, None where they share none."""
        if not self.overlaps(other):
            return None
        return Span(max(self.start, other.start), min(self.end, other.end))


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that overlap or touch into one each, in the order of time (R22)."""
    joined: list[Span] = []
    for span in sorted(spans, key=_start):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def subtract(spans: Iterable[Span], cuts: Iterable[Span]) -> tuple[Span, ...]:
    """Give what is left of some spans when others are cut out of them, joined and in the order of time."""
    left = list(merge(spans))
    for cut in merge(cuts):
        left = [piece for span in left for piece in _without(span, cut)]
    return tuple(left)


def _start(span: Span) -> datetime:
    return span.start


def _without(span: Span, cut: Span) -> list[Span]:
    if not span.overlaps(cut):
        return [span]
    pieces = []
    if span.start < cut.start:
        pieces.append(Span(span.start, cut.start))
    if cut.end < span.end:
        pieces.append(Span(cut.end, span.end))
    return pieces
