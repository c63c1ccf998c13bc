"""A form as the program knows it: a FHIR R4 Questionnaire read into values, whatever it came as."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    """What an item is (Questionnaire.item.type of R4)."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    DATE_TIME = "dateTime"
    TIME = "time"
    STRING = "string"
    TEXT = "text"
    URL = "url"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    ATTACHMENT = "attachment"
    REFERENCE = "reference"
    QUANTITY = "quantity"


class Value(NamedTuple):
    """One answer: its FHIR type as in value[x] ("boolean", "Coding", "date", "Quantity"…) and the value itself.

    Booleans are bool, integers int, decimals Decimal; dates, times and strings are text as FHIR writes them (a date
    may be partial: "2024-09"); a Coding, Quantity, Attachment or Reference is the JSON object, numbers in it Decimal.
    """

    type: str
    value: Any


class Control(StrEnum):
    """How an item wishes to be shown (itemControl); the program may choose otherwise."""

    RADIO = "radio-button"
    CHECK = "check-box"
    DROP_DOWN = "drop-down"
    AUTOCOMPLETE = "autocomplete"
    SLIDER = "slider"
    PAGE = "page"
    TABS = "tab-container"
    GRID_TABLE = "gtable"
    TABLE = "table"
    GRID = "grid"
    HELP = "help"
    FLYOVER = "flyover"
    UNIT = "unit"
    HEADER = "header"
    FOOTER = "footer"


class Option(NamedTuple):
    """One answer that a question offers."""

    value: Value
    words: str
    prefix: str = ""
    exclusive: bool = False
    score: Decimal | None = None
    initial: bool = False


class Condition(NamedTuple):
    """When an item is asked: what another question's answer is compared with (enableWhen)."""

    question: str
    operator: str
    answer: Value


class Expression(NamedTuple):
    """A FHIRPath expression that a form carries; with a name it is a variable."""

    text: str
    name: str = ""


class Constraint(NamedTuple):
    """What must hold before a response is complete (targetConstraint); a warning doesn't refuse."""

    key: str
    words: str
    expression: str
    error: bool = True
    location: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an answer is held to; None is no bound. The values of `least` and `most` are of the question's own type."""

    least: Value | None = None
    most: Value | None = None
    min_length: int | None = None
    max_length: int | None = None
    decimals: int | None = None
    pattern: str = ""
    min_occurs: int | None = None
    max_occurs: int | None = None
    max_size: int | None = None  # bytes of an attachment
    mime_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A question, a group of them, or words to read; `items` hang below it."""

    link_id: str
    kind: Kind
    words: str = ""
    prefix: str = ""
    short: str = ""
    help: str = ""
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    hidden: bool = False
    control: Control | None = None
    horizontal: bool = False
    options: tuple[Option, ...] = ()
    any_coding: bool = False  # beside those that are offered other codings will do (R5's optionsOrType)
    open_words: str = ""  # the label of the free answer of an open choice
    unlisted: bool = False  # its answers lie in a list that isn't here: free text, marked uncoded
    unit: Value | None = None  # a Coding, of a number or a quantity
    units: tuple[Option, ...] = ()
    any_unit: bool = False  # beside those that are offered others will do (unitOpen)
    placeholder: str = ""
    slider_step: Decimal | None = None
    bounds: Bounds = field(default_factory=Bounds)
    initial: tuple[Value, ...] = ()
    conditions: tuple[Condition, ...] = ()
    any_condition: bool = False  # one of the conditions is enough
    enabled: Expression | None = None  # enableWhenExpression
    calculated: Expression | None = None
    told: Expression | None = None  # its words, where they hang on answers
    variables: tuple[Expression, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    category: str = ""  # displayCategory: instructions, security…
    signature: bool = False  # signatureRequired
    items: tuple["Item", ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it takes answers."""
        return self.kind not in (Kind.GROUP, Kind.DISPLAY)


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A form with its items; `json` is the R4 Questionnaire itself, with all that the program doesn't know.

    Each is only equal to itself: what is worked out once for a form is looked up by it all the time, and comparing two
    large ones takes long.
    """

    json: Mapping[str, Any]
    url: str
    version: str
    title: str
    status: str
    date: date | None
    publisher: str
    copyright: str
    description: str
    items: tuple[Item, ...]
    variables: tuple[Expression, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    signature: bool = False  # signatureRequired on the form itself

    def walk(self) -> Iterator[Item]:
        """Every item, in the order of the form."""
        yield from _walk(self.items)


class Repair(NamedTuple):
    """What reading a form found: repaired ("repaired"), read but not done ("limited"), or worth knowing ("note")."""

    level: str
    link_id: str
    words: str


class Read(NamedTuple):
    """A form that was read: what it came as ("R4" or "R5") and what was repaired on the way."""

    form: Form
    fhir: str
    report: tuple[Repair, ...]


class Problem(NamedTuple):
    """What a check found in a response; `check` is one of the validator's codes, `severity` "error" or "warning"."""

    severity: str
    check: str
    link_id: str
    expression: str
    text: str


class Answered(NamedTuple):
    """What a response says to one question, over all its instances.

    `enabled` where it was asked; `waiting` where it wasn't only because a question that it hangs on has no answer
    (R32).
    """

    enabled: bool
    waiting: bool
    values: tuple[Value, ...]


def _walk(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _walk(item.items)
