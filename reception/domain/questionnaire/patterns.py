"""Patterns that forms bring along: tried on an answer only where that can't take for ever.

Python tries a pattern by going back and forth. Where a repeat can be split in several ways, as in (a+)+, a short answer
keeps it busy for years, and forms come from anybody. So a pattern is looked through first.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from math import prod

_LONGEST = 500  # characters of a pattern
_STEPS = 10_000_000  # that an answer may take
_SHORTEST = 12  # characters of an answer; a pattern that couldn't even be tried on these isn't
_MOST_PARTS = 500
_MANY = 10  # repeats that count as without end
_LETTERS = [*map(chr, range(128)), "é", "’", "漢"]
_OPENING = re.compile(r"\(\?(?:P<\w+>|<(?![=!])\w+>|[aiLmsux]*:|=|!|<=|<!)")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
_TIMES = re.compile(r"\{(\d*)(,?)(\d*)\}")
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")

Alternatives = list[list["Part"]]


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a pattern: the letters that it takes, or the alternatives of a group; how often, None without end."""

    letters: frozenset[str]
    inner: Alternatives | None
    least: int
    most: int | None

    @property
    def varies(self) -> bool:
        """Whether it can take more or less."""
        if self.least != self.most:
            return True
        inner = self.inner or []
        return len(inner) > 1 or any(part.varies for parts in inner for part in parts)

    @property
    def endless(self) -> bool:
        """Whether it repeats without end, or so often that it comes to the same."""
        return self.most is None or self.most >= _MANY

    @property
    def empty(self) -> bool:
        """Whether it can be there and take nothing."""
        return self.inner is not None and any(all(one.least == 0 or one.empty for one in parts) for parts in self.inner)

    @property
    def all_letters(self) -> frozenset[str]:
        """Every letter that it can take."""
        return self.letters.union(*(part.all_letters for parts in self.inner or [] for part in parts))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern ready to be tried, on texts up to a length."""

    compiled: re.Pattern[str]
    longest: int

    def fits(self, text: str) -> bool:
        """Tell whether the whole text is written so; one too long to be tried passes."""
        return len(text) > self.longest or self.compiled.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def ready(text: str) -> Pattern | None:
    """Make a pattern ready; None for one that is malformed or could take for ever."""
    if len(text) > _LONGEST:
        return None
    try:
        compiled = re.compile(text)
        alternatives = _Reading(text).alternatives()
    except (re.error, OverflowError, RecursionError, ValueError):
        return None
    if _explodes(alternatives):
        return None
    longest = _reach(alternatives)
    return Pattern(compiled, longest) if longest >= _SHORTEST else None


class _Reading:
    """A pattern taken apart, as far as it matters here."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def alternatives(self) -> Alternatives:
        """What stands between here and the end of the group, or of the pattern."""
        found: Alternatives = [[]]
        while self._at < len(self._text) and self._text[self._at] != ")":
            if self._text[self._at] == "|":
                self._at += 1
                found.append([])
            else:
                found[-1].append(self._part())
        return found

    def _part(self) -> Part:
        if self._text[self._at] == "(":
            return self._group()
        if self._text[self._at] in "^$":
            self._at += 1
            return Part(frozenset(), None, 1, 1)
        start = self._at
        found = _CLASS.match(self._text, start) or _ESCAPE.match(self._text, start)
        self._at = found.end() if found else start + 1
        atom = self._text[start : self._at]
        if re.fullmatch(r"\\[1-9AbBZ]", atom):
            # What it takes is only known on the way, or nothing.
            return Part(frozenset(_LETTERS if atom[1].isdigit() else ()), None, *self._times())
        return Part(_letters(atom), None, *self._times())

    def _group(self) -> Part:
        opening = _OPENING.match(self._text, self._at)
        if opening is None and self._text.startswith("(?", self._at):
            raise ValueError("a group of a kind that isn't looked through")
        self._at = opening.end() if opening else self._at + 1
        inner = self.alternatives()
        self._at += 1
        least, most = self._times()
        if opening is not None and opening.group() in _LOOKS:
            # It takes nothing itself, but is tried like the rest.
            return Part(frozenset(), inner, 1, 1)
        return Part(frozenset(), inner, least, most)

    def _times(self) -> tuple[int, int | None]:
        """How often the part that was just read is repeated."""
        sign = self._text[self._at : self._at + 1]
        found = _TIMES.match(self._text, self._at)
        times: tuple[int, int | None] = (1, 1)
        if sign and sign in "*+?":
            self._at += 1
            times = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        elif found is not None and any(found.groups()[::2]):
            self._at = found.end()
            least, comma, most = found.groups()
            times = int(least or 0), int(most or least) if most or not comma else None
        else:
            return times
        if self._text[self._at : self._at + 1] in ("?", "+"):
            self._at += 1
        return times


def _letters(atom: str) -> frozenset[str]:
    single = re.compile(atom, re.DOTALL)
    return frozenset(letter for letter in _LETTERS if single.fullmatch(letter))


def _explodes(alternatives: Alternatives) -> bool:
    """Whether somewhere a repeat without end can be split in several ways."""
    for part in (part for parts in alternatives for part in parts):
        if part.inner is not None and ((part.endless and _splits(part.inner)) or _explodes(part.inner)):
            return True
    return False


def _splits(alternatives: Alternatives) -> bool:
    """Whether the same text can be several repeats of this in more than one way; yes where that isn't easily told."""
    if len(alternatives) > 1:
        first = [parts[0].all_letters if parts else frozenset() for parts in alternatives]
        apart = sum(map(len, first)) == len(frozenset[str]().union(*first)) and all(first)
        return not apart or any(part.varies for parts in alternatives for part in parts)
    parts = list(_opened(alternatives[0]))
    if not any(part.varies for part in parts):
        return False
    if any(part.inner is not None and part.varies and _splits(part.inner) for part in parts):
        return True
    taken = frozenset[str]().union(*(part.all_letters for part in parts if part.varies))
    # A letter that must come in each repeat, and that nothing which varies can take, says where one ends.
    ends = [at for at, part in enumerate(parts) if _is_end(part, taken)]
    if not ends:
        return True
    around = parts[ends[0] :] + parts[: ends[0]]
    between: list[Part] = []
    for part in (*around, around[0]):
        if _is_end(part, taken):
            if _mix(between):
                return True
            between = []
        else:
            between.append(part)
    return False


def _is_end(part: Part, taken: frozenset[str]) -> bool:
    return not part.varies and bool(part.letters) and taken.isdisjoint(part.letters)


def _mix(parts: Sequence[Part]) -> bool:
    """Whether a letter could belong to more than one of these, so that what varies can give and take."""
    if sum(part.varies for part in parts) < 2:  # noqa: PLR2004 - one alone has nobody to trade with
        return False
    letters = [part.all_letters for part in parts]
    return sum(map(len, letters)) != len(frozenset[str]().union(*letters))


def _opened(parts: Sequence[Part]) -> Iterator[Part]:
    """One part after another, groups opened that come once; of those that may come, all may."""
    for part in parts:
        if part.inner is None or len(part.inner) > 1 or part.most != 1 or (not part.least and part.empty):
            yield part
        else:
            yield from (one if part.least else replace(one, least=0) for one in _opened(part.inner[0]))


def _reach(alternatives: Alternatives) -> int:
    """How long a text may be, so that trying every way to split it stays bearable."""
    longest = _STEPS
    for parts in alternatives:
        flat = list(islice(_flat(parts), _MOST_PARTS + 1))
        if len(flat) > _MOST_PARTS:
            return 0
        ways = _ways(parts)
        if ways > _STEPS:
            return 0
        longest = min(longest, int((_STEPS / ways) ** (1 / (_degree(flat) + 1))))
    return longest


def _ways(parts: Sequence[Part]) -> int:
    """In how many ways these can be gone through; of alternatives, one is gone through at a time."""
    return prod(map(_tries, parts))


def _tries(part: Part) -> int:
    if part.most is None or part.endless:
        return 1
    inner = sum(map(_ways, part.inner)) if part.inner is not None else 1
    return (part.most - part.least + 1) * int(min(inner, _STEPS) ** part.most)


def _degree(parts: Sequence[Part]) -> int:
    """How many repeats without end can meet on one letter: the power of a text's length that trying it takes."""
    most = 0
    run: list[frozenset[str]] = []
    for part in parts:
        taken = frozenset[str]().union(*run)
        if part.endless:
            run.append(part.all_letters)
            most = max(most, *(sum(letter in letters for letters in run) for letter in _LETTERS))
        elif _is_end(part, taken):
            run = []
    return most


def _flat(parts: Sequence[Part]) -> Iterator[Part]:
    """One part after another, groups opened where they don't repeat without end; what may be there is never an end."""
    for part in parts:
        if part.inner is None or part.endless:
            yield part
            continue
        sure = len(part.inner) == 1 and part.least == part.most
        for inner in part.inner * (part.most or 1):
            yield from _flat(inner) if sure else (replace(one, least=0) for one in _flat(inner))
