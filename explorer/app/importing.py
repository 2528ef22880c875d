"""Importing files into the store: the work itself, and the one import that a window runs at a time."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer import sources
from explorer.app import loading, mappings
from explorer.app.imported import Imported, Outcome, changed
from explorer.domain.snapshot import Snapshot
from explorer.errors import Cancelled, ExplorerError
from explorer.progress import Progress, within
from explorer.sources import AnyTable
from explorer.store import Store
from explorer.tasks import Task
from explorer.words import Message, say

_READ, _STORED = 0.6, 0.95
"""Which part of the progress is done when all files are read, and when all are stored."""
LARGEST_BATCH = 64 * 2**20
"""How many bytes of files are read, and held with all that is in them, before any of it is stored."""

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


Run = Callable[[Path, Sequence[Path], Progress], Imported]
"""Imports files into the store at a path."""


def run(store_path: Path, paths: Sequence[Path], progress: Progress) -> Imported:
    """Read the files, then add those that are sound to the store, each whole or not at all: many files in batches.

    Where `progress` raises Cancelled before a file is stored, so does this, and the store is as it was; later the
    files already stored stay, as the result says. Raises ExplorerError where the store itself can't be used.
    """
    tables = mappings.tables(store_path, guessing=False)
    outcomes: list[Outcome] = []
    existed = store_path.exists()
    with ExitStack() as opened:
        store = cache(lambda: opened.enter_context(Store.open(store_path)))
        try:
            for batch in _batches(paths):
                start, stop = (n / len(paths) for n in (len(outcomes), len(outcomes) + len(batch)))
                _import(store, batch, tables, within(progress, start, stop), outcomes)
        except Cancelled:
            if changed(outcomes):
                outcomes += [Outcome(left) for left in paths[len(outcomes) :]]
            else:
                opened.close()
                if not existed and store_path.exists():
                    Store.discard_if_empty(store_path)
                raise
        dataset = loading.priced(store()) if changed(outcomes) else None
    return Imported(tuple(outcomes), dataset)


def job_of(store_path: Path, paths: Sequence[Path], work: Run = run) -> Job:
    """Return the import of some files, at least one."""
    wanted = tuple(paths)
    one = say("Importing {file}", file=wanted[0].name)
    doing = one if len(wanted) == 1 else say("Importing {count} files", count=len(wanted))
    return Job(partial(work, store_path, wanted), doing)


def _batches(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    """Yield the paths in their order, in batches whose files are together no larger than is good to hold at once."""
    first, held = 0, 0
    for i, path in enumerate(paths):
        size = _size(path)
        if i > first and held + size > LARGEST_BATCH:
            yield paths[first:i]
            first, held = i, 0
        held += size
    if paths:
        yield paths[first:]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # reading it says what is wrong


def _read(path: Path, progress: Progress, tables: AnyTable) -> Snapshot | ExplorerError:
    try:
        return sources.read(path, progress, tables)
    except ExplorerError as error:
        return error


def _import(
    store: Callable[[], Store], batch: Sequence[Path], tables: AnyTable, progress: Progress, outcomes: list[Outcome]
) -> None:
    """Add to `outcomes` what becomes of each file; no store is made for files that are all refused."""
    read = [_read(path, _part(progress, i, len(batch), 0.0, _READ), tables) for i, path in enumerate(batch)]
    for i, (path, found) in enumerate(zip(batch, read, strict=True)):
        if isinstance(found, ExplorerError):
            outcomes.append(Outcome(path, error=found))
        else:
            outcomes.append(_add(store(), path, found, _part(progress, i, len(batch), _READ, _STORED)))


def _add(store: Store, path: Path, found: Snapshot, progress: Progress) -> Outcome:
    try:
        return Outcome(path, store.add(found, loading.now(), progress))
    except ExplorerError as error:
        return Outcome(path, error=error)


def _part(progress: Progress, index: int, count: int, start: float, stop: float) -> Progress:
    width = (stop - start) / count
    return within(progress, start + width * index, start + width * (index + 1))


class Importer(QObject):
    """Runs imports and updates, one at a time and off the GUI thread; what is asked for meanwhile waits its turn.

    `started` carries the job, `progressed` the fraction done; then comes `ended`, and after it `imported` (Imported),
    `failed` (exception) or `cancelled`, before the next job is started.
    """

    started = Signal(object)
    progressed = Signal(float)
    imported = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, store_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store_path = store_path
        self._task: Task | None = None
        self._job: Job | None = None
        self._waiting: deque[Job] = deque()

    @property
    def job(self) -> Job | None:
        """The job under way, or the last one."""
        return self._job

    @property
    def running(self) -> bool:
        """Whether an import is under way."""
        return self._task is not None

    def start(self, paths: Sequence[Path]) -> None:
        """Import some files, if there are any."""
        if paths:
            self.begin(job_of(self.store_path, paths))

    def begin(self, job: Job) -> None:
        """Begin with a job, once those before it are over."""
        self._waiting.append(job)
        self._next()

    def _next(self) -> None:
        if self._task is not None or not self._waiting:
            return
        job = self._job = self._waiting.popleft()
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
        """Cancel all work, and wait until its thread is over; nothing is emitted any more but `ended`."""
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()
            self._task.wait()
            self._end()

    def _done(self, result: object) -> None:
        if self._end():
            self.imported.emit(result)
            self._next()

    def _failed(self, error: object) -> None:
        if self._end():
            self.failed.emit(error)
            self._next()

    def _cancelled(self) -> None:
        if self._end():
            self.cancelled.emit()
            self._next()

    def _end(self) -> bool:
        """Let go of the task; False where that was done before."""
        task, self._task = self._task, None
        if task is None:
            return False
        task.wait()
        task.deleteLater()
        self.ended.emit()
        return True
