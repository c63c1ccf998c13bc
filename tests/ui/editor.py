"""Making forms by hand in the whole window: what somebody presses, types and picks in the editor."""

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from reception.domain import forms, questionnaire, screening
from reception.domain.gates import Effect, Operator
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import How, Look, ShowIf, Sort
from reception.domain.questionnaire.values import Item, Value
from reception.domain.screening import RuleDraft, RuleRow
from reception.domain.tables.ids import FormId
from reception.ui.form.rows import QuestionRow, WordsRow
from reception.ui.panels.editor import EditorPage
from reception.ui.panels.editor.starting import Beginning, Source
from reception.ui.panels.editor.state import State
from reception.ui.widgets import Check, LineEdit, ListTable, TextArea
from reception.ui.workbench import Page, Where
from tests.clinic import question
from tests.ui.bench import child
from tests.ui.desk import OpenDesk

YES, NO = Value("boolean", True), Value("boolean", False)
URL = "urn:test:skin"
ITEMS = (
    question(
        "1",
        "Your skin",
        "group",
        item=[
            question("1.1", "Do you have a tattoo?", required=True),
            question(
                "1.2",
                "What applies?",
                "choice",
                answerOption=[{"valueCoding": {"code": code, "display": code.title()}} for code in ("scars", "sores")],
            ),
        ],
    ),
    question("2", "Your health", "group", item=[question("2.1", "Are you pregnant?", required=True)]),
)


def publish(desk: OpenDesk, *items: dict[str, Any]) -> FormId:
    source = {"resourceType": "Questionnaire", "url": URL, "title": "Skin check", "status": "active"}
    text = questionnaire.dump_json({**source, "item": items or ITEMS}).encode()
    version = desk.store.write(forms.publish, text, actor=desk.clinic.owner).answer
    return desk.store.read(forms.version, version).form


def rule(desk: OpenDesk, form: FormId, link_id: str = "1.1", answer: Value = YES, **more: Any) -> None:
    words = {"staff_message": "Keep away from it", "client_message": "Please speak to us"}
    told = {"operator": Operator.EQUAL, "effect": Effect.BLOCK, **words, **more}
    draft = RuleDraft(desk.clinic.laser, form, link_id, answer=answer, **told)
    desk.store.write(screening.add_rule, draft, actor=desk.clinic.owner)


def edit(desk: OpenDesk, form: FormId) -> EditorPage:
    desk.bench.goto.emit(Where(Page.EDITOR, form=form))
    return opened(desk)


def opened(desk: OpenDesk) -> EditorPage:
    page = desk.window.places.editor
    desk.until(lambda: page.columns.work() is not None)
    return page


def begin(desk: OpenDesk, source: Source, title: str = "") -> EditorPage:
    """Begins a new form with one of the rows of the list."""
    desk.sit_down(desk.clinic.manager)
    desk.bench.goto.emit(Where(Page.EDITOR))
    page = desk.window.places.editor
    desk.until(page.starting.isVisible)
    table: ListTable[Beginning] = page.starting.table
    table.choose(next(row for row in table.rows() if row.source is source and title in row.title))
    desk.press("editor.begin")
    return page


def state(page: EditorPage) -> State:
    work = page.columns.work()
    assert work is not None
    return work.state


def line(page: EditorPage, link_id: str) -> editing.Entry:
    found = editing.entry(state(page).draft, link_id)
    assert found is not None
    return found


def only(link_id: str, how: How, answer: Value | None = None) -> ShowIf:
    return ShowIf((Look(link_id, how, answer),))


def listed(page: EditorPage) -> list[str]:
    """The names in the list, the form itself left out."""
    return [one.key for one in page.columns.outline.table.rows() if one.entry is not None]


def add(page: EditorPage, sort: Sort) -> str:
    """Puts an entry in through the menu; gives its name."""
    act = page.columns.outline.menu.findChild(QAction, f"editor.add.{sort.name.lower()}")
    assert act is not None
    act.trigger()
    return page.columns.chosen


def write(desk: OpenDesk, page: QWidget, name: str, words: str) -> None:
    """Types words over what stands in a field."""
    field = page.findChild(QWidget, name)
    assert isinstance(field, LineEdit | TextArea), name
    field.setFocus()
    field.selectAll()
    desk.qtbot.keyClicks(field, words)


def tick(desk: OpenDesk, page: QWidget, name: str) -> None:
    desk.qtbot.mouseClick(child(page, Check, name), Qt.MouseButton.LeftButton, pos=QPoint(8, 10))


def look_through(desk: OpenDesk) -> None:
    desk.press("editor.look_through")


def publish_it(desk: OpenDesk) -> None:
    look_through(desk)
    with desk.qtbot.waitSignal(desk.bench.said):
        desk.press("editor.publish")
    desk.until(lambda: desk.window.places.page is Page.CATALOGUE)


def newest(desk: OpenDesk, form: FormId) -> forms.Version:
    return desk.store.read(forms.newest, form)


def asked(desk: OpenDesk, form: FormId, link_id: str) -> Item:
    return next(one for one in newest(desk, form).questionnaire.walk() if one.link_id == link_id)


def rules(desk: OpenDesk, form: FormId) -> tuple[RuleRow, ...]:
    return desk.store.read(screening.rules, form=form)


def shown(page: EditorPage) -> list[str]:
    """The words of the preview, in their order."""
    assert page.columns.preview.view is not None
    rows = page.columns.preview.view.findChildren(QWidget)
    return [row.accessibleName() for row in rows if isinstance(row, QuestionRow | WordsRow) and row.isVisible()]


def answer(desk: OpenDesk, page: EditorPage, words: str, choice: str) -> None:
    """Answers a question of the preview."""
    assert page.columns.preview.view is not None
    row = next(one for one in page.columns.preview.view.questions() if one.item.words == words)
    button = next(one for one in row.findChildren(QAbstractButton) if one.text() == choice)
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def drag(view: QWidget, to: QPoint) -> None:
    """Moves the mouse with its button down; the simple way leaves the button out."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(to), QPointF(view.mapToGlobal(to)), left, left, none)
    QApplication.sendEvent(view, event)
