"""What the desk does beside treatments and courses: add-ons, forms, clearing, money ahead (R24–R35)."""

from datetime import date, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import addons, checkout, clock, diary, forms, screening, tables
from reception.domain.addons import Attaching
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.money import Money
from reception.domain.tables.ids import (
    AppointmentId,
    ClientId,
    FormId,
    GroupId,
    ResourceId,
    ServiceId,
    StaffId,
    VersionId,
)
from tests.clinic import LONDON
from tests.model import model
from tests.model.gate import Visiting
from tests.model.machine import MOSTLY, RARELY, WHICH, Books, choice, one_of
from tests.model.model import AUTO, UNTREATED, Visit
from tests.model.stage import HANGS_ON, LIGHT, PEEL, asked

COMING = st.tuples(
    WHICH,
    st.lists(st.tuples(st.booleans(), st.sampled_from([0, 0, 1, 3, 4])), min_size=1, max_size=2),
    st.integers(18, 27) | st.integers(33, 35),
    st.booleans(),
    st.lists(WHICH, max_size=3),
)
"""Somebody who comes in: who, the treatments and with whom, when, whether the forms are filled in, which extras."""

STOPPING = {"pregnant": True, "tablets": False}
HARMLESS = {"pregnant": False, "tablets": False}
NONE_GIVEN = "nothing"
SAID = st.sampled_from([False, False, False, True, NONE_GIVEN])
"""An answer to a question that a rule asks about, mostly the harmless one, sometimes none."""


class Desk(Books):
    """Attaches, hands in forms, clears, takes deposits and pays them back; the model says each time what is right."""

    def __init__(self) -> None:
        super().__init__()
        self.versions: dict[FormId, list[VersionId]] = {form: [one] for form, one in self.stage.versions.items()}

    # Add-ons

    @initialize(comings=st.lists(COMING, min_size=1, max_size=3))
    def fill_the_diary(self, comings: list[tuple[Any, ...]]) -> None:
        """A few comings-in are in the diary already, with their extras."""
        self.clinic.clock.forward(seconds=1)
        for one in comings:
            self._come(*one, day=1)

    @rule(coming=COMING, day=st.sampled_from([0, 0, 1, 3]))
    def come(self, coming: tuple[Any, ...], day: int) -> None:
        """A coming-in is booked as a desk books: the form is filled in, extras that are offered join."""
        self._come(*coming, day=day)

    def _come(
        self, client: int, wishes: list[tuple[bool, int]], half: int, answers: bool, extras: list[int], *, day: int
    ) -> None:
        before = self.group
        self._book(client, [(ben, service, AUTO) for ben, service in wishes], (day, half), 0, reason=True, desk=False)
        if self.group == before:
            return
        visit = next(visit for visit in self.model.visits.values() if visit.group == self.group)
        if answers:
            light, peel = self.stage.forms
            newest = {form: len(self.versions[form]) - 1 for form in (light, peel)}
            self._hand_in(light, ClientId(visit.client), newest[light], visit.group, HARMLESS)
            self._hand_in(peel, ClientId(visit.client), newest[peel], visit.group, {"fine": True})
        for which in extras:
            if offered := [one for one in self.model.offers(visit.group) if not one.reasons]:
                chosen = one_of(which, offered)
                asked_for = Attaching(GroupId(visit.group), ServiceId(chosen.visit.service))
                self._attach(visit, asked_for, AUTO, paid=bool(chosen.due), desk=True)

    @precondition(lambda self: self._in(UNTREATED))
    @rule(
        which=WHICH,
        add_on=WHICH,
        who=st.sampled_from([None, None, None, 0, 1]),
        credit=st.sampled_from([AUTO, AUTO, AUTO, "certain", "none"]),
        other=WHICH,
        odd=RARELY,
        desk=st.booleans(),
    )
    def attach(self, which: int, add_on: int, who: int | None, credit: str, other: int, odd: bool, desk: bool) -> None:
        """An extra joins a coming-in, through the checkout where something is due, now and then the wrong way."""
        visit = self._visit(which, UNTREATED, any_=False)
        extras = sorted({one for links in self.stage.links.values() for one, _ in links})
        service, staff = one_of(add_on, extras), None if who is None else self.people[who]
        offer = next((one for one in self.model.offers(visit.group) if one.visit.service == service), None)
        wanted = self._wished(credit, other)
        due = offer is not None and (offer.due if wanted == AUTO else not isinstance(wanted, int) and offer.visit.ahead)
        asked_for = Attaching(GroupId(visit.group), ServiceId(service), staff, choice(wanted))
        self._attach(visit, asked_for, wanted, paid=bool(due) != odd, desk=desk)

    def _attach(self, visit: Visit, asked_for: Attaching, wanted: int | str | None, *, paid: bool, desk: bool) -> None:
        def plan() -> model.Done:
            return self.model.attach(visit.group, asked_for.service, asked_for.staff, wanted, paid=paid, desk=desk)

        if not paid:
            done = self._try(plan, addons.attach, asked_for, desk=desk)
            self._finish(done, answered=True)
            return
        line = CartLine(LineKind.DEPOSIT, attach=asked_for)
        done = self._try(plan, checkout.settle, self._paid(Cart(ClientId(visit.client), (line,))), desk=desk)
        if done is not None:
            done.carry_out(self.clinic.ask(_newest_visit), done.answer)
        self._agree()

    @precondition(lambda self: self._in(model.UPCOMING))
    @rule(which=WHICH, any_=RARELY, number=st.sampled_from([1, 1, 2]), other=WHICH)
    def place(self, which: int, any_: bool, number: int, other: int) -> None:
        """A visit gets another room or device."""
        visit = self._visit(which, model.UPCOMING, any_=any_)
        rooms = sorted({one for own in self.stage.services.values() for need in own.needs for one in need})
        resource = one_of(other, rooms)
        done = self._try(
            lambda: self.model.place(visit, number, resource),
            diary.place,
            AppointmentId(visit.id),
            number,
            ResourceId(resource),
        )
        self._finish(done)

    # Forms

    @rule(
        client=WHICH,
        light=MOSTLY,
        of_a_visit=WHICH,
        for_none=RARELY,
        early=RARELY,
        said=st.tuples(st.sampled_from([False, True]), SAID, SAID, SAID),
        sun=st.sampled_from([None, -9, -3, -1, 0]),
    )
    def answer(
        self,
        client: int,
        light: bool,
        of_a_visit: int,
        for_none: bool,
        early: bool,
        said: tuple[bool | str, ...],
        sun: int | None,
    ) -> None:
        """A client answers a form, mostly the newest version, mostly for one of their visits to come (R35)."""
        buyer = one_of(client, self.clients)
        form = [*self.stage.forms][0 if light else 1]
        number = one_of(of_a_visit, range(len(self.versions[form]))) if early else len(self.versions[form]) - 1
        own = [visit for visit in self._in(UNTREATED) if visit.client == buyer]
        group = None if for_none or not own else one_of(of_a_visit, own).group
        self.group = group or self.group
        given: dict[str, Any] = {
            link: one
            for link, one in zip(("pregnant", "tablets", "which", "fine"), said, strict=True)
            if one != NONE_GIVEN and (link == "fine") != light
        }
        if light and sun is not None:
            given["sun"] = clock.local_date(self.clinic.clock(), LONDON) + timedelta(days=sun)
        self._hand_in(form, buyer, number, group, given)

    def _hand_in(self, form: FormId, buyer: ClientId, number: int, group: int | None, given: dict[str, Any]) -> None:
        kept = {link: one for link, one in given.items() if link not in HANGS_ON or given.get(HANGS_ON[link]) is True}
        answering = self.clinic.answering(
            form,
            kept,
            client=buyer,
            version=self.versions[form][number],
            group=None if group is None else GroupId(group),
        )
        done = self._try(
            lambda: self.model.hand_in(form, buyer, number + 1, group, given), screening.answer, answering, desk=True
        )
        self._finish(done)

    @rule(light=st.booleans(), material=st.booleans())
    def publish(self, light: bool, material: bool) -> None:
        """A form changes, sometimes so that earlier answers count no more (R31)."""
        self._wake()
        form, title = [*self.stage.forms][0 if light else 1], LIGHT if light else PEEL
        self.clinic.form(*asked(title, len(self.versions[form]) + 1), title=title, material=material)
        self.versions[form].append(self.clinic.ask(forms.newest, form).id)
        self.model.gate.publish(form, material=material)
        self._agree()

    @precondition(lambda self: self.model.gate.responses and self._in(UNTREATED))
    @rule(which=WHICH, any_=RARELY, days=st.sampled_from([None, None, None, -1, 0, 4]), desk=RARELY)
    def clear(self, which: int, any_: bool, days: int | None, desk: bool) -> None:
        """A clinician lets a service go ahead, for one coming-in or for some days, mostly one that is stopped (R33)."""
        asked_about = [(visit, service) for visit in self._in(UNTREATED) for service in self.stage.screened]
        stopped = [one for one in asked_about if self._stopped(*one)]
        visit, service = one_of(which, asked_about if any_ else stopped or asked_about)
        self.group = visit.group
        today = clock.local_date(self.clinic.clock(), LONDON)
        group, through = (GroupId(visit.group), None) if days is None else (None, today + timedelta(days=days))
        self._clear(ClientId(visit.client), service, group, through, desk=desk)

    @precondition(lambda self: self._in(UNTREATED))
    @rule(which=WHICH, service=WHICH)
    def let_pass(self, which: int, service: int) -> None:
        """A client's answer stops a service, and a clinician who has looked lets it pass for this coming-in."""
        visit = self._visit(which, UNTREATED, any_=False)
        light = next(iter(self.stage.forms))
        self._hand_in(light, ClientId(visit.client), len(self.versions[light]) - 1, visit.group, STOPPING)
        wanted = one_of(service, self.stage.screened)
        self._clear(ClientId(visit.client), wanted, GroupId(visit.group), None, desk=False)

    @precondition(lambda self: self._in(UNTREATED))
    @rule(which=WHICH, service=WHICH, stopped=MOSTLY, then=st.sampled_from(["waits", "waits", "no", "yes"]))
    def ask_about(self, which: int, service: int, stopped: bool, then: str) -> None:
        """A clinician is asked about an extra that an answer keeps from a coming-in, and decides at once or later."""
        visit = self._visit(which, UNTREATED, any_=False)
        if stopped:
            light = next(iter(self.stage.forms))
            self._hand_in(light, ClientId(visit.client), len(self.versions[light]) - 1, visit.group, STOPPING)
        extra = one_of(service, self.stage.screened)
        done = self._try(
            lambda: self.model.ask_about(visit.group, extra),
            screening.ask_about,
            GroupId(visit.group),
            extra,
            self.stage.doctor,
            desk=True,
        )
        self._finish(done)
        if then == "no":
            self._decline(visit.group, extra, desk=False)
        elif then == "yes":
            self._clear(ClientId(visit.client), extra, GroupId(visit.group), None, desk=False)

    @precondition(lambda self: self._in(UNTREATED))
    @rule(which=WHICH, service=WHICH, desk=RARELY)
    def decline(self, which: int, service: int, desk: bool) -> None:
        """A clinician says no to a service at a coming-in (R33)."""
        visit = self._visit(which, UNTREATED, any_=False)
        self._decline(visit.group, one_of(service, self.stage.screened), desk=desk)

    def _decline(self, group: int, service: ServiceId, *, desk: bool) -> None:
        by = StaffId(self.clinic.desk if desk else self.stage.doctor)
        done = self._try(
            lambda: self.model.decline(group, service, desk=desk),
            screening.decline,
            GroupId(group),
            service,
            "Not on that skin.",
            by=by,
        )
        self._finish(done)

    def _stopped(self, visit: Visit, service: ServiceId) -> bool:
        verdict = self.model.gate.verdict(Visiting(visit.client, service, visit.day, visit.group))
        return bool(verdict.blocks or verdict.flags) and not verdict.due

    def _clear(
        self, client: ClientId, service: ServiceId, group: GroupId | None, through: date | None, *, desk: bool
    ) -> None:
        by = StaffId(self.clinic.desk if desk else self.stage.doctor)
        done = self._try(
            lambda: self.model.clear(client, service, group, through, desk=desk),
            _clear,
            (client, service, group, through),
            by=by,
        )
        self._finish(done)

    # Money ahead

    @precondition(lambda self: self._owing())
    @rule(which=WHICH, any_=RARELY, desk=st.booleans())
    def pay_ahead(self, which: int, any_: bool, desk: bool) -> None:
        """What is due before a visit is paid."""
        visit = one_of(which, [*self.model.visits.values()] if any_ else self._owing())
        cart = self._paid(Cart(ClientId(visit.client), (CartLine(LineKind.DEPOSIT, visit.id),)))
        done = self._try(lambda: self.model.pay_ahead(visit, desk=desk), checkout.settle, cart, desk=desk)
        self._finish(done, answered=True)

    @precondition(lambda self: self._owing())
    @rule(which=WHICH, then=st.sampled_from(["comes", "is missed", "is called off"]), cheap=RARELY)
    def pay_ahead_and_see(self, which: int, then: str, cheap: bool) -> None:
        """What is due before a visit is paid; then it takes place, or nobody comes, or it is called off late (R14)."""
        visit = one_of(which, self._owing())
        self.group = visit.group
        cart = self._paid(Cart(ClientId(visit.client), (CartLine(LineKind.DEPOSIT, visit.id),)))
        done = self._try(lambda: self.model.pay_ahead(visit, desk=True), checkout.settle, cart, desk=True)
        self._finish(done, answered=True)
        self._wait_until(visit.start if then == "is missed" else visit.start - timedelta(hours=1))
        if then == "comes":
            self._step(visit, "arrive")
            self._check_out(visit, cheap=cheap, desk=True)
        elif then == "is missed":
            self._miss(visit, "none", desk=True)
        else:
            self._call_off(visit, 0, "none", desk=True)

    @precondition(lambda self: self._in_debt())
    @rule(which=WHICH)
    def pay_debts(self, which: int) -> None:
        """A client pays all that stands on account, fees one by one."""
        client = one_of(which, self._in_debt())
        self._wake()
        lines = self.clinic.ask(checkout.suggest, client)
        owed = tuple(line for line in lines if line.kind is LineKind.ACCOUNT)
        cart = Cart(client, owed, (Paying(Tender.CARD, Money(self.model.owed[client])),))
        done = self._try(lambda: self.model.pay_debts(client), checkout.settle, cart)
        self._finish(done, answered=True)

    @precondition(lambda self: self._with_money())
    @rule(which=WHICH, more=st.sampled_from([-1_00, 0, 0, 1]), desk=st.booleans())
    def pay_out(self, which: int, more: int, desk: bool) -> None:
        """A client gets back what the account holds, all of it or nearly, or a little more than that."""
        client = one_of(which, self._with_money())
        amount = more - self.model.owed[client]
        done = self._try(
            lambda: self.model.pay_out(client, amount, desk=desk),
            checkout.pay_out,
            client,
            Money(amount),
            Tender.CASH,
            "given back",
            desk=desk,
        )
        self._finish(done, answered=True)

    def _owing(self) -> list[Visit]:
        return [visit for visit in self.model.visits.values() if self.model.owing(visit)]

    def _in_debt(self) -> list[ClientId]:
        return [client for client in self.clients if self.model.owed[client] > 0]

    def _with_money(self) -> list[ClientId]:
        return [client for client in self.clients if self.model.owed[client] < 0]


def _newest_visit(session: Session) -> int:
    return session.scalars(select(func.max(tables.Appointment.id))).one()


def _clear(session: Session, what: tuple[ClientId, ServiceId, GroupId | None, date | None]) -> None:
    client, service, group, through = what
    screening.clear(session, client, service, "Seen and discussed.", group=group, through=through)
