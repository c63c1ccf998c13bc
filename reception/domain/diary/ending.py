"""Visits that don't take place: cancelled or missed, with what that does to credits and money (R14–R17, R19)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import access, conflicts, journal, ledger, outcomes, packages, screening, tables
from reception.domain.access import Act, Turn
from reception.domain.diary.laying import appointment_of, chain, happen, holds, lay_again, legs, taken, vacate
from reception.domain.diary.reading import Setting, setting
from reception.domain.diary.values import Cancelling, Ending
from reception.domain.errors import Invalid, NotFound, Refused, Taken
from reception.domain.gates import Screened
from reception.domain.ledger import Kind, State
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import LIVE, UPCOMING, OnCredit, Outcome, Override, OwnPolicy, Policy, Status, Who
from reception.domain.span import Span
from reception.domain.tables.ids import AppointmentId, ClientId, CreditId, GroupId, ServiceId
from reception.domain.tables.words import Account, Happening, LineKind


def preview_cancel(session: Session, appointment: AppointmentId, how: Cancelling) -> Ending:
    """What cancelling a visit would do, with the add-ons that hang on it, without doing it (R15, R17)."""
    own = setting(session)
    row = _upcoming(session, appointment)
    reason = _reason(session, how)
    return _together(session, own, _cancelling_all(session, own, row, reason, how.override))


def cancel(session: Session, appointment: AppointmentId, how: Cancelling) -> None:
    """Cancels a visit and the upcoming add-ons that hang on it, each under its own policy (R14, R15, R17).

    Overriding the policy needs a permission and a reason.
    """
    turn = access.require(session, Act.CANCEL)
    own = setting(session)
    row = _upcoming(session, appointment)
    reason = _reason(session, how)
    _may_override(session, how.override, how.words)
    words = how.words.strip()
    for one in _cancelling_all(session, own, row, reason, how.override):
        happen(
            session,
            turn,
            one.row,
            Happening.CANCELLED,
            one.outcome.status,
            words=words,
            reason=reason.id,
            override=one.override,
        )
        vacate(session, [one.row])
        _settle(session, turn, one, packages.Return(one.by_clinic, one.override, words or reason.words))
    lay_again(session, row.group_id)


def preview_no_show(session: Session, appointment: AppointmentId, override: Override = Override.NONE) -> Ending:
    """What marking a visit as missed would do, with the add-ons that hang on it, without doing it (R15, R19)."""
    own = setting(session)
    row = _upcoming(session, appointment)
    return _together(session, own, _missing_all(session, own, row, override))


def no_show(session: Session, appointment: AppointmentId, override: Override = Override.NONE, words: str = "") -> None:
    """Marks a visit and the upcoming add-ons that hang on it as missed, each under its own policy (R14, R15, R19)."""
    turn = access.require(session, Act.CANCEL)
    own = setting(session)
    row = _upcoming(session, appointment)
    _may_override(session, override, words)
    said = words.strip()
    for one in _missing_all(session, own, row, override):
        happen(session, turn, one.row, Happening.MISSED, one.outcome.status, words=said, override=one.override)
        vacate(session, [one.row])
        _settle(session, turn, one, packages.Return(override=one.override, words=said or "no-show"))
    lay_again(session, row.group_id)


def undo_no_show(session: Session, appointment: AppointmentId, words: str) -> dict[str, int]:
    """Takes a no-show back, with those of the add-ons that were marked along with it (R19).

    The visit stands again, with its credit where that is still to be had. Answers with 1 or 0 for `had_credit` and
    `has_credit`, so that the desk can say when a credit could not return.
    """
    turn = access.require(session, Act.UNDO)
    row = appointment_of(session, appointment)
    if row.status is not Status.NO_SHOW:
        raise Refused("This visit isn't marked as a no-show.")
    _refuse_without_base(session, row)
    if not words.strip():
        raise Invalid("Type a reason; it is kept with the visit.", field="words")
    missed = _newest(session, row).n
    rows = [row, *(one for one in _missed_along(session, row) if _newest(session, one).n == missed)]
    _refuse_overlap(session, rows)
    had = has = 0
    for one in rows:
        happen(session, turn, one, Happening.UNDONE, status_before(session, one), words=words.strip())
    lay_again(session, row.group_id)
    for one in rows:
        _unpost(session, turn, one, missed)
        had_one, has_one = _credit_again(session, turn, one, missed, words.strip())
        had, has = had + had_one, has + has_one
    return {"had_credit": int(had > 0), "has_credit": int(has == had and had > 0)}


@dataclass(frozen=True, slots=True)
class _One:
    """How one appointment ends."""

    row: tables.Appointment
    outcome: Outcome
    override: Override
    by_clinic: bool


def _going_along(session: Session, row: tables.Appointment) -> list[tables.Appointment]:
    """The upcoming add-ons that end with an appointment; Refused while one of them stands on a receipt (R17)."""
    rows = [one for one in _hanging(session, row) if one.status in UPCOMING]
    for one in rows:
        refuse_paid(session, one)
    return rows


def _missed_along(session: Session, row: tables.Appointment) -> list[tables.Appointment]:
    return [one for one in _hanging(session, row) if one.status is Status.NO_SHOW]


def _hanging(session: Session, row: tables.Appointment) -> list[tables.Appointment]:
    a = tables.Appointment
    return list(session.scalars(select(a).where(a.base_id == row.id).order_by(a.starts, a.id)))


def _together(session: Session, own: Setting, endings: Sequence[_One]) -> Ending:
    """The ending of an appointment, with those of the add-ons that end with it."""
    first, *others = (_ending(session, own, one) for one in endings)
    names = [session.get_one(tables.Service, one.row.service_id).name for one in endings[1:]]
    return replace(first, others=tuple(zip(names, others, strict=True)))


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


def _refuse_without_base(session: Session, row: tables.Appointment) -> None:
    """An add-on doesn't stand again while the visit that it hangs on doesn't take place (R19)."""
    if row.base_id is None:
        return
    base = session.get_one(tables.Appointment, row.base_id)
    if base.status not in LIVE:
        service = session.get_one(tables.Service, base.service_id)
        raise Refused(
            "This add-on belongs to {service}, which doesn't take place. Undo that no-show, or book the visit again.",
            service=service.name,
        )


def _refuse_overlap(session: Session, rows: Sequence[tables.Appointment]) -> None:
    """Raises Taken where time that visits would take again in their chain isn't free by now, naming whose (R19)."""
    group = rows[0].group_id
    back = {row.id for row in rows}
    times = holds(legs(session, sorted([*chain(session, group), *rows], key=lambda row: (row.starts, row.id))))
    own = {key: span for key, span in times.items() if key[0] in back}
    whole = Span(min(span.start for span in own.values()), max(span.end for span in own.values()))
    busy = taken(session, {holder for _, holder in own}, whole, besides=group)
    for (_, holder), span in own.items():
        if clash := conflicts.first_clash(span, busy.get(holder, ())):
            raise Taken(
                "{who} is busy with {client} from {start} to {end} by now, so this visit can't stand again. "
                "Book it anew.",
                who=_name_of(session, holder),
                client=clash.word,
                start=clash.span.start,
                end=clash.span.end,
            )


def _name_of(session: Session, holder: str) -> str:
    kind, _, number = holder.partition(":")
    if kind == "staff":
        return session.get_one(tables.Staff, int(number)).name
    return session.get_one(tables.Resource, int(number)).name


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
    own = (line.appointment_id == row.id, line.kind == LineKind.VISIT)
    query = select(tables.Sale.number).join(line, line.sale_id == tables.Sale.id).where(*own)
    paid = session.scalar(select(func.sum(line.gross)).where(*own))
    if paid:
        number = session.scalars(query.order_by(tables.Sale.number.desc()).limit(1)).one()
        raise Refused("This visit is paid on receipt {number}. Reverse that receipt first.", number=number)


def _reason(session: Session, how: Cancelling) -> tables.CancelReason:
    reason = session.get(tables.CancelReason, how.reason)
    if reason is None:
        raise NotFound("Choose a reason for the cancellation.", field="reason")
    return reason


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


def _cancelling(
    session: Session, own: Setting, row: tables.Appointment, reason: tables.CancelReason, override: Override
) -> _One:
    """How cancelling ends an appointment; while an answer blocks it, whoever asks, it counts as the clinic's (R34)."""
    verdict = screening.verdict(
        session, ClientId(row.client_id), ServiceId(row.service_id), row.starts, group=GroupId(row.group_id)
    )
    by_clinic = reason.who is Who.CLINIC or verdict.outcome is Screened.BLOCKED
    has_credit = packages.of_visit(session, row.id) is not None
    outcome = outcomes.cancel(
        _policy(session, own, row),
        start=row.starts,
        now=own.now,
        who=Who.CLINIC if by_clinic else Who.CLIENT,
        reason_applies=reason.applies,
        has_credit=has_credit,
        override=override,
    )
    return _One(row, outcome, override, by_clinic)


def _cancelling_all(
    session: Session, own: Setting, row: tables.Appointment, reason: tables.CancelReason, override: Override
) -> list[_One]:
    """How an appointment is cancelled, and the add-ons that go with it."""
    first = _cancelling(session, own, row, reason, override)
    along = _going_along(session, row)
    return [first, *(_along(partial(_cancelling, session, own, one, reason), override) for one in along)]


def _missing_all(session: Session, own: Setting, row: tables.Appointment, override: Override) -> list[_One]:
    """How an appointment is missed, and the add-ons that go with it, also those that would start later (R19)."""
    first = _missing(session, own.now, own, row, override)
    along = _going_along(session, row)
    return [first, *(_along(partial(_missing, session, max(own.now, one.starts), own, one), override) for one in along)]


def _missing(session: Session, at: datetime, own: Setting, row: tables.Appointment, override: Override) -> _One:
    has_credit = packages.of_visit(session, row.id) is not None
    outcome = outcomes.no_show(
        _policy(session, own, row), start=row.starts, now=at, has_credit=has_credit, override=override
    )
    return _One(row, outcome, override, by_clinic=False)


def _along(end: Callable[[Override], _One], override: Override) -> _One:
    """How an add-on ends with its base: an override counts for both, but one that takes a credit passes over an add-on
    that has none, or that is cancelled in time (R15, R17).
    """
    if override is not Override.FORFEIT:
        return end(override)
    try:
        return end(override)
    except Refused:
        return end(Override.NONE)


def _may_override(session: Session, override: Override, words: str) -> None:
    if override is Override.NONE:
        return
    access.require(session, Act.OVERRIDE)
    if not words.strip():
        raise Invalid("Type a reason; it is kept in the ledger with your name.", field="words")


def _settle(session: Session, turn: Turn, one: _One, how: packages.Return) -> None:
    """Does to the credit, the deposit and the money what the outcome says (R14)."""
    row, outcome = one.row, one.outcome
    if outcome.credit is OnCredit.FORFEIT:
        packages.forfeit(session, row.id, override=how.override, words=how.words)
    elif outcome.credit is OnCredit.RETURN:
        packages.release(session, row.id, how)
    for payer, amount in journal.paid_ahead(session, row.id).items():
        cause = journal.Cause(client=payer, appointment=row.id)
        to = Account.FEES if outcome.keep_deposit else Account.CLIENT
        journal.transfer(session, turn.stamp(), cause, amount, source=Account.DEPOSITS, to=to)
    if outcome.fee:
        client = session.get_one(tables.Client, row.client_id)
        cause = journal.Cause(client=client.payer_id or client.id, appointment=row.id)
        journal.transfer(session, turn.stamp(), cause, outcome.fee, source=Account.CLIENT, to=Account.FEES)


def _unpost(session: Session, turn: Turn, row: tables.Appointment, n: int) -> None:
    """Takes back what marking a visit as missed posted for it: a fee, or what became of its deposit (R19)."""
    j = tables.JournalEntry
    written = session.scalars(select(j).where(j.n == n, j.appointment_id == row.id, j.credit_id.is_(None))).all()
    for entry in written:
        cause = journal.Cause(client=entry.client_id, appointment=row.id)
        session.add(journal.entry(turn.stamp(), cause, entry.account, Money(-entry.amount)))


def _ending(session: Session, own: Setting, one: _One) -> Ending:
    row, outcome = one.row, one.outcome
    held = packages.held_by(session, row.client_id, row.service_id)
    used = next((each for each in held if each.credit.visit == row.id), None)
    policy = _policy(session, own, row)
    left = sum(ledger.effective(each.credit, own.today) is State.AVAILABLE for each in held)
    returned, last = None, None
    if used is not None and outcome.credit is OnCredit.RETURN:
        last = _last_day_without(session, own, row, used.credit)
        returned = ledger.returned(last, own.today, grace=own.clinic.grace_days, by_clinic=one.by_clinic)
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
        deposit=sum(journal.paid_ahead(session, row.id).values(), NOTHING),
        by_clinic=one.by_clinic,
    )


def _last_day_without(session: Session, own: Setting, row: tables.Appointment, credit: ledger.Credit) -> date | None:
    """A credit's last day once its visit is gone: a package that starts with its first visit may lose its start."""
    return packages.last_day_without(session, row.id, own.today) if credit.last_day is not None else None
