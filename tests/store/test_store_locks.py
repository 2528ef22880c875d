"""Locks that get lost, and writers meanwhile: nothing that was reported done is lost, and reading is of one moment."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.domain.origins import Overrides
from explorer.domain.schema import to_date
from explorer.domain.snapshot import IMPORTED, OPENROUTER, Snapshot
from explorer.errors import ExplorerError
from explorer.store import Store

Build = Callable[..., Snapshot]

WHEN = "2026-02-02T03:04:05Z"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file can't be deleted")


@pytest.fixture
def path(tmp_path: Path, rankings: Build) -> Path:
    path = tmp_path / "s.sqlite"
    with Store.open(path) as store:
        store.add(rankings({("2026-01-01", "a"): 1}, "2026-01-02"), WHEN)
    return path


def forget_the_log(path: Path) -> None:
    """Do what another process does that closes the store, where the locks of this one on it were lost."""
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink()


def names(path: Path) -> list[str]:
    with Store.open(path) as store:
        return [each.name for each in store.provenance()]


WRITES: dict[str, Callable[[Store, Snapshot], object]] = {
    "import": lambda store, snapshot: store.add(snapshot, WHEN),
    "remove": lambda store, _: store.remove(store.provenance()[0].sha256, WHEN),
    "put back": lambda store, _: store.put_back(store.provenance()[0].sha256),
    "attribute": lambda store, _: store.set_overrides(Overrides()),
    "compact": lambda store, _: store.compact(),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_what_is_written_to_a_log_that_is_gone_is_not_reported_done(
    path: Path, rankings: Build, write: Callable[[Store, Snapshot], object]
) -> None:
    late = rankings({("2026-01-02", "b"): 1}, "2026-01-03")
    with Store.open(path) as store:
        forget_the_log(path)
        with pytest.raises(ExplorerError, match="may not be kept") as caught:
            write(store, late)
    assert caught.value.file == str(path)
    assert names(path) == ["2026-01-02.dat"]
    with Store.open(path) as store:
        assert store.add(late, WHEN).new == 1
        assert store.check() == 2


def test_nor_what_is_written_while_the_log_goes(path: Path, rankings: Build) -> None:
    def meanwhile(fraction: float) -> None:
        if fraction == 0.0:
            forget_the_log(path)

    with Store.open(path) as store, pytest.raises(ExplorerError, match="may not be kept"):
        store.add(rankings({("2026-01-02", "b"): 1}, "2026-01-03"), WHEN, meanwhile)


def test_all_that_is_read_at_a_time_is_of_one_moment(path: Path, rankings: Build) -> None:
    late = rankings({("2026-01-02", "b"): 1}, "2026-01-03")
    with Store.open(path) as store, Store.open(path) as other:
        with store.reading():
            before = store.provenance()
            other.add(late, WHEN)
            assert store.provenance() == before
            assert store.frames().usage.models == ("a",)
            assert store.usage_of(before[0].sha256).models == ("a",)
        assert store.frames().usage.models == ("a", "b")
        assert len(store.provenance()) == 2


def test_the_days_of_a_source_are_those_over_and_not_an_imported_tables(path: Path, rankings: Build) -> None:
    def days() -> list[str]:
        return sorted(to_date(day).isoformat() for day in store.days(OPENROUTER))

    live = rankings({("2026-01-02", "b"): 1, ("2026-01-03", "b"): 1}, "2026-01-03T08:00:00Z")
    table = rankings({("2026-01-09", "c"): 1})
    table = replaced(table, format=IMPORTED, source=IMPORTED)
    with Store.open(path) as store:
        for snapshot in (live, table, rankings({("2026-01-05", "d"): 1})):
            store.add(snapshot, WHEN)
        assert days() == ["2026-01-01", "2026-01-02", "2026-01-05"]
        store.remove(live.provenance.sha256, WHEN)
        assert days() == ["2026-01-01", "2026-01-05"]


def replaced(snapshot: Snapshot, **about: str) -> Snapshot:
    return replace(snapshot, provenance=replace(snapshot.provenance, **about))  # pyright: ignore[reportArgumentType]
