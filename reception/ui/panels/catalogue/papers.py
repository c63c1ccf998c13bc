"""The health forms that the clinic asks: imported from files, versioned, retired."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from reception.domain import forms, screening
from reception.domain.access import Act
from reception.domain.forms import FormRow
from reception.domain.tables.ids import FormId
from reception.ui.actions import action
from reception.ui.dialogs.editing import Place
from reception.ui.dialogs.files import bytes_of, pick_json
from reception.ui.dialogs.form_import import ImportSheet, source_of
from reception.ui.dialogs.printing import blank_paper, print_paper
from reception.ui.panels.catalogue.form_card import FormCard, Paper
from reception.ui.panels.catalogue.parts import MARGIN, Sieve, row_tone, second_tone, section_head
from reception.ui.tokens import Tone
from reception.ui.widgets import Button, Empty, ListColumn, ListTable, hbox, pane, vbox
from reception.ui.workbench import Draft, Page, Where, Workbench

KINDS = frozenset({"form_import"})
"""The drafts that are gone on with here."""


class Papers(QWidget):
    """One list of forms, and beside it the one that is chosen."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self._forms: tuple[FormRow, ...] = ()
        self._paper: Paper | None = None
        self._sieve = Sieve("", retired=False)
        self._new = Button(self.tr("New form…"), icon="plus", name="catalogue.new_form")
        self._import = Button(self.tr("Import a form…"), icon="form", name="catalogue.import_form")
        self._table = ListTable(self._columns(), margin=MARGIN, name="catalogue.forms")
        self._nothing = Empty("form", "", "", width=360, name="catalogue.no_forms")
        self._card = FormCard(bench)
        self.place = Place(self._card)
        head = section_head(self.tr("Health forms"), self._import, self._new)
        lists = vbox(head, (self._table, 1), (self._nothing, 1), gap=0)
        self.setLayout(hbox((pane(lists), 1), self.place, gap=0))
        self._import.clicked.connect(self._pick_file)
        self._new.clicked.connect(self._begin)
        self._card.edit_asked.connect(self._edit)
        self._card.print_asked.connect(self._print)
        printing = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        printing.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        printing.activated.connect(self._print)
        self._table.opened.connect(self._open)
        self._table.chosen.connect(self._choose)
        self._card.turn_asked.connect(self._turn)
        self.place.emptied.connect(self._go_back)

    def show_forms(self, rows: tuple[FormRow, ...], paper: Paper | None) -> None:
        """Shows the forms, retired ones where they are asked for, and what rests on the one that is chosen."""
        self._forms, self._paper = rows, paper
        self.show_rows(self._sieve)

    def show_rows(self, sieve: Sieve) -> None:
        """Shows the rows that are wanted."""
        self._sieve, chosen = sieve, self.chosen()
        rows = [one for one in self._forms if sieve.lets(one.title, retired=one.retired)]
        self._table.show_rows(rows)
        again = next((one for one in rows if one.id == chosen), None) or next(iter(rows), None)
        if again is not None and self._table.current() != again:
            self._table.choose(again)
        self._table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        if self._forms:
            self._nothing.show_words(
                self.tr("Nothing matches"), self.tr("Type other words, or show the retired ones too.")
            )
        else:
            words = self.tr("A form is a FHIR Questionnaire in a file. Import one, then let services require it.")
            self._nothing.show_words(self.tr("No forms yet"), words)
        self._show_card()

    def show_rights(self) -> None:
        """Shows what whoever is at the desk may change."""
        for button in (self._import, self._new):
            button.setVisible(self.bench.may(Act.FORMS))
        self._show_card()

    def show_draft(self, draft: Draft) -> None:
        """Goes on with an import that was parked."""
        self._look(source_of(draft.body["fields"]), draft)

    def chosen(self) -> FormId | None:
        """The form that the card shows."""
        form = self._table.current()
        return form.id if form is not None else None

    async def read_paper(self, form: FormId) -> Paper:
        """All that rests on a form."""
        read = self.bench.backend.read
        versions = await read(forms.versions, form)
        return Paper(form, versions, await read(screening.rules, form=form))

    def _columns(self) -> list[ListColumn[FormRow]]:
        return [
            ListColumn(self.tr("Title"), _named, tone=_tone),
            ListColumn(self.tr("Version"), _number, 60, right=True, tone=_second),
            ListColumn(self.tr("Published"), self._published, 104, tone=_second),
            ListColumn(self.tr("Questions"), _questions, 72, right=True, tone=_second),
            ListColumn(self.tr("Answers"), _answers, 64, right=True, tone=_second),
            ListColumn(self.tr("Required by"), self._required_by, 212, tone=_second),
        ]

    def _published(self, form: FormRow) -> str:
        return self.bench.formats.full(form.published)

    def _required_by(self, form: FormRow) -> str:
        return ", ".join(form.services)

    def _show_card(self) -> None:
        form, paper = self._table.current(), self._paper
        if form is None:
            self._card.show_none()
        elif paper is not None and paper.form == form.id:
            self._card.show_form(form, paper, mine=self.bench.may(Act.FORMS))

    def _choose(self, form: FormRow | None) -> None:
        if form is not None and (self._paper is None or self._paper.form != form.id):
            self._read_chosen(form)

    @action
    async def _read_chosen(self, form: FormRow) -> None:
        paper = await self.read_paper(form.id)
        if self.chosen() == form.id:
            self._paper = paper
            self._show_card()

    # Making and changing

    def _begin(self) -> None:
        self.bench.goto.emit(Where(Page.EDITOR))

    def _open(self, form: FormRow) -> None:
        if self.bench.may(Act.FORMS):
            self.bench.goto.emit(Where(Page.EDITOR, form=int(form.id)))

    def _edit(self) -> None:
        form = self._table.current()
        if form is not None:
            self._open(form)

    @action
    async def _print(self) -> None:
        """An empty one, for somebody who would rather have a pen."""
        form, paper = self._table.current(), self._paper
        if form is not None and paper is not None and paper.form == form.id:
            await print_paper(self.bench, self.window(), blank_paper(self.bench, paper.versions[0]))

    # Importing and retiring

    def _pick_file(self) -> None:
        pick_json(self, self.tr("A form to import"), self.tr("Forms"), self._read_file)

    @action
    async def _read_file(self, name: str) -> None:
        await self._show_looked(bytes_of(Path(name)), None)

    @action
    async def _look(self, source: bytes, draft: Draft) -> None:
        await self._show_looked(source, draft)

    async def _show_looked(self, source: bytes, draft: Draft | None) -> None:
        looked = await self.bench.backend.read(forms.look, source)
        if self.bench.may(Act.FORMS):
            self.place.show_sheet(ImportSheet(self.bench, source, looked), draft)

    @action
    async def _turn(self) -> None:
        form, write = self._table.current(), self.bench.backend.write
        if form is None:
            return
        there, back = (forms.restore, forms.retire) if form.retired else (forms.retire, forms.restore)
        await write(there, form.id)
        words = self.tr("Brought back {}") if form.retired else self.tr("Retired {}")
        self.bench.said.emit(words.format(form.title), partial(write, back, form.id))

    def _go_back(self) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)


def _named(form: FormRow) -> str:
    return f"{form.title}, retired" if form.retired else form.title


def _number(form: FormRow) -> str:
    return str(form.number)


def _questions(form: FormRow) -> str:
    return str(form.questions)


def _answers(form: FormRow) -> str:
    return str(form.responses) if form.responses else ""


def _tone(form: FormRow) -> Tone:
    return row_tone(retired=form.retired)


def _second(form: FormRow) -> Tone:
    return second_tone(retired=form.retired)
