"""What will be exported, as it will look: the picture itself, scaled to the room there is."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.app.controls import label
from explorer.drawing.translate import tr
from explorer.export.exhibit import Exhibit
from explorer.export.framing import framed
from explorer.export.picture import Draw, paint
from explorer.export.size import Size
from explorer.style import GRID
from explorer.words import Message, say

DELAY = 150
"""Milliseconds after the last change in which nothing is drawn."""
_MOST = 1920 * 1080
"""Pixels that a preview is drawn with; a larger picture is drawn smaller, everything in the same place."""
_LEAST = (240, 160)
_SQUARE = 8
_SQUARES = ("#ffffff", "#d8d8d8")


@dataclass(frozen=True, eq=False, slots=True)
class Sight:
    """What a preview shows: an exhibit drawn at a size, and what is said below it."""

    exhibit: Exhibit
    draw: Draw
    size: Size
    note: Message


def drawn(sight: Sight) -> QImage:
    """Return the picture, with fewer pixels where it is large: laid out for its final size all the same."""
    size, theme = sight.size, sight.exhibit.style.theme
    factor = min(1.0, math.sqrt(_MOST / (size.width * size.height)))
    wide, high = max(1, round(size.width * factor)), max(1, round(size.height * factor))
    image = QImage(wide, high, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(0, 0, 0, 0) if theme.transparent else QColor(theme.background))
    painter = QPainter(image)
    try:
        painter.scale(wide / size.width, high / size.height)
        paint(painter, sight.draw, framed(sight.exhibit), sight.exhibit.style, size)
    finally:
        painter.end()
    return image


class _Sheet(QWidget):
    """Shows an image scaled to its size; squares show through what is transparent."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._image, self._fitted = QImage(), QImage()

    @property
    def image(self) -> QImage:
        return self._image

    def show_image(self, image: QImage) -> None:
        self._image, self._fitted = image, QImage()
        self.update()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        if self._image.isNull():
            return
        wanted = self.size() * self.devicePixelRatioF()
        if self._fitted.size() != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._fitted = self._image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        place = self.rect()
        painter = QPainter(self)
        _paint_squares(painter, place)
        painter.drawImage(place, self._fitted)
        painter.setPen(self.palette().mid().color())
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.end()


def _paint_squares(painter: QPainter, place: QRect) -> None:
    painter.fillRect(place, QColor(_SQUARES[0]))
    for top in range(place.top(), place.bottom() + 1, _SQUARE):
        shift = (top - place.top()) // _SQUARE % 2 * _SQUARE
        for left in range(place.left() + shift, place.right() + 1, 2 * _SQUARE):
            painter.fillRect(QRect(left, top, _SQUARE, _SQUARE) & place, QColor(_SQUARES[1]))


class Preview(QWidget):
    """Draws what `sight` returns, once nothing has changed for a moment; nothing where it returns None."""

    def __init__(self, sight: Callable[[], Sight | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sight = sight
        self.setMinimumSize(*_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.sheet = _Sheet(self)
        self.sheet.setAccessibleName(tr(say("Preview")))
        self.note = label(say(""), self)
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DELAY)
        self._pause.timeout.connect(self.refresh)

    @property
    def image(self) -> QImage:
        """The picture as it was drawn last."""
        return self.sheet.image

    def refresh_later(self) -> None:
        """Draw anew once nothing has changed for a moment."""
        self._pause.start()

    def refresh(self) -> None:
        """Draw anew."""
        self._pause.stop()
        sight = self._sight()
        if sight is None:
            return
        self.sheet.show_image(drawn(sight))
        self.sheet.setAccessibleDescription(sight.exhibit.spoken)
        self.note.setText(tr(sight.note))
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(640, 400)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        self._place()

    def _place(self) -> None:
        """Put the picture, as large as it fits, and the note below it into the middle."""
        below = self.note.heightForWidth(self.width()) + GRID
        room = QSize(self.width(), max(1, self.height() - below))
        image = self.image.size() if not self.image.isNull() else room
        fitted = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        top = (self.height() - fitted.height() - below) // 2
        self.sheet.setGeometry(QRect(QPoint((self.width() - fitted.width()) // 2, top), fitted))
        self.note.setGeometry(0, top + fitted.height() + GRID, self.width(), below - GRID)
