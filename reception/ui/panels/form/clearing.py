"""A clinician lets a service go ahead in spite of an answer, with a reason, for one visit or until a day (R33)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.errors import DomainError, Invalid
from reception.domain.tables.ids import ServiceId
from reception.ui.text import Formats
from reception.ui.widgets import (
    STRETCH,
    Answers,
    Button,
    DateEdit,
    Field,
    Kind,
    LineEdit,
    Prose,
    Select,
    hbox,
    heading,
    vbox,
)
from reception.ui.widgets.floating import Floating

_WIDTH = 420


class Cleared(NamedTuple):
    """What was decided: which service, why, and through which day; without one for this visit."""

    service: ServiceId
    words: str
    through: date | None


class ClearQuestion(Floating):
    """Asks which service is cleared, for how long and why."""

    def __init__(
        self, window: QWidget, formats: Formats, services: Sequence[tuple[ServiceId, str]], why: str, *, visit: bool
    ) -> None:
        self._formats = formats
        self._service: Select[ServiceId] = Select(services)
        self._reach = Answers([_tr("This visit only"), _tr("Visits through a day")], name="clear.reach")
        self._day, self._words = DateEdit(formats), LineEdit()
        self._visit = visit
        self.fields = {
            "service": Field(_tr("Service"), self._service, name="clear.service"),
            "through": Field(_tr("Through"), self._day, name="clear.through"),
            "words": Field(_tr("Reason"), self._words, required=True, name="clear.words"),
        }
        self.go = Button(_tr("Clear it"), Kind.PRIMARY, key="Enter", name="clear.go")
        back = Button(_tr("Not now"), Kind.GHOST, name="clear.back")
        column = vbox(
            heading(_tr("Clear as clinician")),
            Prose(why),
            self.fields["service"],
            self._reach,
            self.fields["through"],
            self.fields["words"],
            hbox(STRETCH, back, self.go),
            gap=12,
            margins=(20, 18, 20, 16),
        )
        super().__init__(window, column, width=_WIDTH, name="clear")
        self.setAccessibleName(_tr("Clear as clinician"))
        self.setFocusProxy(self._words)
        self.fields["service"].setVisible(len(services) > 1)
        self._reach.setVisible(visit)
        self._reach.choose(0 if visit else 1)
        self._reach.changed.connect(self._show)
        back.clicked.connect(self.reject)
        self.go.clicked.connect(self._answer)
        self._show()

    def cleared(self) -> Cleared:
        """What was decided; raises Invalid, with its field, for what is wanting."""
        service, words = self._service.value(), self._words.text().strip()
        if service is None:
            raise Invalid("Choose the service that is cleared.", field="service")
        through = self._day.day() if self._reach.index() == 1 else None
        if self._reach.index() == 1 and through is None:
            raise Invalid("Type the last day on which it may go ahead.", field="through")
        if not words:
            raise Invalid("Type a reason; it is kept with your name.", field="words")
        return Cleared(service, words, through)

    def show_error(self, field: str, error: DomainError) -> None:
        """Says at its field what is wanting."""
        for name, one in self.fields.items():
            if name == field:
                one.show_error(self._formats.sentence(error))
            else:
                one.clear_error()
        self.place()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer()
            return
        super().keyPressEvent(event)

    def _answer(self) -> None:
        try:
            self.cleared()
        except Invalid as error:
            self.show_error(error.field or "through", error)
            return
        self.accept()

    def _show(self) -> None:
        self.fields["through"].setVisible(self._reach.index() == 1)
        if self.isVisible():
            self.place()


def _tr(words: str) -> str:
    return QCoreApplication.translate("clear", words)
