"""The share view under mouse and keyboard. Sums on the data of conftest.py are billions: start + more × day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Protocol, cast

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from explorer.domain.dataset import Dataset
from explorer.domain.dataset import rankings as rankings_dataset
from explorer.domain.origins import Origins
from explorer.domain.periods import Grain, Span, span
from explorer.domain.schema import Frames, UsageFrame, to_day
from explorer.domain.selection import LISTED, Grouping, Measure, Scope, Selection
from explorer.domain.shares import ShareTable
from explorer.drawing.edge_labels import EdgeLabels
from explorer.drawing.plot import BrushBox
from explorer.session import Session
from explorer.style import LIGHT, Style
from explorer.views import share, share_stack

Pixels = np.ndarray
THIN = "\u2009"
WEEK = span(date(2026, 2, 16), date(2026, 2, 22))
BEFORE = span(date(2026, 2, 9), date(2026, 2, 15))
AFTER = span(date(2026, 2, 23), date(2026, 3, 1))
OPENED = span(date(2026, 3, 9), date(2026, 3, 15))


class Mouse(Protocol):
    """What these tests ask of the mouse in conftest.py."""

    def click(self, widget: QWidget, at: QPointF, modifiers: Qt.KeyboardModifier = ...) -> None: ...
    def drag(self, widget: QWidget, *way: QPointF) -> None: ...
    def double_click(self, widget: QWidget, at: QPointF) -> None: ...
    def hover(self, widget: QWidget, at: QPointF) -> None: ...


@dataclass
class Chart:
    """The widget on a screen nobody sees, and where its data are in it."""

    session: Session
    widget: QWidget
    settle: Callable[[], None]

    @property
    def canvas(self) -> pg.GraphicsView:
        found = self.widget.findChild(pg.GraphicsView)
        assert found is not None
        return found

    @property
    def box(self) -> BrushBox:
        return next(item for item in self.canvas.scene().items() if isinstance(item, BrushBox))

    @property
    def labels(self) -> EdgeLabels:
        return next(item for item in self.canvas.scene().items() if isinstance(item, EdgeLabels))

    @property
    def readout(self) -> QLabel:
        found = self.widget.findChild(QLabel)
        assert found is not None
        return found

    @property
    def table(self) -> ShareTable:
        return cast(ShareTable, cast(share.ShareWidget, self.widget).table())

    def select(self, **changes: object) -> None:
        self.session.select(self.session.selection.but(**changes))
        self.settle()

    def at(self, day: date, amount: float) -> QPointF:
        """Return the widget's pixel of noon on a day, at a height in tokens or as a share."""
        scene = self.box.mapViewToScene(QPointF(to_day(day) + 0.5, amount))
        return QPointF(self.canvas.mapTo(self.widget, self.canvas.mapFromScene(scene)))

    def band(self, group: str, day: date) -> QPointF:
        """Return the widget's pixel in the middle of a group's band on a day."""
        series = self.table.series
        period = next(i for i, s in enumerate(series.spans) if s.first <= to_day(day) <= s.last)
        amounts, place = series.tokens[period], series.groups.index(group)
        return self.at(day, float(amounts[:place].sum() + amounts[place] / 2))


@pytest.fixture
def open_chart(qtbot: QtBot, settle: Callable[[], None]) -> Callable[..., Chart]:
    def opened(dataset: Dataset, selection: Selection | None = None, width: int = 900, height: int = 600) -> Chart:
        session = Session(dataset, selection)
        widget = share.widget(session, Style())
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        settle()
        return Chart(session, widget, settle)

    return opened


@pytest.fixture
def chart(open_chart: Callable[..., Chart], dataset: Dataset) -> Chart:
    return open_chart(dataset)


# --- brushing


def test_a_drag_inside_a_week_brushes_the_whole_week(chart: Chart, mouse: Mouse) -> None:
    mouse.drag(chart.widget, chart.at(date(2026, 2, 17), 1e12), chart.at(date(2026, 2, 20), 1e12))
    assert chart.session.selection.brush == WEEK


@pytest.mark.parametrize("backwards", [False, True])
def test_a_drag_over_three_weeks_brushes_all_three_either_way(chart: Chart, mouse: Mouse, backwards: bool) -> None:
    days = [date(2026, 2, 13), date(2026, 2, 18), date(2026, 2, 24)]
    way = [chart.at(day, 1e12) for day in (reversed(days) if backwards else days)]
    mouse.drag(chart.widget, *way)
    assert chart.session.selection.brush == Span(BEFORE.first, AFTER.last)


def test_a_drag_beyond_the_chart_ends_at_the_data(chart: Chart, mouse: Mouse) -> None:
    start = chart.at(date(2026, 2, 25), 1e12)
    mouse.drag(chart.widget, start, QPointF(chart.widget.width() - 20, start.y()))
    assert chart.session.selection.brush == Span(AFTER.first, to_day(date(2026, 3, 16)))


def test_days_are_brushed_by_the_day(chart: Chart, mouse: Mouse) -> None:
    chart.select(grain=Grain.DAY)
    mouse.drag(chart.widget, chart.at(date(2026, 2, 17), 1e11), chart.at(date(2026, 2, 19), 1e11))
    assert chart.session.selection.brush == span(date(2026, 2, 17), date(2026, 2, 19))


def test_brushing_changes_none_of_the_charts_own_numbers(chart: Chart, mouse: Mouse) -> None:
    before = chart.table
    mouse.drag(chart.widget, chart.at(date(2026, 2, 17), 1e12), chart.at(date(2026, 2, 20), 1e12))
    assert chart.table is not before
    assert [list(row) for row in chart.table.rows()] == [list(row) for row in before.rows()]


def test_a_double_click_on_a_band_takes_the_brush_away_and_marks_nothing(chart: Chart, mouse: Mouse) -> None:
    chart.select(brush=WEEK)
    mouse.double_click(chart.widget, chart.band("CN", date(2026, 2, 18)))
    assert chart.session.selection.brush is None
    assert not chart.session.selection.marks_anything
    chart.session.undo()
    assert chart.session.selection.brush == WEEK


def test_a_double_click_takes_the_brush_away(chart: Chart, mouse: Mouse) -> None:
    mouse.drag(chart.widget, chart.at(date(2026, 2, 17), 1e12), chart.at(date(2026, 2, 20), 1e12))
    mouse.double_click(chart.widget, chart.at(date(2026, 1, 14), 6.9e12))
    assert chart.session.selection.brush is None


def test_undo_takes_a_drag_back_as_a_whole(chart: Chart, mouse: Mouse) -> None:
    days = [date(2026, 1, 21), date(2026, 1, 28), date(2026, 2, 12), date(2026, 2, 18)]
    mouse.drag(chart.widget, *(chart.at(day, 1e12) for day in days))
    assert chart.session.selection.brush == span(date(2026, 1, 19), WEEK.end)
    chart.session.undo()
    assert chart.session.selection.brush == OPENED
    assert not chart.session.can_undo


def test_undo_takes_back_a_drag_that_began_on_the_brushed_week(chart: Chart, mouse: Mouse) -> None:
    days = [date(2026, 3, 14), date(2026, 3, 11), date(2026, 3, 4), date(2026, 2, 25)]
    mouse.drag(chart.widget, *(chart.at(day, 1e12) for day in days))
    assert chart.session.selection.brush == Span(AFTER.first, OPENED.last)
    assert chart.session.can_undo
    chart.session.undo()
    assert chart.session.selection.brush == OPENED


def test_two_drags_are_undone_one_by_one(chart: Chart, mouse: Mouse) -> None:
    mouse.drag(chart.widget, chart.at(date(2026, 2, 17), 1e12), chart.at(date(2026, 2, 20), 1e12))
    mouse.drag(chart.widget, chart.at(date(2026, 1, 20), 1e12), chart.at(date(2026, 1, 28), 1e12))
    chart.session.undo()
    assert chart.session.selection.brush == WEEK
    chart.session.redo()
    assert chart.session.selection.brush == span(date(2026, 1, 19), date(2026, 2, 1))


def test_the_keyboard_moves_the_brush_over_gaps_and_stops_at_the_ends(chart: Chart) -> None:
    def press(key: Qt.Key, times: int = 1) -> Span | None:
        for _ in range(times):
            QTest.keyClick(chart.widget, key)
        return chart.session.selection.brush

    chart.select(brush=WEEK)
    assert press(Qt.Key.Key_Left) == BEFORE
    assert press(Qt.Key.Key_Right, 2) == AFTER
    assert press(Qt.Key.Key_Left, 3) == span(date(2026, 1, 26), date(2026, 2, 1))
    assert press(Qt.Key.Key_Left, 20) == span(date(2026, 1, 5), date(2026, 1, 11))
    assert press(Qt.Key.Key_Right, 20) == span(date(2026, 3, 16), date(2026, 3, 16))
    chart.select(brush=None)
    assert press(Qt.Key.Key_Left) == span(date(2026, 3, 16), date(2026, 3, 16))


# --- picking


def test_a_click_on_a_band_marks_its_country_and_again_clears_it(chart: Chart, mouse: Mouse) -> None:
    at = chart.band("CN", date(2026, 2, 18))
    mouse.click(chart.widget, at)
    assert chart.session.selection.countries == {"CN"}
    assert chart.table.marked == {"CN"}
    mouse.click(chart.widget, at)
    assert not chart.session.selection.marks_anything


def test_ctrl_adds_a_country_and_takes_it_away(chart: Chart, mouse: Mouse) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    mouse.click(chart.widget, chart.band("CN", date(2026, 2, 18)))
    mouse.click(chart.widget, chart.band("US", date(2026, 2, 18)), control)
    assert chart.session.selection.countries == {"CN", "US"}
    mouse.click(chart.widget, chart.band("CN", date(2026, 2, 18)), control)
    assert chart.session.selection.countries == {"US"}


@pytest.mark.parametrize(
    ("grouping", "group", "dimension"),
    [(Grouping.AUTHOR, "minimax", "authors"), (Grouping.MODEL, "z-ai/glm-5", "models")],
)
def test_a_click_marks_what_a_band_is(
    chart: Chart, mouse: Mouse, grouping: Grouping, group: str, dimension: str
) -> None:
    chart.select(grouping=grouping)
    mouse.click(chart.widget, chart.band(group, date(2026, 2, 25)))
    assert getattr(chart.session.selection, dimension) == {group}


@pytest.mark.parametrize("day", [date(2026, 2, 5), date(2026, 1, 6)], ids=["in the gap", "above the stack"])
def test_a_click_on_no_band_changes_nothing(chart: Chart, mouse: Mouse, day: date) -> None:
    before = chart.session.selection
    mouse.click(chart.widget, chart.at(day, 6.5e12))
    assert chart.session.selection is before


def test_what_is_not_marked_gives_way(chart: Chart, look: Callable[[QWidget], Pixels]) -> None:
    chart.select(brush=None)
    china, america = (chart.band(group, date(2026, 2, 18)).toPoint() for group in ("CN", "US"))
    before = look(chart.widget)
    chart.select(countries=frozenset({"CN"}))
    after = look(chart.widget)
    assert (after[china.y(), china.x()] == before[china.y(), china.x()]).all()
    assert after[america.y(), america.x()].sum() > before[america.y(), america.x()].sum()


# --- reading


def test_the_crosshair_names_date_group_tokens_and_share(chart: Chart, mouse: Mouse) -> None:
    mouse.hover(chart.widget, chart.band("CN", date(2026, 2, 18)))
    assert chart.readout.isVisible()
    # Chinese models: 98 + 6.5 d; all: 510 + 7.8 d; the days d are 42 … 48.
    assert chart.readout.text().splitlines() == [
        "16–22 Feb 2026",
        "China",
        f"2.73T tokens (2{THIN}733{THIN}500{THIN}000{THIN}000)",
        f"45.4{THIN}% of the scope's 6.03T",
        "lead change, not certain: China, before United States",
    ]


def test_the_crosshair_says_that_a_period_is_partial(chart: Chart, mouse: Mouse) -> None:
    mouse.hover(chart.widget, chart.band("US", date(2026, 3, 16)))
    lines = chart.readout.text().splitlines()
    assert lines[:3] == ["16 Mar 2026", "partial: 1 of 7 days", "United States"]


def test_above_the_stack_the_crosshair_names_the_whole(chart: Chart, mouse: Mouse) -> None:
    mouse.hover(chart.widget, chart.at(date(2026, 2, 18), 6.9e12))
    assert chart.readout.text().splitlines()[:2] == ["16–22 Feb 2026", "6.03T tokens in the scope"]


def test_a_gap_shows_nothing_and_says_nothing(chart: Chart, mouse: Mouse, look: Callable[[QWidget], Pixels]) -> None:
    chart.select(brush=None)
    gap = chart.at(date(2026, 2, 5), 1.5e12)
    mouse.hover(chart.widget, chart.band("CN", date(2026, 2, 18)))
    mouse.hover(chart.widget, gap)
    assert not chart.readout.isVisible()
    seen, at = look(chart.widget), gap.toPoint()
    patch = seen[at.y() - 10 : at.y() + 10, at.x() - 10 : at.x() + 10]
    background = [int(LIGHT.background[i : i + 2], 16) for i in (1, 3, 5)]
    assert (patch == background).all()
    assert not any(row[0] == np.datetime64("2026-02-02") for row in chart.table.rows())


def test_readout_and_crosshair_are_seen(chart: Chart, mouse: Mouse) -> None:
    """Seen in pixels: a label behind the chart is visible to Qt and to nobody else."""
    before = chart.widget.grab().toImage()
    mouse.hover(chart.widget, chart.band("CN", date(2026, 2, 18)))
    chart.settle()
    after = chart.widget.grab().toImage()
    inside = chart.readout.geometry()
    pixels = [(x, y) for x in range(inside.left(), inside.right(), 3) for y in range(inside.top(), inside.bottom(), 3)]
    assert sum(before.pixel(x, y) != after.pixel(x, y) for x, y in pixels) > len(pixels) / 2
    column = round(chart.band("CN", date(2026, 2, 18)).x())
    crossed = [
        sum(before.pixel(x, y) != after.pixel(x, y) for y in range(120, 500)) for x in (column - 1, column, column + 1)
    ]
    assert max(crossed) > 50


def test_the_readout_stays_inside_the_widget(chart: Chart, mouse: Mouse) -> None:
    for day in (date(2026, 1, 5), date(2026, 3, 12), date(2026, 3, 16)):
        for amount in (1e10, 9e11):
            mouse.hover(chart.widget, chart.at(day, amount))
            assert chart.readout.isVisible()
            assert chart.widget.rect().contains(chart.readout.geometry())


def test_the_readout_goes_when_the_selection_changes(chart: Chart, mouse: Mouse) -> None:
    mouse.hover(chart.widget, chart.band("CN", date(2026, 2, 18)))
    chart.select(measure=Measure.SHARE)
    assert not chart.readout.isVisible()


def test_partial_periods_are_hatched(chart: Chart, look: Callable[[QWidget], Pixels]) -> None:
    chart.select(brush=None, span=span(date(2026, 2, 9), date(2026, 3, 14)))
    seen = look(chart.widget)

    def colours(day: date) -> int:
        """Count the colours in a square within the band of the United States."""
        at = chart.band("US", day).toPoint()
        patch = seen[at.y() - 15 : at.y() + 15, at.x() - 15 : at.x() + 15]
        return len(np.unique(patch.reshape(-1, 3), axis=0))

    assert colours(date(2026, 2, 18)) == 1
    assert colours(date(2026, 3, 11)) > 1


def test_bands_are_as_high_as_their_tokens(chart: Chart, look: Callable[[QWidget], Pixels]) -> None:
    chart.select(brush=None)
    at = chart.at(date(2026, 2, 18), 0).toPoint()
    column = look(chart.widget)[: at.y(), at.x()]
    china = [0xF7, 0x52, 0x1F]
    high = np.count_nonzero((column == china).all(axis=1))
    trillion = chart.at(date(2026, 2, 18), 0).y() - chart.at(date(2026, 2, 18), 1e12).y()
    assert high == pytest.approx(2.7335 * trillion, abs=3)


def test_the_share_of_each_period_stacks_to_a_hundred_percent(chart: Chart, look: Callable[[QWidget], Pixels]) -> None:
    chart.select(measure=Measure.SHARE, brush=None)
    table = chart.table
    sums: dict[object, float] = {}
    for start, share_of_scope in zip(table.values["period_start"], table.values["share"], strict=True):
        sums[start] = sums.get(start, 0.0) + cast(float, share_of_scope)
    assert list(sums.values()) == pytest.approx([1.0] * 10)
    seen = look(chart.widget)
    for day in (date(2026, 1, 8), date(2026, 2, 18), date(2026, 3, 12)):
        top, foot = chart.at(day, 1).toPoint(), chart.at(day, 0).toPoint()
        white = (seen[top.y() + 2 : foot.y() - 2, top.x()] > 250).all(axis=1)
        assert white.mean() < 0.03


@pytest.fixture
def few_bands(monkeypatch: pytest.MonkeyPatch) -> int:
    """Fold from the twelfth band on: the dataset has sixteen groups."""
    monkeypatch.setattr(share_stack, "MOST_BANDS", 12)
    return 12


def test_small_groups_are_drawn_as_one_and_kept_apart_in_the_table(chart: Chart, mouse: Mouse, few_bands: int) -> None:
    chart.select(grouping=Grouping.MODEL)
    groups = list(dict.fromkeys(chart.table.ids))
    assert len(groups) == 16
    names = [name for name, _ in chart.labels.placed]
    assert "5 others" in names
    assert "Unnamed models" in names
    assert len(names) <= few_bands
    ranked = chart.table.series.tokens[6]
    place = float(ranked[:10].sum() + ranked[10:15].sum() / 2)
    mouse.hover(chart.widget, chart.at(date(2026, 2, 18), place))
    assert chart.readout.text().splitlines()[1] == "5 others"
    before = chart.session.selection
    mouse.click(chart.widget, chart.at(date(2026, 2, 18), place))
    assert chart.session.selection is before


@pytest.mark.usefixtures("few_bands")
def test_a_marked_model_leaves_the_fold(chart: Chart) -> None:
    chart.select(grouping=Grouping.MODEL, models=frozenset({"sao10k/l3-lunaris-8b"}))
    names = [name for name, _ in chart.labels.placed]
    assert "4 others" in names
    assert "l3-lunaris-8b" in names


# --- labels


def _random_dataset(rng: np.random.Generator) -> Dataset:
    days, models = int(rng.integers(3, 120)), int(rng.integers(1, 40))
    first = to_day(date(2026, 1, 1)) + int(rng.integers(0, 90))
    kept = rng.random((days, models)) < rng.uniform(0.3, 1.0)
    kept[0, 0] = True
    day, model = np.nonzero(kept)
    tokens = np.exp(rng.normal(20, 3, len(day))).astype(np.int64)
    authors = ("minimax", "google", "someone-with-a-very-long-name", "z-ai", "x")
    names = tuple(f"{authors[i % len(authors)]}/model-{i}{'-long' * int(rng.integers(0, 6))}" for i in range(models))
    frame = UsageFrame((first + day).astype(np.int32), model.astype(np.int32), tokens, names)
    return rankings_dataset(Frames(frame), Origins(()), ())


@pytest.mark.parametrize("seed", range(50))
def test_edge_labels_neither_overlap_nor_leave_the_widget(open_chart: Callable[..., Chart], seed: int) -> None:
    rng = np.random.default_rng(seed)
    selection = Selection(
        grain=list(Grain)[int(rng.integers(3))],
        scope=(LISTED, Scope(5), Scope(20))[seed % 3],
        measure=(Measure.TOKENS, Measure.SHARE)[seed % 2],
        grouping=Grouping.MODEL,
    )
    chart = open_chart(_random_dataset(rng), selection, int(rng.integers(320, 1500)), int(rng.integers(200, 1000)))
    chart.widget.grab()
    placed = [rect for _, rect in chart.labels.placed]
    assert placed
    assert all(upper.bottom() <= lower.top() + 0.01 for upper, lower in pairwise(placed))
    outer = chart.canvas.viewport().rect()
    for rect in placed:
        inside = chart.labels.mapRectToScene(rect)
        assert inside.left() >= chart.box.sceneBoundingRect().right()
        assert inside.right() <= outer.right() + 1.01
        assert inside.top() >= 0
        assert inside.bottom() <= outer.bottom() + 1.01
