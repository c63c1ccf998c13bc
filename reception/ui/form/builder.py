"""One control for each kind of question: which one, and how it is set up."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from reception.domain.questionnaire.values import Control as Wish
from reception.domain.questionnaire.values import Item, Kind, Option, Value
from reception.ui.form.choices import Choices, Listed, Looked, Pick, picks
from reception.ui.form.control import Control, Desk
from reception.ui.form.dates import Clock, Day, Moment
from reception.ui.form.files import File, Told
from reception.ui.form.several import Several
from reception.ui.form.typed import Lines, Measure, Number, Slide, Words

_FEW = 5  # answers that all stand there
_MANY = 12  # answers that still fit into a list that opens


def control(item: Item, name: str, desk: Desk, *, calculated: bool = False) -> Control:
    """The control that takes the answers to a question."""
    if item.read_only or calculated:
        return Told(name, desk, _tr("not reckoned yet") if calculated else "\N{EN DASH}")
    make = _maker(item, desk)
    chosen = item.kind is Kind.BOOLEAN or item.options
    if item.repeats and (not chosen or _is_long(item)):
        return Several(name, make)
    return make(name)


def is_statement(item: Item) -> bool:
    """Whether it is a sentence to agree to: a box to tick, not a question of yes or no."""
    return item.kind is Kind.BOOLEAN and item.control is Wish.CHECK


def offered(item: Item) -> tuple[Pick, ...]:
    """What a question offers to choose from; nothing where it isn't answered by choosing."""
    if item.kind is Kind.BOOLEAN:
        return Pick(Value("boolean", True), _tr("Yes"), "Y"), Pick(Value("boolean", False), _tr("No"), "N")
    if not item.options or item.kind is Kind.QUANTITY:
        return ()
    is_open = item.kind is Kind.OPEN_CHOICE
    return picks(item.options, (item.open_words or _tr("Another…")) if is_open else "")


def _maker(item: Item, desk: Desk) -> Callable[[str], Control]:
    if item.options and item.kind is not Kind.QUANTITY:
        return lambda name: _chosen(item, name)
    return lambda name: _given(item, name, desk)


def _chosen(item: Item, name: str) -> Control:
    answers = offered(item)
    if (item.repeats or item.control is Wish.CHECK) and not _is_long(item):
        return Choices(name, answers, many=item.repeats)
    if item.control in (Wish.RADIO, Wish.TABLE) or (len(item.options) <= _FEW and item.control is None):
        return Choices(name, answers)
    if _is_long(item):
        return Looked(name, answers, is_open=item.kind is Kind.OPEN_CHOICE)
    return Listed(name, answers)


def _is_long(item: Item) -> bool:
    if item.control in (Wish.CHECK, Wish.RADIO, Wish.TABLE, Wish.DROP_DOWN):
        return False
    return item.control is Wish.AUTOCOMPLETE or len(item.options) > _MANY


def _given(item: Item, name: str, desk: Desk) -> Control:
    bounds, hint = item.bounds, item.placeholder
    match item.kind:
        case Kind.BOOLEAN:
            return _yes_or_no(item, name)
        case Kind.INTEGER | Kind.DECIMAL if item.control is Wish.SLIDER:
            return Slide(name, desk, item.kind, bounds, item.slider_step)
        case Kind.INTEGER | Kind.DECIMAL:
            return Number(name, desk, whole=item.kind is Kind.INTEGER, unit=_unit_words(item), hint=hint)
        case Kind.QUANTITY:
            return Measure(name, desk, _units(item), hint=hint)
        case Kind.DATE:
            return Day(name, desk)
        case Kind.DATE_TIME:
            return Moment(name, desk)
        case Kind.TIME:
            return Clock(name, desk)
        case Kind.TEXT:
            return Lines(name, hint=hint)
        case Kind.ATTACHMENT:
            return File(name, bounds)
        case _:
            return Words(name, item.kind, hint=hint or _uncoded(item))


def _yes_or_no(item: Item, name: str) -> Control:
    if is_statement(item):
        return Choices(name, (Pick(Value("boolean", True), item.words, "Y"),), many=True, keys=True)
    return Choices(name, offered(item), keys=True)


def _uncoded(item: Item) -> str:
    return _tr("Type an answer; its list isn't here") if item.unlisted else ""


def _unit_words(item: Item) -> str:
    coding = item.unit.value if item.unit is not None and isinstance(item.unit.value, dict) else {}
    return str(coding.get("display") or coding.get("code") or "")


def _units(item: Item) -> tuple[Option, ...]:
    if item.units or item.unit is None:
        return item.units
    return (Option(item.unit, _unit_words(item)),)


def _tr(words: str) -> str:
    return QCoreApplication.translate("form", words)
