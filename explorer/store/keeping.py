"""Keeping a store: a copy of it, a check of all it holds, and less room for the same."""

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from explorer.errors import Cancelled, ExplorerError
from explorer.progress import Progress
from explorer.store import snapshots
from explorer.store.connection import connect, transaction
from explorer.store.faults import code_of, damaged, plainly
from explorer.words import Message, say

_PAGES_PER_STEP = 1024
_OPERATIONS_PER_STEP = 50_000
_COPIED = 0.8
"""Which part of the progress of a backup is done when all is copied, and only the check of it is left."""

_IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_OF_THE_SOURCE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, *_IN_USE}


@dataclass(frozen=True, slots=True)
class Compacted:
    """What compacting did: how many removed snapshots are gone for good, and the file's bytes before and after."""

    purged: int
    before: int
    after: int


def back_up(connection: sqlite3.Connection, path: Path, target: Path, progress: Progress, *, replace: bool) -> None:
    """Copy the store at `path` as it is at this moment to `target`, which is there whole and checked or not at all.

    Others may read and write the store meanwhile. The copy is one file that needs none beside it. Raises
    ExplorerError where `target` can't be written, is there already (unless `replace`) or is the store itself.
    """
    with _beside(target, path, replace=replace) as aside, closing(sqlite3.connect(aside, isolation_level=None)) as copy:
        with _faults_of(path, target), transaction(connection, "DEFERRED"):
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()  # what others write now stays out
            copy_pages(connection, copy, progress, 0.0, _COPIED)
        with plainly(target):
            copy.execute("PRAGMA journal_mode = DELETE")
        with plainly(path):
            check_pages(copy, path, progress, _COPIED)
        progress(1.0)


def copy_pages(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    progress: Progress,
    start: float,
    stop: float,
    pages: int = _PAGES_PER_STEP,
) -> None:
    """Make `target` the same as `source` in one step of its own: what stops this leaves it as it was.

    sqlite3.OperationalError where either is in use for longer than its connection waits.
    """

    def told(status: int, remaining: int, total: int) -> None:
        if status in _IN_USE:  # sqlite3 would try again for ever
            error = sqlite3.OperationalError("in use")
            error.sqlite_errorcode = status
            raise error
        if status != sqlite3.SQLITE_DONE:  # when all is done it is too late to stop
            progress(stop - (stop - start) * remaining / max(total, 1))

    source.backup(target, pages=pages, progress=told)


def check_pages(connection: sqlite3.Connection, path: Path, progress: Progress, done: float) -> None:
    """Raise the error for a damaged store at `path` unless the file of the connection agrees with itself."""
    with interruptible(connection, progress, done):
        found: list[tuple[str]] = connection.execute("PRAGMA integrity_check(1)").fetchall()
        if found != [("ok",)] or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise damaged(path)


def check(connection: sqlite3.Connection, path: Path, progress: Progress) -> int:
    """Check every page, every reference and every original's sha256; return how many originals are there.

    Raises the error for a damaged store where anything is not as it was written.
    """
    progress(0.0)
    check_pages(connection, path, progress, 0.0)
    known = [(sha256,) for (sha256,) in connection.execute("SELECT sha256 FROM snapshot ORDER BY id")]
    for i, (sha256,) in enumerate(known):
        progress(0.5 + 0.5 * i / len(known))
        if hashlib.sha256(snapshots.original(connection, sha256)).hexdigest() != sha256:
            raise damaged(path)
    progress(1.0)
    return len(known)


def compact(connection: sqlite3.Connection, progress: Progress) -> Compacted:
    """Delete what was removed for good, and write the file anew without the room that is left over.

    What stops it leaves the store with all that it shows; the removed may be gone by then.
    """
    before = _size(connection)
    progress(0.0)
    with transaction(connection):
        purged = snapshots.purge(connection)
        used = " UNION ".join(f"SELECT model_id FROM {name}" for name in snapshots.tables_with(connection, "model_id"))
        connection.execute(f"DELETE FROM model WHERE id NOT IN ({used})")
        progress(0.3)
    with interruptible(connection, progress, 0.3):
        connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    with suppress(Cancelled):
        progress(1.0)
    return Compacted(purged, before, _size(connection))


def discard_if_empty(path: Path) -> None:
    """Delete a store that nothing was ever imported into and that nobody else has open."""
    with closing(connect(path, create=False, timeout=0.0)) as connection:
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            return  # without a log nobody can tell who has it open
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return
        empty = snapshots.are_none(connection)
        if empty and os.name == "posix":  # elsewhere an open file can't be deleted
            path.resolve().unlink()
    if empty:
        path.resolve().unlink(missing_ok=True)


def _size(connection: sqlite3.Connection) -> int:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return pages * size


@contextmanager
def interruptible(connection: sqlite3.Connection, progress: Progress, done: float) -> Generator[None, None, None]:
    """Ask `progress` now and then while SQLite is at one long statement; what that raises ends the statement."""
    raised: list[BaseException] = []

    def ask() -> int:
        try:
            progress(done)
        except BaseException as error:  # SQLite would swallow it
            raised.append(error)
        return len(raised)

    connection.set_progress_handler(ask, _OPERATIONS_PER_STEP)
    try:
        yield
    except sqlite3.OperationalError as error:
        if raised:
            raise raised[0] from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


@contextmanager
def _beside(target: Path, store: Path, *, replace: bool) -> Generator[Path, None, None]:
    """Yield an empty file beside `target` to be filled, and put it in the place of `target` in the end."""
    try:
        target, store = target.resolve(), store.resolve()
        if target == store:
            raise refused(target, say("This is the store itself."))
        if target.is_dir():
            raise refused(target, say("This is a folder."))
        if target.exists() and not replace:
            raise refused(target, say("There is a file of this name already."))
        aside = target.with_name(f".{secrets.token_hex(8)}.part")
        aside.touch(exist_ok=False)
        try:
            yield aside
            place(aside, target)
        finally:
            discard(aside)
    except OSError as error:
        raise refused(target, say("The copy cannot be written: {reason}.", reason=error.strerror or error)) from error


def place(aside: Path, target: Path) -> None:
    """Give a closed and finished file its name, so that it survives a loss of power; OSError."""
    with aside.open("rb+") as file:
        os.fsync(file.fileno())
    aside.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def discard(aside: Path) -> None:
    """Delete a file that has not got its name, and what SQLite left beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        aside.with_name(aside.name + suffix).unlink(missing_ok=True)


def refused(target: Path, what: Message) -> ExplorerError:
    """Return the error for a copy that can't be written to `target`."""
    return ExplorerError(what, remedy=say("Choose another folder or name."), file=str(target))


@contextmanager
def _faults_of(source: Path, target: Path) -> Generator[None, None, None]:
    """Blame the right one of two files."""
    try:
        yield
    except sqlite3.Error as error:
        with plainly(source if code_of(error) & 0xFF in _OF_THE_SOURCE else target):
            raise
