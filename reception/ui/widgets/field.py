"""Fields with their titles, and forms of them that show beside each field what can't be."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.tokens import Tone
from reception.ui.widgets.banner import Notice
from reception.ui.widgets.layouts import STRETCH, Item, hbox, vbox
from reception.ui.widgets.words import Icon, caption


class Field(QWidget):
    """A title, the control, and below it a hint, or what is wrong."""

    def __init__(self, title: str, control: QWidget, *, hint: str = "", required: bool = False, name: str = "") -> None:
        super().__init__()
        self.setObjectName(f"{name}_field" if name else "")
        self.control = control
        self._error = ""
        self._hint = caption(hint, wrap=True)
        self._sign, self._sentence = Icon("alert", Tone.DANGER, 14), caption("", Tone.DANGER, k.MEDIUM, wrap=True)
        words = caption(f"{title} *" if required else title, Tone.INK2, k.MEDIUM)
        words.setBuddy(control)
        control.setAccessibleName(title)
        if name:
            control.setObjectName(name)
        sign = vbox(self._sign, STRETCH, gap=0)
        wrong = hbox(sign, (self._sentence, 1), gap=6)
        self.setLayout(vbox(words, control, self._hint, wrong, gap=5))
        self.show_hint(hint)
        self.clear_error()

    def error(self) -> str:
        """What is wrong, as shown."""
        return self._error

    def show_hint(self, hint: str) -> None:
        """Says something that helps to fill it in."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint) and not self._error)

    def show_error(self, sentence: str) -> None:
        """Says in a sentence what is wrong, in place of the hint."""
        self._show(sentence)

    def clear_error(self) -> None:
        """Nothing is wrong with it."""
        self._show("")

    def _show(self, sentence: str) -> None:
        self._error = sentence
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._sign.setVisible(bool(sentence))
        self._hint.setVisible(bool(self._hint.text()) and not sentence)
        self.control.setAccessibleDescription(sentence)
        theme.mark(self.control, "wrong", "true" if sentence else "false")


class Form(QWidget):
    """Fields below and beside each other, known by their names; what belongs to no field is said above them."""

    def __init__(self, *, gap: int = 12, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.fields: dict[str, Field] = {}
        self._notice = Notice(name=f"{name}_notice" if name else "")
        self._rows = vbox(gap=gap)
        self.setLayout(vbox(self._notice, self._rows, gap=gap))

    def field(self, name: str, title: str, control: QWidget, *, hint: str = "", required: bool = False) -> Field:
        """A field known by a name, still to be placed in a row."""
        self.fields[name] = made = Field(title, control, hint=hint, required=required, name=name)
        return made

    def add(self, name: str, title: str, control: QWidget, *, hint: str = "", required: bool = False) -> Field:
        """A field with a row of its own."""
        made = self.field(name, title, control, hint=hint, required=required)
        self._rows.addWidget(made)
        return made

    def add_row(self, *items: Item, gap: int = 12) -> None:
        """Several things side by side, their tops in line."""
        row = hbox(*items, gap=gap)
        row.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._rows.addLayout(row)

    def show_error(self, name: str, sentence: str) -> None:
        """Says a refusal beside its field and goes there; one without a field is said above them all."""
        field = self.fields.get(name)
        if field is None:
            self._notice.say(sentence, tone=Tone.DANGER)
            return
        field.show_error(sentence)
        field.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_errors(self) -> None:
        """Takes back every refusal, as before trying again."""
        self._notice.clear()
        for field in self.fields.values():
            field.clear_error()

    def errors(self) -> dict[str, str]:
        """What is wrong now, by the names of the fields; "" for what belongs to none."""
        found = {name: field.error() for name, field in self.fields.items() if field.error()}
        return found | ({"": self._notice.text()} if self._notice.text() else {})
