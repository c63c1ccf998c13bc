"""The functions of FHIRPath that work an expression out on each thing, or need to know more than they are given."""

from collections.abc import Callable, Mapping
from datetime import datetime

from reception.domain.questionnaire.fhirpath import comparing, lists, texts
from reception.domain.questionnaire.fhirpath.comparing import Mismatch
from reception.domain.questionnaire.fhirpath.grammar import NotComputed, Tree
from reception.domain.questionnaire.fhirpath.nodes import Found, counts_as, is_a, worth
from reception.domain.questionnaire.fhirpath.stamps import DATE, DATE_TIME, TIME, Stamp, read
from reception.domain.questionnaire.fhirpath.walk import MOST, Place, Walk

_MANY = 100


def is_type(found: Found, name: str) -> Found:
    """`is`: whether the only one is of a type."""
    return [is_a(found[0], name.replace("`", ""))] if comparing.single(found) else []


def as_type(found: Found, name: str) -> Found:
    """`as`: the only one, where it is of a type."""
    return [one for one in comparing.single(found) if counts_as(one, name.replace("`", ""))]


def _where(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    return [one for one, found in walk.each(focus, asked[0], place) if found and worth(found[0]) is not False]


def _exists(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    return [bool(_where(walk, focus, asked, place) if asked else focus)]


def _all(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    return [all(_is_true(found) for _, found in walk.each(focus, asked[0], place))]


def _select(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    return [below for _, found in walk.each(focus, asked[0], place) for below in found]


def _repeat(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    kept = comparing.Kept()
    while focus:
        focus = [one for one in _select(walk, focus, asked, place) if kept.add(one)]
    return kept.found


def _repeat_all(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    gathered: Found = []
    while focus:
        focus = _select(walk, focus, asked, place)
        gathered += focus
        if len(gathered) > MOST:
            raise NotComputed("This makes too much.")
    return gathered


def _aggregate(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    total = walk.beside(asked[1], place) if len(asked) > 1 else []
    for number, one in enumerate(focus):
        total = walk.run(asked[0], [one], place.at(one, number, total))
    return total


def _iif(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    """The way that isn't taken isn't worked out either."""
    place = place._replace(this=comparing.single(focus)) if focus else place
    if _is_true(walk.run(asked[0], focus, place)):
        return walk.run(asked[1], focus, place)
    return walk.run(asked[2], focus, place) if asked[2:] else []


def _coalesce(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    return next((found for one in asked if (found := walk.run(one, focus, place))), [])


def _sort(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    if not asked:
        return lists.in_order(([one], one) for one in focus)
    places = (place.at(one, number) for number, one in enumerate(focus))
    return lists.in_order(
        ([next(iter(comparing.single(walk.beside(tree, at))), None) for tree in asked], at.this[0]) for at in places
    )


def _define(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    name = worth(comparing.single(walk.beside(asked[0], place))[0])
    place.names[name] = walk.run(asked[1], focus, place._replace(this=focus)) if asked[1:] else focus
    return focus


def _take(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    number = _whole(walk, asked[0], place)
    return focus[: max(0, number)] if number is not None else []


def _skip(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    number = _whole(walk, asked[0], place)
    return focus[max(0, number) :] if number is not None else []


def _join(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    between = texts.one(walk.beside(asked[0], place)) if asked else ""
    return texts.joined([texts.bare(one) for one in focus], between)


def _extension(walk: Walk, focus: Found, asked: list[Tree], place: Place) -> Found:
    return lists.extensions(focus, texts.one(walk.beside(asked[0], place)))


def _trace(_: Walk, focus: Found, __: list[Tree], ___: Place) -> Found:
    """A form may ask for a trace; nobody here reads one."""
    return focus


def _of_type(_: Walk, focus: Found, asked: list[Tree], __: Place) -> Found:
    name = str(asked[0]["text"]).replace("`", "")
    return [one for one in focus if counts_as(one, name)]


def _as(_: Walk, focus: Found, asked: list[Tree], __: Place) -> Found:
    return as_type(focus, asked[0]["text"])


def _is(_: Walk, focus: Found, asked: list[Tree], __: Place) -> Found:
    return is_type(focus, asked[0]["text"])


def _today(walk: Walk, _: Found, __: list[Tree], ___: Place) -> Found:
    return [Stamp(DATE, (walk.today.year, walk.today.month, walk.today.day))]


def _now(walk: Walk, _: Found, __: list[Tree], ___: Place) -> Found:
    moment = datetime.combine(walk.today, walk.now.timetz()).isoformat(timespec="milliseconds")
    return [read(moment, DATE_TIME)]


def _clock(walk: Walk, _: Found, __: list[Tree], ___: Place) -> Found:
    return [read(walk.now.time().isoformat(timespec="milliseconds"), TIME)]


def _is_true(found: Found) -> bool:
    return len(found) == 1 and worth(found[0]) is True


def _whole(walk: Walk, tree: Tree, place: Place) -> int | None:
    found = comparing.single(walk.beside(tree, place))
    return texts.to_whole(worth(found[0])) if found else None


_INNER: Mapping[str, tuple[int, int, Callable[[Walk, Found, list[Tree], Place], Found]]] = {
    "where": (1, 1, _where),
    "exists": (0, 1, _exists),
    "all": (1, 1, _all),
    "select": (1, 1, _select),
    "repeat": (1, 1, _repeat),
    "repeatAll": (1, 1, _repeat_all),
    "aggregate": (1, 2, _aggregate),
    "iif": (2, 3, _iif),
    "coalesce": (1, _MANY, _coalesce),
    "sort": (0, _MANY, _sort),
    "defineVariable": (1, 2, _define),
    "take": (1, 1, _take),
    "skip": (1, 1, _skip),
    "join": (0, 1, _join),
    "extension": (1, 1, _extension),
    "trace": (1, 2, _trace),
    "ofType": (1, 1, _of_type),
    "as": (1, 1, _as),
    "is": (1, 1, _is),
    "today": (0, 0, _today),
    "now": (0, 0, _now),
    "timeOfDay": (0, 0, _clock),
}


def knows(name: str) -> bool:
    """Tell whether a function is one of these."""
    return name in _INNER


def call(walk: Walk, name: str, focus: Found, asked: list[Tree], place: Place) -> Found:
    """Work one of these functions out; raises Mismatch where it is given more or less than it takes."""
    least, most, do = _INNER[name]
    if not least <= len(asked) <= most:
        raise Mismatch("It takes more or less than that.")
    return do(walk, focus, asked, place)
