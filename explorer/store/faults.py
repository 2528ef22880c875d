"""What SQLite complains of, in words a person can act on."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from explorer.errors import ExplorerError
from explorer.words import Message, say

CHOOSE_ANOTHER = say("Choose another store with --store.")

_NO_STORE = say("This file is not a store of this program, and was left as it is.")
_BUSY = (
    say("The store is in use by another program."),
    say("Close that program or wait for it to finish, then try again."),
)
_READ_ONLY = (
    say("The store cannot be written to."),
    say("Allow writing to the file and its folder, or choose another store with --store."),
)
_FAULTS: dict[int, tuple[Message, Message]] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_AUTH: _READ_ONLY,
    sqlite3.SQLITE_NOTADB: (_NO_STORE, CHOOSE_ANOTHER),
    sqlite3.SQLITE_CANTOPEN: (
        say("The store cannot be opened."),
        say("Check that its folder exists and that you may read and write there."),
    ),
    sqlite3.SQLITE_CORRUPT: (
        say("The store is damaged."),
        say("Put back a copy of it, or import your files into another store with --store."),
    ),
    sqlite3.SQLITE_FULL: (
        say("There is no room left on the disk; the store is as it was before."),
        say("Free some space, then try again."),
    ),
    sqlite3.SQLITE_IOERR: (
        say("The disk failed while the store was read or written."),
        say("Check that the disk is connected and sound, then try again."),
    ),
}


def no_store(path: Path) -> ExplorerError:
    """Return the error for a file that some other program made."""
    return ExplorerError(_NO_STORE, remedy=CHOOSE_ANOTHER, file=str(path))


@contextmanager
def plainly(path: Path) -> Generator[None, None, None]:
    """Turn what SQLite says about the file at `path` into ExplorerError; what only a bug causes passes through."""
    try:
        yield
    except sqlite3.Error as error:
        fault = _FAULTS.get(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF)
        if fault is None:
            raise
        what, remedy = fault
        raise ExplorerError(what, remedy=remedy, file=str(path)) from error
