"""The bars of a stacked chart on screen are painted from pixels kept of them: the same as if painted anew."""

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.drawing.stack import Bands, StackItem
from explorer.style import DARK, LIGHT, Style, Theme

DAYS = np.arange(100.0, 170.0, 7)
TOPS = np.cumsum(np.array([np.linspace(1, 4, 10), np.linspace(3, 0, 10), np.full(10, 1.5)]), axis=0)


def bands(brush: tuple[float, float] | None, tops: np.ndarray = TOPS) -> Bands:
    hatched, blank = np.arange(10) == 9, np.arange(10) == 4
    colours = ("#aa3333", "#3333aa", "#33aa33")
    return Bands(DAYS, DAYS + 7, tops, colours, hatched, blank, (0.0, 2.0, 4.0), 8.0, brush, turns=(121.5,))


def painted(item: StackItem, theme: Theme, widget: QWidget | None) -> np.ndarray:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(theme.background)
    with QPainter(image) as painter:
        painter.setTransform(QTransform(3.9, 0, 0, -22.3, -375.2, 190.4))
        item.paint(painter, None, widget)
    return np.frombuffer(image.constBits(), np.uint8).reshape(200, 300, 4).astype(int)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_kept_pixels_show_what_painting_anew_shows(qtbot: QtBot, theme: Theme) -> None:
    widget, item = QWidget(), StackItem(Style(theme=theme))
    qtbot.addWidget(widget)
    for shown in (None, (100.0, 107.0), (121.0, 135.0), (149.0, 170.0), (90.0, 180.0), None):
        item.set_bands(bands(shown))
        on_screen, anew = painted(item, theme, widget), painted(item, theme, None)
        assert np.abs(on_screen - anew).max() <= 1
        assert len(np.unique(anew.reshape(-1, 4), axis=0)) > 4


def test_other_bars_are_not_taken_for_those_kept(qtbot: QtBot) -> None:
    widget, item = QWidget(), StackItem(Style())
    qtbot.addWidget(widget)
    seen: list[bytes] = []
    for made in (bands((121.0, 135.0)), bands((121.0, 135.0), TOPS / 2)):
        item.set_bands(made)
        seen.append(painted(item, LIGHT, widget).tobytes())
    item.set_style(Style(theme=DARK))
    seen.append(painted(item, DARK, widget).tobytes())
    assert len(set(seen)) == 3
