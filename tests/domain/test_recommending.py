"""What is recommended for the forms that ship: it comes with a form, and stands beside a service once it is chosen."""

from dataclasses import replace

from reception.demo import papers
from reception.domain import forms, questionnaire, screening
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Draft, Weight
from reception.domain.screening import Effect, Issue, Operator, Requirement
from reception.domain.tables.ids import FormId
from tests.clinic import TODAY, Clinic

TEMPLATES = papers.templates()


def template(name: str = "massage-check") -> Draft:
    return editing.from_form(questionnaire.read(papers.source(name)).form)


def issue(clinic: Clinic, edited: Draft, what: Issue) -> FormId:
    source = questionnaire.dump_json(editing.published(edited, 1, TODAY)).encode()
    version = clinic.do(screening.issue, replace(what, source=source))
    return clinic.ask(forms.version, version).form


def test_all_that_ships_can_be_asked_of_the_forms_that_ship() -> None:
    names = [path.stem for path in papers.FOLDER.glob("*.json")]
    found = [rule for name in names for one in screening.recommended(template(name), TEMPLATES) for rule in one.rules]
    assert len(found) == sum(len(one.rules) for one in TEMPLATES) == 114
    assert all(rule.recommended for rule in found)


def test_one_form_serves_several_kinds_of_treatment() -> None:
    kinds = [one.title for one in screening.recommended(template(), TEMPLATES)]
    assert kinds == ["Massage", "Heat, stones and cupping"]


def test_a_form_that_was_made_from_one_that_ships_has_its_recommendations() -> None:
    copy = editing.copied(template(), "urn:test:ours", "Ours")
    assert screening.recommended(copy, TEMPLATES) == screening.recommended(template(), TEMPLATES)
    assert screening.recommended(editing.blank("urn:test:ours", "Ours"), TEMPLATES) == ()


def test_what_cannot_be_asked_any_more_is_not_recommended() -> None:
    (massage, _) = screening.recommended(template(), TEMPLATES)
    asked = massage.rules[0].link_id
    (less, _) = screening.recommended(editing.remove(template(), asked), TEMPLATES)
    assert {rule.link_id for rule in massage.rules} - {rule.link_id for rule in less.rules} == {asked}


def test_a_recommendation_without_a_service_does_nothing_and_is_said(clinic: Clinic) -> None:
    # R32
    (massage, _) = screening.recommended(template(), TEMPLATES)
    form = issue(clinic, template(), Issue(template().url, None, massage.rules))
    assert clinic.ask(screening.rules, form=form) == ()
    (found,) = screening.findings(template(), massage.rules)
    told = "20 recommendations for “Massage” stand beside no service: nothing follows from them, and they are left out."
    assert (found.weight, found.link_id, found.words) == (Weight.WARNING, "", told)


def test_what_is_chosen_for_a_service_stands_beside_it_notes_and_comparisons_too(clinic: Clinic) -> None:
    # R32
    (massage, _) = screening.recommended(template(), TEMPLATES)
    chosen = tuple(replace(rule, services=(clinic.massage,)) for rule in massage.rules)
    assert screening.findings(template(), chosen) == ()
    form = issue(clinic, template(), Issue(template().url, None, chosen))
    rules = clinic.ask(screening.rules, form=form)
    assert {rule.draft.service for rule in rules} == {clinic.massage}
    assert {rule.draft.effect for rule in rules} == set(Effect)
    assert Operator.AT_MOST in {rule.draft.operator for rule in rules}
    told = [replace(one, kind="") for one in chosen]
    assert all(one in told for one in screening.consequences(rules))
    assert len(rules) == len(told)


def test_what_is_said_twice_is_one_rule(clinic: Clinic) -> None:
    (massage, _) = screening.recommended(template(), TEMPLATES)
    chosen = tuple(replace(rule, services=(clinic.massage,)) for rule in massage.rules)
    form = issue(clinic, template(), Issue(template().url, None, (*chosen, *chosen)))
    assert len(clinic.ask(screening.rules, form=form)) == len(chosen)


def test_services_ask_for_the_form_from_its_publishing_on(clinic: Clinic) -> None:
    # R31
    held = clinic.form(title="Something else")
    clinic.require(held, service=clinic.massage, days=30)
    required = ((clinic.massage, 183), (clinic.laser, None))
    form = issue(clinic, template(), Issue(template().url, None, required=required))
    title = template().title
    assert clinic.ask(screening.requirements, clinic.massage) == (
        Requirement(form, title, 183),
        Requirement(held, "Something else", 30),
    )
    assert clinic.ask(screening.requirements, clinic.laser) == (Requirement(form, title, None),)


def test_a_service_that_asks_for_the_form_already_goes_on_as_it_does(clinic: Clinic) -> None:
    # R31
    form = issue(clinic, template(), Issue(template().url, None, required=((clinic.massage, 183),)))
    before = clinic.ask(forms.newest, form).id
    clinic.do(screening.issue, Issue(template().url, None, before=before, required=((clinic.massage, 7),)))
    assert [one.days for one in clinic.ask(screening.requirements, clinic.massage)] == [183]


def test_a_note_says_something(clinic: Clinic) -> None:
    (massage, _) = screening.recommended(template(), TEMPLATES)
    note = next(rule for rule in massage.rules if rule.effect is Effect.NOTE)
    silent = replace(note, services=(clinic.massage,), staff_message="")
    (found,) = screening.findings(template(), [silent])
    assert found.weight is Weight.ERROR
    assert found.words.endswith("is noted, but nothing says what. Type it.")
