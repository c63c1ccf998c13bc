"""The form that lies on the page, on paper: handed in, half filled in, or empty for a pen."""

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from reception.domain.questionnaire import Filling
from reception.ui.ask import ask_choice
from reception.ui.dialogs.printing import blank_paper, born_words, clinic_words, print_paper, version_words
from reception.ui.form.paper import Paper, Signature, given
from reception.ui.panels.form.reading import Facts
from reception.ui.workbench import Workbench


async def print_form(bench: Workbench, window: QWidget, facts: Facts, filling: Filling, about: str) -> None:
    """Prints what was handed in; of a form that isn't, what is there by now or an empty one, as somebody chooses."""
    if facts.response is not None:
        await print_paper(bench, window, given_paper(bench, facts, filling, about))
        return
    title = _tr("Print {form}").format(form=facts.version.title)
    options = (_tr("As it stands, marked as not handed in"), _tr("Empty, to be filled in with a pen"))
    chosen = await ask_choice(window, title, options)
    if chosen is None:
        return
    empty = blank_paper(bench, facts.version, facts.card)
    await print_paper(bench, window, empty if chosen else given_paper(bench, facts, filling, about))


def given_paper(bench: Workbench, facts: Facts, filling: Filling, about: str) -> Paper:
    """The answers; of a form that isn't handed in as they stand, and it says so on every sheet."""
    held = facts.response.signature if facts.response is not None else None
    signature = Signature(held.png, signed_words(bench, facts)) if held is not None else Signature()
    answers = partial(given, filling.pages(), (about,), bench.formats, signature)
    return Paper(
        facts.version.title,
        version_words(facts.version),
        answers,
        client=facts.card.name,
        born=born_words(facts.card),
        clinic=clinic_words(bench),
        state="" if facts.response is not None else _draft_words(bench),
    )


def signed_words(bench: Workbench, facts: Facts) -> str:
    """Who signed what was handed in, and when; "" where nobody did."""
    signature = facts.response.signature if facts.response is not None else None
    if signature is None:
        return ""
    at = signature.at.astimezone(bench.formats.zone)
    when = f"{bench.formats.full(at.date())} {bench.formats.time(at)}"
    return _tr("Signed by {signer}, {when}").format(signer=signature.signer, when=when)


def _draft_words(bench: Workbench) -> str:
    now = bench.now().astimezone(bench.formats.zone)
    when = f"{bench.formats.full(now.date())} {bench.formats.time(now)}"
    return _tr("Not handed in, as it stood {when}").format(when=when)


def _tr(words: str) -> str:
    return QCoreApplication.translate("form_printing", words)
