"""Which questions an expression hangs on, told by how it is written: only what hangs on a change is worked out anew."""

from collections.abc import Iterator

from reception.domain.questionnaire.fhirpath.grammar import NotComputed, Tree, parsed
from reception.domain.questionnaire.fhirpath.texts import unquoted

Names = frozenset[str]

_NONE: Names = frozenset()
_WRAPS = frozenset({"TermExpression", "InvocationTerm", "ParenthesizedTerm", "LiteralTerm"})
_ABOUT_ANSWERS = frozenset({"resource", "context"})
_LOOKS = frozenset({"where", "exists"})
_WALKS = frozenset({"repeat", "repeatAll", "children", "descendants"})
_TYPES = frozenset({"ofType", "as", "is"})
_EACH = frozenset({"where", "exists", "all", "select", "aggregate", "iif", "coalesce", "sort", "defineVariable"})


class _AnyOfThem(Exception):
    """An expression may look at any answer."""


def named(text: str) -> Names | None:
    """The linkIds that an expression asks about, with all that lies below them; None where it may be any.

    What it asks its variables for isn't among them.
    """
    try:
        return _named(parsed(text), pinned=False)
    except NotComputed:
        # It gives nothing, whatever is answered.
        return _NONE
    except (_AnyOfThem, RecursionError):
        return None


def _named(tree: Tree, *, pinned: bool) -> Names:
    """The same for a part; `pinned` where it starts from questions that are named already."""
    chain = _Chain(pinned=pinned)
    for number, step in enumerate(_steps(tree)):
        match step["type"]:
            case "ThisInvocation":
                pass
            case "MemberInvocation":
                chain.walked = True
            case "ExternalConstantTerm":
                chain.pinned = _constant(step) not in _ABOUT_ANSWERS
            case "FunctionInvocation":
                chain.call(*_function(step))
            case _:
                chain.take(step, first=number == 0)
    return chain.names()


class _Chain:
    """Steps one after another: whether they look at answers yet, and whether only at those of named questions."""

    def __init__(self, *, pinned: bool) -> None:
        self.pinned = pinned
        self.walked = False
        self._outside = pinned
        self._last = _NONE
        self._within = _NONE

    def call(self, name: str, asked: list[Tree]) -> None:
        """A function; where it picks questions by their names, what follows looks at these only."""
        self.walked = self.walked or name in _WALKS
        if name not in _LOOKS | _WALKS | _TYPES:
            self._settle()
        pins = _pins(asked[0]) if name in _LOOKS and asked else None
        if pins is not None:
            self._last, self.pinned = pins, True
        inside = name in _WALKS or (self.pinned if name in _EACH else self._outside)
        for one in asked if name not in _TYPES else ():
            self._within |= _named(one, pinned=inside)

    def take(self, step: Tree, *, first: bool) -> None:
        """A value, or an inner expression that what comes after it goes on from; else the number of one of several."""
        if not first:
            self._settle()
        for below in step.get("children") or ():
            self._within |= _named(below, pinned=self._outside)
        self.pinned = True

    def names(self) -> Names:
        """All that it names."""
        self._settle()
        return self._last | self._within

    def _settle(self) -> None:
        """The first of all, or how many there are, hangs on every one of them."""
        if self.walked and not self.pinned:
            raise _AnyOfThem


def _steps(tree: Tree) -> Iterator[Tree]:
    """The steps of a chain, one after another; of anything else itself."""
    if tree["type"] in _WRAPS:
        yield from _steps(tree["children"][0])
    elif tree["type"] == "IndexerExpression":
        yield from _steps(tree["children"][0])
        yield tree["children"][1]
    elif tree["type"] == "InvocationExpression":
        for below in tree["children"]:
            yield from _steps(below)
    else:
        yield tree


def _pins(tree: Tree) -> Names | None:
    """The linkIds that a condition lets through; None where it may be any."""
    kind, children = tree["type"], tree.get("children") or []
    if kind in _WRAPS:
        return _pins(children[0])
    if kind == "AndExpression":
        one, other = map(_pins, children)
        return other if one is None else one
    if kind == "OrExpression" and tree["terminalNodeText"][0] == "or":
        one, other = map(_pins, children)
        return None if one is None or other is None else one | other
    sign = (tree.get("terminalNodeText") or [""])[0]
    if (kind == "EqualityExpression" and sign == "=") or (kind == "MembershipExpression" and sign == "in"):
        one, other = children
        if _is_link_id(one):
            return _texts(other)
        return _texts(one) if sign == "=" and _is_link_id(other) else None
    return None


def _is_link_id(tree: Tree) -> bool:
    steps = [step for step in _steps(tree) if step["type"] != "ThisInvocation"]
    return len(steps) == 1 and steps[0]["type"] == "MemberInvocation" and _member(steps[0]) == "linkId"


def _texts(tree: Tree) -> Names | None:
    """The texts that a literal says, or several of them; None for anything else."""
    if tree["type"] in _WRAPS:
        return _texts(tree["children"][0])
    if tree["type"] == "UnionExpression":
        one, other = map(_texts, tree["children"])
        return None if one is None or other is None else one | other
    return frozenset({unquoted(tree["text"])}) if tree["type"] == "StringLiteral" else None


def _function(step: Tree) -> tuple[str, list[Tree]]:
    name, *rest = step["children"][0]["children"]
    return name["text"], list(rest[0]["children"]) if rest else []


def _member(step: Tree) -> str:
    return str(step["children"][0]["text"]).strip("`")


def _constant(step: Tree) -> str:
    constant = step["children"][0]
    words = constant.get("children")
    return str(words[0]["text"] if words else constant["terminalNodeText"][1]).strip("`'\"")
