"""What the parts of the editor look at while they show a form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reception.domain import screening
from reception.domain.forms import FormRow
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Entry, Finding
from reception.domain.questionnaire.values import Form, Item
from reception.domain.screening import RuleRow, Template
from reception.domain.tables.ids import ServiceId
from reception.ui.panels.editor.state import State, form_of, items_of
from reception.ui.text import Formats


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around a form: the services by name, those that are on offer, those that require it, all forms, the
    rules on it that aren't edited here, and what the program recommends for the forms that ship.
    """

    names: Mapping[ServiceId, str] = field(default_factory=dict)
    offered: tuple[ServiceId, ...] = ()
    usual: tuple[ServiceId, ...] = ()
    forms: tuple[FormRow, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    templates: tuple[Template, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """A form as it stands, read once for all parts: its entries, and its questions as they are asked."""

    state: State
    form: Form | None
    entries: tuple[Entry, ...]
    lines: Mapping[str, Entry]
    items: Mapping[str, Item]
    around: Around
    formats: Formats
    today: date

    def findings(self) -> tuple[Finding, ...]:
        """All that is to be corrected or looked at before it is published."""
        return self.state.findings(self.around.rules)

    def recommended(self) -> tuple[Template, ...]:
        """What the program recommends for a form that ships, or that was made from one."""
        return screening.recommended(self.state.draft, self.around.templates)

    def before(self, link_id: str) -> tuple[Entry, ...]:
        """The questions whose answers are known by the time that an entry is asked."""
        names = [one.link_id for one in self.entries]
        place = names.index(link_id) if link_id in names else 0
        return tuple(one for one in self.entries[:place] if one.link_id in self.items and self.items[one.link_id].asks)


def facts_of(state: State, around: Around, formats: Formats, today: date) -> Facts:
    """All of it, for a form as it stands."""
    form, entries = form_of(state.draft), editing.entries(state.draft)
    lines = {one.link_id: one for one in entries}
    return Facts(state, form, entries, lines, items_of(form), around, formats, today)
