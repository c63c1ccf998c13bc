"""The clinic's settings, plan, policy, opening hours and reasons for cancelling."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import time, timedelta
from itertools import pairwise

from babel import Locale, UnknownLocaleError
from babel.numbers import list_currencies
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from reception.domain import access, clock, tables
from reception.domain.access import Act
from reception.domain.catalogue.checks import check_count, check_price, one_line
from reception.domain.errors import Invalid, NotFound, Refused
from reception.domain.outcomes import Policy, Who
from reception.domain.tables.ids import ReasonId, StaffId
from reception.domain.tables.words import Role

_ONLY = 1  # the clinic is one row; without a name it isn't set up yet
_NONE_YET = "There is no clinic here yet. Set one up first."
_DAY = timedelta(days=1)
_STANDARD_REASONS = (
    ("Client can't come", Who.CLIENT, True),
    ("Client is ill", Who.CLIENT, True),
    ("Emergency or bereavement", Who.CLIENT, False),
    ("Practitioner is away", Who.CLINIC, False),
    ("Clinic is closed", Who.CLINIC, False),
    ("Booked by mistake", Who.CLINIC, False),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours in which the door is open on a weekday (Monday is 0), in minutes of the wall clock."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClinicDraft:
    """The settings of the clinic as they are typed."""

    name: str
    address: str
    zone: str
    currency: str
    locale: str
    near_days: int = 30
    wait_minutes: int = 10
    opening: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True)
class Clinic:
    """The clinic's settings, plan and policy."""

    name: str
    address: str
    zone: str
    currency: str
    locale: str
    packages: bool
    add_ons: bool
    policy: Policy
    grace_days: int
    near_days: int
    wait_minutes: int
    opening: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a visit is cancelled, by whom, and whether the policy applies then (R14)."""

    id: ReasonId
    words: str
    who: Who
    applies: bool
    retired: bool


def clinic(session: Session) -> Clinic:
    """The clinic's settings; NotFound while none is set up."""
    row = session.execute(select(*tables.Clinic.__table__.columns).where(tables.Clinic.name != "")).one_or_none()
    if row is None:
        raise NotFound(_NONE_YET)
    columns = (tables.Opening.weekday, tables.Opening.start_minute, tables.Opening.end_minute)
    return Clinic(
        name=row.name,
        address=row.address,
        zone=row.zone,
        currency=row.currency,
        locale=row.locale,
        packages=row.packages,
        add_ons=row.add_ons,
        policy=Policy(**{field.name: getattr(row, field.name) for field in fields(Policy)}),
        grace_days=row.grace_days,
        near_days=row.near_days,
        wait_minutes=row.wait_minutes,
        opening=tuple(Opening(*hours) for hours in session.execute(select(*columns).order_by(*columns))),
    )


def found(session: Session, draft: ClinicDraft, owner: str) -> StaffId:
    """Set up the clinic of a new database, with its owner and the usual reasons for cancelling; gives the owner."""
    turn = access.require(session, Act.CLINIC)
    row = session.get(tables.Clinic, _ONLY) or tables.Clinic(id=_ONLY, name="")
    if row.name:
        raise Refused("This database holds a clinic already. Change it in the settings, or make a new database.")
    _check_clinic(draft)
    name = one_line(owner)
    if not name:
        raise Invalid("The owner has no name. Type the name of the person who runs the clinic.", field="owner")
    yesterday = clock.local_date(turn.now, clock.zone(draft.zone)) - _DAY
    row.closed_through = yesterday
    _write_clinic(row, draft)
    person = tables.Staff(name=name, role=Role.OWNER)
    session.add_all([row, person])
    if session.get(tables.ReceiptNumber, _ONLY) is None:
        session.add(tables.ReceiptNumber(id=_ONLY, last=0))
    session.add_all(
        tables.CancelReason(words=words, who=who, applies=applies) for words, who, applies in _STANDARD_REASONS
    )
    _write_opening(session, draft.opening)
    session.flush()
    return StaffId(person.id)


def set_clinic(session: Session, draft: ClinicDraft) -> None:
    """Change the clinic's settings; once something was booked or sold, its time zone or its currency stays."""
    access.require(session, Act.CLINIC)
    _check_clinic(draft)
    row = _clinic_row(session)
    if draft.zone != row.zone and _any(session, tables.Appointment.id):
        sentence = "Visits have been booked in {zone}, so the time zone stays. Start a new clinic for another one."
        raise Refused(sentence, field="zone", zone=row.zone)
    if draft.currency != row.currency and _any(session, tables.Sale.id):
        sentence = "Sales have been made in {currency}, so the currency stays. Start a new clinic for another one."
        raise Refused(sentence, field="currency", currency=row.currency)
    _write_clinic(row, draft)
    for old in session.scalars(select(tables.Opening)):
        session.delete(old)
    _write_opening(session, draft.opening)


def set_policy(session: Session, policy: Policy, grace_days: int) -> None:
    """Change what late cancellations and no-shows do, and the grace of credits that come back too late (R14, R16)."""
    access.require(session, Act.CLINIC)
    check_count("free_hours", policy.free_hours)
    check_count("grace_days", grace_days)
    check_price("late_fee", policy.late_fee)
    check_price("no_show_fee", policy.no_show_fee)
    row = _clinic_row(session)
    row.grace_days = grace_days
    for field in fields(Policy):
        setattr(row, field.name, getattr(policy, field.name))


def set_plan(session: Session, *, packages: bool, add_ons: bool) -> None:
    """Switch what the clinic has bought on or off; what was sold and attached stays (R13, R29)."""
    access.require(session, Act.CLINIC)
    row = _clinic_row(session)
    row.packages = packages
    row.add_ons = add_ons


def reasons(session: Session, *, retired: bool = False) -> tuple[Reason, ...]:
    """The reasons for cancelling, in the order they were added; with `retired` the retired ones too."""
    query = select(*tables.CancelReason.__table__.columns).order_by(tables.CancelReason.id)
    if not retired:
        query = query.where(tables.CancelReason.retired == 0)
    return tuple(
        Reason(ReasonId(row.id), row.words, row.who, row.applies, row.retired) for row in session.execute(query)
    )


def add_reason(session: Session, words: str, who: Who, applies: bool) -> ReasonId:
    """Add a reason for cancelling; the policy never applies to one of the clinic's own (R14)."""
    access.require(session, Act.CLINIC)
    line = one_line(words)
    if not line:
        raise Invalid("The reason has no words. Type what the desk should pick.", field="words")
    row = tables.CancelReason(words=line, who=who, applies=applies and who is Who.CLIENT)
    session.add(row)
    session.flush()
    return ReasonId(row.id)


def retire_reason(session: Session, reason: ReasonId) -> None:
    """Take a reason off the list; visits cancelled for it keep it. Each side keeps one to pick."""
    access.require(session, Act.CLINIC)
    row = session.get(tables.CancelReason, reason)
    if row is None:
        raise NotFound("This reason isn't in the list. Pick another.")
    others = session.scalars(select(tables.CancelReason).where(tables.CancelReason.retired == 0))
    if not any(other.who is row.who and other.id != row.id for other in others):
        sentence = "“{words}” is the last reason of its kind. Add another one before you retire it."
        raise Refused(sentence, words=row.words)
    row.retired = True


def _clinic_row(session: Session) -> tables.Clinic:
    row = session.get(tables.Clinic, _ONLY)
    if row is None or not row.name:
        raise NotFound(_NONE_YET)
    return row


def _any(session: Session, column: InstrumentedAttribute[int]) -> bool:
    return session.scalar(select(column).limit(1)) is not None


def _write_clinic(row: tables.Clinic, draft: ClinicDraft) -> None:
    row.name = one_line(draft.name)
    row.address = draft.address.strip()
    row.zone = draft.zone
    row.currency = draft.currency
    row.locale = draft.locale
    row.near_days = draft.near_days
    row.wait_minutes = draft.wait_minutes


def _write_opening(session: Session, opening: Sequence[Opening]) -> None:
    session.add_all(tables.Opening(weekday=one.weekday, start_minute=one.start, end_minute=one.end) for one in opening)


def _check_clinic(draft: ClinicDraft) -> None:
    if not one_line(draft.name):
        raise Invalid("The clinic has no name. Type the one that stands on its receipts.", field="name")
    clock.zone(draft.zone)
    if draft.currency not in list_currencies():
        sentence = "There is no currency called “{currency}”. Pick one from the list, such as GBP."
        raise Invalid(sentence, field="currency", currency=draft.currency)
    _check_locale(draft.locale)
    check_count("near_days", draft.near_days)
    check_count("wait_minutes", draft.wait_minutes)
    _check_opening(draft.opening)


def _check_locale(name: str) -> None:
    sentence = "Nothing is known of how “{locale}” writes figures and dates. Pick one from the list, such as en_GB."
    if not name:
        raise Invalid(sentence, field="locale", locale=name)
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        raise Invalid(sentence, field="locale", locale=name) from None


def _check_opening(opening: Sequence[Opening]) -> None:
    for one in opening:
        if one.weekday not in range(7) or not 0 <= one.start < clock.MIDNIGHT or one.end > clock.MIDNIGHT:
            raise Invalid("Opening hours lie between 00:00 and 24:00 of one weekday. Change them.", field="opening")
        if one.end <= one.start:
            sentence = "The clinic would close at {end}, before it opens at {start}. Pick a later closing time."
            raise Invalid(sentence, field="opening", start=_wall(one.start), end=_wall(one.end))
    for one, other in pairwise(sorted(opening, key=lambda hours: (hours.weekday, hours.start))):
        if one.weekday == other.weekday and other.start < one.end:
            sentence = "The opening hours from {start} overlap those that end at {end}. Change one of them."
            raise Invalid(sentence, field="opening", start=_wall(other.start), end=_wall(one.end))


def _wall(minutes: int) -> time:
    return time(*divmod(minutes % clock.MIDNIGHT, 60))
