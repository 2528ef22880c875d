"""What drove the change, on data whose change each model makes by a formula."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from explorer.domain.dataset import Dataset
from explorer.domain.periods import span
from explorer.domain.schema import OTHER
from explorer.domain.selection import ALL, Selection
from explorer.domain.table import Kind
from explorer.domain.tables import table
from explorer.domain.units import THIN
from explorer.session import Session
from explorer.style import LIGHT, Style
from explorer.views import VIEWS, drivers
from explorer.views.rows.widget import Rows

WEEK = span(date(2026, 2, 23), date(2026, 3, 1))
BASE = Selection(brush=WEEK, scope=ALL)
RISE, FALL = "minimax/minimax-m2.5", "x-ai/grok-4.1-fast"
"""They gain 2.4 and lose 0.6 billion tokens a day each day, 49 times that from one week to the next."""

Shown = Callable[[Session], Rows]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    def show(session: Session) -> Rows:
        made = drivers.widget(session, Style())
        assert isinstance(made, Rows)
        qtbot.addWidget(made)
        made.resize(1000, 600)
        made.show()
        qtbot.waitExposed(made)
        return made

    return show


def test_the_module_is_the_view_of_its_name() -> None:
    assert next(view for view in VIEWS if view.key == "drivers").load() is drivers


def test_changes_are_printed_with_sign_and_unit_and_exactly_when_pointed_at(shown: Shown, dataset: Dataset) -> None:
    rows = shown(Session(dataset, BASE))
    now = rows.table()
    assert now.column("change").kind is Kind.TOKENS_CHANGE
    for id_, words in (
        (RISE, f"+117{THIN}600{THIN}000{THIN}000 tokens"),
        (FALL, f"−29{THIN}400{THIN}000{THIN}000 tokens"),
    ):
        row = now.ids.index(id_)
        at = QPoint(rows.column_rect("change").center().x(), rows.row_rect(row).center().y())
        assert str(rows.tip_at(at)) == words
    rows._go_to(now.ids.index(FALL))
    assert "Change ▼ −29.4B" in rows.accessibleDescription()


def test_bars_of_a_rise_and_a_fall_lie_on_both_sides_of_zero(shown: Shown, dataset: Dataset) -> None:
    rows = shown(Session(dataset, BASE))
    head, ids = rows.column_rect("change"), rows.table().ids

    def extent(id_: str, country: str) -> tuple[float, float]:
        rect = rows.row_rect(ids.index(id_))
        image = rows.viewport().grab(rect).toImage().convertToFormat(QImage.Format.Format_RGB888)
        flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        line = flat[image.height() // 2, : 3 * image.width()].reshape(-1, 3)
        tint = QColor(Style(LIGHT).band(country)).getRgb()[:3]
        inside = np.flatnonzero((line == tint).all(axis=1)) + rect.left()
        inside = inside[(inside > head.left()) & (inside < head.right())]
        return float(inside[0]), float(inside[-1])

    rise, fall = extent(RISE, "CN"), extent(FALL, "US")
    assert fall[1] <= rise[0] + 1
    assert (rise[1] - rise[0]) / (fall[1] - fall[0]) == pytest.approx(4, rel=0.3)


def test_a_click_marks_the_model_in_every_view(shown: Shown, dataset: Dataset, qtbot: QtBot) -> None:
    session = Session(dataset, BASE)
    rows = shown(session)
    rows.sort_by("change")
    row = rows.table().ids.index(RISE)
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.row_rect(row).center())
    assert session.selection.models == {RISE}
    assert table("leaderboard", dataset, session.selection).marked == {RISE}


def test_the_unnamed_rest_is_shown_but_not_marked(shown: Shown, dataset: Dataset, qtbot: QtBot) -> None:
    session = Session(dataset, BASE)
    rows = shown(session)
    row = rows.table().ids.index(OTHER)
    with qtbot.assertNotEmitted(session.changed):
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.row_rect(row).center())


def test_a_picture_says_how_many_models_it_leaves_out(
    dataset: Dataset, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("explorer.views.rows.sheet.text.put", lambda painter, rect, words, *rest: said.append(words))
    image = QImage(900, 28 + 6 * 26, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    now: Any = table("drivers", dataset, BASE)
    drivers.draw(painter, QRectF(image.rect()), now, Style())
    painter.end()
    assert said[-1].startswith("… and ")
    assert " more models" in said[-1]
