"""The desk: the regions around the diary, the full pages, and how they speak to each other. It decides nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import clients
from reception.domain.access import Act, Role
from reception.domain.diary import Entry
from reception.domain.errors import DomainError, Refused, Trouble
from reception.domain.tables.ids import ClientId
from reception.settings import Settings
from reception.ui.actions import action
from reception.ui.ask import ask_choice
from reception.ui.backend import ClockDoubt
from reception.ui.dialogs.acts import Step
from reception.ui.dialogs.booking import BookingSheet, Wish
from reception.ui.dialogs.client_edit import ClientSheet
from reception.ui.dialogs.keys import Keys, Section
from reception.ui.dialogs.person import PersonPicker
from reception.ui.panels.catalogue import Catalogue
from reception.ui.panels.checkout import CheckoutPanel
from reception.ui.panels.client import ClientPanel
from reception.ui.panels.clients import ClientsPanel
from reception.ui.panels.clinic import Clinic
from reception.ui.panels.diary import DiaryPanel
from reception.ui.panels.find import Deed, Find
from reception.ui.panels.ledger import LedgerPanel
from reception.ui.panels.queue import Queue
from reception.ui.panels.settings import SettingsPage
from reception.ui.panels.staff import Staff
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.undo import UndoStack
from reception.ui.widgets import Banner, Button, Kind, hbox, pane, vbox
from reception.ui.widgets.date_edit import MonthPopup
from reception.ui.widgets.floating import Floating
from reception.ui.widgets.pages import Pages
from reception.ui.widgets.parked_strip import Parked, ParkedStrip, kind_words
from reception.ui.widgets.side import Side
from reception.ui.widgets.top_bar import TopBar
from reception.ui.widgets.undo_line import UndoLine
from reception.ui.workbench import Draft, Page, Where, Workbench

EDIT = "edit"
"""The draft's name that asks for a client's record to be changed."""

_ROOM_FOR_QUEUE = 1240  # narrower windows fold the left column into a rail
_ROOM_FOR_PANEL = 1040  # and then the right one
_DESK = (Page.DIARY, Page.CLIENTS, Page.CATALOGUE, Page.STAFF, Page.SETTINGS)
_PRACTITIONER = (Page.DIARY, Page.CLIENTS)
_TAB_OF = {Page.LEDGER: Page.CLIENTS, Page.CHECKOUT: Page.CLIENTS, Page.BOOKING: Page.DIARY}
_PAGE_OF = {
    "booking": Page.BOOKING,
    "checkout": Page.CHECKOUT,
    **dict.fromkeys(("service", "product"), Page.CATALOGUE),
    **dict.fromkeys(("person", "shifts", "other_hours", "time_off"), Page.STAFF),
    **dict.fromkeys(("clinic", "policy", "plan", "reason", "closure"), Page.SETTINGS),
}


class MainWindow(QWidget):
    """Everything that a desk sees of an open clinic."""

    settings_changed = Signal(object)
    restart_asked = Signal()

    def __init__(self, bench: Workbench, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("main")
        self.bench = bench
        self._settings = settings
        self._page = Page.DIARY
        self._client: int | None = None
        # A client who was looked up stays in the panel though no visit of theirs is chosen.
        self._alone = False
        self._left: dict[bool, bool] = {False: False}
        self._right: bool | None = None
        self._undo = UndoStack(bench, self)
        self._again: Callable[[], None] | None = None
        self._build()
        self._connect()
        self._bind_keys()
        self._show_person()
        self._show_day(self.diary.day())
        self._show_cards()
        self.line.show_desk(settings.desk)
        self._show_page(Page.DIARY)

    # build

    def _build(self) -> None:
        bench = self.bench
        self.top = TopBar()
        self.queue = Queue(bench)
        self.diary = DiaryPanel(bench)
        self.client = ClientPanel(bench)
        self.clients = ClientsPanel(bench)
        self.ledger = LedgerPanel(bench)
        self.checkout = CheckoutPanel(bench)
        self.catalogue = Catalogue(bench)
        self.staff = Staff(bench)
        self.side = Side(self.client, 340)
        self.clinic = Clinic(bench)
        self.settings = SettingsPage(bench, self._settings, [(self.tr("The clinic"), self.clinic)])
        self._pages: dict[Page, QWidget] = {
            Page.DIARY: pane(hbox((self.diary, 1), self.side, gap=0)),
            Page.CLIENTS: self.clients,
            Page.LEDGER: self.ledger,
            Page.CHECKOUT: self.checkout,
            Page.CATALOGUE: self.catalogue,
            Page.STAFF: self.staff,
            Page.SETTINGS: self.settings,
        }
        self.stack = Pages()
        for page in self._pages.values():
            self.stack.addWidget(page)
        self.strip, self.line = ParkedStrip(), UndoLine()
        self._try_again = Button(self.tr("Try again"), height=24, name="banner.again")
        self._dismiss = Button(kind=Kind.GHOST, icon="x", height=24, tip=self.tr("Dismiss"), name="banner.dismiss")
        self.banner = Banner(self._try_again, self._dismiss, square=True, name="banner")
        body = hbox(self.queue, (self.stack, 1), gap=0)
        self.setLayout(vbox(self.top, (body, 1), self.strip, self.banner, self.line, gap=0))

    def _connect(self) -> None:
        bench, top = self.bench, self.top
        top.tab_chosen.connect(self._open_tab)
        top.stepped.connect(self._step)
        top.today_asked.connect(self.diary.today)
        top.date_asked.connect(self.pick_date)
        top.find_asked.connect(self.search)
        top.person_asked.connect(self.change_person)
        self.queue.unfold_asked.connect(self.fold_left)
        self.queue.day_chosen.connect(self._go_to_day)
        self.diary.day_changed.connect(self._show_day)
        self.diary.chosen.connect(self._choose)
        self.diary.sheet_asked.connect(self._show_sheet)
        self.client.asked.connect(self._do_step)
        self.client.sheet_asked.connect(self._show_sheet)
        self.client.wanted.connect(self._begin)
        self.side.emptied.connect(self._end_sheet)
        bench.sheet.connect(self._show_sheet)
        bench.goto.connect(self.go)
        bench.refused.connect(self._show_refusal)
        bench.troubled.connect(self._show_trouble)
        bench.person_changed.connect(self._change_person)
        bench.clinic_changed.connect(self._show_clinic)
        bench.drafts.changed.connect(self._show_cards)
        bench.backend.saved.connect(self._show_saved)
        bench.backend.lost.connect(self._show_lost)
        self._undo.said.connect(self._say)
        self.line.undo_asked.connect(self._undo.undo)
        self.strip.taken.connect(self.take)
        self.strip.thrown_away.connect(self._throw_away)
        self._try_again.clicked.connect(self._do_again)
        self._dismiss.clicked.connect(self.banner.clear)
        self.settings.changed.connect(self._take_settings)
        self.settings.restart_asked.connect(self.restart_asked)

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "F2": self.change_person,
            "F12": self.check_out,
            "Ctrl+K": self.search,
            "Ctrl+F": self.search_clients,
            "Ctrl+N": self.new_client,
            "Ctrl+Z": self._undo.undo,
            "Ctrl+G": self.pick_date,
            "Ctrl+B": self.fold_left,
            "Ctrl+J": self.fold_right,
            "Ctrl+/": self.show_keys,
            "Ctrl+Shift+L": self.open_ledger,
        }
        for key, act in keys.items():
            self._bind(key, act)
        for n in range(1, 10):
            self._bind(f"Ctrl+{n}", partial(self.take_nth, n))

    def _bind(self, key: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(act)

    # where one is

    def go(self, where: Where) -> None:
        """Goes to a place; what is left half done there is parked."""
        page = Page(where.page)
        if not self._may_see(page):
            return
        self.banner.clear()
        if where.client is not None:
            self._client = where.client
        tab = Page.DIARY if page is Page.BOOKING else page
        if tab is not self._page:
            self._leave(where.draft)
        draft = self.bench.drafts.get(where.draft) if where.draft else None
        if draft is not None:
            self.bench.drafts.take(draft.id)
        self._show_page(tab)
        self._show_there(page, where)

    def _show_there(self, page: Page, where: Where) -> None:
        draft = self.bench.drafts.get(where.draft) if where.draft else None
        match page:
            case Page.DIARY if draft is not None:
                self._go_on_with_client(draft)
            case Page.DIARY:
                self._show_in_diary(where)
            case Page.CLIENTS if where.draft == EDIT:
                self.client.edit()
            case Page.BOOKING:
                self._open_booking(where)
            case Page.LEDGER if where.client is not None:
                self.ledger.show_client(where.client, where.appointment)
            case Page.CHECKOUT:
                self.checkout.show_checkout(where.client, draft)
            case Page.CATALOGUE if draft is not None:
                self.catalogue.show_draft(draft)
            case Page.STAFF if draft is not None:
                self.staff.show_draft(draft)
            case Page.SETTINGS if draft is not None:
                self.settings.show_draft(draft)
            case _:
                self._pages[page].setFocus()

    def _show_in_diary(self, where: Where) -> None:
        if where.day is not None and where.appointment is not None:
            self.diary.show_appointment(where.day, where.appointment)
        elif where.day is not None:
            self.diary.show_day(where.day)
        elif where.client is not None:
            self._alone = True
            self.diary.grid.choose(None)
            self.queue.show_chosen(None)
            self.client.show_client(where.client)
        self.diary.setFocus()

    def _open_booking(self, where: Where) -> None:
        drafts = self.bench.drafts
        draft = drafts.get(where.draft) if where.draft else None
        if draft is None:
            wish = Wish(client=where.client, day=where.day or self.diary.day())
            draft = drafts.open("booking", client=where.client, title=self.tr("New booking"), body=wish.body())
        self._show_sheet(BookingSheet(self.bench, draft))

    def _may_see(self, page: Page) -> bool:
        if self.bench.person.role is not Role.PRACTITIONER or page in {*_PRACTITIONER, Page.LEDGER}:
            return True
        sentence = "{name} sees their own column and the ledgers here. Press F2 to change who is at the desk."
        self.bench.refused.emit(Refused(sentence, name=self.bench.person.name))
        return False

    def _leave(self, keep: str | None = None) -> None:
        """Puts away what lies open on the page that is left."""
        self.side.take_sheet_away()
        self.bench.drafts.park_all(besides=keep)

    def _show_page(self, page: Page) -> None:
        self._page = page
        self.stack.setCurrentWidget(self._pages[page])
        self.top.show_place(_TAB_OF.get(page, page), with_day=page is Page.DIARY)
        self._fold()
        self._show_cards()

    def _open_tab(self, page: str) -> None:
        self.go(Where(page))

    # regions

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def fold_left(self) -> None:
        """Folds the left column into its rail, or unfolds it."""
        self._left[self._page is Page.DIARY] = self.queue.is_folded()
        self._fold()

    def fold_right(self) -> None:
        """Folds the client panel away, or brings it back."""
        self._right = self.side.isHidden()
        self._fold()

    def _fold(self) -> None:
        # A full page begins with the rail; somebody's own choice holds for the diary and for full pages apart.
        left = self._left.get(self._page is Page.DIARY, self.width() >= _ROOM_FOR_QUEUE)
        right = self.width() >= _ROOM_FOR_PANEL if self._right is None else self._right
        self.queue.fold(not left)
        self.side.fold(not right)

    def _show_day(self, day: date) -> None:
        formats = self.bench.formats
        self.top.show_day(formats.day(day), formats.long_day(day))
        self.queue.show_day(day)

    def _step(self, days: int) -> None:
        self.diary.show_day(self.diary.day() + timedelta(days=days))

    def _go_to_day(self, day: date) -> None:
        self.go(Where(Page.DIARY, day=day))

    def _choose(self, entry: Any) -> None:
        """A visit was chosen in the diary: the client panel and the queues follow."""
        if entry is None and self._alone:
            return
        self._alone = False
        self._client = None if entry is None else int(entry.client)
        self.queue.show_chosen(None if entry is None else int(entry.id))
        self.client.show_visit(entry)

    def _do_step(self, step: Step, entry: Entry) -> None:
        self.diary.do(step, entry)

    def _begin(self, what: str) -> None:
        """What the client panel offers while nobody is chosen."""
        begun = {"find": self.search_clients, "new": self.new_client, "free": self.find_free, "sell": self.search}
        begun[what]()

    def _show_sheet(self, sheet: QWidget) -> None:
        self.side.show_sheet(sheet)

    def _end_sheet(self) -> None:
        self.bench.drafts.park_all()
        self.diary.setFocus()

    # what lies half done

    def _show_cards(self) -> None:
        parked = [Parked(draft.id, draft.kind, draft.title) for draft in self.bench.drafts.parked()]
        on_diary = self._page is Page.DIARY
        self.strip.show_cards(parked)
        self.strip.setVisible(on_diary and bool(parked))
        self.line.show_parked(0 if on_diary else len(parked))

    def take(self, id: str) -> None:
        """Goes on with something that was parked."""
        draft = self.bench.drafts.get(id)
        if draft is not None:
            self.go(Where(_PAGE_OF.get(draft.kind, Page.DIARY), client=draft.client, draft=id))

    def take_nth(self, n: int) -> None:
        """Goes on with the card of a digit (Ctrl+1 to 9)."""
        parked = self.bench.drafts.parked()
        if n <= len(parked):
            self.take(parked[n - 1].id)

    def _throw_away(self, id: str) -> None:
        draft = self.bench.drafts.get(id)
        if draft is None:
            return

        async def bring_back() -> None:
            self.bench.drafts.restore(draft)

        self.bench.drafts.close(id)
        words = self.tr("Threw away: %1 %2").replace("%1", kind_words(draft.kind)).replace("%2", draft.title)
        self.bench.said.emit(words, bring_back)

    # what the window says

    def _say(self, words: str, undoable: bool) -> None:
        self.banner.clear()
        self.line.say(words, undoable=undoable)

    def _show_refusal(self, error: DomainError | Trouble) -> None:
        self._show_trouble(error, None)

    def _show_trouble(self, error: DomainError | Trouble, again: Callable[[], None] | None) -> None:
        sentence = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._again = again
        self._try_again.setVisible(again is not None)
        title, words = _parted(sentence)
        self.banner.say(title, words, Tone.DANGER if isinstance(error, Trouble) else Tone.WARN)

    def _do_again(self) -> None:
        self.banner.clear()
        if self._again is not None:
            self._again()

    def _show_saved(self, at: Any) -> None:
        self.line.show_saved(self.tr("Saved %1").replace("%1", self.bench.formats.time(at)), safe=True)

    def _show_lost(self, _trouble: Trouble) -> None:
        now = self.bench.formats.time(self.bench.now())
        self.line.show_saved(self.tr("Not saved since %1").replace("%1", now), safe=False)

    # who is at the desk

    def _show_person(self) -> None:
        words = {
            Page.DIARY: self.tr("Diary"),
            Page.CLIENTS: self.tr("Clients"),
            Page.CATALOGUE: self.tr("Catalogue"),
            Page.STAFF: self.tr("Staff"),
            Page.SETTINGS: self.tr("Settings"),
        }
        places = _PRACTITIONER if self.bench.person.role is Role.PRACTITIONER else _DESK
        self.top.show_tabs([(page.value, words[page]) for page in places])
        self.top.show_person(self.bench.person.name)
        self.setWindowTitle(self.tr("%1 – Reception").replace("%1", self.bench.clinic.name))

    def _change_person(self) -> None:
        self._show_person()
        self._undo.forget()
        self._leave()
        self._show_page(Page.DIARY)

    def _show_clinic(self) -> None:
        self._show_person()
        self._show_page(self._page)
        self._show_day(self.diary.day())

    def _take_settings(self, settings: Settings) -> None:
        self.line.show_desk(settings.desk)
        self.settings_changed.emit(settings)

    # keys

    def search(self) -> None:
        """Opens the one box to find a client or do something (Ctrl+K)."""
        self._open_find(clients_only=False)

    def search_clients(self) -> None:
        """Opens it for clients only (Ctrl+F)."""
        self._open_find(clients_only=True)

    def _open_find(self, *, clients_only: bool) -> None:
        if self._floating() is not None:
            return
        sheet = Find(self.bench, self, self._deeds(), clients_only=clients_only)
        sheet.client_chosen.connect(self._open_client)
        self._float(sheet)

    def change_person(self) -> None:
        """Asks who is at the desk (F2)."""
        if self._floating() is not None:
            return
        sheet = PersonPicker(self.bench, self)
        sheet.chosen.connect(self.bench.take_desk)
        self._float(sheet)

    def show_keys(self) -> None:
        """Shows what every key does (Ctrl+/)."""
        if self._floating() is None:
            self._float(Keys(self, _keys(self)))

    async def confirm_clock(self, doubt: ClockDoubt) -> bool:
        """Asks, before anything is written, whether this computer's clock is right (R41)."""
        formats = self.bench.formats
        words = self.tr("This computer says %1, but the last change was made at %2.")
        words = words.replace("%1", _moment(formats, doubt.now)).replace("%2", _moment(formats, doubt.newest))
        options = (self.tr("The computer is right, go on"), self.tr("It is wrong: I set it right first"))
        return await ask_choice(self, self.tr("Is the clock right?"), options, words=words) == 0

    def pick_date(self) -> None:
        """Opens a month to go to a day (Ctrl+G)."""
        if self._page is not Page.DIARY:
            self.go(Where(Page.DIARY))
        place = self.top.date_place()
        month = MonthPopup(place, self.bench.formats, self.diary.day(), self.bench.today())
        month.month.chosen.connect(self._go_to_day)
        month.show_below(place)

    def new_client(self) -> None:
        """Begins a client's record (Ctrl+N)."""
        if self.bench.may(Act.CLIENTS):
            self.go(Where(Page.DIARY))
            self._show_client_sheet(ClientSheet(self.bench))
        else:
            self._may_see(Page.BOOKING)

    @action
    async def _go_on_with_client(self, draft: Draft) -> None:
        about = draft.body.get("about")
        card = await self.bench.backend.read(clients.card, ClientId(about)) if about is not None else None
        sheet = ClientSheet(self.bench, card)
        self._show_client_sheet(sheet)
        sheet.resume(draft)

    def _show_client_sheet(self, sheet: ClientSheet) -> None:
        """Whoever is saved there is the one that the desk has in front of it then."""
        sheet.saved.connect(self._open_client)
        self._show_sheet(sheet)

    def check_out(self) -> None:
        """Opens the checkout for the client who is chosen (F12)."""
        self._for_client(Page.CHECKOUT)

    def open_ledger(self) -> None:
        """Opens the ledger of the client who is chosen (Ctrl+Shift+L)."""
        self._for_client(Page.LEDGER)

    def _for_client(self, page: Page, client: int | None = None) -> None:
        client = self._client if client is None else client
        if client is None:
            self.bench.refused.emit(
                Refused("Nobody is chosen. Choose a visit in the diary, or find a client with Ctrl+F.")
            )
            return
        self.go(Where(page, client=client))

    def _open_client(self, client: int) -> None:
        if self.bench.person.role is Role.PRACTITIONER:
            self.go(Where(Page.LEDGER, client=client))
        else:
            self.go(Where(Page.DIARY, client=client))

    def _sell(self, client: int | None) -> None:
        draft = self.bench.drafts.open("checkout", client=client, body={"picking": "package"})
        self.go(Where(Page.CHECKOUT, client=client, draft=draft.id))

    def _deeds(self) -> list[Deed]:
        tr = self.tr
        own = [
            Deed(
                tr("Open the ledger"), "ledger", partial(self._for_client, Page.LEDGER), "Ctrl Shift L", for_client=True
            )
        ]
        if self.bench.person.role is Role.PRACTITIONER:
            return [*own, *self._common_deeds()]
        return [
            Deed(tr("Check out"), "card", partial(self._for_client, Page.CHECKOUT), "F12", for_client=True),
            Deed(tr("Book a visit"), "calendar-plus", partial(self._for_client, Page.BOOKING), for_client=True),
            Deed(tr("Sell a package"), "ticket", self._sell, for_client=True),
            *own,
            Deed(tr("New client"), "user-plus", _without(self.new_client), "Ctrl N"),
            Deed(tr("Next free slot"), "calendar-plus", _without(self.find_free), "F"),
            *self._common_deeds(),
            Deed(
                tr("Catalogue"), "tag", _without(partial(self.go, Where(Page.CATALOGUE))), note=tr("services, packages")
            ),
            Deed(tr("Staff"), "family", _without(partial(self.go, Where(Page.STAFF))), note=tr("shifts, time off")),
            Deed(
                tr("Settings"),
                "settings",
                _without(partial(self.go, Where(Page.SETTINGS))),
                note=tr("policy, plan, theme"),
            ),
        ]

    def _common_deeds(self) -> list[Deed]:
        tr = self.tr
        return [
            Deed(tr("Go to a day"), "diary", _without(self.pick_date), "Ctrl G"),
            Deed(tr("Diary"), "diary", _without(partial(self.go, Where(Page.DIARY)))),
            Deed(tr("Clients"), "clients", _without(partial(self.go, Where(Page.CLIENTS)))),
            Deed(tr("Change who is at the desk"), "user", _without(self.change_person), "F2"),
            Deed(tr("All keys"), "info", _without(self.show_keys), "Ctrl /"),
        ]

    def find_free(self) -> None:
        """Looks for the next free slot of a service (F)."""
        self.go(Where(Page.DIARY))
        self.diary.find_free()

    def _float(self, sheet: Floating) -> None:
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.finished.connect(sheet.deleteLater)
        sheet.show_over()

    def _floating(self) -> Floating | None:
        found = self.findChildren(Floating, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return next((sheet for sheet in found if sheet.isVisible()), None)


def _without(act: Callable[[], object]) -> Callable[[int | None], None]:
    def run(_client: int | None) -> None:
        act()

    return run


def _moment(formats: Formats, at: datetime) -> str:
    return f"{formats.long_day(at.astimezone(formats.zone).date())} {formats.time(at)}"


def _parted(sentence: str) -> tuple[str, str]:
    """A message's first sentence, and the rest of it."""
    first, stop, rest = sentence.partition(". ")
    return first + stop.strip(), rest


def _keys(window: QWidget) -> list[Section]:
    tr = window.tr
    desk: Section = (
        tr("Everywhere"),
        [
            ("Ctrl K", tr("Find a client or do something")),
            ("Ctrl F", tr("Find a client")),
            ("Ctrl N", tr("New client")),
            ("Ctrl G", tr("Go to a day")),
            ("Ctrl Z", tr("Undo")),
            ("Ctrl 1–9", tr("Go on with what is parked")),
            ("Ctrl Shift L", tr("Ledger of the client")),
            ("F12", tr("Check out the client")),
            ("F2", tr("Change who is at the desk")),
            ("Ctrl B / Ctrl J", tr("Fold the left, the right column")),
            ("Ctrl /", tr("These keys")),
        ],
    )
    day: Section = (
        tr("In the diary"),
        [
            ("T", tr("Today")),
            ("PgUp / PgDn", tr("Day before, day after")),
            ("Shift PgUp / Shift PgDn", tr("Week before, week after")),
            ("Arrows", tr("From cell to cell")),
            ("Enter", tr("Open the visit, or book here")),
            ("F", tr("Next free slot of a service")),
            ("V", tr("Put down what was picked up")),
            (".", tr("Menu of the visit")),
        ],
    )
    visit: Section = (
        tr("With the chosen visit"),
        [
            ("A", tr("Arrived")),
            ("S", tr("Start the treatment")),
            ("C", tr("Complete")),
            ("N", tr("Not coming")),
            ("R", tr("Book again in some weeks")),
            ("X", tr("Pick up, to move to another day")),
            ("Ctrl arrows", tr("Move by 15 minutes, to a column")),
        ],
    )
    lists: Section = (
        tr("In lists and sheets"),
        [
            ("1–9", tr("Choose from a short list")),
            ("Enter", tr("Do what the button at the foot says")),
            ("Esc", tr("Leave; what was typed is parked")),
        ],
    )
    return [desk, day, visit, lists]
