"""Copies of a store, and putting one back: whole or not at all, and nothing is ever overwritten."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from explorer.domain.origins import Origin, Overrides
from explorer.domain.snapshot import Snapshot
from explorer.errors import Cancelled, ExplorerError
from explorer.store import Store, UnusableError
from explorer.store.migrations import MIGRATIONS
from explorer.store.schema import APPLICATION_ID, SCHEMA_VERSION

Build = Callable[..., Snapshot]

WHEN = "2026-02-02T03:04:05Z"
KEPT = "s.sqlite.before-restore-20260202T030405Z"


@pytest.fixture
def path(tmp_path: Path, rankings: Build) -> Path:
    """A store with one small snapshot in it, in a folder of its own."""
    path = tmp_path / "own" / "s.sqlite"
    with Store.open(path) as store:
        store.add(rankings({("2026-01-01", "a"): 1}, "2026-01-02"), WHEN)
    return path


@pytest.fixture
def copy(tmp_path: Path, rankings: Build) -> Path:
    """A copy of another store, with two snapshots of which one is removed."""
    with Store.open(tmp_path / "other.sqlite") as store:
        store.add(rankings({("2026-01-05", "b"): 5}, "2026-01-06"), WHEN)
        gone = store.add(rankings({("2026-01-06", "b"): 6}, "2026-01-07"), WHEN)
        store.remove(gone.provenance.sha256, WHEN)
        store.back_up(tmp_path / "copy.sqlite")
    return tmp_path / "copy.sqlite"


def models(path: Path) -> tuple[str, ...]:
    with Store.open(path, create=False) as store:
        return store.frames().usage.models


def stop_at(limit: float) -> Callable[[float], None]:
    def progress(fraction: float) -> None:
        if fraction >= limit:
            raise Cancelled

    return progress


def files(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


# --- backing up


def test_a_copy_holds_everything_and_is_one_plain_file(path: Path, tmp_path: Path, rankings: Build) -> None:
    target = tmp_path / "kept" / "Kopie für März.sqlite"
    target.parent.mkdir()
    removed = rankings({("2026-01-02", "b"): 1}, "2026-01-03")
    told: list[float] = []
    with Store.open(path) as store:
        store.add(removed, WHEN)
        store.remove(removed.provenance.sha256, WHEN)
        store.set_overrides(Overrides((Origin("a", "A", "CN", date(2026, 1, 1)),)))
        store.back_up(target, told.append)
        expected = store.provenance(), store.removed(), store.overrides()
    assert files(target) == [target.name]
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert target.read_bytes()[18:20] == b"\x01\x01", "no write-ahead log: it can be read where nothing can be written"
    with Store.open(target, create=False) as copy:
        assert (copy.provenance(), copy.removed(), copy.overrides()) == expected
        assert copy.raw(removed.provenance.sha256) == removed.raw
        assert copy.check() == 2


def test_a_copy_has_what_is_still_in_the_log_and_nothing_that_came_later(
    path: Path, tmp_path: Path, large: Snapshot, rankings: Build
) -> None:
    target = tmp_path / "copy.sqlite"
    late = rankings({("2026-01-09", "late"): 1}, "2026-01-10")
    with Store.open(path) as store, Store.open(path) as other:
        store.add(large, WHEN)

        def meanwhile(_fraction: float) -> None:
            other.add(late, WHEN)

        store.back_up(target, meanwhile)
        assert len(other.provenance()) == 3
    with Store.open(target) as copy:
        assert len(copy.provenance()) == 2
        assert copy.raw(large.provenance.sha256) == large.raw


@pytest.mark.parametrize("limit", [0.0, 0.5, 0.8, 1.0])
def test_a_copy_that_is_cancelled_is_not_there(path: Path, tmp_path: Path, large: Snapshot, limit: float) -> None:
    target = tmp_path / "copies" / "copy.sqlite"
    target.parent.mkdir()
    with Store.open(path) as store:
        store.add(large, WHEN)
        store.back_up(target)
        older = target.read_bytes()
        for name, replace in (("new.sqlite", False), ("copy.sqlite", True)):
            with pytest.raises(Cancelled):
                store.back_up(target.with_name(name), stop_at(limit), replace=replace)
    assert files(target) == ["copy.sqlite"]
    assert target.read_bytes() == older


def test_what_is_there_is_replaced_only_when_asked(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "thesis.txt"
    target.write_text("my thesis")
    with Store.open(path) as store:
        with pytest.raises(ExplorerError, match="file of this name already"):
            store.back_up(target)
        assert target.read_text() == "my thesis"
        store.back_up(target, replace=True)
    assert models(target) == ("a",)


def test_a_store_is_no_copy_of_itself(path: Path, tmp_path: Path) -> None:
    (tmp_path / "link.sqlite").symlink_to(path)
    with Store.open(path) as store:
        for target in (path, tmp_path / "own" / ".." / "own" / "s.sqlite", tmp_path / "link.sqlite"):
            with pytest.raises(ExplorerError, match="store itself"):
                store.back_up(target, replace=True)
    assert models(path) == ("a",)


@pytest.mark.parametrize(("name", "words"), [("absent/copy.sqlite", "cannot be written"), ("own", "folder")])
def test_where_no_copy_can_be(path: Path, tmp_path: Path, name: str, words: str) -> None:
    with Store.open(path) as store, pytest.raises(ExplorerError, match=words) as caught:
        store.back_up(tmp_path / name)
    assert caught.value.file == str(tmp_path / name)


def test_a_damaged_store_makes_no_copy(path: Path, tmp_path: Path, large: Snapshot) -> None:
    with Store.open(path) as store:
        store.add(large, WHEN)
    content = bytearray(path.read_bytes())
    content[-200_000:-190_000] = b"\xa5" * 10_000
    path.write_bytes(content)
    with Store.open(path) as store, pytest.raises(UnusableError, match="damaged") as caught:
        store.back_up(tmp_path / "copies.sqlite")
    assert caught.value.file == str(path)
    assert not (tmp_path / "copies.sqlite").exists()


# --- checking


def test_a_check_finds_an_original_that_is_not_what_came_in(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE snapshot SET sha256 = ?", ("0" * 64,))
    connection.close()
    with Store.open(path) as store, pytest.raises(UnusableError, match="damaged"):
        store.check()


@pytest.mark.parametrize(
    "spoil",
    ["UPDATE original SET bytes = x'a5a5'", "UPDATE original SET bytes = 7", "UPDATE original SET codec = 'none'",
     "DELETE FROM original"],
)  # fmt: skip
def test_an_original_that_can_not_be_unpacked_is_damage(path: Path, spoil: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(spoil)
    connection.close()
    with Store.open(path) as store:
        (about,) = store.provenance()
        with pytest.raises(UnusableError, match="damaged"):
            store.check()
        with pytest.raises(UnusableError, match="damaged"):
            store.raw(about.sha256)
        with pytest.raises(KeyError):
            store.raw("0" * 64)


def test_a_check_finds_rows_of_nothing(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("INSERT INTO coverage VALUES (77, 1)")
    connection.close()
    with Store.open(path) as store, pytest.raises(UnusableError, match="damaged"):
        store.check()


# --- restoring


def test_a_copy_is_put_back_where_there_is_no_store(copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "ü.sqlite"
    assert Store.restore(copy, path, WHEN) is None
    assert files(path) == ["ü.sqlite"]
    with Store.open(path) as store:
        assert len(store.provenance()) == len(store.removed()) == 1


def test_what_the_store_held_is_kept_beside_it(path: Path, copy: Path) -> None:
    before = copy.read_bytes()
    told: list[float] = []
    kept = Store.restore(copy, path, WHEN, told.append)
    assert kept == path.with_name(KEPT)
    assert files(path) == ["s.sqlite", KEPT]
    assert (models(path), models(kept)) == (("b",), ("a",))
    assert copy.read_bytes() == before
    assert told == sorted(told)
    assert told[-1] == 1.0
    again = Store.restore(kept, path, WHEN)
    assert again == path.with_name(f"{KEPT}-2")
    assert (models(path), models(kept), models(again)) == (("a",), ("a",), ("b",))


def test_a_store_that_is_open_elsewhere_is_restored_under_its_eyes(path: Path, copy: Path, rankings: Build) -> None:
    with Store.open(path) as other:
        seen = other.changes()
        Store.restore(copy, path, WHEN)
        assert other.changes() != seen
        assert other.frames().usage.models == ("b",)
        assert other.add(rankings({("2026-01-08", "c"): 1}, "2026-01-09"), WHEN).new == 1
    assert models(path) == ("b", "c")


@pytest.mark.parametrize("limit", [0.0, 0.3, 0.4, 0.6, 0.7])
def test_a_restore_that_is_cancelled_leaves_the_store(
    path: Path, tmp_path: Path, large: Snapshot, limit: float
) -> None:
    with Store.open(tmp_path / "large.sqlite") as store:
        store.add(large, WHEN)
    with pytest.raises(Cancelled):
        Store.restore(tmp_path / "large.sqlite", path, WHEN, stop_at(limit))
    assert files(path) == ["s.sqlite"]
    assert models(path) == ("a",)


def test_what_another_copy_imports_in_the_midst_of_a_restore_is_kept_too(
    path: Path, copy: Path, rankings: Build
) -> None:
    late, done = rankings({("2026-01-09", "late"): 1}, "2026-01-10"), []

    def meanwhile(fraction: float) -> None:
        if fraction >= 0.65 and not done:
            done.append(fraction)
            with Store.open(path) as other:
                assert other.add(late, WHEN).new == 1

    kept = Store.restore(copy, path, WHEN, meanwhile)
    assert done
    assert done[0] <= 0.7, "the copy of the old store was made already, and the new content not yet written"
    assert kept is not None
    assert (models(path), models(kept)) == (("b",), ("a", "late"))


def test_a_restore_that_can_no_longer_be_cancelled_is_finished_and_keeps_the_old_store(path: Path, copy: Path) -> None:
    kept = Store.restore(copy, path, WHEN, stop_at(0.999))
    assert kept == path.with_name(KEPT)
    assert (models(path), models(kept)) == (("b",), ("a",))


def test_a_copy_of_an_old_version_is_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    connection = sqlite3.connect(old, isolation_level=None)
    MIGRATIONS.apply(Database(connection), stop_before="0002_figure_precision_overrides")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    before = old.read_bytes()
    Store.restore(old, path, WHEN)
    assert old.read_bytes() == before
    assert models(path) == ()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    connection.close()


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)


UNUSABLE: dict[str, Callable[[Path], object]] = {
    "garbage": lambda path: path.write_bytes(b"my diary" * 1000),
    "damaged": damage,
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "made by a newer version": newer,
}


@pytest.mark.parametrize("spoil", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_a_store_that_can_not_be_used_is_moved_aside_as_it_is(
    path: Path, copy: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(path)
    before = path.read_bytes()
    kept = Store.restore(copy, path, WHEN)
    assert kept is not None
    assert kept.read_bytes() == before
    assert models(path) == ("b",)
    assert files(path) == ["s.sqlite", KEPT]


@pytest.mark.parametrize("spoil", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_what_is_no_sound_copy_is_not_put_back(path: Path, copy: Path, spoil: Callable[[Path], object]) -> None:
    spoil(copy)
    before = path.read_bytes()
    with pytest.raises(UnusableError) as caught:
        Store.restore(copy, path, WHEN)
    assert caught.value.file == str(copy)
    assert "--store" not in str(caught.value.remedy) or "newer version" in str(caught.value)
    assert (files(path), path.read_bytes()) == (["s.sqlite"], before)


@pytest.mark.parametrize(("content", "words"), [(b"", "empty"), (None, "no such file")])
def test_nothing_is_no_copy(path: Path, tmp_path: Path, content: bytes | None, words: str) -> None:
    nothing = tmp_path / "nothing.sqlite"
    if content is not None:
        nothing.write_bytes(content)
    with pytest.raises(ExplorerError, match=words):
        Store.restore(nothing, path, WHEN)
    assert models(path) == ("a",)
    assert nothing.exists() == (content is not None)


def test_a_store_is_not_restored_from_itself(path: Path) -> None:
    with pytest.raises(ExplorerError, match="store itself"):
        Store.restore(path, path, WHEN)
    assert files(path) == ["s.sqlite"]


def test_a_store_that_is_a_link_stays_one(path: Path, copy: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.sqlite"
    link.parent.mkdir()
    link.symlink_to(path)
    assert Store.restore(copy, link, WHEN) == path.with_name(KEPT)
    assert link.is_symlink()
    assert (models(link), models(path)) == (("b",), ("b",))
    UNUSABLE["garbage"](path)
    Store.restore(copy, link, WHEN)
    assert link.is_symlink()
    assert models(path) == ("b",)
    assert files(link) == ["link.sqlite"]


def test_a_store_in_use_by_a_program_that_does_not_let_go(
    path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.store.restoring._PATIENCE", 0.0)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ExplorerError, match="in use by another program"):
        Store.restore(copy, path, WHEN)
    other.close()
    assert models(path) == ("a",)
    assert files(path) == ["s.sqlite"]
