"""A picture as PDF: one page of exactly its size, text as text, its fonts inside."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPageSize, QPainter, QPdfWriter

from explorer.domain.record import PROGRAM
from explorer.domain.table import Table
from explorer.export import xmp
from explorer.export.picture import Draw, paint
from explorer.export.size import Size
from explorer.progress import Progress, unheard
from explorer.style import Style

_RESOLUTION = 96
"""Pixels per inch of paper."""
_POINTS = 72 / _RESOLUTION


@dataclass(frozen=True, eq=False, slots=True)
class Page:
    """A page: the picture of a table, as `picture.paint` draws it."""

    draw: Draw
    table: Table
    style: Style
    size: Size


def render(pages: Sequence[Page], *, alt: str, record: str = "") -> bytes:
    """Return pages as one PDF, each exactly as large as its picture at 96 pixels per inch.

    `alt` and `record` are as for an SVG; title and source are those of the first page. Needs a QGuiApplication.
    """
    return whole(page_by_page(pages, alt=alt, record=record))


def whole(steps: Generator[float, None, bytes], progress: Progress = unheard) -> bytes:
    """Take all the steps of `page_by_page` and return the PDF."""
    while True:
        try:
            progress(next(steps))
        except StopIteration as end:
            return end.value


def page_by_page(pages: Sequence[Page], *, alt: str, record: str = "") -> Generator[float, None, bytes]:
    """Draw a page at a step, for whoever has other things to do between them, and return what `render` does.

    Yields the fraction drawn, 0 to 1.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setPageMargins(QMarginsF())
    caption = pages[0].table.caption
    writer.setTitle(str(caption.title))
    writer.setCreator(PROGRAM)
    writer.setDocumentXmpMetadata(xmp.packet(str(caption.title), alt, str(caption.source), record).encode())
    _fit(writer, pages[0].size)
    painter = QPainter(writer)
    try:
        for number, page in enumerate(pages):
            yield number / len(pages)
            if number:
                _fit(writer, page.size)
                writer.newPage()
            whole = QRectF(0, 0, page.size.width, page.size.height)
            if not page.style.theme.transparent:
                painter.fillRect(whole, QColor(page.style.theme.background))
            paint(painter, page.draw, page.table, page.style, page.size)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def _fit(writer: QPdfWriter, size: Size) -> None:
    points = QSizeF(size.width * _POINTS, size.height * _POINTS)
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
