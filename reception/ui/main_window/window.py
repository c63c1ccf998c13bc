"""The window of an open clinic: its regions, which keys it answers to, and how its parts hear of each other."""

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.access import Role
from reception.settings import Settings
from reception.ui.main_window.acts import Acts
from reception.ui.main_window.messages import Messages
from reception.ui.main_window.parking import Parking
from reception.ui.main_window.places import Places
from reception.ui.main_window.undo import UndoStack
from reception.ui.panels.queue import Queue
from reception.ui.widgets import hbox, vbox
from reception.ui.widgets.top_bar import TopBar
from reception.ui.workbench import Page, Where, Workbench

if TYPE_CHECKING:
    from reception.ui.client_screen import ClientScreen

_ROOM_FOR_QUEUE = 1240  # narrower windows fold the left column into a rail
_ROOM_FOR_PANEL = 1040  # and then the right one
_DESK = (Page.DIARY, Page.CLIENTS, Page.CATALOGUE, Page.STAFF, Page.SETTINGS)
_PRACTITIONER = (Page.DIARY, Page.CLIENTS)
_TAB_OF = {
    Page.LEDGER: Page.CLIENTS,
    Page.CHECKOUT: Page.CLIENTS,
    Page.FORM: Page.DIARY,
    Page.INBOX: Page.DIARY,
    Page.EDITOR: Page.CATALOGUE,
    Page.BOOKING: Page.DIARY,
    Page.COMING: Page.DIARY,
}
_CARDS = 9


class MainWindow(QWidget):
    """Everything that a desk sees of an open clinic. It decides nothing: it lays out and passes on."""

    settings_changed = Signal(object)
    restart_asked = Signal()

    def __init__(self, bench: Workbench, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("main")
        self.bench = bench
        self._folds: dict[str, bool] = {}
        self._undo = UndoStack(bench, self)
        self.places = Places(bench, settings, self)
        self.acts = Acts(bench, self.places, self)
        self.messages = Messages(bench, self._undo, self)
        self._screen = settings.screen
        self.parking = Parking(bench, self.messages.line, self)
        self.top, self.queue = TopBar(), Queue(bench)
        body = hbox(self.queue, (self.places.stack, 1), gap=0)
        foot = (self.parking.strip, self.messages.banner, self.messages.line)
        self.setLayout(vbox(self.top, (body, 1), *foot, gap=0))
        self._connect()
        self._bind_keys()
        self._show_person()
        self._show_day(self.places.diary.day())
        self.messages.line.show_desk(settings.desk)
        self.places.show_page(Page.DIARY)

    @cached_property
    def client_screen(self) -> "ClientScreen":
        """The screen that can be handed to a client, loaded with the first form that is."""
        from reception.ui.client_screen import ClientScreen  # noqa: PLC0415 - the diary doesn't wait for it

        made = ClientScreen(self.bench, self)
        made.screen = self._screen
        return made

    def begin(self) -> None:
        """The keyboard begins in the diary."""
        self.places.diary.setFocus()

    def end(self) -> None:
        """Takes the client's screen back, if it was handed over."""
        if "client_screen" in vars(self):
            self.client_screen.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def fold_left(self) -> None:
        """Folds the left column into its rail, or unfolds it."""
        self._folds[self._left()] = not self.queue.is_folded()
        self._fold()

    def fold_right(self) -> None:
        """Folds the client panel away, or brings it back."""
        self._folds["right"] = self.places.side.isVisible()
        self._fold()

    def _connect(self) -> None:
        bench, top, places, acts = self.bench, self.top, self.places, self.acts
        top.tab_chosen.connect(self._open_tab)
        top.stepped.connect(places.step)
        top.today_asked.connect(places.diary.today)
        top.date_asked.connect(self._pick_date)
        top.find_asked.connect(acts.search)
        top.person_asked.connect(acts.change_person)
        acts.deciding_asked.connect(self._begin_deciding)
        self.queue.unfold_asked.connect(self.fold_left)
        self.queue.day_chosen.connect(places.go_to_day)
        places.diary.day_changed.connect(self._show_day)
        places.visit_chosen.connect(self.queue.show_chosen)
        places.moved.connect(self._show_place)
        places.settings_changed.connect(self._take_settings)
        places.restart_asked.connect(self.restart_asked)
        places.handing.connect(self._hand_over)
        places.lent_asked.connect(self._ask_back)
        self.parking.taken.connect(places.go)
        bench.person_changed.connect(self._change_person)
        bench.clinic_changed.connect(self._show_clinic)

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "F2": self.acts.change_person,
            "F12": partial(self.places.for_client, Page.CHECKOUT),
            "Ctrl+K": self.acts.search,
            "Ctrl+F": self.acts.search_clients,
            "Ctrl+N": self.places.begin_client,
            "Ctrl+Z": self._undo.undo,
            "Ctrl+G": self._pick_date,
            "Ctrl+B": self.fold_left,
            "Ctrl+J": self.fold_right,
            "Ctrl+/": self.acts.show_keys,
            "Ctrl+Shift+L": partial(self.places.for_client, Page.LEDGER),
            **{f"Ctrl+{n}": partial(self.parking.take_nth, n) for n in range(1, _CARDS + 1)},
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _begin_deciding(self) -> None:
        """The keyboard goes to what waits for a decision; folded away, the left column comes back for that."""
        if self.queue.is_folded():
            self.fold_left()
        self.queue.begin_deciding()

    def _hand_over(self, draft: str) -> None:
        self.client_screen.hand_over(draft)

    def _ask_back(self) -> None:
        self.client_screen.ask_back()

    def _open_tab(self, page: str) -> None:
        self.places.go(Where(page))

    def _pick_date(self) -> None:
        self.acts.pick_date(self.top.date_place())

    def _show_place(self, page: Page) -> None:
        self.messages.clear()
        self.top.show_place(_TAB_OF.get(page, page), with_day=page is Page.DIARY)
        self.parking.fold(page is not Page.DIARY)
        self._fold()

    def _show_day(self, day: date) -> None:
        formats = self.bench.formats
        self.top.show_day(formats.day(day), formats.long_day(day))
        self.queue.show_day(day)

    def _left(self) -> str:
        return "left" if self.places.page is Page.DIARY else "left of a page"

    def _fold(self) -> None:
        # A full page begins with the rail; somebody's own choice holds for the diary and for full pages apart.
        on_diary, wide = self.places.page is Page.DIARY, self.width()
        self.queue.fold(self._folds.get(self._left(), not on_diary or wide < _ROOM_FOR_QUEUE))
        self.places.side.fold(self._folds.get("right", wide < _ROOM_FOR_PANEL))

    def _show_person(self) -> None:
        words = {
            Page.DIARY: self.tr("Diary"),
            Page.CLIENTS: self.tr("Clients"),
            Page.CATALOGUE: self.tr("Catalogue"),
            Page.STAFF: self.tr("Staff"),
            Page.SETTINGS: self.tr("Settings"),
        }
        tabs = _PRACTITIONER if self.bench.person.role is Role.PRACTITIONER else _DESK
        self.top.show_tabs([(page.value, words[page]) for page in tabs])
        self.top.show_person(self.bench.person.name)
        self.setWindowTitle(self.tr("%1 – Reception").replace("%1", self.bench.clinic.name))

    def _change_person(self) -> None:
        self._show_person()
        self._undo.forget()
        self.places.leave()
        self.places.show_page(Page.DIARY)

    def _show_clinic(self) -> None:
        self._show_person()
        self._show_place(self.places.page)
        self._show_day(self.places.diary.day())

    def _take_settings(self, settings: Settings) -> None:
        self.messages.line.show_desk(settings.desk)
        self._screen = settings.screen
        if "client_screen" in vars(self):
            self.client_screen.screen = settings.screen
        self.settings_changed.emit(settings)
