"""The frame of the sheets that set the clinic up: a draft from the first edit on, parked by Esc, saved once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget
from typing_extensions import override

from reception.domain.errors import DomainError, Invalid
from reception.ui import theme
from reception.ui.actions import action
from reception.ui.dialogs.sheet import PAD, Sheet
from reception.ui.dialogs.typed import edits, put, raw, read_typed
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    Field,
    Form,
    Hair,
    Icon,
    Kind,
    LineEdit,
    Prose,
    hbox,
    pane,
    section,
    vbox,
)
from reception.ui.widgets.layouts import Item
from reception.ui.workbench import Draft, Undo, Workbench

V = TypeVar("V")

_SETTLE = 400  # milliseconds after the last key in which an edit is looked at and kept


@dataclass(frozen=True, slots=True)
class Retiring:
    """What retiring something means: its name, what it touches in words, and the commands both ways."""

    name: str
    words: str
    retired: bool
    retire: Callable[..., object]
    restore: Callable[..., object]


class Editing(Sheet):
    """One thing of the clinic as it is typed.

    A subclass adds its fields, reads them in `carry_out`, and says live facts in `look`, which may raise Invalid for
    the field that can't be so.
    """

    def __init__(self, bench: Workbench, kind: str, about: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(kind, parent)
        self.bench, self.kind, self._about = bench, kind, about
        self.form = Form()
        self._controls: dict[str, QWidget] = {}
        self._draft: Draft | None = None
        self._retiring: Retiring | None = None
        self._saving = False
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._settled)
        self._below = vbox(gap=0)
        self._park = Button(kind=Kind.GHOST, icon="park", height=28, tip=self.tr("Park it (Esc)"), name=f"{kind}.park")
        self._discard = Button(self.tr("Discard"), height=36, name=f"{kind}.discard")
        self._discard.setEnabled(False)
        self._park.setEnabled(False)
        self.go.setObjectName(f"{kind}.save")
        self.go.show_words(self.tr("Save"))
        body = pane(vbox(pane(vbox(self.form, margins=(PAD, 12, PAD, 14))), self._below, STRETCH, gap=0))
        self.put_together(None, body, self._discard, head=(self._park,))
        self._park.clicked.connect(self.leave)
        self._discard.clicked.connect(self.discard)
        self.go.clicked.connect(self.save)

    # What a subclass says

    def look(self) -> None:
        """Says live facts about what is typed; raises Invalid for the field that can't be so."""

    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        """Does what the sheet is for, under the draft's id; gives what was done in words, and how to undo it."""
        raise NotImplementedError

    def draft_title(self) -> str:
        """What its parked card says."""
        return self.title.text()

    # Putting it together

    def field(self, name: str, title: str, control: QWidget, *, hint: str = "", required: bool = False) -> Field:
        """A field of the form, still to be placed in a row; each edit of it is kept."""
        made = self.form.field(name, title, control, hint=hint, required=required)
        control.setObjectName(f"{self.kind}.{name}")
        self._controls[name] = control
        edits(control).connect(self._edited)
        return made

    def row(self, *fields: QWidget) -> None:
        """Places fields side by side, all of them as wide as they can be."""
        self.form.add_row(*((field, 1) for field in fields))

    def add_below(self, *items: Item) -> None:
        """Adds a section under the form, below a hairline."""
        self._below.addWidget(Hair())
        self._below.addWidget(pane(vbox(*items, gap=6, margins=(PAD, 12, PAD, 12))))

    def offer_retiring(self, retiring: Retiring) -> None:
        """Says under the form what retiring would touch, before it is done, and offers it; or bringing back."""
        self._retiring = retiring
        verb = self.tr("Bring back") if retiring.retired else self.tr("Retire")
        kind = Kind.SECONDARY if retiring.retired else Kind.DANGER
        name = f"{self.kind}.restore" if retiring.retired else f"{self.kind}.retire"
        button = Button(verb, kind, height=28, name=name)
        button.clicked.connect(self.turn)
        title = self.tr("Retired") if retiring.retired else self.tr("Retire")
        self.add_below(head(title), Prose(retiring.words, name=f"{name}_words"), hbox(button, STRETCH))

    @override
    def begin(self) -> QWidget:
        able = (
            one for one in self._controls.values() if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()
        )
        return next(able, self.go)

    # Its draft

    def resume(self, draft: Draft) -> None:
        """Goes on with what was parked."""
        self._draft = draft
        self.bench.drafts.take(draft.id)
        self.show_fields(draft.body.get("fields", {}))
        self._park.setEnabled(True)
        self._discard.setEnabled(True)
        self._settled()

    def draft(self) -> Draft | None:
        """What it goes on with; None until something was edited."""
        return self._draft

    def fields(self) -> dict[str, Any]:
        """All that is typed, as it is typed."""
        return {name: raw(control) for name, control in self._controls.items()}

    def show_fields(self, typed: dict[str, Any]) -> None:
        """Shows again what was typed."""
        for name, value in typed.items():
            if name in self._controls:
                put(self._controls[name], value)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._draft is None:
            return
        if self.bench.drafts.get(self._draft.id) is None:  # thrown away on its card while another page was open
            self._draft = None
            self._end()
        else:
            self.bench.drafts.take(self._draft.id)

    @override
    def leave(self) -> None:
        """Closes; what was typed stays as a parked card."""
        if self._saving:
            return
        self._keep()
        if self._draft is not None:
            self.bench.drafts.park(self._draft.id)
        self._end()

    def discard(self) -> None:
        """Closes, and lets go of what was typed."""
        if self._saving:
            return
        self._settle.stop()
        self._close_draft()
        self._end()

    @action
    async def save(self) -> None:
        """Carries it out once; what can't be so is said beside its field."""
        self.form.clear_errors()
        self._keep()
        self.check()
        self._saving = True
        try:
            words, undo = await self.carry_out(self._draft.id if self._draft else None)
        finally:
            self._saving = False
        self.finish(words, undo)

    def finish(self, words: str, undo: Undo = None) -> None:
        """Says what was done and goes."""
        self._close_draft()
        self.bench.said.emit(words, undo)
        self._end()

    @action
    async def turn(self) -> None:
        """Retires what the sheet shows, or brings it back."""
        if self._retiring is None or self._about is None:
            return
        own, write = self._retiring, self.bench.backend.write
        there, back = (own.restore, own.retire) if own.retired else (own.retire, own.restore)
        await write(there, self._about)
        words = self.tr("Brought back {}") if own.retired else self.tr("Retired {}")
        self.finish(words.format(own.name), partial(write, back, self._about))

    def show_error(self, field: str, error: DomainError) -> None:
        """Says a refusal beside its field, and goes there."""
        self.form.show_error(field, self.bench.formats.sentence(error))

    def _edited(self) -> None:
        if self._draft is None:
            body = {"about": self._about, "fields": self.fields()}
            self._draft = self.bench.drafts.open(self.kind, title=self.draft_title(), body=body)
            self._park.setEnabled(True)
            self._discard.setEnabled(True)
        self.form.clear_errors()
        self._settle.start()

    def _settled(self) -> None:
        self._keep()
        try:
            self.check()
        except Invalid as error:
            if error.field in self.form.fields:
                self.form.fields[error.field].show_error(self.bench.formats.sentence(error))

    def check(self) -> None:
        """Reads every field that can be mistyped, then looks; raises Invalid, with the field, for the first misfit."""
        for name, control in self._controls.items():
            read_typed(name, control)
        self.look()

    def _keep(self) -> None:
        self._settle.stop()
        if self._draft is not None:
            body = {"about": self._about, "fields": self.fields()}
            self.bench.drafts.keep(self._draft.id, body, title=self.draft_title())

    def _close_draft(self) -> None:
        if self._draft is not None:
            self.bench.drafts.close(self._draft.id)
            self._draft = None

    def _end(self) -> None:
        self._settle.stop()
        self.closed.emit()


class Fact(Prose):
    """A line that says what the fields come to; without words it takes no room."""

    @override
    def show_words(self, words: str) -> None:
        super().show_words(words)
        self.setVisible(bool(words))


class Fold(QWidget):
    """A part of a sheet that most people never open."""

    def __init__(self, title: str, content: QWidget, *, name: str) -> None:
        super().__init__()
        self._content, self._sign = content, Icon("right", Tone.ACCENT, 14)
        self.opener = Button(title, Kind.LINK, height=24, name=name)
        self.opener.clicked.connect(self.turn)
        content.hide()
        self.setLayout(vbox(hbox(self._sign, self.opener, STRETCH, gap=2), content, gap=8))

    def turn(self) -> None:
        """Opens it, or closes it again."""
        self.show_content(wide=self._content.isHidden())

    def show_content(self, *, wide: bool) -> None:
        """Opens or closes it."""
        self._content.setVisible(wide)
        self._sign.show_icon("down" if wide else "right", Tone.ACCENT)


class Place(QWidget):
    """Where one sheet at a time stands beside a list; without one, what belongs there otherwise, or nothing."""

    emptied = Signal()

    def __init__(self, otherwise: QWidget | None = None) -> None:
        super().__init__()
        self._otherwise = otherwise
        self._sheet: Editing | None = None
        self._box: QVBoxLayout = vbox(otherwise, gap=0)
        self.setLayout(self._box)
        if otherwise is None:
            self.hide()

    def sheet(self) -> Editing | None:
        """The sheet that stands there."""
        return self._sheet

    def show_sheet(self, sheet: Editing, draft: Draft | None = None) -> None:
        """Shows a sheet, perhaps one that was begun, and goes into it; what stood there is parked."""
        if self._sheet is not None:
            self._sheet.leave()
        if draft is not None:
            # Parking the sheet before may have kept a last word of the same draft.
            sheet.resume(sheet.bench.drafts.get(draft.id) or draft)
        self._sheet = sheet
        if self._otherwise is not None:
            self._otherwise.hide()
        self._box.addWidget(sheet)
        sheet.closed.connect(self._take_away)
        sheet.show()
        self.show()
        sheet.begin().setFocus(Qt.FocusReason.TabFocusReason)

    def goes_on_with(self, draft: Draft | None) -> bool:
        """Whether the sheet that stands there is the one of a draft; then it takes the keyboard."""
        own = self._sheet.draft() if self._sheet is not None else None
        if self._sheet is None or own is None or draft is None or own.id != draft.id:
            return False
        self._sheet.begin().setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _take_away(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return
        sheet.hide()
        sheet.deleteLater()
        if self._otherwise is not None:
            self._otherwise.show()
        else:
            self.hide()
        self.emptied.emit()


def begun(bench: Workbench, kind: str, about: int) -> Draft | None:
    """A parked draft that changes the same thing, to go on with instead of a second one."""
    drafts = (draft for draft in bench.drafts.all() if draft.kind == kind and draft.body.get("about") == about)
    return next(drafts, None)


def counted(count: int, one: str, many: str) -> str:
    """So many of something, in words: 1 visit, 12 visits."""
    return one if count == 1 else many.format(count)


def needed(value: V | None, field: str, sentence: str) -> V:
    """A value that can't be left out; raises Invalid beside its field where it was."""
    if value is None:
        raise Invalid(sentence, field=field)
    return value


def suggest(line: LineEdit, words: Sequence[str]) -> None:
    """Offers words under a line as it is typed; another may be typed all the same."""
    completer = QCompleter(list(words), line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(8)
    popup = completer.popup()
    if popup is not None:
        popup.setFont(theme.font())
    completer.activated.connect(line.edited)
    line.setCompleter(completer)


def head(title: str) -> QWidget:
    """The head of a section of a sheet."""
    return pane(section(title))
