"""Ways to break a clinic by hand, and who stands in the way."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from reception.domain.errors import Taken
from reception.domain.tables.ids import StaffId
from reception.store import Store
from reception.store.trouble import who_refused

NOW = "UPDATE log_head SET n = n + 1"
"""How a command begins."""


def refused(store: Store, *statements: str) -> str:
    """Who refuses the last of these statements, carried out by hand in one transaction."""
    *before, last = statements
    with store._engines.writing.connect() as connection, connection.begin() as transaction:
        for statement in before:
            connection.execute(text(statement))
        with pytest.raises(IntegrityError) as caught:
            connection.execute(text(last))
        transaction.rollback()
    return who_refused(caught.value)


def allowed(store: Store, *statements: str) -> None:
    with store._engines.writing.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def refusal_of(store: Store, statement: str) -> str:
    """Who refuses a fact of a new command, "" where nobody does; it is taken back in any case."""
    with store._engines.writing.connect() as connection, connection.begin() as transaction:
        connection.execute(text(NOW))
        try:
            connection.execute(text(statement))
        except IntegrityError as error:
            return who_refused(error)
        finally:
            transaction.rollback()
    return ""


def unsaved(store: Store, command: Callable[..., Any], *args: Any, actor: StaffId | None = None, **kwargs: Any) -> str:
    """Who refuses a command when it is about to be saved, with a sentence for the desk or without."""
    with pytest.raises((IntegrityError, Taken)) as caught:
        store.write(command, *args, actor=actor, **kwargs)
    error = caught.value.__cause__ if isinstance(caught.value, Taken) else caught.value
    assert isinstance(error, IntegrityError)
    return who_refused(error)
