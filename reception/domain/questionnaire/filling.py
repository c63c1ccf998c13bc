"""One form while somebody fills it in: which questions show, what was answered, what is still to be mended."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from reception.domain.errors import NotFound, Refused
from reception.domain.questionnaire.answers import summary
from reception.domain.questionnaire.checks import Fault, faults, most_answers
from reception.domain.questionnaire.composing import compose
from reception.domain.questionnaire.fitting import fitted, spoken
from reception.domain.questionnaire.outline import Outline
from reception.domain.questionnaire.reckoning import ROUNDS, Reckoner
from reception.domain.questionnaire.sheet import Branch, Node, Path, Sheet
from reception.domain.questionnaire.validating import ERROR, is_left_to_form, problem, shortfall
from reception.domain.questionnaire.values import Answered, Control, Form, Item, Kind, Problem, Value

_MOST_AT_FIRST = 20  # repeats of a group that a new form starts with, whatever it asks for
# What is told beside the question above it, not in a row of its own.
_ASIDE = frozenset({Control.HELP, Control.FLYOVER, Control.UNIT})


class Row(NamedTuple):
    """One line of the form as it shows: a question, a repeat of a group, or words to read.

    `instances` are the repeats that its group has by now; `calculated` where the form works out the answer itself.
    """

    path: Path
    item: Item
    depth: int
    values: tuple[Value, ...]
    instances: int
    calculated: bool


class Page(NamedTuple):
    """One page of the form: a section with its title, or loose questions under none."""

    key: str
    title: str
    rows: tuple[Row, ...]


class _Leaf(NamedTuple):
    key: str
    title: str
    numbers: tuple[int, ...]
    group: int | None = None


class Filling:
    """One form being filled in, from nothing or from what was kept; what is hidden keeps its answers until the end."""

    def __init__(
        self,
        form: Form,
        response: Mapping[str, Any] | None = None,
        *,
        today: date,
        patient: Mapping[str, Any] | None = None,
    ) -> None:
        self.form = form
        self._sheet = Sheet(form, response)
        self._leaves = tuple(_leaves(self._sheet.outline, self._sheet.outline.top, ""))
        self._depths = _depths(self._sheet.outline, self._leaves)
        if response is None:
            self._begin(self._sheet.root)
            self._sheet.settle(range(len(self._sheet.outline.places)))
        self._reckoner = Reckoner(self._sheet, patient=patient, today=today)
        self._touched: frozenset[str] | None = None  # the questions that changed since the last reckoning; None for all
        self._untold: frozenset[Path] = frozenset()  # what was worked out in between, for the next who asks
        self._work_out()

    def pages(self) -> tuple[Page, ...]:
        """The pages that have something to show, with their rows."""
        return tuple(page for page in map(self._page, self._leaves) if page.rows)

    def row(self, path: Path) -> Row | None:
        """One row as it shows now; None where it doesn't."""
        found = self._sheet.at(path)
        if found is None or not _is_row(found[0]) or not found[0].shown:
            return None
        return self._row(found[0], path)

    def put(self, path: Path, values: tuple[Value, ...]) -> frozenset[Path]:
        """Answer a question, or with no values take the answer back; gives the other rows that it shows or hides.

        The section of a page that comes or goes is among them.
        """
        node, _ = self._at(path)
        if not node.place.item.asks:
            raise NotFound("“{words}” takes no answer.", words=node.place.item.words)
        if node.values == values:
            return frozenset()
        node.values = values
        self._touch(node)
        return self._settled(node.place.readers)

    def add(self, path: Path) -> Path:
        """Add a repeat to the group at a path, after its last one; raises Refused where the form allows no more."""
        node, _ = self._at(path)
        most = most_answers(node.place.item)
        if node.place.item.kind is not Kind.GROUP or (most is not None and len(node.branches) >= most):
            raise Refused("“{words}” can't be added once more.", words=node.place.item.words)
        branch = self._sheet.branch(node)
        self._begin(branch)
        self._touched = None
        self._settled(range(node.place.number, node.place.end))
        self._settled(self._readers(node))
        return branch.path

    def remove(self, path: Path) -> None:
        """Take a repeat of a group away with its answers; the only one there is becomes empty instead."""
        node, repeat = self._at(path)
        if node.place.item.kind is not Kind.GROUP:
            raise NotFound("Only a repeat of a section can be removed.")
        if len(node.branches) == 1:
            self._sheet.branch(node)
        if node.branches:
            self._sheet.prune(node, repeat)
        self._touched = None
        self._settled(range(node.place.number, node.place.end))
        self._settled(self._readers(node))

    def reckon(self) -> frozenset[Path]:
        """Work out what the form calculates itself; gives the rows that it changes, shows or hides."""
        changed, self._untold = self._untold | self._work_out(), frozenset()
        return changed

    def problems(self, page: str | None = None) -> tuple[Problem, ...]:
        """What has to be mended before the form is complete, in its order, of one page or of all; only what shows."""
        self._untold |= self._work_out()
        nodes = list(self._shown(page))
        found = [told for node in nodes for told in self._problems(node)]
        unmet = [one for one in self._reckoner.unmet(nodes, whole=page is None) if one.told]
        found += (problem(one, self.name(one.node.path) if one.node else "") for one in unmet)
        return tuple(found)

    def name(self, path: Path) -> str:
        """A path as text: what a problem says of where it is."""
        return "/".join(f"{link_id}[{repeat}]" for link_id, repeat in path)

    def path(self, problem: Problem) -> Path | None:
        """Where a problem is; None where that is no place of this form."""
        paths = (node.path for node in self._sheet.find(problem.link_id))
        return next((path for path in paths if self.name(path) == problem.expression), None)

    def progress(self, page: str | None = None) -> tuple[int, int]:
        """How many questions are answered, and how many are asked, of one page or of all."""
        asked = [node for node in self._shown(page) if _is_asked(node.place.item)]
        return sum(1 for node in asked if node.values), len(asked)

    def response(self, *, completed: bool, at: datetime | None = None) -> dict[str, Any]:
        """The answers as a QuestionnaireResponse; a completed one holds none to a question that isn't asked."""
        if completed:
            self._touched = None
            self._untold |= self._work_out()
        return compose(self._sheet, completed=completed, at=at)

    def answers(self) -> Mapping[str, Answered]:
        """What is answered so far, by linkId."""
        return summary(self._sheet)

    def _work_out(self) -> frozenset[Path]:
        changed: set[Path] = set()
        for _ in range(ROUNDS if self._reckoner.works else 0):
            touched, self._touched = self._touched, frozenset()
            if touched is not None and not touched:
                break
            changed |= self._turned(self._reckoner.enable(touched))
            for node, found in tuple(self._reckoner.calculate(touched)):
                changed |= self._calculated(node, found)
            for node, found in self._reckoner.tell(touched):
                changed |= self._told(node, found)
        self._touched = frozenset()
        return frozenset(changed)

    def _page(self, leaf: _Leaf) -> Page:
        nodes = (node for number in leaf.numbers for node in self._sheet.nodes[number] if node.shown)
        return Page(leaf.key, leaf.title, tuple(row for node in nodes for row in self._rows(node, node.branch.path)))

    def _at(self, path: Path) -> tuple[Node, int]:
        found = self._sheet.at(path)
        if found is None:
            raise NotFound("This question is no longer in the form. Choose another one.")
        return found

    def _begin(self, branch: Branch) -> None:
        """Give a new repeat, or a new form, the answers that it starts with."""
        for node in self._sheet.walk(branch):
            item = node.place.item
            if item.asks:
                initial = item.initial or tuple(option.value for option in item.options if option.initial)
                node.values = initial if item.repeats else initial[:1]
            elif item.kind is Kind.GROUP and item.repeats:
                for _ in range(len(node.branches), min(item.bounds.min_occurs or 0, _MOST_AT_FIRST)):
                    self._sheet.branch(node)

    def _settled(self, numbers: Iterable[int]) -> frozenset[Path]:
        return self._turned(self._sheet.settle(numbers))

    def _turned(self, nodes: Iterable[Node]) -> frozenset[Path]:
        """The rows of items that are asked from now on, or no longer."""
        for node in nodes:
            self._touch(node)
        return frozenset(path for node in nodes if _is_row(node) for path in _paths(node))

    def _calculated(self, node: Node, found: Sequence[Any] | None) -> frozenset[Path]:
        values = fitted(node.place.item, found) if found is not None else ()
        if values == node.values:
            return frozenset()
        node.values = values
        self._touch(node)
        changed = self._settled(node.place.readers)
        return changed | frozenset(_paths(node)) if node.shown else changed

    def _told(self, node: Node, found: Sequence[Any] | None) -> frozenset[Path]:
        item = node.place.item
        words = spoken(found) if found is not None else ""
        if (words or item.words) == node.words:
            return frozenset()
        node.words = words or item.words
        return frozenset(_paths(node)) if node.shown else frozenset()

    def _touch(self, node: Node) -> None:
        if self._touched is not None:
            self._touched |= {node.place.item.link_id}

    def _readers(self, node: Node) -> list[int]:
        places = self._sheet.outline.places
        return [reader for place in places[node.place.number : node.place.end] for reader in place.readers]

    def _rows(self, node: Node, above: Path) -> Iterator[Row]:
        if not node.on or node.place.item.hidden:
            return
        link_id, group = node.place.item.link_id, node.place.item.kind is Kind.GROUP
        if _is_row(node) and not (group and node.branches):
            yield self._row(node, (*above, (link_id, 0)))
        for repeat, branch in enumerate(node.branches):
            path = (*above, (link_id, repeat))
            if group:
                yield self._row(node, path)
            for below in branch.nodes:
                yield from self._rows(below, path)

    def _row(self, node: Node, path: Path) -> Row:
        item = node.place.item
        if node.words != item.words:
            item = replace(item, words=node.words)
        depth = self._depths.get(node.place.number, 0)
        return Row(path, item, depth, node.values, max(1, len(node.branches)), item.calculated is not None)

    def _shown(self, page: str | None) -> Iterator[Node]:
        """The nodes that show, of the whole form or of one page."""
        if page is None:
            yield from (node for node in self._sheet.walk() if node.shown)
            return
        for leaf in self._leaves:
            if leaf.key == page:
                yield from self._of(leaf)

    def _of(self, leaf: _Leaf) -> Iterator[Node]:
        for number in leaf.numbers if leaf.group is None else (leaf.group,):
            for node in self._sheet.nodes[number]:
                if node.shown:
                    yield node
                    for branch in node.branches:
                        yield from (below for below in self._sheet.walk(branch) if below.shown)

    def _problems(self, node: Node) -> Iterator[Problem]:
        item = node.place.item
        told: list[Fault] = []
        if item.asks:
            told = list(faults(item, node.values))
        short = None if is_left_to_form(item) else shortfall(node)
        for fault in (*told, *((short,) if short else ())):
            yield Problem(ERROR, fault.check, item.link_id, self.name(node.path), fault.text)


def _leaves(outline: Outline, numbers: Sequence[int], title: str) -> Iterator[_Leaf]:
    """The pages of a form: each section is one; a section that only holds pages, or all the others, is looked into."""
    loose: list[int] = []
    alone = sum(1 for number in numbers if outline.places[number].item.kind is not Kind.DISPLAY) == 1
    for number in numbers:
        place = outline.places[number]
        if place.item.kind is not Kind.GROUP or place.item.control in (Control.HEADER, Control.FOOTER):
            loose.append(number)
            continue
        if loose:
            yield _Leaf(outline.places[loose[0]].item.link_id, title, tuple(loose))
            loose = []
        if _holds_pages(place.item, alone=alone):
            yield from _leaves(outline, place.below, place.item.words)
        else:
            within = (number,) if place.item.repeats else tuple(place.below)
            yield _Leaf(place.item.link_id, place.item.words, within, number)
    if loose:
        yield _Leaf(outline.places[loose[0]].item.link_id, title, tuple(loose))


def _holds_pages(item: Item, *, alone: bool) -> bool:
    if item.repeats:
        return False
    groups = sum(1 for below in item.items if below.kind is Kind.GROUP)
    paged = item.control is Control.TABS or any(below.control is Control.PAGE for below in item.items)
    return groups > 0 and (paged or (alone and groups > 1))


def _depths(outline: Outline, leaves: Iterable[_Leaf]) -> dict[int, int]:
    """How deep each item lies on its page."""
    depths: dict[int, int] = dict.fromkeys((number for leaf in leaves for number in leaf.numbers), 0)
    for place in outline.places:
        if place.number not in depths and place.parent in depths:
            depths[place.number] = depths[place.parent] + 1
    return depths


def _paths(node: Node) -> Iterator[Path]:
    above = node.branch.path
    group = node.place.item.kind is Kind.GROUP
    for repeat in range(max(1, len(node.branches)) if group else 1):
        yield (*above, (node.place.item.link_id, repeat))


def _is_row(node: Node) -> bool:
    item = node.place.item
    return not item.hidden and not (item.kind is Kind.DISPLAY and item.control in _ASIDE)


def _is_asked(item: Item) -> bool:
    """Whether a person is to answer it."""
    return item.asks and not is_left_to_form(item)
