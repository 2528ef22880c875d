"""The dialog of the API key: it says where the key is, changes that, and never shows it."""

import sys

import pytest
from keyring.errors import KeyringLocked
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from explorer.app.key_dialog import KeyDialog
from explorer.app.window import MainWindow
from explorer.upstream import keys
from tests.upstream import served
from tests.upstream.served import SECRET, MemoryKeyring

memory_keyring = served.memory_keyring


@pytest.fixture
def dialog(qtbot: QtBot, memory_keyring: MemoryKeyring) -> KeyDialog:
    made = KeyDialog()
    qtbot.addWidget(made)
    made.show()
    idle(qtbot, made)
    return made


def idle(qtbot: QtBot, dialog: KeyDialog) -> None:
    qtbot.waitUntil(lambda: not dialog._work.running)


def test_a_key_is_set_and_removed(qtbot: QtBot, dialog: KeyDialog) -> None:
    assert dialog.status.text().startswith("No API key is kept.")
    assert not dialog.set_button.isEnabled()
    assert not dialog.remove_button.isEnabled()
    qtbot.keyClicks(dialog.secret, SECRET)
    dialog.set_button.click()
    idle(qtbot, dialog)
    assert dialog.status.text() == "An API key is kept in the system's keyring."
    assert dialog.secret.text() == "", "it is not left lying there"
    found = keys.find()
    assert found is not None
    assert found.secret == SECRET
    assert dialog.remove_button.isEnabled()
    dialog.remove_button.click()
    idle(qtbot, dialog)
    assert dialog.status.text().startswith("The key was removed. No API key is kept.")
    assert not dialog.remove_button.isEnabled(), "there is none"


def test_a_key_that_went_elsewhere_is_said(qtbot: QtBot, memory_keyring: MemoryKeyring) -> None:
    keys.keep(SECRET)
    dialog = KeyDialog()
    qtbot.addWidget(dialog)
    idle(qtbot, dialog)
    keys.remove()
    dialog.remove_button.click()
    idle(qtbot, dialog)
    assert dialog.status.text().startswith("There is no key in the system's keyring.")


def test_the_key_is_never_shown(qtbot: QtBot, dialog: KeyDialog) -> None:
    keys.keep(SECRET)
    qtbot.keyClicks(dialog.secret, SECRET)
    assert dialog.secret.echoMode() is QLineEdit.EchoMode.Password
    assert SECRET not in dialog.secret.displayText()
    dialog.set_button.click()
    idle(qtbot, dialog)
    assert not any(SECRET in text.text() for text in dialog.findChildren(QLabel))


def test_what_is_no_key_is_said(qtbot: QtBot, dialog: KeyDialog) -> None:
    qtbot.keyClicks(dialog.secret, "two words")
    dialog.set_button.click()
    idle(qtbot, dialog)
    assert dialog.status.text().startswith("This is no API key")
    assert keys.find() is None


def test_a_locked_keyring_is_said(qtbot: QtBot, dialog: KeyDialog, memory_keyring: MemoryKeyring) -> None:
    memory_keyring.fault = KeyringLocked("dismissed")
    qtbot.keyClicks(dialog.secret, SECRET)
    dialog.set_button.click()
    idle(qtbot, dialog)
    assert dialog.status.text().startswith("The system's keyring can't be used. Unlock it")


def test_a_bug_goes_where_bugs_go(qtbot: QtBot, dialog: KeyDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    bug, taken = ZeroDivisionError("x"), list[object]()

    def keep(_secret: str) -> None:
        raise bug

    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: taken.append(error))
    monkeypatch.setattr(keys, "keep", keep)
    qtbot.keyClicks(dialog.secret, SECRET)
    dialog.set_button.click()
    idle(qtbot, dialog)
    assert taken == [bug]


@pytest.mark.usefixtures("memory_keyring")
def test_the_menu_opens_it(qtbot: QtBot, rankings_window: MainWindow) -> None:
    rankings_window.menus.actions["api_key"].trigger()
    (dialog,) = rankings_window.findChildren(KeyDialog)
    assert dialog.isVisible()
    assert dialog.secret.accessibleName() == "New API key"
    idle(qtbot, dialog)
    dialog.close()
