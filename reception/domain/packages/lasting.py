"""Until when the credits of a package last that starts with its first visit (R10)."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from reception.domain import ledger, tables
from reception.domain.ledger import Kind, Starts, Validity
from reception.domain.packages.choosing import as_held, held


def last_day_if(
    session: Session, appointment: int, moved: Mapping[int, date], today: date
) -> tuple[ledger.Credit, date | None] | None:
    """The credit of a visit and its last day once these visits lie on other days: a first visit takes it along (R10).

    None where the visit holds no credit.
    """
    row = session.execute(held().where(tables.Credit.appointment_id == appointment)).one_or_none()
    if row is None:
        return None
    credit = as_held(row).credit
    package = session.get_one(tables.Package, credit.package)
    if not moves_with_first_visit(session, package, today) or of_own(session, credit.id):
        return credit, credit.last_day
    stays = first_day(session, package.id, besides=moved)
    visits = session.scalars(
        select(tables.Credit.appointment_id).where(
            tables.Credit.package_id == package.id, tables.Credit.appointment_id.in_(moved)
        )
    )
    days = [moved[visit] for visit in visits if visit is not None]
    return credit, ledger.last_day(validity_of(package), min([*days, stays] if stays else days))


def last_day_without(session: Session, appointment: int, today: date) -> date | None:
    """The last day of a visit's credit once the visit is gone: a package may lose its first visit (R10)."""
    row = session.execute(held().where(tables.Credit.appointment_id == appointment)).one()
    credit = as_held(row).credit
    package = session.get_one(tables.Package, credit.package)
    if of_own(session, credit.id) or not moves_with_first_visit(session, package, today):
        return credit.last_day
    first = first_day(session, package.id, besides=[appointment])
    return ledger.last_day(validity_of(package), first) if first else None


def of_own(session: Session, credit: int) -> bool:
    """Whether a credit has a last day of its own, by grace or extension."""
    return session.scalar(select(tables.Credit.last_day).where(tables.Credit.id == credit)) is not None


def validity_of(package: tables.Package) -> Validity:
    """What a package says of how long it lasts (R3)."""
    return Validity(package.validity_unit, package.validity_count, package.validity_starts)


def moves_with_first_visit(session: Session, package: tables.Package, today: date) -> bool:
    """Whether the last day follows the first visit: never again once that was used up, has passed, or was extended."""
    if package.validity_unit is None or package.validity_starts is not Starts.FIRST_VISIT:
        return False
    if package.first_day is None:
        return package.last_day is None
    if package.last_day is not None and package.last_day < today:
        return False
    if package.last_day != ledger.last_day(validity_of(package), package.first_day):
        return False
    entry, event = tables.CreditEntry, tables.AppointmentEvent
    used_up = (
        select(entry.id)
        .join(tables.Credit, tables.Credit.id == entry.credit_id)
        .join(event, and_(event.n == entry.n, event.appointment_id == entry.appointment_id))
        .where(
            tables.Credit.package_id == package.id,
            entry.kind.in_((Kind.REDEEMED, Kind.FORFEITED)),
            event.day == package.first_day,
        )
    )
    return session.scalars(used_up.limit(1)).first() is None


def first_day(session: Session, package: int, *, besides: Collection[int] = ()) -> date | None:
    """The earliest day of the visits that a package's credits are booked for, but for some."""
    query = (
        select(func.min(tables.Appointment.day, type_=tables.Appointment.day.type))
        .join(tables.Credit, tables.Credit.appointment_id == tables.Appointment.id)
        .where(tables.Credit.package_id == package)
    )
    if besides:
        query = query.where(tables.Appointment.id.not_in(besides))
    return session.scalar(query)
