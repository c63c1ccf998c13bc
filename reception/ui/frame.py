"""The program's window, from the first moment to the last; it loads nothing, so that it shows at once."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget
from typing_extensions import override

SMALLEST = (820, 480)
USUAL = (1366, 768)


class Frame(QMainWindow):
    """One window from the first moment to the last; what it holds changes."""

    closing = Signal()
    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reception")
        self.setWindowTitle(self.tr("Reception"))
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._may_close = False
        quit_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Quit), self)
        quit_key.activated.connect(self.close)

    def show_page(self, page: QWidget) -> None:
        """Holds this now; what it held before is deleted."""
        self.setCentralWidget(page)
        self.setWindowTitle(page.windowTitle() or self.tr("Reception"))
        page.windowTitleChanged.connect(self.setWindowTitle)
        page.setFocus()

    def end(self) -> None:
        """All is put away: the window may go."""
        self._may_close = True
        self.close()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()
