"""What clients handed in on their own screen is decided once, and for what it was (R27, R35)."""

from collections.abc import Iterator

from reception.store.guards.triggers import Guard


def of_inbox() -> Iterator[Guard]:
    """A submission is for its client's own visit; what a decision names is what was submitted or wished for."""
    others = (
        "NEW.group_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM appointment_group g "
        "WHERE g.id = NEW.group_id AND g.client_id = NEW.client_id)"
    )
    yield Guard("submission_of_visit", "submission", "INSERT", others)
    another = (
        "NEW.response_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM submission s "
        "JOIN form_response r ON r.client_id = s.client_id AND r.form_version_id = s.form_version_id "
        "WHERE s.id = NEW.submission_id AND r.id = NEW.response_id AND r.n = NEW.n)"
    )
    yield Guard("submission_decision_response", "submission_decision", "INSERT", another)
    unwished = (
        "NEW.appointment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM wish w "
        "JOIN appointment a ON a.group_id = w.group_id AND a.service_id = w.service_id "
        "WHERE w.id = NEW.wish_id AND a.id = NEW.appointment_id)"
    )
    yield Guard("wish_decision_appointment", "wish_decision", "INSERT", unwished)
