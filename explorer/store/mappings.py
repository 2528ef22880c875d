"""What the columns of a table were said to mean, remembered by its heading."""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, fields

from explorer.domain.column_mapping import Mapping

TABLES = (
    """
CREATE TABLE column_mapping (
    sha256 TEXT PRIMARY KEY,
    heading TEXT NOT NULL,
    mapping TEXT NOT NULL
) WITHOUT ROWID
""",
)

_NAMES = frozenset(each.name for each in fields(Mapping))


def read(connection: sqlite3.Connection, heading: Sequence[str]) -> Mapping | None:
    """Return what was said of a heading, in whatever order its columns are; None where nothing was."""
    row = connection.execute("SELECT mapping FROM column_mapping WHERE sha256 = ?", (_key(heading),)).fetchone()
    if row is None:
        return None
    return Mapping(**{name: value for name, value in json.loads(row[0]).items() if name in _NAMES})


def write(connection: sqlite3.Connection, heading: Sequence[str], mapping: Mapping) -> None:
    """Remember what is said of a heading, in the place of what was said before."""
    row = (_key(heading), _text(heading), json.dumps(asdict(mapping), ensure_ascii=False))
    connection.execute("INSERT OR REPLACE INTO column_mapping (sha256, heading, mapping) VALUES (?, ?, ?)", row)


def _key(heading: Sequence[str]) -> str:
    return hashlib.sha256(_text(sorted(heading)).encode()).hexdigest()


def _text(heading: Sequence[str]) -> str:
    return json.dumps(list(heading), ensure_ascii=False)
