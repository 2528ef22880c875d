"""What a person does with snapshots and the store: save, remove and put back, back up, restore, compact."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from explorer.app import file_dialogs, loading
from explorer.app.imported import Imported
from explorer.app.importing import Importer, Job
from explorer.app.messages import box, show_errors
from explorer.app.settings import Settings
from explorer.domain.snapshot import Provenance
from explorer.domain.snapshots_table import loss
from explorer.domain.units import exact
from explorer.domain.wording import day_words
from explorer.drawing.translate import tr
from explorer.errors import ExplorerError
from explorer.export import files
from explorer.progress import Progress, within
from explorer.session import Session
from explorer.store import Store
from explorer.words import Message, say

_STORE_FILES = say("Stores (*.sqlite)")
_MEGA = 1e6
_DONE = 0.9
"""Which part of the progress is done when the store is changed and only what it holds now is to be read."""

Change = Callable[[Progress], Message]
"""Changes the store or a file, and says what was done."""


@dataclass(frozen=True, slots=True)
class _Removed:
    """A snapshot that was removed, and the `steps` of the session then."""

    snapshot: Provenance
    steps: int


class Keeping(QObject):
    """Asks what has to be asked and has the importer do it: one thing at a time, off the GUI thread.

    `removed_changed` says that another snapshot, or none, is the one that `undo` puts back.
    """

    removed_changed = Signal()

    def __init__(
        self, window: QWidget, importer: Importer, session: Session, settings: Settings, store_path: Path
    ) -> None:
        super().__init__(window)
        self._window, self._importer, self._session = window, importer, session
        self._settings, self._path = settings, store_path
        self._job: Job | None = None
        self._then: Callable[[], None] = _nothing
        self._removed: list[_Removed] = []

    @property
    def undoable(self) -> str:
        """The name of the snapshot that was removed last here and can be put back, "" for none."""
        return self._removed[-1].snapshot.name if self._removed else ""

    @property
    def is_newest(self) -> bool:
        """Whether no change of the selection is newer than the removal that `undo` takes back."""
        if not self._removed:
            return False
        return not self._session.can_undo or self._session.steps <= self._removed[-1].steps

    def ask(self, action: str, sha256: str) -> None:
        """Do what a view asks for, unless other work is under way; `sha256` names a snapshot or is ""."""
        if not self._importer.running:
            _ACTS[action](self, sha256)

    def take(self, imported: Imported) -> Message | None:
        """Return what to say of what the importer ended; None where that was somebody else's work."""
        if self._job is None or self._importer.job is not self._job:
            return None
        self._job = None
        self._then()
        return imported.sentence

    def take_failure(self, error: Exception) -> None:
        """Forget what can't be put back any more, where that is what the importer's work failed at."""
        if self._job is not None and self._importer.job is self._job:
            self._job = None
            if isinstance(error, _GoneError):
                self._note_back(error.sha256)

    # --- one snapshot

    def save(self, sha256: str) -> None:
        """Ask for a file and write the bytes of a snapshot to it as they came in."""
        name = self._snapshot(sha256).name
        path = self._new_file(say("Save snapshot"), name, say("All files (*)"))
        if path is not None:
            self._begin(say("Saving {file}", file=name), partial(_save, self._path, sha256, path))

    def remove(self, sha256: str) -> None:
        """Ask, naming what will not be shown any more, and remove a snapshot."""
        snapshot = self._snapshot(sha256)
        lost = (_question(snapshot), *loss(self._session.latest, sha256), _PUT_BACK)
        if self._agreed(say("Remove"), *lost):
            work = partial(_remove, self._path, snapshot)
            self._begin(say("Removing {file}", file=snapshot.name), work, partial(self._note_removed, snapshot), True)

    def undo(self) -> None:
        """Put back the snapshot that was removed last here."""
        if self._removed and not self._importer.running:
            self._put_back(self._removed[-1].snapshot)

    def put_back(self) -> None:
        """Ask which of the removed snapshots to put back, and do it."""
        removed = self._tried(_removed_of)
        if removed is None:
            return
        if not removed:
            box(self._window, QMessageBox.Icon.Information, say("No snapshot was removed.")).exec()
            return
        names = [tr(_named(each)) for each in removed]
        title, words = tr(say("Put back")), tr(say("Removed snapshots, the last one first:"))
        chosen, agreed = QInputDialog.getItem(self._window, title, words, names, 0, False)
        if agreed:
            self._put_back(removed[names.index(chosen)])

    def _put_back(self, snapshot: Provenance) -> None:
        work = partial(_put_back, self._path, snapshot)
        then = partial(self._note_back, snapshot.sha256)
        self._begin(say("Putting back {file}", file=snapshot.name), work, then, True)

    def _note_removed(self, snapshot: Provenance) -> None:
        self._removed.append(_Removed(snapshot, self._session.steps))
        self.removed_changed.emit()

    def _note_back(self, sha256: str) -> None:
        self._removed = [each for each in self._removed if each.snapshot.sha256 != sha256]
        self.removed_changed.emit()

    def _forget(self) -> None:
        self._removed.clear()
        self.removed_changed.emit()

    def _snapshot(self, sha256: str) -> Provenance:
        return next(each for each in self._session.latest.provenance if each.sha256 == sha256)

    # --- the whole store

    def back_up(self) -> None:
        """Ask for a file and copy the store to it, whole and checked."""
        suggested = f"{self._path.stem}-{loading.now()[:10]}.sqlite"
        path = self._new_file(say("Back up store"), suggested, _STORE_FILES)
        if path is not None:
            self._begin(say("Backing up the store"), partial(_back_up, self._path, path))

    def restore(self) -> None:
        """Ask for a copy of a store and make the store hold what that holds."""
        chosen = file_dialogs.open_file(self._window, say("Restore store"), self._settings.folder, _STORE_FILES)
        if chosen is None:
            return
        sentences = (
            say("Restore the store from {file}?", file=chosen.name),
            say("The store will hold what that file holds. What it holds now is kept beside it."),
        )
        if self._agreed(say("Restore"), *sentences):
            self._settings.folder = str(chosen.parent)
            self._begin(say("Restoring the store"), partial(_restore, self._path, chosen), self._forget, True)

    def compact(self) -> None:
        """Ask where snapshots were removed, and make the store's file as small as it can be."""
        removed = self._tried(_removed_of)
        if removed is None:
            return
        gone = say("1 removed snapshot is deleted for good and can't be put back any more.")
        if len(removed) > 1:
            gone = say("{n} removed snapshots are deleted for good and can't be put back any more.", n=len(removed))
        if not removed or self._agreed(say("Compact"), say("Compact the store?"), gone):
            self._begin(say("Compacting the store"), partial(_compact, self._path), self._forget)

    # --- asking and doing

    def _agreed(self, title: Message, *sentences: Message) -> bool:
        question = box(self._window, QMessageBox.Icon.Question, *sentences)
        question.setStandardButtons(QMessageBox.StandardButton.Cancel)
        go = question.addButton(tr(title), QMessageBox.ButtonRole.AcceptRole)
        question.setDefaultButton(QMessageBox.StandardButton.Cancel)
        question.exec()
        return question.clickedButton() is go

    def _new_file(self, title: Message, suggested: str, kind: Message) -> Path | None:
        chosen = file_dialogs.save_file(self._window, title, self._settings.folder, suggested, kind)
        if chosen is not None:
            self._settings.folder = str(chosen.parent)
        return chosen

    def _tried(self, read: Callable[[Path], tuple[Provenance, ...]]) -> tuple[Provenance, ...] | None:
        try:
            return read(self._path)
        except ExplorerError as error:
            show_errors(self._window, [error])
            return None

    def _begin(
        self, doing: Message, change: Change, then: Callable[[], None] | None = None, changes_data: bool = False
    ) -> None:
        self._then = then or _nothing
        work = partial(_run, self._path, change, changes_data)
        self._job = Job(work, doing, say("Cancel"), say("Cancelled: nothing was changed."))
        self._importer.begin(self._job)


def _nothing() -> None:
    pass


_ACTS: Mapping[str, Callable[[Keeping, str], None]] = {
    "save": Keeping.save,
    "remove": Keeping.remove,
    "put_back": lambda keeping, _: keeping.put_back(),
    "back_up": lambda keeping, _: keeping.back_up(),
    "restore": lambda keeping, _: keeping.restore(),
    "compact": lambda keeping, _: keeping.compact(),
}


_PUT_BACK = say("It can be put back until the store is compacted.")


def _question(snapshot: Provenance) -> Message:
    return say("Remove {snapshot}?", snapshot=_named(snapshot))


def _named(snapshot: Provenance) -> Message:
    if not snapshot.as_of:
        return say("{file} (as-of date not stated)", file=snapshot.name)
    day = day_words(date.fromisoformat(snapshot.as_of[:10]))
    return say("{file} (as of {day})", file=snapshot.name, day=day)


# --- the work itself, in its thread


def _run(path: Path, change: Change, changes_data: bool, progress: Progress) -> Imported:
    if not changes_data:
        return Imported((), None, change(progress))
    done = change(within(progress, 0.0, _DONE))
    # What is done is done: the dataset is read without a way to cancel.
    with Store.open(path, create=False) as store:
        return Imported((), loading.priced(store), done)


class _GoneError(ExplorerError):
    """A snapshot that this window knows, called `name`, is not in the store any more."""

    def __init__(self, sha256: str, name: str) -> None:
        super().__init__(
            say("The snapshot {file} is not in the store any more.", file=name),
            remedy=say("It may have been removed in another window."),
        )
        self.sha256 = sha256


def _save(path: Path, sha256: str, target: Path, progress: Progress) -> Message:
    with Store.open(path, create=False) as store:
        try:
            raw = store.raw(sha256)
        except KeyError as error:
            raise _GoneError(sha256, sha256[:12]) from error
    progress(0.5)
    files.write(target, raw)
    return say("Saved as {file}, {n} bytes as they came in", file=target.name, n=exact(len(raw)))


def _remove(path: Path, snapshot: Provenance, progress: Progress) -> Message:
    progress(0.0)
    with Store.open(path, create=False) as store:
        try:
            store.remove(snapshot.sha256, loading.now())
        except KeyError as error:
            raise _GoneError(snapshot.sha256, snapshot.name) from error
    return say("{file} removed. Edit, Undo remove puts it back.", file=snapshot.name)


def _put_back(path: Path, snapshot: Provenance, progress: Progress) -> Message:
    progress(0.0)
    with Store.open(path, create=False) as store:
        try:
            store.put_back(snapshot.sha256)
        except KeyError as error:
            raise _GoneError(snapshot.sha256, snapshot.name) from error
    return say("{file} is back.", file=snapshot.name)


def _removed_of(path: Path) -> tuple[Provenance, ...]:
    if not path.exists():
        return ()
    with Store.open(path, create=False) as store:
        return tuple(each.provenance for each in store.removed())


def _back_up(path: Path, target: Path, progress: Progress) -> Message:
    with Store.open(path, create=False) as store:
        store.back_up(target, progress, replace=True)  # the file dialog asked
    return say("Store backed up to {file}, and the copy checked", file=target.name)


def _restore(path: Path, backup: Path, progress: Progress) -> Message:
    kept = Store.restore(backup, path, loading.now(), progress)
    if kept is None:
        return say("The store holds what {file} holds.", file=backup.name)
    return say("The store holds what {file} holds; what it held is kept as {kept}.", file=backup.name, kept=kept.name)


def _compact(path: Path, progress: Progress) -> Message:
    with Store.open(path, create=False) as store:
        done = store.compact(progress)
    return say(
        "Store compacted: {before} MB before, {after} MB now",
        before=f"{done.before / _MEGA:,.1f}",
        after=f"{done.after / _MEGA:,.1f}",
    )
