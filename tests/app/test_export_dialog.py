"""What leaves the window: the dialogs, the files and the clipboard."""

import csv
import io
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from explorer.app import outputs
from explorer.app.export_dialog import PictureDialog
from explorer.app.export_files import file_stem
from explorer.app.making import Making
from explorer.app.outputs import table_mime
from explorer.app.settings import ThemeChoice
from explorer.app.window import MainWindow
from explorer.export import table_csv
from explorer.export.framing import framed
from explorer.export.marks import stays
from explorer.export.picture import render
from explorer.progress import Progress
from explorer.style import DARK, PRINT
from explorer.tasks import Task
from explorer.words import say

VIEWS = ("leaderboard", "share", "prices")


def focus(window: MainWindow, view: str):
    dock = next(dock for dock in window.docks if dock.view.key == view)
    dock.widget().setFocus()
    assert window.docks.current is dock
    return dock


def trigger(window: MainWindow, action: str) -> None:
    window.menus.actions[action].trigger()


def export_table(window: MainWindow, qtbot: QtBot) -> None:
    window.statusBar().clearMessage()
    trigger(window, "export_table")
    qtbot.waitUntil(lambda: "written to" in window.statusBar().currentMessage())


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
    rankings_window: MainWindow, save_as: Callable[..., Answer], qtbot: QtBot, tmp_path: Path, view: str
) -> None:
    dock = focus(rankings_window, view)
    path = tmp_path / "table.csv"
    save_as(path)
    export_table(rankings_window, qtbot)
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
    rankings_window: MainWindow, save_as: Callable[..., Answer], qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "bare.csv"
    save_as(path, 1)
    export_table(rankings_window, qtbot)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfrank,model,")


def test_changing_ones_mind_writes_nothing(
    rankings_window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 0)
    trigger(rankings_window, "export_table")
    dialog = open_dialog(rankings_window)
    dialog.save.click()
    assert dialog.isVisible()
    dialog.reject()
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_is_not_there_is_a_sentence(
    rankings_window: MainWindow,
    save_as: Callable[..., Answer],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()) or 0)
    save_as(tmp_path / "nowhere" / "table.csv")
    trigger(rankings_window, "export_table")
    qtbot.waitUntil(lambda: bool(said))
    assert len(said) == 1
    assert "There is no such folder." in said[0]


def test_the_suggested_name_says_view_and_days(
    rankings_window: MainWindow, save_as: Callable[..., Answer], qtbot: QtBot, tmp_path: Path
) -> None:
    answer = save_as(tmp_path / "a.csv")
    export_table(rankings_window, qtbot)
    dock = focus(rankings_window, "share")
    window = rankings_window.session.selection.brush
    assert file_stem("leaderboard", rankings_window.docks.all[0].table(), window) == (
        "leaderboard-2026-02-16-to-2026-02-22"
    )
    assert file_stem("share", dock.table(), window) == "share-2026-02-02-to-2026-02-22"
    assert file_stem("prices", rankings_window.docks.all[2].table(), None) == "prices"
    assert answer.asked == ["Export table"]


@pytest.mark.parametrize(("which", "name", "magic"), [(2, "t.xlsx", b"PK"), (3, "t.parquet", b"PAR1")])
def test_a_table_can_be_a_workbook_or_parquet(
    rankings_window: MainWindow,
    save_as: Callable[..., Answer],
    qtbot: QtBot,
    tmp_path: Path,
    which: int,
    name: str,
    magic: bytes,
) -> None:
    focus(rankings_window, "leaderboard")
    save_as(tmp_path / name, which)
    export_table(rankings_window, qtbot)
    assert (tmp_path / name).read_bytes().startswith(magic)


def test_the_ending_that_was_typed_says_what_the_file_is(
    rankings_window: MainWindow, save_as: Callable[..., Answer], qtbot: QtBot, tmp_path: Path
) -> None:
    save_as(tmp_path / "t.xlsx", 0)
    export_table(rankings_window, qtbot)
    assert (tmp_path / "t.xlsx").read_bytes().startswith(b"PK")


# --- pictures


def open_dialog(window: MainWindow) -> PictureDialog:
    trigger(window, "export_picture")
    dialog = window.findChild(PictureDialog)
    assert isinstance(dialog, PictureDialog)
    return dialog


def choose(combo: QComboBox, key: object) -> None:
    at = combo.findData(key)
    assert at >= 0
    combo.setCurrentIndex(at)


def save(dialog: PictureDialog, window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    assert "written to" in window.statusBar().currentMessage()


SIZES = [("16:9", 1, (1920, 1080)), ("16:9", 4, (7680, 4320)), ("1:1", 2, (2160, 2160)), ("half-slide", 1, (960, 1080))]


@pytest.mark.parametrize(("preset", "scale", "size"), SIZES)
def test_a_preset_and_a_scale_set_the_size_and_say_it(
    rankings_window: MainWindow, preset: str, scale: int, size: tuple[int, int]
) -> None:
    dialog = open_dialog(rankings_window)
    choose(dialog.pixels.preset, preset)
    choose(dialog.pixels.scale, scale)
    assert (dialog.wish().wish.size.width, dialog.wish().wish.size.height) == size
    assert not dialog.pixels.width_pixels.isEnabled()
    dialog.preview.refresh()
    assert dialog.preview.note.text() == f"{size[0]} × {size[1]} pixels"
    choose(dialog.pixels.preset, "custom")
    assert dialog.pixels.width_pixels.isEnabled()
    assert dialog.pixels.width_pixels.maximum() == 16_384
    dialog.reject()


@pytest.mark.parametrize("view", VIEWS)
def test_the_picture_has_exactly_the_size_and_theme_asked_for(
    rankings_window: MainWindow, save_as: Callable[..., Answer], qtbot: QtBot, tmp_path: Path, view: str
) -> None:
    focus(rankings_window, view)
    path = tmp_path / "picture.png"
    save_as(path)
    dialog = open_dialog(rankings_window)
    choose(dialog.pixels.preset, "custom")
    dialog.pixels.width_pixels.setValue(1234)
    dialog.pixels.height_pixels.setValue(777)
    choose(dialog.theme, "dark")
    save(dialog, rankings_window, qtbot)
    assert png_size(path) == (1234, 777)
    image = QImage(str(path))
    assert image.pixelColor(0, 0).name() == DARK.background
    assert len({image.pixel(x, y) for x in range(0, 1234, 7) for y in range(0, 777, 7)}) > 5


def test_the_preview_is_the_picture_that_is_saved(
    rankings_window: MainWindow, save_as: Callable[..., Answer], qtbot: QtBot, tmp_path: Path
) -> None:
    focus(rankings_window, "share")
    path = tmp_path / "picture.png"
    save_as(path)
    dialog = open_dialog(rankings_window)
    choose(dialog.format, "png")
    choose(dialog.pixels.preset, "custom")
    dialog.pixels.width_pixels.setValue(800)
    dialog.pixels.height_pixels.setValue(600)
    dialog.words.title.setText("A title of my own")
    dialog.preview.refresh()
    seen = dialog.preview.image.convertToFormat(QImage.Format.Format_RGB32)
    save(dialog, rankings_window, qtbot)
    assert seen == QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)


def test_a_large_preview_has_fewer_pixels_in_the_same_places(rankings_window: MainWindow) -> None:
    focus(rankings_window, "share")
    dialog = open_dialog(rankings_window)
    choose(dialog.pixels.preset, "16:9")
    choose(dialog.pixels.scale, 4)
    dialog.preview.refresh()
    wish = dialog.wish()
    small = dialog.preview.image
    assert (small.width(), small.height()) == (1920, 1080)
    large = render(wish.dock.module.draw, framed(wish.exhibit), wish.exhibit.style, 7680, 4320)
    places = [(x, y) for x in range(8, 1920, 53) for y in range(8, 1080, 41)]
    alike = sum(
        abs(small.pixelColor(x, y).lightness() - large.pixelColor(4 * x + 2, 4 * y + 2).lightness()) < 40
        for x, y in places
    )
    assert alike > 0.97 * len(places)
    dialog.reject()


@pytest.mark.parametrize(("suffix", "magic"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("pptx", b"PK")])
def test_every_format_is_written(
    rankings_window: MainWindow, save_as: Callable[..., Answer], qtbot: QtBot, tmp_path: Path, suffix: str, magic: bytes
) -> None:
    focus(rankings_window, "share")
    path = tmp_path / f"x.{suffix}"
    answer = save_as(path)
    dialog = open_dialog(rankings_window)
    choose(dialog.format, suffix)
    save(dialog, rankings_window, qtbot)
    assert path.read_bytes().startswith(magic)
    assert answer.asked == ["Export picture"]


def test_words_are_the_view_s_own_until_others_are_written(rankings_window: MainWindow) -> None:
    dock = focus(rankings_window, "share")
    dialog = open_dialog(rankings_window)
    caption = dock.table().caption
    words = dialog.words
    assert words.title.text() == str(caption.title)
    assert words.subtitle.text() == str(caption.subtitle)
    assert words.footnote.toPlainText() == " ".join(str(note) for note in caption.notes if not stays(note))
    assert not words.back.isEnabled()
    assert dialog.wish().exhibit.title is dialog.wish().exhibit.footnote is None
    words.title.setText("Mine")
    words.footnote.setPlainText("")
    made = dialog.wish().exhibit
    assert (made.heading, made.subtitle, made.footnote) == ("Mine", None, "")
    assert framed(made).caption.source == say("{source}", source=made.source)
    assert str(caption.source) in made.source
    words.back.click()
    assert words.title.text() == str(caption.title)
    words.title.setText("Mine")
    choose(dialog.view, "prices")
    assert words.title.text() == "Prices of the most used models"
    dialog.reject()


def test_a_change_is_drawn_after_a_moment(rankings_window: MainWindow, qtbot: QtBot) -> None:
    focus(rankings_window, "share")
    dialog = open_dialog(rankings_window)
    before = dialog.preview.image
    dialog.words.title.setText("Quite another title")
    assert dialog.preview.image is before
    qtbot.waitUntil(lambda: dialog.preview.image is not before)
    assert dialog.preview.image != before
    dialog.reject()


def test_the_template_is_asked_for_where_there_are_slides(rankings_window: MainWindow) -> None:
    dialog = open_dialog(rankings_window)
    choose(dialog.format, "pptx")
    dialog.preview.refresh()
    assert dialog.template.isVisible()
    assert dialog.preview.note.text().startswith("A 16:9 slide. In place of this picture it has ")
    choose(dialog.pixels.preset, "1:1")
    dialog.preview.refresh()
    assert "4:3 slide" in dialog.preview.note.text()
    choose(dialog.format, "png")
    assert not dialog.template.isVisible()
    dialog.reject()


def test_a_template_that_is_none_is_a_sentence_and_the_dialog_stays(
    rankings_window: MainWindow,
    save_as: Callable[..., Answer],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()) or 0)
    bad = tmp_path / "slides.pptx"
    bad.write_text("not a zip", "utf-8")
    save_as(tmp_path / "x.pptx")
    focus(rankings_window, "share")
    dialog = open_dialog(rankings_window)
    choose(dialog.format, "pptx")
    for written, sentence in ((tmp_path / "gone.pptx", "There is no such file."), (bad, "This is no PowerPoint file")):
        said.clear()
        dialog.template.setText(str(written))
        dialog.save.click()
        qtbot.waitUntil(lambda: bool(said))
        assert sentence in said[0]
        assert dialog.isVisible()
    assert not (tmp_path / "x.pptx").exists()
    dialog.reject()


def test_what_was_chosen_last_is_chosen_again(
    rankings_window: MainWindow, save_as: Callable[..., Answer], qtbot: QtBot, tmp_path: Path
) -> None:
    focus(rankings_window, "share")
    save_as(tmp_path / "x.svg")
    dialog = open_dialog(rankings_window)
    for combo, key in (
        (dialog.format, "svg"),
        (dialog.theme, "print"),
        (dialog.pixels.preset, "4:3"),
        (dialog.pixels.scale, 2),
    ):
        choose(combo, key)
    save(dialog, rankings_window, qtbot)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    again = open_dialog(rankings_window).wish()
    assert (again.format.suffix, again.exhibit.style.theme) == ("svg", PRINT)
    assert (again.wish.size.width, again.wish.size.height) == (2880, 2160)


def test_the_dialog_opens_on_the_focused_view_and_the_theme_on_screen(rankings_window: MainWindow) -> None:
    prices = focus(rankings_window, "prices")
    rankings_window.appearance.choose(ThemeChoice.DARK)
    dialog = open_dialog(rankings_window)
    assert dialog.view.currentText() == "Prices"
    assert dialog.wish().dock is prices
    assert dialog.wish().exhibit.style.theme is DARK
    dialog.reject()


def test_the_dialog_fits_a_small_screen_and_names_every_control(rankings_window: MainWindow) -> None:
    dialog = open_dialog(rankings_window)
    choose(dialog.format, "pptx")
    least = dialog.minimumSizeHint()
    assert least.width() <= 720
    assert least.height() <= 540
    for kind in (QComboBox, QSpinBox, QPlainTextEdit, QPushButton):
        for control in dialog.findChildren(kind):
            assert control.accessibleName() or control.text(), control
    dialog.reject()


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
    mime = QGuiApplication.clipboard().mimeData()
    raw = bytes(mime.data("image/png").data())
    assert QImage.fromData(raw, "PNG").text("Tokenshare-Record")
    drawing = ElementTree.fromstring(bytes(mime.data("image/svg+xml").data()))
    assert drawing.get("width") == str(2 * shown.width())
    assert str(dock.table().caption.sentence) == drawing.findtext("{http://www.w3.org/2000/svg}desc")


@pytest.mark.parametrize(("kind", "typed"), [("png", "x.svg"), ("pptx", "x.csv")])
def test_a_picture_is_not_written_under_another_format_s_ending(
    rankings_window: MainWindow,
    save_as: Callable[..., Answer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    typed: str,
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()) or 0)
    save_as(tmp_path / typed)
    dialog = open_dialog(rankings_window)
    choose(dialog.format, kind)
    dialog.save.click()
    assert len(said) == 1
    assert f"{typed}: This name is one for another kind of file" in said[0]
    assert f"End it in .{kind}" in said[0]
    assert not (tmp_path / typed).exists()
    dialog.reject()


def test_a_table_is_not_written_under_a_picture_s_ending(
    rankings_window: MainWindow, save_as: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()) or 0)
    save_as(tmp_path / "x.png")
    trigger(rankings_window, "export_table")
    assert "x.png: This name is one for another kind of file: PNG picture." in said[0]
    assert not (tmp_path / "x.png").exists()


def test_the_cursor_says_that_copying_a_picture_takes_a_moment(
    rankings_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Qt.CursorShape] = []

    def picture(*_: object) -> QMimeData:
        shown.append(QGuiApplication.overrideCursor().shape())
        return QMimeData()

    monkeypatch.setattr(outputs, "picture_mime", picture)
    trigger(rankings_window, "copy_chart")
    assert shown == [Qt.CursorShape.WaitCursor]
    assert QGuiApplication.overrideCursor() is None


# --- closing while it works


@pytest.fixture
def never_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every export take as long as nobody cancels it."""

    def begun(*_: object) -> Callable[[Progress], NoReturn]:
        def endless(progress: Progress) -> NoReturn:
            while True:
                progress(0.5)

        return endless

    monkeypatch.setattr(outputs, "begun", begun)


@pytest.mark.usefixtures("never_done")
def test_a_picture_s_dialog_closes_once_its_work_has_stopped(
    rankings_window: MainWindow, qtbot: QtBot, save_as: Callable[..., Answer], tmp_path: Path
) -> None:
    save_as(tmp_path / "x.png")
    dialog = open_dialog(rankings_window)
    choose(dialog.format, "png")
    dialog.save.click()
    assert not dialog.save.isEnabled()
    with qtbot.waitSignal(dialog.rejected, timeout=30_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
    assert list(tmp_path.glob("x.*")) == []


@pytest.mark.usefixtures("never_done")
def test_the_window_closes_once_its_work_has_stopped(
    rankings_window: MainWindow, save_as: Callable[..., Answer], tmp_path: Path
) -> None:
    save_as(tmp_path / "x.csv")
    trigger(rankings_window, "export_table")
    (making,) = rankings_window.findChildren(Making)
    (task,) = making.findChildren(Task)
    assert task.isRunning()
    rankings_window.close()
    assert task.isFinished()
    assert not (tmp_path / "x.csv").exists()


def test_the_menu_says_which_view_is_meant(rankings_window: MainWindow) -> None:
    focus(rankings_window, "prices")
    titles = {key: action.text().replace("&", "") for key, action in rankings_window.menus.actions.items()}
    assert titles["copy_table"] == "Copy table: Prices"
    assert titles["export_table"] == "Export table: Prices…"


def test_the_folder_is_remembered(
    rankings_window: MainWindow, save_as: Callable[..., Answer], qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "figures").mkdir()
    save_as(tmp_path / "figures" / "a.csv")
    export_table(rankings_window, qtbot)
    assert rankings_window.settings.folder == str(tmp_path / "figures")
