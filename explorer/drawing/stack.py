"""The stacked chart: one graphics object for all its bands."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTransform

from explorer.drawing.level import Level, fitting, paint_level
from explorer.style import Style


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
    """Where bars lie on the device: `left` and `width` (periods,), `tops` (bands, periods), `base` their lower end.

    `room` is where the bars may lie.
    """

    left: NDArray[np.float64]
    width: NDArray[np.float64]
    tops: NDArray[np.float64]
    base: int
    room: QRectF
    placing: QTransform

    def x(self, day: float) -> float:
        """Return where a day number lies."""
        return float(day * self.placing.m11() + self.placing.dx())

    def y(self, amount: float) -> float:
        """Return where an amount lies."""
        return float(amount * self.placing.m22() + self.placing.dy())

    def brushed(self, brush: tuple[float, float]) -> tuple[float, float]:
        """Return where the brush begins and ends within the room."""
        first, last = (min(max(self.x(day), self.room.left()), self.room.right()) for day in brush)
        return first, last


@dataclass(frozen=True, eq=False, slots=True)
class _Kept:
    """Pixels of the bars with these `tops` and `shape`, in `area` of the device: as they are, and under the veil."""

    tops: NDArray[np.float64]
    shape: tuple[object, ...]
    at: _Pixels
    area: QRectF
    plain: QPixmap
    veiled: QPixmap


class StackItem(pg.GraphicsObject):
    """Paints bands as bars, each down to the base line and the topmost first, so that no seams can show."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._bands: Bands | None = None
        self._kept: _Kept | None = None
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
        if not all(map(math.isfinite, _placing(to_device))):
            return  # a plot without any room
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        ratio = painter.device().devicePixelRatio()
        if widget is not None and ratio.is_integer():
            at = self._paint_kept(painter, bands, to_device, ratio)
        else:
            at = self._on_device(bands, to_device)
            self._paint_periods(painter, bands, at)
            if bands.brush is not None:
                for rect in _outside(at.room, *at.brushed(bands.brush)):
                    painter.fillRect(rect, self._veil)
        self._paint_edges(painter, bands, at)
        self._paint_turns(painter, [at.x(day) for day in bands.turns], at.room.top())
        self._paint_levels(painter, bands, at)
        painter.restore()

    def _on_device(self, bands: Bands, to_device: QTransform) -> _Pixels:
        x0 = np.rint(bands.left * to_device.m11() + to_device.dx())
        x1 = np.rint(bands.right * to_device.m11() + to_device.dx())
        gap = round(self._style.px(1)) if np.min(x1 - x0) >= self._style.px(6) else 0
        y = np.rint(bands.tops * to_device.m22() + to_device.dy())
        base = round(to_device.dy())
        highest = QPointF(float(x0[0]), float(bands.top * to_device.m22()) + base)
        room = QRectF(highest, QPointF(float(x1[-1]), base))
        return _Pixels(x0, np.maximum(x1 - gap - x0, 1), y, base, room, to_device)

    def _paint_kept(self, painter: QPainter, bands: Bands, to_device: QTransform, ratio: float) -> _Pixels:
        """Paint from the pixels kept of the bars, plain and veiled: a brush that moves changes neither."""
        shape = (*_placing(to_device), ratio, self._style, bands.top, tuple(bands.lines), tuple(bands.colours))
        kept = self._kept
        if kept is None or kept.tops is not bands.tops or kept.shape != shape:
            kept = self._kept = self._keep(bands, self._on_device(bands, to_device), shape, ratio)
        if bands.brush is None:
            painter.drawPixmap(kept.area.topLeft(), kept.plain)
            return kept.at
        low, high = kept.at.brushed(bands.brush)
        clear = QRectF(QPointF(round(low), kept.area.top()), QPointF(round(high), kept.area.bottom()))
        for rect, pixels in (
            (clear, kept.plain),
            *((each, kept.veiled) for each in _outside(kept.area, *_ends(clear))),
        ):
            source = rect.translated(-kept.area.topLeft())
            size = source.size() * ratio
            painter.drawPixmap(rect, pixels, QRectF(source.topLeft() * ratio, size))
        return kept.at

    def _keep(self, bands: Bands, at: _Pixels, shape: tuple[object, ...], ratio: float) -> _Kept:
        spare = math.ceil(self._style.px(2))
        area = QRectF(at.room.adjusted(-spare, -spare, spare, spare).toAlignedRect())
        plain = QPixmap((area.size() * ratio).toSize())
        plain.setDevicePixelRatio(ratio)
        plain.fill(Qt.GlobalColor.transparent)
        with QPainter(plain) as painter:
            painter.translate(-area.topLeft())
            self._paint_periods(painter, bands, at)
        veiled = plain.copy()
        with QPainter(veiled) as painter:
            painter.translate(-area.topLeft())
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceAtop)
            painter.fillRect(at.room, self._veil)
        return _Kept(bands.tops, shape, at, area, plain, veiled)

    @property
    def _veil(self) -> QColor:
        """What lies over all that is outside the brush."""
        veil = QColor(self._style.theme.background)
        veil.setAlphaF(0.62)
        return veil

    def _paint_periods(self, painter: QPainter, bands: Bands, at: _Pixels) -> None:
        """Paint all that stays as it is while only the brush moves."""
        self._paint_lines(painter, bands, at)
        self._paint_bars(painter, bands, at)
        self._paint_hatches(painter, bands, at)

    def _paint_lines(self, painter: QPainter, bands: Bands, at: _Pixels) -> None:
        painter.setPen(QPen(QColor(self._style.theme.line), max(1, round(self._style.px(1)))))
        left, right = _ends(at.room)
        painter.drawLines([QLineF(left, y, right, y) for y in (round(at.y(value)) for value in bands.lines)])

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

    def _paint_edges(self, painter: QPainter, bands: Bands, at: _Pixels) -> None:
        """Draw the edges of the brush."""
        if bands.brush is None:
            return
        painter.setPen(QPen(QColor(self._style.theme.accent), max(1, round(self._style.px(1)))))
        top, bottom = at.room.top(), at.room.bottom()
        painter.drawLines([QLineF(x, top, x, bottom) for x in at.brushed(bands.brush)])

    def _paint_turns(self, painter: QPainter, turns: Sequence[float], top: float) -> None:
        """Draw short lines down from the top, on a halo that sets them off from the bands."""
        style = self._style
        for ink, wide in ((style.theme.background, 3.0), (style.theme.text, 1.0)):
            painter.setPen(QPen(QColor(ink), max(1, round(style.px(wide)))))
            painter.drawLines([QLineF(round(x), top, round(x), top + style.px(8)) for x in turns])

    def _paint_levels(self, painter: QPainter, bands: Bands, at: _Pixels) -> None:
        labelled: list[tuple[str, QRectF]] = []
        shown = bool(bands.levels) and len(at.tops) > 0
        heights = zip(at.left.tolist(), at.width.tolist(), at.tops[-1].tolist(), strict=True) if shown else ()
        bars = [QRectF(left, top, width, at.base - top) for left, width, top in heights]
        for level in bands.levels:
            x1, x2 = max(at.x(level.first), at.room.left()), min(at.x(level.last), at.room.right())
            if x1 >= x2:
                continue  # its days are not on the chart
            label, high = fitting(level.labels, at.room, self._style), at.y(level.height)
            rect = paint_level(painter, QLineF(x1, high, x2, high), label, at.room, bars, self._style)
            if label:
                labelled.append((label, rect))
        self.labelled = tuple(labelled)


def _placing(transform: QTransform) -> tuple[float, float, float, float]:
    """Return how a plot maps day numbers and amounts to pixels."""
    return transform.m11(), transform.m22(), transform.dx(), transform.dy()


def _ends(rect: QRectF) -> tuple[float, float]:
    return rect.left(), rect.right()


def _outside(room: QRectF, low: float, high: float) -> list[QRectF]:
    """Return what of a rectangle lies left and right of two x positions within it."""
    left = QRectF(room.topLeft(), QPointF(low, room.bottom()))
    return [left, QRectF(QPointF(high, room.top()), room.bottomRight())]


def _stripes(bar: QRectF, step: float) -> list[QLineF]:
    """Return lines from lower left to upper right, cut at a bar's edges: not every paint device can clip."""
    found: list[QLineF] = []
    for k in range(int((bar.width() + bar.height()) / step) + 2):
        begin = bar.left() + k * step - bar.height()
        first, last = max(begin, bar.left()), min(begin + bar.height(), bar.right())
        if first < last:
            found.append(QLineF(first, bar.bottom() - (first - begin), last, bar.bottom() - (last - begin)))
    return found
