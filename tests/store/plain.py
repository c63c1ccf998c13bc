"""Small commands that write rows as they are, so that the store is tested without the rules that stand on it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from reception.domain import access, tables
from reception.domain.ledger import Kind, Starts, State
from reception.domain.money import Money
from reception.domain.outcomes import Status
from reception.domain.tables.words import Account, Happening, LineKind, Role, SaleKind, Tender

PRICE = Money(100_00)


@dataclass(frozen=True)
class House:
    """A clinic with two people, one service and one client."""

    owner: int
    other: int
    service: int
    product: int
    client: int


def furnish(session: Session) -> dict[str, int]:
    owner = tables.Staff(name="Ana", role=Role.OWNER, works=True)
    other = tables.Staff(name="Ben", role=Role.PRACTITIONER, works=True)
    service = tables.Service(name="Physiotherapy", short="Physio", minutes=30, price=PRICE)
    client = tables.Client(name="Bea Jones", folded="bea jones", born=None, changed=access.now(session))
    session.add_all([owner, other, service, client])
    session.flush()
    product = tables.Product(name="Course of two", service_id=service.id, sessions=2, price=Money(180_00))
    session.add(product)
    session.flush()
    return {
        "owner": owner.id,
        "other": other.id,
        "service": service.id,
        "product": product.id,
        "client": client.id,
    }


def hire(session: Session, name: str = "Cem") -> int:
    staff = tables.Staff(name=name, role=Role.RECEPTIONIST)
    return added(session, staff)


def added(session: Session, row: Any) -> int:
    session.add(row)
    session.flush()
    id: int = row.id
    return id


def sell(session: Session, house: House, *, last_day: date | None = None, kept: int = 0) -> list[int]:
    """A course of two in cash; the package and then its credits. `kept` minor units go missing from the payment."""
    stamp = access.turn(session).stamp()
    price = Money(180_00)
    receipt = session.get_one(tables.ReceiptNumber, 1)
    receipt.last += 1
    sale = added(
        session,
        tables.Sale(
            **stamp,
            number=receipt.last,
            kind=SaleKind.SALE,
            client_id=house.client,
            payer_id=house.client,
            total=price,
            tax=Money(0),
        ),
    )
    package = added(
        session,
        tables.Package(
            client_id=house.client,
            product_id=house.product,
            service_id=house.service,
            name="Course of two",
            terms="",
            sessions=2,
            price=price,
            net=price,
            list_price=PRICE,
            tax_rate=0,
            validity_unit=None,
            validity_count=0,
            validity_starts=Starts.PURCHASE,
            sold_at=stamp["at"],
            sold_day=stamp["business_day"],
            sale_id=sale,
            last_day=None,
        ),
    )
    line = tables.SaleLine(
        **stamp,
        sale_id=sale,
        position=1,
        kind=LineKind.PACKAGE,
        words="Course of two",
        product_id=house.product,
        price=price,
        discount=Money(0),
        sale_discount=Money(0),
        gross=price,
        tax_rate=0,
        tax=Money(0),
        net=price,
    )
    paid = Money(price - kept)
    payment = tables.Payment(**stamp, sale_id=sale, position=1, tender=Tender.CASH, amount=paid)
    session.add_all([line, payment])
    session.add_all(
        tables.JournalEntry(**stamp, account=account, amount=amount, sale_id=sale)
        for account, amount in ((Account.CASH, price), (Account.DEFERRED, Money(-price)))
    )
    credits = []
    for number in (1, 2):
        credit = tables.Credit(package_id=package, number=number, service_id=house.service, value=Money(90_00))
        credits.append(added(session, credit))
        enter(session, credits[-1], Kind.ISSUED, State.AVAILABLE, last_day=last_day)
    return [package, *credits]


def enter(
    session: Session,
    credit: int,
    kind: Kind,
    state: State,
    *,
    visit: int | None = None,
    last_day: date | None = None,
    seq: int | None = None,
) -> None:
    row = session.get_one(tables.Credit, credit, populate_existing=True)
    entry = tables.CreditEntry(
        **access.turn(session).stamp(),
        credit_id=credit,
        seq=row.seq + 1 if seq is None else seq,
        kind=kind,
        state=state,
        last_day=last_day,
        appointment_id=visit,
    )
    session.add(entry)
    session.flush()


def book(session: Session, house: House, starts: datetime, *, credit: int | None = None) -> int:
    day = starts.astimezone(ZoneInfo("Europe/London")).date()
    group = added(session, tables.Group(client_id=house.client))
    now = access.now(session)
    visit = tables.Appointment(
        group_id=group,
        client_id=house.client,
        service_id=house.service,
        price=PRICE,
        tax_rate=0,
        status=Status.BOOKED,
        staff_id=house.owner,
        day=day,
        starts=starts,
        minutes=30,
        turnaround=10,
        since=now,
    )
    id = added(session, visit)
    happen(session, id, Happening.BOOKED, Status.BOOKED)
    occupy(session, id, starts)
    if credit is not None:
        enter(session, credit, Kind.RESERVED, State.RESERVED, visit=id)
    return id


def occupy(session: Session, visit: int, starts: datetime, *, holder: str = "") -> int:
    staff = session.get_one(tables.Appointment, visit).staff_id
    ends = starts + timedelta(minutes=40)
    row = tables.Occupancy(holder=holder or f"staff:{staff}", starts=starts, ends=ends, appointment_id=visit)
    return added(session, row)


def happen(session: Session, visit: int, kind: Happening, status: Status, **changed: Any) -> None:
    row = session.get_one(tables.Appointment, visit, populate_existing=True)
    where = {name: getattr(row, name) for name in ("staff_id", "day", "starts", "minutes", "turnaround")}
    event = tables.AppointmentEvent(
        **access.turn(session).stamp(),
        **{"appointment_id": visit, "seq": row.seq + 1, "kind": kind, "status": status, **where, **changed},
    )
    session.add(event)
    session.flush()
    session.refresh(row)


def move(session: Session, visit: int, starts: datetime) -> None:
    vacate(session, visit)
    happen(session, visit, Happening.MOVED, Status.BOOKED, starts=starts, day=starts.date())
    occupy(session, visit, starts)


def vacate(session: Session, visit: int) -> None:
    for row in session.query(tables.Occupancy).filter_by(appointment_id=visit):
        session.delete(row)
    session.flush()


def cancel(session: Session, visit: int, credit: int | None = None) -> None:
    happen(session, visit, Happening.CANCELLED, Status.CANCELLED)
    vacate(session, visit)
    if credit is not None:
        enter(session, credit, Kind.RELEASED, State.AVAILABLE, visit=visit)


def complete(session: Session, visit: int, credit: int | None = None) -> None:
    happen(session, visit, Happening.ARRIVED, Status.ARRIVED)
    happen(session, visit, Happening.COMPLETED, Status.COMPLETED)
    if credit is not None:
        enter(session, credit, Kind.REDEEMED, State.REDEEMED, visit=visit)
        value = session.get_one(tables.Credit, credit).value
        stamp = access.turn(session).stamp()
        session.add_all(
            tables.JournalEntry(**stamp, account=account, amount=amount, credit_id=credit)
            for account, amount in ((Account.DEFERRED, value), (Account.INCOME, Money(-value)))
        )
