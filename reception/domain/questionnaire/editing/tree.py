"""The items of a Questionnaire as a tree: found and changed by linkId, while all beside the way stays as it is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]


def items(above: Json) -> tuple[Json, ...]:
    """What stands right below a form or an item."""
    return tuple(above.get("item") or ())


def walk(above: Json) -> Iterator[Json]:
    """Every item below a form or an item, in the order of the form."""
    for item in items(above):
        yield item
        yield from walk(item)


def find(above: Json, link_id: str) -> Json | None:
    """The item of that name; None where there is none."""
    return next((item for item in walk(above) if item["linkId"] == link_id), None)


def parent(above: Json, link_id: str) -> Json | None:
    """What an item stands right below: another item, or the form itself; None where there is no such item."""
    if any(item["linkId"] == link_id for item in items(above)):
        return above
    return next((found for item in items(above) if (found := parent(item, link_id)) is not None), None)


def holding(above: Json, below: Sequence[Json]) -> Json:
    """The same form or item with other items below it."""
    kept = {name: held for name, held in above.items() if name != "item"}
    return {**kept, "item": list(below)} if below else kept


def replaced(above: Json, link_id: str, change: Callable[[Json], Sequence[Json]]) -> Json:
    """The same with whatever an item is changed into in its place: nothing, one item, or several."""
    below: list[Json] = []
    moved = False
    for item in items(above):
        made = change(item) if item["linkId"] == link_id else (replaced(item, link_id, change),)
        moved = moved or len(made) != 1 or made[0] is not item
        below += made
    return holding(above, below) if moved else above


def mapped(above: Json, change: Callable[[Json], Json]) -> Json:
    """The same with every item changed, from the deepest up; what comes back as it was stays the same object."""
    below = [change(mapped(item, change)) for item in items(above)]
    if all(made is item for made, item in zip(below, items(above), strict=True)):
        return above
    return holding(above, below)


def put(item: Json, name: str, value: Any) -> Json:
    """The item with a member, or, where the value says nothing, without it."""
    if value is None or value is False or value in ("", [], {}):
        return {held: item[held] for held in item if held != name}
    return {**item, name: value}


def extended(element: Json, url: str, value: Json | None) -> Json:
    """The element with one extension of a name, or, without a value, with none of it."""
    others = [one for one in element.get("extension") or () if one.get("url") != url]
    if value is not None:
        others.append({"url": url, **value})
    return put(element, "extension", others)
