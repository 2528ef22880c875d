"""Files in: one snapshot format, one module; a file is known by its content."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from explorer.domain.snapshot import Snapshot
from explorer.errors import ExplorerError
from explorer.progress import Progress, unheard, within
from explorer.sources import figures, models, rankings_api, rankings_csv, rankings_json
from explorer.sources.files import LARGEST_FILE, SPLIT, name_of, opened, rest, too_large, unreadable
from explorer.sources.json_text import is_json
from explorer.sources.table import LONGEST_LINE, too_long
from explorer.sources.unknown import no_text, unknown
from explorer.sources.unmapped import AnyTable, UnmappedError
from explorer.words import say

if TYPE_CHECKING:
    from explorer.sources.any_table import Grid

__all__ = [
    "HEAD",
    "LARGEST_FILE",
    "LARGEST_JSON",
    "LARGEST_TABLE",
    "READERS",
    "AnyTable",
    "Reader",
    "UnmappedError",
    "read",
    "read_bytes",
    "reader_of",
    "table_of",
]

LARGEST_JSON = 2**28
"""Bytes; JSON takes up to fifteen times its size in memory, so its limit is lower."""
LARGEST_TABLE = 2**28
"""Bytes; a table that is not of a format of its own is held in memory, value by value."""
HEAD = LONGEST_LINE
"""Bytes that readers see to tell whether a file is theirs."""

_TABLES = AnyTable()


class _Reads(Protocol):
    def read(self, name: str, raw: bytes, progress: Progress, /) -> Snapshot:
        """Return what the file says; raises ExplorerError if that can't be told, and what `progress` raises."""
        ...


class Reader(_Reads, Protocol):
    """One snapshot format: a module with these two."""

    def matches(self, _name: str, head: bytes, /) -> bool:
        """Tell by the first bytes of a file, up to `HEAD`, whether it is of this format."""
        ...


READERS: tuple[Reader, ...] = (rankings_csv, rankings_json, rankings_api, models, figures)
"""Every format; at most one of them matches a file."""


def read(path: Path, progress: Progress = unheard, tables: AnyTable = _TABLES) -> Snapshot:
    """Return the snapshot in the file at `path`; `tables` says how what is of no format of its own is read.

    Raises ExplorerError if it can't be read, is of no known format or has a bad row, UnmappedError, which is one too,
    if a person must say what its columns are, and what `progress` raises.
    """
    progress(0.0)
    name = name_of(path)
    try:
        with opened(path) as file:
            head = file.read(HEAD)
            reader, largest = _reader(name, head, len(head) < HEAD, tables)
            size = path.stat().st_size
            if is_json(head) and size > LARGEST_JSON:
                raise too_large(name, LARGEST_JSON, say("Import the CSV form of the same data."))
            if size > largest:
                raise too_large(name, largest, SPLIT)
            raw = rest(name, file, head, progress)
    except OSError as fault:
        raise unreadable(name, fault) from fault
    progress(0.2)
    return reader.read(name, raw, within(progress, 0.2, 1.0))


def read_bytes(name: str, raw: bytes, progress: Progress = unheard) -> Snapshot:
    """Return the snapshot in the bytes `raw` of a file `name`; it must be of a format of its own.

    Raises ExplorerError if it is of no known format or has a bad row, and what `progress` raises.
    """
    head = raw[:HEAD]
    return reader_of(name, head, whole=len(raw) < HEAD).read(name, raw, within(progress, 0.0, 1.0))


def table_of(path: Path, progress: Progress = unheard) -> "Grid":
    """Return the table in the file at `path` as it is, whatever format it may be of.

    Raises ExplorerError, also for JSON of a format of its own, whose columns need no mapping, and what `progress`
    raises.
    """
    from explorer.sources import any_table  # noqa: PLC0415 - much, and not needed for most files

    progress(0.0)
    name = name_of(path)
    try:
        with opened(path) as file:
            if path.stat().st_size > LARGEST_TABLE:
                raise too_large(name, LARGEST_TABLE, SPLIT)
            head = file.read(HEAD)
            if is_json(head) and any(reader.matches(name, head) for reader in READERS):
                what = say("This file says itself what its columns are.")
                raise ExplorerError(what, remedy=say("Import it without --map."), file=name)
            if not any_table.matches(name, head):
                raise no_text(name, head) or unknown(name, head, whole=len(head) < HEAD)
            raw = rest(name, file, head, progress)
    except OSError as fault:
        raise unreadable(name, fault) from fault
    progress(0.5)
    return any_table.grid_of(name, raw, within(progress, 0.5, 1.0))


def _reader(name: str, head: bytes, whole: bool, tables: AnyTable) -> tuple[_Reads, int]:
    """Return what reads a file that begins with `head`, and the most bytes it takes; raises ExplorerError."""
    try:
        return reader_of(name, head, whole=whole), LARGEST_FILE
    except ExplorerError as fault:
        from explorer.sources import otherwise  # noqa: PLC0415 - much, and not needed for most files

        return otherwise.reader(name, head, tables, fault, has_lines=_has_lines(head, whole)), LARGEST_TABLE


def _has_lines(head: bytes, whole: bool) -> bool:
    return whole or b"\n" in head or b"\r" in head


def reader_of(name: str, head: bytes, *, whole: bool) -> Reader:
    """Return the reader of a file that begins with `head`, its whole content if `whole`; raises ExplorerError."""
    fault = no_text(name, head)
    if fault is not None:
        raise fault
    if not is_json(head) and not _has_lines(head, whole):
        raise too_long(name, 1)
    for reader in READERS:
        if reader.matches(name, head):
            return reader
    raise unknown(name, head, whole=whole)
