"""The form as it looks while it is edited: the page of the chosen question, alive, so that conditions can be tried."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from reception.domain.errors import Invalid
from reception.domain.questionnaire import Filling, Page
from reception.ui.form import Desk
from reception.ui.form.page import PageView
from reception.ui.form.rows import Mark
from reception.ui.panels.editor.facts import Facts
from reception.ui.panels.editor.meaning import alarms
from reception.ui.widgets import STRETCH, Button, Empty, Hair, Kind, caption, hbox, pane, section, vbox

_SETTLE = 150  # milliseconds after an answer in which totals are worked out


class Preview(QWidget):
    """One page at a time. What is answered in it stays answered while the form changes; nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("editor.preview")
        self._facts: Facts | None = None
        self._filling: Filling | None = None
        self._pages: tuple[Page, ...] = ()
        self._key = self._chosen = ""
        self._view: PageView | None = None
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._reckon)
        self._where = caption("", name="editor.preview.where")
        self.back = self._turner("left", self.tr("The page before"), "editor.preview.back")
        self.next = self._turner("right", self.tr("The next page"), "editor.preview.next")
        empty = Empty("form", self.tr("Nothing is asked yet"), self.tr("What you add is shown here as it will look."))
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        head = hbox(pane(section(self.tr("Preview"))), STRETCH, self._where, self.back, self.next, gap=6)
        head.setContentsMargins(20, 0, 12, 0)
        self.setLayout(vbox(pane(head, height=44), Hair(), (self._stack, 1), gap=0))
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)

    def show_form(self, facts: Facts, chosen: str) -> None:
        """Shows the form as it stands, at the question that is chosen."""
        self._facts = facts
        answers: Mapping[str, Any] | None = None
        if self._filling is not None:
            answers = self._filling.response(completed=False)
        self._filling = None
        if facts.form is not None:
            self._filling = Filling(facts.form, answers, today=facts.today)
        self._pages = self._filling.pages() if self._filling is not None else ()
        moved, self._chosen = chosen != self._chosen, chosen
        self._key = (self._page_of(chosen) if moved else "") or self._key
        self._build()
        if moved:
            self._reveal(chosen)

    def forget(self) -> None:
        """Begins without answers, as another form does."""
        self._filling, self._key, self._chosen = None, "", ""

    @property
    def view(self) -> PageView | None:
        """The page that is shown."""
        return self._view

    def _turner(self, icon: str, tip: str, name: str) -> Button:
        return Button(kind=Kind.GHOST, icon=icon, height=26, tip=tip, name=name)

    def _page(self) -> Page | None:
        return next((page for page in self._pages if page.key == self._key), next(iter(self._pages), None))

    def _page_of(self, chosen: str) -> str:
        """The page of a question; of one that isn't asked now, the page that it would come on."""
        keys = {one: page.key for page in self._pages for row in page.rows for one, _ in row.path}
        keys |= {page.key: page.key for page in self._pages}
        names = [one.link_id for one in self._facts.entries] if self._facts is not None else []
        place = names.index(chosen) if chosen in names else -1
        return next((keys[name] for name in reversed(names[: place + 1]) if name in keys), "")

    def _build(self) -> None:
        """Makes the page anew; it stays where it was scrolled to."""
        page, facts, old = self._page(), self._facts, self._view
        top = old.verticalScrollBar().value() if old is not None else 0
        self._view = None
        if page is not None and facts is not None:
            self._key = page.key
            self._view = view = PageView(Desk(facts.formats, facts.today), Mark.REQUIRED, name="editor.page")
            view.edited.connect(self._answer)
            view.added.connect(self._add)
            view.removed.connect(self._remove)
            self._stack.addWidget(view)
            self._stack.setCurrentWidget(view)
            self._show_page(page)
            view.verticalScrollBar().setValue(top)
        else:
            self._stack.setCurrentIndex(0)
        if old is not None:
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._show_place(page)

    def _show_page(self, page: Page) -> None:
        if self._view is None or self._facts is None or self._filling is None:
            return
        self._view.show_title(page.title or self._facts.state.draft.title, "")
        told = alarms(self._facts.state.consequences, self._filling.answers(), self._facts.around.names)
        self._view.show_rows(page.rows, told, page.table)

    def _show_place(self, page: Page | None) -> None:
        keys = [one.key for one in self._pages]
        place = keys.index(page.key) if page is not None else 0
        words = self.tr("Page {n} of {count}").format(n=place + 1, count=len(keys))
        self._where.setText(words if len(keys) > 1 else "")
        for button, able in ((self.back, place > 0), (self.next, place < len(keys) - 1)):
            button.setVisible(len(keys) > 1)
            button.setEnabled(able)

    def _reveal(self, chosen: str) -> None:
        page, view = self._page(), self._view
        path = next((row.path for row in page.rows if row.item.link_id == chosen), None) if page is not None else None
        row = view.row(path) if view is not None and path is not None else None
        if view is not None and row is not None:
            view.go_to(row)

    def _answer(self, path: Any) -> None:
        row = self._view.row(path) if self._view is not None else None
        if row is None or self._filling is None:
            return
        try:
            values = row.answer()
        except Invalid:
            values = ()
        self._filling.put(path, values)
        self._redraw()
        self._settle.start()

    def _add(self, path: Any) -> None:
        if self._filling is not None:
            self._filling.add(path)
            self._redraw()

    def _remove(self, path: Any) -> None:
        if self._filling is not None:
            self._filling.remove(path)
            self._pages = self._filling.pages()
            self._build()

    def _reckon(self) -> None:
        if self._filling is None or self._view is None:
            return
        changed = self._filling.reckon()
        self._redraw()
        page = self._page()
        rows = page.rows if page is not None else ()
        self._view.show_values({row.path: row for row in rows if row.path in changed})

    def _redraw(self) -> None:
        """Shows what an answer shows, hides or means."""
        if self._filling is None:
            return
        self._pages = self._filling.pages()
        page = self._page()
        if page is None or page.key != self._key:
            self._build()
            return
        self._show_page(page)
        self._show_place(page)

    def _go_back(self) -> None:
        self._turn(-1)

    def _go_on(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        keys = [one.key for one in self._pages]
        place = keys.index(self._key) + by if self._key in keys else 0
        if 0 <= place < len(keys):
            self._key = keys[place]
            self._build()
