"""A form of 800 items: how long it takes to lay it out, and to answer a key in it (P17, P18)."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from benchmarks.figures import Figure, median
from reception.domain import questionnaire
from reception.domain.questionnaire import Filling
from reception.domain.questionnaire.values import Form, Value

_SECTIONS, _QUESTIONS = 40, 19
_TIMES = 20
_CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
TODAY = date(2026, 11, 22)


def figures() -> list[Figure]:
    """Measures reading, opening and answering; every question of a section but the first hangs on that one."""
    form = long_form()
    filling = Filling(form, today=TODAY)
    paths = [((f"s{section}", 0), (f"s{section}-0", 0)) for section in range(_SECTIONS)]
    answers = [Value("boolean", True), Value("boolean", False)]

    def open_form() -> None:
        Filling(form, today=TODAY).pages()

    def answer() -> None:
        answers.reverse()
        for path in paths:
            filling.put(path, (answers[0],))

    def reckon() -> None:
        answers.reverse()
        filling.put(((f"s{_SECTIONS}", 0), ("weight", 0)), (Value("decimal", Decimal(int(answers[0].value))),))
        filling.reckon()

    opened, answered = median(open_form, _TIMES), median(answer, _TIMES) / len(paths)
    return [
        Figure("P17", "form of 800 items laid out for filling in", 0.0, opened, "ms", limit=100.0),
        Figure("P18", "an answer in it, with what it shows", 0.0, answered, "ms", limit=10.0),
        Figure("P18", "what it calculates", 0.0, median(reckon, _TIMES), "ms", limit=50.0),
    ]


def long_form() -> Form:
    """The form that is measured, as it is read."""
    return questionnaire.read(json.dumps(_form()).encode()).form


def reckoning_form() -> Form:
    """A form of 800 items, half of which are worked out from all the others of their section and from the first."""
    items = [{"linkId": "weight", "text": "Weight", "type": "decimal"}]
    items += [_worked_out(f"s{number}") for number in range(_SECTIONS)]
    asked = {"resourceType": "Questionnaire", "status": "active", "title": "Reckoning", "item": items}
    return questionnaire.read(json.dumps(asked).encode()).form


def _worked_out(name: str) -> dict[str, Any]:
    numbers = range(_QUESTIONS // 2)
    asked = [{"linkId": f"{name}-{number}", "text": "A number", "type": "decimal"} for number in numbers]
    typed = f"%resource.item.where(linkId='{name}').item.where(linkId.endsWith('told').not()).answer.value"
    text = f"(%resource.item.where(linkId='weight').answer.value | {typed}).sum()"
    worked_out = [{"url": _CALCULATED, "valueExpression": {"language": "text/fhirpath", "expression": text}}]
    told = [
        {"linkId": f"{name}-{number}-told", "text": "Worked out", "type": "decimal", "extension": worked_out}
        for number in numbers
    ]
    return {"linkId": name, "text": name, "type": "group", "item": asked + told}


def _form() -> dict[str, Any]:
    items = [_section(f"s{number}") for number in range(_SECTIONS)]
    twice = {
        "language": "text/fhirpath",
        "expression": "%resource.descendants().where(linkId='weight').answer.value * 2",
    }
    numbers = [
        {"linkId": "weight", "text": "Weight", "type": "decimal"},
        {
            "linkId": "twice",
            "text": "Twice",
            "type": "decimal",
            "extension": [{"url": _CALCULATED, "valueExpression": twice}],
        },
    ]
    items.append({"linkId": f"s{_SECTIONS}", "text": "Numbers", "type": "group", "item": numbers})
    return {"resourceType": "Questionnaire", "status": "active", "title": "Long", "item": items}


def _section(name: str) -> dict[str, Any]:
    first = f"{name}-0"
    shown = {"enableWhen": [{"question": first, "operator": "=", "answerBoolean": True}]}
    questions: list[dict[str, Any]] = [{"linkId": first, "text": "First", "type": "boolean"}]
    questions += [
        {"linkId": f"{name}-{number}", "text": "Another", "type": "string", **shown} for number in range(1, _QUESTIONS)
    ]
    return {"linkId": name, "text": name, "type": "group", "item": questions}
