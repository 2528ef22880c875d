"""The dialog of the API key: where it is kept, set, remove. It never shows one."""

import sys
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from explorer.app.controls import label, name
from explorer.drawing.translate import tr
from explorer.errors import ExplorerError
from explorer.progress import Progress
from explorer.style import GRID
from explorer.tasks import Latest, Work
from explorer.upstream import keys
from explorer.words import Message, say

_WHY = say(
    "Updates need no key. With a key of your own from openrouter.ai, Update also fetches the days since "
    "1 January 2025. It is kept in the system's keyring, and sent to openrouter.ai alone."
)
_LOOKING = say("Looking into the system's keyring …")


class KeyDialog(QDialog):
    """Says where the key is kept and changes that, off the GUI thread: a keyring may ask for a password first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr(say("API key")))
        self._removable = False
        self._work = Latest(self)
        self._work.done.connect(self._done)
        self._work.failed.connect(self._failed)
        self._work.ended.connect(self._allow)
        self._lay_out()
        self._begin(_status)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        why = label(_WHY, self)
        self.status = label(_LOOKING, self)
        for words in (why, self.status):
            words.setWordWrap(True)
            words.setMinimumWidth(60 * GRID)
        self.secret = QLineEdit(self)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setPlaceholderText(tr(say("New key")))
        name(self.secret, say("New API key"))
        self.secret.textChanged.connect(self._allow)
        self.set_button = QPushButton(tr(say("Set")), self)
        name(self.set_button, say("Set the key"), say("Keep this key in the system's keyring"))
        self.set_button.clicked.connect(self._set)
        self.remove_button = QPushButton(tr(say("Remove")), self)
        name(self.remove_button, say("Remove the key"), say("Remove the key from the system's keyring"))
        self.remove_button.clicked.connect(self._remove)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for widget in (self.secret, self.set_button, self.remove_button):
            row.addWidget(widget)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(tr(say("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        for widget in (why, self.status):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(buttons)
        self.secret.setFocus()

    def done(self, result: int, /) -> None:
        self._work.stop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent, /) -> None:
        self._work.stop()
        super().closeEvent(event)

    def _set(self) -> None:
        secret = self.secret.text()
        self.secret.clear()
        self._begin(partial(_keep, secret))

    def _remove(self) -> None:
        self._begin(_forget)

    def _begin(self, work: Work) -> None:
        self._show(_LOOKING)
        self._work.start(work)
        self._allow()

    def _done(self, found: "_Found") -> None:
        self._removable = found.removable
        self._show(found.words)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ExplorerError):
            self._show(say(""))
            sys.excepthook(type(error), error, error.__traceback__)
            return
        self._show(error.sentence)

    def _show(self, words: Message) -> None:
        self.status.setText(tr(words))
        self.adjustSize()

    def _allow(self) -> None:
        idle = not self._work.running
        self.set_button.setEnabled(idle and bool(self.secret.text().strip()))
        self.remove_button.setEnabled(idle and self._removable)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the key is kept, in words, and whether there is one that can be removed."""

    words: Message
    removable: bool


def _status(_progress: Progress) -> _Found:
    return _Found(keys.status(), keys.is_kept())


def _keep(secret: str, progress: Progress) -> _Found:
    keys.keep(secret)
    return _status(progress)


def _forget(progress: Progress) -> _Found:
    done = say("The key was removed.") if keys.remove() else say("There is no key in the system's keyring.")
    found = _status(progress)
    return _Found(say("{done} {status}", done=done, status=found.words), found.removable)
