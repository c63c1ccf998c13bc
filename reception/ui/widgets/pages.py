"""Full pages, one of which shows."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

_SMALLEST = QSize(480, 300)


class Pages(QStackedWidget):
    """Never makes the window larger: a page that needs more room doesn't push the window off the screen."""

    @override
    def minimumSizeHint(self) -> QSize:
        return _SMALLEST
