"""A coming-in as a chain: rooms and devices, runs, moving, and ending with what hangs on it (R17–R20, R26)."""

import pytest

from reception.domain import catalogue, diary
from reception.domain.errors import Refused, Taken
from reception.domain.ledger import State
from reception.domain.money import Money
from reception.domain.outcomes import Override, Status
from reception.domain.tables.ids import AppointmentId, ReasonId, ResourceId, ServiceId
from reception.domain.tables.words import ResourceKind
from tests.clinic import Clinic
from tests.domain.extras import add_on, attach, link, room, said, teach

BY_CLIENT = diary.Cancelling(ReasonId(1))


@pytest.fixture
def rooms(clinic: Clinic) -> tuple[ResourceId, ResourceId]:
    """Two rooms, either of which will do for a laser."""
    both = room(clinic, "Room 1"), room(clinic, "Room 2")
    clinic.do(catalogue.set_needs, clinic.laser, (both,))
    return both


def test_a_visit_is_given_the_first_room_that_is_free(  # R20
    clinic: Clinic, rooms: tuple[ResourceId, ResourceId]
) -> None:
    first = clinic.book(clinic.at("11:00"))
    second = clinic.book(clinic.at("11:00"), staff=clinic.ben, client=clinic.client("Carl Ray"))
    assert [clinic.ask(diary.entry, one).resources for one in (first, second)] == ["Room 1", "Room 2"]


def test_without_a_free_room_a_visit_isnt_booked(clinic: Clinic, rooms: tuple[ResourceId, ResourceId]) -> None:  # R20
    clinic.do(catalogue.set_needs, clinic.laser, ((rooms[0],),))
    clinic.book(clinic.at("11:00"))
    with pytest.raises(Taken) as refusal:
        clinic.book(clinic.at("11:35"), staff=clinic.ben, client=clinic.client("Carl Ray"))
    assert said(refusal.value) == "Room 1 is taken until 11:40. Choose another time."  # with its clean-up


def test_the_desk_can_choose_the_room(clinic: Clinic, rooms: tuple[ResourceId, ResourceId]) -> None:  # R20
    request = diary.Request(clinic.bea, clinic.ana, clinic.laser, clinic.at("11:00"), resources=(rooms[1],))
    checked = clinic.ask(diary.check, request)
    assert [(one.name, one.others) for one in checked.placed] == [("Room 2", ((rooms[0], "Room 1"),))]
    visit = AppointmentId(clinic.do(diary.book, request, by=clinic.desk))
    assert clinic.ask(diary.entry, visit).resources == "Room 2"


def test_a_visit_can_be_given_another_room(clinic: Clinic, rooms: tuple[ResourceId, ResourceId]) -> None:  # R20
    visit = clinic.book(clinic.at("11:00"))
    clinic.do(diary.place, visit, 1, rooms[1], by=clinic.desk)
    assert clinic.ask(diary.entry, visit).resources == "Room 2"
    clinic.book(clinic.at("11:00"), staff=clinic.ben, client=clinic.client("Carl Ray"))
    with pytest.raises(Taken, match="Room 1 is taken until"):
        clinic.do(diary.place, visit, 1, rooms[0], by=clinic.desk)
    assert clinic.ask(diary.entry, visit).resources == "Room 2"


def test_every_need_of_a_visit_is_met(clinic: Clinic, rooms: tuple[ResourceId, ResourceId]) -> None:  # R20
    lamp = room(clinic, "Lamp", ResourceKind.DEVICE)
    clinic.do(catalogue.set_needs, clinic.laser, (rooms, (lamp,)))
    assert clinic.ask(diary.entry, clinic.book(clinic.at("11:00"))).resources == "Lamp, Room 1"


def test_the_room_that_the_chain_is_in_comes_first(  # R20, R26
    clinic: Clinic, rooms: tuple[ResourceId, ResourceId]
) -> None:
    wrap = add_on(clinic, "Wrap 20", 20)
    link(clinic, clinic.laser, wrap)
    clinic.do(catalogue.set_needs, wrap, ((rooms[0], rooms[1]),))
    request = diary.Request(clinic.bea, clinic.ana, clinic.laser, clinic.at("11:00"), resources=(rooms[1],))
    visit = AppointmentId(clinic.do(diary.book, request, by=clinic.desk))
    attach(clinic, visit, wrap)
    assert [line.entry.resources for line in clinic.ask(diary.coming_in, visit).lines] == ["Room 2", "Room 2"]
    # the clean-up has moved to the end of the run, in the room too
    with pytest.raises(Taken, match="Room 2 is taken until"):
        clinic.do(
            diary.book,
            diary.Request(
                clinic.client("Carl Ray"), clinic.ben, clinic.laser, clinic.at("11:55"), resources=(rooms[1],)
            ),
        )


def test_moving_keeps_the_room_where_it_is_free(
    clinic: Clinic, rooms: tuple[ResourceId, ResourceId]
) -> None:  # R18, R20
    clinic.book(clinic.at("13:00"), staff=clinic.ben, client=clinic.client("Carl Ray"))
    visit = clinic.book(clinic.at("11:00"))
    clinic.do(diary.move, visit, clinic.at("12:00"), by=clinic.desk)
    assert clinic.ask(diary.entry, visit).resources == "Room 1"
    clinic.do(diary.move, visit, clinic.at("13:00"), by=clinic.desk)
    assert clinic.ask(diary.entry, visit).resources == "Room 2"


def test_a_room_that_is_free_again_can_be_taken(
    clinic: Clinic, rooms: tuple[ResourceId, ResourceId]
) -> None:  # R20, R23
    clinic.do(catalogue.set_needs, clinic.laser, ((rooms[0],),))
    visit = clinic.book(clinic.at("11:00"))
    clinic.cancel(visit)
    other = clinic.book(clinic.at("11:00"), staff=clinic.ben, client=clinic.client("Carl Ray"))
    assert clinic.ask(diary.entry, other).resources == "Room 1"


def test_a_no_show_whose_room_is_taken_by_now_stays_one(  # R19
    clinic: Clinic, rooms: tuple[ResourceId, ResourceId]
) -> None:
    clinic.do(catalogue.set_needs, clinic.laser, ((rooms[0],),))
    visit = clinic.book(clinic.at("11:00"))
    clinic.clock.now = clinic.at("11:05")
    clinic.do(diary.no_show, visit)
    clinic.book(clinic.at("11:05"), staff=clinic.ben, client=clinic.client("Carl Ray"))
    with pytest.raises(Taken, match="Room 1 is busy with Carl Ray"):
        clinic.do(diary.undo_no_show, visit, "came late")


def test_moving_moves_the_whole_chain_with_its_add_ons(clinic: Clinic, tape: ServiceId) -> None:  # R18
    visit = clinic.book(clinic.at("11:00"))
    added = attach(clinic, visit, tape)
    clinic.do(diary.move, added, clinic.at("14:30"), by=clinic.desk)
    starts = [line.entry.start for line in clinic.ask(diary.coming_in, visit).lines]
    assert starts == [clinic.at("14:00"), clinic.at("14:30")]


def test_cancelling_a_base_cancels_its_add_ons_each_under_its_own_rule(  # R14, R15, R17
    clinic: Clinic, tape: ServiceId
) -> None:
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("11:00"))
    added = attach(clinic, visit, tape)
    ending = clinic.ask(diary.preview_cancel, visit, BY_CLIENT)
    assert [(name, one.outcome.fee) for name, one in ending.others] == [("Tape 15", Money(20_00))]
    clinic.do(diary.cancel, visit, BY_CLIENT, by=clinic.desk)
    assert [clinic.status(one) for one in (visit, added)] == [Status.LATE_CANCELLED] * 2
    assert clinic.states()[0] is State.FORFEITED  # the base took its credit, the add-on was charged
    assert clinic.ledger().account == Money(20_00)


def test_an_add_on_can_be_cancelled_alone_and_the_gap_stays(clinic: Clinic, tape: ServiceId) -> None:  # R17
    oil = add_on(clinic, "Oil 10", 10)
    link(clinic, clinic.laser, tape, oil)
    visit = clinic.book(clinic.at("11:00"))
    first, second = attach(clinic, visit, tape), attach(clinic, visit, oil)
    clinic.cancel(first)
    base, last = (clinic.ask(diary.entry, one) for one in (visit, second))
    assert (clinic.status(visit), last.start) == (Status.BOOKED, clinic.at("11:45"))
    assert base.busy_until == clinic.at("11:40")  # R17: the clean-up that comes back is the base's own again


def test_a_turnaround_that_comes_back_ends_where_the_chain_goes_on(clinic: Clinic) -> None:  # R17
    short, oil = add_on(clinic, "Tape 5", 5), add_on(clinic, "Oil 10", 10)
    link(clinic, clinic.laser, short, oil)
    visit = clinic.book(clinic.at("11:00"))
    first = attach(clinic, visit, short)
    attach(clinic, visit, oil)
    clinic.cancel(first)
    assert clinic.ask(diary.entry, visit).busy_until == clinic.at("11:35")


def test_an_override_counts_for_all_that_ends(clinic: Clinic, tape: ServiceId) -> None:  # R15, R17
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("11:00"))
    attach(clinic, visit, tape)
    clinic.do(diary.cancel, visit, diary.Cancelling(ReasonId(1), Override.WAIVE, "a bereavement"))
    assert (clinic.states()[0], clinic.ledger().account) == (State.AVAILABLE, Money(0))


def test_taking_the_credit_passes_over_add_ons_without_one(clinic: Clinic, tape: ServiceId) -> None:  # R15, R17
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("11:00"))
    added = attach(clinic, visit, tape)
    clinic.do(diary.cancel, visit, diary.Cancelling(ReasonId(1), Override.FORFEIT, "third time"))
    assert (clinic.states()[0], clinic.status(added)) == (State.FORFEITED, Status.LATE_CANCELLED)


def test_missing_a_base_marks_its_add_ons_and_undoing_it_undoes_theirs(  # R19
    clinic: Clinic, tape: ServiceId
) -> None:
    clinic.policy()
    visit = clinic.book(clinic.at("11:00"))
    added = attach(clinic, visit, tape)
    clinic.clock.now = clinic.at("12:00")
    clinic.do(diary.no_show, visit, by=clinic.desk)
    assert [clinic.status(one) for one in (visit, added)] == [Status.NO_SHOW] * 2
    assert clinic.ledger().account == Money(60_00)
    clinic.do(diary.undo_no_show, visit, "they were in the waiting room", by=clinic.desk)
    assert [clinic.status(one) for one in (visit, added)] == [Status.BOOKED] * 2
    assert clinic.ledger().account == Money(0)


def test_an_add_on_missed_on_its_own_stays_missed(clinic: Clinic, tape: ServiceId) -> None:  # R19
    visit = clinic.book(clinic.at("11:00"))
    added = attach(clinic, visit, tape)
    clinic.clock.now = clinic.at("12:00")
    clinic.do(diary.no_show, added, by=clinic.desk)
    clinic.do(diary.no_show, visit, by=clinic.desk)
    clinic.do(diary.undo_no_show, visit, "a mix-up", by=clinic.desk)
    assert [clinic.status(one) for one in (visit, added)] == [Status.BOOKED, Status.NO_SHOW]


def test_several_services_are_looked_at_as_one_coming_in(clinic: Clinic) -> None:  # R20, R26
    wanted = [clinic.request(clinic.at("11:00")), clinic.request(clinic.at("11:00"), service=clinic.massage)]
    first, second = clinic.ask(diary.check_chain, wanted)
    assert (first.end, second.end, first.refusal) == (clinic.at("11:30"), clinic.at("12:30"), None)
    clinic.book(clinic.at("12:15"), client=clinic.client("Carl Ray"))
    refused = clinic.ask(diary.check_chain, wanted)[0].refusal
    assert refused is not None
    assert said(refused).startswith("Ana Lund is busy with Carl Ray from 12:15 to 12:55.")


def test_a_second_person_of_a_chain_needs_the_skill(clinic: Clinic, tape: ServiceId) -> None:  # R21
    peel = clinic.service("Peel 45", 45, 0, 50_00)
    wanted = [clinic.request(clinic.at("11:00")), clinic.request(clinic.at("11:00"), service=peel, staff=clinic.ben)]
    with pytest.raises(Refused, match="Ben Okoye doesn't perform Peel 45"):
        clinic.do(diary.book_chain, wanted, by=clinic.desk)
    teach(clinic, clinic.ben, peel)
    assert len(clinic.do(diary.book_chain, wanted, by=clinic.desk)) == 2
