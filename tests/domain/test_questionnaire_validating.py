"""What is wrong with a response to a form: every code of the validator, and where it points."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain import questionnaire
from reception.domain.questionnaire.values import Problem
from tests.domain.sheets import HL7, OTHERS, SDC, coded, extended, form, needs_others, paper, parts, question

WHEN = [{"question": "a", "operator": "=", "answerBoolean": True}]


def ruled(url: str, **value: Any) -> dict[str, Any]:
    return {"extension": [extended(HL7 + url, **value)]}


def answer(link_id: str, *answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"linkId": link_id, "answer": list(answers), **more}


def said(*items: dict[str, Any], status: str = "completed", **more: Any) -> dict[str, Any]:
    return {"resourceType": "QuestionnaireResponse", "status": status, "item": list(items), **more}


def found(sheet: Mapping[str, Any], response: Mapping[str, Any]) -> tuple[Problem, ...]:
    return questionnaire.validate(questionnaire.read_json(sheet).form, response)


def checked(item: dict[str, Any], *answers: dict[str, Any]) -> list[str]:
    """The codes for some answers to the only question of a form."""
    given = [answer("q", *answers)] if answers else []
    return [problem.check for problem in found(paper(item), said(*given))]


def group(link_id: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return question(link_id, "group", item=list(items), **more)


OPTIONS: dict[str, Any] = {
    "answerOption": [
        coded("a", "A"),
        coded("b"),
        coded("none", **ruled("questionnaire-optionExclusive", valueBoolean=True)),
    ]
}
A, B, NONE, C = ({"valueCoding": {"system": "urn:codes", "code": code}} for code in ("a", "b", "none", "c"))
ANY_UNIT, NO_OTHER = (extended(SDC + "unitOpen", valueCode=code) for code in ("optionsOrString", "optionsOnly"))
KG = {"valueCoding": {"system": "http://unitsofmeasure.org", "code": "kg", "display": "kilos"}}

OFFERED = extended(HL7 + "questionnaire-unitOption", **KG)


def measured(number: str, **more: Any) -> dict[str, Any]:
    return {"valueQuantity": {"value": Decimal(number), **more}}


@pytest.mark.parametrize(
    ("item", "answers", "codes"),
    [
        (question(required=True), [], ["required"]),
        (question(required=True), [{"valueString": ""}], ["required"]),
        (question(required=True), [{"valueString": "x"}], []),
        (
            question(repeats=True, **ruled("questionnaire-minOccurs", valueInteger=2)),
            [{"valueString": "x"}],
            ["minCount"],
        ),
        (question(), [{"valueString": "x"}, {"valueString": "y"}], ["maxCount"]),
        (question(repeats=True), [{"valueString": "x"}, {"valueString": "y"}], []),
        (
            question(repeats=True, **ruled("questionnaire-maxOccurs", valueInteger=1)),
            [{"valueString": "x"}, {"valueString": "y"}],
            ["maxCount"],
        ),
        (
            question(repeats=True, **ruled("questionnaire-maxOccurs", valueInteger=0)),
            [{"valueString": "x"}, {"valueString": "y"}],
            [],
        ),
        (question(**ruled("minLength", valueInteger=3)), [{"valueString": "ab"}], ["minLength"]),
        (question(maxLength=3), [{"valueString": "abcd"}], ["maxLength"]),
        (question(type="integer", maxLength=3), [{"valueInteger": 1000}], ["maxLength"]),
        (question(type="integer", **ruled("minValue", valueInteger=18)), [{"valueInteger": 17}], ["minValue"]),
        (question(type="integer", **ruled("maxValue", valueInteger=18)), [{"valueInteger": 18}], []),
        (
            question(type="date", **ruled("maxValue", valueDate="2026-11-22")),
            [{"valueDate": "2026-11-23"}],
            ["maxValue"],
        ),
        (question(type="date", **ruled("maxValue", valueDate="2026-11-22")), [{"valueDate": "2026"}], []),
        (
            question(type="decimal", **ruled("maxDecimalPlaces", valueInteger=1)),
            [{"valueDecimal": Decimal("1.25")}],
            ["maxDecimalPlaces"],
        ),
        (question(**ruled("regex", valueString="[A-Z]{2}[0-9]")), [{"valueString": "AB12"}], ["regex"]),
        (question(**ruled("regex", valueString="[A-Z]{2}[0-9]")), [{"valueString": "AB1"}], []),
        (question(**ruled("regex", valueString="([A-Z")), [{"valueString": "AB1"}], []),
        (question(type="decimal"), [{"valueInteger": 1}], ["invalidAnswerType"]),
        (question(type="boolean"), [{"valueString": "yes"}], ["invalidAnswerType"]),
        (question(type="integer"), [{"valueInteger": "abc"}], ["invalidAnswerType"]),
        (question(type="date"), [{"valueDate": "2026-02-30"}], ["invalidAnswerType"]),
        (question(type="date"), [{"valueDate": "2026-02"}], []),
        (question(), [{"valueString": "a", "valueInteger": 1}], ["invalidAnswerType"]),
        (question(type="dateTime"), [{"valueDateTime": "2016-12-31T23:59:60Z"}], []),
        (question(type="dateTime"), [{"valueDateTime": "2026-02-03T10:00:61Z"}], ["invalidAnswerType"]),
        (question(type="dateTime"), [{"valueDateTime": "2026-02-03T10:00:00.1234567891Z"}], []),
        (question(type="dateTime"), [{"valueDateTime": "2026-02-03T10:00:00+99:99"}], ["invalidAnswerType"]),
        (question(type="dateTime"), [{"valueDateTime": "2026-02-03T10:00:00+14:00"}], []),
        (question(type="dateTime"), [{"valueDateTime": "2026-02-03T10:00:00Z"}], []),
        (question(type="time"), [{"valueTime": "25:00:00"}], ["invalidAnswerType"]),
        (question(type="url"), [{"valueUri": "https://example.org/a b"}], ["invalidAnswerType"]),
        (question(type="choice", **OPTIONS), [A], []),
        (question(type="choice", **OPTIONS), [C], ["invalidAnswerOption"]),
        (question(type="choice", **OPTIONS), [{"valueCoding": {"code": "a"}}], ["invalidAnswerOption"]),
        (question(type="choice", **OPTIONS), [{"valueCoding": {"system": "urn:codes"}}], ["invalidCoding"]),
        (question(type="choice", **OPTIONS), [{"valueString": "a"}], ["invalidAnswerType"]),
        (question(type="choice", answerOption=[{"valueString": "a"}]), [{"valueString": "a"}], []),
        (question(type="open-choice", **OPTIONS), [{"valueString": "something else"}], []),
        (question(type="open-choice", **OPTIONS), [C], ["invalidAnswerOption"]),
        (question(type="choice", repeats=True, **OPTIONS), [A, B], []),
        (question(type="choice", repeats=True, **OPTIONS), [A, NONE], ["exclusiveAnswerOption"]),
        (question(type="choice", repeats=True, **OPTIONS), [NONE], []),
        (question(type="choice", answerValueSet="#gone"), [{"valueString": "typed"}], []),
        (question(type="coding", answerConstraint="optionsOrType", **OPTIONS), [C], []),
        (question(type="coding", answerConstraint="optionsOrString", **OPTIONS), [C], ["invalidAnswerOption"]),
        (
            question(type="integer", answerOption=[{"valueInteger": 7}], **ruled("minValue", valueInteger=9)),
            [{"valueInteger": 7}],
            ["minValue"],
        ),
        (question(type="quantity"), [{"valueQuantity": {"value": "much", "unit": "kg"}}], ["invalidAnswerType"]),
        (
            question(type="quantity", **ruled("questionnaire-unitOption", **KG)),
            [measured("70", system="http://unitsofmeasure.org", code="g")],
            ["invalidUnit"],
        ),
        (question(type="quantity", **ruled("questionnaire-unitOption", **KG)), [measured("70", unit="kilos")], []),
        (question(type="quantity", extension=[OFFERED, ANY_UNIT]), [measured("11", unit="stone")], []),
        (question(type="quantity", extension=[OFFERED, NO_OTHER]), [measured("11", unit="stone")], ["invalidUnit"]),
        (
            question(type="attachment", **ruled("maxSize", valueDecimal=2000)),
            [{"valueAttachment": {"contentType": "image/png", "data": "QUJD" * 1000}}],
            ["maxAttachmentSize"],
        ),
        (
            question(type="attachment", **ruled("mimeType", valueCode="image/png")),
            [{"valueAttachment": {"contentType": "text/html", "data": ""}}],
            ["invalidAttachmentType"],
        ),
        (question(type="display"), [{"valueString": "x"}], ["displayAnswer"]),
        (group("q", question("a")), [{"valueString": "x"}], ["groupShouldNotHaveAnswers"]),
    ],
)
def test_an_answer_is_held_to_its_question(
    item: dict[str, Any], answers: list[dict[str, Any]], codes: list[str]
) -> None:
    assert checked(item, *answers) == codes


CONSTRAINT = extended(
    HL7 + "targetConstraint",
    extension=[
        {"url": "key", "valueId": "end-after-start"},
        {"url": "severity", "valueCode": "error"},
        {"url": "human", "valueString": "It ends after it starts."},
        {
            "url": "expression",
            "valueExpression": {
                "language": "text/fhirpath",
                "expression": "%resource.item.where(linkId='end').answer.value"
                " > %resource.item.where(linkId='start').answer.value",
            },
        },
    ],
)


def test_what_the_form_says_must_hold() -> None:
    sheet = paper(question("start", "integer"), question("end", "integer"), extension=[CONSTRAINT])
    (problem,) = found(sheet, said(answer("start", {"valueInteger": 3}), answer("end", {"valueInteger": 2})))
    assert (problem.severity, problem.check, problem.text) == ("error", "invariant", "It ends after it starts.")
    assert found(sheet, said(answer("start", {"valueInteger": 3}), answer("end", {"valueInteger": 4}))) == ()
    assert found(sheet, said(answer("start", {"valueInteger": 3}))) == ()


def test_an_answer_that_isnt_in_its_list_has_another_code() -> None:
    codes = {"system": "urn:codes", "concept": [{"code": "a"}]}
    listed = {"resourceType": "ValueSet", "id": "list", "status": "active", "compose": {"include": [codes]}}
    sheet = paper(question(type="choice", answerValueSet="#list"), contained=[listed])
    assert [one.check for one in found(sheet, said(answer("q", C)))] == ["invalidCoding"]
    assert found(sheet, said(answer("q", A))) == ()


def test_what_stands_there_twice_is_said_once() -> None:
    sheet = paper(group("g", question("a"), question("b")), question("c"))
    once = {"linkId": "g", "item": [answer("a", {"valueString": "x"}), answer("b", {"valueString": "y"})]}
    twice = found(sheet, said(once, once, answer("c", {"valueString": "x"}), answer("c", {"valueString": "y"})))
    assert [(one.check, one.link_id) for one in twice] == [("duplicateLinkId", "g"), ("duplicateLinkId", "c")]


def test_each_form_is_only_equal_to_itself() -> None:
    """What is worked out for a form is looked up by it; comparing two large ones each time took seconds."""
    one, other = form(question()), form(question())
    assert parts(one) == parts(other)
    assert one == one  # noqa: PLR0124 - the rule
    assert one != other


def test_a_question_that_isnt_asked_takes_no_answer() -> None:
    sheet = paper(question("a", "boolean"), question("b", required=True, enableWhen=WHEN))
    assert found(sheet, said(answer("a", {"valueBoolean": False}))) == ()
    (problem,) = found(sheet, said(answer("b", {"valueString": "x"})))
    assert (problem.check, problem.link_id, problem.severity) == ("disabledAnswer", "b", "error")


def test_a_draft_is_only_told_what_it_lacks() -> None:
    sheet = paper(question("a", "boolean", required=True), question("b", enableWhen=WHEN))
    draft = said(answer("b", {"valueString": "x"}), status="in-progress")
    assert [(one.severity, one.check) for one in found(sheet, draft)] == [
        ("warning", "required"),
        ("warning", "disabledAnswer"),
    ]


def test_what_nobody_can_answer_is_only_told() -> None:
    (problem,) = found(paper(question(required=True, readOnly=True)), said())
    assert (problem.severity, problem.check) == ("warning", "required")


def test_a_required_section_needs_one_answer() -> None:
    sheet = paper(group("g", question("a"), question("b"), required=True))
    assert [one.check for one in found(sheet, said())] == ["required"]
    assert found(sheet, said({"linkId": "g", "item": [answer("b", {"valueString": "x"})]})) == ()


def test_a_hidden_question_owes_nothing() -> None:
    assert found(paper(question(required=True, **ruled("questionnaire-hidden", valueBoolean=True))), said()) == ()


@pytest.mark.parametrize(
    ("items", "check", "link_id"),
    [
        ([answer("gone", {"valueString": "x"})], "invalidLinkId", "gone"),
        ([{"answer": []}], "invalidLinkId", ""),
        ([answer("inner", {"valueString": "x"})], "nestedWrongly", "inner"),
        ([answer("a", {"valueString": "x"}), answer("a", {"valueString": "y"})], "duplicateLinkId", "a"),
        ([{"linkId": "g"}, {"linkId": "g"}], "duplicateLinkId", "g"),
        ([{"linkId": "a", "item": [answer("below", {"valueString": "x"})]}], "nestedWrongly", "a"),
        (["not an item"], "notOurs", ""),
    ],
)
def test_what_has_no_place_in_the_form_is_named(items: list[Any], check: str, link_id: str) -> None:
    sheet = paper(question("a", item=[question("below")]), group("g", question("inner")))
    codes = {(one.check, one.link_id) for one in found(sheet, said(*items))}
    assert (check, link_id) in codes


def test_a_problem_points_into_the_response() -> None:
    sheet = paper(group("g", question("a", "integer", repeats=True), question("b", required=True), repeats=True))
    repeats = [
        {"linkId": "g", "item": [answer("a", {"valueInteger": 1}), answer("b", {"valueString": "x"})]},
        {"linkId": "g", "item": [answer("a", {"valueInteger": 1}, {"valueString": "two"})]},
    ]
    assert [(one.check, one.expression) for one in found(sheet, said(*repeats))] == [
        ("invalidAnswerType", "QuestionnaireResponse.item[1].item[0].answer[1]"),
        ("required", "QuestionnaireResponse.item[1]"),
    ]


@pytest.mark.parametrize(
    ("more", "severities"),
    [
        ({"questionnaire": "urn:test:intake"}, []),
        ({"questionnaire": "urn:test:intake|3"}, []),
        ({"questionnaire": "urn:test:intake|2"}, ["warning"]),
        ({"questionnaire": "urn:test:other"}, ["error"]),
        ({"resourceType": "Patient"}, ["error"]),
        ({"status": "done"}, ["error"]),
    ],
)
def test_a_response_belongs_to_its_form(more: dict[str, Any], severities: list[str]) -> None:
    sheet = paper(question(), url="urn:test:intake", version="3")
    problems = found(sheet, {**said(), **more})
    assert [one.severity for one in problems] == severities
    assert {one.check for one in problems} <= {"notOurs"}


@needs_others
def test_the_responses_of_others_are_judged_as_they_say() -> None:
    text = (OTHERS / "cases" / "qr-validation-android-fhir.json").read_text(encoding="utf-8")
    for case in json.loads(text, parse_float=Decimal)["cases"]:
        # Its condition holds, so that the question it leaves unanswered is asked; others forgive what isn't sent.
        if case["id"] == "validation passes if question is required but not enabled":
            continue
        if not case["questionnaire"].get("item"):
            continue
        errors = {one.link_id for one in found(case["questionnaire"], case["response"]) if one.severity == "error"}
        assert bool(errors) is (case["expected"]["outcome"] != "valid"), case["id"]
        assert errors >= set(case["expected"].get("messages", ())), case["id"]


SHEET = form(
    question("a", "boolean", required=True),
    question("b", "choice", enableWhen=WHEN, **OPTIONS),
    group("g", question("c", "quantity", item=[question("d", "date")]), question("e", "attachment"), repeats=True),
    question("f", "decimal", **ruled("minValue", valueDecimal=1.5)),
    extension=[CONSTRAINT],
)
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.decimals(allow_nan=False), st.text(max_size=8))
anything = st.recursive(
    scalars,
    lambda below: st.one_of(
        st.lists(below, max_size=3),
        st.dictionaries(
            st.sampled_from(["linkId", "item", "answer", "valueBoolean", "valueCoding", "valueQuantity", "valueDate",
                             "valueDecimal", "valueAttachment", "value", "code", "data", "extension", "url"]),
            st.one_of(below, st.sampled_from(list("abcdefg"))),
            max_size=4,
        ),
    ),
    max_leaves=20,
)  # fmt: skip
items = st.lists(
    st.fixed_dictionaries(
        {"linkId": st.sampled_from(list("abcdefg"))}, optional={"answer": anything, "item": anything}
    ),
    max_size=6,
)


@given(st.one_of(anything, items), anything, anything)
def test_nothing_that_is_sent_makes_it_stumble(sent: Any, status: Any, named: Any) -> None:
    response = {"resourceType": "QuestionnaireResponse", "status": status, "questionnaire": named, "item": sent}
    for problem in questionnaire.validate(SHEET, response):
        assert problem.severity in {"error", "warning"}
        assert problem.text
    assert questionnaire.answered(SHEET, response).keys() == {"a", "b", "c", "d", "e", "f"}
    assert questionnaire.evaluate(SHEET, response) == {}


def test_a_constraint_that_cant_be_worked_out_warns() -> None:
    broken = json.loads(json.dumps(CONSTRAINT).replace("%resource.item", "%nobody.item"))
    (problem,) = found(paper(question(), extension=[broken]), said())
    assert (problem.severity, problem.check) == ("warning", "notOurs")


def test_calculated_answers_arent_asked_for() -> None:
    expression = {"language": "text/fhirpath", "expression": "1 + 1"}
    sum_ = question(
        type="integer", required=True, extension=[extended(SDC + "calculatedExpression", valueExpression=expression)]
    )
    assert [one.severity for one in found(paper(sum_), said())] == ["warning"]
