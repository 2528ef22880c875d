"""What is marked on the chart: the printed figure that is tested, and where the lead changed."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import cast

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.domain.dataset import Dataset
from explorer.domain.opening import opening
from explorer.domain.periods import Grain, span
from explorer.domain.selection import ALL, Measure, Scope
from explorer.drawing.lead_strip import LeadMark, LeadStrip
from explorer.drawing.level import paint_level
from explorer.session import Session
from explorer.style import DARK, LIGHT, Style, Theme, contrast
from explorer.views import share
from explorer.views.share_panels import Panels
from explorer.views.share_plot import StackPlot

Pixels = np.ndarray
CLAIMED = span(date(2026, 2, 23), date(2026, 3, 1))
NEXT = span(date(2026, 3, 2), date(2026, 3, 8))
PRINTED = "The Paper printed 3.05T"


@pytest.fixture
def open_chart(qtbot: QtBot, settle: Callable[[], None], dataset: Dataset) -> Callable[..., share.ShareWidget]:
    def opened(width: int = 900, height: int = 600, theme: Theme = LIGHT, **changes: object) -> share.ShareWidget:
        session = Session(dataset, opening(dataset).but(**changes))
        widget = share.ShareWidget(session, Style(theme))
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        settle()
        return widget

    return opened


def plots(widget: share.ShareWidget) -> list[StackPlot]:
    canvas = widget.findChild(pg.GraphicsView)
    assert canvas is not None
    return next(item for item in canvas.scene().items() if isinstance(item, Panels)).plots


def rgb(value: str) -> list[int]:
    return list(QColor(value).getRgb()[:3])  # type: ignore[index]


# --- the printed figure


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_printed_figure_is_a_line_as_high_as_its_tokens(
    open_chart: Callable[..., share.ShareWidget], look: Callable[[QWidget], Pixels], theme: Theme
) -> None:
    widget = open_chart(theme=theme, claim="china", brush=CLAIMED)
    seen, (plot,) = look(widget), plots(widget)
    canvas = widget.findChild(pg.GraphicsView)
    assert canvas is not None
    box = plot.box.mapRectToScene(plot.box.boundingRect())
    first, last = (plot.box.mapViewToScene(pg.Point(day, 3.05e12)) for day in (CLAIMED.first, CLAIMED.last + 1))
    origin = canvas.mapTo(widget, canvas.mapFromScene(first))
    ink = (np.abs(seen - rgb(theme.text)).max(axis=2) < 60)[:, origin.x() : round(origin.x() + last.x() - first.x())]
    rows = np.flatnonzero(ink.mean(axis=1) > 0.4)
    rows = rows[(rows > origin.y() - 60) & (rows < origin.y() + 60)]
    assert len(rows)
    assert np.abs(rows - origin.y()).max() <= 2
    ((words, rect),) = plot.item.labelled
    assert words == PRINTED
    assert box.adjusted(-1, -1, 1, 1).contains(rect)


@pytest.mark.parametrize(("claim", "lowest"), [("china", "CN"), ("us", "US"), ("", "US")])
def test_the_band_a_figure_is_about_is_the_lowest_and_so_is_its_label(
    open_chart: Callable[..., share.ShareWidget], claim: str, lowest: str
) -> None:
    widget = open_chart(claim=claim, brush=CLAIMED)
    widget.grab()
    (plot,) = plots(widget)
    assert plot.stack is not None
    assert plot.stack.keys[0] == lowest
    assert plot.labels.placed[-1][0] == {"CN": "China", "US": "United States"}[lowest]


def test_no_figure_is_marked_where_the_chart_has_no_such_height(
    open_chart: Callable[..., share.ShareWidget],
) -> None:
    for changes in ({"measure": Measure.SHARE}, {"grain": Grain.MONTH}, {"claim": ""}):
        widget = open_chart(**{"claim": "china", "brush": CLAIMED, **changes})
        widget.grab()
        assert plots(widget)[0].item.labelled == ()


@pytest.mark.parametrize(("scope", "named"), [(Scope(9), 0), (Scope(10), 1), (ALL, 3)])
def test_the_figure_is_in_every_panel_and_its_name_in_the_selected_scopes(
    open_chart: Callable[..., share.ShareWidget], look: Callable[[QWidget], Pixels], scope: Scope, named: int
) -> None:
    plain = look(open_chart(brush=CLAIMED, lens=True, scope=scope))
    widget = open_chart(claim="china-false", brush=CLAIMED, lens=True, scope=scope)
    assert look(widget).shape == plain.shape
    labelled = [[words for words, _ in plot.item.labelled] for plot in plots(widget)]
    assert labelled == [["The Paper printed 4.47T"] if i == named else [] for i in range(4)]
    assert len({tuple(plot.box.viewRange()[1]) for plot in plots(widget)}) == 1
    for plot in plots(widget):
        assert plot.stack is not None and [level.height for level in plot.stack.levels(named=False)] == [4.47e12]


@pytest.mark.parametrize("size", [(900, 600), (592, 330), (400, 300)], ids=str)
def test_a_figures_name_never_covers_more_than_a_third_of_its_panel(
    open_chart: Callable[..., share.ShareWidget], size: tuple[int, int]
) -> None:
    widget = open_chart(*size, claim="china", brush=CLAIMED, lens=True)
    widget.grab()
    for plot in plots(widget):
        box = plot.box.mapRectToScene(plot.box.boundingRect())
        assert all(r.width() * r.height() <= box.width() * box.height() * 0.34 for _, r in plot.item.labelled)


def test_the_figure_follows_the_brush_without_a_new_layout(
    open_chart: Callable[..., share.ShareWidget], settle: Callable[[], None]
) -> None:
    widget = open_chart(claim="china", brush=CLAIMED)
    (plot,) = plots(widget)
    before, stack = plot.item.labelled[0][1], plot.stack
    session = cast(Session, widget._session)
    session.select(session.selection.but(brush=NEXT))
    settle()
    assert plot.stack is stack
    assert plot.item.labelled[0][1].left() > before.left()


def test_the_axis_reaches_a_figure_above_all_bars(open_chart: Callable[..., share.ShareWidget]) -> None:
    widget = open_chart(claim="china-false", brush=CLAIMED, scope=Scope(1))
    (plot,) = plots(widget)
    assert plot.stack is not None
    assert plot.stack.tops.max() < 4.47e12 < plot.box.viewRange()[1][1]


def test_a_figure_of_something_else_is_not_marked(open_chart: Callable[..., share.ShareWidget]) -> None:
    widget = open_chart(claim="users", brush=CLAIMED)
    widget.grab()
    assert plots(widget)[0].item.labelled == ()
    assert any("claim: The Paper printed" in str(line) for line in widget.table().caption.filters)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_label_is_legible_and_off_its_level(theme: Theme, qapp: QApplication) -> None:
    assert contrast(theme.text, theme.background) >= 4.5
    room, style = QRectF(0, 0, 300, 200), Style(theme)
    bars = [QRectF(0, 100, 300, 100)]
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    for x, y, wide in ((0, 20, 5), (140, 90, 40), (250, 190, 50), (0, 100, 300), (290, 5, 10)):
        painter = QPainter(image)
        plate = paint_level(
            painter, QLineF(x, y, x + wide, y), "A Rather Long Publisher printed 4.12T", room, bars, style
        )
        painter.end()
        assert room.contains(plate)
        assert not plate.intersects(QRectF(x, y - 1, wide, 2))


# --- changes of lead


def painted(marks: Sequence[LeadMark], width: int, theme: Theme = LIGHT) -> tuple[LeadStrip, Pixels]:
    strip = LeadStrip(Style(theme))
    strip.set_marks(marks, Style(theme), room=True)
    strip.resize(width, strip.minimumHeight())
    image = QImage(width, round(strip.minimumHeight()), QImage.Format.Format_RGB888)
    image.fill(QColor(theme.background))
    painter = QPainter(image)
    strip.paint(painter, None)
    painter.end()
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return strip, flat[:, : 3 * width].reshape(image.height(), width, 3).astype(np.int16)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_an_uncertain_change_is_hollow(theme: Theme, qapp: QApplication) -> None:
    _, seen = painted([LeadMark(0.25, "", True), LeadMark(0.75, "", False)], 200, theme)
    row = seen[-5]
    assert np.abs(row[50] - rgb(theme.text)).max() < 40
    assert np.abs(row[150] - rgb(theme.background)).max() < 40
    assert np.abs(seen[:, 145:156] - rgb(theme.background)).max() > 100


@pytest.mark.parametrize("seed", range(30))
def test_names_of_leads_never_overlap_a_name_or_a_triangle(seed: int, qapp: QApplication) -> None:
    rng = np.random.default_rng(seed)
    places = np.sort(rng.random(int(rng.integers(1, 25))))
    names = [("China leads", "United States leads")[i % 2] for i in range(len(places))]
    width = int(rng.integers(60, 1200))
    strip, _ = painted([LeadMark(float(at), name) for at, name in zip(places, names, strict=True)], width)
    rects = [rect for _, rect in strip.placed]
    assert all(one.right() <= other.left() for one, other in pairwise(rects))
    for rect in rects:
        assert rect.left() >= 0 and rect.right() <= width
        assert not any(rect.left() - 3 < at * width < rect.right() + 3 for at in places)


def test_a_lone_change_is_named(qapp: QApplication) -> None:
    for at in (0.0, 0.5, 1.0):
        strip, _ = painted([LeadMark(at, "China leads")], 300)
        assert [name for name, _ in strip.placed] == ["China leads"]


def test_the_chart_marks_the_week_in_which_the_lead_changed(open_chart: Callable[..., share.ShareWidget]) -> None:
    widget = open_chart()
    widget.grab()
    (plot,) = plots(widget)
    assert [name for name, _ in plot.strip.placed] == ["China leads"]
    assert plot.stack is not None
    (turn,) = plot.stack.turns
    assert plot.stack.series.spans[turn.index] == span(date(2026, 2, 16), date(2026, 2, 22))
    middle = plot.box.mapViewToScene(pg.Point(plot.stack.turn_days[0], 0)).x()
    name = plot.strip.mapRectToScene(plot.strip.placed[0][1])
    assert min(abs(name.left() - middle), abs(name.right() - middle)) < 12


def test_a_chart_without_a_change_has_no_strip(open_chart: Callable[..., share.ShareWidget]) -> None:
    widget = open_chart(span=span(date(2026, 1, 5), date(2026, 1, 25)), brush=None)
    (plot,) = plots(widget)
    assert plot.stack is not None and not plot.stack.turns
    assert plot.strip.geometry().height() == 0
