import json
from hashlib import sha256

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import forms, questionnaire, screening, tables
from reception.domain.errors import Invalid, NotFound, Refused
from reception.domain.forms import Signature
from reception.domain.tables.ids import FormId, ResponseId, VersionId
from reception.domain.tables.words import AnsweredBy
from tests.clinic import TODAY, Clinic, question

HEALTH = question("pregnant", "Are you pregnant?")
MORE = question("more", "Anything else?", "text")


def test_publishing_the_same_url_again_is_the_next_version(clinic: Clinic) -> None:
    form = clinic.form(HEALTH)
    clinic.clock.forward(days=2)
    assert clinic.form(HEALTH, MORE) == form
    newest, first = clinic.ask(forms.versions, form)
    assert (first.number, newest.number) == (1, 2)
    assert [item.link_id for item in first.questionnaire.walk()] == ["pregnant"]
    assert clinic.ask(forms.newest, form) == newest == clinic.ask(forms.version, newest.id)
    assert newest.published == clinic.days(2)


def test_a_version_keeps_the_bytes_that_came(clinic: Clinic) -> None:
    source = (
        b'{ "resourceType": "Questionnaire",\n"x": 1.50, "title": "Odd", "item": [{"linkId": "1", "type": "text"}] }'
    )
    version = clinic.do(forms.publish, source)
    assert clinic.ask(forms.source, version) == source


def test_a_form_without_a_url_gets_one_and_keeps_it(clinic: Clinic) -> None:
    asked = {"resourceType": "Questionnaire", "status": "active", "title": "Plain", "item": [HEALTH]}
    version = clinic.ask(forms.version, clinic.do(forms.publish, json.dumps(asked).encode()))
    (row,) = clinic.ask(forms.forms)
    assert row.url == version.questionnaire.url != ""


def test_the_very_same_bytes_are_refused_and_the_version_that_holds_them_named(clinic: Clinic) -> None:
    clinic.form(HEALTH)
    with pytest.raises(Refused, match="“Laser and light”, version 1"):
        clinic.form(HEALTH)


def test_what_is_no_questionnaire_is_refused_and_leaves_nothing(clinic: Clinic) -> None:
    with pytest.raises(Refused):
        clinic.do(forms.publish, b'{"resourceType": "Patient"}')
    assert clinic.ask(forms.forms) == ()


def test_the_list_says_who_requires_a_form_and_how_often_it_was_answered(clinic: Clinic) -> None:
    form = clinic.form(HEALTH, MORE)
    clinic.form(title="A pregnancy check")
    clinic.require(form)
    clinic.require(form, service=clinic.massage)
    clinic.answer(form, pregnant=False)
    first, second = clinic.ask(forms.forms)
    assert (first.title, second.title) == ("A pregnancy check", "Laser and light")
    assert second.services == ("Laser 30", "Massage 60")
    assert (second.questions, second.responses, second.number) == (2, 1, 1)


def test_a_required_form_is_not_retired(clinic: Clinic) -> None:
    form = clinic.form(HEALTH)
    clinic.require(form)
    with pytest.raises(Refused, match="Laser 30 requires “Laser and light”"):
        clinic.do(forms.retire, form)
    clinic.do(screening.set_requirements, clinic.laser, ())
    clinic.do(forms.retire, form)
    assert clinic.ask(forms.forms) == ()
    assert [row.retired for row in clinic.ask(forms.forms, retired=True)] == [True]
    clinic.do(forms.restore, form)
    assert len(clinic.ask(forms.forms)) == 1


def test_publishing_a_retired_form_takes_it_back(clinic: Clinic) -> None:
    form = clinic.form(HEALTH)
    clinic.do(forms.retire, form)
    clinic.form(HEALTH, MORE)
    assert [row.id for row in clinic.ask(forms.forms)] == [form]


def test_what_is_not_there_is_said_so(clinic: Clinic) -> None:
    for query, id in [
        (forms.version, VersionId(7)),
        (forms.newest, FormId(7)),
        (forms.source, VersionId(7)),
        (forms.response, ResponseId(7)),
    ]:
        with pytest.raises(NotFound):
            clinic.ask(query, id)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        clinic.do(forms.retire, 7)


# What was answered


def test_a_client_has_their_responses_newest_first(clinic: Clinic) -> None:
    # R35
    form = clinic.form(HEALTH, MORE)
    first = clinic.answer(form, pregnant=False)
    clinic.clock.forward(days=1)
    second = clinic.answer(form, pregnant=True)
    rows = clinic.ask(forms.responses, clinic.bea)
    assert [(row.id, row.day) for row in rows] == [(second, clinic.days(1)), (first, TODAY)]


def test_a_response_says_who_answered_what_when_and_how_it_was_asked(clinic: Clinic) -> None:
    # R35
    form = clinic.form(HEALTH)
    clinic.require(form)
    given = clinic.answer(form, pregnant=False)
    clinic.form(HEALTH, MORE)
    response = clinic.ask(forms.response, given)
    assert (response.client_name, response.row.answered_by) == ("Bea Jones", AnsweredBy.CLIENT)
    assert response.row.at == clinic.clock()
    assert response.version.number == response.row.number == 1
    assert response.answers["item"] == [
        {"linkId": "pregnant", "text": "Are you pregnant?", "answer": [{"valueBoolean": False}]}
    ]
    assert response.services == (clinic.laser,)


def test_a_signature_is_kept_with_the_hash_of_what_was_signed(clinic: Clinic) -> None:
    # R35
    form = clinic.form(HEALTH)
    signature = Signature(b"\x89PNG", "Bea Jones", "client", clinic.clock())
    given = clinic.do(screening.answer, clinic.answering(form, {"pregnant": False}, signature=signature))
    response = clinic.ask(forms.response, given)
    assert response.signature == signature
    assert response.row.signed
    ((text, digest),) = clinic.ask(_as_stored)
    assert digest == sha256(text.encode()).hexdigest()
    assert questionnaire.parse_json(text) == response.answers


def _as_stored(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(select(tables.FormResponse.answers, tables.FormResponse.signed_sha256))
    return [(text, digest) for text, digest in rows]


SIGNED = {
    "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-signatureRequired",
    "valueCodeableConcept": {"text": "Client"},
}


def test_a_form_that_asks_for_a_signature_is_not_handed_in_without_one(clinic: Clinic) -> None:
    # R35
    unless = [{"question": "pregnant", "operator": "=", "answerBoolean": True}]
    form = clinic.form(HEALTH, question("consent", "I agree", extension=[SIGNED], enableWhen=unless))
    clinic.answer(form, pregnant=False)
    with pytest.raises(Invalid, match="has to be signed") as refusal:
        clinic.answer(form, pregnant=True, consent=True)
    assert refusal.value.field == "signature"
    empty = Signature(b"", "Bea Jones", "client", clinic.clock())
    with pytest.raises(Invalid, match="signature is empty"):
        clinic.do(screening.answer, clinic.answering(form, {"pregnant": True}, signature=empty))
    clinic.do(screening.answer, clinic.answering(form, {"pregnant": True}, answered_by=AnsweredBy.IMPORT))
    assert len(clinic.ask(forms.responses, clinic.bea)) == 2
