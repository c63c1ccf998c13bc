"""Texts in expressions: looked into, cut and joined; and values made into others."""

import base64
import binascii
import html
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from reception.domain.questionnaire import patterns
from reception.domain.questionnaire.fhirpath import stamps, sums
from reception.domain.questionnaire.fhirpath.amounts import ONE, Amount, alike
from reception.domain.questionnaire.fhirpath.comparing import Mismatch, single
from reception.domain.questionnaire.fhirpath.grammar import NotComputed
from reception.domain.questionnaire.fhirpath.nodes import Found, Node
from reception.domain.questionnaire.fhirpath.stamps import Stamp

_WHOLE = re.compile(r"[+-]?\d{1,60}", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,60}(?:\.\d{1,60})?", re.ASCII)
_AMOUNT = re.compile(rf"({_NUMBER.pattern})\s*(?:'([^']+)'|([a-zA-Z]+))?", re.ASCII)
_YES = frozenset({"true", "t", "yes", "y", "1", "1.0"})
_NO = frozenset({"false", "f", "no", "n", "0", "0.0"})
_ESCAPES = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_MOST_MADE = 1_000_000  # letters of one text, before anybody counts what is left of them
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}


def unquoted(literal: str) -> str:
    """A text as it was meant between its quotes; raises UnicodeError where it is none that could be written."""
    text = _ESCAPES.sub(lambda found: _meant(found.group(1)), literal[1:-1])
    return text.encode("utf-16", "surrogatepass").decode("utf-16")


def bare(held: Any) -> Any:
    """What an element holds as FHIR writes it: of a date, its text."""
    return held.data if isinstance(held, Node) else str(held) if isinstance(held, Stamp) else held


def one(found: Found) -> str:
    """The only text; "" where there is none. Raises Mismatch for anything else."""
    held = [bare(each) for each in single(found)]
    if not all(isinstance(each, str) for each in held):
        raise Mismatch("A text was expected here.")
    return "".join(held)


def substring(text: str, start: int, length: int | None = None) -> str | None:
    """Cut a piece out; None where it would start outside."""
    if not 0 <= start < len(text):
        return None
    return text[start:] if length is None else text[start : start + max(0, length)]


def replaced(text: str, wanted: str, instead: str) -> str:
    """Put one text in place of another."""
    _make_room(len(text) + text.count(wanted) * len(instead))
    return text.replace(wanted, instead)


def matches(text: str, wanted: str) -> bool:
    """Whether a pattern is found in a text; raises NotComputed for one that could take for ever."""
    return _ready(wanted, text).search(text) is not None


def matches_whole(text: str, wanted: str) -> bool:
    """Whether a pattern is all of a text."""
    return _ready(wanted, text).fullmatch(text) is not None


def replaced_matches(text: str, wanted: str, instead: str) -> str:
    """Put a text in place of all that a pattern finds; $1 and ${name} stand for its groups."""
    told = re.sub(r"\$(?:(\d+)|\{(\w+)\})", r"\\g<\1\2>", instead.replace("\\", "\\\\"))
    return _ready(wanted, text).sub(told, text)


def split(text: str, between: str) -> list[str]:
    """A text in pieces."""
    return text.split(between) if between else list(text)


def joined(texts: list[Any], between: str = "") -> list[str]:
    """Texts one after another."""
    if not all(isinstance(one, str) for one in texts):
        raise Mismatch("Only texts are joined.")
    _make_room(sum(map(len, texts)) + len(texts) * len(between))
    return [between.join(texts)] if texts else []


def encoded(text: str, way: str) -> str | None:
    """A text in hexadecimal or base64."""
    held = text.encode()
    ways: dict[str, Callable[[], str]] = {
        "hex": held.hex,
        "base64": lambda: base64.b64encode(held).decode(),
        "urlbase64": lambda: base64.urlsafe_b64encode(held).decode(),
    }
    return ways[way]() if way in ways else None


def decoded(text: str, way: str) -> str | None:
    """What was encoded so."""
    ways: dict[str, Callable[[], bytes]] = {
        "hex": lambda: bytes.fromhex(text),
        "base64": lambda: base64.b64decode(text, validate=True),
        "urlbase64": lambda: base64.urlsafe_b64decode(text),
    }
    try:
        return ways[way]().decode() if way in ways else None
    except (ValueError, binascii.Error) as trouble:
        raise Mismatch("This isn't encoded so.") from trouble


def escaped(text: str, way: str) -> str | None:
    """A text as it stands in HTML or JSON."""
    if way == "html":
        return html.escape(text)
    return text.replace("\\", "\\\\").replace('"', '\\"') if way == "json" else None


def unescaped(text: str, way: str) -> str | None:
    """What was escaped so."""
    if way == "html":
        return html.unescape(text)
    return unquoted(f'"{text}"') if way == "json" else None


def to_text(held: Any) -> str | None:
    """toString()."""
    if isinstance(held, bool):
        return "true" if held else "false"
    if isinstance(held, Decimal):
        return format(held if -_exponent(held) < sums.TOLD else sums.told(held), "f")
    return None if isinstance(held, Node) else str(held)


def to_whole(held: Any) -> int | None:
    """toInteger(): also of a number that happens to be whole."""
    if isinstance(held, str):
        return int(held) if _WHOLE.fullmatch(held) else None
    if isinstance(held, int | Decimal):
        return int(held) if held == int(held) else None
    return None


def to_number(held: Any) -> Decimal | None:
    """toDecimal()."""
    if isinstance(held, str):
        return Decimal(held) if _NUMBER.fullmatch(held) else None
    return Decimal(held) if isinstance(held, int | Decimal) else None


def to_truth(held: Any) -> bool | None:
    """toBoolean()."""
    if isinstance(held, bool):
        return held
    if isinstance(held, int | Decimal):
        return {1: True, 0: False}.get(int(held)) if held == int(held) else None
    if isinstance(held, str):
        return True if held.lower() in _YES else False if held.lower() in _NO else None
    return None


def to_stamp(held: Any, kind: str) -> Stamp | None:
    """toDate(), toDateTime(), toTime(): a date with a time is also the date."""
    if isinstance(held, str):
        return stamps.read(held, kind)
    if not isinstance(held, Stamp) or (held.kind == stamps.TIME) is not (kind == stamps.TIME):
        return None
    return Stamp(kind, held.parts[:3]) if kind == stamps.DATE else held._replace(kind=kind)


def to_amount(held: Any, unit: str = "") -> Amount | None:
    """toQuantity(), in a unit where one is wanted."""
    found = _amount(held)
    if found is None or not unit or found.unit == unit:
        return found
    pair = alike(Amount(Decimal(1), unit), found)
    return Amount(pair[1].value / pair[0].value, unit) if pair is not None else None


def _amount(held: Any) -> Amount | None:
    if isinstance(held, Amount):
        return held
    if isinstance(held, str):
        found = _AMOUNT.fullmatch(held)
        if found is None or (found[3] and stamps.moved(Stamp(stamps.DATE, (2000,)), Decimal(0), found[3]) is None):
            return None
        return Amount(Decimal(found[1]), found[2] or found[3] or ONE)
    return Amount(Decimal(held)) if isinstance(held, int | Decimal) else None


def _make_room(length: int) -> None:
    """Raises NotComputed before a text is made that nobody would read, and no memory might hold."""
    if length > _MOST_MADE:
        raise NotComputed("This makes too much.")


def _meant(escape: str) -> str:
    return chr(int(escape[1:], 16)) if len(escape) > 1 else _ESCAPED.get(escape, escape)


def _exponent(held: Decimal) -> int:
    exponent = held.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _ready(wanted: str, text: str) -> re.Pattern[str]:
    named = re.sub(r"\(\?<(?=\w)", "(?P<", wanted)
    found = patterns.ready(f"(?s:.*?(?:{named}))")
    if found is None or len(text) > found.longest:
        raise NotComputed(wanted)
    return re.compile(named, re.DOTALL)
