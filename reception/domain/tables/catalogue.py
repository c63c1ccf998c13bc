"""What is on sale: services with what they need, add-on links, and package products."""

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from reception.domain.ledger import Starts, Unit
from reception.domain.money import Money
from reception.domain.outcomes import OnCredit, OnMoney
from reception.domain.tables.base import Amount, Base, Flag, Whole, Word, between, flag, not_negative, one_of, rules
from reception.domain.tables.words import Bookable, PaymentPolicy, ResourceKind


class Service(Base):
    """Something performed on a client, with its own cancellation policy where it has one (R14)."""

    __tablename__ = "service"
    __table_args__ = rules(
        between("minutes", 5, 720),
        between("turnaround", 0, 240),
        not_negative("price"),
        between("tax_rate", 0, 10000),
        flag("retired"),
        CheckConstraint("own_free_hours IS NULL OR own_free_hours >= 0", name="own_free_hours"),
        CheckConstraint("own_late_fee IS NULL OR own_late_fee >= 0", name="own_late_fee"),
        CheckConstraint("own_no_show_fee IS NULL OR own_no_show_fee >= 0", name="own_no_show_fee"),
        one_of("bookable", Bookable),
        one_of("payment", PaymentPolicy),
        not_negative("deposit"),
        between("deposit_share", 0, 10000),
        CheckConstraint(
            "(payment = 'deposit') = (deposit > 0 OR deposit_share > 0) AND (deposit = 0 OR deposit_share = 0)",
            name="deposit_how",
        ),
    )
    topic = "catalogue"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    short: Mapped[str] = mapped_column(Text, doc="the name where there is little room")
    category: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[int] = mapped_column(Whole)
    turnaround: Mapped[int] = mapped_column(Whole, default=0, doc="minutes of clean-up after it")
    price: Mapped[Money] = mapped_column(Amount, doc="tax included")
    tax_rate: Mapped[int] = mapped_column(Whole, default=0, doc="basis points")
    retired: Mapped[bool] = mapped_column(Flag, default=False)
    own_free_hours: Mapped[int | None] = mapped_column(Whole)
    own_late_credit: Mapped[OnCredit | None] = mapped_column(Word(OnCredit))
    own_no_show_credit: Mapped[OnCredit | None] = mapped_column(Word(OnCredit))
    own_late_money: Mapped[OnMoney | None] = mapped_column(Word(OnMoney))
    own_no_show_money: Mapped[OnMoney | None] = mapped_column(Word(OnMoney))
    own_late_fee: Mapped[Money | None] = mapped_column(Amount)
    own_no_show_fee: Mapped[Money | None] = mapped_column(Amount)
    bookable: Mapped[Bookable] = mapped_column(Word(Bookable), default=Bookable.ALONE, server_default=text("'alone'"))
    payment: Mapped[PaymentPolicy] = mapped_column(
        Word(PaymentPolicy), default=PaymentPolicy.AT_VISIT, server_default=text("'at_visit'")
    )
    deposit: Mapped[Money] = mapped_column(
        Amount, default=Money(0), server_default=text("0"), doc="an amount to be paid ahead (R28)"
    )
    deposit_share: Mapped[int] = mapped_column(
        Whole, default=0, server_default=text("0"), doc="or a share of the price, in basis points"
    )


class AddOnLink(Base):
    """An add-on service that is offered with a base service, in its place of the list, perhaps at its own price."""

    __tablename__ = "add_on_link"
    __table_args__ = rules(
        UniqueConstraint("base_id", "add_on_id"),
        CheckConstraint("base_id <> add_on_id", name="apart"),
        CheckConstraint("price IS NULL OR price >= 0", name="price"),
    )
    topic = "catalogue"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    base_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    add_on_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    place: Mapped[int] = mapped_column(Whole)
    price: Mapped[Money | None] = mapped_column(Amount, doc="with this base; none: the add-on's own")


class Resource(Base):
    """A room or a device that services may need (R20)."""

    __tablename__ = "resource"
    __table_args__ = rules(one_of("kind", ResourceKind), flag("retired"))
    topic = "catalogue"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[ResourceKind] = mapped_column(Word(ResourceKind))
    sort: Mapped[int] = mapped_column(Whole, default=0, doc="the place in the list")
    retired: Mapped[bool] = mapped_column(Flag, default=False)


class ResourceNeed(Base):
    """One resource that will do for one need of a service; the rows of one number are alternatives (R20)."""

    __tablename__ = "resource_need"
    __table_args__ = rules(
        UniqueConstraint("service_id", "number", "resource_id"), CheckConstraint("number >= 1", name="number")
    )
    topic = "catalogue"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    number: Mapped[int] = mapped_column(Whole, doc="which need of the service: 1, 2, …")
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), index=True)
    place: Mapped[int] = mapped_column(Whole, doc="the order in which alternatives are tried")


class Product(Base):
    """A package on sale: so many sessions of one service (R1)."""

    __tablename__ = "product"
    __table_args__ = rules(
        between("sessions", 1, 1000),
        not_negative("price"),
        flag("retired"),
        one_of("validity_starts", Starts),
        CheckConstraint("(validity_unit IS NULL) = (validity_count = 0) AND validity_count >= 0", name="validity"),
    )
    topic = "catalogue"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    sessions: Mapped[int] = mapped_column(Whole)
    price: Mapped[Money] = mapped_column(Amount, doc="for all sessions, tax included")
    validity_unit: Mapped[Unit | None] = mapped_column(Word(Unit), doc="none: never expires")
    validity_count: Mapped[int] = mapped_column(Whole, default=0)
    validity_starts: Mapped[Starts] = mapped_column(Word(Starts), default=Starts.PURCHASE)
    terms: Mapped[str] = mapped_column(Text, default="")
    retired: Mapped[bool] = mapped_column(Flag, default=False)
