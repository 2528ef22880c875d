"""A picture as PDF: one page of exactly its size, text as text, its fonts inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPageSize, QPainter, QPdfWriter

from explorer.domain.record import PROGRAM
from explorer.domain.table import Table
from explorer.export.picture import Draw, paint
from explorer.export.size import Size
from explorer.style import Style

_RESOLUTION = 96
"""Pixels per inch of paper."""
_POINTS = 72 / _RESOLUTION
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_XMP = """<?xpacket begin="{mark}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:ts="urn:tokenshare-explorer:record">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{alt}</rdf:li></rdf:Alt></dc:description>
<dc:source>{source}</dc:source>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
<ts:Record>{record}</ts:Record>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


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
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setPageMargins(QMarginsF())
    caption = pages[0].table.caption
    writer.setTitle(str(caption.title))
    writer.setCreator(PROGRAM)
    writer.setDocumentXmpMetadata(_metadata(str(caption.title), alt, str(caption.source), record))
    _fit(writer, pages[0].size)
    painter = QPainter(writer)
    try:
        for number, page in enumerate(pages):
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


def _metadata(title: str, alt: str, source: str, record: str) -> bytes:
    texts = {"title": title, "alt": alt, "source": source, "record": record, "program": PROGRAM}
    return _XMP.format(mark=_MARK, **{key: escape(value) for key, value in texts.items()}).encode()
