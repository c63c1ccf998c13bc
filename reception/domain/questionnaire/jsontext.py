"""JSON as forms travel in it: numbers keep their digits, and a hostile file is refused with a sentence."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from json.encoder import encode_basestring as _quoted
from typing import Any, NoReturn

from reception.domain.errors import Refused

MOST_BYTES = 5_000_000
MOST_DEPTH = 64
_MOST_DIGITS = 64
_BOM = b"\xef\xbb\xbf"


def parse_json(source: bytes | str, *, most: int = MOST_BYTES) -> Any:
    """What the text holds, decimals as `Decimal`; raises Refused where it isn't JSON or goes beyond what is safe."""
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(raw) > most:
        raise Refused("This file is larger than {most} MB; no form is. It wasn't opened.", most=most // 1_000_000)
    text = _text(raw)
    if text.lstrip().startswith("<"):
        raise Refused("This is XML or a web page, which isn't read here. Ask for the same as JSON, in FHIR R4.")
    try:
        held = json.loads(
            text,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise Refused(
            "This isn't JSON: line {line}, character {column} can't be read. Ask for the file again.",
            line=error.lineno,
            column=error.colno,
        ) from error
    except RecursionError as error:
        raise _too_deep() from error
    _hold(held)
    return held


def dump_json(value: Any, *, indent: int = 0) -> str:
    """The same as text, every decimal with the digits that it came with; with an indent a line for each member."""
    out: list[str] = []
    _write(value, out, indent, 0)
    return "".join(out)


def _text(raw: bytes) -> str:
    try:
        return raw.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(
            "This file isn't UTF-8 text: byte {place} can't be read. Save it as UTF-8 and try again.",
            place=error.start + 1,
        ) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise Refused('"{name}" stands twice in one object of this file, so it can mean two things.', name=twice[:40])
    return held


def _integer(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise _too_long()
    return int(digits)


def _decimal(digits: str) -> Decimal:
    try:
        number = Decimal(digits)
    except InvalidOperation as error:
        raise _too_long() from error
    if len(digits) > _MOST_DIGITS or abs(number.adjusted()) > _MOST_DIGITS:
        raise _too_long()
    return number


def _constant(name: str) -> NoReturn:
    raise Refused("{name} stands in this file where a number belongs.", name=name)


def _hold(held: Any) -> None:
    """Refuse what is nested too deep, and text that no file could be written with again."""
    level = [held]
    depth = 0
    while level:
        if depth > MOST_DEPTH:
            raise _too_deep()
        level = [below for above in level for below in _members(above)]
        depth += 1


def _members(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for name, member in value.items():
            _whole(name)
            if isinstance(member, str):
                _whole(member)
            elif isinstance(member, dict | list):
                yield member
    elif isinstance(value, list):
        for member in value:
            if isinstance(member, str):
                _whole(member)
            elif isinstance(member, dict | list):
                yield member
    elif isinstance(value, str):
        _whole(value)


def _whole(text: str) -> None:
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused("A text in this file holds half a character. Ask for the file again.") from error


def _too_long() -> Refused:
    return Refused("A number in this file has more than {most} digits.", most=_MOST_DIGITS)


def _too_deep() -> Refused:
    return Refused("This file is nested more than {most} levels deep; no form is.", most=MOST_DEPTH)


def _write(value: Any, out: list[str], indent: int, depth: int) -> None:
    """Put a value together from its pieces: a writer of its own, since Python's would make floats of decimals."""
    if isinstance(value, str):
        out.append(_quoted(value))
    elif isinstance(value, dict | Mapping):
        members = [(_quoted(name) + (": " if indent else ":"), member) for name, member in value.items()]
        _gather("{}", members, out, indent, depth)
    elif isinstance(value, list | tuple):
        _gather("[]", [("", member) for member in value], out, indent, depth)
    elif isinstance(value, Decimal):
        out.append(format(value, "f") if value.is_finite() else "null")
    else:
        out.append(json.dumps(value))


def _gather(brackets: str, members: list[tuple[str, Any]], out: list[str], indent: int, depth: int) -> None:
    if not members:
        out.append(brackets)
        return
    line = "\n" + " " * (indent * (depth + 1)) if indent else ""
    start = brackets[0] + line
    for name, member in members:
        out.append(start + name)
        _write(member, out, indent, depth + 1)
        start = "," + line
    out.append(("\n" + " " * (indent * depth) if indent else "") + brackets[1])
