"""A small clinic for the tests of its registers: settings, an owner, and rows that the diary would write."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from reception.domain import access, catalogue, clock, staff, tables
from reception.domain.catalogue import ClinicDraft, Opening, ServiceDraft
from reception.domain.money import Money
from reception.domain.outcomes import LIVE, Status
from reception.domain.staff import PersonDraft
from reception.domain.tables.ids import ClientId, ServiceId, StaffId
from reception.domain.tables.words import Happening, Role
from reception.store import Store

CLINIC = ClinicDraft(
    name="Harbour Clinic",
    address="1 Quay Street",
    zone="Europe/London",
    currency="GBP",
    locale="en_GB",
    opening=(Opening(0, 9 * 60, 18 * 60), Opening(5, 9 * 60, 13 * 60)),
)
MASSAGE = ServiceDraft(
    name="Massage 60", short="Massage", category="Massage", minutes=60, turnaround=15, price=Money(80_00), tax_rate=0
)
INES = PersonDraft(
    name="Ines Lund", line="Physio", role=Role.PRACTITIONER, clinical=True, works=True, skills=frozenset()
)


def found(store: Store) -> StaffId:
    """Set the clinic up; its owner."""
    return StaffId(store.write(catalogue.found, CLINIC, "Olive Owen", actor=None).answer)


def hire(store: Store, role: Role) -> StaffId:
    """Put somebody of a role on the staff list."""
    draft = PersonDraft(f"A {role}", "", role, clinical=False, works=False, skills=frozenset())
    return StaffId(store.write(staff.add, draft, actor=None).answer)


def visit(
    session: Session, client: ClientId, person: StaffId, service: ServiceId, starts: datetime, status: Status
) -> None:
    """Write a visit as the diary would, up to a status that follows on booked."""
    turn = access.turn(session)
    group = tables.Group(client_id=client)
    session.add(group)
    session.flush()
    when = {
        "staff_id": person,
        "day": clock.local_date(starts, turn.zone),
        "starts": starts,
        "minutes": 60,
        "turnaround": 0,
    }
    appointment = tables.Appointment(
        group_id=group.id,
        client_id=client,
        service_id=service,
        price=Money(0),
        tax_rate=0,
        status=Status.BOOKED,
        since=turn.now,
        **when,
    )
    session.add(appointment)
    session.flush()
    happened = {Status.BOOKED: (), Status.CONFIRMED: (Happening.CONFIRMED,), Status.CANCELLED: (Happening.CANCELLED,)}
    for seq, kind in enumerate((Happening.BOOKED, *happened[status]), 1):
        session.add(
            tables.AppointmentEvent(
                appointment_id=appointment.id,
                seq=seq,
                kind=kind,
                status=status if kind is not Happening.BOOKED else Status.BOOKED,
                **when,
                **turn.stamp(),
            )
        )
        session.flush()
    if status in LIVE:
        ends = starts + timedelta(minutes=60)
        session.add(tables.Occupancy(holder=f"staff:{person}", starts=starts, ends=ends, appointment_id=appointment.id))
