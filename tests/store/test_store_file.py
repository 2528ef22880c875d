"""Which files are opened, made, brought up to date and refused."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.domain.snapshot import Snapshot
from explorer.errors import ExplorerError
from explorer.store import Store
from explorer.store.faults import plainly
from explorer.store.migrations import MIGRATIONS
from explorer.store.schema import APPLICATION_ID, SCHEMA_VERSION

Build = Callable[..., Snapshot]

WHEN = "2026-02-02T03:04:05Z"


@pytest.fixture
def path(tmp_path: Path, rankings: Build) -> Path:
    """A store with one small snapshot in it."""
    path = tmp_path / "s.sqlite"
    with Store.open(path) as store:
        store.add(rankings({("2026-01-01", "a"): 1}, "2026-01-02"), WHEN)
    return path


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def refusal(path: Path, **options: object) -> str:
    with pytest.raises(ExplorerError) as caught:
        Store.open(path, **options)  # type: ignore[arg-type]
    assert caught.value.file == str(path)
    return str(caught.value)


def test_a_new_store_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "not" / "yet" / "50 %? #1.sqlite"
    with Store.open(path) as store:
        assert store.is_empty()
    assert ask(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert ask(path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    path.touch()
    Store.open(path).close()
    tables = {name for (name,) in ask(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables >= {"snapshot", "original", "model", "usage", "coverage", "price_list", "price", "figure"}
    assert ask(path, "SELECT count(*) FROM _sqlite_migrations") == [(SCHEMA_VERSION,)]
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]


def test_the_version_counts_the_migrations() -> None:
    connection = sqlite3.connect(":memory:")
    from sqlite_utils import Database  # noqa: PLC0415

    assert len(MIGRATIONS.pending(Database(connection))) == SCHEMA_VERSION
    connection.close()


def test_a_migration_that_fails_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (done)")
        raise RuntimeError

    path = tmp_path / "s.sqlite"
    path.touch()
    with monkeypatch.context() as patched:
        patched.setattr("explorer.store.migrations.migrate", fail)
        with pytest.raises(RuntimeError):
            Store.open(path)
    assert path.read_bytes() == b""
    with Store.open(path) as store:
        assert store.is_empty()


def test_opening_and_reading_writes_nothing(path: Path) -> None:
    before, touched = path.read_bytes(), path.stat().st_mtime_ns
    with Store.open(path, create=False) as store:
        store.frames()
        store.provenance()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, touched)


def test_close_twice(path: Path) -> None:
    store = Store.open(path)
    store.close()
    store.close()


def test_a_newer_store_is_refused(path: Path) -> None:
    ask(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    sentence = refusal(path)
    assert "newer version of the program" in sentence
    assert "Update the program" in sentence
    assert "--store" in sentence
    assert path.read_bytes() == before


GARBAGE = {
    "one byte": b"x",
    "text": b"date,model_permaslug,rank\r\n" * 400,
    "zeros": bytes(4096),
    "truncated header": b"SQLite format 3\0",
    "header of something else": b"SQLite format 2\0" + bytes(4080),
}


@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE.keys())
@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes, create: bool) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    assert "not a store of this program" in refusal(path, create=create)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("sql", ["CREATE TABLE mine (id)", "PRAGMA user_version = 1", "PRAGMA application_id = 7"])
def test_a_database_of_another_program_is_left_alone(tmp_path: Path, sql: str) -> None:
    path = tmp_path / "mine.sqlite"
    ask(path, sql)
    before = path.read_bytes()
    assert "not a store of this program" in refusal(path)
    assert path.read_bytes() == before


def test_a_damaged_store_is_named_as_such(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(ExplorerError, match="damaged"), Store.open(path) as store:
        store.frames()


def test_absent_store_is_not_made_unasked(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "s.sqlite"
    assert "no store here" in refusal(path, create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "cannot be opened" in refusal(tmp_path / "file" / "s.sqlite")
    assert "cannot be opened" in refusal(tmp_path / "file" / "deeper" / "s.sqlite")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_read_only_folder(path: Path, rankings: Build) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with Store.open(path) as store:
            assert len(store.frames().usage) == 1
            with pytest.raises(ExplorerError, match="cannot be written"):
                store.add(rankings({("2026-01-02", "a"): 1}, "2026-01-03"), WHEN)
        refusal(path.with_name("new.sqlite"))
    finally:
        path.parent.chmod(0o755)


def test_a_store_that_another_program_writes_can_be_read_and_is_written_later(path: Path, rankings: Build) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store.open(path, timeout=0) as store:
        with pytest.raises(ExplorerError, match="in use by another program"):
            store.add(rankings({("2026-01-02", "a"): 1}, "2026-01-03"), WHEN)
        assert len(store.frames().usage) == 1
        other.execute("ROLLBACK")
        assert store.add(rankings({("2026-01-02", "a"): 1}, "2026-01-03"), WHEN).new == 1
    other.close()


def test_a_store_that_another_program_has_for_itself(path: Path, rankings: Build) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    assert "in use by another program" in refusal(path, timeout=0)
    other.close()
    with Store.open(path, timeout=0) as store:
        assert store.add(rankings({("2026-01-02", "a"): 1}, "2026-01-03"), WHEN).new == 1


def test_a_reader_that_does_not_let_go_is_not_in_the_way_and_sees_what_it_saw(path: Path, rankings: Build) -> None:
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM snapshot").fetchone() == (1,)
    with Store.open(path, timeout=0) as store:
        assert store.add(rankings({("2026-01-02", "a"): 1}, "2026-01-03"), WHEN).new == 1
        assert reader.execute("SELECT count(*) FROM snapshot").fetchone() == (1,)
        reader.execute("ROLLBACK")
        assert reader.execute("SELECT count(*) FROM snapshot").fetchone() == (2,)
    reader.close()


def test_two_open_stores_see_each_others_imports(path: Path, rankings: Build) -> None:
    with Store.open(path) as one, Store.open(path) as two:
        one.add(rankings({("2026-01-02", "a"): 1}, "2026-01-03"), WHEN)
        assert len(two.frames().usage) == 2
        assert two.add(rankings({("2026-01-02", "a"): 1}, "2026-01-03"), WHEN).duplicate


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_READONLY_ROLLBACK, "cannot be written to"),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, "cannot be opened"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "in use by another program"),
        (sqlite3.SQLITE_FULL, "no room left"),
        (sqlite3.SQLITE_IOERR_WRITE, "disk failed"),
    ],
)
def test_what_sqlite_says_becomes_a_sentence(code: int, words: str) -> None:
    error = sqlite3.OperationalError("terse")
    error.sqlite_errorcode = code
    with pytest.raises(ExplorerError, match=words) as caught, plainly(Path("s.sqlite")):
        raise error
    assert caught.value.file == "s.sqlite"


def test_a_bug_stays_a_bug() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError), plainly(Path("s.sqlite")):
        connection.execute("SELECT nonsense")
    with pytest.raises(sqlite3.ProgrammingError), plainly(Path("s.sqlite")):
        connection.execute("SELECT ?", ())
    connection.close()


READS = """
import sys
from pathlib import Path
from explorer.store import Store
assert not {"sqlite_utils", "pandas"} & sys.modules.keys(), "imported with the package"
with Store.open(Path(sys.argv[1])) as store:
    assert len(store.frames().usage) == 1
assert not {"sqlite_utils", "pandas"} & sys.modules.keys(), "imported to read"
"""


def test_reading_an_up_to_date_store_imports_neither_sqlite_utils_nor_pandas(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", READS, str(path)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


CLOSES = """
import sys
from pathlib import Path
from explorer.store import Store
with Store.open(Path(sys.argv[1])) as store:
    assert len(store.frames().usage) == 1
"""


def test_opening_a_store_again_does_not_take_the_first_ones_locks_away(path: Path) -> None:
    log = path.with_name(path.name + "-wal")
    with Store.open(path) as store:
        store.frames()
        Store.open(path).close()
        other = subprocess.run([sys.executable, "-c", CLOSES, str(path)], check=False, capture_output=True, text=True)
        assert other.returncode == 0, other.stderr
        assert log.with_name(path.name + "-shm").exists(), "the other process believed to be the last"
        assert log.exists()
    assert not log.exists()
