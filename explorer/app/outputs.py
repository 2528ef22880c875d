"""What leaves the window: files, and what goes on the clipboard."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize

from explorer.domain import record as records
from explorer.domain.table import Table
from explorer.export import files, png, svg, table_csv
from explorer.export.exhibit import Exhibit
from explorer.export.formats import Finish, Format, Wish, refuse_ending
from explorer.export.framing import framed
from explorer.export.picture import Draw, render
from explorer.export.size import LARGEST, SMALLEST, Size
from explorer.progress import Progress

SVG = "image/svg+xml"
_RATIO = 2


def begun(path: Path, kind: Format, exhibit: Exhibit, draw: Draw, wish: Wish) -> Callable[[Progress], Path]:
    """Draw what is to be drawn, and return what makes and writes the file in any thread and returns its path.

    Both raise ExplorerError, one where the name is for another kind of file. A file that is there already is replaced:
    the person was asked.
    """
    refuse_ending(path, kind)
    return _Writing(path, kind.begin(exhibit, lambda: draw, wish))


class _Writing:
    def __init__(self, path: Path, finish: Finish) -> None:
        self._path, self._finish = path, finish

    def __call__(self, progress: Progress) -> Path:
        content = self._finish(progress)
        progress(1.0)  # from here on it is too late for Cancel
        files.write(self._path, content)
        return self._path


def table_mime(table: Table) -> QMimeData:
    """Return a table for the clipboard: as tab-separated text for a spreadsheet, and as CSV."""
    text = table_csv.text(table, comments=False)
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(csv.reader(io.StringIO(text, newline="")))
    mime = QMimeData()
    mime.setText(out.getvalue())
    mime.setData("text/csv", text.encode())
    return mime


def picture_mime(exhibit: Exhibit, draw: Draw, shown: QSize) -> QMimeData:
    """Return a picture for the clipboard at twice the size it is `shown` at: PNG and SVG, both with their record."""
    size = Size(*(min(max(side * _RATIO, SMALLEST), LARGEST) for side in (shown.width(), shown.height())))
    table, made = framed(exhibit), records.text(exhibit.record)
    image = render(draw, table, exhibit.style, size.width, size.height)
    mime = QMimeData()
    mime.setImageData(image)
    mime.setData("image/png", png.encode(image, png.texts(table.caption, exhibit.record, exhibit.spoken)))
    mime.setData(SVG, svg.render(draw, table, exhibit.style, size, alt=exhibit.spoken, record=made))
    return mime
