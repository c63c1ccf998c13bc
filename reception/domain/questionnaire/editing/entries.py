"""A form as its editor lists it: questions, sections and words in plain terms, read out of the Questionnaire."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from reception.domain.questionnaire import vocabulary as names
from reception.domain.questionnaire.editing import tree
from reception.domain.questionnaire.editing.draft import OWN, Draft
from reception.domain.questionnaire.editing.limiting import Limits, limits
from reception.domain.questionnaire.editing.looking import ShowIf, show_if
from reception.domain.questionnaire.editing.tree import Json
from reception.domain.questionnaire.elements import value_of, words_of
from reception.domain.questionnaire.extensions import Extensions
from reception.domain.questionnaire.values import Value
from reception.domain.questionnaire.valuesets import SCORES, score_of

SIGNATURE = "signature\N{HORIZONTAL ELLIPSIS}"
"""The key of the signature, which no question has: it is asked for at the end of the form."""

TOTAL_HEAD = "%resource.descendants().where(linkId in ("
TOTAL_TAIL = ")).answer.value.extension.where(url = '"


class Sort(StrEnum):
    """What an entry is, as a clinic would say it."""

    YES_NO = "yes or no"
    PICK_ONE = "pick one"
    PICK_SEVERAL = "pick several"
    SHORT_TEXT = "short text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    DATE = "date"
    WORDS = "words"
    SECTION = "section"
    TOTAL = "total"
    SIGNATURE = "signature"
    OTHER = "other"

    @property
    def asks(self) -> bool:
        """Whether somebody answers it."""
        return self not in (Sort.WORDS, Sort.SECTION, Sort.TOTAL, Sort.SIGNATURE)

    @property
    def picks(self) -> bool:
        """Whether it is answered from a list of its own."""
        return self in (Sort.PICK_ONE, Sort.PICK_SEVERAL)


class Choice(NamedTuple):
    """One answer that a question offers, with its score; one that stands `alone` takes the others away."""

    value: Value
    words: str
    score: Decimal | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the editor's list.

    `listed` where the answers come from a list that isn't this question's own; `kept` counts conditions that can't be
    told as `show`, and `calculated` is the expression of an answer that the form works out: both stay as they came.
    """

    link_id: str
    sort: Sort
    words: str = ""
    prefix: str = ""
    help: str = ""
    depth: int = 0
    required: bool = False
    choices: tuple[Choice, ...] = ()
    other: bool = False
    listed: bool = False
    show: ShowIf | None = None
    limits: Limits = field(default_factory=Limits)
    kept: int = 0
    calculated: str = ""
    hidden: bool = False


_SORTS = {
    "boolean": Sort.YES_NO,
    "string": Sort.SHORT_TEXT,
    "text": Sort.LONG_TEXT,
    "integer": Sort.NUMBER,
    "decimal": Sort.NUMBER,
    "quantity": Sort.NUMBER,
    "date": Sort.DATE,
    "display": Sort.WORDS,
    "group": Sort.SECTION,
}
_ASIDE = frozenset({"help", "flyover", "unit", "legal"})
_HELP = frozenset({"help", "flyover"})
_YES_NO = tuple(Choice(value, words_of(value)) for value in (Value("boolean", True), Value("boolean", False)))


def entries(draft: Draft) -> tuple[Entry, ...]:
    """All that the form asks and says, in its order; the signature at the end."""
    found = list(_below(draft.json, 0))
    if is_signed(draft):
        found.append(Entry(SIGNATURE, Sort.SIGNATURE))
    return tuple(found)


def entry(draft: Draft, link_id: str) -> Entry | None:
    """One of them; None where it is gone."""
    return next((one for one in entries(draft) if one.link_id == link_id), None)


def is_signed(draft: Draft) -> bool:
    """Whether the whole form asks for a signature."""
    return Extensions(draft.json).has(names.SIGNATURE)


def sort_of(item: Json) -> Sort:
    """What an item is in plain terms."""
    if is_total(item):
        return Sort.TOTAL
    kind = item["type"]
    if kind in ("choice", "open-choice") or (item.get("answerOption") and kind in ("string", "integer")):
        return Sort.PICK_SEVERAL if item.get("repeats") else Sort.PICK_ONE
    if (kind != "group" and item.get("repeats")) or (kind == "quantity" and item.get("answerOption")):
        return Sort.OTHER
    return _SORTS.get(kind, Sort.OTHER)


def is_total(item: Json) -> bool:
    """Whether it is a total score of the kind that the editor makes."""
    text = calculated(item)
    return text.startswith(TOTAL_HEAD) and TOTAL_TAIL in text


def calculated(item: Json) -> str:
    """The expression by which a form works an answer out itself; "" where somebody answers."""
    held = Extensions(item).value(names.CALCULATED)
    expression = held.value if held is not None else ""
    return str(expression.get("expression") or "") if isinstance(expression, dict) else str(expression)


def is_aside(item: Json) -> bool:
    """Whether it only says something beside the question above it, as help does."""
    return item["type"] == "display" and not _ASIDE.isdisjoint(Extensions(item).codes(names.CONTROL))


def is_help(item: Json) -> bool:
    """Whether it is the help of the question above it."""
    return item["type"] == "display" and not _HELP.isdisjoint(Extensions(item).codes(names.CONTROL))


def choices(item: Json) -> tuple[Choice, ...]:
    """The answers that a question offers of its own."""
    if item["type"] == "boolean":
        return _YES_NO
    return tuple(_choice(option) for option in item.get("answerOption") or ())


def score_url(json: Json) -> str:
    """The name under which a form keeps the scores of its answers."""
    for item in tree.walk(json):
        for option in item.get("answerOption") or ():
            for element in (option, option.get("valueCoding") or {}):
                for extension in element.get("extension") or ():
                    if extension.get("url") in SCORES:
                        return str(extension["url"])
    return SCORES[1]


def _below(above: Json, depth: int) -> Iterator[Entry]:
    for item in tree.items(above):
        if not is_aside(item):
            yield _entry(item, depth)
            yield from _below(item, depth + 1)


def _entry(item: Json, depth: int) -> Entry:
    sort, said, show = sort_of(item), Extensions(item), show_if(item)
    conditions = len(item.get("enableWhen") or ()) + said.has(names.ENABLED)
    return Entry(
        link_id=item["linkId"],
        sort=sort,
        words=str(item.get("text") or ""),
        prefix=str(item.get("prefix") or ""),
        help=next((str(below.get("text") or "") for below in tree.items(item) if is_help(below)), ""),
        depth=depth,
        required=item.get("required") is True,
        choices=choices(item),
        other=item["type"] == "open-choice",
        listed="answerValueSet" in item or said.has(names.ANSWER_EXPRESSION, names.CANDIDATES),
        show=show,
        limits=limits(item),
        kept=0 if show is not None else conditions,
        calculated="" if sort is Sort.TOTAL else calculated(item),
        hidden=said.says_yes(names.HIDDEN),
    )


def _choice(option: Json) -> Choice:
    value = value_of(option) or Value("string", "")
    inner: Any = value.value if isinstance(value.value, dict) else {}
    # A code that the editor gave out says nothing to anybody.
    unnamed = "display" not in inner and OWN.fullmatch(str(inner.get("code") or "")) is not None
    return Choice(
        value, "" if unnamed else words_of(value), score_of(option, inner), Extensions(option).says_yes(names.EXCLUSIVE)
    )
