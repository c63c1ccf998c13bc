"""A form on paper: handed in, half filled in, and empty for a pen; printed into a file, and read back from it."""

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QRadioButton, QSpinBox

from reception.domain import questionnaire
from reception.domain.questionnaire.values import Form, Value
from reception.ui import theme
from reception.ui.ask import ChoiceQuestion
from reception.ui.form.paper import Paper, blank, write_pdf
from reception.ui.form.paper.sheets import packed
from reception.ui.form.paper.strips import Block, air
from reception.ui.text import Formats
from reception.ui.widgets import Segmented
from reception.ui.workbench import Page, Where
from tests.clinic import question
from tests.domain.sheets import HL7, SDC, coded, concept, extended, form
from tests.pdf import PdfPage, pages
from tests.ui.desk import OpenDesk
from tests.ui.looks import in_light
from tests.ui.papers import (
    SIGNED,
    fill,
    fill_in,
    find,
    finished,
    opened,
    publish,
    row,
    sign,
)

FORMS = Path(__file__).parents[2] / "resources" / "forms"
LONG = tuple(question(f"q{n}", f"Question number {n}, is it so?") for n in range(60))


@pytest.fixture(autouse=True)
def printers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A printer is there; where it isn't, Qt's dialog prints into a file."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Desk printer"])


def asked_where(desk: OpenDesk) -> QPrintDialog:
    desk.until(lambda: desk.frame.findChild(QPrintDialog) is not None)
    dialog = desk.frame.findChild(QPrintDialog)
    assert dialog is not None
    desk.until(dialog.isVisible)
    return dialog


def printed(desk: OpenDesk, file: Path) -> list[PdfPage]:
    """Has the print dialog print into a file, and reads it."""
    dialog = asked_where(desk)
    line = dialog.findChild(QLineEdit, "filename")
    assert line is not None
    line.setText(str(file))
    dialog.accept()
    desk.until(lambda: file.exists() and file.read_bytes().rstrip().endswith(b"%%EOF"))
    return pages(file)


def saved(desk: OpenDesk, file: Path) -> list[PdfPage]:
    """Names the file that is asked for, and reads it."""
    desk.until(lambda: desk.frame.findChild(QFileDialog, "form.pdf.file") is not None)
    picker = find(desk, QFileDialog, "form.pdf.file")
    picker.findChild(QLineEdit, "fileNameEdit").setText(str(file))
    picker.accept()
    desk.until(lambda: file.exists() and file.read_bytes().rstrip().endswith(b"%%EOF"))
    return pages(file)


def choose(desk: OpenDesk, answer: Qt.Key) -> None:
    desk.until(lambda: any(one.isVisible() for one in desk.frame.findChildren(ChoiceQuestion)))
    desk.key(answer)


def test_what_was_handed_in_is_printed_with_its_signature(desk: OpenDesk, tmp_path: Path) -> None:
    opened(desk, publish(desk, extension=SIGNED))
    fill_in(desk, pregnant=True)
    sign(desk)
    finished(desk)
    desk.ctrl(Qt.Key.Key_P)
    (sheet,) = printed(desk, tmp_path / "skin.pdf")
    runs = sheet.runs
    assert {"Skin check", "version 1", "Beatrix Hale, 1988", "1 of 1"} <= set(runs)
    assert runs[runs.index("2.1 Are you pregnant?") + 1] == "Yes"
    assert runs[runs.index("2.2 Do you take a blood thinner?") + 1] == "\N{EN DASH}"
    assert "Signed by Beatrix Hale, 24 Nov 2026 08:00" in runs
    assert "answered by Anna Rivers for the client" in sheet.text
    assert "Not handed in" not in sheet.text


def test_what_isnt_handed_in_says_so_on_paper(desk: OpenDesk, tmp_path: Path) -> None:
    opened(desk, publish(desk))
    fill(desk, "form.q.1.1.line", "Beatrix Hale")
    desk.ctrl(Qt.Key.Key_P)
    choose(desk, Qt.Key.Key_1)
    (sheet,) = printed(desk, tmp_path / "draft.pdf")
    assert "Not handed in, as it stood 24 Nov 2026 08:00" in sheet.runs
    assert sheet.runs[sheet.runs.index("Your name") + 1] == "Beatrix Hale"


def test_an_empty_one_for_a_pen_holds_no_answers(desk: OpenDesk, tmp_path: Path) -> None:
    opened(desk, publish(desk, extension=SIGNED))
    fill(desk, "form.q.1.1.line", "Trixi")
    desk.ctrl(Qt.Key.Key_P)
    choose(desk, Qt.Key.Key_2)
    (sheet,) = printed(desk, tmp_path / "empty.pdf")
    assert "Beatrix Hale, 1988" in sheet.runs
    assert "Trixi" not in sheet.text
    assert sheet.runs.count("Yes") == sheet.runs.count("No") == 2
    assert {"Your name *", "dd / mm / yyyy", "Signature"} <= set(sheet.runs)


def test_every_sheet_says_whose_it_is_and_which_of_how_many(desk: OpenDesk, tmp_path: Path) -> None:
    opened(desk, publish(desk, items=LONG))
    desk.press("form.print")
    choose(desk, Qt.Key.Key_2)
    sheets = printed(desk, tmp_path / "long.pdf")
    assert len(sheets) > 2
    for n, sheet in enumerate(sheets, 1):
        assert {"Skin check", "version 1", "Beatrix Hale, 1988", f"{n} of {len(sheets)}"} <= set(sheet.runs)
        numbers = [run for run in sheet.runs if run.startswith("Question number")]
        assert sheet.runs.count("Yes") == sheet.runs.count("No") == len(numbers) > 0


def test_only_the_pages_that_were_asked_for_are_printed(desk: OpenDesk, tmp_path: Path) -> None:
    opened(desk, publish(desk, items=LONG))
    desk.ctrl(Qt.Key.Key_P)
    choose(desk, Qt.Key.Key_2)
    dialog = asked_where(desk)
    dialog.findChild(QRadioButton, "printRange").setChecked(True)  # type: ignore[union-attr]
    for name in ("from", "to"):
        dialog.findChild(QSpinBox, name).setValue(2)  # type: ignore[union-attr]
    (sheet,) = printed(desk, tmp_path / "second.pdf")
    assert any(run.startswith("2 of ") for run in sheet.runs)


def test_what_is_typed_goes_on_after_somebody_thought_better_of_printing(desk: OpenDesk) -> None:
    opened(desk, publish(desk))
    fill(desk, "form.q.1.1.line", "Bea")
    desk.ctrl(Qt.Key.Key_P)
    choose(desk, Qt.Key.Key_1)
    asked_where(desk).reject()
    desk.until(lambda: desk.frame.findChild(QPrintDialog) is None)
    assert row(desk, "1.1").answer() == (Value("string", "Bea"),)


def test_what_was_handed_in_is_saved_as_a_pdf(desk: OpenDesk, tmp_path: Path) -> None:
    opened(desk, publish(desk))
    fill_in(desk, pregnant=False)
    finished(desk)
    desk.press("form.pdf")
    (sheet,) = saved(desk, tmp_path / "skin.pdf")
    assert sheet.runs[sheet.runs.index("2.1 Are you pregnant?") + 1] == "No"


def test_without_a_printer_a_pdf_is_offered(desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    opened(desk, publish(desk))
    fill_in(desk, pregnant=False)
    finished(desk)
    desk.ctrl(Qt.Key.Key_P)
    desk.until(lambda: any(one.isVisible() for one in desk.frame.findChildren(ChoiceQuestion)))
    assert find(desk, ChoiceQuestion, "ask").accessibleName() == "This PC has no printer"
    desk.key(Qt.Key.Key_1)
    (sheet,) = saved(desk, tmp_path / "skin.pdf")
    assert "Beatrix Hale, 1988" in sheet.runs


def test_the_jobs_of_a_printer_dont_name_the_client(desk: OpenDesk) -> None:
    opened(desk, publish(desk))
    fill_in(desk, pregnant=False)
    finished(desk)
    desk.ctrl(Qt.Key.Key_P)
    dialog = asked_where(desk)
    assert dialog.printer().docName() == "Skin check"
    dialog.reject()
    desk.until(lambda: desk.frame.findChild(QPrintDialog) is None)


def test_an_empty_form_is_printed_from_the_catalogue(desk: OpenDesk, tmp_path: Path) -> None:
    publish(desk)
    desk.bench.goto.emit(Where(Page.CATALOGUE))
    desk.until(lambda: desk.frame.findChild(Segmented, "catalogue.section") is not None)
    QTest.mouseClick(find(desk, Segmented, "catalogue.section").button(2), Qt.MouseButton.LeftButton)
    desk.until(lambda: any(one.isVisible() for one in desk.frame.findChildren(QAbstractButton, "catalogue.print_form")))
    desk.press("catalogue.print_form")
    (sheet,) = printed(desk, tmp_path / "empty.pdf")
    assert {"Skin check", "version 1", "Name", "Born", "Your name *", "1 of 1"} <= set(sheet.runs)


@pytest.fixture
def formats() -> Formats:
    return Formats("en_GB", "GBP", ZoneInfo("Europe/London"))


def empty(asked: Form, formats: Formats, folder: Path) -> list[PdfPage]:
    """The form for a pen, read back."""
    write_pdf(Paper(asked.title, "version 1", partial(blank, asked, formats)), folder / "empty.pdf")
    return pages(folder / "empty.pdf")


def when(question: str, operator: str, **answer: Any) -> dict[str, Any]:
    return {"question": question, "operator": operator, **answer}


DRY, OILY = coded("a", "Dry"), coded("b", "Oily")
ASKED = (
    question("smoke", "Do you smoke?"),
    question("born", "When were you born?", "date"),
    question("hours", "Hours of sleep?", "integer"),
    question("skin", "Your skin?", "choice", answerOption=[DRY, OILY]),
)


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ([when("smoke", "=", answerBoolean=True)], "Only if “Do you smoke?” is Yes"),
        ([when("smoke", "exists", answerBoolean=False)], "Only if “Do you smoke?” is not answered"),
        ([when("hours", ">", answerInteger=9)], "Only if “Hours of sleep?” is more than 9"),
        ([when("hours", "<=", answerInteger=4)], "Only if “Hours of sleep?” is at most 4"),
        ([when("born", "<", answerDate="1960")], "Only if “When were you born?” is before 1960"),
        ([when("born", ">=", answerDate="2008-09")], "Only if “When were you born?” is September 2008 or later"),
        ([when("skin", "=", answerCoding=OILY["valueCoding"])], "Only if “Your skin?” is Oily"),
        (
            [
                when("skin", "exists", answerBoolean=True),
                when("skin", "!=", answerCoding=DRY["valueCoding"]),
            ],
            "Only if “Your skin?” is not Dry",
        ),
        (
            [when("smoke", "=", answerBoolean=True), when("hours", "<", answerInteger=6)],
            "Only if “Do you smoke?” is Yes and “Hours of sleep?” is less than 6",
        ),
    ],
)
def test_a_condition_is_said_in_words(
    conditions: list[dict[str, Any]], words: str, formats: Formats, tmp_path: Path, qapp: QApplication
) -> None:
    asked = form(*ASKED, question("more", "Tell us more", "string", enableWhen=conditions, enableBehavior="all"))
    (sheet,) = empty(asked, formats, tmp_path)
    assert sheet.runs[sheet.runs.index("Tell us more") - 1] == words


def test_one_of_several_conditions_is_enough(formats: Formats, tmp_path: Path, qapp: QApplication) -> None:
    conditions = [when("smoke", "=", answerBoolean=True), when("hours", "<", answerInteger=6)]
    asked = form(*ASKED, question("more", "Tell us", "string", enableWhen=conditions, enableBehavior="any"))
    (sheet,) = empty(asked, formats, tmp_path)
    assert "Only if “Do you smoke?” is Yes or “Hours of sleep?” is less than 6" in sheet.runs


def test_what_a_pen_cant_answer_isnt_on_paper(formats: Formats, tmp_path: Path, qapp: QApplication) -> None:
    expression = {"language": "text/fhirpath", "expression": "1 + 1"}
    total = extended(f"{SDC}calculatedExpression", valueExpression=expression)
    asked = form(
        question("photo", "A photo", "attachment"),
        question("sum", "Total", "decimal", extension=[total]),
        question("told", "That is a lot", "display", enableWhen=[when("sum", ">", answerDecimal=1)]),
        question("own", "Filled in by us", "string", readOnly=True),
        question("gone", "Hidden", "string", extension=[extended(f"{HL7}questionnaire-hidden", valueBoolean=True)]),
        question("group", "Only pictures", "group", item=[question("picture", "Another photo", "attachment")]),
        question("name", "Your name", "string"),
        title="Skin check",
    )
    (sheet,) = empty(asked, formats, tmp_path)
    note = "Tick one box for each question, unless it says otherwise. * must be answered."
    assert sheet.runs == ("Skin check", "Name", "Born", "version 1", note, "Your name", "1 of 1")


def test_answers_are_boxes_and_a_line_for_ones_own_words(formats: Formats, tmp_path: Path, qapp: QApplication) -> None:
    options = [coded("a", "Latex"), coded("b", "Nuts")]
    asked = form(
        question("open", "Allergies?", "open-choice", repeats=True, answerOption=options),
        question("long", "Which country?", "choice", answerOption=[coded(f"c{n}", f"Land {n}") for n in range(40)]),
    )
    (sheet,) = empty(asked, formats, tmp_path)
    at = sheet.runs.index("Allergies?")
    assert sheet.runs[at + 1 : at + 5] == ("Tick all that apply.", "Latex", "Nuts", "Another:")
    assert "Land 3" not in sheet.text


def test_a_table_has_empty_lines(formats: Formats, tmp_path: Path, qapp: QApplication) -> None:
    control = extended(f"{HL7}questionnaire-itemControl", valueCodeableConcept=concept("gtable"))
    cells = [question("drug", "Medicine", "string"), question("daily", "Every day?")]
    asked = form(question("drugs", "Medicines", "group", repeats=True, extension=[control], item=cells))
    (sheet,) = empty(asked, formats, tmp_path)
    assert {"Medicines", "Medicine", "Every day?", "Yes / No", "Is there more? Write it on the back."} <= set(
        sheet.runs
    )


def test_questions_with_the_same_answers_share_their_columns(
    formats: Formats, tmp_path: Path, qapp: QApplication
) -> None:
    control = extended(f"{HL7}questionnaire-itemControl", valueCodeableConcept=concept("table"))
    options = [coded("a", "Never"), coded("b", "Often")]
    lines = [question(f"q{n}", f"Question {n}", "choice", answerOption=options) for n in range(60)]
    sheets = empty(form(question("g", "How often?", "group", extension=[control], item=lines)), formats, tmp_path)
    assert [sheet.runs.count("Never") for sheet in sheets] == [1] * len(sheets)
    assert sum(run.startswith("Question ") for sheet in sheets for run in sheet.runs) == 60


def test_what_is_hidden_in_a_table_isnt_on_paper(formats: Formats, tmp_path: Path, qapp: QApplication) -> None:
    hidden = {"extension": [extended(f"{HL7}questionnaire-hidden", valueBoolean=True)]}
    often = {"answerOption": [coded("a", "Never"), coded("b", "Often")]}
    for code, kind, repeats in (("gtable", "string", True), ("table", "choice", False)):
        control = extended(f"{HL7}questionnaire-itemControl", valueCodeableConcept=concept(code))
        own = often if kind == "choice" else {}
        cells = [question("gone", "For us", kind, **hidden, **own), *(question(n, n, kind, **own) for n in ("b", "c"))]
        held = question("g", "Medicines", "group", repeats=repeats, extension=[control], item=cells)
        (sheet,) = empty(form(held), formats, tmp_path)
        assert {"Medicines", "b", "c"} <= set(sheet.runs)
        assert "For us" not in sheet.runs
        assert sheet.runs.count("Never") == (0 if repeats else 1)


def test_paper_is_black_on_white_whatever_the_theme(formats: Formats, tmp_path: Path, qapp: QApplication) -> None:
    with in_light(qapp):
        theme.apply(qapp, dark=True)
        (sheet,) = empty(form(*ASKED), formats, tmp_path)
    assert sheet.colours == {(0.0, 0.0, 0.0)}


@pytest.mark.parametrize("file", sorted(FORMS.glob("*.json")), ids=lambda file: str(file.stem))
def test_our_own_forms_fit_on_paper(file: Path, formats: Formats, tmp_path: Path, qapp: QApplication) -> None:
    sheets = empty(questionnaire.read(file.read_bytes()).form, formats, tmp_path)
    assert 0 < len(sheets) <= 4
    assert all({"Name", "Born", f"{n} of {len(sheets)}"} <= set(sheet.runs) for n, sheet in enumerate(sheets, 1))


def block(*heights: float, keeps: bool = False) -> Block:
    return Block(tuple(air(height) for height in heights), above=5, keeps=keeps)


def heights(blocks: list[Block], room: float) -> list[list[float]]:
    """What each page holds, without the air above blocks."""
    return [[spot.strip.height for spot in page if spot.strip.height != 5] for page in packed(blocks, room)]


def test_a_block_goes_to_the_next_page_whole() -> None:
    assert heights([block(40, 20), block(20, 30)], 100) == [[40, 20], [20, 30]]


def test_a_heading_goes_with_what_stands_below_it() -> None:
    assert heights([block(60), block(10, keeps=True), block(30)], 100) == [[60], [10, 30]]


def test_a_block_that_no_page_holds_is_cut_between_its_lines() -> None:
    assert heights([block(30), block(40, 40, 40)], 100) == [[30, 40], [40, 40]]


def test_the_head_of_a_table_is_said_again_on_the_next_page() -> None:
    lines = [block(8, keeps=True), *(Block((air(30),), again=(air(8),)) for _ in range(4))]
    assert [sum(spot.strip.height == 8 for spot in page) for page in packed(lines, 100)] == [1, 1]


def test_the_top_of_a_page_needs_no_air() -> None:
    first, second = packed([block(90), block(20)], 100)
    assert (first[0].y, second[0].y) == (0, 0)


def test_printing_is_loaded_only_by_whoever_prints() -> None:
    code = "import sys, reception.ui.main_window; sys.exit('PySide6.QtPrintSupport' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603 - our own words
    assert ended.returncode == 0
