"""The right column beside the diary: the chosen visit and its client, in the order in which a receptionist asks."""

from functools import partial

import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget
from typing_extensions import override

from reception.domain import checkout, clients, clock, diary, packages
from reception.domain.access import Act
from reception.domain.checkout import Cart, Quote
from reception.domain.errors import DomainError, Trouble
from reception.domain.tables.ids import ClientId
from reception.ui import tokens as k
from reception.ui.dialogs import acts
from reception.ui.dialogs.acts import Step
from reception.ui.dialogs.client_edit import ClientSheet
from reception.ui.dialogs.sheet import PAD, part
from reception.ui.panels.client import extras, rows, sections
from reception.ui.panels.client.extras import Extras
from reception.ui.panels.client.extras_view import ExtrasView
from reception.ui.panels.client.sections import Shown, View
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Avatar,
    Button,
    Elided,
    Hair,
    KeyCap,
    Kind,
    Notice,
    Scroller,
    caption,
    clear,
    hbox,
    heading,
    label,
    pane,
    section,
    vbox,
)
from reception.ui.workbench import Page, Where, Workbench

WIDTH = 340
_TOPICS = frozenset({"clients", "packages", "diary", "money", "catalogue", "clinic", "forms", "rota", "staff"})
_UNTIL_BONES = 150  # milliseconds that a reading may take before the column shows its bones
_NOBODY, _SOMEBODY, _BONES = range(3)
_BUTTONS = 3


class ClientPanel(QWidget):
    """One client, perhaps with one visit of theirs.

    `asked` hands over a step for the diary to do with the visit, `sheet_asked` a sheet to show in this place, `wanted`
    names what somebody wants to do without a client: find, new, free, sell; `left` gives the keyboard back.
    """

    asked = Signal(object, object)
    sheet_asked = Signal(object)
    wanted = Signal(str)
    left = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("client")
        self.setFixedWidth(WIDTH)
        self.bench = bench
        self._client: ClientId | None = None
        self._appointment: diary.Entry | None = None
        self._shown: Shown | None = None
        self._extras: Extras | None = None
        self._looked: ClientId | None = None
        self._sheet: ClientSheet | None = None
        self._build()
        self._bones_timer = QTimer(self, singleShot=True, interval=_UNTIL_BONES)
        self._bones_timer.timeout.connect(self._show_bones)
        self._minute = QTimer(self, interval=30_000)
        self._minute.timeout.connect(self._tick)
        self._refresher = Refresher(self, self._load, _TOPICS, None, bench.backend)
        self._refresher.failed.connect(self._show_failure)
        self._again.clicked.connect(self._refresher.request)
        self._middle.left.connect(self.left)
        self._middle.sheet_asked.connect(self.sheet_asked)
        bench.person_changed.connect(self._refresher.request)
        bench.clinic_changed.connect(self._refresher.request)

    # build

    def _build(self) -> None:
        self._again = Button(self.tr("Try again"), height=k.CONTROL_S, name="client.again")
        self._notice = Notice(self._again, name="client.notice")
        self._somebody, self._credits, self._others = vbox(gap=0), vbox(gap=0), vbox(gap=0)
        self._foot = vbox(gap=0)
        self._middle = ExtrasView(self.bench)
        notice = pane(vbox(self._notice, margins=(8, 0, 8, 0)))
        middle = self._middle
        body = pane(vbox(notice, self._somebody, middle.stops, self._credits, middle, self._others, STRETCH, gap=0))
        panel = pane(vbox((Scroller(body), 1), self._foot, gap=0), "surface")
        place = QWidget()
        # With its parent from the start: without one, Qt shows the first page as a window of its own.
        self._stack = QStackedLayout(place)
        for page in (self._nobody(), panel, pane(vbox(sections.bones(), gap=0), "surface")):
            self._stack.addWidget(page)
        self.setLayout(hbox(Hair(vertical=True, strong=True), (place, 1), gap=0))

    def _nobody(self) -> QWidget:
        """Nobody chosen: what one would do next."""
        head = vbox(
            heading(self.tr("Nobody chosen")),
            caption(self.tr("Choose a visit in the diary, or:"), Tone.INK2),
            gap=1,
            margins=(PAD, 14, PAD, 8),
        )
        made = {
            "find": rows.shortcut(
                "search", self.tr("Find a client"), self.tr("three letters and Enter"), "Ctrl F", name="client.find"
            ),
            "new": rows.shortcut(
                "user-plus", self.tr("New client"), self.tr("name and phone are enough"), "Ctrl N", name="client.new"
            ),
            "free": rows.shortcut(
                "calendar-plus",
                self.tr("Next free slot"),
                self.tr("for a service, on any day"),
                "F",
                name="client.free",
            ),
            "sell": rows.shortcut(
                "ticket", self.tr("Sell a course"), self.tr("without a visit"), "Ctrl K", name="client.sell"
            ),
        }
        for what, row in made.items():
            row.clicked.connect(partial(self.wanted.emit, what))
        return pane(vbox(pane(head), Hair(), *made.values(), STRETCH, gap=0), "surface")

    # who

    def client(self) -> int | None:
        """Whom the column shows."""
        return self._client

    def show_visit(self, entry: object) -> None:
        """Shows a visit's client and the visit; None is nobody."""
        if not isinstance(entry, diary.Entry):
            self.show_nobody()
            return
        self._appointment = entry
        self._show(entry.client)

    def show_client(self, client: int) -> None:
        """Shows a client without a visit."""
        self._appointment = None
        self._show(ClientId(client))

    def show_nobody(self) -> None:
        """Nobody is chosen."""
        self._client = self._appointment = self._shown = self._extras = None
        self._bones_timer.stop()
        self._stack.setCurrentIndex(_NOBODY)

    def _show(self, client: ClientId) -> None:
        if client != self._client:
            self._bones_timer.start()
            self._leave_record()
        entry, coming = self._appointment, self._extras.coming if self._extras is not None else None
        if client != self._client or (coming and coming.group) != (entry and entry.group):
            self._show_extras(client, None)
        self._client = client
        self._refresher.request()

    def _leave_record(self) -> None:
        """Another client is chosen: the record that lies open is parked if something was typed, else closed."""
        if self._sheet is not None and shiboken6.isValid(self._sheet):
            self._sheet.leave()
        self._sheet = None

    def _show_bones(self) -> None:
        if self._client is not None:
            self._stack.setCurrentIndex(_BONES)

    def _tick(self) -> None:
        if self._shown is None or not self.isVisible():
            return
        self.show_somebody(self._shown)
        lines = self._extras.lines if self._extras is not None else ()
        offers = self._extras.offers if self._extras is not None else None
        if offers is not None and offers.offered and self.bench.now() >= lines[0].entry.start:
            self._refresher.request()

    async def _load(self) -> None:
        client, appointment = self._client, self._appointment
        if client is None:
            return
        read = self.bench.backend.read
        card = await read(clients.card, client)
        ledger = await read(packages.ledger, client)
        visit = await read(diary.visit, appointment.id) if appointment is not None else None
        quote = await self._quote(client)
        self.show_somebody(Shown(card, ledger, visit, quote))
        if client != self._looked:
            self._looked = client
            self.bench.backend.looked(client)
        self._show_extras(client, await read(extras.read, client, appointment.id if appointment is not None else None))

    async def _quote(self, client: ClientId) -> Quote | None:
        """What there is to settle with this client now; None where nothing is, or this person doesn't settle."""
        if not self.bench.may(Act.SETTLE):
            return None
        lines = await self.bench.backend.read(checkout.suggest, client)
        return await self.bench.backend.read(checkout.quote, Cart(client, lines)) if lines else None

    # show

    def show_somebody(self, shown: Shown) -> None:
        """Shows a client wholly."""
        self._shown = shown
        self._bones_timer.stop()
        self._notice.clear()
        for place in (self._somebody, self._credits, self._foot):
            clear(place)
        view = self._view()
        self._somebody.addWidget(self._identity(shown))
        if shown.visit is not None:
            self._somebody.addWidget(self._visit(shown, view))
        self._credits.addWidget(self._balance(shown, view))
        self._show_others(shown, view)
        if self.bench.may(Act.SETTLE):
            self._foot.addWidget(self._to_pay(shown))
        if shown.visit is not None and self._extras is not None and self._extras.coming is not None:
            self._show_coming(self._extras.coming)
        self._stack.setCurrentIndex(_SOMEBODY)
        self._minute.start()

    def _show_extras(self, client: ClientId, found: Extras | None) -> None:
        """Shows what was read after the visit; None while that is on its way."""
        self._extras = found
        self._middle.show_extras(found, client, self._appointment.id if self._appointment is not None else None)
        shown = self._shown
        if found is not None and found.coming is not None and shown is not None and shown.visit is not None:
            self._show_coming(found.coming)
            self._show_others(shown, self._view())

    def _show_coming(self, coming: diary.ComingIn) -> None:
        """The visit's lines say the whole of the coming-in, once it is known."""
        if not coming.lines:
            return
        first, last = coming.lines[0].entry, coming.lines[-1].entry
        when = self.bench.formats.when(first.start, self.bench.today())
        self._when.show_words(f"{when} – {self.bench.formats.time(last.end)}")
        self._what.show_words(extras.chain_words(coming))
        self._where.show_words(extras.place_words(coming))

    def _view(self) -> View:
        return View(self.bench.formats, self.bench.now(), self.bench.clinic.wait_minutes)

    def begin_adding(self) -> None:
        """The keyboard goes to the add-ons: a digit adds one, also one that is typed before they are read (+)."""
        self.setFocus()
        self._middle.begin_adding()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit():
            self._middle.press(event.text())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _identity(self, shown: Shown) -> QWidget:
        card = shown.card
        more = Button(kind=Kind.GHOST, icon="more", height=28, tip=self.tr("More"), name="client.more")
        more.clicked.connect(self._open_menu)
        name = Elided(card.name, k.HEADING, k.SEMIBOLD, name="client.name")
        second = Elided(sections.second_line(card, self.bench.formats), k.CAPTION, tone=Tone.INK2, name="client.second")
        who = pane(hbox(Avatar(card.name), (vbox(name, second, gap=1), 1), more, gap=10))
        chips = sections.alerts(card)
        payer = caption(self.tr("{name} pays").format(name=card.payer_name), Tone.INK2) if card.payer_name else None
        pairs = [pane(hbox(*chips[n : n + 2], STRETCH, gap=6)) for n in range(0, len(chips), 2)]
        return part(who, *pairs, *((payer,) if payer else ()), gap=7)

    def _visit(self, shown: Shown, view: View) -> QWidget:
        visit = shown.visit
        assert visit is not None
        entry, formats = visit.entry, view.formats
        when = f"{view.when(entry.start)} – {formats.time(entry.end)}"
        where = " · ".join(word for word in (visit.staff_name, entry.resources) if word)
        self._when = Elided(when, weight=k.SEMIBOLD, name="client.when")
        self._what = Elided(entry.service_name, tone=Tone.INK, name="client.service")
        self._where = Elided(where, k.CAPTION, tone=Tone.INK2, name="client.where")
        head = pane(hbox((self._when, 1), sections.status_chip(entry, view), gap=6))
        booking = Button(self.tr("Booking"), Kind.LINK, height=18, name="client.coming")
        booking.clicked.connect(self._open_coming)
        second = pane(hbox((self._what, 1), booking, KeyCap("B"), gap=4))
        note = (Elided(entry.note, k.CAPTION, tone=Tone.INK3),) if entry.note else ()
        buttons = [self._step(step, entry) for step in acts.offered(self.bench, entry.status)[:_BUTTONS]]
        return part(head, second, self._where, *note, pane(hbox(*buttons, STRETCH, gap=6, margins=(0, 3, 0, 0))), gap=3)

    def _step(self, step: Step, entry: diary.Entry) -> Button:
        key = acts.KEYS.get(step, "")
        button = Button(
            self.tr("Take back") if step is Step.TAKE_BACK else acts.words(step, entry.status),
            icon="play" if step is Step.START else "",
            key=key if len(key) == 1 else "",
            height=k.CONTROL_S,
            tip=acts.words(step, entry.status),
            name=f"client.{step}",
        )
        button.clicked.connect(partial(self._ask, step))
        return button

    def _ask(self, step: Step, _checked: bool = False) -> None:  # noqa: FBT002 - clicked carries it
        if self._shown is not None and self._shown.visit is not None:
            self.asked.emit(step, self._shown.visit.entry)

    def _balance(self, shown: Shown, view: View) -> QWidget:
        ledger = Button(self.tr("Ledger"), Kind.LINK, height=18, name="client.ledger")
        ledger.clicked.connect(self._open_ledger)
        return sections.balance(shown.ledger, shown.visit, view, ledger, KeyCap("Ctrl Shift L"))

    def _show_others(self, shown: Shown, view: View) -> None:
        clear(self._others)
        coming = self._extras.lines if self._extras is not None else ()
        own = {int(line.entry.id) for line in coming} | ({int(shown.visit.entry.id)} if shown.visit else set())
        lines = sections.others(shown.ledger, own, view.now)
        if not lines:
            return
        count = str(len(shown.ledger.visits))
        head = pane(vbox(section(self.tr("Visits"), count=count), margins=(PAD, 8, PAD, 2)))
        made = []
        for line in lines:
            row = sections.visit_row(line, view)
            row.clicked.connect(partial(self._go_to, line))
            made.append(row)
        self._others.addWidget(pane(vbox(head, *made, 8, Hair(), gap=0)))

    def _to_pay(self, shown: Shown) -> QWidget:
        quote = shown.quote
        check_out = Button(
            self.tr("Check out"),
            Kind.PRIMARY if quote is not None else Kind.SECONDARY,
            key="F12",
            height=36,
            name="client.checkout",
        )
        check_out.clicked.connect(self._check_out)
        lines = sections.to_settle(quote, self.bench.formats) if quote is not None else []
        words = self.tr("To pay now") if quote is not None else self.tr("Nothing to settle")
        amount = self.bench.formats.money(quote.to_pay) if quote is not None else ""
        total = label(amount, k.TITLE, k.SEMIBOLD, name="client.to_pay") if amount else None
        row = pane(hbox(vbox(caption(words, Tone.INK2), total, gap=0), STRETCH, check_out, gap=8, margins=(0, 4, 0, 0)))
        return pane(vbox(Hair(strong=True), sections.padded(*lines, row), gap=0), "surface")

    def _show_failure(self, error: DomainError | Trouble) -> None:
        """What was shown of this client stays, and a notice says that it may be old; nobody else's is left standing."""
        self._bones_timer.stop()
        if self._shown is not None and self._shown.card.id != self._client:
            self._shown = None
            for place in (self._somebody, self._credits, self._others, self._foot):
                clear(place)
        said = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._notice.say(self.tr("The client could not be read"), said, Tone.DANGER)
        self._stack.setCurrentIndex(_SOMEBODY)

    # act

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("client.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.bench.may(Act.CLIENTS):
            menu.addAction(self.tr("Edit record")).triggered.connect(self.edit)
        menu.addAction(self.tr("Open ledger")).triggered.connect(self._open_ledger)
        button = self.findChild(Button, "client.more")
        menu.popup(button.mapToGlobal(QPoint(0, button.height())) if button else self.mapToGlobal(QPoint()))

    def edit(self) -> None:
        """Opens the client's record."""
        if self._shown is not None:
            self._sheet = ClientSheet(self.bench, self._shown.card)
            self.sheet_asked.emit(self._sheet)

    def _open_ledger(self) -> None:
        if self._client is not None:
            chosen = self._appointment.id if self._appointment else None
            self.bench.goto.emit(Where(Page.LEDGER, client=self._client, appointment=chosen))

    def _open_coming(self) -> None:
        if self._appointment is not None:
            self.bench.goto.emit(Where(Page.COMING, client=self._client, appointment=self._appointment.id))

    def _check_out(self) -> None:
        if self._client is not None:
            self.bench.goto.emit(Where(Page.CHECKOUT, client=self._client))

    def _go_to(self, line: packages.VisitLine) -> None:
        day = clock.local_date(line.start, self.bench.formats.zone)
        self.bench.goto.emit(Where(Page.DIARY, client=self._client, appointment=line.id, day=day))
