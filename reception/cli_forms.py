"""The command line's `forms`: does a form open here, what does it ask and reckon, and in and out of a clinic."""

import argparse
import io
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from reception.domain.errors import DomainError, NotFound, Refused

_PIPE = "-"
_CHUNK = 20_000_000
_KNOWN = 100

Answer = Callable[[Any, Mapping[str, Any]], dict[str, Any]]
"""What a command tells of a form and of the answers to it."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Put `forms` and what it can do beside the other commands."""
    forms = commands.add_parser("forms", help="check, fill and exchange forms (FHIR Questionnaires)")
    acts = forms.add_subparsers(title="commands", metavar="COMMAND", required=True)

    check = acts.add_parser("check", help="say of each file whether it opens as a form; 1 if one doesn't")
    check.add_argument("files", nargs="+", metavar="FILE", help="a Questionnaire, or - for what is piped in")
    check.add_argument("--report", action="store_true", help="also say what was repaired and what can't be done")
    check.set_defaults(act=_check)

    for name, answer, under, words in (
        ("enabled", _enabled, "", "which questions these answers have it ask"),
        ("validate", _validated, "", "whether these answers are complete and right"),
        ("evaluate", _evaluated, "values", "what these answers have it reckon"),
    ):
        paired = acts.add_parser(name, help=words)
        paired.add_argument("form", nargs="?", metavar="FORM", help="a Questionnaire, or - for what is piped in")
        paired.add_argument("response", nargs="?", metavar="RESPONSE", help="a QuestionnaireResponse, or -")
        paired.add_argument("--batch", metavar="FILE", help='lines of {"id", "questionnaire", "response"}, or -')
        paired.set_defaults(act=_paired, answer=answer, under=under)

    bring = acts.add_parser("import", help="publish a form in a clinic; the next version, if it has the form already")
    bring.add_argument("file", metavar="FILE", help="a Questionnaire, or - for what is piped in")
    bring.add_argument("--db", required=True, metavar="PLACE")
    bring.add_argument("--list", action="append", default=[], metavar="FILE", help="a ValueSet that it asks from")
    bring.add_argument("--material", action="store_true", help="what was answered to earlier versions counts no more")
    bring.set_defaults(act=_import)

    hand = acts.add_parser("export", help="write a form of a clinic as a FHIR R4 Questionnaire")
    hand.add_argument("form", metavar="FORM", help="its title or its URL")
    hand.add_argument("--db", required=True, metavar="PLACE")
    hand.add_argument("--out", metavar="FILE", help="where to; else it is printed")
    hand.add_argument("--version", type=int, metavar="N", help="an earlier version, by its number")
    hand.add_argument("--original", action="store_true", help="byte for byte as it was imported")
    hand.set_defaults(act=_export)


def _check(asked: argparse.Namespace) -> int:
    from reception.domain import questionnaire  # noqa: PLC0415

    _speak_utf8()
    failed = False
    for file in asked.files:
        try:
            read = questionnaire.read(_bytes(file))
        except DomainError as refusal:
            failed = True
            print(_one_line(f"{file}: doesn't open. {refusal}"))
            continue
        print(_one_line(f"{file}: opens, {_counted(read)}"))
        for level, link_id, words in read.report if asked.report else ():
            print("    " + _one_line(f"{level}: {f'{link_id}: ' if link_id else ''}{words}"))
    return 1 if failed else 0


def _paired(asked: argparse.Namespace) -> int:
    from reception.domain import questionnaire  # noqa: PLC0415

    _speak_utf8()
    if asked.batch is not None:
        return _answer_lines(asked.batch, asked.answer, asked.under)
    if asked.form is None or asked.response is None:
        raise Refused("Name a form and the answers to it, or a file of both with --batch.")
    if asked.form == asked.response == _PIPE:
        raise Refused("Only one of the two can be piped in. Name a file for the other, or pipe in both with --batch -.")
    form = questionnaire.read(_bytes(asked.form)).form
    response = questionnaire.read_response(_bytes(asked.response))
    print(questionnaire.dump_json(asked.answer(form, response), indent=2))
    return 0


def _answer_lines(file: str, answer: Answer, under: str) -> int:
    """One line of JSON for each line; one that can't be answered says why, and the others are answered all the same."""
    from reception.domain import questionnaire  # noqa: PLC0415

    failed = False
    known: dict[str, Any] = {}
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        id: Any = number
        try:
            case = questionnaire.parse_json(line, most=2 * questionnaire.MOST_BYTES)
            if not isinstance(case, Mapping):
                raise Refused("This line isn't a JSON object.")
            id = case.get("id", number)
            form = _known(case.get("questionnaire"), known)
            told = answer(form, questionnaire.read_response(case.get("response", {})))
            told = {under: told} if under else told
        except DomainError as refusal:
            failed = True
            told = {"error": str(refusal)}
        print(questionnaire.dump_json({"id": id, **told}))
    return 1 if failed else 0


def _known(given: Any, known: dict[str, Any]) -> Any:
    """The form of a line; thousands of lines may ask about one, which is read once."""
    from reception.domain import questionnaire  # noqa: PLC0415

    if not isinstance(given, Mapping):
        raise Refused('This line holds no form; it belongs in "questionnaire".')
    text = questionnaire.dump_json(given)
    if text not in known:
        if len(known) == _KNOWN:
            known.clear()
        known[text] = questionnaire.read_json(given).form
    return known[text]


def _enabled(form: Any, response: Mapping[str, Any]) -> dict[str, Any]:
    from reception.domain import questionnaire  # noqa: PLC0415

    enabled, disabled = questionnaire.enabled(form, response)
    order = [item.link_id for item in form.walk()]
    return {
        "enabled": [link_id for link_id in order if link_id in enabled],
        "disabled": [link_id for link_id in order if link_id in disabled],
    }


def _validated(form: Any, response: Mapping[str, Any]) -> dict[str, Any]:
    from reception.domain import questionnaire  # noqa: PLC0415

    problems = questionnaire.validate(form, response)
    names = ("severity", "check", "linkId", "expression", "text")
    return {
        "valid": not any(problem.severity == "error" for problem in problems),
        "issues": [dict(zip(names, problem, strict=True)) for problem in problems],
    }


def _evaluated(form: Any, response: Mapping[str, Any]) -> dict[str, Any]:
    from reception.domain import questionnaire  # noqa: PLC0415

    values = questionnaire.evaluate(form, response)
    return {link_id: [value.value for value in found] for link_id, found in values.items()}


def _import(asked: argparse.Namespace) -> int:
    from reception.domain import forms, questionnaire  # noqa: PLC0415
    from reception.store import open_store  # noqa: PLC0415

    source = _bytes(asked.file)
    if asked.list:
        source = questionnaire.packed(source, [_bytes(file) for file in asked.list])
    read = questionnaire.read(source)
    with closing(open_store(asked.db)) as store:
        done = store.write(forms.publish, source, material=asked.material, actor=None)
        version = store.read(forms.version, done.answer)
    _speak_utf8()
    print(f"{version.title}, version {version.number}: {_counted(read)}")
    return 0


def _export(asked: argparse.Namespace) -> int:
    from reception.domain import forms, questionnaire  # noqa: PLC0415
    from reception.store import open_store  # noqa: PLC0415

    with closing(open_store(asked.db)) as store:
        version = _version(store, asked.form, asked.version)
        original = store.read(forms.source, version.id) if asked.original else b""
    text = original or questionnaire.write(version.questionnaire)
    if not asked.out:
        sys.stdout.flush()
        sys.stdout.buffer.write(text)
        return 0
    try:
        Path(asked.out).write_bytes(text)
    except OSError as error:
        why = error.strerror or "the disk refuses"
        raise Refused("{file} can't be written: {why}. Choose another place.", file=asked.out, why=why) from error
    return 0


def _version(store: Any, name: str, number: int | None) -> Any:
    from reception.domain import forms  # noqa: PLC0415

    named = [
        row
        for row in store.read(forms.forms, retired=True)
        if name == row.url or name.casefold() == row.title.casefold()
    ]
    if len(named) != 1:
        few = "No form" if not named else "More than one form"
        raise NotFound("{few} of this clinic is called {name}. Give its URL.", few=few, name=name)
    for version in store.read(forms.versions, named[0].id):
        if number in {None, version.number}:
            return version
    raise NotFound("{form} has no version {number}.", form=named[0].title, number=number or 0)


def _counted(read: Any) -> str:
    """What a form holds, in numbers: "12 questions, 3 repairs, 1 limit"."""
    levels = [repair.level for repair in read.report]
    told = (
        (sum(item.asks for item in read.form.walk()), "question"),
        (levels.count("repaired"), "repair"),
        (levels.count("limited"), "limit"),
        (levels.count("note"), "note"),
    )
    return ", ".join(
        f"{number} {word}{'' if number == 1 else 's'}" for number, word in told if number or word == "question"
    )


def _bytes(file: str) -> bytes:
    """What a file holds, or what is piped in; never more than a form may be, and a little."""
    try:
        if file == _PIPE:
            return sys.stdin.buffer.read(_CHUNK)
        with Path(file).open("rb") as opened:
            return opened.read(_CHUNK)
    except OSError as error:
        raise NotFound("{file} can't be read: {why}.", file=file, why=error.strerror or "the disk refuses") from error


def _lines(file: str) -> Iterator[bytes]:
    try:
        if file == _PIPE:
            yield from sys.stdin.buffer
        else:
            with Path(file).open("rb") as opened:
                yield from opened
    except OSError as error:
        raise NotFound("{file} can't be read: {why}.", file=file, why=error.strerror or "the disk refuses") from error


def _one_line(words: str) -> str:
    """A line a file, whatever the file or what stands in it is called."""
    return " ".join(words.splitlines())


def _speak_utf8() -> None:
    """A form's words are of any language, whatever the terminal was set to, and a file may be called by any bytes."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
