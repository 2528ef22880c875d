"""Any table: CSV and its kin, XLSX, ODS, Parquet and JSON lines whose columns a mapping gives their meaning."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from explorer.domain.column_mapping import Mapping
from explorer.domain.snapshot import Snapshot
from explorer.errors import ExplorerError
from explorer.progress import Progress, within
from explorer.sources.any_table import delimited, json_lines, parquet, workbook
from explorer.sources.any_table.applying import apply, rehearse
from explorer.sources.any_table.dates import KEYS as DATE_FORMATS
from explorer.sources.any_table.grid import Grid, NoTableError
from explorer.sources.any_table.guessing import Doubt, Guess, filled_in, guess
from explorer.sources.any_table.headings import liking
from explorer.sources.any_table.numbers import is_number
from explorer.words import Message, say

__all__ = [
    "DATE_FORMATS",
    "AnyTable",
    "Doubt",
    "Grid",
    "Guess",
    "Mappings",
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
    "no_mappings",
    "rehearse",
    "remembered",
]

Mappings = Callable[[tuple[str, ...]], Mapping | None]
"""Return the mapping that is known for a heading, None where there is none."""


def no_mappings(_heading: tuple[str, ...]) -> Mapping | None:
    """Know no mapping for any heading."""
    return None


class UnmappedError(ExplorerError):
    """A table whose columns a person must map: `table` is what was read, `guess` what its columns seem to be."""

    def __init__(self, table: Grid, guessed: Guess) -> None:
        self.table, self.guess = table, guessed
        super().__init__(_what(guessed), remedy=_remedy(table, guessed), file=table.name)


def _what(guessed: Guess) -> Message:
    if not guessed.doubts:
        return say("A table with this heading was never imported before.")
    doubt, *more = guessed.doubts
    words = doubt.words
    if doubt.answers:
        answers = " or ".join(f"{doubt.about}={each}" for each in doubt.answers)
        words = say("{question} Say {answers}.", question=doubt.words, answers=answers)
    text = "The columns of this table are not certain. {doubt}"
    if more:
        text = "The columns of this table are not certain. {doubt} ({more} more to settle.)"
    return say(text, doubt=words, more=len(more))


def _remedy(table: Grid, guessed: Guess) -> Message:
    columns = _columns(table)
    if not guessed.mapping.columns:
        return say("Say what its columns are (--map date=…,model=…,tokens=…); it has {columns}.", columns=columns)
    open_fields = {doubt.about: "" for doubt in guessed.doubts if doubt.answers}
    return say(
        "Check this and add what is missing: --map '{mapping}'; it has {columns}.",
        mapping=replace(guessed.mapping, **open_fields).text,
        columns=columns,
    )


def _columns(table: Grid) -> str:
    return ", ".join(table.heading[:8]) + (", …" if len(table.heading) > 8 else "")


def _it_has(table: Grid) -> Message:
    return say("The table has {columns}.", columns=_columns(table))


class _Form(Protocol):
    def matches(self, _name: str, head: bytes, /) -> bool: ...

    def read(self, name: str, raw: bytes, /) -> Grid: ...


class _Workbook:
    """Workbooks, of whose sheets the one is read whose heading is most like ours."""

    def matches(self, name: str, head: bytes, /) -> bool:
        return workbook.matches(name, head)

    def read(self, name: str, raw: bytes, /) -> Grid:
        return workbook.read(name, raw, liking)


class _Delimited:
    def matches(self, _name: str, head: bytes, /) -> bool:
        return delimited.is_text_table(head)

    def read(self, name: str, raw: bytes, /) -> Grid:
        return delimited.read(name, raw)


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


def grid_of(name: str, raw: bytes) -> Grid:
    """Return the table in a file for which `matches` holds; raises ExplorerError."""
    return next(form for form in _FORMS if form.matches(name, raw)).read(name, raw)


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


@dataclass(frozen=True, slots=True)
class AnyTable:
    """The reader of tables that no other reader knows.

    It goes by the mapping that is `known` for a heading, else by a guess that leaves no doubt; without `guessing` a
    person is always asked about a heading that is not known.
    """

    known: Mappings = no_mappings
    guessing: bool = True

    def read(self, name: str, raw: bytes, progress: Progress) -> Snapshot:
        """Return the snapshot in a table.

        Raises UnmappedError where a person must say what the columns are, and ExplorerError as `apply` does.
        """
        progress(0.0)
        table = grid_of(name, raw)
        progress(0.5)
        known = self.known(table.heading)
        mapping = self._guessed(table) if known is None else remembered(table, known)
        try:
            made = apply(table, mapping, within(progress, 0.5, 1.0))
        except ExplorerError as error:
            if self.guessing:
                raise
            raise UnmappedError(table, Guess(mapping, (Doubt("", error.what),))) from error
        progress(1.0)
        return made

    def _guessed(self, table: Grid) -> Mapping:
        guessed = guess(table)
        if not (guessed.certain and self.guessing):
            raise UnmappedError(table, guessed)
        return guessed.mapping
