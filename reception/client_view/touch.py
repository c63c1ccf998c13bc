"""Made for fingers: whatever can be pressed is large enough, also what a desk with a mouse shows smaller."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from typing_extensions import override

from reception.ui import tokens as k

SCALE = 1.4
"""How much larger everything is than at the desk: a control of 32 px becomes one of 45."""

LEAST = k.CONTROL
"""Pixels, before they are scaled, that something to press has at least in height and width."""


class Fingers(QObject):
    """Watches a program and enlarges what is made for a mouse, as it is first shown."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Polish and isinstance(watched, QAbstractButton | QLineEdit):
            enlarge(watched)
        return False


def enlarge(control: QAbstractButton | QLineEdit) -> None:
    """Gives a control the least size that a finger needs."""
    if control.maximumHeight() < LEAST:
        control.setFixedHeight(LEAST)
    control.setMinimumHeight(max(LEAST, control.minimumHeight()))
    if control.maximumWidth() < LEAST:
        control.setFixedWidth(LEAST)
    control.setMinimumWidth(max(LEAST, control.minimumWidth()))
