"""Any table: CSV and its kin, XLSX, ODS, Parquet and JSON lines whose columns a mapping gives their meaning."""

from typing import Protocol

from explorer.domain.column_mapping import Mapping
from explorer.domain.snapshot import Snapshot
from explorer.errors import ExplorerError
from explorer.progress import Progress, unheard, within
from explorer.sources.any_table import delimited, json_lines, parquet, workbook
from explorer.sources.any_table.applying import apply, rehearse
from explorer.sources.any_table.dates import KEYS as DATE_FORMATS
from explorer.sources.any_table.grid import Grid, NoTableError
from explorer.sources.any_table.guessing import Doubt, Guess, filled_in, guess
from explorer.sources.any_table.headings import liking
from explorer.sources.any_table.numbers import is_number
from explorer.sources.unmapped import AnyTable, UnmappedError, columns_of
from explorer.words import Message, say

__all__ = [
    "DATE_FORMATS",
    "AnyTable",
    "Doubt",
    "Grid",
    "Guess",
    "NoTableError",
    "UnmappedError",
    "apply",
    "filled_in",
    "grid_of",
    "guess",
    "is_binary",
    "is_likely",
    "is_number",
    "matches",
    "read",
    "rehearse",
    "remembered",
]


def _it_has(table: Grid) -> Message:
    return say("The table has {columns}.", columns=columns_of(table))


class _Form(Protocol):
    def matches(self, _name: str, head: bytes, /) -> bool: ...

    def read(self, name: str, raw: bytes, progress: Progress, /) -> Grid: ...


class _Workbook:
    """Workbooks, of whose sheets the one is read whose heading is most like ours."""

    def matches(self, name: str, head: bytes, /) -> bool:
        return workbook.matches(name, head)

    def read(self, name: str, raw: bytes, progress: Progress, /) -> Grid:
        return workbook.read(name, raw, liking, progress)


class _Delimited:
    def matches(self, _name: str, head: bytes, /) -> bool:
        return delimited.is_text_table(head)

    def read(self, name: str, raw: bytes, progress: Progress, /) -> Grid:
        return delimited.read(name, raw, progress)


_BINARY: tuple[_Form, ...] = (_Workbook(), parquet)
_FORMS: tuple[_Form, ...] = (*_BINARY, json_lines, _Delimited())


def is_binary(name: str, head: bytes) -> bool:
    """Tell whether a file that begins with `head` is a table in no text: a workbook or Parquet."""
    return any(form.matches(name, head) for form in _BINARY)


def matches(name: str, head: bytes) -> bool:
    """Tell whether a file that begins with `head` can be a table of some kind."""
    return any(form.matches(name, head) for form in _FORMS)


def is_likely(name: str, raw: bytes) -> bool:
    """Tell whether a file for which `matches` holds is likely meant as a table of models, whatever is wrong with it."""
    if is_binary(name, raw) or json_lines.matches(name, raw):
        return True
    return liking(delimited.first_names(raw)) > 1


def grid_of(name: str, raw: bytes, progress: Progress = unheard) -> Grid:
    """Return the table in a file for which `matches` holds; raises ExplorerError, and what `progress` raises."""
    return next(form for form in _FORMS if form.matches(name, raw)).read(name, raw, progress)


def remembered(table: Grid, mapping: Mapping) -> Mapping:
    """Return a mapping with the formats that it leaves open told by a table's values.

    Raises UnmappedError where they leave it in doubt, ExplorerError where the mapping does not suit the table.
    """
    fault = mapping.fault(table.heading) if not mapping.prices or mapping.price_unit else None
    if fault is not None:
        raise ExplorerError(fault, remedy=_it_has(table), file=table.name)
    filled, doubts = filled_in(table, mapping)
    if doubts:
        raise UnmappedError(table, Guess(filled, doubts))
    return filled


def read(tables: AnyTable, name: str, raw: bytes, progress: Progress) -> Snapshot:
    """Return the snapshot in a file for which `matches` holds, its columns understood as `tables` says.

    Raises UnmappedError where a person must say what they are, ExplorerError as `apply` does, and what `progress`
    raises.
    """
    progress(0.0)
    table = grid_of(name, raw, within(progress, 0.0, 0.5))
    known = tables.known(table.heading)
    mapping = _guessed(tables, table) if known is None else remembered(table, known)
    try:
        made = apply(table, mapping, within(progress, 0.5, 1.0))
    except ExplorerError as error:
        if tables.guessing:
            raise
        raise UnmappedError(table, Guess(mapping, (Doubt("", error.what),))) from error
    progress(1.0)
    return made


def _guessed(tables: AnyTable, table: Grid) -> Mapping:
    guessed = guess(table, tables.today)
    if not (guessed.certain and tables.guessing):
        raise UnmappedError(table, guessed)
    return guessed.mapping
