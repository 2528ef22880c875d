"""What leaves the window: a view's table and picture, to a file or to the clipboard."""

import csv
import io
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize
from PySide6.QtGui import QImage

from explorer.domain.dataset import Dataset
from explorer.domain.table import Table
from explorer.export import files, png, table_csv
from explorer.export.licence import licence
from explorer.export.picture import Draw, render
from explorer.export.size import LARGEST, SMALLEST, Size
from explorer.style import Style

_CLIPBOARD_RATIO = 2


def write_table(path: Path, table: Table, dataset: Dataset, *, comments: bool) -> None:
    """Write a table as CSV; raises ExplorerError where the file can't be written."""
    text = table_csv.text(table, licence=licence(dataset, table), comments=comments)
    files.write(path, text.encode(table_csv.ENCODING))


def write_picture(path: Path, draw: Draw, table: Table, style: Style, size: Size) -> None:
    """Write a table's picture as PNG; raises ExplorerError where the file can't be written."""
    image = render(draw, table, style, size.width, size.height)
    files.write(path, png.encode(image, png.texts(table.caption)))


def table_mime(table: Table) -> QMimeData:
    """Return a table for the clipboard: as tab-separated text for a spreadsheet, and as CSV."""
    text = table_csv.text(table, comments=False)
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(csv.reader(io.StringIO(text, newline="")))
    mime = QMimeData()
    mime.setText(out.getvalue())
    mime.setData("text/csv", text.encode())
    return mime


def screen_picture(draw: Draw, table: Table, style: Style, shown: QSize) -> QImage:
    """Return the picture of a table at twice the size it is `shown` at, with title and source."""
    width, height = (min(max(side * _CLIPBOARD_RATIO, SMALLEST), LARGEST) for side in (shown.width(), shown.height()))
    return render(draw, table, style, width, height)
