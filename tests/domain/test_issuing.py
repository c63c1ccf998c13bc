"""A form handed out together with what its answers mean: all of it or nothing, and nothing that still says the same."""

from dataclasses import replace
from typing import Any

import pytest

from reception.domain import forms, questionnaire, screening
from reception.domain.errors import Invalid, NotAllowed, Refused
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Draft, Weight
from reception.domain.questionnaire.values import Value
from reception.domain.screening import Consequence, Effect, Issue, Lasting, Operator, RuleRow, Screened
from reception.domain.tables.ids import FormId, VersionId
from tests.clinic import TODAY, Clinic, question

YES = Value("boolean", True)
PREGNANT = question("pregnant", "Are you pregnant?", required=True)
AREA = question(
    "area",
    "Where?",
    "choice",
    required=True,
    answerOption=[{"valueCoding": {"code": "face", "display": "Face"}}],
)


@pytest.fixture
def form(clinic: Clinic) -> FormId:
    """A form that the laser requires."""
    form = clinic.form(PREGNANT, AREA)
    clinic.require(form)
    return form


def newest(clinic: Clinic, form: FormId) -> forms.Version:
    return clinic.ask(forms.newest, form)


def rules(clinic: Clinic, form: FormId) -> tuple[RuleRow, ...]:
    return clinic.ask(screening.rules, form=form)


def draft(clinic: Clinic, form: FormId) -> Draft:
    return editing.from_form(newest(clinic, form).questionnaire)


def blocked(clinic: Clinic, **told: Any) -> Consequence:
    words = {"staff_message": "No laser", "client_message": "Please speak to us"}
    return Consequence("pregnant", YES, Effect.BLOCK, (clinic.laser,), **{**words, **told})


def source(edited: Draft, number: int) -> bytes:
    return questionnaire.dump_json(editing.published(edited, number, TODAY)).encode()


def issue(
    clinic: Clinic, form: FormId, *consequences: Consequence, edited: Draft | None = None, **more: Any
) -> VersionId:
    """Hands out what was edited, or only what the answers mean."""
    before = newest(clinic, form)
    text = source(edited, before.number + 1) if edited is not None else None
    wanted = Issue(before.questionnaire.url, text, consequences, **{"before": before.id, **more})
    return VersionId(clinic.do(screening.issue, wanted))


def test_a_form_and_its_rules_come_together(clinic: Clinic, form: FormId) -> None:
    # R32
    edited = editing.reworded(draft(clinic, form), "pregnant", "Might you be pregnant?")
    version = issue(clinic, form, blocked(clinic), edited=edited)
    assert newest(clinic, form).id == version
    (rule,) = rules(clinic, form)
    assert (rule.draft.operator, rule.question) == (Operator.EQUAL, "Might you be pregnant?")
    clinic.answer(form, pregnant=True, area=Value("Coding", {"code": "face"}))
    assert clinic.verdict().outcome is Screened.BLOCKED


def test_what_follows_for_several_services_is_one_rule_beside_each(clinic: Clinic, form: FormId) -> None:
    issue(clinic, form, blocked(clinic), replace(blocked(clinic), services=(clinic.massage,)))
    (one,) = screening.consequences(rules(clinic, form))
    assert set(one.services) == {clinic.laser, clinic.massage}


def test_rules_that_differ_stay_apart(clinic: Clinic, form: FormId) -> None:
    flagged = Consequence("pregnant", YES, Effect.FLAG, (clinic.massage,), staff_message="Ask", client_message="Ask us")
    issue(clinic, form, blocked(clinic), flagged)
    found = screening.consequences(rules(clinic, form))
    assert blocked(clinic) in found
    assert flagged in found


def test_a_rule_that_says_the_same_is_left_alone(clinic: Clinic, form: FormId) -> None:
    # R33: another rule in its place would find anew what was found before
    issue(clinic, form, blocked(clinic))
    (before,) = rules(clinic, form)
    issue(
        clinic, form, *screening.consequences(rules(clinic, form)), edited=editing.retitled(draft(clinic, form), "Skin")
    )
    assert [one.id for one in rules(clinic, form)] == [before.id]


def test_an_answer_in_other_words_keeps_its_rule(clinic: Clinic, form: FormId) -> None:
    face = Value("Coding", {"code": "face", "display": "Face"})
    one = Consequence("area", face, Effect.FLAG, (clinic.laser,), staff_message="Mind", client_message="We look first")
    issue(clinic, form, one)
    (before,) = rules(clinic, form)
    edited = editing.word_answer(draft(clinic, form), "area", 0, "The face")
    issue(clinic, form, replace(one, answer=Value("Coding", {"code": "face", "display": "The face"})), edited=edited)
    assert [one.id for one in rules(clinic, form)] == [before.id]


def test_rules_of_other_kinds_are_not_the_editors(clinic: Clinic, form: FormId) -> None:
    unlike = clinic.rule(form, "pregnant", operator=Operator.NOT_EQUAL)
    asked = clinic.rule(form, "area", True, operator=Operator.EXISTS)
    issue(clinic, form, blocked(clinic))
    assert {one.id for one in screening.others(rules(clinic, form))} == {unlike, asked}
    assert screening.consequences(rules(clinic, form)) == (blocked(clinic),)


def test_a_rule_that_stays_behind_without_its_question_is_told(clinic: Clinic, form: FormId) -> None:
    clinic.rule(form, "pregnant", True, operator=Operator.EXISTS)
    edited = editing.remove(draft(clinic, form), "pregnant")
    (found,) = screening.findings(edited, [], screening.others(rules(clinic, form)))
    assert found.weight is Weight.WARNING
    assert "asks about “Are you pregnant?”, which was taken out" in found.words


def test_what_answers_mean_changes_without_a_new_version(clinic: Clinic, form: FormId) -> None:
    issue(clinic, form, blocked(clinic))
    issue(clinic, form, blocked(clinic, lasting=Lasting.UNTIL, until_days=30))
    (rule,) = rules(clinic, form)
    assert (rule.draft.until_days, newest(clinic, form).number) == (30, 1)


def test_a_rule_that_can_not_be_leaves_the_form_as_it_was(clinic: Clinic, form: FormId) -> None:
    edited = editing.reworded(draft(clinic, form), "area", "Which area?")
    gone = Consequence("gone", YES, Effect.BLOCK, (clinic.laser,), staff_message="No", client_message="No")
    with pytest.raises(Invalid):
        issue(clinic, form, gone, edited=edited)
    assert newest(clinic, form).number == 1


def test_a_version_that_came_meanwhile_is_not_overwritten(clinic: Clinic, form: FormId) -> None:
    begun = newest(clinic, form).id
    issue(clinic, form, edited=editing.reworded(draft(clinic, form), "area", "Which area?"))
    with pytest.raises(Refused, match="has become version 2 since you began"):
        issue(clinic, form, edited=editing.reworded(draft(clinic, form), "area", "What area?"), before=begun)


def test_a_new_form_is_the_first_of_its_url(clinic: Clinic) -> None:
    edited, _ = editing.add(editing.blank("urn:test:new", "New"), editing.Sort.YES_NO)
    version = clinic.do(screening.issue, Issue("urn:test:new", source(edited, 1)))
    assert clinic.ask(forms.version, VersionId(version)).number == 1
    with pytest.raises(Refused, match="is no longer there"):
        clinic.do(screening.issue, Issue("urn:test:other", source(edited, 1), before=VersionId(version)))
    with pytest.raises(Refused, match="isn't published yet"):
        clinic.do(screening.issue, Issue("urn:test:other", None))


def test_the_desk_hands_out_no_form(clinic: Clinic, form: FormId) -> None:
    wanted = Issue(newest(clinic, form).questionnaire.url, None, (), newest(clinic, form).id)
    with pytest.raises(NotAllowed):
        clinic.do(screening.issue, wanted, by=clinic.desk)


# What is looked through


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"link_id": "gone"}, "A rule waits for “Yes” at a question that was taken out. Take the rule away too."),
        ({"services": ()}, "“Are you pregnant?: Yes” stops no service yet. Choose which."),
        ({"client_message": " "}, "“Are you pregnant?: Yes” has no words for the desk or the client. Type them."),
        (
            {"answer": Value("boolean", True), "link_id": "area"},
            "A rule waits for “Where?: Yes”, which isn’t offered. Take it away.",
        ),
    ],
)
def test_a_rule_that_can_not_be_is_said_before_publishing(
    clinic: Clinic, form: FormId, told: dict[str, Any], sentence: str
) -> None:
    plain = {"link_id": "pregnant", "answer": YES, "services": (clinic.laser,), "client_message": "No"}
    one = Consequence(**{"effect": Effect.BLOCK, "staff_message": "No", **plain, **told})
    found = screening.findings(draft(clinic, form), [one])
    assert (Weight.ERROR, sentence) in [(each.weight, each.words) for each in found]


def test_a_question_that_decides_but_may_be_left_open_is_worth_a_look(clinic: Clinic, form: FormId) -> None:
    # R32: without an answer the outcome is unknown
    edited = editing.required(draft(clinic, form), "pregnant", needed=False)
    (found,) = screening.findings(edited, [blocked(clinic)])
    assert (found.weight, found.link_id) == (Weight.WARNING, "pregnant")
