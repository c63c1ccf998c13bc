"""One form while somebody fills it in: which questions show, what was answered, what is still to be mended."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from typing import Any

from reception.domain.errors import NotFound, Refused
from reception.domain.questionnaire.answers import summary
from reception.domain.questionnaire.checks import Fault, faults, most_answers
from reception.domain.questionnaire.composing import compose
from reception.domain.questionnaire.fitting import fitted, spoken
from reception.domain.questionnaire.paging import Page, Paging, Row, is_row, paths
from reception.domain.questionnaire.reckoning import ROUNDS, Reckoner, Unmet
from reception.domain.questionnaire.sheet import Branch, Node, Path, Sheet
from reception.domain.questionnaire.validating import ERROR, is_left_to_form, problem, shortfall
from reception.domain.questionnaire.values import Answered, Form, Kind, Problem, Value

_MOST_AT_FIRST = 20  # repeats of a group that a new form starts with, whatever it asks for


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
        self._paging = Paging(self._sheet)
        if response is None:
            self._begin(self._sheet.root)
            self._sheet.settle(range(len(self._sheet.outline.places)))
        self._reckoner = Reckoner(self._sheet, patient=patient, today=today)
        self._touched: frozenset[str] | None = None  # the questions that changed since the last reckoning; None for all
        self._untold: frozenset[Path] = frozenset()  # what was worked out in between, for the next who asks
        self._unmet: tuple[Unmet, ...] = ()
        self._work_out()

    @property
    def works(self) -> bool:
        """Whether the form works anything out from the answers, so that there is something to reckon."""
        return self._reckoner.works

    def copy(self) -> "Filling":
        """The same once more as it stands: it can be reckoned in another thread while this one is filled in."""
        twin = copy(self)
        self._sheet = self._sheet.copy()
        self._paging, self._reckoner = self._paging.of(self._sheet), self._reckoner.of(self._sheet)
        return twin

    def take(self, reckoned: "Filling") -> None:
        """Go on with a copy that was reckoned, where nothing was answered since it was taken."""
        self.__dict__.update(reckoned.__dict__)

    def pages(self) -> tuple[Page, ...]:
        """The pages that have something to show, with their rows."""
        return self._paging.pages()

    def row(self, path: Path) -> Row | None:
        """One row as it shows now; None where it doesn't."""
        return self._paging.row(path)

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
        """What has to be mended before the form is complete, in its order, of one page or of all; only what shows.

        What must hold between answers is told as it was last reckoned.
        """
        nodes = list(self._paging.shown(page))
        found = [told for node in nodes for told in self._problems(node)]
        # By their paths: a copy may have been made since, and its nodes are others.
        meant = {node.path for node in nodes} if self._unmet else set[Path]()
        unmet = [one for one in self._unmet if one.told and (one.node.path in meant if one.node else page is None)]
        found += (problem(one, self.name(one.node.path) if one.node else "") for one in unmet)
        return tuple(found)

    def name(self, path: Path) -> str:
        """A path as text: what a problem says of where it is."""
        return "/".join(f"{link_id}[{repeat}]" for link_id, repeat in path)

    def path(self, problem: Problem) -> Path | None:
        """Where a problem is; None where that is no place of this form."""
        places = (node.path for node in self._sheet.find(problem.link_id))
        return next((path for path in places if self.name(path) == problem.expression), None)

    def progress(self, page: str | None = None) -> tuple[int, int]:
        """How many questions are answered, and how many are asked, of one page or of all."""
        items = ((node, node.place.item) for node in self._paging.shown(page))
        asked = [node for node, item in items if item.asks and not is_left_to_form(item)]
        return sum(1 for node in asked if node.values), len(asked)

    def response(self, *, completed: bool, at: datetime | None = None) -> dict[str, Any]:
        """The answers as a QuestionnaireResponse; a completed one holds none to a question that isn't asked."""
        if completed:
            self._untold |= self._work_out()
        return compose(self._sheet, completed=completed, at=at)

    def answers(self) -> Mapping[str, Answered]:
        """What is answered so far, by linkId."""
        return summary(self._sheet)

    def _work_out(self) -> frozenset[Path]:
        changed: set[Path] = set()
        if not self.works or self._touched == frozenset():
            return frozenset()
        for _ in range(ROUNDS):
            touched, self._touched = self._touched, frozenset()
            if touched is not None and not touched:
                break
            changed |= self._turned(self._reckoner.enable(touched))
            for node, found in tuple(self._reckoner.calculate(touched)):
                changed |= self._calculated(node, found)
            for node, found in self._reckoner.tell(touched):
                changed |= self._told(node, found)
        self._touched = frozenset()
        self._unmet = tuple(self._reckoner.unmet(self._paging.shown(None)))
        return frozenset(changed)

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
        return frozenset(path for node in nodes if is_row(node.place.item) for path in paths(node))

    def _calculated(self, node: Node, found: Sequence[Any] | None) -> frozenset[Path]:
        values = fitted(node.place.item, found) if found is not None else ()
        if values == node.values:
            return frozenset()
        node.values = values
        self._touch(node)
        changed = self._settled(node.place.readers)
        return changed | frozenset(paths(node)) if node.shown else changed

    def _told(self, node: Node, found: Sequence[Any] | None) -> frozenset[Path]:
        item = node.place.item
        words = spoken(found) if found is not None else ""
        if (words or item.words) == node.words:
            return frozenset()
        node.words = words or item.words
        return frozenset(paths(node)) if node.shown else frozenset()

    def _touch(self, node: Node) -> None:
        if self._touched is not None:
            self._touched |= {node.place.item.link_id}

    def _readers(self, node: Node) -> list[int]:
        places = self._sheet.outline.places
        return [reader for place in places[node.place.number : node.place.end] for reader in place.readers]

    def _problems(self, node: Node) -> Iterator[Problem]:
        item = node.place.item
        told: list[Fault] = []
        if item.asks:
            told = list(faults(item, node.values))
        short = None if is_left_to_form(item) else shortfall(node)
        for fault in (*told, *((short,) if short else ())):
            yield Problem(ERROR, fault.check, item.link_id, self.name(node.path), fault.text)
