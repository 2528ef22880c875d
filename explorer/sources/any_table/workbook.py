"""Workbooks, XLSX and ODS: the values that their cells had when they were saved. Formulas are never worked out."""

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from explorer.errors import ExplorerError
from explorer.progress import Progress, within
from explorer.sources.any_table import sheet_size
from explorer.sources.any_table.grid import Cell, Grid, Row, cell, grid
from explorer.sources.any_table.zip_guard import Archive
from explorer.words import Message, say

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Liking = Callable[[Sequence[str]], int]
"""How much a heading looks like one of usage or prices; of several sheets the best liked is read."""

MAGIC = b"PK\x03\x04"
_KINDS = (("xl/workbook.xml", say("XLSX")), ("content.xml", say("ODS")))
_MOST_SHEETS = 50
_EXACT = 2**53
_TO_CSV = say("Save the sheet as CSV and open that.")


def matches(_name: str, head: bytes) -> bool:
    """Tell whether a file begins like a zip archive."""
    return head.startswith(MAGIC)


def read(name: str, raw: bytes, liking: Liking, progress: Progress) -> Grid:
    """Return the best liked sheet of a workbook, the first of equals.

    Nothing is read that would unpack to more than a workbook of this size can be. Raises ExplorerError, and what
    `progress` raises.
    """
    archive = Archive(name, raw)
    kind = next((words for member, words in _KINDS if member in archive.members), None)
    if kind is None:
        raise ExplorerError(
            say("This is a zip archive, not an Excel workbook (XLSX) or an OpenDocument sheet (ODS)."),
            remedy=say("Unpack it and open the file inside."),
            file=name,
        )
    archive.check()
    sheet_size.check(archive, progress)
    return _best(name, raw, kind, liking, progress)


def _best(name: str, raw: bytes, kind: Message, liking: Liking, progress: Progress) -> Grid:
    import python_calamine  # noqa: PLC0415 - only for workbooks

    found: list[Grid] = []
    trouble: ExplorerError | None = None
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw)) as workbook:
            sheets = _visible(workbook)
            for place, sheet in enumerate(sheets[:_MOST_SHEETS]):
                told = within(progress, place / len(sheets), (place + 1) / len(sheets))
                words = say("{kind}, sheet “{sheet}”", kind=kind, sheet=sheet)
                try:
                    rows = _rows(workbook.get_sheet_by_name(sheet))
                    found.append(grid(name, raw, words if len(sheets) > 1 else kind, rows, told, by_line=False))
                except ExplorerError as error:
                    trouble = trouble or error
    except BaseException as fault:
        if not _is_of_calamine(fault):
            raise
        what = say("The workbook can't be read: {reason}.", reason=str(fault).rstrip(".")[:120].replace("\n", " "))
        raise ExplorerError(what, remedy=_TO_CSV, file=name) from None
    if found:
        return max(found, key=lambda each: liking(each.heading))
    raise trouble or ExplorerError(say("The workbook has no sheet with rows."), remedy=_TO_CSV, file=name)


def _visible(workbook: "CalamineWorkbook") -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    return [
        each.name
        for each in workbook.sheets_metadata
        if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
    ]


def _is_of_calamine(fault: BaseException) -> bool:
    """Tell whether the reader failed: by its own exceptions, or by what its language raises for a bug."""
    made_by = type(fault).__module__
    return made_by.startswith(("python_calamine", "pyo3_runtime")) or isinstance(fault, OSError | MemoryError)


def _rows(sheet: "CalamineSheet") -> Iterator[Row]:
    first = sheet.start[0] if sheet.start else 0
    for number, values in enumerate(sheet.iter_rows(), first + 1):
        yield number, tuple(_plain(value) for value in values)


def _plain(value: object) -> Cell:
    """Return a cell's value: a day where its time is midnight, text where it is none of ours.

    A spreadsheet has no integers: a number without a fraction is one, as far as that is exact.
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, time | timedelta):
        return str(value)
    return cell(value)
