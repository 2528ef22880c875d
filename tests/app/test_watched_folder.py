"""The watched folder: what comes in whole is imported once and quietly, whatever else is there."""

import shutil
import threading
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from explorer.app.file_dialogs import FileDialog
from explorer.app.importing import Importer
from explorer.app.report_dialog import ReportDialog
from explorer.app.settings import Settings
from explorer.app.watched_dialog import WatchedDialog
from explorer.app.watched_folder import WatchedFolder, lines, state_of
from explorer.app.window import MainWindow
from explorer.errors import ExplorerError
from explorer.store import Store
from explorer.words import say

HEADER = "date,model_permaslug,total_tokens\n"
MONDAY, TUESDAY = f"{HEADER}2026-02-09,minimax/minimax-m2.5,600\n", f"{HEADER}2026-02-10,google/gemini-3-flash,7\n"
BAD = f"{HEADER}2026-02-30,google/gemini-3-flash,7\n"


@pytest.fixture(autouse=True)
def _no_box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda box: pytest.fail(f"a box: {box.text()}"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in & out"
    made.mkdir()
    return made


@pytest.fixture
def importer(store_path: Path, qapp: QApplication):
    made = Importer(store_path)
    yield made
    made.stop()


@pytest.fixture
def watched(importer: Importer, folder: Path):
    """One that looks by itself almost never, so that a test says when."""
    made = watching(importer)
    Settings().watched = str(folder)
    yield made
    made.end()


def watching(importer: Importer) -> WatchedFolder:
    made = WatchedFolder(Settings(), importer, soon=10**8)
    importer.imported.connect(made.take)
    importer.failed.connect(made.take_failure)
    importer.cancelled.connect(made.take_cancelled)
    return made


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def stored(path: Path) -> list[str]:
    if not path.exists():
        return []
    with Store.open(path) as store:
        return sorted(p.name for p in store.provenance())


def said(watched: WatchedFolder) -> list[str]:
    return [str(line) for line in lines(watched.happened)]


def test_off_unless_asked_for(importer: Importer, folder: Path, store_path: Path) -> None:
    put(folder, "monday.csv", MONDAY)
    watched = watching(importer)
    watched.begin()
    watched.look()
    watched.look()
    assert (watched.folder, state_of(watched), importer.running, stored(store_path)) == (None, None, False, [])


def test_a_file_is_taken_when_two_looks_find_it_the_same(
    qtbot: QtBot, watched: WatchedFolder, importer: Importer, folder: Path, store_path: Path
) -> None:
    put(folder, "monday.csv", HEADER)
    watched.begin()
    put(folder, "monday.csv", MONDAY)
    watched.look()
    assert not importer.running, "it has grown since the look before"
    with qtbot.waitSignal(watched.told) as told:
        watched.look()
    assert stored(store_path) == ["monday.csv"]
    assert said(watched) == ["monday.csv: imported"]
    assert str(told.args[0]) == "Watched folder: 1 imported"
    assert str(state_of(watched)) == "Watching in & out"


def look_twice(qtbot: QtBot, watched: WatchedFolder) -> None:
    watched.look()
    with qtbot.waitSignal(watched.told):
        watched.look()


def test_each_file_is_taken_once_also_by_the_next_start(
    qtbot: QtBot, watched: WatchedFolder, importer: Importer, folder: Path
) -> None:
    put(folder, "monday.csv", MONDAY)
    put(folder, "bad.csv", BAD)
    watched.begin()
    look_twice(qtbot, watched)
    for again in (watched, watching(importer)):
        again.begin()
        again.look()
        again.look()
        assert not importer.running
        again.end()
    later = watching(importer)
    later.begin()
    put(folder, "bad.csv", f"{TUESDAY} ")
    look_twice(qtbot, later)
    assert later.happened[0].name == "bad.csv", "as it is another file now"


def test_what_is_refused_is_listed_and_counted_and_keeps_nothing_out(
    qtbot: QtBot, watched: WatchedFolder, folder: Path, store_path: Path
) -> None:
    put(folder, "bad.csv", BAD)
    put(folder, "monday.csv", MONDAY)
    put(folder, "same.csv", MONDAY)
    watched.begin()
    with qtbot.waitSignal(watched.told) as told:
        watched.look()
    assert stored(store_path) == ["monday.csv"]
    assert said(watched)[:2] == ["same.csv: was there already", "monday.csv: imported"]
    assert "bad.csv, line 2" in said(watched)[2]
    assert "1 imported" in str(told.args[0])
    assert "bad.csv, line 2" in str(told.args[0])
    assert str(state_of(watched)) == "Watching in & out: 1 not imported"


@pytest.mark.parametrize(
    "name", [".hidden.csv", "~$book.xlsx", "rankings.csv.part", "rankings.csv.crdownload", "notes.txt", "picture.png"]
)
def test_what_is_no_finished_table_is_nobodys_business(
    watched: WatchedFolder, importer: Importer, folder: Path, name: str
) -> None:
    put(folder, name, MONDAY)
    (folder / "folder.csv").mkdir()
    put(folder, "empty.csv", "")
    watched.begin()
    watched.look()
    watched.look()
    assert not importer.running
    assert said(watched) == []


def test_an_exported_table_is_a_view_and_no_data(
    qtbot: QtBot, watched: WatchedFolder, importer: Importer, folder: Path
) -> None:
    told: list[str] = []
    watched.told.connect(lambda message: told.append(str(message)))
    put(folder, "share.csv", '# Tokenshare-Record: {"schema": 99}\nperiod_start,group\n')
    watched.begin()
    with qtbot.waitSignal(importer.imported):
        watched.look()
    assert said(watched) == ["share.csv: This is a view, not data: open it to see it."]
    assert (watched.refused, told) == (0, [])
    watched.look()
    watched.look()
    assert not importer.running, "once is enough"
    put(folder, "monday.csv", MONDAY)
    put(folder, "share.csv", '# Tokenshare-Record: {"schema": 98}\nperiod_start,group\n')
    look_twice(qtbot, watched)
    assert told == ["Watched folder: 1 imported"]


def test_whether_a_file_is_a_view_is_told_off_the_gui_thread(
    qtbot: QtBot, watched: WatchedFolder, importer: Importer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def is_view(_path: Path) -> bool:
        threads.append(threading.get_ident())
        return False

    monkeypatch.setattr("explorer.app.opening_files.is_view", is_view)
    put(folder, "monday.csv", MONDAY)
    watched.begin()
    look_twice(qtbot, watched)
    assert threads and threading.get_ident() not in threads


def test_a_file_that_vanishes_while_the_folder_is_listed_hides_no_other(
    qtbot: QtBot, watched: WatchedFolder, folder: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [folder / "gone.csv", put(folder, "monday.csv", MONDAY)]
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(paths))
    watched.begin()
    with qtbot.waitSignal(watched.told):
        watched.look()
    assert watched.trouble is None
    assert stored(store_path) == ["monday.csv"]


def test_after_the_end_no_look_is_due_even_where_an_import_ends(watched: WatchedFolder, importer: Importer) -> None:
    watched.begin()
    watched.end()
    importer.ended.emit()
    assert not watched._timer.isActive()


def test_a_folder_that_goes_is_said_and_one_that_comes_back_is_watched_again(
    qtbot: QtBot, watched: WatchedFolder, folder: Path, store_path: Path
) -> None:
    watched.begin()
    shutil.rmtree(folder)
    with qtbot.waitSignal(watched.changed):
        watched.look()
    assert str(state_of(watched)) == f"Watched folder: {folder} is not there any more."
    folder.mkdir()
    put(folder, "monday.csv", MONDAY)
    look_twice(qtbot, watched)
    assert stored(store_path) == ["monday.csv"]
    assert str(state_of(watched)) == "Watching in & out"


def test_new_files_are_noticed_without_being_asked(
    qtbot: QtBot, importer: Importer, folder: Path, store_path: Path
) -> None:
    Settings().watched = str(folder)
    watched = WatchedFolder(Settings(), importer, soon=1)
    importer.imported.connect(watched.take)
    watched.begin()
    with qtbot.waitSignal(watched.told):
        put(folder, "monday.csv", MONDAY)
    assert stored(store_path) == ["monday.csv"]
    watched.end()


def test_while_something_else_is_imported_files_wait(
    qtbot: QtBot, watched: WatchedFolder, importer: Importer, folder: Path, tmp_path: Path, store_path: Path
) -> None:
    watched.begin()
    put(folder, "monday.csv", MONDAY)
    watched.look()
    with qtbot.waitSignal(importer.imported):
        importer.start([put(tmp_path, "tuesday.csv", TUESDAY)])
        watched.look()
    assert said(watched) == [], "that import was somebody else's"
    look_twice(qtbot, watched)
    assert stored(store_path) == ["monday.csv", "tuesday.csv"]


def test_a_store_that_cannot_be_used_is_said_and_tried_again(
    qtbot: QtBot, watched: WatchedFolder, importer: Importer, folder: Path, store_path: Path
) -> None:
    store_path.write_text("not a database, not empty either", "utf-8")
    put(folder, "monday.csv", MONDAY)
    watched.begin()
    with qtbot.waitSignal(watched.told) as told:
        watched.look()
    assert "not a store of this program" in str(told.args[0])
    assert watched.refused == 1
    store_path.unlink()
    look_twice(qtbot, watched)
    assert (said(watched), watched.refused) == (["monday.csv: imported"], 0)


def test_a_cancelled_import_is_not_begun_again(
    qtbot: QtBot, watched: WatchedFolder, importer: Importer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "monday.csv", MONDAY)
    watched.begin()
    monkeypatch.setattr("explorer.app.importing.Task.start", cancelled_start)
    with qtbot.waitSignal(importer.cancelled):
        watched.look()
    watched.look()
    watched.look()
    assert not importer.running
    assert said(watched) == ["monday.csv: The import was cancelled."]


def cancelled_start(task) -> None:
    """Be cancelled before the first byte is read."""
    QTimer.singleShot(0, task.cancelled.emit)


def test_a_bug_is_left_to_the_window_and_not_repeated(watched: WatchedFolder, importer: Importer, folder: Path) -> None:
    class Job:
        work = None

    watched._job = importer._job = Job()  # as while an import of this folder is under way
    watched._batch = {"monday.csv": "1 2"}
    assert not watched.take_failure(ZeroDivisionError())
    assert watched._seen == {"monday.csv": "1 2"}
    assert not watched.take_failure(ExplorerError(say("Busy."), remedy=say("Wait."))), "no import of its own any more"


def test_choosing_another_folder_begins_anew_and_none_ends_it(
    qtbot: QtBot, watched: WatchedFolder, importer: Importer, folder: Path, tmp_path: Path
) -> None:
    put(folder, "monday.csv", MONDAY)
    watched.begin()
    look_twice(qtbot, watched)
    other = tmp_path / "other"
    other.mkdir()
    watched.choose(other)
    assert (watched.folder, said(watched), Settings().watched) == (other, [], str(other))
    watched.choose(None)
    assert (watched.folder, state_of(watched), Settings().watched, Settings().watched_seen) == (None, None, "", [])
    put(other, "tuesday.csv", TUESDAY)
    watched.look()
    watched.look()
    assert not importer.running


# --- in the window


def test_the_window_watches_quietly(
    qtbot: QtBot, rankings_window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = rankings_window
    assert not window.watched_status.isVisible()
    put(folder, "bad.csv", BAD)
    put(folder, "later.csv", f"{HEADER}2026-03-01,minimax/minimax-m2.5,600\n")
    window.menus.actions["watched_folder"].trigger()
    (dialog,) = window.findChildren(WatchedDialog)
    assert dialog.folder.text() == "No folder is watched."
    assert not dialog.clear.isEnabled()
    monkeypatch.setattr(FileDialog, "ask", lambda _: (folder,))
    dialog.choose.click()
    assert dialog.folder.text() == str(folder)
    with qtbot.waitSignal(window.watched.told):
        window.watched.look()
    assert [p.name for p in window.session.dataset.provenance] == ["rankings.csv", "later.csv"]
    assert dialog.list.toPlainText().splitlines()[0] == "later.csv: imported"
    assert "bad.csv, line 2" in dialog.list.toPlainText()
    assert window.watched_status.isVisible()
    assert window.watched_status.text() == "Watching in && out: 1 not imported"
    assert window.statusBar().currentMessage().startswith("Watched folder: 1 imported; bad.csv, line 2")
    assert window.findChildren(ReportDialog) == []
    dialog.clear.click()
    assert not window.watched_status.isVisible()
    dialog.close()


def test_the_window_s_own_import_is_reported_as_ever(
    qtbot: QtBot, rankings_window: MainWindow, folder: Path, tmp_path: Path
) -> None:
    window = rankings_window
    window.watched.choose(folder)
    with qtbot.waitSignal(window.importer.imported):
        window.workspaces.open([put(tmp_path, "tuesday.csv", f"{HEADER}2026-03-01,a/b,7\n")])
    qtbot.waitUntil(partial(_shows_a_report, window))
    assert window.watched.happened == []
    window.watched.choose(None)


def _shows_a_report(window: MainWindow) -> bool:
    shown = [dialog for dialog in window.findChildren(ReportDialog) if dialog.isVisible()]
    for dialog in shown:
        dialog.close()
    return bool(shown)
