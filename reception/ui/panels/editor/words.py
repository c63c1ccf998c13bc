"""What kinds of entries are called on screen, their signs, and how a condition is said."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication

from reception.domain.gates import Effect
from reception.domain.questionnaire.editing import Entry, How, Sort
from reception.domain.questionnaire.values import Item
from reception.domain.screening import Consequence
from reception.domain.tables.ids import ServiceId
from reception.ui.dialogs.answer_pick import answer_words, comparisons
from reception.ui.text import Formats

_tr: Callable[[str], str] = partial(QCoreApplication.translate, "editor")

ASKED = (
    Sort.YES_NO,
    Sort.PICK_ONE,
    Sort.PICK_SEVERAL,
    Sort.SHORT_TEXT,
    Sort.LONG_TEXT,
    Sort.NUMBER,
    Sort.DATE,
    Sort.WORDS,
)
"""The kinds that an entry can be changed into."""

OFFERED = (*ASKED, Sort.SECTION, Sort.TOTAL, Sort.SIGNATURE)
"""The kinds that can be put in."""

ICONS = {
    Sort.YES_NO: "done",
    Sort.PICK_ONE: "radio",
    Sort.PICK_SEVERAL: "boxes",
    Sort.SHORT_TEXT: "minus",
    Sort.LONG_TEXT: "lines",
    Sort.NUMBER: "number",
    Sort.DATE: "diary",
    Sort.WORDS: "info",
    Sort.SECTION: "folder",
    Sort.TOTAL: "reports",
    Sort.SIGNATURE: "pen",
    Sort.OTHER: "more",
}


def sort_words(sort: Sort) -> str:
    """What a kind of entry is called."""
    return {
        Sort.YES_NO: _tr("Yes/No"),
        Sort.PICK_ONE: _tr("Pick one"),
        Sort.PICK_SEVERAL: _tr("Pick several"),
        Sort.SHORT_TEXT: _tr("Short text"),
        Sort.LONG_TEXT: _tr("Long text"),
        Sort.NUMBER: _tr("Number"),
        Sort.DATE: _tr("Date"),
        Sort.WORDS: _tr("Information text"),
        Sort.SECTION: _tr("Section"),
        Sort.TOTAL: _tr("Total score"),
        Sort.SIGNATURE: _tr("Signature"),
        Sort.OTHER: _tr("Another kind"),
    }[sort]


def line_words(line: Entry) -> str:
    """An entry as it is listed."""
    if line.sort is Sort.SIGNATURE:
        return _tr("Signature at the end")
    words = line.words or {
        Sort.SECTION: _tr("A section without a name"),
        Sort.WORDS: _tr("Words that are still to be typed"),
    }.get(line.sort, _tr("A question without words"))
    return " ".join(part for part in (line.prefix, words) if part)


def condition_words(line: Entry, lines: Mapping[str, Entry], items: Mapping[str, Item], formats: Formats) -> str:
    """When an entry is asked: "if “Are you pregnant?” is Yes"."""
    show = line.show
    if show is None:
        return ""
    question, item = lines.get(show.question), items.get(show.question)
    name = line_words(question) if question is not None else _tr("a question that was taken out")
    how = dict(comparisons(item)).get(show.how.value, show.how.value) if item is not None else ""
    plain = show.how in (How.ANSWERED, How.EMPTY) or show.answer is None
    answer = "" if plain or show.answer is None else answer_words(show.answer, formats)
    return " ".join(part for part in (_tr("if"), f"“{name}”", how, answer) if part)


def follow_words(one: Consequence, names: Mapping[ServiceId, str]) -> str:
    """What follows, in short: "blocks Laser, Massage"."""
    services = ", ".join(names.get(service, "?") for service in one.services) or _tr("no service yet")
    words = _tr("blocks {}") if one.effect is Effect.BLOCK else _tr("asks a clinician about {}")
    return words.format(services)
