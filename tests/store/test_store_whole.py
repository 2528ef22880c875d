"""All or nothing: whatever stops an import, the file is byte for byte what it was."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from explorer.domain.schema import Price, UsageFrame
from explorer.domain.snapshot import Skipped, Snapshot
from explorer.errors import Cancelled
from explorer.store import Store
from explorer.words import say

Build = Callable[..., Snapshot]

WHEN = "2026-02-02T03:04:05Z"
LATER = "2026-02-03T00:00:00Z"


@pytest.fixture
def path(tmp_path: Path, rankings: Build) -> Path:
    """A store with one small snapshot in it."""
    path = tmp_path / "s.sqlite"
    with Store.open(path) as store:
        store.add(rankings({("2026-01-01", "a"): 1}, "2026-01-02"), WHEN)
    return path


@pytest.fixture(params=[64, 128 * 1024], ids=["pages reach the file early", "pages stay in memory"])
def cache(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.store.connection._WRITING_CACHE_KIB", request.param)


def test_the_same_bytes_twice_change_nothing(path: Path, rankings: Build) -> None:
    again = rankings({("2026-01-01", "a"): 1}, "2026-01-02")
    skipped = (Skipped(3, say("blank")),)
    before, touched = path.read_bytes(), path.stat().st_mtime_ns
    with Store.open(path) as store:
        renamed = replace(again, provenance=replace(again.provenance, name="copy.json"), skipped=skipped)
        report = store.add(renamed, LATER)
    assert report.duplicate
    assert (report.days, report.new, report.restated, report.unchanged) == (0, 0, 0, 0)
    assert (report.provenance.name, report.provenance.imported_at) == ("2026-01-02.dat", WHEN)
    assert report.skipped == skipped
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, touched)


@pytest.mark.parametrize("stop_at", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("raised", [Cancelled, KeyboardInterrupt, RuntimeError])
@pytest.mark.usefixtures("cache")
def test_what_progress_raises_leaves_nothing_behind(
    path: Path, large: Snapshot, stop_at: float, raised: type[BaseException]
) -> None:
    def stop(fraction: float) -> None:
        if fraction >= stop_at:
            raise raised

    before = path.read_bytes()
    with Store.open(path) as store:
        with pytest.raises(raised):
            store.add(large, LATER, stop)
        assert path.read_bytes() == before
        assert not path.with_name(path.name + "-journal").exists()
        assert store.frames().usage.models == ("a",)
        assert store.add(large, LATER).new == 90_000
        assert len(store.frames().usage) == 90_001


@pytest.mark.usefixtures("cache")
def test_rows_that_repeat_are_refused_whole(path: Path, large: Snapshot) -> None:
    assert large.usage is not None
    model = large.usage.model.copy()
    model[-1] = model[-2]
    frame = UsageFrame(large.usage.day, model, large.usage.tokens, large.usage.models)
    before = path.read_bytes()
    with Store.open(path) as store, pytest.raises(sqlite3.IntegrityError):
        store.add(replace(large, usage=frame), LATER)
    assert path.read_bytes() == before


def test_prices_that_repeat_are_refused_whole(path: Path, prices: Build) -> None:
    price = Price("a", "a", "A", 1.0, 2.0)
    before = path.read_bytes()
    with Store.open(path) as store, pytest.raises(sqlite3.IntegrityError):
        store.add(prices("2026-01-01", (price, price), "2026-01-01"), LATER)
    assert path.read_bytes() == before


def test_progress_rises_from_nought_to_one(tmp_path: Path, large: Snapshot) -> None:
    fractions: list[float] = []
    with Store.open(tmp_path / "s.sqlite") as store:
        store.add(large, WHEN, fractions.append)
    assert fractions[0] == 0.0
    assert fractions[-1] == 1.0
    assert len(fractions) > 3
    assert fractions == sorted(fractions)


def test_original_bytes_come_back_exactly(tmp_path: Path, rankings: Build) -> None:
    raws = [b"\xef\xbb\xbfdate\r\n\x00\xff", b"", bytes(range(256)) * 5000]
    with Store.open(tmp_path / "s.sqlite") as store:
        for n, raw in enumerate(raws):
            snapshot = rankings({("2026-01-01", "a"): n}, "2026-01-02")
            store.add(replace(snapshot, raw=raw), WHEN)
            assert store.raw(snapshot.provenance.sha256) == raw
        with pytest.raises(KeyError):
            store.raw("0" * 64)


def test_provenance_comes_back_oldest_import_first(tmp_path: Path, rankings: Build, prices: Build) -> None:
    snapshots = [
        rankings({("2026-01-05", "a"): 1}, "2026-01-06"),
        prices("2026-01-01", (), ""),
        rankings({("2026-01-01", "a"): 1, ("2026-01-03", "a"): 1}),
    ]
    times = [f"2026-02-0{n}T00:00:00Z" for n in (3, 1, 2)]
    with Store.open(tmp_path / "s.sqlite") as store:
        for snapshot, time in zip(snapshots, times, strict=True):
            store.add(snapshot, time)
    with Store.open(tmp_path / "s.sqlite", create=False) as store:
        found = store.provenance()
    assert found == tuple(
        replace(snapshot.provenance, imported_at=time) for snapshot, time in zip(snapshots, times, strict=True)
    )


DIES = """
import os, sys
from pathlib import Path
import numpy as np
from explorer.domain.schema import UsageFrame
from explorer.domain.snapshot import Basis, Provenance, Snapshot
from explorer.store import Store, connection

connection._WRITING_CACHE_KIB = 64
n = 90_000
frame = UsageFrame(
    np.arange(n, dtype=np.int32), np.zeros(n, np.int32), np.arange(n, dtype=np.int64), ("b",)
)
origin = Provenance("f", "n", "s", "2027-01-01", Basis.STATED, "00", "l", "c", n, 0, n - 1)
with Store.open(Path(sys.argv[1])) as store:
    store.add(Snapshot(origin, b"x", usage=frame), "", lambda done: done > 0.5 and os._exit(7))
"""


def test_a_process_that_dies_in_an_import_leaves_the_store_as_it_was(path: Path) -> None:
    before = path.read_bytes()
    died = subprocess.run([sys.executable, "-c", DIES, str(path)], check=False)
    assert died.returncode == 7
    log = path.with_name(path.name + "-wal")
    assert log.stat().st_size > 100_000, "the import had not reached the disk, so the test shows nothing"
    with Store.open(path) as store:
        assert len(store.provenance()) == 1
        frame = store.frames().usage
    assert (frame.models, frame.tokens.tolist()) == (("a",), [1])
    assert frame.day.dtype == np.int32
    assert path.read_bytes() == before
