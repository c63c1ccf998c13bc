"""What a command touches, collected as its rows are flushed, so that announcing it can't be forgotten."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker
from sqlalchemy.orm.attributes import set_committed_value

from reception.domain.tables import Appointment, AppointmentEvent, Base, Fact
from reception.domain.tables.words import Happening


@dataclass(slots=True)
class Touched:
    """The topics, the days and the kinds of facts of one command."""

    topics: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    facts: set[type[Fact]] = field(default_factory=set)

    def add(self, row: Base) -> None:
        """Take note of a row as it is now."""
        self.add_kind(type(row))
        self.days.update(row.drawn_on())

    def add_kind(self, kind: type[Base]) -> None:
        """Take note of a whole kind of rows, as a change in bulk touches it."""
        if kind.topic:
            self.topics.add(kind.topic)
        if issubclass(kind, Fact):
            self.facts.add(kind)


def listen(sessions: sessionmaker[Session]) -> None:
    """Let the sessions of commands collect what they touch."""
    event.listen(sessions, "before_flush", _before_flush)
    event.listen(sessions, "after_flush", _after_flush)
    event.listen(sessions, "do_orm_execute", _in_bulk)


def _before_flush(session: Session, _context: Any, _instances: Any) -> None:
    """Rows as they were: a visit that moves to another day leaves one, and its history is gone after the flush."""
    found: Touched = session.info["touched"]
    for row in session.dirty:
        if session.is_modified(row):
            found.add(_as_it_was(row))
    for row in session.deleted:
        found.add(row)
    # The database itself takes a moved visit to its new day, so no row of the session says which day it left.
    moved = [
        row.appointment_id for row in session.new if isinstance(row, AppointmentEvent) and row.kind is Happening.MOVED
    ]
    if moved:
        found.days.update(session.connection().scalars(select(Appointment.day).where(Appointment.id.in_(moved))))


def _after_flush(session: Session, _context: Any) -> None:
    found: Touched = session.info["touched"]
    for row in (*session.new, *filter(session.is_modified, session.dirty)):
        found.add(row)


def _in_bulk(state: ORMExecuteState) -> None:
    """Changes in bulk pass by the flush: their topic is known here, their days only to whoever makes them."""
    if not state.is_select and state.bind_mapper is not None:
        state.session.info["touched"].add_kind(state.bind_mapper.class_)


def _as_it_was(row: Any) -> Any:
    """A copy of a changed row with the values that the database still holds."""
    state = inspect(row)
    copy = state.mapper.class_manager.new_instance()
    for name in state.mapper.column_attrs.keys():  # noqa: SIM118 - a collection of SQLAlchemy's, not a dictionary
        history = state.attrs[name].history
        set_committed_value(copy, name, next(iter(history.deleted or history.unchanged or ()), None))
    return copy
