from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from explorer.app.span_control import SpanControl
from explorer.app.spans import quick_picks, stepped, with_span
from explorer.app.window import MainWindow
from explorer.domain.periods import Grain, Span, span
from explorer.domain.selection import Grouping, Known, Measure, Scope, Selection, Variants

WEEKS = [span(date(2026, 2, day), date(2026, 2, day + 6)) for day in (2, 9, 16)]
DATA = Span(WEEKS[0].first, WEEKS[-1].last)


def labels(window: MainWindow) -> list[str]:
    return [chip.words.text() for chip in window.chips.chips]


def chip(window: MainWindow, text: str):
    return next(chip for chip in window.chips.chips if chip.words.text() == text)


def pick(box: QComboBox, text: str) -> None:
    box.setCurrentIndex(box.findText(text))


# --- the controls and the Selection


@pytest.mark.parametrize(
    ("control", "text", "dimension", "value"),
    [
        ("grain", "Month", "grain", Grain.MONTH),
        ("scope", "Top 9", "scope", Scope(9)),
        ("scope", "All listed", "scope", Scope()),
        ("measure", "Share 100 %", "measure", Measure.SHARE),
        ("grouping", "by Author", "grouping", Grouping.AUTHOR),
        ("known", "As known then", "known", Known.THEN),
        ("variants", "Variants merged", "variants", Variants.MERGED),
    ],
)
def test_a_choice_changes_its_dimension_and_no_other(
    rankings_window: MainWindow, control: str, text: str, dimension: str, value: object
) -> None:
    session = rankings_window.session
    before = session.selection
    pick(getattr(rankings_window.filters, control), text)
    assert session.selection == before.but(**{dimension: value})


def test_the_controls_follow_the_session_without_speaking_back(rankings_window: MainWindow, qtbot: QtBot) -> None:
    session, filters = rankings_window.session, rankings_window.filters
    wanted = session.selection.but(grain=Grain.DAY, scope=Scope(5), grouping=Grouping.MODEL, search="gemini")
    wanted = wanted.but(known=Known.THEN, variants=Variants.MERGED)
    heard: list[Selection] = []
    session.changed.connect(lambda: heard.append(session.selection))
    session.select(wanted)
    assert heard == [wanted]
    choices = (filters.grain, filters.scope, filters.measure, filters.grouping, filters.known, filters.variants)
    shown = [box.currentText() for box in choices]
    assert shown == ["Day", "Top 5", "Tokens", "by Model", "As known then", "Variants merged"]
    assert rankings_window.top_bar.search.text() == "gemini"


def test_a_search_is_looked_up_once_when_the_typing_pauses(rankings_window: MainWindow, qtbot: QtBot) -> None:
    session, search = rankings_window.session, rankings_window.top_bar.search
    heard: list[str] = []
    session.changed.connect(lambda: heard.append(session.selection.search))
    QTest.keyClicks(search, "gemini ")
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["gemini"]
    assert search.text() == "gemini ", "the space being typed is not taken away"


def test_what_is_being_typed_survives_a_change_from_elsewhere(rankings_window: MainWindow) -> None:
    session, search = rankings_window.session, rankings_window.top_bar.search
    QTest.keyClicks(search, "gem")
    session.select(session.selection.but(grain=Grain.DAY))
    assert search.text() == "gem"
    search.flush()
    assert session.selection.search == "gem"


def test_escape_empties_the_search(rankings_window: MainWindow) -> None:
    session, search = rankings_window.session, rankings_window.top_bar.search
    session.select(session.selection.but(search="gemini", models=frozenset({"google/gemini-3-flash"})))
    search.setFocus()
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert (session.selection.search, search.text()) == ("", "")
    assert session.selection.models, "the marks stay"
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert not session.selection.marks_anything


def test_the_lens_is_switched_from_bar_and_menu_and_undone(rankings_window: MainWindow) -> None:
    session, button = rankings_window.session, rankings_window.filters.lens
    action = rankings_window.menus.actions["lens"]
    before = session.selection
    button.click()
    assert session.selection == before.but(lens=True)
    assert button.isChecked() and action.isChecked()
    action.trigger()
    assert session.selection == before
    assert not button.isChecked() and not action.isChecked()
    QTest.keyClick(rankings_window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert session.selection.lens
    session.undo()
    assert not button.isChecked() and not action.isChecked()
    assert button.accessibleName() == "Scopes side by side"


def test_printed_figures_have_no_scopes_side_by_side(published_window: MainWindow) -> None:
    button = published_window.filters.lens
    assert not button.isEnabled()
    assert "no story says" in button.toolTip()
    assert not published_window.menus.actions["lens"].isEnabled()


def test_printed_figures_have_neither_scope_nor_variants_to_choose(published_window: MainWindow) -> None:
    scope, variants = published_window.filters.scope, published_window.filters.variants
    assert not scope.isEnabled()
    assert "no story says" in scope.toolTip()
    assert not variants.isEnabled()
    assert "name no variants" in variants.toolTip()
    assert published_window.filters.known.isEnabled()


# --- the span


def test_the_span_is_picked_from_the_popup(rankings_window: MainWindow) -> None:
    session, control = rankings_window.session, rankings_window.filters.span
    assert control.dates.text() == "2–22 Feb 2026"
    assert not control.earlier.isEnabled()
    control.dates.click()
    assert control.popup.isVisible()
    control.popup.first.setDate(QDate(2026, 2, 9))
    control.popup.last.setDate(QDate(2026, 2, 15))
    control.popup.apply.click()
    assert not control.popup.isVisible()
    assert session.selection.span == WEEKS[1]
    assert session.selection.brush is None, "the brush was outside"
    control.later.click()
    assert session.selection.span == WEEKS[2]
    assert not control.later.isEnabled()


def test_quick_picks_count_back_from_the_last_day_of_the_data() -> None:
    data = span(date(2025, 11, 15), date(2026, 5, 4))
    picks = {str(name): found for name, found in quick_picks(data)}
    assert picks == {
        "All data": None,
        "Last 4 weeks": span(date(2026, 4, 7), date(2026, 5, 4)),
        "Last 3 months": span(date(2026, 2, 5), date(2026, 5, 4)),
        "This year": span(date(2026, 1, 1), date(2026, 5, 4)),
    }


@pytest.mark.parametrize(
    ("window", "later"),
    [
        (WEEKS[0], WEEKS[1]),
        (span(date(2026, 2, 1), date(2026, 2, 28)), span(date(2026, 3, 1), date(2026, 3, 31))),
        (span(date(2026, 2, 9), date(2026, 2, 9)), span(date(2026, 2, 10), date(2026, 2, 10))),
    ],
)
def test_a_window_steps_by_its_own_length(window: Span, later: Span) -> None:
    data = span(date(2026, 1, 1), date(2026, 6, 1))
    assert stepped(window, True, data) == later
    assert stepped(later, False, data) == window
    assert stepped(window, False, window) is None


def test_all_the_data_is_no_span_of_its_own() -> None:
    selection = Selection(span=WEEKS[0], brush=WEEKS[0])
    assert with_span(selection, DATA, DATA) == Selection(brush=WEEKS[0])
    assert with_span(selection, WEEKS[1], DATA) == Selection(span=WEEKS[1])


def test_no_data_no_span(qtbot: QtBot) -> None:
    control = SpanControl()
    qtbot.addWidget(control)
    control.show_span(None, None)
    assert control.dates.text() == "No data"
    assert not any(button.isEnabled() for button in (control.earlier, control.dates, control.later))


# --- the chips


def test_every_active_filter_has_a_chip(rankings_window: MainWindow) -> None:
    session = rankings_window.session
    assert labels(rankings_window) == ["Week 16–22 Feb 2026"]
    session.select(
        Selection(
            span=Span(WEEKS[0].first, WEEKS[1].last),
            brush=WEEKS[1],
            search="m",
            scope=Scope(9),
            measure=Measure.SHARE,
            grouping=Grouping.AUTHOR,
            grain=Grain.DAY,
            known=Known.THEN,
            variants=Variants.MERGED,
            countries=frozenset({"CN", "Unattributed"}),
            authors=frozenset({"google"}),
            models=frozenset({"minimax/minimax-m2.5"}),
        )
    )
    assert labels(rankings_window) == [
        "Week 9–15 Feb 2026",
        "Span 2–15 Feb 2026",
        "Search “m”",
        "Top 9",
        "Share 100 %",
        "by Author",
        "Period: Day",
        "As known then",
        "Variants merged",
        "China",
        "Unattributed",
        "google",
        "minimax/minimax-m2.5",
    ]
    session.select(Selection())
    assert labels(rankings_window) == []


def test_a_chip_removes_its_own_clause_and_no_other(rankings_window: MainWindow) -> None:
    session = rankings_window.session
    full = Selection(
        brush=WEEKS[1], search="m", scope=Scope(9), countries=frozenset({"CN", "US"}), authors=frozenset({"google"})
    )
    for text, without in {
        "Week 9–15 Feb 2026": full.without("brush"),
        "Search “m”": full.without("search"),
        "Top 9": full.without("scope"),
        "China": full.but(countries=frozenset({"US"})),
        "google": full.without("authors"),
    }.items():
        session.select(full)
        assert chip(rankings_window, text).remove.accessibleName() == f"Remove {text}"
        chip(rankings_window, text).remove.click()
        assert session.selection == without
        assert text not in labels(rankings_window)


def test_the_brush_steps_from_week_to_week(rankings_window: MainWindow) -> None:
    session = rankings_window.session
    brush = rankings_window.chips.chips[0]
    assert not brush.later.isEnabled()
    brush.earlier.click()
    assert session.selection.brush == WEEKS[1]
    assert rankings_window.chips.chips[0] is brush, "the chip stays and keeps the focus"
    assert brush.words.text() == "Week 9–15 Feb 2026"


def test_only_windows_step(rankings_window: MainWindow) -> None:
    rankings_window.session.select(Selection(search="m"))
    only = rankings_window.chips.chips[0]
    assert not only.earlier.isVisible()
    assert not only.later.isVisible()


def test_many_marks_share_a_chip(rankings_window: MainWindow) -> None:
    session = rankings_window.session
    session.select(Selection(models=frozenset(f"a/m{i}" for i in range(7))))
    assert labels(rankings_window) == ["7 models"]
    rankings_window.chips.chips[0].remove.click()
    assert session.selection == Selection()


def test_the_scope_is_said_with_its_denominator(rankings_window: MainWindow) -> None:
    said = rankings_window.chips.scope
    assert said.text() == "all tokens: 2 named models and the unnamed rest (other) · daily rankings"
    pick(rankings_window.filters.scope, "All listed")
    assert said.text() == "all 2 named models, 80.0\u2009% of all tokens · daily rankings"


# --- room


def bar_controls(window: MainWindow) -> list[QWidget]:
    bar = window.filters
    return [bar.grain, bar.span, bar.scope, bar.measure, bar.grouping, bar.known, bar.variants, bar.vintage]


@pytest.mark.parametrize(("width", "rows"), [(720, 2), (1280, 1), (1600, 1)])
def test_the_bar_takes_few_rows_and_cuts_nothing(rankings_window: MainWindow, width: int, rows: int) -> None:
    rankings_window.session.select(rankings_window.session.selection.but(as_of="2026-02-28"))
    rankings_window.resize(width, 800)
    QApplication.processEvents()
    bar = rankings_window.filters
    controls = bar_controls(rankings_window)
    assert all(control.isVisible() for control in controls)
    assert len({control.geometry().center().y() // 20 for control in controls}) <= rows
    for control in controls:
        assert bar.rect().contains(control.geometry())
        assert control.width() >= control.minimumSizeHint().width()


@pytest.mark.parametrize("width", [720, 1280])
def test_the_row_of_the_menus_has_room_for_all_that_is_in_it(rankings_window: MainWindow, width: int) -> None:
    rankings_window.resize(width, 800)
    QApplication.processEvents()
    top, menus = rankings_window.top_bar, rankings_window.menuBar()
    assert rankings_window.width() == width
    assert top.y() <= menus.geometry().center().y() <= top.geometry().bottom(), "one row"
    assert menus.width() >= menus.sizeHint().width(), "no menu is hidden"
    for control in (top.search, top.undo, top.redo, top.open, top.update_data):
        assert top.rect().contains(control.geometry())
        assert control.width() >= control.minimumSizeHint().width()


def test_every_control_says_what_it_is(rankings_window: MainWindow) -> None:
    bar, chips, top = rankings_window.filters, rankings_window.chips, rankings_window.top_bar
    controls = [bar.grain, bar.span.earlier, bar.span.dates, bar.span.later, bar.scope, bar.measure, bar.grouping]
    controls += [bar.known, bar.variants, bar.vintage]
    controls += [
        top.search,
        top.undo,
        top.redo,
        top.open,
        top.update_data,
        chips.chips[0].earlier,
        chips.chips[0].remove,
    ]
    for control in controls:
        assert control.accessibleName()
        assert control.toolTip()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_tab_goes_in_reading_order(rankings_window: MainWindow) -> None:
    bar, top = rankings_window.filters, rankings_window.top_bar
    session = rankings_window.session
    session.select(session.selection.but(grain=Grain.DAY))
    session.undo()
    session.select(session.selection.but(as_of="2026-02-28"))
    wanted = [top.search, top.undo, top.open, top.update_data]
    wanted += [bar.grain, bar.span.dates, bar.scope, bar.measure, bar.grouping, bar.known, bar.variants, bar.vintage]
    top.search.setFocus()
    seen = []
    for _ in range(17):
        seen.append(QApplication.focusWidget())
        QTest.keyClick(seen[-1], Qt.Key.Key_Tab)
    assert [widget for widget in seen if widget in wanted] == wanted
    assert rankings_window.chips.chips[0].remove in seen
