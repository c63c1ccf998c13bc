"""What this desk has chosen for itself: its name, its theme, and where the clinic's database is."""

import json
import logging
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)


class Theme(StrEnum):
    """How the window looks."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of one desk; without a database it is the file in the user's own folder.

    `screen` is the name of the screen that is handed to clients; without one it is the second, if there is one.
    """

    theme: Theme = Theme.SYSTEM
    desk: str = "Desk 1"
    database: str = ""
    screen: str = ""


def load(path: Path) -> Settings:
    """The choices in a file; what isn't there, or can't be read, is as at the beginning."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError):
        _log.exception("the settings in %s can't be read; the usual ones are taken", path)
        return Settings()
    return _settings(found) if isinstance(found, dict) else Settings()


def save(path: Path, settings: Settings) -> None:
    """Put the choices on disk, wholly or not at all; raises OSError where the folder can't be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(asdict(settings), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)


def _settings(found: dict[str, Any]) -> Settings:
    usual = Settings()
    theme = found.get("theme")
    return Settings(
        theme=Theme(theme) if theme in set(Theme) else usual.theme,
        desk=str(found.get("desk") or usual.desk),
        database=str(found.get("database") or usual.database),
        screen=str(found.get("screen") or usual.screen),
    )
