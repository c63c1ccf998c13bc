"""A form that lacks what FHIR asks of it is given it, in memory, and each such repair is listed."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from reception.domain.errors import Refused
from reception.domain.questionnaire.elements import value_of
from reception.domain.questionnaire.tidying import REPAIRED
from reception.domain.questionnaire.values import Kind, Repair

MOST_ITEMS = 20_000
MOST_OPTIONS = 10_000

LIMITED = "limited"
NOTE = "note"

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_TIME = re.compile(r"\d\d:\d\d(:\d\d)?", re.ASCII)
_STATUSES = frozenset({"draft", "active", "retired", "unknown"})
_OPERATORS = frozenset({"exists", "=", "!=", ">", "<", ">=", "<="})
_KINDS = {kind.value.lower(): kind.value for kind in Kind}


def mend(form: dict[str, Any]) -> tuple[Repair, ...]:
    """Give a tidied R4 form what it lacks, in place; raises Refused for what is too much to be a form."""
    mending = _Mending()
    mending.form(form)
    return tuple(mending.report)


class _Mending:
    """One form being mended: what was found, and the names that its items have."""

    def __init__(self) -> None:
        self.report: list[Repair] = []
        self._link_ids: set[str] = set()
        self._used: set[str] = set()
        self._items = 0

    def form(self, form: dict[str, Any]) -> None:
        """Mend what stands at the head of the form, then every item."""
        if "resourceType" not in form:
            self._say(REPAIRED, "", "The form doesn't say what it is; it is read as a Questionnaire.")
            form["resourceType"] = "Questionnaire"
        status = form.get("status")
        if status not in _STATUSES:
            said = f'"{status}" is no status of a form' if status else "The form doesn't say whether it is in use"
            self._say(REPAIRED, "", f"{said}; it is read as unknown.")
            form["status"] = "unknown"
        self._gather(form)
        self._level(form, "")

    def _say(self, level: str, link_id: str, words: str) -> None:
        self.report.append(Repair(level, link_id, words))

    def _gather(self, above: Mapping[str, Any]) -> None:
        for item in above.get("item") or ():
            self._items += 1
            if self._items > MOST_ITEMS:
                raise Refused("This form has more than {most} questions. It wasn't opened.", most=MOST_ITEMS)
            if "linkId" in item:
                self._link_ids.add(item["linkId"])
            self._gather(item)

    def _level(self, above: dict[str, Any], path: str) -> None:
        for place, item in enumerate(above.get("item") or (), 1):
            here = f"{path}.{place}" if path else str(place)
            self._name(item, here)
            self._kind(item)
            self._options(item)
            self._conditions(item)
            self._level(item, here)

    def _name(self, item: dict[str, Any], here: str) -> None:
        """Each item's own name: an answer must say without doubt which question it answers."""
        given = item.get("linkId")
        if given is None:
            item["linkId"] = self._free(f"item-{here}")
            self._say(REPAIRED, item["linkId"], "This question had no linkId; it was given one.")
        elif given in self._used:
            item["linkId"] = self._free(given)
            self._say(REPAIRED, item["linkId"], f'Another question is called "{given}" too; this one was renamed.')
        self._used.add(item["linkId"])

    def _free(self, wished: str) -> str:
        taken = self._link_ids | self._used if wished in self._link_ids else self._used
        name, number = wished, 1
        while name in taken:
            number += 1
            name = f"{wished}-{number}"
        self._link_ids.add(name)
        return name

    def _kind(self, item: dict[str, Any]) -> None:
        given = item.get("type")
        kind = _KINDS.get(given.lower().replace("_", "-")) if isinstance(given, str) else None
        if kind is None:
            kind = _guessed(item)
            said = f'"{given}" is no kind of question' if given else "This question doesn't say its kind"
            self._say(REPAIRED, item["linkId"], f"{said}; it is read as {kind}.")
        elif kind != given:
            self._say(REPAIRED, item["linkId"], f'"{given}" is written "{kind}".')
        item["type"] = kind

    def _options(self, item: dict[str, Any]) -> None:
        if "option" in item:
            item.setdefault("answerOption", item.pop("option"))
            self._say(REPAIRED, item["linkId"], 'Its options are named as in an older FHIR, "option".')
        options = item.get("answerOption")
        if options is None:
            return
        if len(options) > MOST_OPTIONS:
            raise Refused(
                '"{question}" offers more than {most} answers. The form wasn\'t opened.',
                question=item.get("text", item["linkId"])[:60],
                most=MOST_OPTIONS,
            )
        kept = [option for option in options if any(name.startswith("value") for name in option)]
        if len(kept) < len(options):
            self._say(REPAIRED, item["linkId"], "An option without an answer was left out.")
        item["answerOption"] = kept
        if not kept:
            del item["answerOption"]

    def _conditions(self, item: dict[str, Any]) -> None:
        conditions = item.get("enableWhen")
        if conditions is None:
            return
        kept = [condition for condition in conditions if self._condition(condition, item["linkId"])]
        item["enableWhen"] = kept
        if not kept:
            del item["enableWhen"]
        behaviour = item.get("enableBehavior")
        if isinstance(behaviour, str) and behaviour.lower() in {"all", "any"}:
            item["enableBehavior"] = behaviour.lower()
        elif len(kept) > 1 or behaviour is not None:
            item["enableBehavior"] = "any"
            self._say(
                REPAIRED,
                item["linkId"],
                "It has several conditions and doesn't say whether all must hold; any of them is enough.",
            )

    def _answer(self, condition: dict[str, Any], link_id: str) -> bool:
        """Whether it says what to compare with; an answer of another kind than its name is taken for what it is."""
        if value_of(condition, "answer"):
            return True
        for name, held in condition.items():
            kind = _kind_of(held) if name.startswith("answer") else ""
            if kind:
                condition["answer" + kind] = condition.pop(name)
                self._say(
                    REPAIRED, link_id, f'A condition\'s "{name}" holds another kind of answer; it is read as one.'
                )
                return True
        return False

    def _condition(self, condition: dict[str, Any], link_id: str) -> bool:
        """Whether it can be tested; without it the question is asked, which is the safe side."""
        if "question" not in condition:
            self._say(LIMITED, link_id, "A condition names no question; the question is asked without it.")
            return False
        answered = self._answer(condition, link_id)
        if "operator" not in condition and answered:
            condition["operator"] = "="
            self._say(REPAIRED, link_id, 'A condition doesn\'t say how to compare; it is read as "=".')
        elif condition.get("operator") == "exists" and not answered:
            condition["answerBoolean"] = True
            self._say(REPAIRED, link_id, "A condition asks whether there is an answer, but not which way; read as yes.")
        elif condition.get("operator") not in _OPERATORS or not answered:
            self._say(LIMITED, link_id, "A condition can't be tested; the question is asked without it.")
            return False
        return True


def _kind_of(held: Any) -> str:
    """What an answer is, by the look of it; "" for what is none."""
    if isinstance(held, bool):
        return "Boolean"
    if isinstance(held, int | Decimal):
        return "Integer" if isinstance(held, int) else "Decimal"
    if isinstance(held, str):
        return "Date" if _DATE.fullmatch(held) else "Time" if _TIME.fullmatch(held) else "String"
    return ""


def _guessed(item: Mapping[str, Any]) -> str:
    if "answerOption" in item or "answerValueSet" in item:
        return Kind.CHOICE.value
    if "item" in item:
        return Kind.GROUP.value
    return Kind.STRING.value
