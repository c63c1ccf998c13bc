"""What was answered and decided before, for a clinician who decides now (R33)."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from reception.domain.screening import Decided, Hit, Past, Told
from reception.ui import tokens as k
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Icon, Prose, caption, clear, hbox, pane, section, vbox

_MOST = 5
_DAY = 84  # as wide as a day with its year


class PastView(QWidget):
    """Earlier answers to what stands against a service, and earlier decisions about it; hidden where there are none."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._column = vbox(gap=4)
        self.setLayout(self._column)
        self.hide()

    def show_past(self, past: Past, standing: Sequence[Hit]) -> None:
        """Shows what was before the answers that stand now."""
        clear(self._column)
        now = {hit.response for hit in standing}
        questions = {hit.question for hit in standing}
        earlier = [one for one in past.told if one.response not in now and one.question in questions]
        if earlier:
            self._column.addWidget(pane(section(_tr("Answered before"))))
        for question, told in groupby(sorted(earlier[:_MOST], key=_question), _question):
            self._column.addWidget(Prose(question, Tone.INK2, k.CAPTION))
            for one in told:
                self._column.addWidget(self._row(self._formats.full(one.day), Prose(one.answer, Tone.INK, k.CAPTION)))
        if past.decided:
            self._column.addWidget(pane(section(_tr("Decided before"))))
        for decided in past.decided[:_MOST]:
            self._column.addWidget(self._decision(decided))
        self.setVisible(bool(earlier or past.decided))

    def _decision(self, decided: Decided) -> QWidget:
        words = f"{_reach(decided, self._formats)} – {decided.who}: {decided.words}"
        icon, tone = ("shield", Tone.GOOD) if decided.cleared else ("block", Tone.WARN)
        said = hbox(vbox(1, Icon(icon, tone, 14), STRETCH), (Prose(words, Tone.INK, k.CAPTION), 1), gap=6)
        day = self._formats.full(decided.at.astimezone(self._formats.zone).date())
        return self._row(day, pane(said))

    def _row(self, day: str, said: QWidget) -> QWidget:
        when = pane(vbox(1, caption(day, Tone.INK2), STRETCH, gap=0), width=_DAY)
        return pane(hbox(when, (said, 1), gap=6))


def _question(told: Told) -> str:
    return told.question


def _reach(decided: Decided, formats: Formats) -> str:
    """What was decided, and for how long."""
    if not decided.cleared:
        return _tr("Declined")
    if decided.through is not None:
        return _tr("Cleared until {day}").format(day=formats.full(decided.through))
    return _tr("Cleared for this visit") if decided.here else _tr("Cleared for another visit")


def _tr(words: str) -> str:
    return QCoreApplication.translate("past", words)
