"""One expression being worked out: what it may know, where it stands, and when it is given up."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from reception.domain.questionnaire.fhirpath.amounts import UCUM
from reception.domain.questionnaire.fhirpath.grammar import NotComputed, Tree
from reception.domain.questionnaire.fhirpath.nodes import Found, wrapped

_CONSTANTS = {"ucum": UCUM, "sct": "http://snomed.info/sct", "loinc": "http://loinc.org"}
MOST = 100_000
"""Things, or letters of texts, that an expression may make."""


class Place(NamedTuple):
    """Where an expression within another stands: what it is asked of, the how-manieth that is, and what came before."""

    this: Found
    names: dict[str, Any]
    number: int = 0
    total: tuple[Any, ...] = ()

    def at(self, held: Any, number: int, total: Found | None = None) -> "Place":
        """The same for one of several."""
        return Place([held], dict(self.names), number, self.total if total is None else tuple(total))


class Walk:
    """An expression on its way through a response; every part of it asks here for what is below it."""

    def __init__(
        self, parts: "Mapping[str, Part]", given: Mapping[str, Any], *, today: date | None, until: float
    ) -> None:
        self.given: dict[str, Any] = {**_CONSTANTS, **given}
        self.now = datetime.now().astimezone()
        self.today = today or self.now.date()
        self._parts = parts
        self._until = until

    def found(self, tree: Tree, base: Any) -> Found:
        """What the whole expression gives; raises for what can't be worked out."""
        focus = wrapped(base)
        self.given.setdefault("context", focus)
        return self.run(tree, focus, Place(focus, {}))

    def run(self, tree: Tree, focus: Found, place: Place) -> Found:
        """What a part of it gives, asked of what the part before it gave."""
        if time.monotonic() > self._until:
            raise NotComputed("This takes too long.")
        found = self._parts[tree["type"]](self, tree, focus, place)
        if len(found) > MOST or (
            found and isinstance(found[-1], str) and sum(map(len, filter(_is_text, found))) > MOST
        ):
            raise NotComputed("This makes too much.")
        return found

    def beside(self, tree: Tree, place: Place) -> Found:
        """What a function takes beside, asked of what the whole is asked of."""
        return self.run(tree, place.this, place)

    def each(self, focus: Found, tree: Tree, place: Place) -> Iterator[tuple[Any, Found]]:
        """What an expression gives for one after another."""
        for number, one in enumerate(focus):
            yield one, self.run(tree, [one], place.at(one, number))


def _is_text(held: Any) -> bool:
    return isinstance(held, str)


Part = Callable[[Walk, Tree, Found, Place], Found]
"""How a part of an expression is worked out."""
