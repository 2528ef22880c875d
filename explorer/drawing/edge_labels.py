"""The names of a chart's bands at its right edge, each beside its band, with a line to it where it had to move."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from explorer.drawing import text
from explorer.style import BODY, SMALL, Style, mix


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
