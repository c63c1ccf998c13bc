"""A desk that does anything at all in any order, and what must be true after each act: the program beside the model."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import catalogue, checkout, clock, diary, tables
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.errors import DomainError
from reception.domain.money import Money
from reception.domain.outcomes import OnCredit, OnMoney, Override, Policy
from reception.domain.packages import Choice
from reception.domain.tables.ids import (
    AppointmentId,
    ClientId,
    CreditId,
    ReasonId,
    SaleId,
    ServiceId,
    StaffId,
)
from reception.store.verify import verify
from tests.clinic import LONDON, Clinic
from tests.model import joining, model
from tests.model.gate import Gate
from tests.model.model import AUTO, NO_CREDIT, No, Wish
from tests.model.stage import Stage, apart, foreseen, offers_foreseen, offers_seen, seen

T = TypeVar("T")

REASONS = ((ReasonId(1), False, True), (ReasonId(3), False, False), (ReasonId(4), True, False))
"""Reasons for cancelling: which one, whether it was the clinic, whether the policy applies."""

STEPS = {
    "confirm": diary.confirm,
    "arrive": diary.arrive,
    "start": diary.start,
    "complete": diary.complete,
    "take_back": diary.take_back,
}

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)

WHICH = st.integers(0, 99)
"""Picks one of however many there are."""

MOSTLY = st.sampled_from([True, True, False])
MONEY = st.tuples(
    st.sampled_from([OnMoney.FEE, OnMoney.DEPOSIT]),
    st.sampled_from([OnMoney.NOTHING, OnMoney.FEE, OnMoney.DEPOSIT]),
)
"""What late cancelling and missing cost in money."""

RARELY = st.sampled_from([False, False, False, True])
DAYS = st.integers(-1, 7)
HALF_HOURS = st.integers(15, 35)
OVERRIDES = st.sampled_from(["none", "none", "none", "return", "waive", "forfeit"])
WISHES = st.lists(
    st.tuples(
        st.booleans(), st.sampled_from([0, 0, 0, 0, 1, 1, 2, 3, 4, 5]), st.sampled_from([AUTO, AUTO, "certain", "none"])
    ),
    min_size=1,
    max_size=3,
)


class Books(RuleBasedStateMachine):
    """Sells, books, moves, ends, undoes, extends, and lets days pass; the model says each time what is right."""

    ready: Callable[[], AbstractContextManager[Clinic]]
    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.clinic = self.stack.enter_context(type(self).ready())
        self.clients = (self.clinic.bea, self.stage.carl)
        self.people = (self.clinic.ana, self.clinic.ben)
        services = {int(id_): service for id_, service in self.stage.services.items()}
        # The model changes what it knows of forms; the next example begins anew.
        self.gate = Gate({int(id_): replace(form) for id_, form in self.stage.forms.items()})
        policy = model.Policy(24, False, False, 0, 0, 0)
        self.model = joining.Clinic(self.clinic.clock(), services, policy, self.gate, self.stage.links)
        self.group = 0

    def teardown(self) -> None:
        """By the books' own check everything adds up."""
        with self.stack:
            assert verify(self.clinic.store).faults == ()

    # Settings and time

    @initialize(forfeits=st.booleans(), grace=st.sampled_from([0, 3]), money=MONEY, sold=st.lists(WHICH, max_size=4))
    def begin(self, forfeits: bool, grace: int, money: tuple[OnMoney, OnMoney], sold: list[int]) -> None:
        """A policy that takes credits, or one that returns them for a fee or the deposit; and a few packages."""
        self._set_policy(money, forfeits=forfeits, grace=grace)
        for product in sold:
            self._sell(product // 10, product, desk=False)

    @rule(forfeits=st.booleans(), grace=st.sampled_from([0, 3, 20]), money=MONEY, sells=MOSTLY, adds=MOSTLY)
    def settings(self, forfeits: bool, grace: int, money: tuple[OnMoney, OnMoney], sells: bool, adds: bool) -> None:
        """The clinic changes its policy, and sometimes switches packages or add-ons off (R13, R29)."""
        self._set_policy(money, forfeits=forfeits, grace=grace)
        self.clinic.do(catalogue.set_plan, packages=sells, add_ons=adds)
        self.model.sells_packages, self.model.has_add_ons = sells, adds

    @rule(hours=st.sampled_from([1, 4, 24, 72, 150]))
    def wait(self, hours: int) -> None:
        """Time passes."""
        self.clinic.clock.forward(hours=hours)

    @precondition(lambda self: self._in(model.UPCOMING))
    @rule(which=WHICH, edge=st.sampled_from([-_DAY, -_DAY + _SECOND, -_SECOND, timedelta(0)]))
    def wait_for_a_visit(self, which: int, edge: timedelta) -> None:
        """Time passes until a visit can only just be cancelled freely, or just not; until it starts, or just not."""
        self._wait_until(one_of(which, self._in(model.UPCOMING)).start + edge)

    def _wait_until(self, at: datetime) -> None:
        """Lets time pass, not back and no more than a month on."""
        own = self.clinic.clock
        if own.now < at < own.now + timedelta(days=31):
            own.now = at

    # Selling

    @rule(client=WHICH, product=WHICH, desk=RARELY)
    def sell(self, client: int, product: int, desk: bool) -> None:
        """A package is sold."""
        self._sell(client, product, desk=desk)

    def _sell(self, client: int, product: int, *, desk: bool) -> None:
        buyer, key = one_of(client, self.clients), one_of(product, [*self.stage.products])
        cart = self._paid(Cart(buyer, (CartLine(LineKind.PACKAGE, key),)))
        done = self._try(
            lambda: self.model.sell(buyer, self.stage.products[key], desk=desk), checkout.settle, cart, desk=desk
        )
        if done is not None:
            done.carry_out(done.answer, *self._newest_package())
        self.clinic.clock.forward(seconds=1)
        self._agree()

    @precondition(lambda self: self._in(model.UNDER_WAY))
    @rule(which=WHICH, any_=RARELY, cheap=RARELY, desk=RARELY)
    def check_out(self, which: int, any_: bool, cheap: bool, desk: bool) -> None:
        """A visit is checked out, by its credit, or by its deposit and by card."""
        self._check_out(self._visit(which, model.UNDER_WAY, any_=any_), cheap=cheap, desk=desk)

    def _check_out(self, visit: model.Visit, *, cheap: bool, desk: bool) -> None:
        discount = max(0, visit.price - 1_00) if cheap else 0
        line = CartLine(LineKind.VISIT, visit.id, discount=Money(discount))
        cart = self._paid(Cart(ClientId(visit.client), (line,)))
        done = self._try(lambda: self.model.check_out(visit, discount, desk=desk), checkout.settle, cart, desk=desk)
        if done is not None:
            done.carry_out(done.answer)
        self._agree()

    @precondition(lambda self: self.model.sales)
    @rule(which=WHICH, desk=RARELY)
    def reverse(self, which: int, desk: bool) -> None:
        """A sale is reversed."""
        sale = one_of(which, [*self.model.sales])
        done = self._try(
            lambda: self.model.reverse(sale, desk=desk), checkout.reverse, SaleId(sale), "wrong", desk=desk
        )
        self._finish(done)

    # Booking and moving

    @rule(client=WHICH, half=HALF_HOURS, day=st.sampled_from([0, 0, 1]))
    def book_soon(self, client: int, half: int, day: int) -> None:
        """One visit is booked, by a credit where there is one, for the next hours."""
        self._book(client, [(half % 2 == 0, 0, AUTO)], (day, half), 0, reason=True, desk=False)

    @rule(client=WHICH, wishes=WISHES, day=DAYS, half=HALF_HOURS, which=WHICH, reason=st.booleans(), desk=RARELY)
    def book(
        self,
        client: int,
        wishes: list[tuple[bool, int, str]],
        day: int,
        half: int,
        which: int,
        reason: bool,
        desk: bool,
    ) -> None:
        """A coming-in of one visit or several is booked."""
        self._book(client, wishes, (day, half), which, reason=reason, desk=desk)

    def _book(
        self,
        client: int,
        wishes: list[tuple[bool, int, str]],
        at: tuple[int, int],
        which: int,
        *,
        reason: bool,
        desk: bool,
    ) -> None:
        buyer, start = one_of(client, self.clients), self._at(*at)
        wanted = [
            Wish(self.people[ben], [*self.stage.services][service], self._wished(credit, which))
            for ben, service, credit in wishes
        ]
        requests = [
            diary.Request(
                buyer,
                StaffId(wish.staff),
                ServiceId(wish.service),
                start,
                choice(wish.credit),
                reason="asked for" if reason else "",
            )
            for wish in wanted
        ]
        done = self._try(
            lambda: self.model.book(buyer, wanted, start, reason=reason, desk=desk),
            diary.book_chain,
            requests,
            desk=desk,
        )
        if done is not None:
            self.group = self.clinic.ask(_newest_group)
            done.carry_out(done.answer, self.group)
        self._agree()

    @precondition(lambda self: self._in(model.UPCOMING))
    @rule(which=WHICH, any_=RARELY, day=DAYS, half=HALF_HOURS, who=st.integers(0, 3), reason=st.booleans(), desk=RARELY)
    def move(self, which: int, any_: bool, day: int, half: int, who: int, reason: bool, desk: bool) -> None:
        """A visit moves with its chain."""
        visit, start = self._visit(which, model.UPCOMING, any_=any_), self._at(day, half)
        person = self.people[who] if who < len(self.people) else None
        words = "asked for" if reason else ""
        done = self._try(
            lambda: self.model.move(visit, start, person, reason=reason, desk=desk),
            diary.move,
            AppointmentId(visit.id),
            start,
            person,
            words,
            desk=desk,
        )
        self._finish(done)

    # A visit's way through the day

    @precondition(lambda self: self._in(model.UPCOMING))
    @rule(which=WHICH, any_=RARELY)
    def arrive(self, which: int, any_: bool) -> None:
        """A client arrives."""
        self._step(self._visit(which, model.UPCOMING, any_=any_), "arrive")

    @precondition(lambda self: self._in(model.UNDER_WAY))
    @rule(which=WHICH, any_=RARELY)
    def complete(self, which: int, any_: bool) -> None:
        """A visit takes place."""
        self._step(self._visit(which, model.UNDER_WAY, any_=any_), "complete")

    @precondition(lambda self: self.model.visits)
    @rule(which=WHICH, act=st.sampled_from(sorted(STEPS)))
    def step(self, which: int, act: str) -> None:
        """Any visit takes any step, or takes its last one back."""
        self._step(one_of(which, [*self.model.visits.values()]), act)

    def _step(self, visit: model.Visit, act: str) -> None:
        self._finish(self._try(lambda: self.model.step(visit, act), STEPS[act], AppointmentId(visit.id)))

    @precondition(lambda self: self._in(("completed",)))
    @rule(which=WHICH, any_=RARELY)
    def undo_completion(self, which: int, any_: bool) -> None:
        """A completion is undone."""
        visit = self._visit(which, ("completed",), any_=any_)
        done = self._try(
            lambda: self.model.undo_completion(visit), diary.undo_completion, AppointmentId(visit.id), "wrong"
        )
        self._finish(done)

    @precondition(lambda self: self._in((*model.UPCOMING, *model.UNDER_WAY)))
    @rule(
        which=WHICH, any_=RARELY, credit=st.sampled_from([AUTO, "certain", "certain", "none"]), other=WHICH, desk=RARELY
    )
    def swap(self, which: int, any_: bool, credit: str, other: int, desk: bool) -> None:
        """A visit gets another credit, or none."""
        visit = self._visit(which, (*model.UPCOMING, *model.UNDER_WAY), any_=any_)
        wanted = self._wished(credit, other)
        done = self._try(
            lambda: self.model.set_credit(visit, wanted, desk=desk),
            diary.set_credit,
            AppointmentId(visit.id),
            choice(wanted),
            desk=desk,
        )
        self._finish(done)

    # Visits that don't take place

    @precondition(lambda self: self._in(model.UPCOMING))
    @rule(which=WHICH, any_=RARELY, reason=st.sampled_from([0, 0, 1, 2]), override=OVERRIDES, desk=RARELY)
    def cancel(self, which: int, any_: bool, reason: int, override: str, desk: bool) -> None:
        """A visit is cancelled."""
        visit = self._visit(which, model.UPCOMING, any_=any_)
        self._call_off(visit, reason, override, desk=desk)

    def _call_off(self, visit: model.Visit, reason: int, override: str, *, desk: bool) -> None:
        id_, by_clinic, applies = REASONS[reason]
        how = diary.Cancelling(id_, Override(override), "because")
        done = self._try(
            lambda: self.model.cancel(visit, by_clinic=by_clinic, applies=applies, override=override, desk=desk),
            diary.cancel,
            AppointmentId(visit.id),
            how,
            desk=desk,
        )
        self._finish(done)

    @precondition(lambda self: self._due())
    @rule(which=WHICH, any_=RARELY, override=OVERRIDES, desk=RARELY)
    def no_show(self, which: int, any_: bool, override: str, desk: bool) -> None:
        """A visit is marked as missed, mostly one whose time has come."""
        visit = one_of(which, [*self.model.visits.values()] if any_ else self._due())
        self._miss(visit, override, desk=desk)

    def _miss(self, visit: model.Visit, override: str, *, desk: bool) -> None:
        done = self._try(
            lambda: self.model.no_show(visit, override, desk=desk),
            diary.no_show,
            AppointmentId(visit.id),
            Override(override),
            "because",
            desk=desk,
        )
        self._finish(done)

    @precondition(lambda self: self._in(("no_show",)))
    @rule(which=WHICH, any_=RARELY)
    def undo_no_show(self, which: int, any_: bool) -> None:
        """A no-show is undone."""
        visit = self._visit(which, ("no_show",), any_=any_)
        done = self._try(lambda: self.model.undo_no_show(visit), diary.undo_no_show, AppointmentId(visit.id), "wrong")
        self._finish(done)

    # Both sides

    def _try(
        self,
        plan: Callable[[], model.Done],
        command: Callable[..., Any],
        *args: Any,
        desk: bool = False,
        by: StaffId | None = None,
    ) -> "_Carried | None":
        """Lets the program do it; refuses both or neither, and for a reason that is right."""
        self._wake()
        try:
            carry_out, kinds = plan(), frozenset[str]()
        except No as no:
            carry_out, kinds = None, no.kinds
        answer, came = None, None
        try:
            answer = self.clinic.do(command, *args, by=self.clinic.desk if desk else by)
        except DomainError as refusal:
            came = refusal
        assert came is None or type(came).__name__ in kinds, f"refused: {came} ({type(came).__name__}), right: {kinds}"
        assert came is not None or carry_out is not None, f"not refused, right: {kinds}"
        return None if carry_out is None else _Carried(carry_out, answer)

    def _finish(self, done: "_Carried | None", *, answered: bool = False) -> None:
        if done is not None:
            done.carry_out(*([done.answer] if answered else []))
        self._agree()

    def _agree(self) -> None:
        self._wake_readers()
        found, right = self.clinic.ask(seen), foreseen(self.model)
        assert found == right, apart(found, right)
        first = next((visit for visit in self.model.visits.values() if visit.group == self.group), None)
        if first is not None:
            shown = self.clinic.ask(offers_seen, AppointmentId(first.id))
            assert shown == (best := offers_foreseen(self.model, self.group)), f"offered: {shown}, right: {best}"

    def _wake_readers(self) -> None:
        self.model.now = self.clinic.clock()

    def _wake(self) -> None:
        self.model.now = self.clinic.clock()
        self.model.wake()

    def _set_policy(self, money: tuple[OnMoney, OnMoney], *, forfeits: bool, grace: int) -> None:
        self._wake()
        on_credit = OnCredit.FORFEIT if forfeits else OnCredit.RETURN
        late, missed = money
        self.clinic.policy(Policy(24, on_credit, on_credit, late, missed, Money(20_00), Money(30_00)), grace)
        fees = 20_00 * (late is OnMoney.FEE), 30_00 * (missed is OnMoney.FEE)
        keeps = late is OnMoney.DEPOSIT, missed is OnMoney.DEPOSIT
        self.model.policy = model.Policy(24, forfeits, forfeits, *fees, grace, *keeps)

    # What there is to choose from

    def _visit(self, which: int, statuses: Collection[str], *, any_: bool) -> model.Visit:
        """A visit in one of these statuses where there is one, or sometimes just any."""
        visits = [*self.model.visits.values()]
        visit = one_of(which, visits if any_ else self._in(statuses) or visits)
        self.group = visit.group
        return visit

    def _in(self, statuses: Collection[str]) -> list[model.Visit]:
        return [visit for visit in self.model.visits.values() if visit.status in statuses]

    def _due(self) -> list[model.Visit]:
        return [visit for visit in self._in(model.UPCOMING) if visit.start <= self.clinic.clock()]

    def _wished(self, credit: str, which: int) -> int | str | None:
        if credit == "certain":
            return one_of(which, [*self.model.credits]) if self.model.credits else AUTO
        return AUTO if credit == AUTO else NO_CREDIT

    def _at(self, days: int, half_hours: int) -> datetime:
        day = clock.local_date(self.clinic.clock(), LONDON) + timedelta(days=days)
        return clock.at_local(day, half_hours * 30, LONDON)

    def _paid(self, cart: Cart) -> Cart:
        to_pay = self.clinic.ask(checkout.quote, cart).to_pay
        return Cart(cart.client, cart.lines, (Paying(Tender.CARD, to_pay),) if to_pay else ())

    def _newest_package(self) -> tuple[int, Sequence[int]]:
        return self.clinic.ask(_newest_package)


@dataclass(frozen=True)
class _Carried:
    """What the program has done, and how the model does the same."""

    carry_out: model.Done
    answer: Any


def _newest_package(session: Session) -> tuple[int, Sequence[int]]:
    package = session.scalars(select(func.max(tables.Package.id))).one()
    own = select(tables.Credit.id).where(tables.Credit.package_id == package).order_by(tables.Credit.number)
    return package, session.scalars(own).all()


def _newest_group(session: Session) -> int:
    return session.scalars(select(func.max(tables.Group.id))).one()


def choice(wanted: int | str | None) -> Choice:
    """Which credit is wanted, as the program is told."""
    return Choice(CreditId(wanted)) if isinstance(wanted, int) else Choice(auto=wanted == AUTO)


def one_of(which: int, items: Sequence[T]) -> T:
    """Picks one of however many there are."""
    return items[which % len(items)]
