"""The forms that ship with the program, and the rules that a clinic can put beside its services."""

from functools import cache
from pathlib import Path

from reception.domain import screening
from reception.domain.screening import Template

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "forms"


def url(name: str) -> str:
    """What a form that ships is known by."""
    return f"urn:reception:form:{name}"


def source(name: str) -> bytes:
    """A form that ships, as it is published."""
    return (FOLDER / f"{name}.json").read_bytes()


@cache
def templates() -> tuple[Template, ...]:
    """Every template, in the order of the file."""
    return screening.templates((FOLDER / "rules" / "templates.json").read_bytes())
