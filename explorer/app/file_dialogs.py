"""The one place where dialogs of files are made: none of them ever opens a file that it lists.

Qt opens each file to see what is in it, and closes it again. On POSIX that drops every lock this process has on the
file: a store that is listed would not be locked any more, and what another program then does to it destroys it.
"""

import sys
from functools import lru_cache
from pathlib import Path
from typing import overload

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

from explorer.drawing.translate import tr
from explorer.words import Message, say

_SAFE_NATIVE = ("win32", "darwin")
"""Where the system's own dialog opens no files in this process, or that drops no locks."""


class _ByName(QFileIconProvider):
    """Tells folders from files, and files by the ending of their names: all that can be told without a look inside."""

    @overload
    def icon(self, what: QFileIconProvider.IconType, /) -> QIcon: ...
    @overload
    def icon(self, what: QFileInfo, /) -> QIcon: ...
    def icon(self, what: QFileIconProvider.IconType | QFileInfo, /) -> QIcon:
        kinds = QFileIconProvider.IconType
        if isinstance(what, QFileInfo):
            what = kinds.Folder if what.isDir() else kinds.File
        return super().icon(what)

    def type(self, info: QFileInfo, /) -> str:
        if info.isDir():
            return tr(say("Folder"))
        return tr(say("{suffix} file", suffix=info.suffix().upper())) if info.suffix() else tr(say("File"))


@lru_cache(maxsize=1)
def _by_name() -> _ByName:
    """Return the one provider, which outlives every dialog: the thread that lists a folder may still ask it."""
    return _ByName()


class FileDialog(QFileDialog):
    """A dialog of files in `folder`; `ask` for what is chosen in it."""

    def __init__(self, parent: QWidget, title: Message, folder: str | Path) -> None:
        super().__init__(parent, tr(title), str(folder))
        self.setOption(QFileDialog.Option.DontUseNativeDialog, sys.platform not in _SAFE_NATIVE)
        self.setIconProvider(_by_name())

    def ask(self) -> tuple[Path, ...]:
        """Show the dialog until it is answered; return what was chosen, () for Cancel. It can't be used again."""
        chosen = tuple(map(Path, self.selectedFiles())) if self.exec() else ()
        self.deleteLater()
        return chosen


def open_files(parent: QWidget, title: Message, folder: str, *kinds: Message, several: bool = True) -> tuple[Path, ...]:
    """Ask for files that there are; `kinds` are filters such as "Stores (*.sqlite)"."""
    dialog = FileDialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([tr(kind) for kind in kinds])
    return dialog.ask()


def open_file(parent: QWidget, title: Message, folder: str, *kinds: Message) -> Path | None:
    """Ask for a file that there is; None for Cancel."""
    return next(iter(open_files(parent, title, folder, *kinds, several=False)), None)


def save_file(parent: QWidget, title: Message, folder: str, name: str, kind: Message) -> Path | None:
    """Ask where to write a file, suggesting `name`, whose ending a name without one gets; None for Cancel.

    The dialog asks before a file that is there is chosen. Without a `folder` it begins at home.
    """
    dialog = FileDialog(parent, title, folder or Path.home())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([tr(kind)])
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    return next(iter(dialog.ask()), None)


def choose_folder(parent: QWidget, title: Message, start: str) -> Path | None:
    """Ask for a folder; None for Cancel."""
    dialog = FileDialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return next(iter(dialog.ask()), None)
