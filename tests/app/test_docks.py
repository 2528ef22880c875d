"""Docks: what is out of sight is not made, and computes nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from explorer.app.docks import ViewDock
from explorer.app.window import MainWindow
from explorer.domain import tables
from explorer.domain.selection import Scope
from explorer.style import DARK, Style
from explorer.views import VIEWS


def dock_of(window: MainWindow, key: str) -> ViewDock:
    return next(dock for dock in window.docks if dock.view.key == key)


def bar_with(window: MainWindow, title: str) -> QTabBar:
    """The tabs of which the first is a view's."""
    (bar,) = (bar for bar in window.findChildren(QTabBar) if bar.isVisible() and bar.tabText(0) == title)
    return bar


def made(window: MainWindow) -> set[str]:
    return {dock.view.key for dock in window.docks if dock._module is not None}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The views whose tables are asked for."""
    found: list[str] = []
    real = tables.table

    def table(view, dataset, selection):
        found.append(view)
        return real(view, dataset, selection)

    monkeypatch.setattr(tables, "table", table)
    return found


def test_the_first_layout_shows_three_views_and_the_others_as_tabs(rankings_window: MainWindow) -> None:
    window = rankings_window
    assert made(window) == {"leaderboard", "share", "prices"}
    for front, title in (("leaderboard", "Leaderboard"), ("prices", "Prices")):
        behind = [view for view in VIEWS if view.beside == front]
        tabs = window.tabifiedDockWidgets(dock_of(window, front))
        assert {dock.view.key for dock in tabs} == {view.key for view in behind}
        bar = bar_with(window, title)
        assert [bar.tabText(i) for i in range(bar.count())] == [title, *(str(view.title) for view in behind)]
        assert bar.currentIndex() == 0
        assert bar.width() <= dock_of(window, front).width() + 2


def test_a_view_is_made_when_it_is_first_seen(rankings_window: MainWindow, qtbot: QtBot) -> None:
    leads = dock_of(rankings_window, "leads")
    leads.raise_()
    qtbot.waitUntil(leads.widget().isVisible)
    assert "leads" in made(rankings_window)
    assert "claims" not in made(rankings_window)
    assert not dock_of(rankings_window, "leaderboard").widget().isVisible()


def test_what_lies_behind_a_tab_computes_nothing(rankings_window: MainWindow, qtbot: QtBot, asked: list[str]) -> None:
    session = rankings_window.session
    leads, leaderboard = dock_of(rankings_window, "leads"), dock_of(rankings_window, "leaderboard")
    leads.raise_()
    qtbot.waitUntil(leads.widget().isVisible)
    leaderboard.raise_()
    qtbot.waitUntil(leaderboard.widget().isVisible)
    asked.clear()
    session.select(session.selection.but(scope=Scope(1)))
    qtbot.wait(0)
    assert "share" in asked
    assert not {"leads", "claims", "drivers"} & set(asked)
    leads.raise_()
    qtbot.waitUntil(leads.widget().isVisible)
    assert "leads" in asked
    assert leads.table() is tables.table("leads", session.dataset, session.selection)


def test_a_table_can_be_had_of_a_view_that_was_never_seen(rankings_window: MainWindow) -> None:
    claims, session = dock_of(rankings_window, "claims"), rankings_window.session
    assert claims.table() is tables.table("claims", session.dataset, session.selection)
    assert not claims.widget().isVisible()


def test_a_style_chosen_before_a_view_is_made_is_its_style(rankings_window: MainWindow) -> None:
    rankings_window.docks.set_style(Style(DARK))
    drivers = dock_of(rankings_window, "drivers")
    drivers.raise_()
    drivers.table()
    image = drivers.widget().grab().toImage()
    assert image.pixelColor(2, image.height() // 2).name() == DARK.background


def test_the_view_whose_tab_is_chosen_is_the_current_one(rankings_window: MainWindow, qtbot: QtBot) -> None:
    bar = bar_with(rankings_window, "Leaderboard")
    with qtbot.waitSignal(rankings_window.docks.current_changed):
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(2).center())
    assert rankings_window.docks.current is dock_of(rankings_window, "leads")
    assert rankings_window.menus.actions["copy_table"].text().endswith("Lead changes")
