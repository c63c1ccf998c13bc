"""What the editor reads: a form of the clinic with what its answers mean, what lies around it, a file to begin with."""

from pathlib import Path

from reception.domain import catalogue, forms, questionnaire, screening
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Draft
from reception.domain.tables.ids import FormId
from reception.ui.dialogs.files import bytes_of
from reception.ui.panels.editor.facts import Around
from reception.ui.panels.editor.starting import recommendations
from reception.ui.panels.editor.state import State, Work
from reception.ui.workbench import Workbench


async def read_around(bench: Workbench, form: FormId | None) -> Around:
    """The clinic's services and forms, which services require this one, and what the program recommends."""
    read = bench.backend.read
    services, rows = await read(catalogue.services, retired=True), await read(forms.forms)
    own = next((row for row in rows if row.id == form), None)
    offered = tuple(one.id for one in services if not one.retired)
    required = own.services if own is not None else ()
    usual = tuple(one.id for one in services if one.name in required and not one.retired)
    beside = screening.others(await read(screening.rules, form=form)) if form is not None else ()
    names = {one.id: one.name for one in services}
    return Around(names, offered, usual, tuple(rows), beside, recommendations())


async def read_work(bench: Workbench, form: FormId) -> Work:
    """One of the clinic's forms as it is asked now, with the rules on its answers."""
    read = bench.backend.read
    newest, *earlier = await read(forms.versions, form)
    rules = await read(screening.rules, form=form)
    draft = editing.from_form(newest.questionnaire, [one.questionnaire for one in earlier])
    state = State(draft, screening.consequences(rules))
    return Work(state, state, form, newest.id, newest.number)


async def read_copy(bench: Workbench, form: FormId) -> Draft:
    """What one of the clinic's forms asks, to begin another with."""
    version = await bench.backend.read(forms.newest, form)
    return editing.from_form(version.questionnaire)


def read_file(file: Path) -> Draft:
    """What a file asks; raises Refused where it can't be read or holds no form."""
    return editing.from_form(questionnaire.read(bytes_of(file)).form)
