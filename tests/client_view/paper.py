"""A form for the client's screen, and answers to it."""

from datetime import date
from typing import Any

from reception.client_view.messages import Open, State, VisitLine
from reception.domain import questionnaire
from reception.domain.questionnaire.values import Value
from tests.clinic import question
from tests.domain.sheets import HL7, concept, extended

DAY = date(2026, 11, 24)
SIGNED = [extended(f"{HL7}questionnaire-signatureRequired", valueCodeableConcept=concept("sign"))]


def sheet(**more: Any) -> str:
    """A form of two pages, as its JSON."""
    items = [
        question("1", "About you", "group", item=[question("1.1", "Your name", "string", required=True)]),
        question(
            "2",
            "Health",
            "group",
            item=[
                question("2.1", "Are you pregnant?", required=True, prefix="2.1"),
                question("2.2", "Which cream?", "string"),
            ],
        ),
    ]
    asked = {"resourceType": "Questionnaire", "url": "urn:test:skin", "title": "Skin check", "status": "active"}
    return questionnaire.dump_json({**asked, "item": items, **more})


def opening(**more: Any) -> Open:
    """What the desk says first: the form for Beatrix, and her visit unless told otherwise."""
    told: dict[str, Any] = {
        "form": sheet(),
        "name": "Beatrix",
        "clinic": "Larkmere Clinic",
        "locale": "en_GB",
        "currency": "GBP",
        "zone": "Europe/London",
        "today": "2026-11-24",
        "dark": False,
        "guardian": False,
        "patient": {"resourceType": "Patient"},
        "state": State(),
        "visit": (VisitLine("Laser hair removal", "Tuesday 24 November 2026, 10:30 – 11:00, with Ines Lund"),),
    }
    return Open(**(told | more))


def answers(**given: Any) -> str:
    """Answers to that form, by linkId with _ for a point, as their JSON."""
    filling = questionnaire.Filling(questionnaire.read_json(questionnaire.parse_json(sheet())).form, None, today=DAY)
    for link, value in given.items():
        inner = link.removeprefix("q").replace("_", ".")
        path = ((inner.split(".", maxsplit=1)[0], 0), (inner, 0))
        kind = "boolean" if isinstance(value, bool) else "string"
        filling.put(path, (Value(kind, value),))
    return questionnaire.dump_json(filling.response(completed=False, at=None))
