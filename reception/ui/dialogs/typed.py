"""What stands in a control as plain data: how a draft keeps it, and how it is read back."""

from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from reception.domain.errors import Invalid
from reception.ui.dialogs.percent_edit import PercentEdit
from reception.ui.widgets import Answers, Check, DateEdit, MoneyEdit, Segmented, Select, TimeEdit


@runtime_checkable
class Composed(Protocol):
    """A control of several parts, which says itself what is kept of it."""

    def raw(self) -> Any:
        """What stands in it, as plain data."""

    def put(self, value: Any, /) -> None:
        """Puts plain data back."""


def raw(control: QWidget) -> Any:
    """What stands in a control, as plain data."""
    match control:
        case QLineEdit():
            return control.text()
        case QPlainTextEdit():
            return control.toPlainText()
        case QSpinBox():
            return control.value()
        case Select():
            return control.value()
        case Segmented():
            return control.index()
        case Answers():
            return list(control.indexes())
        case Check():
            return control.isChecked()
        case Composed():
            return control.raw()
        case _:
            raise TypeError(f"{control} can't be kept")


def put(control: QWidget, value: Any) -> None:
    """Puts plain data back into a control."""
    match control:
        case QLineEdit():
            control.setText(value)
        case QPlainTextEdit():
            control.setPlainText(value)
        case QSpinBox():
            control.setValue(value)
        case Select():
            choose(control, value)
        case Segmented():
            control.choose(value)
        case Answers():
            control.choose(*value)
        case Check():
            control.setChecked(value)
        case Composed():
            control.put(value)
        case _:
            raise TypeError(f"{control} can't be kept")


def choose(select: Select[Any], value: Any) -> None:
    """Chooses a value of a list; nothing means the first, as in "as the clinic"."""
    if value is None:
        select.setCurrentIndex(0)
    else:
        select.choose(value)


def read_typed(name: str, control: QWidget) -> None:
    """Reads a control into which anything can be typed; raises Invalid with its field where it can't be read."""
    try:
        match control:
            case MoneyEdit():
                control.amount()
            case PercentEdit():
                control.rate()
            case TimeEdit():
                control.minutes()
            case DateEdit():
                control.day()
            case _:
                return
    except Invalid as error:
        raise Invalid(error.template, field=name, **error.values) from None


def edits(control: QWidget) -> SignalInstance:
    """The signal by which a control tells that somebody edited it."""
    for name in ("edited", "chosen", "changed", "clicked"):
        signal: SignalInstance | None = getattr(control, name, None)
        if signal is not None:
            return signal
    raise TypeError(f"{control} tells of no edits")
