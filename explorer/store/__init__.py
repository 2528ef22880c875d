"""The only SQL in the program: one SQLite file that keeps every snapshot, its rows and its original bytes.

Beside them it keeps what the user says of origins and reveals, and of the columns of tables.
"""

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from explorer.domain.column_mapping import Mapping
from explorer.domain.origins import Overrides
from explorer.domain.schema import DatedPrices, Frames, UsageFrame
from explorer.domain.snapshot import ImportReport, Provenance, Snapshot
from explorer.progress import Progress, unheard
from explorer.store import (
    borrowed,
    figures,
    imported_tables,
    keeping,
    mappings,
    overrides,
    prices,
    restoring,
    scores,
    snapshots,
    splits,
    usage,
)
from explorer.store.connection import FileId, connect, lasting, log_ahead, log_of, one_moment, transaction, wide_cache
from explorer.store.faults import UnusableError, plainly
from explorer.store.keeping import Compacted
from explorer.store.places import newest_copy
from explorer.store.schema import prepare
from explorer.store.snapshots import Removed
from explorer.store.tally import Tally
from explorer.words import Message

__all__ = ["Compacted", "Progress", "Removed", "Store", "UnusableError", "newest_copy"]


class Store:
    """An open store. It belongs to the thread that opened it; several may be open on one file at a time.

    Every method raises ExplorerError where the file cannot be used: locked by another program, damaged, not
    writable, disk full. What a snapshot brought in is never changed or deleted by a later one.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, log: FileId | None) -> None:
        self._connection = connection
        self._path = path
        self._log = log

    @classmethod
    def open(cls, path: Path, *, create: bool = True, timeout: float = 5.0) -> Self:
        """Open the store at `path`, its tables brought up to date; `create` makes file and folder where absent.

        `timeout` is how many seconds to wait for another program that holds the store. Raises ExplorerError
        for a folder; UnusableError for a store made by a newer version, and for a file of any other kind, which is
        left as it is. A store in a folder that can't be written to is opened to be read.
        """
        with plainly(path):
            connection = connect(path, create=create, timeout=timeout)
            try:
                prepare(connection, path)
                log_ahead(connection, path)
                log = log_of(connection, path)
            except BaseException:
                connection.close()
                raise
        return cls(connection, path, log)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; a closed store can be closed again."""
        self._connection.close()

    @contextmanager
    def reading(self) -> Generator[None, None, None]:
        """Let all that is read inside be of one moment, whatever others write meanwhile."""
        with plainly(self._path), one_moment(self._connection):
            yield

    @contextmanager
    def _writing(self) -> Generator[None, None, None]:
        """Write what is written inside whole or not at all; no error says that it is kept."""
        with plainly(self._path), lasting(self._path, self._log), transaction(self._connection):
            yield

    def add(self, snapshot: Snapshot, imported_at: str, progress: Progress = unheard) -> ImportReport:
        """Keep `snapshot`, all of it or nothing, and report what it changed.

        `imported_at` is an ISO UTC timestamp. Bytes that are there already change nothing: the report is
        marked `duplicate` and carries the provenance of the first import; ExplorerError where a mapping now makes
        other rows of them. Bytes that were removed come in as new.
        `progress` gets fractions from 0 to 1; whatever it raises (Cancelled, say) leaves the file as it was and
        goes through to the caller.
        """
        with plainly(self._path), wide_cache(self._connection), self._writing():
            known = snapshots.find(self._connection, snapshot.provenance.sha256)
            if known is not None:
                imported_tables.check(self._connection, snapshot)
                return ImportReport(known, skipped=snapshot.skipped, duplicate=True)
            snapshots.purge(self._connection, snapshot.provenance.sha256)
            provenance = replace(snapshot.provenance, imported_at=imported_at)
            tally, notes = self._insert(snapshot, provenance, progress)
        return ImportReport(
            provenance, tally.days, tally.new, tally.restated, tally.unchanged, skipped=snapshot.skipped, notes=notes
        )

    def _insert(
        self, snapshot: Snapshot, provenance: Provenance, progress: Progress
    ) -> tuple[Tally, tuple[Message, ...]]:
        progress(0.0)
        original = snapshots.Original(snapshot.raw)
        snapshot_id = snapshots.insert(self._connection, provenance)
        tally, notes = Tally(), ()
        if snapshot.usage is not None:
            tally += usage.insert(self._connection, snapshot_id, snapshot.usage, progress)
            notes = (
                *imported_tables.notes(provenance, provenance.imported_at),
                *borrowed.contested(self._connection, snapshot_id),
            )
        if snapshot.split is not None:
            splits.insert(self._connection, snapshot_id, snapshot.split)
        if snapshot.prices is not None:
            tally += prices.insert(self._connection, snapshot_id, snapshot.prices)
        if snapshot.scores is not None:
            scores.insert(self._connection, snapshot_id, snapshot.scores)
        if snapshot.figures:
            tally += figures.insert(self._connection, snapshot_id, snapshot.figures)
        original.insert(self._connection, snapshot_id)
        progress(1.0)
        return tally, notes

    def frames(self, as_of: str = "") -> Frames:
        """Return what the store says, the newest snapshot winning wherever several speak of the same thing.

        With `as_of` only snapshots whose vintage is not after it are heard, in the text order of ISO dates
        and timestamps; those of unknown vintage always are. Usage is sorted by day, then model, and names the
        models it holds in order of permaslug; lists of prices and scores are sorted by day and source, what
        they state by model, figures by id: the order of imports never shows.
        """
        with self.reading():
            return Frames(
                usage.read(self._connection, as_of),
                prices.read(self._connection, as_of),
                figures.read(self._connection, as_of),
                scores.read(self._connection, as_of),
                splits.read(self._connection, as_of),
                borrowed.read(self._connection, as_of),
            )

    def prices(self, as_of: str = "") -> tuple[DatedPrices, ...]:
        """Return the price lists of `frames`, without reading the rest."""
        with self.reading():
            return prices.read(self._connection, as_of)

    def overrides(self) -> Overrides:
        """Return what the user says instead of the bundled tables: origins by author and date, reveals by slug."""
        with self.reading():
            return overrides.read(self._connection)

    def set_overrides(self, wanted: Overrides) -> None:
        """Keep `wanted` in the place of all overrides there were; imports leave them alone.

        Rows that contradict each other or the shape of the tables are the caller's bug: sqlite3.IntegrityError,
        and all stays as it was.
        """
        with self._writing():
            overrides.write(self._connection, wanted)

    def mapping(self, heading: Sequence[str]) -> Mapping | None:
        """Return what the columns of a table with this heading were said to mean, None where nothing was said."""
        with plainly(self._path):
            return mappings.read(self._connection, heading)

    def remember_mapping(self, heading: Sequence[str], mapping: Mapping) -> None:
        """Remember what the columns of tables with this heading mean, instead of what was said of it before."""
        with self._writing():
            mappings.write(self._connection, heading, mapping)

    def provenance(self) -> tuple[Provenance, ...]:
        """Return where every snapshot comes from, the oldest import first."""
        with plainly(self._path):
            return snapshots.read(self._connection)

    @property
    def path(self) -> Path:
        """Where the store is."""
        return self._path

    def usage_of(self, sha256: str) -> UsageFrame:
        """Return the usage of one snapshot as it came, by day and model; KeyError where no snapshot has the sha256."""
        with self.reading():
            return usage.read_one(self._connection, sha256)

    def days(self, source: str) -> frozenset[int]:
        """Return the day numbers of the rankings of a source, imported tables left out.

        A day that was not over when its snapshot was taken is none.
        """
        with plainly(self._path):
            return usage.days(self._connection, source)

    def raw(self, sha256: str) -> bytes:
        """Return the bytes with this sha256 exactly as they came in; KeyError where no snapshot has it.

        UnusableError where they are damaged.
        """
        with plainly(self._path):
            return snapshots.original(self._connection, sha256)

    def is_empty(self) -> bool:
        """Say whether nothing was imported yet; what was imported and removed is not nothing."""
        with plainly(self._path):
            return snapshots.are_none(self._connection)

    # --- removal and its undo

    def remove(self, sha256: str, removed_at: str) -> None:
        """Let a snapshot speak no more; it stays in the file, to be put back, until the store is compacted.

        `removed_at` is an ISO UTC timestamp. KeyError where no snapshot has the sha256.
        """
        if not removed_at:
            raise ValueError("removed_at is empty, which says that a snapshot is not removed")
        with self._writing():
            snapshots.mark(self._connection, sha256, removed_at)

    def put_back(self, sha256: str) -> None:
        """Let a removed snapshot speak again; KeyError where no snapshot has the sha256."""
        with self._writing():
            snapshots.mark(self._connection, sha256, "")

    def removed(self) -> tuple[Removed, ...]:
        """Return the snapshots that can be put back, the one removed last first."""
        with plainly(self._path):
            return snapshots.removed(self._connection)

    # --- keeping the file

    def changes(self) -> int:
        """Return a number that is another one whenever anybody but this Store has changed the file; it costs nothing.

        Compare it with what the same Store returned before.
        """
        with plainly(self._path):
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return version

    def back_up(self, path: Path, progress: Progress = unheard, *, replace: bool = False) -> None:
        """Copy the store as it is now to `path`: whole and checked, or not at all. Others may go on writing meanwhile.

        The copy is one plain file. Raises ExplorerError where `path` can't be written, is the store itself, or is
        there already and `replace` was not said.
        """
        keeping.back_up(self._connection, self._path, path, progress, replace=replace)

    @staticmethod
    def restore(backup: Path, path: Path, restored_at: str, progress: Progress = unheard) -> Path | None:
        """Make the store at `path` hold what `backup` holds; return where the old one is kept, None if there was none.

        It is kept beside the store as <name>.before-restore-<time>. The store may be open here and elsewhere: all see
        the change. Raises ExplorerError where the backup is no sound store, and where a file can't be written;
        then, and where `progress` raises, the store is as it was.
        """
        return restoring.restore(backup, path, restored_at, progress)

    @staticmethod
    def discard_if_empty(path: Path) -> None:
        """Delete the store at `path` if nothing was ever imported into it and nobody else has it open."""
        with plainly(path):
            keeping.discard_if_empty(path)

    def compact(self, progress: Progress = unheard) -> Compacted:
        """Delete what was removed for good, and give back the room that is left over in the file."""
        with plainly(self._path), lasting(self._path, self._log):
            return keeping.compact(self._connection, progress)

    def check(self, progress: Progress = unheard) -> int:
        """Check every page, reference and original; return how many originals there are. ExplorerError if damaged."""
        with plainly(self._path):
            return keeping.check(self._connection, self._path, progress)
