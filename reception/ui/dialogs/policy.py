"""What late cancellations and no-shows do: the clinic's policy, and where a service departs from it (R14)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue
from reception.domain.catalogue import checks
from reception.domain.errors import Invalid
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import OnCredit, OnMoney, OwnPolicy, Policy
from reception.ui import tokens as k
from reception.ui.dialogs.editing import Editing, Fact, counted, needed
from reception.ui.dialogs.typed import choose
from reception.ui.text import Formats
from reception.ui.widgets import Field, LineEdit, MoneyEdit, Select, Spin, label
from reception.ui.workbench import Undo, Workbench

_tr: Callable[[str], str] = partial(QCoreApplication.translate, "policy")


def policy_words(policy: Policy, grace_days: int, formats: Formats) -> str:
    """What a policy means, in sentences that can be read to a client."""
    if policy.free_hours:
        late = counted(
            policy.free_hours,
            _tr("A visit cancelled less than 1 hour before it starts"),
            _tr("A visit cancelled less than {} hours before it starts"),
        )
    else:
        late = _tr("A visit cancelled after its start")
    after = _what(policy.late_credit, policy.late_money, policy.late_fee, formats)
    missed = _what(policy.no_show_credit, policy.no_show_money, policy.no_show_fee, formats)
    return f"{late} {after} {_tr('A no-show')} {missed} {_grace(grace_days)}"


class PolicySheet(Editing):
    """The clinic's policy, with a sentence that says what it means (R14, R16)."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(bench, "policy", parent=parent)
        clinic, policy = bench.clinic, bench.clinic.policy
        self.title.show_words(self.tr("Cancellation policy"))
        self.subtitle.show_words(self.tr("Counts for visits that are cancelled or missed from now on"))
        self._hours = Spin(policy.free_hours, 0, checks.MOST, unit=self.tr("hours before"))
        self._grace = Spin(clinic.grace_days, 0, checks.MOST, unit=self.tr("days"))
        self._late_credit = Select(credits_offered())
        self._no_show_credit = Select(credits_offered())
        self._late_money, self._no_show_money = Select(money_offered()), Select(money_offered())
        self._late_fee = MoneyEdit(bench.formats, policy.late_fee)
        self._no_show_fee = MoneyEdit(bench.formats, policy.no_show_fee)
        self._late_credit.choose(policy.late_credit)
        self._no_show_credit.choose(policy.no_show_credit)
        self._late_money.choose(policy.late_money)
        self._no_show_money.choose(policy.no_show_money)
        self._means = Fact(name="policy.means")
        self._build()
        self.look()

    def _build(self) -> None:
        self.form.add_row(self._means)
        self.row(
            self.field("free_hours", self.tr("Free to cancel until"), self._hours, hint=self.tr("0: until it starts"))
        )
        self.form.add_row(label(self.tr("Cancelled late"), weight=k.SEMIBOLD))
        self.row(self.field("late_credit", self.tr("Its credit"), self._late_credit))
        self.row(
            self.field("late_money", self.tr("Where no credit is taken"), self._late_money),
            self.field("late_fee", self.tr("Fee"), self._late_fee),
        )
        self.form.add_row(label(self.tr("No-show"), weight=k.SEMIBOLD))
        self.row(self.field("no_show_credit", self.tr("Its credit"), self._no_show_credit))
        self.row(
            self.field("no_show_money", self.tr("Where no credit is taken"), self._no_show_money),
            self.field("no_show_fee", self.tr("Fee"), self._no_show_fee),
        )
        hint = self.tr("For a credit that comes back after its last day; 0 means that it stays expired")
        self.row(self.field("grace_days", self.tr("Grace"), self._grace, hint=hint))

    @override
    def look(self) -> None:
        self._late_fee.setEnabled(self._late_money.value() is OnMoney.FEE)
        self._no_show_fee.setEnabled(self._no_show_money.value() is OnMoney.FEE)
        policy = self._policy()
        self._means.show_words(policy_words(policy, self._grace.value(), self.bench.formats))
        checks.check_price("late_fee", policy.late_fee)
        checks.check_price("no_show_fee", policy.no_show_fee)

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        backend, old = self.bench.backend, self.bench.clinic
        await backend.write(catalogue.set_policy, self._policy(), self._grace.value(), id=id)
        undo = partial(backend.write, catalogue.set_policy, old.policy, old.grace_days)
        return self.tr("Cancellation policy changed"), undo

    def _policy(self) -> Policy:
        return Policy(
            free_hours=self._hours.value(),
            late_credit=self._late_credit.value() or OnCredit.FORFEIT,
            no_show_credit=self._no_show_credit.value() or OnCredit.FORFEIT,
            late_money=self._late_money.value() or OnMoney.NOTHING,
            no_show_money=self._no_show_money.value() or OnMoney.NOTHING,
            late_fee=self._fee("late_fee", self._late_fee, self._late_money),
            no_show_fee=self._fee("no_show_fee", self._no_show_fee, self._no_show_money),
        )

    def _fee(self, field: str, fee: MoneyEdit, money: Select[OnMoney]) -> Money:
        if money.value() is not OnMoney.FEE:
            return _amount(fee) or NOTHING
        return needed(fee.amount(), field, self.tr("There is no fee yet. Type an amount, or charge nothing."))


class OwnPolicyFields:
    """The fields in which a service departs from the clinic's policy; an empty one is as the clinic has it (R14)."""

    def __init__(self, sheet: Editing, own: OwnPolicy) -> None:
        self._sheet = sheet
        clinic, formats = sheet.bench.clinic.policy, sheet.bench.formats
        self._hours = LineEdit("" if own.free_hours is None else str(own.free_hours), str(clinic.free_hours))
        self._late_credit = Select([(None, _as_clinic(_CREDIT[clinic.late_credit]())), *credits_offered()])
        self._no_show_credit = Select([(None, _as_clinic(_CREDIT[clinic.no_show_credit]())), *credits_offered()])
        self._late_money = Select([(None, _as_clinic(_MONEY[clinic.late_money]())), *money_offered()])
        self._no_show_money = Select([(None, _as_clinic(_MONEY[clinic.no_show_money]())), *money_offered()])
        self._late_fee = MoneyEdit(formats, own.late_fee)
        self._no_show_fee = MoneyEdit(formats, own.no_show_fee)
        self._late_fee.setPlaceholderText(formats.amount(clinic.late_fee))
        self._no_show_fee.setPlaceholderText(formats.amount(clinic.no_show_fee))
        choose(self._late_credit, own.late_credit)
        choose(self._no_show_credit, own.no_show_credit)
        choose(self._late_money, own.late_money)
        choose(self._no_show_money, own.no_show_money)

    def rows(self) -> tuple[tuple[Field, ...], ...]:
        """Makes the fields, row by row."""
        field = self._sheet.field
        return (
            (field("free_hours", _tr("Free to cancel until, hours before"), self._hours),),
            (field("late_credit", _tr("Cancelled late: its credit"), self._late_credit),),
            (
                field("late_money", _tr("Where no credit is taken"), self._late_money),
                field("late_fee", _tr("Fee"), self._late_fee),
            ),
            (field("no_show_credit", _tr("No-show: its credit"), self._no_show_credit),),
            (
                field("no_show_money", _tr("Where no credit is taken"), self._no_show_money),
                field("no_show_fee", _tr("Fee"), self._no_show_fee),
            ),
        )

    def own(self) -> OwnPolicy:
        """What departs; raises Invalid for hours that are no number."""
        return OwnPolicy(
            free_hours=self._own_hours(),
            late_credit=self._late_credit.value(),
            no_show_credit=self._no_show_credit.value(),
            late_money=self._late_money.value(),
            no_show_money=self._no_show_money.value(),
            late_fee=self._late_fee.amount(),
            no_show_fee=self._no_show_fee.amount(),
        )

    def _own_hours(self) -> int | None:
        typed = self._hours.text().strip()
        if not typed:
            return None
        if not typed.isdecimal():
            raise Invalid("{typed} is not a number of hours. Write it like 24.", field="free_hours", typed=typed)
        checks.check_count("free_hours", int(typed))
        return int(typed)


def credits_offered() -> list[tuple[OnCredit, str]]:
    """What may become of a credit, in words."""
    return [(value, words()) for value, words in _CREDIT.items()]


def money_offered() -> list[tuple[OnMoney, str]]:
    """What may be charged, in words."""
    return [(value, words()) for value, words in _MONEY.items()]


_CREDIT: dict[OnCredit, Callable[[], str]] = {
    OnCredit.FORFEIT: lambda: _tr("Take it"),
    OnCredit.RETURN: lambda: _tr("Give it back"),
}
_MONEY: dict[OnMoney, Callable[[], str]] = {
    OnMoney.NOTHING: lambda: _tr("Charge nothing"),
    OnMoney.FEE: lambda: _tr("Charge a fee"),
    OnMoney.DEPOSIT: lambda: _tr("Keep the deposit"),
}


def _as_clinic(words: str) -> str:
    return _tr("As the clinic: {}").format(words[:1].lower() + words[1:])


def _amount(fee: MoneyEdit) -> Money | None:
    try:
        return fee.amount()
    except Invalid:
        return None


def _what(credit: OnCredit, money: OnMoney, fee: Money, formats: Formats) -> str:
    cost = {
        OnMoney.NOTHING: _tr("nothing is charged"),
        OnMoney.FEE: _tr("{} is charged").format(formats.money(fee)),
        OnMoney.DEPOSIT: _tr("its deposit is kept"),
    }[money]
    if credit is OnCredit.FORFEIT:
        return _tr("loses its credit; without one, {}.").format(cost)
    return _tr("gets its credit back, and {}.").format(cost)


def _grace(days: int) -> str:
    if not days:
        return _tr("A credit that comes back after its last day stays expired.")
    return counted(
        days,
        _tr("A credit that comes back after its last day is good for 1 more day."),
        _tr("A credit that comes back after its last day is good for {} more days."),
    )
