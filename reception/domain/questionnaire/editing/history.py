"""What was done to something that is edited, so that it can be undone and done again."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

S = TypeVar("S")

_MOST = 200
"""Steps that can be undone."""


@dataclass(frozen=True, slots=True)
class History(Generic[S]):
    """How something stands now, and how it stood before; `mark` names what the last step edited."""

    now: S
    past: tuple[S, ...] = ()
    future: tuple[S, ...] = ()
    mark: Hashable = None

    def do(self, state: S, mark: Hashable = None) -> "History[S]":
        """It stands so now. A step of the same mark as the last one goes on with it, as letters make up a word."""
        if state == self.now:
            return self
        goes_on = mark is not None and mark == self.mark
        past = self.past if goes_on else (*self.past, self.now)[-_MOST:]
        return History(state, past, (), mark)

    def undo(self) -> "History[S]":
        """Takes the last step back."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (self.now, *self.future))

    def redo(self) -> "History[S]":
        """Does again what was taken back last."""
        if not self.future:
            return self
        return History(self.future[0], (*self.past, self.now), self.future[1:])
