"""The forms that ship: each is read without a repair, and every rule asks about a question that will have an answer."""

from datetime import date
from pathlib import Path

import pytest

from reception.demo import papers
from reception.domain import questionnaire
from reception.domain.gates import Effect, Lasting, Operator
from reception.domain.questionnaire import Filling
from reception.domain.questionnaire.values import Form, Item, Kind, Option
from reception.domain.screening import Consequence, Template

FILES = sorted(papers.FOLDER.glob("*.json"))
TODAY = date(2026, 11, 24)
TEMPLATES = papers.templates()
RULINGS = [(template, ruling) for template in TEMPLATES for ruling in template.rules]


def read(path: Path) -> Form:
    return questionnaire.read(path.read_bytes()).form


FORMS = {form.url: form for form in map(read, FILES)}


def item(form: Form, link_id: str) -> Item:
    return next(one for one in form.walk() if one.link_id == link_id)


def named(case: tuple[Template, Consequence]) -> str:
    template, ruling = case
    return f"{template.name} {ruling.link_id}"


def test_eight_forms_ship() -> None:
    assert len(FILES) == 8
    assert set(FORMS) == {papers.url(path.stem) for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_form_is_read_without_a_repair(path: Path) -> None:
    found = questionnaire.read(path.read_bytes())
    assert found.report == ()
    assert found.fhir == "R4"


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.url)
def test_a_form_says_whose_it_is_and_may_be_used_freely(form: Form) -> None:
    assert "MIT" in form.copyright
    assert (form.status, form.version) == ("active", "1")


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.url)
def test_a_form_is_short_enough_to_be_filled_in_at_the_desk(form: Form) -> None:
    _, at_first = Filling(form, today=TODAY).progress()
    assert at_first <= 20
    assert 8 <= sum(one.asks for one in form.walk()) <= 28


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.url)
def test_pages_are_groups_and_every_question_is_numbered(form: Form) -> None:
    assert all(page.kind is Kind.GROUP for page in form.items)
    assert all(one.words for one in form.walk())
    numbered = [one for one in form.walk() if one.asks and one.prefix]
    assert all(one.prefix == one.link_id for one in numbered)


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.url)
def test_no_condition_is_met_by_an_answer_that_is_missing(form: Form) -> None:  # an unanswered question meets every !=
    for one in form.walk():
        unequal = {condition.question for condition in one.conditions if condition.operator == "!="}
        there = {condition.question for condition in one.conditions if condition.operator == "exists"}
        assert unequal <= there
        assert not (unequal and one.any_condition)


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.url)
def test_conditions_ask_about_options_that_are_there(form: Form) -> None:
    for one in form.walk():
        for condition in one.conditions:
            asked = item(form, condition.question)
            if condition.answer.type == "Coding":
                assert condition.answer in [option.value for option in asked.options]


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.url)
def test_none_of_these_stands_alone(form: Form) -> None:
    nones = {"none", "nowhere", "never"}
    several = [one for one in form.walk() if one.repeats and one.options]
    negations = [option for one in several for option in one.options if code(option) in nones]
    assert all(option.exclusive for option in negations)


def code(option: Option) -> str:
    return str(option.value.value["code"])


def test_the_forms_use_the_breadth_of_what_can_be_asked() -> None:
    items = [one for form in FORMS.values() for one in form.walk()]
    assert {one.kind for one in items} >= set(Kind) - {
        Kind.DATE_TIME,
        Kind.TIME,
        Kind.URL,
        Kind.ATTACHMENT,
        Kind.REFERENCE,
    }
    assert any(one.calculated for one in items)
    assert any(one.repeats and one.kind is Kind.GROUP for one in items)
    assert sum(form.signature for form in FORMS.values()) == 2


@pytest.mark.parametrize("case", RULINGS, ids=named)
def test_a_rule_asks_about_a_question_that_has_to_be_answered(case: tuple[Template, Consequence]) -> None:  # R32
    template, ruling = case
    asked = item(FORMS[template.form], ruling.link_id)
    assert asked.required
    if ruling.until_link:
        until = item(FORMS[template.form], ruling.until_link)
        assert until.required
        assert until.kind is Kind.DATE


@pytest.mark.parametrize("case", RULINGS, ids=named)
def test_a_rule_compares_with_an_answer_that_can_be_given(case: tuple[Template, Consequence]) -> None:  # R32
    template, ruling = case
    asked = item(FORMS[template.form], ruling.link_id)
    if asked.kind in (Kind.CHOICE, Kind.OPEN_CHOICE):
        assert ruling.answer in [option.value for option in asked.options]
        assert ruling.operator is Operator.EQUAL
    else:
        assert ruling.answer.type == asked.kind


@pytest.mark.parametrize("case", RULINGS, ids=named)
def test_what_stops_somebody_says_why_and_for_how_long(case: tuple[Template, Consequence]) -> None:  # R32
    _, ruling = case
    if ruling.effect is Effect.NOTE:
        assert ruling.staff_message
    else:
        assert ruling.staff_message.endswith(".")
        assert ruling.client_message.endswith(".")
    assert (ruling.lasting is Lasting.UNTIL) == (ruling.until_days is not None)


def test_no_rule_stands_twice_in_a_template() -> None:
    for template in TEMPLATES:
        seen = [(one.link_id, one.operator, one.answer) for one in template.rules]
        assert all(seen.count(one) == 1 for one in seen)
