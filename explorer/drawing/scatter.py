"""Dots on two axes, on screen and in pictures: layout, names that cover nothing, and painting."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from explorer.drawing import placing, scale, text
from explorer.style import GRID, SMALL, Style, mix

_MOST_NAMES = 60
_APART_X, _APART_Y = 56, 30
"""How far apart ticks must be, in pixels at scale 1."""
_STRIP = 40
"""The width of the strip at the left edge, in pixels at scale 1."""
_REACH = 16
"""How far beside a dot a click still means it."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot at (x, y) in the units of the axes; `strong` and `dimmed` say what is marked and what is not."""

    key: str
    name: str
    x: float
    y: float
    colour: str
    strong: bool = False
    dimmed: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """An axis: what it counts, how its ticks are worded, whether it is logarithmic, and else whether it begins at 0."""

    title: str
    words: Callable[[float], str]
    log: bool
    zero: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """What a scatter shows: dots in the order in which their names matter, and both axes.

    `zero` names x = 0, which a logarithmic axis does not have: such dots stand in a strip at the left edge. `steps`
    are the keys of dots that a step line joins, from left to right. `legend` is (colour, name) pairs.
    """

    dots: tuple[Dot, ...]
    across: Side
    up: Side
    zero: str
    steps: tuple[str, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()


class Scatter:
    """Dots laid out in a rectangle. `box` is the plot, `strip` the part of it left of the axis, or None."""

    def __init__(self, points: Points, rect: QRectF, style: Style) -> None:
        self.points, self.rect, self.style = points, rect, style
        self.keys = tuple(one.key for one in points.dots)
        self.small, self.strong = text.font(style, SMALL), text.font(style, SMALL, bold=True)
        self.line = text.line_height(self.small)
        self.radius = style.px(4.5)
        self.thin = max(round(style.px(1)), 1)
        self.legend = self._legend()
        self._arrange()
        self._place()

    def _legend(self) -> tuple[tuple[str, str, QRectF], ...]:
        """Return colour, name and place of the legend's entries, in the line at the top, after the axis title."""
        found: list[tuple[str, str, QRectF]] = []
        x = self.rect.left() + text.width(self.points.up.title, self.strong) + self.style.px(3 * GRID)
        for colour, name in self.points.legend:
            wide = text.width(name, self.small) + self.style.px(14)
            if x + wide > self.rect.right():
                break
            found.append((colour, name, QRectF(x, self.rect.top(), wide, self.line)))
            x += wide + self.style.px(GRID * 1.5)
        return tuple(found)

    def _arrange(self) -> None:
        """Lay out axes: the left one as wide as its labels, the lower one of two lines."""
        px, points = self.style.px, self.points
        top = self.rect.top() + self.line * 1.5 + px(2)
        bottom = self.rect.bottom() - 2 * self.line - px(6)
        self.up = scale.covering([one.y for one in points.dots], bottom, top, log=points.up.log, zero=points.up.zero)
        heights = self.up.ticks(px(_APART_Y))
        labels = [points.up.words(value) for value in heights]
        left = self.rect.left() + max((text.width(label, self.small) for label in labels), default=0.0) + px(6)
        self.box = QRectF(left, top, max(self.rect.right() - px(4) - left, 1.0), max(bottom - top, 1.0))
        self.strip: QRectF | None = None
        if points.across.log and any(one.x <= 0 for one in points.dots):
            wide = max(px(_STRIP), text.width(points.zero, self.small) + px(GRID))
            self.strip = QRectF(left, top, wide, self.box.height())
            left += wide + px(4)
        self.across = scale.covering(
            [one.x for one in points.dots], left, self.box.right(), log=points.across.log, zero=points.across.zero
        )
        self.y_ticks = tuple(
            (self.up.at(value), label, QRectF(self.rect.left(), self.up.at(value) - self.line / 2, w, self.line))
            for value, label in zip(heights, labels, strict=True)
            for w in (self.box.left() - px(4) - self.rect.left(),)
        )
        self.x_ticks = self._x_ticks(bottom + px(3))

    def _x_ticks(self, top: float) -> tuple[tuple[float, str, QRectF], ...]:
        """Return pixel, label and place of the lower axis's ticks; one that would reach beyond is moved inside."""
        found: list[tuple[float, str, QRectF]] = []
        for value in self.across.ticks(self.style.px(_APART_X)):
            label, x = self.points.across.words(value), self.across.at(value)
            wide = text.width(label, self.small)
            left = min(max(x - wide / 2, self.rect.left()), self.rect.right() - wide)
            box = QRectF(left, top, wide, self.line)
            before = found[-1][2].right() if found else (self.strip.right() if self.strip else -math.inf)
            if box.left() >= before + self.style.px(2):
                found.append((x, label, box))
        return tuple(found)

    def centre(self, one: Dot) -> QPointF:
        """Return where a dot lies."""
        if self.strip is not None and one.x <= 0:
            return QPointF(self.strip.center().x(), self.up.at(one.y))
        return QPointF(self.across.at(one.x), self.up.at(one.y))

    def _place(self) -> None:
        self.centres = {one.key: self.centre(one) for one in self.points.dots}
        taken = [placing.dot(p.x(), p.y(), self.radius) for p in self.centres.values()]
        taken += [placing.line(a.x(), a.y(), b.x(), b.y(), self.style.px(1)) for a, b in pairwise(self._corners())]
        wanted = [one for one in self.points.dots if not one.dimmed][:_MOST_NAMES]
        names = [
            placing.Name(
                self.centres[one.key].x(), self.centres[one.key].y(), text.width(one.name, self._font(one)), self.line
            )
            for one in wanted
        ]
        room = placing.Box(self.box.left(), self.rect.top() + self.line * 1.2, self.rect.right(), self.box.bottom())
        boxes = placing.place(
            names, taken, room, self.radius + self.style.px(3), [(p.x(), p.y()) for p in self.centres.values()]
        )
        self.names = tuple(
            (one, QRectF(b.left, b.top, b.right - b.left, b.bottom - b.top))
            for one, b in zip(wanted, boxes, strict=True)
            if b is not None
        )

    def _font(self, one: Dot) -> QFont:
        return self.strong if one.strong else self.small

    # --- asking

    def hit(self, point: QPointF) -> str:
        """Return the key of the dot at or near a point, or of the name there; "" for none."""
        for one, box in self.names:
            if box.contains(point):
                return one.key
        reach = self.style.px(_REACH)
        near = [
            (math.hypot(point.x() - p.x(), point.y() - p.y()), key) for key, p in reversed(list(self.centres.items()))
        ]
        far, key = min(near, default=(math.inf, ""), key=lambda pair: pair[0])
        return key if far <= reach else ""

    def anchor(self, key: str) -> QRectF:
        """Return the place of a dot."""
        r, p = self.radius + self.style.px(3), self.centres[key]
        return QRectF(p.x() - r, p.y() - r, 2 * r, 2 * r)

    def day_at(self, x: float) -> int | None:
        """Return nothing: no axis is time."""
        return None

    # --- painting

    def paint(self, painter: QPainter, current: str = "") -> None:
        """Paint all; `current` is the dot that the keyboard is at."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        self._paint_axes(painter)
        self._paint_steps(painter)
        ground = QPen(QColor(self.style.theme.background), self.style.px(1))
        for one in self._from_below():
            ink = mix(one.colour, self.style.theme.background, 0.75) if one.dimmed else one.colour
            radius = self.radius * (1.25 if one.strong else 1.0)
            painter.setPen(ground)
            painter.setBrush(QColor(ink))
            painter.drawEllipse(self.centres[one.key], radius, radius)
        for one, box in self.names:
            text.put(painter, box.adjusted(0, 0, 1, 0), one.name, self._font(one), self.style.theme.text)
        if current in self.centres:
            painter.setPen(QPen(QColor(self.style.theme.accent), self.style.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.anchor(current))
        painter.restore()

    def _from_below(self) -> list[Dot]:
        """Return the dots in the order of painting: dimmed ones first, and what matters most last."""
        return sorted(self.points.dots, key=lambda one: one.dimmed)[::-1]

    def _paint_axes(self, painter: QPainter) -> None:
        theme, box, put = self.style.theme, self.box, text.put
        title = QRectF(self.rect.left(), self.rect.top(), self.rect.width(), self.line)
        put(painter, title, self.points.up.title, self.strong, theme.muted)
        for colour, name, place in self.legend:
            side = self.style.px(8)
            spot = QRectF(place.left(), place.center().y() - side / 2, side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawEllipse(spot)
            put(painter, place.adjusted(self.style.px(12), 0, 2, 0), name, self.small, theme.muted)
        painter.setPen(QPen(QColor(theme.line), self.thin))
        painter.drawLines([QLineF(box.left(), y, box.right(), y) for y, _, _ in self.y_ticks])
        painter.drawLines([QLineF(x, box.top(), x, box.bottom()) for x, _, _ in self.x_ticks])
        painter.setPen(QPen(QColor(theme.strong_line), self.thin))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        for _, label, place in self.y_ticks:
            put(painter, place, label, self.small, theme.muted, text.RIGHT)
        for _, label, place in self.x_ticks:
            put(painter, place.adjusted(0, 0, 1, 0), label, self.small, theme.muted)
        self._paint_strip(painter)
        below = QRectF(self.rect.left(), self.rect.bottom() - self.line, self.rect.width(), self.line)
        put(painter, below, self.points.across.title, self.strong, theme.muted, text.RIGHT)

    def _paint_strip(self, painter: QPainter) -> None:
        if self.strip is None:
            return
        painter.fillRect(self.strip, QColor(self.style.theme.surface))
        foot = QRectF(self.strip.left(), self.strip.bottom() + self.style.px(3), self.strip.width(), self.line)
        text.put(painter, foot, self.points.zero, self.small, self.style.theme.muted, text.CENTRE)

    def _paint_steps(self, painter: QPainter) -> None:
        """Paint the line that holds its height until the next dot to the right."""
        painter.setPen(QPen(QColor(self.style.theme.muted), self.style.px(1.5)))
        painter.drawPolyline(QPolygonF(self._corners()))

    def _corners(self) -> list[QPointF]:
        """Return the corners of the step line, which goes on to the right edge; none without steps."""
        way = [self.centres[key] for key in self.points.steps]
        found = way[:1]
        for before, after in pairwise(way):
            found += [QPointF(after.x(), before.y()), after]
        return [*found, QPointF(self.box.right(), way[-1].y())] if way else []


def ranked(dots: Sequence[Dot], first: Sequence[str]) -> tuple[Dot, ...]:
    """Return dots in the order in which their names matter: marked ones, then those in `first`, then as they come."""
    return tuple(sorted(dots, key=lambda one: (not one.strong, one.key not in first)))
