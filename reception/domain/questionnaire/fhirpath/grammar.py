"""FHIRPath as it is written: taken apart by fhirpathpy's grammar, and what can be told of an expression by its text."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_LONGEST = 20_000
_LETTERS = re.compile(r"'((?:[^'\\]|\\.)*)'")
_NAMES = re.compile(r"%[`']?([A-Za-z_][\w-]*)[`']?")
# What `repeat` may walk along; with anything else it could make new things for ever.
_WALKS = frozenset({"where", "ofType", "as", "children", "descendants", "first", "last", "exists", "not", "extension"})
_MAKES = frozenset({"AdditiveExpression", "MultiplicativeExpression", "PolarityExpression"})

Tree = Mapping[str, Any]
"""A part of an expression: its `type`, its words and signs, its `children`."""


class NotComputed(Exception):
    """An expression that can't be worked out: malformed, naming what isn't known here, or too long in the doing."""


def parses(text: str) -> bool:
    """Tell whether an expression is one, so that a form's report can say what won't be worked out."""
    try:
        parsed(text)
    except NotComputed:
        return False
    return True


def literals(text: str) -> frozenset[str]:
    """The texts in quotes that an expression holds, the linkIds it asks about among them."""
    return frozenset(found.replace("\\'", "'") for found in _LETTERS.findall(text))


def variables(text: str) -> frozenset[str]:
    """The names after a % in an expression."""
    return frozenset(_NAMES.findall(text))


@lru_cache(maxsize=4096)
def parsed(text: str) -> Tree:
    """Take an expression apart; raises NotComputed where it isn't one."""
    if len(text) > _LONGEST:
        raise NotComputed(text)
    # The parser mends what it can't read and says so on the console; here that is an expression that isn't one.
    from antlr4 import CommonTokenStream, InputStream, Token  # noqa: PLC0415
    from antlr4.error.ErrorListener import ErrorListener  # noqa: PLC0415
    from antlr4.tree.Tree import ParseTreeWalker  # noqa: PLC0415
    from fhirpathpy.parser.ASTPathListener import ASTPathListener  # noqa: PLC0415
    from fhirpathpy.parser.generated.FHIRPathLexer import FHIRPathLexer  # noqa: PLC0415
    from fhirpathpy.parser.generated.FHIRPathParser import FHIRPathParser  # noqa: PLC0415

    class Strict(ErrorListener):  # type: ignore[misc]
        def syntaxError(self, *_: object) -> None:  # noqa: N802
            raise NotComputed(text)

    try:
        lexer = FHIRPathLexer(InputStream(text))
        lexer.removeErrorListeners()
        lexer.addErrorListener(Strict())
        parser = FHIRPathParser(CommonTokenStream(lexer))
        parser.removeErrorListeners()
        parser.addErrorListener(Strict())
        tree = parser.expression()
        if parser.getCurrentToken().type != Token.EOF:
            raise NotComputed(text)
        listener = ASTPathListener()
        ParseTreeWalker().walk(listener, tree)
        found: Tree = listener.parentStack[0]["children"][0]
        if _runs_away(found):
            raise NotComputed(text)
    except (RecursionError, LookupError, AttributeError) as trouble:
        raise NotComputed(text) from trouble
    return found


def _runs_away(tree: Tree, *, repeating: bool = False) -> bool:
    """Whether a `repeat` in the expression could go on for ever."""
    kind = tree.get("type")
    if repeating and kind in _MAKES:
        return True
    if kind == "Functn":
        name = str(tree["children"][0].get("text"))
        if repeating and name not in _WALKS:
            return True
        within = name in ("repeat", "repeatAll") or (repeating and name not in ("where", "exists"))
        return any(_runs_away(below, repeating=within) for below in tree["children"])
    return any(_runs_away(below, repeating=repeating) for below in tree.get("children") or ())
