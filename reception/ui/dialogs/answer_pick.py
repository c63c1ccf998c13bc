"""The answer that a rule waits for: a field of the kind that the question takes, or a choice of its own options."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from reception.domain import questionnaire
from reception.domain.errors import Invalid
from reception.domain.gates import Operator
from reception.domain.questionnaire.values import Item, Kind, Value
from reception.ui.dialogs.typed import edits, put, raw
from reception.ui.text import Formats
from reception.ui.widgets import DateEdit, LineEdit, Segmented, Select, TimeEdit, caption, clear, hbox

_NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.QUANTITY)
_DAYS = (Kind.DATE, Kind.DATE_TIME)
_MEASURED = (*_NUMBERS, *_DAYS, Kind.TIME)
_TYPES = {Kind.DATE: "date", Kind.DATE_TIME: "dateTime", Kind.URL: "uri"}
ANSWERED, EMPTY = "answered", "empty"
"""How a question is compared with having an answer at all."""


_tr: Callable[[str], str] = partial(QCoreApplication.translate, "rule")
_MORE: dict[Operator, Callable[[], str]] = {
    Operator.EQUAL: lambda: _tr("is"),
    Operator.GREATER: lambda: _tr("is more than"),
    Operator.AT_LEAST: lambda: _tr("is at least"),
    Operator.LESS: lambda: _tr("is less than"),
    Operator.AT_MOST: lambda: _tr("is at most"),
    Operator.NOT_EQUAL: lambda: _tr("is not"),
}
_LATER: dict[Operator, Callable[[], str]] = {
    **_MORE,
    Operator.GREATER: lambda: _tr("is after"),
    Operator.AT_LEAST: lambda: _tr("is on or after"),
    Operator.LESS: lambda: _tr("is before"),
    Operator.AT_MOST: lambda: _tr("is on or before"),
}


class AnswerPick(QWidget):
    """What is compared with: Yes or No, one of the question's options, a number, a day, or words."""

    edited = Signal()

    def __init__(self, formats: Formats, *, name: str) -> None:
        super().__init__()
        self._formats, self._name = formats, name
        self._item: Item | None = None
        self._inner: QWidget | None = None
        self._box = hbox(gap=8)
        self.setLayout(self._box)

    def show_item(self, item: Item | None) -> None:
        """Asks for an answer to another question."""
        if item == self._item and self._inner is not None:
            return
        clear(self._box)
        self._item, self._inner = item, None
        if item is None:
            return
        self._inner = inner = self._control(item)
        inner.setObjectName(f"{self._name}.value")
        inner.setAccessibleName(_tr("Answer"))
        edits(inner).connect(self.edited)
        self._box.addWidget(inner, 0 if isinstance(inner, Segmented) else 1)
        if isinstance(inner, Segmented):
            self._box.addStretch(1)
        if unit := unit_words(item):
            self._box.addWidget(caption(unit))
        self.setFocusProxy(inner)

    def value(self) -> Value:
        """The answer; raises Invalid where there is none, or where it can't be read."""
        try:
            found = self._read()
        except Invalid as error:
            raise Invalid(error.template, field="answer", **error.values) from None
        if found is None:
            raise Invalid("There is no answer to compare with yet. Fill it in.", field="answer")
        return found

    def show_value(self, value: Value) -> None:
        """Shows another answer, if the question can have it."""
        match self._inner:
            case Segmented():
                self._inner.choose(0 if value.value else 1)
            case Select():
                self._inner.choose(self._option(value))
            case DateEdit():
                self._inner.show_day(self._formats.parse_day(str(value.value)[:10]))
            case TimeEdit():
                self._inner.setText(str(value.value)[:5])
            case LineEdit():
                self._inner.setText(self._typed(value))
            case _:
                return

    def raw(self) -> list[Any] | None:
        """What stands in the field, and in what kind of field."""
        return None if self._inner is None else [type(self._inner).__name__, raw(self._inner)]

    def put(self, typed: list[Any] | None) -> None:
        """Shows again what was typed, where the field is still of that kind."""
        if typed is not None and self._inner is not None and typed[0] == type(self._inner).__name__:
            put(self._inner, typed[1])

    def _control(self, item: Item) -> QWidget:
        if item.kind is Kind.BOOLEAN:
            return Segmented([_tr("Yes"), _tr("No")])
        if item.options:
            return Select([(n, option.words) for n, option in enumerate(item.options)])
        if item.kind in _DAYS:
            return DateEdit(self._formats)
        if item.kind is Kind.TIME:
            return TimeEdit(self._formats)
        return LineEdit()

    def _read(self) -> Value | None:
        item, inner = self._item, self._inner
        match inner:
            case Segmented():
                return Value("boolean", inner.index() == 0)
            case Select():
                index = inner.value()
                return None if item is None or index is None else item.options[index].value
            case DateEdit():
                day = inner.day()
                return None if item is None or day is None else Value(_TYPES[item.kind], day.isoformat())
            case TimeEdit():
                at = inner.time()
                return None if at is None else Value("time", at.isoformat())
            case LineEdit() if item is not None and inner.text().strip():
                return self._written(item, inner.text().strip())
        return None

    def _written(self, item: Item, words: str) -> Value:
        if item.kind not in _NUMBERS:
            return Value(_TYPES.get(item.kind, "string"), words)
        number = self._formats.parse_decimal(words)
        if item.kind is Kind.QUANTITY:
            return Value("Quantity", {"value": number, **_unit(item)})
        if item.kind is Kind.DECIMAL:
            return Value("decimal", number)
        if number != number.to_integral_value():
            raise Invalid("{typed} is not a whole number. Type one like 12.", typed=words)
        return Value("integer", int(number))

    def _option(self, value: Value) -> int | None:
        options = enumerate(self._item.options if self._item else ())
        return next((n for n, option in options if questionnaire.equal(option.value, value)), None)

    def _typed(self, value: Value) -> str:
        held = value.value.get("value") if isinstance(value.value, Mapping) else value.value
        return self._formats.decimal(Decimal(held)) if isinstance(held, int | Decimal) else str(held or "")


def comparisons(item: Item) -> list[tuple[str, str]]:
    """The ways in which an answer to a question can be compared, in plain words."""
    has = [(ANSWERED, _tr("is answered")), (EMPTY, _tr("is left empty"))]
    if item.kind in (Kind.ATTACHMENT, Kind.REFERENCE):
        return has
    if item.kind is Kind.BOOLEAN:
        return [(Operator.EQUAL.value, _tr("is")), *has]
    if item.kind in _MEASURED and not item.options:
        words = _LATER if item.kind not in _NUMBERS else _MORE
        return [*((operator.value, tell()) for operator, tell in words.items()), *has]
    same, other = (_tr("includes"), _tr("doesn’t include")) if item.repeats else (_tr("is"), _tr("is not"))
    return [(Operator.EQUAL.value, same), (Operator.NOT_EQUAL.value, other), *has]


def operator_words(operator: Operator, answer: Value) -> str:
    """How a rule compares with an answer, where the question itself isn't at hand."""
    return (_LATER if answer.type in ("date", "dateTime", "time") else _MORE)[operator]()


def comparison(operator: Operator, answer: Value) -> str:
    """Which of them a rule uses."""
    if operator is Operator.EXISTS:
        return ANSWERED if answer.value else EMPTY
    return operator.value


def answer_words(value: Value, formats: Formats) -> str:
    """An answer as the clinic writes it."""
    if value.type in ("date", "dateTime"):
        return formats.partial(str(value.value)[:10])
    if value.type in ("integer", "decimal"):
        return formats.decimal(Decimal(value.value))
    return questionnaire.words_of(value)


def unit_words(item: Item) -> str:
    """What a number is counted in, "" where nothing says."""
    unit = item.unit or next((option.value for option in item.units), None)
    return questionnaire.words_of(unit) if unit is not None else ""


def _unit(item: Item) -> dict[str, Any]:
    unit = item.unit or next((option.value for option in item.units), None)
    if unit is None:
        return {}
    held = unit.value
    words = {"unit": held.get("display") or held.get("code")}
    return {name: value for name, value in ({**held, **words}).items() if name in ("unit", "system", "code") and value}
