"""The sections of the client's column, each made from one value."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from reception.domain import clients, diary, packages
from reception.domain.checkout import LineKind, Quote, QuoteLine
from reception.domain.money import Money
from reception.domain.outcomes import UPCOMING, Status
from reception.domain.packages import Balanced, VisitLine
from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.dialogs import acts
from reception.ui.dialogs.offers import first_name
from reception.ui.dialogs.sheet import PAD, part
from reception.ui.panels.client import rows
from reception.ui.text import MINUS, Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Chip,
    Elided,
    Pips,
    Skeleton,
    caption,
    figure,
    hbox,
    label,
    pane,
    section,
    vbox,
)

_ROOM = 308  # the column between its margins
_LARGE, _SMALL = 24, 15  # what a pip takes, with its number and without
_MOST_PIPS = 19
_FEW_LINES = 3
_VISITS = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the column shows of one client: record, ledger, the chosen visit, what there is to settle."""

    card: clients.Card
    ledger: packages.Ledger
    visit: diary.Visit | None
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class View:
    """How it is shown: the clinic's formats, what time it is, when a wait stands out."""

    formats: Formats
    now: datetime
    wait_minutes: int

    def when(self, at: datetime) -> str:
        """A day and a time; today is said in words."""
        return self.formats.when(at, self.now.astimezone(self.formats.zone).date())


def second_line(card: clients.Card, formats: Formats) -> str:
    """The second factor of identity: born when, how addressed, which phone."""
    born = formats.full(card.born) if card.born else ""
    return " · ".join(word for word in (born, card.pronouns, *card.phones[:1]) if word)


def alerts(card: clients.Card) -> list[Chip]:
    """What must be seen before the client is touched, the serious first."""
    ordered = sorted(card.alerts, key=lambda alert: not alert.serious)
    return [
        Chip(one.words, Tone.DANGER if one.serious else Tone.INK2, "alert" if one.serious else "") for one in ordered
    ]


def status_chip(entry: diary.Entry, view: View) -> Chip:
    """How far the visit is, in words: "Arrived 09:52, 12 min"."""
    return Chip(acts.status_words(entry, view.formats, view.now), status=entry.status, name="client.status")


def balance(ledger: packages.Ledger, visit: diary.Visit | None, view: View, *trail: QWidget) -> QWidget:
    """Credits per service, each credit a pip; the service of the chosen visit leads and shows its numbers (R12)."""
    service = visit.entry.service if visit else None
    own = sorted(ledger.balances, key=lambda one: one.service != service)
    parts = [pane(section(_tr("Balance"), *trail))]
    if not own:
        parts.append(caption(_tr("No courses yet"), Tone.INK2))
    for one in own:
        parts.extend(_balanced(one, visit if one.service == service else None, view))
    if ledger.account:
        parts.append(_account(ledger.account, view.formats))
    return part(*parts, gap=4)


def _balanced(one: Balanced, visit: diary.Visit | None, view: View) -> list[QWidget]:
    tone = Tone.WARN if one.near or not one.available else Tone.INK
    left = label(_tr("{count} left").format(count=one.available), weight=k.SEMIBOLD, tone=tone)
    facts = [_tr("{count} booked").format(count=one.reserved)] if one.reserved else []
    if one.expired:
        facts.append(_tr("{count} expired").format(count=one.expired))
    if one.next_last_day is not None:
        facts.append(view.formats.short(one.next_last_day, view.now.astimezone(view.formats.zone).date()))
    rest = caption("".join(f"· {fact} " for fact in facts).strip(), Tone.WARN if one.near else Tone.INK2)
    name = Elided(one.service_name, k.BODY, k.MEDIUM)
    head = pane(hbox((name, 1), left, rest, gap=4))
    uses = _uses(visit, view)
    words = theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(uses) + 12 if uses else 0
    large = visit is not None and len(one.pips) * _LARGE <= _ROOM - words
    beside = large or min(len(one.pips), _MOST_PIPS) * _SMALL <= _ROOM - words
    said = caption(uses, Tone.ACCENT, k.MEDIUM) if uses else None
    signs = pane(hbox(*_pips(one, large=large), STRETCH, said if beside else None, gap=4))
    return [head, signs] if beside or said is None else [head, signs, pane(hbox(STRETCH, said))]


def _pips(one: Balanced, *, large: bool) -> list[QWidget]:
    """A course's credits in a row; where the numbers begin anew, another course begins."""
    size, shown = (20, one.pips) if large else (12, one.pips[-_MOST_PIPS:])
    found: list[list[packages.Pip]] = []
    for pip in shown:
        if found and pip.number == found[-1][-1].number + 1:
            found[-1].append(pip)
        else:
            found.append([pip])
    return [Pips([pip.state for pip in run], size=size, first=run[0].number) for run in found]


def _uses(visit: diary.Visit | None, view: View) -> str:
    if visit is None or visit.credit is None:
        return ""
    entry, credit = visit.entry, visit.credit
    today = view.now.astimezone(view.formats.zone).date()
    past = {Status.COMPLETED: _tr("used")} | dict.fromkeys(glyphs.LOST, _tr("took"))
    verb = past.get(entry.status, _tr("uses"))
    day = _tr("today") if visit.day == today else view.formats.short(visit.day, today)
    return _tr("{day} {verb} {number} of {of}").format(day=day, verb=verb, number=credit.number, of=credit.of)


def _account(owed: Money, formats: Formats) -> QWidget:
    words, tone = (_tr("Owes"), Tone.WARN) if owed > 0 else (_tr("In credit"), Tone.INK)
    return pane(
        hbox(
            label(_tr("Account"), weight=k.MEDIUM),
            STRETCH,
            caption(words, tone),
            figure(formats.money(abs(owed)), weight=k.SEMIBOLD, tone=tone),
            gap=6,
        )
    )


def others(ledger: packages.Ledger, chosen: Collection[int], now: datetime) -> tuple[VisitLine, ...]:
    """The next visits and the last ones, without the chosen coming-in: the soonest first, then the most recent."""
    lines = [line for line in ledger.visits if line.id not in chosen]
    coming = [line for line in lines if line.status in UPCOMING and line.start >= now]
    past = [line for line in lines if line not in coming]
    return (*coming[::-1][:2], *past)[:_VISITS]


def visit_row(line: VisitLine, view: View) -> rows.Row:
    """One of the other visits, with the credit or the money that pays for it (R8)."""
    if line.number is not None:
        paid = _tr("credit {number} of {of}").format(number=line.number, of=line.of)
    elif line.paid:
        paid = _tr("paid {amount}").format(amount=view.formats.amount(line.paid))
    elif line.paid_ahead:
        paid = _tr("{amount} paid ahead").format(amount=view.formats.amount(line.paid_ahead))
    else:
        paid = _tr("credit back") if line.returned else ""
    what = " · ".join(word for word in (line.service_name, first_name(line.staff_name)) if word)
    return rows.visit(line.status, view.when(line.start), what, paid, name=f"client.visit.{line.id}")


def to_settle(quote: Quote, formats: Formats) -> list[QWidget]:
    """What would be settled now: the visits of today, less what credits pay."""
    lines = [_quoted(line, formats) for line in quote.lines[:_FEW_LINES]]
    if len(quote.lines) > _FEW_LINES:
        lines.append(caption(_tr("and {count} more").format(count=len(quote.lines) - _FEW_LINES), Tone.INK2))
    if quote.by_credit:
        lines.append(_line(_credits(quote.lines), f"{MINUS}{formats.amount(quote.by_credit)}", Tone.ACCENT))
    if quote.by_deposit:
        lines.append(_line(_tr("Paid ahead"), f"{MINUS}{formats.amount(quote.by_deposit)}", Tone.ACCENT))
    return lines


def _quoted(line: QuoteLine, formats: Formats) -> QWidget:
    words = _tr("Owed from before") if line.kind is LineKind.ACCOUNT and not line.words else line.words
    return _line(words, formats.amount(line.price), Tone.INK)


def _credits(lines: Iterable[QuoteLine]) -> str:
    used = [line.credit for line in lines if line.credit is not None]
    if len(used) == 1:
        return _tr("Credit {number} of {of}").format(number=used[0].number, of=used[0].of)
    return _tr("{count} credits").format(count=len(used))


def _line(words: str, amount: str, tone: Tone) -> QWidget:
    return pane(hbox((Elided(words, tone=tone), 1), figure(amount, tone=tone), gap=6))


def bones() -> QWidget:
    """The column's true layout while it is being read."""
    who = hbox(Skeleton(34, 34, 17), vbox(Skeleton(120, 13), Skeleton(190, 9), gap=7), STRETCH, gap=10)
    chips = hbox(Skeleton(96, 20), Skeleton(140, 20), STRETCH, gap=8)
    buttons = hbox(Skeleton(74, 26), Skeleton(74, 26), Skeleton(104, 26), STRETCH, gap=6)
    first = part(pane(vbox(who, 2, chips, gap=7)))
    second = part(pane(vbox(Skeleton(150, 12), 4, Skeleton(230, 9), 6, buttons)))
    figures = hbox(Skeleton(80, 12), STRETCH, Skeleton(110, 12))
    third = part(pane(section(_tr("Balance"))), pane(vbox(4, figures, 4, Skeleton(140, 18))))
    return pane(vbox(first, second, third, STRETCH, gap=0))


def padded(*items: QWidget, top: int = 8, bottom: int = 10, gap: int = 2) -> QWidget:
    """Lines at the foot, with the panel's air and no line below."""
    return pane(vbox(*items, gap=gap, margins=(PAD, top, PAD, bottom)))


def _tr(words: str) -> str:
    return QCoreApplication.translate("client", words)
