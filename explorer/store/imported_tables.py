"""Imported tables say what a mapping makes of them: the same bytes may come again and mean something else."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from explorer.domain.schema import SplitFrame, Tokens, UsageFrame, to_date
from explorer.domain.snapshot import IMPORTED, Provenance, Snapshot
from explorer.errors import ExplorerError
from explorer.words import Message, say

_USAGE = """
SELECT day, permaslug, tokens FROM usage JOIN model ON model.id = model_id WHERE snapshot_id = ?
"""
_SPLIT = """
SELECT day, permaslug, prompt, completion, reasoning
FROM usage_split JOIN model ON model.id = model_id WHERE snapshot_id = ?
"""
_PRICES = "SELECT model, input, output FROM price WHERE snapshot_id = ?"

_Rows = set[tuple[object, ...]]


def check(connection: sqlite3.Connection, snapshot: Snapshot) -> None:
    """Raise ExplorerError unless a table whose bytes are in the store says the same rows as it did when it came."""
    about = snapshot.provenance
    if about.format != IMPORTED:
        return
    of = connection.execute("SELECT id FROM snapshot WHERE sha256 = ?", (about.sha256,)).fetchone()
    usage, split, prices = snapshot.usage, snapshot.split, snapshot.prices
    wanted: tuple[tuple[str, _Rows], ...] = (
        (_USAGE, _rows(usage, usage.tokens) if usage else set()),
        (_SPLIT, _rows(split, split.prompt, split.completion, split.reasoning) if split else set()),
        (_PRICES, {(price.model, price.input, price.output) for price in prices.prices} if prices else set()),
    )
    if any(set(connection.execute(query, of)) != rows for query, rows in wanted):
        raise ExplorerError(
            say("The table is in the store already, with its columns mapped in another way."),
            remedy=say("Remove it there first (Snapshots, or tokenshare snapshots remove), then import it again."),
            file=about.name,
        )


def notes(about: Provenance, imported_at: str) -> Iterator[Message]:
    """Yield what is odd about a table that is imported at a time."""
    if about.format == IMPORTED and about.last_day is not None:
        last = to_date(about.last_day)
        if last > date.fromisoformat(imported_at[:10]):
            yield say("It has days that are yet to come, the last one {last}: check how its dates are read.", last=last)


def _rows(frame: UsageFrame | SplitFrame, *columns: Tokens) -> _Rows:
    codes: list[int] = frame.model.tolist()
    models = [frame.models[code] for code in codes]
    return set(zip(frame.day.tolist(), models, *(column.tolist() for column in columns), strict=True))
