"""The three charts of prices: what they paint lies inside and apart at any size, and what clicks and keys do."""

from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer import paths
from explorer.domain import tables
from explorer.domain.dataset import Dataset, rankings
from explorer.domain.opening import opening
from explorer.domain.origins import Origins
from explorer.domain.periods import span
from explorer.domain.pricing import Pricing
from explorer.domain.schema import Frames
from explorer.domain.selection import Selection
from explorer.domain.table import Table
from explorer.drawing import text
from explorer.drawing.scatter import Scatter
from explorer.drawing.step_lines import StepChart
from explorer.export.picture import render
from explorer.session import Session
from explorer.sources import read
from explorer.sources.genai import read_genai_prices
from explorer.sources.origins import read_countries, read_origins
from explorer.style import DARK, LIGHT, Style, Theme, colour
from explorer.views import price_history, price_skill, price_usage
from explorer.views.charts.widget import ChartWidget
from explorer.views.price_skill import PriceSkillWidget

CHARTS: dict[str, Any] = {"price_history": price_history, "price_usage": price_usage, "price_skill": price_skill}
SIZES = [(1920, 1080), (1080, 1080), (640, 360), (333, 777)]
OPUS, LARGE, FREE = "anthropic/claude-opus-4.6", "google/gemini-3-flash", "nvidia/nemotron-3-super:free"

every_chart = pytest.mark.parametrize("key", CHARTS)
both_scales = pytest.mark.parametrize("linear", [False, True], ids=["log", "linear"])


def asked(dataset: Dataset, linear: bool = False, **changes: object) -> Selection:
    return opening(dataset).but(pricing=Pricing(linear=linear), **changes)


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, QRectF, QRectF]]:
    """Every text that is painted: the words asked for, the room given, and the rectangle of its ink."""
    found: list[tuple[str, QRectF, QRectF]] = []
    put = text.put

    def heard(painter: QPainter, rect: QRectF, words: str, used: Any, ink: str, align: float = text.LEFT) -> None:
        wide = text.width(words, used)
        left = rect.left() + (rect.width() - wide) * align
        high = text.line_height(used)
        # A line's box has air above and below its letters; neighbours may share it.
        inner = QRectF(left, rect.center().y() - high * 0.36, wide, high * 0.72)
        if words:
            found.append((words, QRectF(rect), inner))
        put(painter, rect, words, used, ink, align)

    monkeypatch.setattr(text, "put", heard)
    return found


def check(painted: list[tuple[str, QRectF, QRectF]], room: QRectF) -> None:
    """All words are there in full, inside `room`, and none lies on another."""
    assert painted
    for words, given, inner in painted:
        assert inner.width() <= given.width() + 0.01, words
        assert room.adjusted(-1, -1, 1, 1).contains(inner), words
    for (one, _, first), (other, _, second) in combinations(painted, 2):
        assert not first.adjusted(0.5, 0.5, -0.5, -0.5).intersects(second), (one, other)


@every_chart
@both_scales
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_in_a_picture_no_text_is_cut_or_lies_on_another(
    key: str, linear: bool, size: tuple[int, int], dataset: Dataset, painted: list[Any], qapp: QApplication
) -> None:
    table = tables.table(key, dataset, asked(dataset, linear))
    render(CHARTS[key].draw, table, Style(), *size)
    check(painted, QRectF(0, 0, *size))


@every_chart
@both_scales
@pytest.mark.parametrize("size", [(560, 300), (900, 620), (420, 700)], ids=str)
def test_in_a_dock_no_text_is_cut_or_lies_on_another(
    key: str, linear: bool, size: tuple[int, int], dataset: Dataset, painted: list[Any], qtbot: QtBot
) -> None:
    widget = made(qtbot, key, Session(dataset, asked(dataset, linear)), size)
    painted.clear()
    widget.grab()
    check(painted, QRectF(0, 0, *size))


@every_chart
def test_with_real_data_names_keep_apart(
    key: str, shared_data: Any, painted: list[Any], qapp: QApplication, history: Dataset
) -> None:
    table = tables.table(key, history, opening(history))
    for size in SIZES[:3]:
        painted.clear()
        render(CHARTS[key].draw, table, Style(), *size)
        check(painted, QRectF(0, 0, *size))


@pytest.fixture(scope="module")
def history() -> Dataset:
    """The real rankings with every real answer of the models API, and the catalogue."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "data" / "openrouter"
    if not folder.is_dir():
        pytest.skip("the real data in ../shared/data is not here")
    found = [read(path) for path in sorted((folder / "models").glob("*.json"))]
    prices = (*(one.prices for one in found if one.prices), *read_genai_prices())
    scores = tuple(one.scores for one in found if one.scores)
    usage = read(folder / "rankings-daily" / "history.csv").usage
    assert usage is not None
    origins = Origins(read_origins(paths.ORIGINS), read_countries(paths.COUNTRIES))
    return rankings(Frames(usage, prices, scores=scores), origins, ())


def made(qtbot: QtBot, key: str, session: Session, size: tuple[int, int] = (900, 560), theme: Theme = LIGHT) -> QWidget:
    widget = cast(QWidget, CHARTS[key].widget(session, Style(theme)))
    qtbot.addWidget(widget)
    widget.resize(*size)
    widget.show()
    return widget


def chart_of(widget: QWidget) -> ChartWidget:
    return widget.chart if isinstance(widget, PriceSkillWidget) else cast(ChartWidget, widget)


def drawing_of(widget: QWidget) -> Any:
    found = chart_of(widget).chart()
    assert found is not None
    return found


def laid_out(key: str, table: Table, width: float = 1000, height: float = 600) -> Any:
    return CHARTS[key].lay_out(table, QRectF(0, 0, width, height), Style())


# --- what is drawn where


def test_dots_lie_where_price_and_tokens_say_and_free_ones_at_the_left_edge(
    dataset: Dataset, qapp: QApplication
) -> None:
    table = tables.table("price_usage", dataset, asked(dataset))
    drawn = cast(Scatter, laid_out("price_usage", table))
    assert drawn.strip is not None
    for model, price, tokens in zip(table.ids, table.values["blended"], table.values["tokens"], strict=True):
        centre = drawn.centres[model]
        assert centre.y() == pytest.approx(drawn.up.at(cast(int, tokens)))
        if price == 0:
            assert drawn.strip.contains(centre)
        else:
            assert centre.x() == pytest.approx(drawn.across.at(cast(float, price)))
            assert centre.x() > drawn.strip.right()
    assert [model for model in table.ids if drawn.strip.contains(drawn.centres[model])] == [FREE]


def test_on_a_linear_axis_free_is_simply_zero(dataset: Dataset, qapp: QApplication) -> None:
    drawn = cast(Scatter, laid_out("price_usage", tables.table("price_usage", dataset, asked(dataset, linear=True))))
    assert drawn.strip is None
    assert drawn.centres[FREE].x() == pytest.approx(drawn.across.at(0.0)) == pytest.approx(drawn.box.left())


def test_dots_have_the_colours_of_countries_and_the_rest_of_the_marked_are_pale(
    dataset: Dataset, qapp: QApplication
) -> None:
    table = tables.table("price_usage", dataset, asked(dataset, models=frozenset({OPUS})))
    image = QImage(1000, 600, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.background))
    painter = QPainter(image)
    drawn = cast(Scatter, laid_out("price_usage", table))
    drawn.paint(painter)
    painter.end()

    def ink(model: str) -> str:
        return image.pixelColor(drawn.centres[model].toPoint()).name()

    assert ink(OPUS) == colour("US")
    assert QColor(ink(LARGE)).lightness() > QColor(colour("US")).lightness() + 80
    assert [one.key for one, _ in drawn.names] == [OPUS]
    assert [name for _, name, _ in drawn.legend] == ["United States", "China", "Canada", "France"][: len(drawn.legend)]


def test_the_line_of_the_cheapest_goes_through_them_alone(dataset: Dataset, qapp: QApplication) -> None:
    table = tables.table("price_skill", dataset, asked(dataset))
    drawn = cast(Scatter, laid_out("price_skill", table))
    corners = [(p.x(), p.y()) for p in drawn._corners()]
    steps = drawn.points.steps
    assert len(steps) > 2
    assert corners[::2][: len(steps)] == [(drawn.centres[k].x(), drawn.centres[k].y()) for k in steps]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(corners))
    cheapest = [key for key, yes in zip(table.ids, table.values["cheapest"], strict=True) if yes]
    assert set(steps) == set(cheapest)


def test_steps_lie_where_day_and_price_say_and_names_stand_at_the_right_edge(
    dataset: Dataset, qapp: QApplication
) -> None:
    table = tables.table("price_history", dataset, asked(dataset))
    drawn = cast(StepChart, laid_out("price_history", table))
    assert drawn.across.at(drawn.lines.first) == pytest.approx(drawn.box.left())
    assert [line.key for line in drawn.lines.lines] == list(dict.fromkeys(table.ids))
    assert {line.key for line, _ in drawn.names} == set(table.ids)
    for line, box in drawn.names:
        assert box.left() > drawn.box.right()
        row = table.ids.index(line.key)
        assert line.pieces[0].value == table.values["blended"][row]
        assert line.colour == Style().band(line.key, str(table.values["author"][row]))
    tops = sorted(box.top() for _, box in drawn.names)
    assert all(b - a >= drawn.line - 0.01 for a, b in pairwise(tops))
    assert drawn.lines.brush is not None
    free = [line for line in drawn.lines.lines if line.pieces[0].value == 0]
    assert not free or (drawn.strip is not None and drawn.strip.contains(drawn.box.center().x(), drawn.y(0.0)))


def test_a_low_chart_counts_the_names_it_has_no_room_for(dataset: Dataset, qapp: QApplication) -> None:
    drawn = laid_out("price_history", tables.table("price_history", dataset, asked(dataset)), 500, 110)
    assert drawn.more is not None
    assert drawn.more[0] == f"… and {len(drawn.lines.lines) - len(drawn.names)} more"
    assert drawn.names[0][0].key in [line.key for line in drawn.lines.lines]
    assert not any(box.intersects(drawn.more[1]) for _, box in drawn.names)


# --- what is done with them


@every_chart
def test_a_click_on_a_model_marks_it_and_a_second_one_lets_it_go(
    key: str, dataset: Dataset, qtbot: QtBot, mouse: Any
) -> None:
    session = Session(dataset, asked(dataset))
    widget = made(qtbot, key, session)
    chart = chart_of(widget)
    model = drawing_of(widget).keys[0]
    mouse.click(chart, drawing_of(widget).anchor(model).center())
    assert session.selection.models == {model}
    mouse.click(chart, drawing_of(widget).anchor(model).center())
    assert not session.selection.marks_anything


@every_chart
def test_the_keyboard_walks_and_marks(key: str, dataset: Dataset, qtbot: QtBot) -> None:
    session = Session(dataset, asked(dataset))
    widget = made(qtbot, key, session)
    chart = chart_of(widget)
    keys = drawing_of(widget).keys
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert keys[1] in chart.accessibleDescription()
    assert "per million tokens" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_End)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert session.selection.models == {keys[-1]}


def test_a_drag_brushes_whole_weeks_as_one_step_and_a_double_click_ends_it(
    dataset: Dataset, qtbot: QtBot, mouse: Any
) -> None:
    session = Session(dataset, asked(dataset).but(brush=None))
    widget = made(qtbot, "price_history", session)
    drawn = drawing_of(widget)

    def at(month: int, day: int) -> QPointF:
        number = span(date(2026, month, day), date(2026, month, day)).first
        return QPointF(drawn.across.at(number + 0.5), drawn.box.top() + 2)

    mouse.drag(widget, at(2, 11), at(2, 13), at(2, 26))
    assert session.selection.brush == span(date(2026, 2, 9), date(2026, 3, 1))
    assert not session.selection.marks_anything
    session.undo()
    assert session.selection.brush is None
    session.redo()
    mouse.double_click(widget, at(3, 3))
    assert session.selection.brush is None


def test_a_drag_in_a_scatter_brushes_nothing(dataset: Dataset, qtbot: QtBot, mouse: Any) -> None:
    session = Session(dataset, asked(dataset))
    before = session.selection
    widget = made(qtbot, "price_usage", session)
    mouse.drag(widget, QPointF(300, 200), QPointF(400, 250), QPointF(500, 300))
    assert session.selection == before


def test_another_score_is_chosen_in_the_strip(dataset: Dataset, history: Dataset, qtbot: QtBot) -> None:
    session = Session(history)
    widget = cast(PriceSkillWidget, made(qtbot, "price_skill", session))
    names = [widget.choice.itemData(i) for i in range(widget.choice.count())]
    assert names[0] == "artificial_analysis.coding_index"
    assert set(names[:3]) == {f"artificial_analysis.{kind}_index" for kind in ("coding", "agentic", "intelligence")}
    assert "Coding Index" in str(widget.table().caption.title)
    other = names.index("artificial_analysis.intelligence_index")
    widget.choice.setCurrentIndex(other)
    widget.choice.activated.emit(other)
    assert "Intelligence Index" in str(widget.table().caption.title)
    assert "Intelligence Index" in str(widget.table().caption.subtitle)
    session.select(session.selection.but(brush=None))
    assert "Intelligence Index" in str(widget.table().caption.subtitle)
    session.load(dataset)
    assert "Coding Index" in str(widget.table().caption.subtitle)
    assert widget.choice.currentData() == "artificial_analysis.coding_index"


@every_chart
def test_a_low_dock_cuts_the_caption_before_the_chart_and_says_where_there_is_no_room(
    key: str, dataset: Dataset, painted: list[Any], qtbot: QtBot
) -> None:
    widget = made(qtbot, key, Session(dataset, asked(dataset)), (320, 210), DARK)
    assert "Too small to draw." not in [words for words, _, _ in painted]
    widget.setMinimumSize(0, 0)
    widget.resize(320, 100)
    painted.clear()
    widget.grab()
    assert "Too small to draw." in [words for words, _, _ in painted]


def test_sizes_scale_with_the_style(dataset: Dataset, qapp: QApplication) -> None:
    table = tables.table("price_usage", dataset, asked(dataset))
    once = price_usage.lay_out(table, QRectF(0, 0, 800, 500), Style())
    twice = price_usage.lay_out(table, QRectF(0, 0, 1600, 1000), Style().scaled(2))
    assert twice.radius == 2 * once.radius
    assert twice.small.pixelSize() == 2 * once.small.pixelSize()
