"""Forms edited without a window: what an operation doesn't touch stays, and names are never given out twice."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reception.domain import questionnaire
from reception.domain.errors import DomainError
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Band, Draft, History, How, Look, ShowIf, Sort, Weight
from reception.domain.questionnaire.values import Value
from tests.domain.drafting import TODAY, asked, draft, item, line, read
from tests.domain.sheets import HL7, OTHER_FORMS, SDC, coded, extended, form, needs_others, question

OWN = sorted((Path(__file__).parents[2] / "resources" / "forms").glob("*.json"))
YES, NO = Value("boolean", True), Value("boolean", False)


def section(link_id: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return question(link_id, "group", item=list(items), **more)


def only(link_id: str, how: How, answer: Value | None = None) -> ShowIf:
    return ShowIf((Look(link_id, how, answer),))


def outline(edited: Draft) -> list[tuple[str, int]]:
    return [(one.link_id, one.depth) for one in editing.entries(edited)]


def sentences(edited: Draft) -> list[str]:
    return [one.words for one in editing.findings(edited)]


# What comes in goes out


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.stem)
def test_the_forms_that_ship_have_nothing_to_be_corrected(file: Path) -> None:
    assert editing.findings(editing.from_form(questionnaire.read(file.read_bytes()).form)) == ()


@needs_others
def test_any_form_is_the_same_after_it_was_in_the_editor() -> None:
    opened = 0
    for file in OTHER_FORMS:
        try:
            came = questionnaire.read(file.read_bytes()).form
        except DomainError:
            continue
        edited = editing.from_form(came)
        assert editing.from_form(read(edited)) == edited, file.name
        editing.findings(edited)
        opened += 1
    assert opened > 200


ASKING = [sort for sort in Sort if sort.asks and sort is not Sort.OTHER]
# Each takes a draft, the entry that it is done to, a number and some words.
OPERATIONS: list[Callable[[Draft, str, int, str], Draft]] = [
    lambda edited, one, n, _words: editing.add(edited, list(Sort)[n % (len(Sort) - 1)], one)[0],
    lambda edited, one, _n, _words: editing.duplicate(edited, one)[0],
    lambda edited, one, _n, _words: editing.remove(edited, one),
    lambda edited, one, n, _words: editing.step(edited, one, 1 if n % 2 else -1),
    lambda edited, one, n, _words: editing.drop(edited, one, n),
    lambda edited, one, _n, words: editing.reworded(edited, one, words),
    lambda edited, one, _n, words: editing.helped(edited, one, words),
    lambda edited, one, n, _words: editing.resorted(edited, one, ASKING[n % len(ASKING)]),
    lambda edited, one, n, _words: editing.required(edited, one, needed=bool(n % 2)),
    lambda edited, one, _n, _words: editing.shown_if(edited, one, only(one, How.IS_NOT, YES)),
    lambda edited, one, _n, _words: editing.add_answer(edited, one),
    lambda edited, one, _n, words: editing.noticed(edited, one, YES, words or None),
    lambda edited, _one, _n, _words: editing.numbered(edited),
    lambda edited, one, n, _words: editing.at_most(edited, one, Value("decimal", Decimal(n))),
    lambda edited, one, n, _words: editing.placed(edited, one, n % 4 or None),
    lambda edited, one, n, _words: editing.measured(edited, one, ["kg", "lb", "st"][: n % 4]),
    lambda edited, one, n, _words: editing.counted(edited, one, n, None),
    lambda edited, one, _n, words: editing.add_none(edited, one, words),
]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(OPERATIONS), st.integers(0, 30), st.integers(0, 30), st.sampled_from(["", "Why?", "Ache"])
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(steps=STEPS, file=st.sampled_from(OWN))
def test_whatever_was_done_a_form_reads_back_as_it_stands(steps: list[tuple[Any, int, int, str]], file: Path) -> None:
    edited = editing.from_form(questionnaire.read(file.read_bytes()).form)
    for operation, place, number, words in steps:
        entries = editing.entries(edited)
        edited = operation(edited, entries[place % len(entries)].link_id, number, words)
    assume(edited.json.get("item"))
    names = [one.link_id for one in read(edited).walk()]
    assert editing.from_form(read(edited), [read(edited)]) == edited
    assert len(names) == len(set(names))
    assert set(names) <= edited.taken


@settings(max_examples=60)
@given(words=st.text(max_size=20), place=st.integers(0, 40), file=st.sampled_from(OWN))
def test_wording_one_question_leaves_all_others_as_they_were(words: str, place: int, file: Path) -> None:
    before = editing.from_form(questionnaire.read(file.read_bytes()).form)
    entries = [one for one in editing.entries(before) if one.sort is not Sort.SIGNATURE]
    touched = entries[place % len(entries)].link_id
    after = editing.reworded(before, touched, words)
    for one in entries:
        if one.link_id != touched:
            assert editing.entry(after, one.link_id) == one
    assert editing.reworded(after, touched, line(before, touched).words) == before


def test_what_the_editor_does_not_know_stays_through_every_edit_beside_it() -> None:
    odd = {
        "extension": [extended("urn:other:thing", valueString="kept")],
        "definition": "urn:d",
        "code": [{"code": "x"}],
    }
    edited = draft(question("1", "boolean", **odd), question("2"), modified="by nobody")
    edited = editing.required(editing.reworded(edited, "1", "Sore?"), "1", needed=True)
    edited = editing.noticed(edited, "1", YES, "Tell us")
    assert item(edited, "1").items() >= {**odd, "text": "Sore?", "required": True}.items()
    assert edited.json["modified"] == "by nobody"


def test_an_expression_of_an_imported_form_is_told_and_kept() -> None:
    calculation = extended(
        f"{SDC}calculatedExpression", valueExpression={"language": "text/fhirpath", "expression": "1+1"}
    )
    edited = editing.reworded(draft(question("bmi", "decimal", extension=[calculation])), "bmi", "Your BMI")
    assert line(edited, "bmi").calculated == "1+1"
    assert item(edited, "bmi")["extension"] == [calculation]


# Names


def test_a_name_that_was_taken_out_is_never_given_again() -> None:
    edited, first = editing.add(draft(question("1")), Sort.YES_NO)
    edited, second = editing.add(editing.remove(edited, first), Sort.YES_NO)
    assert second != first


def test_names_of_earlier_versions_are_taken_too() -> None:
    now, earlier = form(question("1")), form(question("q7", "choice", answerOption=[coded("a9", "Old")]))
    _, name = editing.add(editing.from_form(now, [earlier]), Sort.SHORT_TEXT)
    assert name == "q10"


def test_an_answer_keeps_its_code_when_its_words_change() -> None:
    looking = question(
        "2", enableWhen=[{"question": "1", "operator": "=", "answerCoding": coded("b", "Bee")["valueCoding"]}]
    )
    edited = draft(question("1", "choice", answerOption=[coded("a", "Ay"), coded("b", "Bee")]), looking)
    edited = editing.word_answer(edited, "1", 1, "Wasp")
    assert item(edited, "1")["answerOption"][1] == coded("b", "Wasp")
    assert item(edited, "2")["enableWhen"][0]["answerCoding"]["display"] == "Wasp"


def test_an_answer_that_is_only_words_takes_what_hangs_on_it_along() -> None:
    looking = question("2", enableWhen=[{"question": "1", "operator": "=", "answerString": "Bee"}])
    edited = draft(question("1", "choice", answerOption=[{"valueString": "Bee"}]), looking)
    edited = editing.word_answer(edited, "1", 0, "Wasp")
    assert item(edited, "2")["enableWhen"] == [{"question": "1", "operator": "=", "answerString": "Wasp"}]
    assert sentences(edited) == []


def test_a_copy_has_names_of_its_own_and_looks_at_itself() -> None:
    follow = question("1a", enableWhen=[{"question": "1", "operator": "=", "answerBoolean": True}])
    edited, copy = editing.duplicate(draft(question("1", "boolean", item=[follow])), "1")
    assert [name for name, _ in outline(edited)][:2] == ["1", "1a"]
    below = item(edited, copy)["item"][0]
    assert below["linkId"] not in ("1a", copy)
    assert below["enableWhen"][0]["question"] == copy


# Order

TWO = (section("A", question("1"), question("2")), section("B", question("3")))


@pytest.mark.parametrize(
    ("moved", "by", "then"),
    [
        ("2", -1, [("A", 0), ("2", 1), ("1", 1), ("B", 0), ("3", 1)]),
        ("1", -1, [("1", 0), ("A", 0), ("2", 1), ("B", 0), ("3", 1)]),
        ("2", 1, [("A", 0), ("1", 1), ("2", 0), ("B", 0), ("3", 1)]),
        ("A", 1, [("B", 0), ("3", 1), ("A", 0), ("1", 1), ("2", 1)]),
        ("B", 1, [("A", 0), ("1", 1), ("2", 1), ("B", 0), ("3", 1)]),
    ],
)
def test_a_step_goes_one_place_and_out_at_the_edge(moved: str, by: int, then: list[tuple[str, int]]) -> None:
    assert outline(editing.step(draft(*TWO), moved, by)) == then


def test_a_step_goes_into_the_next_section() -> None:
    edited = editing.step(draft(*TWO), "2", 1)
    assert outline(editing.step(edited, "2", 1)) == [("A", 0), ("1", 1), ("B", 0), ("2", 1), ("3", 1)]


@pytest.mark.parametrize(
    ("moved", "gap", "then"),
    [
        ("3", 1, [("A", 0), ("3", 1), ("1", 1), ("2", 1), ("B", 0)]),
        ("1", 3, [("A", 0), ("2", 1), ("1", 1), ("B", 0), ("3", 1)]),
        ("1", 5, [("A", 0), ("2", 1), ("B", 0), ("3", 1), ("1", 1)]),
        ("3", 0, [("3", 0), ("A", 0), ("1", 1), ("2", 1), ("B", 0)]),
        ("B", 0, [("B", 0), ("3", 1), ("A", 0), ("1", 1), ("2", 1)]),
        ("A", 4, [("B", 0), ("3", 1), ("A", 0), ("1", 1), ("2", 1)]),
        ("B", 2, [("A", 0), ("1", 1), ("2", 1), ("B", 0), ("3", 1)]),
    ],
)
def test_a_line_is_dropped_before_another_or_at_the_end_of_the_section(
    moved: str, gap: int, then: list[tuple[str, int]]
) -> None:
    assert outline(editing.drop(draft(*TWO), moved, gap)) == then


def test_the_questions_are_numbered_by_section() -> None:
    follow = question("1a", enableWhen=[{"question": "1", "operator": "exists", "answerBoolean": True}])
    edited = editing.numbered(draft(section("A", question("1", item=[follow]), question("n", "display")), TWO[1]))
    assert [(one.link_id, one.prefix) for one in editing.entries(edited) if one.prefix] == [
        ("1", "1.1"),
        ("1a", "1.1a"),
        ("3", "2.1"),
    ]


# Kinds and answers


def test_a_question_of_another_kind_keeps_its_words_its_help_and_its_condition() -> None:
    edited = editing.helped(draft(question("1", "boolean"), question("2", maxLength=9)), "2", "Briefly")
    edited = editing.shown_if(edited, "2", only("1", How.IS, YES))
    edited = editing.resorted(edited, "2", Sort.PICK_ONE)
    changed = line(edited, "2")
    assert (changed.words, changed.help, changed.show) == ("2", "Briefly", only("1", How.IS, YES))
    assert "maxLength" not in item(edited, "2")
    assert len(changed.choices) == 2


def test_picking_one_or_several_offers_the_same_answers() -> None:
    edited = draft(question("1", "choice", answerOption=[coded("a", "Ay"), coded("b", "Bee")]))
    several = editing.resorted(edited, "1", Sort.PICK_SEVERAL)
    assert line(several, "1").choices == line(edited, "1").choices
    assert editing.resorted(several, "1", Sort.PICK_ONE) == edited


def test_answers_are_put_in_ordered_and_taken_away() -> None:
    edited = draft(question("1", "choice", answerOption=[coded("a", "Ay"), coded("b", "Bee")]))
    edited = editing.word_answer(editing.add_answer(edited, "1"), "1", 2, "Sea")
    edited = editing.remove_answer(editing.move_answer(edited, "1", 2, 0), "1", 1)
    assert [choice.words for choice in line(edited, "1").choices] == ["Sea", "Bee"]
    assert item(edited, "1")["answerOption"][0]["valueCoding"]["system"] == "urn:codes"


# When a question is asked


@pytest.mark.parametrize(
    ("how", "answer", "when"),
    [
        (How.IS, YES, [{"question": "1", "operator": "=", "answerBoolean": True}]),
        (How.ANSWERED, None, [{"question": "1", "operator": "exists", "answerBoolean": True}]),
        (How.EMPTY, None, [{"question": "1", "operator": "exists", "answerBoolean": False}]),
        (
            How.IS_NOT,
            YES,
            [
                {"question": "1", "operator": "exists", "answerBoolean": True},
                {"question": "1", "operator": "!=", "answerBoolean": True},
            ],
        ),
    ],
)
def test_a_condition_is_written_so_that_every_program_reads_it_alike(
    how: How, answer: Value | None, when: list[dict[str, Any]]
) -> None:
    show = only("1", how, answer)
    edited = editing.shown_if(draft(question("1", "boolean"), question("2")), "2", show)
    assert item(edited, "2")["enableWhen"] == when
    assert line(edited, "2").show == show


def test_more_than_is_asked_of_a_number() -> None:
    edited = draft(question("1", "decimal"), question("2"))
    edited = editing.shown_if(edited, "2", only("1", How.MORE, Value("decimal", Decimal(30))))
    assert "2" in asked(edited, **{"1": Value("decimal", Decimal("30.5"))})
    assert "2" not in asked(edited, **{"1": Value("decimal", Decimal(30))})


def test_is_not_asks_nothing_before_there_is_an_answer() -> None:
    edited = editing.shown_if(draft(question("1", "boolean"), question("2")), "2", only("1", How.IS_NOT, YES))
    assert "2" not in asked(edited)
    assert "2" in asked(edited, **{"1": NO})


def test_conditions_that_can_not_be_told_are_kept_until_they_are_taken_away() -> None:
    looks = [{"question": "1", "operator": operator, "answerBoolean": True} for operator in ("=", "!=")]
    edited = draft(question("1", "boolean"), question("2", enableWhen=looks, enableBehavior="any"))
    assert (line(edited, "2").show, line(edited, "2").kept) == (None, 2)
    assert editing.reworded(edited, "2", "2") == edited
    assert "enableWhen" not in item(editing.shown_if(edited, "2", None), "2")


# Notices, scores, totals


def test_a_notice_is_read_by_who_answers_so_and_goes_with_its_question() -> None:
    edited = editing.noticed(draft(question("1", "boolean"), question("2")), "1", YES, "Please speak to us")
    (name,) = {one.link_id for one in editing.entries(edited)} - {"1", "2"}
    assert name in asked(edited, **{"1": YES})
    assert name not in asked(edited, **{"1": NO})
    assert editing.notice(edited, "1", YES) == "Please speak to us"
    assert outline(editing.remove(edited, "1")) == [("2", 0)]


def test_a_notice_that_came_with_the_form_is_found_and_taken_away() -> None:
    said = question("n", "display", enableWhen=[{"question": "1", "operator": "=", "answerBoolean": True}])
    edited = draft(question("1", "boolean"), said)
    assert editing.notice(edited, "1", YES) == "n"
    assert not editing.has_notice(editing.noticed(edited, "1", YES, None), "1", YES)


def scored() -> tuple[Draft, str]:
    """Two questions with scores of 0 and 3, and their total."""
    options = [coded("no", "Not"), coded("yes", "Very")]
    edited = draft(
        section("A", question("1", "choice", answerOption=options)), question("2", "choice", answerOption=options)
    )
    for name in ("1", "2"):
        edited = editing.score_answer(editing.score_answer(edited, name, 0, Decimal(0)), name, 1, Decimal(3))
    return editing.add(edited, Sort.TOTAL)


def test_a_total_adds_up_the_scores_and_says_what_they_come_to() -> None:
    edited, total = scored()
    edited = editing.banded(edited, total, [Band(None, Decimal(3), "Fine"), Band(Decimal(4), None, "Come in")])
    fine, come = [one.link_id for one in editing.entries(edited)][-2:]
    very = Value("Coding", coded("yes")["valueCoding"])
    both = asked(edited, **{"1": very, "2": very})
    assert both[total] == (Value("decimal", Decimal(6)),)
    assert come in both
    assert fine not in both
    assert fine in asked(edited, **{"1": very})


def test_bands_are_read_back_as_they_were_said() -> None:
    edited, total = scored()
    wanted = (Band(Decimal(0), Decimal(2), "Fine"), Band(Decimal(3), Decimal(6), "Hm"))
    edited = editing.banded(edited, total, wanted)
    assert editing.bands(edited, total) == wanted
    assert editing.bands(editing.banded(edited, total, wanted[1:]), total) == wanted[1:]


def test_a_total_follows_when_scored_questions_come_and_go() -> None:
    edited, total = scored()
    edited, copy = editing.duplicate(edited, "2")
    assert editing.scored(edited.json) == ("1", "2", copy)
    very = Value("Coding", coded("yes")["valueCoding"])
    assert asked(edited, **{copy: very})[total] == (Value("decimal", Decimal(3)),)
    assert asked(editing.remove(edited, "1"), **{"2": very})[total] == (Value("decimal", Decimal(3)),)


def test_a_score_is_kept_under_the_name_that_the_form_uses() -> None:
    weight = extended(f"{HL7}itemWeight", valueDecimal=1)
    edited = draft(question("1", "choice", answerOption=[coded("a", "Ay", extension=[weight]), coded("b", "Bee")]))
    edited = editing.score_answer(edited, "1", 1, Decimal("2.5"))
    assert item(edited, "1")["answerOption"][1]["extension"] == [
        extended(f"{HL7}itemWeight", valueDecimal=Decimal("2.5"))
    ]
    assert [choice.score for choice in line(edited, "1").choices] == [1, Decimal("2.5")]


def test_the_client_is_asked_to_sign() -> None:
    edited, key = editing.add(draft(question("1")), Sort.SIGNATURE)
    assert read(edited).signature
    assert outline(edited)[-1] == (key, 0)
    assert editing.remove(edited, key) == draft(question("1"))


# What is looked through

WHEN_1 = [{"question": "1", "operator": "=", "answerBoolean": True}]
OFFERS = [coded("a", "Ay")]


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ((question("1", text=""),), "A question has no words yet. Say what it asks."),
        ((question("1", "choice"),), "“1” offers no answers. Add some, or make it another kind."),
        ((question("2", enableWhen=WHEN_1),), "“2” hangs on a question that is no longer there."),
        ((question("1", "boolean", enableWhen=WHEN_1),), "“1” hangs on its own answer, so nobody is asked it."),
        (
            (
                question("1", "choice", answerOption=OFFERS),
                question("2", enableWhen=[{"question": "1", "operator": "=", "answerCoding": {"code": "z"}}]),
            ),
            "“2” waits for an answer that “1” doesn’t offer.",
        ),
        (
            (
                question("1", "boolean"),
                question(
                    "2",
                    required=True,
                    enableBehavior="all",
                    enableWhen=[*WHEN_1, {"question": "1", "operator": "=", "answerBoolean": False}],
                ),
            ),
            "“2” must be answered, but nobody is ever asked it.",
        ),
    ],
)
def test_what_cannot_be_so_is_said_before_publishing(items: tuple[dict[str, Any], ...], sentence: str) -> None:
    found = editing.findings(draft(*items))
    assert (Weight.ERROR, sentence) in [(one.weight, one.words) for one in found]


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ((question("1"), question("2", text="1")), "“1” is asked more than once."),
        ((question("2", enableWhen=WHEN_1), question("1", "boolean")), "“2” hangs on “1”, which is asked later."),
        ((question("1", "choice", answerOption=[*OFFERS, coded("b", "ay")]),), "Two answers of “1” say the same."),
        (
            (question("1", required=True, extension=[extended(f"{HL7}questionnaire-hidden", valueBoolean=True)]),),
            "“1” must be answered, but is hidden: nobody can.",
        ),
    ],
)
def test_what_is_odd_is_said_but_stops_nobody(items: tuple[dict[str, Any], ...], sentence: str) -> None:
    assert (Weight.WARNING, sentence) in [(one.weight, one.words) for one in editing.findings(draft(*items))]


def test_what_hangs_on_what_nobody_is_asked_is_never_reached() -> None:
    gone = question("1", "boolean", enableWhen=[{"question": "0", "operator": "=", "answerBoolean": True}])
    assert "“2” is never reached." in sentences(draft(gone, question("2", enableWhen=WHEN_1)))


def test_a_calculation_that_lost_its_question_is_told() -> None:
    reads = extended(
        f"{SDC}calculatedExpression",
        valueExpression={"language": "text/fhirpath", "expression": "%resource.item.where(linkId = '1').answer.value"},
    )
    edited = draft(question("1", "decimal"), question("2", "decimal", extension=[reads]))
    assert sentences(edited) == []
    assert sentences(editing.remove(edited, "1")) == ["“2” is calculated from a question that is no longer there."]


def test_a_form_without_questions_or_a_name_is_not_ready() -> None:
    assert sentences(editing.blank("urn:test:new", "")) == [
        "The form has no name. Say what it is called.",
        "The form asks nothing yet. Add a question.",
    ]


def test_what_changed_is_counted() -> None:
    before = draft(question("1"), question("2"), question("n", "display"))
    after, _ = editing.add(editing.reworded(editing.remove(before, "1"), "2", "Two"), Sort.DATE)
    assert editing.compare(before, after) == (1, 1, 1)


# Beginnings and endings


def test_a_copy_of_a_form_is_a_form_of_its_own_that_names_its_source() -> None:
    copy = editing.copied(draft(question("1"), version="3"), "urn:test:copy", "Mine")
    assert (copy.url, copy.title, copy.json["derivedFrom"]) == ("urn:test:copy", "Mine", ["urn:test:skin|3"])
    assert "version" not in copy.json


def test_a_form_is_published_with_its_number_and_its_day() -> None:
    source = editing.published(draft(question("1"), status="draft"), 4, TODAY)
    assert (source["version"], source["date"], source["status"]) == ("4", "2026-11-24", "active")
    assert json.loads(questionnaire.dump_json(source))["item"] == [question("1")]


def test_everything_that_the_editor_writes_is_fhir() -> None:
    edited, total = scored()
    for sort in (Sort.SECTION, Sort.YES_NO, Sort.PICK_SEVERAL, Sort.LONG_TEXT, Sort.NUMBER, Sort.DATE, Sort.SIGNATURE):
        edited = editing.add(edited, sort)[0]
    edited = editing.banded(edited, total, [Band(Decimal(0), Decimal(3), "Fine"), Band(Decimal(4), None, "Come in")])
    edited = editing.shown_if(edited, "2", only("1", How.IS_NOT, line(edited, "1").choices[0].value))
    edited = editing.noticed(edited, "1", line(edited, "1").choices[1].value, "Oh")
    edited = editing.numbered(editing.helped(edited, "1", "So"))
    source = editing.published(editing.described(edited, "For the skin"), 1, TODAY)
    assert Questionnaire.model_validate_json(questionnaire.dump_json(source)).version == "1"


# Undo


def test_steps_are_undone_and_done_again() -> None:
    history = History(1).do(2).do(3)
    assert history.undo().now == 2
    assert history.undo().undo().undo().now == 1
    assert history.undo().redo() == History(3, (1, 2))
    assert history.undo().do(9).redo().now == 9


def test_letters_typed_one_after_the_other_are_one_step() -> None:
    history = History("").do("a", "words").do("ab", "words").do("abc", "words").do("abcd", "help")
    assert history.undo().now == "abc"
    assert history.undo().undo().now == ""
