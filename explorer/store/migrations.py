"""The tables, as the steps that made them. A step that was released is never edited: a change is a new step.

Days are numbers (days since 1970-01-01) wherever rows are many; the views show them as dates.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from explorer.store import mappings, public_views, splits

MIGRATIONS = Migrations("explorer")


def migrate(connection: sqlite3.Connection) -> None:
    """Take the steps this file has not been through, inside the caller's transaction."""
    MIGRATIONS.apply(Database(connection, recursive_triggers=False, execute_plugins=False))


@MIGRATIONS(name="0001_snapshots_usage_prices_figures")
def _first(database: Database) -> None:
    tables = (_SNAPSHOTS, _ORIGINALS, _MODELS, _USAGE, _COVERAGE, _PRICE_LISTS, _PRICES, _FIGURES)
    views = (_WINNING_SNAPSHOT, _CURRENT_USAGE)
    for statement in tables + views:
        database.conn.execute(statement)


@MIGRATIONS(name="0002_figure_precision_overrides")
def _second(database: Database) -> None:
    for statement in (*_FIGURE_PRECISION, _ORIGIN_OVERRIDES, _REVEAL_OVERRIDES):
        database.conn.execute(statement)


@MIGRATIONS(name="0003_price_tiers")
def _third(database: Database) -> None:
    for statement in _PRICE_TIERS:
        database.conn.execute(statement)


@MIGRATIONS(name="0004_scores")
def _fourth(database: Database) -> None:
    for statement in (_SCORE_LISTS, _SCORES):
        database.conn.execute(statement)


@MIGRATIONS(name="0005_removal_and_public_views")
def _fifth(database: Database) -> None:
    for statement in (*public_views.DROPPED, *_REMOVAL, *public_views.MADE):
        database.conn.execute(statement)


@MIGRATIONS(name="0006_column_mappings_usage_split")
def _sixth(database: Database) -> None:
    for statement in (*mappings.TABLES, *splits.TABLES):
        database.conn.execute(statement)


_SNAPSHOTS = """
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    format TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    as_of TEXT NOT NULL,
    basis TEXT NOT NULL,
    vintage TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    licence TEXT NOT NULL,
    citation TEXT NOT NULL,
    rows INTEGER NOT NULL,
    first_day INTEGER,
    last_day INTEGER,
    imported_at TEXT NOT NULL
)
"""

_ORIGINALS = """
CREATE TABLE original (
    snapshot_id INTEGER PRIMARY KEY REFERENCES snapshot (id),
    codec TEXT NOT NULL,
    bytes BLOB NOT NULL
)
"""

_MODELS = """
CREATE TABLE model (
    id INTEGER PRIMARY KEY,
    permaslug TEXT NOT NULL UNIQUE
)
"""

_USAGE = """
CREATE TABLE usage (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id),
    day INTEGER NOT NULL,
    model_id INTEGER NOT NULL REFERENCES model (id),
    tokens INTEGER NOT NULL,
    PRIMARY KEY (snapshot_id, day, model_id)
) WITHOUT ROWID
"""

_COVERAGE = """
CREATE TABLE coverage (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id),
    day INTEGER NOT NULL,
    PRIMARY KEY (snapshot_id, day)
) WITHOUT ROWID
"""

_PRICE_LISTS = """
CREATE TABLE price_list (
    snapshot_id INTEGER PRIMARY KEY REFERENCES snapshot (id),
    day INTEGER NOT NULL,
    source TEXT NOT NULL
)
"""

_PRICES = """
CREATE TABLE price (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id),
    model TEXT NOT NULL,
    canonical TEXT NOT NULL,
    name TEXT NOT NULL,
    input REAL,
    output REAL,
    cache_read REAL,
    cache_write REAL,
    own INTEGER NOT NULL,
    PRIMARY KEY (snapshot_id, model)
) WITHOUT ROWID
"""

_FIGURES = """
CREATE TABLE figure (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id),
    id TEXT NOT NULL,
    "window" TEXT NOT NULL,
    start_date TEXT,
    end_date TEXT,
    scope TEXT NOT NULL,
    entity TEXT NOT NULL,
    measure TEXT NOT NULL,
    value REAL NOT NULL,
    unit TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    published TEXT NOT NULL,
    note TEXT NOT NULL,
    model TEXT NOT NULL,
    PRIMARY KEY (snapshot_id, id)
) WITHOUT ROWID
"""

# A bare column beside max() comes from the row that holds the maximum: SQLite documents it.
_WINNING_SNAPSHOT = """
CREATE VIEW winning_snapshot AS
WITH seniority AS (
        SELECT id AS snapshot_id, row_number() OVER (ORDER BY vintage, sha256) AS place FROM snapshot
    ),
    winner AS (
        SELECT day, snapshot_id, max(place)
        FROM seniority CROSS JOIN coverage USING (snapshot_id)
        GROUP BY day
    )
SELECT date(day * 86400, 'unixepoch') AS date, day, snapshot_id FROM winner
"""

_CURRENT_USAGE = """
CREATE VIEW current_usage AS
SELECT winning_snapshot.date, model.permaslug, usage.tokens, snapshot.as_of
FROM winning_snapshot
CROSS JOIN usage USING (snapshot_id, day)
JOIN model ON model.id = usage.model_id
JOIN snapshot ON snapshot.id = winning_snapshot.snapshot_id
"""

_FIGURE_PRECISION = (
    "ALTER TABLE figure ADD COLUMN printed TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE figure ADD COLUMN qualifier TEXT NOT NULL DEFAULT ''",
)

_ORIGIN_OVERRIDES = """
CREATE TABLE origin_override (
    author TEXT NOT NULL COLLATE NOCASE CHECK (author <> ''),
    company TEXT NOT NULL,
    country TEXT NOT NULL CHECK (country = '' OR country GLOB '[A-Z][A-Z]'),
    valid_from TEXT NOT NULL CHECK (valid_from IS date(valid_from)),
    note TEXT NOT NULL,
    PRIMARY KEY (author, valid_from)
) WITHOUT ROWID
"""

# An empty author is meant: it takes a bundled reveal away.
_REVEAL_OVERRIDES = """
CREATE TABLE reveal_override (
    slug TEXT NOT NULL PRIMARY KEY CHECK (slug <> ''),
    author TEXT NOT NULL,
    revealed TEXT NOT NULL CHECK (revealed IS date(revealed)),
    model TEXT NOT NULL,
    note TEXT NOT NULL
) WITHOUT ROWID
"""

# NULL says that a list was imported before these were kept; "[]" that it states none. Both are JSON.
_PRICE_TIERS = (
    "ALTER TABLE price ADD COLUMN request REAL",
    "ALTER TABLE price ADD COLUMN tiers TEXT",
    "ALTER TABLE price ADD COLUMN other TEXT",
)

_SCORE_LISTS = """
CREATE TABLE score_list (
    snapshot_id INTEGER PRIMARY KEY REFERENCES snapshot (id),
    day INTEGER NOT NULL,
    source TEXT NOT NULL
)
"""

_SCORES = """
CREATE TABLE score (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id),
    model TEXT NOT NULL,
    canonical TEXT NOT NULL,
    name TEXT NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (snapshot_id, model, name)
) WITHOUT ROWID
"""

# Empty as long as a snapshot speaks. The index holds all that decides which snapshot wins.
_REMOVAL = (
    "ALTER TABLE snapshot ADD COLUMN removed_at TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX snapshot_seniority ON snapshot (vintage, sha256) WHERE removed_at = ''",
)
