"""Text tables: which encoding and which separator they have, and their rows."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from explorer.errors import ExplorerError
from explorer.progress import Progress
from explorer.sources.any_table.grid import Grid, NoTableError, Row, cell, grid
from explorer.sources.json_text import opening
from explorer.sources.table import LONGEST_LINE, too_long
from explorer.words import Message, say

_SEPARATORS = {",": say("commas"), ";": say("semicolons"), "\t": say("tabs"), "|": say("bars")}
_LOOKED_AT = 1 << 18
_LINES_LOOKED_AT = 50
_COMMENT = "#"

# What a file begins with decides first; UTF-32 would begin like UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", say("UTF-8")),
    (codecs.BOM_UTF32_LE, "utf-32", say("UTF-32")),
    (codecs.BOM_UTF32_BE, "utf-32", say("UTF-32")),
    (codecs.BOM_UTF16_LE, "utf-16", say("UTF-16")),
    (codecs.BOM_UTF16_BE, "utf-16", say("UTF-16")),
)
_ANSI = "cp1252"


def text_of(name: str, raw: bytes) -> tuple[str, Message]:
    """Return the text of a file and the name of its encoding, marked where it is a guess; raises ExplorerError."""
    for encoding, words in _candidates(raw):
        try:
            return raw.decode(encoding), words
        except UnicodeDecodeError:
            continue
    raise NoTableError(
        say("The text is in an encoding this program does not know."),
        remedy=say("Save it as UTF-8 text and open it again."),
        file=name,
    )


def _candidates(raw: bytes) -> tuple[tuple[str, Message], ...]:
    for mark, encoding, words in _MARKS:
        if raw.startswith(mark):
            return ((encoding, words),)
    start = raw[:512]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) > len(start) // 4:
        return (("utf-16-le" if odd > even else "utf-16-be", say("UTF-16 (a guess)")),)
    if 0 in raw:
        return ()
    return ("utf-8", say("UTF-8")), (_ANSI, say("Windows-1252 (a guess)"))


def is_text_table(head: bytes) -> bool:
    """Tell whether a file that begins with these bytes can be a table in text: two columns or more, and no JSON."""
    document = opening(head)
    if document is not None and (document.members or document.row is not None):
        return False
    try:
        text, _ = text_of("", _whole_lines(head))
    except ExplorerError:
        return False
    return _separator(text) is not None


def first_names(raw: bytes) -> tuple[str, ...]:
    """Return the values of the first line that is no comment; () where there is none."""
    try:
        text, _ = text_of("", _whole_lines(raw))
        separator = _separator(text)
        lines = _lines("", text)
        return tuple(next(csv.reader(lines, delimiter=separator), ())) if separator else ()
    except (ExplorerError, csv.Error):
        return ()


def _whole_lines(head: bytes) -> bytes:
    """Return the first bytes of a file without a character that is cut in two."""
    end = head.rfind(b"\n") if len(head) > _LOOKED_AT else -1
    start = head[:_LOOKED_AT] if end < 0 else head[: min(head.rfind(b"\n", 0, _LOOKED_AT) + 1 or _LOOKED_AT, end + 1)]
    wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or 0 in start[:512]
    return start[: len(start) // 4 * 4] if wide else start


def read(name: str, raw: bytes, progress: Progress) -> Grid:
    """Return the table in a text; lines that begin with # are passed over.

    Raises ExplorerError, and what `progress` raises.
    """
    text, encoding = text_of(name, raw)
    separator = _separator(text[:_LOOKED_AT])
    if separator is None:
        raise NoTableError(
            say("No separator of columns is found: neither commas, semicolons, tabs nor bars."),
            remedy=say("Choose a table with a line of names above its rows."),
            file=name,
        )
    kind = say("CSV with {separator}, {encoding}", separator=_SEPARATORS[separator], encoding=encoding)
    return grid(name, raw, kind, _rows(name, text, separator), progress, by_line=True)


def _rows(name: str, text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(_lines(name, text), delimiter=separator, strict=True)
    try:
        for fields in reader:
            yield reader.line_num, tuple(cell(value) for value in fields)
    except csv.Error:
        raise ExplorerError(
            say("The values can't be told apart here: a quote does not close, or one value is far too long."),
            remedy=say("Correct the line or get the file again."),
            file=name,
            line=reader.line_num,
        ) from None


def _lines(name: str, text: str) -> Iterator[str]:
    """Yield the lines of a text, comments as blank ones, so that lines keep their numbers."""
    source, number = io.StringIO(text, newline=""), 0
    while line := source.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise too_long(name, number)
        yield "\n" if line.startswith(_COMMENT) else line


def _separator(text: str) -> str | None:
    """Return what most evenly parts the first lines into two columns or more; None where nothing does."""
    lines = [line for line in text.splitlines()[:_LINES_LOOKED_AT] if line.strip() and not line.startswith(_COMMENT)]
    if len(text) >= _LOOKED_AT and len(lines) > 1:
        del lines[-1]
    found: list[tuple[float, int, str]] = []
    for separator in _SEPARATORS:
        try:
            widths = Counter(len(fields) for fields in csv.reader(lines, delimiter=separator) if fields)
        except csv.Error:
            continue
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        if width > 1:
            found.append((times / sum(widths.values()), width, separator))
    return max(found)[2] if found else None
