"""The pages of a form on screen: each is made when it is first gone to, and told what has changed when it is shown."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from reception.domain.questionnaire import Page
from reception.ui.form import place
from reception.ui.form.control import Desk
from reception.ui.form.entries import Alarm
from reception.ui.form.judging import Judge, Unread
from reception.ui.form.page import PageView
from reception.ui.form.review import Review
from reception.ui.form.rows import Mark, QuestionRow
from reception.ui.tokens import Tone


class Book(QStackedWidget):
    """The pages and the review, of which one is open."""

    edited = Signal(object)
    left = Signal(object)
    confirmed = Signal(object)
    all_confirmed = Signal()
    added = Signal(object)
    removed = Signal(object)
    acted = Signal(str)

    def __init__(self, desk: Desk, judge: Judge, mark: Mark, review: Review, after: Sequence[QWidget]) -> None:
        super().__init__()
        self._desk, self._judge, self._mark, self._review, self._after = desk, judge, mark, review, after
        self._page: Page | None = None
        self._views: dict[str, PageView] = {}
        self._stale: dict[str, set[place.Path]] = {}
        self.addWidget(review)

    # show

    def open(self, page: Page | None) -> None:
        """Opens a page that is shown by now, or with None the review."""
        self._page = page
        self.setCurrentWidget(self._view(page) if page is not None else self._review)

    def show_page(self, page: Page, title: str, where: str, alarms: Sequence[Alarm]) -> None:
        """Shows a page as it stands now."""
        self._page = page
        view = self._view(page)
        view.show_title(title, where)
        view.show_rows(page.rows, alarms, page.table)
        self._chain(view)
        stale = self._stale.pop(page.key, set())
        view.show_values({row.path: row for row in page.rows if row.path in stale})
        self.show_wrong()

    def show_wrong(self) -> None:
        """Says at the questions of the open page what is wrong with them, and what was copied."""
        page, view = self._page, self._open_view()
        if view is None or page is None:
            return
        rows = list(view.questions())
        for row in rows:
            self._show_unread(row)
        wrong = {one.path: one for one in self._judge.wrong(page, self.typing())}
        for row in rows:
            told = wrong.get(row.path)
            row.show_problem(told.sentence if told else "", told.tone if told else Tone.DANGER)
            row.show_copied(self._judge.copied.get(row.path, ""))
        unconfirmed = len(self._judge.unconfirmed(page))
        words = self.tr("All {count} copied answers are still right").format(count=unconfirmed)
        view.show_unconfirmed(words if unconfirmed > 1 else "")

    def note(self, changed: Iterable[place.Path]) -> None:
        """Notes which rows have other answers: the open page is told when it is shown, the others when they are."""
        for key in self._views:
            self._stale.setdefault(key, set()).update(changed)

    def forget(self) -> None:
        """Lets go of the pages: what their rows show belongs to other answers now."""
        for view in self._views.values():
            self.removeWidget(view)
            view.hide()
            view.deleteLater()
        self._views.clear()
        self._stale.clear()

    # the open page

    def row(self, path: place.Path) -> QuestionRow | None:
        """The row of a question on the open page."""
        view = self._open_view()
        return view.row(path) if view is not None else None

    def go_to(self, path: place.Path) -> bool:
        """Takes the keyboard to a question of the open page; False where it takes none."""
        view, row = self._open_view(), self.row(path)
        taker = None if row is None else row.confirm() if path in self._judge.copied else row.takes_keyboard()
        if view is None or row is None or taker is None:
            return False
        taker.setFocus(Qt.FocusReason.OtherFocusReason)
        view.go_to(row)
        return True

    def begin(self) -> None:
        """The keyboard begins at the first question of the open page without an answer."""
        asked = [row for row in self._page.rows if row.item.asks] if self._page is not None else []
        still = [row.path for row in asked if not row.values]
        if self.isVisible():
            for path in (*still, *(row.path for row in asked)):
                if self.go_to(path):
                    return

    def typing(self) -> place.Path | None:
        """Where somebody types what nobody has found fault with yet."""
        view = self._open_view()
        rows = view.questions() if view is not None else ()
        typed = (row for row in rows if row.control.is_typed() and row.control.has_keyboard())
        return next((row.path for row in typed if not row.problem()), None)

    def press(self, key: str) -> bool:
        """Answers the question that has the keyboard by a single key."""
        view, focus = self._open_view(), self.focusWidget()
        rows = view.questions() if view is not None else ()
        row = next((one for one in rows if one.isAncestorOf(focus)), None)
        return row is not None and row.control.press(key)

    def _open_view(self) -> PageView | None:
        return self._views.get(self._page.key) if self._page is not None else None

    def _view(self, page: Page) -> PageView:
        if page.key not in self._views:
            view = PageView(self._desk, self._mark, name=f"form.page.{page.key}")
            view.resize(self.size())
            view.edited.connect(self.edited)
            view.left.connect(self.left)
            view.confirmed.connect(self.confirmed)
            view.all_confirmed.connect(self.all_confirmed)
            view.added.connect(self.added)
            view.removed.connect(self.removed)
            view.acted.connect(self.acted)
            view.made.connect(self._show_made)
            self._views[page.key] = view
            self.addWidget(view)
        return self._views[page.key]

    def _show_made(self) -> None:
        """More rows of the open page are there."""
        view = self._open_view()
        if view is not None and view is self.sender():
            self.show_wrong()
            self._chain(view)

    def _chain(self, view: PageView) -> None:
        """Tab goes from the last question to what comes after the page."""
        before = view.last_stop()
        for widget in self._after:
            QWidget.setTabOrder(before, widget)
            before = widget

    def _show_unread(self, row: QuestionRow) -> None:
        """What a draft kept of something that can't be read stands there again once its row is made."""
        unread = self._judge.unread.get(row.path)
        if unread is not None and unread.why is None:
            row.control.put(unread.typed)
            self._judge.unread[row.path] = Unread(unread.typed, row.unread())
