import math
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from explorer.domain import leaderboard, tables
from explorer.domain.dataset import Dataset, published, rankings
from explorer.domain.origins import Origin, Origins
from explorer.domain.periods import Grain, Span, span
from explorer.domain.prices import MODELS_API
from explorer.domain.schema import OTHER, DatedPrices, Figure, Frames, Price, UsageFrame, to_day
from explorer.domain.selection import ALL, Grouping, Scope, Selection
from explorer.domain.table import Kind, Table
from explorer.domain.units import THIN
from explorer.drawing import cells
from explorer.session import Session
from explorer.style import DARK, LIGHT, Style
from explorer.views import VIEWS
from explorer.views import leaderboard as view
from explorer.views.rows import sheet
from explorer.views.rows.order import Sort, clicked, in_order, order_of

MONDAY = to_day(date(2026, 2, 2))
WEEKS = (Span(MONDAY, MONDAY + 6), Span(MONDAY + 7, MONDAY + 13))
ORIGINS = Origins(
    [
        Origin("alpha", "Alpha", "US", date(2023, 1, 1)),
        Origin("beta", "Beta", "CN", date(2023, 1, 1)),
    ],
    {"US": "United States", "CN": "China"},
)
FIRST_WEEK = {"alpha/one": 700, "beta/two": 1400, "alpha/zero": 70, OTHER: 140}
SECOND_WEEK = {"alpha/one": 2100, "beta/two": 1400, "beta/new": 350, "who/knows": 7, "alpha/zero": 63, OTHER: 280}


def usage(weeks: list[dict[str, int]], first: int = MONDAY) -> UsageFrame:
    """Spread each week's tokens over its seven days."""
    models = tuple(sorted({model for week in weeks for model in week}))
    rows = [
        (first + 7 * i + day, models.index(model), tokens // 7)
        for i, week in enumerate(weeks)
        for model, tokens in week.items()
        for day in range(7)
    ]
    day, model, tokens = zip(*rows, strict=True)
    return UsageFrame(np.array(day, np.int32), np.array(model, np.int32), np.array(tokens, np.int64), models)


PRICES = DatedPrices(MONDAY, MODELS_API, (Price("beta/two", "beta/two", "Two", 0.15, 1.2),))


@pytest.fixture
def dataset() -> Dataset:
    return rankings(Frames(usage=usage([FIRST_WEEK, SECOND_WEEK]), prices=(PRICES,)), ORIGINS, ())


@pytest.fixture
def session(dataset: Dataset) -> Session:
    return Session(dataset, Selection(brush=WEEKS[1]))


Shown = Callable[..., view.Leaderboard]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    def show(session: Session, width: int = 1100, height: int = 500, style: Style | None = None) -> view.Leaderboard:
        made = view.widget(session, style or Style())
        assert isinstance(made, view.Leaderboard)
        qtbot.addWidget(made)
        made.resize(width, height)
        made.show()
        qtbot.waitExposed(made)
        return made

    return show


def click(qtbot: QtBot, board: view.Leaderboard, rect: QRect, *, ctrl: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    assert not rect.isEmpty()
    qtbot.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, held, rect.center())


def pixels(image: QImage) -> np.ndarray:
    """Return an image as an array (height, width, 3) of RGB bytes."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine()).copy()
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)


def grabbed(board: view.Leaderboard, rect: QRect) -> np.ndarray:
    return pixels(board.viewport().grab(rect).toImage())


def picture(table: Table, style: Style, width: int = 1920, height: int = 1080) -> np.ndarray:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(style.theme.background))
    painter = QPainter(image)
    view.draw(painter, QRectF(0, 0, width, height), table, style)
    painter.end()
    return pixels(image)


def ids(board: view.Leaderboard) -> list[str]:
    return list(board.table().ids)


# --- what it shows


def test_the_module_is_the_view_of_its_name() -> None:
    module = next(v for v in VIEWS if v.key == "leaderboard").load()
    assert module is view
    assert callable(module.draw)


def test_the_table_on_screen_is_the_domains(shown: Shown, session: Session) -> None:
    board = shown(session)
    want = tables.table("leaderboard", session.dataset, session.selection)
    assert board.table().columns == want.columns
    for column in want.exported:
        assert list(board.table().values[column.key]) == pytest.approx(list(want.values[column.key]), nan_ok=True)
    assert ids(board) == ["alpha/one", "beta/two", "beta/new", "alpha/zero", "who/knows", OTHER]
    assert list(board.table().values["tokens"]) == [2100, 1400, 350, 63, 7, 280]


def test_it_follows_the_session_shown_or_not(shown: Shown, session: Session) -> None:
    board = shown(session)
    session.select(session.selection.but(search="beta"))
    assert ids(board) == ["beta/two", "beta/new"]
    board.hide()
    session.select(session.selection.but(search="", scope=Scope(1)))
    assert ids(board) == ["alpha/one"]
    board.show()
    assert ids(board) == ["alpha/one"]


def test_columns_are_in_the_order_of_the_screen_and_some_are_hidden(session: Session) -> None:
    table = tables.table("leaderboard", session.dataset, session.selection)
    keys = [column.key for column in view.PROFILE.shown(table)]
    assert " ".join(keys) == "rank rank_change model author country tokens share change trend input output"
    assert len(view.PROFILE.shown(table, frozenset())) == len(table.columns)


def test_the_column_chooser_shows_and_hides(shown: Shown, session: Session) -> None:
    board = shown(session, 1500)
    assert board.column_rect("price_source").isEmpty()
    actions = {action.text(): action for action in board.chooser().actions()}
    assert not actions["Model"].isEnabled()
    actions["Price source"].trigger()
    actions["Trend"].trigger()
    assert not board.column_rect("price_source").isEmpty()
    assert board.column_rect("trend").isEmpty()
    menu = actions["Sort by"].menu()
    assert isinstance(menu, QMenu)
    by = {action.text(): action for action in menu.actions()}
    assert "Trend" not in by
    by["Input price"].trigger()
    assert ids(board)[0] == "beta/two"
    assert "trend" in board.table().values


@pytest.mark.parametrize("width", [360, 480, 640, 900, 1600])
@pytest.mark.parametrize("style", [Style(), Style(theme=DARK, scale=2.0)])
def test_no_column_reaches_beyond_the_viewport_and_all_can_be_reached(
    shown: Shown, session: Session, width: int, style: Style
) -> None:
    board = shown(session, round(width * style.scale), style=style)
    seen: set[str] = set()
    for step in range(board.horizontalScrollBar().maximum() + 1):
        board.horizontalScrollBar().setValue(step)
        rects = {c.key: board.column_rect(c.key) for c in board.table().columns}
        placed = sorted((r.left(), r.right()) for r in rects.values() if not r.isEmpty())
        assert all(right < left for (_, right), (left, _) in pairwise(placed))
        assert placed[-1][1] < board.viewport().width()
        assert not rects["model"].isEmpty()
        seen |= {key for key, rect in rects.items() if not rect.isEmpty()}
    wanted = {column.key for column in view.PROFILE.shown(board.table())}
    assert seen in (wanted, wanted - {"author"})


def test_an_empty_table_says_why(shown: Shown, session: Session) -> None:
    session.select(session.selection.but(search="nothing like it"))
    board = shown(session)
    table = board.table()
    assert not len(table)
    middle = QRect(100, 150, 900, 250)
    assert len(np.unique(grabbed(board, middle).reshape(-1, 3), axis=0)) > 2
    assert board.horizontalScrollBar().maximum() == 0
    assert np.ptp(picture(table, Style())) > 0


def test_without_any_data_it_says_what_to_do(shown: Shown) -> None:
    board = shown(Session(rankings(Frames(), ORIGINS, ())), 480)
    assert board.table().empty is not None
    assert len(np.unique(grabbed(board, board.viewport().rect()).reshape(-1, 3), axis=0)) > 2


# --- the order of rows


def test_sorting_goes_by_raw_values_with_nothing_last(shown: Shown, session: Session, qtbot: QtBot) -> None:
    board = shown(session)
    click(qtbot, board, board.column_rect("change"))
    change: list[Any] = list(board.table().values["change"])
    assert ids(board)[:2] == ["beta/new", "who/knows"]
    assert change == sorted(change, reverse=True)
    click(qtbot, board, board.column_rect("change"))
    assert list(board.table().values["change"]) == sorted(change)
    click(qtbot, board, board.column_rect("change"))
    assert ids(board)[0] == "alpha/one"
    click(qtbot, board, board.column_rect("rank"))
    assert list(board.table().values["rank"]) == [1, 2, 3, 4, 5, None]
    click(qtbot, board, board.column_rect("rank"))
    assert list(board.table().values["rank"]) == [5, 4, 3, 2, 1, None]
    click(qtbot, board, board.column_rect("input"))
    assert ids(board)[0] == "beta/two"
    assert all(math.isnan(price) for price in list(board.table().values["input"])[1:])  # pyright: ignore


def test_the_whole_row_moves_with_the_sort(shown: Shown, session: Session) -> None:
    board = shown(session)
    board.sort_by("model")
    table, plain = board.table(), tables.table("leaderboard", session.dataset, session.selection)
    assert list(table.values["model"]) == list(table.ids) == sorted(plain.ids)
    for column in table.exported:
        by_id = dict(zip(plain.ids, plain.values[column.key], strict=True))
        want = [by_id[id_] for id_ in table.ids]
        assert list(table.values[column.key]) == pytest.approx(want, nan_ok=True)


def test_the_sort_outlives_a_change_of_selection(shown: Shown, session: Session) -> None:
    board = shown(session)
    board.sort_by("tokens")
    board.sort_by("tokens")
    session.select(session.selection.but(brush=WEEKS[0]))
    assert list(board.table().values["tokens"]) == [70, 140, 700, 1400]


def test_trends_are_not_sorted_by(session: Session) -> None:
    table = tables.table("leaderboard", session.dataset, session.selection)
    assert clicked(None, table.column("trend")) is None
    for sort in (Sort("trend", True), Sort("no such column", True)):
        assert in_order(table, order_of(table, sort)) is table


def test_the_sorted_column_is_marked_in_the_head(shown: Shown, session: Session) -> None:
    board = shown(session)
    before = grabbed(board, board.column_rect("tokens"))
    board.sort_by("tokens")
    down = grabbed(board, board.column_rect("tokens"))
    board.sort_by("tokens")
    up = grabbed(board, board.column_rect("tokens"))
    assert (before != down).any()
    assert (down != up).any()


# --- marking


def test_a_click_on_a_row_marks_its_model(shown: Shown, session: Session, qtbot: QtBot) -> None:
    board = shown(session)
    click(qtbot, board, board.row_rect(1))
    assert session.selection.models == {"beta/two"}
    click(qtbot, board, board.row_rect(0), ctrl=True)
    assert session.selection.models == {"beta/two", "alpha/one"}
    click(qtbot, board, board.row_rect(2))
    assert session.selection.models == {"beta/new"}
    click(qtbot, board, board.row_rect(2))
    assert not session.selection.marks_anything


def test_a_click_marks_the_row_as_sorted(shown: Shown, session: Session, qtbot: QtBot) -> None:
    board = shown(session)
    board.sort_by("model")
    click(qtbot, board, board.row_rect(0))
    assert session.selection.models == {"alpha/one"}
    board.sort_by("model")
    assert ids(board)[-1] == "alpha/one"
    click(qtbot, board, board.row_rect(0))
    assert session.selection.models == {"who/knows"}


def test_the_unnamed_rest_cannot_be_marked(shown: Shown, session: Session, qtbot: QtBot) -> None:
    board = shown(session)
    with qtbot.assertNotEmitted(session.changed):
        click(qtbot, board, board.row_rect(ids(board).index(OTHER)))
        qtbot.keyClick(board, Qt.Key.Key_Return)


def test_an_equal_selection_leads_to_no_emission(shown: Shown, session: Session, qtbot: QtBot) -> None:
    board = shown(session)
    with qtbot.assertNotEmitted(session.changed):
        session.select(Selection(brush=WEEKS[1], scope=ALL))
        board.set_style(Style(theme=DARK))
        board.sort_by("tokens")


def test_marked_rows_keep_full_ink_and_the_rest_dims(shown: Shown, session: Session) -> None:
    board = shown(session)
    marked, other = board.row_rect(1), board.row_rect(0)
    before = grabbed(board, marked), grabbed(board, other)
    session.select(session.selection.mark(Grouping.MODEL, "beta/two"))
    after = grabbed(board, marked), grabbed(board, other)
    assert after[0].min() == before[0].min()
    assert after[1].min() > before[1].min() + 40
    assert QColor(*after[0][2, 2].tolist()).name() == LIGHT.selection
    assert QColor(*after[1][2, 2].tolist()).name() == LIGHT.background


def many(count: int, days: int = 14) -> Dataset:
    weeks = [{f"alpha/model-{i:04d}": 7 * (count - i) for i in range(count)}] * (days // 7)
    return rankings(Frames(usage=usage(weeks)), ORIGINS, ())


def test_marks_made_elsewhere_are_brought_into_sight(shown: Shown) -> None:
    session = Session(many(300), Selection(brush=WEEKS[1]))
    board = shown(session)
    assert board.row_rect(200).isEmpty()
    session.select(session.selection.mark(Grouping.MODEL, "alpha/model-0200"))
    assert not board.row_rect(200).isEmpty()
    board.verticalScrollBar().setValue(0)
    session.select(session.selection.but(grain=Grain.DAY))
    assert board.verticalScrollBar().value() == 0


def test_marks_made_here_leave_the_rows_where_they_are(shown: Shown, qtbot: QtBot) -> None:
    session = Session(many(300), Selection(brush=WEEKS[1]))
    board = shown(session)
    click(qtbot, board, board.row_rect(0))
    board.verticalScrollBar().setValue(100)
    click(qtbot, board, board.row_rect(101), ctrl=True)
    assert board.verticalScrollBar().value() == 100


# --- the keyboard


def test_the_keyboard_reaches_and_marks_rows(shown: Shown, qtbot: QtBot) -> None:
    session = Session(many(300), Selection(brush=WEEKS[1]))
    board = shown(session)
    board.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(board, key)
    qtbot.keyClick(board, Qt.Key.Key_Return)
    assert session.selection.models == {"alpha/model-0001"}
    qtbot.keyClick(board, Qt.Key.Key_End)
    assert not board.row_rect(299).isEmpty()
    qtbot.keyClick(board, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert session.selection.models == {"alpha/model-0001", "alpha/model-0299"}
    qtbot.keyClick(board, Qt.Key.Key_PageUp)
    qtbot.keyClick(board, Qt.Key.Key_Home)
    qtbot.keyClick(board, Qt.Key.Key_Space)
    assert session.selection.models == {"alpha/model-0000"}
    assert board.accessibleName() == "Leaderboard"
    assert "Model model-0000, Author alpha" in board.accessibleDescription()


def test_the_current_row_is_outlined_for_who_comes_by_keyboard(shown: Shown, session: Session, qtbot: QtBot) -> None:
    board = shown(session)
    board.activateWindow()
    board.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(board.hasFocus)
    plain = grabbed(board, board.row_rect(0))
    board.focusInEvent(QFocusEvent(QFocusEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert (grabbed(board, board.row_rect(0)) != plain).any()


def test_escape_is_left_to_the_window(shown: Shown, session: Session) -> None:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    shown(session).keyPressEvent(event)
    assert not event.isAccepted()


# --- tooltips


def tip(board: view.Leaderboard, row: int | None, key: str) -> str:
    head = board.column_rect(key)
    y = head.center().y() if row is None else board.row_rect(row).center().y()
    return str(board.tip_at(QPoint(head.center().x(), y)))


def test_tooltips_say_the_exact_value_with_its_unit(shown: Shown, session: Session) -> None:
    board = shown(session)
    assert tip(board, 0, "tokens") == f"2{THIN}100 tokens"
    assert tip(board, 0, "share") == "50 %"
    assert tip(board, 0, "model") == "alpha/one"
    assert tip(board, 1, "country") == "China"
    assert tip(board, 1, "input") == "$0.15 per million tokens. Source: OpenRouter models, 2 Feb 2026."
    assert tip(board, 0, "input") == "No price is known."
    assert tip(board, 0, "rank_change") == "Rank 1, 2 in the window before"
    assert tip(board, 2, "rank_change") == "Not named in the window before"
    assert tip(board, 0, "change") == "+200.00 % tokens since the window before"
    assert tip(board, 3, "change") == "−10.00 % tokens since the window before"
    assert "2 periods" in tip(board, 0, "trend")
    assert tip(board, None, "rank_change") == "Places gained since the window before"
    assert str(board.tip_at(QPoint(2, 2))) == ""


def test_a_tooltip_takes_no_name_for_html(shown: Shown, qtbot: QtBot) -> None:
    weeks = [{"<b>alpha</b>/one": 70}]
    board = shown(Session(rankings(Frames(usage=usage(weeks)), ORIGINS, ())))
    at = QPoint(board.column_rect("model").left() + 20, board.row_rect(0).center().y())
    event = QHelpEvent(QHelpEvent.Type.ToolTip, at, board.viewport().mapToGlobal(at))
    QApplication.sendEvent(board.viewport(), event)
    assert QToolTip.text() == "<p style='white-space:pre'>&lt;b&gt;alpha&lt;/b&gt;/one</p>"
    QToolTip.hideText()


# --- how cells are printed


@pytest.mark.parametrize(
    ("moved", "change", "words"),
    [
        (9, 0.1, "▲9"),
        (-2, -0.1, "▼2"),
        (0, 0.1, "–"),
        (math.nan, math.inf, "new"),
        (math.nan, math.nan, ""),
        (None, None, ""),
    ],
)
def test_a_change_of_rank(moved: float | None, change: float | None, words: str) -> None:
    assert cells.rank_change(moved, change) == words


def test_every_kind_but_the_drawn_one_has_a_format() -> None:
    assert set(cells.FORMATS) == set(Kind) - {Kind.SERIES}


def test_a_model_id_keeps_its_variant_when_room_is_short(qapp: object) -> None:
    look = cells.Look(Style())
    model = "google/gemini-2.5-flash-lite-preview:free"
    assert look.fit_model(model, look.width(model)) == model
    without_author = look.fit_model(model, look.width(model) - 1)
    assert without_author == "…/gemini-2.5-flash-lite-preview:free"
    shorter = look.fit_model(model, look.width(without_author) - 1)
    assert shorter.startswith("…/gem")
    assert shorter.endswith("free")


# --- sparklines


def test_missing_periods_are_gaps_in_a_sparkline(qapp: object) -> None:
    points = cells.spark_points(np.array([1.0, 2, np.nan, 4, 4, np.nan]), 50, 10)
    found = cells.runs(points)
    assert [len(run) for run in found] == [2, 2]
    assert found[0].tolist() == [[0, -2.5], [10, -5]]
    assert found[1].tolist() == [[30, -10], [40, -10]]
    polygon = cells.polygon(found[0])
    assert [(p.x(), p.y()) for p in polygon.toList()] == [(0, -2.5), (10, -5)]
    assert cells.runs(cells.spark_points(np.array([np.nan]), 50, 10)) == []
    assert cells.spark_points(np.zeros(3), 50, 10)[:, 1].tolist() == [0, 0, 0]


def test_a_long_series_is_thinned_to_its_peaks(qapp: object) -> None:
    values = np.zeros(1000)
    values[777] = 5
    points = cells.spark_points(values, 50, 10)
    assert len(points) == 50
    assert points[:, 1].min() == -10


def test_a_gap_shows_in_the_pixels_of_the_cell(qapp: object) -> None:
    look = cells.Look(Style())
    column = next(c for c in leaderboard.COLUMNS if c.kind is Kind.SERIES)

    def painted(values: list[float]) -> np.ndarray:
        image = QImage(120, look.row, QImage.Format.Format_RGB32)
        image.fill(look.background)
        painter = QPainter(image)
        cells.paint(painter, look, column, cells.Strip([np.array(values)], [False], 0, 120, 0))
        painter.end()
        return np.asarray((pixels(image) < 200).any(axis=(0, 2)))

    assert painted([3, 3, 3, 3, 3])[40:80].all()
    assert not painted([3, 3, np.nan, 3, 3])[40:80].any()
    assert painted([3, 3, np.nan, 3, 3])[10:25].all()


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    found: set[int] = set()
    real = leaderboard.Trends.__getitem__

    def counted(self: leaderboard.Trends, index: Any) -> Any:
        found.add(index)
        return real(self, index)

    monkeypatch.setattr(leaderboard.Trends, "__getitem__", counted)
    return found


def test_a_repaint_of_two_thousand_rows_touches_the_visible_ones_only(shown: Shown, looked_at: set[int]) -> None:
    board = shown(Session(many(2000), Selection(brush=WEEKS[1])))
    assert len(board.table()) == 2000
    visible = {row for row in range(2000) if not board.row_rect(row).isEmpty()}
    board.viewport().grab()
    assert looked_at == visible
    assert 5 < len(visible) < 30
    looked_at.clear()
    board.sort_by("model")
    board.sort_by("model")
    board.viewport().grab()
    assert looked_at == {1999 - row for row in visible}


# --- pictures


def band_heights(image: np.ndarray) -> list[int]:
    """Return the heights of the runs of pixel rows in the model column that hold ink."""
    ink = (image.max(axis=2) < 110).any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ink, [False]]).astype(int)))
    return (edges[1::2] - edges[::2]).tolist()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_picture_is_painted(qapp: object, session: Session, theme: Any) -> None:
    table = tables.table("leaderboard", session.dataset, session.selection)
    image = picture(table, Style(theme=theme, scale=1.2))
    assert len(np.unique(image.reshape(-1, 3), axis=0)) > 20
    rows = [image[top : top + 40] for top in range(40, 400, 60)]
    assert all(np.ptp(row) > 60 for row in rows)


def test_text_and_rows_grow_with_the_style(qapp: object) -> None:
    table = tables.table("leaderboard", many(60), Selection(brush=WEEKS[1]))
    small, large = cells.Look(Style(), large=True), cells.Look(Style().scaled(2), large=True)
    assert large.row == 2 * small.row
    column = slice(110, 160)
    one = band_heights(picture(table, Style(), 960, 540)[40:, column])
    two = band_heights(picture(table, Style().scaled(2), 1920, 1080)[80:, 220:320])
    assert len(one) == len(two)
    assert np.median(two) == pytest.approx(2 * np.median(one), abs=2)


def test_a_picture_counts_the_rows_that_find_no_room(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(sheet.text, "put", lambda painter, rect, words, *rest: said.append(words))
    table = tables.table("leaderboard", many(60), Selection(brush=WEEKS[1]))
    picture(table, Style(), 960, 540)
    fit = (540 - 28) // 26 - 1
    assert said[-1] == f"… and {60 - fit} more models"
    said.clear()
    picture(table, Style(), 960, 60 * 26 + 28)
    assert not [words for words in said if words.startswith("…")]


def test_a_narrow_picture_leaves_out_what_matters_least(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(sheet.text, "put", lambda painter, rect, words, *rest: said.append(words))
    rows = tables.table("leaderboard", many(60), Selection(brush=WEEKS[1]))
    picture(rows, Style(), 420, 1080)
    assert said[:2] == ["#", "Model"] or said[:3] == ["#", "Δ", "Model"]
    assert "Tokens" in said
    assert "Author" not in said


# --- printed figures


def test_printed_figures_have_columns_of_their_own(shown: Shown, qtbot: QtBot) -> None:
    week = span(date(2026, 2, 9), date(2026, 2, 15))
    figures = tuple(
        Figure(
            str(i), "w", week.start, week.end, "top", name, "tokens", value, "T", "t", paper, "2026-02-20", "", model
        )
        for i, (name, value, paper, model) in enumerate(
            [
                ("One", 1.4, "A", "alpha/one"),
                ("Two", 1.1, "A", "beta/two"),
                ("One", 1.3, "B", "alpha/one"),
                ("Two", 0.9, "B", "beta/two"),
            ]
        )
    )
    session = Session(published(figures, ORIGINS))
    board = shown(session, 1500)
    assert ids(board).count("alpha/one") == 2
    assert "publisher" in board.table().values
    assert tip(board, 0, "window_start") == "2026-02-09"
    assert board.column_rect("share").isEmpty()
    board.sort_by("tokens")
    assert list(board.table().values["tokens"]) == sorted(board.table().values["tokens"], reverse=True)  # pyright: ignore
    click(qtbot, board, board.row_rect(0))
    assert session.selection.models == {"alpha/one"}
    assert len(np.unique(picture(board.table(), Style()).reshape(-1, 3), axis=0)) > 20
