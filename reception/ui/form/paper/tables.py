"""Groups on paper as tables: the same questions with empty lines, or several questions with the same answers."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from reception.domain.questionnaire.paging import TABLES, is_row
from reception.domain.questionnaire.values import Control, Item, Kind
from reception.ui import tokens as k
from reception.ui.form.paper.strips import Block, Strip, air, beside, box, face, rule, starred, width_of, words

_MOST_COLUMNS = 6  # as on screen
_LINES, _HEIGHT = 4, 30.0
_PAD = 5.0
_ASKED, _ANSWERED = 0.45, 0.7  # of the width: for the questions, and for the answers at most
_TOLD = 4  # answers that are named above their column


def takes_pen(item: Item) -> bool:
    """Whether an item is answered, or read, by whoever has the sheet: the form neither hides it nor answers it."""
    return is_row(item) and not item.read_only and item.calculated is None and item.kind is not Kind.ATTACHMENT


def is_table(item: Item) -> bool:
    """Whether a repeating group is laid out as a table, and narrow enough for one."""
    if item.control is not Control.GRID_TABLE or not item.repeats:
        return False
    asked = _asked(item)
    return 0 < len(asked) <= _MOST_COLUMNS and all(one.asks and not one.items for one in asked)


def is_matrix(item: Item) -> bool:
    """Whether its questions have the same answers, so that these stand once above all of them."""
    asked = _asked(item)
    offered = {tuple(option.words for option in one.options) for one in asked}
    always = all(one.enabled is None and not one.conditions for one in asked)
    plain = always and all(one.kind is Kind.CHOICE and not one.items for one in asked)
    few = all(1 < len(answers) <= _MOST_COLUMNS for answers in offered)
    return item.control in TABLES and not item.repeats and len(offered) == 1 and plain and few


def matrix(item: Item, x: float, width: float) -> Iterator[Block]:
    """The answers above the columns, and below them a line with boxes for each question."""
    small, questions = face(k.CAPTION), _asked(item)
    offered = [option.words for option in questions[0].options]
    each = _column(offered, width)
    asked = width - each * len(offered)
    lefts = [x + asked + each * n for n in range(len(offered))]
    said = (words(one, left, each - _PAD, small) for one, left in zip(offered, lefts, strict=True))
    heads = (*beside(*said), air(3))
    yield Block(heads, above=6, keeps=True)
    for n, one in enumerate(questions):
        line = beside(words(starred(one), x, asked - 2 * _PAD), *((box(left),) for left in lefts))
        yield Block((rule(x + width), air(4), *line, air(4)), again=heads if n else ())


def _column(offered: Sequence[str], width: float) -> float:
    """How wide a column of boxes is: no word above it is broken where there is room."""
    longest = max(width_of(word, face(k.CAPTION)) for one in offered for word in one.split() or ("",))
    return min(max(width * (1 - _ASKED) / len(offered), longest + 2 * _PAD), width * _ANSWERED / len(offered))


def table(item: Item, x: float, width: float) -> Block:
    """The questions above the columns, and lines to write in."""
    asked = _asked(item)
    each = width / len(asked)
    lefts = tuple(accumulate((each,) * (len(asked) - 1), initial=x))
    bold, small = face(k.CAPTION, k.SEMIBOLD), face(k.CAPTION)
    heads = beside(
        *(
            (*words(one.short or one.words, left + _PAD, each - 2 * _PAD, bold), *_hint(one, left, each))
            for one, left in zip(asked, lefts, strict=True)
        )
    )

    def paint(p: QPainter, y: float) -> None:
        p.setPen(QPen(Qt.GlobalColor.black, 0.5))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRect(QRectF(x, y, width, _HEIGHT))
        for left in lefts[1:]:
            p.drawLine(QPointF(left, y), QPointF(left, y + _HEIGHT))

    more = words(_tr("Is there more? Write it on the back."), x, width, small)
    return Block((*heads, *(Strip(_HEIGHT, paint) for _ in range(_LINES)), *more), above=6)


def _asked(item: Item) -> list[Item]:
    return [one for one in item.items if takes_pen(one)]


def _hint(item: Item, left: float, width: float) -> tuple[Strip, ...]:
    offered = [_tr("Yes"), _tr("No")] if item.kind is Kind.BOOLEAN else [one.words for one in item.options]
    told = " / ".join(offered) if len(offered) <= _TOLD else ""
    return words(told, left + _PAD, width - 2 * _PAD, face(k.CAPTION))


def _tr(words: str) -> str:
    return QCoreApplication.translate("form_paper", words)
