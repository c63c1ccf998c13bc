"""The demo's till: visits and courses are paid by card, in cash, by transfer, on account; mistakes are reversed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from reception.demo.desk import Desk
from reception.demo.offer import MANAGER, Course
from reception.domain import checkout
from reception.domain.addons import Attaching
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.money import NOTHING, Money
from reception.domain.tables.ids import AppointmentId, ClientId, ProductId, SaleId

_NOTE = Money(10_00)


@dataclass(slots=True)
class Till:
    """Where the demo's clients pay; it knows who bought how many courses, and what was paid ahead for which visit."""

    desk: Desk
    products: dict[str, ProductId]
    bought: dict[ClientId, int] = field(default_factory=dict)
    ahead: dict[AppointmentId, Money] = field(default_factory=dict)
    _owing: set[ClientId] = field(default_factory=set)

    def may_owe(self, client: ClientId) -> None:
        """Remember to look for a fee when this client pays next."""
        self._owing.add(client)

    def sell(self, client: ClientId, course: Course) -> None:
        """Sell a course by itself, before the visit."""
        self.check_out(client, (), course)

    def attach(self, client: ClientId, attaching: Attaching, due: Money) -> None:
        """Attach an add-on and take what must be paid for it now (R28)."""
        self._take(client, CartLine(LineKind.DEPOSIT, attach=attaching), due)

    def pay_ahead(self, client: ClientId, visit: AppointmentId, due: Money) -> None:
        """Take the deposit for a visit that was booked (R28)."""
        self._take(client, CartLine(LineKind.DEPOSIT, visit), due)
        self.ahead[visit] = due

    def _take(self, client: ClientId, line: CartLine, due: Money) -> None:
        cart = Cart(client, (line,), (Paying(Tender.CARD, due),))
        self.desk.do(checkout.settle, cart, by=self.desk.reception())

    def check_out(self, client: ClientId, visits: Sequence[tuple[AppointmentId, Money]], course: Course | None) -> None:
        """Settle visits that no credit pays for, each with what is still to be paid, a course, and what was owed."""
        lines = [CartLine(LineKind.VISIT, id_) for id_, _ in visits]
        due = sum((still for _, still in visits), NOTHING)
        discount = NOTHING
        if course is not None:
            lines.append(CartLine(LineKind.PACKAGE, self.products[course.name]))
            due += course.price
            discount = Money(int(due) // 10) if self.desk.perhaps(0.08) else NOTHING
        owed = self._owed(client)
        lines += [CartLine(LineKind.ACCOUNT, price=owed)] if owed else []
        total = due - discount + owed
        cart = Cart(client, tuple(lines), self._payments(total, on_account=not owed and course is None), discount)
        sale = self.desk.do(checkout.settle, cart, by=self.desk.reception())
        if course is not None:
            self.bought[client] = self.bought.get(client, 0) + 1
        elif any(one.tender is Tender.ACCOUNT for one in cart.payments):
            self.may_owe(client)
        elif self.desk.perhaps(0.004):
            self.desk.soon(1, partial(self._do_over, sale, cart, total))

    def _owed(self, client: ClientId) -> Money:
        """What this client owes, if they are asked and pay it today."""
        if client not in self._owing or self.desk.perhaps(0.3):
            return NOTHING
        self._owing.discard(client)
        lines = self.desk.ask(checkout.suggest, client)
        return sum((line.price for line in lines if line.kind is LineKind.ACCOUNT), NOTHING)

    def _payments(self, total: Money, *, on_account: bool) -> tuple[Paying, ...]:
        if not total:
            return ()
        roll = self.desk.chance.random()
        if roll < 0.17:
            given = Money(-(-int(total) // int(_NOTE)) * int(_NOTE))
            return (Paying(Tender.CASH, total, given if given > total else None),)
        if roll < 0.25:
            return (Paying(Tender.TRANSFER, total),)
        if roll < 0.29 and total > 2 * _NOTE:
            return Paying(Tender.CASH, _NOTE), Paying(Tender.CARD, total - _NOTE)
        if roll < 0.31 and on_account:
            return (Paying(Tender.ACCOUNT, total),)
        return (Paying(Tender.CARD, total),)

    def _do_over(self, sale: SaleId, cart: Cart, total: Money) -> None:
        """Reverse a sale that was taken by the wrong tender, and settle it anew."""
        self.desk.do(checkout.reverse, sale, "Taken by the wrong tender", by=MANAGER)
        again = Cart(cart.client, cart.lines, (Paying(Tender.CARD, total),), cart.discount)
        self.desk.do(checkout.settle, again, by=self.desk.reception())
