"""How far a form is, in words: each page, what is left on it, what there is to correct."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from reception.domain.questionnaire import Filling, Page
from reception.ui.form import place
from reception.ui.form.judging import Judge
from reception.ui.form.steps import Stage, Step

REVIEW = "review\N{HORIZONTAL ELLIPSIS}"
"""The key of the last page; no section of a form has it."""


class Standing:
    """Says how far the pages of one form are; `typing` is where somebody types, which nobody judges yet."""

    def __init__(self, filling: Filling, judge: Judge, *, signs: bool) -> None:
        self._filling, self._judge, self._signs = filling, judge, signs

    def title(self, page: Page | None) -> str:
        """What a page is called: loose questions go by the name of the form, and no page is the review."""
        if page is None:
            return _tr("Review and sign") if self._signs else _tr("Review")
        return page.title or self._filling.form.title

    def steps(self, pages: Sequence[Page], key: str, typing: place.Path | None, *, signed: bool) -> tuple[Step, ...]:
        """The pages, how far each is, and the review at the end."""
        words = _tr("all answers in one sight")
        if self._signs:
            words = _tr("signed") if signed else _tr("not signed yet")
        stage = Stage.CURRENT if key == REVIEW else Stage.OPEN
        review = Step(REVIEW, self.title(None), words, stage, wrong=False)
        return (*(self._step(page, key, typing) for page in pages), review)

    def left(self, page: Page, number: int, typing: place.Path | None) -> str:
        """What is left to do on a page before the one of the next number."""
        mend = self._to_mend(page, self._judge.errors(page, typing))
        if mend:
            return _tr("{what}, then section {n}").format(what=mend, n=number + 1)
        answered, asked = self._filling.progress(page.key)
        if asked - answered == 1:
            return _tr("1 question left in this section")
        return _tr("{count} questions left in this section").format(count=asked - answered) if asked > answered else ""

    def ending(self) -> str:
        """What finishing means."""
        if self._signs:
            return _tr("Signing locks the answers; a correction is a new form")
        return _tr("Finishing locks the answers; a correction is a new form")

    def _step(self, page: Page, key: str, typing: place.Path | None) -> Step:
        answered, asked = self._filling.progress(page.key)
        errors = self._judge.errors(page, typing)
        mend = self._to_mend(page, errors)
        done = not mend and (answered == asked or self._judge.is_checked(page.key))
        stage = Stage.CURRENT if page.key == key else Stage.DONE if done else Stage.OPEN
        words = mend or _tr("{answered} of {asked}").format(answered=answered, asked=asked)
        return Step(page.key, self.title(page), words, stage, wrong=bool(errors))

    def _to_mend(self, page: Page, errors: Sequence[place.Path]) -> str:
        unconfirmed = len(self._judge.unconfirmed(page))
        if errors:
            many = _tr("{count} answers to correct").format(count=len(errors))
            return _tr("1 answer to correct") if len(errors) == 1 else many
        if unconfirmed:
            many = _tr("{count} copied answers to confirm").format(count=unconfirmed)
            return _tr("1 copied answer to confirm") if unconfirmed == 1 else many
        return ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("form", words)
