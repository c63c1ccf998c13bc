"""Where one is in the window: the diary with its sheets, the full pages, and who is in front of the desk."""

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reception.domain import clients
from reception.domain.access import Role
from reception.domain.checkout import CartLine, LineKind
from reception.domain.diary import Entry
from reception.domain.errors import Refused
from reception.domain.tables.ids import ClientId
from reception.settings import Settings
from reception.ui.actions import action
from reception.ui.dialogs.acts import Step
from reception.ui.dialogs.booking import BookingSheet, Wish
from reception.ui.dialogs.client_edit import ClientSheet
from reception.ui.panels.client import ClientPanel
from reception.ui.panels.diary import DiaryPanel
from reception.ui.widgets import hbox, pane
from reception.ui.widgets.pages import Pages
from reception.ui.widgets.side import Side
from reception.ui.workbench import Draft, Page, Where, Workbench

if TYPE_CHECKING:
    # A page is loaded when somebody first goes there: today's diary doesn't wait for the others.
    from reception.ui.panels.catalogue import Catalogue
    from reception.ui.panels.checkout import CheckoutPanel
    from reception.ui.panels.clients import ClientsPanel
    from reception.ui.panels.coming import ComingPage
    from reception.ui.panels.editor import EditorPage
    from reception.ui.panels.form import FormPage
    from reception.ui.panels.inbox import InboxPage
    from reception.ui.panels.ledger import LedgerPanel
    from reception.ui.panels.settings import SettingsPage
    from reception.ui.panels.staff import Staff

EDIT = "edit"
"""The draft's name that asks for a client's record to be changed."""

PRACTITIONER = (Page.DIARY, Page.CLIENTS, Page.LEDGER, Page.COMING, Page.FORM, Page.INBOX)
"""All that a practitioner sees: their own column, the ledgers, bookings, and forms."""

_PANEL = 340


class Places(QObject):
    """The pages, each made when somebody first goes there; what is left half done on the way is parked."""

    moved = Signal(object)
    visit_chosen = Signal(object)
    settings_changed = Signal(object)
    handing = Signal(str)
    lent_asked = Signal()
    restart_asked = Signal()

    def __init__(self, bench: Workbench, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.bench = bench
        self._settings = settings
        self.page = Page.DIARY
        self.chosen: int | None = None
        # A client who was looked up stays in the panel though no visit of theirs is chosen.
        self._alone = False
        self.diary, self.client = DiaryPanel(bench), ClientPanel(bench)
        self.side = Side(self.client, _PANEL)
        self.stack = Pages()
        self._day = pane(hbox((self.diary, 1), self.side, gap=0))
        self.stack.addWidget(self._day)
        self._connect()

    @cached_property
    def clients(self) -> "ClientsPanel":
        """The clients, looked up one after the other."""
        from reception.ui.panels.clients import ClientsPanel

        return ClientsPanel(self.bench)

    @cached_property
    def ledger(self) -> "LedgerPanel":
        """One client's ledger."""
        from reception.ui.panels.ledger import LedgerPanel

        return LedgerPanel(self.bench)

    @cached_property
    def checkout(self) -> "CheckoutPanel":
        """One client's checkout."""
        from reception.ui.panels.checkout import CheckoutPanel

        return CheckoutPanel(self.bench)

    @cached_property
    def coming(self) -> "ComingPage":
        """One booking: a client's whole coming-in."""
        from reception.ui.panels.coming import ComingPage

        return ComingPage(self.bench)

    @cached_property
    def form(self) -> "FormPage":
        """One form of a client."""
        from reception.ui.panels.form import FormPage

        page = FormPage(self.bench)
        page.handing.connect(self.handing)
        return page

    @cached_property
    def inbox(self) -> "InboxPage":
        """What clients handed in on their own screen."""
        from reception.ui.panels.inbox import InboxPage

        return InboxPage(self.bench)

    @cached_property
    def editor(self) -> "EditorPage":
        """One form of the clinic being made or changed."""
        from reception.ui.panels.editor import EditorPage

        return EditorPage(self.bench)

    @cached_property
    def catalogue(self) -> "Catalogue":
        """What the clinic performs and sells."""
        from reception.ui.panels.catalogue import Catalogue

        return Catalogue(self.bench)

    @cached_property
    def staff(self) -> "Staff":
        """Who works here, and when."""
        from reception.ui.panels.staff import Staff

        return Staff(self.bench)

    @cached_property
    def settings(self) -> "SettingsPage":
        """What this desk and the clinic have chosen."""
        from reception.ui.panels.clinic import Clinic
        from reception.ui.panels.settings import SettingsPage

        page = SettingsPage(self.bench, self._settings, [(self.tr("The clinic"), Clinic(self.bench))])
        page.changed.connect(self.settings_changed)
        page.restart_asked.connect(self.restart_asked)
        return page

    def go(self, where: Where) -> None:
        """Goes to a place, if whoever is at the desk may see it."""
        page = Page(where.page)
        if not self._may_see(page):
            return
        if where.draft is not None and self.bench.drafts.is_lent(where.draft):
            self.lent_asked.emit()
            return
        if where.client is not None:
            self.chosen = where.client
        room = Page.DIARY if page is Page.BOOKING else page
        if room is not self.page:
            self.leave(where.draft)
        draft = self._draft(where)
        if draft is not None:
            self.bench.drafts.take(draft.id)
        self.show_page(room)
        self._show_there(page, where, draft)

    def go_to_day(self, day: date) -> None:
        """Goes to a day of the diary."""
        self.go(Where(Page.DIARY, day=day))

    def step(self, days: int) -> None:
        """Turns the diary by some days."""
        self.diary.show_day(self.diary.day() + timedelta(days=days))

    def leave(self, keep: str | None = None) -> None:
        """Puts away what lies open here."""
        self.side.take_sheet_away()
        self.bench.drafts.park_all(besides=keep)

    def show_page(self, page: Page) -> None:
        """Brings a page to the front."""
        self.page = page
        widget = self.widget(page)
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        self.moved.emit(page)

    def widget(self, page: Page) -> QWidget:
        """A page, made if it isn't there yet; but for the diary each has the name of its place."""
        if page in (Page.DIARY, Page.BOOKING):
            return self._day
        made: QWidget = getattr(self, page.value)
        return made

    def open_client(self, client: int) -> None:
        """Shows a client: beside the diary, to a practitioner their ledger."""
        practitioner = self.bench.person.role is Role.PRACTITIONER
        self.go(Where(Page.LEDGER if practitioner else Page.DIARY, client=client))

    def for_client(self, page: Page, client: int | None = None) -> None:
        """Goes to a page for a client, the one in front of the desk unless another is named."""
        whom = self.chosen if client is None else client
        if whom is None:
            sentence = "Nobody is chosen. Choose a visit in the diary, or find a client with Ctrl+F."
            self.bench.refused.emit(Refused(sentence))
            return
        self.go(Where(page, client=whom))

    def begin_client(self) -> None:
        """Begins a new client's record, beside the diary."""
        if self._may_see(Page.BOOKING):
            self.go(Where(Page.DIARY))
            self._show_client_sheet(ClientSheet(self.bench))

    def show_sheet(self, sheet: QWidget) -> None:
        """Opens a sheet beside the diary."""
        self.side.show_sheet(sheet)

    def _connect(self) -> None:
        self.diary.chosen.connect(self._choose)
        self.diary.sheet_asked.connect(self.show_sheet)
        self.diary.adding_asked.connect(self._begin_adding)
        self.client.left.connect(self.diary.setFocus)
        self.client.asked.connect(self._do_step)
        self.client.sheet_asked.connect(self.show_sheet)
        self.side.emptied.connect(self._end_sheet)
        self.bench.sheet.connect(self.show_sheet)
        self.bench.goto.connect(self.go)

    def _draft(self, where: Where) -> Draft | None:
        return self.bench.drafts.get(where.draft) if where.draft else None

    def _may_see(self, page: Page) -> bool:
        if self.bench.person.role is not Role.PRACTITIONER or page in PRACTITIONER:
            return True
        sentence = "{name} sees their own column and the ledgers here. Press F2 to change who is at the desk."
        self.bench.refused.emit(Refused(sentence, name=self.bench.person.name))
        return False

    def _show_there(self, page: Page, where: Where, draft: Draft | None) -> None:
        match page:
            case Page.CHECKOUT:
                self.checkout.show_checkout(where.client, draft, _wished(where))
            case Page.COMING if where.appointment is not None:
                self.coming.show_visit(where.appointment)
            case Page.FORM | Page.INBOX | Page.EDITOR:
                self._show_paper(page, where, draft)
            case _ if draft is not None:
                self._go_on(page, draft)
            case Page.DIARY:
                self._show_in_diary(where)
            case Page.BOOKING:
                self._begin_booking(where)
            case Page.CLIENTS if where.draft == EDIT:
                self.client.edit()
            case Page.LEDGER if where.client is not None:
                self.ledger.show_client(where.client, where.appointment)
            case _:
                self.widget(page).setFocus()

    def _go_on(self, page: Page, draft: Draft) -> None:
        """Goes on with what was parked."""
        match page:
            case Page.BOOKING:
                self.show_sheet(BookingSheet(self.bench, draft))
            case Page.CATALOGUE:
                self.catalogue.show_draft(draft)
            case Page.STAFF:
                self.staff.show_draft(draft)
            case Page.SETTINGS:
                self.settings.show_draft(draft)
            case _:
                self._go_on_with_client(draft)

    def _show_paper(self, page: Page, where: Where, draft: Draft | None) -> None:
        """Goes to a form: to be filled in, looked over, or made."""
        match page:
            case Page.INBOX:
                self.inbox.show_item(where.submission, where.wish)
            case Page.EDITOR:
                self._show_editor(where, draft)
            case _:
                self._show_form(where, draft)

    def _show_form(self, where: Where, draft: Draft | None) -> None:
        if draft is not None:
            self.form.show_draft(draft)
        elif where.response is not None:
            self.form.show_response(where.response, where.appointment)
        elif where.client is not None and where.form is not None:
            self.form.show_form(where.client, where.form, where.appointment)

    def _show_editor(self, where: Where, draft: Draft | None) -> None:
        if draft is not None:
            self.editor.show_draft(draft)
        else:
            self.editor.show_form(where.form)

    def _show_in_diary(self, where: Where) -> None:
        if where.day is not None and where.appointment is not None:
            self.diary.show_appointment(where.day, where.appointment)
        elif where.day is not None:
            self.diary.show_day(where.day)
        elif where.client is not None:
            self._alone = True
            self.diary.grid.choose(None)
            self.visit_chosen.emit(None)
            self.client.show_client(where.client)
        self.diary.setFocus()

    @action
    async def _begin_booking(self, where: Where) -> None:
        name = ""
        if where.client is not None:
            name = (await self.bench.backend.read(clients.card, ClientId(where.client))).name
        wish = Wish(client=where.client, client_name=name, day=where.day or self.diary.day())
        title = name or self.tr("New booking")
        draft = self.bench.drafts.open("booking", client=where.client, title=title, body=wish.body())
        self.show_sheet(BookingSheet(self.bench, draft))

    @action
    async def _go_on_with_client(self, draft: Draft) -> None:
        about = draft.body.get("about")
        card = await self.bench.backend.read(clients.card, ClientId(about)) if about is not None else None
        sheet = ClientSheet(self.bench, card)
        self._show_client_sheet(sheet)
        sheet.resume(draft)

    def _show_client_sheet(self, sheet: ClientSheet) -> None:
        """Whoever is saved there is the one that the desk has in front of it then."""
        sheet.saved.connect(self.open_client)
        self.show_sheet(sheet)

    def _choose(self, entry: Entry | None) -> None:
        """A visit was chosen in the diary: the client panel follows."""
        if entry is None and self._alone:
            return
        self._alone = False
        if self.page is Page.DIARY:  # elsewhere it is the page that says whom the desk has in front of it
            self.chosen = None if entry is None else int(entry.client)
        self.client.show_visit(entry)
        self.visit_chosen.emit(None if entry is None else int(entry.id))

    def _do_step(self, step: Step, entry: Entry) -> None:
        self.diary.do(step, entry)

    def _begin_adding(self) -> None:
        """The offers beside the diary take the keyboard; folded away they come back for that."""
        self.side.take_sheet_away()
        self.side.fold(folded=False)
        self.client.begin_adding()

    def _end_sheet(self) -> None:
        self.bench.drafts.park_all()
        self.diary.setFocus()


def _wished(where: Where) -> CartLine | None:
    """What shall stand in the cart: an add-on that has to be paid now, or a package."""
    if where.attach is not None:
        return CartLine(LineKind.DEPOSIT, attach=where.attach)
    return CartLine(LineKind.PACKAGE, where.product) if where.product is not None else None
