"""The booking page: the chain at the left, what can be added at the right, what it comes to at the foot."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget
from typing_extensions import override

from reception.domain import clock, diary, packages
from reception.domain.access import Act
from reception.domain.addons import Offer, Refusal
from reception.domain.diary import Entry, Moving
from reception.domain.errors import DomainError, Trouble
from reception.domain.packages import AUTO, NONE, Choice
from reception.domain.tables.ids import AppointmentId, CreditId, ResourceId
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.dialogs.acts import Acts
from reception.ui.dialogs.clearing import sheet_about, stop_of_add_on
from reception.ui.dialogs.ending import EndingSheet
from reception.ui.dialogs.forms import left_to_answer
from reception.ui.dialogs.moving import MovingSheet, late_since
from reception.ui.dialogs.offers import Adding
from reception.ui.panels.coming import reading
from reception.ui.panels.coming.line import PAY, LineView, ended_row
from reception.ui.panels.coming.moving import MovePart
from reception.ui.panels.coming.offers import OfferColumn
from reception.ui.panels.coming.reading import Booking
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Avatar,
    Button,
    Elided,
    ErrorState,
    Hair,
    Kind,
    Scroller,
    Skeleton,
    clear,
    hbox,
    heading,
    pane,
    section,
    vbox,
)
from reception.ui.widgets.side import Side
from reception.ui.workbench import Page, Where, Workbench

_TOPICS = frozenset({"clients", "packages", "diary", "money", "catalogue", "clinic", "forms", "rota", "staff"})
_OFFERS = 340


class ComingPage(QWidget):
    """One booking: every appointment of a client's coming-in, and what becomes of it."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("coming")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bench = bench
        self._appointment: AppointmentId | None = None
        self._booking: Booking | None = None
        self._left: dict[int, str] = {}
        self._acts, self._adding = Acts(bench, self), Adding(bench, self)
        self._build()
        self._connect()
        self._refresher = Refresher(self, self._load, _TOPICS, None, bench.backend)
        self._refresher.failed.connect(self._show_failure)

    def show_visit(self, appointment: int) -> None:
        """Shows the booking that an appointment belongs to."""
        if appointment != self._appointment:
            self._appointment = AppointmentId(appointment)
            self._booking = None
            self._side.take_sheet_away()
            self._pages.setCurrentWidget(self._loading)
        self._refresher.request()
        self.setFocus()

    @property
    def booking(self) -> Booking | None:
        """What is shown."""
        return self._booking

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = isinstance(QApplication.focusWidget(), QLineEdit)
        key = event.text().upper()
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif typing or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key.isdigit():
            self._offers.list.press(key)
        elif key == "X" and not self._move.isHidden():
            self._move.press()
        elif key == "N" and self._cancel_all.isEnabled():
            self._cancel_all.click()
        else:
            super().keyPressEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._side.take_sheet_away()

    # build

    def _build(self) -> None:
        self._avatar = Avatar(size=34)
        self._title = Elided("", k.HEADING, k.SEMIBOLD, name="coming.title")
        self._facts = Elided("", k.CAPTION, tone=Tone.INK2, name="coming.facts")
        self._ledger = Button(self.tr("Ledger"), Kind.GHOST, icon="ledger", height=28, name="coming.ledger")
        self._x = Button(kind=Kind.GHOST, icon="x", height=28, tip=self.tr("Back to the diary"), name="coming.close")
        words = vbox(self._title, self._facts, gap=1)
        head = pane(hbox(self._avatar, (words, 1), self._ledger, self._x, gap=10, margins=(20, 10, 12, 10)), "canvas")
        self._lines, self._ended = vbox(gap=0), vbox(gap=0)
        self._move = MovePart(self.bench)
        self._ended_part = pane(vbox(self._ended, gap=0))
        chain = pane(hbox(heading(self.tr("The visit, in its order")), STRETCH, margins=(20, 14, 16, 4)))
        move = pane(vbox(self._move, margins=(20, 14, 20, 16)))
        body = pane(vbox(chain, self._lines, self._ended_part, move, STRETCH, gap=0), "surface")
        middle = pane(vbox((Scroller(body), 1), self._foot(), gap=0), "surface")
        self._offers = OfferColumn(self.bench)
        self._side = Side(self._offers, _OFFERS)
        self._page = pane(hbox((middle, 1), self._side, gap=0))
        self._again = Button(self.tr("Try again"), name="coming.again")
        self._failure = ErrorState(self.tr("The booking could not be read"), "", self._again, name="coming.failure")
        self._loading = _bones()
        self._pages = QStackedWidget()
        for page in (self._loading, self._page, self._failure):
            self._pages.addWidget(page)
        self.setLayout(vbox(head, Hair(strong=True), (self._pages, 1), gap=0))

    def _foot(self) -> QWidget:
        self._sum = Elided("", k.CAPTION, tone=Tone.INK2, name="coming.sums")
        self._open = Elided("", k.TITLE, k.SEMIBOLD, name="coming.to_pay")
        self._cancel_all = Button(
            self.tr("Cancel the whole visit…"), Kind.DANGER, key="N", height=36, name="coming.cancel_all"
        )
        self._check_out = Button(self.tr("Check out"), Kind.PRIMARY, key="F12", height=36, name="coming.checkout")
        said = vbox(self._sum, self._open, gap=1)
        row = hbox((said, 1), self._cancel_all, self._check_out, gap=10, margins=(20, 8, 16, 8))
        return pane(vbox(Hair(strong=True), row, gap=0), "surface")

    def _connect(self) -> None:
        self._x.clicked.connect(self._leave)
        self._ledger.clicked.connect(self._open_ledger)
        self._again.clicked.connect(self._refresher_request)
        self._move.asked.connect(self._confirm_move)
        self._cancel_all.clicked.connect(self._cancel_whole)
        self._check_out.clicked.connect(self._pay)
        self._offers.wanted.connect(self._add)
        self._offers.form_asked.connect(self._fill_in)
        self._offers.decision_asked.connect(self._decide)
        self._side.emptied.connect(self.setFocus)
        self.bench.drafts.changed.connect(self._hear_drafts)
        self.bench.person_changed.connect(self._refresher_request)
        self.bench.clinic_changed.connect(self._refresher_request)

    def _refresher_request(self) -> None:
        self._refresher.request()

    # load and show

    async def _load(self) -> None:
        if self._appointment is not None:
            self.show_booking(await self.bench.backend.read(reading.read, self._appointment))

    def show_booking(self, booking: Booking) -> None:
        """Shows a booking wholly; the keyboard stays where it was."""
        focused = QApplication.focusWidget()
        name = focused.objectName() if focused is not None and self.isAncestorOf(focused) else ""
        self._show_booking(booking)
        if name:
            # What is made anew comes into sight with the next turn of the event loop.
            QTimer.singleShot(0, self, partial(self._focus_again, name))

    def _focus_again(self, name: str) -> None:
        found = [one for one in self.findChildren(QWidget, name) if one.isVisible()]
        if found and not found[-1].hasFocus():
            found[-1].setFocus()

    def _show_booking(self, booking: Booking) -> None:
        self._booking = booking
        coming, formats = booking.coming, self.bench.formats
        self._avatar.show_name(coming.client_name)
        self._title.show_words(self.tr("{name}’s visit").format(name=coming.client_name))
        self._facts.show_words(self._when())
        clear(self._lines)
        self._left = left_to_answer(self.bench.drafts, int(coming.client))
        for line in booking.lines:
            options = booking.options.get(line.entry.id, ())
            task = next((one for one in booking.tasks if one.appointment == line.entry.id and not one.add_on), None)
            self._lines.addWidget(self._line(LineView(self.bench, line, options, self._left, task)))
        clear(self._ended)
        if coming.ended:
            self._ended.addWidget(pane(vbox(section(self.tr("Came to nothing")), margins=(20, 10, 16, 4))))
        for entry in coming.ended:
            self._ended.addWidget(ended_row(entry, self.bench))
        self._ended_part.setVisible(bool(coming.ended))
        self._move.show_first(booking.lines[0].entry if booking.movable else None)
        self._offers.show_offers(booking.offers, self._left, booking.tasks)
        self._show_sums(booking)
        self._cancel_all.setEnabled(bool(booking.bases) and self.bench.may(Act.CANCEL))
        self._check_out.setEnabled(self.bench.may(Act.SETTLE))
        self._facts.setToolTip(formats.long_day(coming.day))
        self._pages.setCurrentWidget(self._page)

    def _line(self, view: LineView) -> LineView:
        view.form_asked.connect(self._fill_in)
        view.credit_chosen.connect(self._choose_credit)
        view.room_chosen.connect(self._choose_room)
        view.cancel_asked.connect(self._cancel)
        view.deposit_asked.connect(self._pay)
        view.sheet_asked.connect(self._side.show_sheet)
        return view

    def _when(self) -> str:
        assert self._booking is not None
        lines, formats = self._booking.lines, self.bench.formats
        if not lines:
            return self.tr("{day}, nothing of it stands").format(day=formats.day(self._booking.coming.day))
        when = formats.when(lines[0].entry.start, self.bench.today())
        parts = self.tr("%n appointments", "", len(lines)) if len(lines) > 1 else lines[0].entry.service_name
        return f"{when} – {formats.time(lines[-1].entry.end)} · {parts}"

    def _hear_drafts(self) -> None:
        booking = self._booking
        if booking is not None and left_to_answer(self.bench.drafts, int(booking.coming.client)) != self._left:
            self.show_booking(booking)

    def _show_sums(self, booking: Booking) -> None:
        sums, formats = reading.sums(booking), self.bench.formats
        parts = [self.tr("{amount} in all").format(amount=formats.amount(sums.price))]
        if sums.by_credit:
            parts.append(self.tr("{amount} by credits").format(amount=formats.amount(sums.by_credit)))
        if sums.ahead:
            parts.append(self.tr("{amount} paid ahead").format(amount=formats.amount(sums.ahead)))
        if sums.owing:
            parts.append(self.tr("{amount} due before the visit").format(amount=formats.amount(sums.owing)))
        self._sum.show_words(" · ".join(parts))
        self._open.show_words(self.tr("{amount} to pay").format(amount=formats.money(sums.open)))

    def _show_failure(self, error: DomainError | Trouble) -> None:
        said = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._failure.show_words(self.tr("The booking could not be read"), said)
        self._pages.setCurrentWidget(self._failure)

    # act

    def _add(self, offer: Offer, money: bool) -> None:
        if self._booking is not None and self._booking.offers is not None:
            self._adding.add(self._booking.offers, offer, NONE if money else AUTO)

    def _choose_credit(self, entry: Entry, credit: int) -> None:
        self._acts.pay_with(entry, packages.NONE if credit == PAY else Choice(CreditId(credit)))

    @action
    async def _choose_room(self, entry: Entry, number: int, resource: int) -> None:
        """Another room or device; one that is taken is refused, and the choice shows the old one again (R20)."""
        try:
            await self.bench.backend.write(diary.place, entry.id, number, ResourceId(resource))
        finally:
            self._refresher.request()
        said = self.tr("{name}’s {service} has another room or device now")
        self.bench.said.emit(said.format(name=entry.client_name, service=entry.service_name), None)

    def _cancel(self, entry: Entry) -> None:
        self._side.show_sheet(EndingSheet(self.bench, entry))

    def _cancel_whole(self) -> None:
        if self._booking is not None and self._booking.bases:
            first, *rest = self._booking.bases
            self._side.show_sheet(EndingSheet(self.bench, first, also=tuple(rest)))

    @action
    async def _confirm_move(self, moving: Moving) -> None:
        booking = self._booking
        if booking is None:
            return
        first = booking.lines[0]
        names = {int(line.entry.staff): line.staff_name for line in booking.lines}
        late = await late_since(self.bench, first.entry)
        self._side.show_sheet(MovingSheet(self.bench, first.entry, moving, names, late))

    def _decide(self, refusal: Refusal) -> None:
        if self._booking is not None and self._booking.lines:
            stop = stop_of_add_on(self._booking.coming, refusal)
            self._side.show_sheet(sheet_about(self.bench, stop))

    def _fill_in(self, form: int) -> None:
        if self._booking is not None:
            client = int(self._booking.coming.client)
            self.bench.goto.emit(Where(Page.FORM, client=client, appointment=self._appointment, form=form))

    def _pay(self) -> None:
        if self._booking is not None:
            client = int(self._booking.coming.client)
            self.bench.goto.emit(Where(Page.CHECKOUT, client=client, appointment=self._appointment))

    def _open_ledger(self) -> None:
        if self._booking is not None:
            client = int(self._booking.coming.client)
            self.bench.goto.emit(Where(Page.LEDGER, client=client, appointment=self._appointment))

    def _leave(self) -> None:
        """Back to the diary, at this visit."""
        booking = self._booking
        if booking is None or not booking.lines:
            self.bench.goto.emit(Where(Page.DIARY, day=booking.coming.day if booking is not None else None))
            return
        entry = next(
            (line.entry for line in booking.lines if line.entry.id == self._appointment), booking.lines[0].entry
        )
        day = clock.local_date(entry.start, self.bench.formats.zone)
        self.bench.goto.emit(Where(Page.DIARY, client=int(entry.client), appointment=int(entry.id), day=day))


def _bones() -> QWidget:
    """The page's true layout while it is being read."""
    rows = [
        hbox(Skeleton(96, 14), vbox(Skeleton(180, 14), Skeleton(240, 10), gap=8), STRETCH, Skeleton(120, 26), gap=24)
        for _ in range(2)
    ]
    left = vbox(Skeleton(160, 16), 8, *rows, STRETCH, gap=24, margins=(20, 20, 20, 20))
    right = vbox(Skeleton(90, 16), 8, Skeleton(260, 30), Skeleton(260, 30), STRETCH, gap=12, margins=(16, 20, 16, 20))
    side = pane(right, "canvas", width=_OFFERS)
    return pane(hbox((pane(left, "surface"), 1), Hair(vertical=True, strong=True), side, gap=0))
