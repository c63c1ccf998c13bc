"""A form while somebody fills it in: rows and pages, skip logic, repeats, what is handed in."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain import questionnaire
from reception.domain.errors import NotFound, Refused
from reception.domain.questionnaire import Filling, Page, Path
from reception.domain.questionnaire.values import Form, Value
from tests.domain.sheets import HL7, coded, concept, extended, form, question

TODAY = date(2026, 11, 22)
YES, NO = Value("boolean", True), Value("boolean", False)


def yes_no(link_id: str, *after: str, **more: Any) -> dict[str, Any]:
    """A question; asked only where each of the others was answered with yes."""
    conditions = [{"question": other, "operator": "=", "answerBoolean": True} for other in after]
    asked = {"enableWhen": conditions, "enableBehavior": "all"} if conditions else {}
    return question(link_id, "boolean", **asked, **more)


def group(link_id: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return question(link_id, "group", item=list(items), **more)


def filled(*items: dict[str, Any], response: dict[str, Any] | None = None) -> Filling:
    return Filling(form(*items), response, today=TODAY)


def at(*names: str) -> Path:
    """A path: "g", or "g.1" for the second repeat of a group."""
    steps = (name.partition(".") for name in names)
    return tuple((link_id, int(repeat or 0)) for link_id, _, repeat in steps)


def shown(filling: Filling) -> list[str]:
    return [row.item.link_id for page in filling.pages() for row in page.rows]


def named(paths: frozenset[Path]) -> set[str]:
    return {path[-1][0] for path in paths}


def texts(*words: str) -> tuple[Value, ...]:
    return tuple(Value("string", word) for word in words)


# Rows and pages


def test_each_section_is_a_page_and_loose_questions_gather_in_one() -> None:
    filling = filled(question("a"), question("b"), group("g", question("c")), question("d"))
    assert [(page.key, page.title, [row.item.link_id for row in page.rows]) for page in filling.pages()] == [
        ("a", "", ["a", "b"]),
        ("g", "g", ["c"]),
        ("d", "", ["d"]),
    ]


def test_a_section_that_only_holds_sections_is_looked_into() -> None:
    whole = group("whole", question("a"), group("g", question("b")), group("h", question("c")))
    assert [(page.key, page.title) for page in filled(whole).pages()] == [("a", "whole"), ("g", "g"), ("h", "h")]


def test_tabs_are_pages() -> None:
    control = extended(HL7 + "questionnaire-itemControl", valueCodeableConcept=concept("tab-container"))
    tabs = group("tabs", group("g", question("b")), extension=[control])
    assert [page.key for page in filled(question("a"), tabs).pages()] == ["a", "g"]


def test_rows_within_a_section_lie_deeper() -> None:
    filling = filled(group("page", question("a"), group("g", question("b"), yes_no("c", item=[question("d")]))))
    (page,) = filling.pages()
    assert [(row.item.link_id, row.depth) for row in page.rows] == [("a", 0), ("g", 0), ("b", 1), ("c", 1), ("d", 2)]


def test_hidden_items_and_help_have_no_row() -> None:
    hidden = question("h", extension=[extended(HL7 + "questionnaire-hidden", valueBoolean=True)])
    aside = extended(HL7 + "questionnaire-itemControl", valueCodeableConcept=concept("help"))
    filling = filled(question("a", item=[question("why", "display", extension=[aside])]), hidden)
    assert shown(filling) == ["a"]
    assert filling.row(at("h")) is None


def test_a_page_without_anything_to_show_isnt_there() -> None:
    filling = filled(yes_no("a"), group("g", yes_no("b", "a")))
    assert [page.key for page in filling.pages()] == ["a"]
    filling.put(at("a"), (YES,))
    assert [page.key for page in filling.pages()] == ["a", "g"]


# Skip logic


def test_an_answer_shows_and_hides_what_hangs_on_it() -> None:
    filling = filled(yes_no("a"), yes_no("b", "a"), yes_no("c", "b"), question("d"))
    assert filling.put(at("a"), (YES,)) == {at("b")}
    assert filling.put(at("b"), (YES,)) == {at("c")}
    assert filling.put(at("a"), ()) == {at("b"), at("c")}
    assert shown(filling) == ["a", "d"]


def test_a_group_shows_with_all_that_is_in_it() -> None:
    section = group("g", yes_no("b"), enableWhen=[{"question": "a", "operator": "=", "answerBoolean": True}])
    assert named(filled(yes_no("a"), section).put(at("a"), (YES,))) == {"g", "b"}


def test_what_was_typed_comes_back_with_its_question() -> None:
    filling = filled(yes_no("a"), question("b", enableWhen=[{"question": "a", "operator": "=", "answerBoolean": True}]))
    filling.put(at("a"), (YES,))
    filling.put(at("b"), texts("aspirin"))
    filling.put(at("a"), (NO,))
    assert filling.row(at("b")) is None
    filling.put(at("a"), (YES,))
    row = filling.row(at("b"))
    assert row is not None
    assert row.values == texts("aspirin")


def test_the_same_answer_again_changes_nothing() -> None:
    filling = filled(yes_no("a"), yes_no("b", "a"))
    filling.put(at("a"), (YES,))
    assert filling.put(at("a"), (YES,)) == frozenset()


def test_a_question_that_isnt_there_takes_no_answer() -> None:
    filling = filled(group("g", question("a")), question("note", "display"))
    with pytest.raises(NotFound):
        filling.put(at("a"), texts("x"))
    with pytest.raises(NotFound):
        filling.put(at("note"), texts("x"))


# Starting


def test_a_new_form_starts_with_what_it_says() -> None:
    size = question("size", "integer", initial=[{"valueInteger": 3}])
    colour = question("colour", "choice", answerOption=[coded("r"), coded("b", initialSelected=True)])
    filling = filled(size, colour, yes_no("c", initial=[{"valueBoolean": True}]), yes_no("d", "c"))
    assert shown(filling) == ["size", "colour", "c", "d"]
    assert filling.answers()["size"].values == (Value("integer", 3),)
    assert filling.answers()["colour"].values == (Value("Coding", {"system": "urn:codes", "code": "b"}),)


def test_a_form_taken_up_again_keeps_to_what_was_answered() -> None:
    size = question("size", "integer", initial=[{"valueInteger": 3}])
    assert filled(size, response={"resourceType": "QuestionnaireResponse"}).answers()["size"].values == ()


# Repeats


DOSE = question("dose", "decimal", enableWhen=[{"question": "taken", "operator": "=", "answerBoolean": True}])


def medicines(**more: Any) -> dict[str, Any]:
    return group("medicine", question("name"), yes_no("taken"), DOSE, repeats=True, **more)


def test_a_repeat_is_added_after_the_last_and_has_its_own_skip_logic() -> None:
    filling = filled(medicines())
    second = filling.add(at("medicine"))
    assert second == at("medicine.1")
    assert filling.put((*second, ("taken", 0)), (YES,)) == {(*second, ("dose", 0))}
    rows = {row.path: row for page in filling.pages() for row in page.rows}
    assert [path for path in rows if path[-1][0] == "dose"] == [(*second, ("dose", 0))]
    assert rows[at("medicine")].instances == 2


def test_a_repeat_that_is_removed_takes_its_answers_with_it() -> None:
    filling = filled(medicines(), yes_no("last", "taken"))
    second = filling.add(at("medicine"))
    filling.put((*at("medicine"), ("name", 0)), texts("first"))
    filling.put((*second, ("name", 0)), texts("second"))
    filling.put((*second, ("taken", 0)), (YES,))
    assert "last" in shown(filling)
    filling.remove(second)
    assert "last" not in shown(filling)
    assert filling.answers()["name"].values == texts("first")


def test_the_only_repeat_becomes_empty() -> None:
    filling = filled(medicines())
    filling.put((*at("medicine"), ("name", 0)), texts("first"))
    filling.remove(at("medicine"))
    row = filling.row((*at("medicine"), ("name", 0)))
    assert row is not None
    assert row.values == ()


def test_no_more_repeats_than_the_form_allows() -> None:
    two = [extended(HL7 + "questionnaire-maxOccurs", valueInteger=2)]
    filling = filled(medicines(extension=two), group("once", question("x")))
    filling.add(at("medicine"))
    with pytest.raises(Refused, match="medicine"):
        filling.add(at("medicine"))
    with pytest.raises(Refused):
        filling.add(at("once"))


def test_a_form_that_asks_for_two_starts_with_two() -> None:
    two = [extended(HL7 + "questionnaire-minOccurs", valueInteger=2)]
    assert shown(filled(medicines(extension=two))).count("medicine") == 2


# Problems


def test_what_is_required_and_shows_is_named_with_its_place() -> None:
    filling = filled(yes_no("a", required=True), yes_no("b", "a", required=True), medicines())
    (problem,) = filling.problems()
    assert (problem.check, problem.link_id, filling.path(problem)) == ("required", "a", at("a"))
    filling.put(at("a"), (YES,))
    assert [one.link_id for one in filling.problems()] == ["b"]
    filling.put(at("a"), (NO,))
    assert filling.problems() == ()


def test_problems_are_told_page_by_page() -> None:
    filling = filled(group("g", yes_no("a", required=True)), group("h", yes_no("b", required=True)))
    assert [one.link_id for one in filling.problems("g")] == ["a"]
    assert [one.link_id for one in filling.problems()] == ["a", "b"]


def test_a_problem_in_a_repeat_leads_to_that_repeat() -> None:
    filling = filled(medicines())
    second = (*filling.add(at("medicine")), ("name", 0))
    filling.put(second, texts("a", "b"))
    (problem,) = filling.problems()
    assert problem.check == "maxCount"
    assert filling.path(problem) == second


def test_in_an_optional_repeat_that_nobody_began_nothing_is_owed() -> None:
    filling = filled(group("g", question("name", required=True), question("dose"), repeats=True))
    assert filling.problems() == ()
    filling.put((*at("g"), ("dose", 0)), texts("2"))
    assert [one.link_id for one in filling.problems()] == ["name"]


def test_below_an_answer_that_wasnt_given_nothing_is_owed() -> None:
    filling = filled(question("medicine", item=[question("dose", required=True)]))
    assert filling.problems() == ()
    filling.put(at("medicine"), texts("aspirin"))
    assert [one.link_id for one in filling.problems()] == ["dose"]


def test_what_the_form_answers_itself_isnt_asked_of_anybody() -> None:
    filling = filled(question("a", required=True, readOnly=True), question("b", required=True))
    assert [one.link_id for one in filling.problems()] == ["b"]
    assert filling.progress() == (0, 1)


def test_progress_counts_the_questions_that_show() -> None:
    filling = filled(group("g", yes_no("a"), yes_no("b", "a")), group("h", question("note", "display"), question("c")))
    assert filling.progress() == (0, 2)
    filling.put(at("g", "a"), (YES,))
    assert filling.progress() == (1, 3)
    assert filling.progress("g") == (1, 2)
    assert filling.progress("h") == (0, 1)


# Handing in


def test_a_draft_keeps_what_is_hidden_and_a_completed_response_doesnt() -> None:
    filling = filled(yes_no("a"), yes_no("b", "a"))
    filling.put(at("a"), (YES,))
    filling.put(at("b"), (NO,))
    filling.put(at("a"), (NO,))
    draft, done = filling.response(completed=False), filling.response(completed=True)
    assert [item["linkId"] for item in draft["item"]] == ["a", "b"]
    assert (draft["status"], done["status"]) == ("in-progress", "completed")
    assert done["item"] == [{"linkId": "a", "text": "a", "answer": [{"valueBoolean": False}]}]


def test_a_response_names_its_form_and_when() -> None:
    sheet = form(question("a"), url="urn:test:intake", version="3")
    done = Filling(sheet, today=TODAY).response(completed=True, at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    assert done["questionnaire"] == "urn:test:intake|3"
    assert done["authored"] == "2026-11-22T09:30:00+00:00"
    assert "item" not in done


def test_what_is_below_a_question_stands_in_its_answer() -> None:
    filling = filled(question("medicine", item=[question("dose")]), group("g", question("x")))
    filling.put(at("medicine"), texts("aspirin"))
    filling.put(at("medicine", "dose"), texts("1"))
    assert filling.response(completed=True)["item"] == [
        {
            "linkId": "medicine",
            "text": "medicine",
            "answer": [
                {
                    "valueString": "aspirin",
                    "item": [{"linkId": "dose", "text": "dose", "answer": [{"valueString": "1"}]}],
                }
            ],
        }
    ]


def test_a_draft_is_taken_up_as_it_was() -> None:
    items = (medicines(), yes_no("a"), question("b", repeats=True))
    filling = filled(*items)
    third = [filling.add(at("medicine")) for _ in range(2)][1]
    filling.put((*third, ("name", 0)), texts("third"))
    filling.put(at("b"), texts("x", "y"))
    again = filled(*items, response=filling.response(completed=False))
    assert again.pages() == filling.pages()


def test_what_hangs_on_a_second_answer_isnt_lost() -> None:
    answers = [
        {"valueString": name, "item": [{"linkId": "dose", "answer": [{"valueString": dose}]}]}
        for name, dose in (("aspirin", "1"), ("iron", "2"))
    ]
    response = {"resourceType": "QuestionnaireResponse", "item": [{"linkId": "medicine", "answer": answers}]}
    filling = filled(question("medicine", repeats=True, item=[question("dose")]), response=response)
    assert filling.answers()["dose"].values == texts("1", "2")
    assert [answer["item"][0]["answer"] for answer in filling.response(completed=True)["item"][0]["answer"]] == [
        [{"valueString": "1"}],
        [{"valueString": "2"}],
    ]


# Properties


LINKS = [f"q{number}" for number in range(8)]
PAGES = frozenset(f"p{name}" for name in LINKS)
OPERATORS = ["=", "exists", "!="]


@st.composite
def conditions(draw: st.DrawFn, before: Sequence[str], operators: Sequence[str]) -> dict[str, Any]:
    """Conditions of a question on some that come before it."""
    if not before:
        return {}
    found = [
        {"question": name, "operator": draw(st.sampled_from(operators)), "answerBoolean": draw(st.booleans())}
        for name in draw(st.lists(st.sampled_from(before), max_size=2, unique=True))
    ]
    return {"enableWhen": found, "enableBehavior": draw(st.sampled_from(["all", "any"]))} if found else {}


@st.composite
def sheets(draw: st.DrawFn, operators: Sequence[str] = OPERATORS) -> Form:
    """A form of some yes-or-no questions, some in sections, some in repeating ones, that hang on each other."""
    items: list[dict[str, Any]] = []
    asked: list[str] = []
    for name in LINKS[: draw(st.integers(1, len(LINKS)))]:
        one = question(name, "boolean", required=draw(st.booleans()), **draw(conditions(asked, operators)))
        if draw(st.booleans()):
            more = draw(conditions(asked, operators))
            one = group(*((f"p{name}", one) if draw(st.booleans()) else (f"g{name}", one)), **more)
            one["repeats"] = one["linkId"].startswith("g")
        items.append(one)
        asked.append(name)
    return form(*items)


steps = st.lists(st.tuples(st.sampled_from(LINKS), st.sampled_from([(), (YES,), (NO,)])), max_size=20)


def play(filling: Filling, moves: list[tuple[str, tuple[Value, ...]]]) -> None:
    """Answers whatever shows of these."""
    for name, values in moves:
        for row in [row for page in filling.pages() for row in page.rows if row.item.link_id == name]:
            filling.put(row.path, values)


@given(sheets(), steps)
def test_no_answer_to_a_question_that_isnt_asked_is_handed_in(
    sheet: Form, moves: list[tuple[str, tuple[Value, ...]]]
) -> None:
    filling = Filling(sheet, today=TODAY)
    play(filling, moves)
    done = filling.response(completed=True)
    checks = {problem.check for problem in questionnaire.validate(sheet, done)}
    assert checks <= {"required"}
    assert set(answered_in(done)) <= set(shown(filling))


@given(sheets(), steps)
def test_a_form_without_problems_is_a_valid_response(sheet: Form, moves: list[tuple[str, tuple[Value, ...]]]) -> None:
    filling = Filling(sheet, today=TODAY)
    play(filling, moves)
    done = filling.response(completed=True)
    assert bool(filling.problems()) is bool(questionnaire.validate(sheet, done))


@given(sheets(), steps, st.sampled_from(LINKS))
def test_an_answer_taken_back_leaves_the_form_as_it_was(
    sheet: Form, moves: list[tuple[str, tuple[Value, ...]]], name: str
) -> None:
    filling = Filling(sheet, today=TODAY)
    play(filling, moves)
    before = filling.pages()
    for row in [row for page in before for row in page.rows if row.item.link_id == name]:
        turned = filling.put(row.path, (YES,) if row.values == (NO,) else (NO,))
        assert filling.put(row.path, row.values) == turned
    assert filling.pages() == before


@given(sheets(), steps)
def test_step_by_step_comes_to_the_same_as_all_at_once(sheet: Form, moves: list[tuple[str, tuple[Value, ...]]]) -> None:
    filling = Filling(sheet, today=TODAY)
    play(filling, moves)
    again = Filling(sheet, filling.response(completed=False), today=TODAY)
    assert again.pages() == filling.pages()
    assert again.answers() == filling.answers()


@given(sheets(), steps, st.sampled_from(LINKS), st.sampled_from([YES, NO]))
def test_what_changes_is_told(sheet: Form, moves: list[tuple[str, tuple[Value, ...]]], name: str, value: Value) -> None:
    filling = Filling(sheet, today=TODAY)
    play(filling, moves)
    for path in [row.path for page in filling.pages() for row in page.rows if row.item.link_id == name]:
        before = filling.pages()
        told = filling.put(path, (value,))
        assert paths_of(before) ^ paths_of(filling.pages()) == {
            one for one in told if one[0][0] not in PAGES or len(one) > 1
        }


@given(sheets(["exists"]), steps)
def test_where_questions_only_hang_on_being_answered_more_answers_hide_none(
    sheet: Form, moves: list[tuple[str, tuple[Value, ...]]]
) -> None:
    filling = Filling(only_exists(sheet), today=TODAY)
    for name, _ in moves:
        before = set(shown(filling))
        play(filling, [(name, (YES,))])
        assert before <= set(shown(filling))


def only_exists(sheet: Form) -> Form:
    """The same form with every condition asking for an answer, not for none."""
    text = questionnaire.write(sheet).replace(b'"answerBoolean": false', b'"answerBoolean": true')
    return questionnaire.read(text).form


def paths_of(pages: tuple[Page, ...]) -> frozenset[Path]:
    return frozenset(row.path for page in pages for row in page.rows)


def answered_in(response: dict[str, Any]) -> list[str]:
    found = []
    for item in response.get("item", ()):
        found += [item["linkId"]] if "answer" in item else []
        found += answered_in(item)
    return found
