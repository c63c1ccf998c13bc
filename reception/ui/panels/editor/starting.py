"""How a new form begins: empty, from a template, as a copy of one of the clinic's, or from a file."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain import questionnaire, screening
from reception.domain.forms import FormRow
from reception.domain.questionnaire.values import Form
from reception.domain.screening import Template
from reception.domain.tables.ids import FormId
from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Kind, ListColumn, ListTable, Prose, hbox, label, pane, vbox

_WIDTH = 860


class Source(StrEnum):
    """What a new form begins from."""

    EMPTY = "empty"
    TEMPLATE = "template"
    COPY = "copy"
    FILE = "file"


class Beginning(NamedTuple):
    """One way to begin: what it is called, how many questions that brings, and what it is for."""

    source: Source
    title: str
    questions: int = 0
    about: str = ""
    name: str = ""
    form: FormId | None = None


@cache
def template(name: str) -> Form:
    """A form that comes with the program."""
    return questionnaire.read((theme.RESOURCES / "forms" / f"{name}.json").read_bytes()).form


@cache
def recommendations() -> tuple[Template, ...]:
    """What is recommended for the forms that come with the program."""
    return screening.templates((theme.RESOURCES / "forms" / "rules" / "templates.json").read_bytes())


def names() -> tuple[str, ...]:
    """The forms that come with the program."""
    return tuple(sorted(file.stem for file in (theme.RESOURCES / "forms").glob("*.json")))


class Starting(QWidget):
    """The list of ways to begin; `chosen` tells which was taken."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("editor.starting")
        columns = [
            ListColumn(self.tr("Begin with"), _title, 250),
            ListColumn(self.tr("Which is"), self._kind, 150, tone=_second),
            ListColumn(self.tr("Questions"), _questions, 72, right=True, tone=_second),
            ListColumn("", _about, tone=_second),
        ]
        self.table: ListTable[Beginning] = ListTable(columns, margin=20, name="editor.beginnings")
        self._go = Button(self.tr("Begin"), Kind.PRIMARY, key="Enter", height=36, name="editor.begin")
        self._go.clicked.connect(self._begin)
        self.table.opened.connect(self.chosen)
        words = Prose(self.tr("Whatever you begin with becomes a form of its own, and can be changed in every part."))
        title = label(self.tr("What does the new form begin with?"), k.TITLE, k.SEMIBOLD)
        column = vbox(title, words, 8, (self.table, 1), 4, hbox(STRETCH, self._go), gap=6, margins=(20, 20, 20, 16))
        middle = pane(column, "surface")
        middle.setMaximumWidth(_WIDTH)
        self.setLayout(vbox((pane(hbox((middle, 100), STRETCH, gap=0), "surface"), 1), gap=0))
        self.setFocusProxy(self.table)

    def show_forms(self, rows: Sequence[FormRow]) -> None:
        """Shows the ways to begin, the clinic's own forms among them."""
        found = [
            Beginning(Source.EMPTY, self.tr("An empty form"), about=self.tr("Nothing in it yet")),
            Beginning(Source.FILE, self.tr("A file…"), about=self.tr("A FHIR Questionnaire, R4 or R5")),
        ]
        for name in names():
            form = template(name)
            count = sum(item.asks for item in form.walk())
            found.append(Beginning(Source.TEMPLATE, form.title, count, form.description, name))
        found += [Beginning(Source.COPY, row.title, row.questions, form=row.id) for row in rows]
        self.table.show_rows(found)
        self.table.choose(found[0])

    def _kind(self, row: Beginning) -> str:
        return {
            Source.EMPTY: "",
            Source.TEMPLATE: self.tr("a template"),
            Source.COPY: self.tr("one of the clinic’s"),
            Source.FILE: "",
        }[row.source]

    def _begin(self) -> None:
        row = self.table.current()
        if row is not None:
            self.chosen.emit(row)


def _title(row: Beginning) -> str:
    return row.title


def _questions(row: Beginning) -> str:
    return str(row.questions) if row.questions else ""


def _about(row: Beginning) -> str:
    return row.about


def _second(_row: Beginning) -> Tone:
    return Tone.INK2
