"""The dialog that asks what the columns of a table mean, alone and in the window."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.app.mapping_dialog import FIRST_ROWS, MappingDialog
from explorer.app.report_dialog import ReportDialog
from explorer.app.window import MainWindow
from explorer.domain.column_mapping import Mapping
from explorer.domain.selection import Source
from explorer.sources import any_table, table_of
from explorer.store import Store

DOUBTFUL = "When,Name,Total_Tokens,Other\n01/02/2026,a/b,1000,x\n02/02/2026,a/b,2000,y\n"


def file_of(folder: Path, text: str, name: str = "mine.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def dialog_of(qtbot: QtBot, path: Path) -> MappingDialog:
    table = table_of(path)
    made = MappingDialog(table, any_table.guess(table))
    qtbot.addWidget(made)
    made.show()
    return made


def choose(dialog: MappingDialog, column: str, role: str) -> None:
    choice = dialog.roles[column]
    choice.setCurrentIndex(choice.findData(role))
    choice.activated.emit(choice.currentIndex())


def say_format(dialog: MappingDialog, field: str, value: str) -> None:
    choice = dialog.formats[field]
    choice.setCurrentIndex(choice.findData(value))
    choice.activated.emit(choice.currentIndex())


def chosen(dialog: MappingDialog) -> dict[str, str]:
    return {column: choice.currentData() for column, choice in dialog.roles.items()}


def test_a_certain_guess_is_preselected_and_counted(qtbot: QtBot, tmp_path: Path) -> None:
    rows = "".join(f"2026-02-{day:02d},a/b,{day}\n" for day in range(1, 27))
    dialog = dialog_of(qtbot, file_of(tmp_path, f"date,model,tokens\n{rows}2026-02-27,,5\n"))
    assert chosen(dialog) == {"date": "date", "model": "model", "tokens": "tokens"}
    assert dialog.rows.rowCount() == FIRST_ROWS + 1
    assert [dialog.rows.item(1, column).text() for column in range(3)] == ["2026-02-01", "a/b", "1"]
    qtbot.waitUntil(dialog.ok.isEnabled)
    assert dialog.state.text() == "26 rows, 26 days, 1 models would be imported; 1 rows would be left out."
    assert dialog.cited.text() == "Source: mine.csv (imported table), as-of date not stated, data to 2026-02-26."
    with qtbot.waitSignal(dialog.mapped) as done:
        dialog.ok.click()
    assert done.args == [Mapping("date", "model", tokens="tokens", date_format="iso", decimal=".")]


def test_what_is_missing_or_in_doubt_is_said_until_it_is_settled(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_of(qtbot, file_of(tmp_path, DOUBTFUL))
    assert chosen(dialog) == {"When": "", "Name": "", "Total_Tokens": "tokens", "Other": ""}
    assert dialog.state.text() == "Still to map: date, model."
    assert not dialog.formats["date_format"].isVisible()
    choose(dialog, "Other", "model")
    choose(dialog, "Name", "model")
    assert chosen(dialog)["Other"] == "", "a meaning belongs to one column"
    choose(dialog, "When", "date")
    assert dialog.state.text() == 'Which day is "01/02/2026"? It can be read in more than one way.'
    assert dialog.formats["date_format"].isVisible()
    assert dialog.formats["date_format"].currentData() == "", "never guessed"
    assert not dialog.ok.isEnabled()
    say_format(dialog, "date_format", "dmy")
    qtbot.waitUntil(dialog.ok.isEnabled)
    assert dialog.state.text() == "2 rows, 2 days, 1 models would be imported."
    assert dialog.mapping == Mapping("When", "Name", tokens="Total_Tokens", date_format="dmy", decimal=".")


def test_a_bad_row_is_said_and_nothing_can_be_imported(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_of(qtbot, file_of(tmp_path, "date,model,tokens\n2026-02-01,a/b,5\n2026-02-01,a/b,6\n"))
    qtbot.waitUntil(lambda: "is there twice" in dialog.state.text())
    assert dialog.state.text().startswith('mine.csv, line 3: "a/b" is there twice for 2026-02-01')
    assert not dialog.ok.isEnabled()
    dialog.accept()
    assert dialog.isVisible(), "it can't be accepted either"


def open_dialog() -> MappingDialog | None:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, MappingDialog) and w.isVisible()]
    return found[0] if found else None


def test_the_window_asks_imports_and_remembers(
    qtbot: QtBot, published_window: MainWindow, tmp_path: Path, store_path: Path
) -> None:
    window = published_window
    window.importer.start([file_of(tmp_path, DOUBTFUL)])
    qtbot.waitUntil(lambda: open_dialog() is not None)
    dialog = open_dialog()
    assert dialog is not None
    choose(dialog, "When", "date")
    choose(dialog, "Name", "model")
    say_format(dialog, "date_format", "dmy")
    qtbot.waitUntil(dialog.ok.isEnabled)
    with qtbot.waitSignal(window.importer.imported):
        dialog.ok.click()
    assert window.session.dataset.source is Source.RANKINGS
    assert "mine.csv (imported table)" in str(window.docks.all[0].table().caption.source)
    with qtbot.waitSignal(window.importer.imported):
        window.importer.start([file_of(tmp_path, DOUBTFUL + "03/02/2026,a/b,3000,z\n", "more.csv")])
    assert open_dialog() is None, "the heading is known by now"
    for report in [w for w in QApplication.topLevelWidgets() if isinstance(w, ReportDialog)]:
        report.close()
    with Store.open(store_path) as store:
        assert [about.name for about in store.provenance()] == ["mine.csv", "more.csv"]


def test_cancel_imports_nothing(qtbot: QtBot, published_window: MainWindow, tmp_path: Path, store_path: Path) -> None:
    published_window.importer.start([file_of(tmp_path, DOUBTFUL), file_of(tmp_path, DOUBTFUL, "second.csv")])
    for _ in range(2):
        qtbot.waitUntil(lambda: open_dialog() is not None)
        dialog = open_dialog()
        assert dialog is not None
        dialog.reject()
        qtbot.waitUntil(lambda dialog=dialog: open_dialog() is not dialog)
    assert open_dialog() is None
    assert not store_path.exists()


@pytest.mark.parametrize("columns", [150])
def test_of_many_columns_the_first_and_the_mapped_are_shown(qtbot: QtBot, tmp_path: Path, columns: int) -> None:
    names = ",".join(f"x{n}" for n in range(columns))
    dialog = dialog_of(qtbot, file_of(tmp_path, f"{names},date,model,tokens\n{',' * columns}2026-02-01,a/b,5\n"))
    assert list(dialog.roles)[-4:] == ["x99", "date", "model", "tokens"]
    assert len(dialog.roles) == 103
