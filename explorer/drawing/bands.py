"""A bar that floats between two ends, and a line across at what it is held against."""

from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

_BAR, _LINE = 0.46, 0.76
"""How high the bar and the line are, as parts of the row."""


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of the bar, the line, the `ground` that sets the line off from the bar, and the rule below both."""

    bar: QColor
    line: QColor
    ground: QColor
    rule: QColor


def paint(painter: QPainter, box: QRectF, value: NDArray[np.float64], inks: Inks, px: float) -> None:
    """Paint into a row's `box`: float64 (4,), both ends, where the line is, and the end of the scale; NaN is nowhere.

    The scale begins at 0 at the left; `px` is a pixel at the style's scale.
    """
    low, high, at, end = value.tolist()
    wide = max(2.0, 2 * px)
    scale, middle = (box.width() - wide) / end, box.center().y()
    painter.fillRect(QRectF(box.left(), middle, box.width(), px), inks.rule)
    if not isnan(low):
        tall = round(box.height() * _BAR)
        long = max((high - low) * scale, px)
        painter.fillRect(QRectF(box.left() + low * scale, middle - tall / 2, long, tall), inks.bar)
    if not isnan(at):
        tall = round(box.height() * _LINE)
        line = QRectF(round(box.left() + at * scale), middle - tall / 2, wide, tall)
        painter.fillRect(line.adjusted(-px, 0, px, 0), inks.ground)
        painter.fillRect(line, inks.line)
