"""Patterns that a form brings: which are tried, and that none of those takes for ever."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.questionnaire import patterns

ENDLESS = [
    "(a+)+",
    "(a*)*b",
    "(a|aa)*b",
    "(a|a)+$",
    "(?:x{1,50})*",
    "((a*)b?)+",
    "([0-9]+[a-z]*)+$",
    "(.*a){20}",
    "(?P<n>a+)*",
    "(?=(a+)+b).*",
    r"(\w+\w*)+@",
    "(a?){30}a{30}",
    "(a+(?=a|$))+b",
    r"(\ba*)+!",
    "(a*[^a]{2}a?)+",
    r"(\.(b?)?){2,}",
    "((c?){1,3}[ab])+",
    r"(\.+){1,9}c",
]
ORDINARY = [
    (r"\d{3}-\d{4}", "555-0199", "555-199"),
    (r"[^@ ]+@([a-z-]+\.)+[a-z]{2,6}", "ana@front.desk.org", "ana@"),
    (r"([\w.-]+)@(\w+\.)+\w{2,}", "a.b@c.example", "a.b@c"),
    ("(ab){2}", "abab", "ab"),
    ("(a|b)+", "abba", "abc"),
    (r"(\d|[A-Z])*", "A1", "a"),
    (r"(,\d+)*", ",1,22", ",1,"),
    ("[+*|()]+", "(+)", "a"),
    (r"\(x+\)+", "(xx))", "x"),
    ("[]a]+", "]a", "b"),
    (r"^(?!.*[DFIOQU])[A-VXY]\d$", "A1", "D1"),
    (r"(?P<two>ab)(?P=two)?|c", "ab", "abc"),
    (r"\+?[0-9]{1,3}( [0-9]{2,4})+", "+44 20 7946", "44-20"),
    ("(?i:yes|no)", "YES", "maybe"),
]


@pytest.mark.parametrize("text", ENDLESS)
def test_a_pattern_that_could_take_for_ever_isnt_tried(text: str) -> None:
    assert patterns.ready(text) is None


@pytest.mark.parametrize(("text", "good", "bad"), [case for case in ORDINARY if "(?P=" not in case[0]])
def test_an_ordinary_pattern_is_tried_on_the_whole_answer(text: str, good: str, bad: str) -> None:
    found = patterns.ready(text)
    assert found is not None
    assert found.fits(good)
    assert not found.fits(bad)


@pytest.mark.parametrize("text", ["(", "[a", "a**", "(?P<a", "x" * 1000, "(?#note)a", "(?P<two>ab)(?P=two)"])
def test_a_pattern_that_is_malformed_or_beyond_us_isnt_tried(text: str) -> None:
    assert patterns.ready(text) is None


def test_the_more_repeats_can_meet_the_shorter_the_text_it_is_tried_on() -> None:
    one, three = patterns.ready("a+b"), patterns.ready("a*a*a*b")
    assert one is not None
    assert three is not None
    assert three.longest < one.longest
    assert three.fits("a" * 1000)


atoms = st.sampled_from(["a", "b", "[ab]", "[^a]", r"\w", ".", r"\.", "c"])
times = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,3}", "{2,}"])
plain = st.lists(st.tuples(atoms, times).map("".join), min_size=1, max_size=3).map("".join)
written = st.recursive(
    plain,
    lambda inner: st.tuples(st.lists(inner, min_size=1, max_size=2).map("|".join), times).map(
        lambda pair: f"({pair[0]}){pair[1]}"
    ),
    max_leaves=4,
)


@given(st.lists(written, min_size=1, max_size=3).map("".join), st.text("abc.", max_size=12))
def test_what_is_tried_says_what_python_says_and_soon(text: str, answer: str) -> None:
    found = patterns.ready(text)
    if found is None:
        return
    assert found.fits(answer) is (re.fullmatch(text, answer) is not None)
    for long in ("a" * 40, "ab" * 20, "a.b." * 10):
        begun = time.process_time()
        found.fits(long[: found.longest] + "!")
        assert time.process_time() - begun < 2
