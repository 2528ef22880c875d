"""A folder whose files are imported as they come, if a person asks for it: each file once, and quietly."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from explorer.app.importing import Imported, Importer, Job
from explorer.app.settings import Settings
from explorer.app.watched_job import ViewError, data_job
from explorer.errors import ExplorerError
from explorer.words import Message, say

SUFFIXES = frozenset({".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".xlsx", ".ods", ".parquet"})
"""What is looked at; the rest of a folder is nobody's business."""
SOON, LATER = 3000, 30_000
"""Milliseconds between two looks at a file that may still be written, and at a folder where nothing happens."""
_MOST_SAID = 200

_EMPTY = "0 "
_State = str
"""Size and time of a file as text: another state is another file."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What became of one file."""

    name: str
    what: Message
    refused: bool = False


class WatchedFolder(QObject):
    """Imports the files that come into the folder of the settings through the window's importer.

    A file is taken once two looks, `soon` milliseconds apart, find it the same. `changed` tells that folder, `trouble`
    or `happened` are others, `told` carries a Message for the status bar. The importer's `imported`, `failed` and
    `cancelled` are to be offered to `take`, `take_failure` and `take_cancelled`, which say whether they were for it.
    """

    changed = Signal()
    told = Signal(object)

    def __init__(self, settings: Settings, importer: Importer, parent: QObject | None = None, soon: int = SOON) -> None:
        super().__init__(parent)
        self._settings, self._importer, self._soon = settings, importer, soon
        self.folder: Path | None = None
        self.trouble: Message | None = None
        self.happened: list[Happening] = []
        self._seen: dict[str, _State] = {}
        self._before: dict[str, _State] = {}
        self._batch: dict[str, _State] = {}
        self._job: Job | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self.look)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        importer.ended.connect(self._hurry)

    @property
    def refused(self) -> int:
        """How many files could not be imported since the program began."""
        return sum(each.refused for each in self.happened)

    def begin(self) -> None:
        """Watch the folder of the settings, if there is one, beginning with what is in it."""
        if self._settings.watched and self.folder is None:
            self.folder = Path(self._settings.watched)
            known = (text.partition("|") for text in self._settings.watched_seen)
            self._seen = {name: state for state, _, name in known}
            self.look()
            self.changed.emit()

    def choose(self, folder: Path | None) -> None:
        """Watch another folder from now on, None for none."""
        self.end()
        self.trouble = None
        self._seen, self._before, self.happened = {}, {}, []
        self._settings.watched = "" if folder is None else str(folder)
        self._settings.watched_seen = []
        self.begin()
        self.changed.emit()

    def end(self) -> None:
        """Look no more, not even once what runs is over."""
        self.folder = None
        self._timer.stop()
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)

    def look(self) -> None:
        """See what is in the folder: take what is complete, and look again at what may not be."""
        if self.folder is None:
            return
        there = self._listed(self.folder)
        if there is None:
            self._timer.start(LATER)
            return
        if str(self.folder) not in self._watcher.directories():
            self._watcher.addPath(str(self.folder))
        self._seen = {name: state for name, state in self._seen.items() if name in there}
        fresh = {name: state for name, state in there.items() if self._seen.get(name) != state}
        still = {name: state for name, state in fresh.items() if self._before.get(name) == state}
        self._before = fresh
        complete = {name: state for name, state in still.items() if not state.startswith(_EMPTY)}
        if complete and not self._importer.running:
            self._import(self.folder, complete)
        self._timer.start(self._soon if len(still) < len(fresh) else LATER)

    def _hurry(self) -> None:
        if self.folder is not None:
            self._timer.start(self._soon)

    def _listed(self, folder: Path) -> dict[str, _State] | None:
        """Return the files in the folder; None, and the `trouble`, where it can't be looked into."""
        found: dict[str, _State] = {}
        try:
            for path in folder.iterdir():
                if path.suffix.casefold() in SUFFIXES and not path.name.startswith((".", "~$")):
                    with suppress(FileNotFoundError):  # gone since it was listed
                        known = path.stat()
                        if S_ISREG(known.st_mode):
                            found[path.name] = f"{known.st_size} {known.st_mtime_ns}"
        except FileNotFoundError:
            self._be_in(say("{folder} is not there any more.", folder=folder))
            return None
        except OSError as fault:
            reason = fault.strerror or type(fault).__name__
            self._be_in(say("{folder} can’t be looked into: {reason}.", folder=folder, reason=reason))
            return None
        self._be_in(None)
        return found

    def _be_in(self, trouble: Message | None) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            self.changed.emit()

    # --- taking files

    def _import(self, folder: Path, complete: Mapping[str, _State]) -> None:
        self._batch = dict(sorted(complete.items()))
        self._job = data_job(self._importer.store_path, [folder / name for name in self._batch])
        self._importer.begin(self._job)

    def take(self, imported: Imported) -> bool:
        """Take note of what an import came to; False where it was somebody else's."""
        if not self._is_mine():
            return False
        for outcome in imported.outcomes:
            if isinstance(outcome.error, ViewError):
                self._note(Happening(outcome.path.name, outcome.error.what))
            elif outcome.error is not None:
                self._note(Happening(outcome.path.name, outcome.error.sentence, refused=True))
            elif outcome.report is None:
                self._note(Happening(outcome.path.name, _CANCELLED))
            else:
                there = outcome.report.duplicate
                self._note(Happening(outcome.path.name, say("was there already") if there else say("imported")))
        self._settle()
        if any(not isinstance(outcome.error, ViewError) for outcome in imported.outcomes):
            self.told.emit(_headline(imported))
        return True

    def take_failure(self, error: Exception) -> bool:
        """Take note that the store could not be used, and try again later; False where that is somebody else's."""
        if not self._is_mine():
            return False
        if not isinstance(error, ExplorerError):
            self._settle()  # the same would go wrong again
            return False
        for name in self._batch:
            self._note(Happening(name, error.sentence, refused=True))
        self._batch, self._job = {}, None
        self._timer.start(LATER)
        self.told.emit(error.sentence)
        return True

    def take_cancelled(self) -> bool:
        """Leave the files alone whose import was cancelled; False where they were somebody else's."""
        if not self._is_mine():
            return False
        for name in self._batch:
            self._note(Happening(name, _CANCELLED))
        self._settle()
        return False  # what the window says of it is right

    def _is_mine(self) -> bool:
        return self._job is not None and self._importer.job is self._job

    def _settle(self) -> None:
        """Be done with the batch: each file once."""
        for name, state in self._batch.items():
            self._see(name, state)
        self._batch, self._job = {}, None
        self._keep()

    def _see(self, name: str, state: _State) -> None:
        self._seen[name] = state

    def _keep(self) -> None:
        self._settings.watched_seen = [f"{state}|{name}" for name, state in self._seen.items()]
        self.changed.emit()

    def _note(self, happening: Happening) -> None:
        self.happened = [happening, *(each for each in self.happened if each.name != happening.name)][:_MOST_SAID]


_CANCELLED = say("The import was cancelled.")


def _headline(imported: Imported) -> Message:
    errors = [outcome.error for outcome in imported.outcomes if outcome.error is not None]
    refused = [error for error in errors if not isinstance(error, ViewError)]
    new = sum(1 for each in imported.outcomes if each.report is not None and not each.report.duplicate)
    if refused:
        return say("Watched folder: {new} imported; {trouble}", new=new, trouble=refused[0].sentence)
    return say("Watched folder: {new} imported", new=new)


def state_of(watched: WatchedFolder) -> Message | None:
    """Return what the status bar says of the watched folder, None where there is none."""
    if watched.folder is None:
        return None
    if watched.trouble is not None:
        return say("Watched folder: {trouble}", trouble=watched.trouble)
    if watched.refused:
        return say("Watching {folder}: {count} not imported", folder=_named(watched.folder), count=watched.refused)
    return say("Watching {folder}", folder=_named(watched.folder))


def _named(folder: Path) -> str:
    return folder.name or str(folder)


def lines(happened: Sequence[Happening]) -> tuple[Message, ...]:
    """Return what happened, a line for each file, the last one first."""
    return tuple(say("{file}: {what}", file=each.name, what=each.what) for each in happened)
