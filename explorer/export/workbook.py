"""An Excel workbook: each table as on screen, a native chart beside it, and a sheet that says how it was made."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

from explorer.domain import record as records
from explorer.domain.table import NUMERIC, Column, Kind
from explorer.export import chart_data, workbook_chart
from explorer.export.chart_formats import FORMATS
from explorer.export.exhibit import Exhibit, dated, plain
from explorer.progress import Progress, unheard
from explorer.words import say

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}
_EXACT = 10**15
"""A spreadsheet keeps 15 digits of a number."""
_LONGEST = 32_767
"""Characters of a cell."""
_NARROWEST, _WIDEST = 6, 48
"""Widths of a column, in characters."""
_WORDS, _LINE = 110, 15
"""Width of the column of sentences, in characters, and height of a line, in points."""
_SHEET_NAME = 31
_FOOTER = 239
"""Characters of a footer that the page's number leaves room for: Excel takes 255."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_PROVENANCE = say("Provenance")


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook being written, with its formats and the names of its sheets that are taken."""

    file: Any
    head: Any
    words: Any
    cells: dict[str, Any]
    taken: set[str]

    def of(self, code: str) -> Any:
        """Return the cell format of a number format."""
        if code not in self.cells:
            self.cells[code] = self.file.add_format({"num_format": code})
        return self.cells[code]

    def sheet(self, name: str) -> Any:
        """Add a sheet, its name cut and counted as Excel asks for."""
        base = _FORBIDDEN.sub(" ", name).strip() or "Sheet"
        found, again = base[:_SHEET_NAME], 1
        while found.casefold() in self.taken:
            again += 1
            found = f"{base[: _SHEET_NAME - len(str(again)) - 1]} {again}"
        self.taken.add(found.casefold())
        return self.file.add_worksheet(found)


def workbook(exhibits: Sequence[Exhibit], *, progress: Progress = unheard) -> bytes:
    """Return an .xlsx with a sheet per exhibit and one of provenance: the same bytes for the same exhibits.

    Numbers are whole and exact as far as a spreadsheet keeps them; text is never a formula. Raises ValueError without
    exhibits.
    """
    if not exhibits:
        raise ValueError("a workbook of nothing")
    made = io.BytesIO()
    file: Any = Workbook(made, _OPTIONS)
    head = file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    book = _Book(file, head, file.add_format({"indent": 1}), {}, set())
    for done, exhibit in enumerate(exhibits):
        progress(done / len(exhibits))
        _add(book, exhibit)
    _provenance(book, exhibits)
    _describe(file, exhibits)
    file.close()
    return made.getvalue()


def _describe(file: Any, exhibits: Sequence[Exhibit]) -> None:
    first = exhibits[0]
    file.set_properties(
        {
            "title": first.heading[:255],
            "subject": first.counted[:255],
            "author": first.record.program,
            "keywords": ", ".join(dict.fromkeys(("OpenRouter", *(each.view for each in exhibits)))),
            "comments": "\n".join(records.text(each.record) for each in exhibits),
            # A workbook is of its data's day, not of the clock's.
            "created": dated(*(each.record for each in exhibits)).replace(tzinfo=None),
        }
    )


# --- a table


def _add(book: _Book, exhibit: Exhibit) -> None:
    table, columns = exhibit.table, exhibit.table.exported
    sheet = book.sheet(exhibit.view.replace("_", " ").capitalize())
    for at, column in enumerate(columns):
        sheet.write_string(0, at, str(column.label), book.head)
        values = table.values[column.key]
        for row in range(len(table)):
            _write(book, sheet, (row + 1, at), values[row], column.kind)
        sheet.set_column(at, at, _width(column, values))
    if not len(table):
        sheet.write_string(1, 0, str(table.empty or say("There is nothing to show.")))
    sheet.set_row(0, 2 * _LINE)
    sheet.freeze_panes(1, _pinned(columns))
    sheet.autofilter(0, 0, max(len(table), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L&8{_footer(exhibit)}&R&8&P / &N")
    charts = chart_data.charts(exhibit)
    if charts:
        workbook_chart.add(book.file, book.sheet, sheet, charts, exhibit)


def _write(book: _Book, sheet: Any, at: tuple[int, int], value: Any, kind: Kind) -> None:
    """Write one value as what it is; None, NaN and infinity leave the cell empty."""
    known: object = plain(value)
    if known is None:
        return
    if isinstance(known, bool):
        sheet.write_boolean(*at, known)
    elif isinstance(known, int | float):
        sheet.write_number(*at, known, book.of(FORMATS[kind]))
    elif isinstance(known, date):
        sheet.write_datetime(*at, datetime(known.year, known.month, known.day), book.of(FORMATS[Kind.DATE]))  # noqa: DTZ001
    elif words := str(known):
        sheet.write_string(*at, words[:_LONGEST], book.words)


def _footer(exhibit: Exhibit) -> str:
    """Return the source as a footer writes it: where it has no room for the whole, the citation is cut."""
    citation, licence = exhibit.citation, exhibit.record.licence
    while len(found := f"{citation} {licence}".strip().replace("&", "&&")) > _FOOTER and citation != "…":
        citation = f"{citation.removesuffix('…')[:-1].rstrip()}…"
    return found


def _pinned(columns: Sequence[Column]) -> int:
    """Return how many columns stay: those up to the first that names a row."""
    first = next((at for at, column in enumerate(columns) if column.kind is Kind.TEXT), 0)
    return first + 1 if first < 3 else 1


_SAMPLES = {Kind.DATE: 11, Kind.SHARE: 8, Kind.PART: 9, Kind.CHANGE: 10, Kind.PRICE: 11, Kind.RATIO: 9, Kind.FLAG: 8}


def _width(column: Column, values: Sequence[Any]) -> float:
    """Return how wide a column is, in characters; the head wraps, the marks of the filter take two."""
    head = max((len(word) for word in str(column.label).split()), default=0) + 3
    if column.kind in _SAMPLES:
        return max(head, _SAMPLES[column.kind])
    if column.kind in NUMERIC:
        longest = max((len(f"{known:,.0f}") for each in values if (known := plain(each)) is not None), default=0) + 2
    else:
        longest = max((sum(1 + (char >= "\u2e80") for char in str(each)) for each in values), default=0) + 3
    return max(_NARROWEST, head, min(longest, _WIDEST))


# --- provenance


def _provenance(book: _Book, exhibits: Sequence[Exhibit]) -> None:
    """Write what every table is, what its columns hold and how it was made."""
    names = [sheet.get_name() for sheet in book.file.worksheets()]
    sheet = book.sheet(str(_PROVENANCE))
    strong = book.file.add_format({"bold": True})
    wrapped = book.file.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, _WORDS)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    row = 0
    for name, exhibit in zip(_own(names), exhibits, strict=True):
        sheet.write_string(row, 0, name, strong)
        sheet.write_string(row, 1, exhibit.heading, strong)
        lines = [(str(say("Source")), exhibit.source), ("", exhibit.counted)]
        lines += [("", line) for line in (*exhibit.provenance, *exhibit.caveats) if line != exhibit.heading]
        lines += [("", note) for note in _rounded(exhibit)]
        lines += [(str(column.label), _tip(column)) for column in exhibit.table.exported]
        lines.append((str(say("Record")), records.text(exhibit.record)[:_LONGEST]))
        for label, words in dict.fromkeys(lines):
            row += 1
            sheet.write_string(row, 0, label)
            sheet.write_string(row, 1, words, wrapped)
            sheet.set_row(row, _LINE * -(-len(words) // _WORDS))
        row += 2


def _own(names: Sequence[str]) -> list[str]:
    """Return the names of the sheets that hold tables, those of their charts' numbers left out."""
    return [name for name in names if not name.startswith(workbook_chart.PREFIX)]


def _tip(column: Column) -> str:
    key = str(say("column {key}", key=column.key))
    return f"{key}: {column.tip}" if str(column.tip) else key


def _rounded(exhibit: Exhibit) -> tuple[str, ...]:
    """Say that numbers too long for a spreadsheet are rounded, where there are any."""
    for column in exhibit.table.exported:
        if column.kind in (Kind.TOKENS, Kind.TOKENS_CHANGE):
            values = (plain(value) for value in exhibit.table.values[column.key])
            if any(value is not None and abs(value) >= _EXACT for value in values):
                text = say("Whole numbers of more than {n} digits are rounded: a spreadsheet keeps no more.", n=15)
                return (str(text),)
    return ()
