"""What a response says: which questions it leads to, what was answered, what is still awaited."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from reception.domain import questionnaire
from reception.domain.questionnaire.values import Answered, Form, Value
from tests.domain.sheets import OTHERS, SDC, extended, form, needs_others, paper, question

YES, NO = {"valueBoolean": True}, {"valueBoolean": False}


def when(question: str, operator: str = "=", **answer: Any) -> dict[str, Any]:
    return {"question": question, "operator": operator, **(answer or {"answerBoolean": True})}


def yes_no(link_id: str, *conditions: dict[str, Any], **more: Any) -> dict[str, Any]:
    asked = {"enableWhen": list(conditions)} if conditions else {}
    return question(link_id, "boolean", **asked, **more)


def said(*items: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items)}


def answer(link_id: str, *answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"linkId": link_id, "answer": list(answers), **more}


def group(link_id: str, *items: dict[str, Any]) -> dict[str, Any]:
    return {"linkId": link_id, "item": list(items)}


def on(form: Form, response: Mapping[str, Any]) -> set[str]:
    return set(questionnaire.enabled(form, response)[0])


def waiting(form: Form, response: Mapping[str, Any], link_id: str) -> bool:
    return questionnaire.answered(form, response)[link_id].waiting


CHAIN = form(yes_no("a"), yes_no("b", when("a")), yes_no("c", when("b")))


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ([], {"a"}),
        ([answer("a", YES)], {"a", "b"}),
        ([answer("a", YES), answer("b", YES)], {"a", "b", "c"}),
        ([answer("a", NO), answer("b", YES)], {"a"}),
    ],
)
def test_a_question_that_isnt_asked_counts_as_unanswered(answers: list[dict[str, Any]], asked: set[str]) -> None:
    assert on(CHAIN, said(*answers)) == asked


def test_what_isnt_asked_has_no_answer_though_one_was_sent() -> None:
    told = questionnaire.answered(CHAIN, said(answer("a", NO), answer("b", YES)))
    assert told["b"] == Answered(enabled=False, waiting=False, values=())
    assert told["a"] == Answered(enabled=True, waiting=False, values=(Value("boolean", False),))


def test_what_is_below_a_group_that_isnt_asked_isnt_either() -> None:
    section = question("g", "group", enableWhen=[when("a")], item=[yes_no("inner")])
    sheet = form(yes_no("a"), section)
    assert on(sheet, said()) == {"a"}
    assert on(sheet, said(answer("a", YES))) == {"a", "g", "inner"}


def test_words_below_a_question_are_asked_with_it() -> None:
    sheet = form(yes_no("a", item=[question("note", "display", enableWhen=[when("a")])]))
    assert on(sheet, said(answer("a", YES))) == {"a", "note"}
    assert on(sheet, said(answer("a", NO))) == {"a"}


@pytest.mark.parametrize(
    ("behaviour", "answers", "asked"),
    [
        ("all", [answer("a", YES)], False),
        ("all", [answer("a", YES), answer("b", YES)], True),
        ("any", [answer("b", YES)], True),
        ("any", [answer("b", NO)], False),
        (None, [answer("b", YES)], True),
    ],
)
def test_of_several_conditions_all_or_any_must_hold(
    behaviour: str | None, answers: list[dict[str, Any]], *, asked: bool
) -> None:
    more = {"enableBehavior": behaviour} if behaviour else {}
    sheet = form(yes_no("a"), yes_no("b"), yes_no("c", when("a"), when("b"), **more))
    assert ("c" in on(sheet, said(*answers))) is asked


# R32: hidden by an answer is one thing, hidden because an answer is wanting another.
@pytest.mark.parametrize(
    ("answers", "awaited"),
    [
        ([], {"b", "c"}),
        ([answer("a", YES)], {"c"}),
        ([answer("a", NO)], set()),
        ([answer("a", YES), answer("b", NO)], set()),
        ([answer("a", YES), answer("b", YES)], set()),
    ],
)
def test_a_question_waits_while_what_it_hangs_on_is_unanswered(
    answers: list[dict[str, Any]], awaited: set[str]
) -> None:  # R32
    told = questionnaire.answered(CHAIN, said(*answers))
    assert {link_id for link_id, one in told.items() if one.waiting} == awaited


def test_an_answer_that_settles_it_ends_the_waiting_for_others() -> None:  # R32
    both = form(yes_no("a"), yes_no("b"), yes_no("c", when("a"), when("b"), enableBehavior="all"))
    either = form(yes_no("a"), yes_no("b"), yes_no("c", when("a"), when("b"), enableBehavior="any"))
    assert waiting(both, said(answer("a", YES)), "c")
    assert not waiting(both, said(answer("a", NO)), "c")
    assert waiting(either, said(answer("a", NO)), "c")


def test_a_question_that_hangs_on_nothing_in_the_form_waits_for_good() -> None:  # R32
    sheet = form(yes_no("a"), yes_no("b", when("gone")))
    assert on(sheet, said(answer("a", YES))) == {"a"}
    assert waiting(sheet, said(answer("a", YES)), "b")


def test_an_answer_too_vague_to_tell_keeps_it_waiting() -> None:  # R32
    sheet = form(question("since", "date"), yes_no("b", when("since", ">", answerDate="2026-03-01")))
    assert waiting(sheet, said(answer("since", {"valueDate": "2026"})), "b")
    assert not waiting(sheet, said(answer("since", {"valueDate": "2025"})), "b")


MEDICINES = form(
    question(
        "medicine",
        "group",
        repeats=True,
        item=[yes_no("taken"), question("dose", "decimal", enableWhen=[when("taken")])],
    ),
    yes_no("last", when("taken")),
)


def test_in_a_repeating_group_one_repeat_is_enough() -> None:
    response = said(group("medicine", answer("taken", NO)), group("medicine", answer("taken", YES)))
    assert on(MEDICINES, response) == {"medicine", "taken", "dose", "last"}


def test_a_condition_looks_at_its_own_repeat_first() -> None:
    dose = {"valueDecimal": Decimal("2.5")}
    response = said(
        group("medicine", answer("taken", NO), answer("dose", {"valueDecimal": Decimal(9)})),
        group("medicine", answer("taken", YES), answer("dose", dose)),
    )
    assert questionnaire.answered(MEDICINES, response)["dose"].values == (Value("decimal", Decimal("2.5")),)


def test_after_a_repeating_group_the_last_repeat_counts() -> None:
    first = said(group("medicine", answer("taken", YES)), group("medicine", answer("taken", NO)))
    assert "last" not in on(MEDICINES, first)


def test_answered_in_one_repeat_only_it_is_still_awaited() -> None:  # R32
    response = said(group("medicine", answer("taken", YES)), group("medicine"))
    assert questionnaire.answered(MEDICINES, response)["taken"] == Answered(
        enabled=True, waiting=True, values=(Value("boolean", True),)
    )


def test_conditions_in_a_ring_count_answers_as_they_stand() -> None:
    ring = form(yes_no("a", when("b")), yes_no("b", when("a")))
    assert on(ring, said()) == set()
    assert on(ring, said(answer("a", YES), answer("b", YES))) == {"a", "b"}


def test_a_group_that_hangs_on_a_question_inside_it_is_settled_all_the_same() -> None:
    ring = form(question("g", "group", enableWhen=[when("inner")], item=[yes_no("inner")]))
    assert on(ring, said()) == set()
    assert on(ring, said(group("g", answer("inner", YES)))) == {"g", "inner"}


def test_an_answer_in_the_wrong_place_is_taken_where_it_belongs() -> None:
    sheet = form(question("g", "group", item=[yes_no("a")]), yes_no("b", when("a")))
    assert "b" in on(sheet, said(answer("a", YES)))


def test_an_empty_answer_is_none() -> None:
    sheet = form(question("a"), yes_no("b", when("a", "exists")))
    assert "b" not in on(sheet, said(answer("a", {"valueString": ""})))


def enabling(text: str) -> dict[str, Any]:
    expression = {"language": "text/fhirpath", "expression": text}
    return {"extension": [extended(SDC + "enableWhenExpression", valueExpression=expression)]}


AGED = form(
    question("age", "integer"),
    yes_no("adult", **enabling("%resource.item.where(linkId='age').answer.value >= 18")),
    yes_no("after", when("adult")),
)


def test_an_expression_enables_a_question_and_what_hangs_on_it() -> None:
    assert on(AGED, said(answer("age", {"valueInteger": 17}))) == {"age"}
    assert on(AGED, said(answer("age", {"valueInteger": 18}))) == {"age", "adult"}
    assert on(AGED, said(answer("age", {"valueInteger": 18}), answer("adult", YES))) == {"age", "adult", "after"}
    assert on(AGED, said(answer("age", {"valueInteger": 17}), answer("adult", YES))) == {"age"}


def test_a_question_waits_for_the_answer_that_its_expression_names() -> None:  # R32
    assert waiting(AGED, said(), "adult")
    assert not waiting(AGED, said(answer("age", {"valueInteger": 17})), "adult")


def test_a_question_whose_expression_cant_be_worked_out_is_asked() -> None:
    sheet = form(yes_no("a", **enabling("%nobody.age > 3")))
    assert "a" in on(sheet, {**said(), "status": "in-progress"})
    assert "a" in on(sheet, said(answer("a", YES)))


def test_whether_it_was_asked_nobody_can_tell_once_the_form_is_handed_in() -> None:  # R32
    sheet = form(yes_no("a", **enabling("%patient.gender = 'female'")))
    assert waiting(sheet, said(), "a")
    for gender, asked in (("female", True), ("male", False)):
        client = {"resourceType": "Patient", "gender": gender}
        told = questionnaire.answered(sheet, said(), patient=client)["a"]
        assert told == Answered(enabled=asked, waiting=False, values=())


def of_others(name: str) -> list[dict[str, Any]]:
    """The cases of one file that don't contradict the specification."""
    if not OTHERS.is_dir():
        return []
    cases = json.loads((OTHERS / "cases" / name).read_text(encoding="utf-8"), parse_float=Decimal)["cases"]
    return [case for case in cases if not case.get("conflictsWithR5Text")]


@needs_others
@pytest.mark.parametrize("name", ["enablewhen-android-fhir.json", "enablewhen-smart-forms.json"])
def test_the_conditions_of_others_are_settled_as_they_say(name: str) -> None:
    for case in of_others(name):
        sheet, response, target = laid_out(case)
        assert (target in on(sheet, response)) is case["enabled"], case["id"]


def laid_out(case: dict[str, Any]) -> tuple[Form, dict[str, Any], str]:
    """A case as a form and a response; some name a target that their form calls otherwise."""
    if "item" in case:
        names = {condition["question"] for condition in case["item"].get("enableWhen", [])}
        questions = [question(name, repeats=True) for name in sorted(names)]
        return questionnaire.read_json(paper(*questions, case["item"])).form, said(*case["answers"]), "target"
    sheet = questionnaire.read_json(case["questionnaire"]).form
    targets = [item.link_id for item in sheet.walk() if item.enabled is not None]
    return sheet, case["response"], case["target"] if case["target"] in targets else targets[0]


@needs_others
def test_the_states_of_a_whole_form_by_others_are_as_they_say() -> None:
    whole = json.loads((OTHERS / "cases" / "enablewhen-lforms.json").read_text(encoding="utf-8"), parse_float=Decimal)
    sheet = questionnaire.read_json(whole["questionnaire"]).form
    for case in whole["cases"]:
        asked, hidden = questionnaire.enabled(sheet, case["response"])
        assert asked.issuperset(case["visible"]), case["id"]
        assert hidden.issuperset(case["hidden"]), case["id"]
