"""The one log: its head, a row per command, and a record of looking."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reception.domain.tables.base import Base, Instant, Whole, rules


class LogHead(Base):
    """The number and the hash of the newest command, and the schema that programs must match to write."""

    __tablename__ = "log_head"
    __table_args__ = rules(CheckConstraint("id = 1", name="only"))

    id: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(Whole)
    hash: Mapped[str] = mapped_column(Text)
    schema: Mapped[int] = mapped_column(Whole)


class LogRow(Base):
    """One command: who, when, where, what it answered, and the hashes that make tampering evident."""

    __tablename__ = "log"
    __table_args__ = rules(UniqueConstraint("command_id"))

    n: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), doc="none: the system")
    desk: Mapped[str] = mapped_column(Text)
    command: Mapped[str] = mapped_column(Text)
    command_id: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, doc="JSON")
    topics: Mapped[str] = mapped_column(Text, doc="JSON list of words")
    days: Mapped[str] = mapped_column(Text, doc="JSON list of ISO dates")
    facts: Mapped[str] = mapped_column(Text, doc="SHA-256 of the facts of this command")
    hash: Mapped[str] = mapped_column(Text, doc="SHA-256 of the previous hash and this row")


class ViewRow(Base):
    """Somebody looked at a client's card; written in batches, outside the chain."""

    __tablename__ = "view_log"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    desk: Mapped[str] = mapped_column(Text)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
