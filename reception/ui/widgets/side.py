"""The place at the right of the diary: a panel that is always there, and over it one sheet at a time."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QWidget

_WIDEST = 480


@runtime_checkable
class _Leaving(Protocol):
    """A sheet that knows how to be left, and says when it is closed."""

    closed: SignalInstance

    def leave(self) -> None: ...


class Side(QStackedWidget):
    """As wide as what it holds. Folded it hides the panel; a sheet shows itself all the same."""

    emptied = Signal()

    def __init__(self, panel: QWidget, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel, self._wide = panel, width
        self._folded = False
        self.addWidget(panel)
        self.setFixedWidth(width)

    def sheet(self) -> QWidget | None:
        """The sheet that is open."""
        current = self.currentWidget()
        return None if current is self._panel else current

    def show_sheet(self, sheet: QWidget) -> None:
        """Opens a sheet in the panel's place; one that was open is left first, which parks what was typed into it."""
        self._leave()
        self.addWidget(sheet)
        self.setCurrentWidget(sheet)
        if isinstance(sheet, _Leaving):
            sheet.closed.connect(self._hear_closed)
        self._fit()
        sheet.setFocus()

    def take_sheet_away(self) -> None:
        """Leaves the sheet that is open, if one is."""
        if self._leave():
            self.emptied.emit()

    def _leave(self) -> bool:
        sheet = self.sheet()
        if sheet is None:
            return False
        self._remove(sheet)
        if isinstance(sheet, _Leaving):
            sheet.leave()
        return True

    def _remove(self, sheet: QWidget) -> None:
        self.removeWidget(sheet)
        sheet.hide()
        sheet.deleteLater()
        self.setCurrentWidget(self._panel)
        self._fit()

    def fold(self, folded: bool) -> None:
        """Folds the panel away, or shows it."""
        self._folded = folded
        self._fit()

    def _hear_closed(self) -> None:
        sheet = self.sheet()
        # One that was taken away already says so too.
        if sheet is not None and self.sender() is sheet:
            self._remove(sheet)
            self.emptied.emit()

    def _fit(self) -> None:
        sheet = self.sheet()
        self.setFixedWidth(self._wide if sheet is None else min(sheet.maximumWidth(), _WIDEST))
        self.setVisible(sheet is not None or not self._folded)
