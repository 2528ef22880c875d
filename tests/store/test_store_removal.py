"""Removing a snapshot, and taking that back: nothing that was imported is lost before the store is compacted."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.domain.schema import Figure, Frames, Price
from explorer.domain.snapshot import Snapshot
from explorer.errors import Cancelled
from explorer.store import Store
from explorer.store.clocks import ahead, notice

Build = Callable[..., Snapshot]

WHEN = "2026-02-02T03:04:05Z"
LATER = "2026-02-03T00:00:00Z"
PRICE = Price("a", "a-1", "A", 1.0, 2.0)
FIGURE = Figure("f", "w", None, None, "s", "China", "tokens", 4.1, "T", "T", "P", "D")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.sqlite"


@pytest.fixture
def every_kind(rankings: Build, prices: Build, figures: Build) -> list[Snapshot]:
    return [
        rankings({("2026-01-01", "a"): 1, ("2026-01-02", "b"): 2}, "2026-01-03"),
        rankings({("2026-01-02", "b"): 9, ("2026-01-03", "c"): 3}, "2026-01-04"),
        prices("2026-01-01", (PRICE,), "2026-01-01"),
        prices("2026-01-01", (replace(PRICE, input=5.0),), "2026-01-02"),
        figures((FIGURE,), "2026-01-01"),
        figures((replace(FIGURE, value=7.0),), "2026-01-02"),
    ]


def shown(frames: Frames) -> object:
    usage = frames.usage
    rows = zip(usage.day.tolist(), usage.model.tolist(), usage.tokens.tolist(), strict=True)
    return [(day, usage.models[model], tokens) for day, model, tokens in rows], frames.prices, frames.figures


def filled(path: Path, snapshots: list[Snapshot]) -> object:
    with Store.open(path) as store:
        for snapshot in snapshots:
            store.add(snapshot, WHEN)
        return shown(store.frames())


@pytest.mark.parametrize("gone", range(6))
def test_without_it_the_store_shows_what_it_would_show_had_it_never_come(
    gone: int, path: Path, every_kind: list[Snapshot], tmp_path: Path
) -> None:
    everything = filled(path, every_kind)
    others = [snapshot for n, snapshot in enumerate(every_kind) if n != gone]
    without = filled(tmp_path / "other.sqlite", others)
    sha256 = every_kind[gone].provenance.sha256
    with Store.open(path) as store:
        store.remove(sha256, LATER)
        assert shown(store.frames()) == without
        assert [each.sha256 for each in store.provenance()] == [each.provenance.sha256 for each in others]
        assert [(each.provenance.sha256, each.removed_at) for each in store.removed()] == [(sha256, LATER)]
        assert store.raw(sha256) == every_kind[gone].raw
        assert store.compact().purged == 1
        assert shown(store.frames()) == without
        assert store.removed() == ()
        with pytest.raises(KeyError):
            store.raw(sha256)
        store.add(every_kind[gone], LATER)
        assert shown(store.frames()) == everything


def test_an_earlier_vintage_leaves_it_out_too(path: Path, every_kind: list[Snapshot]) -> None:
    filled(path, every_kind)
    with Store.open(path) as store:
        store.remove(every_kind[0].provenance.sha256, LATER)
        assert len(store.frames("2026-01-03").usage) == 0
        assert len(store.frames("2026-01-04").usage) == 2


@pytest.mark.parametrize("gone", range(6))
def test_put_back_is_as_before(gone: int, path: Path, every_kind: list[Snapshot]) -> None:
    everything = filled(path, every_kind)
    with Store.open(path) as store:
        before = store.provenance()
        store.remove(every_kind[gone].provenance.sha256, LATER)
        store.put_back(every_kind[gone].provenance.sha256)
        assert (shown(store.frames()), store.provenance(), store.removed()) == (everything, before, ())


@pytest.mark.parametrize("gone", range(6))
def test_importing_removed_bytes_is_an_import(gone: int, path: Path, every_kind: list[Snapshot]) -> None:
    snapshot = every_kind[gone]
    with Store.open(path) as store:
        first = store.add(snapshot, WHEN)
        store.remove(snapshot.provenance.sha256, LATER)
        again = store.add(snapshot, LATER)
        assert not again.duplicate
        assert (again.days, again.new, again.restated) == (first.days, first.new, first.restated)
        assert again.provenance.imported_at == LATER
        assert store.provenance() == (again.provenance,)
        assert store.removed() == ()
        assert store.add(snapshot, LATER).duplicate


def test_an_import_of_removed_bytes_that_is_cancelled_leaves_them_removed(path: Path, large: Snapshot) -> None:
    def stop(_fraction: float) -> None:
        raise Cancelled

    filled(path, [large])
    with Store.open(path) as store:
        store.remove(large.provenance.sha256, LATER)
        with pytest.raises(Cancelled):
            store.add(large, LATER, stop)
        assert len(store.removed()) == 1
        assert store.raw(large.provenance.sha256) == large.raw


def test_the_report_of_an_import_does_not_count_against_what_was_removed(path: Path, prices: Build) -> None:
    old, new = (prices(f"2026-01-0{n}", (replace(PRICE, input=float(n)),), f"2026-01-0{n}") for n in (1, 2))
    filled(path, [old])
    with Store.open(path) as store:
        store.remove(old.provenance.sha256, LATER)
        report = store.add(new, LATER)
    assert (report.new, report.restated, report.unchanged) == (1, 0, 0)


def test_a_store_of_removed_snapshots_is_not_empty(path: Path, every_kind: list[Snapshot]) -> None:
    filled(path, every_kind[:1])
    with Store.open(path) as store:
        store.remove(every_kind[0].provenance.sha256, LATER)
        assert not store.is_empty()
        assert store.provenance() == ()
        store.compact()
        assert store.is_empty()


def test_what_is_not_there_can_not_be_removed(path: Path, every_kind: list[Snapshot]) -> None:
    filled(path, every_kind[:1])
    with Store.open(path) as store:
        for change in (lambda: store.remove("0" * 64, LATER), lambda: store.put_back("0" * 64)):
            with pytest.raises(KeyError):
                change()
        with pytest.raises(ValueError, match="removed_at"):
            store.remove(every_kind[0].provenance.sha256, "")
        assert len(store.provenance()) == 1


def test_the_one_removed_last_is_listed_first(path: Path, every_kind: list[Snapshot]) -> None:
    filled(path, every_kind)
    with Store.open(path) as store:
        for n, when in ((2, "2026-02-03"), (0, "2026-02-05"), (1, "2026-02-04")):
            store.remove(every_kind[n].provenance.sha256, when)
        assert [each.removed_at for each in store.removed()] == ["2026-02-05", "2026-02-04", "2026-02-03"]


def test_compacting_takes_every_row_of_the_removed_and_gives_the_room_back(
    path: Path, large: Snapshot, every_kind: list[Snapshot]
) -> None:
    kept = filled(path, every_kind)
    fractions: list[float] = []
    with Store.open(path) as store:
        store.add(large, WHEN)
        store.remove(large.provenance.sha256, LATER)
        done = store.compact(fractions.append)
        assert shown(store.frames()) == kept
    assert done.purged == 1
    assert done.after < done.before / 5
    assert path.stat().st_size == done.after
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    connection = sqlite3.connect(path)
    count = connection.execute("SELECT count(*) FROM model").fetchone()
    left = connection.execute(
        "SELECT count(*) FROM usage WHERE snapshot_id NOT IN (SELECT id FROM snapshot)"
    ).fetchone()
    assert (count, left) == ((3,), (0,))
    connection.close()


@pytest.mark.parametrize("after", [1, 2, 3])
def test_compacting_that_is_cancelled_keeps_what_is_shown(after: int, path: Path, large: Snapshot) -> None:
    told: list[float] = []

    def stop(fraction: float) -> None:
        told.append(fraction)
        if len(told) == after:
            raise Cancelled

    before = filled(path, [large])
    with Store.open(path) as store:
        with pytest.raises(Cancelled):
            store.compact(stop)
        assert shown(store.frames()) == before
        assert store.check() == 1


def test_compacting_with_other_copies_open(path: Path, every_kind: list[Snapshot]) -> None:
    filled(path, every_kind)
    with Store.open(path) as store, Store.open(path) as other:
        before = shown(other.frames())
        seen = other.changes()
        store.compact()
        assert shown(other.frames()) == before
        assert other.changes() != seen


# --- clocks

NOW = "2026-02-02T12:00:00Z"


def test_dates_of_the_future_are_kept_and_said(path: Path, rankings: Build) -> None:
    future = rankings({("2099-01-01", "a"): 1}, "2099-01-02")
    with Store.open(path) as store:
        assert store.add(future, "2098-01-01T00:00:00Z").new == 1
        assert len(store.frames().usage) == 1
        (said,) = notice(store.provenance(), NOW)
    assert "by this computer's clock: 2099-01-02.dat." in str(said)
    assert NOW in str(said)


@pytest.mark.parametrize(
    ("as_of", "imported_at", "is_ahead"),
    [
        ("2026-02-02", WHEN, False),
        ("2026-02-02T23:59:59Z", WHEN, False),
        ("2026-02-03", WHEN, True),
        ("", WHEN, False),
        ("", "2026-02-02T12:00:00Z", False),
        ("", "2026-02-02T12:00:01Z", True),
    ],
)
def test_which_dates_are_of_the_future(as_of: str, imported_at: str, is_ahead: bool, rankings: Build) -> None:
    some = rankings({("2026-01-01", "a"): 1}).provenance
    dated = [replace(some, as_of=as_of, imported_at=imported_at)]
    assert bool(ahead(dated, NOW)) == is_ahead
    assert bool(notice(dated, NOW)) == is_ahead
