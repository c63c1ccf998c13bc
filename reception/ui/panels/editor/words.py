"""What kinds of entries are called on screen, their signs, and how a condition is said."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication

from reception.domain.gates import Effect
from reception.domain.questionnaire.editing import Entry, Sort
from reception.domain.screening import Consequence
from reception.domain.tables.ids import ServiceId

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


def follow_words(one: Consequence, names: Mapping[ServiceId, str]) -> str:
    """What follows, in short: "blocks Laser, Massage"; of what nobody has taken up only that it is recommended."""
    if one.recommended:
        return {
            Effect.BLOCK: _tr("a block is recommended"),
            Effect.FLAG: _tr("a clinician is recommended"),
            Effect.NOTE: _tr("a note is recommended"),
        }[one.effect]
    services = ", ".join(names.get(service, "?") for service in one.services) or _tr("no service yet")
    return {
        Effect.BLOCK: _tr("blocks {}"),
        Effect.FLAG: _tr("asks a clinician about {}"),
        Effect.NOTE: _tr("is noted for {}"),
    }[one.effect].format(services)
