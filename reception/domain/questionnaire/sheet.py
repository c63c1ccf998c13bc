"""A form as it is being filled in, or was: every question in every repeat, its answers, and whether it is asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple

from reception.domain.questionnaire.conditions import compare, judge
from reception.domain.questionnaire.elements import value_of
from reception.domain.questionnaire.outline import NOWHERE, Hook, Outline, Place, outline
from reception.domain.questionnaire.values import Form, Kind, Value

Path = tuple[tuple[str, int], ...]
"""The linkId and the number of the repeat, from 0, at each level down to an item."""

_MOST_REPEATS = 1_000


class Source(NamedTuple):
    """Where in a response an item was found, and what stands there."""

    at: str
    json: Mapping[str, Any]


class Oddity(NamedTuple):
    """What a response says that its form has no place for: a code of the validator, where it stands, and why."""

    check: str
    link_id: str
    at: str
    text: str


class Node:
    """An item in one repeat of what is above it: what was answered, and whether it is asked.

    `on` where it is asked; `waiting` where it isn't, only because a question that it hangs on has no answer yet (R32).
    """

    __slots__ = ("branch", "branches", "enabled", "found_at", "on", "place", "sources", "values", "waiting", "words")

    def __init__(self, place: Place, branch: "Branch") -> None:
        self.place = place
        self.branch = branch
        self.values: tuple[Value, ...] = ()
        self.branches: list[Branch] = []
        self.enabled: bool | None = True  # what its own expression says; None while that hasn't been told
        self.on = True
        self.waiting = False
        self.sources: list[Source] = []
        self.words = place.item.words  # as they show: some forms work them out
        self.found_at: list[str] = []  # where each of the values stood in the response that was taken

    @property
    def told(self) -> tuple[Value, ...]:
        """Its answers as they count: those of a question that isn't asked don't."""
        return self.values if self.on else ()

    @property
    def path(self) -> Path:
        """Where it stands; of a group, its first repeat."""
        return (*self.branch.path, (self.place.item.link_id, 0))

    @property
    def shown(self) -> bool:
        """Whether a person sees it: asked, and neither it nor what is above it hidden by the form."""
        node: Node | None = self
        while node is not None:
            if not node.on or node.place.item.hidden:
                return False
            node = node.branch.owner
        return True


class Branch:
    """One repeat of a group, or what hangs below one answer of a question; the form itself is one without an owner."""

    __slots__ = ("nodes", "owner")

    def __init__(self, owner: Node | None) -> None:
        self.owner = owner
        self.nodes: list[Node] = []

    @property
    def path(self) -> Path:
        """Where this repeat stands."""
        if self.owner is None:
            return ()
        return (*self.owner.branch.path, (self.owner.place.item.link_id, self.owner.branches.index(self)))


class Sheet:
    """All that was answered to a form, each question knowing whether it is asked."""

    def __init__(self, form: Form, response: Mapping[str, Any] | None = None) -> None:
        self.form = form
        self.outline: Outline = outline(form)
        self.nodes: list[list[Node]] = [[] for _ in self.outline.places]
        self.oddities: list[Oddity] = []
        self.root = Branch(None)
        self._grow(self.root, self.outline.top)
        if response is not None:
            self._take(response.get("item"), self.root, "QuestionnaireResponse")
        self.settle(range(len(self.outline.places)))

    def copy(self) -> "Sheet":
        """The same answers once more, to be worked on while these go on changing."""
        twin = copy(self)
        twin.nodes = [[] for _ in self.nodes]
        twin.root = _copied(self.root, None)
        for node in twin.walk():
            twin.nodes[node.place.number].append(node)
        return twin

    def find(self, link_id: str) -> Sequence[Node]:
        """Every place where a question is, in the order of the form; none where the form has no such question."""
        number = self.outline.numbers.get(link_id, NOWHERE)
        return sorted(self.nodes[number], key=_path) if number != NOWHERE else ()

    def at(self, path: Path) -> tuple[Node, int] | None:
        """What stands at a path, and which of its repeats is meant; None where nothing does."""
        branch, found = self.root, None
        for link_id, repeat in path:
            node = next((node for node in branch.nodes if node.place.item.link_id == link_id), None)
            if node is None or repeat >= max(1, len(node.branches)):
                return None
            found = node, repeat
            branch = node.branches[repeat] if node.branches else Branch(node)
        return found

    def walk(self, branch: Branch | None = None) -> Iterator[Node]:
        """Every node below one repeat, in the order of the form; of the whole form where none is named."""
        for node in (branch or self.root).nodes:
            yield node
            for below in node.branches:
                yield from self.walk(below)

    def branch(self, node: Node) -> Branch:
        """Add a repeat to a group, or a place below one more answer."""
        added = Branch(node)
        node.branches.append(added)
        self._grow(added, node.place.below)
        return added

    def prune(self, node: Node, repeat: int) -> None:
        """Take a repeat away, with all that was answered in it."""
        gone = set(map(id, self.walk(node.branches.pop(repeat))))
        for number in range(node.place.number + 1, node.place.end):
            self.nodes[number] = [one for one in self.nodes[number] if id(one) not in gone]

    def settle(self, numbers: Iterable[int]) -> list[Node]:
        """Work out anew whether the items at these places are asked, and what hangs on them; gives which turned."""
        places = self.outline.places
        queue = [(places[number].rank, number) for number in numbers]
        heapify(queue)
        turned: list[Node] = []
        done = NOWHERE
        while queue:
            rank, number = heappop(queue)
            if rank == done:
                continue
            done = rank
            before = [(node, node.on, node.waiting) for node in self.nodes[number]]
            for node in self.nodes[number]:
                self._settle(node)
            turned += [node for node, on, _ in before if node.on != on]
            if any((node.on, node.waiting) != (on, waiting) for node, on, waiting in before):
                place = places[number]
                for other in (*place.below, *place.readers):
                    if places[other].rank > rank:
                        heappush(queue, (places[other].rank, other))
        return turned

    def _settle(self, node: Node) -> None:
        owner = node.branch.owner
        hooks = node.place.hooks
        if not hooks and node.place.item.enabled is None:
            node.on, node.waiting = (True, False) if owner is None else (owner.on, owner.waiting)
            return
        own, sure = self._own(node, hooks)
        above, above_sure = (True, True) if owner is None else (owner.on, None if owner.waiting else owner.on)
        node.on = own and above
        node.waiting = not node.on and _all((sure, above_sure)) is None

    def _own(self, node: Node, hooks: Sequence[Hook]) -> tuple[bool, bool | None]:
        """Whether the item's own conditions hold, and whether they will once every question has its answer."""
        held: list[bool] = []
        sure: list[bool | None] = []
        for hook in hooks:
            question = self.nearest(node, hook.target) if hook.target != NOWHERE else None
            holds, certain = _holds(hook, question)
            held.append(holds)
            sure.append(certain)
        if node.place.item.any_condition and hooks:
            own, certain = any(held), _any(sure)
        else:
            own, certain = all(held), _all(sure)
        if node.place.item.enabled is not None:
            own, certain = own and bool(node.enabled), _all((certain, node.enabled))
        return own, certain

    def nearest(self, node: Node, number: int) -> Node | None:
        """Which occurrence of a question a condition means: the one above the item, in its repeat, before, after it."""
        chain = self.outline.chain(number)
        branch = node.branch
        while branch.owner is not None and branch.owner.place.number not in chain:
            branch = branch.owner.branch
        if branch.owner is not None and branch.owner.place.number == number:
            return branch.owner
        depth = 0 if branch.owner is None else chain.index(branch.owner.place.number) + 1
        for step in chain[depth:-1]:
            group = branch.nodes[self.outline.places[step].position]
            if not group.branches:
                return None
            branch = group.branches[-1 if number < node.place.number else 0]
        return branch.nodes[self.outline.places[number].position]

    def _grow(self, branch: Branch, numbers: Sequence[int]) -> None:
        for number in numbers:
            place = self.outline.places[number]
            node = Node(place, branch)
            branch.nodes.append(node)
            self.nodes[number].append(node)
            if place.below:
                self.branch(node)

    def _take(self, items: Any, branch: Branch, at: str) -> None:
        expected = {node.place.item.link_id: node for node in branch.nodes}
        for index, json in enumerate(_listed(items)):
            here = f"{at}.item[{index}]"
            if not isinstance(json, Mapping):
                self._note("notOurs", "", here, "This isn't an item.")
                continue
            link_id = json.get("linkId")
            node = expected.get(link_id) if isinstance(link_id, str) else None
            if node is None:
                node = self._stray(link_id, here)
            if node is not None:
                self._fill(node, Source(here, json))

    def _stray(self, link_id: Any, at: str) -> Node | None:
        """What the form has elsewhere is taken there, where nothing was said there yet."""
        found = self.find(link_id) if isinstance(link_id, str) else ()
        if not found:
            self._note("invalidLinkId", str(link_id or ""), at, "The form has no question “{link_id}”.")
            return None
        self._note("nestedWrongly", link_id, at, "“{link_id}” has its place elsewhere in the form.")
        return next((node for node in found if not node.sources), None)

    def _fill(self, node: Node, source: Source) -> None:
        item = node.place.item
        group = item.kind is Kind.GROUP
        node.sources.append(source)
        if len(node.sources) > 1 and not (group and item.repeats):
            self._note("duplicateLinkId", item.link_id, source.at, "“{link_id}” stands here more than once.")
        if group:
            self._fill_group(node, source)
        elif item.kind is Kind.DISPLAY:
            if source.json.get("answer"):
                self._note(
                    "displayAnswer", item.link_id, source.at, "“{link_id}” is only to be read; it takes no answer."
                )
            self._below(node, source.json.get("item"), 0, source.at)
        else:
            self._fill_question(node, source)

    def _fill_group(self, node: Node, source: Source) -> None:
        link_id = node.place.item.link_id
        if source.json.get("answer"):
            self._note(
                "groupShouldNotHaveAnswers", link_id, source.at, "“{link_id}” is a group and takes no answer itself."
            )
            for index, answer in enumerate(_listed(source.json["answer"])):
                if isinstance(answer, Mapping):
                    self._below(node, answer.get("item"), 0, f"{source.at}.answer[{index}]")
        repeat = len(node.sources) - 1
        if repeat < _MOST_REPEATS:
            self._below(node, source.json.get("item"), repeat, source.at)
        else:
            self._note("maxCount", link_id, source.at, "“{link_id}” repeats too often to be read.")

    def _fill_question(self, node: Node, source: Source) -> None:
        link_id = node.place.item.link_id
        if source.json.get("item"):
            self._note("nestedWrongly", link_id, source.at, "What hangs below “{link_id}” belongs to its answer.")
            self._below(node, source.json["item"], 0, source.at)
        values = list(node.values)
        for index, answer in enumerate(_listed(source.json.get("answer"))):
            at = f"{source.at}.answer[{index}]"
            if not isinstance(answer, Mapping):
                self._note("invalidAnswerType", link_id, at, "The answer to “{link_id}” can't be read.")
                continue
            value = value_of(answer)
            if value is not None and not says_nothing(value.value):
                values.append(value)
                node.found_at.append(at)
            said = sum(_says(name, held) for name, held in answer.items())
            if said > (value is not None):
                text = (
                    "One answer to “{link_id}” says several things."
                    if value
                    else "The answer to “{link_id}” can't be read."
                )
                self._note("invalidAnswerType", link_id, at, text)
            self._below(node, answer.get("item"), index, at)
        node.values = tuple(values)

    def _below(self, node: Node, items: Any, repeat: int, at: str) -> None:
        if not _listed(items):
            # An empty repeat of a group is one nonetheless.
            if node.place.item.kind is Kind.GROUP and node.place.below:
                self._reach(node, repeat)
            return
        if not node.place.below:
            for index, json in enumerate(_listed(items)):
                link_id = json.get("linkId") if isinstance(json, Mapping) else None
                stray = self._stray(link_id, f"{at}.item[{index}]")
                if stray is not None:
                    self._fill(stray, Source(f"{at}.item[{index}]", json))
            return
        self._reach(node, repeat)
        self._take(items, node.branches[repeat], at)

    def _reach(self, node: Node, repeat: int) -> None:
        while len(node.branches) <= repeat:
            self.branch(node)

    def _note(self, check: str, link_id: str, at: str, text: str) -> None:
        self.oddities.append(Oddity(check, link_id, at, text.format(link_id=link_id)))


def says_nothing(held: Any) -> bool:
    """Whether an answer is none: an empty text, or an object with nothing in it all the way down."""
    if isinstance(held, str):
        return not held
    if isinstance(held, Mapping):
        return all(says_nothing(one) for one in held.values())
    if isinstance(held, Sequence):
        return all(says_nothing(one) for one in held)
    return held is None


def _copied(branch: Branch, owner: Node | None) -> Branch:
    twin = Branch(owner)
    for node in branch.nodes:
        made = copy(node)
        made.branch, made.branches = twin, [_copied(below, made) for below in node.branches]
        twin.nodes.append(made)
    return twin


def _path(node: Node) -> Path:
    return node.path


def _says(name: str, held: Any) -> bool:
    return name.startswith("value") and not says_nothing(held)


def _listed(held: Any) -> Sequence[Any]:
    return held if isinstance(held, list | tuple) else ()


def _holds(hook: Hook, question: Node | None) -> tuple[bool, bool | None]:
    """Whether a condition holds as things stand, and whether that is sure: not while its question awaits an answer."""
    condition = hook.condition
    if question is None:
        return compare(condition.operator, (), condition.answer), None
    values = question.values if hook.loose else question.told
    holds = compare(condition.operator, values, condition.answer)
    if values:
        told = judge(condition.operator, values, condition.answer)
        return holds, holds if told is not None else None
    awaited = question.place.item.asks and (question.on or question.waiting)
    return holds, None if awaited else holds


def _all(told: Iterable[bool | None]) -> bool | None:
    listed = list(told)
    if False in listed:
        return False
    return None if None in listed else True


def _any(told: Iterable[bool | None]) -> bool | None:
    listed = list(told)
    if True in listed:
        return True
    return None if None in listed else False
