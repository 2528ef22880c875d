"""A store that an older version made is brought up to date with all it holds, or left as it is."""

import hashlib
import sqlite3
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from explorer.domain.origins import Origin, Overrides
from explorer.domain.schema import DatedPrices, Figure, Price, PriceTier
from explorer.domain.snapshot import Snapshot
from explorer.errors import ExplorerError
from explorer.store import Store
from explorer.store.migrations import MIGRATIONS
from explorer.store.schema import APPLICATION_ID, SCHEMA_VERSION

Build = Callable[..., Snapshot]

WHEN = "2026-02-02T03:04:05Z"
RAW = b"as it came in"
SHA256 = hashlib.sha256(RAW).hexdigest()

SNAPSHOT = (
    1, "published figures", "f.csv", "Published figures", "2026-02-21", "stated in the file", "2026-02-21",
    SHA256, "not stated", "as printed", 2, None, None, WHEN,
)  # fmt: skip
FIGURES = (
    (1, "cn-share", "this week", None, None, "top 10", "China", "share", 61.0, "%", "T", "P", "2026-02", "", ""),
    (1, "cn-w7", "a week", "2026-02-09", "2026-02-15", "top 9", "China", "tokens", 4.12, "T", "T", "P", "2026-02",
     "from a chart", "a/b"),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store as version 1 made it, with a snapshot of figures and of usage in it."""
    path = tmp_path / "old.sqlite"
    connection = sqlite3.connect(path, isolation_level=None)
    MIGRATIONS.apply(Database(connection), stop_before="0002_figure_precision_overrides")
    connection.execute("INSERT INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", SNAPSHOT)
    connection.execute("INSERT INTO original VALUES (1, 'zlib', ?)", (zlib.compress(RAW),))
    connection.executemany(f"INSERT INTO figure VALUES ({', '.join('?' * 15)})", FIGURES)
    connection.execute("INSERT INTO model VALUES (1, 'a/b')")
    connection.execute("INSERT INTO coverage VALUES (1, 20000)")
    connection.execute("INSERT INTO usage VALUES (1, 20000, 1, 12)")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    return path


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_a_store_of_version_1_keeps_what_it_holds(path: Path) -> None:
    with Store.open(path) as store:
        frames = store.frames()
        (provenance,) = store.provenance()
        assert store.raw(SHA256) == RAW
        assert store.overrides() == Overrides()
    assert (provenance.name, provenance.imported_at) == ("f.csv", WHEN)
    assert (frames.usage.models, frames.usage.tokens.tolist()) == (("a/b",), [12])
    week = (date(2026, 2, 9), date(2026, 2, 15))
    assert frames.figures == (
        Figure("cn-share", "this week", None, None, "top 10", "China", "share", 61.0, "%", "T", "P", "2026-02"),
        Figure(
            "cn-w7", "a week", *week, "top 9", "China", "tokens", 4.12, "T", "T", "P", "2026-02", "from a chart", "a/b"
        ),
    )
    assert {(figure.printed, figure.qualifier) for figure in frames.figures} == {("", "")}


def test_it_is_a_store_of_today_afterwards(path: Path, tmp_path: Path, figures: Build) -> None:
    newer = Figure("cn-w7", "w", None, None, "s", "China", "tokens", 4.1, "T", "T", "P", "D", printed="4.10")
    wanted = Overrides((Origin("a", "A", "CN", date(2026, 1, 1)),))
    with Store.open(path) as store:
        store.add(figures((newer,), "2026-03-01"), WHEN)
        store.set_overrides(wanted)
    with Store.open(path, create=False) as store:
        assert store.frames().figures[1] == newer
        assert store.overrides() == wanted
    Store.open(tmp_path / "new.sqlite").close()
    tables = "SELECT type, name, tbl_name FROM sqlite_master ORDER BY type, name"
    columns = (
        "SELECT m.name, c.* FROM sqlite_master m, pragma_table_info(m.name) c "
        "WHERE m.type = 'table' ORDER BY m.name, c.cid"
    )
    for sql in ("PRAGMA user_version", "PRAGMA application_id", "PRAGMA integrity_check", tables, columns):
        assert ask(path, sql) == ask(tmp_path / "new.sqlite", sql), sql
    assert ask(path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]


def test_a_step_that_fails_at_its_end_leaves_the_old_store(path: Path) -> None:
    ask(path, "CREATE TABLE reveal_override (in_the_way)")
    before = path.read_bytes()
    with pytest.raises(sqlite3.OperationalError):
        Store.open(path)
    assert path.read_bytes() == before
    ask(path, "DROP TABLE reveal_override")
    with Store.open(path) as store:
        assert len(store.frames().figures) == 2


def test_an_old_store_in_use_is_brought_up_to_date_later(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ExplorerError, match="in use by another program"):
        Store.open(path, timeout=0)
    other.execute("ROLLBACK")
    other.close()
    assert ask(path, "PRAGMA user_version") == [(1,)]
    with Store.open(path) as store:
        assert len(store.frames().figures) == 2


def test_a_price_list_of_version_2_has_its_tiers_not_kept(path: Path, prices: Build) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    MIGRATIONS.apply(Database(connection), stop_before="0003_price_tiers")
    connection.execute("INSERT INTO price_list VALUES (1, 20100, 'OpenRouter')")
    connection.execute("INSERT INTO price VALUES (1, 'a/b', 'a/b-0127', 'B', 0.3, 1.2, 0.03, NULL, 1)")
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    old = Price("a/b", "a/b-0127", "B", 0.3, 1.2, 0.03, tiers=None)
    new = Price("a/b", "a/b-0127", "B", 0.3, 1.2, 0.03, request=0.1, tiers=(PriceTier(9, 0.6),))
    with Store.open(path) as store:
        assert store.prices() == (DatedPrices(20100, "OpenRouter", (old,)),)
        report = store.add(prices("2025-01-20", (new,), "2026-03-01"), WHEN)
        assert store.prices()[1].prices == (new,)
    assert ask(path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]
    assert (report.new, report.restated, report.unchanged) == (0, 0, 1)
