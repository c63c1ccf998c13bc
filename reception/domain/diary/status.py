"""A visit's way through the day: confirmed, arrived, in treatment, completed, and each step back (R23, R19)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import access, journal, packages, screening, tables
from reception.domain.access import Act, Turn
from reception.domain.diary.ending import refuse_paid, status_before
from reception.domain.diary.laying import appointment_of, happen
from reception.domain.diary.reading import setting
from reception.domain.errors import Invalid, Refused
from reception.domain.outcomes import UPCOMING, Status
from reception.domain.packages import Choice
from reception.domain.tables.ids import AppointmentId, ClientId, GroupId, ServiceId
from reception.domain.tables.words import Account, Happening

_WORDS = {
    Status.BOOKED: "booked",
    Status.CONFIRMED: "confirmed",
    Status.ARRIVED: "arrived",
    Status.IN_TREATMENT: "in treatment",
    Status.COMPLETED: "completed",
    Status.CANCELLED: "cancelled",
    Status.LATE_CANCELLED: "cancelled late",
    Status.NO_SHOW: "a no-show",
}

_ONWARD = {
    Status.CONFIRMED: frozenset({Status.BOOKED}),
    Status.ARRIVED: UPCOMING,
    Status.IN_TREATMENT: frozenset({Status.ARRIVED}),
    Status.COMPLETED: frozenset({Status.ARRIVED, Status.IN_TREATMENT}),
}
"""From where a visit goes on to each of these; the other moves of R23 are taken back or undone."""


def confirm(session: Session, appointment: AppointmentId) -> None:
    """The client has confirmed that they are coming."""
    _go(session, appointment, Happening.CONFIRMED, Status.CONFIRMED)


def arrive(session: Session, appointment: AppointmentId) -> None:
    """The client is here: for this visit and for the add-ons that hang on it."""
    _go(session, appointment, Happening.ARRIVED, Status.ARRIVED)
    for one in _hanging(session, appointment):
        if one.status in UPCOMING:
            _go(session, AppointmentId(one.id), Happening.ARRIVED, Status.ARRIVED)


def start(session: Session, appointment: AppointmentId) -> None:
    """The client is in treatment; the gate is asked once more (R33)."""
    _go(session, appointment, Happening.STARTED, Status.IN_TREATMENT)


def complete(session: Session, appointment: AppointmentId) -> None:
    """The visit has taken place; its credit is used. Straight from arrived, the gate is asked once more (R6, R33)."""
    _go(session, appointment, Happening.COMPLETED, Status.COMPLETED)
    packages.redeem(session, appointment)
    if packages.of_visit(session, appointment) is not None:
        _give_deposit_back(session, appointment)


def take_back(session: Session, appointment: AppointmentId) -> None:
    """Takes the last step back: a confirmation, an arrival (with those of the add-ons that hang on it), a start."""
    row = appointment_of(session, appointment)
    if row.status is Status.ARRIVED:
        for one in _hanging(session, appointment):
            if one.status is Status.ARRIVED:
                take_back(session, AppointmentId(one.id))
    turn = access.require_own(session, Act.STATUS, row.staff_id)
    back = {Status.CONFIRMED: Status.BOOKED, Status.IN_TREATMENT: Status.ARRIVED}.get(row.status)
    if row.status is Status.ARRIVED:
        back = _before_arrival(session, row)
    if back is None:
        raise Refused("This visit is {status}; there is no step to take back.", status=_WORDS[row.status])
    happen(session, turn, row, Happening.TAKEN_BACK, back)


def undo_completion(session: Session, appointment: AppointmentId, words: str) -> None:
    """Takes a completion back: the visit is where it was, and holds its credit again (R19)."""
    turn = access.require(session, Act.UNDO)
    row = appointment_of(session, appointment)
    if row.status is not Status.COMPLETED:
        raise Refused("This visit is {status}, not completed.", status=_WORDS[row.status])
    if not words.strip():
        raise Invalid("Type a reason; it is kept with the visit.", field="words")
    happen(session, turn, row, Happening.UNDONE, status_before(session, row), words=words.strip())
    packages.take_back(session, row.id, words.strip())


def set_credit(session: Session, appointment: AppointmentId, choice: Choice) -> None:
    """Gives a visit another credit, its first one, or none; the old one goes back (R9, R16)."""
    access.require(session, Act.SWAP)
    own = setting(session)
    row = appointment_of(session, appointment)
    if row.status not in UPCOMING | {Status.ARRIVED, Status.IN_TREATMENT}:
        raise Refused("This visit is {status}, so its credit stays. Undo that first.", status=_WORDS[row.status])
    refuse_paid(session, row)
    if not row.price and choice.credit is not None:
        raise Refused("This visit is free of charge, so it uses no credit.", field="credit")
    held = packages.held_by(session, row.client_id, row.service_id)
    credit = packages.pick(held, choice, row.day, own.today) if row.price else None
    if choice.auto and credit is None:
        raise Refused("No credit of this service is left for that day. Sell a course, extend one, or take payment.")
    packages.release(session, row.id, packages.Return(words="another credit" if credit else "taken off the visit"))
    if credit is not None:
        packages.reserve(session, credit, row)


def note(session: Session, appointment: AppointmentId, words: str) -> None:
    """Changes what is noted on a visit."""
    access.require(session, Act.BOOK)
    appointment_of(session, appointment).note = words.strip()


def _go(session: Session, appointment: AppointmentId, kind: Happening, status: Status) -> None:
    row = appointment_of(session, appointment)
    turn = access.require_own(session, Act.STATUS, row.staff_id)
    if row.status not in _ONWARD[status]:
        raise Refused(
            "This visit is {before}, so it can't become {after}.", before=_WORDS[row.status], after=_WORDS[status]
        )
    if row.status is Status.ARRIVED:
        _ask_the_gate(session, turn, row)
    happen(session, turn, row, kind, status)


def _hanging(session: Session, appointment: AppointmentId) -> list[tables.Appointment]:
    """The add-ons that hang on an appointment."""
    a = tables.Appointment
    return list(session.scalars(select(a).where(a.base_id == appointment).order_by(a.starts, a.id)))


def _ask_the_gate(session: Session, turn: Turn, row: tables.Appointment) -> None:
    """A treatment begins only where the screening is clear or cleared; what it rested on is kept (R33)."""
    service = session.get_one(tables.Service, row.service_id)
    verdict = screening.verdict(
        session, ClientId(row.client_id), ServiceId(service.id), row.starts, group=GroupId(row.group_id)
    )
    screening.demand(verdict, service.name, due_ok=False)
    screening.record(session, turn, AppointmentId(row.id), verdict)


def _give_deposit_back(session: Session, appointment: AppointmentId) -> None:
    """A credit has paid, so what was paid ahead goes to the account of whoever paid it (R28)."""
    turn = access.turn(session)
    for payer, amount in journal.paid_ahead(session, appointment).items():
        cause = journal.Cause(client=payer, appointment=appointment)
        journal.transfer(session, turn.stamp(), cause, amount, source=Account.DEPOSITS, to=Account.CLIENT)


def _before_arrival(session: Session, row: tables.Appointment) -> Status:
    """Booked or confirmed, whichever it last was."""
    e = tables.AppointmentEvent
    query = select(e.status).where(e.appointment_id == row.id, e.status.in_(tuple(UPCOMING)))
    return session.scalars(query.order_by(e.seq.desc()).limit(1)).one()
