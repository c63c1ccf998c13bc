"""The form itself: its pages one after the other, what is wrong in them, and the review at the end."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget
from typing_extensions import override

from reception.domain.questionnaire import Filling, Page
from reception.domain.questionnaire.values import Form
from reception.ui.form import place
from reception.ui.form.control import Desk
from reception.ui.form.copying import copy
from reception.ui.form.entries import Alarm
from reception.ui.form.foot import Foot
from reception.ui.form.judging import Judge, Unread
from reception.ui.form.page import PageView
from reception.ui.form.review import Flag, Review
from reception.ui.form.rows import Mark, QuestionRow
from reception.ui.form.steps import Stage, Step
from reception.ui.tokens import Tone
from reception.ui.widgets import vbox

REVIEW = "review\N{HORIZONTAL ELLIPSIS}"
"""The key of the last page; no section of a form has it."""

_SETTLE = 150  # milliseconds after the last key in which the form is reckoned and judged anew
_OTHER = Qt.FocusReason.OtherFocusReason


class FormDialog(QDialog):
    """One form being filled in, or read once it is locked; it lies in its page and never stands in the way.

    `changed` tells of every answer, `turned` that a page or the progress is another, `submitted` that somebody wants to
    finish and nothing is wrong any more, `acted` which button of an alarm was pressed.
    """

    changed = Signal()
    turned = Signal()
    submitted = Signal()
    acted = Signal(str)

    def __init__(self, filling: Filling, desk: Desk, *, locked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setObjectName("form.dialog")
        self.setAccessibleName(filling.form.title)
        self.filling = filling
        self._desk, self._locked = desk, locked
        self._judge = Judge(filling, desk)
        self._mark = _fewer(filling.form)
        self._pages: tuple[Page, ...] = filling.pages()
        self._key = ""
        self._views: dict[str, PageView] = {}
        self._stale: dict[str, set[place.Path]] = {}
        self._alarms: tuple[Alarm, ...] = ()
        self._flags: tuple[Flag, ...] = ()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self.settle)
        self._build()
        self.show_page(REVIEW if locked or not self._pages else self._pages[0].key)

    # what it holds

    @property
    def key(self) -> str:
        """The page that is shown."""
        return self._key

    def signs(self) -> bool:
        """Whether the form asks for a signature."""
        return asks_signature(self.filling.form)

    def unread(self) -> Mapping[str, Any]:
        """What was typed and can't be read yet, for a draft."""
        return {place.key(path): unread.typed for path, unread in self._judge.unread.items()}

    def copied(self) -> Mapping[str, str]:
        """What was copied and isn't confirmed yet, with where it came from, for a draft."""
        return {place.key(path): words for path, words in self._judge.copied.items()}

    def resume(self, unread: Mapping[str, Any], copied: Mapping[str, str], key: str) -> None:
        """Goes on where a draft was left."""
        self._judge.resume(unread, copied)
        self._drop_views()
        self.show_page(key if self._page(key) is not None or key == REVIEW else self._key)

    def steps(self) -> tuple[Step, ...]:
        """The pages, how far each is, and the review at the end."""
        words = self.tr("all answers in one sight")
        if self.signs():
            signed = self.review.signing.pad.is_signed()
            words = self.tr("signed") if signed else self.tr("not signed yet")
        stage = Stage.CURRENT if self._key == REVIEW else Stage.OPEN
        return (*map(self._step, self._pages), Step(REVIEW, self._review_title(), words, stage, wrong=False))

    def row(self, path: place.Path) -> QuestionRow | None:
        """The row of a question on the page that is shown."""
        view = self._views.get(self._key)
        return view.row(path) if view is not None else None

    # build

    def _build(self) -> None:
        self._stack = QStackedWidget()
        self.review = Review(self._desk, signs=self.signs(), locked=self._locked)
        self._stack.addWidget(self.review)
        self.foot = Foot(signs=self.signs())
        self.setLayout(vbox((self._stack, 1), self.foot, gap=0))
        self.foot.setVisible(not self._locked)
        self.foot.back.connect(self.back)
        self.foot.next.connect(self.next)
        self.foot.finish.connect(self.submit)
        self.review.change.connect(self.show_page)
        self.review.signing.changed.connect(self._sign)
        for keys, act in (("Alt+Left", self.back), ("Ctrl+Return", self.next), ("Ctrl+Enter", self.next)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _view(self, page: Page) -> PageView:
        """A page, made when it is first shown."""
        if page.key not in self._views:
            view = PageView(self._desk, self._mark, name=f"form.page.{page.key}")
            view.edited.connect(self._edit)
            view.left.connect(self._leave)
            view.confirmed.connect(self._confirm)
            view.all_confirmed.connect(self._confirm_all)
            view.added.connect(self._add)
            view.removed.connect(self._remove)
            view.acted.connect(self.acted)
            view.made.connect(self._show_made)
            self._views[page.key] = view
            self._stack.addWidget(view)
        return self._views[page.key]

    def _drop_views(self) -> None:
        """Lets go of the pages: what their rows show belongs to other answers now."""
        for view in self._views.values():
            self._stack.removeWidget(view)
            view.hide()
            view.deleteLater()
        self._views.clear()
        self._stale.clear()

    # go

    def show_page(self, key: str) -> None:
        """Goes to a page, or to the review."""
        self._pages = self.filling.pages()
        page = self._page(key)
        self._key = REVIEW if page is None else page.key
        if page is None:
            self._show_review()
        else:
            self._show_rows(page)
            self._stack.setCurrentWidget(self._view(page))
            self._begin(page)
        self._show_foot()
        self.turned.emit()

    def next(self) -> None:
        """Goes on, unless something on this page is to be corrected or confirmed first."""
        page = self._page(self._key)
        if page is None:
            self.submit()
            return
        self._judge.check([page.key])
        if not self._stop_at(page):
            self.show_page(self._following(page))

    def back(self) -> None:
        """Goes to the page before."""
        keys = [*(page.key for page in self._pages), REVIEW]
        n = keys.index(self._key)
        if n and not self._locked:
            self.show_page(keys[n - 1])

    def submit(self) -> None:
        """Asks to finish; where something is wrong or wanting anywhere, goes there instead."""
        if self._locked:
            return
        self._redraw(self.filling.reckon())
        self._judge.check(page.key for page in self._pages)
        for page in self._pages:
            if self._judge.errors(page) or self._judge.unconfirmed(page):
                self.show_page(page.key)
                self._stop_at(page)
                return
        if self._key != REVIEW:
            self.show_page(REVIEW)
        elif self.signs() and self.review.signing.signed() is None:
            self.review.signing.show_problem(self.tr("Sign here first. A name that is typed needs a witness."))
            self.review.ensureWidgetVisible(self.review.signing)
        else:
            self.submitted.emit()

    def show_refusal(self, link_id: str, sentence: str) -> bool:
        """Says at its question why the form was refused; False where it has no such question."""
        page = next((page for page in self._pages if any(row.item.link_id == link_id for row in page.rows)), None)
        if page is None:
            return False
        self._judge.refuse(link_id, sentence)
        self.show_page(page.key)
        return self._stop_at(page)

    def _page(self, key: str) -> Page | None:
        return next((page for page in self._pages if page.key == key), None)

    def _following(self, page: Page) -> str:
        keys = [*(one.key for one in self._pages), REVIEW]
        return keys[keys.index(page.key) + 1]

    def _begin(self, page: Page) -> None:
        """The keyboard begins at the first question without an answer."""
        asked = [row for row in page.rows if row.item.asks]
        still = [row.path for row in asked if not row.values]
        if self.isVisible():
            for path in (*still, *(row.path for row in asked)):
                if self._go_to(path):
                    return

    def _stop_at(self, page: Page) -> bool:
        """Goes to the first answer that is to be corrected or confirmed; False where there is none."""
        self._show_state()
        first = next(iter((*self._judge.errors(page), *self._judge.unconfirmed(page))), None)
        if first is not None:
            self._go_to(first)
        return first is not None

    def _go_to(self, path: place.Path) -> bool:
        """Takes the keyboard to a question; False where it takes none."""
        row = self.row(path)
        taker = None if row is None else row.confirm() if path in self._judge.copied else row.takes_keyboard()
        if row is None or taker is None:
            return False
        taker.setFocus(_OTHER)
        self._views[self._key].go_to(row)
        return True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        # Not QDialog's own, which would move it as if it were a window.
        QWidget.showEvent(self, event)
        page = self._page(self._key)
        if page is not None and not event.spontaneous():
            self._begin(page)

    # answers

    def _edit(self, path: place.Path) -> None:
        row = self.row(path)
        if row is None:
            return
        misfit = row.unread()
        unread = Unread(row.control.raw(), misfit) if misfit is not None else None
        self._judge.answered(path, unread)
        changed = self.filling.put(path, () if unread is not None else row.answer())
        if not row.control.is_typed():
            self._judge.touch(path)
        row.show_copied("")
        self._redraw(changed - {path})
        self._answered()

    def _answered(self) -> None:
        """Somebody answered: what was signed is no longer what is there."""
        if self.review.signing.pad.is_signed():
            self.review.signing.clear()
        self._settle.start()
        self.changed.emit()

    def _leave(self, path: place.Path) -> None:
        self._judge.touch(path)
        self._settle.start()

    def _add(self, path: place.Path) -> None:
        added = self.filling.add(path)
        self._redraw(frozenset())
        self._answered()
        page = self._page(self._key)
        asked = (row.path for row in (page.rows if page is not None else ()) if row.item.asks)
        first = next((one for one in asked if one[: len(added)] == added), None)
        if first is not None:
            self._go_to(first)

    def _remove(self, path: place.Path) -> None:
        self.filling.remove(path)
        self._judge.forget(path)
        self._drop_views()
        self.show_page(self._key)
        self._answered()

    def _confirm(self, path: place.Path) -> None:
        self._judge.copied.pop(path, None)
        row = self.row(path)
        taker = row.takes_keyboard() if row is not None else None
        if taker is not None:
            taker.setFocus(_OTHER)
        self._show_state()
        self.changed.emit()

    def _confirm_all(self) -> None:
        page = self._page(self._key)
        for path in self._judge.unconfirmed(page) if page is not None else ():
            self._judge.copied.pop(path)
        self._show_state()
        self.changed.emit()

    def _sign(self) -> None:
        self.changed.emit()
        self.turned.emit()

    def copy(self, answers: Mapping[str, Any], words: str) -> None:
        """Takes over earlier answers where nothing is answered yet, each marked with where it came from."""
        taken = copy(Filling(self.filling.form, answers, today=self._desk.today), self.filling)
        self._judge.copied |= dict.fromkeys(taken, words)
        self._drop_views()
        self.show_page(self._key)
        self._answered()

    def confirm_unchanged(self, answers: Mapping[str, Any]) -> None:
        """Takes earlier answers for today's, since nothing has changed: goes to what is still wanting, else to the end.

        Where nothing is wanting, a form without a signature is finished by that.
        """
        copy(Filling(self.filling.form, answers, today=self._desk.today), self.filling)
        self._drop_views()
        self._answered()
        self.submit()
        if self._key == REVIEW and not self.signs():
            self.submit()

    # show

    def show_meaning(self, alarms: Sequence[Alarm], flags: Sequence[Flag]) -> None:
        """Takes what the answers mean: what stands under its question, and what is flagged in the review."""
        if (tuple(alarms), tuple(flags)) == (self._alarms, self._flags):
            return
        self._alarms, self._flags = tuple(alarms), tuple(flags)
        page = self._page(self._key)
        if page is not None:
            self._show_rows(page)
        else:
            self.review.show_answers(self._pages, self._flags)

    def settle(self) -> None:
        """Reckons what is calculated, and judges what was answered."""
        self._redraw(self.filling.reckon())
        self._show_state()

    def _redraw(self, changed: Iterable[place.Path]) -> None:
        """Shows what an answer has changed beside itself: here at once, on other pages when they are gone to."""
        self._pages = self.filling.pages()
        for key in self._views:
            self._stale.setdefault(key, set()).update(changed)
        page = self._page(self._key)
        if page is not None:
            self._show_rows(page)
        elif self._key != REVIEW:
            self.show_page(REVIEW)

    def _show_rows(self, page: Page) -> None:
        view = self._view(page)
        n = next(n for n, one in enumerate(self._pages, 1) if one.key == page.key)
        where = self.tr("section {n} of {count}").format(n=n, count=len(self._pages) + 1)
        view.show_title(self._title(page), where)
        view.show_rows(page.rows, self._alarms)
        self._chain(view)
        stale = self._stale.pop(page.key, set())
        view.show_values({row.path: row for row in page.rows if row.path in stale})
        self._show_wrong()

    def _chain(self, view: PageView) -> None:
        """Tab goes from the last question to the foot."""
        before = view.last_stop()
        for button in (self.foot.back_button, self.foot.next_button, self.foot.finish_button):
            QWidget.setTabOrder(before, button)
            before = button

    def _show_made(self) -> None:
        """More rows of the page that is shown are there."""
        self._show_wrong()
        if self._key in self._views:
            self._chain(self._views[self._key])

    def _show_state(self) -> None:
        self._show_wrong()
        self._show_foot()
        self.turned.emit()

    def _show_review(self) -> None:
        self.review.show_title(self.filling.form.title if self._locked else self._review_title())
        self.review.show_answers(self._pages, self._flags)
        self._stack.setCurrentWidget(self.review)
        if not self._locked and self.isVisible():
            self.foot.finish_button.setFocus(_OTHER)

    def _show_wrong(self) -> None:
        """Says at the questions of the page that is shown what is wrong with them, and what was copied."""
        view, page = self._views.get(self._key), self._page(self._key)
        if view is None or page is None:
            return
        rows = list(view.questions())
        for row in rows:
            self._show_unread(row)
        wrong = {one.path: one for one in self._judge.wrong(page, self._typing())}
        for row in rows:
            told = wrong.get(row.path)
            row.show_problem(told.sentence if told else "", told.tone if told else Tone.DANGER)
            row.show_copied(self._judge.copied.get(row.path, ""))
        unconfirmed = self._judge.unconfirmed(page)
        words = self.tr("All {count} copied answers are still right").format(count=len(unconfirmed))
        view.show_unconfirmed(words if len(unconfirmed) > 1 else "")

    def _show_unread(self, row: QuestionRow) -> None:
        """What a draft kept of something that can't be read stands there again once its row is made."""
        unread = self._judge.unread.get(row.path)
        if unread is not None and unread.why is None:
            row.control.put(unread.typed)
            self._judge.unread[row.path] = Unread(unread.typed, row.unread())

    def _typing(self) -> place.Path | None:
        """Where somebody types what nobody has found fault with yet."""
        view = self._views.get(self._key)
        rows = view.questions() if view is not None else ()
        typed = (row for row in rows if row.control.is_typed() and row.control.has_keyboard())
        return next((row.path for row in typed if not row.problem()), None)

    def _step(self, page: Page) -> Step:
        answered, asked = self.filling.progress(page.key)
        errors, unconfirmed = self._judge.errors(page, self._typing()), self._judge.unconfirmed(page)
        words = self.tr("{answered} of {asked}").format(answered=answered, asked=asked)
        words = self._to_mend(len(errors), len(unconfirmed)) or words
        done = not errors and not unconfirmed and (answered == asked or self._judge.is_checked(page.key))
        stage = Stage.CURRENT if page.key == self._key else Stage.DONE if done else Stage.OPEN
        return Step(page.key, self._title(page), words, stage, wrong=bool(errors))

    def _to_mend(self, errors: int, unconfirmed: int) -> str:
        if errors:
            many = self.tr("{count} answers to correct").format(count=errors)
            return self.tr("1 answer to correct") if errors == 1 else many
        if unconfirmed:
            many = self.tr("{count} copied answers to confirm").format(count=unconfirmed)
            return self.tr("1 copied answer to confirm") if unconfirmed == 1 else many
        return ""

    def _title(self, page: Page) -> str:
        """What a page is called; loose questions go by the name of the form."""
        return page.title or self.filling.form.title

    def _review_title(self) -> str:
        return self.tr("Review and sign") if self.signs() else self.tr("Review")

    def _show_foot(self) -> None:
        page = self._page(self._key)
        first = not self._pages or self._key == self._pages[0].key
        if page is None:
            signing = self.tr("Signing locks the answers; a correction is a new form")
            finishing = self.tr("Finishing locks the answers; a correction is a new form")
            self.foot.show_words(signing if self.signs() else finishing, None, first=first)
            return
        after = self._page(self._following(page))
        self.foot.show_words(self._left_words(page), self._title(after) if after else self._review_title(), first=first)

    def _left_words(self, page: Page) -> str:
        errors, unconfirmed = self._judge.errors(page, self._typing()), self._judge.unconfirmed(page)
        mend = self._to_mend(len(errors), len(unconfirmed))
        if mend:
            n = next(n for n, one in enumerate(self._pages, 1) if one.key == page.key)
            return self.tr("{what}, then section {n}").format(what=mend, n=n + 1)
        answered, asked = self.filling.progress(page.key)
        if asked - answered == 1:
            return self.tr("1 question left in this section")
        many = self.tr("{count} questions left in this section").format(count=asked - answered)
        return many if asked > answered else ""

    # keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not self._locked and enter and not event.isAutoRepeat() and self._key != REVIEW:
            self.next()
        elif not event.modifiers() and event.text() and self._press(event.text()):
            event.accept()
        else:
            event.ignore()  # not QDialog's own: Esc is for whoever shows the form

    def _press(self, key: str) -> bool:
        """Answers the question that has the keyboard by its key."""
        view, focus = self._views.get(self._key), self.focusWidget()
        rows = view.questions() if view is not None else ()
        row = next((one for one in rows if one.isAncestorOf(focus)), None)
        return row is not None and row.control.press(key)


def asks_signature(form: Form) -> bool:
    """Whether a form, or a question of it, asks for a signature."""
    return form.signature or any(item.signature for item in form.walk())


def _fewer(form: Form) -> Mark:
    """Which questions are marked: those that must be answered, or where those are more, the others."""
    asked = [item for item in form.walk() if item.asks and not item.read_only and not item.calculated]
    required = sum(1 for item in asked if item.required)
    return Mark.OPTIONAL if required * 2 > len(asked) else Mark.REQUIRED
