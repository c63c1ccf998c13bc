"""When a question is asked, in words: on paper nobody hides what doesn't apply."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from reception.domain import questionnaire
from reception.domain.questionnaire.values import Condition, Item, Kind, Value
from reception.ui.form.saying import said
from reception.ui.text import Formats

_TIMES = frozenset({Kind.DATE, Kind.DATE_TIME, Kind.TIME})
_EXISTS = "exists"


def condition_words(item: Item, questions: Mapping[str, Item], formats: Formats) -> str:
    """When an item is asked: Only if “Do you smoke?” is Yes. "" where it always is."""
    if item.enabled is not None or any(is_reckoned(one, questions) for one in item.conditions):
        return _tr("Only if somebody at the desk asks you to answer this")
    parts = [_part(one, questions[one.question], formats) for one in _needed(item) if one.question in questions]
    if not parts:
        return ""
    between = _tr(" or ") if item.any_condition else _tr(" and ")
    return _tr("Only if {conditions}").format(conditions=between.join(parts))


def is_reckoned(condition: Condition, questions: Mapping[str, Item]) -> bool:
    """Whether a condition hangs on what the form keeps or works out for itself, and nobody writes on paper."""
    question = questions.get(condition.question)
    return question is not None and (question.hidden or question.calculated is not None)


def _needed(item: Item) -> Sequence[Condition]:
    """The conditions without those that the others say too: what isn't A is answered."""
    if item.any_condition:
        return item.conditions
    told = {one.question for one in item.conditions if one.operator != _EXISTS}
    return [one for one in item.conditions if one.operator != _EXISTS or one.question not in told]


def _part(condition: Condition, question: Item, formats: Formats) -> str:
    named = f"{question.prefix} {question.words or question.short}".strip()
    asked = _tr("“{question}”").format(question=named or question.link_id)
    how = _how(condition, in_time=question.kind in _TIMES)
    return how.replace("{question}", asked).replace("{answer}", _answer(condition.answer, question, formats))


def _how(condition: Condition, *, in_time: bool) -> str:
    match condition.operator:
        case "exists" if condition.answer.value:
            return _tr("{question} is answered")
        case "exists":
            return _tr("{question} is not answered")
        case "!=":
            return _tr("{question} is not {answer}")
        case ">":
            return _tr("{question} is after {answer}") if in_time else _tr("{question} is more than {answer}")
        case "<":
            return _tr("{question} is before {answer}") if in_time else _tr("{question} is less than {answer}")
        case ">=":
            return _tr("{question} is {answer} or later") if in_time else _tr("{question} is at least {answer}")
        case "<=":
            return _tr("{question} is {answer} or earlier") if in_time else _tr("{question} is at most {answer}")
        case _:
            return _tr("{question} is {answer}")


def _answer(value: Value, question: Item, formats: Formats) -> str:
    """As the question offers it, where it does."""
    offered = (option.words for option in question.options if questionnaire.equal(option.value, value))
    return next(offered, "") or said(value, formats)


def _tr(words: str) -> str:
    return QCoreApplication.translate("form_paper", words)
