"""The few icons of the controls, drawn as strokes in the text colour of the theme."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

_BOX = 16
_STROKE = 1.6
_RATIOS = (1, 2, 3)


def _chevron(left: float, middle: float) -> QPainterPath:
    path = QPainterPath(QPointF(left, 3.5))
    path.lineTo(middle, 8)
    path.lineTo(left, 12.5)
    return path


def _cross() -> QPainterPath:
    path = QPainterPath(QPointF(4.5, 4.5))
    path.lineTo(11.5, 11.5)
    path.moveTo(11.5, 4.5)
    path.lineTo(4.5, 11.5)
    return path


def _lens() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(2.5, 2.5, 8, 8))
    path.moveTo(9.6, 9.6)
    path.lineTo(13.5, 13.5)
    return path


def _turn(*, back: bool) -> QPainterPath:
    def at(x: float) -> float:
        return x if back else _BOX - x

    path = QPainterPath(QPointF(at(6), 2.5))
    path.lineTo(at(2.5), 6)
    path.lineTo(at(6), 9.5)
    path.moveTo(at(2.5), 6)
    path.lineTo(at(9.5), 6)
    path.cubicTo(at(14.5), 6, at(14.5), 13, at(9.5), 13)
    path.lineTo(at(6.5), 13)
    return path


def _panels() -> QPainterPath:
    path = QPainterPath()
    for x, y in ((2.5, 2.5), (9, 2.5), (2.5, 9), (9, 9)):
        path.addRect(QRectF(x, y, 4.5, 4.5))
    return path


def _folder() -> QPainterPath:
    path = QPainterPath(QPointF(2, 12.5))
    for x, y in ((2, 3.5), (6, 3.5), (7.5, 5.5), (14, 5.5), (14, 12.5)):
        path.lineTo(x, y)
    path.closeSubpath()
    return path


def _circling() -> QPainterPath:
    path = QPainterPath()
    path.arcMoveTo(QRectF(2.5, 2.5, 11, 11), 20)
    path.arcTo(QRectF(2.5, 2.5, 11, 11), 20, 310)
    path.moveTo(13.5, 2.5)
    path.lineTo(13.2, 6.1)
    path.lineTo(9.6, 5.8)
    return path


_PATHS: Mapping[str, Callable[[], QPainterPath]] = {
    "previous": lambda: _chevron(10, 5.5),
    "next": lambda: _chevron(6, 10.5),
    "close": _cross,
    "search": _lens,
    "panels": _panels,
    "open": _folder,
    "update": _circling,
    "undo": lambda: _turn(back=True),
    "redo": lambda: _turn(back=False),
}


def icon(name: str, ink: QColor, faint: QColor) -> QIcon:
    """Return an icon by name in the colour `ink`, and in `faint` where its control is disabled."""
    found = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, ink), (QIcon.Mode.Disabled, faint)):
        for ratio in _RATIOS:
            found.addPixmap(_pixmap(_PATHS[name](), colour, ratio), mode)
    return found


def _pixmap(path: QPainterPath, colour: QColor, ratio: int) -> QPixmap:
    pixmap = QPixmap(_BOX * ratio, _BOX * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, _STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPath(path)
    painter.end()
    return pixmap
