"""A form being edited: what it asks at the left, one question of it in the middle, and how it looks at the right."""

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Draft, History, Sort, Weight
from reception.ui.panels.editor.card import Card, is_entry
from reception.ui.panels.editor.facts import Around, Facts, facts_of
from reception.ui.panels.editor.outline import FORM, Outline, lines_of
from reception.ui.panels.editor.preview import Preview
from reception.ui.panels.editor.publishing import Publishing
from reception.ui.panels.editor.state import State, Step, Work, drafted, unruled
from reception.ui.widgets import Hair, hbox, pane, vbox
from reception.ui.workbench import Workbench

LEFT, MIDDLE = 300, 412
_ROOM_FOR_PREVIEW, _WIDE, _MORE = 1060, 1500, 60
_SHOWN_AFTER = 200  # milliseconds after a key in which it is seen in the list and in the preview


class Columns(QWidget):
    """The list, the card, and beside them the preview or the look before publishing.

    `edited` tells of every step, `shown` that all parts show the form as it stands.
    """

    edited = Signal()
    shown = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self._base: Work | None = None
        self._around = Around()
        self._history: History[State] | None = None
        self._facts: Facts | None = None
        self._chosen = FORM
        self._previewing = False
        self._showing = QTimer(self, singleShot=True, interval=_SHOWN_AFTER)
        self._showing.timeout.connect(self.show_beside)
        self._build()
        self._connect()

    # what is edited

    def begin(self, work: Work, around: Around) -> None:
        """Shows a form to be edited."""
        self._base, self._around, self._history = work, around, History(work.state)
        self._chosen, self._previewing = FORM, False
        self.preview.forget()
        self.publishing.material.setChecked(False)
        self._right.setCurrentWidget(self.preview)
        self._fold()
        self._show_all()
        self.outline.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """It is edited no more."""
        self._showing.stop()
        self._base = self._history = self._facts = None

    def work(self) -> Work | None:
        """The form as it stands now, with where it came from; None where none is edited."""
        if self._base is None or self._history is None:
            return None
        return replace(self._base, state=self._history.now)

    @property
    def chosen(self) -> str:
        """The entry that is edited."""
        return self._chosen

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to be taken back."""
        return self._history is not None and bool(self._history.past)

    @property
    def can_redo(self) -> bool:
        """Whether there is one to be done again."""
        return self._history is not None and bool(self._history.future)

    def facts(self) -> Facts | None:
        """The form as it stands, read for all parts."""
        if self._history is None:
            return None
        if self._facts is None or self._facts.state != self._history.now:
            self._facts = facts_of(self._history.now, self._around, self.bench.formats, self.bench.today())
        return self._facts

    # build

    def _build(self) -> None:
        self.outline, self.card = Outline(), Card()
        self.preview, self.publishing = Preview(), Publishing()
        self._left = pane(hbox((self.outline, 1), Hair(vertical=True, strong=True), gap=0), "canvas", width=LEFT)
        self._middle = pane(hbox((self.card, 1), Hair(vertical=True, strong=True), gap=0), "surface")
        self._middle.setMinimumWidth(MIDDLE)
        self._right = QStackedWidget()
        self._right.addWidget(self.preview)
        self._right.addWidget(self.publishing)
        self._beside = pane(vbox(self._right, gap=0), "canvas")
        self.setLayout(hbox(self._left, (self._middle, 1), (self._beside, 2), gap=0))

    def _connect(self) -> None:
        outline, card, publishing = self.outline, self.card, self.publishing
        outline.chosen.connect(self.choose)
        outline.add_asked.connect(self._add)
        outline.dropped.connect(self._drop)
        outline.stepped.connect(self._step)
        outline.copy_asked.connect(self._copy)
        outline.remove_asked.connect(self._remove)
        card.typed.connect(self._type)
        card.stepped.connect(self._do)
        publishing.left.connect(self.show_preview)
        publishing.go_asked.connect(self.choose)
        publishing.unrule_asked.connect(self._unrule)

    # steps

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
        facts = self.facts()
        if facts is None or key == self._chosen or (key != FORM and key not in facts.lines):
            return
        self._chosen, self._previewing = key, False
        if self.is_narrow:
            self._right.setCurrentWidget(self.preview)
        self._fold()
        self._show_all()

    def _do(self, step: Step, focus: str = "") -> None:
        """Does something to the form, and shows all of it anew."""
        if self._history is not None:
            self._turn(self._history.do(step(self._history.now)), focus)

    def _type(self, step: Step, mark: Hashable) -> None:
        """The same for what stands in the card already."""
        if self._history is None:
            return
        self._history = self._history.do(step(self._history.now), mark)
        self.edited.emit()
        self._showing.start()

    def _turn(self, history: History[State], focus: str = "") -> None:
        self._history = history
        self._show_all(focus or self._focus())
        self.edited.emit()

    def _focus(self) -> str:
        """What has the keyboard in the card, to have it again."""
        focus = QApplication.focusWidget()
        return focus.objectName() if focus is not None and self.card.isAncestorOf(focus) else ""

    def _add(self, sort: Sort) -> None:
        self._put_in(lambda draft: editing.add(draft, sort, self._chosen))

    def _copy(self, key: str) -> None:
        self._put_in(lambda draft: editing.duplicate(draft, key))

    def _put_in(self, make: Callable[[Draft], tuple[Draft, str]]) -> None:
        """Something new comes into the form, and its words are typed at once."""
        if self._history is None:
            return
        state = self._history.now
        draft, self._chosen = make(state.draft)
        self._previewing = False
        self._fold()
        self._turn(self._history.do(replace(state, draft=draft)), "editor.words" if is_entry(self._chosen) else "")

    def _drop(self, key: str, gap: int) -> None:
        self._chosen = key
        self._do(drafted(lambda draft: editing.drop(draft, key, gap)))

    def _step(self, key: str, by: int) -> None:
        self._do(drafted(lambda draft: editing.step(draft, key, by)))

    def _remove(self, key: str) -> None:
        """Takes an entry out; the one that comes into its place is edited then."""
        if self._history is None:
            return
        names = [one.link_id for one in editing.entries(self._history.now.draft)]
        history = self._history.do(drafted(lambda draft: editing.remove(draft, key))(self._history.now))
        left = [one.link_id for one in editing.entries(history.now.draft)]
        self._chosen = left[min(names.index(key), len(left) - 1)] if left else FORM
        self._turn(history)

    def _unrule(self, key: str) -> None:
        self._do(unruled(key))

    # show

    def show_preview(self) -> None:
        """Shows how the form looks."""
        self._right.setCurrentWidget(self.preview)
        self._fold()
        self.show_beside()

    def turn_preview(self) -> None:
        """On a narrow page: shows the preview in the card's place, or the card again."""
        self._previewing = not self._is_looking() and not self._previewing
        self.show_preview()

    def look_through(self) -> None:
        """Shows all that was found before anything is published."""
        self._right.setCurrentWidget(self.publishing)
        self._fold()
        self.show_beside()
        self.publishing.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        """Goes back from the look before publishing; False where that isn't shown."""
        looking = self._is_looking()
        if looking:
            self.show_preview()
        return looking

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for one thing beside the list only."""
        return self.width() < _ROOM_FOR_PREVIEW

    @property
    def shows_card(self) -> bool:
        """Whether that is the card."""
        return not self._is_looking() and not self._previewing

    def show_beside(self) -> None:
        """Shows the form as it stands everywhere but in the card, where what is typed stands already."""
        facts, work = self.facts(), self.work()
        if facts is None or work is None:
            return
        self._show_list(facts)
        if self._is_looking():
            self.publishing.show_work(facts, work)
        else:
            self.preview.show_form(facts, self._chosen)
        self.shown.emit()

    def _is_looking(self) -> bool:
        return self._right.currentWidget() is self.publishing

    def _show_all(self, focus: str = "") -> None:
        self._showing.stop()
        facts = self.facts()
        if facts is None:
            return
        if self._chosen != FORM and self._chosen not in facts.lines:
            self._chosen = FORM
        self.card.show_entry(facts, self._chosen, focus)
        for part in self.card.findChildren(QWidget):
            part.installEventFilter(self)
        self.show_beside()

    def _show_list(self, facts: Facts) -> None:
        rules = Counter(one.link_id for one in facts.state.decides)
        wrong: dict[str, Weight] = {}
        for one in facts.findings():
            if one.weight is Weight.ERROR or one.link_id not in wrong:
                wrong[one.link_id] = one.weight
        self.outline.show_lines(lines_of(facts.state.draft.title, facts.entries, rules, wrong), self._chosen)

    def _fold(self) -> None:
        """A narrow page shows one thing beside the list: the card, or what is looked at; a wide one both."""
        narrow, card = self.is_narrow, self.shows_card
        self._left.setFixedWidth(LEFT if self.width() < _WIDE else LEFT + _MORE)
        self._middle.setVisible(card or not narrow)
        self._middle.setMaximumWidth(self.width() if narrow else MIDDLE)
        self._beside.setVisible(not card or not narrow)
        self.shown.emit()

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
        # The window has an undo of its own, for what was done at the desk.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._undoing(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._undoing(event)
        if act is not None:
            act()
        elif event.key() == Qt.Key.Key_Insert:
            self.outline.offer()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _undoing(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What an undo or a redo key does here; None for any other key."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return self.undo
        return self.redo if event.matches(QKeySequence.StandardKey.Redo) else None
