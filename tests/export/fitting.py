"""Where every line of text and every shape of a picture is, and what is wrong with that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPicture, QPolygonF, QTransform
from PySide6.QtSvg import QSvgGenerator

from explorer.domain.table import Table
from explorer.drawing import text
from explorer.drawing.translate import tr
from explorer.export.picture import SMALLEST_TYPE, paint, scale_for
from explorer.export.size import Size
from explorer.style import GRID, Style, Theme
from explorer.views import Draw

ELLIPSIS = "…"
LEAST_TYPE = 9
TOLERANCE = 1.0
"""How far, in pixels at scale 1, boxes may reach into each other: positions are rounded to whole pixels."""
AIR = 2.0
"""How far apart, in pixels at scale 1, labels beside each other must be: else they read as one."""
MARGIN = 3 * GRID
"""The margin around a picture, in pixels at scale 1."""


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text on a picture: `box` is as wide as its letters advance and as high as their ink, in pixels."""

    words: str
    box: QRectF
    pixels: int

    def __str__(self) -> str:
        box = self.box
        return f"“{self.words}” ({box.left():.1f}, {box.top():.1f}, {box.right():.1f}, {box.bottom():.1f})"


class Measuring(QPicture, text.TextDevice):
    """A paint device that keeps each line of text with its box, and shows nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.labels: list[Label] = []

    def take(self, painter: QPainter, at: QPointF, words: str, used: QFont, ink: str, align: float) -> None:
        metrics = QFontMetricsF(used)
        wide, tight = metrics.horizontalAdvance(words), metrics.tightBoundingRect(words)
        box = QRectF(at.x() - wide * align, at.y() + tight.top(), wide, tight.height())
        if words.strip():
            self.labels.append(Label(words, painter.combinedTransform().mapRect(box), used.pixelSize()))


def labels(draw: Draw, table: Table, theme: Theme, size: Size) -> list[Label]:
    """Return the lines of text of a picture in the order of painting."""
    device = Measuring()
    painter = QPainter(device)
    try:
        paint(painter, draw, table, Style(theme), size)
    finally:
        painter.end()
    return device.labels


def faults(found: list[Label], table: Table, size: Size) -> list[str]:
    """Return what is wrong with the text of a picture of `table`, a sentence each."""
    return [*_outside(found, size), *_overlapping(found, size), *_small(found, size), *_unsaid(found, table)]


def _outside(found: list[Label], size: Size) -> Iterator[str]:
    scale = scale_for(size)
    margin = (MARGIN - TOLERANCE) * scale
    room = QRectF(0, 0, size.width, size.height).adjusted(margin, margin, -margin, -margin)
    for label in found:
        if not _within(label.box, room):
            yield f"outside {size}: {label}"


def _within(box: QRectF, room: QRectF) -> bool:
    """Tell whether a box, which may have no height or no width, lies in a room."""
    across = room.left() <= box.left() and box.right() <= room.right()
    return across and room.top() <= box.top() and box.bottom() <= room.bottom()


def _overlapping(found: list[Label], size: Size) -> Iterator[str]:
    most, air = TOLERANCE * scale_for(size), AIR * scale_for(size)
    for one, other in combinations(found, 2):
        both = one.box.adjusted(-air, 0, air, 0).intersected(other.box)
        if both.width() > most and both.height() > most:
            yield f"overlap: {one} and {other}"


def _small(found: list[Label], size: Size) -> Iterator[str]:
    least = max(round(SMALLEST_TYPE * size.height), LEAST_TYPE)
    for label in found:
        if label.pixels < least:
            yield f"{label.pixels} pixels high, not {least}: {label}"


def _unsaid(found: list[Label], table: Table) -> Iterator[str]:
    """Yield what the caption has to say and the picture does not: the source whole, of the title at least its start."""
    said, source = _one_line(" ".join(label.words for label in found)), _one_line(tr(table.caption.source))
    if source not in said:
        yield f"the source is not said: {source}"
    title = _one_line(tr(table.caption.title))
    first = found[0].words.rstrip(ELLIPSIS).strip() if found else ""
    if title and not (first and title.startswith(_one_line(first))):
        yield f"the title is not said: {title}: {first}"
    lone = [label for label in found if label.words.strip() == ELLIPSIS]
    for label in lone:
        yield f"nothing but an ellipsis: {label}"


def _one_line(words: str) -> str:
    return re.sub(r"[ \n]+", " ", words).strip()


# --- shapes


class _Shapes(QSvgGenerator, text.TextDevice):
    """A paint device that writes shapes down as SVG, without any clipping, and forgets text."""

    def __init__(self, size: Size, to: QBuffer) -> None:
        super().__init__()
        self.setOutputDevice(to)
        self.setSize(QSize(size.width, size.height))
        self.setViewBox(QRectF(0, 0, size.width, size.height))

    def take(self, painter: QPainter, at: QPointF, words: str, used: QFont, ink: str, align: float) -> None:
        """Keep nothing."""


def strays(draw: Draw, table: Table, theme: Theme, size: Size) -> list[str]:
    """Return what a view draws beside the rectangle it is given, or as text of Qt's own, a sentence each."""
    rooms: list[QRectF] = []

    def watched(painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
        rooms.append(rect)
        draw(painter, rect, table, style)

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    sheet = _Shapes(size, buffer)
    painter = QPainter(sheet)
    try:
        paint(painter, watched, table, Style(theme), size)
    finally:
        painter.end()
    beyond = _PEN * scale_for(size)
    rooms = [room.adjusted(-beyond, -beyond, beyond, beyond) for room in rooms]
    root = ElementTree.fromstring(buffer.data().data())
    return [
        f"{tag} beside {size}: {box.getCoords()}"
        for tag, box in _boxes(root, QTransform())
        if tag == "text" or not any(_within(box, room) for room in rooms)
    ]


_PEN = 3.0
"""How far, in pixels at scale 1, the ends of lines may reach beyond: they have a width."""
_NUMBER = re.compile(r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?")


def _boxes(element: ElementTree.Element, way: QTransform) -> Iterator[tuple[str, QRectF]]:
    """Yield the name and the bounding box, without its pen, of every shape under an element."""
    matrix = _numbers(element.get("transform"))
    way = QTransform(*matrix) if len(matrix) == 6 else way
    tag = element.tag.rpartition("}")[2]
    points = _numbers(element.get("points") or element.get("d"))
    if tag == "text":
        yield tag, QRectF()
    elif tag in ("rect", "image"):
        yield tag, way.mapRect(QRectF(*(float(element.get(key, 0)) for key in ("x", "y", "width", "height"))))
    elif tag in ("circle", "ellipse"):
        x, y, r = (float(element.get(key, 0)) for key in ("cx", "cy", "r"))
        yield tag, way.mapRect(QRectF(x - r, y - r, 2 * r, 2 * r))
    elif points and tag != "g":
        corners = [QPointF(x, y) for x, y in zip(points[::2], points[1::2], strict=True)]
        yield tag, way.map(QPolygonF(corners)).boundingRect()
    for child in element:
        yield from _boxes(child, way)


def _numbers(written: str | None) -> list[float]:
    return [float(number) for number in _NUMBER.findall(written or "")]
