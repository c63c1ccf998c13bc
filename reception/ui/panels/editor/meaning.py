"""What the answers that somebody tries would mean: said below each question, as it is at the desk."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from reception.domain import questionnaire
from reception.domain.gates import Effect
from reception.domain.questionnaire.values import Answered
from reception.domain.screening import Consequence
from reception.domain.tables.ids import ServiceId
from reception.ui.form import Alarm
from reception.ui.tokens import Tone


def alarms(
    consequences: Sequence[Consequence], answers: Mapping[str, Answered], names: Mapping[ServiceId, str]
) -> tuple[Alarm, ...]:
    """What follows from these answers, one alarm for each question: a block says more than a flag. What is only noted,
    or recommended, stops nobody.
    """
    met = [one for one in consequences if _meets(one, answers.get(one.link_id))]
    found = []
    for link_id in dict.fromkeys(one.link_id for one in met):
        here = [one for one in met if one.link_id == link_id]
        worst = [one for one in here if one.effect is Effect.BLOCK] or here
        title = "; ".join(_title(one, names) for one in here)
        words = " ".join(dict.fromkeys(one.client_message for one in worst if one.client_message))
        tone = Tone.DANGER if worst[0].effect is Effect.BLOCK else Tone.WARN
        found.append(Alarm(link_id, title, words, tone))
    return tuple(found)


def _meets(one: Consequence, answered: Answered | None) -> bool:
    if answered is None or not answered.enabled or one.recommended or one.effect is Effect.NOTE:
        return False
    return questionnaire.compare(one.operator.value, answered.values, one.answer)


def _title(one: Consequence, names: Mapping[ServiceId, str]) -> str:
    services = _listed(names.get(service, "?") for service in one.services) or _tr("No service")
    words = _tr("{} is blocked") if one.effect is Effect.BLOCK else _tr("{} waits for a clinician")
    return words.format(services)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _tr(words: str) -> str:
    return QCoreApplication.translate("editor", words)
