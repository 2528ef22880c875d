"""How large the sheets of a workbook would be, read from their XML before a reader lays them out in memory.

One cell far to the right and below is a few bytes in the file and a matrix of billions in memory.
"""

from collections.abc import Iterator
from xml.parsers import expat

from explorer.errors import ExplorerError
from explorer.sources.any_table.grid import MOST_CELLS, too_much
from explorer.sources.any_table.zip_guard import Archive
from explorer.words import say

_ODS_CONTENT = "content.xml"
_DATA = "sheetData"
"""The element that holds the rows of an XLSX sheet."""


class _Extent:
    """Rows and columns so far of the sheet being read, those that a reader would lay out; raises _TooMuch."""

    def __init__(self) -> None:
        self.row = self.column = self.last_row = self.last_column = 0

    def use(self) -> None:
        """The current row and column have content."""
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if self.last_row * self.last_column > MOST_CELLS:
            raise _TooMuchError

    def restart(self) -> None:
        self.row = self.column = self.last_row = self.last_column = 0


class _TooMuchError(Exception):
    pass


def check(archive: Archive) -> None:
    """Raise ExplorerError where a sheet of an XLSX or ODS archive would fill the memory or is no sound XML.

    Which part of an XLSX is a sheet, other parts say: so each one is looked at that could be.
    """
    if _ODS_CONTENT in archive.members:
        _scan(archive, _ODS_CONTENT, _Ods(), b"")
    else:
        for member in archive.members:
            if next(archive.pieces(member), b"").lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                _scan(archive, member, _Xlsx(), _DATA.encode())


class _Xlsx:
    def __init__(self) -> None:
        self._extent, self._inside = _Extent(), False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        extent, name = self._extent, tag.rpartition(":")[2]
        if name == _DATA:
            self._inside = True
        elif name == "row" and self._inside:
            extent.row = _number(attributes.get("r"), extent.row + 1)
            extent.column = 0
        elif name == "c" and self._inside:
            extent.row, extent.column = _place(attributes.get("r", ""), extent.row, extent.column + 1)
            extent.use()

    def end(self, tag: str) -> None:
        """Nothing is to be done at the end of an element."""


class _Ods:
    """Rows and cells repeat by attributes; what repeats at the end without content is not laid out."""

    def __init__(self) -> None:
        self._extent = _Extent()
        self._repeat, self._filled, self._in_cell = 1, False, False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        extent = self._extent
        match tag.rpartition(":")[2]:
            case "table":
                extent.restart()
            case "table-row":
                self._repeat, self._filled = _number(attributes.get("table:number-rows-repeated"), 1), False
                extent.row += self._repeat
                extent.column = 0
            case "table-cell" | "covered-table-cell":
                extent.column += _number(attributes.get("table:number-columns-repeated"), 1)
                self._in_cell = True
                if any(name.startswith("office:") or name == "table:formula" for name in attributes):
                    extent.use()
            case "p" if self._in_cell:
                extent.use()
            case _:
                pass

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] in ("table-cell", "covered-table-cell"):
            self._in_cell = False


def _scan(archive: Archive, member: str, sheet: _Xlsx | _Ods, mark: bytes) -> None:
    """Read a part of the archive; broken XML is passed over where the part does not have `mark`."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = sheet.start
    parser.EndElementHandler = sheet.end
    try:
        for piece in _whole(archive.pieces(member)):
            parser.Parse(piece, not piece)
    except _TooMuchError:
        raise too_much(archive.name) from None
    except expat.ExpatError:
        if mark in b"".join(archive.pieces(member)):
            raise ExplorerError(
                say("A sheet of the workbook is damaged."),
                remedy=say("Get the file again, or save the sheet as CSV and open that."),
                file=archive.name,
            ) from None


def _whole(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield some pieces and, as the end, an empty one."""
    yield from pieces
    yield b""


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else otherwise


def _place(reference: str, row: int, column: int) -> tuple[int, int]:
    """Return row and column of a reference such as "AB12", those given where it is none."""
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    if not (letters and digits and letters.isascii() and letters.isalpha() and len(reference) < 20):
        return row, column
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(digits), number
