"""The form tried out as the client fills it in: its pages, its review, what answers mean. Nothing is kept."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from reception.domain.questionnaire import Filling
from reception.ui.form import Desk, FormDialog, Progress, Steps
from reception.ui.panels.editor.facts import Facts
from reception.ui.panels.editor.meaning import alarms
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Banner, Button, Hair, Scroller, hbox, pane, vbox

_LEFT = 236
_AFTER = 150  # milliseconds after an answer in which it is said what that means


class Trying(QWidget):
    """A form that is tried; `ended` asks to go back to editing it."""

    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("editor.trying")
        self._facts: Facts | None = None
        self.dialog: FormDialog | None = None
        self._weigh = QTimer(self, singleShot=True, interval=_AFTER)
        self._weigh.timeout.connect(self._show_meaning)
        self._again = Button(self.tr("Begin again"), height=26, name="editor.try.again")
        self._end = Button(self.tr("Back to editing"), key="Esc", height=26, name="editor.try.end")
        self._banner = Banner(self._again, self._end, square=True, name="editor.try.banner")
        self._share, self._steps = Progress(name="editor.try.progress"), Steps()
        column = pane(vbox(pane(vbox(self._share, margins=(20, 18, 20, 14))), self._steps, STRETCH, gap=0))
        left = pane(hbox((Scroller(column), 1), Hair(vertical=True, strong=True), gap=0), "canvas", width=_LEFT)
        self._place = vbox(gap=0)
        middle = pane(self._place, "surface")
        self.setLayout(vbox(self._banner, (pane(hbox(left, (middle, 1), gap=0)), 1), gap=0))
        self._steps.chosen.connect(self._go_to)
        self._again.clicked.connect(self._begin_again)
        self._end.clicked.connect(self.ended)

    def begin(self, facts: Facts) -> None:
        """Begins with an empty form."""
        self._facts = facts
        self.end()
        if facts.form is None:
            return
        words = self.tr("Nothing that you answer is kept; what it would mean for services is said below it.")
        self._banner.say(self.tr("You are trying the form as the client."), words, Tone.ACCENT)
        filling = Filling(facts.form, today=facts.today)
        self.dialog = dialog = FormDialog(filling, Desk(facts.formats, facts.today))
        self._place.addWidget(dialog)
        dialog.changed.connect(self._weigh.start)
        dialog.turned.connect(self._show_steps)
        dialog.submitted.connect(self._finish)
        dialog.show()
        self._show_steps()

    def end(self) -> None:
        """Lets go of what was answered."""
        self._weigh.stop()
        if self.dialog is not None:
            self._place.removeWidget(self.dialog)
            self.dialog.hide()
            self.dialog.deleteLater()
        self.dialog = None

    def _begin_again(self) -> None:
        if self._facts is not None:
            self.begin(self._facts)

    def _go_to(self, key: str) -> None:
        if self.dialog is not None:
            self.dialog.show_page(key)

    def _show_steps(self) -> None:
        if self.dialog is not None:
            answered, asked = self.dialog.filling.progress()
            self._steps.show_steps(self.dialog.steps())
            self._share.show_share(answered / asked if asked else 1.0)

    def _show_meaning(self) -> None:
        dialog, facts = self.dialog, self._facts
        if dialog is not None and facts is not None:
            told = alarms(facts.state.consequences, dialog.filling.answers(), facts.around.names)
            dialog.show_meaning(told, ())

    def _finish(self) -> None:
        words = self.tr("Here the form would be handed in. Nothing was kept.")
        self._banner.say(self.tr("It can be finished."), words, Tone.GOOD)
