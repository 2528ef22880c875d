"""A plot set up to the Style: a box that is brushed and clicked, a date axis below, an amount axis at the left."""

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter

from explorer.drawing import text, ticks
from explorer.style import SMALL, Style

_Label = tuple[QRectF, Any, str]
Rule = Callable[[float, float, int], list[tuple[float, str]]]
"""Which ticks an axis has: (low, high, most) → (position, label) pairs."""

_APART = 74
"""How far apart ticks must be for their labels, in pixels at scale 1."""

_FEW = 3
"""With so many steps there is a round amount in the upper half of any axis."""


class BrushBox(pg.ViewBox):
    """A view box without pan, zoom or menu: a drag brushes, a click picks, a double click resets."""

    brushed = Signal(float, float, bool)
    """x where the drag began, x where it is, and whether this is its first step."""
    picked = Signal(object, object)
    """Position in data units (QPointF) and keyboard modifiers."""
    reset = Signal()

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        self._began: float | None = None

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        if ev.button() != Qt.MouseButton.LeftButton:
            ev.ignore()
            return
        ev.accept()
        x = self.mapSceneToView(ev.scenePos()).x()
        first = ev.isStart() or self._began is None
        if first:
            self._began = self.mapSceneToView(ev.buttonDownScenePos()).x()
        self.brushed.emit(self._began, x, first)
        if ev.isFinish():
            self._began = None

    def mouseClickEvent(self, ev: Any) -> None:
        if ev.button() != Qt.MouseButton.LeftButton:
            ev.ignore()
            return
        ev.accept()
        if ev.double():
            self.reset.emit()
        else:
            self.picked.emit(QPointF(self.mapSceneToView(ev.scenePos())), ev.modifiers())

    def wheelEvent(self, ev: Any, axis: int | None = None) -> None:
        ev.ignore()


class PlainAxis(pg.AxisItem):
    """An axis that prints exactly the ticks it is given a rule for: (range, most) → (position, label) pairs."""

    def __init__(
        self,
        orientation: str,
        rule: Rule,
        style: Style,
    ) -> None:
        super().__init__(orientation)
        self.rule, self._style = rule, style
        self._words: dict[float, str] = {}
        self._beyond = (0.0, 0.0)
        self.set_style(style)

    def set_style(self, style: Style) -> None:
        """Print in another style from now on."""
        self._style = style
        used = text.font(style, SMALL)
        self.setStyle(
            tickFont=used,
            tickLength=0,
            tickTextOffset=round(style.px(5)),
            autoExpandTextSpace=False,
            autoReduceTextSpace=False,
            hideOverlappingLabels=round(style.px(_APART)),  # how far labels may reach beyond the ends
            maxTickLevel=0,
        )
        self.setPen(pg.mkPen(style.theme.strong_line, width=max(1, round(style.px(1)))))
        self.setTextPen(pg.mkPen(style.theme.muted))
        if self.orientation == "bottom":
            self.setHeight(round(text.line_height(used) + style.px(7)))

    def set_beyond(self, before: float, after: float) -> None:
        """Leave the labels of a lower axis so many pixels beyond its ends; without them they stay between these."""
        if (before, after) != self._beyond:
            self._beyond, self.picture = (before, after), None

    def fit(self, labels: list[str]) -> None:
        """Make a left axis as wide as its widest label."""
        used = text.font(self._style, SMALL)
        self.setWidth(round(max((text.width(label, used) for label in labels), default=0.0) + self._style.px(10)))

    def paint(self, p: QPainter, opt: Any, widget: Any) -> None:
        if not isinstance(p.device(), text.TextDevice):
            super().paint(p, opt, widget)
            return
        p.setFont(text.font(self._style, SMALL))
        axis, marks, words = self.generateDrawSpecs(p)
        self.drawPicture(p, axis, marks, [])
        used, ink = text.font(self._style, SMALL), self._style.theme.muted
        align, spare = (text.RIGHT, 0) if self.orientation == "left" else (text.CENTRE, 2)
        for rect, _, label in words:
            # A rectangle is as wide as its label, but for rounding.
            text.put(p, rect.adjusted(-2, 0, spare, 0), label, used, ink, align)

    def generateDrawSpecs(self, p: QPainter) -> tuple[Any, Any, list[Any]]:
        axis, marks, words = super().generateDrawSpecs(p)
        return axis, marks, list(_apart(words) if self.orientation == "left" else self._inside(words))

    def _inside(self, words: Iterable[_Label]) -> Iterator[_Label]:
        """Yield labels where there is room for them: moved off the ends, and none too near to the one before."""
        low, high = -self._beyond[0], self.size().width() + self._beyond[1]
        first = True
        for rect, flags, label in words:
            rect.moveLeft(min(rect.left(), high - rect.width()))
            if first:
                rect.moveLeft(max(rect.left(), low))
            if rect.left() >= low:
                yield rect, flags, label
                low, first = rect.right() + self._style.px(4), False

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803
        found = self.rule(minVal, maxVal, max(int(size / self._style.px(_APART)), 1))
        self._words = dict(found)
        return [(1.0, [value for value, _ in found])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self._words.get(value, "") for value in values]


def _apart(words: Iterable[_Label]) -> Iterator[_Label]:
    """Yield the labels of a left axis from the lowest up, but for those that lie on the one before."""
    top = math.inf
    for rect, flags, label in words:
        if rect.bottom() <= top:
            yield rect, flags, label
            top = rect.top()


def amount_ticks(top: float, most: int) -> list[tuple[float, str]]:
    """Return about `most` ticks for tokens from 0 to `top`: one above 0 at least, as an axis needs two for a scale."""
    found = ticks.amounts(top, most)
    if len(found) == 1:
        found = [0.0, *ticks.amounts(top, _FEW)[1:][-1:]]
    return [(value, ticks.amount_words(value)) for value in found]


def share_ticks(top: float, most: int) -> list[tuple[float, str]]:
    """Return ticks for shares from 0 to 1, in percent: quarters, or halves where there is room for few."""
    step = 0.25 if most >= 4 else 0.5
    return [(step * i, f"{round(step * i * 100)}\u2009%") for i in range(round(1 / step) + 1)]
