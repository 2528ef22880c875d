"""Export and copy, as the menus have them: of the view that the keyboard was in last."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from explorer.app import outputs, spans
from explorer.app.docks import Docks, ViewDock
from explorer.app.export_dialog import PictureDialog, PictureWish
from explorer.app.export_files import ask_for_picture, ask_for_table, file_stem
from explorer.app.making import Making, WorkingDialog
from explorer.app.messages import show_errors
from explorer.app.settings import Settings
from explorer.domain.units import exact
from explorer.errors import ExplorerError
from explorer.export import exhibit as exhibits
from explorer.export.exhibit import Exhibit
from explorer.export.formats import Wish
from explorer.session import Session
from explorer.style import Style
from explorer.tasks import Task, Work
from explorer.words import Message, say

_Made = TypeVar("_Made")


class Exports:
    """Takes what is on screen out of the window; `tell` says what was done."""

    def __init__(
        self,
        window: QMainWindow,
        docks: Docks,
        session: Session,
        settings: Settings,
        style: Callable[[], Style],
        tell: Callable[[Message], object],
    ) -> None:
        self._window, self._docks, self._session = window, docks, session
        self._settings, self._style, self._tell = settings, style, tell

    def table(self) -> None:
        """Ask for a file and write the table of the current view."""
        dock = self._docks.current
        asked = ask_for_table(self._window, self._settings, self._stem(dock))
        if asked is None:
            return
        path, kind = asked
        work = partial(outputs.begun, path, kind.format, self._exhibit(dock), dock.module.draw)
        self._make(self._window, dock, work, partial(Wish, comments=kind.comments))

    def picture(self) -> None:
        """Open the dialog that asks for a picture or slide, shows it, and saves it."""
        theme = "dark" if self._style().theme.dark else "light"
        docks = self._docks
        dialog = PictureDialog(docks.all, docks.current, theme, self._settings, self._exhibit, self._save, self._window)
        dialog.open()

    def _save(self, asked: PictureWish, dialog: PictureDialog) -> None:
        path = ask_for_picture(dialog, self._settings, self._stem(asked.dock), asked.format)
        if path is not None:
            work = partial(outputs.begun, path, asked.format, asked.exhibit, asked.dock.module.draw)
            self._make(dialog, asked.dock, work, asked.with_template)

    def _make(self, over: QWidget, dock: ViewDock, begin: Callable[[Wish], Work], wish: Callable[[], Wish]) -> None:
        """Make a file as `wish` says: `begin` draws it and returns the rest. A dialog that asked for it closes."""
        try:
            work = _waiting(partial(begin, wish()))
        except ExplorerError as error:
            show_errors(over, [error])
            return
        making = Making(over, say("Export"), say("Writing {view}…", view=dock.view.title), Task(work))
        making.done.connect(partial(self._made, over, dock))
        making.failed.connect(partial(_failed, over))
        if isinstance(over, WorkingDialog):
            over.hold(making)
        making.start()

    def _made(self, over: QWidget, dock: ViewDock, path: Path) -> None:
        if isinstance(over, WorkingDialog):
            over.accept()
        self._tell(say("{view} written to {file}", view=dock.view.title, file=path.name))

    def copy_table(self) -> None:
        """Put the table of the current view on the clipboard."""
        dock = self._docks.current
        table = dock.table()
        QGuiApplication.clipboard().setMimeData(outputs.table_mime(table))
        self._tell(say("{view}: {rows} rows copied", view=dock.view.title, rows=exact(len(table))))

    def copy_chart(self) -> None:
        """Put the picture of the current view on the clipboard, with its title and source."""
        dock = self._docks.current
        shown = dock.widget().size()
        mime = _waiting(partial(outputs.picture_mime, self._exhibit(dock), dock.module.draw, shown))
        QGuiApplication.clipboard().setMimeData(mime)
        self._tell(say("{view}: picture copied", view=dock.view.title))

    def _stem(self, dock: ViewDock) -> str:
        selection, dataset = self._session.selection, self._session.dataset
        return file_stem(dock.view.key, dock.table(), selection.brush or selection.span or spans.whole(dataset))

    def _exhibit(self, dock: ViewDock) -> Exhibit:
        """Return what a view shows, its table as on screen."""
        dataset, selection = self._session.dataset, self._session.selection
        return exhibits.of(dock.view.key, dock.table(), dataset, selection, self._style())


def _waiting(begin: Callable[[], _Made]) -> _Made:
    """Return what `begin` does, the cursor saying meanwhile that it takes a moment."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        return begin()
    finally:
        QGuiApplication.restoreOverrideCursor()


def _failed(over: QWidget, error: Exception) -> None:
    if not isinstance(error, ExplorerError):
        raise error
    show_errors(over, [error])
