"""One appointment of the chain: when, what, with whom, where, which form, and how it is paid."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from reception.domain.access import Act
from reception.domain.diary import BEFORE_TREATMENT, ChainLine, Entry, Placed
from reception.domain.outcomes import UPCOMING
from reception.domain.packages import Option
from reception.domain.screening import Screened, Task
from reception.domain.tables.ids import FormId
from reception.ui import tokens as k
from reception.ui.dialogs import acts
from reception.ui.dialogs.clearing import Stop, say_stop, stop_buttons
from reception.ui.dialogs.forms import due_words
from reception.ui.dialogs.offers import asked_words
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    Chip,
    Elided,
    Glyph,
    Hair,
    Icon,
    IconLabel,
    Kind,
    Notice,
    Select,
    caption,
    figure,
    hbox,
    label,
    pane,
    vbox,
)
from reception.ui.workbench import Workbench

PAY = 0  # no credit has this number
_WHEN, _PRICE, _MONEY = 116, 96, 240


class LineView(QWidget):
    """Shows one appointment; what is chosen or pressed in it is for the page to do.

    `form_asked` names a form to fill in, `credit_chosen` a credit (PAY is none), `room_chosen` a need and the room or
    device that shall serve it, `cancel_asked` and `deposit_asked` say what they say, `sheet_asked` hands over a sheet.
    """

    form_asked = Signal(int)
    credit_chosen = Signal(object, int)
    room_chosen = Signal(object, int, int)
    cancel_asked = Signal(object)
    deposit_asked = Signal()
    sheet_asked = Signal(object)

    def __init__(
        self,
        bench: Workbench,
        line: ChainLine,
        options: tuple[Option, ...],
        left: dict[int, str],
        task: Task | None = None,
    ) -> None:
        super().__init__()
        self.bench = bench
        self.line = line
        self._asked = asked_words(task, bench.formats, bench.today())
        self.setObjectName(f"coming.line.{line.entry.id}")
        middle = vbox(self._name(), self._who(), *self._screening(left), STRETCH, gap=4)
        row = hbox(self._when(), (middle, 1), self._money(options), self._cancel(), gap=16, margins=(20, 12, 16, 12))
        self.setLayout(vbox(row, Hair(), gap=0))
        self.setAccessibleName(f"{bench.formats.span(self.entry.start, self.entry.end)}, {self.entry.service_name}")

    @property
    def entry(self) -> Entry:
        """The appointment."""
        return self.line.entry

    # when and what

    def _when(self) -> QWidget:
        entry, formats = self.entry, self.bench.formats
        clean = round((entry.busy_until - entry.end).total_seconds() / 60)
        after = caption(_tr("then {length} clean-up").format(length=formats.minutes(clean))) if clean else None
        span = label(formats.span(entry.start, entry.end), weight=k.SEMIBOLD)
        return pane(vbox(span, caption(formats.minutes(entry.minutes), Tone.INK2), after, STRETCH, gap=2), width=_WHEN)

    def _name(self) -> QWidget:
        entry = self.entry
        sign = Icon("plus", Tone.ACCENT) if entry.base is not None else None
        name = Elided(entry.service_name, k.HEADING if entry.base is None else k.BODY, k.SEMIBOLD)
        chip = Chip(acts.status_words(entry, self.bench.formats, self.bench.now()), status=entry.status)
        return pane(hbox(sign, name, chip, STRETCH, gap=8))

    def _who(self) -> QWidget:
        rooms = [self._room(one) for one in self.line.placed]
        return pane(hbox(IconLabel("user", self.line.staff_name, Tone.INK2), *rooms, STRETCH, gap=12))

    def _room(self, placed: Placed) -> QWidget:
        """The room or device, with what else would do for that need (R20)."""
        may = self.entry.status in UPCOMING and self.bench.may(Act.MOVE)
        if not placed.others or not may:
            return IconLabel("door", placed.name, Tone.INK2)
        choice: Select[int] = Select(
            [(int(placed.resource), placed.name), *((int(id_), name) for id_, name in placed.others)],
            icon="door",
            height=k.CONTROL_S,
            quiet=True,
            name=f"coming.room.{self.entry.id}.{placed.number}",
        )
        choice.setAccessibleName(_tr("Room or device of {service}").format(service=self.entry.service_name))
        choice.chosen.connect(partial(self.room_chosen.emit, self.entry, placed.number))
        return choice

    # forms and answers

    def _screening(self, left: dict[int, str]) -> list[QWidget]:
        """What the gate says, before the treatment: forms that are due, answers that stand against it (R31–R33)."""
        verdict = self.line.verdict
        if self.entry.status not in BEFORE_TREATMENT:
            return []
        if verdict.refuses:
            return [self._stop()]
        if verdict.due:
            return [self._due(one.form, one.title, left.get(one.form, "") or due_words(one.why)) for one in verdict.due]
        if verdict.outcome is Screened.CLEARED:
            return [IconLabel("shield", _tr("Cleared by a clinician"), Tone.GOOD)]
        return [IconLabel("done", _tr("Forms are in order"), Tone.GOOD)] if verdict.responses else []

    def _stop(self) -> QWidget:
        entry = self.entry
        stop = Stop(
            entry.client, entry.client_name, entry.service, entry.service_name, entry.start, entry.group, entry.id
        )
        name = f"coming.stop.{entry.id}"
        notice = Notice(*stop_buttons(self.bench, stop, self.sheet_asked.emit, name=name), name=name)
        place = pane(vbox(notice))
        say_stop(notice, self.line.verdict, entry.service_name, self.bench.formats, self._asked)
        return place

    def _due(self, form: FormId, title: str, words: str) -> QWidget:
        fill = Button(_tr("Fill in"), Kind.LINK, height=24, name=f"coming.form.{self.entry.id}.{form}")
        fill.clicked.connect(partial(self.form_asked.emit, int(form)))
        return pane(hbox(IconLabel("form", f"{title}: {words}", Tone.WARN), fill, STRETCH, gap=4))

    # money

    def _money(self, options: tuple[Option, ...]) -> QWidget:
        entry, formats = self.entry, self.bench.formats
        price = formats.money(entry.price) if entry.price else _tr("Free of charge")
        rows: list[QWidget] = [figure(price, weight=k.SEMIBOLD)]
        if entry.price and (options or self.line.credit is not None):
            rows.append(self._credit(options))
        if entry.paid:
            rows.append(figure(_tr("paid"), k.CAPTION, tone=Tone.GOOD))
        elif entry.paid_ahead:
            words = _tr("{amount} paid ahead").format(amount=formats.amount(entry.paid_ahead))
            rows.append(figure(words, k.CAPTION, tone=Tone.GOOD))
        if entry.owing_ahead:
            rows.append(self._owing())
        return pane(vbox(*rows, STRETCH, gap=4), width=_MONEY if len(rows) > 1 else _PRICE)

    def _owing(self) -> QWidget:
        words = _tr("{amount} due before the visit").format(amount=self.bench.formats.amount(self.entry.owing_ahead))
        take = Button(_tr("Take it"), Kind.LINK, height=24, name=f"coming.deposit.{self.entry.id}")
        take.clicked.connect(self.deposit_asked)
        take.setEnabled(self.bench.may(Act.SETTLE))
        return pane(hbox(STRETCH, figure(words, k.CAPTION, k.MEDIUM, Tone.WARN), take, gap=4))

    def _credit(self, options: tuple[Option, ...]) -> QWidget:
        """The credit that pays, with those that could instead (R9)."""
        entry, bench = self.entry, self.bench
        used = self.line.credit
        known = {int(one.credit): one for one in (*((used,) if used else ()), *options)}
        words = [(id_, acts.credit_words(one, bench.formats, bench.today())) for id_, one in known.items()]
        choice: Select[int] = Select(
            [*words, (PAY, _tr("Money"))],
            icon="ticket",
            height=k.CONTROL_S,
            quiet=True,
            name=f"coming.credit.{entry.id}",
        )
        choice.choose(int(used.credit) if used else PAY)
        choice.setFixedWidth(_MONEY)
        choice.setAccessibleName(_tr("How {service} is paid").format(service=entry.service_name))
        open_ = entry.status in BEFORE_TREATMENT and not entry.paid and bench.may(Act.SWAP)
        choice.setEnabled(open_)
        choice.chosen.connect(partial(self.credit_chosen.emit, entry))
        return choice

    def _cancel(self) -> QWidget:
        cancel = Button(
            kind=Kind.GHOST,
            icon="x",
            height=28,
            tip=_tr("Cancel {service}").format(service=self.entry.service_name),
            name=f"coming.cancel.{self.entry.id}",
        )
        cancel.setEnabled(self.entry.status in UPCOMING and self.bench.may(Act.CANCEL))
        cancel.clicked.connect(partial(self.cancel_asked.emit, self.entry))
        return pane(vbox(cancel, STRETCH, gap=0))


def ended_row(entry: Entry, bench: Workbench) -> QWidget:
    """An appointment of the coming-in that came to nothing."""
    words = acts.status_words(entry, bench.formats, bench.now())
    line = hbox(
        pane(hbox(caption(bench.formats.span(entry.start, entry.end)), STRETCH), width=_WHEN),
        Glyph(entry.status),
        Elided(entry.service_name, tone=Tone.INK2),
        caption(words),
        STRETCH,
        gap=8,
        margins=(20, 0, 16, 0),
    )
    return pane(line, height=28)


def _tr(words: str) -> str:
    return QCoreApplication.translate("coming", words)
