"""Days that both OpenRouter's rankings and an imported table speak of: which of the two counts."""

import sqlite3
from collections.abc import Iterator, Mapping

from explorer.domain.snapshot import IMPORTED
from explorer.store.snapshots import SENIORITY
from explorer.words import Message, say

_WINNERS = f"""
WITH {SENIORITY},
winner AS (
    SELECT day, snapshot_id, max(place) FROM seniority CROSS JOIN coverage USING (snapshot_id) GROUP BY day
)
"""
_BORROWED = f"""
{_WINNERS}
SELECT day, sha256 FROM winner JOIN snapshot ON snapshot.id = winner.snapshot_id WHERE format = :imported
"""
_CONTESTED = """
SELECT CASE WHEN snapshot.format = :imported THEN snapshot.name ELSE snapshot.source END AS whose, count(DISTINCT day)
FROM coverage AS mine
JOIN coverage AS theirs USING (day)
JOIN snapshot ON snapshot.id = theirs.snapshot_id
WHERE mine.snapshot_id = :snapshot_id AND snapshot.removed_at = ''
AND (snapshot.format = :imported) <> (SELECT format = :imported FROM snapshot WHERE id = :snapshot_id)
GROUP BY whose ORDER BY whose
"""


def read(connection: sqlite3.Connection, as_of: str) -> Mapping[int, str]:
    """Return the days whose usage is that of an imported table, known at `as_of` ("" = now), with its sha256."""
    rows = connection.execute(_BORROWED, {"as_of": as_of, "imported": IMPORTED})
    return dict(rows.fetchall())


def contested(connection: sqlite3.Connection, snapshot_id: int) -> Iterator[Message]:
    """Yield, for OpenRouter's rankings or each imported table with some of the same days, which of the two counts."""
    asked = {"imported": IMPORTED, "snapshot_id": snapshot_id}
    own, form = connection.execute("SELECT name, format FROM snapshot WHERE id = ?", (snapshot_id,)).fetchone()
    text = "{rival} has {days} of the same days: on these {own} counts, which is no imported table."
    if form == IMPORTED:
        text = "{rival} has {days} of the same days: on these {rival} counts, not the imported table."
    for rival, days in connection.execute(_CONTESTED, asked).fetchall():
        yield say(text, rival=rival, own=own, days=days)
