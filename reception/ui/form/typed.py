"""Questions that are answered by typing: words, numbers with and without a unit, a place on a scale."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.errors import Invalid
from reception.domain.questionnaire.values import Bounds, Kind, Option, Value
from reception.ui import tokens as k
from reception.ui.form.control import Control, Desk, OneLine
from reception.ui.form.scale import Scale
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, LineEdit, Select, TextArea, hbox, label

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LINES = 4


class Words(OneLine[LineEdit]):
    """A line of words: a name, an address on the net, whom or what is meant."""

    def __init__(self, name: str, kind: Kind, *, hint: str = "", longest: int | None = None) -> None:
        super().__init__(name, LineEdit(hint=hint, name=f"{name}.line"))
        self._kind = kind
        if longest:
            self.line.setMaxLength(longest)
        self.setLayout(hbox(self.line))

    @override
    def values(self) -> tuple[Value, ...]:
        typed = self.line.text().strip()
        if not typed:
            return ()
        match self._kind:
            case Kind.REFERENCE:
                return (Value("Reference", {"display": typed}),)
            case Kind.CHOICE:
                return (Value("Coding", {"display": typed}),)
            case Kind.URL:
                return (Value("uri", typed),)
            case _:
                return (Value("string", typed),)

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        self.line.setText(_plain(values[0]) if values else "")


class Lines(Control):
    """Several lines of words."""

    def __init__(self, name: str, *, hint: str = "", longest: int | None = None) -> None:
        super().__init__(name)
        self._longest = longest
        self.area = TextArea(hint=hint, lines=_LINES, name=f"{name}.area")
        self.setLayout(hbox(self.area))
        self.area.edited.connect(self.edited)

    @override
    def values(self) -> tuple[Value, ...]:
        typed = self.area.toPlainText().strip()
        return (Value("string", typed),) if typed else ()

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        self.area.blockSignals(True)
        self.area.setPlainText(_plain(values[0]) if values else "")
        self.area.blockSignals(False)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.area,)

    @override
    def is_typed(self) -> bool:
        return True


def _plain(value: Value) -> str:
    return str(value.value.get("display", "")) if isinstance(value.value, dict) else str(value.value)


class Number(OneLine[LineEdit]):
    """A number as the clinic writes numbers, perhaps with the unit in which it is meant."""

    def __init__(self, name: str, desk: Desk, *, whole: bool, unit: str = "", hint: str = "") -> None:
        super().__init__(name, LineEdit(hint=hint, name=f"{name}.line"))
        self._desk, self._whole, self._unit = desk, whole, unit
        self.line.setFixedWidth(92)
        self.line.setAlignment(_RIGHT)
        self.setLayout(hbox(self.line, label(unit, tone=Tone.INK2) if unit else None, STRETCH, gap=8))

    @override
    def values(self) -> tuple[Value, ...]:
        typed = self.line.text().strip()
        if not typed:
            return ()
        number = self._desk.formats.parse_decimal(typed)
        if not self._whole:
            return (Value("decimal", number),)
        if number != number.to_integral_value():
            raise Invalid("{typed} isn't a whole number. Leave out what stands behind the point.", typed=typed)
        return (Value("integer", int(number)),)

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        self.line.setText(self._desk.formats.decimal(Decimal(values[0].value)) if values else "")

    @override
    def show_title(self, title: str) -> None:
        self.line.setAccessibleName(f"{title}, {self._unit}" if self._unit else title)


class Measure(Control):
    """A number with a unit that can be chosen; the unit is an answer only beside a number."""

    def __init__(self, name: str, desk: Desk, units: Sequence[Option], *, hint: str = "") -> None:
        super().__init__(name)
        self._desk, self._units = desk, tuple(units)
        self.line = LineEdit(hint=hint, name=f"{name}.line")
        self.line.setFixedWidth(92)
        self.line.setAlignment(_RIGHT)
        self.unit: Select[int] = Select([(n, one.words) for n, one in enumerate(self._units)], name=f"{name}.unit")
        beside = self.unit if self._has_choice() else label(self._units[0].words, tone=Tone.INK2) if units else None
        self.setLayout(hbox(self.line, beside, STRETCH, gap=6))
        self.line.edited.connect(self.edited)
        self.unit.chosen.connect(self._say_edited)

    @override
    def values(self) -> tuple[Value, ...]:
        typed = self.line.text().strip()
        if not typed:
            return ()
        made: dict[str, Any] = {"value": self._desk.formats.parse_decimal(typed)}
        if self._units:
            unit = self._units[self.unit.value() or 0]
            coding = unit.value.value if isinstance(unit.value.value, dict) else {}
            made["unit"] = coding.get("display") or coding.get("code") or unit.words
            made |= {part: coding[part] for part in ("system", "code") if coding.get(part)}
        return (Value("Quantity", made),)

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        held = values[0].value if values else {}
        self.line.setText(self._desk.formats.decimal(Decimal(held["value"])) if "value" in held else "")
        chosen = next((n for n, one in enumerate(self._units) if _is_unit(one, held)), None)
        if chosen is not None:
            self.unit.choose(chosen)

    @override
    def show_title(self, title: str) -> None:
        unit = "" if self._has_choice() or not self._units else f", {self._units[0].words}"
        self.line.setAccessibleName(title + unit)
        self.unit.setAccessibleName(self.tr("Unit of %1").replace("%1", title))

    @override
    def raw(self) -> Any:
        return [self.line.text(), self.unit.value()]

    @override
    def put(self, typed: Any) -> None:
        words, unit = typed
        self.line.setText(words)
        self.unit.choose(unit)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.line, self.unit) if self._has_choice() else (self.line,)

    @override
    def is_typed(self) -> bool:
        return True

    def _has_choice(self) -> bool:
        return len(self._units) > 1

    def _say_edited(self, _unit: object) -> None:
        self.edited.emit()


def _is_unit(option: Option, held: dict[str, Any]) -> bool:
    coding = option.value.value if isinstance(option.value.value, dict) else {}
    code = held.get("code") or held.get("unit")
    return bool(code) and code in (coding.get("code"), coding.get("display"), option.words)


class Slide(Control):
    """A number on a scale; untouched it is no answer."""

    def __init__(self, name: str, desk: Desk, kind: Kind, bounds: Bounds, step: Decimal | None) -> None:
        super().__init__(name)
        self._desk, self._kind = desk, kind
        self._least = Decimal(bounds.least.value) if bounds.least else Decimal(0)
        most = Decimal(bounds.most.value) if bounds.most else self._least + 100
        self._step = step or Decimal(1)
        self._touched = False
        self.slider = Scale(name=f"{name}.slider")
        self.slider.setRange(0, max(0, int((most - self._least) / self._step)))
        self._said = label("", weight=k.MEDIUM, align=_RIGHT, name=f"{name}.said")
        self._said.setMinimumWidth(44)
        self.setLayout(hbox((self.slider, 1), self._said, gap=8))
        self.setMinimumHeight(k.CONTROL)
        self.slider.valueChanged.connect(self._move)
        self.slider.sliderPressed.connect(self._move)
        self._show()

    @override
    def values(self) -> tuple[Value, ...]:
        if not self._touched:
            return ()
        at = self._least + self.slider.value() * self._step
        return (Value("integer", int(at)) if self._kind is Kind.INTEGER else Value("decimal", at),)

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        self._touched = bool(values)
        self.slider.blockSignals(True)
        self.slider.setValue(int((Decimal(values[0].value) - self._least) / self._step) if values else 0)
        self.slider.blockSignals(False)
        self._show()

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.slider,)

    def _move(self) -> None:
        self._touched = True
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        given = self.values()
        self.slider.show_set(is_set=self._touched)
        self._said.setText(self._desk.formats.decimal(Decimal(given[0].value)) if given else "\N{EN DASH}")
