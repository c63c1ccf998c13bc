"""What the demo's clients answer: every set is complete, the well are stopped by nothing, and every trouble is one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from PySide6.QtGui import QImage

from reception.demo import papers
from reception.demo.answers import LOOKS, STOPS, TROUBLES, WELL, Answers, filled_in
from reception.demo.extras import BESIDE, CUPS, HEAT, MASK
from reception.demo.signature import drawn
from reception.domain import gates, questionnaire
from reception.domain.gates import Assessed, Effect, Rule
from reception.domain.questionnaire import Filling
from reception.domain.questionnaire.values import Form
from reception.domain.screening import Consequence
from reception.domain.tables.ids import FormId, ServiceId

TODAY = date(2026, 11, 24)
FORMS = {name: questionnaire.read(papers.source(name)).form for name in WELL}
TEMPLATES = {template.name: template for template in papers.templates()}
WELL_CASES = [(name, {**WELL[name], **look}) for name in WELL for look in LOOKS[name]]
TROUBLE_CASES = [(name, {**answers, **trouble.answers}) for name, answers in WELL_CASES for trouble in TROUBLES[name]]


def assessed(template: str, name: str, answers: Answers) -> Assessed:
    """What a set of answers means under the rules of a template."""
    numbers = count(1)
    rules = [rule(next(numbers), ruling) for ruling in TEMPLATES[template].rules]
    form = FORMS[name]
    said = questionnaire.answered(form, filled_in(form, answers, TODAY))
    return gates.assess(rules, form, said, TODAY)


def rule(number: int, ruling: Consequence) -> Rule:
    (draft,) = replace(ruling, services=(ServiceId(1),)).rules(FormId(1))
    return Rule(
        id=number,
        service=draft.service,
        form=draft.form,
        link_id=draft.link_id,
        operator=draft.operator,
        answer=draft.answer,
        effect=draft.effect,
        lasting=draft.lasting,
        until_days=draft.until_days,
        until_link=draft.until_link,
    )


def on(name: str) -> Iterator[str]:
    """The templates that have rules on a form."""
    return (template.name for template in TEMPLATES.values() if template.form == papers.url(name))


def effects(name: str, answers: Answers) -> set[Effect]:
    return {met.rule.effect for template in on(name) for met in assessed(template, name, answers).met}


@pytest.mark.parametrize(("name", "answers"), WELL_CASES + TROUBLE_CASES)
def test_every_set_of_answers_is_a_completed_form(name: str, answers: Answers) -> None:
    form: Form = FORMS[name]
    response = filled_in(form, answers, TODAY)
    assert response["status"] == "completed"
    assert Filling(form, response, today=TODAY).problems() == ()
    assert [one for one in questionnaire.validate(form, response) if one.severity == "error"] == []


@pytest.mark.parametrize(("name", "answers"), WELL_CASES)
def test_nothing_stops_whoever_is_well(name: str, answers: Answers) -> None:  # R32
    assert effects(name, answers) <= {Effect.NOTE}
    assert all(assessed(template, name, answers).wanting == () for template in on(name))


@pytest.mark.parametrize(("name", "answers"), TROUBLE_CASES)
def test_every_trouble_stops_something(name: str, answers: Answers) -> None:  # R32
    assert effects(name, answers) & {Effect.BLOCK, Effect.FLAG}


@pytest.mark.parametrize("extra", [HEAT, CUPS, MASK])
def test_what_is_to_be_blocked_today_is_blocked_until_a_clinician_has_looked(extra: str) -> None:  # R32
    beside = next(one for one in BESIDE if extra in one.services)
    name = TEMPLATES[beside.template].form.rpartition(":")[2]
    met = assessed(beside.template, name, {**WELL[name], **STOPS[name]}).met
    assert [(one.rule.effect, one.until) for one in met if one.rule.effect is not Effect.NOTE] == [(Effect.BLOCK, None)]


def test_points_for_symptoms_are_added_up() -> None:
    form = questionnaire.read(papers.source("respiratory-check")).form
    answers: Answers = {"1.1": ("fever", "nose"), "1.2": "2026-11-22", "1.4": False, "2.1": "not-done"}
    response = filled_in(form, answers, TODAY)
    (points,) = questionnaire.evaluate(form, response)["1.5"]
    assert points.value == 3


def test_a_signature_is_a_picture_of_its_own() -> None:
    picture = QImage.fromData(drawn("Ida Bevan"))
    assert (picture.width(), picture.height()) == (240, 64)
    assert drawn("Ida Bevan") == drawn("Ida Bevan") != drawn("Ada Bevan")
