"""Opening a clinic: what can't be opened is refused in a sentence, and nothing of it is harmed."""

import os
import shutil
import stat
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from sqlalchemy import select, text
from sqlcipher3 import dbapi2

from reception.domain import tables
from reception.domain.errors import NoClinic, Refused, Trouble
from reception.store import Store, open_store, place, schema
from tests.clock import Clock
from tests.store import plain


def test_new_clinic_stands_the_day_before_it_began(store: Store) -> None:  # R41
    clinic = store.read(lambda session: session.get_one(tables.Clinic, 1))
    assert (clinic.closed_through.isoformat(), clinic.zone) == ("2026-11-23", "Europe/London")
    assert store.head() == 0


def test_existing_clinic_is_opened_and_not_made_anew(store: Store, clock: Clock) -> None:
    store.write(plain.hire, actor=None)
    with closing(open_store(store.url, clock=clock, create=True)) as again:
        assert again.head() == 1


def test_nothing_is_made_unasked(sqlite_url: str) -> None:
    with pytest.raises(Refused, match="There is no clinic at"):
        open_store(sqlite_url)
    assert not Path(sqlite_url).exists()


def test_text_is_not_a_clinic(sqlite_url: str) -> None:
    Path(sqlite_url).write_text("Dear diary, " * 100, encoding="utf-8")
    with pytest.raises(Refused, match="isn't a clinic of this program"):
        open_store(sqlite_url, create=True)
    assert Path(sqlite_url).read_text(encoding="utf-8").startswith("Dear diary")


def test_another_programs_database_is_not_a_clinic(sqlite_url: str) -> None:
    with closing(dbapi2.connect(sqlite_url)) as other:
        other.execute("CREATE TABLE bookmark (url TEXT)")
    with pytest.raises(Refused, match="isn't a clinic of this program"):
        open_store(sqlite_url, create=True)


def test_empty_file_becomes_a_clinic_only_if_asked(sqlite_url: str) -> None:
    Path(sqlite_url).touch()
    with pytest.raises(NoClinic, match="is empty"):
        open_store(sqlite_url)
    with closing(open_store(sqlite_url, create=True)) as store:
        assert store.head() == 0


def test_clinic_of_a_newer_program_is_not_opened(store: Store) -> None:
    with store._engines.writing.begin() as connection:
        connection.execute(text("UPDATE log_head SET schema = schema + 1"))
    with pytest.raises(Refused, match="newer version of the program"):
        open_store(store.url, create=True)


def test_empty_postgres_database_becomes_a_clinic_only_if_asked(postgres_url: str) -> None:
    with pytest.raises(NoClinic, match="is empty"):
        open_store(postgres_url)
    with closing(open_store(postgres_url, create=True)) as store:
        assert store.head() == 0


def test_another_programs_postgres_database_is_not_a_clinic(postgres_store: Store) -> None:
    with postgres_store._engines.writing.begin() as connection:
        connection.execute(text("DROP TABLE log_head CASCADE"))
    with pytest.raises(Refused, match="isn't a clinic"):
        open_store(postgres_store.url, create=True)


def test_server_that_is_away_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="server doesn't answer") as caught:
        open_store(f"postgresql://postgres@/clinic?host={tmp_path}")
    assert caught.value.retry


def test_unknown_database_on_the_server_is_named_as_such(postgres_store: Store) -> None:
    missing = postgres_store.url.replace("@/clinic_", "@/clinic_x")
    with pytest.raises(Trouble, match=r"clinic_x.* does not exist"):
        open_store(missing)


@pytest.mark.parametrize("name", ["clinic #1.db", "100% ours?.db", "Praxis für Füße.db", "a&b=c;d.db"])
def test_odd_file_names_are_fine(tmp_path: Path, name: str) -> None:
    with closing(open_store(str(tmp_path / name), create=True)) as store:
        store.write(plain.hire, actor=None)
        assert store.head() == 1


# Older versions


def test_older_clinic_is_backed_up_and_brought_forward(
    sqlite_store: Store, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_store.write(plain.hire, actor=None)
    sqlite_store.close()
    _next_version(tmp_path / "next", monkeypatch)
    with closing(open_store(sqlite_store.url, clock=clock)) as store:
        assert _version(store) == schema.SCHEMA
    monkeypatch.undo()
    [backup] = tmp_path.glob(f"clinic.version-{schema.SCHEMA}.*.db")
    with closing(open_store(str(backup), clock=clock)) as before:
        assert (before.head(), _version(before)) == (1, schema.SCHEMA)


def test_migration_that_fails_leaves_the_clinic_as_it_was(
    sqlite_store: Store, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_store.close()
    _next_version(tmp_path / "next", monkeypatch, "op.execute('CREATE TABLE pet (id INTEGER)'); 1 // 0")
    with pytest.raises(ZeroDivisionError):
        open_store(sqlite_store.url, clock=clock)
    monkeypatch.undo()
    with closing(open_store(sqlite_store.url, clock=clock)) as store, store._engines.reading.connect() as connection:
        assert not connection.dialect.has_table(connection, "pet")


def test_desk_does_not_migrate_a_server_unasked(
    postgres_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _next_version(tmp_path / "next", monkeypatch)
    with pytest.raises(Refused, match="looks after the server"):
        open_store(postgres_store.url)
    with closing(open_store(postgres_store.url, create=True)) as store:
        assert _version(store) == schema.SCHEMA


def _next_version(folder: Path, monkeypatch: pytest.MonkeyPatch, step: str = "") -> None:
    """A program whose tables are one version further."""
    newest = schema.SCHEMA
    shutil.copytree(schema.MIGRATIONS, folder)
    script = (
        f'revision = "{newest + 1:04}"\ndown_revision = "{newest:04}"\nfrom alembic import op\ndef upgrade():\n'
        f'    op.execute("UPDATE log_head SET schema = {newest + 1}")\n    {step or "pass"}\n'
    )
    (folder / "versions" / f"{newest + 1:04}_next.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    monkeypatch.setattr(schema, "SCHEMA", newest + 1)


def _version(store: Store) -> int:
    return store.read(lambda session: session.execute(select(tables.LogHead.schema)).scalar_one())


# Places


def test_folder_that_can_not_be_written_is_refused() -> None:
    with _somebody_elses_folder() as folder, pytest.raises(Refused, match="Nothing can be written in"):
        open_store(str(folder / "clinic.db"), create=True)


def test_file_that_can_not_be_written_is_refused(sqlite_template: Path) -> None:
    with _somebody_elses_folder(writable=True) as folder:
        with _as_root():
            shutil.copyfile(sqlite_template, folder / "clinic.db")
            (folder / "clinic.db").chmod(0o444)
        with pytest.raises(Refused, match="can't be written to"):
            open_store(str(folder / "clinic.db"))


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no folder"):
        open_store(str(tmp_path / "gone" / "clinic.db"), create=True)


@pytest.mark.parametrize(
    "folder",
    [
        PurePosixPath("/home/ana/Dropbox/clinic"),
        PurePosixPath("/home/ana/Dropbox (Clinic)"),
        PureWindowsPath("C:/Users/Ana/OneDrive - Clinic/data"),
        PureWindowsPath("C:/Users/Ana/Google Drive"),
        PurePosixPath("/Users/ana/Library/Mobile Documents/com~apple~CloudDocs"),
        PurePosixPath("/home/ana/Nextcloud"),
    ],
)
def test_synchronised_folders_are_known(folder: PurePosixPath | PureWindowsPath) -> None:
    assert place.synced_folder(folder / "clinic.db")


@pytest.mark.parametrize("folder", ["/home/ana/clinic", "/home/ana/my dropbox notes", "/srv/onedriver"])
def test_ordinary_folders_are_fine(folder: str) -> None:
    assert not place.synced_folder(PurePosixPath(folder) / "clinic.db")


def test_synchronised_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    with pytest.raises(Refused, match="another program copies while the clinic works"):
        open_store(str(tmp_path / "Dropbox" / "clinic.db"), create=True)


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/share /mnt/share nfs4 rw 0 0
//server/clinic /mnt/the\\040clinic cifs rw 0 0
ana@server: /mnt/far fuse.sshfs rw 0 0
/dev/sdb1 /mnt/share/disk ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ana/clinic.db", "ext4"),
        ("/mnt/share/clinic.db", "nfs4"),
        ("/mnt/sharepoint/clinic.db", "ext4"),
        ("/mnt/the clinic/data/clinic.db", "cifs"),
        ("/mnt/far/clinic.db", "fuse.sshfs"),
        ("/mnt/share/disk/clinic.db", "ext4"),
    ],
)
def test_network_drives_are_known_by_their_mounts(path: str, kind: str) -> None:
    assert place._file_system(PurePosixPath(path), MOUNTS) == kind
    assert (kind in place._REMOTE) is (kind != "ext4")


# Trouble while working


def test_full_disk_is_named_and_loses_nothing(sqlite_store: Store) -> None:
    sqlite_store.write(plain.hire, actor=None)
    _pragma(sqlite_store, "max_page_count = 1")
    with pytest.raises(Trouble, match="disk is full"):
        sqlite_store.write(plain.hire, "Ann" * 100_000, actor=None, id="one")
    _pragma(sqlite_store, "max_page_count = 1000000")
    assert sqlite_store.head() == 1
    assert sqlite_store.write(plain.hire, "Ann", actor=None, id="one").changes.n == 2


def test_program_that_writes_for_long_is_named(sqlite_store: Store) -> None:
    _pragma(sqlite_store, "busy_timeout = 20")
    with closing(dbapi2.connect(sqlite_store.url, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Trouble, match="Another program is writing") as caught:
            sqlite_store.write(plain.hire, actor=None)
    assert caught.value.retry
    assert sqlite_store.write(plain.hire, actor=None).changes.n == 1


def test_desk_that_must_wait_is_tried_again(postgres_store: Store) -> None:
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with closing(open_store(postgres_store.url)) as other, other._engines.writing.begin() as connection:
            connection.execute(text("SELECT n FROM log_head FOR UPDATE"))
            held.set()
            let_go.wait(2.3)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(5)
    done = postgres_store.write(plain.hire, actor=None)
    let_go.set()
    thread.join()
    assert done.changes.n == 1


def test_damaged_clinic_is_named(sqlite_store: Store) -> None:
    sqlite_store.write(plain.hire, actor=None)
    sqlite_store.close()
    file = Path(sqlite_store.url)
    file.write_bytes(file.read_bytes()[:4096] + b"\xff" * 4096 * 60)
    with pytest.raises(Trouble, match="damaged"):
        open_store(sqlite_store.url)


def _pragma(store: Store, words: str) -> None:
    with closing(store._engines.writing.raw_connection()) as raw:
        raw.cursor().execute(f"PRAGMA {words}")


@contextmanager
def _somebody_elses_folder(*, writable: bool = False) -> Iterator[Path]:
    """A folder that the test's account may look into, and write to only if so wished; root may write everywhere."""
    folder = Path(tempfile.mkdtemp(prefix="reception-open-"))
    folder.chmod(0o777 if writable else 0o555)
    rooted = os.geteuid() == 0
    if rooted:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if rooted:
            os.seteuid(0)
        folder.chmod(stat.S_IRWXU)
        shutil.rmtree(folder)


@contextmanager
def _as_root() -> Iterator[None]:
    """The account that the test was started by."""
    account = os.geteuid()
    os.seteuid(os.getuid())
    yield
    os.seteuid(account)
