"""What the sheet says of an ending: the question, each answer to it, the button, and the line when it is done."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from reception.ui.dialogs.ending.whole import Whole, takes
from reception.ui.text import Formats


@dataclass(frozen=True, slots=True)
class Saying:
    """The words for one client's visit; `several` where other visits of the coming-in end with it."""

    formats: Formats
    name: str
    missed: bool
    several: bool = False

    def question(self) -> str:
        """What is asked at the head."""
        if self.missed:
            return _tr("{name} did not come?").format(name=self.name)
        words = _tr("Cancel {name}’s whole visit?") if self.several else _tr("Cancel {name}’s visit?")
        return words.format(name=self.name)

    def way(self, whole: Whole, policy: Whole) -> str:
        """One answer to what becomes of credits and money."""
        credit = _tr("take it") if whole.takes else _tr("give it back") if whole.returns else ""
        words = ", ".join(part for part in (credit, self._money(whole, credit=bool(credit))) if part)
        words = words[:1].upper() + words[1:]
        return _tr("{words}, as the policy says").format(words=words) if whole is policy else words

    def _money(self, whole: Whole, *, credit: bool) -> str:
        """What becomes of the money; nothing is said where a taken credit settles it all."""
        formats = self.formats
        if whole.fee:
            return _tr("charge the fee of {fee}").format(fee=formats.amount(whole.fee))
        if whole.kept:
            return _tr("keep the deposit of {amount}").format(amount=formats.amount(whole.kept))
        if whole.deposit:
            return _tr("give the deposit back")
        if whole.takes:
            return ""
        return _tr("no fee") if credit else _tr("charge nothing")

    def verb(self, whole: Whole | None) -> str:
        """What the button does; without an ending, what it would do."""
        formats = self.formats
        if self.missed:
            return _tr("No-show, take it") if whole is not None and whole.takes else _tr("Mark as no-show")
        if whole is None:
            return _tr("Cancel the visit")
        if whole.takes:
            return _tr("Cancel and take it")
        if whole.fee:
            return _tr("Cancel, charge {fee}").format(fee=formats.amount(whole.fee))
        if whole.kept:
            return _tr("Cancel, keep {amount}").format(amount=formats.amount(whole.kept))
        return _tr("Cancel and give it back") if whole.returns else _tr("Cancel the visit")

    def done(self, whole: Whole) -> str:
        """What was done, for the line with Undo."""
        option = whole.first.credit
        words = _tr("{name} did not come") if self.missed else _tr("Cancelled {name}’s visit")
        parts = [words.format(name=self.name)]
        if whole.more:
            parts.append(_tr("with {services}").format(services=", ".join(service for service, _ in whole.more)))
        if option is not None:
            credit = _tr("credit {number} of {of}").format(number=option.number, of=option.of)
            parts.append(f"{credit} {_tr('taken') if takes(whole.first) else _tr('went back')}")
        if whole.fee:
            parts.append(_tr("fee {fee}").format(fee=self.formats.money(whole.fee)))
        if whole.deposit:
            said = _tr("deposit of {amount} kept") if whole.kept else _tr("deposit of {amount} given back")
            parts.append(said.format(amount=self.formats.money(whole.kept or whole.deposit)))
        return ", ".join(parts)


def _tr(words: str) -> str:
    return QCoreApplication.translate("ending", words)
