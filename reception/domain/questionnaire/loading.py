"""Anybody's form read: an R4 or R5 Questionnaire becomes the form that is asked, with a report of what was mended."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from reception.domain.errors import Refused
from reception.domain.questionnaire import markup
from reception.domain.questionnaire import vocabulary as names
from reception.domain.questionnaire.dialects import R5, as_r4, dialect
from reception.domain.questionnaire.extensions import Extensions
from reception.domain.questionnaire.items import Loader
from reception.domain.questionnaire.jsontext import dump_json, parse_json
from reception.domain.questionnaire.mending import LIMITED, NOTE, mend
from reception.domain.questionnaire.parcels import unpacked
from reception.domain.questionnaire.tidying import tidied
from reception.domain.questionnaire.values import Expression, Form, Item, Read, Repair
from reception.domain.questionnaire.valuesets import Lists, shipped

_UNTITLED = "Untitled form"
_DAY = len("2026-11-24")
# What an expression can always name.
_KNOWN = frozenset(
    {"resource", "rootResource", "context", "questionnaire", "qitem", "qItem", "patient", "ucum", "sct", "loinc"}
)


def read(source: bytes) -> Read:
    """The form that a file holds; raises Refused, with a sentence, for what isn't a form or can't be one here."""
    found = read_json(parse_json(source))
    return found._replace(report=(*found.report, *_unreckoned(found.form)))


def read_json(json: Mapping[str, Any]) -> Read:
    """The same from JSON that was parsed before, such as the Questionnaire of a version that was published."""
    given, tidying = tidied(unpacked(json))
    fhir = dialect(given)
    mended = as_r4(given) if fhir == R5 else given
    mending = mend(mended)
    if not mended.get("item"):
        raise Refused("This form asks nothing: it has no questions.")
    loader = Loader(Lists(mended.get("contained") or (), shipped()))
    form = _form(mended, loader)
    return Read(form, fhir, (*tidying, *mending, *loader.report, *_loose(form)))


def write(form: Form) -> bytes:
    """The form as a FHIR R4 Questionnaire in UTF-8, with all that it came with, also what isn't known here."""
    return (dump_json(form.json, indent=2) + "\n").encode()


def _form(mended: Mapping[str, Any], loader: Loader) -> Form:
    json = {"resourceType": "Questionnaire", **mended}
    said = Extensions(json)
    if said.has(names.LAUNCH_CONTEXT, *names.POPULATION):
        loader.note("Some answers would be fetched beforehand from a record; these questions start empty.")
    if "modifierExtension" in json:
        loader.say(LIMITED, "", "The form carries an instruction that isn't known here. Ask its author.")
    return Form(
        json=json,
        url=_text(json, "url") or _made_url(json),
        version=_text(json, "version"),
        title=_title(json),
        status=_text(json, "status"),
        date=_date(_text(json, "date")),
        publisher=_text(json, "publisher"),
        copyright=markup.from_markdown(_text(json, "copyright")),
        description=markup.from_markdown(_text(json, "description")),
        items=loader.items(json),
        variables=loader.variables(json),
        constraints=loader.constraints(json),
        signature=said.has(names.SIGNATURE),
    )


def _text(json: Mapping[str, Any], name: str) -> str:
    held = json.get(name)
    return held.strip() if isinstance(held, str) else ""


def _title(json: Mapping[str, Any]) -> str:
    return _text(json, "title") or _text(json, "name") or _text(json, "id") or _UNTITLED


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:_DAY])
    except ValueError:
        return None


def _made_url(json: Mapping[str, Any]) -> str:
    """A name for a form without one: the same questions always get the same."""
    return uuid.UUID(bytes=hashlib.sha256(dump_json(json).encode()).digest()[:16], version=5).urn


def _unreckoned(form: Form) -> tuple[Repair, ...]:
    """The expressions that can't be worked out here: malformed, or resting on what nobody tells this program."""
    expressions = list(_expressions(form))
    if not expressions:
        return ()
    # What reads expressions takes long to load, and most forms have none.
    from reception.domain.questionnaire import fhirpath  # noqa: PLC0415

    known = _KNOWN | {expression.name for _, expression in expressions}
    found: list[Repair] = []
    for link_id, expression in expressions:
        unknown = sorted(fhirpath.variables(expression.text) - known)
        if not fhirpath.parses(expression.text):
            found.append(Repair(LIMITED, link_id, "An expression can't be read; it isn't worked out."))
        elif unknown:
            found.append(
                Repair(LIMITED, link_id, f"%{unknown[0]} isn't known here; what rests on it isn't worked out.")
            )
    return tuple(found)


def _expressions(form: Form) -> Iterator[tuple[str, Expression]]:
    yield from (("", expression) for expression in _held(form))
    for item in form.walk():
        yield from ((item.link_id, expression) for expression in _held(item))
        yield from ((item.link_id, told) for told in (item.enabled, item.calculated, item.told) if told)


def _held(holder: Form | Item) -> tuple[Expression, ...]:
    return (*holder.variables, *(Expression(constraint.expression) for constraint in holder.constraints))


def _loose(form: Form) -> tuple[Repair, ...]:
    """The conditions that hang on a question which isn't there."""
    known = {item.link_id for item in form.walk()}
    return tuple(
        Repair(NOTE, item.link_id, f'It depends on "{condition.question}", which isn\'t in this form.')
        for item in form.walk()
        for condition in item.conditions
        if condition.question not in known
    )
