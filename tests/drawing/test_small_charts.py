"""What small charts say: a legend for several, which lead changes are named, when a figure's name is short."""

from itertools import product

import pytest
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from explorer.drawing import text
from explorer.drawing.lead_strip import LeadMark, LeadStrip, most_beside
from explorer.drawing.legend import Legend, Swatch
from explorer.drawing.level import fitting, paint_level
from explorer.style import SMALL, Style

SWATCHES = [Swatch(name, "#f7521f") for name in ("China", "United States", "3 others", "Unattributed")]
AIRS = (7.0, 12.0, 6.0)


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Fonts need an application."""


@pytest.mark.parametrize("room", [90, 140, 300, 1000])
def test_every_name_of_a_legend_is_whole(room: float) -> None:
    style = Style()
    legend = Legend(style)
    legend.set_swatches(SWATCHES, style, room)
    assert [name for name, _ in legend.placed] == [swatch.name for swatch in SWATCHES]
    used = text.font(style, SMALL)
    for name, rect in legend.placed:
        assert rect.width() >= text.width(name, used)
        assert rect.left() > 0 and rect.right() <= room
    rects = [rect for _, rect in legend.placed]
    assert not any(one.intersects(other) for i, one in enumerate(rects) for other in rects[i + 1 :])
    assert legend.high > max(rect.bottom() for rect in rects) - 1e-6


def test_a_legend_without_swatches_takes_no_room() -> None:
    legend = Legend(Style())
    legend.set_swatches((), Style(), 300)
    assert legend.high == 0


def feasible(middles: list[float], needs: list[float], sides: tuple[bool | None, ...], width: float) -> bool:
    """Whether names can stand at these sides, by looking at every pair."""
    air, clear, apart = AIRS
    rects = [
        None if right is None else (x + air, x + air + need) if right else (x - air - need, x - air)
        for x, need, right in zip(middles, needs, sides, strict=True)
    ]
    for i, rect in enumerate(rects):
        if rect is None:
            continue
        if rect[0] < 0 or rect[1] > width:
            return False
        if any(rect[0] < x + clear and rect[1] > x - clear for j, x in enumerate(middles) if j != i):
            return False
        if any(o and rect[0] < o[1] + apart and rect[1] > o[0] - apart for j, o in enumerate(rects) if j != i):
            return False
    return True


@pytest.mark.parametrize(
    ("middles", "needs"),
    [
        ([100.0], [40.0]),
        ([20.0, 280.0], [40.0, 40.0]),
        ([60.0, 120.0, 135.0], [30.0, 30.0, 30.0]),
        ([60.0, 150.0, 172.0], [30.0, 70.0, 30.0]),
        ([50.0, 100.0, 150.0, 200.0], [35.0, 80.0, 30.0, 60.0]),
        ([10.0, 20.0, 30.0], [50.0, 50.0, 50.0]),
    ],
)
def test_as_many_changes_are_named_as_there_is_room_for(middles: list[float], needs: list[float]) -> None:
    found = tuple(most_beside(middles, needs, (0.0, 300.0), AIRS))
    assert feasible(middles, needs, found, 300)
    every = product((True, False, None), repeat=len(middles))
    most = max(sum(s is not None for s in sides) for sides in every if feasible(middles, needs, sides, 300))
    assert sum(side is not None for side in found) == most


def painted(marks: list[LeadMark], width: int) -> list[str]:
    strip = LeadStrip(Style())
    strip.set_marks(marks, Style(), room=True)
    strip.resize(width, strip.minimumHeight())
    image = QImage(width, 40, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    strip.paint(painter, None)
    painter.end()
    return [name for name, _ in strip.placed]


def test_a_name_is_full_where_there_is_room_else_short_else_left_out() -> None:
    def at(place: float) -> LeadMark:
        return LeadMark(place, "China leads", True, "China")

    assert painted([at(0.5)], 400) == ["China leads"]
    assert painted([at(0.5)], 100) == ["China"]
    assert painted([at(0.5)], 40) == []
    assert painted([at(0.1), at(0.5), at(0.9)], 400) == ["China leads"] * 3
    assert len(painted([at(0.4), at(0.5), at(0.6)], 600)) == 3
    assert painted([at(0.4), at(0.5), at(0.6)], 160) == ["China", "China"]


def test_a_figures_name_leaves_most_of_the_chart_free() -> None:
    labels, style = ("The Paper of the Western Hills printed 4.12T", "printed 4.12T"), Style()
    for width, height, found in ((600, 300, labels[0]), (200, 60, labels[1]), (60, 20, "")):
        room = QRectF(0, 0, width, height)
        assert fitting(labels, room, style) == found
    image = QImage(600, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for label in labels:
        rect = paint_level(painter, QLineF(100, 50, 200, 50), label, QRectF(0, 0, 200, 60), (), style)
        assert (rect.width() * rect.height() <= 200 * 60 / 3) == (label == labels[1])
    assert paint_level(painter, QLineF(100, 50, 200, 50), "", QRectF(0, 0, 200, 60), (), style).isEmpty()
    painter.end()
    assert fitting((), QRectF(0, 0, 600, 300), style) == ""
