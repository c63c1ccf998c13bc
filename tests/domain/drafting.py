"""Words for tests of a form in the making: how it is begun, read back, and answered."""

from datetime import date
from typing import Any

from reception.domain import questionnaire
from reception.domain.questionnaire import Filling, editing
from reception.domain.questionnaire.editing import Draft
from reception.domain.questionnaire.values import Form, Value
from tests.domain.sheets import form

TODAY = date(2026, 11, 24)


def draft(*items: dict[str, Any], **head: Any) -> Draft:
    return editing.from_form(form(*items, **{"url": "urn:test:skin", "title": "Skin check", **head}))


def read(edited: Draft) -> Form:
    return questionnaire.read_json(editing.to_questionnaire(edited)).form


def line(edited: Draft, link_id: str) -> editing.Entry:
    found = editing.entry(edited, link_id)
    assert found is not None
    return found


def item(edited: Draft, link_id: str) -> dict[str, Any]:
    """One item as FHIR has it."""
    waiting = [editing.to_questionnaire(edited)]
    while waiting:
        for one in waiting.pop().get("item", ()):
            if one["linkId"] == link_id:
                return dict(one)
            waiting.append(one)
    raise AssertionError(link_id)


def asked(edited: Draft, **answers: Value) -> dict[str, tuple[Value, ...]]:
    """What shows, with its answers, once these questions are answered."""
    filling = Filling(read(edited), today=TODAY)
    for link_id, value in answers.items():
        path = next(row.path for page in filling.pages() for row in page.rows if row.item.link_id == link_id)
        filling.put(path, (value,))
    filling.reckon()
    return {row.item.link_id: row.values for page in filling.pages() for row in page.rows}
