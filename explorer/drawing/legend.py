"""The key of several charts: swatches with names, said once for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from explorer.drawing import text
from explorer.style import SMALL, Style, mix


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour and its name."""

    name: str
    colour: str
    dimmed: bool = False


class Legend(pg.GraphicsWidget):
    """Swatches with names from left to right, in as many lines as they take; `placed` holds where the names are."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._swatches: tuple[Swatch, ...] = ()
        self.placed: tuple[tuple[str, QRectF], ...] = ()
        self.high = 0.0
        """The height of all lines and of the gap below them; none without swatches."""

    def set_swatches(self, swatches: Sequence[Swatch], style: Style, room: float) -> None:
        """Show other swatches in `room` pixels of width."""
        self._style, self._swatches = style, tuple(swatches)
        self.placed = tuple(self._flow(room))
        self.high = max((rect.bottom() for _, rect in self.placed), default=-style.px(4)) + style.px(4)
        self.update()

    def _flow(self, room: float) -> list[tuple[str, QRectF]]:
        used, px = text.font(self._style, SMALL), self._style.px
        side, apart, line = px(13), px(16), text.line_height(used)
        found: list[tuple[str, QRectF]] = []
        left = top = 0.0
        for swatch in self._swatches:
            wide = text.width(swatch.name, used)
            if left > 0 and left + side + wide > room:
                left, top = 0.0, top + line
            found.append((swatch.name, QRectF(left + side, top, min(wide, room - side), line)))
            left += side + wide + apart
        return found

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        used, theme, side = text.font(self._style, SMALL), self._style.theme, self._style.px(8)
        for swatch, (name, rect) in zip(self._swatches, self.placed, strict=True):
            ink = mix(swatch.colour, theme.background, 0.7) if swatch.dimmed else swatch.colour
            square = QRectF(rect.left() - self._style.px(13), rect.center().y() - side / 2, side, side)
            painter.fillRect(square, QColor(ink))
            text.put(painter, rect.adjusted(0, 0, 1, 0), name, used, theme.muted if swatch.dimmed else theme.text)
