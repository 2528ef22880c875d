"""Parquet, where pyarrow is installed."""

import importlib
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from explorer.errors import ExplorerError
from explorer.progress import Progress
from explorer.sources.any_table.grid import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    Cell,
    Grid,
    Row,
    cell,
    grid,
    too_much,
    too_much_text,
)
from explorer.words import say

MAGIC = b"PAR1"
_LARGEST = 2**31
"""Bytes that the columns may come to when unpacked."""


def matches(_name: str, head: bytes) -> bool:
    """Tell whether a file begins like Parquet."""
    return head.startswith(MAGIC)


def read(name: str, raw: bytes, progress: Progress) -> Grid:
    """Return the table in `raw`, columns that are nested or of bytes of a fixed number left out.

    Raises ExplorerError, also where pyarrow is not installed, and what `progress` raises.
    """
    try:
        pyarrow: Any = importlib.import_module("pyarrow")  # an extra, and slow to import
        pq: Any = importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise ExplorerError(
            say("Reading Parquet needs pyarrow, which is not installed."),
            remedy=say('Install it (pip install "tokenshare-explorer[parquet]") or save the table as CSV.'),
            file=name,
        ) from None
    try:
        rows = _rows(name, pyarrow, _opened(name, raw, pyarrow, pq), progress)
        return grid(name, raw, say("Parquet"), rows, by_line=False)
    except OverflowError:
        raise ExplorerError(
            say("A date in the Parquet file is far out of range."),
            remedy=say("Correct it, or leave that column out."),
            file=name,
        ) from None
    except (pyarrow.ArrowException, OSError, ValueError, MemoryError):
        raise ExplorerError(
            say("The Parquet file is damaged, cut short or of a kind that can't be read."),
            remedy=say("Get it again or save the table as CSV."),
            file=name,
        ) from None


def _opened(name: str, raw: bytes, pyarrow: Any, pq: Any) -> Any:
    """Return the file, its texts to be read as what they are and where: one that repeats is in memory once."""
    about = pq.ParquetFile(io.BytesIO(raw))
    groups = [about.metadata.row_group(i) for i in range(about.metadata.num_row_groups)]
    columns, rows = about.metadata.num_columns, sum(group.num_rows for group in groups)
    if (
        columns > MOST_COLUMNS
        or rows > MOST_ROWS
        or rows * columns > MOST_CELLS
        or sum(group.total_byte_size for group in groups) > _LARGEST
    ):
        raise too_much(name)
    texts = [field.name for field in about.schema_arrow if _is_text(pyarrow.types, field.type)]
    return pq.ParquetFile(io.BytesIO(raw), read_dictionary=texts)


def _rows(name: str, pyarrow: Any, file: Any, progress: Progress) -> Iterator[Row]:
    """Yield the names of the columns, then the rows."""
    columns: list[str] = [field.name for field in file.schema_arrow if _is_plain(pyarrow.types, field.type)]
    yield 0, tuple(columns)
    number = 0
    for group in range(file.num_row_groups):
        progress(group / file.num_row_groups)
        found = file.read_row_group(group, columns=columns, use_threads=False)
        values = [_values(name, pyarrow, found.column(i)) for i in range(len(columns))]
        for row in zip(*values, strict=True):
            number += 1
            yield number, row


def _values(name: str, pyarrow: Any, column: Any) -> list[Cell]:
    """Return the values of a column, equal texts as one object."""
    found: list[Cell] = []
    for chunk in column.chunks:
        if not pyarrow.types.is_dictionary(chunk.type):
            found += map(_plain, chunk.to_pylist())
            continue
        if chunk.dictionary.nbytes > MOST_TEXT:
            raise too_much_text(name)
        texts = [_plain(value) for value in chunk.dictionary.to_pylist()]
        found += (None if place is None else texts[place] for place in chunk.indices.to_pylist())
    return found


def _is_text(types: Any, kind: Any) -> bool:
    return any(each(kind) for each in (types.is_string, types.is_large_string, types.is_binary, types.is_large_binary))


def _is_plain(types: Any, kind: Any) -> bool:
    """Tell whether a column has single values, none of them of any length a file wants them to have."""
    return not types.is_nested(kind) and not types.is_fixed_size_binary(kind)


def _plain(value: object) -> Cell:
    if isinstance(value, Decimal):
        return cell(str(value))
    if isinstance(value, bytes):
        return cell(value.decode("utf-8", "replace"))
    return value if isinstance(value, date) else cell(value)
