"""A file on the disk: its name as text, its bytes within a limit, and what is said where it can't be read."""

import stat
from pathlib import Path
from typing import BinaryIO

from explorer.errors import ExplorerError
from explorer.progress import Progress
from explorer.words import Message, say

LARGEST_FILE = 2 * 10**9
"""Bytes; a larger file is refused before it is read."""
SPLIT = say("Split it into smaller files, by date.")

_CHUNK = 1 << 24
_BESIDE = ("-wal", "-shm", "-journal")


def name_of(path: Path) -> str:
    """Return the name of a file as text that can be kept and shown: what is no UTF-8 in it becomes a question mark."""
    return path.name.encode("utf-8", "replace").decode()


def opened(path: Path) -> BinaryIO:
    """Open the file at `path` to be read; OSError, ExplorerError where it is no file, too large or a database in use.

    Were a database that this process has open, the store above all, opened and closed here too, POSIX would take the
    locks on it away, and another process could delete its log with what was just written.
    """
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise _refused(name_of(path), say("This is a folder."), say("Choose a file in it."))
    if not stat.S_ISREG(found.st_mode):
        raise _refused(name_of(path), say("This is not a file."), say("Choose a file."))
    if found.st_size > LARGEST_FILE:
        raise too_large(name_of(path), LARGEST_FILE, SPLIT)
    if _is_database_in_use(path.resolve()):
        what = say("This is a database that is in use, perhaps the store itself.")
        raise _refused(name_of(path), what, say("Choose a file of data, or open another store with --store."))
    return path.open("rb")


def _is_database_in_use(file: Path) -> bool:
    """Tell by the files that SQLite keeps beside a database while it is open, of which this may be one."""
    owner = next((file.name.removesuffix(end) for end in _BESIDE if file.name.endswith(end)), None)
    if owner and file.with_name(owner).exists():
        return True
    return any(file.with_name(file.name + end).exists() for end in _BESIDE)


def rest(name: str, file: BinaryIO, head: bytes, progress: Progress) -> bytes:
    """Return `head` and what follows it in `file`; raises ExplorerError where that is too much."""
    chunks, size = [head], len(head)
    while chunk := file.read(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > LARGEST_FILE:
            raise too_large(name, LARGEST_FILE, SPLIT)
        progress(0.1)
    return b"".join(chunks)


def too_large(name: str, limit: int, remedy: Message) -> ExplorerError:
    """Return the error for a file of more than `limit` bytes."""
    return _refused(name, say("The file has more than {limit} bytes.", limit=limit), remedy)


def unreadable(name: str, fault: OSError) -> ExplorerError:
    """Return the error for a file that the system does not hand over."""
    if isinstance(fault, FileNotFoundError):
        return _refused(name, say("There is no such file."), say("Check the path."))
    if isinstance(fault, PermissionError):
        return _refused(name, say("You may not read this file."), say("Change its permissions or copy it."))
    what = say("The file can't be read: {reason}.", reason=fault.strerror or type(fault).__name__)
    return _refused(name, what, say("Check the disk or copy the file."))


def _refused(name: str, what: Message, remedy: Message) -> ExplorerError:
    return ExplorerError(what, remedy=remedy, file=name)
