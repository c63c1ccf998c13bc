"""The parts of an expression, each by its name in the grammar: values, steps, and signs between two."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from reception.domain.questionnaire.fhirpath import comparing, inner, lists, sums, texts
from reception.domain.questionnaire.fhirpath.amounts import Amount
from reception.domain.questionnaire.fhirpath.comparing import Mismatch
from reception.domain.questionnaire.fhirpath.functions import FUNCTIONS, acted
from reception.domain.questionnaire.fhirpath.grammar import Tree
from reception.domain.questionnaire.fhirpath.nodes import Found, Node, is_a, worth, wrapped
from reception.domain.questionnaire.fhirpath.stamps import DATE, DATE_TIME, TIME, read
from reception.domain.questionnaire.fhirpath.sums import MOST_DIGITS
from reception.domain.questionnaire.fhirpath.walk import Part, Place, Walk

_ORDERED: Mapping[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}

# Values


def _below(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    return walk.run(tree["children"][0], focus, place)


def _nothing(_: Walk, __: Tree, ___: Found, ____: Place) -> Found:
    return []


def _truth(_: Walk, tree: Tree, __: Found, ___: Place) -> Found:
    return [tree["text"] == "true"]


def _text(_: Walk, tree: Tree, __: Found, ___: Place) -> Found:
    return [texts.unquoted(tree["text"])]


def _number(_: Walk, tree: Tree, __: Found, ___: Place) -> Found:
    text = tree["text"]
    if len(text) > MOST_DIGITS:
        raise Mismatch("This is too large.")
    return [Decimal(text) if "." in text else int(text)]


def _amount(_: Walk, tree: Tree, __: Found, ___: Place) -> Found:
    said = tree["children"][0]
    unit = said["children"][0]
    words = unit["terminalNodeText"] or unit["children"][0]["terminalNodeText"]
    return [Amount(Decimal(said["terminalNodeText"][0]), words[0].strip("'"))]


def _stamp(_: Walk, tree: Tree, __: Found, ___: Place) -> Found:
    text = tree["text"].removeprefix("@")
    found = read(text, TIME if text.startswith("T") else DATE_TIME if "T" in text else DATE)
    if found is None:
        raise Mismatch("No calendar knows this date.")
    return [found]


def _named(walk: Walk, tree: Tree, _: Found, place: Place) -> Found:
    constant = tree["children"][0]
    words = constant.get("children")
    name = (words[0]["text"] if words else constant["terminalNodeText"][1]).strip("`'\"")
    known = place.names if name in place.names else walk.given
    if name not in known:
        raise Mismatch("Nobody gives a value of this name.")
    return wrapped(known[name])


# Steps


def _chain(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    for step in tree["children"]:
        focus = walk.run(step, focus, place)
    return focus


def _member(_: Walk, tree: Tree, focus: Found, __: Place) -> Found:
    name = tree["children"][0]["text"].strip("`")
    if name[0].isupper():
        return [one for one in focus if isinstance(one, Node) and is_a(one, name)]
    found: Found = []
    for one in focus:
        if isinstance(one, Node):
            found += one.below(name)
        elif isinstance(one, Amount) and name in ("value", "unit"):
            found.append(getattr(one, name))
        elif isinstance(one, Mapping) and name in one:
            found.append(one[name])
    return found


def _this(_: Walk, __: Tree, ___: Found, place: Place) -> Found:
    return place.this


def _index(_: Walk, __: Tree, ___: Found, place: Place) -> Found:
    return [place.number]


def _total(_: Walk, __: Tree, ___: Found, place: Place) -> Found:
    return list(place.total)


def _indexed(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    whole, at = tree["children"]
    found = walk.run(whole, focus, place)
    number = next((texts.to_whole(worth(one)) for one in comparing.single(walk.beside(at, place))), None)
    return found[number : number + 1] if number is not None and number >= 0 else []


def _call(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    named, *rest = tree["children"][0]["children"]
    name, asked = named["text"], rest[0]["children"] if rest else []
    if inner.knows(name):
        return inner.call(walk, name, focus, asked, place)
    others = [walk.beside(one, place) for one in asked]
    if name in FUNCTIONS:
        return acted(FUNCTIONS[name], focus, others)
    if name in lists.ALONE and not others:
        return lists.ALONE[name](focus)
    if name in lists.WITH_OTHERS and len(others) == 1:
        return lists.WITH_OTHERS[name](focus, others[0])
    raise Mismatch("No function has this name.")


# Signs between two


def _pair(walk: Walk, tree: Tree, focus: Found, place: Place) -> tuple[str, Found, Found]:
    one, other = tree["children"]
    return tree["terminalNodeText"][0], walk.run(one, focus, place), walk.run(other, focus, place)


def _reckoned(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    sign, one, other = _pair(walk, tree, focus, place)
    if sign == "&":
        return [texts.one(one) + texts.one(other)]
    if not one or not other:
        return []
    return sums.BETWEEN[sign](worth(comparing.single(one)[0]), worth(comparing.single(other)[0]))


def _signed(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    found = [worth(one) for one in comparing.single(_below(walk, tree, focus, place))]
    negative = [sums.negative(one) for one in found]
    return negative if tree["terminalNodeText"][0] == "-" else found


def _equal(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    sign, one, other = _pair(walk, tree, focus, place)
    if "~" in sign:
        return [comparing.equivalent(one, other) is (sign == "~")]
    told = comparing.equal(one, other)
    return [] if told is None else [told is (sign == "=")]


def _compared(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    sign, one, other = _pair(walk, tree, focus, place)
    if not one or not other:
        return []
    order = comparing.ordered(comparing.single(one)[0], comparing.single(other)[0])
    return [] if order is None else [_ORDERED[sign](order)]


def _union(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    _, one, other = _pair(walk, tree, focus, place)
    return lists.distinct(one + other)


def _membership(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    sign, one, other = _pair(walk, tree, focus, place)
    if sign == "contains":
        one, other = other, one
    return [comparing.holds(other, comparing.single(one)[0])] if one else []


def _typed(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    found = _below(walk, tree, focus, place)
    name = tree["children"][1]["text"]
    return inner.is_type(found, name) if tree["terminalNodeText"][0] == "is" else inner.as_type(found, name)


def _and(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    pair = _truths(walk, tree, focus, place)
    return [False] if False in pair else [] if None in pair else [True]


def _or(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    one, other = _truths(walk, tree, focus, place)
    if tree["terminalNodeText"][0] == "xor":
        return [] if one is None or other is None else [one is not other]
    return [True] if one or other else [] if one is None or other is None else [False]


def _implies(walk: Walk, tree: Tree, focus: Found, place: Place) -> Found:
    one, other = _truths(walk, tree, focus, place)
    return [True] if one is False or other else [] if one is None or other is None else [False]


def _truths(walk: Walk, tree: Tree, focus: Found, place: Place) -> tuple[bool | None, bool | None]:
    _, one, other = _pair(walk, tree, focus, place)
    return lists.truth(one), lists.truth(other)


PARTS: Mapping[str, Part] = {
    "TermExpression": _below,
    "InvocationTerm": _below,
    "ParenthesizedTerm": _below,
    "LiteralTerm": _below,
    "NullLiteral": _nothing,
    "BooleanLiteral": _truth,
    "StringLiteral": _text,
    "NumberLiteral": _number,
    "QuantityLiteral": _amount,
    "DateTimeLiteral": _stamp,
    "TimeLiteral": _stamp,
    "ExternalConstantTerm": _named,
    "InvocationExpression": _chain,
    "MemberInvocation": _member,
    "FunctionInvocation": _call,
    "ThisInvocation": _this,
    "IndexInvocation": _index,
    "TotalInvocation": _total,
    "IndexerExpression": _indexed,
    "PolarityExpression": _signed,
    "MultiplicativeExpression": _reckoned,
    "AdditiveExpression": _reckoned,
    "EqualityExpression": _equal,
    "InequalityExpression": _compared,
    "UnionExpression": _union,
    "MembershipExpression": _membership,
    "TypeExpression": _typed,
    "AndExpression": _and,
    "OrExpression": _or,
    "XorExpression": _or,
    "ImpliesExpression": _implies,
}
"""How each part is worked out."""
