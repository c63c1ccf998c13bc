"""What is looked through before a form is published: what can't be so, and what is worth a second look."""

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from reception.domain.questionnaire.conditions import judge, number
from reception.domain.questionnaire.editing import tree
from reception.domain.questionnaire.editing.draft import Draft
from reception.domain.questionnaire.editing.entries import Entry, Sort, entries, sort_of
from reception.domain.questionnaire.editing.reaching import Reached
from reception.domain.questionnaire.editing.totals import bands, scored
from reception.domain.questionnaire.editing.tree import Json
from reception.domain.questionnaire.elements import words_of
from reception.domain.questionnaire.fhirpath import literals
from reception.domain.questionnaire.values import Value

_LONGEST = 60


class Weight(StrEnum):
    """Whether a finding stands in the way of publishing."""

    ERROR = "error"
    WARNING = "warning"


class Finding(NamedTuple):
    """Something found in a form: the entry that it is about, "" for the form itself, and a sentence."""

    weight: Weight
    link_id: str
    words: str


class Compared(NamedTuple):
    """How a form differs from its version before: the questions that are new, gone, or asked otherwise."""

    new: int
    gone: int
    changed: int


def findings(draft: Draft) -> tuple[Finding, ...]:
    """All that is to be corrected, and all that is to be looked at, in the order of the form."""
    found = [*_of_form(draft)]
    lines = entries(draft)
    reached = Reached(draft)
    doubled = frozenset(_doubled(draft.json))
    for line in lines:
        found += _of_words(line, doubled)
        found += _of_answers(line)
        found += _of_limits(line)
        found += _of_counts(line)
        found += _of_conditions(line, reached)
        found += _of_total(draft, line)
        found += _of_expression(draft, line, reached)
    return tuple(found)


def compare(old: Draft, new: Draft) -> Compared:
    """What changed in what is asked."""
    before, after = _asked(old), _asked(new)
    both = before.keys() & after.keys()
    changed = sum(before[name] != after[name] for name in both)
    return Compared(len(after.keys() - both), len(before.keys() - both), changed)


def called(line: Entry) -> str:
    """An entry as a finding names it."""
    words = line.words or line.prefix or line.link_id
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"


def _error(link_id: str, words: str) -> Finding:
    return Finding(Weight.ERROR, link_id, words)


def _warning(link_id: str, words: str) -> Finding:
    return Finding(Weight.WARNING, link_id, words)


def _of_form(draft: Draft) -> Iterator[Finding]:
    if not draft.title:
        yield _error("", "The form has no name. Say what it is called.")
    if not any(line.sort.asks for line in entries(draft)):
        yield _error("", "The form asks nothing yet. Add a question.")


def _doubled(above: Json) -> Iterator[str]:
    """The questions that say what another one beside them says."""
    asking = [item for item in tree.items(above) if sort_of(item).asks and item.get("text")]
    said = Counter(item["text"].casefold() for item in asking)
    yield from (item["linkId"] for item in asking if said[item["text"].casefold()] > 1)
    for item in tree.items(above):
        yield from _doubled(item)


def _of_words(line: Entry, doubled: frozenset[str]) -> Iterator[Finding]:
    if not line.words and line.sort.asks and not line.hidden:
        yield _error(line.link_id, "A question has no words yet. Say what it asks.")
    elif not line.words and line.sort is Sort.WORDS:
        yield _error(line.link_id, "A notice, or a piece of information, has no words yet. Type it or take it out.")
    elif not line.words and line.sort is Sort.SECTION:
        yield _warning(line.link_id, "A section has no name.")
    elif line.link_id in doubled:
        yield _warning(line.link_id, f"“{called(line)}” is asked more than once.")


def _of_answers(line: Entry) -> Iterator[Finding]:
    if not line.sort.picks or line.listed:
        return
    if not line.choices:
        yield _error(line.link_id, f"“{called(line)}” offers no answers. Add some, or make it another kind.")
    if any(not choice.words for choice in line.choices):
        yield _error(line.link_id, f"An answer of “{called(line)}” has no words. Type them or take it away.")
    words = Counter(choice.words.casefold() for choice in line.choices if choice.words)
    if any(times > 1 for times in words.values()):
        yield _warning(line.link_id, f"Two answers of “{called(line)}” say the same.")


def _of_limits(line: Entry) -> Iterator[Finding]:
    """A least that is above the most, and bounds that no answer can have."""
    held, name = line.limits, called(line)
    least, most = held.least, held.most
    if least is not None and most is not None and judge(">", (least,), most):
        words = (
            f"“{name}” is to be {words_of(least)} or more, and {words_of(most)} or less: no number is both."
            if least.type != "date"
            else f"“{name}” is not to be before {words_of(least)} nor after {words_of(most)}: no day is left."
        )
        yield _error(line.link_id, words)
    fine = (bound for bound in (least, most) if bound is not None and _places(bound) > (held.places or 0))
    bound = next(fine, None) if held.places is not None else None
    if bound is not None:
        takes = f"at most {held.places} digits after the point" if held.places else "whole numbers"
        yield _warning(line.link_id, f"“{name}” takes {takes}, but is held to {words_of(bound)}.")
    if held.shortest and held.letters and held.shortest > held.letters:
        words = f"“{name}” wants {held.shortest} letters or more, but takes {held.letters} at most."
        yield _error(line.link_id, words)


def _of_counts(line: Entry) -> Iterator[Finding]:
    """More answers wanted than there are, or than can be given together."""
    held, name = line.limits, called(line)
    if held.fewest is None:
        return
    if held.mostly is not None and held.fewest > held.mostly:
        yield _error(line.link_id, f"“{name}” wants at least {held.fewest} answers, but takes {held.mostly} at most.")
    alone = next((choice for choice in line.choices if choice.alone), None)
    together = sum(not choice.alone for choice in line.choices)
    if line.choices and held.fewest > together and not line.other and not line.listed:
        yield _error(line.link_id, f"“{name}” wants at least {held.fewest} answers, but offers {together}.")
    elif alone is not None and held.fewest > 1:
        words = (
            f"“{name}” wants at least {held.fewest} answers, but “{alone.words}” stands alone: nobody can choose it."
        )
        yield _error(line.link_id, words)
    if held.fewest and not line.required:
        words = f"“{name}” wants at least {held.fewest} answers, so it can’t be left open. Let it be answered always."
        yield _warning(line.link_id, words)


def _places(bound: Value) -> int:
    held = number(bound.value.get("value") if bound.type == "Quantity" else bound.value)
    exponent = held.normalize().as_tuple().exponent if held is not None else 0
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _of_conditions(line: Entry, reached: Reached) -> Iterator[Finding]:
    for look in reached.items.get(line.link_id, {}).get("enableWhen") or ():
        question = reached.lines.get(look["question"])
        if question is None:
            yield _error(line.link_id, f"“{called(line)}” hangs on a question that is no longer there.")
        elif look["question"] == line.link_id:
            yield _error(line.link_id, f"“{called(line)}” hangs on its own answer, so nobody is asked it.")
        elif reached.place(look["question"]) > reached.place(line.link_id):
            yield _warning(line.link_id, f"“{called(line)}” hangs on “{called(question)}”, which is asked later.")
        elif not reached.offers(look):
            yield _error(line.link_id, f"“{called(line)}” waits for an answer that “{called(question)}” doesn’t offer.")
    if line.hidden and line.required and not reached.is_given(line.link_id):
        yield _warning(line.link_id, f"“{called(line)}” must be answered, but is hidden: nobody can.")
    never = not line.hidden and not reached.reaches(line.link_id)
    if never and line.required:
        yield _error(line.link_id, f"“{called(line)}” must be answered, but nobody is ever asked it.")
    elif never and line.sort is not Sort.SECTION:
        yield _warning(line.link_id, f"“{called(line)}” is never reached.")


def _of_total(draft: Draft, line: Entry) -> Iterator[Finding]:
    if line.sort is not Sort.TOTAL:
        return
    if not scored(draft.json):
        yield _error(line.link_id, f"“{called(line)}” adds up nothing: no answer has a score yet.")
    for band in bands(draft, line.link_id):
        if band.least is not None and band.most is not None and band.least > band.most:
            yield _error(line.link_id, f"“{band.words}” stands from {band.least} to {band.most}, which is nowhere.")


def _of_expression(draft: Draft, line: Entry, reached: Reached) -> Iterator[Finding]:
    """A calculation that a question was taken away from."""
    if line.calculated and (literals(line.calculated) & draft.taken) - reached.items.keys():
        yield _warning(line.link_id, f"“{called(line)}” is calculated from a question that is no longer there.")


def _asked(draft: Draft) -> Mapping[str, tuple[object, ...]]:
    return {
        line.link_id: (
            line.sort,
            line.words,
            line.required,
            line.other,
            line.show,
            line.kept,
            line.limits,
            _offered(line),
        )
        for line in entries(draft)
        if line.sort.asks
    }


def _offered(line: Entry) -> tuple[tuple[str, bool], ...]:
    return tuple((choice.words, choice.alone) for choice in line.choices)
