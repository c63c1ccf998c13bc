"""Where a clinic's file may lie: on a disk of this computer, in a folder that can be written to (Decision 5)."""

import os
import re
import sys
import tempfile
from pathlib import Path, PurePath

from reception.domain.errors import Refused

_NETWORK = (
    "{path} lies on a network drive, where a clinic's database would be damaged. Keep it on a disk of this computer; "
    "for several computers use a Postgres server."
)

# File systems whose disk is another computer's.
_REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "davfs", "webdav"}
    | {f"fuse.{kind}" for kind in ("sshfs", "davfs2", "davfs", "gvfsd-fuse", "rclone", "s3fs", "glusterfs", "smbnetfs")}
)

# The folders that programs keep equal with a server; some carry the account's name after their own.
_SYNCED = re.compile(
    r"(dropbox|onedrive|google ?drive|my drive|icloud ?drive|mobile documents|com~apple~clouddocs|nextcloud|owncloud"
    r"|seafile|pcloud ?drive|box sync|creative cloud files)(?![a-z])",
    re.IGNORECASE,
)
_DRIVE_REMOTE = 4


def check(path: Path) -> None:
    """Refuse, in a sentence, a place where a clinic's file would be damaged or can't be written."""
    if on_network(path):
        raise Refused(_NETWORK, path=str(path))
    if folder := synced_folder(path):
        raise Refused(
            "{path} lies in {folder}, which another program copies while the clinic works; that damages a database. "
            "Keep it in a folder that isn't synchronised.",
            path=str(path),
            folder=folder,
        )
    _check_folder(path)
    if path.exists():
        _check_file(path)


def on_network(path: Path) -> bool:
    """Whether the disk under a path is another computer's, as far as this one can tell."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - there is a Windows library to ask on Windows only

        full = path.absolute()
        return full.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(full.anchor) == _DRIVE_REMOTE
    mounts = Path("/proc/mounts")
    return mounts.exists() and _file_system(path.resolve(), mounts.read_text(encoding="utf-8")) in _REMOTE


def synced_folder(path: PurePath) -> str:
    """The folder above a path that a synchronising program looks after, "" where there is none."""
    return next((part for part in path.parts[:-1] if _SYNCED.match(part)), "")


def _file_system(path: PurePath, mounts: str) -> str:
    """The kind of file system that the deepest mount above a path is of."""
    found = [line.split() for line in mounts.splitlines()]
    # Blanks in a mount's folder are written in octal.
    above = [(where.replace("\\040", " "), kind) for _, where, kind, *_ in found]
    fitting = [(len(PurePath(where).parts), kind) for where, kind in above if path.is_relative_to(where)]
    # Of two mounts on one folder the later one shows.
    return max(enumerate(fitting), key=lambda one: (one[1][0], one[0]), default=(0, (0, "")))[1][1]


def _check_folder(path: Path) -> None:
    try:
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except FileNotFoundError:
        raise Refused("There is no folder {folder}. Choose another one.", folder=str(path.parent)) from None
    except OSError as error:
        # A database in WAL mode can't even be read where its companions can't be written.
        raise Refused(
            "Nothing can be written in {folder} ({why}). Choose another folder, or ask for the right to write there.",
            folder=str(path.parent),
            why=os.strerror(error.errno) if error.errno else str(error),
        ) from None


def _check_file(path: Path) -> None:
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        raise Refused(
            "{path} can't be written to ({why}). Choose another file, or ask for the right to change it.",
            path=str(path),
            why=os.strerror(error.errno) if error.errno else str(error),
        ) from None
