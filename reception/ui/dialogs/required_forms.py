"""Which health forms a service requires, and for how long an answer holds (R31)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import screening
from reception.domain.catalogue import Service
from reception.domain.forms import FormRow
from reception.domain.screening import Requirement
from reception.domain.tables.ids import FormId
from reception.ui.dialogs.editing import Editing, Fact, counted
from reception.ui.widgets import STRETCH, Check, Segmented, Spin, caption, hbox, pane, vbox
from reception.ui.workbench import Undo, Workbench

_USUAL, _MOST = 180, 3650
_EVERY_VISIT, _SOME_TIME = range(2)


class RequiredFormsSheet(Editing):
    """The forms that one service requires, of all that the clinic has."""

    def __init__(
        self,
        bench: Workbench,
        service: Service,
        required: Sequence[Requirement],
        forms: Sequence[FormRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(bench, "required_forms", service.id, parent)
        self._service, self._old = service, tuple((one.form, one.days) for one in required)
        self._forms = RequiredForms([one for one in forms if not one.retired], name="required_forms.forms")
        self._forms.show_required(self._old)
        self._fact = Fact(name="required_forms.fact")
        self.title.show_words(self.tr("Health forms"))
        self.subtitle.show_words(service.name)
        self.row(self.field("forms", self.tr("It requires"), self._forms))
        self.form.add_row(self._fact)
        self.look()

    @override
    def draft_title(self) -> str:
        return self._service.name

    @override
    def look(self) -> None:
        if not self._forms.any():
            words = self.tr("There are no forms yet. Import one under Health forms, and it is listed here.")
        elif self._forms.required():
            words = self.tr("A visit can be booked while a form is due; an add-on can’t, and no treatment starts.")
        else:
            words = self.tr("{} asks for no form.").format(self._service.name)
        self._fact.show_words(words)

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        service, write = self._service.id, self.bench.backend.write
        await write(screening.set_requirements, service, self._forms.required(), id=id)
        undo = partial(write, screening.set_requirements, service, self._old)
        return self.tr("Changed the forms of {}").format(self._service.name), undo


class RequiredForms(QWidget):
    """Every form to be ticked, and for a ticked one whether it is asked at every visit or holds for some time."""

    edited = Signal()

    def __init__(self, forms: Sequence[FormRow], *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._lines = [_Line(form, name=name) for form in forms]
        for line in self._lines:
            line.edited.connect(self.edited)
        self.setLayout(vbox(*self._lines, gap=8))
        if self._lines:
            self.setFocusProxy(self._lines[0])

    def any(self) -> bool:
        """Whether there are forms at all."""
        return bool(self._lines)

    def required(self) -> tuple[tuple[FormId, int | None], ...]:
        """The forms that are ticked, each with its days, None for every visit anew."""
        return tuple((line.form, line.days()) for line in self._lines if line.ticked())

    def show_required(self, required: Sequence[tuple[FormId, int | None]]) -> None:
        """Shows what is required."""
        days = dict(required)
        for line in self._lines:
            if line.form in days:
                line.show_days(days[line.form])

    def raw(self) -> dict[str, Any]:
        """What stands in every line."""
        return {str(line.form): line.raw() for line in self._lines}

    def put(self, typed: dict[str, Any]) -> None:
        """Shows again what stood there."""
        for line in self._lines:
            if str(line.form) in typed:
                line.put(typed[str(line.form)])


class _Line(QWidget):
    edited = Signal()

    def __init__(self, form: FormRow, *, name: str) -> None:
        super().__init__()
        self.form = form.id
        self._on = Check(form.title, name=f"{name}.{form.id}")
        options = [_tr("At every visit"), _tr("Holds for")]
        self._how = Segmented(options, _SOME_TIME, height=28, name=f"{name}.{form.id}.how")
        self._how.setAccessibleName(_tr("How often {} is asked").format(form.title))
        self._days = Spin(_USUAL, 0, _MOST, unit=_tr("days"), name=f"{name}.{form.id}.days")
        self._days.setAccessibleName(_tr("Days that an answer to {} holds").format(form.title))
        self._more = pane(hbox(27, self._how, self._days, STRETCH, gap=8))
        questions = counted(form.questions, _tr("1 question"), _tr("{} questions"))
        self.setLayout(vbox(hbox(self._on, STRETCH, caption(questions)), self._more, gap=4))
        self.setFocusProxy(self._on)
        self._on.clicked.connect(self._say_edited)
        self._how.chosen.connect(self._say_edited)
        self._days.edited.connect(self.edited)
        self._show()

    def ticked(self) -> bool:
        """Whether the service requires it."""
        return self._on.isChecked()

    def days(self) -> int | None:
        """For how long an answer holds, None for its own visit only."""
        return None if self._how.index() == _EVERY_VISIT else self._days.value()

    def show_days(self, days: int | None) -> None:
        """It is required, and an answer holds so long."""
        self._on.setChecked(True)
        self._how.choose(_EVERY_VISIT if days is None else _SOME_TIME)
        self._days.setValue(_USUAL if days is None else days)
        self._show()

    def raw(self) -> list[Any]:
        """What stands here."""
        return [self._on.isChecked(), self._how.index(), self._days.value()]

    def put(self, typed: Sequence[Any]) -> None:
        """Shows again what stood here."""
        on, how, days = typed
        self._on.setChecked(on)
        self._how.choose(how)
        self._days.setValue(days)
        self._show()

    def _show(self) -> None:
        self._more.setVisible(self._on.isChecked())
        self._days.setVisible(self._how.index() == _SOME_TIME)

    def _say_edited(self) -> None:
        self._show()
        self.edited.emit()


def validity_words(days: int | None) -> str:
    """For how long an answer holds: "asked at every visit", "holds for 180 days"."""
    if days is None:
        return _tr("Asked at every visit")
    return counted(days, _tr("Holds for 1 day"), _tr("Holds for {} days"))


def _tr(words: str) -> str:
    return QCoreApplication.translate("required_forms", words)
