"""Which entries of a form somebody can come to, whatever they answer."""

from collections.abc import Sequence
from itertools import combinations

from reception.domain.questionnaire import vocabulary as names
from reception.domain.questionnaire.conditions import equal, judge
from reception.domain.questionnaire.editing import tree
from reception.domain.questionnaire.editing.draft import Draft
from reception.domain.questionnaire.editing.entries import entries
from reception.domain.questionnaire.editing.limiting import Limits
from reception.domain.questionnaire.editing.tree import Json
from reception.domain.questionnaire.elements import value_of
from reception.domain.questionnaire.extensions import Extensions
from reception.domain.questionnaire.values import Value

_UPWARDS, _DOWNWARDS = (">", ">="), ("<", "<=")


class Reached:
    """Looks at a form once, and knows then which of its entries can be come to."""

    def __init__(self, draft: Draft) -> None:
        """Look at a form as it stands."""
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
        line, wanted, operator = self.lines.get(look["question"]), value_of(look, "answer"), look["operator"]
        if line is None or wanted is None or operator in ("exists", "!="):
            return line is not None
        if operator != "=" or not line.choices:
            return _within(line.limits, operator, wanted)
        return line.other or line.listed or any(equal(choice.value, wanted) for choice in line.choices)

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
        if look["operator"] == "!=" or _is_empty(look):
            return True
        return look["question"] in self.lines and self.offers(look) and self.reaches(look["question"])

    def _contradicts(self, looks: Sequence[Json]) -> bool:
        """Whether one question would have to be answered in two ways at once."""
        return any(
            self._clash(one, other) or self._clash(other, one)
            for one, other in combinations(looks, 2)
            if one["question"] == other["question"]
        )

    def _clash(self, one: Json, other: Json) -> bool:
        """Whether no answer meets both."""
        if _is_empty(one):
            return not _is_empty(other) and other["operator"] != "!="
        held, wanted = value_of(one, "answer"), value_of(other, "answer")
        if held is None or wanted is None or "exists" in (one["operator"], other["operator"]):
            return False
        if one["operator"] == "=" and other["operator"] == "!=":
            return equal(held, wanted)
        if self.items.get(one["question"], {}).get("repeats") is True:
            return False
        if one["operator"] == "=":
            return judge(other["operator"], (held,), wanted) is False
        if one["operator"] not in _UPWARDS or other["operator"] not in _DOWNWARDS:
            return False
        either_open = one["operator"] == ">" or other["operator"] == "<"
        return judge(">=" if either_open else ">", (held,), wanted) is True


def _within(limits: Limits, operator: str, wanted: Value) -> bool:
    """Whether a number or a day that is held to limits can be so."""
    if limits.most is not None and operator in ("=", *_UPWARDS):
        return judge("<" if operator == ">" else "<=", (wanted,), limits.most) is not False
    if limits.least is not None and operator in ("=", *_DOWNWARDS):
        return judge(">" if operator == "<" else ">=", (wanted,), limits.least) is not False
    return True


def _is_empty(look: Json) -> bool:
    wanted = value_of(look, "answer")
    return look["operator"] == "exists" and wanted is not None and wanted.value is False
