"""Files in: one snapshot format, one module; a file is known by its content."""

import stat
from pathlib import Path
from typing import BinaryIO, Protocol

from explorer.domain.snapshot import Snapshot
from explorer.errors import ExplorerError
from explorer.progress import Progress, unheard, within
from explorer.sources import any_table, figures, models, rankings_api, rankings_csv, rankings_json
from explorer.sources.any_table import AnyTable, Grid, NoTableError, UnmappedError
from explorer.sources.json_text import is_json
from explorer.sources.table import LONGEST_LINE, too_long
from explorer.sources.unknown import no_text, unknown
from explorer.words import Message, say

LARGEST_FILE = 2 * 10**9
"""Bytes; a larger file is refused before it is read."""
LARGEST_JSON = 2**28
"""Bytes; JSON takes up to fifteen times its size in memory, so its limit is lower."""
LARGEST_TABLE = 2**28
"""Bytes; a table that is not of a format of its own is held in memory, value by value."""
HEAD = LONGEST_LINE
"""Bytes that readers see to tell whether a file is theirs."""

_CHUNK = 1 << 24
_SPLIT = say("Split it into smaller files, by date.")
_TABLES = AnyTable()


class Reader(Protocol):
    """One snapshot format: a module with these two."""

    def matches(self, _name: str, head: bytes, /) -> bool:
        """Tell by the first bytes of a file, up to `HEAD`, whether it is of this format."""
        ...

    def read(self, name: str, raw: bytes, progress: Progress, /) -> Snapshot:
        """Return what the file says; raises ExplorerError if that can't be told, and what `progress` raises."""
        ...


READERS: tuple[Reader, ...] = (rankings_csv, rankings_json, rankings_api, models, figures)
"""Every format; at most one of them matches a file."""


def read(path: Path, progress: Progress = unheard, tables: AnyTable = _TABLES) -> Snapshot:
    """Return the snapshot in the file at `path`; `tables` reads what is of no format of its own.

    Raises ExplorerError if it can't be read, is of no known format or has a bad row, UnmappedError, which is one too,
    if a person must say what its columns are, and what `progress` raises.
    """
    progress(0.0)
    try:
        with _opened(path) as file:
            head = file.read(HEAD)
            reader = _reader(path.name, head, len(head) < HEAD, tables)
            size = path.stat().st_size
            if is_json(head) and size > LARGEST_JSON:
                raise _too_large(path.name, LARGEST_JSON, say("Import the CSV form of the same data."))
            if isinstance(reader, _Otherwise) and size > LARGEST_TABLE:
                raise _too_large(path.name, LARGEST_TABLE, _SPLIT)
            raw = _rest(path.name, file, head, progress)
    except OSError as fault:
        raise _unreadable(path.name, fault) from fault
    progress(0.2)
    return reader.read(path.name, raw, within(progress, 0.2, 1.0))


def read_bytes(name: str, raw: bytes, progress: Progress = unheard) -> Snapshot:
    """Return the snapshot in the bytes `raw` of a file `name`; it must be of a format of its own.

    Raises ExplorerError if it is of no known format or has a bad row, and what `progress` raises.
    """
    head = raw[:HEAD]
    return reader_of(name, head, whole=len(raw) < HEAD).read(name, raw, within(progress, 0.0, 1.0))


def table_of(path: Path, progress: Progress = unheard) -> Grid:
    """Return the table in the file at `path` as it is, whatever format it may be of; raises ExplorerError."""
    progress(0.0)
    try:
        with _opened(path) as file:
            if path.stat().st_size > LARGEST_TABLE:
                raise _too_large(path.name, LARGEST_TABLE, _SPLIT)
            head = file.read(HEAD)
            if not any_table.matches(path.name, head):
                raise no_text(path.name, head) or unknown(path.name, head, whole=len(head) < HEAD)
            raw = _rest(path.name, file, head, progress)
    except OSError as fault:
        raise _unreadable(path.name, fault) from fault
    progress(0.5)
    return any_table.grid_of(path.name, raw)


class _Otherwise:
    """Reads a file that no reader knows as any table; where it is none, the fault is what it was."""

    def __init__(self, tables: AnyTable, fault: ExplorerError | None) -> None:
        self._tables, self._fault = tables, fault

    def matches(self, name: str, head: bytes, /) -> bool:
        return any_table.matches(name, head)

    def read(self, name: str, raw: bytes, progress: Progress, /) -> Snapshot:
        try:
            return self._tables.read(name, raw, progress)
        except UnmappedError as error:
            if self._fault is not None and error.guess.finds_nothing and self._tables.guessing:
                raise self._fault from error
            raise
        except ExplorerError as error:
            no_table = isinstance(error, NoTableError) or not any_table.is_likely(name, raw)
            if self._fault is not None and no_table:
                raise self._fault from error
            raise


def _reader(name: str, head: bytes, whole: bool, tables: AnyTable) -> Reader:
    if any_table.is_binary(name, head):
        return _Otherwise(tables, None)
    try:
        return reader_of(name, head, whole=whole)
    except ExplorerError as fault:
        if _has_lines(head, whole) and any_table.matches(name, head):
            return _Otherwise(tables, fault)
        raise


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


def _opened(path: Path) -> BinaryIO:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise _refused(path.name, say("This is a folder."), say("Choose a file in it."))
    if not stat.S_ISREG(found.st_mode):
        raise _refused(path.name, say("This is not a file."), say("Choose a file."))
    if found.st_size > LARGEST_FILE:
        raise _too_large(path.name, LARGEST_FILE, _SPLIT)
    return path.open("rb")


def _rest(name: str, file: BinaryIO, head: bytes, progress: Progress) -> bytes:
    """Return `head` and what follows it in `file`."""
    chunks, size = [head], len(head)
    while chunk := file.read(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > LARGEST_FILE:
            raise _too_large(name, LARGEST_FILE, _SPLIT)
        progress(0.1)
    return b"".join(chunks)


def _too_large(name: str, limit: int, remedy: Message) -> ExplorerError:
    return _refused(name, say("The file has more than {limit} bytes.", limit=limit), remedy)


def _unreadable(name: str, fault: OSError) -> ExplorerError:
    if isinstance(fault, FileNotFoundError):
        return _refused(name, say("There is no such file."), say("Check the path."))
    if isinstance(fault, PermissionError):
        return _refused(name, say("You may not read this file."), say("Change its permissions or copy it."))
    what = say("The file can't be read: {reason}.", reason=fault.strerror or type(fault).__name__)
    return _refused(name, what, say("Check the disk or copy the file."))


def _refused(name: str, what: Message, remedy: Message) -> ExplorerError:
    return ExplorerError(what, remedy=remedy, file=name)
