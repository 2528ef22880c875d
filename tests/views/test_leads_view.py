"""The ledger of leads: China passes the United States in the data, at different times under different scopes."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.domain.dataset import Dataset
from explorer.domain.periods import Grain
from explorer.domain.selection import ALL, SCOPES, Grouping, Scope, Selection
from explorer.domain.tables import table
from explorer.domain.wording import scope_name
from explorer.session import Session
from explorer.style import Style
from explorer.views import VIEWS, leads
from explorer.views.rows.widget import Rows

Shown = Callable[[Session], Rows]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    def show(session: Session) -> Rows:
        made = leads.widget(session, Style())
        assert isinstance(made, Rows)
        qtbot.addWidget(made)
        made.resize(1300, 700)
        made.show()
        qtbot.waitExposed(made)
        return made

    return show


def test_the_module_is_the_view_of_its_name() -> None:
    assert next(view for view in VIEWS if view.key == "leads").load() is leads


@pytest.mark.parametrize("grain", [Grain.DAY, Grain.WEEK])
@pytest.mark.parametrize("sort", ["", "scope", "period_start"])
def test_a_click_goes_to_the_scope_and_the_period_of_the_row_in_one_step(
    shown: Shown, dataset: Dataset, qtbot: QtBot, grain: Grain, sort: str
) -> None:
    session = Session(dataset, Selection(grain=grain, scope=ALL, countries=frozenset({"CN"})))
    opened, rows = session.selection, shown(session)
    if sort:
        rows.sort_by(sort)
        rows.sort_by(sort)
    asked, scopes = len(rows.table()), set()
    assert asked > 3
    for row in range(asked):
        emitted: list[Selection] = []
        note = session.changed.connect(lambda found=emitted: found.append(session.selection))
        now, values = rows.table(), rows.table().values
        want = (values["scope"][row], values["period_start"][row], values["period_end"][row])
        assert not rows.row_rect(row).isEmpty()
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.row_rect(row).center())
        session.changed.disconnect(note)
        after = session.selection
        assert after.brush is not None
        assert (str(scope_name(after.scope)), after.brush.start, after.brush.end) == want
        assert after.but(scope=opened.scope, brush=None) == opened, "nothing else changes"
        assert emitted == [after]
        assert rows.table().ids == now.ids
        scopes.add(after.scope)
        session.undo()
        assert session.selection == opened
    assert len(scopes) > 3


def test_the_scope_selected_has_rows_of_its_own(shown: Shown, dataset: Dataset, qtbot: QtBot) -> None:
    session = Session(dataset, Selection(scope=Scope(7)))
    assert Scope(7) not in SCOPES
    rows = shown(session)
    row = list(rows.table().values["scope"]).index("Top 7")
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.row_rect(row).center())
    assert session.selection.scope == Scope(7)
    assert session.selection.brush is not None


def test_it_is_about_groups_of_whatever_kind(shown: Shown, dataset: Dataset, qtbot: QtBot) -> None:
    session = Session(dataset, Selection(grouping=Grouping.MODEL, grain=Grain.DAY))
    rows = shown(session)
    qtbot.keyClick(rows, Qt.Key.Key_End)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    last = table("leads", dataset, Selection(grouping=Grouping.MODEL, grain=Grain.DAY)).values
    assert session.selection.brush is not None
    assert session.selection.brush.start == last["period_start"][-1]
    assert "New leader minimax-m2.5" in rows.accessibleDescription()
