"""What stands against a service in words, and what can be done about it by whom (R33, R34)."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from reception.domain.access import Act
from reception.domain.diary import Entry
from reception.domain.gates import Effect, Lasting
from reception.domain.screening import Hit, Task, Verdict
from reception.domain.tables.ids import ServiceId
from reception.ui.dialogs.offers import asked_words
from reception.ui.form import Act as AlarmAct
from reception.ui.form import Alarm
from reception.ui.panels.form.meaning import Offer
from reception.ui.panels.form.reading import Facts
from reception.ui.tokens import Tone
from reception.ui.workbench import Workbench

ASK, CLEAR, TAKE_OFF = "ask", "clear", "off"
Verdicts = Mapping[ServiceId, Verdict]


def stopped(verdicts: Verdicts) -> tuple[ServiceId, ...]:
    """The services that are blocked or flagged."""
    return tuple(service for service, verdict in verdicts.items() if verdict.refuses)


def stopped_visits(facts: Facts, verdicts: Verdicts) -> tuple[Entry, ...]:
    """The visits to come of this coming-in that are blocked or flagged."""
    found = (facts.upcoming(service) for service in stopped(verdicts))
    return tuple(entry for entry in found if entry is not None)


def alarms(bench: Workbench, facts: Facts, verdicts: Verdicts, asked: str) -> tuple[Alarm, ...]:
    """What is said under an answer that blocks: which services, what now, and what isn't touched."""
    by_question: dict[str, dict[ServiceId, Hit]] = {}
    for service, verdict in verdicts.items():
        for hit in verdict.hits:
            if hit.effect is Effect.BLOCK and not hit.cleared and hit.form == facts.version.form:
                by_question.setdefault(hit.link_id, {}).setdefault(service, hit)
    about, acts = _about(facts, verdicts, asked), _acts(facts, verdicts, asked)
    return tuple(_alarm(bench, facts, hits, about, acts) for hits in by_question.values())


def _alarm(
    bench: Workbench, facts: Facts, hits: Mapping[ServiceId, Hit], about: str, acts: tuple[AlarmAct, ...]
) -> Alarm:
    hit = next(iter(hits.values()))
    title, then = _fate(bench, hit)
    names = _listed([facts.names.get(service, "") for service in hits])
    return Alarm(hit.link_id, title.format(names=names), f"{then} {about}", Tone.DANGER, acts)


def _about(facts: Facts, verdicts: Verdicts, asked: str) -> str:
    """What isn't touched by a block, and who is to look at it."""
    free = [facts.names.get(service, "") for service in facts.services() if not verdicts[service].refuses]
    still = _tr("{names} is not affected;") if len(free) == 1 else _tr("{names} are not affected;")
    words = _tr("nothing is cancelled or charged by itself.")
    about = f"{still.format(names=_listed(free))} {words}" if free else words[0].upper() + words[1:]
    will = _tr("{name} is asked as soon as the form is finished.").format(name=asked) if asked else ""
    return f"{about} {will}".strip()


def _acts(facts: Facts, verdicts: Verdicts, asked: str) -> tuple[AlarmAct, ...]:
    person = facts.deciding()
    if person is None or asked or not stopped_visits(facts, verdicts):
        return ()
    return (AlarmAct(ASK, _tr("Ask {name}").format(name=person.name), primary=True),)


def _fate(bench: Workbench, hit: Hit) -> tuple[str, str]:
    """How long it is blocked: as a title, and what would change it."""
    if hit.until is not None:
        day = bench.formats.full(hit.until)
        return _tr("{names} can't be given before %1").replace("%1", day), _tr("From then on the form is asked again.")
    if hit.lasting is Lasting.PERMANENT:
        return _tr("{names} can't be given"), _tr("The answer stands for good, unless a clinician clears it.")
    return _tr("{names} can't be given for now"), _tr("A clinician has to look at this answer first.")


def heading(facts: Facts, task: Task | None, asked: str, bench: Workbench) -> str:
    """Who was asked to decide, or said no, or will be asked."""
    if told := asked_words(task, bench.formats, bench.today()):
        return told
    if asked and facts.response is None:
        return _tr("{name} will be asked").format(name=asked)
    return _tr("Nobody was asked yet")


def explanation(facts: Facts, verdicts: Verdicts) -> str:
    """Who can clear, and how."""
    names = _listed([facts.names.get(service, "") for service in stopped(verdicts)])
    words = _tr("Only someone with the clinical right can clear {names}, for one visit or until a date, with a reason.")
    return words.format(names=names)


def offers(bench: Workbench, facts: Facts, verdicts: Verdicts, task: Task | None) -> list[Offer]:
    """What can be done about it now."""
    final, visits = facts.response is not None, stopped_visits(facts, verdicts)
    person, made = facts.deciding(), []
    if final and person is not None and visits and task is None:
        made.append(Offer(ASK, _tr("Ask {name}").format(name=person.name)))
    made.append(Offer(CLEAR, _tr("Clear as clinician…"), _not_cleared(bench, final=final)))
    if final and visits:
        no = "" if bench.may(Act.CANCEL) else _tr("Ask a receptionist or a manager; F2 changes who is at the desk.")
        made.append(Offer(TAKE_OFF, _tr("Take it off this visit…"), no))
    return made


def _not_cleared(bench: Workbench, *, final: bool) -> str:
    if not final:
        return _tr("Finish the form first; what isn't handed in yet can't be cleared.")
    if not bench.may(Act.CLEAR):
        return _tr("Only someone with the clinical right can; F2 changes who is at the desk.")
    return ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + (_tr(" and ") if len(names) > 1 else "") + (names[-1] if names else "")


def _tr(words: str) -> str:
    return QCoreApplication.translate("form_deciding", words)
