"""What the work of the importer comes to: the session shows it, and whoever asked for it says so."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.app.imported import Imported, Outcome
from explorer.app.messages import show_errors
from explorer.errors import ExplorerError
from explorer.sources import UnmappedError

if TYPE_CHECKING:
    from explorer.app.keeping import Keeping
    from explorer.app.mapping_queue import MappingQueue
    from explorer.app.window import MainWindow


class Arrivals(QObject):
    """Follows a window's importer. `undoable_changed` says that another removed snapshot, or none, can be put back."""

    undoable_changed = Signal()

    def __init__(self, window: "MainWindow", store_path: Path) -> None:
        super().__init__(window)
        self._window, self._store_path = window, store_path
        self._keeping: Keeping | None = None
        self._unmapped_tables: MappingQueue | None = None
        importer = window.importer
        importer.imported.connect(self._imported)
        importer.failed.connect(self._import_failed)
        importer.cancelled.connect(self._cancelled)

    @property
    def undoable(self) -> str:
        """The name of the removed snapshot that can be put back, "" for none."""
        return self._keeping.undoable if self._keeping is not None else ""

    def keep(self, action: str, sha256: str) -> None:
        """Do what a view asks for with a snapshot or the store."""
        if self._keeping is None:
            from explorer.app.keeping import Keeping  # noqa: PLC0415 - not before the first picture

            window = self._window
            self._keeping = Keeping(window, window.importer, window.session, window.settings, self._store_path)
            self._keeping.removed_changed.connect(self.undoable_changed)
        self._keeping.ask(action, sha256)

    def undo_remove(self) -> None:
        """Put back the snapshot removed last."""
        if self._keeping is not None:
            self._keeping.undo()

    def failed(self, error: Exception) -> None:
        """Say what a person can mend; anything else is a bug."""
        if isinstance(error, ExplorerError):
            show_errors(self._window, [error])
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    def _imported(self, imported: Imported) -> None:
        window = self._window
        if imported.dataset is not None:
            window.show_dataset(imported.dataset)
        if self._keeping is not None and (done := self._keeping.take(imported)) is not None:
            window.tell(done)
            return
        if window.watched.take(imported):
            return
        rest = self._unmapped(imported.outcomes)
        if rest or not imported.outcomes:
            self._report(replace(imported, outcomes=rest))

    def _report(self, imported: Imported) -> None:
        errors = [outcome.error for outcome in imported.outcomes if outcome.error is not None]
        if imported.sentence is not None:
            self._window.tell(imported.sentence)
        if errors and len(errors) == len(imported.outcomes):
            show_errors(self._window, errors)
            return
        from explorer.app.report_dialog import ReportDialog  # noqa: PLC0415

        ReportDialog(imported, self._window).open()

    def _unmapped(self, outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
        """Ask what the columns of unknown tables mean, then import those; return the other outcomes."""
        if not any(isinstance(outcome.error, UnmappedError) for outcome in outcomes):
            return outcomes
        from explorer.app.mapping_queue import MappingQueue  # noqa: PLC0415 - not before the first picture

        if self._unmapped_tables is None:
            self._unmapped_tables = MappingQueue(self._store_path, self._window)
            self._unmapped_tables.ready.connect(self._window.importer.start)
        return self._unmapped_tables.ask(outcomes)

    def _import_failed(self, error: Exception) -> None:
        if not self._window.watched.take_failure(error):
            self.failed(error)

    def _cancelled(self) -> None:
        window = self._window
        window.watched.take_cancelled()
        if window.importer.job is not None:
            window.tell(window.importer.job.cancelled)
