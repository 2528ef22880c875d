"""The stacked chart: one graphics object for the bands, one for the labels beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from explorer.drawing import text
from explorer.drawing.level import Level, fitting, paint_level
from explorer.style import BODY, SMALL, Style, mix


@dataclass(frozen=True, eq=False, slots=True)
class Bands:
    """What a stacked chart draws.

    `left` and `right` (periods,) are day numbers, `right` exclusive; `tops` (bands, periods) the upper edges,
    cumulated from the lowest band; `colours` one per band; `hatched` and `blank` bool (periods,); `lines` the
    heights of the grid lines; `brush` the day numbers kept clear while the rest is veiled; `levels` what is marked
    over the bands; `turns` the day numbers that a short line at the top points at.
    """

    left: NDArray[np.float64]
    right: NDArray[np.float64]
    tops: NDArray[np.float64]
    colours: Sequence[str]
    hatched: NDArray[np.bool_]
    blank: NDArray[np.bool_]
    lines: Sequence[float]
    top: float
    brush: tuple[float, float] | None = None
    levels: Sequence[Level] = ()
    turns: Sequence[float] = ()


@dataclass(frozen=True, eq=False, slots=True)
class _Pixels:
    """Where bars lie on the device: `left` and `width` (periods,), `tops` (bands, periods), `base` their lower end."""

    left: NDArray[np.float64]
    width: NDArray[np.float64]
    tops: NDArray[np.float64]
    base: int


class StackItem(pg.GraphicsObject):
    """Paints bands as bars, each down to the base line and the topmost first, so that no seams can show."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._bands: Bands | None = None
        self._bounds = QRectF(0, 0, 1, 1)
        self.painted = 0
        self.labelled: tuple[tuple[str, QRectF], ...] = ()

    def set_bands(self, bands: Bands | None) -> None:
        """Draw other bands from now on; None draws nothing."""
        self._bands = bands
        bounds = QRectF(0, 0, 1, 1)
        if bands is not None and len(bands.left):
            bounds = QRectF(bands.left[0], 0, bands.right[-1] - bands.left[0], bands.top)
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
        self.update()

    def set_style(self, style: Style) -> None:
        """Draw in another style from now on."""
        self._style = style
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        self.painted += 1
        bands = self._bands
        if bands is None or not len(bands.left):
            return
        to_device = painter.worldTransform()
        if not all(map(isfinite, (to_device.m11(), to_device.m22(), to_device.dx(), to_device.dy()))):
            return  # a plot without any room
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        x0 = np.rint(bands.left * to_device.m11() + to_device.dx())
        x1 = np.rint(bands.right * to_device.m11() + to_device.dx())
        gap = round(self._style.px(1)) if np.min(x1 - x0) >= self._style.px(6) else 0
        y = np.rint(bands.tops * to_device.m22() + to_device.dy())
        base = round(to_device.dy())
        across = (float(x0[0]), float(x1[-1]))
        room = QRectF(QPointF(across[0], float(bands.top * to_device.m22()) + base), QPointF(across[1], base))
        self._paint_lines(painter, bands, to_device.m22(), to_device.dy(), across)
        at = _Pixels(x0, np.maximum(x1 - gap - x0, 1), y, base)
        self._paint_bars(painter, bands, at)
        self._paint_hatches(painter, bands, at)
        if bands.brush is not None:
            edges = [edge * to_device.m11() + to_device.dx() for edge in bands.brush]
            self._paint_veil(painter, edges, across, (room.top(), room.bottom()))
        self._paint_turns(painter, [day * to_device.m11() + to_device.dx() for day in bands.turns], room.top())
        self._paint_levels(painter, bands, at, to_device, room)
        painter.restore()

    def _paint_lines(
        self, painter: QPainter, bands: Bands, slope: float, offset: float, across: tuple[float, float]
    ) -> None:
        painter.setPen(QPen(QColor(self._style.theme.line), max(1, round(self._style.px(1)))))
        painter.drawLines(
            [QLineF(across[0], y, across[1], y) for y in (round(v * slope + offset) for v in bands.lines)]
        )

    def _paint_bars(self, painter: QPainter, bands: Bands, at: _Pixels) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        seam = max(1, round(self._style.px(1)))
        background = QColor(self._style.theme.background)
        shown = np.flatnonzero(~bands.blank)
        rects: Any = PrimitiveArray(QRectF, 4)
        rects.resize(len(shown))
        memory = rects.ndarray()
        memory[:, 0], memory[:, 2] = at.left[shown], at.width[shown]
        for band in range(len(bands.tops) - 1, -1, -1):
            for ink, inset in ((background, -seam), (QColor(bands.colours[band]), 0)):
                if inset and band == len(bands.tops) - 1:
                    continue
                high = at.base - at.tops[band, shown]
                memory[:, 1] = at.tops[band, shown] + np.where(high > 0, inset, 0)
                memory[:, 3] = at.base - memory[:, 1]
                painter.setBrush(ink)
                painter.drawRects(*rects.drawargs())

    def _paint_hatches(self, painter: QPainter, bands: Bands, at: _Pixels) -> None:
        """Stripe partial periods, so that nobody takes a short bar for a fall."""
        pen = QPen(QColor(self._style.theme.background), max(1.0, self._style.px(1.5)))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for i in np.flatnonzero(bands.hatched & ~bands.blank).tolist():
            bar = QRectF(at.left[i], at.tops[-1, i], at.width[i], at.base - at.tops[-1, i])
            painter.drawLines(_stripes(bar, self._style.px(5)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_veil(
        self, painter: QPainter, edges: list[float], across: tuple[float, float], height: tuple[float, float]
    ) -> None:
        """Veil what lies outside the brush and draw its edges."""
        veil = QColor(self._style.theme.background)
        veil.setAlphaF(0.62)
        low, high = (min(max(edge, across[0]), across[1]) for edge in edges)
        top, bottom = height
        painter.fillRect(QRectF(across[0], top, low - across[0], bottom - top), veil)
        painter.fillRect(QRectF(high, top, across[1] - high, bottom - top), veil)
        painter.setPen(QPen(QColor(self._style.theme.accent), max(1, round(self._style.px(1)))))
        painter.drawLines([QLineF(low, top, low, bottom), QLineF(high, top, high, bottom)])

    def _paint_turns(self, painter: QPainter, turns: Sequence[float], top: float) -> None:
        """Draw short lines down from the top, on a halo that sets them off from the bands."""
        style = self._style
        for ink, wide in ((style.theme.background, 3.0), (style.theme.text, 1.0)):
            painter.setPen(QPen(QColor(ink), max(1, round(style.px(wide)))))
            painter.drawLines([QLineF(round(x), top, round(x), top + style.px(8)) for x in turns])

    def _paint_levels(self, painter: QPainter, bands: Bands, at: _Pixels, to_device: QTransform, room: QRectF) -> None:
        labelled: list[tuple[str, QRectF]] = []
        shown = bool(bands.levels) and len(at.tops) > 0
        heights = zip(at.left.tolist(), at.width.tolist(), at.tops[-1].tolist(), strict=True) if shown else ()
        bars = [QRectF(left, top, width, at.base - top) for left, width, top in heights]
        for level in bands.levels:
            x1, x2 = (float(day * to_device.m11() + to_device.dx()) for day in (level.first, level.last))
            x1, x2 = max(x1, room.left()), min(x2, room.right())
            high = float(level.height * to_device.m22() + to_device.dy())
            if x1 >= x2:
                continue  # its days are not on the chart
            label = fitting(level.labels, room, self._style)
            rect = paint_level(painter, QLineF(x1, high, x2, high), label, room, bars, self._style)
            if label:
                labelled.append((label, rect))
        self.labelled = tuple(labelled)


def _stripes(bar: QRectF, step: float) -> list[QLineF]:
    """Return lines from lower left to upper right, cut at a bar's edges: not every paint device can clip."""
    found: list[QLineF] = []
    for k in range(int((bar.width() + bar.height()) / step) + 2):
        begin = bar.left() + k * step - bar.height()
        first, last = max(begin, bar.left()), min(begin + bar.height(), bar.right())
        if first < last:
            found.append(QLineF(first, bar.bottom() - (first - begin), last, bar.bottom() - (last - begin)))
    return found


@dataclass(frozen=True, slots=True)
class EdgeLabel:
    """A band's name and value at the right edge; `at` is the height (0–1) of its middle, `size` its thickness.

    With a `leader` a line goes from the band at the edge to its label, else a square shows the band's colour.
    """

    at: float
    size: float
    name: str
    value: str
    colour: str
    dimmed: bool = False
    leader: bool = True


class EdgeLabels(pg.GraphicsWidget):
    """Names bands at the right edge of the chart, pushed apart where they are thin."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._labels: tuple[EdgeLabel, ...] = ()
        self._heading = ""
        self.whole = True
        """Whether there is room for all of every label."""
        self.placed: tuple[tuple[str, QRectF], ...] = ()

    def set_labels(self, labels: Sequence[EdgeLabel], heading: str, style: Style, most: float) -> None:
        """Show other labels, their values those of the period in `heading`, in at most `most` pixels of width."""
        self._style, self._labels, self._heading = style, tuple(labels), heading
        name, value = self._fonts()
        need = max((max(text.width(n.name, name), text.width(n.value, value)) for n in labels), default=0.0)
        need = max(need, text.width(heading, value))
        need += self._style.px(26)
        self.whole = need <= most
        self.set_room(min(need, most))

    @property
    def least_height(self) -> float:
        """The height that the names of all labels take, one below the other, and the heading above them."""
        name, value = self._fonts()
        return text.line_height(value) + self._style.px(3) + text.line_height(name) * len(self._labels)

    def set_room(self, room: float) -> None:
        """Be as wide as this: charts beside each other have labels of one width."""
        self.setMinimumWidth(room)
        self.setMaximumWidth(room)
        self.update()

    def _fonts(self) -> tuple[Any, Any]:
        return text.font(self._style, BODY - 1, bold=True), text.font(self._style, SMALL)

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        bounds, style = self.rect(), self._style
        self.placed = ()
        if bounds.width() <= 0:
            return
        name_font, value_font = self._fonts()
        name_high, value_high = text.line_height(name_font), text.line_height(value_font)
        left = bounds.left() + style.px(20)
        air = style.px(3)
        top = bounds.top() + value_high + air
        text.put(
            painter,
            QRectF(left, bounds.top(), bounds.right() - left, value_high),
            self._heading,
            value_font,
            style.theme.muted,
        )
        room = bounds.bottom() - top
        two_lines = (name_high + value_high + air) * len(self._labels) <= room
        high = name_high + value_high + air if two_lines else name_high
        kept = self._largest(int(room // high))
        wanted = [bounds.bottom() - label.at * bounds.height() for label in kept]
        placed: list[tuple[str, QRectF]] = []
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        elbow = style.px(12 if all(label.leader for label in kept) else 7)
        for label, at, middle in zip(kept, wanted, spread(wanted, high, top, bounds.bottom()), strict=True):
            self._paint_leader(painter, label, at, middle, bounds.left() + elbow)
            rect = QRectF(left, middle - high / 2, bounds.right() - left, high)
            first = QRectF(rect.left(), rect.top(), rect.width(), name_high)
            name = text.shortened(label.name, name_font, first.width())
            text.put(painter, first, name, name_font, style.theme.muted if label.dimmed else style.theme.text)
            if two_lines:
                second = QRectF(rect.left(), first.bottom(), rect.width(), value_high)
                text.put(painter, second, label.value, value_font, style.theme.muted)
            placed.append((label.name, rect))
        self.placed = tuple(placed)

    def _largest(self, most: int) -> list[EdgeLabel]:
        """Return the labels of the `most` thickest bands, the topmost first."""
        kept = sorted(self._labels, key=lambda label: -label.size)[: max(most, 0)]
        return sorted(kept, key=lambda label: -label.at)

    def _paint_leader(self, painter: QPainter, label: EdgeLabel, at: float, middle: float, elbow: float) -> None:
        """Draw the line from a band's middle to where its label went, bent at `elbow`: no square is behind it."""
        style, left = self._style, self.rect().left()
        ink = mix(label.colour, style.theme.background, 0.7) if label.dimmed else label.colour
        painter.setPen(QPen(QColor(ink), style.px(1.5)))
        if not label.leader:
            side = style.px(8)
            painter.fillRect(QRectF(left + side, middle - side / 2, side, side), QColor(ink))
            return
        painter.drawPolyline(
            [QPointF(left + style.px(3), at), QPointF(elbow, middle), QPointF(left + style.px(17), middle)]
        )


def spread(middles: Sequence[float], high: float, top: float, bottom: float) -> list[float]:
    """Move labels of height `high` apart by as little as possible, in order, within `top` and `bottom`.

    `middles` ascend. Labels that would overlap form a block around the mean of where they want to be (the least
    squares solution by pooling adjacent violators); blocks are then kept inside the bounds.
    """
    blocks: list[tuple[float, int]] = []
    for i, middle in enumerate(middles):
        total, count = middle - i * high, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    free = [total / count for total, count in blocks for _ in range(count)]
    low, limit = top + high / 2, bottom - high / 2 - (len(free) - 1) * high
    return [max(min(start, limit), low) + i * high for i, start in enumerate(free)]
