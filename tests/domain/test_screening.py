from datetime import date, timedelta
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from reception.domain import clients, diary, forms, questionnaire, screening
from reception.domain.clients import ClientDraft
from reception.domain.errors import Invalid, NotAllowed, NotFound, Refused
from reception.domain.gates import Rule
from reception.domain.questionnaire.values import Answered, Form, Item, Kind, Value
from reception.domain.screening import Effect, Lasting, Operator, Screened, Verdict, Wanting
from reception.domain.screening.books import Books, Cleared, Edition, Frozen, Given
from reception.domain.screening.weighing import Wish, weigh
from reception.domain.tables.ids import (
    AppointmentId,
    ClientId,
    FormId,
    GroupId,
    ResponseId,
    RuleId,
    ServiceId,
    StaffId,
    VersionId,
)
from reception.domain.tables.words import AnsweredBy, Role, TaskKind
from tests.clinic import LONDON, TODAY, Clinic, question

PREGNANT = question("pregnant", "Are you pregnant?")
SUN = question("sun", "When were you last in the sun?", "date")
TABLETS = question("tablets", "Do you take tablets?")
WHICH = question(
    "which", "Does one make you sensitive to light?", enableWhen=[
        {"question": "tablets", "operator": "=", "answerBoolean": True}
    ],
)  # fmt: skip


@pytest.fixture
def form(clinic: Clinic) -> FormId:
    """A form that the laser requires: an answer holds for 180 days."""
    form = clinic.form(PREGNANT, SUN, TABLETS, WHICH)
    clinic.require(form)
    return form


@pytest.fixture
def clare(clinic: Clinic) -> StaffId:
    """Somebody who may clear a screening."""
    return clinic.person("Clare Dunn", Role.PRACTITIONER, clinical=True)


def why(verdict: Verdict) -> list[Wanting]:
    return [due.why for due in verdict.due]


def group_of(clinic: Clinic, visit: AppointmentId) -> GroupId:
    return clinic.ask(diary.entry, visit).group


# What is required


def test_a_service_that_requires_nothing_is_clear(clinic: Clinic) -> None:
    assert clinic.verdict() == Verdict(clinic.laser, Screened.CLEAR)


def test_a_required_form_that_nobody_filled_in_is_unknown(clinic: Clinic, form: FormId) -> None:
    # R31, R32
    verdict = clinic.verdict()
    assert (verdict.outcome, why(verdict)) == (Screened.UNKNOWN, [Wanting.MISSING])
    assert (verdict.due[0].form, verdict.due[0].title) == (form, "Laser and light")
    assert clinic.verdict(service=clinic.massage).outcome is Screened.CLEAR


@pytest.mark.parametrize(("days", "outcome"), [(0, Screened.CLEAR), (180, Screened.CLEAR), (181, Screened.UNKNOWN)])
def test_an_answer_holds_for_visits_that_start_on_or_before_its_last_day(
    clinic: Clinic, form: FormId, days: int, outcome: Screened
) -> None:
    # R31
    clinic.answer(form, pregnant=False)
    verdict = clinic.verdict(clinic.at("23:45", clinic.days(days)))
    assert verdict.outcome is outcome
    assert why(verdict) == ([] if verdict.passes else [Wanting.OUTDATED])


def test_the_local_date_of_the_answer_counts(clinic: Clinic, form: FormId) -> None:
    # R31: half past midnight in London's summer is still the day before in UTC
    clinic.clock.now = clinic.at("00:30", date(2027, 7, 1))
    clinic.answer(form, pregnant=False)
    assert clinic.verdict(clinic.at("10:00", date(2027, 12, 28))).outcome is Screened.CLEAR
    assert clinic.verdict(clinic.at("10:00", date(2027, 12, 29))).outcome is Screened.UNKNOWN


def test_a_form_for_every_visit_is_good_for_its_own_coming_in_only(clinic: Clinic, form: FormId) -> None:
    # R31
    clinic.require(form, days=None)
    first, second = (group_of(clinic, clinic.book(clinic.at("10:00", clinic.days(day)))) for day in (1, 2))
    clinic.do(screening.answer, clinic.answering(form, {"pregnant": False}, group=first))
    assert clinic.verdict(group=first).outcome is Screened.CLEAR
    assert why(clinic.verdict(group=second)) == why(clinic.verdict()) == [Wanting.THIS_VISIT]
    clinic.do(screening.answer, clinic.answering(form, {"pregnant": False}, group=second))
    assert clinic.verdict(group=first).passes
    assert clinic.verdict(group=second).passes


def test_a_response_without_a_visit_is_for_no_visit(clinic: Clinic, form: FormId) -> None:
    # R31
    clinic.require(form, days=None)
    clinic.answer(form, pregnant=False)
    assert why(clinic.verdict()) == [Wanting.THIS_VISIT]


@pytest.mark.parametrize(("material", "outcome"), [(False, Screened.CLEAR), (True, Screened.UNKNOWN)])
def test_a_version_that_changes_what_is_asked_asks_anew(
    clinic: Clinic, form: FormId, material: bool, outcome: Screened
) -> None:
    # R31
    clinic.answer(form, pregnant=False)
    clinic.form(PREGNANT, SUN, material=material)
    assert clinic.verdict().outcome is outcome
    assert why(clinic.verdict()) == ([Wanting.NEW_VERSION] if material else [])
    clinic.answer(form, pregnant=False)
    assert clinic.verdict().outcome is Screened.CLEAR


def test_answers_to_an_earlier_version_do_not_replace_those_to_a_later_one(clinic: Clinic, form: FormId) -> None:
    # R31: a draft that was begun before the change is handed in after somebody has answered the new version
    first = clinic.ask(forms.newest, form).id
    clinic.form(PREGNANT, SUN, material=True)
    clinic.answer(form, pregnant=False)
    clinic.rule(form)
    clinic.do(screening.answer, clinic.answering(form, {"pregnant": True}, version=first))
    assert clinic.verdict().outcome is Screened.BLOCKED  # its blocks do count
    assert clinic.verdict().due == ()


# What answers mean


@pytest.mark.parametrize(
    ("effect", "outcome"),
    [(Effect.BLOCK, Screened.BLOCKED), (Effect.FLAG, Screened.FLAGGED), (Effect.NOTE, Screened.CLEAR)],
)
def test_what_an_answer_does_to_the_service(clinic: Clinic, form: FormId, effect: Effect, outcome: Screened) -> None:
    # R32
    clinic.rule(form, effect=effect, staff_message="Is pregnant.", client_message="Not while you are pregnant.")
    clinic.answer(form, pregnant=True)
    verdict = clinic.verdict()
    assert verdict.outcome is outcome
    (hit,) = verdict.hits
    assert (hit.effect, hit.question, hit.answer, hit.cleared) == (effect, "Are you pregnant?", "Yes", False)
    assert (hit.staff_message, hit.client_message) == ("Is pregnant.", "Not while you are pregnant.")
    assert clinic.verdict(service=clinic.massage).outcome is Screened.CLEAR


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        ({"pregnant": False, "tablets": True, "which": True}, Screened.BLOCKED),
        ({"pregnant": False, "tablets": True, "which": False}, Screened.CLEAR),
        ({"pregnant": False, "tablets": False}, Screened.CLEAR),
        ({"pregnant": False, "tablets": True}, Screened.UNKNOWN),
        ({"pregnant": False}, Screened.UNKNOWN),
    ],
    ids=["yes", "no", "hidden by an answer", "shown, not answered", "hidden since the question above has no answer"],
)
def test_no_answer_is_never_a_good_one(clinic: Clinic, form: FormId, given: dict[str, Any], outcome: Screened) -> None:
    # R32
    clinic.rule(form, "which")
    clinic.answer(form, **given)
    verdict = clinic.verdict()
    assert verdict.outcome is outcome
    assert why(verdict) == ([Wanting.UNANSWERED] if outcome is Screened.UNKNOWN else [])


def test_a_question_that_is_gone_makes_the_outcome_unknown(clinic: Clinic, form: FormId) -> None:
    # R32
    clinic.rule(form, "which", effect=Effect.FLAG)
    clinic.form(PREGNANT)
    clinic.answer(form, pregnant=False)
    assert why(clinic.verdict()) == [Wanting.UNANSWERED]


def test_rules_on_a_form_that_is_not_required_count_once_it_was_answered(clinic: Clinic) -> None:
    # R32
    form = clinic.form()
    clinic.rule(form)
    assert clinic.verdict().outcome is Screened.CLEAR
    clinic.answer(form, pregnant=True)
    assert clinic.verdict().outcome is Screened.BLOCKED


def test_of_several_forms_the_worst_counts(clinic: Clinic, form: FormId) -> None:
    # R32
    other = clinic.form(TABLETS, title="Massage")
    third = clinic.form(PREGNANT, title="Third")
    clinic.do(screening.set_requirements, clinic.laser, [(form, 180), (other, 180), (third, 180)])
    clinic.rule(form, effect=Effect.FLAG)
    clinic.rule(other, "tablets")
    clinic.answer(form, pregnant=True)
    assert clinic.verdict().outcome is Screened.UNKNOWN
    assert [due.title for due in clinic.verdict().due] == ["Massage", "Third"]
    clinic.answer(other, tablets=True)
    verdict = clinic.verdict()
    assert verdict.outcome is Screened.BLOCKED
    assert [hit.effect for hit in verdict.hits] == [Effect.BLOCK, Effect.FLAG]
    assert [due.title for due in verdict.due] == ["Third"]


def test_an_outdated_flag_is_unknown(clinic: Clinic, form: FormId) -> None:
    # R32: unknown comes before flagged
    clinic.rule(form, effect=Effect.FLAG)
    clinic.answer(form, pregnant=True)
    assert clinic.verdict(clinic.at("10:00", clinic.days(181))).outcome is Screened.UNKNOWN


# What stands


def test_newer_answers_replace_flags_but_lift_no_block(clinic: Clinic, form: FormId) -> None:
    # R33
    clinic.rule(form)
    clinic.rule(form, "tablets", effect=Effect.FLAG)
    clinic.answer(form, pregnant=True, tablets=True)
    clinic.clock.forward(days=1)
    clinic.answer(form, pregnant=False, tablets=False)
    verdict = clinic.verdict()
    assert verdict.outcome is Screened.BLOCKED
    assert [(hit.effect, hit.answer) for hit in verdict.hits] == [(Effect.BLOCK, "Yes")]


def test_a_block_stands_after_its_rule_was_retired(clinic: Clinic, form: FormId) -> None:
    # R33
    rule = clinic.rule(form)
    clinic.rule(form, "tablets", effect=Effect.FLAG)
    clinic.answer(form, pregnant=True, tablets=True)
    clinic.do(screening.retire_rule, rule)
    clinic.answer(form, pregnant=True, tablets=False)
    verdict = clinic.verdict()
    assert [(hit.rule, hit.question) for hit in verdict.hits] == [(rule, "Are you pregnant?")]
    assert verdict.outcome is Screened.BLOCKED


def test_a_block_by_a_rule_that_is_younger_than_the_answers_stands_too(clinic: Clinic, form: FormId) -> None:
    # R33
    old = clinic.answer(form, pregnant=True)
    clinic.rule(form)
    assert clinic.verdict().outcome is Screened.BLOCKED
    clinic.answer(form, pregnant=False)
    (hit,) = clinic.verdict().hits
    assert (hit.response, clinic.verdict().outcome) == (old, Screened.BLOCKED)


def test_blocks_outlive_a_version_that_changes_what_is_asked(clinic: Clinic, form: FormId) -> None:
    # R31, R33
    clinic.rule(form)
    clinic.rule(form, "tablets", effect=Effect.FLAG)
    clinic.answer(form, pregnant=True, tablets=True)
    clinic.form(PREGNANT, TABLETS, material=True)
    verdict = clinic.verdict()
    assert [(hit.effect, hit.question) for hit in verdict.hits] == [(Effect.BLOCK, "Are you pregnant?")]
    assert (verdict.outcome, why(verdict)) == (Screened.BLOCKED, [Wanting.NEW_VERSION])


def test_a_changed_rule_is_asked_anew_and_shown_once(clinic: Clinic, form: FormId) -> None:
    # R33
    rule = clinic.rule(form)
    clinic.answer(form, pregnant=True)
    (row,) = clinic.ask(screening.rules)
    changed = clinic.do(screening.change_rule, rule, _reworded(row.draft))
    assert changed != rule
    (hit,) = clinic.verdict().hits
    assert (hit.rule, hit.staff_message) == (changed, "Ask first.")


def _reworded(draft: screening.RuleDraft) -> screening.RuleDraft:
    return screening.RuleDraft(
        draft.service,
        draft.form,
        draft.link_id,
        draft.operator,
        draft.answer,
        draft.effect,
        staff_message="Ask first.",
        client_message=draft.client_message,
    )


@pytest.mark.parametrize(
    ("days", "outcome"), [(0, Screened.BLOCKED), (29, Screened.BLOCKED), (30, Screened.UNKNOWN), (31, Screened.UNKNOWN)]
)
def test_a_block_until_a_date_ends_then_and_the_form_is_asked_again(
    clinic: Clinic, form: FormId, days: int, outcome: Screened
) -> None:
    # R32
    clinic.rule(form, lasting=Lasting.UNTIL, until_days=30)
    clinic.answer(form, pregnant=True)
    verdict = clinic.verdict(clinic.at("10:00", clinic.days(days)))
    assert verdict.outcome is outcome
    assert [hit.until for hit in verdict.hits] == ([clinic.days(30)] if outcome is Screened.BLOCKED else [])
    assert why(verdict) == ([] if outcome is Screened.BLOCKED else [Wanting.OUTDATED])


def test_newer_answers_are_what_is_asked_again(clinic: Clinic, form: FormId) -> None:
    # R32, R33
    clinic.rule(form, lasting=Lasting.UNTIL, until_days=30)
    clinic.answer(form, pregnant=True)
    clinic.clock.forward(days=10)
    clinic.answer(form, pregnant=False)
    assert clinic.verdict(clinic.at("10:00", clinic.days(29))).outcome is Screened.BLOCKED
    assert clinic.verdict(clinic.at("10:00", clinic.days(30))).outcome is Screened.CLEAR


def test_a_block_may_count_from_a_date_in_the_answers(clinic: Clinic, form: FormId) -> None:
    # R32
    clinic.rule(form, "sun", operator=Operator.EXISTS, lasting=Lasting.UNTIL, until_days=28, until_link="sun")
    clinic.answer(form, pregnant=False, sun=clinic.days(-10))
    assert [hit.until for hit in clinic.verdict().hits] == [clinic.days(18)]
    assert why(clinic.verdict(clinic.at("10:00", clinic.days(18)))) == [Wanting.OUTDATED]


def test_what_was_long_over_when_it_was_answered_asks_for_nothing(clinic: Clinic, form: FormId) -> None:
    # R32
    clinic.rule(form, "sun", operator=Operator.EXISTS, lasting=Lasting.UNTIL, until_days=28, until_link="sun")
    clinic.answer(form, pregnant=False, sun=clinic.days(-40))
    assert clinic.verdict() == Verdict(
        clinic.laser, Screened.CLEAR, responses=clinic.verdict().responses, rules=clinic.verdict().rules
    )


def test_a_block_of_a_response_is_only_its_clients_and_its_services(clinic: Clinic, form: FormId) -> None:
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    other = clinic.client("Cal Ray")
    answered = clinic.answering(form, {"pregnant": False}, client=other)
    clinic.do(screening.answer, answered)
    assert clinic.ask(screening.verdict, other, clinic.laser, clinic.clock()).outcome is Screened.CLEAR
    assert clinic.verdict(service=clinic.gift).outcome is Screened.CLEAR


# Who clears


@pytest.mark.parametrize("lasting", list(Lasting))
@pytest.mark.parametrize("effect", [Effect.BLOCK, Effect.FLAG])
def test_a_clinician_clears_blocks_and_flags_for_visits_through_a_day(
    clinic: Clinic, form: FormId, clare: StaffId, effect: Effect, lasting: Lasting
) -> None:
    # R33
    days = 100 if lasting is Lasting.UNTIL else None
    clinic.rule(form, effect=effect, lasting=lasting, until_days=days)
    clinic.answer(form, pregnant=True)
    clinic.clear(clare, through=clinic.days(30))
    verdict = clinic.verdict(clinic.at("10:00", clinic.days(30)))
    assert (verdict.outcome, verdict.passes, [hit.cleared for hit in verdict.hits]) == (Screened.CLEARED, True, [True])
    assert not clinic.verdict(clinic.at("10:00", clinic.days(31))).passes


def test_a_clearance_for_a_coming_in_covers_that_one_only(clinic: Clinic, form: FormId, clare: StaffId) -> None:
    # R33
    first, second = (group_of(clinic, clinic.book(clinic.at("10:00", clinic.days(day)))) for day in (1, 2))
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    clinic.clear(clare, group=first)
    assert clinic.verdict(group=first).outcome is Screened.CLEARED
    assert clinic.verdict(group=second).outcome is clinic.verdict().outcome is Screened.BLOCKED


def test_a_clearance_covers_what_was_answered_before_it(clinic: Clinic, form: FormId, clare: StaffId) -> None:
    # R33
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    clinic.clear(clare, through=clinic.days(30))
    clinic.answer(form, pregnant=True)
    verdict = clinic.verdict()
    assert (verdict.outcome, [hit.cleared for hit in verdict.hits]) == (Screened.BLOCKED, [False, True])


def test_a_clearance_covers_one_service(clinic: Clinic, form: FormId, clare: StaffId) -> None:
    # R33
    for service in (clinic.laser, clinic.massage):
        clinic.rule(form, service=service)
    clinic.answer(form, pregnant=True)
    clinic.clear(clare, through=clinic.days(30))
    assert clinic.verdict(service=clinic.massage).outcome is Screened.BLOCKED


def test_what_is_not_known_is_not_cleared(clinic: Clinic, form: FormId, clare: StaffId) -> None:
    # R33
    with pytest.raises(Refused, match="“Laser and light” is due first"):
        clinic.clear(clare, through=clinic.days(30))
    clinic.rule(form, "which")
    clinic.rule(form)
    clinic.answer(form, pregnant=True, tablets=True)
    with pytest.raises(Refused, match="“Laser and light” is due first"):
        clinic.clear(clare, through=clinic.days(30))


def test_a_cleared_block_is_still_unknown_once_the_form_is_outdated(
    clinic: Clinic, form: FormId, clare: StaffId
) -> None:
    # R33
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    clinic.clear(clare, through=clinic.days(365))
    assert clinic.verdict(clinic.at("10:00", clinic.days(181))).outcome is Screened.UNKNOWN


def test_a_form_for_every_visit_does_not_keep_a_clinician_from_clearing_through_a_day(
    clinic: Clinic, form: FormId, clare: StaffId
) -> None:
    # R33
    clinic.require(form, days=None)
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    clinic.clear(clare, through=clinic.days(30))
    assert why(clinic.verdict()) == [Wanting.THIS_VISIT]
    assert [hit.cleared for hit in clinic.verdict().hits] == [True]


def test_nothing_is_cleared_where_nothing_stands(clinic: Clinic, form: FormId, clare: StaffId) -> None:
    clinic.rule(form)
    clinic.answer(form, pregnant=False)
    with pytest.raises(Refused, match="Nothing stands against Laser 30"):
        clinic.clear(clare, through=clinic.days(30))
    clinic.answer(form, pregnant=True)
    clinic.clear(clare, through=clinic.days(30))
    with pytest.raises(Refused, match="Nothing stands"):
        clinic.clear(clare, through=clinic.days(60))


def test_only_a_clinician_clears(clinic: Clinic, form: FormId) -> None:
    # R33: the clinical right is its own, and no role has it by itself
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    for person in (clinic.owner, clinic.manager, clinic.desk, clinic.ana):
        with pytest.raises(NotAllowed, match="Only a clinician"):
            clinic.clear(person, through=clinic.days(30))
    with pytest.raises(NotAllowed):
        clinic.store.write(screening.clear, clinic.bea, clinic.laser, "Because.", through=TODAY, actor=None)


@pytest.mark.parametrize(
    ("words", "reach", "field"),
    [
        (" ", {"through": TODAY}, "words"),
        ("Seen.", {}, "through"),
        ("Seen.", {"through": TODAY, "group": 1}, "through"),
        ("Seen.", {"through": TODAY - timedelta(days=1)}, "through"),
    ],
)
def test_a_clearance_needs_a_reason_and_one_reach(
    clinic: Clinic, form: FormId, clare: StaffId, words: str, reach: dict[str, Any], field: str
) -> None:
    # R33
    with pytest.raises(Invalid) as refusal:
        clinic.do(screening.clear, clinic.bea, clinic.laser, words, by=clare, **reach)
    assert refusal.value.field == field


# How answers are handed in


def test_answers_to_questions_that_are_not_asked_are_dropped(clinic: Clinic, form: FormId) -> None:
    # R32, R35
    clinic.rule(form, "which")
    given = clinic.answer(form, pregnant=False, tablets=False, which=True)
    assert clinic.verdict().outcome is Screened.CLEAR
    response = clinic.ask(forms.response, given)
    assert [item["linkId"] for item in response.answers["item"]] == ["pregnant", "tablets"]


def test_a_form_that_is_not_complete_is_refused_and_the_question_named(clinic: Clinic) -> None:
    form = clinic.form(question("pregnant", "Are you pregnant?", required=True))
    with pytest.raises(Invalid, match="“Are you pregnant\\?”") as refusal:
        clinic.answer(form)
    assert refusal.value.field == "pregnant"
    assert clinic.ask(forms.responses, clinic.bea) == ()


def test_an_answer_to_no_question_of_the_form_is_refused(clinic: Clinic, form: FormId) -> None:
    with pytest.raises(Invalid):
        clinic.answer(form, pregnant=False, elsewhere=True)


def born(clinic: Clinic, on: date) -> ClientId:
    return ClientId(clinic.do(clients.add, ClientDraft("Kit Jones", born=on)))


def test_a_guardian_answers_for_a_minor(clinic: Clinic, form: FormId) -> None:
    # R35
    kit = born(clinic, date(2010, 6, 1))
    with pytest.raises(Invalid, match="Kit Jones is under 18") as refusal:
        clinic.do(screening.answer, clinic.answering(form, {"pregnant": False}, client=kit))
    assert refusal.value.field == "answered_by"
    by_mother = {"answered_by": AnsweredBy.GUARDIAN, "answerer": "Mia Jones", "relation": "mother"}
    for missing in ("answerer", "relation"):
        answering = clinic.answering(form, {"pregnant": False}, client=kit, **{**by_mother, missing: " "})
        with pytest.raises(Invalid) as refusal:
            clinic.do(screening.answer, answering)
        assert refusal.value.field == missing
    clinic.do(screening.answer, clinic.answering(form, {"pregnant": False}, client=kit, **by_mother))
    (row,) = clinic.ask(forms.responses, kit)
    assert (row.answered_by, row.answerer) == (AnsweredBy.GUARDIAN, "Mia Jones")


def test_whether_somebody_is_a_minor_is_seen_on_the_day_of_the_visit(clinic: Clinic, form: FormId) -> None:
    # R35
    kit = born(clinic, date(2008, 12, 1))
    group = group_of(clinic, clinic.book(clinic.at("10:00", date(2026, 12, 1)), client=kit))
    with pytest.raises(Invalid, match="under 18"):
        clinic.do(screening.answer, clinic.answering(form, {"pregnant": False}, client=kit))
    clinic.do(screening.answer, clinic.answering(form, {"pregnant": False}, client=kit, group=group))
    assert len(clinic.ask(forms.responses, kit)) == 1


def test_a_form_is_handed_in_for_the_clients_own_visit(clinic: Clinic, form: FormId) -> None:
    group = group_of(clinic, clinic.book(clinic.at("10:00"), client=clinic.client("Cal Ray")))
    with pytest.raises(NotFound):
        clinic.do(screening.answer, clinic.answering(form, {"pregnant": False}, group=group))


def test_a_correction_is_a_new_response_to_the_same_form(clinic: Clinic, form: FormId) -> None:
    # R35
    first = clinic.answer(form, pregnant=True)
    clinic.do(screening.answer, clinic.answering(form, {"pregnant": False}, amends=first))
    newest, oldest = clinic.ask(forms.responses, clinic.bea)
    assert (newest.amends, oldest.id) == (first, first)
    other = clinic.form(title="Other")
    with pytest.raises(Refused, match="can't be corrected with another form"):
        clinic.do(screening.answer, clinic.answering(other, {"pregnant": False}, amends=first))


def test_a_total_is_reckoned_when_the_form_is_handed_in(clinic: Clinic) -> None:
    # R32: whatever was sent along
    expression = "iif(%resource.item.where(linkId='pregnant').answer.value = true, 10, 0)"
    calculated = {
        "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
        "valueExpression": {"language": "text/fhirpath", "expression": expression},
    }
    form = clinic.form(PREGNANT, question("total", "Total", "integer", readOnly=True, extension=[calculated]))
    clinic.rule(form, "total", 10, operator=Operator.AT_LEAST)
    clinic.answer(form, pregnant=True, total=0)
    assert clinic.verdict().outcome is Screened.BLOCKED


# What somebody must see to


def test_answers_that_block_a_visit_to_come_raise_a_task(clinic: Clinic, form: FormId) -> None:
    # R34
    clinic.book(clinic.at("10:00", clinic.days(2)), service=clinic.massage)
    visit = clinic.book(clinic.at("10:00", clinic.days(3)))
    clinic.rule(form, staff_message="Is pregnant.")
    given = clinic.answer(form, pregnant=True)
    (task,) = clinic.ask(screening.tasks)
    assert (task.kind, task.appointment, task.client, task.response) == (TaskKind.BLOCKED, visit, clinic.bea, given)
    assert (task.client_name, task.service_name, task.words, task.asked) == (
        "Bea Jones",
        "Laser 30",
        "Is pregnant.",
        "",
    )
    assert task.start == clinic.at("10:00", clinic.days(3))


def test_answers_that_flag_a_visit_to_come_raise_a_review(clinic: Clinic, form: FormId) -> None:
    # R34
    clinic.book(clinic.at("10:00", clinic.days(3)))
    clinic.rule(form, effect=Effect.FLAG)
    clinic.answer(form, pregnant=True)
    assert [task.kind for task in clinic.ask(screening.tasks)] == [TaskKind.REVIEW]
    clinic.answer(form, pregnant=False)
    assert clinic.ask(screening.tasks) == ()


def test_a_client_who_waits_is_a_task_too(clinic: Clinic, form: FormId) -> None:
    # R34: the form is often handed in at the desk
    visit = clinic.book(clinic.at("10:00"))
    clinic.do(diary.arrive, visit, by=clinic.desk)
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    assert [task.appointment for task in clinic.ask(screening.tasks)] == [visit]


def test_a_block_that_is_over_by_the_visit_raises_no_task(clinic: Clinic, form: FormId) -> None:
    # R34
    clinic.book(clinic.at("10:00", clinic.days(40)))
    clinic.rule(form, lasting=Lasting.UNTIL, until_days=30)
    clinic.answer(form, pregnant=True)
    assert clinic.ask(screening.tasks) == ()


def test_a_task_is_done_when_the_visit_is_cleared_or_cancelled(clinic: Clinic, form: FormId, clare: StaffId) -> None:
    # R34
    first = clinic.book(clinic.at("10:00", clinic.days(3)))
    second = clinic.book(clinic.at("10:00", clinic.days(4)))
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    assert [task.appointment for task in clinic.ask(screening.tasks)] == [first, second]
    clinic.clear(clare, group=group_of(clinic, first))
    clinic.cancel(second)
    assert clinic.ask(screening.tasks) == ()


def test_a_task_of_a_day_that_has_passed_is_gone(clinic: Clinic, form: FormId) -> None:
    clinic.book(clinic.at("10:00", clinic.days(3)))
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    clinic.clock.forward(days=4)
    assert clinic.ask(screening.tasks) == ()


def test_a_flag_that_a_missing_form_hides_is_a_task_once_that_is_there(clinic: Clinic, form: FormId) -> None:
    # R34: unknown comes before flagged
    other = clinic.form(TABLETS, title="Other")
    clinic.do(screening.set_requirements, clinic.laser, [(form, 180), (other, 180)])
    clinic.rule(form, effect=Effect.FLAG)
    clinic.book(clinic.at("10:00", clinic.days(3)))
    clinic.answer(form, pregnant=True)
    assert clinic.ask(screening.tasks) == ()
    clinic.answer(other, tablets=False)
    assert [task.kind for task in clinic.ask(screening.tasks)] == [TaskKind.REVIEW]


def test_a_clinician_is_asked_to_decide(clinic: Clinic, form: FormId, clare: StaffId) -> None:
    # R34
    visit = clinic.book(clinic.at("10:00", clinic.days(3)))
    clinic.rule(form)
    given = clinic.answer(form, pregnant=True)
    with pytest.raises(Refused, match="may clear a screening"):
        clinic.do(screening.ask, visit, given, clinic.ben)
    clinic.clock.forward(hours=1)
    clinic.do(screening.ask, visit, given, clare, by=clinic.ana)
    (task,) = clinic.ask(screening.tasks)
    assert (task.kind, task.asked, task.asked_at) == (TaskKind.ASKED, "Clare Dunn", clinic.clock())


def test_a_clinician_is_asked_about_the_answers_of_the_visits_client(
    clinic: Clinic, form: FormId, clare: StaffId
) -> None:
    visit = clinic.book(clinic.at("10:00", clinic.days(3)), client=clinic.client("Cal Ray"))
    given = clinic.answer(form, pregnant=True)
    with pytest.raises(NotFound):
        clinic.do(screening.ask, visit, given, clare)


def test_the_days_of_the_visits_are_drawn_anew(clinic: Clinic, form: FormId, clare: StaffId) -> None:
    visit = clinic.book(clinic.at("10:00", clinic.days(3)))
    clinic.rule(form)
    done = clinic.store.write(screening.answer, clinic.answering(form, {"pregnant": True}), actor=clinic.desk)
    assert done.changes.topics == {"forms"}
    assert done.changes.days == {clinic.days(3)}
    group = group_of(clinic, visit)
    done = clinic.store.write(screening.clear, clinic.bea, clinic.laser, "Seen.", group=group, actor=clare)
    assert done.changes.days == {clinic.days(3)}


# Looking


def test_a_preview_says_what_unsaved_answers_would_mean(clinic: Clinic, form: FormId) -> None:
    clinic.rule(form)
    clinic.rule(form, "tablets", service=clinic.massage, effect=Effect.FLAG)
    version = clinic.ask(forms.newest, form).id
    for given, laser, massage in [
        ({}, Screened.UNKNOWN, Screened.UNKNOWN),
        ({"pregnant": True}, Screened.BLOCKED, Screened.UNKNOWN),
        ({"pregnant": False, "tablets": True}, Screened.CLEAR, Screened.FLAGGED),
    ]:
        answers = clinic.answering(form, given).answers
        seen = clinic.ask(screening.preview, version, clinic.bea, answers, (clinic.gift,))
        outcomes = {service: verdict.outcome for service, verdict in seen.items()}
        assert outcomes == {clinic.gift: Screened.CLEAR, clinic.laser: laser, clinic.massage: massage}
    assert clinic.ask(forms.responses, clinic.bea) == ()


def test_a_preview_counts_for_its_visit_and_over_earlier_clearances(
    clinic: Clinic, form: FormId, clare: StaffId
) -> None:
    clinic.require(form, days=None)
    clinic.rule(form)
    group = group_of(clinic, clinic.book(clinic.at("10:00", clinic.days(3))))
    clinic.do(screening.answer, clinic.answering(form, {"pregnant": True}, group=group))
    clinic.clear(clare, group=group)
    version = clinic.ask(forms.newest, form).id
    for given, outcome in [(True, Screened.BLOCKED), (False, Screened.CLEARED)]:
        answers = clinic.answering(form, {"pregnant": given}).answers
        seen = clinic.ask(screening.preview, version, clinic.bea, answers, at=clinic.at("10:00"), group=group)
        assert seen[clinic.laser].outcome is outcome


def test_a_preview_of_a_form_that_nothing_heeds_is_empty(clinic: Clinic) -> None:
    form = clinic.form()
    version = clinic.ask(forms.newest, form).id
    answers = clinic.answering(form, {"pregnant": True}).answers
    assert clinic.ask(screening.preview, version, clinic.bea, answers) == {}
    seen = clinic.ask(screening.preview, version, clinic.bea, answers, (clinic.laser,))
    assert seen[clinic.laser].outcome is Screened.CLEAR


def test_many_visits_are_weighed_each_on_its_own_day(clinic: Clinic, form: FormId) -> None:
    # R31
    clinic.answer(form, pregnant=False)
    visits = [
        clinic.book(clinic.at("10:00", clinic.days(180))),
        clinic.book(clinic.at("10:00", clinic.days(181))),
        clinic.book(clinic.at("11:00"), client=clinic.client("Cal Ray")),
        clinic.book(clinic.at("14:00"), service=clinic.massage),
    ]
    seen = clinic.ask(screening.dues, visits)
    assert [seen[visit].outcome for visit in visits] == [
        Screened.CLEAR,
        Screened.UNKNOWN,
        Screened.UNKNOWN,
        Screened.CLEAR,
    ]
    assert clinic.ask(screening.dues, [AppointmentId(99)]) == clinic.ask(screening.dues, []) == {}


def test_each_form_is_held_until_the_first_service_asks_again(clinic: Clinic, form: FormId) -> None:
    # R31
    clinic.require(form, service=clinic.massage, days=30)
    loose = clinic.form(title="A loose one")
    clinic.answer(form, pregnant=True)
    newest = clinic.answer(form, pregnant=False)
    clinic.answer(loose, pregnant=False)
    first, second = clinic.ask(screening.held, clinic.bea)
    assert (first.title, first.good_until) == ("A loose one", None)
    assert (second.response, second.good_until, second.signed) == (newest, clinic.days(30), False)
    clinic.clock.forward(days=5)
    clinic.form(PREGNANT, material=True)
    assert [one.good_until for one in clinic.ask(screening.held, clinic.bea)] == [None, clinic.days(4)]


# Sentences


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({}, "Laser 30 is blocked by an answer: Is pregnant. Ask a clinician to decide."),
        (
            {"lasting": Lasting.PERMANENT},
            "Laser 30 is ruled out: Is pregnant. Choose another service, or ask a clinician to decide.",
        ),
        (
            {"lasting": Lasting.UNTIL, "until_days": 30},
            "Laser 30 isn't possible before 2026-12-24: Is pregnant. Choose a later day, or ask a clinician to decide.",
        ),
        ({"effect": Effect.FLAG}, "Laser 30 needs a clinician's review: Is pregnant. Ask a clinician to decide."),
    ],
)
@pytest.mark.parametrize("due_ok", [True, False])
def test_blocked_and_flagged_refuse_on_every_path(
    clinic: Clinic, form: FormId, rule: dict[str, Any], sentence: str, due_ok: bool
) -> None:
    # R33
    clinic.rule(form, staff_message="Is pregnant", **rule)
    clinic.answer(form, pregnant=True)
    with pytest.raises(Refused) as refusal:
        screening.demand(clinic.verdict(), "Laser 30", due_ok=due_ok)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("wanting", list(Wanting))
def test_a_form_that_is_due_refuses_where_it_has_to_be_there(clinic: Clinic, form: FormId, wanting: Wanting) -> None:
    # R31, R33
    verdict = Verdict(clinic.laser, Screened.UNKNOWN, due=(clinic.verdict().due[0]._replace(why=wanting),))
    screening.demand(verdict, "Laser 30", due_ok=True)
    with pytest.raises(Refused, match=r"“Laser and light”.*before Laser 30"):
        screening.demand(verdict, "Laser 30", due_ok=False)


def test_what_passes_is_not_refused(clinic: Clinic, form: FormId, clare: StaffId) -> None:
    # R33
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    clinic.clear(clare, through=TODAY)
    assert screening.refusal(clinic.verdict(), "Laser 30", due_ok=False) is None


# Requirements and rules


def test_what_a_service_requires_is_set_as_a_whole(clinic: Clinic, form: FormId) -> None:
    # R31
    other = clinic.form(title="A consent")
    clinic.do(screening.set_requirements, clinic.laser, [(form, 365), (other, None)])
    found = clinic.ask(screening.requirements, clinic.laser)
    assert [tuple(one) for one in found] == [(other, "A consent", None), (form, "Laser and light", 365)]
    clinic.do(screening.set_requirements, clinic.laser, [(other, 30)])
    assert [tuple(one) for one in clinic.ask(screening.requirements, clinic.laser)] == [(other, "A consent", 30)]


def test_a_requirement_that_can_not_be_is_refused(clinic: Clinic, form: FormId) -> None:
    for required in ([(form, -1)], [(form, 3651)], [(form, 1), (form, 2)]):
        with pytest.raises(Invalid):
            clinic.do(screening.set_requirements, clinic.laser, required)
    retired = clinic.form(title="Old")
    clinic.do(forms.retire, retired)
    with pytest.raises(Refused, match="retired"):
        clinic.do(screening.set_requirements, clinic.laser, [(retired, 1)])
    for service, asked in ((ServiceId(99), form), (clinic.laser, FormId(99))):
        with pytest.raises(NotFound):
            clinic.do(screening.set_requirements, service, [(asked, 1)])


def test_rules_are_listed_in_words(clinic: Clinic, form: FormId) -> None:
    # R32
    clinic.rule(form)
    clinic.rule(form, "tablets", service=clinic.massage, effect=Effect.NOTE, staff_message="", client_message="")
    first, second = clinic.ask(screening.rules)
    assert (first.service_name, first.form_title, first.question, first.answer) == (
        "Laser 30",
        "Laser and light",
        "Are you pregnant?",
        "Yes",
    )
    assert (first.since, first.attention) == (TODAY, "")
    assert clinic.ask(screening.rules, clinic.massage) == (second,)
    assert clinic.ask(screening.rules, None, FormId(99)) == ()
    clinic.do(screening.retire_rule, first.id)
    assert clinic.ask(screening.rules, None, form) == (second,)
    with pytest.raises(NotFound):
        clinic.do(screening.retire_rule, first.id)


@pytest.mark.parametrize(
    ("changed", "attention"),
    [
        ((TABLETS,), "The question is no longer in the form."),
        ((question("pregnant", "Pregnant?", "date"), SUN), "The question takes another kind of answer now."),
        ((PREGNANT,), "The question for the date is no longer in the form, so the block has no end."),
        ((PREGNANT, SUN, TABLETS), ""),
    ],
)
def test_a_rule_whose_question_has_changed_asks_for_attention(
    clinic: Clinic, form: FormId, changed: tuple[dict[str, Any], ...], attention: str
) -> None:
    # R32
    clinic.rule(form, lasting=Lasting.UNTIL, until_days=28, until_link="sun")
    clinic.form(*changed)
    assert [row.attention for row in clinic.ask(screening.rules)] == [attention]


@pytest.mark.parametrize(
    ("link", "answer", "more", "field"),
    [
        ("gone", True, {}, "question"),
        ("pregnant", 3, {}, "answer"),
        ("sun", "June", {"operator": Operator.EXISTS}, "answer"),
        ("pregnant", True, {"staff_message": " "}, "staff_message"),
        ("pregnant", True, {"client_message": ""}, "client_message"),
        ("pregnant", True, {"lasting": Lasting.UNTIL}, "until_days"),
        ("pregnant", True, {"lasting": Lasting.UNTIL, "until_days": -1}, "until_days"),
        ("pregnant", True, {"lasting": Lasting.UNTIL, "until_days": 5, "until_link": "tablets"}, "until_link"),
    ],
)
def test_a_rule_that_can_not_be_asked_is_refused(
    clinic: Clinic, form: FormId, link: str, answer: Any, more: dict[str, Any], field: str
) -> None:
    # R32
    with pytest.raises(Invalid) as refusal:
        clinic.rule(form, link, answer, **more)
    assert refusal.value.field == field
    assert clinic.ask(screening.rules) == ()


def test_a_response_tells_a_guardian_from_the_client_only_by_relation(clinic: Clinic, form: FormId) -> None:
    # R35: what was typed for somebody else doesn't stick
    answering = clinic.answering(form, {"pregnant": False}, relation="mother", answered_by=AnsweredBy.STAFF)
    given = clinic.do(screening.answer, answering, by=clinic.ana)
    assert clinic.ask(forms.response, given).row.answered_by is AnsweredBy.STAFF


def test_the_answers_that_are_kept_are_a_response_others_can_read(clinic: Clinic, form: FormId) -> None:
    given = clinic.answer(form, pregnant=False)
    kept = clinic.ask(forms.response, given).answers
    asked = clinic.ask(forms.newest, form).questionnaire
    assert questionnaire.validate(asked, questionnaire.read_response(questionnaire.dump_json(kept).encode())) == ()
    assert (kept["resourceType"], kept["status"]) == ("QuestionnaireResponse", "completed")


STORY = st.lists(st.tuples(st.sampled_from(["yes", "no", "cleared"]), st.integers(0, 5)), max_size=12)


@hypothesis.given(STORY)
def test_whatever_was_answered_only_a_clearance_lifts_a_block(story: list[tuple[str, int]]) -> None:
    # R33: `n` counts the commands; a clearance holds for visits through so many days
    books, pregnant, rule = _books()
    wish = Wish(1, ServiceId(1), TODAY, None)
    for n, (what, days) in enumerate(story, 1):
        if what == "cleared":
            books.cleared[1, 1].append(Cleared(n, None, TODAY + timedelta(days=days - 2)))
            continue
        given = Given(ResponseId(n), n, VersionId(1), None, TODAY)
        books.take(1, given)
        answer = Answered(enabled=True, waiting=False, values=(Value("boolean", what == "yes"),))
        books.answers[given.id] = {pregnant: answer}
        if what == "yes":
            frozen = Frozen(given.id, RuleId(rule.id), pregnant, "Yes", rule.lasting, None, "Stop.", "Wait.")
            books.frozen[1, 1].append(frozen)
    blocks = [n for n, (what, _) in enumerate(story, 1) if what == "yes"]
    reach = [n for n, (what, days) in enumerate(story, 1) if what == "cleared" and days >= 2]
    standing = [n for n in blocks if not any(later > n for later in reach)]
    verdict = weigh(books, wish)
    assert [hit.response for hit in verdict.hits if not hit.cleared] == sorted(standing, reverse=True)
    assert verdict.outcome is (Screened.BLOCKED if standing else Screened.CLEARED if blocks else Screened.CLEAR)


def _books() -> tuple[Books, str, Rule]:
    """A service with one rule on a form that isn't required, and nothing answered yet."""
    books = Books(LONDON)
    rule = Rule(1, 1, 1, "pregnant", Operator.EQUAL, Value("boolean", True), Effect.BLOCK)
    books.rules[1][FormId(1)] = [rule]
    books.editions[VersionId(1)] = books.newest[FormId(1)] = Edition(VersionId(1), FormId(1), 1, False, "Form")
    item = Item("pregnant", Kind.BOOLEAN, "Are you pregnant?")
    books.forms[VersionId(1)] = Form({}, "urn:test", "1", "Form", "active", None, "", "", "", (item,))
    return books, "pregnant", rule
