"""A small clinic in plain Python: what credits, visits and money should be after each act, by the rules alone (R1–R40).

It is written from the rules, not from the program, and calls nothing of the domain: where both agree, two readings of
the same rules agree. Every act comes in two halves: asked, it refuses with the kinds of refusal that are right, or
gives the second half, which takes the ids that the program answered with and does it.
"""

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.model.gate import REFUSES, UNKNOWN, Answers, Gate, Verdict, Visiting

REFUSED, TAKEN, INVALID, NOT_ALLOWED = "Refused", "Taken", "Invalid", "NotAllowed"
AUTO, NO_CREDIT = "auto", None
RECEPTIONIST_MAY = frozenset({"book", "move", "cancel", "status", "undo", "settle", "swap", "attach", "pay_out"})
LIVE = ("booked", "confirmed", "arrived", "in_treatment", "completed")
UPCOMING = ("booked", "confirmed")
UNDER_WAY = ("arrived", "in_treatment")
UNTREATED = (*UPCOMING, "arrived")
USED = ("redeemed", "forfeited")
OPEN = ("available", "reserved")

_LONDON = ZoneInfo("Europe/London")
_OPENS, _SHUTS = 8, 18
_TWO_WEEKS = 14

Done = Callable[..., None]


class No(Exception):
    """The rules refuse; any of these kinds of refusal is right."""

    def __init__(self, *kinds: str) -> None:
        super().__init__(*kinds)
        self.kinds = frozenset(kinds)


@dataclass
class Validity:
    """How long a package is good for: so many days or months, from its sale or from its first visit; or for ever."""

    days: int = 0
    months: int = 0
    from_first_visit: bool = False

    def last_day(self, start: date) -> date | None:
        """The last day, counted from a day (R10)."""
        if self.days:
            return start + timedelta(days=self.days)
        if not self.months:
            return None
        year, month = divmod(start.year * 12 + start.month - 1 + self.months, 12)
        return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


@dataclass
class Service:
    """What a service takes and costs, who performs it, what it needs, and what of its price is due ahead (R20, R28).

    Each need names the rooms or devices that will do; `ahead` is a share of the price in basis points, rounded half up.
    """

    minutes: int
    turnaround: int
    price: int
    people: tuple[int, ...]
    needs: tuple[tuple[int, ...], ...] = ()
    ahead: int = 0
    alone: bool = True

    def due(self, price: int) -> int:
        """What of a price must be paid before the visit (R28)."""
        return (price * self.ahead * 2 + 10_000) // 20_000


@dataclass
class Product:
    """A package on sale; `net` is its price without tax."""

    service: int
    sessions: int
    net: int
    validity: Validity


@dataclass
class Package:
    """A sold package."""

    client: int
    service: int
    validity: Validity
    sold_at: datetime
    last_day: date | None
    first_day: date | None = None
    used_days: set[date] = field(default_factory=set)


@dataclass
class Credit:
    """One session of a package; `last_day` is its own, where it has one."""

    id: int
    package: int
    number: int
    value: int
    state: str
    last_day: date | None
    visit: int | None = None


@dataclass
class Missed:
    """What marking a visit as missed did: with which others, the fee, the credit and the deposit that it gave back.

    `kept` is a deposit that the policy took.
    """

    along: object = None
    fee: int = 0
    returned: int | None = None
    back: int = 0
    kept: int = 0


@dataclass
class Visit:
    """One appointment; `path` are the statuses it went through.

    `given` are its rooms and devices, need by need; `times` says until when it takes whose time, turnarounds included.
    `ahead` is due before it, `held` was paid; `base` is what an add-on hangs on.
    """

    id: int
    group: int
    client: int
    staff: int
    service: int
    start: datetime
    minutes: int
    turnaround: int
    price: int
    path: list[str]
    ahead: int = 0
    base: int | None = None
    given: tuple[int, ...] = ()
    times: dict[str, datetime] = field(default_factory=dict)
    held: int = 0
    paid: bool = False
    tasked: int = 0
    missed: Missed = field(default_factory=Missed)

    @property
    def status(self) -> str:
        """Where it stands."""
        return self.path[-1]

    @property
    def holders(self) -> tuple[str, ...]:
        """Whose time it takes."""
        return (person(self.staff), *(room(one) for one in self.given))

    @property
    def end(self) -> datetime:
        """When the treatment is over."""
        return self.start + timedelta(minutes=self.minutes)

    @property
    def day(self) -> date:
        """The local date on which it starts."""
        return self.start.astimezone(_LONDON).date()


@dataclass
class Policy:
    """What late cancelling and missing cost, in credits and in money; free until so many hours before (R14)."""

    hours: int
    late_forfeits: bool
    missed_forfeits: bool
    late_fee: int
    missed_fee: int
    grace: int
    late_keeps: bool = False
    missed_keeps: bool = False


@dataclass
class Ended:
    """What ending a visit does; `keeps` is said of what was paid ahead for it."""

    status: str
    forfeits: bool
    fee: int
    keeps: bool = False
    by_clinic: bool = False


@dataclass(frozen=True)
class Wish:
    """One part of a booking: with whom, which service, paid by which credit."""

    staff: int
    service: int
    credit: int | str | None


@dataclass
class Sale:
    """A settled sale: what it sold and paid for, and whether it was reversed.

    `held` is what it took for a visit to come, `used` what it used up of that, `back` what of it went to the account.
    """

    client: int
    package: int | None = None
    visit: int | None = None
    held: int = 0
    used: int = 0
    back: int = 0
    owed: int = 0
    reversed: bool = False


class Model:
    """The clinic as it should be."""

    def __init__(self, now: datetime, services: dict[int, Service], policy: Policy, gate: Gate) -> None:
        self.now = now
        self.services = services
        self.policy = policy
        self.gate = gate
        self.sells_packages = True
        self.packages: dict[int, Package] = {}
        self.credits: dict[int, Credit] = {}
        self.visits: dict[int, Visit] = {}
        self.sales: dict[int, Sale] = {}
        self.owed: dict[int, int] = defaultdict(int)
        self._ended = self.today - timedelta(days=1)

    @property
    def today(self) -> date:
        """The clinic's date."""
        return self.now.astimezone(_LONDON).date()

    @property
    def liability(self) -> int:
        """What is owed in sessions (R37)."""
        return sum(credit.value for credit in self.credits.values() if credit.state in OPEN)

    def wake(self) -> None:
        """Somebody writes: every day that has passed is ended first (R41)."""
        if self._ended < self.today - timedelta(days=1):
            self._ended = self.today - timedelta(days=1)
            for credit in self.credits.values():
                if self.effective(credit) == "expired":
                    credit.state = "expired"

    def effective(self, credit: Credit) -> str:
        """The state that any reader sees (R6)."""
        last = self.last_day(credit)
        return "expired" if credit.state == "available" and last and last < self.today else credit.state

    def last_day(self, credit: Credit) -> date | None:
        """A credit's last day: its own, else the package's."""
        return credit.last_day or self.packages[credit.package].last_day

    def credit_of(self, visit: int) -> Credit | None:
        """The credit that a visit holds or used up (R7)."""
        return next((credit for credit in self.credits.values() if credit.visit == visit), None)

    # Selling

    def sell(self, client: int, product: Product, *, desk: bool) -> Done:
        """A package is sold and settled (R2, R3, R4, R13)."""
        self._may(desk, "settle")
        if not self.sells_packages:
            raise No(REFUSED)
        now, today = self.now, self.today

        def done(sale: int, package: int, credits: Sequence[int]) -> None:
            floats = product.validity.from_first_visit
            last = None if floats else product.validity.last_day(today)
            self.packages[package] = Package(client, product.service, product.validity, now, last)
            each, rest = divmod(product.net, product.sessions)
            for place, id_ in enumerate(credits):
                value = each + (place < rest)
                self.credits[id_] = Credit(id_, package, place + 1, value, "available", last)
            self.sales[sale] = Sale(client, package)

        return done

    def check_out(self, visit: Visit, discount: int, *, desk: bool) -> Done:
        """A visit is settled by the credit that it holds, or by its deposit and card; one under way is completed.

        What was paid ahead and isn't used up goes to the account (R28, R36).
        """
        self._may(desk, "settle")
        if visit.status not in (*UNDER_WAY, "completed") or visit.paid:
            raise No(REFUSED)
        if visit.status == "arrived" and not self.verdict(visit).passes:
            raise No(REFUSED)
        price = visit.price - discount

        def done(sale: int) -> None:
            visit.paid = price > 0
            made = self.sales[sale] = Sale(visit.client, visit=visit.id)
            if self.credit_of(visit.id) is None:
                made.used, made.back = visit.held, max(0, visit.held - price)
                visit.held, self.owed[visit.client] = 0, self.owed[visit.client] - made.back
            if visit.status != "completed":
                self._complete(visit)

        return done

    def pay_ahead(self, visit: Visit, *, desk: bool) -> Done:
        """What is due ahead of a visit is paid; nothing is due where a credit pays, or once it was all paid (R28)."""
        self._may(desk, "settle")
        due = self.owing(visit)
        if not due:
            raise No(REFUSED)

        def done(sale: int) -> None:
            visit.held += due
            self.sales[sale] = Sale(visit.client, visit=visit.id, held=due)

        return done

    def owing(self, visit: Visit) -> int:
        """What is still to be paid ahead of a visit that hasn't begun (R28)."""
        if visit.status not in UNTREATED or visit.paid or self.credit_of(visit.id) is not None:
            return 0
        return max(0, visit.ahead - visit.held)

    def pay_debts(self, client: int) -> Done:
        """All that is owed on account is paid, fees and the rest (R14)."""
        due = max(0, self.owed[client])

        def done(sale: int) -> None:
            self.owed[client] -= due
            self.sales[sale] = Sale(client, owed=due)

        return done

    def pay_out(self, client: int, amount: int, *, desk: bool) -> Done:
        """What the account holds for a client is paid back, never more (R14)."""
        self._may(desk, "pay_out")
        if amount <= 0:
            raise No(INVALID)
        if amount > -self.owed[client]:
            raise No(REFUSED)

        def done(sale: int) -> None:
            self.owed[client] += amount
            self.sales[sale] = Sale(client, owed=-amount)

        return done

    def reverse(self, sale: int, *, desk: bool) -> Done:
        """A wrong sale is turned round; not once one of its credits was touched (R40)."""
        self._may(desk, "reverse")
        row = self.sales[sale]
        credits = [credit for credit in self.credits.values() if credit.package == row.package]
        visit = self.visits.get(row.visit or 0)
        spent = visit is not None and visit.held < row.held
        if row.reversed or spent or any(credit.state != "available" for credit in credits):
            raise No(REFUSED)

        def done() -> None:
            row.reversed = True
            for credit in credits:
                credit.state = "refunded"
            self.owed[row.client] += row.owed + row.back
            if visit is not None:
                visit.paid = visit.paid and bool(row.held)
                visit.held += row.used - row.held

        return done

    # Booking and moving

    def book(self, client: int, wishes: Sequence[Wish], start: datetime, *, reason: bool, desk: bool) -> Done:
        """A coming-in of one visit or several is booked, with the credits that pay (R9, R10, R11, R20)."""
        self._may(desk, "book")
        parts, at = [], start
        for place, wish in enumerate(wishes):
            own = self.services[wish.service]
            lengths = own.minutes, own.turnaround, own.price
            parts.append(Visit(-place, 0, client, wish.staff, wish.service, at, *lengths, [], own.due(own.price)))
            at = parts[-1].end
        if any(not self.services[part.service].alone for part in parts):
            raise No(REFUSED)
        credits = self._choose(client, parts, [wish.credit for wish in wishes])
        kinds = {REFUSED for part in parts if self.verdict(part, parts[0].day).outcome in REFUSES}
        kinds |= {REFUSED for part in parts if part.staff not in self.services[part.service].people}
        self._fits(parts, [()] * len(parts), kinds, reason=reason, desk=desk)

        def done(ids: Sequence[int], group: int) -> None:
            for part, id_, credit in zip(parts, ids, credits, strict=True):
                part.id, part.group, part.path = id_, group, ["booked"]
                self.visits[id_] = part
                if credit is not None:
                    self._reserve(credit, part)

        return done

    def move(self, visit: Visit, start: datetime, staff: int | None, *, reason: bool, desk: bool) -> Done:
        """A visit moves with its whole chain, or nothing moves (R18)."""
        self._may(desk, "move")
        rows = self._chain(visit.group)
        if visit not in rows or any(row.status not in UPCOMING for row in rows):
            raise No(REFUSED)
        at = start - timedelta(minutes=sum(row.minutes for row in rows[: rows.index(visit)]))
        kinds, moved = set(), list[Visit]()
        for row in rows:
            person = staff if staff is not None and row.staff == rows[0].staff else row.staff
            moved.append(replace(row, staff=person, start=at))
            at = moved[-1].end
            if person != row.staff and person not in self.services[row.service].people:
                kinds.add(REFUSED)
        for row in moved:
            outcome = self.verdict(row, moved[0].day).outcome
            if outcome in REFUSES or (outcome == UNKNOWN and row.base is not None) or self._lies_beyond(row, moved):
                kinds.add(REFUSED)
        self._fits(moved, [row.given for row in rows], kinds, reason=reason, desk=desk)

        def done() -> None:
            for row, new in zip(rows, moved, strict=True):
                row.staff, row.start, row.given, row.times = new.staff, new.start, new.given, new.times
            for row in rows:
                self._follow(self.credit_of(row.id))

        return done

    def place(self, visit: Visit, number: int, resource: int) -> Done:
        """A visit to come gets another room or device for one of its needs; the rest of the chain keeps its (R20)."""
        needs = self.services[visit.service].needs
        if visit.status not in UPCOMING or number > len(needs) or resource not in needs[number - 1]:
            raise No(REFUSED, TAKEN)
        rows = self._chain(visit.group)
        moved = [replace(row) for row in rows]
        others = [one for place, one in enumerate(visit.given, 1) if place != number]
        wished = [(*others, resource) if row is visit else row.given for row in rows]
        if not self._furnish(moved, wished):
            raise No(TAKEN)

        def done() -> None:
            for row, new in zip(rows, moved, strict=True):
                row.given = new.given
            self._lay_again(visit.group)

        return done

    # A visit's way through the day

    def step(self, visit: Visit, act: str) -> Done:
        """A visit is confirmed, arrives, begins, is completed, or takes its last step back (R23)."""
        after = {
            "confirm": {"booked": "confirmed"},
            "arrive": {"booked": "arrived", "confirmed": "arrived"},
            "start": {"arrived": "in_treatment"},
            "complete": {"arrived": "completed", "in_treatment": "completed"},
            "take_back": {"confirmed": "booked", "in_treatment": "arrived", "arrived": self._upcoming_before(visit)},
        }[act].get(visit.status)
        if after is None:
            raise No(REFUSED)
        if visit.status == "arrived" and act != "take_back" and not self.verdict(visit).passes:
            raise No(REFUSED)
        along = [one for one in self._hanging(visit) if act == "arrive" and one.status in UPCOMING]
        along += [
            one for one in self._hanging(visit) if act == "take_back" and {visit.status, one.status} == {"arrived"}
        ]

        def done() -> None:
            if after == "completed":
                self._complete(visit)
                return
            visit.path.append(after)
            for one in along:
                one.path.append("arrived" if act == "arrive" else self._upcoming_before(one))

        return done

    def undo_completion(self, visit: Visit) -> Done:
        """A completion is taken back; the visit holds its credit again (R19)."""
        if visit.status != "completed":
            raise No(REFUSED)

        def done() -> None:
            visit.path.append(visit.path[-2])
            self._hold_again(self.credit_of(visit.id))

        return done

    def set_credit(self, visit: Visit, wanted: int | str | None, *, desk: bool) -> Done:
        """A visit gets another credit, its first one, or none (R9, R11, R16)."""
        self._may(desk, "swap")
        if visit.status not in (*UPCOMING, *UNDER_WAY) or visit.paid:
            raise No(REFUSED)
        if not visit.price and wanted is not NO_CREDIT:
            raise No(REFUSED)
        (chosen,) = self._choose(visit.client, [visit], [wanted])
        if wanted == AUTO and chosen is None:
            raise No(REFUSED)

        def done() -> None:
            self._release(self.credit_of(visit.id))
            if chosen is not None:
                self._reserve(chosen, visit)

        return done

    # Visits that don't take place

    def cancel(self, visit: Visit, *, by_clinic: bool, applies: bool, override: str, desk: bool) -> Done:
        """An upcoming visit is cancelled with the upcoming add-ons that hang on it, each under the policy (R14–R17).

        While an answer blocks one, its cancellation counts as the clinic's (R34).
        """
        self._may(desk, "cancel")
        ending = self._with_add_ons(visit)
        kinds = self._cannot_end(ending, override, desk=desk)
        ends = []
        for one in ending:
            clinics = by_clinic or bool(self.verdict(one).blocks)
            late = applies and not clinics and self.now > one.start - timedelta(hours=self.policy.hours)
            held = self.credit_of(one.id)
            if one is visit and override == "forfeit" and (not late or held is None):
                kinds.add(REFUSED)
            end = Ended("cancelled", forfeits=False, fee=0)
            if late:
                policy = self.policy
                ruled = Ended("late_cancelled", policy.late_forfeits, policy.late_fee, policy.late_keeps)
                end = _overridden(ruled, override, holds=held is not None)
            end.by_clinic = clinics
            ends.append(end)
        if kinds:
            raise No(*kinds)
        return lambda: self._end(ending, ends)

    def no_show(self, visit: Visit, override: str, *, desk: bool) -> Done:
        """An upcoming visit was missed, and the upcoming add-ons that hang on it with it (R14, R15, R19)."""
        self._may(desk, "cancel")
        ending = self._with_add_ons(visit)
        kinds = self._cannot_end(ending, override, desk=desk)
        if self.now < visit.start or (override == "forfeit" and self.credit_of(visit.id) is None):
            kinds.add(REFUSED)
        if kinds:
            raise No(*kinds)
        policy = self.policy
        ends = [
            _overridden(
                Ended("no_show", policy.missed_forfeits, policy.missed_fee, policy.missed_keeps),
                override,
                holds=self.credit_of(one.id) is not None,
            )
            for one in ending
        ]

        def done() -> None:
            along = object()
            for one, end in zip(ending, ends, strict=True):
                held = self.credit_of(one.id)
                returned = held.id if held is not None and not end.forfeits else None
                one.missed = Missed(along, end.fee, returned, *((0, one.held) if end.keeps else (one.held, 0)))
            self._end(ending, ends)

        return done

    def undo_no_show(self, visit: Visit) -> Done:
        """A no-show is taken back with those of its add-ons, and with their credits where they can be had (R19)."""
        base = self.visits.get(visit.base or 0)
        if visit.status != "no_show" or (base is not None and base.status not in LIVE):
            raise No(REFUSED)
        along = [one for one in self._hanging(visit) if one.status == "no_show"]
        back = [visit, *(one for one in along if one.missed.along is visit.missed.along)]
        times = hold([*self._chain(visit.group), *back])
        kinds = {TAKEN for one in back if any(self._busy(one, holder, times[one.id, holder]) for holder in one.holders)}
        if any(
            one.base is not None and other.service == one.service for one in back for other in self._chain(one.group)
        ):
            kinds |= {REFUSED, TAKEN}
        if kinds:
            raise No(*kinds)

        def done() -> None:
            for one in back:
                one.path.append(one.path[-2])
            self._lay_again(visit.group, back)
            for one in back:
                self.owed[one.client] += one.missed.back - one.missed.fee
                one.held += one.missed.back + one.missed.kept
                self._hold_again(self.credit_of(one.id))
                returned = one.missed.returned
                if returned is not None and self._covers(self.credits[returned], one.day):
                    self._reserve(self.credits[returned], one)

        return done

    # The ledger by hand

    def extend_credit(self, credit: Credit, last_day: date, *, desk: bool) -> Done:
        """One credit's last day moves later (R6)."""
        self._may(desk, "extend")
        old = self.last_day(credit)
        if credit.state not in (*OPEN, "expired") or old is None or last_day <= max(old, self.today - _ONE):
            raise No(REFUSED)
        return lambda: self._extend(credit, last_day)

    def extend_package(self, package: int, last_day: date, *, desk: bool) -> Done:
        """A package's last day moves later, and that of each of its credits that are left, booked or expired (R6)."""
        self._may(desk, "extend")
        row = self.packages[package]
        own = [
            credit
            for credit in self.credits.values()
            if credit.package == package
            and credit.state in (*OPEN, "expired")
            and (credit.last_day is None or credit.last_day < last_day)
        ]
        if not own or row.last_day is None or last_day <= max(row.last_day, self.today - _ONE):
            raise No(REFUSED)

        def done() -> None:
            row.last_day = last_day
            for credit in own:
                self._extend(credit, last_day)

        return done

    def transfer(self, credits: Sequence[Credit], to: int, *, desk: bool) -> Done:
        """Credits that are left move to another client, who gets a package of their own (R6)."""
        self._may(desk, "transfer")
        origin = self.packages[credits[0].package]
        if to == origin.client or any(self.effective(credit) != "available" for credit in credits):
            raise No(REFUSED)
        given = sorted(credits, key=lambda credit: credit.id)
        now = self.now

        def done(package: int, ids: Sequence[int]) -> None:
            validity = origin.validity
            if origin.last_day is not None:
                validity = Validity(validity.days, validity.months)
            self.packages[package] = Package(to, origin.service, validity, now, origin.last_day)
            for number, (old, id_) in enumerate(zip(given, ids, strict=True), 1):
                old.state = "transferred"
                self.credits[id_] = Credit(id_, package, number, old.value, "available", self.last_day(old))

        return done

    def goodwill(self, credit: Credit, *, desk: bool) -> Done:
        """A used credit is given back; its visit stays as it is, without one (R6)."""
        self._may(desk, "goodwill")
        if credit.state not in USED:
            raise No(REFUSED)

        def done() -> None:
            credit.last_day = self._reversed_until(credit)
            self._give_back(credit, by_clinic=False)

        return done

    # What several acts share

    def _may(self, desk: bool, act: str) -> None:
        if desk and act not in RECEPTIONIST_MAY:
            raise No(NOT_ALLOWED)

    def _chain(self, group: int) -> list[Visit]:
        """The live visits of a coming-in, in their order."""
        own = [visit for visit in self.visits.values() if visit.group == group and visit.status in LIVE]
        return sorted(own, key=lambda visit: (visit.start, visit.id))

    def verdict(self, visit: Visit, day: date | None = None) -> Verdict:
        """What the gate says of a visit, on its own day unless another is named."""
        group = visit.group or None
        return self.gate.verdict(Visiting(visit.client, visit.service, day or visit.day, group))

    def hand_in(self, form: int, client: int, version: int, group: int | None, answers: Answers) -> Done:
        """Answers are handed in; each visit to come that they block or flag raises a task (R34, R35)."""

        def done() -> None:
            response = self.gate.answer(form, client, version, group, self.today, answers)
            for visit in self.visits.values():
                if visit.client == client and visit.status in UNTREATED and visit.day >= self.today:
                    found = self.verdict(visit)
                    if response in (*found.blocks, *found.flags):
                        visit.tasked = response.turn

        return done

    def clear(self, client: int, service: int, group: int | None, through: date | None, *, desk: bool) -> Done:
        """A clinician lets a service go ahead: not where a form is due, nor where nothing stands against it (R33)."""
        if desk:
            raise No(NOT_ALLOWED)
        if through is not None and through < self.today:
            raise No(INVALID)
        day = self._chain(group)[0].day if group is not None else self.today
        found = self.gate.verdict(Visiting(client, service, day, group))
        due = [why for _, why in found.due if group is not None or why != "this visit"]
        if due or not (found.blocks or found.flags):
            raise No(REFUSED)
        return lambda: self.gate.clear(client, service, group, through)

    @property
    def tasks(self) -> set[tuple[object, ...]]:
        """The visits to come that somebody must see to, and whether a clinician said no (R34)."""
        return {
            ("visit", visit.id, self.gate.denied(visit.group, visit.service, visit.tasked, self.verdict(visit)))
            for visit in self.visits.values()
            if visit.tasked
            and visit.status in UNTREATED
            and visit.day >= self.today
            and self.verdict(visit).outcome in REFUSES
        }

    def _busy(self, part: Visit, holder: str, until: datetime) -> list[Visit]:
        """The visits of other comings-in that are in the way of a time of somebody or something."""
        return [
            other
            for other in self.visits.values()
            if other.status in LIVE
            and holder in other.times
            and other.group != part.group
            and other.start < until
            and part.start < other.times[holder]
        ]

    def _hanging(self, visit: Visit) -> list[Visit]:
        """The add-ons that hang on a visit, in their order."""
        own = [one for one in self.visits.values() if one.base == visit.id]
        return sorted(own, key=lambda one: (one.start, one.id))

    def _with_add_ons(self, visit: Visit) -> list[Visit]:
        return [visit, *(one for one in self._hanging(visit) if one.status in UPCOMING)]

    def _clashes(self, parts: Sequence[Visit], kind: str) -> bool:
        times = hold(parts)
        return any(
            self._busy(part, holder, times[part.id, holder])
            for part in parts
            for holder in part.holders
            if holder.startswith(kind)
        )

    def _furnish(self, parts: Sequence[Visit], wished: Sequence[tuple[int, ...]]) -> bool:
        """Gives a chain the rooms and devices that come first in the order of R20 and are free, if there are such."""
        for part in parts:
            part.given = ()
        needs = [(part, place, need) for part in parts for place, need in enumerate(self.services[part.service].needs)]
        wishes = {part.id: wish for part, wish in zip(parts, wished, strict=True)}
        return self._furnished(list(parts), needs, wishes)

    def _furnished(
        self, parts: list[Visit], needs: list[tuple[Visit, int, tuple[int, ...]]], wishes: dict[int, tuple[int, ...]]
    ) -> bool:
        if not needs:
            return not self._clashes(parts, "resource")
        part, place, able = needs[0]
        had = [one for other in reversed(parts[: parts.index(part)]) for one in other.given]
        wish = [one for one in wishes[part.id] if one in able]
        for one in dict.fromkeys(wish or [*(one for one in had if one in able), *able]):
            part.given = part.given[:place]
            if one not in part.given:
                part.given += (one,)
                if self._furnished(parts, needs[1:], wishes):
                    return True
        part.given = part.given[:place]
        return False

    def _fits(
        self,
        parts: Sequence[Visit],
        wished: Sequence[tuple[int, ...]],
        kinds: set[str],
        *,
        reason: bool,
        desk: bool,
    ) -> None:
        """Whether times are free; outside a shift or on a day that has passed takes a permission and a reason (R20).

        Rooms and devices that were given are kept where all of them are free, else they are picked anew.
        """
        if not self._furnish(parts, wished) and not self._furnish(parts, [()] * len(parts)):
            kinds.add(TAKEN)
        if self._clashes(parts, "staff"):
            kinds.add(TAKEN)
        if kinds:
            raise No(*kinds)
        times = hold(parts)
        for part in parts:
            part.times = {holder: times[part.id, holder] for holder in part.holders}
        outside = any(not in_shift(part.start, part.times[person(part.staff)]) for part in parts)
        if outside or parts[0].day < self.today:
            if desk:
                raise No(NOT_ALLOWED)
            if not reason:
                raise No(INVALID)

    def _lies_beyond(self, row: Visit, moved: Sequence[Visit]) -> bool:
        """Whether a moved visit lies beyond its credit's last day; a first visit takes the last day along (R10)."""
        credit = self.credit_of(row.id)
        if credit is None:
            return False
        last = self.last_day(credit)
        package = self.packages[credit.package]
        if credit.last_day is None and self._floats(credit.package):
            days = {visit.id: visit.day for visit in self._visits_on(credit.package)}
            days |= {one.id: one.day for one in moved if one.id in days}
            last = package.validity.last_day(min(days.values()))
        return last is not None and last < row.day

    def _choose(self, client: int, parts: Sequence[Visit], wanted: Sequence[int | str | None]) -> list[Credit | None]:
        """The credit of each part: the earliest last day, the earlier sale, the lower number (R7, R9, R11)."""
        chosen: list[Credit | None] = []
        for part, wish in zip(parts, wanted, strict=True):
            if not part.price or wish is NO_CREDIT:
                if isinstance(wish, int):
                    raise No(REFUSED, TAKEN)
                chosen.append(None)
                continue
            fitting = [
                credit
                for credit in self.credits.values()
                if self.packages[credit.package].client == client
                and self.packages[credit.package].service == part.service
                and credit not in chosen
                and self._covers(credit, part.day)
            ]
            if wish == AUTO:
                chosen.append(min(fitting, key=lambda one: self._turn(one, part.day), default=None))
            elif self.credits[int(wish)] in fitting:
                chosen.append(self.credits[int(wish)])
            else:
                raise No(REFUSED, TAKEN)
        return chosen

    def _covers(self, credit: Credit, day: date) -> bool:
        last = self._last_day_on(credit, day)
        return self.effective(credit) == "available" and (last is None or day <= last)

    def _last_day_on(self, credit: Credit, day: date) -> date | None:
        """A credit's last day if a visit on a day used it."""
        package = self.packages[credit.package]
        if self.last_day(credit) is None and package.validity.from_first_visit:
            return package.validity.last_day(day)
        return self.last_day(credit)

    def _turn(self, credit: Credit, day: date) -> tuple[date, datetime, int, int]:
        last = self._last_day_on(credit, day) or date.max
        return last, self.packages[credit.package].sold_at, credit.number, credit.id

    def _reserve(self, credit: Credit, visit: Visit) -> None:
        credit.state, credit.visit = "reserved", visit.id
        self._follow(credit)

    def _complete(self, visit: Visit) -> None:
        """A visit has taken place; where a credit pays, what was paid ahead goes to the account (R28)."""
        visit.path.append("completed")
        credit = self.credit_of(visit.id)
        if credit is not None:
            credit.state = "redeemed"
            self._follow(credit)
            visit.held, self.owed[visit.client] = 0, self.owed[visit.client] - visit.held

    def _hold_again(self, credit: Credit | None) -> None:
        if credit is not None and credit.state in USED:
            credit.last_day = self._reversed_until(credit)
            credit.state = "reserved"
            self._follow(credit)

    def _reversed_until(self, credit: Credit) -> date | None:
        """A credit that is reversed takes the package's last day where that is later (R6)."""
        package = self.packages[credit.package].last_day
        return max(credit.last_day, package) if credit.last_day and package else credit.last_day

    def _release(self, credit: Credit | None, *, by_clinic: bool = False) -> None:
        if credit is not None:
            self._give_back(credit, by_clinic=by_clinic)

    def _give_back(self, credit: Credit, *, by_clinic: bool) -> None:
        """A credit returns: past its last day it expires, or has the clinic's grace (R16)."""
        credit.state, credit.visit = "available", None
        self._follow(credit)
        last = self.last_day(credit)
        if last is None:
            return
        passed = last < self.today
        days = max(self.policy.grace, _TWO_WEEKS) if by_clinic else self.policy.grace
        promised = self.today + timedelta(days=days)
        if by_clinic or (passed and self.policy.grace):
            if promised > last:
                credit.last_day = promised
        elif passed:
            credit.state = "expired"

    def _extend(self, credit: Credit, last_day: date) -> None:
        credit.last_day = last_day
        if credit.state == "expired":
            credit.state = "available"

    def _visits_on(self, package: int) -> list[Visit]:
        """The visits that the package's credits are reserved for, or were used up by."""
        own = [credit.visit for credit in self.credits.values() if credit.package == package]
        return [self.visits[visit] for visit in own if visit is not None]

    def _floats(self, package: int) -> bool:
        """Whether the last day moves with the first visit: until that was used up, it has passed, or is extended."""
        row = self.packages[package]
        if not row.validity.from_first_visit or row.first_day is None:
            return row.validity.from_first_visit and row.last_day is None
        if row.last_day is None or row.last_day != row.validity.last_day(row.first_day) or row.last_day < self.today:
            return False
        return row.first_day not in row.used_days

    def _follow(self, credit: Credit | None) -> None:
        """Lets a package's last day follow its first visit (R10)."""
        if credit is None:
            return
        row = self.packages[credit.package]
        own = [one for one in self.credits.values() if one.package == credit.package and one.state in USED]
        row.used_days |= {self.visits[one.visit].day for one in own if one.visit is not None}
        if not self._floats(credit.package):
            return
        row.first_day = min((visit.day for visit in self._visits_on(credit.package)), default=None)
        row.last_day = row.validity.last_day(row.first_day) if row.first_day else None
        if row.last_day and row.last_day < self.today:
            for one in self.credits.values():
                if one.package == credit.package and one.state == "available" and one.last_day is None:
                    one.state = "expired"

    def _upcoming_before(self, visit: Visit) -> str:
        return next((status for status in reversed(visit.path) if status in UPCOMING), "booked")

    def _cannot_end(self, ending: Sequence[Visit], override: str, *, desk: bool) -> set[str]:
        kinds = set()
        if ending[0].status not in UPCOMING or any(visit.paid for visit in ending):
            kinds.add(REFUSED)
        if override != "none" and desk:
            kinds.add(NOT_ALLOWED)
        return kinds

    def _end(self, ending: Sequence[Visit], ends: Sequence[Ended]) -> None:
        for visit, ended in zip(ending, ends, strict=True):
            visit.path.append(ended.status)
        self._lay_again(ending[0].group)
        for visit, ended in zip(ending, ends, strict=True):
            self.owed[visit.client] += ended.fee - (0 if ended.keeps else visit.held)
            visit.held = 0
            credit = self.credit_of(visit.id)
            if credit is not None and ended.forfeits:
                credit.state = "forfeited"
                self._follow(credit)
            else:
                self._release(credit, by_clinic=ended.by_clinic)

    def _lay_again(self, group: int, new: Sequence[Visit] = ()) -> None:
        """Counts a chain's turnarounds anew; one that comes back is cut where somebody else is (R17)."""
        rows = self._chain(group)
        times = hold(rows)
        for row in rows:
            before, row.times = row.times, {}
            for holder in row.holders:
                until = times[row.id, holder]
                if row not in new and until > before.get(holder, until):
                    until = min([until, *(other.start for other in self._busy(row, holder, until))])
                row.times[holder] = until


def person(staff: int) -> str:
    """Whose time a visit takes: a person's."""
    return f"staff:{staff}"


def room(resource: int) -> str:
    """Whose time a visit takes: that of a room or a device."""
    return f"resource:{resource}"


def hold(parts: Iterable[Visit]) -> dict[tuple[int, str], datetime]:
    """Until when each visit of a chain takes whose time: only the last of a run cleans up (R17, R26)."""
    found: dict[tuple[int, str], datetime] = {}
    runs: dict[str, list[Visit]] = defaultdict(list)
    for part in sorted(parts, key=lambda one: one.start):
        for holder in part.holders:
            runs[holder].append(part)
    for holder, own in runs.items():
        longest = 0
        for place, part in enumerate(own):
            longest = max(longest, part.turnaround)
            after = own[place + 1].start if place + 1 < len(own) else None
            if after == part.end:
                found[part.id, holder] = part.end
                continue
            clean = part.end + timedelta(minutes=longest)
            found[part.id, holder] = min(clean, after) if after is not None else clean
            longest = 0
    return found


def _overridden(ruled: Ended, override: str, *, holds: bool) -> Ended:
    """Where the credit is taken no fee is charged and no deposit kept; a waiver drops both and returns it (R14, R15).

    Taking a credit passes over a visit that has none.
    """
    if override == "waive":
        return Ended(ruled.status, forfeits=False, fee=0)
    taken = holds and (override == "forfeit" or (ruled.forfeits and override != "return"))
    return Ended(ruled.status, taken, 0 if taken else ruled.fee, ruled.keeps and not taken)


_ONE = timedelta(days=1)


def in_shift(start: datetime, until: datetime) -> bool:
    """Everybody works from eight to six, every day."""
    day = start.astimezone(_LONDON).date()
    opens = datetime(day.year, day.month, day.day, _OPENS, tzinfo=_LONDON).astimezone(UTC)
    shuts = datetime(day.year, day.month, day.day, _SHUTS, tzinfo=_LONDON).astimezone(UTC)
    return opens <= start and until <= shuts
