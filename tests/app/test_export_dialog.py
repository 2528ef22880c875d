"""What leaves the window: the dialogs, the files and the clipboard."""

import csv
import io
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from explorer.app.export_dialog import PictureDialog, file_stem
from explorer.app.outputs import table_mime
from explorer.app.window import MainWindow
from explorer.export import table_csv
from explorer.style import DARK, LIGHT

VIEWS = ("leaderboard", "share", "prices")


def focus(window: MainWindow, view: str):
    dock = next(dock for dock in window.docks if dock.view.key == view)
    dock.widget().setFocus()
    assert window.docks.current is dock
    return dock


def trigger(window: MainWindow, action: str) -> None:
    window.menus.actions[action].trigger()


@dataclass
class Answer:
    """What the person answers to the file dialog, and the titles of the dialogs that asked."""

    path: Path
    which: int = 0
    asked: list[str] = field(default_factory=list[str])


@pytest.fixture
def save_as(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Answer]:
    """Return a function that sets the file and the filter that the person chooses."""
    answer = Answer(tmp_path / "out")

    def run(dialog: QFileDialog) -> int:
        answer.asked.append(dialog.windowTitle())
        dialog.selectNameFilter(dialog.nameFilters()[answer.which])
        return 1

    monkeypatch.setattr(QFileDialog, "exec", run)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(answer.path)])

    def choose(path: Path, which: int = 0) -> Answer:
        answer.path, answer.which = path, which
        return answer

    return choose


def png_size(path: Path) -> tuple[int, int]:
    raw = path.read_bytes()
    assert raw.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", raw[16:24])


# --- tables


@pytest.mark.parametrize("view", VIEWS)
def test_the_csv_is_the_table_on_screen(
    rankings_window: MainWindow, save_as: Callable[..., Answer], tmp_path: Path, view: str
) -> None:
    dock = focus(rankings_window, view)
    path = tmp_path / "table.csv"
    save_as(path)
    trigger(rankings_window, "export_table")
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf# ")
    text = raw.decode("utf-8-sig")
    assert "Licensed under" in text or view == "prices"
    rows = list(csv.reader(line for line in io.StringIO(text, newline="") if not line.startswith("#")))
    table = dock.table()
    assert rows[0] == [column.key for column in table.exported]
    assert len(rows) - 1 == len(table) > 0
    if view == "leaderboard":
        tokens = rows[0].index("tokens")
        assert [int(row[tokens]) for row in rows[1:]] == list(table.values["tokens"])
    assert rankings_window.statusBar().currentMessage().endswith("written to table.csv")


def test_the_comment_lines_can_be_left_out(
    rankings_window: MainWindow, save_as: Callable[..., Answer], tmp_path: Path
) -> None:
    path = tmp_path / "bare.csv"
    save_as(path, 1)
    trigger(rankings_window, "export_table")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfrank,model,")


def test_changing_ones_mind_writes_nothing(
    rankings_window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 0)
    trigger(rankings_window, "export_table")
    monkeypatch.setattr(QDialog, "exec", lambda dialog: 0)
    trigger(rankings_window, "export_picture")
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_is_not_there_is_a_sentence(
    rankings_window: MainWindow, save_as: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()) or 0)
    save_as(tmp_path / "nowhere" / "table.csv")
    trigger(rankings_window, "export_table")
    assert len(said) == 1
    assert "There is no such folder." in said[0]


def test_the_suggested_name_says_view_and_days(
    rankings_window: MainWindow, save_as: Callable[..., Answer], tmp_path: Path
) -> None:
    answer = save_as(tmp_path / "a.csv")
    trigger(rankings_window, "export_table")
    dock = focus(rankings_window, "share")
    window = rankings_window.session.selection.brush
    assert file_stem("leaderboard", rankings_window.docks.all[0].table(), window) == (
        "leaderboard-2026-02-16-to-2026-02-22"
    )
    assert file_stem("share", dock.table(), window) == "share-2026-02-02-to-2026-02-22"
    assert file_stem("prices", rankings_window.docks.all[2].table(), None) == "prices"
    assert answer.asked == ["Export table"]


# --- pictures


@pytest.mark.parametrize(("preset", "size"), [(0, (1920, 1080)), (1, (3840, 2160)), (2, (1080, 1080))])
def test_a_preset_sets_the_size(rankings_window: MainWindow, qtbot: QtBot, preset: int, size: tuple[int, int]) -> None:
    docks = rankings_window.docks.all
    dialog = PictureDialog(docks, docks[1], LIGHT, rankings_window)
    dialog.preset.setCurrentIndex(preset)
    wish = dialog.wish()
    assert (wish.size.width, wish.size.height) == size
    assert (wish.dock, wish.theme) == (docks[1], LIGHT)
    assert not dialog.width_pixels.isEnabled()
    dialog.preset.setCurrentIndex(3)
    assert dialog.width_pixels.isEnabled()
    assert dialog.width_pixels.maximum() == 16_384
    dialog.close()


@pytest.mark.parametrize("view", VIEWS)
def test_the_picture_has_exactly_the_size_asked_for(
    rankings_window: MainWindow,
    save_as: Callable[..., Answer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    view: str,
) -> None:
    focus(rankings_window, view)
    path = tmp_path / "picture.png"
    save_as(path)

    def fill_in(dialog: PictureDialog) -> int:
        dialog.preset.setCurrentIndex(3)
        dialog.width_pixels.setValue(1234)
        dialog.height_pixels.setValue(777)
        dialog.theme.setCurrentIndex(1)
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(PictureDialog, "exec", fill_in)
    trigger(rankings_window, "export_picture")
    assert png_size(path) == (1234, 777)
    image = QImage(str(path))
    assert image.pixelColor(0, 0).name() == DARK.background
    assert len({image.pixel(x, y) for x in range(0, 1234, 7) for y in range(0, 777, 7)}) > 5


def test_the_dialog_opens_on_the_focused_view_and_the_theme_on_screen(rankings_window: MainWindow) -> None:
    prices = focus(rankings_window, "prices")
    dialog = PictureDialog(rankings_window.docks.all, rankings_window.docks.current, DARK, rankings_window)
    assert dialog.view.currentText() == "Prices"
    assert dialog.wish().dock is prices
    assert dialog.wish().theme is DARK
    dialog.close()


def test_a_closed_view_is_not_the_current_one(rankings_window: MainWindow) -> None:
    dock = focus(rankings_window, "prices")
    dock.close()
    assert rankings_window.docks.current is rankings_window.docks.all[0]


# --- the clipboard


def test_copy_table_gives_tabs_and_csv(rankings_window: MainWindow) -> None:
    dock = focus(rankings_window, "leaderboard")
    trigger(rankings_window, "copy_table")
    mime = QGuiApplication.clipboard().mimeData()
    rows = [line.split("\t") for line in mime.text().splitlines()]
    assert [row[1] for row in rows] == ["model", *dock.table().ids]
    assert bytes(mime.data("text/csv").data()).decode() == table_csv.text(dock.table(), comments=False)
    assert rankings_window.statusBar().currentMessage() == "Leaderboard: 3 rows copied"


def test_a_cell_with_a_comma_stays_one_cell(rankings_window: MainWindow) -> None:
    table = rankings_window.docks.all[0].table()
    values = {**table.values, "author": ["Moon, shot", 'say "hi"', "x"]}
    changed = type(table)(table.columns, values, table.ids, table.caption)
    rows = list(csv.reader(io.StringIO(table_mime(changed).text()), delimiter="\t"))
    assert [row[2] for row in rows[1:]] == ["Moon, shot", 'say "hi"', "x"]


@pytest.mark.parametrize("view", VIEWS)
def test_copy_chart_gives_the_view_at_twice_its_size(rankings_window: MainWindow, view: str) -> None:
    dock = focus(rankings_window, view)
    trigger(rankings_window, "copy_chart")
    image = QGuiApplication.clipboard().image()
    shown = dock.widget().size()
    assert (image.width(), image.height()) == (2 * shown.width(), 2 * shown.height())


def test_the_menu_says_which_view_is_meant(rankings_window: MainWindow) -> None:
    focus(rankings_window, "prices")
    titles = {key: action.text().replace("&", "") for key, action in rankings_window.menus.actions.items()}
    assert titles["copy_table"] == "Copy table: Prices"
    assert titles["export_table"] == "Export table: Prices…"


def test_the_folder_is_remembered(rankings_window: MainWindow, save_as: Callable[..., Answer], tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    save_as(tmp_path / "figures" / "a.csv")
    trigger(rankings_window, "export_table")
    assert rankings_window._settings.folder == str(tmp_path / "figures")
