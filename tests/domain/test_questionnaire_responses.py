"""Answers that other programs send."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain import questionnaire
from reception.domain.errors import Refused
from tests.domain.sheets import form, question

ANSWERED = {
    "resourceType": "QuestionnaireResponse",
    "questionnaire": "urn:test:intake|4",
    "status": "completed",
    "extension": [{"url": "urn:else", "valueString": "kept"}],
    "item": [
        {"linkId": "a", "text": "Weight?", "answer": [{"valueDecimal": Decimal("72.50"), "item": [{"linkId": "b"}]}]}
    ],
}


def test_answers_are_taken_as_they_are() -> None:
    assert questionnaire.read_response(questionnaire.dump_json(ANSWERED).encode()) == ANSWERED
    assert questionnaire.read_response(ANSWERED) == ANSWERED


def test_one_answer_may_stand_without_a_list() -> None:
    given: dict[str, Any] = {"item": {"linkId": "a", "answer": {"valueBoolean": "true"}}}
    read = questionnaire.read_response(json.dumps(given).encode())
    assert read["item"] == [{"linkId": "a", "answer": [{"valueBoolean": True}]}]


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        (["x", 3, None], ["notOurs", "notOurs"]),
        ("x", ["notOurs"]),
        ([{"linkId": "q", "answer": ["x", None]}], ["invalidAnswerType"]),
        ([{"linkId": "q", "answer": 5}], ["invalidAnswerType"]),
        ([{"linkId": "q", "answer": [["x"]]}], ["invalidAnswerType"]),
        ([{"linkId": "q", "answer": None}], []),
        (None, []),
    ],
    ids=str,
)
def test_what_is_no_answer_is_told_and_not_dropped(items: Any, codes: list[str]) -> None:
    given = {"status": "completed", "item": items}
    read = questionnaire.read_response(json.dumps(given).encode())
    assert [problem.check for problem in questionnaire.validate(form(question()), read)] == codes


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (b"[]", "aren't answers"),
        (b'{"resourceType": "Questionnaire"}', "aren't answers"),
        (b'{"group": {"linkId": "a"}}', "FHIR DSTU2"),
        (b'{"questionnaire": {"reference": "Questionnaire/1"}}', "FHIR STU3"),
        (b"no", "isn't JSON"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(source: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        questionnaire.read_response(source)
    assert sentence in str(refusal.value)


@given(
    st.dictionaries(
        st.sampled_from(["item", "answer", "linkId", "status"]), st.integers() | st.text() | st.lists(st.none())
    )
)
def test_no_answers_crash_it(given: dict[str, Any]) -> None:
    assert questionnaire.read_response(given)["resourceType"] == "QuestionnaireResponse"
