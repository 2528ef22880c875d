"""What `saveState` writes is sound; anything else is kept from Qt, which it could end."""

import random
import struct

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QToolBar
from pytestqt.qtbot import QtBot

from explorer.app.dock_state import is_sound

DOCKS, BARS = ("share", "prices", "claims", "leads", "spend"), ("sentence",)


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    for name in DOCKS:
        dock = QDockWidget(name, made)
        dock.setObjectName(name)
        made.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    bar = QToolBar(made)
    bar.setObjectName("sentence")
    made.addToolBar(Qt.ToolBarArea.BottomToolBarArea, bar)
    made.resize(1280, 800)
    made.show()
    return made


def dock(window: QMainWindow, name: str) -> QDockWidget:
    found = window.findChild(QDockWidget, name)
    assert isinstance(found, QDockWidget)
    return found


def state(window: QMainWindow) -> bytes:
    QApplication.processEvents()
    return bytes(window.saveState().data())


def arranged(window: QMainWindow) -> list[bytes]:
    """Arrange the docks in all the ways a person can."""
    found = [state(window)]
    share, prices, claims, leads, spend = (dock(window, name) for name in DOCKS)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, prices)
    window.splitDockWidget(share, claims, Qt.Orientation.Horizontal)
    found.append(state(window))
    window.tabifyDockWidget(prices, leads)
    prices.raise_()
    found.append(state(window))
    leads.setFloating(True)
    spend.close()
    found.append(state(window))
    for each in (share, prices, claims, leads):
        each.close()
    found.append(state(window))
    return found


def test_what_qt_writes_is_sound_and_restores(window: QMainWindow) -> None:
    for each in arranged(window):
        assert is_sound(each, DOCKS, BARS), each
        assert window.restoreState(each)
        assert is_sound(state(window), DOCKS, BARS)


def test_other_docks_bars_and_versions_are_not(window: QMainWindow) -> None:
    found = state(window)
    assert not is_sound(found, DOCKS[1:], BARS)
    assert not is_sound(found, DOCKS, ())
    assert is_sound(found, (*DOCKS, "new"), (*BARS, "new"))
    assert not is_sound(bytes(window.saveState(7).data()), DOCKS, BARS)


def test_a_state_that_is_cut_or_goes_on_is_not(window: QMainWindow) -> None:
    found = arranged(window)[2]
    assert not any(is_sound(found[:length], DOCKS, BARS) for length in range(len(found)))
    assert not is_sound(found + b"\0", DOCKS, BARS)
    assert not is_sound(bytes(2000), DOCKS, BARS)
    assert not is_sound(random.Random(7).randbytes(2000), DOCKS, BARS)


def test_a_dock_is_there_once_and_counts_are_believable(window: QMainWindow) -> None:
    found = state(window)
    share, leads = ("share".encode("utf-16-be"), "leads".encode("utf-16-be"))
    assert not is_sound(found.replace(leads, share), DOCKS, BARS)
    at = found.index(b"\xfc\x02") + 2
    assert struct.unpack_from(">i", found, at) == (5,)
    for count in (0, 4, 6, -1, 2**31 - 1):
        assert not is_sound(found[:at] + struct.pack(">i", count) + found[at + 4 :], DOCKS, BARS)


def test_a_front_tab_that_is_not_there_is_not_sound(window: QMainWindow) -> None:
    found = arranged(window)[2]
    at = found.index(b"\xfa") + 1
    assert is_sound(found[:at] + struct.pack(">i", 1) + found[at + 4 :], DOCKS, BARS)
    assert not is_sound(found[:at] + struct.pack(">i", 2) + found[at + 4 :], DOCKS, BARS)
