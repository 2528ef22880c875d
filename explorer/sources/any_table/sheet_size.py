"""How large the sheets of a workbook would be, read from their XML before a reader lays them out in memory.

One cell far to the right and below is a few bytes in the file and a matrix of billions in memory; one long text that
many cells share, or that is repeated, is as many copies of it.
"""

from array import array
from collections.abc import Iterator
from operator import mul
from xml.parsers import expat

from explorer.errors import ExplorerError
from explorer.progress import Progress
from explorer.sources.any_table.grid import MOST_CELLS, MOST_TEXT, too_much, too_much_text
from explorer.sources.any_table.zip_guard import Archive
from explorer.words import say

_ODS_CONTENT = "content.xml"
_DATA = "sheetData"
"""The element that holds the rows of an XLSX sheet."""
_LONGEST_NUMBER = 12


class _Extent:
    """Rows and columns so far of the sheet being read, those that a reader would lay out; raises _TooMuchError."""

    def __init__(self, before: int = 0) -> None:
        self.row = self.column = self.last_row = self.last_column = 0
        self._before = before

    def use(self) -> None:
        """The current row and column have content."""
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if self.cells > MOST_CELLS:
            raise _TooMuchError

    @property
    def cells(self) -> int:
        """Cells up to here, with those of the sheets before that are in memory at the same time."""
        return self._before + self.last_row * self.last_column


class _TooMuchError(Exception):
    pass


class _TooMuchTextError(Exception):
    pass


def check(archive: Archive, progress: Progress) -> None:
    """Raise ExplorerError where the sheets of an XLSX or ODS archive would fill the memory or are no sound XML.

    Which part of an XLSX is a sheet, other parts say: so each one is looked at that could be.
    """
    if _ODS_CONTENT in archive.members:
        _scan(archive, _ODS_CONTENT, _Ods(), b"", progress)
        return
    shared = _Shared()
    for member in archive.members:
        if next(archive.pieces(member), b"").lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            _scan(archive, member, _Xlsx(shared), _DATA.encode(), progress)
    if shared.text > MOST_TEXT:
        raise too_much_text(archive.name)


class _Shared:
    """The texts that cells of an XLSX share: how long each one is, and how many cells have it."""

    def __init__(self) -> None:
        self._lengths, self._uses = array("Q"), array("Q")

    @property
    def text(self) -> int:
        """Bytes that all these cells come to."""
        return sum(map(mul, self._lengths, self._uses))

    def add(self, index: int, length: int) -> None:
        """A part of the archive has a text at this place; of several parts the longest counts."""
        _reach(self._lengths, index)
        self._lengths[index] = max(self._lengths[index], length)

    def use(self, written: str) -> None:
        """A cell has the text at this place."""
        index = _number(written.strip(), MOST_CELLS)
        if index < MOST_CELLS:
            _reach(self._uses, index)
            self._uses[index] += 1


def _reach(counts: "array[int]", index: int) -> None:
    if index >= MOST_CELLS:
        raise _TooMuchError
    if index >= len(counts):
        counts.frombytes(bytes((index + 1 - len(counts)) * counts.itemsize))


class _Xlsx:
    """One part: rows and cells, where it is a sheet, and shared texts, where it has those."""

    def __init__(self, shared: _Shared) -> None:
        self._extent, self._inside, self._shared = _Extent(), False, shared
        self._texts, self._length = 0, -1
        self._is_shared, self._written = False, ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        extent, name = self._extent, tag.rpartition(":")[2]
        if name == _DATA:
            self._inside = True
        elif name == "si":
            self._length = 0
        elif name == "row" and self._inside:
            extent.row = _number(attributes.get("r"), extent.row + 1)
            extent.column = 0
        elif name == "c" and self._inside:
            extent.row, extent.column = _place(attributes.get("r", ""), extent.row, extent.column + 1)
            extent.use()
            self._is_shared, self._written = attributes.get("t") == "s", ""

    def text(self, text: str) -> None:
        if self._length >= 0:
            self._length += len(text.encode())
        elif self._is_shared and len(self._written) < _LONGEST_NUMBER:
            self._written += text

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "si":
            self._shared.add(self._texts, self._length)
            self._texts, self._length = self._texts + 1, -1
        elif name == "c" and self._is_shared:
            self._shared.use(self._written)
            self._is_shared = False


class _Ods:
    """Rows and cells repeat by attributes; what repeats at the end without content is not laid out."""

    def __init__(self) -> None:
        self._extent = _Extent()
        self._rows, self._columns, self._in_cell, self._text = 1, 1, False, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        extent = self._extent
        match tag.rpartition(":")[2]:
            case "table":
                self._extent = _Extent(extent.cells)
            case "table-row":
                self._rows = _number(attributes.get("table:number-rows-repeated"), 1)
                extent.row += self._rows
                extent.column = 0
            case "table-cell" | "covered-table-cell":
                self._columns = _number(attributes.get("table:number-columns-repeated"), 1)
                extent.column += self._columns
                self._in_cell = True
                if any(name.startswith("office:") or name == "table:formula" for name in attributes):
                    extent.use()
                    self.text("".join(attributes.values()))
            case "p" if self._in_cell:
                extent.use()
            case _:
                pass

    def text(self, text: str) -> None:
        if self._in_cell:
            self._text += len(text.encode()) * self._columns * self._rows
            if self._text > MOST_TEXT:
                raise _TooMuchTextError

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] in ("table-cell", "covered-table-cell"):
            self._in_cell = False


def _scan(archive: Archive, member: str, sheet: _Xlsx | _Ods, mark: bytes, progress: Progress) -> None:
    """Read a part of the archive; broken XML is passed over where the part does not have `mark`."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = sheet.start
    parser.EndElementHandler = sheet.end
    parser.CharacterDataHandler = sheet.text
    try:
        for piece in _whole(archive.pieces(member)):
            progress(0.0)
            parser.Parse(piece, not piece)
    except _TooMuchError:
        raise too_much(archive.name) from None
    except _TooMuchTextError:
        raise too_much_text(archive.name) from None
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
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else otherwise


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
