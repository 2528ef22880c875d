"""What SQLite complains of, in words a person can act on."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from explorer.errors import ExplorerError
from explorer.store.places import newest_copy
from explorer.words import Message, say

CHOOSE_ANOTHER = say("Choose another store with --store.")


class UnusableError(ExplorerError):
    """What is in the file can't be used as a store: it is damaged, of another program or of a newer version.

    Waiting mends nothing; a copy put in its place does.
    """


_NO_STORE = (say("This file is not a store of this program, and was left as it is."), CHOOSE_ANOTHER)
_DAMAGED = (
    say("The store is damaged."),
    say("Put back a copy of it, or import your files into another store with --store."),
)
_CUT_SHORT = (
    say("The store is cut short: its file ends before all that belongs in it."),
    _DAMAGED[1],
)
_BUSY = (
    say("The store is in use by another program."),
    say("Close that program or wait for it to finish, then try again."),
)
_READ_ONLY = (
    say("The store cannot be written to."),
    say("Allow writing to the file and its folder, or choose another store with --store."),
)
_FULL = (
    say("There is no room left on the disk; the store is as it was before."),
    say("Free some space, then try again."),
)
_FAULTS: dict[int, tuple[Message, Message]] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_AUTH: _READ_ONLY,
    sqlite3.SQLITE_NOTADB: _NO_STORE,
    sqlite3.SQLITE_CANTOPEN: (
        say("The store cannot be opened."),
        say("Check that its folder exists and that you may read and write there."),
    ),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: _FULL,
    sqlite3.SQLITE_IOERR: (
        say("The disk failed while the store was read or written."),
        say("Check that the disk is connected and sound, then try again."),
    ),
}
_UNUSABLE = (_NO_STORE, _DAMAGED)


def no_store(path: Path) -> ExplorerError:
    """Return the error for a file that some other program made."""
    return _unusable(path, *_NO_STORE)


def damaged(path: Path) -> ExplorerError:
    """Return the error for a store whose content contradicts itself."""
    return _unusable(path, *_DAMAGED)


def cut_short(path: Path) -> ExplorerError:
    """Return the error for a file that lacks its end."""
    return _unusable(path, *_CUT_SHORT)


def lost_log(path: Path) -> ExplorerError:
    """Return the error for a store whose log another program deleted, taking it for one that nobody had open."""
    return ExplorerError(
        say("Another program closed the store while it was written to here: what was written may not be kept."),
        remedy=say("Look at the list of snapshots, and import again what is missing."),
        file=str(path),
    )


class DamagedError(Exception):
    """What was read contradicts itself; `plainly` says so of the store."""


def _unusable(path: Path, what: Message, remedy: Message) -> ExplorerError:
    copy = newest_copy(path)
    if copy is not None:
        remedy = say(
            "Beside it is {copy}, the newest store of a like name: put it in its place with "
            "`tokenshare store restore`, or choose another store with --store.",
            copy=copy.name,
        )
    return UnusableError(what, remedy=remedy, file=str(path))


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's extended result code of an error, that of "some error" where Python itself raised it."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)


@contextmanager
def plainly(path: Path) -> Generator[None, None, None]:
    """Turn what SQLite says about the file at `path` into ExplorerError; what only a bug causes passes through."""
    try:
        yield
    except DamagedError as error:
        raise damaged(path) from error
    except sqlite3.Error as error:
        code = code_of(error)
        fault = _FAULTS.get(code) or _FAULTS.get(code & 0xFF)
        if fault is None:
            raise
        raise (
            _unusable(path, *fault) if fault in _UNUSABLE else ExplorerError(fault[0], remedy=fault[1], file=str(path))
        ) from error
