"""Spend shares on screen: what a click marks, what cells say, and that the band is drawn."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.domain.dataset import Dataset
from explorer.domain.selection import Grouping
from explorer.session import Session
from explorer.style import LIGHT, Style
from explorer.views import spend
from explorer.views.rows.widget import Rows

Look = Callable[[QWidget], np.ndarray]


@pytest.fixture
def session(dataset: Dataset) -> Session:
    return Session(dataset)


@pytest.fixture
def rows(session: Session, qtbot: QtBot, settle: Callable[[], None]) -> Rows:
    widget = spend.widget(session, Style(LIGHT))
    assert isinstance(widget, Rows)
    qtbot.addWidget(widget)
    widget.resize(900, 420)
    widget.show()
    settle()
    return widget


def cell(rows: Rows, row: int, key: str) -> QPoint:
    """The middle of a cell."""
    head, line = rows.column_rect(key), rows.row_rect(row)
    return QPoint(head.center().x(), line.center().y())


def test_a_band_says_its_ends_and_the_tokens(rows: Rows) -> None:
    table = rows.table()
    us = table.ids.index("US")
    said = str(rows.tip_at(cell(rows, us, "spend_share")))
    assert "of the estimated dollars" in said and "of the tokens" in said
    assert "an estimate" in str(rows.tip_at(cell(rows, us, "spend_low")))
    nobody = table.ids.index("Unattributed")
    assert np.isnan(table.values["spend_share_low"][nobody])
    assert "no price is known" in str(rows.tip_at(cell(rows, nobody, "spend_share")))


def test_the_band_is_as_long_as_its_ends_are_apart(rows: Rows, look: Look) -> None:
    seen, table = look(rows.viewport()), rows.table()
    us = table.ids.index("US")
    head, line = rows.column_rect("spend_share"), rows.row_rect(us)
    strip = seen[line.center().y() - 3, head.left() : head.right()]
    colour = np.array([int(Style(LIGHT).band("US")[i : i + 2], 16) for i in (1, 3, 5)])
    covered = np.flatnonzero((strip == colour).all(axis=1))
    low, high, _, end = table.values["spend_share"][us]
    assert covered[-1] - covered[0] == pytest.approx((high - low) / end * head.width(), abs=0.12 * head.width())


def test_a_click_marks_the_group(rows: Rows, session: Session, mouse, settle: Callable[[], None]) -> None:
    china = rows.table().ids.index("CN")
    mouse.click(rows, QPointF(rows.viewport().mapTo(rows, cell(rows, china, "spend_low"))))
    assert session.selection.countries == {"CN"}
    session.select(session.selection.without("countries").but(grouping=Grouping.AUTHOR))
    settle()
    author = rows.table().ids.index("anthropic")
    mouse.click(rows, QPointF(rows.viewport().mapTo(rows, cell(rows, author, "spend_low"))))
    assert session.selection.authors == {"anthropic"}
    session.select(session.selection.without("authors"))
    nobody = rows.table().ids.index("Unattributed")
    mouse.click(rows, QPointF(rows.viewport().mapTo(rows, cell(rows, nobody, "spend_low"))))
    assert not session.selection.marks_anything
