"""What expressions do to several things at once: picked out, put together, counted, asked about."""

from collections.abc import Callable, Iterable, Mapping
from functools import cmp_to_key
from typing import Any

from reception.domain.questionnaire.fhirpath import sums
from reception.domain.questionnaire.fhirpath.comparing import Kept, Mismatch, ordered, single
from reception.domain.questionnaire.fhirpath.nodes import Found, Node, type_of, worth
from reception.domain.questionnaire.valuesets import SCORES


def truth(found: Found) -> bool | None:
    """What stands for yes or no: nothing says nothing, and a single thing that is neither says yes."""
    if not found:
        return None
    if len(found) > 1:
        raise Mismatch("One yes or no was expected here, not several.")
    held = worth(found[0])
    return held if isinstance(held, bool) else True


def distinct(found: Found) -> Found:
    """Each of them once."""
    return Kept(found).found


def without(found: Found, others: Found) -> Found:
    """Those that aren't among others."""
    gone = Kept(others)
    return [one for one in found if one not in gone]


def common(found: Found, others: Found) -> Found:
    """Those that are among others too, once."""
    kept = Kept(others)
    return [one for one in distinct(found) if one in kept]


def is_within(found: Found, others: Found) -> bool:
    """Whether all are among others."""
    known = Kept(others)
    return all(one in known for one in found)


def children(found: Found) -> Found:
    """What lies straight below."""
    return [below for one in found if isinstance(one, Node) for below in one.all_below()]


def descendants(found: Found) -> Found:
    """All that lies below, level by level."""
    gathered: Found = []
    level = children(found)
    while level:
        gathered += level
        level = children(level)
    return gathered


def extensions(found: Found, url: str) -> Found:
    """The extensions of that name, also of bare values."""
    below = (one for each in found if isinstance(each, Node) for one in each.below("extension"))
    return [one for one in below if isinstance(one.data, Mapping) and one.data.get("url") == url]


def weights(found: Found) -> Found:
    """weight(), also called ordinal(): the score of each answer, coding or option that has one."""
    return [score for one in found if isinstance(one, Node) and (score := _weight(one)) is not None]


def in_order(keys: Iterable[tuple[Found, Any]]) -> Found:
    """Things by what they are sorted by; nothing comes first."""

    def compared(one: tuple[Found, Any], other: tuple[Found, Any]) -> int:
        return _order(one[0], other[0])

    return [held for _, held in sorted(keys, key=cmp_to_key(compared))]


def _order(here: Found, there: Found) -> int:
    for one, other in zip(here, there, strict=True):
        nothing = (other is None) - (one is None)
        order = nothing or (0 if one is None else ordered(one, other))
        if order:
            return order
    return 0


def _weight(node: Node) -> Any:
    for extension in node.below("extension"):
        if isinstance(extension.data, Mapping) and extension.data.get("url") in SCORES:
            return next((worth(value) for value in extension.below("value")), None)
    return next((_weight(below) for below in node.below("value")), None) if isinstance(node.data, Mapping) else None


def _truths(found: Found) -> list[bool]:
    values = list(map(worth, found))
    if not all(isinstance(one, bool) for one in values):
        raise Mismatch("Only yes and no were expected here.")
    return values


def _has_value(found: Found) -> bool:
    if len(found) != 1:
        return False
    held = found[0]
    return not isinstance(held, Node) or (held.data is not None and not isinstance(held.data, Mapping))


def _type(held: Any) -> dict[str, str]:
    namespace, name = type_of(held)
    return {"namespace": namespace, "name": name}


ALONE: Mapping[str, Callable[[Found], Found]] = {
    "empty": lambda found: [not found],
    "count": lambda found: [len(found)],
    "not": lambda found: [] if (told := truth(found)) is None else [not told],
    "allTrue": lambda found: [all(_truths(found))],
    "anyTrue": lambda found: [any(_truths(found))],
    "allFalse": lambda found: [not any(_truths(found))],
    "anyFalse": lambda found: [not all(_truths(found))],
    "distinct": distinct,
    "isDistinct": lambda found: [len(distinct(found)) == len(found)],
    "single": single,
    "first": lambda found: found[:1],
    "last": lambda found: found[-1:],
    "tail": lambda found: found[1:],
    "children": children,
    "descendants": descendants,
    "hasValue": lambda found: [_has_value(found)],
    "getValue": lambda found: [worth(found[0])] if _has_value(found) else [],
    "type": lambda found: list(map(_type, found)),
    "sum": sums.total,
    "avg": sums.mean,
    "min": sums.least,
    "max": sums.most,
    "weight": weights,
    "ordinal": weights,
}
"""What takes nothing beside."""

WITH_OTHERS: Mapping[str, Callable[[Found, Found], Found]] = {
    "union": lambda found, others: distinct(found + others),
    "combine": lambda found, others: found + others,
    "exclude": without,
    "intersect": common,
    "subsetOf": lambda found, others: [is_within(found, others)],
    "supersetOf": lambda found, others: [is_within(others, found)],
}
"""What takes others."""
