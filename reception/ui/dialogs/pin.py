"""Giving somebody a PIN: typed twice, read by nobody."""

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import staff
from reception.domain.staff import LONGEST_PIN, SHORTEST_PIN, Person
from reception.ui.ask import ask
from reception.ui.widgets import STRETCH, Button, Field, Kind, LineEdit, Prose, hbox, heading, vbox
from reception.ui.widgets.floating import Floating
from reception.ui.workbench import Workbench

_WIDTH = 400
TAKE_AWAY = 2
"""The dialog's result that says that the PIN shall go."""


async def set_pin(bench: Workbench, window: QWidget, person: Person) -> None:
    """Gives somebody a PIN, or another, or takes theirs away, as is typed over the window."""
    title = window.tr("A PIN for {name}").format(name=person.name)
    words = window.tr("It leads out of the client's screen. Nobody can look it up later; a new one can be set.")
    dialog = PinDialog(window, title, words, has_pin=person.has_pin)
    result = await ask(dialog)
    if not result:
        return
    await bench.backend.write(staff.set_pin, person.id, dialog.pin)
    said = window.tr("{name} has no PIN any more") if result == TAKE_AWAY else window.tr("{name} has a new PIN")
    bench.said.emit(said.format(name=person.name), None)


class PinDialog(Floating):
    """Asks for a new PIN twice; accepted, `pin` holds it."""

    def __init__(self, window: QWidget, title: str, words: str, *, has_pin: bool = False) -> None:
        self.pin = ""
        digits = QRegularExpressionValidator(QRegularExpression(rf"\d{{0,{LONGEST_PIN}}}"))
        self._lines = (LineEdit(), LineEdit())
        for line in self._lines:
            line.setEchoMode(LineEdit.EchoMode.Password)
            line.setValidator(digits)
        self._digits = digits
        name, prose = heading(title), Prose(words)
        name.setWordWrap(True)
        hint = window.tr("{shortest} to {longest} digits").format(shortest=SHORTEST_PIN, longest=LONGEST_PIN)
        self._fields = (
            Field(window.tr("PIN"), self._lines[0], hint=hint, name="pin.first"),
            Field(window.tr("The same again"), self._lines[1], name="pin.again"),
        )
        self._save = Button(window.tr("Set the PIN"), Kind.PRIMARY, key="Enter", name="pin.save")
        back = Button(window.tr("Not now"), Kind.GHOST, key="Esc", name="pin.back")
        away = Button(window.tr("Take it away"), Kind.DANGER, name="pin.away") if has_pin else None
        foot = hbox(away, STRETCH, back, self._save)
        content = vbox(name, prose, *self._fields, foot, gap=12, margins=(20, 18, 20, 16))
        super().__init__(window, content, width=_WIDTH, name="pin")
        self.setAccessibleName(title)
        self.setFocusProxy(self._lines[0])
        self._save.clicked.connect(self._take)
        back.clicked.connect(self.reject)
        if away is not None:
            away.clicked.connect(self._take_away)
        for line in self._lines:
            line.edited.connect(self._clear_errors)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return
        super().keyPressEvent(event)

    def _take(self) -> None:
        first, again = (line.text() for line in self._lines)
        if not SHORTEST_PIN <= len(first) <= LONGEST_PIN:
            words = self.tr("Type {shortest} to {longest} digits.")
            self._fields[0].show_error(words.format(shortest=SHORTEST_PIN, longest=LONGEST_PIN))
            self._lines[0].setFocus()
        elif first != again:
            self._fields[1].show_error(self.tr("The two differ. Type the same digits again."))
            self._lines[1].setFocus()
        else:
            self.pin = first
            self.accept()

    def _take_away(self) -> None:
        self.done(TAKE_AWAY)

    def _clear_errors(self) -> None:
        for field in self._fields:
            field.clear_error()
