"""What the desk and the client's screen say to each other arrives as it was said, and nothing else is taken for it."""

import json

import pytest

from reception.client_view.messages import (
    LONGEST,
    Advice,
    Close,
    Draft,
    Extra,
    Finished,
    Left,
    Meaning,
    Message,
    NotTaken,
    Pin,
    PinRight,
    PinWrong,
    Ready,
    Shown,
    State,
    Taken,
    read,
    written,
)
from tests.client_view.paper import opening

STATE = State("{}", "2", {"1:0/1.1:0": "3l"}, {"1:0": "12 May"}, "Bea", "mother", {"strokes": []}, 2, 4, (7, 9))
MESSAGES: tuple[Message, ...] = (
    opening(state=STATE),
    Meaning((Advice("2.1", "Please speak to us first."),), (Extra(7, "LED mask", "15 min · £12.00"),)),
    PinRight(),
    PinWrong(3),
    PinWrong(0, 5),
    Taken(),
    NotTaken("2.1", "Answer it."),
    Close(),
    Ready(),
    Shown(),
    Draft(STATE),
    Finished(STATE, "cG5n"),
    Pin("4711"),
    Left(),
)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_arrives_as_it_was_said(message: Message) -> None:
    line = written(message)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert read(line) == message


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"hello",
        b"[]",
        b'{"kind": "Stop"}',
        b'{"kind": "Pin"}',
        b'{"kind": "Pin", "pin": 4711}',
        b'{"kind": "Pin", "pin": "4711", "who": "me"}',
        b'{"kind": "Draft", "state": {"answers": 3}}',
        b'{"kind": "Draft", "state": {"wishes": ["mask"]}}',
        b'{"kind": "Draft", "state": null}',
        b'{"kind": "Meaning", "extras": [[1]]}',
    ],
)
def test_what_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read(line)


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        read(b'{"kind": "Pin", "pin": "' + b"1" * LONGEST + b'"}')


def test_a_client_is_told_no_more_than_the_one_form_needs() -> None:
    told = json.loads(written(opening()))
    assert told.keys() == {
        "kind", "form", "name", "clinic", "locale", "currency", "zone", "today", "dark", "guardian", "patient",
        "state", "since", "earlier", "visit", "screen", "desk",
    }  # fmt: skip
