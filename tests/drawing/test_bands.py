"""A floating bar and its line, by the pixels they cover."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from explorer.drawing import bands

INKS = bands.Inks(QColor("#0000ff"), QColor("#ff0000"), QColor("#ffffff"), QColor("#dddddd"))


def painted(value: list[float]) -> np.ndarray:
    """The colours along a row of 202 pixels just above its rule: b for the bar, l for the line, . for neither."""
    image = QImage(202, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    bands.paint(painter, QRectF(0, 0, 202, 20), np.array(value), INKS, 1.0)
    painter.end()
    names = {"#0000ff": "b", "#ff0000": "l"}
    return np.array([names.get(image.pixelColor(x, 8).name(), ".") for x in range(202)])


def test_the_bar_reaches_from_end_to_end_and_the_line_is_at_its_value(qapp: QApplication) -> None:
    row = painted([0.1, 0.4, 0.2, 0.5])
    bar, line = np.flatnonzero(row == "b"), np.flatnonzero(row == "l")
    assert (bar[0], bar[-1]) == (40, 159)
    assert line.tolist() == [80, 81]
    assert row[79] == row[82] == ".", "the line stands off from the bar"


def test_a_line_outside_its_bar_is_seen_apart(qapp: QApplication) -> None:
    row = painted([0.3, 0.5, 0.1, 0.5])
    assert np.flatnonzero(row == "l").tolist() == [40, 41]
    assert np.flatnonzero(row == "b")[0] == 120


def test_without_a_price_there_is_a_line_alone_and_nothing_to_pay_is_still_seen(qapp: QApplication) -> None:
    assert set(painted([np.nan, np.nan, 0.2, 0.5])) == {"l", "."}
    assert np.flatnonzero(painted([0.0, 0.0, 0.25, 0.5]) == "b").tolist() == [0]
