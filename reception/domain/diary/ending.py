"""Visits that don't take place: cancelled or missed, with what that does to credits and money (R14–R17, R19)."""

from datetime import date, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from reception.domain import access, conflicts, journal, ledger, outcomes, packages, tables
from reception.domain.access import Act, Turn
from reception.domain.diary.booking import appointment_of, chain, happen, laid, lay_again
from reception.domain.diary.reading import Setting, setting, visits_of
from reception.domain.diary.values import Cancelling, Ending
from reception.domain.errors import Invalid, NotFound, Refused, Taken
from reception.domain.ledger import Kind, State
from reception.domain.money import Money
from reception.domain.outcomes import UPCOMING, OnCredit, Outcome, Override, OwnPolicy, Policy, Status, Who
from reception.domain.tables.ids import AppointmentId, CreditId, StaffId
from reception.domain.tables.words import Account, Happening


def preview_cancel(session: Session, appointment: AppointmentId, how: Cancelling) -> Ending:
    """What cancelling a visit would do, without doing it (R15)."""
    own = setting(session)
    row = _upcoming(session, appointment)
    reason = _reason(session, how)
    return _ending(session, own, row, _cancelled(session, own, row, how), by_clinic=_by_clinic(reason))


def cancel(session: Session, appointment: AppointmentId, how: Cancelling) -> None:
    """Cancels a visit under its policy; overriding it needs a permission and a reason (R14, R15, R17)."""
    turn = access.require(session, Act.CANCEL)
    own = setting(session)
    row = _upcoming(session, appointment)
    reason = _reason(session, how)
    _may_override(session, how.override, how.words)
    outcome = _cancelled(session, own, row, how)
    happen(
        session,
        turn,
        row,
        Happening.CANCELLED,
        outcome.status,
        words=how.words.strip(),
        reason=reason.id,
        override=how.override,
    )
    _free(session, row)
    _settle(
        session,
        turn,
        row,
        outcome,
        packages.Return(_by_clinic(reason), how.override, how.words.strip() or reason.words),
    )


def preview_no_show(session: Session, appointment: AppointmentId, override: Override = Override.NONE) -> Ending:
    """What marking a visit as missed would do, without doing it (R15)."""
    own = setting(session)
    row = _upcoming(session, appointment)
    return _ending(session, own, row, _missed(session, own, row, override), by_clinic=False)


def no_show(session: Session, appointment: AppointmentId, override: Override = Override.NONE, words: str = "") -> None:
    """Marks a visit as missed, under its policy (R14, R15)."""
    turn = access.require(session, Act.CANCEL)
    own = setting(session)
    row = _upcoming(session, appointment)
    _may_override(session, override, words)
    outcome = _missed(session, own, row, override)
    happen(session, turn, row, Happening.MISSED, outcome.status, words=words.strip(), override=override)
    _free(session, row)
    _settle(session, turn, row, outcome, packages.Return(override=override, words=words.strip() or "no-show"))


def undo_no_show(session: Session, appointment: AppointmentId, words: str) -> dict[str, int]:
    """Takes a no-show back: the visit stands again, with its credit where that is still to be had (R19).

    Answers with 1 or 0 for `had_credit` and `has_credit`, so that the desk can say when the credit could not return.
    """
    turn = access.require(session, Act.UNDO)
    row = appointment_of(session, appointment)
    if row.status is not Status.NO_SHOW:
        raise Refused("This visit isn't marked as a no-show.")
    if not words.strip():
        raise Invalid("Type a reason; it is kept with the visit.", field="words")
    missed = _newest(session, row)
    _refuse_overlap(session, row)
    happen(session, turn, row, Happening.UNDONE, status_before(session, row), words=words.strip())
    lay_again(session, row.group_id)
    _unfee(session, turn, row, missed.n)
    had, has = _credit_again(session, turn, row, missed.n, words.strip())
    return {"had_credit": int(had), "has_credit": int(has)}


def _credit_again(session: Session, turn: Turn, row: tables.Appointment, n: int, words: str) -> tuple[bool, bool]:
    """Lets the visit hold the credit again that its no-show took or gave back (R19)."""
    if packages.take_back(session, row.id, words):
        return True, True
    e = tables.CreditEntry
    released = session.scalars(
        select(e.credit_id).where(e.n == n, e.appointment_id == row.id, e.kind == Kind.RELEASED)
    ).one_or_none()
    if released is None:
        return False, False
    held = packages.held_by(session, row.client_id, row.service_id)
    own = next((one for one in held if one.credit.id == released), None)
    if own is None or not ledger.order([own.credit], row.day, turn.today):
        return True, False
    packages.reserve(session, CreditId(released), row)
    return True, True


def _refuse_overlap(session: Session, row: tables.Appointment) -> None:
    """Raises Taken where the time that a visit would take again in its chain isn't free by now, naming whose (R19)."""
    person = StaffId(row.staff_id)
    whole = laid(*chain(session, row.group_id), row)[row.id]
    busy = visits_of(session, [person], whole, besides=row.group_id).get(person, [])
    clash = conflicts.first_clash(whole, busy)
    if clash is None:
        return
    raise Taken(
        "{who} is busy with {client} from {start} to {end} by now, so this visit can't stand again. Book it anew.",
        who=session.get_one(tables.Staff, person).name,
        client=clash.word,
        start=clash.span.start,
        end=clash.span.end,
    )


def status_before(session: Session, row: tables.Appointment) -> Status:
    """The status that an appointment had before its present one."""
    e = tables.AppointmentEvent
    query = select(e.status).where(e.appointment_id == row.id, e.status != row.status).order_by(e.seq.desc()).limit(1)
    return session.scalars(query).one()


def _newest(session: Session, row: tables.Appointment) -> tables.AppointmentEvent:
    e = tables.AppointmentEvent
    return session.scalars(select(e).where(e.appointment_id == row.id, e.seq == row.seq)).one()


def _upcoming(session: Session, appointment: AppointmentId) -> tables.Appointment:
    row = appointment_of(session, appointment)
    if row.status not in UPCOMING:
        raise Refused(
            "Only a visit that is booked or confirmed can be cancelled or marked as a no-show. This one is {status}.",
            status=row.status.replace("_", " "),
        )
    refuse_paid(session, row)
    return row


def refuse_paid(session: Session, row: tables.Appointment) -> None:
    """A visit that stands on a receipt isn't ended, nor paid otherwise, before that is reversed (R7, R40)."""
    line = tables.SaleLine
    query = select(tables.Sale.number).join(line, line.sale_id == tables.Sale.id).where(line.appointment_id == row.id)
    paid = session.scalar(select(func.sum(line.gross)).where(line.appointment_id == row.id))
    if paid:
        number = session.scalars(query.order_by(tables.Sale.number.desc()).limit(1)).one()
        raise Refused("This visit is paid on receipt {number}. Reverse that receipt first.", number=number)


def _reason(session: Session, how: Cancelling) -> tables.CancelReason:
    reason = session.get(tables.CancelReason, how.reason)
    if reason is None:
        raise NotFound("Choose a reason for the cancellation.", field="reason")
    return reason


def _by_clinic(reason: tables.CancelReason) -> bool:
    return reason.who is Who.CLINIC


def _policy(session: Session, own: Setting, row: tables.Appointment) -> Policy:
    """The clinic's policy with the service's own fields (R14)."""
    clinic, service = own.clinic, session.get_one(tables.Service, row.service_id)
    policy = Policy(
        clinic.free_hours,
        clinic.late_credit,
        clinic.no_show_credit,
        clinic.late_money,
        clinic.no_show_money,
        clinic.late_fee,
        clinic.no_show_fee,
    )
    return outcomes.merged(
        policy,
        OwnPolicy(
            service.own_free_hours,
            service.own_late_credit,
            service.own_no_show_credit,
            service.own_late_money,
            service.own_no_show_money,
            service.own_late_fee,
            service.own_no_show_fee,
        ),
    )


def _cancelled(session: Session, own: Setting, row: tables.Appointment, how: Cancelling) -> Outcome:
    reason = _reason(session, how)
    return outcomes.cancel(
        _policy(session, own, row),
        start=row.starts,
        now=own.now,
        who=reason.who,
        reason_applies=reason.applies,
        has_credit=packages.of_visit(session, row.id) is not None,
        override=how.override,
    )


def _missed(session: Session, own: Setting, row: tables.Appointment, override: Override) -> Outcome:
    return outcomes.no_show(
        _policy(session, own, row),
        start=row.starts,
        now=own.now,
        has_credit=packages.of_visit(session, row.id) is not None,
        override=override,
    )


def _may_override(session: Session, override: Override, words: str) -> None:
    if override is Override.NONE:
        return
    access.require(session, Act.OVERRIDE)
    if not words.strip():
        raise Invalid("Type a reason; it is kept in the ledger with your name.", field="words")


def _free(session: Session, row: tables.Appointment) -> None:
    session.execute(delete(tables.Occupancy).where(tables.Occupancy.appointment_id == row.id))
    lay_again(session, row.group_id)


def _settle(session: Session, turn: Turn, row: tables.Appointment, outcome: Outcome, how: packages.Return) -> None:
    """Does to the credit and the money what the outcome says."""
    if outcome.credit is OnCredit.FORFEIT:
        packages.forfeit(session, row.id, override=how.override, words=how.words)
    elif outcome.credit is OnCredit.RETURN:
        packages.release(session, row.id, how)
    if outcome.fee:
        _fee(session, turn, row, outcome.fee)


def _fee(session: Session, turn: Turn, row: tables.Appointment, fee: Money) -> None:
    """Charges a fee to the account of whoever pays for the client; below zero takes it back."""
    client = session.get_one(tables.Client, row.client_id)
    cause = journal.Cause(client=client.payer_id or client.id, appointment=row.id)
    journal.transfer(session, turn.stamp(), cause, fee, source=Account.CLIENT, to=Account.FEES)


def _unfee(session: Session, turn: Turn, row: tables.Appointment, n: int) -> None:
    j = tables.JournalEntry
    charged = session.scalar(
        select(func.sum(j.amount)).where(j.n == n, j.appointment_id == row.id, j.account == Account.CLIENT)
    )
    if charged:
        _fee(session, turn, row, Money(-charged))


def _ending(session: Session, own: Setting, row: tables.Appointment, outcome: Outcome, *, by_clinic: bool) -> Ending:
    held = packages.held_by(session, row.client_id, row.service_id)
    used = next((one for one in held if one.credit.visit == row.id), None)
    policy = _policy(session, own, row)
    left = sum(ledger.effective(one.credit, own.today) is State.AVAILABLE for one in held)
    returned, last = None, None
    if used is not None and outcome.credit is OnCredit.RETURN:
        last = _last_day_without(session, own, row, used.credit)
        returned = ledger.returned(last, own.today, grace=own.clinic.grace_days, by_clinic=by_clinic)
        last = returned.new_last_day or last
        left += int(not returned.expired or returned.new_last_day is not None)
    near = own.clinic.near_days
    return Ending(
        outcome=outcome,
        free_until=row.starts - timedelta(hours=policy.free_hours),
        credit=packages.option(used.credit, used.package_name, row.day, own.today, near) if used else None,
        returned=returned,
        last_day=last,
        left_after=left,
    )


def _last_day_without(session: Session, own: Setting, row: tables.Appointment, credit: ledger.Credit) -> date | None:
    """A credit's last day once its visit is gone: a package that starts with its first visit may lose its start."""
    return packages.last_day_without(session, row.id, own.today) if credit.last_day is not None else None
