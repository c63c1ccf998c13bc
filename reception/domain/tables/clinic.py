"""The clinic itself: one row of settings, its opening hours, closures and reasons for cancelling."""

from datetime import date

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from reception.domain.money import Money
from reception.domain.outcomes import OnCredit, OnMoney, Who
from reception.domain.tables.base import (
    Amount,
    Base,
    Day,
    Flag,
    Whole,
    Word,
    between,
    flag,
    not_negative,
    one_of,
    rules,
)


class Clinic(Base):
    """The one site that the database belongs to."""

    __tablename__ = "clinic"
    __table_args__ = rules(
        CheckConstraint("id = 1", name="only"),
        flag("packages"),
        flag("add_ons"),
        not_negative("free_hours"),
        not_negative("grace_days"),
        not_negative("near_days"),
        not_negative("wait_minutes"),
        not_negative("late_fee"),
        not_negative("no_show_fee"),
        one_of("late_credit", OnCredit),
        one_of("no_show_credit", OnCredit),
        one_of("late_money", OnMoney),
        one_of("no_show_money", OnMoney),
    )
    topic = "clinic"

    id: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text, default="")
    zone: Mapped[str] = mapped_column(Text, doc="IANA name of its time zone")
    currency: Mapped[str] = mapped_column(Text, doc="ISO 4217")
    locale: Mapped[str] = mapped_column(Text, doc="how figures and dates are written, such as en_GB")
    packages: Mapped[bool] = mapped_column(Flag, default=True, doc="the plan sells packages (R13)")
    add_ons: Mapped[bool] = mapped_column(Flag, default=True, doc="the plan offers add-ons (R29)")
    free_hours: Mapped[int] = mapped_column(Whole, default=24)
    late_credit: Mapped[OnCredit] = mapped_column(Word(OnCredit), default=OnCredit.FORFEIT)
    no_show_credit: Mapped[OnCredit] = mapped_column(Word(OnCredit), default=OnCredit.FORFEIT)
    late_money: Mapped[OnMoney] = mapped_column(Word(OnMoney), default=OnMoney.NOTHING)
    no_show_money: Mapped[OnMoney] = mapped_column(Word(OnMoney), default=OnMoney.NOTHING)
    late_fee: Mapped[Money] = mapped_column(Amount, default=Money(0))
    no_show_fee: Mapped[Money] = mapped_column(Amount, default=Money(0))
    grace_days: Mapped[int] = mapped_column(Whole, default=0, doc="grace of a credit that comes back too late (R16)")
    near_days: Mapped[int] = mapped_column(Whole, default=30, doc="a last day this near stands out (R12)")
    wait_minutes: Mapped[int] = mapped_column(Whole, default=10, doc="waiting longer than this stands out")
    closed_through: Mapped[date] = mapped_column(Day, doc="the last day that was ended (R41)")


class Opening(Base):
    """Hours in which the door is open on a weekday; shown and warned about, shifts decide (R20)."""

    __tablename__ = "opening"
    __table_args__ = rules(
        between("weekday", 0, 6),
        between("start_minute", 0, 1439),
        CheckConstraint("end_minute > start_minute", name="span"),
    )
    topic = "clinic"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    weekday: Mapped[int] = mapped_column(Whole)
    start_minute: Mapped[int] = mapped_column(Whole)
    end_minute: Mapped[int] = mapped_column(Whole)


class Closure(Base):
    """A date on which the clinic is shut, whole or from–to."""

    __tablename__ = "closure"
    __table_args__ = rules(
        CheckConstraint(
            "(start_minute IS NULL AND end_minute IS NULL)"
            " OR (start_minute >= 0 AND end_minute <= 1440 AND end_minute > start_minute)",
            name="span",
        )
    )
    topic = "rota"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    day: Mapped[date] = mapped_column(Day, index=True)
    start_minute: Mapped[int | None] = mapped_column(Whole)
    end_minute: Mapped[int | None] = mapped_column(Whole)
    words: Mapped[str] = mapped_column(Text)

    def drawn_on(self) -> tuple[date, ...]:
        """The day it shuts."""
        return (self.day,)


class CancelReason(Base):
    """Why a visit is cancelled, by whom, and whether the policy applies then (R14)."""

    __tablename__ = "cancel_reason"
    __table_args__ = rules(flag("applies"), flag("retired"), one_of("who", Who))
    topic = "clinic"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    who: Mapped[Who] = mapped_column(Word(Who))
    applies: Mapped[bool] = mapped_column(Flag)
    retired: Mapped[bool] = mapped_column(Flag, default=False)
