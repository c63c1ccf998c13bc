"""The page of the editor: how a form comes into it, is kept, tried and published."""

from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from reception.domain import questionnaire, screening
from reception.domain.errors import DomainError, Refused, Trouble
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Draft, Sort
from reception.domain.screening import Issue
from reception.domain.tables.ids import FormId
from reception.ui.actions import action
from reception.ui.dialogs.files import pick_json
from reception.ui.panels.editor.columns import LEFT, MIDDLE, Columns
from reception.ui.panels.editor.facts import Around
from reception.ui.panels.editor.head import Head
from reception.ui.panels.editor.reading import read_around, read_copy, read_file, read_work
from reception.ui.panels.editor.starting import Beginning, Source, Starting, template
from reception.ui.panels.editor.state import State, Work, as_body, as_work
from reception.ui.panels.editor.trying import Trying
from reception.ui.widgets import Button, ErrorState, Skeleton, hbox, pane, vbox
from reception.ui.workbench import Draft as Parked
from reception.ui.workbench import Page, Where, Workbench

KIND = "editor"
"""The drafts that are gone on with here."""

_KEPT_AFTER = 300  # milliseconds after a key


class EditorPage(QWidget):
    """One form being made or changed; it is parked like other work, and reaches clients only by publishing."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editor")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bench = bench
        self._draft: str | None = None
        self._around = Around()
        self._reading = 0
        self._again = partial(self._read, None)
        self._keeping = QTimer(self, singleShot=True, interval=_KEPT_AFTER)
        self._keeping.timeout.connect(self.keep)
        self._build()
        self._connect()

    # where it is

    def show_form(self, form: int | None) -> None:
        """Changes one of the clinic's forms, or begins a new one; what lies half done of it is gone on with."""
        for draft in self.bench.drafts.all():
            if form is not None and draft.kind == KIND and draft.body.get("form") == form:
                self.show_draft(draft)
                return
        self._put_away()
        self._read(None if form is None else FormId(form))

    def show_draft(self, draft: Parked) -> None:
        """Goes on with a form that was parked."""
        if draft.id == self._draft:
            self.columns.outline.table.setFocus()
            return
        self._put_away()
        self._draft = draft.id
        self.bench.drafts.take(draft.id)
        self._read(as_work(draft.body).form, draft)

    # build

    def _build(self) -> None:
        self.head, self.columns = Head(self.bench), Columns(self.bench)
        self.trying, self.starting = Trying(), Starting()
        self._retry = Button(self.tr("Try again"), name="editor.retry")
        self._failure = ErrorState(self.tr("The form could not be read"), "", self._retry, name="editor.failure")
        self._loading = _bones()
        self._pages = QStackedWidget()
        for page in (self._loading, self.columns, self.trying, self.starting, self._failure):
            self._pages.addWidget(page)
        self.setLayout(vbox(self.head, (self._pages, 1), gap=0))

    def _connect(self) -> None:
        head, columns = self.head, self.columns
        head.undo.clicked.connect(columns.undo)
        head.redo.clicked.connect(columns.redo)
        head.preview.clicked.connect(columns.turn_preview)
        head.publish.clicked.connect(columns.look_through)
        head.try_it.clicked.connect(self._try)
        head.park.clicked.connect(self._leave)
        head.close_button.clicked.connect(self._throw_away)
        columns.edited.connect(self._note_edit)
        columns.shown.connect(self._show_head)
        columns.publishing.publish_asked.connect(self._publish)
        self.trying.ended.connect(self._end_trying)
        self.starting.chosen.connect(self._begin_with)
        self._retry.clicked.connect(self._read_again)
        self.bench.drafts.kept.connect(self._show_kept)

    # read

    @action
    async def _read(self, form: FormId | None, draft: Parked | None = None) -> None:
        """Reads a form with what its answers mean; without one, what a new form can begin with."""
        self._reading += 1
        turn = self._reading
        self._again = partial(self._read, form, draft)
        self._pages.setCurrentWidget(self._loading)
        try:
            around = await read_around(self.bench, form)
            fresh = await read_work(self.bench, form) if form is not None and draft is None else None
        except (DomainError, Trouble) as error:
            self._show_failure(error)
            return
        if turn != self._reading:
            return
        self._around = around
        work = as_work(draft.body) if draft is not None else fresh
        if work is not None:
            self._begin(work)
        else:
            self._show_starting()

    def _read_again(self) -> None:
        self._again()

    def _show_failure(self, error: DomainError | Trouble) -> None:
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._failure.show_words(self.tr("The form could not be read"), words)
        self._pages.setCurrentWidget(self._failure)

    def _begin(self, work: Work) -> None:
        self.head.show_kept(kept=False)
        self._pages.setCurrentWidget(self.columns)
        self.columns.begin(work, self._around)

    # how a new form begins

    def _show_starting(self) -> None:
        self._show_head()
        self.head.show_kept(kept=False)
        self.starting.show_forms(self._around.forms)
        self._pages.setCurrentWidget(self.starting)
        self.starting.setFocus()

    def _begin_with(self, row: Beginning) -> None:
        match row.source:
            case Source.EMPTY:
                draft, first = editing.add(editing.blank(uuid4().urn, ""), Sort.YES_NO)
                self._begin_new(draft)
                self.columns.choose(first)
                self.columns.card.go_to()
            case Source.TEMPLATE:
                self._begin_new(self._own(editing.from_form(template(row.name))))
            case Source.FILE:
                self._pick_file()
            case Source.COPY:
                self._begin_copy(row)

    @action
    async def _begin_copy(self, row: Beginning) -> None:
        if row.form is not None:
            self._begin_new(self._own(await read_copy(self.bench, row.form)))

    @action
    async def _begin_file(self, name: str) -> None:
        self._begin_new(self._own(read_file(Path(name))))

    def _begin_new(self, draft: Draft) -> None:
        """Begins a new form; what the program recommends for it comes along, beside no service yet (R32)."""
        found = screening.recommended(draft, self._around.templates)
        state = State(draft, tuple(rule for one in found for rule in one.rules))
        self._begin(Work(state, State(editing.blank(draft.url, ""))))
        self._note_edit()

    def _own(self, draft: Draft) -> Draft:
        """The draft as a new form: one that the clinic has already is copied, so that the two stay apart."""
        if all(row.url != draft.url for row in self._around.forms):
            return draft
        return editing.copied(draft, uuid4().urn, self.tr("{} (copy)").format(draft.title))

    def _pick_file(self) -> None:
        pick_json(self, self.tr("A form to begin with"), self.tr("Forms"), self._begin_file)

    # try

    def _try(self) -> None:
        facts = self.columns.facts()
        if facts is None:
            return
        if facts.form is None:
            self.bench.refused.emit(Refused("The form asks nothing yet. Add a question, then try it."))
            return
        self.head.show_tools(shown=False)
        self._pages.setCurrentWidget(self.trying)
        self.trying.begin(facts)

    def _end_trying(self) -> None:
        self.trying.end()
        self._pages.setCurrentWidget(self.columns)
        self._show_head()
        self.columns.outline.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # publish

    @action
    async def _publish(self) -> None:
        """Publishes the form with what its answers mean, in one act; it is edited no more then."""
        self.keep()
        work, draft = self.columns.work(), self._draft
        if work is None:
            return
        state = work.state
        number = work.number + 1 if work.asks_otherwise else work.number
        source = None
        if work.asks_otherwise:
            json = editing.published(state.draft, number, self.bench.today())
            source = (questionnaire.dump_json(json, indent=2) + "\n").encode()
        material = source is not None and work.before is not None and self.columns.publishing.material.isChecked()
        issue = Issue(state.draft.url, source, state.consequences, work.before, material, state.requires())
        await self.bench.backend.write(screening.issue, issue, id=draft)
        if draft is not None:
            self.bench.drafts.close(draft)
        self._draft = None
        self.columns.end()
        words = (
            self.tr("Published version {} of {}") if source else self.tr("Saved what answers mean, version {} of {}")
        )
        self.bench.said.emit(words.format(number, state.draft.title), None)
        self._leave()

    def show_error(self, _field: str, error: DomainError) -> None:
        """Says a refusal in the window's banner."""
        self.bench.refused.emit(error)

    # its draft

    def keep(self) -> None:
        """Keeps the form as it stands; one that is as it was published isn't worth a card."""
        work = self.columns.work()
        if work is None:
            return
        title = work.state.draft.title or self.tr("New form")
        if self._draft is not None:
            self.bench.drafts.keep(self._draft, as_body(work), title)
        elif work.is_begun():
            self._draft = self.bench.drafts.open(KIND, title=title, body=as_body(work)).id

    def _note_edit(self) -> None:
        if not self._keeping.isActive():
            self._keeping.start()

    def _show_kept(self, id: str) -> None:
        if id == self._draft:
            self.head.show_kept(kept=True)

    def _show_head(self) -> None:
        columns, head = self.columns, self.head
        work = columns.work()
        head.show_work(work, len(work.state.decides) if work is not None else 0)
        head.show_history(back=columns.can_undo, on=columns.can_redo)
        head.show_narrow(narrow=work is not None and columns.is_narrow, card=columns.shows_card)

    def _put_away(self) -> None:
        """Parks what is half done."""
        self._keeping.stop()
        self.keep()
        work, drafts = self.columns.work(), self.bench.drafts
        if self._draft is not None and work is not None:
            drafts.park(self._draft) if work.is_begun() else drafts.close(self._draft)
        self._draft = None
        self.columns.end()
        self.trying.end()

    def _throw_away(self) -> None:
        """Lets go of the changes; the undo line brings them back."""
        self.keep()
        draft = self.bench.drafts.get(self._draft) if self._draft is not None else None
        self._draft = None
        self.columns.end()
        if draft is not None:
            self.bench.drafts.close(draft.id)

            async def bring_back() -> None:
                self.bench.drafts.restore(draft)

            self.bench.said.emit(self.tr("Threw away the changes to {}").format(draft.title), bring_back)
        self._leave()

    def _leave(self) -> None:
        self.bench.goto.emit(Where(Page.CATALOGUE))

    # Qt

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._pages.currentWidget() is self.trying:
            self._end_trying()
        elif self._pages.currentWidget() is not self.columns or not self.columns.step_back():
            self._leave()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._put_away()


def _bones() -> QWidget:
    """The page while it is read, in its true layout."""
    rows = (Skeleton(180 - 20 * (n % 3), 14) for n in range(9))
    left = pane(vbox(*rows, gap=20, margins=(20, 64, 20, 14)), "canvas", width=LEFT)
    card = vbox(Skeleton(140), 16, Skeleton(340, 40, 6), Skeleton(340, 30, 6), gap=22, margins=(16, 14, 16, 14))
    picture = pane(vbox(Skeleton(260, 20), gap=0, margins=(20, 14, 20, 14)))
    return pane(hbox(left, pane(card, width=MIDDLE), (picture, 1), gap=0), "surface")
