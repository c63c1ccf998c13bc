"""Booking, moving, ending and completing visits (R14–R23, R41)."""

from datetime import date, timedelta
from typing import Any

import pytest

from reception.domain import catalogue, clients, diary, packages, rota, shifts, staff
from reception.domain.access import Act
from reception.domain.errors import Invalid, NotAllowed, Refused, Taken
from reception.domain.ledger import Starts, State, Unit, Validity
from reception.domain.money import Money
from reception.domain.outcomes import OnCredit, Override, OwnPolicy, Status
from reception.domain.packages import NONE
from reception.domain.span import Span
from reception.domain.tables.ids import ReasonId
from reception.domain.tables.words import Role
from tests.clinic import FORFEITS, TODAY, Clinic

CLIENT = ReasonId(1)
TEN_DAYS = Validity(Unit.DAYS, 10, Starts.PURCHASE)


def refusal(clinic: Clinic, start: Any, **wanted: Any) -> str:
    found = clinic.ask(diary.check, clinic.request(start, **wanted)).refusal
    return "" if found is None else str(found)


@pytest.mark.parametrize(
    ("wall", "laser", "talk"),
    [
        ("08:15", True, True),
        ("08:30", False, True),  # the talk has no clean-up and ends in time
        ("09:00", False, False),
        ("09:30", False, False),
        ("09:40", True, True),
        ("10:00", True, True),
    ],
)
def test_the_time_of_a_visit_holds_its_turnaround(  # R20
    clinic: Clinic, wall: str, laser: bool, talk: bool
) -> None:
    clinic.book(clinic.at("09:00"))  # 30 minutes and 10 of clean-up
    assert (refusal(clinic, clinic.at(wall)) == "") is laser
    assert (refusal(clinic, clinic.at(wall), service=clinic.gift) == "") is talk


def test_a_taken_time_names_who_is_busy_with_whom_until_when(clinic: Clinic) -> None:  # R20
    clinic.book(clinic.at("09:00"))
    with pytest.raises(Taken) as refused:
        clinic.book(clinic.at("09:15"))
    assert refused.value.values["who"] == "Ana Lund"
    assert refused.value.values["client"] == "Bea Jones"
    assert refused.value.values["end"] == clinic.at("09:40")


def test_the_turnaround_must_lie_in_the_shift(clinic: Clinic) -> None:  # R20
    assert not clinic.ask(diary.check, clinic.request(clinic.at("17:20"))).needs
    assert clinic.ask(diary.check, clinic.request(clinic.at("17:21"))).needs == {Act.OUTSIDE_SHIFT}


def test_outside_a_shift_takes_a_permission_and_a_reason(clinic: Clinic) -> None:  # R20
    evening = clinic.at("19:00")
    with pytest.raises(NotAllowed, match="outside a shift"):
        clinic.book(evening, reason="late worker")
    with pytest.raises(Invalid, match="reason"):
        clinic.book(evening, by=clinic.manager)
    assert clinic.status(clinic.book(evening, by=clinic.manager, reason="late worker")) is Status.BOOKED


def test_a_closure_takes_the_same_permission(clinic: Clinic) -> None:  # R20
    clinic.do(rota.add_closure, clinic.days(1), None, None, "Stocktaking")
    with pytest.raises(NotAllowed):
        clinic.book(clinic.at("09:00", clinic.days(1)), reason="kind")
    clinic.book(clinic.at("09:00", clinic.days(1)), by=clinic.manager, reason="kind")


def test_two_closures_on_a_day_do_not_close_the_day(clinic: Clinic) -> None:
    clinic.do(rota.add_closure, TODAY, 8 * 60, 9 * 60, "Meeting")
    clinic.do(rota.add_closure, TODAY, 12 * 60, 13 * 60, "Fire drill")
    assert clinic.ask(diary.check, clinic.request(clinic.at("09:00"))).needs == frozenset()
    assert clinic.ask(diary.check, clinic.request(clinic.at("12:30"))).needs == {Act.OUTSIDE_SHIFT}


def test_blocks_are_changed_first(clinic: Clinic) -> None:  # R20
    lunch = Span(clinic.at("12:00"), clinic.at("13:00"))
    off = clinic.do(rota.add_off, clinic.ana, lunch, block=True, words="Lunch")
    with pytest.raises(Refused, match="Lunch"):
        clinic.book(clinic.at("12:30"), by=clinic.manager, reason="kind")
    clinic.do(rota.remove_off, off)
    clinic.book(clinic.at("12:30"))


def test_staff_are_booked_for_their_skills_only(clinic: Clinic) -> None:  # R21
    peel = clinic.service("Peel 30", 30, 0, 50_00)
    with pytest.raises(Refused, match="doesn't perform Peel 30"):
        clinic.book(clinic.at("09:00"), service=peel)


def test_earlier_today_is_entered_freely_an_earlier_day_is_not(clinic: Clinic) -> None:  # R20
    clinic.clock.forward(hours=4)
    clinic.book(clinic.at("09:00"))
    with pytest.raises(NotAllowed, match="earlier day"):
        clinic.book(clinic.at("09:00", clinic.days(-1)), reason="forgotten")
    clinic.book(clinic.at("09:00", clinic.days(-1)), by=clinic.manager, reason="forgotten")


def test_overlapping_visits_of_one_client_are_warned_about(clinic: Clinic) -> None:  # R20
    clinic.book(clinic.at("09:00"))
    check = clinic.ask(diary.check, clinic.request(clinic.at("09:00"), staff=clinic.ben))
    assert check.refusal is None
    assert check.notices[0].values["client"] == "Bea Jones"


def test_opening_hours_are_warned_about(clinic: Clinic) -> None:  # R20
    opening = (catalogue.Opening(TODAY.weekday(), 10 * 60, 16 * 60),)
    draft = catalogue.ClinicDraft("Larkmere Clinic", "", "Europe/London", "GBP", "en_GB", opening=opening)
    clinic.do(catalogue.set_clinic, draft)
    check = clinic.ask(diary.check, clinic.request(clinic.at("09:00")))
    assert (check.refusal, len(check.notices)) == (None, 1)
    clinic.book(clinic.at("09:00"))


def test_what_is_booked_stays_and_is_listed_when_it_no_longer_fits(clinic: Clinic) -> None:  # R20
    visit = clinic.book(clinic.at("09:00", clinic.days(1)))
    clinic.do(rota.set_exception, clinic.ana, clinic.days(1), ())
    conflicts = clinic.ask(diary.queue).conflicts
    assert [one.entry.id for one in conflicts] == [visit]


def test_a_person_without_the_skill_any_more_is_a_conflict(clinic: Clinic) -> None:  # R20
    clinic.book(clinic.at("09:00", clinic.days(1)))
    draft = staff.PersonDraft("Ana Lund", "", Role.PRACTITIONER, False, True, frozenset({clinic.gift}))
    clinic.do(staff.change, clinic.ana, draft)
    assert "no longer performs" in str(clinic.ask(diary.queue).conflicts[0].words)


@pytest.mark.parametrize(
    ("seconds_before", "status", "state"),
    [
        (24 * 3600, Status.CANCELLED, State.AVAILABLE),
        (24 * 3600 - 1, Status.LATE_CANCELLED, State.FORFEITED),
    ],
)
def test_exactly_the_free_hours_before_is_in_time(  # R14
    clinic: Clinic, seconds_before: int, status: Status, state: State
) -> None:
    clinic.policy()
    clinic.sell()
    start = clinic.at("12:00", clinic.days(2))
    visit = clinic.book(start)
    clinic.clock.now = start - timedelta(seconds=seconds_before)
    clinic.cancel(visit)
    assert (clinic.status(visit), clinic.states()[0]) == (status, state)


@pytest.mark.parametrize(
    ("reason", "status"), [(1, Status.LATE_CANCELLED), (3, Status.CANCELLED), (4, Status.CANCELLED)]
)
def test_the_reason_says_whether_the_policy_applies(clinic: Clinic, reason: int, status: Status) -> None:  # R14
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("10:00"))
    clinic.cancel(visit, reason=reason)
    assert clinic.status(visit) is status
    assert (clinic.states()[0] is State.FORFEITED) is (status is Status.LATE_CANCELLED)


def test_a_services_own_policy_replaces_the_clinics_field_by_field(clinic: Clinic) -> None:  # R14
    clinic.policy()
    own = OwnPolicy(free_hours=1, no_show_credit=OnCredit.RETURN)
    draft = catalogue.ServiceDraft("Laser 30", "Laser", "Care", 30, 10, Money(100_00), 0, own)
    clinic.do(catalogue.change_service, clinic.laser, draft)
    clinic.sell()
    clinic.cancel(clinic.book(clinic.at("10:00")))
    missed = clinic.book(clinic.at("09:00"))
    clinic.clock.forward(hours=2)
    clinic.do(diary.no_show, missed)
    assert clinic.states()[:2] == [State.AVAILABLE, State.AVAILABLE]
    assert clinic.ledger().account == FORFEITS.no_show_fee


def test_no_fee_where_the_credit_is_taken(clinic: Clinic) -> None:  # R14
    clinic.policy()
    clinic.sell()
    clinic.cancel(clinic.book(clinic.at("10:00")))
    assert clinic.ledger().account == 0


def test_a_fee_where_no_credit_was_used(clinic: Clinic) -> None:  # R14
    clinic.policy()
    clinic.cancel(clinic.book(clinic.at("10:00")))
    assert clinic.ledger().account == FORFEITS.late_fee


def test_the_fee_goes_to_the_payer(clinic: Clinic) -> None:
    clinic.policy()
    child = clients.ClientDraft("Tim Jones", payer=clinic.bea)
    tim = clinic.do(clients.add, child)
    clinic.cancel(clinic.book(clinic.at("10:00"), client=tim))
    assert clinic.ledger().account == FORFEITS.late_fee


@pytest.mark.parametrize(
    ("override", "state", "fee"),
    [
        (Override.NONE, State.FORFEITED, 0),
        (Override.RETURN, State.AVAILABLE, 20_00),
        (Override.WAIVE, State.AVAILABLE, 0),
    ],
)
def test_the_outcome_is_seen_before_and_is_what_happens(  # R15
    clinic: Clinic, override: Override, state: State, fee: int
) -> None:
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("10:00"))
    how = diary.Cancelling(CLIENT, override, "kind")
    seen = clinic.ask(diary.preview_cancel, visit, how)
    clinic.do(diary.cancel, visit, how)
    assert (clinic.states()[0], clinic.ledger().account) == (state, fee)
    assert seen.outcome.fee == fee
    assert seen.left_after == clinic.states().count(State.AVAILABLE)


def test_overriding_takes_a_permission_and_a_reason(clinic: Clinic) -> None:  # R15
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("10:00"))
    with pytest.raises(NotAllowed, match="override"):
        clinic.do(diary.cancel, visit, diary.Cancelling(CLIENT, Override.RETURN, "kind"), by=clinic.desk)
    with pytest.raises(Invalid, match="reason"):
        clinic.cancel(visit, override=Override.RETURN)
    assert clinic.status(visit) is Status.BOOKED


def test_only_upcoming_visits_are_cancelled(clinic: Clinic) -> None:  # R14
    visit = clinic.book(clinic.at("10:00"))
    clinic.do(diary.arrive, visit)
    with pytest.raises(Refused, match="booked or confirmed"):
        clinic.cancel(visit)
    clinic.do(diary.take_back, visit)
    clinic.cancel(visit)


def test_a_no_show_is_not_marked_before_its_start(clinic: Clinic) -> None:  # R14
    visit = clinic.book(clinic.at("10:00"))
    with pytest.raises(Refused, match="from then on"):
        clinic.do(diary.no_show, visit)
    clinic.clock.now = clinic.at("10:00")
    clinic.do(diary.no_show, visit)
    assert clinic.status(visit) is Status.NO_SHOW


def test_an_ended_visit_frees_its_time_at_once(clinic: Clinic) -> None:  # R23
    clinic.cancel(clinic.book(clinic.at("10:00")))
    assert clinic.status(clinic.book(clinic.at("10:00"))) is Status.BOOKED


def test_a_moved_visit_keeps_its_credit(clinic: Clinic) -> None:  # R18
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("10:00"))
    clinic.do(diary.move, visit, clinic.at("15:00", clinic.days(1)), clinic.ben, by=clinic.desk)
    entry = clinic.ask(diary.entry, visit)
    assert (entry.start, entry.staff, entry.number) == (clinic.at("15:00", clinic.days(1)), clinic.ben, 1)
    assert clinic.ledger().account == 0  # moving takes neither credit nor fee


def test_a_chain_moves_as_a_whole_or_not_at_all(clinic: Clinic) -> None:  # R18
    wanted = [
        clinic.request(clinic.at("09:00"), service=clinic.gift),
        clinic.request(clinic.at("09:00"), service=clinic.massage, staff=clinic.ben),
    ]
    first, second = clinic.do(diary.book_chain, wanted)
    clinic.book(clinic.at("13:15"), staff=clinic.ben)
    with pytest.raises(Taken, match="Ben Okoye"):
        clinic.do(diary.move, first, clinic.at("13:00"))
    clinic.do(diary.move, first, clinic.at("14:00"))
    starts = [clinic.ask(diary.entry, one).start for one in (first, second)]
    assert starts == [clinic.at("14:00"), clinic.at("14:15")]


def test_a_named_person_takes_over_from_the_first_ones_person(clinic: Clinic) -> None:  # R18
    wanted = [
        clinic.request(clinic.at("09:00"), service=clinic.gift),
        clinic.request(clinic.at("09:00"), service=clinic.massage, staff=clinic.ben),
    ]
    carl = clinic.person("Carl", Role.PRACTITIONER, frozenset({clinic.gift}))
    clinic.do(rota.set_weekly, carl, (shifts.Weekly(1, 1, TODAY.weekday(), 480, 1080, date(2026, 1, 5), None),))
    first, second = clinic.do(diary.book_chain, wanted)
    clinic.do(diary.move, first, clinic.at("14:00"), carl)
    assert [clinic.ask(diary.entry, one).staff for one in (first, second)] == [carl, clinic.ben]


def test_a_run_carries_one_turnaround_at_its_end(clinic: Clinic) -> None:  # R26
    wanted = [clinic.request(clinic.at("09:00")), clinic.request(clinic.at("09:00"), service=clinic.massage)]
    first, second = clinic.do(diary.book_chain, wanted)
    entries = [clinic.ask(diary.entry, one) for one in (first, second)]
    assert [one.busy_until for one in entries] == [clinic.at("09:30"), clinic.at("10:40")]


def test_cancelling_one_of_a_run_counts_it_anew(clinic: Clinic) -> None:  # R17
    wanted = [clinic.request(clinic.at("09:00")), clinic.request(clinic.at("09:00"), service=clinic.massage)]
    first, second = clinic.do(diary.book_chain, wanted)
    clinic.cancel(second)
    assert clinic.ask(diary.entry, first).busy_until == clinic.at("09:40")


def test_a_turnaround_that_comes_back_never_reaches_into_another_visit(clinic: Clinic) -> None:  # R17
    clean = clinic.service("Steam 30", 30, 60, 40_00)
    for one in (clinic.ana, clinic.ben):
        name = {clinic.ana: "Ana Lund", clinic.ben: "Ben Okoye"}[one]
        skills = frozenset({clinic.laser, clinic.massage, clinic.gift, clean})
        clinic.do(staff.change, one, staff.PersonDraft(name, "", Role.PRACTITIONER, False, True, skills))
    wanted = [
        clinic.request(clinic.at("09:00"), service=clean),
        clinic.request(clinic.at("09:00"), service=clinic.gift, staff=clinic.ben),
        clinic.request(clinic.at("09:00"), service=clinic.gift),
    ]
    first, _, third = clinic.do(diary.book_chain, wanted)
    clinic.do(diary.set_credit, third, NONE)
    other = clinic.book(clinic.at("11:00"), client=clinic.client("Carl Ray"))
    clinic.cancel(third)
    assert clinic.ask(diary.entry, first).busy_until <= clinic.ask(diary.entry, other).start


def test_a_move_beyond_the_last_day_is_refused(clinic: Clinic) -> None:  # R10, R18
    clinic.sell(clinic.product("Ten days", clinic.laser, 1, 80_00, TEN_DAYS))
    visit = clinic.book(clinic.at("09:00"))
    with pytest.raises(Refused, match="can be used until"):
        clinic.do(diary.move, visit, clinic.at("09:00", clinic.days(11)))
    clinic.do(diary.move, visit, clinic.at("09:00", clinic.days(10)))


def test_an_arrived_visit_is_not_moved(clinic: Clinic) -> None:  # R18
    visit = clinic.book(clinic.at("09:00"))
    clinic.do(diary.arrive, visit)
    with pytest.raises(Refused, match="arrived"):
        clinic.do(diary.move, visit, clinic.at("10:00"))


def test_a_preview_of_a_move_refuses_what_the_move_refuses(clinic: Clinic) -> None:  # R15, R18
    visit = clinic.book(clinic.at("09:00"))
    clinic.book(clinic.at("10:00"))
    seen = clinic.ask(diary.preview_move, visit, clinic.at("10:15"))
    assert isinstance(seen.refusal, Taken)
    assert clinic.ask(diary.preview_move, visit, clinic.at("11:00")).refusal is None


def test_a_visit_goes_through_its_day(clinic: Clinic) -> None:  # R23
    visit = clinic.book(clinic.at("09:00"))
    for command, status in (
        (diary.confirm, Status.CONFIRMED),
        (diary.arrive, Status.ARRIVED),
        (diary.start, Status.IN_TREATMENT),
        (diary.complete, Status.COMPLETED),
    ):
        clinic.do(command, visit, by=clinic.desk)
        assert clinic.status(visit) is status


@pytest.mark.parametrize("confirmed", [False, True])
def test_taking_an_arrival_back_gives_the_status_before(clinic: Clinic, confirmed: bool) -> None:  # R23
    visit = clinic.book(clinic.at("09:00"))
    if confirmed:
        clinic.do(diary.confirm, visit)
    clinic.do(diary.arrive, visit)
    clinic.do(diary.start, visit)
    clinic.do(diary.take_back, visit)
    clinic.do(diary.take_back, visit)
    assert clinic.status(visit) is (Status.CONFIRMED if confirmed else Status.BOOKED)


@pytest.mark.parametrize("command", [diary.confirm, diary.start, diary.complete])
def test_an_illegal_step_is_refused_in_words(clinic: Clinic, command: Any) -> None:  # R23
    visit = clinic.book(clinic.at("09:00"))
    clinic.cancel(visit)
    with pytest.raises(Refused, match="cancelled late"):
        clinic.do(command, visit)


def test_undoing_a_completion_goes_back_to_the_status_before(clinic: Clinic) -> None:  # R19
    visit = clinic.book(clinic.at("09:00"))
    clinic.do(diary.arrive, visit)
    clinic.do(diary.start, visit)
    clinic.do(diary.complete, visit)
    clinic.do(diary.undo_completion, visit, "wrong client", by=clinic.desk)
    assert clinic.status(visit) is Status.IN_TREATMENT


def missed(clinic: Clinic, override: Override = Override.NONE) -> Any:
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("09:00"))
    clinic.clock.now = clinic.at("09:30")
    clinic.do(diary.no_show, visit, override, "kind" if override is not Override.NONE else "")
    return visit


@pytest.mark.parametrize("override", [Override.NONE, Override.WAIVE, Override.RETURN])
def test_undoing_a_no_show_books_the_same_credit(clinic: Clinic, override: Override) -> None:  # R19
    visit = missed(clinic, override)
    answer = clinic.do(diary.undo_no_show, visit, "was here all along", by=clinic.desk)
    assert (answer, clinic.status(visit)) == ({"had_credit": 1, "has_credit": 1}, Status.BOOKED)
    assert clinic.states()[0] is State.RESERVED
    assert clinic.ledger().account == 0


def test_undoing_a_no_show_says_when_its_credit_is_gone(clinic: Clinic) -> None:  # R19
    visit = missed(clinic, Override.WAIVE)
    clinic.book(clinic.at("11:00"), credit=packages.Choice(clinic.credits()[0].id))
    assert clinic.do(diary.undo_no_show, visit, "was here") == {"had_credit": 1, "has_credit": 0}
    assert clinic.credit_of(visit) is None


def test_undoing_a_no_show_is_refused_where_the_time_is_taken(clinic: Clinic) -> None:  # R19
    visit = missed(clinic)
    clinic.book(clinic.at("09:00"), client=clinic.client("Carl Ray"))
    with pytest.raises(Taken, match="Carl Ray"):
        clinic.do(diary.undo_no_show, visit, "was here")


def test_a_practitioner_works_in_their_own_column_only(clinic: Clinic) -> None:
    visit = clinic.book(clinic.at("09:00"))
    with pytest.raises(NotAllowed, match="own column"):
        clinic.do(diary.arrive, visit, by=clinic.ben)
    clinic.do(diary.arrive, visit, by=clinic.ana)


@pytest.mark.parametrize(
    "act",
    [
        lambda c, _: (diary.book, c.request(c.at("11:00"))),
        lambda c, v: (diary.move, v, c.at("11:00")),
        lambda _, v: (diary.cancel, v, diary.Cancelling(CLIENT)),
        lambda _, v: (diary.set_credit, v, NONE),
        lambda _, v: (diary.undo_completion, v, "oh"),
        lambda _, v: (diary.undo_no_show, v, "oh"),
        lambda _, v: (diary.note, v, "oh"),
    ],
)
def test_a_practitioner_leaves_the_desks_work_to_the_desk(clinic: Clinic, act: Any) -> None:
    command, *args = act(clinic, clinic.book(clinic.at("09:00")))
    with pytest.raises(NotAllowed):
        clinic.do(command, *args, by=clinic.ana)


def test_a_day_shows_columns_blocks_and_visits(clinic: Clinic) -> None:
    clinic.sell()
    clinic.do(rota.add_off, clinic.ana, Span(clinic.at("12:00"), clinic.at("13:00")), block=True, words="Lunch")
    visit = clinic.book(clinic.at("09:00"))
    day = clinic.ask(diary.day, TODAY)
    assert [column.name for column in day.columns] == ["Ana Lund", "Ben Okoye"]
    assert [(off.words, off.block) for off in day.offs] == [("Lunch", True)]
    assert [(one.id, one.left, one.number, one.of) for one in day.entries] == [(visit, 5, 1, 6)]


def test_a_visit_cancelled_in_time_leaves_no_trace_in_the_grid(clinic: Clinic) -> None:
    clinic.cancel(clinic.book(clinic.at("09:00", clinic.days(3))))
    assert clinic.ask(diary.day, clinic.days(3)).entries == ()


def test_free_slots_are_those_that_can_be_booked(clinic: Clinic) -> None:
    clinic.book(clinic.at("08:30"))
    slots = clinic.ask(diary.free, clinic.laser, TODAY, 1, clinic.ana, limit=3)
    assert [slot.start for slot in slots] == [clinic.at("09:15"), clinic.at("09:30"), clinic.at("09:45")]
    clinic.book(slots[0].start)


def test_a_day_that_ends_lists_visits_left_open(clinic: Clinic) -> None:  # R41
    visit = clinic.book(clinic.at("09:00"))
    clinic.clock.forward(days=2)
    clinic.client("Somebody else")
    assert [entry.id for entry in clinic.ask(diary.queue).left_open] == [visit]


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe"])
def test_a_day_of_the_clinic_is_its_own(store: Any, clock: Any, zone: str) -> None:  # R10, R41
    clinic = Clinic(store, clock, zone)
    day = TODAY + timedelta(days=3)
    for wall in ("08:00", "17:00"):
        clinic.book(clinic.at(wall, day))
    assert len(clinic.ask(diary.day, day).entries) == 2
