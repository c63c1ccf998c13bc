"""The visits of the demo: booked, moved, cancelled or missed, lived through and paid, each step at its time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from reception.demo.desk import Desk
from reception.demo.extras import MASK
from reception.demo.intake import Intake, Occasion
from reception.demo.offer import MANAGER, MASKS, SERVICE, WORKER, Course
from reception.demo.people import Known
from reception.demo.plan import Coming, End, Plan, Role
from reception.demo.till import Till
from reception.demo.today import Paper
from reception.domain import addons, clients, diary, screening
from reception.domain.addons import Attaching
from reception.domain.diary import Cancelling, Entry, Request
from reception.domain.errors import Refused
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import UPCOMING, Override, Status
from reception.domain.packages import AUTO
from reception.domain.tables.ids import AppointmentId, ClientId, ReasonId, ResourceId, ServiceId
from reception.domain.tables.words import PaymentPolicy

Ids = Sequence[AppointmentId]

_ILL = "Practitioner is away"
_EXCUSED = "Emergency or bereavement"
STOPPED = "Can't be treated for now"
"""Why a visit is cancelled that an answer stands against."""
_USUAL = ("Client can't come", "Client is ill")
_KINDNESS = ("First time in two years", "Snowed in, the road was closed", "Misunderstanding at the desk")
_NOTES = ("Prefers firm pressure", "Bring the scan", "Check the exercises", "Left side first", "Short of time")


@dataclass(slots=True)
class Visits:
    """Every visit of the plan, put on the agenda when it is booked."""

    desk: Desk
    plan: Plan
    people: tuple[Known, ...]
    services: dict[str, ServiceId]
    things: dict[str, ResourceId]
    reasons: dict[str, ReasonId]
    till: Till
    intake: Intake
    known: dict[int, ClientId] = field(default_factory=dict)
    _standing: dict[int, list[AppointmentId]] = field(default_factory=lambda: defaultdict(list))

    def begin(self) -> None:
        """Put all bookings on the agenda."""
        for coming in self.plan.comings:
            self.desk.later(coming.booked, partial(self._book, coming))

    def enter(self, place: int) -> ClientId:
        """A client's record, entered when it is first asked for, after that of whoever pays."""
        if place not in self.known:
            person = self.people[place]
            draft = person.draft
            if person.parent is not None:
                payer = self.enter(person.parent)
                draft = clients.ClientDraft(
                    name=draft.name,
                    born=draft.born,
                    pronouns=draft.pronouns,
                    phones=draft.phones,
                    address=draft.address,
                    notes=draft.notes,
                    alerts=draft.alerts,
                    payer=payer,
                )
            self.known[place] = self.desk.do(clients.add, draft, by=self.desk.reception())
        return self.known[place]

    def _book(self, coming: Coming) -> None:
        client = self.enter(coming.client)
        occasion = Occasion(coming.client, client, None, coming.was or coming.start, coming.paper)
        if not all(self.intake.may_book(occasion, name, coming.worker) for name in coming.services):
            return
        note = self.desk.chance.choice(_NOTES) if self.desk.perhaps(0.05) else ""
        requests = [
            Request(
                client,
                self.desk.staff[coming.worker],
                self.services[name],
                occasion.at,
                note=note,
                resources=tuple(self.things[one] for one in WORKER[coming.worker].things),
            )
            for name in coming.services
        ]
        ids = self.desk.do(diary.book_chain, requests, by=self.desk.reception())
        self._standing[coming.client] += ids
        if coming.was is not None and coming.said is not None:
            self.desk.later(coming.said, partial(self._move, coming, ids))
        else:
            self._await(coming, ids)
        self._prepare(coming, ids)

    def _prepare(self, coming: Coming, ids: Ids) -> None:
        """Before the visit some answer what is due, some pay a deposit, and some take an add-on at once."""
        for id_, name in zip(ids, coming.services, strict=True):
            if SERVICE[name].payment is PaymentPolicy.DEPOSIT and self.desk.perhaps(0.8):
                self.desk.soon(2, partial(self.till.pay_ahead, self.known[coming.client], id_, SERVICE[name].deposit))
        if coming.paper in (Paper.HELD, Paper.STOPS):
            self.desk.soon(20, partial(self._fill_in, coming, ids))
        elif coming.paper is None and self.desk.perhaps(0.1):
            self.desk.soon(45, partial(self._fill_in, coming, ids))
        elif coming.paper is None and self.desk.perhaps(0.45):
            before = coming.start - timedelta(hours=self.desk.chance.randint(14, 40))
            self.desk.later(before, partial(self._fill_in, coming, ids))
        if coming.extra and (coming.paper or self.desk.perhaps(0.5)):
            self.desk.soon(25, partial(self._add, coming, ids))

    def _fill_in(self, coming: Coming, ids: Ids) -> None:
        """Answer the forms that are due for everything that is done, or shown."""
        extra = coming.wish or coming.extra
        if not self.intake.asks(*coming.services, extra):
            return
        entry = self.desk.ask(diary.entry, ids[0])
        if entry.status not in UPCOMING or entry.start <= self.desk.clock.now:
            return
        occasion = Occasion(coming.client, entry.client, entry.group, entry.start, coming.paper)
        for id_, name in zip(ids, coming.services, strict=True):
            verdict = self.intake.fill_in(occasion, name)
            if verdict is not None and verdict.refuses and coming.paper is None and self.desk.perhaps(0.4):
                asked = self.desk.staff[coming.worker]
                self.desk.do(screening.ask, id_, verdict.hits[0].response, asked, by=self.desk.reception())
        self.intake.fill_in(occasion, extra)

    def _add(self, coming: Coming, ids: Ids) -> None:
        """Attach the add-on that the client would like, if it is offered: paid now, at the visit, or by a credit."""
        self._fill_in(coming, ids)
        extra = self.services[coming.extra]
        found = self.desk.ask(addons.offers, ids[0])
        offer = next((one for one in found.offered if one.service == extra), None)
        if offer is None or offer.staff != self.desk.staff[coming.worker]:
            return
        if coming.extra == MASK and offer.credit is None and self.desk.perhaps(0.3):
            self.till.sell(found.client, MASKS)
        attaching = Attaching(found.group, extra, offer.staff)
        if offer.due:
            self.till.attach(found.client, attaching, offer.due)
        else:
            self.desk.do(addons.attach, attaching, by=self.desk.reception())

    def _move(self, coming: Coming, ids: Ids) -> None:
        try:
            self.desk.do(diary.move, ids[0], coming.start, by=self.desk.reception())
        except Refused:
            # A credit may end before the new time; then the client keeps the old one.
            coming.start = coming.was or coming.start
        self._await(coming, ids)

    def _await(self, coming: Coming, ids: Ids) -> None:
        """Put on the agenda how a visit goes on, once it stands at its own time."""
        start = coming.start
        if coming.end in (End.CANCELLED, End.BY_CLINIC) and coming.said is not None:
            self.desk.later(coming.said, partial(self._cancel, coming, ids))
        elif coming.end is End.MISSED:
            self.desk.later(start + self._minutes(15, 25), partial(self._miss, coming, ids))
        elif coming.role is not Role.AWAITED:
            self.desk.later(self._arrival(coming), partial(self._arrive, coming, ids))
        calls = start - timedelta(hours=self.desk.chance.randint(20, 27))
        if self.desk.clock.now < calls < (coming.said or start) and self.desk.perhaps(0.35):
            self.desk.later(calls, partial(self._confirm, coming, ids))

    def _arrival(self, coming: Coming) -> datetime:
        if coming.role is Role.WAITING:
            return self.plan.calendar.now - timedelta(minutes=12)
        if self.desk.perhaps(0.08):
            return coming.start + self._minutes(3, 8)
        return coming.start - self._minutes(2, 13)

    def _confirm(self, coming: Coming, ids: Ids) -> None:
        extra = self._extra(ids) if coming.extra else None
        for id_ in ids if extra is None else (*ids, extra.id):
            self.desk.do(diary.confirm, id_, by=self.desk.reception())

    def _cancel(self, coming: Coming, ids: Ids) -> None:
        how, by = Cancelling(self._reason(coming)), self.desk.reception()
        late = coming.start - self.desk.clock.now < timedelta(hours=24)
        if late and coming.end is End.CANCELLED and self.desk.perhaps(0.1):
            override = self.desk.chance.choice((Override.RETURN, Override.WAIVE))
            how, by = Cancelling(how.reason, override, self.desk.chance.choice(_KINDNESS)), MANAGER
        for id_ in ids:
            self.desk.do(diary.cancel, id_, how, by=by)
        self.till.may_owe(self.known[coming.client])

    def _reason(self, coming: Coming) -> ReasonId:
        if coming.end is End.BY_CLINIC:
            return self.reasons[_ILL]
        return self.reasons[_EXCUSED if self.desk.perhaps(0.12) else self.desk.chance.choice(_USUAL)]

    def _miss(self, coming: Coming, ids: Ids) -> None:
        for id_ in ids:
            self.desk.do(diary.no_show, id_, by=self.desk.reception())
        if self.desk.perhaps(0.08):
            self.desk.soon(6, partial(self._come_after_all, coming, ids))
        self.till.may_owe(self.known[coming.client])

    def _come_after_all(self, coming: Coming, ids: Ids) -> None:
        for id_ in ids:
            self.desk.do(diary.undo_no_show, id_, "Came after all, stuck in traffic", by=self.desk.reception())
        self.desk.soon(1, partial(self._arrive, coming, ids))

    def _arrive(self, coming: Coming, ids: Ids) -> None:
        ids = self._let_in(coming, ids)
        if not ids:
            return
        for id_ in ids:
            self.desk.do(diary.arrive, id_, by=self.desk.reception())
        self._take_course(coming)
        begins = max(self.desk.clock.now, coming.start) + self._minutes(0, 3)
        if self.desk.perhaps(0.6) or coming.end is End.FORGOTTEN or coming.role:
            self.desk.later(begins, partial(self._begin, coming, ids))
        if coming.end is not End.FORGOTTEN:
            ends = begins + timedelta(minutes=coming.minutes) - self._minutes(1, 4)
            self.desk.later(ends, partial(self._finish, coming, ids))

    def _let_in(self, coming: Coming, ids: Ids) -> Ids:
        """Have answered at the desk what is due, and call off what an answer then stands against; gives what stays."""
        extra = self._extra(ids) if coming.extra else None
        if coming.extra and extra is None and self.desk.clock.now < coming.start:
            self._add(coming, ids)
            extra = self._extra(ids)
        if not self.intake.asks(*coming.parts):
            return ids
        entry = self.desk.ask(diary.entry, ids[0])
        occasion = Occasion(coming.client, entry.client, entry.group, entry.start, coming.paper)
        stays = [
            (id_, name)
            for id_, name in zip(ids, coming.services, strict=True)
            if self._may_begin(occasion, id_, name, coming.worker)
        ]
        if stays and extra is not None:
            self._may_begin(occasion, extra.id, coming.extra, coming.worker)
        coming.services = tuple(name for _, name in stays)
        return tuple(id_ for id_, _ in stays)

    def _may_begin(self, occasion: Occasion, id_: AppointmentId, name: str, worker: str) -> bool:
        """Whether a treatment may begin; one that something stands against is called off."""
        if self.intake.may_begin(occasion, name, worker):
            return True
        self.desk.do(diary.cancel, id_, Cancelling(self.reasons[STOPPED]), by=self.desk.reception())
        return False

    def _extra(self, ids: Ids) -> Entry | None:
        """The add-on that was attached to a visit and still stands."""
        lines = self.desk.ask(diary.coming_in, ids[0]).lines
        return next((line.entry for line in lines if line.entry.base is not None), None)

    def _take_course(self, coming: Coming) -> None:
        """Sell a course to whoever comes for its service for the first time; it pays for visits already booked too."""
        taste = self.plan.tastes.get(coming.client)
        client = self.known[coming.client]
        if taste is None or client in self.till.bought or taste.course.service not in coming.services:
            return
        self.till.sell(client, taste.course)
        self._give_credits(coming.client, taste.course)

    def _give_credits(self, place: int, course: Course) -> None:
        for id_ in self._standing[place]:
            entry = self.desk.ask(diary.entry, id_)
            stands = entry.status in UPCOMING or entry.status is Status.ARRIVED
            if stands and entry.service_name == course.service and entry.credit is None and entry.left:
                self.desk.do(diary.set_credit, id_, AUTO, by=self.desk.reception())

    def _begin(self, coming: Coming, ids: Ids) -> None:
        self.desk.do(diary.start, ids[0], by=coming.worker)

    def _finish(self, coming: Coming, ids: Ids) -> None:
        """End the treatment: the practitioner completes what needs no till, the desk settles the rest."""
        unpaid: list[tuple[AppointmentId, Money]] = []
        used_up = False
        taste = self.plan.tastes.get(coming.client)
        forgets = self.desk.perhaps(0.015)
        for id_, name in zip(ids, coming.services, strict=True):
            self._standing[coming.client].remove(id_)
            entry = self.desk.ask(diary.entry, id_) if self.known[coming.client] in self.till.bought else None
            if entry is not None and entry.credit is not None:
                self._complete(id_, coming.worker)
                used_up = used_up or not entry.left
            elif not SERVICE[name].price or forgets:
                self._complete(id_, coming.worker)
            else:
                unpaid.append((id_, SERVICE[name].price - self.till.ahead.get(id_, NOTHING)))
        extra = self._extra(ids) if coming.extra else None
        if extra is not None and extra.credit is not None:
            self._complete(extra.id, coming.worker)
        elif extra is not None:
            unpaid.append((extra.id, extra.price - extra.paid_ahead))
        course = taste.course if taste and taste.renews and used_up and self.desk.perhaps(0.7) else None
        if unpaid or course:
            self.desk.soon(2, partial(self._check_out, coming.client, unpaid, course))

    def _check_out(self, place: int, unpaid: Sequence[tuple[AppointmentId, Money]], course: Course | None) -> None:
        self.till.check_out(self.known[place], unpaid, course)
        if course is not None:
            self._give_credits(place, course)

    def _complete(self, id_: AppointmentId, worker: str) -> None:
        self.desk.do(diary.complete, id_, by=worker)
        if self.desk.perhaps(0.006):
            self.desk.do(diary.undo_completion, id_, "Ticked the wrong client", by=self.desk.reception())
            self.desk.do(diary.complete, id_, by=worker)

    def _minutes(self, least: int, most: int) -> timedelta:
        return timedelta(minutes=self.desk.chance.randint(least, most))
