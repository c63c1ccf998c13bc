"""The states of credits, and the visits that hold them (R3, R5, R6, R7)."""

from collections.abc import Iterator

from reception.domain.ledger import MOVES, Kind, State
from reception.domain.outcomes import LIVE, Status
from reception.domain.tables import Credit, CreditEntry, LogRow, Package
from reception.store.guards.triggers import Follower, Guard, differs, exists, keys, listed

MEETINGS: tuple[tuple[State, Status], ...] = (
    *((State.RESERVED, status) for status in Status if status in LIVE and status is not Status.COMPLETED),
    (State.REDEEMED, Status.COMPLETED),
    (State.FORFEITED, Status.LATE_CANCELLED),
    (State.FORFEITED, Status.NO_SHOW),
)
"""The only pairs of a credit and the visit that it names (R6, R7)."""


def of_credits() -> Iterator[Guard | Follower]:
    """Packages are snapshots, and credits are what their entries say."""
    package, credit, entry = Package.__tablename__, Credit.__tablename__, CreditEntry.__tablename__
    yield Guard("package_not_replaced", package, "INSERT", exists(package, ("id",)))
    yield Guard("package_snapshot", package, "UPDATE", differs(Package, besides={"last_day", "first_day"}))
    yield Guard("package_undeleted", package, "DELETE", "TRUE")

    empty = "NEW.seq <> 0 OR NEW.state IS NOT NULL OR NEW.last_day IS NOT NULL OR NEW.appointment_id IS NOT NULL"
    yield Guard("credit_begins_empty", credit, "INSERT", empty)
    yield Guard("credit_not_replaced", credit, "INSERT", exists(credit, *keys(Credit)))
    own = "NOT EXISTS (SELECT 1 FROM package p WHERE p.id = NEW.package_id AND p.service_id = NEW.service_id)"
    yield Guard("credit_of_service", credit, "INSERT", own)
    yield Guard("credit_undeleted", credit, "DELETE", "TRUE")
    kept = {"seq", "state", "last_day", "appointment_id"}
    yield Guard("credit_frozen", credit, "UPDATE", differs(Credit, besides=kept))
    follows = (
        "NOT EXISTS (SELECT 1 FROM credit_entry e WHERE e.credit_id = NEW.id AND e.seq = NEW.seq "
        "AND e.state = NEW.state AND e.last_day IS NOT DISTINCT FROM NEW.last_day "
        "AND NEW.appointment_id IS NOT DISTINCT FROM CASE WHEN NEW.seq = OLD.seq THEN OLD.appointment_id "
        "WHEN e.kind = 'reserved' THEN e.appointment_id WHEN e.state = 'available' THEN NULL "
        "ELSE OLD.appointment_id END) "
        "OR EXISTS (SELECT 1 FROM credit_entry e WHERE e.credit_id = NEW.id AND e.seq > NEW.seq)"
    )
    yield Guard("credit_follows_entries", credit, "UPDATE", follows)

    move = (
        "NOT EXISTS (SELECT 1 FROM credit c WHERE c.id = NEW.credit_id AND NEW.seq = c.seq + 1 "
        f"AND (coalesce(c.state, ''), NEW.kind, NEW.state) IN (VALUES {_credit_moves()}))"
    )
    yield Guard("credit_entry_move", entry, "INSERT", move)
    visit = (
        "NOT EXISTS (SELECT 1 FROM credit c WHERE c.id = NEW.credit_id AND CASE "
        "WHEN NEW.kind = 'reserved' THEN EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id "
        f"AND a.service_id = c.service_id AND a.status IN ({listed(LIVE)})) "
        "WHEN NEW.kind IN ('released', 'redeemed', 'forfeited') "
        "OR (NEW.kind = 'reversed' AND NEW.state = 'reserved') "
        "THEN NEW.appointment_id IS NOT NULL AND NEW.appointment_id IS NOT DISTINCT FROM c.appointment_id "
        "ELSE NEW.appointment_id IS NULL END)"
    )
    yield Guard("credit_entry_visit", entry, "INSERT", visit)
    keeps = (
        "UPDATE credit SET seq = NEW.seq, state = NEW.state, last_day = NEW.last_day, appointment_id = CASE "
        "WHEN NEW.kind = 'reserved' THEN NEW.appointment_id WHEN NEW.state = 'available' THEN NULL "
        "ELSE appointment_id END WHERE id = NEW.credit_id"
    )
    yield Follower("credit_kept", entry, keeps)


def of_meetings() -> Iterator[Guard]:
    """After each command, a credit and the visit that it names stand as they only can together (R6, R8)."""
    apart = f"(c.state, a.status) NOT IN (VALUES {_together()})"
    meeting = (
        "EXISTS (SELECT 1 FROM credit_entry e JOIN credit c ON c.id = e.credit_id "
        f"JOIN appointment a ON a.id = c.appointment_id WHERE e.n = NEW.n AND {apart}) "
        "OR EXISTS (SELECT 1 FROM appointment_event e JOIN credit c ON c.appointment_id = e.appointment_id "
        f"JOIN appointment a ON a.id = c.appointment_id WHERE e.n = NEW.n AND {apart})"
    )
    yield Guard("log_credits_meet_visits", LogRow.__tablename__, "INSERT", meeting)


def _together() -> str:
    return ", ".join(f"('{state}', '{status}')" for state, status in MEETINGS)


def _credit_moves() -> str:
    def place(move: tuple[State | None, Kind, State]) -> tuple[str, ...]:
        return tuple(str(part or "") for part in move)

    return ", ".join(f"('{before}', '{kind}', '{after}')" for before, kind, after in sorted(map(place, MOVES)))
