"""The cards of half-done work, and the way back to it."""

from PySide6.QtCore import QObject, Signal

from reception.ui.widgets.parked_strip import Parked, ParkedStrip, kind_words
from reception.ui.widgets.undo_line import UndoLine
from reception.ui.workbench import Draft, Page, Where, Workbench

_PAGE_OF = {
    "booking": Page.BOOKING,
    "checkout": Page.CHECKOUT,
    "form": Page.FORM,
    "editor": Page.EDITOR,
    **dict.fromkeys(("service", "product", "links", "needs", "required_forms", "rule"), Page.CATALOGUE),
    **dict.fromkeys(("resource", "form_import"), Page.CATALOGUE),
    **dict.fromkeys(("person", "shifts", "other_hours", "time_off"), Page.STAFF),
    **dict.fromkeys(("clinic", "policy", "plan", "reason", "closure"), Page.SETTINGS),
}


class Parking(QObject):
    """A strip of cards below the diary; on full pages it folds into the last line."""

    taken = Signal(object)

    def __init__(self, bench: Workbench, line: UndoLine, parent: QObject) -> None:
        super().__init__(parent)
        self.bench = bench
        self.strip = ParkedStrip()
        self._line = line
        self._folded = False
        bench.drafts.changed.connect(self._show)
        self.strip.taken.connect(self.take)
        self.strip.thrown_away.connect(self.throw_away)

    def fold(self, folded: bool) -> None:
        """Folds the strip into the last line, or unfolds it."""
        self._folded = folded
        self._show()

    def take(self, id: str) -> None:
        """Goes on with something that was parked."""
        draft = self.bench.drafts.get(id)
        if draft is not None:
            self.taken.emit(Where(_PAGE_OF.get(draft.kind, Page.DIARY), client=draft.client, draft=id))

    def take_nth(self, n: int) -> None:
        """Goes on with the card of a digit (Ctrl+1 to 9)."""
        parked = self.bench.drafts.parked()
        if n <= len(parked):
            self.take(parked[n - 1].id)

    def throw_away(self, id: str) -> None:
        """Lets go of a card; it can be brought back."""
        draft = self.bench.drafts.get(id)
        if draft is None or self.bench.drafts.is_lent(id):
            return

        async def bring_back() -> None:
            self.bench.drafts.restore(draft)

        self.bench.drafts.close(id)
        words = self.tr("Threw away: %1 %2").replace("%1", kind_words(draft.kind)).replace("%2", draft.title)
        self.bench.said.emit(words, bring_back)

    def _show(self) -> None:
        parked = [Parked(one.id, one.kind, self._title(one), _share(one)) for one in self.bench.drafts.parked()]
        self.strip.show_cards(parked)
        self.strip.setVisible(bool(parked) and not self._folded)
        self._line.show_parked(len(parked) if self._folded else 0)

    def _title(self, draft: Draft) -> str:
        if self.bench.drafts.is_lent(draft.id):
            return self.tr("with the client, {title}").format(title=draft.title)
        return draft.title


def _share(draft: Draft) -> float | None:
    """How much of a form is answered by now; of other work nothing is counted."""
    answered, questions = draft.body.get("answered"), draft.body.get("questions")
    return answered / questions if draft.kind == "form" and answered is not None and questions else None
