"""What an answer is held to: from where to where, in whole numbers or places, in which unit, how long, how many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from reception.domain.questionnaire import vocabulary as names
from reception.domain.questionnaire.conditions import number
from reception.domain.questionnaire.editing import tree
from reception.domain.questionnaire.editing.draft import Draft
from reception.domain.questionnaire.editing.tree import Json
from reception.domain.questionnaire.elements import json_of, value_of, words_of
from reception.domain.questionnaire.extensions import Extensions
from reception.domain.questionnaire.values import Value

_NUMBERS = frozenset({"integer", "decimal", "quantity"})
_DATES = frozenset({"date", "dateTime"})
_TEXTS = frozenset({"string", "text"})
_UCUM = "http://unitsofmeasure.org"
# What clinics call the units that UCUM has a code for; any other unit is known by its words alone.
_CODES = {
    "kg": "kg", "g": "g", "mg": "mg", "µg": "ug", "lb": "[lb_av]", "oz": "[oz_av]", "st": "[stone_av]",
    "m": "m", "cm": "cm", "mm": "mm", "ft": "[ft_i]", "in": "[in_i]",
    "l": "L", "dl": "dL", "ml": "mL", "°c": "Cel", "°f": "[degF]", "mmhg": "mm[Hg]", "%": "%", "bpm": "/min",
    "min": "min", "minutes": "min", "h": "h", "hours": "h", "days": "d", "weeks": "wk", "months": "mo", "years": "a",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer is held to; None is no limit.

    `least` and `most` are in the question's own type; `places` after the point, 0 for whole numbers; `units` in words,
    one that it is counted in, or several to choose from; `letters` of a text; `fewest` and `mostly` count answers.
    """

    least: Value | None = None
    most: Value | None = None
    places: int | None = None
    units: tuple[str, ...] = ()
    shortest: int | None = None
    letters: int | None = None
    fewest: int | None = None
    mostly: int | None = None


def limits(item: Json) -> Limits:
    """What the answer to an item is held to."""
    kind, said = item["type"], Extensions(item)
    if kind in _NUMBERS:
        places = 0 if kind == "integer" else said.whole(names.MAX_DECIMALS)
        units = tuple(words_of(unit) for unit in _units(item))
        return Limits(_bound(item, names.MIN_VALUE), _bound(item, names.MAX_VALUE), places, units)
    if kind in _DATES:
        return Limits(_bound(item, names.MIN_VALUE), _bound(item, names.MAX_VALUE))
    if kind in _TEXTS and not item.get("answerOption"):
        longest = item.get("maxLength")
        return Limits(shortest=said.whole(names.MIN_LENGTH), letters=longest if isinstance(longest, int) else None)
    if item.get("repeats"):
        return Limits(fewest=said.whole(names.MIN_OCCURS), mostly=said.whole(names.MAX_OCCURS))
    return Limits()


def at_least(draft: Draft, link_id: str, bound: Value | None) -> Draft:
    """Takes no answer below this number, or before this day; None where any will do."""
    return _edited(draft, link_id, lambda item: _bounded(item, names.MIN_VALUE, bound))


def at_most(draft: Draft, link_id: str, bound: Value | None) -> Draft:
    """Takes no answer above this number, or after this day; None where any will do."""
    return _edited(draft, link_id, lambda item: _bounded(item, names.MAX_VALUE, bound))


def placed(draft: Draft, link_id: str, places: int | None) -> Draft:
    """Takes numbers with so many places after the point: 0 for whole numbers, None for any."""
    return _renumbered(draft, link_id, lambda item: _with_places(item, places))


def measured(draft: Draft, link_id: str, units: Sequence[str]) -> Draft:
    """Counts in a unit, or lets whoever answers choose among several; without any it is a bare number.

    Whatever is compared with the answer is so in its new type.
    """
    wanted = tuple(dict.fromkeys(unit for one in units if (unit := one.strip())))
    item = tree.find(draft.json, link_id)
    if item is None or wanted == limits(item).units:
        return draft
    return _renumbered(draft, link_id, lambda one: _with_units(one, wanted))


def fitted(draft: Draft, link_id: str, value: Value) -> Value:
    """A number in the type that a question takes: whole, with places, or with its unit; anything else as it is."""
    item = tree.find(draft.json, link_id)
    return _as(item, value) if item is not None and item["type"] in _NUMBERS else value


def lettered(draft: Draft, link_id: str, most: int | None) -> Draft:
    """Takes texts of at most so many letters; None where any length will do."""
    return _edited(draft, link_id, lambda item: tree.put(item, "maxLength", most))


def counted(draft: Draft, link_id: str, fewest: int | None, most: int | None) -> Draft:
    """Takes at least and at most so many answers; where some are wanted, it must be answered."""

    def change(item: Json) -> Json:
        made = tree.extended(item, names.MIN_OCCURS, None if fewest is None else {"valueInteger": fewest})
        made = tree.extended(made, names.MAX_OCCURS, None if most is None else {"valueInteger": most})
        return tree.put(made, "required", True) if fewest else made

    return _edited(draft, link_id, change)


def uncounted(item: Json) -> Json:
    """An item of which one answer is taken: how many, and which of them stand alone, is no question any more."""
    made = tree.extended(tree.extended(item, names.MIN_OCCURS, None), names.MAX_OCCURS, None)
    options = [tree.extended(option, names.EXCLUSIVE, None) for option in item.get("answerOption") or ()]
    return tree.put(made, "answerOption", options)


def _edited(draft: Draft, link_id: str, change: Any) -> Draft:
    return replace(draft, json=tree.replaced(draft.json, link_id, lambda item: (change(item),)))


def _renumbered(draft: Draft, link_id: str, change: Any) -> Draft:
    """A question that takes another type of number, and whatever is compared with its answer."""
    made = _edited(draft, link_id, lambda item: _as_typed(item, change(item)))
    item = tree.find(made.json, link_id)
    if item is None:
        return draft
    return replace(made, json=tree.mapped(made.json, lambda one: _looking_at(one, item)))


def _as_typed(before: Json, after: Json) -> Json:
    """An item whose bounds and first answers are of its own type."""
    least, most = _bound(before, names.MIN_VALUE), _bound(before, names.MAX_VALUE)
    made = after
    if least is not None:
        made = _bounded(made, names.MIN_VALUE, least)
    if most is not None:
        made = _bounded(made, names.MAX_VALUE, most)
    starts = [_converted(one, "value", after) for one in after.get("initial") or ()]
    return tree.put(made, "initial", starts)


def _looking_at(item: Json, question: Json) -> Json:
    looks = item.get("enableWhen") or ()
    if all(one["question"] != question["linkId"] for one in looks):
        return item
    name = question["linkId"]
    return {
        **item,
        "enableWhen": [_converted(one, "answer", question) if one["question"] == name else one for one in looks],
    }


def _converted(element: Json, stem: str, question: Json) -> Json:
    held = value_of(element, stem)
    if held is None or _number(held) is None:
        return element
    others = {name: one for name, one in element.items() if not name.startswith(stem)}
    return {**others, **json_of(_as(question, held), stem)}


def _as(item: Json, value: Value) -> Value:
    """A number as an item of this type holds it."""
    held = _number(value)
    if held is None:
        return value
    if item["type"] == "quantity":
        return Value("Quantity", {"value": held, **(_own_unit(item, value) or _unit_of(item))})
    if item["type"] == "integer" and held == held.to_integral_value():
        return Value("integer", int(held))
    return Value("decimal", held)


def _own_unit(item: Json, value: Value) -> dict[str, Any]:
    """The unit that a number has already, as long as the item still offers it."""
    held = value.value if value.type == "Quantity" else {}
    own = {name: one for name, one in held.items() if name != "value"}
    offered = [dict(_named(unit.value)) for unit in _units(item)]
    return own if not offered or any(own.get("unit") == unit["unit"] for unit in offered) else {}


def _number(value: Value) -> Decimal | None:
    return number(value.value.get("value") if value.type == "Quantity" else value.value)


def _bound(item: Json, urls: tuple[str, ...]) -> Value | None:
    value = Extensions(item).value(*urls)
    if value is None:
        return None
    if item["type"] in _NUMBERS:
        return _as(item, value) if _number(value) is not None else None
    return Value("date", value.value[:10]) if value.type in _DATES and item["type"] == "date" else value


def _bounded(item: Json, urls: tuple[str, ...], bound: Value | None) -> Json:
    """An item with one bound, under the name that its type asks for."""
    plain, measured = urls
    made = tree.extended(tree.extended(item, plain, None), measured, None)
    if bound is None:
        return made
    value = _as(item, bound) if item["type"] in _NUMBERS else bound
    return tree.extended(made, measured if value.type == "Quantity" else plain, json_of(value))


def _with_places(item: Json, places: int | None) -> Json:
    whole = places == 0 and item["type"] != "quantity"
    made = item if item["type"] == "quantity" else {**item, "type": "integer" if whole else "decimal"}
    return tree.extended(made, names.MAX_DECIMALS, None if places is None or whole else {"valueInteger": places})


def _with_units(item: Json, units: Sequence[str]) -> Json:
    """An item that is counted so; one that came with one unit of its own type keeps that type."""
    said, places = Extensions(item), limits(item).places
    known = {words_of(unit): unit.value for unit in _units(item)}
    codings = [known.get(words) or _coding(words) for words in units]
    stays = item["type"] == "quantity" and not said.has(names.UNIT_OPTION) and bool(units)
    below = [one for one in tree.items(item) if not _is_unit(one)]
    plain = tree.extended(tree.extended(item, names.UNIT, None), names.UNIT_OPTION, None)
    plain = tree.holding(tree.extended(plain, names.UNIT_LIST, None), below)
    if len(codings) > 1:
        offered = [{"url": names.UNIT_OPTION, "valueCoding": coding} for coding in codings]
        made = {**plain, "type": "quantity", "extension": [*(plain.get("extension") or ()), *offered]}
        return _with_places(made, places)
    if codings:
        plain = tree.extended(plain, names.UNIT, {"valueCoding": codings[0]})
    return _with_places({**plain, "type": "quantity" if stays else "decimal"}, places)


def _units(item: Json) -> tuple[Value, ...]:
    """The units of an item: those to choose from, or the one that it has."""
    said = Extensions(item)
    offered = [unit for unit in said.values(names.UNIT_OPTION) if unit.type == "Coding"]
    if offered:
        return tuple(offered)
    own = said.value(names.UNIT)
    if own is not None and own.type == "Coding":
        return (own,)
    beside = next((str(one.get("text") or "") for one in tree.items(item) if _is_unit(one)), "")
    return (Value("Coding", {"display": beside}),) if beside else ()


def _unit_of(item: Json) -> dict[str, Any]:
    """The first unit of an item, as a quantity names it."""
    coding = next((unit.value for unit in _units(item)), None)
    return dict(_named(coding)) if coding is not None else {}


def _named(coding: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "unit", coding.get("display") or coding.get("code")
    yield from ((name, coding[name]) for name in ("system", "code") if name in coding)


def _is_unit(item: Json) -> bool:
    return item["type"] == "display" and "unit" in Extensions(item).codes(names.CONTROL)


def _coding(words: str) -> dict[str, str]:
    code = _CODES.get(words.casefold())
    return {"system": _UCUM, "code": code, "display": words} if code else {"display": words}
