"""A reason for cancelling, as the desk picks it (R14)."""

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue
from reception.domain.outcomes import Who
from reception.ui.dialogs.editing import Editing, Fact
from reception.ui.widgets import Check, LineEdit, Segmented
from reception.ui.workbench import Undo, Workbench

_WHO = (Who.CLIENT, Who.CLINIC)


class ReasonSheet(Editing):
    """A new reason: its words, who cancels by it, and whether the policy applies."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(bench, "reason", parent=parent)
        self._words = LineEdit(hint=self.tr("Car broke down"))
        self._who = Segmented([self.tr("The client"), self.tr("The clinic")])
        self._applies = Check(self.tr("The cancellation policy applies"), on=True)
        self._means = Fact(name="reason.means")
        self.title.show_words(self.tr("New reason for cancelling"))
        self.row(self.field("words", self.tr("In words"), self._words, required=True))
        self.row(self.field("who", self.tr("Who cancels"), self._who))
        self.row(self.field("applies", self.tr("Policy"), self._applies))
        self.form.add_row(self._means)
        self.look()

    @override
    def draft_title(self) -> str:
        return self._words.text().strip() or self.tr("New reason")

    @override
    def look(self) -> None:
        who = _WHO[self._who.index()]
        self.form.fields["applies"].setVisible(who is Who.CLIENT)
        self._means.show_words(reason_words(self, who, applies=self._applies.isChecked()))

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        write, words = self.bench.backend.write, self._words.text().strip()
        applies = self._applies.isChecked()
        reason = await write(catalogue.add_reason, words, _WHO[self._who.index()], applies, id=id)
        return self.tr("Added the reason “{}”").format(words), partial(write, catalogue.retire_reason, reason)


def reason_words(widget: QWidget, who: Who, *, applies: bool) -> str:
    """What a reason does to credit and money (R14)."""
    if who is Who.CLINIC:
        return widget.tr("The clinic cancels: the credit always comes back, and nothing is charged.")
    if applies:
        return widget.tr("The client cancels: when it is late, the policy says what becomes of credit and money.")
    return widget.tr("The client cancels, but the policy does not apply: the credit always comes back.")
