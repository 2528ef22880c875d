"""Published figures: of several with one id, the newest snapshot's."""

import sqlite3
from datetime import date
from typing import Any

from explorer.domain.schema import Figure
from explorer.store.snapshots import SENIORITY
from explorer.store.tally import Tally

_FIELDS = (
    'id, "window", start_date, end_date, scope, entity, measure, value, unit, '
    "title, publisher, published, note, model, printed, qualifier"
)
# SQLite takes the bare columns beside max() from the row that holds the maximum.
_SHOWN = f"""
WITH {SENIORITY}
SELECT {_FIELDS}, max(place) FROM figure JOIN seniority USING (snapshot_id) GROUP BY id ORDER BY id
"""


def read(connection: sqlite3.Connection, as_of: str) -> tuple[Figure, ...]:
    """Return the figures known at `as_of`, sorted by id."""
    return tuple(_figure(row) for row in connection.execute(_SHOWN, {"as_of": as_of}))


def _figure(row: tuple[Any, ...]) -> Figure:
    key, window, start, end, *rest, _ = row
    return Figure(key, window, _date(start), _date(end), *rest)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def insert(connection: sqlite3.Connection, snapshot_id: int, figures: tuple[Figure, ...]) -> Tally:
    """Insert figures and count them.

    `new` are those whose id no snapshot had; `restated` those that the store shows otherwise than before;
    `unchanged` all others.
    """
    before = {figure.id: figure for figure in read(connection, "")}
    connection.executemany(
        f"INSERT INTO figure (snapshot_id, {_FIELDS}) VALUES ({', '.join('?' * 17)})",
        [(snapshot_id, *_row(figure)) for figure in figures],
    )
    after = {figure.id: figure for figure in read(connection, "")}
    new = len(after) - len(before)
    restated = sum(after[key] != figure for key, figure in before.items())
    return Tally(0, new, restated, len(figures) - new - restated)


def _row(figure: Figure) -> tuple[object, ...]:
    start, end = (None if day is None else day.isoformat() for day in (figure.start, figure.end))
    return (
        figure.id,
        figure.window,
        start,
        end,
        figure.scope,
        figure.entity,
        figure.measure,
        figure.value,
        figure.unit,
        figure.title,
        figure.publisher,
        figure.published,
        figure.note,
        figure.model,
        figure.printed,
        figure.qualifier,
    )
