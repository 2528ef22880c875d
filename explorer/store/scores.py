"""Lists of capability scores: of several of one day and source the newest snapshot's."""

import sqlite3

from explorer.domain.schema import DatedScores, Score
from explorer.store.snapshots import SENIORITY

# SQLite takes the bare columns beside max() from the row that holds the maximum.
_LISTS = f"""
WITH {SENIORITY}
SELECT day, score_list.source, snapshot_id, snapshot.as_of <> '', max(place)
FROM score_list JOIN seniority USING (snapshot_id) JOIN snapshot ON snapshot.id = snapshot_id
GROUP BY day, score_list.source ORDER BY day, score_list.source
"""
_OF = "SELECT model, canonical, name, value FROM score WHERE snapshot_id = ? ORDER BY model, name"


def read(connection: sqlite3.Connection, as_of: str) -> tuple[DatedScores, ...]:
    """Return the lists of scores known at `as_of` by day and source; scores by model and name."""
    lists = connection.execute(_LISTS, {"as_of": as_of}).fetchall()
    return tuple(
        DatedScores(day, source, tuple(Score(*row) for row in connection.execute(_OF, (snapshot,))), bool(stated))
        for day, source, snapshot, stated, _ in lists
    )


def insert(connection: sqlite3.Connection, snapshot_id: int, dated: DatedScores) -> None:
    """Insert a list of scores; they are counted with the models of the price list they came with."""
    connection.execute(
        "INSERT INTO score_list (snapshot_id, day, source) VALUES (?, ?, ?)", (snapshot_id, dated.day, dated.source)
    )
    connection.executemany(
        "INSERT INTO score (snapshot_id, model, canonical, name, value) VALUES (?, ?, ?, ?, ?)",
        [(snapshot_id, score.model, score.canonical, score.name, score.value) for score in dated.scores],
    )
