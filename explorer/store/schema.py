"""Whose file it is, and which version of the tables it holds."""

import sqlite3
from pathlib import Path

from explorer.store.connection import transaction
from explorer.store.faults import UnusableError, no_store
from explorer.store.places import APPLICATION_ID
from explorer.words import say

__all__ = ["APPLICATION_ID", "SCHEMA_VERSION", "NewerError", "prepare"]

SCHEMA_VERSION = 6
"""How many migrations a store of today has been through."""


class NewerError(UnusableError):
    """The store is of a later version of the tables than this program knows."""


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a store or an empty file to SCHEMA_VERSION; ExplorerError for a newer store and any other file."""
    if not _is_due(connection, path):
        return
    # sqlite-utils takes half a second to import: only a file that needs it waits for it.
    from explorer.store.migrations import migrate  # noqa: PLC0415

    with transaction(connection):
        if _is_due(connection, path):
            migrate(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _is_due(connection: sqlite3.Connection, path: Path) -> bool:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID:
        if application or version or tables:
            raise no_store(path)
        return True
    if version > SCHEMA_VERSION:
        raise NewerError(
            say("This store was made by a newer version of the program."),
            remedy=say("Update the program, or choose another store with --store."),
            file=str(path),
        )
    return version < SCHEMA_VERSION
