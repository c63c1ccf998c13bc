"""The pad on which somebody who works here types their PIN."""

from functools import partial

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from reception.client_view.messages import PinWrong
from reception.ui import tokens as k
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Disc, Kind, LineEdit, hbox, label, pane, vbox

_WIDE = 280
_CENTER = Qt.AlignmentFlag.AlignHCenter
_PLACES = {str(n): divmod(n - 1, 3) for n in range(1, 10)} | {"0": (3, 1)}


class PinPad(QWidget):
    """Digits to press or to type. `typed` gives a PIN to be judged, `left` that nobody knows one."""

    typed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("client.pad")
        title = label(self.tr("For our staff: your PIN"), k.HEADING, k.SEMIBOLD, align=_CENTER)
        self.line = LineEdit(name="client.pin")
        self.line.setAccessibleName(title.text())
        self.line.setEchoMode(LineEdit.EchoMode.Password)
        self.line.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,8}"), self))
        self.line.setAlignment(_CENTER)
        self.line.setFixedHeight(k.CONTROL_L)
        self._wrong = label("", k.CAPTION, k.MEDIUM, Tone.DANGER, wrap=True, align=_CENTER, name="client.pin.wrong")
        self._enter = Button(self.tr("Enter"), Kind.PRIMARY, height=k.CONTROL_L, wide=True, name="client.pin.enter")
        back = Button(self.tr("Back"), height=k.CONTROL_L, wide=True, name="client.pin.back")
        column = vbox(
            STRETCH,
            hbox(STRETCH, Disc("lock"), STRETCH),
            title,
            self.line,
            self._wrong,
            self._keys(),
            hbox((back, 1), (self._enter, 1)),
            STRETCH,
            gap=10,
        )
        self.setLayout(vbox((pane(hbox(STRETCH, pane(column, width=_WIDE), STRETCH), "surface"), 1), gap=0))
        self.setFocusProxy(self.line)
        self._enter.clicked.connect(self._give)
        self.line.textChanged.connect(self._show_enter)
        back.clicked.connect(self.left)
        self.clear()

    def clear(self) -> None:
        """Begins anew."""
        self.line.clear()
        self._wrong.setText("")
        self._show_enter()

    def show_wrong(self, told: PinWrong) -> None:
        """Says that the PIN is nobody's, and what can be done."""
        self.line.clear()
        if told.minutes:
            words = self.tr("Too many wrong tries. Try again in {count} min.").format(count=told.minutes)
        else:
            many = self.tr("That is nobody’s PIN. {count} tries left.").format(count=told.left)
            words = self.tr("That is nobody’s PIN. One try left.") if told.left == 1 else many
        self._wrong.setText(words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._give()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _keys(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for digit, (row, column) in _PLACES.items():
            grid.addWidget(self._key(digit), row, column)
        rub = Button(self.tr("Clear"), height=k.CONTROL_L, wide=True, name="client.pin.clear")
        rub.clicked.connect(self.line.clear)
        grid.addWidget(rub, 3, 2)
        return grid

    def _key(self, digit: str) -> Button:
        button = Button(digit, height=k.CONTROL_L, wide=True, name=f"client.pin.{digit}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(partial(self._press, digit))
        return button

    def _press(self, digit: str) -> None:
        self.line.insert(digit)

    def _show_enter(self) -> None:
        self._enter.setEnabled(bool(self.line.text()))

    def _give(self) -> None:
        if self.line.text():
            self._wrong.setText("")
            self.typed.emit(self.line.text())
