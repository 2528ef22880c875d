"""The strip that says what the current view shows: which sentence, in how many lines, and what Copy takes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from explorer.app.docks import ViewDock
from explorer.app.help import key_map
from explorer.app.sentence_bar import SentenceBar, SentenceLabel, line_heights, wrapped
from explorer.app.window import MainWindow
from explorer.domain.selection import Measure
from explorer.domain.table import Table
from explorer.domain.units import THIN

LEADERBOARD = (
    f"In the week of 16–22 February 2026, the most-used models were minimax-m2.5 (3.50 thousand tokens, 50.0{THIN}%) "
    f"and gemini-3-flash (2.10 thousand, 30.0{THIN}%), as shares of all tokens on OpenRouter; all tokens include the "
    f"unnamed rest, 20.0{THIN}% of them (OpenRouter rankings, as-of date not stated)."
)
SOURCE = "Source: OpenRouter (openrouter.ai/rankings), as-of date not stated for data to 22 Feb 2026."
WORDS = "In the week of 9–15 February 2026, Chinese models made most of the tokens of the nine most-used models"


@pytest.fixture
def bar(qtbot: QtBot, rankings_window: MainWindow) -> SentenceBar:
    found = rankings_window.sentence
    qtbot.waitUntil(lambda: bool(found.label.whole))
    return found


def make_current(window: MainWindow, key: str) -> ViewDock:
    dock = next(dock for dock in window.docks if dock.view.key == key)
    dock.widget().setFocus()
    return dock


def test_the_sentence_is_that_of_the_view_with_the_keyboard(
    qtbot: QtBot, rankings_window: MainWindow, bar: SentenceBar
) -> None:
    make_current(rankings_window, "leaderboard")
    qtbot.waitUntil(lambda: bar.label.whole == LEADERBOARD)
    make_current(rankings_window, "share")
    qtbot.waitUntil(lambda: bar.label.whole.startswith("In the week of 16–22 February 2026, Chinese models made 50.0"))
    make_current(rankings_window, "prices")
    qtbot.waitUntil(lambda: bar.label.whole.startswith("On 22 February 2026, output of the two most-used models"))


def test_a_closed_view_leaves_its_place_to_another(qtbot: QtBot, rankings_window: MainWindow, bar: SentenceBar) -> None:
    for dock in rankings_window.docks:
        if dock.view.key not in ("leaderboard", "share"):
            dock.close()
    dock = make_current(rankings_window, "share")
    qtbot.waitUntil(lambda: "Chinese models" in bar.label.whole)
    dock.close()
    qtbot.waitUntil(lambda: bar.label.whole == LEADERBOARD)


def test_the_sentence_follows_the_selection_once_a_turn(
    qtbot: QtBot, rankings_window: MainWindow, bar: SentenceBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = ViewDock.table

    def table(dock: ViewDock) -> Table:
        asked.append(dock.view.key)
        return real(dock)

    monkeypatch.setattr(ViewDock, "table", table)
    session = rankings_window.session
    for search in ("g", "ge", "gemini"):
        session.select(session.selection.but(search=search))
    assert asked == []
    assert bar.label.whole == LEADERBOARD
    qtbot.waitUntil(lambda: "matching “gemini” was gemini-3-flash (2.10 thousand tokens" in bar.label.whole)
    assert asked == ["leaderboard"]


def test_nothing_to_say_leaves_nothing_to_copy(qtbot: QtBot, rankings_window: MainWindow, bar: SentenceBar) -> None:
    QGuiApplication.clipboard().setText("before")
    rankings_window.session.select(rankings_window.session.selection.but(search="nowhere"))
    qtbot.waitUntil(lambda: bar.label.whole == "")
    assert bar.label.text() == bar.label.toolTip() == ""
    assert not bar.button.isEnabled()
    rankings_window.menus.actions["copy_sentence"].trigger()
    assert QGuiApplication.clipboard().text() == "before"
    assert rankings_window.statusBar().currentMessage() == "There is no sentence to copy."


def test_copy_takes_sentence_and_source_as_plain_text(rankings_window: MainWindow, bar: SentenceBar) -> None:
    QTest.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == f"{LEADERBOARD}\n{SOURCE}"
    assert not mime.hasHtml()
    assert rankings_window.statusBar().currentMessage() == "Leaderboard: sentence copied"


def test_copy_does_not_wait_for_the_next_turn(rankings_window: MainWindow, bar: SentenceBar) -> None:
    session = rankings_window.session
    session.select(session.selection.but(measure=Measure.SHARE, search="gemini"))
    QTest.keySequence(rankings_window, "Ctrl+Shift+S")
    assert (
        QGuiApplication.clipboard()
        .text()
        .startswith("In the week of 16–22 February 2026, the most-used model matching “gemini” was")
    )


def test_the_shortcut_is_in_menu_and_key_map(rankings_window: MainWindow, bar: SentenceBar) -> None:
    assert rankings_window.menus.actions["copy_sentence"].text() == "Copy s&entence: Leaderboard"
    dialog = key_map(rankings_window)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert texts[texts.index("Ctrl+Shift+S") + 1] == "Copy sentence"
    dialog.close()


def test_the_tooltip_has_all_of_a_sentence_that_is_cut(rankings_window: MainWindow, bar: SentenceBar) -> None:
    rankings_window.resize(rankings_window.minimumSize())
    assert bar.label.text().endswith("…")
    assert bar.label.text().count("\n") == 1
    assert bar.label.toolTip() == bar.label.accessibleName() == LEADERBOARD
    rankings_window.resize(2400, 900)
    assert bar.label.text() == LEADERBOARD


def test_the_bar_is_as_high_whatever_it_says(qtbot: QtBot, rankings_window: MainWindow, bar: SentenceBar) -> None:
    before = bar.height()
    rankings_window.session.select(rankings_window.session.selection.but(search="nowhere"))
    qtbot.waitUntil(lambda: bar.label.whole == "")
    assert bar.height() == before
    assert bar.label.height() >= 2 * bar.label.fontMetrics().lineSpacing()


def test_ctrl_c_copies_what_is_selected_in_the_sentence(rankings_window: MainWindow, bar: SentenceBar) -> None:
    bar.label.setFocus()
    bar.label.setSelection(0, len("In the week"))
    QTest.keySequence(bar.label, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == "In the week"
    bar.label.setSelection(0, 0)
    QTest.keySequence(bar.label, "Ctrl+C")
    assert QGuiApplication.clipboard().text().startswith("rank\tmodel")


def test_the_keyboard_in_the_sentence_leaves_the_current_view_as_it_is(
    qtbot: QtBot, rankings_window: MainWindow, bar: SentenceBar
) -> None:
    make_current(rankings_window, "prices")
    qtbot.waitUntil(lambda: bar.label.whole.startswith("On 22 February"))
    bar.button.setFocus()
    bar.refresh()
    assert bar.label.whole.startswith("On 22 February")


def test_markup_is_shown_as_it_is(qtbot: QtBot) -> None:
    label = SentenceLabel()
    qtbot.addWidget(label)
    label.resize(800, 40)
    label.show_text("<b>bold</b> made 10 %")
    assert label.text() == "<b>bold</b> made 10 %"
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert "&lt;b&gt;" in label.toolTip()


@pytest.mark.parametrize("width", [60, 200, 331, 500, 640, 1200])
def test_lines_are_the_words_in_order_and_fit(qtbot: QtBot, width: int) -> None:
    label = SentenceLabel()
    qtbot.addWidget(label)
    lines = wrapped(WORDS, label, width)
    assert len(lines) <= 2
    assert all(label.fontMetrics().horizontalAdvance(line) <= width for line in lines)
    joined = " ".join(lines)
    assert joined.replace("- ", "-") == WORDS or (joined.endswith("…") and WORDS.startswith(lines[0]))
    if label.fontMetrics().horizontalAdvance(WORDS) <= width:
        assert lines == [WORDS]


def test_no_text_has_no_lines(qtbot: QtBot) -> None:
    label = SentenceLabel()
    qtbot.addWidget(label)
    assert wrapped("", label, 100) == []


@pytest.mark.parametrize(
    "text", ["plain", f"thin{THIN}space and ▲", "21世纪经济报道 printed 4.12T", "한국어 العربية ไทย"]
)
def test_the_label_is_as_high_as_its_lines_are_drawn(qtbot: QtBot, text: str) -> None:
    label = SentenceLabel()
    qtbot.addWidget(label)
    label.show()
    label.resize(300, label.sizeHint().height())
    label.show_text(" ".join([text] * 40))
    document = QTextDocument("\n".join(wrapped(label.whole, label, 298)))
    document.setDefaultFont(label.font())
    document.setDocumentMargin(0)
    assert label.sizeHint().height() >= document.size().height() - 0.5
    high = label.sizeHint().height()
    label.show_text("plain")
    assert label.sizeHint().height() == high, "the bar does not jump"


def test_lines_of_a_taller_font_are_measured_by_it(qtbot: QtBot) -> None:
    label = SentenceLabel()
    qtbot.addWidget(label)
    plain, tall = line_heights(["plain", "21世纪经济报道"], label)
    assert plain > 0
    metrics = QFontMetricsF(label.font())
    assert plain == pytest.approx(metrics.lineSpacing(), abs=1.5)
    assert tall >= plain
