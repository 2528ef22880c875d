"""What a person does with snapshots and the store, asked for in the view and done in the store."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from explorer.app import file_dialogs, keeping, loading
from explorer.app.imported import Imported
from explorer.app.importing import Job
from explorer.app.settings import Settings
from explorer.app.theme import Appearance
from explorer.app.window import MainWindow
from explorer.domain.periods import Grain
from explorer.domain.selection import Source
from explorer.errors import ExplorerError
from explorer.session import Session
from explorer.sources import read
from explorer.store import Store
from explorer.words import say

FIRST = date(2026, 2, 2)


def csv(first: date, days: int, factor: int) -> bytes:
    rows = [
        f"{first + timedelta(day)},{model},{tokens * factor}"
        for day in range(days)
        for model, tokens in (("minimax/minimax-m2.5", 500), ("google/gemini-3-flash", 300), ("other", 200))
    ]
    return "\r\n".join(["date,model_permaslug,total_tokens", *rows, ""]).encode()


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two weeks from 2 February, and as many from 9 February, the common week not alike."""
    older, newer = tmp_path / "2026-02-16.csv", tmp_path / "2026-02-23.csv"
    older.write_bytes(csv(FIRST, 14, 1))
    newer.write_bytes(csv(FIRST + timedelta(7), 14, 2))
    return older, newer


@pytest.fixture
def store_path(files: tuple[Path, Path], tmp_path: Path) -> Path:
    path = tmp_path / "store.sqlite"
    with Store.open(path) as store:
        for file in files:
            store.add(read(file), "2026-02-24T00:00:00Z")
    return path


@pytest.fixture
def window(qtbot: QtBot, store_path: Path) -> MainWindow:
    with Store.open(store_path) as store:
        dataset = loading.dataset(store)
    settings = Settings()
    made = MainWindow(
        Session(dataset, complete=loading.Vintages(store_path)), store_path, settings, Appearance(settings)
    )
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.complete()
    made.activateWindow()
    dock = next(dock for dock in made.docks if dock.view.key == "snapshots")
    dock.raise_()
    qtbot.waitUntil(dock.widget().isVisible)
    assert len(dock.table()) == 2  # waits for what is read in a thread
    return made


def view_of(window: MainWindow) -> Any:
    return next(dock for dock in window.docks if dock.view.key == "snapshots").widget()


def sha_of(window: MainWindow, name: str) -> str:
    return next(each.sha256 for each in window.session.latest.provenance if each.name == name)


class Answers:
    """What a person answers to the questions put to them, and what these were."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.agree = True
        self.file = ""
        self.chosen = 0
        monkeypatch.setattr(QMessageBox, "exec", self._exec)
        monkeypatch.setattr(QMessageBox, "clickedButton", self._clicked)
        monkeypatch.setattr(file_dialogs.FileDialog, "ask", lambda _: (Path(self.file),) if self.file else ())
        monkeypatch.setattr(QInputDialog, "getItem", self._pick)
        self._box: QMessageBox | None = None

    def _exec(self) -> int:
        box = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox))
        self.asked.append(box.text())
        self._box = box
        return 0

    def _clicked(self) -> Any:
        assert self._box is not None
        accept = QMessageBox.ButtonRole.AcceptRole
        found = next((each for each in self._box.buttons() if self._box.buttonRole(each) is accept), None)
        self._box.deleteLater()
        QApplication.sendPostedEvents(self._box, 0)
        return found if self.agree else None

    def _pick(self, _parent: object, _title: str, _label: str, items: list[str], *_: object) -> tuple[str, bool]:
        self.asked.append("|".join(items))
        return items[self.chosen], self.agree


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    return Answers(monkeypatch)


def done(qtbot: QtBot, window: MainWindow) -> str:
    """Wait until the work is done; return what the status bar says."""
    qtbot.waitUntil(lambda: not window.importer.running)
    return window.statusBar().currentMessage()


def names(path: Path) -> set[str]:
    with Store.open(path) as store:
        return {each.name for each in store.provenance()}


# --- removing and putting back


def test_a_removal_names_what_is_lost_and_is_undone(
    window: MainWindow, store_path: Path, answers: Answers, qtbot: QtBot
) -> None:
    session, newer = window.session, sha_of(window, "2026-02-23.csv")
    before = session.dataset
    undo = window.menus.actions["undo_remove"]
    assert not undo.isEnabled()
    view_of(window).asked.emit("remove", newer)
    assert done(qtbot, window) == "2026-02-23.csv removed. Edit, Undo remove puts it back."
    assert answers.asked[0].splitlines() == [
        "Remove 2026-02-23.csv (as of 23 Feb 2026)?",
        "Lost from view: 7 days that no other snapshot covers, 16–22 Feb 2026.",
        "As other snapshots have it: 7 days.",
        "It can be put back until the store is compacted.",
    ]
    assert names(store_path) == {"2026-02-16.csv"}
    assert session.dataset.cube.days is not None and session.dataset.cube.days.end == date(2026, 2, 15)
    assert len(view_of(window).table()) == 1
    assert (undo.isEnabled(), undo.text()) == (True, "Undo re&move of 2026-02-23.csv")
    undo.trigger()
    assert done(qtbot, window) == "2026-02-23.csv is back."
    assert names(store_path) == {"2026-02-16.csv", "2026-02-23.csv"}
    assert session.dataset.cube.days == before.cube.days
    assert (session.dataset.cube.running == before.cube.running).all()
    assert not undo.isEnabled()


def test_undo_takes_back_the_newest_of_removals_and_selections(
    window: MainWindow, store_path: Path, answers: Answers, qtbot: QtBot
) -> None:
    session, undo = window.session, window.menus.actions["undo"]
    first = session.selection
    session.select(first.but(grain=Grain.DAY))
    view_of(window).asked.emit("remove", sha_of(window, "2026-02-23.csv"))
    done(qtbot, window)
    session.select(session.selection.but(grain=Grain.MONTH))
    undo.trigger()
    assert (session.selection.grain, window.importer.running) == (Grain.DAY, False)
    QTest.keySequence(window, "Ctrl+Z")
    assert not undo.isEnabled(), "one thing after the other"
    assert done(qtbot, window) == "2026-02-23.csv is back."
    assert len(names(store_path)) == 2
    assert session.selection.grain is Grain.DAY
    window.top_bar.undo.click()
    assert session.selection == first


def test_a_removal_is_undone_where_nothing_else_can_be(
    window: MainWindow, store_path: Path, answers: Answers, qtbot: QtBot
) -> None:
    window.session.select(window.session.selection.but(grain=Grain.DAY))
    for name in ("2026-02-16.csv", "2026-02-23.csv"):
        view_of(window).asked.emit("remove", sha_of(window, name))
        done(qtbot, window)
    assert not window.session.can_undo, "the printed figures begin anew"
    for count in (1, 2):
        window.menus.actions["undo"].trigger()
        done(qtbot, window)
        assert len(names(store_path)) == count
    assert not window.menus.actions["undo"].isEnabled()


def test_what_cannot_be_put_back_any_more_is_not_offered_again(
    window: MainWindow, store_path: Path, answers: Answers, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("explorer.app.arrivals.show_errors", lambda _parent, errors: told.extend(map(str, errors)))
    view_of(window).asked.emit("remove", sha_of(window, "2026-02-16.csv"))
    done(qtbot, window)
    view_of(window).asked.emit("remove", sha_of(window, "2026-02-23.csv"))
    done(qtbot, window)
    with Store.open(store_path) as store:
        store.put_back(next(each.provenance.sha256 for each in store.removed() if "16" in each.provenance.name))
        store.compact()
    undo = window.menus.actions["undo_remove"]
    undo.trigger()
    done(qtbot, window)
    assert len(told) == 1
    assert "2026-02-23.csv is not in the store any more" in told[0]
    assert undo.text().endswith("2026-02-16.csv"), "of the others nothing is known"


def test_what_was_agreed_to_is_done_after_what_began_meanwhile(
    window: MainWindow, store_path: Path, answers: Answers, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(box: QMessageBox) -> int:
        window.importer.begin(Job(lambda _progress: Imported((), None, say("Meanwhile")), say("Meanwhile")))
        assert window.importer.running
        return answers._exec()

    monkeypatch.setattr(QMessageBox, "exec", asked)
    monkeypatch.setattr("explorer.app.arrivals.Arrivals._report", lambda *_: None)
    view_of(window).asked.emit("remove", sha_of(window, "2026-02-23.csv"))
    assert done(qtbot, window) == "2026-02-23.csv removed. Edit, Undo remove puts it back."
    assert names(store_path) == {"2026-02-16.csv"}


def test_recent_files_are_not_opened_while_the_importer_is_busy(
    window: MainWindow, files: tuple[Path, Path], qtbot: QtBot
) -> None:
    window.recent.add(files[0])
    entry = window.recent.menu.menuAction()
    seen: list[bool] = []
    assert entry.isEnabled()
    window.importer.started.connect(lambda: seen.append(entry.isEnabled()))
    window.importer.begin(Job(lambda _progress: Imported((), None, say("Done")), say("Doing")))
    done(qtbot, window)
    assert seen == [False]
    assert entry.isEnabled()
    for dialog in QApplication.topLevelWidgets():
        if dialog.isModal():
            dialog.close()


def test_who_does_not_agree_keeps_the_snapshot(window: MainWindow, store_path: Path, answers: Answers) -> None:
    answers.agree = False
    view_of(window).asked.emit("remove", sha_of(window, "2026-02-16.csv"))
    assert len(answers.asked) == 1
    assert not window.importer.running
    assert len(names(store_path)) == 2


def test_without_any_snapshot_left_the_printed_figures_show_until_one_is_put_back(
    window: MainWindow, store_path: Path, answers: Answers, qtbot: QtBot
) -> None:
    for name in ("2026-02-16.csv", "2026-02-23.csv"):
        view_of(window).asked.emit("remove", sha_of(window, name))
        done(qtbot, window)
    assert window.session.dataset.source is Source.PUBLISHED
    answers.chosen = 1
    view_of(window).asked.emit("put_back", "")
    assert done(qtbot, window) == "2026-02-16.csv is back."
    assert answers.asked[-1].count("|") == 1
    assert names(store_path) == {"2026-02-16.csv"}
    assert window.session.dataset.source is Source.RANKINGS
    assert window.menus.actions["undo_remove"].text().endswith("2026-02-23.csv")


def test_where_nothing_was_removed_that_is_said(window: MainWindow, answers: Answers) -> None:
    view_of(window).asked.emit("put_back", "")
    assert answers.asked == ["No snapshot was removed."]


def test_a_snapshot_that_went_elsewhere_is_an_error_a_person_can_read(store_path: Path, window: MainWindow) -> None:
    snapshot = window.session.latest.provenance[0]
    with Store.open(store_path) as store:
        store.remove(snapshot.sha256, "2026-03-01T00:00:00Z")
        store.compact()
    for work in (keeping._remove, keeping._put_back):
        with pytest.raises(ExplorerError, match="is not in the store any more"):
            work(store_path, snapshot, lambda _: None)


# --- files


def test_a_snapshot_is_saved_byte_for_byte(
    window: MainWindow, files: tuple[Path, Path], answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.file = str(tmp_path / "copy.csv")
    view_of(window).asked.emit("save", sha_of(window, "2026-02-16.csv"))
    size = f"{len(files[0].read_bytes()):,}".replace(",", "\u2009")
    assert done(qtbot, window) == f"Saved as copy.csv, {size} bytes as they came in"
    assert (tmp_path / "copy.csv").read_bytes() == files[0].read_bytes()


def test_a_backup_is_a_store_and_restoring_it_brings_everything_back(
    window: MainWindow, store_path: Path, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.file = str(tmp_path / "backup.sqlite")
    view_of(window).asked.emit("back_up", "")
    assert done(qtbot, window) == "Store backed up to backup.sqlite, and the copy checked"
    assert names(tmp_path / "backup.sqlite") == names(store_path)
    for name in ("2026-02-16.csv", "2026-02-23.csv"):
        view_of(window).asked.emit("remove", sha_of(window, name))
        done(qtbot, window)
    view_of(window).asked.emit("restore", "")
    assert done(qtbot, window).startswith(
        "The store holds what backup.sqlite holds; what it held is kept as store.sqlite"
    )
    assert answers.asked[-1].splitlines()[0] == "Restore the store from backup.sqlite?"
    assert names(store_path) == {"2026-02-16.csv", "2026-02-23.csv"}
    assert window.session.dataset.source is Source.RANKINGS
    assert not window.menus.actions["undo_remove"].isEnabled()


def test_what_is_no_store_is_not_restored(
    window: MainWindow,
    store_path: Path,
    answers: Answers,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[list[ExplorerError]] = []
    monkeypatch.setattr("explorer.app.arrivals.show_errors", lambda _parent, errors: told.append(list(errors)))
    (tmp_path / "letter.txt").write_text("Dear all", "utf-8")
    answers.file = str(tmp_path / "letter.txt")
    before = window.session.dataset
    view_of(window).asked.emit("restore", "")
    done(qtbot, window)
    assert len(told) == 1
    assert "letter.txt" in str(told[0][0])
    assert window.session.dataset is before
    assert len(names(store_path)) == 2


def test_compacting_warns_of_what_is_gone_for_good(
    window: MainWindow, store_path: Path, answers: Answers, qtbot: QtBot
) -> None:
    view_of(window).asked.emit("compact", "")
    assert done(qtbot, window).startswith("Store compacted: ")
    assert answers.asked == [], "nothing is lost, so nothing is asked"
    view_of(window).asked.emit("remove", sha_of(window, "2026-02-23.csv"))
    done(qtbot, window)
    view_of(window).asked.emit("compact", "")
    done(qtbot, window)
    assert answers.asked[-1].splitlines() == [
        "Compact the store?",
        "1 removed snapshot is deleted for good and can't be put back any more.",
    ]
    with Store.open(store_path) as store:
        assert store.removed() == ()
    assert not window.menus.actions["undo_remove"].isEnabled()


def test_who_changes_their_mind_about_a_file_changes_nothing(window: MainWindow, answers: Answers) -> None:
    for action, sha256 in (("save", sha_of(window, "2026-02-16.csv")), ("back_up", ""), ("restore", "")):
        view_of(window).asked.emit(action, sha256)
        assert not window.importer.running
    assert answers.asked == []


def test_nothing_is_asked_for_while_an_import_runs(
    window: MainWindow, answers: Answers, files: Any, qtbot: QtBot
) -> None:
    window.importer.start([files[0]])
    view_of(window).asked.emit("remove", sha_of(window, "2026-02-16.csv"))
    assert answers.asked == []
    with qtbot.waitSignal(window.importer.ended):
        pass
    for dialog in QApplication.topLevelWidgets():
        if dialog.isModal():
            dialog.close()


# --- asked for in the view


@pytest.fixture
def heard(window: MainWindow) -> list[tuple[str, str]]:
    """What the view asks for, with nobody to do it."""
    found: list[tuple[str, str]] = []
    view = view_of(window)
    view.asked.disconnect()
    view.asked.connect(lambda action, sha256: found.append((action, sha256)))
    return found


def menus_of(view: Any, seen: Callable[[QMenu], object], open_: Callable[[], object]) -> None:
    """Open a menu of the view, and close it once it was looked at."""
    open_()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    seen(menu)
    menu.close()
    QApplication.processEvents()


def test_the_menus_name_the_snapshot_and_ask_for_what_they_say(
    window: MainWindow, heard: list[tuple[str, str]]
) -> None:
    view = view_of(window)
    newest, older = (sha_of(window, name) for name in ("2026-02-23.csv", "2026-02-16.csv"))

    def use(menu: QMenu) -> None:
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        assert texts[:2] == ["&Save 2026-02-16.csv as…", "&Remove 2026-02-16.csv…\tDel"]
        for action in menu.actions()[:2]:
            action.trigger()

    at = view.rows.row_rect(1).center()
    point = view.rows.viewport().mapTo(view, at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, view.mapToGlobal(point))
    menus_of(view, use, lambda: view.contextMenuEvent(event))
    assert heard == [("save", older), ("remove", older)]
    heard.clear()
    view.rows.setFocus()
    QTest.keyClick(view.rows, Qt.Key.Key_Home)
    QTest.keyClick(view.rows, Qt.Key.Key_Delete)
    assert heard == [("remove", newest)]


def test_the_menu_key_opens_the_menu_of_the_current_row(window: MainWindow, heard: list[tuple[str, str]]) -> None:
    view = view_of(window)
    view.rows.setFocus()
    QTest.keyClick(view.rows, Qt.Key.Key_End)
    by_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), view.rows.mapToGlobal(QPoint(5, 5)))
    titles: list[str] = []
    menus_of(
        view,
        lambda menu: titles.extend(action.text() for action in menu.actions()),
        lambda: QApplication.sendEvent(view.rows, by_key),
    )
    assert titles[0] == "&Save 2026-02-16.csv as…"
    assert titles[-1] == "Columns"


def test_the_button_has_what_can_be_done_with_the_store(window: MainWindow, heard: list[tuple[str, str]]) -> None:
    view = view_of(window)
    for action in view.store.menu().actions():
        action.trigger()
    assert heard == [("put_back", ""), ("back_up", ""), ("restore", ""), ("compact", "")]
    view.this.menu().aboutToShow.emit()
    assert next(action.text() for action in view.this.menu().actions()) == "&Save 2026-02-23.csv as…"
