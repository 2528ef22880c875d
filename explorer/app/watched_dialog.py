"""The watched folder: which it is, and what became of the files in it; and the same in the status bar, in a word."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.app import file_dialogs
from explorer.app.controls import label
from explorer.app.settings import Settings
from explorer.app.watched_folder import SUFFIXES, WatchedFolder, lines, state_of
from explorer.drawing.translate import tr
from explorer.style import GRID
from explorer.words import say

_SIZE = (640, 360)


class WatchedDialog(QDialog):
    """Chooses and clears the folder; follows what happens in it while it is open."""

    def __init__(self, watched: WatchedFolder, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watched, self._settings = watched, settings
        self.setWindowTitle(tr(say("Watched folder")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        kinds = ", ".join(sorted(suffix.removeprefix(".").upper() for suffix in SUFFIXES))
        about = label(
            say("New files in this folder are imported while the program runs, each once: {kinds}.", kinds=kinds), self
        )
        about.setWordWrap(True)
        column.addWidget(about)
        row = QHBoxLayout()
        self.folder = label(say(""), self)
        self.folder.setWordWrap(True)
        row.addWidget(self.folder, 1)
        self.choose = self._button(row, QPushButton(tr(say("&Choose folder…")), self))
        self.clear = self._button(row, QPushButton(tr(say("&Stop watching")), self))
        column.addLayout(row)
        self.list = QPlainTextEdit(self)
        self.list.setReadOnly(True)
        self.list.setAccessibleName(tr(say("What became of the files")))
        self.list.setPlaceholderText(tr(say("Nothing has come in yet.")))
        column.addWidget(self.list, 1)
        buttons = QDialogButtonBox(self)
        buttons.addButton(tr(say("Close")), QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.accepted.connect(self.accept)
        column.addWidget(buttons)
        self.choose.clicked.connect(self._choose)
        self.clear.clicked.connect(self._clear)
        watched.changed.connect(self._refresh)
        self._refresh()
        self.resize(*_SIZE)

    def _button(self, row: QHBoxLayout, made: QPushButton) -> QPushButton:
        made.setAutoDefault(False)
        row.addWidget(made)
        return made

    def _choose(self) -> None:
        start = str(self._watched.folder or self._settings.folder)
        chosen = file_dialogs.choose_folder(self, say("Folder to watch"), start)
        if chosen is not None:
            self._watched.choose(chosen)

    def _clear(self) -> None:
        self._watched.choose(None)

    def _refresh(self) -> None:
        watched = self._watched
        folder = say("{folder}", folder=watched.folder) if watched.folder else say("No folder is watched.")
        self.folder.setText(tr(watched.trouble or folder))
        self.clear.setEnabled(watched.folder is not None)
        self.list.setPlainText("\n".join(tr(line) for line in lines(watched.happened)))


class WatchedStatus(QPushButton):
    """Seen in the status bar while a folder is watched; a click tells more."""

    def __init__(self, watched: WatchedFolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watched = watched
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setToolTip(tr(say("What became of the files in the watched folder")))
        watched.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        state = state_of(self._watched)
        self.setVisible(state is not None)
        if state is not None:
            self.setText(tr(state).replace("&", "&&"))
