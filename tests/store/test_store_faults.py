"""Disks, folders and files that misbehave: a sentence each, and nothing lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from explorer.domain.snapshot import Snapshot
from explorer.errors import ExplorerError
from explorer.store import Store, UnusableError, newest_copy
from explorer.store.places import immutable_uri, is_on_network, kind_of

Build = Callable[..., Snapshot]

WHEN = "2026-02-02T03:04:05Z"
ROOT = Path(__file__).parents[2]
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path, rankings: Build) -> Path:
    """A store with one small snapshot in it."""
    path = tmp_path / "s.sqlite"
    with Store.open(path) as store:
        store.add(rankings({("2026-01-01", "a"): 1}, "2026-01-02"), WHEN)
    return path


def mode_of(path: Path) -> str:
    connection = sqlite3.connect(path)
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    connection.close()
    return mode


def beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def left_by_a_crash(path: Path, rankings: Build, folder: Path) -> Path:
    """Return a store as a process that was killed leaves it: its second import is in the log only."""
    folder.mkdir()
    with Store.open(path) as store:
        store.add(rankings({("2026-01-02", "b"): 1}, "2026-01-03"), WHEN)
        for file in path.parent.glob(f"{path.name}*"):
            shutil.copy(file, folder)
    return folder / path.name


# --- the log


def test_the_log_is_there_while_the_store_is_open_and_is_put_away_in_the_end(path: Path, rankings: Build) -> None:
    assert mode_of(path) == "wal"
    with Store.open(path) as one:
        with Store.open(path) as two:
            two.add(rankings({("2026-01-02", "b"): 1}, "2026-01-03"), WHEN)
        assert beside(path) == ["s.sqlite", "s.sqlite-shm", "s.sqlite-wal"]
        assert len(one.frames().usage) == 2
    assert beside(path) == ["s.sqlite"]
    alone = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
    assert alone.execute("SELECT count(*) FROM snapshot").fetchone() == (2,), "the file alone has it all"
    alone.close()


def test_each_store_sees_that_the_others_changed_it(path: Path, rankings: Build) -> None:
    snapshot = rankings({("2026-01-02", "b"): 1}, "2026-01-03")
    with Store.open(path) as one, Store.open(path) as two:
        before = one.changes(), two.changes()
        assert (one.changes(), two.changes()) == before
        one.add(snapshot, WHEN)
        assert one.changes() == before[0]
        assert two.changes() != before[1]
        seen = two.changes()
        one.add(snapshot, WHEN)
        assert two.changes() == seen, "a duplicate changes nothing"


def test_on_a_disk_of_another_machine_there_is_no_log(
    path: Path, tmp_path: Path, rankings: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.store.connection.is_on_network", lambda _path: True)
    new = tmp_path / "new.sqlite"
    for store_path in (path, new):
        with Store.open(store_path) as store, Store.open(store_path) as other:
            before = other.changes()
            store.add(rankings({("2026-01-02", "b"): 1}, "2026-01-03"), WHEN)
            assert other.changes() != before
            assert "b" in other.frames().usage.models
        assert mode_of(store_path) == "delete"


def test_a_store_that_is_in_use_keeps_the_mode_it_has(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM snapshot").fetchone()
    with Store.open(path) as store:
        assert len(store.frames().usage) == 1
    connection.close()
    assert mode_of(path) == "delete"
    Store.open(path).close()
    assert mode_of(path) == "wal"


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 22 0:40 / /home/ann/My\\040share rw,relatime shared:7 - cifs //server/share rw,vers=3.0
32 22 0:41 / /net/data rw - nfs4 server:/data rw
33 32 0:42 / /net/data/local rw master:1 - tmpfs tmpfs rw
34 22 0:43 / /net/data/local rw - fuse.sshfs ann@server: rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ann", "ext4"),
        ("/home/ann/My share", "cifs"),
        ("/home/ann/My share/deep/er", "cifs"),
        ("/home/ann/My shares", "ext4"),
        ("/net/data", "nfs4"),
        ("/net/data/local/x", "fuse.sshfs"),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="these are paths of Linux")
def test_the_list_of_mounts_says_what_a_folder_lies_on(folder: str, kind: str) -> None:
    assert kind_of(Path(folder), MOUNTS) == kind


@pytest.mark.parametrize(("kind", "remote"), [("nfs4", True), ("cifs", True), ("ext4", False), ("fuse.sshfs", True)])
@pytest.mark.skipif(sys.platform != "linux", reason="the list of mounts is Linux's")
def test_which_disks_are_another_machines(
    tmp_path: Path, kind: str, remote: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 8:1 / / rw shared:1 - {kind} x rw\n")
    monkeypatch.setattr("explorer.store.places._LIST_OF_MOUNTS", mounts)
    assert is_on_network(tmp_path / "s.sqlite") == remote
    mounts.unlink()
    assert not is_on_network(tmp_path / "s.sqlite")


def test_what_a_killed_program_left_in_the_log_is_there(path: Path, rankings: Build, tmp_path: Path) -> None:
    crashed = left_by_a_crash(path, rankings, tmp_path / "crashed")
    with Store.open(crashed) as store:
        assert store.check() == 2
    assert beside(crashed) == ["s.sqlite"]


@pytest.mark.parametrize("content", [None, b"", b"\xa5" * 40_000])
def test_a_log_that_is_missing_or_garbage_leaves_what_was_there_before_it(
    path: Path, rankings: Build, tmp_path: Path, content: bytes | None
) -> None:
    crashed = left_by_a_crash(path, rankings, tmp_path / "crashed")
    log = crashed.with_name("s.sqlite-wal")
    if content is None:
        log.unlink()
    else:
        log.write_bytes(content)
    with Store.open(crashed) as store:
        assert store.check() == 1
        assert store.add(rankings({("2026-01-02", "b"): 1}, "2026-01-03"), WHEN).new == 1
        assert store.check() == 2


def test_a_log_that_was_cut_short_loses_only_what_it_had(path: Path, rankings: Build, tmp_path: Path) -> None:
    crashed = left_by_a_crash(path, rankings, tmp_path / "crashed")
    log = crashed.with_name("s.sqlite-wal")
    log.write_bytes(log.read_bytes()[:-1000])
    crashed.with_name("s.sqlite-shm").unlink()
    with Store.open(crashed) as store:
        assert store.check() == 1


def test_a_store_whose_log_was_being_put_away_when_the_program_was_killed_is_whole(
    path: Path, tmp_path: Path, large: Snapshot
) -> None:
    """Page 1 says already how long the file will be, the rest is still in the log."""
    half = tmp_path / "half" / "s.sqlite"
    half.parent.mkdir()
    with Store.open(path) as store:
        store.add(large, WHEN)
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", f"{half}{suffix}")
    with path.open("rb") as whole, half.open("rb+") as cut:
        cut.write(whole.read(4096))
    assert half.stat().st_size < path.stat().st_size
    with Store.open(half) as store:
        assert store.check() == 2


def test_an_address_of_a_windows_share_is_one_that_sqlite_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    for place, wanted in (
        (PureWindowsPath(r"\\server\share\a b.sqlite"), "file:////server/share/a%20b.sqlite?immutable=1"),
        (PureWindowsPath(r"C:\data\50% #1?.sqlite"), "file:///C:/data/50%25%20%231%3F.sqlite?immutable=1"),
        (PurePosixPath("/data/ü.sqlite"), "file:///data/%C3%BC.sqlite?immutable=1"),
    ):
        monkeypatch.setattr(Path, "resolve", lambda _self, found=place: found)
        assert immutable_uri(Path("any")) == wanted


# --- garbage, and the copy beside it


@pytest.mark.parametrize("size", [1, 60, 100, 4096, 5000])
def test_a_truncated_store_is_named_and_left_alone_and_its_copy_offered(path: Path, size: int) -> None:
    with Store.open(path) as store:
        store.back_up(path.with_name("s-monday.sqlite"))
    path.write_bytes(path.read_bytes()[:size])
    before = path.read_bytes()
    with pytest.raises(UnusableError, match=r"cut short|not a store") as caught, Store.open(path) as store:
        store.frames()
    assert "Beside it is s-monday.sqlite," in str(caught.value)
    assert "`tokenshare store restore`" in str(caught.value)
    assert path.read_bytes() == before


def test_the_newest_copy_is_offered_and_only_a_store_is_one(path: Path, tmp_path: Path) -> None:
    assert newest_copy(path) is None
    with Store.open(path) as store:
        for n, name in enumerate(["s-old.sqlite", "s.sqlite.before-restore-1", "other.sqlite"]):
            store.back_up(tmp_path / name)
            os.utime(tmp_path / name, (n, n))
        assert newest_copy(path) == tmp_path / "s.sqlite.before-restore-1"
    (tmp_path / "s.txt").write_text("notes")
    (tmp_path / "s-folder").mkdir()
    (tmp_path / "s-empty.sqlite").touch()
    sqlite3.connect(tmp_path / "s-foreign.sqlite").execute("CREATE TABLE mine (id)").connection.close()
    assert newest_copy(path) == tmp_path / "s.sqlite.before-restore-1"
    assert newest_copy(tmp_path / "absent" / "s.sqlite") is None


# --- links and names


@pytest.mark.parametrize("name", ["mit Leerzeichen.sqlite", "令牌份额.sqlite", "50% #1?.sqlite", "a'b\"c;.sqlite"])
@pytest.mark.skipif(os.name != "posix", reason="some of these names are no names elsewhere")
def test_any_name_will_do(tmp_path: Path, name: str, rankings: Build) -> None:
    path = tmp_path / f"folder {name}" / name
    with Store.open(path) as store:
        store.add(rankings({("2026-01-01", "a"): 1}, "2026-01-02"), WHEN)
        store.back_up(path.with_name(f"copy {name}"))
        store.compact()
    kept = Store.restore(path.with_name(f"copy {name}"), path, WHEN)
    assert kept is not None
    assert beside(path) == sorted([name, f"copy {name}", kept.name])


def test_a_store_behind_a_link(path: Path, tmp_path: Path, rankings: Build) -> None:
    link = tmp_path / "links" / "link.sqlite"
    link.parent.mkdir()
    link.symlink_to(path)
    with Store.open(link) as store, Store.open(path) as direct:
        before = direct.changes()
        store.add(rankings({("2026-01-02", "b"): 1}, "2026-01-03"), WHEN)
        assert direct.changes() != before
        assert len(direct.frames().usage) == 2
    assert link.is_symlink()
    assert beside(link) == ["link.sqlite"]


def test_a_link_to_nothing_gets_its_store_when_one_is_made(tmp_path: Path) -> None:
    link, target = tmp_path / "link.sqlite", tmp_path / "target.sqlite"
    link.symlink_to(target)
    with pytest.raises(ExplorerError, match="no store here"):
        Store.open(link, create=False)
    Store.open(link).close()
    assert link.is_symlink()
    assert target.is_file()


# --- where nothing may be written


READS = """
import os, sys
from pathlib import Path, PurePosixPath, PureWindowsPath
import sqlite_utils
from explorer.errors import ExplorerError
from explorer.store import Store
from explorer.store.migrations import MIGRATIONS
import encodings.idna
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
path = Path(sys.argv[1])
try:
    with Store.open(path) as store:
        print("read", len(store.frames().usage), store.changes() is not None)
        (known,) = store.provenance()
        store.remove(known.sha256, "2026-02-03T00:00:00Z")
        print("written")
except ExplorerError as error:
    print(error)
"""


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder that other users of the machine can reach."""
    folder = Path(tempfile.mkdtemp(prefix="store-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def as_another_user(path: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", READS, str(path)], check=False, capture_output=True, text=True, cwd=ROOT
    )
    if "Permission denied" in done.stderr and "site-packages" in done.stderr:
        pytest.skip("another user can't reach this Python")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o444), (0o555, 0o666), (0o777, 0o444)])
def test_a_store_that_may_not_be_written_to_can_be_read(
    elsewhere: Path, path: Path, folder_mode: int, file_mode: int
) -> None:
    store = Path(shutil.copy(path, elsewhere))
    before = store.read_bytes()
    store.chmod(file_mode)
    elsewhere.chmod(folder_mode)
    read, refused = as_another_user(store)
    assert read == "read 1 True"
    assert "cannot be written to" in refused
    assert "Allow writing to the file and its folder" in refused
    assert store.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_a_log_that_can_not_be_put_away_is_a_sentence_not_an_old_state(
    elsewhere: Path, path: Path, rankings: Build, tmp_path: Path
) -> None:
    crashed = left_by_a_crash(path, rankings, tmp_path / "crashed")
    for file in (crashed, crashed.with_name("s.sqlite-wal")):
        Path(shutil.copy(file, elsewhere)).chmod(0o444)
    elsewhere.chmod(0o555)
    (said,) = as_another_user(elsewhere / "s.sqlite")
    assert "a change to it was broken off, and is still in s.sqlite-wal" in said
    assert "copy both files" in said


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_a_store_that_may_not_even_be_read(elsewhere: Path, path: Path) -> None:
    Path(shutil.copy(path, elsewhere)).chmod(0o000)
    (said,) = as_another_user(elsewhere / "s.sqlite")
    assert "cannot be opened: Permission denied." in said


# --- a full disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if not (IS_ROOT and mount and sys.platform == "linux"):
        pytest.skip("only root can make a small disk on Linux")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Fill a disk but for some bytes."""
    filling = disk / "filling"
    free = shutil.disk_usage(disk).free
    filling.write_bytes(bytes(max(0, free - leave)))
    return filling


@pytest.mark.parametrize("leave", [0, 4096, 70_000, 500_000])
def test_an_import_into_a_full_disk_changes_nothing(small_disk: Path, path: Path, large: Snapshot, leave: int) -> None:
    store_path = Path(shutil.copy(path, small_disk))
    with Store.open(store_path) as store:
        filling = fill(small_disk, leave)
        with pytest.raises(ExplorerError, match="no room left on the disk"):
            store.add(large, WHEN)
        assert store.frames().usage.models == ("a",)
        assert store.check() == 1
        filling.unlink()
    with Store.open(store_path) as store:
        assert store.check() == 1


def test_a_store_on_a_full_disk_can_be_read(small_disk: Path, path: Path, rankings: Build) -> None:
    store_path = Path(shutil.copy(path, small_disk))
    filling = fill(small_disk, 0)
    with Store.open(store_path) as store:
        assert store.frames().usage.models == ("a",)
        with pytest.raises(ExplorerError, match=r"no room left|cannot be written to"):
            store.add(rankings({("2026-01-02", "b"): 1}, "2026-01-03"), WHEN)
    filling.unlink()
    with Store.open(store_path) as store:
        assert store.add(rankings({("2026-01-02", "b"): 1}, "2026-01-03"), WHEN).new == 1
    assert beside(store_path) == ["s.sqlite"]


@pytest.mark.parametrize("leave", [0, 20_000])
def test_neither_copying_restoring_nor_compacting_on_a_full_disk_loses_anything(
    small_disk: Path, path: Path, large: Snapshot, tmp_path: Path, leave: int
) -> None:
    store_path = Path(shutil.copy(path, small_disk))
    with Store.open(tmp_path / "large.sqlite") as store:
        store.add(large, WHEN)
    with Store.open(store_path) as store:
        filling = fill(small_disk, leave)
        copy = small_disk / "copy.sqlite"
        with pytest.raises(ExplorerError, match=r"no room left|No space left") as caught:
            store.back_up(copy)
        assert caught.value.file == str(copy)
        with pytest.raises(ExplorerError, match=r"no room left|No space left"):
            Store.restore(tmp_path / "large.sqlite", store_path, WHEN)
        with pytest.raises(ExplorerError, match="no room left"):
            store.compact()
        assert store.check() == 1
        filling.unlink()
    assert beside(store_path) == ["s.sqlite"]
    with Store.open(store_path) as store:
        assert store.check() == 1


def test_a_store_that_may_grow_no_more(path: Path, large: Snapshot) -> None:
    with Store.open(path) as store:
        store._connection.execute("PRAGMA max_page_count = 60")
        with pytest.raises(ExplorerError, match="no room left on the disk"):
            store.add(large, WHEN)
        assert store.check() == 1


# --- a store that was made for nothing


def test_an_empty_store_is_discarded_and_one_that_holds_something_is_not(path: Path, tmp_path: Path) -> None:
    new = tmp_path / "new" / "s.sqlite"
    Store.open(new).close()
    Store.discard_if_empty(new)
    assert beside(new) == []
    Store.discard_if_empty(path)
    with Store.open(path) as store:
        (known,) = store.provenance()
        store.remove(known.sha256, WHEN)
    Store.discard_if_empty(path)
    with Store.open(path) as store:
        assert len(store.removed()) == 1


def test_an_empty_store_that_somebody_has_open_is_theirs(tmp_path: Path, rankings: Build) -> None:
    new = tmp_path / "s.sqlite"
    with Store.open(new) as other:
        Store.discard_if_empty(new)
        assert other.add(rankings({("2026-01-02", "b"): 1}, "2026-01-03"), WHEN).new == 1
    with Store.open(new) as store:
        assert store.check() == 1
