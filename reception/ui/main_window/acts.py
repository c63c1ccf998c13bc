"""What can be done from anywhere: by a key, from the top bar, or by its name in the one box."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from reception.domain.access import Act, Role
from reception.ui.actions import action
from reception.ui.ask import ask_choice
from reception.ui.backend import ClockDoubt
from reception.ui.dialogs import pin
from reception.ui.dialogs.keys import Keys
from reception.ui.dialogs.person import PersonPicker
from reception.ui.main_window.keys import sections
from reception.ui.main_window.places import Places
from reception.ui.panels.find import Deed, Find, InHand
from reception.ui.text import Formats
from reception.ui.widgets.date_edit import MonthPopup
from reception.ui.widgets.floating import Floating
from reception.ui.workbench import Page, Where, Workbench


class Acts(QObject):
    """Each opens one floating sheet over the window, or goes to a place; `deciding_asked` wants what waits for that."""

    deciding_asked = Signal()

    def __init__(self, bench: Workbench, places: Places, window: QWidget) -> None:
        super().__init__(window)
        self.bench = bench
        self._places, self._window = places, window
        places.client.wanted.connect(self._begin)

    def search(self) -> None:
        """Opens the one box to find a client or do something (Ctrl+K)."""
        self._search(clients_only=False)

    def search_clients(self) -> None:
        """Opens it for clients only (Ctrl+F)."""
        self._search(clients_only=True)

    def change_person(self) -> None:
        """Asks who is at the desk (F2)."""
        if self._floating() is None:
            sheet = PersonPicker(self.bench, self._window)
            sheet.chosen.connect(self.bench.take_desk)
            self._float(sheet)

    @action
    async def set_pin(self) -> None:
        """Gives whoever is at the desk a PIN, or another one."""
        await pin.set_pin(self.bench, self._window, self.bench.person)

    def show_keys(self) -> None:
        """Shows what every key does (Ctrl+/)."""
        if self._floating() is None:
            self._float(Keys(self._window, sections(self._window)))

    def pick_date(self, below: QWidget) -> None:
        """Opens a month to go to a day (Ctrl+G)."""
        if self._places.page is not Page.DIARY:
            self._places.go(Where(Page.DIARY))
        month = MonthPopup(below, self.bench.formats, self._places.diary.day(), self.bench.today())
        month.month.chosen.connect(self._places.go_to_day)
        month.show_below(below)

    def find_free(self) -> None:
        """Looks for the next free slot of a service (F)."""
        self._places.go(Where(Page.DIARY))
        self._places.diary.find_free()

    async def confirm_clock(self, doubt: ClockDoubt) -> bool:
        """Asks, before anything is written, whether this computer's clock is right (R41)."""
        formats = self.bench.formats
        words = self.tr("This computer says %1, but the last change was made at %2.")
        words = words.replace("%1", _moment(formats, doubt.now)).replace("%2", _moment(formats, doubt.newest))
        options = (self.tr("The computer is right, go on"), self.tr("It is wrong: I set it right first"))
        return await ask_choice(self._window, self.tr("Is the clock right?"), options, words=words) == 0

    def deeds(self) -> list[Deed]:
        """All that the one box offers to whoever is at the desk."""
        tr, for_client = self.tr, self._places.for_client
        ledger = Deed(
            tr("Open the ledger"), "ledger", partial(for_client, Page.LEDGER), "Ctrl Shift L", for_client=True
        )
        if self.bench.person.role is Role.PRACTITIONER:
            return [ledger, *self._for_everybody()]
        return [
            Deed(tr("Check out"), "card", partial(for_client, Page.CHECKOUT), "F12", for_client=True),
            Deed(tr("Book a visit"), "calendar-plus", partial(for_client, Page.BOOKING), for_client=True),
            Deed(tr("Sell a package"), "ticket", self._sell, for_client=True),
            ledger,
            Deed(tr("New client"), "user-plus", _alone(self._places.begin_client), "Ctrl N"),
            Deed(tr("Next free slot"), "calendar-plus", _alone(self.find_free), "F"),
            *self._for_everybody(),
            self._page(Page.CATALOGUE, tr("Catalogue"), "tag", tr("services, packages")),
            self._page(Page.STAFF, tr("Staff"), "family", tr("shifts, time off")),
            self._page(Page.SETTINGS, tr("Settings"), "settings", tr("policy, plan, theme")),
        ]

    def _for_everybody(self) -> list[Deed]:
        tr = self.tr
        return [
            self._page(Page.DIARY, tr("Diary"), "diary"),
            self._page(Page.CLIENTS, tr("Clients"), "clients"),
            Deed(tr("Screening"), "shield", _alone(self.deciding_asked.emit), note=tr("what waits for a decision")),
            Deed(tr("Change who is at the desk"), "user", _alone(self.change_person), "F2"),
            Deed(tr("Set my PIN"), "lock", _alone(self.set_pin), note=tr("leads out of the client’s screen")),
            Deed(tr("All keys"), "info", _alone(self.show_keys), "Ctrl /"),
        ]

    def _page(self, page: Page, words: str, icon: str, note: str = "") -> Deed:
        return Deed(words, icon, _alone(partial(self._places.go, Where(page))), note=note)

    def _search(self, *, clients_only: bool) -> None:
        if self._floating() is None:
            in_hand = InHand() if clients_only else self._in_hand()
            sheet = Find(self.bench, self._window, self.deeds(), in_hand, clients_only=clients_only)
            sheet.client_chosen.connect(self._places.open_client)
            self._float(sheet)

    def _in_hand(self) -> InHand:
        return InHand(self._places.chosen, self._sell_product if self.bench.may(Act.SETTLE) else None)

    def _sell_product(self, product: int, client: int | None) -> None:
        """Puts a package into a client's cart; without a client it is asked first who buys it."""
        if client is not None:
            self._places.go(Where(Page.CHECKOUT, client=client, product=product))
            return
        sheet = Find(self.bench, self._window, (), clients_only=True)
        sheet.client_chosen.connect(partial(self._sell_product, product))
        self._float(sheet)

    def _sell(self, client: int | None) -> None:
        draft = self.bench.drafts.open("checkout", client=client, body={"picking": "package"})
        self._places.go(Where(Page.CHECKOUT, client=client, draft=draft.id))

    def _begin(self, what: str) -> None:
        """What the client panel offers while nobody is chosen."""
        begun = {
            "find": self.search_clients,
            "new": self._places.begin_client,
            "free": self.find_free,
            "sell": self.search,
        }
        begun[what]()

    def _float(self, sheet: Floating) -> None:
        sheet.finished.connect(sheet.deleteLater)
        sheet.show_over()

    def _floating(self) -> Floating | None:
        found = self._window.findChildren(Floating, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return next((sheet for sheet in found if sheet.isVisible()), None)


def _alone(act: Callable[[], object]) -> Callable[[int | None], None]:
    """What is done without a client."""

    def run(_client: int | None) -> None:
        act()

    return run


def _moment(formats: Formats, at: datetime) -> str:
    return f"{formats.long_day(at.astimezone(formats.zone).date())} {formats.time(at)}"
