"""Origins and reveals as CSV, in the shape of the tables that come with the program: to edit and to read back."""

from collections.abc import Sequence

from explorer.domain.origins import Origin, Reveal
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.export import table_csv
from explorer.words import say

_ORIGINS = {
    "author": Kind.TEXT,
    "company": Kind.TEXT,
    "country": Kind.TEXT,
    "valid_from": Kind.DATE,
    "note": Kind.TEXT,
}
_REVEALS = {
    "slug": Kind.TEXT,
    "author": Kind.TEXT,
    "model": Kind.TEXT,
    "revealed": Kind.DATE,
    "note": Kind.TEXT,
}
_UNSAID = say("")


def origins_text(rows: Sequence[Origin]) -> str:
    """Return `rows` in their order as CSV under a header line; lines end in CR LF.

    Text that a spreadsheet would take for a formula gets an apostrophe before it. Write it as table_csv.ENCODING.
    """
    return _text(rows, _ORIGINS)


def reveals_text(rows: Sequence[Reveal]) -> str:
    """Return `rows` as `origins_text` does; an author stays empty where a reveal is taken away."""
    return _text(rows, _REVEALS)


def _text(rows: Sequence[Origin | Reveal], columns: dict[str, Kind]) -> str:
    table = Table(
        tuple(Column(key, _UNSAID, kind) for key, kind in columns.items()),
        {key: [getattr(row, key) for row in rows] for key in columns},
        tuple(map(str, range(len(rows)))),
        Caption(_UNSAID, _UNSAID, _UNSAID, _UNSAID),
    )
    return table_csv.text(table, comments=False)
