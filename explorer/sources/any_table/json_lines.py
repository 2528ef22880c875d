"""JSON lines: one object a line, its names the columns."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import cast

from explorer.errors import ExplorerError
from explorer.progress import Progress, within
from explorer.sources.any_table.delimited import text_of
from explorer.sources.any_table.grid import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Grid,
    Row,
    cell,
    grid,
    too_much,
)
from explorer.sources.table import LONGEST_LINE, too_long
from explorer.sources.text import BOM
from explorer.words import say

_SUFFIXES = (".jsonl", ".ndjson")
_BEAT = 5_000
_CORRECT = say("Correct it or get the file again; nothing of it was imported.")


def matches(name: str, head: bytes) -> bool:
    """Tell whether a file is one JSON object a line: by its first two lines, or by its name and the first."""
    lines = [line for line in head.removeprefix(BOM).split(b"\n", 3)[:3] if line.strip()]
    sure = len(lines) > 1 or name.lower().endswith(_SUFFIXES)
    return sure and all(line.lstrip().startswith(b"{") for line in lines[:2]) and _is_object(lines[0])


def read(name: str, raw: bytes, progress: Progress) -> Grid:
    """Return the table in `raw`; what is nested in a value is none.

    Raises ExplorerError, with the line, and what `progress` raises.
    """
    text, encoding = text_of(name, raw)
    heading: dict[str, int] = {}
    records: list[Row] = []
    for number, line in _lines(text, within(progress, 0.0, 0.5)):
        found = {key: _flat(value) for key, value in _object(name, number, line).items()}
        for key in found:
            heading.setdefault(key, len(heading))
        records.append((number, tuple(map(found.get, heading))))
        if len(heading) > MOST_COLUMNS or len(records) > MOST_ROWS or len(records) * len(heading) > MOST_CELLS:
            raise too_much(name)
    kind = say("JSON lines, {encoding}", encoding=encoding)
    return grid(name, raw, kind, chain([(0, tuple(heading))], records), within(progress, 0.5, 1.0), by_line=True)


def _lines(text: str, progress: Progress) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, with their numbers from 1."""
    start = number = 0
    while start < len(text):
        if number % _BEAT == 0:
            progress(start / len(text))
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        if line := text[start:end].strip():
            yield number, line
        start = end + 1


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
    if not isinstance(found, dict):
        raise ExplorerError(say("The line is no JSON object."), remedy=_CORRECT, file=name, line=number)
    record = cast("dict[str, object]", found)
    # Only an escape can write half of a pair of surrogates, which is no character.
    if "\\u" in line and not _is_text(record):
        raise ExplorerError(say("The line has half a character."), remedy=_CORRECT, file=name, line=number)
    return record


def _is_text(found: object) -> bool:
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return True
