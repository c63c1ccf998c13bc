"""What answers mean for a service, in words: the outcome, why it is so, and which answers stand out (R32, R33)."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from reception.domain.forms import Version
from reception.domain.screening import Due, Effect, Hit, Lasting, Screened, Verdict, Wanting
from reception.domain.tables.ids import ServiceId
from reception.ui.form import Flag
from reception.ui.text import Formats
from reception.ui.tokens import Tone

_CHIPS = {
    Screened.CLEAR: ("Clear", Tone.GOOD, "done"),
    Screened.CLEARED: ("Cleared", Tone.GOOD, "shield"),
    Screened.FLAGGED: ("Needs a clinician", Tone.WARN, "alert"),
    Screened.UNKNOWN: ("Not yet known", Tone.INK2, "clock"),
    Screened.BLOCKED: ("Blocked", Tone.DANGER, "octagon"),
}


def outcome_words(outcome: Screened) -> tuple[str, Tone, str]:
    """An outcome as a chip says it: the word, its tone, its sign."""
    words, tone, icon = _CHIPS[outcome]
    return _tr(words), tone, icon


def why_words(verdict: Verdict, version: Version, formats: Formats) -> str:
    """Why the outcome is what it is, in sentences."""
    hits = [hit for hit in verdict.hits if hit.effect is not Effect.NOTE or verdict.passes]
    told = list(dict.fromkeys(_hit_words(hit, version, formats) for hit in hits))
    told += [_due_words(due, version) for due in verdict.due]
    return " ".join(told) or _tr("Nothing stands against it.")


def _hit_words(hit: Hit, version: Version, formats: Formats) -> str:
    number = _number(hit, version)
    message = hit.staff_message.strip().rstrip(".") or f"{hit.question}: {hit.answer}"
    said = f"{message} ({number})." if number else f"{message}."
    if hit.effect is not Effect.BLOCK or hit.cleared:
        return said
    if hit.until is not None:
        return f"{said} {_tr('Not before {day}.').format(day=formats.full(hit.until))}"
    lasting = _tr("For good.") if hit.lasting is Lasting.PERMANENT else _tr("Until a clinician has cleared it.")
    return f"{said} {lasting}"


def _number(hit: Hit, version: Version) -> str:
    if hit.form != version.form:
        return ""
    items = version.questionnaire.walk()
    return next((item.prefix for item in items if item.link_id == hit.link_id), "")


def _due_words(due: Due, version: Version) -> str:
    if due.form == version.form:
        return _tr("Some of its questions have no answer yet.")
    words = {
        Wanting.MISSING: _tr("{form} isn't filled in yet."),
        Wanting.OUTDATED: _tr("The answers to {form} are too old by then."),
        Wanting.THIS_VISIT: _tr("{form} is asked at every visit."),
        Wanting.NEW_VERSION: _tr("{form} has changed since it was answered."),
        Wanting.UNANSWERED: _tr("A question of {form} that matters has no answer."),
    }
    return words[due.why].format(form=due.title)


def flags(verdicts: Mapping[ServiceId, Verdict], form: int) -> tuple[Flag, ...]:
    """The answers to this form that block or flag something, blocks first."""
    hits = [hit for verdict in verdicts.values() for hit in verdict.hits if hit.form == form]
    found: dict[str, Flag] = {}
    for effect, tone, icon in ((Effect.BLOCK, Tone.DANGER, "octagon"), (Effect.FLAG, Tone.WARN, "alert")):
        for hit in hits:
            if hit.effect is effect and hit.link_id not in found:
                found[hit.link_id] = Flag(hit.link_id, tone, icon)
    return tuple(found.values())


def _tr(words: str) -> str:
    return QCoreApplication.translate("form_meaning", words)
