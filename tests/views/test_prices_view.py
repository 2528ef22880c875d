"""The prices view: what is said and drawn for literal prices, and what clicks and keys do to the Selection."""

import math
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QScrollBar
from pytestqt.qtbot import QtBot

from explorer.domain import dataset as datasets
from explorer.domain import tables
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Origin, Origins
from explorer.domain.price_table import PriceTable
from explorer.domain.prices import CATALOGUE, MODELS_API
from explorer.domain.schema import DatedPrices, Frames, Price, UsageFrame, to_day
from explorer.domain.selection import Grouping, Selection
from explorer.drawing import text
from explorer.session import Session
from explorer.style import DARK, LIGHT, Style, colour, mix
from explorer.views import prices, prices_axis, prices_rows
from explorer.views.prices import PricesWidget
from explorer.views.prices_bars import Bars

DAY = to_day(date(2026, 2, 15))
OPUS, GLM, M25, FREE, GUESS = (
    "anthropic/claude-opus-4.6",
    "z-ai/glm-5",
    "minimax/minimax-m2.5",
    "arcee-ai/trinity:free",
    "x-ai/grok-4.1-fast",
)
COSTS = {M25: (0.30, 1.10), GLM: (0.30, 2.55), OPUS: (5.0, 25.0), FREE: (0.0, 0.0)}
CLICK = Qt.MouseButton.LeftButton


def dataset(costs: dict[str, tuple[float | None, float | None]], guessed: tuple[str, ...] = ()) -> Dataset:
    """One day of rankings in the order of `costs`, priced by a models snapshot; `guessed` by the catalogue."""
    models = tuple(costs)
    usage = UsageFrame(
        np.full(len(models), DAY, np.int32),
        np.arange(len(models), dtype=np.int32),
        np.arange(len(models), 0, -1, dtype=np.int64) * 10**9,
        models,
    )

    def listed(which: list[str], source: str, day: int) -> DatedPrices:
        return DatedPrices(day, source, tuple(Price(m, m, m, *costs[m]) for m in which))

    lists = (
        listed([m for m in models if m not in guessed], MODELS_API, DAY),
        listed(list(guessed), CATALOGUE, 0),
    )
    origins = Origins(
        [
            Origin("anthropic", "Anthropic", "US", date(2023, 1, 1)),
            Origin("z-ai", "Z.ai", "CN", date(2023, 1, 1)),
            Origin("minimax", "MiniMax", "CN", date(2023, 1, 1)),
            Origin("arcee-ai", "Arcee", "US", date(2023, 1, 1)),
        ]
    )
    return datasets.rankings(Frames(usage=usage, prices=lists), origins, ())


def story() -> Dataset:
    return dataset({**COSTS, GUESS: (0.20, None)}, (GUESS,))


def table_of(found: Dataset, selection: Selection) -> PriceTable:
    made = tables.table("prices", found, selection)
    assert isinstance(made, PriceTable)
    return made


def many(count: int) -> Dataset:
    return dataset({**{f"z-ai/model{i}": (0.1 * (i + 1), 1.0 + i) for i in range(count)}, OPUS: (5.0, 25.0)})


def opened(qtbot: QtBot, found: Dataset, selection: Selection, size: tuple[int, int] = (900, 500)) -> PricesWidget:
    made = prices.widget(Session(found, selection), Style())
    assert isinstance(made, PricesWidget)
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    return made


def at(view: PricesWidget, model: str) -> QPoint:
    """The middle of a model's row."""
    bars = view.bars()
    return bars.row_rect([row.model for row in bars.rows].index(model)).center().toPoint()


def session_of(view: PricesWidget) -> Session:
    return view._session


def picture(found: PriceTable, size: tuple[int, int], style: Style) -> QImage:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(style.theme.background))
    painter = QPainter(image)
    prices.draw(painter, QRectF(20, 20, size[0] - 40, size[1] - 40), found, style)
    painter.end()
    return image


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is painted as text, in order."""
    words: list[str] = []
    put = text.put

    def heard(painter: QPainter, rect: QRectF, line: str, *rest: object) -> None:
        words.append(line)
        put(painter, rect, line, *rest)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(text, "put", heard)
    return words


def test_the_multiples_of_opus_are_those_of_the_price_lists(qtbot: QtBot, said: list[str]) -> None:
    picture(table_of(story(), Selection(baseline=OPUS)), (1200, 800), Style())
    assert "claude-opus-4.6 costs … as much" in said
    first = said.index("minimax-m2.5")
    assert said[first + 1 :][:5] == ["minimax", "$0.30 in", "$1.10 out", "16.7×", "22.7×"]
    second = said.index("glm-5")
    assert said[second + 1 :][:5] == ["z-ai", "$0.30 in", "$2.55 out", "16.7×", "9.80×"]
    own = said.index("claude-opus-4.6")
    assert said[own + 1 :][:4] == ["anthropic", "$5 in", "$25 out", "baseline"]


def test_free_is_said_once_and_unknown_is_a_dash(qtbot: QtBot, said: list[str]) -> None:
    picture(table_of(story(), Selection(baseline=OPUS)), (1200, 800), Style())
    free = said.index("trinity:free")
    assert said[free + 1 :][:4] == ["arcee-ai", "free", "–", "–"]
    guess = said.index("grok-4.1-fast *")
    assert said[guess + 2 :][:4] == ["$0.20 in", "–", "25.0×", "–"]


def test_free_and_unknown_have_no_bar(qtbot: QtBot) -> None:
    bars = Bars(table_of(story(), Selection(baseline=OPUS)), QRectF(0, 0, 900, 500), Style())
    drawn = {row.model: [bars.bar_rect(i, which) is not None for which in (0, 1)] for i, row in enumerate(bars.rows)}
    assert drawn == {
        M25: [True, True],
        GLM: [True, True],
        OPUS: [True, True],
        FREE: [False, False],
        GUESS: [True, False],
    }


def test_bar_lengths_are_logarithms_of_prices(qtbot: QtBot) -> None:
    bars = Bars(table_of(story(), Selection(baseline=OPUS)), QRectF(0, 0, 900, 500), Style())
    ends = {}
    for i, row in enumerate(bars.rows):
        for which, price in enumerate((row.input, row.output)):
            if bar := bars.bar_rect(i, which):
                assert bar.left() == bars.bars_left
                ends[price] = bar.right()
    per_decade = (ends[25.0] - ends[0.30]) / math.log10(25 / 0.30)
    assert per_decade > 100
    for one, two in pairwise(sorted(ends)):
        assert ends[two] - ends[one] == pytest.approx(per_decade * math.log10(two / one))
    assert bars.axis
    assert bars.axis.low < 0.20
    assert ends[25.0] <= bars.bars_right + 0.01


@pytest.mark.parametrize(
    ("low", "high", "width", "expected"),
    [
        (0.1, 25.0, 600, [0.1, 0.2, 0.5, 1, 2, 5, 10, 20]),
        (0.1, 25.0, 200, [0.1, 1, 10]),
        (0.01, 100.0, 110, [0.01, 1, 100]),
        (0.2, 5.0, 60, [0.2, 5]),
        (0.2, 0.9, 300, [0.2, 0.5]),
    ],
)
def test_ticks_are_round_and_apart(low: float, high: float, width: float, expected: list[float]) -> None:
    axis = prices_axis.Axis(low, high, 0, width)
    found = axis.ticks(40)
    assert found == pytest.approx(expected)
    assert all(axis.x(two) - axis.x(one) >= 40 for one, two in pairwise(found))


@pytest.mark.parametrize("paid", [0.30, 0.1, 0.07, 15.0, 1000.0, 0.0003])
def test_the_cheapest_bar_is_long_enough_to_see(paid: float) -> None:
    axis = prices_axis.axis([paid, 0.0, math.nan, paid * 40], 0, 300)
    assert axis is not None
    assert 10 < axis.x(paid) < 160
    assert axis.x(paid * 40) == pytest.approx(300)


def test_without_a_price_there_is_no_axis(qtbot: QtBot, said: list[str]) -> None:
    assert prices_axis.axis([0.0, math.nan], 0, 300) is None
    picture(table_of(dataset({FREE: (0.0, 0.0)}), Selection()), (600, 300), Style())
    assert "free" in said
    assert not [word for word in said if "$" in word]


def test_bars_are_drawn_in_the_author_s_colours(qtbot: QtBot) -> None:
    found = table_of(story(), Selection(baseline=OPUS))
    image = picture(found, (940, 540), Style())
    bars = Bars(found, QRectF(20, 20, 900, 500), Style())
    whole, pale = (bars.bar_rect(0, which) for which in (1, 0))
    assert whole
    assert pale
    assert image.pixelColor(whole.center().toPoint()).name() == colour("minimax")
    assert image.pixelColor(pale.center().toPoint()).name() == mix(colour("minimax"), "#ffffff", 0.5)
    assert image.pixelColor(int(whole.right()) + 2, int(whole.center().y())).name() == "#ffffff"


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1080)])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_picture_is_not_blank_and_stays_in_its_rectangle(qtbot: QtBot, size: tuple[int, int], theme: object) -> None:
    style = Style(theme).scaled(size[1] / 720)  # pyright: ignore[reportArgumentType]
    image = picture(table_of(many(9), Selection(baseline=OPUS)), size, style)
    used = {image.pixel(x, y) for x in range(20, size[0] - 20, 3) for y in range(20, size[1] - 20, 3)}
    assert len(used) > 20
    edge = [(x, y) for x in range(0, size[0], 7) for y in (0, 10, size[1] - 10, size[1] - 1)]
    edge += [(x, y) for y in range(0, size[1], 7) for x in (0, 15, size[0] - 15, size[0] - 1)]
    assert {image.pixelColor(x, y).name() for x, y in edge} == {style.theme.background}


def lines_thick(style: Style) -> int:
    """How many pixels wide the axis line at the left of the bars is drawn, in the gap at the top of a row."""
    found = table_of(story(), Selection(baseline=OPUS))
    image = picture(found, (1800, 1500), style)
    bars = Bars(found, QRectF(20, 20, 1760, 1460), style)
    y = int(bars.row_rect(0).top() + 1)
    inks = [image.pixelColor(x, y).name() for x in range(int(bars.bars_left) - 20, int(bars.bars_left) + 20)]
    return inks.count(style.theme.strong_line)


def test_a_scaled_style_scales_lines_text_and_rows(qtbot: QtBot) -> None:
    assert [lines_thick(Style().scaled(k)) for k in (1, 2, 3)] == [1, 2, 3]
    found, rect = table_of(story(), Selection()), QRectF(0, 0, 3000, 3000)
    once, twice = Bars(found, rect, Style()), Bars(found, rect, Style().scaled(2))
    assert twice.row_height == 2 * once.row_height
    assert twice.small.pixelSize() == 2 * once.small.pixelSize()


def test_a_low_picture_counts_what_it_leaves_out_but_keeps_the_baseline(qtbot: QtBot, said: list[str]) -> None:
    found = table_of(many(9), Selection(baseline=OPUS))
    assert found.ids[-1] == OPUS
    picture(found, (900, 240), Style())
    shown = [i for i in (f"model{n}" for n in range(9)) if i in said]
    assert shown
    assert shown == [f"model{n}" for n in range(len(shown))]
    assert said.count("claude-opus-4.6") == 1
    assert said[-1] == f"… and {9 - len(shown)} more"


def test_a_tall_picture_shows_every_row(qtbot: QtBot, said: list[str]) -> None:
    picture(table_of(many(9), Selection(baseline=OPUS)), (900, 900), Style())
    assert {f"model{n}" for n in range(9)} < set(said)
    assert not [word for word in said if "more" in word]


def test_an_empty_table_says_why(qtbot: QtBot, said: list[str]) -> None:
    unpriced = table_of(dataset({M25: (None, None)}), Selection())
    assert unpriced.empty is not None
    picture(unpriced, (260, 300), Style())
    assert len(said) > 1
    assert " ".join(said) == str(unpriced.empty)


def test_an_empty_view_takes_clicks_and_keys_calmly(qtbot: QtBot) -> None:
    view = opened(qtbot, dataset({M25: (None, None)}), Selection())
    before = session_of(view).selection
    qtbot.mouseClick(view, CLICK, pos=view.rect().center())
    qtbot.mouseDClick(view, CLICK, pos=view.rect().center())
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_B):
        qtbot.keyClick(view, key)
    assert session_of(view).selection == before
    assert view.table().empty is not None


def test_a_click_marks_the_model_and_a_second_one_lets_it_go(qtbot: QtBot) -> None:
    view = opened(qtbot, story(), Selection(baseline=OPUS))
    qtbot.mouseClick(view, CLICK, pos=at(view, GLM))
    assert session_of(view).selection.models == {GLM}
    assert view.table().ids == (GLM, OPUS)
    qtbot.mouseClick(view, CLICK, pos=at(view, GLM))
    assert not session_of(view).selection.marks_anything
    assert len(view.table()) == 5


def test_ctrl_adds_to_what_is_marked(qtbot: QtBot) -> None:
    view = opened(qtbot, story(), Selection(baseline=OPUS, models=frozenset((GLM,))))
    qtbot.mouseClick(view, CLICK, Qt.KeyboardModifier.ControlModifier, at(view, OPUS))
    assert session_of(view).selection.models == {GLM, OPUS}


def test_a_press_that_ends_elsewhere_or_beside_the_rows_marks_nothing(qtbot: QtBot) -> None:
    view = opened(qtbot, story(), Selection(baseline=OPUS))
    qtbot.mousePress(view, CLICK, pos=at(view, GLM))
    qtbot.mouseRelease(view, CLICK, pos=at(view, M25))
    qtbot.mouseClick(view, CLICK, pos=QPoint(40, 5))
    assert not session_of(view).selection.marks_anything


def test_a_double_click_compares_with_the_model_and_marks_nothing(qtbot: QtBot) -> None:
    view = opened(qtbot, story(), Selection(baseline=OPUS))
    where = at(view, GLM)
    qtbot.mouseClick(view, CLICK, pos=where)
    qtbot.mouseDClick(view, CLICK, pos=where)
    assert session_of(view).selection == Selection(baseline=GLM)
    session_of(view).undo()
    assert session_of(view).selection == Selection(baseline=OPUS)


def test_the_context_menu_sets_the_baseline(qtbot: QtBot) -> None:
    view = opened(qtbot, story(), Selection(baseline=OPUS))
    actions = {action.text(): action for action in view.menu(M25).actions()}
    actions["Use as baseline"].trigger()
    assert session_of(view).selection.baseline == M25
    found = view.table()
    assert isinstance(found, PriceTable)
    assert found.baseline == M25
    assert found.values["ratio_input"][found.ids.index(OPUS)] == pytest.approx(0.06)


@pytest.mark.parametrize("model", [OPUS, FREE, GUESS])
def test_what_can_not_be_compared_with_is_no_new_baseline(qtbot: QtBot, model: str) -> None:
    view = opened(qtbot, story(), Selection(baseline=OPUS))
    actions = {action.text(): action for action in view.menu(model).actions()}
    assert not actions["Use as baseline"].isEnabled()
    assert actions["Mark"].isEnabled()
    qtbot.mouseDClick(view, CLICK, pos=at(view, model))
    assert session_of(view).selection.baseline == OPUS


def test_the_menu_opens_where_it_is_asked_for(qtbot: QtBot) -> None:
    view = opened(qtbot, story(), Selection(baseline=OPUS))
    where = at(view, GLM)
    view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, view.mapToGlobal(where)))
    menu = view.menu(GLM)
    assert menu.isVisible()
    menu.close()
    qtbot.mouseClick(view, CLICK, pos=QPoint(40, 5))
    view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    assert not menu.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    assert menu.isVisible()
    menu.close()


def test_the_keyboard_walks_marks_and_compares(qtbot: QtBot) -> None:
    view = opened(qtbot, story(), Selection(baseline=OPUS))
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert view.accessibleName() == "Prices of models"
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert "z-ai/glm-5" in view.accessibleDescription()
    qtbot.keyClick(view, Qt.Key.Key_B)
    assert session_of(view).selection == Selection(baseline=GLM)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert session_of(view).selection == Selection(baseline=GLM, models=frozenset((M25,)))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert session_of(view).selection.models == {M25, GLM}


def test_rows_that_do_not_fit_are_scrolled_to(qtbot: QtBot) -> None:
    view = opened(qtbot, many(9), Selection(baseline=OPUS), (640, 260))
    scroll = view.findChild(QScrollBar)
    assert scroll is not None
    assert scroll.isVisible()
    assert view.bars().row_rect(9).top() > view.bars().rect.bottom()
    qtbot.keyClick(view, Qt.Key.Key_End)
    last = view.bars().row_rect(9)
    assert last.bottom() <= view.bars().rect.bottom() + 1
    assert view.bars().row_at(last.center()) == view.bars().rows[9]
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert scroll.value() == 0
    view.resize(900, 900)
    assert not scroll.isVisible()


def test_the_wheel_scrolls(qtbot: QtBot) -> None:
    view = opened(qtbot, many(9), Selection(baseline=OPUS), (640, 260))
    scroll = view.findChild(QScrollBar)
    assert scroll is not None
    where = QPointF(view.rect().center())
    turned = QWheelEvent(
        where, where, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    view.wheelEvent(turned)
    assert scroll.value() > 0
    assert view.bars().scroll == scroll.value()


def test_marked_models_and_the_baseline_are_all_that_is_compared(qtbot: QtBot) -> None:
    selection = Selection(baseline=OPUS, models=frozenset((M25,)))
    rows = prices_rows.rows_of(table_of(story(), selection))
    assert {row.model: row.baseline for row in rows} == {M25: False, OPUS: True}


def test_the_tooltip_has_the_exact_price_its_source_and_its_date() -> None:
    found = dataset({M25: (0.12345678, 1.1), GUESS: (0.2, None), OPUS: (5.0, 25.0)}, (GUESS,))
    rows = {row.model: row for row in prices_rows.rows_of(table_of(found, Selection(baseline=OPUS)))}
    assert [str(line) for line in prices_rows.explanation(rows[M25], "claude-opus-4.6")] == [
        "minimax/minimax-m2.5",
        "minimax, CN",
        "Input: $0.12345678 per million tokens",
        "Output: $1.10 per million tokens",
        "claude-opus-4.6 costs 40.5× as much for input",
        "claude-opus-4.6 costs 22.7× as much for output",
        "Prices: OpenRouter models, as of 15 Feb 2026",
    ]
    assert [str(line) for line in prices_rows.explanation(rows[GUESS], "claude-opus-4.6")][1:] == [
        "Unattributed, Unattributed",
        "Input: $0.20 per million tokens",
        "Output: not known",
        "claude-opus-4.6 costs 25.0× as much for input",
        "Prices: genai-prices, undated",
    ]


def test_the_view_follows_the_session_and_emits_nothing_of_its_own(qtbot: QtBot) -> None:
    view = opened(qtbot, story(), Selection(baseline=OPUS))
    session = session_of(view)
    heard: list[Selection] = []
    session.changed.connect(lambda: heard.append(session.selection))
    session.select(session.selection.mark(Grouping.COUNTRY, "CN"))
    assert view.table().ids == (M25, GLM, OPUS)
    session.load(many(2))
    view.set_style(Style(DARK))
    assert len(heard) == 2
    assert view.grab().toImage().pixelColor(2, 2).name() == DARK.background
