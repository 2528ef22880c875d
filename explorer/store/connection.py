"""Opening the file, and doing several things to it as one."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from explorer.errors import ExplorerError
from explorer.store.faults import CHOOSE_ANOTHER, code_of, cut_short, lost_log, no_store
from explorer.store.places import CutShortError, application_of, immutable_uri, is_on_network
from explorer.words import say

_WRITING_CACHE_KIB = 128 * 1024
_LOG_KEPT = 8 * 1024 * 1024
_NO_WAY_IN = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
_NO_WAY_IN_EXTENDED = {sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMMAP}
_SWITCHED = {"wal", "delete", "truncate", "persist"}


def connect(path: Path, *, create: bool, timeout: float) -> sqlite3.Connection:
    """Connect to the file at `path`, writing nothing yet; ExplorerError or sqlite3.Error where that can't be.

    Where the file may be read but the files that SQLite keeps beside it may not be made, the connection reads the
    file as it lies there.
    """
    _make_way(path, create)
    connection = sqlite3.connect(path, timeout=timeout, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA journal_size_limit = {_LOG_KEPT}")
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        code = code_of(error)
        if not path.is_file() or (code & 0xFF not in _NO_WAY_IN and code not in _NO_WAY_IN_EXTENDED):
            raise
        return _as_it_lies(path, error)
    except BaseException:
        connection.close()
        raise
    return connection


def _as_it_lies(path: Path, error: sqlite3.Error) -> sqlite3.Connection:
    """Connect to a file in a folder where nothing may be written."""
    file = path.resolve()
    unfinished = [name for name in (f"{file.name}-wal", f"{file.name}-journal") if _holds_something(file, name)]
    if unfinished:
        raise ExplorerError(
            say("The store cannot be read: a change to it was broken off, and is still in {name}.", name=unfinished[0]),
            remedy=say("Allow writing to its folder, or copy both files to a folder that you may write to."),
            file=str(path),
        ) from error
    connection = sqlite3.connect(immutable_uri(file), uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _holds_something(file: Path, name: str) -> bool:
    beside = file.with_name(name)
    try:
        return beside.exists() and beside.stat().st_size > 0
    except OSError:
        return True


def log_ahead(connection: sqlite3.Connection, path: Path) -> None:
    """Let others read while one writes, by a write-ahead log; on a network's disk, where that is unsafe, do without.

    The file remembers it. Where it can't be changed now, since another program has the file open or it may not be
    written to, it stays as it is: either way is safe, only one of them makes readers wait.
    """
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    wanted = "delete" if is_on_network(path) else "wal"
    if mode == wanted or mode not in _SWITCHED:
        return
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute(f"PRAGMA journal_mode = {wanted}")
        connection.execute("PRAGMA schema_version").fetchone()  # from the first read on others see that it is in use
    except sqlite3.OperationalError:
        return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def _make_way(path: Path, create: bool) -> None:
    try:
        if path.is_dir():
            raise ExplorerError(
                say("This is a folder, not a store."),
                remedy=say("Name a file in it, or choose another store with --store."),
                file=str(path),
            )
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not path.exists():
            raise ExplorerError(
                say("There is no store here."),
                remedy=say("Import a file first, or choose another store with --store."),
                file=str(path),
            )
        if path.is_file():
            _look_at_head(path)
    except OSError as error:
        raise ExplorerError(
            say("The store cannot be opened: {reason}.", reason=error.strerror or str(error)),
            remedy=CHOOSE_ANOTHER,
            file=str(path),
        ) from error


def _look_at_head(path: Path) -> None:
    # SQLite takes a file of a single byte for an empty one, and believes a log that lies beside garbage.
    if not path.stat().st_size:
        return
    try:
        if application_of(path) is None:
            raise no_store(path)
    except CutShortError as error:
        file = path.resolve()
        if not _holds_something(file, f"{file.name}-wal"):  # which holds the rest while it is put into the file
            raise cut_short(path) from error


@contextmanager
def transaction(
    connection: sqlite3.Connection, kind: Literal["IMMEDIATE", "DEFERRED"] = "IMMEDIATE"
) -> Generator[None, None, None]:
    """Do all that happens inside as one: kept whole at the end, undone whole when anything is raised."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Generator[None, None, None]:
    """Let all that is read inside be of one moment, whatever others write meanwhile; inside another, of that one's."""
    if connection.in_transaction:
        yield
        return
    with transaction(connection, "DEFERRED"):
        yield


FileId = tuple[int, int]


def log_of(connection: sqlite3.Connection, path: Path) -> FileId | None:
    """Return which file the write-ahead log of a connection to the store at `path` is, None where it has none."""
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    return _id_of_log(path) if mode == "wal" else None


def _id_of_log(path: Path) -> FileId | None:
    file = path.resolve()
    try:
        found = file.with_name(f"{file.name}-wal").stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def lasting(path: Path, log: FileId | None) -> Generator[None, None, None]:
    """Write through a connection whose log is the file `log`; ExplorerError unless it is the store's before and after.

    Nobody deletes the log of a store that is open, unless the locks on it were lost: POSIX takes all of a process's
    locks on a file away as soon as the process closes that file anywhere. What is written then may reach nobody.
    """
    if log is None:
        yield
        return
    _must_have(path, log)
    yield
    _must_have(path, log)


def _must_have(path: Path, log: FileId) -> None:
    if _id_of_log(path) != log:
        raise lost_log(path)


@contextmanager
def wide_cache(connection: sqlite3.Connection) -> Generator[None, None, None]:
    """Give a large import room in memory, so that no page of it reaches the file before the commit."""
    (usual,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute(f"PRAGMA cache_size = {-_WRITING_CACHE_KIB}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {usual}")
