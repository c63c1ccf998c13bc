"""Everything that the clinic's caches say, worked out anew from the facts; nothing is repaired (Decision 8, R5).

Each check is a function over plain rows that yields a sentence for every fault, so that tests ask the same questions.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from reception.store import guards
from reception.store.engine import POSTGRES
from reception.store.verify import chain, credits, forms, inbox, money, visits
from reception.store.work import Store


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, in numbers, and every fault that was found."""

    checked: tuple[tuple[str, int], ...]
    faults: tuple[str, ...]


def verify(store: Store, progress: Callable[[str], None] | None = None) -> Report:
    """Check a clinic in one consistent view, while others go on working; `progress` hears what is being checked."""
    return store.read(_verify, store.name, progress or _nobody)


def _verify(session: Session, engine: str, progress: Callable[[str], None]) -> Report:
    connection = session.connection()
    if engine == POSTGRES:
        # A whole clinic takes longer to read than a desk's question may.
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            connection.execute(text(f"SET LOCAL {limit} = 0"))
    checked: list[tuple[str, int]] = []
    faults: list[str] = []
    for what, check in _PARTS.items():
        progress(what)
        count, found = check(connection)
        checked.append((what, count))
        faults.extend(found)
    return Report(tuple(checked), tuple(faults))


def _nobody(_: str) -> None:
    """Hears of nothing."""


def _check_guards(connection: Connection) -> tuple[int, list[str]]:
    name = POSTGRES if connection.dialect.name != "sqlite" else connection.dialect.name
    lost = sorted(guards.lost(connection))
    return len(guards.expected(name)), [f"guard {guard} is missing or was changed" for guard in lost]


_PARTS: dict[str, Callable[[Connection], tuple[int, list[str]]]] = {
    "commands": chain.check,
    "credits": credits.check,
    "packages": credits.check_packages,
    "visits": visits.check,
    "add-ons": visits.check_add_ons,
    "times": visits.check_times,
    "credits of visits": visits.check_meetings,
    "sales": money.check_sales,
    "journal entries": money.check_journal,
    "deposits": money.check_deposits,
    "form versions": forms.check_versions,
    "findings": forms.check_findings,
    "tasks": forms.check_tasks,
    "handed in": inbox.check,
    "guards": _check_guards,
}
