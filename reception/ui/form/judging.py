"""What is wrong in a form, and when it is said: a wanting answer only once somebody wants to go on without it."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from reception.domain.errors import Invalid
from reception.domain.questionnaire import Filling, Page
from reception.domain.questionnaire.values import Problem
from reception.ui.form import place
from reception.ui.form.control import Desk
from reception.ui.tokens import Tone

_WANTING = frozenset({"required", "minCount"})


class Wrong(NamedTuple):
    """What is wrong with an answer, and where; in the tone of a warning it doesn't stop anybody."""

    path: place.Path
    sentence: str
    tone: Tone


class Unread(NamedTuple):
    """What was typed and can't be read, as it was typed, and why not."""

    typed: Any
    why: Invalid | None = None


class Judge:
    """Knows which answers may be judged by now, which were typed and can't be read, and which are only copied."""

    def __init__(self, filling: Filling, desk: Desk) -> None:
        """Begin with nothing answered."""
        self._filling, self._desk = filling, desk
        self._checked: set[str] = set()
        self._touched: set[place.Path] = set()
        self._refused: dict[str, str] = {}
        self.unread: dict[place.Path, Unread] = {}
        self.copied: dict[place.Path, str] = {}

    def resume(self, unread: Mapping[str, Any], copied: Mapping[str, str]) -> None:
        """Take up what a draft kept."""
        self.unread = {place.of(key): Unread(typed) for key, typed in unread.items()}
        self.copied = {place.of(key): words for key, words in copied.items()}
        self._touched |= set(self.unread)

    def touch(self, path: place.Path) -> bool:
        """Note that somebody has been at a question; False where that was known."""
        known = path in self._touched
        self._touched.add(path)
        return not known

    def check(self, keys: Iterable[str]) -> None:
        """Judge these pages wholly from now on."""
        self._checked.update(keys)

    def is_checked(self, key: str) -> bool:
        """Whether somebody wanted to go on from a page."""
        return key in self._checked

    def refuse(self, link_id: str, sentence: str) -> None:
        """Note why a question's answer was refused when the form was handed in."""
        self._refused[link_id] = sentence

    def answered(self, path: place.Path, unread: Unread | None) -> None:
        """Note that a question was answered anew, perhaps with what can't be read."""
        self._refused.pop(path[-1][0], None)
        self.copied.pop(path, None)
        self.unread.pop(path, None)
        if unread is not None:
            self.unread[path] = unread

    def forget(self, group: place.Path) -> None:
        """Let go of what is known of the repeats of a group: one was taken away, and the others have moved up."""
        link, above = group[-1][0], group[:-1]
        kept: tuple[dict[place.Path, Any], ...] = (self.unread, self.copied)
        for known in kept:
            for path in [path for path in known if path[: len(above)] == above and len(path) > len(group)]:
                if path[len(above)][0] == link:
                    known.pop(path)

    def wrong(self, page: Page, typing: place.Path | None = None) -> list[Wrong]:
        """What is said to be wrong on a page now; `typing` is where somebody types, which is judged when they leave."""
        checked = page.key in self._checked
        found: dict[place.Path, Wrong] = {}
        for row in page.rows:
            why = self._refused.get(row.item.link_id) or self._unread_words(row.path, typing, checked=checked)
            if why:
                found[row.path] = Wrong(row.path, why, Tone.DANGER)
        for problem in self._filling.problems(page.key):
            path = self._question_of(page, problem)
            if path is None or path in found or path in self.unread:
                continue
            if checked or (self._is_left(path, typing) and problem.check not in _WANTING):
                tone = Tone.DANGER if problem.severity == "error" else Tone.WARN
                found[path] = Wrong(path, problem.text, tone)
        return [found[row.path] for row in page.rows if row.path in found]

    def errors(self, page: Page, typing: place.Path | None = None) -> list[place.Path]:
        """Where something is to be corrected before the form can be finished."""
        return [one.path for one in self.wrong(page, typing) if one.tone is Tone.DANGER]

    def unconfirmed(self, page: Page) -> list[place.Path]:
        """The copied answers of a page that nobody has confirmed yet."""
        return [row.path for row in page.rows if row.path in self.copied]

    def _is_left(self, path: place.Path, typing: place.Path | None) -> bool:
        return path in self._touched and path != typing

    def _unread_words(self, path: place.Path, typing: place.Path | None, *, checked: bool) -> str:
        unread = self.unread.get(path)
        if unread is None or not (checked or self._is_left(path, typing)):
            return ""
        return self._desk.formats.sentence(unread.why or Invalid("What was typed here can't be read."))

    def _question_of(self, page: Page, problem: Problem) -> place.Path | None:
        """The question of a problem; of one that a whole group has, its first question."""
        path = self._filling.path(problem)
        if path is None:
            return None
        questions = [row.path for row in page.rows if row.item.asks]
        if path in questions:
            return path
        return next((one for one in questions if one[: len(path)] == path), next(iter(questions), None))
