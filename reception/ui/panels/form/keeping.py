"""What was answered by now, as a draft: kept within two seconds of a key, parked, thrown away and brought back."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from reception.domain.tables.ids import ClientId, StaffId
from reception.ui.panels.form.column import Column
from reception.ui.panels.form.opened import Opened
from reception.ui.panels.form.work import Work, as_body
from reception.ui.workbench import Workbench

_AFTER = 300  # milliseconds after an answer


class Keeping(QObject):
    """The work on one form of one client. It has a draft from the first answer on; `draft` is its id."""

    def __init__(self, bench: Workbench, column: Column, parent: QObject) -> None:
        super().__init__(parent)
        self.bench, self._column = bench, column
        self.client: ClientId | None = None
        self.work: Work | None = None
        self.draft: str | None = None
        self._opened: Opened | None = None
        self._pause = QTimer(self, singleShot=True, interval=_AFTER)
        self._pause.timeout.connect(self.keep)

    def begin(self, client: ClientId, work: Work, draft: str | None = None) -> None:
        """Takes up the work on a form, perhaps where a draft was left."""
        self.client, self.work, self.draft = client, work, draft

    def show(self, opened: Opened, work: Work) -> None:
        """From now on it is this form that is kept."""
        self._opened, self.work = opened, work

    def soon(self) -> None:
        """Something was answered: it is kept in a moment, with what is answered meanwhile."""
        if not self._pause.isActive():
            self._pause.start()

    def keep(self) -> None:
        """Keeps all that was answered and typed by now."""
        self._pause.stop()
        opened, work = self._opened, self.work
        if opened is None or work is None or opened.locked:
            return
        self.work = work = self._as_it_stands(opened, work)
        words = self.tr("{name} {answered} of {asked}")
        title = words.format(name=opened.facts.card.name, answered=work.answered, asked=work.questions)
        if self.draft is None:
            client, body = opened.facts.card.id, as_body(work)
            self.draft = self.bench.drafts.open("form", client=client, title=title, body=body).id
        else:
            self.bench.drafts.keep(self.draft, as_body(work), title)

    def ask(self, person: StaffId) -> None:
        """Keeps who is to be asked as soon as the form is finished."""
        if self.work is not None:
            self.work = replace(self.work, asked=person)
            self.keep()

    def park(self) -> None:
        """Parks what is half done; a form without an answer isn't worth a card."""
        self._keep_rest()
        if self.draft is not None:
            begun = self.work is not None and self.work.is_begun()
            if begun or self.bench.drafts.is_lent(self.draft):
                self.bench.drafts.park(self.draft)
            else:
                self.bench.drafts.close(self.draft)
        self._forget()

    def throw_away(self) -> None:
        """Closes the draft; the undo line brings it back."""
        self._keep_rest()
        draft = self.bench.drafts.get(self.draft) if self.draft is not None else None
        begun = self.work is not None and self.work.is_begun()
        self._forget()
        if draft is None:
            return
        self.bench.drafts.close(draft.id)
        if begun:

            async def bring_back() -> None:
                self.bench.drafts.restore(draft)

            self.bench.said.emit(self.tr("Threw away the form of {name}").format(name=draft.title), bring_back)

    def end(self) -> None:
        """The form was handed in: nothing of it is left to keep."""
        self._pause.stop()
        self._forget()

    def _keep_rest(self) -> None:
        if self._pause.isActive():
            self.keep()

    def _forget(self) -> None:
        self.work = self.draft = self._opened = None

    def _as_it_stands(self, opened: Opened, work: Work) -> Work:
        dialog, who = opened.dialog, self._column.who()
        answered, questions = dialog.filling.progress()
        signing = dialog.review.signing
        return replace(
            work,
            answers=dialog.filling.response(completed=False),
            page=dialog.key,
            unread=dict(dialog.unread()),
            copied=dict(dialog.copied()),
            by=who.by.value,
            answerer=who.answerer,
            relation=who.relation,
            signature=signing.raw() if signing.pad.is_signed() else None,
            answered=answered,
            questions=questions,
        )
