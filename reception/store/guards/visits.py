"""The statuses and times of visits, whose time they take, and what hangs on them (R11, R17, R20, R23, R24)."""

from collections.abc import Iterator

from reception.domain.outcomes import LIVE, MOVES_OF_STATUS, UPCOMING, Status
from reception.domain.tables import Appointment, AppointmentEvent, LogRow
from reception.domain.tables.words import Happening
from reception.store.guards.triggers import Follower, Guard, any_differs, differs, exists, listed

_DAY_MS = 86_400_000

GIVING = frozenset({Happening.BOOKED, Happening.MOVED})
"""What happens to a visit when it is given its rooms and devices (R20)."""


def of_visits() -> Iterator[Guard | Follower]:
    """The statuses and times of visits, and whose time they take (R11, R20, R23)."""
    visit, event = Appointment.__tablename__, AppointmentEvent.__tablename__
    yield Guard("appointment_begins_booked", visit, "INSERT", f"NEW.seq <> 0 OR NEW.status <> '{Status.BOOKED}'")
    yield Guard("appointment_not_replaced", visit, "INSERT", exists(visit, ("id",)))
    yield Guard("appointment_undeleted", visit, "DELETE", "TRUE")
    cached = ("staff_id", "day", "starts", "minutes", "turnaround")
    kept = {"note", "seq", "status", "since", *cached}
    yield Guard("appointment_frozen", visit, "UPDATE", differs(Appointment, besides=kept))
    same = " AND ".join(f"e.{name} = NEW.{name}" for name in ("seq", "status", *cached))
    touched = any_differs(("seq", "status", "since", *cached))
    wrong = (
        f"NOT EXISTS (SELECT 1 FROM appointment_event e WHERE e.appointment_id = NEW.id AND {same} "
        "AND NEW.since = CASE WHEN NEW.seq = OLD.seq OR (NEW.seq > 1 AND NEW.status = OLD.status) "
        "THEN OLD.since ELSE e.at END) "
        "OR EXISTS (SELECT 1 FROM appointment_event e WHERE e.appointment_id = NEW.id AND e.seq > NEW.seq)"
    )
    yield Guard("appointment_follows_events", visit, "UPDATE", f"({touched}) AND ({wrong})")

    unmoved = " AND ".join(f"NEW.{name} = a.{name}" for name in cached)
    before = (
        "SELECT e.status FROM appointment_event e WHERE e.appointment_id = NEW.appointment_id AND e.seq = NEW.seq - 2"
    )
    move = (
        "NOT EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id AND NEW.seq = a.seq + 1 AND CASE "
        f"WHEN NEW.seq = 1 THEN NEW.kind = '{Happening.BOOKED}' AND NEW.status = '{Status.BOOKED}' "
        f"WHEN NEW.kind = '{Happening.MOVED}' THEN NEW.status = a.status AND a.status IN ({listed(UPCOMING)}) "
        f"WHEN a.status IN ('{Status.COMPLETED}', '{Status.NO_SHOW}') THEN NEW.status = ({before}) AND {unmoved} "
        f"ELSE (a.status, NEW.status) IN (VALUES {_visit_moves()}) AND {unmoved} END)"
    )
    yield Guard("appointment_event_move", event, "INSERT", move)
    sets = ", ".join(f"{name} = NEW.{name}" for name in ("seq", "status", *cached))
    keeps = (
        f"UPDATE appointment SET since = CASE WHEN NEW.seq > 1 AND status = NEW.status THEN since ELSE NEW.at END, "
        f"{sets} WHERE id = NEW.appointment_id"
    )
    yield Follower("appointment_kept", event, keeps)

    live = f"NOT EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id AND a.status IN ({listed(LIVE)}))"
    yield Guard("occupancy_live_added", "occupancy", "INSERT", live)
    yield Guard("occupancy_live_moved", "occupancy", "UPDATE", live)


def of_add_ons() -> Iterator[Guard]:
    """An add-on hangs on a base of its own coming-in, and stands in it once (R24)."""
    visit = Appointment.__tablename__
    adrift = (
        "NEW.base_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM appointment b WHERE b.id = NEW.base_id "
        "AND b.base_id IS NULL AND b.group_id = NEW.group_id AND b.client_id = NEW.client_id "
        f"AND b.status IN ({listed(LIVE)}))"
    )
    yield Guard("appointment_of_base", visit, "INSERT", adrift)
    again = (
        "EXISTS (SELECT 1 FROM appointment a WHERE a.group_id = NEW.group_id AND a.service_id = NEW.service_id "
        f"AND a.status IN ({listed(LIVE)})"
    )
    yield Guard("appointment_once", visit, "INSERT", f"NEW.base_id IS NOT NULL AND {again})")
    back = f"NEW.base_id IS NOT NULL AND NEW.status IN ({listed(LIVE)}) AND OLD.status NOT IN ({listed(LIVE)})"
    others = f"{again} AND a.base_id IS NOT NULL AND a.id <> NEW.id)"
    yield Guard("appointment_back_once", visit, "UPDATE", f"{back} AND {others}")


def overlaps_on_sqlite() -> Iterator[Guard]:
    """Nobody is in two places at once (R20); a time is never longer than a day, which keeps the search short."""
    clash = (
        "EXISTS (SELECT 1 FROM occupancy o WHERE o.holder = NEW.holder AND o.starts < NEW.ends "
        f"AND o.starts > NEW.starts - {_DAY_MS} AND o.ends > NEW.starts"
    )
    yield Guard("occupancy_overlap_added", "occupancy", "INSERT", f"{clash})")
    yield Guard("occupancy_overlap_moved", "occupancy", "UPDATE", f"{clash} AND o.id <> OLD.id)")


def of_times() -> Iterator[Guard]:
    """After each command, the visits that it touched take the time of their person, rooms and devices (R20, R23)."""
    row = LogRow.__tablename__
    holding = (
        "EXISTS (SELECT 1 FROM appointment_event e JOIN appointment a ON a.id = e.appointment_id WHERE e.n = NEW.n "
        f"AND CASE WHEN a.status IN ({listed(LIVE)}) THEN NOT EXISTS (SELECT 1 FROM occupancy o "
        "WHERE o.appointment_id = a.id AND o.holder = 'staff:' || a.staff_id AND o.starts = a.starts "
        "AND o.ends >= a.starts + a.minutes * 60000) "
        "ELSE EXISTS (SELECT 1 FROM occupancy o WHERE o.appointment_id = a.id) END)"
    )
    yield Guard("log_visits_hold_time", row, "INSERT", holding)
    given = (
        "FROM appointment_resource r WHERE r.appointment_id = a.id AND r.seq = (SELECT max(w.seq) "
        f"FROM appointment_event w WHERE w.appointment_id = a.id AND w.kind IN ({listed(GIVING)}))"
    )
    elsewhere = (
        "EXISTS (SELECT 1 FROM appointment_event e JOIN appointment a ON a.id = e.appointment_id WHERE e.n = NEW.n "
        f"AND a.status IN ({listed(LIVE)}) AND (EXISTS (SELECT 1 {given} AND NOT EXISTS (SELECT 1 FROM occupancy o "
        "WHERE o.appointment_id = a.id AND o.holder = 'resource:' || r.resource_id AND o.starts = a.starts "
        "AND o.ends >= a.starts + a.minutes * 60000)) OR EXISTS (SELECT 1 FROM occupancy o "
        "WHERE o.appointment_id = a.id AND o.holder <> 'staff:' || a.staff_id "
        f"AND o.holder NOT IN (SELECT 'resource:' || r.resource_id {given}))))"
    )
    yield Guard("log_visits_hold_resources", row, "INSERT", elsewhere)
    ungiven = (
        "EXISTS (SELECT 1 FROM appointment_resource r WHERE r.n = NEW.n AND NOT EXISTS (SELECT 1 "
        "FROM appointment_event e WHERE e.appointment_id = r.appointment_id AND e.seq = r.seq AND e.n = r.n "
        f"AND e.kind IN ({listed(GIVING)})))"
    )
    yield Guard("log_resources_given", row, "INSERT", ungiven)


def of_bases() -> Iterator[Guard]:
    """After each command, no add-on is still to come whose base has ended (R17, R19)."""
    left = (
        "EXISTS (SELECT 1 FROM appointment_event e JOIN appointment b ON b.id = e.appointment_id "
        "JOIN appointment a ON a.base_id = b.id WHERE e.n = NEW.n "
        f"AND b.status NOT IN ({listed(LIVE)}) AND a.status IN ({listed(UPCOMING)}))"
    )
    yield Guard("log_add_ons_end_with_base", LogRow.__tablename__, "INSERT", left)


def _visit_moves() -> str:
    moves = sorted((str(before), str(after)) for before, after in MOVES_OF_STATUS if before is not None)
    return ", ".join(f"('{before}', '{after}')" for before, after in moves)
