"""Asking once for all answers: has anything changed since they were given?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.ui import tokens as k
from reception.ui.tokens import Tone
from reception.ui.widgets import Button, Kind, Notice, vbox


class Since(QWidget):
    """Asks "Anything changed since 12 May?", and takes either answer; hidden while there is nothing to ask about."""

    unchanged = Signal()
    changed = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        same = Button(self.tr("Nothing has changed"), Kind.PRIMARY, height=k.CONTROL, name=f"{name}.unchanged")
        other = Button(self.tr("Something has"), height=k.CONTROL, name=f"{name}.changed")
        self._notice = Notice(same, other, name=f"{name}.notice")
        self.setLayout(vbox(self._notice, gap=0))
        # Enter by mistake is to take nothing for granted.
        self.setFocusProxy(other)
        same.clicked.connect(self.unchanged)
        other.clicked.connect(self.changed)
        self.show_day("")

    def show_day(self, day: str) -> None:
        """Asks about the answers of a day, said in words; without one it asks nothing."""
        self.setVisible(bool(day))
        if day:
            title = self.tr("Anything changed since {day}?").format(day=day)
            self._notice.say(title, self.tr("If not, the same answers are kept with today’s date."), Tone.ACCENT)
