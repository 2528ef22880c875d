"""Saved views: kept as a file, opened again, also from the picture or table that an export made of one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QMainWindow, QMessageBox, QToolBar

from explorer.app import file_dialogs, loading, spans
from explorer.app.dock_state import is_sound
from explorer.app.docks import Docks
from explorer.app.importing import Importer
from explorer.app.messages import box, show_errors
from explorer.app.settings import Settings
from explorer.domain import record as records
from explorer.domain.origins import Overrides
from explorer.domain.record import Record
from explorer.domain.snapshot import Provenance
from explorer.domain.tables import table
from explorer.domain.units import exact
from explorer.domain.workspace import SUFFIX, Layout, Workspace
from explorer.drawing.translate import tr
from explorer.errors import ExplorerError
from explorer.session import Session
from explorer.words import Message, say


@dataclass(frozen=True, slots=True)
class Hands:
    """What saved views need of the window: what imports, what keeps attribution (it may raise), what says things."""

    importer: Importer
    keep_overrides: Callable[[Overrides], object]
    tell: Callable[[Message], object]


class Workspaces(QObject):
    """Saves what is on screen and opens what was saved; `opened` and `saved` carry the file's path."""

    opened = Signal(object)
    saved = Signal(object)

    def __init__(
        self, window: QMainWindow, docks: Docks, session: Session, settings: Settings, store_path: Path, hands: Hands
    ) -> None:
        super().__init__(window)
        self._window, self._docks, self._session = window, docks, session
        self._settings, self._store_path, self._hands = settings, store_path, hands
        self.path: Path | None = None
        self._waiting: Path | None = None
        hands.importer.ended.connect(self._go_on)

    # --- saving

    def save(self) -> None:
        """Write the view to the file it is kept in; ask for one where there is none yet."""
        if self.path is None:
            self.save_as()
        else:
            self._write(self.path)

    def save_as(self) -> None:
        """Ask for a file and write the view to it."""
        path = self._ask()
        if path is not None:
            self._write(path)

    def workspace(self, title: str) -> Workspace:
        """Return what is on screen."""
        from explorer.export.recording import record_of  # noqa: PLC0415 - not before the first picture

        dataset, selection = self._session.dataset, self._session.selection
        made = record_of("", dataset, selection, table("leaderboard", dataset, selection))
        opened = [dock for dock in self._docks if not dock.isHidden()]
        layout = Layout(
            bytes(self._window.saveState().data()),
            (self._window.width(), self._window.height()),
            tuple(dock.view.key for dock in opened),
            tuple(dock.view.key for dock in opened if not dock.widget().isHidden()),
            self._docks.current.view.key,
        )
        return Workspace(title, made, layout)

    def _write(self, path: Path) -> None:
        from explorer.export import files, workspace_file  # noqa: PLC0415

        try:
            files.write(path, workspace_file.content(self.workspace(path.stem)))
        except ExplorerError as error:
            show_errors(self._window, [error])
            return
        self.path = path
        self._hands.tell(say("View saved as {file}", file=path.name))
        self.saved.emit(path)

    def _ask(self) -> Path | None:
        days = self._session.selection.brush or self._session.selection.span or spans.whole(self._session.dataset)
        dates = f"-{days.start.isoformat()}-to-{days.end.isoformat()}" if days else ""
        name = self.path.name if self.path else f"view{dates}{SUFFIX}"
        folder = str(self.path.parent) if self.path else self._settings.folder
        kind = say("Saved view (*{suffix})", suffix=SUFFIX)
        chosen = file_dialogs.save_file(self._window, say("Save view"), folder, name, kind)
        if chosen is not None:
            self._settings.folder = str(chosen.parent)
        return chosen

    # --- opening

    def open(self, paths: Sequence[Path]) -> None:
        """Import what is data, then show the first of what is a saved view or carries one."""
        from explorer.app.opening_files import is_view  # noqa: PLC0415

        views = [path for path in paths if is_view(path)]
        data = [path for path in paths if path not in views]
        if len(views) > 1:
            self._hands.tell(say("Of {count} saved views the first is opened.", count=exact(len(views))))
        if data:
            self._waiting = views[0] if views else None
            self._hands.importer.start(data)
        elif views:
            self._open(views[0])

    def _go_on(self) -> None:
        """Open the view that waited for imports, once what was imported is shown."""
        if self._waiting is not None:
            QTimer.singleShot(0, self, self._open_waiting)

    def _open_waiting(self) -> None:
        if self._hands.importer.running:
            return  # what came before it: the next end tells
        path, self._waiting = self._waiting, None
        if path is not None:
            self._open(path)

    def _open(self, path: Path) -> None:
        from explorer.app.opening_files import read_view  # noqa: PLC0415

        try:
            found, own = read_view(path)
            held = self._held()
        except ExplorerError as error:
            show_errors(self._window, [error])
            return
        if self._show(found.record):
            self._lay_out(found)
            self.path = path if own else None
            self._say(path.name, found.record, held)
            self.opened.emit(path)

    def _held(self) -> tuple[Provenance, ...]:
        store = loading.existing(self._store_path)
        try:
            return store.provenance() if store else ()
        finally:
            if store:
                store.close()

    def _show(self, record: Record) -> bool:
        """Select what a record says; False where the session could not, which it said."""
        wanted = record.selection.but(source=self._session.latest.source)
        self._session.select(wanted)
        return self._session.selection == wanted

    def _lay_out(self, found: Workspace) -> None:
        layout, window = found.layout, self._window
        if all(layout.size) and not window.isMaximized() and not window.isFullScreen():
            room = window.screen().availableSize()
            window.resize(min(layout.size[0], room.width()), min(layout.size[1], room.height()))
        if layout.open and not self._put_back(layout.state):
            for dock in self._docks:
                dock.setVisible(dock.view.key in layout.open)
            for dock in self._docks:
                if dock.view.key in layout.seen:
                    dock.raise_()
        wanted = found.record.view or layout.current
        dock = next((dock for dock in self._docks if dock.view.key == wanted), None)
        if dock is not None and (found.record.view or not dock.isHidden()):
            dock.show()
            dock.raise_()
            dock.widget().setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_back(self, state: bytes) -> bool:
        bars = [bar.objectName() for bar in self._window.findChildren(QToolBar) if bar.objectName()]
        sound = is_sound(state, [dock.objectName() for dock in self._docks], bars)
        return sound and self._window.restoreState(QByteArray(state))

    # --- what is not as it was

    def _say(self, name: str, record: Record, held: Sequence[Provenance]) -> None:
        from explorer.app.view_differences import differences, question  # noqa: PLC0415

        latest = self._session.latest
        shown = say("{file} is open.", file=name)
        said, mine = differences(record, latest, held), latest.origins.overrides
        if record.overrides != mine:
            self._offer((shown, *said, question(record.overrides, mine)), record.overrides)
        elif said:
            self._open_box(box(self._window, QMessageBox.Icon.Information, shown, *said))
        new = len(records.added(record, self._session.dataset))
        also = say(
            "{file} opened. The store has {count} more snapshots than it was made of: numbers may differ.",
            file=name,
            count=exact(new),
        )
        opened = say("{file} opened", file=name)
        if not record.view and self.path is None:
            opened = say("{file} opened: it names no view that could be shown again.", file=name)
        self._hands.tell(also if new else opened)

    def _offer(self, sentences: Sequence[Message], overrides: Overrides) -> None:
        made = box(self._window, QMessageBox.Icon.Question, *sentences)
        made.setStandardButtons(QMessageBox.StandardButton.NoButton)
        take = made.addButton(tr(say("&Use the file’s")), QMessageBox.ButtonRole.AcceptRole)
        keep = made.addButton(tr(say("&Keep mine")), QMessageBox.ButtonRole.RejectRole)
        made.setDefaultButton(keep)
        made.setEscapeButton(keep)
        take.clicked.connect(partial(self._take, overrides))
        self._open_box(made)

    def _open_box(self, made: QMessageBox) -> None:
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.open()

    def _take(self, overrides: Overrides, _checked: bool = False) -> None:
        try:
            self._hands.keep_overrides(overrides)
        except ExplorerError as error:
            show_errors(self._window, [error])
