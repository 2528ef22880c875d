"""The workload view: what its strip asks for, what undo takes back, and how a model becomes the baseline."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from explorer.domain.dataset import Dataset
from explorer.domain.workload import PRESETS, Workload
from explorer.domain.workload_table import WorkloadTable
from explorer.session import Session
from explorer.style import LIGHT, Style
from explorer.views import workload
from explorer.views.workload import WorkloadWidget

OPUS, GLM = "anthropic/claude-opus-4.6", "z-ai/glm-5"


@pytest.fixture
def session(dataset: Dataset) -> Session:
    return Session(dataset)


@pytest.fixture
def view(session: Session, qtbot: QtBot, settle: Callable[[], None]) -> WorkloadWidget:
    widget = cast(WorkloadWidget, workload.widget(session, Style(LIGHT)))
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    widget.show()
    settle()
    return widget


def work(session: Session) -> Workload:
    return session.selection.pricing.workload


def per_day(view: WorkloadWidget, model: str) -> float:
    table = view.table()
    return cast(float, table.values["per_day"][table.ids.index(model)])


def test_it_opens_on_the_first_example(view: WorkloadWidget) -> None:
    strip = view.strip
    assert strip.presets.currentText() == "A chat"
    assert (strip.calls.value(), strip.input.value(), strip.output.value()) == (1_000, 2_000, 400)
    assert strip.cached.value() == 30


def test_an_example_sets_every_number(view: WorkloadWidget, session: Session) -> None:
    for preset in PRESETS[1:]:
        view.strip.presets.activated.emit(view.strip.presets.findData(preset.key))
        assert work(session) == preset.workload
        assert view.strip.input.value() == preset.workload.input
        assert view.strip.cached.value() == preset.workload.cached * 100
    assert [view.strip.presets.itemText(i) for i in range(4)][-1] == "Your own"


def test_a_number_of_ones_own_is_no_example_any_more(view: WorkloadWidget, session: Session) -> None:
    before = per_day(view, OPUS)
    view.strip.calls.setValue(2_000)
    assert work(session).calls == 2_000
    assert view.strip.presets.currentText() == "Your own"
    assert per_day(view, OPUS) == pytest.approx(2 * before)
    view.strip.presets.activated.emit(view.strip.presets.findData(""))
    assert work(session).calls == 2_000 and view.strip.presets.currentText() == "Your own"


def test_a_billion_calls_and_more_tokens_than_an_int_holds(view: WorkloadWidget, session: Session) -> None:
    view.strip.calls.setValue(1e9)
    view.strip.input.setValue(3_000_000_000)
    assert work(session).calls == 1e9
    assert work(session).input == 100_000_000, "the most that a call can have"
    assert per_day(view, OPUS) > 1e9


def test_what_is_typed_is_taken_back_in_one_step(view: WorkloadWidget, session: Session, qtbot: QtBot) -> None:
    before = session.selection
    view.strip.calls.setFocus()
    view.strip.calls.selectAll()
    qtbot.keyClicks(view.strip.calls, "25000")
    assert work(session).calls == 25_000
    session.undo()
    assert session.selection == before
    assert view.strip.calls.value() == 1_000


def test_two_numbers_are_two_steps(view: WorkloadWidget, session: Session) -> None:
    view.strip.output.stepUp()
    view.strip.output.stepUp()
    view.strip.cached.stepUp()
    assert (work(session).output, work(session).cached) == (600, 0.35)
    session.undo()
    assert (work(session).output, work(session).cached) == (600, 0.3)
    session.undo()
    assert work(session) == PRESETS[0].workload
    assert not session.can_undo


def test_a_workload_from_elsewhere_shows_in_the_strip(view: WorkloadWidget, session: Session) -> None:
    agent = PRESETS[1].workload
    session.select(session.selection.but(pricing=replace(session.selection.pricing, workload=agent)))
    assert view.strip.presets.currentText() == "A coding agent's overnight run"
    assert view.strip.calls.value() == 600


def test_b_makes_the_current_row_the_baseline_whatever_the_rows_are_sorted_by(
    view: WorkloadWidget, session: Session, qtbot: QtBot
) -> None:
    view.rows.sort_by("model")
    view.rows.setFocus()
    row = view.table().ids.index(GLM)
    qtbot.mouseClick(view.rows.viewport(), Qt.MouseButton.LeftButton, pos=view.rows.row_rect(row).center())
    qtbot.keyClick(view.rows, Qt.Key.Key_B)
    assert session.selection.baseline == GLM
    table = view.table()
    assert table.values["multiple"][table.ids.index(GLM)] == 1.0
    assert "glm-5" in str(table.caption.title)


def test_the_menu_of_a_row_offers_the_same(
    view: WorkloadWidget, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: offered.append(menu))
    row = view.table().ids.index(GLM)
    at = view.rows.viewport().mapTo(view, view.rows.row_rect(row).center())
    view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at)))
    (action,) = offered[0].actions()
    assert action.text().startswith("Use as baseline") and action.isEnabled()
    action.trigger()
    assert session.selection.baseline == GLM
    (again,) = view.menu(view.table().ids.index(GLM)).actions()
    assert not again.isEnabled()


def test_the_table_knows_its_baseline(session: Session, view: WorkloadWidget) -> None:
    session.select(session.selection.but(baseline=OPUS))
    table = view.table()
    assert isinstance(table, WorkloadTable) and table.baseline == OPUS
