"""Importing files into the store: the work itself, and the one import that a window runs at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer import sources
from explorer.app import loading, mappings
from explorer.app.imported import Imported, Outcome, changed
from explorer.domain.snapshot import Snapshot
from explorer.errors import Cancelled, ExplorerError
from explorer.progress import Progress, within
from explorer.sources.any_table import AnyTable
from explorer.store import Store
from explorer.tasks import Task
from explorer.words import Message, say

_READ, _STORED = 0.6, 0.95
"""Which part of the progress is done when all files are read, and when all are stored."""


_CANCEL = say("Cancel import")
_CANCELLED = say("Import cancelled: nothing was changed.")


@dataclass(frozen=True, slots=True)
class Job:
    """Work for the importer: what it is called while it runs, how it is cancelled, and what that comes to.

    `step` says how far the work is, where it can.
    """

    work: Callable[[Progress], Imported]
    doing: Message
    cancel: Message = _CANCEL
    cancelled: Message = _CANCELLED
    step: Callable[[], Message | None] = lambda: None


def run(store_path: Path, paths: Sequence[Path], progress: Progress) -> Imported:
    """Read all files, then add those that are sound to the store, each whole or not at all.

    Where `progress` raises Cancelled before a file is stored, so does this, and the store is as it was; later the
    files already stored stay, as the result says. Raises ExplorerError where the store itself can't be used.
    """
    tables = AnyTable(mappings.known(store_path), guessing=False)
    read = [_read(path, _part(progress, i, len(paths), 0.0, _READ), tables) for i, path in enumerate(paths)]
    refused = tuple(
        Outcome(path, error=found) for path, found in zip(paths, read, strict=True) if isinstance(found, ExplorerError)
    )
    if len(refused) == len(paths):
        return Imported(refused, None)
    existed = store_path.exists()
    try:
        return _store(store_path, paths, read, progress)
    except Cancelled:
        if not existed:
            Store.discard_if_empty(store_path)
        raise


def _read(path: Path, progress: Progress, tables: AnyTable) -> Snapshot | ExplorerError:
    try:
        return sources.read(path, progress, tables)
    except ExplorerError as error:
        return error


def _store(
    store_path: Path, paths: Sequence[Path], read: Sequence[Snapshot | ExplorerError], progress: Progress
) -> Imported:
    outcomes: list[Outcome] = []
    with Store.open(store_path) as store:
        for i, (path, found) in enumerate(zip(paths, read, strict=True)):
            try:
                outcomes.append(_add(store, path, found, _part(progress, i, len(paths), _READ, _STORED)))
            except Cancelled:
                if not changed(outcomes):
                    raise
                outcomes += [Outcome(left) for left in paths[i:]]
                break
        dataset = loading.dataset(store).with_prices(loading.prices(store)) if changed(outcomes) else None
    return Imported(tuple(outcomes), dataset)


def _add(store: Store, path: Path, found: Snapshot | ExplorerError, progress: Progress) -> Outcome:
    if isinstance(found, ExplorerError):
        return Outcome(path, error=found)
    try:
        return Outcome(path, store.add(found, loading.now(), progress))
    except ExplorerError as error:
        return Outcome(path, error=error)


def _part(progress: Progress, index: int, count: int, start: float, stop: float) -> Progress:
    width = (stop - start) / count
    return within(progress, start + width * index, start + width * (index + 1))


class Importer(QObject):
    """Runs imports and updates, one at a time and off the GUI thread.

    `started` carries the job, `progressed` the fraction done; then `imported` (Imported), `failed` (exception) or
    `cancelled`; and after each of these `ended`.
    """

    started = Signal(object)
    progressed = Signal(float)
    imported = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, store_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store_path = store_path
        self._task: Task | None = None
        self._job: Job | None = None

    @property
    def job(self) -> Job | None:
        """The job under way, or the last one."""
        return self._job

    @property
    def running(self) -> bool:
        """Whether an import is under way."""
        return self._task is not None

    def start(self, paths: Sequence[Path]) -> None:
        """Import some files, unless an import is under way or there are none."""
        if self._task is not None or not paths:
            return
        wanted = tuple(paths)
        one = say("Importing {file}", file=wanted[0].name)
        doing = one if len(wanted) == 1 else say("Importing {count} files", count=len(wanted))
        # A lambda would hold this object, whose child the task is: each would be deleted by the other.
        self.begin(Job(partial(run, self._store_path, wanted), doing))

    def begin(self, job: Job) -> None:
        """Begin with a job, unless one is under way."""
        if self._task is not None:
            return
        self._job = job
        task = self._task = Task(job.work, self)
        task.progressed.connect(self.progressed)
        task.done.connect(self._done)
        task.failed.connect(self._failed)
        task.cancelled.connect(self._cancelled)
        self.started.emit(job)
        task.start()

    def cancel(self) -> None:
        """Ask the import to stop, if there is one."""
        if self._task is not None:
            self._task.cancel()

    def stop(self) -> None:
        """Cancel the import, if there is one, and wait until its thread is over; nothing is emitted any more."""
        if self._task is not None:
            self._task.cancel()
            self._task.wait()
            self._end()

    def _done(self, result: object) -> None:
        if self._end():
            self.imported.emit(result)

    def _failed(self, error: object) -> None:
        if self._end():
            self.failed.emit(error)

    def _cancelled(self) -> None:
        if self._end():
            self.cancelled.emit()

    def _end(self) -> bool:
        """Let go of the task; False where that was done before."""
        task, self._task = self._task, None
        if task is None:
            return False
        task.wait()
        task.deleteLater()
        self.ended.emit()
        return True
