"""Scores are kept with the list they came in; the newest snapshot of a day speaks, at any vintage."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from explorer.domain.schema import DatedScores, Price, Score
from explorer.domain.snapshot import Snapshot
from explorer.store import Store
from explorer.store.migrations import MIGRATIONS
from explorer.store.schema import APPLICATION_ID, SCHEMA_VERSION

Build = Callable[..., Snapshot]

WHEN = "2026-08-23T03:04:05Z"
PRICE = Price("a/b", "a/b-0127", "B", 0.3, 1.2)
ONE = Score("a/b", "a/b-0127", "index.coding", 76.1)
TWO = Score("a/a", "", "index.coding", 12.0)
OTHER = Score("a/b", "a/b-0127", "arena.web", 1323.0)
DAY = 20600


def with_scores(snapshot: Snapshot, *scores: Score, day: int = DAY) -> Snapshot:
    return replace(snapshot, scores=DatedScores(day, "OpenRouter", scores))


def test_scores_come_back_in_order_of_model_and_name(tmp_path: Path, prices: Build) -> None:
    with Store.open(tmp_path / "s.sqlite") as store:
        report = store.add(with_scores(prices("2026-05-27", (PRICE,), "2026-05-27"), ONE, TWO, OTHER), WHEN)
        assert (report.days, report.new) == (1, 1)
        assert store.frames().scores == (DatedScores(DAY, "OpenRouter", (TWO, OTHER, ONE)),)


def test_the_newest_snapshot_of_a_day_speaks_and_older_vintages_stay(tmp_path: Path, prices: Build) -> None:
    better = replace(ONE, value=80.0)
    later = prices("2026-05-27", (PRICE, replace(PRICE, model="a/c")), "2026-06-01")
    with Store.open(tmp_path / "s.sqlite") as store:
        store.add(with_scores(later, better), WHEN)
        store.add(with_scores(prices("2026-05-27", (PRICE,), "2026-05-27"), ONE, OTHER), WHEN)
        store.add(prices("2026-07-01", (PRICE,), "2026-07-01"), WHEN)
        assert [dated.scores for dated in store.frames().scores] == [(better,)]
        assert [dated.scores for dated in store.frames("2026-05-28").scores] == [(OTHER, ONE)]
        assert store.frames("2026-01-01").scores == ()


def test_a_store_of_version_3_gets_its_tables_and_keeps_its_prices(tmp_path: Path, prices: Build) -> None:
    path = tmp_path / "old.sqlite"
    connection = sqlite3.connect(path, isolation_level=None)
    MIGRATIONS.apply(Database(connection), stop_before="0004_scores")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 3")
    connection.close()
    with Store.open(path) as store:
        assert store.frames().scores == ()
        store.add(with_scores(prices("2026-05-27", (PRICE,), "2026-05-27"), ONE), WHEN)
        assert store.frames().scores[0].scores == (ONE,)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    connection.close()
