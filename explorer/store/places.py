"""Where a store lies: whether its disk is this machine's own, and which copies of it lie beside it."""

import errno
import os
import re
import sqlite3
import sys
from pathlib import Path
from urllib.parse import quote

APPLICATION_ID = 0x546B5368
"""What marks a SQLite file as a store of this program: "TkSh" in the file's header."""

_LEAST = 512
"""Bytes of the smallest page, and so of the smallest file, that SQLite makes."""

_LIST_OF_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = re.compile(r"nfs\d?|cifs|smb\w*|9p|afs|ceph|lustre|ncpfs|davfs|fuse\.(sshfs|glusterfs|davfs2?|rclone|s3fs)")
_ESCAPED = re.compile(r"\\([0-7]{3})")
_REMOTE_DRIVE = 4
_BESIDE = ("-wal", "-shm", "-journal", ".part")


def is_on_network(path: Path) -> bool:
    """Tell whether the file is, or would be, on the disk of another machine, as far as the system says.

    Two machines share no memory, which a write-ahead log needs. macOS does not say: False there.
    """
    folder = path.resolve().parent
    if sys.platform == "win32":
        from ctypes import windll  # noqa: PLC0415 - there is none elsewhere

        return folder.drive.startswith("\\\\") or windll.kernel32.GetDriveTypeW(folder.anchor) == _REMOTE_DRIVE
    try:
        mounts = _LIST_OF_MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    return _NETWORK.fullmatch(kind_of(folder, mounts)) is not None


def kind_of(folder: Path, mounts: str) -> str:
    """Return the kind of file system of a folder by Linux's list of mounts, "" where that names none."""
    found, depth = "", -1
    for line in mounts.splitlines():
        fields, _, kind = line.partition(" - ")
        point = Path(_ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), fields.split(" ")[4]))
        if folder.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = kind.partition(" ")[0], len(point.parts)
    return found


def newest_copy(path: Path) -> Path | None:
    """Return the newest store whose name begins as that of the store at `path` and that lies in its folder, or None."""
    try:
        beside = [other for other in path.resolve().parent.iterdir() if _is_copy(other, path)]
        return max(beside, key=lambda other: (other.stat().st_mtime_ns, other.name), default=None)
    except OSError:
        return None


def _is_copy(other: Path, path: Path) -> bool:
    if other.name == path.name or not other.name.startswith(path.stem) or other.name.endswith(_BESIDE):
        return False
    return other.is_file() and looks_like_store(other)


def looks_like_store(path: Path) -> bool:
    """Tell by the file's header whether it is a store of this program, of whichever version; OSError."""
    try:
        return application_of(path) == APPLICATION_ID
    except CutShortError:
        return False


class CutShortError(Exception):
    """A SQLite file is shorter than its header says: cut, or a log beside it holds the rest."""


def application_of(path: Path) -> int | None:
    """Return which program's SQLite file this is by its header, None for what is none; OSError, CutShortError.

    SQLite reads it: were the file opened and closed by anything else, POSIX would take this process's locks on it away.
    """
    if path.stat().st_size < _LEAST:
        return None
    if not os.access(path, os.R_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    connection = sqlite3.connect(immutable_uri(path), uri=True)
    try:
        (found,) = connection.execute("PRAGMA application_id").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT:  # of all of a header only the length is looked at
            raise CutShortError from error
        return None
    finally:
        connection.close()
    return found


def immutable_uri(path: Path) -> str:
    """Return what SQLite opens to read the file as it lies there, with no lock and nothing made beside it.

    Path.as_uri() would name the server of a Windows share where SQLite allows none.
    """
    place = quote(path.resolve().as_posix(), safe="/:")
    return f"file://{'' if place.startswith('/') else '/'}{place}?immutable=1"
