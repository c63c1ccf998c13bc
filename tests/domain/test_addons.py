"""Add-ons: what is offered, what not and why, and attaching (R24–R30)."""

import pytest

from reception.domain import addons, catalogue, checkout, diary, rota
from reception.domain.addons import Attaching, Why
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.errors import Refused, Taken
from reception.domain.money import Money
from reception.domain.outcomes import Status
from reception.domain.span import Span
from reception.domain.tables.ids import AppointmentId, ServiceId
from reception.domain.tables.words import Bookable, PaymentPolicy, ResourceKind
from tests.clinic import TODAY, Clinic
from tests.domain.extras import add_on, attach, held, link, offers, pay, room, said, teach, why


@pytest.fixture
def visit(clinic: Clinic) -> AppointmentId:
    """Bea's laser at eleven with Ana, until half past, ten minutes of clean-up after it."""
    return clinic.book(clinic.at("11:00"))


def test_an_add_on_is_offered_right_after_the_last_of_the_chain(  # R24, R26
    clinic: Clinic, visit: AppointmentId, tape: ServiceId
) -> None:
    (offer,) = offers(clinic, visit).offered
    assert (offer.service, offer.name, offer.staff_name) == (tape, "Tape 15", "Ana Lund")
    assert (offer.start, offer.end) == (clinic.at("11:30"), clinic.at("11:45"))
    assert offer.busy_until == clinic.at("11:55")  # the laser's clean-up moves to the end of the run
    assert (offer.price, offer.due, offer.credit) == (Money(12_00), Money(0), None)


def test_add_ons_come_in_the_order_of_the_bases_and_of_their_lists(clinic: Clinic) -> None:  # R24
    one, two, three = (add_on(clinic, name) for name in ("Oil", "Balm", "Wrap"))
    link(clinic, clinic.massage, three, (one, 5_00))
    link(clinic, clinic.laser, two, one)
    requests = [clinic.request(clinic.at("11:00")), clinic.request(clinic.at("11:00"), service=clinic.massage)]
    first, second = clinic.do(diary.book_chain, requests, by=clinic.desk)
    found = offers(clinic, AppointmentId(second)).offered
    assert [offer.name for offer in found] == ["Balm", "Oil", "Wrap"]
    assert [offer.base for offer in found] == [first, first, second]
    assert found[1].price == Money(12_00)  # hangs on the first base, so that link's price counts


def test_a_price_of_the_link_counts(clinic: Clinic, visit: AppointmentId) -> None:  # R24
    tape = add_on(clinic, "Tape 15", price=12_00, payment=PaymentPolicy.DEPOSIT, share=5000)
    link(clinic, clinic.laser, (tape, 7_01))
    (offer,) = offers(clinic, visit).offered
    assert (offer.price, offer.due) == (Money(7_01), Money(3_51))  # R28: half of it, rounded half up


def test_somebody_else_is_offered_where_the_last_person_is_busy(  # R24
    clinic: Clinic, visit: AppointmentId, tape: ServiceId
) -> None:
    clinic.book(clinic.at("11:40"), client=clinic.client("Carl Ray"))
    (offer,) = offers(clinic, visit).offered
    assert (offer.staff_name, offer.start) == ("Ben Okoye", clinic.at("11:30"))
    assert offer.busy_until == clinic.at("11:45")  # R26: Ana's clean-up stays at the end of her own run


def test_nobody_free_names_who_is_busy_until_when(  # R25
    clinic: Clinic, visit: AppointmentId, tape: ServiceId
) -> None:
    carl, dana = clinic.client("Carl Ray"), clinic.client("Dana Hu")
    clinic.book(clinic.at("11:40"), client=carl)
    clinic.do(diary.book, clinic.request(clinic.at("11:00"), client=dana, staff=clinic.ben, service=clinic.massage))
    assert why(clinic, visit, tape) == [Why.NOBODY]
    words = said(offers(clinic, visit).refused[0].first.words)
    assert words == "Ana Lund is busy from 11:40 to 12:20, Ben Okoye is busy until 12:00."


def test_who_has_no_shift_or_one_that_ends_is_named(clinic: Clinic, tape: ServiceId) -> None:  # R25
    late = clinic.book(clinic.at("17:20"))
    clinic.do(rota.set_exception, clinic.ben, TODAY, ())
    assert why(clinic, late, tape) == [Why.NOBODY]
    words = said(offers(clinic, late).refused[0].first.words)
    assert words == "Ana Lund works until 18:00, Ben Okoye does not work."


def test_a_block_is_in_the_way_like_a_visit(clinic: Clinic, visit: AppointmentId, tape: ServiceId) -> None:  # R20, R24
    span = Span(clinic.at("11:40"), clinic.at("12:00"))
    clinic.do(rota.add_off, clinic.ana, span, block=True, words="Team call")
    assert offers(clinic, visit).offered[0].staff_name == "Ben Okoye"


def test_an_add_on_that_nobody_performs_says_so(clinic: Clinic, visit: AppointmentId) -> None:  # R25
    wrap = add_on(clinic, "Wrap", by=())
    link(clinic, clinic.laser, wrap)
    assert why(clinic, visit, wrap) == [Why.NOBODY]
    assert str(offers(clinic, visit).refused[0].first.words) == "Nobody performs Wrap."


def test_a_needed_device_that_is_taken_is_named(clinic: Clinic, visit: AppointmentId) -> None:  # R20, R25
    lamp = room(clinic, "Lamp", ResourceKind.DEVICE)
    light, peel = add_on(clinic, "Light"), clinic.service("Peel 45", 45, 0, 50_00)
    link(clinic, clinic.laser, light)
    for service in (light, peel):
        clinic.do(catalogue.set_needs, service, ((lamp,),))
    assert offers(clinic, visit).offered[0].resource_names == ("Lamp",)
    teach(clinic, clinic.ben, peel)
    clinic.do(
        diary.book,
        clinic.request(clinic.at("11:15"), client=clinic.client("Carl Ray"), staff=clinic.ben, service=peel),
    )
    assert why(clinic, visit, light) == [Why.RESOURCE]
    words = said(offers(clinic, visit).refused[0].first.words)
    assert words == "Lamp is taken until 12:00. Choose another time."


def test_the_same_add_on_is_offered_once(clinic: Clinic, visit: AppointmentId, tape: ServiceId) -> None:  # R24, R25
    attach(clinic, visit, tape)
    assert why(clinic, visit, tape)[0] is Why.ALREADY
    with pytest.raises(Refused, match="already in this visit"):
        attach(clinic, visit, tape)


def test_a_cancelled_add_on_can_be_added_again_at_the_end(  # R24
    clinic: Clinic, visit: AppointmentId, tape: ServiceId
) -> None:
    oil = add_on(clinic, "Oil", 30)
    link(clinic, clinic.laser, tape, oil)
    first = attach(clinic, visit, tape)
    attach(clinic, visit, oil)
    clinic.cancel(first)
    again = attach(clinic, visit, tape)
    assert clinic.ask(diary.entry, again).start == clinic.at("12:15")  # the gap at 11:30 isn't filled


def test_nothing_is_offered_once_the_visit_has_started(  # R24, R25
    clinic: Clinic, visit: AppointmentId, tape: ServiceId
) -> None:
    clinic.do(diary.arrive, visit, by=clinic.desk)
    assert why(clinic, visit, tape) == []  # came early
    clinic.clock.now = clinic.at("11:00")
    assert why(clinic, visit, tape) == [Why.STARTED]


def test_a_visit_that_started_early_gets_no_more(clinic: Clinic, visit: AppointmentId, tape: ServiceId) -> None:  # R24
    clinic.do(diary.arrive, visit, by=clinic.desk)
    clinic.do(diary.start, visit, by=clinic.desk)
    assert why(clinic, visit, tape) == [Why.STARTED]


def test_switched_off_nothing_is_offered_and_what_is_attached_stays(  # R29
    clinic: Clinic, visit: AppointmentId, tape: ServiceId
) -> None:
    oil = add_on(clinic, "Oil")
    link(clinic, clinic.laser, tape, oil)
    added = attach(clinic, visit, tape)
    clinic.do(catalogue.set_plan, packages=True, add_ons=False)
    assert why(clinic, visit, oil) == [Why.PLAN]
    assert why(clinic, visit, tape) == [Why.PLAN, Why.ALREADY]
    with pytest.raises(Refused, match="switched off"):
        attach(clinic, visit, oil)
    clinic.do(diary.arrive, visit, by=clinic.desk)
    clinic.do(diary.complete, added, by=clinic.desk)
    assert clinic.status(added) is Status.COMPLETED


def test_reasons_come_in_the_order_of_the_rule(clinic: Clinic, visit: AppointmentId, tape: ServiceId) -> None:  # R25
    attach(clinic, visit, tape)
    clinic.do(catalogue.set_plan, packages=True, add_ons=False)
    for one in (clinic.ana, clinic.ben):
        clinic.do(rota.add_off, one, Span(clinic.at("11:45"), clinic.at("13:00")), block=True, words="Fire drill")
    clinic.clock.now = clinic.at("11:05")
    assert why(clinic, visit, tape) == [Why.PLAN, Why.ALREADY, Why.STARTED, Why.NOBODY]


def test_attaching_books_the_add_on_and_moves_the_turnaround(  # R26, R27
    clinic: Clinic, visit: AppointmentId, tape: ServiceId
) -> None:
    added = attach(clinic, visit, tape)
    base, extra = clinic.ask(diary.entry, visit), clinic.ask(diary.entry, added)
    assert (extra.group, extra.base, extra.start) == (base.group, visit, clinic.at("11:30"))
    assert base.busy_until == clinic.at("11:30")
    assert extra.busy_until == clinic.at("11:55")


def test_an_add_on_for_a_client_who_is_here_counts_as_arrived(  # R24
    clinic: Clinic, visit: AppointmentId, tape: ServiceId
) -> None:
    clinic.do(diary.arrive, visit, by=clinic.desk)
    assert clinic.status(attach(clinic, visit, tape)) is Status.ARRIVED


def test_arriving_and_taking_it_back_take_the_add_ons_along(
    clinic: Clinic, visit: AppointmentId, tape: ServiceId
) -> None:
    added = attach(clinic, visit, tape)
    clinic.do(diary.arrive, visit, by=clinic.desk)
    assert clinic.status(added) is Status.ARRIVED
    clinic.do(diary.take_back, visit, by=clinic.desk)
    assert (clinic.status(visit), clinic.status(added)) == (Status.BOOKED, Status.BOOKED)


def test_a_slot_that_has_gone_names_who_else_is_free(  # R27
    clinic: Clinic, visit: AppointmentId, tape: ServiceId
) -> None:
    clinic.book(clinic.at("11:40"), client=clinic.client("Carl Ray"))
    with pytest.raises(Taken, match=r"Ana Lund is no longer free at .* Ben Okoye is free then"):
        attach(clinic, visit, tape, staff=clinic.ana)
    assert len(clinic.ask(diary.coming_in, visit).lines) == 1
    assert clinic.status(attach(clinic, visit, tape, staff=clinic.ben)) is Status.BOOKED


def test_an_add_on_of_another_service_isnt_attached(clinic: Clinic, visit: AppointmentId) -> None:  # R24
    loose = add_on(clinic, "Loose")
    with pytest.raises(Refused, match="isn't offered with this visit"):
        attach(clinic, visit, loose)


def test_an_add_on_only_service_isnt_booked_alone(clinic: Clinic, tape: ServiceId) -> None:
    with pytest.raises(Refused, match="only as an add-on"):
        clinic.book(clinic.at("11:00"), service=tape)


def test_a_credit_pays_for_an_add_on_of_its_service(clinic: Clinic, visit: AppointmentId) -> None:  # R28, R30
    tape = add_on(clinic, "Tape 15", payment=PaymentPolicy.UPFRONT, bookable=Bookable.BOTH)
    link(clinic, clinic.laser, tape)
    clinic.sell(clinic.product("Tape 15, course of 3", tape, 3, 30_00))
    (offer,) = offers(clinic, visit).offered
    assert offer.credit is not None
    assert (offer.credit.number, offer.due) == (1, Money(0))
    added = attach(clinic, visit, tape)
    assert clinic.credit_of(added) == offer.credit.credit


def test_an_upfront_add_on_is_attached_by_the_checkout_that_pays_it(  # R28
    clinic: Clinic, visit: AppointmentId
) -> None:
    tape = add_on(clinic, "Tape 15", payment=PaymentPolicy.UPFRONT)
    link(clinic, clinic.laser, tape)
    with pytest.raises(Refused, match=r"12\.00|1200.*through the checkout"):
        attach(clinic, visit, tape)
    group = clinic.ask(diary.entry, visit).group
    pay(clinic, CartLine(LineKind.DEPOSIT, attach=Attaching(group, tape)))
    added = clinic.ask(diary.coming_in, visit).lines[1].entry
    assert (added.service, held(clinic, added.id), added.owing_ahead) == (tape, Money(12_00), Money(0))


def test_without_the_money_nothing_is_attached(clinic: Clinic, visit: AppointmentId) -> None:  # R27, R28
    tape = add_on(clinic, "Tape 15", payment=PaymentPolicy.DEPOSIT, deposit=5_00)
    link(clinic, clinic.laser, tape)
    group = clinic.ask(diary.entry, visit).group
    line = CartLine(LineKind.DEPOSIT, attach=Attaching(group, tape))
    with pytest.raises(Refused, match="remains to be paid"):
        clinic.do(checkout.settle, Cart(clinic.bea, (line,), (Paying(Tender.CASH, Money(4_00)),)), by=clinic.desk)
    assert len(clinic.ask(diary.coming_in, visit).lines) == 1


def test_a_slot_that_went_before_paying_charges_nothing(clinic: Clinic, visit: AppointmentId) -> None:  # R27
    tape = add_on(clinic, "Tape 15", payment=PaymentPolicy.UPFRONT, by=(clinic.ana,))
    link(clinic, clinic.laser, tape)
    group = clinic.ask(diary.entry, visit).group
    cart = Cart(
        clinic.bea,
        (CartLine(LineKind.DEPOSIT, attach=Attaching(group, tape, clinic.ana)),),
        (Paying(Tender.CARD, Money(12_00)),),
    )
    clinic.book(clinic.at("11:40"), client=clinic.client("Carl Ray"))
    refusal = clinic.ask(checkout.quote, cart).refusal
    assert refusal is not None
    assert "Ana Lund is busy from" in str(refusal)
    with pytest.raises(Refused, match="Ana Lund is busy from"):
        clinic.do(checkout.settle, cart, by=clinic.desk)
    assert clinic.ask(checkout.sales, TODAY) == ()


def test_what_is_looked_at_and_what_is_attached_say_the_same(  # R27
    clinic: Clinic, visit: AppointmentId, tape: ServiceId
) -> None:
    group = clinic.ask(diary.entry, visit).group
    looked = clinic.ask(addons.look, Attaching(group, tape))
    assert looked == offers(clinic, visit).offered[0]
