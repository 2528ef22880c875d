"""The only SQL in the program: one SQLite file that keeps every snapshot, its rows and its original bytes.

Beside them it keeps what the user says of origins and reveals.
"""

import sqlite3
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from explorer.domain.origins import Overrides
from explorer.domain.schema import DatedPrices, Frames, UsageFrame
from explorer.domain.snapshot import ImportReport, Provenance, Snapshot
from explorer.progress import Progress, unheard
from explorer.store import figures, overrides, prices, scores, snapshots, usage
from explorer.store.connection import connect, transaction, wide_cache
from explorer.store.faults import plainly
from explorer.store.schema import prepare
from explorer.store.tally import Tally

__all__ = ["Progress", "Store"]


class Store:
    """An open store. It belongs to the thread that opened it; several may be open on one file at a time.

    Every method raises ExplorerError where the file cannot be used: locked by another program, damaged, not
    writable, disk full. What a snapshot brought in is never changed or deleted by a later one.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    @classmethod
    def open(cls, path: Path, *, create: bool = True, timeout: float = 5.0) -> Self:
        """Open the store at `path`, its tables brought up to date; `create` makes file and folder where absent.

        `timeout` is how many seconds to wait for another program that holds the store. Raises ExplorerError
        for a folder, for a store made by a newer version, and for a file of any other kind, which is left as
        it is.
        """
        with plainly(path):
            connection = connect(path, create=create, timeout=timeout)
            try:
                prepare(connection, path)
            except BaseException:
                connection.close()
                raise
        return cls(connection, path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; a closed store can be closed again."""
        self._connection.close()

    def add(self, snapshot: Snapshot, imported_at: str, progress: Progress = unheard) -> ImportReport:
        """Keep `snapshot`, all of it or nothing, and report what it changed.

        `imported_at` is an ISO UTC timestamp. Bytes that are there already change nothing: the report is
        marked `duplicate` and carries the provenance of the first import. `progress` gets fractions from 0
        to 1; whatever it raises (Cancelled, say) leaves the file as it was and goes through to the caller.
        """
        with plainly(self._path), wide_cache(self._connection), transaction(self._connection):
            known = snapshots.find(self._connection, snapshot.provenance.sha256)
            if known is not None:
                return ImportReport(known, skipped=snapshot.skipped, duplicate=True)
            provenance = replace(snapshot.provenance, imported_at=imported_at)
            tally = self._insert(snapshot, provenance, progress)
        return ImportReport(
            provenance, tally.days, tally.new, tally.restated, tally.unchanged, skipped=snapshot.skipped
        )

    def _insert(self, snapshot: Snapshot, provenance: Provenance, progress: Progress) -> Tally:
        progress(0.0)
        original = snapshots.Original(snapshot.raw)
        snapshot_id = snapshots.insert(self._connection, provenance)
        tally = Tally()
        if snapshot.usage is not None:
            tally += usage.insert(self._connection, snapshot_id, snapshot.usage, progress)
        if snapshot.prices is not None:
            tally += prices.insert(self._connection, snapshot_id, snapshot.prices)
        if snapshot.scores is not None:
            scores.insert(self._connection, snapshot_id, snapshot.scores)
        if snapshot.figures:
            tally += figures.insert(self._connection, snapshot_id, snapshot.figures)
        original.insert(self._connection, snapshot_id)
        progress(1.0)
        return tally

    def frames(self, as_of: str = "") -> Frames:
        """Return what the store says, the newest snapshot winning wherever several speak of the same thing.

        With `as_of` only snapshots whose vintage is not after it are heard, in the text order of ISO dates
        and timestamps; those of unknown vintage always are. Usage is sorted by day, then model, and names the
        models it holds in order of permaslug; lists of prices and scores are sorted by day and source, what
        they state by model, figures by id: the order of imports never shows.
        """
        with plainly(self._path), transaction(self._connection, "DEFERRED"):
            return Frames(
                usage.read(self._connection, as_of),
                prices.read(self._connection, as_of),
                figures.read(self._connection, as_of),
                scores.read(self._connection, as_of),
            )

    def prices(self, as_of: str = "") -> tuple[DatedPrices, ...]:
        """Return the price lists of `frames`, without reading the rest."""
        with plainly(self._path):
            return prices.read(self._connection, as_of)

    def overrides(self) -> Overrides:
        """Return what the user says instead of the bundled tables: origins by author and date, reveals by slug."""
        with plainly(self._path), transaction(self._connection, "DEFERRED"):
            return overrides.read(self._connection)

    def set_overrides(self, wanted: Overrides) -> None:
        """Keep `wanted` in the place of all overrides there were; imports leave them alone.

        Rows that contradict each other or the shape of the tables are the caller's bug: sqlite3.IntegrityError,
        and all stays as it was.
        """
        with plainly(self._path), transaction(self._connection):
            overrides.write(self._connection, wanted)

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
        with plainly(self._path), transaction(self._connection, "DEFERRED"):
            return usage.read_one(self._connection, sha256)

    def raw(self, sha256: str) -> bytes:
        """Return the bytes with this sha256 exactly as they came in; KeyError where no snapshot has it."""
        with plainly(self._path):
            return snapshots.original(self._connection, sha256)

    def is_empty(self) -> bool:
        """Say whether nothing was imported yet."""
        with plainly(self._path):
            return snapshots.are_none(self._connection)
