"""Other copies of the program change the store: noticing it, and showing what the store holds then."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from explorer.app import loading
from explorer.app.importing import Importer
from explorer.domain.dataset import Dataset
from explorer.domain.selection import Source
from explorer.errors import ExplorerError
from explorer.progress import Progress
from explorer.session import Session
from explorer.store import Store
from explorer.tasks import Latest

_EVERY = 1000
_FileId = tuple[int, int]


class StoreWatch:
    """Notices that somebody changed the store at a path, this program included, for next to nothing.

    It holds the store open to be able to, but neither one that holds nothing yet nor one that can't be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._store: Store | None = None
        self._file: _FileId | None = None
        self._version = 0
        self.look()

    def look(self) -> bool:
        """Return whether the store is another than at the last look."""
        try:
            return self._look()
        except (ExplorerError, OSError):
            return False  # busy or out of reach: the next look tells

    def close(self) -> None:
        """Let go of the store."""
        store, self._store, self._file = self._store, None, None
        if store is not None:
            store.close()

    def _look(self) -> bool:
        file = self._file_id()
        if self._store is not None and file == self._file:
            before, self._version = self._version, self._store.changes()
            return self._version != before
        had = self._store is not None
        self.close()
        return (file is not None and self._open(file)) or had

    def _open(self, file: _FileId) -> bool:
        store = Store.open(self._path, create=False, timeout=0)
        try:
            self._version = store.changes()
            empty = store.is_empty()
        except ExplorerError:
            store.close()
            raise
        if empty:
            store.close()
            return False
        self._store, self._file = store, file
        return True

    def _file_id(self) -> _FileId | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino


class Follower(QObject):
    """Looks at the store every second while a window is seen, and loads what changed in a thread of its own.

    `fresh` carries the dataset with prices, if it is another than the session has; `failed` an exception. While
    the program's own importer is at the store, changes wait.
    """

    fresh = Signal(object)
    failed = Signal(object)

    def __init__(self, watch: StoreWatch, path: Path, session: Session, importer: Importer, window: QWidget) -> None:
        super().__init__(window)
        self._watch, self._path, self._session, self._importer = watch, path, session, importer
        self._loads = Latest(self)
        self._loads.done.connect(self._take)
        self._loads.failed.connect(self.failed)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        window.installEventFilter(self)
        if window.isVisible():
            self._timer.start()

    @property
    def looking(self) -> bool:
        """Whether it looks at the store now and then."""
        return self._timer.isActive()

    def look(self) -> None:
        """Look at the store now."""
        if not self._importer.running and self._watch.look():
            self._loads.start(partial(_load, self._path))

    def close(self) -> None:
        """Look no more, and let go of the store."""
        self._timer.stop()
        self._loads.stop()
        self._watch.close()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() == QEvent.Type.Show:
            self._timer.start()
        elif event.type() == QEvent.Type.Hide:
            self._timer.stop()
        return super().eventFilter(watched, event)

    def _take(self, dataset: Dataset) -> None:
        if not _is_same(dataset, self._session.latest):
            self.fresh.emit(dataset)


def _load(path: Path, _progress: Progress) -> Dataset:
    store = loading.existing(path)
    try:
        return loading.dataset(store).with_prices(loading.prices(store))
    finally:
        if store is not None:
            store.close()


def _is_same(one: Dataset, other: Dataset) -> bool:
    """Tell whether two datasets come from the same snapshots under the same attribution, as far as that is told."""
    return (
        one.source is other.source is Source.RANKINGS
        and one.provenance == other.provenance
        and one.origins.overrides == other.origins.overrides
    )
