"""What lies over the form while nobody answers: asking whether somebody is there, locked, handed back, done."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from reception.ui import tokens as k
from reception.ui.tokens import Tone
from reception.ui.widgets import Button, Empty, Kind, pane, vbox


class Cover(StrEnum):
    """What is in front."""

    WAITING = "waiting"
    FORM = "form"
    STILL = "still"
    LOCKED = "locked"
    PAD = "pad"
    CHOICE = "choice"
    THANKS = "thanks"


class Sheet(QWidget):
    """A sign, a sentence or two, and what can be pressed; nothing of the form is to be seen behind it."""

    def __init__(self, icon: str, title: str, words: str, *buttons: Button, tone: Tone = Tone.INK3, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.buttons = buttons
        state = Empty(icon, title, words, *buttons, width=420, tone=tone, name=f"{name}.state")
        self.setLayout(vbox((pane(vbox((state, 1)), "surface"), 1), gap=0))


def waiting() -> Sheet:
    """Before the desk has said which form it is."""
    return Sheet("form", _tr("One moment"), _tr("The form is on its way."), name="client.waiting")


def still() -> Sheet:
    """Nobody has touched the screen for a while."""
    go_on = _button(_tr("Go on"), "still.go_on", Kind.PRIMARY)
    words = _tr("Your answers are kept. Soon this screen locks, so that nobody else reads them.")
    return Sheet("clock", _tr("Are you still there?"), words, go_on, name="client.still")


def locked() -> Sheet:
    """Nobody has touched it for longer: only a PIN opens it again."""
    unlock = _button(_tr("Unlock with a PIN"), "locked.unlock")
    words = _tr("Your answers are kept. Please ask at the desk to go on.")
    return Sheet("lock", _tr("This screen is locked"), words, unlock, name="client.locked")


def choice() -> Sheet:
    """Somebody who works here has typed their PIN."""
    go_on = _button(_tr("Go on with the form"), "choice.go_on")
    take = _button(_tr("Take the screen back"), "choice.take", Kind.PRIMARY)
    words = _tr("The form can go on, or lie at the desk as it is.")
    return Sheet("user", _tr("Whose turn is it?"), words, go_on, take, name="client.choice")


def thanks() -> Sheet:
    """The form is finished and at the desk."""
    take = _button(_tr("Take the screen back"), "thanks.take")
    words = _tr("Your answers are with the desk now. Please hand this screen back.")
    return Sheet("done", _tr("Thank you"), words, take, tone=Tone.GOOD, name="client.thanks")


def _button(words: str, name: str, kind: Kind = Kind.SECONDARY) -> Button:
    return Button(words, kind, height=k.CONTROL_L, name=f"client.{name}")


def _tr(words: str) -> str:
    return QCoreApplication.translate("client", words)
