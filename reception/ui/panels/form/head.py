"""The head of a form: which form, for whom, for which visit, and that nothing typed is lost."""

from PySide6.QtWidgets import QWidget

from reception.domain.forms import AnsweredBy, Response
from reception.ui import tokens as k
from reception.ui.panels.form.reading import Facts
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Avatar, Button, Elided, Hair, Icon, Kind, caption, hbox, pane, vbox
from reception.ui.workbench import Workbench


class Head(QWidget):
    """Names what is filled in, and holds the ways out of it."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self._avatar = Avatar(size=34)
        self.title = Elided("", k.HEADING, k.SEMIBOLD, name="form.title")
        self.facts = Elided("", k.CAPTION, tone=Tone.INK2, name="form.facts")
        self.kept = caption("", Tone.INK2, k.MEDIUM, name="form.kept")
        self._kept_sign = Icon("done", Tone.GOOD, 14)
        words = self.tr("Hand to the client")
        self.hand = Button(words, icon="user", key="F9", height=k.CONTROL_S, name="form.hand")
        self.print_button = Button(self.tr("Print…"), icon="print", key="Ctrl P", height=k.CONTROL_S, name="form.print")
        self.park = Button(self.tr("Park"), icon="park", key="Esc", height=k.CONTROL_S, name="form.park")
        self.close_button = Button(kind=Kind.GHOST, icon="x", height=k.CONTROL_S, name="form.close")
        lines = vbox(self.title, self.facts, gap=1)
        tools = hbox(self._kept_sign, self.kept, 6, self.print_button, self.park, self.hand, self.close_button, gap=8)
        row = pane(hbox(self._avatar, (lines, 1), STRETCH, tools, gap=8, margins=(20, 11, 12, 11)))
        self.setLayout(vbox(pane(vbox(row, Hair(strong=True), gap=0), "surface"), gap=0))
        self._show_safe("")

    def show_facts(self, facts: Facts) -> None:
        """Shows which form it is, and for whom."""
        self._avatar.show_name(facts.card.name)
        words = self.tr("{title}, version {number}")
        self.title.show_words(words.format(title=facts.version.title, number=facts.version.number))
        born = f", {self.bench.formats.full(facts.card.born)}" if facts.card.born else ""
        about = self._answered(facts.response) if facts.response is not None else self._asked(facts)
        self.facts.show_words(" · ".join(part for part in (facts.card.name + born, about) if part))
        locked = facts.response is not None
        self.park.setVisible(not locked)
        self.hand.setVisible(not locked)
        self._show_safe("")
        tip = self.tr("Close") if locked else self.tr("Throw this form away")
        self.close_button.setToolTip(tip)
        self.close_button.setAccessibleName(tip)

    def show_kept(self) -> None:
        """Says that what is typed is safe by now."""
        time = self.bench.formats.time(self.bench.now())
        self._show_safe(self.tr("Draft kept {time}").format(time=time))

    def _show_safe(self, words: str) -> None:
        self.kept.setText(words)
        self.kept.setVisible(bool(words))
        self._kept_sign.setVisible(bool(words))

    def _asked(self, facts: Facts) -> str:
        if facts.visit is None:
            return ""
        when = self.bench.formats.when(facts.visit.start, self.bench.today())
        when = when[0].lower() + when[1:] if when.startswith(self.tr("Today")) else when
        return self.tr("asked for {service}, {when}").format(service=facts.visit.service_name, when=when)

    def _answered(self, response: Response) -> str:
        row, formats = response.row, self.bench.formats
        words = {
            AnsweredBy.CLIENT: self.tr("answered by the client, {when}"),
            AnsweredBy.GUARDIAN: self.tr("answered by {name}, guardian, {when}"),
            AnsweredBy.STAFF: self.tr("answered by {name} for the client, {when}"),
            AnsweredBy.IMPORT: self.tr("brought in from elsewhere, {when}"),
        }
        when = f"{formats.full(row.day)} {formats.time(row.at)}"
        return words[row.answered_by].format(name=row.answerer, when=when)
