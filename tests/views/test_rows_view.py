"""What all views of rows share, on a literal table that is no view's own."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from explorer.domain import tables
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Grain
from explorer.domain.schema import OTHER
from explorer.domain.selection import Selection, Source
from explorer.domain.table import NUMERIC, Caption, Column, Kind, Table
from explorer.domain.units import THIN
from explorer.drawing import cells
from explorer.export import table_csv
from explorer.session import Session
from explorer.style import DARK, LIGHT, Style
from explorer.views.rows import columns, sheet
from explorer.views.rows.profile import Profile, mark_model, more_models
from explorer.views.rows.widget import Rows
from explorer.words import Message, say

LONG = "the nine most-used models of the week, anonymous models as whose they turned out to be, variants merged " * 2
COLUMNS = (
    Column("name", say("Name"), Kind.TEXT),
    Column("change", say("Change"), Kind.TOKENS_CHANGE, say("More or fewer tokens")),
    Column("part", say("Of the change"), Kind.PART),
    Column("off", say("Off"), Kind.CHANGE),
    Column("ratio", say("Ratio"), Kind.RATIO),
    Column("sure", say("Sure"), Kind.FLAG),
    Column("why", say("Why"), Kind.TEXT),
    Column("id", say("Id"), Kind.TEXT),
)
NAN = math.nan
VALUES: dict[str, list[Any]] = {
    "name": ["rise", "fall", "still", "unknown"],
    "change": [2_000_000_000_000, -1_000_000_000_000, 0, None],
    "part": [2.0, -1.0, 0.0, NAN],
    "off": [0.125, -0.5, 0.0, NAN],
    "ratio": [1.5, 2.25, 0.5, None],
    "sure": [True, False, True, None],
    "why": ["", LONG, "short", "short"],
    "id": ["a", "b", "c", "d"],
}


@dataclass(frozen=True, eq=False, slots=True)
class Leading(Table):
    """A table that knows where its rows lead."""

    ways: tuple[str, ...] = ()


TABLE = Leading(
    COLUMNS,
    VALUES,
    ("a", "b", "c", "d"),
    Caption(say("Title"), say("tokens"), say("scope"), say("Source: nobody.")),
    ways=("north", "south", "east", "west"),
)


@dataclass
class Went:
    """Where clicks have led."""

    ways: list[tuple[str, bool]] = field(default_factory=list[tuple[str, bool]])

    def go(self, session: Session, table: Table, row: int, add: bool) -> None:
        assert isinstance(table, Leading)
        self.ways.append((table.ways[row], add))


@pytest.fixture
def went() -> Went:
    return Went()


def _off(table: Table, row: int, value: Any) -> Message:
    return say("{name} is off by {value}", name=table.values["name"][row], value=value)


@pytest.fixture
def profile(went: Went) -> Profile:
    return Profile(
        "literal",
        say("Literal"),
        "name",
        went.go,
        ("name", "why", "change"),
        hidden=frozenset({"id"}),
        dropped=("ratio", "why"),
        wide=frozenset({"why"}),
        in_menu={"part": say("Part")},
        tips={"off": _off},
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Selection]:
    """The selections that the literal table was asked for."""
    found: list[Selection] = []

    def table(dataset: Dataset, selection: Selection) -> Table:
        found.append(selection)
        return TABLE

    monkeypatch.setattr(tables, "TABLES", {**tables.TABLES, "literal": {Source.RANKINGS: table}})
    tables.remembered.cache_clear()
    return found


@pytest.fixture
def session(dataset: Dataset, asked: list[Selection]) -> Session:
    return Session(dataset)


Shown = Callable[..., Rows]


@pytest.fixture
def shown(qtbot: QtBot, session: Session, profile: Profile) -> Shown:
    def show(width: int = 1000, style: Style | None = None) -> Rows:
        made = Rows(session, style or Style(), profile)
        qtbot.addWidget(made)
        made.resize(width, 400)
        made.show()
        qtbot.waitExposed(made)
        return made

    return show


def names(rows: Rows) -> list[object]:
    return list(rows.table().values["name"])


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine()).copy()
    return flat[:, : image.width() * 3].reshape(image.height(), image.width(), 3)


def tip(rows: Rows, row: int, key: str) -> str:
    return str(rows.tip_at(QPoint(rows.column_rect(key).center().x(), rows.row_rect(row).center().y())))


# --- where a click leads


def test_a_click_leads_where_the_row_leads_however_rows_are_sorted(shown: Shown, went: Went, qtbot: QtBot) -> None:
    rows = shown()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.row_rect(1).center())
    rows.sort_by("name")
    assert names(rows) == ["fall", "rise", "still", "unknown"]
    held = Qt.KeyboardModifier.ControlModifier
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, held, rows.row_rect(0).center())
    rows.sort_by("name")
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.row_rect(0).center())
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert went.ways == [("south", False), ("south", True), ("west", False), ("east", False)]


def test_a_reordered_table_does_not_pretend_to_know_where_its_rows_lead(shown: Shown) -> None:
    rows = shown()
    assert rows.table() is TABLE
    rows.sort_by("change")
    assert type(rows.table()) is Table
    assert rows.table().ids == ("a", "c", "b", "d")
    assert list(rows.table().values["change"]) == [2_000_000_000_000, 0, -1_000_000_000_000, None]


def test_the_unnamed_rest_is_no_model_to_mark(session: Session) -> None:
    table = Table(COLUMNS, VALUES, ("x/a", "x/b", "x/c", OTHER), TABLE.caption)
    mark_model(session, table, 3, False)
    assert not session.selection.marks_anything
    mark_model(session, table, 1, False)
    mark_model(session, table, 0, True)
    assert session.selection.models == {"x/a", "x/b"}


# --- out of sight


def test_out_of_sight_nothing_is_computed_until_it_is_seen_or_asked_for(
    shown: Shown, session: Session, asked: list[Selection]
) -> None:
    rows = shown()
    rows.hide()
    before = len(asked)
    for grain in (Grain.DAY, Grain.MONTH, Grain.DAY):
        session.select(session.selection.but(grain=grain))
    rows.set_style(Style(DARK))
    assert len(asked) == before
    rows.show()
    assert [selection.grain for selection in asked[before:]] == [Grain.DAY]
    rows.hide()
    session.select(session.selection.but(grain=Grain.MONTH))
    rows.table()
    assert [selection.grain for selection in asked[before:]] == [Grain.DAY, Grain.MONTH]


# --- columns


@pytest.mark.parametrize("width", [420, 700, 1000, 1800])
def test_a_column_of_sentences_gives_way_and_the_name_takes_what_is_left(shown: Shown, width: int) -> None:
    rows = shown(width)
    look = cells.Look(Style())
    name, why = rows.column_rect("name").width(), rows.column_rect("why").width()
    assert name >= look.width("unknown")
    assert 0 < why < look.width(LONG)
    right = max(rows.column_rect(c.key).right() for c in COLUMNS)
    assert right < rows.viewport().width()
    if not rows.horizontalScrollBar().maximum():
        assert right > rows.viewport().width() - 20, "the room is used"


def test_a_wide_column_grows_to_its_words_and_no_further(qapp: object, profile: Profile) -> None:
    look = cells.Look(Style())
    fitted = columns.measured(profile, TABLE, profile.shown(TABLE), look)
    widths = {room: {p.column.key: p.width for p in fitted.place(room)} for room in (900, 1400, 9000)}
    assert widths[900]["why"] < widths[1400]["why"] < widths[9000]["why"]
    assert look.width(LONG) < widths[9000]["why"] < look.width(LONG) + 40
    assert widths[9000]["name"] > 5000


def test_the_menu_of_columns_keeps_the_name_and_says_terse_heads_in_full(shown: Shown) -> None:
    rows = shown(1800)
    menu = rows.chooser()
    actions = {action.text(): action for action in menu.actions()}
    assert not actions["Name"].isEnabled()
    assert {"Part", "Id", "Why"} <= set(actions)
    assert not actions["Id"].isChecked()
    actions["Id"].trigger()
    assert not rows.column_rect("id").isEmpty()
    sorting = actions["Sort by"].menu()
    assert isinstance(sorting, QMenu)


# --- tooltips


def test_tooltips_say_what_cells_hold(shown: Shown) -> None:
    rows = shown(1800)
    assert tip(rows, 0, "change") == f"+2{THIN}000{THIN}000{THIN}000{THIN}000 tokens"
    assert tip(rows, 1, "change") == f"−1{THIN}000{THIN}000{THIN}000{THIN}000 tokens"
    assert tip(rows, 2, "change") == "0 tokens"
    assert tip(rows, 3, "change") == "No change is known."
    assert tip(rows, 1, "part") == "−100.00 % of the change"
    assert tip(rows, 1, "off") == "fall is off by -0.5"
    assert tip(rows, 1, "ratio") == "2.25×"
    assert tip(rows, 1, "why") == LONG
    assert tip(rows, 0, "why") == tip(rows, 0, "sure") == ""


def test_a_long_tooltip_is_broken_into_lines(shown: Shown) -> None:
    rows = shown(1800)
    at = QPoint(rows.column_rect("why").center().x(), rows.row_rect(1).center().y())
    QApplication.sendEvent(rows.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, at, rows.viewport().mapToGlobal(at)))
    assert QToolTip.text() == f"<p>{LONG}</p>"
    QToolTip.hideText()


# --- changes in tokens


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1_440_000_000_000, "▲ +1.44T"),
        (-320_000_000_000, "▼ −320B"),
        (-12, "▼ −12"),
        (0, "0"),
        (None, "–"),
        (NAN, "–"),
    ],
)
def test_a_change_in_tokens_has_sign_and_arrow(value: float | None, words: str) -> None:
    assert cells.tokens_change(value) == words


def test_a_change_in_tokens_is_a_whole_number_in_a_file() -> None:
    assert Kind.TOKENS_CHANGE in NUMERIC
    text = table_csv.text(Table(COLUMNS[1:2], {"change": [-5.0, 7]}, ("a", "b"), TABLE.caption), comments=False)
    assert text.split() == ["change", "-5", "7"]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_bars_lie_left_and_right_of_one_zero_line(qapp: object, theme: Any) -> None:
    look = cells.Look(Style(theme))
    image = QImage(360, 4 * look.row, QImage.Format.Format_RGB32)
    image.fill(look.background)
    painter = QPainter(image)
    strip = cells.Strip(VALUES["change"], [False] * 4, 0, 360, 0, (), (-1e12, 2e12))
    cells.paint(painter, look, COLUMNS[1], strip)
    painter.end()
    seen, room = pixels(image), 360 - look.width(cells.CHANGE_SAMPLE) - look.pad
    bar = (seen == np.array(QColor(theme.accent).getRgb()[:3])).all(axis=2)
    rise, fall, still, unknown = (bar[row * look.row + look.row // 2] for row in range(4))
    zero = round(room / 3)
    assert np.flatnonzero(rise)[[0, -1]] == pytest.approx([zero, room], abs=2)
    assert np.flatnonzero(fall)[[0, -1]] == pytest.approx([0, zero], abs=2)
    assert not still.any()
    assert not unknown.any()
    rule = (seen[:, zero - 1 : zero + 1] == np.array(look.rule.color().getRgb()[:3])).all(axis=2).any(axis=1)
    assert rule[[1, look.row + 1, 2 * look.row + 1, 3 * look.row + 1]].all(), "all rows share the line"


def test_a_share_below_nothing_has_no_bar(qapp: object) -> None:
    look = cells.Look(Style())
    image = QImage(200, look.row, QImage.Format.Format_RGB32)
    image.fill(look.background)
    painter = QPainter(image)
    cells.paint(painter, look, Column("x", say("X"), Kind.SHARE), cells.Strip([-0.5], [False], 0, 200, 0))
    painter.end()
    assert not (pixels(image)[:, :100] != 255).any()


# --- pictures


@pytest.mark.parametrize(
    ("more", "left_out"), [(None, "… and 2 more rows"), (more_models, "… and 2 more models")], ids=["rows", "models"]
)
def test_a_picture_counts_what_finds_no_room_in_the_view_s_words(
    qapp: object, monkeypatch: pytest.MonkeyPatch, went: Went, more: Any, left_out: str
) -> None:
    said: list[str] = []
    monkeypatch.setattr(sheet.text, "put", lambda painter, rect, words, *rest: said.append(words))
    profile = Profile("literal", say("Literal"), "name", went.go, ("name",), **({"more": more} if more else {}))
    image = QImage(900, 28 + 3 * 26, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sheet.draw(profile, painter, QRectF(image.rect()), TABLE, Style())
    painter.end()
    assert said[-1] == left_out


def test_a_narrow_picture_leaves_out_what_the_profile_says_first(
    qapp: object, monkeypatch: pytest.MonkeyPatch, profile: Profile
) -> None:
    said: list[str] = []
    monkeypatch.setattr(sheet.text, "put", lambda painter, rect, words, *rest: said.append(words))
    image = QImage(700, 400, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sheet.draw(profile, painter, QRectF(image.rect()), TABLE, Style())
    painter.end()
    assert "Ratio" not in said
    assert {"Name", "Change"} <= set(said)


def test_rows_are_reached_by_rects(shown: Shown) -> None:
    rows = shown()
    rects = [rows.row_rect(row) for row in range(4)]
    assert all(rect.height() == cells.Look(Style()).row for rect in rects)
    assert rows.row_rect(4) == QRect()
