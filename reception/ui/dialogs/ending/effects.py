"""What ending a visit does: to its credit, its money, what goes with it, and the time that it held (R15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from reception.domain import diary
from reception.domain.ledger import State
from reception.domain.outcomes import Override
from reception.ui import tokens as k
from reception.ui.dialogs.ending.pictures import Change
from reception.ui.dialogs.ending.whole import Whole, takes
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Icon, Prose, hbox, label, pane, vbox


def effect(icon: str, title: str, words: str, *trail: QWidget, tone: Tone = Tone.INK2) -> QWidget:
    """One thing that will happen: what, and what it means."""
    sign = vbox(2, Icon(icon, tone), STRETCH, gap=0)
    said = vbox(label(title, weight=k.SEMIBOLD, wrap=True), Prose(words, Tone.INK2, k.CAPTION), gap=1)
    signs = (vbox(one, STRETCH, gap=0) for one in trail)
    return pane(hbox(sign, (said, 1), *signs, gap=10, margins=(0, 3, 0, 5)))


@dataclass(frozen=True, slots=True)
class Effects:
    """Tells what an ending does, beside what the other ways of ending the visit would do."""

    formats: Formats
    now: datetime
    entry: diary.Entry
    endings: Mapping[Override, Whole]
    missed: bool
    by_client: bool

    def of(self, whole: Whole) -> list[QWidget]:
        """Everything that will happen, one line each."""
        ending = whole.first
        found = [self._by_clinic()] if any(one.by_clinic for one in whole.all) and self.by_client else []
        if ending.credit is not None:
            found.append(self._credit_effect(ending))
        if ending.outcome.fee:
            fee = self.formats.money(ending.outcome.fee)
            title = _tr("A fee of {fee} is charged").format(fee=fee)
            found.append(effect("cash", title, _tr("It is added to what {name} owes.").format(name=self._first())))
        elif ending.outcome.late and not ending.deposit:
            found.append(effect("cash", _tr("No fee"), self._no_fee(ending)))
        if ending.deposit:
            found.append(self._deposit_effect(ending))
        found += [self._goes_with_it(service, one) for service, one in whole.more]
        span = self.formats.span(self.entry.start, self.entry.busy_until)
        if self.entry.busy_until > self.now:
            title = _tr("{span} becomes free").format(span=span)
            words = _tr("So does the time of what goes with it.") if whole.more else ""
            found.append(effect("diary", title, words or _tr("It can be booked again at once.")))
        return found

    def _by_clinic(self) -> QWidget:
        """An answer blocks it, so whoever asks, nothing is taken and nothing charged (R34)."""
        title = _tr("This counts as the clinic’s")
        words = _tr("An answer blocks the treatment, so nothing is taken and nothing is charged for it.")
        return effect("shield", title, words, tone=Tone.GOOD)

    def _deposit_effect(self, ending: diary.Ending) -> QWidget:
        amount = self.formats.money(ending.deposit)
        if ending.outcome.keep_deposit:
            title = _tr("The deposit of {amount} is kept").format(amount=amount)
            return effect("wallet", title, self._why(ending) or _tr("The policy keeps it."), tone=Tone.DANGER)
        title = _tr("The deposit of {amount} goes back").format(amount=amount)
        words = _tr("To {name}’s account: it pays for the next visit, or is paid back at the checkout.")
        return effect("wallet", title, words.format(name=self._first()), tone=Tone.ACCENT)

    def _goes_with_it(self, service: str, ending: diary.Ending) -> QWidget:
        """One of the add-ons, or other visits, that end too: what its own rule does (R17)."""
        formats, outcome = self.formats, ending.outcome
        parts = []
        if ending.credit is not None:
            credit = _tr("Its credit {number} of {of} is taken.") if takes(ending) else ""
            credit = credit or _tr("Its credit {number} of {of} goes back.")
            parts.append(credit.format(number=ending.credit.number, of=ending.credit.of))
        if ending.deposit:
            kept = _tr("Its deposit of {amount} is kept.") if outcome.keep_deposit else ""
            kept = kept or _tr("Its deposit of {amount} goes back.")
            parts.append(kept.format(amount=formats.money(ending.deposit)))
        if outcome.fee:
            parts.append(_tr("A fee of {fee} is charged.").format(fee=formats.money(outcome.fee)))
        title = _tr("{service} ends with it").format(service=service)
        return effect("plus", title, " ".join(parts) or _tr("It takes no credit and costs nothing."))

    def _credit_effect(self, ending: diary.Ending) -> QWidget:
        credit = ending.credit
        assert credit is not None
        taken = takes(ending)
        which = _tr("Credit {number} of {of}").format(number=credit.number, of=credit.of)
        left = _tr("Then %n left", ending.left_after)
        if taken:
            after = State.FORFEITED
            title, words = _tr("{credit} is taken").format(credit=which), f"{left}."
        elif ending.returned is not None and ending.returned.expired and ending.returned.new_last_day is None:
            after = State.EXPIRED
            title = _tr("{credit} comes back expired").format(credit=which)
            words = _tr("Its last day has passed, and the clinic gives no days of grace. {left}.").format(left=left)
        else:
            after = State.AVAILABLE
            title, words = _tr("{credit} goes back").format(credit=which), self._last_day(ending, left)
        why = self._why(ending)
        sign = Change(State.RESERVED, after, credit.number)
        tone = Tone.DANGER if taken else Tone.ACCENT
        return effect("return", title, f"{words} {why}".strip(), sign, tone=tone)

    def _last_day(self, ending: diary.Ending, left: str) -> str:
        if ending.last_day is None:
            return _tr("{left}, without a last day.").format(left=left)
        formats = self.formats
        day = f"{formats.day(ending.last_day)} {ending.last_day.year}"
        return _tr("{left}, last day {day}.").format(left=left, day=day)

    def _why(self, ending: diary.Ending) -> str:
        """How the policy and the override come into it."""
        outcome = ending.outcome
        if not outcome.late:
            return ""
        policy = self.endings[Override.NONE].first
        late = self._lateness(ending)
        if outcome.overridden:
            keeps = takes(policy) or policy.outcome.keep_deposit
            rule = _tr("The policy would take it") if keeps else _tr("The policy would give it back")
            return f"{rule}{late}."
        return f"{_tr('As the policy says')}{late}."

    def _lateness(self, ending: diary.Ending) -> str:
        if self.missed:
            return ""
        behind = self.now - ending.free_until
        length = self.formats.duration(timedelta(minutes=int(behind.total_seconds() // 60)))
        return _tr(": late by {length}").format(length=length)

    def _no_fee(self, ending: diary.Ending) -> str:
        if takes(ending):
            return _tr("Where the credit is taken, nothing is charged.")
        fees = [one.first.outcome.fee for one in self.endings.values() if one.first.outcome.fee]
        if ending.outcome.overridden and fees:
            return _tr("The fee of {fee} is waived.").format(fee=self.formats.money(fees[0]))
        return _tr("The policy charges nothing.")

    def _first(self) -> str:
        return self.entry.client_name.split()[0]


def _tr(words: str, count: int = -1) -> str:
    return QCoreApplication.translate("ending", words, None, count)
