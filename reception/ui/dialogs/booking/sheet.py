"""The sheet of a booking: whom, what, with whom, when, on which credit. Half done it is a draft."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue, clients, clock, diary, packages, staff
from reception.domain.access import WORDS, Act
from reception.domain.catalogue import Bookable
from reception.domain.clients import Found
from reception.domain.errors import DomainError, Invalid, Trouble
from reception.domain.money import NOTHING, Money
from reception.domain.tables.ids import AppointmentId, ClientId
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.dialogs.acts import booked_words, credit_words
from reception.ui.dialogs.booking.more import MoreServices
from reception.ui.dialogs.booking.more import credit_words as credit_name
from reception.ui.dialogs.booking.rooms import Rooms
from reception.ui.dialogs.booking.services import ServiceList, usual
from reception.ui.dialogs.booking.whom import Whom
from reception.ui.dialogs.booking.wish import AUTO, PAY, Wish
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    DateEdit,
    Elided,
    Field,
    Kind,
    LineEdit,
    Notice,
    Select,
    TimeEdit,
    caption,
    clear,
    hbox,
    pane,
    vbox,
)
from reception.ui.workbench import Draft, Page, Where, Workbench

_PAUSE = 150  # milliseconds without a key before what was typed is checked
_TOPICS = frozenset({"diary", "packages", "catalogue", "staff", "rota", "clients"})
_PLACES = {"staff": "time", "start": "time", "day": "time"}  # three controls that share one place for what is wrong


class BookingSheet(Sheet):
    """Books a coming-in of one service or several; what refuses it, and what it costs, is said while it is typed."""

    def __init__(self, bench: Workbench, draft: Draft, parent: QWidget | None = None) -> None:
        save = Button(kind=Kind.PRIMARY, key="Enter", height=36, wide=True, name="booking.save")
        super().__init__("booking", parent, go=save)
        self.bench = bench
        self.draft = draft
        self._wish = Wish.of(draft.body)
        self._services: tuple[catalogue.Service, ...] = ()
        self._people: tuple[staff.Person, ...] = ()
        self._usual: tuple[int, ...] = ()
        self._card: clients.Card | None = None
        self._reading_client = self._book_then = self._pay_then = False
        self._is_read = self._first_then = False
        self._reasonless: DomainError | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._checking = Refresher(self, self._look_ahead, _TOPICS, None, bench.backend)
        self._build()
        self._connect()
        self._show_wish()
        self._whom.picker.line.setText(str(draft.body.get("typed", "")))
        self._read()

    # build

    def _build(self) -> None:
        formats = self.bench.formats
        self._whom = Whom(self.bench)
        self._list = ServiceList(self._service_words)
        self._staff: Select[int] = Select(name="booking.staff")
        self._day = DateEdit(formats, today=self.bench.today(), name="booking.day")
        self._time = TimeEdit(formats, name="booking.time")
        self._day.setFixedWidth(136)
        self._time.setFixedWidth(76)
        when = pane(hbox((self._staff, 1), self._day, self._time, gap=6))
        self._more, self._rooms = MoreServices(), Rooms()
        self._credit: Select[str] = Select(icon="ticket", name="booking.credit")
        self._note, self._reason = LineEdit(hint=self.tr("For this visit only")), LineEdit()
        self.fields = self._whom.fields | {
            "service": Field(self.tr("Service"), self._list),
            "time": Field(self.tr("With whom and when"), when),
            "rooms": Field(self.tr("Where"), self._rooms),
            "credit": Field(self.tr("Paid with"), self._credit, name="booking.credit"),
            "note": Field(self.tr("Note"), self._note, name="booking.note"),
            "reason": Field(self.tr("Reason, kept with the visit"), self._reason, name="booking.reason"),
        }
        self._notice = Notice(name="booking.notice")
        self._said = vbox(gap=6)
        self._sum = Elided("", k.BODY, k.SEMIBOLD, name="booking.sum")
        self._until = caption("", Tone.INK2, name="booking.until")
        self._park = Button(self.tr("Park"), Kind.GHOST, icon="park", height=28, name="booking.park")
        self._drop = Button(self.tr("Discard"), height=36, name="booking.discard")
        self._pay = Button("", height=36, name="booking.pay")
        self._pay.hide()
        fields = self.fields
        total = pane(hbox(self._sum, STRETCH, self._until))
        body = vbox(
            part(self._whom),
            part(fields["service"], fields["time"], fields["rooms"], self._more, gap=8),
            part(fields["credit"], fields["note"], fields["reason"], gap=8),
            (rest(self._notice, pane(self._said), total, gap=6), 1),
            gap=0,
        )
        self.put_together(None, pane(body), self._drop, self._pay, head=(self._park,))
        self.go.show_words(self.tr("Book"))

    def _connect(self) -> None:
        self._whom.picked.connect(self._pick)
        self._whom.entered.connect(self._enter)
        self._whom.forgotten.connect(self._forget)
        self._whom.picker.left.connect(self.leave)
        self._list.chosen.connect(self._choose_service)
        self._more.changed.connect(self._choose_more)
        self._rooms.chosen.connect(self._choose_rooms)
        self._staff.chosen.connect(self._choose_staff)
        self._credit.chosen.connect(self._choose_credit)
        for edit in (self._day, self._time, self._note, self._reason, self._whom):
            edit.edited.connect(self._type)
        self._park.clicked.connect(self.park)
        self._drop.clicked.connect(self.discard)
        self.go.clicked.connect(self._press)
        self._pay.clicked.connect(self._press_and_pay)
        self._pause.timeout.connect(self._checking.request)
        self._checking.failed.connect(self._show_failure)

    @override
    def begin(self) -> QWidget:
        if self._wish.client is None:
            return self._whom.begin()
        return self._list.first() or self._day

    # what is typed

    def _type(self) -> None:
        """Takes over what stands in the fields; what can't be read is said beside its field."""
        wish, wrong = self._wish, None
        day, minute = wish.day, wish.minute
        try:
            day, minute = self._day.day(), self._time.minutes()
        except Invalid as error:
            wrong = error
        who = {"client_name": self._whom.name.text(), "new_phone": self._whom.phone.text()} if wish.new else {}
        self._change(day=day, minute=minute, note=self._note.text(), reason=self._reason.text(), **who)
        if wrong is not None:
            self._show_refusal(Invalid(wrong.template, field="time", **wrong.values))

    def _change(self, **fields: Any) -> None:
        """Another wish: kept as a draft, shown in the head, and checked."""
        self._clear_errors()
        self._reasonless = None
        self._wish = replace(self._wish, **fields)
        self.bench.drafts.keep(self.draft.id, self._wish.body(), self._title(), self._wish.client)
        self._show_head()
        self._show_client()
        self._pause.start()

    def _title(self) -> str:
        start = self._wish.start(self.bench.formats.zone)
        at = self.bench.formats.time(start) if start else ""
        return " ".join(word for word in (self._wish.client_name, at) if word) or self.tr("New booking")

    def _pick(self, found: Found) -> None:
        self._change(client=found.id, client_name=found.name, new_phone="", credit=AUTO)
        self._take_client(found.id)

    def _enter(self, name: str) -> None:
        self._change(client=None, client_name=name, new_phone="", credit=AUTO)

    def _forget(self) -> None:
        self._card, self._usual = None, ()
        self._change(client=None, client_name="", new_phone="", credit=AUTO)

    def _choose_service(self, service: object) -> None:
        self._change(service=service, credit=AUTO, rooms=())
        self._show_services()

    def _choose_more(self, also: object) -> None:
        self._change(also=also)

    def _choose_rooms(self, rooms: object) -> None:
        self._change(rooms=rooms)

    def _choose_staff(self, person: object) -> None:
        self._change(staff=person)
        if self._wish.service not in {one.id for one in self._fitting()}:
            self._change(service=None)
            self._preselect()
        self._show_services()

    def _choose_credit(self, credit: object) -> None:
        self._change(credit=credit)

    # what can be chosen

    @action
    async def _read(self) -> None:
        """Asks once for what can be chosen, and for the client of a draft that is taken up again."""
        read = self.bench.backend.read
        offered = await read(catalogue.services)
        self._services = tuple(one for one in offered if one.bookable is not Bookable.ADD_ON)
        self._people = await read(staff.people)
        self._staff.fill([(int(one.id), one.name) for one in self._people if one.works])
        self._staff.choose(self._wish.staff)
        self._more.show_choices(self._services, self._people)
        self._is_read = True
        self._show_head()
        self._show_services()
        if self._first_then:
            self._choose_first()
        if self._wish.client is not None:
            self._take_client(self._wish.client)

    def _take_client(self, client: int) -> None:
        self._reading_client = True
        self._load_client(client)

    @action
    async def _load_client(self, client: int) -> None:
        """The client's card and what they usually come for; then Enter books."""
        read = self.bench.backend.read
        try:
            self._card = await read(clients.card, ClientId(client))
            self._usual = usual(await read(packages.ledger, ClientId(client)), self._services)
        finally:
            self._reading_client = False
        self._show_client()
        self._preselect()
        self._show_services()
        if (first := self._list.first()) is not None:
            first.setFocus()
        self._checking.request()
        if self._book_then:
            self._book_then = False
            self._book()

    def _preselect(self) -> None:
        """The client's usual service, where this staff member performs it."""
        if self._wish.service is not None:
            return
        offered = [one.id for one in self._fitting()]
        service = next((id_ for id_ in self._usual if id_ in offered), offered[0] if len(offered) == 1 else None)
        if service is not None:
            self._change(service=service)

    def _fitting(self) -> list[catalogue.Service]:
        """The services that whoever is chosen performs, the client's usual ones first (R21)."""
        person = next((one for one in self._people if one.id == self._wish.staff), None)
        able = [one for one in self._services if person is None or one.id in person.skills]
        order = {id_: place for place, id_ in enumerate(self._usual)}
        return sorted(able, key=lambda one: order.get(one.id, len(order)))

    # looking ahead

    async def _look_ahead(self) -> None:
        requests = self._wish.requests(self.bench.formats.zone)
        self.show_checks(await self.bench.backend.read(diary.check_chain, requests) if requests else ())

    def show_checks(self, checks: Sequence[diary.Check]) -> None:
        """Shows what the booking would meet: price, end, rooms, credit, what to read, what refuses it."""
        clear(self._said)
        check = checks[0] if checks else None
        self._show_credits(check)
        self._show_sum(checks)
        self._more.show_checks(checks[1:], self.bench.formats)
        if check is None:
            return
        if check.placed or check.refusal is None:
            self._rooms.show_placed(check.placed)
        self.fields["rooms"].setVisible(self._rooms.is_needed())
        self._clear_errors()
        for notice in check.notices:
            line = Notice()
            # A widget that shows itself before it has a place would open a window of its own.
            self._said.addWidget(line)
            line.say(self.bench.formats.sentence(notice))
        forbidden = [act for act in sorted(check.needs) if not self.bench.may(act)]
        self.fields["reason"].setVisible(bool(check.needs) and not forbidden)
        if forbidden:
            words = self.tr("Only a manager can {what}. Change who is at the desk with F2, or choose another time.")
            self.fields["time"].show_error(words.format(what=WORDS[forbidden[0]]))
        if check.refusal is not None:
            self._show_refusal(check.refusal)
        elif check.needs and self._reasonless is not None:
            self._show_refusal(self._reasonless)

    def show_error(self, field: str, error: DomainError) -> None:
        """Says a refusal of the booking beside its field."""
        if field == "reason":
            # It stays said while the same is looked at again, until something is typed.
            self._reasonless = error
            self.fields["reason"].show()
            self._reason.setFocus()
        self._show_refusal(error)

    def _show_refusal(self, error: DomainError) -> None:
        place = _PLACES.get(error.field, error.field)
        sentence = self.bench.formats.sentence(error)
        if place in self.fields:
            self.fields[place].show_error(sentence)
        else:
            self._notice.say(sentence, tone=Tone.DANGER)

    def _show_failure(self, error: DomainError | Trouble) -> None:
        if isinstance(error, Trouble):
            self._notice.say(error.sentence, tone=Tone.DANGER)
        else:
            self._show_refusal(error)

    def _clear_errors(self) -> None:
        self._notice.clear()
        for field in self.fields.values():
            field.clear_error()

    # show

    def _show_wish(self) -> None:
        wish = self._wish
        self._day.show_day(wish.day)
        self._time.show_minutes(wish.minute)
        self._note.setText(wish.note)
        self._reason.setText(wish.reason)
        self.fields["reason"].setVisible(bool(wish.reason))
        self._show_client()
        self._show_head()
        self._show_services()
        self.fields["rooms"].hide()
        self.show_checks(())

    def _show_head(self) -> None:
        start = self._wish.start(self.bench.formats.zone)
        person = next((one.name for one in self._people if one.id == self._wish.staff), "")
        when = self.bench.formats.when(start, self.bench.today()) if start else ""
        self.title.show_words(self._wish.client_name or self.tr("New booking"))
        self.subtitle.show_words(" · ".join(word for word in (when, person) if word))

    def _show_client(self) -> None:
        self._whom.show_wish(self._wish, self._card)

    def _show_services(self) -> None:
        self._list.show_services(self._fitting(), self._wish.service)
        self._more.show_wanted(self._wish.also)
        self._more.offer(self._wish.staff, self._wish.service)

    def _show_credits(self, check: diary.Check | None) -> None:
        """The credits that could pay, the one that R9 picks preselected, and paying instead (R9, R11)."""
        service = next((one for one in self._services if one.id == self._wish.service), None)
        options: Sequence[packages.Option] = check.options if check is not None else ()
        formats, today = self.bench.formats, self.bench.today()
        words = [(str(one.credit), credit_words(one, formats, today)) for one in options]
        ahead = check.ahead if check is not None else NOTHING
        self._credit.fill([*words, (PAY, self._pay_words(service, ahead))])
        used = check.credit if check is not None else None
        picked = str(used.credit) if used is not None else PAY
        self._credit.choose(picked if self._wish.credit == AUTO else self._wish.credit)
        field = self.fields["credit"]
        field.setVisible(service is not None)
        field.show_hint(self.tr("This credit is near its last day.") if used is not None and used.near else "")

    def _service_words(self, service: catalogue.Service) -> str:
        return f"{service.name} · {self.bench.formats.minutes(service.minutes)}"

    def _pay_words(self, service: catalogue.Service | None, ahead: Money) -> str:
        if service is None or not service.price:
            return self.tr("Free of charge")
        words = self.tr("Pay {price} at the visit")
        if ahead:
            words = self.tr("Pay {price} before the visit")
        if NOTHING < ahead < service.price:
            words = self.tr("Pay {price}, {ahead} of it before the visit")
        money = self.bench.formats.money
        return words.format(price=money(service.price), ahead=money(ahead))

    def _show_sum(self, checks: Sequence[diary.Check]) -> None:
        """What it comes to, until when, and what of it is due before the visit (R28)."""
        start: datetime | None = self._wish.start(self.bench.formats.zone)
        fits = bool(checks) and checks[0].refusal is None and start is not None
        ahead = sum((one.ahead for one in checks), NOTHING) if fits else NOTHING
        self._show_pay(ahead)
        if not fits or start is None:
            self._sum.show_words("")
            self._until.setText("")
            return
        formats, money = self.bench.formats, sum((one.price for one in checks if one.credit is None), NOTHING)
        parts = [credit_name(one.credit) for one in checks if one.credit is not None]
        if money or not parts:
            parts.append(formats.money(money))
        if ahead:
            parts.append(self.tr("{amount} due before the visit").format(amount=formats.money(ahead)))
        self._sum.show_words(", ".join(parts))
        self._until.setText(formats.span(start, checks[-1].end))

    def _show_pay(self, ahead: Money) -> None:
        """What is due ahead can be taken in the same go; unpaid the visit stays booked and is listed as owing (R28)."""
        words = self.tr("Book and take {amount}").format(amount=self.bench.formats.amount(ahead))
        self._pay.show_words(words)
        self._pay.setVisible(bool(ahead) and self.bench.may(Act.SETTLE))

    # act

    def _press(self) -> None:
        """Books; where the client is still being read, as soon as that is done."""
        if self._reading_client:
            self._book_then = True
        else:
            self._book()

    def _press_and_pay(self) -> None:
        """Books, and goes on to the checkout with what is due before the visit."""
        self._pay_then = True
        self._press()

    @action
    async def _book(self) -> None:
        pay, self._pay_then = self._pay_then, False
        self._clear_errors()
        self._wish.check_complete()
        client = await self._client()
        requests = replace(self._wish, client=client).requests(self.bench.formats.zone)
        booked = await self._write(requests)
        self.bench.drafts.close(self.draft.id)
        entry = await self.bench.backend.read(diary.entry, booked)
        self.bench.said.emit(self._booked_words(entry), None)
        self.closed.emit()
        day = clock.local_date(entry.start, self.bench.formats.zone)
        self.bench.goto.emit(Where(Page.DIARY, client=entry.client, appointment=entry.id, day=day))
        if pay:
            self.bench.goto.emit(Where(Page.CHECKOUT, client=entry.client, appointment=entry.id))

    async def _write(self, requests: Sequence[diary.Request]) -> AppointmentId:
        """Books one visit, or several as one coming-in; gives the first."""
        if len(requests) == 1:
            one: AppointmentId = await self.bench.backend.write(diary.book, requests[0], id=self.draft.id)
            return one
        first, *_ = await self.bench.backend.write(diary.book_chain, requests, id=self.draft.id)
        return AppointmentId(first)

    def _booked_words(self, entry: diary.Entry) -> str:
        words = booked_words(entry, self.bench.formats, self.bench.today())
        names = {int(one.id): one.name for one in self._services}
        also = ", ".join(names[one.service] for one in self._wish.also if one.service in names)
        return self.tr("{booked}, then {services}").format(booked=words, services=also) if also else words

    async def _client(self) -> ClientId:
        """The client that was picked, or the new one, who is entered first."""
        if self._wish.client is not None:
            return ClientId(self._wish.client)
        # Its own id beside the booking's: refused or interrupted after this, the client is still entered only once.
        id_ = f"{self.draft.id}-client"
        added: ClientId = await self.bench.backend.write(clients.add, self._whom.new_client(), id=id_)
        self._change(client=added)
        return added

    def park(self) -> None:
        """Lays it aside as a card."""
        self.bench.drafts.park(self.draft.id)
        self.closed.emit()

    def discard(self) -> None:
        """Throws it away."""
        self.bench.drafts.close(self.draft.id)
        self.closed.emit()

    @override
    def leave(self) -> None:
        """Parks what has been typed; what holds no client yet is thrown away."""
        if self._wish.client_name:
            self.park()
        else:
            self.discard()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._whom.phone.hasFocus() and self._wish.service is None and self._choose_first():
            return
        super().keyPressEvent(event)

    def _choose_first(self) -> bool:
        """A new client has no usual service: the first is chosen to be seen, and the next Enter books.

        Enter may come before the services are read: then it is chosen as soon as they are.
        """
        first = self._list.first()
        self._first_then = not self._is_read
        if first is not None and self._is_read:
            self._choose_service(self._list.services()[0].id)
            first.setFocus()
        return first is not None or self._first_then
