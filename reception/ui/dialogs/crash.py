"""When the program itself has made a mistake: what is safe, what it was, and the way on."""

import traceback

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from reception.ui import tokens as k
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Disc, Kind, Prose, hbox, label, vbox

CLOSE = 2
"""The result that means: close the program."""


class Crash(QDialog):
    """Tells of a bug; what was typed is on this desk's disk already, so one may go on or start again."""

    def __init__(self, error: BaseException, log: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crash")
        self.setWindowTitle(self.tr("A mistake in the program"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self._details = QPlainTextEdit("".join(traceback.format_exception(error)))
        self._details.setObjectName("crash.details")
        self._details.setReadOnly(True)
        self._details.setMinimumHeight(200)
        self._details.hide()
        words = self.tr(
            "What was saved stays saved, and what you typed is kept on this desk. The last thing you did may not have "
            "happened: look before you do it again. What went wrong is noted in %1."
        )
        title = label(self.tr("The program has made a mistake"), k.HEADING, k.SEMIBOLD)
        text = vbox(title, Prose(words.replace("%1", log)), gap=4)
        on = Button(self.tr("Go on"), Kind.PRIMARY, name="crash.go_on")
        close = Button(self.tr("Close the program"), name="crash.close")
        self._more = Button(self.tr("Details"), Kind.GHOST, name="crash.more")
        copy = Button(self.tr("Copy"), Kind.GHOST, icon="copy", name="crash.copy")
        head = hbox(vbox(Disc("octagon", Tone.DANGER, 40), STRETCH), (text, 1), gap=14)
        foot = hbox(self._more, copy, STRETCH, close, on)
        self.setLayout(vbox(head, self._details, foot, gap=16, margins=(20, 20, 20, 16)))
        on.clicked.connect(self.accept)
        close.clicked.connect(self._close_program)
        copy.clicked.connect(self._copy)
        self._more.clicked.connect(self._show_details)
        on.setFocus()

    def _close_program(self) -> None:
        self.done(CLOSE)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())

    def _show_details(self) -> None:
        self._details.setVisible(not self._details.isVisible())
        self.adjustSize()
