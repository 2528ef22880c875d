"""Saved views in the window: what was on screen comes back, and what is not as it was is said."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from explorer.app import exports, loading, outputs
from explorer.app.export_files import TABLES
from explorer.app.settings import Settings
from explorer.app.theme import Appearance
from explorer.app.window import MainWindow
from explorer.domain import record as records
from explorer.domain.origins import Origin, Overrides
from explorer.domain.periods import Grain, span
from explorer.domain.selection import Grouping, Measure, Scope, Selection, Source
from explorer.export import exhibit, files, table_csv
from explorer.export.formats import Wish, format_of
from explorer.export.recording import record_of
from explorer.export.size import Size
from explorer.progress import unheard
from explorer.session import Session
from explorer.sources import records as carried
from explorer.sources import workspace
from explorer.store import Store

ASKED = Selection(
    grain=Grain.DAY,
    span=span(date(2026, 2, 3), date(2026, 2, 15)),
    scope=Scope(5),
    measure=Measure.SHARE,
    grouping=Grouping.AUTHOR,
    countries=frozenset({"US"}),
)
OWN = Overrides((Origin("minimax", "MiniMax", "DE", date(2023, 1, 1)),))


@pytest.fixture
def window(rankings_window: MainWindow) -> MainWindow:
    return rankings_window


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts of the boxes that wait until they are read."""
    texts: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: texts.append(box.text()) or 0)
    return texts


@pytest.fixture
def choosing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], None]:
    """What a person chooses in the next dialog for a file, None for Cancel."""

    def choose(path: Path | None) -> None:
        monkeypatch.setattr(QFileDialog, "exec", lambda _: path is not None)
        monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(path)])

    return choose


def boxes(window: MainWindow) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def close_boxes(window: MainWindow) -> None:
    for box in boxes(window):
        box.close()


def drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), copy, mime, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, mime, left, none))


def tell(window: MainWindow) -> str:
    return window.statusBar().currentMessage()


def dock(window: MainWindow, key: str):
    return next(dock for dock in window.docks if dock.view.key == key)


def in_sight(window: MainWindow) -> set[str]:
    return {dock.view.key for dock in window.docks if not dock.isHidden() and not dock.widget().isHidden()}


# --- workspaces


def test_what_was_on_screen_comes_back(window: MainWindow, tmp_path: Path, choosing, errors: list[str]) -> None:
    path = tmp_path / "weekly.tokenshare"
    window.session.select(ASKED)
    dock(window, "prices").close()
    dock(window, "claims").raise_()
    QApplication.processEvents()
    seen = in_sight(window)
    assert "claims" in seen
    choosing(path)
    window.menus.actions["save_view"].trigger()
    assert tell(window) == "View saved as weekly.tokenshare"
    found = workspace.read(path)
    assert (found.title, found.record.selection, found.record.view) == ("weekly", ASKED, "")
    assert [each.name for each in found.record.snapshots] == ["rankings.csv"]
    assert found.record.citation.startswith("Source: OpenRouter")
    assert "prices" not in found.layout.open
    assert set(found.layout.seen) == seen

    window.docks.reset()
    window.session.select(Selection())
    QApplication.processEvents()
    drop(window, path)
    QApplication.processEvents()
    assert window.session.selection == ASKED
    assert dock(window, "prices").isHidden()
    assert in_sight(window) == seen
    assert tell(window) == "weekly.tokenshare opened"
    assert (errors, boxes(window)) == ([], [])
    window.session.undo()
    assert window.session.selection == Selection()


def test_saving_again_asks_no_more_but_saving_as_does(window: MainWindow, tmp_path: Path, choosing) -> None:
    first, second = tmp_path / "a.tokenshare", tmp_path / "b.tokenshare"
    choosing(first)
    window.workspaces.save()
    choosing(second)
    window.session.select(ASKED)
    window.workspaces.save()
    assert workspace.read(first).record.selection == ASKED
    assert not second.exists()
    window.workspaces.save_as()
    assert workspace.read(second).title == "b"
    choosing(None)
    window.workspaces.save_as()
    assert window.workspaces.path == second


def test_a_file_that_cannot_be_written_is_a_sentence(window: MainWindow, tmp_path: Path, choosing, errors) -> None:
    choosing(tmp_path / "nowhere" / "a.tokenshare")
    window.workspaces.save()
    assert len(errors) == 1
    assert "There is no such folder" in errors[0]
    assert window.workspaces.path is None


def saved(window: MainWindow, path: Path, choosing) -> Path:
    choosing(path)
    window.workspaces.save_as()
    return path


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda text: text[: len(text) // 2], "The JSON breaks off."),
        (lambda text: text.replace('"schema": 1,\n "title"', '"schema": 2,\n "title"'), "newer version of the program"),
        (lambda text: text.replace("tokenshare-workspace", "another-workspace"), "This is no saved view."),
        (lambda text: text.replace('"week"', '"fortnight"'), "“grain” can't be 'fortnight'"),
    ],
)
def test_what_is_no_workspace_is_a_sentence_and_changes_nothing(
    window: MainWindow, tmp_path: Path, choosing, errors: list[str], change: Callable[[str], str], what: str
) -> None:
    path = saved(window, tmp_path / "a.tokenshare", choosing)
    text = path.read_text("utf-8")
    assert change(text) != text
    path.write_text(change(text), "utf-8")
    before, layout = window.session.selection, window.saveState()
    drop(window, path)
    assert len(errors) == 1
    assert what in errors[0]
    assert (window.session.selection, window.saveState()) == (before, layout)


def test_a_layout_that_is_none_is_left_for_what_is_said_in_words(window: MainWindow, tmp_path: Path, choosing) -> None:
    path = saved(window, tmp_path / "a.tokenshare", choosing)
    values = json.loads(path.read_text("utf-8"))
    layout = {"state": "AAAA/wAAAAD9AAAAAv////8=", "open": ["share", "claims", "unknown"], "seen": ["claims"]}
    values["layout"] |= layout
    path.write_text(json.dumps(values), "utf-8")
    window.workspaces.open([path])
    QApplication.processEvents()
    assert {dock.view.key for dock in window.docks if not dock.isHidden()} == {"share", "claims"}


# --- exports


def export(window: MainWindow, key: str, path: Path) -> None:
    shown = dock(window, key)
    made = exhibit.of(key, shown.table(), window.session.dataset, window.session.selection)
    work = outputs.begun(path, format_of(path), made, shown.module.draw, Wish(Size(640, 360)))
    assert work(unheard) == path


@pytest.mark.parametrize("name", ["share.png", "share.csv"])
def test_an_export_dropped_on_the_window_brings_its_view_back(window: MainWindow, tmp_path: Path, name: str) -> None:
    window.session.select(ASKED)
    export(window, "share", tmp_path / name)
    shown = table_csv.text(dock(window, "share").table())
    dock(window, "share").close()
    window.session.select(Selection())
    drop(window, tmp_path / name)
    assert window.session.selection == ASKED
    assert not dock(window, "share").isHidden()
    assert table_csv.text(dock(window, "share").table()) == shown
    assert window.workspaces.path is None, "an export is not saved over"
    assert boxes(window) == []


def test_an_export_that_names_no_view_brings_the_selection_back_and_says_so(window: MainWindow, tmp_path: Path) -> None:
    window.session.select(ASKED)
    made = record_of("", window.session.dataset, ASKED, dock(window, "share").table())
    (tmp_path / "a.csv").write_text(f"# {records.labelled(made)}\n", "utf-8")
    window.session.select(Selection())
    drop(window, tmp_path / "a.csv")
    assert window.session.selection == ASKED
    assert tell(window) == "a.csv opened: it names no view that could be shown again."


def test_the_menus_exports_carry_the_record(window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch) -> None:
    window.session.select(ASKED)
    monkeypatch.setattr(exports, "ask_for_table", lambda *_: (tmp_path / "a.csv", TABLES[0]))
    window.menus.actions["export_table"].trigger()
    qtbot.waitUntil(lambda: "written to" in tell(window))
    found = carried.read(tmp_path / "a.csv")
    assert found is not None
    assert (found.view, found.selection) == (window.docks.current.view.key, ASKED)


def test_a_picture_that_says_nothing_is_a_sentence(window: MainWindow, tmp_path: Path, errors: list[str]) -> None:
    window.grab().save(str(tmp_path / "shot.png"))
    drop(window, tmp_path / "shot.png")
    assert errors == [
        "shot.png: It says nothing of how it was made. Open one that this program exported, as it was exported."
    ]


def test_data_among_them_is_imported_first(window: MainWindow, qtbot: QtBot, tmp_path: Path, choosing) -> None:
    view = saved(window, tmp_path / "a.tokenshare", choosing)
    more = tmp_path / "more.csv"
    more.write_text("date,model_permaslug,total_tokens\n2026-03-01,minimax/minimax-m2.5,600\n", "utf-8")
    with qtbot.waitSignal(window.workspaces.opened):
        drop(window, view, more)
    assert [p.name for p in window.session.dataset.provenance] == ["rankings.csv", "more.csv"]
    assert "The store has 1 more snapshots" in tell(window) or "more.csv" in tell(window)


# --- what is not as it was


def second_window(qtbot: QtBot, path: Path) -> MainWindow:
    store = loading.existing(path)
    dataset = loading.dataset(store)
    if store is not None:
        store.close()
    settings = Settings()
    made = MainWindow(Session(dataset, complete=loading.Vintages(path)), path, settings, Appearance(settings))
    qtbot.addWidget(made)
    made.show()
    made.complete()
    return made


def test_what_the_store_lacks_is_said_and_the_rest_opened(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, choosing
) -> None:
    window.session.select(ASKED)
    path = saved(window, tmp_path / "a.tokenshare", choosing)
    sha256 = window.session.dataset.provenance[0].sha256
    other = second_window(qtbot, tmp_path / "empty.sqlite")
    drop(other, path)
    (said,) = (box.text().splitlines() for box in boxes(other))
    assert said == [
        "a.tokenshare is open.",
        "It was made of daily rankings; this store has published figures: the numbers are others.",
        "It was made of a snapshot that this store lacks: numbers may differ.",
        f"  rankings.csv, as-of date not stated, sha256 {sha256[:12]}…",
    ]
    assert other.session.selection == ASKED.but(source=Source.PUBLISHED)
    assert not (tmp_path / "empty.sqlite").exists()
    close_boxes(other)


@pytest.mark.parametrize("take", [True, False])
def test_another_attribution_is_offered_never_taken_silently(
    window: MainWindow, tmp_path: Path, choosing, store_path: Path, take: bool
) -> None:
    path = saved(window, tmp_path / "a.tokenshare", choosing)
    found = workspace.read(path).record
    values = json.loads(path.read_text("utf-8"))
    values["record"] = records.written(
        records.Record("", found.selection, found.snapshots, OWN, found.citation, found.licence)
    )
    files.write(path, json.dumps(values).encode())
    drop(window, path)
    (box,) = boxes(window)
    assert "It was made with an attribution of its own (1 row)." in box.text()
    assert not window.session.latest.origins.overrides
    words = "Use the file’s" if take else "Keep mine"
    (button,) = (each for each in box.findChildren(QPushButton) if each.text().replace("&", "") == words)
    button.click()
    with Store.open(store_path) as store:
        assert store.overrides() == (OWN if take else Overrides())
    assert window.session.latest.origins.overrides == (OWN if take else Overrides())


# --- recent files


def recent(window: MainWindow) -> list[tuple[str, bool]]:
    window.recent.menu.aboutToShow.emit()
    return [(a.text(), a.isEnabled()) for a in window.recent.menu.actions() if not a.isSeparator()]


def test_recent_files_are_those_saved_opened_and_imported(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, choosing, errors
) -> None:
    assert not window.recent.menu.menuAction().isEnabled()
    first = saved(window, tmp_path / "a & b.tokenshare", choosing)
    more = tmp_path / "more.csv"
    more.write_text("date,model_permaslug,total_tokens\n2026-03-01,minimax/minimax-m2.5,600\n", "utf-8")
    with qtbot.waitSignal(window.importer.imported):
        drop(window, more)
    assert window.recent.menu.menuAction().isEnabled()
    assert recent(window) == [("&1 more.csv", True), ("&2 a && b.tokenshare", True), ("&Clear list", True)]
    window.session.select(ASKED)
    window.recent.menu.actions()[1].trigger()
    assert window.session.selection != ASKED
    more.unlink()
    assert recent(window) == [
        ("&1 a && b.tokenshare", True),
        ("2 more.csv (not there any more)", False),
        ("&Clear list", True),
    ]
    assert Settings().recent == [str(first), str(more)]
    window.recent.menu.actions()[-1].trigger()
    assert Settings().recent == []
    assert errors == []


def test_only_the_last_ten_are_kept(window: MainWindow, tmp_path: Path) -> None:
    for number in range(12):
        window.recent.add(tmp_path / f"{number}.csv")
    window.recent.add(tmp_path / "5.csv")
    assert [Path(path).stem for path in Settings().recent] == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]
