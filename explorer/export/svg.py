"""A picture as SVG: shapes by Qt, text as text, in a font that is named, and for browsers brought along."""

import base64
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from importlib.resources import as_file, files
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRect, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtSvg import QSvgGenerator

from explorer.domain.table import Table
from explorer.drawing import text
from explorer.export.letters import in_xml, legal
from explorer.export.picture import Draw, paint
from explorer.export.size import Size
from explorer.style import Style

FAMILIES = (
    f"'{text.PICTURE_FAMILY}', 'Source Sans 3', Carlito, Calibri, 'Noto Sans', 'Segoe UI', Arial, Helvetica, "
    "'Liberation Sans', 'DejaVu Sans Condensed', sans-serif"
)
"""The font, and others that are little wider for a program that does not take the one in the file."""
_SLACK = 1.14
"""How much wider those are."""
_RESOLUTION = 96
"""Pixels per inch: what SVG takes a pixel for."""
_ANCHORS = {text.LEFT: "start", text.CENTRE: "middle", text.RIGHT: "end"}
_BOLD = 600
_INSIDE = re.compile(r"<svg[^>]*>.*?<defs>(?P<defs>.*?)</defs>(?P<shapes>.*)</svg>\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: where its anchor is on the picture, in pixels, and how it is set."""

    words: str
    x: float
    baseline: float
    align: float
    pixels: int
    bold: bool
    ink: str


class _Sheet(QSvgGenerator, text.TextDevice):
    """What Qt draws the shapes on; it keeps lines of text for itself."""

    def __init__(self, size: Size, to: QBuffer) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.setOutputDevice(to)
        self.setSize(QSize(size.width, size.height))
        self.setViewBox(QRect(0, 0, size.width, size.height))
        self.setResolution(_RESOLUTION)

    def take(self, painter: QPainter, at: QPointF, words: str, used: QFont, ink: str, align: float) -> None:
        on_sheet = painter.combinedTransform().map(at)
        bold = used.weight() >= QFont.Weight.DemiBold
        self.lines.append(Line(words, on_sheet.x(), on_sheet.y(), align, used.pixelSize(), bold, ink))


def render(draw: Draw, table: Table, style: Style, size: Size, *, alt: str, record: str = "") -> bytes:
    """Return the picture of `table` as SVG, UTF-8, the same bytes for the same table and style.

    `alt` is what a screen reader says of it; `record` how it was made, as `record.text` has it. Needs a
    QGuiApplication.
    """
    return drawn(draw, table, style, size, alt=alt, record=record)()


def drawn(draw: Draw, table: Table, style: Style, size: Size, *, alt: str, record: str = "") -> Callable[[], bytes]:
    """Draw what `render` does, and return what makes the file of it in any thread: that takes longer."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    sheet = _Sheet(size, buffer)
    painter = QPainter(sheet)
    try:
        paint(painter, draw, table, replace(style, slack=_SLACK), size)
    finally:
        painter.end()
    written, lines = bytes(buffer.data().data()), sheet.lines

    def document() -> bytes:
        return "\n".join(_document(written.decode(), lines, table, style, size, alt, record)).encode()

    return document


def _document(
    written: str, lines: list[Line], table: Table, style: Style, size: Size, alt: str, record: str
) -> Iterable[str]:
    inside = _INSIDE.search(written)
    assert inside is not None, "Qt writes SVG of another form"
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{size.width}" height="{size.height}" viewBox="0 0 {size.width} {size.height}" '
        f'role="img" aria-labelledby="title desc">'
    )
    yield f'<title id="title">{in_xml(str(table.caption.title))}</title>'
    yield f'<desc id="desc">{in_xml(alt)}</desc>'
    if record:
        yield f'<metadata id="tokenshare-record">{in_xml(record)}</metadata>'
    yield f"<style>{''.join(_faces(lines))}</style>"
    yield f"<defs>{inside['defs'].strip()}</defs>"
    if not style.theme.transparent:
        yield f'<rect width="100%" height="100%" fill="{style.theme.background}"/>'
    yield inside["shapes"].strip()
    yield f'<g font-family="{in_xml(FAMILIES)}" font-feature-settings="\'tnum\'" xml:space="preserve">'
    yield from map(_element, lines)
    yield "</g>"
    yield "</svg>\n"


def _element(line: Line) -> str:
    weight = f' font-weight="{_BOLD}"' if line.bold else ""
    anchor = _ANCHORS.get(line.align, "start")
    anchored = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text x="{line.x:.6g}" y="{line.baseline:.6g}" font-size="{line.pixels}"{weight}{anchored} '
        f'fill="{line.ink}">{in_xml(line.words)}</text>'
    )


def _faces(lines: list[Line]) -> Iterable[str]:
    """Yield the rules that bring the letters that occur along, a face each."""
    for bold, weight in ((False, 400), (True, _BOLD)):
        letters = "".join(sorted({letter for line in lines if line.bold is bold for letter in legal(line.words)}))
        if letters:
            data = base64.b64encode(_subset(text.FACES[bold], letters)).decode()
            yield (
                f"@font-face{{font-family:'{text.PICTURE_FAMILY}';font-weight:{weight};"
                f"src:url(data:font/woff;base64,{data}) format('woff')}}"
            )


@lru_cache(maxsize=16)
def _subset(face: str, letters: str) -> bytes:
    """Return a face of the picture's font with some letters only, as WOFF."""
    subset: Any = import_module("fontTools.subset")  # slow to import, without types, and only an SVG needs it
    options = subset.Options(
        flavor="woff", layout_features=["kern", "tnum"], name_IDs=[], hinting=False, recalc_timestamp=False
    )
    out = io.BytesIO()
    with as_file(files("font_source_sans_pro") / "files" / face) as path, subset.load_font(str(path), options) as font:
        cut = subset.Subsetter(options)
        cut.populate(text=letters)
        cut.subset(font)
        subset.save_font(font, out, options)
    return out.getvalue()
