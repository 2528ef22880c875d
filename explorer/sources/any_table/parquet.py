"""Parquet, where pyarrow is installed."""

import importlib
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from explorer.errors import ExplorerError
from explorer.sources.any_table.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Cell, Grid, Row, cell, grid, too_much
from explorer.words import say

MAGIC = b"PAR1"
_LARGEST = 2**31
"""Bytes that the columns may come to when unpacked."""


def matches(_name: str, head: bytes) -> bool:
    """Tell whether a file begins like Parquet."""
    return head.startswith(MAGIC)


def read(name: str, raw: bytes) -> Grid:
    """Return the table in `raw`, nested columns left out; raises ExplorerError, also where pyarrow is not installed."""
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
        file = pq.ParquetFile(io.BytesIO(raw))
        about = file.metadata
        size = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
        if (
            about.num_columns > MOST_COLUMNS
            or about.num_rows > MOST_ROWS
            or about.num_rows * about.num_columns > MOST_CELLS
            or size > _LARGEST
        ):
            raise too_much(name)
        columns: list[str] = [field.name for field in file.schema_arrow if not pyarrow.types.is_nested(field.type)]
        found = file.read(columns=columns, use_threads=False)
        values: list[list[object]] = [found.column(i).to_pylist() for i in range(len(columns))]
    except (pyarrow.ArrowException, OSError, ValueError, MemoryError):
        raise ExplorerError(
            say("The Parquet file is damaged, cut short or of a kind that can't be read."),
            remedy=say("Get it again or save the table as CSV."),
            file=name,
        ) from None

    def rows() -> Iterator[Row]:
        yield 0, tuple(columns)
        for number, row in enumerate(zip(*values, strict=True), 1):
            yield number, tuple(_plain(value) for value in row)

    return grid(name, raw, say("Parquet"), rows(), by_line=False)


def _plain(value: object) -> Cell:
    if isinstance(value, Decimal):
        return cell(str(value))
    if isinstance(value, bytes):
        return cell(value.decode("utf-8", "replace"))
    return value if isinstance(value, date) else cell(value)
