"""What the desk and the client's screen say to each other: one line of JSON each, through the pipe between them.

The answers stand in it as their own text, which keeps every digit. No line holds more than the one form needs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, TypeVar

LONGEST = 16 * 1024 * 1024
"""Bytes that a line has at most; a form with pictures in its answers stays far below."""

T = TypeVar("T")


class VisitLine(NamedTuple):
    """One appointment of the client's visit: what, and when and with whom, in words."""

    title: str
    words: str


class Extra(NamedTuple):
    """An add-on that fits: its price and length are in the words."""

    service: int
    name: str
    words: str


class Advice(NamedTuple):
    """What the clinic has to say to the client about an answer."""

    link_id: str
    words: str


@dataclass(frozen=True, slots=True)
class State:
    """A form half filled in by a client: the QuestionnaireResponse so far as JSON, and what else a draft keeps.

    `unread` is what was typed and can't be read yet, `copied` what was taken over and isn't confirmed, both by the
    paths of their questions; `signature` what was drawn; `wishes` the add-ons that they would like.
    """

    answers: str = ""
    page: str = ""
    unread: Mapping[str, Any] | None = None
    copied: Mapping[str, str] | None = None
    answerer: str = ""
    relation: str = ""
    signature: Mapping[str, Any] | None = None
    answered: int = 0
    questions: int = 0
    wishes: tuple[int, ...] = ()


# From the desk


@dataclass(frozen=True, slots=True)
class Open:
    """All that the client's screen is told: one form, whom to greet, how the clinic writes, what was answered by now.

    `earlier` are the answers of another day, as JSON, and `since` that day in words; `guardian` that somebody answers
    for a minor; `visit` tells of the visit that the form is for; `screen` is where to show it, `desk` the one that the
    desk goes on with.
    """

    form: str
    name: str
    clinic: str
    locale: str
    currency: str
    zone: str
    today: str
    dark: bool
    guardian: bool
    patient: Mapping[str, Any]
    state: State
    since: str = ""
    earlier: str = ""
    visit: tuple[VisitLine, ...] = ()
    screen: str = ""
    desk: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the answers by now mean: what the clinic says to the client about them, and the add-ons that fit."""

    advice: tuple[Advice, ...] = ()
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class PinRight:
    """The PIN is somebody's who works here."""


@dataclass(frozen=True, slots=True)
class PinWrong:
    """It isn't; so many tries are left, or after too many it is to be tried again in so many minutes."""

    left: int
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What the client finished is at the desk."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """It could not be taken, and why: the question by its linkId, if it is one's fault."""

    link_id: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Close:
    """The desk takes the screen back."""


# From the client's screen


@dataclass(frozen=True, slots=True)
class Ready:
    """The client's screen is there and waits for its form."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The form is in front of the client."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands there now."""

    state: State


@dataclass(frozen=True, slots=True)
class Finished:
    """The client has finished; `signature` is the drawn name as PNG in base64, where the form asks for one."""

    state: State
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """Somebody typed a PIN."""

    pin: str


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody who works here took the screen back after their PIN."""


Message = (
    Open | Meaning | PinRight | PinWrong | Taken | NotTaken | Close | Ready | Shown | Draft | Finished | Pin | Left
)
_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (Open, Meaning, PinRight, PinWrong, Taken, NotTaken, Close, Ready, Shown, Draft, Finished, Pin, Left)
}
_PARTS: dict[str, type[Any]] = {"visit": VisitLine, "extras": Extra, "advice": Advice}


def written(message: Message) -> bytes:
    """A message as its line."""
    told = {"kind": type(message).__name__, **_plain(message)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read(line: bytes) -> Message:
    """The message of a line; raises ValueError for what is none."""
    if len(line) > LONGEST:
        raise ValueError("the line is too long")
    told = json.loads(line)
    if not isinstance(told, dict) or (kind := _KINDS.get(told.pop("kind", ""))) is None:
        raise ValueError("no message of ours")
    message: Message = _made(kind, told)
    return message


def _plain(message: Any) -> dict[str, Any]:
    """Its fields; a state within is plain as well."""
    told = {each.name: getattr(message, each.name) for each in fields(message)}
    return {name: _plain(value) if isinstance(value, State) else value for name, value in told.items()}


def _made(kind: type[T], told: Mapping[str, Any]) -> T:
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    if not told.keys() <= known.keys():
        raise ValueError("a field that isn't ours")
    try:
        return kind(**{name: _part(name, value) for name, value in told.items()})
    except TypeError as error:
        raise ValueError("a field is wanting or is of another kind") from error


def _part(name: str, value: Any) -> Any:
    match name:
        case "state":
            return _made(State, _of_kind(value, (dict,)))
        case "wishes":
            return tuple(int(one) for one in value)
        case "answers" | "page" | "answerer" | "relation" | "signature" if value is not None:
            return _of_kind(value, (str, dict))
        case "pin":
            return _of_kind(value, (str,))
        case _ if name in _PARTS:
            return tuple(_PARTS[name](*one) for one in value)
        case _:
            return value


def _of_kind(value: Any, kinds: tuple[type[Any], ...]) -> Any:
    if not isinstance(value, kinds):
        raise TypeError(f"{value!r:.40} is of another kind")
    return value
