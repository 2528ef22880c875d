"""JSON lines: one object a line, its names the columns."""

import json
from collections.abc import Iterator
from typing import cast

from explorer.errors import ExplorerError
from explorer.sources.any_table.delimited import text_of
from explorer.sources.any_table.grid import MOST_COLUMNS, Cell, Grid, Row, cell, grid, too_much
from explorer.sources.table import LONGEST_LINE, too_long
from explorer.sources.text import BOM
from explorer.words import say

_SUFFIXES = (".jsonl", ".ndjson")


def matches(name: str, head: bytes) -> bool:
    """Tell whether a file is one JSON object a line: by its first two lines, or by its name and the first."""
    lines = [line for line in head.removeprefix(BOM).split(b"\n", 3)[:3] if line.strip()]
    sure = len(lines) > 1 or name.lower().endswith(_SUFFIXES)
    return sure and all(line.lstrip().startswith(b"{") for line in lines[:2]) and _is_object(lines[0])


def read(name: str, raw: bytes) -> Grid:
    """Return the table in `raw`; what is nested in a value is none. Raises ExplorerError, with the line."""
    text, encoding = text_of(name, raw)
    heading: dict[str, int] = {}
    records: list[tuple[int, dict[str, object]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            records.append((number, _object(name, number, line)))
            for key in records[-1][1]:
                heading.setdefault(key, len(heading))
            if len(heading) > MOST_COLUMNS:
                raise too_much(name)
    names = tuple(heading)

    def rows() -> Iterator[Row]:
        yield 0, names
        for number, record in records:
            yield number, tuple(_flat(record.get(key)) for key in names)

    return grid(name, raw, say("JSON lines, {encoding}", encoding=encoding), rows(), by_line=True)


def _flat(value: object) -> Cell:
    return None if isinstance(value, dict | list) else cell(value)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _object(name: str, number: int, line: str) -> dict[str, object]:
    if len(line) > LONGEST_LINE:
        raise too_long(name, number)
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return cast("dict[str, object]", found)
    raise ExplorerError(
        say("The line is no JSON object."),
        remedy=say("Correct it or get the file again; nothing of it was imported."),
        file=name,
        line=number,
    )
