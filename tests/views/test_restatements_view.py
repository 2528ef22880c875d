"""Restatements on screen: which two snapshots are compared, and where a click leads."""

from collections.abc import Callable
from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from explorer.domain.dataset import Dataset
from explorer.domain.periods import span
from explorer.domain.restatements import RestatementTable
from explorer.domain.table import Column, Kind
from explorer.drawing.cells import FORMATS
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import Style
from explorer.views.restatements import PROFILE, RestatementsWidget, widget
from explorer.words import say


@pytest.fixture
def session(dataset: Dataset) -> Session:
    return Session(dataset)


@pytest.fixture
def view(session: Session, qtbot: QtBot, settle: Callable[[], None]) -> RestatementsWidget:
    made = widget(session, Style())
    assert isinstance(made, RestatementsWidget)
    qtbot.addWidget(made)
    made.resize(760, 560)
    made.show()
    settle()
    return made


def choose(box: QComboBox, text: str) -> None:
    index = box.findText(text)
    assert index >= 0, text
    box.setCurrentIndex(index)
    box.activated.emit(index)


def pair_of(view: RestatementsWidget) -> tuple[str, str]:
    table = view.table()
    assert isinstance(table, RestatementTable)
    assert table.pair is not None
    return table.pair[0].name, table.pair[1].name


def test_the_newest_two_are_compared_at_first(view: RestatementsWidget, session: Session) -> None:
    assert pair_of(view) == ("2026-03-10.csv", "rankings.csv")
    assert [view.earlier.itemText(i) for i in range(view.earlier.count())] == [
        "17 Mar 2026 · rankings.csv",
        "10 Mar 2026 · 2026-03-10.csv",
        "3 Mar 2026 · 2026-03-03.csv",
        "24 Feb 2026 · 2026-02-24.csv",
    ]
    assert (view.earlier.currentText(), view.later.currentText()) == (
        "10 Mar 2026 · 2026-03-10.csv",
        "17 Mar 2026 · rankings.csv",
    )
    assert session.selection.compared == ("", "")


def test_two_others_are_chosen_and_swapped(view: RestatementsWidget, session: Session) -> None:
    choose(view.earlier, "24 Feb 2026 · 2026-02-24.csv")
    assert pair_of(view) == ("2026-02-24.csv", "rankings.csv")
    choose(view.later, "3 Mar 2026 · 2026-03-03.csv")
    assert session.selection.compared == ("3" * 64, "2" * 64)
    view.swap.click()
    assert session.selection.compared == ("2" * 64, "3" * 64)
    assert view.earlier.currentText() == "3 Mar 2026 · 2026-03-03.csv"
    assert tr(view.table().column("first").label) == "Later"
    session.select(session.selection.without("compared"))
    assert pair_of(view) == ("2026-03-10.csv", "rankings.csv")
    session.undo()
    assert pair_of(view) == ("2026-03-03.csv", "2026-02-24.csv")


def test_a_snapshot_that_is_gone_leaves_the_choice_open(view: RestatementsWidget, session: Session) -> None:
    session.select(session.selection.but(compared=("f" * 64, "0" * 64)))
    assert "is not in the store" in str(view.table().empty)
    assert view.earlier.currentIndex() == -1
    choose(view.earlier, "3 Mar 2026 · 2026-03-03.csv")
    assert pair_of(view) == ("2026-03-03.csv", "rankings.csv")


def test_a_click_goes_to_the_day_and_marks_the_model(view: RestatementsWidget, session: Session) -> None:
    table = view.table()
    row = table.values["model"].index("sao10k/l3-lunaris-8b")
    where = view.rows.row_rect(row)
    if where.isEmpty():
        view.rows.verticalScrollBar().setValue(row)
        where = view.rows.row_rect(row)
    QTest.mouseClick(view.rows.viewport(), Qt.MouseButton.LeftButton, pos=where.center())
    day = cast(date, table.values["date"][row])
    assert session.selection.brush == span(day, day)
    assert session.selection.models == {"sao10k/l3-lunaris-8b"}
    session.undo()
    assert session.selection.models == frozenset(), "one step"


def test_changes_in_percent_have_their_sign(view: RestatementsWidget) -> None:
    table = view.table()
    parts = [value for value in table.values["change_part"] if value is not None]
    words = [FORMATS[table.column("change_part").kind](value) for value in parts]
    assert words
    for value, said in zip(parts, words, strict=True):
        assert said.startswith("▲ +" if value > 0 else "▼ −")


def test_the_unnamed_rest_is_no_model(view: RestatementsWidget, session: Session) -> None:
    row = view.table().values["model"].index("other")
    view.rows.verticalScrollBar().setValue(row)
    QTest.mouseClick(view.rows.viewport(), Qt.MouseButton.LeftButton, pos=view.rows.row_rect(row).center())
    assert session.selection.models == frozenset()
    assert session.selection.brush is not None and len(session.selection.brush) == 1


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("first", None, "The snapshot does not name the model on this day."),
        ("second", 1234567, "1\u2009234\u2009567 tokens"),
        ("change_part", -0.0006, "−0.06 % of the tokens in the first snapshot"),
        ("change_part", None, "Nothing to compare with: the first snapshot has no tokens there."),
    ],
)
def test_cells_say_themselves_in_full(view: RestatementsWidget, key: str, value: object, words: str) -> None:
    column = Column(key, say("x"), Kind.PART)
    assert tr(PROFILE.tips[column.key](view.table(), 0, value)) == words


def test_without_two_snapshots_there_is_no_choice(no_data: Dataset, qtbot: QtBot, settle: Callable[[], None]) -> None:
    made = widget(Session(no_data), Style())
    qtbot.addWidget(made)
    made.show()
    settle()
    assert isinstance(made, RestatementsWidget)
    assert not made.earlier.isVisible()
