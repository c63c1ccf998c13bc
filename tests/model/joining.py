"""Add-ons in plain Python: what a coming-in can be given and what not and why, and what attaching does (R24–R30)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from tests.model.gate import REFUSES, Gate, Verdict, Visiting
from tests.model.model import (
    AUTO,
    NOT_ALLOWED,
    REFUSED,
    TAKEN,
    UNTREATED,
    Credit,
    Done,
    Model,
    No,
    Policy,
    Sale,
    Service,
    Visit,
    hold,
    in_shift,
    person,
)

REASONS = ("plan", "already", "started", "blocked", "form", "review", "nobody", "resource")
"""Why an add-on isn't offered, in the order of R25."""

Links = dict[int, list[tuple[int, int | None]]]
"""Which add-ons a service is offered with, in their order, each with its price there if it has one."""


@dataclass
class Joining:
    """An add-on beside a coming-in: as it would be attached, by each who is free, and what speaks against it."""

    visit: Visit
    free: list[int]
    reasons: list[str]
    credit: Credit | None
    due: int
    busy_until: datetime


class Clinic(Model):
    """The clinic as it should be, with add-ons."""

    def __init__(self, now: datetime, services: dict[int, Service], policy: Policy, gate: Gate, links: Links) -> None:
        super().__init__(now, services, policy, gate)
        self.links = links
        self.has_add_ons = True

    def offers(self, group: int) -> list[Joining]:
        """Every add-on that is linked to a live base of a coming-in, once, in the order of the chain (R24, R25)."""
        return [self._joining(group, *one) for one in self._linked(group)]

    def attach(
        self, group: int, service: int, staff: int | None, credit: int | str | None, *, paid: bool, desk: bool
    ) -> Done:
        """An add-on joins a coming-in, right after its last visit, or nothing happens (R24, R27, R28).

        `paid` says that it goes through the checkout: then something must be due, else nothing may be.
        """
        self._may(desk, "attach")
        one = next((one for one in self.offers(group) if one.visit.service == service), None)
        if one is None:
            raise No(REFUSED)
        if one.reasons:
            raise No(TAKEN if one.reasons[0] == "resource" else REFUSED)
        visit, chosen = one.visit, one.credit
        if staff is not None and staff not in one.free:
            raise No(TAKEN)
        visit.staff = one.free[0] if staff is None else staff
        if credit != AUTO:
            (chosen,) = self._choose(visit.client, [visit], [credit])
        due = 0 if chosen is not None else visit.ahead
        if bool(due) != paid:
            raise No(REFUSED)
        arrived = self.visits[visit.base or 0].status == "arrived"

        def done(id_: int, sale: int | None = None) -> None:
            visit.id, visit.path = id_, ["booked", "arrived"] if arrived else ["booked"]
            visit.held = due
            self.visits[id_] = visit
            self._lay_again(group, [visit])
            if chosen is not None:
                self._reserve(chosen, visit)
            if sale is not None:
                self.sales[sale] = Sale(visit.client, visit=id_, held=due)

        return done

    def ask_about(self, group: int, service: int) -> Done:
        """A clinician is asked about an add-on that an answer keeps from a coming-in that it could join (R34)."""
        if not self._waits(group, service):
            raise No(REFUSED)
        return lambda: self.gate.ask(group, service)

    def decline(self, group: int, service: int, *, desk: bool) -> Done:
        """A clinician says no to what an answer stops (R33)."""
        if desk:
            raise No(NOT_ALLOWED)
        if self._said_of(group, service).outcome not in REFUSES:
            raise No(REFUSED)
        return lambda: self.gate.deny(group, service)

    @property
    def tasks(self) -> set[tuple[object, ...]]:
        """The same, with the add-ons that a clinician was asked about and that could still join (R34)."""
        asked = ((group, service, since) for (group, service), since in self.gate.asked.items())
        return super().tasks | {
            ("add-on", group, service, self.gate.denied(group, service, since, self._said_of(group, service)))
            for group, service, since in asked
            if self._chain(group) and self._waits(group, service)
        }

    def _said_of(self, group: int, service: int) -> Verdict:
        """What stands against a service at a coming-in, at whose end it would join where it isn't there yet."""
        live = self._chain(group)
        end = replace(live[-1], start=live[-1].end)
        part = next((one for one in live if one.service == service), end)
        return self.gate.verdict(Visiting(part.client, service, part.day, group))

    def _waits(self, group: int, service: int) -> bool:
        """Whether an answer keeps an add-on from a coming-in that it could still join."""
        one = next((one for one in self.offers(group) if one.visit.service == service), None)
        if one is None or {"plan", "already", "started"} & {*one.reasons}:
            return False
        return "blocked" in one.reasons or ("review" in one.reasons and "form" not in one.reasons)

    def _linked(self, group: int) -> Iterator[tuple[int, Visit, int | None]]:
        """Each add-on with the first base in the chain that it is linked to, and its price there (R24)."""
        seen = set()
        for base in self._chain(group):
            for add_on, price in self.links.get(base.service, []) if base.base is None else []:
                if add_on not in seen:
                    seen.add(add_on)
                    yield add_on, base, price

    def _joining(self, group: int, add_on: int, base: Visit, price: int | None) -> Joining:
        live, own = self._chain(group), self.services[add_on]
        last = live[-1]
        charged = own.price if price is None else price
        lengths = own.minutes, own.turnaround, charged
        visit = Visit(0, group, base.client, last.staff, add_on, last.end, *lengths, [], own.due(charged), base=base.id)
        reasons = [] if self.has_add_ons else ["plan"]
        if any(one.service == add_on for one in live):
            reasons.append("already")
        if self.now >= live[0].start or any(one.status not in UNTREATED for one in live):
            reasons.append("started")
        verdict = self.verdict(visit)
        reasons += ["blocked"] * bool(verdict.blocks) + ["form"] * bool(verdict.due) + ["review"] * bool(verdict.flags)
        furnished = self._give_rooms(live, visit)
        order = sorted(own.people, key=lambda one: one != last.staff)
        free = [one for one in order if self._could(live, visit, one)]
        visit.staff = free[0] if free else last.staff
        reasons += ["nobody"] * (not free) + ["resource"] * (not furnished)
        (credit,) = self._choose(visit.client, [visit], [AUTO])
        times = hold([*live, visit])
        busy_until = max(times[visit.id, holder] for holder in visit.holders)
        return Joining(visit, free, reasons, credit, 0 if credit is not None else visit.ahead, busy_until)

    def _give_rooms(self, live: list[Visit], visit: Visit) -> bool:
        """What a new end of the chain would be given: what the chain is in comes first, then list order (R20)."""
        had = [one for other in reversed(live) for one in other.given]
        found: tuple[int, ...] = ()
        for able in self.services[visit.service].needs:
            for one in dict.fromkeys([*(one for one in had if one in able), *able]):
                visit.given = (*found, one)
                if one not in found and not self._in_the_way(live, visit, f"resource:{one}"):
                    found = visit.given
                    break
            else:
                visit.given = found
                return False
        visit.given = found
        return True

    def _could(self, live: list[Visit], visit: Visit, staff: int) -> bool:
        """Whether somebody is free for the whole time of an add-on, and works then (R24)."""
        visit.staff = staff
        until = hold([*live, visit])[visit.id, person(staff)]
        return in_shift(visit.start, until) and not self._in_the_way(live, visit, person(staff))

    def _in_the_way(self, live: list[Visit], visit: Visit, holder: str) -> bool:
        return bool(self._busy(visit, holder, hold([*live, visit])[visit.id, holder]))
