"""Health forms in the catalogue: imported, required, and what their answers mean, by real clicks and keys."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from reception.domain import forms, screening, staff
from reception.domain.gates import Effect, Lasting, Operator
from reception.domain.questionnaire.values import Value
from reception.domain.screening import RuleDraft, RuleRow
from reception.domain.tables.ids import FormId
from reception.store import Store
from reception.ui.panels.catalogue import Catalogue
from reception.ui.widgets import Button, Check, LineEdit, ListTable, Notice, Prose, Select, Spin
from reception.ui.workbench import Workbench
from tests.factories import SmallClinic, small_clinic
from tests.ui.bench import child, counted, pick, press, typed, workbench
from tests.ui.shop import choose_service, open_sheet, opened, segment, sheet

SKIN: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "url": "https://example.org/skin",
    "title": "Skin check",
    "status": "active",
    "item": [
        {"linkId": "pregnant", "type": "boolean", "text": "Are you pregnant?", "required": True},
        {"linkId": "taken", "type": "date", "text": "When did you last take it?"},
        {"linkId": "hours", "type": "integer", "text": "Hours in the sun?"},
        {
            "linkId": "apply",
            "type": "choice",
            "repeats": True,
            "text": "What applies?",
            "answerOption": [
                {"valueCoding": {"code": "scars", "display": "Keloid scars"}},
                {"valueCoding": {"code": "sores", "display": "Cold sores"}},
            ],
        },
    ],
}


def source(**changed: Any) -> bytes:
    return json.dumps({**SKIN, **changed}).encode()


@pytest.fixture
def clinic(sqlite_store: Store) -> SmallClinic:
    return small_clinic(sqlite_store)


@pytest.fixture
def skin(sqlite_store: Store, clinic: SmallClinic) -> FormId:
    """A form that laser requires."""
    sqlite_store.write(forms.publish, source(), actor=clinic.owner)
    (form,) = sqlite_store.read(forms.forms)
    sqlite_store.write(screening.set_requirements, clinic.laser, ((form.id, 180),), actor=clinic.owner)
    return form.id


@pytest.fixture
def bench(sqlite_store: Store, clinic: SmallClinic, tmp_path: Path, loop: object, qtbot: QtBot) -> Iterator[Workbench]:
    with workbench(sqlite_store, tmp_path, clinic.manager, qtbot) as bench:
        yield bench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> Catalogue:
    return opened(bench, qtbot)


def tell(page: QWidget, name: str, words: str) -> None:
    child(page, QPlainTextEdit, name).setPlainText(words)


def save(page: Catalogue, name: str, bench: Workbench, qtbot: QtBot) -> Any:
    """Saves; gives the way back."""
    with qtbot.waitSignal(page._refresher.loaded), qtbot.waitSignal(bench.said) as said:
        press(page, name, qtbot)
    assert said.args is not None
    return said.args[1]


def undo(page: Catalogue, back: Any, bench: Workbench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page._refresher.loaded):
        bench.tasks.start(back())


def import_file(page: Catalogue, file: Path, content: bytes, qtbot: QtBot) -> None:
    """Presses the button and picks a file in the dialog that opens."""
    file.write_bytes(content)
    segment(page, "catalogue.section", 2, qtbot)
    press(page, "catalogue.import_form", qtbot)
    picker = page.findChild(QFileDialog)
    assert picker is not None
    picker.fileSelected.emit(str(file))
    picker.close()


def rules(store: Store, clinic: SmallClinic) -> tuple[RuleRow, ...]:
    return store.read(screening.rules, clinic.laser)


def words(page: QWidget) -> str:
    """All that is said in labels there."""
    return " | ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_a_file_is_looked_at_before_it_is_published(
    page: Catalogue, sqlite_store: Store, bench: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    items = [{"type": "boolean", "text": "Are you pregnant?"}]
    import_file(page, tmp_path / "skin.json", source(item=items), qtbot)
    qtbot.waitUntil(lambda: page.sheet() is not None)
    assert child(page, Prose, "form_import.said").accessibleName() == "A FHIR R4 form with 1 question."
    assert child(page, Prose, "form_import.becomes").accessibleName().startswith("It is new here")
    assert "no linkId" in words(sheet(page))
    assert not sqlite_store.read(forms.forms)

    back = save(page, "form_import.save", bench, qtbot)
    (row,) = sqlite_store.read(forms.forms)
    assert (row.title, row.number, row.questions) == ("Skin check", 1, 1)
    assert [one.title for one in child(page, ListTable, "catalogue.forms").rows()] == ["Skin check"]

    undo(page, back, bench, qtbot)
    assert not sqlite_store.read(forms.forms)
    assert [one.retired for one in sqlite_store.read(forms.forms, retired=True)] == [True]


def test_a_changed_form_becomes_the_next_version(
    page: Catalogue, skin: FormId, sqlite_store: Store, bench: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:  # R31
    with qtbot.waitSignal(page._refresher.loaded):
        page._refresher.request()
    import_file(page, tmp_path / "skin.json", source(title="Skin check, longer"), qtbot)
    qtbot.waitUntil(lambda: page.sheet() is not None)
    becomes = child(page, Prose, "form_import.becomes").accessibleName()
    assert becomes.startswith("It becomes version 2 of “Skin check”.")
    qtbot.mouseClick(child(page, Check, "form_import.material"), Qt.MouseButton.LeftButton)

    assert save(page, "form_import.save", bench, qtbot) is None

    newest = sqlite_store.read(forms.newest, skin)
    assert (newest.number, newest.title) == (2, "Skin check, longer")


@pytest.mark.parametrize(
    ("content", "part"),
    [(b"no form at all", ""), (b'{"resourceType": "Patient"}', "isn't a form"), (b'{"a": 1', "")],
)
def test_a_file_that_is_no_form_is_refused_in_a_sentence(
    page: Catalogue, bench: Workbench, tmp_path: Path, content: bytes, part: str, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bench.refused) as refused:
        import_file(page, tmp_path / "letter.json", content, qtbot)
    assert refused.args is not None
    assert part in str(refused.args[0])
    assert page.sheet() is None


def test_an_import_is_parked_with_its_file_and_gone_on_with(
    page: Catalogue, bench: Workbench, skin: FormId, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page._refresher.loaded):
        page._refresher.request()
    file = tmp_path / "skin.json"
    import_file(page, file, source(title="Skin check, longer"), qtbot)
    qtbot.waitUntil(lambda: page.sheet() is not None)
    qtbot.mouseClick(child(page, Check, "form_import.material"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(sheet(page), Qt.Key.Key_Escape)
    (parked,) = bench.drafts.parked()
    assert (parked.kind, parked.title) == ("form_import", "Skin check, longer")

    file.unlink()
    page.show_draft(parked)
    qtbot.waitUntil(lambda: page.sheet() is not None)

    assert child(page, Check, "form_import.material").isChecked()
    assert sheet(page).title.text() == "Skin check, longer"


def give_list(page: Catalogue, file: Path, content: bytes, qtbot: QtBot) -> None:
    """Presses the button of the import and picks a list of answers in the dialog that opens."""
    file.write_bytes(content)
    press(page, "form_import.add_list", qtbot)
    picker = sheet(page).findChild(QFileDialog)
    assert picker is not None
    picker.fileSelected.emit(str(file))
    picker.close()


def test_a_list_that_is_wanting_is_given_when_the_form_is_imported(
    page: Catalogue, sqlite_store: Store, bench: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    url = "https://clinic.example/lists/skin"
    kinds = [{"code": "pale", "display": "Pale"}, {"code": "dark", "display": "Dark"}]
    listed: dict[str, Any] = {"resourceType": "ValueSet", "url": url, "status": "active"}
    listed["compose"] = {"include": [{"system": "https://clinic.example/skin", "concept": kinds}]}
    items = [{"linkId": "skin", "type": "choice", "text": "Your skin", "answerValueSet": url}]
    import_file(page, tmp_path / "skin.json", source(item=items), qtbot)
    qtbot.waitUntil(lambda: page.sheet() is not None)
    assert "Its list of answers" in words(sheet(page))

    with qtbot.waitSignal(bench.refused) as refused:
        other = listed | {"url": "https://clinic.example/lists/hair"}
        give_list(page, tmp_path / "hair.json", json.dumps(other).encode(), qtbot)
    assert refused.args is not None
    assert "No question of this form asks" in str(refused.args[0])

    give_list(page, tmp_path / "list.json", json.dumps(listed).encode(), qtbot)
    add = child(page, Button, "form_import.add_list")
    qtbot.waitUntil(add.isHidden)
    assert "Its list of answers" not in words(sheet(page))
    save(page, "form_import.save", bench, qtbot)
    (row,) = sqlite_store.read(forms.forms)
    (question,) = sqlite_store.read(forms.newest, row.id).questionnaire.items
    assert [option.words for option in question.options] == ["Pale", "Dark"]


def test_a_form_that_a_service_requires_is_not_retired(
    sqlite_store: Store, clinic: SmallClinic, skin: FormId, bench: Workbench, qtbot: QtBot
) -> None:
    page = opened(bench, qtbot)
    segment(page, "catalogue.section", 2, qtbot)
    turn = child(page, Button, "catalogue.turn_form")
    qtbot.waitUntil(turn.isVisible)
    assert not turn.isEnabled()
    assert child(page, Prose, "catalogue.form_card.services").accessibleName() == "Laser hair removal"

    with qtbot.waitSignal(page._refresher.loaded):
        bench.tasks.start(bench.backend.write(screening.set_requirements, clinic.laser, ()))
    back = save(page, "catalogue.turn_form", bench, qtbot)
    assert not sqlite_store.read(forms.forms)

    undo(page, back, bench, qtbot)
    assert [one.id for one in sqlite_store.read(forms.forms)] == [skin]


def test_a_service_requires_a_form_for_so_many_days(
    sqlite_store: Store, clinic: SmallClinic, skin: FormId, bench: Workbench, qtbot: QtBot
) -> None:  # R31
    page = opened(bench, qtbot)
    choose_service(page, "Massage", qtbot)
    open_sheet(page, "catalogue.change_forms", qtbot)
    qtbot.mouseClick(child(page, Check, f"required_forms.forms.{skin}"), Qt.MouseButton.LeftButton)
    counted(page, f"required_forms.forms.{skin}.days", "30", qtbot)
    back = save(page, "required_forms.save", bench, qtbot)
    assert [(one.form, one.days) for one in sqlite_store.read(screening.requirements, clinic.massage)] == [(skin, 30)]
    qtbot.waitUntil(lambda: "Holds for 30 days" in words(child(page, QWidget, "catalogue.card")))

    open_sheet(page, "catalogue.change_forms", qtbot)
    segment(page, f"required_forms.forms.{skin}.how", 0, qtbot)
    assert not child(page, Spin, f"required_forms.forms.{skin}.days").isVisible()
    save(page, "required_forms.save", bench, qtbot)
    assert [one.days for one in sqlite_store.read(screening.requirements, clinic.massage)] == [None]

    undo(page, back, bench, qtbot)
    assert sqlite_store.read(screening.requirements, clinic.massage) == ()


def test_a_rule_is_written_in_plain_words(
    sqlite_store: Store, clinic: SmallClinic, skin: FormId, bench: Workbench, qtbot: QtBot
) -> None:  # R32
    page = opened(bench, qtbot)
    choose_service(page, "Laser hair removal", qtbot)
    open_sheet(page, "catalogue.new_rule", qtbot)
    pick(page, "rule.question", "Are you pregnant?")
    segment(page, "rule.effect", 0, qtbot)
    tell(page, "rule.staff_message", "No laser in pregnancy. Offer the LED mask.")
    tell(page, "rule.client_message", "Please speak to us first.")
    means = child(page, Prose, "rule.means")
    expected = "“Are you pregnant?” is Yes: blocks Laser hair removal until a clinician clears it."
    qtbot.waitUntil(lambda: means.accessibleName() == expected)

    back = save(page, "rule.save", bench, qtbot)
    (rule,) = rules(sqlite_store, clinic)
    assert (rule.question, rule.answer, rule.draft.effect) == ("Are you pregnant?", "Yes", Effect.BLOCK)
    assert (rule.draft.operator, rule.draft.lasting) == (Operator.EQUAL, Lasting.CLINICIAN)
    told = "is Yes: blocks it until a clinician clears it"
    qtbot.waitUntil(lambda: told in words(child(page, QWidget, "catalogue.card")))

    undo(page, back, bench, qtbot)
    assert rules(sqlite_store, clinic) == ()


@pytest.mark.parametrize(
    ("question", "comparison", "answer", "draft"),
    [
        ("Hours in the sun?", "is at least", "10", (Operator.AT_LEAST, Value("integer", 10))),
        (
            "When did you last take it?",
            "is on or after",
            "1 Nov 2026",
            (Operator.AT_LEAST, Value("date", "2026-11-01")),
        ),
        ("Hours in the sun?", "is left empty", None, (Operator.EXISTS, Value("boolean", False))),
        (
            "What applies?",
            "includes",
            "Cold sores",
            (Operator.EQUAL, Value("Coding", {"code": "sores", "display": "Cold sores"})),
        ),
    ],
)
def test_each_kind_of_question_is_compared_in_its_own_way(
    sqlite_store: Store,
    clinic: SmallClinic,
    skin: FormId,
    bench: Workbench,
    question: str,
    comparison: str,
    answer: str | None,
    draft: tuple[Operator, Value],
    qtbot: QtBot,
) -> None:
    page = opened(bench, qtbot)
    choose_service(page, "Laser hair removal", qtbot)
    open_sheet(page, "catalogue.new_rule", qtbot)
    pick(page, "rule.question", question)
    pick(page, "rule.operator", comparison)
    if answer is not None and page.findChild(Select, "rule.answer.value") is not None:
        pick(page, "rule.answer.value", answer)
    elif answer is not None:
        typed(page, LineEdit, "rule.answer.value", answer, qtbot)
    segment(page, "rule.effect", 2, qtbot)
    assert not child(page, Select, "rule.lasting").isVisible()

    save(page, "rule.save", bench, qtbot)
    (rule,) = rules(sqlite_store, clinic)
    assert (rule.draft.operator, rule.draft.answer) == draft

    press(page, f"catalogue.rule.{rule.id}", qtbot)
    qtbot.waitUntil(lambda: page.sheet() is not None)
    assert child(page, Select, "rule.operator").currentText() == comparison
    save(page, "rule.save", bench, qtbot)
    (again,) = rules(sqlite_store, clinic)
    assert again.draft == rule.draft


def test_a_block_is_counted_from_a_date_in_the_form(
    sqlite_store: Store, clinic: SmallClinic, skin: FormId, bench: Workbench, qtbot: QtBot
) -> None:  # R32
    page = opened(bench, qtbot)
    choose_service(page, "Laser hair removal", qtbot)
    open_sheet(page, "catalogue.new_rule", qtbot)
    pick(page, "rule.lasting", "For some days")
    counted(page, "rule.until_days", "21", qtbot)
    pick(page, "rule.until_link", "The date at “When did you last take it?”")
    tell(page, "rule.staff_message", "Wait for three weeks.")
    tell(page, "rule.client_message", "We wait for three weeks.")
    save(page, "rule.save", bench, qtbot)
    (rule,) = rules(sqlite_store, clinic)
    assert (rule.draft.lasting, rule.draft.until_days, rule.draft.until_link) == (Lasting.UNTIL, 21, "taken")


@pytest.mark.parametrize("field", ["staff_message", "client_message"])
def test_a_block_has_words_for_the_desk_and_for_the_client(
    sqlite_store: Store, clinic: SmallClinic, skin: FormId, bench: Workbench, field: str, qtbot: QtBot
) -> None:  # R32
    page = opened(bench, qtbot)
    choose_service(page, "Laser hair removal", qtbot)
    own = open_sheet(page, "catalogue.new_rule", qtbot)
    for name in {"staff_message", "client_message"} - {field}:
        tell(page, f"rule.{name}", "No laser in pregnancy.")
    press(page, "rule.save", qtbot)
    expected = {field: "A rule that blocks or flags has words for both. Type what is read there."}
    qtbot.waitUntil(lambda: own.form.errors() == expected)
    assert rules(sqlite_store, clinic) == ()


@pytest.fixture
def ruled(sqlite_store: Store, clinic: SmallClinic, skin: FormId) -> RuleRow:
    """A rule on the pregnancy question."""
    draft = RuleDraft(
        service=clinic.laser,
        form=skin,
        link_id="pregnant",
        operator=Operator.EQUAL,
        answer=Value("boolean", True),
        effect=Effect.BLOCK,
        staff_message="No laser in pregnancy.",
        client_message="Please speak to us first.",
    )
    sqlite_store.write(screening.add_rule, draft, actor=clinic.owner)
    return rules(sqlite_store, clinic)[0]


def test_a_rule_is_changed_and_the_change_undone(
    sqlite_store: Store, clinic: SmallClinic, ruled: RuleRow, bench: Workbench, qtbot: QtBot
) -> None:
    page = opened(bench, qtbot)
    choose_service(page, "Laser hair removal", qtbot)
    open_sheet(page, f"catalogue.rule.{ruled.id}", qtbot)
    segment(page, "rule.effect", 1, qtbot)
    back = save(page, "rule.save", bench, qtbot)
    assert [one.draft.effect for one in rules(sqlite_store, clinic)] == [Effect.FLAG]

    undo(page, back, bench, qtbot)
    assert [one.draft for one in rules(sqlite_store, clinic)] == [ruled.draft]


def test_a_rule_is_taken_away_and_brought_back(
    sqlite_store: Store, clinic: SmallClinic, ruled: RuleRow, bench: Workbench, qtbot: QtBot
) -> None:
    page = opened(bench, qtbot)
    choose_service(page, "Laser hair removal", qtbot)
    open_sheet(page, f"catalogue.rule.{ruled.id}", qtbot)
    back = save(page, "rule.retire", bench, qtbot)
    assert rules(sqlite_store, clinic) == ()

    undo(page, back, bench, qtbot)
    assert [one.draft for one in rules(sqlite_store, clinic)] == [ruled.draft]


def test_a_half_written_rule_is_parked_and_gone_on_with(
    clinic: SmallClinic, skin: FormId, bench: Workbench, qtbot: QtBot
) -> None:
    page = opened(bench, qtbot)
    choose_service(page, "Laser hair removal", qtbot)
    own = open_sheet(page, "catalogue.new_rule", qtbot)
    pick(page, "rule.question", "What applies?")
    pick(page, "rule.answer.value", "Cold sores")
    tell(page, "rule.staff_message", "A clinician looks at it.")
    qtbot.keyClick(own, Qt.Key.Key_Escape)
    (parked,) = bench.drafts.parked()
    assert (parked.kind, parked.title) == ("rule", "Laser hair removal")

    again = opened(bench, qtbot)
    again.show_draft(parked)
    qtbot.waitUntil(lambda: again.sheet() is not None)

    assert child(again, Select, "rule.question").currentText() == "What applies?"
    assert child(again, Select, "rule.answer.value").currentText() == "Cold sores"
    assert child(again, QPlainTextEdit, "rule.staff_message").toPlainText() == "A clinician looks at it."


def test_a_rule_whose_question_is_gone_asks_for_attention(
    sqlite_store: Store, clinic: SmallClinic, ruled: RuleRow, bench: Workbench, qtbot: QtBot
) -> None:  # R32
    sqlite_store.write(forms.publish, source(item=SKIN["item"][1:]), actor=clinic.owner)
    page = opened(bench, qtbot)
    choose_service(page, "Laser hair removal", qtbot)
    gone = "The question is no longer in the form."
    qtbot.waitUntil(lambda: gone in words(child(page, QWidget, "catalogue.card")))
    open_sheet(page, f"catalogue.rule.{ruled.id}", qtbot)
    assert gone in child(page, Notice, "rule.attention").text()
    press(page, "rule.save", qtbot)
    expected = {"question": "No question is chosen yet. Pick the one that the rule asks about."}
    qtbot.waitUntil(lambda: sheet(page).form.errors() == expected)


def test_without_a_form_there_is_no_rule_to_write(page: Catalogue, qtbot: QtBot) -> None:
    choose_service(page, "Massage", qtbot)
    assert not child(page, Button, "catalogue.new_rule").isVisible()


def test_the_desk_reads_forms_and_rules_and_changes_nothing(
    sqlite_store: Store, clinic: SmallClinic, ruled: RuleRow, bench: Workbench, qtbot: QtBot
) -> None:
    page = opened(bench, qtbot)
    choose_service(page, "Laser hair removal", qtbot)
    bench.take_desk(next(one for one in sqlite_store.read(staff.people) if one.id == clinic.anna))
    for part in ("change_needs", "change_links", "change_forms", "new_rule", f"rule.{ruled.id}", "import_form"):
        assert not any(button.isVisible() for button in page.findChildren(Button, f"catalogue.{part}"))
    qtbot.waitUntil(lambda: "Are you pregnant?" in words(child(page, QWidget, "catalogue.card")))
