"""A table as it was read, whatever it was written in: a heading and rows of plain values."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from explorer.errors import ExplorerError
from explorer.progress import Progress, unheard
from explorer.words import Message, say

Cell = str | int | float | bool | date | None
"""A value: text without blanks around it, None where there is none."""
Row = tuple[int, tuple[Cell, ...]]
"""Line or row number, from 1, and the values."""

MOST_ROWS = 2_000_000
MOST_COLUMNS = 1000
MOST_CELLS = 20_000_000
"""A table with more is refused before it fills the memory."""
LONGEST_CELL = 32_767
"""Characters; a spreadsheet's own limit."""
MOST_TEXT = 2**28
"""Bytes that the text of all cells may come to, each time that it is repeated counted."""
_HEADING_WITHIN = 20
_BEAT = 5_000
_SHORTER = say("Keep only the columns of dates, models, tokens and prices, or split the file by date.")


class NoTableError(ExplorerError):
    """A file that is no table: it has no line of names."""


@dataclass(frozen=True, eq=False, slots=True)
class Grid:
    """A table: `heading` names each column once, `rows` are as long as the heading.

    `kind` says what it is and how it was read ("CSV, semicolons, Windows-1252 (a guess)"). Rows are numbered by line
    of the file if `by_line`, else by row of the sheet or record.
    """

    name: str
    raw: bytes = field(repr=False)
    kind: Message
    heading: tuple[str, ...]
    rows: Sequence[Row] = field(repr=False)
    by_line: bool = True

    def column(self, name: str) -> Iterator[Cell]:
        """Yield the values of a column."""
        place = self.heading.index(name)
        return (values[place] for _, values in self.rows)


def grid(
    name: str, raw: bytes, kind: Message, numbered: Iterable[Row], progress: Progress = unheard, *, by_line: bool
) -> Grid:
    """Return the table whose first line of names is its heading; what is above that is passed over.

    Blank rows are left out, shorter ones filled up. Raises ExplorerError where no line names columns or where there
    is too much of anything, and what `progress` raises, which hears how near that is.
    """
    rows = _bounded(name, _watched(numbered, progress))
    heading: tuple[str, ...] | None = None
    for count, (_, values) in enumerate(rows):
        heading = _names(values)
        if heading is not None or count >= _HEADING_WITHIN:
            break
    if heading is None:
        raise NoTableError(
            say("No line near its beginning names the columns."),
            remedy=say("Put the names of the columns into the first line."),
            file=name,
        )
    kept: list[Row] = []
    for number, values in rows:
        if len(values) > len(heading) and any(each is not None for each in values[len(heading) :]):
            raise _ragged(name, number, len(values), len(heading), by_line)
        if len(kept) >= MOST_ROWS or len(kept) * len(heading) > MOST_CELLS:
            raise too_much(name)
        kept.append((number, (values + (None,) * len(heading))[: len(heading)]))
    if not kept:
        raise ExplorerError(
            say("The table has a heading and no rows."), remedy=say("Choose a file with data."), file=name
        )
    return Grid(name, raw, kind, heading, kept, by_line)


def too_much(name: str) -> ExplorerError:
    """Return the error for a table that is too large."""
    return ExplorerError(
        say(
            "The table is too large: at most {rows} rows and {columns} columns are read.",
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
        ),
        remedy=_SHORTER,
        file=name,
    )


def too_much_text(name: str) -> ExplorerError:
    """Return the error for a table whose cells have too much text, written out or repeated."""
    return ExplorerError(
        say("The text of the table's cells comes to more than {most} bytes.", most=MOST_TEXT),
        remedy=_SHORTER,
        file=name,
    )


def cell(value: object) -> Cell:
    """Return a value as a table keeps it."""
    if isinstance(value, str):
        return value.strip() or None
    if value is None or isinstance(value, bool | int | float | date):
        return None if value != value else value  # noqa: PLR0124 - NaN
    return str(value)


def _watched(numbered: Iterable[Row], progress: Progress) -> Iterator[Row]:
    for count, row in enumerate(numbered):
        if count % _BEAT == 0:
            progress(min(count / MOST_ROWS, 1.0))
        yield row


def _bounded(name: str, numbered: Iterable[Row]) -> Iterator[Row]:
    for number, values in numbered:
        if len(values) > MOST_COLUMNS and any(each is not None for each in values[MOST_COLUMNS:]):
            raise ExplorerError(
                say("The table has more than {most} columns.", most=MOST_COLUMNS), remedy=_SHORTER, file=name
            )
        if any(isinstance(each, str) and len(each) > LONGEST_CELL for each in values):
            raise ExplorerError(
                say("Row {number} has a value of more than {most} characters.", number=number, most=LONGEST_CELL),
                remedy=say("This is no table of tokens or prices; correct the row or choose another file."),
                file=name,
            )
        if any(each is not None for each in values):
            yield number, values


def _names(values: Sequence[Cell]) -> tuple[str, ...] | None:
    """Return the names of columns in a row of texts, each once; None if the row is no heading."""
    last = max(i for i, value in enumerate(values) if value is not None)
    texts = [value for value in values if value is not None]
    if len(texts) < 2 or not all(isinstance(text, str) and not _starts_like_data(text) for text in texts):
        return None
    names: list[str] = []
    for i, value in enumerate(values[: last + 1], 1):
        wanted = " ".join(str(value).split()) if value is not None else f"Column {i}"
        again, name = 1, wanted
        while name in names:
            again += 1
            name = f"{wanted} ({again})"
        names.append(name)
    return tuple(names)


def _starts_like_data(text: str) -> bool:
    return text[:1].isdigit() and not any(letter.isalpha() for letter in text)


def _ragged(name: str, number: int, found: int, wanted: int, by_line: bool) -> ExplorerError:
    what = say("{found} values where the heading has {wanted}.", found=found, wanted=wanted)
    if not by_line:
        what = say(
            "Row {number} has {found} values where the heading has {wanted}.", number=number, found=found, wanted=wanted
        )
    remedy = say("Correct the file or get it again; nothing of it was imported.")
    return ExplorerError(what, remedy=remedy, file=name, line=number if by_line else None)
