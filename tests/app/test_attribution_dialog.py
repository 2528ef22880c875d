"""The attribution dialog: what it shows, what it refuses, what it keeps."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from explorer.app.attribution_dialog import AttributionDialog
from explorer.app.attribution_page import SheetPage
from explorer.app.file_dialogs import FileDialog
from explorer.app.settings import Settings
from explorer.app.window import MainWindow
from explorer.domain.origins import Origin, Origins, Overrides, Reveal
from explorer.errors import ExplorerError
from explorer.sources.origins import read_origins
from explorer.store import Store
from explorer.words import say

SINCE = date(2023, 1, 1)
XAI = Origin("x-ai", "xAI", "US", SINCE, "as generally reported")
ZAI = Origin("z-ai", "Z.ai", "CN", SINCE)
MOVED = (Origin("nomad", "Nomad", "FR", SINCE), Origin("nomad", "Nomad Inc", "US", date(2025, 9, 1)))
PONY = Reveal("openrouter/pony-alpha", "z-ai", date(2026, 2, 11), "z-ai/glm-5", "its page says so")
COUNTRIES = {"CN": "China", "DE": "Germany", "FR": "France", "US": "United States"}
ORIGINS = Origins((*MOVED, XAI, ZAI), COUNTRIES, (PONY,))

Opened = Callable[..., AttributionDialog]


@pytest.fixture
def kept() -> list[Overrides]:
    return []


@pytest.fixture
def opened(qtbot: QtBot, kept: list[Overrides]) -> Opened:
    """Return a function that opens the dialog on the tables above with some overrides."""

    def make(overrides: Overrides | None = None) -> AttributionDialog:
        dialog = AttributionDialog(ORIGINS.overridden(overrides or Overrides()), kept.append, Settings())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.show()
        dialog.activateWindow()
        return dialog

    return make


def rows(page: SheetPage) -> list[list[str]]:
    model = page.model
    columns = range(model.columnCount())
    return [[model.index(row, column).data() for column in columns] for row in range(model.rowCount())]


def bold(page: SheetPage) -> list[str]:
    model = page.model
    places = (model.index(row, 0) for row in range(model.rowCount()))
    return [place.data() for place in places if (font := place.data(Qt.ItemDataRole.FontRole)) and font.bold()]


def choose(page: SheetPage, key: str, place: int = 0) -> None:
    found = [i for i, row in enumerate(rows(page)) if row[0] == key]
    page.table.setCurrentIndex(page.model.index(found[place], 0))


def write(page: SheetPage, field: int, text: str) -> None:
    edit = page.fields[field]
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text) if text else QTest.keyClick(edit, Qt.Key.Key_Delete)


# --- what it shows


def test_it_shows_the_programs_rows_and_the_users(opened: Opened) -> None:
    own = Overrides(
        (Origin("x-ai", "xAI", "DE", SINCE), Origin("me", "Me", "", SINCE)), (Reveal(PONY.slug, "", SINCE),)
    )
    dialog = opened(own)
    assert rows(dialog.authors) == [
        ["me", "Me", "", "2023-01-01", "You"],
        ["nomad", "Nomad", "France", "2023-01-01", "Program"],
        ["nomad", "Nomad Inc", "United States", "2025-09-01", "Program"],
        ["x-ai", "xAI", "Germany", "2023-01-01", "You"],
        ["z-ai", "Z.ai", "China", "2023-01-01", "Program"],
    ]
    assert rows(dialog.reveals) == [["openrouter/pony-alpha", "", "2023-01-01", "", "You"]]
    assert bold(dialog.authors) == ["me", "x-ai"]
    assert dialog.state.text() == "3 rows are yours"


def test_the_fields_show_the_current_row_and_where_it_is_from(opened: Opened) -> None:
    page = opened().authors
    choose(page, "x-ai")
    assert [edit.text() for edit in page.fields] == ["x-ai", "xAI", "United States", "2023-01-01"]
    assert page.note.text() == "as generally reported"
    assert not page.fields[0].isEnabled(), "the program's name for it stays"
    assert not page.revert.isEnabled()


def test_the_search_looks_in_every_column_of_both_tables(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened()
    QTest.keyClicks(dialog.search, "z-ai")
    qtbot.waitUntil(lambda: dialog.authors.model.rowCount() == 1)
    assert [row[0] for row in rows(dialog.authors)] == ["z-ai"]
    assert [row[0] for row in rows(dialog.reveals)] == ["openrouter/pony-alpha"], "it counts as z-ai"
    assert [dialog.pages.tabText(i) for i in range(2)] == ["Authors (1)", "Anonymous models (1)"]
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert len(rows(dialog.authors)) == 4


# --- changing rows


def test_a_changed_row_is_the_users_until_it_is_reverted(opened: Opened, kept: list[Overrides]) -> None:
    dialog = opened()
    page = dialog.authors
    choose(page, "x-ai")
    write(page, 2, "germany")
    assert rows(page)[2] == ["x-ai", "xAI", "germany", "2023-01-01", "You"]
    assert page.note.text() == "You; no reason given", "the reason was for what stood there"
    page.revert.click()
    assert rows(page)[2] == ["x-ai", "xAI", "United States", "2023-01-01", "Program"]
    write(page, 2, "de")
    dialog.accept()
    assert kept == [Overrides((Origin("x-ai", "xAI", "DE", SINCE),))]
    assert not dialog.isVisible()


def test_one_changed_row_of_an_author_takes_the_others_along(opened: Opened, kept: list[Overrides]) -> None:
    dialog = opened()
    choose(dialog.authors, "nomad", 1)
    write(dialog.authors, 1, "Nomad SE")
    assert bold(dialog.authors) == ["nomad", "nomad"]
    dialog.accept()
    assert kept[0].origins == (MOVED[0], Origin("nomad", "Nomad SE", "US", date(2025, 9, 1)))


def test_a_row_is_added_and_taken_away(opened: Opened, kept: list[Overrides]) -> None:
    dialog = opened()
    page = dialog.reveals
    dialog.pages.setCurrentWidget(page)
    page.add.click()
    assert dialog.state.text() == "0 rows are yours", "an empty row says nothing"
    for field, text in enumerate(("stealth/ox-alpha", "X-AI", "2026-08-26", "")):
        write(page, field, text)
    assert rows(page)[1] == ["stealth/ox-alpha", "X-AI", "2026-08-26", "", "You"]
    dialog.accept()
    assert kept == [Overrides((), (Reveal("stealth/ox-alpha", "x-ai", date(2026, 8, 26)),))]
    again = opened(kept[0])
    choose(again.reveals, "stealth/ox-alpha")
    again.reveals.revert.click()
    again.accept()
    assert kept[1] == Overrides()


def test_a_row_is_edited_in_the_table_too(opened: Opened) -> None:
    page = opened().authors
    model = page.model
    assert not model.flags(model.index(2, 0)) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(2, 4)) & Qt.ItemFlag.ItemIsEditable
    assert model.setData(model.index(2, 1), "Grok Works")
    choose(page, "x-ai")
    assert page.fields[1].text() == "Grok Works"


def test_taking_a_reveal_away_leaves_the_model_nobodys(opened: Opened, kept: list[Overrides]) -> None:
    dialog = opened()
    dialog.pages.setCurrentWidget(dialog.reveals)
    write(dialog.reveals, 1, "")
    dialog.accept()
    (reveal,) = kept[0].reveals
    assert (reveal.slug, reveal.author) == (PONY.slug, "")
    assert ORIGINS.overridden(kept[0]).reveal("openrouter/pony-alpha") is None


# --- what is amiss


@pytest.mark.parametrize(
    ("which", "field", "text", "said"),
    [
        ("authors", 0, "z-ai/glm", "Write what stands before the slash, such as z-ai."),
        ("authors", 2, "Atlantis", "Write a country's name or its two letters, such as Germany or DE, or nothing."),
        ("authors", 3, "2026-02-30", "Write a day like 2026-02-11, from 2020 to 2099."),
        ("authors", 3, "2206-02-01", "Write a day like 2026-02-11, from 2020 to 2099."),
        ("reveals", 0, "openrouter/pony-alpha:free", "Write author/model without date and variant"),
        ("reveals", 0, "openrouter/pony-20260211", "Write author/model without date and variant"),
        ("reveals", 0, "openrouter/pony-alpha", "The model is there twice."),
        ("reveals", 1, "z-bi", "No such author: add it under Authors first, or leave this empty."),
        ("reveals", 2, "11 Feb 2026", "Write a day like 2026-02-11, from 2020 to 2099."),
        ("reveals", 3, "glm-5", "Write author/model, such as z-ai/glm-5, or nothing."),
    ],
)
def test_a_sentence_beside_the_field_says_what_is_amiss(
    opened: Opened, kept: list[Overrides], which: str, field: int, text: str, said: str
) -> None:
    sound = {"authors": ("me", "Me", "FR", "2026-01-01"), "reveals": ("stealth/x", "z-ai", "2026-01-01", "")}[which]
    dialog = opened()
    page: SheetPage = getattr(dialog, which)
    dialog.pages.setCurrentWidget(page)
    page.add.click()
    for place, good in enumerate(sound):
        write(page, place, good)
    assert not any(label.font().bold() for label in page.said)
    write(page, field, text)
    assert page.said[field].text().startswith(said)
    assert page.fields[field].accessibleDescription() == page.said[field].text()
    assert [label.font().bold() for label in page.said] == [place == field for place in range(4)]
    assert rows(page)[-1][-1] == "You, to correct"
    assert dialog.state.text().endswith("yours, 1 to correct")
    dialog.authors.table.setFocus()
    dialog.accept()
    assert (kept, dialog.isVisible()) == ([], True)
    assert page.fields[field].hasFocus(), "OK goes to what is amiss"


def test_an_author_twice_from_one_day_is_amiss(opened: Opened) -> None:
    page = opened().authors
    page.add.click()
    for field, text in enumerate(("X-AI", "Other", "US", "2023-01-01")):
        write(page, field, text)
    assert page.said[3].text() == "The author has another row from that day."
    write(page, 3, "2026-01-01")
    assert not page.said[3].font().bold()


def test_an_author_that_goes_is_missed_by_its_models(opened: Opened) -> None:
    dialog = opened(Overrides((Origin("me", "Me", "FR", SINCE),), (Reveal(PONY.slug, "me", SINCE),)))
    assert dialog.state.text() == "2 rows are yours"
    choose(dialog.authors, "me")
    dialog.authors.revert.click()
    assert dialog.state.text() == "1 row is yours, 1 to correct"
    dialog.accept()
    assert dialog.pages.currentWidget() is dialog.reveals


# --- the keyboard, and what cannot be seen


def test_return_ends_an_entry_and_not_the_dialog(opened: Opened, kept: list[Overrides]) -> None:
    dialog = opened()
    choose(dialog.authors, "x-ai")
    write(dialog.authors, 1, "Grok Works")
    QTest.keyClick(dialog.authors.fields[1], Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(dialog.authors.fields[1], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    assert kept[0].origins[0].company == "Grok Works"


def test_the_keyboard_reaches_everything(opened: Opened) -> None:
    dialog = opened(Overrides((Origin("z-ai", "Z.ai", "DE", SINCE),)))
    page = dialog.authors
    choose(page, "z-ai")
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.fields[1].hasFocus(), "the first field that can be changed"
    dialog.search.setFocus()
    seen: list[QWidget | None] = []
    for _ in range(14):
        seen.append(QApplication.focusWidget())
        QTest.keyClick(seen[-1], Qt.Key.Key_Tab)
    wanted = [dialog.search, dialog.pages.tabBar(), page.table, *page.fields[1:]]
    wanted += [page.add, page.revert, page.take_in, page.give_out, dialog.ok]
    assert [widget for widget in seen[:12] if widget in wanted] == wanted


def test_everything_has_a_name_and_shows_its_text_as_it_is(opened: Opened) -> None:
    dialog = opened(Overrides((Origin("<b>me</b>", "<i>Me</i>", "", SINCE, "<u>why</u>"),)))
    for page in (dialog.authors, dialog.reveals):
        for widget in (page.table, *page.fields):
            assert widget.accessibleName()
    assert dialog.authors.note.text() == "<u>why</u>"
    for label in dialog.findChildren(QLabel):
        if label.objectName() != "qt_spinbox_lineedit":
            assert label.textFormat() is Qt.TextFormat.PlainText


# --- cancelling, and a store that refuses


def test_cancel_and_no_change_keep_nothing(opened: Opened, kept: list[Overrides]) -> None:
    dialog = opened()
    write(dialog.authors, 1, "Other")
    dialog.reject()
    opened(Overrides((Origin("x-ai", "xAI", "DE", SINCE),))).accept()
    assert kept == []


def test_a_store_that_refuses_is_a_sentence_and_the_dialog_stays(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()) or 0)

    def refuse(_overrides: Overrides) -> None:
        raise ExplorerError(say("The disk is full."), remedy=say("Make room."))

    dialog = AttributionDialog(ORIGINS, refuse, Settings())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    write(dialog.authors, 1, "Other")
    dialog.accept()
    assert said == ["The disk is full. Make room."]
    assert dialog.isVisible()


# --- files


def test_the_users_rows_go_out_and_come_in(
    opened: Opened, kept: list[Overrides], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.csv"
    own = Overrides((Origin("me", "Me", "FR", SINCE), Origin("x-ai", "xAI", "DE", SINCE, "I say so")))
    monkeypatch.setattr(FileDialog, "ask", lambda _: (path,))
    assert not opened().authors.give_out.isEnabled(), "there is nothing of the user's to write"
    opened(own).authors.give_out.click()
    assert read_origins(path) == own.origins
    other = opened(Overrides((Origin("z-ai", "Z.ai", "FR", SINCE),)))
    other.authors.take_in.click()
    assert bold(other.authors) == ["me", "x-ai", "z-ai"], "what was said of others stays"
    other.accept()
    assert kept == [Overrides((*own.origins, Origin("z-ai", "Z.ai", "FR", SINCE)))]


def test_reveals_go_out_and_come_in(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.csv"
    monkeypatch.setattr(FileDialog, "ask", lambda _: (path,))
    opened(Overrides((), (Reveal(PONY.slug, "x-ai", SINCE, "x-ai/grok-5"),))).reveals.give_out.click()
    dialog = opened()
    dialog.reveals.take_in.click()
    assert rows(dialog.reveals) == [["openrouter/pony-alpha", "x-ai", "2023-01-01", "x-ai/grok-5", "You"]]


def test_a_file_that_is_no_table_of_authors_is_a_sentence(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()) or 0)
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    monkeypatch.setattr(FileDialog, "ask", lambda _: (path,))
    dialog = opened()
    dialog.authors.take_in.click()
    assert len(said) == 1
    assert "other.csv" in said[0]
    assert bold(dialog.authors) == []


# --- in the window


def open_from(window: MainWindow) -> AttributionDialog:
    window.menus.actions["attribution"].trigger()
    (dialog,) = window.findChildren(AttributionDialog)
    return dialog


def test_an_override_shows_in_the_views_and_their_captions_at_once(
    rankings_window: MainWindow, filled_store: Path
) -> None:
    session = rankings_window.session
    selection = session.selection.but(search="m", countries=frozenset({"DE"}))
    session.select(selection)
    dialog = open_from(rankings_window)
    choose(dialog.authors, "minimax")
    write(dialog.authors, 2, "Germany")
    dialog.accept()
    assert session.selection == selection, "the question stays"
    for dock in rankings_window.docks.all[:2]:
        notes = [str(note) for note in dock.table().caption.notes]
        assert "Your attribution: minimax counts as Germany." in notes
    board = rankings_window.docks.all[0].table()
    assert board.values["country"][board.ids.index("minimax/minimax-m2.5")] == "DE"
    assert board.marked == {"minimax/minimax-m2.5"}
    with Store.open(filled_store, create=False) as store:
        assert [(row.author, row.country) for row in store.overrides().origins] == [("minimax", "DE")]


def test_without_a_store_only_ok_makes_one(published_window: MainWindow, store_path: Path) -> None:
    dialog = open_from(published_window)
    dialog.accept()
    assert not store_path.exists(), "nothing was changed"
    QApplication.sendPostedEvents(None, 52)
    dialog = open_from(published_window)
    choose(dialog.authors, "minimax")
    write(dialog.authors, 2, "FR")
    dialog.accept()
    with Store.open(store_path, create=False) as store:
        assert [(row.author, row.country) for row in store.overrides().origins] == [("minimax", "FR")]
    board = published_window.docks.all[0].table()
    countries = dict(zip(board.values["author"], board.values["country"], strict=True))
    assert countries["minimax"] == "FR"


@pytest.mark.parametrize("searched", ["author-250", "pony", ""])
@pytest.mark.parametrize("elsewhere", [True, False], ids=["other-tab", "same-tab"])
@pytest.mark.parametrize("browsed", [True, False], ids=["browsed", "left"])
def test_ok_goes_to_the_row_that_is_amiss_and_brings_it_into_sight(
    qtbot: QtBot, kept: list[Overrides], searched: str, elsewhere: bool, browsed: bool
) -> None:
    many = tuple(Origin(f"author-{i:03}", f"Company {i}", "US", SINCE) for i in range(300))
    dialog = AttributionDialog(Origins((*many, XAI, ZAI), COUNTRIES, (PONY,)), kept.append, Settings())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    page = dialog.authors
    QTest.keyClicks(dialog.search, "author-250")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    choose(page, "author-250")
    write(page, 2, "Atlantis")
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    if browsed:
        choose(page, "author-001")
        page.table.scrollToTop()
    if elsewhere:
        dialog.pages.setCurrentWidget(dialog.reveals)
    QTest.keyClicks(dialog.search, searched)
    dialog.search.flush()
    dialog.accept()
    assert not kept and dialog.isVisible()

    def seen() -> bool:
        current = page.table.currentIndex()
        where = page.table.visualRect(current)
        inside = page.table.viewport().rect().contains(where) and not where.isEmpty()
        return current.data() == "author-250" and inside and page.isVisible()

    assert seen()
    assert dialog.search.text() == ""
    qtbot.wait(0)
    for _ in range(3):
        QApplication.processEvents()
    assert seen(), "and it stays there"


def test_the_status_says_whether_any_attribution_is_ones_own(rankings_window: MainWindow, filled_store: Path) -> None:
    mine = Overrides((Origin("minimax", "MiniMax", "US", SINCE),))
    rankings_window.commands.keep_overrides(mine)
    assert rankings_window.statusBar().currentMessage() == "Attribution kept: captions say where it is yours."
    rankings_window.commands.keep_overrides(Overrides())
    assert rankings_window.statusBar().currentMessage() == "Attribution is as the program has it."
