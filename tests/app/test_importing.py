"""Importing: the work on files and store, the thread around it, and what the window makes of it."""

import json
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from explorer import sources
from explorer.app import importing
from explorer.app.imported import Imported
from explorer.app.importing import Importer, Job, run
from explorer.app.report_dialog import ReportDialog, details, headline
from explorer.app.window import MainWindow
from explorer.domain.periods import span
from explorer.domain.schema import to_day
from explorer.domain.selection import Source
from explorer.domain.snapshot import Snapshot
from explorer.errors import Cancelled, ExplorerError
from explorer.sources.any_table import AnyTable
from explorer.store import Store
from explorer.tasks import Task
from explorer.words import say

HEADER = "date,model_permaslug,rank,total_tokens,share_of_daily_tokens\r\n"
BIG = 3_000_000_000_000


def day_file(folder: Path, name: str, *rows: tuple[str, str, int]) -> Path:
    path = folder / name
    path.write_text(HEADER + "".join(f"{day},{model},1,{tokens},1\r\n" for day, model, tokens in rows), newline="")
    return path


@pytest.fixture
def monday(tmp_path: Path) -> Path:
    return day_file(tmp_path, "monday.csv", ("2026-02-09", "minimax/minimax-m2.5", BIG))


@pytest.fixture
def tuesday(tmp_path: Path) -> Path:
    return day_file(tmp_path, "tuesday.csv", ("2026-02-10", "google/gemini-3-flash", 7))


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return day_file(tmp_path, "bad.csv", ("2026-02-30", "google/gemini-3-flash", 7))


def heard(_fraction: float) -> None:
    """Go on."""


def cancel_at(limit: float) -> Callable[[float], None]:
    def progress(fraction: float) -> None:
        if fraction >= limit:
            raise Cancelled

    return progress


def snapshots(store_path: Path) -> list[str]:
    with Store.open(store_path) as store:
        return [p.name for p in store.provenance()]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts of the message boxes that a person would have had to close."""
    texts: list[str] = []

    def record(box: QMessageBox) -> int:
        assert box.textFormat() is Qt.TextFormat.PlainText
        texts.append(box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", record)
    return texts


# --- the work


def test_all_files_are_read_and_stored(store_path: Path, monday: Path, tuesday: Path) -> None:
    told: list[float] = []
    done = run(store_path, [monday, tuesday], told.append)
    assert [o.report.new for o in done.outcomes if o.report] == [1, 1]
    assert done.dataset is not None
    assert done.dataset.source is Source.RANKINGS
    assert int(done.dataset.cube.tokens(span(date(2026, 2, 9), date(2026, 2, 10))).sum()) == BIG + 7
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1


def test_the_dataset_comes_with_the_catalogue_of_prices(store_path: Path, monday: Path) -> None:
    done = run(store_path, [monday], heard)
    assert done.dataset is not None
    assert done.dataset.prices.at(to_day(date(2026, 2, 9))).input[0] > 0


def test_a_bad_file_keeps_none_of_the_others_out(store_path: Path, monday: Path, bad: Path, tuesday: Path) -> None:
    done = run(store_path, [monday, bad, tuesday], heard)
    assert [bool(o.report) for o in done.outcomes] == [True, False, True]
    assert done.outcomes[1].error is not None
    assert "bad.csv, line 2" in str(done.outcomes[1].error)
    assert snapshots(store_path) == ["monday.csv", "tuesday.csv"]


def test_bad_files_alone_make_no_store(store_path: Path, bad: Path, tmp_path: Path) -> None:
    done = run(store_path, [bad, tmp_path / "nowhere.csv"], heard)
    assert all(o.error for o in done.outcomes)
    assert done.dataset is None
    assert not store_path.exists()


def test_the_same_file_twice_changes_nothing(store_path: Path, monday: Path) -> None:
    run(store_path, [monday], heard)
    before = store_path.read_bytes()
    done = run(store_path, [monday], heard)
    assert done.outcomes[0].report is not None
    assert done.outcomes[0].report.duplicate
    assert done.dataset is None
    assert store_path.read_bytes() == before


@pytest.mark.parametrize("limit", [0.0, 0.3, 0.6, 0.61])
def test_cancel_leaves_no_store_where_there_was_none(store_path: Path, monday: Path, limit: float) -> None:
    with pytest.raises(Cancelled):
        run(store_path, [monday], cancel_at(limit))
    assert list(store_path.parent.glob("store*")) == []


@pytest.mark.parametrize("limit", [0.0, 0.3, 0.6, 0.61])
def test_cancel_leaves_a_store_as_it_was(store_path: Path, monday: Path, tuesday: Path, limit: float) -> None:
    run(store_path, [monday], heard)
    before = store_path.read_bytes()
    with pytest.raises(Cancelled):
        run(store_path, [tuesday], cancel_at(limit))
    assert store_path.read_bytes() == before


def test_cancel_between_two_files_says_what_is_stored(store_path: Path, monday: Path, tuesday: Path) -> None:
    done = run(store_path, [monday, tuesday], cancel_at(0.775))
    assert [bool(o.report) for o in done.outcomes] == [True, False]
    assert done.outcomes[1].error is None
    assert done.dataset is not None, "what was stored is shown"
    assert str(headline(done)) == "Cancelled. 1 of 2 files had been imported before and stay."
    assert snapshots(store_path) == ["monday.csv"]


# --- the thread


def test_the_work_runs_in_a_thread_of_its_own_and_the_answer_comes_home(qtbot: QtBot) -> None:
    threads: list[int] = []
    task = Task(lambda progress: threads.append(threading.get_ident()) or BIG)
    with qtbot.waitSignal(task.done) as answer:
        task.start()
    task.wait()
    assert answer.args == [BIG], "no 32-bit integer in between"
    assert threads != [threading.get_ident()]


def test_a_failure_comes_home_as_it_is(qtbot: QtBot) -> None:
    error = ZeroDivisionError("x")

    def work(_progress: object) -> None:
        raise error

    task = Task(work)
    with qtbot.waitSignal(task.failed) as answer:
        task.start()
    task.wait()
    assert answer.args == [error]


def test_one_import_at_a_time_and_the_next_one_waits_for_it(
    qtbot: QtBot, store_path: Path, monday: Path, tuesday: Path
) -> None:
    importer = Importer(store_path)
    running: list[object] = []
    importer.imported.connect(lambda _: running.append(importer.job))
    begun: list[object] = []
    importer.started.connect(begun.append)
    with qtbot.waitSignals([importer.imported, importer.imported]):
        importer.start([monday])
        importer.start([tuesday])
        assert len(begun) == 1
    assert running == begun, "whoever hears of the end still finds the job that ended"
    assert not importer.running
    assert snapshots(store_path) == ["monday.csv", "tuesday.csv"]


def test_what_waits_is_done_after_a_failure_and_never_after_the_end(
    qtbot: QtBot, store_path: Path, monday: Path
) -> None:
    def fail(_progress: object) -> Imported:
        raise ZeroDivisionError

    importer = Importer(store_path)
    with qtbot.waitSignal(importer.imported):
        importer.begin(Job(fail, say("Failing")))
        importer.start([monday])
    importer.begin(Job(fail, say("Failing")))
    importer.start([monday])
    importer.stop()
    QApplication.processEvents()
    assert not importer.running


def test_many_files_are_stored_in_batches_and_not_all_held_at_once(
    store_path: Path, monday: Path, tuesday: Path, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen(path: Path, *rest: object) -> Snapshot:
        known = Store.open(store_path, create=False) if store_path.exists() else None
        done.append((path.name, len(known.provenance()) if known else 0))
        if known:
            known.close()
        return read(path, *rest)

    done: list[tuple[str, int]] = []
    read = sources.read
    monkeypatch.setattr(importing.sources, "read", seen)
    monkeypatch.setattr(importing, "LARGEST_BATCH", bad.stat().st_size + monday.stat().st_size)
    outcomes = run(store_path, [bad, monday, tuesday], heard).outcomes
    assert done == [("bad.csv", 0), ("monday.csv", 0), ("tuesday.csv", 1)]
    assert [(outcome.path, bool(outcome.report)) for outcome in outcomes] == [
        (bad, False),
        (monday, True),
        (tuesday, True),
    ]


def test_cancel_while_a_later_batch_is_read_keeps_the_earlier_one(
    store_path: Path, monday: Path, tuesday: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "LARGEST_BATCH", 1)
    done = run(store_path, [monday, tuesday], cancel_at(0.55))
    assert [bool(outcome.report) for outcome in done.outcomes] == [True, False]
    assert snapshots(store_path) == ["monday.csv"]


class Held:
    """A reader that stops at its first progress until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()
        self._read = sources.read
        monkeypatch.setattr(importing.sources, "read", self.read)

    def read(self, path: Path, progress: Callable[[float], None], *tables: AnyTable):
        progress(0.5)
        self.reached.set()
        assert self.go_on.wait(30)
        return self._read(path, progress, *tables)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    return Held(monkeypatch)


def test_cancel_stops_the_import_and_leaves_nothing(
    qtbot: QtBot, published_window: MainWindow, monday: Path, held: Held, store_path: Path
) -> None:
    window = published_window
    status = window.import_status
    window.importer.start([monday])
    assert held.reached.wait(30)
    assert status.isVisible()
    assert not window.menus.actions["open"].isEnabled()
    qtbot.waitUntil(lambda: status.bar.value() == 300)
    with qtbot.waitSignal(window.importer.cancelled):
        status.cancel.click()
        held.go_on.set()
    assert not status.isVisible()
    assert window.menus.actions["open"].isEnabled()
    assert window.statusBar().currentMessage() == "Import cancelled: nothing was changed."
    assert window.session.dataset.source is Source.PUBLISHED
    assert not store_path.exists()


def test_closing_the_window_cancels_the_import(
    published_window: MainWindow, monday: Path, held: Held, store_path: Path
) -> None:
    published_window.importer.start([monday])
    assert held.reached.wait(30)
    threading.Timer(0.05, held.go_on.set).start()
    assert published_window.close()
    assert not published_window.importer.running
    assert not store_path.exists()


# --- the window


def drop(target: QWidget, *paths: Path) -> bool:
    """Drop files on a widget as a person would: enter, then drop; return whether they were taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(10, 10), copy, mime, left, none)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(QPointF(10, 10), copy, mime, left, none)
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def reports() -> list[ReportDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, ReportDialog) and w.isVisible()]


def close_reports() -> None:
    for report in reports():
        report.close()


@pytest.mark.parametrize("on_dock", [False, True])
def test_files_dropped_switch_from_published_to_rankings(
    qtbot: QtBot, published_window: MainWindow, monday: Path, tuesday: Path, store_path: Path, on_dock: bool
) -> None:
    window = published_window
    assert window.banner.isVisible()
    target = window.docks.all[1] if on_dock else window
    with qtbot.waitSignal(window.importer.imported):
        assert drop(target, monday, tuesday)
    assert window.session.dataset.source is Source.RANKINGS
    assert window.session.selection.source is Source.RANKINGS
    assert not window.banner.isVisible()
    assert window.filters.scope.isEnabled()
    assert window.docks.all[0].table().ids == ("minimax/minimax-m2.5", "google/gemini-3-flash")
    (report,) = reports()
    model = report.table.model()
    cells = [[model.data(model.index(row, column)) for column in range(8)] for row in range(2)]
    assert cells == [
        ["monday.csv", "1", "1", "1", "0", "0", "0", "imported"],
        ["tuesday.csv", "1", "1", "1", "0", "0", "0", "imported"],
    ]
    close_reports()
    assert snapshots(store_path) == ["monday.csv", "tuesday.csv"]


def test_text_and_links_are_not_taken(published_window: MainWindow) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/rankings.csv")])
    mime.setText("rankings")
    event = QDragEnterEvent(
        QPoint(1, 1), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(published_window, event)
    assert not event.isAccepted()


def test_a_bad_file_is_one_sentence_and_changes_nothing(
    qtbot: QtBot, rankings_window: MainWindow, bad: Path, filled_store: Path, said: list[str]
) -> None:
    before, dataset = filled_store.read_bytes(), rankings_window.session.dataset
    with pytest.raises(ExplorerError) as expected:
        sources.read(bad)
    with qtbot.waitSignal(rankings_window.importer.imported):
        drop(rankings_window, bad)
    assert said == [str(expected.value)]
    assert not reports()
    assert filled_store.read_bytes() == before
    assert rankings_window.session.dataset is dataset


def test_a_store_in_use_by_another_program_is_a_sentence(
    qtbot: QtBot, published_window: MainWindow, monday: Path, store_path: Path, said: list[str]
) -> None:
    store_path.write_bytes(b"This is a letter, not a store.")
    with qtbot.waitSignal(published_window.importer.failed):
        drop(published_window, monday)
    assert len(said) == 1
    assert str(store_path) in said[0]


def test_the_report_names_every_row_left_out(store_path: Path, tmp_path: Path, monday: Path, bad: Path) -> None:
    models = tmp_path / "models.json"
    model = {"id": "a/b", "name": "B", "pricing": {"prompt": "0.000001", "completion": "0.000002"}}
    alias = {**model, "id": "~a/latest", "alias_target": {"slug": "a/b"}}
    models.write_text(json.dumps({"data": [alias, model]}, indent=2))
    some = day_file(tmp_path, "some.csv", ("2026-02-09", "a/b", 5), ("2026-02-09", "", 6))
    done = run(store_path, [monday, bad, models, some], heard)
    assert [str(line) for line in details(done)] == [
        str(done.outcomes[1].error),
        "models.json, row 1: ~a/latest is another name for a/b.",
        "some.csv, line 3: It names no model.",
    ]
    assert str(headline(done)) == "3 of 4 files imported."


def test_the_report_counts_rows_left_out_as_read(qtbot: QtBot, store_path: Path, tmp_path: Path, bad: Path) -> None:
    some = day_file(tmp_path, "some.csv", ("2026-02-09", "a/b", 5), ("2026-02-09", "", 6), ("2026-02-10", "a/b", 7))
    report = ReportDialog(run(store_path, [some, bad], heard))
    qtbot.addWidget(report)
    cells = [[cell.text() for c in range(8) if (cell := report.table.item(row, c))] for row in range(2)]
    assert cells == [
        ["some.csv", "3", "2", "2", "0", "0", "1", "imported"],
        ["bad.csv", *[""] * 6, "not imported"],
    ]


def test_a_refused_file_beside_known_ones_is_not_called_nothing_new(
    store_path: Path, monday: Path, bad: Path, tuesday: Path
) -> None:
    run(store_path, [monday, tuesday], heard)
    assert str(headline(run(store_path, [monday], heard))) == "Nothing new: the store has all of this already."
    done = run(store_path, [monday, bad, tuesday], heard)
    assert str(headline(done)) == "1 of 3 files were refused, the rest was there already."


def test_new_data_keeps_the_question(qtbot: QtBot, rankings_window: MainWindow, tmp_path: Path) -> None:
    session = rankings_window.session
    asked = session.selection.but(search="gemini")
    session.select(asked)
    later = day_file(tmp_path, "later.csv", ("2026-02-23", "google/gemini-3-flash", 9))
    with qtbot.waitSignal(rankings_window.importer.imported):
        rankings_window.importer.start([later])
    close_reports()
    assert session.selection == asked
    assert session.dataset.cube.days == span(date(2026, 2, 2), date(2026, 2, 23))
