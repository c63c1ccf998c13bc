"""A form from a file, looked at before it is published: what was read, what was repaired, what can't be done."""

from base64 import b64decode, b64encode
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import forms, questionnaire
from reception.domain.errors import Refused
from reception.domain.forms import Looked
from reception.domain.questionnaire.values import Repair
from reception.ui.actions import action
from reception.ui.dialogs.editing import Editing, Fact, counted, head
from reception.ui.dialogs.files import bytes_of, pick_json
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Check, Icon, Prose, caption, clear, hbox, pane, vbox
from reception.ui.workbench import Undo, Workbench

_SIGNS = {"repaired": ("done", Tone.GOOD), "limited": ("alert", Tone.WARN), "note": ("info", Tone.INK3)}
_MOST = 40
"""Lines of a report that are read; beyond, their number says enough."""


class ImportSheet(Editing):
    """A form that was read from a file; publishing makes it the newest version of its form, and keeps the file."""

    def __init__(self, bench: Workbench, source: bytes, looked: Looked, parent: QWidget | None = None) -> None:
        super().__init__(bench, "form_import", parent=parent)
        self._source, self._looked = source, looked
        self._material = Check(self.tr("Answers to earlier versions no longer count"))
        form = looked.read.form
        self.title.show_words(form.title or self.tr("A form without a title"))
        self.subtitle.show_words(self.tr("Not published yet"))
        self.go.show_words(self.tr("Publish"))
        self.form.add_row(Fact(self._said(), name="form_import.said"))
        self.form.add_row(Fact(self._becomes(), name="form_import.becomes"))
        changed = self.field("material", self.tr("What is asked has changed so that"), self._material)
        self.row(changed)
        changed.setVisible(looked.held is not None)
        self._found = vbox(gap=6)
        self._add = Button(self.tr("Add a list of answers…"), icon="form", height=28, name="form_import.add_list")
        self._add.clicked.connect(self._pick_list)
        self.add_below(pane(self._found), hbox(self._add, STRETCH))
        self._show_report()
        if form.copyright:
            self.add_below(head(self.tr("Copyright")), Prose(form.copyright))

    @override
    def draft_title(self) -> str:
        return self._looked.read.form.title or self.tr("A form without a title")

    @override
    def fields(self) -> dict[str, Any]:
        return {**super().fields(), "source": b64encode(self._source).decode("ascii")}

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        write, held = self.bench.backend.write, self._looked.held
        await write(forms.publish, self._source, material=self._material.isChecked(), id=id)
        if held is not None:
            words = self.tr("Published version {} of {}").format(held.number + 1, self.draft_title())
            return words, None
        url = self._looked.read.form.url
        rows = await self.bench.backend.read(forms.forms)
        new = next((row.id for row in rows if row.url == url), None)
        undo = partial(write, forms.retire, new) if new is not None else None
        return self.tr("Published {}").format(self.draft_title()), undo

    def _said(self) -> str:
        """What the file holds, in a sentence."""
        read = self._looked.read
        count = sum(item.asks for item in read.form.walk())
        questions = counted(count, self.tr("1 question"), self.tr("{} questions"))
        by = self.tr(" by {}").format(read.form.publisher) if read.form.publisher else ""
        return self.tr("A FHIR {} form{} with {}.").format(read.fhir, by, questions)

    def _becomes(self) -> str:
        held = self._looked.held
        if held is None:
            return self.tr("It is new here, and asked of nobody until a service requires it.")
        words = self.tr("It becomes version {} of “{}”. Answers that were given stay with the version they answered.")
        return words.format(held.number + 1, held.title)

    def _show_report(self) -> None:
        """What reading it found; where a list of answers isn't here, it can be given."""
        report = self._looked.read.report
        clear(self._found)
        self._found.addWidget(head(self.tr("What reading it found")))
        for repair in report[:_MOST]:
            self._found.addWidget(_line(repair))
        if len(report) > _MOST:
            self._found.addWidget(caption(self.tr("and {} more").format(len(report) - _MOST)))
        if not report:
            words = self.tr("Read as it is: nothing was repaired, and everything in it can be asked.")
            self._found.addWidget(Prose(words))
        self._add.setVisible(bool(self._unlisted()))

    def _unlisted(self) -> int:
        """How many questions ask from a list that isn't here."""
        return sum(item.unlisted for item in self._looked.read.form.walk())

    def _pick_list(self) -> None:
        pick_json(self, self.tr("A list of answers"), self.tr("Lists"), self._read_list)

    @action
    async def _read_list(self, name: str) -> None:
        """Takes a list in beside the form, as one file with it; one that no question asks from isn't taken."""
        before, source = self._unlisted(), questionnaire.packed(self._source, [bytes_of(Path(name))])
        looked = await self.bench.backend.read(forms.look, source)
        if sum(item.unlisted for item in looked.read.form.walk()) == before:
            raise Refused("No question of this form asks from “{name}”. Choose another list.", name=Path(name).name)
        self._source, self._looked = source, looked
        self._show_report()
        self._edited()


def source_of(fields: dict[str, Any]) -> bytes:
    """The file that a parked import holds."""
    return b64decode(fields["source"])


def _line(repair: Repair) -> QWidget:
    icon, tone = _SIGNS.get(repair.level, _SIGNS["note"])
    where = caption(repair.link_id) if repair.link_id else None
    sign = vbox(1, Icon(icon, tone), STRETCH, gap=0)
    return pane(hbox(sign, (vbox(Prose(repair.words), where, gap=1), 1), gap=8, margins=(0, 3, 0, 3)))
