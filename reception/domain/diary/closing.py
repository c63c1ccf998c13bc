"""The end of a day (R41)."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import packages, tables
from reception.domain.outcomes import Status

OPEN = (Status.BOOKED, Status.CONFIRMED, Status.ARRIVED, Status.IN_TREATMENT)
"""Statuses in which a visit of a day that has ended is left open."""


def close_day(session: Session, day: date) -> dict[str, int]:
    """Ends a day: expires credits whose last day it was, and counts visits that nobody completed (R41)."""
    expired = packages.expire_due(session, day)
    a = tables.Appointment
    left_open = session.scalar(select(func.count()).where(a.day == day, a.status.in_(OPEN)))
    session.get_one(tables.Clinic, 1).closed_through = day
    session.flush()
    return {"expired": expired, "left_open": left_open or 0}
