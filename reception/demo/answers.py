"""What the demo's clients answer: people whom nothing stops, and what a form is there to find out."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from reception.domain.questionnaire import Filling
from reception.domain.questionnaire.values import Form, Item, Kind, Value


class Ago(NamedTuple):
    """A day so long before the form is filled in; of some only the month is remembered."""

    days: int
    month: bool = False


Plain = bool | int | str | Ago | tuple[str, ...]
"""An answer as it is said: yes or no, a number, words, the code of what was picked, several of those."""

Answers = Mapping[str, Plain]
"""By linkId; what isn't asked isn't answered."""


class Trouble(NamedTuple):
    """Answers that stop something or other, in so many cases of a thousand."""

    often: int
    answers: Answers


_ADULT: Answers = {"2.1": "self", "2.4": False}

WELL: Mapping[str, Answers] = {
    "health-intake": {
        "1.3": "Sam Alder",
        "1.4": "07700 900 114",
        "1.5": "partner",
        "2.1": ("none",),
        "2.2": False,
        "2.4": False,
        "2.5": False,
        "3.1": False,
        "3.2": "no",
        "3.3": ("none",),
        "4.1": "no",
        "4.2": 3,
        "4.5": True,
    },
    "laser-screening": {
        "1.1": "II",
        "1.2": ("legs",),
        "1.3": False,
        "1.4": False,
        "1.5": False,
        "2.1": False,
        "2.2": False,
        "2.3": False,
        "3.1": "no",
        "3.2": False,
        "3.3": "never",
        "4.1": ("none",),
        "4.2": False,
        "4.3": False,
    },
    "chemical-peel": {
        "1.1": ("dull",),
        "1.2": ("none",),
        "1.3": "never",
        "1.4": False,
        "1.5": "daily",
        "2.1": "never",
        "2.2": False,
        "2.3": ("none",),
        "3.1": ("none",),
        "3.2": False,
        "3.3": False,
        "3.4": False,
    },
    "massage-check": {
        "1.1": ("tension",),
        "1.2": 2,
        "1.3": ("nowhere",),
        "1.4": "medium",
        "1.5": False,
        "2.1": "never",
        "2.2": False,
        "2.3": False,
        "2.4": False,
        "2.5": ("none",),
        "2.6": False,
        "2.7": False,
        "3.1": False,
        "4.1": ("none",),
    },
    "pregnancy-check": {"1.1": False},
    "treatment-consent": {
        "1.1": "Laser treatment",
        "1.2": True,
        "1.3": True,
        "1.4": True,
        "1.5": True,
        "1.6": True,
        "1.7": True,
        "3.1": True,
        "3.2": True,
        **_ADULT,
    },
    "photo-consent": {"1.1": True, "1.2": True, "1.3": ("never",), "2.1": "area", "2.2": False, "3.1": True},
}
"""Somebody whom nothing stops, by form."""

LOOKS: Mapping[str, tuple[Answers, ...]] = {
    "health-intake": (
        {"1.2": "A stiff neck since I changed desks.", "1.6": "Mill Street Surgery"},
        {"1.2": "My knee, after a fall.", "2.2": True, "2.3.1": "Left knee, keyhole", "2.3.2": Ago(800, month=True)},
        {"1.2": "Lower back, on and off for years.", "2.1": ("pressure",), "2.1a": "Since 2019, one tablet a day."},
        {
            "1.2": "Headaches, two or three a week.",
            "3.1": True,
            "3.1a": ("Paracetamol when needed",),
            "2.5": True,
            "2.5a": False,
        },
        {"1.2": "Shoulder, I can't lift my arm.", "2.1": ("diabetes",), "2.1a": "Type 2, diet only.", "2.1b": False},
        {"1.2": "To run again after a strain.", "3.3": ("plasters",), "3.3a": False, "4.2": 6},
        {"1.2": "Somebody said that you could help.", "1.5": "child", "4.4": "I need the lift."},
    ),
    "laser-screening": (
        {"1.1": "I", "1.2": ("face",)},
        {"1.1": "III", "1.2": ("legs", "bikini"), "4.2": True, "4.2a": "neither"},
        {"1.1": "II", "1.2": ("underarms",), "4.2": True, "4.2a": "neither"},
        {"1.1": "IV", "1.2": ("chest-back",), "4.3": True, "4.3a": False},
        {"1.1": "V", "1.2": ("face",), "4.2": True, "4.2a": "neither"},
        {"1.1": "II", "1.2": ("arms",), "1.3": True, "1.3a": "Left forearm, above the wrist"},
        {"1.1": "III", "1.2": ("legs",), "2.3": True},
    ),
    "chemical-peel": (
        {"1.1": ("marks",), "3.2": True, "3.2a": "neither"},
        {"1.1": ("lines", "dull"), "1.5": "sunny"},
        {"1.1": ("spots", "scars"), "3.2": True, "3.2a": "neither"},
        {"1.1": ("dull",), "1.3": "long-ago"},
        {"1.1": ("marks", "lines"), "3.4": True, "3.4a": Ago(-6)},
        {"1.1": ("spots",), "1.5": "rarely", "2.4": ("Cleansing foam", "Day cream, factor 30")},
    ),
    "massage-check": (
        {"1.1": ("pain", "tension"), "1.2": 5, "1.4": "firm"},
        {"1.1": ("rest",), "1.2": 0, "1.4": "light"},
        {"1.1": ("sport",), "1.2": 3, "1.3": ("feet",), "1.4": "firm"},
        {"1.2": 4, "3.1": True, "3.2": False},
        {"1.2": 6, "1.3": ("neck",), "2.1": "long-ago"},
        {"1.1": ("tension",), "4.1": ("nuts",), "3.1": True, "3.2": False},
        {"1.2": 1, "2.5": ("veins",), "1.4": "advise"},
    ),
    "pregnancy-check": ({"1.1": True, "1.2": "no", "2.1": False, "2.2": False}, {}),
    "treatment-consent": ({}, {"2.4": True, "2.4a": "chaperone"}, {"3.1": False}, {}),
    "photo-consent": ({}, {"1.1": False, "3.2": "My face."}, {"1.2": False}, {}),
}
"""How people differ where nothing hangs on it."""

STOPS: Mapping[str, Answers] = {
    "laser-screening": {"3.1": "yes", "3.1a": ("tetracycline",), "3.1b": Ago(0)},
    "massage-check": {"2.3": True, "2.3a": "apixaban"},
}
"""What blocks an add-on for good, until a clinician has looked."""

TROUBLES: Mapping[str, tuple[Trouble, ...]] = {
    "health-intake": (
        Trouble(40, {"3.2": "yes", "3.2a": "warfarin"}),
        Trouble(16, {"2.1": ("diabetes",), "2.1a": "Type 1, insulin.", "2.1b": True}),
    ),
    "laser-screening": (
        Trouble(26, STOPS["laser-screening"]),
        Trouble(22, {"2.1": True, "2.1a": Ago(9)}),
        Trouble(16, {"3.1": "not-sure"}),
        Trouble(13, {"4.1": ("keloid",)}),
        Trouble(10, {"4.2": True, "4.2a": "feeding"}),
        Trouble(8, {"3.3": "lately", "3.3a": Ago(70, month=True)}),
    ),
    "chemical-peel": (
        Trouble(26, {"1.3": "lately"}),
        Trouble(22, {"2.2": True, "2.2a": Ago(2)}),
        Trouble(13, {"1.2": ("rosacea",)}),
        Trouble(8, {"3.2": True, "3.2a": "pregnant"}),
    ),
    "massage-check": (
        Trouble(26, STOPS["massage-check"]),
        Trouble(13, {"2.5": ("bones",)}),
        Trouble(10, {"3.1": True, "3.2": True, "3.3": 22, "3.4": False}),
        Trouble(10, {"2.4": True, "2.4a": "Right wrist", "2.4b": Ago(40)}),
        Trouble(6, {"2.1": "lately"}),
    ),
    "pregnancy-check": (
        Trouble(19, {"1.1": True, "1.2": "yes", "1.4": 15, "1.6": False, "2.1": False, "2.2": False}),
        Trouble(13, {"1.1": True, "1.2": "not-sure", "1.3": Ago(36), "2.1": False, "2.2": False}),
    ),
    "treatment-consent": (Trouble(13, {"1.6": False, "1.6a": "How long will the redness last?"}),),
    "photo-consent": (),
}
"""What a form is there to find out."""


def filled_in(form: Form, answers: Answers, day: date) -> dict[str, Any]:
    """A form with these answers, as it is handed in on a day; each is given as soon as its question shows."""
    filling = Filling(form, today=day)
    given = set[str]()
    while True:
        open_ = [
            row
            for page in filling.pages()
            for row in page.rows
            if row.item.link_id in answers and row.item.link_id not in given
        ]
        if not open_:
            return filling.response(completed=True)
        for row in open_:
            given.add(row.item.link_id)
            if filling.row(row.path) is not None:
                filling.put(row.path, _values(row.item, answers[row.item.link_id], day))


def _values(item: Item, plain: Plain, day: date) -> tuple[Value, ...]:
    if isinstance(plain, tuple) and not isinstance(plain, Ago):
        return tuple(_value(item, one, day) for one in plain)
    return (_value(item, plain, day),)


def _value(item: Item, plain: bool | int | str | Ago, day: date) -> Value:
    if isinstance(plain, Ago):
        text = (day - timedelta(days=plain.days)).isoformat()
        return Value("date", text[:7] if plain.month else text)
    if item.kind in (Kind.CHOICE, Kind.OPEN_CHOICE):
        return next(option.value for option in item.options if option.value.value["code"] == plain)
    return Value("string" if item.kind is Kind.TEXT else item.kind, plain)
