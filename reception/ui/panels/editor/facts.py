"""What the parts of the editor look at while they show a form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Entry
from reception.domain.questionnaire.values import Form, Item
from reception.domain.tables.ids import ServiceId
from reception.ui.panels.editor.state import State, form_of, items_of
from reception.ui.text import Formats


@dataclass(frozen=True, slots=True)
class Facts:
    """A form as it stands, read once for all parts: its entries, its questions as they are asked, the services.

    `usual` are the services that require the form: what its answers would most likely stop.
    """

    state: State
    form: Form | None
    entries: tuple[Entry, ...]
    items: Mapping[str, Item]
    names: Mapping[ServiceId, str]
    usual: tuple[ServiceId, ...]
    formats: Formats
    today: date
    lines: Mapping[str, Entry] = field(default_factory=dict)

    def before(self, link_id: str) -> tuple[Entry, ...]:
        """The questions whose answers are known by the time that an entry is asked."""
        names = [one.link_id for one in self.entries]
        place = names.index(link_id) if link_id in names else 0
        return tuple(one for one in self.entries[:place] if one.link_id in self.items and self.items[one.link_id].asks)


def facts_of(
    state: State, names: Mapping[ServiceId, str], usual: tuple[ServiceId, ...], formats: Formats, today: date
) -> Facts:
    """All of it, for a form as it stands."""
    form, entries = form_of(state.draft), editing.entries(state.draft)
    return Facts(
        state, form, entries, items_of(form), names, usual, formats, today, {one.link_id: one for one in entries}
    )
