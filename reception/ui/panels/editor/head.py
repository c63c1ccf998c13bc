"""The head of the editor: which form, that nothing typed is lost, and the ways on and out."""

from PySide6.QtWidgets import QWidget

from reception.ui import tokens as k
from reception.ui.panels.editor.state import Work
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Disc, Elided, Hair, Icon, Kind, caption, hbox, pane, vbox
from reception.ui.workbench import Workbench


class Head(QWidget):
    """Names what is edited, and holds what can be done to the whole of it."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench, self._narrow = bench, False
        self.title = Elided("", k.HEADING, k.SEMIBOLD, name="editor.title")
        self.about = Elided("", k.CAPTION, tone=Tone.INK2, name="editor.facts")
        self.kept = caption("", Tone.INK2, k.MEDIUM, name="editor.kept")
        self._sign = Icon("done", Tone.GOOD, 14)
        self.undo = self._ghost("undo", self.tr("Undo (Ctrl Z)"), "editor.undo")
        self.redo = self._ghost("redo", self.tr("Do it again (Ctrl Shift Z)"), "editor.redo")
        self.preview = Button(self.tr("Preview"), height=k.CONTROL_S, name="editor.show_preview")
        self.try_it = Button(self.tr("Try it as the client"), icon="play", height=k.CONTROL_S, name="editor.try")
        self.publish = Button(self.tr("Publish…"), Kind.PRIMARY, height=k.CONTROL_S, name="editor.look_through")
        self.park = Button(self.tr("Park"), icon="park", key="Esc", height=k.CONTROL_S, name="editor.park")
        self.close_button = self._ghost("x", self.tr("Throw these changes away"), "editor.close")
        self._tools = (self.undo, self.redo, self.try_it, self.publish, self.park)
        words = vbox(self.title, self.about, gap=1)
        tools = hbox(
            self._sign,
            self.kept,
            6,
            hbox(self.undo, self.redo, gap=0),
            self.preview,
            self.try_it,
            self.publish,
            self.park,
            self.close_button,
            gap=8,
        )
        row = pane(hbox(Disc("form", size=34), (words, 1), STRETCH, tools, gap=8, margins=(20, 11, 12, 11)))
        self.setLayout(vbox(pane(vbox(row, Hair(strong=True), gap=0), "surface"), gap=0))
        self.preview.hide()
        self._show_safe("")

    def show_work(self, work: Work | None, rules: int) -> None:
        """Shows which form it is; nothing where a new one hasn't begun."""
        self.show_tools(shown=work is not None)
        if work is None:
            self.title.show_words(self.tr("New form"))
            self.about.show_words(self.tr("Not begun yet"))
            return
        self.title.show_words(work.state.draft.title or self.tr("A form without a name"))
        version = self.tr("New, not published yet")
        if work.before is not None:
            changed = self.tr("Version {}, changed since") if work.is_begun() else self.tr("Version {}")
            version = changed.format(work.number)
        told = self.tr("1 answer decides about services") if rules == 1 else self.tr("{} answers decide about services")
        self.about.show_words(f"{version} · {told.format(rules)}" if rules else version)

    def show_tools(self, *, shown: bool) -> None:
        """Shows what can be done while the form is edited; while it is tried there is only the way back."""
        for tool in self._tools:
            tool.setVisible(shown)

    def show_narrow(self, *, narrow: bool, card: bool) -> None:
        """On a narrow page: the way from the card to the preview, and back; its sign alone says that it is kept."""
        self.preview.setVisible(narrow)
        self._narrow = narrow
        self._show_safe(self.kept.text())
        self.preview.show_words(self.tr("Preview") if card else self.tr("Question"))

    def show_history(self, *, back: bool, on: bool) -> None:
        """Says what can be undone, and done again."""
        self.undo.setEnabled(back)
        self.redo.setEnabled(on)

    def show_kept(self, *, kept: bool) -> None:
        """Says that what is typed is safe by now."""
        time = self.bench.formats.time(self.bench.now())
        self._show_safe(self.tr("Draft kept {time}").format(time=time) if kept else "")

    def _ghost(self, icon: str, tip: str, name: str) -> Button:
        return Button(kind=Kind.GHOST, icon=icon, height=k.CONTROL_S, tip=tip, name=name)

    def _show_safe(self, words: str) -> None:
        self.kept.setText(words)
        self.kept.setVisible(bool(words) and not self._narrow)
        self._sign.setVisible(bool(words))
        self._sign.setToolTip(words)
