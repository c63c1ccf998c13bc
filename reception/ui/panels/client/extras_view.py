"""The middle of the column: what stops the visit, what can be added to it, which forms it wants (R24–R33)."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain.access import Act
from reception.domain.addons import Offer, Refusal
from reception.domain.diary import ChainLine
from reception.domain.errors import Refused
from reception.domain.screening import Task
from reception.domain.tables.ids import AppointmentId, FormId, ResponseId
from reception.ui import tokens as k
from reception.ui.dialogs.clearing import Stop, say_stop, sheet_about, stop_buttons, stop_of_add_on
from reception.ui.dialogs.forms import left_to_answer
from reception.ui.dialogs.offer_rows import OfferList
from reception.ui.dialogs.offers import Adding, askable, asked_words
from reception.ui.dialogs.sheet import part
from reception.ui.panels.client import extras as reading
from reception.ui.panels.client.extras import Extras
from reception.ui.panels.client.sections import View
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    Hair,
    IconLabel,
    KeyCap,
    Kind,
    Notice,
    caption,
    clear,
    hbox,
    label,
    pane,
    vbox,
)
from reception.ui.workbench import Page, Where, Workbench


class ExtrasView(QWidget):
    """Shows what is read once the visit is in sight; it keeps the keyboard while the sections around it are made anew.

    `stops` is what has to be seen before all else, to be placed right below the visit. `left` gives the keyboard back,
    `sheet_asked` hands over a sheet to show in the column's place.
    """

    left = Signal()
    sheet_asked = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self._client: int | None = None
        self._appointment: AppointmentId | None = None
        self._extras: Extras | None = None
        self._left: dict[int, str] = {}
        self._waiting = False
        self._adding = Adding(bench, self)
        self._build()
        bench.drafts.changed.connect(self._hear_drafts)
        bench.person_changed.connect(self._show_again)

    def show_extras(self, extras: Extras | None, client: int, appointment: AppointmentId | None) -> None:
        """Shows what belongs to a client and one of their visits; None while that is still being read."""
        self._extras, self._client, self._appointment = extras, client, appointment
        self._show_again()
        if extras is not None and self._waiting:
            self.begin_adding()

    def begin_adding(self) -> None:
        """Takes the keyboard, so that a digit adds what stands beside it; says why where nothing can be added (+)."""
        extras = self._extras
        self._waiting = extras is None
        if extras is None or (extras.offers is not None and (extras.offers.offered or extras.offers.refused)):
            self._offered.show()
            self._list.setFocus()
            return
        sentence = "No add-on is linked to this visit’s treatment. Link some in the catalogue."
        if extras.offers is None:
            sentence = "Add-ons are added before the visit starts. Choose a visit that is still to come, then press +."
        self.bench.refused.emit(Refused(sentence))
        self._give_back()

    def press(self, digit: str) -> None:
        """Adds the offer of a digit; before they are read the digit waits for them."""
        self._list.press(digit)

    def _give_back(self) -> None:
        """The keyboard goes back where it came from: something was added, or nothing is to be."""
        self._waiting = False
        self.left.emit()

    # build

    def _build(self) -> None:
        self._list = OfferList(self.bench, name="client.addons")
        self._fit = caption("", weight=k.MEDIUM, name="client.fit")
        head = hbox(
            label(self.tr("Add-ons"), k.CAPTION, k.SEMIBOLD, Tone.INK2),
            self._fit,
            STRETCH,
            caption(self.tr("press")),
            KeyCap("+"),
            caption(self.tr("then the digit")),
            gap=6,
        )
        self._stops, self._papers = vbox(gap=6), vbox(gap=0)
        self.stops = pane(vbox(pane(vbox(self._stops, margins=(8, 8, 8, 8))), Hair(), gap=0))
        self.stops.hide()
        self._offered = part(pane(head), self._list, gap=2, bottom=6)
        self._offered.hide()
        self.setLayout(vbox(self._offered, self._papers, gap=0))
        self._list.wanted.connect(self._add)
        self._list.asked.connect(self._ask_why)
        self._list.left.connect(self._give_back)

    # show

    def _hear_drafts(self) -> None:
        if left_to_answer(self.bench.drafts, self._client) != self._left:
            self._show_again()

    def _show_again(self) -> None:
        extras = self._extras
        self._left = left = left_to_answer(self.bench.drafts, self._client)
        clear(self._stops)
        clear(self._papers)
        offers = extras.offers if extras is not None else None
        tasks = extras.tasks if extras is not None else ()
        self._list.show_offers(offers, left, may=self.bench.may(Act.ATTACH), tasks=tasks)
        self.stops.hide()
        if extras is None:
            self._offered.setVisible(self._list.hasFocus())
            return
        self._offered.setVisible(offers is not None and bool(offers.offered or offers.refused))
        self._fit.setText(self.tr("{count} fit").format(count=len(offers.offered)) if offers is not None else "")
        for line, _ in reading.stopped(extras.lines):
            self._show_stop(
                line, next((one for one in tasks if one.appointment == line.entry.id and not one.add_on), None)
            )
        if extras.owing:
            self._stops.addWidget(self._owing(extras))
        self.stops.setVisible(self._stops.count() > 0)
        self._show_papers(extras, left)

    def _show_stop(self, line: ChainLine, task: Task | None) -> None:
        entry = line.entry
        stop = Stop(
            entry.client, entry.client_name, entry.service, entry.service_name, entry.start, entry.group, entry.id
        )
        name = f"client.stop.{entry.id}"
        buttons = stop_buttons(self.bench, stop, self.sheet_asked.emit, name=name)
        notice = Notice(*buttons, name=name)
        # A widget that shows itself before it has a place would open a window of its own.
        self._stops.addWidget(notice)
        formats = self.bench.formats
        asked = asked_words(task, formats, self.bench.today())
        say_stop(notice, line.verdict, entry.service_name, formats, asked)

    def _owing(self, extras: Extras) -> QWidget:
        """What is still to be paid before the visit, and the way to take it (R28)."""
        amount = self.bench.formats.money(extras.owing)
        words = self.tr("{amount} is due before the visit").format(amount=amount)
        take = Button(self.tr("Take it"), Kind.LINK, height=24, name="client.take_deposit")
        take.clicked.connect(self._check_out)
        sign = IconLabel("cash", words, Tone.WARN, name="client.owing")
        return pane(hbox((sign, 1), take, gap=6, margins=(8, 2, 4, 2)))

    def _show_papers(self, extras: Extras, left: dict[int, str]) -> None:
        bench = self.bench
        view = View(bench.formats, bench.now(), bench.clinic.wait_minutes)
        due = reading.wanted(extras, left)
        found = reading.forms(due, extras.held, view)
        if found is None:
            return
        self._papers.addWidget(found.widget)
        for form, row in found.due.items():
            row.clicked.connect(partial(self._fill_in, form))
        for response, row in found.held.items():
            row.clicked.connect(partial(self._look_at, response))

    # act

    def _add(self, offer: Offer) -> None:
        if self._extras is not None and self._extras.offers is not None:
            self._adding.add(self._extras.offers, offer)

    def _ask_why(self, refusal: Refusal) -> None:
        """Opens what stands in the way: the form, the answers to decide or ask about, else the whole booking."""
        reason, coming = refusal.first, self._extras.coming if self._extras is not None else None
        if reason.form is not None:
            self._fill_in(reason.form)
        elif askable(refusal) and coming is not None:
            self.sheet_asked.emit(sheet_about(self.bench, stop_of_add_on(coming, refusal)))
        elif self._appointment is not None:
            self.bench.goto.emit(Where(Page.COMING, client=self._client, appointment=self._appointment))

    def _fill_in(self, form: FormId) -> None:
        self.bench.goto.emit(Where(Page.FORM, client=self._client, appointment=self._appointment, form=form))

    def _look_at(self, response: ResponseId) -> None:
        where = Where(Page.FORM, client=self._client, appointment=self._appointment, response=response)
        self.bench.goto.emit(where)

    def _check_out(self) -> None:
        self.bench.goto.emit(Where(Page.CHECKOUT, client=self._client, appointment=self._appointment))
