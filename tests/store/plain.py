"""Small commands that write rows as they are, so that the store is tested without the rules that stand on it."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from reception.domain import access, tables
from reception.domain.gates import Effect, Operator, Screened
from reception.domain.ledger import Kind, Starts, State
from reception.domain.money import Money
from reception.domain.outcomes import Status
from reception.domain.tables.ids import StaffId
from reception.domain.tables.words import (
    Account,
    AnsweredBy,
    Bookable,
    Happening,
    LineKind,
    ResourceKind,
    Role,
    SaleKind,
    TaskKind,
    Tender,
)

PRICE = Money(100_00)


@dataclass(frozen=True)
class House:
    """A clinic with two people, one service and one client."""

    owner: StaffId
    other: StaffId
    service: int
    product: int
    client: int


def furnish(session: Session) -> dict[str, int]:
    owner = tables.Staff(name="Ana", role=Role.OWNER, clinical=True, works=True)
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


def book(
    session: Session,
    house: House,
    starts: datetime,
    *,
    credit: int | None = None,
    base: int | None = None,
    resource: int | None = None,
) -> int:
    day = starts.astimezone(ZoneInfo("Europe/London")).date()
    group = base and session.get_one(tables.Appointment, base).group_id
    now = access.now(session)
    visit = tables.Appointment(
        group_id=group or added(session, tables.Group(client_id=house.client)),
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
        base_id=base,
    )
    id = added(session, visit)
    happen(session, id, Happening.BOOKED, Status.BOOKED)
    occupy(session, id, starts)
    if resource is not None:
        give(session, id, resource)
        occupy(session, id, starts, holder=f"resource:{resource}")
    if credit is not None:
        enter(session, credit, Kind.RESERVED, State.RESERVED, visit=id)
    return id


def give(session: Session, visit: int, resource: int, *, step: int = 0) -> None:
    """A room for a visit, by its newest event or one so many steps away from it."""
    seq = session.get_one(tables.Appointment, visit, populate_existing=True).seq + step
    stamp = access.turn(session).stamp()
    session.add(tables.AppointmentResource(**stamp, appointment_id=visit, seq=seq, number=1, resource_id=resource))
    session.flush()


def pay_ahead(session: Session, visit: int, amount: Money) -> None:
    """Money taken in cash before the visit; below nothing, it is given back."""
    stamp = access.turn(session).stamp()
    session.add_all(
        tables.JournalEntry(**stamp, account=account, amount=posted, appointment_id=visit)
        for account, posted in ((Account.CASH, amount), (Account.DEPOSITS, Money(-amount)))
    )


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


# Add-ons and forms


@dataclass(frozen=True)
class Annex:
    """What a clinic has beside: an add-on, a room, and a form with a version and a rule for the add-on."""

    add_on: int
    room: int
    form: int
    version: int
    rule: int

    def of(self, house: House) -> House:
        """The clinic with the add-on as the service that is booked."""
        return replace(house, service=self.add_on)


def enlarge(session: Session, house: House) -> dict[str, int]:
    mask = tables.Service(name="LED mask", short="LED", minutes=30, price=PRICE, bookable=Bookable.ADD_ON)
    add_on = added(session, mask)
    session.add(tables.AddOnLink(base_id=house.service, add_on_id=add_on, place=1))
    room = added(session, tables.Resource(name="Room 2", kind=ResourceKind.ROOM))
    form = added(session, tables.Form(url="urn:light", title="Light screening"))
    return {
        "add_on": add_on,
        "room": room,
        "form": form,
        "version": publish(session, form),
        "rule": rule(session, add_on, form),
    }


def publish(session: Session, form: int, *, number: int = 1) -> int:
    came = f'{{"resourceType":"Questionnaire","version":"{form}-{number}"}}'.encode()
    version = tables.FormVersion(
        **access.turn(session).stamp(),
        form_id=form,
        number=number,
        title="Light screening",
        fhir="R4",
        source=b64encode(came).decode(),
        sha256=hashlib.sha256(came).hexdigest(),
        questionnaire="{}",
    )
    return added(session, version)


def rule(session: Session, service: int, form: int) -> int:
    blocks = tables.ScreeningRule(
        service_id=service,
        form_id=form,
        link_id="1",
        operator=Operator.EQUAL,
        answer='{"valueBoolean":true}',
        effect=Effect.BLOCK,
        staff_message="Takes what makes the skin sensitive.",
        client_message="We can't do this today.",
        since=date(2026, 11, 24),
    )
    return added(session, blocks)


def answer(session: Session, client: int, version: int, *, amends: int | None = None) -> int:
    response = tables.FormResponse(
        **access.turn(session).stamp(),
        form_version_id=version,
        client_id=client,
        answers="{}",
        answered_by=AnsweredBy.CLIENT,
        amends_id=amends,
    )
    return added(session, response)


def find(session: Session, response: int, rule: int, **changed: Any) -> None:
    """What a rule found in a response: told as the rule tells it, but for what is changed."""
    met = session.get_one(tables.ScreeningRule, rule)
    told = {
        "client_id": session.get_one(tables.FormResponse, response).client_id,
        "service_id": met.service_id,
        "link_id": met.link_id,
        "effect": met.effect,
        "lasting": met.lasting,
        "staff_message": met.staff_message,
        "client_message": met.client_message,
    }
    stamp = access.turn(session).stamp()
    session.add(
        tables.Finding(**stamp, **{"response_id": response, "rule_id": rule, "answer": "Yes", **told, **changed})
    )
    session.flush()


def clear(session: Session, house: House, service: int) -> int:
    clearance = tables.Clearance(
        **access.turn(session).stamp(),
        client_id=house.client,
        service_id=service,
        through=date(2026, 12, 24),
        words="The dose is low",
    )
    return added(session, clearance)


def check(session: Session, visit: int, outcome: Screened = Screened.CLEAR) -> None:
    """Note down what the gate said of a visit."""
    stamp = access.turn(session).stamp()
    session.add(tables.ScreeningCheck(**stamp, appointment_id=visit, outcome=outcome, responses="[]", rules="[]"))
    session.flush()


def screen(session: Session, house: House, annex: Annex, visit: int) -> int:
    """A response that blocks the add-on, with the task that it raises for a visit."""
    response = answer(session, house.client, annex.version)
    find(session, response, annex.rule)
    stamp = access.turn(session).stamp()
    session.add(tables.ScreeningTask(**stamp, kind=TaskKind.BLOCKED, appointment_id=visit, response_id=response))
    return response


def ask_about(session: Session, visit: int, service: int, response: int, asked: int) -> int:
    """Somebody is asked whether an add-on may join the coming-in of a visit."""
    group = session.get_one(tables.Appointment, visit).group_id
    task = tables.AddOnTask(
        **access.turn(session).stamp(), group_id=group, service_id=service, response_id=response, asked_id=asked
    )
    return added(session, task)


def ask_about_visit(session: Session, visit: int, response: int, asked: int) -> int:
    """Somebody is asked whether a visit may go ahead."""
    task = tables.ScreeningTask(
        **access.turn(session).stamp(),
        kind=TaskKind.ASKED,
        appointment_id=visit,
        response_id=response,
        asked_id=asked,
    )
    return added(session, task)


def deny(session: Session, visit: int, service: int) -> int:
    """Somebody says no to a service at the coming-in of a visit."""
    group = session.get_one(tables.Appointment, visit).group_id
    stamp = access.turn(session).stamp()
    return added(session, tables.Denial(**stamp, group_id=group, service_id=service, words="Not on that skin"))


def hand_in(session: Session, house: House, version: int, *, group: int | None = None) -> int:
    """Answers that a client typed on their own screen."""
    submission = tables.Submission(
        **access.turn(session).stamp(),
        client_id=house.client,
        group_id=group,
        form_version_id=version,
        answers="{}",
        answered_by=AnsweredBy.CLIENT,
    )
    return added(session, submission)


def accept(session: Session, submission: int, client: int, version: int) -> int:
    """A response that is said to be made of what a client typed."""
    response = answer(session, client, version)
    stamp = access.turn(session).stamp()
    return added(session, tables.SubmissionDecision(**stamp, submission_id=submission, response_id=response))


def wish(session: Session, visit: int, service: int) -> int:
    """A wish for a service with the coming-in of a visit."""
    group = session.get_one(tables.Appointment, visit).group_id
    return added(session, tables.Wish(**access.turn(session).stamp(), group_id=group, service_id=service))


def grant(session: Session, wish: int, visit: int) -> int:
    """A visit that is said to be what was wished for."""
    stamp = access.turn(session).stamp()
    return added(session, tables.WishDecision(**stamp, wish_id=wish, appointment_id=visit))


def require(session: Session, service: int, form: int) -> int:
    return added(session, tables.FormRequirement(service_id=service, form_id=form))
