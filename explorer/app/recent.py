"""The files opened and saved last, as a menu."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from explorer.app.importing import Imported
from explorer.app.settings import Settings
from explorer.drawing.translate import tr
from explorer.words import Message, say

MOST = 10


class RecentFiles(QObject):
    """Remembers files in the settings, the last one first; `open_files` gets what is chosen from the menu."""

    def __init__(self, settings: Settings, open_files: Callable[[Sequence[Path]], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._settings, self._open, self._enabled = settings, open_files, True
        self.menu = QMenu(tr(say("Open &recent")), parent)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self.fill)
        self._allow()

    @property
    def enabled(self) -> bool:
        """Whether files may be opened now."""
        return self._enabled

    @enabled.setter
    def enabled(self, may: bool) -> None:
        self._enabled = may
        self._allow()

    def _allow(self) -> None:
        self.menu.menuAction().setEnabled(self._enabled and bool(self._settings.recent))

    def add(self, path: Path) -> None:
        """Remember a file."""
        known = str(path.absolute())
        self._keep([known, *(other for other in self._settings.recent if other != known)][:MOST])

    def add_imported(self, imported: Imported) -> None:
        """Remember the files that an import took."""
        for outcome in imported.outcomes:
            if outcome.report is not None and outcome.path.is_absolute():
                self.add(outcome.path)

    def clear(self) -> None:
        """Forget all."""
        self._keep([])

    def fill(self) -> None:
        """Make the menu anew, as what is there may have changed."""
        self.menu.clear()
        for number, known in enumerate(self._settings.recent, 1):
            path = Path(known)
            there = _is_there(path)
            text = say("&{number} {file}") if number < 10 else say("{number} {file}")
            text = text if there else say("{number} {file} (not there any more)")
            shown = Message(text.template, (("number", number), ("file", path.name.replace("&", "&&"))))
            action = self._action(shown, partial(self._choose, path))
            action.setToolTip(known)
            action.setEnabled(there)
        self.menu.addSeparator()
        self._action(say("&Clear list"), self.clear)

    def _action(self, text: Message, act: Callable[..., object]) -> QAction:
        action = self.menu.addAction(tr(text))
        action.triggered.connect(act)
        return action

    def _choose(self, path: Path, _checked: bool = False) -> None:
        self._open([path])

    def _keep(self, paths: list[str]) -> None:
        self._settings.recent = paths
        self._allow()


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
