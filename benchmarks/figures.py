"""Figures beside their floors, taken in the same run, and the table that they make."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

MILLISECOND = 1e-3


@dataclass(frozen=True, slots=True)
class Figure:
    """One budget, what was measured, and the floor that it stands on; a limit is absolute, a ratio times the floor."""

    name: str
    what: str
    floor: float
    figure: float
    unit: str
    ratio: float | None = None
    limit: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the budget is kept."""
        in_ratio = self.ratio is None or self.figure <= self.ratio * self.floor
        return in_ratio and (self.limit is None or self.figure <= self.limit)

    def row(self) -> tuple[str, ...]:
        """Its line of the table."""
        budgets = [f"≤ {self.ratio:g} ×"] if self.ratio is not None else []
        budgets += [f"≤ {self.limit:g} {self.unit}"] if self.limit is not None else []
        return (
            self.name,
            self.what,
            f"{self.floor:.2f} {self.unit}" if self.floor else "–",
            f"{self.figure:.2f} {self.unit}",
            f"{self.figure / self.floor:.1f} ×" if self.floor else "–",
            ", ".join(budgets),
            "kept" if self.kept else "MISSED",
        )


HEADS = ("", "what", "floor", "figure", "ratio", "budget", "")


def table(figures: Iterable[Figure]) -> str:
    """The figures as a table that can stand in the documents."""
    rows = [HEADS, *(figure.row() for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def median(work: Callable[[], Any], times: int, clock: Callable[[], float] = time.thread_time) -> float:
    """How long a piece of work takes in milliseconds: the median of so many times, after one that isn't counted.

    Time of the processor, unless another clock is given: whatever else the machine does is left out.
    """
    work()
    taken = []
    gc.collect()
    # As the program does once it has opened: what was loaded isn't looked through for garbage each time.
    gc.freeze()
    for _ in range(times):
        begun = clock()
        work()
        taken.append(clock() - begun)
    return statistics.median(taken) / MILLISECOND
