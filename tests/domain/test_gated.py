"""The gate at every door: booking, attaching, moving, starting, cancelling (R18, R24, R25, R31–R34)."""

import pytest

from reception.domain import checkout, diary
from reception.domain.addons import Why
from reception.domain.checkout import Cart, CartLine, LineKind
from reception.domain.errors import Refused
from reception.domain.gates import Effect, Screened
from reception.domain.money import Money
from reception.domain.outcomes import Status
from reception.domain.tables.ids import AppointmentId, FormId, ReasonId, ServiceId
from tests.clinic import Clinic
from tests.domain.extras import add_on, attach, clinician, link, offers, why


@pytest.fixture
def light(clinic: Clinic) -> ServiceId:
    """A sensitive extra that the laser is offered with."""
    service = add_on(clinic, "Light 15")
    link(clinic, clinic.laser, service)
    return service


@pytest.fixture
def form(clinic: Clinic, light: ServiceId) -> FormId:
    """The form that the extra requires; being pregnant blocks it."""
    form = clinic.form()
    clinic.require(form, service=light)
    clinic.rule(form, service=light)
    return form


@pytest.fixture
def visit(clinic: Clinic) -> AppointmentId:
    """Bea's laser at eleven."""
    return clinic.book(clinic.at("11:00"))


def test_an_add_on_waits_for_its_form(  # R25, R31
    clinic: Clinic, visit: AppointmentId, light: ServiceId, form: FormId
) -> None:
    (refused,) = offers(clinic, visit).refused
    assert (refused.first.why, refused.first.form) == (Why.FORM, form)
    with pytest.raises(Refused, match="is not filled in"):
        attach(clinic, visit, light)
    clinic.answer(form, pregnant=False)
    assert clinic.status(attach(clinic, visit, light)) is Status.BOOKED


def test_a_blocking_answer_refuses_and_says_which(  # R25, R33
    clinic: Clinic, visit: AppointmentId, light: ServiceId, form: FormId
) -> None:
    clinic.answer(form, pregnant=True)
    reason = offers(clinic, visit).refused[0].first
    assert reason.why is Why.BLOCKED
    assert "Are you pregnant?" in str(reason.words)
    with pytest.raises(Refused, match="stands against it"):
        attach(clinic, visit, light)


def test_a_flag_asks_for_a_review_and_a_clearance_lets_it_go_ahead(  # R25, R33
    clinic: Clinic, visit: AppointmentId, light: ServiceId
) -> None:
    form = clinic.form()
    clinic.require(form, service=light)
    clinic.rule(form, service=light, effect=Effect.FLAG)
    clinic.answer(form, pregnant=True)
    assert why(clinic, visit, light) == [Why.REVIEW]
    group = clinic.ask(diary.entry, visit).group
    clinic.clear(clinician(clinic), service=light, group=group)
    assert clinic.status(attach(clinic, visit, light)) is Status.BOOKED


def test_a_blocked_service_isnt_booked_and_a_due_form_is_told(clinic: Clinic) -> None:  # R31, R33
    form = clinic.form()
    clinic.require(form)
    clinic.rule(form)
    checked = clinic.ask(diary.check, clinic.request(clinic.at("11:00")))
    assert (checked.refusal, [str(one) for one in checked.notices]) == (
        None,
        ["Laser and light is to be filled in before Laser 30."],
    )
    clinic.answer(form, pregnant=True)
    with pytest.raises(Refused, match="is blocked by an answer"):
        clinic.book(clinic.at("11:00"))


def test_a_treatment_begins_only_where_the_gate_is_clear(clinic: Clinic, visit: AppointmentId) -> None:  # R33
    form = clinic.form()
    clinic.require(form)
    clinic.do(diary.arrive, visit, by=clinic.desk)
    for begin in (diary.start, diary.complete):
        with pytest.raises(Refused, match="isn't filled in yet"):
            clinic.do(begin, visit, by=clinic.desk)
    clinic.answer(form, pregnant=False)
    clinic.do(diary.start, visit, by=clinic.desk)
    clinic.do(diary.complete, visit, by=clinic.desk)
    assert clinic.status(visit) is Status.COMPLETED


def test_settling_a_visit_that_the_gate_refuses_records_nothing(clinic: Clinic, visit: AppointmentId) -> None:  # R33
    form = clinic.form()
    clinic.require(form)
    clinic.do(diary.arrive, visit, by=clinic.desk)
    cart = Cart(clinic.bea, (CartLine(LineKind.VISIT, visit),))
    price = clinic.ask(checkout.quote, cart).to_pay
    paid = Cart(clinic.bea, cart.lines, (checkout.Paying(checkout.Tender.CARD, price),))
    with pytest.raises(Refused, match="isn't filled in yet"):
        clinic.do(checkout.settle, paid, by=clinic.desk)
    assert clinic.ask(checkout.sales, clinic.days(0)) == ()


def test_moving_asks_the_gate_for_the_new_day(  # R18, R31
    clinic: Clinic, visit: AppointmentId, light: ServiceId, form: FormId
) -> None:
    clinic.require(form, service=light, days=10)
    clinic.answer(form, pregnant=False)
    added = attach(clinic, visit, light)
    moving = clinic.ask(diary.preview_move, added, clinic.at("11:30", clinic.days(11)))
    assert moving.refusal is not None
    assert "too old for that day" in str(moving.refusal)
    clinic.do(diary.move, added, clinic.at("11:30", clinic.days(10)), by=clinic.desk)
    assert clinic.ask(diary.entry, visit).start == clinic.at("11:00", clinic.days(10))


def test_a_base_moves_with_its_form_due(clinic: Clinic, visit: AppointmentId) -> None:  # R18
    form = clinic.form()
    clinic.require(form, days=1)
    clinic.answer(form, pregnant=False)
    moving = clinic.ask(diary.preview_move, visit, clinic.at("11:00", clinic.days(5)))
    assert (moving.refusal, [str(one) for one in moving.notices]) == (
        None,
        ["Laser and light is to be filled in before Laser 30."],
    )


def test_cancelling_while_a_block_stands_counts_as_the_clinics(clinic: Clinic) -> None:  # R34
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("11:00"))
    form = clinic.form()
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    ending = clinic.ask(diary.preview_cancel, visit, diary.Cancelling(ReasonId(1)))
    assert (ending.by_clinic, ending.outcome.fee) == (True, Money(0))
    clinic.cancel(visit)
    assert (clinic.status(visit), clinic.credits()[0].state.value) == (Status.CANCELLED, "available")


def test_a_no_show_follows_its_own_rule_though_a_block_stands(clinic: Clinic) -> None:  # R34
    clinic.policy()
    visit = clinic.book(clinic.at("11:00"))
    form = clinic.form()
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    clinic.clock.now = clinic.at("12:00")
    clinic.do(diary.no_show, visit, by=clinic.desk)
    assert clinic.ledger().account == Money(30_00)


def test_selling_a_course_of_a_blocked_service_is_warned_about(clinic: Clinic) -> None:  # R33
    form = clinic.form()
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    quote = clinic.ask(checkout.quote, Cart(clinic.bea, (CartLine(LineKind.PACKAGE, clinic.course),)))
    assert quote.refusal is None or "remains to be paid" in str(quote.refusal)
    assert [str(one) for one in quote.notices] == [
        "Laser 30 is blocked for Bea Jones by an answer: The answer to pregnant stands against it."
    ]


def test_the_chain_tells_what_the_gate_says_of_each(clinic: Clinic, visit: AppointmentId, light: ServiceId) -> None:
    attach(clinic, visit, light)
    form = clinic.form()
    clinic.require(form, service=light)
    lines = clinic.ask(diary.coming_in, visit).lines
    assert [line.verdict.outcome for line in lines] == [Screened.CLEAR, Screened.UNKNOWN]
