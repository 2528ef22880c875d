"""Views with little height: their captions give way, and nothing is painted where it does not belong."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.domain.dataset import Dataset
from explorer.domain.opening import opening
from explorer.domain.origins import Origin, Overrides
from explorer.domain.schema import to_date
from explorer.drawing import frame
from explorer.session import Session
from explorer.style import Style
from explorer.views import VIEWS
from explorer.views.rows.widget import Rows
from explorer.views.share import Canvas, ShareWidget

Pixels = np.ndarray
OWN = "Your attribution: x-ai counts as France."


@pytest.fixture
def mine(dataset: Dataset) -> Dataset:
    days = dataset.cube.days
    assert days is not None
    since = to_date(days.first - 400)
    return dataset.with_origins(dataset.origins.overridden(Overrides((Origin("x-ai", "xAI", "FR", since),))))


@pytest.fixture
def opened(qtbot: QtBot, settle: Callable[[], None], mine: Dataset) -> Callable[..., QWidget]:
    def show(key: str, width: int, height: int, **changes: object) -> QWidget:
        view = next(view for view in VIEWS if view.key == key)
        made = view.load().widget(Session(mine, opening(mine).but(**changes)), Style())
        qtbot.addWidget(made)
        made.resize(width, height)
        made.show()
        settle()
        return made

    return show


@pytest.mark.parametrize("lens", [False, True], ids=["alone", "lens"])
@pytest.mark.parametrize(("width", "height"), [(320, 144), (400, 160), (600, 200), (397, 330), (637, 357)])
def test_the_chart_has_its_part_of_a_low_view(
    opened: Callable[..., QWidget], look: Callable[[QWidget], Pixels], width: int, height: int, lens: bool
) -> None:
    widget = opened("share", width, height, lens=lens)
    assert isinstance(widget, ShareWidget)
    canvas = widget.findChild(Canvas)
    assert canvas is not None
    style = Style()
    foot = frame.height(widget._caption.footer, style)
    assert canvas.geometry().bottom() + foot <= widget.height()
    assert canvas.geometry().top() >= frame.height(widget._caption.header, style)
    words = " ".join(line.words for line in widget._caption.footer)
    assert OWN in words and "Source: OpenRouter" in words
    assert widget._caption.header[0].bold
    if height >= 200:
        assert canvas.height() >= (frame.DRAWING - 0.02) * height
    assert canvas.height() >= 0.25 * height
    assert look(widget).shape[:2] == (height, width)


@pytest.mark.parametrize("key", ["leaderboard", "leads", "drivers"])
@pytest.mark.parametrize("height", [160, 200, 260, 700])
def test_rows_have_their_part_of_a_low_view(opened: Callable[..., QWidget], key: str, height: int) -> None:
    rows = opened(key, 397, height)
    assert isinstance(rows, Rows)
    layout = rows._placed()
    assert rows._caption.header and rows._caption.header[0].bold
    assert layout.foot + frame.height(rows._caption.footer, Style()) <= height
    assert layout.top >= frame.height(rows._caption.header, Style())
    words = " ".join(line.words for line in rows._caption.footer)
    assert OWN in words and "Source: OpenRouter" in words
    assert layout.rows >= 1
    assert rows.row_rect(layout.rows - 1).bottom() <= layout.foot
    if height == 700:
        assert len(rows._caption.header) > 2
