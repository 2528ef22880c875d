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
SELECT day, name FROM winner JOIN snapshot ON snapshot.id = winner.snapshot_id WHERE format = :imported
"""
_CONTESTED = f"""
{_WINNERS}
SELECT
    CASE WHEN format = :imported THEN name ELSE source END AS whose,
    count(DISTINCT day), count(DISTINCT CASE WHEN winner.snapshot_id = :snapshot_id THEN day END)
FROM coverage AS own
JOIN coverage AS rival USING (day)
JOIN snapshot ON snapshot.id = rival.snapshot_id
JOIN winner USING (day)
WHERE own.snapshot_id = :snapshot_id AND removed_at = ''
AND (format = :imported) <> (SELECT format = :imported FROM snapshot WHERE id = :snapshot_id)
GROUP BY whose ORDER BY whose
"""


def read(connection: sqlite3.Connection, as_of: str) -> Mapping[int, str]:
    """Return the days whose usage is that of an imported table, known at `as_of` ("" = now), with its file's name."""
    rows = connection.execute(_BORROWED, {"as_of": as_of, "imported": IMPORTED})
    return dict(rows.fetchall())


def contested(connection: sqlite3.Connection, snapshot_id: int) -> Iterator[Message]:
    """Yield, for OpenRouter's rankings or each imported table that has some of the same days, which of the two counts.

    The newer one does: a table without an as-of date is taken to be as old as its last day.
    """
    asked = {"as_of": "", "imported": IMPORTED, "snapshot_id": snapshot_id}
    (own,) = connection.execute("SELECT name FROM snapshot WHERE id = ?", (snapshot_id,)).fetchone()
    for rival, days, ours in connection.execute(_CONTESTED, asked).fetchall():
        text = "{rival} has {days} of the same days: on {ours} of them {own} counts, being newer."
        if ours == days:
            text = "{rival} has {days} of the same days: {own} counts on all of them, being newer."
        elif not ours:
            text = "{rival} has {days} of the same days: {own} counts on none of them, being older."
        yield say(text, rival=rival, own=own, days=days, ours=ours)
