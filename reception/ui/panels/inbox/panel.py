"""The page on which the desk looks over what clients handed in: a list at the left, one of them beside it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from reception.domain import inbox
from reception.domain.errors import DomainError, NotFound, Trouble
from reception.domain.inbox import Handed, Item, Submission, Wished
from reception.ui import tokens as k
from reception.ui.panels.inbox.answers import AnswersView
from reception.ui.panels.inbox.rows import ItemRow
from reception.ui.panels.inbox.wish import WishView
from reception.ui.refresh import Refresher
from reception.ui.widgets import (
    STRETCH,
    Button,
    Empty,
    ErrorState,
    Hair,
    Scroller,
    caption,
    clear,
    hbox,
    heading,
    pane,
    vbox,
)
from reception.ui.workbench import Page, Where, Workbench

TOPICS = frozenset({"inbox", "forms", "diary", "clients", "catalogue", "staff", "packages", "clinic"})
_LEFT = 280


class InboxPage(QWidget):
    """What waits, the oldest first; what is decided goes, and the next one comes into sight."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inbox")
        self.bench = bench
        self._items: tuple[Item, ...] = ()
        self._chosen: tuple[type[Item], int] | None = None
        self._seen: tuple[type[Item], int] | None = None
        self.answers, self.wish = AnswersView(bench), WishView(bench)
        self._build()
        self._refresher = Refresher(self, self._load, TOPICS, None, bench.backend)
        self._refresher.failed.connect(self._show_failure)

    def show_item(self, submission: int | None = None, wish: int | None = None) -> None:
        """Goes to the answers or the wish of that number; without one to the oldest that waits."""
        if submission is not None:
            self._chosen = (Handed, submission)
        elif wish is not None:
            self._chosen = (Wished, wish)
        self._refresher.request()

    def items(self) -> tuple[Item, ...]:
        """What is shown to wait."""
        return self._items

    def _build(self) -> None:
        self._count = caption("", weight=k.MEDIUM, name="inbox.count")
        self._rows = vbox(gap=0, margins=(0, 4, 0, 8))
        head = hbox(heading(self.tr("From clients")), self._count, STRETCH, gap=8, margins=(20, 14, 16, 8))
        column = pane(vbox(pane(head), (Scroller(pane(vbox(self._rows, STRETCH, gap=0))), 1), gap=0), "canvas")
        left = pane(hbox((column, 1), Hair(vertical=True, strong=True), gap=0), width=_LEFT)
        words = self.tr("What clients answer on their own screen waits here until somebody has looked at it.")
        self._none = Empty("done", self.tr("Nothing waits"), words, name="inbox.none")
        retry = Button(self.tr("Try again"), name="inbox.retry")
        retry.clicked.connect(self._try_again)
        self._failure = ErrorState(self.tr("The inbox could not be read"), "", retry, name="inbox.failure")
        self._views = QStackedWidget()
        for view in (pane(vbox((self._none, 1)), "surface"), self.answers, self.wish, self._failure):
            self._views.addWidget(view)
        self.setLayout(hbox(left, (self._views, 1), gap=0))

    def _try_again(self) -> None:
        self._refresher.request()

    async def _load(self) -> None:
        read = self.bench.backend.read
        items = await read(inbox.inbox)
        chosen = self._still(items)
        if isinstance(chosen, Handed):
            try:
                chosen_whole: Submission | Wished | None = await read(inbox.submission, chosen.id)
            except NotFound:
                self._refresher.request()  # decided between the two readings
                return
        else:
            chosen_whole = chosen
        self.show_items(items, chosen_whole)

    def _still(self, items: tuple[Item, ...]) -> Item | None:
        """The one that is looked at, while it waits; then the one that stood below it, or the oldest."""
        own = next((item for item in items if (type(item), item.id) == self._chosen), None)
        if own is not None:
            return own
        before = [(type(item), item.id) for item in self._items]
        after = before[before.index(self._chosen) + 1 :] if self._chosen in before else []
        waiting = {(type(item), int(item.id)): item for item in items}
        return next((waiting[key] for key in after if key in waiting), next(iter(items), None))

    def show_items(self, items: tuple[Item, ...], chosen: Submission | Wished | None) -> None:
        """Shows what waits, and one of them whole."""
        before, self._items = self._seen, items
        self._count.setText(str(len(items)) if items else "")
        match chosen:
            case Submission():
                self._chosen = (Handed, chosen.handed.id)
                self.answers.show_submission(chosen)
                self._views.setCurrentWidget(self.answers)
            case Wished():
                self._chosen = (Wished, chosen.id)
                self.wish.show_wish(chosen)
                self._views.setCurrentWidget(self.wish)
            case None:
                self._chosen = None
                self._views.setCurrentIndex(0)
        self._show_rows()
        self._seen = self._chosen
        view = self._views.currentWidget()
        if view is not None and self.isVisible() and self._chosen != before:
            view.setFocus()

    def _show_rows(self) -> None:
        clear(self._rows)
        for item in self._items:
            line = item.title if isinstance(item, Handed) else self._wish_words(item)
            row = ItemRow(item, line, self._when(item))
            row.setChecked((type(item), item.id) == self._chosen)
            row.clicked.connect(self._choose)
            self._rows.addWidget(row)

    def _wish_words(self, item: Wished) -> str:
        return self.tr("would like {service}").format(service=item.service_name)

    def _when(self, item: Item) -> str:
        formats, today = self.bench.formats, self.bench.today()
        day = item.at.astimezone(formats.zone).date()
        return formats.time(item.at) if day == today else formats.short(day, today)

    def _choose(self) -> None:
        row = self.sender()
        if isinstance(row, ItemRow):
            self._chosen = (type(row.item), row.item.id)
            self._refresher.request()

    def _show_failure(self, error: DomainError | Trouble) -> None:
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._failure.show_words(self.tr("The inbox could not be read"), words)
        self._views.setCurrentWidget(self._failure)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.bench.goto.emit(Where(Page.DIARY))
        else:
            super().keyPressEvent(event)
