"""Input and output tokens apart, where a snapshot has them so: written and read as usage is."""

import sqlite3

import numpy as np

from explorer.domain.schema import SplitFrame
from explorer.store.snapshots import SENIORITY

TABLES = (
    """
CREATE TABLE usage_split (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id),
    day INTEGER NOT NULL,
    model_id INTEGER NOT NULL REFERENCES model (id),
    prompt INTEGER NOT NULL,
    completion INTEGER NOT NULL,
    reasoning INTEGER NOT NULL,
    PRIMARY KEY (snapshot_id, day, model_id)
) WITHOUT ROWID
""",
)

_COLUMNS = ("day", "model", "prompt", "completion", "reasoning")
_ROW = np.dtype([(name, np.int64) for name in _COLUMNS])

# SQLite takes a bare column beside max() from the row that holds the maximum.
_WINNERS = f"""
WITH {SENIORITY},
split_day AS (SELECT DISTINCT snapshot_id, day FROM usage_split),
winner AS (
    SELECT day, snapshot_id, max(place) FROM seniority CROSS JOIN split_day USING (snapshot_id) GROUP BY day
)
"""
_SHOWN = f"""
{_WINNERS}
SELECT day, model_id, prompt, completion, reasoning
FROM winner CROSS JOIN usage_split USING (snapshot_id, day)
"""
_SOURCES = f"""
{_WINNERS}
SELECT DISTINCT name FROM winner JOIN snapshot ON snapshot.id = winner.snapshot_id ORDER BY name
"""


def read(connection: sqlite3.Connection, as_of: str) -> SplitFrame:
    """Return for every day the rows of the newest snapshot known at `as_of` ("" = now) that has the split of it."""
    rows = np.fromiter(connection.execute(_SHOWN, {"as_of": as_of}), _ROW)
    ids: list[int] = np.flatnonzero(np.bincount(rows["model"])).tolist()
    names: dict[int, str] = dict(connection.execute("SELECT id, permaslug FROM model")) if ids else {}
    ordered = sorted(ids, key=names.__getitem__)
    code = np.zeros(max(ids, default=0) + 1, np.int32)
    code[ordered] = np.arange(len(ordered))
    model = code[rows["model"]]
    order = np.lexsort((model, rows["day"]))
    return SplitFrame(
        rows["day"][order].astype(np.int32),
        model[order],
        rows["prompt"][order],
        rows["completion"][order],
        rows["reasoning"][order],
        tuple(names[i] for i in ordered),
        tuple(name for (name,) in connection.execute(_SOURCES, {"as_of": as_of})),
    )


def insert(connection: sqlite3.Connection, snapshot_id: int, frame: SplitFrame) -> None:
    """Insert the rows of a snapshot, whose models the usage of the same snapshot has named."""
    ids: dict[str, int] = dict(connection.execute("SELECT permaslug, id FROM model"))
    models = np.array([ids[name] for name in frame.models], np.int64)[frame.model]
    columns = (frame.day, models, frame.prompt, frame.completion, frame.reasoning)
    lists: list[list[int]] = [column.tolist() for column in columns]
    connection.executemany(
        f"INSERT INTO usage_split VALUES ({snapshot_id}, ?, ?, ?, ?, ?)", list(zip(*lists, strict=True))
    )
