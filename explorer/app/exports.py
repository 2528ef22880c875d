"""Export and copy, as the menus have them: of the view that the keyboard was in last."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMainWindow

from explorer.app import outputs, spans
from explorer.app.docks import Docks, ViewDock
from explorer.app.export_dialog import PictureDialog, ask_for_picture, ask_for_table, file_stem
from explorer.app.messages import show_errors
from explorer.app.settings import Settings
from explorer.domain.units import exact
from explorer.errors import ExplorerError
from explorer.session import Session
from explorer.style import Style
from explorer.words import Message, say


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
        path, comments = asked
        if self._tried(lambda: outputs.write_table(path, dock.table(), self._session.dataset, comments=comments)):
            self._tell(say("{view} written to {file}", view=dock.view.title, file=path.name))

    def picture(self) -> None:
        """Ask for size, theme and file, and write the picture of the view asked for."""
        dialog = PictureDialog(self._docks.all, self._docks.current, self._style().theme, self._window)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        wish = dialog.wish()
        path = ask_for_picture(self._window, self._settings, self._stem(wish.dock)) if accepted else None
        if path is None:
            return
        draw, style = wish.dock.module.draw, Style(wish.theme)
        if self._tried(lambda: outputs.write_picture(path, draw, wish.dock.table(), style, wish.size)):
            self._tell(say("{view} written to {file}", view=wish.dock.view.title, file=path.name))

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
        image = outputs.screen_picture(dock.module.draw, dock.table(), self._style(), shown)
        QGuiApplication.clipboard().setImage(image)
        self._tell(say("{view}: picture copied", view=dock.view.title))

    def _stem(self, dock: ViewDock) -> str:
        selection, dataset = self._session.selection, self._session.dataset
        return file_stem(dock.view.key, dock.table(), selection.brush or selection.span or spans.whole(dataset))

    def _tried(self, write: Callable[[], object]) -> bool:
        try:
            write()
        except ExplorerError as error:
            show_errors(self._window, [error])
            return False
        return True
