"""What the user says of origins and reveals instead of the bundled tables; no import touches it."""

import sqlite3
from datetime import date

from explorer.domain.origins import Origin, Overrides, Reveal

_ORIGIN = "author, company, country, valid_from, note"
_REVEAL = "slug, author, revealed, model, note"


def read(connection: sqlite3.Connection) -> Overrides:
    """Return the overrides, origins by author and date, reveals by slug."""
    origins = connection.execute(f"SELECT {_ORIGIN} FROM origin_override ORDER BY author, valid_from")
    reveals = connection.execute(f"SELECT {_REVEAL} FROM reveal_override ORDER BY slug")
    return Overrides(
        tuple(
            Origin(author, company, country, date.fromisoformat(since), note)
            for author, company, country, since, note in origins
        ),
        tuple(
            Reveal(slug, author, date.fromisoformat(revealed), model, note)
            for slug, author, revealed, model, note in reveals
        ),
    )


def write(connection: sqlite3.Connection, overrides: Overrides) -> None:
    """Put `overrides` in the place of all there were, inside the caller's transaction.

    Raises sqlite3.IntegrityError for an author twice from one day (letter case aside), a slug twice, an empty
    author of an origin, an empty slug, or a country that is not two capital letters.
    """
    connection.execute("DELETE FROM origin_override")
    connection.execute("DELETE FROM reveal_override")
    connection.executemany(
        f"INSERT INTO origin_override ({_ORIGIN}) VALUES (?, ?, ?, ?, ?)",
        [(row.author, row.company, row.country, row.valid_from.isoformat(), row.note) for row in overrides.origins],
    )
    connection.executemany(
        f"INSERT INTO reveal_override ({_REVEAL}) VALUES (?, ?, ?, ?, ?)",
        [(row.slug, row.author, row.revealed.isoformat(), row.model, row.note) for row in overrides.reveals],
    )
