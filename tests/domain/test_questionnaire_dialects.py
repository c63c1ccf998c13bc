"""R5 is read as R4 that means the same, and loses nothing on the way."""

import json
from typing import Any

import pytest

from reception.domain import questionnaire
from reception.domain.questionnaire.values import Kind
from tests.domain.sheets import coded, extended, loaded, parts, question

BACKPORT = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Questionnaire."
LISTED: dict[str, Any] = {"answerOption": [coded("a", "A")]}
WORDED: dict[str, Any] = {"answerOption": [{"valueString": "a"}]}


@pytest.mark.parametrize(
    ("kind", "more", "read"),
    [
        ("coding", LISTED, Kind.CHOICE),
        ("coding", {}, Kind.CHOICE),
        ("coding", {**LISTED, "answerConstraint": "optionsOnly"}, Kind.CHOICE),
        ("coding", {**LISTED, "answerConstraint": "optionsOrString"}, Kind.OPEN_CHOICE),
        ("coding", {**LISTED, "answerConstraint": "optionsOrType"}, Kind.OPEN_CHOICE),
        ("question", LISTED, Kind.CHOICE),
        ("question", {}, Kind.STRING),
        ("string", {**WORDED, "answerConstraint": "optionsOnly"}, Kind.CHOICE),
        ("string", {**WORDED, "answerConstraint": "optionsOrString"}, Kind.OPEN_CHOICE),
        ("string", {**WORDED, "answerConstraint": "optionsOrType"}, Kind.STRING),
        ("integer", {"answerOption": [{"valueInteger": 5}], "answerConstraint": "optionsOrType"}, Kind.INTEGER),
        ("date", {"answerOption": [{"valueDate": "2022"}], "answerConstraint": "optionsOnly"}, Kind.CHOICE),
        ("string", {"answerConstraint": "optionsOnly"}, Kind.STRING),
    ],
    ids=lambda value: str(value)[-60:],
)
def test_an_r5_question_is_the_same_question_in_r4(kind: str, more: dict[str, Any], read: Kind) -> None:
    given = loaded(question("a", kind, **more), copyrightLabel="2026 Larkmere")
    assert given.fhir == "R5"
    assert given.form.items[0].kind is read
    assert len(given.form.items[0].options) == len(more.get("answerOption", ()))
    again = questionnaire.read(questionnaire.write(given.form))
    assert (again.fhir, parts(again.form)) == ("R4", parts(given.form))


def test_what_r4_has_no_place_for_is_kept_in_extensions() -> None:
    read = loaded(
        question("a", "coding", **LISTED, answerConstraint="optionsOrString", disabledDisplay="protected"),
        copyrightLabel="2026",
        versionAlgorithmString="semver",
    )
    saved = json.loads(questionnaire.write(read.form))
    assert saved["extension"] == [
        extended(BACKPORT + "copyrightLabel", valueString="2026"),
        extended(BACKPORT + "versionAlgorithm", valueString="semver"),
    ]
    assert saved["item"][0]["extension"] == [
        extended(BACKPORT + "item.answerConstraint", valueCode="optionsOrString"),
        extended(BACKPORT + "item.disabledDisplay", valueCode="protected"),
    ]
    assert [repair.level for repair in read.report] == ["limited"]


def test_questions_below_questions_are_converted_too() -> None:
    read = loaded(question("g", "group", item=[question("a", "string", item=[question("b", "coding", **LISTED)])]))
    assert [item.kind for item in read.form.walk()] == [Kind.GROUP, Kind.STRING, Kind.CHOICE]


def test_options_that_are_named_as_in_stu3_are_read_where_nothing_else_is_old() -> None:
    read = loaded(question("a", "choice", option=[coded("a", "A")]))
    assert [option.words for option in read.form.items[0].options] == ["A"]
    assert "older FHIR" in read.report[0].words


def test_a_list_without_a_word_on_free_answers_offers_its_answers_only() -> None:
    read = loaded(question("a", "string", **WORDED))
    assert (read.fhir, read.form.items[0].kind) == ("R4", Kind.CHOICE)
