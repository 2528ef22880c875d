"""The view of claims on literal figures of which one holds, one does not, and one can't be tested."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from explorer.domain.claims.table import ClaimTable
from explorer.domain.dataset import Dataset
from explorer.domain.tables import table
from explorer.session import Session
from explorer.style import Style
from explorer.views import VIEWS, claims
from explorer.views.rows.widget import Rows

Shown = Callable[[Session], Rows]


@pytest.fixture
def session(dataset: Dataset) -> Session:
    return Session(dataset)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    def show(session: Session) -> Rows:
        made = claims.widget(session, Style())
        assert isinstance(made, claims.ClaimsWidget)
        qtbot.addWidget(made)
        made.resize(1600, 500)
        with qtbot.waitSignal(made.settled):
            made.show()
        return made.rows

    return show


def click(qtbot: QtBot, rows: Rows, id_: str) -> None:
    at = rows.row_rect(rows.table().ids.index(id_)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_the_module_is_the_view_of_its_name() -> None:
    assert next(view for view in VIEWS if view.key == "claims").load() is claims


def test_a_click_shows_what_the_verdict_rests_on_in_one_step(shown: Shown, session: Session, qtbot: QtBot) -> None:
    rows, opened = shown(session), session.selection
    found = table("claims", session.dataset, opened)
    assert isinstance(found, ClaimTable)
    wanted = found.selections[found.ids.index("china")]
    assert wanted is not None
    rows.sort_by("verdict")
    emitted: list[object] = []
    session.changed.connect(lambda: emitted.append(session.selection))
    click(qtbot, rows, "china")
    assert emitted == [wanted]
    assert session.selection == wanted
    assert session.selection.claim == "china"
    assert rows.table().marked == {"china"}
    session.undo()
    assert session.selection == opened


def test_the_selection_reproduces_the_figure(shown: Shown, session: Session, qtbot: QtBot) -> None:
    click(qtbot, shown(session), "china")
    series = table("share", session.dataset, session.selection)
    week = str(session.selection.brush.start) if session.selection.brush else ""
    rows = zip(*(series.values[key] for key in ("period_start", "group", "tokens")), strict=True)
    assert [tokens for start, group, tokens in rows if (str(start), group) == (week, "CN")] == [3_052_000_000_000]


def test_a_figure_that_cannot_be_tested_leads_nowhere(shown: Shown, session: Session, qtbot: QtBot) -> None:
    rows = shown(session)
    with qtbot.assertNotEmitted(session.changed):
        click(qtbot, rows, "users")


def test_conditions_are_read_in_full_when_pointed_at(shown: Shown, session: Session) -> None:
    rows = shown(session)
    for row, conditions in enumerate(rows.table().values["conditions"]):
        at = QPoint(rows.column_rect("conditions").center().x(), rows.row_rect(row).center().y())
        assert str(rows.tip_at(at)) == conditions


def test_how_far_off_is_said_of_the_printed_number(shown: Shown, session: Session) -> None:
    rows = shown(session)
    at = QPoint(rows.column_rect("off").center().x(), rows.row_rect(rows.table().ids.index("china-false")).center().y())
    assert str(rows.tip_at(at)).endswith(" % from the printed number")
