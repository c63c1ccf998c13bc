from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reception.domain.gates import Effect, Lasting, Misfit, Operator, Rule, Screened, assess, misfit, worst
from reception.domain.questionnaire.values import Answered, Form, Item, Kind, Option, Value

YES, NO = Value("boolean", True), Value("boolean", False)
ASKED = date(2026, 11, 24)
NOBODY = Answered(enabled=True, waiting=False, values=())
HIDDEN = Answered(enabled=False, waiting=False, values=())
WAITING = Answered(enabled=False, waiting=True, values=())


def said(*values: Value) -> Answered:
    return Answered(enabled=True, waiting=False, values=values)


def coding(code: str, system: str | None = None) -> Value:
    return Value("Coding", {"code": code, "display": code.title()} | ({"system": system} if system else {}))


def day(text: str) -> Value:
    return Value("date", text)


def form(*items: Item) -> Form:
    return Form({}, "urn:test", "1", "Test", "active", None, "", "", "", items)


SKIN = Item(
    "skin",
    Kind.CHOICE,
    "Which is your skin type?",
    options=(Option(coding("fair"), "Fair"), Option(coding("dark"), "Dark")),
)
FORM = form(
    Item("1", Kind.GROUP, "Health", items=(Item("pregnant", Kind.BOOLEAN, "Are you pregnant?"), SKIN)),
    Item("score", Kind.INTEGER, "Score"),
    Item("since", Kind.DATE, "Since when?"),
    Item("more", Kind.TEXT, "Anything else?"),
)


def rule(link: str = "pregnant", operator: Operator = Operator.EQUAL, answer: Value = YES, **more: Any) -> Rule:
    return Rule(1, 1, 1, link, operator, answer, Effect.BLOCK, **more)


def outcome(asked: Rule, answers: Mapping[str, Answered], form: Form = FORM) -> str:
    found = assess([asked], form, answers, ASKED)
    assert not (found.met and found.wanting), "an answer that is wanting meets nothing"
    return "met" if found.met else "wanting" if found.wanting else "not met"


@pytest.mark.parametrize(
    ("asked", "answered", "expected"),
    [
        (rule(), said(YES), "met"),
        (rule(), said(NO), "not met"),
        (rule(), NOBODY, "wanting"),
        (rule(), HIDDEN, "not met"),
        (rule(), WAITING, "wanting"),
        (rule(operator=Operator.NOT_EQUAL), said(NO), "met"),
        (rule(operator=Operator.NOT_EQUAL), said(YES), "not met"),
        (rule(operator=Operator.NOT_EQUAL), NOBODY, "wanting"),
        (rule(operator=Operator.NOT_EQUAL), HIDDEN, "not met"),
        (rule("score", Operator.AT_LEAST, Value("integer", 10)), said(Value("integer", 10)), "met"),
        (rule("score", Operator.AT_LEAST, Value("decimal", Decimal(10))), said(Value("integer", 9)), "not met"),
        (rule("score", Operator.LESS, Value("integer", 10)), said(Value("integer", 9)), "met"),
        (rule("score", Operator.GREATER, Value("integer", 10)), NOBODY, "wanting"),
        (rule("skin", answer=coding("fair")), said(coding("fair")), "met"),
        (rule("skin", answer=coding("fair")), said(coding("dark"), coding("fair")), "met"),
        (rule("skin", answer=coding("fair")), said(coding("dark")), "not met"),
        (rule("since", Operator.GREATER, day("2026-06-01")), said(day("2026-07")), "met"),
        (rule("since", Operator.GREATER, day("2026-06-15")), said(day("2026-06")), "wanting"),
        (rule("more", Operator.EXISTS), said(Value("string", "Asthma")), "met"),
        (rule("more", Operator.EXISTS), NOBODY, "not met"),
        (rule("more", Operator.EXISTS, NO), NOBODY, "met"),
        (rule("more", Operator.EXISTS, NO), said(Value("string", "Asthma")), "not met"),
        (rule("more", Operator.EXISTS), HIDDEN, "not met"),
        (rule("more", Operator.EXISTS), WAITING, "wanting"),
    ],
)
def test_an_answer_meets_a_rule_or_does_not_or_cannot_be_known(asked: Rule, answered: Answered, expected: str) -> None:
    # R32
    assert outcome(asked, {asked.link_id: answered}) == expected


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (rule("gone"), Misfit.GONE),
        (rule("1"), Misfit.GONE),
        (rule("score"), Misfit.KIND),
        (rule("skin", answer=YES), Misfit.KIND),
        (rule("since", answer=Value("string", "2026")), Misfit.KIND),
        (rule("skin", answer=coding("olive")), Misfit.OPTION),
        (rule("skin", Operator.NOT_EQUAL, coding("fair", "urn:other")), Misfit.OPTION),
        (rule("skin", Operator.EXISTS), None),
        (rule("skin", answer=coding("fair")), None),
        (rule(), None),
    ],
)
def test_a_rule_whose_question_has_changed_makes_the_outcome_unknown(asked: Rule, why: Misfit | None) -> None:
    # R32
    item = next((item for item in FORM.walk() if item.link_id == asked.link_id), None)
    assert misfit(asked.operator, asked.answer, item) is why
    answers = {asked.link_id: said(coding("dark") if item is SKIN else NO)}
    assert (outcome(asked, answers) == "wanting") == (why is not None)


def test_a_list_that_is_not_here_is_asked_by_its_words() -> None:
    unlisted = Item("skin", Kind.CHOICE, "Skin?", unlisted=True)
    assert misfit(Operator.EQUAL, coding("fair"), unlisted) is Misfit.KIND
    assert misfit(Operator.EQUAL, Value("string", "fair"), unlisted) is None


def test_a_question_that_the_answers_do_not_know_is_wanting() -> None:
    # R32
    assert assess([rule()], FORM, {}, ASKED).wanting == ("pregnant",)


def test_each_rule_is_asked_by_itself() -> None:
    answers = {"pregnant": said(YES), "score": NOBODY, "more": said(Value("string", "Asthma"))}
    found = assess(
        [rule(), rule("score", answer=Value("integer", 1)), rule("more", Operator.EXISTS)], FORM, answers, ASKED
    )
    assert [(met.rule.link_id, met.answer) for met in found.met] == [("pregnant", "Yes"), ("more", "Asthma")]
    assert found.wanting == ("score",)


@pytest.mark.parametrize(
    ("link", "dated", "until"),
    [
        ("", NOBODY, date(2026, 12, 24)),
        ("since", said(day("2026-11-01")), date(2026, 12, 1)),
        ("since", said(day("2026-10")), date(2026, 11, 30)),
        ("since", said(day("2026")), date(2027, 1, 30)),
        ("since", said(day("2027-02")), date(2027, 3, 30)),
        ("since", said(day("2026-10"), day("2026-11-01")), date(2026, 12, 1)),
        ("since", said(day("9999")), date.max),
        ("since", said(day("2026-13")), None),
        ("since", NOBODY, None),
        ("since", HIDDEN, None),
        ("lost", NOBODY, None),
    ],
)
def test_a_block_until_a_date_counts_from_the_day_of_the_answer_or_from_a_date_in_it(
    link: str, dated: Answered, until: date | None
) -> None:
    # R32
    asked = rule(lasting=Lasting.UNTIL, until_days=30, until_link=link)
    (met,) = assess([asked], FORM, {"pregnant": said(YES), "since": dated}, ASKED).met
    assert met.until == until


def test_what_was_over_when_it_was_answered_never_blocked_anything() -> None:
    # R32
    asked = rule(lasting=Lasting.UNTIL, until_days=28, until_link="since")
    for since, blocks in [("2026-10-27", False), ("2026-10-28", True)]:
        found = assess([asked], FORM, {"pregnant": said(YES), "since": said(day(since))}, ASKED)
        assert (bool(found.met), found.wanting) == (blocks, ())


@pytest.mark.parametrize("lasting", [Lasting.CLINICIAN, Lasting.PERMANENT])
def test_other_blocks_have_no_end(lasting: Lasting) -> None:
    (met,) = assess([rule(lasting=lasting)], FORM, {"pregnant": said(YES)}, ASKED).met
    assert met.until is None


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ((), Screened.CLEAR),
        ((Screened.CLEAR, Screened.CLEARED), Screened.CLEARED),
        ((Screened.FLAGGED, Screened.CLEARED), Screened.FLAGGED),
        ((Screened.FLAGGED, Screened.UNKNOWN, Screened.CLEAR), Screened.UNKNOWN),
        ((Screened.UNKNOWN, Screened.BLOCKED, Screened.FLAGGED), Screened.BLOCKED),
    ],
)
def test_the_worst_outcome_counts(outcomes: tuple[Screened, ...], expected: Screened) -> None:
    # R32
    assert worst(outcomes) is expected
