"""File > Report…: what it offers, what it writes, and that it can be stopped."""

from pathlib import Path
from typing import Any, NoReturn

import pytest
from pptx import Presentation
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMessageBox, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from explorer.app import reporting
from explorer.app.making import Making
from explorer.app.report_wizard import ReportWizard
from explorer.app.window import MainWindow
from explorer.progress import Progress
from explorer.tasks import Task

WEEKLY = "tokenshare-weekly-2026-02-16"


@pytest.fixture
def wizard(rankings_window: MainWindow, tmp_path: Path) -> ReportWizard:
    rankings_window.menus.actions["report"].trigger()
    found = rankings_window.findChild(ReportWizard)
    assert isinstance(found, ReportWizard)
    found.folder.setText(str(tmp_path / "reports"))
    return found


def choose(combo: QComboBox, key: str) -> None:
    at = combo.findData(key)
    assert at >= 0
    combo.setCurrentIndex(at)


def titles(path: Path) -> list[str]:
    made: Any = Presentation(str(path))
    return [slide.shapes.title.text_frame.text for slide in made.slides]


def test_it_writes_a_deck_and_a_pdf_and_says_so(
    rankings_window: MainWindow, wizard: ReportWizard, qtbot: QtBot, tmp_path: Path
) -> None:
    assert wizard.names.text() == f"Writes: {WEEKLY}.pptx {WEEKLY}.pdf"
    with qtbot.waitSignal(wizard.accepted, timeout=30_000):
        wizard.write.click()
    folder = tmp_path / "reports"
    assert sorted(path.name for path in folder.iterdir()) == [f"{WEEKLY}.pdf", f"{WEEKLY}.pptx"]
    assert (folder / f"{WEEKLY}.pdf").read_bytes().startswith(b"%PDF")
    found = titles(folder / f"{WEEKLY}.pptx")
    assert found[0] == "Token usage on OpenRouter, 16–22 February 2026"
    assert len(found) == 6
    assert rankings_window.statusBar().currentMessage() == f"Report written: {WEEKLY}.pdf, {WEEKLY}.pptx"


def test_what_is_on_screen_are_the_views_in_sight(
    rankings_window: MainWindow, wizard: ReportWizard, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(wizard.subject, "screen")
    choose(wizard.kind, "pptx")
    with qtbot.waitSignal(wizard.accepted, timeout=30_000):
        wizard.write.click()
    (path,) = (tmp_path / "reports").iterdir()
    assert path.name == "tokenshare-view-2026-02-16.pptx"
    shown = [dock for dock in rankings_window.docks if dock.view.key in rankings_window.docks.in_sight]
    assert [dock.view.key for dock in shown] == ["leaderboard", "share", "prices"]
    assert titles(path)[1:] == [str(dock.table().caption.title) for dock in shown]


def test_what_is_there_already_is_only_replaced_where_that_is_agreed(
    wizard: ReportWizard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reports").mkdir()
    there = tmp_path / "reports" / f"{WEEKLY}.pdf"
    there.write_bytes(b"yesterday's")
    choose(wizard.kind, "pdf")
    asked: list[str] = []

    def answer(role: QMessageBox.ButtonRole) -> None:
        def press(shown: QMessageBox) -> int:
            asked.append(shown.text())
            monkeypatch.setattr(
                QMessageBox,
                "clickedButton",
                lambda box: next(button for button in box.buttons() if box.buttonRole(button) is role),
            )
            return 0

        monkeypatch.setattr(QMessageBox, "exec", press)

    answer(QMessageBox.ButtonRole.RejectRole)
    wizard.write.click()
    assert asked == [f"There already: {WEEKLY}.pdf. Replace?"]
    assert there.read_bytes() == b"yesterday's"
    answer(QMessageBox.ButtonRole.AcceptRole)
    with qtbot.waitSignal(wizard.accepted, timeout=30_000):
        wizard.write.click()
    assert there.read_bytes().startswith(b"%PDF")


def test_cancel_leaves_nothing(wizard: ReportWizard, qtbot: QtBot, tmp_path: Path) -> None:
    wizard.begin()
    making = wizard.findChild(Making)
    assert isinstance(making, Making)
    with qtbot.waitSignals([making.cancelled, making.ended], timeout=30_000):
        making.cancel()
    assert not (tmp_path / "reports").exists()
    assert wizard.isVisible()
    assert wizard.write.isEnabled()
    wizard.reject()
    assert not wizard.isVisible()


def endless(_dataset: object, _wanted: object, _style: object, progress: Progress) -> NoReturn:
    """Take as long as nobody cancels it."""
    while True:
        progress(0.5)


def test_closing_it_meanwhile_stops_the_work_and_closes_it_after_that(
    wizard: ReportWizard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "prepared", endless)
    wizard.begin()
    with qtbot.waitSignal(wizard.rejected, timeout=30_000):
        wizard.reject()
        assert wizard.isVisible()
    assert not (tmp_path / "reports").exists()


def test_the_progress_stays_until_the_work_has_stopped(
    wizard: ReportWizard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "prepared", endless)
    wizard.begin()
    qtbot.waitUntil(lambda: wizard.findChild(QProgressBar) is not None and wizard.findChild(QProgressBar).isVisible())
    bar = wizard.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    qtbot.waitUntil(lambda: bar.value() > 0)
    shown = bar.window()
    assert bar.accessibleName() == "Writing the report…"
    making = wizard.findChild(Making)
    assert isinstance(making, Making)
    with qtbot.waitSignal(making.cancelled, timeout=30_000):
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
        assert shown.isVisible()
        assert [each.text() for each in shown.findChildren(QLabel)] == ["Stopping…"]
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    wizard.reject()


def test_one_report_is_written_at_a_time(wizard: ReportWizard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "prepared", endless)
    wizard.begin()
    wizard.begin()
    assert len(wizard.findChildren(Making)) == 1
    wizard.folder.setText("elsewhere")
    assert not wizard.write.isEnabled()
    with qtbot.waitSignal(wizard.rejected, timeout=30_000):
        wizard.reject()


def test_closing_the_window_stops_the_report(
    rankings_window: MainWindow, wizard: ReportWizard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "prepared", endless)
    wizard.begin()
    (task,) = wizard.findChildren(Task)
    assert task.isRunning()
    rankings_window.close()
    assert task.isFinished()
    assert not (tmp_path / "reports").exists()


def test_cancel_between_two_pages_leaves_nothing(
    wizard: ReportWizard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    pages = reporting.pdf

    def slowly(report: reporting.Report) -> Any:
        steps = pages(report)
        for page, drawn_of_it in enumerate(steps):
            drawn.append(page)
            if page == 2:
                making.cancel()
            yield drawn_of_it

    monkeypatch.setattr(reporting, "pdf", slowly)
    wizard.begin()
    making = wizard.findChild(Making)
    assert isinstance(making, Making)
    with qtbot.waitSignal(making.cancelled, timeout=30_000):
        pass
    assert drawn == [0, 1, 2]
    assert not (tmp_path / "reports").exists()
    wizard.reject()


def test_a_template_that_is_none_is_a_sentence(
    wizard: ReportWizard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()) or 0)
    wizard.slides.setText(str(tmp_path / "gone.pptx"))
    wizard.write.click()
    qtbot.waitUntil(lambda: bool(said), timeout=30_000)
    assert said[0].endswith("gone.pptx: There is no such file. Check the path.")
    assert not (tmp_path / "reports").exists()
    wizard.reject()


def test_every_control_has_a_name(wizard: ReportWizard) -> None:
    for kind in (QComboBox, QLineEdit, QPushButton):
        for control in wizard.findChildren(kind):
            assert control.accessibleName() or control.text(), control
    choose(wizard.kind, "pdf")
    assert not wizard.slides.isEnabled()
    wizard.folder.clear()
    assert not wizard.write.isEnabled()
    wizard.reject()
