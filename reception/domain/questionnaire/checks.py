"""What an answer is held to: its type, its bounds, the options it may be chosen from; each fault in a sentence."""

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from reception.domain.questionnaire import patterns
from reception.domain.questionnaire.conditions import TEXTS, clock, equal, judge, moment, number
from reception.domain.questionnaire.elements import words_of
from reception.domain.questionnaire.values import Item, Kind, Value

_TYPES: dict[Kind, frozenset[str]] = {
    Kind.BOOLEAN: frozenset({"boolean"}),
    Kind.DECIMAL: frozenset({"decimal"}),
    Kind.INTEGER: frozenset({"integer"}),
    Kind.DATE: frozenset({"date"}),
    Kind.DATE_TIME: frozenset({"dateTime"}),
    Kind.TIME: frozenset({"time"}),
    Kind.STRING: frozenset({"string"}),
    Kind.TEXT: frozenset({"string"}),
    Kind.URL: frozenset({"uri", "url"}),
    Kind.CHOICE: frozenset({"Coding"}),
    Kind.OPEN_CHOICE: frozenset({"Coding", "string"}),
    Kind.ATTACHMENT: frozenset({"Attachment"}),
    Kind.REFERENCE: frozenset({"Reference"}),
    Kind.QUANTITY: frozenset({"Quantity"}),
}
_ASKED = {
    Kind.BOOLEAN: "yes or no",
    Kind.DECIMAL: "a number",
    Kind.INTEGER: "a whole number",
    Kind.DATE: "a date",
    Kind.DATE_TIME: "a date and a time",
    Kind.TIME: "a time of day",
    Kind.URL: "an address on the web",
    Kind.CHOICE: "one of the answers that are offered",
    Kind.OPEN_CHOICE: "one of the answers that are offered, or a text",
    Kind.ATTACHMENT: "a file",
    Kind.REFERENCE: "a reference",
    Kind.QUANTITY: "a number with a unit",
}


class Fault(NamedTuple):
    """What is wrong with one answer, counted from 0, or with all of them (None): the validator's code, a sentence."""

    check: str
    text: str
    answer: int | None = None


def faults(item: Item, values: Sequence[Value]) -> Iterator[Fault]:
    """Everything that is wrong with the answers to a question; whether it needs one is asked by `missing`."""
    for index, value in enumerate(values):
        for check, text in _faults(item, value):
            yield Fault(check, text, index)
    most = most_answers(item)
    if most is not None and len(values) > most:
        text = "Give one answer only." if most == 1 else f"Give at most {most} answers."
        yield Fault("maxCount", text)
    if len(values) > 1 and any(_is_exclusive(item, value) for value in values):
        yield Fault("exclusiveAnswerOption", "One of these answers can only stand alone. Take it or the others away.")


def missing(item: Item, count: int) -> Fault | None:
    """What is wrong with so few answers to a question, or repeats of a group."""
    least = item.bounds.min_occurs or 0
    if count == 0 and item.required:
        if item.kind is Kind.GROUP:
            return Fault("required", "Answer at least one question of this section.")
        return Fault("required", "This question needs an answer.")
    if count < least:
        return Fault("minCount", f"Give at least {least} answers." if item.asks else f"Add at least {least} of these.")
    return None


def most_answers(item: Item) -> int | None:
    """How many answers a question, or repeats a group, can have at most; None for any number.

    Some forms say none at all and mean any number.
    """
    return (item.bounds.max_occurs or None) if item.repeats else 1


def _accepted(item: Item) -> frozenset[str]:
    """The types of value[x] that an answer to this question may have; those of its options are among them."""
    return _TYPES.get(item.kind, frozenset()) | frozenset(option.value.type for option in item.options)


def _faults(item: Item, value: Value) -> Iterator[tuple[str, str]]:
    if value.type not in _accepted(item):
        unlisted = item.unlisted and value.type == "string"
        if not unlisted:
            yield "invalidAnswerType", f"Answer with {_ASKED.get(item.kind, 'a text')}."
            return
    if not _is_real(value):
        yield "invalidAnswerType", f"“{words_of(value)}” isn't {_ASKED.get(item.kind, 'a text')}."
        return
    yield from _option_faults(item, value)
    yield from _bound_faults(item, value)
    yield from _length_faults(item, value)
    if value.type == "Quantity" and not _unit_fits(item, value.value):
        yield "invalidUnit", f"Give it in {_listed([unit.words for unit in item.units])}."
    if value.type == "Attachment":
        yield from _file_faults(item, value.value)


def _option_faults(item: Item, value: Value) -> Iterator[tuple[str, str]]:
    if value.type == "Coding" and not (value.value.get("code") or value.value.get("display")):
        yield "invalidCoding", "This answer names no code."
        return
    if not item.options or item.unlisted or not _is_closed(item, value):
        return
    if not any(equal(option.value, value) for option in item.options):
        yield "invalidAnswerOption", f"“{words_of(value)}” isn't one of the answers that are offered."


def _is_closed(item: Item, value: Value) -> bool:
    """Whether an answer must be one of the options; beside a text or a number they only suggest."""
    if item.kind is Kind.OPEN_CHOICE:
        return value.type != "string" and not item.any_coding
    return item.kind is Kind.CHOICE


def _bound_faults(item: Item, value: Value) -> Iterator[tuple[str, str]]:
    least, most = item.bounds.least, item.bounds.most
    if least is not None and judge(">=", (value,), least) is False:
        yield "minValue", f"Give {words_of(least)} or more." if _counts(value) else f"Not before {words_of(least)}."
    if most is not None and judge("<=", (value,), most) is False:
        yield "maxValue", f"Give {words_of(most)} or less." if _counts(value) else f"Not after {words_of(most)}."
    decimals = item.bounds.decimals
    held = number(value.value.get("value") if value.type == "Quantity" else value.value) if _counts(value) else None
    if decimals is not None and held is not None and _places(held) > decimals:
        text = f"Give at most {decimals} digits after the point." if decimals else "Give a whole number."
        yield "maxDecimalPlaces", text


def _length_faults(item: Item, value: Value) -> Iterator[tuple[str, str]]:
    if value.type not in TEXTS and value.type not in ("integer", "decimal"):
        return
    text, bounds = words_of(value), item.bounds
    if bounds.min_length is not None and len(text) < bounds.min_length:
        yield "minLength", f"Write at least {bounds.min_length} characters."
    if bounds.max_length is not None and len(text) > bounds.max_length:
        yield "maxLength", f"Write at most {bounds.max_length} characters; these are {len(text)}."
    wanted = patterns.ready(bounds.pattern) if bounds.pattern else None
    if wanted is not None and not wanted.fits(text):
        hint = f" It looks like this: {item.placeholder}" if item.placeholder else ""
        yield "regex", f"“{text}” isn't written as it should be.{hint}"


def _file_faults(item: Item, file: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    bounds = item.bounds
    size = _size(file)
    if bounds.max_size is not None and size is not None and size > bounds.max_size:
        yield "maxAttachmentSize", f"This file is too large; it may have {bounds.max_size // 1000} kB."
    kind = file.get("contentType")
    if bounds.mime_types and isinstance(kind, str) and not any(_is_kind(kind, one) for one in bounds.mime_types):
        yield "invalidAttachmentType", f"This file is of the wrong kind. Choose one of {_listed(bounds.mime_types)}."


def _is_real(value: Value) -> bool:
    match value.type:
        case "date":
            return "T" not in value.value and moment(value.value) is not None
        case "dateTime":
            return moment(value.value) is not None
        case "time":
            return clock(value.value) is not None
        case "Quantity":
            return "value" not in value.value or number(value.value["value"]) is not None
        case "uri" | "url":
            return not any(letter.isspace() for letter in value.value)
        case _:
            return True


def _is_exclusive(item: Item, value: Value) -> bool:
    return any(option.exclusive and equal(option.value, value) for option in item.options)


def _counts(value: Value) -> bool:
    return value.type in ("integer", "decimal", "Quantity")


def _places(held: Decimal) -> int:
    exponent = held.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _unit_fits(item: Item, quantity: Mapping[str, Any]) -> bool:
    if not item.units or item.any_unit or not (quantity.get("unit") or quantity.get("code")):
        return True
    return any(_is_unit(unit.value.value, quantity) for unit in item.units)


def _is_unit(unit: Mapping[str, Any], quantity: Mapping[str, Any]) -> bool:
    code, system = quantity.get("code"), quantity.get("system")
    if code is not None:
        return bool(code == unit.get("code") and (system is None or system == unit.get("system")))
    return quantity.get("unit") in (unit.get("display"), unit.get("code"))


def _size(file: Mapping[str, Any]) -> int | None:
    data = file.get("data")
    if isinstance(data, str):
        try:
            return len(base64.b64decode(data, validate=False))
        except (binascii.Error, ValueError):
            return len(data)
    told = number(file.get("size"))
    return int(told) if told is not None else None


def _is_kind(kind: str, wanted: str) -> bool:
    kind, wanted = kind.partition(";")[0].strip().casefold(), wanted.strip().casefold()
    return wanted in ("*/*", "*", kind) or (wanted.endswith("/*") and kind.startswith(wanted[:-1]))


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}" if words else ""
