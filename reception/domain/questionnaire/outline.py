"""A form laid out for asking: where each item stands, which answers it hangs on, and in what order that is settled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from reception.domain.questionnaire.values import Condition, Form, Item

NOWHERE = -1


@dataclass(slots=True)
class Hook:
    """One condition of an item and the place of the question that it asks about, NOWHERE where the form has none.

    In a ring, where what is asked hangs on itself, answers count as they stand, whether asked or not: `loose`.
    """

    condition: Condition
    target: int
    loose: bool = False


@dataclass(slots=True)
class Place:
    """Where an item stands: its number in the form's order, its parent's, and the one after its last descendant."""

    item: Item
    number: int
    parent: int
    position: int
    end: int = 0
    below: list[int] = field(default_factory=list)
    hooks: list[Hook] = field(default_factory=list)
    readers: list[int] = field(default_factory=list)
    rank: int = 0


class Outline:
    """The places of a form; what is above another, or asked about by it, is settled before it."""

    def __init__(self, form: Form) -> None:
        self.places: list[Place] = []
        self.top = self._lay(form.items, NOWHERE)
        self.numbers: dict[str, int] = {}
        for place in self.places:
            self.numbers.setdefault(place.item.link_id, place.number)
        for place in self.places:
            self._hook(place)
        self._rank()

    def chain(self, number: int) -> list[int]:
        """The places from the top down to one, itself included."""
        found = []
        while number != NOWHERE:
            found.append(number)
            number = self.places[number].parent
        return found[::-1]

    def _lay(self, items: Sequence[Item], parent: int) -> list[int]:
        numbers = []
        for position, item in enumerate(items):
            place = Place(item, len(self.places), parent, position)
            self.places.append(place)
            numbers.append(place.number)
            place.below = self._lay(item.items, place.number)
            place.end = len(self.places)
        return numbers

    def _hook(self, place: Place) -> None:
        for condition in place.item.conditions:
            target = self.numbers.get(condition.question, NOWHERE)
            place.hooks.append(Hook(condition, target))
            if target != NOWHERE and place.number not in self.places[target].readers:
                self.places[target].readers.append(place.number)

    def _rank(self) -> None:
        for rank, ring in enumerate(self._rings()):
            within = set(ring)
            for number in ring:
                place = self.places[number]
                # Inside a ring parents still come before what is below them.
                place.rank = rank * len(self.places) + number
                for hook in place.hooks:
                    hook.loose = hook.target in within

    def _needs(self, number: int) -> Iterator[int]:
        place = self.places[number]
        if place.parent != NOWHERE:
            yield place.parent
        for hook in place.hooks:
            if hook.target != NOWHERE:
                yield hook.target

    def _rings(self) -> list[list[int]]:
        """The strongly connected components, what is needed first (Tarjan's way, without recursion)."""
        rings: list[list[int]] = []
        seen: dict[int, int] = {}
        low: dict[int, int] = {}
        stack: list[int] = []
        placed: set[int] = set()
        for start in range(len(self.places)):
            if start in seen:
                continue
            work = [(start, self._needs(start))]
            seen[start] = low[start] = len(seen)
            stack.append(start)
            while work:
                number, needs = work[-1]
                need = next(needs, None)
                if need is None:
                    work.pop()
                    if work:
                        low[work[-1][0]] = min(low[work[-1][0]], low[number])
                    if low[number] == seen[number]:
                        ring = [stack.pop()]
                        while ring[-1] != number:
                            ring.append(stack.pop())
                        placed.update(ring)
                        rings.append(sorted(ring))
                elif need not in seen:
                    seen[need] = low[need] = len(seen)
                    stack.append(need)
                    work.append((need, self._needs(need)))
                elif need not in placed:
                    low[number] = min(low[number], seen[need])
        return rings


@lru_cache(maxsize=64)
def outline(form: Form) -> Outline:
    """Lay out a form, once."""
    return Outline(form)
