"""Comma-separated tables with a header line: which columns there are, and the rows with their line numbers."""

import csv
import io
from collections.abc import Iterator, Sequence

from explorer.errors import ExplorerError
from explorer.sources.faults import Faults
from explorer.sources.text import BOM, decode
from explorer.words import say

LONGEST_LINE = 1 << 20
"""No table has a line of more bytes than this: what has one is not a table."""


def header_of(head: bytes) -> tuple[str, ...]:
    """Return the names in the first line of a file's first bytes, () if that is no line of a table."""
    line = head.removeprefix(BOM).split(b"\n", 1)[0].split(b"\r", 1)[0]
    try:
        return tuple(next(csv.reader([line.decode("utf-8")], strict=True), ()))
    except (UnicodeDecodeError, csv.Error):
        return ()


def has_columns(head: bytes, columns: Sequence[str]) -> bool:
    """Tell whether the header line has each of `columns` once."""
    header = header_of(head)
    return all(header.count(column) == 1 for column in columns)


def rows(name: str, raw: bytes, columns: Sequence[str], faults: Faults) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the line number and the values of `columns`, in that order, of every row after the header.

    Blank lines are passed over. A row with too many or too few values goes to `faults`. Raises ExplorerError, with
    the line, where the text is not UTF-8, its quotes do not close or a line has more than `LONGEST_LINE` characters.
    """
    reader = csv.reader(_lines(name, raw), strict=True)
    try:
        header = next(reader)
        places = [header.index(column) for column in columns]
        for fields in reader:
            if len(fields) == len(header):
                yield reader.line_num, tuple(fields[place] for place in places)
            elif fields:
                why = say("{found} values where the header has {wanted}", found=len(fields), wanted=len(header))
                faults.add(reader.line_num, why)
    except csv.Error:
        raise ExplorerError(
            say("The values can't be told apart here: a quote does not close, or one value is far too long."),
            remedy=say("Correct the line or get the file again."),
            file=name,
            line=reader.line_num,
        ) from None


def too_long(name: str, line: int) -> ExplorerError:
    """Return the error for a line that goes on for more than `LONGEST_LINE`."""
    return ExplorerError(
        say("The line goes on for more than a million characters: this is not a table."),
        remedy=say("Choose the file as it was downloaded, or get it again."),
        file=name,
        line=line,
    )


def _lines(name: str, raw: bytes) -> Iterator[str]:
    text = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8-sig", newline="")
    count = 0
    try:
        while line := text.readline(LONGEST_LINE + 1):
            count += 1
            if len(line) > LONGEST_LINE:
                raise too_long(name, count)
            yield line
    except UnicodeDecodeError:
        decode(name, raw)  # the wrapper decodes in blocks; this names the line
        raise
