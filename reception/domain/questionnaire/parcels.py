"""A form that comes in a Bundle with the lists it asks from: one file that needs no terminology server."""

from collections.abc import Iterator, Mapping
from typing import Any

from reception.domain.errors import Refused
from reception.domain.questionnaire.jsontext import dump_json, parse_json

_LISTS = frozenset({"ValueSet", "CodeSystem"})


def unpacked(json: Any) -> dict[str, Any]:
    """The Questionnaire itself, with the lists of its Bundle in it; raises Refused where there isn't exactly one."""
    if not isinstance(json, Mapping):
        raise Refused("This isn't a form: a FHIR Questionnaire is one JSON object.")
    kind = json.get("resourceType")
    if kind != "Bundle":
        if kind == "Questionnaire" or (kind is None and "item" in json):
            return dict(json)
        if not isinstance(kind, str):
            raise Refused("This isn't a form: the file doesn't say that it is a FHIR Questionnaire.")
        raise Refused("This isn't a form: the file holds a FHIR {kind}, not a Questionnaire.", kind=kind[:40])
    resources = list(_resources(json))
    forms = [resource for resource in resources if resource.get("resourceType") == "Questionnaire"]
    if len(forms) != 1:
        raise Refused("This Bundle holds {number} forms; import them one at a time.", number=len(forms))
    return with_lists(forms[0], [resource for resource in resources if str(resource.get("resourceType")) in _LISTS])


def with_lists(form: Mapping[str, Any], lists: list[Mapping[str, Any]]) -> dict[str, Any]:
    """The form with these ValueSets and CodeSystems in it, under ids of their own, its questions pointing at them."""
    contained = form.get("contained")
    before = [member for member in contained if isinstance(member, Mapping)] if isinstance(contained, list) else []
    taken = {str(member.get("id")) for member in before}
    added, names = [], {}
    for number, resource in enumerate(lists, 1):
        id = resource.get("id")
        if not isinstance(id, str) or id in taken:
            id = next(name for name in _names(number) if name not in taken)
        taken.add(id)
        added.append({**resource, "id": id})
        if resource.get("resourceType") == "ValueSet" and isinstance(resource.get("url"), str):
            names[resource["url"]] = "#" + id
    if not added:
        return dict(form)
    return {**_pointed(form, names), "contained": [*before, *added]}


def packed(source: bytes, lists: list[bytes]) -> bytes:
    """One file of a form, or of a form with lists already, and the lists that came beside it, as a Bundle.

    Raises Refused for what is no list.
    """
    form = parse_json(source)
    before = list(_resources(form)) if isinstance(form, Mapping) and form.get("resourceType") == "Bundle" else [form]
    resources = [*before, *(_list(parse_json(raw)) for raw in lists)]
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": resource} for resource in resources],
    }
    return dump_json(bundle).encode()


def _list(json: Any) -> Mapping[str, Any]:
    if isinstance(json, Mapping) and str(json.get("resourceType")) in _LISTS:
        return json
    raise Refused("This isn't a list of answers: it should be a FHIR ValueSet or CodeSystem.")


def _resources(bundle: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    entries = bundle.get("entry")
    for entry in entries if isinstance(entries, list) else ():
        resource = entry.get("resource") if isinstance(entry, Mapping) else None
        if isinstance(resource, Mapping):
            yield resource


def _names(number: int) -> Iterator[str]:
    yield f"list-{number}"
    yield from (f"list-{number}-{more}" for more in range(2, 10_000))


def _pointed(form: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    pointed = dict(form)
    given = form.get("answerValueSet")
    if isinstance(given, str) and given.partition("|")[0] in names:
        pointed["answerValueSet"] = names[given.partition("|")[0]]
    if isinstance(form.get("item"), list):
        pointed["item"] = [_pointed(item, names) if isinstance(item, Mapping) else item for item in form["item"]]
    return pointed
