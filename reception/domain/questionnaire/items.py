"""One item of a Questionnaire and what hangs below it, read into the question that is asked."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from reception.domain.questionnaire import markup, patterns
from reception.domain.questionnaire import vocabulary as names
from reception.domain.questionnaire.dialects import ANSWER_CONSTRAINT, DISABLED_DISPLAY
from reception.domain.questionnaire.elements import value_of, words_of
from reception.domain.questionnaire.extensions import Extensions
from reception.domain.questionnaire.mending import LIMITED, NOTE
from reception.domain.questionnaire.tidying import MOST_LETTERS, REPAIRED, too_long
from reception.domain.questionnaire.values import (
    Bounds,
    Condition,
    Constraint,
    Control,
    Expression,
    Item,
    Kind,
    Option,
    Repair,
    Value,
)
from reception.domain.questionnaire.valuesets import Lists, score_of

_LISTED = frozenset({Kind.CHOICE, Kind.OPEN_CHOICE})
_SUGGESTS = frozenset({
    Kind.STRING, Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.DATE_TIME, Kind.TIME, Kind.URL, Kind.REFERENCE,
})  # fmt: skip
_CONTROLS = {
    **{control.value: control for control in Control},
    "htable": Control.TABLE,
    "atable": Control.TABLE,
}
_ASIDE = frozenset({Control.HELP, Control.FLYOVER})
_LEGAL = "legal"
_KILOBYTE = 1024
_FETCHED = "Its answers would be fetched from a server; the answer is typed."
_UNSHOWN = "It comes with a picture or a recording, which isn't shown."
_LIMITS = {
    names.SUB_QUESTIONNAIRE: "Another form belongs here; its questions aren't asked.",
    names.ANSWER_EXPRESSION: _FETCHED,
    names.CANDIDATES: _FETCHED,
    names.TOGGLED: "Some of its options hang on other answers; all are always offered.",
    **dict.fromkeys(names.MEDIA, _UNSHOWN),
}


class Loader:
    """Reads the items of one form; what it can't do goes into the report."""

    def __init__(self, lists: Lists) -> None:
        """Ask for answers from the lists that this form can reach."""
        self.report: list[Repair] = []
        self._lists = lists
        self._noted: set[str] = set()

    def items(self, above: Mapping[str, Any]) -> tuple[Item, ...]:
        """What stands below a form or an item, in order."""
        return tuple(self._item(item) for item in above.get("item") or ())

    def variables(self, above: Mapping[str, Any], link_id: str = "") -> tuple[Expression, ...]:
        """The named expressions of a form or an item that can be reckoned here."""
        found = [self._expression(extension, link_id) for extension in Extensions(above).named(names.VARIABLE)]
        return tuple(expression for expression in found if expression and expression.name)

    def constraints(self, above: Mapping[str, Any], link_id: str = "") -> tuple[Constraint, ...]:
        """What a form or an item asks to hold before the response is complete."""
        found = (
            self._constraint(extension, link_id)
            for extension in Extensions(above).named(names.TARGET_CONSTRAINT, names.CONSTRAINT)
        )
        return tuple(constraint for constraint in found if constraint)

    def say(self, level: str, link_id: str, words: str) -> None:
        """Put a line into the report."""
        self.report.append(Repair(level, link_id, words))

    def note(self, words: str) -> None:
        """Say of the form, once, what many of its items share."""
        if words not in self._noted:
            self._noted.add(words)
            self.say(NOTE, "", words)

    def _item(self, json: Mapping[str, Any]) -> Item:
        link_id = json["linkId"]
        said = Extensions(json)
        below = self.items(json)
        options = self._options(json)
        kind = self._kind(json, said, options)
        self._limits(json, said)
        unit = said.value(names.UNIT) or _unit_below(below)
        return Item(
            link_id=link_id,
            kind=kind,
            words=_words(json, "text"),
            prefix=_words(json, "prefix"),
            short=said.text(names.SHORT_TEXT),
            help=_help(json, said, below),
            required=json.get("required") is True,
            repeats=json.get("repeats") is True,
            read_only=json.get("readOnly") is True,
            hidden=said.says_yes(names.HIDDEN),
            control=_control(said),
            horizontal="horizontal" in said.codes(names.ORIENTATION),
            options=options,
            any_coding="optionsOrType" in said.codes(ANSWER_CONSTRAINT),
            open_words=said.text(names.OPEN_LABEL),
            unlisted=kind in _LISTED and not options,
            unit=unit if unit and unit.type == "Coding" else None,
            units=self._units(said, link_id),
            any_unit=not {"optionsOrType", "optionsOrString"}.isdisjoint(said.codes(names.UNIT_OPEN)),
            placeholder=said.text(names.ENTRY_FORMAT),
            slider_step=said.number(names.SLIDER_STEP),
            bounds=self._bounds(json, said, Kind(json["type"])),
            initial=tuple(value for initial in json.get("initial") or () if (value := value_of(initial))),
            conditions=_conditions(json),
            any_condition=json.get("enableBehavior") == "any",
            enabled=self._first(said, link_id, names.ENABLED),
            calculated=self._first(said, link_id, names.CALCULATED),
            told=self._first(_twin(json, "text"), link_id, names.TOLD, names.CALCULATED),
            variables=self.variables(json, link_id),
            constraints=self.constraints(json, link_id),
            category=next(iter(said.codes(names.CATEGORY)), ""),
            signature=said.has(names.SIGNATURE),
            items=below,
        )

    def _kind(self, json: Mapping[str, Any], said: Extensions, options: tuple[Option, ...]) -> Kind:
        """What answers it takes; one with a list and no word on free answers takes those of the list."""
        kind = Kind(json["type"])
        if kind is Kind.DISPLAY and any(below["type"] != Kind.DISPLAY for below in json.get("item") or ()):
            self.say(REPAIRED, json["linkId"], "Words to read can't hold questions; it is read as a section.")
            return Kind.GROUP
        if kind in _SUGGESTS and options and "optionsOrType" not in said.codes(ANSWER_CONSTRAINT):
            return Kind.CHOICE
        return kind

    def _options(self, json: Mapping[str, Any]) -> tuple[Option, ...]:
        kept: dict[Any, Option] = {}
        for offered in json.get("answerOption") or ():
            option = _option(offered)
            if option is None:
                self.say(REPAIRED, json["linkId"], "An option that says nothing was left out.")
            elif len(option.words) > MOST_LETTERS:
                raise too_long(option.words)
            elif kept.setdefault(_identity(option.value), option) is not option:
                self.say(REPAIRED, json["linkId"], f'The option "{option.words[:60]}" stood there twice.')
        for option in self._listed(json):
            kept.setdefault(_identity(option.value), option)
        return tuple(kept.values())

    def _listed(self, json: Mapping[str, Any]) -> tuple[Option, ...]:
        reference = json.get("answerValueSet")
        if isinstance(reference, str):
            options = self._lists.options(reference)
            if options is None:
                self.say(LIMITED, json["linkId"], f"Its list of answers ({reference}) isn't here; the answer is typed.")
            return options or ()
        if json["type"] == Kind.CHOICE and "answerOption" not in json and not _is_fetched(json):
            self.say(REPAIRED, json["linkId"], "It offers no answers to choose from; the answer is typed.")
        return ()

    def _units(self, said: Extensions, link_id: str) -> tuple[Option, ...]:
        offered = said.values(names.UNIT_OPTION)
        units = tuple(Option(value, words_of(value)) for value in offered if value.type == "Coding")
        reference = said.text(names.UNIT_LIST)
        if units or not reference:
            return units
        listed = self._lists.options(reference)
        if listed is None:
            self.say(LIMITED, link_id, f"Its list of units ({reference}) isn't here.")
        return listed or ()

    def _bounds(self, json: Mapping[str, Any], said: Extensions, kind: Kind) -> Bounds:
        link_id = json["linkId"]
        least = self._bound(said, kind, link_id, names.MIN_VALUE)
        most = self._bound(said, kind, link_id, names.MAX_VALUE)
        low, high = least and _number(least), most and _number(most)
        if low is not None and high is not None and low > high:
            self.say(LIMITED, link_id, "Its smallest answer is above its largest; it is held to neither.")
            least = most = None
        size = said.number(names.MAX_SIZE)
        longest = json.get("maxLength")
        return Bounds(
            least=least,
            most=most,
            min_length=said.whole(names.MIN_LENGTH),
            max_length=longest if isinstance(longest, int) and longest > 0 else None,
            decimals=said.whole(names.MAX_DECIMALS),
            pattern=self._pattern(said, link_id),
            min_occurs=said.whole(names.MIN_OCCURS),
            max_occurs=said.whole(names.MAX_OCCURS),
            max_size=_bytes(size) if size is not None else None,
            mime_types=tuple(words_of(value) for value in said.values(names.MIME_TYPE)),
        )

    def _bound(self, said: Extensions, kind: Kind, link_id: str, urls: tuple[str, ...]) -> Value | None:
        if not said.has(*urls):
            return None
        value = said.value(*urls)
        bound = _as(kind, value) if value else None
        if bound is None:
            self.say(LIMITED, link_id, "What its answer is held to can't be worked out here; it isn't checked.")
        return bound

    def _pattern(self, said: Extensions, link_id: str) -> str:
        pattern = said.text(names.REGEX)
        if not pattern:
            return ""
        if patterns.ready(pattern) is not None:
            return pattern
        self.say(LIMITED, link_id, "The pattern of its answer can't be checked here; any text is taken.")
        return ""

    def _first(self, said: Extensions, link_id: str, *urls: str) -> Expression | None:
        return next((self._expression(extension, link_id) for extension in said.named(*urls)), None)

    def _expression(self, extension: Mapping[str, Any], link_id: str) -> Expression | None:
        value = value_of(extension)
        if value and isinstance(value.value, str):
            return Expression(value.value)
        held = value.value if value and value.type == "Expression" else {}
        text, language = held.get("expression"), held.get("language", names.FHIRPATH)
        if isinstance(text, str) and language == names.FHIRPATH:
            name = held.get("name")
            return Expression(text, name if isinstance(name, str) else "")
        said = f"is written in {language}" if isinstance(text, str) else "is stored elsewhere"
        self.say(LIMITED, link_id, f"An expression {said}, which can't be worked out here.")
        return None

    def _constraint(self, extension: Mapping[str, Any], link_id: str) -> Constraint | None:
        parts: dict[str, Any] = {}
        for part in extension.get("extension") or ():
            value = value_of(part)
            if value:
                parts.setdefault(part["url"], value.value)
        expression = parts.get("expression")
        text = expression.get("expression") if isinstance(expression, Mapping) else expression
        if not isinstance(text, str):
            self.say(LIMITED, link_id, "A check of the answers says nothing that can be worked out; it isn't done.")
            return None
        return Constraint(
            key=str(parts.get("key", "")),
            words=str(parts.get("human", "")),
            expression=text,
            error=parts.get("severity") != "warning",
            location=str(parts.get("location", "")),
        )

    def _limits(self, json: Mapping[str, Any], said: Extensions) -> None:
        """Say what this item would ask of a program that this one isn't."""
        link_id = json["linkId"]
        for extension in json.get("extension") or ():
            url = extension["url"]
            if url in _LIMITS:
                self.say(LIMITED, link_id, _LIMITS[url])
            elif url == DISABLED_DISPLAY and "protected" in said.codes(DISABLED_DISPLAY):
                self.say(LIMITED, link_id, "Where it isn't asked it should be shown locked; it is hidden.")
            elif url in {names.INITIAL_EXPRESSION, *names.POPULATION}:
                self.note("Some answers would be fetched beforehand from a record; these questions start empty.")
        if "modifierExtension" in json:
            self.say(LIMITED, link_id, "It carries an instruction that isn't known here. Ask the form's author.")


def _conditions(json: Mapping[str, Any]) -> tuple[Condition, ...]:
    return tuple(
        Condition(condition["question"], condition["operator"], answer)
        for condition in json.get("enableWhen") or ()
        if (answer := value_of(condition, "answer"))
    )


def _option(json: Mapping[str, Any]) -> Option | None:
    value = value_of(json)
    if value is None:
        return None
    said = Extensions(json)
    words = _shown(json, value)
    inner = value.value if isinstance(value.value, Mapping) else {}
    if not words:
        return None
    return Option(
        value,
        words,
        prefix=said.text(names.OPTION_PREFIX),
        exclusive=said.says_yes(names.EXCLUSIVE),
        score=score_of(json, inner),
        initial=json.get("initialSelected") is True,
    )


def _shown(json: Mapping[str, Any], value: Value) -> str:
    """The words of an option: its own, else those that stand in a rendering alone, else its code."""
    if value.type == "Coding" and "display" not in value.value:
        return _rendered(_twin(value.value, "display")) or words_of(value)
    return words_of(value) or _rendered(_twin(json, "valueString"))


def _identity(value: Value) -> Any:
    """What makes two options one."""
    held = value.value
    if not isinstance(held, Mapping):
        return value
    if value.type == "Coding":
        code = held.get("code")
        return (value.type, held.get("system"), code, None if code else held.get("display"))
    return (value.type, str(held.get("reference")), words_of(value))


def _is_fetched(json: Mapping[str, Any]) -> bool:
    return Extensions(json).has(names.ANSWER_EXPRESSION, names.CANDIDATES)


def _control(said: Extensions) -> Control | None:
    return next((_CONTROLS[code] for code in said.codes(names.CONTROL) if code in _CONTROLS), None)


def _words(json: Mapping[str, Any], name: str) -> str:
    text = json.get(name)
    return text.strip() if isinstance(text, str) else _rendered(_twin(json, name))


def _twin(json: Mapping[str, Any], name: str) -> Extensions:
    """The extensions of an element that is a bare text; FHIR keeps them beside it."""
    twin = json.get("_" + name)
    return Extensions(twin if isinstance(twin, Mapping) else {})


def _rendered(said: Extensions) -> str:
    """Words that stand in a rendering alone; where the plain ones are there too, those count."""
    xhtml = said.text(names.XHTML)
    return markup.from_xhtml(xhtml) if xhtml else markup.from_markdown(said.text(names.MARKDOWN))


def _help(json: Mapping[str, Any], said: Extensions, below: Iterable[Item]) -> str:
    aside = [item.words for item in below if item.kind is Kind.DISPLAY and item.control in _ASIDE]
    aside += [
        _words(item, "text") for item in json.get("item") or () if _LEGAL in Extensions(item).codes(names.CONTROL)
    ]
    aside += [words_of(link) for link in said.values(names.SUPPORT_LINK)]
    return "\n\n".join(words for words in aside if words)


def _unit_below(below: Iterable[Item]) -> Value | None:
    shown = (item.words for item in below if item.kind is Kind.DISPLAY and item.control is Control.UNIT)
    return next((Value("Coding", {"display": words}) for words in shown if words), None)


def _as(kind: Kind, value: Value) -> Value | None:
    """A bound in the question's own type; None where it can't be said so."""
    number = _number(value)
    match kind:
        case Kind.INTEGER if number is not None:
            return Value("integer", int(number)) if number == int(number) else Value("decimal", number)
        case Kind.DECIMAL if number is not None:
            return Value("decimal", number)
        case Kind.QUANTITY if number is not None:
            return value if value.type == "Quantity" else Value("Quantity", {"value": number})
        case Kind.DATE if value.type in {"date", "dateTime"}:
            return Value("date", value.value[:10])
        case Kind.DATE_TIME if value.type in {"date", "dateTime", "instant"}:
            return Value("dateTime", value.value)
        case Kind.TIME if value.type == "time":
            return value
        case Kind.CHOICE | Kind.OPEN_CHOICE if number is not None or value.type in {"date", "dateTime", "time"}:
            return value
    return None


def _bytes(size: Decimal) -> int:
    """HL7 counted megabytes once, and bytes since; no attachment fits into less than a kilobyte."""
    return int(size if size >= _KILOBYTE else size * _KILOBYTE * _KILOBYTE)


def _number(value: Value) -> Decimal | None:
    held = value.value.get("value") if value.type == "Quantity" else value.value
    return Decimal(held) if isinstance(held, int | Decimal) and not isinstance(held, bool) else None
