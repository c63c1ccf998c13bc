"""What waits for a clinician: visits, and add-ons that answers keep from one (R25, R33, R34)."""

import pytest

from reception.domain import addons, catalogue, diary, screening, staff
from reception.domain.addons import Attaching, Why
from reception.domain.errors import Invalid, NotAllowed, NotFound, Refused
from reception.domain.screening import Effect, Screened, Task
from reception.domain.tables.ids import AppointmentId, FormId, GroupId, ServiceId, StaffId
from reception.domain.tables.words import Role, TaskKind
from tests.clinic import Clinic
from tests.domain.extras import attach, why

FLAG = {"effect": Effect.FLAG, "staff_message": "Look at the skin first."}


@pytest.fixture
def clare(clinic: Clinic) -> StaffId:
    """Somebody who may clear a screening."""
    return clinic.person("Clare Dunn", Role.PRACTITIONER, clinical=True)


@pytest.fixture
def form(clinic: Clinic, tape: ServiceId) -> FormId:
    """A form that the tape requires; a yes flags it."""
    form = clinic.form()
    clinic.require(form, service=tape)
    clinic.rule(form, service=tape, **FLAG)
    return form


@pytest.fixture
def visit(clinic: Clinic) -> AppointmentId:
    """Bea's laser in three days."""
    return clinic.book(clinic.at("10:00", clinic.days(3)))


@pytest.fixture
def group(clinic: Clinic, visit: AppointmentId) -> GroupId:
    """The coming-in of that laser."""
    return clinic.ask(diary.entry, visit).group


@pytest.fixture
def flagged(clinic: Clinic, form: FormId, visit: AppointmentId) -> AppointmentId:
    """The laser, whose tape an answer keeps from it."""
    clinic.answer(form, pregnant=True)
    return visit


@pytest.fixture
def asked(clinic: Clinic, flagged: AppointmentId, group: GroupId, tape: ServiceId, clare: StaffId) -> AppointmentId:
    """The same, Clare asked about the tape."""
    ask(clinic, group, tape, clare)
    return flagged


def ask(clinic: Clinic, group: GroupId, service: ServiceId, person: StaffId) -> None:
    clinic.do(screening.ask_about, group, service, person, by=clinic.desk)


def decline(clinic: Clinic, group: GroupId, service: ServiceId, by: StaffId) -> None:
    clinic.do(screening.decline, group, service, "Not on that skin.", by=by)


def tasks(clinic: Clinic) -> tuple[Task, ...]:
    return clinic.ask(screening.tasks)


# Asking about an add-on that isn't attached


def test_a_flag_on_an_add_on_alone_raises_no_task_by_itself(clinic: Clinic, flagged: AppointmentId) -> None:  # R34
    assert tasks(clinic) == ()


def test_a_clinician_is_asked_about_an_add_on_that_is_not_attached(
    clinic: Clinic, asked: AppointmentId, group: GroupId, tape: ServiceId, clare: StaffId
) -> None:  # R34
    (task,) = tasks(clinic)
    assert (task.kind, task.add_on, task.group, task.appointment) == (TaskKind.ASKED, True, group, asked)
    assert (task.client, task.service, task.service_name, task.words) == (
        clinic.bea,
        tape,
        "Tape 15",
        FLAG["staff_message"],
    )
    assert (task.asked, task.asked_id, task.asked_at, task.denied) == ("Clare Dunn", clare, clinic.clock(), None)
    assert task.start == clinic.at("10:30", clinic.days(3))


def test_the_add_on_is_offered_and_the_task_done_once_it_is_cleared(
    clinic: Clinic, asked: AppointmentId, group: GroupId, tape: ServiceId, clare: StaffId
) -> None:  # R24, R33
    assert why(clinic, asked, tape) == [Why.REVIEW]
    clinic.clear(clare, service=tape, group=group)
    assert (tasks(clinic), why(clinic, asked, tape)) == ((), [])


def test_with_add_ons_switched_off_nobody_is_asked(
    clinic: Clinic, asked: AppointmentId, group: GroupId, tape: ServiceId, clare: StaffId
) -> None:  # R29
    clinic.do(catalogue.set_plan, packages=True, add_ons=False)
    assert tasks(clinic) == ()
    with pytest.raises(Refused, match="switched off"):
        ask(clinic, group, tape, clare)


def test_an_add_on_that_is_linked_no_more_waits_no_more(clinic: Clinic, asked: AppointmentId) -> None:  # R24
    clinic.do(catalogue.set_links, clinic.laser, ())
    assert tasks(clinic) == ()


def test_an_add_on_that_is_retired_waits_no_more_and_nobody_is_asked_about_it(
    clinic: Clinic, asked: AppointmentId, group: GroupId, tape: ServiceId, clare: StaffId
) -> None:  # R24
    clinic.do(catalogue.retire_service, tape)
    assert tasks(clinic) == ()
    with pytest.raises(Refused, match="isn't offered with this visit"):
        ask(clinic, group, tape, clare)


@pytest.mark.parametrize("how", ["cancelled", "begun", "its time has come"])
def test_a_task_is_done_when_nothing_can_join_the_visit_any_more(
    clinic: Clinic, asked: AppointmentId, how: str
) -> None:  # R24
    if how == "cancelled":
        clinic.cancel(asked)
    elif how == "begun":
        clinic.clock.forward(days=3, hours=1)
        clinic.do(diary.arrive, asked)
        assert [task.add_on for task in tasks(clinic)] == [True]
        clinic.do(diary.start, asked)
    else:
        clinic.clock.now = clinic.at("10:00", clinic.days(3))
    assert tasks(clinic) == ()


def test_newer_answers_that_flag_nothing_are_the_end_of_the_task(
    clinic: Clinic, asked: AppointmentId, form: FormId
) -> None:  # R33
    clinic.answer(form, pregnant=False)
    assert tasks(clinic) == ()


def test_an_add_on_that_was_attached_is_a_visit_like_any_other(
    clinic: Clinic, asked: AppointmentId, group: GroupId, tape: ServiceId, form: FormId, clare: StaffId
) -> None:  # R34
    clinic.clear(clare, service=tape, group=group)
    added = attach(clinic, asked, tape)
    clinic.clock.forward(seconds=1)
    clinic.answer(form, pregnant=True)
    assert [(task.appointment, task.add_on) for task in tasks(clinic)] == [(added, False)]


def test_whoever_was_asked_last_is_named(
    clinic: Clinic, asked: AppointmentId, group: GroupId, tape: ServiceId
) -> None:  # R34
    other = clinic.person("Dr Obi", Role.PRACTITIONER, clinical=True)
    ask(clinic, group, tape, other)
    assert [task.asked for task in tasks(clinic)] == ["Dr Obi"]


def test_tasks_of_one_coming_in(clinic: Clinic, asked: AppointmentId, group: GroupId) -> None:
    other = clinic.book(clinic.at("12:00", clinic.days(3)))
    assert [task.group for task in clinic.ask(screening.tasks, group)] == [group]
    assert clinic.ask(screening.tasks, clinic.ask(diary.entry, other).group) == ()


def test_only_somebody_clinical_who_works_here_is_asked(
    clinic: Clinic, flagged: AppointmentId, group: GroupId, tape: ServiceId, clare: StaffId
) -> None:  # R34
    clinic.do(staff.retire, clare)
    for person in (clinic.ben, clare, StaffId(99)):
        with pytest.raises(Refused, match="may clear a screening"):
            ask(clinic, group, tape, person)


def test_nobody_is_asked_about_what_could_not_join(
    clinic: Clinic, flagged: AppointmentId, group: GroupId, tape: ServiceId, clare: StaffId, form: FormId
) -> None:  # R24, R25
    with pytest.raises(Refused, match="isn't offered with this visit"):
        ask(clinic, group, clinic.massage, clare)
    with pytest.raises(Refused, match="already in this visit"):
        ask(clinic, group, clinic.laser, clare)
    with pytest.raises(NotFound, match="no longer there"):
        ask(clinic, GroupId(99), tape, clare)
    with pytest.raises(NotFound, match="isn't in the catalogue"):
        ask(clinic, group, ServiceId(99), clare)
    clinic.clock.forward(days=3, hours=6)
    with pytest.raises(Refused, match="has started"):
        ask(clinic, group, tape, clare)


def test_nobody_is_asked_where_nothing_stands_or_a_form_is_due(
    clinic: Clinic, form: FormId, group: GroupId, tape: ServiceId, clare: StaffId
) -> None:  # R25
    with pytest.raises(Refused, match="isn't filled in yet"):
        ask(clinic, group, tape, clare)
    clinic.answer(form, pregnant=False)
    with pytest.raises(Refused, match="Nothing stands against Tape 15"):
        ask(clinic, group, tape, clare)


# Saying no


def test_a_no_is_told_to_the_desk_and_changes_nothing_for_the_gate(
    clinic: Clinic, asked: AppointmentId, group: GroupId, tape: ServiceId, clare: StaffId
) -> None:  # R33
    decline(clinic, group, tape, clare)
    (task,) = tasks(clinic)
    assert task.denied == ("Clare Dunn", clinic.clock(), "Not on that skin.")
    assert clinic.verdict(clinic.at("10:30", clinic.days(3)), service=tape, group=group).outcome is Screened.FLAGGED
    with pytest.raises(Refused, match="Look at the skin first"):
        clinic.do(addons.attach, Attaching(group, tape))


def test_whoever_is_asked_again_decides_anew(
    clinic: Clinic, asked: AppointmentId, group: GroupId, tape: ServiceId, clare: StaffId
) -> None:  # R34
    decline(clinic, group, tape, clare)
    clinic.clock.forward(seconds=1)
    ask(clinic, group, tape, clare)
    assert [task.denied for task in tasks(clinic)] == [None]
    clinic.clear(clare, service=tape, group=group)
    assert tasks(clinic) == ()


def test_newer_answers_open_what_was_declined(
    clinic: Clinic, clare: StaffId, visit: AppointmentId, group: GroupId
) -> None:
    form = clinic.form(title="Skin")
    clinic.rule(form, service=clinic.laser, **FLAG)
    clinic.answer(form, pregnant=True)
    decline(clinic, group, clinic.laser, clare)
    assert [bool(task.denied) for task in tasks(clinic)] == [True]
    clinic.clock.forward(seconds=1)
    clinic.answer(form, pregnant=True)
    assert [bool(task.denied) for task in tasks(clinic)] == [False]


def test_newer_answers_open_an_add_on_that_was_declined(
    clinic: Clinic, asked: AppointmentId, group: GroupId, tape: ServiceId, form: FormId, clare: StaffId
) -> None:  # R33, R34
    decline(clinic, group, tape, clare)
    clinic.clock.forward(seconds=1)
    clinic.answer(form, pregnant=True)
    assert [(task.add_on, task.denied) for task in tasks(clinic)] == [(True, None)]


def test_only_a_clinician_says_no_with_a_reason_to_what_stands(
    clinic: Clinic, asked: AppointmentId, group: GroupId, tape: ServiceId, clare: StaffId
) -> None:  # R33
    with pytest.raises(NotAllowed, match="Only a clinician"):
        decline(clinic, group, tape, clinic.owner)
    with pytest.raises(Invalid, match="Type a reason"):
        clinic.do(screening.decline, group, tape, " ", by=clare)
    with pytest.raises(Refused, match="Nothing stands against Laser 30"):
        decline(clinic, group, clinic.laser, clare)
    with pytest.raises(NotFound, match="no longer there"):
        decline(clinic, GroupId(99), tape, clare)


# What was before


def test_earlier_answers_and_decisions_are_told_newest_first(
    clinic: Clinic, asked: AppointmentId, group: GroupId, tape: ServiceId, form: FormId, clare: StaffId
) -> None:  # R33
    decline(clinic, group, tape, clare)
    clinic.clock.forward(days=1)
    clinic.answer(form, pregnant=False)
    clinic.clock.forward(seconds=1)
    clinic.answer(form, pregnant=True)
    clinic.clear(clare, service=tape, through=clinic.days(9))
    past = clinic.ask(screening.past, clinic.bea, tape, group)
    assert [(one.day, one.question, one.answer) for one in past.told] == [
        (clinic.days(1), "Are you pregnant?", "Yes"),
        (clinic.days(1), "Are you pregnant?", "No"),
        (clinic.days(0), "Are you pregnant?", "Yes"),
    ]
    assert [(one.who, one.words, one.cleared, one.through, one.here) for one in past.decided] == [
        ("Clare Dunn", "Seen and discussed.", True, clinic.days(9), False),
        ("Clare Dunn", "Not on that skin.", False, None, True),
    ]


def test_the_past_is_the_clients_own_and_of_that_service(
    clinic: Clinic, asked: AppointmentId, group: GroupId, tape: ServiceId, clare: StaffId
) -> None:
    clinic.clear(clare, service=tape, group=group)
    assert clinic.ask(screening.past, clinic.client("Al"), tape) == ((), ())
    assert clinic.ask(screening.past, clinic.bea, clinic.laser) == ((), ())
    elsewhere = clinic.ask(screening.past, clinic.bea, tape)
    assert [one.here for one in elsewhere.decided] == [False]
