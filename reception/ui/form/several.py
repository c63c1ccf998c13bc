"""A question that takes several typed answers."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.questionnaire.values import Value
from reception.ui.form.control import Control
from reception.ui.widgets import STRETCH, Button, Kind, hbox, vbox


class Several(Control):
    """A question that takes several typed answers: a line for each, and one more on request."""

    def __init__(self, name: str, make: Callable[[str], Control]) -> None:
        super().__init__(name)
        self._name, self._make = name, make
        self._title = ""
        self._lines: list[tuple[Control, QWidget]] = []
        self._column = vbox(gap=6)
        self.more = Button(self.tr("Add another"), kind=Kind.LINK, height=24, name=f"{name}.more")
        self.setLayout(vbox(self._column, hbox(self.more, STRETCH), gap=4))
        self.more.clicked.connect(self._add_by_hand)
        self._add()

    @override
    def values(self) -> tuple[Value, ...]:
        return tuple(value for control, _ in self._lines for value in control.values())

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        while len(self._lines) > max(1, len(values)):
            self._take_away(len(self._lines) - 1)
        while len(self._lines) < len(values):
            self._add()
        for n, (control, _) in enumerate(self._lines):
            control.show_values(values[n : n + 1])

    @override
    def raw(self) -> Any:
        return [control.raw() for control, _ in self._lines]

    @override
    def put(self, typed: Any) -> None:
        while len(self._lines) < len(typed):
            self._add()
        for (control, _), one in zip(self._lines, typed, strict=False):
            control.put(one)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (*(part for control, _ in self._lines for part in control.inputs()), self.more)

    @override
    def show_title(self, title: str) -> None:
        self._title = title
        for n, (control, _) in enumerate(self._lines, 1):
            control.show_title(f"{title}, {n}")

    @override
    def is_typed(self) -> bool:
        return True

    def _add(self) -> Control:
        n = len(self._lines) + 1
        control = self._make(f"{self._name}.{n}" if n > 1 else self._name)
        away = Button(kind=Kind.GHOST, icon="x", tip=self.tr("Take this answer away"), name=f"{self._name}.{n}.away")
        line = QWidget()
        line.setLayout(hbox((control, 1), away, gap=6))
        self._lines.append((control, line))
        self._column.addWidget(line)
        away.clicked.connect(self._take_away_by_hand)
        control.edited.connect(self.edited)
        self.show_title(self._title)
        self._show_crosses()
        return control

    def _add_by_hand(self) -> None:
        self._add().inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_away(self, n: int) -> None:
        _, line = self._lines.pop(n)
        line.hide()
        line.deleteLater()
        self._show_crosses()

    def _take_away_by_hand(self) -> None:
        button = self.sender()
        place = next(
            (n for n, (_, line) in enumerate(self._lines) if isinstance(button, QWidget) and line.isAncestorOf(button)),
            None,
        )
        if place is not None:
            self._take_away(place)
            self._lines[min(place, len(self._lines) - 1)][0].inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()

    def _show_crosses(self) -> None:
        for _, line in self._lines:
            for button in line.findChildren(Button):
                if button.objectName().endswith(".away"):
                    button.setVisible(len(self._lines) > 1)
