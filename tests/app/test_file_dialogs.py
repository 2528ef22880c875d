"""The dialogs of files: they list a folder without a look into the files, and give back what was chosen."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo, QTimer
from PySide6.QtWidgets import QApplication, QFileSystemModel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from explorer.app import file_dialogs
from explorer.app.file_dialogs import FileDialog
from explorer.store import Store
from explorer.words import say

LOCKS = Path("/proc/locks")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def locks_on(path: Path) -> int:
    """How many locks this process has on a file."""
    of = (str(os.getpid()), str(path.stat().st_ino))
    fields = (line.split() for line in LOCKS.read_text("utf-8").splitlines())
    return sum((each[-4], each[-3].rpartition(":")[2]) == of for each in fields)


def answered(parent: QWidget, qtbot: QtBot, answer: Callable[[FileDialog], None], ask: Callable[[], object]) -> object:
    """Return what `ask` returns when its dialog, once it listed its folder, is answered so."""

    def act() -> None:
        (dialog,) = parent.findChildren(FileDialog)
        answer(dialog)

    QTimer.singleShot(0, act)
    return ask()


def typed(name: str) -> Callable[[FileDialog], None]:
    def answer(dialog: FileDialog) -> None:
        dialog.findChild(QLineEdit).setText(name)
        dialog.accept()

    return answer


@pytest.mark.skipif(not LOCKS.exists(), reason="the system does not say who locks what: there is no /proc/locks")
def test_listing_the_folder_of_an_open_store_leaves_it_locked(
    filled_store: Path, parent: QWidget, qtbot: QtBot
) -> None:
    with Store.open(filled_store) as store:
        store.provenance()
        before = locks_on(filled_store)
        assert before
        dialog = FileDialog(parent, say("Open"), filled_store.parent)
        dialog.show()
        listed = dialog.findChild(QFileSystemModel)
        qtbot.waitUntil(lambda: listed.type(listed.index(str(filled_store))) == "SQLITE file")
        dialog.close()
        assert locks_on(filled_store) == before


def test_files_are_told_apart_by_their_names(parent: QWidget, tmp_path: Path) -> None:
    (tmp_path / "picture.svg").write_text("<svg/>", "utf-8")
    (tmp_path / "plain").write_text("<svg/>", "utf-8")
    provider = FileDialog(parent, say("Open"), tmp_path).iconProvider()
    kinds = {name: provider.type(QFileInfo(str(tmp_path / name))) for name in ("picture.svg", "plain", ".")}
    assert kinds == {"picture.svg": "SVG file", "plain": "File", ".": "Folder"}
    assert not provider.icon(QFileInfo(str(tmp_path / "picture.svg"))).isNull()


def test_what_is_chosen_comes_back(parent: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "rankings.csv").write_text("", "utf-8")
    kinds = (say("Tables (*.csv)"), say("All files (*)"))

    def ask() -> object:
        return file_dialogs.open_files(parent, say("Open"), str(tmp_path), *kinds)

    assert answered(parent, qtbot, typed("rankings.csv"), ask) == (tmp_path / "rankings.csv",)
    assert answered(parent, qtbot, FileDialog.reject, ask) == ()
    folder = answered(
        parent, qtbot, FileDialog.accept, lambda: file_dialogs.choose_folder(parent, say("Folder"), str(tmp_path))
    )
    assert folder == tmp_path


def test_a_name_without_an_ending_gets_that_of_the_suggestion(parent: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    def ask() -> object:
        return file_dialogs.save_file(parent, say("Save"), str(tmp_path), "mine.csv", say("Tables (*.csv)"))

    assert answered(parent, qtbot, FileDialog.accept, ask) == tmp_path / "mine.csv"
    assert answered(parent, qtbot, typed("other"), ask) == tmp_path / "other.csv"
    assert answered(parent, qtbot, FileDialog.reject, ask) is None


def test_a_dialog_is_gone_once_it_was_answered(parent: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    answered(parent, qtbot, FileDialog.reject, FileDialog(parent, say("Open"), tmp_path).ask)
    qtbot.waitUntil(lambda: not parent.findChildren(FileDialog))
    assert not any(isinstance(each, FileDialog) for each in QApplication.topLevelWidgets())
