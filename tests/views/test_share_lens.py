"""The share view under four scopes side by side, on the data of conftest.py."""

from collections.abc import Callable
from datetime import date
from itertools import combinations, pairwise
from typing import Protocol, cast

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from explorer.domain.dataset import Dataset
from explorer.domain.lens import LensTable
from explorer.domain.opening import opening
from explorer.domain.periods import span
from explorer.domain.schema import to_day
from explorer.domain.selection import ALL, LISTED, Grouping, Measure, Selection
from explorer.domain.tables import table as table_of
from explorer.drawing.edge_labels import EdgeLabels
from explorer.drawing.text import font, width
from explorer.export.picture import render
from explorer.session import Session
from explorer.style import DARK, LIGHT, SMALL, Style, Theme
from explorer.views import share
from explorer.views.share_panels import Heading, Panels, columns
from explorer.views.share_plot import StackPlot

Pixels = np.ndarray
WEEK = span(date(2026, 2, 16), date(2026, 2, 22))
AFTER = span(date(2026, 2, 23), date(2026, 3, 1))
SIZES = [(900, 600), (1500, 300), (400, 900), (320, 200)]


class Mouse(Protocol):
    """What these tests ask of the mouse in conftest.py."""

    def click(self, widget: QWidget, at: QPointF, modifiers: Qt.KeyboardModifier = ...) -> None: ...
    def drag(self, widget: QWidget, *way: QPointF) -> None: ...
    def double_click(self, widget: QWidget, at: QPointF) -> None: ...
    def hover(self, widget: QWidget, at: QPointF) -> None: ...


class Lens:
    """The widget with the lens on, and where its panels are."""

    def __init__(self, widget: share.ShareWidget, session: Session, settle: Callable[[], None]) -> None:
        self.widget, self.session, self.settle = widget, session, settle

    def items(self, kind: type) -> list[QRectF]:
        """Return where the visible items of a kind lie in the widget, in reading order."""
        canvas = self.widget.findChild(share.Canvas)
        assert canvas is not None
        rects = [
            QRectF(canvas.mapTo(self.widget, canvas.mapFromScene(item.sceneBoundingRect()).boundingRect().topLeft()), r)
            for item in canvas.scene().items()
            if isinstance(item, kind) and item.isVisible()
            for r in (item.sceneBoundingRect().size(),)
        ]
        return sorted(rects, key=lambda rect: (rect.top(), rect.left()))

    @property
    def panels(self) -> Panels:
        canvas = self.widget.findChild(share.Canvas)
        assert canvas is not None
        return next(item for item in canvas.scene().items() if isinstance(item, Panels))

    @property
    def table(self) -> LensTable:
        return cast(LensTable, self.widget.table())

    def at(self, panel: int, day: date, amount: float) -> QPointF:
        """Return the widget's pixel of noon on a day in a panel."""
        canvas = self.widget.findChild(share.Canvas)
        assert canvas is not None
        scene = self.panels.plots[panel].box.mapViewToScene(QPointF(to_day(day) + 0.5, amount))
        return QPointF(canvas.mapTo(self.widget, canvas.mapFromScene(scene)))

    def select(self, **changes: object) -> None:
        self.session.select(self.session.selection.but(**changes))
        self.settle()


@pytest.fixture
def open_lens(qtbot: QtBot, settle: Callable[[], None], dataset: Dataset) -> Callable[..., Lens]:
    def opened(width: int = 900, height: int = 600, **changes: object) -> Lens:
        session = Session(dataset, opening(dataset).but(lens=True, **changes))
        widget = share.ShareWidget(session, Style())
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        settle()
        return Lens(widget, session, settle)

    return opened


# --- laid out


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_four_headings_and_charts_share_the_widget_without_overlap(
    open_lens: Callable[..., Lens], size: tuple[int, int]
) -> None:
    lens = open_lens(*size)
    charts, headings = lens.items(StackPlot), lens.items(Heading)
    assert (len(charts), len(headings)) == (4, 4)
    for one, other in combinations((*charts, *headings), 2):
        assert not one.adjusted(0.6, 0.6, -0.6, -0.6).intersects(other)
    assert all(QRectF(lens.widget.rect()).contains(rect.adjusted(1, 1, -1, -1)) for rect in (*charts, *headings))
    assert [heading.words for heading in lens.panels.headings] == [str(p.heading) for p in lens.table.panels]


@pytest.mark.parametrize(
    ("charts", "width", "height", "expected"),
    [
        *((4, 1200, 700, 2), (4, 1000, 1000, 2), (4, 1000, 1500, 1), (4, 1500, 300, 4), (1, 300, 900, 1)),
        *((3, 900, 400, 3), (4, 592, 186, 2), (4, 300, 800, 1), (4, 800, 100, 4)),
    ],
)
def test_rows_and_columns_follow_the_shape(charts: int, width: float, height: float, expected: int) -> None:
    assert columns(charts, width, height) == expected


@pytest.mark.parametrize("grouping", [Grouping.COUNTRY, Grouping.MODEL])
@pytest.mark.parametrize("size", [(592, 330), (400, 300), (1500, 300), (1100, 700)], ids=str)
def test_no_name_is_cut_bands_have_labels_or_one_legend(
    open_lens: Callable[..., Lens], size: tuple[int, int], grouping: Grouping
) -> None:
    lens = open_lens(*size, grouping=grouping)
    lens.widget.grab()
    panels = lens.panels
    beside = panels.plots[0].labels.geometry().width() > 0
    assert beside == (panels.legend.high == 0)
    assert beside or size != (1100, 700) or grouping is Grouping.MODEL
    if beside:
        assert all(plot.labels.whole for plot in panels.plots)
        assert all(plot.labels.least_height <= plot.labels.geometry().height() for plot in panels.plots)
        assert panels.plots[0].geometry().width() >= 260
        return
    used = font(Style(), SMALL)
    named = {name for name, _ in panels.legend.placed}
    assert all(width(name, used) <= rect.width() for name, rect in panels.legend.placed)
    assert not any(plot.labels.placed for plot in panels.plots)
    assert panels.legend.placed[-1][1].bottom() <= panels.headings[0].geometry().top()
    if grouping is Grouping.COUNTRY:
        assert {"United States", "China"} <= named


@pytest.mark.parametrize(("size", "whole"), [((592, 330), True), ((397, 185), False), ((900, 600), True)], ids=str)
def test_a_heading_is_shortened_and_never_cut(
    open_lens: Callable[..., Lens], size: tuple[int, int], whole: bool
) -> None:
    panels, table = (lens := open_lens(*size)).panels, lens.table
    for heading, panel in zip(panels.headings, table.panels, strict=True):
        words, used = heading.fitting
        assert width(words, used) <= heading.geometry().width()
        assert words in (str(panel.heading), str(panel.name))
    assert all(heading.fitting[0] == heading.words for heading in panels.headings) == whole


def test_another_scope_of_the_selection_lays_nothing_out_anew(open_lens: Callable[..., Lens]) -> None:
    lens = open_lens(scope=ALL)
    stacks = [plot.stack for plot in lens.panels.plots]
    lens.select(scope=LISTED)
    assert [plot.stack for plot in lens.panels.plots] == stacks


def test_tokens_share_one_scale_and_shares_end_at_a_hundred_percent(open_lens: Callable[..., Lens]) -> None:
    lens = open_lens(measure=Measure.TOKENS)
    for measure, top in ((Measure.TOKENS, float(lens.table.series.scope_total.max()) * 1.04), (Measure.SHARE, 1.0)):
        lens.select(measure=measure)
        ranges = [plot.box.viewRange()[1] for plot in lens.panels.plots]
        assert ranges == [[0.0, pytest.approx(top)]] * 4
        heights = {round(plot.box.geometry().height(), 3) for plot in lens.panels.plots}
        widths = {round(plot.box.geometry().width(), 3) for plot in lens.panels.plots}
        assert len(heights) == len(widths) == 1


def test_bars_are_as_high_as_each_scopes_tokens(
    open_lens: Callable[..., Lens], look: Callable[[QWidget], Pixels]
) -> None:
    lens = open_lens(brush=None)
    seen = look(lens.widget)
    china = [0xF7, 0x52, 0x1F]
    for panel, shown in enumerate(lens.table.panels):
        period = shown.series.spans.index(WEEK)
        tokens = int(shown.series.tokens[period, shown.series.groups.index("CN")])
        foot, top = (lens.at(panel, date(2026, 2, 19), amount).toPoint() for amount in (0, 7e12))
        column = seen[top.y() : foot.y(), foot.x()]
        pixel = 7e12 / (foot.y() - top.y())
        assert np.count_nonzero((column == china).all(axis=1)) == pytest.approx(tokens / pixel, abs=3)


@pytest.mark.parametrize("grouping", Grouping)
def test_what_is_a_band_of_its_own_under_all_tokens_is_so_in_every_panel(
    open_lens: Callable[..., Lens], grouping: Grouping
) -> None:
    lens = open_lens(grouping=grouping)
    stacks = [plot.stack for plot in lens.panels.plots if plot.stack]
    for stack in stacks:
        folded = set(stack.series.groups) - set(stack.keys)
        assert not folded & set(stacks[-1].keys)
        assert len(folded) != 1, "one other is called by its name"


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_labels_stay_beside_their_own_chart(open_lens: Callable[..., Lens], size: tuple[int, int]) -> None:
    lens = open_lens(*size, grouping=Grouping.MODEL)
    lens.widget.grab()
    for plot in lens.panels.plots:
        chart = plot.sceneBoundingRect().adjusted(-1, -1, 1, 1)
        placed = [plot.labels.mapRectToScene(rect) for _, rect in plot.labels.placed]
        assert all(chart.contains(rect) for rect in placed)
        assert all(one.bottom() <= other.top() + 0.01 for one, other in pairwise(placed))


def test_the_lens_comes_and_goes(open_lens: Callable[..., Lens], look: Callable[[QWidget], Pixels]) -> None:
    lens = open_lens()
    beside = look(lens.widget)
    lens.select(lens=False)
    alone = look(lens.widget)
    assert len(lens.items(StackPlot)) == 1
    assert not lens.items(Heading)
    assert len(lens.items(EdgeLabels)) == 1
    assert (alone != beside).any()
    lens.select(lens=True)
    assert (look(lens.widget) == beside).all()
    lens.session.undo()
    assert (look(lens.widget) == alone).all()


# --- under mouse and keyboard


@pytest.mark.parametrize("panel", range(4))
def test_a_drag_in_any_panel_brushes_all(open_lens: Callable[..., Lens], mouse: Mouse, panel: int) -> None:
    lens = open_lens()
    mouse.drag(lens.widget, lens.at(panel, date(2026, 2, 17), 1e12), lens.at(panel, date(2026, 2, 25), 1e12))
    assert lens.session.selection.brush == span(date(2026, 2, 16), date(2026, 3, 1))
    lens.session.undo()
    assert not lens.session.can_undo
    mouse.double_click(lens.widget, lens.at(panel, date(2026, 2, 5), 1e12))
    assert lens.session.selection.brush is None


@pytest.mark.parametrize("panel", range(4))
def test_a_click_in_any_panel_marks_the_band_there(open_lens: Callable[..., Lens], mouse: Mouse, panel: int) -> None:
    lens = open_lens(measure=Measure.SHARE)
    series = lens.table.panels[panel].series
    shares = series.shares[series.spans.index(WEEK)]
    place = series.groups.index("CN")
    mouse.click(lens.widget, lens.at(panel, date(2026, 2, 18), float(shares[:place].sum() + shares[place] / 2)))
    assert lens.session.selection.countries == {"CN"}


def test_the_keyboard_moves_the_brush(open_lens: Callable[..., Lens]) -> None:
    lens = open_lens(brush=WEEK)
    QTest.keyClick(lens.widget, Qt.Key.Key_Right)
    assert lens.session.selection.brush == AFTER


@pytest.mark.parametrize("panel", [0, 3])
def test_the_readout_names_its_scope(open_lens: Callable[..., Lens], mouse: Mouse, panel: int) -> None:
    lens = open_lens()
    mouse.hover(lens.widget, lens.at(panel, date(2026, 2, 18), 1e11))
    readout = lens.widget.findChild(QLabel)
    assert readout is not None and readout.isVisible()
    assert readout.text().splitlines()[:2] == [str(lens.table.panels[panel].heading), "16–22 Feb 2026"]
    mouse.hover(lens.widget, lens.items(Heading)[panel].center())
    assert not readout.isVisible()


def test_a_step_of_the_brush_lays_nothing_out_anew(open_lens: Callable[..., Lens]) -> None:
    lens = open_lens()
    painted: list[QObject] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted.append(watched)
            return False

    canvas = lens.widget.findChild(share.Canvas)
    assert canvas is not None
    watch = Watch(canvas)
    canvas.viewport().installEventFilter(watch)
    stacks = [plot.stack for plot in lens.panels.plots]
    before = [plot.item.painted for plot in lens.panels.plots]
    lens.select(brush=WEEK)
    assert [plot.stack for plot in lens.panels.plots] == stacks
    assert len(painted) == 1
    assert [plot.item.painted - n for plot, n in zip(lens.panels.plots, before, strict=True)] == [1] * 4


# --- pictures


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1080), (1080, 1920), (640, 360)], ids=str)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_picture_has_four_charts(
    size: tuple[int, int], theme: Theme, dataset: Dataset, qapp: QApplication, pixels: Callable[[QImage], Pixels]
) -> None:
    selection = Selection(lens=True, measure=Measure.SHARE)
    table = table_of("share", dataset, selection)
    seen = pixels(render(share.draw, table, Style(theme), *size))
    china = (seen == [0xF7, 0x52, 0x1F]).all(axis=2)
    rows = china[:, : size[0] // 2].sum(axis=1) > size[0] / 12
    down = np.count_nonzero(np.diff(rows.astype(int)) == 1)
    assert down == (2 if size[0] >= size[1] else 4)
    across = china.sum(axis=0) > size[1] / 12
    assert np.flatnonzero(across)[-1] - np.flatnonzero(across)[0] > size[0] / 3
