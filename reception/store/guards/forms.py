"""Forms stay as they were published and met, and nobody is treated past an open screening (R31–R35)."""

from collections.abc import Iterator

from reception.domain.gates import Screened
from reception.domain.outcomes import Status
from reception.domain.tables import FormVersion, LogRow, ScreeningRule
from reception.domain.tables.words import Happening
from reception.store.guards.triggers import Guard, differs, exists

FROZEN_IN_FINDINGS = ("service_id", "link_id", "effect", "lasting", "staff_message", "client_message")
"""What a finding repeats of the rule that was met, as the rule was then (R32)."""


def of_forms() -> Iterator[Guard]:
    """Versions of forms are counted, rules stay as they were met, findings are those of their rule (R31, R32, R35)."""
    version, rule = FormVersion.__tablename__, ScreeningRule.__tablename__
    next_one = "NEW.number <> 1 + (SELECT coalesce(max(v.number), 0) FROM form_version v WHERE v.form_id = NEW.form_id)"
    yield Guard("form_version_number", version, "INSERT", next_one)
    yield Guard("screening_rule_not_replaced", rule, "INSERT", exists(rule, ("id",)))
    yield Guard("screening_rule_frozen", rule, "UPDATE", differs(ScreeningRule, besides={"retired"}))
    yield Guard("screening_rule_stays_retired", rule, "UPDATE", "NEW.retired < OLD.retired")
    yield Guard("screening_rule_undeleted", rule, "DELETE", "TRUE")

    another = (
        "NEW.amends_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM form_response r "
        "JOIN form_version v ON v.id = r.form_version_id JOIN form_version w ON w.form_id = v.form_id "
        "WHERE r.id = NEW.amends_id AND r.client_id = NEW.client_id AND w.id = NEW.form_version_id)"
    )
    yield Guard("form_response_amends", "form_response", "INSERT", another)
    own = (
        "NOT EXISTS (SELECT 1 FROM form_response r WHERE r.id = NEW.response_id AND r.n <= NEW.n "
        "AND r.client_id = NEW.client_id)"
    )
    yield Guard("finding_of_response", "finding", "INSERT", own)
    same = " AND ".join(f"u.{name} = NEW.{name}" for name in FROZEN_IN_FINDINGS)
    met = (
        "NOT EXISTS (SELECT 1 FROM form_response r JOIN form_version v ON v.id = r.form_version_id "
        "JOIN screening_rule u ON u.form_id = v.form_id WHERE r.id = NEW.response_id AND u.id = NEW.rule_id "
        f"AND u.retired = 0 AND {same})"
    )
    yield Guard("finding_of_rule", "finding", "INSERT", met)


def of_tasks() -> Iterator[Guard]:
    """Who is asked to decide is clinical, and is asked about the client's own answers and what could join (R34)."""
    for table in ("screening_task", "add_on_task"):
        unfit = "NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = NEW.asked_id AND s.clinical = 1)"
        yield Guard(f"{table}_asked", table, "INSERT", f"NEW.asked_id IS NOT NULL AND {unfit}")
    another = (
        "NOT EXISTS (SELECT 1 FROM form_response r JOIN appointment a ON a.client_id = r.client_id "
        "WHERE r.id = NEW.response_id AND a.id = NEW.appointment_id)"
    )
    yield Guard("screening_task_of_client", "screening_task", "INSERT", another)
    others = (
        "NOT EXISTS (SELECT 1 FROM form_response r JOIN appointment_group g ON g.client_id = r.client_id "
        "JOIN form_version v ON v.id = r.form_version_id JOIN screening_rule u ON u.form_id = v.form_id "
        "WHERE r.id = NEW.response_id AND g.id = NEW.group_id AND u.service_id = NEW.service_id)"
    )
    yield Guard("add_on_task_of_client", "add_on_task", "INSERT", others)
    unlinked = (
        "NOT EXISTS (SELECT 1 FROM add_on_link l JOIN appointment a ON a.service_id = l.base_id "
        "WHERE a.group_id = NEW.group_id AND a.base_id IS NULL AND l.add_on_id = NEW.service_id)"
    )
    yield Guard("add_on_task_linked", "add_on_task", "INSERT", unlinked)


def of_screening() -> Iterator[Guard]:
    """Who clears or says no is clinical, and nobody is treated, nor given an add-on, past an open screening (R33)."""
    row = LogRow.__tablename__
    for table in ("clearance", "denial"):
        unfit = (
            f"EXISTS (SELECT 1 FROM {table} c WHERE c.n = NEW.n) "
            "AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = NEW.actor AND s.clinical = 1)"
        )
        yield Guard(f"log_{table}s_clinical", row, "INSERT", unfit)
    asked = (
        f"((e.kind = '{Happening.BOOKED}' AND a.base_id IS NOT NULL) "
        f"OR (e.status IN ('{Status.IN_TREATMENT}', '{Status.COMPLETED}') AND EXISTS (SELECT 1 "
        "FROM appointment_event b WHERE b.appointment_id = e.appointment_id AND b.seq = e.seq - 1 "
        f"AND b.status = '{Status.ARRIVED}')))"
    )
    unasked = (
        "EXISTS (SELECT 1 FROM appointment_event e JOIN appointment a ON a.id = e.appointment_id WHERE e.n = NEW.n "
        f"AND EXISTS (SELECT 1 FROM form_requirement q WHERE q.service_id = a.service_id) AND {asked} "
        "AND NOT EXISTS (SELECT 1 FROM screening_check c WHERE c.n = NEW.n AND c.appointment_id = a.id "
        f"AND c.outcome IN ('{Screened.CLEAR}', '{Screened.CLEARED}')))"
    )
    yield Guard("log_screened", row, "INSERT", unasked)
