"""What waits for somebody at the desk: visits left open, conflicts, deposits (R20, R28, R41)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import clock, conflicts, rota, tables
from reception.domain.diary import drawn
from reception.domain.diary.reading import Setting, setting
from reception.domain.diary.values import Conflict, Entry, Queue
from reception.domain.errors import Refused
from reception.domain.outcomes import UPCOMING, Status
from reception.domain.span import Span


def queue(session: Session) -> Queue:
    """Visits of earlier days left open, booked ones that no longer fit, and deposits owing (R20, R28, R41)."""
    own = setting(session)
    a = tables.Appointment
    open_ = a.status.in_((Status.BOOKED, Status.CONFIRMED, Status.ARRIVED, Status.IN_TREATMENT))
    earlier = drawn.asked().where(open_, a.day < own.today).order_by(a.starts.desc()).limit(50)
    ahead = drawn.asked().where(a.status.in_(tuple(UPCOMING)), a.day >= own.today).order_by(a.starts)
    soon = own.today + timedelta(days=own.clinic.near_days)
    left_open = tuple(drawn.entry_of(row, {}, soon) for row in session.execute(earlier))
    upcoming = [drawn.entry_of(row, {}, soon) for row in session.execute(ahead)]
    owing = tuple(one for one in upcoming if one.owing_ahead)
    return Queue(left_open, _conflicts(session, upcoming, own), owing)


def _conflicts(session: Session, entries: Sequence[Entry], own: Setting) -> tuple[Conflict, ...]:
    """Upcoming visits whose staff member lost the skill, the shift, or the day (R20)."""
    if not entries:
        return ()
    people = sorted({one.staff for one in entries})
    last = clock.local_date(max(one.busy_until for one in entries), own.zone)
    working = rota.spans(session, people, own.today, last, own.zone)
    whole = Span(min(one.start for one in entries), max(one.busy_until for one in entries))
    offs: dict[int, list[conflicts.Busy]] = defaultdict(list)
    for off in rota.offs(session, people, whole):
        offs[off.staff].append(conflicts.Busy(off.span, off.words))
    shut = [conflicts.Busy(span, words) for span, words in rota.closed(session, own.today, last, own.zone)]
    skills = set(session.execute(select(tables.Skill.staff_id, tables.Skill.service_id)).all())
    names = dict(session.execute(select(tables.Staff.id, tables.Staff.name)).all())
    found = []
    for one in entries:
        time = Span(one.start, one.busy_until)
        if (one.staff, one.service) not in skills:
            words = Refused("{who} no longer performs {service}.", who=names[one.staff], service=one.service_name)
        elif away := conflicts.first_clash(time, offs[one.staff]):
            words = Refused("{who}: {words}.", who=names[one.staff], words=away.word)
        elif closed := conflicts.first_clash(time, shut):
            words = Refused("The clinic is closed: {words}.", words=closed.word)
        elif not conflicts.covered(time, working.get(one.staff, ())):
            words = Refused("{who} doesn't work then.", who=names[one.staff])
        else:
            continue
        found.append(Conflict(one, words))
    return tuple(found)
