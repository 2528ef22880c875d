"""What the work of the importer comes to: the session shows it, and whoever asked for it says so."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.app.imported import Imported, Outcome
from explorer.app.importing import Importer
from explorer.app.messages import show_errors
from explorer.app.settings import Settings
from explorer.app.watched_folder import WatchedFolder
from explorer.domain.dataset import Dataset
from explorer.errors import ExplorerError
from explorer.session import Session
from explorer.sources import UnmappedError
from explorer.words import Message

if TYPE_CHECKING:
    from explorer.app.keeping import Keeping
    from explorer.app.mapping_queue import MappingQueue


@dataclass(frozen=True, slots=True)
class Desk:
    """What the results of work are handed to: what imports, who else waits for it, and what shows and says things."""

    importer: Importer
    watched: WatchedFolder
    session: Session
    settings: Settings
    show_dataset: Callable[[Dataset], object]
    tell: Callable[[Message], object]


class Arrivals(QObject):
    """Follows the importer at a desk; its dialogs belong to `window`.

    `undoable_changed` says that another removed snapshot, or none, can be put back.
    """

    undoable_changed = Signal()

    def __init__(self, window: QWidget, store_path: Path, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._store_path, self._desk = window, store_path, desk
        self._keeping: Keeping | None = None
        self._unmapped_tables: MappingQueue | None = None
        importer = desk.importer
        importer.imported.connect(self._imported)
        importer.failed.connect(self._import_failed)
        importer.cancelled.connect(self._cancelled)

    @property
    def undoable(self) -> str:
        """The name of the removed snapshot that can be put back, "" for none."""
        return self._keeping.undoable if self._keeping is not None else ""

    @property
    def removal_is_newest(self) -> bool:
        """Whether a removal that can be undone is newer than every change of the selection."""
        return self._keeping is not None and self._keeping.is_newest

    def keep(self, action: str, sha256: str) -> None:
        """Do what a view asks for with a snapshot or the store."""
        if self._keeping is None:
            from explorer.app.keeping import Keeping  # noqa: PLC0415 - not before the first picture

            desk = self._desk
            self._keeping = Keeping(self._window, desk.importer, desk.session, desk.settings, self._store_path)
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
        desk = self._desk
        if imported.dataset is not None:
            desk.show_dataset(imported.dataset)
        if self._keeping is not None and (done := self._keeping.take(imported)) is not None:
            desk.tell(done)
            return
        if desk.watched.take(imported):
            return
        rest = self._unmapped(imported.outcomes)
        if rest or not imported.outcomes:
            self._report(replace(imported, outcomes=rest))

    def _report(self, imported: Imported) -> None:
        errors = [outcome.error for outcome in imported.outcomes if outcome.error is not None]
        if imported.sentence is not None:
            self._desk.tell(imported.sentence)
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
            self._unmapped_tables.ready.connect(self._desk.importer.start)
        return self._unmapped_tables.ask(outcomes)

    def _import_failed(self, error: Exception) -> None:
        if self._keeping is not None:
            self._keeping.take_failure(error)
        if not self._desk.watched.take_failure(error):
            self.failed(error)

    def _cancelled(self) -> None:
        desk = self._desk
        desk.watched.take_cancelled()
        if desk.importer.job is not None:
            desk.tell(desk.importer.job.cancelled)
