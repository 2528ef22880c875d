"""Prices over time as step lines, on screen and in pictures: layout, names at the right edge, and painting."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from explorer.drawing import scale, text, ticks
from explorer.drawing.edge_labels import spread
from explorer.style import GRID, SMALL, Style, mix

_APART_X, _APART_Y = 74, 28
"""How far apart ticks must be, in pixels at scale 1."""
_STRIP = 18
"""The height of the strip at the bottom, in pixels at scale 1."""
_WIDEST = 0.5
"""The names take at most so much of the width; where that is too little for values beside them, these are left out."""
_REACH = 8
"""How far beside a line a click still means it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A value from the day number `first` until before `end`; `dashed` where its list is old or says no date."""

    first: float
    end: float
    value: float
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class StepLine:
    """A line of pieces in order of days, with its name and what stands beside it at the right edge."""

    key: str
    name: str
    last: str
    colour: str
    pieces: tuple[Piece, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """What a step chart shows: lines in the order in which their names matter, over the days `first` until `end`.

    `zero` names the value 0, which a logarithmic axis does not have: it stands in a strip at the bottom. `more` words
    how many names there was no room for. `brush` are day numbers, the second exclusive.
    """

    lines: tuple[StepLine, ...]
    first: float
    end: float
    title: str
    words: Callable[[float], str]
    log: bool
    zero: str
    more: Callable[[int], str]
    brush: tuple[float, float] | None = None


class StepChart:
    """Step lines laid out in a rectangle. `box` is the plot, `strip` the part of it below the axis, or None."""

    def __init__(self, lines: Lines, rect: QRectF, style: Style) -> None:
        self.lines, self.rect, self.style = lines, rect, style
        self.keys = tuple(line.key for line in lines.lines)
        self.small, self.strong = text.font(style, SMALL), text.font(style, SMALL, bold=True)
        self.line = text.line_height(self.small)
        self.thin = max(round(style.px(1)), 1)
        self._arrange()
        self._label()

    def _arrange(self) -> None:
        px, lines = self.style.px, self.lines
        values = [piece.value for line in lines.lines for piece in line.pieces]
        top, bottom = self.rect.top() + self.line * 1.5 + px(2), self.rect.bottom() - self.line - px(4)
        foot = bottom
        if lines.log and any(value <= 0 for value in values):
            foot = bottom - px(_STRIP)
        self.up = scale.covering(values, foot, top, log=lines.log, zero=not lines.log)
        heights = self.up.ticks(px(_APART_Y))
        labels = [lines.words(value) for value in heights]
        widest = max((text.width(label, self.small) for label in (*labels, lines.zero)), default=0.0)
        left = self.rect.left() + widest + px(6)
        names = [text.width(line.name, self.strong) + text.width(line.last, self.small) for line in lines.lines]
        self.room = min(max(names, default=0.0) + px(26), self.rect.width() * _WIDEST)
        self.box = QRectF(left, top, max(self.rect.right() - self.room - left, 1.0), max(bottom - top, 1.0))
        self.strip = None if foot == bottom else QRectF(left, foot, self.box.width(), bottom - foot)
        self.across = scale.Scale(lines.first, lines.end, self.box.left(), self.box.right())
        self.y_ticks = tuple(
            (self.up.at(value), label, self._left_of(self.up.at(value)))
            for value, label in zip(heights, labels, strict=True)
            if self.strip is None or self.up.at(value) + self.line / 2 < self.strip.center().y() - self.line / 2
        )
        self.x_ticks = self._x_ticks(bottom + px(3))

    def _left_of(self, y: float) -> QRectF:
        return QRectF(
            self.rect.left(), y - self.line / 2, self.box.left() - self.style.px(4) - self.rect.left(), self.line
        )

    def _x_ticks(self, top: float) -> tuple[tuple[float, str, QRectF], ...]:
        """Return pixel, label and place of the dates; a label begins at its day, or ends with the axis."""
        most = max(int(self.box.width() / self.style.px(_APART_X)), 1)
        found: list[tuple[float, str, QRectF]] = []
        for day, label in ticks.dates(self.lines.first, self.lines.end, most):
            x, wide = self.across.at(day), text.width(label, self.small)
            left = min(x, self.box.right() - wide)
            if not found or left > found[-1][2].right() + self.style.px(4):
                found.append((x, label, QRectF(left, top, wide, self.line)))
        return tuple(found)

    def y(self, value: float) -> float:
        """Return how high a value lies."""
        if self.strip is not None and value <= 0:
            return self.strip.center().y()
        return self.up.at(value)

    def _label(self) -> None:
        """Put the names at the right edge, apart from each other; those that matter least give way."""
        drawn = [line for line in self.lines.lines if line.pieces]
        room = int((self.rect.bottom() - self.box.top() + self.line / 2) // self.line)
        fits = len(drawn) <= room
        kept = drawn if fits else drawn[: max(room - 1, 0)]
        hidden = len(drawn) - len(kept)
        kept = sorted(kept, key=lambda line: self.y(line.pieces[-1].value))
        top, bottom = self.box.top() - self.line / 2, self.rect.bottom() - (self.line if hidden else 0.0)
        wanted = [self.y(line.pieces[-1].value) for line in kept]
        left = self.box.right() + self.style.px(16)
        wide = self.rect.right() - left
        self.names = tuple(
            (line, QRectF(left, middle - self.line / 2, wide, self.line))
            for line, middle in zip(kept, spread(wanted, self.line, top, bottom), strict=True)
        )
        self.more = (self.lines.more(hidden), QRectF(left, bottom, wide, self.line)) if hidden else None

    # --- asking

    def hit(self, point: QPointF) -> str:
        """Return the key of the line at or near a point, or of the name there; "" for none."""
        for line, box in self.names:
            if box.contains(point):
                return line.key
        day, reach = self.across.value_at(point.x()), self.style.px(_REACH)
        near = [
            (abs(point.y() - self.y(piece.value)), line.key)
            for line in self.lines.lines
            for piece in line.pieces
            if piece.first <= day < piece.end
        ]
        far, key = min(near, default=(reach + 1, ""), key=lambda pair: pair[0])
        return key if far <= reach else ""

    def anchor(self, key: str) -> QRectF:
        """Return the place of a line's name, or else of its end."""
        for line, box in self.names:
            if line.key == key:
                return box
        line = next(line for line in self.lines.lines if line.key == key)
        last = line.pieces[-1]
        return QRectF(self.across.at(last.end) - 4, self.y(last.value) - 4, 8, 8)

    def day_at(self, x: float) -> int | None:
        """Return the day number at a pixel, None beside the plot."""
        if not self.box.left() <= x <= self.box.right():
            return None
        return min(int(self.across.value_at(x)), round(self.lines.end) - 1)

    # --- painting

    def paint(self, painter: QPainter, current: str = "") -> None:
        """Paint all; `current` is the line that the keyboard is at."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        self._paint_axes(painter)
        for line in reversed(self.lines.lines):
            self._paint_line(painter, line, strong=line.strong or line.key == current)
        for line, box in self.names:
            self._paint_name(painter, line, box, current)
        if self.more is not None:
            text.put(painter, self.more[1], self.more[0], self.small, self.style.theme.muted)
        painter.restore()

    def _paint_axes(self, painter: QPainter) -> None:
        theme, box, put = self.style.theme, self.box, text.put
        if self.lines.brush is not None:
            first, end = (self.across.at(day) for day in self.lines.brush)
            painter.fillRect(QRectF(first, box.top(), end - first, box.height()), QColor(theme.selection))
        if self.strip is not None:
            painter.fillRect(self.strip, QColor(theme.surface))
            put(painter, self._left_of(self.strip.center().y()), self.lines.zero, self.small, theme.muted, text.RIGHT)
        title = QRectF(self.rect.left(), self.rect.top(), self.rect.width(), self.line)
        put(painter, title, self.lines.title, self.strong, theme.muted)
        painter.setPen(QPen(QColor(theme.line), self.thin))
        painter.drawLines([QLineF(box.left(), y, box.right(), y) for y, _, _ in self.y_ticks])
        painter.setPen(QPen(QColor(theme.strong_line), self.thin))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLines([QLineF(x, box.bottom(), x, box.bottom() + self.style.px(4)) for x, _, _ in self.x_ticks])
        for _, label, place in self.y_ticks:
            put(painter, place, label, self.small, theme.muted, text.RIGHT)
        for _, label, place in self.x_ticks:
            put(painter, place.adjusted(0, 0, 1, 0), label, self.small, theme.muted)

    def _paint_line(self, painter: QPainter, line: StepLine, *, strong: bool) -> None:
        """Paint the pieces, undated ones dashed, and where one follows another at once the step between them."""
        whole, dashed = QPainterPath(), QPainterPath()
        for piece in line.pieces:
            path, y = dashed if piece.dashed else whole, self.y(piece.value)
            path.moveTo(self.across.at(piece.first), y)
            path.lineTo(self.across.at(piece.end), y)
        for before, after in pairwise(line.pieces):
            if before.end == after.first and before.dashed == after.dashed:
                x = self.across.at(after.first)
                whole.moveTo(x, self.y(before.value))
                whole.lineTo(x, self.y(after.value))
        pen = QPen(QColor(line.colour), self.style.px(3 if strong else 2))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(whole)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawPath(dashed)

    def _paint_name(self, painter: QPainter, line: StepLine, box: QRectF, current: str) -> None:
        """Paint a name with its last value, and a thin line from the end of its line to it."""
        theme, px, last = self.style.theme, self.style.px, line.pieces[-1]
        y, end = self.y(last.value), self.across.at(last.end)
        pen = QPen(QColor(mix(line.colour, theme.background, 0.35)), px(1))
        if end < self.box.right() - 1:
            pen.setDashPattern([1, 3])
            painter.setPen(pen)
            painter.drawLine(QPointF(end, y), QPointF(self.box.right(), y))
            pen.setStyle(Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        edge = self.box.right()
        way = [QPointF(edge, y), QPointF(edge + px(10), box.center().y()), QPointF(edge + px(13), box.center().y())]
        painter.drawPolyline(way)
        if line.key == current:
            painter.fillRect(box.adjusted(-px(2), 0, 0, 0), QColor(theme.selection))
        text.put(painter, box, text.shortened(line.name, self.strong, box.width()), self.strong, theme.text)
        beside = box.adjusted(text.width(line.name, self.strong) + px(GRID / 2), 0, 1, 0)
        if text.width(line.last, self.small) <= beside.width():
            text.put(painter, beside, line.last, self.small, theme.muted)
