"""The editor of forms: what it asks at the left, one question of it in the middle, and how it looks at the right."""

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QStackedWidget, QWidget
from typing_extensions import override

from reception.domain import catalogue, forms, questionnaire, screening
from reception.domain.errors import DomainError, Refused, Trouble
from reception.domain.forms import FormRow
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Draft, History, Sort, Weight
from reception.domain.questionnaire.jsontext import MOST_BYTES
from reception.domain.screening import Issue
from reception.domain.tables.ids import FormId, ServiceId
from reception.ui.actions import action
from reception.ui.panels.editor.card import Card, is_entry
from reception.ui.panels.editor.facts import Facts, facts_of
from reception.ui.panels.editor.head import Head
from reception.ui.panels.editor.outline import FORM, Outline, lines_of
from reception.ui.panels.editor.preview import Preview
from reception.ui.panels.editor.publishing import Publishing
from reception.ui.panels.editor.starting import Beginning, Source, Starting, template
from reception.ui.panels.editor.state import State, Step, Work, as_body, as_work, drafted, unruled
from reception.ui.panels.editor.trying import Trying
from reception.ui.widgets import Button, ErrorState, Hair, Skeleton, hbox, pane, vbox
from reception.ui.workbench import Draft as Parked
from reception.ui.workbench import Page, Where, Workbench

KIND = "editor"
"""The drafts that are gone on with here."""

_LEFT, _CARD = 300, 412
_ROOM_FOR_PREVIEW, _WIDE_LIST = 1060, 1500
_SHOWN_AFTER, _KEPT_AFTER = 200, 300  # milliseconds after a key


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around the form: the services by name, those that require it, and the clinic's forms."""

    names: dict[ServiceId, str]
    usual: tuple[ServiceId, ...]
    forms: tuple[FormRow, ...]


class EditorPage(QWidget):
    """One form being made or changed; it is parked like other work, and reaches clients only by publishing."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editor")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bench = bench
        self._draft: str | None = None
        self._work: Work | None = None
        self._history: History[State] | None = None
        self._around = Around({}, (), ())
        self._facts: Facts | None = None
        self._chosen = FORM
        self._previewing = False
        self._asked: FormId | None = None
        self._reading = 0
        self._keeping = QTimer(self, singleShot=True, interval=_KEPT_AFTER)
        self._keeping.timeout.connect(self.keep)
        self._showing = QTimer(self, singleShot=True, interval=_SHOWN_AFTER)
        self._showing.timeout.connect(self._show_picture)
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
        self._pages.setCurrentWidget(self._loading)
        self._read(None if form is None else FormId(form))

    def show_draft(self, draft: Parked) -> None:
        """Goes on with a form that was parked."""
        if draft.id == self._draft:
            self.outline.table.setFocus()
            return
        self._put_away()
        self._draft = draft.id
        self.bench.drafts.take(draft.id)
        self._pages.setCurrentWidget(self._loading)
        self._resume(as_work(draft.body))

    @property
    def state(self) -> State | None:
        """The form as it stands now."""
        return self._history.now if self._history is not None else None

    @property
    def chosen(self) -> str:
        """The entry that is edited."""
        return self._chosen

    # build

    def _build(self) -> None:
        self.head, self.outline, self.card = Head(self.bench), Outline(), Card()
        self.preview, self.publishing = Preview(), Publishing()
        self.trying, self.starting = Trying(), Starting()
        self._left = pane(hbox((self.outline, 1), Hair(vertical=True, strong=True), gap=0), "canvas", width=_LEFT)
        self._middle = pane(hbox((self.card, 1), Hair(vertical=True, strong=True), gap=0), "surface")
        self._middle.setMinimumWidth(_CARD)
        self._right = QStackedWidget()
        self._right.addWidget(self.preview)
        self._right.addWidget(self.publishing)
        self._beside = pane(vbox(self._right, gap=0), "canvas")
        self._edit = pane(hbox(self._left, (self._middle, 1), (self._beside, 2), gap=0))
        self._retry = Button(self.tr("Try again"), name="editor.retry")
        self._failure = ErrorState(self.tr("The form could not be read"), "", self._retry, name="editor.failure")
        self._loading = _bones()
        self._pages = QStackedWidget()
        for page in (self._loading, self._edit, self.trying, self.starting, self._failure):
            self._pages.addWidget(page)
        self.setLayout(vbox(self.head, (self._pages, 1), gap=0))

    def _connect(self) -> None:
        head, outline, card = self.head, self.outline, self.card
        head.undo.clicked.connect(self.undo)
        head.redo.clicked.connect(self.redo)
        head.preview.clicked.connect(self._turn_preview)
        head.try_it.clicked.connect(self._try)
        head.publish.clicked.connect(self._look_through)
        head.park.clicked.connect(self._leave)
        head.close_button.clicked.connect(self._throw_away)
        outline.chosen.connect(self.choose)
        outline.add_asked.connect(self._add)
        outline.dropped.connect(self._drop)
        outline.stepped.connect(self._step)
        outline.copy_asked.connect(self._copy)
        outline.remove_asked.connect(self._remove)
        card.typed.connect(self._type)
        card.stepped.connect(self._do)
        self.publishing.left.connect(self._show_preview)
        self.publishing.go_asked.connect(self.choose)
        self.publishing.unrule_asked.connect(self._unrule)
        self.publishing.publish_asked.connect(self._publish)
        self.trying.ended.connect(self._end_trying)
        self.starting.chosen.connect(self._begin_with)
        self._retry.clicked.connect(self._read_again)
        self.bench.drafts.kept.connect(self._show_kept)

    # read

    @action
    async def _read(self, form: FormId | None) -> None:
        """Reads a form with what its answers mean; without one, what a new form can begin with."""
        self._reading += 1
        turn, read = self._reading, self.bench.backend.read
        self._asked = form
        try:
            around = await self._read_around(form)
            versions = await read(forms.versions, form) if form is not None else ()
            rules = await read(screening.rules, form=form) if form is not None else ()
        except (DomainError, Trouble) as error:
            self._show_failure(error)
            return
        if turn != self._reading:
            return
        self._around = around
        if form is None:
            self._show_starting()
            return
        newest, *earlier = versions
        draft = editing.from_form(newest.questionnaire, [one.questionnaire for one in earlier])
        state = State(draft, screening.consequences(rules))
        self._begin(Work(state, state, form, newest.id, newest.number))

    @action
    async def _resume(self, work: Work) -> None:
        self._reading += 1
        turn = self._reading
        self._asked = work.form
        try:
            around = await self._read_around(work.form)
        except (DomainError, Trouble) as error:
            self._show_failure(error)
            return
        if turn == self._reading:
            self._around = around
            self._begin(work)

    async def _read_around(self, form: FormId | None) -> Around:
        read = self.bench.backend.read
        services = await read(catalogue.services)
        rows = await read(forms.forms)
        own = next((row for row in rows if row.id == form), None)
        required = own.services if own is not None else ()
        usual = tuple(one.id for one in services if one.name in required)
        return Around({one.id: one.name for one in services}, usual, tuple(rows))

    def _read_again(self) -> None:
        self._read(self._asked)

    def _show_failure(self, error: DomainError | Trouble) -> None:
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._failure.show_words(self.tr("The form could not be read"), words)
        self._pages.setCurrentWidget(self._failure)

    def _begin(self, work: Work) -> None:
        """Shows a form to be edited."""
        self._work, self._history = work, History(work.state)
        self._chosen = FORM
        self.preview.forget()
        self.publishing.material.setChecked(False)
        self._right.setCurrentWidget(self.preview)
        self._pages.setCurrentWidget(self._edit)
        self.head.show_kept(kept=False)
        self._fold()
        self._show_all()
        self.outline.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # how a new form begins

    def _show_starting(self) -> None:
        self._work = self._history = None
        self.head.show_work(None, 0)
        self.head.show_kept(kept=False)
        self.starting.show_forms(self._around.forms)
        self._pages.setCurrentWidget(self.starting)
        self.starting.setFocus()

    def _begin_with(self, row: Beginning) -> None:
        match row.source:
            case Source.EMPTY:
                draft, _ = editing.add(editing.blank(_new_url(), ""), Sort.YES_NO)
                self._begin_new(draft)
                self.card.go_to("editor.words")
            case Source.TEMPLATE:
                self._begin_new(self._own(editing.from_form(template(row.name))))
            case Source.FILE:
                self._pick_file()
            case Source.COPY:
                self._begin_copy(row.form)

    @action
    async def _begin_copy(self, form: FormId | None) -> None:
        if form is None:
            return
        version = await self.bench.backend.read(forms.newest, form)
        self._begin_new(self._own(editing.from_form(version.questionnaire)))

    def _begin_new(self, draft: Draft) -> None:
        state = State(draft)
        self._begin(Work(state, State(editing.blank(draft.url, ""))))
        self._touched()

    def _own(self, draft: Draft) -> Draft:
        """The draft as a new form: one that the clinic has already is copied, so that the two stay apart."""
        if all(row.url != draft.url for row in self._around.forms):
            return draft
        return editing.copied(draft, _new_url(), self.tr("{} (copy)").format(draft.title))

    def _pick_file(self) -> None:
        picker = QFileDialog(self, self.tr("A form to begin with"))
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picker.setFileMode(QFileDialog.FileMode.ExistingFile)
        picker.setNameFilter(self.tr("Forms (*.json);;All files (*)"))
        picker.fileSelected.connect(self._begin_with_file)
        picker.open()

    @action
    async def _begin_with_file(self, name: str) -> None:
        read = questionnaire.read(_bytes_of(Path(name)))
        self._begin_new(self._own(editing.from_form(read.form)))

    # steps

    def _do(self, step: Step, focus: str = "") -> None:
        """Does something to the form, and shows all of it anew."""
        if self._history is None:
            return
        self._history = self._history.do(step(self._history.now))
        self._show_all(focus or self._focus())
        self._touched()

    def _type(self, step: Step, mark: Hashable) -> None:
        """The same for what stands in the card already."""
        if self._history is None:
            return
        self._history = self._history.do(step(self._history.now), mark)
        self._touched()
        self._showing.start()

    def undo(self) -> None:
        """Takes the last step back."""
        if self._history is not None and self._history.past:
            self._turn(self._history.undo())

    def redo(self) -> None:
        """Does again what was taken back last."""
        if self._history is not None and self._history.future:
            self._turn(self._history.redo())

    def choose(self, key: str) -> None:
        """Edits another entry, or the form itself."""
        if self._history is None or self._facts is None:
            return
        known = key == FORM or any(one.link_id == key for one in editing.entries(self._history.now.draft))
        if not known or key == self._chosen:
            return
        self._chosen = key
        self._previewing = False
        self._show_all()

    def _turn(self, history: History[State]) -> None:
        self._history = history
        self._show_all(self._focus())
        self._touched()

    def _focus(self) -> str:
        """What has the keyboard in the card, to have it again."""
        focus = QApplication.focusWidget()
        return focus.objectName() if focus is not None and self.card.isAncestorOf(focus) else ""

    def _add(self, sort: Sort) -> None:
        if self._history is None:
            return
        added: list[str] = []

        def change(draft: Draft) -> Draft:
            made, link_id = editing.add(draft, sort, self._chosen)
            added.append(link_id)
            return made

        step = drafted(change)
        self._history = self._history.do(step(self._history.now))
        self._chosen = added[-1]
        self._show_all("editor.words" if is_entry(self._chosen) else "")
        self._touched()

    def _drop(self, key: str, gap: int) -> None:
        self._chosen = key
        self._do(drafted(lambda draft: editing.drop(draft, key, gap)))

    def _step(self, key: str, by: int) -> None:
        self._do(drafted(lambda draft: editing.step(draft, key, by)))

    def _copy(self, key: str) -> None:
        if self._history is None:
            return
        draft, link_id = editing.duplicate(self._history.now.draft, key)
        self._history = self._history.do(replace(self._history.now, draft=draft))
        self._chosen = link_id
        self._show_all("editor.words")
        self._touched()

    def _remove(self, key: str) -> None:
        """Takes an entry out; the one that moves up into its place is edited then."""
        if self._history is None:
            return
        before = [one.link_id for one in editing.entries(self._history.now.draft)]
        place = before.index(key) if key in before else 0
        self._history = self._history.do(drafted(lambda draft: editing.remove(draft, key))(self._history.now))
        left = [one.link_id for one in editing.entries(self._history.now.draft)]
        self._chosen = left[min(place, len(left) - 1)] if left else FORM
        self._show_all()
        self._touched()

    def _unrule(self, key: str) -> None:
        self._do(unruled(key))

    # show

    def _show_all(self, focus: str = "") -> None:
        """Shows the form as it stands in every part."""
        self._showing.stop()
        facts = self._read_facts()
        if facts is None:
            return
        if self._chosen != FORM and self._chosen not in facts.lines:
            self._chosen = FORM
        self._show_list(facts)
        self.card.show_entry(facts, self._chosen, focus)
        for part in self.card.findChildren(QWidget):
            part.installEventFilter(self)
        self._show_right(facts)

    def _show_picture(self) -> None:
        """Shows what was typed everywhere but in the card, where it stands already."""
        facts = self._read_facts()
        if facts is not None:
            self._show_list(facts)
            self._show_right(facts)

    def _read_facts(self) -> Facts | None:
        if self._history is None or self._work is None:
            return None
        self._work = replace(self._work, state=self._history.now)
        around, formats = self._around, self.bench.formats
        self._facts = facts_of(self._history.now, around.names, around.usual, formats, self.bench.today())
        return self._facts

    def _show_list(self, facts: Facts) -> None:
        rules = Counter(one.link_id for one in facts.state.consequences)
        wrong: dict[str, Weight] = {}
        for one in facts.state.findings():
            if one.weight is Weight.ERROR or one.link_id not in wrong:
                wrong[one.link_id] = one.weight
        lines = lines_of(facts.state.draft.title, facts.entries, rules, wrong)
        self.outline.show_lines(lines, self._chosen)
        self.head.show_work(self._work, len(facts.state.consequences))
        if self._history is not None:
            self.head.show_history(back=bool(self._history.past), on=bool(self._history.future))

    def _show_right(self, facts: Facts) -> None:
        if self._right.currentWidget() is self.publishing and self._work is not None:
            self.publishing.show_work(facts, self._work)
        else:
            self.preview.show_form(facts, self._chosen)

    def _show_preview(self) -> None:
        self._right.setCurrentWidget(self.preview)
        self._fold()
        self._show_picture()

    def _turn_preview(self) -> None:
        """On a narrow page: shows the preview in the card's place, or the card again."""
        looking = self._right.currentWidget() is self.publishing
        self._previewing = not looking and not self._previewing
        self._show_preview()

    def _look_through(self) -> None:
        """Shows all that was found before anything is published."""
        self._right.setCurrentWidget(self.publishing)
        self._fold()
        self._show_picture()
        self.publishing.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self) -> None:
        facts = self._read_facts()
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
        self.head.show_tools(shown=True)
        self._pages.setCurrentWidget(self._edit)
        self.outline.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # publish

    @action
    async def _publish(self) -> None:
        """Publishes the form with what its answers mean, in one act; it is edited no more then."""
        self.keep()
        work = self._work
        if work is None:
            return
        draft, state = self._draft, work.state
        asked = work.before is None or state.draft != work.base.draft
        source = editing.published(state.draft, work.number + 1, self.bench.today()) if asked else None
        text = None if source is None else (questionnaire.dump_json(source, indent=2) + "\n").encode()
        material = asked and work.before is not None and self.publishing.material.isChecked()
        issue = Issue(state.draft.url, text, state.consequences, work.before, material)
        await self.bench.backend.write(screening.issue, issue, id=draft)
        if draft is not None:
            self.bench.drafts.close(draft)
        self._draft = None
        words = self.tr("Published version {} of {}") if asked else self.tr("Saved what answers mean, version {} of {}")
        number = work.number + 1 if asked else work.number
        self.bench.said.emit(words.format(number, state.draft.title), None)
        self._work = self._history = None
        self.bench.goto.emit(Where(Page.CATALOGUE))

    def show_error(self, _field: str, error: DomainError) -> None:
        """Says a refusal in the window's banner."""
        self.bench.refused.emit(error)

    # its draft

    def keep(self) -> None:
        """Keeps the form as it stands; one that is as it was published isn't worth a card."""
        if self._history is None or self._work is None:
            return
        self._work = replace(self._work, state=self._history.now)
        title = self._work.state.draft.title or self.tr("New form")
        if self._draft is not None:
            self.bench.drafts.keep(self._draft, as_body(self._work), title)
        elif self._work.is_begun():
            self._draft = self.bench.drafts.open(KIND, title=title, body=as_body(self._work)).id

    def _touched(self) -> None:
        if not self._keeping.isActive():
            self._keeping.start()

    def _show_kept(self, id: str) -> None:
        if id == self._draft:
            self.head.show_kept(kept=True)

    def _put_away(self) -> None:
        """Parks what is half done."""
        self._keeping.stop()
        self._showing.stop()
        self.keep()
        if self._draft is not None and self._work is not None:
            drafts = self.bench.drafts
            drafts.park(self._draft) if self._work.is_begun() else drafts.close(self._draft)
        self._draft = None
        self._work = self._history = None
        self._facts = None
        self.trying.end()

    def _throw_away(self) -> None:
        """Lets go of the changes; the undo line brings them back."""
        self.keep()
        draft = self.bench.drafts.get(self._draft) if self._draft is not None else None
        self._draft = None
        self._work = self._history = None
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
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo is the form's, not that of the field which happens to have the keyboard."""
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and isinstance(event, QKeyEvent):
            act = self._undoing(event)
            if act is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    act()
                return True
        return super().eventFilter(watched, event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._undoing(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._undoing(event)
        if act is not None:
            act()
        elif event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif event.key() == Qt.Key.Key_Insert and self._pages.currentWidget() is self._edit:
            self.outline.offer()
        else:
            super().keyPressEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._put_away()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _undoing(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What an undo or a redo key does here; None for any other key."""
        if self._pages.currentWidget() is not self._edit:
            return None
        if event.matches(QKeySequence.StandardKey.Undo):
            return self.undo
        return self.redo if event.matches(QKeySequence.StandardKey.Redo) else None

    def _escape(self) -> None:
        if self._pages.currentWidget() is self.trying:
            self._end_trying()
        elif self._pages.currentWidget() is self._edit and self._right.currentWidget() is self.publishing:
            self._show_preview()
        else:
            self._leave()

    def _fold(self) -> None:
        """A narrow page shows one thing beside the list: the card, or what is looked at; a wide one both."""
        wide, looking = self.width() >= _ROOM_FOR_PREVIEW, self._right.currentWidget() is self.publishing
        beside = wide or looking or self._previewing
        self._left.setFixedWidth(_LEFT if self.width() < _WIDE_LIST else _LEFT + 60)
        self._middle.setVisible(wide or not beside)
        self._middle.setMaximumWidth(_CARD if wide else self.width())
        self._beside.setVisible(beside)
        self.head.preview.setVisible(not wide and self._history is not None)
        self.head.preview.show_words(self.tr("Question") if beside else self.tr("Preview"))


def _new_url() -> str:
    return uuid4().urn


def _bytes_of(file: Path) -> bytes:
    """What a file holds: of one that is larger than any form no more than is needed to say so."""
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        sentence = "{file} could not be read: {why}. Choose another file."
        raise Refused(sentence, file=file.name, why=error.strerror or str(error)) from error


def _bones() -> QWidget:
    """The page while it is read, in its true layout."""
    rows = (Skeleton(180 - 20 * (n % 3), 14) for n in range(9))
    left = pane(vbox(*rows, gap=20, margins=(20, 64, 20, 14)), "canvas", width=_LEFT)
    card = pane(vbox(Skeleton(140), 16, Skeleton(340, 40, 6), Skeleton(340, 30, 6), gap=22, margins=(16, 14, 16, 14)))
    card.setFixedWidth(_CARD)
    return pane(hbox(left, card, (pane(vbox(Skeleton(260, 20), gap=0, margins=(20, 14, 20, 14))), 1), gap=0), "surface")
