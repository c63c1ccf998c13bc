"""A small clinic in plain Python: what credits and visits should be after each act, by the rules alone (R1–R23, R40).

It is written from the rules, not from the program, and calls nothing of the domain: where both agree, two readings of
the same rules agree. Every act comes in two halves: asked, it refuses with the kinds of refusal that are right, or
gives the second half, which takes the ids that the program answered with and does it.
"""

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

REFUSED, TAKEN, INVALID, NOT_ALLOWED = "Refused", "Taken", "Invalid", "NotAllowed"
AUTO, NO_CREDIT = "auto", None
RECEPTIONIST_MAY = frozenset({"book", "move", "cancel", "status", "undo", "settle", "swap"})
LIVE = ("booked", "confirmed", "arrived", "in_treatment", "completed")
UPCOMING = ("booked", "confirmed")
UNDER_WAY = ("arrived", "in_treatment")
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
    """What a service takes and costs."""

    minutes: int
    turnaround: int
    price: int


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
    """What marking a visit as missed did: the fee, and the credit that it gave back."""

    fee: int = 0
    returned: int | None = None


@dataclass
class Visit:
    """One appointment; `path` are the statuses it went through, `until` is the end of its turnaround."""

    id: int
    group: int
    client: int
    staff: int
    service: int
    start: datetime
    minutes: int
    turnaround: int
    price: int
    until: datetime
    path: list[str]
    paid: bool = False
    missed: Missed = field(default_factory=Missed)

    @property
    def status(self) -> str:
        """Where it stands."""
        return self.path[-1]

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


@dataclass
class Ended:
    """What ending a visit does."""

    status: str
    forfeits: bool
    fee: int


@dataclass(frozen=True)
class Wish:
    """One part of a booking: with whom, which service, paid by which credit."""

    staff: int
    service: int
    credit: int | str | None


@dataclass
class Sale:
    """A settled sale: what it sold and paid for, and whether it was reversed."""

    package: int | None
    visit: int | None
    reversed: bool = False


class Model:
    """The clinic as it should be."""

    def __init__(self, now: datetime, services: dict[int, Service], policy: Policy) -> None:
        self.now = now
        self.services = services
        self.policy = policy
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
            self.sales[sale] = Sale(package, None)

        return done

    def check_out(self, visit: Visit, *, desk: bool) -> Done:
        """A visit is settled by the credit that it holds, or by card; one under way is completed (R36)."""
        self._may(desk, "settle")
        if visit.status not in (*UNDER_WAY, "completed") or visit.paid:
            raise No(REFUSED)

        def done(sale: int) -> None:
            visit.paid = visit.price > 0
            self.sales[sale] = Sale(None, visit.id)
            if visit.status != "completed":
                self._complete(visit)

        return done

    def reverse(self, sale: int, *, desk: bool) -> Done:
        """A wrong sale is turned round; not once one of its credits was touched (R40)."""
        self._may(desk, "reverse")
        row = self.sales[sale]
        credits = [credit for credit in self.credits.values() if credit.package == row.package]
        if row.reversed or any(credit.state != "available" for credit in credits):
            raise No(REFUSED)

        def done() -> None:
            row.reversed = True
            for credit in credits:
                credit.state = "refunded"
            if row.visit is not None:
                self.visits[row.visit].paid = False

        return done

    # Booking and moving

    def book(self, client: int, wishes: Sequence[Wish], start: datetime, *, reason: bool, desk: bool) -> Done:
        """A coming-in of one visit or several is booked, with the credits that pay (R9, R10, R11, R20)."""
        self._may(desk, "book")
        parts, at = [], start
        for place, wish in enumerate(wishes):
            own = self.services[wish.service]
            parts.append(
                Visit(-place, 0, client, wish.staff, wish.service, at, own.minutes, own.turnaround, own.price, at, [])
            )
            at = parts[-1].end
        credits = self._choose(client, parts, [wish.credit for wish in wishes])
        self._fits(parts, reason=reason, desk=desk)

        def done(ids: Sequence[int]) -> None:
            for part, id_, credit in zip(parts, ids, credits, strict=True):
                part.id, part.group, part.path = id_, ids[0], ["booked"]
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
        moved: list[Visit] = []
        for row in rows:
            person = staff if staff is not None and row.staff == rows[0].staff else row.staff
            fields = vars(row) | {"staff": person, "start": at}
            moved.append(Visit(**fields))
            at = moved[-1].end
        if any(self._lies_beyond(row, moved) for row in moved):
            kinds = [REFUSED]
            if self._clashes(moved):
                kinds.append(TAKEN)
            raise No(*kinds)
        self._fits(moved, reason=reason, desk=desk)

        def done() -> None:
            for row, new in zip(rows, moved, strict=True):
                row.staff, row.start, row.until = new.staff, new.start, new.until
            for row in rows:
                self._follow(self.credit_of(row.id))

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

        def done() -> None:
            if after == "completed":
                self._complete(visit)
            else:
                visit.path.append(after)

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
        """An upcoming visit is cancelled under the policy (R14, R15, R16, R17)."""
        self._may(desk, "cancel")
        kinds = self._cannot_end(visit, override, desk=desk)
        late = applies and not by_clinic and self.now > visit.start - timedelta(hours=self.policy.hours)
        held = self.credit_of(visit.id)
        if override == "forfeit" and (not late or held is None):
            kinds.add(REFUSED)
        if kinds:
            raise No(*kinds)
        ended = Ended("cancelled", forfeits=False, fee=0)
        if late:
            forfeits = held is not None and self.policy.late_forfeits
            ended = self._overridden("late_cancelled", override, forfeits=forfeits, fee=self.policy.late_fee)

        def done() -> None:
            self._end(visit, ended, by_clinic=by_clinic)

        return done

    def no_show(self, visit: Visit, override: str, *, desk: bool) -> Done:
        """An upcoming visit was missed (R14, R15)."""
        self._may(desk, "cancel")
        kinds = self._cannot_end(visit, override, desk=desk)
        held = self.credit_of(visit.id)
        if self.now < visit.start or (override == "forfeit" and held is None):
            kinds.add(REFUSED)
        if kinds:
            raise No(*kinds)
        forfeits = held is not None and self.policy.missed_forfeits
        ended = self._overridden("no_show", override, forfeits=forfeits, fee=self.policy.missed_fee)

        def done() -> None:
            returned = held.id if held is not None and not ended.forfeits else None
            visit.missed = Missed(ended.fee, returned)
            self._end(visit, ended, by_clinic=False)

        return done

    def undo_no_show(self, visit: Visit) -> Done:
        """A no-show is taken back, with its credit where that is still to be had (R19)."""
        if visit.status != "no_show":
            raise No(REFUSED)
        untils = self._untils([*self._chain(visit.group), visit])
        if self._busy(visit, untils[visit.id]):
            raise No(TAKEN)

        def done() -> None:
            visit.path.append(visit.path[-2])
            visit.until = untils[visit.id]
            self._lay_again(visit.group, visit)
            self.owed[visit.client] -= visit.missed.fee
            self._hold_again(self.credit_of(visit.id))
            returned = visit.missed.returned
            if returned is not None and self._covers(self.credits[returned], visit.day):
                self._reserve(self.credits[returned], visit)

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

    def _untils(self, parts: Iterable[Visit]) -> dict[int, datetime]:
        """Until when each visit of a chain takes its person's time: only the last of a run cleans up (R17, R26)."""
        found: dict[int, datetime] = {}
        people: dict[int, list[Visit]] = defaultdict(list)
        for part in sorted(parts, key=lambda one: one.start):
            people[part.staff].append(part)
        for own in people.values():
            longest = 0
            for place, part in enumerate(own):
                longest = max(longest, part.turnaround)
                after = own[place + 1].start if place + 1 < len(own) else None
                if after == part.end:
                    found[part.id] = part.end
                    continue
                clean = part.end + timedelta(minutes=longest)
                found[part.id] = min(clean, after) if after is not None else clean
                longest = 0
        return found

    def _busy(self, part: Visit, until: datetime) -> list[Visit]:
        """The visits of other comings-in that are in the way of a time."""
        return [
            other
            for other in self.visits.values()
            if other.status in LIVE
            and other.staff == part.staff
            and other.group != part.group
            and other.start < until
            and part.start < other.until
        ]

    def _clashes(self, parts: Sequence[Visit]) -> bool:
        untils = self._untils(parts)
        for part in parts:
            part.until = untils[part.id]
        return any(self._busy(part, part.until) for part in parts)

    def _fits(self, parts: Sequence[Visit], *, reason: bool, desk: bool) -> None:
        """Whether times are free; outside a shift or on a day that has passed takes a permission and a reason (R20)."""
        if self._clashes(parts):
            raise No(TAKEN)
        outside = any(not _in_shift(part.start, part.until) for part in parts)
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
        visit.path.append("completed")
        credit = self.credit_of(visit.id)
        if credit is not None:
            credit.state = "redeemed"
            self._follow(credit)

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

    def _cannot_end(self, visit: Visit, override: str, *, desk: bool) -> set[str]:
        kinds = set()
        if visit.status not in UPCOMING or visit.paid:
            kinds.add(REFUSED)
        if override != "none" and desk:
            kinds.add(NOT_ALLOWED)
        return kinds

    def _overridden(self, status: str, override: str, *, forfeits: bool, fee: int) -> Ended:
        """Where the credit is taken no fee is charged; a waiver returns the one and drops the other (R14, R15)."""
        if override == "waive":
            return Ended(status, forfeits=False, fee=0)
        taken = override == "forfeit" or (forfeits and override != "return")
        return Ended(status, forfeits=taken, fee=0 if taken else fee)

    def _end(self, visit: Visit, ended: Ended, *, by_clinic: bool) -> None:
        visit.path.append(ended.status)
        self._lay_again(visit.group)
        self.owed[visit.client] += ended.fee
        credit = self.credit_of(visit.id)
        if credit is not None and ended.forfeits:
            credit.state = "forfeited"
            self._follow(credit)
        else:
            self._release(credit, by_clinic=by_clinic)

    def _lay_again(self, group: int, back: Visit | None = None) -> None:
        """Counts a chain's turnarounds anew; one that comes back is cut where somebody else is (R17)."""
        rows = self._chain(group)
        for row in rows:
            until = self._untils(rows)[row.id]
            if row is not back and until > row.until:
                until = min([until, *(other.start for other in self._busy(row, until))])
            row.until = until


_ONE = timedelta(days=1)


def _in_shift(start: datetime, until: datetime) -> bool:
    """Everybody works from eight to six, every day."""
    day = start.astimezone(_LONDON).date()
    opens = datetime(day.year, day.month, day.day, _OPENS, tzinfo=_LONDON).astimezone(UTC)
    shuts = datetime(day.year, day.month, day.day, _SHUTS, tzinfo=_LONDON).astimezone(UTC)
    return opens <= start and until <= shuts
