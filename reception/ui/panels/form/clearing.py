"""A clinician lets a service go ahead in spite of an answer, over the form that it was given in (R33)."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.errors import DomainError
from reception.domain.tables.ids import ServiceId
from reception.ui.actions import action
from reception.ui.dialogs.clearance import Clearance, Whom
from reception.ui.widgets import STRETCH, Button, Kind, Prose, hbox, heading, vbox
from reception.ui.widgets.floating import Floating
from reception.ui.workbench import Workbench

_WIDTH = 420


class ClearQuestion(Floating):
    """Asks for the clearance, and gives it."""

    def __init__(
        self,
        window: QWidget,
        bench: Workbench,
        whom: Whom,
        services: Sequence[tuple[ServiceId, str]],
        *,
        why: str,
        day: date,
    ) -> None:
        self.bench = bench
        self._clearance = Clearance(bench, whom, services, day)
        self._go = Button(_tr("Clear it"), Kind.PRIMARY, key="Enter", name="clear.go")
        back = Button(_tr("Not now"), Kind.GHOST, name="clear.back")
        title, foot = heading(_tr("Clear as clinician")), hbox(STRETCH, back, self._go)
        column = vbox(title, Prose(why), self._clearance, foot, gap=12, margins=(20, 18, 20, 16))
        super().__init__(window, column, width=_WIDTH, name="clear")
        self.setAccessibleName(_tr("Clear as clinician"))
        self.setFocusProxy(self._clearance.reason)
        self._clearance.changed.connect(self._show)
        back.clicked.connect(self.reject)
        self._go.clicked.connect(self._clear)
        self._show()

    def show_error(self, field: str, error: DomainError) -> None:
        """Says at its field what is wanting, else in the window's banner."""
        if not self._clearance.show_error(field, error):
            self.bench.refused.emit(error)
        self.place()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go.click()
            return
        super().keyPressEvent(event)

    @action
    async def _clear(self) -> None:
        self._clearance.clear_errors()
        await self._clearance.clear()
        self.accept()

    def _show(self) -> None:
        self._go.setEnabled(self._clearance.is_ready())
        if self.isVisible():
            self.place()


def _tr(words: str) -> str:
    return QCoreApplication.translate("clear", words)
