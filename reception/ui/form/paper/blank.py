"""An empty form for somebody who would rather have a pen: boxes to tick, lines to write on, conditions in words."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from reception.domain.questionnaire.paging import is_row
from reception.domain.questionnaire.values import Control, Form, Item, Kind
from reception.ui import tokens as k
from reception.ui.form import asks_signature
from reception.ui.form.builder import is_statement
from reception.ui.form.paper.conditions import condition_words, is_reckoned
from reception.ui.form.paper.strips import (
    PEN,
    Block,
    Strip,
    air,
    beside,
    face,
    named,
    pen,
    starred,
    tick,
    tick_width,
    words,
)
from reception.ui.form.paper.tables import is_matrix, is_table, matrix, table, takes_pen
from reception.ui.form.saying import said
from reception.ui.text import Formats

_INDENT = 16.0
_BETWEEN = 18.0  # boxes beside each other
_MOST_BOXES = 30  # of longer lists the answer is written
_MOST_COLUMNS = 3
_MOST_STEPS = 11  # of a scale whose numbers are ticked
_SHORT, _MIDDLE = 150.0, 300.0
_LINES, _REPEATED = 3, 3


def blank(form: Form, formats: Formats, width: float) -> Iterator[Block]:
    """All that can be answered with a pen, also what is only asked after another answer."""
    return _Blank(form, formats, width).blocks()


class _Blank:
    """One form as it is written out; what a pen can't answer is left out."""

    def __init__(self, form: Form, formats: Formats, width: float) -> None:
        self._form, self._formats, self._width = form, formats, width
        self._questions: Mapping[str, Item] = {item.link_id: item for item in form.walk()}

    def blocks(self) -> Iterator[Block]:
        note = _tr("Tick one box for each question, unless it says otherwise. * must be answered.")
        yield Block(words(note, 0, self._width, face(k.CAPTION)))
        for item in self._form.items:
            yield from self._item(item, 0, top=True)
        if asks_signature(self._form):
            yield self._signature()
        if self._form.copyright.strip():
            yield Block(words(self._form.copyright.strip(), 0, self._width, face(k.CAPTION)), above=18)

    def _item(self, item: Item, depth: int, *, top: bool) -> Iterator[Block]:
        if not self._is_for_paper(item):
            return
        if item.kind is Kind.GROUP:
            yield from self._group(item, depth, top=top)
            return
        yield self._words(item, depth) if item.kind is Kind.DISPLAY else self._question(item, depth)
        for below in item.items:
            yield from self._item(below, depth + 1, top=False)

    def _is_for_paper(self, item: Item) -> bool:
        if item.kind is Kind.GROUP:
            return is_row(item) and any(self._is_for_paper(below) for below in item.items)
        if item.kind is Kind.DISPLAY and is_row(item):
            # What is told of a sum comes too late for whoever answers on paper.
            reckoned = any(is_reckoned(one, self._questions) for one in item.conditions)
            return bool(item.words) and item.enabled is None and not reckoned
        return takes_pen(item)

    def _group(self, item: Item, depth: int, *, top: bool) -> Iterator[Block]:
        x, width = self._room(depth)
        size = k.HEADING if top else k.BODY
        strips = [*words(named(item), x, width, face(size, k.SEMIBOLD)), *self._only_if(item, x, width)]
        lined = is_table(item) or is_matrix(item)
        if item.repeats and not lined:
            strips += words(_tr("Is there another? Write it on a sheet of its own."), x, width, face(k.CAPTION))
        if strips:
            yield Block(tuple(strips), above=16 if top else 12, keeps=True)
        if lined:
            yield from (table(item, x, width),) if is_table(item) else matrix(item, x, width)
            return
        within = depth if top else depth + 1
        for below in item.items:
            yield from self._item(below, within, top=False)

    def _words(self, item: Item, depth: int) -> Block:
        x, width = self._room(depth)
        return Block((*self._only_if(item, x, width), *words(named(item), x, width)), above=8)

    def _question(self, item: Item, depth: int) -> Block:
        x, width = self._room(depth)
        small = face(k.CAPTION)
        asked = () if is_statement(item) else words(starred(item), x, width, face(k.BODY, k.MEDIUM))
        told = words(" ".join(part for part in (item.help, _how_many(item)) if part), x, width, small)
        return Block((*self._only_if(item, x, width), *asked, *told, air(4), *self._answer(item, x, width)), above=10)

    def _only_if(self, item: Item, x: float, width: float) -> tuple[Strip, ...]:
        return words(condition_words(item, self._questions, self._formats), x, width, face(k.CAPTION, k.SEMIBOLD))

    def _room(self, depth: int) -> tuple[float, float]:
        x = _INDENT * depth
        return x, self._width - x

    def _answer(self, item: Item, x: float, width: float) -> tuple[Strip, ...]:
        offered = self._offered(item)
        if offered:
            other = item.kind is Kind.OPEN_CHOICE
            rows = _boxes(offered, x, width)
            return (*rows, *_other(item.open_words or _tr("Another:"), x, width)) if other else rows
        match item.kind:
            case Kind.TEXT:
                return (pen(x, width),) * _LINES
            case Kind.BOOLEAN | Kind.INTEGER | Kind.DECIMAL | Kind.QUANTITY | Kind.DATE | Kind.DATE_TIME | Kind.TIME:
                return self._short(item, x)
            case _:
                return (pen(x, min(width, _MIDDLE) if not item.repeats else width),) * _times(item)

    def _short(self, item: Item, x: float) -> tuple[Strip, ...]:
        """A short line, with its unit or with how a date is written."""
        after = self._after(item)
        units = [option.words for option in item.units] if item.kind is Kind.QUANTITY else []
        line = pen(x, _SHORT, after)
        if len(units) > 1:
            boxes = _row_of_boxes(units, x + _SHORT + 12)
            (line,) = beside((line,), (Strip(PEN, lambda p, y: boxes.paint(p, y + 5)),))
        return (line,) * _times(item)

    def _after(self, item: Item) -> str:
        hint = self._formats.date_hint()
        match item.kind:
            case Kind.DATE:
                return hint
            case Kind.DATE_TIME:
                return _tr("{date}, and the time").format(date=hint)
            case Kind.TIME:
                return _tr("hours and minutes")
            case _:
                return ", ".join(part for part in (_unit(item), self._bounds(item)) if part)

    def _bounds(self, item: Item) -> str:
        least, most = item.bounds.least, item.bounds.most
        if least is None or most is None:
            return ""
        return _tr("{least} to {most}").format(least=said(least, self._formats), most=said(most, self._formats))

    def _offered(self, item: Item) -> list[str]:
        """What there are boxes for."""
        if is_statement(item):
            return [starred(item)]
        if item.kind is Kind.BOOLEAN:
            return [_tr("Yes"), _tr("No")]
        if item.options and item.kind is not Kind.QUANTITY:
            offered = [f"{option.prefix} {option.words}".strip() for option in item.options]
            return offered if len(offered) <= _MOST_BOXES else []
        return self._steps(item)

    def _steps(self, item: Item) -> list[str]:
        least, most, step = item.bounds.least, item.bounds.most, item.slider_step or Decimal(1)
        if item.control is not Control.SLIDER or least is None or most is None or step <= 0:
            return []
        count = int((Decimal(most.value) - Decimal(least.value)) / step) + 1
        if count > _MOST_STEPS:
            return []
        return [self._formats.decimal(Decimal(least.value) + step * n) for n in range(count)]

    def _signature(self) -> Block:
        half = (self._width - 24) / 2
        lines = (
            (_tr("Signature"), _tr("Date ({how})").format(how=self._formats.date_hint())),
            (_tr("Name in capital letters"), _tr("If you sign for the client: how you are related")),
        )
        strips: list[Strip] = []
        for left, right in lines:
            strips += (air(10), *beside((pen(0, half),), (pen(half + 24, half),)))
            strips += beside(words(left, 0, half, face(k.CAPTION)), words(right, half + 24, half, face(k.CAPTION)))
        return Block(tuple(strips), above=20)


def _how_many(item: Item) -> str:
    return _tr("Tick all that apply.") if item.repeats and item.options else ""


def _times(item: Item) -> int:
    return _REPEATED if item.repeats else 1


def _unit(item: Item) -> str:
    if len(item.units) == 1:
        return item.units[0].words
    coding = item.unit.value if item.unit is not None and isinstance(item.unit.value, dict) else {}
    return str(coding.get("display") or coding.get("code") or "")


def _boxes(offered: Sequence[str], x: float, width: float) -> tuple[Strip, ...]:
    """Boxes in one line where they fit, else in columns that are read downwards."""
    widths = [tick_width(one) for one in offered]
    if sum(widths) + _BETWEEN * (len(offered) - 1) <= width:
        return (_row_of_boxes(offered, x), air(2))
    fitting = int((width + _BETWEEN) // (max(widths) + _BETWEEN))
    columns = max(1, min(fitting, _MOST_COLUMNS, len(offered)))
    each = (width - _BETWEEN * (columns - 1)) / columns
    down = -(-len(offered) // columns)
    strips: list[Strip] = []
    for n in range(down):
        line = offered[n::down]
        strips += beside(*(tick(one, x + (each + _BETWEEN) * m, each) for m, one in enumerate(line)))
        strips.append(air(3))
    return tuple(strips)


def _row_of_boxes(offered: Sequence[str], x: float) -> Strip:
    columns = []
    for one in offered:
        width = tick_width(one)
        columns.append(tick(one, x, width + 2))
        x += width + _BETWEEN
    return beside(*columns)[0]


def _other(said: str, x: float, width: float) -> tuple[Strip, ...]:
    """The last box, with a line for one's own words."""
    own = tick_width(said)
    line = pen(x + own + 6, max(60.0, min(_MIDDLE, width - own - 6)))
    box = tick(said, x, own + 2)[0]
    return beside((line,), (Strip(PEN, lambda p, y: box.paint(p, y + 5)),))


def _tr(words: str) -> str:
    return QCoreApplication.translate("form_paper", words)
