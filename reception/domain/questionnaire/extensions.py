"""What an element of a form says beyond FHIR's own words: its extensions, by their names."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from reception.domain.questionnaire.elements import value_of
from reception.domain.questionnaire.values import Value

Json = Mapping[str, Any]


class Extensions:
    """The extensions of one element; where several names are asked for, the first name that is there counts."""

    __slots__ = ("_named",)

    def __init__(self, element: Json) -> None:
        """Sort them by name; an element that has none, or isn't one, says nothing."""
        self._named: dict[str, list[Json]] = {}
        for extension in element.get("extension") or ():
            self._named.setdefault(extension["url"], []).append(extension)

    def has(self, *urls: str) -> bool:
        """Whether one of these names is there."""
        return any(url in self._named for url in urls)

    def named(self, *urls: str) -> list[Json]:
        """All of these names."""
        return [extension for url in urls for extension in self._named.get(url, ())] if self._named else []

    def values(self, *urls: str) -> list[Value]:
        """What all of these names hold."""
        return [value for extension in self.named(*urls) if (value := value_of(extension))]

    def value(self, *urls: str) -> Value | None:
        """What the first of them holds."""
        return next(iter(self.values(*urls)), None) if self._named else None

    def text(self, *urls: str) -> str:
        """The same where it is a text; "" where there is none."""
        value = self.value(*urls)
        return value.value if value and isinstance(value.value, str) else ""

    def whole(self, *urls: str) -> int | None:
        """The same where it is a whole number."""
        value = self.value(*urls)
        return value.value if value and isinstance(value.value, int) and value.type != "boolean" else None

    def number(self, *urls: str) -> Decimal | None:
        """The same where it is a number of any kind."""
        value = self.value(*urls)
        if value is None or value.type == "boolean" or not isinstance(value.value, int | Decimal):
            return None
        return Decimal(value.value)

    def codes(self, *urls: str) -> tuple[str, ...]:
        """The codes of the first of them: of a concept, a coding, or a bare code."""
        value = self.value(*urls)
        if value is None or not isinstance(value.value, Mapping):
            return (value.value,) if value and isinstance(value.value, str) else ()
        codings = value.value.get("coding") if value.type == "CodeableConcept" else [value.value]
        listed = codings if isinstance(codings, list) else ()
        found = (coding.get("code") for coding in listed if isinstance(coding, Mapping))
        return tuple(code for code in found if isinstance(code, str))

    def says_yes(self, *urls: str) -> bool:
        """Whether one of them is there and says yes."""
        value = self.value(*urls)
        return value is not None and value.value is True
