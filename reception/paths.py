"""Where the program keeps what is the desk's own: the clinic's data, the desk's settings, the log."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import platformdirs

_NAME = "reception"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one user's program."""

    data: Path
    config: Path
    logs: Path

    @property
    def clinic(self) -> Path:
        """The clinic's database where no other is named."""
        return self.data / "clinic.db"

    @property
    def desk(self) -> Path:
        """The desk's own file: drafts, layout, settings; it lies beside the settings and is shared with nobody."""
        return self.config / "desk.db"

    @property
    def settings(self) -> Path:
        """What this desk has chosen for itself."""
        return self.config / "settings.json"

    def make(self) -> Self:
        """The same places, once their folders are there."""
        for folder in (self.data, self.config, self.logs):
            folder.mkdir(parents=True, exist_ok=True)
        return self


def usual() -> Places:
    """The places this computer gives to the user's programs."""
    return Places(
        data=platformdirs.user_data_path(_NAME, appauthor=False),
        config=platformdirs.user_config_path(_NAME, appauthor=False),
        logs=platformdirs.user_log_path(_NAME, appauthor=False),
    )


def under(folder: Path) -> Places:
    """Places inside one folder, so that a demonstration or a test touches nothing of the user's."""
    return Places(data=folder / "data", config=folder / "config", logs=folder / "logs")
