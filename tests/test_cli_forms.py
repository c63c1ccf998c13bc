"""`reception forms`: what it says of files, what it answers of forms and responses, and a clinic's forms in and out."""

import io
import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reception import cli
from reception.domain import catalogue
from reception.store import open_store
from tests.domain.sheets import SDC, coded, extended, paper, question

ASKS = paper(
    question("pregnant", "boolean", required=True),
    question("week", "integer", enableWhen=[{"question": "pregnant", "operator": "=", "answerBoolean": True}]),
    url="urn:test:pregnancy",
    title="Pregnancy check",
)
NO = {
    "resourceType": "QuestionnaireResponse",
    "status": "completed",
    "item": [{"linkId": "pregnant", "answer": [{"valueBoolean": False}]}],
}
NOTHING = {"resourceType": "QuestionnaireResponse", "status": "completed"}
FRUIT = {
    "resourceType": "ValueSet",
    "id": "fruit",
    "url": "urn:list:fruit",
    "status": "active",
    "compose": {"include": [{"system": "urn:fruit", "concept": [{"code": "a", "display": "Apple"}]}]},
}


def saved(path: Path, value: Any) -> str:
    """A file that holds it."""
    path.write_text(json.dumps(value), encoding="utf-8")
    return str(path)


def pipe(monkeypatch: pytest.MonkeyPatch, source: bytes) -> None:
    """Have it come through standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(source), encoding="utf-8"))


@pytest.fixture
def form(tmp_path: Path) -> str:
    """A form of two questions."""
    return saved(tmp_path / "form.json", ASKS)


@pytest.fixture
def response(tmp_path: Path) -> str:
    """What somebody answered who isn't pregnant."""
    return saved(tmp_path / "response.json", NO)


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A clinic without a form."""
    path = str(tmp_path / "clinic.db")
    with closing(open_store(path, create=True)) as store:
        draft = catalogue.ClinicDraft("Larkmere Clinic", "4 Weir Lane", "Europe/London", "GBP", "en_GB")
        store.write(catalogue.found, draft, "Olga Reid", actor=None)
    return path


def test_check_says_of_each_file_whether_it_opens(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dirty = saved(
        tmp_path / "dirty.json", paper(question("a"), question("a"), question("b", "choice", answerValueSet="urn:x"))
    )
    assert cli.main(["forms", "check", form, dirty]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{form}: opens, 2 questions",
        f"{dirty}: opens, 3 questions, 1 repair, 1 limit",
    ]


def test_check_says_why_a_file_doesnt_open_and_goes_on(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = saved(tmp_path / "old.json", {"resourceType": "Questionnaire", "group": {"linkId": "a"}})
    missing = str(tmp_path / "missing.json")
    assert cli.main(["forms", "check", old, missing, str(tmp_path), form]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{old}: doesn't open. This form is written in FHIR DSTU2")
    assert lines[1].startswith(f"{missing}: doesn't open. {missing} can't be read")
    assert lines[2].startswith(f"{tmp_path}: doesn't open.")
    assert lines[3] == f"{form}: opens, 2 questions"


def test_check_says_one_line_of_a_file_whatever_it_is_called(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="ascii"))
    odd = tmp_path / os.fsdecode(b"a\nb\xff.json")
    saved(odd, paper(question("a")))
    twice = tmp_path / "twice.json"
    twice.write_text('{"x\\ny": 1, "x\\ny": 2}', encoding="utf-8")
    assert cli.main(["forms", "check", str(odd), str(twice)]) == 1
    lines = capfdbinary.readouterr().out.splitlines()
    assert lines[0].endswith(b"a b\xff.json: opens, 1 question")
    assert lines[1].endswith(b'"x y" stands twice in one object of this file, so it can mean two things.')
    assert len(lines) == len((odd, twice))


def test_check_reports_what_was_repaired(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dirty = saved(tmp_path / "dirty.json", paper(question("a", repeats="true")))
    assert cli.main(["forms", "check", "--report", dirty]) == 0
    assert 'repaired: a: "repeats" was the text "true"; it is read as true.' in capsys.readouterr().out


def test_a_form_can_be_piped_in(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, json.dumps(ASKS).encode())
    assert cli.main(["forms", "check", "-"]) == 0
    assert capsys.readouterr().out == "-: opens, 2 questions\n"


def test_enabled_names_what_is_asked_and_what_isnt(
    form: str, response: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["forms", "enabled", form, response]) == 0
    assert json.loads(capsys.readouterr().out) == {"enabled": ["pregnant"], "disabled": ["week"]}


def test_validate_tells_what_is_wrong(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = saved(tmp_path / "nothing.json", NOTHING)
    assert cli.main(["forms", "validate", form, nothing]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["valid"] is False
    assert [set(issue) for issue in told["issues"]] == [{"severity", "check", "linkId", "expression", "text"}]
    assert (told["issues"][0]["check"], told["issues"][0]["linkId"]) == ("required", "pregnant")


def test_evaluate_tells_what_is_reckoned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    total = {"language": "text/fhirpath", "expression": "%resource.item.answer.value.count() + 0.5"}
    asks = paper(
        question("a"),
        question("total", "decimal", extension=[extended(SDC + "calculatedExpression", valueExpression=total)]),
    )
    answers = {**NOTHING, "item": [{"linkId": "a", "answer": [{"valueString": "x"}]}]}
    form, response = saved(tmp_path / "form.json", asks), saved(tmp_path / "response.json", answers)
    assert cli.main(["forms", "evaluate", form, response]) == 0
    assert json.loads(capsys.readouterr().out) == {"total": [1.5]}
    batch = saved(tmp_path / "batch.jsonl", {"id": 7, "questionnaire": asks, "response": answers})
    assert cli.main(["forms", "evaluate", "--batch", batch]) == 0
    assert json.loads(capsys.readouterr().out) == {"id": 7, "values": {"total": [1.5]}}


def test_a_batch_answers_every_line_in_one_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        {"id": "no", "questionnaire": ASKS, "response": NO},
        {"id": "nothing", "questionnaire": ASKS, "response": NOTHING},
        {"id": 3, "questionnaire": paper(question("other")), "response": NOTHING},
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join([*map(json.dumps, lines), "", ""]), encoding="utf-8")
    assert cli.main(["forms", "enabled", "--batch", str(batch)]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"id": "no", "enabled": ["pregnant"], "disabled": ["week"]},
        {"id": "nothing", "enabled": ["pregnant"], "disabled": ["week"]},
        {"id": 3, "enabled": ["other"], "disabled": []},
    ]


def test_a_line_that_cant_be_answered_says_why_and_the_others_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = json.dumps({"id": "good", "questionnaire": ASKS, "response": NO})
    wrong = json.dumps({"id": "wrong", "questionnaire": ASKS, "response": []})
    pipe(monkeypatch, f'\ufeffno\r\n\n[]\n{{"id": "bare"}}\n{wrong}\n{good}'.encode())
    assert cli.main(["forms", "validate", "--batch", "-"]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["id"] for line in told] == [1, 3, "bare", "wrong", "good"]
    assert ["error" in line for line in told] == [True, True, True, True, False]
    assert told[-1]["valid"] is True


def test_a_command_that_lacks_its_files_says_so(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forms", "enabled", form]) == 1
    assert "Name a form and the answers to it" in capsys.readouterr().err
    assert cli.main(["forms", "enabled", "--batch", form + ".missing"]) == 1
    assert "can't be read" in capsys.readouterr().err
    assert cli.main(["forms", "enabled", "-", "-"]) == 1
    assert "Only one of the two can be piped in." in capsys.readouterr().err


def test_whoever_stops_reading_stops_the_answers(tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    pair = {"questionnaire": ASKS, "response": NO, "id": "x" * 1000}
    batch.write_text("\n".join([json.dumps(pair)] * 200), encoding="utf-8")
    asked = [sys.executable, "-m", "reception", "forms", "enabled", "--batch", str(batch)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:  # noqa: S603 - our own program
        assert running.stdout is not None
        assert running.stderr is not None
        assert b'"enabled"' in running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 1


def test_a_form_goes_into_a_clinic_and_out_again(
    place: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["forms", "import", form, "--db", place]) == 0
    assert capsys.readouterr().out == "Pregnancy check, version 1: 2 questions\n"
    assert cli.main(["forms", "export", "pregnancy check", "--db", place]) == 0
    assert json.loads(capsys.readouterr().out) == ASKS
    out = tmp_path / "out.json"
    assert cli.main(["forms", "export", "urn:test:pregnancy", "--db", place, "--original", "--out", str(out)]) == 0
    assert out.read_bytes() == Path(form).read_bytes()
    assert cli.main(["forms", "export", "pregnancy check", "--db", place, "--out", str(tmp_path / "no" / "out")]) == 1
    assert "can't be written" in capsys.readouterr().err


def test_a_form_of_the_same_url_is_its_next_version(
    place: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = saved(tmp_path / "more.json", {**ASKS, "title": "Pregnancy check, longer"})
    assert cli.main(["forms", "import", form, "--db", place]) == 0
    assert cli.main(["forms", "import", more, "--db", place, "--material"]) == 0
    assert "Pregnancy check, longer, version 2" in capsys.readouterr().out
    assert cli.main(["forms", "export", "urn:test:pregnancy", "--db", place, "--version", "1"]) == 0
    assert json.loads(capsys.readouterr().out) == ASKS
    assert cli.main(["forms", "export", "urn:test:pregnancy", "--db", place, "--version", "3"]) == 1
    assert "has no version 3" in capsys.readouterr().err


def test_a_list_that_comes_beside_a_form_goes_in_with_it(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asks = saved(tmp_path / "asks.json", paper(question("a", "choice", answerValueSet="urn:list:fruit"), title="Fruit"))
    assert cli.main(["forms", "import", asks, "--db", place, "--list", saved(tmp_path / "fruit.json", FRUIT)]) == 0
    assert capsys.readouterr().out == "Fruit, version 1: 1 question\n"
    assert cli.main(["forms", "export", "Fruit", "--db", place]) == 0
    exported = json.loads(capsys.readouterr().out)
    assert (exported["item"][0]["answerValueSet"], exported["contained"]) == ("#fruit", [FRUIT])


def test_a_form_that_isnt_there_isnt_exported(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forms", "export", "Tattoo removal", "--db", place]) == 1
    assert "No form of this clinic is called Tattoo removal" in capsys.readouterr().err


def test_an_r5_form_is_exported_as_r4(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = saved(tmp_path / "new.json", paper(question("a", "coding", answerOption=[coded("x", "X")]), title="New"))
    assert cli.main(["forms", "import", new, "--db", place]) == 0
    capsys.readouterr()
    assert cli.main(["forms", "export", "New", "--db", place]) == 0
    assert json.loads(capsys.readouterr().out)["item"][0]["type"] == "choice"
