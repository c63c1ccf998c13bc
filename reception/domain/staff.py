"""Staff: who works here, in what role, which services they may perform, and the PIN that proves who they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import access, tables
from reception.domain.access import Act
from reception.domain.errors import Invalid, NotFound, Refused
from reception.domain.outcomes import UPCOMING
from reception.domain.tables.ids import ServiceId, StaffId
from reception.domain.tables.words import Role

if TYPE_CHECKING:
    # Loaded with the first PIN: most of what is asked of the staff list needs none.
    from argon2 import PasswordHasher

SHORTEST_PIN, LONGEST_PIN = 4, 8
"""How many digits a PIN has."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A staff member as typed; one who works has a column in the diary."""

    name: str
    line: str
    role: Role
    clinical: bool
    works: bool
    skills: frozenset[ServiceId]


@dataclass(frozen=True, slots=True)
class Person:
    """A staff member, with the services in use that they may perform (R21) and how many visits they have to come.

    `has_pin` says whether they have a PIN; the PIN itself nobody can read.
    """

    id: StaffId
    name: str
    line: str
    role: Role
    clinical: bool
    sort: int
    works: bool
    skills: frozenset[ServiceId]
    retired: bool
    upcoming: int
    has_pin: bool = False


def people(session: Session, *, retired: bool = False) -> tuple[Person, ...]:
    """The staff list in its order, in two statements; with `retired` those who left too."""
    table = tables.Staff
    visit = tables.Appointment
    # The day comes first in the index; a day of slack covers every time zone.
    visits = (
        select(visit.staff_id, func.count().label("upcoming"))
        .where(
            visit.day >= (access.now(session) - _DAY).date(),
            visit.starts >= access.now(session),
            visit.status.in_(UPCOMING),
        )
        .group_by(visit.staff_id)
        .subquery()
    )
    query = (
        select(*table.__table__.columns, func.coalesce(visits.c.upcoming, 0).label("upcoming"))
        .outerjoin(visits, visits.c.staff_id == table.id)
        .order_by(table.sort, table.id)
    )
    if not retired:
        query = query.where(table.retired == 0)
    skills = _skills(session)
    return tuple(_person(row, frozenset(skills.get(row.id, ()))) for row in session.execute(query))


def add(session: Session, draft: PersonDraft) -> StaffId:
    """Put somebody at the end of the staff list."""
    access.require(session, Act.STAFF)
    _check(session, draft)
    last = session.scalar(select(func.max(tables.Staff.sort)))
    row = tables.Staff(sort=0 if last is None else last + 1)
    _write(row, draft)
    session.add(row)
    session.flush()
    _write_skills(session, StaffId(row.id), draft.skills)
    return StaffId(row.id)


def change(session: Session, staff: StaffId, draft: PersonDraft) -> None:
    """Change somebody's name, role or skills; what is booked with them stays (R20)."""
    access.require(session, Act.STAFF)
    row = _row(session, staff)
    _check(session, draft)
    if draft.role is not Role.OWNER:
        _keep_an_owner(session, row)
    _write(row, draft)
    _write_skills(session, staff, draft.skills)


def retire(session: Session, staff: StaffId) -> None:
    """Take somebody who left off the lists; the visits they still have stay and show as conflicts (R20)."""
    access.require(session, Act.STAFF)
    row = _row(session, staff)
    _keep_an_owner(session, row)
    row.retired = True


def restore(session: Session, staff: StaffId) -> None:
    """Take somebody back who had left."""
    access.require(session, Act.STAFF)
    _row(session, staff).retired = False


def reorder(session: Session, ids: Sequence[StaffId]) -> None:
    """Put the staff list into this order; whoever isn't named follows as before."""
    access.require(session, Act.STAFF)
    rows = {row.id: row for row in session.scalars(select(tables.Staff).order_by(tables.Staff.sort, tables.Staff.id))}
    named = list(dict.fromkeys(ids))
    if not rows.keys() >= set(named):
        raise NotFound("Somebody in this order isn't on the staff list. Open the list again.")
    rest = [staff for staff in rows if staff not in named]
    for place, staff in enumerate([*named, *rest]):
        rows[staff].sort = place


def set_pin(session: Session, staff: StaffId, pin: str) -> None:
    """Gives somebody a PIN of 4 to 8 digits in place of the one they had; none takes it away.

    Everybody sets their own; that of others takes the right to change the staff list.
    """
    if access.turn(session).actor != staff:
        access.require(session, Act.STAFF)
    row = _row(session, staff)
    if pin and not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        sentence = "A PIN has {shortest} to {longest} digits. Type another."
        raise Invalid(sentence, field="pin", shortest=SHORTEST_PIN, longest=LONGEST_PIN)
    row.pin = _pins().hash(pin) if pin else ""


def checked_pin(session: Session, pin: str) -> StaffId | None:
    """Whose PIN this is; None where it is nobody's. Who has left has none that counts."""
    table = tables.Staff
    query = select(table.id, table.pin).where(table.pin != "", table.retired == 0).order_by(table.sort, table.id)
    found = (id for id, kept in session.execute(query).all() if _is_pin(kept, pin))
    return next((StaffId(id) for id in found), None)


@cache
def _pins() -> "PasswordHasher":
    """How PINs are kept: a step at a desk that is open anyway, so a twentieth of a second and 19 MiB for each try."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - see above

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def _is_pin(kept: str, typed: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - see above

    try:
        return _pins().verify(kept, typed)
    except (VerificationError, InvalidHashError):
        return False


def _row(session: Session, staff: StaffId) -> tables.Staff:
    row = session.get(tables.Staff, staff)
    if row is None:
        raise NotFound("This person isn't on the staff list. Pick another.")
    return row


def _person(row: Any, skills: frozenset[ServiceId]) -> Person:
    return Person(
        id=StaffId(row.id),
        name=row.name,
        line=row.line,
        role=row.role,
        clinical=row.clinical,
        sort=row.sort,
        works=row.works,
        skills=skills,
        retired=row.retired,
        upcoming=row.upcoming,
        has_pin=bool(row.pin),
    )


def _skills(session: Session) -> dict[int, set[ServiceId]]:
    found: dict[int, set[ServiceId]] = {}
    query = (
        select(tables.Skill.staff_id, tables.Skill.service_id)
        .join(tables.Service, tables.Service.id == tables.Skill.service_id)
        .where(tables.Service.retired == 0)
    )
    for staff, service in session.execute(query):
        found.setdefault(staff, set()).add(ServiceId(service))
    return found


def _check(session: Session, draft: PersonDraft) -> None:
    if not draft.name.strip():
        raise Invalid("There is no name yet. Type the one that stands over their column.", field="name")
    known = set(session.scalars(select(tables.Service.id).where(tables.Service.id.in_(draft.skills))))
    if known != draft.skills:
        raise Invalid("One of the skills isn't a service of this clinic. Open the list again.", field="skills")


def _keep_an_owner(session: Session, row: tables.Staff) -> None:
    table = tables.Staff
    others = select(table.id).where(table.role == Role.OWNER, table.retired == 0, table.id != row.id).limit(1)
    if row.role is Role.OWNER and not row.retired and session.scalar(others) is None:
        sentence = "{name} is the only owner, and a clinic needs one. Make somebody else an owner first."
        raise Refused(sentence, field="role", name=row.name)


def _write(row: tables.Staff, draft: PersonDraft) -> None:
    row.name = " ".join(draft.name.split())
    row.line = " ".join(draft.line.split())
    row.role = draft.role
    row.clinical = draft.clinical
    row.works = draft.works


def _write_skills(session: Session, staff: StaffId, skills: frozenset[ServiceId]) -> None:
    """A skill for a retired service isn't shown and isn't touched: it counts again when the service is restored."""
    held = {row.service_id: row for row in session.scalars(select(tables.Skill).where(tables.Skill.staff_id == staff))}
    retired = set(session.scalars(select(tables.Service.id).where(tables.Service.retired == 1)))
    for service in held.keys() - skills - retired:
        session.delete(held[service])
    session.add_all(tables.Skill(staff_id=staff, service_id=service) for service in sorted(skills - held.keys()))
