"""The log grows by one command at a time, and a fact belongs to the command that is running (R5)."""

from collections.abc import Iterable, Iterator

from reception.domain.tables import LogHead, LogRow
from reception.store.guards.triggers import Guard, exists, for_good, keys
from reception.store.log import fact_classes


def of_log() -> Iterator[Guard]:
    """The log and its head."""
    head, row = LogHead.__tablename__, LogRow.__tablename__
    yield Guard("log_head_only", head, "INSERT", "EXISTS (SELECT 1 FROM log_head)")
    steps = "NEW.id <> OLD.id OR NEW.n NOT IN (OLD.n, OLD.n + 1) OR NEW.schema < OLD.schema"
    yield Guard("log_head_step", head, "UPDATE", steps)
    yield Guard("log_head_undeleted", head, "DELETE", "TRUE")
    yield Guard("log_in_turn", row, "INSERT", "NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h)")
    yield Guard("log_not_replaced", row, "INSERT", exists(row, ("n",), ("command_id",)))
    yield from for_good(row)


def of_facts() -> Iterator[Guard]:
    """Every kind of fact."""
    for kind in fact_classes():
        yield from _of_fact(kind.__tablename__, keys(kind))


def _of_fact(table: str, unique: Iterable[tuple[str, ...]]) -> Iterator[Guard]:
    """A fact belongs to the command that is running, and nothing takes its place or removes it (R5)."""
    in_turn = "NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)"
    yield Guard(f"{table}_in_turn", table, "INSERT", in_turn)
    yield Guard(f"{table}_not_replaced", table, "INSERT", exists(table, *unique))
    yield from for_good(table)
