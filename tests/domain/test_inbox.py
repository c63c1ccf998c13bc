"""What clients hand in on their own screen: it counts for nothing before somebody at the desk has looked at it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from reception.domain import addons, clients, diary, forms, inbox, questionnaire, screening
from reception.domain.addons import Attaching, Offer
from reception.domain.checkout import CartLine, LineKind
from reception.domain.clients import ClientDraft
from reception.domain.errors import DomainError, Invalid, NotAllowed, NotFound, Refused
from reception.domain.forms import AnsweredBy, Signature
from reception.domain.inbox import Handed, Submitting, Wished
from reception.domain.screening import Screened
from reception.domain.tables.ids import (
    AppointmentId,
    ClientId,
    FormId,
    GroupId,
    ServiceId,
    SubmissionId,
    VersionId,
    WishId,
)
from reception.domain.tables.words import PaymentPolicy, Role
from tests.clinic import Clinic, question
from tests.domain import extras

PREGNANT = question("pregnant", "Are you pregnant?", required=True)


@pytest.fixture
def form(clinic: Clinic) -> FormId:
    """A form that the laser requires, and that blocks it."""
    form = clinic.form(PREGNANT, question("name", "Your name", "string"))
    clinic.require(form)
    clinic.rule(form)
    return form


@pytest.fixture
def visit(clinic: Clinic) -> AppointmentId:
    """Bea's laser today."""
    return clinic.book(clinic.at("10:00"))


def group_of(clinic: Clinic, visit: AppointmentId) -> GroupId:
    return clinic.ask(diary.entry, visit).group


def newest(clinic: Clinic, form: FormId) -> VersionId:
    return clinic.ask(forms.newest, form).id


def submitting(clinic: Clinic, form: FormId, given: dict[str, Any], **more: Any) -> Submitting:
    """Bea's answers as her screen hands them over."""
    held = clinic.answering(form, given)
    return Submitting(held.version, held.client, held.answers, **more)


def submit(clinic: Clinic, form: FormId, *, pregnant: bool = False, **more: Any) -> SubmissionId:
    return SubmissionId(
        clinic.do(inbox.submit, submitting(clinic, form, {"pregnant": pregnant}, **more), by=clinic.desk)
    )


def items(clinic: Clinic) -> list[tuple[str, str]]:
    """What waits, in short."""
    return [
        (one.client_name, one.title if isinstance(one, Handed) else one.service_name) for one in clinic.ask(inbox.inbox)
    ]


# Answers


def test_answers_from_the_clients_screen_count_for_nothing_yet(clinic: Clinic, form: FormId) -> None:  # R32, R35
    submit(clinic, form)
    assert clinic.verdict().outcome is Screened.UNKNOWN
    assert clinic.ask(forms.responses, clinic.bea) == ()
    assert items(clinic) == [("Bea Jones", "Laser and light")]


def test_accepted_they_are_a_response_of_the_client(clinic: Clinic, form: FormId) -> None:  # R35
    handed = submit(clinic, form)
    response = clinic.do(inbox.accept, handed, by=clinic.desk)
    (row,) = clinic.ask(forms.responses, clinic.bea)
    assert (row.id, row.answered_by) == (response, AnsweredBy.CLIENT)
    assert clinic.verdict().passes
    assert items(clinic) == []


def test_what_they_would_mean_is_told_before(clinic: Clinic, form: FormId, visit: AppointmentId) -> None:  # R32
    handed = submit(clinic, form, pregnant=True, group=group_of(clinic, visit))
    found = clinic.ask(inbox.submission, handed)
    assert {found.names[service]: one.outcome for service, one in found.verdicts.items()} == {
        "Laser 30": Screened.BLOCKED
    }
    assert found.handed.day == clinic.ask(diary.coming_in, visit).day


def test_answers_that_block_raise_their_task_once_they_are_accepted(
    clinic: Clinic, form: FormId, visit: AppointmentId
) -> None:  # R34
    handed = submit(clinic, form, pregnant=True)
    assert clinic.ask(screening.tasks) == ()
    clinic.do(inbox.accept, handed)
    assert [task.appointment for task in clinic.ask(screening.tasks)] == [visit]


def test_answers_that_are_given_back_count_for_nothing(clinic: Clinic, form: FormId) -> None:
    handed = submit(clinic, form)
    with pytest.raises(Invalid, match="Type why"):
        clinic.do(inbox.give_back, handed, " ")
    clinic.do(inbox.give_back, handed, "The wrong client.", by=clinic.desk)
    assert items(clinic) == []
    assert clinic.verdict().outcome is Screened.UNKNOWN


@pytest.mark.parametrize("late", [inbox.accept, lambda session, id: inbox.give_back(session, id, "Too late.")])
def test_answers_are_decided_once(clinic: Clinic, form: FormId, late: Any) -> None:
    handed = submit(clinic, form)
    clinic.do(inbox.accept, handed)
    with pytest.raises(NotFound, match="decided in the meantime"):
        clinic.do(late, handed)


def test_answers_that_are_not_complete_are_not_taken(clinic: Clinic, form: FormId) -> None:  # R35
    with pytest.raises(Invalid, match="Are you pregnant") as caught:
        clinic.do(inbox.submit, submitting(clinic, form, {"name": "Bea"}))
    assert caught.value.field == "pregnant"


def test_answers_for_another_clients_visit_are_not_taken(clinic: Clinic, form: FormId) -> None:
    other = clinic.book(clinic.at("15:00"), client=clinic.client("Al Smith"))
    with pytest.raises(NotFound, match="no longer there"):
        submit(clinic, form, group=group_of(clinic, other))


@pytest.mark.parametrize("by", [AnsweredBy.STAFF, AnsweredBy.IMPORT])
def test_on_their_own_screen_nobody_answers_for_the_client(clinic: Clinic, form: FormId, by: AnsweredBy) -> None:
    with pytest.raises(Refused, match="the client answers, or a guardian"):
        submit(clinic, form, answered_by=by)


def test_for_a_minor_a_guardian_answers(clinic: Clinic, form: FormId) -> None:  # R35
    timo = ClientId(clinic.do(clients.add, ClientDraft("Timo Jones", date(2012, 5, 1))))
    alone = replace(submitting(clinic, form, {"pregnant": False}), client=timo)
    with pytest.raises(Invalid, match="under 18"):
        clinic.do(inbox.submit, alone)
    told = replace(alone, answered_by=AnsweredBy.GUARDIAN, answerer="Bea Jones", relation="mother")
    clinic.do(inbox.accept, SubmissionId(clinic.do(inbox.submit, told)))
    (row,) = clinic.ask(forms.responses, timo)
    assert (row.answered_by, row.answerer) == (AnsweredBy.GUARDIAN, "Bea Jones")


def test_a_signature_stays_with_its_answers(clinic: Clinic, form: FormId) -> None:  # R35
    signed = Signature(b"png", "Bea Jones", "client", clinic.at("08:00"))
    handed = submit(clinic, form, signature=signed)
    assert clinic.ask(inbox.submission, handed).signature == signed
    clinic.clock.now = clinic.at("08:10")
    response = clinic.do(inbox.accept, handed)
    assert clinic.ask(forms.response, response).signature == signed


def test_answers_count_from_the_day_on_which_they_are_accepted(clinic: Clinic, form: FormId) -> None:  # R31
    handed = submit(clinic, form)
    clinic.clock.now = clinic.at("08:00", clinic.days(3))
    clinic.do(inbox.accept, handed)
    assert clinic.ask(forms.responses, clinic.bea)[0].day == clinic.days(3)


def test_handing_in_takes_the_right_to(clinic: Clinic, form: FormId) -> None:
    practitioner = clinic.person("Cem Ay", Role.PRACTITIONER)
    handed = SubmissionId(clinic.do(inbox.submit, submitting(clinic, form, {"pregnant": False}), by=practitioner))
    assert clinic.do(inbox.accept, handed, by=practitioner)


# Wishes


@pytest.fixture
def mask(clinic: Clinic) -> ServiceId:
    """An add-on of the laser."""
    mask = extras.add_on(clinic, "LED mask", price=12_00)
    extras.link(clinic, clinic.laser, (mask, 10_00))
    return mask


def wish(clinic: Clinic, visit: AppointmentId, service: ServiceId) -> WishId:
    return WishId(clinic.do(inbox.wish, group_of(clinic, visit), service, by=clinic.desk))


def test_a_wish_says_what_it_would_come_to(clinic: Clinic, visit: AppointmentId, mask: ServiceId) -> None:  # R24
    wish(clinic, visit, mask)
    (one,) = clinic.ask(inbox.inbox)
    assert isinstance(one, Wished)
    assert (one.client_name, one.service_name, one.appointment) == ("Bea Jones", "LED mask", visit)
    assert isinstance(one.told, Offer)
    assert one.told.price == 10_00


def test_a_wish_attaches_nothing_before_the_desk_confirms_it(
    clinic: Clinic, visit: AppointmentId, mask: ServiceId
) -> None:  # R27
    wanted = wish(clinic, visit, mask)
    assert len(clinic.ask(diary.coming_in, visit).lines) == 1
    joined = clinic.do(inbox.confirm, wanted, Attaching(group_of(clinic, visit), mask), by=clinic.desk)
    assert [line.entry.id for line in clinic.ask(diary.coming_in, visit).lines] == [visit, joined]
    assert items(clinic) == []


def test_what_does_not_fit_any_more_is_told_with_its_wish(
    clinic: Clinic, visit: AppointmentId, mask: ServiceId
) -> None:  # R25, R27
    wanted = wish(clinic, visit, mask)
    clinic.book(clinic.at("10:40"), staff=clinic.ana, client=clinic.client("Al Smith"), service=clinic.massage)
    clinic.book(clinic.at("10:30"), staff=clinic.ben, client=clinic.client("Di Ray"), service=clinic.massage)
    told = clinic.ask(inbox.wished, wanted).told
    assert isinstance(told, DomainError)
    assert "is busy" in told.template
    with pytest.raises(Refused, match="is busy"):
        clinic.do(inbox.confirm, wanted, Attaching(group_of(clinic, visit), mask))
    assert items(clinic) == [("Bea Jones", "LED mask")]


def test_what_must_be_paid_now_goes_through_the_checkout(clinic: Clinic, visit: AppointmentId) -> None:  # R28
    facial = extras.add_on(clinic, "Facial", payment=PaymentPolicy.UPFRONT)
    extras.link(clinic, clinic.laser, facial)
    wanted, attaching = wish(clinic, visit, facial), Attaching(group_of(clinic, visit), facial)
    with pytest.raises(Refused, match="must be paid"):
        clinic.do(inbox.confirm, wanted, attaching)
    line = CartLine(LineKind.DEPOSIT, attach=attaching)
    extras.pay(clinic, line)
    assert items(clinic) == []


def test_an_add_on_that_joined_before_the_wish_does_not_answer_it(
    clinic: Clinic, visit: AppointmentId, mask: ServiceId
) -> None:
    extras.attach(clinic, visit, mask)
    wish(clinic, visit, mask)
    (one,) = clinic.ask(inbox.inbox)
    assert isinstance(one, Wished)
    assert isinstance(one.told, DomainError)


def test_the_same_wish_twice_is_one(clinic: Clinic, visit: AppointmentId, mask: ServiceId) -> None:
    assert wish(clinic, visit, mask) == wish(clinic, visit, mask)
    assert len(clinic.ask(inbox.inbox)) == 1


def test_a_wish_is_declined_with_a_reason(clinic: Clinic, visit: AppointmentId, mask: ServiceId) -> None:
    wanted = wish(clinic, visit, mask)
    with pytest.raises(Invalid, match="Type why"):
        clinic.do(inbox.decline, wanted, "")
    clinic.do(inbox.decline, wanted, "No time today.", by=clinic.desk)
    with pytest.raises(NotFound, match="decided in the meantime"):
        clinic.ask(inbox.wished, wanted)
    assert wish(clinic, visit, mask) != wanted


def test_a_wish_ends_with_its_visit(clinic: Clinic, visit: AppointmentId, mask: ServiceId) -> None:
    wish(clinic, visit, mask)
    clinic.cancel(visit)
    assert items(clinic) == []
    with pytest.raises(NotFound, match="no longer there"):
        wish(clinic, visit, mask)


def test_only_what_was_wished_for_is_confirmed(clinic: Clinic, visit: AppointmentId, mask: ServiceId) -> None:
    oil = extras.add_on(clinic, "Oil")
    wanted = wish(clinic, visit, mask)
    with pytest.raises(Refused, match="isn't what was wished for"):
        clinic.do(inbox.confirm, wanted, Attaching(group_of(clinic, visit), oil))


def test_attaching_takes_the_right_to(clinic: Clinic, visit: AppointmentId, mask: ServiceId) -> None:
    wanted, practitioner = wish(clinic, visit, mask), clinic.person("Cem Ay", Role.PRACTITIONER)
    with pytest.raises(NotAllowed):
        clinic.do(inbox.confirm, wanted, Attaching(group_of(clinic, visit), mask), by=practitioner)


def test_answers_and_wishes_arrive_together(
    clinic: Clinic, form: FormId, visit: AppointmentId, mask: ServiceId
) -> None:
    submit(clinic, form, group=group_of(clinic, visit), wishes=(mask, mask))
    assert sorted(items(clinic)) == [("Bea Jones", "LED mask"), ("Bea Jones", "Laser and light")]


# What can be wished for


def fitting(
    clinic: Clinic, visit: AppointmentId, form: FormId, given: dict[str, Any]
) -> list[tuple[ServiceId, int, int]]:
    answers = clinic.answering(form, given).answers
    found = clinic.ask(inbox.fitting, visit, newest(clinic, form), questionnaire.read_response(answers))
    return [(one.service, one.minutes, int(one.price)) for one in found]


def test_the_add_ons_that_fit_are_told_with_length_and_price(
    clinic: Clinic, form: FormId, visit: AppointmentId, mask: ServiceId
) -> None:  # R24
    assert fitting(clinic, visit, form, {"pregnant": False}) == [(mask, 15, 10_00)]


def test_what_waits_for_this_form_fits_if_the_answers_allow_it(
    clinic: Clinic, form: FormId, visit: AppointmentId, mask: ServiceId
) -> None:  # R25, R32
    clinic.require(form, service=mask)
    clinic.rule(form, service=mask)
    assert clinic.ask(addons.offers, visit).offered == ()
    assert fitting(clinic, visit, form, {}) == []
    assert fitting(clinic, visit, form, {"pregnant": True}) == []
    assert fitting(clinic, visit, form, {"pregnant": False}) == [(mask, 15, 10_00)]


def test_what_has_no_room_in_the_diary_does_not_fit(
    clinic: Clinic, form: FormId, visit: AppointmentId, mask: ServiceId
) -> None:  # R25
    for person, wall in ((clinic.ana, "10:40"), (clinic.ben, "10:30")):
        clinic.book(clinic.at(wall), staff=person, client=clinic.client("Al Smith"), service=clinic.massage)
    assert fitting(clinic, visit, form, {"pregnant": False}) == []
