"""The look at everything before a form is published: what is to be corrected, and what changes for answers so far."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Finding, Weight
from reception.ui import tokens as k
from reception.ui.dialogs.editing import counted
from reception.ui.dialogs.sheet import PAD
from reception.ui.panels.editor.bits import Region, block
from reception.ui.panels.editor.facts import Facts
from reception.ui.panels.editor.state import Work
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    Check,
    Hair,
    Icon,
    Kind,
    Prose,
    hbox,
    label,
    pane,
    vbox,
)


class Publishing(QWidget):
    """The list of findings, each with the way to it; publishing waits until nothing has to be corrected."""

    go_asked = Signal(str)
    unrule_asked = Signal(str)
    publish_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("editor.publishing")
        self.material = Check(self.tr("Earlier answers no longer count"), name="editor.material")
        kept = self.tr("For when it asks something else now. Either way answers stay with the version they answered.")
        self._material = pane(vbox(self.material, Prose(kept, size=k.CAPTION), gap=4, margins=(PAD, 10, PAD, 0)))
        self.go = Button("", Kind.PRIMARY, height=36, wide=True, name="editor.publish")
        self._back = Button(self.tr("Not yet"), height=36, name="editor.not_yet")
        self._region = Region()
        title = label(self.tr("Before it is published"), k.HEADING, k.SEMIBOLD)
        head = pane(hbox(title, STRETCH, margins=(PAD, 0, PAD, 0)), height=44)
        foot = pane(hbox(self._back, (self.go, 1), gap=8, margins=(PAD, 10, PAD, 11)))
        self.setLayout(vbox(head, Hair(), (self._region, 1), Hair(strong=True), self._material, foot, gap=0))
        self._back.clicked.connect(self.left)
        self.go.clicked.connect(self.publish_asked)

    def show_work(self, facts: Facts, work: Work) -> None:
        """Shows what was found, and what publishing would do."""
        found = facts.findings()
        errors = [one for one in found if one.weight is Weight.ERROR]
        warnings = [one for one in found if one.weight is Weight.WARNING]
        parts = []
        if errors:
            parts.append(block(self.tr("To be corrected first"), *self._lines(errors, facts)))
        if warnings:
            parts.append(block(self.tr("Worth a second look"), *self._lines(warnings, facts)))
        if not found:
            good = hbox(Icon("done", Tone.GOOD), (Prose(self.tr("Nothing was found.")), 1), gap=8)
            parts.append(block(self.tr("Looked through"), good))
        self._region.show_parts([*parts, block(self.tr("What changes"), *self._changes(facts, work), last=True)])
        asks = work.asks_otherwise
        self._material.setVisible(asks and work.before is not None)
        number = self.tr("Publish version {}").format(work.number + 1) if asks else self.tr("Save what answers mean")
        self.go.show_words(number)
        self.go.setEnabled(not errors and (work.is_begun() or work.before is None))

    def _lines(self, findings: Sequence[Finding], facts: Facts) -> list[QWidget]:
        return [self._line(one, n, facts) for n, one in enumerate(findings)]

    def _line(self, one: Finding, n: int, facts: Facts) -> QWidget:
        error = one.weight is Weight.ERROR
        sign = vbox(1, Icon("octagon" if error else "alert", Tone.DANGER if error else Tone.WARN), STRETCH, gap=0)
        gone = bool(one.link_id) and one.link_id not in facts.lines
        if gone and not error:
            return pane(hbox(sign, (Prose(one.words), 1), gap=8))
        words = self.tr("Take the rule away") if gone else self.tr("Show it")
        button = Button(words, Kind.LINK, height=24, name=f"editor.finding.{one.weight.value}.{n}")
        button.setAccessibleDescription(one.words)
        button.setProperty("key", one.link_id)
        button.clicked.connect(self._unrule if gone else self._go)
        return pane(hbox(sign, (vbox(Prose(one.words), hbox(button, STRETCH), gap=0), 1), gap=8))

    def _changes(self, facts: Facts, work: Work) -> list[QWidget]:
        """What publishing changes: in what is asked, and in which services ask for the form."""
        asking = [facts.around.names.get(service, "?") for service, _ in work.state.requires()]
        told = [Prose(self._asked_otherwise(work, asking=bool(asking)), name="editor.changes")]
        if asking:
            words = self.tr("Asked for from now on with: {}.").format(", ".join(asking))
            told.append(Prose(words, name="editor.required_by"))
        return [*told]

    def _asked_otherwise(self, work: Work, *, asking: bool) -> str:
        if work.before is None:
            new = self.tr("It is new here, and asked of nobody until a service requires it.")
            return self.tr("It is new here.") if asking else new
        if not work.is_begun():
            return self.tr("Nothing has changed since version {}.").format(work.number)
        compared = editing.compare(work.base.draft, work.state.draft)
        parts = [
            counted(compared.new, self.tr("1 question is new"), self.tr("{} questions are new")),
            counted(compared.gone, self.tr("1 question is gone"), self.tr("{} questions are gone")),
            counted(compared.changed, self.tr("1 is asked otherwise"), self.tr("{} are asked otherwise")),
        ]
        counts = (compared.new, compared.gone, compared.changed)
        told = ", ".join(part for part, count in zip(parts, counts, strict=True) if count)
        return f"{told}." if told else self.tr("What is asked stays as it was.")

    def _go(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.go_asked.emit(button.property("key"))

    def _unrule(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.unrule_asked.emit(button.property("key"))
