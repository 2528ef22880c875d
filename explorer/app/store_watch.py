"""Other copies of the program change the store: noticing it, and showing what the store holds then."""

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from explorer.app import loading
from explorer.app.importing import Importer
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Origin, Overrides, Reveal
from explorer.domain.snapshot import Provenance
from explorer.errors import ExplorerError
from explorer.progress import Progress
from explorer.session import Session
from explorer.store import Store
from explorer.tasks import Latest

_EVERY = 1000
_Lie = tuple[tuple[int, ...], ...]
"""Of the store's file and of its log: which one it is, how long, and when it was written to."""


@dataclass(frozen=True, slots=True)
class Content:
    """What decides what a window shows of a store: its snapshots, and the user's own attributions in any order."""

    provenance: tuple[Provenance, ...] = ()
    attributed: frozenset[Origin | Reveal] = frozenset()

    @classmethod
    def of(cls, provenance: tuple[Provenance, ...], overrides: Overrides) -> Self:
        """Return the content of a store with these snapshots and overrides."""
        return cls(provenance, frozenset((*overrides.origins, *overrides.reveals)))


class StoreWatch:
    """Notices that somebody changed what the store at a path shows, this program included, for next to nothing.

    It holds nothing open between two looks, and opens the store only after its file or log was written to: another
    program may find that nobody has it open, and this one has no lock on it that could get lost.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._content: Content | None = None
        self._lie: _Lie = ()
        self._sure = False
        self.look()

    @property
    def content(self) -> Content | None:
        """What the store held at the last look that could tell; None before that."""
        return self._content

    def look(self) -> bool:
        """Return whether the store shows something else than at the last look."""
        try:
            lie = self._lies()
            if lie == self._lie and self._sure:
                return False
            # What is written within one tick of the clock leaves no trace: the look after a change reads again.
            self._sure, self._lie = lie == self._lie, lie
            before, self._content = self._content, _content(self._path)
        except (ExplorerError, OSError):
            self._sure = False  # busy or out of reach: the next look tells
            return False
        return self._content != before if before is not None else self._content != Content()

    def _lies(self) -> _Lie:
        file = self._path.resolve()
        found = [_stat(file), _stat(file.with_name(f"{file.name}-wal"))]
        return tuple((each.st_dev, each.st_ino, each.st_size, each.st_mtime_ns) if each else () for each in found)


def _stat(file: Path) -> os.stat_result | None:
    """Return what the system says of a file, None where there is none or nothing in it, as in a log nobody wrote to."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found if found.st_size else None


def _content(path: Path) -> Content:
    if not path.exists():
        return Content()
    with Store.open(path, create=False, timeout=0) as store, store.reading():
        return Content.of(store.provenance(), store.overrides())


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
        if self._importer.running or self._loads.running:
            return
        if self._watch.look() and not _shows(self._session.latest, self._watch.content):
            self._loads.start(partial(_load, self._path))

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._loads.stop()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() == QEvent.Type.Show:
            self._timer.start()
        elif event.type() == QEvent.Type.Hide:
            self._timer.stop()
        return super().eventFilter(watched, event)

    def _take(self, dataset: Dataset) -> None:
        if not _shows(self._session.latest, Content.of(dataset.provenance, dataset.origins.overrides)):
            self.fresh.emit(dataset)


def _load(path: Path, progress: Progress) -> Dataset:
    progress(0.0)
    store = loading.existing(path)
    try:
        found = loading.priced(store)
    finally:
        if store is not None:
            store.close()
    progress(1.0)
    return found


def _shows(dataset: Dataset, content: Content | None) -> bool:
    """Tell whether a dataset is what the store makes of some content."""
    return content == Content.of(dataset.provenance, dataset.origins.overrides)
