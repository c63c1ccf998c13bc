"""The form itself: its pages one after the other, what is wrong in them, and the review at the end."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from reception.domain.questionnaire import Filling, Page
from reception.domain.questionnaire.values import Form
from reception.ui.form import place
from reception.ui.form.book import Book
from reception.ui.form.control import Desk
from reception.ui.form.copying import copy
from reception.ui.form.entries import Alarm
from reception.ui.form.foot import Foot
from reception.ui.form.judging import Judge, Unread
from reception.ui.form.reckoning import Reckoning
from reception.ui.form.review import Flag, Review
from reception.ui.form.rows import Mark, QuestionRow
from reception.ui.form.standing import REVIEW, Standing
from reception.ui.form.steps import Step
from reception.ui.widgets import vbox

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
        self.reckoning = Reckoning(filling, self)
        self._desk, self._locked = desk, locked
        self._judge = Judge(filling, desk)
        self._standing = Standing(filling, self._judge, signs=self.signs())
        self._pages: tuple[Page, ...] = filling.pages()
        self._key = ""
        self._alarms: tuple[Alarm, ...] = ()
        self._flags: tuple[Flag, ...] = ()
        self.review = Review(desk, signs=self.signs(), locked=locked)
        self.foot = Foot(signs=self.signs())
        self._book = Book(desk, self._judge, _fewer(filling.form), self.review, self.foot.buttons())
        self._connect()
        self.setLayout(vbox((self._book, 1), self.foot, gap=0))
        self.foot.setVisible(not locked)
        self.show_page(REVIEW if locked or not self._pages else self._pages[0].key)

    def _connect(self) -> None:
        book, foot = self._book, self.foot
        book.edited.connect(self._edit)
        book.left.connect(self._leave)
        book.confirmed.connect(self._confirm)
        book.all_confirmed.connect(self._confirm_all)
        book.added.connect(self._add)
        book.removed.connect(self._remove)
        book.acted.connect(self.acted)
        foot.back.connect(self.back)
        foot.next.connect(self.next)
        foot.finish.connect(self.submit)
        self.review.change.connect(self.show_page)
        self.review.signing.changed.connect(self._sign)
        self.reckoning.done.connect(self._show_reckoned)
        for keys, act in (("Alt+Left", self.back), ("Ctrl+Return", self.next), ("Ctrl+Enter", self.next)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

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
        self._book.forget()
        self.show_page(key if self._page(key) is not None or key == REVIEW else self._key)

    def steps(self) -> tuple[Step, ...]:
        """The pages, how far each is, and the review at the end."""
        signed = self.signs() and self.review.signing.pad.is_signed()
        return self._standing.steps(self._pages, self._key, self._book.typing(), signed=signed)

    def row(self, path: place.Path) -> QuestionRow | None:
        """The row of a question on the page that is shown."""
        return self._book.row(path)

    # go

    def show_page(self, key: str) -> None:
        """Goes to a page, or to the review; what was to follow the page before doesn't any more."""
        self.reckoning.stay()
        self._pages = self.filling.pages()
        page = self._page(key)
        self._key = REVIEW if page is None else page.key
        if page is None:
            self._show_review()
        else:
            self._show_rows(page)
            self._book.open(page)
            self._book.begin()
        self._show_foot()
        self.turned.emit()

    def next(self) -> None:
        """Goes on, unless something on this page is to be corrected or confirmed first."""
        self._once_reckoned(self._go_on)

    def back(self) -> None:
        """Goes to the page before."""
        keys = [*(page.key for page in self._pages), REVIEW]
        n = keys.index(self._key)
        if n and not self._locked:
            self.show_page(keys[n - 1])

    def submit(self) -> None:
        """Asks to finish; where something is wrong or wanting anywhere, goes there instead."""
        self._once_reckoned(self._finish)

    def show_refusal(self, link_id: str, sentence: str) -> bool:
        """Says at its question why the form was refused; False where it has no such question."""
        page = next((page for page in self._pages if any(row.item.link_id == link_id for row in page.rows)), None)
        if page is None:
            return False
        self._judge.refuse(link_id, sentence)
        self.show_page(page.key)
        return self._stop_at(page)

    def _once_reckoned(self, act: Callable[[], None]) -> None:
        """What is judged is judged by what the newest answers come to, so going on waits for that."""
        if not self._locked and not self.reckoning.then(act):
            self.foot.show_waiting()

    def _go_on(self) -> None:
        page = self._page(self._key)
        if page is None:
            self._finish()
            return
        self._judge.check([page.key])
        if not self._stop_at(page):
            self.show_page(self._following(page))

    def _finish(self) -> None:
        self._pages = self.filling.pages()
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

    def _page(self, key: str) -> Page | None:
        return next((page for page in self._pages if page.key == key), None)

    def _number(self, page: Page) -> int:
        return next(n for n, one in enumerate(self._pages, 1) if one.key == page.key)

    def _following(self, page: Page) -> str:
        keys = [*(one.key for one in self._pages), REVIEW]
        return keys[self._number(page)]

    def _stop_at(self, page: Page) -> bool:
        """Goes to the first answer that is to be corrected or confirmed; False where there is none."""
        self._show_state()
        first = next(iter((*self._judge.errors(page), *self._judge.unconfirmed(page))), None)
        if first is not None:
            self._book.go_to(first)
        return first is not None

    @override
    def showEvent(self, event: QShowEvent) -> None:
        # Not QDialog's own, which would move it as if it were a window.
        QWidget.showEvent(self, event)
        if not event.spontaneous():
            self._book.begin()

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
        self.reckoning.answered()
        self.changed.emit()

    def _leave(self, path: place.Path) -> None:
        self._judge.touch(path)
        self.reckoning.soon()

    def _add(self, path: place.Path) -> None:
        added = self.filling.add(path)
        self._redraw(frozenset())
        self._answered()
        page = self._page(self._key)
        asked = (row.path for row in (page.rows if page is not None else ()) if row.item.asks)
        first = next((one for one in asked if one[: len(added)] == added), None)
        if first is not None:
            self._book.go_to(first)

    def _remove(self, path: place.Path) -> None:
        self.filling.remove(path)
        self._judge.forget(path)
        self._book.forget()
        self.show_page(self._key)
        self._answered()

    def _confirm(self, path: place.Path) -> None:
        self._judge.copied.pop(path, None)
        self._book.go_to(path)
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
        self._book.forget()
        self.show_page(self._key)
        self._answered()

    def confirm_unchanged(self, answers: Mapping[str, Any]) -> None:
        """Takes earlier answers for today's, since nothing has changed: goes to what is still wanting, else to the end.

        Where nothing is wanting, a form without a signature is finished by that.
        """
        copy(Filling(self.filling.form, answers, today=self._desk.today), self.filling)
        self._book.forget()
        self._answered()
        self._once_reckoned(self._finish_unchanged)

    def _finish_unchanged(self) -> None:
        self._finish()
        if self._key == REVIEW and not self.signs():
            self._finish()

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

    def _show_reckoned(self, changed: frozenset[place.Path]) -> None:
        self._redraw(changed)
        self._show_state()

    def _redraw(self, changed: frozenset[place.Path]) -> None:
        """Shows what an answer has changed beside itself: here at once, on other pages when they are gone to."""
        self._pages = self.filling.pages()
        self._book.note(changed)
        page = self._page(self._key)
        if page is not None:
            self._show_rows(page)
        elif self._key != REVIEW:
            self.show_page(REVIEW)
        elif changed:
            self.review.show_answers(self._pages, self._flags)

    def _show_rows(self, page: Page) -> None:
        where = self.tr("section {n} of {count}").format(n=self._number(page), count=len(self._pages) + 1)
        self._book.show_page(page, self._standing.title(page), where, self._alarms)

    def _show_state(self) -> None:
        self._book.show_wrong()
        self._show_foot()
        self.turned.emit()

    def _show_review(self) -> None:
        self.review.show_title(self.filling.form.title if self._locked else self._standing.title(None))
        self.review.show_answers(self._pages, self._flags)
        self._book.open(None)
        if not self._locked and self.isVisible():
            self.foot.finish_button.setFocus(_OTHER)

    def _show_foot(self) -> None:
        page = self._page(self._key)
        first = not self._pages or self._key == self._pages[0].key
        if page is None:
            self.foot.show_words(self._standing.ending(), None, first=first)
            return
        left = self._standing.left(page, self._number(page), self._book.typing())
        self.foot.show_words(left, self._standing.title(self._page(self._following(page))), first=first)

    # keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not self._locked and enter and not event.isAutoRepeat() and self._key != REVIEW:
            self.next()
        elif not event.modifiers() and event.text() and self._book.press(event.text()):
            event.accept()
        else:
            event.ignore()  # not QDialog's own: Esc is for whoever shows the form


def asks_signature(form: Form) -> bool:
    """Whether a form, or a question of it, asks for a signature."""
    return form.signature or any(item.signature for item in form.walk())


def _fewer(form: Form) -> Mark:
    """Which questions are marked: those that must be answered, or where those are more, the others."""
    asked = [item for item in form.walk() if item.asks and not item.read_only and not item.calculated]
    required = sum(1 for item in asked if item.required)
    return Mark.OPTIONAL if required * 2 > len(asked) else Mark.REQUIRED
