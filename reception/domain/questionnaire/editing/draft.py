"""A form while it is being edited: the Questionnaire itself, so that what the editor doesn't know stays as it came."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from reception.domain.questionnaire.editing import tree
from reception.domain.questionnaire.editing.tree import Json
from reception.domain.questionnaire.values import Form

OWN = re.compile(r"[qa](\d{1,9})", re.ASCII)
"""The names that the editor gives out."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it stands in the editor. Each operation gives another one.

    `taken` are the names of questions and of their answers that this form has, or ever had: none is given out twice,
    so that no rule and no earlier answer ever means another question. Two drafts that ask the same are the same.
    """

    json: Mapping[str, Any]
    taken: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def title(self) -> str:
        """What the form is called."""
        return str(self.json.get("title") or self.json.get("name") or "")

    @property
    def url(self) -> str:
        """What the form is known by, over all its versions."""
        return str(self.json["url"])


def blank(url: str, title: str) -> Draft:
    """A new form that asks nothing yet."""
    head = {"resourceType": "Questionnaire", "url": url, "status": "active", "subjectType": ["Patient"]}
    return retitled(Draft(head), title)


def from_form(form: Form, earlier: Iterable[Form] = ()) -> Draft:
    """A form as it was read, to be edited; the names in its earlier versions are taken too."""
    taken = frozenset(name for one in (form, *earlier) for name in _names(one.json))
    return Draft({**form.json, "url": form.url}, taken)


def copied(draft: Draft, url: str, title: str) -> Draft:
    """The same questions as a form of its own, which names where it came from."""
    source = f"{draft.url}|{version}" if (version := draft.json.get("version")) else draft.url
    made = {**tree.put(draft.json, "version", None), "url": url, "derivedFrom": [source]}
    return retitled(replace(draft, json=tree.put(made, "id", None)), title)


def to_questionnaire(draft: Draft) -> dict[str, Any]:
    """The form as FHIR R4 holds it."""
    return dict(draft.json)


def published(draft: Draft, number: int, day: date) -> dict[str, Any]:
    """The same as it is handed out: as the version of that number, of that day."""
    return {**draft.json, "version": str(number), "date": day.isoformat(), "status": "active"}


def retitled(draft: Draft, title: str) -> Draft:
    """Calls the form something else."""
    return replace(draft, json=tree.put(draft.json, "title", title))


def described(draft: Draft, words: str) -> Draft:
    """Says what the form is for."""
    return replace(draft, json=tree.put(draft.json, "description", words))


def fresh(draft: Draft, letter: str, count: int = 1) -> tuple[str, ...]:
    """Names that this form has never had: q1, q2 for questions, a3 for answers."""
    used = (int(found[1]) for name in draft.taken if (found := OWN.fullmatch(name)))
    first = max(used, default=0) + 1
    return tuple(f"{letter}{number}" for number in range(first, first + count))


def changed(draft: Draft, json: Json, *names: str) -> Draft:
    """The draft with another Questionnaire, in which new names were given out."""
    return Draft(json, draft.taken.union(names))


def _names(json: Json) -> Iterator[str]:
    for item in tree.walk(json):
        yield item["linkId"]
        for option in item.get("answerOption") or ():
            coding = option.get("valueCoding")
            if isinstance(coding, Mapping) and coding.get("code"):
                yield str(coding["code"])
