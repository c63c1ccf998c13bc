"""Answers in words, as the clinic writes dates and numbers."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from reception.domain import questionnaire
from reception.domain.questionnaire.values import Value
from reception.ui.text import Formats


def said(value: Value, formats: Formats) -> str:
    """One answer: Yes, September 2024, 72.5 kg."""
    match value.type:
        case "boolean":
            return _tr("Yes") if value.value else _tr("No")
        case "integer" | "decimal":
            return formats.decimal(Decimal(value.value))
        case "date":
            return formats.partial(str(value.value))
        case "dateTime":
            return _moment(str(value.value), formats)
        case "time":
            hour, minute = str(value.value).split(":")[:2]
            return formats.clock(int(hour) * 60 + int(minute))
        case "Quantity" if "value" in value.value:
            unit = value.value.get("unit") or value.value.get("code") or ""
            return f"{formats.decimal(Decimal(value.value['value']))} {unit}".strip()
        case _:
            return questionnaire.words_of(value)


def all_said(values: Iterable[Value], formats: Formats) -> str:
    """All answers to one question."""
    return ", ".join(said(value, formats) for value in values)


def _moment(held: str, formats: Formats) -> str:
    if "T" not in held:
        return formats.partial(held)
    at = datetime.fromisoformat(held)
    if at.tzinfo is None:
        at = at.replace(tzinfo=formats.zone)
    return f"{formats.partial(at.astimezone(formats.zone).date().isoformat())} {formats.time(at)}"


def _tr(words: str) -> str:
    return QCoreApplication.translate("form", words)
