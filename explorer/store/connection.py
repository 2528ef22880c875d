"""Opening the file, and doing several things to it as one."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from explorer.errors import ExplorerError
from explorer.store.faults import CHOOSE_ANOTHER, no_store
from explorer.words import say

_MAGIC = b"SQLite format 3\0"
_WRITING_CACHE_KIB = 128 * 1024


def connect(path: Path, *, create: bool, timeout: float) -> sqlite3.Connection:
    """Connect to the file at `path`, reading and writing nothing yet; ExplorerError where that can't be."""
    _make_way(path, create)
    return sqlite3.connect(path, timeout=timeout, isolation_level=None)


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
    # SQLite takes a file of a single byte for an empty one, and would write over it.
    with path.open("rb") as file:
        head = file.read(len(_MAGIC))
    if head and head != _MAGIC:
        raise no_store(path)


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
def wide_cache(connection: sqlite3.Connection) -> Generator[None, None, None]:
    """Give a large import room in memory, so that no page of it reaches the file before the commit."""
    (usual,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute(f"PRAGMA cache_size = {-_WRITING_CACHE_KIB}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {usual}")
