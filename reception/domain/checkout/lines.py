"""What stands in a cart, line by line: what is sold or paid, for how much, and what speaks against it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import addons, diary, journal, ledger, packages, tables
from reception.domain.addons import Attaching, Offer
from reception.domain.checkout.values import Cart, CartLine
from reception.domain.errors import DomainError, Invalid, NotFound, Refused, Taken
from reception.domain.ledger import State
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import Status
from reception.domain.tables.ids import ClientId
from reception.domain.tables.words import LineKind

TAKEN_PLACE = (Status.ARRIVED, Status.IN_TREATMENT, Status.COMPLETED)
"""Visits that can be checked out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the cart with what it sells."""

    asked: CartLine
    words: str
    detail: str
    price: Money
    tax_rate: int
    appointment: tables.Appointment | None = None
    product: tables.Product | None = None
    service: tables.Service | None = None
    held: tuple[packages.Held, ...] = ()
    credit: ledger.Credit | None = None
    held_ahead: Money = NOTHING
    offer: Offer | None = None
    rest: Money = NOTHING
    refusal: DomainError | None = None

    @property
    def start(self) -> datetime | None:
        """When the visit begins, or the add-on that would be attached."""
        if self.appointment is not None:
            return self.appointment.starts
        return self.offer.start if self.offer is not None else None

    def by_deposit(self, gross: Money) -> Money:
        """What of a visit's price was paid ahead; where a credit pays, the deposit goes back instead (R28)."""
        return NOTHING if self.credit is not None else min(self.held_ahead, gross)


def line_of(session: Session, own: diary.Setting, cart: Cart, asked: CartLine, taken: set[int]) -> Line:
    """What a line of the cart comes to; the credits in `taken` pay for lines before it."""
    if asked.kind is LineKind.VISIT:
        return _visit(session, own, cart, asked, taken)
    if asked.kind is LineKind.PACKAGE:
        return _package(session, own, asked)
    if asked.kind is LineKind.DEPOSIT:
        return _deposit(session, cart, asked)
    if asked.price <= 0:
        raise Invalid("Type an amount above zero.", field="price")
    if asked.kind is LineKind.ACCOUNT:
        return _account(session, cart, asked)
    words = asked.words.strip()
    if not words:
        raise Invalid("Type what the {kind} is for; it stands on the receipt.", field="words", kind=asked.kind)
    return Line(asked, words, "", asked.price, 0)


def _account(session: Session, cart: Cart, asked: CartLine) -> Line:
    payer = _payer(session, cart)
    others = sum((one.price for one in cart.lines if one.kind is LineKind.ACCOUNT and one is not asked), NOTHING)
    owed = journal.owed(session, payer) - others
    if asked.price > owed:
        raise Refused("Only {owed} is owed on account.", field="price", owed=max(NOTHING, owed))
    if not asked.key:
        return Line(asked, "Owed on account", "", asked.price, 0)
    row = session.get(tables.Appointment, asked.key)
    if row is None or asked.price > journal.fees(session, payer).get(row.id, NOTHING):
        raise NotFound("That fee is no longer owed. Take it out of the cart.")
    service = session.get_one(tables.Service, row.service_id)
    words = "No-show fee" if row.status is Status.NO_SHOW else "Late cancellation fee"
    return Line(asked, words, service.name, asked.price, 0, appointment=row, service=service)


def _payer(session: Session, cart: Cart) -> ClientId:
    client = session.get_one(tables.Client, cart.client)
    return ClientId(cart.payer or client.payer_id or client.id)


def _deposit(session: Session, cart: Cart, asked: CartLine) -> Line:
    """What is paid ahead: for a visit that is booked, or for an add-on that is attached with it (R28)."""
    if asked.attach is not None:
        return _attached(session, cart, asked, asked.attach)
    row = session.get(tables.Appointment, asked.key)
    if row is None or row.client_id != cart.client:
        raise NotFound("One of the visits is no longer there. Take it out of the cart.")
    if sum(one.kind is LineKind.DEPOSIT and one.key == row.id for one in cart.lines) > 1:
        raise Refused("The same visit stands in the cart twice. Take one of them out.")
    service = session.get_one(tables.Service, row.service_id)
    staff = session.get_one(tables.Staff, row.staff_id)
    owing = owing_ahead(session, row)
    refusal = None
    if row.status not in diary.BEFORE_TREATMENT or not owing:
        refusal = Refused(
            "Nothing is to be paid ahead for {service} at {start}. Take it out of the cart.",
            service=service.name,
            start=row.starts,
        )
    return Line(
        asked,
        f"{service.name}, paid ahead",
        staff.name,
        owing,
        0,
        appointment=row,
        service=service,
        rest=Money(max(NOTHING, row.price - row.ahead)),
        refusal=refusal,
    )


def _attached(session: Session, cart: Cart, asked: CartLine, attach: Attaching) -> Line:
    """An add-on that joins a coming-in when its deposit is paid; why it can't, where it can't (R24, R27)."""
    service = session.get(tables.Service, attach.service)
    group = session.get(tables.Group, attach.group)
    if service is None or group is None or group.client_id != cart.client:
        raise NotFound("That add-on or its visit is no longer there. Take it out of the cart.")
    words = f"{service.name}, paid ahead"
    found = addons.look(session, attach)
    refusal = found if isinstance(found, DomainError) else None
    if isinstance(found, Taken):
        found = addons.look(session, replace(attach, staff=None))  # it costs the same with whoever is free
    if isinstance(found, DomainError):
        return Line(asked, words, "", NOTHING, 0, service=service, refusal=found)
    if not found.due:
        refusal = Refused("{service} has nothing to be paid now. Add it without the checkout.", service=service.name)
    line = Line(asked, words, "", found.due, 0, service=service, rest=Money(found.price - found.due), refusal=refusal)
    if refusal is not None or _follows_another(cart, asked, attach):
        return line
    return replace(line, detail=found.staff_name, offer=found)


def _follows_another(cart: Cart, asked: CartLine, attach: Attaching) -> bool:
    """Whether an earlier line joins the same coming-in: who does this one, and when, is known once that is attached."""
    before = cart.lines[: cart.lines.index(asked)]
    return any(one.attach is not None and one.attach.group == attach.group for one in before)


def _package(session: Session, own: diary.Setting, asked: CartLine) -> Line:
    product = session.get(tables.Product, asked.key)
    if product is None:
        raise NotFound("That package is no longer there. Choose another.")
    service = session.get_one(tables.Service, product.service_id)
    return Line(
        asked,
        product.name,
        service.name,
        product.price,
        service.tax_rate,
        product=product,
        service=service,
        refusal=_not_sold(own, product),
    )


def _not_sold(own: diary.Setting, product: tables.Product) -> DomainError | None:
    """Why a package isn't sold, None where it is (R13)."""
    if not own.clinic.packages:
        return Refused(
            "Packages are switched off in the clinic's plan, so “{name}” can't be sold. Take it out of the cart.",
            name=product.name,
        )
    if product.retired:
        return Refused("“{name}” is no longer on sale. Take it out of the cart.", name=product.name)
    return None


def _visit(session: Session, own: diary.Setting, cart: Cart, asked: CartLine, taken: set[int]) -> Line:
    row = session.get(tables.Appointment, asked.key)
    if row is None or row.client_id != cart.client:
        raise NotFound("One of the visits is no longer there. Take it out of the cart.")
    if row.id in taken:
        raise Refused("The same visit stands in the cart twice. Take one of them out.")
    taken.add(row.id)
    service = session.get_one(tables.Service, row.service_id)
    staff = session.get_one(tables.Staff, row.staff_id)
    held = packages.held_by(session, cart.client, row.service_id)
    credit = _credit(own, asked, row, held)
    return Line(
        asked,
        service.name,
        staff.name,
        row.price,
        0 if credit is not None else row.tax_rate,
        appointment=row,
        service=service,
        held=held,
        credit=credit,
        held_ahead=sum(journal.paid_ahead(session, row.id).values(), NOTHING),
        refusal=_not_due(session, row, service),
    )


def _not_due(session: Session, row: tables.Appointment, service: tables.Service) -> DomainError | None:
    """Why a visit isn't to be paid, None where it is."""
    if row.status not in TAKEN_PLACE:
        return Refused(
            "{service} at {start} hasn't begun. Mark it as arrived first, then check out.",
            service=service.name,
            start=row.starts,
        )
    if _is_paid(session, row):
        return Refused(
            "{service} at {start} is paid already. Take it out of the cart.", service=service.name, start=row.starts
        )
    return None


def _is_paid(session: Session, row: tables.Appointment) -> bool:
    """Whether a visit stands on a receipt that wasn't reversed."""
    line = tables.SaleLine
    own = (line.appointment_id == row.id, line.kind == LineKind.VISIT)
    return bool(session.scalar(select(func.sum(line.gross)).where(*own)))


def _credit(
    own: diary.Setting, asked: CartLine, row: tables.Appointment, held: Sequence[packages.Held]
) -> ledger.Credit | None:
    """Which credit pays for a visit: the one it holds, another one that was chosen, or none."""
    current = next((one.credit for one in held if one.credit.visit == row.id), None)
    if asked.credit.auto or (current is not None and asked.credit.credit == current.id):
        return current
    if current is not None and current.state is State.REDEEMED:
        raise Refused("The visit is completed and its credit used. Undo the completion first, then choose otherwise.")
    if asked.credit.credit is None:
        return None
    if row.status is Status.COMPLETED:
        raise Refused("The visit is completed. Undo the completion first, then give it a credit.")
    chosen = packages.pick(held, asked.credit, row.day, own.today)
    return next(one.credit for one in held if one.credit.id == chosen)


def owing_ahead(session: Session, row: tables.Appointment) -> Money:
    """What is still to be paid before a visit: nothing where a credit pays, or it stands on a receipt (R28)."""
    if packages.of_visit(session, row.id) is not None or _is_paid(session, row):
        return NOTHING
    return max(NOTHING, row.ahead - sum(journal.paid_ahead(session, row.id).values(), NOTHING))
