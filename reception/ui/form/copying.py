"""Taking over what was answered before: only where nothing is answered yet, and nothing that the form reckons."""

from reception.domain.errors import Refused
from reception.domain.questionnaire import Filling
from reception.ui.form import place


def copy(earlier: Filling, filling: Filling) -> tuple[place.Path, ...]:
    """Copies earlier answers into a form and says which questions took one.

    In the order of the form, so that a question is asked by the time its answer comes.
    """
    taken: list[place.Path] = []
    for page in earlier.pages():
        for there in page.rows:
            _reach(filling, there.path)
            here = filling.row(there.path)
            asked = here is not None and here.item.asks and not (here.calculated or here.item.read_only)
            if here is not None and asked and there.values and not here.values:
                filling.put(there.path, there.values)
                taken.append(there.path)
    return tuple(taken)


def _reach(filling: Filling, path: place.Path) -> None:
    """Adds the repeats of a group that earlier answers had, as far as the form allows them."""
    first = (*path[:-1], (path[-1][0], 0))
    while path[-1][1] and filling.row(path) is None and filling.row(first) is not None:
        try:
            filling.add(first)
        except Refused:
            return
