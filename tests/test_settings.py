"""What a desk chooses for itself."""

from pathlib import Path

import pytest

from reception import settings
from reception.settings import Settings, Theme


def test_what_was_saved_is_there_again(tmp_path: Path) -> None:
    chosen = Settings(theme=Theme.DARK, desk="Front desk", database="postgresql://anna@server/clinic", screen="DP-2")
    settings.save(tmp_path / "new" / "settings.json", chosen)
    assert settings.load(tmp_path / "new" / "settings.json") == chosen


def test_at_first_everything_is_as_usual(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "settings.json") == Settings()


def test_what_is_unknown_or_missing_is_as_usual(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "pink", "desk": "", "colour": 3}', encoding="utf-8")
    assert settings.load(path) == Settings()


@pytest.mark.logs_expected
@pytest.mark.parametrize("text", ["", "{", '["theme"]'])
def test_a_damaged_file_keeps_nobody_from_working(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, encoding="utf-8")
    assert settings.load(path) == Settings()
