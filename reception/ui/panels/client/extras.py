"""What the column says after the visit is shown: the whole coming-in, what can be added to it, which forms it wants."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from reception.domain import addons, diary, screening
from reception.domain.addons import Offers, Why
from reception.domain.diary import BEFORE_TREATMENT, ChainLine, ComingIn
from reception.domain.money import NOTHING, Money
from reception.domain.screening import Held, Task, Verdict
from reception.domain.tables.ids import AppointmentId, ClientId, FormId, ResponseId
from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.dialogs.forms import due_words
from reception.ui.dialogs.sheet import PAD
from reception.ui.panels.client import rows
from reception.ui.panels.client.sections import View
from reception.ui.tokens import Tone
from reception.ui.widgets import Elided, Hair, Icon, caption, hbox, label, pane, section, vbox

_MOST_HELD = 4
_ROOM = 276  # the column between its margins, without the sign


class Extras(NamedTuple):
    """What is read once the visit is shown; without a visit only what the client has answered."""

    coming: ComingIn | None
    offers: Offers | None
    held: tuple[Held, ...]
    tasks: tuple[Task, ...] = ()

    @property
    def lines(self) -> tuple[ChainLine, ...]:
        """The appointments of the coming-in that stand."""
        return self.coming.lines if self.coming is not None else ()

    @property
    def owing(self) -> Money:
        """What of the deposits of this coming-in is still to be paid (R28)."""
        return sum((line.entry.owing_ahead for line in self.lines), NOTHING)


class Wanted(NamedTuple):
    """A form that has to be filled in, and for which of the coming-in's appointments."""

    form: FormId
    title: str
    words: str


def read(session: Any, client: ClientId, appointment: AppointmentId | None) -> Extras:
    """Reads what belongs to a client, and to one of their visits where one is chosen."""
    held = screening.held(session, client)
    if appointment is None:
        return Extras(None, None, held)
    coming = diary.coming_in(session, appointment)
    open_ = bool(coming.lines) and all(line.entry.status in BEFORE_TREATMENT for line in coming.lines)
    if not open_:
        return Extras(coming, None, held)
    return Extras(coming, addons.offers(session, appointment), held, screening.tasks(session, coming.group))


def stopped(lines: Iterable[ChainLine]) -> Iterator[tuple[ChainLine, Verdict]]:
    """The appointments before treatment that an answer blocks or flags (R33)."""
    for line in lines:
        if line.entry.status in BEFORE_TREATMENT and line.verdict.refuses:
            yield line, line.verdict


def wanted(extras: Extras, left: Mapping[int, str]) -> tuple[Wanted, ...]:
    """The forms that are due before this coming-in, its own services’ first; `left` is what drafts still ask."""
    found: dict[FormId, Wanted] = {}
    for line in extras.lines:
        if line.entry.status in BEFORE_TREATMENT:
            for due in line.verdict.due:
                found.setdefault(due.form, Wanted(due.form, due.title, left.get(due.form, "") or due_words(due.why)))
    for refusal in extras.offers.refused if extras.offers is not None else ():
        for reason in refusal.reasons:
            if reason.why is Why.FORM and reason.form is not None:
                title = str(reason.words.values["form"])
                words = left.get(reason.form, "") or _tr("for an add-on")
                found.setdefault(reason.form, Wanted(reason.form, title, words))
    return tuple(found.values())


def chain_words(coming: ComingIn) -> str:
    """The services of a coming-in in their order: Physio 30 + Heat therapy 15."""
    return " + ".join(line.entry.service_name for line in coming.lines)


def place_words(coming: ComingIn) -> str:
    """Who does them, and where: Ines Lund, Kiran Dhar · Room 1."""
    people = dict.fromkeys(line.staff_name for line in coming.lines)
    places = dict.fromkeys(line.entry.resources for line in coming.lines if line.entry.resources)
    return " · ".join((", ".join(people), *((", ".join(places),) if places else ())))


class Papers(NamedTuple):
    """The section of forms, and its rows by the form that is due and the response that was given."""

    widget: QWidget
    due: dict[FormId, rows.Row]
    held: dict[ResponseId, rows.Row]


def forms(due: Iterable[Wanted], held: Iterable[Held], view: View) -> Papers | None:
    """The section of forms; None where there is nothing to say."""
    asked = {one.form: one for one in due}
    answered = [one for one in held if one.form not in asked][:_MOST_HELD]
    if not asked and not answered:
        return None
    wanting = {form: _due_row(one) for form, one in asked.items()}
    given = {one.response: _held_row(one, view) for one in answered}
    head = pane(vbox(section(_tr("Forms"), count=str(len(asked)) if asked else ""), margins=(PAD, 8, PAD, 2)))
    return Papers(pane(vbox(head, *wanting.values(), *given.values(), 6, Hair(), gap=0)), wanting, given)


def _due_row(one: Wanted) -> rows.Row:
    line = hbox(
        Icon("form", Tone.WARN),
        (Elided(one.title, k.BODY, k.MEDIUM), 1),
        caption(one.words, Tone.WARN, k.MEDIUM),
        label(_tr("Fill in"), weight=k.MEDIUM, tone=Tone.ACCENT),
        gap=6,
        margins=(PAD, 0, PAD, 0),
    )
    return rows.Row(line, 26, f"{one.title}, {one.words}, {_tr('Fill in')}", name=f"client.form.{one.form}")


def _held_row(one: Held, view: View) -> rows.Row:
    today = view.now.astimezone(view.formats.zone).date()
    past = one.good_until is not None and one.good_until < today
    verb = _tr("signed {day}") if one.signed else _tr("answered {day}")
    wordings: tuple[str, ...] = (verb.format(day=view.formats.short(one.day, today)),)
    if one.good_until is not None:
        until = _tr("was good until {day}") if past else _tr("good until {day}")
        until = until.format(day=view.formats.short(one.good_until, today))
        wordings = (f"{wordings[0]}, {until}", until)
    title = f"{one.title} v{one.number}"
    room = _ROOM - theme.metrics(k.BODY).horizontalAdvance(title)
    sign = Icon("clock", Tone.INK3) if past else Icon("done", Tone.GOOD)
    words = caption(glyphs.fit(wordings, room), Tone.INK2)
    line = hbox(sign, (Elided(title), 1), words, gap=6, margins=(PAD, 0, PAD, 0))
    return rows.Row(line, 26, f"{one.title}, {wordings[0]}", name=f"client.response.{one.response}")


def _tr(words: str) -> str:
    return QCoreApplication.translate("client", words)
