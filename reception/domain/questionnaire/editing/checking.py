"""What is looked through before a form is published: what can't be so, and what is worth a second look."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from reception.domain.questionnaire import vocabulary as names
from reception.domain.questionnaire.conditions import equal
from reception.domain.questionnaire.editing import tree
from reception.domain.questionnaire.editing.draft import Draft
from reception.domain.questionnaire.editing.entries import Entry, Sort, entries, sort_of
from reception.domain.questionnaire.editing.totals import bands, scored
from reception.domain.questionnaire.editing.tree import Json
from reception.domain.questionnaire.elements import value_of
from reception.domain.questionnaire.extensions import Extensions
from reception.domain.questionnaire.fhirpath import literals

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
    reached = _Reached(draft)
    doubled = frozenset(_doubled(draft.json))
    for line in lines:
        found += _of_words(line, doubled)
        found += _of_answers(line)
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


def _of_conditions(line: Entry, reached: "_Reached") -> Iterator[Finding]:
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


def _of_expression(draft: Draft, line: Entry, reached: "_Reached") -> Iterator[Finding]:
    """A calculation that a question was taken away from."""
    if line.calculated and (literals(line.calculated) & draft.taken) - reached.items.keys():
        yield _warning(line.link_id, f"“{called(line)}” is calculated from a question that is no longer there.")


def _asked(draft: Draft) -> Mapping[str, tuple[object, ...]]:
    return {
        line.link_id: (line.sort, line.words, line.required, line.other, line.show, line.kept, _offered(line))
        for line in entries(draft)
        if line.sort.asks
    }


def _offered(line: Entry) -> tuple[str, ...]:
    return tuple(choice.words for choice in line.choices)


class _Reached:
    """Which entries somebody can come to, whatever they answer."""

    def __init__(self, draft: Draft) -> None:
        self.lines = {line.link_id: line for line in entries(draft)}
        self._places = {name: n for n, name in enumerate(self.lines)}
        self._known: dict[str, bool] = {}
        self.items: dict[str, Json] = {}
        self._above: dict[str, str] = {}
        for item in tree.walk(draft.json):
            self.items[item["linkId"]] = item
            for below in tree.items(item):
                self._above[below["linkId"]] = item["linkId"]

    def place(self, link_id: str) -> int:
        """Where in the form an entry stands."""
        return self._places.get(link_id, -1)

    def reaches(self, link_id: str) -> bool:
        """Whether an entry can be come to at all."""
        if link_id not in self._known:
            self._known[link_id] = False  # what hangs on itself is never asked
            self._known[link_id] = self._reaches(link_id)
        return self._known[link_id]

    def is_given(self, link_id: str) -> bool:
        """Whether an entry has an answer before anybody gives one."""
        item = self.items[link_id]
        return "initial" in item or Extensions(item).has(names.INITIAL_EXPRESSION, names.CALCULATED)

    def offers(self, look: Json) -> bool:
        """Whether the answer that a condition waits for can be given at all."""
        line, wanted = self.lines.get(look["question"]), value_of(look, "answer")
        if line is None or look["operator"] != "=" or wanted is None:
            return line is not None
        if not line.choices or line.other or line.listed:
            return True
        return any(equal(choice.value, wanted) for choice in line.choices)

    def _reaches(self, link_id: str) -> bool:
        item = self.items.get(link_id)
        if item is None:
            return link_id in self.lines
        line, above = self.lines.get(link_id), self._above.get(link_id)
        if (line is not None and line.hidden) or (above is not None and not self.reaches(above)):
            return False
        looks = item.get("enableWhen") or ()
        able = [self._can_be(look) for look in looks]
        if item.get("enableBehavior") == "all":
            return all(able) and not self._contradicts(looks)
        return not looks or any(able)

    def _can_be(self, look: Json) -> bool:
        wanted = value_of(look, "answer")
        if look["operator"] == "!=" or (look["operator"] == "exists" and wanted is not None and wanted.value is False):
            return True
        return look["question"] in self.lines and self.offers(look) and self.reaches(look["question"])

    def _contradicts(self, looks: Sequence[Json]) -> bool:
        """Whether one question would have to be answered in two ways at once."""
        one_way = [look for look in looks if look["operator"] == "=" and not self._takes_several(look["question"])]
        return any(
            first["question"] == other["question"] and value_of(first, "answer") != value_of(other, "answer")
            for n, first in enumerate(one_way)
            for other in one_way[n + 1 :]
        )

    def _takes_several(self, link_id: str) -> bool:
        return self.items.get(link_id, {}).get("repeats") is True
