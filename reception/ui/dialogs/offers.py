"""Add-ons at the desk: what an offer says, why one isn't made, and adding it to a coming-in (R24–R28)."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from reception.domain import addons, catalogue, clock, diary
from reception.domain.addons import Attaching, Offer, Offers, Reason, Refusal, Why
from reception.domain.errors import Refused, Value
from reception.domain.outcomes import Status, Who
from reception.domain.packages import AUTO, Choice
from reception.domain.screening import Task
from reception.domain.tables.ids import AppointmentId, FormId
from reception.ui import text
from reception.ui.actions import action
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.workbench import Page, Where, Workbench

_MISTAKE = "Booked by mistake"
_SIGNS = {
    Why.ALREADY: ("check", Tone.INK3),
    Why.FORM: ("form", Tone.WARN),
    Why.BLOCKED: ("block", Tone.DANGER),
    Why.REVIEW: ("alert", Tone.WARN),
}


class Adding(QObject):
    """Adds what is offered, for the widget that shows the offers."""

    def __init__(self, bench: Workbench, widget: QWidget) -> None:
        super().__init__(widget)
        self.bench = bench

    @action
    async def add(self, offers: Offers, offer: Offer, credit: Choice = AUTO) -> None:
        """Adds it at once, or through the checkout where it has to be paid now (R28)."""
        wanted = Attaching(offers.group, offer.service, offer.staff, credit)
        look = await self.bench.backend.read(addons.look, wanted)
        if isinstance(look, Offer) and look.due:
            self.bench.goto.emit(Where(Page.CHECKOUT, client=offers.client, attach=wanted))
            return
        write = self.bench.backend.write
        added: AppointmentId = await write(addons.attach, wanted)
        entry = await self.bench.backend.read(diary.entry, added)
        said = tr("Added {service} to {name}’s visit, {span} with {who}")
        span = self.bench.formats.span(entry.start, entry.end)
        said = said.format(service=entry.service_name, name=entry.client_name, span=span, who=offer.staff_name)
        self.bench.said.emit(said, partial(self._take_off, added))

    async def _take_off(self, added: AppointmentId) -> None:
        """Takes an add-on off again: cancelled by the clinic, so that nothing is lost by it (R14)."""
        read, write = self.bench.backend.read, self.bench.backend.write
        entry = await read(diary.entry, added)
        if entry.status is Status.ARRIVED:
            await write(diary.take_back, added)
        reasons = [one for one in await read(catalogue.reasons) if one.who is Who.CLINIC]
        reason = next((one for one in reasons if one.words == _MISTAKE), reasons[0])
        await write(diary.cancel, added, diary.Cancelling(reason.id))

    def fill_in(self, offers: Offers, appointment: AppointmentId, form: FormId) -> None:
        """Opens the form that has to be filled in first."""
        self.bench.goto.emit(Where(Page.FORM, client=offers.client, appointment=appointment, form=form))


def when(offer: Offer, formats: Formats) -> str:
    """When and with whom: "10:45 – 11:00 · Ines"."""
    return f"{formats.span(offer.start, offer.end)} · {first_name(offer.staff_name)}"


def pay(offer: Offer, formats: Formats) -> str:
    """How it is paid: by which credit, what now, or at the visit (R28, R30)."""
    if offer.credit is not None:
        return tr("credit {number} of {of}").format(number=offer.credit.number, of=offer.credit.of)
    if not offer.price:
        return tr("free of charge")
    if not offer.due:
        return tr("at the visit")
    if offer.due >= offer.price:
        return tr("pay now")
    return tr("{amount} deposit now").format(amount=formats.amount(offer.due))


def why(refusal: Refusal, formats: Formats) -> str:
    """Why it isn't offered, in few words beside its name: the reason that leads (R25)."""
    reason = refusal.first
    match reason.why:
        case Why.PLAN:
            return tr("not in the plan")
        case Why.ALREADY:
            return tr("already in this visit")
        case Why.STARTED:
            return tr("the visit has started")
        case Why.FORM:
            return tr("{form} not filled in").format(form=reason.words.values["form"])
        case Why.BLOCKED | Why.REVIEW:
            return str(reason.words.values["message"])
        case _:
            return sentence(reason, formats).rstrip(".")


def sentence(reason: Reason, formats: Formats) -> str:
    """A reason as a sentence; its times are those of the visit's day."""
    values = {name: _short(name, value, formats) for name, value in reason.words.values.items()}
    return formats.sentence(Refused(reason.words.template, field="", **values))


def askable(refusal: Refusal) -> bool:
    """Whether a clinician can lift what leads against it, so that one may be asked (R25, R33)."""
    return refusal.first.why in (Why.BLOCKED, Why.REVIEW)


def asked_about(tasks: Iterable[Task], service: int) -> Task | None:
    """What a clinician was asked about an add-on that isn't in the visit."""
    return next((task for task in tasks if task.add_on and task.service == service), None)


def asked_words(task: Task | None, formats: Formats, today: date) -> str:
    """How far the deciding has come: who was asked and when, or who said no and why; "" where nobody was asked."""
    if task is None:
        return ""
    if task.denied is not None:
        return tr("{who} said no: {words}").format(who=task.denied.who, words=task.denied.words)
    if task.asked_at is None:
        return ""
    of_today = clock.local_date(task.asked_at, formats.zone) == today
    time = formats.time(task.asked_at) if of_today else formats.when(task.asked_at, today)
    return tr("{who} was asked {time}").format(who=task.asked, time=time)


def sign(reason: Reason) -> tuple[str, Tone]:
    """The icon of a reason, and its tone."""
    return _SIGNS.get(reason.why, ("block", Tone.INK3))


def first_name(name: str) -> str:
    """A colleague by first name alone: Amara of Dr Amara Obi."""
    return text.short_name(name).rpartition(" ")[0] or name


def tr(words: str) -> str:
    """Words for people about add-ons."""
    return QCoreApplication.translate("offers", words)


def _short(name: str, value: Value, formats: Formats) -> Value:
    if isinstance(value, datetime):
        return formats.time(value)
    return first_name(str(value)) if name.startswith("who") else value
