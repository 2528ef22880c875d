"""Which snapshots there are, in which order they speak, and the bytes they came as."""

import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Thread
from typing import Any

from explorer.domain.snapshot import IMPORTED, Basis, Provenance
from explorer.store.faults import DamagedError

SENIORITY = f"""
seniority AS (
    SELECT id AS snapshot_id, row_number() OVER (ORDER BY format <> '{IMPORTED}', vintage, sha256) AS place
    FROM snapshot WHERE removed_at = '' AND (:as_of = '' OR vintage <= :as_of)
)
"""
"""The snapshots known at `:as_of` and not removed, of which the one with the highest `place` wins.

An imported table counts only where no snapshot of OpenRouter does, however new it is. Equal vintages go by sha256, so
that the order of imports never decides.
"""

_COLUMNS = "format, name, source, as_of, basis, sha256, licence, citation, rows, first_day, last_day, imported_at"
_CODEC = "zlib"


def insert(connection: sqlite3.Connection, provenance: Provenance) -> int:
    """Insert the row of a snapshot and return its id."""
    row = (
        provenance.format,
        provenance.name,
        provenance.source,
        provenance.as_of,
        provenance.basis.value,
        provenance.sha256,
        provenance.licence,
        provenance.citation,
        provenance.rows,
        provenance.first_day,
        provenance.last_day,
        provenance.imported_at,
        provenance.vintage,
    )
    marks = ", ".join("?" * len(row))
    cursor = connection.execute(f"INSERT INTO snapshot ({_COLUMNS}, vintage) VALUES ({marks})", row)
    assert cursor.lastrowid is not None
    return cursor.lastrowid


@dataclass(frozen=True, slots=True)
class Removed:
    """A snapshot that was removed and can be put back; `removed_at` is an ISO UTC timestamp."""

    provenance: Provenance
    removed_at: str


def find(connection: sqlite3.Connection, sha256: str) -> Provenance | None:
    """Return the provenance of the snapshot with these bytes, or None where there is none or it was removed."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM snapshot WHERE sha256 = ? AND removed_at = ''", (sha256,))
    row = found.fetchone()
    return None if row is None else _provenance(row)


def read(connection: sqlite3.Connection) -> tuple[Provenance, ...]:
    """Return the provenance of every snapshot that was not removed, the oldest import first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM snapshot WHERE removed_at = '' ORDER BY id")
    return tuple(map(_provenance, rows))


def removed(connection: sqlite3.Connection) -> tuple[Removed, ...]:
    """Return the removed snapshots, the one removed last first."""
    rows = connection.execute(
        f"SELECT removed_at, {_COLUMNS} FROM snapshot WHERE removed_at <> '' ORDER BY removed_at DESC, id DESC"
    )
    return tuple(Removed(_provenance(row), when) for when, *row in rows)


def mark(connection: sqlite3.Connection, sha256: str, removed_at: str) -> None:
    """Mark a snapshot as removed, or with "" as not; KeyError where no snapshot has the sha256."""
    done = connection.execute("UPDATE snapshot SET removed_at = ? WHERE sha256 = ?", (removed_at, sha256))
    if done.rowcount == 0:
        raise KeyError(sha256)


def purge(connection: sqlite3.Connection, sha256: str = "") -> int:
    """Delete the removed snapshots, or the one with this sha256, with all their rows; return how many there were."""
    found = connection.execute(
        "SELECT id FROM snapshot WHERE removed_at <> '' AND :sha256 IN ('', sha256)", {"sha256": sha256}
    ).fetchall()
    if found:
        for table in tables_with(connection, "snapshot_id"):
            connection.executemany(f"DELETE FROM {table} WHERE snapshot_id = ?", found)
        connection.executemany("DELETE FROM snapshot WHERE id = ?", found)
    return len(found)


def tables_with(connection: sqlite3.Connection, column: str) -> list[str]:
    """Return every table that has a column: with `snapshot_id` those whose rows belong to a snapshot."""
    rows = connection.execute(
        "SELECT tables.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns "
        "WHERE tables.type = 'table' AND columns.name = ?",
        (column,),
    )
    return [name for (name,) in rows]


def are_none(connection: sqlite3.Connection) -> bool:
    """Say whether there is no snapshot, not even a removed one."""
    return connection.execute("SELECT 1 FROM snapshot LIMIT 1").fetchone() is None


def _provenance(row: Sequence[Any]) -> Provenance:
    form, name, source, as_of, basis, *rest = row
    return Provenance(form, name, source, as_of, Basis(basis), *rest)


class Original:
    """The bytes of a file, being compressed in another thread while its rows are inserted."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._packed: bytes | None = None
        self._thread = Thread(target=self._pack, daemon=True)
        self._thread.start()

    def _pack(self) -> None:
        self._packed = zlib.compress(self._raw, 1)

    def insert(self, connection: sqlite3.Connection, snapshot_id: int) -> None:
        """Wait for the compressed bytes and insert them."""
        self._thread.join()
        assert self._packed is not None
        row = (snapshot_id, _CODEC, self._packed)
        connection.execute("INSERT INTO original (snapshot_id, codec, bytes) VALUES (?, ?, ?)", row)


def original(connection: sqlite3.Connection, sha256: str) -> bytes:
    """Return the bytes with this sha256 as they came in; KeyError where no snapshot has it, DamagedError."""
    found = connection.execute(
        "SELECT codec, bytes FROM snapshot LEFT JOIN original ON snapshot.id = snapshot_id WHERE sha256 = ?",
        (sha256,),
    ).fetchone()
    if found is None:
        raise KeyError(sha256)
    codec, packed = found
    if codec != _CODEC or not isinstance(packed, bytes):
        raise DamagedError(f"no original of {sha256} under {_CODEC}")
    try:
        return zlib.decompress(packed)
    except zlib.error as error:
        raise DamagedError(f"the original of {sha256}") from error
