"""The strip above the prices: what each control does to the Selection, what it shows, and the bars that follow."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QCheckBox, QComboBox, QSlider, QStyle, QStyleOptionSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.domain import dataset as datasets
from explorer.domain import tables
from explorer.domain.blended import OBSERVED, RATIOS
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Origins
from explorer.domain.price_table import PriceTable
from explorer.domain.prices import MODELS_API
from explorer.domain.pricing import Compared, PriceFirst, Pricing, Sort
from explorer.domain.schema import DatedPrices, Frames, Price, SplitFrame, UsageFrame, to_day
from explorer.domain.selection import Selection
from explorer.drawing import text
from explorer.session import Session
from explorer.style import DARK, LIGHT, Style, Theme
from explorer.views import prices, prices_axis, prices_strip
from explorer.views.prices import PricesWidget
from explorer.views.prices_bars import Bars

DAY = to_day(date(2026, 2, 15))
DEAR, CHEAP, FREE, SILENT = "a/dear", "b/cheap", "c/gratis", "d/silent"
COSTS = {
    CHEAP: Price(CHEAP, "", "", 0.02, 0.05, cache_read=0.01),
    DEAR: Price(DEAR, "", "", 15.0, 75.0, cache_read=1.5),
    FREE: Price(FREE, "", "", 0.0, 0.0),
    SILENT: Price(SILENT, "", "", 1.0, 2.0),
}


@pytest.fixture
def data() -> Dataset:
    models = tuple(COSTS)
    usage = UsageFrame(
        np.full(len(models), DAY, np.int32),
        np.arange(len(models), dtype=np.int32),
        np.arange(len(models), 0, -1, dtype=np.int64),
        models,
    )
    return datasets.rankings(Frames(usage, (DatedPrices(DAY, MODELS_API, tuple(COSTS.values())),)), Origins([]), ())


@pytest.fixture
def session(data: Dataset) -> Session:
    return Session(data, Selection())


@pytest.fixture
def view(qtbot: QtBot, session: Session) -> PricesWidget:
    made = prices.widget(session, Style())
    assert isinstance(made, PricesWidget)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


def look(session: Session, **pricing: object) -> None:
    session.select(Selection(pricing=Pricing(**pricing)))  # pyright: ignore[reportArgumentType]


def table_of(data: Dataset, **pricing: object) -> PriceTable:
    selection = Selection(pricing=Pricing(**pricing))  # pyright: ignore[reportArgumentType]
    made = tables.table("prices", data, selection)
    assert isinstance(made, PriceTable)
    return made


def controls(view: PricesWidget) -> list[QWidget]:
    return [w for kind in (QComboBox, QCheckBox, QSlider, QToolButton) for w in view.strip.findChildren(kind)]


def test_every_control_has_a_name_and_is_reached_by_the_keyboard(view: PricesWidget, session: Session) -> None:
    look(session, compared=Compared.BLENDED)
    assert len(controls(view)) == 8
    for control in controls(view):
        assert control.accessibleName()
        assert control.toolTip()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    order, at = list[QWidget](), view.strip.compared.nextInFocusChain()
    while at is not None and at is not view.strip.compared:
        order.append(at)
        at = at.nextInFocusChain()
    strip = view.strip
    reading = [strip.sort, strip.first, strip.log, strip.ratio, strip.cached, strip.observed, strip.default, view]
    assert [widget for widget in order if widget in reading] == reading


@pytest.mark.parametrize(
    ("name", "index", "changed"),
    [
        ("compared", 1, {"compared": Compared.BLENDED}),
        ("compared", 2, {"compared": Compared.CACHED}),
        ("sort", 1, {"sort": Sort.CHEAPEST}),
        ("sort", 2, {"sort": Sort.DEAREST}),
        ("first", 1, {"first": PriceFirst.CATALOGUE}),
    ],
)
def test_a_choice_is_one_change_of_the_selection(
    view: PricesWidget, session: Session, name: str, index: int, changed: dict[str, object]
) -> None:
    emitted: list[Selection] = []
    session.changed.connect(lambda: emitted.append(session.selection))
    getattr(view.strip, name).setCurrentIndex(index)
    assert emitted == [Selection(pricing=Pricing(**changed))]  # pyright: ignore[reportArgumentType]
    session.undo()
    assert getattr(view.strip, name).currentIndex() == 0


def test_the_axis_is_turned_linear_and_back(qtbot: QtBot, view: PricesWidget, session: Session) -> None:
    assert view.strip.log.isChecked() and view.strip.log.text() == "Log scale"
    view.strip.log.click()
    assert not view.strip.log.isChecked()
    assert session.selection.pricing == Pricing(linear=True)
    axis = view.bars().axis
    assert axis and axis.low == 0
    qtbot.keyClick(view.strip.log, Qt.Key.Key_Space)
    assert session.selection == Selection()


def test_what_is_mixed_is_asked_only_where_it_shows(view: PricesWidget, session: Session) -> None:
    assert not view.strip.mix.isVisible()
    look(session, compared=Compared.BLENDED)
    assert view.strip.mix.isVisible()
    look(session, compared=Compared.CACHED)
    assert not view.strip.mix.isVisible()


def test_the_mix_is_moved_by_the_keyboard_said_in_words_and_reset(
    qtbot: QtBot, view: PricesWidget, session: Session
) -> None:
    look(session, compared=Compared.BLENDED)
    strip = view.strip
    assert (strip.ratio_words.text(), strip.cached_words.text()) == ("17.2:1 input to output", "0\u2009% cached")
    assert not strip.default.isEnabled()
    qtbot.keyClick(strip.ratio, Qt.Key.Key_Home)
    qtbot.keyClick(strip.cached, Qt.Key.Key_Right)
    assert (session.selection.pricing.ratio, session.selection.pricing.cached) == (1.0, 0.05)
    assert (strip.ratio_words.text(), strip.cached_words.text()) == ("1:1 input to output", "5\u2009% cached")
    assert strip.ratio.accessibleDescription() == "1:1 input to output"
    assert view.table().values["blended"][1] == pytest.approx((15 * 0.95 + 1.5 * 0.05 + 75) / 2)
    qtbot.keyClick(strip.ratio, Qt.Key.Key_End)
    assert session.selection.pricing.ratio == 50
    qtbot.mouseClick(strip.default, Qt.MouseButton.LeftButton)
    assert session.selection.pricing == Pricing(compared=Compared.BLENDED)


def handle(slider: QSlider) -> QPoint:
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    control = QStyle.ComplexControl.CC_Slider
    return slider.style().subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, slider).center()


def test_a_drag_is_undone_as_a_whole(qtbot: QtBot, view: PricesWidget, session: Session) -> None:
    look(session, compared=Compared.BLENDED)
    before, seen, slider = session.selection, set[float](), view.strip.ratio
    session.changed.connect(lambda: seen.add(session.selection.pricing.ratio))
    start = handle(slider)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 9):
        qtbot.mouseMove(slider, start - QPoint(5 * step, 0))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start - QPoint(40, 0))
    assert len(seen) > 2
    assert session.selection.pricing.ratio < OBSERVED.ratio
    session.undo()
    assert session.selection == before
    assert view.strip.ratio_words.text() == "17.2:1 input to output"


def test_a_ratio_between_the_steps_is_shown_as_it_is(view: PricesWidget, session: Session) -> None:
    look(session, compared=Compared.BLENDED, ratio=3.3)
    assert view.strip.ratio_words.text() == "3.3:1 input to output"
    assert prices_strip.RATIOS[view.strip.ratio.value()] == 3
    assert session.selection.pricing.ratio == 3.3


def test_the_steps_of_the_ratio_are_about_as_far_apart_and_hold_the_default() -> None:
    steps = np.array(prices_strip.RATIOS)
    assert (steps[0], steps[-1]) == RATIOS
    assert OBSERVED.ratio in steps
    apart = np.diff(np.log(steps))
    assert 0.1 < apart.min() < apart.max() < 0.36
    assert [prices_strip.nearest(ratio) for ratio in (0.2, 1.0, 50.0, 900.0)] == [0, 0, len(steps) - 1, len(steps) - 1]


@pytest.mark.parametrize("wide", [1200, 900, 560, 320])
@pytest.mark.parametrize("compared", Compared)
def test_the_controls_fit_beside_each_other_at_any_width(
    view: PricesWidget, session: Session, wide: int, compared: Compared
) -> None:
    look(session, compared=compared, cached=1.0)
    view.resize(wide, 500)
    view.grab()
    strip = view.strip
    assert strip.geometry().right() <= wide
    assert strip.geometry().bottom() < view.bars().top
    assert min(w.height() for w in controls(view) if w.isVisible()) >= 14
    shown = [w for w in (*controls(view), strip.ratio_words, strip.cached_words) if w.isVisible()]
    rects = [w.rect().translated(w.mapTo(strip, QPoint())) for w in shown]
    for i, rect in enumerate(rects):
        assert strip.rect().contains(rect), shown[i].accessibleName()
        assert not any(rect.intersects(other) for other in rects[i + 1 :]), shown[i].accessibleName()


# --- the bars that follow


def test_blended_is_one_bar_and_one_multiple(qtbot: QtBot, data: Dataset) -> None:
    bars = Bars(table_of(data, compared=Compared.BLENDED, ratio=1.0), QRectF(0, 0, 900, 500), Style())
    assert len(bars.bars) == 1
    first, dear, free, silent = bars.rows
    assert [str(row.label(bars.bars[0])) for row in bars.rows] == ["$0.035", "$45", "free", "$1.50"]
    assert first.multiple(bars.bars[0]) == pytest.approx(45 / 0.035)
    assert dear.baseline
    assert free.comparable is False
    bar = bars.bar_rect(3, 0)
    assert silent.blended == 1.5
    assert bar
    assert bar.center().y() == pytest.approx(bars.row_rect(3).center().y())
    assert bars.bar_rect(2, 0) is None


def test_cached_stands_below_input(qtbot: QtBot, data: Dataset) -> None:
    bars = Bars(table_of(data, compared=Compared.CACHED), QRectF(0, 0, 900, 500), Style())
    labels = [[str(row.label(bar)) for bar in bars.bars] for row in bars.rows]
    assert labels[:2] == [["$0.02 in", "$0.01 cached"], ["$15 in", "$1.50 cached"]]
    assert labels[2:] == [["free", "–"], ["$1 in", "–"]]
    assert bars.bar_rect(3, 1) is None
    assert bars.rows[0].multiple(bars.bars[1]) == pytest.approx(150)


def test_a_linear_axis_begins_at_nothing_and_draws_even_the_cheapest(qtbot: QtBot, data: Dataset) -> None:
    bars = Bars(table_of(data, linear=True), QRectF(0, 0, 900, 500), Style())
    assert bars.axis
    ends = {price: rect for i in (0, 1, 3) for which, price in enumerate((bars.rows[i].input, bars.rows[i].output))
            if (rect := bars.bar_rect(i, which))}  # fmt: skip
    assert ends[15.0].width() == pytest.approx(ends[75.0].width() / 5)
    assert ends[0.02].width() == ends[0.05].width() == 2
    assert ends[75.0].right() <= bars.bars_right + 0.01
    ticks = bars.axis.ticks(40)
    assert ticks[0] == 0
    assert np.allclose(np.diff(ticks), ticks[1])
    assert 4 <= len(ticks) <= 9


def test_one_price_alone_has_a_linear_axis() -> None:
    axis = prices_axis.axis([0.0, 3.0], 0, 300, linear=True)
    assert axis
    assert (axis.x(0), axis.x(3.0)) == (0, 300)
    assert prices_axis.axis([0.0, float("nan")], 0, 300, linear=True) is None


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("compared", Compared)
def test_a_picture_says_what_it_compares(
    qtbot: QtBot, data: Dataset, compared: Compared, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    words: list[str] = []
    put = text.put

    def heard(painter: QPainter, rect: QRectF, line: str, *rest: object) -> None:
        words.append(line)
        put(painter, rect, line, *rest)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(text, "put", heard)
    image = QImage(1000, 700, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.background))
    painter = QPainter(image)
    table = table_of(data, compared=compared, linear=True)
    prices.draw(painter, QRectF(20, 20, 960, 660), table, Style(theme))
    painter.end()
    said = {
        Compared.BOTH: "upper bar input, lower bar output",
        Compared.BLENDED: "input and output blended",
        Compared.CACHED: "upper bar input, lower bar cached input",
    }
    assert said[compared] in words
    assert "$0" in words
    assert "linear scale" in str(table.caption.subtitle)


def test_the_observed_mix_is_offered_where_a_table_has_it(view: PricesWidget, session: Session) -> None:
    look(session, compared=Compared.BLENDED)
    assert view.strip.observed.isHidden()
    one, day, model = np.ones(1, np.int64), np.array([20000], np.int32), np.zeros(1, np.int32)
    split = SplitFrame(day, model, one * 45, one * 10, one, ("a/b",), ("t.csv",))
    session.load(replace(session.dataset, split=split))
    assert not view.strip.observed.isHidden()
    assert "4.5 input tokens per output token" in view.strip.observed.toolTip()
    view.strip.observed.click()
    assert session.selection.pricing.ratio == 4.5
    assert not view.strip.observed.isEnabled()
    assert any("as t.csv (imported) has it" in str(note) for note in view.table().caption.notes)
