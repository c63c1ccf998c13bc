"""What a client has answered so far, and for how long each form is good."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import forms, tables
from reception.domain.forms import ResponseRow
from reception.domain.screening.values import Held
from reception.domain.tables.ids import ClientId, FormId


def held(session: Session, client: ClientId) -> tuple[Held, ...]:
    """The newest response to each form that a client answered, by title, and the last visit day that it is good for:
    the shortest validity among the services that require the form counts (R31).
    """
    newest: dict[FormId, ResponseRow] = {}
    for row in forms.responses(session, client):
        newest.setdefault(row.form, row)
    days, changed = _shortest(session), _changed(session)
    found = (_held(row, days.get(row.form), changed.get(row.form)) for row in newest.values())
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.form)))


def _held(row: ResponseRow, days: int | None, changed: tuple[int, date] | None) -> Held:
    good = None if days is None else row.day + timedelta(days=days)
    if changed is not None and row.number < changed[0]:
        good = min(good or date.max, changed[1] - timedelta(days=1))
    return Held(row.form, row.id, row.title, row.number, row.day, good, row.signed)


def _shortest(session: Session) -> dict[int, int]:
    """For how many days an answer to each form holds where it holds for a time."""
    need, service = tables.FormRequirement, tables.Service
    query = (
        select(need.form_id, func.min(need.days))
        .join(service, service.id == need.service_id)
        .where(need.days.is_not(None), service.retired == 0)
        .group_by(need.form_id)
    )
    return {form: days for form, days in session.execute(query) if days is not None}


def _changed(session: Session) -> dict[int, tuple[int, date]]:
    """The newest version of each form that changed what is asked, and its day (R31)."""
    held = tables.FormVersion
    query = select(held.form_id, held.number, held.business_day).where(held.material == 1).order_by(held.number)
    return {form: (number, day) for form, number, day in session.execute(query)}
