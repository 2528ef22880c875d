"""The snapshots on screen: the calendar above them, what it says, and the days a click brushes."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.domain import tables
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Span, span
from explorer.domain.schema import UsageFrame, to_day
from explorer.domain.snapshots_table import SnapshotTable
from explorer.errors import ExplorerError
from explorer.session import Session
from explorer.style import Style
from explorer.views import snapshots
from explorer.views.snapshots import SnapshotsWidget, widget
from explorer.words import say

Look = Callable[[QWidget], np.ndarray]


@pytest.fixture
def session(dataset: Dataset) -> Session:
    return Session(dataset)


@pytest.fixture
def view(session: Session, qtbot: QtBot, settle: Callable[[], None]) -> SnapshotsWidget:
    made = widget(session, Style())
    assert isinstance(made, SnapshotsWidget)
    qtbot.addWidget(made)
    made.resize(760, 560)
    made.show()
    made.table()  # waits for what is read in a thread
    settle()
    return made


def at(view: SnapshotsWidget, day: date) -> QPointF:
    return view.calendar.day_rect(to_day(day)).center()


def test_a_click_on_a_day_brushes_it_and_a_drag_the_days_between(view: SnapshotsWidget, session: Session) -> None:
    before = session.selection
    QTest.mouseClick(view.calendar, Qt.MouseButton.LeftButton, pos=at(view, date(2026, 2, 26)).toPoint())
    assert session.selection == before.but(brush=span(date(2026, 2, 26), date(2026, 2, 26)))
    QTest.mousePress(view.calendar, Qt.MouseButton.LeftButton, pos=at(view, date(2026, 1, 20)).toPoint())
    for day in (18, 15, 12):
        QTest.mouseMove(view.calendar, at(view, date(2026, 1, day)).toPoint())
    QTest.mouseRelease(view.calendar, Qt.MouseButton.LeftButton, pos=at(view, date(2026, 1, 12)).toPoint())
    assert session.selection.brush == span(date(2026, 1, 12), date(2026, 1, 20))
    session.undo()
    assert session.selection.brush == span(date(2026, 2, 26), date(2026, 2, 26)), "a drag is one step"


def test_the_keyboard_goes_from_day_to_day_and_brushes(view: SnapshotsWidget, session: Session) -> None:
    view.calendar.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return):
        QTest.keyClick(view.calendar, key)
    assert session.selection.brush == span(date(2026, 2, 5), date(2026, 2, 5))
    assert "5 February 2026\nNo snapshot covers this day." in view.calendar.accessibleDescription()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), ["5 February 2026", "No snapshot covers this day."]),
        (date(2026, 3, 15), ["15 March 2026", "One snapshot covers this day.", "rankings.csv shows"]),
        (
            date(2026, 3, 5),
            [
                "5 March 2026",
                "Several snapshots cover this day, and it was not restated.",
                "rankings.csv shows",
                "2026-03-10.csv",
            ],
        ),
        (
            date(2026, 3, 9),
            [
                "9 March 2026",
                "OpenRouter’s snapshots that cover this day differ.",
                "rankings.csv shows",
                "2026-03-10.csv",
            ],
        ),
    ],
)
def test_pointing_at_a_day_says_who_covers_it(view: SnapshotsWidget, day: date, words: list[str]) -> None:
    assert view.calendar.tip(at(view, day))[0] == words


def test_beside_the_days_nothing_is_said(view: SnapshotsWidget) -> None:
    assert view.calendar.tip(QPointF(2, 2))[0] == []


def test_a_click_on_a_row_brushes_the_days_of_its_snapshot(view: SnapshotsWidget, session: Session) -> None:
    older = view.table().values["name"].index("2026-02-24.csv")
    QTest.mouseClick(view.rows.viewport(), Qt.MouseButton.LeftButton, pos=view.rows.row_rect(older).center())
    assert session.selection.brush == span(date(2026, 1, 5), date(2026, 2, 23))


def test_the_row_that_keys_act_on_is_outlined_wherever_the_focus_is(
    view: SnapshotsWidget, look: Look, settle: Callable[[], None]
) -> None:
    def edge(row: int) -> np.ndarray:
        """The colours along the left edge of a row."""
        place = view.rows.row_rect(row)
        seen = look(view.rows.viewport())
        return seen[place.top() + 4 : place.bottom() - 4, place.left() : place.left() + 3]

    view.calendar.setFocus()
    QTest.mouseClick(view.rows.viewport(), Qt.MouseButton.LeftButton, pos=view.rows.row_rect(1).center())
    for focused in (view.rows, view.calendar):
        focused.setFocus()
        settle()
        contrast = [int(np.ptp(edge(row).astype(int), axis=1).max()) for row in range(len(view.table()))]
        assert [ink > 60 for ink in contrast] == [row == 1 for row in range(len(contrast))]


def test_sorted_rows_keep_the_calendar_for_the_picture(view: SnapshotsWidget) -> None:
    first = view.table()
    view.rows.sort_by("last_day")
    view.rows.sort_by("last_day")
    turned = view.table()
    assert isinstance(first, SnapshotTable) and isinstance(turned, SnapshotTable)
    assert turned.ids == first.ids[::-1]
    assert turned.cover is first.cover


def test_a_low_view_gives_its_room_to_the_rows(view: SnapshotsWidget, settle: Callable[[], None]) -> None:
    assert view.calendar.isVisible()
    view.setMinimumHeight(144)
    view.resize(760, 144)
    settle()
    assert not view.calendar.isVisible()
    view.resize(760, 560)
    settle()
    assert view.calendar.isVisible()


def test_out_of_sight_it_computes_nothing(
    dataset: Dataset, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, settle: Callable[[], None]
) -> None:
    asked: list[str] = []
    real = tables.table

    def table(view, dataset, selection):
        asked.append(view)
        return real(view, dataset, selection)

    monkeypatch.setattr(tables, "table", table)
    session = Session(dataset)
    hidden = widget(session, Style())
    qtbot.addWidget(hidden)
    session.select(session.selection.but(brush=Span(20500, 20501)))
    settle()
    assert asked == []
    hidden.show()
    settle()
    assert "snapshots" in asked


def test_until_the_snapshots_are_read_it_says_so(
    dataset: Dataset, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = replace(dataset)
    go = threading.Event()
    real = snapshots.cover
    monkeypatch.setattr(snapshots, "cover", lambda *args: go.wait(10) and real(*args))
    made = widget(Session(fresh), Style())
    qtbot.addWidget(made)
    assert isinstance(made, SnapshotsWidget)
    made.show()
    assert str(made.rows.table().empty) == "Reading 4 snapshots …"
    assert made.is_busy
    go.set()
    qtbot.waitUntil(made.calendar.isVisible)
    assert len(made.rows.table()) == 4


def test_without_snapshots_there_is_no_calendar(no_data: Dataset, qtbot: QtBot, settle: Callable[[], None]) -> None:
    session = Session(no_data)
    made = widget(session, Style())
    qtbot.addWidget(made)
    made.show()
    settle()
    assert isinstance(made, SnapshotsWidget)
    assert not made.calendar.isVisible()
    assert not made.this.isEnabled()
    assert made.store.isEnabled(), "a backup can be restored into an empty store"


def test_another_vintage_is_another_calendar(
    view: SnapshotsWidget, session: Session, dataset: Dataset, settle: Callable[[], None]
) -> None:
    with pytest.raises(KeyError):
        view.calendar.day_rect(to_day(date(2026, 3, 17)))
    less = [each for each in dataset.provenance if each.as_of and each.as_of <= "2026-02-24"]
    session.load(replace(dataset, provenance=tuple(less)))
    assert len(view.table()) == 1
    settle()
    with pytest.raises(KeyError):
        view.calendar.day_rect(to_day(date(2026, 3, 1)))


def test_a_fault_is_said_and_reading_is_tried_again_when_the_view_is_seen_anew(dataset: Dataset, qtbot: QtBot) -> None:
    asked: list[str] = []
    busy = [True]

    def recall(sha256: str) -> UsageFrame:
        asked.append(sha256)
        if busy:
            raise ExplorerError(say("The store is in use."), remedy=say("Wait."))
        assert dataset.recall is not None
        return dataset.recall(sha256)

    view = widget(Session(replace(dataset, recall=recall)), Style())
    qtbot.addWidget(view)
    assert isinstance(view, SnapshotsWidget)
    view.resize(760, 560)
    view.show()
    qtbot.waitUntil(lambda: "in use" in str(view.table().empty))
    tried = len(asked)
    view.repaint()
    assert "in use" in str(view.table().empty)
    assert len(asked) == tried, "not again and again"
    busy.clear()
    view.hide()
    view.show()
    qtbot.waitUntil(lambda: not view.is_busy)
    assert len(view.table()) == len(dataset.provenance)
