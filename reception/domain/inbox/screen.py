"""The client's screen in the log: who handed it over, how it came back, and which PINs were nobody's.

Nothing else is stored of it: what these answer stands in the log's own row, beside who, when and at which desk.
"""

from enum import StrEnum

from sqlalchemy.orm import Session

from reception.domain import access
from reception.domain.access import Act
from reception.domain.tables.ids import ClientId, StaffId, VersionId


class Return(StrEnum):
    """How the screen came back: by a PIN, by whoever is at the desk, or lost, as when it crashes."""

    PIN = "pin"
    DESK = "desk"
    LOST = "lost"


def hand_over(session: Session, client: ClientId, version: VersionId) -> dict[str, int]:
    """Notes that whoever is at the desk hands a form to its client."""
    access.require(session, Act.ANSWER)
    return {"client": client, "version": version}


def take_back(_session: Session, client: ClientId, how: Return, by: StaffId | None) -> dict[str, int | str | None]:
    """Notes that the screen is the desk's again; `by` is whose PIN it was."""
    return {"client": client, "how": how.value, "by": by}


def refuse_pin(_session: Session, client: ClientId, left: int) -> dict[str, int]:
    """Notes a PIN that is nobody's; with no tries left none is judged for a while."""
    return {"client": client, "left": left}
