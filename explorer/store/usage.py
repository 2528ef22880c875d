"""Rows of usage: written in the order they lie in, read as the newest snapshot of each day has them."""

import sqlite3

import numpy as np
from numpy.typing import NDArray

from explorer.domain.schema import UsageFrame
from explorer.domain.snapshot import IMPORTED
from explorer.progress import Progress
from explorer.store.snapshots import SENIORITY
from explorer.store.tally import Tally

Rows = NDArray[np.void]
"""Columns `day`, `model` (the id of a row of the model table) and `tokens`, all int64."""

_COLUMNS = ("day", "model", "tokens")
_ROW = np.dtype([(name, np.int64) for name in _COLUMNS])

_ROWS_PER_STATEMENT = 100
_STATEMENTS_PER_STEP = 400

# SQLite takes a bare column beside max() from the row that holds the maximum. CROSS JOIN fixes the order of
# the loops: days outside, so that the rows of each are one range of the table.
_WINNERS = f"""
WITH {SENIORITY},
winner AS (
    SELECT day, snapshot_id, max(place)
    FROM seniority CROSS JOIN coverage USING (snapshot_id)
    WHERE day BETWEEN :first AND :last
    GROUP BY day
)
"""
_SHOWN = f"""
{_WINNERS}
SELECT day, model_id, tokens
FROM winner CROSS JOIN usage USING (snapshot_id, day)
"""
_LIVE = f"""
{_WINNERS}
SELECT day FROM winner JOIN snapshot ON snapshot.id = winner.snapshot_id
WHERE as_of <> '' AND day >= CAST(julianday(substr(as_of, 1, 10)) - 2440587.5 AS INTEGER)
"""
_OF = "SELECT day, model_id, tokens FROM usage WHERE snapshot_id = ?"
_WON = f"{_WINNERS} SELECT day FROM winner WHERE snapshot_id = :snapshot_id"

_OVER = f"""
SELECT DISTINCT day FROM coverage JOIN snapshot ON snapshot.id = snapshot_id
WHERE removed_at = '' AND source = :source AND format <> '{IMPORTED}'
AND (as_of = '' OR day < CAST(julianday(substr(as_of, 1, 10)) - 2440587.5 AS INTEGER))
"""

_ALL_DAYS = {"first": -(2**31), "last": 2**31}


def read(connection: sqlite3.Connection, as_of: str) -> UsageFrame:
    """Return for every day the rows of the newest snapshot known at `as_of` ("" = now) that contains it."""
    rows = np.fromiter(connection.execute(_SHOWN, {"as_of": as_of, **_ALL_DAYS}), _ROW)
    live = frozenset(day for (day,) in connection.execute(_LIVE, {"as_of": as_of, **_ALL_DAYS}))
    return _frame(connection, rows, live)


def days(connection: sqlite3.Connection, source: str) -> frozenset[int]:
    """Return the days of the snapshots of a source that were over when these were taken, none of imported tables."""
    return frozenset(day for (day,) in connection.execute(_OVER, {"source": source}))


def read_one(connection: sqlite3.Connection, sha256: str) -> UsageFrame:
    """Return the rows of the snapshot with this sha256, whether they are shown or not; KeyError where there is none."""
    found = connection.execute("SELECT id FROM snapshot WHERE sha256 = ?", (sha256,)).fetchone()
    if found is None:
        raise KeyError(sha256)
    rows = np.fromiter(connection.execute(_OF, found), _ROW)
    return _frame(connection, rows, frozenset())


def _frame(connection: sqlite3.Connection, rows: Rows, live: frozenset[int]) -> UsageFrame:
    names: dict[int, str] = dict(connection.execute("SELECT id, permaslug FROM model"))
    occurs = np.zeros(max(names, default=0) + 1, np.bool_)
    occurs[rows["model"]] = True
    ids = sorted(np.flatnonzero(occurs).tolist(), key=names.__getitem__)
    code = np.zeros(len(occurs), np.int32)
    code[ids] = np.arange(len(ids))
    model = code[rows["model"]]
    order = np.lexsort((model, rows["day"]))
    return UsageFrame(
        rows["day"][order].astype(np.int32),
        model[order],
        rows["tokens"][order],
        tuple(names[i] for i in ids),
        live,
    )


def insert(connection: sqlite3.Connection, snapshot_id: int, frame: UsageFrame, progress: Progress) -> Tally:
    """Insert the rows of a snapshot and count them against what was shown for its days before."""
    if not len(frame):
        return Tally()
    rows = _in_key_order(connection, frame)
    days = np.unique(rows["day"])
    span = {"as_of": "", "first": int(days[0]), "last": int(days[-1])}
    before = np.fromiter(connection.execute(_SHOWN, span), _ROW)
    connection.executemany(
        f"INSERT INTO coverage (snapshot_id, day) VALUES ({snapshot_id}, ?)",
        [(day,) for day in days.tolist()],
    )
    _insert_rows(connection, snapshot_id, rows, progress)
    won = np.fromiter((day for (day,) in connection.execute(_WON, {**span, "snapshot_id": snapshot_id})), np.int64)
    return _count(before, rows, won, len(days))


def _in_key_order(connection: sqlite3.Connection, frame: UsageFrame) -> Rows:
    codes: list[int] = np.unique(frame.model).tolist()
    named = [frame.models[code] for code in codes]
    connection.executemany("INSERT OR IGNORE INTO model (permaslug) VALUES (?)", [(name,) for name in named])
    ids: dict[str, int] = dict(connection.execute("SELECT permaslug, id FROM model"))
    model = np.array([ids.get(name, 0) for name in frame.models], np.int64)[frame.model]
    order = np.lexsort((model, frame.day))
    rows = np.empty(len(frame), _ROW)
    rows["day"], rows["model"], rows["tokens"] = frame.day[order], model[order], frame.tokens[order]
    return rows


def _insert_rows(connection: sqlite3.Connection, snapshot_id: int, rows: Rows, progress: Progress) -> None:
    """Insert many rows by one statement: half the time of a statement each."""
    into = "INSERT INTO usage (snapshot_id, day, model_id, tokens) VALUES "
    row = f"({snapshot_id}, ?, ?, ?)"
    many = into + ", ".join([row] * _ROWS_PER_STATEMENT)
    flat = rows.view(np.int64)
    width = len(_COLUMNS)
    whole = len(rows) // _ROWS_PER_STATEMENT * _ROWS_PER_STATEMENT * width
    batches = flat[:whole].reshape(-1, _ROWS_PER_STATEMENT * width)
    for start in range(0, len(batches), _STATEMENTS_PER_STEP):
        step = batches[start : start + _STATEMENTS_PER_STEP]
        connection.executemany(many, step.tolist())
        progress((start + len(step)) * _ROWS_PER_STATEMENT / len(rows))
    connection.executemany(into + row, flat[whole:].reshape(-1, width).tolist())


def _count(before: Rows, rows: Rows, won: NDArray[np.int64], days: int) -> Tally:
    """Count `rows` against those shown `before`; only on days that the snapshot has `won` can it restate one."""
    if not len(before):
        return Tally(days, new=len(rows))
    span = int(max(before["model"].max(), rows["model"].max())) + 1
    shown = before["day"] * span + before["model"]
    order = np.argsort(shown, kind="stable")
    key = rows["day"] * span + rows["model"]
    place = order[np.searchsorted(shown, key, sorter=order).clip(max=len(order) - 1)]
    known = shown[place] == key
    restated = known & (before["tokens"][place] != rows["tokens"]) & np.isin(rows["day"], won)
    new = len(rows) - int(known.sum())
    changed = int(restated.sum())
    return Tally(days, new, changed, len(rows) - new - changed)
