"""What the databases complain of, in sentences for the desk; what has no sentence here is a bug and stays one."""

from typing import NoReturn

from sqlalchemy.exc import DBAPIError, IntegrityError

from reception.domain.errors import Taken, Trouble

MOVED_ON = (
    "The clinic's database was brought to another version while the program ran. Close the program and start it again."
)

_SLOT = "That time has been taken in the meantime. Look at the day again and choose another time."
_CREDIT = "That credit has been used in the meantime. Choose another credit, or pay for the visit."
_ADD_ON = "That add-on is part of the visit by now. Look at the visit again."
_VISIT = "Another credit pays for that visit by now. Look at the visit again."

# By the guard or the key that spoke up; SQLite names a unique key by its column.
_TAKEN = {
    "occupancy_overlap": _SLOT,
    "occupancy_overlap_added": _SLOT,
    "occupancy_overlap_moved": _SLOT,
    "credit_entry_move": _CREDIT,
    "uq_credit_appointment_id": _VISIT,
    "UNIQUE constraint failed: credit.appointment_id": _VISIT,
    "appointment_once": _ADD_ON,
    "appointment_back_once": _ADD_ON,
    "uq_appointment_add_on": _ADD_ON,
    "UNIQUE constraint failed: appointment.group_id, appointment.service_id": _ADD_ON,
}

_FULL = "The disk is full, so nothing was saved. Free some space on it and try again."
_BUSY = "Another program is writing to the clinic's database. Try again in a moment."
_DAMAGED = "The clinic's database is damaged. Stop working with it, keep the file, and restore the newest backup."

# By the beginnings of SQLite's own names of errors: (sentence, whether trying again can help).
_SQLITE = {
    "SQLITE_BUSY": (_BUSY, True),
    "SQLITE_LOCKED": (_BUSY, True),
    "SQLITE_FULL": (_FULL, True),
    "SQLITE_READONLY": ("The clinic's database can't be written to. Ask for the right to change the file.", False),
    "SQLITE_IOERR": ("The disk with the clinic's database gave an error, so nothing was saved. Check the disk.", True),
    "SQLITE_CANTOPEN": ("The clinic's database can't be opened. Check that its folder is still there.", True),
    "SQLITE_CORRUPT": (_DAMAGED, False),
    "SQLITE_NOTADB": (_DAMAGED, False),
}

_AWAY = "The clinic's server doesn't answer. What you typed is kept; try again when the connection is back."
# By the beginnings of Postgres's SQLSTATE.
_POSTGRES = {
    "08": (_AWAY, True),
    "57P": (_AWAY, True),
    "25P03": (_AWAY, True),
    "53100": (_FULL.replace("disk", "server's disk"), True),
    "53": ("The clinic's server has no room for another connection. Try again in a moment.", True),
    "57014": ("The clinic's server took too long, so nothing was saved. Try again in a moment.", True),
    "40": (_BUSY, True),
    "55P03": (_BUSY, True),
    "25006": ("The clinic's server is only readable at the moment, so nothing was saved.", True),
    "42501": ("This desk's account on the server may not do that. Ask whoever looks after the server.", False),
    "XX001": (_DAMAGED, False),
}


def gives_way(error: DBAPIError) -> bool:
    """Whether the database chose this command as the one to give way, so that it may simply be run once more."""
    return getattr(error.orig, "sqlstate", None) in {"40P01", "40001", "55P03"}


def translated(error: DBAPIError) -> Exception:
    """The refusal or the trouble that a database error means; the error itself where it is a bug."""
    if isinstance(error, IntegrityError):
        sentence = _TAKEN.get(who_refused(error))
        return Taken(sentence) if sentence else error
    return raw(error.orig) or error


def rethrow(error: DBAPIError) -> NoReturn:
    """Raise what a database error means."""
    meant = translated(error)
    if meant is error:
        raise error
    raise meant from error


def raw(error: BaseException | None) -> Trouble | None:
    """The trouble that a driver's own error means, if it is a known one."""
    if name := getattr(error, "sqlite_errorname", None):
        return _known(_SQLITE, name)
    if state := getattr(error, "sqlstate", None):
        return _known(_POSTGRES, state)
    # A connection to Postgres that breaks or is never made carries no state, at most the server's own last words.
    if any(kind.__name__ == "OperationalError" for kind in type(error).__mro__):
        _, fatal, said = str(error).partition("FATAL:")
        return Trouble(f"{_AWAY} The server says:{said.rstrip()}." if fatal else _AWAY, retry=True)
    return None


def who_refused(error: IntegrityError) -> str:
    """The name of the guard or the key that refused."""
    diagnosis = getattr(error.orig, "diag", None)
    return str(error.orig) if diagnosis is None else diagnosis.constraint_name or ""


def _known(sentences: dict[str, tuple[str, bool]], name: str) -> Trouble | None:
    # The longest beginning that fits is the nearest.
    fitting = max((start for start in sentences if name.startswith(start)), key=len, default=None)
    if fitting is None:
        return None
    sentence, retry = sentences[fitting]
    return Trouble(sentence, retry=retry)
