"""A visit that won't take place: who cancels and why, what becomes of credit and money, and the override (R14, R15)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue, diary
from reception.domain.access import Act
from reception.domain.errors import DomainError, Trouble
from reception.domain.ledger import State
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import UPCOMING, OnCredit, Override, Who
from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.refresh import Refresher
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Answers,
    Avatar,
    Button,
    Field,
    Icon,
    Kind,
    LineEdit,
    Notice,
    Prose,
    Segmented,
    Select,
    caption,
    clear,
    hbox,
    label,
    pane,
    section,
    vbox,
)
from reception.ui.workbench import Workbench

_BY = (Who.CLIENT, Who.CLINIC)
_MISSED = 2  # the third answer to who cancels: nobody, they did not come
_DEPARTURES = (Override.RETURN, Override.WAIVE, Override.FORFEIT)


class _Whole(NamedTuple):
    """How a visit ends with all that ends with it: its add-ons, and what else of the coming-in is cancelled (R17)."""

    first: diary.Ending
    more: tuple[tuple[str, diary.Ending], ...] = ()

    @property
    def all(self) -> tuple[diary.Ending, ...]:
        """Every ending."""
        return (self.first, *(one for _, one in self.more))

    @property
    def takes(self) -> bool:
        """Whether a credit is taken."""
        return any(one.outcome.credit is OnCredit.FORFEIT for one in self.all)

    @property
    def returns(self) -> bool:
        """Whether a credit comes back."""
        return any(one.outcome.credit is OnCredit.RETURN for one in self.all)

    @property
    def late(self) -> bool:
        """Whether any of it is inside its late window."""
        return any(one.outcome.late for one in self.all)

    @property
    def fee(self) -> Money:
        """What is charged in all."""
        return sum((one.outcome.fee for one in self.all), NOTHING)

    @property
    def kept(self) -> Money:
        """What is kept of the deposits."""
        return sum((one.deposit for one in self.all if one.outcome.keep_deposit), NOTHING)

    @property
    def deposit(self) -> Money:
        """What was paid ahead in all."""
        return sum((one.deposit for one in self.all), NOTHING)


class EndingSheet(Sheet):
    """Cancels a visit or marks it as missed, after saying in words what that does, also to the add-ons that go with it.

    `also` are other visits of the same coming-in that end with it.
    """

    def __init__(
        self,
        bench: Workbench,
        entry: diary.Entry,
        parent: QWidget | None = None,
        *,
        also: tuple[diary.Entry, ...] = (),
    ) -> None:
        confirm = Button(kind=Kind.DANGER, key="Enter", height=36, wide=True, name="cancel.confirm")
        super().__init__("cancel", parent, go=confirm)
        self.go.show_words(self.tr("Cancel the visit"))
        self.go.setEnabled(False)  # until it is known, and said, what that does
        self.bench = bench
        self.entry, self._also = entry, also
        self._id = uuid4().hex
        self._reasons: tuple[catalogue.Reason, ...] = ()
        self._endings: dict[Override, _Whole] = {}
        self._offered: tuple[Override, ...] = ()
        self._began = bench.backend.now() >= entry.start
        self._build()
        self._refresher = Refresher(
            self, self._load, topics=frozenset({"diary", "packages", "clinic"}), days=None, backend=bench.backend
        )
        self._refresher.failed.connect(self._show_failure)
        self._refresher.request()

    # build

    def _build(self) -> None:
        words = [self.tr("The client"), self.tr("The clinic")]
        if self._began:
            words.append(self.tr("Did not come"))
        self._who = Segmented(words, _MISSED if self._began else 0, name="cancel.who")
        self._show_head(one.service_name for one in self._also)
        self._reason: Select[int] = Select(height=30, name="cancel.reason")
        self._window = _Window(self.bench)
        self._choices = vbox(gap=4)
        self._answers: Answers | None = None
        self._words_edit = LineEdit()
        self._words = Field(self.tr("Reason, kept in the ledger with your name"), self._words_edit, name="cancel.words")
        self._may_not = caption(self.tr("Only a manager can depart from the policy."), wrap=True)
        self._digit = caption(self.tr("press the digit"))
        head = pane(section(self.tr("What becomes of it"), self._digit))
        self._credit = part(head, pane(self._choices), self._may_not, self._words, gap=6)
        self._effects = vbox(gap=0)
        self._notice = Notice(name="cancel.notice")
        self._keep = Button(self.tr("Keep the visit"), key="Esc", height=36, name="cancel.keep")
        self.put_together(Avatar(self.entry.client_name), self._body(), self._keep)
        self._reason.setVisible(not self._missed())
        self._credit.hide()
        self._words.hide()
        self._connect()

    def _body(self) -> QWidget:
        asked = hbox(self._who, None if self._began else (self._reason, 1), STRETCH if self._began else None)
        below = self._reason if self._began else None
        why = part(pane(vbox(section(self.tr("Who cancels, and why")), asked, below, 2, self._window, gap=5)))
        happen = rest(self._notice, pane(section(self.tr("What will happen"))), pane(self._effects))
        return pane(vbox(why, self._credit, (happen, 1), gap=0))

    def _connect(self) -> None:
        self._who.chosen.connect(self._choose_who)
        self._reason.chosen.connect(self._choose_reason)
        self._words_edit.edited.connect(self._show_confirm)
        self._keep.clicked.connect(self.leave)
        self.go.clicked.connect(self._confirm)

    # load

    async def _load(self) -> None:
        """Asks for the reasons, and for what each way of ending the visit would do."""
        read = self.bench.backend.read
        if not self._reasons:
            self._reasons = await read(catalogue.reasons)
            self._fill_reasons()
        visit = await read(diary.visit, self.entry.id)
        self.entry = visit.entry
        if visit.entry.status not in UPCOMING:
            self._show_over(visit.entry)
            return
        endings, refusal = {}, None
        for way in (Override.NONE, *_DEPARTURES):
            try:
                endings[way] = await self._preview(way)
            except DomainError as error:
                refusal = refusal or error
                if way is Override.NONE:
                    break
        self.show_endings(endings, refusal)

    async def _preview(self, way: Override) -> _Whole:
        first, *rest = [await self._preview_one(one, way) for one in (self.entry, *self._also)]
        more = list(first.others)
        for entry, ending in zip(self._also, rest, strict=True):
            more += [(entry.service_name, ending), *ending.others]
        return _Whole(first, tuple(more))

    async def _preview_one(self, entry: diary.Entry, way: Override) -> diary.Ending:
        read = self.bench.backend.read
        if self._missed():
            return await read(diary.preview_no_show, entry.id, way)
        return await read(diary.preview_cancel, entry.id, self._cancelling(way))

    def _cancelling(self, way: Override) -> diary.Cancelling:
        reason = self._reason.value()
        known = next(one.id for one in self._reasons if one.id == reason)
        return diary.Cancelling(known, way, self._words_edit.text().strip() if way is not Override.NONE else "")

    # show

    def show_endings(self, endings: dict[Override, _Whole], refusal: DomainError | None = None) -> None:
        """Shows what each way of ending the visit does; without any, why it can't be ended."""
        chosen = self._chosen()
        self._endings = endings
        if Override.NONE not in endings:
            self._notice.say(self.bench.formats.sentence(refusal) if refusal else "", tone=Tone.DANGER)
        else:
            self._notice.clear()
        self._offered = _different(endings)
        self._show_choices(chosen if chosen in self._offered else Override.NONE)
        self._show_window()
        self._show_chosen()

    def _show_head(self, more: Iterable[str]) -> None:
        """Whose visit it is, and all that ends with it."""
        self.title.show_words(self._question())
        when = self.bench.formats.when(self.entry.start, self.bench.today())
        self.subtitle.show_words(f"{when} · {' + '.join((self.entry.service_name, *more))}")

    def _show_over(self, entry: diary.Entry) -> None:
        """Somebody else has ended or begun the visit while the sheet was open."""
        sentence = self.tr("This visit is no longer to come: {status}.").format(
            status=glyphs.word(entry.status).lower()
        )
        self.show_endings({})
        self._notice.say(sentence, tone=Tone.WARN)

    def _fill_reasons(self) -> None:
        who = _BY[min(self._who.index(), 1)]
        self._reason.fill([(one.id, one.words) for one in self._reasons if one.who is who])

    def _show_choices(self, chosen: Override) -> None:
        clear(self._choices)
        self._answers = None
        policy = self._endings.get(Override.NONE)
        can = self.bench.may(Act.OVERRIDE)
        if policy is not None and len(self._offered) > 1 and can:
            words = [self._way(way, self._endings[way], policy) for way in self._offered]
            self._answers = Answers(words, height=31, name="cancel.choice")
            self._answers.choose(self._offered.index(chosen))
            self._answers.changed.connect(self._show_chosen)
            self._choices.addWidget(self._answers)
        takes = policy is not None and (policy.late or self._missed())
        self._may_not.setVisible(takes and not can)
        self._digit.setVisible(self._answers is not None)
        self._credit.setVisible(takes and (self._answers is not None or not can))

    def _show_window(self) -> None:
        policy = self._endings.get(Override.NONE)
        shown = policy is not None and policy.first.outcome.applies and not self._missed()
        self._window.setVisible(shown)
        if policy is not None and shown:
            self._window.show_times(policy.first.free_until, self.bench.backend.now(), self.entry.start)

    def _show_chosen(self) -> None:
        way = self._chosen()
        self._words.setVisible(way is not Override.NONE)
        clear(self._effects)
        if (ending := self._endings.get(way)) is not None:
            for effect in self._effects_of(ending):
                self._effects.addWidget(effect)
        if way is not Override.NONE and not self._words_edit.text():
            self._words_edit.setFocus()
        self._show_confirm()

    def _show_confirm(self) -> None:
        way = self._chosen()
        ending = self._endings.get(way)
        self._show_head(name for name, _ in (ending.more if ending is not None else ()))
        self.go.show_words(self._verb(ending))
        explained = way is Override.NONE or bool(self._words_edit.text().strip())
        self.go.setEnabled(ending is not None and explained)

    def show_error(self, field: str, error: DomainError) -> None:
        """Says a refusal where it belongs: beside the reason, or above what will happen."""
        sentence = self.bench.formats.sentence(error)
        if field in ("words", "reason"):
            self._words.setVisible(True)
            self._words.show_error(sentence)
        else:
            self._notice.say(sentence, tone=Tone.DANGER)

    def _show_failure(self, error: DomainError | Trouble) -> None:
        said = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self.show_endings({})
        self._notice.say(said, tone=Tone.DANGER)

    # act

    def _choose_who(self, _index: int) -> None:
        self._reason.setVisible(not self._missed())
        self._fill_reasons()
        self._refresher.request()

    def _choose_reason(self, _reason: object) -> None:
        self._refresher.request()

    @action
    async def _confirm(self) -> None:
        way = self._chosen()
        whole = self._endings[way]
        for n, entry in enumerate((self.entry, *self._also)):
            # Each under an id of its own: interrupted in the middle, pressing again ends only what still stands.
            await self._end(entry, way, self._id if n == 0 else f"{self._id}-{n}")
        self.bench.said.emit(self._done(whole), None)
        self.closed.emit()

    async def _end(self, entry: diary.Entry, way: Override, id: str) -> None:
        write = self.bench.backend.write
        if self._missed():
            await write(diary.no_show, entry.id, override=way, words=self._words_edit.text().strip(), id=id)
        else:
            await write(diary.cancel, entry.id, self._cancelling(way), id=id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._answers is not None and self._answers.press(event.text()):
            return
        super().keyPressEvent(event)

    def _missed(self) -> bool:
        return self._who.index() == _MISSED

    def _chosen(self) -> Override:
        index = self._answers.index() if self._answers is not None else None
        return self._offered[index] if index is not None and index < len(self._offered) else Override.NONE

    # words

    def _question(self) -> str:
        if self._missed():
            return self.tr("{name} did not come?").format(name=self.entry.client_name)
        words = self.tr("Cancel {name}’s whole visit?") if self._also else self.tr("Cancel {name}’s visit?")
        return words.format(name=self.entry.client_name)

    def _way(self, way: Override, whole: _Whole, policy: _Whole) -> str:
        """One answer to what becomes of credits and money."""
        credit = self.tr("take it") if whole.takes else self.tr("give it back") if whole.returns else ""
        words = ", ".join(part for part in (credit, self._money(whole, credit=bool(credit))) if part)
        words = words[:1].upper() + words[1:]
        return self.tr("{words}, as the policy says").format(words=words) if whole is policy else words

    def _money(self, whole: _Whole, *, credit: bool) -> str:
        """What becomes of the money; nothing is said where a taken credit settles it all."""
        formats = self.bench.formats
        if whole.fee:
            return self.tr("charge the fee of {fee}").format(fee=formats.amount(whole.fee))
        if whole.kept:
            return self.tr("keep the deposit of {amount}").format(amount=formats.amount(whole.kept))
        if whole.deposit:
            return self.tr("give the deposit back")
        if whole.takes:
            return ""
        return self.tr("no fee") if credit else self.tr("charge nothing")

    def _verb(self, whole: _Whole | None) -> str:
        formats = self.bench.formats
        if self._missed():
            return self.tr("No-show, take it") if whole is not None and whole.takes else self.tr("Mark as no-show")
        if whole is None:
            return self.tr("Cancel the visit")
        if whole.takes:
            return self.tr("Cancel and take it")
        if whole.fee:
            return self.tr("Cancel, charge {fee}").format(fee=formats.amount(whole.fee))
        if whole.kept:
            return self.tr("Cancel, keep {amount}").format(amount=formats.amount(whole.kept))
        return self.tr("Cancel and give it back") if whole.returns else self.tr("Cancel the visit")

    def _done(self, whole: _Whole) -> str:
        name, option = self.entry.client_name, whole.first.credit
        words = self.tr("{name} did not come") if self._missed() else self.tr("Cancelled {name}’s visit")
        parts = [words.format(name=name)]
        if whole.more:
            parts.append(self.tr("with {services}").format(services=", ".join(service for service, _ in whole.more)))
        if option is not None:
            credit = self.tr("credit {number} of {of}").format(number=option.number, of=option.of)
            parts.append(f"{credit} {self.tr('taken') if _takes(whole.first) else self.tr('went back')}")
        if whole.fee:
            parts.append(self.tr("fee {fee}").format(fee=self.bench.formats.money(whole.fee)))
        if whole.deposit:
            said = self.tr("deposit of {amount} kept") if whole.kept else self.tr("deposit of {amount} given back")
            parts.append(said.format(amount=self.bench.formats.money(whole.kept or whole.deposit)))
        return ", ".join(parts)

    def _effects_of(self, whole: _Whole) -> list[QWidget]:
        ending = whole.first
        found = [self._by_clinic()] if any(one.by_clinic for one in whole.all) and self._asked_by_client() else []
        if ending.credit is not None:
            found.append(self._credit_effect(ending))
        if ending.outcome.fee:
            fee = self.bench.formats.money(ending.outcome.fee)
            title = self.tr("A fee of {fee} is charged").format(fee=fee)
            found.append(effect("cash", title, self.tr("It is added to what {name} owes.").format(name=self._first())))
        elif ending.outcome.late and not ending.deposit:
            found.append(effect("cash", self.tr("No fee"), self._no_fee(ending)))
        if ending.deposit:
            found.append(self._deposit_effect(ending))
        found += [self._goes_with_it(service, one) for service, one in whole.more]
        span = self.bench.formats.span(self.entry.start, self.entry.busy_until)
        if self.entry.busy_until > self.bench.backend.now():
            title = self.tr("{span} becomes free").format(span=span)
            words = self.tr("So does the time of what goes with it.") if whole.more else ""
            found.append(effect("diary", title, words or self.tr("It can be booked again at once.")))
        return found

    def _asked_by_client(self) -> bool:
        return not self._missed() and _BY[min(self._who.index(), 1)] is Who.CLIENT

    def _by_clinic(self) -> QWidget:
        """An answer blocks it, so whoever asks, nothing is taken and nothing charged (R34)."""
        title = self.tr("This counts as the clinic’s")
        words = self.tr("An answer blocks the treatment, so nothing is taken and nothing is charged for it.")
        return effect("shield", title, words, tone=Tone.GOOD)

    def _deposit_effect(self, ending: diary.Ending) -> QWidget:
        amount = self.bench.formats.money(ending.deposit)
        if ending.outcome.keep_deposit:
            title = self.tr("The deposit of {amount} is kept").format(amount=amount)
            return effect("wallet", title, self._why(ending) or self.tr("The policy keeps it."), tone=Tone.DANGER)
        title = self.tr("The deposit of {amount} goes back").format(amount=amount)
        words = self.tr("To {name}’s account: it pays for the next visit, or is paid back at the checkout.")
        return effect("wallet", title, words.format(name=self._first()), tone=Tone.ACCENT)

    def _goes_with_it(self, service: str, ending: diary.Ending) -> QWidget:
        """One of the add-ons, or other visits, that end too: what its own rule does (R17)."""
        formats, outcome = self.bench.formats, ending.outcome
        parts = []
        if ending.credit is not None:
            credit = self.tr("Its credit {number} of {of} is taken.") if _takes(ending) else ""
            credit = credit or self.tr("Its credit {number} of {of} goes back.")
            parts.append(credit.format(number=ending.credit.number, of=ending.credit.of))
        if ending.deposit:
            kept = self.tr("Its deposit of {amount} is kept.") if outcome.keep_deposit else ""
            kept = kept or self.tr("Its deposit of {amount} goes back.")
            parts.append(kept.format(amount=formats.money(ending.deposit)))
        if outcome.fee:
            parts.append(self.tr("A fee of {fee} is charged.").format(fee=formats.money(outcome.fee)))
        title = self.tr("{service} ends with it").format(service=service)
        return effect("plus", title, " ".join(parts) or self.tr("It takes no credit and costs nothing."))

    def _credit_effect(self, ending: diary.Ending) -> QWidget:
        credit = ending.credit
        assert credit is not None
        taken = _takes(ending)
        which = self.tr("Credit {number} of {of}").format(number=credit.number, of=credit.of)
        left = self.tr("Then %n left", "", ending.left_after)
        if taken:
            after = State.FORFEITED
            title, words = self.tr("{credit} is taken").format(credit=which), f"{left}."
        elif ending.returned is not None and ending.returned.expired and ending.returned.new_last_day is None:
            after = State.EXPIRED
            title = self.tr("{credit} comes back expired").format(credit=which)
            words = self.tr("Its last day has passed, and the clinic gives no days of grace. {left}.").format(left=left)
        else:
            after = State.AVAILABLE
            title, words = self.tr("{credit} goes back").format(credit=which), self._last_day(ending, left)
        why = self._why(ending)
        sign = _Change(State.RESERVED, after, credit.number)
        tone = Tone.DANGER if taken else Tone.ACCENT
        return effect("return", title, f"{words} {why}".strip(), sign, tone=tone)

    def _last_day(self, ending: diary.Ending, left: str) -> str:
        if ending.last_day is None:
            return self.tr("{left}, without a last day.").format(left=left)
        formats = self.bench.formats
        day = f"{formats.day(ending.last_day)} {ending.last_day.year}"
        return self.tr("{left}, last day {day}.").format(left=left, day=day)

    def _why(self, ending: diary.Ending) -> str:
        """How the policy and the override come into it."""
        outcome = ending.outcome
        if not outcome.late:
            return ""
        policy = self._endings[Override.NONE].first
        late = self._lateness(ending)
        if outcome.overridden:
            keeps = _takes(policy) or policy.outcome.keep_deposit
            rule = self.tr("The policy would take it") if keeps else self.tr("The policy would give it back")
            return f"{rule}{late}."
        return f"{self.tr('As the policy says')}{late}."

    def _lateness(self, ending: diary.Ending) -> str:
        if self._missed():
            return ""
        behind = self.bench.backend.now() - ending.free_until
        length = self.bench.formats.duration(timedelta(minutes=int(behind.total_seconds() // 60)))
        return self.tr(": late by {length}").format(length=length)

    def _no_fee(self, ending: diary.Ending) -> str:
        if _takes(ending):
            return self.tr("Where the credit is taken, nothing is charged.")
        fees = [one.first.outcome.fee for one in self._endings.values() if one.first.outcome.fee]
        if ending.outcome.overridden and fees:
            return self.tr("The fee of {fee} is waived.").format(fee=self.bench.formats.money(fees[0]))
        return self.tr("The policy charges nothing.")

    def _first(self) -> str:
        return self.entry.client_name.split()[0]


def effect(icon: str, title: str, words: str, *trail: QWidget, tone: Tone = Tone.INK2) -> QWidget:
    """One thing that will happen: what, and what it means."""
    sign = vbox(2, Icon(icon, tone), STRETCH, gap=0)
    said = vbox(label(title, weight=k.SEMIBOLD, wrap=True), Prose(words, Tone.INK2, k.CAPTION), gap=1)
    signs = (vbox(one, STRETCH, gap=0) for one in trail)
    return pane(hbox(sign, (said, 1), *signs, gap=10, margins=(0, 3, 0, 5)))


def _takes(ending: diary.Ending) -> bool:
    return ending.outcome.credit is OnCredit.FORFEIT


def _different(endings: dict[Override, _Whole]) -> tuple[Override, ...]:
    """The ways that do something different from each other, the policy's own first."""
    found: dict[object, Override] = {}
    for way, whole in endings.items():
        found.setdefault(tuple(_does(whole.all)), way)
    return tuple(found.values())


def _does(endings: Iterable[diary.Ending]) -> Iterable[object]:
    for one in endings:
        yield one.outcome.credit, one.outcome.fee, bool(one.deposit) and one.outcome.keep_deposit


class _Change(QWidget):
    """A credit before and after, as two pips."""

    def __init__(self, before: State, after: State, number: int) -> None:
        super().__init__()
        self._before, self._after, self._number = before, after, number
        self.setFixedSize(64, 20)
        self.setAccessibleName(f"{glyphs.credit_word(before)}, {glyphs.credit_word(after)}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        glyphs.pip(p, self._before, self._number, 0, 0, 20)
        icons.draw(p, "right", 24, 2, theme.t.ink3)
        glyphs.pip(p, self._after, self._number, 44, 0, 20)


class _Window(QWidget):
    """The time in which cancelling is free, the time in which it is late, and where now lies (R14)."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._free_until = self._now = self._start = bench.now()
        self.setFixedHeight(46)
        self.hide()

    def show_times(self, free_until: datetime, now: datetime, start: datetime) -> None:
        """Shows one visit's times."""
        self._free_until, self._now, self._start = free_until, now, start
        until, at = self._bench.formats.when(free_until, self._bench.today()), self._bench.formats.time(now)
        self.setAccessibleName(self.tr("Free until {until}, now {now}").format(until=until, now=at))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p, w, y = theme.t, QPainter(self), float(self.width()), 8.0
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        free = w if self._free_until >= self._start else w * 0.36
        self._bar(p, QRectF(0, y, free, 10), t.good_tint, t.good_line)
        if free < w:
            late = glyphs.rounded(QRectF(free + 2, y, w - free - 2, 10), 3)
            p.fillPath(late, colour(t.warn_tint))
            glyphs.hatch(p, late, colour(t.warn, 0.35), 6, 1)
            self._bar(p, QRectF(free + 2, y, w - free - 2, 10), "", t.warn_line)
        now = self._place(free, w)
        p.setPen(QPen(colour(t.now), 2))
        p.drawLine(QPointF(now, y - 5), QPointF(now, y + 15))
        p.setBrush(colour(t.now))
        p.drawEllipse(QPointF(now, y - 5), 2, 2)
        self._labels(p, free, now, y + 16)

    def _bar(self, p: QPainter, box: QRectF, fill: str, line: str) -> None:
        p.setPen(QPen(colour(line), 1))
        p.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _place(self, free: float, width: float) -> float:
        """Where now lies: in its true proportion while it is late, well inside the free part before."""
        if self._now <= self._free_until:
            days = (self._free_until - self._now) / timedelta(days=1)
            return max(4.0, free * (1 - min(0.9, 0.15 + days / 14)))
        share = (self._now - self._free_until) / (self._start - self._free_until) if free < width else 1.0
        return min(width - 2, free + 2 + (width - free - 2) * share)

    def _labels(self, p: QPainter, free: float, now: float, y: float) -> None:
        t, w = theme.t, float(self.width())
        until = self.tr("free until {time}").format(
            time=self._bench.formats.when(self._free_until, self._bench.today())
        )
        at = self.tr("now {time}").format(time=self._bench.formats.time(self._now))
        start = self._bench.formats.time(self._start)
        self._word(p, QRectF(0, y, w * 0.5, 16), until, t.good)
        first = theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(until) + 10
        last = w - theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(start) - 10
        mine = theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(at)
        left = min(max(now - mine, first), last - mine)
        self._word(p, QRectF(left, y, mine + 2, 16), at, t.now)
        if free < w and max(free + 6, first) + 24 < left:
            self._word(p, QRectF(max(free + 6, first), y, 30, 16), self.tr("late"), t.warn)
        self._word(p, QRectF(last, y, w - last, 16), start, t.ink2, right=True)

    def _word(self, p: QPainter, box: QRectF, words: str, ink: str, *, right: bool = False) -> None:
        glyphs.text(p, box, words, size=k.CAPTION, weight=k.MEDIUM, ink=ink, right=right)
