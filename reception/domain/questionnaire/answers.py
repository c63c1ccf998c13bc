"""What a response says: which questions were asked, and what was answered to those."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reception.domain.questionnaire.reckoning import settled
from reception.domain.questionnaire.sheet import Node, Sheet
from reception.domain.questionnaire.values import Answered, Form


def answered(
    form: Form, response: Mapping[str, Any], *, patient: Mapping[str, Any] | None = None
) -> Mapping[str, Answered]:
    """What a response says to every question, by linkId; `patient` is what expressions may know of the client.

    Where one asks about the client and nothing is known, what it enables and nobody answered is waiting.
    """
    return summary(settled(form, response, patient=patient))


def patient(born: date | None) -> dict[str, Any]:
    """What a form's expressions may know of a client, as a FHIR Patient."""
    return {"resourceType": "Patient", **({"birthDate": born.isoformat()} if born else {})}


def enabled(
    form: Form, response: Mapping[str, Any], *, patient: Mapping[str, Any] | None = None
) -> tuple[frozenset[str], frozenset[str]]:
    """Which items a response leads to and which it doesn't, by linkId; in a repeating group one repeat is enough."""
    sheet = settled(form, response, patient=patient)
    numbers = sheet.outline.numbers
    asked = frozenset(link_id for link_id, number in numbers.items() if any(node.on for node in sheet.nodes[number]))
    return asked, frozenset(numbers) - asked


def summary(sheet: Sheet) -> Mapping[str, Answered]:
    """What was answered to every question so far, by linkId."""
    return {
        link_id: _union(sheet.find(link_id))
        for link_id, number in sheet.outline.numbers.items()
        if sheet.outline.places[number].item.asks
    }


def _union(nodes: Sequence[Node]) -> Answered:
    asked = [node for node in nodes if node.on]
    values = tuple(value for node in asked for value in node.values)
    # Answered in one repeat and not in another, the answer is still wanting.
    partly = bool(values) and not all(node.values for node in asked)
    return Answered(bool(asked), partly or any(node.waiting for node in nodes), values)
