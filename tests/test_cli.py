"""The command line: what it prints, with which status it ends, and that it leaves the user's folders alone."""

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlcipher3.dbapi2

from reception import cli, paths
from reception.demo import clinic, tour
from reception.demo.times import Size

NOW = datetime(2026, 11, 24, 10, 4, tzinfo=ZoneInfo("Europe/London"))
TINY = Size(clients=8, history=2, full=2, ahead=0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic of two days."""
    path = tmp_path_factory.mktemp("made") / "demo.db"
    clinic.make(path, now=NOW, size=TINY)
    return path


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A computer without a screen, and the place of the user's folders on it."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    return home


@pytest.mark.parametrize("words", [[], ["run"], ["run", "--demo"], ["run", "--db", "clinic.db"]], ids=" ".join)
def test_without_a_display_the_tour_runs_and_the_users_folders_stay_untouched(
    words: list[str], no_display: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    walked: list[Path] = []

    def walk(out: Path) -> int:
        walked.append(out)
        return 0

    # The tour has a test of its own; here it counts where it is sent.
    monkeypatch.setattr(tour, "main", walk)
    assert cli.main(words) == 0
    assert walked == [Path(cli.__file__).parents[1] / "build" / "tour"]
    assert "no display" in capsys.readouterr().out
    assert not no_display.exists()


def test_the_demo_lives_in_folders_of_its_own(no_display: Path) -> None:
    own = paths.usual()
    demo = paths.under(own.data / "demo")
    assert {demo.clinic, demo.desk, demo.settings}.isdisjoint({own.clinic, own.desk, own.settings})


def test_a_demo_is_never_written_over_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine", encoding="utf-8")
    assert cli.main(["demo", "--db", str(there)]) == 1
    assert "exists already" in capsys.readouterr().err
    assert there.read_text(encoding="utf-8") == "mine"


def test_verify_counts_what_it_checked(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", "--db", str(made)]) == 0
    out = capsys.readouterr().out
    assert "visits" in out
    assert "Everything is as the facts say." in out


def test_verify_names_a_fault_and_ends_with_one(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = tmp_path / "changed.db"
    shutil.copyfile(made, changed)
    with closing(sqlcipher3.dbapi2.connect(str(changed))) as file:
        guards = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            file.execute(f"DROP TRIGGER {name}")
        file.execute("UPDATE payment SET amount = amount + 1 WHERE id = (SELECT min(id) FROM payment)")
        for _, sql in guards:
            file.execute(sql)
        file.commit()
    assert cli.main(["verify", "--db", str(changed)]) == 1
    assert "wrong:" in capsys.readouterr().out


def test_dump_prints_a_line_for_each_fact(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["dump", "--db", str(made)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith('{"appointment_id":1,')


@pytest.mark.parametrize("command", ["verify", "dump"])
def test_a_file_of_somebody_else_is_refused_with_a_sentence(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear Sir or Madam, " * 100, encoding="utf-8")
    assert cli.main([command, "--db", str(other)]) == 1
    assert "isn't a clinic" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["verify", "dump"])
def test_a_missing_file_is_refused_and_not_made(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "missing.db"
    assert cli.main([command, "--db", str(missing)]) == 1
    assert str(missing) in capsys.readouterr().err
    assert not missing.exists()
