"""A level over some days of a chart: how high a printed figure stands, with its name beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explorer.drawing import text
from explorer.style import SMALL, Style

_WIDEST, _LINES = 230, 3
"""The room of a name in pixels at scale 1, and the most lines it takes."""
_MOST = 1 / 3
"""A name covers at most so much of the chart."""
_LEAST = 34
"""A level over fewer pixels than this reaches beyond its days."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level at `height` (the chart's unit) over the day numbers `first` to `last`, the latter exclusive.

    `labels` are what it may be called, the fullest first; () for a level without a name.
    """

    first: float
    last: float
    height: float
    labels: tuple[str, ...] = ()


def fitting(labels: Sequence[str], room: QRectF, style: Style) -> str:
    """Return the first label that leaves most of a chart free, "" where none does."""
    most = room.width() * room.height() * _MOST
    sizes = ((label, _size(label, room, style)) for label in labels if label)
    return next((label for label, (wide, high, _) in sizes if wide * high <= most), "")


def paint_level(
    painter: QPainter, ends: QLineF, label: str, room: QRectF, bars: Sequence[QRectF], style: Style
) -> QRectF:
    """Paint a level from end to end in pixels, and its label, if any, in `room` where it covers least of `bars`.

    Returns the label's rectangle, an empty one where there is no label.
    """
    short = style.px(_LEAST) - ends.dx()
    line = QLineF(ends.x1() - short / 2, ends.y1(), ends.x2() + short / 2, ends.y1()) if short > 0 else ends
    plate, lines = _plate(line, label, room, bars, style) if label else (QRectF(), ())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    _paint_line(painter, line, plate, style)
    if not lines:
        painter.restore()
        return plate
    painter.setPen(QPen(QColor(style.theme.strong_line), max(1.0, style.px(1))))
    painter.setBrush(QColor(style.theme.background))
    painter.drawRect(plate)
    used = text.font(style, SMALL, bold=True)
    high = text.line_height(used)
    inner = plate.adjusted(style.px(5), style.px(3), -style.px(4), -style.px(3))
    for i, words in enumerate(lines):
        row = QRectF(inner.left(), inner.top() + i * high, inner.width(), high)
        text.put(painter, row, words, used, style.theme.text)
    painter.restore()
    return plate


def _paint_line(painter: QPainter, line: QLineF, plate: QRectF, style: Style) -> None:
    """Paint the level dashed with its ends bent down, and a thin line to its label, all set off from the bands."""
    cap, ink, ground = style.px(5), QColor(style.theme.text), QColor(style.theme.background)
    ends = [QLineF(x, line.y1(), x, line.y1() + cap) for x in (line.x1(), line.x2())]
    middle = plate.center() if plate.width() else line.center()
    near = QPointF(min(max(middle.x(), line.x1()), line.x2()), line.y1())
    reach = plate if plate.width() else QRectF(near, near)
    foot = QPointF(min(max(near.x(), reach.left()), reach.right()), min(max(near.y(), reach.top()), reach.bottom()))
    dashed = QPen(ink, style.px(2))
    dashed.setDashPattern([3, 1.5])
    dashed.setCapStyle(Qt.PenCapStyle.FlatCap)
    for pen, lines in (
        (QPen(ground, style.px(3)), [QLineF(near, foot)]),
        (QPen(ink, style.px(1)), [QLineF(near, foot)]),
        (QPen(ground, style.px(5)), [line, *ends]),
        (QPen(ink, style.px(1.5)), ends),
        (dashed, [line]),
    ):
        painter.setPen(pen)
        painter.drawLines(lines)


def _size(label: str, room: QRectF, style: Style) -> tuple[float, float, tuple[str, ...]]:
    """Return the width and height of a label's plate, and its lines."""
    used = text.font(style, SMALL, bold=True)
    lines = text.wrap(label, used, min(style.px(_WIDEST), room.width() - style.px(14)), _LINES)
    wide = max(text.width(words, used) for words in lines) + style.px(10)
    return wide, text.line_height(used) * len(lines) + style.px(6), lines


def _plate(
    line: QLineF, label: str, room: QRectF, bars: Sequence[QRectF], style: Style
) -> tuple[QRectF, tuple[str, ...]]:
    """Return where a label goes, left or right of its level or above it, as near as it covers no bar, and its lines."""
    wide, high, lines = _size(label, room, style)
    air, step, middle = style.px(8), style.px(6), line.y1() - high / 2
    rects = [
        _inside(QRectF(x, middle - i * step, wide, high), room)
        for i in range(int(max(middle - room.top(), 0.0) / step) + 2)
        for x in (line.x1() - air - wide, line.x2() + air, line.center().x() - wide / 2)
    ]
    reach = QRectF(line.x1(), line.y1() - style.px(8), line.dx(), style.px(16))

    def cost(rect: QRectF) -> float:
        far = abs(rect.center().x() - line.center().x()) + 2 * abs(rect.center().y() - line.y1())
        return (1e9 if rect.intersects(reach) else 0.0) + sum(_common(rect, bar) for bar in bars) + far

    return min(rects, key=cost), lines


def _inside(rect: QRectF, room: QRectF) -> QRectF:
    x = max(min(rect.left(), room.right() - rect.width()), room.left())
    y = max(min(rect.top(), room.bottom() - rect.height()), room.top())
    return QRectF(x, y, rect.width(), rect.height())


def _common(one: QRectF, other: QRectF) -> float:
    both = one.intersected(other)
    return max(both.width(), 0.0) * max(both.height(), 0.0)
