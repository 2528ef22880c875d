"""What every view has to keep: one contract over VIEWS, so that a new view inherits all of it."""

import gc
import io
import math
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, cast

import numpy as np
import pandas as pd
import pytest
from PySide6.QtCore import SIGNAL, QCoreApplication, QEvent, QObject, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer import paths
from explorer.domain.dataset import Dataset, published
from explorer.domain.opening import opening
from explorer.domain.origins import UNATTRIBUTED, Origins
from explorer.domain.periods import Grain, span
from explorer.domain.selection import Grouping, Measure, Scope, Selection, Source
from explorer.domain.table import NUMERIC, Kind, Table
from explorer.domain.tables import TABLES
from explorer.domain.tables import table as table_of_view
from explorer.drawing import frame
from explorer.drawing.text import picture_family
from explorer.drawing.translate import tr
from explorer.export import png, table_csv
from explorer.export.picture import render, scale_for
from explorer.export.size import Size
from explorer.session import Session
from explorer.sources import read
from explorer.sources.genai import read_genai_prices
from explorer.sources.origins import read_countries, read_origins
from explorer.style import DARK, LIGHT, Style, Theme
from explorer.views import VIEWS, View, ViewWidget

Pixels = np.ndarray
Look = Callable[[QWidget], Pixels]
AsPixels = Callable[[QImage], Pixels]
Make = Callable[..., QWidget]


class Mouse(Protocol):
    """What these tests ask of the mouse in conftest.py."""

    def click(self, widget: QWidget, at: QPointF) -> None: ...


FEBRUARY_WEEK = span(date(2026, 2, 23), date(2026, 3, 1))
SIZES = [(1920, 1080), (3840, 2160), (1080, 1080), (333, 777)]
CHINESE = frozenset(
    {
        "CN",
        "deepseek/deepseek-v3.2",
        "minimax/minimax-m2.5",
        "moonshotai/kimi-k2.5",
        "qwen/qwen3-coder-next",
        "z-ai/glm-5",
    }
)
GLM = frozenset({"z-ai/glm-5"})
CHANGES: dict[str, dict[str, object]] = {
    "brush": {"brush": FEBRUARY_WEEK},
    "span": {"span": span(date(2026, 1, 19), date(2026, 3, 8)), "brush": None},
    "grain": {"grain": Grain.DAY},
    "grouping": {"grouping": Grouping.MODEL},
    "measure": {"measure": Measure.SHARE},
    "scope": {"scope": Scope(5)},
    "country": {"countries": frozenset({"CN"})},
    "model": {"models": GLM},
}

WHATEVER_THE_WINDOW = frozenset({"claims", "snapshots", "restatements"})
"""Views whose rows are there whatever is brushed, spanned or marked."""
ONLY_DAILY = frozenset({"leads", "drivers", "price_usage", "price_skill", "spend", "snapshots", "restatements"})
"""Views that have nothing to show of printed figures, which are no series."""
OF_FEW = frozenset({"claims", "leads", "snapshots", "restatements"})
"""Views that need not show what is marked or brushed elsewhere: it may be in none of their rows."""
COMPARING = frozenset({"drivers"})
"""Views that compare with the window before, and so say nothing of all the data."""
NAMED_BY = {
    "leads": "",
    "claims": "id",
    "share": "group",
    "spend": "group",
    "snapshots": "sha256",
    "restatements": "",
}
"""The column that holds the ids of the rows, "" for none; "model" where not named here."""

CLICKED_FROM = {"snapshots": 0.1}
"""From which part of its height down a view is clicked, where not from 0.3: a calendar is above its rows."""

every_view = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.key)
marking_views = pytest.mark.parametrize(
    "view", [view for view in VIEWS if view.key not in WHATEVER_THE_WINDOW], ids=lambda view: view.key
)
every_theme = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture
def session(dataset: Dataset) -> Session:
    return Session(dataset)


@pytest.fixture(scope="session")
def printed() -> Dataset:
    """The figures that come with the program."""
    origins = Origins(read_origins(paths.ORIGINS), read_countries(paths.COUNTRIES))
    return published(read(paths.PUBLISHED_FIGURES).figures, origins, read_genai_prices())


@pytest.fixture
def make(qtbot: QtBot, settle: Callable[[], None]) -> Make:
    """Make and show the widget of a view."""

    def made(view: View, session: Session, theme: Theme = LIGHT) -> QWidget:
        widget = view.load().widget(session, Style(theme))
        qtbot.addWidget(widget)
        widget.resize(760, 560)
        widget.show()
        shown(widget)  # waits for what is worked out in a thread
        settle()
        return widget

    return made


def shown(widget: QWidget) -> Table:
    return cast(ViewWidget, widget).table()


def differ(first: Pixels, second: Pixels) -> bool:
    return first.shape != second.shape or bool((first != second).any())


def ink(seen: Pixels) -> Pixels:
    """Return where pixels differ from their most frequent colour, bool (height, width)."""
    coded = seen.astype(np.int32) @ np.array([1 << 16, 1 << 8, 1], np.int32)
    values, counts = np.unique(coded, return_counts=True)
    return coded != values[counts.argmax()]


def middle(seen: Pixels) -> Pixels:
    """Return the part of a widget's pixels between its caption and its source line."""
    return seen[int(len(seen) * 0.3) : int(len(seen) * 0.75)]


class Paints(QObject):
    """Counts how often a widget and those in it are painted."""

    def __init__(self, top: QWidget) -> None:
        super().__init__(top)
        self._counts: Counter[QObject] = Counter()
        for widget in (top, *top.findChildren(QWidget)):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._counts[watched] += 1
        return False

    def take(self) -> int:
        """Return how often the busiest of them was painted since the last call."""
        most = max(self._counts.values(), default=0)
        self._counts.clear()
        return most


# --- nothing to show


@every_view
@every_theme
def test_without_data_a_sentence_stands_where_the_drawing_would(
    view: View, theme: Theme, no_data: Dataset, make: Make, look: Look
) -> None:
    widget = make(view, Session(no_data), theme)
    assert shown(widget).empty is not None
    assert len(shown(widget)) == 0
    assert ink(middle(look(widget))).sum() > 100


@marking_views
def test_a_span_without_data_gives_a_sentence_and_a_span_with_data_ends_it(
    view: View, session: Session, make: Make, look: Look
) -> None:
    widget = make(view, session)
    full, opened = look(widget), session.selection
    session.select(opened.but(span=span(date(2020, 1, 6), date(2020, 1, 12)), brush=None))
    assert shown(widget).empty is not None
    assert ink(middle(look(widget))).sum() > 100
    session.select(opened)
    assert shown(widget).empty is None
    assert not differ(look(widget), full)


@every_view
def test_data_that_comes_later_is_shown(view: View, no_data: Dataset, dataset: Dataset, make: Make, look: Look) -> None:
    session = Session(no_data)
    widget = make(view, session)
    before = look(widget)
    session.load(dataset)
    if view.key in COMPARING:
        session.select(opening(dataset))
    assert shown(widget).empty is None
    assert len(shown(widget)) > 3
    assert differ(look(widget), before)


# --- one selection


@marking_views
@pytest.mark.parametrize(
    ("change", "meant"), [({"countries": frozenset({"CN"})}, CHINESE), ({"models": GLM}, GLM | {"CN"})], ids=str
)
def test_what_is_marked_in_the_selection_shows(
    view: View, change: dict[str, object], meant: frozenset[str], session: Session, make: Make, look: Look
) -> None:
    widget = make(view, session)
    before, seen = shown(widget), look(widget)
    session.select(session.selection.but(**change))
    after = shown(widget)
    unmarked = set(after.ids) - meant - {getattr(after, "baseline", "")}
    if unmarked:
        assert after.marked
        assert after.marked & set(after.ids)
        assert after.marked <= meant or not NAMED_BY.get(view.key, "model")
        assert after.ids == before.ids
    assert (after.marked, after.ids) != (before.marked, before.ids)
    assert differ(look(widget), seen)


def _clicked_something(view: View, widget: QWidget, session: Session, mouse: Mouse) -> bool:
    """Click here and there until something is marked that every view knows, or whatever else a click is for."""
    before = session.selection
    for y in range(round(widget.height() * CLICKED_FROM.get(view.key, 0.3)), widget.height() - 40, 13):
        for x in range(widget.width() // 3, widget.width() - 40, 37):
            mouse.click(widget, QPointF(x, y))
            if session.selection != before and UNATTRIBUTED not in session.selection.countries:
                return True
    return False


@every_view
def test_a_click_in_one_view_is_seen_in_all(view: View, session: Session, make: Make, look: Look, mouse: Mouse) -> None:
    widgets = {other.key: make(other, session) for other in VIEWS}
    before = {key: (shown(widget), look(widget)) for key, widget in widgets.items()}
    assert _clicked_something(view, widgets[view.key], session, mouse)
    for key, widget in widgets.items():
        table, seen = before[key]
        after = shown(widget)
        if key == view.key or key not in OF_FEW:
            assert (after.marked, after.ids, after.caption) != (table.marked, table.ids, table.caption), key
            assert differ(look(widget), seen), key


@every_view
def test_an_equal_selection_emits_nothing_and_paints_nothing(
    view: View, session: Session, make: Make, settle: Callable[[], None]
) -> None:
    widget = make(view, session)
    emitted: list[Selection] = []
    session.changed.connect(lambda: emitted.append(session.selection))
    paints, table = Paints(widget), shown(widget)
    session.select(session.selection.but(countries=frozenset()))
    settle()
    assert not emitted
    assert paints.take() == 0
    assert shown(widget) is table


@every_view
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_each_change_is_one_signal_and_one_painting(
    view: View, change: dict[str, object], session: Session, make: Make, settle: Callable[[], None]
) -> None:
    widget = make(view, session)
    emitted: list[Selection] = []
    session.changed.connect(lambda: emitted.append(session.selection))
    paints = Paints(widget)
    for selection in (session.selection.but(**change), session.selection):
        session.select(selection)
        settle()
        assert emitted == [selection]
        assert paints.take() == 1
        emitted.clear()


@every_view
def test_the_table_on_screen_is_the_table_of_the_selection(view: View, session: Session, make: Make) -> None:
    widget = make(view, session)
    for change in CHANGES.values():
        session.select(session.selection.but(**change))
        asked, on_screen = table_of_view(view.key, session.dataset, session.selection), shown(widget)
        assert on_screen.ids == asked.ids
        assert on_screen.caption == asked.caption
        assert on_screen.marked == asked.marked
        assert table_csv.text(on_screen) == table_csv.text(asked)


# --- pictures


def _codes(image: QImage) -> Pixels:
    """Return an image as one number per pixel, 0xFFRRGGBB."""
    assert image.format() == QImage.Format.Format_RGB32
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())


@every_view
@every_theme
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_picture_has_the_size_asked_and_its_drawing_inside_its_frame(
    view: View, theme: Theme, size: tuple[int, int], dataset: Dataset, qapp: QApplication
) -> None:
    table, given = table_of_view(view.key, dataset, opening(dataset)), list[QRectF]()

    def nothing(painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
        given.append(QRectF(rect))

    image, bare = render(view.load().draw, table, Style(theme), *size), render(nothing, table, Style(theme), *size)
    assert (image.width(), image.height()) == size
    full, room = _codes(image), given[0]
    drawn = full != _codes(bare)
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    assert drawn.mean() > 0.01
    # The cap of a line may reach beyond its end, by less than a pixel at scale 1.
    beyond = math.ceil(scale_for(Size(*size)))
    assert rows[0] >= math.floor(room.top()) - beyond
    assert rows[-1] <= math.ceil(room.bottom()) + beyond
    assert columns[0] >= math.floor(room.left()) - beyond
    assert columns[-1] <= math.ceil(room.right()) + beyond
    assert len(np.unique(full[::3, ::3])) > 8
    assert full[0, 0] == QColor(theme.background).rgb()


@every_view
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_picture_carries_its_source_whole(
    view: View, size: tuple[int, int], dataset: Dataset, qapp: QApplication
) -> None:
    caption = table_of_view(view.key, dataset, opening(dataset)).caption
    style = Style(scale=scale_for(Size(*size)), family=picture_family())
    lines = frame.footer(caption, style, size[0] - 2 * style.px(24), large=True)
    assert " ".join(line.words for line in lines).endswith(tr(caption.source))


@every_view
def test_a_png_is_read_back_pixel_by_pixel(view: View, dataset: Dataset, qapp: QApplication, pixels: AsPixels) -> None:
    table = table_of_view(view.key, dataset, opening(dataset))
    image = render(view.load().draw, table, Style(), 640, 480)
    raw = png.encode(image, png.texts(table.caption))
    back = QImage.fromData(raw)
    assert (back.width(), back.height()) == (640, 480)
    assert not differ(pixels(back), pixels(image))


@every_view
def test_a_picture_of_nothing_holds_the_sentence(
    view: View, no_data: Dataset, qapp: QApplication, pixels: AsPixels
) -> None:
    table = table_of_view(view.key, no_data, opening(no_data))
    image = render(view.load().draw, table, Style(), 800, 600)
    assert ink(middle(pixels(image))).sum() > 100


def _drawn(view: View, table: Table, style: Style, scale: int, pixels: AsPixels) -> Pixels:
    """Return a drawing of 640 × 360 pixels times `scale`, coarsened to 80 × 45 means."""
    image = QImage(640 * scale, 360 * scale, QImage.Format.Format_RGB32)
    image.fill(QColor(style.theme.background))
    painter = QPainter(image)
    view.load().draw(painter, QRectF(image.rect()), table, style)
    painter.end()
    seen = pixels(image).astype(float)
    return seen.reshape(45, 8 * scale, 80, 8 * scale, 3).mean(axis=(1, 3))


@every_view
@every_theme
def test_pens_and_type_grow_with_the_style(
    view: View, theme: Theme, dataset: Dataset, qapp: QApplication, pixels: AsPixels
) -> None:
    table = table_of_view(view.key, dataset, opening(dataset))
    style = Style(theme, family=picture_family())
    small = _drawn(view, table, style, 1, pixels)
    same = np.abs(_drawn(view, table, style.scaled(2), 2, pixels) - small).mean()
    thin = np.abs(_drawn(view, table, style, 2, pixels) - small).mean()
    assert same < 4
    assert thin > 3 * same


# --- tables out


def _as_written(value: object, kind: Kind) -> object:
    """Return what a cell of a CSV must read as: numbers exact, dates ISO, nothing where there is nothing."""
    if hasattr(value, "item"):
        value = cast(np.generic, value).item()
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if kind is Kind.FLAG:
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return value


def _as_read(cell: str, kind: Kind) -> object:
    if cell == "" or kind not in NUMERIC:
        return cell
    return int(cell) if kind in (Kind.TOKENS, Kind.TOKENS_CHANGE) else float(cell)


def _check_csv(view: View, table: Table, ids: Sequence[str]) -> None:
    raw = table_csv.text(table)
    read_back = pd.read_csv(io.StringIO(raw), comment="#", dtype=str, keep_default_na=False)
    assert list(read_back.columns) == [column.key for column in table.exported]
    assert len(read_back) == len(table)
    for column in table.exported:
        found = [_as_read(cell, column.kind) for cell in read_back[column.key].tolist()]
        assert found == [_as_written(value, column.kind) for value in table.values[column.key]], column.key
    if named := NAMED_BY.get(view.key, "model"):
        assert read_back[named].tolist() == list(ids)


@every_view
def test_the_csv_of_a_view_is_the_table_on_screen(view: View, session: Session, make: Make) -> None:
    widget = make(view, session)
    for change in ({}, *CHANGES.values()):
        session.select(session.selection.but(**change))
        table = shown(widget)
        assert (len(table) > 0) == (table.empty is None)
        _check_csv(view, table, table.ids)


# --- life and death


@every_view
def test_widgets_that_are_gone_leave_nothing_behind(
    view: View, session: Session, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    def come_and_go() -> None:
        widget = view.load().widget(session, Style())
        widget.resize(500, 400)
        widget.show()
        settle()
        widget.close()
        widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    come_and_go()
    gc.collect()
    alive, receivers = len(QApplication.allWidgets()), session.receivers(SIGNAL("changed()"))
    for _ in range(20):
        come_and_go()
    gc.collect()
    assert len(QApplication.allWidgets()) == alive
    assert session.receivers(SIGNAL("changed()")) == receivers
    session.select(session.selection.but(brush=FEBRUARY_WEEK))
    settle()


@every_view
def test_drawing_pictures_leaves_no_widget_behind(view: View, dataset: Dataset, qapp: QApplication) -> None:
    table = table_of_view(view.key, dataset, opening(dataset))

    def draw_once() -> int:
        render(view.load().draw, table, Style(), 400, 300)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return len(QApplication.allWidgets())

    first = draw_once()
    assert [draw_once() for _ in range(10)] == [first] * 10


# --- themes and datasets


@every_view
def test_a_view_takes_another_style_while_it_is_shown(view: View, session: Session, make: Make, look: Look) -> None:
    widget = make(view, session)
    light = look(widget)
    cast(ViewWidget, widget).set_style(Style(DARK))
    dark = look(widget)
    assert dark.mean() < 110 < light.mean()
    assert ink(middle(dark)).any()
    cast(ViewWidget, widget).set_style(Style(LIGHT))
    assert not differ(look(widget), light)


@every_view
@every_theme
def test_printed_figures_are_shown_by_every_view(
    view: View, theme: Theme, printed: Dataset, make: Make, look: Look
) -> None:
    session = Session(printed)
    assert session.selection.source is Source.PUBLISHED
    widget = make(view, session, theme)
    table = shown(widget)
    assert (len(table) > 2) == (table.empty is None) == (view.key not in ONLY_DAILY)
    assert ink(middle(look(widget))).mean() > (0.01 if len(table) else 0.005)
    _check_csv(view, table, table.ids)


@every_view
def test_printed_figures_that_nobody_printed_give_a_sentence(
    view: View, printed: Dataset, make: Make, look: Look
) -> None:
    session = Session(printed)
    widget = make(view, session)
    for change in ({"grouping": Grouping.AUTHOR}, {"grain": Grain.DAY}, {"brush": None, "span": FEBRUARY_WEEK}):
        session.select(session.selection.but(**change))
        table = shown(widget)
        assert (table.empty is None) == (len(table) > 0)
        assert ink(middle(look(widget))).sum() > 100


def test_every_view_has_its_tables() -> None:
    assert {view.key for view in VIEWS} == set(TABLES)
    assert all(set(sources) == set(Source) for sources in TABLES.values())
