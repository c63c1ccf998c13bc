"""What answers mean for a service: pure rules over answers, three-valued and closed when in doubt (R32)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from reception.domain import questionnaire
from reception.domain.questionnaire.conditions import MOMENTS, equal, judge, moment
from reception.domain.questionnaire.values import Answered, Form, Item, Kind, Value


class Screened(StrEnum):
    """What responses mean for a service, before or after the clinical role has cleared it (R32, R33)."""

    CLEAR = "clear"
    CLEARED = "cleared"
    FLAGGED = "flagged"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"


class Effect(StrEnum):
    """What an answer does to the service that a rule stands beside."""

    BLOCK = "block"
    FLAG = "flag"
    NOTE = "note"


class Lasting(StrEnum):
    """How long a block or a flag stands: until a date, until a clinician has cleared it, for good (R32)."""

    UNTIL = "until"
    CLINICIAN = "clinician"
    PERMANENT = "permanent"


class Operator(StrEnum):
    """How a rule compares an answer, as a Questionnaire's enableWhen does."""

    EQUAL = "="
    NOT_EQUAL = "!="
    GREATER = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="
    EXISTS = "exists"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one answer to one question of a form means for a service (R32).

    `until_days` counts from the day of the answer, or from the date that the question `until_link` was answered with.
    """

    id: int
    service: int
    form: int
    link_id: str
    operator: Operator
    answer: Value
    effect: Effect
    lasting: Lasting = Lasting.CLINICIAN
    until_days: int | None = None
    until_link: str = ""
    staff_message: str = ""
    client_message: str = ""


class Met(NamedTuple):
    """A rule that an answer meets: the answer in words, and the day from which it blocks no more."""

    rule: Rule
    answer: str
    until: date | None


class Assessed(NamedTuple):
    """What a response means under some rules: those that it meets, and the questions whose answer is wanting (R32)."""

    met: tuple[Met, ...]
    wanting: tuple[str, ...]


class Misfit(StrEnum):
    """Why a rule can't be asked of a form: its question is gone, takes other answers, or doesn't offer this one."""

    GONE = "gone"
    KIND = "kind"
    OPTION = "option"


def assess(rules: Sequence[Rule], form: Form, answers: Mapping[str, Answered], on: date) -> Assessed:
    """What a response of the local date `on` means under these rules, three-valued: an answer that is wanting is no
    answer, and never a good one (R32).

    A question that an answer has hidden doesn't count; one that is hidden only because the question it hangs on has no
    answer is wanting, and so are one that is gone, or changed so that the rule can't be asked of it, and an answer too
    vague to tell.
    """
    items = _items(form)
    met: list[Met] = []
    wanting: dict[str, None] = {}
    for rule in rules:
        answered = answers.get(rule.link_id)
        told = None if misfit(rule.operator, rule.answer, items.get(rule.link_id)) else _tell(rule, answered)
        if told is None:
            wanting[rule.link_id] = None
        elif told and answered is not None:
            until = _until(rule, answers, on)
            if until is None or until > on:  # what was over when it was answered never blocked anything
                met.append(Met(rule, _in_words(answered.values), until))
    return Assessed(tuple(met), tuple(wanting))


def _tell(rule: Rule, answered: Answered | None) -> bool | None:
    """Whether an answer meets a rule; None where that can't be known. A rule that asks whether there is an answer at
    all takes none for an answer.
    """
    if answered is None or answered.waiting:
        return None
    if not answered.enabled:
        return False
    if not answered.values and rule.operator is not Operator.EXISTS:
        return None
    return judge(rule.operator, answered.values, rule.answer)


def misfit(operator: Operator, answer: Value, item: Item | None) -> Misfit | None:
    """Why this can't be asked of a question as it stands; None where it can."""
    if item is None or not item.asks:
        return Misfit.GONE
    if operator is Operator.EXISTS:
        return None
    if answer.type not in (_TEXTS if item.unlisted else _TYPES[item.kind]):
        return Misfit.KIND
    listed = item.kind is Kind.CHOICE and item.options and operator in _ALIKE
    if listed and not any(equal(one.value, answer) for one in item.options):
        return Misfit.OPTION
    return None


def worst(outcomes: Iterable[Screened]) -> Screened:
    """Which of several outcomes counts: blocked, unknown, flagged, cleared, clear; without any it is clear (R32)."""
    return max(outcomes, key=_SEVERITY.index, default=Screened.CLEAR)


_SEVERITY = (Screened.CLEAR, Screened.CLEARED, Screened.FLAGGED, Screened.UNKNOWN, Screened.BLOCKED)
_ALIKE = (Operator.EQUAL, Operator.NOT_EQUAL)
_NUMBERS = frozenset({"integer", "decimal"})
_TEXTS = frozenset({"string"})
_CHOICES = frozenset({"Coding", "string", "integer", "date", "time"})
_TYPES: dict[Kind, frozenset[str]] = {
    Kind.GROUP: frozenset(),
    Kind.DISPLAY: frozenset(),
    Kind.BOOLEAN: frozenset({"boolean"}),
    Kind.DECIMAL: _NUMBERS,
    Kind.INTEGER: _NUMBERS,
    Kind.DATE: frozenset({"date"}),
    Kind.DATE_TIME: frozenset({"dateTime", "date"}),
    Kind.TIME: frozenset({"time"}),
    Kind.STRING: _TEXTS,
    Kind.TEXT: _TEXTS,
    Kind.URL: frozenset({"uri", "url", "string"}),
    Kind.CHOICE: _CHOICES,
    Kind.OPEN_CHOICE: _CHOICES,
    Kind.ATTACHMENT: frozenset(),
    Kind.REFERENCE: frozenset(),
    Kind.QUANTITY: frozenset({"Quantity"}),
}
"""What the answer in a rule may be, by what the question is."""


@lru_cache(maxsize=128)
def _items(form: Form) -> Mapping[str, Item]:
    return {item.link_id: item for item in form.walk()}


def _in_words(values: Sequence[Value]) -> str:
    return ", ".join(questionnaire.words_of(value) for value in values)


def _until(rule: Rule, answers: Mapping[str, Answered], on: date) -> date | None:
    """From when a rule blocks no more; where that hangs on a date that nobody gave, it stands until it is cleared."""
    if rule.lasting is not Lasting.UNTIL or rule.until_days is None:
        return None
    since = _dated(answers.get(rule.until_link)) if rule.until_link else on
    if since is None:
        return None
    return since + timedelta(days=min(rule.until_days, (date.max - since).days))


def _dated(answered: Answered | None) -> date | None:
    """The latest date of an answer; one that names a month or a year only counts to its end."""
    if answered is None or not answered.enabled:
        return None
    told = (moment(value.value) for value in answered.values if value.type in MOMENTS)
    return max((one.last.date() for one in told if one is not None), default=None)
