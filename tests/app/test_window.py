"""The window as a whole: start, menus, keys, translation, layout, theme."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from explorer.app import loading
from explorer.app import main as main_module
from explorer.app.bugs import BugReports
from explorer.app.help import about, key_map
from explorer.app.settings import Settings, ThemeChoice
from explorer.app.theme import Appearance, palette
from explorer.app.window import MainWindow
from explorer.domain.prices import CATALOGUE, UNDATED
from explorer.domain.schema import DatedPrices, Price
from explorer.domain.selection import Measure
from explorer.domain.table import Table
from explorer.session import Session
from explorer.style import DARK, LIGHT, Style, contrast
from explorer.words import say

SHOWN = "«"


class Quoting(QTranslator):
    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        return f"«{source}»" if context == "explorer" else None


@pytest.fixture
def quoting(qapp: QApplication) -> Iterator[None]:
    translator = Quoting()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def window(rankings_window: MainWindow) -> MainWindow:
    return rankings_window


def press(window: QWidget, keys: str) -> None:
    QTest.keySequence(window, keys)


# --- words


def texts_of(root: QObject) -> Iterator[tuple[str, str]]:
    """Yield (where, text) of all that a person reads in the window's own controls."""
    kinds = (QLabel, QPushButton, QToolButton)
    for kind in kinds:
        for widget in root.findChildren(kind):
            if isinstance(widget.parent(), QTabBar):
                continue  # what scrolls tabs has words of Qt's own
            yield f"{kind.__name__} {widget.objectName()}", widget.text()
            yield f"{kind.__name__} tip", widget.toolTip()
            yield f"{kind.__name__} name", widget.accessibleName()
    for tabs in root.findChildren(QTabBar):
        yield from (("tab", tabs.tabText(i)) for i in range(tabs.count()))
    for box in root.findChildren(QComboBox):
        yield from ((f"item of {box.accessibleName()}", box.itemText(i)) for i in range(box.count()))
    for line in root.findChildren(QLineEdit):
        yield "placeholder", line.placeholderText()
    for menu in root.findChildren(QMenu):
        yield from (("action", action.text()) for action in (menu.menuAction(), *menu.actions()))
    for dock in root.findChildren(QDockWidget):
        yield "dock", dock.windowTitle()


def untranslated(root: QWidget) -> list[tuple[str, str]]:
    return [(where, text) for where, text in texts_of(root) if text and SHOWN not in text]


@pytest.mark.usefixtures("quoting")
def test_everything_read_goes_through_the_translation(rankings_window: MainWindow) -> None:
    selection = rankings_window.session.selection
    model = frozenset({"google/gemini-3-flash"})
    rankings_window.session.select(
        selection.but(search="g", countries=frozenset({"US"}), models=model, measure=Measure.SHARE)
    )
    assert untranslated(rankings_window) == []
    assert SHOWN in rankings_window.windowTitle()
    for dialog in (key_map(rankings_window), about(rankings_window, say("Source: nobody."))):
        assert untranslated(dialog) == []
        assert SHOWN in dialog.windowTitle()
        dialog.close()


@pytest.mark.usefixtures("quoting")
def test_the_first_start_is_translated_too(published_window: MainWindow) -> None:
    assert published_window.banner.isVisible()
    assert untranslated(published_window) == []


def test_no_label_reads_html(rankings_window: MainWindow) -> None:
    rankings_window.session.select(rankings_window.session.selection.but(search="<b>bold</b>"))
    chip = rankings_window.chips.chips[1]
    assert chip.words.text() == "Search “<b>bold</b>”"
    assert {widget.textFormat() for widget in rankings_window.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    assert "&lt;b&gt;" in chip.remove.toolTip(), "a tooltip would read it otherwise"


# --- start


def test_the_leaderboard_comes_first_and_the_rest_after_the_first_paint(qtbot: QtBot, filled_store: Path) -> None:
    settings = Settings()
    session = Session(main_module._from_store(filled_store, loading.dataset))
    price = DatedPrices(UNDATED, CATALOGUE, (Price("google/gemini-3-flash", "", "", 0.5, 3.0),))
    window = MainWindow(session, filled_store, settings, Appearance(settings), lambda: (price,))
    qtbot.addWidget(window)
    leaderboard, share, prices, *behind = window.docks
    assert len(leaderboard.table()) == 3
    for dock in (share, prices, *behind):
        with pytest.raises(RuntimeError):
            dock.table()
    with qtbot.waitSignal(session.changed):
        window.show()
    assert len(share.table())
    found = dict(zip(leaderboard.table().ids, leaderboard.table().values["input"], strict=True))
    assert found["google/gemini-3-flash"] == 0.5


def test_the_title_says_which_data_and_how_new(rankings_window: MainWindow, published_window: MainWindow) -> None:
    assert rankings_window.windowTitle() == "Tokenshare Explorer — rankings (data to 22 Feb 2026)"


def test_the_banner_says_what_the_figures_are_and_can_be_closed(published_window: MainWindow) -> None:
    banner = published_window.banner
    assert published_window.windowTitle() == "Tokenshare Explorer — published figures"
    assert "not the daily data" in banner.words.text()
    banner.close_button.click()
    assert not banner.isVisible()
    published_window.session.load(published_window.session.dataset)
    assert not banner.isVisible()


def test_rankings_need_no_banner(rankings_window: MainWindow) -> None:
    assert not rankings_window.banner.isVisible()


def test_a_store_that_cannot_be_used_is_said_and_ends_in_2(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear store, " * 20)
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()) or 0)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(main_module.BugReports, "install", lambda self: None)
    assert main_module.run(path) == 2
    assert len(said) == 1
    assert str(path) in said[0]
    assert "\n" not in said[0]
    assert path.read_text() == "Dear store, " * 20


# --- keys


def test_undo_and_redo_by_keys(rankings_window: MainWindow) -> None:
    session = rankings_window.session
    before = session.selection
    after = before.but(measure=Measure.SHARE)
    session.select(after)
    press(rankings_window, "Ctrl+Z")
    assert session.selection == before
    assert rankings_window.filters.measure.currentText() == "Tokens"
    press(rankings_window, "Ctrl+Shift+Z")
    assert session.selection == after
    assert not rankings_window.top_bar.redo.isEnabled()
    assert rankings_window.top_bar.undo.isEnabled()


def test_undo_reaches_the_window_from_within_the_search(rankings_window: MainWindow) -> None:
    session, search = rankings_window.session, rankings_window.top_bar.search
    before = session.selection
    press(rankings_window, "Ctrl+F")
    assert search.hasFocus()
    QTest.keyClicks(search, "flash")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert session.selection.search == "flash"
    QTest.keySequence(search, "Ctrl+Z")
    assert (session.selection, search.text()) == (before, "")
    QTest.keySequence(search, "Ctrl+Shift+Z")
    assert (session.selection.search, search.text()) == ("flash", "flash")


def test_escape_clears_the_marks_only(rankings_window: MainWindow) -> None:
    session = rankings_window.session
    before = session.selection
    session.select(before.but(countries=frozenset({"US"}), models=frozenset({"minimax/minimax-m2.5"})))
    press(rankings_window, "Esc")
    assert session.selection == before


def test_no_two_actions_share_a_key(rankings_window: MainWindow) -> None:
    keys = [key.toString() for action in rankings_window.actions() for key in action.shortcuts()]
    assert len(keys) == len(set(keys)) > 10


# --- layout and theme


def test_the_layout_comes_back_as_it_was_left(qtbot: QtBot, rankings_window: MainWindow, filled_store: Path) -> None:
    prices = rankings_window.docks.all[2]
    prices.toggleViewAction().trigger()
    rankings_window.resize(780, 600)
    rankings_window.close()
    settings = Settings()
    again = MainWindow(rankings_window.session, filled_store, settings, Appearance(settings))
    qtbot.addWidget(again)
    assert again.docks.all[2].isHidden()
    assert (again.width(), again.height()) == (780, 600)
    again.menus.actions["reset_layout"].trigger()
    assert not any(dock.isHidden() for dock in again.docks)


def test_nonsense_in_the_settings_is_no_obstacle(qtbot: QtBot, rankings_window: MainWindow, filled_store: Path) -> None:
    settings = Settings()
    settings._stored.setValue("theme", "purple")
    settings._stored.setValue("window/geometry", "wide")
    settings._stored.setValue("window/docks-1", 3)
    assert settings.theme is ThemeChoice.SYSTEM
    window = MainWindow(rankings_window.session, filled_store, settings, Appearance(settings))
    qtbot.addWidget(window)
    assert (window.width(), window.height()) == (1280, 800)


def test_the_first_layout_has_the_leaderboard_left_and_prices_below_the_chart(rankings_window: MainWindow) -> None:
    leaderboard, share, prices = (dock.geometry() for dock in rankings_window.docks.all[:3])
    assert leaderboard.right() < share.left()
    assert share.bottom() < prices.top()
    assert 0.35 < leaderboard.width() / rankings_window.width() < 0.55


class Listener:
    def __init__(self, heard: list[bool], table: Table) -> None:
        self.heard, self._table = heard, table

    def table(self) -> Table:
        return self._table

    def set_style(self, style: Style) -> None:
        self.heard.append(style.theme.dark)


def test_a_theme_is_told_to_every_view_and_remembered(
    rankings_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bool] = []
    views = len(rankings_window.docks.all)
    for dock in rankings_window.docks:
        monkeypatch.setattr(dock, "_shown", Listener(heard, dock.table()))
    rankings_window.menus.actions["theme_dark"].trigger()
    assert heard == [True] * views
    assert QApplication.palette() == palette(DARK)
    assert Settings().theme is ThemeChoice.DARK
    rankings_window.menus.actions["theme_light"].trigger()
    assert heard == [True] * views + [False] * views


def test_the_system_turning_dark_is_followed_unless_a_theme_is_chosen(qapp: QApplication) -> None:
    settings = Settings()
    appearance = Appearance(settings)
    appearance.choose(ThemeChoice.LIGHT)
    assert appearance.style.theme is LIGHT
    appearance.choose(ThemeChoice.SYSTEM)
    dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert appearance.style.theme is (DARK if dark else LIGHT)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_on_controls_is_legible(theme) -> None:
    made = palette(theme)
    pairs = [
        (made.windowText(), made.window()),
        (made.text(), made.base()),
        (made.buttonText(), made.button()),
        (made.highlightedText(), made.highlight()),
        (made.toolTipText(), made.toolTipBase()),
        (made.placeholderText(), made.base()),
        (made.placeholderText(), made.window()),
    ]
    for ink, ground in pairs:
        assert contrast(ink.color().name(), ground.color().name()) >= 4.5


# --- bugs


def test_a_bug_is_shown_once_and_logged(
    qtbot: QtBot, rankings_window: MainWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = BugReports(rankings_window)
    for text in ("first", "second"):
        try:
            raise ZeroDivisionError(text)
        except ZeroDivisionError as error:
            reports.take(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(boxes()))
    (box,) = boxes()
    assert "This is a bug" in box.text()
    assert "ZeroDivisionError: first" in box.detailedText()
    assert "ZeroDivisionError: second" in capsys.readouterr().err
    box.done(0)
    box.deleteLater()


def boxes() -> list[QMessageBox]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
